//! What a team sets of reports counts, one case each.

use chrono::Days;

use super::list_tests::{Crew, cells};
use super::settings::Cadence;
use super::tests::day;
use super::{Birthday, Own};
use super::{Report, cards, cleanup, due, introductions, reactivate, stages, strength};
use crate::table::Data;
use crate::touch::Kind;

/// A team of two in which anna knows so many people of a category, touched on a day.
fn crew(people: u32, tier: u8, last: &str) -> Crew {
    let mut crew = Crew::new(&["anna", "ben"], people as usize);
    for contact in 0..people {
        crew.hold(0, contact, "2026-03-01");
        crew.contacts[contact as usize].tier = Some(tier);
        crew.tie(0, contact, 0.5, 1, last);
    }
    crew
}

fn shown(crew: &Crew, report: &dyn Report, columns: &[&str]) -> Vec<String> {
    cells(&crew.table(report), columns)
}

#[test]
fn due_keeps_to_the_days_that_are_set() {
    let what = |crew: &Crew| shown(crew, &due::Due, &["what", "on"]);
    let mut follow_up = crew(1, b'A', "2026-03-10");
    assert!(what(&follow_up).is_empty());
    follow_up.settings.cadence = Cadence([10, 91, 365]);
    assert_eq!(what(&follow_up), ["follow_up 2026-03-20"]);
    follow_up.settings.due.ahead = 3;
    assert!(what(&follow_up).is_empty());
    let mut many = crew(5, b'A', "2026-02-14");
    many.contacts[2].tier = Some(b'B');
    many.contacts[3].strength = Some(0.9);
    (many.settings.due.most, many.settings.cadence) = (2, Cadence([30, 30, 365]));
    let shown_of = shown(&many, &due::Due, &["contact_id", "candidates"]);
    assert_eq!(shown_of, ["c0000 5", "c0003 5"], "the best first, and how many there are");
    let mut lost = crew(1, b'A', "2025-12-01");
    assert_eq!(what(&lost), ["follow_up 2025-12-31"]);
    lost.settings.due.lost_after = 30;
    assert!(what(&lost).is_empty());

    let mut birthday = crew(1, b'D', "2026-03-10");
    birthday.birthdays = vec![Birthday { contact: 0, year: None, month: 5, day: 1 }];
    assert!(what(&birthday).is_empty());
    birthday.settings.due.birthdays = 46;
    assert_eq!(what(&birthday), ["birthday 2026-05-01"]);

    let mut thanks = crew(2, b'D', "2026-03-10");
    thanks.touch(0, 0, "2026-02-01", Kind::Met, 0);
    thanks.touch(0, 1, "2026-01-01", Kind::Wrote, 1);
    assert!(what(&thanks).is_empty());
    (thanks.settings.due.thanks, thanks.settings.due.thanks_until) = (5, 60);
    assert_eq!(what(&thanks), ["thank_you 2026-02-06"]);
}

#[test]
fn ties_are_overdue_after_the_days_that_are_set_and_so_many_are_shown() {
    let mut crew = crew(3, b'C', "2026-01-10");
    let overdue = |crew: &Crew| {
        let rows = shown(crew, &strength::Strength, &["member", "group", "measure", "value"]);
        rows.into_iter().find(|row| row.starts_with("anna C overdue")).unwrap()
    };
    let woken = |crew: &Crew| shown(crew, &reactivate::Reactivate, &["contact_id", "cadence", "candidates"]);
    assert!(woken(&crew).is_empty());
    assert_eq!(overdue(&crew), "anna C overdue 0.00");
    crew.settings.cadence = Cadence([30, 91, 59]);
    assert_eq!(woken(&crew), ["c0000 59 3", "c0001 59 3", "c0002 59 3"]);
    assert_eq!(overdue(&crew), "anna C overdue 3.00");
    let due = || shown(&crew, &due::Due, &["contact_id", "days"]);
    assert_eq!(due(), ["c0000 -6", "c0001 -6", "c0002 -6"], "all reports say the same");
    crew.settings.reactivate.most = 1;
    assert_eq!(woken(&crew), ["c0000 59 3"]);
}

#[test]
fn nobody_is_overdue_whose_time_is_still_to_come() {
    for (tier, days) in (b'A'..).zip(Cadence::default().0) {
        for (ago, overdue) in [(days, false), (days + 1, true)] {
            let last = day("2026-03-16") - Days::new(ago.into());
            let crew = crew(1, tier, &last.to_string());
            let due = shown(&crew, &due::Due, &["days"]);
            assert_eq!(due, [format!("{}", i64::from(days) - i64::from(ago))], "category {tier}");
            assert_eq!(shown(&crew, &reactivate::Reactivate, &["days"]).is_empty(), !overdue);
        }
        let table = crew(1, tier, "2026-03-10").table(&strength::Strength);
        let group = table.column("group").unwrap().value(&char::from(tier).to_string()).unwrap();
        for about in [group.about.english, group.about.german] {
            assert!(about.contains(&format!(" {days} ")), "{about}");
        }
    }
}

#[test]
fn so_many_cards_are_listed_as_are_set() {
    let mut crew = crew(3, b'B', "2026-03-10");
    crew.settings.cards.most = 2;
    assert_eq!(shown(&crew, &cards::Cards, &["contact_id", "in_category"]), ["c0000 3", "c0001 3"]);
}

#[test]
fn contacts_are_stale_after_the_months_that_are_set_and_so_many_are_listed() {
    let mut crew = crew(3, b'B', "2026-03-10");
    crew.holdings.iter_mut().for_each(|held| held.last_seen = day("2025-09-10"));
    let stale = |crew: &Crew| shown(crew, &cleanup::Cleanup, &["contact_id", "reasons", "candidates"]);
    assert!(stale(&crew).is_empty());
    crew.settings.cleanup.stale_months = 6;
    assert_eq!(stale(&crew), ["c0000 stale 3", "c0001 stale 3", "c0002 stale 3"]);
    crew.settings.cleanup.most = 1;
    assert_eq!(stale(&crew), ["c0000 stale 3"]);
}

#[test]
fn so_many_are_shared_in_a_week_as_are_set() {
    let mut crew = crew(20, b'B', "2026-03-10");
    crew.contacts.iter_mut().for_each(|fact| fact.sector = Some(1));
    crew.own = vec![Own::default(), Own { sector: Some(1), ..Own::default() }];
    for a_week in [2, 5, 11] {
        crew.settings.introductions.a_week = a_week;
        assert_eq!(crew.table(&introductions::Introductions).len(), a_week as usize);
    }
}

#[test]
fn a_criterion_of_the_stages_is_met_from_the_figure_that_is_set() {
    let mut crew = crew(3, b'B', "2026-03-10");
    for contact in 0..3 {
        crew.touch(0, contact, "2026-02-02", Kind::Met, 0);
        crew.touch(0, contact, "2026-02-03", Kind::Wrote, 1);
        crew.touch(0, contact, "2026-02-04", Kind::Introduced, 0);
        crew.touch(0, contact, "2026-02-05", Kind::HelpedBy, 0);
    }
    let met = |crew: &Crew, criterion: &str| {
        let rows = shown(crew, &stages::Stages, &["member", "criterion", "needed", "met"]);
        let start = format!("anna {criterion} ");
        rows.into_iter().find_map(|row| row.strip_prefix(&start).map(str::to_owned)).unwrap()
    };
    let set = &mut crew.settings.stages;
    (set.contacts, set.touches, set.follow_up) = (4.0, 12.0, 1.0);
    (set.introductions, set.requests, set.both_ways) = (0.25, 4.0, 3.0);
    (set.active_weeks, set.target_adds) = (0.05, 0.0);
    for (criterion, told) in [
        ("contacts", "4.00 no"),
        ("touches", "12.00 yes"),
        ("follow_up", "1.00 yes"),
        ("introductions", "0.25 yes"),
        ("requests", "4.00 no"),
        ("both_ways", "3.00 yes"),
        ("active_weeks", "0.05 yes"),
        ("target_adds", "0.00 unknown"),
    ] {
        assert_eq!(met(&crew, criterion), told, "{criterion}");
    }
    let table = crew.table(&stages::Stages);
    assert!(matches!(table.column("needed").map(|column| &column.data), Some(Data::Float(_))));
}
