//! Frequencies: how common a name, an employer or a city is, and how many names use one address or number.

use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::feature::{Feature, Features};
use super::name::{Names, Relation};
use super::spelling::key;
use super::symbol::NONE;

/// Records that the shipped frequencies weigh as much as.
const SHIPPED_WEIGHT: f64 = 2_000.0;
/// Shares of names that no table knows: given, family.
const UNKNOWN: [f64; 2] = [4e-5, 6e-6];
/// Persons a record, as a rule: entries of one person are not several carriers of its name.
pub(super) const PERSONS_PER_ROW: f64 = 0.7;
/// Records of one address or number that are looked at to count the names on it.
const LOOKED_AT: usize = 64;

/// People per million that carry a name, by role (given, family) and key.
static SHIPPED: LazyLock<[FxHashMap<String, f64>; 2]> = LazyLock::new(|| {
    let mut maps = [FxHashMap::default(), FxHashMap::default()];
    let rows = include_str!("../../data/name_frequencies.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows.skip(1) {
        let mut cells = row.split('\t');
        let (role, name) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let share = cells.next().and_then(|text| text.parse::<f64>().ok()).unwrap_or_default() / 1e6;
        *maps[usize::from(role == "family")].entry(key(name)).or_insert(0.0) += share;
    }
    maps
});

/// The share of people who carry a given (`role` 0) or family name (1), as shipped; `None` if not listed.
pub(super) fn shipped(role: usize, name: &str) -> Option<f64> {
    SHIPPED[role].get(name).copied()
}

/// Family names that many people have, with a shipped share or without; none is in both tables.
static COMMON: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let further = include_str!("../../data/family_names.txt").lines().filter(|line| !line.starts_with('#'));
    SHIPPED[1].keys().cloned().chain(further.map(key)).collect()
});

/// Whether many people have a family name, so that it is hardly a slip of another.
pub(super) fn is_common_family(name: &str) -> bool {
    COMMON.contains(name)
}

/// How many persons stand behind `rows` records with a value and `partners` distinct names among them.
///
/// Few records: every distinct name is a person, and a person's several entries count once. Many records:
/// the distinct names run out, so the records count.
fn persons(rows: u32, partners: u32) -> f64 {
    let (rows, partners) = (f64::from(rows), f64::from(partners));
    let crowded = (partners / 40.0).min(1.0);
    partners + crowded * (rows * PERSONS_PER_ROW - partners).max(0.0)
}

/// The chance that another person carries the value, at most one half.
fn share(carriers: f64, shipped: f64, population: f64) -> f64 {
    ((carriers - 1.0).max(0.0) + SHIPPED_WEIGHT * shipped).max(0.0) / (population + SHIPPED_WEIGHT)
}

/// Counts records and distinct partners of each symbol.
struct Count {
    rows: Vec<u32>,
    partners: Vec<u32>,
}

impl Count {
    /// Counts pairs of (symbol, partner); a partner of 0 is no partner.
    fn new(symbols: usize, mut pairs: Vec<(u32, u32)>) -> Count {
        let mut count = Count { rows: vec![0; symbols], partners: vec![0; symbols] };
        for (symbol, _) in &pairs {
            count.rows[*symbol as usize] += 1;
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        for (symbol, partner) in &pairs {
            count.partners[*symbol as usize] += u32::from(*partner != NONE);
        }
        count
    }

    fn shares(&self, population: f64, shipped: impl Fn(usize) -> f64) -> Vec<f32> {
        let share_of = |at: usize| {
            let carriers = persons(self.rows[at], self.partners[at]);
            (share(carriers, shipped(at), population) as f32).log2()
        };
        (0..self.rows.len()).map(share_of).collect()
    }
}

/// How common values are among the persons of this data, as logarithms (base 2) of shares: they are looked up a
/// pair, and weights are sums of logarithms.
pub(super) struct Frequencies {
    /// log2 of the chance that another person has this given name, by name symbol.
    pub(super) given: Vec<f32>,
    /// log2 of the chance that another person has this family name, by name symbol.
    pub(super) family: Vec<f32>,
    /// Whether a name stands on its own here or in the shipped table, so that it is hardly a typing error.
    pub(super) established: Vec<bool>,
    /// log2 of the chance that another person has this employer, position, city, postcode or street, by text symbol.
    pub(super) text: Vec<f32>,
}

impl Frequencies {
    pub(super) fn new(features: &Features) -> Frequencies {
        let population = features.rows.len() as f64 * PERSONS_PER_ROW;
        let names = &features.names;
        let given = Count::new(
            names.len(),
            pairs(features, |row, add| {
                add(row.given[0], row.family_full);
            }),
        );
        let family = Count::new(
            names.len(),
            pairs(features, |row, add| {
                add(row.family[0], row.given[0]);
                add(row.family[1], row.given[0]);
                add(row.family[2], NONE);
            }),
        );
        let established = (0..names.len())
            .map(|at| {
                let text = names.text(at as u32);
                given.partners[at].max(family.partners[at]) >= 4
                    || shipped(0, text).is_some()
                    || shipped(1, text).is_some()
            })
            .collect();
        let text = Count::new(
            features.texts.len(),
            pairs(features, |row, add| {
                let person = row.family_full.wrapping_mul(31).wrapping_add(row.given[0]);
                add(row.company, person);
                add(if row.domain == row.company { NONE } else { row.domain }, person);
                for symbol in [row.position, row.city, row.postcode, row.street] {
                    add(symbol, person);
                }
            }),
        );
        let prior =
            |role: usize| move |at: usize| shipped(role, names.text(at as u32)).unwrap_or(UNKNOWN[role]);
        Frequencies {
            given: given.shares(population, prior(0)),
            family: family.shares(population, prior(1)),
            established,
            text: text.shares(population, |_| 0.0),
        }
    }
}

/// Collects (symbol, partner) of all records, without missing symbols.
fn pairs(features: &Features, each: impl Fn(&Feature, &mut dyn FnMut(u32, u32))) -> Vec<(u32, u32)> {
    let mut all = Vec::with_capacity(features.rows.len());
    for row in &features.rows {
        each(row, &mut |symbol, partner| {
            if symbol != NONE {
                all.push((symbol, partner));
            }
        });
    }
    all
}

/// The records of each key symbol: an index from profiles, addresses, numbers and ids to records.
pub(super) struct Holders {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Holders {
    pub(super) fn new(features: &Features) -> Holders {
        let mut starts = vec![0u32; features.keys.len() + 1];
        let each = |act: &mut dyn FnMut(u32, u32)| {
            for (at, row) in features.rows.iter().enumerate() {
                for &symbol in [row.linkedin, row.xing]
                    .iter()
                    .chain(features.emails(row))
                    .chain(features.phones(row))
                    .chain(features.ids(row))
                    .filter(|symbol| **symbol != NONE)
                {
                    act(symbol, at as u32);
                }
            }
        };
        each(&mut |symbol, _| starts[symbol as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0u32; starts.last().copied().unwrap_or_default() as usize];
        each(&mut |symbol, at| {
            rows[next[symbol as usize] as usize] = at;
            next[symbol as usize] += 1;
        });
        Holders { starts, rows }
    }

    /// How many key symbols there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The records that hold a key, in order; one that holds it twice stands there twice.
    pub(super) fn of(&self, symbol: usize) -> &[u32] {
        &self.rows[self.starts[symbol] as usize..self.starts[symbol + 1] as usize]
    }

    /// For each key how many different names use it: a switchboard has many, a landline of a couple two.
    pub(super) fn users(&self, features: &Features, names: &Names) -> Vec<u8> {
        (0..self.len()).into_par_iter().map(|symbol| count_users(self.of(symbol), features, names)).collect()
    }
}

fn count_users(rows: &[u32], features: &Features, names: &Names) -> u8 {
    if rows.len() < 2 {
        return rows.len() as u8;
    }
    let mut users: Vec<&Feature> = Vec::new();
    for &at in rows.iter().take(LOOKED_AT) {
        let row = &features.rows[at as usize];
        let named = row.given[0] != NONE || row.family[0] != NONE;
        if named && !users.iter().any(|user| same_name(names, user, row)) {
            users.push(row);
        }
    }
    users.len().clamp(1, LOOKED_AT) as u8
}

/// Whether two names may be one person's: given names agree, or family names where a given name is missing.
fn same_name(names: &Names, a: &Feature, b: &Feature) -> bool {
    let agree = |x: u32, y: u32| names.relation(x, y) < Relation::Near;
    let any = |xs: &[u32], ys: &[u32]| {
        xs.iter().any(|x| *x != NONE && ys.iter().any(|y| *y != NONE && agree(*x, *y)))
    };
    let given = |row: &Feature| [row.given[0], row.given[1], row.nickname];
    if a.given[0] != NONE && b.given[0] != NONE {
        any(&given(a), &given(b)) || (any(&a.given, &b.family) && any(&a.family, &b.given))
    } else {
        any(&a.family, &b.family) || any(&a.given, &b.family) || any(&a.family, &b.given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_frequencies_cover_both_roles() {
        assert!(shipped(0, "thomas").is_some_and(|share| share > 0.005));
        assert!(shipped(1, "muller").is_some_and(|share| share > 0.003));
        assert!(shipped(1, "xyzzy").is_none());
    }

    #[test]
    fn several_entries_of_one_person_are_one_carrier() {
        assert!((persons(5, 1) - 1.0).abs() < 0.2);
        assert!(persons(10_000, 300) > 6_000.0);
        assert!(share(1.0, 0.0, 1000.0).abs() < 1e-9);
    }
}
