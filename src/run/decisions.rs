//! The answers of the team to which records are one person, as `decisions.csv` keeps them.

use super::ledger::{self, Form, Line};
use crate::error::Result;
use crate::link::{parse_record_id, record_id};
use crate::problem::Problem;
use crate::text::{fold, squeeze};
use crate::write::unguard;

/// The columns of the file, in the order in which a new one has them.
const COLUMNS: [&str; 6] = ["a", "b", "decision", "on", "by", "note"];

/// What people may call them, folded.
const ALSO: [(&str, &str); 9] = [
    ("entscheidung", "decision"),
    ("antwort", "decision"),
    ("answer", "decision"),
    ("am", "on"),
    ("datum", "on"),
    ("von", "by"),
    ("notiz", "note"),
    ("bemerkung", "note"),
    ("anmerkung", "note"),
];

/// What a person said about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// One person.
    Same,
    /// Two persons.
    Different,
    /// The question is open again: takes back what was said before.
    Open,
}

/// The words for each answer, folded; the first is the one that is written.
const WORDS: [(Said, &[&str]); 3] = [
    (
        Said::Same,
        &[
            "same",
            "gleich",
            "ja",
            "yes",
            "j",
            "y",
            "x",
            "dieselbe",
            "derselbe",
            "dieselbe person",
            "same person",
            "identisch",
            "identical",
            "true",
            "wahr",
        ],
    ),
    (
        Said::Different,
        &[
            "different",
            "verschieden",
            "nein",
            "no",
            "n",
            "anders",
            "andere",
            "unterschiedlich",
            "false",
            "falsch",
        ],
    ),
    (Said::Open, &["open", "offen"]),
];

impl Said {
    /// The answer behind a word in German or English.
    pub fn from_word(text: &str) -> Option<Said> {
        let word = fold(squeeze(unguard(text.trim())).trim_end_matches(['.', '!', ',']));
        let found = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
        Some(found.0)
    }

    /// The word that is written.
    pub fn word(self) -> &'static str {
        match self {
            Said::Same => "same",
            Said::Different => "different",
            Said::Open => "open",
        }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Record id of one side.
    pub a: u64,
    /// Record id of the other side.
    pub b: u64,
    /// What was said.
    pub said: Said,
    /// The day, as it stands in the file.
    pub on: String,
    /// Who said it, or where.
    pub by: String,
    /// A remark.
    pub note: String,
}

impl Answer {
    /// The two record ids, the smaller first.
    pub fn pair(&self) -> (u64, u64) {
        (self.a.min(self.b), self.a.max(self.b))
    }
}

impl Line for Answer {
    const FORM: Form = Form {
        columns: &COLUMNS,
        also: &ALSO,
        needed: 3,
        waiting: "answers.csv",
        journal: "answers-added.csv",
        loss: "people would be merged whom somebody kept apart",
    };

    fn read(line: u32, cells: &[String]) -> std::result::Result<Answer, Problem> {
        let id = |wanted: usize| {
            let text = &cells[wanted];
            parse_record_id(text).ok_or_else(|| {
                let what = if text.is_empty() {
                    "no record id stands here".to_owned()
                } else {
                    format!("\u{201c}{text}\u{201d} is no record id")
                };
                let message = format!(
                    "{what}; the line is not followed. Copy the id from column {} of review.csv, r and 16 letters or \
                     digits; a spreadsheet may have made a number of it",
                    COLUMNS[wanted]
                );
                Problem::new(line, "no-record-id", message).in_column(COLUMNS[wanted])
            })
        };
        let (a, b) = (id(0)?, id(1)?);
        let word = &cells[2];
        let Some(said) = Said::from_word(word) else {
            let message = format!(
                "\u{201c}{word}\u{201d} is no answer; the line is not followed. Write same, different, or open to be asked again"
            );
            return Err(Problem::new(line, "no-answer", message).in_column(COLUMNS[2]));
        };
        if a == b && said == Said::Different {
            let message = "both sides are the same record, which cannot be two people; the line is not followed. \
                           Remove it, or put the other record's id there";
            return Err(Problem::new(line, "same-record", message).in_column(COLUMNS[1]));
        }
        let [on, by, note] = [3, 4, 5].map(|column| cells[column].clone());
        Ok(Answer { a, b, said, on, by, note })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            record_id(self.a),
            record_id(self.b),
            self.said.word().to_owned(),
            self.on.clone(),
            self.by.clone(),
            self.note.clone(),
        ]
    }

    fn subject(&self) -> (u64, u64) {
        self.pair()
    }

    fn word(&self) -> &'static str {
        self.said.word()
    }
}

/// All answers, in the order in which they were given.
pub type Ledger = ledger::Ledger<Answer>;

impl Ledger {
    /// Takes the last answer back that this process gave.
    ///
    /// # Errors
    /// When the change can be kept nowhere.
    pub fn take_back(&mut self) -> Result<Option<String>> {
        self.take_back_with(|last| Answer { said: Said::Open, ..last })
    }
}

#[cfg(test)]
mod tests;
