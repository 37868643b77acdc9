//! The sheet that says how to read the others: day, sources, what is known, words, and what is where.

use chrono::NaiveDate;

use crate::table::{Data, Language, Words, words};
use crate::write::cell::Figure;
use crate::write::look::{number_in, text};
use crate::write::overview::{Overview, title};

/// Name of the sheet.
pub(super) const TITLE: Words = words("Read me", "Lesen");

/// The headers of the sheet.
pub(super) const HEADERS: [Words; 4] =
    [words("Part", "Teil"), words("What", "Was"), words("Value", "Angabe"), words("Note", "Hinweis")];

/// One line: part, what it is, how much, and a note.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) part: &'static str,
    pub(super) what: String,
    pub(super) value: Figure,
    pub(super) note: String,
}

const AS_OF: Words = words("As of", "Stand");
const SOURCES: Words = words("Sources", "Quellen");
const KNOWN: Words = words("What is known", "Datenlage");
const MEMBERS: Words = words("Members", "Mitglieder");
const WORDS: Words = words("Words", "Begriffe");
const READING: Words = words("How to read", "Lesehilfe");
/// The part that names the sheets.
pub(super) const SHEETS: Words = words("Sheets", "Blätter");

/// The words that matter most, with their meaning.
const MEANINGS: [(Words, Words); 7] = [
    (
        words("Reach", "Reichweite"),
        words(
            "different people the team knows now; whom several know counts once",
            "verschiedene Menschen, die das Team jetzt kennt; wen mehrere kennen, zählt einmal",
        ),
    ),
    (
        words("Network size", "Netzwerkgröße"),
        words("people one member knows now", "Menschen, die ein Mitglied jetzt kennt"),
    ),
    (
        words("Exclusive", "Exklusiv"),
        words(
            "people no other member knows: lost if the member leaves",
            "Menschen, die sonst kein Mitglied kennt: verloren, wenn das Mitglied geht",
        ),
    ),
    (
        words("Category", "Kategorie"),
        words(
            "A matters most, B is worth regular care, C: keep in touch, D: let go; unicorn is A, flamingo B or C",
            "A ist am wichtigsten, B regelmäßig pflegen, C in Verbindung bleiben, D loslassen; Einhorn ist A, Flamingo B oder C",
        ),
    ),
    (
        words("Penguin", "Pinguin"),
        words(
            "not sorted yet, which is not the lowest category",
            "noch nicht zugeordnet, das ist nicht die niedrigste Kategorie",
        ),
    ),
    (
        words("Tie strength", "Beziehungsstärke"),
        words(
            "from meetings, calls and messages; without any of these it is unknown, which is not weak. Trust is not measured",
            "aus Treffen, Anrufen und Nachrichten; ohne diese ist sie unbekannt, das heißt nicht locker. Vertrauen wird nicht gemessen",
        ),
    ),
    (
        words("Known for", "Bekannt bei"),
        words(
            "for how much of the network a figure could be told",
            "für welchen Teil des Netzwerks die Zahl etwas sagt",
        ),
    ),
];

/// What a reader must know to read the figures rightly; the last one of them is a promise.
const NOTES: [(Words, Words); 5] = [
    (words("Empty cells", "Leere Zellen"), words("not known, never zero", "nicht bekannt, nie null")),
    (
        words("Who does not count", "Wer nicht zählt"),
        words(
            "Members of the team and shared addresses such as info@ count in no network.",
            "Mitglieder des Teams und Sammeladressen wie info@ zählen in keinem Netzwerk.",
        ),
    ),
    (
        words("New people", "Neue"),
        words(
            "are dated by the date in the export (connected) where there is one, else by the first export that shows them (first_seen); what a first export shows without a date is stock, not growth.",
            "zählen am Datum im Export (connected), sonst am Tag des ersten Exports mit ihnen (first_seen); was ein erster Export ohne Datum zeigt, ist Bestand, kein Wachstum.",
        ),
    ),
    (
        words("Losses", "Abgänge"),
        words(
            "show only between two complete exports of the same kind. People connected and removed before the first export are not known.",
            "zeigen sich nur zwischen zwei vollständigen Exporten derselben Art. Wer vor dem ersten Export verbunden und wieder entfernt wurde, ist nicht bekannt.",
        ),
    ),
    (
        words("Ethics", "Ethik"),
        words(
            "Categories order work; they are no judgement of people as such. Nobody is sorted by score alone for good: what a person says counts more.",
            "Kategorien ordnen die Arbeit; sie sind keine Bewertung der Menschen an sich. Niemand wird nur nach Punkten für immer zugeordnet: Was ein Mensch sagt, zählt mehr.",
        ),
    ),
];

/// All lines but those on the sheets.
pub(super) fn lines(overview: &Overview<'_>, language: Language) -> Vec<Line> {
    let say = |words: Words| words.in_language(language);
    let mut lines = Vec::new();
    let mut line = |part: Words, what: &str, value: Figure, note: &str| {
        lines.push(Line { part: say(part), what: what.to_owned(), value, note: note.to_owned() });
    };
    let until = |day: NaiveDate| {
        let day = day.format(say(words("%Y-%m-%d", "%d.%m.%Y")));
        format!("{} {day}", say(words("until", "bis")))
    };
    line(AS_OF, say(AS_OF), Figure::Day(overview.as_of), &title(overview.team, language));
    if let Some(before) = overview.before {
        let note = words(
            "day of the generation that the overview compares with",
            "Tag der Generation, mit der der Überblick vergleicht",
        );
        line(AS_OF, say(words("Compared with", "Verglichen mit")), Figure::Day(before.as_of), say(note));
    }
    line(AS_OF, say(words("Race from", "Rennen ab")), Figure::Day(overview.race.0), &until(overview.race.1));
    let contacts = words(
        "rows of the sheet Contacts: everybody the exports name",
        "Zeilen des Blatts Kontakte: alle, die die Exporte nennen",
    );
    line(AS_OF, say(words("Contacts", "Kontakte")), Figure::Number(overview.contacts as f64), say(contacts));
    for (id, name) in overview.members {
        line(MEMBERS, id, Figure::None, name);
    }
    for (name, files, rows) in overview.sources {
        let note = match (language, files) {
            (Language::English, 1) => "rows of 1 file".to_owned(),
            (Language::English, files) => format!("rows of {files} files"),
            (Language::German, 1) => "Zeilen aus 1 Datei".to_owned(),
            (Language::German, files) => format!("Zeilen aus {files} Dateien"),
        };
        line(SOURCES, name, Figure::Number(*rows as f64), &note);
    }
    for (what, share, about) in known(overview, language) {
        line(KNOWN, what, Figure::Share(share), about);
    }
    for (what, meaning) in MEANINGS {
        line(WORDS, say(what), Figure::None, say(meaning));
    }
    for (what, meaning) in NOTES {
        line(READING, say(what), Figure::None, say(meaning));
    }
    lines
}

/// For how many of all people which fields are known.
fn known(overview: &Overview<'_>, language: Language) -> Vec<(&'static str, f64, &'static str)> {
    let Some(quality) = overview.reports.iter().find(|table| table.name == "data_quality") else {
        return Vec::new();
    };
    let is_all = |row: &usize| text(quality, "channel", *row) == "all";
    let team = (0..quality.len()).find(|row| is_all(row) && text(quality, "member", *row) == "team");
    let Some(row) = team.or_else(|| (0..quality.len()).find(is_all)) else { return Vec::new() };
    let shares = quality.columns.iter().filter(|column| matches!(column.data, Data::Share(_)));
    let told = shares.filter_map(|column| {
        let about = words(column.about, column.about_german).in_language(language);
        Some((column.title.in_language(language), number_in(column, row)?, about))
    });
    told.collect()
}
