//! Phrases: what each part of a strength was read from, in words for people.

use super::{Evidence, Part, Strength};
use crate::table::{Language, Words, words};
use crate::touch::Kind;

/// The known parts in words, the one that brings most first, then the touches that lie ahead.
pub(super) fn of(strength: &Strength, language: Language) -> Vec<String> {
    let mut known: Vec<&Part> = strength.parts.iter().flatten().collect();
    known.sort_by(|x, y| (y.value * y.weight).total_cmp(&(x.value * x.weight)));
    let mut told: Vec<String> = known.iter().map(|part| part.evidence.words(language)).collect();
    match (strength.ahead, language) {
        (0, _) => {}
        (1, Language::English) => told.push("1 touch dated after today left out".to_owned()),
        (1, Language::German) => told.push("1 Eintrag mit Datum nach heute nicht gezählt".to_owned()),
        (count, Language::English) => told.push(format!("{count} touches dated after today left out")),
        (count, Language::German) => {
            told.push(format!("{count} Einträge mit Datum nach heute nicht gezählt"));
        }
    }
    told
}

impl Evidence {
    /// What it says, in words: `last meeting 12 days ago`.
    pub fn words(self, language: Language) -> String {
        match (self, language) {
            (Evidence::Best(kind, days), _) => {
                format!("{} {}", last(kind).in_language(language), ago(days, language))
            }
            (Evidence::Touches(0), Language::English) => "no touch in a year".to_owned(),
            (Evidence::Touches(0), Language::German) => "kein Austausch in einem Jahr".to_owned(),
            (Evidence::Touches(1), Language::English) => "1 touch in a year".to_owned(),
            (Evidence::Touches(count), Language::English) => format!("{count} touches in a year"),
            (Evidence::Touches(count), Language::German) => format!("{count}-mal Austausch in einem Jahr"),
            (Evidence::Sides(0, _), Language::English) => "only the member makes contact".to_owned(),
            (Evidence::Sides(0, _), Language::German) => "nur das Mitglied meldet sich".to_owned(),
            (Evidence::Sides(_, 0), Language::English) => "only the contact makes contact".to_owned(),
            (Evidence::Sides(_, 0), Language::German) => "nur die Gegenseite meldet sich".to_owned(),
            (Evidence::Sides(inward, outward), Language::English) => {
                format!("both sides make contact, {inward} in and {outward} out")
            }
            (Evidence::Sides(inward, outward), Language::German) => {
                format!("beide Seiten melden sich, {inward} ein- und {outward} ausgehend")
            }
            (Evidence::Channels(1), Language::English) => "tied through 1 channel".to_owned(),
            (Evidence::Channels(1), Language::German) => "über 1 Kanal verbunden".to_owned(),
            (Evidence::Channels(count), Language::English) => format!("tied through {count} channels"),
            (Evidence::Channels(count), Language::German) => format!("über {count} Kanäle verbunden"),
            (Evidence::Days(days), Language::English) => {
                format!("known for {}", span(days, ["day", "days", "month", "months", "year", "years"]))
            }
            (Evidence::Days(days), Language::German) => {
                format!("bekannt seit {}", span(days, ["Tag", "Tagen", "Monat", "Monaten", "Jahr", "Jahren"]))
            }
        }
    }
}

/// The last touch of a kind.
fn last(kind: Kind) -> Words {
    match kind {
        Kind::Met => words("last meeting", "letztes Treffen"),
        Kind::Called => words("last call", "letzter Anruf"),
        Kind::Wrote => words("last message", "letzte Nachricht"),
        Kind::Liked => words("last reaction", "letzte Reaktion"),
        Kind::Introduced => words("last introduction", "letzte Vermittlung"),
        Kind::Helped => words("last help given", "letzte Hilfe an den Kontakt"),
        Kind::HelpedBy => words("last help received", "letzte Hilfe vom Kontakt"),
        Kind::Asked => words("last request", "letzte Anfrage"),
    }
}

fn ago(days: u32, language: Language) -> String {
    match (days, language) {
        (0, Language::English) => "today".to_owned(),
        (0, Language::German) => "heute".to_owned(),
        (1, Language::English) => "yesterday".to_owned(),
        (1, Language::German) => "gestern".to_owned(),
        (days, Language::English) => format!("{days} days ago"),
        (days, Language::German) => format!("vor {days} Tagen"),
    }
}

/// A span in days, months or years, whichever is the largest that it fills at least twice.
fn span(days: u32, [day, days_word, month, months, year, years]: [&str; 6]) -> String {
    let (count, one, many) = match days {
        0..=60 => (days, day, days_word),
        61..=729 => (days * 12 / 365, month, months),
        _ => (days / 365, year, years),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
