//! Tables no reader knows, read as `[[source]]` in the pipeline file says.

use super::mapping::Mapping;
use super::table::read_rows;
use super::{Body, Document, Header, Output, Plan, Reader, order, several};
use crate::record::{Cells, Channel, DateOrder, Field};
use crate::text::header_key;

use super::address_book::verdict;

/// Reads tables by a mapping.
pub(super) struct Mapped<'a>(pub(super) &'a Mapping);

impl Reader for Mapped<'_> {
    fn id(&self) -> &'static str {
        "mapped"
    }

    fn title(&self) -> &'static str {
        "table mapped in the pipeline file"
    }

    fn title_german(&self) -> &'static str {
        "Tabelle nach Pipeline-Datei"
    }

    fn channel(&self) -> Channel {
        self.0.channel
    }

    fn trust(&self) -> u8 {
        self.0.trust.unwrap_or(5)
    }

    fn distinct(&self) -> bool {
        self.0.distinct.unwrap_or(false)
    }

    fn complete(&self) -> bool {
        self.0.complete.unwrap_or(false)
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else {
            return Err("the mapping is for tables and this is none".to_owned());
        };
        let found = columns(self.0, &table.header)?;
        let mut shown = vec![None; table.header.cells.len()];
        for (field, columns) in &found {
            for column in columns {
                shown[*column] = Some(*field);
            }
        }
        let dates: Vec<usize> = found
            .iter()
            .filter(|(field, _)| matches!(field, Field::Birthday | Field::TouchAt))
            .filter_map(|(_, columns)| columns.first().copied())
            .collect();
        let (date_order, note) = order::of_columns(table, &dates, DateOrder::DayFirst);
        Ok(Plan { columns: shown, date_order, notes: note.into_iter().collect(), ..Plan::default() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        let Ok(found) = columns(self.0, &table.header) else { return };
        let sheet = table.delimiter.is_none();
        read_rows(table, plan, out, |row, cells, out| {
            cells.clear();
            for (field, columns) in &found {
                let parts = columns.iter().map(|column| several::unwrapped(row.get(*column)));
                let text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
                if *field == Field::Phone {
                    if let Some(problem) = several::push_phones(cells, &text, sheet, row.line) {
                        out.warn(problem);
                    }
                } else {
                    push(cells, *field, &text);
                }
            }
            verdict(row, cells)
        });
    }
}

fn push(cells: &mut Cells, field: Field, text: &str) {
    match field {
        Field::Email => several::push_emails(cells, text),
        Field::Tags => several::push_tags(cells, text, &[';', ',', '|']),
        field => cells.push(field, text),
    }
}

/// The columns of each field.
///
/// # Errors
/// Which columns are missing, with the nearest names the table has.
fn columns(mapping: &Mapping, header: &Header) -> Result<Vec<(Field, Vec<usize>)>, String> {
    let mut missing = Vec::new();
    let mut found = Vec::new();
    for (field, names) in &mapping.columns {
        let mut columns = Vec::new();
        for name in names {
            match position(header, name) {
                Some(column) => columns.push(column),
                None => missing.push(nearest(header, name)),
            }
        }
        found.push((*field, columns));
    }
    if missing.is_empty() {
        Ok(found)
    } else {
        missing.dedup();
        Err(format!("the pipeline file names columns that the table does not have: {}", missing.join(", ")))
    }
}

/// The column of that name: written the same, else the same but for case, accents and punctuation.
fn position(header: &Header, name: &str) -> Option<usize> {
    let exact = header.cells.iter().position(|cell| cell.trim() == name.trim());
    exact.or_else(|| {
        let key = header_key(name);
        header.keys.iter().position(|have| !key.is_empty() && *have == key)
    })
}

/// The missing name with the most similar one.
fn nearest(header: &Header, name: &str) -> String {
    let key = header_key(name);
    let mut best: Option<(f64, &str)> = None;
    for (cell, have) in header.cells.iter().zip(&header.keys) {
        let likeness = rapidfuzz::distance::jaro_winkler::similarity(key.chars(), have.chars());
        if likeness > best.map_or(0.7, |(most, _)| most) {
            best = Some((likeness, cell.trim()));
        }
    }
    match best {
        Some((_, cell)) => format!("\u{201c}{name}\u{201d} (there is \u{201c}{cell}\u{201d})"),
        None => format!("\u{201c}{name}\u{201d}"),
    }
}

#[cfg(test)]
mod tests;
