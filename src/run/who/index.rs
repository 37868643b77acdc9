//! The search index of a generation: what `who` reads, small enough to be read as a whole at once.
//!
//! A line of JSON tells what is in it; the sections follow, then a seal over all before it. Words of names,
//! employers, positions and cities stand once each; addresses, numbers and profiles only as hashes. What the
//! pipeline file drops is not in it.

mod bytes;
mod lexicon;
#[cfg(test)]
mod tests;
mod writer;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128};

use super::tie::Tie;
use crate::contact::Kind;
use crate::error::{self, Error, Result};
use crate::label::strength::Band;
use crate::merge::holding::day;
use crate::table::Language;
use crate::touch;
use bytes::Cursor;
pub(super) use lexicon::Lexicon;
pub(in crate::run) use writer::Writer;

/// The file in a generation.
pub const FILE: &str = "who.index";
/// The layout this program writes; it reads this one.
const SCHEMA_VERSION: u32 = 2;
/// Contacts between two places that can be gone to.
const STRIDE: usize = 256;
const SEAL_BYTES: usize = 16;

/// What is looked up exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum KeyKind {
    /// E-mail address, cleaned.
    Email,
    /// Telephone number in E.164.
    Phone,
    /// Profile on LinkedIn, by its cleaned slug.
    LinkedIn,
    /// Profile on Xing, by its cleaned key.
    Xing,
}

fn hash(kind: KeyKind, text: &str) -> u64 {
    xxh3_64_with_seed(text.as_bytes(), kind as u64)
}

/// What the first line says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    schema_version: u32,
    written_by: String,
    /// The day the data describe.
    pub as_of: NaiveDate,
    /// Country of the team, ISO 3166 alpha-2.
    pub country: String,
    language: String,
    timezone: String,
    /// Id and name of each member.
    pub members: Vec<(String, String)>,
    contacts: usize,
    sections: Vec<(String, usize)>,
}

impl Head {
    /// Time zone of the team.
    pub fn timezone(&self) -> chrono_tz::Tz {
        self.timezone.parse().unwrap_or(chrono_tz::UTC)
    }

    /// Language of results.
    pub fn language(&self) -> Language {
        Language::from_name(&self.language).unwrap_or_default()
    }

    /// Id of a member.
    pub fn member(&self, member: u16) -> &str {
        self.members.get(usize::from(member)).map_or("", |(id, _)| id)
    }

    /// What a run knows before its contacts are written.
    pub(in crate::run) fn new(
        as_of: NaiveDate,
        locale: &crate::run::locale::Locale,
        members: Vec<(String, String)>,
    ) -> Head {
        Head {
            schema_version: SCHEMA_VERSION,
            written_by: format!("hamstern {}", env!("CARGO_PKG_VERSION")),
            as_of,
            country: locale.country.to_owned(),
            language: locale.language.name().to_owned(),
            timezone: locale.timezone.name().to_owned(),
            members,
            contacts: 0,
            sections: Vec::new(),
        }
    }
}

/// An index, read.
pub struct Index {
    /// What the first line says.
    pub head: Head,
    pub(super) words: Lexicon,
    pub(super) companies: Lexicon,
    positions: Lexicon,
    cities: Lexicon,
    bytes: Vec<u8>,
    sections: FxHashMap<String, (usize, usize)>,
    as_of: i32,
}

impl Index {
    /// Reads the index of a generation.
    ///
    /// # Errors
    /// [`error::Kind::NoInput`] when the generation has none, [`error::Kind::Config`] when it is damaged or
    /// of another version.
    pub fn load(folder: &Path) -> Result<Index> {
        let path = folder.join(FILE);
        let bytes = fs::read(&path).map_err(|error| {
            Error::io(error::Kind::NoInput, "cannot be read", &path, &error)
                .hinted("`hamstern run` makes it; results of older versions have none")
        })?;
        Index::decode(bytes).map_err(|what| {
            Error::new(error::Kind::Config, format!("{}: {what}", path.display()))
                .hinted("the next `hamstern run` makes it anew")
        })
    }

    fn decode(bytes: Vec<u8>) -> std::result::Result<Index, String> {
        let damaged = || "the index is damaged: it is not what was written".to_owned();
        let end = memchr::memchr(b'\n', &bytes).ok_or_else(damaged)?;
        let version: serde_json::Value = serde_json::from_slice(&bytes[..end]).map_err(|_| damaged())?;
        let version = version.get("schema_version").and_then(serde_json::Value::as_u64).unwrap_or(0);
        if version != u64::from(SCHEMA_VERSION) {
            return Err(format!(
                "the index has layout {version}, this is hamstern {} with layout {SCHEMA_VERSION}",
                env!("CARGO_PKG_VERSION")
            ));
        }
        let head: Head = serde_json::from_slice(&bytes[..end]).map_err(|_| damaged())?;
        let (sealed, seal) = bytes.split_last_chunk::<SEAL_BYTES>().ok_or_else(damaged)?;
        let mut sections = FxHashMap::default();
        let mut at = end + 1;
        for (name, length) in &head.sections {
            let next = at.checked_add(*length).filter(|next| *next <= sealed.len()).ok_or_else(damaged)?;
            sections.insert(name.clone(), (at, next));
            at = next;
        }
        if at != sealed.len() || xxh3_128(sealed).to_le_bytes() != *seal {
            return Err(damaged());
        }
        let mut index = Index {
            as_of: day(head.as_of),
            head,
            words: Lexicon::default(),
            companies: Lexicon::default(),
            positions: Lexicon::default(),
            cities: Lexicon::default(),
            bytes,
            sections,
        };
        let [words, companies, positions, cities] =
            ["words", "companies", "positions", "cities"].map(|name| Lexicon::read(index.section(name)));
        index.words = words;
        index.companies = companies;
        index.positions = positions;
        index.cities = cities;
        Ok(index)
    }

    fn section(&self, name: &str) -> &[u8] {
        self.sections.get(name).map_or(&[], |(start, end)| &self.bytes[*start..*end])
    }

    /// How many contacts there are.
    pub fn len(&self) -> u32 {
        self.head.contacts as u32
    }

    /// Whether there is no contact.
    pub fn is_empty(&self) -> bool {
        self.head.contacts == 0
    }

    fn long(bytes: &[u8], at: usize) -> u64 {
        bytes.get(at * 8..at * 8 + 8).and_then(|long| long.try_into().ok()).map_or(0, u64::from_le_bytes)
    }

    fn short(bytes: &[u8], at: usize) -> u32 {
        bytes.get(at * 4..at * 4 + 4).and_then(|short| short.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    /// The number behind the id of a contact.
    pub fn id(&self, contact: u32) -> u64 {
        Index::long(self.section("ids"), contact as usize)
    }

    /// The contact of an id's number.
    pub fn of_id(&self, id: u64) -> Option<u32> {
        let ids = self.section("ids");
        let place = partition(self.head.contacts, |at| Index::long(ids, at) < id);
        (place < self.head.contacts && Index::long(ids, place) == id).then_some(place as u32)
    }

    /// The contacts that have an address, a number or a profile.
    pub fn of_key(&self, kind: KeyKind, text: &str) -> Vec<u32> {
        let (keys, starts) = (self.section("keys"), self.section("key_starts"));
        let hash = hash(kind, text);
        let bucket = (hash >> 56) as usize;
        let start = Index::short(starts, bucket) as usize;
        let end = if bucket == 255 { keys.len() / 8 } else { Index::short(starts, bucket + 1) as usize };
        let wanted = hash << 8 & !0xffff_ffff;
        let first = start + partition(end.saturating_sub(start), |at| Index::long(keys, start + at) < wanted);
        (first..end)
            .map(|at| Index::long(keys, at))
            .take_while(|key| key & !0xffff_ffff == wanted)
            .map(|key| key as u32)
            .collect()
    }

    /// The numbers of a contact in a column.
    fn cursor(
        &self,
        places: &str,
        column: &str,
        contact: u32,
        mut skip: impl FnMut(&mut Cursor<'_>),
    ) -> Cursor<'_> {
        let bytes = self.section(column);
        let place = Index::short(self.section(places), contact as usize / STRIDE) as usize;
        let mut cursor = Cursor(bytes.get(place..).unwrap_or_default());
        for _ in 0..contact as usize % STRIDE {
            skip(&mut cursor);
        }
        cursor
    }

    /// The words of a contact's names, those of the shown name first, and how many these are.
    pub(super) fn name_words(&self, contact: u32) -> (Vec<u32>, usize) {
        let mut words = Vec::new();
        let mut passed = Vec::new();
        let mut cursor = self.cursor("name_places", "names", contact, |cursor| {
            read_words(cursor, &mut passed);
        });
        let shown = read_words(&mut cursor, &mut words);
        (words, shown)
    }

    /// Calls `each` with every contact and the words of its names.
    pub(super) fn each_name(&self, mut each: impl FnMut(u32, &[u32])) {
        let mut cursor = Cursor(self.section("names"));
        let mut words = Vec::new();
        for contact in 0..self.len() {
            read_words(&mut cursor, &mut words);
            each(contact, &words);
        }
    }

    /// Calls `each` with every contact and the number of its employer.
    pub(super) fn each_company(&self, mut each: impl FnMut(u32, u32)) {
        let mut cursor = Cursor(self.section("jobs"));
        for contact in 0..self.len() {
            let [company, ..] = read_job(&mut cursor);
            each(contact, company);
        }
    }

    /// The number of a contact's employer.
    pub(super) fn company_of(&self, contact: u32) -> u32 {
        self.job(contact)[0]
    }

    fn job(&self, contact: u32) -> [u32; 3] {
        let mut cursor = self.cursor("job_places", "jobs", contact, |cursor| {
            read_job(cursor);
        });
        read_job(&mut cursor)
    }

    /// The whole name of a contact.
    pub fn name(&self, contact: u32) -> String {
        let (words, shown) = self.name_words(contact);
        words[..shown].iter().map(|word| self.words.text(*word)).collect::<Vec<_>>().join(" ")
    }

    /// Employer, position and city of a contact; empty where unknown.
    pub fn work(&self, contact: u32) -> [&str; 3] {
        let [company, position, city] = self.job(contact);
        [self.companies.text(company), self.positions.text(position), self.cities.text(city)]
    }

    /// What stands behind a contact.
    pub fn kind(&self, contact: u32) -> Kind {
        match self.section("kinds").get(contact as usize) {
            Some(1) => Kind::Member,
            Some(2) => Kind::Role,
            _ => Kind::Person,
        }
    }

    /// Who holds a contact, the best path first.
    pub fn ties(&self, contact: u32) -> Vec<Tie> {
        let skip = |cursor: &mut Cursor<'_>| read_ties(cursor, self.as_of, |_| ());
        let mut ties = Vec::new();
        read_ties(&mut self.cursor("tie_places", "ties", contact, skip), self.as_of, |tie| ties.push(tie));
        ties.sort_by_key(Tie::rank);
        ties
    }
}

/// The first place at which something no longer holds.
fn partition(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// Reads the words of a contact's names; how many of them are of the shown one.
fn read_words(cursor: &mut Cursor<'_>, into: &mut Vec<u32>) -> usize {
    into.clear();
    let shown = cursor.number().min(1 << 16) as usize;
    let all = shown + cursor.number().min(1 << 16) as usize;
    into.extend((0..all).map(|_| cursor.number() as u32));
    shown
}

fn read_job(cursor: &mut Cursor<'_>) -> [u32; 3] {
    std::array::from_fn(|_| cursor.number() as u32)
}

fn read_ties(cursor: &mut Cursor<'_>, as_of: i32, mut each: impl FnMut(Tie)) {
    for _ in 0..cursor.number().min(1 << 16) {
        let mut tie = Tie {
            member: cursor.number() as u16,
            // Sets of channels and kinds of touches are small: a byte is its own number.
            channels: cursor.number() as u8,
            ended: cursor.number() as u8,
            connected_on: cursor.day(as_of),
            first_seen: cursor.day(as_of).unwrap_or_default(),
            ended_on: None,
            touches: 0,
            last_touch: None,
            last_kind: None,
            strength: None,
            band: Band::Unknown,
        };
        if tie.channels == 0 {
            tie.ended_on = cursor.day(as_of);
        }
        tie.touches = cursor.number() as u32;
        if tie.touches > 0 {
            tie.last_touch = cursor.day(as_of);
            let kind = (cursor.number() as usize).checked_sub(1);
            tie.last_kind = kind.and_then(|kind| touch::Kind::ALL.get(kind).copied());
            tie.strength = (cursor.number() as u8).checked_sub(1).filter(|strength| *strength <= 100);
            tie.band = Band::ALL.get(cursor.number() as usize).copied().unwrap_or_default();
        }
        each(tie);
    }
}
