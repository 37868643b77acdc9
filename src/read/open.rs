//! The one way into reading: bytes of a file to what every part of it gave.
//!
//! A file has one part, an archive one for each member. A part is read, refused with the reasons of every
//! reader, left out on purpose, or empty.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::archive::{Archive, Body as MemberBody, Kind, is_zip};
use super::delimited::Delimited;
use super::mapped::Mapped;
use super::mapping::Mapping;
use super::shape::{Shape, shape};
use super::{
    Body, Document, Header, Output, Plan, READERS, Reader, Table, header, linkedin_archive, workbook,
};
use crate::problem::Problem;
use crate::record::{Channel, DateOrder, Field};

/// What reading a file gave.
#[derive(Debug)]
pub struct FileReading {
    /// The file itself, or the members of an archive in the order of their names.
    pub parts: Vec<Part>,
}

/// A file, or a member of an archive.
#[derive(Debug)]
pub struct Part {
    /// Path relative to the inbox, members as `Export.zip!Connections.csv`.
    pub path: String,
    /// Its size, unpacked, in bytes; 0 where it was not unpacked.
    pub bytes_len: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a part.
#[derive(Debug)]
pub enum Outcome {
    /// It was read: one section, in a workbook one for each sheet that was recognised.
    Read(Vec<Section>),
    /// It could not be read.
    Refused(Refusal),
    /// It is known and holds no contacts.
    Skipped {
        /// What it is, or that it is not needed.
        reason: String,
    },
    /// It holds nothing but blanks.
    Empty,
}

/// Why a part was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable name of the reason, such as `not-recognised`.
    pub code: &'static str,
    /// What it is and how to help.
    pub message: String,
    /// The title of each reader with its reason, the nearest first.
    pub reasons: Vec<(&'static str, String)>,
}

impl Refusal {
    fn new(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { code, message: message.into(), reasons: Vec::new() }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal::new(problem.code, problem.message)
    }
}

/// One document that was read, and how.
pub struct Section {
    /// Name of the sheet, empty outside workbooks.
    pub sheet: String,
    /// Who read it.
    pub reader: &'static dyn Reader,
    /// The encoding the text was decoded from.
    pub encoding: &'static str,
    /// Field delimiter of a delimited file.
    pub delimiter: Option<u8>,
    /// 1-based line (row) of the header; 0 where there is none.
    pub header_line: u32,
    /// The columns of a table and the fields they became.
    pub columns: Vec<(String, Option<Field>)>,
    /// How numeric dates are meant.
    pub date_order: DateOrder,
    /// The channel of the holdings its contacts make: the mapping's, else the reader's.
    pub channel: Channel,
    /// How far its values are believed, 1 to 10: the mapping's, else the reader's.
    pub trust: u8,
    /// Whether two rows are two people: as the mapping says, else the reader.
    pub distinct: bool,
    /// Whether it holds the whole network: as the mapping says, else the reader.
    pub complete: bool,
    /// Records, rejects, problems and accounts.
    pub output: Output,
}

impl std::fmt::Debug for Section {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = out.debug_struct("Section");
        shown.field("sheet", &self.sheet).field("reader", &self.reader.id()).field("columns", &self.columns);
        shown.field("output", &self.output).finish_non_exhaustive()
    }
}

/// Reads a file: one call for `run`, `check` and `inspect`. It never fails and never panics.
///
/// `path` is the name of the file relative to the inbox; it is not opened. A mapping goes before every
/// reader where a table has its columns.
pub fn read_file(path: &str, bytes: &[u8], mapping: Option<&Mapping>) -> FileReading {
    let mut parts = Vec::new();
    if is_zip(bytes) {
        read_archive(path, bytes, mapping, &mut parts);
    } else {
        parts.push(read_part(path.to_string(), bytes, mapping));
    }
    FileReading { parts }
}

fn read_archive(path: &str, bytes: &[u8], mapping: Option<&Mapping>, parts: &mut Vec<Part>) {
    let whole = |outcome| Part { path: path.to_string(), bytes_len: bytes.len() as u64, outcome };
    let opened = catch_unwind(AssertUnwindSafe(|| Archive::open(bytes)));
    let mut archive = match opened {
        Ok(Ok(archive)) => archive,
        Ok(Err(problem)) => return parts.push(whole(Outcome::Refused(problem.into()))),
        Err(_) => return parts.push(whole(Outcome::Refused(panicked()))),
    };
    if archive.kind() == Kind::Workbook {
        return parts.push(read_part(path.to_string(), bytes, mapping));
    }
    let members = catch_unwind(AssertUnwindSafe(|| {
        archive.for_each(&mut |member| {
            let path = format!("{path}!{}", member.name);
            parts.push(match member.body {
                MemberBody::Read(bytes) => read_member(path, &bytes, mapping),
                MemberBody::Skipped(reason) => {
                    Part { path, bytes_len: 0, outcome: Outcome::Skipped { reason } }
                }
                MemberBody::Refused(problem) => {
                    Part { path, bytes_len: 0, outcome: Outcome::Refused(problem.into()) }
                }
            });
        });
    }));
    if members.is_err() || parts.is_empty() {
        let refusal = if members.is_err() {
            panicked()
        } else {
            Refusal::new("archive-empty", "The archive is empty.")
        };
        parts.push(whole(Outcome::Refused(refusal)));
    }
}

/// Reads a member; archives in archives are refused, workbooks are not taken for them.
fn read_member(path: String, bytes: &[u8], mapping: Option<&Mapping>) -> Part {
    let nested = is_zip(bytes) && Archive::open(bytes).is_ok_and(|archive| archive.kind() != Kind::Workbook);
    if nested {
        let what = "An archive within an archive is not opened; put it beside.";
        let outcome = Outcome::Refused(Refusal::new("archive-nested", what));
        return Part { path, bytes_len: bytes.len() as u64, outcome };
    }
    read_part(path, bytes, mapping)
}

/// Reads one file, whatever a library does on it.
fn read_part(path: String, bytes: &[u8], mapping: Option<&Mapping>) -> Part {
    let read = catch_unwind(AssertUnwindSafe(|| read_shape(&path, bytes, mapping)));
    let outcome = read.unwrap_or_else(|_| Outcome::Refused(panicked()));
    Part { path, bytes_len: bytes.len() as u64, outcome }
}

fn panicked() -> Refusal {
    let what =
        "The file is damaged in a way that made its reader fail; nothing of it was used. Fetch it again.";
    Refusal::new("reader-panicked", what)
}

fn read_shape(path: &str, bytes: &[u8], mapping: Option<&Mapping>) -> Outcome {
    match shape(bytes) {
        Shape::Empty => Outcome::Empty,
        Shape::Zip | Shape::Compound => read_workbook(path, bytes, mapping),
        Shape::Unsupported(code, hint) => Outcome::Refused(Refusal::new(code, hint)),
        Shape::Cards(bytes, encoding) => {
            let document = Document { path, sheet: "", encoding, body: Body::Cards(bytes) };
            read_document(&document, mapping, Vec::new()).into()
        }
        Shape::Xml(decoded, root) => {
            let body = Body::Xml { root: &root, text: &decoded.text };
            let document = Document { path, sheet: "", encoding: decoded.encoding, body };
            read_document(&document, mapping, decoded.problems).into()
        }
        Shape::Text(decoded) => {
            let Some(delimited) = Delimited::new(&decoded.text, mapping) else { return Outcome::Empty };
            let body = Body::Table(delimited.table());
            let document = Document { path, sheet: "", encoding: decoded.encoding, body };
            let notes = [decoded.problems, delimited.notes().to_vec()].concat();
            read_document(&document, mapping, notes).into()
        }
    }
}

/// Reads the sheets of a workbook: those that somebody knows; the others are named if one was read.
fn read_workbook(path: &str, bytes: &[u8], mapping: Option<&Mapping>) -> Outcome {
    let sheets = match workbook::sheets(bytes) {
        Ok(sheets) => sheets,
        Err(problem) => return Outcome::Refused(problem.into()),
    };
    let mut sections: Vec<Section> = Vec::new();
    let mut others: Vec<(String, Refusal)> = Vec::new();
    let mut skipped = None;
    for sheet in &sheets {
        match read_sheet(path, sheet, mapping) {
            None => {}
            Some(Reading::Read(section)) => sections.push(*section),
            Some(Reading::Skipped(what)) => skipped = Some(what),
            Some(Reading::Refused(refusal)) => others.push((sheet.name.clone(), refusal)),
        }
    }
    if let Some(section) = sections.first_mut() {
        for (name, refusal) in others {
            let what = format!("The sheet \u{201c}{name}\u{201d} was not read. {}", refusal.message);
            section.output.warn(Problem::new(0, "sheet-not-read", what));
        }
        return Outcome::Read(sections);
    }
    match (others.into_iter().next(), skipped) {
        (Some((_, refusal)), _) => Outcome::Refused(refusal),
        (None, Some(what)) => Reading::Skipped(what).into(),
        (None, None) => Outcome::Empty,
    }
}

/// Reads one sheet; `None` if it is empty.
fn read_sheet(path: &str, sheet: &workbook::Sheet, mapping: Option<&Mapping>) -> Option<Reading> {
    if sheet.is_empty() {
        return None;
    }
    let (lines, rows): (Vec<u32>, Vec<Vec<String>>) = sheet.first_rows(header::SEARCHED).into_iter().unzip();
    let mapped = mapping.and_then(|mapping| header::find_mapped_header(&rows, mapping));
    let index = mapped.or_else(|| header::find_header(&rows)).unwrap_or(0);
    let header = Header::new(rows.get(index)?, *lines.get(index)?);
    let below = sheet.after(header.line);
    let body = Body::Table(Table { header, delimiter: None, rows: &below });
    let document = Document { path, sheet: &sheet.name, encoding: "UTF-8", body };
    Some(read_document(&document, mapping, Vec::new()))
}

/// What came of one document.
enum Reading {
    Read(Box<Section>),
    Skipped(&'static str),
    Refused(Refusal),
}

impl From<Reading> for Outcome {
    fn from(reading: Reading) -> Outcome {
        match reading {
            Reading::Read(section) => Outcome::Read(vec![*section]),
            Reading::Skipped(what) => Outcome::Skipped { reason: format!("LinkedIn: {what}; not needed") },
            Reading::Refused(refusal) => Outcome::Refused(refusal),
        }
    }
}

/// What a mapped table is called; how it is read is in the mapping itself.
static MAPPED: Mapped<'static> = Mapped(&NO_MAPPING);
static NO_MAPPING: Mapping =
    Mapping { columns: Vec::new(), distinct: None, complete: None, trust: None, channel: Channel::Sheet };

/// The reader of that id.
pub fn reader(id: &str) -> Option<&'static dyn Reader> {
    let mapped: &'static dyn Reader = &MAPPED;
    READERS.iter().copied().chain([mapped]).find(|reader| reader.id() == id)
}

/// Finds the reader of a document and lets it read; `notes` are what is known of it already.
fn read_document(document: &Document<'_>, mapping: Option<&Mapping>, mut notes: Vec<Problem>) -> Reading {
    let mut reasons = Vec::new();
    if let Some(mapping) = mapping.filter(|mapping| !mapping.columns.is_empty()) {
        let mapped = Mapped(mapping);
        match mapped.recognise(document) {
            Ok(plan) => {
                let mut section = read_with(&mapped, &MAPPED, document, &plan, notes);
                section.obey(mapping);
                section.channel = mapping.channel;
                return Reading::Read(Box::new(section));
            }
            Err(reason) => reasons.push((mapped.title(), reason)),
        }
    }
    if let Body::Table(table) = &document.body
        && let Some(what) = linkedin_archive::not_needed(document.base_name(), &table.header.keys)
    {
        return Reading::Skipped(what);
    }
    for reader in READERS {
        match reader.recognise(document) {
            Ok(plan) => {
                for (_, reason) in reasons.iter().take(usize::from(is_mapped(&reasons))) {
                    let what =
                        format!("The mapping of the pipeline file does not fit: {reason}. It was not used.");
                    notes.push(Problem::new(0, "mapping-not-used", what));
                }
                let mut section = read_with(*reader, *reader, document, &plan, notes);
                if let Some(mapping) = mapping {
                    section.obey(mapping);
                }
                return Reading::Read(Box::new(section));
            }
            Err(reason) => reasons.push((reader.title(), reason)),
        }
    }
    Reading::Refused(not_recognised(document, reasons))
}

/// Whether the first reason is that of the mapping.
fn is_mapped(reasons: &[(&'static str, String)]) -> bool {
    reasons.first().is_some_and(|(title, _)| *title == MAPPED.title())
}

impl Section {
    /// Takes over what the pipeline file says of the source.
    fn obey(&mut self, mapping: &Mapping) {
        self.trust = mapping.trust.unwrap_or(self.trust);
        self.distinct = mapping.distinct.unwrap_or(self.distinct);
        self.complete = mapping.complete.unwrap_or(self.complete);
    }
}

/// Lets a reader read; `shown` is its name for good.
fn read_with(
    reader: &dyn Reader,
    shown: &'static dyn Reader,
    document: &Document<'_>,
    plan: &Plan,
    mut notes: Vec<Problem>,
) -> Section {
    notes.extend_from_slice(&plan.notes);
    let mut output = Output { problems: notes, ..Output::default() };
    reader.read(document, plan, &mut output);
    let (delimiter, header_line, columns) = match &document.body {
        Body::Table(table) => {
            warn_if_nothing(&mut output, table.header.line);
            let fields = plan.columns.iter().copied().chain(std::iter::repeat(None));
            let columns = table.header.cells.iter().cloned().zip(fields).collect();
            (table.delimiter, table.header.line, columns)
        }
        _ => (None, 0, Vec::new()),
    };
    Section {
        sheet: document.sheet.to_string(),
        reader: shown,
        encoding: document.encoding,
        delimiter,
        header_line,
        columns,
        date_order: plan.date_order,
        channel: reader.channel(),
        trust: reader.trust(),
        distinct: reader.distinct(),
        complete: reader.complete(),
        output,
    }
}

/// Says that a table gave nothing, which otherwise looks like success.
fn warn_if_nothing(output: &mut Output, header_line: u32) {
    let rows = output.accounts.read - output.accounts.blank;
    if rows == 0 {
        let what = "The table has a header and no rows. If it should have some, export it again.";
        output.warn(Problem::new(header_line, "no-rows", what));
    } else if output.accounts.kept == 0 && output.accounts.ignored == 0 {
        let what =
            format!("None of {rows} rows could be read. Look at the first refused rows, or map the columns.");
        output.warn(Problem::new(header_line, "nothing-mapped", what));
    }
}

/// The refusal of a document that no reader knows, the shortest reason first: who lacks least is nearest.
fn not_recognised(document: &Document<'_>, mut reasons: Vec<(&'static str, String)>) -> Refusal {
    let message = match &document.body {
        // Who wrote a mapping wants to know why it does not fit, not that one is needed.
        _ if is_mapped(&reasons) => {
            format!("The mapping of the pipeline file does not fit: {}.", reasons[0].1)
        }
        Body::Table(table) => {
            // Where there is no header these are cells of an entry: no more of them than helps.
            let names: Vec<String> = table
                .header
                .cells
                .iter()
                .filter(|name| !name.is_empty())
                .map(|name| name.chars().take(40).collect())
                .collect();
            let shown = names.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if names.len() > 8 { ", \u{2026}" } else { "" };
            format!(
                "No reader knows this table; its columns seem to be: {shown}{more} (line {}). \
                 Map its columns in the pipeline file under [[source]].",
                table.header.line
            )
        }
        Body::Cards(_) => "No reader knows these cards.".to_string(),
        Body::Xml { root, .. } => {
            let instead = match root.to_lowercase().as_str() {
                "calls" | "smses" => "a CSV or workbook with a day, a name and what happened is",
                "phonebooks" | "phonebook" | "vcards" | "contacts" => {
                    "vCards (.vcf) or a CSV of its people are"
                }
                _ => "CSV, workbooks and vCards are",
            };
            format!("XML of the kind \u{201c}{root}\u{201d} is not read; {instead}.")
        }
    };
    // Readers know tables and cards only, so no reader is near to XML.
    if matches!(document.body, Body::Xml { .. }) {
        reasons.clear();
    }
    let is_table = matches!(document.body, Body::Table(_));
    let nearness = |reason: &str| (is_table != reason.starts_with("it lacks the column"), reason.len());
    let mapped = usize::from(is_mapped(&reasons));
    reasons[mapped..].sort_by_key(|(_, reason)| nearness(reason));
    Refusal { code: "not-recognised", message, reasons }
}

#[cfg(test)]
mod tests;
