//! ods: read with quick-xml alone. The library's own ods reader never ends on a truncated file, fills memory
//! from one counted blank, and multiplies repeated cells out, so nothing here asks it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Budget, MAX_COLUMNS, MAX_ROWS, Sheet, address, password, refusal, value};
use crate::problem::Problem;

/// A counted run of blanks in a cell is at most this long.
const MAX_BLANKS: usize = 1_000;

/// Reads the sheets of an ods file that has been weighed.
pub(super) fn ods(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    if let Ok(mut manifest) = zip.by_name("META-INF/manifest.xml") {
        let mut text = Vec::new();
        manifest.read_to_end(&mut text).map_err(|error| damaged(&error.to_string()))?;
        if memchr::memmem::find(&text, b"encryption-data").is_some() {
            return Err(password());
        }
    }
    let part = zip.by_name("content.xml").map_err(|error| damaged(&error.to_string()))?;
    let mut content = Content::new(BufReader::new(part), budget);
    content.read()?;
    Ok(content.sheets.into_iter().map(Sheet::finish).collect())
}

fn damaged(detail: &str) -> Problem {
    refusal("damaged-workbook", format!("the workbook is damaged ({detail}); open it and save it again"))
}

/// The walk over `content.xml`.
struct Content<'b, R> {
    xml: Reader<R>,
    budget: &'b mut Budget,
    sheets: Vec<Sheet>,
    /// Styles of hidden sheets.
    hidden: BTreeSet<String>,
    style: String,
    /// Depth of tables: a table inside a cell is no sheet.
    depth: usize,
    row: u32,
    row_repeats: u32,
    column: u32,
    /// Cells of the current row: column, how often repeated, text or fault.
    cells: Vec<(u32, u32, String)>,
    faults: Vec<(u32, &'static str, String)>,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeats: u32,
    value: Option<String>,
    /// The text shown, used where no value is given.
    shown: String,
    is_error: bool,
    has_formula: bool,
    paragraphs: usize,
    /// Depth inside a remark or a drawing, whose text is not the cell's.
    aside: usize,
}

impl<'b, R: BufRead> Content<'b, R> {
    fn new(source: R, budget: &'b mut Budget) -> Content<'b, R> {
        let mut xml = Reader::from_reader(source);
        xml.config_mut().check_end_names = false;
        Content {
            xml,
            budget,
            sheets: Vec::new(),
            hidden: BTreeSet::new(),
            style: String::new(),
            depth: 0,
            row: 0,
            row_repeats: 1,
            column: 0,
            cells: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn read(&mut self) -> Result<(), Problem> {
        let mut buffer = Vec::new();
        let mut cell: Option<Open> = None;
        loop {
            buffer.clear();
            let event = match self.xml.read_event_into(&mut buffer) {
                Ok(Event::Eof) if self.depth == 0 && !self.sheets.is_empty() => return Ok(()),
                Ok(Event::Eof) => return self.cut_short("it ends too early"),
                Err(error) => return self.cut_short(&error.to_string()),
                Ok(event) => event,
            };
            match event {
                Event::Start(tag) => self.start(&tag, &mut cell, false)?,
                Event::Empty(tag) => self.start(&tag, &mut cell, true)?,
                Event::End(tag) => self.end(tag.local_name().as_ref(), &mut cell)?,
                Event::Text(text) => {
                    if let Some(cell) = cell.as_mut().filter(|cell| cell.aside == 0 && cell.paragraphs > 0) {
                        cell.shown.push_str(&text.xml10_content());
                    }
                }
                Event::CData(text) => {
                    if let Some(cell) = cell.as_mut().filter(|cell| cell.aside == 0 && cell.paragraphs > 0) {
                        cell.shown.push_str(&text.xml10_content());
                    }
                }
                Event::GeneralRef(name) => {
                    if let Some(cell) = cell.as_mut().filter(|cell| cell.aside == 0 && cell.paragraphs > 0) {
                        cell.shown.push_str(&reference(&name));
                    }
                }
                _ => {}
            }
        }
    }

    /// Keeps the sheets read so far when the file ends too early.
    fn cut_short(&mut self, why: &str) -> Result<(), Problem> {
        let row = self.row;
        let Some(sheet) = self.sheets.last_mut() else { return Err(damaged(why)) };
        let message = format!(
            "the workbook is damaged in the sheet \u{201c}{}\u{201d} ({why}); what follows was not read. Open \
             the file in a spreadsheet program and save it again",
            sheet.name
        );
        sheet.fault(row, "damaged-sheet", message);
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, cell: &mut Option<Open>, empty: bool) -> Result<(), Problem> {
        let name = tag.name();
        if let Some(open) = cell {
            open.start(name.as_ref(), tag, empty);
            return Ok(());
        }
        match name.as_ref() {
            "style:style" => self.style = attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.style));
            }
            "table:table" if !empty => {
                self.depth += 1;
                if self.depth == 1 {
                    let hidden =
                        attribute(tag, "table:style-name").is_some_and(|style| self.hidden.contains(&style));
                    let name = attribute(tag, "table:name").unwrap_or_default();
                    self.sheets.push(Sheet::new(name, hidden));
                    (self.row, self.column) = (0, 0);
                }
            }
            "table:table-row" if self.depth == 1 => {
                self.row_repeats = repeats(tag, "table:number-rows-repeated");
                self.column = 0;
                if empty {
                    self.end_row()?;
                }
            }
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => {
                let open = Open::new(tag);
                if empty {
                    self.end_cell(open);
                } else {
                    *cell = Some(open);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, cell: &mut Option<Open>) -> Result<(), Problem> {
        if let Some(open) = cell {
            match name {
                _ if open.aside > 0 => open.aside -= 1,
                "table-cell" | "covered-table-cell" => {
                    if let Some(open) = cell.take() {
                        self.end_cell(open);
                    }
                }
                _ => {}
            }
            return Ok(());
        }
        match name {
            "table" => self.depth = self.depth.saturating_sub(1),
            "table-row" if self.depth == 1 => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, open: Open) {
        let column = self.column;
        self.column = column.saturating_add(open.repeats);
        let place = address(self.row, column);
        let text = open.value.unwrap_or(open.shown);
        if open.is_error || value::is_error(&text) {
            let message = format!("cell {place} holds the error value {}; taken as empty", text.trim());
            self.faults.push((self.row, "error-value", message));
        } else if !text.trim().is_empty() {
            self.cells.push((column, open.repeats.min(MAX_COLUMNS), text));
        } else if open.has_formula {
            let message = format!("the formula in cell {place} has no stored result; taken as empty");
            self.faults.push((self.row, "formula-without-value", message));
        }
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        for (row, code, message) in self.faults.drain(..) {
            sheet.fault(row, code, message);
        }
        let copies = if self.cells.is_empty() { 0 } else { self.row_repeats.min(MAX_ROWS) };
        for copy in 0..copies {
            for (column, repeats, text) in &self.cells {
                for further in 0..*repeats {
                    sheet.put(
                        self.row.saturating_add(copy),
                        column.saturating_add(further),
                        text,
                        self.budget,
                    )?;
                }
            }
        }
        self.cells.clear();
        self.row = self.row.saturating_add(self.row_repeats);
        self.row_repeats = 1;
        Ok(())
    }
}

impl Open {
    fn new(tag: &BytesStart<'_>) -> Open {
        let mut open = Open { repeats: repeats(tag, "table:number-columns-repeated"), ..Open::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let text = || {
                quick_xml::escape::unescape(&attribute.value)
                    .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
            };
            match attribute.key.as_ref() {
                "office:value" => {
                    let text = text();
                    open.value = Some(text.parse::<f64>().map_or(text, value::number_text));
                }
                "office:string-value" => open.value = Some(text()).filter(|text| !text.is_empty()),
                "office:date-value" => open.value = Some(value::iso_text(&text())),
                "office:time-value" => open.value = Some(value::duration_text(&text())),
                "office:boolean-value" => open.value = Some(text()),
                "calcext:value-type" => open.is_error = attribute.value.as_ref() == "error",
                "table:formula" => open.has_formula = true,
                _ => {}
            }
        }
        open
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>, empty: bool) {
        if self.aside > 0 {
            self.aside += usize::from(!empty);
            return;
        }
        match name {
            "text:p" => {
                if self.paragraphs > 0 {
                    self.shown.push('\n');
                }
                self.paragraphs += 1;
            }
            "text:s" => {
                let count =
                    attribute(tag, "text:c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                self.shown.extend(std::iter::repeat_n(' ', count.min(MAX_BLANKS)));
            }
            "text:tab" => self.shown.push('\t'),
            "text:line-break" => self.shown.push('\n'),
            "text:span" | "text:a" | "text:ruby" | "text:ruby-base" => {}
            _ => self.aside = usize::from(!empty),
        }
    }
}

/// The text an entity or character reference stands for; one that is not predefined stays as it is.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    let known = quick_xml::escape::resolve_predefined_entity(name.as_ref());
    known.map_or_else(|| format!("&{};", name.as_ref() as &str), str::to_owned)
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    // What does not fit a number is more than any sheet holds.
    attribute(tag, name).map_or(1, |count| count.parse::<u32>().unwrap_or(u32::MAX)).max(1)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|have| have.key.as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}
