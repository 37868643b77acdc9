//! Delimited text as a table: finds delimiter and header, then walks the rows with their true lines.

use std::collections::BTreeMap;

use memchr::{memchr, memchr2_iter};

use super::decode::Places;
use super::header::{SEARCHED, find_header, find_mapped_header, known_words};
use super::mapping::Mapping;
use super::split::{Cell, Record, Splitter};
use super::{Header, Row, RowEvent, Rows, Table};
use crate::problem::{Problem, Reject};
use crate::text::header_key;

/// The delimiters looked for, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records decide on the delimiter.
const SNIFFED: usize = 64;

/// How much text decides on the delimiter, in bytes.
const SNIFFED_BYTES: usize = 1 << 20;

/// A cell longer than this costs its row; in bytes.
const LONGEST_CELL: usize = 16 << 20;

/// As much of a refused row is kept, in bytes.
const RAW_KEPT: usize = 64 * 1024;

/// So many problems of one kind are told one by one.
const TOLD: u64 = 5;

/// Delimited text with its header found.
pub(super) struct Delimited<'t> {
    text: &'t str,
    delimiter: u8,
    header: Header,
    /// Number of cells of a row; wider than the header where most rows are.
    width: usize,
    /// Number of cells a row needs so that no named column is missing.
    needed: usize,
    /// Byte and line after the header.
    start: (usize, u32),
    /// What there is to say about the header.
    notes: Vec<Problem>,
}

impl<'t> Delimited<'t> {
    /// Finds delimiter and header; `None` if there is no text in it.
    pub(super) fn new(text: &'t str, mapping: Option<&Mapping>) -> Option<Delimited<'t>> {
        if text.trim().is_empty() {
            return None;
        }
        let (told, from) = told_delimiter(text);
        let line = if from == 0 { 1 } else { 2 };
        let delimiter = told.unwrap_or_else(|| sniff(&text[from..], mapping));
        let (rows, places) = top(text, delimiter, from, line, SEARCHED + SNIFFED);
        let index =
            mapping.and_then(|mapping| find_mapped_header(&rows, mapping)).or_else(|| find_header(&rows));
        let index = index.or_else(|| rows.iter().position(|row| !is_blank(row)))?;
        let header = Header::new(rows.get(index)?, places.get(index)?.1);
        let needed = header.keys.iter().rposition(|key| !key.is_empty()).map_or(0, |last| last + 1);
        let width = usual_width(&rows[index + 1..], header.cells.len());
        let start = *places.get(index + 1)?;
        let notes = header_notes(&header);
        Some(Delimited { text, delimiter, header, width, needed, start, notes })
    }

    /// The table to read.
    pub(super) fn table(&self) -> Table<'_> {
        Table { header: self.header.clone(), delimiter: Some(self.delimiter), rows: self }
    }

    /// What there is to say about the header.
    pub(super) fn notes(&self) -> &[Problem] {
        &self.notes
    }

    fn walk(&self, limit: usize, each: &mut dyn FnMut(RowEvent<'_>)) {
        let mut splitter = Splitter::new(self.text, self.delimiter, self.width, self.start.0, self.start.1);
        let mut cutter = Cutter::default();
        let mut tally = Tally::default();
        for _ in 0..limit {
            let Some(record) = splitter.next() else { break };
            let row = cutter.cut(self.text, record.line, splitter.cells());
            if row.text.trim_start().is_empty() && record.open_quote.is_none() {
                each(RowEvent::Blank(record.line));
                continue;
            }
            self.complain(&record, &mut tally, each);
            match self.refusal(&row) {
                Some(problem) => each(RowEvent::Broken(Reject { problem, raw: self.raw(&record) })),
                None => each(RowEvent::Row(row)),
            }
        }
        tally.close(each);
    }

    /// Says what had to be mended in a record.
    fn complain(&self, record: &Record, tally: &mut Tally, each: &mut dyn FnMut(RowEvent<'_>)) {
        if let Some(line) = record.open_quote {
            tally.say("unbalanced-quote", line, each, || {
                "A quote opens here and is not closed; it was read as a letter and the row ends with its line. \
                 Close the quote or double it."
                    .into()
            });
        }
        if record.after_quote {
            tally.say("text-after-quote", record.line, each, || {
                "Text follows a closing quote; both were joined. Double the quotes inside the cell.".into()
            });
        }
        if record.cells >= self.needed {
            return;
        }
        let (cells, needed) = (record.cells, self.needed);
        if record.ended {
            tally.say("short-row", record.line, each, || {
                format!(
                    "The row has {cells} of {needed} cells; the missing ones at its end were read as empty."
                )
            });
        } else {
            tally.say("truncated-row", record.line, each, || {
                format!("The file ends in this row after {cells} of {needed} cells; it may be cut off: fetch it again.")
            });
        }
    }

    /// Why a row cannot be read, if so.
    fn refusal(&self, row: &Row<'_>) -> Option<Problem> {
        let width = self.width;
        if row.len() > width && (width..row.len()).any(|column| !row.get(column).trim().is_empty()) {
            let cells = row.len();
            let what = format!(
                "The row has {cells} cells where the header has {width}; which one is too many cannot be told. \
                 Quote the cell with the delimiter in it."
            );
            return Some(Problem::new(row.line, "long-row", what));
        }
        if row.text.len() > LONGEST_CELL && row.iter().any(|cell| cell.len() > LONGEST_CELL) {
            let what = "A cell of the row is longer than 16 MiB; the row was refused. Look for a quote never closed.";
            return Some(Problem::new(row.line, "cell-too-long", what));
        }
        None
    }

    /// The record as it stands, cut if it is very long.
    fn raw(&self, record: &Record) -> String {
        let raw = self.text.get(record.start..record.end).unwrap_or_default();
        if raw.len() <= RAW_KEPT {
            return raw.to_string();
        }
        let mut end = RAW_KEPT;
        while !raw.is_char_boundary(end) {
            end -= 1;
        }
        format!("{} [and {} bytes more]", &raw[..end], raw.len() - end)
    }
}

impl Rows for Delimited<'_> {
    fn for_each(&self, each: &mut dyn FnMut(RowEvent<'_>)) {
        self.walk(usize::MAX, each);
    }

    fn first(&self, limit: usize, each: &mut dyn FnMut(RowEvent<'_>)) {
        self.walk(limit, each);
    }

    fn may_mention(&self, word: &str) -> bool {
        let bytes = self.text.as_bytes();
        let Some(first) = word.bytes().next() else { return true };
        memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes).any(|at| {
            bytes[at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
        })
    }
}

/// The delimiter a first line `sep=;` tells, and the byte after that line.
pub(super) fn told_delimiter(text: &str) -> (Option<u8>, usize) {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let told = match line.get(..4) {
        Some(key) if key.eq_ignore_ascii_case("sep=") => &line.as_bytes()[4..],
        _ => return (None, 0),
    };
    let &[delimiter] = told else { return (None, 0) };
    if delimiter == b'"' || delimiter.is_ascii_alphanumeric() {
        return (None, 0);
    }
    let rest = &text[end..];
    (Some(delimiter), end + if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) })
}

/// The delimiter under which the top of the text looks most like a table.
fn sniff(text: &str, mapping: Option<&Mapping>) -> u8 {
    let mut end = text.len().min(SNIFFED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let (rows, _) = top(&text[..end], delimiter, 0, 1, SNIFFED);
        let score = table_likeness(&rows, mapping);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Rows as wide as the header, times the known words in it.
fn table_likeness(rows: &[Vec<String>], mapping: Option<&Mapping>) -> usize {
    let mapped = mapping.and_then(|mapping| find_mapped_header(rows, mapping));
    let header = mapped.or_else(|| find_header(rows));
    let words = header.and_then(|index| rows.get(index)).map_or(0, |row| known_words(row));
    let words = words + if mapped.is_some() { 100 } else { 0 };
    let rest = rows.get(header.unwrap_or(0)..).unwrap_or_default();
    let Some(width) = rest.first().map(Vec::len).filter(|width| *width > 1) else { return words };
    let equal = rest.iter().filter(|row| row.len() == width && !is_blank(row)).count();
    equal * (1 + 4 * words)
}

/// The first rows of a text, and for each of them and the one after where it starts: byte and line.
pub(super) fn top(
    text: &str,
    delimiter: u8,
    from: usize,
    line: u32,
    limit: usize,
) -> (Vec<Vec<String>>, Vec<(usize, u32)>) {
    let mut splitter = Splitter::new(text, delimiter, 0, from, line);
    let mut cutter = Cutter::default();
    let mut rows = Vec::new();
    let mut places = vec![splitter.place()];
    while rows.len() < limit {
        let Some(record) = splitter.next() else { break };
        let row = cutter.cut(text, record.line, splitter.cells());
        rows.push(row.iter().map(str::to_string).collect());
        places.push(splitter.place());
    }
    (rows, places)
}

/// How wide rows are: as the header, or wider if at least half of the rows under it are.
fn usual_width(rows: &[Vec<String>], header: usize) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let filled = rows.iter().filter(|row| !is_blank(row));
    let mut count = 0;
    for row in filled {
        let used = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        *widths.entry(used).or_default() += 1;
        count += 1;
    }
    let wider = widths.range(header + 1..);
    let (rows, width) = wider.fold((0, header), |(sum, _), (width, rows)| (sum + rows, *width));
    if count > 1 && rows * 2 > count { width } else { header }
}

fn is_blank(row: &[String]) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

/// Names that stand twice in the header.
fn header_notes(header: &Header) -> Vec<Problem> {
    let mut notes = Vec::new();
    for (column, key) in header.keys.iter().enumerate() {
        let again = !key.is_empty() && header.keys[..column].contains(key);
        if again && !notes.iter().any(|note: &Problem| header_key(&note.column) == *key) {
            let name = header.cells[column].clone();
            let what = format!(
                "The column name stands more than once, again as column {}; all are read.",
                column + 1
            );
            notes.push(Problem::new(header.line, "duplicate-column", what).in_column(name));
        }
    }
    notes
}

/// Cuts a record into unquoted cells.
#[derive(Default)]
struct Cutter {
    text: String,
    ends: Vec<usize>,
}

impl Cutter {
    /// The row of a record's cells.
    fn cut(&mut self, text: &str, line: u32, cells: &[Cell]) -> Row<'_> {
        self.text.clear();
        self.ends.clear();
        for cell in cells {
            let raw = text.get(cell.start..cell.end).unwrap_or_default();
            // Files joined end to end have byte order marks before their rows.
            let marked = if self.ends.is_empty() { raw.strip_prefix('\u{feff}') } else { None };
            let raw = marked.unwrap_or(raw);
            if cell.quoted || marked.is_some_and(|raw| raw.starts_with('"')) {
                self.unquote(raw);
            } else {
                self.text.push_str(raw);
            }
            self.ends.push(self.text.len());
        }
        Row { line, text: &self.text, ends: &self.ends }
    }

    /// Adds a quoted cell: two quotes are one, and what follows the closing quote belongs to the cell.
    fn unquote(&mut self, raw: &str) {
        let mut rest = raw.get(1..).unwrap_or_default();
        while let Some(at) = memchr(b'"', rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let Some(after) = rest.strip_prefix('"') else { break };
            self.text.push('"');
            rest = after;
        }
        self.text.push_str(rest);
    }
}

/// Tells the first problems of a kind one by one and counts the others.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (u64, Places)>);

impl Tally {
    fn say(
        &mut self,
        code: &'static str,
        line: u32,
        each: &mut dyn FnMut(RowEvent<'_>),
        what: impl FnOnce() -> String,
    ) {
        let (told, more) = self.0.entry(code).or_default();
        if *told < TOLD {
            *told += 1;
            each(RowEvent::Mended(Problem::new(line, code, what())));
        } else {
            more.add(line);
        }
    }

    fn close(self, each: &mut dyn FnMut(RowEvent<'_>)) {
        for (code, (_, more)) in self.0 {
            if more.count > 0 {
                let what = format!("{} like that as well.", more.are("more row"));
                each(RowEvent::Mended(Problem::new(more.first(), code, what)));
            }
        }
    }
}

#[cfg(test)]
mod tests;
