//! Counting: how often each comparison level is met among true pairs and among pairs of two people.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use hamstern::link::{self, Explanation, Level};
use hamstern::run::rows::Rows;

/// Rows of one person that are paired with each other, at most.
const OF_ONE: usize = 12;
/// Pairs of two people drawn for each row.
const DRAWN: u64 = 60;

/// The person of a row by its file, line and sheet.
pub(crate) type Truth = HashMap<(String, u32, String), String>;

/// Pairs in which each level was found.
#[derive(Default)]
pub(crate) struct Counts {
    /// Among true pairs that share no key other than the level's own.
    pub(crate) of_true: Vec<u64>,
    /// Among pairs of two people, drawn at random.
    pub(crate) of_others: Vec<u64>,
}

/// Reads a truth file.
pub(crate) fn truth(path: &Path) -> Result<Truth, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let mut truth = Truth::new();
    for row in reader.deserialize::<(String, u32, String, String)>() {
        let (file, line, person, sheet) = row.map_err(|error| error.to_string())?;
        truth.insert((file, line, sheet), person);
    }
    Ok(truth)
}

impl Counts {
    /// Counts the levels of the pairs of an inbox.
    pub(crate) fn of(all: &Rows<'_>, truth: &Truth) -> Counts {
        let person: Vec<Option<&String>> = all
            .places
            .iter()
            .map(|(file, line, sheet)| truth.get(&((*file).to_owned(), *line, (*sheet).to_owned())))
            .collect();
        let pairs = true_pairs(&person);
        let mut counts = Counts { of_true: none(), of_others: none() };
        for pair in link::explain(&all.rows, &all.options, &pairs) {
            count(&pair, &mut counts.of_true);
        }
        for pair in link::explain(&all.rows, &all.options, &others(&person)) {
            pair.parts.iter().for_each(|part| counts.of_others[part.level as usize] += 1);
        }
        counts
    }
}

/// A count of zero for each level.
pub(crate) fn none() -> Vec<u64> {
    vec![0; Level::ALL.len()]
}

/// Counts the levels that decide a true pair: where records share a key, other fields no longer do, and one
/// is often a copy of the other, so that only the key's own field is counted.
fn count(pair: &Explanation, counts: &mut [u64]) {
    let keys = pair.parts.iter().filter(|part| part.level.is_key()).count();
    for part in &pair.parts {
        if keys == usize::from(part.level.is_key()) {
            counts[part.level as usize] += 1;
        }
    }
}

fn true_pairs(person: &[Option<&String>]) -> Vec<(u32, u32)> {
    let mut rows: BTreeMap<&String, Vec<u32>> = BTreeMap::new();
    for (row, person) in person.iter().enumerate() {
        if let Some(person) = person {
            rows.entry(*person).or_default().push(row as u32);
        }
    }
    let mut pairs = Vec::new();
    for rows in rows.values() {
        for (at, a) in rows.iter().take(OF_ONE).enumerate() {
            pairs.extend(rows[..at].iter().map(|b| (*b, *a)));
        }
    }
    pairs
}

/// Pairs of two people by a walk that meets rows in no telling order.
fn others(person: &[Option<&String>]) -> Vec<(u32, u32)> {
    let rows = person.len() as u64;
    let mut state = 0u64;
    let mut next = || {
        // The step and scrambling of SplitMix64 (Steele et al. 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = state;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % rows.max(1)) as u32
    };
    let pairs = (0..rows * DRAWN).map(|_| (next(), next()));
    pairs.filter(|(a, b)| a != b && person[*a as usize] != person[*b as usize]).collect()
}
