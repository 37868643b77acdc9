//! Review: the pairs left open that are likely enough to ask a person, most valuable first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cluster::{Clusters, Edge};
use super::score::{Corpus, Explanation, Part, probability};

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
/// First the pairs on which answers contradict each other, then the best open pair between any two groups,
/// most valuable first. Pairs of groups that a decision or two profiles in one list keep apart are settled,
/// whichever of their rows the decision names. Rows of one record id cannot be told apart by an answer and are
/// counted only.
pub(super) fn open_pairs(
    clusters: &mut Clusters<'_, '_>,
    corpus: &Corpus<'_>,
    edges: &[Edge],
    disputed: &[(u32, u32)],
    most: usize,
) -> (Vec<ReviewPair>, u64) {
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    for &(a, b) in disputed {
        let (a, b) = (clusters.find(a), clusters.find(b));
        seen.insert((a.min(b), a.max(b)));
    }
    let mut open: Vec<(f64, Edge)> = Vec::new();
    let mut unnamed: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut members: FxHashMap<u32, Vec<u16>> = FxHashMap::default();
    for edge in edges {
        let (a, b) = (clusters.find(edge.a), clusters.find(edge.b));
        let groups = (a.min(b), a.max(b));
        if a == b || seen.contains(&groups) || clusters.cannot_link(a, b) {
            continue;
        }
        if corpus.row(edge.a).record_id == corpus.row(edge.b).record_id {
            unnamed.insert(groups);
            continue;
        }
        seen.insert(groups);
        unnamed.remove(&groups);
        for root in [a, b] {
            members.entry(root).or_insert_with(|| members_of(clusters, corpus, root));
        }
        let moved = f64::from(clusters.size_of(a).min(clusters.size_of(b)));
        let met = meetings(&members[&a], &members[&b]) as f64;
        open.push(((moved + met) * probability(edge.score), *edge));
    }
    open.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)));
    let all = disputed.len() + open.len() + unnamed.len();
    let pair = |value: f64, a: u32, b: u32, disputed: bool| {
        let Explanation { parts, score, probability } = Explanation::new(corpus.parts(a, b));
        ReviewPair { a, b, weight: score, probability, value, disputed, parts }
    };
    let first = disputed.iter().map(|&(a, b)| pair(0.0, a, b, true));
    let rest = open.iter().map(|(value, edge)| {
        let (weight, probability) = (edge.score, probability(edge.score));
        ReviewPair { weight, probability, ..pair(*value, edge.a, edge.b, false) }
    });
    let shown: Vec<ReviewPair> = first.chain(rest).take(most).collect();
    let left_out = (all - shown.len()) as u64;
    (shown, left_out)
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
