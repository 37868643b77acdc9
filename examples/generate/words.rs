//! The words the world is made of: names by culture, pet names, cities, company words, titles.

use std::collections::BTreeMap;

use super::rng::Rng;

/// Names of one culture, the most common first.
struct Culture {
    /// How many of a hundred people have it.
    weight: f64,
    male: Vec<String>,
    female: Vec<String>,
    family: Vec<String>,
    /// First and second halves of its rarer family names.
    stems: Vec<String>,
    tails: Vec<String>,
    /// The share of its people with such a rarer name.
    rare: f64,
}

/// A city and what numbers and postcodes look like there.
pub(crate) struct City {
    /// Name as written locally.
    pub(crate) name: &'static str,
    /// ISO country code.
    pub(crate) country: &'static str,
    /// Area code without the leading zero.
    pub(crate) area: &'static str,
    /// First digits of invented numbers; for five cities the block set aside for films.
    pub(crate) block: &'static str,
    /// First two digits of its postcodes.
    pub(crate) postcode: &'static str,
}

/// Everything names are drawn from.
pub(crate) struct Words {
    cultures: Vec<Culture>,
    nicknames: BTreeMap<&'static str, Vec<&'static str>>,
    /// Names are drawn from this many of each list only.
    limit: usize,
    /// Cities, the largest first.
    pub(crate) cities: Vec<City>,
    /// Job titles: for a man, for a woman.
    pub(crate) titles: Vec<(&'static str, &'static str)>,
    /// First halves of invented company words.
    pub(crate) heads: Vec<String>,
    /// Second halves of invented company words.
    pub(crate) head_ends: Vec<String>,
    /// Whole invented company words.
    pub(crate) whole_heads: Vec<String>,
    /// Words with which long company names begin.
    pub(crate) company_prefixes: Vec<String>,
    /// Industries as they stand in company names.
    pub(crate) industries: Vec<String>,
    /// Legal forms in German-speaking countries, the common ones repeated.
    pub(crate) legal_de: Vec<String>,
    /// Legal forms elsewhere.
    pub(crate) legal_int: Vec<String>,
    /// Streets.
    pub(crate) streets: Vec<String>,
    /// Names of free-mail providers, to stand under `.example`.
    pub(crate) freemail: Vec<String>,
}

/// A given name, what goes with it and a family name.
pub(crate) struct Name {
    /// Whether the given name is a woman's.
    pub(crate) female: bool,
    /// Given name, also double: `Hans-Peter`.
    pub(crate) given: String,
    /// Further given name, often empty.
    pub(crate) middle: String,
    /// Family name with its particles.
    pub(crate) family: String,
}

/// How many of a hundred people have a culture, the share of them whose family name is none of its common ones, and
/// its names. The common names of Germany are borne by about a third of its people, those listed of most other
/// countries by fewer: a Nowak or a Rossi is one of two hundred there.
const CULTURES: [(f64, f64, &str); 13] = [
    (67.0, 0.65, include_str!("words/german.txt")),
    (6.0, 0.6, include_str!("words/turkish.txt")),
    (4.0, 0.85, include_str!("words/polish.txt")),
    (3.0, 0.85, include_str!("words/italian.txt")),
    (2.0, 0.85, include_str!("words/french.txt")),
    (2.5, 0.5, include_str!("words/spanish.txt")),
    (4.0, 0.75, include_str!("words/english.txt")),
    (3.0, 0.7, include_str!("words/balkan.txt")),
    (3.0, 0.8, include_str!("words/eastslavic.txt")),
    (1.0, 0.0, include_str!("words/vietnamese.txt")),
    (1.5, 0.6, include_str!("words/indian.txt")),
    (1.5, 0.6, include_str!("words/arabic.txt")),
    (1.5, 0.5, include_str!("words/nordic.txt")),
];

/// The list that follows `key:` on a line of its own; `_` stands for a blank inside a word.
fn list(text: &'static str, key: &str) -> Vec<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).unwrap_or_default();
    line.split_whitespace().map(|word| word.replace('_', " ")).collect()
}

impl Words {
    /// Reads the lists; names come from the first `limit` of each. With `rare` family names are as manifold as in
    /// life; without, only half of the German ones are built of two halves and all others come from the lists, so
    /// that there are many namesakes.
    pub(crate) fn new(limit: usize, rare: bool) -> Words {
        let company = include_str!("words/company.txt");
        Words {
            cultures: CULTURES
                .iter()
                .enumerate()
                .map(|(at, &(weight, share, text))| Culture {
                    weight,
                    male: list(text, "m"),
                    female: list(text, "f"),
                    family: list(text, "family"),
                    stems: list(text, "stem"),
                    tails: list(text, "tail"),
                    rare: match (rare, at) {
                        (true, _) => share,
                        (false, 0) => 0.45,
                        (false, _) => 0.0,
                    },
                })
                .collect(),
            nicknames: include_str!("words/nicknames.txt")
                .lines()
                .filter_map(|line| {
                    let mut words = line.split_whitespace();
                    Some((words.next()?, words.collect()))
                })
                .collect(),
            limit,
            cities: include_str!("words/cities.txt").lines().filter_map(city).collect(),
            titles: include_str!("words/titles.txt")
                .lines()
                .filter_map(|line| line.split_once('|'))
                .collect(),
            heads: list(company, "head"),
            head_ends: list(company, "tail"),
            whole_heads: list(company, "words"),
            company_prefixes: list(company, "prefix"),
            industries: list(company, "industry"),
            legal_de: list(company, "legal_de"),
            legal_int: list(company, "legal_int"),
            streets: list(company, "streets"),
            freemail: list(company, "freemail"),
        }
    }

    /// Draws a name; one in twelve has parents of two cultures.
    pub(crate) fn name(&self, rng: &mut Rng) -> Name {
        let own = self.culture(rng);
        let other = if rng.chance(0.08) { self.culture(rng) } else { own };
        let female = rng.chance(0.47);
        let list = if female { &self.cultures[own].female } else { &self.cultures[own].male };
        let draw = |rng: &mut Rng| list[rng.zipf(list.len().min(self.limit), 8.0)].clone();
        let mut given = draw(rng);
        let mut middle = String::new();
        match rng.below(100) {
            0..=2 if own == 0 => given = format!("{given}-{}", draw(rng)),
            3..=27 => middle = draw(rng),
            _ => {}
        }
        if middle == given {
            middle.clear();
        }
        let mut family = self.family(rng, other);
        match rng.below(200) {
            0 if other == 0 => family = format!("von {family}"),
            1 if other == 0 => family = format!("von der {family}"),
            2..=8 => family = format!("{family}-{}", self.family(rng, own)),
            _ => {}
        }
        Name { female, given, middle, family }
    }

    /// Draws another family name, for a marriage.
    pub(crate) fn married(&self, rng: &mut Rng) -> String {
        let culture = self.culture(rng);
        self.family(rng, culture)
    }

    /// A pet name of a given name, if it has one.
    pub(crate) fn nickname(&self, given: &str, rng: &mut Rng) -> Option<&'static str> {
        Some(rng.pick(self.nicknames.get(given)?))
    }

    fn culture(&self, rng: &mut Rng) -> usize {
        let mut at = rng.unit() * 100.0;
        self.cultures
            .iter()
            .position(|culture| {
                at -= culture.weight;
                at < 0.0
            })
            .unwrap_or_default()
    }

    /// Rarer family names are built of two halves.
    fn family(&self, rng: &mut Rng, culture: usize) -> String {
        let Culture { family: list, stems, tails, rare, .. } = &self.cultures[culture];
        if *rare > 0.0 && self.limit > stems.len() && rng.chance(*rare) {
            return format!("{}{}", stems[rng.below(stems.len())], tails[rng.below(tails.len())]);
        }
        list[rng.zipf(list.len().min(self.limit), 10.0)].clone()
    }
}

fn city(line: &'static str) -> Option<City> {
    let mut parts = line.split('|');
    let mut next = || parts.next();
    Some(City { name: next()?, country: next()?, area: next()?, block: next()?, postcode: next()? })
}
