//! The tables of identity: what changed since the last generation, and which ids were retired.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::dataset::{date, int, text};
use crate::table::{Column, Data, Table, Value, value, words};

/// What can happen to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Change {
    /// No earlier run knew it.
    New,
    /// It was gone in the last generation and is here again.
    Back,
    /// None of its rows lies in the inbox any more.
    Gone,
    /// Another contact turned out to be the same person.
    Merged,
    /// It was a part of another contact.
    Split,
    /// Rows of another contact, which goes on without them, are its own now.
    Moved,
    /// It has another employer.
    NewEmployer,
    /// It has another job title.
    NewPosition,
    /// Its category is better than before, or its first one.
    TierUp,
    /// Its category is lower than before, or gone.
    TierDown,
    /// It was of category D for so long that it left the contacts.
    Archived,
}

impl Change {
    /// Every change, in the order of its number.
    pub const ALL: [Change; 11] = [
        Change::New,
        Change::Back,
        Change::Gone,
        Change::Merged,
        Change::Split,
        Change::Moved,
        Change::NewEmployer,
        Change::NewPosition,
        Change::TierUp,
        Change::TierDown,
        Change::Archived,
    ];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        CHANGES[self as usize].name
    }
}

/// Kinds of changes, in the order of [`Change`].
static CHANGES: [Value; 11] = [
    value("new", "new", "neu").about("no earlier run knew it", "kein früherer Lauf kannte ihn"),
    value("back", "back again", "wieder da").about(
        "it was gone in the last generation and is here again",
        "war in der letzten Generation nicht da und ist wieder da",
    ),
    value("gone", "gone", "nicht mehr da").about(
        "none of its rows lies in the inbox any more; its id is kept for it",
        "keine seiner Zeilen liegt mehr im Eingang; die Id bleibt ihm vorbehalten",
    ),
    value("merged", "merged", "zusammengeführt").about(
        "the contact of the old id turned out to be the same person and is part of this one",
        "der Kontakt der alten Id ist dieselbe Person und nun Teil dieses Kontakts",
    ),
    value("split", "split", "getrennt").about(
        "it was part of the contact of the old id and is one of its own now",
        "war Teil des Kontakts der alten Id und ist nun ein eigener",
    ),
    value("moved", "rows moved", "Zeilen verschoben").about(
        "rows of the contact of the old id, which goes on without them, belong to this one now",
        "Zeilen des Kontakts der alten Id, der ohne sie weiterbesteht, gehören nun zu diesem",
    ),
    value("new_employer", "new employer", "neuer Arbeitgeber"),
    value("new_position", "new position", "neue Position"),
    value("tier_up", "category up", "Kategorie höher")
        .about("its category is better than before, or its first one", "höher als zuvor, oder die erste"),
    value("tier_down", "category down", "Kategorie niedriger")
        .about("its category is lower than before, or gone", "niedriger als zuvor, oder entfallen"),
    value("archived", "archived", "archiviert").about(
        "it was of category D for so long that it stands in archived now, not in contacts",
        "war so lange Kategorie D, dass er nun in archived steht, nicht in contacts",
    ),
];

/// What brought a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Cause {
    /// A file that came, went or was exported again.
    File,
    /// What the records say: they match now, or no longer.
    Records,
    /// A person's answer.
    Decision,
    /// The goals, rules or weights of the pipeline file, or the wish list.
    Goals,
}

impl Cause {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        CAUSES[self as usize].name
    }
}

/// What brings changes, in the order of [`Cause`].
static CAUSES: [Value; 4] = [
    value("file", "a file", "eine Datei")
        .about("a file came, went or was exported again", "eine Datei kam, ging oder wurde neu exportiert"),
    value("records", "the records", "die Einträge")
        .about("what the records say of who is who", "was die Einträge darüber sagen, wer wer ist"),
    value("decision", "a decision", "eine Entscheidung")
        .about("a person's answer", "die Antwort eines Menschen"),
    value("goals", "the goals", "die Ziele").about(
        "the goals, rules or weights of the pipeline file, or the wish list",
        "die Ziele, Regeln oder Gewichte der Pipeline-Datei oder die Wunschliste",
    ),
];

/// Whether the contact or the goals changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Basis {
    /// The contact changed.
    #[default]
    Contact,
    /// The goals, rules or weights changed.
    Goals,
    /// Both changed.
    Both,
}

/// What may have changed, in the order of [`Basis`].
static BASES: [Value; 3] = [
    value("contact", "the contact", "der Kontakt")
        .about("the contact changed", "der Kontakt hat sich geändert"),
    value("goals", "the goals", "die Ziele").about(
        "the contact is as it was, but the goals of the team changed",
        "der Kontakt ist, wie er war, aber die Ziele des Teams haben sich geändert",
    ),
    value("both", "both", "beide").about(
        "the contact changed, and so did the goals of the team",
        "der Kontakt hat sich geändert und die Ziele des Teams auch",
    ),
];

/// One change of one contact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeRow {
    /// Id of the contact.
    pub contact_id: String,
    /// What happened.
    pub change: Change,
    /// The column of contacts that changed; empty for the contact as a whole.
    pub field: &'static str,
    /// What stood there before.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// Name of the contact, of one that is gone the last one.
    pub name: String,
    /// The day of the run.
    pub on: NaiveDate,
    /// What brought it.
    pub cause: Cause,
    /// The file that brought it, or in which a contact that is gone was seen last.
    pub file: String,
    /// 1-based line in that file; 0 where no line says it.
    pub line: u32,
    /// Why rows belong together, or why this category, in words.
    pub reason: Cow<'static, str>,
    /// Whether the contact or the goals changed.
    pub basis: Basis,
}

/// The table `changes`: one row a change since the last generation.
pub fn changes(rows: &[ChangeRow]) -> Table {
    let of = || rows.iter();
    let line = |row: &ChangeRow| (row.line > 0).then_some(i64::from(row.line));
    Table {
        name: "changes",
        title: words("Changes", "Änderungen"),
        about: "one change of one contact since the last generation; empty in the first",
        key: &[],
        columns: vec![
            date("on", words("On", "Am"), "day of the run that found it", of().map(|row| Some(row.on))),
            text(
                "contact_id",
                words("Id", "Id"),
                "id of the contact; of one that is gone the id it had",
                of().map(|row| row.contact_id.as_str()),
            ),
            text(
                "name",
                words("Name", "Name"),
                "name of the contact; of one that is gone the last one",
                of().map(|row| row.name.as_str()),
            ),
            text("change", words("Change", "Änderung"), "what happened", of().map(|row| row.change.name()))
                .of(&CHANGES),
            text(
                "field",
                words("Field", "Feld"),
                "column of contacts that changed; empty for the contact as a whole",
                of().map(|row| row.field),
            ),
            text(
                "old",
                words("Before", "Vorher"),
                "what stood there before",
                of().map(|row| row.old.as_str()),
            ),
            text("new", words("Now", "Jetzt"), "what stands there now", of().map(|row| row.new.as_str())),
            text("cause", words("Cause", "Ursache"), "what brought it", of().map(|row| row.cause.name()))
                .of(&CAUSES),
            text(
                "file",
                words("File", "Datei"),
                "file that brought it; of a contact that is gone the file it was seen in last",
                of().map(|row| row.file.as_str()),
            ),
            Column::new(
                "line",
                words("Line", "Zeile"),
                "1-based line in that file; empty where no line says it",
                Data::Int(of().map(line).collect()),
            ),
            text(
                "reason",
                words("Because", "Weil"),
                "why rows belong together, or why this category",
                of().map(|row| &*row.reason),
            ),
            text(
                "basis",
                words("What changed", "Was sich änderte"),
                "whether the contact or the goals changed",
                of().map(|row| BASES[row.basis as usize].name),
            )
            .of(&BASES),
        ],
    }
}

/// An id that is no contact any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RedirectRow {
    /// The retired id.
    pub retired: String,
    /// Id of the contact it is part of now.
    pub survivor: String,
    /// Number of the generation since which it is.
    pub since: u32,
    /// The day of that run.
    pub on: NaiveDate,
    /// What brought it.
    pub cause: Cause,
}

/// The table `redirects`: one row a retired id, for ever.
pub fn redirects(rows: &[RedirectRow]) -> Table {
    let of = || rows.iter();
    Table {
        name: "redirects",
        title: words("Redirects", "Weiterleitungen"),
        about: "one retired contact id and the contact that it is part of now, whenever it was retired",
        key: &["retired"],
        columns: vec![
            text(
                "retired",
                words("Retired id", "Alte Id"),
                "id that is no contact any more",
                of().map(|row| row.retired.as_str()),
            ),
            text(
                "survivor",
                words("Id", "Id"),
                "id of the contact that it is part of now",
                of().map(|row| row.survivor.as_str()),
            ),
            int(
                "generation",
                words("Since generation", "Seit Generation"),
                "number of the generation that retired it",
                of().map(|row| i64::from(row.since)),
            ),
            date("on", words("On", "Am"), "day of that run", of().map(|row| Some(row.on))),
            text("cause", words("Cause", "Ursache"), "what brought it", of().map(|row| row.cause.name()))
                .of(&CAUSES),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_the_contract() {
        let header =
            |table: &Table| table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        assert_eq!(
            header(&changes(&[])),
            "on, contact_id, name, change, field, old, new, cause, file, line, reason, basis"
        );
        assert_eq!(header(&redirects(&[])), "retired, survivor, generation, on, cause");
    }

    #[test]
    fn names_of_changes_are_their_own() {
        let names: std::collections::BTreeSet<&str> =
            Change::ALL.iter().map(|change| change.name()).collect();
        assert_eq!(names.len(), Change::ALL.len());
        assert_eq!(Change::NewPosition.name(), "new_position");
        assert_eq!(Cause::Decision.name(), "decision");
    }
}
