//! Corners: counts, archived contacts, shared mailboxes, touches to come.

use super::*;

#[test]
fn what_is_known_is_counted() {
    let team = Team::new("");
    team.people("", &CROWD).now();
    let counts = &manifest(&team.file("out"))["counts"]["labels"];
    let rows = team.table("contacts");
    for column in ["industry", "seniority", "function"] {
        let known = rows.iter().filter(|row| !row[column].is_empty()).count();
        assert_eq!(counts[column].as_u64(), Some(known as u64), "{column} in {counts}");
        assert!(known < rows.len(), "nothing is guessed to fill {column}");
    }
    assert_eq!((counts["people"].as_u64(), counts["unsorted"].as_u64()), (Some(6), Some(6)));
}

#[test]
fn a_contact_that_is_archived_can_still_be_explained() {
    let team = Team::new("[tier]\narchive_months = 1\n");
    team.people("", &CROWD).run("2026-07-01");
    team.hands(&[["Ada Beispiel", "D", "2026-07-01", "ben"]]);
    team.run("2026-07-01");
    team.run("2026-08-01");
    assert_eq!(team.table("archived").len(), 1);
    assert!(team.explain("Ada Beispiel", &[]).contains("D gesetzt von ben"));
    assert!(!team.sort_names().contains(&"Ada Beispiel".to_owned()));
}

#[test]
fn a_rule_sees_nothing_of_a_column_that_is_dropped() {
    let team =
        Team::new("[privacy]\ndrop = [\"tags\"]\n[[tier.rule]]\ntier = \"A\"\nwhen = { tags = \"Messe\" }\n");
    let rows = CROWD.map(|row| format!("{row};Messe"));
    team.people("Schlagworte", &rows.each_ref().map(String::as_str)).now();
    assert!(team.table("contacts").iter().all(|row| row["tier"].is_empty()));
}

#[test]
fn the_tie_of_an_ended_export_and_a_touch_to_come_count_as_they_should() {
    let team = Team::new("");
    team.people("", &CROWD).met(
        "anna",
        &[
            "20.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen",
            "20.12.2026;Bo Anders;Südwind Software GmbH;Treffen",
        ],
    );
    team.now();
    assert_eq!(team.cell("Ada Beispiel", "strength_band"), "steady");
    assert_eq!(team.cell("Bo Anders", "strength_band"), "unknown", "nothing has happened yet");
}

#[test]
fn a_member_of_the_team_and_a_shared_mailbox_are_no_penguins() {
    let team = Team::new(
        "[[member]]\nid = \"anna\"\nname = \"Anna Beispielhaft\"\nemails = [\"anna@team.example\"]\n",
    );
    team.people(
        "",
        &[
            CROWD[0],
            ";Südwind Software GmbH;;info@suedwind.example;",
            "Anna Beispielhaft;;;anna@team.example;",
        ],
    )
    .now();
    let rows = team.table("contacts");
    let shown: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row["kind"].as_str(), row["animal"].as_str())).collect();
    assert!(shown.contains(&("person", "penguin")) && shown.contains(&("role", "")), "{shown:?}");
    assert!(rows.iter().filter(|row| row["kind"] != "person").all(|row| row["tier"].is_empty()));
    assert_eq!(team.sort_names(), ["Ada Beispiel"]);
}

#[test]
fn goals_that_are_taken_away_unsort_and_say_so() {
    let team = Team::new(GOALS);
    team.people("", &CROWD[..1]).run("2026-07-01");
    assert_eq!(team.tier("Ada Beispiel"), score("A"));
    team.pipeline("de", "");
    team.run("2026-07-02");
    assert_eq!(team.tier("Ada Beispiel"), nobody());
    assert_eq!(team.moves(), [["tier_down", "Ada Beispiel", "A", "", "goals"].map(str::to_owned)]);
}
