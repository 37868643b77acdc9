//! The workbook of a team's reports, read back cell by cell.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::io::{Cursor, Read as _};

use calamine::{Data as Cell, DataType as _, Reader as _, Xlsx};
use chrono::NaiveDate;

use hamstern::contact::{Contact, Holding, Labels, Letter, Tier, TierSource};
use hamstern::record::Channel;
use hamstern::report::{Delivery, Fact, Input, REPORTS, RowCount, race_days};
use hamstern::table::{Data, Language, Table};
use hamstern::write::review::review;
use hamstern::write::{Overview, Workbook, contacts};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A team, its reports and its contacts.
type Team = (Vec<String>, Vec<Table>, Table);

/// Ten invented members in a race, and their contacts.
fn demo() -> Team {
    team(
        &["anna", "ben", "cem", "dora", "emil", "fatma", "gustav", "hanna", "ivan", "julia"]
            .map(String::from),
    )
}

/// Invented members and their contacts, the first with the most.
fn team(members: &[String]) -> Team {
    let members = members.to_vec();
    let (mut holdings, mut rows, mut deliveries) = (Vec::new(), Vec::new(), Vec::new());
    for (member, size) in
        (0..members.len() as u16).zip([160u32, 120, 90, 70, 50, 40, 30, 22, 15, 3].into_iter().cycle())
    {
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

fn workbook(language: Language, (members, reports, people): &Team) -> Vec<u8> {
    let sources = [("LinkedIn".to_owned(), 20, 1_200), ("Xing".to_owned(), 4, 133)];
    let members: Vec<(String, String)> = members.iter().map(|id| (id.clone(), id.to_uppercase())).collect();
    let reports: Vec<&Table> = reports.iter().collect();
    let overview = Overview {
        team: "Beispiel GmbH",
        as_of: day("2026-03-16"),
        race: race_days(day("2026-03-16"), None),
        members: &members,
        contacts: 500,
        sources: &sources,
        reports: &reports,
        before: None,
    };
    let mut book = Workbook::new(language, "Beispiel GmbH", day("2026-03-16")).unwrap();
    book.contacts(people).unwrap();
    book.reports(&overview, &reports, None, &review(&[])).unwrap();
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

/// Tables that the workbook shows as they are, by the name of their sheet.
fn plain_sheets(team: &Team, language: Language) -> Vec<(&'static str, &Table)> {
    let is_plain = |table: &&Table| {
        let long = table.column("measure").is_some() && table.column("value").is_some();
        !long && table.name != "growth"
    };
    let all = team.1.iter().filter(is_plain).chain([&team.2]);
    all.map(|table| (table.title.in_language(language), table)).collect()
}

#[test]
fn every_cell_of_a_plain_sheet_is_that_of_its_table() {
    let demo = demo();
    for language in Language::ALL {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(language, &demo))).unwrap();
        let sheets = plain_sheets(&demo, language);
        assert!(sheets.len() > 10);
        for (sheet, table) in sheets {
            let range = book.worksheet_range(sheet).unwrap();
            // An empty table has a line that says so.
            assert_eq!(range.height(), table.len().max(1) + 1, "{}", table.name);
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
fn the_sheets_stand_in_the_order_in_which_readers_look_for_them() {
    let demo = demo();
    let first = [
        ["Read me", "Lesen"],
        ["Overview", "Überblick"],
        ["Race", "Rennen"],
        ["Growth", "Wachstum"],
        ["Overlap", "Überlappung"],
        ["Exclusive", "Exklusiv"],
        ["Loss", "Verlust"],
        ["Concentration", "Konzentration"],
        ["Diversity", "Vielfalt"],
        ["Categories", "Kategorien"],
        ["Targets", "Ziele"],
        ["Clean-up", "Aufräumen"],
        ["Share", "Teilen"],
    ];
    let last = [["Contacts", "Kontakte"], ["Review", "Prüfen"], ["Definitions", "Definitionen"]];
    for (at, language) in Language::ALL.into_iter().enumerate() {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(language, &demo))).unwrap();
        let names = book.sheet_names();
        assert!(names.len() > 30);
        assert_eq!(names[..first.len()], first.map(|titles| titles[at]));
        assert_eq!(names[names.len() - last.len()..], last.map(|titles| titles[at]));
    }
}

/// Sheets of nothing but a team's figures.
const TEAM_SHEETS: [&str; 12] = [
    "Race",
    "Overlap",
    "Exclusive",
    "Loss",
    "Concentration",
    "Share",
    "Known together",
    "If several leave",
    "Rankings",
    "Fair share",
    "Handover list",
    "Convergence",
];

#[test]
fn a_sheet_without_rows_says_why() {
    for (language, due, why, groups) in [
        (Language::English, "Due", "Nothing to show: in the next days nothing is due.", "Groups"),
        (Language::German, "Fällig", "Nichts zu zeigen: In den nächsten Tagen ist nichts fällig.", "Gruppen"),
    ] {
        let mut book = Xlsx::new(Cursor::new(workbook(language, &demo()))).unwrap();
        let mut said = |sheet: &str| {
            let range = book.worksheet_range(sheet).unwrap();
            assert_eq!(range.height(), 2, "{sheet}");
            range.get((1, 0)).unwrap().to_string()
        };
        assert_eq!(said(due), why);
        assert!(said(groups).contains("three people") || said(groups).contains("drei Menschen"));
    }
}

#[test]
fn one_member_alone_has_no_sheets_of_a_team() {
    let one = team(&["anna".to_owned()]);
    let book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(Language::English, &one))).unwrap();
    let names = book.sheet_names();
    for sheet in TEAM_SHEETS {
        assert!(!names.contains(&sheet.to_owned()), "{sheet}");
    }
    for sheet in ["Overview", "Growth", "Categories", "Clean-up", "Contacts", "Review"] {
        assert!(names.contains(&sheet.to_owned()), "{sheet}");
    }
    let book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(Language::English, &demo()))).unwrap();
    assert!(TEAM_SHEETS.iter().all(|sheet| book.sheet_names().iter().any(|name| name == sheet)));
}

/// All parts of a workbook that are text.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut xml = String::new();
        file.read_to_string(&mut xml).unwrap();
        parts.push((name, xml));
    }
    parts
}

/// Column and row of a cell, from 0.
type Place = (usize, usize);

/// A cell as `$B$12`.
fn cell(text: &str) -> Place {
    let text = text.replace('$', "");
    let split = text.find(|letter: char| letter.is_ascii_digit()).unwrap();
    let column = text[..split].bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (column - 1, text[split..].parse::<usize>().unwrap() - 1)
}

/// The references of all charts: sheet, first and last cell.
fn references(parts: &[(String, String)]) -> Vec<(String, Place, Place)> {
    let charts = parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart"));
    let formulas = charts.flat_map(|(_, xml)| xml.split("<c:f>").skip(1));
    formulas
        .map(|after| {
            let text = after.split("</c:f>").next().unwrap();
            let (sheet, range) = text.rsplit_once('!').unwrap();
            let (first, last) = range.split_once(':').unwrap_or((range, range));
            (sheet.trim_matches('\'').to_owned(), cell(first), cell(last))
        })
        .collect()
}

#[test]
fn charts_refer_to_cells_that_are_there() {
    let many: Vec<String> = (0..40).map(|number| format!("m{number:02}")).collect();
    let pair = ["anna".to_owned(), "ben".to_owned()];
    let none: Vec<String> = Vec::new();
    for (members, fewest, most) in
        [(&none[..], 0, 0), (&pair[..1], 2, 6), (&pair[..], 9, 13), (&many[..], 9, 13)]
    {
        let bytes = workbook(Language::German, &team(members));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        let parts = parts(bytes);
        let charts = parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).count();
        assert!((fewest..=most).contains(&charts), "{} members have {charts} charts", members.len());
        for (sheet, first, last) in references(&parts) {
            let range = book.worksheet_range(&sheet).unwrap();
            assert!(first.0 <= last.0 && first.1 <= last.1, "{sheet}");
            assert!(
                last.0 < range.width() && last.1 < range.height(),
                "{sheet} {last:?} {:?}",
                range.get_size()
            );
            let filled = (first.1..=last.1)
                .flat_map(|row| (first.0..=last.0).map(move |column| (row, column)))
                .any(|place| range.get(place).is_some_and(|cell| !cell.is_empty()));
            assert!(filled, "a chart shows empty cells of {sheet}: {first:?} to {last:?}");
        }
    }
}

/// What Excel repairs or asks about when it opens a file.
#[test]
fn names_and_parts_are_as_excel_wants_them() {
    for language in Language::ALL {
        let parts = parts(workbook(language, &demo()));
        let find = |name: &str| parts.iter().find(|(part, _)| part == name).map(|(_, xml)| xml.as_str());
        let names: Vec<&str> = find("xl/workbook.xml")
            .unwrap()
            .split("<sheet name=\"")
            .skip(1)
            .map(|after| after.split('"').next().unwrap())
            .collect();
        let mut folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), names.len(), "sheet names differ, whatever their case");
        for name in &names {
            assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
            assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
        }
        let types = find("[Content_Types].xml").unwrap();
        for (name, xml) in &parts {
            let mut reader = quick_xml::Reader::from_str(xml);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            assert!(!name.contains("externalLink"), "{name}");
            let is_part = name.starts_with("xl/") && !name.contains("_rels/");
            assert!(!is_part || types.contains(&format!("/{name}")), "{name} has no content type");
        }
        let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        for (name, xml) in sheets {
            assert_eq!(xml.matches("<autoFilter").count(), 1, "{name} has one filter");
            assert_eq!(xml.matches("state=\"frozen\"").count(), 1, "{name} keeps its header in sight");
            assert!(!xml.contains("<tableParts"), "{name}");
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
