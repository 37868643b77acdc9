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
            let profile = if row.linkedin == NONE { row.xing } else { row.linkedin };
            let who = if profile == NONE { hash_of((at, 'r')) } else { u64::from(profile) };
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
