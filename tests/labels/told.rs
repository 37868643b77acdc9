//! What `explain` and `label` tell.

use super::*;

#[test]
fn explain_tells_every_label_with_its_reason_the_ties_and_a_score_that_adds_up() {
    let team = Team::new(&format!("{GOALS}places = [\"Köln\"]\n"));
    team.people("", &CROWD).met("anna", &["20.06.2026;Cem Öztürk;Nordlicht Software AG;Treffen"]);
    team.now();
    let told = team.explained("Cem Öztürk");
    let row = team.contact("Cem Öztürk");
    let labels: BTreeMap<String, serde_json::Value> = told["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| (label["label"].as_str().unwrap().to_owned(), label.clone()))
        .collect();
    for (label, column) in [
        ("industry", "industry"),
        ("seniority", "seniority"),
        ("function", "function"),
        ("scope", "scope"),
        ("tier", "tier"),
    ] {
        assert_eq!(labels[label]["value"], row[column].as_str(), "{label}");
        assert!(!row[column].is_empty(), "{label}");
    }
    for (label, reason) in [
        ("industry", row["industry_reason"].as_str()),
        ("seniority", &row["seniority_reason"]),
        ("function", &row["function_reason"]),
        ("tier", &row["tier_reason"]),
    ] {
        assert_eq!(labels[label]["reason"], reason, "{label}");
    }
    for label in ["place", "goals"] {
        assert!(labels[label]["value"].as_str().unwrap().contains("Köln"), "{label}: {labels:?}");
    }
    for label in labels.values().filter(|label| label["label"] != "goals") {
        assert!(label["value"] == "" || label["reason"] != "", "no reason: {label}");
    }
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let parts = told["score_parts"].as_array().unwrap();
    let known = || parts.iter().filter(|part| !part["value"].is_null());
    let sum: f64 = known().map(|part| number(&part["value"]) * number(&part["weight"])).sum();
    assert_eq!(known().count(), 4);
    assert!((sum - number(&told["score"])).abs() < 0.001, "{sum} of {told}");
    assert!((number(&told["score"]) - row["tier_score"].parse::<f64>().unwrap()).abs() < 0.001);
    let tie = &told["ties"][0];
    assert_eq!((tie["member"].as_str(), tie["band"].as_str()), (Some("anna"), Some("steady")));
    assert!((number(&tie["strength"]) - row["strength"].parse::<f64>().unwrap()).abs() < 0.001);
    let because = tie["because"].to_string();
    assert!(because.contains("letztes Treffen vor 10 Tagen"), "{because}");
    let text = team.explain("Cem Öztürk", &[]);
    for told in [
        "Schlüsselwort",
        "Titelwort",
        "steady",
        "letztes Treffen vor 10 Tagen",
        "Score 0.",
        row["tier_reason"].as_str(),
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn a_score_of_which_little_is_known_adds_up_as_well() {
    let team = Team::new(GOALS);
    team.people("", &CROWD).now();
    for name in ["Ada Beispiel", "Dora Sommerfeldt", "Eva Kleinod", "Finn Winter"] {
        let told = team.explained(name);
        let parts = told["score_parts"].as_array().unwrap();
        let sum: f64 = parts
            .iter()
            .filter_map(|part| Some(part["value"].as_f64()? * part["weight"].as_f64().unwrap()))
            .sum();
        assert!((sum - told["score"].as_f64().unwrap()).abs() < 0.001, "{name}: {sum} of {told}");
    }
    assert!(team.explain("Ada Beispiel", &[]).contains("unknown, left out"));
}

#[test]
fn explain_tells_what_people_and_rules_said() {
    let team = Team::new(&format!("{GOALS}{RULE}"));
    team.people("", &CROWD).now();
    let text = team.explain("Ada Beispiel", &[]);
    assert!(text.contains("Regel Softwarehäuser: company = *software*"), "{text}");
    team.hands(&[["Ada Beispiel", "C", "2026-06-30", "ben"]]);
    team.now();
    let text = team.explain("Ada Beispiel", &[]);
    assert!(text.contains("C gesetzt von ben, 30.06.2026"), "{text}");
}

#[test]
fn one_case_is_labelled_without_any_inbox() {
    let label = |arguments: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let output = hamstern(&["label"]).args(arguments).current_dir(folder.path()).output().unwrap();
        ended(&output, 0);
        stdout(&output)
    };
    let text = label(&["--try", "Südwind Maschinenbau GmbH", "--title", "Leiterin Einkauf"]);
    for told in ["machinery", "lead", "purchasing", "because"] {
        assert!(text.contains(told), "{told} in {text}");
    }
    let text = label(&["--try", "Südwind Maschinenbau GmbH", "--title", "Leiterin Einkauf", "--lang", "de"]);
    assert!(text.contains("Schlüsselwort") && text.contains("Maschinen- & Anlagenbau"), "{text}");
    let json = label(&["--try", "Stadtwerke Köln GmbH", "--title", "Praktikant", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&json).unwrap();
    let found: BTreeMap<&str, &str> = line["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| (label["label"].as_str().unwrap(), label["value"].as_str().unwrap()))
        .collect();
    assert_eq!((found["industry"], found["seniority"], found["function"]), ("energy", "student", ""));
    assert!(
        line["labels"].as_array().unwrap().iter().all(|label| label["value"] == "" || label["reason"] != ""),
        "{line}"
    );
    let text = label(&["--try", "selbstständig", "--title", "Freelancer"]);
    assert!(text.lines().any(|line| line.starts_with("industry") && line.contains("not known")), "{text}");
}

#[test]
fn one_case_is_labelled_by_the_teams_own_table() {
    let team = Team::new("[labels]\nindustries = \"industries.csv\"\n");
    fs::write(team.file("industries.csv"), "company,sector\nSüdwind,energy\n").unwrap();
    let output = hamstern(&["label", "--try", "Suedwind GmbH", "--pipeline"])
        .arg(team.file("hamstern.toml"))
        .output()
        .unwrap();
    ended(&output, 0);
    assert!(stdout(&output).contains("industries.csv"), "{}", stdout(&output));
}

#[test]
fn a_place_that_stands_as_it_was_given_and_every_scope_have_a_reason() {
    let team = Team::new("");
    team.put(
        "anna/2026-06-30/list.csv",
        "Name;Firma;PLZ;Ort;Bundesland;Land\nAda Beispiel;Kranich;80331;München;Bayern;DE\n",
    );
    team.put(
        "anna/2026-06-30/phone.vcf",
        &(card("Oma Kleinod", &["TEL:+491711000001"])
            + &card("Kim Kunde", &["TEL:+491711000005", "CATEGORIES:Kunden"])
            + &card("Bea Beruf", &["TEL:+491711000003", "EMAIL:bea@nordlicht.example"])
            + &card("Fritz Vetter", &["TEL:+491711000006", "ORG:Nordlicht AG", "CATEGORIES:Familie"])),
    );
    team.put("anna/2026-06-30/privat.csv", "Name;Firma;E-Mail;Bereich\nGerd Golf;;gerd@gmx.de;privat\n");
    team.now();
    let text = team.explain("Ada Beispiel", &[]);
    assert!(text.contains("wie angegeben"), "{text}");
    for (name, scope, reason) in [
        ("Ada Beispiel", "business", "Firma oder Position bekannt"),
        ("Oma Kleinod", "private", "steht nur in einem Telefon, ohne Firma und geschäftliche E-Mail-Adresse"),
        ("Kim Kunde", "business", "Schlagwort „Kunden“"),
        ("Bea Beruf", "business", "geschäftliche E-Mail-Adresse"),
        ("Fritz Vetter", "private", "Schlagwort „Familie“"),
        ("Gerd Golf", "private", "ein Mitglied sagt es"),
    ] {
        let told = team.explained(name);
        let labels = told["labels"].as_array().unwrap();
        let label = labels.iter().find(|label| label["label"] == "scope").unwrap();
        assert_eq!(
            (label["value"].as_str(), label["reason"].as_str()),
            (Some(scope), Some(reason)),
            "{name}"
        );
    }
}
