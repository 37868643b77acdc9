//! The passport: the five stages with the evidence for each, as a self-assessment of one member.

use std::cmp::Ordering;

use maud::html;

use super::figure::Figure;
use super::steps::{Mark, Step, steps};
use super::{Page, Section, look, number, rows};
use crate::table::{Language, Table, Words, words};

/// The five stages.
const STAGES: [Words; 5] = [
    words("1 By-product", "1 Nebenprodukt"),
    words("2 Topic", "2 Thema"),
    words("3 Technique", "3 Technik"),
    words("4 Work style", "4 Arbeitsstil"),
    words("5 Attitude", "5 Haltung"),
];

/// The section of a member; `own` are the rows of the table that are about this one.
pub(super) fn section(page: &Page<'_>, table: &Table, own: &[usize]) -> Option<Section> {
    let first = *own.first()?;
    let mark = |row: usize| match look::text(table, "met", row) {
        "yes" => Mark::Shown,
        "no" => Mark::Missing,
        _ => Mark::Unknown,
    };
    let of_stage = |stage: usize| -> Vec<usize> {
        let stage = Some(stage as f64 + 1.0);
        own.iter().copied().filter(|row| look::number(table, "stage", *row) == stage).collect()
    };
    let list: Vec<Step> = (0..STAGES.len())
        .map(|stage| {
            let marks: Vec<Mark> = of_stage(stage).into_iter().map(mark).collect();
            let met = marks.iter().filter(|mark| **mark == Mark::Shown).count();
            let shown = match page.language {
                Language::English => format!("{met} of {}", marks.len()),
                Language::German => format!("{met} von {}", marks.len()),
            };
            Step { label: page.say(STAGES[stage]).to_owned(), marks, shown }
        })
        .collect();
    let assessed = look::text(table, "assessment", first) == "assessed";
    let reached = look::number(table, "stage_evidence", first).unwrap_or(0.0) as usize;
    let told: Vec<String> = list.iter().map(|step| format!("{}: {}", step.label, step.shown)).collect();
    let figure = Figure {
        id: "stages-steps",
        title: title(page, assessed, reached),
        how: page.say(words(
            "A self-assessment by this program's own thresholds; trust is not measured. One cell a criterion: \u{2713} shown, \u{2715} not shown, ? not known. It stands on this page only.",
            "Eine Selbsteinschätzung nach eigenen Schwellen dieses Programms; Vertrauen ist nicht messbar. Ein Feld je Kriterium: \u{2713} belegt, \u{2715} nicht belegt, ? nicht bekannt. Sie steht nur auf dieser Seite.",
        )).to_owned(),
        told: told.join("; "),
        numbers: criteria(page, table, own),
    };
    // What is asked for next hangs on the criteria: nobody's evidence may suffice to say a stage.
    let open = |stage: usize| -> Vec<usize> {
        of_stage(stage).into_iter().filter(|row| mark(*row) != Mark::Shown).collect()
    };
    let next = STAGES.iter().zip((0..STAGES.len()).map(open)).find(|(_, open)| !open.is_empty());
    let body = html! {
        (figure.draw(page, |width| steps(&list, reached, width)))
        @if let Some(own) = own_view(page, table, first) { p { (own) } }
        @if let Some((stage, open)) = next {
            p { (page.say(words("What stage ", "Was Stufe "))) (page.say(*stage)) (page.say(words(" asks for:", " verlangt:"))) }
            ul { @for row in open { li { (missing(page, table, row)) } } }
        }
    };
    Some(Section { id: "stages", title: words("Your five stages", "Ihre fünf Stufen"), body })
}

/// How far the evidence goes.
fn title(page: &Page<'_>, assessed: bool, reached: usize) -> String {
    let stage = reached.checked_sub(1).and_then(|at| STAGES.get(at)).map(|stage| page.say(*stage));
    match (page.language, stage) {
        (Language::English, _) if !assessed => {
            "Not assessable: fewer than half of the criteria are known".to_owned()
        }
        (Language::German, _) if !assessed => {
            "Nicht einschätzbar: weniger als die Hälfte der Kriterien ist bekannt".to_owned()
        }
        (Language::English, Some(stage)) => format!("Your data show stage {stage}"),
        (Language::German, Some(stage)) => format!("Ihre Daten belegen Stufe {stage}"),
        (Language::English, None) => "Your data show no stage yet".to_owned(),
        (Language::German, None) => "Ihre Daten belegen noch keine Stufe".to_owned(),
    }
}

/// How the member sees itself, beside what the evidence shows; nothing where it does not say.
fn own_view(page: &Page<'_>, table: &Table, row: usize) -> Option<String> {
    let own = look::number(table, "stage_self", row)?;
    let stage = page.say(*STAGES.get((own as usize).checked_sub(1)?)?);
    let seen = match page.language {
        Language::English => format!("You see yourself at stage {stage}."),
        Language::German => format!("Sie selbst sehen sich auf Stufe {stage}."),
    };
    if look::text(table, "assessment", row) != "assessed" {
        return Some(seen);
    }
    let shown = look::number(table, "stage_evidence", row).unwrap_or(0.0);
    let beside = match own.total_cmp(&shown) {
        Ordering::Less => {
            words("That is less than your data show.", "Das ist weniger, als Ihre Daten belegen.")
        }
        Ordering::Equal => words("Your data show the same.", "Dasselbe belegen Ihre Daten."),
        Ordering::Greater => {
            words("That is more than your data show.", "Das ist mehr, als Ihre Daten belegen.")
        }
    };
    Some(format!("{seen} {}", page.say(beside)))
}

/// A number of a criterion as it is written.
fn written(page: &Page<'_>, table: &Table, column: &str, row: usize) -> Option<String> {
    let value = look::number(table, column, row)?;
    let criterion = table.column("criterion").and_then(|of| of.value(look::text(table, "criterion", row)));
    let share = criterion.is_some_and(|criterion| criterion.share);
    // To a tenth of a per cent: 19.8 % must not look like the 20 % that are needed.
    Some(if share {
        let percent = number::number((value * 1000.0).round() / 10.0, page.language);
        format!("{percent}{}", number::unit(page.language))
    } else {
        number::number(value, page.language)
    })
}

/// From which number on a criterion is met.
fn needed(page: &Page<'_>, table: &Table, row: usize) -> String {
    let sign = match look::text(table, "criterion", row) {
        "backlog" => "<",
        "band" => "\u{2264}",
        _ => "\u{2265}",
    };
    format!("{sign}\u{a0}{}", written(page, table, "needed", row).unwrap_or_default())
}

/// What a criterion asks for and what is known of it.
fn missing(page: &Page<'_>, table: &Table, row: usize) -> String {
    let called =
        table.column("criterion").map(|of| of.called(look::text(table, "criterion", row), page.language));
    let (called, needed) = (called.unwrap_or_default(), needed(page, table, row));
    match (page.language, written(page, table, "value", row)) {
        (Language::English, Some(value)) => format!("{called}: {needed}; your data show {value}"),
        (Language::German, Some(value)) => format!("{called}: {needed}; Ihre Daten zeigen {value}"),
        (Language::English, None) => format!("{called}: {needed}; not known"),
        (Language::German, None) => format!("{called}: {needed}; nicht bekannt"),
    }
}

/// All criteria with their numbers.
fn criteria(page: &Page<'_>, table: &Table, own: &[usize]) -> maud::Markup {
    let say = |english, german| page.say(words(english, german)).to_owned();
    let headings = [
        say("Stage", "Stufe"),
        say("Criterion", "Kriterium"),
        say("Value", "Wert"),
        say("Needed", "Nötig"),
        say("Met", "Erfüllt"),
    ];
    let called = |name: &str, row: usize| {
        table
            .column(name)
            .map(|column| column.called(look::text(table, name, row), page.language))
            .unwrap_or_default()
    };
    let cells: Vec<Vec<rows::Cell>> = own
        .iter()
        .map(|&row| {
            let stage = look::number(table, "stage", row).map_or(0, |stage| stage as usize);
            let stage =
                stage.checked_sub(1).and_then(|at| STAGES.get(at)).map_or("", |stage| page.say(*stage));
            vec![
                (stage.to_owned(), false),
                (called("criterion", row), false),
                (written(page, table, "value", row).unwrap_or_else(|| "\u{2013}".to_owned()), true),
                (needed(page, table, row), true),
                (called("met", row), false),
            ]
        })
        .collect();
    rows::grid(page, &headings, &cells, cells.len(), "stages.csv")
}
