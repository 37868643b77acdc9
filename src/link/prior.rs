//! The prior: how likely two records are one person before anything is compared, by the sources they come from.
//!
//! Entries of one member's phone book and mail program are far more often the same people than entries of two
//! members; how often is counted from the pairs that are beyond doubt.

use rustc_hash::FxHashMap;

use super::cluster::Edge;
use super::feature::Feature;
use super::model::Model;

/// Pairs that the expectation weighs as much as when a class of sources or two exports are counted.
const HELD: f64 = 25.0;
/// Up to this many exports the priors of all pairs of them are kept ready.
const READY: usize = 512;
/// A person stands twice in a book one time in eight, as far as nothing is counted, in bits.
const TWICE: f32 = 3.0;
/// A prior this far from the common one was counted, in bits.
const KNOWN: f32 = 0.5;
/// No prior moves further from the common one than this many bits.
const FURTHEST: f32 = 8.0;

/// How two records are related by where they come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// One list of distinct people: counted as the level `same_list`, not here.
    List,
    /// One address book.
    Book,
    /// Two exports of one member.
    Member,
    /// Two members.
    Team,
}

/// log2 odds of a match before comparing, by pair of exports.
pub(super) struct Priors {
    common: f32,
    /// Size and member of each export.
    exports: Vec<Export>,
    /// Position of an export in `exports`.
    places: FxHashMap<u32, u32>,
    /// Rate of matches of the classes book, member and team.
    rates: [f64; 3],
    /// Sure matches between two exports.
    matches: FxHashMap<(u32, u32), u32>,
    ready: Vec<f32>,
}

#[derive(Clone, Copy)]
struct Export {
    rows: f64,
    member: u16,
    distinct: bool,
}

impl Priors {
    /// The same prior for all pairs: what can be said before anything is counted.
    pub(super) fn common(rows: &[Feature], model: &Model) -> Priors {
        let mut numbers: Vec<u32> = rows.iter().map(|row| row.export).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let places: FxHashMap<u32, u32> =
            numbers.iter().enumerate().map(|(at, number)| (*number, at as u32)).collect();
        let mut exports = vec![Export { rows: 0.0, member: 0, distinct: false }; numbers.len()];
        for row in rows {
            let export = &mut exports[places[&row.export] as usize];
            *export = Export { rows: export.rows + 1.0, member: row.member, distinct: row.distinct };
        }
        let common = model.prior(rows.len());
        Priors { common, exports, places, rates: [0.0; 3], matches: FxHashMap::default(), ready: Vec::new() }
    }

    /// The least score under the common prior that may still matter under any other.
    pub(super) fn least(review: f32) -> f32 {
        review - FURTHEST
    }

    /// Counts sure pairs, scored under the common prior, and sets the priors by them.
    pub(super) fn count<'e>(&mut self, rows: &[Feature], edges: impl Iterator<Item = &'e Edge>, sure: f32) {
        let mut of_class = [0.0f64; 3];
        for edge in edges.filter(|edge| edge.score >= sure) {
            let (a, b) = (self.place(&rows[edge.a as usize]), self.place(&rows[edge.b as usize]));
            let class = self.class(a, b);
            if class != Class::List {
                of_class[class as usize - 1] += 1.0;
                *self.matches.entry((a.min(b), a.max(b))).or_default() += 1;
            }
        }
        let pairs = self.pairs_by_class();
        let common = f64::from(self.common).exp2();
        for class in 0..3 {
            // Counts and expectation are held against each other, so that few pairs say little.
            self.rates[class] = (of_class[class] + HELD) / (pairs[class] + HELD / common);
        }
        if self.exports.len() <= READY {
            let all = self.exports.len() as u32;
            self.ready = (0..all)
                .flat_map(|a| (0..all).map(move |b| (a, b)))
                .map(|(a, b)| self.between(a, b))
                .collect();
        }
    }

    fn pairs_by_class(&self) -> [f64; 3] {
        let mut of_member: FxHashMap<u16, f64> = FxHashMap::default();
        let (mut total, mut lists, mut books) = (0.0, 0.0, 0.0);
        for export in &self.exports {
            *of_member.entry(export.member).or_default() += export.rows;
            total += export.rows;
            let inside = export.rows * (export.rows - 1.0) / 2.0;
            if export.distinct { lists += inside } else { books += inside }
        }
        let mut sizes: Vec<f64> = of_member.into_values().collect();
        sizes.sort_by(f64::total_cmp);
        let members: f64 = sizes.iter().map(|size| size * (size - 1.0) / 2.0).sum();
        [books, members - lists - books, total * (total - 1.0) / 2.0 - members].map(|pairs| pairs.max(1.0))
    }

    #[inline]
    fn place(&self, row: &Feature) -> u32 {
        self.places.get(&row.export).copied().unwrap_or_default()
    }

    fn class(&self, a: u32, b: u32) -> Class {
        let (x, y) = (&self.exports[a as usize], &self.exports[b as usize]);
        match (a == b, x.member == y.member) {
            (true, _) if x.distinct => Class::List,
            (true, _) => Class::Book,
            (false, true) => Class::Member,
            (false, false) => Class::Team,
        }
    }

    /// The prior between two exports, by position.
    fn between(&self, a: u32, b: u32) -> f32 {
        let class = self.class(a, b);
        if class == Class::List {
            return self.common;
        }
        let rate = self.rates[class as usize - 1];
        let (x, y) = (self.exports[a as usize].rows, self.exports[b as usize].rows);
        let expected = rate * if a == b { x * (x - 1.0) / 2.0 } else { x * y };
        let found = f64::from(self.matches.get(&(a.min(b), a.max(b))).copied().unwrap_or_default());
        let rate = (rate * (found + HELD) / (expected + HELD)).clamp(1e-12, 0.5);
        ((rate / (1.0 - rate)).log2() as f32).clamp(self.common - FURTHEST, self.common + FURTHEST)
    }

    /// What it adds, in bits, that one book would show a person twice, beside the best prior of two groups: nothing
    /// where such books are known to do so more than any others, such as logs; at most minus [`TWICE`] elsewhere.
    pub(super) fn twice(&self, of_book: f32, best: f32) -> f32 {
        let usual = of_book >= best && of_book > self.common + KNOWN;
        if usual { 0.0 } else { (of_book - best).min(-TWICE) }
    }

    /// The prior that any pair has before sources are counted.
    pub(super) fn of_any(&self) -> f32 {
        self.common
    }

    /// The prior of two records.
    #[inline]
    pub(super) fn of(&self, a: &Feature, b: &Feature) -> f32 {
        if self.rates[0] == 0.0 {
            return self.common;
        }
        let (x, y) = (self.place(a), self.place(b));
        match self.ready.get(x as usize * self.exports.len() + y as usize) {
            Some(prior) => *prior,
            None => self.between(x, y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Feature> {
        let row = |export: u32| Feature {
            export,
            member: (export / 2) as u16,
            distinct: false,
            ..Feature::default()
        };
        (0..4000u32).map(|at| row(at % 4)).collect()
    }

    #[test]
    fn sources_that_hold_the_same_people_have_a_higher_prior() {
        let rows = rows();
        let mut priors = Priors::common(&rows, Model::shipped());
        let common = priors.of(&rows[0], &rows[1]);
        // Exports 0 and 1 belong to one member and share 500 people; nothing else is shared.
        let edges: Vec<Edge> = (0..500).map(|at| Edge { score: 20.0, a: at * 4, b: at * 4 + 1 }).collect();
        priors.count(&rows, edges.iter(), 5.0);
        assert!(priors.of(&rows[0], &rows[1]) > common + 0.5);
        assert!(priors.of(&rows[0], &rows[2]) < common - 2.0);
        assert!((priors.of(&rows[0], &rows[2]) - priors.of(&rows[2], &rows[0])).abs() < 1e-6);
    }

    #[test]
    fn nothing_counted_leaves_small_data_near_the_common_prior() {
        let rows = &rows()[..60];
        let mut priors = Priors::common(rows, Model::shipped());
        let common = priors.of(&rows[0], &rows[1]);
        priors.count(rows, [].iter(), 5.0);
        assert!((priors.of(&rows[0], &rows[1]) - common).abs() < 0.5);
    }
}
