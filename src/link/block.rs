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

/// Few records may bring this many pairs a key whatever their number.
const FREE_PAIRS: u64 = 200_000;

/// The pairs to compare and what was left out.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Each pair once as first row × 2³² + second row, ascending.
    pub(super) pairs: Vec<u64>,
    /// Blocks of two or more records.
    pub(super) blocks: u64,
    /// Blocks that were too big and split by a further key.
    pub(super) split: u64,
    /// Pairs of split blocks that no further key brought together.
    pub(super) skipped: u64,
}

/// The keys of a record; each kind of key has blocks of its own.
type Keys = fn(&Corpus<'_>, &Feature, &mut dyn FnMut(u64));

/// Every kind of key, in the order in which they are tried.
const KINDS: [(&str, Keys); 14] = [
    ("whole name", whole_name),
    ("a name + employer", name_employer),
    ("given + employer", given_employer),
    ("initials + employer", initials_employer),
    ("sound of family + nickname", sound_nickname),
    ("family + city", family_city),
    ("family + beginning of given", family_given_beginning),
    ("given + beginning of family", given_family_beginning),
    ("given + frame of family", given_family_frame),
    ("birthday + a name", birthday_name),
    ("birthday + place", birthday_place),
    ("address", address),
    ("mail without domain or beginning", mail_parts),
    ("row name in its member", entry),
];

impl Corpus<'_> {
    /// Collects the pairs that share at least one key.
    pub(super) fn candidates(&self, limits: &Limits) -> Candidates {
        let mut all = Candidates::default();
        self.pair_holders(limits, &mut all);
        for (_, keys) in KINDS {
            let mut entries: Vec<(u64, u32)> = (0..self.features.rows.len() as u32)
                .into_par_iter()
                .fold(Vec::new, |mut list, at| {
                    keys(self, self.row(at), &mut |key| list.push((key, at)));
                    list
                })
                .reduce(Vec::new, |mut left, mut right| {
                    left.append(&mut right);
                    left
                });
            entries.par_sort_unstable();
            entries.dedup();
            self.pair_blocks(&entries, limits, &mut all);
        }
        all.pairs.par_sort_unstable();
        all.pairs.dedup();
        all.pairs.shrink_to_fit();
        all
    }

    /// Pairs of records that hold the same profile, e-mail, phone or id.
    fn pair_holders(&self, limits: &Limits, all: &mut Candidates) {
        let mut entries = Vec::new();
        for symbol in 0..self.holders.len() {
            let rows = self.holders.of(symbol);
            if rows.len() > 1 {
                entries.extend(rows.iter().map(|row| (symbol as u64, *row)));
            }
        }
        entries.dedup();
        self.pair_blocks(&entries, limits, all);
    }

    /// Pairs of each run of equal keys.
    fn pair_blocks(&self, entries: &[(u64, u32)], limits: &Limits, all: &mut Candidates) {
        let blocks: Vec<&[(u64, u32)]> =
            entries.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1).collect();
        let most = self.largest_block(&blocks, limits);
        all.blocks += blocks.len() as u64;
        let found: Vec<(Vec<u64>, u64, u64)> = blocks
            .par_chunks(4096)
            .map(|blocks| {
                let (mut pairs, mut split, mut skipped) = (Vec::new(), 0, 0);
                for block in blocks {
                    if block.len() <= most {
                        self.pair_up(block.iter().map(|entry| entry.1), &mut pairs);
                    } else {
                        split += 1;
                        skipped += self.split(block, most, &mut pairs);
                    }
                }
                (pairs, split, skipped)
            })
            .collect();
        for (pairs, split, skipped) in found {
            all.pairs.extend(pairs);
            all.split += split;
            all.skipped += skipped;
        }
    }

    /// The largest size of block whose pairs, with those of all smaller ones, stay within the budget.
    fn largest_block(&self, blocks: &[&[(u64, u32)]], limits: &Limits) -> usize {
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

    fn pair_up(&self, rows: impl Iterator<Item = u32> + Clone, pairs: &mut Vec<u64>) {
        let mut rest = rows;
        while let Some(a) = rest.next() {
            for b in rest.clone() {
                if !self.two_profiles(a, b) {
                    pairs.push(u64::from(a.min(b)) << 32 | u64::from(a.max(b)));
                }
            }
        }
    }

    /// Pairs of a block too big, by further keys one after the other; how many pairs stay uncompared.
    fn split(&self, block: &[(u64, u32)], most: usize, pairs: &mut Vec<u64>) -> u64 {
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
        let before = pairs.len();
        for further in FURTHER {
            let mut rows: Vec<(u32, u32)> = block
                .iter()
                .map(|entry| (further(self.row(entry.1)), entry.1))
                .filter(|entry| entry.0 != NONE)
                .collect();
            rows.sort_unstable();
            for part in rows.chunk_by(|a, b| a.0 == b.0) {
                if part.len() > 1 && part.len() <= most {
                    self.pair_up(part.iter().map(|entry| entry.1), pairs);
                }
            }
        }
        let mut fresh = pairs.split_off(before);
        fresh.sort_unstable();
        fresh.dedup();
        let size = block.len() as u64;
        let skipped = (size * (size - 1) / 2).saturating_sub(fresh.len() as u64);
        pairs.append(&mut fresh);
        skipped
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

/// Any word of the name, so that swapped names and those cut to one word meet.
fn name_employer(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for name in words(row.family).chain(words(row.given)) {
        for employer in employers(row) {
            add(hash_of((name, employer)));
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
    for class in corpus.names.nickname(given).classes().take(4) {
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

fn family_given_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.given[0] != NONE {
        let head = beginning(corpus, row.given[0], 1);
        words(row.family).for_each(|family| add(hash_of((family, head))));
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

/// The first and the last letter of a word outlive most slips within.
fn given_family_frame(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    each_way(row, |whole, part| {
        let text = corpus.names.text(part).as_bytes();
        add(hash_of((whole, text.first(), text.last())));
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
