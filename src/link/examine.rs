//! Examination: what linking knows of single pairs, and how it would group the rows at other thresholds.

use super::block::Blocks;
use super::cluster::{Clusters, Edge};
use super::decision::Bonds;
use super::score::{Corpus, Explanation, log_odds, reason, with_groups};
use super::{Limits, Options, Row, Weighed, bonds, grown, in_order, places, weigh};

/// What linking knows of one pair of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Whether blocking brings the rows together, so that they are compared.
    pub blocked: bool,
    /// The sum of the weights, in bits: log2 of the odds that they are one person.
    pub weight: f32,
}

/// Answers questions about rows that were linked; see [`examine`].
pub struct Examiner<'a> {
    corpus: &'a Corpus<'a>,
    bonds: &'a Bonds,
    /// The place of each row in canonical order.
    place: Vec<u32>,
    blocks: &'a Blocks,
    /// How many pairs are compared.
    pairs: u64,
    edges: &'a [Edge],
    clusters: Clusters<'a, 'a>,
}

/// Links rows as [`super::link`] does and lets `look` ask about the result.
pub fn examine<T>(rows: &[Row<'_>], options: &Options, look: impl FnOnce(&mut Examiner<'_>) -> T) -> T {
    let (order, features) = in_order(rows);
    let Weighed { corpus, blocks, edges, pairs } = weigh(&features, options);
    let bonds = bonds(&features, options);
    let clusters = grown(&corpus, &bonds, &edges, log_odds(options.merge));
    look(&mut Examiner {
        corpus: &corpus,
        bonds: &bonds,
        place: places(&order),
        blocks: &blocks,
        pairs,
        edges: &edges,
        clusters,
    })
}

impl Examiner<'_> {
    /// How many pairs are compared.
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// How many pairs of split blocks are not compared.
    pub fn skipped(&self) -> u64 {
        self.blocks.skipped
    }

    /// How many blocks were too big to compare as a whole.
    pub fn split(&self) -> u64 {
        self.blocks.split
    }

    /// Whether a pair of two different rows is compared.
    ///
    /// # Panics
    /// When one of the rows does not exist, as every function of this type.
    pub fn blocked(&self, a: u32, b: u32) -> bool {
        self.corpus.is_candidate(self.blocks, self.place[a as usize], self.place[b as usize])
    }

    /// What is known of a pair.
    pub fn seen(&self, a: u32, b: u32) -> Seen {
        let weight = self.corpus.score(self.place[a as usize], self.place[b as usize]);
        Seen { blocked: self.blocked(a, b), weight }
    }

    /// The sum behind the weight of a pair, with what its groups say together where they were weighed as such.
    pub fn explain(&self, a: u32, b: u32) -> Explanation {
        let (a, b) = (self.place[a as usize], self.place[b as usize]);
        let parts = self.corpus.parts(a, b);
        Explanation::new(match self.clusters.weighed(a, b) {
            Some(groups) => with_groups(parts, groups),
            None => parts,
        })
    }

    /// Why a pair would be joined, in a few words.
    pub fn reason(&self, a: u32, b: u32) -> &'static str {
        reason(&self.corpus.parts(self.place[a as usize], self.place[b as usize]))
    }

    /// Whether a decision, or one list that shows both, keeps the groups of two rows apart.
    pub fn apart(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.clusters.find(self.place[a as usize]), self.clusters.find(self.place[b as usize]));
        a != b && self.clusters.cannot_link(a, b)
    }

    /// The group of each row when pairs are merged from another probability on, 0 to 1; groups have the
    /// number of some row. Below the threshold for review nothing more is known, so nothing more is joined.
    pub fn groups(&self, merge: f64) -> Vec<u32> {
        let mut clusters = grown(self.corpus, self.bonds, self.edges, log_odds(merge));
        self.place.iter().map(|at| clusters.find(*at)).collect()
    }

    /// Looks for the pairs to compare once more, within other limits; how many there are.
    pub fn block(&self, limits: &Limits) -> u64 {
        self.corpus.count_pairs(&self.corpus.blocks(limits), |_, _| true)
    }

    /// Weighs every pair once more; how many are merged by themselves at a probability, 0 to 1.
    pub fn score(&self, merge: f64) -> u64 {
        let least = log_odds(merge);
        self.corpus.count_pairs(self.blocks, |a, b| self.corpus.score(a, b) >= least)
    }

    /// The least weight of a pair that is merged at a probability, in bits.
    pub fn least(merge: f64) -> f32 {
        log_odds(merge)
    }
}
