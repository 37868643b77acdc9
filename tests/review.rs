//! Questions and answers: the list of open pairs, the team's workbook, decisions.csv and `hamstern review`.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use calamine::Reader as _;
use common::{all, csv, ended, figure, hamstern, manifest, put, run_file, stdout};

type Row = BTreeMap<String, String>;

/// Two members; `Erika` of both is surely one person, the two `Jürgen` and the two `Mia` are questions.
const ANNA: &str = "Name;Firma;E-Mail;Telefon;Ort\n\
    Erika Musterfrau;Nordwind GmbH;erika@nordwind.example;0171 7654321;Kiel\n\
    Jürgen Weißenborn;Lindwurm Logistik;j.weissenborn@lindwurm.example;;Bremen\n\
    Ada Beispiel;Südwind AG;ada@suedwind.example;;Ulm\n\
    Mia Sommerfeldt;Kranich AG;mia@kranich.example;;Trier\n";
const BEN: &str = "Name;Firma;E-Mail;Telefon;Ort\n\
    Erika Musterfrau;Nordwind;erika@nordwind.example;0171 7654321;\n\
    Jürgen Weissenborn;Tannwald Medien;jw@tannwald.example;0172 1111111;Köln\n\
    Cem Anders;Ostwind KG;cem@ostwind.example;;Jena\n\
    Mia Sommerfeldt;Reiher SE;m.s@reiher.example;;Halle\n";

/// A workspace with a pipeline file.
struct Team {
    home: tempfile::TempDir,
}

impl Team {
    /// Everything that is likely at all is asked, whatever the weights.
    fn asking() -> Team {
        Team::with("merge = 0.99999\nreview = 0.001\n")
    }

    fn with(matching: &str) -> Team {
        let team = Team { home: tempfile::tempdir().expect("a folder") };
        put(&team.inbox(), "anna/2026-01-05/list.csv", ANNA.as_bytes());
        put(&team.inbox(), "ben/2026-01-05/list.csv", BEN.as_bytes());
        let text = format!(
            "[team]\ncountry = \"DE\"\ntimezone = \"Europe/Berlin\"\nlanguage = \"de\"\n[match]\n{matching}"
        );
        fs::write(team.file("hamstern.toml"), text).expect("written");
        team
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn inbox(&self) -> PathBuf {
        self.file("inbox")
    }

    fn out(&self) -> PathBuf {
        self.file("out")
    }

    fn run(&self) -> Output {
        let output = run_file(&self.file("hamstern.toml"), &[]);
        ended(&output, 0);
        output
    }

    fn table(&self, name: &str) -> Vec<Row> {
        csv(&self.out().join(format!("current/{name}.csv")))
    }

    /// The record id of a person of one member.
    fn record(&self, member: &str, email: &str) -> String {
        let contacts = self.table("contacts");
        let contact = contacts.iter().find(|row| row["emails"].contains(email)).expect("a contact");
        let trail = self.table("provenance");
        let mut rows =
            trail.iter().filter(|row| row["contact_id"] == contact["contact_id"] && row["member"] == member);
        rows.next().expect("a row")["record_id"].clone()
    }

    /// The contact of a record.
    fn contact(&self, record: &str) -> Row {
        let trail = self.table("provenance");
        let id = &trail.iter().find(|row| row["record_id"] == record).expect(record)["contact_id"];
        self.table("contacts").into_iter().find(|row| row["contact_id"] == *id).expect("a contact")
    }

    fn decide(&self, text: &str) {
        fs::write(self.file("decisions.csv"), text).expect("written");
    }

    fn decisions(&self) -> Vec<Row> {
        csv(&self.file("decisions.csv"))
    }

    fn counts(&self) -> serde_json::Value {
        manifest(&self.out())["counts"]["review"].clone()
    }

    /// Runs `hamstern review` with answers on standard input.
    fn review(&self, input: &str, more: &[&str]) -> Output {
        let mut child = hamstern(&["review", "--by", "ida", "--now", common::TODAY, "--pipeline"])
            .arg(self.file("hamstern.toml"))
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // The program may end before it has read all.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    /// Lets a person edit the sheet of open pairs: its rows as text, the header first.
    fn edit(&self, change: impl FnOnce(&mut Vec<Vec<String>>)) {
        let mut rows = self.sheet();
        change(&mut rows);
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("Offene Paare").expect("a name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row as u32, column as u16, cell).expect("a cell");
            }
        }
        fs::write(self.file("work.xlsx"), book.save_to_buffer().expect("a workbook")).expect("written");
    }

    /// The sheet of open pairs as text.
    fn sheet(&self) -> Vec<Vec<String>> {
        let bytes = fs::read(self.file("work.xlsx")).expect("a workbook");
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("Offene Paare").expect("the sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }
}

/// The record ids of both Jürgen.
fn the_question(team: &Team) -> [String; 2] {
    [team.record("anna", "j.weissenborn@lindwurm"), team.record("ben", "jw@tannwald")]
}

#[test]
fn different_splits_what_was_merged_and_every_value_goes_back() {
    let team = Team::with("");
    team.run();
    let merged = team.table("contacts");
    let erika = merged.iter().find(|row| row["name"] == "Erika Musterfrau").expect("Erika");
    assert_eq!(erika["records"], "2");
    let trail = team.table("provenance");
    let ids: Vec<&String> = trail
        .iter()
        .filter(|row| row["contact_id"] == erika["contact_id"])
        .map(|row| &row["record_id"])
        .collect();
    assert!(ids.iter().all(|id| id.len() == 17 && id.starts_with('r')), "{ids:?}");
    // As a German Excel saves it, with a column of its own, and ids without their letter.
    let text = format!("Wer;b;a;decision;Weil\r\nJörg;{};{};verschieden;weiß ich\r\n", ids[0], &ids[1][1..]);
    let (old, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    fs::write(team.file("decisions.csv"), &old).expect("written");
    let output = team.run();
    assert!(stdout(&output).contains("1 answer in decisions.csv: 1 followed."), "{}", stdout(&output));
    let (one, two) = (team.contact(ids[0]), team.contact(ids[1]));
    assert_ne!(one["contact_id"], two["contact_id"]);
    let values: Vec<(&str, &str)> =
        [&one, &two].iter().map(|row| (row["company"].as_str(), row["city"].as_str())).collect();
    assert!(values.contains(&("Nordwind GmbH", "Kiel")) && values.contains(&("Nordwind", "")), "{values:?}");
    let holders = [one["holders"].as_str(), two["holders"].as_str()];
    assert!(holders.contains(&"anna") && holders.contains(&"ben"));
    let asked = team.table("review");
    assert!(
        asked.iter().all(|row| !ids.contains(&&row["a"]) || !ids.contains(&&row["b"])),
        "not asked again"
    );
    // The others are as they were.
    let others = |rows: &[Row]| -> Vec<Row> {
        rows.iter().filter(|row| row["name"] != "Erika Musterfrau").cloned().collect()
    };
    assert_eq!(others(&merged), others(&team.table("contacts")));
    // A change of mind: the last answer counts, and the file is as the person left it.
    team.decide(&format!("{text}Jörg;{};{};gleich;doch\r\n", ids[0], ids[1]));
    let before = fs::read(team.file("decisions.csv")).expect("a file");
    team.run();
    let again = team.contact(ids[0]);
    assert!(
        [&one, &two].iter().any(|part| part["contact_id"] == again["contact_id"]),
        "the id of one of them"
    );
    let without_id = |mut row: Row| {
        row.remove("contact_id");
        row
    };
    assert_eq!(without_id(again), without_id(erika.clone()));
    assert_eq!(team.counts()["answers"]["replaced"], 1);
    assert_eq!(fs::read(team.file("decisions.csv")).expect("a file"), before);
}

#[test]
fn same_merges_and_survives_renamed_and_exported_files_and_changed_rows() {
    let team = Team::with("");
    team.run();
    let [a, b] = [team.record("anna", "ada@suedwind"), team.record("ben", "cem@ostwind")];
    team.decide(&format!("a,b,decision\n{a},{b},same\n"));
    team.run();
    let contact = team.contact(&a);
    assert_eq!((contact["records"].as_str(), contact["holders"].as_str()), ("2", "anna | ben"));
    assert_eq!(contact["contact_id"], team.contact(&b)["contact_id"]);
    let reason = |id: &str| {
        team.table("provenance").iter().find(|row| row["record_id"] == id).expect("a row")["match_reason"]
            .clone()
    };
    assert_eq!(reason(&a), "decided by a person");
    // Renamed and exported again, in another order.
    fs::remove_dir_all(team.inbox().join("anna")).expect("removed");
    let lines: Vec<&str> = ANNA.lines().collect();
    let turned = format!("{}\n{}\n{}\n{}\n{}\n", lines[0], lines[3], lines[4], lines[2], lines[1]);
    put(&team.inbox(), "anna/2026-02-01/neu.csv", turned.as_bytes());
    team.run();
    assert_eq!(team.contact(&a)["contact_id"], contact["contact_id"]);
    // The row says something else now; again and again, and the answer follows it.
    let mut text = turned;
    for (old, new, day) in
        [("Südwind AG", "Westwind SE", "2026-03-01"), ("ada@suedwind", "ada.b@westwind", "2026-04-01")]
    {
        text = text.replace(old, new);
        fs::remove_dir_all(team.inbox().join("anna")).expect("removed");
        put(&team.inbox(), &format!("anna/{day}/neu.csv"), text.as_bytes());
        team.run();
        let now = team.contact(&b);
        assert_eq!((now["records"].as_str(), &now["contact_id"]), ("2", &contact["contact_id"]), "{day}");
        let answers = &team.counts()["answers"];
        assert_eq!((&answers["followed"], &answers["gone"]), (&1.into(), &0.into()), "{day}");
    }
    assert_eq!(team.decisions()[0]["a"], a, "the file is the person's");
    // Gone with its row, and kept.
    fs::remove_dir_all(team.inbox().join("ben")).expect("removed");
    team.run();
    assert_eq!(team.counts()["answers"]["gone"], 1);
    put(&team.inbox(), "ben/2026-05-01/list.csv", BEN.as_bytes());
    team.run();
    assert_eq!(team.contact(&b)["records"], "2", "it binds again when the row comes back");
}

#[test]
fn contradictions_are_told_asked_first_and_not_followed() {
    let team = Team::with("");
    team.run();
    let ids = [
        team.record("anna", "ada@suedwind"),
        team.record("ben", "cem@ostwind"),
        team.record("anna", "j.weissenborn@lindwurm"),
        team.record("anna", "erika@nordwind"),
    ];
    let before = team.table("contacts");
    let lines = format!(
        "a;b;decision;on;by;note\r\n{0};{1};same;2026-01-01;anna;\r\n{1};{2};same;2026-01-02;ben;\r\n{2};{0};different;2026-01-03;cem;\r\n",
        ids[0], ids[1], ids[2]
    );
    team.decide(&lines);
    let output = team.run();
    let said = stdout(&output);
    assert!(said.contains("! answers contradict each other") && said.contains("2026-01-03, cem"), "{said}");
    let named = said.lines().find(|line| line.starts_with("! answers contradict")).unwrap_or_default();
    assert!(named.contains(" (anna/") && named.contains(" ≠ ") && !named.contains(&ids[0]), "{named}");
    assert_eq!(team.table("contacts"), before, "none of them is followed");
    assert_eq!(manifest(&team.out())["counts"]["review"]["disputes"].as_array().map(Vec::len), Some(3));
    let asked = team.table("review");
    let disputed: Vec<bool> = asked.iter().map(|row| row["disputed"] == "true").collect();
    assert!(disputed[..3].iter().all(|yes| *yes) && disputed[3..].iter().all(|yes| !yes), "{disputed:?}");
    assert!(stdout(&team.review("", &[])).contains("Antworten widersprechen sich"));
    // --quiet is for people who want to hear of this.
    let output = run_file(&team.file("hamstern.toml"), &["--quiet"]);
    assert!(stdout(&output).contains("contradict"), "{}", all(&output));
    // One of them answered anew settles it.
    team.decide(&format!("{lines}{};{};different;;;\r\n", ids[1], ids[2]));
    let output = team.run();
    assert!(!stdout(&output).contains("contradict"), "{}", stdout(&output));
    assert_eq!(team.contact(&ids[0])["contact_id"], team.contact(&ids[1])["contact_id"]);
    assert_ne!(team.contact(&ids[0])["contact_id"], team.contact(&ids[2])["contact_id"]);
}

#[test]
fn lines_that_are_no_answers_are_told_and_a_wrong_file_stops_the_run() {
    let team = Team::with("");
    team.run();
    let text = "a;b;decision\r\n1,23457E+15;r0000000000000001;same\r\nr0000000000000002;r0000000000000001;vielleicht\r\n";
    team.decide(text);
    let said = stdout(&team.run());
    assert!(
        said.contains("decisions.csv, line 2, column a: \u{201c}1,23457E+15\u{201d} is no record id"),
        "{said}"
    );
    assert!(said.contains("decisions.csv, line 3, column decision: \u{201c}vielleicht\u{201d}"), "{said}");
    assert_eq!(fs::read_to_string(team.file("decisions.csv")).expect("a file"), text);
    team.decide("Name;Firma\r\nAda;Nordwind\r\n");
    let output = run_file(&team.file("hamstern.toml"), &[]);
    ended(&output, 78);
    assert!(all(&output).contains("a;b;decision;on;by;note"), "{}", all(&output));
}

#[test]
fn the_list_shows_both_sides_and_what_speaks_for_and_against() {
    let team = Team::asking();
    let output = team.run();
    let [a, b] = the_question(&team);
    let asked = team.table("review");
    let row = asked
        .iter()
        .find(|row| [&row["a"], &row["b"]] == [&a, &b] || [&row["a"], &row["b"]] == [&b, &a])
        .expect("the question");
    let names = [row["name_a"].as_str(), row["name_b"].as_str()];
    assert!(names.contains(&"Jürgen Weißenborn") && names.contains(&"Jürgen Weissenborn"), "{names:?}");
    let sources = [row["source_a"].as_str(), row["source_b"].as_str()];
    assert!(
        sources.contains(&"anna/2026-01-05/list.csv:3") && sources.contains(&"ben/2026-01-05/list.csv:3")
    );
    assert!(row["reasons_for"].contains("gleicher Nachname"), "{row:?}");
    assert!(
        row["reasons_against"].contains("andere Firma") || row["reasons_against"].contains("anderer Ort")
    );
    assert_eq!((row["decision"].as_str(), row["disputed"].as_str()), ("", "false"));
    let ranks: Vec<String> = (1..=asked.len()).map(|rank| rank.to_string()).collect();
    assert!(asked.iter().map(|row| &row["rank"]).eq(ranks.iter()));
    assert!(stdout(&output).contains("may be one person"), "{}", stdout(&output));
    assert_eq!(team.sheet().len(), asked.len() + 1);
    // The table is one like the others.
    let schema = fs::read_to_string(team.out().join("current/schema.json")).expect("a schema");
    assert!(schema.contains("\"review\""));
    assert!(team.out().join("current/review.parquet").is_file());
}

#[test]
fn an_answer_in_the_workbook_is_kept_and_a_row_not_understood_stays() {
    let team = Team::asking();
    team.run();
    let [a, b] = the_question(&team);
    let answers_of = |team: &Team| -> Vec<String> {
        team.sheet().iter().skip(1).filter(|row| !row[0].is_empty()).map(|row| row[0].clone()).collect()
    };
    let named = |row: &[String]| row.contains(&a) && row.contains(&b);
    // Somebody sorts, deletes columns, moves the ids to the front and types what they like.
    team.edit(|rows| {
        let asked = rows.iter().position(|row| named(row)).expect("the question");
        rows[asked][0] = "Vielleicht".into();
        rows[1..].reverse();
        for row in rows.iter_mut() {
            let ids: Vec<String> = row.drain(row.len() - 2..).collect();
            row.drain(3..9);
            row.splice(0..0, ids);
        }
        rows.insert(0, vec![String::new(), "bitte bis Freitag".into()]);
    });
    let line = team.sheet().iter().position(|row| named(row)).expect("the question") + 1;
    let said = stdout(&team.run());
    assert!(said.contains(&format!("cell C{line}: \u{201c}Vielleicht\u{201d} is no answer")), "{said}");
    assert!(!team.file("decisions.csv").exists());
    assert_eq!(answers_of(&team), ["Vielleicht"], "it waits in the new list");
    assert_eq!(manifest(&team.out())["counts"]["review"]["problems"].as_array().map(Vec::len), Some(1));
    // Then the word is put right, and another pair is put off.
    team.edit(|rows| {
        let asked = rows.iter().position(|row| named(row)).expect("the question");
        rows[asked][0] = "Ja!".into();
        let remark = rows[0].iter().position(|title| title == "Ihre Bemerkung").expect("a column");
        let width = rows[0].len();
        rows[asked].resize(width, String::new());
        rows[asked][remark] = "hat geheiratet; =1+1".into();
    });
    team.run();
    assert_eq!(team.contact(&a)["contact_id"], team.contact(&b)["contact_id"]);
    let decisions = team.decisions();
    assert_eq!(decisions.len(), 1);
    let kept = &decisions[0];
    assert_eq!((kept["decision"].as_str(), kept["on"].as_str()), ("same", common::TODAY));
    assert_eq!((kept["by"].as_str(), kept["note"].as_str()), ("work.xlsx 000002", "hat geheiratet; =1+1"));
    assert!(!team.sheet().iter().any(|row| named(row)), "answered for good");
    assert!(team.file("state/work.xlsx").is_file(), "the last sheet that a person touched is kept");
    let before = fs::read(team.file("decisions.csv")).expect("a file");
    team.run();
    assert_eq!(fs::read(team.file("decisions.csv")).expect("a file"), before, "harvested once");
}

#[test]
fn a_workbook_of_an_earlier_run_still_answers() {
    let team = Team::asking();
    team.run();
    let [a, b] = the_question(&team);
    let old = fs::read(team.file("work.xlsx")).expect("a workbook");
    team.run();
    fs::remove_dir_all(team.inbox().join("anna")).expect("removed");
    put(&team.inbox(), "anna/2026-02-01/neu.csv", ANNA.replace("Bremen", "Bremerhaven").as_bytes());
    team.run();
    fs::write(team.file("work.xlsx"), old).expect("written");
    team.edit(|rows| {
        let asked = rows.iter().position(|row| row.contains(&a) && row.contains(&b)).expect("the question");
        rows[asked][0] = "nein".into();
    });
    team.run();
    assert_eq!(team.decisions()[0]["by"], "work.xlsx 000001");
    assert_eq!(team.counts()["answers"]["followed"], 1, "also for the row that has changed since");
    let now = team.record("anna", "j.weissenborn@lindwurm");
    assert_ne!(now, a);
    assert!(!team.sheet().iter().any(|row| row.contains(&now) && row.contains(&b)), "it is settled");
}

#[test]
fn a_workbook_that_is_open_is_read_and_left_alone() {
    let team = Team::asking();
    team.run();
    let [a, b] = the_question(&team);
    let answer = |team: &Team, word: &str| {
        team.edit(|rows| {
            let asked =
                rows.iter().position(|row| row.contains(&a) && row.contains(&b)).expect("the question");
            rows[asked][0] = word.into();
        });
    };
    for lock in ["~$work.xlsx", ".~lock.work.xlsx#"] {
        answer(&team, "verschieden");
        fs::write(team.file(lock), "anna").expect("written");
        let held = fs::read(team.file("work.xlsx")).expect("a workbook");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx is open"), "{said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
        assert_eq!(team.counts()["answers"]["followed"], 1);
        fs::remove_file(team.file(lock)).expect("removed");
    }
    assert_eq!(team.decisions().len(), 1, "the same answer of the same sheet is one answer");
    // Somebody changes their mind elsewhere while the sheet still shows the old answer.
    let mut text = fs::read_to_string(team.file("decisions.csv")).expect("a file");
    text.push_str(&format!("{a};{b};gleich;;anna;\r\n"));
    team.decide(&text);
    fs::write(team.file("~$work.xlsx"), "anna").expect("written");
    team.run();
    assert_eq!(team.contact(&a)["contact_id"], team.contact(&b)["contact_id"]);
    // And in the sheet, still open: that is news.
    answer(&team, "gleich");
    answer(&team, "verschieden");
    team.run();
    assert_eq!(team.contact(&a)["contact_id"], team.contact(&b)["contact_id"], "it said so before");
    fs::remove_file(team.file("~$work.xlsx")).expect("removed");
    team.run();
    assert!(!team.sheet().iter().any(|row| row.contains(&a) && row.contains(&b)), "closed, it is renewed");
}

#[test]
fn a_workbook_that_cannot_be_read_is_never_replaced() {
    let team = Team::asking();
    team.run();
    for (bytes, why) in [(&b"no workbook"[..], "no xlsx"), (b"PK\x03\x04 cut off", "damaged")] {
        fs::write(team.file("work.xlsx"), bytes).expect("written");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx stays as it is") && said.contains(why), "{said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a file"), bytes);
    }
    fs::remove_file(team.file("work.xlsx")).expect("removed");
    team.run();
    // Its header is gone, or ids are: what was answered cannot be told.
    for damage in [0, 1] {
        team.edit(|rows| {
            rows[1][0] = "gleich".into();
            if damage == 0 {
                rows.remove(0);
            } else {
                let last = rows[1].len() - 1;
                rows[1][last].clear();
            }
        });
        let held = fs::read(team.file("work.xlsx")).expect("a workbook");
        let said = stdout(&team.run());
        assert!(said.contains("work.xlsx stays as it is"), "{said}");
        assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
        fs::remove_file(team.file("work.xlsx")).expect("removed");
        team.run();
    }
    assert!(!team.file("decisions.csv").exists());
}

#[test]
fn answers_wait_in_the_state_while_their_file_cannot_be_written() {
    let team = Team::with("merge = 0.99999\nreview = 0.001\ndecisions = \"anderswo/decisions.csv\"\n");
    team.run();
    let output = team.review("y\n", &[]);
    ended(&output, 0);
    assert!(stdout(&output).contains("1 answer is kept in"), "{}", stdout(&output));
    assert!(team.file("state/answers.csv").is_file());
    assert_eq!(team.counts()["answers"]["followed"], 0);
    team.run();
    assert_eq!(team.counts()["answers"]["followed"], 1, "it counts while it waits");
    fs::create_dir(team.file("anderswo")).expect("made");
    let said = stdout(&team.run());
    assert!(!said.contains("kept in"), "{said}");
    assert!(!team.file("state/answers.csv").exists());
    assert_eq!(csv(&team.file("anderswo/decisions.csv")).len(), 1);
}

#[test]
fn the_terminal_asks_answers_and_takes_back() {
    let team = Team::asking();
    team.run();
    let asked = team.table("review");
    assert!(asked.len() >= 2, "two questions");
    let printed = stdout(&team.review("", &[]));
    for row in &asked {
        assert!(printed.contains(&row["name_a"]), "{printed}");
    }
    assert!(printed.contains("≠") && printed.contains("  + gleicher Nachname"), "{printed}");
    assert!(printed.ends_with(&format!("0 beantwortet, {} offen.\n", asked.len())), "{printed}");
    assert!(!team.file("decisions.csv").exists(), "nothing was said");
    // Same, taken back, different; a key that means nothing; skipped; the end.
    let output = team.review("y\nu\nwas?\nn\ns\nq\n", &[]);
    ended(&output, 0);
    let printed = stdout(&output);
    assert!(printed.contains("zurückgenommen") && printed.contains("bitte eine dieser Tasten"), "{printed}");
    assert!(printed.contains("1 beantwortet") && printed.contains("`hamstern run` wendet"), "{printed}");
    let decisions = team.decisions();
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0]["decision"].as_str(), decisions[0]["by"].as_str()), ("different", "ida"));
    assert_eq!([&decisions[0]["a"], &decisions[0]["b"]], [&asked[0]["a"], &asked[0]["b"]]);
    // What is answered is not asked again, even before the next run.
    let lines: Vec<serde_json::Value> = stdout(&team.review("", &["--json"]))
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), asked.len());
    assert_eq!(lines[0]["a"]["record_id"], asked[1]["a"].as_str());
    assert_eq!(lines[lines.len() - 1]["answered"], 1);
    team.run();
    assert_eq!(team.counts()["answers"]["followed"], 1);
    let ids = [&asked[0]["a"], &asked[0]["b"]];
    assert_ne!(team.contact(ids[0])["contact_id"], team.contact(ids[1])["contact_id"]);
}

#[test]
fn results_of_two_folders_carry_their_answers() {
    let team = Team::asking();
    let out = team.file("results");
    ended(&common::run(&team.inbox(), &out, &[]), 0);
    assert!(out.join("work.xlsx").is_file());
    let output = hamstern(&["review", "--out"]).arg(&out).stdin(Stdio::null()).output().expect("it starts");
    ended(&output, 0);
    let trail = csv(&out.join("current/provenance.csv"));
    let id = |member: &str, line: &str| {
        trail.iter().find(|row| row["member"] == member && row["line"] == line).expect("a row")["record_id"]
            .clone()
    };
    put(
        &out,
        "decisions.csv",
        format!("a;b;decision\n{};{};ja\n", id("anna", "4"), id("ben", "4")).as_bytes(),
    );
    let output = common::run(&team.inbox(), &out, &[]);
    ended(&output, 0);
    assert!(stdout(&output).contains("1 answer in decisions.csv: 1 followed."), "{}", stdout(&output));
    for (args, code) in [(&["review", "--out", "nowhere"][..], 66), (&["review"], 66)] {
        let output = hamstern(args).current_dir(team.home.path().join("inbox")).output().expect("it starts");
        ended(&output, code);
    }
    ended(&hamstern(&["review", "--out"]).arg(team.inbox()).output().expect("it starts"), 64);
}

#[test]
fn a_dry_run_follows_answers_and_writes_none() {
    let team = Team::asking();
    team.run();
    team.edit(|rows| rows[1][0] = "gleich".into());
    let held = fs::read(team.file("work.xlsx")).expect("a workbook");
    let output = run_file(&team.file("hamstern.toml"), &["--dry-run"]);
    ended(&output, 0);
    assert_eq!(figure(&output, "contacts") + 1, team.table("contacts").len() as u64);
    assert_eq!(fs::read(team.file("work.xlsx")).expect("a workbook"), held);
    assert!(!team.file("decisions.csv").exists());
}

/// The workbook as a reader of another program sees it.
#[test]
fn the_workbook_has_a_list_to_choose_from() {
    let team = Team::asking();
    team.run();
    let bytes = fs::read(team.file("work.xlsx")).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut sheet = String::new();
    std::io::Read::read_to_string(
        &mut archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet"),
        &mut sheet,
    )
    .expect("text");
    assert!(sheet.contains("gleich,verschieden,später"), "a drop-down");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "header and filter");
    assert!(Path::new(&team.file("work.xlsx")).is_file());
}
