//! The list reports once more, as their definitions read: every contact looked at by itself, no cleverness.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};

use super::list_tests::Crew;
use super::{Bond, Fact};
use crate::contact::{Kind, Scope};
use crate::scales;
use crate::touch;

type Rows = Vec<(String, Vec<String>)>;

/// To three digits.
fn three(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

pub(super) fn text(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.6}")).unwrap_or_default()
}

pub(super) fn said<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Crew {
    fn people(&self) -> Vec<u32> {
        let all = 0..self.contacts.len() as u32;
        all.filter(|person| self.fact(*person).kind == Kind::Person && !self.holders(*person).is_empty())
            .collect()
    }

    pub(super) fn business(&self) -> Vec<u32> {
        self.people().into_iter().filter(|person| self.fact(*person).scope == Scope::Business).collect()
    }

    pub(super) fn fact(&self, contact: u32) -> Fact {
        self.contacts[contact as usize]
    }

    pub(super) fn holders(&self, contact: u32) -> BTreeSet<u16> {
        let open = self.holdings.iter().filter(|held| held.contact == contact && held.ended_on.is_none());
        open.map(|held| held.member).collect()
    }

    /// The last day on which a member wrote in vain who did so on as many days as are set.
    fn in_vain(&self, contact: u32) -> Option<NaiveDate> {
        let least = self.settings.cleanup.no_reply as usize;
        let with: Vec<_> =
            self.touches.iter().filter(|touch| touch.contact == contact && touch.on <= self.as_of).collect();
        let silent = with.iter().all(|touch| {
            touch.toward == 1 && touch.kind != touch::Kind::Met && touch.kind != touch::Kind::HelpedBy
        });
        let days = |member: u16| -> BTreeSet<NaiveDate> {
            let wrote =
                with.iter().filter(|touch| touch.member == member && touch.kind == touch::Kind::Wrote);
            wrote.map(|touch| touch.on).collect()
        };
        (0..self.members.len() as u16)
            .map(days)
            .filter(|days| least > 0 && silent && days.len() >= least)
            .filter(|days| days.first().is_some_and(|first| (self.as_of - *first).num_days() > 30))
            .filter_map(|days| days.last().copied())
            .max()
    }

    pub(super) fn bond(&self, contact: u32, member: u16) -> Option<&Bond> {
        self.bonds.iter().find(|bond| bond.contact == contact && bond.member == member)
    }

    pub(super) fn strength(&self, contact: u32, member: u16) -> f64 {
        self.bond(contact, member).and_then(|bond| bond.strength).map_or(-1.0, f64::from)
    }

    pub(super) fn name(&self, contact: u32) -> String {
        self.names.get(contact as usize).to_owned()
    }

    pub(super) fn listed(&self, members: impl IntoIterator<Item = u16>) -> String {
        members
            .into_iter()
            .map(|member| self.members[usize::from(member)].clone())
            .collect::<Vec<_>>()
            .join("|")
    }

    fn back(&self, days: i64) -> NaiveDate {
        self.as_of - chrono::Duration::days(days)
    }

    fn worth(&self, contact: u32) -> f64 {
        match self.fact(contact).tier {
            Some(b'A') => 8.0,
            Some(b'B') => 4.0,
            Some(b'C') => 2.0,
            Some(_) => 0.0,
            None => 1.0,
        }
    }
}

/// Key, words, owner, who belongs to it, whose belonging can be told.
type Ask<'a> = (String, String, &'a str, Box<dyn Fn(u32) -> bool + 'a>, Box<dyn Fn(u32) -> bool + 'a>);

pub(super) fn targets(crew: &Crew) -> Rows {
    let (everybody, business) = (crew.people(), crew.business());
    let mut asks: Vec<Ask<'_>> = Vec::new();
    for (place, (words, companies)) in (1..).zip(&crew.goal_companies) {
        let member = Box::new(|person| companies.contains(&crew.fact(person).company));
        asks.push((
            format!("goal_company {place}"),
            words.clone(),
            "",
            member,
            Box::new(|person| crew.fact(person).company > 0),
        ));
    }
    for (place, sector) in (1..).zip(&crew.goal_sectors) {
        let name = scales::sectors()[usize::from(*sector)].name.to_owned();
        let member = Box::new(|person| crew.fact(person).sector == Some(*sector));
        asks.push((
            format!("goal_sector {place}"),
            name,
            "",
            member,
            Box::new(|person| crew.fact(person).sector.is_some()),
        ));
    }
    let mut wishes: Vec<_> = crew.wishes.iter().collect();
    wishes.sort_by_key(|wish| wish.line);
    for wish in wishes {
        let told = |person: u32| match wish.kind {
            "person" => true,
            "position" => crew.fact(person).level.is_some(),
            _ => crew.fact(person).company > 0,
        };
        let member = Box::new(|person| wish.contacts.contains(&person));
        asks.push((
            format!("wish_{} {}", wish.kind, wish.line),
            "who we want".into(),
            "anna",
            member,
            Box::new(told),
        ));
    }
    asks.into_iter()
        .map(|(key, words, owner, belongs, told)| {
            let there: Vec<u32> = business.iter().copied().filter(|person| belongs(*person)).collect();
            let hidden = everybody.iter().any(|person| belongs(*person));
            let known = business.iter().filter(|person| told(**person)).count();
            let status = if !there.is_empty() {
                "covered"
            } else if hidden {
                "private"
            } else if known == 0 {
                "no_data"
            } else {
                "nobody"
            };
            let members: BTreeSet<u16> = there.iter().flat_map(|person| crew.holders(*person)).collect();
            let threads: usize = there.iter().map(|person| crew.holders(*person).len()).sum();
            let single = there.len() == 1 || (members.len() == 1 && crew.members.len() > 1);
            let levels: Vec<u8> = there.iter().filter_map(|person| crew.fact(*person).level).collect();
            let level = |wanted: &[u8]| {
                said((!levels.is_empty()).then(|| levels.iter().any(|level| wanted.contains(level))))
            };
            let level_of = |person: u32| crew.fact(person).level.map_or(0, |level| 8 - i32::from(level));
            // Whom a member knows best there, and how good the member is as a path.
            let way = |member: u16| {
                let known: Vec<u32> =
                    there.iter().copied().filter(|person| crew.holders(*person).contains(&member)).collect();
                let strongest =
                    known.iter().map(|person| crew.strength(*person, member)).fold(-1.0, f64::max);
                let highest = known.iter().map(|person| level_of(*person)).max().unwrap();
                let best = known.iter().copied().reduce(|one, two| {
                    let rank = |person: u32| (crew.strength(person, member), level_of(person));
                    if rank(two) > rank(one) { two } else { one }
                });
                (strongest, known.len(), highest, best.unwrap())
            };
            let path = members.iter().copied().reduce(|one, two| {
                let rank = |member: u16| {
                    let way = way(member);
                    (way.0, way.1, way.2)
                };
                if rank(two) > rank(one) { two } else { one }
            });
            let contact = path.map(|member| way(member).3);
            let strongest = members.iter().map(|member| way(*member).0).fold(-1.0, f64::max);
            let count = |count: usize| if status == "no_data" { String::new() } else { count.to_string() };
            let cells = vec![
                crew.as_of.to_string(),
                words,
                owner.to_owned(),
                String::new(),
                status.to_owned(),
                count(there.len()),
                count(members.len()),
                count(threads),
                said((!there.is_empty()).then_some(single)),
                level(&[0]),
                level(&[1]),
                level(&[2]),
                level(&[3, 4, 5]),
                text((strongest >= 0.0).then(|| three(strongest))),
                path.map_or(if status == "nobody" { "none".into() } else { String::new() }, |member| {
                    crew.members[usize::from(member)].clone()
                }),
                contact.map_or(String::new(), |contact| crew.ids[contact as usize].clone()),
                contact.map_or(String::new(), |contact| crew.name(contact)),
                text(ratio(known, business.len())),
            ];
            (key, cells)
        })
        .collect()
}

/// What a receiver and a contact have in common: how many of what is known on both sides.
fn common(crew: &Crew, to: u16, contact: u32) -> (usize, usize) {
    let own = crew.own.get(usize::from(to)).copied().unwrap_or_default();
    let fact = crew.fact(contact);
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for person in crew.business().into_iter().filter(|person| crew.holders(*person).contains(&to)) {
        if let Some(sector) = crew.fact(person).sector {
            *counts.entry(sector).or_default() += 1;
        }
    }
    let mut sectors: Vec<(usize, u8)> =
        counts.into_iter().map(|(sector, count)| (usize::MAX - count, sector)).collect();
    sectors.sort_unstable();
    let mut home: Vec<u8> = sectors.into_iter().take(3).map(|sector| sector.1).collect();
    home = own.sector.map_or(home, |sector| vec![sector]);
    let mut parts = Vec::new();
    if let Some(sector) = fact.sector.filter(|_| !home.is_empty()) {
        parts.push(home.contains(&sector));
    }
    if fact.city > 0 && own.city > 0 {
        parts.push(fact.city == own.city);
    }
    if crew.has_targets {
        parts.push(fact.target);
    }
    (parts.iter().filter(|same| **same).count(), parts.len())
}

pub(super) fn introductions(crew: &Crew) -> Rows {
    let somebody: Vec<u16> = (0..crew.members.len() as u16)
        .filter(|member| crew.members[usize::from(*member)] != "team")
        .collect();
    let mut all: Vec<(f64, u32, u16, u16)> = Vec::new();
    for contact in crew.business() {
        let holders = crew.holders(contact);
        for from in somebody.iter().copied().filter(|member| holders.contains(member)) {
            for to in somebody.iter().copied().filter(|member| !holders.contains(member)) {
                let strength = match crew.strength(contact, from) {
                    known if known >= 0.0 => known,
                    _ => 0.2,
                };
                let (same, known) = common(crew, to, contact);
                let fit = ratio(same, known).unwrap_or(0.0);
                let risk = if holders.len() == 1 { 2.0 } else { 1.0 };
                let score = crew.worth(contact) * strength * risk * fit;
                if score > 0.0 {
                    all.push((score, contact, from, to));
                }
            }
        }
    }
    all.sort_by(|one, two| two.0.total_cmp(&one.0).then((one.1, one.2, one.3).cmp(&(two.1, two.2, two.3))));
    let mut chosen: Vec<(f64, u32, u16, u16)> = Vec::new();
    for idea in all {
        let given = chosen.iter().filter(|have| have.2 == idea.2).count();
        let got = chosen.iter().filter(|have| have.3 == idea.3).count();
        if given < 5 && got < 5 && chosen.iter().all(|have| have.1 != idea.1) {
            chosen.push(idea);
        }
    }
    (1..)
        .zip(chosen)
        .map(|(rank, (score, contact, from, to))| {
            let (same, known) = common(crew, to, contact);
            let strength = crew.strength(contact, from);
            let told = known + usize::from(strength >= 0.0);
            let cells = vec![
                crew.as_of.to_string(),
                crew.as_of.format("%G-W%V").to_string(),
                rank.to_string(),
                crew.members[usize::from(from)].clone(),
                crew.members[usize::from(to)].clone(),
                crew.name(contact),
                text(Some(three(score))),
                text(Some(crew.worth(contact))),
                text((strength >= 0.0).then(|| three(strength))),
                text(ratio(same, known)),
                if crew.holders(contact).len() == 1 { "2" } else { "1" }.to_owned(),
                text(ratio(told, if crew.has_targets { 4 } else { 3 })),
            ];
            (crew.ids[contact as usize].clone(), cells)
        })
        .collect()
}

pub(super) fn cleanup(crew: &Crew) -> Rows {
    let mut found: Vec<(i32, Option<NaiveDate>, u32, Vec<&str>)> = Vec::new();
    let (mut known, mut all) = (0, 0);
    for contact in 0..crew.contacts.len() as u32 {
        let fact = crew.fact(contact);
        let held: Vec<_> = crew.holdings.iter().filter(|held| held.contact == contact).collect();
        let Some(seen) = held.iter().map(|held| held.last_seen).max() else { continue };
        let open = held.iter().any(|held| held.ended_on.is_none());
        let touched = held.iter().filter_map(|held| held.last_touch);
        let touched =
            touched.chain(crew.touches.iter().filter(|touch| touch.contact == contact).map(|touch| touch.on));
        let touched = touched.filter(|on| *on <= crew.as_of).max();
        let verified = touched.max(Some(seen)).unwrap();
        let born = crew.birthdays.iter().find(|birthday| birthday.contact == contact);
        let born = born.and_then(|of| NaiveDate::from_ymd_opt(of.year?, of.month.into(), of.day.into()));
        let future =
            held.iter().filter_map(|held| held.connected_on).chain(born).filter(|on| *on > crew.as_of).max();
        let burst = (0..crew.members.len()).filter_map(|member| crew.burst(member, contact)).max();
        if (fact.kind == Kind::Role && open) || (fact.kind == Kind::Person && fact.scope == Scope::Business) {
            all += 1;
            known += usize::from(fact.reachable || touched.is_some());
        }
        let mut reasons: Vec<(&str, i32, Option<NaiveDate>)> = Vec::new();
        let listed = match fact.kind {
            Kind::Role => open,
            kind => kind == Kind::Person && fact.scope == Scope::Business,
        };
        if listed && fact.erase {
            reasons.push(("erase_request", 6, None));
        }
        if fact.kind == Kind::Role && open {
            reasons.push(("role_address", 3, None));
            reasons.extend(fact.bounced.then_some(("bounced", 3, None)));
        } else if fact.kind == Kind::Person && fact.scope == Scope::Business {
            if crew.open_pairs.iter().any(|pair| pair.0 == contact || pair.1 == contact) {
                reasons.push(("dup_possible", 5, None));
            }
            if !open {
                reasons.push(("left", 4, held.iter().filter_map(|held| held.ended_on).max()));
            }
            if fact.tier == Some(b'D') {
                reasons.push(("tier_d", 4, fact.since));
            }
            if open && verified + Months::new(24) <= crew.as_of {
                reasons.push(("stale", 3, Some(verified)));
            }
            if fact.bounced {
                reasons.push(("bounced", 3, None));
            }
            if !fact.reachable {
                reasons.push(("no_key", 2, None));
            }
            if let Some(on) = crew.in_vain(contact) {
                reasons.push(("no_reply", 2, Some(on)));
            }
            if future.is_some() {
                reasons.push(("future_date", 2, future));
            }
            if burst.is_some() && touched.is_none() {
                reasons.push(("burst_import", 1, burst));
            }
            if crew.name(contact).contains(['2', '★']) {
                reasons.push(("name_junk", 1, None));
            }
        }
        if !reasons.is_empty() {
            let weight = reasons.iter().map(|reason| reason.1).sum::<i32>();
            let told = |reason: &&(&str, i32, Option<NaiveDate>)| {
                reason.0 == "future_date" || reason.2.is_some_and(|on| on <= crew.as_of)
            };
            let evidence = reasons.iter().find(told).and_then(|reason| reason.2).unwrap_or(seen);
            found.push((-weight, Some(evidence), contact, reasons.iter().map(|reason| reason.0).collect()));
        }
    }
    let all_found = found.len();
    found.retain(|one| !crew.keeps.contains(&one.2));
    found.sort();
    let count = found.len();
    found.truncate(2_000);
    let row = |(_, evidence, contact, reasons): (i32, Option<NaiveDate>, u32, Vec<&str>)| {
        let has = |reason: &str| reasons.contains(&reason);
        let strong = crew
            .bonds
            .iter()
            .any(|bond| bond.contact == contact && bond.strength.is_some() && bond.band == 0);
        let safe = strong || matches!(crew.fact(contact).tier, Some(b'A' | b'B'));
        let action = if has("erase_request") {
            "verify"
        } else if has("dup_possible") {
            "merge"
        } else if !safe && (has("left") || has("tier_d") || (has("stale") && has("no_key"))) {
            "archive"
        } else if has("tier_d") || reasons == ["burst_import"] {
            "re-tier"
        } else {
            "verify"
        };
        let ever = crew.holdings.iter().filter(|held| held.contact == contact).map(|held| held.member);
        let holders = if has("left") { ever.collect() } else { crew.holders(contact) };
        let cells = vec![
            crew.as_of.to_string(),
            crew.name(contact),
            crew.listed(holders),
            reasons.join("|"),
            action.to_owned(),
            said(evidence),
            safe.to_string(),
            count.to_string(),
            text(ratio(known, all)),
            (all_found - count).to_string(),
        ];
        (crew.ids[contact as usize].clone(), cells)
    };
    found.into_iter().map(row).collect()
}

pub(super) fn due(crew: &Crew) -> Rows {
    // Day, member, rank of the kind, contact, age.
    let mut items: BTreeSet<(NaiveDate, u16, u8, u32, Option<i32>)> = BTreeSet::new();
    for contact in crew.people() {
        let holders = crew.holders(contact);
        let birthday = crew.birthdays.iter().find(|birthday| birthday.contact == contact);
        for ahead in 0..=30 {
            let on = crew.as_of + Days::new(ahead);
            let is_on = |(month, day): (u8, u8)| (u32::from(month), u32::from(day)) == (on.month(), on.day());
            let Some(birthday) = birthday else { continue };
            let leapt = (birthday.month, birthday.day) == (2, 29) && !on.leap_year();
            if is_on(if leapt { (3, 1) } else { (birthday.month, birthday.day) }) {
                let turning = birthday.year.map(|year| on.year() - year).filter(|age| *age > 0);
                items.extend(holders.iter().map(|member| (on, *member, 0, contact, turning)));
            }
        }
        for member in holders.iter().copied() {
            let of = |touch: &&super::Touch| touch.member == member && touch.on <= crew.as_of;
            let word = |touch: &super::Touch| {
                [touch::Kind::Wrote, touch::Kind::Called].contains(&touch.kind) && touch.toward != -1
            };
            let with: Vec<_> =
                crew.touches.iter().filter(of).filter(|touch| touch.contact == contact).collect();
            let met = with.iter().filter(|touch| touch.kind == touch::Kind::Met).map(|touch| touch.on);
            let Some(met) = met.filter(|on| *on >= crew.back(30)).max() else { continue };
            let thanked = with.iter().any(|touch| word(touch) && touch.on >= met);
            if !thanked && crew.touches.iter().filter(of).any(word) {
                items.insert((met + Days::new(2), member, 1, contact, None));
            }
        }
        let cadence = match crew.fact(contact).tier {
            Some(b'A') => 30,
            Some(b'B') => 91,
            Some(b'C') => 365,
            _ => continue,
        };
        let ties = holders
            .iter()
            .filter_map(|member| crew.bond(contact, *member))
            .filter(|bond| bond.last.is_some());
        let latest = ties.reduce(|one, two| {
            let rank = |bond: &Bond| (bond.last, bond.strength);
            if rank(two) > rank(one) { two } else { one }
        });
        if let Some(bond) =
            latest.filter(|bond| bond.band != 3 && crew.fact(contact).scope == Scope::Business)
        {
            let on = bond.last.unwrap() + Days::new(cadence);
            if on <= crew.as_of + Days::new(7) && on + Days::new(365) >= crew.as_of {
                items.insert((on, bond.member, 2, contact, None));
            }
        }
    }
    let all = items.clone();
    // Of whom too much is due those are dropped before whom as many better ones stand.
    let rank = |item: &(NaiveDate, u16, u8, u32, Option<i32>)| {
        let strength = crew.fact(item.3).strength.map_or(-1.0, f64::from);
        (-(crew.worth(item.3) * 1e6) as i64, -(strength * 1e9) as i64, *item)
    };
    let most = crew.settings.due.most as usize;
    items.retain(|item| {
        all.iter().filter(|other| other.1 == item.1 && rank(other) < rank(item)).count() < most
    });
    let row = |(on, member, what, contact, turning): (NaiveDate, u16, u8, u32, Option<i32>)| {
        let count = all.iter().filter(|item| item.1 == member).count();
        let held: Vec<u32> =
            crew.people().into_iter().filter(|person| crew.holders(*person).contains(&member)).collect();
        let known = held.iter().filter(|person| match what {
            0 => crew.birthdays.iter().any(|birthday| birthday.contact == **person),
            _ => crew.bond(**person, member).is_some_and(|bond| bond.last.is_some()),
        });
        let what = ["birthday", "thank_you", "follow_up"][usize::from(what)];
        let cells = vec![
            crew.as_of.to_string(),
            on.to_string(),
            (on - crew.as_of).num_days().to_string(),
            crew.name(contact),
            said(turning),
            (crew.fact(contact).scope == Scope::Private).to_string(),
            text(ratio(known.count(), held.len())),
            count.to_string(),
            crew.fact(contact).tier.map(|tier| char::from(tier).to_string()).unwrap_or_default(),
        ];
        (format!("{} {what} {}", crew.members[usize::from(member)], crew.ids[contact as usize]), cells)
    };
    items.into_iter().map(row).collect()
}
