//! Making the search index while a run writes its contacts.

use super::index::{Head, KeyKind, Writer};
use super::tie::ties;
use crate::contact::Contact;
use crate::record::{Field, Role};
use crate::run::publish::Facts;

/// Begins the index of a run.
pub(in crate::run) fn begin(facts: &Facts<'_>) -> Writer {
    let members = facts.members().iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    Writer::new(Head::new((facts.outcome.today, facts.as_of()), &facts.outcome.locale, members))
}

/// Adds a batch of contacts, as they are written after what the pipeline file drops was taken out.
pub(in crate::run) fn add(writer: &mut Writer, facts: &Facts<'_>, people: &[Contact]) {
    let drops = |column: &str| facts.job.workspace.pipeline.privacy.drop.iter().any(|name| name == column);
    let profiles: Vec<(Field, KeyKind)> =
        [(Field::LinkedIn, KeyKind::LinkedIn, "linkedin_url"), (Field::Xing, KeyKind::Xing, "xing_url")]
            .into_iter()
            .filter(|(.., column)| !drops(column))
            .map(|(field, kind, _)| (field, kind))
            .collect();
    for contact in people {
        let number = writer.len();
        let rows = || {
            let records = facts.known.records(number).iter().map(|record| *record as usize);
            records
                .filter(|record| facts.outcome.store.records[*record].role == Role::Contact)
                .map(|record| facts.cleaned.cells.get(record))
        };
        let other_names = rows().flat_map(|cells| {
            let given = Some(cells.text(Field::GivenName)).filter(|text| *text != contact.given_name);
            let family = Some(cells.text(Field::FamilyName)).filter(|text| *text != contact.family_name);
            given.into_iter().chain(family).chain(cells.get(Field::Nickname))
        });
        let held = ties(facts.known.holdings_of(number), facts.known.touches_of(number));
        writer.add(contact, other_names, &held);
        for cells in rows() {
            for (field, kind) in &profiles {
                cells.all(*field).for_each(|key| writer.key(*kind, key, number));
            }
        }
    }
}
