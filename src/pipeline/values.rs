//! Readers for the values that need more than a type: countries, member ids, patterns, mappings, test rows.

use std::ops::RangeInclusive;

use chrono_tz::{TZ_VARIANTS, Tz};
use toml::de::DeValue;

use super::error::Found;
use super::hint::{did_you_mean, nearest};
use super::walk::{At, quoted};
use super::{CutPoints, FilePattern, TierWeights, TierWorth, known};
use crate::contact::Letter;
use crate::label::column::COLUMNS;
use crate::label::rule::{Condition, Rule, Wanted};
use crate::label::strength;
use crate::record::{Cells, Channel, Field};

/// A country, or `auto`.
pub(super) fn country(at: &mut At<'_>, into: &mut Option<String>) {
    let expected = "a country code of two capitals, or \"auto\"";
    if at.says("auto") {
        return;
    }
    let Some(text) = at.word(expected) else { return };
    if known::is_country(&text) {
        *into = Some(text);
    } else {
        let meant = known::country_meant(&text);
        at.wrong(expected, meant.map(|code| format!("did you mean {code:?}?")).unwrap_or_default());
    }
}

/// A time zone of the IANA database, or `auto`.
pub(super) fn timezone(at: &mut At<'_>, into: &mut Option<Tz>) {
    let expected = "a time zone such as \"Europe/Berlin\", or \"auto\"";
    if at.says("auto") {
        return;
    }
    let Some(text) = at.word(expected) else { return };
    if let Ok(zone) = text.parse::<Tz>() {
        *into = Some(zone);
        return;
    }
    let city = |zone: &'static str| zone.rsplit('/').next().unwrap_or(zone);
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let near = nearest(&text, names())
        .or_else(|| names().find(|zone| city(zone).eq_ignore_ascii_case(text.trim())))
        .or_else(|| {
            nearest(&text, names().map(city)).and_then(|near| names().find(|zone| city(zone) == near))
        });
    at.wrong(expected, near.map(|zone| format!("did you mean {zone:?}?")).unwrap_or_default());
}

/// The id of a member.
pub(super) fn member_id(at: &mut At<'_>, into: &mut String) {
    let expected = "a short name of a-z, 0-9, _ and -, at most 60 long";
    let Some(text) = at.word(expected) else { return };
    let ok = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter);
    if text == super::TEAM_MEMBER {
        at.wrong("a name of its own", "\"team\" is kept for files that lie at the root of the inbox");
    } else if (1..=60).contains(&text.len()) && text.chars().all(ok) {
        *into = text;
    } else {
        let folded: String = crate::text::fold(&text)
            .chars()
            .map(|letter| if ok(letter) { letter } else { '_' })
            .take(60)
            .collect();
        let usable = folded.chars().any(|letter| letter != '_') && folded != super::TEAM_MEMBER;
        at.wrong(expected, if usable { format!("such as {folded:?}") } else { String::new() });
    }
}

/// A folder inside the inbox.
pub(super) fn folder(at: &mut At<'_>, into: &mut String) {
    let Some(text) = at.word("a folder in the inbox") else { return };
    let text = text.trim_start_matches("./").trim_end_matches('/');
    if text.contains('\\') {
        at.problem("holds a backslash", "write / between folders, on Windows too");
    } else if text.is_empty() || text == "." {
        at.problem("is the inbox itself", "leave it out, or name a folder in the inbox");
    } else if text.starts_with('/') || text.contains(':') || text.split('/').any(|part| part == "..") {
        at.problem("leads out of the inbox", "it is relative to [inbox] path");
    } else {
        *into = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/");
    }
}

/// A list of e-mail addresses, in lower case.
pub(super) fn emails(at: &mut At<'_>, into: &mut Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    at.each(|at| {
        let Some(text) = at.word("a list of e-mail addresses") else { return };
        let text = text.to_lowercase();
        let whole = text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@')
        });
        if !whole || text.contains(' ') {
            at.wrong("a list of e-mail addresses", "");
        } else if !all.contains(&text) {
            all.push(text);
        }
    });
    *into = all;
}

/// One of many words, or empty.
pub(super) fn one_of(at: &mut At<'_>, what: &str, known: &[&'static str], into: &mut String) {
    let Some(text) = at.word(what) else { return };
    if text.is_empty() || known.iter().any(|word| **word == text) {
        *into = text;
    } else {
        at.problem(
            &format!("names {}, which is not known", quoted(&text)),
            did_you_mean(&text, known.iter().copied()),
        );
    }
}

/// The pattern of a source.
pub(super) fn pattern(at: &mut At<'_>, into: &mut FilePattern) {
    let Some(text) = at.word("a pattern for file names") else { return };
    match FilePattern::new(&text) {
        Ok(pattern) => *into = pattern,
        Err((what, hint)) => at.problem(&what, hint),
    }
}

/// A whole number where there may be none.
pub(super) fn some_integer(at: &mut At<'_>, range: RangeInclusive<i64>, into: &mut Option<u8>) {
    let (before, mut number) = (at.count(), 0);
    at.integer(range, &mut number);
    if at.count() == before {
        *into = Some(number);
    }
}

/// A channel.
pub(super) fn channel(at: &mut At<'_>, into: &mut Option<Channel>) {
    at.choice(&Channel::ALL.map(|channel| (channel.name(), Some(channel))), into);
}

/// The columns of a source: each field with a column, or a list of columns that are joined.
pub(super) fn columns(at: &mut At<'_>, into: &mut Vec<(Field, Vec<String>)>) {
    const NAMING: [Field; 10] = [
        Field::Name,
        Field::GivenName,
        Field::FamilyName,
        Field::Nickname,
        Field::Email,
        Field::Phone,
        Field::Company,
        Field::Url,
        Field::ExternalId,
        Field::SourceId,
    ];
    let (mut all, before) = (Vec::new(), at.count());
    at.entries("a section [source.columns]", |key, start, value| {
        let mut names = Vec::new();
        match Field::from_name(key) {
            None => value.report(unknown_field(key, start, value)),
            Some(field) => {
                value.texts(&mut names);
                if names.is_empty() && value.is_empty_list() {
                    value.problem("names no column", "leave it out, or name a column");
                }
                all.push((field, names));
            }
        }
    });
    if at.count() == before && !all.iter().any(|(field, _)| NAMING.contains(field)) {
        at.problem(
            "hold nothing that says who somebody is",
            "name at least one of name, given_name, family_name, email, phone, company, url",
        );
    }
    *into = all;
}

fn unknown_field(key: &str, start: usize, value: &At<'_>) -> Found {
    let names = || Field::ALL[..Field::MAPPABLE].iter().map(|field| field.name());
    let turned = value.plain_text().filter(|text| Field::from_name(text).is_some());
    let hint = match (turned, known::field_meant(key)) {
        (Some(field), _) => format!("the field stands left, the column right: {field} = {key:?}"),
        (None, Some(field)) => format!("did you mean {field:?}?"),
        (None, None) => did_you_mean(key, names()),
    };
    Found::new(start, format!("there is no field {}", quoted(key))).hint(hint)
}

/// `all`, or a list of report ids.
pub(super) fn report_ids(at: &mut At<'_>, into: &mut Option<Vec<String>>) {
    if at.says("all") {
        return;
    }
    let mut ids = Vec::new();
    at.words("report", &known::REPORTS, &mut ids);
    *into = Some(ids);
}

/// Small numbers of a table, by their names.
fn small(at: &mut At<'_>, range: RangeInclusive<f64>, into: &mut [(&str, &mut f32)]) {
    let mut wide: Vec<f64> = into.iter().map(|(_, number)| f64::from(**number)).collect();
    let names: Vec<&str> = into.iter().map(|(name, _)| *name).collect();
    let mut named: Vec<(&str, &mut f64)> = names.into_iter().zip(&mut wide).collect();
    at.numbers(&range, &mut named);
    for ((_, number), wide) in into.iter_mut().zip(wide) {
        **number = wide as f32;
    }
}

/// The parts of the strength of a tie.
pub(super) fn strength_weights(at: &mut At<'_>, into: &mut strength::Weights) {
    small(
        at,
        0.0..=1.0,
        &mut [
            ("recency", &mut into.recency),
            ("frequency", &mut into.frequency),
            ("reciprocity", &mut into.reciprocity),
            ("multiplexity", &mut into.multiplexity),
            ("tenure", &mut into.tenure),
        ],
    );
}

/// After how many days a touch is worth half.
pub(super) fn half_lives(at: &mut At<'_>, into: &mut strength::HalfLives) {
    small(
        at,
        1.0..=3650.0,
        &mut [
            ("met", &mut into.met),
            ("called", &mut into.called),
            ("wrote", &mut into.wrote),
            ("liked", &mut into.liked),
            ("introduced", &mut into.introduced),
            ("helped", &mut into.helped),
            ("helped_by", &mut into.helped_by),
            ("asked", &mut into.asked),
        ],
    );
}

/// From which strength on a tie has a name.
pub(super) fn bands(at: &mut At<'_>, into: &mut strength::Thresholds) {
    small(at, 0.0..=1.0, &mut [("steady", &mut into.steady), ("strong", &mut into.strong)]);
    if into.steady > into.strong {
        at.problem("must rise from steady to strong", "");
    }
}

/// The parts of the tier score.
pub(super) fn tier_weights(at: &mut At<'_>, into: &mut TierWeights) {
    at.numbers(
        &(0.0..=1.0),
        &mut [
            ("target_fit", &mut into.target_fit),
            ("strength", &mut into.strength),
            ("seniority", &mut into.seniority),
            ("network", &mut into.network),
        ],
    );
}

/// The cut points of the tier score.
pub(super) fn cut_points(at: &mut At<'_>, into: &mut CutPoints) {
    at.numbers(&(0.0..=1.0), &mut [("A", &mut into.a), ("B", &mut into.b), ("C", &mut into.c)]);
}

/// What the categories count.
pub(super) fn tier_worth(at: &mut At<'_>, into: &mut TierWorth) {
    at.numbers(
        &(0.0..=100.0),
        &mut [
            ("A", &mut into.a),
            ("B", &mut into.b),
            ("C", &mut into.c),
            ("D", &mut into.d),
            ("unsorted", &mut into.unsorted),
        ],
    );
}

/// The rules that give a category.
pub(super) fn tier_rules(at: &mut At<'_>, into: &mut Vec<Rule>) {
    let expected = "a list of rules such as { tier = \"A\", when = { seniority = \"executive\" } }";
    let mut all = Vec::new();
    at.each(|rule| {
        let (mut name, mut letter, mut conditions) = (String::new(), None, Vec::new());
        let before = rule.count();
        rule.entries(expected, |key, start, value| match key {
            "name" => value.text(&mut name),
            "tier" => value.choice(&Letter::ALL.map(|letter| (letter.name(), Some(letter))), &mut letter),
            "when" => {
                value.entries("conditions such as { seniority = \"executive\" }", |column, start, value| {
                    let Some(wanted) = wanted(value) else { return };
                    match Condition::new(column, &wanted) {
                        Ok(condition) => conditions.push(condition),
                        Err(what) => {
                            value.report(Found::new(start, what).hint(did_you_mean(column, COLUMNS)));
                        }
                    }
                });
            }
            _ => value.report(
                Found::new(start, format!("a rule has no option {}", quoted(key)))
                    .hint(did_you_mean(key, ["name", "tier", "when"])),
            ),
        });
        match letter {
            Some(letter) if !conditions.is_empty() => all.push(Rule { name, letter, conditions }),
            _ if rule.count() == before => rule.wrong(expected, "a rule needs a tier and a condition"),
            _ => {}
        }
    });
    *into = all;
}

/// What a condition asks for.
fn wanted(at: &mut At<'_>) -> Option<Wanted> {
    match at.raw() {
        DeValue::Boolean(known) => Some(Wanted::Known(*known)),
        DeValue::Integer(_) | DeValue::Float(_) => {
            let (before, mut number) = (at.count(), 0.0);
            at.number(f64::MIN..=f64::MAX, &mut number);
            (at.count() == before).then_some(Wanted::Number(number))
        }
        _ => {
            let (before, mut texts) = (at.count(), Vec::new());
            at.texts(&mut texts);
            (at.count() == before).then_some(Wanted::Texts(texts))
        }
    }
}

/// The rows of a test as raw cells.
pub(super) fn rows(at: &mut At<'_>, into: &mut Vec<Cells>) {
    let mut all = Vec::new();
    if at.is_empty_list() {
        return at.problem("holds no row", "");
    }
    at.each(|row| {
        let (mut cells, before) = (Cells::new(), row.count());
        row.entries("a list of rows such as { name = \"Jörg Müller\" }", |key, start, value| {
            match Field::from_name(key) {
                None => value.report(unknown_field(key, start, value)),
                Some(field) => value.each(|value| {
                    if let Some(text) = value.word("text") {
                        cells.push(field, &text);
                    }
                }),
            }
        });
        if cells.view().is_empty() && row.count() == before {
            row.problem("holds an empty row", "");
        }
        all.push(cells);
    });
    *into = all;
}

/// Groups of row numbers, counted from 1 in the file and from 0 here.
pub(super) fn groups(at: &mut At<'_>, into: &mut Vec<Vec<usize>>) {
    let expected = "a list of groups of row numbers such as [[1, 2]]";
    if !matches!(at.raw(), DeValue::Array(_)) {
        return at.wrong(expected, "");
    }
    let mut all = Vec::new();
    at.each(|group| {
        if !matches!(group.raw(), DeValue::Array(_)) {
            return group.wrong(expected, "put each group into brackets of its own");
        }
        let mut rows: Vec<usize> = Vec::new();
        group.each(|row| {
            let mut number = 0usize;
            row.integer(1..=1_000_000, &mut number);
            rows.extend(number.checked_sub(1));
        });
        all.push(rows);
    });
    *into = all;
}
