//! Clustering: best pair first, under must-link and cannot-link, against what contradicts it in the groups.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decision::Bonds;
use super::feature::Feature;
use super::group::GroupWeight;
use super::score::Corpus;
use super::settle::{FIRM, Open};
use super::symbol::NONE;

/// Members of a group that are asked before two groups become one.
const ASKED: usize = 8;
/// A pair and the log2 odds that it is one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) score: f32,
    pub(super) a: u32,
    pub(super) b: u32,
}

impl Eq for Edge {}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Edge) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Edge {
    /// The best pair is the greatest; among equals the one of the first rows.
    fn cmp(&self, other: &Edge) -> Ordering {
        self.score.total_cmp(&other.score).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

/// Groups of rows that grow together.
pub(super) struct Clusters<'c, 'f> {
    pub(super) corpus: &'c Corpus<'f>,
    parent: Vec<u32>,
    size: Vec<u32>,
    /// The next member of the same group, in a ring.
    next: Vec<u32>,
    /// Profile that a group has in a list of distinct people, by group, export and network.
    profiles: FxHashMap<(u32, u32, bool), u32>,
    different: FxHashMap<u32, Vec<u32>>,
    /// The pairs that made groups one, in the order in which they did.
    pub(super) links: Vec<Edge>,
    /// What groups weighed when they became one by it, by the rows of the link.
    settled: FxHashMap<(u32, u32), GroupWeight>,
    /// The pairs of groups that stay open, the likeliest first.
    pub(super) open: Vec<Open>,
}

impl<'c, 'f> Clusters<'c, 'f> {
    pub(super) fn new(corpus: &'c Corpus<'f>, bonds: &Bonds) -> Clusters<'c, 'f> {
        let rows = corpus.features.rows.len() as u32;
        let mut clusters = Clusters {
            corpus,
            parent: (0..rows).collect(),
            size: vec![1; rows as usize],
            next: (0..rows).collect(),
            profiles: FxHashMap::default(),
            different: FxHashMap::default(),
            links: Vec::new(),
            settled: FxHashMap::default(),
            open: Vec::new(),
        };
        for &(a, b) in &bonds.different {
            clusters.different.entry(a).or_default().push(b);
            clusters.different.entry(b).or_default().push(a);
        }
        for row in 0..rows {
            clusters.each_profile(row, |profiles, key, slug| {
                profiles.insert(key, slug);
            });
        }
        for &(a, b) in &bonds.same {
            clusters.unite(Edge { score: f32::INFINITY, a, b });
        }
        clusters
    }

    /// Calls with the map of profiles for each profile of one row, under the row's present group.
    fn each_profile(
        &mut self,
        row: u32,
        mut call: impl FnMut(&mut FxHashMap<(u32, u32, bool), u32>, (u32, u32, bool), u32),
    ) {
        let feature = self.corpus.row(row);
        if !feature.distinct {
            return;
        }
        let root = self.find(row);
        for (slug, xing) in profiles_of(feature, row) {
            call(&mut self.profiles, (root, feature.export, xing), slug);
            for export in self.corpus.features.again(row) {
                call(&mut self.profiles, (root, *export, xing), slug);
            }
        }
    }

    /// The representative of a row's group.
    pub(super) fn find(&mut self, mut row: u32) -> u32 {
        while self.parent[row as usize] != row {
            let above = self.parent[self.parent[row as usize] as usize];
            self.parent[row as usize] = above;
            row = above;
        }
        row
    }

    /// The same without shortening the way for the next one.
    pub(super) fn root(&self, mut row: u32) -> u32 {
        while self.parent[row as usize] != row {
            row = self.parent[row as usize];
        }
        row
    }

    /// How many rows there are in all.
    pub(super) fn rows(&self) -> usize {
        self.parent.len()
    }

    /// How many rows a group has, by its representative.
    pub(super) fn size_of(&self, root: u32) -> u32 {
        self.size[root as usize]
    }

    /// The rows of a group.
    pub(super) fn members(&self, root: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = Some(root);
        std::iter::from_fn(move || {
            let row = at?;
            let next = self.next[row as usize];
            at = (next != root).then_some(next);
            Some(row)
        })
    }

    /// Makes one of two groups that are one person by all that their rows say.
    pub(super) fn unite_groups(&mut self, open: &Open) {
        self.settled.insert((open.best.a, open.best.b), open.weighed);
        self.unite(Edge { score: open.score, ..open.best });
    }

    /// Whether a pair made groups one by what they weigh as wholes.
    pub(super) fn is_settled(&self, edge: &Edge) -> bool {
        self.settled.contains_key(&(edge.a, edge.b))
    }

    /// What the groups of two rows weigh as wholes: where they became one by this pair, and where they stay open.
    pub(super) fn weighed(&self, a: u32, b: u32) -> Option<GroupWeight> {
        let settled = self.settled.get(&(a.min(b), a.max(b))).copied();
        settled.or_else(|| {
            let (a, b) = (self.root(a), self.root(b));
            let open = self.open.iter().find(|open| open.groups == (a.min(b), a.max(b)));
            open.map(|open| open.weighed)
        })
    }

    /// Makes the groups of a pair one.
    fn unite(&mut self, edge: Edge) {
        let (a, b) = (self.find(edge.a), self.find(edge.b));
        if a == b {
            return;
        }
        let (large, small) =
            if (self.size[a as usize], b) > (self.size[b as usize], a) { (a, b) } else { (b, a) };
        let moved: Vec<u32> = self.members(small).collect();
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        self.next.swap(large as usize, small as usize);
        for row in moved {
            self.each_profile(row, |profiles, key, slug| {
                profiles.entry(key).or_insert(slug);
            });
        }
        self.links.push(edge);
    }

    /// Whether a decision, or a list that shows both, keeps two groups apart.
    pub(super) fn cannot_link(&mut self, a: u32, b: u32) -> bool {
        let (large, small) = if self.size[a as usize] > self.size[b as usize] { (a, b) } else { (b, a) };
        let rows: Vec<u32> = self.members(small).collect();
        for row in rows {
            if !self.different.is_empty() {
                let others = self.different.get(&row).cloned().unwrap_or_default();
                if others.into_iter().any(|other| self.find(other) == large) {
                    return true;
                }
            }
            let feature = self.corpus.row(row);
            if !feature.distinct {
                continue;
            }
            for (slug, xing) in profiles_of(feature, row) {
                let again = self.corpus.features.again(row);
                let mut exports = std::iter::once(&feature.export).chain(again);
                let other = |export: &u32| {
                    self.profiles.get(&(large, *export, xing)).is_some_and(|have| *have != slug)
                };
                if exports.any(other) {
                    return true;
                }
            }
        }
        false
    }

    /// Some members of a group: all of a small one, of a large one spread over its order.
    pub(super) fn asked(&self, root: u32) -> Vec<u32> {
        let size = self.size[root as usize] as usize;
        if size <= ASKED {
            return self.members(root).collect();
        }
        let mut all: Vec<u32> = self.members(root).take(64 * ASKED).collect();
        all.sort_unstable();
        (0..ASKED).map(|part| all[part * all.len() / ASKED]).collect()
    }

    /// What the rest of both groups takes from the score of the best pair.
    fn objection(&self, edge: &Edge, root_a: u32, root_b: u32) -> f32 {
        if self.size[root_a as usize] == 1 && self.size[root_b as usize] == 1 {
            return 0.0;
        }
        self.contradiction(root_a, root_b, edge)
    }

    /// Half the worst contradiction between members of two groups and half the mean one, but for the pair that
    /// ties them: a single slip in a large group says less than a difference that goes through it.
    fn contradiction(&self, root_a: u32, root_b: u32, but: &Edge) -> f32 {
        let of_b = self.asked(root_b);
        let (mut worst, mut sum, mut pairs) = (0.0f32, 0.0f32, 0.0f32);
        for x in self.asked(root_a) {
            for &y in &of_b {
                pairs += 1.0;
                if (x.min(y), x.max(y)) != (but.a.min(but.b), but.a.max(but.b)) {
                    let against = self.corpus.contradiction(x, y);
                    worst = worst.min(against);
                    sum += against;
                }
            }
        }
        worst.midpoint(sum / pairs)
    }

    /// Joins groups down to `least`; `edges` are in descending order.
    pub(super) fn grow(&mut self, edges: &[Edge], least: f32) {
        self.grow_firmly(edges, least.max(FIRM));
        self.open = self.settle(edges, least);
    }

    /// Joins groups by the best pairs down to `least`.
    ///
    /// A pair to which the groups object goes back in line with what the objection leaves, so that groups
    /// at a higher threshold are always parts of those at a lower one.
    fn grow_firmly(&mut self, edges: &[Edge], least: f32) {
        let mut waiting: BinaryHeap<(Edge, u32)> = BinaryHeap::new();
        let mut refused: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut fresh = edges.iter().copied().take_while(|edge| edge.score >= least).peekable();
        loop {
            let back = match (fresh.peek(), waiting.peek()) {
                (Some(new), Some((old, _))) => old > new,
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (None, None) => break,
            };
            let (line, tries) = if back { waiting.pop() } else { fresh.next().map(|edge| (edge, 0)) }
                .unwrap_or((Edge { score: f32::MIN, a: 0, b: 0 }, 0));
            let (root_a, root_b) = (self.find(line.a), self.find(line.b));
            if root_a == root_b || refused.contains(&(line.a, line.b)) || self.cannot_link(root_a, root_b) {
                continue;
            }
            let own = if tries == 0 { line.score } else { self.corpus.score(line.a, line.b) };
            let edge = Edge { score: own, ..line };
            let left = (own + self.objection(&edge, root_a, root_b)).min(line.score);
            if left >= line.score - 1e-3 {
                self.unite(Edge { score: own, ..line });
            } else if left >= least && tries < 16 {
                waiting.push((Edge { score: left, ..line }, tries + 1));
            } else {
                refused.insert((line.a, line.b));
            }
        }
    }
}

/// By what a list of distinct people tells a row from its others: its profiles, or the row itself.
fn profiles_of(feature: &Feature, row: u32) -> impl Iterator<Item = (u32, bool)> {
    let own = if feature.has_profile() { NONE } else { !row };
    let slug = move |slug: u32| if own == NONE { slug } else { own };
    [(slug(feature.linkedin), false), (slug(feature.xing), true)]
        .into_iter()
        .filter(|(slug, _)| *slug != NONE)
}
