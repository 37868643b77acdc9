//! Data quality, appointments and bursts once more, as their definitions read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::Touch;
use super::list_tests::Crew;
use super::plain_lists::{ratio, said, text};
use crate::contact::{Holding, Kind};
use crate::record::Channel;
use crate::touch;

type Rows = Vec<(String, Vec<String>)>;

/// Whose holdings of which channel: `None` is all.
pub(super) type Who = (Option<usize>, Option<Channel>);

fn is_of((owner, lane): Who, member: u16, channel: Channel) -> bool {
    owner.is_none_or(|owner| owner == usize::from(member)) && lane.is_none_or(|lane| lane == channel)
}

impl Crew {
    pub(super) fn snapshots(&self, who: Who) -> BTreeSet<NaiveDate> {
        let delivered = self.deliveries.iter().filter(|of| is_of(who, of.member, of.channel)).map(|of| of.on);
        let held = self.holdings.iter().filter(|of| is_of(who, of.member, of.channel));
        delivered.chain(held.flat_map(|of| [of.first_seen, of.last_seen])).collect()
    }

    /// Since when a person is known, and by which clock: 0 baseline, 1 connected, 2 first seen.
    pub(super) fn since(&self, owner: Option<usize>, contact: u32) -> Option<(NaiveDate, u8)> {
        if self.contacts[contact as usize].kind != Kind::Person {
            return None;
        }
        let evidence = |held: &Holding| match held.connected_on {
            Some(on) if on <= self.as_of => (on, 1),
            _ => {
                let own = self.snapshots((Some(usize::from(held.member)), Some(held.channel)));
                (held.first_seen, if own.first() == Some(&held.first_seen) { 0 } else { 2 })
            }
        };
        let held = self
            .holdings
            .iter()
            .filter(|held| held.contact == contact && is_of((owner, None), held.member, held.channel));
        held.map(evidence).min()
    }

    fn was_touched(
        &self,
        member: usize,
        contact: u32,
        kinds: &[touch::Kind],
        from: NaiveDate,
        days: u64,
    ) -> bool {
        let fits = |touch: &Touch| {
            kinds.contains(&touch.kind)
                && touch.contact == contact
                && from <= touch.on
                && touch.on <= (from + Days::new(days)).min(self.as_of)
        };
        self.touches.iter().any(|touch| usize::from(touch.member) == member && fits(touch))
    }

    /// The day of the burst in which a member added somebody.
    pub(super) fn burst(&self, member: usize, contact: u32) -> Option<NaiveDate> {
        let on = self.since(Some(member), contact).filter(|since| since.1 == 1)?.0;
        let is_own = |touch: &Touch| usize::from(touch.member) == member && touch.on <= self.as_of;
        if !self.touches.iter().any(is_own) {
            return None;
        }
        let mut days: BTreeMap<NaiveDate, Vec<u32>> = BTreeMap::new();
        for other in 0..self.contacts.len() as u32 {
            if let Some((day, 1)) = self.since(Some(member), other) {
                days.entry(day).or_default().push(other);
            }
        }
        let mut sizes: Vec<usize> = days.values().map(Vec::len).collect();
        sizes.sort_unstable();
        let median = (sizes[sizes.len() / 2] + sizes[(sizes.len() - 1) / 2]) as f64 / 2.0;
        let added = &days[&on];
        let soon =
            added.iter().filter(|other| self.was_touched(member, **other, &touch::Kind::ALL, on, 30)).count();
        let large = added.len() >= 10 && added.len() as f64 >= 5.0 * median;
        (large && (soon as f64) < 0.2 * added.len() as f64).then_some(on)
    }

    fn owners(&self) -> Vec<Option<usize>> {
        let members = (0..self.members.len()).filter(|member| self.members[*member] != "team");
        members.map(Some).chain([None]).collect()
    }

    fn owner_name(&self, owner: Option<usize>) -> &str {
        owner.map_or("team", |member| &self.members[member])
    }
}

pub(super) fn data_quality(crew: &Crew) -> Rows {
    let mut rows = Vec::new();
    for owner in crew.owners() {
        for lane in std::iter::once(None).chain(Channel::ALL.map(Some)) {
            let who = (owner, lane);
            let counts: Vec<u64> =
                crew.rows.iter().filter(|of| is_of(who, of.member, of.channel)).map(|of| of.rows).collect();
            let snapshots = crew.snapshots(who);
            if lane.is_some() && counts.is_empty() && snapshots.is_empty() {
                continue;
            }
            let open = |contact: u32| {
                let own = crew
                    .holdings
                    .iter()
                    .filter(move |of| of.contact == contact && is_of(who, of.member, of.channel));
                own.filter(|of| of.ended_on.is_none()).collect::<Vec<_>>()
            };
            let people: Vec<u32> = (0..crew.contacts.len() as u32)
                .filter(|contact| {
                    crew.contacts[*contact as usize].kind == Kind::Person && !open(*contact).is_empty()
                })
                .collect();
            let share = |known: &dyn Fn(u32) -> bool| {
                text(ratio(people.iter().filter(|person| known(**person)).count(), people.len()))
            };
            let fact = |person: u32| crew.contacts[person as usize];
            let bonded = |person: u32| {
                let holders: BTreeSet<u16> = open(person).iter().map(|held| held.member).collect();
                crew.bonds.iter().any(|bond| bond.contact == person && holders.contains(&bond.member))
            };
            rows.push((
                format!("{} {}", crew.owner_name(owner), lane.map_or("all", Channel::name)),
                vec![
                    crew.as_of.to_string(),
                    said((!counts.is_empty()).then(|| counts.iter().sum::<u64>())),
                    said((!snapshots.is_empty()).then_some(people.len())),
                    share(&|person| fact(person).company > 0),
                    share(&|person| fact(person).sector.is_some()),
                    share(&|person| fact(person).level.is_some()),
                    share(&|person| fact(person).function.is_some()),
                    share(&|person| fact(person).city > 0),
                    share(&|person| crew.birthdays.iter().any(|birthday| birthday.contact == person)),
                    share(&|person| fact(person).reachable),
                    share(&|person| {
                        open(person).iter().any(|held| held.touches > 0) || (lane.is_none() && bonded(person))
                    }),
                    share(&|person| {
                        open(person).iter().any(|held| held.connected_on.is_some_and(|on| on <= crew.as_of))
                    }),
                    said(snapshots.last()),
                    said(snapshots.last().map(|last| (crew.as_of - *last).num_days())),
                ],
            ));
        }
    }
    rows
}

pub(super) fn appointments(crew: &Crew) -> Rows {
    let monday = crew.as_of - Days::new(crew.as_of.weekday().num_days_from_monday().into());
    let met = |owner: Option<usize>, contact: u32, from: NaiveDate| {
        let members: Vec<usize> = owner.map_or((0..crew.members.len()).collect(), |owner| vec![owner]);
        (0..=90).any(|days| {
            let on = from + Days::new(days);
            on <= crew.as_of
                && members.iter().any(|member| crew.was_touched(*member, contact, &[touch::Kind::Met], on, 0))
        })
    };
    let logs = |owner: Option<usize>| {
        let own = |touch: &&Touch| owner.is_none_or(|owner| owner == usize::from(touch.member));
        crew.touches.iter().filter(own).any(|touch| touch.kind == touch::Kind::Met && touch.on <= crew.as_of)
    };
    let mut rows = Vec::new();
    for owner in crew.owners() {
        let snapshots = crew.snapshots((owner, None));
        let everybody = 0..crew.contacts.len() as u32;
        let since: Vec<(u32, NaiveDate, u8)> = everybody
            .filter_map(|contact| crew.since(owner, contact).map(|(on, clock)| (contact, on, clock)))
            .collect();
        let dated = since.iter().any(|since| since.2 == 1);
        for ago in (0..=52).rev() {
            let start = monday - Days::new(7 * ago);
            let end = start + Days::new(6);
            let within = |since: &&(u32, NaiveDate, u8)| since.2 > 0 && start <= since.1 && since.1 <= end;
            let added: Vec<_> = since.iter().filter(within).collect();
            let shown = match (snapshots.first(), snapshots.last()) {
                (Some(_), Some(last)) if dated => start <= *last,
                (Some(first), Some(last)) => {
                    start.iter_days().take(7).any(|day| *first < day && day <= *last)
                }
                _ => false,
            };
            let seen = added.iter().filter(|since| met(owner, since.0, since.1)).count();
            let (mut logged, mut all) = (0, 0);
            for member in 0..crew.members.len() {
                if owner.is_none_or(|owner| owner == member) {
                    let everybody = 0..crew.contacts.len() as u32;
                    let own: Vec<_> = everybody
                        .filter_map(|contact| {
                            crew.since(Some(member), contact).map(|(on, clock)| (contact, on, clock))
                        })
                        .collect();
                    let own = own.iter().filter(within).count();
                    all += own;
                    logged += if logs(Some(member)) { own } else { 0 };
                }
            }
            let known = shown && logs(owner);
            rows.push((
                format!("{} {}", crew.owner_name(owner), start.format("%G-W%V")),
                vec![
                    crew.as_of.to_string(),
                    start.to_string(),
                    said(shown.then_some(added.len())),
                    said(known.then_some(seen)),
                    text(ratio(seen, added.len()).filter(|_| known)),
                    (crew.as_of <= end + Days::new(90)).to_string(),
                    text(ratio(logged, all)),
                ],
            ));
        }
    }
    rows
}
