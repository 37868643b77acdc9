//! Rankings, shares and habits once more, counted person by person.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::{Rows, Who, adds_known, between, bursts, days, ratio, text};
use crate::record::Channel;
use crate::report::Invitations;
use crate::report::tests::Team;
use crate::report::tests::standing::Office;
use crate::scales;
use crate::touch;

pub(super) type People = BTreeSet<u32>;
/// A number and its coverage.
type Side = (Option<f64>, Option<f64>);

/// The first and the last day of the race so far.
pub(super) fn race_of(team: &Team) -> (NaiveDate, NaiveDate) {
    let monday = team.as_of - Days::new(u64::from(team.as_of.weekday().num_days_from_monday()));
    let (start, weeks) = team.race.map_or((monday - Days::new(63), 9), |race| (race.start, race.weeks));
    (start, (start + Days::new(u64::from(weeks) * 7 - 1)).min(team.as_of))
}

pub(super) fn own(member: usize) -> Who {
    (Some(member), None)
}

/// Whom a member added within these days; nothing where it would not be known.
pub(super) fn added(team: &Team, member: usize, (first, last): (NaiveDate, NaiveDate)) -> Option<People> {
    let within = |person: &u32| {
        let (on, clock) = team.start(own(member), *person).unwrap();
        clock > 0 && first <= on && on <= last
    };
    let known = first <= last && adds_known(team, own(member), first, last);
    known.then(|| team.ever(own(member)).into_iter().filter(within).collect())
}

/// The members who know a person at the end of a day.
fn holders(team: &Team, person: u32, day: NaiveDate) -> Vec<usize> {
    let there = |member: &usize| {
        let Some((on, clock)) = team.start(own(*member), person) else { return false };
        (clock == 0 || on <= day) && team.end(own(*member), person).is_none_or(|end| end > day)
    };
    (0..team.members.len()).filter(there).collect()
}

pub(super) fn worth(team: &Team, people: &People) -> f64 {
    let of = |person: &u32| match team.contacts[*person as usize].tier {
        Some(b'A') => 8.0,
        Some(b'B') => 4.0,
        Some(b'C') => 2.0,
        Some(_) => 0.0,
        None => 1.0,
    };
    people.iter().map(of).sum()
}

pub(super) fn sorted(team: &Team, people: &People) -> usize {
    people.iter().filter(|&&person| team.contacts[person as usize].tier.is_some()).count()
}

/// Whether a member had to do with a person from that day on, within so many days.
fn soon(team: &Team, member: usize, person: u32, on: NaiveDate, within: u64, met: bool) -> bool {
    team.touches.iter().any(|touch| {
        (usize::from(touch.member), touch.contact) == (member, person)
            && (!met || touch.kind == touch::Kind::Met)
            && on <= touch.on
            && touch.on <= (on + Days::new(within)).min(team.as_of)
    })
}

fn logs(team: &Team, member: usize, met: bool) -> bool {
    team.touches.iter().any(|touch| {
        usize::from(touch.member) == member
            && touch.on <= team.as_of
            && (!met || touch.kind == touch::Kind::Met)
    })
}

fn connected(team: &Team, member: usize, people: &People) -> People {
    people
        .iter()
        .copied()
        .filter(|&person| team.start(own(member), person).is_some_and(|start| start.1 == 1))
        .collect()
}

fn losses_known(team: &Team, member: usize, (first, last): (NaiveDate, NaiveDate)) -> bool {
    let mut looks = BTreeSet::new();
    for channel in Channel::ALL {
        let complete: BTreeSet<NaiveDate> = team
            .deliveries
            .iter()
            .filter(|one| usize::from(one.member) == member && one.channel == channel && one.complete)
            .map(|one| one.on)
            .collect();
        if complete.len() > 1 {
            looks.extend(complete);
        }
    }
    between(&looks, first, last)
}

pub(in crate::report) fn rankings(office: &Office) -> Rows {
    let team = &office.team;
    let (first, last) = race_of(team);
    let length = (last - first).num_days() + 1;
    let members: Vec<usize> = (0..team.members.len()).collect();
    let adds: Vec<Option<People>> =
        members.iter().map(|&member| added(team, member, (first, last))).collect();
    let anybody_sorted = adds.iter().flatten().any(|people| sorted(team, people) > 0);
    let score = |ranking: &str, member: usize| -> Side {
        let Some(people) = &adds[member] else { return (None, Some(0.0)) };
        let ever = team.ever(own(member));
        let placed = team.placed(own(member), first);
        let those = |wanted: &dyn Fn(u32) -> bool| people.iter().filter(|person| wanted(**person)).count();
        let fact = |person: u32| team.contacts[person as usize];
        let start = |person: u32| team.start(own(member), person).unwrap();
        let (value, coverage) = match ranking {
            "adds" => (Some(people.len() as f64), placed),
            "net" => {
                let ends = ever.iter().filter_map(|&person| team.end(own(member), person));
                let lost = ends.filter(|end| first <= *end && *end <= last).count();
                let net = people.len() as f64 - lost as f64;
                (losses_known(team, member, (first, last)).then_some(net), placed)
            }
            "unique" => (Some(those(&|person| holders(team, person, last) == [member]) as f64), placed),
            "first" => {
                let earlier = |person: u32, other: usize| {
                    team.start(own(other), person).is_some_and(|(on, clock)| {
                        on < start(person).0 || (on == start(person).0 && clock == 0)
                    })
                };
                let first = |person: u32| !members.iter().any(|&other| earlier(person, other));
                (Some(those(&first) as f64), placed)
            }
            "weighted" => {
                let worth = anybody_sorted.then(|| worth(team, people));
                (worth, ratio(sorted(team, people), people.len()))
            }
            "target" => {
                let judged = |person: u32| {
                    let fact = fact(person);
                    fact.target || fact.company > 0 || fact.sector.is_some()
                };
                let value = office.has_targets.then(|| those(&|person| fact(person).target) as f64);
                (value, ratio(those(&judged), people.len()))
            }
            "appointments" => {
                let dated = connected(team, member, people);
                let met =
                    dated.iter().filter(|&&one| soon(team, member, one, start(one).0, 90, true)).count();
                (logs(team, member, true).then_some(met as f64), ratio(dated.len(), people.len()))
            }
            _ => {
                let past: Vec<NaiveDate> = ever
                    .iter()
                    .map(|&person| start(person))
                    .filter(|(on, clock)| *clock > 0 && *on < first)
                    .map(|start| start.0)
                    .collect();
                let run = |until: &NaiveDate| {
                    past.iter().filter(|on| *on <= until && (*until - **on).num_days() < length).count()
                };
                (ratio(people.len(), past.iter().map(run).max().unwrap_or(0)), placed)
            }
        };
        (value, if value.is_some() { coverage } else { Some(0.0) })
    };
    let mut out = Rows::new();
    for ranking in ["adds", "net", "unique", "first", "weighted", "target", "appointments", "personal_best"] {
        let scores: Vec<_> = members.iter().map(|&member| score(ranking, member)).collect();
        let mut order = members.clone();
        order.sort_by(|&one, &other| {
            (scores[other].0.partial_cmp(&scores[one].0).unwrap())
                .then_with(|| team.members[one].cmp(&team.members[other]))
        });
        let total: f64 = scores.iter().filter_map(|score| score.0).sum();
        for member in order {
            let (value, coverage) = scores[member];
            let rank = value.map(|value| 1 + scores.iter().filter(|other| other.0 > Some(value)).count());
            let part = value
                .filter(|_| total > 0.0 && ranking != "net" && ranking != "personal_best")
                .map(|value| value / total);
            out.push((
                format!("{} {ranking}", team.members[member]),
                vec![
                    team.as_of.to_string(),
                    text(value),
                    rank.map(|rank| rank.to_string()).unwrap_or_default(),
                    text(part),
                    text(coverage),
                ],
            ));
        }
    }
    out
}

pub(in crate::report) fn fair_share(office: &Office) -> Rows {
    let team = &office.team;
    let everybody = team.network((None, None));
    let any_sorted = sorted(team, &everybody) > 0;
    let k = |person: u32| {
        (0..team.members.len()).filter(|&member| team.network(own(member)).contains(&person)).count() as f64
    };
    let line = |who: Who, name: &str| {
        let people = team.network(who);
        let known = team.has_data(who);
        let fair: f64 = people.iter().map(|&one| if who.0.is_some() { 1.0 / k(one) } else { 1.0 }).sum();
        let one = |person: u32| worth(team, &People::from([person]));
        let fair_weight: f64 =
            people.iter().map(|&p| if who.0.is_some() { one(p) / k(p) } else { one(p) }).sum();
        let (all, whole) = (everybody.len() as f64, worth(team, &everybody));
        let when = |value: f64, holds: bool| text((known && holds).then_some(value));
        let coverage = if known { ratio(sorted(team, &people), people.len()) } else { Some(0.0) };
        let cells = vec![
            team.as_of.to_string(),
            if known { people.len().to_string() } else { String::new() },
            when(fair, true),
            when(fair / all, all > 0.0),
            when(worth(team, &people), any_sorted),
            when(fair_weight, any_sorted),
            when(fair_weight / whole, any_sorted && whole > 0.0),
            text(coverage),
        ];
        (name.to_owned(), cells)
    };
    let mut rows: Rows = (0..team.members.len()).map(|one| line(own(one), &team.members[one])).collect();
    rows.push(line((None, None), "team"));
    rows
}

pub(in crate::report) fn convergence(office: &Office) -> Rows {
    let team = &office.team;
    let count = team.members.len();
    let (first, last) = race_of(team);
    let mut weeks: Vec<Vec<NaiveDate>> = Vec::new();
    for day in days(first, last) {
        match weeks.last_mut() {
            Some(week) if week[0].iso_week() == day.iso_week() => week.push(day),
            _ => weeks.push(vec![day]),
        }
    }
    let mut out = Rows::new();
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (index, week) in weeks.iter().enumerate() {
        let (from, until) = (week[0], week[week.len() - 1]);
        let adds: Vec<f64> = (0..count)
            .filter_map(|member| added(team, member, (from, until)))
            .map(|people| people.len() as f64)
            .collect();
        let n = adds.len() as f64;
        let mean = (n > 0.0).then(|| adds.iter().sum::<f64>() / n);
        // The variance is half the mean squared difference of two.
        let apart: f64 = adds.iter().flat_map(|a| adds.iter().map(move |b| (a - b) * (a - b))).sum();
        let cv = mean.filter(|mean| n > 1.0 && *mean > 0.0).map(|mean| (apart / (2.0 * n * n)).sqrt() / mean);
        if let Some(cv) = cv.filter(|_| week.len() == 7) {
            points.push((index as f64, cv));
        }
        let line = |points: &[(f64, f64)]| {
            let n = points.len() as f64;
            let sum = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
            (n * sum(|p| p.0 * p.1) - sum(|p| p.0) * sum(|p| p.1))
                / (n * sum(|p| p.0 * p.0) - sum(|p| p.0).powi(2))
        };
        let slope = (points.len() >= 3).then(|| line(&points));
        let fifth = points.iter().map(|point| point.1).sum::<f64>() / points.len() as f64 / 5.0;
        let changes: Vec<f64> = (0..points.len())
            .map(|out| {
                let mut rest = points.clone();
                rest.remove(out);
                line(&rest) * (points[points.len() - 1].0 - points[0].0)
            })
            .collect();
        let gap = match slope {
            Some(_) if changes.iter().all(|change| *change < -1e-9 && change + fifth <= 1e-9) => "closing",
            Some(_) if changes.iter().all(|change| *change > 1e-9 && change - fifth >= -1e-9) => "growing",
            Some(_) => "steady",
            None => "",
        };
        let people = team.ever((None, None));
        let before = from - Days::new(1);
        let single: Vec<u32> =
            people.into_iter().filter(|&person| holders(team, person, before).len() == 1).collect();
        let turned = single.iter().filter(|&&person| holders(team, person, until).len() > 1).count();
        let several = count > 1 && n > 0.0;
        let when = |number: usize| if several { number.to_string() } else { String::new() };
        let name = format!("{}-W{:02}", from.iso_week().year(), from.iso_week().week());
        let slope = slope.map(|slope| if slope.abs() < 1e-9 { 0.0 } else { slope });
        out.push((
            name,
            vec![
                team.as_of.to_string(),
                from.to_string(),
                (week.len() < 7).to_string(),
                text(mean),
                text(cv),
                text(slope),
                gap.to_owned(),
                when(single.len()),
                when(turned),
                text(ratio(turned, single.len()).filter(|_| several)),
                text(ratio(adds.len(), count)),
            ],
        ));
    }
    out
}

pub(in crate::report) fn leader_profile(office: &Office) -> Rows {
    let team = &office.team;
    let race = race_of(team);
    let adds: BTreeMap<usize, People> =
        (0..team.members.len()).filter_map(|member| Some((member, added(team, member, race)?))).collect();
    let best = adds.iter().max_by(|one, other| {
        (one.1.len().cmp(&other.1.len())).then_with(|| team.members[*other.0].cmp(&team.members[*one.0]))
    });
    let Some(leader) = best.filter(|best| !best.1.is_empty()).map(|best| *best.0) else { return Vec::new() };
    let everyone: Vec<usize> = (0..team.members.len()).collect();
    let sides = [vec![leader], everyone.into_iter().filter(|&member| member != leader).collect()];
    let pairs = |side: &[usize]| -> Vec<(usize, u32)> {
        let of =
            |&member: &usize| adds.get(&member).into_iter().flatten().map(move |&person| (member, person));
        side.iter().flat_map(of).collect()
    };
    let start = |(member, person): (usize, u32)| team.start(own(member), person).unwrap();
    let mut out = Rows::new();
    let mut push = |aspect: &str, part: &str, of: &dyn Fn(&[usize]) -> Side| {
        let (one, other) = (of(&sides[0]), of(&sides[1]));
        let apart = one.0.zip(other.0).map(|(one, other)| one - other);
        let numbers = [one.0, other.0, apart, one.1, other.1].map(text);
        let head = [team.as_of.to_string(), team.members[leader].clone()];
        out.push((format!("{aspect} {part}"), head.into_iter().chain(numbers).collect()));
    };
    push("adds", "", &|side| {
        let known = side.iter().filter(|member| adds.contains_key(member)).count();
        (ratio(pairs(side).len(), known), ratio(known, side.len()))
    });
    for (number, name) in
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].iter().enumerate()
    {
        push("weekday", name, &|side| {
            let all = pairs(side);
            let dated: Vec<_> = all.iter().map(|&pair| start(pair)).filter(|start| start.1 == 1).collect();
            let then =
                dated.iter().filter(|start| start.0.weekday().num_days_from_monday() as usize == number);
            (ratio(then.count(), dated.len()), ratio(dated.len(), all.len()))
        });
    }
    let sector = |pair: &(usize, u32)| team.contacts[pair.1 as usize].sector;
    for (number, value) in scales::sectors().iter().enumerate() {
        if sides.iter().any(|side| pairs(side).iter().any(|pair| sector(pair) == Some(number as u8))) {
            push("sector", value.name, &|side| {
                let all = pairs(side);
                let known: Vec<u8> = all.iter().filter_map(sector).collect();
                let of = known.iter().filter(|sector| usize::from(**sector) == number).count();
                let enough = known.len() >= 20 && known.len() * 10 >= all.len() * 3;
                (ratio(of, known.len()).filter(|_| enough), ratio(known.len(), all.len()))
            });
        }
    }
    for (aspect, within, met) in
        [("touched_30", 30, false), ("touched_90", 90, false), ("appointments", 90, true)]
    {
        push(aspect, "", &|side| {
            let all = pairs(side);
            let judged: Vec<_> =
                all.iter().filter(|pair| start(**pair).1 == 1 && logs(team, pair.0, met)).collect();
            let done = judged
                .iter()
                .filter(|pair| soon(team, pair.0, pair.1, start(***pair).0, within, met))
                .count();
            (ratio(done, judged.len()), ratio(judged.len(), all.len()))
        });
    }
    let listed = |side: &[usize]| {
        let mine = team.invitations.iter().filter(|one| side.contains(&usize::from(one.member)));
        mine.filter(|one| one.sent > 0).copied().collect::<Vec<_>>()
    };
    let sum = |side: &[usize], of: fn(&Invitations) -> u64| listed(side).iter().map(of).sum::<u64>() as usize;
    for (aspect, of) in
        [("noted", (|one| one.noted) as fn(&Invitations) -> u64), ("accepted", |one| one.accepted)]
    {
        if aspect == "noted" {
            push("invitations", "", &|side| {
                let mean = ratio(sum(side, |one| one.sent), listed(side).len());
                (mean, ratio(listed(side).len(), side.len()))
            });
        }
        push(aspect, "", &|side| {
            (ratio(sum(side, of), sum(side, |one| one.sent)), ratio(listed(side).len(), side.len()))
        });
    }
    push("burst_share", "", &|side| {
        let [burst, dated, ever] = side
            .iter()
            .map(|&member| bursts(team, member))
            .fold([0; 3], |sum, one| [0, 1, 2].map(|at| sum[at] + one[at]));
        (ratio(burst, dated), ratio(dated, ever))
    });
    out
}
