//! Bursts: days on which a member added far more people than usual and then left most of them alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::meeting::Meetings;
use super::spell::{ALL_LANE, Clock, LANES, Observed, each_spell};
use super::{Input, median, share};

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

/// Per member and day: people added, and those of them who were soon in touch.
type Days = Vec<BTreeMap<NaiveDate, (u64, u64)>>;

/// Every person that a member added in a burst, with the day.
pub(super) fn burst_people(input: &Input<'_>, observed: &[Observed]) -> Vec<(u32, NaiveDate)> {
    let mut people: Vec<(usize, u32, NaiveDate)> = Vec::new();
    let (_, days) = added(input, observed, |member, contact, on| people.push((member, contact, on)));
    let days: Vec<BTreeSet<NaiveDate>> =
        days.iter().map(|days| in_bursts(days).map(|(on, _)| on).collect()).collect();
    people.retain(|(member, _, on)| days[*member].contains(on));
    people.into_iter().map(|(_, contact, on)| (contact, on)).collect()
}

/// The bursts of each member.
pub(super) fn bursts(input: &Input<'_>, observed: &[Observed]) -> Vec<Bursts> {
    let (mut bursts, days) = added(input, observed, |_, _, _| ());
    for (bursts, days) in bursts.iter_mut().zip(&days) {
        bursts.dated = days.values().map(|(added, _)| added).sum();
        bursts.burst = in_bursts(days).map(|(_, added)| added).sum();
    }
    bursts
}

/// The days on which a burst came, each with the people added.
fn in_bursts(days: &BTreeMap<NaiveDate, (u64, u64)>) -> impl Iterator<Item = (NaiveDate, u64)> {
    let usual = median(days.values().map(|day| day.0 as f64));
    let threshold = (TIMES_MEDIAN * usual.unwrap_or(0.0)).max(FEWEST as f64);
    let is_burst = move |added: u64, touched: u64| {
        added as f64 >= threshold && (touched as f64) < TOUCHED * added as f64
    };
    days.iter().filter(move |(_, day)| is_burst(day.0, day.1)).map(|(on, day)| (*on, day.0))
}

/// How many people each member ever knew, and how many were added on which day; shows each of the latter. Only dates of connection count: a first snapshot dates many at once by nature.
fn added(
    input: &Input<'_>,
    observed: &[Observed],
    mut show: impl FnMut(usize, u32, NaiveDate),
) -> (Vec<Bursts>, Days) {
    let team = input.members.len();
    let touches = Meetings::of(input, |_| true);
    let logged: Vec<bool> = (0..team).map(|member| touches.logged(member)).collect();
    let mut bursts = vec![Bursts::default(); team];
    let mut days: Days = vec![BTreeMap::new(); team];
    each_spell(input, observed, |series, contact, spell| {
        let member = series / LANES;
        if series % LANES != ALL_LANE || member == team {
            return;
        }
        bursts[member].people += 1;
        if spell.clock == Clock::Connected && logged[member] {
            show(member, contact, spell.start);
            let (added, touched) = days[member].entry(spell.start).or_default();
            *added += 1;
            *touched += u64::from(touches.within((member as u16, contact, spell.start), WITHIN_DAYS));
        }
    });
    (bursts, days)
}
