//! Invitations that LinkedIn lists say how many were accepted and had a note, of the leader and of the others.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::fs;

use common::{csv, ended, put, run_file};

const LIST: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const SENT: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";

/// A row of the list of invitations: to whom, when, with which note.
fn invited(from: &str, to: &str, at: &str, note: &str) -> String {
    let url = |name: &str| {
        format!("https://www.linkedin.com/in/{}", name.to_lowercase().replace(' ', "-").replace('ö', "oe"))
    };
    format!("{from},{to},\"{at}\",{note},OUTGOING,{},{}\n", url(from), url(to))
}

fn connected(name: &str, on: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap();
    let url = name.to_lowercase().replace(' ', "-").replace('ö', "oe");
    format!("{given},{family},https://www.linkedin.com/in/{url},,Alpha,Rat,{on}\n")
}

#[test]
fn the_leaders_invitations_stand_beside_those_of_the_others() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("hamstern.toml");
    let text = "[team]\ncountry = \"DE\"\nlanguage = \"en\"\n[race]\nstart = 2026-03-02\nweeks = 4\n\
                [[member]]\nid = \"anna\"\n[[member]]\nid = \"ben\"\n";
    fs::write(&file, text).unwrap();
    let inbox = home.path().join("inbox");
    let anna = ["Eva Kleinod", "Jörg Kühn", "Ida Dabei"].map(|name| connected(name, "10 Mar 2026"));
    put(&inbox, "anna/2026-03-30/Connections.csv", (LIST.to_owned() + &anna.concat()).as_bytes());
    let sent = [
        invited("Anna Ampel", "Eva Kleinod", "3/9/26, 2:37 PM", "Hallo"),
        invited("Anna Ampel", "Jörg Kühn", "3/9/26, 2:40 PM", ""),
        invited("Anna Ampel", "Nie Geantwortet", "3/9/26, 2:41 PM", "Guten Tag"),
        invited("Anna Ampel", "Auch Nicht", "3/9/26, 2:42 PM", ""),
        // Accepted long ago, this one came after it and was none of the kind.
        invited("Anna Ampel", "Ida Dabei", "3/20/26, 2:42 PM", ""),
    ];
    put(&inbox, "anna/2026-03-30/Invitations.csv", (SENT.to_owned() + &sent.concat()).as_bytes());
    let ben = connected("Otto Fort", "11 Mar 2026");
    put(&inbox, "ben/2026-03-30/Connections.csv", (LIST.to_owned() + &ben).as_bytes());
    let sent = invited("Ben Bogen", "Otto Fort", "3/9/26, 2:37 PM", "Hallo");
    put(&inbox, "ben/2026-03-30/Invitations.csv", (SENT.to_owned() + &sent).as_bytes());
    ended(&run_file(&file, &[]), 0);
    let rows = csv(&home.path().join("out/current/reports/leader_profile.csv"));
    let told = |aspect: &str| {
        let row = rows.iter().find(|row| row["aspect"] == aspect).unwrap();
        ["member", "leader", "others"].map(|column| row[column].replace(',', "."))
    };
    let number = |text: &str| text.parse::<f64>().unwrap();
    for (aspect, leader, others) in [("invitations", 5.0, 1.0), ("noted", 0.4, 1.0), ("accepted", 0.4, 1.0)] {
        let [member, own, theirs] = told(aspect);
        assert_eq!(member, "anna");
        assert!(
            (number(&own) - leader).abs() < 1e-6 && (number(&theirs) - others).abs() < 1e-6,
            "{aspect}: {own} {theirs}"
        );
    }
}
