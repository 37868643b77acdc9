//! A workspace from its first minute: `init`, `check`, `inspect`, `run`, mappings and what the flags change.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{TODAY, all, csv, ended, figure, files, hamstern, manifest, put, run, run_file, stdout};

const LIST: &str =
    "Name;Firma;E-Mail;Telefon\nErika Musterfrau;Nordwind;erika@nordwind.example;0171 7654321\n";

fn in_folder(folder: &Path, args: &[&str]) -> Output {
    hamstern(args).current_dir(folder).output().expect("the program starts")
}

fn contact(out: &Path, name: &str) -> std::collections::BTreeMap<String, String> {
    let contacts = csv(&out.join("current/contacts.csv"));
    contacts
        .iter()
        .find(|row| row["name"] == name)
        .unwrap_or_else(|| panic!("no {name} in {contacts:?}"))
        .clone()
}

#[test]
fn a_new_workspace_runs_as_soon_as_a_file_is_in_it() {
    let home = tempfile::tempdir().expect("a folder");
    ended(&in_folder(home.path(), &["init", "team", "--members", "anna,ben"]), 0);
    let team = home.path().join("team");
    for verb in ["check", "run"] {
        let output = in_folder(&team, &[verb]);
        ended(&output, 66);
        assert!(all(&output).contains("hint:"), "{}", all(&output));
    }
    assert!(!team.join("out/current").exists());
    put(&team.join("inbox"), "anna/list.csv", LIST.as_bytes());
    let before = files(&team);
    ended(&in_folder(&team, &["check"]), 0);
    let after = files(&team);
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "nothing of it was changed");
    let output = in_folder(&team, &["run"]);
    ended(&output, 0);
    assert_eq!(
        (figure(&output, "files"), figure(&output, "contacts")),
        (1, 1),
        "the notes of init are no exports"
    );
    assert!(team.join("out/contacts.csv").is_file() && team.join("state/000001.state").is_file());
    assert_eq!(contact(&team.join("out"), "Erika Musterfrau")["holders"], "anna");
    // The results can go; who is who stays.
    let id = contact(&team.join("out"), "Erika Musterfrau")["contact_id"].clone();
    fs::remove_dir_all(team.join("out")).expect("removed");
    let output = in_folder(&team, &["run"]);
    ended(&output, 0);
    assert_eq!((figure(&output, "new"), manifest(&team.join("out"))["generation"].as_u64()), (0, Some(2)));
    assert_eq!(contact(&team.join("out"), "Erika Musterfrau")["contact_id"], id);
}

#[test]
fn wishes_that_a_spreadsheet_adds_below_the_header_of_init_are_read() {
    let home = tempfile::tempdir().expect("a folder");
    ended(&in_folder(home.path(), &["init", "team", "--members", "anna"]), 0);
    let team = home.path().join("team");
    put(&team.join("inbox"), "anna/list.csv", LIST.as_bytes());
    let output = in_folder(&team, &["run"]);
    ended(&output, 0);
    assert!(!all(&output).contains("wish-list.csv"), "the empty list is in order: {}", all(&output));
    let header = fs::read_to_string(team.join("wish-list.csv")).expect("a list");
    // German Excel shows a file without `sep=` in one column and saves what is added in its own columns.
    let header = header.strip_prefix("sep=,\n").expect("it opens in columns everywhere").trim_end();
    fs::write(
        team.join("wish-list.csv"),
        format!("{header};;;\r\nErika Musterfrau;Nordwind;;new\r\nUlf Niemand;;;vertiefen\r\n"),
    )
    .expect("written");
    let output = in_folder(&team, &["run"]);
    ended(&output, 0);
    assert!(all(&output).contains("Wish list: 1 of 2 lines are met"), "{}", all(&output));
    let wishes = csv(&team.join("out/current/wishes.csv"));
    let told: Vec<[&str; 3]> =
        wishes.iter().map(|row| ["name", "company", "want"].map(|column| row[column].as_str())).collect();
    assert_eq!(told, [["Erika Musterfrau", "Nordwind", "new"], ["Ulf Niemand", "", "intensify"]]);
}

#[test]
fn init_overwrites_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    ended(&in_folder(home.path(), &["init", "team"]), 0);
    let before = files(home.path());
    let output = in_folder(home.path(), &["init", "team"]);
    ended(&output, 73);
    assert!(all(&output).contains("hamstern.toml"), "{}", all(&output));
    assert!(before == files(home.path()));
}

#[test]
fn inspect_tells_what_a_file_is() {
    for (file, said) in [
        ("vcard/nokia_21.vcf", &["vCard", "record"][..]),
        (
            "google/google_new_2024.csv",
            &["Google contacts (google-contacts)", "header     line 1", "E-mail 1 - Value  ->  email"],
        ),
        ("outlook/outlook_de_cp1252_semicolon.csv", &["Outlook", "windows-1252", "delimiter  ;"]),
        ("linkedin/excel_utf16_tab/Connections.csv", &["LinkedIn connections", "UTF-16", "delimiter  tab"]),
        (
            "linkedin/Basic_LinkedInDataExport_01-15-2026.zip",
            &["!Connections.csv", "!messages.csv", "1 closed-profile"],
        ),
        (
            "workbook/liste.xlsx",
            &["sheet      Kontakte", "sheet      Archiv", "header     line 3", "Name, Vorname  ->  name"],
        ),
        ("touch_log/treffen_2026.csv", &["Datum  ->  touch_at", "Anlass  ->  touch_kind"]),
    ] {
        let output =
            hamstern(&["inspect"]).arg(Path::new("fixtures").join(file)).output().expect("it starts");
        ended(&output, 0);
        for word in said {
            assert!(stdout(&output).contains(word), "{file}: {word} in\n{}", stdout(&output));
        }
    }
    let output =
        hamstern(&["inspect", "fixtures/list/no_contacts_cities.csv", "fixtures/list/kundenliste_de.csv"])
            .output()
            .expect("it starts");
    ended(&output, 3);
    assert!(
        stdout(&output).contains("refused") && stdout(&output).contains("not Google contacts: "),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("kundenliste_de.csv"), "one refused file does not stop the others");
    let few = |records: &str| {
        let output = hamstern(&["inspect", "--records", records, "fixtures/google/google_old_2020.csv"])
            .output()
            .expect("it starts");
        stdout(&output).lines().filter(|line| line.starts_with("  record ")).count()
    };
    assert_eq!((few("0"), few("2")), (0, 2));
}

#[test]
fn a_workbook_of_two_sheets_is_two_lists() {
    let home = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (home.path().join("inbox"), home.path().join("out"));
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, rows) in [
        (
            "Kunden",
            [["Name", "E-Mail"], ["Ada Beispiel", "ada@x.example"], ["Ben Beispiel", "ben@x.example"]],
        ),
        ("Alte", [["Name", "E-Mail"], ["Cem Beispiel", "cem@x.example"], ["", ""]]),
    ] {
        let page = book.add_worksheet().set_name(sheet).expect("a name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                page.write(row as u32, column as u16, *cell).expect("a cell");
            }
        }
    }
    put(&inbox, "anna/book.xlsx", &book.save_to_buffer().expect("a workbook"));
    ended(&run(&inbox, &out, &[]), 0);
    let places: Vec<(String, String)> = csv(&out.join("current/provenance.csv"))
        .into_iter()
        .map(|row| (row["sheet"].clone(), row["line"].clone()))
        .collect();
    for place in [("Kunden", "2"), ("Kunden", "3"), ("Alte", "2")] {
        assert!(places.contains(&(place.0.to_owned(), place.1.to_owned())), "{place:?} in {places:?}");
    }
    assert_eq!(places.len(), 3);
}

const TABLE: &str = "rec,vor,nach,nr,strasse,ort,plz,land,geb,nummer\n\
    r-1,lena,brandt,12,ringweg,kiel,24103,sh,19870412,5544\n\
    r-2,lena,brant,12,ringweg,kiel,24103,sh,19870412,5544\n\
    r-3,timo,walther,3,am hang,husum,25813,sh,19550101,9912\n\
    r-4,,,,,,,,,\n";

const MAPPING: &str = r#"
[team]
country = "DE"

[[member]]
id = "anna"
name = "Anna Beispiel"

[[source]]
files = "people-*.csv"
distinct = false
trust = 7
channel = "event"
[source.columns]
source_id = "rec"
given_name = "vor"
family_name = "nach"
street = ["strasse", "nr"]
city = "ort"
postcode = "plz"
region = "land"
birthday = "geb"
external_id = "nummer"
"#;

fn mapped(table: &str, mapping: &str) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    put(&home.path().join("inbox"), "anna/sub/people-2026.csv", table.as_bytes());
    let pipeline = home.path().join("hamstern.toml");
    fs::write(&pipeline, mapping).expect("written");
    (home, pipeline)
}

#[test]
fn a_table_that_no_reader_knows_is_read_as_its_mapping_says() {
    let (home, pipeline) = mapped(TABLE, MAPPING);
    let output = run_file(&pipeline, &[]);
    ended(&output, 0);
    let out = home.path().join("out");
    let trail = csv(&out.join("current/provenance.csv"));
    let of = |id: &str| {
        trail.iter().find(|row| row["source_id"] == id).unwrap_or_else(|| panic!("{id} in {trail:?}"))
    };
    assert_eq!(of("r-1")["contact_id"], of("r-2")["contact_id"], "one person with a typing error");
    assert_ne!(of("r-1")["contact_id"], of("r-3")["contact_id"]);
    assert_eq!((of("r-3")["file"].as_str(), of("r-3")["line"].as_str()), ("anna/sub/people-2026.csv", "4"));
    let timo = contact(&out, "Timo Walther");
    for (column, value) in [
        ("street", "am hang 3"),
        ("city", "husum"),
        ("postcode", "25813"),
        ("birthday", "1955-01-01"),
        ("external_ids", "9912"),
        ("channels", "event"),
        ("holders", "anna"),
    ] {
        assert_eq!(timo[column].to_lowercase(), value, "{column}");
    }
    assert_eq!(
        (figure(&output, "read"), figure(&output, "kept")),
        (4, 4),
        "a row's own name is enough to keep it"
    );
    assert!(
        trail.iter().all(|row| row["source_id"] == "r-4" || row["contact_id"] != of("r-4")["contact_id"])
    );
}

#[test]
fn a_mapping_that_names_a_missing_column_is_said_with_the_file() {
    let (_home, pipeline) = mapped(TABLE, &MAPPING.replace("\"ort\"", "\"wohnort\""));
    let output = run_file(&pipeline, &[]);
    ended(&output, 65);
    let said = all(&output);
    assert!(said.contains("people-2026.csv") && said.contains("wohnort"), "{said}");
}

#[test]
fn country_language_and_zone_can_be_set() {
    let home = tempfile::tempdir().expect("a folder");
    let inbox = home.path().join("inbox");
    put(&inbox, "anna/list.csv", LIST.as_bytes());
    put(
        &inbox,
        "anna/log.csv",
        "Datum;Name;E-Mail;Anlass\n05.01.2026;Erika Musterfrau;erika@nordwind.example;Treffen\n".as_bytes(),
    );
    for (number, (args, phone, said)) in [
        (&["--country", "de"][..], "+491717654321", ["DE", "de", "Europe/Berlin"]),
        (&["--country", "AT"], "+431717654321", ["AT", "de", "Europe/Vienna"]),
        (
            &["--country", "CH", "--lang", "en", "--timezone", "America/New_York"],
            "",
            ["CH", "en", "America/New_York"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let out = home.path().join(format!("out{number}"));
        ended(&run(&inbox, &out, args), 0);
        let locale = &manifest(&out)["locale"];
        assert_eq!(
            [&locale["country"], &locale["language"], &locale["timezone"]],
            said.map(serde_json::Value::from).each_ref()
        );
        if !phone.is_empty() {
            assert_eq!(contact(&out, "Erika Musterfrau")["phones"], phone);
        }
    }
}

#[test]
fn the_zone_decides_the_day_of_a_touch_and_now_what_lies_in_the_future() {
    let home = tempfile::tempdir().expect("a folder");
    let inbox = home.path().join("inbox");
    put(&inbox, "anna/Connections.csv", b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Beispiel,https://www.linkedin.com/in/ada-beispiel,,Nordwind,Chefin,05 Jan 2026\n");
    put(&inbox, "anna/messages.csv", b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
        2-a,,Ada Beispiel,https://www.linkedin.com/in/ada-beispiel,Anna Muster,https://www.linkedin.com/in/anna-muster,2026-02-01 23:30:00 UTC,,hello,INBOX\n");
    let touched = |zone: &str, now: &str| -> Vec<String> {
        let out = home.path().join(format!("out-{}-{now}", zone.replace('/', "-")));
        let output = hamstern(&["run", "--timezone", zone, "--now", now, "--inbox"])
            .arg(&inbox)
            .arg("--out")
            .arg(&out)
            .env("TZ", "Asia/Tokyo")
            .output()
            .expect("the program starts");
        ended(&output, 0);
        assert_eq!(manifest(&out)["today"], now);
        csv(&out.join("current/touches.csv")).into_iter().map(|row| row["on"].clone()).collect()
    };
    assert_eq!(touched("Europe/Berlin", TODAY), ["2026-02-02"]);
    assert_eq!(touched("America/New_York", TODAY), ["2026-02-01"]);
    assert_eq!(touched("UTC", "2026-03-01"), ["2026-02-01"]);
}
