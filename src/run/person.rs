//! One person: the kept rows of a contact merged, with its id, holders, channels and touches.

use super::knowledge::Knowledge;
use super::people::{Fate, People};
use crate::contact::Contact;
use crate::link::identity::contact_id;
use crate::merge::{self, Merged};
use crate::pipeline::Pipeline;
use crate::record::Role;
use crate::store::{Packed, Store};

/// What contacts are made of.
#[derive(Clone, Copy)]
pub(super) struct Views<'a> {
    pub(super) store: &'a Store,
    pub(super) cells: &'a Packed,
    pub(super) people: &'a People,
    pub(super) known: &'a Knowledge,
    pub(super) pipeline: &'a Pipeline,
}

/// Room in which people are merged one after the other.
#[derive(Default)]
pub(super) struct Room<'a> {
    rows: Vec<merge::Row<'a>>,
    kept: Vec<u32>,
    merger: merge::Merger<'a>,
}

/// A contact merged from its rows, whose numbers are left in the room.
fn merged<'a>(room: &mut Room<'a>, views: Views<'a>, contact: u32) -> Merged {
    let store = views.store;
    let Room { rows, kept, merger } = room;
    rows.clear();
    kept.clear();
    let records = || views.known.records(contact).iter().map(|record| *record as usize);
    for number in records().filter(|number| store.records[*number].role == Role::Contact) {
        let source = store.source(&store.records[number]);
        match views.people.fates[number] {
            Fate::Kept => {
                kept.push(number as u32);
                rows.push(merge::Row {
                    cells: views.cells.get(number),
                    member: source.member,
                    channel: source.channel,
                    trust: source.trust,
                    day: source.exported_on,
                    dated: source.dated,
                    weight: 1,
                });
            }
            Fate::Repeats(_) | Fate::Ignored(_) | Fate::Aside => {}
        }
    }
    for number in records() {
        // The records of a contact are in order, so these are.
        if let Fate::Repeats(of) = views.people.fates[number]
            && let Ok(place) = kept.binary_search(&of)
        {
            rows[place].weight += 1;
            let source = store.source(&store.records[number]);
            rows[place].day = rows[place].day.max(source.exported_on);
            rows[place].dated |= source.dated;
        }
    }
    merger.merge(rows)
}

/// The whole contact: merged, with its id, holders, channels and touches.
pub(super) fn whole(views: Views<'_>, contact: u32) -> (Contact, Vec<(u32, u16)>) {
    whole_in(&mut Room::default(), views, contact)
}

/// The same, made in room that serves for many contacts.
pub(super) fn whole_in<'a>(
    room: &mut Room<'a>,
    views: Views<'a>,
    contact: u32,
) -> (Contact, Vec<(u32, u16)>) {
    let Merged { contact: mut person, gave } = merged(room, views, contact);
    person.contact_id = contact_id(views.people.contacts[contact as usize]);
    person.kind = views.known.kinds[contact as usize];
    let held = views.known.holdings_of(contact);
    let open = || held.iter().filter(|holding| holding.ended_on.is_none());
    person.holders = open().map(|holding| holding.member).collect();
    person.holders.sort_unstable();
    person.holders.dedup();
    person.channels = open().map(|holding| holding.channel).collect();
    person.channels.sort_unstable();
    person.channels.dedup();
    person.connected_first = held.iter().filter_map(|holding| holding.connected_on).min();
    person.touches = views.known.touches_of(contact).len() as u32;
    person.last_touch = views.known.last_touch(contact);
    forget_dropped(views, &mut person);
    (person, room.kept.iter().copied().zip(gave).collect())
}

/// A record by itself, as if it were all that is known of its person.
pub(super) fn of_record(views: Views<'_>, number: u32) -> Contact {
    let source = views.store.source(&views.store.records[number as usize]);
    let row = merge::Row {
        cells: views.cells.get(number as usize),
        member: source.member,
        channel: source.channel,
        trust: source.trust,
        day: source.exported_on,
        dated: source.dated,
        weight: 1,
    };
    let Merged { contact: mut person, .. } = merge::merge(&[row]);
    person.holders = vec![source.member];
    forget_dropped(views, &mut person);
    person
}

/// Empties what the pipeline file drops, so that it reaches no file at all.
pub(super) fn forget_dropped(views: Views<'_>, contact: &mut Contact) {
    for column in &views.pipeline.privacy.drop {
        match column.as_str() {
            "prefix" => contact.prefix.clear(),
            "suffix" => contact.suffix.clear(),
            "emails" => contact.emails.clear(),
            "phones" => contact.phones.clear(),
            "city" => contact.city.clear(),
            "region" => contact.region.clear(),
            "country" => contact.country.clear(),
            "street" => contact.street.clear(),
            "postcode" => contact.postcode.clear(),
            "birthday" => contact.birthday.clear(),
            "linkedin_url" => contact.linkedin_url.clear(),
            "xing_url" => contact.xing_url.clear(),
            "urls" => contact.urls.clear(),
            "external_ids" => contact.external_ids.clear(),
            "tags" => contact.tags.clear(),
            _ => {}
        }
    }
}
