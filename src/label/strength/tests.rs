//! The formulas on known figures, and the laws of strength.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-06-30")
}

fn ago(days: i64) -> Option<NaiveDate> {
    today().checked_sub_signed(chrono::Duration::days(days))
}

fn touch(kind: Kind, days: i64, direction: Option<Direction>) -> Touch {
    Touch { kind, on: ago(days), direction }
}

fn met(days: i64) -> Touch {
    touch(Kind::Met, days, None)
}

fn of(touches: &[Touch], channels: u32, since: Option<NaiveDate>) -> Strength {
    strength(&Tie { touches, channels, since }, today(), &Settings::default())
}

fn value(strength: &Strength, measure: Measure) -> f32 {
    strength.part(measure).unwrap().value
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.0006
}

#[test]
fn a_touch_is_worth_what_its_half_life_leaves() {
    for (half_life, left) in [(30.0, 0.125), (90.0, 0.5), (180.0, 0.707), (365.0, 0.843)] {
        assert!(near(decayed(90.0, half_life) as f32, left), "{half_life}");
    }
    for (kind, left) in [
        (Kind::Met, 0.707),
        (Kind::Called, 0.595),
        (Kind::Wrote, 0.5),
        (Kind::Liked, 0.125),
        (Kind::Introduced, 0.707),
        (Kind::Helped, 0.707),
        (Kind::HelpedBy, 0.707),
        (Kind::Asked, 0.5),
    ] {
        let strength = of(&[touch(kind, 90, None)], 0, None);
        assert!(near(value(&strength, Measure::Recency), left), "{kind:?}");
    }
}

#[test]
fn without_touches_the_short_way_tells_the_same_but_no_parts() {
    let settings = Settings::default();
    for channels in [0, 1, 9] {
        for since in [None, ago(400), ago(0), ago(-1)] {
            let tie = Tie { touches: &[], channels, since };
            let (long, short) =
                (strength(&tie, today(), &settings), strength_if_touched(&tie, today(), &settings));
            assert_eq!(short, Strength { parts: [None; 5], ..long });
        }
    }
}

#[test]
fn the_touch_with_the_best_value_tells_how_fresh_a_tie_is() {
    let meeting = met(200);
    let strength = of(&[touch(Kind::Liked, 40, None), meeting], 0, None);
    let best = strength.part(Measure::Recency).unwrap();
    assert_eq!(best.evidence, Evidence::Best(Kind::Met, 200));
    assert!(near(best.value, 0.463));
    let strength = of(&[meeting, touch(Kind::Liked, 1, None)], 0, None);
    assert_eq!(strength.part(Measure::Recency).unwrap().evidence, Evidence::Best(Kind::Liked, 1));
}

#[test]
fn every_part_follows_its_formula() {
    let directed: Vec<Touch> = [Direction::In, Direction::Out, Direction::Out, Direction::Out]
        .iter()
        .map(|direction| touch(Kind::Wrote, 30, Some(*direction)))
        .collect();
    let strength = of(&directed, 2, ago(1096));
    assert!(near(value(&strength, Measure::Recency), 0.794));
    // ln 5 / ln 25
    assert!(near(value(&strength, Measure::Frequency), 0.5));
    assert!(near(value(&strength, Measure::Reciprocity), 0.5));
    assert!(near(value(&strength, Measure::Multiplexity), 0.5));
    assert!(near(value(&strength, Measure::Tenure), 0.5));
    assert!(near(strength.coverage, 1.0));
    // 0.30 · 0.794 + 0.70 · 0.5
    assert!(near(strength.score.unwrap(), 0.588));
    assert_eq!(strength.band, Band::Steady);
}

#[test]
fn what_is_full_stays_full() {
    let touches = vec![met(0); 400];
    let strength = of(&touches, 6, ago(36_525));
    for measure in [Measure::Recency, Measure::Frequency, Measure::Reciprocity, Measure::Multiplexity] {
        assert!(near(value(&strength, measure), 1.0), "{measure:?}");
    }
    assert!(strength.score.unwrap() <= 1.0);
    assert_eq!(strength.band, Band::Strong);
}

#[test]
fn unknown_parts_drop_out_and_the_rest_is_weighed_anew() {
    // Nobody knows who called: recency and frequency remain.
    let strength = of(&[touch(Kind::Called, 0, None)], 0, None);
    assert_eq!(strength.part(Measure::Reciprocity), None);
    assert!(near(strength.coverage, 0.55));
    let recency = strength.part(Measure::Recency).unwrap();
    assert!(near(recency.weight, 0.30 / 0.55));
    // (0.30 · 1 + 0.25 · ln 2 / ln 25) / 0.55
    assert!(near(strength.score.unwrap(), 0.643));
}

#[test]
fn plain_exports_are_unknown_and_never_weak() {
    let strength = of(&[], 3, ago(1826));
    assert_eq!((strength.band, strength.score), (Band::Unknown, None));
    assert!(near(strength.coverage, 0.30));
    assert_eq!(strength.words(Language::English), ["tied through 3 channels", "known for 5 years"]);
    assert_eq!(of(&[], 0, None), Strength::default());
    // A touch without a day tells who turned to whom and nothing else.
    let undated = Touch { kind: Kind::Met, on: None, direction: None };
    assert_eq!(of(&[undated], 1, None).band, Band::Unknown);
}

#[test]
fn years_without_a_touch_are_no_hard_end() {
    let strength = of(&[met(5 * 365)], 1, ago(5 * 365));
    assert!(strength.score.unwrap() > 0.0);
    assert_eq!(strength.band, Band::Weak);
    assert!(strength.words(Language::German).contains(&"kein Austausch in einem Jahr".to_owned()));
}

#[test]
fn bands_rise_with_what_happened() {
    let steady = of(&[met(12)], 1, ago(400));
    let monthly: Vec<Touch> = (0..12).map(|month| met(month * 30)).collect();
    let letters: Vec<Touch> = (0..3).map(|n| touch(Kind::Wrote, 60 + n, Some(Direction::Out))).collect();
    assert_eq!(steady.band, Band::Steady);
    assert_eq!(of(&monthly, 1, ago(400)).band, Band::Strong);
    assert_eq!(of(&letters, 1, ago(400)).band, Band::Weak);
    assert_eq!(of(&[met(330)], 1, ago(400)).band, Band::Weak);
}

#[test]
fn a_strong_tie_falls_asleep_and_a_weak_one_does_not() {
    let strong: Vec<Touch> = (0..12).map(|month| met(600 + month * 30)).collect();
    let asleep = of(&strong, 2, ago(2000));
    assert_eq!(asleep.band, Band::Dormant);
    assert!(asleep.once.unwrap() >= 0.65 && asleep.score.unwrap() < 0.4);
    // 540 days are three half-lives of a meeting.
    assert_eq!(of(&strong[..], 2, ago(2000)).once, asleep.once);
    let awake = [strong.as_slice(), &[met(540)]].concat();
    assert_ne!(of(&awake, 2, ago(2000)).band, Band::Dormant);
    assert_eq!(of(&[met(900)], 1, ago(2000)).band, Band::Weak);
}

#[test]
fn what_lies_ahead_counts_as_not_known() {
    let strength = of(&[met(-3), touch(Kind::Wrote, -900, Some(Direction::In))], 1, ago(-5));
    assert_eq!((strength.band, strength.ahead), (Band::Unknown, 2));
    assert_eq!(strength.part(Measure::Tenure), None);
    assert!(near(strength.coverage, 0.15));
    assert_eq!(
        strength.words(Language::German),
        ["über 1 Kanal verbunden", "2 Einträge mit Datum nach heute nicht gezählt"]
    );
}

#[test]
fn kinds_tell_their_side_where_the_source_does_not() {
    let sides = |touches: &[Touch]| of(touches, 0, None).part(Measure::Reciprocity).map(|part| part.evidence);
    assert_eq!(sides(&[met(1)]), Some(Evidence::Sides(1, 1)));
    assert_eq!(sides(&[touch(Kind::Helped, 1, None)]), Some(Evidence::Sides(0, 1)));
    assert_eq!(sides(&[touch(Kind::HelpedBy, 1, None)]), Some(Evidence::Sides(1, 0)));
    assert_eq!(sides(&[touch(Kind::Wrote, 1, None), touch(Kind::Asked, 1, None)]), None);
    assert_eq!(sides(&[touch(Kind::Met, 1, Some(Direction::In))]), Some(Evidence::Sides(1, 0)));
}

#[test]
fn the_strongest_tie_speaks_for_a_contact() {
    let (none, weak, strong) = (of(&[], 2, ago(9)), of(&[met(300)], 1, None), of(&[met(1)], 3, ago(3000)));
    for ties in [[none, weak, strong], [strong, none, weak], [weak, strong, none]] {
        assert_eq!(combine(ties), strong);
    }
    assert_eq!(combine([none]), none);
    assert_eq!(combine([]).band, Band::Unknown);
}

#[test]
fn reasons_read_well_in_both_languages() {
    let touches = [met(12), touch(Kind::Called, 40, Some(Direction::Out)), touch(Kind::Wrote, 1, None)];
    let strength = of(&touches, 2, ago(800));
    assert_eq!(
        strength.words(Language::English),
        [
            "last message yesterday",
            "3 touches in a year",
            "both sides make contact, 1 in and 2 out",
            "tied through 2 channels",
            "known for 2 years",
        ]
    );
    assert_eq!(
        strength.words(Language::German),
        [
            "letzte Nachricht gestern",
            "3-mal Austausch in einem Jahr",
            "beide Seiten melden sich, 1 ein- und 2 ausgehend",
            "über 2 Kanäle verbunden",
            "bekannt seit 2 Jahren",
        ]
    );
    assert_eq!(Evidence::Best(Kind::Met, 12).words(Language::English), "last meeting 12 days ago");
    assert_eq!(Evidence::Best(Kind::Helped, 0).words(Language::German), "letzte Hilfe an den Kontakt heute");
    assert_eq!(Evidence::Days(1).words(Language::German), "bekannt seit 1 Tag");
    assert_eq!(Evidence::Days(400).words(Language::English), "known for 13 months");
}

#[test]
fn every_band_has_a_name_and_words_of_its_own() {
    for language in Language::ALL {
        let mut all: Vec<&str> = Band::ALL.iter().map(|band| band.words().in_language(language)).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), Band::ALL.len());
    }
    assert_eq!(Band::Dormant.name(), "dormant");
}

fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let side = prop_oneof![
        Just(None),
        Just(Some(Direction::In)),
        Just(Some(Direction::Out)),
        Just(Some(Direction::Both))
    ];
    let on = prop::option::weighted(0.9, -100i64..4000);
    let one = (0usize..8, on, side).prop_map(|(kind, days, direction)| Touch {
        kind: Kind::ALL[kind],
        on: days.and_then(ago),
        direction,
    });
    prop::collection::vec(one, 0..30)
}

proptest! {
    #[test]
    fn a_strength_lies_between_nothing_and_one(
        touches in touches(), channels in 0u32..8, since in prop::option::of(-50i64..9000),
    ) {
        let strength = of(&touches, channels, since.and_then(ago));
        prop_assert!((0.0..=1.0).contains(&strength.coverage));
        prop_assert!(strength.score.is_none_or(|score| (0.0..=1.0).contains(&score)));
        prop_assert_eq!(strength.score.is_none(), strength.band == Band::Unknown);
        prop_assert_eq!(strength.once.is_some(), strength.band == Band::Dormant);
        let known: Vec<Part> = strength.parts.into_iter().flatten().collect();
        prop_assert!(known.iter().all(|part| (0.0..=1.0).contains(&part.value)));
        if !known.is_empty() {
            let weights: f32 = known.iter().map(|part| part.weight).sum();
            prop_assert!(near(weights, 1.0));
        }
        if let Some(score) = strength.score {
            let sum: f32 = known.iter().map(|part| part.value * part.weight).sum();
            prop_assert!(near(sum, score), "the parts add up to the score");
        }
    }

    #[test]
    fn the_order_of_touches_changes_nothing(
        (touches, mixed) in touches().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(of(&touches, 2, ago(900)), of(&mixed, 2, ago(900)));
    }

    #[test]
    fn a_touch_today_never_makes_a_tie_older_or_rarer(touches in touches(), kind in 0usize..8) {
        let before = of(&touches, 1, None);
        let mut more = touches;
        more.push(touch(Kind::ALL[kind], 0, None));
        let after = of(&more, 1, None);
        for measure in [Measure::Recency, Measure::Frequency] {
            let was = before.part(measure).map_or(0.0, |part| part.value);
            prop_assert!(value(&after, measure) >= was);
        }
        prop_assert_ne!(after.band, Band::Dormant);
    }

    #[test]
    fn without_a_touch_a_tie_is_unknown(channels in 0u32..8, days in 0i64..20_000) {
        prop_assert_eq!(of(&[], channels, ago(days)).band, Band::Unknown);
    }

    #[test]
    fn no_setting_breaks_a_strength(
        touches in touches(), weights in prop::array::uniform5(-1.0f32..2.0), half_life in -10.0f32..400.0,
        full in 0u32..3, years in -1.0f32..5.0,
    ) {
        let [recency, frequency, reciprocity, multiplexity, tenure] = weights;
        let settings = Settings {
            weights: Weights { recency, frequency, reciprocity, multiplexity, tenure },
            half_lives: HalfLives { met: half_life, wrote: 0.0, ..HalfLives::default() },
            full_touches: full,
            full_channels: full,
            tenure_years: years,
            bands: Thresholds::default(),
        };
        let tie = Tie { touches: &touches, channels: 2, since: ago(100) };
        let strength = strength(&tie, today(), &settings);
        prop_assert!(strength.score.is_none_or(|score| (0.0..=1.0).contains(&score)));
        prop_assert!((0.0..=1.0).contains(&strength.coverage));
    }
}
