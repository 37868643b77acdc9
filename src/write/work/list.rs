//! A sheet of contacts that are asked about: one row a contact, with a drop-down for the answer in the first column.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::cell::{excel_day, fitting};
use super::{CHOICES, Looks, WorkBook, offer, write_answer};
use crate::table::Words;

/// Height of a line of text in points, and how many lines of a cell are shown at most.
const LINE: f64 = 15.0;
const MOST_LINES: usize = 6;

/// A row of such a sheet.
#[derive(Debug, Clone)]
pub enum ListLine<'a, R> {
    /// A contact that is asked, with what somebody has written about it so far.
    Contact {
        /// The contact.
        row: &'a R,
        /// What stands in the cell for the answer and is none.
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

/// What the program writes into a row: between the answer and the remark, and behind the remark.
pub(super) struct ListCells {
    pub(super) shown: Vec<String>,
    pub(super) ids: Vec<String>,
}

impl<R> ListLine<'_, R> {
    /// The cells of a row as text, days and numbers as programs write them.
    pub(super) fn cells(&self, columns: usize, of: impl Fn(&R) -> ListCells) -> Vec<String> {
        let mut cells: Vec<String> = match self {
            ListLine::Contact { row, answer, remark } => {
                let ListCells { shown, ids } = of(row);
                let first = std::iter::once((*answer).to_owned()).chain(shown);
                first.chain([(*remark).to_owned()]).chain(ids).collect()
            }
            ListLine::Kept { cells, answer } => {
                let rest = cells.iter().skip(1).cloned();
                std::iter::once((*answer).to_owned()).chain(rest).collect()
            }
        };
        cells.resize(columns, String::new());
        cells
    }
}

/// What a column holds that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Day,
    Number,
}

/// A sheet as it is to be written.
pub(super) struct ListSheet<'a> {
    pub(super) name: Words,
    pub(super) titles: &'a [&'static str],
    pub(super) rows: Vec<Vec<String>>,
    /// Places of the columns that are no text.
    pub(super) typed: &'a [(usize, Typed)],
    /// Places of the remark and of the longest text.
    pub(super) remark_at: usize,
    pub(super) long_at: usize,
    /// Header of the answer, what is said beside it, and the answers.
    pub(super) answer: Words,
    pub(super) message: Words,
    pub(super) choices: &'a [Words],
    /// What stands in a sheet without rows.
    pub(super) none: Words,
}

impl ListSheet<'_> {
    /// Width of a column in characters: that of its header with the filter's arrow, or of its widest text, within
    /// bounds.
    fn width(&self, column: usize) -> usize {
        let bounds = if column == self.long_at {
            11..=44
        } else if column == self.remark_at {
            32..=44
        } else {
            6..=32
        };
        let widest = self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        (widest.clamp(*bounds.start(), *bounds.end()) + 3).max(self.titles[column].chars().count() + 4)
    }
}

impl WorkBook {
    /// Adds a sheet.
    pub(super) fn write_list(&mut self, list: &ListSheet<'_>) -> Result<(), XlsxError> {
        let language = self.language;
        let say = |words: Words| words.in_language(language);
        let (titles, rows) = (list.titles, &list.rows);
        let sheet = self.book.add_worksheet();
        sheet.set_name(say(list.name))?.set_freeze_panes(1, 2)?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_row_height(0, 22)?;
        let widths: Vec<usize> = (0..titles.len()).map(|column| list.width(column)).collect();
        for (column, (title, width)) in titles.iter().zip(&widths).enumerate() {
            sheet.write_string_with_format(0, column as u16, *title, &self.formats.header)?;
            sheet.set_column_width(column as u16, *width as f64)?;
        }
        let looks = Looks::new(&self.formats);
        let later = say(CHOICES[2]);
        for (at, row) in (1..).zip(rows) {
            // Not every program fits rows to their text by itself.
            let lines = row.iter().zip(&widths).map(|(cell, width)| cell.chars().count().div_ceil(width - 3));
            let lines = lines.max().unwrap_or(1).min(MOST_LINES);
            if lines > 1 {
                sheet.set_row_height(at, LINE * lines as f64)?;
            }
            write_answer(sheet, at, &row[0], later, &looks)?;
            for (column, cell) in row.iter().enumerate().skip(1).filter(|(_, cell)| !cell.is_empty()) {
                let place = (at, column as u16);
                match list.typed.iter().find(|(at, _)| *at == column) {
                    Some((_, Typed::Day)) => {
                        write_typed(sheet, place, cell, &self.formats.date, &looks.plain)?;
                    }
                    Some((_, Typed::Number)) => {
                        write_typed(sheet, place, cell, &self.formats.number, &looks.plain)?;
                    }
                    None => {
                        let look = if column <= list.remark_at { &looks.plain } else { &looks.grey };
                        sheet.write_string_with_format(at, column as u16, fitting(cell), look)?;
                    }
                }
            }
        }
        let last = rows.len() as u32;
        sheet.autofilter(0, 0, last.max(1), titles.len() as u16 - 1)?;
        let choices: Vec<&str> = list.choices.iter().map(|choice| say(*choice)).collect();
        offer(sheet, last, &choices, [list.answer, list.message].map(say))?;
        if rows.is_empty() {
            sheet.write_string_with_format(1, 1, say(list.none), &looks.plain)?;
        }
        Ok(())
    }
}

/// Writes a day or a number as such, so that the column can be sorted, and anything else as the text it is.
fn write_typed(
    sheet: &mut Worksheet,
    (at, column): (u32, u16),
    cell: &str,
    typed: &Format,
    plain: &Format,
) -> Result<(), XlsxError> {
    let day = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok();
    if let Some(day) = day.and_then(excel_day) {
        sheet.write_datetime_with_format(at, column, day, typed)?;
    } else if let Some(number) = cell.parse::<f64>().ok().filter(|number| number.is_finite()) {
        sheet.write_number_with_format(at, column, number, typed)?;
    } else {
        sheet.write_string_with_format(at, column, fitting(cell), plain)?;
    }
    Ok(())
}
