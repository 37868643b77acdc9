//! Origin: given and family names of one language go together, so a whole name is more common than its parts say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::feature::Feature;
use super::spelling::key;
use super::symbol::{NONE, Symbols};

/// Rounds in which names that no table lists take the origin of the names beside them.
const ROUNDS: usize = 2;
/// How far names keep to their origin as far as nothing is counted: 0 not at all, 1 always.
const KEPT: f64 = 0.5;
/// Names that this expectation weighs as much as.
const HELD: f64 = 20.0;
/// Shares of origins are not taken below this: a few rows tell little.
const LEAST: f64 = 0.001;

/// Number of an origin by role (given, family) and key; numbers start at 1.
static LISTED: LazyLock<([FxHashMap<String, u8>; 2], usize)> = LazyLock::new(|| {
    let mut maps = [FxHashMap::default(), FxHashMap::default()];
    let mut numbers: Vec<&str> = Vec::new();
    let rows = include_str!("../../data/name_frequencies.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows.skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [role, name, _, origin] = cells.as_slice() else { continue };
        let number = numbers.iter().position(|have| have == origin).unwrap_or_else(|| {
            numbers.push(origin);
            numbers.len() - 1
        });
        maps[usize::from(*role == "family")].insert(key(name), number as u8 + 1);
    }
    (maps, numbers.len() + 1)
});

/// The origin of names, as far as the table or the names beside them tell.
pub(super) struct Origins {
    given: Vec<u8>,
    family: Vec<u8>,
    /// Bits that a whole name of an origin weighs less than its parts; 0 for unknown.
    discount: Vec<f32>,
}

impl Origins {
    pub(super) fn new(names: &Symbols, rows: &[Feature]) -> Origins {
        let (listed, count) = &*LISTED;
        let known = |role: usize| -> Vec<u8> {
            let of = |symbol| listed[role].get(names.text(symbol)).copied().unwrap_or_default();
            (0..names.len() as u32).map(of).collect()
        };
        let (mut given, mut family) = (known(0), known(1));
        let mut pairs: Vec<(u32, u32)> = rows
            .iter()
            .map(|row| (row.given[0], row.family[0]))
            .filter(|(given, family)| *given != NONE && *family != NONE)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let both = |(one, other): &(u32, u32)| (given[*one as usize], family[*other as usize]);
        let of_table: Vec<(u8, u8)> =
            pairs.iter().map(both).filter(|(one, other)| *one != 0 && *other != 0).collect();
        for _ in 0..ROUNDS {
            vote(&mut family, &given, pairs.iter().map(|(given, family)| (*family, *given)), *count);
            vote(&mut given, &family, pairs.iter().copied(), *count);
        }
        let discount = discounts(&of_table, *count);
        Origins { given, family, discount }
    }

    /// What a whole name weighs less, in bits, at most 0: both parts come of one origin.
    pub(super) fn discount(&self, given: u32, family: u32) -> f32 {
        let (of_given, of_family) = (self.given[given as usize], self.family[family as usize]);
        if of_given == of_family { self.discount[usize::from(of_given)] } else { 0.0 }
    }
}

/// What whole names weigh less, in bits, by origin: how much more often than by chance the family name is of the
/// origin of the given name. `pairs` are the origins of the distinct whole names of which the table lists both parts,
/// `count` is the number of origins.
fn discounts(pairs: &[(u8, u8)], count: usize) -> Vec<f32> {
    let (mut of_given, mut of_family, mut of_both) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
    for &(given, family) in pairs {
        of_given[usize::from(given)] += 1.0;
        of_family[usize::from(family)] += 1.0;
        of_both[usize::from(given)] += if given == family { 1.0 } else { 0.0 };
    }
    let discount = |origin: usize| {
        let share = (of_family[origin] / pairs.len().max(1) as f64).clamp(LEAST, 1.0);
        let kept = (of_both[origin] + HELD * share.powf(1.0 - KEPT)) / (of_given[origin] + HELD);
        (share / kept).log2().min(0.0) as f32
    };
    // Unknown origins tell nothing.
    (0..count).map(|origin| if origin == 0 { 0.0 } else { discount(origin) }).collect()
}

/// Gives names without an origin that of most of the names beside them.
fn vote(unknown: &mut [u8], known: &[u8], pairs: impl Iterator<Item = (u32, u32)>, count: usize) {
    let mut votes: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (name, beside) in pairs {
        let origin = known[beside as usize];
        if unknown[name as usize] == 0 && origin != 0 {
            votes.entry(name).or_insert_with(|| vec![0; count])[usize::from(origin)] += 1;
        }
    }
    for (name, votes) in votes {
        let all: u32 = votes.iter().sum();
        let best = (1..count).max_by_key(|origin| (votes[*origin], count - origin)).unwrap_or_default();
        if votes[best] * 2 > all {
            unknown[name as usize] = best as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_of_a_small_origin_is_discounted() {
        let mut names = Symbols::new();
        let mut row = |given: &str, family: &str| Feature {
            given: [names.intern(given), NONE],
            family: [names.intern(family), NONE, NONE],
            ..Feature::default()
        };
        let mut rows: Vec<Feature> =
            ["thomas", "peter", "anna", "hans", "sabine", "ute", "klaus", "uwe", "jens"]
                .iter()
                .map(|given| row(given, "muller"))
                .collect();
        rows.push(row("mehmet", "ozturk"));
        rows.push(row("mehmet", "tulpar"));
        let origins = Origins::new(&names, &rows);
        let [german, turkish, voted] =
            [&rows[0], &rows[9], &rows[10]].map(|row| origins.discount(row.given[0], row.family[0]));
        assert!(turkish < german && german <= 0.0);
        assert!((turkish - voted).abs() < 1e-6, "an unlisted name takes the origin of the names beside it");
        assert!(
            origins.discount(rows[9].given[0], rows[0].family[0]).abs() < 1e-6,
            "mixed names are not discounted"
        );
    }

    #[test]
    fn how_far_names_keep_to_their_origin_is_counted() {
        // Nine hundred of a first origin and a hundred of a second, which keep to their own or not.
        let pairs = |own: usize| -> Vec<(u8, u8)> {
            let second = (0..100).map(|at| (2, if at < own { 2 } else { 1 }));
            let first = (0..900).map(|at| (1, if at < 100 - own { 2 } else { 1 }));
            second.chain(first).collect()
        };
        let [apart, mixed, unknown] =
            [discounts(&pairs(95), 3)[2], discounts(&pairs(10), 3)[2], discounts(&[], 3)[2]];
        assert!(
            (apart - -2.9).abs() < 0.3,
            "of the second origin are 95 instead of 10 in a hundred: {apart}"
        );
        assert!(mixed > -1.0 && mixed <= 0.0, "{mixed}");
        assert!(unknown < 0.0, "{unknown}");
    }
}
