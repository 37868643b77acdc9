//! The reports about categories, channels and stages once more, as their definitions read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::plain_people::{Rows, distance, letter, opt, ratio, similarity, text};
use super::tests_people::World;
use super::{Fact, Touch};
use crate::record::Channel;
use crate::touch::Kind;

fn waits(fact: &Fact) -> bool {
    letter(fact).is_empty()
}

pub(super) fn tiers(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        let count = |wanted: &str| people.iter().filter(|one| letter(world.fact(**one)) == wanted).count();
        for (name, letter) in
            ["A", "B", "C", "D", "unsorted", "private"].into_iter().zip(["A", "B", "C", "D", "", "private"])
        {
            let size = count(letter);
            world.row(&mut out, &format!("{name} people"), owner, Some(size as f64), Some(1.0));
            world.row(&mut out, &format!("{name} share"), owner, ratio(size, people.len()), Some(1.0));
            if name == "unsorted" {
                let mut ages: Vec<i64> = people
                    .iter()
                    .filter(|one| waits(world.fact(**one)))
                    .filter_map(|one| world.start(owner, *one).filter(|start| start.1 > 0))
                    .map(|start| (world.as_of - start.0).num_days())
                    .filter(|days| *days >= 0)
                    .collect();
                ages.sort_unstable();
                let middle = match ages.len() {
                    0 => None,
                    odd if odd % 2 == 1 => Some(ages[odd / 2] as f64),
                    even => Some((ages[even / 2 - 1] + ages[even / 2]) as f64 / 2.0),
                };
                world.row(&mut out, "unsorted age", owner, middle, ratio(ages.len(), size));
            }
        }
        let sorted: usize = ["A", "B", "C", "D"].into_iter().map(count).sum();
        let good = ratio(count("A") + count("B"), people.len()).filter(|_| sorted > 0);
        world.row(&mut out, "all people", owner, Some(people.len() as f64), Some(1.0));
        world.row(&mut out, "all class_ratio", owner, good, ratio(sorted, people.len()));
    }
    out
}

pub(super) fn tiers_over_time(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let mut days: BTreeMap<NaiveDate, Vec<u64>> = world
            .history
            .iter()
            .filter(|past| past.member == world.name(owner) && past.on < world.as_of)
            .map(|past| (past.on, past.people.to_vec()))
            .collect();
        if world.heard(owner) {
            let people = world.network(owner);
            let count =
                |wanted: &str| people.iter().filter(|one| letter(world.fact(**one)) == wanted).count();
            let of = ["A", "B", "C", "D", "", "private"].map(|wanted| count(wanted) as u64);
            days.insert(world.as_of, of.to_vec());
        }
        for (on, people) in days {
            let all = people.iter().sum::<u64>() as usize;
            let sorted = people.iter().take(4).sum::<u64>() as usize;
            for (name, people) in ["A", "B", "C", "D", "unsorted", "private"].iter().zip(&people) {
                let part = text(ratio(*people as usize, all));
                let cover = text(ratio(sorted, all).or(Some(0.0)));
                let cells = vec![world.as_of.to_string(), people.to_string(), part, cover];
                out.push((format!("{} {on} {name}", world.name(owner)), cells));
            }
        }
    }
    out
}

pub(super) fn mass_to_class(world: &World) -> Rows {
    let monday = world.as_of - Days::new(u64::from(world.as_of.weekday().num_days_from_monday()));
    let (start, weeks) = world.race.map_or((monday - Days::new(63), 9), |race| (race.start, race.weeks));
    let mut points: Vec<(String, NaiveDate)> = Vec::new();
    if start <= world.as_of {
        points.push(("race 0".to_owned(), start - Days::new(1)));
    }
    for week in 1..=weeks {
        let first = start + Days::new(u64::from(week - 1) * 7);
        if first <= world.as_of {
            points.push((format!("race {week}"), (first + Days::new(6)).min(world.as_of)));
        }
    }
    for back in (0..=24).rev() {
        let of = |back: i32| {
            let months = world.as_of.year() * 12 + world.as_of.month0() as i32 - back;
            NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1).unwrap()
        };
        let last = (of(back - 1) - Days::new(1)).min(world.as_of);
        points.push((format!("months {}", &of(back).to_string()[..7]), last));
    }
    let mut out = Rows::new();
    for owner in world.owners() {
        for (name, last) in &points {
            let known = world.stock_known(owner, *last);
            let people = world.stock(owner, *last);
            let of = |letters: &[&str]| {
                people.iter().filter(|one| letters.contains(&letter(world.fact(**one)))).count()
            };
            let (class, sorted) = (of(&["A", "B"]), of(&["A", "B", "C", "D"]));
            let ratio = |part: usize| ratio(part, people.len()).filter(|_| known);
            out.push((
                format!("{} {name}", world.name(owner)),
                vec![
                    world.as_of.to_string(),
                    last.to_string(),
                    opt(known.then_some(people.len())),
                    opt((known && sorted > 0).then_some(class)),
                    text(ratio(class).filter(|_| sorted > 0)),
                    text(ratio(sorted)),
                ],
            ));
        }
    }
    out
}

pub(super) fn channel_value(world: &World) -> Rows {
    let aims = world.has_targets;
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        let good = |one: &u32| matches!(letter(world.fact(*one)), "A" | "B");
        let class: BTreeSet<u32> = people.iter().copied().filter(good).collect();
        let sorted = people.iter().filter(|one| world.fact(**one).tier.is_some()).count();
        let employed = people.iter().filter(|one| world.fact(**one).company > 0).count();
        let targets = |people: &BTreeSet<u32>| -> BTreeSet<u32> {
            let of = people.iter().map(|one| world.fact(*one)).filter(|fact| fact.target);
            of.map(|fact| fact.company).filter(|company| *company > 0).collect()
        };
        for channel in world.delivered(owner) {
            let by = |one: &u32| world.channels(owner, *one).contains(&channel);
            let elsewhere = |one: &u32| world.channels(owner, *one).iter().any(|other| *other != channel);
            let through = |all: &BTreeSet<u32>| all.iter().copied().filter(by).collect::<BTreeSet<u32>>();
            let without =
                |all: &BTreeSet<u32>| all.iter().copied().filter(elsewhere).collect::<BTreeSet<u32>>();
            let mut push = |measure: &str, value: Option<f64>, coverage: Option<f64>| {
                let key = format!("{} {measure}", channel.name());
                world.row(&mut out, &key, owner, value, coverage);
            };
            let sure = Some(1.0);
            let lost = people.len() - without(&people).len();
            push("people", Some(through(&people).len() as f64), sure);
            push("lost_people", Some(lost as f64), sure);
            push("lost_people_share", ratio(lost, people.len()), sure);
            let (known, cover) = (sorted > 0, ratio(sorted, people.len()));
            let lost = class.len() - without(&class).len();
            push("class_people", known.then(|| through(&class).len() as f64), cover);
            push("lost_class", known.then_some(lost as f64), cover);
            push("lost_class_share", ratio(lost, class.len()).filter(|_| known), cover);
            let all = targets(&people).len();
            let lost = all - targets(&without(&people)).len();
            let cover = if aims { ratio(employed, people.len()).or(Some(0.0)) } else { Some(0.0) };
            push("companies", aims.then(|| targets(&through(&people)).len() as f64), cover);
            push("lost_companies", aims.then_some(lost as f64), cover);
            push("lost_companies_share", ratio(lost, all).filter(|_| aims), cover);
        }
    }
    out
}

const CRITERIA: [(&str, i64, f64); 12] = [
    ("contacts", 1, 1.0),
    ("goals", 2, 1.0),
    ("target_adds", 2, 0.2),
    ("touches", 3, 1.0),
    ("follow_up", 3, 0.5),
    ("backlog", 3, 0.0),
    ("active_weeks", 4, 0.75),
    ("band", 4, 0.0),
    ("introductions", 4, 1.0),
    ("requests", 5, 1.0),
    ("both_ways", 5, 1.0),
    ("yearly_review", 5, 1.0),
];

pub(super) fn stages(world: &World) -> Rows {
    let mut out = Rows::new();
    for member in 0..world.members.len() {
        let values = evidence(world, member);
        let waiting = world.network(Some(member)).iter().filter(|one| waits(world.fact(**one))).count();
        let met: Vec<&str> = values
            .iter()
            .zip(CRITERIA)
            .map(|(value, (name, _, needed))| match (value, name) {
                (None, _) => "unknown",
                (Some(value), "backlog") if *value < needed || waiting == 0 => "yes",
                (Some(value), "band") if *value == 0.0 => "yes",
                (Some(_), "backlog" | "band") => "no",
                (Some(value), _) if *value >= needed => "yes",
                _ => "no",
            })
            .collect();
        let known = met.iter().filter(|met| **met != "unknown").count();
        let mut stage = None;
        for step in 1..=5 {
            if met.iter().zip(CRITERIA).any(|(met, criterion)| criterion.1 == step && *met != "yes") {
                break;
            }
            stage = Some(step);
        }
        let assessed = known >= 6;
        for ((value, met), (name, step, needed)) in values.iter().zip(&met).zip(CRITERIA) {
            out.push((
                format!("{} {name}", world.members[member]),
                vec![
                    world.as_of.to_string(),
                    step.to_string(),
                    text(*value),
                    text(Some(needed)),
                    (*met).to_owned(),
                    opt(stage.filter(|_| assessed)),
                    text(ratio(known, 12)),
                    if assessed { "assessed" } else { "not_assessable" }.to_owned(),
                    opt(world.own.get(member).and_then(|own| own.stage)),
                ],
            ));
        }
    }
    out
}

fn evidence(world: &World, member: usize) -> Vec<Option<f64>> {
    let owner = Some(member);
    let as_of = world.as_of;
    let year = |on: NaiveDate| on > as_of - Days::new(365) && on <= as_of;
    let people = world.network(owner);
    let starts: Vec<(u32, (NaiveDate, u8))> =
        world.ever(owner).into_iter().filter_map(|one| Some((one, world.start(owner, one)?))).collect();
    let added: Vec<u32> =
        starts.iter().filter(|(_, (on, clock))| *clock > 0 && year(*on)).map(|start| start.0).collect();
    let targets = added.iter().filter(|one| world.fact(**one).target).count();
    let touches: Vec<&Touch> = world
        .touches
        .iter()
        .filter(|touch| usize::from(touch.member) == member && touch.on <= as_of)
        .collect();

    let meetings: BTreeSet<(u32, NaiveDate)> = touches
        .iter()
        .filter(|touch| touch.kind == Kind::Met && year(touch.on) && touch.on <= as_of - Days::new(2))
        .map(|touch| (touch.contact, touch.on))
        .collect();
    let followed = meetings.iter().filter(|(contact, on)| {
        touches.iter().any(|touch| {
            touch.contact == *contact
                && touch.kind != Kind::Met
                && (0..=2).contains(&(touch.on - *on).num_days())
        })
    });

    let then = as_of - Days::new(84);
    let old = world.contacts.iter().any(|fact| fact.since.is_some_and(|since| since <= then));
    let before = world.stock(owner, then);
    let waited = |one: &&u32| {
        let fact = world.fact(**one);
        waits(fact) || (fact.tier.is_some() && fact.since.is_some_and(|since| since > then))
    };
    let now = ratio(people.iter().filter(|one| waits(world.fact(**one))).count(), people.len());
    let change = now.zip(ratio(before.iter().filter(waited).count(), before.len()));
    let backlog = change.map(|(now, then)| now - then).filter(|_| old && world.stock_known(owner, then));

    let connected = starts.iter().filter(|(_, (_, clock))| *clock == 1).map(|(_, (on, _))| *on);
    let acts: Vec<NaiveDate> = connected.chain(touches.iter().map(|touch| touch.on)).collect();
    let monday = as_of - Days::new(u64::from(as_of.weekday().num_days_from_monday()));
    let weeks = (1..=12).filter(|back| {
        let first = monday - Days::new(back * 7);
        acts.iter().any(|on| first <= *on && *on < first + Days::new(7))
    });

    let of = |kinds: &[Kind]| {
        touches.iter().filter(|touch| kinds.contains(&touch.kind) && year(touch.on)).count() as f64
    };
    let giving = touches
        .iter()
        .any(|touch| matches!(touch.kind, Kind::Introduced | Kind::Helped | Kind::HelpedBy | Kind::Asked));
    let introduced: BTreeSet<NaiveDate> = touches
        .iter()
        .filter(|touch| touch.kind == Kind::Introduced && touch.on > as_of - Days::new(90))
        .map(|touch| touch.on)
        .collect();
    let logged = |value: f64| giving.then_some(value);
    let received = of(&[Kind::HelpedBy]);
    let delivered = Channel::ALL.iter().any(|channel| !world.looks(member, *channel).is_empty());
    vec![
        delivered.then_some(people.len() as f64),
        Some(f64::from(u8::from(world.has_goals))),
        ratio(targets, added.len()).filter(|_| world.has_targets),
        Some(touches.iter().filter(|touch| year(touch.on)).count() as f64)
            .filter(|touches| delivered || *touches > 0.0),
        ratio(followed.count(), meetings.len()),
        backlog,
        (!acts.is_empty()).then(|| weeks.count() as f64 / 12.0),
        similarity(world, owner).0.map(|mean| distance(world, mean)),
        logged(introduced.len() as f64 / 3.0),
        logged(received),
        logged(received.min(of(&[Kind::Helped, Kind::Introduced]))),
        match world.own.get(member).and_then(|own| own.reviewed) {
            Some(on) if on <= as_of => Some(if year(on) { 1.0 } else { 0.0 }),
            _ => None,
        },
    ]
}
