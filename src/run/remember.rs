//! Remembering: what a run leaves for the next one.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Outcome;
use super::people::{Fate, NOBODY, People};
use crate::link::Link;
use crate::link::identity::{self, Before};
use crate::state::export::Remembered;
use crate::state::faces::Faces;
use crate::state::history::TierDay;
use crate::state::memory::{Known, Memory, Redirect};
use crate::state::tiers::KeptTier;
use crate::write::Figures;

/// What is found out while a generation is written.
pub(super) struct Written {
    /// What contacts look like.
    pub(super) faces: Faces,
    /// Retired numbers.
    pub(super) redirects: Vec<Redirect>,
    /// Complete exports.
    pub(super) exports: Vec<Remembered>,
    /// Categories.
    pub(super) tiers: Vec<KeptTier>,
    /// Months after which contacts of category D are archived.
    pub(super) archive_months: u32,
    /// The figures of this generation.
    pub(super) figures: Figures,
    /// People by category on the days of runs.
    pub(super) history: Vec<TierDay>,
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
    let Written { faces, redirects, exports, tiers, archive_months, figures, history } = written;
    Memory {
        generation: 0,
        members,
        files: seen,
        rows,
        gone,
        refused,
        redirects,
        faces,
        exports,
        day: Some(outcome.today),
        country: outcome.locale.country.to_owned(),
        archive_months,
        tiers,
        figures: Some(figures),
        history,
    }
}

/// The rows that this run kept.
fn kept(outcome: &Outcome, people: &People) -> Vec<Known> {
    let store = &outcome.store;
    let mut rows = Vec::with_capacity(store.records.len());
    let homes = homes(people);
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
                home: if linked { homes[place] } else { now },
            });
        }
        place += usize::from(linked);
    }
    rows.sort_unstable();
    rows
}

/// For each linked row the number it would take with it if its contact were split. Where a contact has
/// swallowed another, a new row goes with the part that it matches best.
fn homes(people: &People) -> Vec<u64> {
    let contact = |place: usize| people.contact_of[people.rows[place] as usize];
    let before = |place: usize| people.before[people.rows[place] as usize];
    let now = |place: usize| people.contacts[contact(place) as usize];
    let mut homes: Vec<u64> = (0..people.rows.len())
        .map(|place| identity::home(before(place), now(place), &people.contacts))
        .collect();
    let known = |place: &usize| matches!(before(*place), Before::Known { .. });
    let mixed: FxHashSet<u32> =
        (0..homes.len()).filter(|place| known(place) && homes[*place] != now(*place)).map(contact).collect();
    if mixed.is_empty() {
        return homes;
    }
    let mut links: FxHashMap<u32, Vec<Link>> = FxHashMap::default();
    for link in people.linked.links.iter().filter(|link| mixed.contains(&contact(link.a as usize))) {
        links.entry(contact(link.a as usize)).or_default().push(*link);
    }
    let name = |row: u32| {
        let record = people.rows[row as usize] as usize;
        (people.record_ids[record], people.contents[record])
    };
    for mut links in links.into_values() {
        // The strongest first, in an order that is free of places.
        links.sort_by_cached_key(|link| {
            let ends = (name(link.a), name(link.b));
            (Reverse(ordered(link.weight)), ends.min((ends.1, ends.0)))
        });
        let ends = links.iter().flat_map(|link| [link.a, link.b]);
        let mut settled: FxHashSet<u32> = ends.filter(|row| known(&(*row as usize))).collect();
        // Each turn settles the row with the strongest link to one that is settled.
        while let Some((from, to)) =
            links.iter().find_map(|Link { a, b, .. }| match (settled.contains(a), settled.contains(b)) {
                (true, false) => Some((*a, *b)),
                (false, true) => Some((*b, *a)),
                _ => None,
            })
        {
            homes[to as usize] = homes[from as usize];
            settled.insert(to);
        }
    }
    homes
}

/// A weight as a number in the same order.
fn ordered(weight: f32) -> i64 {
    // Weights are some hundred bits at most, and thousandths of a bit tell nothing.
    (f64::from(weight) * 1000.0).round() as i64
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
    let mut gone: Vec<Known> = Vec::new();
    for old in [&memory.rows, &memory.gone] {
        // Both are in the order of record ids.
        let mut here = rows;
        for row in old {
            let passed = here.iter().take_while(|have| have.record_id < row.record_id).count();
            here = &here[passed..];
            let row = Known { member: place_of[row.member as usize], ..*row };
            let mut same = here.iter().take_while(|have| have.record_id == row.record_id);
            if !same.any(|have| have.member == row.member) {
                gone.push(row);
            }
        }
    }
    let superseded: BTreeSet<(u32, u64)> = people
        .superseded
        .iter()
        .filter_map(|(member, record)| Some((*place_of.get(*member as usize)?, *record)))
        .collect();
    gone.retain(|row| !superseded.contains(&(row.member, row.record_id)));
    gone.sort_unstable();
    gone.dedup();
    gone
}
