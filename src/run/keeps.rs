//! The contacts that people want to keep as they are, as `cleanup.csv` holds them: not asked again for a year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::hands::{Survivors, day_of};
use super::ledger::{self, Form, Line};
use crate::link::identity::{contact_id, contact_number};
use crate::problem::Problem;
use crate::text::{fold, squeeze};
use crate::write::unguard;

/// For so long nobody is asked about a contact again.
const MONTHS: u32 = 12;

/// The columns of the file, in the order in which a new one has them.
const COLUMNS: [&str; 6] = ["contact_id", "decision", "on", "by", "note", "name"];

/// What people may call them, folded; the headers of the workbook among them, since rows are copied from it.
const ALSO: [(&str, &str); 14] = [
    ("contact", "contact_id"),
    ("kontakt", "contact_id"),
    ("kontakt id", "contact_id"),
    ("entscheidung", "decision"),
    ("your decision", "decision"),
    ("ihre entscheidung", "decision"),
    ("am", "on"),
    ("datum", "on"),
    ("date", "on"),
    ("von", "by"),
    ("notiz", "note"),
    ("bemerkung", "note"),
    ("your remark", "note"),
    ("ihre bemerkung", "note"),
];

/// Words that keep a contact, and words that let it be asked again, folded; the first of each is the one that is
/// written.
const KEEP: [&str; 6] = ["keep", "behalten", "kept", "bleibt", "keep it", "bleiben"];
const OPEN: [&str; 6] = ["open", "offen", "ask", "fragen", "ask again", "wieder fragen"];

/// Whether a text keeps a contact (true) or lets it be asked again (false); none says neither.
pub fn keeps(text: &str) -> Option<bool> {
    let folded = fold(&squeeze(unguard(text.trim())));
    let word = folded.trim_end_matches(['.', '!', ',']);
    if KEEP.contains(&word) {
        return Some(true);
    }
    OPEN.contains(&word).then_some(false)
}

/// What a person said of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// Number of the contact.
    pub contact: u64,
    /// Whether it is kept; otherwise it is asked again.
    pub kept: bool,
    /// The day, as it stands in the file.
    pub on: String,
    /// Who said it, or where.
    pub by: String,
    /// A remark.
    pub note: String,
    /// The name of the contact, for people who read the file.
    pub name: String,
}

impl Line for Keep {
    const FORM: Form = Form {
        columns: &COLUMNS,
        also: &ALSO,
        needed: 2,
        waiting: "cleanup-waiting.csv",
        journal: "cleanup-added.csv",
        loss: "what people want to keep would be asked again",
    };

    fn read(line: u32, cells: &[String]) -> Result<Keep, Problem> {
        let id = &cells[0];
        let Some(contact) = contact_number(id) else {
            let message = format!(
                "\u{201c}{id}\u{201d} is no contact id; the line is not followed. Copy the id from column contact_id of \
                 contacts.csv, c and 12 letters or digits"
            );
            return Err(Problem::new(line, "no-contact-id", message).in_column(COLUMNS[0]));
        };
        let Some(kept) = keeps(&cells[1]) else {
            let message = format!(
                "\u{201c}{}\u{201d} is no decision; the line is not followed. Write keep, or open to be asked again; \
                 categories stand in tiers.csv",
                cells[1]
            );
            return Err(Problem::new(line, "no-decision", message).in_column(COLUMNS[1]));
        };
        let [on, by, note, name] = [2, 3, 4, 5].map(|column| cells[column].clone());
        Ok(Keep { contact, kept, on, by, note, name })
    }

    fn cells(&self) -> Vec<String> {
        let id = contact_id(self.contact);
        vec![
            id,
            self.word().to_owned(),
            self.on.clone(),
            self.by.clone(),
            self.note.clone(),
            self.name.clone(),
        ]
    }

    fn subject(&self) -> (u64, u64) {
        (self.contact, self.contact)
    }

    fn word(&self) -> &'static str {
        if self.kept { KEEP[0] } else { OPEN[0] }
    }
}

/// All that was said, in the order in which it was.
pub type Keeps = ledger::Ledger<Keep>;

impl Keeps {
    /// The contacts of today that are not asked about: the newest word on each keeps it, and is not older than a
    /// year. A day that cannot be read, or that lies after `today`, is that of the newest line above it, else
    /// `today`. What was said of a number that was merged bears on the contact it became.
    pub fn in_force(&self, survivors: &Survivors<'_>, today: NaiveDate) -> BTreeSet<u64> {
        let mut newest: Option<NaiveDate> = None;
        let mut latest: BTreeMap<u64, (NaiveDate, bool)> = BTreeMap::new();
        for keep in &self.answers {
            let day = day_of(&keep.on).filter(|day| *day <= today);
            newest = newest.max(day);
            let day = day.or(newest).unwrap_or(today);
            let Some(contact) = survivors.of(keep.contact) else { continue };
            let slot = latest.entry(contact).or_insert((day, keep.kept));
            if day >= slot.0 {
                *slot = (day, keep.kept);
            }
        }
        let holds =
            |day: NaiveDate| day.checked_add_months(Months::new(MONTHS)).is_none_or(|end| end > today);
        latest
            .into_iter()
            .filter(|(_, (day, kept))| *kept && holds(*day))
            .map(|(contact, _)| contact)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::memory::Redirect;

    fn keeps_of(lines: &[(u64, bool, &str)]) -> Keeps {
        let home = tempfile::tempdir().unwrap();
        let mut keeps = Keeps::load(&home.path().join("cleanup.csv"), home.path()).unwrap();
        for (contact, kept, on) in lines {
            let empty = String::new;
            keeps.push(Keep {
                contact: *contact,
                kept: *kept,
                on: (*on).to_owned(),
                by: empty(),
                note: empty(),
                name: empty(),
            });
        }
        keeps
    }

    #[test]
    fn who_is_kept_is_not_asked_for_a_year() {
        let today: NaiveDate = "2026-06-30".parse().unwrap();
        let alive = [1, 2, 3, 4, 5, 6, 7];
        let merged = Redirect { retired: 9, into: 6, generation: 2, day: 20_000, decided: false };
        let survivors = Survivors::new(&[merged], &alive);
        let keeps = keeps_of(&[
            (1, true, "2025-07-01"),
            (2, true, "2025-06-30"),
            (3, true, "2026-05-01"),
            (3, false, "2026-05-01"),
            (4, false, "2026-05-01"),
            (4, true, "02.05.2026"),
            (5, true, "irgendwann"),
            (9, true, "2026-06-01"),
            (7, true, "2099-01-01"),
            (8, true, "2026-06-01"),
        ]);
        let asked_not: Vec<u64> = keeps.in_force(&survivors, today).into_iter().collect();
        assert_eq!(asked_not, [1, 4, 5, 6, 7]);
    }

    #[test]
    fn words_are_understood_in_both_languages() {
        for (text, kept) in [
            ("Behalten", Some(true)),
            (" keep. ", Some(true)),
            ("offen", Some(false)),
            ("D", None),
            ("", None),
        ] {
            assert_eq!(keeps(text), kept, "{text}");
        }
    }
}
