//! Categories set by hand: in the team's workbook, in tiers.csv, and kept for good whatever happens to either.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use calamine::{DataType as _, Reader as _};
use chrono::NaiveDate;
use common::{TODAY, all, csv, ended, manifest, put, run_file, stdout};
use hamstern::table::Language;
use hamstern::write::work::{SortLine, SortRow, WorkBook};

type Row = BTreeMap<String, String>;

const LIST: &str = "Name;Firma;E-Mail\n\
    Ada Beispiel;Südwind AG;ada@suedwind.example\n\
    Cem Anders;Ostwind KG;cem@ostwind.example\n\
    Mia Sommerfeldt;Kranich AG;mia@kranich.example\n";

/// A workspace with three contacts.
struct Team {
    home: tempfile::TempDir,
}

impl Team {
    fn new() -> Team {
        Team::with("")
    }

    /// A workspace that has had its first run; `more` goes to the end of its pipeline file.
    fn with(more: &str) -> Team {
        let team = Team { home: tempfile::tempdir().expect("a folder") };
        put(&team.file("inbox"), "anna/2026-01-05/list.csv", LIST.as_bytes());
        let text =
            format!("[team]\ncountry = \"DE\"\ntimezone = \"Europe/Berlin\"\nlanguage = \"de\"\n{more}");
        fs::write(team.file("hamstern.toml"), text).expect("written");
        team.run();
        team
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self) -> Output {
        let output = run_file(&self.file("hamstern.toml"), &[]);
        ended(&output, 0);
        output
    }

    /// The id of a contact.
    fn contact(&self, name: &str) -> String {
        let contacts = csv(&self.file("out/current/contacts.csv"));
        contacts.iter().find(|row| row["name"] == name).expect(name)["contact_id"].clone()
    }

    /// Writes a workbook that asks for these contacts as a run does, what stands in their first cells and their
    /// remarks included.
    fn ask(&self, lines: &[(&str, &str, &str)]) {
        let rows: Vec<SortRow> = lines
            .iter()
            .map(|(name, ..)| SortRow {
                contact_id: self.contact(name),
                name: (*name).to_owned(),
                company: "Südwind AG".to_owned(),
                known_to: vec!["anna".to_owned(), "ben".to_owned()],
                last_touch: NaiveDate::from_ymd_opt(2026, 5, 17),
                score: Some(0.75),
                ..SortRow::default()
            })
            .collect();
        let lines: Vec<SortLine<'_>> = rows
            .iter()
            .zip(lines)
            .map(|(row, (_, answer, remark))| SortLine::Contact { row, answer, remark })
            .collect();
        let today: NaiveDate = TODAY.parse().expect("a day");
        let mut book = WorkBook::new(Language::German, today).expect("a workbook");
        book.pairs(&[], "000001").expect("written");
        book.to_sort(&lines, "000001").expect("written");
        book.help([0, 12, 0]).expect("written");
        let mut bytes = Vec::new();
        book.finish(&mut bytes).expect("written");
        fs::write(self.file("work.xlsx"), bytes).expect("written");
    }

    /// The sheet of contacts to sort as text.
    fn sheet(&self) -> Vec<Vec<String>> {
        let bytes = fs::read(self.file("work.xlsx")).expect("a workbook");
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("Zu sortieren").expect("the sheet");
        let text = |cell: &calamine::Data| match cell {
            calamine::Data::DateTime(_) => cell.as_date().expect("a day").to_string(),
            _ => cell.to_string(),
        };
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    /// Lets a person edit that sheet, and give it another name.
    fn edit(&self, name: &str, change: impl FnOnce(&mut Vec<Vec<String>>)) {
        let mut rows = self.sheet();
        change(&mut rows);
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row as u32, column as u16, cell).expect("a cell");
            }
        }
        fs::write(self.file("work.xlsx"), book.save_to_buffer().expect("a workbook")).expect("written");
    }

    fn tiers(&self) -> Vec<Row> {
        csv(&self.file("tiers.csv"))
    }

    /// What is in tiers.csv: names and categories.
    fn said(&self) -> Vec<(String, String)> {
        self.tiers().iter().map(|row| (row["name"].clone(), row["tier"].clone())).collect()
    }

    /// What was not understood.
    fn problems(&self) -> usize {
        let review = &manifest(&self.file("out"))["counts"]["review"];
        review["problems"].as_array().expect("a list").len()
    }
}

fn pair(name: &str, tier: &str) -> (String, String) {
    (name.to_owned(), tier.to_owned())
}

#[test]
fn a_category_in_the_workbook_is_kept_in_tiers_csv() {
    let team = Team::new();
    team.ask(&[("Ada Beispiel", "A", "Chefin; =1+1"), ("Cem Anders", "", ""), ("Mia Sommerfeldt", "d", "")]);
    let said = stdout(&team.run());
    assert!(!said.contains("stays as it is"), "{said}");
    let tiers = team.tiers();
    assert_eq!(team.said(), [pair("Ada Beispiel", "A"), pair("Mia Sommerfeldt", "D")]);
    let first = &tiers[0];
    assert_eq!(first["contact_id"], team.contact("Ada Beispiel"));
    assert_eq!([&first["on"], &first["by"], &first["note"]], [TODAY, "work.xlsx 000001", "Chefin; =1+1"]);
    let text = fs::read_to_string(team.file("tiers.csv")).expect("a file");
    assert!(text.starts_with("\u{feff}contact_id;tier;on;by;note;name\r\n"), "{text}");
    assert!(team.file("state/work.xlsx").is_file(), "the last sheet that a person touched is kept");
    team.run();
    assert_eq!(fs::read_to_string(team.file("tiers.csv")).expect("a file"), text, "harvested once");
}

#[test]
fn a_sheet_that_people_have_turned_round_is_still_read() {
    let team = Team::new();
    team.ask(&[("Ada Beispiel", "", ""), ("Cem Anders", "", ""), ("Mia Sommerfeldt", "", "")]);
    // Renamed, sorted the other way round, a row gone, ids first, columns gone, English headers, a note on top.
    team.edit("Meine Liste", |rows| {
        rows[1..].reverse();
        rows.pop();
        rows[1][0] = "A = wichtig".into();
        rows[2][0] = "Einhorn".into();
        for row in rows.iter_mut() {
            let id = row.pop().expect("an id");
            row.drain(2..8);
            row.insert(0, id);
        }
        rows[0][0] = "Ids".into();
        rows[0][1] = "YOUR CATEGORY".into();
        rows.insert(0, vec![String::new(), "bitte bis Freitag".into()]);
    });
    team.run();
    assert_eq!(team.said(), [pair("Mia Sommerfeldt", "A"), pair("Cem Anders", "A")]);
}

#[test]
fn what_is_not_understood_stays_in_the_sheet_and_what_is_put_off_goes_to_its_end() {
    let team = Team::with("[tier]\nsort_most = 0\n");
    team.ask(&[
        ("Ada Beispiel", "Flamingo", "mal sehen"),
        ("Cem Anders", "später", "erst im Herbst"),
        ("Mia Sommerfeldt", "A/B", ""),
    ]);
    let said = stdout(&team.run());
    assert!(
        said.contains(
            "sheet “Zu sortieren”, cell A2: “Flamingo” may be B or C; it stays in the sheet. Choose A"
        ),
        "{said}"
    );
    assert!(said.contains("cell A4: “A/B” leaves open which category is meant"), "{said}");
    assert_eq!(team.problems(), 2);
    assert!(!team.file("tiers.csv").exists());
    // They are told again from the new sheet, where they stand with all that was known.
    team.run();
    assert_eq!(team.problems(), 2);
    let rows = team.sheet();
    let of = |name: &str| rows.iter().find(|row| row[1] == name).expect(name);
    assert_eq!([&of("Ada Beispiel")[0], &of("Ada Beispiel")[10]], ["Flamingo", "mal sehen"]);
    assert_eq!([&of("Cem Anders")[0], &of("Cem Anders")[10]], ["später", "erst im Herbst"]);
    assert_eq!(of("Cem Anders")[6..8], ["anna, ben".to_owned(), "2026-05-17".to_owned()]);
    assert_eq!([&of("Cem Anders")[8], &of("Cem Anders")[11]], ["0.75", "000001"]);
    // Put right, they are answers with their remarks.
    team.edit("Zu sortieren", |rows| {
        let [ada, cem] = ["Ada Beispiel", "Cem Anders"]
            .map(|name| rows.iter().position(|row| row[1] == name).expect("a row"));
        rows[ada][0] = "B".into();
        rows[cem][0] = "C".into();
    });
    team.run();
    let mut said = team.said();
    said.sort();
    assert_eq!(said, [pair("Ada Beispiel", "B"), pair("Cem Anders", "C")]);
    let notes: Vec<String> = team.tiers().iter().map(|row| row["note"].clone()).collect();
    assert!(notes.contains(&"mal sehen".to_owned()) && notes.contains(&"erst im Herbst".to_owned()));
    assert_eq!(
        team.sheet().iter().filter(|row| row[1].contains(' ')).count(),
        1,
        "one is still to be sorted"
    );
}

#[test]
fn a_row_put_off_goes_when_the_contact_is_sorted_elsewhere() {
    let team = Team::with("[tier]\nsort_most = 0\n");
    team.ask(&[("Ada Beispiel", "später", ""), ("Cem Anders", "später", "")]);
    team.run();
    let id = team.contact("Ada Beispiel");
    fs::write(team.file("tiers.csv"), format!("contact_id;tier\r\n{id};B\r\n")).expect("written");
    team.run();
    let names: Vec<String> = team.sheet().iter().skip(1).map(|row| row[1].clone()).collect();
    assert_eq!(names, ["Cem Anders"]);
}

#[test]
fn a_workbook_whose_answers_cannot_be_told_is_never_replaced() {
    for damage in ["contradiction", "no header", "no id"] {
        let team = Team::new();
        team.ask(&[("Ada Beispiel", "A", ""), ("Cem Anders", "B", "")]);
        team.edit("Zu sortieren", |rows| match damage {
            "contradiction" => {
                let mut again = rows[1].clone();
                again[0] = "C".into();
                rows.push(again);
            }
            "no header" => drop(rows.remove(0)),
            _ => rows[1][12].clear(),
        });
        let held = fs::read(team.file("work.xlsx")).expect("a workbook");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx stays as it is"), "{damage}: {said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held, "{damage}");
        match damage {
            "contradiction" => {
                assert!(
                    said.contains("cell A4: it contradicts the answer on the same contact in cell A2"),
                    "{said}"
                );
                assert_eq!(team.said(), [pair("Cem Anders", "B")]);
            }
            "no header" => {
                assert!(said.contains("has lost its header “Your category”"), "{said}");
                assert!(!team.file("tiers.csv").exists());
            }
            _ => {
                assert!(said.contains("cell A2: the row no longer says which contact it is about"), "{said}");
                assert_eq!(team.said(), [pair("Cem Anders", "B")]);
            }
        }
    }
}

#[test]
fn a_workbook_that_is_open_is_read_once_and_left_alone() {
    let team = Team::new();
    team.ask(&[("Ada Beispiel", "A", "")]);
    let held = fs::read(team.file("work.xlsx")).expect("a workbook");
    for lock in ["~$work.xlsx", ".~lock.work.xlsx#"] {
        fs::write(team.file(lock), "anna").expect("written");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx is open"), "{said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
        fs::remove_file(team.file(lock)).expect("removed");
    }
    assert_eq!(team.said(), [pair("Ada Beispiel", "A")], "the same word of the same sheet is one");
    // Somebody changes their mind elsewhere while the sheet still shows the old word.
    fs::write(team.file("~$work.xlsx"), "anna").expect("written");
    let mut text = fs::read_to_string(team.file("tiers.csv")).expect("a file");
    text.push_str(&format!("{};B;;anna;;\r\n", team.contact("Ada Beispiel")));
    fs::write(team.file("tiers.csv"), &text).expect("written");
    team.run();
    assert_eq!(fs::read_to_string(team.file("tiers.csv")).expect("a file"), text, "no news");
    // And in the sheet: that is news.
    team.edit("Zu sortieren", |rows| rows[1][0] = "C".into());
    team.run();
    let tiers: Vec<String> = team.tiers().iter().map(|row| row["tier"].clone()).collect();
    assert_eq!(tiers, ["A", "B", "C"]);
    fs::remove_file(team.file("~$work.xlsx")).expect("removed");
    team.run();
    assert!(team.sheet().iter().all(|row| row[1] != "Ada Beispiel"), "closed, it is renewed");
}

#[test]
fn categories_wait_in_the_state_while_their_file_cannot_be_written() {
    let team = Team::with("[tier]\noverrides = \"anderswo/tiers.csv\"\n");
    team.ask(&[("Ada Beispiel", "A", "")]);
    let said = stdout(&team.run());
    assert!(said.contains("1 answer is kept in") && said.contains("tiers-waiting.csv"), "{said}");
    assert!(team.file("state/tiers-waiting.csv").is_file());
    fs::create_dir(team.file("anderswo")).expect("made");
    let said = stdout(&team.run());
    assert!(!said.contains("kept in"), "{said}");
    assert!(!team.file("state/tiers-waiting.csv").exists());
    assert_eq!(csv(&team.file("anderswo/tiers.csv")).len(), 1);
}

#[test]
fn lines_that_set_nothing_are_told_and_a_wrong_file_stops_the_run() {
    let team = Team::new();
    let text = format!("Kontakt;Kategorie\r\nAda;A\r\n{};wichtig\r\n", team.contact("Ada Beispiel"));
    fs::write(team.file("tiers.csv"), &text).expect("written");
    let said = stdout(&team.run());
    assert!(said.contains("tiers.csv, line 2, column contact_id: “Ada” is no contact id"), "{said}");
    assert!(said.contains("tiers.csv, line 3, column tier: “wichtig” is no category"), "{said}");
    assert_eq!((team.problems(), fs::read_to_string(team.file("tiers.csv")).ok()), (2, Some(text)));
    // --quiet is for people who want to hear of this.
    let output = run_file(&team.file("hamstern.toml"), &["--quiet"]);
    assert!(stdout(&output).contains("is no category"), "{}", all(&output));
    fs::write(team.file("tiers.csv"), "Name;Firma\r\nAda;Nordwind\r\n").expect("written");
    let output = run_file(&team.file("hamstern.toml"), &[]);
    ended(&output, 78);
    assert!(all(&output).contains("contact_id;tier;on;by;note;name"), "{}", all(&output));
}

#[test]
fn a_dry_run_writes_nothing_and_two_folders_have_their_own_file() {
    let team = Team::new();
    team.ask(&[("Ada Beispiel", "A", "")]);
    let held = fs::read(team.file("work.xlsx")).expect("a workbook");
    ended(&run_file(&team.file("hamstern.toml"), &["--dry-run"]), 0);
    assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
    assert!(!team.file("tiers.csv").exists());
    let out = team.file("results");
    ended(&common::run(&team.file("inbox"), &out, &[]), 0);
    put(&out, "work.xlsx", &held);
    ended(&common::run(&team.file("inbox"), &out, &[]), 0);
    assert_eq!(csv(&out.join("tiers.csv"))[0]["tier"], "A");
}

/// The sheet as a reader of another program sees it.
#[test]
fn the_sheet_has_a_list_to_choose_from_and_says_how_much_is_left() {
    let team = Team::new();
    team.ask(&[("Ada Beispiel", "", "")]);
    let bytes = fs::read(team.file("work.xlsx")).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    let mut sheet = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet2.xml").expect("a sheet");
    std::io::Read::read_to_string(&mut part, &mut sheet).expect("text");
    assert!(sheet.contains("A,B,C,D,später"), "a drop-down");
    assert!(sheet.contains("sqref=\"A2:A202\""), "also below the list");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "header and filter");
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(&bytes)).expect("a workbook");
    let range = book.worksheet_range("Zu sortieren").expect("the sheet");
    let row = range.rows().nth(1).expect("a row");
    assert!(row[7].is_datetime() && row[8].is_float(), "{row:?}");
    let help = book.worksheet_range("Hilfe").expect("the sheet");
    let told = help.rows().any(|row| row[0] == "Weitere Kontakte ohne Kategorie, die hier nicht stehen: 12.");
    assert!(told);
}
