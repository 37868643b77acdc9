//! The review list: both sides of every open pair, put together for people.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::clean::Cleaned;
use super::decided;
use super::people::People;
use super::person::{of_record, whole};
use super::publish::{Facts, failed, open};
use crate::contact::Contact;
use crate::error::Result;
use crate::link::identity::contact_id;
use crate::link::{ReviewPair, reasons, record_id};
use crate::record::Field;
use crate::store::Store;
use crate::table::Table;
use crate::write::review::{self, FIELDS, ReviewRow, Side};

/// What a run has to say about questions and answers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Review {
    /// Pairs that are shown.
    pub open: u64,
    /// Open pairs beyond those.
    pub left_out: u64,
    /// The answers that were read, and what became of them.
    pub answers: decided::Counts,
    /// Answers that contradict each other, in words.
    pub disputes: Vec<String>,
    /// Lines and cells that are no answer, each with its place.
    pub problems: Vec<String>,
    /// What could not be written, and where the answers are instead. Not a function of the inputs.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// The team's workbook.
    #[serde(skip)]
    pub work: PathBuf,
}

impl Review {
    /// Whether something is wrong that only a person can put right.
    pub fn needs_a_person(&self) -> bool {
        !(self.disputes.is_empty() && self.problems.is_empty() && self.warnings.is_empty())
    }
}

/// The answers that contradict each other, each with both records as people find them: name, file and line.
pub(super) fn disputes(people: &People, store: &Store, cleaned: &Cleaned) -> Vec<String> {
    let answers = &people.decided.disputes;
    let asked: BTreeSet<u64> = answers.iter().flat_map(|answer| [answer.a, answer.b]).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let shown = |number: u32| {
        let (record, cells) = (&store.records[number as usize], cleaned.cells.get(number as usize));
        let whole = [Field::GivenName, Field::FamilyName].map(|field| cells.text(field)).join(" ");
        let name = if whole.trim().is_empty() { cells.text(Field::Company) } else { whole.trim() };
        format!("{name} ({}:{})", store.source(record).path, record.line)
    };
    let id_of = |number: &u32| people.record_ids[*number as usize];
    let here = people.rows.iter().filter(|number| asked.contains(&id_of(number)));
    let names: BTreeMap<u64, String> = here.map(|number| (id_of(number), shown(*number))).collect();
    let named = |id: u64| names.get(&id).cloned().unwrap_or_else(|| format!("{} (gone)", record_id(id)));
    answers.iter().map(|answer| decided::told(answer, named)).collect()
}

/// Every open pair with both sides, in the order of the list.
pub(super) fn rows(facts: &Facts<'_>) -> Vec<ReviewRow> {
    facts.people.linked.review.iter().map(|pair| row(facts, pair)).collect()
}

fn row(facts: &Facts<'_>, pair: &ReviewPair) -> ReviewRow {
    let records = [pair.a, pair.b].map(|row| facts.people.rows[row as usize]);
    let mut sides = records.map(|record| side(facts, record, pair.disputed));
    // The contact with more rows stands first.
    let order = |(side, rows): &(Side, i64)| (std::cmp::Reverse(*rows), side.record_id.clone());
    if order(&sides[1]) < order(&sides[0]) {
        sides.swap(0, 1);
    }
    let (pro, contra) = reasons(&pair.parts, facts.outcome.locale.language);
    ReviewRow {
        value: round(pair.value),
        probability: round(pair.probability),
        weight: round(f64::from(pair.weight)),
        sides: sides.map(|(side, _)| side),
        pro,
        contra,
        disputed: pair.disputed,
    }
}

/// To four digits after the point.
fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// One side and how many rows it has: the contact, or the record alone where answers contradict each other,
/// since both may be one contact now.
fn side(facts: &Facts<'_>, record: u32, alone: bool) -> (Side, i64) {
    let contact = facts.people.contact_of[record as usize];
    let person = if alone { of_record(facts.views(), record) } else { whole(facts.views(), contact).0 };
    let rows = i64::from(person.records);
    let id = contact_id(facts.people.contacts[contact as usize]);
    let side = Side {
        record_id: record_id(facts.people.record_ids[record as usize]),
        contact_id: id,
        values: values(facts, person, record),
    };
    (side, rows)
}

/// What is shown of a side, in the order of [`FIELDS`].
fn values(facts: &Facts<'_>, person: Contact, record: u32) -> [Vec<String>; FIELDS.len()] {
    let one = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    let name = [&person.prefix, &person.name, &person.suffix];
    let name: Vec<&str> = name.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let member = |member: &u16| facts.members()[usize::from(*member)].id.clone();
    let mut profiles = one(person.linkedin_url);
    profiles.extend(one(person.xing_url));
    let store = &facts.outcome.store;
    let (source, line) = (store.source(&store.records[record as usize]), store.records[record as usize].line);
    let place = if source.sheet.is_empty() {
        format!("{}:{line}", source.path)
    } else {
        format!("{} [{}]:{line}", source.path, source.sheet)
    };
    [
        one(name.join(" ")),
        one(person.company),
        one(person.position),
        person.emails,
        person.phones,
        one(person.city),
        one(person.birthday),
        profiles,
        person.holders.iter().map(member).collect(),
        one(person.records.to_string()),
        one(place),
    ]
}

/// Writes the table `review`.
pub(super) fn write(
    facts: &Facts<'_>,
    rows: &[ReviewRow],
    folder: &Path,
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, review::review(&[]), specs)?;
    file.write(&review::review(rows)).map_err(|error| failed(&path, &error))?;
    file.finish().map_err(|error| failed(&path, &error))
}
