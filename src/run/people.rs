//! People: which records are kept, which repeat others, which are the same person, and the number of each.

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed};

use super::decided::{Decide, Decided};
use super::inbox::Member;
use super::remembered::Remembered;
use super::team::Team;
use crate::link::identity::{self, Before};
use crate::link::{self, Linked};
use crate::merge::holding::day;
use crate::merge::touch::Directory;
use crate::record::{Field, Role};
use crate::state::memory::Memory;
use crate::store::{Packed, Store};

/// No contact.
pub(super) const NOBODY: u32 = u32::MAX;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// A row of a contact, or a touch with one.
    Kept,
    /// Repeats the record of that number.
    Repeats(u32),
    /// By rule no contact: the reason.
    Ignored(&'static str),
    /// The owner's data, or a further record of a row that is accounted for otherwise.
    Aside,
}

/// Every record's fate, contact and names.
pub(super) struct People {
    /// What became of each record.
    pub(super) fates: Vec<Fate>,
    /// Stable hash of reader and the row's own name, for each record.
    pub(super) record_ids: Vec<u64>,
    /// Hash of the cleaned cells, for each record.
    pub(super) contents: Vec<u64>,
    /// Hash of reader and person's name, for each record; 0 where it has a name of its own in its source.
    pub(super) names: Vec<u64>,
    /// Index of the contact of each record, or [`NOBODY`].
    pub(super) contact_of: Vec<u32>,
    /// The contact numbers in order; the index of a contact is its place here.
    pub(super) contacts: Vec<u64>,
    /// Days since 1970 on which each record was first seen by this or an earlier run.
    pub(super) first_seen: Vec<i32>,
    /// Whether an earlier run knew a record of that name from the member.
    pub(super) is_known: Vec<bool>,
    /// What earlier runs know of each record.
    pub(super) before: Vec<Before>,
    /// Rows of the last run, by its number of the member and record id, that are here with other content; sorted.
    pub(super) superseded: Vec<(u32, u64)>,
    /// Records that linking saw, in its order.
    pub(super) rows: Vec<u32>,
    /// Which further exports show them.
    pub(super) again: Again,
    /// What linking found about [`People::rows`].
    pub(super) linked: Linked,
    /// The answers of the team, laid over the records of today.
    pub(super) decided: Decided,
}

/// The further exports of distinct people that show records again.
#[derive(Default)]
pub(super) struct Again {
    exports: Vec<u32>,
    /// For each record where its exports begin; empty if none has any.
    starts: Vec<u32>,
}

impl Again {
    fn of(store: &Store, fates: &[Fate]) -> Again {
        let repeat = |(number, fate): (usize, &Fate)| {
            let Fate::Repeats(of) = fate else { return None };
            let [one, other] = [number, *of as usize].map(|number| store.source(&store.records[number]));
            (one.distinct && other.distinct && one.export != other.export).then_some((*of, one.export))
        };
        let mut found: Vec<(u32, u32)> = fates.iter().enumerate().filter_map(repeat).collect();
        if found.is_empty() {
            return Again::default();
        }
        found.sort_unstable();
        found.dedup();
        let mut starts = Vec::with_capacity(fates.len() + 1);
        let mut at = 0;
        for number in 0..=fates.len() as u32 {
            at += found[at..].iter().take_while(|(of, _)| *of < number).count();
            starts.push(at as u32);
        }
        Again { exports: found.into_iter().map(|(_, export)| export).collect(), starts }
    }

    fn exports(&self, number: u32) -> &[u32] {
        match self.starts.get(number as usize..number as usize + 2) {
            Some(range) => &self.exports[range[0] as usize..range[1] as usize],
            None => &[],
        }
    }
}

/// The name of a row that stays when files are renamed or exported again.
pub(super) fn record_id(reader: &str, cells: crate::record::CellsView<'_>) -> u64 {
    let seed = xxh3_64(reader.as_bytes());
    match cells.get(Field::SourceId) {
        Some(own) => xxh3_64_with_seed(own.as_bytes(), seed),
        None => content_id(cells, seed ^ 1),
    }
}

/// A hash of cleaned cells. Of telephone numbers only the last digits count: what stands before them, and
/// whether a number is one at all, depends on the country, which may be inferred anew when files come in.
fn content_id(cells: crate::record::CellsView<'_>, seed: u64) -> u64 {
    const DIGITS: usize = 6;
    let mut hash = Xxh3::with_seed(seed);
    let mut numbers: Vec<[u8; DIGITS]> = Vec::new();
    for (field, text) in cells.iter() {
        if matches!(field, Field::Phone | Field::PhoneRaw | Field::Fax) {
            let mut end = [0; DIGITS];
            let digits = text.bytes().rev().filter(u8::is_ascii_digit);
            end.iter_mut().zip(digits).for_each(|(slot, digit)| *slot = digit);
            numbers.push(end);
        } else {
            hash.update(field.name().as_bytes());
            hash.update(&[0]);
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    for number in &numbers {
        hash.update(number);
    }
    hash.digest()
}

/// By what a row without a name of its own is found again when its content has changed.
pub(super) fn name_hash(reader: &str, cells: crate::record::CellsView<'_>) -> u64 {
    let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
    if cells.get(Field::SourceId).is_some() || given.is_empty() || family.is_empty() {
        return 0;
    }
    let seed = xxh3_64(reader.as_bytes());
    xxh3_64_with_seed(crate::text::fold(&format!("{given}\0{family}")).as_bytes(), seed)
}

/// Sorts out all records. `decide` is given the old and new ids of rows whose content changed and the ids of
/// the rows that are linked.
pub(super) fn sort_out(
    store: &Store,
    cells: &Packed,
    members: &[Member],
    team: &Team,
    memory: &Memory,
    options: &link::Options,
    decide: &Decide<'_>,
) -> People {
    let count = store.records.len();
    let hashes: Vec<((u64, u64), u64)> = (0..count)
        .into_par_iter()
        .map(|number| {
            let view = cells.get(number);
            let reader = store.source(&store.records[number]).reader.id();
            ((record_id(reader, view), xxh3_64(view.as_bytes())), name_hash(reader, view))
        })
        .collect();
    let (hashes, names): (Vec<(u64, u64)>, Vec<u64>) = hashes.into_iter().unzip();
    let (record_ids, contents): (Vec<u64>, Vec<u64>) = hashes.into_iter().unzip();
    let mut fates = fates(store, cells, team);
    repeats(store, cells, &mut fates);

    let lookup = Remembered::new(memory, members);
    let mut first_seen: Vec<i32> =
        store.records.iter().map(|record| day(store.source(record).exported_on)).collect();
    let mut is_known = vec![false; count];
    let mut before = vec![Before::Nothing; count];
    let changed = lookup.changed(store, &record_ids, &names);
    for (number, record) in store.records.iter().enumerate() {
        let member = store.source(record).member;
        let known = lookup.find(member, record_ids[number], contents[number]);
        let Some(known) = known.or_else(|| changed.get(&(member, record_ids[number])).copied()) else {
            continue;
        };
        is_known[number] = true;
        first_seen[number] = first_seen[number].min(known.first_seen);
        before[number] = Before::Known { number: known.contact, home: known.home };
    }
    lookup.elsewhere(&record_ids, &mut before);
    let mut renamed: Vec<(u64, u64)> =
        changed.iter().map(|((_, new), known)| (known.record_id, *new)).collect();
    renamed.sort_unstable();
    let mut superseded: Vec<(u32, u64)> =
        changed.into_values().map(|known| (known.member, known.record_id)).collect();
    superseded.sort_unstable();

    let rows: Vec<u32> = (0..count as u32)
        .filter(|number| {
            fates[*number as usize] == Fate::Kept && store.records[*number as usize].role == Role::Contact
        })
        .collect();
    let decided = decide(&renamed, &mut rows.iter().map(|number| record_ids[*number as usize]));
    let options = link::Options { decisions: decided.decisions.clone(), ..options.clone() };
    let again = Again::of(store, &fates);
    let link_rows = link_rows(store, cells, &record_ids, (&rows, &again));
    let linked = link::link(&link_rows, &options);
    drop(link_rows);

    let member_hash: Vec<u64> = members.iter().map(|member| xxh3_64(member.id.as_bytes())).collect();
    let identity_row = |(number, group): (&u32, &u32)| {
        let place = *number as usize;
        identity::Row {
            group: *group,
            record_id: record_ids[place],
            content: contents[place],
            day: first_seen[place],
            member: member_hash[store.source(&store.records[place]).member as usize],
            before: before[place],
        }
    };
    let groups: Vec<identity::Row> = rows.iter().zip(&linked.groups).map(identity_row).collect();
    let (contact_of, contacts) = identify(count, &rows, &groups, memory);
    let mut people = People {
        fates,
        record_ids,
        contents,
        names,
        contact_of,
        contacts,
        first_seen,
        is_known,
        before,
        superseded,
        rows,
        again,
        linked,
        decided,
    };
    people.follow_repeats();
    people.find_touched(store, cells);
    people
}

/// The given records as linking takes them.
pub(super) fn link_rows<'a>(
    store: &Store,
    cells: &'a Packed,
    record_ids: &[u64],
    (rows, again): (&[u32], &'a Again),
) -> Vec<link::Row<'a>> {
    let row = |number: &u32| {
        let record = &store.records[*number as usize];
        let source = store.source(record);
        link::Row {
            cells: cells.get(*number as usize),
            record_id: record_ids[*number as usize],
            member: source.member,
            export: source.export,
            distinct: source.distinct,
            again: again.exports(*number),
            day: day(source.exported_on),
        }
    };
    rows.iter().map(row).collect()
}

/// The fate of every record before rows are compared with each other.
fn fates(store: &Store, cells: &Packed, team: &Team) -> Vec<Fate> {
    store
        .records
        .par_iter()
        .enumerate()
        .map(|(number, record)| match record.role {
            Role::Owner => Fate::Aside,
            Role::Touch => Fate::Kept,
            Role::Contact => {
                let own = team.member_of(cells.get(number)) == Some(store.source(record).member);
                if own { Fate::Ignored("own-entry") } else { Fate::Kept }
            }
        })
        .collect()
}

/// Marks rows that say again what another row of the same member and reader says.
fn repeats(store: &Store, cells: &Packed, fates: &mut [Fate]) {
    let numbers: Vec<u32> =
        (0..fates.len() as u32).filter(|number| fates[*number as usize] == Fate::Kept).collect();
    let mut readers: Vec<&str> = store.sources.iter().map(|source| source.reader.id()).collect();
    readers.sort_unstable();
    readers.dedup();
    let reader_number: Vec<u16> = store
        .sources
        .iter()
        .map(|source| readers.binary_search(&source.reader.id()).unwrap_or_default() as u16)
        .collect();
    let rows: Vec<link::Entry<'_>> = numbers
        .iter()
        .map(|number| {
            let record = &store.records[*number as usize];
            link::Entry {
                member: store.source(record).member,
                reader: reader_number[record.source as usize],
                cells: cells.get(*number as usize).as_bytes(),
                day: day(store.source(record).exported_on),
            }
        })
        .collect();
    for (place, of) in link::repeats(&rows).into_iter().enumerate() {
        if of as usize != place {
            fates[numbers[place] as usize] = Fate::Repeats(numbers[of as usize]);
        }
    }
}

/// Gives every group its contact number, and every contact its place in the order of numbers: the place of
/// the contact of each of `count` records, and the numbers.
fn identify(count: usize, rows: &[u32], groups: &[identity::Row], memory: &Memory) -> (Vec<u32>, Vec<u64>) {
    let mut given: Vec<u64> = memory.rows.iter().chain(&memory.gone).map(|row| row.contact).collect();
    given.extend(memory.redirects.iter().map(|redirect| redirect.retired));
    given.sort_unstable();
    given.dedup();
    let retired = memory.redirects.iter().map(|redirect| (redirect.retired, redirect.into)).collect();
    let last = groups.iter().map(|row| row.group as usize + 1).max().unwrap_or_default();
    let numbers = identity::assign(groups, last, &identity::Past { retired, given });
    let mut contacts = numbers.clone();
    contacts.sort_unstable();
    let place_of: Vec<u32> =
        numbers.iter().map(|number| contacts.binary_search(number).unwrap_or_default() as u32).collect();
    let mut contact_of = vec![NOBODY; count];
    for (number, row) in rows.iter().zip(groups) {
        contact_of[*number as usize] = place_of[row.group as usize];
    }
    (contact_of, contacts)
}

impl People {
    /// A row that repeats another belongs to its contact, and is ignored where that is.
    fn follow_repeats(&mut self) {
        for number in 0..self.fates.len() {
            if let Fate::Repeats(of) = self.fates[number] {
                self.contact_of[number] = self.contact_of[of as usize];
                if let Fate::Ignored(_) = self.fates[of as usize] {
                    self.fates[number] = self.fates[of as usize];
                }
            }
        }
    }

    /// Finds the contacts of records that only carry touches; those with strangers are ignored.
    fn find_touched(&mut self, store: &Store, cells: &Packed) {
        let touched: Vec<usize> = (0..self.fates.len())
            .filter(|number| store.records[*number].role == Role::Touch && self.fates[*number] == Fate::Kept)
            .collect();
        if touched.is_empty() {
            return;
        }
        let mut directory = Directory::default();
        for number in &touched {
            directory.expect(store.source(&store.records[*number]).member, cells.get(*number));
        }
        for number in &self.rows {
            let place = *number as usize;
            let member = store.source(&store.records[place]).member;
            directory.add(member, self.contact_of[place], cells.get(place));
        }
        for number in touched {
            let member = store.source(&store.records[number]).member;
            match directory.find(member, cells.get(number)) {
                Some(contact) => self.contact_of[number] = contact,
                None => self.fates[number] = Fate::Ignored("no-contact"),
            }
        }
        self.settle_rows_of_touches(store);
        self.follow_repeats();
    }

    /// A row with several counterparts is kept when one of them is a contact; its first record then
    /// stands for it.
    fn settle_rows_of_touches(&mut self, store: &Store) {
        let mut start = 0;
        while start < store.records.len() {
            let mut end = start + 1;
            while end < store.records.len()
                && store.records[end].further
                && store.records[end].role == Role::Touch
            {
                end += 1;
            }
            if store.records[start].role == Role::Touch && self.fates[start] == Fate::Ignored("no-contact") {
                let met = (start + 1..end).find(|number| self.fates[*number] == Fate::Kept);
                if let Some(met) = met {
                    self.fates[start] = Fate::Kept;
                    self.contact_of[start] = self.contact_of[met];
                    self.fates[met] = Fate::Aside;
                }
            }
            start = end;
        }
    }
}
