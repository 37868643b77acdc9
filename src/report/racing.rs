//! Who was added by whom within the weeks of the race, and what of it is known.

use chrono::NaiveDate;

use super::period::{Period, ahead, race_window};
use super::spell::{ALL_LANE, Clock, LANES, Observed, Spell, each_spell, observe, series};
use super::{Input, TEAM, share};

/// A person whom a member added within the race.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Add {
    /// Index of the member.
    pub(super) member: u16,
    /// Index of the contact.
    pub(super) contact: u32,
    /// The day it began.
    pub(super) on: NaiveDate,
    /// Whether the source gives that day; else it is that of a snapshot.
    pub(super) connected: bool,
    /// Whether nobody of the team knew the person before that day.
    pub(super) first: bool,
    /// Whether this member, and no other, knows the person at the end of the race.
    pub(super) unique: bool,
}

impl Add {
    /// Who added whom, and when.
    pub(super) fn key(&self) -> (u16, u32, NaiveDate) {
        (self.member, self.contact, self.on)
    }
}

/// What is known of one member's race.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lane {
    /// Whether new people would be known.
    pub(super) shows_adds: bool,
    /// Whether lost people would be known.
    pub(super) shows_losses: bool,
    /// People lost within the race.
    pub(super) losses: u64,
    /// People known when the race began, and at its end; nothing where it would not be known.
    pub(super) stocks: [Option<u64>; 2],
    /// The same, counted from what is known.
    counted: [u64; 2],
    /// Whether the source dates some of the people.
    connected: bool,
    /// Everybody the member ever knew.
    people: u64,
    /// Those of them of whom it is known whether they came before, within or after the race.
    placed: u64,
}

impl Lane {
    /// Share of people of whom it is known whether the race brought them.
    pub(super) fn coverage(&self) -> Option<f64> {
        share(self.placed, self.people)
    }
}

/// The race of the team.
#[derive(Debug)]
pub(super) struct Racing {
    /// Its days, cut at the day of the report.
    pub(super) race: Period,
    /// Who was added, by contact and member; only of members of whom it would be known.
    pub(super) adds: Vec<Add>,
    /// One for each member.
    pub(super) lanes: Vec<Lane>,
    /// Everybody the team knows at the end of the race.
    pub(super) reach: u64,
    /// When each series was looked at.
    pub(super) observed: Vec<Observed>,
}

impl Racing {
    /// The race of these holdings; `other` is shown every spell of a member through all channels.
    pub(super) fn run(input: &Input<'_>, mut other: impl FnMut(usize, u32, &Spell)) -> Racing {
        let window = race_window(input.as_of, input.race);
        let end = ahead(window.start, u64::from(window.weeks) * 7).min(ahead(input.as_of, 1));
        let race = Period { start: window.start, end, month: false };
        let team = input.members.len();
        let observed = observe(input);
        let mut lanes = vec![Lane::default(); team];
        let mut adds = Vec::new();
        let mut reach = 0;
        // The spells of one contact; the team's comes after those of its members.
        let mut own: Vec<(usize, Spell)> = Vec::new();
        each_spell(input, &observed, |number, contact, spell| {
            let (owner, lane) = (number / LANES, number % LANES);
            if lane != ALL_LANE {
                return;
            }
            if owner < team {
                lanes[owner].add(spell, &race);
                other(owner, contact, spell);
                own.push((owner, *spell));
                return;
            }
            reach += u64::from(holds(spell, race.end));
            let mut holders = own.iter().filter(|(_, spell)| holds(spell, race.end)).map(|(owner, _)| *owner);
            let only = holders.next().filter(|_| holders.next().is_none());
            adds.extend(own.iter().filter(|(_, spell)| is_add(spell, &race)).map(|&(member, own)| Add {
                member: member as u16,
                contact,
                on: own.start,
                connected: own.clock == Clock::Connected,
                first: spell.clock != Clock::Baseline && own.start == spell.start,
                unique: only == Some(member),
            }));
            own.clear();
        });
        for (owner, lane) in lanes.iter_mut().enumerate() {
            let seen = &observed[series(owner, ALL_LANE)];
            let begun = race.start < race.end;
            lane.shows_adds = begun && seen.shows_adds(&race, lane.connected);
            lane.shows_losses = begun && seen.shows_losses(&race);
            let last = race.end.pred_opt().unwrap_or(race.end);
            let shown = [
                seen.shows_stock(race.start, lane.connected),
                begun && seen.shows_stock(last, lane.connected),
            ];
            lane.stocks = [0, 1].map(|at| shown[at].then_some(lane.counted[at]));
        }
        adds.retain(|add: &Add| lanes[usize::from(add.member)].shows_adds);
        Racing { race, adds, lanes, reach, observed }
    }

    /// The members who race, in the order of the pipeline file: all but a shared inbox.
    pub(super) fn racers<'a>(input: &Input<'a>) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        input.members.iter().map(String::as_str).enumerate().filter(|(_, name)| *name != TEAM)
    }

    /// How many people each member added; nothing where it would not be known.
    pub(super) fn counts(&self) -> Vec<Option<u64>> {
        let mut counts: Vec<Option<u64>> =
            self.lanes.iter().map(|lane| lane.shows_adds.then_some(0)).collect();
        for add in &self.adds {
            if let Some(count) = &mut counts[usize::from(add.member)] {
                *count += 1;
            }
        }
        counts
    }
}

impl Lane {
    fn add(&mut self, spell: &Spell, race: &Period) {
        self.people += 1;
        self.connected |= spell.clock == Clock::Connected;
        for (count, end) in self.counted.iter_mut().zip([race.start, race.end]) {
            *count += u64::from(holds(spell, end));
        }
        self.placed += u64::from(spell.clock != Clock::Baseline || spell.start < race.start);
        self.losses += u64::from(spell.end.is_some_and(|end| race.start <= end && end < race.end));
    }
}

/// Whether the spell began within the period.
fn is_add(spell: &Spell, period: &Period) -> bool {
    spell.clock != Clock::Baseline && period.start <= spell.start && spell.start < period.end
}

/// Whether the person is known at the end of a period that ends before this day.
fn holds(spell: &Spell, end: NaiveDate) -> bool {
    (spell.clock == Clock::Baseline || spell.start < end) && spell.end.is_none_or(|ended| ended >= end)
}
