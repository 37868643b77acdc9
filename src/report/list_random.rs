//! The list reports against their plain computation on random small teams.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::list_tests::{ALL, Crew, OwnedWish};
use super::settings::{Cleanup, Due, Settings};
use super::tests::{day, rows, shuffle};
use super::{
    Birthday, Bond, Delivery, Fact, Fall, Own, RowCount, Touch, appointments, cards, cleanup, data_quality,
    due, groups, introductions, lunch, mentors, plain_appointments, plain_groups, plain_lists, plain_lunch,
    targets,
};
use crate::contact::{Holding, Kind, Scope};
use crate::record::Channel;
use crate::touch;

const PEOPLE: u32 = 30;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![3 => 0u64..60, 2 => 0u64..1_200].prop_map(|back| day("2026-03-25") - Days::new(back))
}

prop_compose! {
    fn any_fact()(
        (kind, scope, tier, before) in (0u8..12, 0u8..8, 0usize..6, 0usize..6),
        (sector, level, function) in (prop::option::of(0u8..4), prop::option::of(0u8..8), prop::option::of(0u8..3)),
        (company, city, target) in (0u32..4, 0u32..4, any::<bool>()),
        strength in any_strength(), reachable in any::<bool>(), address in any::<bool>(),
        since in prop::option::of(any_day()), (bounced, erase) in (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
    ) -> Fact {
        Fact {
            kind: match kind { 0 => Kind::Member, 1 => Kind::Role, _ => Kind::Person },
            scope: if scope == 0 { Scope::Private } else { Scope::Business },
            tier: b"ABCD".get(tier).copied(),
            before: b"ABCD".get(before).copied(),
            since, sector, level, function, company, city, target, strength, reachable, address, bounced, erase,
        }
    }
}

fn any_strength() -> impl Strategy<Value = Option<f32>> {
    prop::sample::select(vec![None, Some(0.1), Some(0.25), Some(0.5), Some(0.9)])
}

prop_compose! {
    fn any_holding(members: u16)(
        member in 0..members, contact in 0..PEOPLE, channel in 0usize..3, seen in any_day(), later in 0u64..40,
        ended in prop::option::weighted(0.2, 0u64..40), connected in prop::option::of(any_day()), touches in 0u32..2,
        last_touch in prop::option::weighted(0.2, any_day()),
    ) -> Holding {
        let last_seen = seen + Days::new(later);
        Holding {
            member, contact, channel: Channel::ALL[channel], connected_on: connected, first_seen: seen, last_seen,
            ended_on: ended.map(|days| last_seen + Days::new(days)), touches, last_touch,
        }
    }
}

prop_compose! {
    fn any_bond(members: u16)(
        contact in 0..PEOPLE, member in 0..members, strength in any_strength(), band in 0u8..5,
        last in prop::option::of(any_day()),
    ) -> Bond {
        Bond { contact, member, strength, band, once: None, touches: 1, last }
    }
}

prop_compose! {
    fn any_crew()(members in 1u16..5)(
        as_of in (0u64..12).prop_map(|ahead| day("2026-03-16") + Days::new(ahead)),
        contacts in prop::collection::vec(any_fact(), PEOPLE as usize),
        names in prop::collection::vec(prop::sample::select(vec!["Ina Wolf", "Jörg", "", "Ben2", "★ Tom"]), PEOPLE as usize),
        own in prop::collection::vec((prop::option::of(0u8..4), 0u32..4), 0..5),
        mut holdings in prop::collection::vec(any_holding(members), 0..90),
        mut bonds in prop::collection::vec(any_bond(members), 0..30),
        mut touches in prop::collection::vec((0..members, 0..PEOPLE, any_day(), 0usize..4, -1i8..2), 0..25),
        birthdays in prop::collection::btree_map(0..PEOPLE, (prop::option::of(1950i32..2030), 1u8..13, 1u8..32), 0..12),
        wishes in prop::collection::vec((prop::sample::select(vec!["person", "position", "company"]), prop::collection::btree_set(0..PEOPLE, 0..4)), 0..4),
        (companies, sectors) in (prop::collection::vec(prop::collection::btree_set(1u32..4, 0..3), 0..4), prop::collection::btree_set(0u8..4, 0..3)),
        pairs in prop::collection::vec((0..PEOPLE, 0..PEOPLE), 0..3),
        groups in prop::collection::vec(prop::collection::btree_set(0..PEOPLE, 0..12), 0..5),
        (keeps, no_reply, most) in (prop::collection::btree_set(0..PEOPLE, 0..4), 0u32..3, prop::sample::select(vec![1u32, 2, 1_000])),
        has_targets in any::<bool>(),
        counts in prop::collection::vec((0..members, 0usize..3, 0u64..50), 0..6),
        deliveries in prop::collection::vec((0..members, 0usize..3, any_day(), any::<bool>()), 0..6),
        (batcher, batch, met) in (0..members, prop_oneof![2 => Just(0u32), 1 => 10u32..20], 0..PEOPLE),
        named in Just(members),
    ) -> Crew {
        // Many whom one member added on one day, and a log that says who of them was met.
        let added = (0..batch).map(|contact| Holding {
            member: batcher, contact, channel: Channel::LinkedIn, connected_on: Some(day("2026-02-02")),
            first_seen: day("2026-03-10"), last_seen: day("2026-03-10"), ended_on: None, touches: 0, last_touch: None,
        });
        holdings.splice(0..0, added);
        if batch > 0 {
            touches.push((batcher, met, day("2026-02-10"), 0, 0));
        }
        holdings.sort_by_key(|held| (held.contact, held.member, held.channel));
        holdings.dedup_by_key(|held| (held.contact, held.member, held.channel));
        bonds.sort_by_key(|bond| (bond.contact, bond.member));
        bonds.dedup_by_key(|bond| (bond.contact, bond.member));
        let kinds = [touch::Kind::Met, touch::Kind::Called, touch::Kind::Wrote, touch::Kind::Liked];
        Crew {
            as_of, contacts, holdings, bonds, has_targets,
            groups: ["Messe", "Club", "Alumni", "Beirat", "Verein"].iter().zip(groups).map(|(name, contacts)| ((*name).to_owned(), contacts.into_iter().collect())).collect(),
            members: ["dora", "anna", "team", "ben"][..usize::from(named)].iter().map(|&name| name.into()).collect(),
            own: own.into_iter().map(|(sector, city)| Own { sector, city, ..Own::default() }).collect(),
            names: names.iter().collect(),
            touches: touches.into_iter().map(|(member, contact, on, kind, toward)| Touch { member, contact, on, kind: kinds[kind], toward }).collect(),
            birthdays: birthdays.into_iter().map(|(contact, (year, month, day))| Birthday { contact, year, month, day }).collect(),
            wishes: (2..).zip(wishes).map(|(line, (kind, contacts))| OwnedWish { line, kind, contacts: contacts.into_iter().collect() }).collect(),
            goal_companies: companies.into_iter().map(|numbers| ("goal".to_owned(), numbers.into_iter().collect())).collect(),
            goal_sectors: sectors.into_iter().collect(),
            open_pairs: pairs,
            keeps: keeps.into_iter().collect(),
            settings: Settings { cleanup: Cleanup { no_reply, ..Cleanup::default() }, due: Due { most, ..Due::default() }, ..Settings::default() },
            rows: counts.into_iter().map(|(member, channel, rows)| RowCount { member, channel: Channel::ALL[channel], rows }).collect(),
            deliveries: deliveries.into_iter().map(|(member, channel, on, complete)| Delivery { member, channel: Channel::ALL[channel], on, complete }).collect(),
            falls: (0..PEOPLE).step_by(2).map(|contact| Fall { contact, reason: format!("reason {contact}").into() }).collect(),
            ..Crew::new(&[], PEOPLE as usize)
        }
    }
}

proptest! {
    #[test]
    fn every_list_equals_its_plain_computation(crew in any_crew()) {
        prop_assert_eq!(rows(&crew.table(&targets::Targets)), plain_lists::targets(&crew));
        prop_assert_eq!(rows(&crew.table(&introductions::Introductions)), plain_lists::introductions(&crew));
        prop_assert_eq!(rows(&crew.table(&cleanup::Cleanup)), plain_lists::cleanup(&crew));
        prop_assert_eq!(rows(&crew.table(&due::Due)), plain_lists::due(&crew));
        prop_assert_eq!(rows(&crew.table(&lunch::Lunch)), plain_lunch::lunch(&crew));
        prop_assert_eq!(rows(&crew.table(&cards::Cards)), plain_lunch::cards(&crew));
        prop_assert_eq!(rows(&crew.table(&data_quality::DataQuality)), plain_appointments::data_quality(&crew));
        prop_assert_eq!(rows(&crew.table(&appointments::Appointments)), plain_appointments::appointments(&crew));
        prop_assert_eq!(rows(&crew.table(&mentors::Mentors)), plain_groups::mentors(&crew));
        prop_assert_eq!(rows(&crew.table(&groups::Groups)), plain_groups::groups(&crew));
    }

    #[test]
    fn lists_do_not_depend_on_the_order_of_their_input(crew in any_crew(), seed in any::<u64>()) {
        let mut other = crew.clone();
        shuffle(&mut other.holdings, seed);
        shuffle(&mut other.touches, seed);
        shuffle(&mut other.birthdays, seed);
        shuffle(&mut other.wishes, seed);
        shuffle(&mut other.groups, seed);
        shuffle(&mut other.open_pairs, seed);
        shuffle(&mut other.rows, seed);
        shuffle(&mut other.deliveries, seed);
        for report in ALL {
            prop_assert_eq!(crew.table(report), other.table(report));
        }
    }

    #[test]
    fn keys_of_lists_name_one_row(crew in any_crew()) {
        for report in ALL {
            let mut keys: Vec<String> = rows(&crew.table(report)).into_iter().map(|row| row.0).collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), all, "{}", report.id());
        }
    }
}
