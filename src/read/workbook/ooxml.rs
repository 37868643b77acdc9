//! xlsx and xlsb: cells streamed through calamine, never as a range, whose size a file may choose freely.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Budget, Sheet, address, guarded, password, refusal, value};
use crate::problem::Problem;

/// So many bad cells in a row are a broken sheet.
const MAX_BAD_RUN: usize = 1_000;

/// What the next step through a sheet meets.
enum Step {
    Cell { row: u32, column: u32, value: Data, formula: bool },
    Bad(String),
    End,
    Broken(String),
}

/// Reads the sheets of an xlsx file that has been weighed.
pub(super) fn xlsx(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let opened = guarded(|| Xlsx::new(Cursor::new(bytes)));
    let mut book = opened.ok_or_else(|| damaged("a part is cut short"))?.map_err(|error| match error {
        XlsxError::Password => password(),
        other => damaged(&other.to_string()),
    })?;
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let mut sheet = Sheet::new(name, hidden);
        let name = sheet.name.clone();
        let mut bad = Vec::new();
        let (source, asked) = (&mut book, name.as_str());
        match guarded(move || source.worksheet_cells_reader(asked)) {
            Some(Ok(mut cells)) => {
                let next = || match cells.next_cell_with_formula_metadata() {
                    Ok(Some(cell)) => Step::Cell {
                        row: cell.pos.0,
                        column: cell.pos.1,
                        value: cell.value.into(),
                        formula: cell.formula.is_some(),
                    },
                    Ok(None) => Step::End,
                    Err(
                        error @ (XlsxError::Xml(_)
                        | XlsxError::XmlEof(_)
                        | XlsxError::Io(_)
                        | XlsxError::Zip(_)),
                    ) => Step::Broken(error.to_string()),
                    Err(error) => Step::Bad(error.to_string()),
                };
                walk(&mut sheet, budget, next, &mut bad)?;
            }
            Some(Err(error)) => broken(&mut sheet, 0, &error.to_string()),
            None => broken(&mut sheet, 0, "its head is damaged"),
        }
        let places = if bad.is_empty() { Vec::new() } else { addresses(bytes, &name, &bad) };
        tell_bad(&mut sheet, &bad, &places);
        sheets.push(sheet.finish());
    }
    Ok(sheets)
}

/// Reads the sheets of an xlsb file that has been weighed.
pub(super) fn xlsb(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let opened = guarded(|| Xlsb::new(Cursor::new(bytes)));
    let mut book = opened.ok_or_else(|| damaged("a part is cut short"))?.map_err(|error| match error {
        XlsbError::Password => password(),
        other => damaged(&other.to_string()),
    })?;
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let mut sheet = Sheet::new(name, hidden);
        let name = sheet.name.clone();
        let mut bad = Vec::new();
        // Records of a sheet's head may be cut short, which the library does not expect.
        let (source, asked) = (&mut book, name.as_str());
        match guarded(move || source.worksheet_cells_reader(asked)) {
            Some(Ok(mut cells)) => {
                let next = || match cells.next_cell() {
                    Ok(Some(cell)) => {
                        let (row, column) = cell.get_position();
                        Step::Cell {
                            row,
                            column,
                            value: DataRef::clone(cell.get_value()).into(),
                            formula: false,
                        }
                    }
                    Ok(None) => Step::End,
                    Err(error @ (XlsbError::Io(_) | XlsbError::Zip(_))) => Step::Broken(error.to_string()),
                    Err(error) => Step::Bad(error.to_string()),
                };
                walk(&mut sheet, budget, next, &mut bad)?;
            }
            Some(Err(error)) => broken(&mut sheet, 0, &error.to_string()),
            None => broken(&mut sheet, 0, "its head is cut short"),
        }
        tell_bad(&mut sheet, &bad, &[]);
        sheets.push(sheet.finish());
    }
    Ok(sheets)
}

/// Names of the sheets that hold cells, and whether they are hidden. A name given twice is asked for once.
fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let mut names: Vec<(String, bool)> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if !names.iter().any(|(name, _)| *name == sheet.name) {
            names.push((sheet.name.clone(), sheet.visible != SheetVisible::Visible));
        }
    }
    names
}

/// A cell that could not be read: how many steps came before it, the row of the last good cell, and why.
struct Bad {
    step: usize,
    row: u32,
    why: String,
}

/// Takes every cell into the sheet and goes on after bad ones.
fn walk(
    sheet: &mut Sheet,
    budget: &mut Budget,
    mut next: impl FnMut() -> Step,
    bad: &mut Vec<Bad>,
) -> Result<(), Problem> {
    let (mut run, mut last) = (0, 0);
    for step in 0.. {
        let met = guarded(&mut next)
            .unwrap_or_else(|| Step::Bad("it points outside the workbook's tables".to_owned()));
        match met {
            Step::End => break,
            Step::Cell { row, column, value, formula } => {
                (run, last) = (0, row);
                if formula && value == Data::Empty {
                    let message = format!(
                        "the formula in cell {} has no stored result; taken as empty. Open the file in a \
                         spreadsheet program and save it to have it calculated",
                        address(row, column)
                    );
                    sheet.fault(row, "formula-without-value", message);
                }
                sheet.put(row, column, &value::text(&value), budget)?;
            }
            Step::Bad(why) if run < MAX_BAD_RUN => {
                run += 1;
                bad.push(Bad { step, row: last, why });
            }
            Step::Bad(why) | Step::Broken(why) => {
                broken(sheet, last, &why);
                break;
            }
        }
    }
    Ok(())
}

fn broken(sheet: &mut Sheet, row: u32, why: &str) {
    let message = format!(
        "the sheet \u{201c}{}\u{201d} is damaged ({why}); what follows this row was not read. Open the file \
         in a spreadsheet program and save it again",
        sheet.name
    );
    sheet.fault(row, "damaged-sheet", message);
}

fn tell_bad(sheet: &mut Sheet, bad: &[Bad], places: &[Option<(u32, String)>]) {
    for (number, cell) in bad.iter().enumerate() {
        let place = places.get(number).cloned().flatten();
        let (row, place) = match place {
            Some((row, name)) => (row, format!("cell {name}")),
            None => (cell.row, format!("a cell in or after row {}", u64::from(cell.row) + 1)),
        };
        sheet.fault(row, "bad-cell", format!("{place} could not be read ({}); taken as empty", cell.why));
    }
}

fn damaged(detail: &str) -> Problem {
    refusal("damaged-workbook", format!("the workbook is damaged ({detail}); open it and save it again"))
}

/// Where the bad cells stand. The library does not say, so the sheet is walked again, counting the same
/// steps: every cell, and every row whose number it refuses.
fn addresses(bytes: &[u8], sheet: &str, bad: &[Bad]) -> Vec<Option<(u32, String)>> {
    let mut places = Vec::new();
    let Some(xml) = sheet_part(bytes, sheet) else { return places };
    let mut xml = quick_xml::Reader::from_reader(xml.as_slice());
    xml.config_mut().check_end_names = false;
    let (mut buffer, mut step, mut wanted) = (Vec::new(), 0usize, bad.iter().peekable());
    while let Some(next) = wanted.peek() {
        buffer.clear();
        let (tag, is_cell) = match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "c" => (tag, true),
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "row" => (tag, false),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        let name = attribute(&tag, "r").unwrap_or_default();
        let number: String = name.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).to_owned();
        if !is_cell && (name.is_empty() || number.parse::<u32>().is_ok_and(|row| row > 0)) {
            continue;
        }
        if step == next.step {
            let row = number.parse::<u32>().unwrap_or(1).saturating_sub(1);
            places.push((is_cell && !name.is_empty()).then_some((row, name)));
            wanted.next();
        }
        step += 1;
    }
    places
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|have| have.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// The XML of a sheet by its name, through the workbook and its relations.
fn sheet_part(bytes: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| {
        let mut out = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).ok()?, &mut out).ok()?;
        Some(out)
    };
    let book = part("xl/workbook.xml")?;
    let relations = part("xl/_rels/workbook.xml.rels")?;
    let id = find_tag(&book, "sheet", ("name", sheet), "id")?;
    let target = find_tag(&relations, "Relationship", ("Id", &id), "Target")?;
    match target.strip_prefix('/') {
        Some(absolute) => part(absolute),
        None => part(&format!("xl/{target}")),
    }
}

/// The attribute `wanted` of the first tag of that name whose other attribute has that value.
fn find_tag(xml: &[u8], tag_name: &str, (key, value): (&str, &str), wanted: &str) -> Option<String> {
    let mut xml = quick_xml::Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == tag_name
                    && attribute(&tag, key).as_deref() == Some(value) =>
            {
                return attribute(&tag, wanted);
            }
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}
