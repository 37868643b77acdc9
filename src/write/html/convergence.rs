//! Whether the gap between the members closes week by week.

use maud::html;

use super::figure::Figure;
use super::lines::{Line, lines};
use super::{Page, Section, look, rows};
use crate::table::{Data, Language, Table, words};

/// Whether the gap became smaller up to the last week for which that can be told.
pub(super) fn closes(table: &Table) -> Option<bool> {
    let gap = (0..table.len()).rev().map(|row| look::text(table, "gap", row)).find(|gap| !gap.is_empty());
    gap.map(|gap| gap == "closing")
}

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let table = page.table("convergence")?;
    let whole = |row: &usize| match table.column("partial").map(|column| &column.data) {
        Some(Data::Bool(values)) => values.get(*row).copied().flatten() != Some(true),
        _ => true,
    };
    let weeks: Vec<usize> = (0..table.len())
        .filter(whole)
        .filter(|row| {
            look::text(table, "period", *row).contains('W') && look::number(table, "cv", *row).is_some()
        })
        .collect();
    let periods: Vec<String> =
        weeks.iter().map(|row| super::growth::week(page, look::text(table, "period", *row))).collect();
    let values: Vec<Option<f64>> = weeks.iter().map(|row| look::number(table, "cv", *row)).collect();
    let title = match (page.language, closes(table)) {
        (Language::English, Some(true)) => "The members became more alike over the weeks".to_owned(),
        (Language::German, Some(true)) => {
            "Die Mitglieder wurden sich im Lauf der Wochen ähnlicher".to_owned()
        }
        (Language::English, Some(false)) => {
            "The members did not become more alike: no know-how transfer shows".to_owned()
        }
        (Language::German, Some(false)) => {
            "Die Mitglieder wurden sich nicht ähnlicher: ein Wissenstransfer zeigt sich nicht".to_owned()
        }
        (Language::English, None) => "Do the members become more alike?".to_owned(),
        (Language::German, None) => "Werden sich die Mitglieder ähnlicher?".to_owned(),
    };
    let how = page.say(words(
        "How much the members differ in people added a week (standard deviation / mean): 0 when all add the same; lower is more alike. Full weeks only.",
        "Wie verschieden viele Menschen die Mitglieder je Woche hinzufügen (Standardabweichung / Mittel): 0, wenn alle gleich viele; niedriger heißt ähnlicher. Nur volle Wochen.",
    ));
    let body = if values.len() < 2 {
        html! { (rows::table(page, table, |_| true)) }
    } else {
        let label = page.say(words("spread", "Streuung")).to_owned();
        let told = periods.iter().zip(&values).filter_map(|(period, value)| {
            Some(format!("{period}: {}", super::number::number((*value)?, page.language)))
        });
        let told = told.collect::<Vec<_>>().join("; ");
        let spread = [Line { label, values, class: "strong" }];
        let figure = Figure {
            id: "convergence-spread",
            title,
            how: how.to_owned(),
            told,
            numbers: rows::table(page, table, |_| true),
        };
        html! { (figure.draw(page, |width| lines(&spread, &periods, width, page.language))) }
    };
    Some(Section {
        id: "convergence",
        title: words("Does the gap close?", "Schließt sich der Abstand?"),
        body,
    })
}
