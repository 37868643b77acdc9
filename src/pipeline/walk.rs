//! The walk over a pipeline file: sections, their options, and typed readers that report what does not fit.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Found;
use super::hint::did_you_mean;
use crate::text::{squeeze, visible};

/// A section of the pipeline file that is read into a `T`.
pub(super) struct Section<T: 'static> {
    /// Its name, without brackets.
    pub(super) name: &'static str,
    /// Whether it may stand any number of times.
    pub(super) repeats: bool,
    /// What it is for, for `pipelines/example.toml`.
    pub(super) about: &'static str,
    /// Its options, in the order in which a person reads them.
    pub(super) options: &'static [Opt<T>],
}

/// One option of a section.
pub(super) struct Opt<T: 'static> {
    /// Its name.
    pub(super) key: &'static str,
    /// As TOML: its default, or in a section that repeats a sample.
    pub(super) value: &'static str,
    /// What it does and what it may be.
    pub(super) about: &'static str,
    /// Whether the section means nothing without it.
    pub(super) required: bool,
    /// Reads the value into its place, or reports why it does not fit.
    pub(super) read: fn(&mut T, &mut At<'_>),
}

/// Where in the text the options of a section stand, and where its header stands (under the empty name).
pub(super) type Spots = BTreeMap<&'static str, usize>;

impl<T> Section<T> {
    /// How it is written: `[team]` or `[[member]]`.
    pub(super) fn header(&self) -> String {
        if self.repeats { format!("[[{}]]", self.name) } else { format!("[{}]", self.name) }
    }

    /// Reads a table into its options; `header` is the byte at which the section begins.
    pub(super) fn fill(
        &self,
        into: &mut T,
        header: usize,
        table: &DeTable<'_>,
        found: &mut Vec<Found>,
    ) -> Spots {
        let mut spots = Spots::from([("", header)]);
        for (key, value) in table {
            let Some(option) = self.options.iter().find(|option| option.key == key.get_ref().as_ref()) else {
                found.push(self.unknown(key.get_ref(), key.span().start));
                continue;
            };
            spots.insert(option.key, value.span().start);
            let place = format!("{} {}", self.header(), option.key);
            (option.read)(into, &mut At { value, place, found });
        }
        for option in self.options.iter().filter(|option| option.required) {
            if !spots.contains_key(option.key) {
                let message = format!("{} {} is missing", self.header(), option.key);
                found.push(
                    Found::lacking(header, message)
                        .hint(format!("such as {} = {}", option.key, option.value)),
                );
            }
        }
        spots
    }

    fn unknown(&self, key: &str, at: usize) -> Found {
        let known: Vec<&str> = self.options.iter().map(|option| option.key).collect();
        let near = super::hint::nearest(key, known.iter().copied());
        let hint = match (near, super::options::section_of(key)) {
            (None, Some(section)) => format!("{key:?} belongs into {section}"),
            _ => did_you_mean(key, known.iter().copied()),
        };
        Found::new(at, format!("{} has no option {}", self.header(), quoted(key))).hint(hint)
    }
}

/// A value of the file, and where to report what is wrong with it.
pub(super) struct At<'a> {
    value: &'a Spanned<DeValue<'a>>,
    place: String,
    found: &'a mut Vec<Found>,
}

impl<'a> At<'a> {
    /// A value at a place that is not an option of a section.
    pub(super) fn new(value: &'a Spanned<DeValue<'a>>, place: String, found: &'a mut Vec<Found>) -> At<'a> {
        At { value, place, found }
    }

    /// The byte at which it stands.
    pub(super) fn start(&self) -> usize {
        self.value.span().start
    }

    /// Reports that the value is not what was expected.
    pub(super) fn wrong(&mut self, expected: &str, hint: impl Into<String>) {
        let message = format!("{} must be {expected}, not {}", self.place, shown(self.value.get_ref()));
        self.found.push(Found::new(self.start(), message).hint(hint));
    }

    /// Reports something else that is wrong here.
    pub(super) fn problem(&mut self, what: &str, hint: impl Into<String>) {
        self.found.push(Found::new(self.start(), format!("{} {what}", self.place)).hint(hint));
    }

    /// Whether it is exactly that word.
    pub(super) fn says(&self, word: &str) -> bool {
        self.value.get_ref().as_str() == Some(word)
    }

    /// The text, squeezed to one line, if it is text and not too long.
    pub(super) fn word(&mut self, expected: &str) -> Option<String> {
        let Some(text) = self.value.get_ref().as_str() else {
            let quotes = match self.value.get_ref() {
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => "put it in quotes",
                _ => "",
            };
            self.wrong(expected, quotes);
            return None;
        };
        if text.len() > 4096 {
            self.problem("is longer than 4096 bytes", "");
            return None;
        }
        Some(squeeze(text).into_owned())
    }

    /// Any text, also empty.
    pub(super) fn text(&mut self, into: &mut String) {
        if let Some(text) = self.word("text") {
            *into = text;
        }
    }

    /// A path, kept as it is written; `required` says whether it may be empty.
    pub(super) fn path(&mut self, required: bool, into: &mut PathBuf) {
        let Some(text) = self.value.get_ref().as_str() else {
            return self.wrong("a path in quotes", "");
        };
        if text.contains(char::is_control) {
            self.problem("holds a control character", "write \\\\ or / for a backslash in a path");
        } else if required && text.trim().is_empty() {
            self.wrong("a path", "such as \"out\"");
        } else {
            *into = PathBuf::from(text);
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, all: &[(&str, T)], into: &mut T) {
        let words = || all.iter().map(|(word, _)| *word);
        let expected = format!("one of {}", words().collect::<Vec<_>>().join(", "));
        if let Some(text) = self.word(&expected) {
            if let Some((_, value)) = all.iter().find(|(word, _)| *word == text) {
                *into = *value;
            } else {
                let near = super::hint::nearest(&text, words());
                self.wrong(&expected, near.map(|near| format!("did you mean {near:?}?")).unwrap_or_default());
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, into: &mut Option<bool>) {
        match self.value.get_ref() {
            DeValue::Boolean(flag) => *into = Some(*flag),
            _ => self.wrong("true or false, without quotes", ""),
        }
    }

    /// A whole number in a range.
    pub(super) fn integer<N: TryFrom<i64>>(&mut self, range: RangeInclusive<i64>, into: &mut N) {
        let read = match self.value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match read.filter(|number| range.contains(number)).and_then(|number| N::try_from(number).ok()) {
            Some(number) => *into = number,
            None => self.wrong(
                &format!("a whole number from {} to {}", range.start(), range.end()),
                self.number_hint(),
            ),
        }
    }

    /// A number in a range.
    pub(super) fn number(&mut self, range: RangeInclusive<f64>, into: &mut f64) {
        let read = match self.value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok().filter(|_| number.radix() == 10),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            _ => None,
        };
        match read.filter(|number| range.contains(number)) {
            Some(number) => *into = number,
            None => {
                self.wrong(
                    &format!("a number from {} to {}", range.start(), range.end()),
                    self.number_hint(),
                );
            }
        }
    }

    fn number_hint(&self) -> &'static str {
        match self.value.get_ref().as_str().map(str::trim) {
            Some(text) if text.parse::<f64>().is_ok() => "leave out the quotes",
            Some(text) if text.replace(',', ".").parse::<f64>().is_ok() => "write a point, without quotes",
            _ => "",
        }
    }

    /// A day, as a TOML date or as text.
    pub(super) fn date(&mut self, into: &mut Option<NaiveDate>) {
        let read = match self.value.get_ref() {
            DeValue::Datetime(day) if day.time.is_none() => day.date.and_then(|day| {
                NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day))
            }),
            DeValue::String(text) if text.len() == 10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
            _ => None,
        };
        match read {
            Some(day) => *into = Some(day),
            None => self.wrong("a day written YYYY-MM-DD", "such as 2026-01-05"),
        }
    }

    /// Calls `each` for every element of a list; what is no list is taken as its only element.
    pub(super) fn each(&mut self, mut each: impl FnMut(&mut At<'_>)) {
        if let DeValue::Array(list) = self.value.get_ref() {
            for value in list {
                each(&mut At { value, place: self.place.clone(), found: &mut *self.found });
            }
        } else {
            each(self);
        }
    }

    /// A list of texts; one text counts as a list of one. Repeated ones are kept once.
    pub(super) fn texts(&mut self, into: &mut Vec<String>) {
        let mut all = Vec::new();
        self.each(|at| match at.word("a list of texts").as_deref() {
            Some("") => at.wrong("a list of texts that are not empty", ""),
            Some(text) if !all.iter().any(|have| have == text) => all.push(text.to_owned()),
            _ => {}
        });
        *into = all;
    }

    /// A list of words that are all known.
    pub(super) fn words(&mut self, what: &str, known: &[&'static str], into: &mut Vec<String>) {
        let mut all: Vec<String> = Vec::new();
        self.each(|at| {
            let Some(text) = at.word(&format!("a list of {what}")) else { return };
            match known.iter().find(|word| **word == text) {
                None => {
                    at.problem(
                        &format!("names {}, which is not known", quoted(&text)),
                        did_you_mean(&text, known.iter().copied()),
                    );
                }
                Some(_) if all.contains(&text) => {}
                Some(_) => all.push(text),
            }
        });
        *into = all;
    }

    /// The entries of a table.
    pub(super) fn entries(&mut self, expected: &str, mut each: impl FnMut(&str, usize, &mut At<'_>)) {
        let DeValue::Table(table) = self.value.get_ref() else {
            return self.wrong(expected, "");
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let place = format!("{}.{}", self.place, short(key.get_ref()));
            each(key.get_ref(), key.span().start, &mut At { value, place, found: &mut *self.found });
        }
    }

    /// A table of numbers with known names, such as `{ A = 8, B = 4 }`; names left out keep their number.
    pub(super) fn numbers(&mut self, range: &RangeInclusive<f64>, into: &mut [(&str, &mut f64)]) {
        let known: Vec<&str> = into.iter().map(|(name, _)| *name).collect();
        self.parts(&known, |at, value| value.number(range.clone(), into[at].1));
    }

    /// A table of numbers with known names; `read` is called for each that is there with the place of its name.
    pub(super) fn parts(&mut self, known: &[&str], mut read: impl FnMut(usize, &mut At<'_>)) {
        let expected = format!("a table of {}, such as {{ {} = 1 }}", known.join(", "), known[0]);
        self.entries(&expected, |name, at, value| match known.iter().position(|known| *known == name) {
            Some(place) => read(place, value),
            None => value.found.push(
                Found::new(at, format!("{} is not known", value.place))
                    .hint(did_you_mean(name, known.iter().copied())),
            ),
        });
    }

    /// The value itself.
    pub(super) fn raw(&self) -> &DeValue<'a> {
        self.value.get_ref()
    }

    /// The value as it stands, if it is text.
    pub(super) fn plain_text(&self) -> Option<&str> {
        self.value.get_ref().as_str()
    }

    /// Whether it is a list without elements.
    pub(super) fn is_empty_list(&self) -> bool {
        matches!(self.value.get_ref(), DeValue::Array(list) if list.is_empty())
    }

    /// How much has been reported so far.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Reports at a byte of its own.
    pub(super) fn report(&mut self, found: Found) {
        self.found.push(found);
    }
}

/// A value as it is shown in a message.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => short(&number.to_string()),
        DeValue::Float(number) => short(&number.to_string()),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(list) if list.is_empty() => "an empty list".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Text in quotes, made visible and cut short.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", short(text))
}

fn short(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(60).collect();
    let rest = if letters.next().is_some() { "…" } else { "" };
    format!("{}{rest}", visible(&start))
}
