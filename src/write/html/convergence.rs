//! Whether the gap between the members closes week by week.

use maud::html;

use super::figure::Figure;
use super::lines::{Line, lines};
use super::{Page, Section, look, rows};
use crate::table::{Data, Table, words};

/// What became of the gap between the members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// It became smaller.
    Closing,
    /// It stayed about the same.
    Steady,
    /// It became larger.
    Growing,
}

/// What became of the gap up to the last week for which that can be told.
pub(super) fn gap(table: &Table) -> Option<Gap> {
    let gap = (0..table.len()).rev().map(|row| look::text(table, "gap", row)).find(|gap| !gap.is_empty());
    gap.map(|gap| match gap {
        "closing" => Gap::Closing,
        "growing" => Gap::Growing,
        _ => Gap::Steady,
    })
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
    let title = page.say(match gap(table) {
        Some(Gap::Closing) => words(
            "The members became more alike over the weeks",
            "Die Mitglieder wurden sich im Lauf der Wochen ähnlicher",
        ),
        Some(Gap::Steady) => words(
            "The gap between the members stayed about the same: no know-how transfer shows",
            "Der Abstand zwischen den Mitgliedern blieb etwa gleich: ein Wissenstransfer zeigt sich nicht",
        ),
        Some(Gap::Growing) => words(
            "The members became less alike: no know-how transfer shows",
            "Die Mitglieder wurden sich unähnlicher: ein Wissenstransfer zeigt sich nicht",
        ),
        None => words("Do the members become more alike?", "Werden sich die Mitglieder ähnlicher?"),
    });
    let how = page.say(words(
        "How far the members are apart in people added a week: 0 when all add the same, 1 when they typically differ from the average by as much as the average itself. Lower is more alike. Full weeks only; one week alone does not count as a change.",
        "Wie weit die Mitglieder bei den neuen Menschen je Woche auseinanderliegen: 0, wenn alle gleich viele haben; 1, wenn sie vom Durchschnitt meist um so viel abweichen, wie er selbst beträgt. Niedriger heißt ähnlicher. Nur volle Wochen; eine einzelne Woche gilt nicht als Änderung.",
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
            title: title.to_owned(),
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
