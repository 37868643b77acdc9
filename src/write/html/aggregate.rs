//! The page without members: distributions only, in which no cell stands for fewer than a set number of people.
//!
//! Neither names nor pseudonyms of members appear, nor what belongs to one member alone such as the largest share:
//! with ten members, who has the most is known without a name.

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::mix::Part;
use super::opening::{Sentence, bold, list, sentence};
use super::{Page, Section, TEAM, growth, look, mix, news, overlap, rows};
use crate::table::{Data, Language, Words, words};

/// Fewest people a cell may stand for.
fn least(page: &Page<'_>) -> f64 {
    f64::from(page.aggregate.unwrap_or(1).max(1))
}

/// The sentences of the team as a whole.
pub(super) fn opening(page: &Page<'_>, sections: &[Section]) -> Markup {
    list(page, sections, [news::told(page), reach(page), class(page)].into_iter().flatten())
}

/// The sections.
pub(super) fn sections(page: &Page<'_>) -> Vec<Section> {
    [added(page), depth(page), classes(page), who(page)].into_iter().flatten().collect()
}

/// A figure of the whole team.
fn team(page: &Page<'_>, measure: &str) -> Option<look::Told> {
    look::told(page.table("network_size")?, &[("member", TEAM), ("channel", "all")], measure)
}

fn reach(page: &Page<'_>) -> Option<Sentence> {
    let union = team(page, "union").filter(|union| union.value >= least(page))?;
    let mut text = match page.language {
        Language::English => format!("The team reaches {} different people", bold(&page.count(union.value))),
        Language::German => {
            format!("Das Team erreicht {} verschiedene Menschen", bold(&page.count(union.value)))
        }
    };
    if let Some(new) = growth::new_to_team(page).filter(|new| *new >= least(page)) {
        let new = bold(&page.count(new));
        text.push_str(&match page.language {
            Language::English => format!("; {new} of them came in the race"),
            Language::German => format!("; {new} davon kamen im Rennen dazu"),
        });
    }
    text.push('.');
    Some(sentence("overlap", &text))
}

/// Shares are told only where both they and the rest stand for enough people.
fn class(page: &Page<'_>) -> Option<Sentence> {
    let people = team(page, "union")?.value;
    let enough = |share: f64| share * people >= least(page) && (1.0 - share) * people >= least(page);
    let good = team(page, "class_ratio").filter(|good| enough(good.value))?;
    let share = bold(&page.share(good.value));
    let text = match page.language {
        Language::English => format!("{share} are of category A or B."),
        Language::German => format!("{share} gehören zur Kategorie A oder B."),
    };
    Some(Sentence { coverage: good.coverage, ..sentence("classes", &text) })
}

/// What the team added week by week; a week with too few people is joined with the next.
fn added(page: &Page<'_>) -> Option<Section> {
    let table = page.table("growth")?;
    let Data::Date(starts) = &table.column("period_start")?.data else { return None };
    let mut weeks: Vec<(chrono::NaiveDate, String, f64)> = (0..table.len())
        .filter(|row| {
            look::text(table, "member", *row) == TEAM && look::text(table, "channel", *row) == "all"
        })
        .filter(|row| look::text(table, "period", *row).contains('W'))
        .filter_map(|row| {
            let start = starts.get(row).copied().flatten()?;
            let week = growth::week(page, look::text(table, "period", row));
            Some((start, week, look::number(table, "adds", row)?))
        })
        .collect();
    weeks.sort_by_key(|week| week.0);
    let cut = weeks.len().saturating_sub(13);
    let counts: Vec<(String, f64)> = weeks.drain(cut..).map(|week| (week.1, week.2)).collect();
    let joined = join(&counts, least(page));
    let list: Vec<Bar> = joined
        .iter()
        .map(|(label, people)| Bar {
            label: label.clone(),
            value: *people,
            of: None,
            shown: page.count(*people),
            class: "",
        })
        .collect();
    (list.len() > 1).then_some(())?;
    let body = figure(
        page,
        "growth-weeks",
        words("How many new people came week by week", "Wie viele neue Menschen Woche für Woche dazukamen"),
        words("People whom nobody of the team knew before", "Menschen, die vorher niemand im Team kannte"),
        words("Week", "Woche"),
        &list,
    );
    Some(Section { id: "growth", title: words("Growth", "Zu- und Abnahme"), body })
}

/// How many members know a person.
fn depth(page: &Page<'_>) -> Option<Section> {
    let depths = overlap::depths(page.table("overlap")?);
    let counts: Vec<(String, f64)> = depths.iter().map(|depth| (depth.0.to_string(), depth.1)).collect();
    let list: Vec<Bar> = join(&counts, least(page))
        .into_iter()
        .map(|(label, people)| Bar { label, value: people, of: None, shown: page.count(people), class: "" })
        .collect();
    (!list.is_empty()).then_some(())?;
    let body = figure(
        page,
        "overlap-depth",
        words("How many members know a person", "Wie viele Mitglieder einen Menschen kennen"),
        words(
            "People by the number of members who know them",
            "Menschen nach der Zahl der Mitglieder, die sie kennen",
        ),
        words("Members who know them", "Mitglieder, die sie kennen"),
        &list,
    );
    Some(Section { id: "overlap", title: words("Overlap", "Überschneidung"), body })
}

/// Heading of the numbers.
const COUNTED: Words = words("People", "Menschen");

/// Bars with their numbers; `first` is the heading of what the bars stand for.
fn figure(page: &Page<'_>, id: &str, title: Words, how: Words, first: Words, list: &[Bar]) -> Markup {
    let headings = [first, COUNTED].map(|heading| page.say(heading).to_owned());
    let cells: Vec<Vec<rows::Cell>> =
        list.iter().map(|bar| vec![(bar.label.clone(), false), (bar.shown.clone(), true)]).collect();
    let figure = Figure {
        id,
        title: page.say(title).to_owned(),
        how: page.say(how).to_owned(),
        told: bars::told(list),
        numbers: rows::grid(
            page,
            &headings,
            &cells,
            cells.len(),
            page.say(words("this page", "dieser Seite")),
        ),
    };
    figure.draw(page, |width| bars(list, width))
}

/// Neighbours are joined until every cell stands for enough; what is too small at the end joins the cell before it.
fn join(counts: &[(String, f64)], least: f64) -> Vec<(String, f64)> {
    let mut joined: Vec<(String, String, f64)> = Vec::new();
    let mut open: Option<(String, String, f64)> = None;
    for (label, people) in counts {
        let (first, _, sum) = open.take().unwrap_or_else(|| (label.clone(), label.clone(), 0.0));
        let cell = (first, label.clone(), sum + people);
        if cell.2 >= least { joined.push(cell) } else { open = Some(cell) }
    }
    if let (Some((_, label, people)), Some(last)) = (open, joined.last_mut()) {
        last.1 = label;
        last.2 += people;
    }
    let name = |(first, last, people): (String, String, f64)| {
        (if first == last { first } else { format!("{first}\u{2013}{last}") }, people)
    };
    joined.into_iter().map(name).collect()
}

/// Small cells become one; where that one is still too small, the smallest of the others joins it.
fn pool(mut parts: Vec<Part>, least: f64, label: &str) -> Vec<Part> {
    parts.sort_by(|one, other| other.people.total_cmp(&one.people));
    let mut small = 0.0;
    while let Some(last) = parts.last() {
        if last.people >= least && (small == 0.0 || small >= least) {
            break;
        }
        small += last.people;
        parts.pop();
    }
    if small >= least {
        parts.push(Part { label: label.to_owned(), people: small, unknown: false });
    }
    parts
}

/// Categories of all people.
fn classes(page: &Page<'_>) -> Option<Section> {
    let body = html! { p .how { (page.say(mix::NO_JUDGEMENT)) } (dimension(page, "tier")?) };
    Some(Section { id: "classes", title: words("From mass to class", "Von Masse zu Klasse"), body })
}

/// Sectors, levels and functions of all people.
fn who(page: &Page<'_>) -> Option<Section> {
    let figures: Vec<Markup> =
        ["sector", "level", "function"].iter().filter_map(|name| dimension(page, name)).collect();
    (!figures.is_empty()).then_some(())?;
    let body = html! { @for figure in figures { (figure) } };
    Some(Section { id: "mix", title: words("Who they are", "Wer sie sind"), body })
}

fn dimension(page: &Page<'_>, dimension: &str) -> Option<Markup> {
    let parts = mix::parts(page, page.table("mix")?, dimension);
    let parts = pool(parts, least(page), page.say(words("all others", "alle übrigen")));
    let first = match dimension {
        "sector" => words("Industry", "Branche"),
        "level" => words("Level", "Hierarchieebene"),
        "function" => words("Function", "Funktion"),
        _ => words("Category", "Kategorie"),
    };
    let headings = [first, COUNTED].map(|heading| page.say(heading).to_owned());
    let cells: Vec<Vec<rows::Cell>> =
        parts.iter().map(|part| vec![(part.label.clone(), false), (page.count(part.people), true)]).collect();
    mix::figure_of(page, parts, dimension, || {
        rows::grid(page, &headings, &cells, cells.len(), page.say(words("this page", "dieser Seite")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_cell_stands_for_too_few_and_none_can_be_told_from_the_sum(
            counts in prop::collection::vec(0u32..30, 0..12), least in 1u32..12,
        ) {
            let least = f64::from(least);
            let total: f64 = counts.iter().copied().map(f64::from).sum();
            let named: Vec<(String, f64)> =
                counts.iter().enumerate().map(|(at, count)| (at.to_string(), f64::from(*count))).collect();
            let joined = join(&named, least);
            prop_assert!(joined.iter().all(|cell| cell.1 >= least));
            let sum: f64 = joined.iter().map(|cell| cell.1).sum();
            prop_assert!((sum - total).abs() < 0.5 || (joined.is_empty() && total < least));
            let parts = |(label, people): &(String, f64)| Part { label: label.clone(), people: *people, unknown: false };
            let pooled = pool(named.iter().map(parts).collect(), least, "rest");
            prop_assert!(pooled.iter().all(|part| part.people >= least));
            let sum: f64 = pooled.iter().map(|part| part.people).sum();
            prop_assert!((sum - total).abs() < 0.5 || (pooled.is_empty() && total < least));
        }
    }
}
