//! The workbook of a team's reports, read back cell by cell.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::io::{Cursor, Read as _};

use calamine::{Data as Cell, DataType as _, Reader as _, Xlsx};
use chrono::NaiveDate;

use hamstern::contact::{Contact, Holding, Labels, Letter, Tier, TierSource};
use hamstern::record::Channel;
use hamstern::report::{Delivery, Fact, Input, REPORTS, RowCount, race_days};
use hamstern::table::{Data, Language, Table};
use hamstern::write::{Overview, Workbook, contacts};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten invented members in a race, and their contacts.
fn demo() -> (Vec<String>, Vec<Table>, Table) {
    let members: Vec<String> =
        ["anna", "ben", "cem", "dora", "emil", "fatma", "gustav", "hanna", "ivan", "julia"]
            .map(String::from)
            .into();
    let (mut holdings, mut rows, mut deliveries) = (Vec::new(), Vec::new(), Vec::new());
    for (member, size) in (0u16..).zip([160u32, 120, 90, 70, 50, 40, 30, 22, 15, 3]) {
        for index in 0..size {
            let connected = day("2025-11-03") + chrono::Days::new(u64::from(index * 7 % 130));
            holdings.push(Holding {
                member,
                contact: (u32::from(member) * 61 + index) % 500,
                channel: if index % 9 == 0 { Channel::Xing } else { Channel::LinkedIn },
                connected_on: (index % 9 != 0).then_some(connected),
                first_seen: day("2026-03-15").min(connected.max(day("2026-01-05"))),
                last_seen: day("2026-03-15"),
                ended_on: None,
                touches: index % 4,
                last_touch: None,
            });
        }
        rows.push(RowCount { member, channel: Channel::LinkedIn, rows: u64::from(size) });
        for on in ["2026-01-05", "2026-03-15"] {
            deliveries.push(Delivery { member, channel: Channel::LinkedIn, on: day(on), complete: true });
        }
    }
    let facts: Vec<Fact> =
        (0..500).map(|id| Fact { tier: b"ABCD".get(id % 9).copied(), ..Fact::default() }).collect();
    let input = Input {
        as_of: day("2026-03-16"),
        members: &members,
        contacts: &facts,
        holdings: &holdings,
        touches: &[],
        rows: &rows,
        deliveries: &deliveries,
        ..Input::default()
    };
    let reports = REPORTS.iter().map(|report| report.table(&input)).collect();
    let people: Vec<Contact> = (0..500u32).map(person).collect();
    let people = contacts(&people, &members);
    (members, reports, people)
}

fn person(id: u32) -> Contact {
    let pick = |from: &[&str]| from[id as usize % from.len()].to_owned();
    let given =
        pick(&["Jörg", "Aylin", "=HYPERLINK(\"http://x\")", "Łukasz", "Nguyễn", "+49 151", "@SUM(A1)"]);
    let family = pick(&["Müller-Lüdenscheidt", "Yıldız", "Żółć", "O’Brien", "Ñandú"]);
    Contact {
        contact_id: format!("c{id:06}"),
        name: format!("{given} {family}"),
        given_name: given,
        family_name: family,
        emails: vec![format!("p{id}@example.org"), format!("privat{id}@example.com")],
        phones: vec![format!("+49151{id:08}")],
        company: pick(&["Beispiel GmbH & Co. KG", "Muster AG", "-Minus KG"]),
        position: pick(&["Einkaufsleiterin", "CEO", "Referent"]),
        city: pick(&["Berlin", "Zürich", "Wien"]),
        country: pick(&["DE", "CH", "AT"]),
        postcode: format!("{:05}", id * 13 % 99_999),
        labels: Labels {
            tier: Tier {
                letter: Letter::from_name(&pick(&["A", "B", "", "", "C"])),
                source: Some(TierSource::Manual),
                score: Some(0.5),
                ..Tier::default()
            },
            ..Labels::default()
        },
        holders: vec![(id % 10) as u16],
        channels: vec![Channel::LinkedIn],
        connected_first: Some(day("2026-01-05") + chrono::Days::new(u64::from(id % 60))),
        touches: id % 3,
        records: 1 + id % 2,
        ..Contact::default()
    }
}

fn workbook(language: Language, (members, reports, people): &(Vec<String>, Vec<Table>, Table)) -> Vec<u8> {
    let network_size = reports.iter().find(|table| table.name == "network_size").unwrap();
    let sources = [("LinkedIn".to_owned(), 20, 1_200), ("Xing".to_owned(), 4, 133)];
    let overview = Overview {
        team: "Beispiel GmbH",
        as_of: day("2026-03-16"),
        race: race_days(day("2026-03-16"), None),
        members,
        contacts: 500,
        sources: &sources,
        network_size,
    };
    let mut book = Workbook::new(language, "Beispiel GmbH", day("2026-03-16")).unwrap();
    book.add_last(people).unwrap();
    for table in reports {
        book.add(table).unwrap();
    }
    book.front(&overview).unwrap();
    let mut out = Vec::new();
    book.finish(&mut out).unwrap();
    out
}

/// The text or number a cell of a table should show.
fn expected(table: &Table, column: usize, row: usize, language: Language) -> Cell {
    let column = &table.columns[column];
    let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Float);
    let text = |text: String| if text.is_empty() { Cell::Empty } else { Cell::String(text) };
    match &column.data {
        Data::Text(texts) => text(column.called(texts.get(row), language)),
        Data::List(lists) => {
            text(lists.get(row).map(|item| column.called(item, language)).collect::<Vec<_>>().join(" | "))
        }
        Data::Int(values) => number(values[row].map(|value| value as f64)),
        Data::Float(values) | Data::Share(values) => number(values[row]),
        Data::Date(values) => number(values[row].map(|on| (on - day("1899-12-30")).num_days() as f64)),
        Data::Bool(values) => {
            let words = [["no", "nein"], ["yes", "ja"]];
            text(
                values[row]
                    .map(|yes| words[usize::from(yes)][language as usize].to_owned())
                    .unwrap_or_default(),
            )
        }
    }
}

#[test]
fn every_cell_of_the_workbook_is_that_of_its_table() {
    let demo = demo();
    for language in Language::ALL {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(language, &demo))).unwrap();
        let (first, last) = match language {
            Language::English => ("Overview", "Definitions"),
            Language::German => ("Überblick", "Definitionen"),
        };
        let titles = demo.1.iter().chain([&demo.2]).map(|table| table.title.in_language(language));
        let names: Vec<&str> = std::iter::once(first).chain(titles).chain([last]).collect();
        assert_eq!(book.sheet_names(), names);
        for table in demo.1.iter().chain([&demo.2]) {
            let range = book.worksheet_range(table.title.in_language(language)).unwrap();
            assert_eq!(range.height(), table.len() + 1, "{}", table.name);
            for (number, column) in table.columns.iter().enumerate() {
                let header = range.get((0, number)).unwrap();
                assert_eq!(header.get_string(), Some(column.title.in_language(language)));
                for row in 0..table.len() {
                    let cell = match range.get((row + 1, number)).unwrap_or(&Cell::Empty) {
                        Cell::DateTime(date) => Cell::Float(date.as_f64()),
                        other => other.clone(),
                    };
                    let wanted = expected(table, number, row, language);
                    assert_eq!(cell, wanted, "{} {} row {row}", table.name, column.name);
                }
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula_or_a_link_and_a_second_save_is_the_same() {
    let demo = demo();
    let bytes = workbook(Language::German, &demo);
    assert!(bytes == workbook(Language::German, &demo));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut xml = String::new();
        file.read_to_string(&mut xml).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            for forbidden in ["<f>", "<f ", "<hyperlink", "<mergeCell"] {
                assert!(!xml.contains(forbidden), "{name} has {forbidden}");
            }
        }
        assert!(!xml.contains("TargetMode=\"External\""), "{name} links to the outside");
    }
}

/// Writes the workbooks where a person can look at them: `HAMSTERN_LOOK=DIR cargo test --lib look`.
#[test]
fn look() {
    let Some(dir) = std::env::var_os("HAMSTERN_LOOK") else { return };
    for language in Language::ALL {
        let path = std::path::Path::new(&dir).join(format!("report-{}.xlsx", language.name()));
        std::fs::write(path, workbook(language, &demo())).unwrap();
    }
}
