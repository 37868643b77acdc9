//! Spells: when somebody began and ceased to know a person, and by which clock the beginning is known.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::contact::Holding;
use crate::record::Channel;

use super::Input;
use super::period::Period;
use super::tie::{CHANNEL_COUNT, counts};

/// Series of one member, or of the team: one a channel and one for all channels.
pub(super) const LANES: usize = CHANNEL_COUNT + 1;
/// The lane in which all channels count together.
pub(super) const ALL_LANE: usize = CHANNEL_COUNT;

/// Where the day on which a spell began comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clock {
    /// Nowhere: it was there without a date in the first snapshot, so it began on that day or before.
    Baseline,
    /// From the date in the export.
    Connected,
    /// From the first snapshot that shows it, an earlier one having been without it.
    FirstSeen,
}

/// From when until when somebody knew a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spell {
    /// The day it began; for a baseline the latest day on which it can have begun.
    pub(super) start: NaiveDate,
    /// Where `start` comes from.
    pub(super) clock: Clock,
    /// The day of the complete snapshot that no longer shows it.
    pub(super) end: Option<NaiveDate>,
}

impl Spell {
    /// A date of connection in the future is an error of the source and not used.
    fn of(holding: &Holding, first_snapshot: Option<NaiveDate>, as_of: NaiveDate) -> Spell {
        let (start, clock) = match holding.connected_on {
            Some(on) if on <= as_of => (on, Clock::Connected),
            _ if first_snapshot.is_none_or(|first| holding.first_seen <= first) => {
                (holding.first_seen, Clock::Baseline)
            }
            _ => (holding.first_seen, Clock::FirstSeen),
        };
        Spell { start, clock, end: holding.ended_on }
    }

    /// The spell of both together: from the first beginning until neither is left.
    fn join(self, other: Spell) -> Spell {
        let (start, clock) = (self.start, self.clock).min((other.start, other.clock));
        Spell { start, clock, end: self.end.zip(other.end).map(|(one, two)| one.max(two)) }
    }
}

fn joined(into: &mut Option<Spell>, spell: Spell) {
    *into = Some(into.map_or(spell, |have| have.join(spell)));
}

/// Number of a series: members in their order, then the team; in each the channels, then all of them.
pub(super) fn series(owner: usize, lane: usize) -> usize {
    owner * LANES + lane
}

/// Shows every spell of every series, by contact: the member's and the team's, by channel and in all.
pub(super) fn each_spell(
    input: &Input<'_>,
    observed: &[Observed],
    mut visit: impl FnMut(usize, u32, &Spell),
) {
    let first = |holding: &Holding| {
        let series = series(usize::from(holding.member), holding.channel as usize);
        observed.get(series).and_then(|seen| seen.seen).map(|span| span.first)
    };
    let mut holdings: Cow<'_, [Holding]> = input.holdings.into();
    // A run has them contact by contact already.
    if !holdings.is_sorted_by_key(|holding| holding.contact) {
        holdings.to_mut().sort_unstable_by_key(|holding| holding.contact);
    }
    let team = input.members.len();
    let mut spells: Vec<(u16, Channel, Spell)> = Vec::new();
    for of_contact in holdings.chunk_by(|one, next| one.contact == next.contact) {
        let contact = of_contact[0].contact;
        spells.clear();
        spells.extend(of_contact.iter().filter(|holding| counts(input, holding)).map(|holding| {
            (holding.member, holding.channel, Spell::of(holding, first(holding), input.as_of))
        }));
        spells.sort_unstable_by_key(|&(member, channel, _)| (member, channel));
        // Most people are known to one member through one channel.
        if let [(member, channel, spell)] = &spells[..] {
            for owner in [usize::from(*member), team] {
                visit(series(owner, *channel as usize), contact, spell);
                visit(series(owner, ALL_LANE), contact, spell);
            }
            continue;
        }
        let mut team_lanes = [None; LANES];
        for of_member in spells.chunk_by(|one, next| one.0 == next.0) {
            let mut lanes = [None; LANES];
            for &(_, channel, spell) in of_member {
                for lane in [channel as usize, ALL_LANE] {
                    joined(&mut lanes[lane], spell);
                    joined(&mut team_lanes[lane], spell);
                }
            }
            show(usize::from(of_member[0].0), contact, &lanes, &mut visit);
        }
        show(team, contact, &team_lanes, &mut visit);
    }
}

fn show(
    owner: usize,
    contact: u32,
    lanes: &[Option<Spell>; LANES],
    visit: &mut impl FnMut(usize, u32, &Spell),
) {
    for (lane, spell) in lanes.iter().enumerate() {
        if let Some(spell) = spell {
            visit(series(owner, lane), contact, spell);
        }
    }
}

/// The first and the last of some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Span {
    fn add(into: &mut Option<Span>, day: NaiveDate) {
        let span = into.get_or_insert(Span { first: day, last: day });
        span.first = span.first.min(day);
        span.last = span.last.max(day);
    }

    /// Whether a change within the period would have shown: some day of it lies after the first look and
    /// not after the last.
    fn shows_changes(self, period: &Period) -> bool {
        let from = if period.start > self.first { Some(period.start) } else { self.first.succ_opt() };
        from.is_some_and(|from| from < period.end && from <= self.last)
    }
}

/// When a series was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Observed {
    /// First and last snapshot of any kind.
    pub(super) seen: Option<Span>,
    /// First and last complete snapshot, where there are two or more.
    pub(super) complete: Option<Span>,
}

impl Observed {
    /// Whether new people of the period would be known, where some of the series' dates are (`connected`) or
    /// are not given by the source.
    pub(super) fn shows_adds(&self, period: &Period, connected: bool) -> bool {
        self.seen.is_some_and(
            |span| {
                if connected { period.start <= span.last } else { span.shows_changes(period) }
            },
        )
    }

    /// Whether lost people of the period would be known.
    pub(super) fn shows_losses(&self, period: &Period) -> bool {
        self.complete.is_some_and(|span| span.shows_changes(period))
    }

    /// Whether the stock on a day is known: later days carry on what the last snapshot showed.
    pub(super) fn shows_stock(&self, day: NaiveDate, connected: bool) -> bool {
        self.seen.is_some_and(|span| connected || span.first <= day)
    }
}

/// When each series was looked at, by number of the series. A holding proves that there was a snapshot on
/// its first and last day even where the list of deliveries lacks it.
pub(super) fn observe(input: &Input<'_>) -> Vec<Observed> {
    let mut observed = vec![Observed::default(); (input.members.len() + 1) * LANES];
    let mut look = |member: u16, channel: Channel, on: NaiveDate, complete: bool| {
        if usize::from(member) < input.members.len() {
            let of = &mut observed[series(usize::from(member), channel as usize)];
            Span::add(&mut of.seen, on);
            if complete {
                Span::add(&mut of.complete, on);
            }
        }
    };
    for delivery in input.deliveries {
        look(delivery.member, delivery.channel, delivery.on, delivery.complete);
    }
    for holding in input.holdings {
        look(holding.member, holding.channel, holding.first_seen, false);
        look(holding.member, holding.channel, holding.last_seen, false);
    }
    for owner in 0..input.members.len() {
        for lane in 0..CHANNEL_COUNT {
            let of = &mut observed[series(owner, lane)];
            of.complete = of.complete.filter(|span| span.first < span.last);
            let of = *of;
            for (to_owner, to_lane) in
                [(owner, ALL_LANE), (input.members.len(), lane), (input.members.len(), ALL_LANE)]
            {
                let to = &mut observed[series(to_owner, to_lane)];
                for (into, span) in [(&mut to.seen, of.seen), (&mut to.complete, of.complete)] {
                    for day in span.iter().flat_map(|span| [span.first, span.last]) {
                        Span::add(into, day);
                    }
                }
            }
        }
    }
    observed
}
