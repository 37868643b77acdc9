//! Looking numbers up in tables, whether a measure is a row of its own or a column, and which tables only a team has.

use crate::table::{Column, Data, Table, Texts};

/// The reports that only a team can have.
pub(super) const TEAM_ONLY: [&str; 11] = [
    "race",
    "rankings",
    "overlap",
    "fair_share",
    "concentration",
    "loss",
    "handover",
    "convergence",
    "leader_profile",
    "introductions",
    "mentors",
];

/// The text of a column in a row; empty where there is none.
pub(super) fn text<'a>(table: &'a Table, column: &str, row: usize) -> &'a str {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Text(texts)) => texts.get(row),
        _ => "",
    }
}

/// The number of a column in a row.
pub(super) fn number(table: &Table, column: &str, row: usize) -> Option<f64> {
    table.column(column).and_then(|column| number_in(column, row))
}

/// The number in a row of a column.
pub(super) fn number_in(column: &Column, row: usize) -> Option<f64> {
    match &column.data {
        Data::Int(values) => values.get(row).copied().flatten().map(|value| value as f64),
        Data::Float(values) | Data::Share(values) => values.get(row).copied().flatten(),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

/// A number and for how much of what it counts the input was known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    /// The number.
    pub(super) value: f64,
    /// Share between 0 and 1, where the table says it.
    pub(super) coverage: Option<f64>,
}

/// The measure in the first row whose columns hold the given texts: the row's `value` in a table with a column
/// `measure`, else what stands in the column of that name.
pub(super) fn told(table: &Table, with: &[(&str, &str)], measure: &str) -> Option<Told> {
    let texts = |name: &str| match table.column(name).map(|column| &column.data) {
        Some(Data::Text(texts)) => Some(texts),
        _ => None,
    };
    let measures = texts("measure");
    let long = measures.is_some();
    let mut wanted: Vec<(Option<&Texts>, &str)> = vec![(measures, measure)];
    for (column, text) in with {
        // A table without channels counts all of them; one without members tells of no single one.
        if table.column(column).is_some() || *column == "member" {
            wanted.push((Some(texts(column)?), text));
        }
    }
    let fits = |row: &usize| {
        wanted.iter().all(|(texts, wanted)| texts.is_none_or(|texts| texts.get(*row) == *wanted))
    };
    let row = (0..table.len()).find(fits)?;
    let value = number(table, if long { "value" } else { measure }, row)?;
    Some(Told { value, coverage: number(table, "coverage", row) })
}
