//! Snapshots tried on small inboxes: what ends a holding, what does not, and what stays.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{all, csv, hamstern, run};

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn put(inbox: &Path, path: &str, content: &str) {
    let place = inbox.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, content).unwrap();
}

/// A LinkedIn export of people `given family company slug day`.
fn connections(people: &[&str]) -> String {
    people.iter().fold(HEADER.to_owned(), |text, person| {
        let [given, family, company, slug, day] = person.split(' ').collect::<Vec<_>>().try_into().unwrap();
        text + &format!(
            "{given},{family},https://www.linkedin.com/in/{slug},,{company},,{}\n",
            day.replace('-', " ")
        )
    })
}

/// Runs an inbox into a folder beside it; `name -> ended_on` of its holdings through LinkedIn.
fn ended(root: &Path) -> Vec<(String, String)> {
    let out = root.join("out");
    let output = run(&root.join("inbox"), &out, &[]);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}", all(&output));
    let contacts = csv(&out.join("current/contacts.csv"));
    let name = |id: &str| contacts.iter().find(|row| row["contact_id"] == id).unwrap()["name"].clone();
    let mut ended: Vec<_> = csv(&out.join("current/holdings.csv"))
        .iter()
        .filter(|row| row["channel"] == "linkedin")
        .map(|row| (name(&row["contact_id"]), row["ended_on"].clone()))
        .collect();
    ended.sort();
    ended
}

fn expect(ended: &[(String, String)], expected: &[(&str, &str)]) {
    let ended: Vec<_> = ended.iter().map(|(name, day)| (name.as_str(), day.as_str())).collect();
    assert_eq!(ended, expected);
}

const OLDER: [&str; 2] = ["Eva Klein Klein eva 05-Jan-2024", "Otto Lost Alt otto 06-Jan-2024"];
const NEWER: [&str; 2] = ["Eva Klein Neu eva 05-Jan-2024", "Nora Neu Neu nora 01-May-2026"];

#[test]
fn a_later_complete_export_ends_what_it_no_longer_shows() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    put(&inbox, "anna/2026-01-10/Connections.csv", &connections(&OLDER));
    put(&inbox, "anna/2026-06-10/Connections.csv", &connections(&NEWER));
    expect(&ended(root.path()), &[("Eva Klein", ""), ("Nora Neu", ""), ("Otto Lost", "2026-06-10")]);
    let contacts = csv(&root.path().join("out/current/contacts.csv"));
    assert_eq!(contacts.iter().find(|row| row["name"] == "Eva Klein").unwrap()["company"], "Neu");
}

#[test]
fn an_export_that_nothing_dates_or_that_shows_nobody_ends_nothing() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    put(&inbox, "anna/2026-06-10/Connections.csv", &connections(&NEWER));
    put(
        &inbox,
        "anna/linkedin_connections_export_microsoft_outlook.csv",
        "First Name,Last Name,E-mail Address,Company,Job Title\nUlf,Uralt,ulf@uralt.example,Uralt,\n",
    );
    put(&inbox, "anna/2026-06-20/Connections.csv", HEADER);
    expect(&ended(root.path()), &[("Eva Klein", ""), ("Nora Neu", ""), ("Ulf Uralt", "")]);
}

#[test]
fn a_copy_is_of_the_same_day_as_what_it_copies() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    put(&inbox, "anna/2026-01-10/Connections.csv", &connections(&OLDER));
    put(&inbox, "anna/2026-06-10/Connections.csv", &connections(&NEWER));
    put(&inbox, "anna/Connections (1).csv", &connections(&NEWER));
    expect(&ended(root.path()), &[("Eva Klein", ""), ("Nora Neu", ""), ("Otto Lost", "2026-06-10")]);
}

#[test]
fn an_undated_card_does_not_overrule_a_dated_profile() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    put(&inbox, "anna/2026-06-10/Connections.csv", &connections(&["Eva Klein Neu eva 05-Jan-2024"]));
    put(
        &inbox,
        "ben/eva.vcf",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nPRODID:-//XING//www.xing.com//epublica//www.epublica.de//Version 1.3\r\n\
         N:Klein;Eva\r\nFN:Eva Klein\r\nORG:Alt\r\nUID:77\r\nURL;TYPE=work:https://www.linkedin.com/in/eva\r\n\
         END:VCARD\r\n",
    );
    ended(root.path());
    let contacts = csv(&root.path().join("out/current/contacts.csv"));
    assert_eq!((contacts.len(), contacts[0]["company"].as_str()), (1, "Neu"));
}

/// `name -> (contact_id, first_seen)` of the holdings of an inbox on a day.
fn ids(root: &Path, today: &str) -> std::collections::BTreeMap<String, (String, String)> {
    let out = root.join("out");
    let output = hamstern(&["run", "--now", today, "--inbox"])
        .arg(root.join("inbox"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", all(&output));
    let holdings = csv(&out.join("current/holdings.csv"));
    let of = |row: std::collections::BTreeMap<String, String>| {
        let held = holdings.iter().find(|held| held["contact_id"] == row["contact_id"]).unwrap();
        (row["name"].clone(), (row["contact_id"].clone(), held["first_seen"].clone()))
    };
    csv(&out.join("current/contacts.csv")).into_iter().map(of).collect()
}

fn card(name: &str, phone: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap();
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{family};{given}\r\nTEL:{phone}\r\nEND:VCARD\r\n")
}

#[test]
fn a_card_without_a_name_of_its_own_keeps_its_contact_when_it_changes() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    let book = |gerd: &str, one: &str, other: &str| {
        card("Gerd Handy", gerd) + &card("Ute Zwilling", one) + &card("Ute Zwilling", other)
    };
    put(&inbox, "ben/phone.vcf", &book("+491712345678", "+491713333331", "+491714444441"));
    let before = ids(root.path(), "2026-06-10");
    put(&inbox, "ben/phone.vcf", &book("+491712345679", "+491713333332", "+491714444442"));
    let after = ids(root.path(), "2026-06-20");
    assert_eq!(before["Gerd Handy"], after["Gerd Handy"]);
    assert_ne!(before["Ute Zwilling"], after["Ute Zwilling"], "nobody can say which is which");
}

#[test]
fn a_file_that_comes_back_is_as_old_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    put(&inbox, "ben/phone.vcf", &card("Gerd Handy", "+491712345678"));
    put(&inbox, "ben/more.vcf", &card("Ute Zwilling", "+491713333331"));
    let before = ids(root.path(), "2026-06-10");
    fs::rename(inbox.join("ben/phone.vcf"), root.path().join("aside")).unwrap();
    assert_eq!(ids(root.path(), "2026-06-11").len(), 1);
    fs::rename(root.path().join("aside"), inbox.join("ben/phone.vcf")).unwrap();
    assert_eq!(ids(root.path(), "2026-06-20"), before);
}

#[test]
fn files_without_content_and_shifted_rows_are_told() {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox");
    let shifted = "Uwe,Berg,https://www.linkedin.com/in/uwe,,Alpha, Beta GmbH,Boss,05 Jan 2024\n";
    put(&inbox, "anna/Connections.csv", &(connections(&NEWER) + shifted));
    put(&inbox, "cem/Connections.csv", &(HEADER.to_owned() + shifted));
    put(
        &inbox,
        "cem/list.csv",
        "Name,Firma,E-Mail\nEva Klein,K,eva@k.example\nUwe Berg,Alpha, Beta,u@b.example\n",
    );
    put(&inbox, "anna/empty.csv", "\n");
    put(&inbox, "ben/Connections.csv", HEADER);
    put(&inbox, "ben/Invitations.csv", "From,To,Sent At,Message,Direction\n");
    let out = root.path().join("out");
    let output = run(&inbox, &out, &[]);
    assert_eq!(output.status.code(), Some(3), "{}", all(&output));
    let rejects: Vec<_> = csv(&out.join("current/rejects.csv"))
        .iter()
        .map(|row| format!("{} {} {}", row["file"], row["line"], row["code"]))
        .collect();
    assert_eq!(
        rejects,
        [
            "anna/Connections.csv 4 long-row",
            "anna/empty.csv 0 empty-file",
            "ben/Connections.csv 0 no-rows",
            "cem/Connections.csv 2 long-row",
            "cem/list.csv 3 long-row"
        ]
    );
    // Eva Klein of the connections and of the list share a name and nothing else: two contacts.
    assert_eq!(csv(&out.join("current/contacts.csv")).len(), 3);
}
