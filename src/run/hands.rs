//! The categories that people set by hand, as `tiers.csv` keeps them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::ledger::{self, Form, Line};
use crate::contact::Letter;
use crate::link::identity::{contact_id, contact_number};
use crate::merge::holding::date;
use crate::problem::Problem;
use crate::state::memory::Redirect;
use crate::text::{fold, squeeze, tokens};
use crate::write::unguard;

/// The columns of the file, in the order in which a new one has them.
const COLUMNS: [&str; 6] = ["contact_id", "tier", "on", "by", "note", "name"];

/// What people may call them, folded; the headers of the workbook among them, since rows are copied from it.
const ALSO: [(&str, &str); 16] = [
    ("contact", "contact_id"),
    ("kontakt", "contact_id"),
    ("kontakt id", "contact_id"),
    ("category", "tier"),
    ("kategorie", "tier"),
    ("your category", "tier"),
    ("ihre kategorie", "tier"),
    ("am", "on"),
    ("datum", "on"),
    ("date", "on"),
    ("von", "by"),
    ("notiz", "note"),
    ("bemerkung", "note"),
    ("anmerkung", "note"),
    ("your remark", "note"),
    ("ihre bemerkung", "note"),
];

/// Words that take a category back, folded; the first is the one that is written.
const OPEN: [&str; 14] = [
    "open",
    "offen",
    "penguin",
    "pinguin",
    "none",
    "-",
    "keine",
    "keiner",
    "automatic",
    "automatisch",
    "auto",
    "unsorted",
    "not sorted",
    "nicht sortiert",
];

/// Words that may stand before the letter, folded.
const TITLES: [&str; 8] = ["kategorie", "category", "tier", "klasse", "class", "stufe", "kat", "cat"];

/// Why a text says no category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The animal stands for two categories.
    Flamingo,
    /// It names more than one category, or asks.
    Unsure,
    /// It names none.
    Unknown,
}

impl Doubt {
    /// What is wrong with a text.
    pub fn told(self, text: &str) -> String {
        match self {
            Doubt::Flamingo => format!("\u{201c}{text}\u{201d} may be B or C"),
            Doubt::Unsure => format!("\u{201c}{text}\u{201d} leaves open which category is meant"),
            Doubt::Unknown if text.is_empty() => "no category stands here".to_owned(),
            Doubt::Unknown => format!("\u{201c}{text}\u{201d} is no category"),
        }
    }
}

/// The category behind a text in German or English; none takes back what was said before.
///
/// # Errors
/// Why it says no category.
pub fn category(text: &str) -> Result<Option<Letter>, Doubt> {
    let plain = squeeze(unguard(text.trim())).into_owned();
    let folded = fold(&plain);
    let word = folded.trim_end_matches(['.', '!', ',']);
    match word {
        "unicorn" | "einhorn" => return Ok(Some(Letter::A)),
        "flamingo" => return Err(Doubt::Flamingo),
        _ if OPEN.contains(&word) => return Ok(None),
        _ => {}
    }
    let mut words = tokens(word).skip_while(|token| TITLES.contains(token));
    let letter = words.next().and_then(Letter::from_name).ok_or(Doubt::Unknown)?;
    if is_article(&plain) {
        return Err(Doubt::Unknown);
    }
    let other = words.filter_map(Letter::from_name).any(|other| other != letter);
    if other || word.contains('?') { Err(Doubt::Unsure) } else { Ok(Some(letter)) }
}

/// Whether a text begins as `a friend` does: a small letter, a blank, a word.
fn is_article(text: &str) -> bool {
    let mut letters = text.chars();
    let mut next = || letters.next().unwrap_or_default();
    next().is_lowercase() && next() == ' ' && next().is_alphabetic()
}

/// A category that a person set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTier {
    /// Number of the contact.
    pub contact: u64,
    /// The category; none takes the word of a person back, and the program decides again.
    pub letter: Option<Letter>,
    /// The day, as it stands in the file.
    pub on: String,
    /// Who said it, or where.
    pub by: String,
    /// A remark.
    pub note: String,
    /// The name of the contact, for people who read the file.
    pub name: String,
}

impl SetTier {
    /// The day on which it was said; none where it cannot be told.
    pub fn day(&self) -> Option<NaiveDate> {
        day_of(&self.on)
    }

    /// The word that is written for the category.
    pub fn word(&self) -> &'static str {
        self.letter.map_or(OPEN[0], Letter::name)
    }
}

/// A day as people and spreadsheets write it; none where it cannot be told. Spreadsheets write days anew in the manner
/// of their country, and `03/04/2026` is two days.
pub(super) fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let [one, two, three] = parts[..] else { return None };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let (first, second, third) = (number(one)?, number(two)?, number(three)?);
    if one.len() == 4 {
        return NaiveDate::from_ymd_opt(first.cast_signed(), second, third);
    }
    let year = if three.len() == 2 { 2000 + third } else { third }.cast_signed();
    if text.contains('.') || first > 12 || first == second {
        return NaiveDate::from_ymd_opt(year, second, first);
    }
    let american = text.contains('/') && second > 12;
    if american { NaiveDate::from_ymd_opt(year, first, second) } else { None }
}

impl Line for SetTier {
    const FORM: Form = Form {
        columns: &COLUMNS,
        also: &ALSO,
        needed: 2,
        waiting: "tiers-waiting.csv",
        journal: "tiers-added.csv",
        loss: "categories that people have set would be lost",
    };

    fn read(line: u32, cells: &[String]) -> Result<SetTier, Problem> {
        let id = &cells[0];
        let Some(contact) = contact_number(id) else {
            let what = if id.is_empty() {
                "no contact id stands here".to_owned()
            } else {
                format!("\u{201c}{id}\u{201d} is no contact id")
            };
            let message = format!(
                "{what}; the line is not followed. Copy the id from column contact_id of contacts.csv, c and 12 letters \
                 or digits"
            );
            return Err(Problem::new(line, "no-contact-id", message).in_column(COLUMNS[0]));
        };
        let letter = category(&cells[1]).map_err(|doubt| {
            let message = format!(
                "{}; the line is not followed. Write A, B, C or D, or open to let the program decide",
                doubt.told(&cells[1])
            );
            Problem::new(line, "no-category", message).in_column(COLUMNS[1])
        })?;
        let [on, by, note, name] = [2, 3, 4, 5].map(|column| cells[column].clone());
        Ok(SetTier { contact, letter, on, by, note, name })
    }

    fn cells(&self) -> Vec<String> {
        let id = contact_id(self.contact);
        let word = self.word().to_owned();
        vec![id, word, self.on.clone(), self.by.clone(), self.note.clone(), self.name.clone()]
    }

    fn subject(&self) -> (u64, u64) {
        (self.contact, self.contact)
    }

    fn word(&self) -> &'static str {
        SetTier::word(self)
    }
}

/// All categories that people set, in the order in which they were given.
pub type Hands = ledger::Ledger<SetTier>;

/// What people say of a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Hand {
    /// The word that counts.
    pub set: SetTier,
    /// What was said otherwise of contacts that were merged into this one, the newest first.
    pub against: Vec<SetTier>,
}

/// The words of people that count today.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InForce {
    /// By number of the contact. Where the word that counts has no category, the program decides.
    pub contacts: BTreeMap<u64, Hand>,
    /// What became of all of them.
    pub counts: Counts,
}

impl InForce {
    /// The category that people have set for a contact of today.
    pub fn letter(&self, contact: u64) -> Option<Letter> {
        self.contacts.get(&contact)?.set.letter
    }
}

/// What became of the categories that people set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Lines that were read.
    pub read: u64,
    /// Lines that a later one on the same contact replaces.
    pub replaced: u64,
    /// Contacts whose category a person has set.
    pub followed: u64,
    /// Contacts that are not there now; their lines are kept.
    pub gone: u64,
    /// Contacts that were merged, of which people had said different things.
    pub disputed: u64,
}

/// Which contact of today a number is that people have seen in an earlier run.
#[derive(Debug)]
pub struct Survivors<'a> {
    into: FxHashMap<u64, Redirect>,
    alive: &'a [u64],
}

impl<'a> Survivors<'a> {
    /// `alive` are the numbers of all contacts of today, sorted.
    pub fn new(redirects: &[Redirect], alive: &'a [u64]) -> Survivors<'a> {
        let into = redirects.iter().map(|redirect| (redirect.retired, *redirect)).collect();
        Survivors { into, alive }
    }

    /// The contact that a number is today; none if it is gone.
    pub fn of(&self, number: u64) -> Option<u64> {
        self.merged(number).map(|(contact, _)| contact)
    }

    /// The same, and the day on which the number was merged into it; none for its own.
    fn merged(&self, number: u64) -> Option<(u64, Option<NaiveDate>)> {
        let (mut at, mut merged) = (number, None);
        // A chain is no longer than there are redirects; a damaged one must not turn for ever.
        for _ in 0..=self.into.len() {
            if self.alive.binary_search(&at).is_ok() {
                return Some((at, merged));
            }
            let redirect = self.into.get(&at)?;
            (at, merged) = (redirect.into, Some(date(redirect.day)));
        }
        None
    }
}

/// How new a line is: its day, or that of the newest line above it; then its place.
type Age = (Option<NaiveDate>, usize);

/// The newest word on a number, as it bears on a contact of today.
struct Word<'a> {
    age: Age,
    set: &'a SetTier,
    /// The day on which the number was merged into the contact; none for its own.
    merged: Option<NaiveDate>,
}

impl Hands {
    /// The newest word on each contact. Of equal days the later line counts, and a day that cannot be read, or
    /// that lies after `today`, is that of the newest line above it. What was said of a number that was merged
    /// bears on the contact it became.
    pub fn in_force(&self, survivors: &Survivors<'_>, today: NaiveDate) -> InForce {
        let mut found = InForce::default();
        found.counts.read = self.answers.len() as u64;
        let mut newest = None;
        let mut latest: BTreeMap<u64, (Age, &SetTier)> = BTreeMap::new();
        for (place, set) in self.answers.iter().enumerate() {
            let day = set.day().filter(|day| *day <= today);
            newest = newest.max(day);
            let age = (day.or(newest), place);
            let slot = latest.entry(set.contact).or_insert((age, set));
            if age >= slot.0 {
                *slot = (age, set);
            }
        }
        found.counts.replaced = found.counts.read - latest.len() as u64;
        let mut words: BTreeMap<u64, Vec<Word<'_>>> = BTreeMap::new();
        for (number, (age, set)) in latest {
            match survivors.merged(number) {
                Some((contact, merged)) => {
                    words.entry(contact).or_default().push(Word { age, set, merged });
                }
                None => found.counts.gone += 1,
            }
        }
        for (contact, words) in words {
            let Some(hand) = weigh(words) else { continue };
            found.counts.followed += u64::from(hand.set.letter.is_some());
            found.counts.disputed += u64::from(!hand.against.is_empty());
            found.contacts.insert(contact, hand);
        }
        found
    }
}

/// The newest of some words on one contact, and those that say otherwise.
fn weigh(mut words: Vec<Word<'_>>) -> Option<Hand> {
    // Who took back what was said of a contact that was merged said nothing about the others.
    words.retain(|word| word.merged.is_none() || word.set.letter.is_some());
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.age));
    let (first, others) = words.split_first()?;
    // A word on the contact itself that is newer than the merge was said of both.
    let settled = |other: &&Word<'_>| {
        first.merged.is_none()
            && first.set.day().zip(other.merged).is_some_and(|(said, merged)| said > merged)
    };
    let differs = |other: &&Word<'_>| other.set.letter.is_some() && other.set.letter != first.set.letter;
    let against = others.iter().filter(differs).filter(|other| !settled(other));
    Some(Hand { set: first.set.clone(), against: against.map(|other| other.set.clone()).collect() })
}

#[cfg(test)]
mod tests;
