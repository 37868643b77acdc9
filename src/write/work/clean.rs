//! The sheet of contacts to clean up: one row a contact, the most worth a look first, with a drop-down for what to
//! do with it.

use std::io;

use chrono::NaiveDate;

use super::list::{ListLine, ListSheet, Typed};
use super::{CHOICES, NAME, WorkBook};
use crate::table::{Language, Words, words};

/// Name of the sheet.
const CLEAN: Words = words("Clean up", "Aufräumen");
/// Header of the column for the answer, by which the sheet is known again.
pub const DECISION: Words = words("Your decision", "Ihre Entscheidung");
/// The answers of the drop-down.
pub const DECISIONS: [Words; 6] = [
    words("keep", "behalten"),
    words("archive", "aussortieren"),
    words("A", "A"),
    words("B", "B"),
    words("C", "C"),
    CHOICES[2],
];

/// The columns between the answer and the remark.
const SHOWN: [Words; 8] = [
    NAME,
    words("Company", "Firma"),
    words("Position", "Position"),
    words("Known to", "Bekannt bei"),
    words("Category", "Kategorie"),
    words("Reasons", "Gründe"),
    words("Suggestion", "Vorschlag"),
    words("Evidence of", "Beleg vom"),
];
/// Places in the sheet of the longest text and of the column of days.
const REASON_AT: usize = 6;
const EVIDENCE_AT: usize = 8;

/// A contact to clean up. Text is empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CleanRow {
    /// Id of the contact.
    pub contact_id: String,
    /// The whole name.
    pub name: String,
    /// Employer.
    pub company: String,
    /// Job title.
    pub position: String,
    /// The members who know the contact.
    pub known_to: Vec<String>,
    /// The category, as a letter.
    pub tier: String,
    /// Why it is worth a look, in words.
    pub reasons: String,
    /// What is suggested, in words.
    pub action: String,
    /// Day of the weightiest reason.
    pub evidence: Option<NaiveDate>,
}

/// A row of the sheet.
pub type CleanLine<'a> = ListLine<'a, CleanRow>;

/// How the sheet is used.
pub(super) fn help(language: Language) -> [&'static str; 4] {
    [
        words(
            "Clean up: contacts worth a look, with the reasons and a suggestion. Nothing is ever deleted. Possible doubles are asked among the open pairs.",
            "Aufräumen: Kontakte, bei denen ein Blick lohnt, mit Gründen und Vorschlag. Gelöscht wird nie etwas. Mögliche Doppelte stehen bei den offenen Paaren.",
        ),
        words(
            "keep: stays as it is, in its category, and is not asked again for a year. later: asked again, at the end of the list.",
            "behalten: bleibt, wie er ist, in seiner Kategorie, und wird ein Jahr lang nicht gefragt. später: wird wieder gefragt, am Ende der Liste.",
        ),
        words(
            "archive: category D by your word, so it leaves the vCards at once and the contacts in time. A, B, C: that category by your word.",
            "aussortieren: Kategorie D durch Ihr Wort; er verlässt sofort die vCards und mit der Zeit die Kontakte. A, B, C: diese Kategorie durch Ihr Wort.",
        ),
        words(
            "Categories are kept in tiers.csv, what is kept in cleanup.csv beside it. To be asked again, write another line there with open.",
            "Kategorien stehen in tiers.csv, Behaltenes in cleanup.csv daneben. Wer wieder gefragt werden will, schreibt dort eine weitere Zeile mit offen.",
        ),
    ]
    .map(|text| text.in_language(language))
}

/// The sheet.
const SHEET: ListSheet<CleanRow> = ListSheet {
    name: CLEAN,
    answer: DECISION,
    message: words(
        "Choose keep, archive, a category or later. The next run reads the answer; nothing is deleted.",
        "Wählen Sie behalten, aussortieren, eine Kategorie oder später. Der nächste Lauf liest die Antwort; gelöscht wird nichts.",
    ),
    choices: &DECISIONS,
    shown: &SHOWN,
    cells: |row| {
        vec![
            row.name.clone(),
            row.company.clone(),
            row.position.clone(),
            row.known_to.join(", "),
            row.tier.clone(),
            row.reasons.clone(),
            row.action.clone(),
            row.evidence.map(|day| day.to_string()).unwrap_or_default(),
        ]
    },
    id: |row| &row.contact_id,
    typed: &[(EVIDENCE_AT, Typed::Day)],
    long_at: REASON_AT,
    none: words("Nothing to clean up.", "Nichts aufzuräumen."),
};

/// The headers of the sheet in their order, in one language.
pub fn clean_columns(language: Language) -> Vec<&'static str> {
    SHEET.columns(language)
}

impl WorkBook {
    /// Adds the sheet of contacts to clean up; `generation` names the run that asks.
    ///
    /// # Errors
    /// When a cell cannot be written.
    pub fn to_clean(&mut self, lines: &[CleanLine<'_>], generation: &str) -> io::Result<()> {
        self.list(&SHEET, lines, generation)
    }
}

#[cfg(test)]
mod tests {
    use super::super::REMARK;
    use super::*;

    #[test]
    fn every_column_has_a_cell_and_stands_in_its_place() {
        for language in Language::ALL {
            let titles = clean_columns(language);
            let row = CleanRow {
                contact_id: "c000000000001".into(),
                reasons: "veraltet".into(),
                evidence: NaiveDate::from_ymd_opt(2024, 2, 29),
                ..CleanRow::default()
            };
            let line = CleanLine::Contact { row: &row, answer: "", remark: "x" };
            let cells = SHEET.row(&line, "000007");
            assert_eq!(cells.len(), titles.len());
            let places = [REASON_AT, EVIDENCE_AT, EVIDENCE_AT + 1].map(|at| (titles[at], cells[at].as_str()));
            let expected = [(SHOWN[5], "veraltet"), (SHOWN[7], "2024-02-29"), (REMARK, "x")];
            assert_eq!(places, expected.map(|(title, cell)| (title.in_language(language), cell)));
            assert_eq!(cells[titles.len() - 2..], ["000007", "c000000000001"]);
        }
    }
}
