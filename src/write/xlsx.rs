//! The workbook for people: how to read it, the figures, one typed sheet a table, and what their words mean.

mod chart;
mod guide;
mod shown;
mod wide;

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook as Book, Worksheet, XlsxError};

use super::cell::{Figure, Formats, fitting, properties, width, write_figure, write_row};
use super::overview::{Overview, title};
use crate::table::{Column, Data, Language, Table, Texts, Words, words};
use chart::Canvas;
use guide::Line;
use shown::Shown;

/// Rows of a sheet, the header included. The format knows 1,048,576 of them; programs that open the
/// workbook become slow long before, and whoever needs more takes the CSV or Parquet files.
const SHEET_ROWS: u32 = 100_001;
/// Tables of more rows are written row by row and not held in memory.
const LONG: usize = 1_000;
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
const ABOUT_WIDTH: usize = 115;

/// A workbook in the making.
///
/// Text is always text: never a formula, never a link. Equal input gives equal bytes.
pub struct Workbook {
    book: Book,
    language: Language,
    formats: Formats,
    /// The sheets so far; the first is written last, since it tells of all others.
    sheets: Vec<Sheet>,
    /// Lines of the first sheet.
    lines: Vec<Line>,
    /// Columns that are left out.
    hidden: Vec<&'static str>,
    /// Rows a sheet may have; smaller in tests.
    limit: u32,
}

/// What is known of a sheet that is being filled.
struct Sheet {
    title: &'static str,
    /// The file of the generation that has all rows; empty where there is none.
    file: String,
    /// What else the first sheet says of it.
    note: &'static str,
    columns: u16,
    /// Rows written, the header included.
    rows: u32,
    /// Rows that no longer fitted.
    left_out: u64,
    /// Sheet, header or value, stable name, meaning.
    definitions: Vec<[String; 4]>,
}

impl Workbook {
    /// Begins with the rows of the contacts; more of them may follow through [`Workbook::append`].
    ///
    /// # Errors
    /// When a sheet cannot be made or a temporary file not be written.
    pub fn new(language: Language, team: &str, as_of: NaiveDate) -> io::Result<Workbook> {
        let mut book = Book::new();
        book.set_zip_compression_level(ZIP_LEVEL);
        book.set_properties(&properties(as_of)?.set_title(title(team, language)));
        let mut workbook = Workbook {
            book,
            language,
            formats: Formats::new(language),
            sheets: Vec::new(),
            lines: Vec::new(),
            hidden: Vec::new(),
            limit: SHEET_ROWS,
        };
        let name = guide::TITLE.in_language(language);
        workbook.book.add_worksheet().set_name(name).map_err(failed)?;
        workbook.sheets.push(Sheet::new(name, 4));
        Ok(workbook)
    }

    /// Leaves out columns of these names, which the other files have.
    pub fn hide(&mut self, columns: &[&'static str]) {
        self.hidden.extend(columns);
    }

    /// Adds the first rows of the contacts, before anything else; more follow through [`Workbook::append`].
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn contacts(&mut self, table: &Table) -> io::Result<()> {
        let table = &*self.visible(table);
        self.begin(&Shown::plain(table), true).map_err(failed)?;
        self.file(format!("{}.csv", table.name));
        self.fill(table)
    }

    /// Adds rows to the contacts.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn append(&mut self, table: &Table) -> io::Result<()> {
        if let Some(full) = self.sheets.last_mut().filter(|sheet| sheet.rows >= self.limit) {
            full.left_out += table.len() as u64;
            return Ok(());
        }
        let table = &*self.visible(table);
        self.fill(table)
    }

    /// Adds everything else: the figures before the reports, the wish list before the contacts, the open pairs
    /// behind them.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn reports(
        &mut self,
        overview: &Overview<'_>,
        tables: &[&Table],
        wishes: Option<&Table>,
        review: &Table,
    ) -> io::Result<()> {
        self.lines = guide::lines(overview, self.language);
        let contacts = self.sheets.len() - 1;
        self.add(&Shown::plain(&overview.table(self.language)))?;
        for shown in shown::arrange(tables, overview.is_alone(), self.language) {
            self.add(&shown)?;
            self.file(format!("reports/{}.csv", shown.file));
        }
        if let Some(wishes) = wishes {
            self.add(&Shown::plain(wishes))?;
            self.file(format!("{}.csv", wishes.name));
        }
        if contacts > 0 {
            // Their rows come first, so that reports can be made of them; readers look at the reports first.
            self.book.worksheets_mut()[contacts..].rotate_left(1);
            self.sheets[contacts..].rotate_left(1);
        }
        self.add(&Shown { title: REVIEW, ..Shown::plain(&self.to_read(review)) })?;
        self.file(format!("{}.csv", review.name));
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.note = words(
                "for reading; answers are given in work.xlsx",
                "zum Lesen; Antworten kommen in die work.xlsx",
            )
            .in_language(self.language);
        }
        Ok(())
    }

    /// The open pairs, each of which says where it is answered.
    fn to_read(&self, review: &Table) -> Table {
        let place = words("in work.xlsx", "in der work.xlsx").in_language(self.language);
        let answers: Texts = (0..review.len()).map(|_| place).collect();
        let column = Column::new(
            "decision",
            words("Decision", "Entscheidung"),
            "where the pair is answered: in work.xlsx, which the next run reads",
            Data::Text(answers),
        )
        .german("wo das Paar beantwortet wird: in der work.xlsx, die der nächste Lauf liest");
        let rest = review.columns.iter().filter(|column| column.name != "decision").cloned();
        let columns = std::iter::once(column).chain(rest).collect();
        Table { columns, ..*review }
    }

    /// The table without the columns that are left out.
    fn visible<'a>(&self, table: &'a Table) -> Cow<'a, Table> {
        let hidden = |column: &Column| self.hidden.contains(&column.name);
        if !table.columns.iter().any(hidden) {
            return Cow::Borrowed(table);
        }
        let columns = table.columns.iter().filter(|column| !hidden(column)).cloned().collect();
        Cow::Owned(Table { columns, ..*table })
    }

    /// Adds a sheet with all rows of a table.
    fn add(&mut self, shown: &Shown<'_>) -> io::Result<()> {
        let shown = if shown.headings.is_empty() {
            &Shown { table: self.visible(&shown.table), headings: Vec::new(), ..*shown }
        } else {
            shown
        };
        self.begin(shown, shown.table.len() > LONG).map_err(failed)?;
        self.fill(&shown.table)?;
        if shown.table.is_empty() {
            self.say_empty(shown::why_empty(shown.table.name)).map_err(failed)?;
        }
        Ok(())
    }

    /// Says which file has all rows of the sheet added last.
    fn file(&mut self, file: String) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.file = file;
        }
    }

    fn begin(&mut self, shown: &Shown<'_>, is_long: bool) -> Result<(), XlsxError> {
        let (language, table) = (self.language, &*shown.table);
        let title = shown.title.in_language(language);
        let sheet =
            if is_long { self.book.add_worksheet_with_constant_memory()? } else { self.book.add_worksheet() };
        sheet.set_name(title)?;
        // The name of a person stays in sight while the columns move.
        sheet.set_freeze_panes(1, frozen(shown))?;
        sheet.set_repeat_rows(0, 0)?.set_row_height(0, HEADER_HEIGHT)?;
        set_page(sheet, table.columns.len());
        for (number, column) in (0..).zip(&table.columns) {
            let header = shown.heading(number, language);
            sheet.set_column_width(number as u16, width(column, header, language) as f64)?;
            if let Some(format) = self.formats.of_column(column) {
                sheet.set_column_format(number as u16, format)?;
            }
        }
        for (number, column) in (0..).zip(&table.columns) {
            let left = matches!(column.data, Data::Text(_) | Data::List(_) | Data::Bool(_));
            let format = if left { &self.formats.header } else { &self.formats.header_right };
            sheet.write_string_with_format(0, number as u16, shown.heading(number, language), format)?;
        }
        let rows = table.len().min(self.limit as usize - 1);
        Canvas { sheet, shown, name: title, language, rows }.decorate()?;
        let mut state = Sheet::new(title, table.columns.len() as u16);
        state.rows = 1;
        state.define(shown, language);
        self.sheets.push(state);
        Ok(())
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

    /// Says below the header that there are no rows and why, so that nobody waits for them.
    fn say_empty(&mut self, why: Words) -> Result<(), XlsxError> {
        let none = why.in_language(self.language);
        let sheet = self.book.worksheet_from_index(self.sheets.len() - 1)?;
        sheet.write_string_with_format(1, 0, none, &self.formats.quiet).map(drop)
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
        let cut = words("too long for a sheet; rows left out:", "zu lang für ein Blatt; fehlende Zeilen:")
            .in_language(self.language);
        for index in 1..self.sheets.len() {
            let Sheet { title, columns, rows, left_out, note, ref file, .. } = self.sheets[index];
            let sheet = self.book.worksheet_from_index(index)?;
            sheet.autofilter(0, 0, rows - 1, columns.saturating_sub(1))?;
            let mut notes = vec![file.clone(), note.to_owned()];
            if left_out > 0 {
                // Who scrolls to the end must not take it for the end of the list.
                let told = format!("{title}: {cut} {left_out}. {file}");
                sheet.write_string_with_format(rows, 0, &told, &self.formats.text)?;
                notes.insert(1, format!("{cut} {left_out}"));
            }
            notes.retain(|note| !note.is_empty());
            let value = Figure::Number((u64::from(rows - 1) + left_out) as f64);
            let part = guide::SHEETS.in_language(self.language);
            self.lines.push(Line { part, what: title.to_owned(), value, note: notes.join("; ") });
        }
        self.write_guide()?;
        self.write_definitions()
    }

    /// Fills the first sheet.
    fn write_guide(&mut self) -> Result<(), XlsxError> {
        let (language, formats) = (self.language, &self.formats);
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.set_freeze_panes(1, 0)?.set_row_height(0, HEADER_HEIGHT)?;
        set_page(sheet, 4);
        let headers = guide::HEADERS.map(|words| words.in_language(language));
        for (column, (header, width)) in (0..).zip(headers.into_iter().zip([18.0, 36.0, 14.0, 104.0])) {
            sheet.set_column_width(column, width)?;
            let format = if column == 2 { &formats.header_right } else { &formats.header };
            sheet.write_string_with_format(0, column, header, format)?;
        }
        for (row, line) in (1..).zip(&self.lines) {
            sheet.write_string_with_format(row, 0, line.part, &formats.text)?;
            sheet.write_string_with_format(row, 1, fitting(&line.what), &formats.label)?;
            write_figure(sheet, (row, 2), &line.value, formats)?;
            if !line.note.is_empty() {
                sheet.write_string_with_format(row, 3, fitting(&line.note), &formats.wrapped)?;
            }
            let lines = 1 + line.note.chars().count() / ABOUT_WIDTH;
            sheet.set_row_height(row, LINE_HEIGHT * lines.min(20) as f64)?;
        }
        sheet.autofilter(0, 0, self.lines.len() as u32, 3)?;
        Ok(())
    }

    fn write_definitions(&mut self) -> Result<(), XlsxError> {
        let titles = [
            words("Sheet", "Blatt"),
            words("Word", "Wort"),
            words("Name in files", "Name in Dateien"),
            words("Meaning", "Bedeutung"),
        ]
        .map(|title| title.in_language(self.language));
        let name = words("Definitions", "Definitionen").in_language(self.language);
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_row_height(0, HEADER_HEIGHT)?;
        set_page(sheet, 4);
        for (column, (title, width)) in (0..).zip(titles.into_iter().zip([22.0, 34.0, 24.0, 96.0])) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, title, &self.formats.header)?;
        }
        let mut row = 0;
        for definition in self.sheets.iter().flat_map(|sheet| &sheet.definitions) {
            row += 1;
            for (column, text) in (0..).zip(definition).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string_with_format(row, column, text, &self.formats.wrapped)?;
            }
        }
        sheet.autofilter(0, 0, row, 3)?;
        Ok(())
    }
}

impl Sheet {
    fn new(title: &'static str, columns: u16) -> Sheet {
        Sheet { title, file: String::new(), note: "", columns, rows: 0, left_out: 0, definitions: Vec::new() }
    }

    /// Remembers what the headers and fixed values of a table mean.
    fn define(&mut self, shown: &Shown<'_>, language: Language) {
        let across = words("id of a member", "Kürzel eines Mitglieds").in_language(language);
        let mut last = "";
        for (place, column) in shown.table.columns.iter().enumerate() {
            // The members across mean the same: they are explained once.
            let own = shown.headings.iter().any(|(at, _)| *at == place);
            if own && last == column.name {
                continue;
            }
            last = column.name;
            let is_member = own && !column.name.ends_with('_');
            let header = if is_member { across } else { column.title.in_language(language) };
            let about = words(column.about, column.about_german).in_language(language);
            self.definitions.push([self.title, header, column.name, about].map(str::to_owned));
            for value in column.values {
                let (called, about) = (value.title.in_language(language), value.about.in_language(language));
                self.definitions.push([self.title, called, value.name, about].map(str::to_owned));
            }
        }
    }
}

/// Name of the sheet of open pairs.
const REVIEW: Words = words("Review", "Prüfen");

/// As many columns stay in sight at most: more leave no room for those that move.
const MOST_FROZEN: usize = 5;

/// How many columns stay in sight: up to the name of a person, or to where the members across begin.
fn frozen(shown: &Shown<'_>) -> u16 {
    let columns = &shown.table.columns;
    let named = columns.iter().position(|column| column.name == "name").map(|at| at + 1);
    let across = shown.headings.iter().map(|(place, _)| *place).min();
    named.or(across).filter(|count| *count <= MOST_FROZEN).unwrap_or(0) as u16
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
        let day: NaiveDate = "2026-03-16".parse().unwrap();
        let more = Table { title: words("Other", "Andere"), ..table("more", &["z"]) };
        let overview = Overview {
            team: "",
            as_of: day,
            race: (day, day),
            members: &[],
            contacts: 0,
            sources: &[],
            reports: &[&more],
            before: None,
        };
        let mut book = Workbook::new(Language::English, "", day).unwrap();
        book.limit = limit;
        book.contacts(&tables[0]).unwrap();
        for more in &tables[1..] {
            book.append(more).unwrap();
        }
        book.limit = SHEET_ROWS;
        book.reports(&overview, &[&more], None, &table("review", &[])).unwrap();
        let mut out = Vec::new();
        book.finish(&mut out).unwrap();
        Xlsx::new(Cursor::new(out)).unwrap()
    }

    #[test]
    fn rows_that_no_sheet_can_hold_are_told_on_the_first_sheet() {
        let batches = [table("t", &["a", "b"]), table("t", &["c", "d"]), table("t", &["e"])];
        let mut book = read(&batches, 4);
        // The header, three rows and the note below them.
        assert_eq!(book.worksheet_range("Many").unwrap().height(), 5);
        let guide = book.worksheet_range("Read me").unwrap();
        let line = guide.rows().find(|row| row[1] == "Many").unwrap();
        assert_eq!(line[2].to_string(), "5", "all rows count");
        assert!(line[3].to_string().contains("rows left out: 2"), "{line:?}");
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
