//! Scoring: the sum of level weights and the prior, kept as a sum so that it can be explained.

use super::bound::Hints;
use super::colleague::Colleagues;
use super::compare::Sink;
use super::feature::{Feature, Features};
use super::frequency::{Frequencies, Holders, PERSONS_PER_ROW};
use super::group::GroupWeight;
use super::model::{Level, Model};
use super::name::Names;
use super::namesake::{Met, Namesakes};
use super::origin::Origins;
use super::prior::Priors;
use super::symbol::NONE;

/// One addend of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What was compared and found.
    pub level: Level,
    /// Its weight in bits: positive speaks for one person, negative for two.
    pub weight: f32,
}

/// Why two records count as one person or as two.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The prior and every level found, in the order of the fields.
    pub parts: Vec<Part>,
    /// The sum of all weights, in bits: log2 of the odds that they are one person.
    pub score: f32,
    /// The same as a probability.
    pub probability: f64,
}

/// The probability behind log2 odds.
pub fn probability(score: f32) -> f64 {
    1.0 / (1.0 + f64::from(-score).exp2())
}

/// The log2 odds of a probability, held within what scores can reach.
pub(super) fn log_odds(probability: f64) -> f32 {
    let held = probability.clamp(1e-9, 1.0 - 1e-9);
    (held / (1.0 - held)).log2() as f32
}

/// What scoring looks things up in: features, statistics and weights.
pub(super) struct Corpus<'a> {
    pub(super) features: &'a Features,
    pub(super) names: Names<'a>,
    pub(super) frequencies: Frequencies,
    pub(super) origins: Origins,
    pub(super) namesakes: Namesakes,
    pub(super) at_work: Colleagues,
    pub(super) holders: Holders,
    /// Different names per key symbol.
    pub(super) users: Vec<u8>,
    pub(super) model: Model,
    /// Whether people of this data go by several given names, so that one birthday and family name with two
    /// given names is rarely a pair of twins.
    pub(super) aliases: bool,
    /// Persons taken to stand behind the records.
    pub(super) population: f32,
    /// The most that a whole name may weigh, by how many people are known to bear it.
    pub(super) caps: Vec<f32>,
    pub(super) priors: Priors,
    pub(super) hints: Hints,
}

impl<'a> Corpus<'a> {
    pub(super) fn new(features: &'a Features) -> Corpus<'a> {
        let mut names = Names::new(&features.names);
        let mut frequencies = Frequencies::new(features);
        names.establish(std::mem::take(&mut frequencies.established));
        let origins = Origins::new(&features.names, &features.rows);
        let namesakes = Namesakes::new(features, &names);
        let holders = Holders::new(features);
        let users = holders.users(features, &names);
        let model = Model::shipped().clone();
        let rows = features.rows.len();
        let population = (rows as f64 * PERSONS_PER_ROW).max(1_000.0) as f32;
        let expected = model.further_namesakes();
        let most = Model::namesake_cap(population, 1, expected);
        let weighs = |row: &Feature| {
            let (given, family) = (row.given[0], row.family[0]);
            let shares = frequencies.given[given as usize] + frequencies.family[family as usize];
            origins.discount(given, family) - shares
        };
        let met = Met::count(features, &names, |row| weighs(row) >= most);
        let further = met.further(population, expected);
        let caps = (0..=u8::MAX).map(|people| Model::namesake_cap(population, people, further)).collect();
        Corpus {
            features,
            names,
            frequencies,
            origins,
            namesakes,
            at_work: Colleagues::count(&features.rows),
            holders,
            users,
            priors: Priors::common(&features.rows, &model),
            model,
            aliases: false,
            population,
            caps,
            hints: Hints::new(features),
        }
    }

    /// Takes the model adapted to this data.
    pub(super) fn adapt(&mut self, model: Model) {
        let shipped = Model::shipped().fixed(Level::GivenDifferent);
        self.aliases = model.fixed(Level::GivenDifferent) >= shipped + ALIASES;
        self.model = model;
    }

    #[inline]
    pub(super) fn row(&self, at: u32) -> &Feature {
        &self.features.rows[at as usize]
    }

    /// log2 odds that two records are one person.
    pub(super) fn score(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (a.min(b), a.max(b));
        let mut sum = Sum(self.priors.of(self.row(a), self.row(b)));
        self.compare(a, b, &mut sum);
        sum.0
    }

    /// The score of a pair under the prior that any pair has before sources are counted.
    pub(super) fn common_score(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (a.min(b), a.max(b));
        let mut sum = Sum(self.priors.of_any());
        self.compare(a, b, &mut sum);
        sum.0
    }

    /// What speaks strongly for two persons in a pair, in bits, at most 0; weak disagreement is no contradiction.
    pub(super) fn contradiction(&self, a: u32, b: u32) -> f32 {
        let mut against = Against(0.0);
        self.compare(a.min(b), a.max(b), &mut against);
        against.0
    }

    /// The addends of [`Corpus::score`], the prior first.
    pub(super) fn parts(&self, a: u32, b: u32) -> Vec<Part> {
        let (a, b) = (a.min(b), a.max(b));
        let prior = self.priors.of(self.row(a), self.row(b));
        let mut parts = Parts(vec![Part { level: Level::Prior, weight: prior }]);
        self.compare(a, b, &mut parts);
        parts.0
    }

    /// The reason for a join of two records in a few words.
    pub(super) fn reason(&self, a: u32, b: u32) -> &'static str {
        let mut agreed = Agreed::default();
        self.compare(a.min(b), a.max(b), &mut agreed);
        agreed.reason()
    }

    /// Whether one list of distinct people shows them as two: under two profiles, or one of them without any.
    #[inline]
    pub(super) fn are_two_of_one_list(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.row(a), self.row(b));
        let differ = |x: u32, y: u32| x != NONE && y != NONE && x != y;
        x.distinct
            && y.distinct
            && (differ(x.linkedin, y.linkedin)
                || differ(x.xing, y.xing)
                || !x.has_profile()
                || !y.has_profile())
            && self.features.shown_together(a, b)
    }
}

/// Adds up weights.
pub(super) struct Sum(pub(super) f32);

impl Sink for Sum {
    #[inline]
    fn add(&mut self, _: Level, weight: f32) {
        self.0 += weight;
    }
}

/// What a person keeps: differences here speak against a group, whatever its other rows say. Employers,
/// positions and places change and are no contradiction.
const LASTING: [Level; 11] = [
    Level::GivenDifferent,
    Level::MiddleDifferent,
    Level::FamilyDifferent,
    Level::Relative,
    Level::LinkedInDifferent,
    Level::LinkedInLater,
    Level::XingDifferent,
    Level::XingLater,
    Level::EmailNumbered,
    Level::MobileDifferent,
    Level::BirthdayDifferent,
];
/// The same for what only one list of distinct people or one connection can show.
const SETTLED: [Level; 3] = [Level::ConnectedDifferent, Level::ExportDistinct, Level::RoleDifferent];

/// Bits by which another given name must speak less for two persons than usual, to show that aliases are common.
const ALIASES: f32 = 1.5;

/// Evidence for two persons weaker than this is met in most true pairs somewhere.
const STRONG: f32 = -3.0;

struct Against(f32);

impl Sink for Against {
    fn add(&mut self, level: Level, weight: f32) {
        if strong_contradiction(level, weight) {
            self.0 += weight;
        }
    }
}

/// Whether a level contradicts a trait that a person keeps, strongly enough to speak against a whole group.
pub(super) fn strong_contradiction(level: Level, weight: f32) -> bool {
    weight <= STRONG && (LASTING.contains(&level) || SETTLED.contains(&level))
}

struct Parts(Vec<Part>);

impl Sink for Parts {
    fn add(&mut self, level: Level, weight: f32) {
        self.0.push(Part { level, weight });
    }
}

impl Explanation {
    pub(super) fn new(parts: Vec<Part>) -> Explanation {
        let score = parts.iter().map(|part| part.weight).sum();
        Explanation { score, probability: probability(score), parts }
    }
}

/// Less than this is no addend, in bits: sums of the same weights in another order.
const NOTHING: f32 = 5e-4;

/// The addends of a pair with what makes their sum that of its groups.
pub(super) fn with_groups(mut parts: Vec<Part>, groups: GroupWeight) -> Vec<Part> {
    let own: f32 = parts.iter().map(|part| part.weight).sum();
    let more = [
        (Level::Together, groups.together - own),
        (Level::Twice, groups.twice),
        (Level::Caution, groups.caution),
        (Level::Rivals, groups.rivals),
    ];
    let more = more.into_iter().filter(|(_, weight)| weight.abs() >= NOTHING);
    parts.extend(more.map(|(level, weight)| Part { level, weight }));
    parts
}

/// Levels that are a reason by themselves, the best first.
const SINGLE: [(Level, &str); 6] = [
    (Level::LinkedInEqual, "same LinkedIn profile"),
    (Level::XingEqual, "same Xing profile"),
    (Level::IdEqual, "same external id"),
    (Level::EmailEqual, "same e-mail"),
    (Level::PhoneEqual, "same phone number"),
    (Level::EntryEqual, "same entry in another export"),
];

/// Levels that are a reason together with the name, where it is the same and where it is similar, the best first.
const WITH_NAME: [(Level, &str, &str); 10] = [
    (
        Level::ConnectedEqual,
        "same name, connected on the same day",
        "similar name, connected on the same day",
    ),
    (Level::BirthdayEqual, "same name and birthday", "similar name, same birthday"),
    (Level::EmailClose, "same name and nearly the same e-mail", "similar name, nearly the same e-mail"),
    (
        Level::EmailLocal,
        "same name and e-mail at another provider",
        "similar name, e-mail at another provider",
    ),
    (Level::StreetEqual, "same name and street", "similar name, same street"),
    (Level::CompanyEqual, "same name and employer", "similar name, same employer"),
    (Level::CompanySimilar, "same name and similar employer", "similar name, similar employer"),
    (Level::BirthdayTypo, "same name and nearly the same birthday", "similar name, nearly the same birthday"),
    (Level::PostcodeEqual, "same name and postcode", "similar name, same postcode"),
    (Level::CityEqual, "same name and city", "similar name, same city"),
];

/// The reason for a join in a few words, from what weighed most.
pub(super) fn reason(parts: &[Part]) -> &'static str {
    let mut agreed = Agreed::default();
    for part in parts {
        agreed.add(part.level, part.weight);
    }
    agreed.reason()
}

/// The levels that two records meet, as bits.
#[derive(Default)]
pub(super) struct Agreed {
    /// Those that speak for one person.
    speaking: u128,
    all: u128,
}

impl Sink for Agreed {
    fn add(&mut self, level: Level, weight: f32) {
        self.all |= 1 << (level as u32);
        self.speaking |= u128::from(weight > 0.0) << (level as u32);
    }
}

impl Agreed {
    fn has(&self, level: Level) -> bool {
        self.speaking >> (level as u32) & 1 == 1
    }

    /// Whether a part of the names is nearly the same and not the same, whatever that weighs.
    fn similar_names(&self) -> bool {
        let nearly = [
            Level::FamilyTypo,
            Level::FamilyAlike,
            Level::FamilyNear,
            Level::GivenTypo,
            Level::GivenAlike,
            Level::GivenNear,
        ];
        nearly.into_iter().any(|level| self.all >> (level as u32) & 1 == 1)
    }

    /// The reason in a few words.
    fn reason(&self) -> &'static str {
        let found = |level: Level| self.has(level);
        let name = Level::ALL
            .iter()
            .any(|level| (Level::FamilyExact..=Level::FamilySwapped).contains(level) && found(*level));
        let similar = self.similar_names();
        if let Some((_, words)) = SINGLE.iter().find(|(level, _)| found(*level)) {
            return words;
        }
        match WITH_NAME.iter().find(|(level, ..)| found(*level)) {
            Some((.., words)) if name && similar => words,
            Some((_, words, _)) if name => words,
            _ if found(Level::BirthdayEqual) => "same birthday and further details",
            _ if name && similar => "similar rare name",
            _ if name => "same rare name",
            _ => "several details together",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_and_probabilities_agree() {
        for share in [0.02, 0.5, 0.98, 0.999] {
            assert!((probability(log_odds(share)) - share).abs() < 1e-5);
        }
        assert!(log_odds(1.0).is_finite() && log_odds(0.0).is_finite());
    }
    #[test]
    fn a_reason_says_how_far_the_names_agree() {
        let of = |parts: &[(Level, f32)]| {
            reason(
                &parts
                    .iter()
                    .map(|(level, weight)| Part { level: *level, weight: *weight })
                    .collect::<Vec<_>>(),
            )
        };
        let (given, family) = ((Level::GivenExact, 6.0), (Level::FamilyExact, 7.0));
        let slip = (Level::FamilyTypo, 4.0);
        let employer = (Level::CompanyEqual, 5.0);
        let connected = (Level::ConnectedEqual, 8.0);
        assert_eq!(of(&[given, family, employer]), "same name and employer");
        assert_eq!(of(&[given, slip, employer]), "similar name, same employer");
        // A given name that is only near speaks against one person, and is no same name.
        assert_eq!(of(&[(Level::GivenNear, -2.7), family, employer]), "similar name, same employer");
        assert_eq!(of(&[given, family, connected]), "same name, connected on the same day");
        assert_eq!(of(&[given, slip, connected]), "similar name, connected on the same day");
        assert_eq!(of(&[given, (Level::FamilyDifferent, -5.0), connected]), "several details together");
        assert_eq!(of(&[given, family]), "same rare name");
        assert_eq!(of(&[given, slip]), "similar rare name");
        assert_eq!(of(&[given, slip, (Level::PhoneEqual, 9.0)]), "same phone number");
    }
}
