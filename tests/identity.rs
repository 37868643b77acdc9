//! Who keeps which id: files that come, go, are renamed, exported again or overwritten; merges, splits and changes.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;
#[path = "common/team.rs"]
mod team;
#[path = "common/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{all, csv, ended, figure, files, manifest, put};
use proptest::prelude::*;
use team::Team;
use world::{Row, World, card, connections, map};

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

/// What each record gives and which contact it is of, but for why it was joined.
fn values(world: &World) -> Vec<Row> {
    let mut rows: Vec<Row> = world.table("contacts");
    rows.extend(world.table("provenance").into_iter().map(|mut row| {
        row.retain(|column, _| !column.starts_with("match_"));
        row
    }));
    rows
}

#[test]
fn an_answer_that_is_taken_back_gives_everybody_back_what_was_theirs() {
    let world = World::new();
    let [anna, ben, cem] = three(&world);
    let before = values(&world);
    let record = |id: &str| {
        let trail = world.table("provenance");
        trail.iter().find(|row| row["contact_id"] == id).unwrap()["record_id"].clone()
    };
    let (a, b) = (record(&anna), record(&ben));
    let answers = world.out().join("decisions.csv");
    fs::write(&answers, format!("a,b,decision,on,by,note\n{a},{b},same,2026-06-02,anna,\n")).unwrap();
    world.run("2026-06-02");
    assert_eq!(world.redirects(), map([(&ben, &anna)]), "of equal parts the older one");
    assert_eq!(world.change("merged")["cause"], "decision");
    assert_eq!(world.table("redirects")[0]["cause"], "decision");
    // Meanwhile more is read of one of the two, so that it is the larger part.
    for number in 0..3 {
        let properties = ["EMAIL:ts@beta.example", "ORG:Beta"];
        let path = format!("emil/2026-04-0{}/card.vcf", number + 1);
        world.put(&path, &card(&format!("e{number}"), "Thomas Schmidt", &properties));
    }
    world.run("2026-06-03");
    assert_eq!(world.redirects(), map([(&ben, &anna)]));
    fs::write(&answers, format!("a,b,decision,on,by,note\n{a},{b},different,2026-06-04,anna,\n")).unwrap();
    world.run("2026-06-04");
    let split = world.change("split");
    assert_eq!((split["contact_id"].clone(), split["cause"].as_str()), (ben.clone(), "decision"));
    assert_eq!((split["old"].clone(), split["new"].clone()), (anna.clone(), ben.clone()));
    assert!(world.redirects().is_empty());
    let of = |id: &str| {
        let contacts = world.table("contacts");
        contacts.iter().find(|row| row["contact_id"] == id).unwrap().clone()
    };
    assert_eq!((of(&anna)["emails"].as_str(), of(&anna)["records"].as_str()), ("", "1"));
    assert_eq!((of(&ben)["emails"].as_str(), of(&ben)["records"].as_str()), ("ts@beta.example", "4"));
    fs::remove_dir_all(world.inbox().join("emil")).unwrap();
    world.run("2026-06-05");
    assert_eq!(
        world.ids("Thomas Schmidt").into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([anna, ben, cem])
    );
    assert_eq!(values(&world), before, "every value is with its own contact");
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
                    1 if hit && path.extension().is_some_and(|end| end != "zip") => {
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

#[test]
fn the_country_of_a_list_is_what_most_of_it_says_and_stays_until_far_more_is_against_it() {
    let world = World::new();
    let phone = |name: &str| {
        let row = world.table("contacts").into_iter().find(|row| row["name"] == name);
        row.map(|row| row["phones"].clone()).unwrap()
    };
    let run = |today: &str| world.run_with(&["--now", today]);
    let told = |output: &std::process::Output| all(output).contains("the country is AT now and was DE");
    world.put(
        "anna/Kunden.csv",
        "Name;Telefon;Land\nAda Erst;0171 1234567;Deutschland\nBo Zweit;0171 2345678;Deutschland\nCy Wien;+43 664 1234567;Österreich\n",
    );
    let output = run("2026-06-01");
    assert!(all(&output).contains("Country DE, language de"), "{}", all(&output));
    assert_eq!(phone("Ada Erst"), "+491711234567");
    let vienna = |names: &[&str]| -> String {
        let number = |name: &&str| format!("TEL:+43 664 765{:04}", name.len() * 7);
        names.iter().map(|name| card(name, name, &[&number(name)])).collect()
    };
    world.put("anna/a.vcf", &vienna(&["Dana Dritt", "Eve Viertel"]));
    let output = run("2026-06-02");
    assert!(!told(&output), "{}", all(&output));
    assert_eq!(phone("Ada Erst"), "+491711234567");
    let many = [
        "Flo Fuenf",
        "Gus Sechster",
        "Hal Siebenter",
        "Ida Acht",
        "Jo Neunzehn",
        "Kai Zehnder",
        "Lu Elfenbein",
    ];
    world.put("anna/b.vcf", &vienna(&many));
    let output = run("2026-06-03");
    assert!(told(&output) && all(&output).contains("Country AT"), "{}", all(&output));
    assert_ne!(phone("Ada Erst"), "+491711234567");
    assert!(!told(&run("2026-06-04")), "it is said once");
}

#[test]
fn who_changes_the_own_profile_stays_the_same_contact() {
    let world = World::new();
    let row = |slug: &str, company: &str| {
        format!(
            "Notburga,Talvenstett,https://www.linkedin.com/in/{slug},,{company},Leiterin Einkauf,05 Jan 2024\n"
        )
    };
    let others = "Eva,Kleinod,https://www.linkedin.com/in/eva-kleinod,,Alpha,Chefin,06 Jan 2024\n";
    world.put(
        "anna/2025-10-01/Connections.csv",
        &format!("{}{}{others}", world::HEADER, row("notburga-talvenstett-4b1a2", "Malvedo GmbH")),
    );
    world.run("2025-10-02");
    let id = world.id("Notburga Talvenstett");
    world.put(
        "anna/2026-06-01/Connections.csv",
        &format!("{}{}{others}", world::HEADER, row("notburga-t", "Malvedo GmbH")),
    );
    world.run("2026-06-02");
    assert_eq!(world.id("Notburga Talvenstett"), id, "one contact, and its id");
    assert!(world.changes().is_empty(), "{:?}", world.changes());
    assert!(world.ended().values().all(String::is_empty), "the connection goes on: {:?}", world.ended());
    // Two profiles in one export are two people whatever else is the same.
    world.put(
        "anna/2026-06-20/Connections.csv",
        &format!(
            "{}{}{}{others}",
            world::HEADER,
            row("notburga-t", "Malvedo GmbH"),
            row("notburga-talvenstett-9", "Malvedo GmbH").replace("05 Jan 2024", "12 Jun 2026")
        ),
    );
    world.run("2026-06-21");
    assert_eq!(world.ids("Notburga Talvenstett").len(), 2);
}
