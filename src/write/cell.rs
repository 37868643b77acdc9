//! The cells of a workbook: their formats and how typed values become cells.

use std::borrow::Cow;
use std::io;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};

use crate::table::{Column, Data, Language, Table, words};

/// Characters of a cell, counted as Excel does.
pub(super) const CELL_UNITS: usize = 32_767;
/// Between the items of a list in one cell.
const LIST_SEPARATOR: &str = " | ";
/// So many rows of the first batch decide how wide a column is, within these bounds.
const ROWS_MEASURED: usize = 1_000;
const NARROWEST: usize = 9;
const WIDEST: usize = 44;
/// The column of sentences that explain the others is the last one and has room.
const EXPLAINS: &str = "about";
const WIDEST_EXPLANATION: usize = 120;
/// The column of differences, which are shown with their sign.
const CHANGE: &str = "change";
/// Dark and light shades of the headings.
const INK: Color = Color::RGB(0x1F_3A_4D);
const SHADE: Color = Color::RGB(0xE8_EE_F2);

/// A figure of any kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    /// Nothing to show.
    None,
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(f64),
    /// A share between 0 and 1.
    Share(f64),
    /// By how much a number grew or fell.
    Change(f64),
    /// By how much a share did, in percentage points.
    ShareChange(f64),
}

/// The cell formats in use; everything else is left to the reader's program.
pub(super) struct Formats {
    pub(super) header: Format,
    pub(super) header_right: Format,
    pub(super) label: Format,
    pub(super) wrapped: Format,
    pub(super) quiet: Format,
    pub(super) text: Format,
    pub(super) date: Format,
    count: Format,
    pub(super) number: Format,
    share: Format,
    change: Format,
    share_change: Format,
}

impl Formats {
    pub(super) fn new(language: Language) -> Formats {
        let day = match language {
            Language::English => "yyyy-mm-dd",
            Language::German => "dd.mm.yyyy",
        };
        let top = Format::new().set_align(FormatAlign::Top);
        let number = |format: &str| top.clone().set_num_format(format);
        let header = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(INK)
            .set_align(FormatAlign::VerticalCenter);
        Formats {
            header: header.clone().set_align(FormatAlign::Left).set_indent(1),
            header_right: header.set_align(FormatAlign::Right),
            label: number("@")
                .set_bold()
                .set_background_color(SHADE)
                .set_align(FormatAlign::Left)
                .set_indent(1),
            wrapped: number("@").set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            quiet: number("@")
                .set_italic()
                .set_font_color(Color::Gray)
                .set_align(FormatAlign::Left)
                .set_indent(1),
            text: number("@").set_align(FormatAlign::Left).set_indent(1),
            date: number(day),
            count: number("#,##0"),
            number: number("#,##0.00"),
            share: number("0.0%"),
            change: number("+#,##0;-#,##0;0"),
            share_change: number("+0.0%;-0.0%;0.0%"),
        }
    }

    /// The format of a column whose cells all look alike. Cells without a format of their own show it, and the
    /// writer looks formats up by their whole content, which takes longer than to write a cell.
    pub(super) fn of_column(&self, column: &Column) -> Option<&Format> {
        match &column.data {
            Data::Text(_) | Data::List(_) | Data::Bool(_) => Some(&self.text),
            Data::Int(_) => Some(&self.count),
            Data::Date(_) => Some(&self.date),
            Data::Share(_) if column.name != CHANGE => Some(&self.share),
            Data::Float(_) | Data::Share(_) => None,
        }
    }
}

/// Width of a column in characters: that of its header with the filter's arrow, or of its widest cells.
pub(super) fn width(column: &Column, header: &str, language: Language) -> usize {
    let rows = 0..column.data.len().min(ROWS_MEASURED);
    let cells = match &column.data {
        Data::Text(texts) => {
            rows.map(|row| column.called(texts.get(row), language).chars().count()).max().unwrap_or(0)
        }
        Data::List(lists) => rows
            .map(|row| {
                let items = lists.get(row).map(|item| column.called(item, language).chars().count());
                items.map(|count| count + LIST_SEPARATOR.len()).sum::<usize>()
            })
            .max()
            .unwrap_or(0),
        Data::Date(_) => 11,
        Data::Int(_) | Data::Float(_) | Data::Share(_) | Data::Bool(_) => NARROWEST,
    };
    let header = header.chars().count() + 3;
    let widest = if column.name == EXPLAINS { WIDEST_EXPLANATION } else { WIDEST };
    (cells + 2).max(header).clamp(NARROWEST, widest)
}

/// Cuts text that no cell can hold.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS {
        return text.into();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|letter| {
        units += letter.len_utf16();
        units < CELL_UNITS
    });
    let mut cut: String = kept.collect();
    cut.push('…');
    cut.into()
}

pub(super) fn write_row(
    sheet: &mut Worksheet,
    at: u32,
    table: &Table,
    row: usize,
    language: Language,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (number, column) in (0..).zip(&table.columns) {
        let place = (at, number);
        match &column.data {
            Data::Text(texts) if column.values.is_empty() => {
                write_text(sheet, place, texts.get(row))?;
            }
            Data::Text(texts) => write_text(sheet, place, &column.called(texts.get(row), language))?,
            Data::List(lists) => {
                let items: Vec<String> = lists.get(row).map(|item| column.called(item, language)).collect();
                write_text(sheet, place, &items.join(LIST_SEPARATOR))?;
            }
            Data::Int(values) => {
                if let Some(value) = values.get(row).copied().flatten() {
                    sheet.write_number(at, number, value as f64)?;
                }
            }
            Data::Share(values) if column.name != CHANGE => {
                let known = values.get(row).copied().flatten().filter(|value| value.is_finite());
                if let Some(value) = known {
                    sheet.write_number(at, number, value)?;
                }
            }
            Data::Share(values) | Data::Float(values) => {
                let share = table.is_share(row) || matches!(column.data, Data::Share(_));
                let figure = |value: f64| match (share, column.name == CHANGE) {
                    (false, false) => Figure::Number(value),
                    (true, false) => Figure::Share(value),
                    (false, true) => Figure::Change(value),
                    (true, true) => Figure::ShareChange(value),
                };
                let figure = values.get(row).copied().flatten().map_or(Figure::None, figure);
                write_figure(sheet, place, &figure, formats)?;
            }
            Data::Date(values) => {
                if let Some(day) = values.get(row).copied().flatten() {
                    write_day_as_its_column(sheet, place, day, formats)?;
                }
            }
            Data::Bool(values) => {
                // As words: LibreOffice turns truth values into formulas.
                let said = |yes: bool| if yes { words("yes", "ja") } else { words("no", "nein") };
                let text =
                    values.get(row).copied().flatten().map_or("", |yes| said(yes).in_language(language));
                write_text(sheet, place, text)?;
            }
        }
    }
    Ok(())
}

/// Writes text into a column of text.
fn write_text(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string(row, column, fitting(text))?;
    }
    Ok(())
}

pub(super) fn write_figure(
    sheet: &mut Worksheet,
    place: (u32, u16),
    figure: &Figure,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let (number, format) = match figure {
        Figure::Number(value) if value.fract() == 0.0 => (*value, &formats.count),
        Figure::Number(value) => (*value, &formats.number),
        Figure::Share(value) => (*value, &formats.share),
        Figure::Day(day) => return write_day(sheet, place, *day, formats),
        Figure::Change(value) => (*value, &formats.change),
        Figure::ShareChange(value) => (*value, &formats.share_change),
        Figure::None => return Ok(()),
    };
    if number.is_finite() {
        sheet.write_number_with_format(place.0, place.1, number, format)?;
    }
    Ok(())
}

/// Writes a day into a column of days.
fn write_day_as_its_column(
    sheet: &mut Worksheet,
    place: (u32, u16),
    day: NaiveDate,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match excel_day(day) {
        Some(date) => sheet.write_datetime(place.0, place.1, &date).map(drop),
        None => write_day(sheet, place, day, formats),
    }
}

/// What a workbook says of itself: that it was made on the day which its data describe, not today.
///
/// # Errors
/// When workbooks do not know the day.
pub(super) fn properties(as_of: NaiveDate) -> io::Result<DocProperties> {
    let created = excel_day(as_of).ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, format!("workbooks do not know {as_of}"))
    })?;
    Ok(DocProperties::new().set_creation_datetime(&created))
}

/// A day as Excel knows it, which begins with 1900 and ends with 9999.
pub(super) fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}

/// A day as a date; days before 1900, which Excel does not know, as text.
fn write_day(
    sheet: &mut Worksheet,
    place: (u32, u16),
    day: NaiveDate,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match excel_day(day) {
        Some(date) => sheet.write_datetime_with_format(place.0, place.1, &date, &formats.date)?,
        None => sheet.write_string_with_format(place.0, place.1, day.to_string(), &formats.text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_workbooks_do_not_know_becomes_no_other_day() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
        for unknown in [-5, 1899, 10_000, 70_000] {
            assert!(excel_day(day(unknown)).is_none() && properties(day(unknown)).is_err(), "{unknown}");
        }
        for known in [1900, 2026, 9999] {
            assert!(excel_day(day(known)).is_some() && properties(day(known)).is_ok(), "{known}");
        }
    }
}
