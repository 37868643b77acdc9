//! Categories: a person's word always wins, a rule comes before the score, and the score falls slowly.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-06-01")
}

fn fit(value: f32, known: f32) -> Fit {
    Fit { value, known, met: vec!["industry IT".into()] }
}

fn given(case: &Case<'_>) -> (Option<Letter>, Tier, Option<NaiveDate>) {
    let Given { tier, falling, .. } =
        tier(case, &Settings::default(), today(), &Phrases::new(&Settings::default(), Language::English));
    (tier.letter, tier, falling)
}

#[test]
fn the_score_is_the_weighted_mean_of_what_is_known() {
    let fit = fit(1.0, 1.0);
    let case = Case {
        fit: Some(&fit),
        has_goals: true,
        strength: Some(0.5),
        seniority: Some("executive"),
        holders: 2,
        ..Case::default()
    };
    // 0.4 * 1 + 0.3 * 0.5 + 0.2 * 1 + 0.1 * 1/2
    let score = score(&case, &Settings::default());
    assert!((score.value.unwrap() - 0.8).abs() < 1e-6 && (score.coverage - 1.0).abs() < 1e-6);
    let (letter, tier, _) = given(&case);
    assert_eq!((letter, tier.source), (Some(Letter::A), Some(TierSource::Score)));
    assert_eq!(
        &*tier.reason,
        "score 0.80, 100 % known: goals 1.00 (industry IT), strength of the tie 0.50, level 1.00 \
         (Owner / Board / C-level), network value 0.50 (known to 2)"
    );
    // Without touches: (0.4 + 0.2 + 0.05) / 0.7
    let plain = Case { strength: None, ..case };
    let without = super::score(&plain, &Settings::default());
    assert!((without.value.unwrap() - 0.65 / 0.7).abs() < 1e-6 && (without.coverage - 0.7).abs() < 1e-6);
}

#[test]
fn without_goals_and_touches_nobody_is_sorted_and_the_reason_says_what_is_missing() {
    let case = Case { seniority: Some("executive"), holders: 1, ..Case::default() };
    let (letter, tier, _) = given(&case);
    assert_eq!((letter, tier.source, tier.since), (None, None, None));
    assert_eq!(
        &*tier.reason,
        "not sorted yet, 30 % of the score known, 50 % needed: no goals in the pipeline file, no touch known"
    );
    let (_, nothing, _) = given(&Case::default());
    assert_eq!(
        &*nothing.reason,
        "not sorted yet, 0 % of the score known, 50 % needed: no goals in the pipeline file, no touch known, \
         level unknown"
    );
    // A bar set to nothing does not make an aim of a level.
    let settings = Settings { evidence: 0.0, ..Settings::default() };
    assert_eq!(
        super::tier(&case, &settings, today(), &Phrases::new(&settings, Language::German)).tier.letter,
        None
    );
}

#[test]
fn a_persons_word_wins_and_others_are_named() {
    let hands = [
        Said { letter: Letter::D, on: day("2026-05-01"), who: "Anna" },
        Said { letter: Letter::A, on: day("2026-02-01"), who: "Ben" },
        Said { letter: Letter::D, on: day("2026-01-01"), who: "Cem" },
    ];
    let fit = fit(1.0, 1.0);
    let case = Case { hands: &hands, rule: Some((Letter::B, "rule")), fit: Some(&fit), ..Case::default() };
    let (letter, tier, _) = given(&case);
    assert_eq!((letter, tier.source), (Some(Letter::D), Some(TierSource::Manual)));
    assert_eq!(&*tier.reason, "set to D by Anna, 2026-05-01; Ben said A (2026-02-01)");
    assert_eq!(tier.since, Some(day("2026-05-01")));
    let german = super::tier(
        &case,
        &Settings::default(),
        today(),
        &Phrases::new(&Settings::default(), Language::German),
    )
    .tier;
    assert_eq!(&*german.reason, "D gesetzt von Anna, 01.05.2026; Ben sagte A (01.02.2026)");
    let (letter, tier, _) = given(&Case { hands: &[], ..case });
    assert_eq!((letter, tier.source, &*tier.reason), (Some(Letter::B), Some(TierSource::Rule), "rule"));
}

/// A contact whose score is the strength of its tie, with the category of the last run.
fn after(letter: Letter, value: f32, falling: Option<NaiveDate>) -> (Option<Letter>, Option<NaiveDate>) {
    let before = Before { letter: Some(letter), since: Some(day("2026-01-01")), before: None, falling };
    let case = Case { strength: Some(value), before: Some(before), ..Case::default() };
    let settings = Settings { evidence: 0.3, ..Settings::default() };
    let Given { tier, falling, .. } =
        tier(&case, &settings, today(), &Phrases::new(&settings, Language::English));
    let stays = tier.letter == Some(letter);
    assert_eq!(tier.since, Some(if stays { day("2026-01-01") } else { today() }));
    assert_eq!(tier.before, (!stays).then_some(letter));
    (tier.letter, falling)
}

#[test]
fn a_category_moves_only_beyond_the_margin_and_falls_only_twice_asked() {
    assert_eq!(after(Letter::B, 0.79, None), (Some(Letter::B), None), "not 0.05 above A");
    assert_eq!(after(Letter::B, 0.80, None), (Some(Letter::A), None));
    assert_eq!(after(Letter::C, 0.79, None), (Some(Letter::B), None), "as far up as is clear");
    assert_eq!(after(Letter::D, 0.29, None), (Some(Letter::D), None));
    assert_eq!(after(Letter::B, 0.46, None), (Some(Letter::B), None), "not 0.05 below B");
    assert_eq!(after(Letter::B, 0.44, None), (Some(Letter::B), Some(today())), "asked for the first time");
    assert_eq!(after(Letter::B, 0.44, Some(today())), (Some(Letter::B), Some(today())), "the same day again");
    assert_eq!(after(Letter::B, 0.44, Some(day("2026-05-31"))), (Some(Letter::C), None));
    assert_eq!(after(Letter::A, 0.10, Some(day("2026-05-31"))), (Some(Letter::D), None));
    assert_eq!(after(Letter::B, 0.60, Some(day("2026-05-31"))), (Some(Letter::B), None), "it has recovered");
}

fn letters() -> impl Strategy<Value = Letter> {
    prop::sample::select(&Letter::ALL[..])
}

proptest! {
    #[test]
    fn a_persons_word_always_wins(
        letter in letters(),
        rule in proptest::option::of(letters()),
        value in proptest::option::of(0.0f32..=1.0),
        known in 0.0f32..=1.0,
        strength in proptest::option::of(0.0f32..=1.0),
        was in proptest::option::of(letters()),
        holders in 0usize..4,
    ) {
        let fit = value.map(|value| fit(value, known));
        let hands = [Said { letter, on: day("2026-03-03"), who: "Anna" }];
        let before = was.map(|was| Before { letter: Some(was), ..Before::default() });
        let case = Case {
            hands: &hands,
            rule: rule.map(|rule| (rule, "rule")),
            fit: fit.as_ref(),
            has_goals: fit.is_some(),
            strength,
            seniority: None,
            holders,
            before,
        };
        let (by_hand, tier, _) = given(&case);
        prop_assert_eq!((by_hand, tier.source), (Some(letter), Some(TierSource::Manual)));
        prop_assert!(tier.reason.contains("Anna") && tier.reason.contains(letter.name()));
        let (ruled, tier, _) = given(&Case { hands: &[], ..case });
        if let Some(rule) = rule {
            prop_assert_eq!((ruled, tier.source, &*tier.reason), (Some(rule), Some(TierSource::Rule), "rule"));
        }
        let (scored, tier, _) = given(&Case { hands: &[], rule: None, ..case });
        prop_assert!(tier.score.is_none_or(|score| (0.0..=1.0).contains(&score)));
        prop_assert!((0.0..=1.0001).contains(&tier.coverage));
        prop_assert_eq!(scored.is_some(), tier.source == Some(TierSource::Score));
        prop_assert!(!tier.reason.is_empty());
    }

    #[test]
    fn a_better_score_never_gives_a_worse_category(a in 0.0f32..=1.0, b in 0.0f32..=1.0, was in letters()) {
        let (low, high) = (a.min(b), a.max(b));
        let letter = |value| after(was, value, Some(day("2026-05-31"))).0.unwrap();
        prop_assert!(letter(high) <= letter(low));
    }
}
