//! The strength of a tie: how alive and how firm it is between one member and one contact, told by touches.

use std::cmp::Ordering;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::scales;
use crate::table::{Language, Words, words};
use crate::touch::Kind;

mod phrase;
#[cfg(test)]
mod tests;

/// How much each part weighs. Only their proportions count: parts that are not known drop out and the rest is
/// weighed anew. A weight below nothing counts as nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// How fresh the touch with the best value is.
    pub recency: f32,
    /// How many touches there were in a year.
    pub frequency: f32,
    /// Whether both sides turn to each other.
    pub reciprocity: f32,
    /// Through how many channels the two are tied.
    pub multiplexity: f32,
    /// How long they have known each other.
    pub tenure: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { recency: 0.30, frequency: 0.25, reciprocity: 0.15, multiplexity: 0.15, tenure: 0.15 }
    }
}

impl Weights {
    fn of(&self) -> [f64; 5] {
        [self.recency, self.frequency, self.reciprocity, self.multiplexity, self.tenure]
            .map(|weight| f64::from(weight).max(0.0))
    }
}

/// After how many days a touch is worth half, by how rich it is.
///
/// Favours last like meetings, because they are remembered as long; a request lasts like a message, because
/// it is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HalfLives {
    /// Meetings, days.
    pub met: f32,
    /// Calls, days.
    pub called: f32,
    /// Messages, days.
    pub wrote: f32,
    /// Reactions, days.
    pub liked: f32,
    /// Introductions, days.
    pub introduced: f32,
    /// Help given, days.
    pub helped: f32,
    /// Help received, days.
    pub helped_by: f32,
    /// Requests, days.
    pub asked: f32,
}

impl Default for HalfLives {
    fn default() -> HalfLives {
        HalfLives {
            met: 180.0,
            called: 120.0,
            wrote: 90.0,
            liked: 30.0,
            introduced: 180.0,
            helped: 180.0,
            helped_by: 180.0,
            asked: 90.0,
        }
    }
}

impl HalfLives {
    /// The half-life of a kind of touch, days.
    pub fn of(&self, kind: Kind) -> f32 {
        match kind {
            Kind::Met => self.met,
            Kind::Called => self.called,
            Kind::Wrote => self.wrote,
            Kind::Liked => self.liked,
            Kind::Introduced => self.introduced,
            Kind::Helped => self.helped,
            Kind::HelpedBy => self.helped_by,
            Kind::Asked => self.asked,
        }
    }
}

/// From which score on a tie has a name, and when it counts as dormant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The least score of a steady tie, 0 to 1.
    pub steady: f32,
    /// The least score of a strong tie, 0 to 1.
    pub strong: f32,
    /// A strong tie of the past is dormant when every touch is older than this many of its half-lives.
    pub dormant: f32,
}

impl Default for Thresholds {
    /// Set so that a single meeting makes a steady tie and no strong one, and a meeting nearly a year ago a
    /// weak one again; after three half-lives an eighth of the value is left.
    fn default() -> Thresholds {
        Thresholds { steady: 0.40, strong: 0.65, dormant: 3.0 }
    }
}

/// Every figure that strength is made with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// How much each part weighs.
    pub weights: Weights,
    /// After how many days a touch is worth half.
    pub half_lives: HalfLives,
    /// Touches a year at which frequency is full.
    pub full_touches: u32,
    /// Channels at which multiplexity is full.
    pub full_channels: u32,
    /// Years after which tenure is half of what it can be.
    pub tenure_years: f32,
    /// From which score on a tie has a name.
    pub bands: Thresholds,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            weights: Weights::default(),
            half_lives: HalfLives::default(),
            full_touches: 24,
            full_channels: 4,
            tenure_years: 3.0,
            bands: Thresholds::default(),
        }
    }
}

/// Who turned to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The contact to the member.
    In,
    /// The member to the contact.
    Out,
    /// Each to the other.
    Both,
}

/// A touch as strength sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    /// What happened.
    pub kind: Kind,
    /// The day; `None` if the source names none. Such a touch tells of direction only.
    pub on: Option<NaiveDate>,
    /// Who turned to whom; `None` if the source does not say.
    pub direction: Option<Direction>,
}

impl Touch {
    /// Who turned to whom, by the source or by what the kind says: people who meet turn to each other, and
    /// help goes from who helps.
    fn side(self) -> Option<Direction> {
        self.direction.or(match self.kind {
            Kind::Met => Some(Direction::Both),
            Kind::Helped => Some(Direction::Out),
            Kind::HelpedBy => Some(Direction::In),
            Kind::Called | Kind::Wrote | Kind::Liked | Kind::Introduced | Kind::Asked => None,
        })
    }
}

/// What ties one member to one contact.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tie<'a> {
    /// Their touches, in any order.
    pub touches: &'a [Touch],
    /// Through how many channels the member holds the contact; 0 if that is not known.
    pub channels: u32,
    /// Since when, by the earliest date there is.
    pub since: Option<NaiveDate>,
}

/// What strength is made of, in the order of [`Strength::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How fresh the touch with the best value is.
    Recency,
    /// How many touches there were in a year.
    Frequency,
    /// Whether both sides turn to each other.
    Reciprocity,
    /// Through how many channels the two are tied.
    Multiplexity,
    /// How long they have known each other.
    Tenure,
}

impl Measure {
    /// Every measure, in order.
    pub const ALL: [Measure; 5] =
        [Measure::Recency, Measure::Frequency, Measure::Reciprocity, Measure::Multiplexity, Measure::Tenure];
}

/// What a part was read from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Evidence {
    /// The touch that is worth most today, and how many days ago it was.
    Best(Kind, u32),
    /// How many touches there were in the last 365 days.
    Touches(u32),
    /// How often the contact turned to the member, and the member to the contact.
    Sides(u32, u32),
    /// How many channels there are.
    Channels(u32),
    /// For how many days they have known each other.
    Days(u32),
}

/// One part of the strength of a tie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What it is worth, 0 to 1.
    pub value: f32,
    /// What it weighs among the parts that are known; these weights add up to 1.
    pub weight: f32,
    /// What it was read from.
    pub evidence: Evidence,
}

/// A strength in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Band {
    /// Nothing is known that happened between the two: plain exports.
    #[default]
    Unknown,
    /// Once strong, and long without a touch: worth waking, not worth deleting.
    Dormant,
    /// Little, or long ago.
    Weak,
    /// Kept up.
    Steady,
    /// Bears weight.
    Strong,
}

impl Band {
    /// Every band, from unknown to strong.
    pub const ALL: [Band; 5] = [Band::Unknown, Band::Dormant, Band::Weak, Band::Steady, Band::Strong];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["unknown", "dormant", "weak", "steady", "strong"][self as usize]
    }

    /// The word for people.
    pub fn words(self) -> Words {
        scales::named(scales::bands(), self.name()).map_or(words("", ""), |band| band.title)
    }
}

/// The strength of a tie with everything it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Strength {
    /// 0 to 1; `None` while nothing dated is known to have happened between the two.
    pub score: Option<f32>,
    /// How much of all weights the known parts have, 0 to 1.
    pub coverage: f32,
    /// The score in a word.
    pub band: Band,
    /// The score on the best day of a dormant tie, 0 to 1.
    pub once: Option<f32>,
    /// The parts in the order of [`Measure::ALL`]; `None` where it is not known.
    pub parts: [Option<Part>; 5],
    /// Touches dated after today: appointments and slips. They count as not known.
    pub ahead: u32,
}

impl Strength {
    /// A part, if it is known.
    pub fn part(&self, measure: Measure) -> Option<Part> {
        self.parts[measure as usize]
    }

    /// Each known part in words, the one that brings most first, then what was left out: `last meeting 12 days
    /// ago`, `7 touches in a year`.
    pub fn words(&self, language: Language) -> Vec<String> {
        phrase::of(self, language)
    }
}

/// The days of the year in which touches are counted: today and the days before it.
const YEAR: i64 = 365;

/// The mean length of a year in days.
const DAYS_A_YEAR: f64 = 365.25;

/// The strength of a tie on a day.
///
/// A weighted mean (its decay is that of tie-decay networks, arXiv:1805.00193) of
///
/// - recency, `2^(-days / half-life)` of the touch for which this is most: a meeting 200 days ago (0.46) says
///   more than a reaction 40 days ago (0.40), and less than one yesterday (0.98);
/// - frequency, `ln(1 + touches in 365 days) / ln(1 + 24)`, at most 1;
/// - reciprocity, `2 · min(in, out) / (in + out)` over all touches whose direction is known; a touch of both
///   sides, as a meeting is by itself, counts once in and once out;
/// - multiplexity, `channels / 4`, at most 1;
/// - tenure, `1 - 2^(-years / 3)`.
///
/// What is not known drops out and the other weights grow in proportion. Without a dated touch up to today
/// there is no score and the band is unknown, however long two people have been connected. Touches after
/// today, and a beginning after today, count as not known.
pub fn strength(tie: &Tie<'_>, today: NaiveDate, settings: &Settings) -> Strength {
    let mut best: Option<(f64, Kind, u32)> = None;
    let (mut year, mut inward, mut outward, mut ahead) = (0u32, 0u32, 0u32, 0u32);
    // Whether every touch is older than the half-lives after which a tie sleeps.
    let mut asleep = true;
    for touch in tie.touches {
        if let Some(on) = touch.on {
            let days = (today - on).num_days();
            if days < 0 {
                ahead += 1;
                continue;
            }
            let half_life = f64::from(settings.half_lives.of(touch.kind));
            let value = decayed(days as f64, half_life);
            let seen = (value, touch.kind, days as u32);
            if best.is_none_or(|best| better(seen, best)) {
                best = Some(seen);
            }
            year += u32::from(days < YEAR);
            asleep &= days as f64 > f64::from(settings.bands.dormant) * half_life;
        }
        let side = touch.side();
        inward += u32::from(matches!(side, Some(Direction::In | Direction::Both)));
        outward += u32::from(matches!(side, Some(Direction::Out | Direction::Both)));
    }
    let known = tie.since.map(|since| (today - since).num_days()).filter(|days| *days >= 0);
    let values = [
        best.map(|(value, kind, days)| (value, Evidence::Best(kind, days))),
        best.map(|_| (share(year, settings.full_touches), Evidence::Touches(year))),
        mutual(inward, outward).map(|value| (value, Evidence::Sides(inward, outward))),
        (tie.channels > 0).then(|| (multiplexity(tie.channels, settings), Evidence::Channels(tie.channels))),
        known.map(|days| (tenure(days, settings), Evidence::Days(days as u32))),
    ];
    let weights = settings.weights.of();
    let (used, coverage) = known_of(values.map(|value| value.is_some()), &weights);
    let mut parts = [None; 5];
    for ((part, value), weight) in parts.iter_mut().zip(values).zip(weights) {
        *part = value.filter(|_| used > 0.0).map(|(value, evidence)| Part {
            value: value as f32,
            weight: (weight / used) as f32,
            evidence,
        });
    }
    let score = best.and(mean(&values.map(|value| value.map(|(value, _)| value)), &weights));
    let once = score.filter(|_| asleep).and_then(|_| peak(tie, today, settings));
    let once = once.filter(|once| *once >= f64::from(settings.bands.strong));
    Strength {
        score: score.map(|score| score as f32),
        coverage,
        band: if once.is_some() { Band::Dormant } else { band(score, settings) },
        once: once.map(|once| once as f32),
        parts,
        ahead,
    }
}

/// [`strength`], but without the parts where there is no touch, since there they make no score.
pub fn strength_if_touched(tie: &Tie<'_>, today: NaiveDate, settings: &Settings) -> Strength {
    if !tie.touches.is_empty() {
        return strength(tie, today, settings);
    }
    let since = tie.since.is_some_and(|since| since <= today);
    let (_, coverage) = known_of([false, false, false, tie.channels > 0, since], &settings.weights.of());
    Strength { coverage, ..Strength::default() }
}

/// The sum of the weights of the parts that are known, and their share of all weights.
fn known_of(known: [bool; 5], weights: &[f64; 5]) -> (f64, f32) {
    let all: f64 = weights.iter().sum();
    let used: f64 = weights.iter().zip(known).filter(|(_, known)| *known).map(|(weight, _)| weight).sum();
    (used, if all > 0.0 { (used / all) as f32 } else { 0.0 })
}

/// Which of two ties says how strong a contact's is: the stronger one is the greater, and of equal ones that of which
/// more is known. Each is given by score, coverage and band.
pub fn compare(one: (Option<f32>, f32, Band), other: (Option<f32>, f32, Band)) -> Ordering {
    let score = |score: Option<f32>| score.unwrap_or(-1.0);
    score(one.0).total_cmp(&score(other.0)).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2))
}

/// A contact's strength over several members: that of the greatest tie by [`compare`]. Without a tie it is unknown.
pub fn combine(ties: impl IntoIterator<Item = Strength>) -> Strength {
    let told = |tie: &Strength| (tie.score, tie.coverage, tie.band);
    // Of equal ties the first.
    let greater =
        |best: Strength, tie: Strength| if compare(told(&tie), told(&best)).is_gt() { tie } else { best };
    ties.into_iter().reduce(greater).unwrap_or_default()
}

/// Whether a touch is worth more than another; of equal worth the nearer one, then the richer kind.
fn better(touch: (f64, Kind, u32), than: (f64, Kind, u32)) -> bool {
    touch.0.total_cmp(&than.0).then(than.2.cmp(&touch.2)).then(than.1.cmp(&touch.1)).is_gt()
}

/// What is left of a touch after some days, 0 to 1.
fn decayed(days: f64, half_life: f64) -> f64 {
    if half_life > 0.0 { (-days / half_life).exp2() } else { f64::from(u8::from(days == 0.0)) }
}

/// How near a count comes to the full count, by its logarithm, 0 to 1.
fn share(count: u32, full: u32) -> f64 {
    (f64::from(count).ln_1p() / f64::from(full.max(1)).ln_1p()).min(1.0)
}

/// How evenly two sides turn to each other, 0 to 1; `None` when neither is known to have.
fn mutual(inward: u32, outward: u32) -> Option<f64> {
    let both = f64::from(inward) + f64::from(outward);
    (both > 0.0).then(|| 2.0 * f64::from(inward.min(outward)) / both)
}

fn multiplexity(channels: u32, settings: &Settings) -> f64 {
    (f64::from(channels) / f64::from(settings.full_channels.max(1))).min(1.0)
}

fn tenure(days: i64, settings: &Settings) -> f64 {
    1.0 - decayed(days as f64 / DAYS_A_YEAR, f64::from(settings.tenure_years))
}

/// The mean of the values that are known.
fn mean(values: &[Option<f64>; 5], weights: &[f64; 5]) -> Option<f64> {
    let (mut sum, mut used) = (0.0, 0.0);
    for (value, weight) in values.iter().zip(weights) {
        if let Some(value) = value {
            sum += value * weight;
            used += weight;
        }
    }
    (used > 0.0).then(|| (sum / used).clamp(0.0, 1.0))
}

fn band(score: Option<f64>, settings: &Settings) -> Band {
    match score {
        None => Band::Unknown,
        Some(score) if score >= f64::from(settings.bands.strong) => Band::Strong,
        Some(score) if score >= f64::from(settings.bands.steady) => Band::Steady,
        Some(_) => Band::Weak,
    }
}

/// The best score a tie ever had, which it had on the day of a touch. Channels count as they are today, for
/// their past is not known.
fn peak(tie: &Tie<'_>, today: NaiveDate, settings: &Settings) -> Option<f64> {
    let mut past: Vec<(NaiveDate, Option<Direction>)> = tie
        .touches
        .iter()
        .filter_map(|touch| Some((touch.on.filter(|on| *on <= today)?, touch.side())))
        .collect();
    past.sort_unstable();
    let weights = settings.weights.of();
    let (mut from, mut inward, mut outward) = (0usize, 0u32, 0u32);
    let mut best: Option<f64> = None;
    for (at, (on, side)) in past.iter().enumerate() {
        inward += u32::from(matches!(side, Some(Direction::In | Direction::Both)));
        outward += u32::from(matches!(side, Some(Direction::Out | Direction::Both)));
        while (*on - past[from].0).num_days() >= YEAR {
            from += 1;
        }
        let known = tie.since.map(|since| (*on - since).num_days()).filter(|days| *days >= 0);
        let values = [
            Some(1.0),
            Some(share((at + 1 - from) as u32, settings.full_touches)),
            mutual(inward, outward),
            (tie.channels > 0).then(|| multiplexity(tie.channels, settings)),
            known.map(|days| tenure(days, settings)),
        ];
        let score = mean(&values, &weights);
        if score > best {
            best = score;
        }
    }
    best
}
