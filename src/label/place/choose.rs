//! Choosing between places of one name: by country and region, by postcode, by size, by weaker signs.

use super::Decided;
use super::gazetteer::{City, Namesakes};
use super::read::Hint;
use super::region::postcode_regions;

/// How many times the inhabitants of any other place of its name a place needs to be meant without more.
const DOMINATES: u64 = 10;

/// Outside the team's country a place known by a foreign name alone, with nothing beside it, needs this many
/// inhabitants: the smaller ones are more often an unlisted place of that name.
const FOREIGN: u32 = 100_000;

/// Two places of this many inhabitants are two, even in one region.
const LARGE: u32 = 100_000;

/// What helps to tell places of one name apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// Countries and regions that were named.
    pub(super) hints: &'a [Hint],
    pub(super) postcode: &'a str,
    /// The country of the telephone number; empty if it is not known.
    pub(super) calling: &'a str,
    /// The country of the team; empty if it is not known.
    pub(super) home: &'a str,
}

impl Evidence<'_> {
    fn allows(&self, city: &City) -> bool {
        self.hints.iter().all(|hint| hint.allows(city.country, city.admin1))
    }

    fn has_postcode(&self, city: &City) -> bool {
        postcode_regions(city.country, self.postcode)
            .is_some_and(|mut regions| regions.any(|region| region == city.admin1))
    }
}

/// What is left of the places of a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Choice {
    /// One, and how it was told from the others.
    One(City, Decided),
    /// Several.
    Several(Vec<City>),
    /// None, and why.
    Nobody(Decided),
}

impl Choice {
    pub(super) fn decided(&self) -> Decided {
        match self {
            Choice::One(_, decided) | Choice::Nobody(decided) => *decided,
            Choice::Several(_) => Decided::Several,
        }
    }

    /// How sure it is, 0 to 1: set by thought, in the order of what may go wrong.
    pub(super) fn confidence(&self) -> f32 {
        match self.decided() {
            Decided::Area | Decided::Postcode => 0.95,
            Decided::Only => 0.9,
            Decided::Population => 0.85,
            Decided::Phone => 0.7,
            Decided::Home => 0.65,
            Decided::Unlisted | Decided::Several => 0.5,
            Decided::Conflict => 0.3,
            Decided::Nothing => 0.0,
        }
    }

    /// This choice if no other city was named beside it, or a larger or smaller one of its region, as in
    /// Grünwald, München; else both.
    pub(super) fn unless(self, second: Option<Choice>) -> Choice {
        let (mut cities, others) = match (self, second) {
            (first, None | Some(Choice::Nobody(_))) => return first,
            (Choice::One(city, _), Some(Choice::One(other, _)))
                if !city.admin1.is_empty()
                    && (city.country, city.admin1) == (other.country, other.admin1)
                    && city.population.min(other.population) < LARGE =>
            {
                return Choice::One(city, Decided::Area);
            }
            (first, Some(second)) => (first.cities(), second.cities()),
        };
        cities.extend(others);
        Choice::Several(cities)
    }

    fn cities(self) -> Vec<City> {
        match self {
            Choice::One(city, _) => vec![city],
            Choice::Several(cities) => cities,
            Choice::Nobody(_) => Vec::new(),
        }
    }
}

/// Chooses between the places of a name. A place that has the name itself comes before one that has it in
/// some foreign language.
pub(super) fn choose(names: Namesakes, evidence: Evidence<'_>) -> Choice {
    let named: Vec<City> = names.named().collect();
    if named.iter().any(|city| evidence.allows(city)) {
        return among(named, evidence);
    }
    let mut also: Vec<City> = names.also().collect();
    if evidence.hints.is_empty() {
        also.retain(|city| city.population >= FOREIGN || city.country == evidence.home);
    }
    match among(also, evidence) {
        Choice::Nobody(_) if !named.is_empty() => Choice::Nobody(Decided::Conflict),
        choice => choice,
    }
}

/// Chooses between some places.
pub(super) fn among(cities: Vec<City>, evidence: Evidence<'_>) -> Choice {
    let all = cities.len();
    let mut left = cities;
    left.retain(|city| evidence.allows(city));
    match left.as_slice() {
        [] => return Choice::Nobody(Decided::Unlisted),
        [one] if all > 1 => return Choice::One(*one, Decided::Area),
        [one] => return Choice::One(*one, Decided::Only),
        _ => {}
    }
    let here: Vec<City> = left.iter().filter(|city| evidence.has_postcode(city)).copied().collect();
    if !here.is_empty() {
        if let Some(city) = dominant(&here) {
            return Choice::One(city, Decided::Postcode);
        }
        left = here;
    }
    if let Some(city) = dominant(&left) {
        return Choice::One(city, Decided::Population);
    }
    for (country, decided) in [(evidence.calling, Decided::Phone), (evidence.home, Decided::Home)] {
        let there: Vec<City> = left.iter().filter(|city| city.country == country).copied().collect();
        if let Some(city) = dominant(&there) {
            return Choice::One(city, decided);
        }
    }
    Choice::Several(left)
}

/// The place that is so much larger than all others that it is meant.
fn dominant(cities: &[City]) -> Option<City> {
    let largest = cities.iter().max_by_key(|city| (city.population, std::cmp::Reverse(city.id)))?;
    let next = cities.iter().filter(|city| city.id != largest.id).map(|city| city.population).max();
    let enough = |next: u32| u64::from(largest.population) >= DOMINATES * u64::from(next.max(1));
    next.is_none_or(enough).then_some(*largest)
}
