//! Stage 3: records to groups, one person each (Fellegi–Sunter, explainable).
//!
//! Rows become [`feature`]s of interned symbols; [`block`] finds the pairs worth comparing; [`compare`] gives
//! each field of a pair a level and [`score`] sums the weights of the [`model`]; [`cluster`] joins rows by pairs
//! beyond doubt, best pair first, bound by [`decision`]s; [`settle`] weighs what is left [`group`] by group.
//! Everything works on rows in a canonical order made from their content, so neither the order of rows nor the
//! number of threads shows in the result.

mod adapt;
mod block;
mod block_key;
mod bound;
mod cluster;
mod colleague;
mod company;
mod compare;
mod compare_name;
mod decision;
mod examine;
mod feature;
mod frequency;
mod group;
pub mod identity;
mod inquiry;
pub mod lookup;
mod model;
mod name;
mod namesake;
mod nickname;
mod order;
mod origin;
mod phrase;
mod prior;
mod repeat;
mod review;
mod score;
mod settle;
mod shape;
mod spelling;
mod symbol;
#[cfg(test)]
mod tests;
mod wording;

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

use crate::record::{CellsView, Field};
use block::Blocks;
use cluster::{Clusters, Edge};
use decision::Bonds;
use feature::Features;
use prior::{Chance, Priors};
use score::{Corpus, log_odds};
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
    /// Further exports of distinct people that show the same row.
    pub again: &'a [u32],
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
            merge: 0.9,
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
    /// How many in a hundred keys of the weak kinds blocked: fewer as records become many, and what the others would
    /// bring together is not counted.
    pub weak_keys_percent: u64,
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
    let (order, features) = in_order(rows);
    let Weighed { corpus, blocks, edges, pairs } = weigh(&features, options);
    let mut counts = Counts {
        rows: rows.len() as u64,
        blocks: blocks.count,
        blocks_split: blocks.split,
        pairs,
        pairs_skipped: blocks.skipped,
        weak_keys_percent: block::weak_keys_percent(rows.len()),
        ..Counts::default()
    };
    drop(blocks);

    let bonds = bonds(&features, options);
    let mut clusters = grown(&corpus, &bonds, &edges, log_odds(options.merge));
    let least = log_odds(options.review);
    let (open, left_out) = review::open_pairs(&clusters, &bonds.disputed, least, options.review_most);
    counts.review_left_out = left_out;
    let roots: Vec<u32> = (0..rows.len() as u32).map(|row| clusters.find(row)).collect();
    let joins = best_joins(&clusters, &edges, &roots);
    let contradictions = bonds.contradictions;
    present(Inside { order: &order, roots, joins, links: &clusters.links, open, contradictions, counts })
}

/// Explains pairs of rows: the sum behind each score, with the statistics of all rows.
pub fn explain(rows: &[Row<'_>], options: &Options, pairs: &[(u32, u32)]) -> Vec<Explanation> {
    let (order, features) = in_order(rows);
    let Weighed { corpus, .. } = weigh(&features, options);
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

/// The canonical order of rows, and what is compared of them in that order.
fn in_order(rows: &[Row<'_>]) -> (Vec<u32>, Features) {
    let order = canonical_order(rows);
    let features = Features::new(rows, &order);
    (order, features)
}

/// Rows with the pairs that blocking brings together, weighed.
struct Weighed<'f> {
    corpus: Corpus<'f>,
    blocks: Blocks,
    /// The pairs that are likely enough to be merged or reviewed, best first.
    edges: Vec<Edge>,
    /// How many pairs were compared.
    pairs: u64,
}

/// Blocks rows and weighs the pairs.
fn weigh<'f>(features: &'f Features, options: &Options) -> Weighed<'f> {
    let mut corpus = Corpus::new(features);
    let blocks = corpus.blocks(&options.limits);
    let least = log_odds(options.review.min(options.merge));
    let (edges, pairs) = score_pairs(&mut corpus, &blocks, least);
    Weighed { corpus, blocks, edges, pairs }
}

/// The decisions that bind these rows.
fn bonds(features: &Features, options: &Options) -> Bonds {
    let ids: Vec<u64> = features.rows.iter().map(|row| row.record_id).collect();
    Bonds::new(&options.decisions, &ids)
}

/// The groups that grow from pairs of at least `merge` bits.
fn grown<'c, 'f>(corpus: &'c Corpus<'f>, bonds: &Bonds, edges: &[Edge], merge: f32) -> Clusters<'c, 'f> {
    let mut clusters = Clusters::new(corpus, bonds);
    clusters.grow(edges, merge);
    clusters
}

/// The place of each row in an order.
fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0u32; order.len()];
    for (place, row) in order.iter().enumerate() {
        places[*row as usize] = place as u32;
    }
    places
}

/// Rows by content, so that their order in the call does not matter; rows of like names lie side by side, which
/// keeps what is compared together near in memory.
fn canonical_order(rows: &[Row<'_>]) -> Vec<u32> {
    let key = |(at, row): (usize, &Row<'_>)| {
        let mut name = [0; 8];
        let (family, given) = name.split_at_mut(5);
        for (part, field) in [(family, Field::FamilyName), (given, Field::GivenName)] {
            let letters = row.cells.text(field).bytes().map(|letter| letter.to_ascii_lowercase());
            part.iter_mut().zip(letters).for_each(|(slot, letter)| *slot = letter);
        }
        (u64::from_be_bytes(name), hash_of(row.cells.as_bytes()), at as u32)
    };
    let rest = |at: u32| {
        let row = &rows[at as usize];
        (row.record_id, row.member, row.day, row.export, at)
    };
    let mut keyed: Vec<(u64, u64, u32)> = rows.par_iter().enumerate().map(key).collect();
    keyed.par_sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then_with(|| rest(x.2).cmp(&rest(y.2))));
    keyed.into_iter().map(|key| key.2).collect()
}

/// How much adapting the model to the data may add to a pair, in bits: a pair further than this below what is kept is
/// not scored again, except where people go by several names.
const ADAPTED: f32 = 4.0;

/// Rows whose pairs are scored by one task.
const TASK: u32 = 2048;

/// Scores the pairs of blocks and keeps those from `least` on, best first; counts the priors and adapts the model on
/// the way. Returns how many pairs there were as well.
fn score_pairs(corpus: &mut Corpus<'_>, blocks: &Blocks, least: f32) -> (Vec<Edge>, u64) {
    let (mut edges, pairs) = scored(corpus, blocks, least, ADAPTED);
    if let Some(model) = adapt::adapted(corpus, &edges, log_odds(SURE)) {
        corpus.adapt(model);
        if corpus.aliases {
            // What relatives would share counts now, which is more than room was left for.
            corpus.priors = Priors::common(&corpus.features.rows, &corpus.model);
            edges = scored(corpus, blocks, least, 0.0).0;
        } else {
            let corpus = &*corpus;
            edges.par_iter_mut().for_each(|edge| edge.score = corpus.score(edge.a, edge.b));
        }
    }
    edges.retain(|edge| edge.score >= least);
    edges.par_sort_unstable_by(|x, y| y.cmp(x));
    (edges, pairs)
}

/// Scores the pairs of blocks by the model as it is and keeps those from `room` below `least` on; counts the priors on
/// the way.
///
/// Pairs that cannot be sure wait with their bound until the priors are known: few are worth a score then.
fn scored(corpus: &mut Corpus<'_>, blocks: &Blocks, least: f32, room: f32) -> (Vec<Edge>, u64) {
    let (matters, sure) = (Priors::least(least), log_odds(SURE));
    let bounded = &*corpus;
    let rows = corpus.features.rows.len() as u32;
    let of_task = |task: u32| {
        let (mut found, mut others, mut beside, mut pairs) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for a in task * TASK..rows.min((task + 1) * TASK) {
            bounded.candidates(blocks, a, &mut others);
            pairs += others.len() as u64;
            let row = bounded.row(a);
            beside.clear();
            beside.extend(others.iter().map(|b| bounded.most_beside_names(row, bounded.row(*b))));
            for (&b, &beside) in others.iter().zip(&beside) {
                let most = bounded.most(a, b, beside, matters);
                let score = if most >= sure { bounded.common_score(a, b) } else { most };
                if score >= matters {
                    found.push((Edge { score, a, b }, most < sure));
                }
            }
        }
        (found, pairs)
    };
    let found: Vec<(Vec<(Edge, bool)>, u64)> =
        (0..rows.div_ceil(TASK)).into_par_iter().map(of_task).collect();
    let pairs = found.iter().map(|(_, pairs)| pairs).sum();
    let all = found.iter().flat_map(|(found, _)| found).map(|(edge, _)| edge);
    corpus.priors.count(&corpus.features.rows, all, sure);
    let (chances, share) = chances(corpus, found.iter().flat_map(|(found, _)| found), matters);
    corpus.priors.expect(&chances, share);
    let (priors, rows) = (&corpus.priors, &corpus.features.rows);
    let kept = least - room;
    let settle = |(edge, open): (Edge, bool)| {
        let moved = priors.of(&rows[edge.a as usize], &rows[edge.b as usize]) - priors.of_any();
        let edge = match open {
            false => Edge { score: edge.score + moved, ..edge },
            true if edge.score + moved < kept => return None,
            true => Edge { score: corpus.common_score(edge.a, edge.b) + moved, ..edge },
        };
        (edge.score >= kept).then_some(edge)
    };
    let found = found.into_par_iter().flat_map_iter(|(found, _)| found);
    (found.filter_map(settle).collect(), pairs)
}

/// Records whose chances are looked at for the priors; where there are more, a sample of about so many.
const SAMPLED: f64 = 60_000.0;

/// The chances of a sample of the records, and the share of the records that it holds. `found` are pairs scored under the
/// common prior, or only bounded where that is true.
///
/// Who is in the sample is told by the record id: a record more or less takes few others in or out.
fn chances<'e>(
    corpus: &Corpus<'_>,
    found: impl Iterator<Item = &'e (Edge, bool)>,
    matters: f32,
) -> (Vec<Chance>, f64) {
    let rows = &corpus.features.rows;
    let share = (SAMPLED / rows.len() as f64).min(1.0);
    let below = (share * f64::from(u32::MAX)) as u32;
    let is_in = |row: u32| hash_of(rows[row as usize].record_id) as u32 <= below;
    let looked_at: Vec<&(Edge, bool)> = found.filter(|(edge, _)| is_in(edge.a) || is_in(edge.b)).collect();
    let of_pair = |(edge, open): &&(Edge, bool)| {
        let score = if *open { corpus.common_score(edge.a, edge.b) } else { edge.score };
        let sides = [(edge.a, edge.b), (edge.b, edge.a)];
        let sides = sides.into_iter().filter(move |(a, _)| score >= matters && is_in(*a));
        sides.filter_map(move |sides| corpus.priors.chance(rows, sides, score))
    };
    let mut chances: Vec<Chance> = looked_at.par_iter().flat_map_iter(of_pair).collect();
    Priors::in_order(&mut chances);
    (chances, share)
}

/// The best pair of each row within its group, and the reason in words.
fn best_joins(clusters: &Clusters<'_, '_>, edges: &[Edge], roots: &[u32]) -> Vec<Option<Best>> {
    let (corpus, links) = (clusters.corpus, &clusters.links);
    let mut best: Vec<Option<Edge>> = vec![None; roots.len()];
    let decided = links.iter().filter(|edge| edge.score.is_infinite());
    for edge in decided.chain(edges) {
        let (a, b) = (edge.a as usize, edge.b as usize);
        let wanted = roots[a] == roots[b] && (best[a].is_none() || best[b].is_none());
        if wanted && !clusters.is_settled(edge) {
            best[a].get_or_insert(*edge);
            best[b].get_or_insert(*edge);
        }
    }
    // A settled link weighs what its groups say together, not what its pair says by itself.
    for link in links {
        for row in [link.a, link.b] {
            let have = &mut best[row as usize];
            if have.is_none_or(|have| link.score > have.score) {
                *have = Some(*link);
            }
        }
    }
    // Most pairs are the best one of both their rows and need one reason: that of the first row.
    let mutual = |edge: &Edge| best[edge.a as usize] == Some(*edge);
    let explain = |(row, edge): (usize, &Option<Edge>)| {
        let edge = (*edge)?;
        let reason = match edge.score.is_infinite() {
            true => "decided by a person",
            false if row == edge.b as usize && mutual(&edge) => "",
            false => corpus.reason(edge.a, edge.b),
        };
        Some(Best { edge, reason })
    };
    let mut joins: Vec<Option<Best>> = best.par_iter().enumerate().map(explain).collect();
    for row in 0..joins.len() {
        let first = joins[row].as_ref().filter(|best| best.reason.is_empty()).map(|best| best.edge.a);
        let reason = first.and_then(|first| joins[first as usize].as_ref().map(|best| best.reason));
        if let (Some(best), Some(reason)) = (&mut joins[row], reason) {
            best.reason = reason;
        }
    }
    joins
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
