//! Review: the pairs left open that are likely enough to ask a person, most valuable first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cluster::{Clusters, Edge};
use super::group::GroupWeight;
use super::score::{Corpus, Explanation, Part, probability, with_groups};
use super::settle::Open;

/// Two rows that may be one person, or about which answers contradict each other.
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
    /// How much is expected to change: the probability of a yes times what a yes changes. That is the rows
    /// that get another contact (those of the smaller group) and the pairs of members, one of each side, who
    /// would turn out to know the same person.
    pub value: f64,
    /// Whether answers about it contradict each other, alone or through other records; they are not followed.
    pub disputed: bool,
    /// The prior and every level found.
    pub parts: Vec<Part>,
}

/// What a person is asked, at most `most` pairs, and how many more there are.
///
/// First the pairs on which answers contradict each other, then the open groups that are one person from `least`
/// log2 odds on, shown by the best pair between them, most valuable first. Groups that a decision, or a list that
/// shows both, keeps apart are settled, whichever of their rows the decision names. Rows of one record id cannot be
/// told apart by an answer and are counted only.
pub(super) fn open_pairs(
    clusters: &Clusters<'_, '_>,
    disputed: &[(u32, u32)],
    least: f32,
    most: usize,
) -> (Vec<ReviewPair>, u64) {
    let corpus = clusters.corpus;
    let groups = |(a, b): &(u32, u32)| {
        let (a, b) = (clusters.root(*a), clusters.root(*b));
        (a.min(b), a.max(b))
    };
    let seen: FxHashSet<(u32, u32)> = disputed.iter().map(groups).collect();
    let mut members: FxHashMap<u32, Vec<u16>> = FxHashMap::default();
    let mut open: Vec<(f64, &Open)> = Vec::new();
    for pair in clusters.open.iter().filter(|pair| pair.score >= least && !seen.contains(&pair.groups)) {
        let (a, b) = pair.groups;
        for root in [a, b] {
            members.entry(root).or_insert_with(|| members_of(clusters, corpus, root));
        }
        let moved = f64::from(clusters.size_of(a).min(clusters.size_of(b)));
        let met = meetings(&members[&a], &members[&b]) as f64;
        open.push(((moved + met) * probability(pair.score), pair));
    }
    open.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.best.cmp(&x.1.best)));
    let pair = |value: f64, (a, b): (u32, u32), groups: Option<GroupWeight>| {
        let parts = corpus.parts(a, b);
        let parts = match groups {
            Some(groups) => with_groups(parts, groups),
            None => parts,
        };
        let Explanation { parts, score, probability } = Explanation::new(parts);
        ReviewPair { a, b, weight: score, probability, value, disputed: groups.is_none(), parts }
    };
    let first = disputed.iter().map(|&rows| pair(0.0, rows, None));
    let rest = open.iter().filter_map(|(value, open)| {
        let rows = nameable(clusters, open)?;
        Some(pair(*value, rows, Some(open.weighed)))
    });
    let shown: Vec<ReviewPair> = first.chain(rest).take(most).collect();
    let left_out = (disputed.len() + open.len() - shown.len()) as u64;
    (shown, left_out)
}

/// The best pair of rows between two groups that an answer can tell apart.
fn nameable(clusters: &Clusters<'_, '_>, open: &Open) -> Option<(u32, u32)> {
    let corpus = clusters.corpus;
    let differ = |a: u32, b: u32| corpus.row(a).record_id != corpus.row(b).record_id;
    let Edge { a, b, .. } = open.best;
    if differ(a, b) {
        return Some((a, b));
    }
    let others = clusters.asked(open.groups.1);
    let pairs = clusters.asked(open.groups.0).into_iter().flat_map(|a| others.iter().map(move |b| (a, *b)));
    let named = pairs.filter(|(a, b)| differ(*a, *b));
    let edge = |(a, b): (u32, u32)| Edge { score: corpus.score(a, b), a: a.min(b), b: a.max(b) };
    named.map(edge).max().map(|edge| (edge.a, edge.b))
}

/// The members who have a row in a group, in order.
fn members_of(clusters: &Clusters<'_, '_>, corpus: &Corpus<'_>, root: u32) -> Vec<u16> {
    let mut members: Vec<u16> = clusters.members(root).map(|row| corpus.row(row).member).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Pairs of members who each have a row on one side only, one of either side.
fn meetings(a: &[u16], b: &[u16]) -> usize {
    let only = |these: &[u16], those: &[u16]| {
        these.iter().filter(|member| those.binary_search(member).is_err()).count()
    };
    only(a, b) * only(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_meet_who_know_one_side_only() {
        assert_eq!(meetings(&[1], &[2]), 1);
        assert_eq!(meetings(&[1], &[1]), 0);
        assert_eq!(meetings(&[1, 2], &[2]), 0, "the only one of the other side knows both");
        assert_eq!(meetings(&[1, 2, 3], &[2, 4, 5]), 4);
    }
}
