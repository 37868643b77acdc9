//! Category D, and the workbook in which people sort by hand.

use super::*;

#[test]
fn who_is_of_category_d_leaves_the_cards_at_once_and_the_contacts_after_a_time() {
    let team = Team::new("[tier]\narchive_months = 6\n");
    team.people("", &CROWD);
    team.run("2026-07-01");
    let id = team.cell("Ada Beispiel", "contact_id");
    let cards = || fs::read_to_string(team.file("out/current/contacts.vcf")).unwrap();
    let archived = || team.table("archived");
    let names = || team.table("contacts").into_iter().map(|row| row["name"].clone()).collect::<Vec<_>>();
    assert!(cards().contains("Ada Beispiel"));
    team.hands(&[["Ada Beispiel", "D", "2026-07-02", "ben"], ["Bo Anders", "C", "2026-07-02", "ben"]]);
    team.run("2026-07-02");
    assert!(!cards().contains("Ada Beispiel") && cards().contains("Bo Anders"));
    assert_eq!(team.cell("Ada Beispiel", "animal"), "", "no animal stands for D");
    assert!(archived().is_empty());
    assert!(fs::metadata(team.file("out/contacts.csv")).unwrap().len() > 0);
    team.run("2027-01-01");
    assert!(names().contains(&"Ada Beispiel".to_owned()) && archived().is_empty());
    assert!(team.moves().is_empty());
    let said = stdout(&team.run("2027-01-02"));
    assert!(said.contains("1 of category D are in archived.csv now"), "{said}");
    assert!(!names().contains(&"Ada Beispiel".to_owned()));
    assert_eq!(archived()[0]["contact_id"], id);
    assert_eq!(archived()[0]["tier_reason"], "D gesetzt von ben, 02.07.2026");
    assert_eq!(team.moves(), [["archived", "Ada Beispiel", "D", "D", "contact"].map(str::to_owned)]);
    assert!(team.table("provenance").iter().any(|row| row["contact_id"] == id), "no row is lost");
    team.run("2027-01-03");
    assert!(team.moves().is_empty(), "told once");
    assert!(team.table("changes").is_empty(), "who is archived is not gone");
    let text = fs::read_to_string(team.file("tiers.csv")).unwrap();
    fs::write(team.file("tiers.csv"), format!("{text}{id},B,2027-01-04,ben,,\n")).unwrap();
    team.run("2027-01-04");
    assert_eq!((team.cell("Ada Beispiel", "contact_id"), team.tier("Ada Beispiel")), (id, manual("B")));
    assert!(archived().is_empty() && cards().contains("Ada Beispiel"));
    assert_eq!(team.moves(), [["tier_up", "Ada Beispiel", "D", "B", "contact"].map(str::to_owned)]);
}

#[test]
fn who_is_archived_on_the_day_of_the_news_is_told_as_well() {
    let team = Team::new("");
    team.people("", &CROWD).run("2026-07-01");
    // Somebody writes down a category that was given long ago.
    team.hands(&[["Ada Beispiel", "D", "2024-01-01", "ben"]]);
    team.run("2026-07-02");
    assert_eq!(team.table("archived").len(), 1);
    let told: Vec<String> = team.moves().into_iter().map(|change| change[0].clone()).collect();
    assert_eq!(told, ["archived", "tier_up"], "never silently");
}

#[test]
fn who_is_archived_by_a_shorter_time_is_told_as_well() {
    let team = Team::new("[tier]\narchive_months = 0\n");
    team.people("", &CROWD).run("2026-07-01");
    team.hands(&[["Ada Beispiel", "D", "2026-07-02", "ben"]]);
    team.run("2026-07-02");
    team.run("2027-12-01");
    assert!(team.table("archived").is_empty() && team.moves().is_empty());
    team.pipeline("de", "[tier]\narchive_months = 12\n");
    team.run("2027-12-02");
    assert_eq!(team.table("archived").len(), 1);
    assert_eq!(team.moves(), [["archived", "Ada Beispiel", "D", "D", "contact"].map(str::to_owned)]);
    team.run("2027-12-03");
    assert!(team.moves().is_empty(), "told once");
}

#[test]
fn nobody_is_archived_where_the_pipeline_file_says_never() {
    let team = Team::new("[tier]\narchive_months = 0\n");
    team.people("Kategorie", &[&format!("{};D", CROWD[0])]).run("2026-07-01");
    team.run("2036-07-01");
    assert_eq!(team.tier("Ada Beispiel"), manual("D"));
    assert!(team.table("archived").is_empty());
}

#[test]
fn the_workbook_lists_whom_to_sort_most_promising_first() {
    let team = Team::new("[goals]\nindustries = [\"it\"]\n[tier]\nevidence = 0.95\n");
    team.people("", &CROWD).met("anna", &["20.06.2026;Cem Öztürk;Nordlicht Software AG;Treffen"]);
    team.put("anna/2026-06-30/phone.vcf", &card("Oma Kleinod", &["TEL:+491711234567"]));
    team.now();
    let names = team.sort_names();
    assert_eq!(names.len(), 5, "everybody but her who is private and him who is sorted: {names:?}");
    assert_eq!(team.tier("Cem Öztürk").1, "score");
    assert_eq!(names[0], "Ada Beispiel", "she fits and decides: {names:?}");
    assert_eq!(names[4], "Finn Winter", "nothing is known of him: {names:?}");
    let rows = team.to_sort();
    let ada = rows.iter().find(|row| row[1] == "Ada Beispiel").unwrap().join(" ");
    for told in ["Südwind Software GmbH", "Geschäftsführerin", "anna", "Köln"] {
        assert!(ada.contains(told), "{told} in {ada}");
    }
}

#[test]
fn the_workbook_asks_for_as_many_as_the_pipeline_file_says() {
    let team = Team::new("[tier]\nsort_most = 2\n");
    team.people("", &CROWD).now();
    assert_eq!(team.sort_names().len(), 2);
    let mut book = calamine::open_workbook_auto(team.file("work.xlsx")).unwrap();
    let help = book.worksheet_range("Hilfe").unwrap();
    let text: String = help.rows().flatten().map(Data::to_string).collect();
    assert!(text.contains("Weitere Kontakte ohne Kategorie, die hier nicht stehen: 4."), "{text}");
}

#[test]
fn an_answer_in_the_workbook_is_the_category_of_the_next_run() {
    let team = Team::new("");
    team.people("", &CROWD).now();
    let rows = team.to_sort();
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet().set_name("Zu sortieren").unwrap();
    for (line, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            page.write(line as u32, column as u16, cell).unwrap();
        }
        if cells[1] == "Dora Sommerfeldt" {
            page.write(line as u32, 0, "B").unwrap();
        }
    }
    fs::write(team.file("work.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    team.run("2026-07-01");
    assert_eq!(team.tier("Dora Sommerfeldt"), manual("B"));
    assert!(
        team.reason("Dora Sommerfeldt").starts_with("B gesetzt von work.xlsx"),
        "{}",
        team.reason("Dora Sommerfeldt")
    );
    let kept = csv(&team.file("tiers.csv"));
    assert_eq!((kept[0]["name"].as_str(), kept[0]["tier"].as_str()), ("Dora Sommerfeldt", "B"));
    assert!(!team.sort_names().contains(&"Dora Sommerfeldt".to_owned()), "who is sorted is not asked for");
    assert_eq!(team.moves(), [["tier_up", "Dora Sommerfeldt", "", "B", "contact"].map(str::to_owned)]);
}
