//! The list of open pairs in the workbook.

use super::sheet::{List, Row, Stamp};
use crate::link::parse_record_id;
use crate::run::decisions::{Answer, Said};
use crate::table::{Language, Words};
use crate::write::work::{ANSWER, columns};

/// The list of open pairs: a row is about two record ids, the smaller first.
pub(super) struct Pairs;

impl List for Pairs {
    type Key = (u64, u64);
    type Said = Said;
    type Answer = Answer;
    const ANSWER: Words = ANSWER;
    const CHOICES: &'static str = "same, different or later";
    const LOST: [&'static str; 2] = ["which records it is about", "pair"];

    fn columns(language: Language) -> Vec<&'static str> {
        columns(language)
    }

    fn key(row: &Row<'_>) -> Option<(u64, u64)> {
        let [a, b] = ids(row.cells)[..] else { return None };
        Some((a.min(b), a.max(b)))
    }

    fn is_row(cells: &[String]) -> bool {
        ids(cells).len() > 1
    }

    fn said(text: &str) -> Result<Said, String> {
        Said::from_word(text).ok_or_else(|| format!("\u{201c}{text}\u{201d} is no answer"))
    }

    fn answer(row: &Row<'_>, (a, b): (u64, u64), said: Said, stamp: Stamp) -> Answer {
        let Stamp { on, by, note } = stamp;
        // In the order of the sheet, so that the file reads like it.
        let [a, b] = if ids(row.cells).first() == Some(&a) { [a, b] } else { [b, a] };
        Answer { a, b, said, on, by, note }
    }

    fn of(answer: &Answer) -> ((u64, u64), Said, &str) {
        (answer.pair(), answer.said, &answer.by)
    }
}

/// The record ids that a row names, each once, in their order. They are looked for in every cell, since
/// people move and remove columns.
fn ids(row: &[String]) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for cell in row.iter().map(|cell| cell.trim()).filter(|cell| cell.starts_with(['r', 'R'])) {
        if let Some(id) = parse_record_id(cell).filter(|id| !found.contains(id)) {
            found.push(id);
        }
    }
    found
}
