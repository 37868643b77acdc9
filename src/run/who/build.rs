//! Making the search index while a run writes its contacts.

use super::index::{Head, KeyKind, Writer};
use super::tie::ties;
use crate::contact::Contact;
use crate::record::{Field, Role};
use crate::run::label::Labelled;
use crate::run::publish::Facts;

/// Begins the index of a run.
pub(in crate::run) fn begin(facts: &Facts<'_>) -> Writer {
    let members = facts.members().iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    Writer::new(Head::new(facts.as_of(), &facts.outcome.locale, members))
}

/// What the rows of a contact say beside it: other names it goes by, and its profiles.
#[derive(Default)]
pub(in crate::run) struct Beside<'a> {
    names: Vec<&'a str>,
    profiles: Vec<(KeyKind, &'a str)>,
}

/// Reads the rows of a contact; this is done where it is merged, while they still lie in the processor's cache.
pub(in crate::run) fn beside<'a>(facts: &'a Facts<'_>, number: u32, contact: &Contact) -> Beside<'a> {
    let drops = |column: &str| facts.job.workspace.pipeline.privacy.drop.iter().any(|name| name == column);
    let mut found = Beside::default();
    let records = facts.known.records(number).iter().map(|record| *record as usize);
    for record in records.filter(|record| facts.outcome.store.records[*record].role == Role::Contact) {
        for (field, text) in facts.cleaned.cells.get(record).iter() {
            match field {
                Field::GivenName if text != contact.given_name => found.names.push(text),
                Field::FamilyName if text != contact.family_name => found.names.push(text),
                Field::Nickname => found.names.push(text),
                Field::LinkedIn if !drops("linkedin_url") => found.profiles.push((KeyKind::LinkedIn, text)),
                Field::Xing if !drops("xing_url") => found.profiles.push((KeyKind::Xing, text)),
                _ => {}
            }
        }
    }
    found
}

/// Adds a batch of contacts, as they are written after what the pipeline file drops was taken out; `labelled` is
/// what labelling has left beside them.
pub(in crate::run) fn add(
    writer: &mut Writer,
    facts: &Facts<'_>,
    people: &[Contact],
    labelled: &[Labelled],
    beside: &[Beside<'_>],
) {
    for ((contact, labelled), beside) in people.iter().zip(labelled).zip(beside) {
        let number = writer.len();
        for (kind, text) in &beside.profiles {
            writer.key(*kind, text, number);
        }
        let held = ties(facts.known.holdings_of(number), facts.known.touches_of(number), &labelled.ties);
        writer.add((contact, labelled.company), beside.names.iter().copied(), &held);
    }
}
