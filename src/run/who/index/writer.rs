//! Writing the index: gathered contact by contact, written at the end.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::bytes::{put, put_day};
use super::{Head, KeyKind, STRIDE, hash};
use crate::contact::Contact;
use crate::link::lookup::{company_keys, name_keys};
use crate::merge::holding::day;
use crate::run::gather::BySpelling;
use crate::run::who::tie::Tie;

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
    /// Room for the words of one contact.
    room: Vec<u32>,
    companies: Distinct,
    spelled: BySpelling,
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
            room: Vec::new(),
            companies: Distinct::default(),
            spelled: BySpelling::default(),
            positions: Distinct::default(),
            cities: Distinct::default(),
            kinds: Vec::new(),
            names: Column::default(),
            jobs: Column::default(),
            ties: Column::default(),
            keys: vec![Vec::new(); 256],
        }
    }

    /// Adds the next contact: as it is written, with the number of its company's spelling, under which other
    /// names its rows have it, who holds it.
    pub(in crate::run) fn add<'a>(
        &mut self,
        (contact, company): (&Contact, u32),
        other_names: impl Iterator<Item = &'a str>,
        ties: &[Tie],
    ) {
        let number = self.kinds.len() as u32;
        self.kinds.push(contact.kind as u8);
        let mut words = std::mem::take(&mut self.room);
        words.clear();
        words.extend(contact.name.split(' ').map(|word| self.words.number(word, name_keys)));
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
        for word in &words {
            put(bytes, u64::from(*word));
        }
        self.room = words;

        let job = [
            self.spelled.of(company, || self.companies.number(&contact.company, company_keys)),
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
                bytes.push(tie.strength.map_or(0, |strength| strength.min(100) + 1));
                bytes.push(tie.band as u8);
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
