//! Categories by hand, by rule and by score, and what the pipeline file sets.

use super::*;

#[test]
fn a_person_counts_before_a_rule_and_a_rule_before_the_score() {
    let team = Team::new(GOALS);
    team.people("Kategorie", &CROWD.map(|row| format!("{row};")).each_ref().map(String::as_str));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), score("A"));
    assert!(team.reason("Ada Beispiel").contains("Punkte"), "{}", team.reason("Ada Beispiel"));
    team.pipeline("de", &format!("{GOALS}{RULE}"));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), rule("B"));
    assert!(
        team.reason("Ada Beispiel").starts_with("Regel Softwarehäuser: company = *software*"),
        "{}",
        team.reason("Ada Beispiel")
    );
    team.people("Kategorie", &CROWD.map(|row| format!("{row};C")).each_ref().map(String::as_str));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), manual("C"));
    assert_eq!(team.reason("Ada Beispiel"), "C gesetzt von anna, 30.06.2026");
    team.hands(&[["Ada Beispiel", "D", "2026-06-30", "ben"]]);
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), manual("D"));
    let reason = team.reason("Ada Beispiel");
    assert_eq!(reason, "D gesetzt von ben, 30.06.2026; anna sagte C (30.06.2026)");
}

#[test]
fn the_newest_word_wins_and_open_gives_the_contact_back() {
    let team = Team::new(GOALS);
    team.people("", &CROWD);
    team.now();
    team.hands(&[
        ["Ada Beispiel", "D", "2026-05-01", "anna"],
        ["Ada Beispiel", "C", "2026-06-01", "ben"],
        ["Ada Beispiel", "B", "2026-04-01", "cem"],
    ]);
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), manual("C"));
    assert!(team.reason("Ada Beispiel").starts_with("C gesetzt von ben, 01.06.2026"));
    assert_eq!(team.cell("Ada Beispiel", "tier_since"), "2026-06-01");
    // A member's sheet that is newer than tiers.csv.
    team.put("cem/2026-06-15/list.csv", &sheet("Kategorie", &[&format!("{};A", CROWD[0])]));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), manual("A"));
    let reason = team.reason("Ada Beispiel");
    assert!(reason.contains("cem") && reason.contains("ben sagte C (01.06.2026)"), "{reason}");
    // Given back, the sheets say nothing any more that is older.
    team.hands(&[["Ada Beispiel", "C", "2026-06-01", "ben"], ["Ada Beispiel", "open", "2026-06-20", "ben"]]);
    team.now();
    assert_eq!(team.tier("Ada Beispiel").1, "score");
}

#[test]
fn sheets_of_two_members_that_disagree_are_both_named() {
    let team = Team::new("");
    team.put("anna/2026-01-10/list.csv", &sheet("Kategorie", &[&format!("{};A", CROWD[0])]));
    team.put("ben/2026-02-10/list.csv", &sheet("Kategorie", &[&format!("{};C", CROWD[0])]));
    team.put("cem/2026-01-20/list.csv", &sheet("Kategorie", &[&format!("{};C", CROWD[0])]));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), manual("C"));
    assert_eq!(
        team.reason("Ada Beispiel"),
        "C gesetzt von ben, 10.02.2026; anna sagte A (10.01.2026)",
        "who says the same does not disagree"
    );
}

#[test]
fn rules_ask_any_column_and_the_first_that_fits_counts() {
    let team = Team::new(
        "[[tier.rule]]\nname = \"Messe\"\ntier = \"A\"\nwhen = { tags = \"messe\", city = [\"Köln\", \"Hamburg\"] }\n\
         [[tier.rule]]\ntier = \"C\"\nwhen = { holder_count = \">= 2\" }\n\
         [[tier.rule]]\nname = \"kennt niemand\"\ntier = \"D\"\nwhen = { position = false }\n",
    );
    let rows = CROWD.map(|row| format!("{row};Messe"));
    team.people("Schlagworte", &rows.each_ref().map(String::as_str));
    team.put("ben/2026-06-30/list.csv", &sheet("", &CROWD[2..4]));
    team.now();
    assert_eq!(team.tier("Ada Beispiel"), rule("A"));
    assert_eq!(team.tier("Cem Öztürk"), rule("A"), "the first that fits");
    assert_eq!(team.tier("Dora Sommerfeldt"), rule("C"));
    assert_eq!(team.reason("Dora Sommerfeldt"), "Regel: holder_count >= 2");
    assert_eq!(team.tier("Finn Winter"), rule("D"));
    assert_eq!(team.reason("Finn Winter"), "Regel kennt niemand: position unbekannt");
    let said = stdout(&team.now());
    assert!(said.contains("Categories: 3 A, 0 B, 1 C, 2 D"), "{said}");
}

#[test]
fn wrong_rules_are_told_with_their_line_and_a_hint() {
    let team = Team::new("");
    team.people("", &CROWD);
    for (wrong, told) in [
        ("[[tier.rule]]\ntier = \"E\"\nwhen = { city = \"Köln\" }\n", "tier"),
        ("[[tier.rule]]\ntier = \"A\"\nwhen = { ctiy = \"Köln\" }\n", "city"),
        ("[[tier.rule]]\ntier = \"A\"\nwhen = { touches = \"viele\" }\n", ">= 3"),
        ("[[tier.rule]]\ntier = \"A\"\n", "when"),
        ("[tier]\ncut_points = { A = 0.2, B = 0.5, C = 0.25 }\n", "cut_points"),
        ("[tier]\nevidence = 7\n", "evidence"),
        ("[strength]\nweights = { recencyy = 1.0 }\n", "recency"),
        ("[goals]\nindustries = [\"softwear\"]\n", "industries"),
        ("[goals]\nseniority = [\"directr\"]\n", "director"),
    ] {
        team.pipeline("de", wrong);
        let output = hamstern(&["check"]).arg(team.file("hamstern.toml")).output().unwrap();
        ended(&output, 78);
        let said = all(&output);
        assert!(said.contains(told), "{wrong}: {said}");
        assert!(
            (7..=9).any(|line| said.contains(&format!(":{line}")) || said.contains(&format!("line {line}"))),
            "{wrong}: {said}"
        );
        ended(&team.try_run(DAY), 78);
    }
}

#[test]
fn weights_cut_points_and_evidence_are_the_teams_own() {
    let team = Team::new(GOALS);
    team.people("", &CROWD);
    let tier = |more: &str, name: &str| {
        // A state of its own each time: nothing is slow to move.
        let _ = fs::remove_dir_all(team.file("out"));
        let _ = fs::remove_dir_all(team.file("state"));
        team.pipeline("de", &format!("{GOALS}{more}"));
        team.now();
        (team.tier(name).0, team.number(name, "tier_score"))
    };
    let (letter, usual) = tier("", "Cem Öztürk");
    assert_eq!(letter, "A");
    let (letter, same) = tier("[tier]\ncut_points = { A = 0.999, B = 0.998, C = 0.1 }\n", "Cem Öztürk");
    assert_eq!((letter.as_str(), same), ("C", usual));
    let weights = "weights = { target_fit = 0.0, strength = 0.0, seniority = 1.0, network = 0.0 }";
    let (_, level) = tier(&format!("[tier]\n{weights}\n"), "Cem Öztürk");
    assert!(level < usual && level > 0.0, "{level}");
    assert_eq!(tier("[tier]\nevidence = 1.0\n", "Cem Öztürk").0, "", "the tie is not known");
}
