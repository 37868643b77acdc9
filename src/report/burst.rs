//! Bursts: days on which a member added far more people than usual and then left most of them alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::period::ahead;
use super::spell::{ALL_LANE, Clock, LANES, Observed, each_spell};
use super::{Input, Touch, share};

/// A burst has at least this many additions ...
const FEWEST: u64 = 10;
/// ... and so many times those of the median day with any ...
const TIMES_MEDIAN: f64 = 5.0;
/// ... of which less than this share were in touch ...
const TOUCHED: f64 = 0.2;
/// ... within so many days.
const WITHIN_DAYS: u64 = 30;

/// How many of the people that one member added came in bursts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bursts {
    /// People ever known whose day of connection is known, of members who keep a log of touches.
    pub(super) dated: u64,
    /// Those of them who came in bursts.
    pub(super) burst: u64,
    /// All people ever known.
    pub(super) people: u64,
}

impl Bursts {
    /// Share of dated additions that came in bursts.
    pub(super) fn value(self) -> Option<f64> {
        share(self.burst, self.dated)
    }

    /// Share of people for whom that can be said.
    pub(super) fn coverage(self) -> Option<f64> {
        share(self.dated, self.people)
    }

    /// Adds the numbers of another member.
    pub(super) fn add(&mut self, other: Bursts) {
        self.dated += other.dated;
        self.burst += other.burst;
        self.people += other.people;
    }
}

/// The bursts of each member. Only dates of connection count: a first snapshot dates many at once by nature.
pub(super) fn bursts(input: &Input<'_>, observed: &[Observed]) -> Vec<Bursts> {
    let team = input.members.len();
    let mut touches: Vec<(u16, u32, NaiveDate)> =
        input.touches.iter().map(|&Touch { member, contact, on, .. }| (member, contact, on)).collect();
    touches.sort_unstable();
    let logged: Vec<bool> = (0..team)
        .map(|member| {
            let at = touches.partition_point(|touch| usize::from(touch.0) < member);
            touches.get(at).is_some_and(|touch| usize::from(touch.0) == member)
        })
        .collect();
    let mut bursts = vec![Bursts::default(); team];
    // Per member and day: people added, and those of them who were soon in touch.
    let mut days: Vec<BTreeMap<NaiveDate, (u64, u64)>> = vec![BTreeMap::new(); team];
    each_spell(input, observed, |series, contact, spell| {
        let member = series / LANES;
        if series % LANES != ALL_LANE || member == team {
            return;
        }
        bursts[member].people += 1;
        if spell.clock == Clock::Connected && logged[member] {
            let (added, touched) = days[member].entry(spell.start).or_default();
            *added += 1;
            *touched += u64::from(soon_touched(&touches, member, contact, spell.start));
        }
    });
    for (bursts, days) in bursts.iter_mut().zip(&days) {
        let threshold = (TIMES_MEDIAN * median(days.values().map(|day| day.0).collect())).max(FEWEST as f64);
        for &(added, touched) in days.values() {
            bursts.dated += added;
            if added as f64 >= threshold && (touched as f64) < TOUCHED * added as f64 {
                bursts.burst += added;
            }
        }
    }
    bursts
}

/// Whether there is a touch from the day of connection on, within the days that count.
fn soon_touched(touches: &[(u16, u32, NaiveDate)], member: usize, contact: u32, start: NaiveDate) -> bool {
    let from = (member as u16, contact, start);
    let at = touches.partition_point(|touch| *touch < from);
    touches
        .get(at)
        .is_some_and(|&(of, with, on)| (of, with) == (from.0, from.1) && on <= ahead(start, WITHIN_DAYS))
}

/// The median, between the two middle ones of an even number; 0 of nothing.
fn median(mut numbers: Vec<u64>) -> f64 {
    numbers.sort_unstable();
    let upper = numbers.get(numbers.len() / 2).copied().unwrap_or(0);
    let lower = numbers.get(numbers.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    f64::midpoint(upper as f64, lower as f64)
}
