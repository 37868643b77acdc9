//! Evaluation: a run without results, compared with known answers.

mod faults;
mod figures;
mod truth;

use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::people::{Fate, NOBODY, link_rows};
use super::stages::Stages;
use super::{Findings, Job, find_out, settings, signal};
use crate::error::Result;
use crate::link::{Examiner, Options, examine};
use crate::record::{CellsView, Field, Role};
use crate::state::generation::Generations;

pub use faults::{Fault, Faults, Side};
pub use figures::{Figures, Rates};
pub use truth::Truth;

/// Thresholds at which the figures are told beside the one in use.
const THRESHOLDS: [f64; 8] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/// Of a person with more rows only these are compared with each other, spread over all: a catch-all in a
/// truth must not take for ever.
const ROWS_A_PERSON: usize = 500;

/// How a run agrees with the truth.
#[derive(Debug)]
pub struct Evaluation {
    /// What the table of answers says, and what of it does not count.
    pub truth: Truth,
    /// Rows that were judged: entries of contacts that the truth names.
    pub judged: u64,
    /// Among them rows that repeat another row of the same source; they are in its contact.
    pub repeats: u64,
    /// Persons of the judged rows.
    pub persons: u64,
    /// Contacts of the judged rows.
    pub contacts: u64,
    /// Rows of contacts that the truth does not name.
    pub untold: u64,
    /// Rows that the truth names and that by rule are no contact, such as members' own entries.
    pub ignored: u64,
    /// Rows that the truth names and that only tell of a meeting or message.
    pub touches: u64,
    /// The probability from which pairs are merged.
    pub merge: f64,
    /// How well contacts agree with persons.
    pub figures: Figures,
    /// How well the blocks find true pairs.
    pub blocking: Blocking,
    /// The same figures at other thresholds, in their order.
    pub curve: Vec<(f64, Figures)>,
    /// How many contacts have 1, 2, 3 to 5, 6 to 10, and more judged rows.
    pub sizes: [u64; 5],
    /// Judged rows of the largest contact.
    pub largest: u64,
    /// What was joined that is not one person.
    pub merged: Faults,
    /// What is one person and was not joined.
    pub missed: Faults,
}

/// How well the blocks find true pairs, among the rows that are compared: those that repeat no other.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Blocking {
    /// Share of the true pairs that are compared, 0 to 1; 1 if there are none.
    pub recall: f64,
    /// True pairs.
    pub true_pairs: u64,
    /// True pairs that are compared.
    pub found_pairs: u64,
    /// True pairs that are not compared and would be merged if they were.
    pub lost_pairs: u64,
    /// Rows that are compared with each other.
    pub rows: u64,
    /// Pairs that are compared.
    pub pairs: u64,
    /// The same for each row.
    pub pairs_a_row: f64,
    /// Pairs of too big blocks that are not compared.
    pub skipped: u64,
    /// Blocks that were too big and split by a further key.
    pub split: u64,
    /// Persons of whom only a part of the rows is counted here, because they have very many.
    pub cut: u64,
}

/// Judged rows in the forms in which they are asked for.
struct Judged {
    /// Number of the record, index of its row in linking (that of the row it repeats), contact, person.
    rows: Vec<Row>,
    /// For each row of linking the numbers of its judged records within [`Judged::rows`], as a range.
    of_link: Vec<(u32, u32)>,
}

/// One judged row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    link: u32,
    record: u32,
    contact: u32,
    person: u32,
}

/// Reads, cleans and links the inbox as a run does, publishes nothing, and compares with the truth in a
/// file; tells at most `worst` faults of each kind.
///
/// # Errors
/// What would end a run, and a truth that is missing, is no such table or speaks of other files.
pub fn evaluate(job: &Job, truth: &Path, worst: usize) -> Result<Evaluation> {
    let mut stages = Stages::start();
    signal::watch();
    let current = Generations::at(&job.workspace.out).current()?;
    let findings = find_out(job, current, &mut stages)?;
    signal::check()?;
    let truth = truth::read(truth, &findings.store)?;
    let decisions = findings.people.decided.decisions.clone();
    let options = Options { decisions, ..settings(&job.workspace.pipeline) };
    Ok(judge(&findings, truth, &options, worst))
}

fn judge(findings: &Findings, truth: Truth, options: &Options, worst: usize) -> Evaluation {
    let people = &findings.people;
    let mut counts = [0u64; 4];
    let judged = Judged::new(findings, &truth, &mut counts);
    let [repeats, untold, ignored, touches] = counts;
    let pairs: Vec<(u32, u32)> = judged.rows.iter().map(|row| (row.contact, row.person)).collect();
    let figures = figures::compare(&pairs);
    let (sizes, largest, contacts) = sizes(&pairs);
    let mut persons: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
    persons.sort_unstable();
    persons.dedup();

    let rows = link_rows(
        &findings.store,
        &findings.cleaned.cells,
        &people.record_ids,
        (&people.rows, &people.again),
    );
    let (blocking, curve, merged, missed) = examine(&rows, options, |examiner| {
        let persons = judged.by_person();
        let blocking = blocking(examiner, &persons, rows.len() as u64, options.merge);
        let curve = curve(examiner, &judged, options.merge);
        let context = faults::Context { findings, truth: &truth, judged: &judged, worst };
        let merged = context.merged(examiner);
        let missed = context.missed(examiner, &persons, options.merge);
        (blocking, curve, merged, missed)
    });
    Evaluation {
        judged: pairs.len() as u64,
        persons: persons.len() as u64,
        truth,
        repeats,
        contacts,
        untold,
        ignored,
        touches,
        merge: options.merge,
        figures,
        blocking,
        curve,
        sizes,
        largest,
        merged,
        missed,
    }
}

impl Judged {
    /// Collects the rows of contacts that the truth names; counts repeats, rows without truth, and named
    /// rows that are ignored or only touches.
    fn new(findings: &Findings, truth: &Truth, counts: &mut [u64; 4]) -> Judged {
        let people = &findings.people;
        let mut link_of = vec![u32::MAX; findings.store.records.len()];
        for (link, number) in (0..).zip(&people.rows) {
            link_of[*number as usize] = link;
        }
        let [repeats, untold, ignored, touches] = counts;
        let mut rows = Vec::new();
        for (number, record) in findings.store.records.iter().enumerate() {
            let person = truth.person_of[number];
            let kept = match people.fates[number] {
                Fate::Repeats(of) => of as usize,
                _ => number,
            };
            let contact = people.contact_of[number];
            let linked = record.role == Role::Contact && contact != NOBODY && link_of[kept] != u32::MAX;
            match person {
                None => *untold += u64::from(linked),
                Some(person) if linked => {
                    *repeats += u64::from(kept != number);
                    rows.push(Row { link: link_of[kept], record: number as u32, contact, person });
                }
                Some(_) if record.role == Role::Touch => *touches += 1,
                Some(_) => *ignored += 1,
            }
        }
        rows.sort_unstable();
        let mut of_link = vec![(0, 0); people.rows.len()];
        let mut start = 0u32;
        for run in rows.chunk_by(|a, b| a.link == b.link) {
            of_link[run[0].link as usize] = (start, start + run.len() as u32);
            start += run.len() as u32;
        }
        Judged { rows, of_link }
    }

    /// The judged records of a row of linking.
    fn of(&self, link: u32) -> &[Row] {
        let (start, end) = self.of_link[link as usize];
        &self.rows[start as usize..end as usize]
    }

    /// For each person, in order, their rows of linking.
    fn by_person(&self) -> Vec<Person> {
        let mut all: Vec<(u32, u32)> = self.rows.iter().map(|row| (row.person, row.link)).collect();
        all.sort_unstable();
        all.dedup();
        all.chunk_by(|a, b| a.0 == b.0)
            .map(|run| {
                let keep = run.len().min(ROWS_A_PERSON);
                let rows = (0..keep).map(|at| run[at * run.len() / keep].1).collect();
                Person { number: run[0].0, rows, cut: keep < run.len() }
            })
            .collect()
    }
}

/// A person and the rows of linking that are theirs.
struct Person {
    number: u32,
    rows: Vec<u32>,
    cut: bool,
}

/// How many groups have 1, 2, 3 to 5, 6 to 10 and more rows; the rows of the largest; how many there are.
fn sizes(pairs: &[(u32, u32)]) -> ([u64; 5], u64, u64) {
    let mut contacts: FxHashMap<u32, u64> = FxHashMap::default();
    for (contact, _) in pairs {
        *contacts.entry(*contact).or_default() += 1;
    }
    let mut sizes = [0; 5];
    for size in contacts.values() {
        sizes[match size {
            1 => 0,
            2 => 1,
            3..=5 => 2,
            6..=10 => 3,
            _ => 4,
        }] += 1;
    }
    (sizes, contacts.values().max().copied().unwrap_or_default(), contacts.len() as u64)
}

fn blocking(examiner: &Examiner<'_>, persons: &[Person], rows: u64, merge: f64) -> Blocking {
    let least = Examiner::least(merge);
    let of = |person: &Person| {
        let (mut found, mut lost) = (0, 0);
        for (a, b) in each_pair(&person.rows) {
            if examiner.blocked(a, b) {
                found += 1;
            } else if examiner.seen(a, b).weight >= least {
                lost += 1;
            }
        }
        [figures::pairs(person.rows.len() as u64), found, lost]
    };
    let [true_pairs, found_pairs, lost_pairs] =
        persons.par_iter().map(of).reduce(|| [0; 3], |x, y| [x[0] + y[0], x[1] + y[1], x[2] + y[2]]);
    Blocking {
        recall: if true_pairs == 0 { 1.0 } else { found_pairs as f64 / true_pairs as f64 },
        true_pairs,
        found_pairs,
        lost_pairs,
        rows,
        pairs: examiner.pairs(),
        pairs_a_row: examiner.pairs() as f64 / rows.max(1) as f64,
        skipped: examiner.skipped(),
        split: examiner.split(),
        cut: persons.iter().filter(|person| person.cut).count() as u64,
    }
}

/// Each pair of rows once.
fn each_pair(rows: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    rows.iter().enumerate().flat_map(|(at, a)| rows[at + 1..].iter().map(move |b| (*a, *b)))
}

/// The figures at several thresholds, that of the pipeline among them.
fn curve(examiner: &Examiner<'_>, judged: &Judged, merge: f64) -> Vec<(f64, Figures)> {
    let mut thresholds = THRESHOLDS.to_vec();
    thresholds.push(merge);
    thresholds.sort_by(f64::total_cmp);
    thresholds.dedup();
    let at = |merge: &f64| {
        let groups = examiner.groups(*merge);
        let pairs: Vec<(u32, u32)> =
            judged.rows.iter().map(|row| (groups[row.link as usize], row.person)).collect();
        (*merge, figures::compare(&pairs))
    };
    thresholds.iter().map(at).collect()
}

/// What a person wants to see of a row, in one line: name, employer, addresses and what else tells people
/// apart.
fn told(cells: CellsView<'_>) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    let parts = [Field::Prefix, Field::GivenName, Field::MiddleName, Field::FamilyName, Field::Suffix];
    let name: Vec<&str> = parts.iter().flat_map(|field| cells.all(*field)).collect();
    told.push(("name", name.join(" ")));
    for field in [
        Field::Nickname,
        Field::Company,
        Field::Position,
        Field::Email,
        Field::Phone,
        Field::LinkedIn,
        Field::Xing,
        Field::Birthday,
        Field::Street,
        Field::Postcode,
        Field::City,
        Field::ExternalId,
        Field::ConnectedOn,
    ] {
        told.push((field.name(), cells.all(field).collect::<Vec<_>>().join(", ")));
    }
    told.retain(|(_, text)| !text.is_empty());
    told
}
