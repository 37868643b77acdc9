//! The sheet of contacts to sort: one row a contact, the most promising first, with a drop-down for the category.

use std::io;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::cell::fitting;
use super::super::xlsx::failed;
use super::{ASKED, CHOICES, Looks, REMARK, WorkBook, excel_day, offer, write_answer};
use crate::table::{Language, Words, words};

/// Name of the sheet.
const SORT: Words = words("To sort", "Zu sortieren");
/// Header of the column for the category, by which the sheet is known again.
pub const CATEGORY: Words = words("Your category", "Ihre Kategorie");
/// Header of the column of names.
pub const NAME: Words = words("Name", "Name");
/// Header of the column of contact ids.
pub const CONTACT: Words = words("Contact id", "Kontakt-ID");
/// The answers of the drop-down.
pub const CATEGORIES: [Words; 5] =
    [words("A", "A"), words("B", "B"), words("C", "C"), words("D", "D"), CHOICES[2]];

/// The columns between the category and the remark.
const SHOWN: [Words; 9] = [
    NAME,
    words("Company", "Firma"),
    words("Position", "Position"),
    words("Industry", "Branche"),
    words("Place", "Ort"),
    words("Known to", "Bekannt bei"),
    words("Last touch", "Letzter Kontakt"),
    words("Score", "Punkte"),
    words("What is known", "Was bekannt ist"),
];
/// Places in the sheet of the columns that are no text, and of the longest text.
const TOUCHED_AT: usize = 7;
const SCORE_AT: usize = 8;
const REASON_AT: usize = 9;
const REMARK_AT: usize = 10;

/// Height of a line of text in points, and how many lines of a cell are shown at most.
const LINE: f64 = 15.0;
const MOST_LINES: usize = 6;

/// A contact to sort. Text is empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SortRow {
    /// Id of the contact.
    pub contact_id: String,
    /// The whole name.
    pub name: String,
    /// Employer.
    pub company: String,
    /// Job title.
    pub position: String,
    /// Sector, in words.
    pub industry: String,
    /// City and country, in words.
    pub place: String,
    /// The members who know the contact.
    pub known_to: Vec<String>,
    /// The latest touch with any member.
    pub last_touch: Option<NaiveDate>,
    /// The score as far as it is known, 0 to 1.
    pub score: Option<f32>,
    /// What is known and what is missing, in words.
    pub reason: String,
}

/// A row of the sheet.
#[derive(Debug, Clone)]
pub enum SortLine<'a> {
    /// A contact that is asked, with what somebody has written about it so far.
    Contact {
        /// The contact.
        row: &'a SortRow,
        /// What stands in the cell for the category and sets none.
        answer: &'a str,
        /// The remark.
        remark: &'a str,
    },
    /// A row of an earlier sheet that is not asked anew, as it stood.
    Kept {
        /// Its cells by column.
        cells: &'a [String],
        /// What stands in the first of them now.
        answer: &'a str,
    },
}

/// The headers of the sheet in their order, in one language. The contact id stands at the end, small and grey.
pub fn sort_columns(language: Language) -> Vec<&'static str> {
    let titles = [CATEGORY].into_iter().chain(SHOWN).chain([REMARK, ASKED, CONTACT]);
    titles.map(|title| title.in_language(language)).collect()
}

/// How the sheet is used.
pub(super) fn help(language: Language) -> [&'static str; 4] {
    [
        words(
            "To sort: contacts without a category, the most promising first. A: matters most. B: worth regular care. C: keep in touch. D: let go.",
            "Zu sortieren: Kontakte ohne Kategorie, die besten zuerst. A: am wichtigsten. B: regelmäßig pflegen. C: in Verbindung bleiben. D: loslassen.",
        ),
        words(
            "later: asked again, at the end of the list. What you write beside it as a remark stays.",
            "später: wird wieder gefragt, am Ende der Liste. Was Sie als Bemerkung dazu schreiben, bleibt stehen.",
        ),
        words(
            "A category that you set comes before every rule and score.",
            "Eine Kategorie von Ihnen geht jeder Regel und jedem Punktwert vor.",
        ),
        words(
            "To change it later, write another line at the end of tiers.csv, or open there to let hamstern decide: the newest one counts.",
            "Wer sie ändern will, schreibt eine weitere Zeile ans Ende von tiers.csv; offen lässt hamstern entscheiden. Die neueste gilt.",
        ),
    ]
    .map(|text| text.in_language(language))
}

impl WorkBook {
    /// Adds the sheet of contacts to sort; `generation` names the run that asks.
    ///
    /// # Errors
    /// When a cell cannot be written.
    pub fn to_sort(&mut self, lines: &[SortLine<'_>], generation: &str) -> io::Result<()> {
        self.write_to_sort(lines, generation).map_err(failed)
    }

    fn write_to_sort(&mut self, lines: &[SortLine<'_>], generation: &str) -> Result<(), XlsxError> {
        let language = self.language;
        let titles = sort_columns(language);
        let rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line, generation, titles.len())).collect();
        let sheet = self.book.add_worksheet();
        sheet.set_name(SORT.in_language(language))?.set_freeze_panes(1, 2)?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_row_height(0, 22)?;
        let widths: Vec<usize> =
            titles.iter().enumerate().map(|(column, title)| width(column, title, &rows)).collect();
        for (column, (title, width)) in titles.iter().zip(&widths).enumerate() {
            sheet.write_string_with_format(0, column as u16, *title, &self.formats.header)?;
            sheet.set_column_width(column as u16, *width as f64)?;
        }
        let looks = Looks::new(&self.formats);
        let later = CHOICES[2].in_language(language);
        for (at, row) in (1..).zip(&rows) {
            // Not every program fits rows to their text by itself.
            let lines = row.iter().zip(&widths).map(|(cell, width)| cell.chars().count().div_ceil(width - 3));
            let lines = lines.max().unwrap_or(1).min(MOST_LINES);
            if lines > 1 {
                sheet.set_row_height(at, LINE * lines as f64)?;
            }
            for (column, cell) in row.iter().enumerate() {
                match column {
                    0 => write_answer(sheet, at, cell, later, &looks)?,
                    TOUCHED_AT | SCORE_AT => {
                        let typed = [&self.formats.date, &self.formats.number][column - TOUCHED_AT];
                        write_typed(sheet, (at, column as u16), cell, typed, &looks.plain)?;
                    }
                    _ if cell.is_empty() => {}
                    _ => {
                        let look = if column + 2 < titles.len() { &looks.plain } else { &looks.grey };
                        sheet.write_string_with_format(at, column as u16, fitting(cell), look)?;
                    }
                }
            }
        }
        let last = rows.len() as u32;
        sheet.autofilter(0, 0, last.max(1), titles.len() as u16 - 1)?;
        let message = words(
            "Choose A, B, C, D or later. The next run reads the answer and keeps it for good.",
            "Wählen Sie A, B, C, D oder später. Der nächste Lauf liest die Antwort und behält sie.",
        );
        let choices = CATEGORIES.map(|choice| choice.in_language(language));
        offer(sheet, last, &choices, [CATEGORY, message].map(|text| text.in_language(language)))?;
        if rows.is_empty() {
            let none = words("No contacts to sort.", "Keine Kontakte zu sortieren.").in_language(language);
            sheet.write_string_with_format(1, 1, none, &looks.plain)?;
        }
        Ok(())
    }
}

/// The cells of a row as text, days and numbers as programs write them.
fn cells(line: &SortLine<'_>, generation: &str, columns: usize) -> Vec<String> {
    let mut cells = match line {
        SortLine::Contact { row, answer, remark } => vec![
            (*answer).to_owned(),
            row.name.clone(),
            row.company.clone(),
            row.position.clone(),
            row.industry.clone(),
            row.place.clone(),
            row.known_to.join(", "),
            row.last_touch.map(|day| day.to_string()).unwrap_or_default(),
            row.score.map(|score| format!("{score:.2}")).unwrap_or_default(),
            row.reason.clone(),
            (*remark).to_owned(),
            generation.to_owned(),
            row.contact_id.clone(),
        ],
        SortLine::Kept { cells, answer } => {
            let rest = cells.iter().skip(1).cloned();
            std::iter::once((*answer).to_owned()).chain(rest).collect()
        }
    };
    cells.resize(columns, String::new());
    cells
}

/// Writes a day or a number as such, so that the column can be sorted, and anything else as the text it is.
fn write_typed(
    sheet: &mut Worksheet,
    (at, column): (u32, u16),
    cell: &str,
    typed: &Format,
    plain: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    let day = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok();
    // Workbooks know no day before 1900.
    if let Some(day) = day.filter(|day| day.year() >= 1900).map(excel_day) {
        sheet.write_datetime_with_format(at, column, day?, typed)?;
    } else if let Some(number) = cell.parse::<f64>().ok().filter(|number| number.is_finite()) {
        sheet.write_number_with_format(at, column, number, typed)?;
    } else {
        sheet.write_string_with_format(at, column, fitting(cell), plain)?;
    }
    Ok(())
}

/// Width of a column in characters: that of its header with the filter's arrow, or of its widest text, within
/// bounds.
fn width(column: usize, title: &str, rows: &[Vec<String>]) -> usize {
    let bounds = match column {
        REASON_AT => 11..=44,
        REMARK_AT => 32..=44,
        _ => 6..=32,
    };
    let widest = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    (widest.clamp(*bounds.start(), *bounds.end()) + 3).max(title.chars().count() + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_cell_and_stands_in_its_place() {
        for language in Language::ALL {
            let titles = sort_columns(language);
            let row = SortRow { contact_id: "c000000000001".into(), score: Some(0.5), ..SortRow::default() };
            let line = SortLine::Contact { row: &row, answer: "", remark: "x" };
            let cells = cells(&line, "000007", titles.len());
            assert_eq!(cells.len(), titles.len());
            let under = |title: Words| {
                let at = titles.iter().position(|have| *have == title.in_language(language));
                at.map(|at| cells[at].as_str())
            };
            assert_eq!(under(REMARK), Some("x"));
            assert_eq!(under(ASKED), Some("000007"));
            assert_eq!(under(CONTACT), Some("c000000000001"));
            assert_eq!(cells[SCORE_AT], "0.50");
            let at = [TOUCHED_AT, SCORE_AT, REASON_AT, REMARK_AT].map(|at| titles[at]);
            let expected = [SHOWN[6], SHOWN[7], SHOWN[8], REMARK];
            assert_eq!(at, expected.map(|title| title.in_language(language)));
        }
    }
}
