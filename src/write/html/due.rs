//! What is due, in the order in which it is worth doing.

use maud::html;

use super::{Page, Section, look, mix, rows};
use crate::table::{Table, Words, words};

/// What is overdue by more days comes after the rest.
const LONG: f64 = 30.0;

/// The order in words.
pub(super) const ORDER: Words = words(
    "First what is due within days or overdue by 30 days at most, then what is overdue longer: each A before B before C, and within a category what is nearest to the day of the report first. Days below 0 are overdue.",
    "Zuerst, was in den nächsten Tagen fällig oder höchstens 30 Tage überfällig ist, danach, was länger überfällig ist: jeweils A vor B vor C, in einer Kategorie zuerst, was dem Stichtag am nächsten liegt. Tage unter 0 sind überfällig.",
);

/// Puts rows of what is due into that order; whoever is not sorted comes after C.
pub(super) fn order(table: &Table, rows: &mut [usize]) {
    rows.sort_by_cached_key(|row| {
        let days = look::number(table, "days", *row).unwrap_or_default();
        let tier = look::text(table, "tier", *row);
        (days < -LONG, if tier.is_empty() { "Z" } else { tier }, days.abs() as i64, *row)
    });
}

/// The section.
pub(super) fn section(page: &Page<'_>, table: &Table) -> Section {
    let mut wanted: Vec<usize> = (0..table.len()).filter(|row| !rows::is_private(table, *row)).collect();
    order(table, &mut wanted);
    // Of how many it is a choice, for how many of them the day is known and how old somebody will be stands in the file.
    let columns = ["on", "days", "tier", "what", "name", "member"];
    let body = html! {
        p .how { (page.say(ORDER)) }
        p .how { (page.say(mix::NO_JUDGEMENT)) }
        (rows::chosen(page, table, &wanted, &columns, wanted.len()))
    };
    Section { id: "due", title: table.title, body }
}
