//! The search index of a generation: what `who` reads, small enough to be read as a whole at once.
//!
//! A line of JSON tells what is in it; the sections follow, then a seal over all before it. Words of names,
//! employers, positions and cities stand once each; addresses, numbers and profiles only as hashes. What the
//! pipeline file drops is not in it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed, xxh3_128};

use super::tie::Tie;
use crate::contact::{Contact, Kind};
use crate::error::{self, Error, Result};
use crate::link::lookup::{company_keys, letters, name_keys};
use crate::merge::holding::{date, day};
use crate::table::{Language, Texts};
use crate::touch;

/// The file in a generation.
pub const FILE: &str = "who.index";
/// The layout this program writes; it reads this one.
const SCHEMA_VERSION: u32 = 1;
/// Contacts between two places that can be gone to.
const STRIDE: usize = 256;
const SEAL_BYTES: usize = 16;
/// A number that stands for a day that is not known; zigzag numbers of days are moved up by one.
const NO_DAY: u64 = 0;

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
    /// The day that counted as today in the run.
    pub today: NaiveDate,
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
        days: (NaiveDate, NaiveDate),
        locale: &crate::run::locale::Locale,
        members: Vec<(String, String)>,
    ) -> Head {
        Head {
            schema_version: SCHEMA_VERSION,
            written_by: format!("hamstern {}", env!("CARGO_PKG_VERSION")),
            today: days.0,
            as_of: days.1,
            country: locale.country.to_owned(),
            language: locale.language.name().to_owned(),
            timezone: locale.timezone.name().to_owned(),
            members,
            contacts: 0,
            sections: Vec::new(),
        }
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A day as its distance to another, so that most take two bytes.
fn put_day(bytes: &mut Vec<u8>, day_of: Option<NaiveDate>, as_of: i32) {
    let number = day_of.map_or(NO_DAY, |on| {
        let away = i64::from(as_of) - i64::from(day(on));
        ((away << 1) ^ (away >> 63)).cast_unsigned() + 1
    });
    put(bytes, number);
}

/// Reads numbers one after the other; beyond the end they are 0.
#[derive(Clone, Copy)]
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0u64, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 56 {
                break;
            }
        }
        number
    }

    fn text(&mut self) -> &'a str {
        let length = (self.number() as usize).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    fn day(&mut self, as_of: i32) -> Option<NaiveDate> {
        let number = self.number().checked_sub(1)?;
        let away = (number >> 1).cast_signed() ^ -((number & 1).cast_signed());
        i32::try_from(i64::from(as_of) - away).ok().map(date)
    }
}

/// Numbers of contacts one after the other, with places to go to.
#[derive(Default)]
struct Column {
    bytes: Vec<u8>,
    places: Vec<u32>,
    count: usize,
}

impl Column {
    /// Begins the next contact.
    fn next(&mut self) -> &mut Vec<u8> {
        if self.count.is_multiple_of(STRIDE) {
            self.places.push(self.bytes.len() as u32);
        }
        self.count += 1;
        &mut self.bytes
    }
}

/// Distinct texts, numbered from 1 in the order in which they come; 0 is the empty text.
#[derive(Default)]
struct Distinct {
    numbers: FxHashMap<Box<str>, u32>,
    bytes: Vec<u8>,
}

impl Distinct {
    /// The number of a text; `keys` is asked for a new one.
    fn number(&mut self, text: &str, keys: impl FnOnce(&str) -> Vec<String>) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len() as u32 + 1;
        self.numbers.insert(text.into(), number);
        put(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
        let keys = keys(text).join(" ");
        put(&mut self.bytes, keys.len() as u64);
        self.bytes.extend_from_slice(keys.as_bytes());
        number
    }
}

/// Gathers the index while a run writes its contacts in their order.
pub(in crate::run) struct Writer {
    head: Head,
    as_of: i32,
    words: Distinct,
    companies: Distinct,
    positions: Distinct,
    cities: Distinct,
    kinds: Vec<u8>,
    names: Column,
    jobs: Column,
    ties: Column,
    /// Hash and contact of each key by the first byte of the hash, so that sorting needs little room.
    keys: Vec<Vec<u64>>,
}

impl Writer {
    pub(in crate::run) fn new(head: Head) -> Writer {
        Writer {
            as_of: day(head.as_of),
            head,
            words: Distinct::default(),
            companies: Distinct::default(),
            positions: Distinct::default(),
            cities: Distinct::default(),
            kinds: Vec::new(),
            names: Column::default(),
            jobs: Column::default(),
            ties: Column::default(),
            keys: vec![Vec::new(); 256],
        }
    }

    /// Adds the next contact: as it is written, under which other names its rows have it, who holds it.
    pub(in crate::run) fn add<'a>(
        &mut self,
        contact: &Contact,
        other_names: impl Iterator<Item = &'a str>,
        ties: &[Tie],
    ) {
        let number = self.kinds.len() as u32;
        self.kinds.push(contact.kind as u8);
        let mut words: Vec<u32> =
            contact.name.split(' ').map(|word| self.words.number(word, name_keys)).collect();
        words.retain(|word| *word != 0);
        let shown = words.len();
        for word in other_names.flat_map(|name| name.split(' ')) {
            let word = self.words.number(word, name_keys);
            if word != 0 && !words.contains(&word) && words.len() < shown + 16 {
                words.push(word);
            }
        }
        let bytes = self.names.next();
        put(bytes, shown as u64);
        put(bytes, (words.len() - shown) as u64);
        for word in words {
            put(bytes, u64::from(word));
        }

        let job = [
            self.companies.number(&contact.company, company_keys),
            self.positions.number(&contact.position, |_| Vec::new()),
            self.cities.number(&contact.city, |_| Vec::new()),
        ];
        let bytes = self.jobs.next();
        for text in job {
            put(bytes, u64::from(text));
        }

        let as_of = self.as_of;
        let bytes = self.ties.next();
        put(bytes, ties.len() as u64);
        for tie in ties {
            put(bytes, u64::from(tie.member));
            bytes.push(tie.channels);
            bytes.push(tie.ended);
            put_day(bytes, tie.connected_on, as_of);
            put_day(bytes, Some(tie.first_seen), as_of);
            if tie.channels == 0 {
                put_day(bytes, tie.ended_on, as_of);
            }
            put(bytes, u64::from(tie.touches));
            if tie.touches > 0 {
                put_day(bytes, tie.last_touch, as_of);
                bytes.push(tie.last_kind.map_or(0, |kind| kind as u8 + 1));
            }
        }
        for email in &contact.emails {
            self.key(KeyKind::Email, email, number);
        }
        for phone in contact.phones.iter().filter(|phone| phone.starts_with('+')) {
            self.key(KeyKind::Phone, phone, number);
        }
    }

    /// Adds something by which a contact is found exactly.
    pub(in crate::run) fn key(&mut self, kind: KeyKind, text: &str, contact: u32) {
        let hash = hash(kind, text);
        self.keys[(hash >> 56) as usize].push((hash << 8 & !0xffff_ffff) | u64::from(contact));
    }

    /// How many contacts there are so far.
    pub(in crate::run) fn len(&self) -> u32 {
        self.kinds.len() as u32
    }

    /// Writes all of it; `ids` are the numbers of the contacts in their order.
    pub(in crate::run) fn finish(mut self, ids: &[u64], out: &mut impl Write) -> io::Result<()> {
        let mut starts = vec![0u8; 0];
        let mut count = 0u32;
        for bucket in &mut self.keys {
            bucket.sort_unstable();
            bucket.dedup();
            starts.extend_from_slice(&count.to_le_bytes());
            count += bucket.len() as u32;
        }
        let places = |column: &Column| -> Vec<u8> {
            column.places.iter().flat_map(|place| place.to_le_bytes()).collect()
        };
        let [of_names, of_jobs, of_ties] = [&self.names, &self.jobs, &self.ties].map(places);
        let sections: [(&str, &[u8]); 12] = [
            ("kinds", &self.kinds),
            ("words", &self.words.bytes),
            ("companies", &self.companies.bytes),
            ("positions", &self.positions.bytes),
            ("cities", &self.cities.bytes),
            ("name_places", &of_names),
            ("names", &self.names.bytes),
            ("job_places", &of_jobs),
            ("jobs", &self.jobs.bytes),
            ("tie_places", &of_ties),
            ("ties", &self.ties.bytes),
            ("key_starts", &starts),
        ];
        let mut head = self.head;
        head.contacts = ids.len();
        head.sections = sections.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.len())).collect();
        head.sections.push(("keys".to_owned(), count as usize * 8));
        head.sections.push(("ids".to_owned(), ids.len() * 8));
        let mut seal = Xxh3::new();
        let mut write = |bytes: &[u8]| {
            seal.update(bytes);
            out.write_all(bytes)
        };
        let mut line = serde_json::to_vec(&head).map_err(io::Error::other)?;
        line.push(b'\n');
        write(&line)?;
        for (_, bytes) in sections {
            write(bytes)?;
        }
        let mut buffer = Vec::new();
        for numbers in self.keys.iter().map(Vec::as_slice).chain(ids.chunks(8192)) {
            buffer.clear();
            for number in numbers {
                buffer.extend_from_slice(&number.to_le_bytes());
            }
            write(&buffer)?;
        }
        out.write_all(&seal.digest128().to_le_bytes())
    }
}

/// Distinct texts with their keys, as they are read.
#[derive(Default)]
pub(super) struct Lexicon {
    texts: Texts,
    /// The keys of all texts one after the other, with their letters and whose they are.
    keys: Texts,
    letters: Vec<u32>,
    of: Vec<u32>,
    /// Where the keys of each text start.
    starts: Vec<u32>,
}

impl Lexicon {
    fn read(bytes: &[u8]) -> Lexicon {
        let mut cursor = Cursor(bytes);
        let mut lexicon = Lexicon::default();
        lexicon.texts.push("");
        lexicon.starts.extend([0, 0]);
        while !cursor.0.is_empty() {
            let number = lexicon.texts.len() as u32;
            lexicon.texts.push(cursor.text());
            for key in cursor.text().split(' ').filter(|key| !key.is_empty()) {
                lexicon.keys.push(key);
                lexicon.letters.push(letters(key));
                lexicon.of.push(number);
            }
            lexicon.starts.push(lexicon.of.len() as u32);
        }
        lexicon
    }

    /// How many texts there are, the empty one included.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text of a number; empty if there is none.
    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    /// The keys of a text with their letters.
    pub(super) fn keys(&self, number: u32) -> impl Iterator<Item = (&str, u32)> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or_default() as usize;
        (at(number as usize)..at(number as usize + 1)).map(|key| (self.keys.get(key), self.letters[key]))
    }

    /// Every key with its letters and the number of its text.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        self.keys.iter().zip(&self.letters).zip(&self.of).map(|((key, letters), of)| (key, *letters, *of))
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
        ties.sort_by_key(|tie| tie.rank(self.head.as_of));
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
        };
        if tie.channels == 0 {
            tie.ended_on = cursor.day(as_of);
        }
        tie.touches = cursor.number() as u32;
        if tie.touches > 0 {
            tie.last_touch = cursor.day(as_of);
            let kind = (cursor.number() as usize).checked_sub(1);
            tie.last_kind = kind.and_then(|kind| touch::Kind::ALL.get(kind).copied());
        }
        each(tie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::locale::Locale;

    fn sample(drop_phones: bool) -> Vec<u8> {
        let locale = Locale {
            country: "DE",
            language: Language::German,
            timezone: chrono_tz::Europe::Berlin,
            inferred: false,
        };
        let as_of: NaiveDate = "2026-06-01".parse().unwrap();
        let head = Head::new((as_of, as_of), &locale, vec![("anna".into(), "Anna".into())]);
        let mut writer = Writer::new(head);
        let mut ids = Vec::new();
        for number in 0..1000u32 {
            let mut contact = Contact {
                name: format!("Jürgen Groß-{number}"),
                company: ["Lindwurm GmbH", "", "Tannwald"][number as usize % 3].into(),
                emails: vec![format!("j{number}@example.org")],
                phones: vec![format!("+49171{number:07}"), "0815".into()],
                ..Contact::default()
            };
            if drop_phones {
                contact.phones.clear();
            }
            let tie = Tie {
                member: 0,
                channels: u8::from(!number.is_multiple_of(5)),
                ended: 2,
                connected_on: (number % 2 == 0).then(|| date(number as i32 * 30)),
                first_seen: date(20_000 + number as i32),
                ended_on: number.is_multiple_of(5).then_some(as_of),
                touches: number % 4,
                last_touch: (number % 4 == 3).then_some(as_of),
                last_kind: (number % 4 > 0).then_some(touch::Kind::Asked),
            };
            writer.add(&contact, ["Jürgen Klein"].into_iter(), &[tie]);
            ids.push(u64::from(number) * 7);
        }
        let mut bytes = Vec::new();
        writer.finish(&ids, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_was_written_is_read() {
        let index = Index::decode(sample(false)).unwrap();
        assert_eq!(index.len(), 1000);
        assert_eq!(index.name(999), "Jürgen Groß-999");
        assert_eq!(index.work(300)[0], "Lindwurm GmbH");
        assert_eq!(index.work(301)[0], "");
        assert_eq!((index.of_id(7 * 512), index.of_id(8)), (Some(512), None));
        for number in [0, 255, 256, 999] {
            assert_eq!(index.of_key(KeyKind::Email, &format!("j{number}@example.org")), [number]);
            assert_eq!(index.of_key(KeyKind::Phone, &format!("+49171{number:07}")), [number]);
        }
        assert_eq!(index.of_key(KeyKind::Phone, "0815"), [0u32; 0]);
        assert_eq!(index.of_key(KeyKind::Xing, "j1@example.org"), [0u32; 0]);
        let tie = index.ties(503)[0];
        assert_eq!((tie.channels, tie.touches, tie.last_kind), (1, 3, Some(touch::Kind::Asked)));
        assert_eq!((tie.first_seen, tie.last_touch), (date(20_503), "2026-06-01".parse().ok()));
        assert_eq!(index.ties(505)[0].ended_on, "2026-06-01".parse().ok());
        let mut names = 0;
        index.each_name(|_, words| names += words.len());
        assert_eq!(names, 3000, "two words that are shown and one of another name");
    }

    #[test]
    fn what_is_dropped_changes_the_index_and_damage_is_told() {
        let (with, without) = (sample(false), sample(true));
        assert!(without.len() + 8 * 1000 <= with.len());
        for cut in [0, 10, with.len() / 2, with.len() - 1] {
            assert!(Index::decode(with[..cut].to_vec()).is_err(), "cut at {cut}");
        }
        for flip in (0..with.len()).step_by(997) {
            let mut bad = with.clone();
            bad[flip] ^= 1;
            assert!(Index::decode(bad).is_err(), "flip at {flip}");
        }
        let newer = String::from_utf8_lossy(&with).replace("\"schema_version\":1", "\"schema_version\":9");
        assert!(Index::decode(newer.into_bytes()).is_err_and(|what| what.contains("layout 9")));
    }
}
