//! Growth: what the team added week by week and what it adds up to.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::columns::Columns;
use super::figure::Figure;
use super::{Page, Section, TEAM, WEEK, WEEKS, is_one, look, number, rows};
use crate::table::{Data, Language, Table, words};

/// So many weeks have a column.
const MOST: usize = 26;

/// How a week is called in charts: `W10`, `KW 10`.
pub(super) fn week(page: &Page<'_>, period: &str) -> String {
    let number = period.split_once('W').map_or(period, |(_, week)| week);
    match page.language {
        Language::English => format!("W{number}"),
        Language::German => format!("KW\u{a0}{number}"),
    }
}

/// One week of the whole team.
struct Week {
    start: NaiveDate,
    row: usize,
}

/// The section; with one member it is that member's.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let growth = page.table("growth")?;
    let mut weeks = weeks(growth);
    let cut = weeks.len().saturating_sub(MOST);
    weeks.drain(..cut);
    let at = |name: &str, row: usize| look::number(growth, name, row);
    let values: Vec<Option<f64>> = weeks.iter().map(|week| at("adds", week.row)).collect();
    let sums: Vec<Option<f64>> = weeks.iter().map(|week| at("stock", week.row)).collect();
    let periods: Vec<String> =
        weeks.iter().map(|week| self::week(page, look::text(growth, "period", week.row))).collect();
    let partial: Vec<bool> = weeks.iter().map(|week| flag(growth, week.row)).collect();
    let most = (0..weeks.len()).max_by(|one, other| {
        values[*one].unwrap_or(-1.0).total_cmp(&values[*other].unwrap_or(-1.0)).then(other.cmp(one))
    })?;
    let adds: f64 = values.iter().flatten().sum();
    let (sum, high) = (page.count(adds), page.count(values[most].unwrap_or(0.0)));
    let unknown = values.iter().all(Option::is_none);
    let lasting = weeks.len() as f64;
    let lasting = format!("{} {}", page.count(lasting), page.counted(lasting, WEEK, WEEKS));
    let title = match page.language {
        Language::English if unknown => {
            "When people were added is not known: the exports say no day".to_owned()
        }
        Language::German if unknown => {
            "Wann die Menschen hinzukamen, ist nicht bekannt: Die Exporte nennen keinen Tag".to_owned()
        }
        Language::English if adds == 0.0 => format!("Nobody new in {lasting}"),
        Language::German if adds == 0.0 => format!("Niemand Neues in {lasting}"),
        Language::English if is_one(adds) => format!("One new person in {lasting}: in {}", periods[most]),
        Language::German if is_one(adds) => format!("Ein neuer Mensch in {lasting}: in {}", periods[most]),
        Language::English => {
            format!("{sum} new people in {lasting}, most of them in {}: {high}", periods[most])
        }
        Language::German => {
            format!("{sum} neue Menschen in {lasting}, die meisten in {}: {high}", periods[most])
        }
    };
    let told: Vec<String> = periods
        .iter()
        .zip(&values)
        .map(|(period, value)| {
            format!("{period}: {}", value.map_or_else(|| "?".to_owned(), |value| page.count(value)))
        })
        .collect();
    let figure = Figure {
        id: "growth-weeks",
        title,
        how: page.say(words("People whom nobody of the team knew before, by ISO week; a hatched column is a week that is not over", "Menschen, die vorher niemand im Team kannte, nach Kalenderwochen; schraffiert ist eine Woche, die noch läuft")).to_owned(),
        told: told.join("; "),
        numbers: rows::table(page, growth, |row| weeks.iter().any(|week| week.row == row)),
    };
    let columns = Columns {
        periods: &periods,
        values: &values,
        partial: &partial,
        sums: &sums,
        names: [
            page.say(words("Added a week", "Neu je Woche")),
            page.say(words("Known in all", "Insgesamt bekannt")),
        ],
    };
    let body = if adds > 0.0 {
        figure.draw(page, |width| columns.draw(width, page.language))
    } else {
        figure.bare(page)
    };
    let body = html! { (body) @if let Some(pace) = pace(page) { (pace) } };
    Some(Section { id: "growth", title: words("Growth", "Zu- und Abnahme"), body })
}

/// The figures of pace that the page shows.
const PACE: [rows::Asked; 5] = [
    ("race", "pace", words("New in an ordinary week", "Neu in einer gewöhnlichen Woche")),
    ("race", "trend", words("More from week to week", "Mehr von Woche zu Woche")),
    ("race", "weekly_rate", words("Growth a week", "Wachstum je Woche")),
    ("year", "pace", words("New a week, last 52 weeks", "Neu je Woche, letzte 52 Wochen")),
    ("year", "yearly_rate", words("Growth a year", "Wachstum im Jahr")),
];

/// How fast it goes in an ordinary week, and in a year.
fn pace(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("pace")?;
    let owner = page.whole()?;
    let told = |window: &str, measure: &str| {
        Some(look::told(table, &[("member", owner), ("window", window)], measure)?.value)
    };
    let numbers = rows::across(page, table, "window", &PACE)?;
    let mut text = String::new();
    if let Some(new) = told("race", "pace") {
        let people = page.counted(
            new,
            words("new person came", "neuer Mensch"),
            words("new people came", "neue Menschen"),
        );
        let new = number::number(new, page.language);
        text.push_str(&match page.language {
            Language::English => format!("In an ordinary week of the race {new} {people} (the median)"),
            Language::German => format!("Gewöhnliche Woche im Rennen: {new} {people} (Median)"),
        });
        if let Some(trend) = told("race", "trend").filter(|trend| trend.abs() >= 0.05) {
            let (more, by) =
                (trend > 0.0, number::number((trend.abs() * 10.0).round() / 10.0, page.language));
            text.push_str(&match (page.language, more) {
                (Language::English, true) => format!(", about {by} more from week to week"),
                (Language::English, false) => format!(", about {by} fewer from week to week"),
                (Language::German, true) => format!(", von Woche zu Woche etwa {by} mehr"),
                (Language::German, false) => format!(", von Woche zu Woche etwa {by} weniger"),
            });
        }
        text.push_str(". ");
    }
    let rates = [
        (told("race", "weekly_rate"), words("a week in the race", "je Woche im Rennen")),
        (
            told("year", "yearly_rate"),
            words("a year, by the last 52 weeks", "im Jahr, nach den letzten 52 Wochen"),
        ),
    ];
    let rates = rates
        .into_iter()
        .filter_map(|(rate, what)| Some(format!("{} {}", page.share(rate?), page.say(what))));
    let rates: Vec<String> = rates.collect();
    if !rates.is_empty() {
        let growth = page.say(words("Growth of the network:", "Wachstum des Netzwerks:"));
        text.push_str(&format!("{growth} {}.", rates.join("; ")));
    }
    Some(html! {
        @if !text.is_empty() { p #growth-pace { (text.trim_end()) } }
        details { summary { (page.say(words("Pace of each member", "Tempo je Mitglied"))) } (numbers) }
    })
}

/// Whether a row is of a period that is not over.
fn flag(growth: &Table, row: usize) -> bool {
    match growth.column("partial").map(|column| &column.data) {
        Some(Data::Bool(values)) => values.get(row).copied().flatten().unwrap_or(false),
        _ => false,
    }
}

/// The weeks of the whole team through all channels, in order.
fn weeks(growth: &Table) -> Vec<Week> {
    let Some(Data::Date(starts)) = growth.column("period_start").map(|column| &column.data) else {
        return Vec::new();
    };
    let fits = |row: &usize| {
        look::text(growth, "member", *row) == TEAM
            && look::text(growth, "channel", *row) == "all"
            && look::text(growth, "period", *row).contains('W')
    };
    let mut weeks: Vec<Week> = (0..growth.len())
        .filter(fits)
        .filter_map(|row| Some(Week { start: starts.get(row).copied().flatten()?, row }))
        .collect();
    weeks.sort_by_key(|week| week.start);
    weeks
}

/// How many people the team added within the race whom nobody of it knew before.
pub(super) fn new_to_team(page: &Page<'_>) -> Option<f64> {
    let growth = page.table("growth")?;
    let inside = |week: &&Week| page.race.0 <= week.start && week.start <= page.race.1;
    let weeks = weeks(growth);
    let adds: Vec<f64> =
        weeks.iter().filter(inside).filter_map(|week| look::number(growth, "adds", week.row)).collect();
    (!adds.is_empty()).then(|| adds.iter().sum())
}
