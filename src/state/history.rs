//! How many people were of which category on the days of earlier runs.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// People of one member or the team by category, on the day that a run describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierDay {
    /// The day.
    pub on: NaiveDate,
    /// Id of the member; that of the team for all together.
    pub member: String,
    /// People of A, B, C, D, those not sorted yet, those known in private life only.
    pub people: [u64; 6],
}

/// Weeks of which the last day is kept; of older months the last day is.
const WEEKS: i64 = 13;
/// Months that are kept.
const MONTHS: i32 = 36;

/// What the days before `on` and that day leave for the next run: the last day of each of the latest weeks and of
/// each month before them. Where a run goes back in time, later days are dropped.
pub fn history(before: &[TierDay], on: NaiveDate, today: Vec<TierDay>) -> Vec<TierDay> {
    let month = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
    let slot = |day: NaiveDate| {
        let recent = (on - day).num_days() < WEEKS * 7;
        if recent { (1, day.num_days_from_ce().div_euclid(7)) } else { (0, month(day)) }
    };
    let mut kept: Vec<TierDay> = before
        .iter()
        .filter(|past| past.on < on && month(on) - month(past.on) < MONTHS)
        .cloned()
        .chain(today)
        .collect();
    kept.sort_by(|one, other| (one.on, &one.member).cmp(&(other.on, &other.member)));
    let days: Vec<NaiveDate> = kept.iter().map(|past| past.on).collect();
    let last = |day: NaiveDate| days.iter().rev().find(|other| slot(**other) == slot(day)) == Some(&day);
    kept.retain(|past| last(past.on));
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(on: NaiveDate) -> Vec<TierDay> {
        vec![TierDay { on, member: "team".to_owned(), people: [1; 6] }]
    }

    proptest! {
        #[test]
        fn a_run_a_day_leaves_few_days_and_the_latest(days in 1u64..1_500) {
            let first: NaiveDate = "2022-01-03".parse().unwrap();
            let mut kept = Vec::new();
            for day in first.iter_days().take(days as usize) {
                kept = history(&kept, day, at(day));
                prop_assert_eq!(&history(&kept, day, at(day)), &kept, "the same run again changes nothing");
                prop_assert_eq!(kept.last().map(|past| past.on), Some(day));
            }
            prop_assert!(kept.len() as i64 <= WEEKS + 1 + i64::from(MONTHS));
            let back = first + chrono::Days::new(days / 2);
            prop_assert!(history(&kept, back, at(back)).iter().all(|past| past.on <= back));
        }
    }
}
