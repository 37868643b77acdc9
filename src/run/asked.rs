//! The open pairs of the last generation, as they are asked and answered without another run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use super::decisions::{Answer, Ledger, Said};
use super::workspace::Workspace;
use crate::error::{Error, Kind, Result};
use crate::link::{Decision, contradictory, parse_record_id};
use crate::pipeline;
use crate::read::plain;
use crate::state::generation::Generations;
use crate::table::Language;
use crate::write::review::{FIELDS, ReviewRow, Side};
use crate::write::{Dialect, unguard};

/// A pair that waits for an answer.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Both sides; its reasons are in [`Pair::pro`] and [`Pair::contra`].
    pub row: ReviewRow,
    /// Record ids of both sides.
    pub ids: [u64; 2],
    /// What speaks for one person.
    pub pro: Vec<String>,
    /// What speaks for two persons.
    pub contra: Vec<String>,
}

/// What can be asked now.
#[derive(Debug)]
pub struct Asked {
    /// The pairs that have no answer yet, in the order of the list.
    pub pairs: Vec<Pair>,
    /// How many of the list are answered already.
    pub answered: u64,
    /// Open pairs that did not fit the list.
    pub left_out: u64,
    /// The answers given so far.
    pub ledger: Ledger,
    /// The language of the results.
    pub language: Language,
}

/// Reads the list of the last generation and the answers given since.
///
/// # Errors
/// When there is no generation, or the list or the answers cannot be read.
pub fn load(workspace: &Workspace) -> Result<Asked> {
    let out = &workspace.out;
    if Generations::at(out).current()?.is_none() {
        return Err(Error::new(Kind::NoInput, format!("no results in {}", out.display()))
            .hinted("`hamstern run` makes them; then there is something to ask"));
    }
    let path = out.join("current/review.csv");
    let bytes = fs::read(&path)
        .map_err(|error| Error::io(Kind::NoInput, "the list of open pairs cannot be read", &path, &error))?;
    let manifest = manifest(workspace);
    let table = plain::delimited(&bytes, &["a", "b", "decision"]);
    let dialect = match workspace.pipeline.output.dialect {
        pipeline::Dialect::Plain => Dialect::Plain,
        pipeline::Dialect::Spreadsheet => {
            let decimal = if table.delimiter == b';' { b',' } else { b'.' };
            Dialect::Spreadsheet { delimiter: table.delimiter, decimal }
        }
    };
    let ledger = Ledger::load(&workspace.decisions, &workspace.state)?.in_dialect(dialect);
    let mut rows = table.rows.into_iter().map(|(_, row)| row);
    let header = rows.next().unwrap_or_default();
    let all: Vec<Pair> = rows.filter_map(|row| pair(&header, &row)).collect();
    let (settled, disputed) = settled(&ledger);
    let count = all.len();
    let waits = |pair: &Pair| {
        let ids = (pair.ids[0].min(pair.ids[1]), pair.ids[0].max(pair.ids[1]));
        if pair.row.disputed { disputed.contains(&ids) } else { !settled.contains(&ids) }
    };
    let pairs: Vec<Pair> = all.into_iter().filter(waits).collect();
    Ok(Asked {
        answered: (count - pairs.len()) as u64,
        pairs,
        left_out: manifest["counts"]["review"]["left_out"].as_u64().unwrap_or(0),
        ledger,
        language: manifest["locale"]["language"].as_str().and_then(Language::from_name).unwrap_or_default(),
    })
}

/// The manifest of the last generation; nothing where it cannot be read, since only manners depend on it.
fn manifest(workspace: &Workspace) -> Value {
    let bytes = fs::read(workspace.out.join("current/manifest.json")).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Record ids of pairs, the smaller first.
type Pairs = BTreeSet<(u64, u64)>;

/// Pairs that are answered, and pairs whose answers contradict each other.
fn settled(ledger: &Ledger) -> (Pairs, Pairs) {
    let mut latest: BTreeMap<(u64, u64), bool> = BTreeMap::new();
    for Answer { a, b, said, .. } in &ledger.answers {
        let pair = (*a.min(b), *a.max(b));
        match said {
            Said::Open => {
                latest.remove(&pair);
            }
            Said::Same | Said::Different => {
                latest.insert(pair, *said == Said::Same);
            }
        }
    }
    let decisions: Vec<Decision> =
        latest.iter().map(|((a, b), same)| Decision { a: *a, b: *b, same: *same }).collect();
    let disputed = contradictory(&decisions).iter().map(|decision| (decision.a, decision.b)).collect();
    (latest.into_keys().collect(), disputed)
}

/// A row of the list; none where it names no records.
fn pair(header: &[String], row: &[String]) -> Option<Pair> {
    let cell = |name: &str| {
        let place = header.iter().position(|column| column == name);
        unguard(place.and_then(|place| row.get(place)).map_or("", String::as_str))
    };
    let list = |name: &str| -> Vec<String> {
        cell(name).split(" | ").filter(|item| !item.is_empty()).map(str::to_owned).collect()
    };
    let number = |name: &str| cell(name).replace(',', ".").parse().unwrap_or(0.0);
    let side = |record: &str, contact: &str, place: usize| Side {
        record_id: cell(record).to_owned(),
        contact_id: cell(contact).to_owned(),
        values: FIELDS.map(|field| list(field.names[place])),
    };
    let ids = [parse_record_id(cell("a"))?, parse_record_id(cell("b"))?];
    let row = ReviewRow {
        value: number("value"),
        probability: number("probability"),
        weight: number("weight"),
        sides: [side("a", "contact_a", 0), side("b", "contact_b", 1)],
        disputed: cell("disputed") == "true",
        ..ReviewRow::default()
    };
    Some(Pair { row, ids, pro: list("reasons_for"), contra: list("reasons_against") })
}
