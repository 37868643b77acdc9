//! Remembering: what a run leaves for the next one.

use std::collections::BTreeSet;

use super::Outcome;
use super::people::{Fate, NOBODY, People};
use crate::link::identity::{self, Before};
use crate::state::export::Remembered;
use crate::state::faces::Faces;
use crate::state::memory::{Known, Memory, Redirect};

/// What is found out while a generation is written.
pub(super) struct Written {
    /// What contacts look like.
    pub(super) faces: Faces,
    /// Retired numbers.
    pub(super) redirects: Vec<Redirect>,
    /// Complete exports.
    pub(super) exports: Vec<Remembered>,
}

/// What this run leaves for the next.
pub(super) fn remember(
    outcome: &Outcome,
    people: &People,
    memory: &Memory,
    refused: BTreeSet<u64>,
    written: Written,
) -> Memory {
    let mut members: Vec<String> = outcome.inbox.members.iter().map(|member| member.id.clone()).collect();
    let rows = kept(outcome, people);
    let gone = gone(&rows, people, memory, &mut members);
    // Files that are gone keep their day: they may come back.
    let mut seen = memory.files.clone();
    for file in outcome.files.iter().filter(|file| !file.sha256.is_empty()) {
        seen.entry(file.sha256.clone()).or_insert(outcome.today);
    }
    let Written { faces, redirects, exports } = written;
    Memory { generation: 0, members, files: seen, rows, gone, refused, redirects, faces, exports }
}

/// The rows that this run kept.
fn kept(outcome: &Outcome, people: &People) -> Vec<Known> {
    let store = &outcome.store;
    let mut rows = Vec::with_capacity(store.records.len());
    let mut place = 0;
    for (number, record) in store.records.iter().enumerate() {
        let linked = people.rows.get(place).is_some_and(|row| *row as usize == number);
        let contact = people.contact_of[number];
        if people.fates[number] == Fate::Kept && contact != NOBODY && !record.further {
            let now = people.contacts[contact as usize];
            rows.push(Known {
                record_id: people.record_ids[number],
                member: u32::from(store.source(record).member),
                first_seen: people.first_seen[number],
                content: people.contents[number],
                contact: now,
                name: people.names[number],
                home: if linked { home(people, number, place, now) } else { now },
            });
        }
        place += usize::from(linked);
    }
    rows.sort_unstable();
    rows
}

/// The number a row would take with it if its contact were split. A new row goes with the one it matches.
fn home(people: &People, number: usize, place: usize, now: u64) -> u64 {
    let with = match people.before[number] {
        Before::Known { .. } => place,
        _ => people.linked.joins.get(place).map_or(place, |join| join.with as usize),
    };
    identity::home(people.before[people.rows[with] as usize], now, &people.contacts)
}

/// Rows of earlier runs that no file holds now, so that they come back as who they were. What a row was
/// before its content changed is not kept.
fn gone(rows: &[Known], people: &People, memory: &Memory, members: &mut Vec<String>) -> Vec<Known> {
    let mut place_of: Vec<u32> = Vec::with_capacity(memory.members.len());
    for id in &memory.members {
        let place = members.iter().position(|have| have == id).unwrap_or(members.len());
        if place == members.len() {
            members.push(id.clone());
        }
        place_of.push(place as u32);
    }
    let here = |record: u64, member: u32| {
        let place = rows.partition_point(|row| (row.record_id, row.member) < (record, member));
        rows.get(place).is_some_and(|row| (row.record_id, row.member) == (record, member))
    };
    let all = memory.rows.iter().chain(&memory.gone);
    let mut gone: Vec<Known> = all
        .filter(|row| people.superseded.binary_search(&(row.member, row.record_id)).is_err())
        .map(|row| Known { member: place_of[row.member as usize], ..*row })
        .filter(|row| !here(row.record_id, row.member))
        .collect();
    gone.sort_unstable();
    gone.dedup();
    gone
}
