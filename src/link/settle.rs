//! Settling: pairs of groups that no single pair of rows puts beyond doubt are weighed as groups and joined, the
//! mutually best first.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::cluster::{Clusters, Edge};
use super::group::{GroupWeight, rivalry};

/// Weight from which a single pair of rows decides, in bits: one in eight thousand is wrong.
pub(super) const FIRM: f32 = 13.0;

/// Weights below [`FIRM`] down to which groups grow one after another, in bits: the probabilities 0.999, 0.995,
/// 0.99, 0.98, 0.95, 0.9, 0.8 and 0.65. What is joined at one of them is joined at every lower one.
const STEPS: [f32; 8] = [9.964, 7.636, 6.629, 5.614, 4.247, 3.169, 2.0, 0.893];

/// Two groups that may be one person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// The representatives of the groups, the smaller first.
    pub(super) groups: (u32, u32),
    /// The best pair of rows between them, with its own weight.
    pub(super) best: Edge,
    /// What the groups weigh as wholes.
    pub(super) weighed: GroupWeight,
    /// log2 odds that they are one person: the sum of that.
    pub(super) score: f32,
    /// Rows of both groups when they were weighed.
    rows: u32,
}

impl Clusters<'_, '_> {
    /// Joins open groups down to `least`, from [`FIRM`] on by single pairs only; returns the pairs of groups that
    /// stay open, best first.
    pub(super) fn settle(&mut self, edges: &[Edge], least: f32) -> Vec<Open> {
        let first = |edge: &&Edge| self.root(edge.a) != self.root(edge.b);
        let open = |edge: &Edge| Open {
            groups: (edge.a, edge.b),
            best: *edge,
            weighed: GroupWeight::default(),
            score: 0.0,
            rows: 0,
        };
        let mut all: Vec<Open> = edges.iter().filter(first).map(open).collect();
        self.weigh_open(&mut all);
        let steps = [FIRM].into_iter().chain(STEPS).filter(|step| *step > least);
        for step in steps.chain((least <= FIRM).then_some(least)) {
            loop {
                let joined = mutually_best(&all, step);
                if joined.is_empty() {
                    break;
                }
                for open in joined {
                    self.unite_groups(&open);
                }
                self.weigh_open(&mut all);
            }
        }
        all.sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then(y.best.cmp(&x.best)));
        all
    }

    /// Brings open pairs to the groups as they are: one entry for two groups, none where they are one already or
    /// must not be; weighs those that changed.
    fn weigh_open(&mut self, all: &mut Vec<Open>) {
        all.retain_mut(|open| {
            let (a, b) = (self.find(open.best.a), self.find(open.best.b));
            if a == b {
                return false;
            }
            let rows = self.size_of(a) + self.size_of(b);
            open.groups = (a.min(b), a.max(b));
            let changed = rows != open.rows;
            open.rows = if changed { 0 } else { rows };
            !changed || !self.cannot_link(a, b)
        });
        all.par_sort_unstable_by(|x, y| x.groups.cmp(&y.groups).then(y.best.cmp(&x.best)));
        all.dedup_by(|next, kept| {
            let same = next.groups == kept.groups;
            if same {
                kept.rows = kept.rows.min(next.rows);
            }
            same
        });
        let clusters = &*self;
        all.par_iter_mut().filter(|open| open.rows == 0).for_each(|open| {
            let (a, b) = open.groups;
            open.weighed = clusters.weigh(a, b);
            open.rows = clusters.size_of(a) + clusters.size_of(b);
        });
        rival(all, self.rows());
    }
}

/// Sets the scores of open pairs, which are in order, by what is left beside their rivals; `rows` is the number of
/// rows.
fn rival(all: &mut [Open], rows: usize) {
    debug_assert!(all.is_sorted_by_key(|open| open.groups));
    // What stands beside each group, one group after the other: the pairs are in order, so first the lesser ones
    // and then the greater ones of a group come in order too. Counting shifts `starts` by two places and
    // filling by one, so that afterwards `starts[g]..starts[g + 1]` are those of group g.
    let mut starts = vec![0u32; rows + 2];
    for open in &*all {
        starts[open.groups.0 as usize + 2] += 1;
        starts[open.groups.1 as usize + 2] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut beside = vec![(0u32, 0.0f32); 2 * all.len()];
    let mut add = |group: u32, other: u32, alone: f32| {
        let place = &mut starts[group as usize + 1];
        beside[*place as usize] = (other, alone);
        *place += 1;
    };
    for open in &*all {
        add(open.groups.1, open.groups.0, open.weighed.alone());
    }
    for open in &*all {
        add(open.groups.0, open.groups.1, open.weighed.alone());
    }
    let of = |group: u32| &beside[starts[group as usize] as usize..starts[group as usize + 1] as usize];
    let between = |a: u32, b: u32| {
        let beside = of(a);
        beside.binary_search_by_key(&b, |entry| entry.0).ok().map(|at| beside[at].1)
    };
    all.par_iter_mut().for_each(|open| {
        let (a, b) = open.groups;
        let rivals = [(a, b), (b, a)].into_iter().flat_map(|(one, other)| {
            let rivals = of(one).iter().filter(move |entry| entry.0 != other);
            rivals.map(move |entry| (entry.1, between(other, entry.0)))
        });
        open.weighed.rivals = -rivalry(rivals);
        open.score = open.weighed.score();
    });
}

/// The open pairs from `least` on of which each group is the best partner of the other.
fn mutually_best(all: &[Open], least: f32) -> Vec<Open> {
    let mut best: FxHashMap<u32, &Open> = FxHashMap::default();
    let better = |x: &Open, y: &Open| x.score.total_cmp(&y.score).then(x.best.cmp(&y.best)).is_gt();
    for open in all.iter().filter(|open| open.score >= least) {
        for group in [open.groups.0, open.groups.1] {
            let have = best.entry(group).or_insert(open);
            if better(open, have) {
                *have = open;
            }
        }
    }
    let mutual = |open: &&Open| {
        open.score >= least
            && [open.groups.0, open.groups.1].iter().all(|group| best[group].groups == open.groups)
    };
    all.iter().filter(mutual).copied().collect()
}
