//! The reports once more, as their definitions read: sets of people, days counted one by one, no cleverness.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::Touch;
use super::tests::Team;
use crate::contact::{Holding, Kind, Scope};
use crate::record::Channel;

pub(super) mod losing;
pub(super) mod standing;

type Rows = Vec<(String, Vec<String>)>;

fn text(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.6}")).unwrap_or_default()
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn days(from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |day| *day <= until)
}

/// Whose holdings of which channel: `None` is all.
type Who = (Option<usize>, Option<Channel>);

impl Team {
    fn is_person(&self, contact: u32) -> bool {
        self.contacts[contact as usize].kind == Kind::Person
    }

    fn held(&self, who: Who) -> impl Iterator<Item = &Holding> {
        self.holdings.iter().filter(move |held| {
            who.0.is_none_or(|member| member == usize::from(held.member))
                && who.1.is_none_or(|channel| channel == held.channel)
        })
    }

    /// The people known at present.
    fn network(&self, who: Who) -> BTreeSet<u32> {
        self.held(who)
            .filter(|held| held.ended_on.is_none() && self.is_person(held.contact))
            .map(|held| held.contact)
            .collect()
    }

    fn snapshots(&self, who: Who) -> BTreeSet<NaiveDate> {
        let own = self.deliveries.iter().filter(|delivery| {
            who.0.is_none_or(|member| member == usize::from(delivery.member))
                && who.1.is_none_or(|channel| channel == delivery.channel)
        });
        own.map(|delivery| delivery.on)
            .chain(self.held(who).flat_map(|held| [held.first_seen, held.last_seen]))
            .collect()
    }

    fn has_data(&self, who: Who) -> bool {
        let counted = self.rows.iter().any(|count| {
            who.0.is_none_or(|member| member == usize::from(count.member))
                && who.1.is_none_or(|channel| channel == count.channel)
        });
        counted || !self.snapshots(who).is_empty()
    }

    fn name(&self, who: Who) -> String {
        let member = who.0.map_or("team", |member| &self.members[member]);
        format!("{member} {}", who.1.map_or("all", Channel::name))
    }

    fn everyone(&self) -> Vec<Who> {
        let owners = (0..self.members.len()).map(Some).chain([None]);
        owners
            .flat_map(|owner| {
                std::iter::once((owner, None)).chain(Channel::ALL.map(|channel| (owner, Some(channel))))
            })
            .collect()
    }

    /// The earliest evidence of a person: the day, and its clock: 0 baseline, 1 connected, 2 first seen.
    fn start(&self, who: Who, person: u32) -> Option<(NaiveDate, u8)> {
        let evidence = |held: &Holding| {
            let own = (Some(usize::from(held.member)), Some(held.channel));
            match held.connected_on {
                Some(on) if on <= self.as_of => (on, 1),
                _ if self.snapshots(own).first() == Some(&held.first_seen) => (held.first_seen, 0),
                _ => (held.first_seen, 2),
            }
        };
        self.held(who).filter(|held| held.contact == person && self.is_person(person)).map(evidence).min()
    }

    fn end(&self, who: Who, person: u32) -> Option<NaiveDate> {
        let ends: Vec<_> =
            self.held(who).filter(|held| held.contact == person).map(|held| held.ended_on).collect();
        if ends.iter().any(Option::is_none) { None } else { ends.into_iter().flatten().max() }
    }

    fn ever(&self, who: Who) -> Vec<u32> {
        (0..self.contacts.len() as u32).filter(|&person| self.start(who, person).is_some()).collect()
    }

    fn added(&self, who: Who, from: NaiveDate, until: NaiveDate) -> usize {
        let within = |&person: &u32| {
            self.start(who, person).is_some_and(|(on, clock)| clock > 0 && from <= on && on <= until)
        };
        self.ever(who).iter().filter(|person| within(person)).count()
    }

    fn stock(&self, who: Who, day: NaiveDate) -> usize {
        let there = |&person: &u32| {
            self.start(who, person).is_some_and(|(on, clock)| clock == 0 || on <= day)
                && self.end(who, person).is_none_or(|end| end > day)
        };
        self.ever(who).iter().filter(|person| there(person)).count()
    }

    /// Share of people of whom it is known whether they came before a day, or when else.
    fn placed(&self, who: Who, from: NaiveDate) -> Option<f64> {
        let ever = self.ever(who);
        let known = ever.iter().filter(|&&person| {
            let (on, clock) = self.start(who, person).unwrap();
            clock > 0 || on < from
        });
        ratio(known.count(), ever.len())
    }

    fn connected(&self, who: Who) -> bool {
        self.ever(who).iter().any(|&person| self.start(who, person).is_some_and(|start| start.1 == 1))
    }
}

/// Whether a day of the period lies between two of the days, the later one included.
fn between(looks: &BTreeSet<NaiveDate>, from: NaiveDate, until: NaiveDate) -> bool {
    days(from, until).any(|day| looks.iter().any(|look| *look < day) && looks.iter().any(|look| *look >= day))
}

fn adds_known(team: &Team, who: Who, from: NaiveDate, until: NaiveDate) -> bool {
    let looks = team.snapshots(who);
    if team.connected(who) { looks.iter().any(|look| *look >= from) } else { between(&looks, from, until) }
}

fn stock_known(team: &Team, who: Who, day: NaiveDate) -> bool {
    let looks = team.snapshots(who);
    looks.iter().any(|look| *look <= day) || (!looks.is_empty() && team.connected(who))
}

pub(super) fn overlap(team: &Team) -> Rows {
    let count = team.members.len();
    let networks: Vec<_> = (0..count).map(|member| team.network((Some(member), None))).collect();
    let known: Vec<bool> = (0..count).map(|member| team.has_data((Some(member), None))).collect();
    let mut out = Rows::new();
    let mut push = |a: &str, b: &str, measure: &str, value: Option<f64>, coverage: Option<f64>| {
        out.push((format!("{a} {b} {measure}"), vec![team.as_of.to_string(), text(value), text(coverage)]));
    };
    for a in 0..count {
        for b in a + 1..count {
            let (one, two) = (&networks[a], &networks[b]);
            let both = one.intersection(two).count();
            let cover = Some(f64::from(u8::from(known[a]) + u8::from(known[b])) / 2.0);
            let value = |value: Option<f64>| value.filter(|_| known[a] && known[b]);
            let (x, y) = (&team.members[a], &team.members[b]);
            push(x, y, "intersection", value(Some(both as f64)), cover);
            push(x, y, "jaccard", value(ratio(both, one.union(two).count())), cover);
            push(x, y, "overlap_coefficient", value(ratio(both, one.len().min(two.len()))), cover);
            push(x, y, "directed_share", value(ratio(both, one.len())), cover);
            push(y, x, "directed_share", value(ratio(both, two.len())), cover);
            let employed = |people: &BTreeSet<u32>| {
                let all = people.iter().map(|one| team.contacts[*one as usize].company);
                all.filter(|company| *company > 0).collect::<Vec<u32>>()
            };
            let firms = |people: &BTreeSet<u32>| employed(people).into_iter().collect::<BTreeSet<u32>>();
            let (of_one, of_two) = (firms(one), firms(two));
            let common: BTreeSet<u32> = of_one.intersection(&of_two).copied().collect();
            let together = firms(&one.intersection(two).copied().collect());
            let cover = ratio(employed(one).len() + employed(two).len(), one.len() + two.len());
            let cover = cover.filter(|_| known[a] && known[b]).or(Some(0.0));
            let share = |of: &BTreeSet<u32>| value(ratio(common.len(), of.len()));
            push(x, y, "company_intersection", value(Some(common.len() as f64)), cover);
            push(x, y, "company_jaccard", share(&of_one.union(&of_two).copied().collect()), cover);
            push(x, y, "company_directed_share", share(&of_one), cover);
            push(y, x, "company_directed_share", share(&of_two), cover);
            push(x, y, "company_bridges", value(Some((common.len() - together.len()) as f64)), cover);
        }
    }
    let owners =
        |person: u32| (0..count).filter(|&member| networks[member].contains(&person)).collect::<Vec<_>>();
    let everybody = team.network((None, None));
    for member in 0..count {
        let only = networks[member].iter().filter(|person| owners(**person).len() == 1).count();
        let cover = Some(f64::from(u8::from(known[member])));
        let value = |value: Option<f64>| value.filter(|_| known[member]);
        push(&team.members[member], "", "exclusive", value(Some(only as f64)), cover);
        push(&team.members[member], "", "exclusive_share", value(ratio(only, networks[member].len())), cover);
    }
    let cover = ratio(known.iter().filter(|known| **known).count(), count);
    for depth in 1..=count {
        let people = everybody.iter().filter(|person| owners(**person).len() == depth).count();
        push("team", "", &format!("depth_{depth}"), Some(people as f64), cover);
    }
    let many = everybody.iter().filter(|person| owners(**person).len() >= 3).count();
    push("team", "", "super_connectors", Some(many as f64), cover);
    let mut cells: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for person in everybody {
        *cells.entry(owners(person)).or_default() += 1;
    }
    let mut cells: Vec<_> = cells.into_iter().collect();
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.1));
    for (set, people) in cells {
        let names: Vec<_> = set.iter().map(|&member| team.members[member].as_str()).collect();
        push(&names.join("+"), "", "distinct", Some(people as f64), cover);
    }
    out
}

pub(super) fn network_size(team: &Team) -> Rows {
    let mut out = Rows::new();
    for who in team.everyone() {
        let known = team.has_data(who);
        if who.1.is_some() && !known {
            continue;
        }
        let people = team.network(who);
        let size = people.len();
        let mut push = |measure: &str, value: Option<f64>, coverage: Option<f64>| {
            let value = text(value.filter(|_| known));
            let coverage = text(if known { coverage } else { Some(0.0) });
            out.push((
                format!("{} {measure}", team.name(who)),
                vec![team.as_of.to_string(), value, coverage],
            ));
        };
        let sure = Some(1.0);
        let counts: Vec<u64> = team
            .rows
            .iter()
            .filter(|count| who.0.is_none_or(|member| member == usize::from(count.member)))
            .filter(|count| who.1.is_none_or(|channel| channel == count.channel))
            .map(|count| count.rows)
            .collect();
        let counted = !counts.is_empty();
        push("rows", counted.then(|| counts.iter().sum::<u64>() as f64), Some(f64::from(u8::from(counted))));
        let everybody = team.network((None, None));
        match who.0 {
            None => {
                let sum: usize =
                    (0..team.members.len()).map(|member| team.network((Some(member), who.1)).len()).sum();
                push("holdings", Some(sum as f64), sure);
                push("union", Some(size as f64), sure);
                push("redundancy", ratio(size, sum).map(|share| 1.0 - share), sure);
                push("mean_owners", ratio(sum, size), sure);
            }
            Some(own) => {
                push("holdings", Some(size as f64), sure);
                if who.1.is_none() {
                    let others = (0..team.members.len()).filter(|&other| other != own);
                    let theirs: BTreeSet<u32> =
                        others.flat_map(|other| team.network((Some(other), None))).collect();
                    push("union_share", ratio(size, everybody.len()), sure);
                    push("exclusive", Some(people.difference(&theirs).count() as f64), sure);
                }
            }
        }
        for (measure, value, coverage) in known_of(team, who, &people) {
            push(measure, value, coverage);
        }
        if who.1.is_some() {
            continue;
        }
        let owners: Vec<usize> = who.0.map_or_else(|| (0..team.members.len()).collect(), |own| vec![own]);
        let [burst, dated, ever] = owners
            .iter()
            .map(|&own| bursts(team, own))
            .fold([0; 3], |sum, one| [0, 1, 2].map(|at| sum[at] + one[at]));
        push("burst_share", ratio(burst, dated), ratio(dated, ever));
        if who.0.is_some() {
            push("knowable_size", Some(size.min(150) as f64), sure);
        } else {
            let of = |kind: Kind| Some(team.contacts.iter().filter(|fact| fact.kind == kind).count() as f64);
            push("team_members", of(Kind::Member), sure);
            push("role_addresses", of(Kind::Role), sure);
            push("lost_people", Some((team.ever(who).len() - size) as f64), sure);
        }
    }
    out
}

/// What is known of the people of a network: categories and touches.
fn known_of(team: &Team, who: Who, people: &BTreeSet<u32>) -> [(&'static str, Option<f64>, Option<f64>); 4] {
    let size = people.len();
    let tiered = |tiers: &[u8]| {
        people
            .iter()
            .filter(|&&one| team.contacts[one as usize].tier.is_some_and(|tier| tiers.contains(&tier)))
            .count()
    };
    let sorted = tiered(b"ABCD");
    let waits = |person: &&u32| {
        let fact = &team.contacts[**person as usize];
        fact.tier.is_none() && fact.scope != Scope::Private
    };
    let waiting = people.iter().filter(waits).count();
    let open =
        |person: u32| team.held(who).filter(move |held| held.contact == person && held.ended_on.is_none());
    let logs = |held: &Holding| {
        team.held((Some(usize::from(held.member)), Some(held.channel))).any(|other| other.touches > 0)
    };
    let silent = people.iter().filter(|&&person| open(person).all(|held| held.touches == 0)).count();
    let logged = people.iter().filter(|&&person| open(person).any(logs)).count();
    [
        ("class_ratio", ratio(tiered(b"AB"), size).filter(|_| sorted > 0), ratio(sorted, size)),
        ("d_share", ratio(tiered(b"D"), size).filter(|_| sorted > 0), ratio(sorted, size)),
        ("unclassified_share", ratio(waiting, size), Some(1.0)),
        ("never_touched", ratio(silent, size).filter(|_| logged > 0), ratio(logged, size)),
    ]
}

/// People in bursts, people with a date of connection, people ever known.
fn bursts(team: &Team, member: usize) -> [usize; 3] {
    let who = (Some(member), None);
    let ever = team.ever(who);
    let own = |touch: &&Touch| usize::from(touch.member) == member && touch.on <= team.as_of;
    let touched: Vec<_> = team.touches.iter().filter(own).collect();
    if touched.is_empty() {
        return [0, 0, ever.len()];
    }
    let mut added: BTreeMap<NaiveDate, Vec<u32>> = BTreeMap::new();
    for &person in &ever {
        if let Some((on, 1)) = team.start(who, person) {
            added.entry(on).or_default().push(person);
        }
    }
    let mut sizes: Vec<usize> = added.values().map(Vec::len).collect();
    sizes.sort_unstable();
    let middle = match sizes.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => sizes[odd / 2] as f64,
        even => (sizes[even / 2 - 1] + sizes[even / 2]) as f64 / 2.0,
    };
    let mut burst = 0;
    for (on, people) in &added {
        let soon = |person: &&u32| {
            touched
                .iter()
                .any(|touch| touch.contact == **person && *on <= touch.on && touch.on <= *on + Days::new(30))
        };
        let followed = people.iter().filter(soon).count();
        if people.len() >= 10 && people.len() as f64 >= 5.0 * middle && followed * 5 < people.len() {
            burst += people.len();
        }
    }
    [burst, added.values().map(Vec::len).sum(), ever.len()]
}

/// Name, first and last day of every week and month that is shown.
fn periods(team: &Team) -> Vec<(String, NaiveDate, NaiveDate)> {
    let race_start = team.race.map_or(team.as_of, |race| race.start);
    let from = (team.as_of - Days::new(52 * 7)).min(race_start) - Days::new(6);
    let week_of = |day: NaiveDate| format!("{}-W{:02}", day.iso_week().year(), day.iso_week().week());
    let month_of = |day: NaiveDate| day.to_string()[..7].to_owned();
    let mut found = Vec::new();
    for day in days(from, team.as_of) {
        if day.weekday() == chrono::Weekday::Mon && day > from - Days::new(1) {
            found.push((week_of(day), day, day + Days::new(6)));
        }
    }
    let first = |back: i32| {
        let months = team.as_of.year() * 12 + team.as_of.month0() as i32 - back;
        NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1).unwrap()
    };
    for back in (0..=24).rev() {
        found.push((month_of(first(back)), first(back), first(back - 1) - Days::new(1)));
    }
    found
}

pub(super) fn growth(team: &Team) -> Rows {
    let mut out = Rows::new();
    for who in team.everyone() {
        let looks = team.snapshots(who);
        if who.1.is_some() && looks.is_empty() {
            continue;
        }
        // Losses show between the first and the last of two or more complete snapshots of one member and channel.
        let mut complete: BTreeSet<NaiveDate> = BTreeSet::new();
        for member in (0..team.members.len()).filter(|&member| who.0.is_none_or(|own| own == member)) {
            for channel in Channel::ALL.into_iter().filter(|&channel| who.1.is_none_or(|own| own == channel))
            {
                let own: BTreeSet<NaiveDate> = team
                    .deliveries
                    .iter()
                    .filter(|one| usize::from(one.member) == member && one.channel == channel && one.complete)
                    .map(|one| one.on)
                    .collect();
                if own.len() >= 2 {
                    complete.extend(own);
                }
            }
        }
        let clocks: BTreeSet<u8> =
            team.ever(who).iter().filter_map(|&one| team.start(who, one)).map(|start| start.1).collect();
        let basis = match (clocks.contains(&1), clocks.contains(&2)) {
            (true, true) => "mixed",
            (true, false) => "connected",
            (false, true) => "first_seen",
            _ => "",
        };
        for (name, from, until) in periods(team) {
            let adds = adds_known(team, who, from, until).then(|| team.added(who, from, until) as i64);
            let lost = team
                .ever(who)
                .iter()
                .filter_map(|&one| team.end(who, one))
                .filter(|end| from <= *end && *end <= until)
                .count();
            let losses = between(&complete, from, until).then_some(lost as i64);
            let stock = stock_known(team, who, until).then(|| team.stock(who, until) as i64);
            let whole = until <= team.as_of
                && looks.last().is_some_and(|last| until <= *last)
                && (team.connected(who) || looks.first().is_some_and(|first| from > *first));
            let int = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
            let net = adds.zip(losses).map(|(adds, losses)| adds - losses);
            out.push((
                format!("{} {name}", team.name(who)),
                vec![
                    from.to_string(),
                    int(adds),
                    int(losses),
                    int(net),
                    int(stock),
                    basis.to_owned(),
                    (!whole).to_string(),
                    team.as_of.to_string(),
                    text(if adds.is_some() { team.placed(who, from) } else { Some(0.0) }),
                ],
            ));
        }
    }
    out
}

pub(super) fn race(team: &Team) -> Rows {
    let monday = team.as_of - Days::new(u64::from(team.as_of.weekday().num_days_from_monday()));
    let (start, weeks) = team.race.map_or((monday - Days::new(63), 9), |race| (race.start, race.weeks));
    let last = (start + Days::new(u64::from(weeks) * 7 - 1)).min(team.as_of);
    let begun = start <= last;
    let adds = |member: usize| {
        let who = (Some(member), None);
        (begun && adds_known(team, who, start, last)).then(|| team.added(who, start, last))
    };
    let total: usize = (0..team.members.len()).filter_map(adds).sum();
    let mut order: Vec<usize> = (0..team.members.len()).collect();
    order.sort_by_key(|&member| {
        (adds(member).is_none(), std::cmp::Reverse(adds(member)), &team.members[member])
    });
    let mut out = Rows::new();
    for &member in &order {
        let who = (Some(member), None);
        let own = adds(member);
        let rank = own.map(|own| 1 + order.iter().filter(|&&other| adds(other) > Some(own)).count());
        let stock = (begun && stock_known(team, who, last)).then(|| team.stock(who, last));
        let before = stock_known(team, who, start).then(|| team.stock(who, start - Days::new(1)));
        let length = days(start, last).count();
        let growth = before.zip(stock).filter(|(before, _)| *before > 0 && length >= 7);
        let growth =
            growth.map(|(before, stock)| (stock as f64 / before as f64).powf(7.0 / length as f64) - 1.0);
        let int = |value: Option<usize>| value.map(|value| value.to_string()).unwrap_or_default();
        let reach = if begun { team.stock((None, None), last) } else { 0 };
        out.push((
            team.members[member].clone(),
            vec![
                int(rank),
                int(own),
                text(own.and_then(|own| ratio(own, total))),
                int(stock),
                text(stock.and_then(|stock| ratio(stock, reach))),
                text(growth),
                team.as_of.to_string(),
                text(if own.is_some() { team.placed(who, start) } else { Some(0.0) }),
            ],
        ));
    }
    out
}
