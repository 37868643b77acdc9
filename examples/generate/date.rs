//! Days as numbers since 1970-01-01 and the ways exports write them.

use chrono::{Datelike, NaiveDate};

/// Days from year 1 to 1970 in the count of chrono.
const EPOCH: i32 = 719_163;

/// The number of a day.
pub(crate) fn day(year: i32, month: u32, day: u32) -> i32 {
    NaiveDate::from_ymd_opt(year, month, day).map_or(0, |date| date.num_days_from_ce() - EPOCH)
}

/// The date of a day.
pub(crate) fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(EPOCH)).unwrap_or_default()
}

/// A day in chrono's notation.
pub(crate) fn format(day: i32, pattern: &str) -> String {
    date(day).format(pattern).to_string()
}

/// `2026-03-02`.
pub(crate) fn iso(day: i32) -> String {
    format(day, "%Y-%m-%d")
}

/// `02 Mar 2026`, as LinkedIn writes it.
pub(crate) fn linkedin(day: i32) -> String {
    format(day, "%d %b %Y")
}

/// `02.03.2026`.
pub(crate) fn german(day: i32) -> String {
    format(day, "%d.%m.%Y")
}

/// `3/2/2026`.
pub(crate) fn us(day: i32) -> String {
    format(day, "%-m/%-d/%Y")
}

/// Whether a day is a Saturday or Sunday.
pub(crate) fn weekend(day: i32) -> bool {
    date(day).weekday().num_days_from_monday() >= 5
}
