//! Whom the team wants to know: which targets are covered, at which levels, and where a single thread holds.

use maud::{Markup, html};

use super::figure::Figure;
use super::squares::{Cell, Cover, squares};
use super::{Page, Section, look, rows};
use crate::table::{Column, Data, Language, Table, Words, words};

/// So many targets have a row in the grid; those without anybody come first.
const MOST: usize = 25;

/// Levels, from the highest, and what they are called where there is little room.
const LEVELS: [(&str, Words); 4] = [
    ("executive", words("C-level", "GF/Vorstand")),
    ("director", words("Directors", "Bereich")),
    ("lead", words("Leads", "Abteilung")),
    ("specialist", words("Specialists", "Fachebene")),
];

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let table = page.table("targets")?;
    let body = html! {
        @if let Some(figure) = covered(page, table) { (figure) } @else { (rows::table(page, table, |_| true)) }
    };
    Some(Section { id: "targets", title: words("Targets", "Ziele"), body })
}

/// Yes or no in a row of a column; none where it is not known.
fn flag(table: &Table, column: &str, row: usize) -> Option<bool> {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Bool(values)) => values.get(row).copied().flatten(),
        _ => None,
    }
}

/// The grid: targets by how many people are known there, and by level.
fn covered(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let (target, people) = (table.column("target")?, table.column("people")?);
    let of = |row: usize| look::number_in(people, row);
    let mut targets: Vec<usize> = (0..table.len()).collect();
    // What is not known comes last: it is no gap.
    targets.sort_by(|one, other| {
        of(*one).unwrap_or(f64::MAX).total_cmp(&of(*other).unwrap_or(f64::MAX)).then(one.cmp(other))
    });
    let known: Vec<usize> = targets.iter().copied().filter(|row| of(*row).is_some()).collect();
    let held = known.iter().filter(|row| of(**row) > Some(0.0)).count();
    let single = |row: usize| flag(table, "single_threaded", row) == Some(true) && of(row) > Some(0.0);
    let thin = known.iter().filter(|row| single(**row)).count();
    let all = targets.len();
    targets.truncate(MOST);
    let labels: Vec<String> =
        targets.iter().map(|row| target.called(look::text(table, "target", *row), page.language)).collect();
    let levels: Vec<(&Column, Words)> =
        LEVELS.iter().filter_map(|(level, called)| Some((table.column(level)?, *called))).collect();
    let headings: Vec<String> = std::iter::once(people.title)
        .chain(levels.iter().map(|level| level.1))
        .map(|called| page.say(called).to_owned())
        .collect();
    let cells: Vec<Vec<Cell>> = targets
        .iter()
        .map(|row| {
            let cover = match of(*row) {
                None => Cover::Unknown,
                Some(count) if count < 1.0 => Cover::None,
                Some(_) if single(*row) => Cover::Single,
                Some(_) => Cover::More,
            };
            let text = of(*row).map(|count| page.count(count)).unwrap_or_default();
            let level = |(column, _): &(&Column, Words)| match flag(table, column.name, *row) {
                None => Cell { text: String::new(), cover: Cover::Unknown },
                Some(true) => Cell { text: "\u{2713}".to_owned(), cover: Cover::More },
                Some(false) => Cell { text: String::new(), cover: Cover::None },
            };
            std::iter::once(Cell { text, cover }).chain(levels.iter().map(level)).collect()
        })
        .collect();
    (!cells.is_empty()).then_some(())?;
    let count = page.count(all as f64);
    let title = match page.language {
        Language::English => {
            format!("Somebody is known at {held} of {count} targets; {thin} hang on a single thread")
        }
        Language::German => {
            format!("Bei {held} von {count} Zielen ist jemand bekannt; {thin} haben nur einen Draht")
        }
    };
    let figure = Figure {
        id: "targets-grid",
        title,
        how: page.say(words(
            "People known at each target, and whether somebody of a level is among them. \u{2715} on red: nobody; amber: a single thread, one member or one person; ?: not known",
            "Bekannte Menschen je Ziel, und ob jemand der Ebene darunter ist. \u{2715} auf Rot: niemand; Gelb: nur ein Draht, ein Mitglied oder ein Mensch; ?: nicht bekannt",
        )).to_owned(),
        told: page.say(words("The table below has every target.", "Die Tabelle darunter nennt jedes Ziel.")).to_owned(),
        numbers: rows::table(page, table, |_| true),
    };
    Some(figure.draw(page, |width| squares(&labels, &headings, &cells, width)))
}
