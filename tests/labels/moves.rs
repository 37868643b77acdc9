//! Categories that move: when, how far, and what is told of it.

use super::*;

#[test]
fn a_lower_score_demotes_only_when_runs_on_two_days_find_it() {
    let team = Team::new(&format!("{GOALS}{LEVEL}"));
    team.people("", &[&ada("Geschäftsführerin")]);
    let said = team.run("2026-07-01");
    assert_eq!(team.tier("Ada Beispiel"), score("A"));
    assert!(team.moves().is_empty(), "the first run tells no moves: {}", all(&said));
    team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada("Praktikantin")]));
    team.run("2026-07-02");
    assert_eq!(team.tier("Ada Beispiel"), score("A"));
    let reason = team.reason("Ada Beispiel");
    assert!(reason.contains("bleibt A, bis ein Lauf an einem späteren Tag dasselbe findet"), "{reason}");
    team.run("2026-07-02");
    assert_eq!(team.tier("Ada Beispiel"), score("A"), "the same day again is no second day");
    assert!(team.moves().is_empty());
    team.run("2026-07-03");
    let row = team.contact("Ada Beispiel");
    assert_eq!((row["tier"].as_str(), row["tier_prev"].as_str()), ("D", "A"), "{row:?}");
    assert_eq!(row["tier_since"], "2026-07-03");
    assert_eq!(team.moves(), [["tier_down", "Ada Beispiel", "A", "D", "contact"].map(str::to_owned)]);
    let changes = team.table("changes");
    let change = changes.iter().find(|row| row["field"] == "tier").unwrap();
    assert_eq!(change["reason"], row["tier_reason"], "told with its reason");
    team.run("2026-07-04");
    assert!(team.moves().is_empty(), "told once");
}

#[test]
fn a_score_that_comes_back_demotes_nobody() {
    let team = Team::new(&format!("{GOALS}{LEVEL}"));
    team.people("", &[&ada("Geschäftsführerin")]).run("2026-07-01");
    team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada("Praktikantin")])).run("2026-07-02");
    fs::remove_dir_all(team.file("inbox/anna/2026-07-01")).unwrap();
    team.run("2026-07-03");
    assert!(!team.reason("Ada Beispiel").contains("bleibt"), "{}", team.reason("Ada Beispiel"));
    team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada("Praktikantin")])).run("2026-07-04");
    assert_eq!(team.tier("Ada Beispiel"), score("A"), "the days are counted anew");
    team.run("2026-07-05");
    assert_eq!(team.tier("Ada Beispiel"), score("D"));
}

#[test]
fn a_higher_score_lifts_at_once() {
    let team = Team::new(&format!("{GOALS}{LEVEL}"));
    team.people("", &[&ada("Praktikantin")]).run("2026-07-01");
    assert_eq!(team.tier("Ada Beispiel"), score("D"));
    team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada("Geschäftsführerin")])).run("2026-07-01");
    assert_eq!(team.moves(), [["tier_up", "Ada Beispiel", "D", "A", "contact"].map(str::to_owned)]);
}

#[test]
fn changes_tell_whether_the_contact_or_the_goals_moved_a_category() {
    let other = "[goals]\nindustries = [\"energy\"]\nseniority = [\"student\"]\n";
    let weights = "[tier]\nweights = { target_fit = 0.5, strength = 0.0, seniority = 0.5, network = 0.0 }\n";
    for (contact, goals, basis) in [(true, false, "contact"), (false, true, "goals"), (true, true, "both")] {
        let team = Team::new(&format!("{GOALS}{weights}"));
        team.people("", &[&ada("Geschäftsführerin")]).run("2026-07-01");
        if contact {
            let position = if goals { "Buchhalterin" } else { "Praktikantin" };
            team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada(position)]));
        }
        if goals {
            team.pipeline("de", &format!("{other}{weights}"));
        }
        team.run("2026-07-02");
        assert_eq!(team.tier("Ada Beispiel").0, "A", "{basis}: {}", team.reason("Ada Beispiel"));
        team.run("2026-07-03");
        let moves = team.moves();
        assert_eq!(moves.len(), 1, "{basis}: {}", team.reason("Ada Beispiel"));
        assert_eq!((moves[0][0].as_str(), moves[0][4].as_str()), ("tier_down", basis));
        let changes = team.table("changes");
        let row = changes.iter().find(|row| row["field"] == "tier").unwrap();
        assert_eq!(row["cause"], if basis == "goals" { "goals" } else { "records" });
    }
}

#[test]
fn a_category_set_by_hand_never_moves_by_goals() {
    let team = Team::new(GOALS);
    team.people("Kategorie", &[&format!("{};A", ada("Geschäftsführerin"))]).run("2026-07-01");
    for (day, goals) in [
        ("2026-07-02", "[goals]\nindustries = [\"energy\"]\nseniority = [\"student\"]\n".to_owned()),
        ("2026-07-03", String::new()),
        ("2026-07-04", "[tier]\ncut_points = { A = 1.0, B = 0.99, C = 0.98 }\n".to_owned()),
        ("2026-07-05", format!("[[tier.rule]]\ntier = \"D\"\nwhen = {{ city = \"Köln\" }}\n{GOALS}")),
    ] {
        team.pipeline("de", &goals);
        team.run(day);
        assert_eq!(team.tier("Ada Beispiel"), manual("A"));
        assert!(team.moves().is_empty(), "{day}");
    }
}

#[test]
fn a_category_that_a_person_changes_is_their_decision_whatever_the_goals() {
    let team = Team::new(GOALS);
    team.people("", &[&ada("Geschäftsführerin")]).run("2026-07-01");
    team.hands(&[["Ada Beispiel", "C", "2026-07-02", "ben"]]);
    team.pipeline("de", "[goals]\nindustries = [\"energy\"]\n");
    team.run("2026-07-02");
    assert_eq!(team.moves(), [["tier_down", "Ada Beispiel", "A", "C", "contact"].map(str::to_owned)]);
    let changes = team.table("changes");
    let row = changes.iter().find(|row| row["field"] == "tier").unwrap();
    assert_eq!(row["cause"], "decision");
}

#[test]
fn weights_of_strength_are_goals_and_how_much_is_shown_is_not() {
    let tier = "[tier]\nweights = { target_fit = 0.0, strength = 1.0, seniority = 0.0, network = 0.0 }\n";
    let team = Team::new(&format!("{GOALS}{tier}"));
    team.people("", &CROWD).met("anna", &["29.06.2026;Dora Sommerfeldt;Stadtwerke Musterstadt;Treffen"]);
    team.run("2026-07-01");
    let letter = team.tier("Dora Sommerfeldt").0;
    // Only how often they met counts now, which is once.
    let seldom = "[strength]\nweights = { recency = 0.0, frequency = 1.0, reciprocity = 0.0, multiplexity = 0.0, tenure = 0.0 }\nbands = { steady = 0.1, strong = 0.9 }\n";
    team.pipeline("de", &format!("{GOALS}{tier}{seldom}"));
    team.run("2026-07-02");
    team.run("2026-07-03");
    let moves = team.moves();
    assert!(moves.iter().any(|change| change[1] == "Dora Sommerfeldt" && change[2] == letter), "{moves:?}");
    assert!(moves.iter().all(|change| change[4] == "goals"), "{moves:?}");

    let team = Team::new(&format!("{GOALS}{LEVEL}"));
    team.people("", &[&ada("Geschäftsführerin")]).run("2026-07-01");
    team.pipeline("de", &format!("{GOALS}{LEVEL}sort_most = 7\nwords = \"animals\"\narchive_months = 3\n"));
    team.put("anna/2026-07-01/list.csv", &sheet("", &[&ada("Praktikantin")])).run("2026-07-02");
    team.run("2026-07-03");
    assert_eq!(team.moves()[0][4], "contact");
}

#[test]
fn categories_of_earlier_runs_are_remembered_by_their_days() {
    let team = Team::new(LEVEL);
    team.people("", &CROWD).run("2026-06-30");
    let told = || {
        let rows = team.table("reports/tiers_over_time");
        let of = rows.into_iter().filter(|row| row["member"] == "team" && row["people"] != "0");
        of.map(|row| ["on", "tier", "people"].map(|column| row[column].clone())).collect::<Vec<_>>()
    };
    let first = ["2026-06-30", "unsorted", "6"].map(str::to_owned);
    assert_eq!(told(), std::slice::from_ref(&first));
    team.hands(&[["Ada Beispiel", "A", "2026-07-31", "anna"]]);
    team.put("anna/2026-07-31/list.csv", &sheet("", &CROWD));
    let both = [
        first,
        ["2026-07-31", "A", "1"].map(str::to_owned),
        ["2026-07-31", "unsorted", "5"].map(str::to_owned),
    ];
    for _ in 0..2 {
        team.run("2026-07-31");
        assert_eq!(told(), both, "the same day again counts once");
    }
    let output = hamstern(&["report", "--pipeline"]).arg(team.file("hamstern.toml")).output().unwrap();
    ended(&output, 0);
    assert_eq!(told(), both);
}
