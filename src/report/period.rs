//! ISO weeks and calendar months: their days and names, and the ones that a report shows.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::Window;

/// Full weeks before the current one that the growth report shows, and that a race without a window lasts.
const WEEKS_SHOWN: u64 = 52;
const RACE_WEEKS: u32 = 9;
/// Full months before the current one that the growth report shows.
const MONTHS_SHOWN: u32 = 24;

/// A run of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// The first day.
    pub(super) start: NaiveDate,
    /// The day after the last.
    pub(super) end: NaiveDate,
    /// Whether it is a month; else it is a week.
    pub(super) month: bool,
}

impl Period {
    /// `2026-W10` or `2026-03`.
    pub(super) fn name(&self) -> String {
        if self.month {
            return format!("{:04}-{:02}", self.start.year(), self.start.month());
        }
        let week = self.start.iso_week();
        format!("{:04}-W{:02}", week.year(), week.week())
    }
}

/// The Monday of a day's ISO week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    back(day, u64::from(day.weekday().num_days_from_monday()))
}

/// The weeks to show, without gaps: a year before the week of `as_of`, more if the race began earlier.
pub(super) fn weeks(as_of: NaiveDate, race: Option<Window>) -> Vec<Period> {
    let last = monday(as_of);
    let mut start = back(last, WEEKS_SHOWN * 7);
    if let Some(race) = race {
        start = start.min(monday(race.start));
    }
    let mut weeks = Vec::new();
    while start <= last {
        let end = ahead(start, 7);
        if end == start {
            break;
        }
        weeks.push(Period { start, end, month: false });
        start = end;
    }
    weeks
}

/// The months to show, without gaps: two years before the month of `as_of`.
pub(super) fn months(as_of: NaiveDate) -> Vec<Period> {
    let first = as_of.with_day(1).unwrap_or(as_of);
    let month = |ago: u32| first.checked_sub_months(Months::new(ago)).unwrap_or(first);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    (0..=MONTHS_SHOWN)
        .rev()
        .map(|ago| Period {
            start: month(ago),
            end: if ago == 0 { next } else { month(ago - 1) },
            month: true,
        })
        .collect()
}

/// The race to report: the one that is set, else the last nine full ISO weeks before `as_of`.
pub(super) fn race_window(as_of: NaiveDate, race: Option<Window>) -> Window {
    race.unwrap_or_else(|| Window {
        start: back(monday(as_of), u64::from(RACE_WEEKS) * 7),
        weeks: RACE_WEEKS,
    })
}

/// The day so many days later; the same day at the end of the calendar.
pub(super) fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The day so many days earlier; the same day at the beginning of the calendar.
pub(super) fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_lies_in_the_week_of_its_name() {
        let mut on = day("2015-01-01");
        while on < day("2036-01-01") {
            let week = Period { start: monday(on), end: ahead(monday(on), 7), month: false };
            assert!(week.start <= on && on < week.end);
            let iso = on.iso_week();
            assert_eq!(week.name(), format!("{}-W{:02}", iso.year(), iso.week()));
            on = ahead(on, 1);
        }
    }

    #[test]
    fn periods_follow_each_other_and_end_with_the_present_one() {
        for as_of in ["2026-01-01", "2026-03-15", "2026-03-16", "2024-02-29"] {
            let as_of = day(as_of);
            for periods in [weeks(as_of, None), months(as_of)] {
                assert!(periods.windows(2).all(|pair| pair[0].end == pair[1].start));
                let last = periods.last().unwrap();
                assert!(last.start <= as_of && as_of < last.end);
            }
            assert_eq!(weeks(as_of, None).len(), 53);
            assert_eq!(months(as_of).len(), 25);
        }
        assert_eq!(months(day("2026-03-31"))[23].name(), "2026-02");
        assert_eq!(weeks(day("2021-01-02"), None)[52].name(), "2020-W53");
    }

    #[test]
    fn a_race_that_began_earlier_is_shown_from_its_first_week() {
        let race = Window { start: day("2024-01-03"), weeks: 9 };
        assert_eq!(weeks(day("2026-03-15"), Some(race))[0].start, day("2024-01-01"));
    }

    #[test]
    fn without_a_window_the_last_nine_full_weeks_race() {
        for (as_of, start) in
            [("2026-03-15", "2026-01-05"), ("2026-03-16", "2026-01-12"), ("2026-03-20", "2026-01-12")]
        {
            assert_eq!(race_window(day(as_of), None), Window { start: day(start), weeks: 9 });
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for as_of in [NaiveDate::MIN, NaiveDate::MAX] {
            weeks(as_of, None);
            months(as_of);
            race_window(as_of, None);
        }
    }
}
