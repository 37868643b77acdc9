//! Contacts to clean up, decided on in the team's workbook: no decision is ever lost, and nobody is asked twice.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use calamine::Reader as _;
use common::{TODAY, all, csv, ended, hamstern, manifest, put, stdout};

type Row = BTreeMap<String, String>;

/// Two who cannot be reached, and one who can.
const LIST: &str = "Name;Firma;E-Mail\n\
    Ada Beispiel;Südwind AG;\n\
    Cem Anders;Ostwind KG;\n\
    Mia Sommerfeldt;Kranich AG;mia@kranich.example\n";

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
        team.speak("de", more);
        team.run();
        team
    }

    fn speak(&self, language: &str, more: &str) {
        let text = format!(
            "[team]\ncountry = \"DE\"\ntimezone = \"Europe/Berlin\"\nlanguage = \"{language}\"\n{more}"
        );
        fs::write(self.file("hamstern.toml"), text).expect("written");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self) -> Output {
        let output = self.run_on(TODAY);
        ended(&output, 0);
        output
    }

    fn run_on(&self, day: &str) -> Output {
        let mut command = hamstern(&["run"]);
        command.arg(self.file("hamstern.toml")).args(["--now", day]).output().expect("the program starts")
    }

    fn contact(&self, name: &str) -> Row {
        let contacts = csv(&self.file("out/current/contacts.csv"));
        contacts.into_iter().find(|row| row["name"] == name).expect(name)
    }

    /// A sheet of the workbook as text.
    fn sheet(&self, title: &str) -> Vec<Vec<String>> {
        let bytes = fs::read(self.file("work.xlsx")).expect("a workbook");
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range(title).expect("the sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    /// The names and first cells of the contacts that are asked about.
    fn asked(&self, title: &str) -> Vec<(String, String)> {
        let rows = self.sheet(title).into_iter().skip(1);
        rows.filter(|row| !row[11].is_empty()).map(|row| (row[1].clone(), row[0].clone())).collect()
    }

    /// What the sheet is called now: a person who edits it here gives it another name.
    fn title(&self) -> &'static str {
        let bytes = fs::read(self.file("work.xlsx")).expect("a workbook");
        let book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        if book.sheet_names().iter().any(|name| name == "Meins") { "Meins" } else { "Aufräumen" }
    }

    /// Lets a person write into the sheet; the rows by name: first cell, remark.
    fn answer(&self, title: &str, answers: &[(&str, &str, &str)]) {
        self.edit(title, |rows| {
            for (name, answer, remark) in answers {
                let row = rows.iter_mut().find(|row| row[1] == *name).expect(name);
                (*answer).clone_into(&mut row[0]);
                (*remark).clone_into(&mut row[9]);
            }
        });
    }

    fn edit(&self, title: &str, change: impl FnOnce(&mut Vec<Vec<String>>)) {
        let mut rows = self.sheet(title);
        change(&mut rows);
        self.write(&[("Meins", rows)]);
    }

    fn write(&self, sheets: &[(&str, Vec<Vec<String>>)]) {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet().set_name(*name).expect("a name");
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write(row as u32, column as u16, cell).expect("a cell");
                }
            }
        }
        fs::write(self.file("work.xlsx"), book.save_to_buffer().expect("a workbook")).expect("written");
    }

    /// What a file of answers holds: name, answer.
    fn said(&self, file: &str, column: &str) -> Vec<(String, String)> {
        if !self.file(file).exists() {
            return Vec::new();
        }
        csv(&self.file(file)).iter().map(|row| (row["name"].clone(), row[column].clone())).collect()
    }

    fn kept(&self) -> Vec<(String, String)> {
        self.said("cleanup.csv", "decision")
    }

    fn tiers(&self) -> Vec<(String, String)> {
        self.said("tiers.csv", "tier")
    }

    fn problems(&self) -> usize {
        let review = &manifest(&self.file("out"))["counts"]["review"];
        review["problems"].as_array().expect("a list").len()
    }
}

fn pair(name: &str, said: &str) -> (String, String) {
    (name.to_owned(), said.to_owned())
}

#[test]
fn decisions_are_kept_and_nobody_is_asked_again_for_a_year() {
    let team = Team::new();
    assert_eq!(team.asked("Aufräumen"), [pair("Ada Beispiel", ""), pair("Cem Anders", "")]);
    assert_eq!(team.sheet("Aufräumen")[1][6..8], ["nicht erreichbar".to_owned(), "prüfen".to_owned()]);
    team.answer(
        "Aufräumen",
        &[("Ada Beispiel", "behalten", "alte Freundin; =1+1"), ("Cem Anders", "aussortieren", "")],
    );
    let said = stdout(&team.run());
    assert!(!said.contains("stays as it is"), "{said}");
    assert_eq!(
        (team.kept(), team.tiers()),
        (vec![pair("Ada Beispiel", "keep")], vec![pair("Cem Anders", "D")])
    );
    let line = &csv(&team.file("cleanup.csv"))[0];
    assert_eq!(line["contact_id"], team.contact("Ada Beispiel")["contact_id"]);
    let stamp = ["on", "by", "note"].map(|column| line[column].as_str());
    assert_eq!(stamp, [TODAY, "work.xlsx 000001 clean-up", "alte Freundin; =1+1"]);
    let report = csv(&team.file("out/current/reports/cleanup.csv"));
    let rows: Vec<[&str; 3]> =
        report.iter().map(|row| ["name", "reasons", "kept"].map(|column| row[column].as_str())).collect();
    assert_eq!(rows, [["Cem Anders", "tier_d | no_key", "1"]], "whom somebody keeps is counted only");
    let cem = team.contact("Cem Anders");
    assert_eq!([&cem["tier"], &cem["tier_source"]], ["D", "manual"]);
    let cards = fs::read_to_string(team.file("out/current/contacts.vcf")).expect("cards");
    assert!(cards.contains("Beispiel") && !cards.contains("Anders"), "who is let go leaves the cards");
    assert_eq!(team.asked("Aufräumen"), []);
    let text = fs::read(team.file("cleanup.csv")).expect("a file");
    team.run();
    assert_eq!(fs::read(team.file("cleanup.csv")).expect("a file"), text, "harvested once");
    assert_eq!(team.tiers().len(), 1);
    ended(&team.run_on("2027-06-29"), 0);
    assert_eq!(team.asked("Aufräumen"), []);
    ended(&team.run_on("2027-06-30"), 0);
    assert_eq!(team.asked("Aufräumen"), [pair("Ada Beispiel", "")], "a year later, and not who was let go");
}

#[test]
fn the_sheet_offers_its_answers_and_takes_categories_as_well() {
    let team = Team::new();
    let mut archive =
        zip::ZipArchive::new(fs::File::open(team.file("work.xlsx")).expect("a file")).expect("a ZIP");
    let mut sheet = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet3.xml").expect("the sheet");
    std::io::Read::read_to_string(&mut part, &mut sheet).expect("text");
    assert!(sheet.contains("behalten,aussortieren,A,B,C,später"), "a drop-down");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "header and filter");
    team.answer("Aufräumen", &[("Ada Beispiel", "B", "")]);
    team.run();
    assert_eq!(team.tiers(), [pair("Ada Beispiel", "B")]);
    assert_eq!(team.contact("Ada Beispiel")["tier"], "B");
    assert_eq!(team.asked("Aufräumen"), [pair("Cem Anders", "")], "decided on, it is not asked again");
}

#[test]
fn answers_survive_another_language_and_what_is_put_off_goes_to_the_end() {
    let team = Team::new();
    team.answer(
        "Aufräumen",
        &[("Ada Beispiel", "Später", "erst im Herbst"), ("Cem Anders", "", "wer ist das?")],
    );
    team.speak("en", "");
    team.run();
    assert_eq!(team.asked("Clean up"), [pair("Cem Anders", ""), pair("Ada Beispiel", "later")]);
    assert_eq!(team.sheet("Clean up")[2][9], "erst im Herbst");
    team.edit("Clean up", |rows| rows[2][0] = "keep".into());
    team.speak("de", "");
    team.run();
    assert_eq!(team.kept(), [pair("Ada Beispiel", "keep")]);
    assert_eq!(csv(&team.file("cleanup.csv"))[0]["note"], "erst im Herbst");
    assert_eq!(team.asked("Aufräumen"), [pair("Cem Anders", "")]);
    assert_eq!(team.sheet("Aufräumen")[1][9], "wer ist das?");
}

#[test]
fn what_is_not_understood_stays_in_the_sheet_and_is_told() {
    let team = Team::new();
    team.answer("Aufräumen", &[("Ada Beispiel", "weg damit", "dringend"), ("Cem Anders", "Flamingo", "")]);
    for _ in 0..2 {
        let said = stdout(&team.run());
        assert!(
            said.contains("“weg damit” is no category; it stays in the sheet. Choose keep, archive"),
            "{said}"
        );
        assert!(said.contains("“Flamingo” may be B or C"), "{said}");
        assert_eq!((team.problems(), team.kept().len(), team.tiers().len()), (2, 0, 0));
        assert_eq!(
            team.asked("Aufräumen"),
            [pair("Ada Beispiel", "weg damit"), pair("Cem Anders", "Flamingo")]
        );
        assert_eq!(team.sheet("Aufräumen")[1][9], "dringend");
    }
}

#[test]
fn an_open_workbook_is_read_once_and_minds_can_be_changed_in_it() {
    let team = Team::new();
    let lock = team.file("~$work.xlsx");
    fs::write(&lock, "anna").expect("written");
    for (answer, kept, tiers) in [
        ("behalten", 1, &[][..]),
        ("behalten", 1, &[][..]),
        ("aussortieren", 1, &["D"][..]),
        ("aussortieren", 1, &["D"][..]),
        ("behalten", 2, &["D", "open"][..]),
        ("behalten", 2, &["D", "open"][..]),
    ] {
        team.answer(team.title(), &[("Ada Beispiel", answer, "")]);
        let held = fs::read(team.file("work.xlsx")).expect("a workbook");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx is open"), "{said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
        let said: Vec<String> = team.tiers().into_iter().map(|(_, tier)| tier).collect();
        assert_eq!(
            (team.kept().len(), said),
            (kept, tiers.iter().map(|tier| (*tier).to_owned()).collect()),
            "{answer}"
        );
    }
    assert_ne!(team.contact("Ada Beispiel")["tier"], "D", "kept after all");
    fs::remove_file(lock).expect("removed");
    team.run();
    assert_eq!(team.asked("Aufräumen"), [pair("Cem Anders", "")], "closed, it is renewed");
}

#[test]
fn a_workbook_whose_decisions_cannot_be_told_is_never_replaced() {
    for damage in ["two sheets", "twice", "no header", "no id"] {
        let team = Team::new();
        let (mut rows, mut sort) = (team.sheet("Aufräumen"), team.sheet("Zu sortieren"));
        (rows[1][0], rows[2][0]) = ("aussortieren".into(), "behalten".into());
        match damage {
            "two sheets" => {
                sort.iter_mut().find(|row| row[1] == rows[1][1]).expect("asked in both")[0] = "A".into();
            }
            "twice" => {
                let mut again = rows[1].clone();
                again[0] = "behalten".into();
                rows.push(again);
            }
            "no header" => drop(rows.remove(0)),
            _ => rows[1][11].clear(),
        }
        team.write(&[("Eins", sort), ("Zwei", rows)]);
        let held = fs::read(team.file("work.xlsx")).expect("a workbook");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx stays as it is"), "{damage}: {said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held, "{damage}");
        assert_eq!(team.tiers(), [], "{damage}");
        let told = match damage {
            "two sheets" => "say different things of one contact; neither was taken",
            "twice" => "cell A4: it contradicts the answer on the same contact in cell A2",
            "no header" => "has lost its header “Your category” or “Your decision”",
            _ => "cell A2: the row no longer says which contact it is about",
        };
        assert!(said.contains(told), "{damage}: {said}");
        assert_eq!(
            team.kept().len(),
            usize::from(damage != "no header"),
            "{damage}: the other answer is taken"
        );
    }
}

#[test]
fn decisions_wait_in_the_state_while_their_file_cannot_be_written() {
    let team = Team::with("[tier]\noverrides = \"anderswo/tiers.csv\"\n");
    team.answer("Aufräumen", &[("Ada Beispiel", "behalten", ""), ("Cem Anders", "aussortieren", "")]);
    let said = stdout(&team.run());
    assert!(said.contains("cleanup-waiting.csv") && said.contains("tiers-waiting.csv"), "{said}");
    assert_eq!(team.asked("Aufräumen"), [], "they count all the same");
    fs::create_dir(team.file("anderswo")).expect("made");
    let said = stdout(&team.run());
    assert!(!said.contains("kept in"), "{said}");
    assert!(!team.file("state/cleanup-waiting.csv").exists());
    assert_eq!(team.said("anderswo/cleanup.csv", "decision"), [pair("Ada Beispiel", "keep")]);
    assert_eq!(team.said("anderswo/tiers.csv", "tier"), [pair("Cem Anders", "D")]);
}

#[test]
fn lines_by_hand_count_and_wrong_ones_are_told() {
    let team = Team::new();
    let [ada, cem] = ["Ada Beispiel", "Cem Anders"].map(|name| team.contact(name)["contact_id"].clone());
    let text = format!(
        "Kontakt;Entscheidung;Datum\r\n{ada};behalten;01.06.2026\r\n{cem};vielleicht;\r\nMia;keep;\r\n"
    );
    fs::write(team.file("cleanup.csv"), &text).expect("written");
    let said = stdout(&team.run());
    assert!(said.contains("cleanup.csv, line 3, column decision: “vielleicht” is no decision"), "{said}");
    assert!(said.contains("cleanup.csv, line 4, column contact_id: “Mia” is no contact id"), "{said}");
    assert_eq!(team.asked("Aufräumen"), [pair("Cem Anders", "")]);
    fs::write(team.file("cleanup.csv"), format!("{text}{ada};offen;02.06.2026\r\n")).expect("written");
    team.run();
    assert_eq!(team.asked("Aufräumen").len(), 2, "asked again");
    fs::write(team.file("cleanup.csv"), "Name;Firma\r\nAda;Nordwind\r\n").expect("written");
    let output = team.run_on(TODAY);
    ended(&output, 78);
    assert!(all(&output).contains("contact_id;decision;on;by;note;name"), "{}", all(&output));
}
