//! Long form: one number a row, named by two texts and a measure, with how much was known for it.

use chrono::NaiveDate;

use crate::table::{Column, Data, Texts, Value, words};

use super::owner::as_of_column;

/// The rows of a table in long form.
#[derive(Debug, Default)]
pub(super) struct Long {
    first: Texts,
    second: Texts,
    measure: Texts,
    value: Vec<Option<f64>>,
    coverage: Vec<Option<f64>>,
}

impl Long {
    /// Adds a number; `coverage` is the share of rows where the input of the number was known.
    pub(super) fn push(
        &mut self,
        (first, second): (&str, &str),
        measure: &str,
        value: Option<f64>,
        coverage: Option<f64>,
    ) {
        self.first.push(first);
        self.second.push(second);
        self.measure.push(measure);
        self.value.push(value);
        self.coverage.push(coverage);
    }

    /// The columns; `first` and `second` come without their values.
    pub(super) fn into_columns(
        self,
        as_of: NaiveDate,
        first: Column,
        second: Column,
        measures: &'static [Value],
    ) -> Vec<Column> {
        vec![
            as_of_column(as_of, self.value.len()),
            filled(first, self.first),
            filled(second, self.second),
            Column::new(
                "measure",
                words("Measure", "Kennzahl"),
                "what the number is",
                Data::Text(self.measure),
            )
            .german("was die Zahl ist")
            .of(measures),
            Column::new(
                "value",
                words("Value", "Wert"),
                "the number: a count, or a share between 0 and 1; empty when not known",
                Data::Float(self.value),
            )
            .german("Anzahl, oder Anteil zwischen 0 und 1; leer, wenn nicht bekannt"),
            Column::new(
                "coverage",
                words("Known for", "Bekannt bei"),
                "share of the rows behind the number for which the input was known",
                Data::Share(self.coverage),
            )
            .german("für welchen Anteil der Zeilen hinter der Zahl die Angabe bekannt war"),
        ]
    }
}

fn filled(mut column: Column, texts: Texts) -> Column {
    column.data = Data::Text(texts);
    column
}
