//! Origin: given and family names of one language go together, so a whole name is more common than its parts say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::feature::Feature;
use super::spelling::key;
use super::symbol::{NONE, Symbols};

/// Rounds in which names that no table lists take the origin of the names beside them.
const ROUNDS: usize = 2;
/// How far names keep to their origin: 0 not at all, 1 always.
const KEPT: f64 = 0.5;
/// Shares of origins are not taken below this: a few rows tell little.
const LEAST: f64 = 0.01;

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
        for _ in 0..ROUNDS {
            vote(&mut family, &given, pairs.iter().map(|(given, family)| (*family, *given)), *count);
            vote(&mut given, &family, pairs.iter().copied(), *count);
        }
        let mut of_origin = vec![0u32; *count];
        for (_, name) in &pairs {
            of_origin[usize::from(family[*name as usize])] += 1;
        }
        let all = f64::from(of_origin.iter().skip(1).sum::<u32>()).max(1.0);
        let share = |count: &u32| (f64::from(*count) / all).clamp(LEAST, 1.0).powf(KEPT);
        let mut discount: Vec<f32> = of_origin.iter().map(|count| share(count).log2() as f32).collect();
        discount[0] = 0.0;
        Origins { given, family, discount }
    }

    /// What a whole name weighs less, in bits, at most 0: both parts come of one origin.
    pub(super) fn discount(&self, given: u32, family: u32) -> f32 {
        let (of_given, of_family) = (self.given[given as usize], self.family[family as usize]);
        if of_given == of_family { self.discount[usize::from(of_given)] } else { 0.0 }
    }
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
}
