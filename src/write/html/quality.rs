//! Channels, and how firm the ties are.

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::{PEOPLE, PERSON, Page, Section, TEAM, is_one, look, rows, survival};
use crate::table::{Language, Table, words};

/// What each channel brings, and what would be missing without it.
pub(super) fn channels(page: &Page<'_>) -> Option<Section> {
    let size = page.table("network_size")?;
    let (owner, measure) = (page.whole()?, page.reach());
    let column = size.column("channel")?;
    let list: Vec<Bar> = (0..size.len())
        .filter(|row| {
            look::text(size, "member", *row) == owner && look::text(size, "measure", *row) == measure
        })
        .filter(|row| look::text(size, "channel", *row) != "all")
        .filter_map(|row| {
            let value = look::number(size, "value", row)?;
            let channel = look::text(size, "channel", row);
            Some(Bar {
                label: column.called(channel, page.language),
                value,
                of: None,
                shown: page.count(value),
                class: "",
            })
        })
        .collect();
    let list = bars::ranked(list)?;
    let (name, people) = (&list[0].label, &list[0].shown);
    let title = match page.language {
        Language::English => format!("{name} brings the most people: {people}"),
        Language::German => format!("{name} bringt die meisten Menschen: {people}"),
    };
    let figure = Figure {
        id: "channels-size",
        title,
        how: page
            .say(words(
                "People by channel; who is known through several counts in each",
                "Menschen nach Kanal; wer über mehrere bekannt ist, zählt bei jedem",
            ))
            .to_owned(),
        told: bars::told(&list),
        numbers: rows::table(page, size, |row| {
            look::text(size, "member", row) == owner && look::text(size, "measure", row) == measure
        }),
    };
    let body = html! {
        (figure.draw(page, |width| bars(&list, width)))
        @if let Some(table) = page.table("channel_value") { (without(page, table, owner)) }
    };
    Some(Section { id: "channels", title: words("Channels", "Kanäle"), body })
}

/// Whom one would lose without a channel.
fn without(page: &Page<'_>, table: &Table, owner: &str) -> Markup {
    let Some(column) = table.column("channel") else { return html! {} };
    let list: Vec<Bar> = (0..table.len())
        .filter(|row| {
            look::text(table, "member", *row) == owner && look::text(table, "measure", *row) == "lost_people"
        })
        .filter_map(|row| {
            let value = look::number(table, "value", row)?;
            let channel = look::text(table, "channel", row);
            let share = look::told(table, &[("member", owner), ("channel", channel)], "lost_people_share");
            let part = share.map(|share| format!(" ({})", page.share(share.value))).unwrap_or_default();
            Some(Bar {
                label: column.called(channel, page.language),
                value,
                of: None,
                shown: format!("{}{part}", page.count(value)),
                class: "",
            })
        })
        .collect();
    // With a single channel everybody is lost without it, which goes without saying.
    let Some(list) = bars::ranked(list).filter(|list| list.len() > 1 && list[0].value > 0.0) else {
        return html! { details { summary { (page.say(table.title)) } (rows::table(page, table, |_| true)) } };
    };
    let (name, people, value) = (&list[0].label, &list[0].shown, list[0].value);
    let called = page.counted(value, PERSON, PEOPLE);
    let title = match page.language {
        Language::English => format!("Without {name} you lose {people} {called}"),
        Language::German if is_one(value) => format!("Ohne {name} fehlt {people} {called}"),
        Language::German => format!("Ohne {name} fehlen {people} {called}"),
    };
    let figure = Figure {
        id: "channels-without",
        title,
        how: page
            .say(words(
                "People known through this channel only, and their share of all",
                "Menschen, die nur über diesen Kanal bekannt sind, dahinter ihr Anteil an allen",
            ))
            .to_owned(),
        told: bars::told(&list),
        numbers: rows::table(page, table, |row| look::text(table, "member", row) == owner),
    };
    figure.draw(page, |width| bars(&list, width))
}

/// How firm the ties are: bands with the unknown in grey, then the numbers.
pub(super) fn strength(page: &Page<'_>) -> Option<Section> {
    let table = page.table("strength")?;
    let column = table.column("group")?;
    let told = |owner: &str| -> Vec<Bar> {
        let share = |row: usize| {
            look::text(table, "member", row) == owner && look::text(table, "measure", row) == "people"
        };
        let bands = ["strong", "steady", "weak", "dormant", "unknown"];
        let of = |band: &&str| {
            let row =
                (0..table.len()).find(|row| share(*row) && look::text(table, "group", *row) == *band)?;
            let value = look::number(table, "value", row)?;
            let class = if *band == "unknown" { "unknown" } else { "" };
            Some(Bar {
                label: column.called(band, page.language),
                value,
                of: None,
                shown: page.count(value),
                class,
            })
        };
        bands.iter().filter_map(of).collect()
    };
    let mut owner = TEAM;
    let mut list = told(owner);
    if list.is_empty() {
        owner = page.whole()?;
        list = told(owner);
    }
    let of = |band: &str| {
        let place = [("member", owner), ("group", band)];
        look::told(table, &place, "people").map_or(0.0, |found| found.value)
    };
    let total: f64 = list.iter().map(|bar| bar.value).sum();
    let (strong, known) = (of("strong"), total - of("unknown"));
    let figure = (total > 0.0).then(|| {
        let title = if known > 0.0 {
            let (people, share) = (page.count(strong), page.share(strong / known));
            match page.language {
                Language::English => format!("Strong ties: {people}, which is {share} of those with a recorded touch"),
                Language::German => {
                    format!("Belastbare Beziehungen: {people}, das sind {share} derer mit festgehaltenem Kontakt")
                }
            }
        } else {
            page.say(words(
                "How strong the ties are is unknown: no touch is recorded",
                "Wie fest die Beziehungen sind, ist unbekannt: kein Kontakt ist festgehalten",
            ))
            .to_owned()
        };
        Figure {
            id: "strength-bands",
            title,
            how: page.say(words("People by their firmest tie; without a recorded touch nothing is known, which is not weak", "Menschen nach ihrer festesten Beziehung; ohne festgehaltenen Kontakt ist nichts bekannt, das heißt nicht locker")).to_owned(),
            told: bars::told(&list),
            numbers: rows::table(page, table, |row| look::text(table, "member", row) == owner),
        }
        .draw(page, |width| bars(&list, width))
    });
    let body = html! {
        @if let Some(figure) = figure { (figure) } @else { (rows::table(page, table, |_| true)) }
        @if let Some(figure) = survival::figure(page, table) { (figure) }
    };
    Some(Section { id: "strength", title: words("Tie strength", "Stärke der Beziehungen"), body })
}
