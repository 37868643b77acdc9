//! Test vectors of the reports, and a second, plain computation of every number on random small teams.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::plain;
use super::{Delivery, Fact, Input, Invitations, REPORTS, RowCount, Touch, Window};
use crate::contact::{Holding, Kind};
use crate::record::Channel;
use crate::table::{Data, Table};
use crate::touch;

pub(super) mod standing;

/// A team's facts, owned.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub(super) as_of: NaiveDate,
    pub(super) members: Vec<String>,
    pub(super) contacts: Vec<Fact>,
    pub(super) holdings: Vec<Holding>,
    pub(super) touches: Vec<Touch>,
    pub(super) rows: Vec<RowCount>,
    pub(super) invitations: Vec<Invitations>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) race: Option<Window>,
}

impl Team {
    fn new(members: &[&str], contacts: usize) -> Team {
        Team {
            as_of: day("2026-03-16"),
            members: members.iter().map(|&name| name.to_owned()).collect(),
            contacts: vec![Fact::default(); contacts],
            holdings: Vec::new(),
            touches: Vec::new(),
            rows: Vec::new(),
            invitations: Vec::new(),
            deliveries: Vec::new(),
            race: None,
        }
    }

    pub(super) fn input(&self) -> Input<'_> {
        Input {
            as_of: self.as_of,
            members: &self.members,
            contacts: &self.contacts,
            holdings: &self.holdings,
            touches: &self.touches,
            rows: &self.rows,
            invitations: &self.invitations,
            deliveries: &self.deliveries,
            race: self.race,
            ..Input::default()
        }
    }

    fn hold(
        &mut self,
        member: u16,
        contact: u32,
        channel: Channel,
        connected: &str,
        seen: &str,
    ) -> &mut Holding {
        self.holdings.push(Holding {
            member,
            contact,
            channel,
            connected_on: connected.parse().ok(),
            first_seen: day(seen),
            last_seen: day(seen),
            ended_on: None,
            touches: 0,
            last_touch: None,
        });
        self.holdings.last_mut().unwrap()
    }

    fn deliver(&mut self, member: u16, channel: Channel, on: &str, complete: bool) {
        self.deliveries.push(Delivery { member, channel, on: day(on), complete });
    }

    fn tables(&self) -> BTreeMap<&'static str, Table> {
        REPORTS.iter().map(|report| (report.id(), report.table(&self.input()))).collect()
    }
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Rows by key, the other cells as text.
pub(super) fn rows(table: &Table) -> Vec<(String, Vec<String>)> {
    let cell = |data: &Data, row: usize| match data {
        Data::Text(texts) => texts.get(row).to_owned(),
        Data::List(lists) => lists.get(row).collect::<Vec<_>>().join("|"),
        Data::Int(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
        Data::Float(values) | Data::Share(values) => {
            values[row].map(|value| format!("{value:.6}")).unwrap_or_default()
        }
        Data::Date(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
        Data::Bool(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
    };
    (0..table.len())
        .map(|row| {
            let (mut key, mut rest) = (Vec::new(), Vec::new());
            for column in &table.columns {
                let text = cell(&column.data, row);
                if table.key.contains(&column.name) { key.push(text) } else { rest.push(text) }
            }
            (key.join(" "), rest)
        })
        .collect()
}

/// The cell of one column in the row of a key.
fn at(table: &Table, key: &str, column: &str) -> String {
    let rest = table.columns.iter().filter(|have| !table.key.contains(&have.name));
    let index = rest.clone().position(|have| have.name == column).unwrap();
    let row = rows(table).into_iter().find(|row| row.0 == key);
    row.unwrap_or_else(|| panic!("no row {key}")).1[index].clone()
}

/// anna {a..h}, ben {g,h,i,j}, cem {a,i,j,k}, dora {k}.
fn toy() -> Team {
    let mut team = Team::new(&["anna", "ben", "cem", "dora"], 11);
    for (member, people) in ["abcdefgh", "ghij", "aijk", "k"].iter().enumerate() {
        for person in people.bytes() {
            team.hold(member as u16, u32::from(person - b'a'), Channel::LinkedIn, "", "2026-01-05");
        }
    }
    team
}

#[test]
fn header_lines_are_the_contract() {
    let headers = [
        ("race", "member,rank,adds,share,stock,stock_share,cwgr,as_of,coverage"),
        (
            "growth",
            "member,channel,period,period_start,adds,losses,net,stock,date_basis,partial,as_of,coverage",
        ),
        ("overlap", "as_of,member_a,member_b,measure,value,coverage"),
        ("network_size", "as_of,member,channel,measure,value,coverage"),
    ];
    for (report, (id, header)) in REPORTS.iter().zip(headers) {
        let table = report.table(&toy().input());
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!((report.id(), table.name, names.join(",").as_str()), (id, id, header));
        assert_eq!(report.title(), table.title);
    }
}

#[test]
fn every_table_says_its_day_and_how_much_is_known() {
    for report in REPORTS {
        let table = report.table(&toy().input());
        assert!(table.column("as_of").is_some(), "{}", report.id());
        // Its figures are shares of people of whom something is known, a column a field.
        let says_by_field = report.id() == "data_quality";
        assert_eq!(table.column("coverage").is_some(), !says_by_field, "{}", report.id());
    }
}

#[test]
fn of_how_many_it_is_known_whether_a_period_brought_them() {
    let mut team = Team::new(&["anna"], 4);
    team.hold(0, 0, Channel::LinkedIn, "2026-02-03", "2026-02-20");
    team.hold(0, 1, Channel::LinkedIn, "", "2026-02-20");
    team.hold(0, 2, Channel::LinkedIn, "", "2026-02-20");
    team.hold(0, 3, Channel::LinkedIn, "", "2026-03-15");
    let tables = team.tables();
    for (period, told) in
        [("2025-05", "0.500000"), ("2026-W08", "0.500000"), ("2026-W09", "1.000000"), ("2026-02", "0.500000")]
    {
        assert_eq!(at(&tables["growth"], &format!("anna linkedin {period}"), "coverage"), told, "{period}");
    }
    assert_eq!(at(&tables["growth"], "anna all 2026-03", "coverage"), "1.000000");
    assert_eq!(at(&tables["race"], "anna", "coverage"), "0.500000");
    team.race = Some(Window { start: day("2026-03-02"), weeks: 2 });
    assert_eq!(at(&team.tables()["race"], "anna", "coverage"), "1.000000");
}

#[test]
fn the_toy_team_has_its_known_numbers() {
    let tables = toy().tables();
    let size = |key: &str| at(&tables["network_size"], key, "value");
    assert_eq!(size("team all holdings"), "17.000000");
    assert_eq!(size("team all union"), "11.000000");
    assert_eq!(size("team all redundancy"), "0.352941");
    assert_eq!(size("team linkedin mean_owners"), "1.545455");
    assert_eq!(size("anna all holdings"), "8.000000");
    assert_eq!(size("anna all exclusive"), "5.000000");
    assert_eq!(size("anna all never_touched"), "", "no log of touches: not known");
    assert_eq!(size("anna all class_ratio"), "", "nobody is sorted: not known");
    assert_eq!(size("anna all unclassified_share"), "1.000000");
    let overlap = |key: &str| at(&tables["overlap"], key, "value");
    assert_eq!(overlap("anna ben jaccard"), "0.200000");
    assert_eq!(overlap("ben cem jaccard"), "0.333333");
    assert_eq!(overlap("cem dora overlap_coefficient"), "1.000000");
    assert_eq!(overlap("dora cem directed_share"), "1.000000");
    assert_eq!(overlap("cem dora directed_share"), "0.250000");
    for (member, exclusive) in [("anna", 5), ("ben", 0), ("cem", 0), ("dora", 0)] {
        assert_eq!(overlap(&format!("{member}  exclusive")), format!("{exclusive}.000000"));
    }
    for (set, people) in [("anna", 5), ("anna+ben", 2), ("ben+cem", 2), ("anna+cem", 1), ("cem+dora", 1)] {
        assert_eq!(overlap(&format!("{set}  distinct")), format!("{people}.000000"));
    }
    assert_eq!(overlap("team  depth_1"), "5.000000");
    assert_eq!(overlap("team  depth_2"), "6.000000");
    assert_eq!(overlap("team  super_connectors"), "0.000000");
}

#[test]
fn the_race_fixture_has_its_known_shares() {
    let adds = [1_600, 1_200, 900, 700, 500, 400, 300, 220, 150, 30];
    let names: Vec<String> = (0..adds.len()).map(|index| format!("m{index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut team = Team::new(&names, 8_000);
    let mut person = 0;
    for (member, &adds) in adds.iter().enumerate() {
        for _ in 0..adds {
            team.hold(member as u16, person, Channel::LinkedIn, "2026-02-01", "2026-03-15");
            person += 1;
        }
    }
    for contact in person..person + 1_000 {
        team.hold(0, contact, Channel::LinkedIn, "2024-05-06", "2026-03-15");
    }
    let race = &team.tables()["race"];
    assert_eq!(at(race, "m0", "share"), "0.266667");
    assert_eq!(at(race, "m0", "stock"), "2600");
    assert_eq!(at(race, "m0", "stock_share"), "0.371429");
    assert_eq!(at(race, "m0", "cwgr"), format!("{:.6}", 2.6f64.powf(1.0 / 9.0) - 1.0));
    assert_eq!(at(race, "m9", "adds"), "30");
    assert_eq!(at(race, "m1", "cwgr"), "", "growth from nothing is no number");
}

#[test]
fn equal_numbers_share_a_rank_and_stand_by_name() {
    let mut team = Team::new(&["dora", "cem", "anna", "ben", "empty", "undated"], 10);
    for (member, contacts) in [(0, 0..1), (1, 1..3), (2, 3..5), (3, 5..8)] {
        for contact in contacts {
            team.hold(member, contact, Channel::LinkedIn, "2026-02-01", "2026-03-15");
        }
    }
    team.hold(5, 9, Channel::Xing, "", "2026-03-15");
    let ranks: Vec<_> = rows(&team.tables()["race"])
        .into_iter()
        .map(|(name, cells)| format!("{name} {}", cells[0]))
        .collect();
    assert_eq!(ranks, ["ben 1", "anna 2", "cem 2", "dora 4", "empty ", "undated "]);
}

#[test]
fn undated_rows_of_the_first_snapshot_are_no_growth() {
    let mut team = Team::new(&["anna"], 4);
    team.deliver(0, Channel::Xing, "2026-01-07", true);
    team.deliver(0, Channel::Xing, "2026-03-04", true);
    team.hold(0, 0, Channel::Xing, "", "2026-01-07");
    team.hold(0, 1, Channel::Xing, "", "2026-01-07").ended_on = Some(day("2026-03-04"));
    team.hold(0, 2, Channel::Xing, "", "2026-03-04");
    let growth = &team.tables()["growth"];
    let cell = |week: &str, column: &str| at(growth, &format!("anna xing {week}"), column);
    assert_eq!(cell("2025-W50", "stock"), "", "nothing was seen yet");
    assert_eq!((cell("2026-W02", "adds"), cell("2026-W02", "stock")), (String::new() + "0", "2".into()));
    assert_eq!(cell("2026-W02", "partial"), "true");
    assert_eq!((cell("2026-W09", "adds"), cell("2026-W09", "losses")), ("0".into(), "0".into()));
    assert_eq!((cell("2026-W10", "adds"), cell("2026-W10", "losses")), ("1".into(), "1".into()));
    assert_eq!((cell("2026-W10", "net"), cell("2026-W10", "stock")), ("0".into(), "2".into()));
    assert_eq!(cell("2026-W11", "adds"), "", "no snapshot since: not known, not zero");
    assert_eq!(cell("2026-W11", "stock"), "2", "a missing file has not lost everybody");
    assert_eq!(cell("2026-W10", "date_basis"), "first_seen");
    assert_eq!(at(growth, "team all 2026-03", "losses"), "1");
}

#[test]
fn a_person_known_before_through_another_channel_or_member_is_no_new_one() {
    let mut team = Team::new(&["anna", "ben"], 2);
    team.hold(0, 0, Channel::LinkedIn, "2026-02-02", "2026-03-15");
    team.hold(0, 0, Channel::Phone, "", "2026-01-02");
    team.hold(1, 0, Channel::LinkedIn, "2026-02-03", "2026-03-15");
    team.hold(1, 1, Channel::LinkedIn, "2026-02-04", "2026-03-15");
    let growth = &team.tables()["growth"];
    let adds = |key: &str| at(growth, &format!("{key} 2026-W06"), "adds");
    assert_eq!(adds("anna linkedin"), "1");
    assert_eq!(adds("anna all"), "0", "in the phone since before");
    assert_eq!(adds("ben all"), "2");
    assert_eq!(adds("team linkedin"), "2", "two people, three holdings");
    assert_eq!(adds("team all"), "1");
    assert_eq!(at(growth, "team all 2026-W06", "losses"), "", "no complete snapshots");
}

#[test]
fn a_burst_is_a_day_far_above_the_usual_without_follow_up() {
    let mut team = Team::new(&["anna"], 30);
    for contact in 0..20 {
        team.hold(0, contact, Channel::LinkedIn, "2026-02-02", "2026-03-15");
    }
    for contact in 20..23 {
        team.hold(0, contact, Channel::LinkedIn, &format!("2026-02-{contact}"), "2026-03-15").touches = 1;
    }
    assert_eq!(at(&team.tables()["network_size"], "anna all burst_share", "value"), "", "no log of touches");
    team.touches.push(Touch {
        member: 0,
        contact: 20,
        on: day("2026-02-20"),
        kind: touch::Kind::Met,
        toward: 0,
    });
    let size = &team.tables()["network_size"];
    assert_eq!(at(size, "anna all burst_share", "value"), "0.869565");
    assert_eq!(at(size, "anna all never_touched", "value"), "0.869565");
    for contact in 0..4 {
        team.touches.push(Touch {
            member: 0,
            contact,
            on: day("2026-03-04"),
            kind: touch::Kind::Met,
            toward: 0,
        });
    }
    assert_eq!(
        at(&team.tables()["network_size"], "anna all burst_share", "value"),
        "0.000000",
        "a fifth was in touch"
    );
}

#[test]
fn what_came_after_the_day_of_the_report_follows_no_burst_up() {
    let mut team = Team::new(&["anna"], 23);
    team.as_of = day("2026-03-01");
    for contact in 0..23 {
        let on = format!("2026-02-{}", contact.max(19));
        team.hold(0, contact, Channel::LinkedIn, &on, "2026-02-28");
    }
    let touched =
        |contact: u32, on: &str| Touch { member: 0, contact, on: day(on), kind: touch::Kind::Met, toward: 0 };
    team.touches = (0..23).map(|contact| touched(contact, "2026-03-04")).collect();
    let burst = |team: &Team| at(&team.tables()["network_size"], "anna all burst_share", "value");
    assert_eq!(burst(&team), "", "a log that begins later says nothing");
    team.touches.push(touched(22, "2026-02-23"));
    assert_eq!(burst(&team), "0.869565");
}

#[test]
fn a_member_called_like_the_team_has_no_rows_of_its_own() {
    let mut team = Team::new(&["anna", "team"], 2);
    team.hold(0, 0, Channel::LinkedIn, "2026-02-02", "2026-03-15");
    team.hold(1, 1, Channel::Sheet, "2026-02-02", "2026-03-15");
    let tables = team.tables();
    assert_eq!(at(&tables["network_size"], "team all union", "value"), "2.000000");
    assert_eq!(tables["race"].len(), 1);
}

#[test]
fn a_team_without_anything_has_no_numbers_and_no_panic() {
    for members in [&[][..], &["anna"]] {
        let tables = Team::new(members, 0).tables();
        assert_eq!(at(&tables["network_size"], "team all union", "value"), "");
    }
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..140).prop_map(|back| day("2026-03-25") - chrono::Days::new(back))
}

/// A day on which a snapshot was taken, or some weeks before one.
fn snapshot_day() -> impl Strategy<Value = NaiveDate> {
    prop::sample::select(vec!["2026-01-07", "2026-02-18", "2026-02-15", "2026-02-22"]).prop_map(day)
}

prop_compose! {
    fn any_holding(members: u16)(
        member in 0..members, contact in 0u32..8, channel in 0usize..3,
        first in 0usize..3, last in 0usize..3, ended in any::<bool>(),
        connected in prop::option::of(any_day()), touches in 0u32..2,
    ) -> Holding {
        let days = ["2026-01-07", "2026-02-18", "2026-03-15"];
        let last = first.max(last);
        let ended_on = days.get(last + 1).filter(|_| ended).map(|text| day(text));
        Holding {
            member, contact, channel: Channel::ALL[channel], connected_on: connected.map(|on| on.min(day(days[first]))),
            first_seen: day(days[first]), last_seen: day(days[last]), ended_on, touches, last_touch: None,
        }
    }
}

prop_compose! {
    fn any_team()(members in 1u16..5)(
        as_of in (0u64..12).prop_map(|ahead| day("2026-03-16") + chrono::Days::new(ahead)),
        contacts in prop::collection::vec((0u8..8, 0u8..6, 0u32..4), 8),
        holdings in prop::collection::vec(any_holding(members), 0..30),
        touches in prop::collection::vec((0..members, 0u32..8, any_day()), 0..6),
        rows in prop::collection::vec((0..members, 0usize..3, 0u64..50), 0..6),
        deliveries in prop::collection::vec((0..members, 0usize..3, any_day(), any::<bool>()), 0..10),
        invitations in prop::collection::btree_map(0..members, (0u64..4, 0u64..4, 0u64..4), 0..4),
        race in prop::option::of((prop_oneof![any_day(), snapshot_day()], 1u32..8)),
        names in Just(members),
    ) -> Team {
        let kind = |kind: u8| match kind { 0 => Kind::Member, 1 => Kind::Role, _ => Kind::Person };
        let mut holdings = holdings;
        holdings.sort_by_key(|held| (held.contact, held.member, held.channel));
        holdings.dedup_by_key(|held| (held.contact, held.member, held.channel));
        Team {
            as_of,
            members: ["dora", "anna", "cem", "ben"][..usize::from(names)].iter().map(|&name| name.into()).collect(),
            contacts: contacts.into_iter()
                .map(|(of, tier, company)| Fact { kind: kind(of), tier: b"ABCD".get(usize::from(tier)).copied(), company, ..Fact::default() }).collect(),
            holdings,
            touches: touches.into_iter().map(|(member, contact, on)| Touch { member, contact, on, kind: touch::Kind::Met, toward: 0 }).collect(),
            invitations: invitations.into_iter().map(|(member, (with, without, accepted))| Invitations { member, sent: with + without, noted: with, accepted: accepted.min(with + without) }).collect(),
            rows: rows.into_iter().map(|(member, channel, rows)| RowCount { member, channel: Channel::ALL[channel], rows }).collect(),
            deliveries: deliveries.into_iter()
                .map(|(member, channel, on, complete)| Delivery { member, channel: Channel::ALL[channel], on, complete }).collect(),
            race: race.map(|(start, weeks)| Window { start, weeks }),
        }
    }
}

proptest! {
    #[test]
    fn every_number_equals_its_plain_computation(team in any_team()) {
        let tables = team.tables();
        prop_assert_eq!(rows(&tables["overlap"]), plain::overlap(&team));
        prop_assert_eq!(rows(&tables["network_size"]), plain::network_size(&team));
        prop_assert_eq!(rows(&tables["growth"]), plain::growth(&team));
        prop_assert_eq!(rows(&tables["race"]), plain::race(&team));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(team in any_team(), seed in any::<u64>()) {
        let mut other = team.clone();
        shuffle(&mut other.holdings, seed);
        shuffle(&mut other.touches, seed);
        shuffle(&mut other.rows, seed);
        shuffle(&mut other.deliveries, seed);
        prop_assert_eq!(team.tables(), other.tables());
    }

    #[test]
    fn keys_name_one_row_and_distinct_cells_add_up(team in any_team()) {
        let tables = team.tables();
        for table in tables.values() {
            // Contacts have no ids here.
            let mut keys: Vec<String> = rows(table).into_iter().map(|row| row.0).filter(|key| !key.is_empty()).collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), all);
        }
        let union = at(&tables["network_size"], "team all union", "value").parse().unwrap_or(0.0);
        let cells: f64 = rows(&tables["overlap"]).iter()
            .filter(|row| row.0.contains(" distinct")).map(|row| row.1[1].parse::<f64>().unwrap()).sum();
        prop_assert!((union - cells).abs() < 1e-9);
    }
}

pub(super) fn shuffle<T>(items: &mut Vec<T>, seed: u64) {
    let key = |index: usize| (index as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut keyed: Vec<(u64, T)> =
        items.drain(..).enumerate().map(|(index, item)| (key(index), item)).collect();
    keyed.sort_by_key(|item| item.0);
    items.extend(keyed.into_iter().map(|item| item.1));
}
