//! Knowledge: who knows whom, since when, and when they last had to do with each other.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::export::Exports;
use super::locale::Locale;
use super::people::{Fate, NOBODY, People};
use super::team::Team;
use crate::contact::{Holding, Kind};
use crate::merge::holding::{Evidence, day, holdings};
use crate::merge::touch::{Touch, local_day, said};
use crate::record::{Field, Role};
use crate::store::{Packed, Store};

/// Who knows whom.
pub struct Knowledge {
    /// Every touch, ordered by contact, member and day.
    pub touches: Vec<Touch>,
    /// Every holding, ordered by contact, member and channel.
    pub holdings: Vec<Holding>,
    /// What stands behind each contact.
    pub kinds: Vec<Kind>,
    members: usize,
    /// Records by contact.
    order: Vec<u32>,
    /// For each contact where its records, its holdings and its touches start, with the end after the last.
    starts: [Vec<u32>; 3],
}

/// Figures of one member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberFigures {
    /// Distinct people the member knows now.
    pub people: u64,
    /// Those whom nobody else of the team knows.
    pub only_here: u64,
}

/// Puts together what the records say of ties.
pub(super) fn gather(
    store: &Store,
    cells: &Packed,
    people: &People,
    exports: &Exports,
    team: &Team,
    locale: &Locale,
    members: usize,
) -> Knowledge {
    let (order, records) = by_contact(people);
    let mut touches = touches(store, cells, people, locale);
    touches.sort_unstable();
    let held = holdings(evidence(store, cells, people, exports), &exports.series, &touches);
    let count = people.contacts.len();
    let starts = [
        records,
        starts(count, held.iter().map(|held| held.contact)),
        starts(count, touches.iter().map(|touch| touch.contact)),
    ];
    let mut known = Knowledge { touches, holdings: held, kinds: Vec::new(), members, order, starts };
    known.kinds =
        (0..count as u32).into_par_iter().map(|contact| known.kind(contact, store, cells, team)).collect();
    known
}

/// Where the entries of each of `count` contacts start when they are ordered by contact, and where they end.
fn starts(count: usize, contacts: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    for contact in contacts {
        starts[contact as usize + 1] += 1;
    }
    for place in 1..starts.len() {
        starts[place] += starts[place - 1];
    }
    starts
}

/// Records by contact: all that have one, and for each contact where its records start.
fn by_contact(people: &People) -> (Vec<u32>, Vec<u32>) {
    let known = people.contact_of.iter().filter(|contact| **contact != NOBODY);
    let starts = starts(people.contacts.len(), known.copied());
    let mut next = starts.clone();
    let mut order = vec![0u32; starts.last().copied().unwrap_or_default() as usize];
    for (record, contact) in people.contact_of.iter().enumerate().filter(|(_, contact)| **contact != NOBODY) {
        let slot = &mut next[*contact as usize];
        order[*slot as usize] = record as u32;
        *slot += 1;
    }
    (order, starts)
}

fn touches(store: &Store, cells: &Packed, people: &People, locale: &Locale) -> Vec<Touch> {
    let mut touches = Vec::new();
    for (number, record) in store.records.iter().enumerate() {
        let contact = people.contact_of[number];
        let counts = matches!(people.fates[number], Fate::Kept | Fate::Aside);
        if contact == NOBODY || !counts || record.role == Role::Owner {
            continue;
        }
        let Some((on, kind, direction)) = said(cells.get(number), locale.timezone) else { continue };
        let source = store.source(record);
        touches.push(Touch {
            contact,
            member: source.member,
            on,
            kind,
            direction,
            channel: source.channel,
            source: record.source,
        });
    }
    touches
}

fn evidence(store: &Store, cells: &Packed, people: &People, exports: &Exports) -> Vec<Evidence> {
    let mut evidence = Vec::with_capacity(store.records.len());
    for (number, record) in store.records.iter().enumerate() {
        let contact = people.contact_of[number];
        if record.role != Role::Contact || contact == NOBODY {
            continue;
        }
        let source = store.source(record);
        let connected =
            cells.get(number).get(Field::ConnectedOn).and_then(|text| local_day(text, chrono_tz::UTC));
        evidence.push(Evidence {
            contact,
            member: source.member,
            channel: source.channel,
            series: exports.all[source.export as usize].series,
            day: day(source.exported_on),
            first_seen: people.first_seen[number],
            connected: connected.map(day),
        });
    }
    evidence
}

impl Knowledge {
    /// The records of a contact, in the order of sources and lines.
    pub fn records(&self, contact: u32) -> &[u32] {
        &self.order[self.range(0, contact)]
    }

    /// The holdings of a contact.
    pub fn holdings_of(&self, contact: u32) -> &[Holding] {
        &self.holdings[self.range(1, contact)]
    }

    /// The touches with a contact.
    pub fn touches_of(&self, contact: u32) -> &[Touch] {
        &self.touches[self.range(2, contact)]
    }

    fn range(&self, of: usize, contact: u32) -> std::ops::Range<usize> {
        let place = contact as usize;
        self.starts[of][place] as usize..self.starts[of][place + 1] as usize
    }

    fn kind(&self, contact: u32, store: &Store, cells: &Packed, team: &Team) -> Kind {
        let contacts = || {
            self.records(contact)
                .iter()
                .filter(|record| store.records[**record as usize].role == Role::Contact)
        };
        if contacts().any(|record| team.member_of(cells.get(*record as usize)).is_some()) {
            return Kind::Member;
        }
        let named = |record: &&u32| {
            let view = cells.get(**record as usize);
            view.get(Field::GivenName).is_some() || view.get(Field::FamilyName).is_some()
        };
        let role = |record: &u32| cells.get(*record as usize).text(Field::Kind) == "role";
        if !contacts().any(|record| named(&record)) && contacts().any(role) {
            Kind::Role
        } else {
            Kind::Person
        }
    }

    /// Distinct people whom the team knows now.
    pub fn reach(&self) -> u64 {
        let mut contacts: Vec<u32> = self.open().map(|holding| holding.contact).collect();
        contacts.dedup();
        contacts.len() as u64
    }

    /// Open holdings of people outside the team.
    fn open(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.iter().filter(|holding| {
            holding.ended_on.is_none() && self.kinds[holding.contact as usize] == Kind::Person
        })
    }

    /// Figures of each member.
    pub fn figures(&self) -> Vec<MemberFigures> {
        let mut figures = vec![MemberFigures::default(); self.members];
        let open: Vec<&Holding> = self.open().collect();
        for held in open.chunk_by(|a, b| a.contact == b.contact) {
            let mut members: Vec<u16> = held.iter().map(|holding| holding.member).collect();
            members.dedup();
            for member in &members {
                figures[*member as usize].people += 1;
                figures[*member as usize].only_here += u64::from(members.len() == 1);
            }
        }
        figures
    }

    /// The latest day of any touch with a contact.
    pub fn last_touch(&self, contact: u32) -> Option<NaiveDate> {
        self.touches_of(contact).iter().filter_map(|touch| touch.on).max()
    }
}
