//! Lunch and cards once more, as their definitions read.

use super::list_tests::Crew;
use super::plain_lists::{ratio, said, text};
use crate::touch::Kind;

type Rows = Vec<(String, Vec<String>)>;

/// The people worth meeting of one member, or of all.
fn worth_meeting(crew: &Crew, who: Option<u16>) -> Vec<u32> {
    let good = |person: u32| matches!(crew.fact(person).tier, Some(b'A' | b'B'));
    let kept = |person: u32, member: u16| {
        crew.bond(person, member).is_some_and(|bond| bond.strength.is_some() && bond.band <= 1)
    };
    let of = |person: &u32| {
        let mut holders =
            crew.holders(*person).into_iter().filter(|member| who.is_none_or(|who| who == *member));
        holders.any(|member| good(*person) || kept(*person, member))
    };
    crew.business().into_iter().filter(of).collect()
}

pub(super) fn lunch(crew: &Crew) -> Rows {
    let mut keyed = Vec::new();
    for city in 1..crew.cities.len() as u32 {
        let there = |who| {
            let mut people: Vec<u32> = worth_meeting(crew, who)
                .into_iter()
                .filter(|person| crew.fact(*person).city == city)
                .collect();
            people.sort_by(|one, two| {
                let tier = |person: u32| crew.fact(person).tier.unwrap_or(b'Z');
                let strength = |person: u32| crew.fact(person).strength.map_or(-1.0, f64::from);
                tier(*one).cmp(&tier(*two)).then(strength(*two).total_cmp(&strength(*one))).then(one.cmp(two))
            });
            people
        };
        let all = there(None).len();
        let members = (0..crew.members.len() as u16)
            .filter(|member| crew.members[usize::from(*member)] != "team")
            .map(Some);
        for who in members.chain([None]) {
            let people = there(who);
            if all < 3 || people.is_empty() {
                continue;
            }
            let worth = worth_meeting(crew, who);
            let known = worth.iter().filter(|person| crew.fact(**person).city > 0).count();
            let name = who.map_or("team", |member| &crew.members[usize::from(member)]);
            let own = who.and_then(|member| crew.own.get(usize::from(member))).filter(|own| own.city > 0);
            let first: Vec<u32> = people.iter().copied().take(20).collect();
            let cells = vec![
                crew.as_of.to_string(),
                said(own.map(|own| own.city == city)),
                people.len().to_string(),
                first.iter().map(|person| crew.ids[*person as usize].clone()).collect::<Vec<_>>().join("|"),
                first.iter().map(|person| crew.name(*person)).collect::<Vec<_>>().join("|"),
                text(ratio(known, worth.len())),
            ];
            let title = crew.cities[city as usize].clone();
            let place = (usize::MAX - all, title.clone(), who.is_some(), usize::MAX - people.len(), who);
            keyed.push((place, (format!("{title} {name}"), cells)));
        }
    }
    keyed.sort();
    keyed.into_iter().map(|(_, row)| row).collect()
}

pub(super) fn cards(crew: &Crew) -> Rows {
    let mut cards = Vec::new();
    for (letter, animal) in [(b'A', "unicorn"), (b'B', "flamingo"), (b'C', "flamingo")] {
        let mut people: Vec<u32> =
            crew.business().into_iter().filter(|person| crew.fact(*person).tier == Some(letter)).collect();
        let strength = |person: u32| crew.fact(person).strength.map_or(-1.0, f64::from);
        people.sort_by(|one, two| strength(*two).total_cmp(&strength(*one)).then(one.cmp(two)));
        let addresses = people.iter().filter(|person| crew.fact(**person).address).count();
        for contact in &people {
            let fact = crew.fact(*contact);
            let sender = crew.holders(*contact).into_iter().reduce(|one, two| {
                let rank = |member: u16| {
                    (crew.strength(*contact, member), crew.bond(*contact, member).and_then(|bond| bond.last))
                };
                if rank(two) > rank(one) { two } else { one }
            });
            let cells = vec![
                crew.as_of.to_string(),
                char::from(letter).to_string(),
                animal.to_owned(),
                crew.name(*contact),
                crew.companies[fact.company as usize].clone(),
                crew.listed(sender),
                crew.listed(crew.holders(*contact)),
                fact.address.to_string(),
                said(fact.since),
                said(fact.before.map(char::from)),
                said(fact.before.map(|before| before < letter)),
                text(ratio(addresses, people.len())),
                people.len().to_string(),
                match fact.before {
                    Some(before) if before < letter => crew
                        .falls
                        .iter()
                        .filter(|fall| fall.contact == *contact)
                        .map(|fall| fall.reason.to_string())
                        .collect(),
                    _ => String::new(),
                },
                said(
                    crew.touches
                        .iter()
                        .filter(|touch| touch.kind == Kind::Met && touch.contact == *contact)
                        .filter(|touch| touch.on <= crew.as_of)
                        .map(|touch| touch.on)
                        .max(),
                ),
            ];
            cards.push((crew.ids[*contact as usize].clone(), cells));
        }
    }
    cards
}
