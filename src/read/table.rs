//! Walks the rows of a table into records: the part all table readers share.

use super::{Body, Document, Header, Output, Plan, Row, RowEvent, Table};
use crate::problem::{Problem, Reject};
use crate::record::{Cells, Field, Role};

/// What a reader decides about one row.
pub(super) enum Verdict {
    /// It is a record.
    Keep(Role),
    /// It is a record, and these are further ones of the same row.
    KeepAll(Role, Vec<Cells>),
    /// By rule it is no contact.
    Ignore(&'static str),
    /// It describes the owner of the export; its cells are remembered.
    Owner(&'static str),
    /// It should be a record and cannot be one.
    Reject(Problem),
}

/// Gives every row, its cells filled by the plan, to `each` and books what that decides.
///
/// A row that repeats the header, as in files joined end to end, is ignored. Notes are withheld from the
/// raw text of refused rows.
pub(super) fn read_rows(
    table: &Table<'_>,
    plan: &Plan,
    out: &mut Output,
    mut each: impl FnMut(&Row<'_>, &mut Cells, &mut Output) -> Verdict,
) {
    let mut cells = Cells::new();
    let has_notes = plan.columns.contains(&Some(Field::Note));
    table.rows.for_each(&mut |event| match event {
        RowEvent::Mended(problem) => out.warn(problem),
        RowEvent::Blank(_) => {
            out.found();
            out.blank();
        }
        RowEvent::Broken(mut reject) => {
            if has_notes {
                reject.raw = withheld(&reject.raw);
            }
            out.found();
            out.reject(reject);
        }
        RowEvent::Row(row) => {
            out.found();
            if repeats_header(table, &row) {
                out.ignore("repeated-header");
                return;
            }
            cells.clear();
            for (column, field) in plan.columns.iter().enumerate() {
                if let Some(field) = field {
                    cells.push(*field, row.get(column));
                }
            }
            match each(&row, &mut cells, out) {
                Verdict::Keep(role) => out.keep(row.line, role, &cells),
                Verdict::KeepAll(role, further) => {
                    out.keep(row.line, role, &cells);
                    for cells in further {
                        out.keep_further(row.line, role, &cells);
                    }
                }
                Verdict::Ignore(reason) => out.ignore(reason),
                Verdict::Owner(reason) => out.ignore_owner(row.line, reason, &cells),
                Verdict::Reject(problem) => out.reject(Reject { problem, raw: raw_text(&row, plan) }),
            }
        }
    });
}

/// For every column the field of the first list of keys it is in.
pub(super) fn columns(table: &Table<'_>, fields: &[(Field, &[&str])]) -> Vec<Option<Field>> {
    let field_of = |key: &String| fields.iter().find(|(_, keys)| keys.contains(&key.as_str()));
    table.header.keys.iter().map(|key| field_of(key).map(|(field, _)| *field)).collect()
}

/// The table in a document.
///
/// # Errors
/// That it is none, in words for a person.
pub(super) fn table_of<'d, 'a>(document: &'d Document<'a>) -> Result<&'d Table<'a>, String> {
    match &document.body {
        Body::Table(table) => Ok(table),
        Body::Cards(_) | Body::Xml { .. } => Err("it is not a table".into()),
    }
}

/// The first column of each group of keys.
///
/// # Errors
/// Which columns the header lacks, each by the first of its keys.
pub(super) fn require<const N: usize>(header: &Header, groups: [&[&str]; N]) -> Result<[usize; N], String> {
    let found = groups.map(|keys| header.find(keys));
    let lacking = groups.iter().zip(found).filter(|(_, column)| column.is_none());
    let names: Vec<&str> = lacking.filter_map(|(keys, _)| keys.first().copied()).collect();
    require_none(&names)?;
    Ok(found.map(Option::unwrap_or_default))
}

/// Whether nothing is lacking.
///
/// # Errors
/// The columns that are, in words for a person.
pub(super) fn require_none(lacking: &[&str]) -> Result<(), String> {
    match lacking {
        [] => Ok(()),
        [name] => Err(format!("it lacks the column \u{201c}{name}\u{201d}")),
        names => Err(format!("it lacks the columns \u{201c}{}\u{201d}", names.join("\u{201d}, \u{201c}"))),
    }
}

/// Withholds the raw text of all rejects from that number on: any of it may be the body of a message.
pub(super) fn withhold_raw(out: &mut Output, from: usize) {
    for reject in out.rejects.iter_mut().skip(from) {
        reject.raw = withheld(&reject.raw);
    }
}

/// What is shown in place of the body of a message or note.
pub(super) fn withheld(text: &str) -> String {
    format!("[{} characters]", text.chars().count())
}

fn repeats_header(table: &Table<'_>, row: &Row<'_>) -> bool {
    let names = &table.header.cells;
    let same = |(column, name): (usize, &String)| {
        let cell = row.get(column);
        cell.len() >= name.len() && (cell == name || cell.trim_matches(['\u{feff}', ' ']) == name)
    };
    names.first().is_some_and(|name| same((0, name)))
        && names.iter().any(|name| !name.is_empty())
        && names.iter().enumerate().all(same)
}

/// The row as text for the rejects: its cells joined by tabs, notes withheld.
fn raw_text(row: &Row<'_>, plan: &Plan) -> String {
    let mut raw = String::with_capacity(row.text.len() + row.len());
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            raw.push('\t');
        }
        if plan.columns.get(column) == Some(&Some(Field::Note)) && !cell.is_empty() {
            raw.push_str(&withheld(cell));
        } else {
            raw.push_str(cell);
        }
    }
    raw
}
