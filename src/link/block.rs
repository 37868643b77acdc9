//! Blocking: the pairs worth comparing, as the union of equal keys; blocks too big are split, never dropped unsaid.

use rayon::prelude::*;

use super::block_key::{KINDS, Kind};
use super::feature::Feature;
use super::score::Corpus;
use super::symbol::NONE;

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
const FREE_PAIRS: u64 = 800_000;
/// Between so many records and so many, keys of weak kinds are left out one after the other until none is left: of
/// blocks as small as they would have to be there is little to find, and all keys cost. A record more takes a few
/// keys away, not all at once, and those that are left stay the same ones, so that contacts do not come apart in
/// masses as a team grows.
const FADING: std::ops::Range<usize> = 300_000..500_000;

/// So many neighbours are compared with each other where the records of a block too big are chained.
const WINDOW: usize = 4;

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
        self.add_blocks(&entries, low, (limits, true), &mut all);
        for Kind { keys, weak, chained } in KINDS {
            let greatest = if weak { greatest_weak_key(rows) } else { u64::MAX };
            if greatest == 0 {
                continue;
            }
            let limits = &Limits { pairs_per_key: if weak { 0 } else { limits.pairs_per_key }, ..*limits };
            let chunks = (rows as u32).div_ceil(CHUNK);
            let of_chunk = |chunk: u32| {
                let mut list = Vec::with_capacity(CHUNK as usize);
                for at in chunk * CHUNK..(rows as u32).min((chunk + 1) * CHUNK) {
                    let mut add = |key: u64| {
                        if key <= greatest {
                            list.push(key >> low << low | u64::from(at));
                        }
                    };
                    keys(self, self.row(at), &mut add);
                }
                list
            };
            let lists: Vec<Vec<u64>> = (0..chunks).into_par_iter().map(of_chunk).collect();
            sort_into(lists, &mut entries);
            entries.dedup();
            self.add_blocks(&entries, low, (limits, chained), &mut all);
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
        found && !self.are_two_of_one_list(a, b)
    }

    fn sort_out(&self, row: u32, found: &mut Vec<u32>) {
        found.sort_unstable();
        found.dedup();
        if self.row(row).distinct {
            found.retain(|other| !self.are_two_of_one_list(row, *other));
        }
    }

    /// Adds the blocks of one kind of key: runs of entries that agree above the lowest bits.
    fn add_blocks(&self, entries: &[u64], low: u32, (limits, chained): (&Limits, bool), all: &mut Blocks) {
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
                        skipped += self.split(&rows.collect::<Vec<u32>>(), (most, chained), &mut members);
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
    fn split(&self, block: &[u32], (most, chained): (usize, bool), members: &mut Vec<u32>) -> u64 {
        const FURTHER: usize = 9;
        // Read at one go: the records of a block lie far apart in memory.
        let further = |row: &u32| {
            let row = self.row(*row);
            [
                row.family_full,
                row.given[0],
                row.company,
                row.domain,
                row.city,
                row.birthday,
                row.position,
                row.postcode,
                row.street,
            ]
        };
        let further: Vec<[u32; FURTHER]> = block.iter().map(further).collect();
        // What brings a record into a part small enough, by further key; nothing where its part is too big.
        let mut brought = vec![[NONE; FURTHER]; block.len()];
        // Where nobody is of a list of distinct people, no two are two of one.
        let distinct = block.iter().any(|row| self.row(*row).distinct);
        let mut compared = 0;
        // The value of a key and the record's place in the block, as one number.
        let mut rows: Vec<u64> = Vec::with_capacity(block.len());
        for key in 0..FURTHER {
            rows.clear();
            let values = further.iter().map(|values| values[key]).zip(0..);
            rows.extend(
                values.filter(|(value, _)| *value != NONE).map(|(value, at)| u64::from(value) << 32 | at),
            );
            rows.sort_unstable();
            for part in rows.chunk_by(|a, b| (a ^ b) >> 32 == 0) {
                if part.len() < 2 || part.len() > most {
                    continue;
                }
                let place = |entry: &u64| *entry as u32 as usize;
                for (at, a) in part.iter().map(place).enumerate() {
                    for b in part[at + 1..].iter().map(place) {
                        // Without a branch: most pairs have nothing in common, and all nine are looked at.
                        let both = brought[a].iter().zip(&brought[b]);
                        let known =
                            both.fold(0, |known, (x, y)| known | u32::from(x == y) & u32::from(*x != NONE));
                        let uncounted =
                            known > 0 || (distinct && self.are_two_of_one_list(block[a], block[b]));
                        compared += u64::from(!uncounted);
                    }
                }
                for entry in part {
                    brought[place(entry)][key] = (entry >> 32) as u32;
                }
                add_block(part.iter().map(|entry| block[place(entry)]), members);
            }
        }
        if chained {
            let known = |a: usize, b: usize| {
                brought[a].iter().zip(&brought[b]).any(|(x, y)| x == y && *x != NONE)
                    || (distinct && self.are_two_of_one_list(block[a], block[b]))
            };
            compared += self.chain(block, known, members);
        }
        let size = block.len() as u64;
        (size * (size - 1) / 2).saturating_sub(compared)
    }

    /// Compares each record of a block with its neighbours in order of name, employer and profile, as windows that
    /// overlap by half; how many pairs that brings which are not `known`, by places in the block.
    fn chain(&self, block: &[u32], known: impl Fn(usize, usize) -> bool, members: &mut Vec<u32>) -> u64 {
        const HALF: usize = WINDOW / 2;
        let order = |place: &usize| {
            let row = self.row(block[*place]);
            (row.family_full, row.given[0], row.company, row.linkedin, row.xing, *place)
        };
        let mut places: Vec<usize> = (0..block.len()).collect();
        places.sort_unstable_by_key(order);
        let mut new = 0;
        for start in (0..places.len().saturating_sub(HALF).max(1)).step_by(HALF) {
            let window = &places[start..places.len().min(start + WINDOW)];
            for (at, &a) in window.iter().enumerate() {
                // The pairs of the first half stand in the window before.
                let first = if start > 0 { HALF.max(at + 1) } else { at + 1 };
                new += window.iter().skip(first).filter(|b| !known(a, **b)).count() as u64;
            }
            let mut rows: Vec<u32> = window.iter().map(|place| block[*place]).collect();
            rows.sort_unstable();
            add_block(rows.into_iter(), members);
        }
        new
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

/// The greatest key of a weak kind that so many records still have; keys are spread evenly over all numbers.
fn greatest_weak_key(rows: usize) -> u64 {
    let left = FADING.end.saturating_sub(rows).min(FADING.len());
    (u128::from(u64::MAX) * left as u128 / FADING.len() as u128) as u64
}

/// How many in a hundred keys of weak kinds so many records still have, rounded up.
pub(super) fn weak_keys_percent(rows: usize) -> u64 {
    (FADING.end.saturating_sub(rows).min(FADING.len()) as u64 * 100).div_ceil(FADING.len() as u64)
}

/// Adds records in ascending order as one block.
fn add_block(rows: impl Iterator<Item = u32>, members: &mut Vec<u32>) {
    members.extend(rows);
    if let Some(last) = members.last_mut() {
        *last |= LAST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_keys_fade_as_teams_grow_and_none_comes_back() {
        assert_eq!([0, 300_000].map(greatest_weak_key), [u64::MAX; 2]);
        assert_eq!([500_000, 10_000_000].map(greatest_weak_key), [0; 2]);
        assert_eq!([0, 300_000, 300_001, 499_999, 500_000].map(weak_keys_percent), [100, 100, 100, 1, 0]);
        let step = u64::MAX / FADING.len() as u64 + 1;
        for rows in FADING.step_by(97) {
            let (here, next) = (greatest_weak_key(rows), greatest_weak_key(rows + 1));
            assert!(next < here && here - next <= step, "{rows}: {here} {next}");
        }
    }
}
