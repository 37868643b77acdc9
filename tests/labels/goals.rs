//! Goals: none yet, proposed, and what of a contact meets them.

use super::*;

#[test]
fn without_goals_and_touches_everybody_is_a_penguin_and_the_run_says_what_to_add() {
    let team = Team::new("");
    team.people("", &CROWD);
    let said = stdout(&team.now());
    for row in team.table("contacts") {
        assert_eq!((row["tier"].as_str(), row["animal"].as_str()), ("", "penguin"), "{row:?}");
        assert!(row["tier_reason"].contains("keine Ziele in der Pipeline-Datei"), "{}", row["tier_reason"]);
    }
    assert!(said.contains("6 not sorted yet (penguins)"), "{said}");
    assert!(said.contains("[goals] in the pipeline file") && said.contains("a log of meetings"), "{said}");
    assert!(said.contains("work.xlsx"), "{said}");
}

#[test]
fn the_goals_that_are_proposed_can_be_pasted_and_sort_people() {
    let team = Team::new("");
    team.people("", &CROWD);
    let said = stdout(&team.now());
    let block: Vec<&str> = said
        .lines()
        .skip_while(|line| line.trim() != "[goals]")
        .take_while(|line| !line.trim().is_empty())
        .collect();
    let block = block.join("\n");
    assert!(block.contains("\"it\"") && block.contains("Südwind Software GmbH"), "{said}");
    assert!(block.contains("\"executive\"") && !block.contains("professional"), "{block}");
    team.pipeline("de", &format!("{block}\n"));
    let said = stdout(&team.now());
    assert!(!said.contains("[goals]"), "goals are proposed to teams without any: {said}");
    let sorted: Vec<String> = team
        .table("contacts")
        .into_iter()
        .filter(|row| !row["tier"].is_empty())
        .map(|row| row["name"].clone())
        .collect();
    assert!(sorted.contains(&"Ada Beispiel".to_owned()), "{sorted:?}");
    assert_eq!(team.tier("Ada Beispiel"), score("A"));
    assert!(team.moves().iter().all(|change| change[4] != "goals"), "a first category is no change of goals");
}

#[test]
fn a_dry_run_and_json_propose_the_same_goals() {
    let team = Team::new("");
    team.people("", &CROWD);
    let json =
        hamstern(&["run"]).arg(team.file("hamstern.toml")).args(["--now", DAY, "--json"]).output().unwrap();
    let line: serde_json::Value = serde_json::from_str(stdout(&json).lines().last().unwrap()).unwrap();
    let proposed = line["goals_proposed"].as_str().unwrap();
    assert!(proposed.starts_with("[goals]\n"), "{line}");
    assert_eq!((line["labels"]["people"].as_u64(), line["labels"]["unsorted"].as_u64()), (Some(6), Some(6)));
    toml::from_str::<toml::Value>(proposed).unwrap();
}

#[test]
fn goals_are_met_by_industry_function_and_level_in_both_languages() {
    let goals =
        "[goals]\nindustries = [\"it\"]\nfunctions = [\"sales\"]\nseniority = [\"lead\", \"director\"]\n";
    for (language, told) in [
        ("de", ["Branche IT, Software & Telekommunikation", "Funktion Vertrieb", "Ebene Abteilungs-"]),
        ("en", ["industry IT, Software & Telecom", "function Sales", "level "]),
    ] {
        let team = Team::new("");
        team.pipeline(language, goals);
        team.people("", &CROWD).now();
        let bo = team.met_goals("Bo Anders");
        for met in told {
            assert!(bo.contains(met), "{language}: {bo}");
        }
        assert_eq!(team.tier("Bo Anders").1, "score");
        assert_eq!(team.met_goals("Dora Sommerfeldt"), "");
        assert_eq!(team.met_goals("Finn Winter"), "");
        assert_eq!(team.tier("Finn Winter"), nobody(), "nothing is known of him");
    }
}

#[test]
fn goals_that_make_nobody_a_target_leave_target_companies_empty() {
    for (goals, known) in [
        ("functions = [\"management\"]", false),
        ("functions = [\"management\"]\nwish_list = \"wishes.csv\"", true),
        ("industries = [\"it\"]", true),
        ("companies = [\"Nirgendwo AG\"]", true),
    ] {
        let team = Team::new(&format!("[goals]\n{goals}\n"));
        fs::write(team.file("wishes.csv"), "name,company\nNobody Known,\n").unwrap();
        team.people("", &CROWD).now();
        for again in [false, true] {
            let rows = team.table("reports/channel_value");
            let told: Vec<bool> = rows
                .iter()
                .filter(|row| row["measure"] == "companies")
                .map(|row| !row["value"].is_empty())
                .collect();
            assert!(!told.is_empty() && told.iter().all(|told| *told == known), "{goals} {again}: {rows:?}");
            let output =
                hamstern(&["report", "--pipeline"]).arg(team.file("hamstern.toml")).output().unwrap();
            ended(&output, 0);
        }
    }
}

#[test]
fn a_company_of_the_goals_is_met_by_its_whole_name_or_brand_and_never_by_a_part() {
    let team = Team::new(
        "[goals]\ncompanies = [\"Wolf\", \"Volkswagen AG\", \"Müller & Söhne\", \"Bäckerei Groß GmbH\"]\n",
    );
    team.people(
        "",
        &[
            "Ada Eins;Wolf GmbH;;ada@a.example;",
            "Bea Zwei;WOLF GmbH & Co. KG;;bea@b.example;",
            "Cem Drei;Wolf Heiztechnik GmbH;;cem@c.example;",
            "Dan Vier;Wolfsburg AG;;dan@d.example;",
            "Eva Wolf;Andere AG;;eva@e.example;",
            "Fee Fünf;VW;;fee@f.example;",
            "Gus Sechs;Volkswagen;;gus@g.example;",
            "Hal Sieben;Mueller & Soehne KG;;hal@h.example;",
            "Ina Acht;Baeckerei Gross;;ina@i.example;",
            "Jan Neun;Müller;;jan@j.example;",
        ],
    );
    team.now();
    let met: Vec<String> = team
        .table("contacts")
        .into_iter()
        .filter(|row| !row["goals"].is_empty())
        .map(|row| format!("{}: {}", row["name"], row["goals"]))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(
        met,
        [
            "Ada Eins: Firma Wolf",
            "Bea Zwei: Firma Wolf",
            "Fee Fünf: Firma Volkswagen AG",
            "Gus Sechs: Firma Volkswagen AG",
            "Hal Sieben: Firma Müller & Söhne",
            "Ina Acht: Firma Bäckerei Groß GmbH",
        ]
    );
}

#[test]
fn a_place_of_the_goals_is_a_city_a_state_or_a_country_in_any_spelling() {
    let people = [
        "Ada Eins;;;ada@a.example;Köln",
        "Bea Zwei;;;bea@b.example;Cologne",
        "Cem Drei;;;cem@c.example;Koeln",
        "Dan Vier;;;dan@d.example;München",
        "Eva Fünf;;;eva@e.example;Wien",
        "Fee Sechs;;;fee@f.example;",
    ];
    let rhine = ["Ada Eins", "Bea Zwei", "Cem Drei"];
    for (asked, whom) in [
        ("Köln", &rhine[..]),
        ("Cologne", &rhine),
        ("koeln", &rhine),
        ("Nordrhein-Westfalen", &rhine),
        ("NRW", &rhine),
        ("Bayern", &["Dan Vier"]),
        ("Bavaria", &["Dan Vier"]),
        ("Österreich", &["Eva Fünf"]),
        ("AT", &["Eva Fünf"]),
        ("Deutschland", &["Ada Eins", "Bea Zwei", "Cem Drei", "Dan Vier"]),
        ("Germany", &["Ada Eins", "Bea Zwei", "Cem Drei", "Dan Vier"]),
    ] {
        let team = Team::new(&format!("[goals]\nplaces = [\"{asked}\"]\n"));
        team.people("", &people).now();
        let rows = team.table("contacts");
        let met: BTreeSet<&str> =
            rows.iter().filter(|row| !row["goals"].is_empty()).map(|row| row["name"].as_str()).collect();
        assert_eq!(met, whom.iter().copied().collect(), "{asked}");
        for name in rhine {
            assert_eq!(team.cell(name, "city"), "Köln", "one spelling a place");
            assert_eq!(team.cell(name, "country"), "DE");
        }
    }
}
