//! Well-known companies and institutions, by name and by mail domain.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::sector::Sector;
use crate::text::fold;
use crate::words::CompanyWords;

/// How much of a name must be the brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// Its beginning: `Siemens Energy Global`.
    Start,
    /// All of it without legal form and soft words: `Shell Deutschland GmbH`, since Shell is a word too.
    Whole,
    /// All of it without legal form, soft words included: `Hoffmann Group`, since Hoffmann is a family name too.
    Written,
}

/// A row of `data/brands.tsv`, or another name of one from `data/company_names.tsv`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brand {
    /// The name as people write it.
    pub(super) name: &'static str,
    pub(super) sector: Sector,
    when: Match,
}

struct Brands {
    names: FxHashMap<&'static str, Brand>,
    /// Brands of several words by their letters alone, for domains: `siemensenergy`.
    joined: FxHashMap<String, Brand>,
    /// Labels of domains, and whole domains, whose brand has another name.
    domains: FxHashMap<&'static str, Brand>,
    /// Names of brands that are another name of the same company, with its usual one: VW and Volkswagen.
    usual: FxHashMap<&'static str, &'static str>,
}

static BRANDS: LazyLock<Brands> = LazyLock::new(|| {
    let mut brands = Brands {
        names: FxHashMap::default(),
        joined: FxHashMap::default(),
        domains: FxHashMap::default(),
        usual: FxHashMap::default(),
    };
    for row in include_str!("../../../data/brands.tsv").lines().skip(1) {
        let mut cells = row.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (key, name, sector, when) = (next(), next(), next(), next());
        let Some(sector) = Sector::from_id(sector) else { continue };
        let when = match when {
            "whole" => Match::Whole,
            "written" => Match::Written,
            _ => Match::Start,
        };
        brands.names.insert(key, Brand { name, sector, when });
    }
    let names = include_str!("../../../data/company_names.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in names.skip(1) {
        let mut cells = row.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (alias, core, place) = (next(), next(), next());
        let Some(brand) = brands.names.get(core).copied() else { continue };
        match place {
            "label" | "domain" => {
                brands.domains.insert(alias, brand);
            }
            _ => {
                let when = if place == "whole" { Match::Whole } else { Match::Start };
                let known = brands.names.entry(alias).or_insert(Brand { when, ..brand });
                // Of another sector it is somebody else, or a part of the company that is a company by itself.
                if known.name != brand.name && known.sector == brand.sector {
                    brands.usual.insert(known.name, brand.name);
                }
            }
        }
    }
    for (key, brand) in &brands.names {
        if key.contains(' ') {
            let letters: String = key.chars().filter(|letter| *letter != ' ').collect();
            // Two brands of the same letters would make the domain depend on the order of the table.
            let known = brands.joined.entry(letters).or_insert(*brand);
            if (known.sector, known.name) > (brand.sector, brand.name) {
                *known = *brand;
            }
        }
    }
    brands
});

/// A name as brands are asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Without legal form and soft words.
    pub(super) core: String,
    /// Without legal form.
    words: String,
}

impl Asked {
    /// Reads a folded name.
    pub(super) fn new(folded: &str) -> Asked {
        Asked::of(CompanyWords::of(folded))
    }

    /// Takes the words of a name.
    pub(super) fn of(words: CompanyWords) -> Asked {
        let (core, words) = words.into_core_and_words();
        Asked { core, words }
    }

    /// The brand that is this name, legal form aside.
    pub(super) fn whole(&self) -> Option<Brand> {
        let wide = |brand: &&Brand| brand.when != Match::Written;
        if let Some(brand) = BRANDS.names.get(self.core.as_str()).filter(wide) {
            return Some(*brand);
        }
        BRANDS.names.get(self.words.as_str()).copied()
    }

    /// The longest brand with which this name begins.
    pub(super) fn start(&self) -> Option<Brand> {
        let ends = self.words.match_indices(' ').map(|(at, _)| at).rev();
        let brand = ends
            .filter_map(|end| BRANDS.names.get(&self.words[..end]))
            .find(|brand| brand.when == Match::Start);
        brand.copied()
    }
}

/// The brand that is this name, legal form aside.
pub(super) fn by_name(name: &str) -> Option<Brand> {
    Asked::new(&fold(name)).whole()
}

/// The usual name of the company that a brand belongs to, which is the same for all its names.
pub(super) fn usual_name(brand: Brand) -> &'static str {
    BRANDS.usual.get(brand.name).copied().unwrap_or(brand.name)
}

/// The brand of a mail domain, by the domain and by its label below the public suffix.
pub(super) fn by_domain(domain: &str, label: &str) -> Option<Brand> {
    let brands = &*BRANDS;
    if let Some(brand) = brands.domains.get(domain).or_else(|| brands.domains.get(label)) {
        return Some(*brand);
    }
    // Most labels are one word.
    let parted = label.contains('-');
    let spaced = if parted { Cow::Owned(label.replace('-', " ")) } else { Cow::Borrowed(label) };
    let exact = brands.names.get(spaced.as_ref()).filter(|brand| brand.when != Match::Written);
    let letters = || {
        let letters = if parted { Cow::Owned(label.replace('-', "")) } else { Cow::Borrowed(label) };
        brands.joined.get(letters.as_ref()).filter(|brand| brand.when != Match::Written)
    };
    let starts = || {
        let ends = spaced.match_indices(' ').map(|(at, _)| at).rev();
        ends.filter_map(|end| brands.names.get(&spaced[..end])).find(|brand| brand.when == Match::Start)
    };
    // A label of two letters is as likely somebody else's initials.
    exact.or_else(letters).or_else(starts).filter(|_| label.len() > 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{company_core, company_words};

    #[test]
    fn every_brand_is_written_the_way_it_is_asked() {
        let mut before = "";
        for row in include_str!("../../../data/brands.tsv").lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [key, name, sector, when] = cells[..] else { panic!("four cells: {row}") };
            assert!(Sector::from_id(sector).is_some(), "{row}");
            assert!(before < key, "sorted, each once: {row}");
            before = key;
            let expected = match when {
                "start" | "whole" => company_core(name),
                "written" => company_words(name),
                _ => panic!("{row}"),
            };
            assert_eq!(key, expected, "{row}");
        }
    }

    #[test]
    fn all_names_of_a_company_are_one() {
        let usual = |name: &str| by_name(name).map(usual_name);
        for (one, other) in [
            ("VW", "Volkswagen AG"),
            ("EY", "Ernst & Young GmbH"),
            ("PwC", "PricewaterhouseCoopers GmbH"),
            ("Robert Bosch GmbH", "Bosch"),
            ("Deutsche Telekom AG", "Telekom"),
        ] {
            assert!(usual(one).is_some() && usual(one) == usual(other), "{one}, {other}");
        }
        for (one, other) in [("Volkswagen Bank", "Volkswagen"), ("Arbeitsmarktservice", "ams AG")] {
            assert_ne!(usual(one), usual(other), "{one}, {other}");
        }
    }
}
