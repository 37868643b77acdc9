//! Pairwise precision and recall of a result against the truth about who is who.
#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]

use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// How well groups of rows agree with the truth, counted in pairs of rows.
#[derive(Debug, Clone, Copy)]
pub struct Score {
    /// Share of joined pairs that are truly one person.
    pub precision: f64,
    /// Share of true pairs that were joined.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Pairs that are truly one person.
    pub pairs: u64,
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { precision, recall, f1, pairs } = self;
        write!(out, "precision {precision:.4} recall {recall:.4} F1 {f1:.4} ({pairs} true pairs)")
    }
}

/// Compares who each row is said to be with who it is; rows that are in `truth` only fail the test.
pub fn pairwise<K: Ord + fmt::Debug>(said: &BTreeMap<K, String>, truth: &BTreeMap<K, String>) -> Score {
    let missing: Vec<_> = truth.keys().filter(|row| !said.contains_key(*row)).collect();
    assert!(missing.is_empty(), "{} rows are missing, such as {:?}", missing.len(), missing[0]);
    let rows = || truth.iter().map(|(row, person)| (person.as_str(), said[row].as_str()));
    let both = pairs(rows());
    let (joined, pairs) =
        (pairs(rows().map(|(_, contact)| contact)), pairs(rows().map(|(person, _)| person)));
    let share = |of: u64| if of == 0 { 1.0 } else { both as f64 / of as f64 };
    let (precision, recall) = (share(joined), share(pairs));
    Score { precision, recall, f1: 2.0 * precision * recall / (precision + recall), pairs }
}

/// Pairs of equal things.
fn pairs<T: std::hash::Hash + Eq>(things: impl Iterator<Item = T>) -> u64 {
    let mut counts: HashMap<T, u64> = HashMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    counts.values().map(|count| count * (count - 1) / 2).sum()
}
