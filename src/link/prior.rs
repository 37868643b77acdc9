//! The prior: how likely two records are one person before anything is compared, by the sources they come from.
//!
//! Entries of one member's phone book and mail program are far more often the same people than entries of two
//! members. How often is counted from the pairs that are beyond doubt, then from all pairs by how likely each is (the
//! EM algorithm for the share of matches; Winkler 1988, "Using the EM algorithm for weight computation in the
//! Fellegi–Sunter model of record linkage"): where few addresses are known, most pairs are in doubt one by one, while
//! it is plain how many of them there must be.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::SURE;
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

/// Steps of the EM algorithm.
const STEPS: usize = 8;

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
    /// Matches between two exports.
    matches: FxHashMap<(u32, u32), f64>,
    ready: Vec<f32>,
}

#[derive(Clone, Copy)]
struct Export {
    rows: f64,
    member: u16,
    distinct: bool,
}

/// That a record may have a match in an export.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    /// The record and the one that it may match.
    rows: (u32, u32),
    /// The exports of both, by position.
    exports: (u32, u32),
    /// What the comparison says, in bits.
    said: f32,
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
        let mut matches: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        for edge in edges.filter(|edge| edge.score >= sure) {
            let (a, b) = (self.place(&rows[edge.a as usize]), self.place(&rows[edge.b as usize]));
            *matches.entry((a.min(b), a.max(b))).or_default() += 1.0;
        }
        self.set(matches);
    }

    /// A pair, scored under the common prior, as a chance of its first record.
    pub(super) fn chance(&self, rows: &[Feature], (a, b): (u32, u32), score: f32) -> Option<Chance> {
        let exports = (self.place(&rows[a as usize]), self.place(&rows[b as usize]));
        let counts = self.class(exports.0, exports.1) != Class::List;
        counts.then_some(Chance { rows: (a, b), exports, said: score - self.common })
    }

    /// Brings chances into the order in which [`Priors::expect`] reads them.
    pub(super) fn in_order(chances: &mut [Chance]) {
        chances.par_sort_unstable_by_key(|chance| (chance.rows.0, chance.exports.1, chance.rows.1));
    }

    /// Sets the priors by how many matches can be expected between exports: the EM algorithm. The chances, in order, are
    /// those of a `sampled` share of the records.
    pub(super) fn expect(&mut self, chances: &[Chance], sampled: f64) {
        (0..STEPS).for_each(|_| self.step(chances, sampled));
    }

    fn step(&mut self, chances: &[Chance], sampled: f64) {
        let mut matches: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        let beside = |x: &Chance, y: &Chance| (x.rows.0, x.exports.1) == (y.rows.0, y.exports.1);
        for all in chances.chunk_by(beside) {
            let (a, b) = all[0].exports;
            // Each match is met twice, from either record.
            *matches.entry((a.min(b), a.max(b))).or_default() += self.matches_of(all) / 2.0 / sampled;
        }
        self.set(matches);
    }

    /// How many matches a record can be expected to have in one export. A book may hold it often; another export holds
    /// it once, as long as it does not plainly hold it more often.
    fn matches_of(&self, chances: &[Chance]) -> f64 {
        let (a, b) = chances[0].exports;
        let prior = self.of_exports(a, b);
        let odds = chances.iter().map(|chance| f64::from(prior + chance.said).exp2());
        let likely = |odds: f64| odds / (1.0 + odds);
        if a == b {
            return odds.map(likely).sum();
        }
        let (mut plain, mut sum) = (0.0, 0.0);
        for odds in odds {
            plain += if likely(odds) >= SURE { 1.0 } else { 0.0 };
            sum += odds;
        }
        likely(sum).max(plain)
    }

    /// Sets the priors by the matches between exports.
    fn set(&mut self, mut matches: FxHashMap<(u32, u32), f64>) {
        matches.retain(|(a, b), _| self.class(*a, *b) != Class::List);
        let mut of_class = [0.0f64; 3];
        let mut all: Vec<((u32, u32), f64)> =
            matches.iter().map(|(exports, found)| (*exports, *found)).collect();
        all.sort_unstable_by_key(|(exports, _)| *exports);
        for ((a, b), found) in all {
            of_class[self.class(a, b) as usize - 1] += found;
        }
        self.matches = matches;
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
        let found = self.matches.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
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
        self.of_exports(self.place(a), self.place(b))
    }

    /// The prior between two exports, by position, as it is kept ready.
    #[inline]
    fn of_exports(&self, a: u32, b: u32) -> f32 {
        match self.ready.get(a as usize * self.exports.len() + b as usize) {
            Some(prior) => *prior,
            None => self.between(a, b),
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
    fn pairs_in_doubt_count_by_how_likely_they_are() {
        let rows = rows();
        let mut priors = Priors::common(&rows, Model::shipped());
        let common = priors.of(&rows[0], &rows[1]);
        priors.count(&rows, [].iter(), 5.0);
        let counted = priors.of(&rows[0], &rows[1]);
        // Of the thousand people of export 0 eight hundred stand in export 1 under a name that weighs 14 bits, which is
        // no proof for any of them; nobody else bears such names, so that they must be the same people.
        let mut chances: Vec<Chance> = (0..800)
            .flat_map(|at| [(at * 4, at * 4 + 1), (at * 4 + 1, at * 4)])
            .filter_map(|pair| priors.chance(&rows, pair, common + 14.0))
            .collect();
        Priors::in_order(&mut chances);
        priors.expect(&chances, 1.0);
        let expected = priors.of(&rows[0], &rows[1]);
        let truth = (800.0f32 / 1_000_000.0).log2();
        assert!(expected > counted + 1.0 && (expected - truth).abs() < 0.3, "{counted} {expected} {truth}");
        assert!(priors.of(&rows[0], &rows[2]) < expected - 3.0, "others share nobody");
        (0..5).for_each(|_| priors.expect(&chances, 1.0));
        assert!((priors.of(&rows[0], &rows[1]) - expected).abs() < 0.05, "more steps change nothing");
    }

    #[test]
    fn a_record_has_one_match_in_an_export_unless_it_plainly_has_more() {
        let rows = rows();
        let mut priors = Priors::common(&rows, Model::shipped());
        priors.count(&rows, [].iter(), 5.0);
        let common = priors.of_any();
        let matches = |others: &[u32], said: f32| {
            let chance = |other: &u32| priors.chance(&rows, (0, *other), common + said);
            priors.matches_of(&others.iter().filter_map(chance).collect::<Vec<_>>())
        };
        assert!(matches(&[1, 5, 9], 16.0) < 1.0);
        assert!((matches(&[1, 5, 9], 40.0) - 3.0).abs() < 1e-6);
        assert!((matches(&[4, 8, 12], 40.0) - 3.0).abs() < 1e-6, "a book may hold somebody often");
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
