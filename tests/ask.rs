//! Questions to the results: `who` finds people however they are typed, `explain` tells the sum behind a pair.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{TODAY, all, csv, ended, hamstern, put, run, stdout};
use serde_json::Value;

const CONNECTIONS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Juergen,Groß,https://www.linkedin.com/in/juergen-gross-1a2,,Lindwurm Logistik GmbH,Einkaufsleiter,05 Jan 2026\n\
    Hedwig,Tannert,https://www.linkedin.com/in/hedwig-tannert,,Beispiel AG,Leiterin,04 Jan 2026\n\
    Josef,Huber,https://www.linkedin.com/in/josef-huber-9,,Nordwind GmbH,Monteur,03 Jan 2024\n\
    Ben,Okafor,https://www.linkedin.com/in/ben-okafor-5,,Nordwind GmbH,Planer,02 Jan 2024\n\
    Kim,Le,https://www.linkedin.com/in/kim-1,,Quellhof,Planerin,02 Jan 2024\n\
    Kim,Le,https://www.linkedin.com/in/kim-2,,Quellhof,Planerin,02 Jan 2024\n";
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Groß;Jürgen;;Dr.;\r\nORG:Lindwurm\r\nTEL;TYPE=CELL:0171 5550101\r\nEND:VCARD\r\n";
const MEETINGS: &str = "Datum;Name;Firma;Anlass;Kategorie\n14.01.2026;Groß, Jürgen;Lindwurm;Messe;A\n";
const LIST: &str = "Vorname;Nachname;E-Mail;Firma\nJürgen;Gross;j.gross@lindwurm.example;Lindwurm Logistik\n\
    Jürgen;Groß;jg@tannwald.example;Tannwald Medien\n";
const GUESTS: &str = "Gast;Firma;E-Mail\n\
    Jürgen Groß;Lindwurm;\n\
    Gross, Jürgen;;\n\
    ;Tannwald;jg@tannwald.example\n\
    Sepp Huber;Nordwind AG;\n\
    Hedwig Tannret;Beispiel;\n\
    Petra Fremd;Nordwind;\n\
    Xaver Quendel;+Plus GmbH;\n";

/// A team of two with its results, which go away with it.
struct Team {
    home: tempfile::TempDir,
}

impl Team {
    fn new() -> Team {
        let team = Team { home: tempfile::tempdir().expect("a folder") };
        let inbox = team.inbox();
        put(&inbox, "anna/Connections.csv", CONNECTIONS.as_bytes());
        put(&inbox, "anna/iPhone.vcf", CARD.as_bytes());
        put(&inbox, "anna/Messen.csv", MEETINGS.as_bytes());
        put(&inbox, "ben/Kontakte.csv", LIST.as_bytes());
        ended(&run(&inbox, &team.out(), &[]), 0);
        team
    }

    fn inbox(&self) -> PathBuf {
        self.home.path().join("inbox")
    }

    fn out(&self) -> PathBuf {
        self.home.path().join("out")
    }

    /// The id of the contact of a name and the beginning of an employer.
    fn id(&self, name: &str, company: &str) -> String {
        let contacts = csv(&self.out().join("contacts.csv"));
        let row = contacts.iter().find(|row| row["name"] == name && row["company"].starts_with(company));
        row.unwrap_or_else(|| panic!("no {name}"))["contact_id"].clone()
    }

    fn who(&self, args: &[&str]) -> Output {
        hamstern(&["who"]).args(args).arg("--out").arg(self.out()).output().expect("the program starts")
    }

    fn explain(&self, args: &[&str]) -> Output {
        let mut command = hamstern(&["explain"]);
        command.args(args).arg("--inbox").arg(self.inbox()).arg("--out").arg(self.out());
        command.output().expect("the program starts")
    }

    fn file(&self, name: &str, text: &str) -> String {
        put(self.home.path(), name, text.as_bytes());
        self.home.path().join(name).to_string_lossy().into_owned()
    }
}

/// The JSON lines that a command printed.
fn json(output: &Output) -> Vec<Value> {
    let parsed = stdout(output).lines().map(serde_json::from_str).collect::<Result<_, _>>();
    parsed.unwrap_or_else(|error| panic!("{error}: {}", all(output)))
}

fn of_type<'a>(lines: &'a [Value], message_type: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["message_type"] == message_type).collect()
}

fn keys(value: &Value) -> String {
    value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

#[test]
fn people_are_found_however_they_are_typed() {
    let team = Team::new();
    let (lindwurm, tannwald) = (team.id("Jürgen Groß", "Lindwurm"), team.id("Jürgen Groß", "Tannwald"));
    let (hedwig, josef) = (team.id("Hedwig Tannert", ""), team.id("Josef Huber", ""));
    let ben = team.id("Ben Okafor", "");
    let both = [lindwurm.as_str(), tannwald.as_str()];
    for (typed, expected) in [
        ("Jürgen Groß", &both[..]),
        ("Juergen Gross", &both),
        ("jurgen gros", &both),
        ("Groß, Jürgen", &both),
        ("GROSS JÜRGEN", &both),
        ("Herr Dr. Jürgen Groß", &both),
        ("J. Groß", &both),
        ("Jürgne Groß", &both),
        ("Jürgen Groß Lindwurm", &both[..1]),
        ("Gross Tannwald Medien", &both[1..]),
        ("J.Gross@Lindwurm.example", &both[..1]),
        ("0171/5550101", &both[..1]),
        ("+49 171 5550101", &both[..1]),
        ("https://www.linkedin.com/in/juergen-gross-1a2/", &both[..1]),
        ("linkedin.com/in/Juergen-Gross-1a2?trk=x", &both[..1]),
        (&tannwald, &both[1..]),
        (&tannwald.to_uppercase(), &both[1..]),
        ("Sepp Huber", &[&josef]),
        ("Huber", &[&josef]),
        ("Hedwig Tannret", &[&hedwig]),
        ("Hedwig Maria Tannert", &[&hedwig]),
        ("ben okafor", &[&ben]),
    ] {
        let output = team.who(&[typed, "--json"]);
        ended(&output, 0);
        let lines = json(&output);
        let mut found: Vec<&str> =
            of_type(&lines, "person").iter().map(|line| text(line, "contact_id")).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{typed}: {}", all(&output));
    }
    // Words of a name need no quotes.
    assert_eq!(stdout(&team.who(&["Sepp", "Huber"])), stdout(&team.who(&["Sepp Huber"])));
    for nobody in ["Xaver Quendel", "nobody@nowhere.example", "+49 30 999999", "c000000000000", "Jürgen"] {
        let output = team.who(&[nobody]);
        ended(&output, if nobody == "Jürgen" { 0 } else { 66 });
    }
    assert_eq!(all(&team.who(&["Huber", "--quiet"])), "");
}

#[test]
fn the_best_path_is_told_with_its_reason() {
    let team = Team::new();
    let output = team.who(&["Jürgen Groß Lindwurm"]);
    ended(&output, 0);
    let shown = stdout(&output);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("name         company"), "{shown}");
    assert!(lines[1].contains("anna") && lines[2].trim_start().starts_with("ben"), "{shown}");
    assert_eq!(
        lines.last().copied(),
        Some(
            "Best path to Jürgen Groß, Lindwurm Logistik GmbH: anna: met 2026-01-14, 1 touch, steady 0.49, linkedin + phone + \
             sheet, connected 2026-01-05"
        )
    );
    let lines = json(&team.who(&["Jürgen Groß Lindwurm", "--json"]));
    let person = of_type(&lines, "person")[0];
    assert_eq!(keys(person), "city company contact_id kind match message_type name paths points position");
    let members: Vec<&str> =
        person["paths"].as_array().expect("paths").iter().map(|path| text(path, "member")).collect();
    assert_eq!(members, ["anna", "ben"]);
    assert_eq!(
        keys(&person["paths"][0]),
        "band channels connected_on ended_on first_seen last_kind last_touch member since strength touches words"
    );
    assert_eq!(keys(lines.last().expect("a summary")), "as_of colleagues companies message_type people");
}

#[test]
fn a_company_is_all_people_there_by_member() {
    let team = Team::new();
    for typed in ["Nordwind", "nordwind ag", "NORDWIND GmbH & Co. KG", "Nordwnid"] {
        let lines = json(&team.who(&[typed, "--json"]));
        let [company] = of_type(&lines, "company")[..] else { panic!("{typed}: {lines:?}") };
        assert_eq!(
            (text(company, "company"), company["people"].as_u64()),
            ("Nordwind GmbH", Some(2)),
            "{typed}"
        );
        assert_eq!(text(&company["members"][0], "member"), "anna");
        assert!(of_type(&lines, "person").is_empty(), "{typed}");
    }
    let shown = stdout(&team.who(&["lindwurm"]));
    assert!(shown.contains("Lindwurm Logistik GmbH: 1 person, known to 2 of 2"), "{shown}");
    let output = team.who(&["Petra Fremd, Nordwind"]);
    ended(&output, 0);
    assert!(
        stdout(&output).starts_with("Nobody of us knows Petra Fremd, Nordwind; but we know people there:")
    );
}

#[test]
fn a_guest_list_is_answered_row_by_row_and_never_by_the_first_of_two() {
    let team = Team::new();
    let list = team.file("guests.csv", GUESTS);
    let table = team.home.path().join("answer.csv");
    let output = team.who(&[&list, "--json", "--csv", &table.to_string_lossy()]);
    ended(&output, 0);
    let lines = json(&output);
    let guests = of_type(&lines, "guest");
    let told: Vec<(u64, &str, usize)> = guests
        .iter()
        .map(|guest| {
            let candidates = guest["candidates"].as_array().expect("candidates").len();
            (guest["line"].as_u64().expect("a line"), text(guest, "known"), candidates)
        })
        .collect();
    assert_eq!(
        told,
        [
            (2, "sure", 1),
            (3, "possible", 2),
            (4, "sure", 1),
            (5, "sure", 1),
            (6, "likely", 1),
            (7, "no", 0),
            (8, "no", 0),
        ],
        "{}",
        all(&output)
    );
    assert_eq!(text(&guests[0]["candidates"][0], "contact_id"), team.id("Jürgen Groß", "Lindwurm"));
    assert_eq!(text(&guests[1]["candidates"][0], "reason"), "same name; 2 fit equally");
    assert_eq!(text(&guests[2]["candidates"][0], "reason"), "same e-mail");
    assert_eq!(text(&guests[5]["colleagues"], "company"), "Nordwind GmbH");
    assert_eq!(keys(guests[0]), "candidates colleagues company known line message_type name sheet");
    let rows = csv(&table);
    assert_eq!(rows.len(), 8, "the doubtful guest has a row for each who may be meant");
    assert_eq!((rows[0]["known"].as_str(), rows[0]["best"].as_str()), ("sure", "anna"));
    assert!(rows[0]["path"].starts_with("getroffen 2026-01-14"), "in the language of the team: {rows:?}");
    let raw = fs::read_to_string(&table).expect("a table");
    assert!(raw.starts_with('\u{feff}') && raw.contains("\"'+Plus GmbH\""), "{raw}");
    let shown = stdout(&team.who(&[&list]));
    assert!(shown.contains("nobody knows them; at Nordwind GmbH: anna (2)"), "{shown}");
    assert!(shown.ends_with("7 guests: 3 sure, 1 likely, 1 possible, 2 not known.\n"), "{shown}");

    // Cards are a list as well; a list of strangers, one that is no list, and one that is not there.
    let cards = team.file("guests.vcf", CARD);
    assert_eq!(text(of_type(&json(&team.who(&[&cards, "--json"])), "guest")[0], "known"), "sure");
    ended(&team.who(&[&team.file("strangers.csv", "Name;Firma\nXaver Quendel;Irgendwo\n")]), 66);
    ended(&team.who(&[&team.file("list.csv", "\u{0}\u{1}\u{2}")]), 65);
    ended(&team.who(&["missing.csv"]), 66);
    ended(&team.who(&[&list, "--csv", &list]), 64);
}

#[test]
fn what_is_dropped_finds_nobody_and_retired_ids_lead_on() {
    let team = Team::new();
    let drops = "[privacy]\ndrop = [\"emails\", \"phones\", \"linkedin_url\"]\n";
    let file = team.file("hamstern.toml", drops);
    let with = fs::metadata(team.out().join("current/who.index")).expect("an index").len();
    fs::remove_dir_all(team.out()).expect("removed");
    ended(&hamstern(&["run", &file, "--now", TODAY]).output().expect("the program starts"), 0);
    let ask = |typed: &str| hamstern(&["who", typed, "--pipeline", &file]).output().expect("it starts");
    assert!(fs::metadata(team.out().join("current/who.index")).expect("an index").len() < with);
    for typed in ["jg@tannwald.example", "0171 5550101", "https://www.linkedin.com/in/hedwig-tannert"] {
        ended(&ask(typed), 66);
    }
    ended(&ask("Hedwig Tannert"), 0);

    let redirects = format!(
        "retired;survivor\nc000000000001;c000000000002\nc000000000002;{}\n",
        team.id("Josef Huber", "")
    );
    fs::write(team.out().join("current/redirects.csv"), redirects).expect("written");
    assert!(stdout(&ask("c000000000001")).contains("Josef Huber"));
    ended(&ask("c000000000003"), 66);
}

#[test]
fn questions_need_results_that_are_whole_and_no_lock() {
    let team = Team::new();
    let lock = fs::File::options().write(true).open(team.out().join("state/lock")).expect("the lock");
    lock.lock().expect("locked");
    ended(&run(&team.inbox(), &team.out(), &[]), 75);
    ended(&team.who(&["Josef Huber"]), 0);
    let before = common::files(&team.out());
    ended(&team.explain(&["Josef Huber"]), 0);
    assert_eq!(common::files(&team.out()), before, "looking writes nothing");

    let index = team.out().join("current/who.index");
    let mut bytes = fs::read(&index).expect("an index");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    ended(&team.who(&[" "]), 64);
    fs::write(&index, &bytes).expect("written");
    let output = team.who(&["Josef Huber"]);
    ended(&output, 78);
    assert!(all(&output).contains("hint: the next `hamstern run` makes it anew"));
    fs::remove_file(&index).expect("removed");
    ended(&team.who(&["Josef Huber"]), 66);
    ended(&hamstern(&["who", "x", "--out", "/nowhere"]).output().expect("it starts"), 66);
    ended(&team.explain(&["Josef Huber"]), 0);
    let alone = hamstern(&["explain", "x", "--out"]).arg(team.out()).output().expect("it starts");
    ended(&alone, 64);
}

/// The kept rows of a contact in the provenance, by record id, with their weights.
fn weights(team: &Team, contact: &str) -> BTreeMap<String, f64> {
    let rows = csv(&team.out().join("current/provenance.csv"));
    rows.iter()
        .filter(|row| row["contact_id"] == contact && row["match_reason"] != "touch")
        .map(|row| (row["record_id"].clone(), row["match_weight"].replace(',', ".").parse().unwrap_or(0.0)))
        .collect()
}

#[test]
fn the_sum_is_that_of_the_linker_and_what_provenance_says() {
    let team = Team::new();
    let contact = team.id("Jürgen Groß", "Lindwurm");
    let weights = weights(&team, &contact);
    assert!(weights.len() >= 4, "{weights:?}");
    let mut through = 0;
    for (one, weight) in &weights {
        let mut best = f64::MIN;
        for other in weights.keys().filter(|other| *other != one) {
            let output = team.explain(&[one, other, "--json"]);
            ended(&output, 0);
            let lines = json(&output);
            let pair = &lines[0];
            assert_eq!(text(pair, "message_type"), "pair");
            let score = pair["score"].as_f64().expect("a score");
            let addends = pair["addends"].as_array().expect("addends");
            let sum: f64 = addends.iter().map(|addend| addend["weight"].as_f64().expect("a weight")).sum();
            assert!((sum - score).abs() < 1e-3, "{sum} {score}");
            let odds = score.exp2();
            let probability = pair["probability"].as_f64().expect("a probability");
            assert!((odds / (1.0 + odds) - probability).abs() < 1e-6);
            best = best.max(score);
            let path = pair["path"].as_array().expect("a path");
            let ends = [&path[0]["records"][0], &path[path.len() - 1]["records"][1]];
            let bare = |id: &str| id.trim_start_matches('r').to_owned();
            let ends = ends.map(|record| bare(text(record, "record_id")));
            assert_eq!(ends, [bare(one), bare(other)], "with or without its letter");
            match text(pair, "verdict") {
                "joined" => assert_eq!(path.len(), 1),
                "through" => {
                    through += 1;
                    assert!(path.len() > 1);
                }
                other => panic!("{other}"),
            }
        }
        assert!((best - weight).abs() < 1e-3, "{best} is the best pair, provenance says {weight}");
    }
    assert!(through > 0, "four records, three pairs");
}

#[test]
fn a_contact_is_told_by_its_records_the_pairs_that_joined_it_and_its_nearest_others() {
    let team = Team::new();
    let (lindwurm, tannwald) = (team.id("Jürgen Groß", "Lindwurm"), team.id("Jürgen Groß", "Tannwald"));
    let lines = json(&team.explain(&[&lindwurm, "--json"]));
    let contact = &lines[0];
    assert_eq!(
        keys(contact),
        "contact_id further_rows labels merge message_type others records review score score_coverage score_parts steps \
         ties"
    );
    let records = contact["records"].as_array().expect("records");
    let steps = contact["steps"].as_array().expect("steps");
    assert_eq!(steps.len() + 1, records.len());
    assert_eq!(keys(&records[0]), "cells contact_id file line member record_id sheet source");
    assert_eq!((text(&records[0], "file"), records[0]["line"].as_u64()), ("anna/Connections.csv", Some(2)));
    assert!(text(&steps[0], "reason").starts_with("same name"), "{steps:?}");
    let others = contact["others"].as_array().expect("others");
    assert!(others.iter().any(|pair| text(&pair["records"][1], "contact_id") == tannwald), "{others:?}");

    let shown = stdout(&team.explain(&[&lindwurm]));
    for part in ["anna/Connections.csv:2", "Joined by these pairs", "Nearest others", &tannwald] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn two_who_were_not_merged_are_told_why() {
    let team = Team::new();
    let (lindwurm, tannwald) = (team.id("Jürgen Groß", "Lindwurm"), team.id("Jürgen Groß", "Tannwald"));
    let lines = json(&team.explain(&[&lindwurm, &tannwald, "--json"]));
    let pair = &lines[0];
    assert_eq!(
        keys(pair),
        "addends merge message_type path probability reason records review score verdict words"
    );
    assert_eq!(keys(&pair["addends"][0]), "a b field level weight words");
    assert_eq!(text(pair, "verdict"), "below");
    assert!(pair["probability"].as_f64() < pair["merge"].as_f64());
    let family = pair["addends"].as_array().expect("addends").iter().find(|part| part["field"] == "family");
    assert!(text(family.expect("family names"), "b").starts_with("Gro"));

    let output = team.explain(&[&lindwurm, &tannwald]);
    let shown = stdout(&output);
    assert!(shown.contains('█') && shown.contains("\nsum ") && shown.contains("kept apart: "), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours where no terminal is");

    // One name, two people: both are listed, none is chosen.
    let output = team.explain(&["Jürgen Groß"]);
    ended(&output, 66);
    assert!(stdout(&output).contains(&lindwurm) && stdout(&output).contains(&tannwald), "{}", all(&output));
    // Names that one person each has.
    let lines = json(&team.explain(&["Hedwig Tannert", &tannwald, "--json"]));
    assert_eq!(text(&lines[0], "verdict"), "below");
    let lines = json(&team.explain(&["Hedwig Tannert", "Sepp Huber", "--json"]));
    assert_eq!(text(&lines[0], "verdict"), "two_of_one_list");
    ended(&team.explain(&["Xaver Quendel"]), 66);
    assert_eq!(stdout(&team.explain(&["Sepp", "Huber"])), stdout(&team.explain(&["Josef Huber"])));

    // Two profiles of one export.
    let kims: Vec<String> = csv(&team.out().join("contacts.csv"))
        .iter()
        .filter(|row| row["name"] == "Kim Le")
        .map(|row| row["contact_id"].clone())
        .collect();
    let [one, other] = kims.as_slice() else { panic!("{kims:?}") };
    assert_eq!(text(&json(&team.explain(&[one, other, "--json"]))[0], "verdict"), "two_of_one_list");
}

#[test]
fn an_answer_is_told_as_such_and_a_retired_id_leads_on() {
    let team = Team::new();
    let (lindwurm, tannwald) = (team.id("Jürgen Groß", "Lindwurm"), team.id("Jürgen Groß", "Tannwald"));
    let [one, other] = [&lindwurm, &tannwald].map(|contact| {
        let record = weights(&team, contact).into_keys().next();
        record.expect("a record")
    });
    let answers = format!("a,b,decision,on,by,note\n{one},{other},same,2026-06-30,anna,\n");
    fs::write(team.out().join("decisions.csv"), answers).expect("written");
    ended(&run(&team.inbox(), &team.out(), &[]), 0);
    let pair = &json(&team.explain(&[&one, &other, "--json"]))[0];
    assert_eq!(
        (text(pair, "verdict"), text(&pair["path"][0], "reason")),
        ("decided_same", "decided by a person")
    );
    for retired in [&lindwurm, &tannwald] {
        let told = &json(&team.explain(&[retired, "--json"]))[0];
        assert_eq!(text(told, "message_type"), "contact");
        let lines = json(&team.who(&[retired, "--json"]));
        assert_eq!(text(of_type(&lines, "person")[0], "contact_id"), text(told, "contact_id"));
    }
}

#[test]
fn names_cannot_command_the_terminal() {
    let team = Team::new();
    let list = team.file("evil.csv", "Name;Firma\n\u{1b}[2JJosef Huber;Nordwind \u{202e}x\n");
    let output = team.who(&[&list]);
    assert!(!stdout(&output).contains(['\u{1b}', '\u{202e}']), "{}", all(&output));
    assert!(Path::new(&list).exists());
}
