//! Loading: every file of the inbox read, in parallel, into the store and a report on each part.

use std::fs;
use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::inbox::{File, Inbox};
use crate::pipeline::Pipeline;
use crate::problem::{Problem, Reject};
use crate::read::Accounts;
use crate::read::mapping::Mapping;
use crate::read::open::{self, FileReading, Outcome, Part, Refusal, Section};
use crate::state::memory::hex;
use crate::state::snapshot;
use crate::store::{Source, Store};

/// What became of one file of the inbox.
pub struct FileReport {
    /// Path relative to the inbox, with `/`.
    pub path: String,
    /// Index of the member.
    pub member: u16,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content in hex.
    pub sha256: String,
    /// The date in its name or that of a folder, if there is one.
    pub named_day: Option<NaiveDate>,
    /// What it holds: itself, or the members of an archive.
    pub parts: Vec<PartReport>,
}

/// What became of a file or archive member.
pub struct PartReport {
    /// Path relative to the inbox, archive members as `Export.zip!Connections.csv`.
    pub path: String,
    /// How it was read, or why not.
    pub fate: Fate,
    /// Rows that were refused, with their sheet.
    pub rejects: Vec<(String, Reject)>,
    /// What else a person may want to know, with the sheet.
    pub problems: Vec<(String, Problem)>,
}

/// How a part was read, or why not.
pub enum Fate {
    /// Read, as these sources of the store.
    Read(Vec<SectionReport>),
    /// Should have been read and could not be: code, message, and each reader's reason.
    Refused(Problem, Vec<(String, String)>),
    /// Known, and not needed.
    Skipped(String),
    /// Without content.
    Empty,
}

/// How one document of a part was read.
pub struct SectionReport {
    /// Index into [`Store::sources`].
    pub source: u32,
    /// Encoding of the text.
    pub encoding: String,
    /// 1-based line of the header, 0 without one.
    pub header_line: u32,
    /// How many rows were ignored, by reason.
    pub ignored: std::collections::BTreeMap<String, u64>,
}

impl FileReport {
    /// The accounts of all its parts.
    pub fn accounts(&self, store: &Store) -> Accounts {
        let mut sum = Accounts::default();
        for part in &self.parts {
            sum.add(&part.accounts(store));
        }
        sum
    }
}

impl PartReport {
    /// The sources it was read as.
    pub fn sections(&self) -> &[SectionReport] {
        match &self.fate {
            Fate::Read(sections) => sections,
            _ => &[],
        }
    }

    /// The accounts of all its documents.
    pub fn accounts(&self, store: &Store) -> Accounts {
        let mut sum = Accounts::default();
        for section in self.sections() {
            sum.add(&store.sources[section.source as usize].accounts);
        }
        sum
    }
}

/// Reads all files; `step` is called with the size of each that is done.
pub fn load(
    inbox: &Inbox,
    pipeline: &Pipeline,
    today: NaiveDate,
    step: &(dyn Fn(u64) + Sync),
) -> (Store, Vec<FileReport>) {
    let read: Vec<(FileReading, String)> = inbox
        .files
        .par_iter()
        .map(|file| {
            let reading = read(file, pipeline);
            step(file.bytes);
            reading
        })
        .collect();
    let mut store = Store::default();
    let mut reports = Vec::with_capacity(read.len());
    for (file, (reading, sha256)) in inbox.files.iter().zip(read) {
        let named_day = snapshot::date_in_path(&file.path, today);
        let parts = reading.parts.into_iter().map(|part| take(part, file, pipeline, &mut store)).collect();
        reports.push(FileReport {
            path: file.path.clone(),
            member: file.member,
            bytes: file.bytes,
            sha256,
            named_day,
            parts,
        });
    }
    (store, reports)
}

fn read(file: &File, pipeline: &Pipeline) -> (FileReading, String) {
    let mapping =
        pipeline.source_for(&file.path).filter(|source| !source.columns.is_empty()).map(Mapping::from);
    match bytes_of(&file.place) {
        Ok(bytes) => (open::read_file(&file.path, &bytes, mapping.as_ref()), hex(&Sha256::digest(&bytes))),
        Err(error) => {
            let problem = format!("cannot be read: {error}; it is left out. Check its permissions");
            let refusal = Refusal { code: "unreadable", message: problem, reasons: Vec::new() };
            let outcome = Outcome::Refused(refusal);
            (
                FileReading { parts: vec![Part { path: file.path.clone(), bytes_len: 0, outcome }] },
                String::new(),
            )
        }
    }
}

/// Reads a regular file whole, and says so when it changed meanwhile.
fn bytes_of(place: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = fs::File::open(place)?;
    let before = file.metadata()?;
    let mut bytes = Vec::with_capacity(before.len() as usize);
    file.read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    if before.len() != after.len() || bytes.len() as u64 != after.len() {
        return Err(std::io::Error::other("it changed while it was read; the next run tries again"));
    }
    Ok(bytes)
}

/// Moves what a part gave into the store.
fn take(part: Part, file: &File, pipeline: &Pipeline, store: &mut Store) -> PartReport {
    let mut report =
        PartReport { path: part.path, fate: Fate::Empty, rejects: Vec::new(), problems: Vec::new() };
    // Archives hold empty files by nature; one that somebody put there should have been something.
    let alone = !report.path.contains('!');
    report.fate = match part.outcome {
        Outcome::Empty if alone => {
            let what = "The file is empty. Fetch it again, or take it away.";
            Fate::Refused(Problem::new(0, "empty-file", what), Vec::new())
        }
        Outcome::Empty => Fate::Empty,
        Outcome::Read(sections) if alone && sections.iter().all(is_bare) => {
            let what = "The file has a header and no rows. Fetch it again, or take it away.";
            Fate::Refused(Problem::new(0, "no-rows", what), Vec::new())
        }
        Outcome::Skipped { reason } => Fate::Skipped(reason),
        Outcome::Refused(Refusal { code, message, reasons }) => {
            let reasons = reasons.into_iter().map(|(reader, why)| (reader.to_owned(), why)).collect();
            Fate::Refused(Problem::new(0, code, message), reasons)
        }
        Outcome::Read(sections) => Fate::Read(
            sections.into_iter().map(|section| place(section, file, pipeline, &mut report, store)).collect(),
        ),
    };
    report
}

/// Whether a document that should hold contacts holds nothing; what LinkedIn tells beside its connections
/// is often empty.
fn is_bare(section: &Section) -> bool {
    let id = section.reader.id();
    let holds_contacts = id == "linkedin-connections" || !id.starts_with("linkedin-");
    let accounts = &section.output.accounts;
    holds_contacts && accounts.read == accounts.blank
}

fn place(
    section: Section,
    file: &File,
    pipeline: &Pipeline,
    report: &mut PartReport,
    store: &mut Store,
) -> SectionReport {
    let told = pipeline.source_for(&report.path);
    let Section {
        sheet,
        reader,
        encoding,
        header_line,
        date_order,
        channel,
        trust,
        distinct,
        complete,
        output,
        ..
    } = section;
    report.rejects.extend(output.rejects.into_iter().map(|reject| (sheet.clone(), reject)));
    report.problems.extend(output.problems.into_iter().map(|problem| (sheet.clone(), problem)));
    let number = store.sources.len() as u32;
    let source = Source {
        member: file.member,
        path: report.path.clone(),
        sheet,
        reader,
        date_order,
        exported_on: NaiveDate::default(),
        dated: false,
        account: String::new(),
        export: 0,
        trust: told.and_then(|told| told.trust).unwrap_or(trust),
        distinct: told.and_then(|told| told.distinct).unwrap_or(distinct),
        complete: told.and_then(|told| told.complete).unwrap_or(complete),
        channel: told.and_then(|told| told.channel).unwrap_or(channel),
        accounts: output.accounts,
        raw: output.cells,
    };
    store.add(source, &output.records);
    SectionReport {
        source: number,
        encoding: encoding.to_owned(),
        header_line,
        ignored: output.ignored.into_iter().map(|(reason, rows)| (reason.to_owned(), rows)).collect(),
    }
}
