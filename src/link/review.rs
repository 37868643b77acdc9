//! Review: the pairs left open that are likely enough to ask a person, most valuable first.

use rustc_hash::FxHashSet;

use super::cluster::{Clusters, Edge};
use super::score::{Corpus, Part, probability};

/// Two rows of different groups that may be one person.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewPair {
    /// Index of one row.
    pub a: u32,
    /// Index of the other row.
    pub b: u32,
    /// Weight in bits: log2 of the odds that they are one person.
    pub weight: f32,
    /// The same as a probability.
    pub probability: f64,
    /// How much a yes would change: pairs of rows that would become one person, times the probability.
    pub value: f64,
    /// The prior and every level found.
    pub parts: Vec<Part>,
}

/// The best open pair between any two groups, most valuable first, at most `most`, and how many more there are.
///
/// Pairs that a decision or two profiles in one list keep apart are settled and not asked again.
pub(super) fn open_pairs(
    clusters: &mut Clusters<'_, '_>,
    corpus: &Corpus<'_>,
    edges: &[Edge],
    most: usize,
) -> (Vec<ReviewPair>, u64) {
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut open: Vec<(f64, Edge)> = Vec::new();
    for edge in edges {
        let (a, b) = (clusters.find(edge.a), clusters.find(edge.b));
        if a == b || !seen.insert((a.min(b), a.max(b))) || clusters.cannot_link(a, b) {
            continue;
        }
        let joined = f64::from(clusters.size_of(a)) * f64::from(clusters.size_of(b));
        open.push((joined.sqrt() * probability(edge.score), *edge));
    }
    open.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)));
    let left_out = open.len().saturating_sub(most) as u64;
    let pair = |(value, edge): (f64, Edge)| ReviewPair {
        a: edge.a,
        b: edge.b,
        weight: edge.score,
        probability: probability(edge.score),
        value,
        parts: corpus.parts(edge.a, edge.b),
    };
    (open.into_iter().take(most).map(pair).collect(), left_out)
}
