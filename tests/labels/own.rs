//! The team's own tables: industries and the wish list.

use super::*;

#[test]
fn the_teams_own_industries_count_before_anything_else_and_odd_lines_stop_nothing() {
    let team = Team::new("[labels]\nindustries = \"industries.csv\"\n[goals]\nindustries = [\"energy\"]\n");
    team.people("", &CROWD);
    let text = "\u{feff}Firma;Branche\r\nSüdwind Software;energy\r\nkleinod.example;Gesundheit & Soziales\r\n\
                Nordlicht Software AG;35.1\r\nStadtwerke Musterstadt;Zauberei\r\n;it\r\n";
    fs::write(team.file("industries.csv"), text).unwrap();
    let said = stdout(&team.now());
    for (name, sector, told) in [
        ("Ada Beispiel", "energy", "industries.csv"),
        ("Eva Kleinod", "health", "industries.csv, Zeile 3"),
        ("Cem Öztürk", "energy", "industries.csv"),
    ] {
        assert_eq!(team.cell(name, "industry"), sector, "{name}");
        let reason = team.cell(name, "industry_reason");
        assert!(reason.contains(told), "{name}: {reason}");
    }
    assert_eq!(
        team.cell("Dora Sommerfeldt", "industry"),
        "energy",
        "a line that is not understood changes nothing"
    );
    assert!(said.contains("industries.csv, line 5, column sector: "), "{said}");
    assert!(said.contains("Zauberei"), "{said}");
    assert!(said.contains("industries.csv, line 6"), "{said}");
    assert!(team.met_goals("Ada Beispiel").contains("Energie"), "{}", team.met_goals("Ada Beispiel"));
}

#[test]
fn the_wish_list_says_who_fulfils_which_wish_since_when() {
    let team = Team::new("[goals]\nwish_list = \"wunschliste.csv\"\n");
    team.put(
        "ben/2026-06-30/Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Cem,Öztürk,https://www.linkedin.com/in/cem-oeztuerk,,Nordlicht Software AG,Abteilungsleiter Einkauf,05 Jan 2020\n",
    );
    team.people("", &CROWD).met("anna", &["20.06.2026;Cem Öztürk;Nordlicht Software AG;Treffen"]);
    let text = "Name;Firma;Position;Wunsch;Zuständig;Bis;Nutzen;Status;Notiz\r\n\
                Oeztuerk, Cem;;;vertiefen;anna;31.12.2026;Messekarten;getroffen;nett\r\n\
                ;Suedwind Software;;neu;ben;;;offen;\r\n\
                ;Nordlicht Software;Leiter Einkauf;;;;;angesprochen;\r\n\
                Gisela Fehlt;;;;;;;identifiziert;\r\n\
                ;;;neu;anna;;;;\r\n\
                Ada Beispiel;;;vielleicht;;bald;;fast;\r\n";
    fs::write(team.file("wunschliste.csv"), text).unwrap();
    let said = stdout(&team.now());
    let wishes: BTreeMap<String, Row> =
        team.table("wishes").into_iter().map(|row| (row["line"].clone(), row)).collect();
    assert_eq!(wishes.keys().collect::<Vec<_>>(), ["2", "3", "4", "5", "7"]);
    let cells = |line: &str, columns: &[&str]| {
        columns.iter().map(|column| wishes[line][*column].clone()).collect::<Vec<_>>()
    };
    let columns = ["kind", "want", "owner", "due", "benefit", "status"];
    assert_eq!(cells("2", &columns), ["person", "intensify", "anna", "2026-12-31", "Messekarten", "met"]);
    assert_eq!(cells("3", &columns), ["company", "new", "ben", "", "", ""]);
    assert_eq!(cells("4", &columns), ["position", "new", "", "", "", "approached"]);
    assert_eq!(cells("5", &columns), ["person", "new", "", "", "", "identified"]);
    let columns = ["names", "holders", "first_reached", "last_touch", "strength_band"];
    assert_eq!(cells("2", &columns), ["Cem Öztürk", "anna | ben", "2020-01-05", "2026-06-20", "steady"]);
    assert_eq!(cells("3", &["names"]), ["Ada Beispiel | Bo Anders"]);
    assert_eq!(cells("4", &["names"]), ["Cem Öztürk"], "the same function on the same level");
    assert_eq!(cells("5", &columns), ["", "", "", "", ""]);
    assert_eq!(wishes["2"]["contacts"], team.cell("Cem Öztürk", "contact_id"));
    assert_eq!(team.cell("Cem Öztürk", "wishes"), "2 | 4");
    assert_eq!(team.tier("Cem Öztürk").1, "score", "who is wished for fits");
    assert!(team.met_goals("Cem Öztürk").contains("Wunsch 2"), "{}", team.met_goals("Cem Öztürk"));
    for told in [
        "wunschliste.csv, line 6: ",
        "line 7, column want: ",
        "line 7, column due: ",
        "line 7, column status: ",
    ] {
        assert!(said.contains(told), "{told} in {said}");
    }
    assert!(said.contains("Wish list: 4 of 5 lines are met by somebody you know"), "{said}");
}

#[test]
fn a_wish_is_first_reached_on_the_day_somebody_first_knew_them_also_in_later_runs() {
    let team = Team::new("[goals]\nwish_list = \"wishes.csv\"\n");
    fs::write(team.file("wishes.csv"), "name,company\nAda Beispiel,\n").unwrap();
    team.people("", &CROWD[1..]).run("2026-07-01");
    assert_eq!(team.table("wishes")[0]["first_reached"], "");
    team.put("anna/2026-07-15/list.csv", &sheet("", &CROWD)).run("2026-07-16");
    assert_eq!(team.table("wishes")[0]["first_reached"], "2026-07-15");
    team.put("anna/2026-08-15/list.csv", &sheet("", &CROWD)).run("2026-08-16");
    assert_eq!(team.table("wishes")[0]["first_reached"], "2026-07-15");
}

#[test]
fn a_file_that_the_pipeline_names_and_nobody_finds_ends_the_run_before_anything_is_read() {
    for (option, file) in [("[labels]\nindustries", "industries.csv"), ("[goals]\nwish_list", "wishes.csv")] {
        let team = Team::new(&format!("{option} = \"{file}\"\n"));
        team.people("", &CROWD);
        let output = team.try_run(DAY);
        ended(&output, 66);
        let said = all(&output);
        assert!(said.contains(file) && said.contains("hint: "), "{said}");
        assert!(!team.file("out").exists(), "nothing was written");
    }
}
