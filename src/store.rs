//! The store of records: cells packed one after the other, raw and cleaned, with where each came from.

use chrono::NaiveDate;

use crate::read::{Accounts, Reader};
use crate::record::{Cells, CellsView, DateOrder, Field, Role};

/// What was read from one part of one file by one reader.
pub struct Source {
    /// Index of the member in the team.
    pub member: u16,
    /// Path relative to the inbox, archive members as `anna/Export.zip!Connections.csv`.
    pub path: String,
    /// Name of the sheet, empty outside workbooks.
    pub sheet: String,
    /// Who read it.
    pub reader: &'static dyn Reader,
    /// How numeric dates are meant in it.
    pub date_order: DateOrder,
    /// Day the export was made.
    pub exported_on: NaiveDate,
    /// Whether a name or the export itself tells that day; else it is the day it was first seen.
    pub dated: bool,
    /// Whose account was exported, where the export says so; empty otherwise.
    pub account: String,
    /// Number of the export, shared by the sources of one snapshot.
    pub export: u32,
    /// How far its values are believed, 1 to 10.
    pub trust: u8,
    /// Whether two rows of one export are two people.
    pub distinct: bool,
    /// Whether the export holds the whole network.
    pub complete: bool,
    /// The channel of the holdings its contacts make.
    pub channel: crate::record::Channel,
    /// Counts of its rows.
    pub accounts: Accounts,
    /// The raw cells of its records, packed.
    pub raw: String,
}

/// One record: which source it is of, where it stands there, and where its raw cells are.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Index into [`Store::sources`].
    pub source: u32,
    /// 1-based line (row) on which it starts.
    pub line: u32,
    /// What it stands for.
    pub role: Role,
    /// Whether another record stands for its row in the accounts.
    pub further: bool,
    start: u64,
    len: u32,
}

/// All records of a run.
#[derive(Default)]
pub struct Store {
    /// What was read, in the order of paths.
    pub sources: Vec<Source>,
    /// The records, source by source in the order of lines.
    pub records: Vec<Record>,
}

impl Store {
    /// Adds a source and its records.
    pub fn add(&mut self, source: Source, entries: &[crate::read::Entry]) {
        let number = self.sources.len() as u32;
        let mut start = 0;
        self.records.reserve(entries.len());
        for entry in entries {
            self.records.push(Record {
                source: number,
                line: entry.line,
                role: entry.role,
                further: entry.further,
                start: start as u64,
                len: (entry.end - start) as u32,
            });
            start = entry.end;
        }
        self.sources.push(source);
    }

    /// Lets go of all raw cells but those of fields for which `keeps` says so.
    pub fn shed(&mut self, keeps: impl Fn(u32, Field) -> bool) {
        let mut left: Vec<String> = self.sources.iter().map(|_| String::new()).collect();
        let mut cells = Cells::new();
        for (number, record) in (0..).zip(&mut self.records) {
            let raw = &self.sources[record.source as usize].raw;
            let start = record.start as usize;
            cells.clear();
            for (field, text) in CellsView::from_packed(&raw[start..start + record.len as usize]).iter() {
                if keeps(number, field) {
                    cells.push(field, text);
                }
            }
            let left = &mut left[record.source as usize];
            (record.start, record.len) = (left.len() as u64, cells.as_packed().len() as u32);
            left.push_str(cells.as_packed());
        }
        for (source, mut left) in self.sources.iter_mut().zip(left) {
            left.shrink_to_fit();
            source.raw = left;
        }
    }

    /// The source of a record.
    #[inline]
    pub fn source(&self, record: &Record) -> &Source {
        &self.sources[record.source as usize]
    }

    /// The raw cells of a record.
    #[inline]
    pub fn raw(&self, record: &Record) -> CellsView<'_> {
        let start = record.start as usize;
        CellsView::from_packed(&self.source(record).raw[start..start + record.len as usize])
    }
}

/// Packed cells of many records, made in parallel piece by piece and never copied together.
#[derive(Default)]
pub struct Packed {
    pieces: Vec<Piece>,
}

/// Packed cells of up to [`Packed::PIECE`] records.
#[derive(Default)]
pub struct Piece {
    packed: String,
    ends: Vec<u32>,
}

impl Piece {
    /// Adds the cells of the next record.
    pub fn push(&mut self, cells: &crate::record::Cells) {
        self.add(cells.as_packed());
    }

    fn add(&mut self, cells: &str) {
        self.packed.push_str(cells);
        self.ends.push(self.packed.len() as u32);
    }
}

impl Packed {
    /// Records in a piece; all pieces but the last are full.
    pub const PIECE: usize = 8192;

    /// Puts pieces in their order.
    pub fn new(pieces: Vec<Piece>) -> Packed {
        Packed { pieces }
    }

    /// Adds the packed cells of one more record.
    pub fn push(&mut self, cells: &str) {
        match self.pieces.last_mut() {
            Some(piece) if piece.ends.len() < Packed::PIECE => piece.add(cells),
            _ => {
                let mut piece = Piece::default();
                piece.add(cells);
                self.pieces.push(piece);
            }
        }
    }

    /// The cells of a record.
    #[inline]
    pub fn get(&self, record: usize) -> CellsView<'_> {
        let piece = &self.pieces[record / Packed::PIECE];
        let place = record % Packed::PIECE;
        let start = if place == 0 { 0 } else { piece.ends[place - 1] as usize };
        CellsView::from_packed(&piece.packed[start..piece.ends[place] as usize])
    }
}
