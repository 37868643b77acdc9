//! Departed people: rows of complete exports that were overwritten or cleared away, brought back from the state.
//!
//! A network export tells of everybody; who is missing in a newer one has left, and must not be lost because
//! the older file is. So the state keeps the rows of every complete export. When one is no longer in the inbox
//! and a newer one of the same account is, those of its rows that the newer one does not show are read again
//! as the file `state:` and its old path: their holdings end, the contacts stay. Where another file took its
//! path that is no newer export of the account (a broken download, a stranger's list, an older one), all of
//! its rows count on, and a note says so. What is taken away and replaced by nothing is gone, on purpose.
//!
//! All other files only add: what is in the inbox counts, and `changes` names everybody who is gone.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};

use super::export::Exports;
use super::inbox::Inbox;
use super::load::{Fate, FileReport, PartReport, SectionReport};
use super::people::{name_hash, record_id};
use crate::error::Result;
use crate::merge::holding::day;
use crate::pipeline::Pipeline;
use crate::problem::Problem;
use crate::read::{Accounts, Entry, Reader, open};
use crate::record::{Cells, CellsView, Channel, DateOrder, Field, Role};
use crate::state::export::{self, Remembered, Row, Standing};
use crate::state::memory::Memory;
use crate::state::snapshot::date_in_path;
use crate::store::{Packed, Source, Store};

/// What a path of rows that come from the state begins with.
const STATE: &str = "state:";

/// The share of an export's rows that a newer one of the same account shows again, at least.
const LEAST_SHARED: f64 = 0.2;

/// What the state will hold of complete exports, and what of them counts now.
#[derive(Default)]
pub(super) struct Departed {
    /// The exports to remember.
    exports: Vec<Remembered>,
    /// For each of them that lies in the inbox its source, by key.
    sources: BTreeMap<String, u32>,
    /// Rows of the others that may still have to be written, by name.
    rows: BTreeMap<String, Vec<u8>>,
    /// Sources that came from the state, with the day on which an export no longer showed their people.
    ended: Vec<(u32, NaiveDate)>,
    /// What a person should know.
    pub(super) notes: Vec<Problem>,
}

/// Fields that the pipeline file keeps out of every output and so out of the state.
fn dropped(pipeline: &Pipeline) -> Vec<Field> {
    let fields = |column: &String| -> &[Field] {
        match column.as_str() {
            "prefix" => &[Field::Prefix],
            "suffix" => &[Field::Suffix],
            "emails" => &[Field::Email],
            "phones" => &[Field::Phone, Field::PhoneRaw, Field::Fax],
            "city" => &[Field::City],
            "region" => &[Field::Region],
            "country" => &[Field::Country],
            "street" => &[Field::Street],
            "postcode" => &[Field::Postcode],
            "birthday" => &[Field::Birthday],
            "linkedin_url" => &[Field::LinkedIn],
            "xing_url" => &[Field::Xing],
            "urls" => &[Field::Url],
            "external_ids" => &[Field::ExternalId],
            "tags" => &[Field::Tags],
            _ => &[],
        }
    };
    pipeline.privacy.drop.iter().flat_map(fields).copied().collect()
}

/// The packed cells without those of dropped fields.
fn stripped(cells: CellsView<'_>, drop: &[Field]) -> String {
    if drop.is_empty() {
        return cells.as_packed().to_owned();
    }
    let mut left = Cells::new();
    cells.iter().filter(|(field, _)| !drop.contains(field)).for_each(|(field, text)| left.push(field, text));
    left.as_packed().to_owned()
}

/// A complete export in the inbox.
struct Present {
    key: String,
    source: u32,
    sha256: String,
}

/// What became of an export that is no longer in the inbox.
#[derive(Clone, Copy)]
enum Fated {
    /// The present export of that place took its place.
    Into(usize),
    Whole,
    Away,
}

/// A remembered export with its rows, and whether they count now.
struct Loaded {
    export: Remembered,
    rows: Vec<Row>,
    /// The source that took its place.
    successor: Option<u32>,
    counts: bool,
}

/// All that is looked at to find out what became of remembered exports.
struct Look<'a> {
    store: &'a Store,
    cells: &'a Packed,
    files: &'a [FileReport],
    inbox: &'a Inbox,
    memory: &'a Memory,
    today: NaiveDate,
    present: Vec<Present>,
    /// The records of each source, by number of the first.
    starts: Vec<usize>,
}

/// Compares what the state remembers of complete exports with those in the inbox, and adds the rows that
/// still count to the records, cleaned as they were.
///
/// # Errors
/// When remembered rows are needed and cannot be read.
pub(super) fn bring_back(
    (store, cells, files): (&mut Store, &mut Packed, &mut Vec<FileReport>),
    inbox: &Inbox,
    (memory, state): (&Memory, &Path),
    pipeline: &Pipeline,
    today: NaiveDate,
) -> Result<Departed> {
    let mut departed = Departed::default();
    let look = Look::new(store, cells, files, inbox, memory, today);
    for at in &look.present {
        if departed.sources.insert(at.key.clone(), at.source).is_none() {
            departed.exports.push(look.remember(at, pipeline));
        }
    }
    let loaded = look.loaded(state, &dropped(pipeline), &mut departed)?;
    for mut loaded in loaded {
        if loaded.rows.is_empty() {
            continue;
        }
        let bytes = export::encode(&loaded.rows);
        loaded.export.rows = export::name_of(&bytes);
        if loaded.counts {
            departed.add(&loaded, store, cells, files, inbox);
        }
        departed.rows.insert(loaded.export.rows.clone(), bytes);
        departed.exports.push(loaded.export);
    }
    Ok(departed)
}

impl<'a> Look<'a> {
    fn new(
        store: &'a Store,
        cells: &'a Packed,
        files: &'a [FileReport],
        inbox: &'a Inbox,
        memory: &'a Memory,
        today: NaiveDate,
    ) -> Look<'a> {
        let mut present = Vec::new();
        for file in files {
            let sections = file.parts.iter().flat_map(PartReport::sections);
            for section in sections.filter(|section| store.sources[section.source as usize].complete) {
                let source = &store.sources[section.source as usize];
                let member = &inbox.members[usize::from(source.member)].id;
                let inside = source.path.split_once('!').map_or("", |(_, inside)| inside);
                let content = [member, &file.sha256, inside, &source.sheet, source.reader.id()].join("\0");
                present.push(Present {
                    key: export::name_of(content.as_bytes()),
                    source: section.source,
                    sha256: file.sha256.clone(),
                });
            }
        }
        let mut starts = vec![0; store.sources.len() + 1];
        for record in &store.records {
            starts[record.source as usize + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        Look { store, cells, files, inbox, memory, today, present, starts }
    }

    /// How an export of the inbox is remembered.
    fn remember(&self, at: &Present, pipeline: &Pipeline) -> Remembered {
        let source = &self.store.sources[at.source as usize];
        let rows = format!("{}\0{}", at.key, pipeline.privacy.drop.join("\0"));
        Remembered {
            key: at.key.clone(),
            rows: export::name_of(rows.as_bytes()),
            standing: Standing::Present,
            member: self.inbox.members[usize::from(source.member)].id.clone(),
            reader: source.reader.id().to_owned(),
            account: source.account.clone(),
            path: source.path.clone(),
            sheet: source.sheet.clone(),
            sha256: at.sha256.clone(),
            day: source.exported_on,
            dated: source.dated,
            trust: source.trust,
            distinct: source.distinct,
            channel: source.channel.name().to_owned(),
        }
    }

    /// The exports that are no longer in the inbox, whole ones first, with what is left of their rows.
    fn loaded(&self, state: &Path, drop: &[Field], departed: &mut Departed) -> Result<Vec<Loaded>> {
        let read = |export: &Remembered| -> Result<Vec<Row>> {
            let strip = |row: Row| Row { cells: stripped(CellsView::from_packed(&row.cells), drop), ..row };
            Ok(export::load(state, export)?.into_iter().map(strip).collect())
        };
        let mut all = Vec::new();
        let mut fates: FxHashMap<&str, Fated> = FxHashMap::default();
        let (parts, wholes): (Vec<&Remembered>, Vec<&Remembered>) = self
            .memory
            .exports
            .iter()
            .partition(|export| matches!(export.standing, Standing::Departed { .. }));
        for export in wholes.into_iter().filter(|export| !departed.sources.contains_key(&export.key)) {
            let mut rows = read(export)?;
            let fate = self.fate(export, &rows);
            let standing = match fate {
                Fated::Into(at) => {
                    self.depart(export, &mut rows, at);
                    let ended = self.ended(export, self.present[at].source);
                    Standing::Departed { into: self.present[at].key.clone(), ended }
                }
                Fated::Whole => Standing::Whole,
                Fated::Away => Standing::Away,
            };
            if standing == Standing::Whole && export.standing != Standing::Whole {
                departed.notes.push(stays_whole(export, rows.len()));
            }
            fates.insert(&export.key, fate);
            all.push(self.counted(fate, Remembered { standing, ..export.clone() }, rows));
        }
        for export in parts {
            let Standing::Departed { into, ended } = &export.standing else { continue };
            let mut rows = read(export)?;
            let present = || self.present.iter().position(|at| at.key == *into);
            let fate = fates.get(into.as_str()).copied().or_else(|| present().map(Fated::Into));
            let mut export = export.clone();
            if let Some(Fated::Into(at)) = fate {
                self.depart(&export, &mut rows, at);
                export.standing = Standing::Departed { into: self.present[at].key.clone(), ended: *ended };
            }
            all.push(self.counted(fate.unwrap_or(Fated::Away), export, rows));
        }
        all.sort_by(|a, b| {
            (&a.export.path, &a.export.sheet, &a.export.key).cmp(&(
                &b.export.path,
                &b.export.sheet,
                &b.export.key,
            ))
        });
        Ok(all)
    }

    fn counted(&self, fate: Fated, export: Remembered, rows: Vec<Row>) -> Loaded {
        let successor = match fate {
            Fated::Into(at) => Some(self.present[at].source),
            Fated::Whole | Fated::Away => None,
        };
        // A member who left the team takes everything along.
        let counts = !matches!(fate, Fated::Away) && self.member(&export).is_some();
        Loaded { export, rows, successor, counts }
    }

    fn member(&self, export: &Remembered) -> Option<u16> {
        let place = self.inbox.members.iter().position(|member| member.id == export.member)?;
        Some(place as u16)
    }

    /// What became of an export.
    fn fate(&self, export: &Remembered, rows: &[Row]) -> Fated {
        let Some(member) = self.member(export) else { return Fated::Away };
        let mut newest: Option<(NaiveDate, &str, usize)> = None;
        for (at, other) in self.present.iter().enumerate() {
            let source = &self.store.sources[other.source as usize];
            let named = !source.account.is_empty() && !export.account.is_empty();
            if source.member != member
                || source.reader.id() != export.reader
                || (named && source.account != export.account)
                || !self.is_newer(source, &other.sha256, export)
            {
                continue;
            }
            let shared = self.stays(export, rows, other.source).iter().filter(|stays| **stays).count();
            if !named && (shared as f64) < rows.len() as f64 * LEAST_SHARED {
                continue;
            }
            newest = newest.max(Some((source.exported_on, &other.key, at)));
        }
        let file = |path: &str| path.split_once('!').map_or(path, |(file, _)| file).to_owned();
        let taken =
            || self.files.iter().any(|other| other.member == member && other.path == file(&export.path));
        // The same bytes are still there, and the pipeline file no longer calls them complete.
        let here = self.files.iter().any(|other| other.member == member && other.sha256 == export.sha256);
        match newest {
            _ if here => Fated::Away,
            Some((.., at)) => Fated::Into(at),
            // What was taken away for a run was taken away on purpose.
            None if export.standing != Standing::Away && taken() => Fated::Whole,
            None => Fated::Away,
        }
    }

    /// Whether an export was made after a remembered one: by the dates in their names, else because nobody
    /// had seen it then, else by what is in them.
    fn is_newer(&self, source: &Source, sha256: &str, export: &Remembered) -> bool {
        let named = |path: &str| date_in_path(path, self.today);
        match (named(&source.path), named(&export.path)) {
            (Some(new), Some(old)) => new >= old,
            _ => !self.memory.files.contains_key(sha256) || source.exported_on >= export.day,
        }
    }

    /// The first day on which an export of the account no longer showed what the newest does not show: that
    /// of the next one that is known.
    fn ended(&self, export: &Remembered, newest: u32) -> NaiveDate {
        let newest = self.store.sources[newest as usize].exported_on;
        // Only one that lay beside it can have ended anything in it.
        if export.standing != Standing::Present {
            return newest;
        }
        let of = |other: &&Remembered| {
            (&other.member, &other.reader, &other.account)
                == (&export.member, &export.reader, &export.account)
                && other.standing == Standing::Present
        };
        let days = self.memory.exports.iter().filter(of).map(|other| other.day);
        days.filter(|day| *day > export.day && *day < newest).min().unwrap_or(newest)
    }

    /// Leaves those rows that the present export of that place does not show.
    fn depart(&self, export: &Remembered, rows: &mut Vec<Row>, at: usize) {
        let mut stays = self.stays(export, rows, self.present[at].source).into_iter();
        rows.retain(|_| !stays.next().unwrap_or_default());
    }

    /// Which rows of an export another one shows again: under their own name, else with the same content, else
    /// as one of as many rows of that person's name.
    fn stays(&self, export: &Remembered, rows: &[Row], source: u32) -> Vec<bool> {
        let hashes =
            |cells: CellsView<'_>| (record_id(&export.reader, cells), name_hash(&export.reader, cells));
        let old: Vec<(u64, u64)> =
            rows.iter().map(|row| hashes(CellsView::from_packed(&row.cells))).collect();
        let old_ids: FxHashSet<u64> = old.iter().map(|(id, _)| *id).collect();
        let mut ids: FxHashSet<u64> = FxHashSet::default();
        let mut names: FxHashMap<u64, u32> = FxHashMap::default();
        for number in self.starts[source as usize]..self.starts[source as usize + 1] {
            if self.store.records[number].role != Role::Contact {
                continue;
            }
            let (id, name) = hashes(self.cells.get(number));
            if name != 0 && !old_ids.contains(&id) {
                *names.entry(name).or_default() += 1;
            }
            ids.insert(id);
        }
        let mut again = |name: &u64| {
            let left = names.get_mut(name).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        old.iter().map(|(id, name)| ids.contains(id) || (*name != 0 && again(name))).collect()
    }
}

/// What is said of an export whose path another file took.
fn stays_whole(export: &Remembered, rows: usize) -> Problem {
    Problem::new(
        0,
        "export-replaced",
        format!(
            "{} is another file than in the last run, and no newer export of the same network: the {rows} people \
             of the earlier one stay as they were. Put the newest export there; or, to let those people go, \
             take the file away, run, and put it back",
            crate::text::visible(&export.path)
        ),
    )
}

impl Departed {
    /// Adds the rows of an export that still count to the records.
    fn add(
        &mut self,
        loaded: &Loaded,
        store: &mut Store,
        cells: &mut Packed,
        files: &mut Vec<FileReport>,
        inbox: &Inbox,
    ) {
        let Loaded { export, rows, successor, .. } = loaded;
        let member = inbox.members.iter().position(|member| member.id == export.member);
        let (Some(member), Some(reader)) = (member, open::reader(&export.reader)) else { return };
        let channel = Channel::ALL.into_iter().find(|channel| channel.name() == export.channel);
        let ended = match &export.standing {
            Standing::Departed { ended, .. } => Some(*ended),
            _ => None,
        };
        // Where nothing but the newest connection dates an export, a newer one may seem to be as old.
        let before = ended.and_then(|ended| ended.checked_sub_days(Days::new(1)));
        let day = before.map_or(export.day, |before| before.min(export.day));
        let number = store.sources.len() as u32;
        let account = successor.map(|source| store.sources[source as usize].account.clone());
        let mut raw = Cells::new();
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            raw.push(Field::SourceId, &row.source_id);
            entries.push(Entry {
                end: raw.as_packed().len(),
                line: row.line,
                role: Role::Contact,
                further: false,
            });
            cells.push(&row.cells);
        }
        let count = rows.len() as u64;
        let path = format!("{STATE}{}", export.path);
        let source = Source {
            member: member as u16,
            path: path.clone(),
            sheet: export.sheet.clone(),
            reader,
            date_order: DateOrder::default(),
            exported_on: day,
            dated: export.dated,
            account: account.unwrap_or_else(|| export.account.clone()),
            export: 0,
            trust: export.trust,
            distinct: export.distinct,
            complete: ended.is_some(),
            channel: channel.unwrap_or_else(|| Reader::channel(reader)),
            accounts: Accounts { read: count, kept: count, ..Accounts::default() },
            raw: raw.as_packed().to_owned(),
        };
        store.add(source, &entries);
        self.ended.extend(ended.map(|ended| (number, ended)));
        let section = SectionReport {
            source: number,
            encoding: String::new(),
            header_line: 0,
            ignored: BTreeMap::new(),
        };
        let part = PartReport {
            path: path.clone(),
            fate: Fate::Read(vec![section]),
            rejects: Vec::new(),
            problems: Vec::new(),
        };
        files.push(FileReport {
            path,
            member: member as u16,
            bytes: 0,
            sha256: export.sha256.clone(),
            named_day: Some(day),
            parts: vec![part],
        });
    }

    /// Lets the holdings of departed people end, also where the export that ended them is not there any more.
    pub(super) fn end(&self, store: &Store, exports: &mut Exports) {
        for (source, ended) in &self.ended {
            let export = &exports.all[store.sources[*source as usize].export as usize];
            if let Some(days) = export.series.and_then(|series| exports.series.get_mut(series as usize))
                && let Err(place) = days.binary_search(&day(*ended))
            {
                days.insert(place, day(*ended));
            }
        }
    }

    /// Writes the rows that the next run may need, and says what to remember.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn save(
        mut self,
        store: &Store,
        cells: &Packed,
        pipeline: &Pipeline,
        state: &Path,
    ) -> Result<Vec<Remembered>> {
        let drop = dropped(pipeline);
        for export in self.exports.iter().filter(|export| !export::is_there(state, &export.rows)) {
            let bytes = match self.rows.remove(&export.rows) {
                Some(bytes) => bytes,
                None => match self.sources.get(&export.key) {
                    Some(source) => export::encode(&rows_of(*source, store, cells, &drop)),
                    None => continue,
                },
            };
            export::save(state, &export.rows, &bytes)?;
        }
        Ok(self.exports)
    }
}

/// The rows of a source, as the state keeps them.
fn rows_of(source: u32, store: &Store, cells: &Packed, drop: &[Field]) -> Vec<Row> {
    // The records of a source stand together.
    let start = store.records.partition_point(|record| record.source < source);
    let of = store.records[start..].iter().take_while(|record| record.source == source);
    (start..)
        .zip(of)
        .filter(|(_, record)| record.role == Role::Contact && !record.further)
        .map(|(number, record)| Row {
            line: record.line,
            source_id: store.raw(record).text(Field::SourceId).to_owned(),
            cells: stripped(cells.get(number), drop),
        })
        .collect()
}
