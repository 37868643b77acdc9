//! Plain tables: the program's own CSV files and workbooks, which people edit, as rows of text.

use super::decode::decode;
use super::delimited::{told_delimiter, top};
use super::workbook;
use crate::problem::Problem;
use crate::text::header_key;

/// Between the cells of a delimited file, the likelier first.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A table as rows of text: the header is a row like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// Name of the sheet; empty for a delimited file.
    pub sheet: String,
    /// Name of the encoding, such as `UTF-8`, `windows-1252`; empty for a sheet.
    pub encoding: &'static str,
    /// Between the cells of a delimited file; 0 for a sheet.
    pub delimiter: u8,
    /// The rows that hold text, each with its 1-based line; in a sheet its row.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Rows in which the header is looked for.
const SEARCHED: usize = 30;

/// Reads a delimited file in any encoding. The delimiter is the one that cuts out most of the names that the
/// header may have, each as [`header_key`] makes it.
///
/// A spreadsheet that shows a row of another delimiter as one cell keeps it as it was, beside rows of its own: those
/// are cut as they are.
pub fn delimited(bytes: &[u8], names: &[&str]) -> Plain {
    let decoded = decode(bytes);
    let text = decoded.text.as_ref();
    let (told, from) = told_delimiter(text);
    let line = if from == 0 { 1 } else { 2 };
    let is_name = |cell: &&String| names.contains(&header_key(cell).as_str());
    let found = |delimiter: u8| {
        let (rows, _) = top(text, delimiter, from, line, SEARCHED);
        rows.iter().map(|row| row.iter().filter(is_name).count()).max()
    };
    let likeliest = DELIMITERS.iter().rev().copied().max_by_key(|delimiter| found(*delimiter));
    let delimiter = told.or(likeliest).unwrap_or(b',');
    let (mut rows, places) = top(text, delimiter, from, line, usize::MAX);
    let header =
        (0..rows.len().min(SEARCHED)).rev().max_by_key(|at| rows[*at].iter().filter(is_name).count());
    let width = header.map_or(0, |at| rows[at].len());
    for at in header.map_or(0, |at| at + 1)..rows.len() {
        let record = &text[places[at].0..places[at + 1].0];
        if rows[at].len() < width
            && let Some(row) = DELIMITERS.iter().find_map(|other| otherwise(record, *other, &rows[at], width))
        {
            rows[at] = row;
        }
    }
    let rows = places.iter().map(|(_, line)| *line).zip(rows);
    let rows = rows.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    Plain { sheet: String::new(), encoding: decoded.encoding, delimiter, rows }
}

/// The cells of a record that another delimiter divides than the one under which it is `row`: into as many as the
/// header has, or where that one finds a single cell.
fn otherwise(record: &str, delimiter: u8, row: &[String], width: usize) -> Option<Vec<String>> {
    let (rows, _) = top(record, delimiter, 0, 1, 2);
    let other = rows.into_iter().next()?;
    (other.len() >= width || row.len() == 1 && other.len() > 1).then_some(other)
}

/// Reads every sheet of a workbook.
///
/// # Errors
/// Why the workbook as a whole was not read.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Plain>, Problem> {
    let plain = |sheet: &workbook::Sheet| Plain {
        sheet: sheet.name.clone(),
        encoding: "",
        delimiter: 0,
        rows: sheet.first_rows(usize::MAX),
    };
    Ok(workbook::sheets(bytes)?.iter().map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_however_a_spreadsheet_saved_it() {
        let rows = |bytes: &[u8]| delimited(bytes, &["a", "b", "note"]).rows;
        let expected: Vec<(u32, Vec<String>)> = [(1, ["a", "b", "note"]), (3, ["1", "2", "Grüße, ja"])]
            .map(|(line, row)| (line, row.map(str::to_owned).to_vec()))
            .to_vec();
        for text in [
            "a,b,note\n\n1,2,\"Grüße, ja\"\n",
            "\u{feff}\"a\";\"b\";\"note\"\r\n\r\n1;2;Grüße, ja",
            "a\tb\tnote\r\n\t\t\r\n1\t2\tGrüße, ja\r\n",
        ] {
            assert_eq!(rows(text.as_bytes()), expected);
            let (old, _, failed) = encoding_rs::WINDOWS_1252.encode(text.trim_start_matches('\u{feff}'));
            assert!(!failed);
            assert_eq!(rows(&old), expected);
        }
        let told = "sep=;\r\na;b;note\r\n1;2;Grüße, ja\r\n";
        let mut wide = vec![0xff, 0xfe];
        wide.extend(told.encode_utf16().flat_map(u16::to_le_bytes));
        for bytes in [told.as_bytes(), &wide] {
            let lines: Vec<u32> = rows(bytes).iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [2, 3]);
        }
        assert!(rows(b"").is_empty());
    }

    #[test]
    fn rows_added_under_a_header_of_another_delimiter_are_rows() {
        let text =
            "a,b,note;;\r\n1;2;Grüße, ja\r\n1,2,\"so; da\"\r\n\"1, 2\";2;\r\nonly\r\n1;2\r\n\"x;y\",,\r\n";
        let rows = delimited(text.as_bytes(), &["a", "b", "note"]).rows;
        let rows: Vec<String> =
            rows[1..].iter().map(|(line, row)| format!("{line} {}", row.join("|"))).collect();
        assert_eq!(rows, ["2 1|2|Grüße, ja", "3 1|2|so; da", "4 1, 2|2|", "5 only", "6 1|2", "7 x;y||"]);
        assert!(header_key("note;;") == "note");
    }
}
