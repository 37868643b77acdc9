//! Employers: brands, acronyms and mail domains brought to the name by which a company is known.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::spelling::key;
use crate::text::{fold, tokens};
use crate::words::company_core;

/// Where another name of a company may stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// At the beginning; what follows stays.
    Start,
    /// Only alone: `mb` is Mercedes, `MB Metallbau` is not.
    Whole,
}

/// Other names of companies, joined by blanks as [`company_core`] writes them, and of mail domains.
struct Aliases {
    names: FxHashMap<&'static str, (&'static str, Place)>,
    /// The most words of a name.
    longest: usize,
    /// Names by label of a domain or by whole domain.
    domains: FxHashMap<&'static str, String>,
}

static ALIASES: LazyLock<Aliases> = LazyLock::new(|| {
    let mut aliases = Aliases { names: FxHashMap::default(), longest: 1, domains: FxHashMap::default() };
    let rows = include_str!("../../data/company_names.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows.skip(1) {
        let mut cells = row.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (alias, core, place) = (next(), next(), next());
        match place {
            "label" | "domain" => {
                aliases.domains.insert(alias, joined(core));
            }
            _ => {
                let place = if place == "whole" { Place::Whole } else { Place::Start };
                aliases.names.insert(alias, (core, place));
                aliases.longest = aliases.longest.max(alias.split(' ').count());
            }
        }
    }
    aliases
});

/// Words so common in company names that one of them alone names no company.
const GENERIC: [&str; 44] = [
    "agentur",
    "akademie",
    "amt",
    "apotheke",
    "autohaus",
    "baeckerei",
    "bank",
    "bau",
    "bezirk",
    "deutsche",
    "evangelische",
    "fachhochschule",
    "firma",
    "freie",
    "gasthof",
    "gemeinde",
    "hochschule",
    "hotel",
    "institut",
    "kanton",
    "kanzlei",
    "katholische",
    "kirche",
    "klinik",
    "klinikum",
    "kreis",
    "landes",
    "landkreis",
    "landratsamt",
    "praxis",
    "raiffeisenbank",
    "schule",
    "sparkasse",
    "staatliche",
    "stadt",
    "stadtwerke",
    "stiftung",
    "technische",
    "universitaet",
    "universitaetsklinikum",
    "university",
    "verein",
    "verlag",
    "volksbank",
];

static GENERIC_KEYS: LazyLock<Vec<String>> = LazyLock::new(|| GENERIC.iter().map(|word| key(word)).collect());

/// What an employer is compared by; every text is a key without blanks, empty where there is none.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Employer {
    /// The distinctive words.
    pub(super) core: String,
    /// The first word where more follow, unless it is generic: `aok` of AOK Bayern.
    pub(super) head: String,
    /// The initials of three words or more.
    pub(super) initials: String,
}

fn joined(words: &str) -> String {
    key(&words.replace(' ', ""))
}

impl Employer {
    /// Reads the name of an employer as it was written.
    pub(super) fn of(text: &str) -> Employer {
        let plain = company_core(text);
        if plain.is_empty() {
            return Employer::default();
        }
        let core = known_as(&plain);
        let core = core.as_deref().unwrap_or(&plain);
        let head = core.split_once(' ').map_or("", |(head, _)| head);
        let named = head.len() >= 3 && !GENERIC.contains(&head);
        Employer {
            core: joined(core),
            head: if named { key(head) } else { String::new() },
            initials: initials(text, &plain),
        }
    }
}

/// The name by which a company is known, if its words begin with another of its names.
fn known_as(core: &str) -> Option<String> {
    let aliases = &*ALIASES;
    let mut ends: Vec<usize> = core.match_indices(' ').map(|(at, _)| at).take(aliases.longest).collect();
    ends.push(core.len());
    ends.iter().rev().find_map(|&end| {
        let (known, place) = aliases.names.get(&core[..end])?;
        match (&core[end..], place) {
            (rest, Place::Start) => Some(format!("{known}{rest}")),
            ("", Place::Whole) => Some((*known).to_owned()),
            _ => None,
        }
    })
}

/// The initials of the words of a company, with that of a soft word such as `Group` right after them.
fn initials(text: &str, core: &str) -> String {
    let mut words: Vec<&str> = core.split(' ').collect();
    let folded = fold(text);
    let soft = tokens(&folded).skip_while(|word| words.last() != Some(word)).nth(1);
    if let Some(soft) = soft.filter(|word| matches!(*word, "group" | "gruppe" | "holding" | "international"))
    {
        words.push(soft);
    }
    if (3..=6).contains(&words.len()) {
        words.iter().filter_map(|word| word.chars().next()).filter(char::is_ascii_alphabetic).collect()
    } else {
        String::new()
    }
}

/// The name of the company behind a business mail domain: `volkswagen` of `vw.de`, `siemens` of
/// `mail.siemens.co.uk`.
pub(super) fn of_domain(domain: &str) -> String {
    if let Some(core) = ALIASES.domains.get(domain) {
        return core.clone();
    }
    let mut labels: Vec<&str> = domain.split('.').collect();
    labels.pop();
    if labels.len() > 1
        && labels.last().is_some_and(|label| ["co", "com", "org", "ac", "gov", "net"].contains(label))
    {
        labels.pop();
    }
    let label = labels.last().copied().unwrap_or_default();
    ALIASES.domains.get(label).cloned().unwrap_or_else(|| {
        let folded = fold(label);
        key(&tokens(&folded).collect::<String>())
    })
}

/// Whether two employers, as keys, begin alike: one is the beginning of the other and names a company by
/// itself, or they differ by a slip. Universities, savings banks and the like are told apart by what follows.
pub(super) fn is_similar(x: &str, y: &str, slips: impl Fn(&str, &str, usize) -> Option<usize>) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    // Most pairs end here: a slip in the first letters is rare, and unlike employers are many.
    if short.len() < 5 || short.as_bytes()[..2] != long.as_bytes()[..2] {
        return false;
    }
    if long.starts_with(short) {
        return !GENERIC_KEYS.iter().any(|word| word == short);
    }
    let most = 1 + short.len() / 8;
    if long.len() - short.len() > most || slips(short, long, most).is_none() {
        return false;
    }
    let common = GENERIC_KEYS
        .iter()
        .filter(|word| short.starts_with(word.as_str()) && long.starts_with(word.as_str()))
        .map(String::len)
        .max()
        .unwrap_or_default();
    let (short, long) = (&short[common..], &long[common..]);
    common == 0 || (short.len() >= 4 && slips(short, long, 1 + short.len() / 8).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_is_written_the_way_it_is_asked() {
        for (alias, (core, _)) in &ALIASES.names {
            assert_eq!(company_core(alias), *alias, "alias of {core}");
        }
        for (alias, (core, _)) in &ALIASES.names {
            let again = known_as(core);
            assert!(again.is_none_or(|again| again == *core), "{alias} leads to {core}, which leads on");
        }
    }

    #[test]
    fn a_company_is_known_by_one_name() {
        for (text, core) in [
            ("VW", "volkswagen"),
            ("Volkswagen AG", "volkswagen"),
            ("VW Group Services GmbH", "volkswagengroupservices"),
            ("Bayerische Motoren Werke AG", "bmw"),
            ("DB Schenker", "schenker"),
            ("Schenker Deutschland AG", "schenker"),
            ("Deutsche Telekom AG", "telekom"),
            ("T-Systems International GmbH", "tsystems"),
            ("MB Metallbau", "mbmetallbau"),
            ("PricewaterhouseCoopers GmbH", "pwc"),
            ("Freelance", ""),
        ] {
            assert_eq!(Employer::of(text).core, core, "{text}");
        }
        assert_eq!(Employer::of("AOK Bayern").head, "aok");
        assert_eq!(Employer::of("Stadtwerke Neustadt").head, "");
        assert_eq!(Employer::of("Nordic Power Systems GmbH").initials, "nps");
        assert_eq!(Employer::of("Nordic Power Group").initials, "npg");
    }

    #[test]
    fn a_mail_domain_names_its_owner() {
        for (domain, core) in [
            ("mail.siemens-energy.co.uk", "siemensenergy"),
            ("vw.de", "volkswagen"),
            ("db.com", "deutschebank"),
            ("deutschebahn.com", "deutschebahn"),
            ("müller.de", "muller"),
            ("bmw.de", "bmw"),
            ("", ""),
        ] {
            assert_eq!(of_domain(domain), core, "{domain}");
        }
    }
}
