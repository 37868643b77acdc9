//! Adapting: how often fields agree among true pairs, counted from the pairs of this data that are beyond doubt.
//!
//! Birthdays differ in one true pair of fifty in one register and in every second one in another. A pair that
//! would be sure without a field tells how that field behaves among true pairs, without having been chosen
//! for it. What is counted is held against the shipped table, so that few pairs say little, and moves no
//! level further than [`FURTHEST`].

use rayon::prelude::*;

use super::cluster::Edge;
use super::model::{Level, Model};
use super::score::{Corpus, Part};

/// Pairs that the shipped table weighs as much as.
const HELD: f64 = 100.0;
/// Most pairs looked at.
const LOOKED_AT: usize = 20_000;
/// No level moves further than this many bits.
const FURTHEST: f32 = 2.0;
/// Moves smaller than this change no result worth the work.
const LEAST: f32 = 0.1;

/// Levels of given names, counted only where the birthday is the same: relatives and colleagues share the rest. What is
/// weighed given that a name has such a form, as nicknames and double names are, is no share of all pairs.
const GIVEN: [Level; 5] =
    [Level::GivenExact, Level::GivenTypo, Level::GivenAlike, Level::GivenNear, Level::GivenDifferent];
/// The same of family names.
const FAMILY: [Level; 5] =
    [Level::FamilyExact, Level::FamilyTypo, Level::FamilyAlike, Level::FamilyNear, Level::FamilyDifferent];

/// The levels of a field of which a pair has exactly one where both records have a value.
const FIELDS: [&[Level]; 8] = [
    &GIVEN,
    &FAMILY,
    &[
        Level::BirthdayEqual,
        Level::BirthdayTypo,
        Level::BirthdaySwapped,
        Level::BirthdayTwoParts,
        Level::BirthdayOnePart,
        Level::BirthdayDifferent,
    ],
    &[Level::CityEqual, Level::CityClose, Level::CityDifferent],
    &[Level::PostcodeEqual, Level::PostcodeClose, Level::PostcodeDifferent],
    &[Level::StreetEqual, Level::StreetClose, Level::StreetDifferent],
    &[Level::IdEqual, Level::IdClose, Level::IdDifferent],
    &[
        Level::EmailEqual,
        Level::EmailClose,
        Level::EmailCloseName,
        Level::EmailLocal,
        Level::EmailRestated,
        Level::EmailNumbered,
        Level::EmailColleague,
        Level::EmailDifferent,
    ],
];

/// How often each level was found among pairs that are sure without its field.
type Counts = Vec<u32>;

/// The model for this data; `None` if the shipped one fits.
pub(super) fn adapted(corpus: &Corpus<'_>, edges: &[Edge], sure: f32) -> Option<Model> {
    let settled: Vec<&Edge> = edges.iter().filter(|edge| edge.score >= sure).collect();
    let step = settled.len().div_ceil(LOOKED_AT).max(1);
    let looked_at: Vec<&Edge> = settled.into_iter().step_by(step).collect();
    let none = || vec![0u32; Level::ALL.len()];
    let add = |mut left: Counts, right: Counts| {
        left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
        left
    };
    let of_chunk = |edges: &[&Edge]| {
        let mut counts = none();
        for edge in edges {
            count(&corpus.parts(edge.a, edge.b), sure, &mut counts);
        }
        counts
    };
    let counts = looked_at.par_chunks(1 << 10).map(of_chunk).reduce(none, add);
    model(&corpus.model, &counts)
}

/// Counts the level of each field without which the pair would still be sure.
fn count(parts: &[Part], sure: f32, counts: &mut Counts) {
    let score: f32 = parts.iter().map(|part| part.weight).sum();
    let keys = parts.iter().filter(|part| part.level.is_key()).count();
    let found = |level: Level| parts.iter().find(|part| part.level == level);
    let relative = found(Level::Relative).map_or(0.0, |part| part.weight);
    let born = found(Level::BirthdayEqual).is_some();
    for part in parts {
        let others = keys - usize::from(part.level.is_key());
        let name = GIVEN.contains(&part.level) || FAMILY.contains(&part.level);
        let without = score - part.weight - if name { relative } else { 0.0 };
        let counts_here = FIELDS.iter().any(|levels| levels.contains(&part.level));
        if counts_here && others == 0 && without >= sure && (born || !name) {
            counts[part.level as usize] += 1;
        }
    }
}

/// The model with what was counted held against it.
fn model(shipped: &Model, counts: &Counts) -> Option<Model> {
    let mut adapted = shipped.clone();
    let mut moved = 0.0f32;
    for levels in FIELDS {
        let m = |level: &Level| f64::from(shipped.log_m(*level)).exp2();
        let all: f64 = levels.iter().map(m).sum();
        let pairs: f64 = levels.iter().map(|level| f64::from(counts[*level as usize])).sum();
        for level in levels {
            let counted = f64::from(counts[*level as usize]) + HELD * m(level) / all;
            let log_m = ((counted / (pairs + HELD) * all).log2() as f32)
                .clamp(shipped.log_m(*level) - FURTHEST, shipped.log_m(*level) + FURTHEST);
            moved = moved.max((log_m - shipped.log_m(*level)).abs());
            adapted.set_log_m(*level, log_m);
        }
    }
    (moved >= LEAST).then_some(adapted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(pairs: &[(Level, u32)]) -> Option<Model> {
        let mut counts = vec![0; Level::ALL.len()];
        for (level, met) in pairs {
            counts[*level as usize] = *met;
        }
        model(Model::shipped(), &counts)
    }

    #[test]
    fn nothing_counted_changes_nothing() {
        assert!(counted(&[]).is_none());
    }

    #[test]
    fn a_register_of_careless_birthdays_believes_them_less() {
        let shipped = Model::shipped();
        let careless = counted(&[
            (Level::BirthdayEqual, 4000),
            (Level::BirthdayTypo, 2500),
            (Level::BirthdayTwoParts, 1000),
            (Level::BirthdayOnePart, 1500),
            (Level::BirthdayDifferent, 1000),
        ])
        .expect("another model");
        assert!(careless.fixed(Level::BirthdayDifferent) > shipped.fixed(Level::BirthdayDifferent) + 0.5);
        assert!(careless.fixed(Level::BirthdayEqual) < shipped.fixed(Level::BirthdayEqual));
        let clean = counted(&[(Level::BirthdayEqual, 10_000)]).expect("another model");
        let most = shipped.fixed(Level::BirthdayDifferent) - FURTHEST - 1e-4;
        assert!(clean.fixed(Level::BirthdayDifferent) >= most, "no level moves further than it may");
        assert!(clean.fixed(Level::BirthdayDifferent) < shipped.fixed(Level::BirthdayDifferent) - 1.0);
    }

    #[test]
    fn few_pairs_say_little() {
        let few = counted(&[(Level::CityDifferent, 5), (Level::CityEqual, 5)]);
        let moved = few.map_or(0.0, |few| {
            (few.fixed(Level::CityDifferent) - Model::shipped().fixed(Level::CityDifferent)).abs()
        });
        assert!(moved < 0.3, "{moved}");
    }

    #[test]
    fn only_pairs_that_are_sure_without_a_field_count_for_it() {
        let part = |level, weight| Part { level, weight };
        let mut counts = vec![0; Level::ALL.len()];
        let pair = [
            part(Level::Prior, -12.0),
            part(Level::FamilyExact, 17.0),
            part(Level::CityEqual, 8.0),
            part(Level::BirthdayDifferent, -4.0),
        ];
        count(&pair, 5.6, &mut counts);
        assert_eq!(counts[Level::CityEqual as usize], 0, "the pair leans on the city");
        assert_eq!(counts[Level::BirthdayDifferent as usize], 1);
        count(&[&pair[..], &[part(Level::PhoneEqual, 12.0)]].concat(), 5.6, &mut counts);
        assert_eq!(counts[Level::CityEqual as usize], 0, "a key decides by itself");
    }
}
