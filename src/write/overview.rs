//! The front sheet: what the workbook says in figures, from how much, and what the words mean.

use chrono::NaiveDate;

use crate::table::{Data, Language, Table, Value, Words, words};

/// What the front sheet tells beside the team's rows of the network size report.
#[derive(Debug, Clone, Copy)]
pub struct Overview<'a> {
    /// Name of the team.
    pub team: &'a str,
    /// The day for which the reports are made.
    pub as_of: NaiveDate,
    /// The first and the last day of the race.
    pub race: (NaiveDate, NaiveDate),
    /// Names of the members.
    pub members: &'a [String],
    /// Rows of the contacts table.
    pub contacts: u64,
    /// Where the rows come from: the name of a reader or mapping, its files, its rows.
    pub sources: &'a [(String, u64, u64)],
    /// The report `network_size`.
    pub network_size: &'a Table,
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Figure {
    /// Nothing to show.
    None,
    /// Words that say why there is none.
    Unknown(&'static str),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(f64),
    /// A share between 0 and 1.
    Share(f64),
}

/// One line of the front sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// Heading of a part: the headers of the columns in use.
    Heading([&'static str; 4]),
    /// What it is, how much, known for how many, what it means.
    Figures(String, Figure, Figure, String),
    /// A sentence.
    Note(&'static str),
    /// Room between parts.
    Blank,
}

/// Figures that are told of the team, in their order.
const TOLD: [&str; 12] = [
    "union",
    "holdings",
    "redundancy",
    "mean_owners",
    "rows",
    "class_ratio",
    "unclassified_share",
    "never_touched",
    "burst_share",
    "team_members",
    "role_addresses",
    "lost_people",
];

/// What a reader must know to read the figures rightly.
const NOTES: [Words; 5] = [
    words(
        "Empty means not known, never zero. \"Known for\" says for how much of the network the figure could be told.",
        "Leer heißt nicht bekannt, nie null. „Bekannt bei“ sagt, für welchen Teil des Netzwerks die Zahl etwas sagt.",
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
    words(
        "Categories order work; they are no judgement of people as such.",
        "Kategorien ordnen die Arbeit; sie sind keine Bewertung der Menschen an sich.",
    ),
];

/// The title above everything.
pub(super) fn title(team: &str, language: Language) -> String {
    if team.is_empty() {
        return words("Network of the team", "Netzwerk des Teams").in_language(language).to_owned();
    }
    format!("{} {}", words("Network of", "Netzwerk von").in_language(language), team)
}

impl Overview<'_> {
    /// All lines under the title.
    pub(super) fn lines(&self, language: Language) -> Vec<Line> {
        let say = |english, german| words(english, german).in_language(language);
        let mut lines = vec![Line::Heading([
            say("Figure", "Kennzahl"),
            say("Value", "Wert"),
            say("Known for", "Bekannt bei"),
            say("What it means", "Bedeutung"),
        ])];
        let mut figure = |title: &str, figure: Figure, about: &str| {
            lines.push(Line::Figures(title.to_owned(), figure, Figure::None, about.to_owned()));
        };
        figure(say("As of", "Stand"), Figure::Day(self.as_of), "");
        let until = format!("{} {}", say("until", "bis"), self.race.1.format(say("%Y-%m-%d", "%d.%m.%Y")));
        figure(say("Race from", "Rennen ab"), Figure::Day(self.race.0), &until);
        figure(
            say("Members", "Mitglieder"),
            Figure::Number(self.members.len() as f64),
            &self.members.join(", "),
        );
        figure(
            say("Contacts", "Kontakte"),
            Figure::Number(self.contacts as f64),
            say(
                "rows of the sheet Contacts: everybody the exports name",
                "Zeilen des Blatts Kontakte: alle, die die Exporte nennen",
            ),
        );
        for measure in TOLD {
            lines.extend(self.measure(measure, language));
        }
        lines.push(Line::Blank);
        lines.push(Line::Heading([
            say("Source", "Quelle"),
            say("Rows", "Zeilen"),
            say("Files", "Dateien"),
            "",
        ]));
        for (name, files, rows) in self.sources {
            let (rows, files) = (Figure::Number(*rows as f64), Figure::Number(*files as f64));
            lines.push(Line::Figures(name.clone(), rows, files, String::new()));
        }
        lines.push(Line::Blank);
        lines.push(Line::Heading([say("How to read this", "Lesehilfe"), "", "", ""]));
        lines.extend(NOTES.map(|note| Line::Note(note.in_language(language))));
        lines
    }

    /// The team's row of a measure over all channels.
    fn measure(&self, measure: &str, language: Language) -> Option<Line> {
        let table = self.network_size;
        let text = |column: &str, row: usize| match &table.column(column)?.data {
            Data::Text(texts) => Some(texts.get(row)),
            _ => None,
        };
        let number = |column: &str, row: usize| match &table.column(column)?.data {
            Data::Float(values) | Data::Share(values) => values.get(row).copied().flatten(),
            _ => None,
        };
        let wanted = [("member", "team"), ("channel", "all"), ("measure", measure)];
        let row = (0..table.len())
            .find(|&row| wanted.iter().all(|&(column, value)| text(column, row) == Some(value)))?;
        let named: &Value = table.column("measure")?.value(measure)?;
        let value = match number("value", row) {
            None => Figure::Unknown(words("not known", "nicht bekannt").in_language(language)),
            Some(value) if named.share => Figure::Share(value),
            Some(value) => Figure::Number(value),
        };
        let coverage = number("coverage", row).map_or(Figure::None, Figure::Share);
        let (title, about) = (named.title.in_language(language), named.about.in_language(language));
        Some(Line::Figures(title.to_owned(), value, coverage, about.to_owned()))
    }
}
