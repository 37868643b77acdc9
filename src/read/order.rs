//! Day or month first: decided once for a column from all its values, never cell by cell.

use super::{Row, RowEvent, Table};
use crate::problem::Problem;
use crate::record::DateOrder;

/// What the values of a column say about the order of day and month.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Votes {
    day_first: u32,
    month_first: u32,
    open: u32,
}

impl Votes {
    /// Takes one value in: dots or a first part above 12 say day first, a second part above 12 says month
    /// first; ISO dates, words and anything else say nothing.
    pub(super) fn add(&mut self, value: &str) {
        let Some((first, mark, second)) = parts(value.trim()) else { return };
        match (first, second) {
            (13..=31, 1..=12) => self.day_first += 1,
            (1..=12, 13..=31) if mark != b'.' => self.month_first += 1,
            (1..=31, 1..=12) if mark == b'.' => self.day_first += 1,
            (1..=12, 1..=12) => self.open += 1,
            _ => {}
        }
    }

    /// What most values say; where none says anything, or they contradict each other evenly, the default.
    pub(super) fn decide(self, default: DateOrder) -> DateOrder {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => DateOrder::DayFirst,
            std::cmp::Ordering::Less => DateOrder::MonthFirst,
            std::cmp::Ordering::Equal => default,
        }
    }

    /// Whether there are dates that could be read both ways and none that tells.
    fn is_guess(self) -> bool {
        self.open > 0 && self.day_first == self.month_first
    }
}

/// The order of a column of dates.
#[cfg(test)]
pub(super) fn vote<'a>(values: impl Iterator<Item = &'a str>, default: DateOrder) -> DateOrder {
    let mut votes = Votes::default();
    values.for_each(|value| votes.add(value));
    votes.decide(default)
}

/// The order of the dates in these columns of a table, with a note where it is a guess or where columns
/// contradict each other. The first column that tells decides.
pub(super) fn of_columns(
    table: &Table<'_>,
    columns: &[usize],
    default: DateOrder,
) -> (DateOrder, Option<Problem>) {
    if columns.is_empty() {
        return (default, None);
    }
    let mut votes = vec![Votes::default(); columns.len()];
    table.rows.for_each(&mut |event| {
        if let RowEvent::Row(row) = event {
            take_row(&mut votes, columns, &row);
        }
    });
    let told: Vec<usize> =
        (0..votes.len()).filter(|at| votes[*at].day_first != votes[*at].month_first).collect();
    let Some(first) = told.first() else {
        let guess = votes.iter().position(|votes| votes.is_guess());
        // Outside America dates with the month first are so rare that the guess is none.
        let guess = guess.filter(|_| default == DateOrder::MonthFirst);
        return (default, guess.map(|at| guessed(table, columns[at], default)));
    };
    let order = votes[*first].decide(default);
    let other = told.iter().find(|at| votes[**at].decide(default) != order);
    (order, other.map(|at| contradicted(table, columns[*first], columns[*at], order)))
}

fn take_row(votes: &mut [Votes], columns: &[usize], row: &Row<'_>) {
    for (votes, column) in votes.iter_mut().zip(columns) {
        votes.add(row.get(*column));
    }
}

fn guessed(table: &Table<'_>, column: usize, order: DateOrder) -> Problem {
    let message = format!(
        "no date in this column tells whether day or month comes first; read as {}. Write dates as 2026-01-05 \
         to be sure",
        words(order)
    );
    Problem::new(table.header.line, "date-order-assumed", message).in_column(name(table, column))
}

fn contradicted(table: &Table<'_>, first: usize, other: usize, order: DateOrder) -> Problem {
    let message = format!(
        "the dates in this column have another order than those in \u{201c}{}\u{201d}; all were read as {}. \
         Write dates as 2026-01-05 to be sure",
        name(table, first),
        words(order)
    );
    Problem::new(table.header.line, "date-order-mixed", message).in_column(name(table, other))
}

fn words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day/month/year",
        DateOrder::MonthFirst => "month/day/year",
    }
}

fn name(table: &Table<'_>, column: usize) -> String {
    table.header.cells.get(column).map(|cell| cell.trim().to_owned()).unwrap_or_default()
}

/// The first two numbers of a numeric date and the mark between them.
fn parts(value: &str) -> Option<(u32, u8, u32)> {
    let (first, rest) = number(value)?;
    let mark = *rest.as_bytes().first()?;
    if !matches!(mark, b'.' | b'/' | b'-') {
        return None;
    }
    let (second, rest) = number(rest[1..].trim_start())?;
    // A date goes on after the second number, at least with a mark: 1.5 is a number.
    (rest.as_bytes().first() == Some(&mark)).then_some((first, mark, second))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    (1..=2).contains(&end).then(|| Some((text[..end].parse().ok()?, &text[end..])))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_telling_value_decides_for_the_column() {
        let us = |values: &[&str]| vote(values.iter().copied(), DateOrder::DayFirst);
        assert_eq!(us(&["1/5/2026", "2/13/2026"]), DateOrder::MonthFirst);
        let cases: [(&[&str], bool); 7] = [
            (&["1/5/2026", "13/2/2026"], true),
            (&["05.01.26"], true),
            (&["5. 1. 2026", "1/13/26"], false),
            (&["1-5-2026"], false),
            (&["2026-13-01", "Frühjahr", "KW 6", "1.5", "12/2026", ""], false),
            (&["12.13.2026"], false),
            (&["3.4."], true),
        ];
        for (values, day) in cases {
            let found = vote(values.iter().copied(), DateOrder::MonthFirst);
            assert_eq!(found == DateOrder::DayFirst, day, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_values_does_not_matter(mut values in prop::collection::vec("[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|\\PC{0,8}", 0..9)) {
            let one = vote(values.iter().map(String::as_str), DateOrder::DayFirst);
            values.reverse();
            prop_assert_eq!(vote(values.iter().map(String::as_str), DateOrder::DayFirst), one);
        }
    }
}
