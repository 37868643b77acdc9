//! Pace, time needed and response once more, as their definitions read.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::plain_people::{Owner, Rows, ratio};
use super::tests_people::World;
use crate::record::Channel;
use crate::touch::Kind;

fn middle(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    match all.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(all[odd / 2]),
        even => Some(f64::midpoint(all[even / 2 - 1], all[even / 2])),
    }
}

impl World {
    fn all_looks(&self, owner: Owner) -> BTreeSet<NaiveDate> {
        let members = (0..self.members.len()).filter(|member| owner.is_none_or(|own| own == *member));
        members.flat_map(|member| Channel::ALL.map(|channel| self.looks(member, channel))).flatten().collect()
    }

    /// Whether new people of these days would be known.
    fn adds_known(&self, owner: Owner, from: NaiveDate, until: NaiveDate) -> bool {
        let looks = self.all_looks(owner);
        let dated = self.ever(owner).iter().any(|one| self.start(owner, *one).is_some_and(|on| on.1 == 1));
        if dated {
            return looks.iter().any(|look| *look >= from);
        }
        from.iter_days()
            .take_while(|day| *day <= until)
            .any(|day| looks.iter().any(|look| *look < day) && looks.iter().any(|look| *look >= day))
    }
}

pub(super) fn pace(world: &World) -> Rows {
    let monday = world.as_of - Days::new(u64::from(world.as_of.weekday().num_days_from_monday()));
    let (race, weeks) = world.race.map_or((monday - Days::new(63), 9), |race| (race.start, race.weeks));
    let mut out = Rows::new();
    for owner in world.owners() {
        for (name, first, weeks) in [("race", race, weeks), ("year", monday - Days::new(364), 52)] {
            let last = (first + Days::new(u64::from(weeks) * 7 - 1)).min(world.as_of);
            let days = (last - first).num_days() + 1;
            let stock = |day: NaiveDate| {
                (days > 0 && world.stock_known(owner, day)).then(|| world.stock(owner, day).len() as f64)
            };
            let (start, end) = (stock(first - Days::new(1)), stock(last));
            let rate = |times: f64| {
                let (start, end) = start.zip(end).filter(|(start, _)| *start > 0.0)?;
                Some((end / start).powf(times) - 1.0)
            };
            let mut adds: Vec<(f64, f64)> = Vec::new();
            for week in 0..weeks {
                let from = first + Days::new(u64::from(week) * 7);
                let until = from + Days::new(6);
                if until > world.as_of || !world.adds_known(owner, from, until) {
                    continue;
                }
                let new = |one: &u32| {
                    world.start(owner, *one).is_some_and(|(on, clock)| clock > 0 && from <= on && on <= until)
                };
                adds.push((f64::from(week), world.ever(owner).iter().filter(|one| new(one)).count() as f64));
            }
            let came = |owner: Owner, one: &u32| {
                world.start(owner, *one).is_some_and(|(on, clock)| clock > 0 && first <= on && on <= last)
            };
            let added = if owner.is_some() {
                world.ever(owner).iter().filter(|one| came(owner, one)).count()
            } else {
                let of = |member: usize| {
                    world.ever(Some(member)).into_iter().filter(move |one| came(Some(member), one))
                };
                let members = (0..world.members.len()).filter(|member| world.members[*member] != "team");
                members.flat_map(of).collect::<BTreeSet<_>>().len()
            };
            let added = Some(added as f64).filter(|_| days > 0 && world.adds_known(owner, first, last));
            let mut slopes = Vec::new();
            for one in &adds {
                for two in adds.iter().filter(|two| two.0 > one.0) {
                    slopes.push((two.1 - one.1) / (two.0 - one.0));
                }
            }
            let ever = world.ever(owner);
            let placed = ever
                .iter()
                .filter(|one| world.start(owner, **one).is_some_and(|(on, clock)| clock > 0 || on < first));
            let coverage = ratio(placed.count(), ever.len()).or(Some(0.0));
            let yearly = days >= 180 && start.is_some_and(|start| start >= 30.0);
            for (measure, number) in [
                ("start", start),
                ("end", end),
                ("added", added),
                ("weekly_rate", rate(7.0 / days as f64)),
                ("yearly_rate", rate(365.25 / days as f64).filter(|_| yearly)),
                ("pace", middle(adds.iter().map(|week| week.1).collect())),
                ("trend", middle(slopes).filter(|_| adds.len() >= 4)),
            ] {
                world.row(&mut out, &format!("{name} {measure}"), owner, number, coverage);
            }
        }
    }
    out
}

pub(super) fn time_needed(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        let count = |tier: u8| people.iter().filter(|one| world.fact(**one).tier == Some(tier)).count();
        let sorted: usize = b"ABCD".iter().map(|tier| count(*tier)).sum();
        let mut push = |key: &str, number: f64| {
            world.row(&mut out, key, owner, Some(number).filter(|_| sorted > 0), ratio(sorted, people.len()));
        };
        let (a, b, c) = (count(b'A') as f64, count(b'B') as f64, count(b'C') as f64);
        for (name, people, hours) in [("A", a, a * 12.0), ("B", b, b * 2.0), ("C", c, c * 0.25)] {
            push(&format!("{name} people"), people);
            push(&format!("{name} hours"), hours);
        }
        let hours = a * 12.0 + b * 2.0 + c * 0.25;
        let members = match owner {
            Some(_) => 1,
            None => (0..world.members.len()).filter(|member| world.heard(Some(*member))).count(),
        };
        push("all people", a + b + c);
        push("all hours", hours);
        push("all hours_a_month", hours / 12.0);
        push("all budget", 440.0 * members as f64);
        if members > 0 {
            push("all budget_used", hours / (440.0 * members as f64));
        }
    }
    out
}

pub(super) fn response(world: &World) -> Rows {
    let mut out = Rows::new();
    let last = world.as_of - Days::new(30);
    for owner in world.owners() {
        let members: Vec<usize> =
            (0..world.members.len()).filter(|member| owner.is_none_or(|own| own == *member)).collect();
        let logged = |member: usize, contact: u32| {
            let of = world.dealt(member, contact);
            of.into_iter().filter(|touch| touch.on <= world.as_of).collect::<Vec<_>>()
        };
        for (name, toward) in [("theirs", 1), ("own", -1)] {
            let (mut wrote, mut directed) = (0, 0);
            let mut waits = Vec::new();
            let mut messages = 0;
            for (member, contact) in
                members.iter().flat_map(|member| (0..world.contacts.len() as u32).map(|one| (*member, one)))
            {
                let all = logged(member, contact);
                let of = |kind: Kind, wanted: i8| {
                    let mine = all.iter().filter(move |touch| touch.kind == kind && touch.toward == wanted);
                    mine.map(|touch| touch.on).collect::<BTreeSet<_>>()
                };
                wrote += all.iter().filter(|touch| touch.kind == Kind::Wrote).count();
                directed += all.iter().filter(|touch| touch.kind == Kind::Wrote && touch.toward != 0).count();
                let sent = of(Kind::Wrote, toward);
                let mut answers = &of(Kind::Wrote, -toward) | &of(Kind::Called, -toward);
                answers.extend(all.iter().filter(|touch| touch.kind == Kind::Met).map(|touch| touch.on));
                for on in &sent {
                    let waiting = sent.iter().rfind(|before| *before < on).is_some_and(|before| {
                        (*on - *before).num_days() <= 30
                            && !answers.iter().any(|answer| before <= answer && answer < on)
                    });
                    if waiting || *on > last || *on <= last - Days::new(365) {
                        continue;
                    }
                    messages += 1;
                    let answer =
                        answers.iter().find(|answer| (0..=30).contains(&(**answer - *on).num_days()));
                    waits.extend(answer.map(|answer| (*answer - *on).num_days() as f64));
                }
            }
            let answered = waits.len();
            for (measure, number) in [
                ("messages", Some(messages as f64)),
                ("answered", Some(answered as f64)),
                ("rate", ratio(answered, messages)),
                ("days", middle(waits)),
            ] {
                let coverage = ratio(directed, wrote).or(Some(0.0));
                world.row(
                    &mut out,
                    &format!("{name} {measure}"),
                    owner,
                    number.filter(|_| directed > 0),
                    coverage,
                );
            }
        }
    }
    out
}
