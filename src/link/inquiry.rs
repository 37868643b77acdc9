//! Inquiry: why rows are one person or not, asked of the very pairs and groups that linking makes.

use rustc_hash::FxHashMap;

use super::block::Blocks;
use super::cluster::{Clusters, Edge};
use super::decision::Bonds;
use super::score::{Corpus, Explanation, log_odds, reason, with_groups};
use super::{Options, Row, Weighed, bonds, grown, in_order, places, weigh};

/// Rows of a contact that are compared with those of another; the rest of a giant is like them.
const ASKED: usize = 64;
/// Others whose best pair weighs less, in bits, are not near: less than one such pair in a hundred is one person.
const NEAR: f32 = -7.0;

/// What is asked about rows, by their index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inquiry<'a> {
    /// Pairs to explain as they are.
    pub pairs: &'a [(u32, u32)],
    /// Two groups of rows whose best pair is to be explained.
    pub between: Option<(&'a [u32], &'a [u32])>,
    /// The rows of one contact, whose nearest other contacts are to be found.
    pub around: &'a [u32],
    /// How many of these at most.
    pub most: usize,
}

/// What became of a pair, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// This pair made two groups one.
    Joined,
    /// A person said that they are one.
    DecidedSame,
    /// They are one through other rows.
    Through,
    /// A person said that two rows of theirs are two persons: these.
    DecidedDifferent(u32, u32),
    /// One list of distinct people shows them, or two rows of theirs, as two people: these.
    TwoOfOneList(u32, u32),
    /// The weight is below the threshold.
    Below,
    /// Enough weight, but no key brings the two together, or their block was too big.
    NotCompared,
    /// Enough weight, but not with what the other rows of the two groups say, or others could be meant; bits that
    /// are left.
    Contradicted(f32),
    /// Answers about them contradict each other, so none was followed.
    SetAside,
}

/// A pair with the sum behind its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Inquired {
    /// Index of one row.
    pub a: u32,
    /// Index of the other row.
    pub b: u32,
    /// The prior, every level found, their sum and its probability.
    pub explanation: Explanation,
    /// The reason in a few words, as provenance has it.
    pub reason: &'static str,
    /// What became of it.
    pub verdict: Verdict,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Inquiries {
    /// The pairs asked for.
    pub pairs: Vec<Inquired>,
    /// The best pair between the two groups.
    pub between: Option<Inquired>,
    /// The best pair with each of the nearest other groups, nearest first.
    pub around: Vec<Inquired>,
}

/// Links the rows as [`super::link`] does and answers what is asked about them.
pub fn inquire(rows: &[Row<'_>], options: &Options, inquiry: Inquiry<'_>) -> Inquiries {
    let (order, features) = in_order(rows);
    let Weighed { corpus, blocks, edges, .. } = weigh(&features, options);
    let merge = log_odds(options.merge);
    let bonds = bonds(&features, options);
    let clusters = grown(&corpus, &bonds, &edges, merge);
    let rank = places(&order);
    let inside = |rows: &[u32]| -> Vec<u32> {
        rows.iter().filter_map(|row| rank.get(*row as usize).copied()).collect()
    };
    let mut judge = Judge { corpus: &corpus, bonds: &bonds, blocks: &blocks, merge, order: &order, clusters };
    let pairs: Vec<(u32, u32)> = inquiry
        .pairs
        .iter()
        .filter_map(|(a, b)| Some((*rank.get(*a as usize)?, *rank.get(*b as usize)?)))
        .collect();
    Inquiries {
        pairs: pairs.into_iter().map(|(a, b)| judge.answer(a, b)).collect(),
        between: inquiry
            .between
            .and_then(|(a, b)| judge.best(&inside(a), &inside(b)))
            .map(|(a, b)| judge.answer(a, b)),
        around: judge
            .around(&inside(inquiry.around), inquiry.most)
            .into_iter()
            .map(|(a, b)| judge.answer(a, b))
            .collect(),
    }
}

/// The state of linking when all groups have grown, in canonical row numbers.
struct Judge<'a, 'c, 'f> {
    corpus: &'c Corpus<'f>,
    bonds: &'a Bonds,
    blocks: &'a Blocks,
    merge: f32,
    order: &'a [u32],
    clusters: Clusters<'c, 'f>,
}

impl Judge<'_, '_, '_> {
    fn answer(&mut self, a: u32, b: u32) -> Inquired {
        let parts = self.corpus.parts(a, b);
        let (own, reason) = (parts.iter().map(|part| part.weight).sum(), reason(&parts));
        let parts = match self.clusters.weighed(a, b) {
            Some(groups) => with_groups(parts, groups),
            None => parts,
        };
        let explanation = Explanation::new(parts);
        let verdict = self.verdict(a, b, own, explanation.score);
        Inquired { a: self.order[a as usize], b: self.order[b as usize], explanation, reason, verdict }
    }

    /// The pair of rows with the most weight between two groups.
    fn best(&self, of_a: &[u32], of_b: &[u32]) -> Option<(u32, u32)> {
        let pairs = of_a.iter().take(ASKED).flat_map(|a| of_b.iter().take(ASKED).map(move |b| (*a, *b)));
        let score =
            |(a, b): &(u32, u32)| Edge { score: self.corpus.score(*a, *b), a: *a.min(b), b: *a.max(b) };
        pairs.filter(|(a, b)| a != b).max_by_key(score)
    }

    /// The best compared pair of some rows with each other group, best first.
    fn around(&mut self, rows: &[u32], most: usize) -> Vec<(u32, u32)> {
        let mut own = vec![false; self.corpus.features.rows.len()];
        for row in rows {
            own[*row as usize] = true;
        }
        let mut best: FxHashMap<u32, Edge> = FxHashMap::default();
        let mut others = Vec::new();
        for &row in rows {
            self.corpus.compared_with(self.blocks, row, &mut others);
            for &other in others.iter().filter(|other| !own[**other as usize]) {
                let (a, b) = (row.min(other), row.max(other));
                let edge = Edge { score: self.corpus.score(a, b), a, b };
                if edge.score < NEAR {
                    continue;
                }
                let root = self.clusters.find(other);
                let have = best.entry(root).or_insert(edge);
                *have = (*have).max(edge);
            }
        }
        let mut found: Vec<Edge> = best.into_values().collect();
        for edge in &mut found {
            edge.score = self.clusters.weighed(edge.a, edge.b).map_or(edge.score, |groups| groups.score());
        }
        found.sort_unstable_by(|x, y| y.cmp(x));
        found
            .into_iter()
            .take(most)
            .map(|edge| if own[edge.a as usize] { (edge.a, edge.b) } else { (edge.b, edge.a) })
            .collect()
    }

    /// What became of a pair with its own weight and that of its groups.
    fn verdict(&mut self, a: u32, b: u32, own: f32, score: f32) -> Verdict {
        let (root_a, root_b) = (self.clusters.find(a), self.clusters.find(b));
        if root_a == root_b {
            let own = self
                .clusters
                .links
                .iter()
                .find(|link| (link.a.min(link.b), link.a.max(link.b)) == (a.min(b), a.max(b)));
            return match own {
                Some(link) if link.score.is_infinite() => Verdict::DecidedSame,
                Some(_) => Verdict::Joined,
                None => Verdict::Through,
            };
        }
        let outside = |row: u32| self.order[row as usize];
        for (x, y) in &self.bonds.different {
            let roots = (self.clusters.find(*x), self.clusters.find(*y));
            if roots == (root_a, root_b) || roots == (root_b, root_a) {
                return Verdict::DecidedDifferent(outside(*x), outside(*y));
            }
        }
        if self.corpus.are_two_of_one_list(a, b) {
            return Verdict::TwoOfOneList(outside(a), outside(b));
        }
        let id = |row: u32| self.corpus.row(row).record_id;
        let about = |decision: &&super::Decision| {
            [(a, b), (b, a)].iter().any(|(x, y)| decision.a == id(*x) && decision.b == id(*y))
        };
        if self.bonds.contradictions.iter().any(|decision| about(&decision)) {
            return Verdict::SetAside;
        }
        if own.max(score) < self.merge {
            return Verdict::Below;
        }
        if let Some((x, y)) = self.two_of_one_list(root_a, root_b) {
            return Verdict::TwoOfOneList(outside(x), outside(y));
        }
        if !self.corpus.is_candidate(self.blocks, a, b) {
            return Verdict::NotCompared;
        }
        Verdict::Contradicted(score)
    }

    /// Two rows of two groups that one list shows as two people.
    fn two_of_one_list(&self, root_a: u32, root_b: u32) -> Option<(u32, u32)> {
        let (of_a, of_b): (Vec<u32>, Vec<u32>) =
            (self.clusters.members(root_a).collect(), self.clusters.members(root_b).collect());
        let pairs = of_a.iter().flat_map(|x| of_b.iter().map(move |y| (*x, *y)));
        pairs.take(1 << 16).find(|(x, y)| self.corpus.are_two_of_one_list(*x, *y))
    }
}
