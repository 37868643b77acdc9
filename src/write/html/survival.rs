//! The survival curve: which share of connections is still there so many days after they were first seen.

use maud::{Markup, html};

use super::drawing::{Drawing, grid, gutter, px, width_of};
use super::figure::Figure;
use super::{Page, look, number, rows};
use crate::table::{Language, Table, words};

/// The curve of the whole team; with one member that of this one.
pub(super) fn figure(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let owner = page.whole()?;
    let column = table.column("measure")?;
    let is_day =
        |row: usize| look::text(table, "measure", row).strip_prefix("survival_").map(str::parse::<u32>);
    let of = |row: usize| look::text(table, "member", row) == owner;
    let mut points: Vec<(u32, f64)> = (0..table.len())
        .filter(|row| of(*row))
        .filter_map(|row| Some((is_day(row)?.ok()?, look::number(table, "value", row)?)))
        .collect();
    points.sort_unstable_by_key(|point| point.0);
    let (days, share) = *points.last()?;
    let days = number::count(days.into(), page.language);
    let (still, gone) = (page.share(share), page.share(1.0 - share));
    let half = look::told(table, &[("member", owner), ("group", "all")], "half_life");
    let title = match (page.language, half) {
        (Language::English, Some(half)) => {
            format!("Half of the connections are gone after {} days", page.count(half.value))
        }
        (Language::German, Some(half)) => {
            format!("Nach {} Tagen ist die Hälfte der Verbindungen beendet", page.count(half.value))
        }
        (Language::English, None) => {
            format!("After {days} days {still} of the connections are still there, {gone} are gone")
        }
        (Language::German, None) => {
            format!("Nach {days} Tagen sind noch {still} der Verbindungen da, {gone} sind beendet")
        }
    };
    let coverage = (0..table.len())
        .find(|row| of(*row) && is_day(*row).is_some())
        .and_then(|row| look::number(table, "coverage", row));
    let how = page.say(words(
        "Share of connections still in the export so many days after the first one that shows them (Kaplan-Meier). An end shows only between two complete exports",
        "Anteil der Verbindungen, die so viele Tage nach dem ersten Export mit ihnen noch im Export stehen (Kaplan-Meier). Ein Ende zeigt sich nur zwischen zwei vollständigen Exporten",
    ));
    let known = page.known(coverage);
    let how = if known.is_empty() { format!("{how}.") } else { format!("{how}; {known}.") };
    let told: Vec<String> = points
        .iter()
        .map(|(days, share)| {
            format!("{} {days}: {}", column.called("survival_", page.language), page.share(*share))
        })
        .collect();
    let figure = Figure {
        id: "strength-survival",
        title,
        how,
        told: told.join("; "),
        numbers: rows::table(page, table, |row| {
            of(row) && (is_day(row).is_some() || look::text(table, "measure", row) == "half_life")
        }),
    };
    let across = page.say(words("days since first seen", "Tage seit dem ersten Export"));
    Some(figure.draw(page, |width| curve(&points, across, width, page.language)))
}

/// The share at each of some days, from all on day 0.
fn curve(points: &[(u32, f64)], across: &str, width: f64, language: Language) -> Drawing {
    let (top, bottom) = (24.0, 220.0);
    let left = gutter(&[100.0], language) + 16.0;
    let right = width - 56.0;
    let most = points.last().map_or(1, |point| point.0).max(1);
    let x = |days: u32| left + f64::from(days) / f64::from(most) * (right - left);
    let y = |share: f64| bottom - share * (bottom - top);
    let line: Vec<String> = std::iter::once(&(0, 1.0))
        .chain(points)
        .map(|(days, share)| format!("{},{}", px(x(*days)), px(y(*share))))
        .collect();
    let marked: Vec<(f64, f64)> = [0.0, 0.5, 1.0].iter().map(|share| (*share, y(*share))).collect();
    // Days that are near each other are not all named; the last one always is.
    let mut named: Vec<u32> = Vec::new();
    for (days, _) in points.iter().rev() {
        let room = width_of("0000");
        if named.last().is_none_or(|next| x(*next) - x(*days) > room) {
            named.push(*days);
        }
    }
    let marks = html! {
        (grid(&marked, (left, right), |value| number::share(value, language)))
        polyline .line.strong points=(line.join(" ")) {}
        @for (days, share) in points {
            circle .dot.strong cx=(px(x(*days))) cy=(px(y(*share))) r="3.5" { title { (days) ": " (number::share(*share, language)) } }
        }
        @if let Some((days, share)) = points.last() {
            text .label.strong x=(px(x(*days) + 7.0)) y=(px(y(*share) + 4.5)) { (number::share(*share, language)) }
        }
        @for days in &named { text .soft x=(px(x(*days))) y=(px(bottom + 18.0)) text-anchor="middle" { (days) } }
        text .soft x=(px(right)) y=(px(bottom + 36.0)) text-anchor="end" { (across) }
    };
    Drawing { height: bottom + 42.0, marks }
}
