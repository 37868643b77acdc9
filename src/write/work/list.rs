//! A sheet of contacts that are asked about: one row a contact, with a drop-down for the answer in the first column.

use std::io;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::cell::{excel_day, fitting};
use super::super::xlsx::failed;
use super::{ASKED, CHOICES, CONTACT, Looks, REMARK, WorkBook, offer, write_answer};
use crate::table::{Language, Words};

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

/// What a column holds that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Day,
    Number,
}

/// A sheet of contacts: what it says, and what it shows of a contact.
pub(super) struct ListSheet<R: 'static> {
    pub(super) name: Words,
    /// Header of the answer, what is said beside it, and the answers.
    pub(super) answer: Words,
    pub(super) message: Words,
    pub(super) choices: &'static [Words],
    /// Headers of the columns between the answer and the remark, and their cells: days and numbers as programs write
    /// them.
    pub(super) shown: &'static [Words],
    pub(super) cells: fn(&R) -> Vec<String>,
    /// The id of a contact.
    pub(super) id: fn(&R) -> &str,
    /// Places in the sheet of the columns that are no text, and of the longest text.
    pub(super) typed: &'static [(usize, Typed)],
    pub(super) long_at: usize,
    /// What stands in a sheet without rows.
    pub(super) none: Words,
}

impl<R> ListSheet<R> {
    /// The headers in their order, in one language. The contact id stands at the end, small and grey.
    pub(super) fn columns(&self, language: Language) -> Vec<&'static str> {
        let shown = self.shown.iter().copied();
        let titles = [self.answer].into_iter().chain(shown).chain([REMARK, ASKED, CONTACT]);
        titles.map(|title| title.in_language(language)).collect()
    }

    /// Place of the remark.
    fn remark_at(&self) -> usize {
        self.shown.len() + 1
    }

    /// The cells of a row as text; `generation` names the run that asks.
    pub(super) fn row(&self, line: &ListLine<'_, R>, generation: &str) -> Vec<String> {
        let mut cells: Vec<String> = match line {
            ListLine::Contact { row, answer, remark } => {
                let behind = [*remark, generation, (self.id)(row)].map(str::to_owned);
                std::iter::once((*answer).to_owned()).chain((self.cells)(row)).chain(behind).collect()
            }
            ListLine::Kept { cells, answer } => {
                let rest = cells.iter().skip(1).cloned();
                std::iter::once((*answer).to_owned()).chain(rest).collect()
            }
        };
        cells.resize(self.remark_at() + 3, String::new());
        cells
    }

    /// Width of a column in characters: that of its header with the filter's arrow, or of its widest text, within
    /// bounds.
    fn width(&self, column: usize, title: &str, rows: &[Vec<String>]) -> usize {
        let bounds = if column == self.long_at {
            11..=44
        } else if column == self.remark_at() {
            32..=44
        } else {
            6..=32
        };
        let widest = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        (widest.clamp(*bounds.start(), *bounds.end()) + 3).max(title.chars().count() + 4)
    }
}

impl WorkBook {
    /// Adds a sheet; `generation` names the run that asks.
    pub(super) fn list<R>(
        &mut self,
        list: &ListSheet<R>,
        lines: &[ListLine<'_, R>],
        generation: &str,
    ) -> io::Result<()> {
        let rows: Vec<Vec<String>> = lines.iter().map(|line| list.row(line, generation)).collect();
        self.write_list(list, &rows).map_err(failed)
    }

    fn write_list<R>(&mut self, list: &ListSheet<R>, rows: &[Vec<String>]) -> Result<(), XlsxError> {
        let language = self.language;
        let say = |words: Words| words.in_language(language);
        let titles = list.columns(language);
        let sheet = self.book.add_worksheet();
        sheet.set_name(say(list.name))?.set_freeze_panes(1, 2)?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_row_height(0, 22)?;
        let widths: Vec<usize> =
            titles.iter().enumerate().map(|(column, title)| list.width(column, title, rows)).collect();
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
                        let look = if column <= list.remark_at() { &looks.plain } else { &looks.grey };
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
