//! Who keeps which id: files that come, go, are renamed, exported again or overwritten; merges, splits and changes.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;
#[path = "common/team.rs"]
mod team;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{all, csv, ended, figure, files, generation, hamstern, manifest, put};
use proptest::prelude::*;
use team::Team;

type Row = BTreeMap<String, String>;

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

/// A LinkedIn export of people `given family company position day`; `!` stands for a blank.
fn connections(people: &[&str]) -> String {
    people.iter().fold(HEADER.to_owned(), |text, person| {
        let [given, family, company, position, day] =
            person.split(' ').map(|word| word.replace('!', " ")).collect::<Vec<_>>().try_into().unwrap();
        let slug = format!("{given}-{family}").to_lowercase();
        text + &format!(
            "{given},{family},https://www.linkedin.com/in/{slug},,{company},{position},{}\n",
            day.replace('-', " ")
        )
    })
}

/// A card; a line a property.
fn card(uid: &str, name: &str, properties: &[&str]) -> String {
    let (given, family) = name.split_once(' ').unwrap();
    let more: String = properties.iter().map(|line| format!("{line}\r\n")).collect();
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:{family};{given}\r\n{more}END:VCARD\r\n"
    )
}

/// An inbox and its results.
struct World {
    root: tempfile::TempDir,
}

impl World {
    fn new() -> World {
        World { root: tempfile::tempdir().unwrap() }
    }

    fn inbox(&self) -> PathBuf {
        self.root.path().join("inbox")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.inbox(), path, text.as_bytes());
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.inbox().join(path)).unwrap();
    }

    fn try_run(&self, today: &str) -> Output {
        hamstern(&["run", "--now", today, "--country", "DE", "--lang", "de", "--inbox"])
            .arg(self.inbox())
            .arg("--out")
            .arg(self.out())
            .output()
            .unwrap()
    }

    fn run(&self, today: &str) -> Output {
        let output = self.try_run(today);
        ended(&output, 0);
        output
    }

    fn table(&self, name: &str) -> Vec<Row> {
        csv(&self.out().join(format!("current/{name}.csv")))
    }

    /// Ids of the contacts of each name, in the order of ids.
    fn ids(&self, name: &str) -> Vec<String> {
        let of = self.table("contacts").into_iter().filter(|row| row["name"] == name);
        of.map(|row| row["contact_id"].clone()).collect()
    }

    fn id(&self, name: &str) -> String {
        let ids = self.ids(name);
        assert_eq!(ids.len(), 1, "{name}: {ids:?}");
        ids[0].clone()
    }

    /// The changes but those of `new` contacts, as `change name old new`.
    fn changes(&self) -> Vec<String> {
        let rows = self.table("changes").into_iter().filter(|row| row["change"] != "new");
        let mut rows: Vec<String> = rows
            .map(|row| {
                format!("{} {} {} {}", row["change"], row["name"], row["old"], row["new"])
                    .trim_end()
                    .to_owned()
            })
            .collect();
        rows.sort();
        rows
    }

    fn change(&self, change: &str) -> Row {
        let rows: Vec<Row> =
            self.table("changes").into_iter().filter(|row| row["change"] == change).collect();
        assert_eq!(rows.len(), 1, "{change} in {:?}", self.table("changes"));
        rows[0].clone()
    }

    /// `retired -> survivor`.
    fn redirects(&self) -> BTreeMap<String, String> {
        self.table("redirects")
            .into_iter()
            .map(|row| (row["retired"].clone(), row["survivor"].clone()))
            .collect()
    }

    /// `name -> ended_on` of the holdings through LinkedIn.
    fn ended(&self) -> BTreeMap<String, String> {
        let contacts = self.table("contacts");
        let name = |id: &str| contacts.iter().find(|row| row["contact_id"] == id).unwrap()["name"].clone();
        let held = self.table("holdings").into_iter().filter(|row| row["channel"] == "linkedin");
        held.map(|row| (name(&row["contact_id"]), row["ended_on"].clone())).collect()
    }

    /// The tables of the newest generation but `changes`.
    fn lasting(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = generation(&self.out());
        files.retain(|path, _| {
            !path.to_string_lossy().starts_with("changes") && path != Path::new("manifest.json")
        });
        files
    }
}

fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

#[test]
fn the_first_generation_has_no_changes_and_says_so() {
    let world = World::new();
    world.put("anna/a.vcf", &card("1", "Ada Erst", &["TEL:+491711111111"]));
    let output = world.run("2026-06-01");
    assert!(world.table("changes").is_empty() && world.table("redirects").is_empty());
    assert_eq!(manifest(&world.out())["counts"]["changes"], serde_json::json!({}));
    assert!(!all(&output).contains("Since the last run"));
    world.put("anna/b.vcf", &card("2", "Bo Zweit", &["TEL:+491712222222"]));
    let output = world.run("2026-06-02");
    assert_eq!(manifest(&world.out())["counts"]["changes"]["new"], 1);
    assert!(all(&output).contains("Since the last run: 1 new (changes.csv)."), "{}", all(&output));
    let new = world.change("new");
    assert_eq!((new["name"].as_str(), new["file"].as_str()), ("Bo Zweit", "anna/b.vcf"));
    assert_eq!((new["on"].as_str(), new["contact_id"].clone()), ("2026-06-02", world.id("Bo Zweit")));
    world.run("2026-06-03");
    assert!(world.table("changes").is_empty(), "nothing has changed");
}

#[test]
fn who_is_gone_is_named_and_comes_back_as_the_same() {
    let world = World::new();
    // The contact has the id of the row that was read first, which is not its oldest row.
    world.put("anna/2026-05-01/Connections.csv", &connections(&["Eva Kleinod Alpha Chefin 05-Jan-2024"]));
    world.run("2026-06-01");
    let first = world.id("Eva Kleinod");
    world.put(
        "ben/2026-01-10/phone.vcf",
        &card("1", "Eva Kleinod", &["URL:https://www.linkedin.com/in/eva-kleinod", "TEL:+491711111111"]),
    );
    world.put("ben/2026-01-10/other.vcf", &card("2", "Bo Bleibt", &["TEL:+491712222222"]));
    world.run("2026-06-01");
    assert_eq!(world.id("Eva Kleinod"), first);
    world.remove("anna/2026-05-01/Connections.csv");
    fs::rename(world.inbox().join("ben/2026-01-10/phone.vcf"), world.root.path().join("aside")).unwrap();
    world.run("2026-06-02");
    let gone = world.change("gone");
    assert_eq!((gone["name"].as_str(), gone["contact_id"].clone()), ("Eva Kleinod", first.clone()));
    assert!(gone["file"].ends_with("Connections.csv") || gone["file"].ends_with("phone.vcf"), "{gone:?}");
    world.run("2026-06-03");
    assert!(world.table("changes").is_empty(), "it is said once");
    fs::rename(world.root.path().join("aside"), world.inbox().join("ben/2026-01-10/phone.vcf")).unwrap();
    let output = world.run("2026-06-04");
    assert_eq!((world.id("Eva Kleinod"), figure(&output, "new")), (first, 0), "after any number of runs");
    assert_eq!(world.changes(), ["back Eva Kleinod"]);
}

#[test]
fn a_renamed_member_keeps_all_ids() {
    let world = World::new();
    world.put("anna/2026-05-01/Connections.csv", &connections(&["Eva Kleinod Alpha Chefin 05-Jan-2024"]));
    world.run("2026-06-01");
    let url = "URL:https://www.linkedin.com/in/eva-kleinod";
    world.put("anna/2026-01-10/phone.vcf", &card("1", "Eva Kleinod", &[url]));
    world.run("2026-06-01");
    let id = world.id("Eva Kleinod");
    fs::rename(world.inbox().join("anna"), world.inbox().join("zoe")).unwrap();
    world.run("2026-06-02");
    assert_eq!(world.id("Eva Kleinod"), id);
    assert!(world.changes().is_empty(), "{:?}", world.changes());
}

/// Three entries that nothing joins, and the cards that join them one by one.
fn three(world: &World) -> [String; 3] {
    world.put("anna/2026-01-01/Connections.csv", &connections(&["Thomas Schmidt Alpha Chefin 05-Jan-2024"]));
    world.put(
        "ben/2026-02-01/list.csv",
        "Vorname;Nachname;Firma;E-Mail\nThomas;Schmidt;Beta;ts@beta.example\n",
    );
    world.put("cem/2026-03-01/phone.vcf", &card("9", "Thomas Schmidt", &["TEL:+491711111111"]));
    world.run("2026-06-01");
    let holder = |member: &str| {
        let rows = world.table("contacts");
        rows.iter().find(|row| row["holders"] == member).unwrap()["contact_id"].clone()
    };
    [holder("anna"), holder("ben"), holder("cem")]
}

const SLUG_AND_MAIL: &str = "dan/2026-04-01/one.vcf";
const MAIL_AND_PHONE: &str = "dan/2026-04-01/two.vcf";

fn join_mail(world: &World) {
    let properties = ["URL:https://www.linkedin.com/in/thomas-schmidt", "EMAIL:ts@beta.example"];
    world.put(SLUG_AND_MAIL, &card("d1", "Thomas Schmidt", &properties));
}

fn join_phone(world: &World) {
    let properties = ["EMAIL:ts@beta.example", "TEL:+491711111111"];
    world.put(MAIL_AND_PHONE, &card("d2", "Thomas Schmidt", &properties));
}

#[test]
fn merged_ids_lead_to_the_survivor_also_over_two_merges() {
    let world = World::new();
    let [anna, ben, cem] = three(&world);
    assert_eq!(BTreeSet::from([&anna, &ben, &cem]).len(), 3);
    join_phone(&world);
    world.run("2026-06-02");
    let second = world.ids("Thomas Schmidt").into_iter().find(|id| *id != anna).unwrap();
    assert_eq!(second, ben, "of equal parts the older one");
    assert_eq!(world.redirects(), map([(&cem, &ben)]));
    assert_eq!(world.changes(), [format!("merged Thomas Schmidt {cem} {ben}")]);
    let merged = world.change("merged");
    assert_eq!((merged["cause"].as_str(), merged["contact_id"].clone()), ("records", ben.clone()));
    assert!(!merged["reason"].is_empty());
    join_mail(&world);
    world.run("2026-06-03");
    assert_eq!(world.id("Thomas Schmidt"), ben, "the larger part");
    assert_eq!(world.redirects(), map([(&cem, &ben), (&anna, &ben)]));
    let since = |id: &str| world.table("redirects").into_iter().find(|row| row["retired"] == id).unwrap();
    assert_eq!((since(&cem)["generation"].as_str(), since(&cem)["on"].as_str()), ("2", "2026-06-02"));
    let before = world.lasting();
    world.run("2026-06-09");
    assert!(before == world.lasting(), "redirects stay");
    assert!(world.table("changes").is_empty());
}

#[test]
fn chains_of_redirects_are_short() {
    let world = World::new();
    let [anna, ben, cem] = three(&world);
    join_phone(&world);
    world.run("2026-06-02");
    // A larger contact swallows the one that had swallowed another.
    let url = "URL:https://www.linkedin.com/in/thomas-schmidt";
    for number in 0..4 {
        let name = format!("emil/2026-04-0{}/card.vcf", number + 1);
        world.put(&name, &card(&format!("e{number}"), "Thomas Schmidt", &[url]));
    }
    world.run("2026-06-03");
    assert_eq!(world.redirects(), map([(&cem, &ben)]));
    join_mail(&world);
    world.run("2026-06-04");
    assert_eq!(world.id("Thomas Schmidt"), anna);
    assert_eq!(world.redirects(), map([(&cem, &anna), (&ben, &anna)]));
}

#[test]
fn what_is_taken_apart_again_gets_its_ids_and_values_back() {
    let world = World::new();
    let [anna, ben, cem] = three(&world);
    let before = world.lasting();
    join_phone(&world);
    world.run("2026-06-02");
    join_mail(&world);
    world.run("2026-06-03");
    world.id("Thomas Schmidt");
    world.remove(SLUG_AND_MAIL);
    world.remove(MAIL_AND_PHONE);
    world.run("2026-06-04");
    assert_eq!(
        world.ids("Thomas Schmidt").into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([anna, ben, cem])
    );
    assert!(world.redirects().is_empty(), "who is alive is not redirected");
    assert_eq!(world.changes().iter().filter(|change| change.starts_with("split")).count(), 2);
    assert!(before == world.lasting(), "every value is with its own contact");
}

#[test]
fn a_state_of_the_first_layout_keeps_its_ids() {
    let world = World::new();
    world.put(
        "anna/2026-05-01/Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Eva,Kleinod,https://www.linkedin.com/in/eva-kleinod,eva@kleinod.example,Alpha,Chefin,05 Jan 2024\n\
         Otto,Altmann,https://www.linkedin.com/in/otto-altmann,,Beta,Koch,06 Jan 2024\n",
    );
    let properties = ["EMAIL:eva@kleinod.example", "TEL:+491712345678"];
    world.put("anna/2026-01-10/phone.vcf", &card("card-of-eva", "Eva Kleinod", &properties));
    world.run("2026-06-01");
    assert_ne!(world.id("Eva Kleinod"), "cf218hdjsbt7w", "the old state is of another history");
    fs::remove_dir_all(world.out()).unwrap();
    let state = fs::read("fixtures/state/layout1.state").unwrap();
    put(&world.out(), "state/000002.state", &state);
    let output = world.run("2026-06-02");
    assert_eq!(
        (world.id("Eva Kleinod").as_str(), world.id("Otto Altmann").as_str()),
        ("cf218hdjsbt7w", "ckqf9q9mqfdr9")
    );
    assert_eq!((figure(&output, "new"), manifest(&world.out())["generation"].as_u64()), (0, Some(3)));
    assert!(world.table("changes").is_empty());
}

#[test]
fn new_employers_and_positions_are_told_with_the_line_that_says_so() {
    let world = World::new();
    world.put(
        "anna/2026-01-01/Connections.csv",
        &connections(&["Eva Kleinod Alpha Chefin 05-Jan-2024", "Bo Gleich Beta!GmbH Koch 06-Jan-2024"]),
    );
    world.run("2026-06-01");
    let (eva, bo) = (world.id("Eva Kleinod"), world.id("Bo Gleich"));
    world.put(
        "anna/2026-05-01/Connections.csv",
        &connections(&["Bo Gleich Beta KOCH 06-Jan-2024", "Eva Kleinod Gamma Vorstand 05-Jan-2024"]),
    );
    world.run("2026-06-02");
    assert_eq!((world.id("Eva Kleinod"), world.id("Bo Gleich")), (eva, bo));
    assert_eq!(
        world.changes(),
        ["new_employer Eva Kleinod Alpha Gamma", "new_position Eva Kleinod Chefin Vorstand"]
    );
    let row = world.change("new_employer");
    assert_eq!((row["file"].as_str(), row["line"].as_str()), ("anna/2026-05-01/Connections.csv", "3"));
    assert_eq!(
        (row["field"].as_str(), row["cause"].as_str(), row["basis"].as_str()),
        ("company", "file", "contact")
    );
}

const JANUARY: [&str; 4] = [
    "Eva Kleinod Alpha Chefin 05-Jan-2024",
    "Otto Fort Beta Koch 06-Jan-2024",
    "Nora Bleibt Gamma Rat 07-Jan-2024",
    "Ida Dabei Delta Amt 08-Jan-2026",
];
const MAY: [&str; 4] = [
    "Nora Bleibt Gamma Rat 07-Jan-2024",
    "Eva Kleinod Omega Chefin 05-Jan-2024",
    "Ida Dabei Delta Amt 08-Jan-2026",
    "Uwe Neu Epsilon Amt 09-May-2026",
];

fn after_may() -> BTreeMap<String, String> {
    map([
        ("Eva Kleinod", ""),
        ("Otto Fort", "2026-05-09"),
        ("Nora Bleibt", ""),
        ("Ida Dabei", ""),
        ("Uwe Neu", ""),
    ])
}

/// Accounts add up, of what comes from the state as well.
fn balanced(world: &World) {
    let manifest = manifest(&world.out());
    let number = |accounts: &serde_json::Value, name: &str| accounts[name].as_u64().unwrap();
    let names = ["read", "kept", "duplicate", "ignored", "rejected", "blank"];
    for name in names {
        let inputs = manifest["inputs"].as_array().unwrap().iter();
        let sum: u64 = inputs.map(|input| number(&input["accounts"], name)).sum();
        assert_eq!(number(&manifest["accounts"], name), sum, "{name}");
    }
    let told = world.table("provenance").len() as u64;
    assert_eq!(told, number(&manifest["accounts"], "kept") + number(&manifest["accounts"], "duplicate"));
}

#[test]
fn an_export_that_is_overwritten_loses_nobody() {
    let world = World::new();
    world.put("anna/Connections.csv", &connections(&JANUARY));
    world.run("2026-01-20");
    let (otto, eva) = (world.id("Otto Fort"), world.id("Eva Kleinod"));
    world.put("anna/Connections.csv", &connections(&MAY));
    let output = world.run("2026-05-20");
    balanced(&world);
    assert_eq!(world.ended(), after_may());
    assert_eq!((world.id("Otto Fort"), world.id("Eva Kleinod")), (otto.clone(), eva));
    let trail = world.table("provenance");
    let of: Vec<_> = trail.iter().filter(|row| row["contact_id"] == otto).collect();
    assert_eq!(of.len(), 1);
    assert_eq!((of[0]["file"].as_str(), of[0]["line"].as_str()), ("state:anna/Connections.csv", "3"));
    assert_eq!(of[0]["source_id"], "https://www.linkedin.com/in/otto-fort");
    assert_eq!(of[0]["exported_on"], "2026-01-08");
    assert_eq!((figure(&output, "files"), figure(&output, "read")), (1, 5));
    assert!(world.changes().iter().all(|change| !change.starts_with("gone")), "{:?}", world.changes());
    // It is the same as if the older export still lay there, and stays so.
    let before = world.lasting();
    world.run("2026-05-21");
    assert!(before == world.lasting());
    // A third export, in which he is again, and another one is not.
    world.put(
        "anna/Connections.csv",
        &connections(&[JANUARY[1], MAY[0], MAY[1], "Uwe Neu Epsilon Amt 10-Jun-2026"]),
    );
    world.run("2026-06-20");
    let ended = world.ended();
    assert_eq!((ended["Otto Fort"].as_str(), ended["Ida Dabei"].as_str()), ("", "2026-06-10"));
    assert_eq!((ended.len(), world.id("Otto Fort")), (5, otto));
    balanced(&world);
    // A fourth one without both of them: each ended on its own day.
    world.put("anna/Connections.csv", &connections(&[MAY[0], MAY[1], "Uwe Neu Epsilon Amt 20-Jun-2026"]));
    world.run("2026-06-22");
    let ended = world.ended();
    assert_eq!((ended["Otto Fort"].as_str(), ended["Ida Dabei"].as_str()), ("2026-06-20", "2026-06-10"));
    // The member leaves the team and takes everything along.
    world.put("ben/a.vcf", &card("1", "Bo Bleibt", &["TEL:+491711111111"]));
    world.remove("anna/Connections.csv");
    world.run("2026-06-23");
    assert_eq!(world.table("contacts").len(), 1);
    assert_eq!(world.changes().iter().filter(|change| change.starts_with("gone")).count(), 5);
}

#[test]
fn it_does_not_matter_how_a_newer_export_takes_the_place_of_an_older_one() {
    let ways: [(&str, &[&str], &str); 4] = [
        ("anna/Connections.csv", &[], "anna/Connections.csv"),
        ("anna/Connections.csv", &["anna/Connections.csv"], "anna/Connections (1).csv"),
        (
            "anna/2026-01-08/Connections.csv",
            &["anna/2026-01-08/Connections.csv"],
            "anna/2026-05-09/Connections.csv",
        ),
        ("anna/2026-01-08/Connections.csv", &[], "anna/2026-05-09/Connections.csv"),
    ];
    for (old, removed, new) in ways {
        for between in [false, true] {
            let world = World::new();
            world.put("ben/a.vcf", &card("1", "Bo Bleibt", &["TEL:+491711111111"]));
            world.put(old, &connections(&JANUARY));
            world.run("2026-01-20");
            let otto = world.id("Otto Fort");
            removed.iter().for_each(|path| world.remove(path));
            if between {
                // Cron runs after the old file was taken away and before the new one is there.
                world.run("2026-05-19");
            }
            world.put(new, &connections(&MAY));
            world.run("2026-05-20");
            assert_eq!(world.ended(), after_may(), "{old} {removed:?} {new} {between}");
            assert_eq!(world.id("Otto Fort"), otto);
            balanced(&world);
        }
    }
}

#[test]
fn older_exports_can_be_cleared_away() {
    let world = World::new();
    world.put("anna/2026-01-08/Connections.csv", &connections(&JANUARY));
    world.put("anna/2026-05-09/Connections.csv", &connections(&MAY));
    world.put("anna/2026-06-09/Connections.csv", &connections(&[MAY[0], MAY[1], MAY[3]]));
    world.run("2026-06-20");
    let (before, people) = (world.ended(), world.table("contacts").len());
    assert_eq!((before["Otto Fort"].as_str(), before["Ida Dabei"].as_str()), ("2026-05-09", "2026-06-09"));
    for path in ["anna/2026-05-09/Connections.csv", "anna/2026-01-08/Connections.csv"] {
        world.remove(path);
        world.run("2026-06-21");
        assert_eq!((world.ended(), world.table("contacts").len()), (before.clone(), people));
        balanced(&world);
    }
}

#[test]
fn an_export_dated_by_a_connection_that_ended_is_still_the_newer_one() {
    let world = World::new();
    world.put("anna/Connections.csv", &connections(&JANUARY));
    world.run("2026-01-20");
    world.put("anna/Connections.csv", &connections(&JANUARY[..3]));
    world.run("2026-05-20");
    let ended = world.ended();
    assert_eq!((ended.len(), ended["Nora Bleibt"].as_str()), (4, ""));
    assert!(!ended["Ida Dabei"].is_empty(), "{ended:?}");
}

#[test]
fn what_is_no_newer_export_takes_nobodys_place() {
    let stranger = connections(&["Xaver Fremd A B 05-Jan-2024", "Yara Fremd A B 05-May-2026"]);
    let list = "Name;E-Mail\nZita Liste;zita@liste.example\n";
    for (what, other, code) in
        [("a stranger's", stranger.as_str(), 0), ("nothing", HEADER, 3), ("a list", list, 0)]
    {
        let world = World::new();
        world.put("ben/a.vcf", &card("1", "Bo Bleibt", &["TEL:+491711111111"]));
        world.put("anna/Connections.csv", &connections(&JANUARY));
        world.run("2026-01-20");
        let otto = world.id("Otto Fort");
        world.put("anna/Connections.csv", other);
        let output = world.try_run("2026-05-20");
        ended(&output, code);
        assert!(all(&output).contains("anna/Connections.csv is another file"), "{what}: {}", all(&output));
        let open: Vec<String> = world.ended().into_values().filter(|day| !day.is_empty()).collect();
        assert!(open.is_empty(), "{what} ends nothing: {open:?}");
        assert_eq!(world.id("Otto Fort"), otto);
        balanced(&world);
        let before = world.lasting();
        let again = world.run("2026-05-21");
        assert!(!all(&again).contains("is another file"), "said once");
        assert!(before == world.lasting(), "{what}");
        // The right file comes after all.
        world.put("anna/Connections.csv", &connections(&MAY));
        world.run("2026-05-22");
        let mut right = world.ended();
        right.retain(|name, _| !name.contains("Fremd"));
        assert_eq!(right, after_may(), "{what}");
        // Or the old one was the wrong one: taken away for a run, its people go.
        let world = World::new();
        world.put("ben/a.vcf", &card("1", "Bo Bleibt", &["TEL:+491711111111"]));
        world.put("anna/Connections.csv", &connections(&JANUARY));
        world.run("2026-01-20");
        world.remove("anna/Connections.csv");
        world.run("2026-05-20");
        world.put("anna/Connections.csv", &stranger);
        world.run("2026-05-21");
        assert_eq!(world.ended().len(), 2);
    }
}

#[test]
fn archives_and_two_accounts_of_one_member_are_told_apart() {
    let zip = |people: &[&str], owner: &str| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        let profile = format!(
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n{owner},Muster,,,,Rat,,,,,,,\n"
        );
        for (name, text) in [("Connections.csv", connections(people)), ("Profile.csv", profile)] {
            archive.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let world = World::new();
    let old = "anna/Basic_LinkedInDataExport_01-08-2026.zip";
    put(&world.inbox(), old, &zip(&JANUARY, "Anna"));
    world.run("2026-01-20");
    world.remove(old);
    put(&world.inbox(), "anna/Basic_LinkedInDataExport_05-09-2026.zip", &zip(&MAY, "Anna"));
    // The member's second account has nobody in common with the first and ends nothing in it.
    put(
        &world.inbox(),
        "anna/Basic_LinkedInDataExport_06-01-2026.zip",
        &zip(&["Xaver Fremd A B 05-Jan-2024"], "Annabel"),
    );
    world.run("2026-06-20");
    let mut ended = world.ended();
    ended.remove("Xaver Fremd").unwrap();
    assert_eq!(ended, after_may());
    let trail = world.table("provenance");
    assert!(trail.iter().any(|row| row["file"] == format!("state:{old}!Connections.csv")), "{trail:?}");
}

#[test]
fn other_files_count_as_they_are_and_who_is_missing_is_named() {
    let world = World::new();
    let (one, two) =
        (card("1", "Ada Eins", &["TEL:+491711111111"]), card("2", "Bo Zwei", &["TEL:+491712222222"]));
    world.put("anna/phone.vcf", &(one.clone() + &two));
    world.run("2026-06-01");
    let bo = world.id("Bo Zwei");
    world.put("anna/phone.vcf", &one);
    world.run("2026-06-02");
    let gone = world.change("gone");
    assert_eq!(
        (gone["contact_id"].clone(), gone["name"].as_str(), gone["file"].as_str()),
        (bo, "Bo Zwei", "anna/phone.vcf")
    );
    assert_eq!(world.table("contacts").len(), 1);
}

#[test]
fn damaged_or_missing_rows_of_an_export_publish_nothing() {
    let world = World::new();
    world.put("anna/Connections.csv", &connections(&JANUARY));
    world.run("2026-01-20");
    world.put("anna/Connections.csv", &connections(&MAY));
    let folder = world.out().join("state/exports");
    let rows = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let good = fs::read(&rows).unwrap();
    fs::write(&rows, &good[..good.len() - 1]).unwrap();
    let before = files(&world.out().join("current"));
    let output = world.try_run("2026-05-20");
    ended(&output, 78);
    assert!(all(&output).contains("remembered rows of anna/Connections.csv"), "{}", all(&output));
    assert!(before == files(&world.out().join("current")));
    fs::write(&rows, &good).unwrap();
    world.run("2026-05-20");
    assert_eq!(world.ended(), after_may());
}

#[test]
fn rows_that_no_state_asks_for_go_away() {
    let world = World::new();
    for month in 1..=6 {
        let newest = format!("Uwe Neu Epsilon Amt 0{month}-Jan-2026");
        world.put("anna/Connections.csv", &connections(&[JANUARY[0], JANUARY[1], JANUARY[2], &newest]));
        world.run("2026-06-01");
    }
    let count = || fs::read_dir(world.out().join("state/exports")).unwrap().count();
    assert_eq!(count(), 6, "as many as generations are kept");
    for _ in 0..10 {
        world.run("2026-06-01");
    }
    assert_eq!(count(), 1);
}

#[test]
fn what_the_pipeline_drops_is_not_kept_in_the_state() {
    let home = tempfile::tempdir().unwrap();
    let mail =
        "Eva,Kleinod,https://www.linkedin.com/in/eva-kleinod,eva@kleinod.example,Alpha,Chefin,05 Jan 2024\n";
    put(&home.path().join("inbox"), "anna/Connections.csv", (HEADER.to_owned() + mail).as_bytes());
    let kept = |drop: &str| {
        let pipeline = home.path().join("hamstern.toml");
        fs::write(
            &pipeline,
            format!("[team]\ncountry = \"DE\"\n[privacy]\ndrop = [{drop}]\n[output]\nkeep = 1\n"),
        )
        .unwrap();
        ended(&common::run_file(&pipeline, &[]), 0);
        let rows = files(&home.path().join("state/exports")).into_values();
        rows.map(|bytes| String::from_utf8_lossy(&bytes).contains("eva@kleinod.example")).collect::<Vec<_>>()
    };
    assert_eq!(kept(""), [true]);
    assert_eq!(kept("\"emails\""), [false], "nor what was kept before");
}

/// The contact of every record, by member, source and record id.
fn contacts(out: &Path) -> BTreeMap<(String, String, String), BTreeSet<String>> {
    let mut all: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for row in csv(&out.join("current/provenance.csv")) {
        let key = (row["member"].clone(), row["source"].clone(), row["record_id"].clone());
        all.entry(key).or_default().insert(row["contact_id"].clone());
    }
    all
}

/// Contacts with the same records as before have the same ids.
fn keep_their_ids(before: &Path, after: &Path, what: &str) {
    let people = |out: &Path| {
        let mut people: BTreeMap<String, BTreeSet<(String, String, String)>> = BTreeMap::new();
        for (record, ids) in contacts(out) {
            for id in ids {
                people.entry(id).or_default().insert(record.clone());
            }
        }
        people
    };
    let (old, new) = (people(before), people(after));
    let of_records: BTreeMap<_, &String> = new.iter().map(|(id, records)| (records, id)).collect();
    for (id, records) in &old {
        if let Some(now) = of_records.get(records) {
            assert_eq!(*now, id, "{what}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2),
        max_shrink_iters: 20,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Files that come, go and come back, other names, another order of rows: whoever has the same records has
    /// the same id, nobody's id becomes somebody else's, and all the ways lead back to where they began.
    #[test]
    fn ids_outlive_whatever_happens_to_files(seed in 0u32..10_000, steps in proptest::collection::vec((0usize..5, any::<u64>()), 2..5)) {
        let team = Team::new(&format!("--rows 300 --members 3 --seed {seed} --kind hard"));
        let out = team.out("out");
        let first = team.out("first");
        ended(&common::run(&team.inbox(), &out, &[]), 0);
        common::copy(&out.join("current"), &first.join("current"));
        let all = files(&team.inbox());
        let mut owner: BTreeMap<String, String> = csv(&first.join("current/contacts.csv"))
            .into_iter().map(|row| (row["contact_id"].clone(), row["name"].clone())).collect();
        for (kind, chosen) in steps {
            let inbox = team.home().join("changed");
            let _ = fs::remove_dir_all(&inbox);
            for (number, (path, bytes)) in all.iter().enumerate() {
                let hit = chosen >> (number % 64) & 1 == 1;
                let name = path.to_string_lossy().into_owned();
                match kind {
                    0 if hit && number > 0 => {}
                    1 if hit && !name.ends_with(".zip") => {
                        let end = path.extension().unwrap().to_string_lossy();
                        let to = path.with_file_name(format!("{number} renamed.{end}"));
                        put(&inbox, &to.to_string_lossy(), bytes);
                    }
                    2 if hit && name.ends_with("Connections.csv") => {
                        let text = String::from_utf8(bytes.clone()).unwrap();
                        let at = text.find("First Name").unwrap();
                        let mut lines: Vec<&str> = text[at..].split_inclusive('\n').collect();
                        lines[1..].reverse();
                        put(&inbox, &name, (text[..at].to_owned() + &lines.concat()).as_bytes());
                    }
                    3 if hit => {
                        put(&inbox, &name, bytes);
                        put(&inbox, &format!("{}/copy of {}", path.parent().unwrap().display(), path.file_name().unwrap().to_string_lossy()), bytes);
                    }
                    4 => put(&inbox, &format!("zz-{name}"), bytes),
                    _ => put(&inbox, &name, bytes),
                }
            }
            let output = common::run(&inbox, &out, &[]);
            prop_assert!(matches!(output.status.code(), Some(0 | 3)), "{}", common::all(&output));
            if kind != 4 {
                keep_their_ids(&first, &out, &format!("step {kind}"));
            }
            for row in csv(&out.join("current/contacts.csv")) {
                owner.entry(row["contact_id"].clone()).or_insert_with(|| row["name"].clone());
            }
        }
        ended(&common::run(&team.inbox(), &out, &[]), 0);
        let who = |out: &Path| contacts(out);
        prop_assert_eq!(who(&out), who(&first), "back at the beginning");
        prop_assert!(csv(&out.join("current/redirects.csv")).iter().all(|row| owner.contains_key(&row["survivor"])));
    }
}
