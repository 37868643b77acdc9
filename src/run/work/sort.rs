//! The list of contacts to sort in the workbook.

use super::sheet::{List, Row, Stamp};
use crate::contact::Letter;
use crate::link::identity::contact_number;
use crate::run::hands::{SetTier, category};
use crate::table::{Language, Words};
use crate::write::work::{CATEGORY, CONTACT, NAME, sort_columns};

/// The list of contacts to sort: a row is about the number of a contact.
pub(super) struct ToSort;

impl List for ToSort {
    type Key = u64;
    type Said = Option<Letter>;
    type Answer = SetTier;
    const ANSWER: Words = CATEGORY;
    const CHOICES: &'static str = "A, B, C, D or later";
    const LOST: [&'static str; 2] = ["which contact it is about", "contact"];

    fn columns(language: Language) -> Vec<&'static str> {
        sort_columns(language)
    }

    fn key(row: &Row<'_>) -> Option<u64> {
        contact_number(&row.under(CONTACT)).or_else(|| {
            // People move and rename columns; a row that names two contacts says nothing.
            let mut ids: Vec<u64> = row.cells.iter().filter_map(|cell| id(cell)).collect();
            ids.dedup();
            if ids.len() == 1 { ids.pop() } else { None }
        })
    }

    fn is_row(cells: &[String]) -> bool {
        cells.iter().any(|cell| id(cell).is_some())
    }

    fn said(text: &str) -> Result<Option<Letter>, String> {
        category(text).map_err(|doubt| doubt.told(text))
    }

    fn answer(row: &Row<'_>, contact: u64, letter: Option<Letter>, stamp: Stamp) -> SetTier {
        let Stamp { on, by, note } = stamp;
        SetTier { contact, letter, on, by, note, name: row.under(NAME) }
    }

    fn of(set: &SetTier) -> (u64, Option<Letter>, &str) {
        (set.contact, set.letter, &set.by)
    }
}

/// The contact that a cell of any column names. A word of thirteen letters may look like an id, so only text in
/// small letters with a digit counts.
fn id(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    let likely = cell.starts_with('c') && cell.bytes().any(|letter| letter.is_ascii_digit());
    contact_number(cell).filter(|_| likely && !cell.bytes().any(|letter| letter.is_ascii_uppercase()))
}
