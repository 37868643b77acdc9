//! Which sheets the workbook has and in which order: the reports as readers look for them.

use std::borrow::Cow;

use super::wide;
use crate::table::{Language, Table, Words, words};
use crate::write::look::{TEAM_ONLY, text};

/// A table as a sheet shows it.
pub(super) struct Shown<'a> {
    /// What it shows, by which its charts are found.
    pub(super) key: &'static str,
    /// Name of the sheet.
    pub(super) title: Words,
    pub(super) table: Cow<'a, Table>,
    /// Headers that are no fixed words, by their column: ids of members.
    pub(super) headings: Vec<(usize, String)>,
    /// The name of the table among the reports whose file has all rows.
    pub(super) file: &'static str,
}

impl<'a> Shown<'a> {
    /// A table as it is.
    pub(super) fn plain(table: &'a Table) -> Shown<'a> {
        Shown {
            key: table.name,
            title: table.title,
            table: Cow::Borrowed(table),
            headings: Vec::new(),
            file: table.name,
        }
    }

    /// A table made for the sheet from the report `file`.
    pub(super) fn wide(table: Table, headings: Vec<(usize, String)>, file: &'static str) -> Shown<'static> {
        Shown { key: "", title: table.title, table: Cow::Owned(table), headings, file }
    }

    fn called(self, title: Words) -> Shown<'a> {
        Shown { title, ..self }
    }

    /// The header of a column.
    pub(super) fn heading(&self, column: usize, language: Language) -> &str {
        let own = self.headings.iter().find(|(place, _)| *place == column);
        own.map_or_else(|| self.table.columns[column].title.in_language(language), |(_, text)| text)
    }
}

/// The reports in the order in which readers look for them; the others follow as they come.
const ORDER: [&str; 10] = [
    "race",
    "growth",
    "overlap",
    "exclusive",
    "loss",
    "concentration",
    "diversity",
    "tiers",
    "targets",
    "cleanup",
];

/// The sheets of reports in their order. One member alone has no sheets of a team.
pub(super) fn arrange<'a>(tables: &[&'a Table], alone: bool, language: Language) -> Vec<Shown<'a>> {
    let tables: Vec<&'a Table> =
        tables.iter().filter(|table| !(alone && TEAM_ONLY.contains(&table.name))).copied().collect();
    let find = |name: &str| tables.iter().find(|table| table.name == name).copied();
    let mut sheets: Vec<Shown<'a>> = Vec::new();
    for name in ORDER {
        sheets.extend(leading(name, &find, language));
    }
    sheets.extend(find("introductions").map(Shown::plain));
    sheets.extend(second(&find));
    let rest = tables.iter().filter(|table| !ORDER.contains(&table.name) && table.name != "introductions");
    sheets.extend(rest.map(|table| generic(table, language)));
    sheets
}

/// The sheet that leads to a subject.
fn leading<'a>(
    name: &str,
    find: &dyn Fn(&str) -> Option<&'a Table>,
    language: Language,
) -> Option<Shown<'a>> {
    let size = find("network_size");
    if name == "exclusive" {
        let overlap = find("overlap")?;
        return Some(wide::exclusive(overlap, size, find("loss"), words("Exclusive", "Exklusiv")));
    }
    let table = find(name)?;
    Some(match name {
        "growth" => wide::weeks(table, "adds", table.title).unwrap_or_else(|| Shown::plain(table)),
        "overlap" => {
            let title = words("Overlap", "Überlappung");
            wide::matrix(table, size, title).unwrap_or_else(|| Shown::plain(table).called(title))
        }
        "loss" => wide::loss(table, words("Loss", "Verlust")),
        "concentration" => wide::concentration(table, words("Concentration", "Konzentration")),
        "tiers" => wide::tiers(table, table.title),
        _ => generic(table, language),
    })
}

/// What belongs to the leading sheets and says more.
fn second<'a>(find: &dyn Fn(&str) -> Option<&'a Table>) -> Vec<Shown<'a>> {
    let mut sheets = Vec::new();
    if let Some(growth) = find("growth") {
        sheets.extend(wide::weeks(growth, "stock", words("Stock by week", "Bestand je Woche")));
    }
    if let Some(overlap) = find("overlap") {
        let of_sets = |row: usize| {
            let measure = text(overlap, "measure", row);
            measure == "super_connectors" || measure.starts_with("depth_") || measure.starts_with("distinct")
        };
        let title = words("Known together", "Gemeinsam bekannt");
        sheets.push(Shown {
            key: "sets",
            ..Shown::wide(Table { title, ..overlap.only(of_sets) }, Vec::new(), "overlap")
        });
    }
    if let Some(overlap) = find("overlap") {
        let of_companies = |row: usize| text(overlap, "measure", row).starts_with("company_");
        let title = words("Companies of both", "Gemeinsame Unternehmen");
        sheets.push(Shown {
            key: "companies",
            ..Shown::wide(Table { title, ..overlap.only(of_companies) }, Vec::new(), "overlap")
        });
    }
    if let Some(loss) = find("loss") {
        let several = |row: usize| wide::is_of_several(text(loss, "measure", row));
        let title = words("If several leave", "Wenn mehrere gehen");
        sheets.push(Shown {
            key: "several",
            ..Shown::wide(Table { title, ..loss.only(several) }, Vec::new(), "loss")
        });
    }
    if let Some(concentration) = find("concentration") {
        sheets.push(wide::lorenz(concentration, words("Lorenz curve", "Lorenzkurve")));
    }
    sheets
}

/// A table with one column for each measure where it is long, else as it is.
fn generic(table: &Table, language: Language) -> Shown<'_> {
    let Some(keys) = wide::keys(table) else { return Shown::plain(table) };
    let wide::Wide { table: wide, headings } = wide::pivot(table, &keys, |_| true);
    let wide = if table.name == "time_needed" { wide::totals_first(&wide) } else { wide };
    let headings = headings
        .into_iter()
        .map(|(place, words, number)| (place, format!("{} {number}", words.in_language(language))));
    Shown { key: table.name, ..Shown::wide(wide, headings.collect(), table.name) }
}

/// Why a sheet has no rows.
pub(super) fn why_empty(name: &str) -> Words {
    match name {
        "cards" => words(
            "Nothing to show: nobody is of category A, B or C.",
            "Nichts zu zeigen: Niemand hat Kategorie A, B oder C.",
        ),
        "cleanup" => words(
            "Nothing to show: there is nobody to clean up.",
            "Nichts zu zeigen: Es gibt nichts aufzuräumen.",
        ),
        "due" => words(
            "Nothing to show: in the next days nothing is due.",
            "Nichts zu zeigen: In den nächsten Tagen ist nichts fällig.",
        ),
        "groups" => words(
            "Nothing to show: no group or tag of the exports has three people or more.",
            "Nichts zu zeigen: Keine Gruppe und kein Schlagwort der Exporte hat drei Menschen oder mehr.",
        ),
        "handover" => words(
            "Nothing to show: nobody of category A or B is known to one member alone.",
            "Nichts zu zeigen: Niemand von Kategorie A oder B ist nur einem Mitglied bekannt.",
        ),
        "introductions" => words(
            "Nothing to show: this week there is nobody to introduce.",
            "Nichts zu zeigen: Diese Woche gibt es niemanden vorzustellen.",
        ),
        "leader_profile" => words(
            "Nothing to show: nobody added anybody in the race.",
            "Nichts zu zeigen: Niemand hat im Rennen jemanden hinzugefügt.",
        ),
        "lunch" => words(
            "Nothing to show: no city is known to have three people worth meeting.",
            "Nichts zu zeigen: Von keinem Ort sind drei Menschen bekannt, bei denen sich ein Treffen lohnt.",
        ),
        "mentors" => words(
            "Nothing to show: no member's share is clearly above that of another.",
            "Nichts zu zeigen: Kein Anteil eines Mitglieds liegt deutlich über dem eines anderen.",
        ),
        "reactivate" => words(
            "Nothing to show: nobody has waited too long, or no meetings and messages are known.",
            "Nichts zu zeigen: Niemand wartet zu lange, oder es sind keine Treffen und Nachrichten bekannt.",
        ),
        "targets" => words(
            "Nothing to show: neither goals nor a wish list say whom you want to know.",
            "Nichts zu zeigen: Weder Ziele noch eine Wunschliste sagen, wen Sie kennen wollen.",
        ),
        _ => words("Nothing to show.", "Nichts zu zeigen."),
    }
}
