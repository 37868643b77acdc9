//! Whom to sort: the contacts that nobody and nothing has given a category, as the team's workbook shows them.

use super::label::Labeller;
use super::person::whole;
use super::publish::Facts;
use crate::contact::{Contact, Label};
use crate::scales;
use crate::table::Value;
use crate::write::work::SortRow;

/// The rows of contacts by their numbers, in the order given.
pub(super) fn rows(facts: &Facts<'_>, labeller: &Labeller<'_>, contacts: &[u32]) -> Vec<SortRow> {
    let labelled = |place: &u32| {
        let (mut contact, _) = whole(facts.views(), *place);
        labeller.label(*place, &mut contact);
        row(facts, contact)
    };
    contacts.iter().map(labelled).collect()
}

fn row(facts: &Facts<'_>, contact: Contact) -> SortRow {
    let language = facts.outcome.locale.language;
    let title = |label: &Option<Label>, scale: &'static [Value]| {
        let value = label.as_ref().and_then(|label| scales::named(scale, label.value));
        value.map_or_else(String::new, |value| value.title.in_language(language).to_owned())
    };
    let members = facts.members();
    let holders = contact.holders.iter().filter_map(|member| members.get(usize::from(*member)));
    let place = [&contact.city, &contact.country];
    let place: Vec<&str> = place.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    SortRow {
        industry: title(&contact.labels.industry, scales::sectors()),
        place: place.join(", "),
        known_to: holders.map(|member| member.name.clone()).collect(),
        last_touch: contact.last_touch,
        score: contact.labels.tier.score,
        reason: contact.labels.tier.reason.to_string(),
        contact_id: contact.contact_id,
        name: contact.name,
        company: contact.company,
        position: contact.position,
    }
}
