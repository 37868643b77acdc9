//! Test vectors of the reports about kinds of people, ties, categories, channels and stages, and random teams
//! on which every number is computed a second time.

mod own;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::settings::{Band, Settings};
use super::tests::{day, rows, shuffle};
use super::{Bond, Delivery, Fact, Input, Own, PastTiers, REPORTS, Touch, Window};
use super::{plain_pace, plain_people, plain_tiers};
use crate::contact::{Holding, Kind, Scope};
use crate::record::Channel;
use crate::table::{Language, Table, Texts};
use crate::touch;

/// A team's facts with labels, owned.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) as_of: NaiveDate,
    pub(super) members: Vec<String>,
    pub(super) own: Vec<Own>,
    pub(super) contacts: Vec<Fact>,
    pub(super) ids: Vec<String>,
    pub(super) names: Texts,
    pub(super) holdings: Vec<Holding>,
    pub(super) touches: Vec<Touch>,
    pub(super) bonds: Vec<Bond>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) has_goals: bool,
    pub(super) has_targets: bool,
    pub(super) race: Option<Window>,
    pub(super) history: Vec<PastTiers<'static>>,
    pub(super) band: Band,
}

/// The reports that are told here.
const IDS: [&str; 12] = [
    "diversity",
    "mix",
    "strength",
    "reactivate",
    "tiers",
    "mass_to_class",
    "channel_value",
    "stages",
    "pace",
    "tiers_over_time",
    "time_needed",
    "response",
];

impl World {
    fn new(members: &[&str], contacts: usize) -> World {
        World {
            as_of: day("2026-03-16"),
            members: members.iter().map(|&name| name.to_owned()).collect(),
            own: Vec::new(),
            contacts: vec![Fact::default(); contacts],
            ids: (0..contacts).map(|at| format!("c{at:03}")).collect(),
            names: (0..contacts).map(|at| format!("Person_{at}")).collect(),
            holdings: Vec::new(),
            touches: Vec::new(),
            bonds: Vec::new(),
            deliveries: Vec::new(),
            has_goals: false,
            has_targets: false,
            race: None,
            history: Vec::new(),
            band: Band::default(),
        }
    }

    fn input(&self) -> Input<'_> {
        Input {
            as_of: self.as_of,
            members: &self.members,
            own: &self.own,
            contacts: &self.contacts,
            ids: &self.ids,
            names: Some(&self.names),
            holdings: &self.holdings,
            touches: &self.touches,
            bonds: &self.bonds,
            deliveries: &self.deliveries,
            has_goals: self.has_goals,
            has_targets: self.has_targets,
            race: self.race,
            history: &self.history,
            settings: Settings { band: self.band, ..Settings::default() },
            ..Input::default()
        }
    }

    fn tables(&self) -> BTreeMap<&'static str, Table> {
        let mine = REPORTS.iter().filter(|report| IDS.contains(&report.id()));
        mine.map(|report| (report.id(), report.table(&self.input()))).collect()
    }

    fn hold(&mut self, member: u16, contact: u32, channel: Channel, connected: &str) {
        self.holdings.push(Holding {
            member,
            contact,
            channel,
            connected_on: connected.parse().ok(),
            first_seen: day("2026-03-15"),
            last_seen: day("2026-03-15"),
            ended_on: None,
            touches: 0,
            last_touch: None,
        });
    }

    fn bind(&mut self, contact: u32, strength: f32, band: u8, once: Option<f32>, last: &str) {
        let (strength, last) = (Some(strength), last.parse().ok());
        self.bonds.push(Bond { contact, member: 0, strength, band, once, touches: 1, last });
    }

    fn touch(&mut self, contact: u32, on: &str, kind: touch::Kind, toward: i8) {
        self.touches.push(Touch { member: 0, contact, on: day(on), kind, toward });
    }

    /// The cell of one column in the row of a key.
    fn at(&self, report: &str, key: &str, column: &str) -> String {
        let table = &self.tables()[report];
        let rest = table.columns.iter().filter(|have| !table.key.contains(&have.name));
        let index = rest.clone().position(|have| have.name == column).unwrap();
        let row = rows(table).into_iter().find(|row| row.0 == key);
        row.unwrap_or_else(|| panic!("no row {key}")).1[index].clone()
    }
}

#[test]
fn header_lines_are_the_contract() {
    let world = World::new(&["anna"], 0);
    for (id, header) in IDS.iter().zip([
        "as_of,member,dimension,measure,value,coverage",
        "as_of,member,dimension,value,people,share,coverage",
        "as_of,member,group,measure,value,coverage",
        "as_of,member,contact_id,name,tier,band,last_touch,days,cadence,overdue,past_strength,value,candidates,coverage",
        "as_of,member,tier,measure,value,coverage",
        "as_of,member,series,period,until,people,class_people,class_ratio,coverage",
        "as_of,member,channel,measure,value,coverage",
        "as_of,member,stage,criterion,value,needed,met,stage_evidence,coverage,assessment,stage_self",
        "as_of,member,window,measure,value,coverage",
        "as_of,member,on,tier,people,share,coverage",
        "as_of,member,tier,measure,value,coverage",
        "as_of,member,side,measure,value,coverage",
    ]) {
        let report = REPORTS.iter().find(|report| report.id() == *id).unwrap();
        let table = report.table(&world.input());
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!((table.name, names.join(",").as_str()), (*id, header));
        assert_eq!(report.title(), table.title);
        assert_eq!(report.personal(), *id == "stages", "{id}");
        for column in &table.columns {
            assert!(!column.about.is_empty() && !column.about_german.is_empty(), "{id} {}", column.name);
        }
    }
}

#[test]
fn every_text_of_fixed_columns_has_a_title_in_both_languages() {
    let mut world = World::new(&["anna"], 30);
    for at in 0..30u32 {
        world.hold(0, at, Channel::Xing, "2026-02-01");
        world.contacts[at as usize].tier = b"ABCD".get(at as usize % 5).copied();
        world.contacts[at as usize].sector = Some(at as u8 % 23);
        world.contacts[at as usize].function = Some(at as u8 % 22);
        world.contacts[at as usize].level = Some(at as u8 % 8);
        world.bind(at, 0.7, 3, Some(0.9), "2025-01-01");
    }
    for table in world.tables().values() {
        for column in table.columns.iter().filter(|column| !column.values.is_empty()) {
            let crate::table::Data::Text(texts) = &column.data else { continue };
            for text in texts.iter().filter(|text| !text.is_empty()) {
                let value = column.value(text);
                assert!(value.is_some(), "{} {} {text}", table.name, column.name);
                for language in Language::ALL {
                    assert!(!column.called(text, language).is_empty());
                }
            }
        }
    }
}

#[test]
fn the_vector_of_four_kinds_has_its_indices() {
    let mut world = World::new(&["anna"], 100);
    for at in 0..100u32 {
        world.hold(0, at, Channel::LinkedIn, "2026-02-01");
        world.contacts[at as usize].sector =
            Some([0..40, 40..70, 70..90, 90..100].iter().position(|people| people.contains(&at)).unwrap()
                as u8);
    }
    world.own = vec![Own { sector: Some(0), ..Own::default() }];
    let of = |measure: &str| world.at("diversity", &format!("anna sector {measure}"), "value");
    for (measure, value) in [
        ("shannon", "1.279854"),
        ("pielou", "0.923220"),
        ("hill_0", "4.000000"),
        ("hill_1", "3.596115"),
        ("hill_2", "3.333333"),
        ("blau", "0.700000"),
        ("blau_normalised", "0.933333"),
        ("blau_unbiased", "0.707071"),
        ("ei_index", "0.200000"),
    ] {
        assert_eq!(of(measure), value, "{measure}");
    }
    assert_eq!(world.at("diversity", "anna all similarity", "value"), "0.400000");
    assert_eq!(world.at("diversity", "anna all band_distance", "value"), "0.000000");
    assert_eq!(world.at("diversity", "team city shannon", "value"), "", "no city is known");
}

#[test]
fn a_year_of_growth_is_told_as_a_rate_and_nine_weeks_are_not() {
    let mut world = World::new(&["anna"], 100);
    for at in 0..100u32 {
        // One of them a week in the last year, 48 before it.
        let week = u64::from(at).saturating_sub(48);
        let on = if at < 48 { day("2020-05-05") } else { day("2025-03-17") + chrono::Days::new(week * 7) };
        world.hold(0, at, Channel::LinkedIn, &on.to_string());
    }
    let of = |key: &str| world.at("pace", &format!("anna {key}"), "value");
    assert_eq!((of("year start"), of("year end")), ("48.000000".into(), "100.000000".into()));
    let rate = (100.0f64 / 48.0).powf(365.25 / 364.0) - 1.0;
    assert_eq!(of("year yearly_rate"), format!("{rate:.6}"));
    assert_eq!((of("year pace"), of("year trend")), ("1.000000".into(), "0.000000".into()));
    assert_eq!(of("race weekly_rate"), format!("{:.6}", (100.0f64 / 91.0).powf(1.0 / 9.0) - 1.0));
    assert_eq!(of("race yearly_rate"), "", "nine weeks say nothing about a year");
    assert_eq!(of("race pace"), "1.000000");
}

#[test]
fn a_reminder_is_no_new_message_and_a_late_answer_none() {
    let mut world = World::new(&["anna"], 2);
    world.hold(0, 0, Channel::LinkedIn, "2026-01-01");
    world.hold(0, 1, Channel::LinkedIn, "2026-01-01");
    let of = |world: &World, key: &str| world.at("response", &format!("anna {key}"), "value");
    world.touch(0, "2026-01-05", touch::Kind::Wrote, 0);
    assert_eq!(of(&world, "theirs messages"), "", "nobody knows who wrote");
    world.touch(0, "2026-01-06", touch::Kind::Wrote, 1);
    world.touch(0, "2026-01-20", touch::Kind::Wrote, 1);
    world.touch(0, "2026-01-22", touch::Kind::Called, -1);
    world.touch(1, "2025-11-03", touch::Kind::Wrote, 1);
    world.touch(1, "2025-12-20", touch::Kind::Wrote, -1);
    world.touch(1, "2026-03-10", touch::Kind::Wrote, 1);
    for (key, value) in [("messages", "2"), ("answered", "1"), ("rate", "0.5"), ("days", "16")] {
        assert_eq!(of(&world, &format!("theirs {key}")).parse::<f64>(), value.parse(), "{key}");
    }
    assert_eq!(
        (of(&world, "own messages"), of(&world, "own answered")),
        ("1.000000".into(), "0.000000".into())
    );
    assert_eq!(world.at("response", "anna own days", "coverage"), "0.833333");
}

#[test]
fn below_twenty_known_or_thirty_per_cent_no_index_is_shown() {
    for (people, known, shown) in [(19, 19, false), (20, 20, true), (66, 20, true), (67, 20, false)] {
        let mut world = World::new(&["anna"], people);
        for at in 0..people {
            world.hold(0, at as u32, Channel::LinkedIn, "2026-02-01");
            world.contacts[at].sector = (at < known).then_some(at as u8 % 3);
        }
        assert_eq!(
            world.at("diversity", "anna sector blau", "value").is_empty(),
            !shown,
            "{known} of {people}"
        );
        assert_eq!(world.at("diversity", "anna sector known", "value"), format!("{known}.000000"));
    }
}

#[test]
fn who_was_never_in_touch_is_neither_weak_nor_overdue() {
    let mut world = World::new(&["anna"], 3);
    for at in 0..3 {
        world.hold(0, at, Channel::LinkedIn, "2026-02-01");
        world.contacts[at as usize].tier = Some(b'A');
    }
    let of = |world: &World, key: &str| world.at("strength", &format!("anna {key}"), "value");
    assert_eq!((of(&world, "unknown people"), of(&world, "weak people")), ("3.000000".into(), String::new()));
    assert_eq!(of(&world, "A overdue"), "");
    world.bind(0, 0.5, 1, None, "2026-02-14");
    world.bind(1, 0.2, 2, None, "2026-02-13");
    assert_eq!(of(&world, "A overdue"), "1.000000", "30 days are allowed");
    assert_eq!(world.at("strength", "anna A overdue", "coverage"), "0.666667");
    assert_eq!(of(&world, "unknown people"), "1.000000");
    assert_eq!(of(&world, "top_5 layer_strength"), "");
    assert_eq!(world.at("reactivate", "anna c001", "overdue"), "0.033333");
}

#[test]
fn the_strongest_of_the_best_category_are_woken_first() {
    let mut world = World::new(&["anna"], 6);
    for (at, tier) in [Some(b'C'), Some(b'A'), None, Some(b'D'), Some(b'B'), None].into_iter().enumerate() {
        world.hold(0, at as u32, Channel::LinkedIn, "2020-02-01");
        world.contacts[at].tier = tier;
        world.bind(at as u32, 0.1, 3, Some(0.75), "2024-01-01");
    }
    world.contacts[5].scope = Scope::Private;
    let keys: Vec<String> = rows(&world.tables()["reactivate"]).into_iter().map(|row| row.0).collect();
    assert_eq!(keys, ["anna c001", "anna c004", "anna c000", "anna c002"], "neither D nor private people");
    assert_eq!(world.at("reactivate", "anna c002", "cadence"), "");
    assert_eq!(world.at("reactivate", "anna c004", "value"), "3.000000");
}

#[test]
fn a_long_list_is_cut_and_says_of_how_many() {
    let mut world = World::new(&["anna"], 600);
    for at in 0..600 {
        world.hold(0, at, Channel::LinkedIn, "2020-02-01");
        world.bind(at, 0.1, 3, Some(0.7), "2024-01-01");
    }
    assert_eq!(world.tables()["reactivate"].len(), 500);
    assert_eq!(world.at("reactivate", "anna c000", "candidates"), "600");
}

#[test]
fn without_a_channel_those_are_lost_whom_no_other_shows() {
    let mut world = World::new(&["anna", "ben"], 4);
    world.has_targets = true;
    for (member, contact, channel) in [
        (0, 0, Channel::LinkedIn),
        (0, 0, Channel::Xing),
        (0, 1, Channel::Xing),
        (1, 1, Channel::Phone),
        (1, 2, Channel::Xing),
        (1, 3, Channel::Xing),
    ] {
        world.hold(member, contact, channel, "");
    }
    for (at, company) in [1, 1, 2, 2].into_iter().enumerate() {
        world.contacts[at] = Fact { company, target: true, tier: Some(b'B'), ..Fact::default() };
    }
    let of = |key: &str| world.at("channel_value", key, "value");
    assert_eq!((of("team xing people"), of("team xing lost_people")), ("4.000000".into(), "2.000000".into()));
    assert_eq!(of("team xing lost_people_share"), "0.500000");
    assert_eq!(of("anna xing lost_people"), "1.000000");
    assert_eq!(
        (of("team xing companies"), of("team xing lost_companies")),
        ("2.000000".into(), "1.000000".into())
    );
    assert_eq!(of("team phone lost_class"), "0.000000");
}

#[test]
fn with_little_known_a_stage_is_not_assessable() {
    let mut world = World::new(&["anna"], 2);
    world.hold(0, 0, Channel::LinkedIn, "2026-02-01");
    assert_eq!(world.at("stages", "anna contacts", "assessment"), "not_assessable");
    assert_eq!(world.at("stages", "anna contacts", "stage_evidence"), "");
    (world.has_goals, world.has_targets) = (true, true);
    world.contacts[0].target = true;
    world.touch(0, "2026-03-02", touch::Kind::Met, 0);
    world.touch(0, "2026-03-04", touch::Kind::Wrote, 1);
    world.touch(0, "2026-02-02", touch::Kind::Introduced, 1);
    assert_eq!(world.at("stages", "anna follow_up", "value"), "1.000000");
    assert_eq!(world.at("stages", "anna introductions", "met"), "no");
    assert_eq!(world.at("stages", "anna contacts", "assessment"), "assessed");
    assert_eq!(world.at("stages", "anna contacts", "stage_evidence"), "2", "the backlog is not known");
}

#[test]
fn of_a_member_who_delivered_nothing_neither_people_nor_touches_are_known() {
    let mut world = World::new(&["anna", "ben"], 1);
    world.hold(0, 0, Channel::LinkedIn, "");
    for criterion in ["contacts", "touches"] {
        assert_eq!(world.at("stages", &format!("ben {criterion}"), "value"), "");
        assert_eq!(world.at("stages", &format!("ben {criterion}"), "met"), "unknown");
    }
    assert_eq!(world.at("stages", "anna touches", "value"), "0.000000");
}

#[test]
fn goals_that_make_nobody_a_target_leave_figures_of_targets_empty() {
    let mut world = World::new(&["anna"], 1);
    world.hold(0, 0, Channel::LinkedIn, "2026-02-01");
    world.has_goals = true;
    assert_eq!(world.at("stages", "anna goals", "met"), "yes");
    for has_targets in [false, true] {
        world.has_targets = has_targets;
        let told = |number: &str| if has_targets { number.to_owned() } else { String::new() };
        assert_eq!(world.at("stages", "anna target_adds", "value"), told("0.000000"));
        assert_eq!(world.at("stages", "anna target_adds", "met"), if has_targets { "no" } else { "unknown" });
        for measure in ["companies", "lost_companies"] {
            assert_eq!(
                world.at("channel_value", &format!("anna linkedin {measure}"), "value"),
                told("0.000000")
            );
        }
    }
}

#[test]
fn the_race_shows_mass_and_class_before_it_and_after_each_week() {
    let mut world = World::new(&["anna"], 4);
    world.race = Some(Window { start: day("2026-03-02"), weeks: 4 });
    for (at, on) in ["2026-02-01", "2026-03-03", "2026-03-10", "2026-03-16"].into_iter().enumerate() {
        world.hold(0, at as u32, Channel::LinkedIn, on);
    }
    world.contacts[1].tier = Some(b'A');
    let of = |week: u32| {
        let cell = |column| world.at("mass_to_class", &format!("anna race {week}"), column);
        (cell("people"), cell("class_people"), cell("until"))
    };
    let cells =
        |people: &str, class: &str, until: &str| (people.to_owned(), class.to_owned(), until.to_owned());
    assert_eq!(of(0), cells("1", "", "2026-03-01"));
    assert_eq!(of(1), cells("2", "1", "2026-03-08"));
    assert_eq!(of(2), cells("3", "1", "2026-03-15"));
    assert_eq!(of(3), cells("4", "1", "2026-03-16"));
    assert!(!rows(&world.tables()["mass_to_class"]).iter().any(|row| row.0 == "anna race 4"), "not begun");
}

#[test]
fn a_member_called_like_the_team_and_a_team_of_nobody_work() {
    let mut world = World::new(&["anna", "team"], 2);
    world.hold(0, 0, Channel::LinkedIn, "");
    world.hold(1, 1, Channel::Sheet, "");
    assert_eq!(world.at("tiers", "team all people", "value"), "2.000000");
    assert_eq!(World::new(&[], 0).at("tiers", "team all people", "value"), "");
    assert_eq!(World::new(&["anna"], 0).at("strength", "anna all half_life", "value"), "");
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..400).prop_map(|back| day("2026-03-20") - chrono::Days::new(back))
}

/// Number of people of a random team.
const PEOPLE: u32 = 30;

prop_compose! {
    fn any_fact()(
        kind in 0u8..12, private in 0u8..6, tier in 0usize..6, since in prop::option::of(any_day()),
        sector in prop::option::weighted(0.8, 0u8..4), level in prop::option::weighted(0.8, 0u8..8),
        function in prop::option::weighted(0.8, 0u8..22), company in 0u32..5, city in 0u32..3, target in any::<bool>(),
    ) -> Fact {
        let kind = match kind { 0 => Kind::Member, 1 => Kind::Role, _ => Kind::Person };
        let scope = if private == 0 { Scope::Private } else { Scope::Business };
        let tier = b"ABCD".get(tier).copied();
        Fact { kind, scope, tier, since: since.filter(|_| tier.is_some()), sector, level, function, company, city, target, ..Fact::default() }
    }
}

prop_compose! {
    fn any_own()(
        company in 0u32..5, sector in prop::option::of(0u8..4), city in 0u32..3, stage in prop::option::of(1u8..=5),
        function in prop::option::of(0u8..22), level in prop::option::of(0u8..8), reviewed in prop::option::of(any_day()),
    ) -> Own {
        Own { company, sector, city, function, level, stage, reviewed }
    }
}

prop_compose! {
    fn any_holding(members: u16)(
        member in 0..members, contact in 0..PEOPLE, channel in 0usize..3, first in 0usize..3, last in 0usize..3,
        ended in any::<bool>(), connected in prop::option::of(any_day()),
    ) -> Holding {
        let days = ["2025-12-07", "2026-02-18", "2026-03-15"];
        let last = first.max(last);
        Holding {
            member, contact, channel: Channel::ALL[channel], connected_on: connected.map(|on| on.min(day(days[first]))),
            first_seen: day(days[first]), last_seen: day(days[last]),
            ended_on: days.get(last + 1).filter(|_| ended).map(|text| day(text)), touches: 0, last_touch: None,
        }
    }
}

prop_compose! {
    fn any_bond()(
        strength in prop::option::of(0u8..=20), band in 0u8..4, once in prop::option::of(10u8..=20), last in any_day(),
    ) -> (Option<f32>, u8, Option<f32>, NaiveDate) {
        let of = |strength: u8| f32::from(strength) / 20.0;
        (strength.map(of), if strength.is_some() { band } else { 4 }, once.map(of).filter(|_| band == 3), last)
    }
}

prop_compose! {
    fn any_world()(members in 1u16..4)(
        as_of in (0u64..6).prop_map(|ahead| day("2026-03-16") + chrono::Days::new(ahead)),
        own in prop::collection::vec(any_own(), 0..4),
        contacts in prop::collection::vec(any_fact(), PEOPLE as usize),
        holdings in prop::collection::vec(any_holding(members), 0..150),
        touches in prop::collection::vec((0..members, 0..PEOPLE, any_day(), 0usize..8, -1i8..=1), 0..60),
        soon in prop::collection::vec((0u64..5, 0usize..8, -1i8..=1), 0..60),
        bonds in prop::collection::btree_map((0..PEOPLE, 0..members), any_bond(), 0..40),
        deliveries in prop::collection::vec((0..members, 0usize..3, any_day(), any::<bool>()), 0..10),
        race in prop::option::of((any_day(), 1u32..8)),
        history in prop::collection::btree_map((any_day(), 0usize..4), prop::array::uniform6(0u64..9), 0..6),
        has_goals in any::<bool>(), has_targets in any::<bool>(), (low, wide) in (0u8..8, 0u8..4), names in Just(members),
    ) -> World {
        let names = ["dora", "anna", "cem"][..usize::from(names)].to_vec();
        let mut world = World::new(&names, PEOPLE as usize);
        let mut holdings = holdings;
        holdings.sort_by_key(|held| (held.contact, held.member, held.channel));
        holdings.dedup_by_key(|held| (held.contact, held.member, held.channel));
        let kinds = touch::Kind::ALL;
        // Some touches are answered or followed by another soon after.
        let next = touches.iter().zip(soon)
            .map(|(&(member, contact, on, ..), (days, kind, toward))| (member, contact, on + chrono::Days::new(days), kind, toward));
        let touches: Vec<_> = touches.iter().copied().chain(next).collect();
        world.as_of = as_of;
        world.own = own;
        world.contacts = contacts;
        world.holdings = holdings;
        world.touches = touches.into_iter().map(|(member, contact, on, kind, toward)| Touch { member, contact, on, kind: kinds[kind], toward }).collect();
        world.bonds = bonds.into_iter()
            .map(|((contact, member), (strength, band, once, last))| Bond { contact, member, strength, band, once, touches: 1, last: Some(last.min(as_of)).filter(|_| strength.is_some()) }).collect();
        world.deliveries = deliveries.into_iter()
            .map(|(member, channel, on, complete)| Delivery { member, channel: Channel::ALL[channel], on, complete }).collect();
        world.history = history.into_iter()
            .map(|((on, member), people)| PastTiers { on, member: ["dora", "anna", "team", "gone"][member], people }).collect();
        world.race = race.map(|(start, weeks)| Window { start, weeks });
        world.has_goals = has_goals || has_targets;
        world.has_targets = has_targets;
        world.band = Band { low: f64::from(low) / 16.0, high: f64::from(low + wide) / 16.0 };
        world
    }
}

proptest! {
    #[test]
    fn every_number_equals_its_plain_computation(world in any_world()) {
        let tables = world.tables();
        prop_assert_eq!(rows(&tables["diversity"]), plain_people::diversity(&world));
        prop_assert_eq!(rows(&tables["mix"]), plain_people::mix(&world));
        prop_assert_eq!(rows(&tables["strength"]), plain_people::strength(&world));
        prop_assert_eq!(rows(&tables["reactivate"]), plain_people::reactivate(&world));
        prop_assert_eq!(rows(&tables["tiers"]), plain_tiers::tiers(&world));
        prop_assert_eq!(rows(&tables["mass_to_class"]), plain_tiers::mass_to_class(&world));
        prop_assert_eq!(rows(&tables["channel_value"]), plain_tiers::channel_value(&world));
        prop_assert_eq!(rows(&tables["stages"]), plain_tiers::stages(&world));
        prop_assert_eq!(rows(&tables["pace"]), plain_pace::pace(&world));
        prop_assert_eq!(rows(&tables["tiers_over_time"]), plain_tiers::tiers_over_time(&world));
        prop_assert_eq!(rows(&tables["time_needed"]), plain_pace::time_needed(&world));
        prop_assert_eq!(rows(&tables["response"]), plain_pace::response(&world));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(world in any_world(), seed in any::<u64>()) {
        let mut other = world.clone();
        shuffle(&mut other.holdings, seed);
        shuffle(&mut other.touches, seed);
        shuffle(&mut other.bonds, seed);
        shuffle(&mut other.deliveries, seed);
        prop_assert_eq!(world.tables(), other.tables());
    }

    #[test]
    fn keys_name_one_row_and_parts_make_the_whole(world in any_world()) {
        let tables = world.tables();
        for table in tables.values() {
            let mut keys: Vec<String> = rows(table).into_iter().map(|row| row.0).collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), all, "{}", table.name);
        }
        let people: f64 = world.at("tiers", "team all people", "value").parse().unwrap_or(0.0);
        for dimension in ["sector", "level", "function", "tier"] {
            let rows = rows(&tables["mix"]);
            let parts = rows.iter().filter(|row| row.0.starts_with(&format!("team {dimension} ")));
            let sum: f64 = parts.map(|row| row.1[1].parse::<f64>().unwrap()).sum();
            prop_assert!((sum - people).abs() < 1e-9);
        }
    }
}
