//! Groups and mentors once more, as their definitions read.

use chrono::{Datelike, Days, NaiveDate};

use super::list_tests::Crew;
use super::plain_lists::{ratio, text};
use crate::touch::Kind;

type Rows = Vec<(String, Vec<String>)>;

fn opt(value: Option<usize>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(super) fn groups(crew: &Crew) -> Rows {
    let met = |person: u32| {
        crew.touches
            .iter()
            .any(|touch| touch.kind == Kind::Met && touch.on <= crew.as_of && touch.contact == person)
    };
    let logged = (0..crew.contacts.len() as u32).any(met);
    let mut rows = Vec::new();
    for (name, contacts) in &crew.groups {
        let all = crew.business();
        let people: Vec<u32> = contacts
            .iter()
            .copied()
            .filter(|person| all.contains(person) && !crew.holders(*person).is_empty())
            .collect();
        let count = |of: &dyn Fn(u32) -> bool| people.iter().filter(|person| of(**person)).count();
        let sorted = count(&|person| crew.fact(person).tier.is_some());
        let good = count(&|person| matches!(crew.fact(person).tier, Some(b'A' | b'B')));
        if people.len() < 3 {
            continue;
        }
        let cells = vec![
            crew.as_of.to_string(),
            people.len().to_string(),
            opt((sorted > 0).then_some(good)),
            text(ratio(good, people.len()).filter(|_| sorted > 0)),
            opt(crew.has_targets.then(|| count(&|person| crew.fact(person).target))),
            opt(logged.then(|| count(&met))),
            text(ratio(sorted, people.len())),
        ];
        rows.push((usize::MAX - people.len(), name.clone(), cells));
    }
    rows.sort();
    let all = rows.len().to_string();
    rows.into_iter().map(|(_, name, cells)| (name, [cells, vec![all.clone()]].concat())).collect()
}

impl Crew {
    /// Whom a member added in the last nine full weeks, when, and whether the source says so.
    fn race(&self, member: usize) -> Vec<(u32, NaiveDate, bool)> {
        let monday = self.as_of - Days::new(u64::from(self.as_of.weekday().num_days_from_monday()));
        let (first, last) = (monday - Days::new(63), monday - Days::new(1));
        let since: Vec<(u32, NaiveDate, u8)> = (0..self.contacts.len() as u32)
            .filter_map(|one| self.since(Some(member), one).map(|(on, clock)| (one, on, clock)))
            .collect();
        let looks = self.snapshots((Some(member), None));
        let seen = if since.iter().any(|(_, _, clock)| *clock == 1) {
            looks.iter().any(|look| *look >= first)
        } else {
            first
                .iter_days()
                .take_while(|day| *day <= last)
                .any(|day| looks.iter().any(|look| *look < day) && looks.iter().any(|look| *look >= day))
        };
        let within = |(_, on, clock): &&(u32, NaiveDate, u8)| *clock > 0 && first <= *on && *on <= last;
        let adds = since.iter().filter(within).map(|(one, on, clock)| (*one, *on, *clock == 1));
        if seen { adds.collect() } else { Vec::new() }
    }

    fn skill(&self, member: usize, skill: &str) -> Option<(f64, usize, Option<f64>)> {
        let of = |part: usize, whole: usize, all: usize| {
            let value = ratio(part, whole).filter(|_| whole >= 10)?;
            Some((value, whole, ratio(whole, all)))
        };
        let adds = self.race(member);
        match skill {
            "target_share" => {
                let target = adds.iter().filter(|add| self.fact(add.0).target).count();
                of(target, adds.len(), adds.len()).filter(|_| self.has_targets)
            }
            "met_share" => {
                let meetings: Vec<(u32, NaiveDate)> = self
                    .touches
                    .iter()
                    .filter(|touch| touch.kind == Kind::Met && touch.on <= self.as_of)
                    .filter(|touch| usize::from(touch.member) == member)
                    .map(|touch| (touch.contact, touch.on))
                    .collect();
                let dated: Vec<&(u32, NaiveDate, bool)> = adds.iter().filter(|add| add.2).collect();
                let met = dated.iter().filter(|add| {
                    meetings
                        .iter()
                        .any(|(one, on)| *one == add.0 && (0..=90).contains(&(*on - add.1).num_days()))
                });
                of(met.count(), dated.len(), adds.len()).filter(|_| !meetings.is_empty())
            }
            _ => {
                let people: Vec<u32> = self.network(member);
                let sorted: Vec<&u32> = people.iter().filter(|one| self.fact(**one).tier.is_some()).collect();
                let good = sorted.iter().filter(|one| matches!(self.fact(***one).tier, Some(b'A' | b'B')));
                of(good.count(), sorted.len(), people.len())
            }
        }
    }

    fn network(&self, member: usize) -> Vec<u32> {
        let people = (0..self.contacts.len() as u32)
            .filter(|one| self.fact(*one).kind == crate::contact::Kind::Person);
        people.filter(|one| self.holders(*one).contains(&(member as u16))).collect()
    }
}

/// The two-proportion z-test: how many standard errors two shares of so many people are apart, none where they agree.
fn z((one, people): (f64, f64), (other, others): (f64, f64)) -> f64 {
    let both = (one * people + other * others) / (people + others);
    let variance = both * (1.0 - both) / people + both * (1.0 - both) / others;
    if variance > 0.0 { (one - other) / variance.sqrt() } else { 0.0 }
}

pub(super) fn mentors(crew: &Crew) -> Rows {
    let racers: Vec<usize> = (0..crew.members.len()).filter(|one| crew.members[*one] != "team").collect();
    let mut pairs = Vec::new();
    for &learner in &racers {
        let mut offers = Vec::new();
        for (place, skill) in ["target_share", "met_share", "class_ratio"].into_iter().enumerate() {
            let Some((own, people, coverage)) = crew.skill(learner, skill) else { continue };
            for &mentor in racers.iter().filter(|one| **one != learner) {
                let Some((theirs, others, _)) = crew.skill(mentor, skill) else { continue };
                let apart = z((theirs, others as f64), (own, people as f64));
                if theirs - own >= 0.05 && apart >= 2.0 {
                    offers.push((
                        own - theirs,
                        place,
                        crew.members[mentor].clone(),
                        mentor,
                        skill,
                        own,
                        theirs,
                        coverage,
                    ));
                }
            }
        }
        offers.sort_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)).then(one.2.cmp(&two.2)));
        let Some((order, _, name, mentor, skill, own, theirs, coverage)) = offers.into_iter().next() else {
            continue;
        };
        let known = crew.network(mentor);
        let both = crew.network(learner).into_iter().filter(|one| known.contains(one)).count();
        let cells = vec![
            crew.as_of.to_string(),
            name,
            skill.to_owned(),
            text(Some(own)),
            text(Some(theirs)),
            both.to_string(),
            text(coverage),
        ];
        pairs.push((order, crew.members[learner].clone(), cells));
    }
    pairs.sort_by(|one, two| one.0.total_cmp(&two.0).then_with(|| one.1.cmp(&two.1)));
    pairs.into_iter().map(|(_, name, cells)| (name, cells)).collect()
}
