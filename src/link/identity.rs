//! Identity: every person keeps the number of the contact they were, from run to run.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

/// What identity needs to know of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Number of the group of rows that are one person.
    pub group: u32,
    /// Stable hash of reader and the row's own name.
    pub record_id: u64,
    /// Hash of its cleaned cells.
    pub content: u64,
    /// Day of the first export that shows it, days since 1970.
    pub day: i32,
    /// Stable hash of the member's id; orders rows that are equal in all else.
    pub member: u64,
    /// What earlier runs know of it.
    pub before: Before,
}

/// What earlier runs know of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Before {
    /// Nothing.
    #[default]
    Nothing,
    /// It was a row of a contact.
    Known {
        /// The number of the contact it was in last.
        number: u64,
        /// The number it had before that contact was merged into the one it was in last; else the same.
        home: u64,
    },
    /// The same record was a row of this contact under another member.
    Elsewhere(u64),
}

/// The contact numbers of all earlier runs.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// Retired numbers, each with the number its contact was merged into.
    pub retired: FxHashMap<u64, u64>,
    /// Every number that was ever given, in order.
    pub given: Vec<u64>,
}

/// By what rows are told older and younger: free of paths, so that renamed files change nothing.
type Age = (i32, u64, u64, u64);

impl Row {
    fn age(&self) -> Age {
        (self.day, self.record_id, self.content, self.member)
    }
}

/// Contact numbers use 60 bits, twelve letters of base 32.
const BITS: u32 = 60;

/// What a group has of one old number.
#[derive(Debug, Clone, Copy)]
struct Claim {
    number: u64,
    group: u32,
    /// Rows that had the number in the last run.
    rows: u32,
    /// Those of them that did not come to it from another contact.
    at_home: u32,
    /// The oldest of the rows.
    oldest: Age,
}

/// Gives every group its contact number.
///
/// 1. A number goes to the group with most of the rows that were its own before any merge, then with most of
///    its rows, then with the oldest. Of the numbers that fall to a group so, it takes the one of most rows.
/// 2. A group that is left without a number, since it was split off, takes back the number that most of its
///    rows had before a merge, if nobody has it now.
/// 3. Else a number that its rows had and nobody took; else one that the same records had under another
///    member: a renamed folder renames nobody.
/// 4. Else a new number, made from the record id of its oldest row; never one that was given before.
///
/// The order of rows does not matter.
pub fn assign(rows: &[Row], groups: usize, past: &Past) -> Vec<u64> {
    let mut given = Given { numbers: vec![None; groups], used: FxHashSet::default() };
    given.give_to_heirs(&claims(rows, |before| match before {
        Before::Known { number, home } => Some((number, home == number)),
        _ => None,
    }));
    if given.numbers.iter().any(Option::is_none) {
        given.give_to_split_off(rows, past);
        given.in_order(claims(rows, |before| match before {
            Before::Known { number, .. } => Some((number, true)),
            _ => None,
        }));
        given.in_order(claims(rows, |before| match before {
            Before::Elsewhere(number) => Some((number, true)),
            _ => None,
        }));
        given.give_to_new(rows, past);
    }
    given.numbers.into_iter().map(Option::unwrap_or_default).collect()
}

/// The claims that rows make on old numbers, by number and group.
fn claims(rows: &[Row], of: impl Fn(Before) -> Option<(u64, bool)>) -> Vec<Claim> {
    let mut all: Vec<(u64, u32, u32, bool)> = rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| {
            of(row.before).map(|(number, home)| (number, row.group, place as u32, home))
        })
        .collect();
    all.sort_unstable();
    all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|of| Claim {
            number: of[0].0,
            group: of[0].1,
            rows: of.len() as u32,
            at_home: of.iter().filter(|(.., home)| *home).count() as u32,
            oldest: of.iter().map(|(_, _, place, _)| rows[*place as usize].age()).min().unwrap_or_default(),
        })
        .collect()
}

/// The numbers that groups have been given so far.
struct Given {
    numbers: Vec<Option<u64>>,
    used: FxHashSet<u64>,
}

impl Given {
    fn lacks(&self, group: u32) -> bool {
        self.numbers[group as usize].is_none()
    }

    fn give(&mut self, group: u32, number: u64) {
        if self.lacks(group) && self.used.insert(number) {
            self.numbers[group as usize] = Some(number);
        }
    }

    /// Gives each number to the group that is its heir, and each group the best of what it inherits.
    fn give_to_heirs(&mut self, claims: &[Claim]) {
        let mut heirs: Vec<Claim> = claims
            .chunk_by(|a, b| a.number == b.number)
            .filter_map(|of| {
                of.iter()
                    .min_by_key(|claim| (Reverse((claim.at_home, claim.rows)), claim.oldest, claim.group))
            })
            .copied()
            .collect();
        heirs.sort_unstable_by_key(|claim| (claim.group, Reverse(claim.rows), claim.oldest, claim.number));
        for claim in heirs {
            self.give(claim.group, claim.number);
        }
    }

    /// Gives groups that were split off the number they had before they were merged.
    fn give_to_split_off(&mut self, rows: &[Row], past: &Past) {
        // For each group and row the numbers of the contact it was in, the first of them its own.
        let mut votes: BTreeMap<(u32, u64), (u32, bool, Age)> = BTreeMap::new();
        for row in rows.iter().filter(|row| self.lacks(row.group)) {
            let Before::Known { home, .. } = row.before else { continue };
            let mut number = home;
            // A number is merged once, so the chain ends; a damaged one must not turn for ever.
            for _ in 0..64 {
                let vote = votes.entry((row.group, number)).or_insert((0, false, row.age()));
                vote.0 += 1;
                vote.1 |= number == home;
                vote.2 = vote.2.min(row.age());
                match past.retired.get(&number) {
                    Some(into) => number = *into,
                    None => break,
                }
            }
        }
        let own = votes.into_iter().filter(|(_, (_, own, _))| *own);
        let claim =
            |((group, number), (rows, _, oldest))| Claim { number, group, rows, at_home: rows, oldest };
        self.in_order(own.map(claim).collect());
    }

    /// Gives numbers claim by claim, that of most rows first.
    fn in_order(&mut self, mut claims: Vec<Claim>) {
        claims.retain(|claim| self.lacks(claim.group));
        claims.sort_unstable_by_key(|claim| (Reverse(claim.rows), claim.oldest, claim.number, claim.group));
        for claim in claims {
            self.give(claim.group, claim.number);
        }
    }

    /// Gives the groups that are left new numbers, the oldest first.
    fn give_to_new(&mut self, rows: &[Row], past: &Past) {
        let mut oldest: Vec<Option<Age>> = vec![None; self.numbers.len()];
        for row in rows.iter().filter(|row| self.lacks(row.group)) {
            let slot = &mut oldest[row.group as usize];
            *slot = Some(slot.map_or(row.age(), |have| have.min(row.age())));
        }
        let mut fresh: Vec<(Age, u32)> = (0..self.numbers.len() as u32)
            .filter(|group| self.lacks(*group))
            .map(|group| (oldest[group as usize].unwrap_or_default(), group))
            .collect();
        fresh.sort_unstable();
        for ((_, record_id, ..), group) in fresh {
            // Every try gives another number, and there are far more numbers than contacts.
            let number = (0..=u64::from(u32::MAX))
                .map(|turn| mix(record_id ^ mix(turn)) >> (64 - BITS))
                .find(|number| past.given.binary_search(number).is_err() && !self.used.contains(number));
            self.give(group, number.unwrap_or_default());
        }
    }
}

/// The number a row counts as its own from now on: the one it would take with it if what was merged is
/// split again. `numbers` holds the numbers of all groups, in order; `before` what was known of the row, and
/// `now` the number of its group.
pub fn home(before: Before, now: u64, numbers: &[u64]) -> u64 {
    let alive = |number: &u64| numbers.binary_search(number).is_ok();
    match before {
        // Its contact lives on without it, or its old number is another contact again: it is at home here.
        Before::Known { number, home } if alive(&home) || (number != now && alive(&number)) => now,
        Before::Known { home, .. } => home,
        Before::Nothing | Before::Elsewhere(_) => now,
    }
}

/// Spreads bits: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A contact number as the id that people see: `c` and twelve letters of Crockford's base 32.
pub fn contact_id(number: u64) -> String {
    let mut id = String::with_capacity(13);
    id.push('c');
    for letter in (0..12).rev() {
        id.push(LETTERS[(number >> (letter * 5) & 31) as usize] as char);
    }
    id
}

/// The number behind an id that people see, in either case; `None` if the text is no id.
pub fn contact_number(id: &str) -> Option<u64> {
    let letters = id.strip_prefix(['c', 'C']).filter(|letters| letters.len() == 12)?;
    letters.bytes().try_fold(0u64, |number, letter| {
        let digit = LETTERS.iter().position(|have| *have == letter.to_ascii_lowercase())?;
        Some(number << 5 | digit as u64)
    })
}

#[cfg(test)]
mod tests;
