//! Cuts delimited text into records: quotes, every kind of line end, and quotes that are never closed.
//!
//! A quote opens a quoted cell only at the start of the cell. One that is not closed in a credible way is
//! taken as a letter, so that the rows after it are still rows. Every byte is searched for quotes a
//! constant number of times: between an opening quote and the next closing one no other quote can open.

use memchr::{memchr, memchr3, memrchr2};

/// A quoted cell longer than this, in bytes, must close where the row then has as many cells as the header.
const LONG_CELL: usize = 64 * 1024;

/// As [`LONG_CELL`], in lines.
const LONG_CELL_LINES: u32 = 200;

/// With fewer columns than this a line of prose may look like a row by chance.
const ROW_LIKE_WIDTH: usize = 4;

/// One record of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Byte at which it starts.
    pub start: usize,
    /// Byte after its last cell, before the line end.
    pub end: usize,
    /// 1-based line on which it starts.
    pub line: u32,
    /// Number of cells.
    pub cells: usize,
    /// Line of an opening quote that is never closed and was taken as a letter.
    pub open_quote: Option<u32>,
    /// Whether text follows a closing quote within a cell.
    pub after_quote: bool,
    /// Whether a line end closes it, which the last record of a cut-off file lacks.
    pub ended: bool,
}

/// Walks over the records of a text.
#[derive(Debug, Clone)]
pub(super) struct Splitter<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    /// Number of cells a record should have; 0 if unknown.
    width: usize,
    /// Whether lines end in LF, so that a CR alone may be part of a cell.
    line_feeds: bool,
    at: usize,
    line: u32,
    /// The cells of the last record.
    cells: Vec<Cell>,
}

/// A cell of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Whether it begins with a quote that counts; else it is to be taken as it stands.
    pub quoted: bool,
}

/// How a quoted cell ends.
enum Quoted {
    /// After the closing quote at this byte, with so many line ends inside.
    Closed { after: usize, lines: u32 },
    /// Not in a credible way.
    Open,
}

impl<'t> Splitter<'t> {
    /// A walk from a byte that stands at the start of a line with that number.
    pub(super) fn new(text: &'t str, delimiter: u8, width: usize, at: usize, line: u32) -> Splitter<'t> {
        let bytes = text.as_bytes();
        let line_feeds = memchr(b'\n', bytes).is_some();
        Splitter { bytes, delimiter, width, line_feeds, at, line, cells: Vec::new() }
    }

    /// Where the next record starts: byte and line.
    pub(super) fn place(&self) -> (usize, u32) {
        (self.at, self.line)
    }

    /// The cells of the last record.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The next record, or `None` at the end.
    pub(super) fn next(&mut self) -> Option<Record> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let (mut record, mut after) = self.scan(None);
        if let Some(doubt) = &after.doubt
            && record.cells != self.width
        {
            let taken = self.cells.clone();
            let (plain, plain_after) = self.scan(Some(doubt.quote));
            if doubt.long || plain.cells == self.width {
                (record, after) = (plain, plain_after);
            } else {
                self.cells = taken;
            }
        }
        self.at = after.next;
        self.line = after.line;
        Some(record)
    }

    /// Scans one record; the quote at `open` is a letter.
    fn scan(&mut self, open: Option<usize>) -> (Record, After) {
        self.cells.clear();
        let (start, mut line) = (self.at, self.line);
        let mut record =
            Record { start, end: start, line, cells: 0, open_quote: None, after_quote: false, ended: true };
        let mut doubt = None;
        let mut cell = start;
        loop {
            record.cells += 1;
            let mut quoted = false;
            let mut at = cell;
            if self.bytes.get(cell) == Some(&b'"') {
                match self.quoted(cell) {
                    Quoted::Closed { after, lines } if open != Some(cell) => {
                        if lines > 0 && self.width > 0 && doubt.is_none() {
                            let long = lines > LONG_CELL_LINES || after - cell > LONG_CELL;
                            doubt = Some(Doubt { quote: cell, long });
                        }
                        line = line.saturating_add(lines);
                        at = after;
                        quoted = true;
                        let mark = self.bytes.get(at);
                        record.after_quote |= mark
                            .is_some_and(|mark| !matches!(mark, b'\n' | b'\r') && *mark != self.delimiter);
                    }
                    _ => {
                        record.open_quote.get_or_insert(line);
                    }
                }
            }
            let (end, inner) = self.cell_end(at, record.cells);
            line = line.saturating_add(inner);
            self.cells.push(Cell { start: cell, end, quoted: quoted && inner == 0 });
            if self.bytes.get(end) == Some(&self.delimiter) {
                cell = end + 1;
                continue;
            }
            record.end = end;
            let step = match self.bytes.get(end) {
                Some(b'\r') if self.bytes.get(end + 1) == Some(&b'\n') => 2,
                Some(_) => 1,
                None => 0,
            };
            record.ended = step > 0;
            return (record, After { next: end + step, line: line.saturating_add(1), doubt });
        }
    }

    /// Where an unquoted (rest of a) cell ends, and how many lone CR inside it are no line end.
    fn cell_end(&self, from: usize, cells: usize) -> (usize, u32) {
        let mut at = from;
        let mut inner = 0;
        loop {
            let Some(found) = memchr3(self.delimiter, b'\n', b'\r', &self.bytes[at..]) else {
                return (self.bytes.len(), inner);
            };
            at += found;
            if self.bytes[at] != b'\r' || !self.is_inside_cell(at, cells) {
                return (at, inner);
            }
            at += 1;
            inner += 1;
        }
    }

    /// Whether a lone CR belongs to a cell: lines end in LF, and only with the text after it the row is
    /// as wide as the header.
    fn is_inside_cell(&self, at: usize, cells: usize) -> bool {
        let rest = &self.bytes[at + 1..];
        if !self.line_feeds || rest.first() == Some(&b'\n') || cells < 2 || cells >= self.width {
            return false;
        }
        let mut missing = self.width - cells;
        let mut rest = rest;
        while let Some(found) = memchr3(self.delimiter, b'\n', b'\r', rest) {
            if rest[found] != self.delimiter {
                break;
            }
            let Some(left) = missing.checked_sub(1) else { return false };
            missing = left;
            rest = &rest[found + 1..];
        }
        missing == 0
    }

    /// Finds the end of the quoted cell that starts with the quote at `open`.
    fn quoted(&self, open: usize) -> Quoted {
        let mut at = open + 1;
        let close = loop {
            let Some(found) = memchr(b'"', &self.bytes[at..]) else { return Quoted::Open };
            at += found;
            if self.bytes.get(at + 1) != Some(&b'"') {
                break at;
            }
            at += 2;
        };
        let inside = &self.bytes[open + 1..close];
        let lines = line_ends(inside);
        if lines == 0 {
            return Quoted::Closed { after: close + 1, lines };
        }
        let mut after = close + 1;
        while self.bytes.get(after) == Some(&b' ') {
            after += 1;
        }
        let clean =
            self.bytes.get(after).is_none_or(|mark| matches!(mark, b'\n' | b'\r') || *mark == self.delimiter);
        if !clean || self.holds_rows(inside) {
            return Quoted::Open;
        }
        Quoted::Closed { after: close + 1, lines }
    }

    /// Whether most whole lines inside a quoted cell look like rows of the table.
    fn holds_rows(&self, inside: &[u8]) -> bool {
        if self.width < ROW_LIKE_WIDTH {
            return false;
        }
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let (Some(first), Some(last)) =
            (memchr::memchr2(b'\n', b'\r', inside), memrchr2(b'\n', b'\r', inside))
        else {
            return false;
        };
        let (mut rows, mut lines) = (0usize, 0usize);
        for line in inside[first..=last].split(is_end).filter(|line| !line.is_empty()) {
            lines += 1;
            // Prose sets a blank after a comma, rows do not.
            let mut marks = memchr::memchr_iter(self.delimiter, line);
            let dense = marks.clone().all(|at| line.get(at + 1) != Some(&b' '));
            rows += usize::from(dense && marks.by_ref().count() + 1 == self.width);
        }
        rows * 2 > lines
    }
}

/// What follows a record.
struct After {
    next: usize,
    line: u32,
    doubt: Option<Doubt>,
}

/// The first quoted cell of a record that spans lines: it may be a mistake.
struct Doubt {
    quote: usize,
    long: bool,
}

/// Line ends in a text: CRLF, LF and CR alone.
fn line_ends(bytes: &[u8]) -> u32 {
    let mut count = 0u32;
    let mut rest = bytes;
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
        count = count.saturating_add(1);
        let pair = rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n');
        rest = &rest[at + 1 + usize::from(pair)..];
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each record as its line and its text; `!` marks an open quote.
    fn split(text: &str, width: usize) -> Vec<String> {
        let mut splitter = Splitter::new(text, b',', width, 0, 1);
        let mut out = Vec::new();
        while let Some(record) = splitter.next() {
            let mark = record.open_quote.map(|line| format!("!{line}")).unwrap_or_default();
            out.push(format!("{}{mark} {}", record.line, &text[record.start..record.end].escape_debug()));
        }
        out
    }

    #[test]
    fn records_end_at_every_kind_of_line_end() {
        assert_eq!(split("a,b\nc,d\r\ne,f\rg,h", 2), ["1 a,b", "2 c,d", "3 e,f", "4 g,h"]);
        assert_eq!(split("a\n\n\"b\r\nc\"\nd\n", 0), ["1 a", "2 ", r#"3 \"b\r\nc\""#, "5 d"]);
        assert_eq!(split("", 0), [""; 0]);
    }

    #[test]
    fn a_quote_never_closed_costs_no_row() {
        assert_eq!(split("\"x,1\ny,2\nz,3\n", 2), [r#"1!1 \"x,1"#, "2 y,2", "3 z,3"]);
        assert_eq!(split("\"x,1\n\"y,2\n\"z,3", 2), [r#"1!1 \"x,1"#, r#"2!2 \"y,2"#, r#"3!3 \"z,3"#]);
        assert_eq!(split("\"x,1\ny,2\nz,\"a, b\"", 2), [r#"1!1 \"x,1"#, "2 y,2", r#"3 z,\"a, b\""#]);
        assert_eq!(split("a,\"b\nc\",\"d\ne,f,g", 3), [r#"1!2 a,\"b\nc\",\"d"#, "3 e,f,g"]);
    }

    #[test]
    fn rows_swallowed_by_a_quote_that_closes_far_below_come_back() {
        let rows = "\"x,1,2,3\na,b,c,d\ne,f,g,h\ni,j,k,5\"\n";
        assert_eq!(split(rows, 4).len(), 4);
        let note = "1,2,3,\"Hallo,\nwie geht es, Anna, Max, und Bob?\nGruss\"\n5,6,7,8\n";
        assert_eq!(split(note, 4).len(), 2, "lines of prose with commas are no rows");
    }

    #[test]
    fn a_long_cell_is_kept_if_the_row_is_right_with_it() {
        let body = "line\n".repeat(500);
        assert_eq!(split(&format!("a,\"{body}\",c\nd,e,f\n"), 3).len(), 2);
        assert_eq!(split(&format!("a,\"{body}\",c,too,many\nd,e,f\n"), 3).len(), 502);
    }

    #[test]
    fn a_lone_cr_in_a_cell_does_not_end_the_row() {
        assert_eq!(split("a,b,c\nd,e\rx,f\ng,h,i\n", 3), ["1 a,b,c", r"2 d,e\rx,f", "4 g,h,i"]);
        assert_eq!(split("a,b,c\nd\re,f,g\n", 3), ["1 a,b,c", "2 d", "3 e,f,g"]);
    }

    #[test]
    fn many_quotes_take_linear_time() {
        // Were it quadratic, this would not come to an end.
        for unit in ["\"a\n", "\"\"a\n", "\"\"\"a\n", "x,\"y\nz,\"\"\n", "\"\n", "\",\n"] {
            let text = unit.repeat(200_000);
            let mut splitter = Splitter::new(&text, b',', 2, 0, 1);
            assert!(std::iter::from_fn(|| splitter.next()).count() > 0, "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn records_cover_the_text_in_order(text in "[ab,\"\r\n é]{0,60}", width in 0usize..5) {
            let mut splitter = Splitter::new(&text, b',', width, 0, 1);
            let (mut end, mut line) = (0, 0);
            while let Some(record) = splitter.next() {
                prop_assert!(record.start >= end && record.end >= record.start && record.line > line);
                let gap = &text[end..record.start];
                prop_assert!(end == 0 && gap.is_empty() || matches!(gap, "\n" | "\r" | "\r\n"));
                let before = line_ends(&text.as_bytes()[..record.start]);
                prop_assert_eq!(record.line, before + 1);
                (end, line) = (record.end, record.line);
            }
            prop_assert!(matches!(&text[end..], "" | "\n" | "\r" | "\r\n"));
        }
    }
}
