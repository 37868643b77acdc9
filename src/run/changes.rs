//! Changes: who is new, gone, merged or split since the last generation, and who changed the employer.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::label::{Labelled, is_archived};
use super::people::People;
use super::publish::Facts;
use crate::contact::{Contact, Letter, TierSource};
use crate::link::identity::{Before, contact_id};
use crate::merge::Part;
use crate::merge::holding::{date, day};
use crate::state::faces::{Face, Faces, Gatherer};
use crate::state::memory::{Memory, Redirect};
use crate::text::fold;
use crate::words::company_core;
use crate::write::{Basis, Cause, Change, ChangeRow, RedirectRow};

/// A weight that only decisions have.
const DECIDED: f32 = 99.0;

/// Rows of one contact that are rows of another one now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passage {
    from: u64,
    to: u64,
    change: Change,
    decided: bool,
    reason: &'static str,
}

impl Passage {
    fn cause(&self) -> Cause {
        if self.decided { Cause::Decision } else { Cause::Records }
    }
}

/// What became of the contacts of the last generation. In the first one there is nothing to tell.
#[derive(Debug, Default)]
pub(super) struct Moves {
    passages: Vec<Passage>,
    /// Contacts without any of these, in the order of their numbers.
    alone: Vec<(u64, Change)>,
    /// Whether there was a generation before.
    told: bool,
}

/// Sorted numbers, each once.
fn sorted(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn has(numbers: &[u64], number: u64) -> bool {
    numbers.binary_search(&number).is_ok()
}

impl Moves {
    /// Compares the contacts of this run with those of the last one.
    pub(super) fn find(people: &People, memory: &Memory) -> Moves {
        if memory.generation == 0 {
            return Moves::default();
        }
        let alive = &people.contacts;
        let last = sorted(memory.rows.iter().map(|row| row.contact));
        let retired = sorted(memory.redirects.iter().map(|redirect| redirect.retired));
        let ever = sorted(last.iter().copied().chain(memory.gone.iter().map(|row| row.contact)));
        let mut moves = Moves { told: true, ..Moves::default() };
        for from in passages(people).chunk_by(|a, b| a.0 == b.0) {
            let number = from[0].0;
            let mut parts: Vec<(usize, u64)> =
                from.chunk_by(|a, b| a.1 == b.1).map(|rows| (rows.len(), rows[0].1)).collect();
            parts.sort_unstable_by_key(|(rows, to)| (std::cmp::Reverse(*rows), *to));
            for (place, (_, to)) in parts.into_iter().enumerate() {
                let change = match (has(alive, number), place) {
                    (false, 0) if has(&retired, number) => continue,
                    (false, 0) => Change::Merged,
                    _ if has(&last, to) => Change::Moved,
                    _ => Change::Split,
                };
                moves.passages.push(Passage { from: number, to, change, decided: false, reason: "" });
            }
        }
        moves.give_reasons(people);
        moves.passages.sort_unstable();
        let of = |change: Change| moves.passages.iter().filter(move |passage| passage.change == change);
        let merged: FxHashSet<u64> = of(Change::Merged).map(|passage| passage.from).collect();
        let split: FxHashSet<u64> = of(Change::Split).map(|passage| passage.to).collect();
        let gone = last.iter().filter(|number| !has(alive, **number) && !merged.contains(*number));
        let came = alive.iter().filter(|number| !has(&last, **number) && !split.contains(*number));
        let mut alone: Vec<(u64, Change)> = gone.map(|number| (*number, Change::Gone)).collect();
        alone.extend(came.map(|number| {
            let known = has(&ever, *number) || has(&retired, *number);
            (*number, if known { Change::Back } else { Change::New })
        }));
        alone.sort_unstable();
        moves.alone = alone;
        moves
    }

    /// Says of merges what joins the rows, and of all passages whether a person decided them.
    fn give_reasons(&mut self, people: &People) {
        if self.passages.is_empty() {
            return;
        }
        let number_of = |row: u32| match people.before[people.rows[row as usize] as usize] {
            Before::Known { number, .. } => Some(number),
            _ => None,
        };
        let mut strongest: FxHashMap<u64, (f32, &'static str)> = FxHashMap::default();
        for link in &people.linked.links {
            let ends = [number_of(link.a), number_of(link.b)];
            if ends[0] == ends[1] {
                continue;
            }
            for (row, number) in [link.a, link.b].into_iter().zip(ends) {
                let Some(number) = number else { continue };
                let reason = people.linked.joins[row as usize].reason;
                let best = strongest.entry(number).or_insert((f32::MIN, ""));
                if (link.weight, reason) > *best {
                    *best = (link.weight, reason);
                }
            }
        }
        let apart = told_apart(people);
        for passage in &mut self.passages {
            if passage.change == Change::Merged {
                let (weight, reason) = strongest.get(&passage.from).copied().unwrap_or_default();
                (passage.decided, passage.reason) = (weight >= DECIDED, reason);
            } else {
                passage.decided = apart.contains(&(passage.from, passage.to));
            }
        }
    }

    /// The redirects after this run, by retired number.
    pub(super) fn redirects(
        &self,
        memory: &Memory,
        alive: &[u64],
        generation: u32,
        today: NaiveDate,
    ) -> Vec<Redirect> {
        let merged = self.passages.iter().filter(|passage| passage.change == Change::Merged);
        let mut all: Vec<Redirect> = memory.redirects.clone();
        all.extend(merged.map(|passage| Redirect {
            retired: passage.from,
            into: passage.to,
            generation,
            day: day(today),
            decided: passage.decided,
        }));
        all.retain(|redirect| !has(alive, redirect.retired));
        all.sort_unstable();
        all
    }
}

/// Rows that were in one contact and are in another one now: old number, new number, record; sorted.
fn passages(people: &People) -> Vec<(u64, u64, u32)> {
    let mut all: Vec<(u64, u64, u32)> = people
        .rows
        .iter()
        .filter_map(|record| {
            let now = people.contacts[people.contact_of[*record as usize] as usize];
            match people.before[*record as usize] {
                Before::Known { number, .. } if number != now => Some((number, now, *record)),
                _ => None,
            }
        })
        .collect();
    all.sort_unstable();
    all
}

/// Pairs of contacts of which a person said that they are two.
fn told_apart(people: &People) -> FxHashSet<(u64, u64)> {
    let decisions = || people.decided.decisions.iter().filter(|decision| !decision.same);
    let mut contacts: FxHashMap<u64, Vec<u64>> =
        decisions().flat_map(|decision| [(decision.a, Vec::new()), (decision.b, Vec::new())]).collect();
    if contacts.is_empty() {
        return FxHashSet::default();
    }
    for record in &people.rows {
        if let Some(of) = contacts.get_mut(&people.record_ids[*record as usize]) {
            of.push(people.contacts[people.contact_of[*record as usize] as usize]);
        }
    }
    let mut apart = FxHashSet::default();
    for decision in decisions() {
        for a in &contacts[&decision.a] {
            for b in &contacts[&decision.b] {
                apart.extend([(*a, *b), (*b, *a)]);
            }
        }
    }
    apart
}

/// How often each kind of change was found, by name; nothing at all in the first generation.
pub(super) fn counts(moves: &Moves, rows: &[ChangeRow]) -> Vec<(&'static str, u64)> {
    if !moves.told {
        return Vec::new();
    }
    let of = |change: &Change| rows.iter().filter(|row| row.change == *change).count() as u64;
    Change::ALL.iter().map(|change| (change.name(), of(change))).collect()
}

/// The redirects as people read them: each leads to a contact that was not merged into a further one.
pub(super) fn redirect_rows(redirects: &[Redirect]) -> Vec<RedirectRow> {
    let into: FxHashMap<u64, u64> =
        redirects.iter().map(|redirect| (redirect.retired, redirect.into)).collect();
    let last = |mut number: u64| {
        // A chain is no longer than there are redirects; a damaged one must not turn for ever.
        for _ in 0..redirects.len() {
            match into.get(&number) {
                Some(next) => number = *next,
                None => break,
            }
        }
        number
    };
    let row = |redirect: &Redirect| RedirectRow {
        retired: contact_id(redirect.retired),
        survivor: contact_id(last(redirect.into)),
        since: redirect.generation,
        on: date(redirect.day),
        cause: if redirect.decided { Cause::Decision } else { Cause::Records },
    };
    redirects.iter().map(row).collect()
}

/// Gathers what contacts look like and what changed about them, batch by batch.
pub(super) struct Ledger<'a> {
    facts: &'a Facts<'a>,
    arrived: FxHashMap<(u64, u64), Passage>,
    faces: Gatherer,
    rows: Vec<ChangeRow>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(facts: &'a Facts<'a>) -> Ledger<'a> {
        let passages = facts.moves.passages.iter();
        let arrived = passages.map(|passage| ((passage.from, passage.to), *passage)).collect();
        Ledger { facts, arrived, faces: Gatherer::default(), rows: Vec::new() }
    }

    /// Looks at merged contacts, the first of which is number `start`, and at what each row gave them.
    pub(super) fn see(
        &mut self,
        start: u32,
        people: &[Contact],
        gave: &[Vec<(u32, u16)>],
        labelled: &[Labelled],
    ) {
        let facts = self.facts;
        for ((place, labelled), (person, gave)) in (start..).zip(labelled).zip(people.iter().zip(gave)) {
            let number = facts.people.contacts[place as usize];
            let first = facts.known.records(place).first();
            let face = Face {
                contact: number,
                name: &person.name,
                company: &person.company,
                position: &person.position,
                file: first.map_or("", |record| self.path(*record)),
            };
            self.faces.add(face);
            self.moved(number, person, labelled);
            if let Some(before) = facts.memory.faces.get(number) {
                self.compare(before, face, gave);
            }
        }
    }

    /// Notes a category that moved, and that a contact leaves the contacts.
    fn moved(&mut self, number: u64, person: &Contact, labelled: &Labelled) {
        // In the first run that labels every category is new, and none of them is news.
        let Some(last) = self.facts.memory.day else { return };
        let tier = &person.labels.tier;
        let letter = |letter: Option<Letter>| letter.map_or("", Letter::name).to_owned();
        let mut note = |change: Change, old: String, new: String, basis: Basis| {
            self.rows.push(ChangeRow {
                contact_id: contact_id(number),
                change,
                field: "tier",
                old,
                new,
                name: person.name.clone(),
                on: self.facts.outcome.today,
                cause: match (tier.source, basis) {
                    (Some(TierSource::Manual), _) => Cause::Decision,
                    (_, Basis::Goals) => Cause::Goals,
                    _ => Cause::Records,
                },
                file: String::new(),
                line: 0,
                reason: tier.reason.to_string().into(),
                basis,
            });
        };
        let moved = labelled.moved.is_some();
        if let Some((old, basis)) = labelled.moved {
            let up = match (old, tier.letter) {
                (Some(old), Some(new)) => new < old,
                (None, new) => new.is_some(),
                (Some(_), None) => false,
            };
            let change = if up { Change::TierUp } else { Change::TierDown };
            note(change, letter(old), letter(tier.letter), basis);
        }
        let months = self.facts.job.workspace.pipeline.tier.archive_months;
        // A category that counts from long ago may be news of today.
        let before = !moved && is_archived(person, self.facts.memory.archive_months, last);
        if is_archived(person, months, self.facts.outcome.today) && !before {
            note(Change::Archived, letter(tier.letter), letter(tier.letter), Basis::Contact);
        }
    }

    fn path(&self, record: u32) -> &'a str {
        let store = &self.facts.outcome.store;
        &store.source(&store.records[record as usize]).path
    }

    /// Another employer is one whose core differs, and a value that was or is unknown is none: that somebody's
    /// file says more or less than before changes no one's job.
    fn compare(&mut self, before: Face<'_>, now: Face<'_>, gave: &[(u32, u16)]) {
        let differ = |old: &str, new: &str| !old.is_empty() && !new.is_empty() && old != new;
        let employer =
            differ(before.company, now.company) && company_core(before.company) != company_core(now.company);
        let position = differ(before.position, now.position) && fold(before.position) != fold(now.position);
        for (changed, change, field, old, new) in [
            (employer, Change::NewEmployer, "company", before.company, now.company),
            (position, Change::NewPosition, "position", before.position, now.position),
        ] {
            if !changed {
                continue;
            }
            let giver =
                gave.iter().find(|(_, bits)| Part::columns_of(*bits).any(|column| column == "company"));
            let came_from = giver.and_then(|(record, _)| match self.facts.people.before[*record as usize] {
                Before::Known { number, .. } => self.arrived.get(&(number, now.contact)),
                _ => None,
            });
            self.rows.push(ChangeRow {
                contact_id: contact_id(now.contact),
                change,
                field,
                old: old.to_owned(),
                new: new.to_owned(),
                name: now.name.to_owned(),
                on: self.facts.outcome.today,
                cause: came_from.map_or(Cause::File, Passage::cause),
                file: giver.map_or("", |(record, _)| self.path(*record)).to_owned(),
                line: giver.map_or(0, |(record, _)| self.facts.outcome.store.records[*record as usize].line),
                reason: "".into(),
                basis: Basis::Contact,
            });
        }
    }

    /// All changes in the order of ids, and what contacts look like now.
    pub(super) fn finish(mut self) -> (Vec<ChangeRow>, Faces) {
        let faces = std::mem::take(&mut self.faces).finish();
        let row = |number: u64, change: Change| {
            let face = faces.get(number).or_else(|| self.facts.memory.faces.get(number));
            ChangeRow {
                contact_id: contact_id(number),
                change,
                field: "",
                old: String::new(),
                new: String::new(),
                name: face.map_or("", |face| face.name).to_owned(),
                on: self.facts.outcome.today,
                cause: Cause::File,
                file: face.map_or("", |face| face.file).to_owned(),
                line: 0,
                reason: "".into(),
                basis: Basis::Contact,
            }
        };
        let moves = self.facts.moves;
        let mut rows = std::mem::take(&mut self.rows);
        rows.extend(moves.alone.iter().map(|(number, change)| row(*number, *change)));
        rows.extend(moves.passages.iter().map(|passage| ChangeRow {
            field: "contact_id",
            old: contact_id(passage.from),
            new: contact_id(passage.to),
            cause: passage.cause(),
            file: String::new(),
            reason: passage.reason.into(),
            ..row(passage.to, passage.change)
        }));
        rows.sort_unstable();
        (rows, faces)
    }
}
