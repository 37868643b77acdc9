//! xls: the records are walked first for what the library would set memory aside for, then calamine reads.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::ole::{Ole, Stream, u16_at, u32_at};
use super::{Budget, Sheet, guarded, password, refusal, value};
use crate::problem::Problem;

/// Most cells in the rectangles around the cells of all sheets, since the library holds them in full.
const MAX_AREA: u64 = 8_000_000;
/// Above this many cells the size a sheet announces is not believed.
const BELIEVED_AREA: u64 = 1_000_000;

/// Reads the sheets of an xls file.
pub(super) fn xls(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let ole = Ole::open(bytes)?;
    if ole.has("EncryptedPackage") {
        return Err(password());
    }
    let stream = match ole.stream("Workbook")? {
        Some(stream) => stream,
        None => ole.stream("Book")?.ok_or_else(|| {
            refusal(
                "not-a-workbook",
                "this Office file is no workbook (a document or a mail, perhaps); not read",
            )
        })?,
    };
    let patched = weigh(bytes, &stream)?;
    let opened = guarded(|| Xls::new(Cursor::new(patched.as_deref().unwrap_or(bytes))));
    let mut book = opened.ok_or_else(|| damaged("a record is cut short"))?.map_err(|error| match error {
        XlsError::Password => password(),
        other => damaged(&other.to_string()),
    })?;
    let mut sheets = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let range = guarded(|| book.worksheet_range(&meta.name));
        let range = range.ok_or_else(|| damaged("a sheet is cut short"))?;
        let range = range.map_err(|error| damaged(&error.to_string()))?;
        let mut sheet = Sheet::new(meta.name, meta.visible != SheetVisible::Visible);
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (first_row + row as u32, first_column + column as u32);
            if *cell != Data::Empty {
                sheet.put(row, column, &value::text(cell), budget)?;
            }
        }
        sheets.push(sheet.finish());
    }
    Ok(sheets)
}

fn damaged(detail: &str) -> Problem {
    refusal("damaged-workbook", format!("the workbook is damaged ({detail}); open it and save it again"))
}

/// The rectangle around the cells of a sheet.
struct Area {
    rows: (u16, u16),
    columns: (u16, u16),
}

impl Area {
    fn take(&mut self, row: u16, first: u16, last: u16) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(first), self.columns.1.max(last));
    }

    fn cells(&self) -> u64 {
        let side = |(first, last): (u16, u16)| u64::from(last.saturating_sub(first)) + 1;
        side(self.rows) * side(self.columns)
    }
}

/// One record: its type, its data and where the data begin.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    at: usize,
}

fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let kind = u16_at(stream, at)?;
        let len = usize::from(u16_at(stream, at + 2)?);
        let data = stream.get(at + 4..at + 4 + len)?;
        let record = Record { kind, data, at: at + 4 };
        at += 4 + len;
        Some(record)
    })
}

/// Walks all sheets as the library will. Gives the file with announced sizes blanked where they lie.
fn weigh(bytes: &[u8], stream: &Stream) -> Result<Option<Vec<u8>>, Problem> {
    let mut starts = Vec::new();
    for record in records(&stream.bytes, 0) {
        match record.kind {
            0x002F if u16_at(record.data, 0) != Some(0) => return Err(password()),
            0x0085 => starts.extend(u32_at(record.data, 0)),
            0x000A => break,
            _ => {}
        }
    }
    let distinct: BTreeSet<u32> = starts.iter().copied().collect();
    if distinct.len() < starts.len() {
        return Err(damaged("two sheets share their cells"));
    }
    let (mut area, mut walked, mut lies) = (0u64, 0usize, Vec::new());
    for start in distinct {
        area += weigh_sheet(&stream.bytes, start as usize, &mut walked, &mut lies);
        if area > MAX_AREA {
            let message = format!(
                "the cells of the workbook span more than {MAX_AREA} places; not read. A lone cell far from \
                 the others does that: delete it, or save the sheet as xlsx or CSV"
            );
            return Err(refusal("too-large", message));
        }
        if walked > 4 * stream.bytes.len() {
            return Err(damaged("sheets lie on top of each other"));
        }
    }
    if lies.is_empty() {
        return Ok(None);
    }
    let mut patched = bytes.to_vec();
    for at in lies.into_iter().flat_map(|at| at..at + 12) {
        if let Some(byte) = stream.file_offset(at).and_then(|offset| patched.get_mut(offset)) {
            *byte = 0;
        }
    }
    Ok(Some(patched))
}

/// Size of the rectangle around the cells of the sheet that starts there.
fn weigh_sheet(stream: &[u8], start: usize, walked: &mut usize, lies: &mut Vec<usize>) -> u64 {
    let mut area = Area { rows: (u16::MAX, 0), columns: (u16::MAX, 0) };
    let (mut seen, mut depth) = (false, 0usize);
    for record in records(stream, start) {
        *walked += record.data.len() + 4;
        let place = |at| u16_at(record.data, at).unwrap_or(0);
        match record.kind {
            // Charts inside the sheet have cells of their own.
            0x0809 if seen => depth += 1,
            0x0809 => seen = true,
            0x000A if depth == 0 => break,
            0x000A => depth -= 1,
            _ if depth > 0 => {}
            0x0200 if announced(record.data) > BELIEVED_AREA => lies.push(record.at),
            0x0006 | 0x0203..=0x0205 | 0x00D6 | 0x00FD | 0x027E => area.take(place(0), place(2), place(2)),
            0x00BD => area.take(place(0), place(2), place(record.data.len().saturating_sub(2)).max(place(2))),
            _ => {}
        }
    }
    if area.rows.0 > area.rows.1 { 0 } else { area.cells() }
}

/// How many cells a dimensions record announces; the most where it makes no sense.
fn announced(data: &[u8]) -> u64 {
    let wide = data.len() >= 14;
    let row = |at| if wide { u32_at(data, at) } else { u16_at(data, at / 2).map(u32::from) };
    let column = |at: usize| u16_at(data, if wide { 8 + at } else { 4 + at }).unwrap_or(u16::MAX);
    let (Some(first), Some(last)) = (row(0), row(4)) else { return u64::MAX };
    if first > last.max(1) || column(0) > column(2).max(1) {
        return u64::MAX;
    }
    (u64::from(last.saturating_sub(first)) + 1) * (u64::from(column(2).saturating_sub(column(0))) + 1)
}
