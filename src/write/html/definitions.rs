//! What the words of the page mean, and what may be done with it.

use maud::html;

use super::{Page, Section};
use crate::table::{Table, Words, words};

/// What whoever shows the page must know.
pub(super) const ETHICS: Words = words(
    "This page is for the team itself. Comparing the performance of employees usually needs the consent of the works council (in Germany BetrVG § 87(1) no. 6). Categories are no judgement of people as such.",
    "Diese Seite ist für das Team selbst. Leistungsvergleiche von Beschäftigten sind in der Regel mitbestimmungspflichtig (Betriebsrat, § 87 Abs. 1 Nr. 6 BetrVG). Kategorien sind keine Bewertung der Menschen an sich.",
);

/// What a reader must know to read the figures rightly.
const NOTES: [Words; 4] = [
    words(
        "A dash means not known, never zero. \"Known for\" says for how much of the network a figure could be told.",
        "Ein Strich heißt nicht bekannt, nie null. „Bekannt bei“ sagt, für welchen Teil des Netzwerks die Zahl etwas sagt.",
    ),
    words(
        "Members of the team and shared addresses such as info@ count in no network.",
        "Mitglieder des Teams und Sammeladressen wie info@ zählen in keinem Netzwerk.",
    ),
    words(
        "New people are dated by the date in the export (connected) where there is one, else by the first export that shows them (first_seen); what a first export shows without a date is stock, not growth.",
        "Neue zählen am Datum im Export (connected), sonst am Tag des ersten Exports mit ihnen (first_seen); was ein erster Export ohne Datum zeigt, ist Bestand, kein Wachstum.",
    ),
    words(
        "Losses show only between two complete exports of the same kind. People connected and removed before the first export are not known.",
        "Verluste zeigen sich nur zwischen zwei vollständigen Exporten derselben Art. Wer vor dem ersten Export verbunden und wieder entfernt wurde, ist nicht bekannt.",
    ),
];

/// Where the words are explained for those who hold the page on paper, which leaves them out.
const PRINTED: Words = words(
    "Every word of the tables is explained in report.xlsx, sheet Definitions.",
    "Jedes Wort der Tabellen erklärt report.xlsx, Blatt Definitionen.",
);

/// The section at the end.
pub(super) fn section(page: &Page<'_>) -> Section {
    let tables = || page.tables.iter().filter(|table| !table.is_empty());
    let body = html! {
        @for note in NOTES { p { (page.say(note)) } }
        p .onpaper { (page.say(PRINTED)) }
        @for table in tables() {
            @let terms = terms(page, table);
            @if !terms.is_empty() {
                details {
                    summary { (page.say(table.title)) }
                    dl { @for (term, meaning) in &terms { dt { (term) } dd { (meaning) } } }
                }
            }
        }
    };
    Section { id: "definitions", title: words("What the words mean", "Was die Wörter bedeuten"), body }
}

/// Columns and measures of a table that are explained.
fn terms(page: &Page<'_>, table: &Table) -> Vec<(String, String)> {
    let mut terms = Vec::new();
    for column in &table.columns {
        let about = page.say(words(column.about, column.about_german));
        if !about.is_empty() && column.name != "as_of" {
            terms.push((page.say(column.title).to_owned(), about.to_owned()));
        }
        if column.values.len() <= 40 {
            for value in column.values {
                let about = page.say(value.about);
                if !about.is_empty() {
                    terms.push((page.say(value.title).to_owned(), about.to_owned()));
                }
            }
        }
    }
    terms
}
