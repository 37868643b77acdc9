//! The list reports on known small teams.

use chrono::NaiveDate;

use super::settings::Settings;
use super::tests::{day, rows};
use super::{
    Birthday, Bond, Delivery, Fact, Fall, GoalCompany, Group, Input, Own, Report, RowCount, Touch, Wish,
    Worth, appointments, cards, cleanup, data_quality, due, groups, introductions, lunch, mentors,
    plain_lists, targets,
};
use crate::contact::{Holding, Scope};
use crate::record::Channel;
use crate::table::{Data, Table, Texts};
use crate::touch;

/// A wish, owned.
#[derive(Debug, Clone)]
pub(super) struct OwnedWish {
    pub(super) line: u32,
    pub(super) kind: &'static str,
    pub(super) contacts: Vec<u32>,
}

/// A team's facts as the list reports use them, owned.
#[derive(Debug, Clone, Default)]
pub(super) struct Crew {
    pub(super) as_of: NaiveDate,
    pub(super) members: Vec<String>,
    pub(super) own: Vec<Own>,
    pub(super) contacts: Vec<Fact>,
    pub(super) ids: Vec<String>,
    pub(super) names: Texts,
    pub(super) holdings: Vec<Holding>,
    pub(super) touches: Vec<Touch>,
    pub(super) bonds: Vec<Bond>,
    pub(super) companies: Vec<String>,
    pub(super) cities: Vec<String>,
    pub(super) birthdays: Vec<Birthday>,
    pub(super) falls: Vec<Fall>,
    pub(super) wishes: Vec<OwnedWish>,
    pub(super) goal_companies: Vec<(String, Vec<u32>)>,
    pub(super) goal_sectors: Vec<u8>,
    pub(super) groups: Vec<(String, Vec<u32>)>,
    pub(super) open_pairs: Vec<(u32, u32)>,
    pub(super) keeps: Vec<u32>,
    pub(super) has_targets: bool,
    pub(super) rows: Vec<RowCount>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) settings: Settings,
}

impl Crew {
    pub(super) fn new(members: &[&str], contacts: usize) -> Crew {
        Crew {
            as_of: day("2026-03-16"),
            members: members.iter().map(|&name| name.to_owned()).collect(),
            contacts: vec![Fact { reachable: true, ..Fact::default() }; contacts],
            ids: (0..contacts).map(|at| format!("c{at:04}")).collect(),
            names: (0..contacts).map(|_| "Ina Wolf").collect(),
            companies: ["", "Alpha AG", "Beta GmbH", "Gamma"].map(str::to_owned).to_vec(),
            cities: ["", "Köln", "Bonn", "Wien"].map(str::to_owned).to_vec(),
            ..Crew::default()
        }
    }

    pub(super) fn table(&self, report: &dyn Report) -> Table {
        let wishes: Vec<Wish<'_>> = self
            .wishes
            .iter()
            .map(|wish| Wish {
                line: wish.line,
                kind: wish.kind,
                words: "who we want",
                owner: "anna",
                due: None,
                contacts: &wish.contacts,
            })
            .collect();
        let goals: Vec<GoalCompany<'_>> =
            self.goal_companies.iter().map(|(words, companies)| GoalCompany { words, companies }).collect();
        let groups: Vec<Group<'_>> =
            self.groups.iter().map(|(name, contacts)| Group { name, contacts }).collect();
        let input = Input {
            groups: &groups,
            as_of: self.as_of,
            members: &self.members,
            own: &self.own,
            contacts: &self.contacts,
            ids: &self.ids,
            names: Some(&self.names),
            holdings: &self.holdings,
            touches: &self.touches,
            bonds: &self.bonds,
            companies: &self.companies,
            cities: &self.cities,
            birthdays: &self.birthdays,
            falls: &self.falls,
            wishes: &wishes,
            goal_companies: &goals,
            goal_sectors: &self.goal_sectors,
            open_pairs: &self.open_pairs,
            keeps: &self.keeps,
            has_goals: self.has_targets,
            has_targets: self.has_targets,
            worth: Worth::default(),
            rows: &self.rows,
            deliveries: &self.deliveries,
            history: &[],
            invitations: &[],
            race: None,
            settings: self.settings,
        };
        report.table(&input)
    }

    pub(super) fn hold(&mut self, member: u16, contact: u32, seen: &str) -> &mut Holding {
        self.holdings.push(Holding {
            member,
            contact,
            channel: Channel::LinkedIn,
            connected_on: None,
            first_seen: day(seen),
            last_seen: day(seen),
            ended_on: None,
            touches: 0,
            last_touch: None,
        });
        self.holdings.last_mut().unwrap()
    }

    pub(super) fn tie(&mut self, member: u16, contact: u32, strength: f32, band: u8, last: &str) {
        let touches = 1;
        let (strength, last) = (Some(strength), last.parse().ok());
        self.bonds.push(Bond { contact, member, strength, band, once: None, touches, last });
        self.bonds.sort_by_key(|bond| (bond.contact, bond.member));
    }

    pub(super) fn touch(&mut self, member: u16, contact: u32, on: &str, kind: touch::Kind, toward: i8) {
        self.touches.push(Touch { member, contact, on: day(on), kind, toward });
    }
}

/// The cells of some columns, a text a row.
pub(super) fn cells(table: &Table, columns: &[&str]) -> Vec<String> {
    let cell = |name: &str, row: usize| match &table.column(name).unwrap().data {
        Data::Text(texts) => texts.get(row).to_owned(),
        Data::List(lists) => lists.get(row).collect::<Vec<_>>().join("|"),
        Data::Int(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
        Data::Float(values) | Data::Share(values) => {
            values[row].map(|value| format!("{value:.2}")).unwrap_or_default()
        }
        Data::Date(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
        Data::Bool(values) => values[row].map(|value| value.to_string()).unwrap_or_default(),
    };
    (0..table.len())
        .map(|row| columns.iter().map(|name| cell(name, row)).collect::<Vec<_>>().join(" "))
        .collect()
}

/// Every list report.
pub(super) const ALL: [&dyn Report; 10] = [
    &targets::Targets,
    &introductions::Introductions,
    &cleanup::Cleanup,
    &due::Due,
    &lunch::Lunch,
    &cards::Cards,
    &data_quality::DataQuality,
    &appointments::Appointments,
    &mentors::Mentors,
    &groups::Groups,
];

#[test]
fn header_lines_of_lists_are_the_contract() {
    let headers = [
        "as_of,kind,line,target,owner,due,status,people,members,threads,single_threaded,executive,director,lead,specialist,strongest,path,contact_id,name,coverage",
        "as_of,week,rank,member,receiver,contact_id,name,score,worth,strength,fit,risk,coverage",
        "as_of,contact_id,name,holders,reasons,action,evidence,safelist,candidates,coverage,kept",
        "as_of,on,days,member,what,contact_id,name,turning,private,coverage,candidates,tier",
        "as_of,city,member,lives_here,people,contact_ids,names,coverage",
        "as_of,tier,animal,contact_id,name,company,member,holders,address,tier_since,tier_prev,downgraded,coverage,in_category,reason,last_met",
        "as_of,member,channel,rows,people,company,sector,level,function,city,birthday,reachable,touched,connected,newest,days",
        "as_of,member,week,week_start,adds,met,share,partial,coverage",
        "as_of,member,mentor,skill,own,theirs,shared,coverage",
        "as_of,group,people,class_people,class_ratio,target_people,met_people,coverage,candidates",
    ];
    for (report, header) in ALL.iter().zip(headers) {
        let table = Crew::new(&["anna"], 0).table(*report);
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!((table.name, names.join(",").as_str()), (report.id(), header));
        for column in &table.columns {
            assert!(!column.about_german.is_empty() && !column.about.is_empty(), "{header} {}", column.name);
        }
    }
}

#[test]
fn a_target_tells_one_thread_no_one_hidden_ones_and_missing_data_apart() {
    let mut crew = Crew::new(&["anna", "ben"], 6);
    for (contact, company) in [(0, 1), (1, 1), (2, 2), (3, 3), (4, 0)] {
        crew.contacts[contact].company = company;
    }
    crew.contacts[1].level = Some(0);
    crew.contacts[3].scope = Scope::Private;
    for (member, contact) in [(0, 0), (1, 0), (1, 1), (0, 2), (0, 3), (0, 4)] {
        crew.hold(member, contact, "2026-03-01");
    }
    crew.tie(0, 0, 0.5, 1, "2026-03-01");
    crew.companies.push("Delta".into());
    crew.goal_companies = (1..5).map(|number| (format!("goal {number}"), vec![number])).collect();
    crew.goal_sectors = vec![2];
    crew.wishes = vec![OwnedWish { line: 7, kind: "person", contacts: vec![] }];
    let columns =
        ["target", "status", "people", "members", "threads", "single_threaded", "executive", "path"];
    assert_eq!(
        cells(&crew.table(&targets::Targets), &columns),
        [
            "goal 1 covered 2 2 3 false true anna",
            "goal 2 covered 1 1 1 true  anna",
            "goal 3 private 0 0 0   ",
            "goal 4 nobody 0 0 0   none",
            "marketing no_data      ",
            "who we want nobody 0 0 0   none",
        ]
    );
    crew.bonds.clear();
    assert_eq!(
        cells(&crew.table(&targets::Targets), &["path", "contact_id"])[0],
        "ben c0001",
        "without touches who knows more people leads there, by the highest of them"
    );
}

#[test]
fn suggestions_keep_to_the_weekly_limits_and_never_name_private_people() {
    let mut crew = Crew::new(&["anna", "ben", "cem"], 40);
    crew.own = vec![
        Own::default(),
        Own { sector: Some(1), ..Own::default() },
        Own { sector: Some(2), ..Own::default() },
    ];
    for contact in 0..40 {
        crew.contacts[contact as usize].sector = Some(if contact < 30 { 1 } else { 2 });
        crew.contacts[contact as usize].tier = Some(if contact == 20 { b'A' } else { b'C' });
        crew.hold(0, contact, "2026-03-01");
    }
    crew.contacts[21].tier = Some(b'D');
    crew.contacts[22].scope = Scope::Private;
    crew.tie(0, 35, 0.9, 0, "2026-03-01");
    let table = crew.table(&introductions::Introductions);
    assert_eq!(
        cells(&table, &["week", "rank", "member", "receiver", "contact_id", "score", "risk"]),
        [
            "2026-W12 1 anna cem c0035 3.60 2",
            "2026-W12 2 anna ben c0020 3.20 2",
            "2026-W12 3 anna ben c0000 0.80 2",
            "2026-W12 4 anna ben c0001 0.80 2",
            "2026-W12 5 anna ben c0002 0.80 2",
        ]
    );
}

#[test]
fn clean_up_shows_the_weightiest_first_and_counts_the_rest() {
    let mut crew = Crew::new(&["anna", "ben"], 3_000);
    for contact in 0..3_000u32 {
        crew.hold(0, contact, "2026-03-01");
        crew.contacts[contact as usize].reachable = contact % 3 == 0;
    }
    crew.contacts[2_999].tier = Some(b'D');
    crew.contacts[2_998].tier = Some(b'A');
    crew.holdings[2_998].last_seen = day("2024-03-16");
    crew.holdings[2_998].first_seen = day("2024-03-16");
    crew.holdings[2_997].ended_on = Some(day("2026-02-01"));
    let table = crew.table(&cleanup::Cleanup);
    let columns = ["contact_id", "reasons", "action", "evidence", "safelist", "candidates"];
    let shown = cells(&table, &columns);
    assert_eq!(
        shown[..3],
        [
            "c2999 tier_d|no_key archive 2026-03-01 false 2001",
            "c2998 stale|no_key verify 2024-03-16 true 2001",
            "c2997 left archive 2026-02-01 false 2001",
        ]
    );
    assert_eq!(table.len(), 2_000);
    assert_eq!(rows(&table), plain_lists::cleanup(&crew));
}

#[test]
fn evidence_of_clean_up_is_known_by_the_day_of_the_report_or_is_the_future_date_itself() {
    let mut crew = Crew::new(&["anna"], 4);
    for contact in 0..4 {
        crew.hold(0, contact, "2026-03-01");
    }
    // Given on the day of the run, two weeks after the newest export.
    crew.contacts[0].tier = Some(b'D');
    crew.contacts[0].since = Some(day("2026-03-30"));
    crew.contacts[1].tier = Some(b'D');
    crew.contacts[1].since = Some(day("2026-03-16"));
    crew.holdings[2].connected_on = Some(day("2031-01-05"));
    crew.contacts[3].tier = Some(b'D');
    crew.contacts[3].since = Some(day("2026-03-30"));
    crew.holdings[3].connected_on = Some(day("2031-01-05"));
    let table = crew.table(&cleanup::Cleanup);
    assert_eq!(
        cells(&table, &["contact_id", "reasons", "evidence"]),
        [
            "c0003 tier_d|future_date 2031-01-05",
            "c0000 tier_d 2026-03-01",
            "c0001 tier_d 2026-03-16",
            "c0002 future_date 2031-01-05",
        ]
    );
    assert_eq!(rows(&table), plain_lists::cleanup(&crew));
}

#[test]
fn tags_and_letters_in_vain_are_reasons_and_whoever_is_kept_is_counted() {
    let mut crew = Crew::new(&["anna", "ben"], 9);
    for contact in 0..9 {
        crew.hold(0, contact, "2026-03-01");
    }
    crew.contacts[0].bounced = true;
    crew.contacts[1].erase = true;
    crew.contacts[1].tier = Some(b'D');
    let mut write = |member: u16, contact: u32, days: [&str; 3]| {
        for on in days {
            crew.touch(member, contact, on, touch::Kind::Wrote, 1);
        }
    };
    write(0, 2, ["2026-02-01", "2026-02-13", "2026-03-02"]);
    write(1, 3, ["2026-02-14", "2026-02-20", "2026-03-02"]);
    write(0, 4, ["2026-02-01", "2026-02-01", "2026-03-02"]);
    for contact in 5..8 {
        write(0, contact, ["2026-01-01", "2026-02-01", "2026-03-02"]);
    }
    crew.touch(1, 4, "2026-03-03", touch::Kind::Wrote, 1);
    crew.touch(1, 5, "2026-01-05", touch::Kind::Wrote, -1);
    crew.touch(1, 6, "2026-01-05", touch::Kind::Met, 1);
    crew.touch(1, 7, "2026-01-05", touch::Kind::Called, 0);
    crew.contacts[8].reachable = false;
    crew.keeps = vec![3, 8];
    let told = |crew: &Crew| {
        let table = crew.table(&cleanup::Cleanup);
        assert_eq!(rows(&table), plain_lists::cleanup(crew));
        cells(&table, &["contact_id", "reasons", "action", "evidence", "candidates", "kept"])
    };
    let (erase, bounced) =
        ("c0001 erase_request|tier_d verify 2026-03-01", "c0000 bounced verify 2026-03-01");
    let silent = "c0002 no_reply verify 2026-03-02";
    assert_eq!(told(&crew), [erase, bounced, silent].map(|row| format!("{row} 3 1")));
    crew.settings.cleanup.no_reply = 2;
    let two = "c0004 no_reply verify 2026-03-02";
    assert_eq!(told(&crew), [erase, bounced, silent, two].map(|row| format!("{row} 4 1")));
    crew.settings.cleanup.no_reply = 0;
    assert_eq!(told(&crew), [erase, bounced].map(|row| format!("{row} 2 1")));
    crew.keeps.clear();
    assert_eq!(told(&crew).len(), 3);
}

#[test]
fn a_burst_that_nobody_followed_up_is_to_be_sorted_anew() {
    let mut crew = Crew::new(&["anna"], 40);
    for contact in 0..40 {
        let on = if contact < 30 { "2026-02-02".to_owned() } else { format!("2026-01-{}", contact - 20) };
        crew.hold(0, contact, "2026-03-01").connected_on = Some(day(&on));
    }
    crew.touch(0, 3, "2026-03-02", touch::Kind::Met, 0);
    let shown = cells(&crew.table(&cleanup::Cleanup), &["contact_id", "reasons", "action", "evidence"]);
    assert_eq!(shown.len(), 29, "all of that day but the one who was met");
    assert_eq!(shown[0], "c0000 burst_import re-tier 2026-02-02");
}

#[test]
fn what_is_due_is_told_to_whom_it_concerns() {
    let mut crew = Crew::new(&["anna", "ben"], 6);
    for (member, contact) in [(0, 0), (1, 0), (0, 1), (0, 2), (0, 3), (1, 4), (1, 5)] {
        crew.hold(member, contact, "2026-03-01");
    }
    crew.birthdays = vec![
        Birthday { contact: 0, year: Some(1980), month: 4, day: 15 },
        Birthday { contact: 1, year: None, month: 3, day: 16 },
        Birthday { contact: 2, year: None, month: 4, day: 16 },
    ];
    crew.touch(0, 2, "2026-03-10", touch::Kind::Met, 0);
    crew.touch(0, 3, "2026-03-10", touch::Kind::Met, 0);
    crew.touch(0, 3, "2026-03-11", touch::Kind::Wrote, 1);
    crew.touch(0, 2, "2026-03-11", touch::Kind::Wrote, -1);
    crew.touch(1, 4, "2026-03-10", touch::Kind::Met, 0);
    crew.contacts[4].tier = Some(b'A');
    crew.tie(1, 4, 0.5, 1, "2026-02-20");
    crew.contacts[5].tier = Some(b'B');
    crew.tie(1, 5, 0.5, 1, "2026-02-20");
    assert_eq!(
        cells(&crew.table(&due::Due), &["on", "days", "member", "what", "contact_id", "turning", "tier"]),
        [
            "2026-03-12 -4 anna thank_you c0002  ",
            "2026-03-16 0 anna birthday c0001  ",
            "2026-03-22 6 ben follow_up c0004  A",
            "2026-04-15 30 anna birthday c0000 46 ",
            "2026-04-15 30 ben birthday c0000 46 ",
        ],
        "no message of ben's is known, so none is missing"
    );
}

#[test]
fn a_member_with_too_much_due_takes_no_place_from_others() {
    let mut crew = Crew::new(&["anna", "ben"], 1_200);
    for contact in 0..1_200u32 {
        crew.hold(u16::from(contact >= 1_150), contact, "2026-03-01");
        crew.birthdays.push(Birthday { contact, year: None, month: 3, day: 20 });
        crew.contacts[contact as usize].tier = Some(if contact < 200 { b'C' } else { b'B' });
    }
    let table = crew.table(&due::Due);
    let of = |member: &str| -> Vec<String> {
        let cells = cells(&table, &["member", "contact_id", "candidates"]);
        cells.into_iter().filter(|row| row.starts_with(member)).collect()
    };
    assert_eq!((of("anna").len(), of("ben").len()), (1_000, 50));
    let contacts = of("anna");
    assert_eq!(
        contacts[49..51],
        ["anna c0049 1150", "anna c0200 1150"],
        "the rest of category C is left out"
    );
    assert!(of("ben").iter().all(|row| row.ends_with(" 50")));
}

#[test]
fn lunch_needs_three_people_of_the_team_in_a_city() {
    let mut crew = Crew::new(&["anna", "ben"], 6);
    crew.own = vec![Own { city: 1, ..Own::default() }];
    for contact in 0..6 {
        crew.contacts[contact as usize].city = [1, 1, 1, 2, 2, 0][contact as usize];
        crew.contacts[contact as usize].tier = Some(if contact == 2 { b'C' } else { b'B' });
        crew.hold((contact % 2) as u16, contact, "2026-03-01");
    }
    assert!(crew.table(&lunch::Lunch).is_empty(), "two of category B in either city");
    crew.tie(0, 2, 0.5, 1, "2026-03-01");
    assert_eq!(
        cells(
            &crew.table(&lunch::Lunch),
            &["city", "member", "people", "contact_ids", "lives_here", "coverage"]
        ),
        [
            "Köln team 3 c0000|c0001|c0002  0.83",
            "Köln anna 2 c0000|c0002 true 1.00",
            "Köln ben 1 c0001  0.67",
        ]
    );
}

#[test]
fn cards_go_to_a_b_and_c_and_say_who_fell() {
    let mut crew = Crew::new(&["anna", "ben"], 5);
    for (contact, tier, before) in
        [(0, b'B', Some(b'A')), (1, b'A', Some(b'C')), (2, b'D', Some(b'A')), (3, b'B', None)]
    {
        crew.contacts[contact].tier = Some(tier);
        crew.contacts[contact].before = before;
        crew.hold(0, contact as u32, "2026-03-01");
        crew.hold(1, contact as u32, "2026-03-01");
    }
    crew.contacts[0].address = true;
    crew.falls =
        (0..3).map(|contact| Fall { contact, reason: format!("because {contact}").into() }).collect();
    crew.hold(0, 4, "2026-03-01");
    crew.tie(1, 0, 0.5, 1, "2026-03-01");
    assert_eq!(
        cells(
            &crew.table(&cards::Cards),
            &[
                "tier",
                "contact_id",
                "member",
                "address",
                "tier_prev",
                "downgraded",
                "coverage",
                "in_category",
                "reason"
            ]
        ),
        [
            "A c0001 anna false C false 0.00 1 ",
            "B c0000 ben true A true 0.50 2 because 0",
            "B c0003 anna false   0.50 2 "
        ]
    );
}

#[test]
fn an_appointment_follows_the_connection_within_90_days() {
    let mut crew = Crew::new(&["anna", "ben"], 4);
    for contact in 0..4 {
        crew.hold(0, contact, "2026-03-01").connected_on = Some(day("2025-11-03"));
    }
    crew.hold(1, 0, "2026-03-01").connected_on = Some(day("2025-11-04"));
    crew.touch(0, 0, "2025-11-02", touch::Kind::Met, 0);
    crew.touch(0, 1, "2026-02-01", touch::Kind::Met, 0);
    crew.touch(0, 2, "2026-02-02", touch::Kind::Met, 0);
    crew.touch(0, 3, "2025-11-03", touch::Kind::Wrote, 0);
    let week = |member: &str| {
        let table = crew.table(&appointments::Appointments);
        let shown = cells(&table, &["member", "week", "adds", "met", "share", "partial", "coverage"]);
        shown.into_iter().find(|row| row.starts_with(&format!("{member} 2025-W45"))).unwrap()
    };
    assert_eq!(week("anna"), "anna 2025-W45 4 1 0.25 false 1.00");
    assert_eq!(week("ben"), "ben 2025-W45 1   false 0.00", "who records no meetings has not met nobody");
    assert_eq!(week("team"), "team 2025-W45 4 1 0.25 false 0.80");
}

#[test]
fn one_member_and_no_one_at_all_make_tables_too() {
    for members in [&[][..], &["anna"], &["team"]] {
        let mut crew = Crew::new(members, 1);
        for report in ALL {
            crew.table(report);
        }
        if !members.is_empty() {
            crew.hold(0, 0, "2026-03-01");
        }
        for report in ALL {
            crew.table(report);
        }
    }
}

#[test]
fn who_reaches_more_is_worth_asking_where_enough_people_tell_it() {
    let mut crew = Crew::new(&["anna", "ben"], 20);
    crew.has_targets = true;
    for contact in 0..20 {
        let member = u16::from(contact >= 10);
        crew.hold(member, contact, "2026-03-10").connected_on = Some(day("2026-02-03"));
        crew.contacts[contact as usize].target = [0, 1, 10, 11, 12, 13, 14, 15, 16].contains(&contact);
    }
    crew.hold(1, 0, "2026-03-10").connected_on = Some(day("2020-01-01"));
    let told = |crew: &Crew| {
        cells(&crew.table(&mentors::Mentors), &["member", "mentor", "skill", "own", "theirs", "shared"])
    };
    assert_eq!(told(&crew), ["anna ben target_share 0.20 0.70 1"]);
    crew.contacts[19].kind = crate::contact::Kind::Role;
    assert!(told(&crew).is_empty(), "nine people are no habit");
}

#[test]
fn what_may_be_chance_or_is_too_little_to_act_on_is_no_reason_to_ask() {
    // Two of twenty against six of twenty: 20 percentage points, but fewer than two standard errors.
    let reached = |each: u32, anna: u32, ben: u32| {
        let mut crew = Crew::new(&["anna", "ben"], 2 * each as usize);
        crew.has_targets = true;
        for contact in 0..2 * each {
            let (member, at) = (u16::from(contact >= each), contact % each);
            crew.hold(member, contact, "2026-03-10").connected_on = Some(day("2026-02-03"));
            crew.contacts[contact as usize].target = at < [anna, ben][usize::from(member)];
        }
        !crew.table(&mentors::Mentors).is_empty()
    };
    assert!(!reached(20, 2, 6), "z = 1.58");
    assert!(reached(20, 2, 8), "z = 2.19");
    assert!(reached(200, 20, 36), "z = 2.31, 8 percentage points");
    assert!(!reached(2000, 200, 280), "z = 3.88, but 4 percentage points");
}

#[test]
fn a_tag_of_three_people_tells_what_came_of_them() {
    let mut crew = Crew::new(&["anna"], 5);
    for contact in 0..4 {
        crew.hold(0, contact, "2026-03-10");
    }
    crew.groups = vec![("Messe".into(), vec![0, 1, 2]), ("Verein".into(), vec![2, 3, 4])];
    let told = |crew: &Crew| {
        cells(
            &crew.table(&groups::Groups),
            &["group", "people", "class_people", "target_people", "met_people"],
        )
    };
    assert_eq!(told(&crew), ["Messe 3   "], "of the club only two are known now");
    crew.contacts[0].tier = Some(b'B');
    crew.contacts[1].target = true;
    crew.has_targets = true;
    crew.touch(0, 1, "2026-03-11", touch::Kind::Met, 0);
    assert_eq!(told(&crew), ["Messe 3 1 1 1"]);
}
