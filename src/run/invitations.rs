//! Invitations that members sent: how many, how many with a note, and how many were accepted.

use std::collections::BTreeMap;

use super::ground::Invitations;
use super::people::{Fate, NOBODY};
use super::publish::Facts;
use crate::merge::touch::{Direction, said};
use crate::record::{Channel, Role};
use crate::touch::Kind;

/// The reader of LinkedIn's list of invitations.
const READER: &str = "linkedin-invitations";

/// What each member sent, as far as exports list it. Accepted is an invitation to whom the member has in LinkedIn now or
/// had, connected on its day or later.
pub(super) fn count(facts: &Facts<'_>) -> Vec<Invitations> {
    let store = &facts.outcome.store;
    if !store.sources.iter().any(|source| source.reader.id() == READER) {
        return Vec::new();
    }
    let mut counts: BTreeMap<u16, Invitations> = BTreeMap::new();
    for (number, record) in store.records.iter().enumerate() {
        let source = store.source(record);
        let fate = facts.people.fates[number];
        let counted = matches!(fate, Fate::Kept | Fate::Ignored("no-contact"));
        if record.role != Role::Touch || source.reader.id() != READER || !counted {
            continue;
        }
        let told = said(facts.cleaned.cells.get(number), facts.outcome.locale.timezone);
        let Some((on, kind, Direction::Out)) = told else { continue };
        let contact = facts.people.contact_of[number];
        let held = if contact == NOBODY { &[] } else { facts.known.holdings_of(contact) };
        let accepted = held.iter().any(|held| {
            let later = held.connected_on.zip(on).is_none_or(|(connected, on)| connected >= on);
            held.member == source.member && held.channel == Channel::LinkedIn && later
        });
        let count = counts
            .entry(source.member)
            .or_insert(Invitations { member: source.member, ..Invitations::default() });
        count.sent += 1;
        count.noted += u64::from(kind == Kind::Wrote);
        count.accepted += u64::from(accepted);
    }
    counts.into_values().collect()
}
