//! The list of cities: found by any of their names, shown in the team's language.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::table::Language;
use crate::text::{fold, tokens};
use crate::words::rows;

/// A city of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct City {
    /// Its GeoNames id.
    pub(super) id: u32,
    /// ISO 3166 alpha-2.
    pub(super) country: &'static str,
    /// Code of its region in `regions.tsv`; empty where that country's regions are not listed.
    pub(super) admin1: &'static str,
    /// Inhabitants.
    pub(super) population: u32,
    local: &'static str,
    english: &'static str,
    german: &'static str,
}

impl City {
    fn of(id: u32, row: &'static str) -> City {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (country, admin1) = (next(), next());
        let population = next().parse().unwrap_or_default();
        City { id, country, admin1, population, local: next(), english: next(), german: next() }
    }

    /// Its name: the exonym of the language where there is one, else the local name.
    pub(super) fn name(&self, language: Language) -> &'static str {
        let name = match language {
            Language::English => self.english,
            Language::German => self.german,
        };
        if name.is_empty() { self.local } else { name }
    }
}

/// The rows by id, unread.
static CITIES: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../data/places.tsv"));
    table.map(|(id, row)| (id.parse().unwrap_or_default(), row)).collect()
});

/// The ids by folded name, unread.
static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../data/place_names.tsv");
    let mut names = FxHashMap::with_capacity_and_hasher(table.len() / 16, rustc_hash::FxBuildHasher);
    names.extend(rows(table));
    names
});

/// The cities of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Namesakes {
    named: &'static str,
    also: &'static str,
}

impl Namesakes {
    /// Those that have the name in their own language, in English, in German, or in short.
    pub(super) fn named(self) -> impl Iterator<Item = City> {
        cities(self.named)
    }

    /// Those that have it in some other language.
    pub(super) fn also(self) -> impl Iterator<Item = City> {
        cities(self.also)
    }
}

fn cities(ids: &'static str) -> impl Iterator<Item = City> {
    ids.split('|').filter_map(|id| city(id.parse().ok()?))
}

/// The city of an id.
pub(super) fn city(id: u32) -> Option<City> {
    let at = CITIES.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    CITIES.get(at).map(|(id, row)| City::of(*id, row))
}

/// The code of every country that has a city.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    let codes: FxHashSet<&'static str> = CITIES.iter().filter_map(|(_, row)| row.get(..2)).collect();
    codes.into_iter()
}

/// The cities of a name, by its [`key`].
pub(super) fn namesakes(key: &str) -> Option<Namesakes> {
    NAMES.get(key).map(|ids| {
        let (named, also) = ids.split_once('\t').unwrap_or((ids, ""));
        Namesakes { named, also }
    })
}

/// The key of a name: its folded words joined by blanks.
pub(super) fn key(name: &str) -> String {
    let mut key = fold(name);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut gap = true;
    let ready = key.bytes().all(|byte| {
        let ok = plain(byte) || (byte == b' ' && !gap);
        gap = byte == b' ';
        ok
    });
    if !ready || gap {
        let joined = tokens(&key).collect::<Vec<_>>().join(" ");
        key = joined;
    }
    key
}

/// Every city, in the order of ids.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = City> {
    CITIES.iter().map(|(id, row)| City::of(*id, row))
}

/// Every key.
#[cfg(test)]
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    NAMES.keys().copied()
}
