//! The race: who leads, by which measure, and how each member got there.

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::lines::{Line, lines};
use super::{Page, Section, WEEK, WEEKS, look, number, rows, standing};
use crate::table::{Data, Language, Table, words};

/// So many members have a bar or a line; a reader cannot follow more.
const MOST: usize = 20;
/// So many lines can be told apart.
const MOST_LINES: usize = 10;

/// How many weeks the race lasts.
fn weeks(page: &Page<'_>) -> i64 {
    ((page.race.1 - page.race.0).num_days() + 1) / 7
}

/// How long the race lasts, in words.
pub(super) fn lasting(page: &Page<'_>) -> String {
    let weeks = weeks(page);
    format!("{weeks} {}", page.counted(weeks as f64, WEEK, WEEKS))
}

/// That something happened within the race, as the beginning of a sentence.
pub(super) fn within(page: &Page<'_>) -> String {
    let weeks = weeks(page);
    match page.language {
        Language::English if weeks == 1 => "In the week of the race".to_owned(),
        Language::German if weeks == 1 => "In der Woche des Rennens".to_owned(),
        Language::English => format!("In the {weeks} weeks of the race"),
        Language::German => format!("In den {weeks} Wochen des Rennens"),
    }
}

/// The member who comes first, with the number and its share of all.
pub(super) struct Leader<'a> {
    /// Id of the member.
    pub(super) member: &'a str,
    /// What was counted.
    pub(super) value: f64,
    /// Share of the sum of all members.
    pub(super) share: Option<f64>,
}

/// Who added the most; none when nobody added anything.
pub(super) fn leader<'a>(page: &Page<'a>) -> Option<Leader<'a>> {
    let race = page.table("race")?;
    let value = look::number(race, "adds", 0).filter(|adds| *adds > 0.0)?;
    Some(Leader { member: look::text(race, "member", 0), value, share: look::number(race, "share", 0) })
}

/// The first of a ranking.
pub(super) fn first<'a>(page: &Page<'a>, ranking: &str) -> Option<Leader<'a>> {
    let table = page.table("rankings")?;
    let row = (0..table.len()).find(|row| {
        look::text(table, "ranking", *row) == ranking && look::number(table, "rank", *row) == Some(1.0)
    })?;
    let value = look::number(table, "value", row).filter(|value| *value > 0.0)?;
    Some(Leader { member: look::text(table, "member", row), value, share: look::number(table, "share", row) })
}

/// Whose network grew fastest for its size.
pub(super) fn fastest<'a>(page: &Page<'a>) -> Option<Leader<'a>> {
    let race = page.table("race")?;
    let rates = (0..race.len()).filter_map(|row| Some((look::number(race, "cwgr", row)?, row)));
    let (value, row) = rates.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))?;
    Some(Leader { member: look::text(race, "member", row), value, share: None })
}

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let race = page.table("race")?;
    let title = words("Race", "Rennen");
    if leader(page).is_none() {
        // Nobody leads a race in which nobody moved.
        look::number(race, "adds", 0)?;
        let nobody = words(
            "By the dates in the exports nobody was added within these weeks.",
            "Nach den Daten in den Exporten kam in diesen Wochen niemand hinzu.",
        );
        let body = html! { (window(page)) p { (page.say(nobody)) } };
        return Some(Section { id: "race", title, body });
    }
    let body = html! {
        (window(page))
        (ranked(page, race)?)
        @if let Some(figure) = standing::figure(page) { (figure) }
        @if let Some(figure) = course(page) { (figure) }
        @if let Some(figure) = hidden(page) { (figure) }
        @if let Some(part) = rankings(page) { (part) }
    };
    Some(Section { id: "race", title, body })
}

/// From when to when it goes, and what is counted.
fn window(page: &Page<'_>) -> Markup {
    let (from, to) = (number::day(page.race.0, page.language), number::day(page.race.1, page.language));
    html! { p { (lasting(page)) ", " @match page.language {
        Language::English => { (from) " to " (to) ". Counted is every person a member added; whoever two members add counts for both." }
        Language::German => { (from) " bis " (to) ". Gezählt ist jeder Mensch, den ein Mitglied neu hinzugefügt hat; wen zwei hinzufügen, der zählt bei beiden." }
    } } }
}

/// Bars of the people added.
fn ranked(page: &Page<'_>, race: &Table) -> Option<Markup> {
    let runners: Vec<Bar> = (0..race.len())
        .filter_map(|row| {
            let value = look::number(race, "adds", row)?;
            let share = look::number(race, "share", row).map(|share| format!(" ({})", page.share(share)));
            Some(Bar {
                label: page.name(look::text(race, "member", row)).to_owned(),
                value,
                of: None,
                shown: format!("{}{}", page.count(value), share.unwrap_or_default()),
                class: if look::number(race, "rank", row) == Some(1.0) { "strong" } else { "" },
            })
        })
        .take(MOST)
        .collect();
    let first = runners.first()?;
    let title = match page.language {
        Language::English => format!("{} added the most people: {}", first.label, first.shown),
        Language::German => format!("{} hat die meisten neuen Kontakte: {}", first.label, first.shown),
    };
    let figure = Figure {
        id: "race-standing",
        title,
        how: page
            .say(words(
                "People added in the race, and the share of the sum of all members",
                "Neue Menschen im Rennen, dahinter der Anteil an der Summe aller Mitglieder",
            ))
            .to_owned(),
        told: bars::told(&runners),
        numbers: rows::table(page, race, |_| true),
    };
    Some(figure.draw(page, |width| bars(&runners, width)))
}

/// Lines of what each member's adds came to, week by week.
fn course(page: &Page<'_>) -> Option<Markup> {
    let (periods, series) = weekly(page)?;
    let mut cumulated: Vec<Line> = series
        .iter()
        .filter(|(_, values)| values.iter().any(Option::is_some))
        .map(|(member, values)| {
            let mut sum = 0.0;
            let values = values
                .iter()
                .map(|value| {
                    value.map(|value| {
                        sum += value;
                        sum
                    })
                })
                .collect();
            Line { label: page.name(member).to_owned(), values, class: "" }
        })
        .collect();
    let end = |line: &Line| line.values.iter().flatten().last().copied().unwrap_or(0.0);
    cumulated.sort_by(|one, other| end(other).total_cmp(&end(one)));
    cumulated.truncate(MOST_LINES);
    cumulated.first_mut()?.class = "strong";
    if periods.len() < 2 {
        return None;
    }
    let leads = |week: usize| {
        let at = |line: &Line| line.values.get(week).copied().flatten().unwrap_or(0.0);
        let first = at(&cumulated[0]);
        // Where nobody has added anybody yet, nobody leads.
        first > 0.0 && cumulated.iter().map(at).fold(0.0, f64::max) <= first
    };
    let since = (0..periods.len()).rev().take_while(|week| leads(*week)).last()?;
    let name = &cumulated[0].label;
    let title = match (page.language, since) {
        (Language::English, 0) => format!("{name} led from the first week on"),
        (Language::German, 0) => format!("{name} lag von der ersten Woche an vorn"),
        (Language::English, week) => format!("{name} has led since {}", periods[week]),
        (Language::German, week) => format!("{name} liegt seit {} vorn", periods[week]),
    };
    let headings: Vec<String> = std::iter::once(page.say(words("Member", "Mitglied")).to_owned())
        .chain(periods.iter().cloned())
        .collect();
    let cells = cumulated.iter().map(|line| {
        let values = line
            .values
            .iter()
            .map(|value| (value.map_or_else(|| "\u{2013}".to_owned(), |value| page.count(value)), true));
        std::iter::once((line.label.clone(), false)).chain(values).collect()
    });
    let cells: Vec<Vec<rows::Cell>> = cells.collect();
    let how = page.say(words(
        "People added since the start, by ISO week; the ten members with the most",
        "Neue Menschen seit dem Start, nach Kalenderwochen; die zehn Mitglieder mit den meisten",
    ));
    let told = cumulated
        .iter()
        .map(|line| format!("{}: {}", line.label, page.count(end(line))))
        .collect::<Vec<_>>()
        .join("; ");
    let figure = Figure {
        id: "race-course",
        title,
        how: how.to_owned(),
        told,
        numbers: rows::grid(page, &headings, &cells, cells.len(), &rows::file("growth")),
    };
    Some(figure.draw(page, |width| lines(&cumulated, &periods, width, page.language)))
}

/// What the number of new people hides: how many of them nobody else in the team knows.
fn hidden(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("rankings")?;
    let of = |kind: &str| -> std::collections::HashMap<&str, f64> {
        (0..table.len())
            .filter(|row| look::text(table, "ranking", *row) == kind)
            .filter_map(|row| Some((look::text(table, "member", row), look::number(table, "value", row)?)))
            .collect()
    };
    let (adds, unique) = (of("adds"), of("unique"));
    let mut found: Vec<(&str, f64, f64)> = page
        .members
        .iter()
        .filter_map(|member| {
            let (all, only) = (adds.get(member.0.as_str())?, unique.get(member.0.as_str())?);
            (*all > 0.0).then_some((member.0.as_str(), *only, *all))
        })
        .collect();
    found.sort_by(|one, other| other.2.total_cmp(&one.2).then(other.1.total_cmp(&one.1)));
    found.truncate(MOST);
    let first = *found.first()?;
    let list: Vec<Bar> = found
        .iter()
        .map(|(member, only, all)| Bar {
            label: page.name(member).to_owned(),
            value: *only,
            of: Some(*all),
            shown: format!("{} ({})", page.count(*only), page.share(only / all)),
            class: if *member == first.0 { "strong" } else { "" },
        })
        .collect();
    let (name, only, all) = (page.name(first.0), page.count(first.1), page.count(first.2));
    let title = match page.language {
        Language::English => {
            format!("Of the {all} people {name} added, {only} are known to nobody else in the team")
        }
        Language::German => {
            format!("Von den {all} neuen Kontakten von {name} kennt {only} sonst niemand im Team")
        }
    };
    let figure = Figure {
        id: "race-hidden",
        title,
        how: page.say(words("On the left of each bar people added whom nobody else knows, with their share; on the right, paler, those whom colleagues know too", "Links im Balken neue Menschen, die sonst niemand kennt, mit ihrem Anteil; rechts, blasser, die auch andere kennen")).to_owned(),
        told: bars::told(&list),
        numbers: rows::table(page, table, |row| ["adds", "unique"].contains(&look::text(table, "ranking", row))),
    };
    Some(figure.draw(page, |width| bars(&list, width)))
}

/// A member and its adds, one a week.
pub(super) type Series = (String, Vec<Option<f64>>);

/// Weeks of the race and each member's adds in them.
pub(super) fn weekly(page: &Page<'_>) -> Option<(Vec<String>, Vec<Series>)> {
    let growth = page.table("growth")?;
    let Data::Date(starts) = &growth.column("period_start")?.data else { return None };
    let mut periods: Vec<(chrono::NaiveDate, String)> = Vec::new();
    let mut found: Vec<(usize, chrono::NaiveDate, Option<f64>)> = Vec::new();
    let ids: std::collections::HashMap<&str, usize> =
        page.people().enumerate().map(|(at, member)| (member.0.as_str(), at)).collect();
    for row in 0..growth.len() {
        let Some(start) = starts.get(row).copied().flatten() else { continue };
        let period = look::text(growth, "period", row);
        let in_race = page.race.0 <= start && start <= page.race.1 && start <= page.as_of;
        if !in_race || !period.contains('W') || look::text(growth, "channel", row) != "all" {
            continue;
        }
        if let Some(&member) = ids.get(look::text(growth, "member", row)) {
            found.push((member, start, look::number(growth, "adds", row)));
            periods.push((start, super::growth::week(page, period)));
        }
    }
    periods.sort_unstable();
    periods.dedup();
    let mut series: Vec<Series> =
        page.people().map(|member| (member.0.clone(), vec![None; periods.len()])).collect();
    for (member, start, adds) in found {
        if let Ok(at) = periods.binary_search_by_key(&start, |period| period.0) {
            series[member].1[at] = adds;
        }
    }
    (!periods.is_empty()).then(|| (periods.into_iter().map(|period| period.1).collect(), series))
}

/// A value of a ranking; that against the own best is how many times as much.
fn times(ranking: &str, (value, number): rows::Cell) -> rows::Cell {
    let many = ranking == "personal_best" && value.starts_with(|letter: char| letter.is_ascii_digit());
    (if many { format!("{value}\u{a0}\u{d7}") } else { value }, number)
}

/// Who leads by which measure: one row a ranking.
fn rankings(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("rankings")?;
    let column = table.column("ranking")?;
    let mut kinds: Vec<&str> = Vec::new();
    for row in 0..table.len() {
        let kind = look::text(table, "ranking", row);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let say = |english, german| page.say(words(english, german)).to_owned();
    let headings = [
        say("Measured by", "Gemessen an"),
        say("First", "Platz 1"),
        say("Value", "Wert"),
        say("Known for", "Bekannt bei"),
        say("Second", "Platz 2"),
        say("Third", "Platz 3"),
    ];
    let cells: Vec<Vec<rows::Cell>> = kinds
        .iter()
        .map(|kind| {
            let mut places: Vec<(f64, usize)> = (0..table.len())
                .filter(|row| look::text(table, "ranking", *row) == *kind)
                .filter(|row| look::number(table, "value", *row).is_some_and(|value| value > 0.0))
                .filter_map(|row| Some((look::number(table, "rank", row)?, row)))
                .collect();
            places.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let who = |place: usize| {
                let name =
                    places.get(place).map(|(_, row)| page.name(look::text(table, "member", *row)).to_owned());
                (name.unwrap_or_else(|| "\u{2013}".to_owned()), false)
            };
            let of = |name: &str, write: fn(f64, Language) -> String| {
                let value = places.first().and_then(|(_, row)| look::number(table, name, *row));
                (value.map_or_else(|| "\u{2013}".to_owned(), |value| write(value, page.language)), true)
            };
            vec![
                (column.called(kind, page.language), false),
                who(0),
                times(kind, of("value", number::number)),
                of("coverage", number::share),
                who(1),
                who(2),
            ]
        })
        .collect();
    let firsts: Vec<(&str, &str)> =
        kinds.iter().filter_map(|kind| Some((*kind, first(page, kind)?.member))).collect();
    let title = match (leader(page), page.language) {
        (Some(leader), language) => {
            let (name, all) = (page.name(leader.member), firsts.len());
            let won = firsts.iter().filter(|(_, member)| *member == leader.member).count();
            let other = firsts.iter().find(|(_, member)| *member != leader.member);
            let other = other.map(|(kind, member)| (column.called(kind, language), page.name(member)));
            match (language, other) {
                (Language::English, None) => format!("{name} is first in all {all} rankings"),
                (Language::German, None) => format!("{name} liegt in allen {all} Ranglisten vorn"),
                (Language::English, Some((kind, who))) => {
                    format!(
                        "{name} is first in {won} of {all} rankings; by \u{201c}{kind}\u{201d} it is {who}"
                    )
                }
                (Language::German, Some((kind, who))) => {
                    format!("{name} liegt in {won} von {all} Ranglisten vorn, bei „{kind}“ {who}")
                }
            }
        }
        (None, Language::English) => "Who is first depends on what counts".to_owned(),
        (None, Language::German) => "Wer vorn liegt, hängt davon ab, was zählt".to_owned(),
    };
    Some(html! {
        h3 #rankings { (title) }
        (rows::grid(page, &headings, &cells, cells.len(), &rows::file("rankings")))
        details { summary { (page.say(words("All places", "Alle Plätze"))) } (rows::table(page, table, |_| true)) }
    })
}
