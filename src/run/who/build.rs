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

/// Adds a batch of contacts, as they are written after what the pipeline file drops was taken out; `labelled` is
/// what labelling has left beside them.
pub(in crate::run) fn add(writer: &mut Writer, facts: &Facts<'_>, people: &[Contact], labelled: &[Labelled]) {
    let drops = |column: &str| facts.job.workspace.pipeline.privacy.drop.iter().any(|name| name == column);
    let (linkedin, xing) = (!drops("linkedin_url"), !drops("xing_url"));
    let mut other_names: Vec<&str> = Vec::new();
    for (contact, labelled) in people.iter().zip(labelled) {
        let number = writer.len();
        let records = facts.known.records(number).iter().map(|record| *record as usize);
        other_names.clear();
        for record in records.filter(|record| facts.outcome.store.records[*record].role == Role::Contact) {
            for (field, text) in facts.cleaned.cells.get(record).iter() {
                match field {
                    Field::GivenName if text != contact.given_name => other_names.push(text),
                    Field::FamilyName if text != contact.family_name => other_names.push(text),
                    Field::Nickname => other_names.push(text),
                    Field::LinkedIn if linkedin => writer.key(KeyKind::LinkedIn, text, number),
                    Field::Xing if xing => writer.key(KeyKind::Xing, text, number),
                    _ => {}
                }
            }
        }
        let held = ties(facts.known.holdings_of(number), facts.known.touches_of(number), &labelled.ties);
        writer.add((contact, labelled.company), other_names.iter().copied(), &held);
    }
}
