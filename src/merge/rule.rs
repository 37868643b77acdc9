//! Survivorship: which row of a person is believed first.

use std::cmp::Reverse;

use chrono::Datelike;

use super::Row;
use crate::record::CellsView;

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

/// The rows of a person in the order in which they are believed.
#[derive(Debug, Clone)]
pub(super) struct Best<'a> {
    rows: Vec<(usize, CellsView<'a>)>,
}

impl<'a> Best<'a> {
    /// Orders rows by [`Rank`].
    pub(super) fn of(rows: &[Row<'a>]) -> Best<'a> {
        let newest = rows.iter().map(|row| row.day.num_days_from_ce()).max().unwrap_or_default();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        if rows.len() > 1 {
            order.sort_by_cached_key(|row| Rank::of(&rows[*row], newest));
        }
        Best { rows: order.into_iter().map(|row| (row, rows[row].cells)).collect() }
    }

    /// The same rows, the newest first whatever their trust.
    pub(super) fn newest_first(&self, rows: &[Row<'a>]) -> Best<'a> {
        let mut newest = self.clone();
        newest.rows.sort_by_key(|(row, _)| Reverse(rows[*row].day));
        newest
    }

    /// Indexes of the rows, best first.
    pub(super) fn order(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The best row whose cells satisfy a condition.
    pub(super) fn first(&self, mut fits: impl FnMut(CellsView<'a>) -> bool) -> Option<usize> {
        self.rows.iter().find(|(_, cells)| fits(*cells)).map(|(row, _)| *row)
    }
}
