//! Survivorship: which row of a person is believed first.

use std::cmp::Reverse;

use chrono::Datelike;

use super::Row;
use crate::record::{CellsView, Field};

/// How good a row is, best first when sorted.
///
/// Trust loses one point for every year a row is older than the newest row of the person, so that a
/// fresh address book wins over a network export of years ago. Ties go to a row whose day is told (one that
/// was merely first seen today may be of any year), then to the newer row, then to the row
/// that stands for more rows, then to its content, so that the order of files never shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank<'a> {
    believed: Reverse<i32>,
    dated: Reverse<bool>,
    day: Reverse<i32>,
    weight: Reverse<u32>,
    content: &'a [u8],
    member: u16,
}

impl<'a> Rank<'a> {
    fn of(row: &Row<'a>, newest: i32) -> Rank<'a> {
        let day = row.day.num_days_from_ce();
        Rank {
            believed: Reverse(i32::from(row.trust) - (newest - day) / 365),
            dated: Reverse(row.dated),
            day: Reverse(day),
            weight: Reverse(row.weight),
            content: row.cells.as_bytes(),
            member: row.member,
        }
    }
}

/// The rows of a person in the order in which they are believed, each with the first cell of every field.
#[derive(Debug, Clone, Default)]
pub(super) struct Best<'a> {
    rows: Vec<(usize, Fields<'a>)>,
    /// Room in which rows are put in order.
    order: Vec<usize>,
}

/// The cells of a row, laid out by field: merging asks for most of them several times.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    cells: CellsView<'a>,
    first: [&'a str; Field::ALL.len()],
}

impl<'a> Fields<'a> {
    fn of(cells: CellsView<'a>) -> Fields<'a> {
        let mut first = [""; Field::ALL.len()];
        for (field, text) in cells.iter() {
            let slot = &mut first[field as usize];
            if slot.is_empty() {
                *slot = text;
            }
        }
        Fields { cells, first }
    }

    /// Whether there is a cell of a field.
    pub(super) fn has(&self, field: Field) -> bool {
        !self.text(field).is_empty()
    }

    /// The first cell of a field, or empty text.
    pub(super) fn text(&self, field: Field) -> &'a str {
        self.first[field as usize]
    }

    /// Every cell of a field.
    pub(super) fn all(&self, field: Field) -> impl Iterator<Item = &'a str> + use<'a> {
        let cells = self.has(field).then_some(self.cells);
        cells.into_iter().flat_map(move |cells| cells.all(field))
    }
}

impl<'a> Best<'a> {
    /// Takes rows in the place of those before and orders them by [`Rank`].
    pub(super) fn order(&mut self, rows: &[Row<'a>]) {
        let fields = |row: &usize| (*row, Fields::of(rows[*row].cells));
        self.rows.clear();
        if rows.len() <= 1 {
            return self.rows.extend((0..rows.len()).map(|row| fields(&row)));
        }
        let newest = rows.iter().map(|row| row.day.num_days_from_ce()).max().unwrap_or_default();
        let Best { rows: best, order } = self;
        order.clear();
        order.extend(0..rows.len());
        // Ranks are made of what rows tell at once: to keep them would take longer than to make them again.
        order.sort_by(|a, b| Rank::of(&rows[*a], newest).cmp(&Rank::of(&rows[*b], newest)));
        best.extend(order.iter().map(fields));
    }

    /// Indexes of the rows and their cells, best first.
    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = (usize, &Fields<'a>)> {
        self.rows.iter().map(|(row, fields)| (*row, fields))
    }

    /// The best row whose cells satisfy a condition.
    pub(super) fn first(&self, mut fits: impl FnMut(&Fields<'a>) -> bool) -> Option<(usize, &Fields<'a>)> {
        self.rows().find(|(_, fields)| fits(fields))
    }

    /// The newest row whose cells satisfy a condition, the best of several of one day.
    pub(super) fn newest(
        &self,
        rows: &[Row<'a>],
        mut fits: impl FnMut(&Fields<'a>) -> bool,
    ) -> Option<(usize, &Fields<'a>)> {
        self.rows().rev().filter(|(_, fields)| fits(fields)).max_by_key(|(row, _)| rows[*row].day)
    }
}
