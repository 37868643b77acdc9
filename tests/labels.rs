//! Labels from end to end: what the program says of the people in a small inbox, why, and what moves it.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "labels/archive.rs"]
mod archive;
mod common;
#[path = "labels/corners.rs"]
mod corners;
#[path = "labels/goals.rs"]
mod goals;
#[path = "labels/laws.rs"]
mod laws;
#[path = "labels/moves.rs"]
mod moves;
#[path = "labels/own.rs"]
mod own;
#[path = "labels/scope.rs"]
mod scope;
#[path = "labels/strength.rs"]
mod strength;
#[path = "labels/tiers.rs"]
mod tiers;
#[path = "labels/told.rs"]
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use calamine::{Data, Reader as _};
use common::{all, csv, ended, hamstern, manifest, put, stdout};
use proptest::prelude::*;

type Row = BTreeMap<String, String>;

const DAY: &str = "2026-06-30";

/// A workspace that runs on days of the test's own choice.
struct Team {
    home: tempfile::TempDir,
}

impl Team {
    /// A German team; `more` is the rest of its pipeline file.
    fn new(more: &str) -> Team {
        let team = Team { home: tempfile::tempdir().unwrap() };
        team.pipeline("de", more);
        team
    }

    /// Writes the pipeline file anew.
    fn pipeline(&self, language: &str, more: &str) {
        let text = format!(
            "[team]\ncountry = \"DE\"\ntimezone = \"Europe/Berlin\"\nlanguage = \"{language}\"\n\
             [output]\ndialect = \"plain\"\n{more}"
        );
        fs::write(self.file("hamstern.toml"), text).unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn put(&self, path: &str, text: &str) -> &Team {
        put(&self.file("inbox"), path, text.as_bytes());
        self
    }

    /// A list of people in anna's folder: `Name;Firma;Position;E-Mail;Ort` and the columns that are added.
    fn people(&self, columns: &str, rows: &[&str]) -> &Team {
        self.put("anna/2026-06-30/list.csv", &sheet(columns, rows))
    }

    /// Meetings of a member: `day;name;company;occasion`.
    fn met(&self, member: &str, rows: &[&str]) -> &Team {
        let text = rows.iter().fold("Datum;Name;Firma;Anlass\n".to_owned(), |text, row| text + row + "\n");
        self.put(&format!("{member}/2026-06-30/treffen.csv"), &text)
    }

    fn try_run(&self, day: &str) -> Output {
        hamstern(&["run"]).arg(self.file("hamstern.toml")).args(["--now", day]).output().unwrap()
    }

    fn run(&self, day: &str) -> Output {
        let output = self.try_run(day);
        ended(&output, 0);
        output
    }

    fn now(&self) -> Output {
        self.run(DAY)
    }

    fn table(&self, name: &str) -> Vec<Row> {
        csv(&self.file(&format!("out/current/{name}.csv")))
    }

    fn contact(&self, name: &str) -> Row {
        let rows = self.table("contacts");
        let found = rows.iter().find(|row| row["name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {rows:?}")).clone()
    }

    fn cell(&self, name: &str, column: &str) -> String {
        self.contact(name)[column].clone()
    }

    fn number(&self, name: &str, column: &str) -> f64 {
        let cell = self.cell(name, column);
        cell.parse().unwrap_or_else(|_| panic!("{column} of {name} is {cell:?}"))
    }

    /// Category and where it comes from.
    fn tier(&self, name: &str) -> (String, String) {
        let row = self.contact(name);
        (row["tier"].clone(), row["tier_source"].clone())
    }

    fn reason(&self, name: &str) -> String {
        self.cell(name, "tier_reason")
    }

    /// Whom the goals speak for, and what of them is met.
    fn met_goals(&self, name: &str) -> String {
        self.cell(name, "goals")
    }

    /// Changes of categories: change, name, old, new, basis.
    fn moves(&self) -> Vec<[String; 5]> {
        let rows = self.table("changes");
        let of = rows.iter().filter(|row| row["field"] == "tier");
        let mut moves: Vec<[String; 5]> = of
            .map(|row| ["change", "name", "old", "new", "basis"].map(|column| row[column].clone()))
            .collect();
        moves.sort();
        moves
    }

    /// Writes the categories set by hand: name, category, day, who.
    fn hands(&self, rows: &[[&str; 4]]) {
        let text = rows.iter().fold("contact_id,tier,on,by,note,name\n".to_owned(), |text, row| {
            let [name, tier, on, by] = row;
            text + &format!("{},{tier},{on},{by},,{name}\n", self.cell(name, "contact_id"))
        });
        fs::write(self.file("tiers.csv"), text).unwrap();
    }

    fn explain(&self, name: &str, more: &[&str]) -> String {
        let mut command = hamstern(&["explain", name, "--pipeline"]);
        let output = command.arg(self.file("hamstern.toml")).args(more).output().unwrap();
        ended(&output, 0);
        stdout(&output)
    }

    /// What `explain` tells as JSON.
    fn explained(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.explain(name, &["--json"])).unwrap()
    }

    /// The sheet of contacts to sort.
    fn to_sort(&self) -> Vec<Vec<String>> {
        let mut book = calamine::open_workbook_auto(self.file("work.xlsx")).unwrap();
        let range = book.worksheet_range("Zu sortieren").unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    /// The names in that sheet, in their order.
    fn sort_names(&self) -> Vec<String> {
        let rows = self.to_sort();
        let ids = |row: &&Vec<String>| row.iter().any(|cell| is_id(cell));
        rows.iter().filter(ids).map(|row| row[1].clone()).collect()
    }
}

fn is_id(cell: &str) -> bool {
    cell.len() == 13 && cell.starts_with('c') && cell[1..].chars().all(|c| c.is_ascii_alphanumeric())
}

fn sheet(columns: &str, rows: &[&str]) -> String {
    let head = "Name;Firma;Position;E-Mail;Ort".to_owned();
    let head = if columns.is_empty() { head } else { head + ";" + columns };
    rows.iter().fold(head + "\n", |text, row| text + row + "\n")
}

fn card(name: &str, lines: &[&str]) -> String {
    let (given, family) = name.split_once(' ').unwrap();
    let more = lines.iter().fold(String::new(), |text, line| text + line + "\r\n");
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{family};{given};;;\r\n{more}END:VCARD\r\n")
}

fn manual(letter: &str) -> (String, String) {
    (letter.to_owned(), "manual".to_owned())
}

fn score(letter: &str) -> (String, String) {
    (letter.to_owned(), "score".to_owned())
}

fn rule(letter: &str) -> (String, String) {
    (letter.to_owned(), "rule".to_owned())
}

fn nobody() -> (String, String) {
    Default::default()
}

/// People of many kinds whom nothing is known to have happened with.
const CROWD: [&str; 6] = [
    "Ada Beispiel;Südwind Software GmbH;Geschäftsführerin;ada@suedwind.example;Köln",
    "Bo Anders;Südwind Software GmbH;Vertriebsleiter;bo@suedwind.example;Hamburg",
    "Cem Öztürk;Nordlicht Software AG;Abteilungsleiter Einkauf;cem@nordlicht.example;Köln",
    "Dora Sommerfeldt;Stadtwerke Musterstadt;Ingenieurin;dora@stadtwerke.example;München",
    "Eva Kleinod;Bäckerei Kleinod;;eva@kleinod.example;Wien",
    "Finn Winter;;;finn@gmx.de;",
];

const GOALS: &str = "[goals]\nindustries = [\"it\"]\nseniority = [\"executive\", \"director\", \"lead\"]\n";

const RULE: &str =
    "[[tier.rule]]\nname = \"Softwarehäuser\"\ntier = \"B\"\nwhen = { company = \"*software*\" }\n";

const LEVEL: &str =
    "[tier]\nweights = { target_fit = 0.2, strength = 0.0, seniority = 0.8, network = 0.0 }\n";

/// Ada in one of several positions.
fn ada(position: &str) -> String {
    format!("Ada Beispiel;Südwind Software GmbH;{position};ada@suedwind.example;Köln")
}
