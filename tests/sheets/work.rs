//! The team's own workbook as another program reads it: the same texts, no formula, every drop-down.

use std::collections::BTreeSet;
use std::path::Path;

use calamine::{Data as Cell, DataType as _, Reader as _, Xlsx};

use crate::common::{csv, demo, ended, put, run};
use crate::parts::{end, parts};
use crate::{GERMAN, office};

/// Sheets with a list to answer, their first header, and its answers.
const LISTS: [(&str, &str, &str); 3] = [
    ("Offene Paare", "Dieselbe Person?", "gleich,verschieden,später"),
    ("Zu sortieren", "Ihre Kategorie", "A,B,C,D,später"),
    ("Aufräumen", "Ihre Entscheidung", "behalten,aussortieren,A,B,C,später"),
];

/// Another program reads the same cells from a workbook as stand in it; text stays text and nothing is computed.
fn reads_the_same(office: &Path, file: &Path, home: &Path) {
    let read = office::convert(office, file, home);
    let mut one: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let mut other: Xlsx<_> = calamine::open_workbook(&read).unwrap();
    assert_eq!(one.sheet_names(), other.sheet_names());
    for part in parts(file).values().chain(parts(&read).values()) {
        assert_eq!(part.formulas, 0, "a cell is read as a formula or as an error");
    }
    for name in one.sheet_names() {
        let (one, other) = (one.worksheet_range(&name).unwrap(), other.worksheet_range(&name).unwrap());
        for (row, column, cell) in one.used_cells() {
            let has = other.get((row, column)).unwrap_or(&Cell::Empty);
            let is_same = match (cell, has) {
                (Cell::DateTime(one), Cell::DateTime(other)) => (one.as_f64() - other.as_f64()).abs() < 1e-6,
                (Cell::Float(one), Cell::Float(other)) => (one - other).abs() <= one.abs() * 1e-12,
                (Cell::String(one), Cell::String(other)) => one == other,
                _ => false,
            };
            assert!(is_same, "{name}, row {row}, column {column}: {cell:?} is read as {has:?}");
        }
    }
}

#[test]
fn the_lists_to_answer_are_read_as_they_are_with_their_drop_downs() {
    let Some(office) = office::found() else {
        eprintln!("skipped: no LibreOffice in PATH (soffice), and HAMSTERN_SOFFICE names none");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let out = demo(home.path(), GERMAN);
    let (file, into) = (out.join("work.xlsx"), home.path().join("read"));
    reads_the_same(&office, &file, &into);
    let stored = parts(&file);
    for parts in [&stored, &parts(&into.join("work.xlsx"))] {
        for (title, _, answers) in LISTS {
            let part = &parts[title];
            let [(range, has)] = &part.lists[..] else { panic!("{title}: {:?}", part.lists) };
            assert_eq!(has, answers, "{title}");
            assert!(range.starts_with("A2:") && end(range).0 > 100, "{title}: {range}");
            assert!(part.filter.starts_with("A1:"), "{title}");
        }
    }
    // What stays in sight is a matter of windows, of which the other program had none.
    assert!(LISTS.iter().all(|(title, ..)| stored[*title].frozen == 1));
    let mut book: Xlsx<_> = calamine::open_workbook(into.join("work.xlsx")).unwrap();
    let ids = |table: &str, columns: &[&str]| -> BTreeSet<String> {
        let rows = csv(&out.join(format!("current/{table}.csv")));
        rows.iter().flat_map(|row| columns.iter().map(|column| row[*column].clone())).collect()
    };
    let (records, contacts) = (ids("review", &["a", "b"]), ids("contacts", &["contact_id"]));
    for (title, first, _) in LISTS {
        let range = book.worksheet_range(title).unwrap();
        let headers: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(headers[0], first);
        assert!(range.height() > 50, "the demo says little of {title}");
        let day = ["Letzter Kontakt", "Beleg vom"];
        for (column, header) in headers.iter().enumerate() {
            for row in 1..range.height() {
                let Some(cell) = range.get((row, column)).filter(|cell| !cell.is_empty()) else { continue };
                let told = format!("{title}, {header} of row {row}: {cell:?}");
                let stored = &stored[title].cells[&(row, column)];
                match header.as_str() {
                    header if day.contains(&header) => assert!(matches!(cell, Cell::DateTime(_)), "{told}"),
                    "Punkte" => assert!(matches!(cell, Cell::Float(_)), "{told}"),
                    _ => assert!(matches!(cell, Cell::String(_)) && stored.format == "@", "{told}"),
                }
                let known = match header.as_str() {
                    "Eintrag 1" | "Eintrag 2" => &records,
                    "Kontakt-ID" => &contacts,
                    _ => continue,
                };
                assert!(known.contains(&cell.to_string()), "{told} is in no table");
            }
        }
    }
}

/// Values of an export that a program which is careless would compute, shorten or take for a date.
const HOSTILE: [&str; 8] = [
    "=1+1",
    "=HYPERLINK(\"\"http://example.org\"\")",
    "+49 30 1234567",
    "-2+3",
    "@SUM(A1)",
    "1E5",
    "007",
    "3-4",
];

#[test]
fn no_text_of_an_export_becomes_a_formula_a_number_or_a_day() {
    let Some(office) = office::found() else {
        eprintln!("skipped: no LibreOffice in PATH (soffice), and HAMSTERN_SOFFICE names none");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let (inbox, out) = (home.path().join("inbox"), home.path().join("out"));
    let head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let row = |(at, value): (usize, &&str)| {
        format!("Ada,Lovelace{at},,ada{at}@example.org,\"{value}\",\"{value}\",03 May 2026\n")
    };
    let rows: String = HOSTILE.iter().enumerate().map(row).collect();
    put(&inbox, "anna/2026-05-04/Connections.csv", format!("{head}{rows}").as_bytes());
    let card = |(at, name): (usize, &&str)| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eva {name}\r\nN:{name};Eva;;;\r\nTEL:+49 151 0000000{at}\r\nADR:;;Weg 1;Dresden;;01067;Germany\r\nEND:VCARD\r\n"
        )
    };
    put(
        &inbox,
        "ben/cards.vcf",
        ["Sommer", "Winter", "Berg"].iter().enumerate().map(card).collect::<String>().as_bytes(),
    );
    ended(&run(&inbox, &out, &["--lang", "de", "--country", "DE"]), 0);
    for name in ["report.xlsx", "work.xlsx"] {
        reads_the_same(&office, &out.join(name), &home.path().join("read"));
    }
    let mut book: Xlsx<_> = calamine::open_workbook(home.path().join("read/report.xlsx")).unwrap();
    let range = book.worksheet_range("Kontakte").unwrap();
    let rows = csv(&out.join("contacts.csv"));
    assert_eq!((rows.len(), range.height()), (HOSTILE.len() + 3, HOSTILE.len() + 4));
    let mut seen = BTreeSet::new();
    for (at, row) in (1..).zip(&rows) {
        for (header, column) in [
            ("Firma", "company"),
            ("Position", "position"),
            ("Telefon", "phones"),
            ("Postleitzahl", "postcode"),
            ("Id", "contact_id"),
        ] {
            let place =
                range.rows().next().unwrap().iter().position(|cell| cell.get_string() == Some(header));
            let cell = range.get((at, place.unwrap_or_else(|| panic!("no column {header}"))));
            let text = cell.and_then(Cell::get_string).unwrap_or_default();
            assert_eq!(text, row[column], "{header} of row {at}");
            seen.insert(text.to_owned());
        }
    }
    for value in ["=1+1", "@SUM(A1)", "-2+3", "1E5", "007", "3-4", "+491510000000", "01067"] {
        assert!(seen.iter().any(|text| text.starts_with(value)), "{value}: {seen:?}");
    }
}
