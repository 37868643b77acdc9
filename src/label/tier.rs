//! The category of a contact: set by a person before a rule before the score, slow to fall, with its reason.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike as _, NaiveDate};

use super::goal::Fit;
use crate::contact::{Letter, Tier, TierSource};
use crate::scales;
use crate::table::{Language, Words, words};

/// How categories are given; the pipeline file's `[tier]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Weights of the parts of the score in the order of [`PARTS`], each 0 to 1.
    pub weights: [f32; 4],
    /// Scores from which a contact is A, B or C, falling.
    pub cut_points: [f32; 3],
    /// How far beyond a cut point a score must lie before the category changes, 0 to 0.5.
    pub hysteresis: f32,
    /// Share of the weights that must be known for a category, 0 to 1.
    pub evidence: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            weights: [0.4, 0.3, 0.2, 0.1],
            cut_points: [0.75, 0.5, 0.25],
            hysteresis: 0.05,
            evidence: 0.5,
        }
    }
}

/// The parts of the score: 0.4 fit with the goals + 0.3 strength + 0.2 level + 0.1 network value.
pub const PARTS: [Words; 4] = [
    words("goals", "Ziele"),
    words("strength of the tie", "Stärke der Beziehung"),
    words("level", "Ebene"),
    words("network value", "Netzwerkwert"),
];

/// The score of a contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Sum of the known parts over the sum of their weights, 0 to 1; none when nothing is known.
    pub value: Option<f32>,
    /// Share of all weights that is known, 0 to 1.
    pub coverage: f32,
    /// The parts, each with its value, 0 to 1, and the weight it counts with.
    pub parts: [Option<(f32, f32)>; 4],
}

/// A category that somebody has given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// The category.
    pub letter: Letter,
    /// The day.
    pub on: NaiveDate,
    /// Who, or where it stands.
    pub who: &'a str,
}

/// What the last run said of a contact's category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Before {
    /// The category.
    pub letter: Option<Letter>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The one before it.
    pub before: Option<Letter>,
    /// Day of the first run whose score asked for a lower one, where no later run has taken that back.
    pub falling: Option<NaiveDate>,
}

/// What is known of a contact when its category is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Case<'a> {
    /// What people said, the newest first.
    pub hands: &'a [Said<'a>],
    /// The first rule that fits, with its name and its conditions in words.
    pub rule: Option<(Letter, &'a str)>,
    /// How well it fits the goals.
    pub fit: Option<&'a Fit>,
    /// Whether there are goals at all.
    pub has_goals: bool,
    /// Strength of the strongest tie, 0 to 1; none when no touch is known.
    pub strength: Option<f32>,
    /// Level of the position.
    pub seniority: Option<&'static str>,
    /// How many members know it now.
    pub holders: usize,
    /// What the last run said.
    pub before: Option<Before>,
}

/// How much say a level has, 0 to 1: its rank over the highest rank.
///
/// The ranks are those of the scale in `data/seniority_scale.tsv`, whose rows go from the highest to 0.
pub fn say(level: &str) -> Option<f32> {
    let levels = scales::levels();
    let place = levels.iter().position(|value| value.name == level)?;
    Some((levels.len() - 1 - place) as f32 / (levels.len() - 1).max(1) as f32)
}

/// The score of a contact: parts that are unknown are left out and the others weigh the more.
pub fn score(case: &Case<'_>, settings: &Settings) -> Score {
    let [fit, strength, level, network] = settings.weights;
    let parts = [
        // Goals of which half can be judged count half.
        case.fit.filter(|found| found.known > 0.0).map(|found| (found.value, fit * found.known)),
        case.strength.map(|value| (value, strength)),
        case.seniority.and_then(say).map(|value| (value, level)),
        (case.holders > 0).then(|| (1.0 / case.holders as f32, network)),
    ];
    let all: f32 = settings.weights.iter().sum();
    // From 0 on: the sum of nothing is -0.
    let used = parts.iter().flatten().fold(0.0f32, |sum, (_, weight)| sum + weight);
    let sum: f32 = parts.iter().flatten().map(|(value, weight)| value * weight).sum();
    Score {
        value: (used > 0.0).then(|| (sum / used).clamp(0.0, 1.0)),
        coverage: if all > 0.0 { used / all } else { 0.0 },
        parts,
    }
}

/// The category by the cut points alone.
fn plain(value: f32, cut_points: &[f32; 3]) -> Letter {
    let place = cut_points.iter().position(|cut| value >= *cut).unwrap_or(cut_points.len());
    Letter::ALL[place]
}

/// What the score makes of a category that was given before.
enum Move {
    To(Letter),
    /// The score lies near the cut point, so the category stays.
    Near(Letter),
    /// The score lies below, for the first time.
    Falling(Letter),
}

/// Up from the cut point and a margin on, down below the cut point less the margin, and only when a run of an
/// earlier day has asked for it already.
fn moved(value: f32, before: Option<Before>, today: NaiveDate, settings: &Settings) -> Move {
    let wanted = plain(value, &settings.cut_points);
    let Some((was, falling)) = before.and_then(|before| Some((before.letter?, before.falling))) else {
        return Move::To(wanted);
    };
    let margin = settings.hysteresis;
    if wanted == was {
        return Move::To(was);
    }
    if wanted < was {
        let clear = plain(value - margin, &settings.cut_points);
        return if clear < was { Move::To(clear) } else { Move::Near(was) };
    }
    if plain(value + margin, &settings.cut_points) <= was {
        return Move::Near(was);
    }
    match falling {
        Some(day) if day < today => Move::To(wanted),
        _ => Move::Falling(was),
    }
}

/// A category with what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The category.
    pub tier: Tier,
    /// Day since which the score asks for a lower one.
    pub falling: Option<NaiveDate>,
    /// The score with its parts.
    pub score: Score,
}

/// Why contacts have no category, in words of a language. Most contacts of a team have few such reasons among
/// them, so each is made once.
#[derive(Debug)]
pub struct Phrases {
    language: Language,
    /// Share of the weights that must be known, in percent.
    needed: f32,
    /// One phrase for each set of what is lacking and each percentage known.
    made: Vec<OnceLock<Arc<str>>>,
}

/// What may be lacking for a category; the place of each is its bit.
const LACKS: [Words; 4] = [
    words("no goals in the pipeline file", "keine Ziele in der Pipeline-Datei"),
    words("nothing that the goals ask for is known", "nichts bekannt, wonach die Ziele fragen"),
    words("no touch known", "kein Kontakt gezählt"),
    words("level unknown", "Ebene unbekannt"),
];

impl Phrases {
    /// None is made yet.
    pub fn new(settings: &Settings, language: Language) -> Phrases {
        let needed = (settings.evidence * 100.0).ceil();
        Phrases { language, needed, made: (0..101 << LACKS.len()).map(|_| OnceLock::new()).collect() }
    }

    /// Why there is no category.
    fn too_little(&self, case: &Case<'_>, score: &Score) -> Arc<str> {
        let lacks = [
            !case.has_goals,
            case.has_goals && score.parts[0].is_none(),
            case.strength.is_none(),
            case.seniority.is_none(),
        ];
        let known = (score.coverage * 100.0).floor().clamp(0.0, 100.0) as usize;
        let set = lacks.iter().enumerate().fold(0, |set, (at, lack)| set | usize::from(*lack) << at);
        let make = || {
            let lacks: Vec<&str> = (0..LACKS.len())
                .filter(|at| lacks[*at])
                .map(|at| LACKS[at].in_language(self.language))
                .collect();
            let (needed, lacks) = (self.needed, lacks.join(", "));
            match self.language {
                Language::English => {
                    format!("not sorted yet, {known} % of the score known, {needed} % needed: {lacks}").into()
                }
                Language::German => {
                    format!("noch nicht zugeordnet, {known} % der Punkte bekannt, {needed} % nötig: {lacks}")
                        .into()
                }
            }
        };
        self.made[known << LACKS.len() | set].get_or_init(make).clone()
    }
}

/// The category of a contact on a day; `phrases` are in the language of the reason.
pub fn tier(case: &Case<'_>, settings: &Settings, today: NaiveDate, phrases: &Phrases) -> Given {
    let language = phrases.language;
    let score = score(case, settings);
    let mut falling = None;
    // A level and how few know somebody are no evidence of a tie or of an aim.
    let told = score.parts[0].is_some() || score.parts[1].is_some();
    let enough = told && score.coverage >= settings.evidence;
    let (letter, source, reason): (_, _, Arc<str>) = if let Some(said) = case.hands.first() {
        (Some(said.letter), Some(TierSource::Manual), by_hand(case.hands, language).into())
    } else if let Some((letter, rule)) = case.rule {
        (Some(letter), Some(TierSource::Rule), rule.into())
    } else if let (true, Some(value)) = (enough, score.value) {
        let sum = sum(case, &score, language);
        let (letter, note) = match moved(value, case.before, today, settings) {
            Move::To(letter) => (letter, String::new()),
            Move::Near(letter) => (letter, near(letter, language)),
            Move::Falling(letter) => {
                falling = case.before.and_then(|before| before.falling).or(Some(today));
                (letter, kept(letter, language))
            }
        };
        (Some(letter), Some(TierSource::Score), (sum + &note).into())
    } else {
        (None, None, phrases.too_little(case, &score))
    };
    let before = case.before.unwrap_or_default();
    let same = letter == before.letter;
    let given = case.hands.first().map_or(today, |said| said.on.min(today));
    let tier = Tier {
        letter,
        source,
        score: score.value,
        coverage: score.coverage,
        reason,
        since: if same { before.since } else { letter.map(|_| given) },
        before: if same { before.before } else { before.letter },
    };
    Given { tier, falling, score }
}

/// A day as the language writes it.
fn shown(day: NaiveDate, language: Language) -> String {
    match language {
        Language::English => day.to_string(),
        Language::German => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
    }
}

/// Adds a number from 0 on with two digits after the point or comma, the rest cut off: what lies below a cut point
/// must not look as if it reached it.
fn number(text: &mut String, value: f32, language: Language) {
    // A hundred-thousandth above, so that 0.35, which no float is, is not shown as 0.34.
    let hundredths = ((value + 1e-5) * 100.0).floor() as u32;
    let point = if language == Language::German { ',' } else { '.' };
    let _ = write!(text, "{}{point}{:02}", hundredths / 100, hundredths % 100);
}

/// Who set it, and who said otherwise.
fn by_hand(hands: &[Said<'_>], language: Language) -> String {
    let Some((newest, others)) = hands.split_first() else { return String::new() };
    let (letter, who, day) = (newest.letter.name(), newest.who, shown(newest.on, language));
    let mut text = match language {
        Language::English => format!("set to {letter} by {who}, {day}"),
        Language::German => format!("{letter} gesetzt von {who}, {day}"),
    };
    for said in others.iter().filter(|said| said.letter != newest.letter) {
        let (letter, who, day) = (said.letter.name(), said.who, shown(said.on, language));
        text.push_str(&match language {
            Language::English => format!("; {who} said {letter} ({day})"),
            Language::German => format!("; {who} sagte {letter} ({day})"),
        });
    }
    text
}

/// The score as a sum of its parts.
fn sum(case: &Case<'_>, score: &Score, language: Language) -> String {
    let value = score.value.unwrap_or_default();
    let known = (score.coverage * 100.0).round() as u32;
    // Long enough for most reasons.
    let mut text = String::with_capacity(160);
    let _ = match language {
        Language::English => {
            text.push_str("score ");
            number(&mut text, value, language);
            write!(text, ", {known} % known: ")
        }
        Language::German => {
            number(&mut text, value, language);
            write!(text, " Punkte, zu {known} % bekannt: ")
        }
    };
    let mut first = true;
    for (place, part) in score.parts.iter().enumerate() {
        let Some((value, _)) = part else { continue };
        if !std::mem::take(&mut first) {
            text.push_str(", ");
        }
        text.push_str(PARTS[place].in_language(language));
        text.push(' ');
        number(&mut text, *value, language);
        let detail = detail(case, place, language);
        if !detail.is_empty() {
            text.push_str(" (");
            text.push_str(&detail);
            text.push(')');
        }
    }
    text
}

/// What stands behind a part of the score, in words.
pub fn detail(case: &Case<'_>, part: usize, language: Language) -> String {
    match part {
        0 => case.fit.map_or_else(String::new, |fit| fit.met.join(", ")),
        2 => case
            .seniority
            .and_then(|level| scales::named(scales::levels(), level))
            .map_or_else(String::new, |value| value.title.in_language(language).to_owned()),
        3 => match language {
            Language::English => format!("known to {}", case.holders),
            Language::German => format!("bekannt bei {}", case.holders),
        },
        _ => String::new(),
    }
}

/// That a category stays because the score lies near its bound.
fn near(letter: Letter, language: Language) -> String {
    let letter = letter.name();
    match language {
        Language::English => format!("; stays {letter}, the score lies too near the cut point"),
        Language::German => format!("; bleibt {letter}, die Punkte liegen zu nah an der Grenze"),
    }
}

/// That a category stays for now.
fn kept(letter: Letter, language: Language) -> String {
    let letter = letter.name();
    match language {
        Language::English => format!("; stays {letter} until a run on a later day finds the same"),
        Language::German => format!("; bleibt {letter}, bis ein Lauf an einem späteren Tag dasselbe findet"),
    }
}

#[cfg(test)]
mod tests;
