//! Exports that are overwritten, cleared away or replaced: who is in them is not lost.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;
#[path = "common/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::fs;

use common::{all, ended, figure, files, manifest, put};
use world::{HEADER, World, card, connections, map};

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

#[test]
fn a_newer_export_that_shows_hardly_anybody_is_told_once() {
    let world = World::new();
    let people = |count: usize| -> Vec<String> {
        let letter = |at: usize| char::from(b'a' + at as u8);
        (0..count).map(|at| format!("Eva Test{} Alpha Rat 0{}-Jan-2024", letter(at), 1 + at % 9)).collect()
    };
    let file = |people: &[String], day: &str| {
        let dated: Vec<String> =
            people.iter().cloned().chain([format!("Otto Fort Beta Koch {day}")]).collect();
        connections(&dated.iter().map(String::as_str).collect::<Vec<_>>())
    };
    world.put("anna/2026-01-05/Connections.csv", &file(&people(20), "05-Jan-2026"));
    world.run("2026-01-20");
    world.put("anna/2026-05-09/Connections.csv", &file(&people(2), "05-Jan-2026"));
    let output = world.run("2026-05-20");
    let told = all(&output);
    assert!(told.contains("anna/2026-05-09/Connections.csv does not show 18 people"), "{told}");
    let again = all(&world.run("2026-05-21"));
    assert!(!again.contains("does not show"), "{again}");
    // A few who leave are no news of that kind.
    world.put("anna/2026-06-09/Connections.csv", &file(&people(1), "05-Jan-2026"));
    assert!(!all(&world.run("2026-06-20")).contains("does not show"));
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
            for path in removed {
                world.remove(path);
            }
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
