//! Tests of the list of contacts to clean up: no decision and no word that people wrote is ever lost.

use std::collections::BTreeSet;
use std::fs;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::sheet::List as _;
use super::super::{Known, List, Work};
use super::*;
use crate::link::identity::{contact_id, contact_number};
use crate::read::plain;
use crate::run::cleanup::Asked;
use crate::run::hands::{InForce, Survivors};
use crate::write::work::{CleanLine, CleanRow, WorkBook};

fn row(contact: u64) -> CleanRow {
    CleanRow { contact_id: contact_id(contact), name: format!("Mia {contact}"), ..CleanRow::default() }
}

fn day() -> NaiveDate {
    "2026-06-30".parse().unwrap()
}

#[test]
fn decisions_are_understood_in_both_languages() {
    let tier = |letter| Some(Verdict::Tier(letter));
    for (text, verdict) in [
        ("behalten", Some(Verdict::Keep)),
        ("KEEP.", Some(Verdict::Keep)),
        ("Aussortieren!", tier(Letter::D)),
        ("archive", tier(Letter::D)),
        ("D", tier(Letter::D)),
        ("Kategorie B", tier(Letter::B)),
        ("später", None),
        ("offen", None),
        ("Flamingo", None),
        ("weg", None),
        ("", None),
    ] {
        assert_eq!(ToClean::said(text).ok(), verdict, "{text}");
    }
}

#[test]
fn what_a_sheet_set_and_took_back_counts_no_more() {
    let line = |letter| SetTier {
        contact: 1,
        letter,
        on: "2026-06-30".into(),
        by: "work.xlsx 000001 clean-up".into(),
        note: String::new(),
        name: String::new(),
    };
    let kept = Cleaned { verdict: Verdict::Keep, set: line(None) }.keep();
    let last = |set: &[SetTier]| known(std::slice::from_ref(&kept), set).last().unwrap().verdict;
    assert_eq!(last(&[]), Verdict::Keep);
    assert_eq!(last(&[line(Some(Letter::D))]), Verdict::Tier(Letter::D));
    assert_eq!(last(&[line(Some(Letter::D)), line(None)]), Verdict::Keep);
    assert_eq!(last(&[line(Some(Letter::D)), line(None), line(Some(Letter::B))]), Verdict::Tier(Letter::B));
    let other = SetTier { by: "work.xlsx 000001".into(), ..line(Some(Letter::A)) };
    assert_eq!(last(&[other]), Verdict::Keep, "another sheet of the same run");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_new_list_loses_nothing_that_people_wrote(
        rows in prop::collection::btree_map(1u64..9, (
            prop::sample::select(vec!["", "behalten", "archive", "B", "später", "Flamingo", "wer?"]),
            "[a-zäöüß=+']{0,5}",
        ), 0..8),
        to_clean in prop::collection::btree_set(1u64..9, 0..8),
    ) {
        let home = tempfile::tempdir().unwrap();
        let (path, state) = (home.path().join("work.xlsx"), home.path().join("state"));
        fs::create_dir(&state).unwrap();
        let contacts: Vec<CleanRow> = rows.keys().map(|contact| row(*contact)).collect();
        let lines: Vec<CleanLine<'_>> = contacts
            .iter()
            .zip(rows.values())
            .map(|(row, (answer, remark))| CleanLine::Contact { row, answer, remark })
            .collect();
        let mut book = WorkBook::new(Language::German, day()).unwrap();
        book.to_clean(&lines, "000001").unwrap();
        let mut bytes = Vec::new();
        book.finish(&mut bytes).unwrap();
        fs::write(&path, bytes).unwrap();

        let work = Work::harvest(&path, &state, day(), &Known::default());
        let taken: BTreeSet<u64> = work.cleaned.iter().map(|cleaned| cleaned.set.contact).collect();
        for (contact, (answer, _)) in &rows {
            prop_assert_eq!(taken.contains(contact), ["behalten", "archive", "B"].contains(answer));
        }
        let open: BTreeSet<u64> = to_clean.difference(&taken).copied().collect();
        let asked = Asked {
            rows: open.iter().map(|contact| row(*contact)).collect(),
            left_out: 0,
            open: open.clone(),
            settled: taken.clone(),
        };
        let alive: Vec<u64> = (1..9).collect();
        let list = List {
            rows: &[],
            left_out: 0,
            to_sort: &[],
            sort_left_out: 0,
            to_clean: &asked,
            survivors: &Survivors::new(&[], &alive),
            hands: &InForce::default(),
            language: Language::English,
            as_of: day(),
            generation: "000002",
        };
        prop_assert_eq!(work.replace(&list), None);
        let sheets = plain::sheets(&fs::read(&path).unwrap()).unwrap();
        let cell = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
        let after: Vec<(u64, String, String)> = sheets[2].rows[1..]
            .iter()
            .filter_map(|(_, cells)| Some((contact_number(&cell(cells, 11))?, cell(cells, 0), cell(cells, 9))))
            .collect();
        for (contact, (answer, remark)) in rows.iter().filter(|(contact, _)| !taken.contains(contact)) {
            let kept = after.iter().find(|(have, ..)| have == contact);
            let nothing = remark.is_empty() && ["", "später"].contains(answer);
            if nothing && !open.contains(contact) {
                prop_assert!(kept.is_none(), "put off without a word, and nothing to clean up any more");
            } else {
                prop_assert_eq!(kept.map(|(.., remark)| remark), Some(remark));
                let now = kept.map(|(_, now, _)| now.as_str());
                prop_assert_eq!(now, Some(if *answer == "später" { "later" } else { answer }));
            }
        }
        let shown: BTreeSet<u64> = after.iter().map(|(contact, ..)| *contact).collect();
        prop_assert!(open.is_subset(&shown) && shown.is_disjoint(&taken) && shown.len() == after.len());
    }
}
