//! Country, language and time zone of a team, where nobody says: inferred from what its exports hold.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::pipeline::{Language, Pipeline};
use crate::record::Field;
use crate::store::Store;

/// Where a team works and in which language it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// ISO 3166 alpha-2.
    pub country: &'static str,
    /// Of reports and messages.
    pub language: Language,
    /// In which days and weeks are counted.
    pub timezone: Tz,
    /// Whether any of it was inferred.
    pub inferred: bool,
}

/// Country, calling code, zone and language of the countries whose teams are inferred.
const COUNTRIES: [(&str, &str, Tz, Language); 14] = [
    ("DE", "49", chrono_tz::Europe::Berlin, Language::German),
    ("AT", "43", chrono_tz::Europe::Vienna, Language::German),
    ("CH", "41", chrono_tz::Europe::Zurich, Language::German),
    ("LI", "423", chrono_tz::Europe::Vaduz, Language::German),
    ("LU", "352", chrono_tz::Europe::Luxembourg, Language::German),
    ("GB", "44", chrono_tz::Europe::London, Language::English),
    ("IE", "353", chrono_tz::Europe::Dublin, Language::English),
    ("US", "1", chrono_tz::America::New_York, Language::English),
    ("NL", "31", chrono_tz::Europe::Amsterdam, Language::English),
    ("FR", "33", chrono_tz::Europe::Paris, Language::English),
    ("IT", "39", chrono_tz::Europe::Rome, Language::English),
    ("ES", "34", chrono_tz::Europe::Madrid, Language::English),
    ("PL", "48", chrono_tz::Europe::Warsaw, Language::English),
    ("AU", "61", chrono_tz::Australia::Sydney, Language::English),
];

/// What the pipeline file says, else what most phone numbers and e-mail addresses say, else Germany.
pub fn settle(pipeline: &Pipeline, store: &Store) -> Locale {
    let team = &pipeline.team;
    let told = team.country.as_deref();
    let country = told.map_or_else(|| infer(store), std::borrow::ToOwned::to_owned);
    let known = COUNTRIES.iter().find(|(code, ..)| *code == country);
    let (fallback_zone, fallback_language) =
        known.map_or((chrono_tz::UTC, Language::English), |(_, _, zone, language)| (*zone, *language));
    Locale {
        country: known.map_or_else(|| leak(&country), |(code, ..)| code),
        language: pipeline.reports.language.or(team.language).unwrap_or(fallback_language),
        timezone: team.timezone.unwrap_or(fallback_zone),
        inferred: told.is_none() || team.timezone.is_none() || team.language.is_none(),
    }
}

/// A country code outside the table, once a run.
fn leak(country: &str) -> &'static str {
    String::from(country).leak()
}

fn infer(store: &Store) -> String {
    let mut votes: BTreeMap<&str, u64> = BTreeMap::new();
    for record in &store.records {
        for (field, text) in store.raw(record).iter() {
            let code = match field {
                Field::Phone => by_number(text),
                Field::Email => by_domain(text),
                _ => None,
            };
            if let Some(code) = code {
                *votes.entry(code).or_default() += 1;
            }
        }
    }
    let most = votes.into_iter().max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)));
    most.map_or("DE", |(code, _)| code).to_owned()
}

fn by_number(text: &str) -> Option<&'static str> {
    let digits: String =
        text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').take(8).collect();
    let number = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"))?;
    let fits = COUNTRIES.iter().filter(|(_, calling, ..)| number.starts_with(calling));
    fits.max_by_key(|(_, calling, ..)| calling.len()).map(|(code, ..)| *code)
}

fn by_domain(text: &str) -> Option<&'static str> {
    let end = text.trim().rsplit('.').next()?;
    let end = if end.eq_ignore_ascii_case("uk") { "gb" } else { end };
    COUNTRIES.iter().map(|(code, ..)| *code).find(|code| code.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_domains_tell_the_country() {
        assert_eq!(by_number("+43 660 123"), Some("AT"));
        assert_eq!(by_number("0049 (171) 1"), Some("DE"));
        assert_eq!(by_number("+423 23"), Some("LI"));
        assert_eq!(by_number("0171 123"), None);
        assert_eq!(by_domain("a@b.co.uk"), Some("GB"));
        assert_eq!(by_domain("a@b.com"), None);
    }

    #[test]
    fn without_any_sign_it_is_germany() {
        let locale = settle(&Pipeline::default(), &Store::default());
        assert_eq!(
            (locale.country, locale.language.name(), locale.timezone),
            ("DE", "de", chrono_tz::Europe::Berlin)
        );
        assert!(locale.inferred);
    }
}
