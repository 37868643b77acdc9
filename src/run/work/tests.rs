//! Tests of the workbook: what people wrote into the list of contacts to sort is in the next one as well.

use proptest::prelude::*;

use super::*;
use crate::contact::Letter;
use crate::link::identity::contact_id;
use crate::run::hands::Hand;
use crate::state::memory::Redirect;
use crate::write::work::{CATEGORY, CONTACT, REMARK, SortLine};

/// A contact and what stands in its row: category and remark.
type Written = (u64, String, String);

fn row(contact: u64) -> SortRow {
    SortRow { contact_id: contact_id(contact), name: format!("Mia {contact}"), ..SortRow::default() }
}

fn day() -> NaiveDate {
    "2026-06-30".parse().unwrap()
}

/// A folder with a workbook that asks for these contacts.
fn asked(written: &[Written]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let rows: Vec<SortRow> = written.iter().map(|(contact, ..)| row(*contact)).collect();
    let lines: Vec<SortLine<'_>> = rows
        .iter()
        .zip(written)
        .map(|(row, (_, answer, remark))| SortLine::Contact { row, answer, remark })
        .collect();
    let mut book = WorkBook::new(Language::German, day()).unwrap();
    book.pairs(&[], "000001").unwrap();
    book.to_sort(&lines, "000001").unwrap();
    book.to_clean(&[], "000001").unwrap();
    book.help([0; 3]).unwrap();
    let mut bytes = Vec::new();
    book.finish(&mut bytes).unwrap();
    fs::write(home.path().join("work.xlsx"), bytes).unwrap();
    fs::create_dir(home.path().join("state")).unwrap();
    home
}

fn harvest(home: &tempfile::TempDir) -> Work {
    let path = home.path();
    Work::harvest(&path.join("work.xlsx"), &path.join("state"), day(), &super::Known::default())
}

/// What a run knows when it writes the new list.
#[derive(Default)]
struct Team {
    to_sort: Vec<u64>,
    left_out: u64,
    redirects: Vec<Redirect>,
    alive: Vec<u64>,
    set: Vec<(u64, Letter)>,
}

/// Makes the new list, and gives its rows and the last line of its help.
fn renew(home: &tempfile::TempDir, known: &Team) -> (Vec<Written>, String) {
    let rows: Vec<SortRow> = known.to_sort.iter().map(|contact| row(*contact)).collect();
    let survivors = Survivors::new(&known.redirects, &known.alive);
    let mut hands = InForce::default();
    for (contact, letter) in &known.set {
        let set = SetTier {
            contact: *contact,
            letter: Some(*letter),
            on: String::new(),
            by: String::new(),
            note: String::new(),
            name: String::new(),
        };
        hands.contacts.insert(*contact, Hand { set, against: Vec::new() });
    }
    let list = List {
        rows: &[],
        left_out: 0,
        to_sort: &rows,
        sort_left_out: known.left_out,
        to_clean: &cleanup::Asked::default(),
        survivors: &survivors,
        hands: &hands,
        language: Language::English,
        as_of: day(),
        generation: "000002",
    };
    assert_eq!(harvest(home).replace(&list), None);
    let path = home.path().join("work.xlsx");
    let bytes = fs::read(&path).unwrap();
    let sheets = plain::sheets(&bytes).unwrap();
    let header = &sheets[1].rows[0].1;
    let place = |title: crate::table::Words| {
        header.iter().position(|cell| cell == title.in_language(Language::English)).unwrap()
    };
    let [answer, remark, id] = [CATEGORY, REMARK, CONTACT].map(place);
    let cell = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
    let written = sheets[1].rows[1..].iter().filter_map(|(_, cells)| {
        Some((contact_number(&cell(cells, id))?, cell(cells, answer), cell(cells, remark)))
    });
    let mut help = sheets[3].rows.iter().map(|(_, cells)| cells[0].clone());
    let left_out = help.rfind(|line| line.contains("to sort that are not shown"));
    (written.collect(), left_out.unwrap_or_default())
}

fn written(rows: &[(u64, &str, &str)]) -> Vec<Written> {
    rows.iter().map(|(contact, answer, remark)| (*contact, (*answer).into(), (*remark).into())).collect()
}

#[test]
fn what_was_put_off_goes_to_the_end_and_stays_beyond_the_list() {
    let home =
        asked(&written(&[(1, "später", ""), (2, "", ""), (3, "skip", "im Mai"), (4, "?", "wer ist das")]));
    let known = Team { to_sort: vec![1, 5, 2, 4], left_out: 7, alive: (1..10).collect(), ..Team::default() };
    let (rows, help) = renew(&home, &known);
    let expected =
        [(5, "", ""), (2, "", ""), (4, "?", "wer ist das"), (1, "later", ""), (3, "later", "im Mai")];
    assert_eq!(rows, written(&expected));
    assert_eq!(help, "Further contacts to sort that are not shown here: 6.");
    // Nothing new: the same workbook.
    let before = fs::read(home.path().join("work.xlsx")).unwrap();
    let (again, _) = renew(&home, &known);
    assert_eq!(again, rows);
    assert_eq!(fs::read(home.path().join("work.xlsx")).unwrap(), before);
}

#[test]
fn what_was_written_about_a_merged_contact_goes_with_it() {
    let to = |retired: u64| Redirect { retired, into: 1, generation: 2, day: 20_000, decided: false };
    let rows = written(&[(3, "later", "von drei"), (4, "nie?", "von vier"), (5, "", "von fünf")]);
    let mut known =
        Team { to_sort: vec![1, 2], redirects: vec![to(3), to(4)], alive: vec![1, 2, 5], ..Team::default() };
    let (found, _) = renew(&asked(&rows), &known);
    assert_eq!(
        found,
        written(&[(2, "", ""), (1, "later", "von drei"), (5, "", "von fünf"), (4, "nie?", "von vier")])
    );
    // What was written about the contact itself comes first.
    let (found, _) = renew(&asked(&[&rows[..], &written(&[(1, "", "von eins")])].concat()), &known);
    assert_eq!(found[0], (1, String::new(), "von eins".to_owned()));
    assert!(
        found.iter().any(|(contact, ..)| *contact == 3) && found.iter().any(|(contact, ..)| *contact == 4)
    );
    // Sorted by now: only what was not understood stays.
    known.set = vec![(1, Letter::B), (5, Letter::D)];
    known.to_sort = vec![2];
    let (found, _) = renew(&asked(&rows), &known);
    assert_eq!(found, written(&[(2, "", ""), (4, "nie?", "von vier")]));
}

/// A sheet of rows.
fn sheet(rows: Vec<Vec<String>>) -> Plain {
    Plain { sheet: "x".into(), encoding: "", delimiter: 0, rows: (1..).zip(rows).collect() }
}

#[test]
fn the_contact_is_found_wherever_its_id_stands() {
    let titles = crate::write::work::sort_columns(Language::English);
    for (id_title, company, other, expected) in [
        ("Contact id", "Kranich AG", "", Some(1)),
        ("Contact id", "Kranich AG", "c000000000002", Some(1)),
        ("Kontakt-ID", "charterparten", "", Some(1)),
        ("moved", "Kranich AG", "", Some(1)),
        // Thirteen letters that an id may have, and no id.
        ("moved", "Charterparten", "charterparten", Some(1)),
        ("moved", "Kranich AG", "c000000000002", None),
    ] {
        let mut header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        header[12] = id_title.into();
        let mut cells = vec![String::new(); 13];
        (cells[0], cells[2], cells[5]) = ("A".into(), company.into(), other.into());
        cells[12] = contact_id(1);
        let (mut found, mut told) = (Harvest::<ToSort>::default(), Told::default());
        assert!(found.read(&sheet(vec![header, cells]), day(), &[], &mut told));
        let contact = found.answers.first().map(|set| set.contact);
        assert_eq!(contact, expected, "{id_title} {company} {other}");
        assert_eq!(told.keep.is_some(), expected.is_none());
    }
}

#[test]
fn a_sheet_of_rows_without_a_header_is_told_from_other_sheets() {
    let cells = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    let id = contact_id(77);
    assert!(headless(&sheet(vec![cells(["A", &id])])).is_some());
    assert!(headless(&sheet(vec![cells(["r0000000000000001", "r0000000000000002"])])).is_some());
    assert_eq!(headless(&sheet(vec![cells(["charterparten", "Charterparten"])])), None);
    assert_eq!(headless(&sheet(Vec::new())), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_new_list_loses_nothing_that_people_wrote(
        rows in prop::collection::btree_map(1u64..9, (
            prop::sample::select(vec!["", "A", "später", "Flamingo", "weiß nicht", "wer?"]),
            "[a-zäöüß=+']{0,5}",
        ), 0..8),
        to_sort in prop::collection::btree_set(1u64..9, 0..8),
    ) {
        let before: Vec<Written> =
            rows.iter().map(|(contact, (answer, remark))| (*contact, (*answer).into(), remark.clone())).collect();
        let home = asked(&before);
        let taken: BTreeSet<u64> = harvest(&home).tiers.iter().map(|set| set.contact).collect();
        prop_assert!(rows.iter().all(|(contact, (answer, _))| (*answer == "A") == taken.contains(contact)));
        let known = Team {
            to_sort: to_sort.iter().copied().filter(|contact| !taken.contains(contact)).collect(),
            alive: (1..9).collect(),
            set: taken.iter().map(|contact| (*contact, Letter::A)).collect(),
            ..Team::default()
        };
        let (after, _) = renew(&home, &known);
        for (contact, answer, remark) in before.iter().filter(|(contact, ..)| !taken.contains(contact)) {
            let kept = after.iter().find(|(have, ..)| have == contact);
            if answer.is_empty() && remark.is_empty() {
                prop_assert_eq!(kept.is_some(), to_sort.contains(contact));
            } else {
                prop_assert_eq!(kept.map(|(.., remark)| remark), Some(remark));
                let later = ["später", "weiß nicht"].contains(&answer.as_str());
                prop_assert!(kept.is_some_and(|(_, now, _)| now == answer || (later && now == "later")));
            }
        }
        let shown: Vec<u64> = after.iter().map(|(contact, ..)| *contact).collect();
        prop_assert!(known.to_sort.iter().all(|contact| shown.contains(contact)));
        prop_assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), shown.len());
    }
}
