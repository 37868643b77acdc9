//! Blocking: the pairs worth comparing, as the union of equal keys; blocks too big are split, never dropped unsaid.

use rayon::prelude::*;

use super::feature::Feature;
use super::score::Corpus;
use super::symbol::{NONE, hash_of};

/// How far blocking goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The largest block of a key whose pairs are all compared.
    pub block: usize,
    /// Pairs a record, on average, that one key may bring.
    pub pairs_per_key: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { block: 100, pairs_per_key: 2 }
    }
}

/// Records whose keys are made by one task.
const CHUNK: u32 = 1 << 15;
/// Few records may bring this many pairs a key whatever their number.
const FREE_PAIRS: u64 = 600_000;

/// Marks the last record of a block.
const LAST: u32 = 1 << 31;

/// The blocks whose pairs are all compared, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The records of each block in ascending order, one block after the other.
    members: Vec<u32>,
    /// Where in `members` each record stands, record after record.
    places: Vec<u32>,
    /// Where in `places` the places of a record begin.
    starts: Vec<u32>,
    /// Blocks of two or more records.
    pub(super) count: u64,
    /// Blocks that were too big and split by a further key.
    pub(super) split: u64,
    /// Pairs of split blocks that no further key brought together.
    pub(super) skipped: u64,
}

/// The keys of a record; each kind of key has blocks of its own.
type Keys = fn(&Corpus<'_>, &Feature, &mut dyn FnMut(u64));

/// Kinds that lift small registers and cost much in large ones, where few of their pairs would be merged: they
/// bring the free pairs only.
const WEAK: [&str; 2] = ["parts of the birthday + initial", "place + beginning of a name"];

/// Every kind of key, in the order in which they are tried.
const KINDS: [(&str, Keys); 16] = [
    ("whole name", whole_name),
    ("family + employer", family_employer),
    ("given + employer", given_employer),
    ("initials + employer", initials_employer),
    ("sound of family + nickname", sound_nickname),
    ("family + city", family_city),
    ("family + beginning of given", family_given_beginning),
    ("given + beginning of family", given_family_beginning),
    ("given + end of family", given_family_end),
    ("birthday + a name", birthday_name),
    ("birthday + place", birthday_place),
    ("parts of the birthday + initial", birthday_parts),
    ("place + beginning of a name", place_beginning),
    ("address", address),
    ("mail without domain or beginning", mail_parts),
    ("row name in its member", entry),
];

impl Blocks {
    /// Finds the places of each record.
    fn index(&mut self, rows: usize) {
        self.members.shrink_to_fit();
        let mut starts = vec![0u32; rows + 1];
        for member in &self.members {
            starts[(member & !LAST) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.places = vec![0; self.members.len()];
        for (place, member) in self.members.iter().enumerate() {
            let slot = &mut next[(member & !LAST) as usize];
            self.places[*slot as usize] = place as u32;
            *slot += 1;
        }
        self.starts = starts;
    }

    /// Calls for each later record that shares a block with a record, once a block.
    fn each_later(&self, row: u32, mut call: impl FnMut(u32)) {
        let range = self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize;
        for &place in &self.places[range] {
            let mut at = place as usize;
            while self.members[at] & LAST == 0 {
                at += 1;
                call(self.members[at] & !LAST);
            }
        }
    }

    /// Calls for each other record that shares a block with a record, once a block.
    fn each_other(&self, row: u32, mut call: impl FnMut(u32)) {
        let range = self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize;
        for &place in &self.places[range] {
            let before =
                self.members[..place as usize].iter().rev().take_while(|member| **member & LAST == 0);
            before.for_each(|member| call(*member));
        }
        self.each_later(row, call);
    }
}

impl Corpus<'_> {
    /// Puts records that share a key into blocks.
    pub(super) fn blocks(&self, limits: &Limits) -> Blocks {
        let rows = self.features.rows.len();
        // A key and its record are sorted as one number: bits of the key make room for the record.
        let low = u64::BITS - (rows as u64).leading_zeros();
        let mut all = Blocks::default();
        let mut entries = Vec::new();
        for symbol in 0..self.holders.len() {
            let holders = self.holders.of(symbol);
            if holders.len() > 1 {
                entries.extend(holders.iter().map(|row| (symbol as u64) << low | u64::from(*row)));
            }
        }
        entries.dedup();
        self.add_blocks(&entries, low, limits, &mut all);
        for (name, keys) in KINDS {
            let weak = Limits { pairs_per_key: 0, ..*limits };
            let limits = if WEAK.contains(&name) { &weak } else { limits };
            let chunks = (rows as u32).div_ceil(CHUNK);
            let of_chunk = |chunk: u32| {
                let mut list = Vec::with_capacity(CHUNK as usize);
                for at in chunk * CHUNK..(rows as u32).min((chunk + 1) * CHUNK) {
                    keys(self, self.row(at), &mut |key| list.push(key >> low << low | u64::from(at)));
                }
                list
            };
            let lists: Vec<Vec<u64>> = (0..chunks).into_par_iter().map(of_chunk).collect();
            sort_into(lists, &mut entries);
            entries.dedup();
            self.add_blocks(&entries, low, limits, &mut all);
        }
        drop(entries);
        all.index(rows);
        all
    }

    /// The later records to compare a record with, each once in ascending order.
    pub(super) fn candidates(&self, blocks: &Blocks, row: u32, found: &mut Vec<u32>) {
        found.clear();
        blocks.each_later(row, |other| found.push(other));
        self.sort_out(row, found);
    }

    /// How many pairs of blocks are such, each asked once.
    pub(super) fn count_pairs(&self, blocks: &Blocks, such: impl Fn(u32, u32) -> bool + Sync) -> u64 {
        let of_chunk = |rows: &[Feature], first: u32| {
            let mut others = Vec::new();
            let of_row = |row: u32| {
                self.candidates(blocks, row, &mut others);
                others.iter().filter(|other| such(row, **other)).count() as u64
            };
            (first..first + rows.len() as u32).map(of_row).sum::<u64>()
        };
        let chunks = self.features.rows.par_chunks(1 << 10).enumerate();
        chunks.map(|(number, rows)| of_chunk(rows, (number as u32) << 10)).sum()
    }

    /// Every record that a record is compared with, each once in ascending order.
    pub(super) fn compared_with(&self, blocks: &Blocks, row: u32, found: &mut Vec<u32>) {
        found.clear();
        blocks.each_other(row, |other| found.push(other));
        self.sort_out(row, found);
    }

    /// Whether two records are compared.
    pub(super) fn is_candidate(&self, blocks: &Blocks, a: u32, b: u32) -> bool {
        let mut found = false;
        blocks.each_later(a.min(b), |other| found |= other == a.max(b));
        found && !self.two_profiles(a, b)
    }

    fn sort_out(&self, row: u32, found: &mut Vec<u32>) {
        found.sort_unstable();
        found.dedup();
        found.retain(|other| !self.two_profiles(row, *other));
    }

    /// Adds the blocks of one kind of key: runs of entries that agree above the lowest bits.
    fn add_blocks(&self, entries: &[u64], low: u32, limits: &Limits, all: &mut Blocks) {
        let blocks: Vec<&[u64]> =
            entries.chunk_by(|a, b| (a ^ b) >> low == 0).filter(|block| block.len() > 1).collect();
        let most = self.largest_block(&blocks, limits);
        all.count += blocks.len() as u64;
        let found: Vec<(Vec<u32>, u64, u64)> = blocks
            .par_chunks(4096)
            .map(|blocks| {
                let (mut members, mut split, mut skipped) = (Vec::new(), 0, 0);
                for block in blocks {
                    let rows = block.iter().map(|entry| (entry & ((1 << low) - 1)) as u32);
                    if block.len() <= most {
                        add_block(rows, &mut members);
                    } else {
                        split += 1;
                        skipped += self.split(&rows.collect::<Vec<u32>>(), most, &mut members);
                    }
                }
                (members, split, skipped)
            })
            .collect();
        for (members, split, skipped) in found {
            all.members.extend(members);
            all.split += split;
            all.skipped += skipped;
        }
    }

    /// The largest size of block whose pairs, with those of all smaller ones, stay within the budget.
    fn largest_block(&self, blocks: &[&[u64]], limits: &Limits) -> usize {
        let mut of_size = vec![0u64; limits.block + 1];
        for block in blocks {
            if let Some(count) = of_size.get_mut(block.len()) {
                *count += 1;
            }
        }
        let budget = FREE_PAIRS.max((self.features.rows.len() * limits.pairs_per_key) as u64);
        let (mut pairs, mut most) = (0u64, 3);
        for (size, count) in of_size.iter().enumerate().skip(2) {
            pairs += count * (size * (size - 1) / 2) as u64;
            if pairs > budget {
                break;
            }
            most = most.max(size);
        }
        most
    }

    /// Splits a block too big by further keys, one after the other; how many pairs stay uncompared.
    fn split(&self, block: &[u32], most: usize, members: &mut Vec<u32>) -> u64 {
        const FURTHER: [fn(&Feature) -> u32; 9] = [
            |row| row.family_full,
            |row| row.given[0],
            |row| row.company,
            |row| row.domain,
            |row| row.city,
            |row| row.birthday,
            |row| row.position,
            |row| row.postcode,
            |row| row.street,
        ];
        // What brings a record into a part small enough, by further key; nothing where its part is too big.
        let mut brought = vec![[NONE; FURTHER.len()]; block.len()];
        let mut compared = 0;
        let mut rows: Vec<(u32, u32)> = Vec::with_capacity(block.len());
        for (key, further) in FURTHER.iter().enumerate() {
            rows.clear();
            rows.extend(block.iter().zip(0..).map(|(row, at)| (further(self.row(*row)), at)));
            rows.retain(|entry| entry.0 != NONE);
            rows.sort_unstable();
            for part in rows.chunk_by(|a, b| a.0 == b.0) {
                if part.len() < 2 || part.len() > most {
                    continue;
                }
                for (at, (_, a)) in part.iter().enumerate() {
                    for (_, b) in &part[at + 1..] {
                        let (a, b) = (*a as usize, *b as usize);
                        let known = (0..key).any(|key| {
                            let by = brought[a][key];
                            by != NONE && by == brought[b][key]
                        });
                        compared += u64::from(!known && !self.two_profiles(block[a], block[b]));
                    }
                }
                for (value, at) in part {
                    brought[*at as usize][key] = *value;
                }
                add_block(part.iter().map(|entry| block[entry.1 as usize]), members);
            }
        }
        let size = block.len() as u64;
        (size * (size - 1) / 2).saturating_sub(compared)
    }
}

/// Brings the entries of all lists into ascending order: first into buckets by their highest bits, which are as
/// good as random, then within each.
fn sort_into(lists: Vec<Vec<u64>>, entries: &mut Vec<u64>) {
    const BITS: u32 = 9;
    let bucket = |entry: u64| (entry >> (u64::BITS - BITS)) as usize;
    let mut ends = vec![0usize; 1 << BITS];
    lists.iter().flatten().for_each(|entry| ends[bucket(*entry)] += 1);
    let sizes = ends.clone();
    let mut sum = 0;
    for place in &mut ends {
        (*place, sum) = (sum, sum + *place);
    }
    entries.clear();
    entries.resize(sum, 0);
    for entry in lists.into_iter().flatten() {
        let place = &mut ends[bucket(entry)];
        entries[*place] = entry;
        *place += 1;
    }
    let (mut buckets, mut rest) = (Vec::with_capacity(sizes.len()), entries.as_mut_slice());
    for size in sizes {
        let (bucket, others) = rest.split_at_mut(size);
        buckets.push(bucket);
        rest = others;
    }
    buckets.into_par_iter().for_each(<[u64]>::sort_unstable);
}

/// Adds records in ascending order as one block.
fn add_block(rows: impl Iterator<Item = u32>, members: &mut Vec<u32>) {
    members.extend(rows);
    if let Some(last) = members.last_mut() {
        *last |= LAST;
    }
}

/// Both family words with the given name, in either order, so that swapped names meet.
fn whole_name(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let given = row.given[0];
    if given == NONE || row.family[0] == NONE {
        return;
    }
    for family in words(row.family) {
        for given in words(row.given) {
            add(hash_of((given.min(family), given.max(family))));
        }
    }
}

fn words<const N: usize>(words: [u32; N]) -> impl Iterator<Item = u32> {
    words.into_iter().filter(|word| *word != NONE)
}

fn employers(row: &Feature) -> impl Iterator<Item = u32> {
    words([row.company, if row.domain == row.company { NONE } else { row.domain }])
}

/// A name of one word may be either.
fn family_employer(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let names = if row.family[0] == NONE { &row.given[..] } else { &row.family[..] };
    for name in names.iter().filter(|name| **name != NONE) {
        for employer in employers(row) {
            add(hash_of((*name, employer)));
        }
    }
}

/// A pet name at an employer meets its full form; a name without a nickname stands for itself.
fn given_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for employer in employers(row) {
        each_class(corpus, row, |class| add(hash_of((class, employer))));
    }
}

/// Both initials in either order: whatever became of the rest of a name, they survive at an employer.
fn initials_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.given[0] == NONE {
        return;
    }
    let given = beginning(corpus, row.given[0], 1);
    for family in words(row.family) {
        let family = beginning(corpus, family, 1);
        for employer in employers(row) {
            add(hash_of((given.min(family), given.max(family), employer)));
        }
    }
}

/// Calls for each class of the given name, or for the name itself where it has none.
fn each_class(corpus: &Corpus<'_>, row: &Feature, mut call: impl FnMut(u64)) {
    let given = row.given[0];
    if given == NONE {
        return;
    }
    let mut any = false;
    for class in corpus.names.nickname(given).classes() {
        any = true;
        call(u64::from(class));
    }
    if !any {
        call(u64::from(given) << 20);
    }
}

fn sound_nickname(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for family in words(row.family) {
        let sound = corpus.names.phonetic(family);
        if sound != 0 {
            each_class(corpus, row, |class| add(hash_of((class, sound))));
        }
    }
}

fn family_city(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.city != NONE {
        words(row.family).for_each(|family| add(hash_of((family, row.city))));
    }
}

/// The first letters of a word of a name.
fn beginning<'a>(corpus: &'a Corpus<'_>, symbol: u32, letters: usize) -> &'a [u8] {
    let text = corpus.names.text(symbol).as_bytes();
    &text[..text.len().min(letters)]
}

/// In a swapped name it is the family name that is cut to an initial.
fn family_given_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.given[0] == NONE {
        return;
    }
    let head = beginning(corpus, row.given[0], 1);
    for family in words(row.family) {
        add(hash_of((family, head)));
        let text = corpus.names.text(family).as_bytes();
        if text.len() == 1 {
            add(hash_of((row.given[0], text)));
        }
    }
}

/// Calls with a word of the given name and one of the family name, and the other way round, so that swapped
/// names meet.
fn each_way(row: &Feature, mut call: impl FnMut(u32, u32)) {
    let given = row.given[0];
    if given != NONE {
        for family in words(row.family) {
            call(given, family);
            call(family, given);
        }
    }
}

fn given_family_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    each_way(row, |whole, part| add(hash_of((whole, beginning(corpus, part, 3)))));
}

/// A slip spares the beginning or the end of a long word, and the first and last letter of a short one.
fn given_family_end(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    const LONG: usize = 5;
    const SHORT: usize = 6;
    each_way(row, |whole, part| {
        let text = corpus.names.text(part).as_bytes();
        if text.len() >= LONG {
            add(hash_of((whole, &text[text.len() - 3..])));
        }
        if text.len() <= SHORT {
            add(hash_of((whole, text.first(), text.last())));
        }
    });
}

/// Birthday with any word of the name, and with its sound.
fn birthday_name(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.birthday == 0 {
        return;
    }
    for word in words(row.family).chain(words(row.given)) {
        add(hash_of((row.birthday, word)));
        add(hash_of((row.birthday, beginning(corpus, word, 1))));
    }
}

/// Birthday with the place or the mail domain.
fn birthday_place(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.birthday != 0 {
        for place in [row.city, row.postcode, row.domain] {
            if place != NONE {
                add(hash_of((row.birthday, place)));
            }
        }
    }
}

/// Two of day, month and year with the first letter of a name: dates and names with a slip each still meet.
fn birthday_parts(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let (year, month, day) = (row.birthday >> 9, row.birthday >> 5 & 15, row.birthday & 31);
    if year == 0 {
        return;
    }
    for word in words([row.given[0], row.family[0]]) {
        let initial = beginning(corpus, word, 1);
        add(hash_of((year, month, initial, 'm')));
        add(hash_of((year, day, initial, 'd')));
        add(hash_of((month, day, initial, 'y')));
    }
}

/// City or postcode with the first two letters of a name: names with a slip still meet where people are few.
fn place_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for word in words([row.given[0], row.family[0]]) {
        let head = beginning(corpus, word, 2);
        words([row.city, row.postcode]).for_each(|place| add(hash_of((place, head))));
    }
}

fn address(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.postcode != NONE {
        words(row.family).for_each(|family| add(hash_of((family, row.postcode))));
        words(row.given).for_each(|given| add(hash_of((given, row.postcode, 'g'))));
    }
    if row.street != NONE {
        words(row.family).chain(words(row.given)).for_each(|word| add(hash_of((word, row.street, 's'))));
        if row.postcode != NONE || row.city != NONE {
            add(hash_of((row.street, row.postcode.max(row.city))));
        }
    }
}

/// The local part by itself and the domain with the local part's first letters: one of them survives a slip.
fn mail_parts(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for &email in corpus.features.emails(row).iter().take(3) {
        if let Some((local, domain)) = corpus.features.keys.text(email).rsplit_once('@') {
            if local.len() >= 5 {
                add(hash_of((local, '@')));
            }
            let head = &local.as_bytes()[..local.len().min(3)];
            add(hash_of((head, domain)));
        }
    }
}

fn entry(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    add(hash_of((row.record_id, row.member)));
}
