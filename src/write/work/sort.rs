//! The sheet of contacts to sort: one row a contact, the most promising first, with a drop-down for the category.

use std::io;

use chrono::NaiveDate;

use super::list::{ListLine, ListSheet, Typed};
use super::{CHOICES, WorkBook};
use crate::table::{Language, Words, words};

/// Name of the sheet.
const SORT: Words = words("To sort", "Zu sortieren");
/// Header of the column for the category, by which the sheet is known again.
pub const CATEGORY: Words = words("Your category", "Ihre Kategorie");
/// Header of the column of names.
pub const NAME: Words = words("Name", "Name");
/// Header of the column of contact ids.
pub const CONTACT: Words = words("Contact id", "Kontakt-ID");
/// The answers of the drop-down.
pub const CATEGORIES: [Words; 5] =
    [words("A", "A"), words("B", "B"), words("C", "C"), words("D", "D"), CHOICES[2]];

/// The columns between the category and the remark.
const SHOWN: [Words; 9] = [
    NAME,
    words("Company", "Firma"),
    words("Position", "Position"),
    words("Industry", "Branche"),
    words("Place", "Ort"),
    words("Known to", "Bekannt bei"),
    words("Last touch", "Letzter Kontakt"),
    words("Score", "Punkte"),
    words("What is known", "Was bekannt ist"),
];
/// Places in the sheet of the columns that are no text, and of the longest text.
const TOUCHED_AT: usize = 7;
const SCORE_AT: usize = 8;
const REASON_AT: usize = 9;

/// A contact to sort. Text is empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SortRow {
    /// Id of the contact.
    pub contact_id: String,
    /// The whole name.
    pub name: String,
    /// Employer.
    pub company: String,
    /// Job title.
    pub position: String,
    /// Sector, in words.
    pub industry: String,
    /// City and country, in words.
    pub place: String,
    /// The members who know the contact.
    pub known_to: Vec<String>,
    /// The latest touch with any member.
    pub last_touch: Option<NaiveDate>,
    /// The score as far as it is known, 0 to 1.
    pub score: Option<f32>,
    /// What is known and what is missing, in words.
    pub reason: String,
}

/// A row of the sheet.
pub type SortLine<'a> = ListLine<'a, SortRow>;

/// How the sheet is used.
pub(super) fn help(language: Language) -> [&'static str; 4] {
    [
        words(
            "To sort: contacts without a category, the most promising first. A: matters most. B: worth regular care. C: keep in touch. D: let go.",
            "Zu sortieren: Kontakte ohne Kategorie, die besten zuerst. A: am wichtigsten. B: regelmäßig pflegen. C: in Verbindung bleiben. D: loslassen.",
        ),
        words(
            "later: asked again, at the end of the list. What you write beside it as a remark stays.",
            "später: wird wieder gefragt, am Ende der Liste. Was Sie als Bemerkung dazu schreiben, bleibt stehen.",
        ),
        words(
            "A category that you set comes before every rule and score.",
            "Eine Kategorie von Ihnen geht jeder Regel und jedem Punktwert vor.",
        ),
        words(
            "To change it later, write another line at the end of tiers.csv, or open there to let hamstern decide: the newest one counts.",
            "Wer sie ändern will, schreibt eine weitere Zeile ans Ende von tiers.csv; offen lässt hamstern entscheiden. Die neueste gilt.",
        ),
    ]
    .map(|text| text.in_language(language))
}

/// The sheet.
const SHEET: ListSheet<SortRow> = ListSheet {
    name: SORT,
    answer: CATEGORY,
    message: words(
        "Choose A, B, C, D or later. The next run reads the answer and keeps it for good.",
        "Wählen Sie A, B, C, D oder später. Der nächste Lauf liest die Antwort und behält sie.",
    ),
    choices: &CATEGORIES,
    shown: &SHOWN,
    cells: |row| {
        vec![
            row.name.clone(),
            row.company.clone(),
            row.position.clone(),
            row.industry.clone(),
            row.place.clone(),
            row.known_to.join(", "),
            row.last_touch.map(|day| day.to_string()).unwrap_or_default(),
            row.score.map(|score| format!("{score:.2}")).unwrap_or_default(),
            row.reason.clone(),
        ]
    },
    id: |row| &row.contact_id,
    typed: &[(TOUCHED_AT, Typed::Day), (SCORE_AT, Typed::Number)],
    long_at: REASON_AT,
    none: words("No contacts to sort.", "Keine Kontakte zu sortieren."),
};

/// The headers of the sheet in their order, in one language.
pub fn sort_columns(language: Language) -> Vec<&'static str> {
    SHEET.columns(language)
}

impl WorkBook {
    /// Adds the sheet of contacts to sort; `generation` names the run that asks.
    ///
    /// # Errors
    /// When a cell cannot be written.
    pub fn to_sort(&mut self, lines: &[SortLine<'_>], generation: &str) -> io::Result<()> {
        self.list(&SHEET, lines, generation)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ASKED, REMARK};
    use super::*;

    #[test]
    fn every_column_has_a_cell_and_stands_in_its_place() {
        for language in Language::ALL {
            let titles = sort_columns(language);
            let row = SortRow { contact_id: "c000000000001".into(), score: Some(0.5), ..SortRow::default() };
            let line = SortLine::Contact { row: &row, answer: "", remark: "x" };
            let cells = SHEET.row(&line, "000007");
            assert_eq!(cells.len(), titles.len());
            let under = |title: Words| {
                let at = titles.iter().position(|have| *have == title.in_language(language));
                at.map(|at| cells[at].as_str())
            };
            assert_eq!(under(REMARK), Some("x"));
            assert_eq!(under(ASKED), Some("000007"));
            assert_eq!(under(CONTACT), Some("c000000000001"));
            assert_eq!(cells[SCORE_AT], "0.50");
            let at = [TOUCHED_AT, SCORE_AT, REASON_AT, REASON_AT + 1].map(|at| titles[at]);
            let expected = [SHOWN[6], SHOWN[7], SHOWN[8], REMARK];
            assert_eq!(at, expected.map(|title| title.in_language(language)));
        }
    }
}
