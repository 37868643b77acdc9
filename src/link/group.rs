//! Group comparison: what all rows of two groups say together about whether they are one person.
//!
//! The best pair between two groups is the luckiest of many, so its weight says too much when it is not beyond
//! doubt. Here every field counts with the mean weight of the pairs in which both rows have it; the prior is the
//! best one, since it is the nearest relation of their sources, less what it takes that a book shows a person twice;
//! what contradicts a lasting trait counts half as much again as its worst, since a merge in doubt is worse than a
//! question; and who else could be meant takes away ([`rivalry`]).

use std::sync::LazyLock;

use super::cluster::Clusters;
use super::compare::Sink;
use super::model::Level;
use super::score::{Corpus, strong_contradiction};

/// The number of the field of each level.
static FIELD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut names: Vec<&str> = Vec::new();
    let number = |level: &Level| {
        let at = names.iter().position(|name| *name == level.field()).unwrap_or_else(|| {
            names.push(level.field());
            names.len() - 1
        });
        at as u8
    };
    Level::ALL.iter().map(number).collect()
});

/// Most fields there can be.
const FIELDS: usize = 32;

/// What one pair says, field by field.
struct Pair {
    weights: [f32; FIELDS],
    /// Which fields both rows have, as bits.
    met: u32,
    /// What contradicts lasting traits, in bits, at most 0.
    against: f32,
}

impl Sink for Pair {
    fn add(&mut self, level: Level, weight: f32) {
        let field = usize::from(FIELD[level as usize]);
        self.weights[field] += weight;
        self.met |= 1 << field;
        if strong_contradiction(level, weight) {
            self.against += weight;
        }
    }
}

/// What two groups weigh as wholes, in bits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct GroupWeight {
    /// The best prior, and what all their rows say, field by field.
    pub(super) together: f32,
    /// What it takes that a book holds a person twice, for each book that holds rows of both, at most 0.
    pub(super) twice: f32,
    /// What contradictions count beyond what they say: half as much again as the worst of them, at most 0.
    pub(super) caution: f32,
    /// What rivals take away, at most 0.
    pub(super) rivals: f32,
}

impl GroupWeight {
    /// log2 odds that the groups are one person.
    pub(super) fn score(&self) -> f32 {
        self.alone() + self.rivals
    }

    /// The same as if nobody else could be meant.
    pub(super) fn alone(&self) -> f32 {
        self.together + self.twice + self.caution
    }
}

impl Clusters<'_, '_> {
    /// Weighs the groups of two representatives, before rivals.
    pub(super) fn weigh(&self, root_a: u32, root_b: u32) -> GroupWeight {
        weigh(self.corpus, &self.asked(root_a), &self.asked(root_b))
    }
}

fn weigh(corpus: &Corpus<'_>, of_a: &[u32], of_b: &[u32]) -> GroupWeight {
    let (mut sums, mut met) = ([0.0f32; FIELDS], [0u32; FIELDS]);
    let (mut prior, mut worst, mut against) = (f32::MIN, 0.0f32, 0.0f32);
    // Who stands in a book on both sides would stand there twice.
    let mut twice: Vec<(u32, f32)> = Vec::new();
    for &a in of_a {
        for &b in of_b {
            let mut pair = Pair { weights: [0.0; FIELDS], met: 0, against: 0.0 };
            corpus.compare(a.min(b), a.max(b), &mut pair);
            for field in (0..FIELDS).filter(|field| pair.met >> field & 1 == 1) {
                sums[field] += pair.weights[field];
                met[field] += 1;
            }
            let (row_a, row_b) = (corpus.row(a), corpus.row(b));
            let of_pair = corpus.priors.of(row_a, row_b);
            prior = prior.max(of_pair);
            // Of a list of distinct people the level `same_list` tells it.
            let book = row_a.export == row_b.export && !row_a.distinct;
            if book && !twice.iter().any(|(export, _)| *export == row_a.export) {
                twice.push((row_a.export, of_pair));
            }
            worst = worst.min(pair.against);
            against += pair.against;
        }
    }
    let pairs = (of_a.len() * of_b.len()) as f32;
    let twice: f32 = twice.into_iter().map(|(_, of_book)| corpus.priors.twice(of_book, prior)).sum();
    let said: f32 = (0..FIELDS).filter(|field| met[*field] > 0).map(|at| sums[at] / met[at] as f32).sum();
    GroupWeight { together: prior + said, twice, caution: worst - against / pairs / 2.0, rivals: 0.0 }
}

/// How much of what rivals could take they do take: many a rival is another part of the same person, though nothing
/// says so. Chosen on generated teams, by how many of the pairs that count as so likely are one person.
const RIVALRY: f32 = 0.5;

/// Bits that rivals take from a pair of groups: a half of log2 of one plus the odds that each of them is meant
/// instead, as far as it is not the same person anyway.
///
/// `rivals` are the log2 odds of each other pair that one of the two groups has, and the log2 odds that the two
/// others are one person, if they may be.
pub(super) fn rivalry(rivals: impl Iterator<Item = (f32, Option<f32>)>) -> f32 {
    let odds = |(rival, same): (f32, Option<f32>)| {
        let other = same.map_or(1.0, |same| 1.0 / (1.0 + same.exp2()));
        rival.min(20.0).exp2() * other
    };
    RIVALRY * (1.0 + rivals.map(odds).sum::<f32>()).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_number_of_its_own() {
        for (a, b) in Level::ALL.iter().flat_map(|a| Level::ALL.iter().map(move |b| (*a, *b))) {
            assert_eq!(a.field() == b.field(), FIELD[a as usize] == FIELD[b as usize]);
        }
        assert!(FIELD.iter().all(|field| usize::from(*field) < FIELDS));
    }

    #[test]
    fn a_rival_takes_half_of_what_it_weighs() {
        assert!(rivalry([].into_iter()).abs() < 1e-6);
        assert!((rivalry([(6.0, None)].into_iter()) - 3.0).abs() < 0.1);
        assert!(rivalry([(-5.0, None)].into_iter()) < 0.1);
        assert!(rivalry([(5.0, Some(15.0))].into_iter()) < 0.01, "the same person is no rival");
    }
}
