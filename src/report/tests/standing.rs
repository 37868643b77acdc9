//! Rankings, shares, losses and habits: known numbers, and the plain computation on random teams.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::plain::{losing, standing as plain};
use super::{Team, any_day, any_team, at, day, rows, shuffle, toy};
use crate::contact::Scope;
use crate::record::Channel;
use crate::report::settings::{Handover, Settings};
use crate::report::{Bond, Fact, Input, REPORTS, Touch, Window};
use crate::table::{Table, Texts};
use crate::touch;

/// A team with everything that its labels and its log say.
#[derive(Debug, Clone)]
pub(in crate::report) struct Office {
    pub(in crate::report) team: Team,
    pub(in crate::report) ids: Vec<String>,
    pub(in crate::report) names: Vec<String>,
    pub(in crate::report) bonds: Vec<Bond>,
    pub(in crate::report) companies: Vec<String>,
    pub(in crate::report) has_targets: bool,
    /// How many people a member hands over are listed.
    pub(in crate::report) most: usize,
}

impl Office {
    fn of(team: Team) -> Office {
        let numbered = |word: &str| (0..team.contacts.len()).map(|at| format!("{word}{at}")).collect();
        Office {
            ids: numbered("c"),
            names: numbered("Person "),
            bonds: Vec::new(),
            companies: ["", "Alpha", "Beta", "Gamma"].map(str::to_owned).to_vec(),
            has_targets: false,
            most: 1_000,
            team,
        }
    }

    fn table(&self, id: &str) -> Table {
        let names: Texts = self.names.iter().collect();
        let input = Input {
            ids: &self.ids,
            names: Some(&names),
            bonds: &self.bonds,
            companies: &self.companies,
            has_targets: self.has_targets,
            settings: Settings { handover: Handover { most: self.most as u32 }, ..Settings::default() },
            ..self.team.input()
        };
        REPORTS.iter().find(|report| report.id() == id).unwrap().table(&input)
    }
}

const IDS: [&str; 7] =
    ["rankings", "fair_share", "concentration", "loss", "handover", "convergence", "leader_profile"];

#[test]
fn header_lines_are_the_contract() {
    let headers = [
        "as_of,member,ranking,value,rank,share,coverage",
        "as_of,member,holdings,fair,fair_share,weighted,fair_weighted,fair_weighted_share,coverage",
        "as_of,quantity,member,measure,value,basis,coverage",
        "as_of,member,method,measure,value,coverage",
        "as_of,member,place,people,contact_id,name,tier,target,company,band,last_touch,to,reason,known_there,coverage",
        "as_of,period,period_start,partial,mean,cv,slope,gap,single,turned,sharing_rate,coverage",
        "as_of,member,aspect,part,leader,others,difference,coverage,coverage_others",
    ];
    for (id, header) in IDS.into_iter().zip(headers) {
        let table = Office::of(toy()).table(id);
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!((table.name, names.join(",").as_str()), (id, header));
        for column in &table.columns {
            let told = !column.about.is_empty() && !column.about_german.is_empty();
            assert!(told, "{id}.{} is told in both languages", column.name);
        }
    }
}

#[test]
fn the_toy_team_loses_and_shares_as_known() {
    let mut office = Office::of(toy());
    for fact in &mut office.team.contacts {
        fact.tier = Some(b'A');
    }
    let loss = office.table("loss");
    let cell = |key: &str| at(&loss, key, "value");
    assert_eq!(cell("anna exclusive_share"), "0.454545");
    assert_eq!(cell("anna weighted"), "0.454545");
    for (member, numbers) in [("anna", [8, 3, 5, 5]), ("ben", [4, 4, 0, 0]), ("dora", [1, 1, 0, 0])] {
        for (measure, number) in ["gross", "shared", "exclusive", "ab_exclusive"].into_iter().zip(numbers) {
            assert_eq!(cell(&format!("{member} {measure}")), format!("{number}.000000"));
        }
    }
    assert_eq!(cell("team bus_factor"), "2.000000");
    assert_eq!((cell("anna bus_order"), cell("ben bus_order")), ("1.000000".into(), "2.000000".into()));
    assert_eq!(cell("anna+ben worst_2"), "0.636364");
    assert_eq!(at(&loss, "anna+ben worst_2", "method"), "exact");
    assert_eq!(cell("anna+ben+cem worst_3"), "0.909091");
    let fair = office.table("fair_share");
    for (member, number) in
        [("anna", "6.5"), ("ben", "2.0"), ("cem", "2.0"), ("dora", "0.5"), ("team", "11.0")]
    {
        assert_eq!(at(&fair, member, "fair"), format!("{number}00000"));
    }
    assert_eq!(at(&fair, "anna", "fair_weighted"), "52.000000");
}

#[test]
fn without_categories_the_bus_factor_of_a_and_b_is_not_known() {
    let loss = Office::of(toy()).table("loss");
    assert_eq!(at(&loss, "team bus_factor", "value"), "");
    assert_eq!(at(&loss, "team bus_factor_all", "value"), "2.000000");
    assert_eq!(at(&loss, "anna weighted", "value"), "");
    assert_eq!(at(&loss, "anna unreachable", "value"), "", "no employer is known");
    assert_eq!(at(&loss, "ben unreachable", "value"), "0.000000", "nobody is lost");
}

/// A race in which each member adds so many people whom nobody else knows.
fn race(adds: &[u32]) -> Office {
    let names: Vec<String> = (0..adds.len()).map(|index| format!("m{index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut team = Team::new(&names, adds.iter().sum::<u32>() as usize);
    let mut people = 0..;
    for (member, &adds) in adds.iter().enumerate() {
        for person in people.by_ref().take(adds as usize) {
            team.hold(member as u16, person, Channel::LinkedIn, "2026-02-01", "2026-03-15");
        }
    }
    Office::of(team)
}

#[test]
fn the_race_fixture_has_its_known_concentration() {
    let office = race(&[1_600, 1_200, 900, 700, 500, 400, 300, 220, 150, 30]);
    let table = office.table("concentration");
    for quantity in ["stock", "adds", "exclusive"] {
        for (measure, known) in [
            (" gini", 0.4363),
            (" gini_corrected", 0.4848),
            (" hhi", 0.1631),
            (" hhi_normalised", 0.0701),
            ("m0 top_share", 0.2667),
            (" top3_share", 0.6167),
            (" lorenz_0", 0.0),
            ("m9 lorenz_1", 0.005),
            ("m0 lorenz_10", 1.0),
        ] {
            let value: f64 = at(&table, &format!("{quantity} {measure}"), "value").parse().unwrap();
            assert!((value - known).abs() < 5e-5, "{quantity} {measure} {value}");
        }
        let effective: f64 = at(&table, &format!("{quantity}  effective_holders"), "value").parse().unwrap();
        assert!((effective - 6.13).abs() < 5e-3, "{effective}");
        assert_eq!(at(&table, &format!("{quantity} m0 top_alarm"), "value"), "0.000000");
    }
    assert_eq!(at(&table, "stock  gini", "basis"), "holdings");
    assert_eq!(at(&table, "exclusive  gini", "basis"), "union");
    assert_eq!(at(&table, "stock m0 top_union_share", "value"), "0.266667");
    assert_eq!(at(&table, "weighted  gini", "value"), "", "nobody is sorted");
}

#[test]
fn more_than_half_with_one_member_raises_the_alarm() {
    for (adds, alarm) in [(&[3, 2][..], "1.000000"), (&[2, 2], "0.000000"), (&[5], "")] {
        assert_eq!(at(&race(adds).table("concentration"), "stock m0 top_alarm", "value"), alarm);
    }
}

#[test]
fn large_teams_find_the_worst_pair_step_by_step() {
    let adds: Vec<u32> = (1..=21).collect();
    let loss = race(&adds).table("loss");
    assert_eq!(at(&loss, "m19+m20 worst_2", "value"), format!("{:.6}", 41.0 / 231.0));
    assert_eq!(at(&loss, "m19+m20 worst_2", "method"), "approx");
    // 21 + 20 + 19 + 18 + 17 + 16 = 111 of 231 people is less than half, with 15 more it is more.
    assert_eq!(at(&loss, "team bus_factor_all", "value"), "7.000000");
}

#[test]
fn rankings_tell_apart_what_a_race_hides() {
    let mut team = Team::new(&["anna", "ben", "cem"], 6);
    team.race = Some(Window { start: day("2026-01-12"), weeks: 9 });
    for (member, contact, on) in [
        (0, 0, "2026-01-20"),
        (0, 1, "2026-01-21"),
        (0, 2, "2026-01-22"),
        (1, 2, "2026-01-13"),
        (1, 3, "2026-01-14"),
        (2, 2, "2026-01-13"),
        (0, 4, "2025-06-01"),
        (0, 5, "2025-07-01"),
    ] {
        team.hold(member, contact, Channel::LinkedIn, on, "2026-03-15");
    }
    team.contacts[3] = Fact { tier: Some(b'A'), target: true, ..Fact::default() };
    team.touches.push(Touch {
        member: 1,
        contact: 3,
        on: day("2026-03-01"),
        kind: touch::Kind::Met,
        toward: 0,
    });
    let mut office = Office::of(team);
    office.has_targets = true;
    let table = office.table("rankings");
    let told = |ranking: &str| {
        ["anna", "ben", "cem"].map(|member| {
            let cell = |column| at(&table, &format!("{member} {ranking}"), column);
            format!("{} {}", cell("value").replace(".000000", ""), cell("rank"))
        })
    };
    assert_eq!(told("adds"), ["3 1", "2 2", "1 3"]);
    assert_eq!(told("net"), [" ", " ", " "], "no complete snapshots");
    assert_eq!(told("unique"), ["2 1", "1 2", "0 3"]);
    assert_eq!(told("first"), ["2 1", "2 1", "1 3"], "ben and cem came on one day");
    assert_eq!(told("weighted"), ["3 2", "9 1", "1 3"]);
    assert_eq!(told("target"), ["0 2", "1 1", "0 2"]);
    assert_eq!(told("appointments"), [" ", "1 1", " "], "only ben logs meetings");
    assert_eq!(told("personal_best"), ["1.500000 1", " ", " "], "two within 63 days of summer");
}

#[test]
fn the_handover_list_names_a_colleague_and_is_capped() {
    let mut team = Team::new(&["anna", "ben", "cem"], 1_205);
    for contact in 0..1_202 {
        team.hold(0, contact, Channel::LinkedIn, "", "2026-03-15");
        let tier = if contact == 7 { b'A' } else { b'B' };
        team.contacts[contact as usize] =
            Fact { tier: Some(tier), company: 1, sector: Some(2), ..Fact::default() };
    }
    team.contacts[7].company = 2;
    team.contacts[8] = Fact { tier: Some(b'A'), scope: Scope::Private, ..Fact::default() };
    team.contacts[9] = Fact { tier: Some(b'D'), target: true, ..Fact::default() };
    for (member, contact) in [(1, 1_202), (1, 1_203), (2, 1_204)] {
        team.hold(member, contact, Channel::LinkedIn, "", "2026-03-15");
    }
    team.contacts[1_202].sector = Some(2);
    team.contacts[1_203].sector = Some(2);
    team.contacts[1_204].company = 2;
    let mut office = Office::of(team);
    let strength = Some(0.5);
    let last = Some(day("2026-02-02"));
    office.bonds = vec![Bond { contact: 1_000, member: 0, strength, band: 1, once: None, touches: 3, last }];
    let table = office.table("handover");
    assert_eq!(table.len(), 1_000);
    assert_eq!(Office { most: 3, ..office.clone() }.table("handover").len(), 3, "as many as are set");
    let cell = |contact: &str, column: &str| at(&table, contact, column);
    assert_eq!(cell("c7", "people"), "1200", "neither the private contact nor the one of category D");
    assert_eq!(
        (cell("c7", "place"), cell("c1000", "place"), cell("c0", "place")),
        ("1".into(), "2".into(), "3".into())
    );
    assert_eq!((cell("c7", "to"), cell("c7", "reason")), ("cem".into(), "company".into()));
    assert_eq!(
        (cell("c0", "to"), cell("c0", "reason"), cell("c0", "known_there")),
        ("ben".into(), "sector".into(), "2".into())
    );
    assert_eq!((cell("c1000", "band"), cell("c1000", "last_touch")), ("steady".into(), "2026-02-02".into()));
    assert_eq!((cell("c0", "band"), cell("c0", "company")), ("unknown".into(), "Alpha".into()));
}

#[test]
fn a_gap_that_closes_and_people_who_become_shared() {
    let mut team = Team::new(&["anna", "ben"], 40);
    team.race = Some(Window { start: day("2026-01-12"), weeks: 3 });
    let mut people = 0..;
    for (week, adds) in [("2026-01-13", [4, 0]), ("2026-01-20", [3, 1]), ("2026-01-27", [2, 2])] {
        for (member, adds) in adds.into_iter().enumerate() {
            for person in people.by_ref().take(adds) {
                team.hold(member as u16, person, Channel::LinkedIn, week, "2026-03-15");
            }
        }
    }
    team.hold(1, 0, Channel::Phone, "2026-01-21", "2026-03-15");
    let table = Office::of(team).table("convergence");
    let cell = |week: &str, column: &str| at(&table, week, column);
    assert_eq!(cell("2026-W03", "cv"), "1.000000");
    assert_eq!(cell("2026-W04", "cv"), "0.200000", "three and two, one of them anna's");
    assert_eq!(cell("2026-W05", "cv"), "0.000000");
    assert_eq!((cell("2026-W05", "slope"), cell("2026-W05", "gap")), ("-0.500000".into(), "closing".into()));
    assert_eq!((cell("2026-W03", "single"), cell("2026-W04", "single")), ("0".into(), "4".into()));
    assert_eq!(
        (cell("2026-W04", "turned"), cell("2026-W04", "sharing_rate")),
        ("1".into(), "0.250000".into())
    );
    assert_eq!(cell("2026-W05", "single"), "7");
}

#[test]
fn the_leader_is_compared_with_the_others() {
    let mut team = Team::new(&["anna", "ben"], 60);
    for contact in 0..30 {
        let on = if contact < 20 { "2026-02-02" } else { "2026-02-07" };
        team.hold(0, contact, Channel::LinkedIn, on, "2026-03-15");
        team.contacts[contact as usize].sector = Some(u8::from(contact < 15));
    }
    for contact in 30..50 {
        team.hold(1, contact, Channel::LinkedIn, "2026-02-03", "2026-03-15");
    }
    for (contact, on, kind) in [
        (0, "2026-02-10", touch::Kind::Met),
        (1, "2026-03-10", touch::Kind::Wrote),
        (2, "2026-02-02", touch::Kind::Wrote),
    ] {
        team.touches.push(Touch { member: 0, contact, on: day(on), kind, toward: 0 });
    }
    let table = Office::of(team).table("leader_profile");
    let cell = |key: &str, column: &str| at(&table, key, column);
    assert_eq!(cell("adds ", "member"), "anna");
    assert_eq!((cell("adds ", "leader"), cell("adds ", "others")), ("30.000000".into(), "20.000000".into()));
    assert_eq!(
        (cell("weekday monday", "leader"), cell("weekday tuesday", "others")),
        ("0.666667".into(), "1.000000".into())
    );
    assert_eq!(cell("weekday saturday", "difference"), "0.333333");
    assert_eq!(
        (cell("sector it", "leader"), cell("sector it", "others")),
        ("0.500000".into(), String::new())
    );
    assert_eq!(
        (cell("touched_30 ", "leader"), cell("touched_90 ", "leader")),
        ("0.066667".into(), "0.100000".into())
    );
    assert_eq!(cell("touched_30 ", "others"), "", "ben keeps no log");
    assert_eq!(cell("appointments ", "leader"), "0.033333");
}

#[test]
fn one_member_alone_and_nobody_have_tables_too() {
    for members in [&[][..], &["anna"]] {
        let office = Office::of(Team::new(members, 0));
        for id in IDS {
            let keys: Vec<_> = rows(&office.table(id)).into_iter().map(|row| row.0).collect();
            assert!(keys.iter().all(|key| !key.contains('+')), "{id}: {keys:?}");
        }
    }
    let alone = race(&[3]);
    assert_eq!(at(&alone.table("fair_share"), "m0", "fair"), "3.000000");
    assert_eq!(at(&alone.table("loss"), "m0 exclusive_share", "value"), "1.000000");
    assert_eq!(at(&alone.table("concentration"), "stock  gini_corrected", "value"), "");
    assert_eq!(at(&alone.table("leader_profile"), "adds ", "others"), "");
}

#[test]
fn the_leader_is_told_to_have_added_in_bursts() {
    let mut office = race(&[23, 4]);
    for held in &mut office.team.holdings {
        let on = if held.member == 0 { held.contact.max(19) } else { held.contact };
        held.connected_on = Some(day("2026-01-20") + chrono::Days::new(on.into()));
    }
    let touch =
        |member, contact| Touch { member, contact, on: day("2026-03-10"), kind: touch::Kind::Met, toward: 0 };
    office.team.touches = vec![touch(0, 22), touch(1, 23)];
    let profile = office.table("leader_profile");
    assert_eq!(at(&profile, "burst_share ", "leader"), "0.869565");
    assert_eq!(at(&profile, "burst_share ", "others"), "0.000000");
    assert_eq!(at(&profile, "burst_share ", "coverage"), "1.000000");
    assert_eq!(rows(&profile), plain::leader_profile(&office));
    office.team.touches = vec![touch(1, 23)];
    assert_eq!(
        at(&office.table("leader_profile"), "burst_share ", "leader"),
        "",
        "without a log of the leader"
    );
}

#[test]
fn a_shared_inbox_keeps_people_but_does_not_race_or_leave() {
    let mut team = Team::new(&["anna", "ben", "team"], 4);
    for (member, contact) in [(0, 0), (1, 1), (2, 0), (2, 2), (2, 3)] {
        team.hold(member, contact, Channel::LinkedIn, "2026-02-01", "2026-03-15");
    }
    let office = Office::of(team);
    let members =
        |id: &str| -> Vec<String> { rows(&office.table(id)).into_iter().map(|row| row.0).collect() };
    assert_eq!(members("fair_share"), ["ben", "anna", "team"]);
    let fair = office.table("fair_share");
    assert_eq!(
        (at(&fair, "anna", "fair"), at(&fair, "team", "fair")),
        ("0.500000".into(), "4.000000".into())
    );
    let told = fair.column("fair").map(|column| [column.about, column.about_german]).unwrap();
    assert!(
        told[0].contains("shared inbox") && told[1].contains("gemeinsamen Eingangs"),
        "the rest of the 4"
    );
    assert!(members("rankings").iter().all(|key| !key.starts_with("team ")));
    let loss = office.table("loss");
    assert_eq!(at(&loss, "anna exclusive", "value"), "0.000000", "the inbox still has that person");
    assert_eq!(at(&loss, "team bus_factor_all", "value"), "", "the inbox keeps more than half");
}

prop_compose! {
    fn any_fact()(
        sector in prop::option::of(0u8..3), company in 0u32..4, target in any::<bool>(), private in prop::bool::weighted(0.2),
    ) -> Fact {
        let scope = if private { Scope::Private } else { Scope::Business };
        Fact { scope, sector, company, target, ..Fact::default() }
    }
}

prop_compose! {
    fn any_bond()(
        contact in 0u32..8, member in 0u16..4, strength in prop::option::of(0u8..3), band in 0u8..5, last in prop::option::of(any_day()),
    ) -> Bond {
        let strength = strength.map(|strength| f32::from(strength) / 2.0);
        Bond { contact, member, strength, band, once: None, touches: 1, last }
    }
}

prop_compose! {
    fn any_office()(
        team in any_team(),
        facts in prop::collection::vec(any_fact(), 8),
        bonds in prop::collection::vec(any_bond(), 0..12),
        kinds in prop::collection::vec(prop::sample::select(&touch::Kind::ALL[..3]), 6),
        has_targets in any::<bool>(), most in prop::sample::select(vec![1usize, 2, 1_000]),
    ) -> Office {
        let mut team = team;
        for (fact, more) in team.contacts.iter_mut().zip(facts) {
            *fact = Fact { kind: fact.kind, tier: fact.tier, ..more };
        }
        for (touch, kind) in team.touches.iter_mut().zip(kinds) {
            touch.kind = kind;
        }
        let mut bonds = bonds;
        bonds.retain(|bond| usize::from(bond.member) < team.members.len());
        bonds.sort_by_key(|bond| (bond.contact, bond.member));
        bonds.dedup_by_key(|bond| (bond.contact, bond.member));
        Office { bonds, has_targets, most, ..Office::of(team) }
    }
}

/// Rows without the sign of zero, which is a matter of rounding.
fn unsigned(rows: Vec<(String, Vec<String>)>) -> Vec<(String, Vec<String>)> {
    let cell = |cell: String| if cell == "-0.000000" { "0.000000".to_owned() } else { cell };
    rows.into_iter().map(|(key, cells)| (key, cells.into_iter().map(cell).collect())).collect()
}

proptest! {
    #[test]
    fn every_number_equals_its_plain_computation(office in any_office()) {
        for (id, plain) in [
            ("rankings", plain::rankings(&office)),
            ("concentration", losing::concentration(&office)),
            ("loss", losing::loss(&office)),
            ("handover", losing::handover(&office)),
            ("convergence", plain::convergence(&office)),
            ("leader_profile", plain::leader_profile(&office)),
        ] {
            prop_assert_eq!(unsigned(rows(&office.table(id))), unsigned(plain), "{}", id);
        }
        let by_member = |rows| unsigned(rows).into_iter().collect::<BTreeMap<_, _>>();
        prop_assert_eq!(by_member(rows(&office.table("fair_share"))), by_member(plain::fair_share(&office)));
    }

    #[test]
    fn keys_name_one_row(office in any_office()) {
        for id in IDS {
            let mut keys: Vec<String> = rows(&office.table(id)).into_iter().map(|row| row.0).collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), all, "{}", id);
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(office in any_office(), seed in any::<u64>()) {
        let mut other = office.clone();
        shuffle(&mut other.team.holdings, seed);
        shuffle(&mut other.team.touches, seed);
        shuffle(&mut other.team.deliveries, seed);
        for id in IDS {
            prop_assert_eq!(office.table(id), other.table(id));
        }
    }

    /// The fair share is the Shapley value of the reach: what a member brings along, on average over all
    /// orders in which the members could have come.
    #[test]
    fn the_fair_share_is_the_shapley_value(office in any_office()) {
        let count = office.team.members.len();
        let table = office.table("fair_share");
        let mut sum = 0.0;
        let orders = orders(count);
        for member in 0..count {
            let brought: usize = orders.iter().map(|order| {
                let before = order.iter().position(|&other| other == member).unwrap();
                reach(&office.team, &order[..=before]) - reach(&office.team, &order[..before])
            }).sum();
            let shapley = brought as f64 / orders.len() as f64;
            let fair: f64 = at(&table, &office.team.members[member], "fair").parse().unwrap_or(0.0);
            prop_assert!((fair - shapley).abs() < 1e-5, "{} {}", fair, shapley);
            sum += fair;
        }
        let everybody: Vec<usize> = (0..count).collect();
        prop_assert!((sum - reach(&office.team, &everybody) as f64).abs() < 1e-5);
    }

    #[test]
    fn what_one_cannot_lose_two_cannot_gain(office in any_office()) {
        let table = rows(&office.table("loss"));
        let share = |row: &(String, Vec<String>)| row.1[2].parse::<f64>().ok();
        let ones = table.iter().filter(|row| row.0.ends_with(" exclusive_share")).filter_map(share);
        let worst = ones.fold(0.0, f64::max);
        for (measure, least) in [(" worst_2", worst), (" worst_3", worst)] {
            for row in table.iter().filter(|row| row.0.ends_with(measure)) {
                prop_assert!(share(row).is_none_or(|lost| lost >= least - 1e-6));
            }
        }
    }
}

/// How many people some members know together.
fn reach(team: &Team, members: &[usize]) -> usize {
    let mut people: Vec<u32> = team
        .holdings
        .iter()
        .filter(|held| held.ended_on.is_none() && members.contains(&usize::from(held.member)))
        .map(|held| held.contact)
        .filter(|&contact| team.contacts[contact as usize].kind == crate::contact::Kind::Person)
        .collect();
    people.sort_unstable();
    people.dedup();
    people.len()
}

/// Every order of so many members.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let insert = |order: Vec<usize>| {
        (0..count).map(move |at| {
            let mut order = order.clone();
            order.insert(at, count - 1);
            order
        })
    };
    orders(count - 1).into_iter().flat_map(insert).collect()
}
