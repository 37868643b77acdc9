//! Stage 3: records to groups, one person each (Fellegi–Sunter, explainable).
//!
//! Rows become [`feature`]s of interned symbols; [`block`] finds the pairs worth comparing; [`compare`] gives
//! each field of a pair a level and [`score`] sums the weights of the [`model`]; [`cluster`] joins rows, best
//! pair first, bound by [`decision`]s. Everything works on rows in a canonical order made from their content,
//! so neither the order of rows nor the number of threads shows in the result.

mod block;
mod cluster;
mod compare;
mod compare_name;
mod decision;
mod examine;
mod feature;
mod frequency;
pub mod identity;
mod inquiry;
pub mod lookup;
mod model;
mod name;
mod nickname;
mod origin;
mod phrase;
mod prior;
mod repeat;
mod review;
mod score;
mod spelling;
mod symbol;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

pub use block::Limits;
pub use decision::{Decision, contradictory, parse_record_id, record_id};
pub use examine::{Examiner, Seen, examine};
pub use inquiry::{Inquired, Inquiries, Inquiry, Verdict, inquire};
pub use model::Level;
pub use phrase::reasons;
pub use repeat::{Entry, repeats};
pub use review::ReviewPair;
pub use score::{Explanation, Part, probability as probability_of};

use crate::record::CellsView;
use cluster::{Clusters, Edge};
use decision::Bonds;
use feature::Features;
use prior::Priors;
use score::{Corpus, log_odds, reason};
use symbol::hash_of;

/// The weight shown for a pair that a person decided, in bits.
const DECIDED: f32 = 99.0;

/// Probability from which a pair counts as sure when sources are counted.
const SURE: f64 = 0.98;

/// One row to link.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The cleaned cells.
    pub cells: CellsView<'a>,
    /// Stable hash of reader and the row's own name.
    pub record_id: u64,
    /// Index of the member.
    pub member: u16,
    /// Number of the export; rows of one snapshot of one source share it.
    pub export: u32,
    /// Whether two rows of the export are two people unless they carry the same profile.
    pub distinct: bool,
    /// Day of the export, as days since 1970.
    pub day: i32,
}

/// How to link.
#[derive(Debug, Clone)]
pub struct Options {
    /// Probability from which two records are merged, 0 to 1.
    pub merge: f64,
    /// Probability from which two records are shown for review, 0 to 1.
    pub review: f64,
    /// Most pairs to show for review; the rest is counted.
    pub review_most: usize,
    /// How far blocking goes.
    pub limits: Limits,
    /// Answers that bind.
    pub decisions: Vec<Decision>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            merge: 0.98,
            review: 0.5,
            review_most: 100,
            limits: Limits::default(),
            decisions: Vec::new(),
        }
    }
}

/// Why a row is in its group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Join {
    /// The row of the group that it matches best; its own index if it is alone.
    pub with: u32,
    /// Weight of that pair in bits (log2 odds); 0 if it is alone, 99 if a decision joined it.
    pub weight: f32,
    /// The reason in a few words; empty if it is alone.
    pub reason: &'static str,
}

/// A pair that made two groups one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Index of one row.
    pub a: u32,
    /// Index of the other row.
    pub b: u32,
    /// Weight in bits; 99 for a decision.
    pub weight: f32,
}

/// How much was done, for the manifest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows linked.
    pub rows: u64,
    /// Groups found.
    pub groups: u64,
    /// Blocks of two or more rows.
    pub blocks: u64,
    /// Blocks too big to compare as a whole, split by a further key.
    pub blocks_split: u64,
    /// Pairs compared.
    pub pairs: u64,
    /// Pairs of split blocks that were not compared.
    pub pairs_skipped: u64,
    /// Pairs left open that were likely enough for review and did not fit.
    pub review_left_out: u64,
}

/// What linking found.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// The group of each row; groups are numbered by their first row.
    pub groups: Vec<u32>,
    /// For each row why it is in its group.
    pub joins: Vec<Join>,
    /// The pairs that made groups one: a tree for each group.
    pub links: Vec<Link>,
    /// Open pairs, most valuable first.
    pub review: Vec<ReviewPair>,
    /// Decisions that contradict each other and were not followed.
    pub contradictions: Vec<Decision>,
    /// How much was done.
    pub counts: Counts,
}

/// Finds the groups of rows that are one person each.
///
/// The result does not depend on the order of the rows but for the numbers given to them, nor on threads.
pub fn link(rows: &[Row<'_>], options: &Options) -> Linked {
    let order = canonical_order(rows);
    let features = Features::new(rows, &order);
    let mut corpus = Corpus::new(&features);
    let candidates = corpus.candidates(&options.limits);
    let mut counts = Counts {
        rows: rows.len() as u64,
        blocks: candidates.blocks,
        blocks_split: candidates.split,
        pairs: candidates.pairs.len() as u64,
        pairs_skipped: candidates.skipped,
        ..Counts::default()
    };
    let merge = log_odds(options.merge);
    let edges = score_pairs(&mut corpus, &candidates.pairs, log_odds(options.review).min(merge));
    drop(candidates);

    let ids: Vec<u64> = features.rows.iter().map(|row| row.record_id).collect();
    let bonds = Bonds::new(&options.decisions, &ids);
    let mut clusters = Clusters::new(&corpus, &bonds);
    clusters.grow(&edges, merge);

    let (open, left_out) =
        review::open_pairs(&mut clusters, &corpus, &edges, &bonds.disputed, options.review_most);
    counts.review_left_out = left_out;
    let roots: Vec<u32> = (0..rows.len() as u32).map(|row| clusters.find(row)).collect();
    let joins = best_joins(&corpus, &edges, &clusters.links, &roots);
    let contradictions = bonds.contradictions;
    present(Inside { order: &order, roots, joins, links: &clusters.links, open, contradictions, counts })
}

/// Explains pairs of rows: the sum behind each score, with the statistics of all rows.
pub fn explain(rows: &[Row<'_>], options: &Options, pairs: &[(u32, u32)]) -> Vec<Explanation> {
    let order = canonical_order(rows);
    let features = Features::new(rows, &order);
    let mut corpus = Corpus::new(&features);
    let candidates = corpus.candidates(&options.limits);
    score_pairs(&mut corpus, &candidates.pairs, log_odds(options.review.min(options.merge)));
    let rank = places(&order);
    let explanation = |(a, b): &(u32, u32)| {
        let place = |row: u32| rank.get(row as usize).copied();
        match (place(*a), place(*b)) {
            (Some(a), Some(b)) => Explanation::new(corpus.parts(a, b)),
            _ => Explanation::new(Vec::new()),
        }
    };
    pairs.iter().map(explanation).collect()
}

/// Whether blocking brings pairs of rows together, so that linking compares them: what the recall of blocking
/// is measured by. A row number that does not exist, or a row paired with itself, is in no pair.
pub fn blocked(rows: &[Row<'_>], options: &Options, pairs: &[(u32, u32)]) -> Vec<bool> {
    let order = canonical_order(rows);
    let features = Features::new(rows, &order);
    let candidates = Corpus::new(&features).candidates(&options.limits);
    let rank = places(&order);
    let is_blocked = |(a, b): &(u32, u32)| {
        let (Some(&a), Some(&b)) = (rank.get(*a as usize), rank.get(*b as usize)) else { return false };
        candidates.pairs.binary_search(&(u64::from(a.min(b)) << 32 | u64::from(a.max(b)))).is_ok()
    };
    pairs.iter().map(is_blocked).collect()
}

/// The place of each row in an order.
fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0u32; order.len()];
    for (place, row) in order.iter().enumerate() {
        places[*row as usize] = place as u32;
    }
    places
}

/// Rows by content, so that their order in the call does not matter.
fn canonical_order(rows: &[Row<'_>]) -> Vec<u32> {
    let mut keyed: Vec<(u64, u64, u16, i32, u32, u32)> = rows
        .par_iter()
        .enumerate()
        .map(|(at, row)| {
            (hash_of(row.cells.as_bytes()), row.record_id, row.member, row.day, row.export, at as u32)
        })
        .collect();
    keyed.par_sort_unstable();
    keyed.into_iter().map(|key| key.5).collect()
}

/// Scores pairs and keeps those from `least` on, best first; counts the priors on the way.
fn score_pairs(corpus: &mut Corpus<'_>, pairs: &[u64], least: f32) -> Vec<Edge> {
    let matters = Priors::least(least);
    let scored = &*corpus;
    let score = |pair: &u64| {
        let (a, b) = ((pair >> 32) as u32, *pair as u32);
        let score = scored.score(a, b);
        (score >= matters).then_some(Edge { score, a, b })
    };
    let mut edges: Vec<Edge> = pairs.par_iter().filter_map(score).collect();
    corpus.priors.count(&corpus.features.rows, &edges, log_odds(SURE));
    let (priors, rows) = (&corpus.priors, &corpus.features.rows);
    edges.par_iter_mut().for_each(|edge| {
        let prior = priors.of(&rows[edge.a as usize], &rows[edge.b as usize]);
        edge.score += prior - priors.of_any();
    });
    edges.retain(|edge| edge.score >= least);
    edges.par_sort_unstable_by(|x, y| y.cmp(x));
    edges
}

/// The best pair of each row within its group, and the reason in words.
fn best_joins(corpus: &Corpus<'_>, edges: &[Edge], links: &[Edge], roots: &[u32]) -> Vec<Option<Best>> {
    let mut best: Vec<Option<Edge>> = vec![None; roots.len()];
    let decided = links.iter().filter(|edge| edge.score.is_infinite());
    for edge in decided.chain(edges) {
        if roots[edge.a as usize] == roots[edge.b as usize] {
            best[edge.a as usize].get_or_insert(*edge);
            best[edge.b as usize].get_or_insert(*edge);
        }
    }
    let explain = |edge: Edge| {
        let decided = edge.score.is_infinite();
        let reason = if decided { "decided by a person" } else { reason(&corpus.parts(edge.a, edge.b)) };
        Best { edge, reason }
    };
    best.into_par_iter().map(|edge| edge.map(explain)).collect()
}

/// The pair that ties a row to its group best.
struct Best {
    edge: Edge,
    reason: &'static str,
}

/// A result in canonical order, before it is told in the caller's.
struct Inside<'a> {
    order: &'a [u32],
    roots: Vec<u32>,
    joins: Vec<Option<Best>>,
    links: &'a [Edge],
    open: Vec<ReviewPair>,
    contradictions: Vec<Decision>,
    counts: Counts,
}

/// Tells a result in the caller's row numbers.
fn present(inside: Inside<'_>) -> Linked {
    let order = inside.order;
    let mut linked =
        Linked { contradictions: inside.contradictions, counts: inside.counts, ..Linked::default() };
    let mut root_of = vec![0u32; order.len()];
    linked.joins = (0..order.len() as u32).map(|row| Join { with: row, weight: 0.0, reason: "" }).collect();
    for (at, &row) in order.iter().enumerate() {
        root_of[row as usize] = inside.roots[at];
        if let Some(best) = &inside.joins[at] {
            let other = if best.edge.a as usize == at { best.edge.b } else { best.edge.a };
            let weight = best.edge.score.min(DECIDED);
            linked.joins[row as usize] = Join { with: order[other as usize], weight, reason: best.reason };
        }
    }
    let mut number = vec![u32::MAX; order.len()];
    for root in &root_of {
        if number[*root as usize] == u32::MAX {
            number[*root as usize] = linked.counts.groups as u32;
            linked.counts.groups += 1;
        }
        linked.groups.push(number[*root as usize]);
    }
    let link = |edge: &Edge| Link {
        a: order[edge.a as usize],
        b: order[edge.b as usize],
        weight: edge.score.min(DECIDED),
    };
    linked.links = inside.links.iter().map(link).collect();
    linked.review = inside.open;
    for pair in &mut linked.review {
        (pair.a, pair.b) = (order[pair.a as usize], order[pair.b as usize]);
    }
    linked
}
