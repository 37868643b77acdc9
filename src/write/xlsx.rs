//! The workbook for people: a front sheet, one typed sheet a table, and what their words mean.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartType, Color, ConditionalFormatDataBar, DocProperties,
    ExcelDateTime, Workbook as Book, Worksheet, XlsxError,
};

use super::cell::{Formats, fitting, width, write_figure, write_row};
use super::overview::{Line, Overview, title};
use crate::table::{Column, Data, Language, Table, words};

/// Rows of a sheet, the header included. The format knows 1,048,576 of them; programs that open the
/// workbook become slow long before, and whoever needs more takes the CSV or Parquet files.
const SHEET_ROWS: u32 = 100_001;
/// How hard the workbook is compressed, 1 to 9: with the usual 6 a large one is an eighth smaller, and a run takes
/// a tenth longer.
const ZIP_LEVEL: u8 = 3;
/// A4, by its number in the format.
const A4: u8 = 9;
/// As many columns fit the width of a page.
const COLUMNS_ON_PAGE: usize = 16;

/// Heights of a heading and of a line of text, in points; characters of a line of text that explains.
const HEADER_HEIGHT: f64 = 20.0;
const LINE_HEIGHT: f64 = 15.5;
const ABOUT_WIDTH: usize = 126;

/// Shade of the bars.
const BAR: Color = Color::RGB(0x7F_B2_D1);

/// A workbook in the making.
///
/// Text is always text: never a formula, never a link. Equal input gives equal bytes.
pub struct Workbook {
    book: Book,
    language: Language,
    formats: Formats,
    sheets: Vec<Sheet>,
    /// Sheet, header or value, stable name, meaning.
    definitions: Vec<[String; 4]>,
    /// The sheet that goes behind the others, by its number, and where its definitions start.
    last: Option<(usize, usize)>,
    /// Columns that are left out.
    hidden: Vec<&'static str>,
    /// Rows a sheet may have; smaller in tests.
    limit: u32,
}

/// What is known of a sheet that is being filled.
struct Sheet {
    title: &'static str,
    columns: u16,
    /// Rows written, the header included.
    rows: u32,
    /// Rows that no longer fitted.
    left_out: u64,
}

impl Workbook {
    /// Begins with an empty front sheet, which [`Workbook::front`] fills once the reports are known.
    ///
    /// # Errors
    /// When the sheet cannot be made.
    pub fn new(language: Language, team: &str, as_of: NaiveDate) -> io::Result<Workbook> {
        let mut book = Book::new();
        book.set_zip_compression_level(ZIP_LEVEL);
        let created = ExcelDateTime::from_ymd(
            u16::try_from(as_of.year()).unwrap_or(2000),
            as_of.month() as u8,
            as_of.day() as u8,
        );
        let properties = DocProperties::new()
            .set_title(title(team, language))
            .set_creation_datetime(&created.map_err(failed)?);
        book.set_properties(&properties);
        let mut workbook = Workbook {
            book,
            language,
            formats: Formats::new(language),
            sheets: Vec::new(),
            definitions: Vec::new(),
            last: None,
            hidden: Vec::new(),
            limit: SHEET_ROWS,
        };
        let name = workbook.say("Overview", "Überblick");
        workbook.book.add_worksheet().set_name(name).map_err(failed)?;
        workbook.sheets.push(Sheet { title: name, columns: 0, rows: 0, left_out: 0 });
        Ok(workbook)
    }

    /// Leaves out columns of these names, which the other files have.
    pub fn hide(&mut self, columns: &[&'static str]) {
        self.hidden.extend(columns);
    }

    /// Fills the front sheet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn front(&mut self, overview: &Overview<'_>) -> io::Result<()> {
        self.write_front(overview).map_err(failed)
    }

    fn say(&self, english: &'static str, german: &'static str) -> &'static str {
        words(english, german).in_language(self.language)
    }

    fn write_front(&mut self, overview: &Overview<'_>) -> Result<(), XlsxError> {
        let (language, formats) = (self.language, &self.formats);
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.set_screen_gridlines(false);
        for (column, width) in [(0, 34.0), (1, 16.0), (2, 13.0), (3, 112.0)] {
            sheet.set_column_width(column, width)?;
        }
        set_page(sheet, 4);
        sheet.write_string_with_format(0, 0, title(overview.team, language), &formats.title)?;
        sheet.set_row_height(0, 30)?;
        let mut row = 2;
        for line in overview.lines(language) {
            match line {
                Line::Blank => {}
                Line::Heading(titles) => {
                    for (column, title) in (0..).zip(titles) {
                        let number = column == 1 || column == 2;
                        let format = if number { &formats.header_right } else { &formats.header };
                        sheet.write_string_with_format(row, column, title, format)?;
                    }
                    sheet.set_row_height(row, HEADER_HEIGHT)?;
                }
                Line::Note(note) => {
                    sheet.write_string_with_format(row, 0, note, &formats.text)?;
                }
                Line::Figures(title, value, coverage, about) => {
                    sheet.write_string_with_format(row, 0, fitting(&title), &formats.label)?;
                    write_figure(sheet, (row, 1), &value, formats)?;
                    write_figure(sheet, (row, 2), &coverage, formats)?;
                    let lines = 1 + about.chars().count() / ABOUT_WIDTH;
                    sheet.set_row_height(row, LINE_HEIGHT * lines.min(20) as f64)?;
                    if !about.is_empty() {
                        sheet.write_string_with_format(row, 3, fitting(&about), &formats.wrapped)?;
                    }
                }
            }
            row += 1;
        }
        self.sheets[0].rows = row;
        Ok(())
    }

    /// Adds a sheet with the rows of a table; more of the same table may follow through [`Workbook::append`].
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, table: &Table) -> io::Result<()> {
        let table = &*self.shown(table);
        self.begin(table).map_err(failed)?;
        self.fill(table)
    }

    /// As [`Workbook::add`], for a table whose sheet stands behind those that are added later.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add_last(&mut self, table: &Table) -> io::Result<()> {
        self.last = Some((self.sheets.len(), self.definitions.len()));
        self.add(table)
    }

    /// The table without the columns that are left out.
    fn shown<'a>(&self, table: &'a Table) -> Cow<'a, Table> {
        let hidden = |column: &Column| self.hidden.contains(&column.name);
        if !table.columns.iter().any(hidden) {
            return Cow::Borrowed(table);
        }
        let columns = table.columns.iter().filter(|column| !hidden(column)).cloned().collect();
        Cow::Owned(Table { columns, ..*table })
    }

    fn begin(&mut self, table: &Table) -> Result<(), XlsxError> {
        let title = table.title.in_language(self.language);
        let language = self.language;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(title)?;
        // The name of a person stays in sight while the columns move.
        let frozen =
            table.columns.iter().position(|column| column.name == "name").map_or(0, |at| at as u16 + 1);
        sheet.set_freeze_panes(1, frozen)?;
        sheet.set_repeat_rows(0, 0)?.set_row_height(0, HEADER_HEIGHT)?;
        set_page(sheet, table.columns.len());
        for (number, column) in (0..).zip(&table.columns) {
            sheet.set_column_width(number, width(column, language) as f64)?;
            if let Some(format) = self.formats.of_column(column) {
                sheet.set_column_format(number, format)?;
            }
        }
        for (number, column) in (0..).zip(&table.columns) {
            let header = column.title.in_language(language);
            let left = matches!(column.data, Data::Text(_) | Data::List(_) | Data::Bool(_));
            let format = if left { &self.formats.header } else { &self.formats.header_right };
            sheet.write_string_with_format(0, number, header, format)?;
        }
        if table.name == "race" && !table.is_empty() {
            add_race_chart(sheet, table, title, language)?;
        }
        self.sheets.push(Sheet { title, columns: table.columns.len() as u16, rows: 1, left_out: 0 });
        self.define(table, title);
        Ok(())
    }

    /// Adds rows to the sheet added last.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn append(&mut self, table: &Table) -> io::Result<()> {
        if let Some(full) = self.sheets.last_mut().filter(|sheet| sheet.rows >= self.limit) {
            full.left_out += table.len() as u64;
            return Ok(());
        }
        let table = &*self.shown(table);
        self.fill(table)
    }

    fn fill(&mut self, table: &Table) -> io::Result<()> {
        let index = self.sheets.len() - 1;
        let Some(state) = self.sheets.last_mut() else { return Ok(()) };
        let sheet = self.book.worksheet_from_index(index).map_err(failed)?;
        for row in 0..table.len() {
            if state.rows >= self.limit {
                state.left_out += (table.len() - row) as u64;
                break;
            }
            write_row(sheet, state.rows, table, row, self.language, &self.formats).map_err(failed)?;
            state.rows += 1;
        }
        Ok(())
    }

    /// Remembers what the headers and fixed values of a table mean.
    fn define(&mut self, table: &Table, title: &str) {
        for column in &table.columns {
            let about = words(column.about, column.about_german).in_language(self.language);
            let header = column.title.in_language(self.language);
            self.definitions.push([title, header, column.name, about].map(str::to_owned));
            for value in column.values {
                let (called, about) =
                    (value.title.in_language(self.language), value.about.in_language(self.language));
                self.definitions.push([title, called, value.name, about].map(str::to_owned));
            }
        }
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When the writer or a temporary file fails.
    pub fn finish(mut self, out: impl Write + Send) -> io::Result<()> {
        self.close().map_err(failed)?;
        self.book.save_to_writer(out).map_err(failed)
    }

    fn close(&mut self) -> Result<(), XlsxError> {
        let cut = self.say(
            "is too long for a sheet; rows left out here:",
            "ist zu lang für ein Blatt; hier fehlende Zeilen:",
        );
        let see = self.say(
            "All rows are in the CSV and Parquet files.",
            "Alle Zeilen stehen in den CSV- und Parquet-Dateien.",
        );
        let mut note_row = self.sheets.first().map_or(0, |front| front.rows);
        for index in 1..self.sheets.len() {
            let Sheet { title, columns, rows, left_out } = self.sheets[index];
            self.book.worksheet_from_index(index)?.autofilter(0, 0, rows - 1, columns.saturating_sub(1))?;
            if left_out > 0 {
                let note = format!("{title} {cut} {left_out}. {see}");
                // Who scrolls to the end must not take it for the end of the list.
                self.book.worksheet_from_index(index)?.write_string_with_format(
                    rows,
                    0,
                    &note,
                    &self.formats.text,
                )?;
                self.book.worksheet_from_index(0)?.write_string_with_format(
                    note_row,
                    0,
                    note,
                    &self.formats.text,
                )?;
                note_row += 1;
            }
        }
        if let Some((index, _)) = self.last {
            // Its rows come first, so that reports can be made of them; readers look at the reports first.
            self.book.worksheets_mut()[index..].rotate_left(1);
        }
        self.write_definitions()
    }

    fn write_definitions(&mut self) -> Result<(), XlsxError> {
        let titles = [
            self.say("Sheet", "Blatt"),
            self.say("Word", "Wort"),
            self.say("Name in files", "Name in Dateien"),
            self.say("Meaning", "Bedeutung"),
        ];
        let name = self.say("Definitions", "Definitionen");
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_row_height(0, HEADER_HEIGHT)?;
        set_page(sheet, 4);
        for (column, (title, width)) in (0..).zip(titles.into_iter().zip([18.0, 34.0, 24.0, 96.0])) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, title, &self.formats.header)?;
        }
        if let Some((_, start)) = self.last {
            let title = self.sheets[self.last.map_or(0, |(index, _)| index)].title;
            let own = self.definitions[start..].iter().take_while(|row| row[0] == title).count();
            self.definitions[start..].rotate_left(own);
        }
        for (row, definition) in (1..).zip(&self.definitions) {
            for (column, text) in (0..).zip(definition).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string_with_format(row, column, text, &self.formats.wrapped)?;
            }
        }
        sheet.autofilter(0, 0, self.definitions.len() as u32, 3)?;
        Ok(())
    }
}

/// Keeps the kind of a failed write, such as a full disk.
pub(super) fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// Prints on A4 across, as wide as the page where that can be read.
fn set_page(sheet: &mut Worksheet, columns: usize) {
    sheet.set_paper_size(A4).set_landscape();
    if columns <= COLUMNS_ON_PAGE {
        sheet.set_print_fit_to_pages(1, 0);
    }
}

/// The people added, as bars in the cells and beside the table.
fn add_race_chart(
    sheet: &mut Worksheet,
    table: &Table,
    name: &str,
    language: Language,
) -> Result<(), XlsxError> {
    let place =
        |wanted: &str| table.columns.iter().position(|column| column.name == wanted).map(|at| at as u16);
    let (Some(members), Some(adds)) = (place("member"), place("adds")) else { return Ok(()) };
    let last = (table.len() as u32).min(SHEET_ROWS - 1);
    sheet.add_conditional_format(
        1,
        adds,
        last,
        adds,
        &ConditionalFormatDataBar::new().set_fill_color(BAR),
    )?;
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((name, 1, members, last, members))
        .set_values((name, 1, adds, last, adds))
        .set_gap(40)
        .set_data_label(ChartDataLabel::new().show_value())
        .set_format(
            rust_xlsxwriter::ChartFormat::new()
                .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(BAR)),
        );
    chart
        .title()
        .set_name(words("People added in the race", "Neue Kontakte im Rennen").in_language(language));
    chart.legend().set_hidden();
    chart.x_axis().set_major_gridlines(false).set_label_position(ChartAxisLabelPosition::None);
    // The leader stands on top, as in the table.
    chart.y_axis().set_reverse();
    chart.set_width(620).set_height(90 + 26 * last.min(30));
    sheet.insert_chart(1, table.columns.len() as u16 + 1, &chart)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::table::Texts;
    use crate::write::cell::CELL_UNITS;
    use calamine::{Reader as _, Xlsx};

    fn table(name: &'static str, texts: &[&str]) -> Table {
        let text = Data::Text(texts.iter().collect::<Texts>());
        let columns = vec![Column::new("text", words("Text", "Text"), "", text)];
        Table { name, title: words("Many", "Viele"), about: "", key: &[], columns }
    }

    fn read(tables: &[Table], limit: u32) -> Xlsx<Cursor<Vec<u8>>> {
        let network_size = table("network_size", &[]);
        let day: NaiveDate = "2026-03-16".parse().unwrap();
        let overview = Overview {
            team: "",
            as_of: day,
            race: (day, day),
            members: &[],
            contacts: 0,
            sources: &[],
            network_size: &network_size,
        };
        let mut book = Workbook::new(Language::English, "", day).unwrap();
        book.limit = limit;
        book.add_last(&tables[0]).unwrap();
        for more in &tables[1..] {
            book.append(more).unwrap();
        }
        let more = Table { title: words("Other", "Andere"), ..table("more", &["z"]) };
        book.add(&more).unwrap();
        book.front(&overview).unwrap();
        let mut out = Vec::new();
        book.finish(&mut out).unwrap();
        Xlsx::new(Cursor::new(out)).unwrap()
    }

    #[test]
    fn rows_that_no_sheet_can_hold_are_told_on_the_front_sheet() {
        let batches = [table("t", &["a", "b"]), table("t", &["c", "d"]), table("t", &["e"])];
        let mut book = read(&batches, 4);
        // The header, three rows and the note below them.
        assert_eq!(book.worksheet_range("Many").unwrap().height(), 5);
        let front = book.worksheet_range("Overview").unwrap();
        let note = front.rows().next_back().unwrap()[0].to_string();
        assert!(note.starts_with("Many") && note.contains("left out here: 2."), "{note}");
        assert_eq!(read(&batches, SHEET_ROWS).worksheet_range("Many").unwrap().height(), 6);
    }

    #[test]
    fn odd_text_stays_text() {
        let long = "🦄".repeat(20_000);
        let texts = ["=1+1", "http://example.org", "_x000D_", "a\u{1}b\r\nc", " blank ", "007", "1E5", &long];
        let range = read(&[table("t", &texts)], SHEET_ROWS).worksheet_range("Many").unwrap();
        for (row, text) in texts[..7].iter().enumerate() {
            assert_eq!(range.get((row + 1, 0)).unwrap().to_string(), *text);
        }
        let cut = range.get((8, 0)).unwrap().to_string();
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= CELL_UNITS);
    }
}
