//! Regions and countries: by their names and codes, by postcode, by the calling code of a number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::gazetteer::{codes, key};
use crate::table::Language;
use crate::words::rows;

/// A region: a state, Land or canton of a country whose regions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// ISO 3166 alpha-2.
    pub(super) country: &'static str,
    /// GeoNames' code of it in that country.
    pub(super) admin1: &'static str,
    english: &'static str,
    german: &'static str,
}

impl Region {
    /// Its name.
    pub(super) fn name(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::German => self.german,
        }
    }
}

/// Part of the world that a text names: a country, or a region of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Area {
    /// ISO 3166 alpha-2.
    pub(super) country: &'static str,
    /// The region's code; empty for the whole country.
    pub(super) admin1: &'static str,
}

impl Area {
    /// Whether another area is this one or a part of it.
    pub(super) fn holds(self, country: &str, admin1: &str) -> bool {
        self.country == country && (self.admin1.is_empty() || self.admin1 == admin1)
    }
}

/// The regions, sorted by country and code as their table is.
static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../data/regions.tsv"));
    let regions = table.map(|(country, row)| {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        Region { country, admin1: next(), english: next(), german: next() }
    });
    regions.collect()
});

/// The region of a code.
pub(super) fn region(country: &str, admin1: &str) -> Option<&'static Region> {
    if admin1.is_empty() {
        return None;
    }
    let at =
        REGIONS.binary_search_by(|region| (region.country, region.admin1).cmp(&(country, admin1))).ok()?;
    REGIONS.get(at)
}

/// What a name stands for, and whether it is only a code, as which it counts in capitals alone.
#[derive(Debug, Default)]
struct Named {
    areas: Vec<Area>,
    codes: Vec<Area>,
}

/// Regions by name and code.
static REGION_NAMES: LazyLock<FxHashMap<String, Named>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Named> = FxHashMap::default();
    for (country, row) in rows(include_str!("../../../data/regions.tsv")) {
        let (admin1, spellings) = row.split_once('\t').unwrap_or_default();
        for name in spellings.split(['\t', '|']).filter(|name| !name.is_empty()) {
            enter(&mut names, name, Area { country, admin1 });
        }
    }
    names
});

/// Countries by name and code.
static COUNTRY_NAMES: LazyLock<FxHashMap<String, Named>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Named> = FxHashMap::default();
    for (code, spellings) in rows(include_str!("../../../data/countries.tsv")) {
        for name in spellings.split('|').chain([code]) {
            enter(&mut names, name, Area { country: code, admin1: "" });
        }
    }
    for code in codes() {
        enter(&mut names, code, Area { country: code, admin1: "" });
    }
    // The state beside it is no reason to take the country for it.
    enter(&mut names, "Georgia", Area { country: "GE", admin1: "" });
    names
});

fn enter(names: &mut FxHashMap<String, Named>, name: &str, area: Area) {
    let named = names.entry(key(name)).or_default();
    let list = if is_code(name) { &mut named.codes } else { &mut named.areas };
    if !list.contains(&area) {
        list.push(area);
    }
}

/// Whether a name is an abbreviation in capitals: `NRW`, `D.C.`, `USA`.
fn is_code(name: &str) -> bool {
    let letters = name.chars().filter(|letter| *letter != '.');
    letters.clone().count() <= 3 && letters.clone().all(char::is_uppercase)
}

/// What a name stands for in a table; codes count when they are written as such.
fn find(table: &'static FxHashMap<String, Named>, key: &str, code: bool) -> &'static [Area] {
    match table.get(key) {
        Some(named) if !named.areas.is_empty() => &named.areas,
        Some(named) if code => &named.codes,
        _ => &[],
    }
}

/// The regions of a name (by its key) or, if `code` allows, of an abbreviation.
pub(super) fn regions(key: &str, code: bool) -> &'static [Area] {
    find(&REGION_NAMES, key, code)
}

/// The country of a name (by its key) or, if `code` allows, of an abbreviation.
pub(super) fn country(key: &str, code: bool) -> Option<Area> {
    find(&COUNTRY_NAMES, key, code).first().copied()
}

/// Landscapes and agglomerations, with the city at their heart where there is one.
static LANDSCAPES: LazyLock<FxHashMap<String, (Area, &'static str)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../data/areas.tsv"));
    let landscapes = table.map(|(name, row)| {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        (key(name), (Area { country: next(), admin1: next() }, next()))
    });
    landscapes.collect()
});

/// Where a landscape or agglomeration lies (by its key), and the city at its heart or nothing.
pub(super) fn landscape(key: &str) -> Option<(Area, &'static str)> {
    LANDSCAPES.get(key).copied()
}

/// Country, beginning of its postcodes, and the regions they lie in; sorted as the table is.
static POSTCODES: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../data/postcodes.tsv"));
    let postcodes = table.map(|(country, row)| {
        let (prefix, regions) = row.split_once('\t').unwrap_or_default();
        (country, prefix, regions)
    });
    postcodes.collect()
});

/// The codes of the regions in which a postcode of a country may lie, the likeliest first; `None` if the country's
/// postcodes are not listed or this is none of them.
pub(super) fn postcode_regions(
    country: &str,
    postcode: &str,
) -> Option<impl Iterator<Item = &'static str> + Clone> {
    let (digits, prefix) = match country {
        "DE" => (5, 2),
        "AT" => (4, 1),
        "CH" => (4, 2),
        _ => return None,
    };
    if postcode.len() != digits || !postcode.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let wanted = (country, &postcode[..prefix]);
    let at = POSTCODES.binary_search_by(|(country, prefix, _)| (*country, *prefix).cmp(&wanted)).ok()?;
    POSTCODES.get(at).map(|(_, _, regions)| regions.split('|'))
}

static CALLING: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(include_str!("../../../data/calling_codes.tsv")).collect());

/// The country of a number in E.164, where its calling code belongs to one country alone.
pub(super) fn calling_country(number: &str) -> Option<&'static str> {
    let digits = number.strip_prefix('+')?;
    (1..=3).rev().find_map(|len| CALLING.get(digits.get(..len)?).copied())
}
