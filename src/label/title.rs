//! Titles: what a position and a department say about level and function, with the words that say it.
//!
//! The field is read as words (`line`), the tables find those that say something (`pattern`), the field is divided
//! into parts with one position each (`part`), and the main part gives both labels. Unknown stays empty.

pub(super) mod line;
mod part;
pub(super) mod pattern;

use crate::table::Language;
use crate::text::squeeze;

use self::line::{Gap, Line};
use self::part::{Part, Place, main_part, parts, places};
use self::pattern::{Hit, Side};
use super::function::{self, Function, WEAK};
use super::seniority::{self, Kind, Level};

/// The function of those who lead a company.
const MANAGEMENT: &str = "management";

/// Up to this weight, management is a function only of those who lead.
const MANAGES: u8 = 4;

/// A value with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label<T> {
    /// The value.
    pub value: T,
    /// How sure it is, above 0, at most 1.
    pub confidence: f32,
    /// The words that say so.
    pub reason: Reason,
}

/// The words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A word of the title.
    Word {
        /// As it is written.
        word: String,
    },
    /// A word of one of several titles in the field.
    Part {
        /// As it is written.
        word: String,
        /// The title it stands in.
        part: String,
    },
    /// A word of the department.
    Department {
        /// As it is written.
        word: String,
    },
}

impl Reason {
    /// The word as it stands in the field.
    pub fn word(&self) -> &str {
        match self {
            Reason::Word { word } | Reason::Part { word, .. } | Reason::Department { word } => word,
        }
    }

    /// In words for people.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Reason::Word { word }, Language::English) => format!("title word \"{word}\""),
            (Reason::Word { word }, Language::German) => format!("Titelwort „{word}“"),
            (Reason::Part { word, part }, Language::English) => {
                format!("title word \"{word}\" in \"{part}\", one of several titles")
            }
            (Reason::Part { word, part }, Language::German) => {
                format!("Titelwort „{word}“ in „{part}“, einem von mehreren Titeln")
            }
            (Reason::Department { word }, Language::English) => format!("department \"{word}\""),
            (Reason::Department { word }, Language::German) => format!("Abteilung „{word}“"),
        }
    }
}

/// What a title says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Titles {
    /// The level.
    pub seniority: Option<Label<Level>>,
    /// The function.
    pub function: Option<Label<Function>>,
}

/// The labels of a position and its department; either may be empty.
pub fn titles(position: &str, department: &str) -> Titles {
    let position = squeeze(position);
    let line = Line::read(&position);
    let levels = seniority::find(&line);
    let places = places(&line, &levels);
    let parts = parts(&line, &levels, &places);
    let main = main_part(&parts);
    let field = Field { text: &position, line: &line, places: &places, parts: &parts, levels: &levels };

    let mut function = field.function(main);
    if function.as_ref().is_none_or(|(_, weight)| *weight <= WEAK)
        && main.is_none_or(|part| !part.over)
        && let Some(found) = of_department(department)
    {
        function = Some((found, WEAK));
    }
    let seniority = main.and_then(|part| field.seniority(part, function.is_some()));
    Titles { seniority, function: function.map(|(label, _)| label) }
}

/// A field that has been read.
struct Field<'a> {
    text: &'a str,
    line: &'a Line,
    places: &'a [Place],
    parts: &'a [Part],
    levels: &'a [(Hit, seniority::Row)],
}

impl Field<'_> {
    fn seniority(&self, part: &Part, has_function: bool) -> Option<Label<Level>> {
        let position = part.position?;
        let level = if part.over { Level::None } else { position.level };
        let confidence = match (position.kind, position.hit.side) {
            (Kind::Weak | Kind::Field, _) if has_function => 0.6,
            (Kind::Weak, _) if self.is_specified(&position.hit) => 0.5,
            (Kind::Weak | Kind::Field, _) => return None,
            (_, Side::Exact | Side::Stem) => 0.95,
            _ => 0.9,
        };
        let confidence = confidence * self.clarity(part);
        Some(Label {
            value: level,
            confidence,
            reason: self.reason(part, position.hit.first, position.hit.last),
        })
    }

    /// Whether a word says what kind of position it is: `Agrarmanager`, `Farm Manager`, but not `Senior Manager`.
    fn is_specified(&self, hit: &Hit) -> bool {
        let known = |at: usize| self.levels.iter().any(|(hit, _)| hit.first <= at && at <= hit.last);
        let joined = self.line.words.get(hit.first).is_some_and(|word| word.gap == Gap::None);
        hit.side == Side::Suffix || (hit.first > 0 && joined && !known(hit.first - 1))
    }

    /// How much one part of several may be trusted.
    fn clarity(&self, part: &Part) -> f32 {
        let rivals = |other: &&Part| !other.over && other.position.is_some() && other.first != part.first;
        if self.parts.iter().filter(rivals).count() == 0 { 1.0 } else { 0.9 }
    }

    /// The function of the main part, else of another, with its weight.
    fn function(&self, main: Option<&Part>) -> Option<(Label<Function>, u8)> {
        let hits = function::find(self.line);
        let present = || self.parts.iter().filter(|part| !part.over);
        let of = |part: &Part| self.function_of(part, &hits);
        let Some(main) = main else { return present().find_map(of) };
        if main.over {
            return None;
        }
        let Some(found) = of(main) else { return present().find_map(of) };
        if found.0.value.id() == MANAGEMENT {
            // `Co-Founder & CTO`, `Prokurist, Leiter Finanzen`: another title may say more.
            let rank = |part: &Part| part.position.map_or(0, |position| position.level.rank());
            let says_more = |part: &&Part| {
                rank(part) == Level::Executive.rank()
                    || found.1 <= WEAK
                    || (found.1 < MANAGES && part.section == main.section)
            };
            let mut others: Vec<&Part> = present().filter(says_more).collect();
            others.sort_by_key(|part| std::cmp::Reverse(rank(part)));
            let more = others.into_iter().filter_map(of).find(|(_, weight)| *weight > found.1);
            return more.or(Some(found));
        }
        Some(found)
    }

    /// The function one part names, with its weight: the first of the heaviest.
    fn function_of(&self, part: &Part, hits: &[(Hit, function::Row)]) -> Option<(Label<Function>, u8)> {
        let level = part.position.map(|position| position.level);
        let mut best: Option<&(Hit, function::Row)> = None;
        for found in hits.iter().filter(|(hit, _)| (part.first..part.end).contains(&hit.first)) {
            let (hit, row) = found;
            let place = self.places.get(hit.first).copied().unwrap_or(Place::Outside);
            let Some(function) = row.function.filter(|_| place != Place::Outside) else { continue };
            let superior = place == Place::Complement && self.is_executive(hit.first);
            // Who assists the management, or writes for it, does not manage.
            let manages = level.is_none_or(|level| level >= Level::Director) && place == Place::Head;
            if superior || (function.id() == MANAGEMENT && row.weight <= MANAGES && !manages) {
                continue;
            }
            if best.is_none_or(|(_, known)| row.weight > known.weight) {
                best = Some(found);
            }
        }
        let (hit, row) = best?;
        let confidence = (0.5 + 0.08 * f32::from(row.weight)) * self.clarity(part);
        let reason = self.reason(part, hit.first, hit.last);
        Some((Label { value: row.function?, confidence, reason }, row.weight))
    }

    /// Whether the word names an executive, for whom somebody else may work.
    fn is_executive(&self, at: usize) -> bool {
        let here = |hit: &Hit| hit.first <= at && at <= hit.last;
        self.levels.iter().any(|(hit, row)| here(hit) && row.level == Level::Executive)
    }

    fn reason(&self, part: &Part, first: usize, last: usize) -> Reason {
        let word = self.text[self.line.source(first, last)].to_owned();
        if self.parts.iter().filter(|part| part.position.is_some()).count() < 2 {
            return Reason::Word { word };
        }
        let part = self.text[self.line.source(part.first, part.end.saturating_sub(1))].to_owned();
        Reason::Part { word, part }
    }
}

/// The function a department's name says.
fn of_department(department: &str) -> Option<Label<Function>> {
    let department = squeeze(department);
    let line = Line::read(&department);
    let hits = function::find(&line);
    let best = hits
        .iter()
        .filter(|(_, row)| row.function.is_some())
        .reduce(|best, next| if next.1.weight > best.1.weight { next } else { best });
    let (hit, row) = best?;
    let word = department[line.source(hit.first, hit.last)].to_owned();
    Some(Label { value: row.function?, confidence: 0.8, reason: Reason::Department { word } })
}

#[cfg(test)]
mod tests;
