//! CSV: `spreadsheet` for people who open it in Excel, `plain` for programs.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};

use crate::table::{Column, Data, Table};
use crate::text::is_invisible;

/// Between the items of a list in one cell.
const LIST_SEPARATOR: &str = " | ";

/// Countries whose numbers have a decimal comma, so that their spreadsheets separate cells by `;`.
const DECIMAL_COMMA: [&str; 47] = [
    "AL", "AR", "AT", "BA", "BE", "BG", "BO", "BR", "BY", "CL", "CO", "CR", "CZ", "DE", "DK", "EC", "EE",
    "ES", "FI", "FR", "GR", "HR", "HU", "ID", "IS", "IT", "LT", "LU", "LV", "MD", "ME", "MK", "NL", "NO",
    "PL", "PT", "PY", "RO", "RS", "RU", "SE", "SI", "SK", "TR", "UA", "UY", "VN",
];
/// Countries with a decimal point whose spreadsheets separate cells by `;` all the same.
const POINT_AND_SEMICOLON: [&str; 2] = ["CH", "LI"];

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// To be opened in a spreadsheet: UTF-8 with BOM, CRLF, every cell quoted, and text that a spreadsheet
    /// would take for a formula marked with a leading `'`, which [`unguard`] takes off again.
    Spreadsheet {
        /// Between cells: `;` or `,`.
        delimiter: u8,
        /// In numbers: `,` or `.`.
        decimal: u8,
    },
    /// To be read by programs: UTF-8, comma, LF, faithful text.
    Plain,
}

impl Dialect {
    /// What spreadsheets of a country (ISO 3166 alpha-2, upper case) read without asking.
    pub fn spreadsheet(country: &str) -> Dialect {
        let comma = DECIMAL_COMMA.contains(&country);
        let semicolon = comma || POINT_AND_SEMICOLON.contains(&country);
        Dialect::Spreadsheet {
            delimiter: if semicolon { b';' } else { b',' },
            decimal: if comma { b',' } else { b'.' },
        }
    }
}

/// Whether a spreadsheet may take the text for a formula: the first character that is neither blank nor
/// invisible begins one. Tabs and line ends count as well, full-width signs too.
fn begins_formula(text: &str) -> bool {
    for letter in text.chars() {
        match letter {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠' => return true,
            _ if letter.is_whitespace() || letter.is_control() || is_invisible(letter) => {}
            _ => return false,
        }
    }
    false
}

/// Whether the mark is, or would be, in front of a text that begins a formula. Texts that bring such a mark
/// of their own count too: else one could not tell theirs from ours.
fn needs_mark(text: &str) -> bool {
    // Nearly all text begins with a letter or a digit, and that settles it.
    !text.is_empty()
        && !text.as_bytes()[0].is_ascii_alphanumeric()
        && begins_formula(text.trim_start_matches('\''))
}

/// Marks text that a spreadsheet would take for a formula with a leading `'`.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_mark(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before it was guarded for a spreadsheet.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_mark(rest) => rest,
        _ => text,
    }
}

/// One table being written as CSV, batch by batch.
pub struct CsvFile<W: Write> {
    out: W,
    dialect: Dialect,
    columns: Vec<&'static str>,
    /// Rows that are not written yet.
    rows: Vec<u8>,
    cell: String,
}

impl<W: Write> CsvFile<W> {
    /// Begins the file with the header. `spec` is a table of the same columns; its rows are not written.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn create(mut out: W, dialect: Dialect, spec: &Table) -> io::Result<CsvFile<W>> {
        if dialect != Dialect::Plain {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let columns: Vec<&'static str> = spec.columns.iter().map(|column| column.name).collect();
        let mut file = CsvFile { out, dialect, columns, rows: Vec::new(), cell: String::new() };
        for (number, name) in file.columns.iter().enumerate() {
            put_cell(&mut file.rows, dialect, number, true, name);
        }
        end_row(&mut file.rows, dialect);
        Ok(file)
    }

    /// Adds the rows of a table, which has the columns of `spec`.
    ///
    /// # Errors
    /// When the writer fails or the columns differ.
    pub fn write(&mut self, table: &Table) -> io::Result<()> {
        if !table.columns.iter().map(|column| column.name).eq(self.columns.iter().copied()) {
            return Err(io::Error::other(format!("table {} changed its columns", table.name)));
        }
        let quoted = |text: &str| memchr::memchr(b'"', text.as_bytes()).is_some();
        let columns: Vec<(&Column, bool)> = table
            .columns
            .iter()
            .map(|column| match &column.data {
                Data::Text(texts) => (column, quoted(texts.joined())),
                Data::List(lists) => (column, quoted(lists.items().joined())),
                _ => (column, false),
            })
            .collect();
        for row in 0..table.len() {
            for (number, (column, quotes)) in columns.iter().enumerate() {
                self.put(number, column, *quotes, row);
            }
            end_row(&mut self.rows, self.dialect);
            if self.rows.len() >= HELD {
                self.out.write_all(&self.rows)?;
                self.rows.clear();
            }
        }
        Ok(())
    }

    /// Adds a cell; `quotes` says whether there is a quote in any cell of the column.
    fn put(&mut self, number: usize, column: &Column, quotes: bool, row: usize) {
        let CsvFile { rows, dialect, cell, .. } = self;
        match &column.data {
            Data::Text(texts) => put_text(rows, *dialect, number, quotes, texts.get(row)),
            Data::List(lists) => {
                let mut items = lists.get(row);
                // Most lists have one item at most, which is the cell as it stands.
                if items.len() <= 1 {
                    return put_text(rows, *dialect, number, quotes, items.next().unwrap_or_default());
                }
                cell.clear();
                for (index, item) in items.enumerate() {
                    if index > 0 {
                        cell.push_str(LIST_SEPARATOR);
                    }
                    cell.push_str(item);
                }
                put_text(rows, *dialect, number, quotes, cell);
            }
            data => put_typed(rows, *dialect, number, data, row),
        }
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&self.rows)?;
        self.out.flush()
    }
}

/// So many bytes are handed to the writer at a time.
const HELD: usize = 1 << 16;

/// Adds a cell of text, guarded where the dialect says so.
fn put_text(rows: &mut Vec<u8>, dialect: Dialect, number: usize, quotes: bool, text: &str) {
    match dialect {
        Dialect::Plain => put_cell(rows, dialect, number, quotes, text),
        Dialect::Spreadsheet { .. } => put_cell(rows, dialect, number, quotes, &guard(text)),
    }
}

/// Adds a cell, in quotes where the dialect says so or its text asks for it; `quotes` says whether there may
/// be quotes in the text.
#[inline]
fn put_cell(rows: &mut Vec<u8>, dialect: Dialect, number: usize, quotes: bool, text: &str) {
    let (delimiter, enclosed) = match dialect {
        Dialect::Spreadsheet { delimiter, .. } => (delimiter, true),
        Dialect::Plain => (b',', text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'))),
    };
    // Room for all of it is made at once: there are tens of millions of cells, many of them empty.
    match (number > 0, enclosed) {
        (true, true) if text.is_empty() => return rows.extend_from_slice(&[delimiter, b'"', b'"']),
        (true, true) => rows.extend_from_slice(&[delimiter, b'"']),
        (true, false) => rows.push(delimiter),
        (false, true) => rows.push(b'"'),
        (false, false) => {}
    }
    if !enclosed {
        return rows.extend_from_slice(text.as_bytes());
    }
    let mut rest = text.as_bytes();
    while quotes && let Some(at) = memchr::memchr(b'"', rest) {
        rows.extend_from_slice(&rest[..=at]);
        rows.push(b'"');
        rest = &rest[at + 1..];
    }
    rows.extend_from_slice(rest);
    rows.push(b'"');
}

/// Adds a cell of a typed value, in which no sign asks for quotes.
fn put_typed(rows: &mut Vec<u8>, dialect: Dialect, number: usize, data: &Data, row: usize) {
    let Dialect::Spreadsheet { delimiter, decimal } = dialect else {
        if number > 0 {
            rows.push(b',');
        }
        return write_typed(data, row, b'.', rows);
    };
    if number > 0 {
        rows.push(delimiter);
    }
    rows.push(b'"');
    write_typed(data, row, decimal, rows);
    rows.push(b'"');
}

fn end_row(rows: &mut Vec<u8>, dialect: Dialect) {
    match dialect {
        Dialect::Spreadsheet { .. } => rows.extend_from_slice(b"\r\n"),
        Dialect::Plain => rows.push(b'\n'),
    }
}

/// Numbers, days and truth values: written by this program from typed values, so never marked.
fn write_typed(data: &Data, row: usize, point: u8, out: &mut Vec<u8>) {
    let result = match data {
        Data::Int(values) => values.get(row).copied().flatten().map(|value| write_whole(value, out)),
        Data::Float(values) | Data::Share(values) => {
            values.get(row).copied().flatten().map(|value| write_number(value, point, out))
        }
        Data::Date(values) => values.get(row).copied().flatten().map(|value| write_day(value, out)),
        Data::Bool(values) => values.get(row).copied().flatten().map(|value| write!(out, "{value}")),
        Data::Text(_) | Data::List(_) => None,
    };
    debug_assert!(!matches!(result, Some(Err(_))), "writing to memory does not fail");
}

/// Adds a whole number; nearly all counts have one digit.
fn write_whole(value: i64, out: &mut Vec<u8>) -> io::Result<()> {
    match value {
        0..=9 => out.push(b'0' + value as u8),
        10..=99 => out.extend_from_slice(&[b'0' + (value / 10) as u8, b'0' + (value % 10) as u8]),
        _ => write!(out, "{value}")?,
    }
    Ok(())
}

/// Adds a number in its shortest form. Most are shares of at most three digits after the point, which need no
/// search for that form: no shorter one stands for the same number.
fn write_number(value: f64, point: u8, out: &mut Vec<u8>) -> io::Result<()> {
    let thousandths = (value * 1000.0).round();
    if (1.0..1e9).contains(&thousandths) && (thousandths / 1000.0).to_bits() == value.to_bits() {
        let thousandths = thousandths as i64;
        write_whole(thousandths / 1000, out)?;
        let mut rest = thousandths % 1000;
        if rest > 0 {
            out.push(point);
        }
        let mut place = 100;
        while rest > 0 {
            out.push(b'0' + (rest / place) as u8);
            rest %= place;
            place /= 10;
        }
        return Ok(());
    }
    let start = out.len();
    write!(out, "{value}")?;
    if let Some(at) = out[start..].iter().position(|byte| *byte == b'.') {
        out[start + at] = point;
    }
    Ok(())
}

/// Adds a day as `YYYY-MM-DD`, which tables hold by the million.
fn write_day(day: NaiveDate, out: &mut Vec<u8>) -> io::Result<()> {
    let Ok(year @ 0..=9999) = u32::try_from(day.year()) else { return write!(out, "{day}") };
    let digit = |value: u32| b'0' + (value % 10) as u8;
    let (month, day) = (day.month(), day.day());
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Lists, Texts, words};
    use proptest::prelude::*;

    fn table(texts: &[String]) -> Table {
        let column = |name, data| Column::new(name, words("", ""), "", data);
        Table {
            name: "t",
            title: words("", ""),
            about: "",
            key: &[],
            columns: vec![
                column("text", Data::Text(texts.iter().collect::<Texts>())),
                column("list", Data::List(texts.iter().map(|text| [text, "-x"]).collect::<Lists>())),
                column("number", Data::Float(vec![Some(-22.5); texts.len()])),
                column("count", Data::Int(vec![Some(-1); texts.len()])),
                column("day", Data::Date(vec!["2026-03-05".parse().ok(); texts.len()])),
                column("none", Data::Share(vec![None; texts.len()])),
                column("yes", Data::Bool(vec![Some(true); texts.len()])),
            ],
        }
    }

    fn written(table: &Table, dialect: Dialect) -> String {
        let mut out = Vec::new();
        let mut file = CsvFile::create(&mut out, dialect, table).unwrap();
        file.write(table).unwrap();
        file.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_german_spreadsheet_reads_it_without_asking() {
        let text = written(&table(&["Jörg; \"Jo\"".into()]), Dialect::spreadsheet("DE"));
        assert_eq!(
            text,
            "\u{feff}\"text\";\"list\";\"number\";\"count\";\"day\";\"none\";\"yes\"\r\n\
             \"Jörg; \"\"Jo\"\"\";\"Jörg; \"\"Jo\"\" | -x\";\"-22,5\";\"-1\";\"2026-03-05\";\"\";\"true\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn numbers_are_written_in_their_shortest_form(thousandths in -2_000_000i64..2_000_000, other in any::<f64>()) {
            for value in [thousandths as f64 / 1000.0, thousandths as f64, other, other / 1e300] {
                let mut cell = b"x.".to_vec();
                write_number(value, b',', &mut cell).unwrap();
                prop_assert_eq!(String::from_utf8(cell).unwrap(), format!("x.{}", value.to_string().replace('.', ",")));
            }
        }
    }

    #[test]
    fn programs_get_plain_text() {
        let text = written(&table(&["=1".into()]), Dialect::Plain);
        assert_eq!(text, "text,list,number,count,day,none,yes\n=1,=1 | -x,-22.5,-1,2026-03-05,,true\n");
    }

    #[test]
    fn countries_have_their_separators() {
        let of = |country| Dialect::spreadsheet(country);
        assert_eq!(of("AT"), Dialect::Spreadsheet { delimiter: b';', decimal: b',' });
        assert_eq!(of("CH"), Dialect::Spreadsheet { delimiter: b';', decimal: b'.' });
        assert_eq!(of("US"), Dialect::Spreadsheet { delimiter: b',', decimal: b'.' });
        assert_eq!(of(""), of("US"));
    }

    #[test]
    fn whatever_begins_a_formula_is_marked() {
        for text in [
            "=1+1",
            "+4915112",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "\nx",
            "\0x",
            "＝1",
            "＋1",
            "－1",
            "＠1",
            "  =1",
            "\u{200b}=1",
            "\u{feff}=1",
            "\u{a0}\u{2060}+1",
            "'=1",
            "''@x",
            "\u{1}=1",
        ] {
            assert_eq!(guard(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "Anna", "O'Brien", "'s Gravenhage", "1-2", "a=b", "(=1)", " ", "'"] {
            assert_eq!(guard(text), text, "{text:?}");
        }
    }

    /// A table of texts as the crate `csv` writes it.
    fn written_by_others(table: &Table, dialect: Dialect) -> String {
        let mut builder = csv::WriterBuilder::new();
        let mut out = Vec::new();
        match dialect {
            Dialect::Spreadsheet { delimiter, .. } => {
                out.extend_from_slice("\u{feff}".as_bytes());
                builder.delimiter(delimiter).quote_style(csv::QuoteStyle::Always);
                builder.terminator(csv::Terminator::CRLF);
            }
            Dialect::Plain => {
                builder.terminator(csv::Terminator::Any(b'\n'));
            }
        }
        let mut writer = builder.from_writer(out);
        writer.write_record(table.columns.iter().map(|column| column.name)).unwrap();
        for row in 0..table.len() {
            let cells = table.columns.iter().map(|column| match (&column.data, dialect) {
                (Data::Text(texts), Dialect::Plain) => texts.get(row).to_owned(),
                (Data::Text(texts), Dialect::Spreadsheet { .. }) => guard(texts.get(row)).into_owned(),
                (other, _) => panic!("{other:?}"),
            });
            writer.write_record(cells).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn others_would_write_the_same_bytes(texts in prop::collection::vec("[-=,;\"\r\nä '|]{0,6}", 0..6)) {
            let column = |name| Column::new(name, words("", ""), "", Data::Text(texts.iter().collect()));
            let table = Table { columns: vec![column("a"), column("b")], ..table(&[]) };
            for dialect in [Dialect::spreadsheet("DE"), Dialect::spreadsheet("US"), Dialect::Plain] {
                prop_assert_eq!(written(&table, dialect), written_by_others(&table, dialect));
            }
        }

        #[test]
        fn days_are_written_as_others_write_them(number in -1_000_000i32..5_000_000) {
            let day = NaiveDate::default() + chrono::TimeDelta::days(i64::from(number));
            let mut cell = Vec::new();
            write_day(day, &mut cell).unwrap();
            prop_assert_eq!(String::from_utf8(cell).unwrap(), day.to_string());
        }

        #[test]
        fn every_text_comes_back(texts in prop::collection::vec("[-=+@'＝\t\r\n\u{0}\u{200b} ;,\"ax]{0,6}|.*|\\PC*", 1..6)) {
            for (dialect, delimiter) in [
                (Dialect::spreadsheet("DE"), b';'), (Dialect::spreadsheet("US"), b','), (Dialect::Plain, b','),
            ] {
                let file = written(&table(&texts), dialect);
                let body = if dialect == Dialect::Plain { &file } else { file.strip_prefix('\u{feff}').unwrap() };
                let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(body.as_bytes());
                let read: Vec<String> = reader.records().map(|row| {
                    let row = row.unwrap();
                    if dialect == Dialect::Plain { row[0].to_owned() } else { unguard(&row[0]).to_owned() }
                }).collect();
                prop_assert_eq!(&read, &texts);
            }
        }

        #[test]
        fn no_cell_of_a_spreadsheet_begins_a_formula(text in "[-=+@'＝＋\t\r\n\u{0}\u{200b}\u{feff} a]{0,6}") {
            prop_assert!(!begins_formula(&guard(&text)));
        }
    }
}
