//! What a text says of a place: a city, the region and country beside it, a postcode.

use super::gazetteer::{Namesakes, key, namesakes};
use super::region::{Area, country, landscape, regions};
use super::word::Role;

/// What one word of a text may mean: a country, one of some regions, or either (`CA`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hint {
    pub(super) country: Option<Area>,
    pub(super) regions: &'static [Area],
}

impl Hint {
    pub(super) fn of(area: Area) -> Hint {
        Hint { country: Some(area), regions: &[] }
    }

    /// What it may mean.
    pub(super) fn areas(self) -> impl Iterator<Item = Area> {
        self.country.into_iter().chain(self.regions.iter().copied())
    }

    /// Whether a place there agrees with it.
    pub(super) fn allows(self, country: &str, admin1: &str) -> bool {
        self.areas().any(|area| area.holds(country, admin1))
    }
}

/// A city as a text names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention<'a> {
    pub(super) text: &'a str,
    pub(super) names: Namesakes,
    /// Whether the text means the city and more around it, or a part of it.
    pub(super) about: bool,
}

/// What a text says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'a> {
    pub(super) city: Option<Mention<'a>>,
    /// A city with the name of another country, and the place of that country among the hints: Lebanon in Ohio.
    pub(super) namesake: Option<(Mention<'a>, usize)>,
    /// The region that the city's name means if the city does not lie where it should: Limburg in the Netherlands.
    pub(super) region: Option<Hint>,
    /// Another city beside the first.
    pub(super) second: Option<Mention<'a>>,
    pub(super) hints: Vec<Hint>,
    pub(super) postcode: Option<&'a str>,
    /// What is none of these.
    pub(super) unknown: Vec<&'a str>,
}

/// Names that mean the region where nothing is said beside them, though a city has them too.
const REGIONS_FIRST: [&str; 1] = ["brandenburg"];

/// How large a city is after which a part of it may be named with a hyphen: Hamburg-Altona.
const WITH_DISTRICTS: u32 = 100_000;

/// How large a place is after which it is not taken for a part of the city that it stands beside.
const OF_ITS_OWN: u32 = 20_000;

/// Reads a squeezed text.
pub(super) fn read(text: &str) -> Said<'_> {
    let mut said = Said::default();
    let parts = || text.split([',', ';', '|', '/', '(', ')']).flat_map(|part| part.split(" - "));
    let parts = || {
        parts()
            .flat_map(|part| part.split(" – "))
            .map(|part| part.trim_matches([' ', '-', '–']))
            .filter(|part| !part.is_empty())
    };
    // Halle/Saale and Frankfurt (Main) are one name.
    if parts().nth(1).is_some() && said.hear_whole(text) {
        return said;
    }
    for part in parts() {
        let name = said.without_digits(part);
        if !name.is_empty() && !said.hear(name) {
            said.unknown.push(name);
        }
    }
    said
}

impl<'a> Said<'a> {
    /// Whether it names no city, known or not.
    pub(super) fn is_empty(&self) -> bool {
        self.city.is_none() && self.unknown.is_empty()
    }

    fn hear_whole(&mut self, text: &'a str) -> bool {
        let key = key(text);
        if let Some(names) = namesakes(&key).filter(|names| names.named().next().is_some()) {
            self.city = Some(Mention { text, names, about: false });
            return true;
        }
        self.hear_landscape(text, &key)
    }

    /// Takes a postcode, the plate of its country and other words with digits off a name.
    fn without_digits(&mut self, part: &'a str) -> &'a str {
        if !part.bytes().any(|byte| byte.is_ascii_digit()) {
            return part;
        }
        let mut rest = part;
        while let Some((word, after)) = first_word(rest) {
            let next_is_code = first_word(after).is_some_and(|(next, _)| is_postcode(next));
            if has_digit(word) {
                self.take_postcode(word);
            } else if next_is_code && is_plate(word) {
                self.hints.extend(country(&key(word), true).map(Hint::of));
            } else if !(self.postcode.is_some_and(|code| code.len() == 4)
                && is_plate(word)
                && word.len() == 2)
            {
                break;
            }
            rest = after;
        }
        while let Some(at) = rest.rfind(' ').filter(|at| has_digit(&rest[*at..])) {
            self.take_postcode(rest[at..].trim());
            rest = rest[..at].trim_end();
        }
        rest
    }

    fn take_postcode(&mut self, word: &'a str) {
        let (plate, code) = word.split_once('-').unwrap_or(("", word));
        if self.postcode.is_none() && is_postcode(code) && (plate.is_empty() || is_plate(plate)) {
            self.postcode = Some(code);
            if !plate.is_empty() {
                self.hints.extend(country(&key(plate), true).map(Hint::of));
            }
        }
    }

    /// Takes in one part of a text; false if it means nothing.
    fn hear(&mut self, name: &'a str) -> bool {
        let key = key(name);
        let code = (2..=6).contains(&name.len()) && key.len() > 1 && !name.chars().any(char::is_lowercase);
        let hint = Hint { country: country(&key, code), regions: regions(&key, code) };
        let elsewhere = hint.areas().next().is_some();
        let names = namesakes(&key).filter(|_| !(elsewhere && code && key.len() <= 3));
        let mention = names.map(|names| Mention { text: name, names, about: false });
        match (self.city, mention) {
            (_, Some(city)) if !elsewhere => self.mention(city),
            (_, None) if !elsewhere => {
                return self.hear_landscape(name, &key)
                    || self.hear_around(name, &key)
                    || self.hear_addition(name, &key)
                    || self.hear_district(name);
            }
            (None, Some(city)) if is_city(&key, city.names, hint) => {
                self.city = Some(city);
                self.hints.extend(hint.country.map(Hint::of));
                self.region = Some(hint).filter(|hint| hint.country.is_none());
            }
            (None, Some(city)) => {
                self.namesake.get_or_insert((city, self.hints.len()));
                self.hints.push(hint);
            }
            // Of a city and another one that is a region too, neither lies in the other: Berlin/Hamburg.
            (Some(first), Some(other)) if !lies_in(first.names, hint) => self.mention(other),
            (_, _) => self.hints.push(hint),
        }
        true
    }

    fn mention(&mut self, mention: Mention<'a>) {
        match self.city {
            None => self.city = Some(mention),
            Some(city) if city.names != mention.names && has_size(mention.names, OF_ITS_OWN) => {
                self.second.get_or_insert(mention);
            }
            Some(_) => {}
        }
    }

    fn hear_landscape(&mut self, name: &'a str, key: &str) -> bool {
        let Some((area, heart)) = landscape(key) else { return false };
        self.hints.push(Hint::of(area));
        match namesakes(&self::key(heart)) {
            Some(names) => self.mention(Mention { text: name, names, about: true }),
            None => self.unknown.push(name),
        }
        true
    }

    fn hear_around(&mut self, name: &'a str, key: &str) -> bool {
        let mut core = key;
        while let Some((_, rest)) = core.split_once(' ').filter(|(word, _)| Role::Around.has(word)) {
            core = rest;
        }
        while let Some((rest, _)) = core.rsplit_once(' ').filter(|(_, word)| Role::Around.has(word)) {
            core = rest;
        }
        if core == key {
            return false;
        }
        if let Some(names) = namesakes(core) {
            self.mention(Mention { text: name, names, about: true });
            return true;
        }
        self.hear_landscape(name, core)
    }

    /// A town with an addition that is not listed, where it is the only one of its name.
    fn hear_addition(&mut self, name: &'a str, key: &str) -> bool {
        let words = key.match_indices(' ').map(|(at, _)| (&key[..at], &key[at + 1..]));
        let mut bases =
            words.filter(|(_, rest)| Role::Addition.has(rest.split(' ').next().unwrap_or_default()));
        let names = bases.next().and_then(|(base, _)| namesakes(base));
        let Some(names) = names.filter(|names| names.named().count() == 1) else { return false };
        self.mention(Mention { text: name, names, about: true });
        true
    }

    fn hear_district(&mut self, name: &'a str) -> bool {
        let Some((head, _)) = name.split_once('-') else { return false };
        let Some(names) = namesakes(&key(head)) else { return false };
        let large = has_size(names, WITH_DISTRICTS);
        if large {
            self.mention(Mention { text: name, names, about: true });
        }
        large
    }
}

/// Whether the name of a country or region means the city of that name: Luxembourg, Hamburg, Zurigo.
fn is_city(key: &str, names: Namesakes, hint: Hint) -> bool {
    if REGIONS_FIRST.contains(&key) {
        return false;
    }
    match hint.country {
        Some(land) => names.named().any(|city| city.country == land.country),
        None => names.named().next().is_some() || lies_in(names, hint),
    }
}

/// Whether any of some cities lies in what a word may mean.
pub(super) fn lies_in(names: Namesakes, hint: Hint) -> bool {
    names.named().chain(names.also()).any(|city| hint.allows(city.country, city.admin1))
}

/// Whether any of some cities has that many inhabitants.
fn has_size(names: Namesakes, least: u32) -> bool {
    names.named().any(|city| city.population >= least)
}

fn first_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    (!text.is_empty()).then(|| text.split_once(' ').unwrap_or((text, "")))
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_postcode(word: &str) -> bool {
    let code = word.rsplit('-').next().unwrap_or(word);
    (4..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word may be the plate of a country: one or two capitals.
fn is_plate(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}
