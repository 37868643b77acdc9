//! Namesakes: how many people of one name the data prove, in all and at one employer.
//!
//! Two profiles in one list, two rows of a list of distinct people, or a mailbox with a number behind the name
//! (`anna.mueller2@firma`) prove that a name alone does not say who is meant.

use std::iter;

use rayon::prelude::*;

use super::feature::{Feature, Features, is_provider};
use super::name::Names;
use super::spelling::is_name_local;
use super::symbol::{NONE, hash_of};

/// Numbers behind a name up to this one count namesakes; greater ones are years and the like.
const COUNTING: u32 = 19;

/// For each record how many people of its name are known.
pub(super) struct Namesakes {
    /// In all, at least 1.
    all: Vec<u8>,
    /// At one of its employers, at least 1.
    colleagues: Vec<u8>,
}

impl Namesakes {
    pub(super) fn new(features: &Features, names: &Names<'_>) -> Namesakes {
        let named: Vec<u64> = features.rows.par_iter().map(|row| name_of(row, names)).collect();
        let proofs: Vec<Proof> = (0..features.rows.len())
            .into_par_iter()
            .flat_map_iter(|at| {
                let shown = proofs(features, names, at, named[at]);
                let again = features.again(at as u32);
                shown.flat_map(move |proof| {
                    let of = if proof.list == u32::MAX { &[] } else { again };
                    iter::once(proof).chain(of.iter().map(move |list| Proof { list: *list, ..proof }))
                })
            })
            .collect();
        let counts = count(proofs);
        let of = |key: u64| counts.binary_search_by_key(&key, |entry| entry.0).map_or(1, |at| counts[at].1);
        let rows = features.rows.par_iter().zip(&named);
        let (all, colleagues) = rows
            .map(|(row, name)| {
                if *name == 0 {
                    return (1, 1);
                }
                let all = of(*name);
                // Nobody has namesakes at an employer and none in all.
                let employers =
                    [row.company, row.domain].into_iter().filter(|employer| all > 1 && *employer != NONE);
                (all, employers.map(|employer| of(at_work(*name, employer))).max().unwrap_or(1))
            })
            .unzip();
        Namesakes { all, colleagues }
    }

    /// How many people of the name of either record are known, at least 1.
    #[inline]
    pub(super) fn of(&self, a: u32, b: u32) -> u8 {
        self.all[a as usize].max(self.all[b as usize])
    }

    /// The same at an employer of either.
    #[inline]
    pub(super) fn colleagues(&self, a: u32, b: u32) -> u8 {
        self.colleagues[a as usize].max(self.colleagues[b as usize])
    }
}

/// That a list shows somebody under a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Proof {
    /// Name, or name and employer.
    key: u64,
    /// The list; 0 for numbered mailboxes.
    list: u32,
    /// Who is shown there.
    who: u64,
}

/// Pairs of people that the expectation of namesakes weighs as much as, in namesakes.
const HELD: f64 = 0.5;
/// How far what lists show is followed, in bits: 0 not at all, 1 wholly. Chosen on generated teams of three hands:
/// namesakes stand in one list more often than each of them does.
const FOLLOWED: f64 = 0.5;

/// How often lists of distinct people show two under one whole name that hardly anybody has: their profiles prove
/// that they are two, so this is how often a rare name means somebody else in this data.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Met {
    /// Pairs of two people of one list who have one name.
    namesakes: f64,
    /// Pairs of one list, of somebody with a rare name and anybody; of two such, half a pair each.
    pairs: f64,
}

impl Met {
    /// Counts them; `is_rare` says whether a whole name is rare.
    pub(super) fn count(
        features: &Features,
        names: &Names<'_>,
        is_rare: impl Fn(&Feature) -> bool + Sync,
    ) -> Met {
        let of_row = |at: usize| {
            let row = &features.rows[at];
            let name = if row.distinct { name_of(row, names) } else { 0 };
            (name != 0).then(|| (row.export, is_rare(row), name, who(row, at)))
        };
        let mut shown: Vec<(u32, bool, u64, u64)> =
            (0..features.rows.len()).into_par_iter().filter_map(of_row).collect();
        shown.par_sort_unstable();
        shown.dedup();
        let mut met = Met::default();
        for list in shown.chunk_by(|a, b| a.0 == b.0) {
            let rare = &list[list.partition_point(|entry| !entry.1)..];
            met.pairs += rare.len() as f64 * (list.len() - 1) as f64 / 2.0;
            let of_name = rare.chunk_by(|a, b| a.2 == b.2).map(|people| people.len() as f64);
            met.namesakes += of_name.map(|people| people * (people - 1.0) / 2.0).sum::<f64>();
        }
        met
    }

    /// How many further persons of a whole name there are among `population`, at least `expected`.
    pub(super) fn further(self, population: f32, expected: f32) -> f32 {
        let usual = f64::from(expected / population);
        let rate = (self.namesakes + HELD) / (self.pairs + HELD / usual);
        expected * (rate / usual).max(1.0).powf(FOLLOWED) as f32
    }
}

/// Who a row of a list of distinct people is: the profile, else the row itself.
fn who(row: &Feature, at: usize) -> u64 {
    let profile = if row.linkedin == NONE { row.xing } else { row.linkedin };
    if profile == NONE { hash_of((at, 'r')) } else { u64::from(profile) }
}

/// A name whatever its bearer is called, as a number; 0 if it is not whole.
fn name_of(row: &Feature, names: &Names<'_>) -> u64 {
    let (given, family) = (row.given[0], row.family_full);
    if given == NONE || family == NONE || names.text(given).len() < 2 {
        return 0;
    }
    match names.nickname(given).main() {
        0 => hash_of((given, family)),
        class => hash_of((class, family, 'c')),
    }
}

fn at_work(name: u64, employer: u32) -> u64 {
    hash_of((name, employer))
}

/// What one record proves: under its name, and under its name at each employer.
fn proofs(features: &Features, names: &Names<'_>, at: usize, name: u64) -> impl Iterator<Item = Proof> {
    let row = &features.rows[at];
    let mut found: [Option<Proof>; 4] = [None; 4];
    if name != 0 {
        if row.distinct {
            let who = who(row, at);
            found[0] = Some(Proof { key: name, list: row.export, who });
            if row.company != NONE {
                found[1] = Some(Proof { key: at_work(name, row.company), list: row.export, who });
            }
        }
        if let Some((number, employer)) = numbered(features, names, row) {
            let proof = |key| Some(Proof { key, list: u32::MAX, who: u64::from(number) });
            (found[2], found[3]) = (proof(name), proof(at_work(name, employer)));
        }
    }
    found.into_iter().flatten()
}

/// The number behind the name in a business mailbox, and the employer's symbol.
fn numbered(features: &Features, names: &Names<'_>, row: &Feature) -> Option<(u32, u32)> {
    if row.domain == NONE {
        return None;
    }
    features.emails(row).iter().find_map(|email| {
        let (local, domain) = features.keys.text(*email).rsplit_once('@')?;
        let bare = local.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let number: u32 =
            local[bare.len()..].parse().ok().filter(|number| (2..=COUNTING).contains(number))?;
        let (given, family) = (names.text(row.given[0]), names.text(row.family_full));
        (is_name_local(bare, given, family) && !is_provider(domain)).then_some((number, row.domain))
    })
}

/// For each key the most people that one list shows, ascending by key; keys of one person are left out.
fn count(mut proofs: Vec<Proof>) -> Vec<(u64, u8)> {
    proofs.par_sort_unstable();
    proofs.dedup();
    let mut counts: Vec<(u64, u8)> = Vec::new();
    for of_key in proofs.chunk_by(|a, b| a.key == b.key) {
        let of_list = of_key.chunk_by(|a, b| a.list == b.list).map(|list| {
            // A mailbox with a number has at least one without beside it.
            list.len() + usize::from(list[0].list == u32::MAX)
        });
        let most = of_list.max().unwrap_or(1);
        if most > 1 {
            counts.push((of_key[0].key, most.min(usize::from(u8::MAX)) as u8));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one list shows, by the number of the name and the profile.
    fn met(shown: &[(u32, u32)]) -> Met {
        let mut features = Features::new(&[], &[]);
        for number in 0..=shown.iter().map(|(name, _)| *name).max().unwrap_or_default() {
            features.names.intern(&format!(
                "{}arnbert",
                ["b", "g", "w"][number as usize % 3].repeat(number as usize + 1)
            ));
        }
        let row = |(name, profile): &(u32, u32)| Feature {
            given: [*name, NONE],
            family_full: *name,
            linkedin: *profile,
            distinct: true,
            ..Feature::default()
        };
        features.rows = shown.iter().map(row).collect();
        Met::count(&features, &Names::new(&features.names), |_| true)
    }

    #[test]
    fn two_profiles_of_one_list_and_name_are_namesakes() {
        let apart = met(&[(1, 1), (2, 2), (3, 3), (4, 4)]);
        assert_eq!(apart, Met { namesakes: 0.0, pairs: 6.0 });
        assert_eq!(met(&[(1, 1), (2, 2), (1, 3), (4, 4)]), Met { namesakes: 1.0, pairs: 6.0 });
        assert_eq!(met(&[(1, 1), (2, 2), (1, 1), (3, 3), (4, 4)]), apart, "one profile is one person");
    }

    #[test]
    fn many_namesakes_of_rare_names_make_more_of_them_likely_and_few_do_not() {
        let (population, expected) = (10_000.0, 0.01);
        let further = |namesakes: f64, pairs: f64| Met { namesakes, pairs }.further(population, expected);
        assert!((further(0.0, 0.0) - expected).abs() < 1e-6);
        assert!((further(0.0, 1e9) - expected).abs() < 1e-6, "it never falls below what is expected");
        assert!((further(1.0, 1e6) - expected).abs() < 1e-4, "one in a million is what is expected");
        let many = further(100.0, 1e6);
        assert!(many > 8.0 * expected && many < 100.0 * expected);
    }
}
