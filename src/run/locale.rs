//! Country, language and time zone of a team, where nobody says: inferred from what its exports hold.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono_tz::Tz;

use crate::clean::phone::is_valid;
use crate::label::place::country_code;
use crate::pipeline::{Language, Pipeline};
use crate::problem::Problem;
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

/// What the pipeline file says, else what most rows say, else Germany.
///
/// `before` is the country of the last run, empty at the first: it stays unless far more rows are against it, since
/// with it telephone numbers would change.
pub fn settle(pipeline: &Pipeline, store: &Store, before: &str) -> Locale {
    let team = &pipeline.team;
    let told = team.country.as_deref();
    let country = told.map_or_else(|| infer(store, before), std::borrow::ToOwned::to_owned);
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

/// What is to be told if the country is not that of the last run, and nobody has said which one it is.
pub(super) fn moved(pipeline: &Pipeline, before: &str, locale: &Locale) -> Option<Problem> {
    if pipeline.team.country.is_some() || before.is_empty() || before == locale.country {
        return None;
    }
    let what = format!(
        "the country is {} now and was {before} in the last run: telephone numbers without a country code are read \
         as numbers of {} from now on. If that is wrong, set `country` in [team] or with --country",
        locale.country, locale.country
    );
    Some(Problem::new(0, "country-changed", what))
}

/// A country code outside the table, once a run.
fn leak(country: &str) -> &'static str {
    String::from(country).leak()
}

/// Fewer rows than these that name a country do not tell it alone: numbers without a country code speak too.
const CLEAR: u64 = 20;
/// Distinct numbers without a country code that are looked at.
const NUMBERS: usize = 300;
/// How many times as many rows as for the country of the last run must be for another, and how many at least.
const AGAINST: (u64, u64) = (2, 3);

/// How many rows name each country of [`COUNTRIES`].
type Votes = [u64; COUNTRIES.len()];

fn infer(store: &Store, before: &str) -> String {
    let mut votes: Votes = [0; COUNTRIES.len()];
    // The same ones whatever the order of files.
    let mut national: BTreeSet<&str> = BTreeSet::new();
    for record in &store.records {
        let mut named = [false; COUNTRIES.len()];
        for (field, text) in store.raw(record).iter() {
            let place = match field {
                Field::Phone => by_number(text),
                Field::Email => by_domain(text),
                Field::Country => country_code(text).and_then(place_of),
                _ => None,
            };
            if let Some(place) = place {
                named[place] = true;
            } else if field == Field::Phone && !text.contains('+') {
                national.insert(text);
                if national.len() > NUMBERS {
                    national.pop_last();
                }
            }
        }
        votes.iter_mut().zip(named).for_each(|(votes, named)| *votes += u64::from(named));
    }
    if votes.iter().sum::<u64>() < CLEAR {
        for number in national {
            for (votes, (code, ..)) in votes.iter_mut().zip(COUNTRIES) {
                *votes += u64::from(is_valid(number, code));
            }
        }
    }
    choose(&votes, before).to_owned()
}

/// The country with most votes, the first of the table among equals; that of the last run unless far more are
/// against it.
fn choose<'a>(votes: &Votes, before: &'a str) -> &'a str {
    let most = (0..votes.len()).max_by_key(|place| (votes[*place], Reverse(*place))).unwrap_or_default();
    let of_before = place_of(before).map_or(0, |place| votes[place]);
    let (times, least) = AGAINST;
    let outvoted = votes[most] > times * of_before && votes[most] >= least;
    if before.is_empty() || outvoted { COUNTRIES[most].0 } else { before }
}

fn place_of(country: &str) -> Option<usize> {
    COUNTRIES.iter().position(|(code, ..)| *code == country)
}

/// The place in [`COUNTRIES`] of the country whose calling code a number has.
fn by_number(text: &str) -> Option<usize> {
    let digits: String =
        text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').take(8).collect();
    let number = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"))?;
    let fits = (0..COUNTRIES.len()).filter(|place| number.starts_with(COUNTRIES[*place].1));
    fits.max_by_key(|place| COUNTRIES[*place].1.len())
}

/// The place in [`COUNTRIES`] of the country in which an address lies.
fn by_domain(text: &str) -> Option<usize> {
    let end = text.trim().rsplit('.').next()?;
    let end = if end.eq_ignore_ascii_case("uk") { "gb" } else { end };
    COUNTRIES.iter().position(|(code, ..)| code.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(of: &[(&str, u64)]) -> Votes {
        let mut votes: Votes = [0; COUNTRIES.len()];
        for (code, count) in of {
            votes[place_of(code).unwrap()] = *count;
        }
        votes
    }

    #[test]
    fn numbers_and_domains_tell_the_country() {
        assert_eq!(by_number("+43 660 123"), place_of("AT"));
        assert_eq!(by_number("0049 (171) 1"), place_of("DE"));
        assert_eq!(by_number("+423 23"), place_of("LI"));
        assert_eq!(by_number("0171 123"), None);
        assert_eq!(by_domain("a@b.co.uk"), place_of("GB"));
        assert_eq!(by_domain("a@b.com"), None);
    }

    #[test]
    fn most_rows_decide_and_the_country_of_the_last_run_stays_unless_far_more_are_against_it() {
        assert_eq!(choose(&votes(&[("AT", 9), ("CH", 8)]), ""), "AT");
        assert_eq!(choose(&votes(&[("AT", 9), ("CH", 9)]), ""), "AT");
        assert_eq!(choose(&votes(&[("AT", 18), ("CH", 9)]), "CH"), "CH");
        assert_eq!(choose(&votes(&[("AT", 19), ("CH", 9)]), "CH"), "AT");
        assert_eq!(choose(&votes(&[("AT", 2)]), "CH"), "CH");
        assert_eq!(choose(&votes(&[]), "CH"), "CH");
        // A country that is never inferred was told in the last run.
        assert_eq!(choose(&votes(&[]), "SE"), "SE");
        assert_eq!(choose(&votes(&[("AT", 3)]), "SE"), "AT");
    }

    #[test]
    fn a_change_that_nobody_asked_for_is_told() {
        let mut pipeline = Pipeline::default();
        let locale = settle(&pipeline, &Store::default(), "");
        assert!(moved(&pipeline, "", &locale).is_none() && moved(&pipeline, "DE", &locale).is_none());
        let told = moved(&pipeline, "AT", &locale);
        assert!(told.is_some_and(|told| told.message.contains("was AT in the last run")));
        pipeline.team.country = Some("DE".into());
        assert!(moved(&pipeline, "AT", &locale).is_none(), "who says it knows it");
    }

    #[test]
    fn without_any_sign_it_is_germany() {
        let locale = settle(&Pipeline::default(), &Store::default(), "");
        assert_eq!(
            (locale.country, locale.language.name(), locale.timezone),
            ("DE", "de", chrono_tz::Europe::Berlin)
        );
        assert!(locale.inferred);
    }
}
