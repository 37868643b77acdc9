//! Business and private life, and tags.

use super::*;

#[test]
fn who_is_only_in_a_phone_is_private_unless_something_says_otherwise() {
    let team = Team::new(GOALS);
    let phone = [
        card("Oma Kleinod", &["TEL:+491711000001"]),
        card("Freya Freimail", &["TEL:+491711000002", "EMAIL:freya@gmx.de"]),
        card("Bea Beruf", &["TEL:+491711000003", "EMAIL:bea@nordlicht.example"]),
        card("Carl Chef", &["TEL:+491711000004", "ORG:Nordlicht Software AG", "TITLE:Geschäftsführer"]),
        card("Kim Kunde", &["TEL:+491711000005", "CATEGORIES:Kunden"]),
        card("Fritz Vetter", &["TEL:+491711000006", "ORG:Nordlicht Software AG", "CATEGORIES:Familie"]),
    ];
    team.put("anna/2026-06-30/phone.vcf", &phone.concat());
    let rows = [
        format!("{};privat", CROWD[0]),
        format!("{};geschäftlich", CROWD[1]),
        "Gerd Golf;;;;;privat".to_owned(),
    ];
    team.people("Bereich", &rows.each_ref().map(String::as_str));
    team.now();
    for (name, scope) in [
        ("Oma Kleinod", "private"),
        ("Freya Freimail", "private"),
        ("Bea Beruf", "business"),
        ("Carl Chef", "business"),
        ("Kim Kunde", "business"),
        ("Fritz Vetter", "private"),
        ("Ada Beispiel", "private"),
        ("Bo Anders", "business"),
        ("Gerd Golf", "private"),
    ] {
        assert_eq!(team.cell(name, "scope"), scope, "{name}");
    }
    assert_eq!(team.tier("Ada Beispiel"), nobody(), "private life is not measured by the team's aims");
    assert_eq!(team.reason("Ada Beispiel"), "nur privat bekannt");
    assert_eq!(team.tier("Carl Chef").1, "score");
    let asked = team.sort_names();
    for name in ["Oma Kleinod", "Fritz Vetter", "Ada Beispiel", "Gerd Golf"] {
        assert!(!asked.contains(&name.to_owned()), "{name} in {asked:?}");
    }
    assert!(asked.contains(&"Kim Kunde".to_owned()), "{asked:?}");
    let said = stdout(&team.now());
    assert!(said.contains("5 private"), "{said}");
}

#[test]
fn a_person_may_sort_even_who_is_private() {
    let team = Team::new("[[tier.rule]]\nname = \"Familie\"\ntier = \"C\"\nwhen = { tags = \"Familie\" }\n");
    team.put(
        "anna/2026-06-30/phone.vcf",
        &(card("Oma Kleinod", &["TEL:+491711000001"])
            + &card("Fritz Vetter", &["TEL:+491711000006", "CATEGORIES:Familie"])),
    );
    team.now();
    assert_eq!(team.tier("Fritz Vetter"), rule("C"));
    team.hands(&[["Oma Kleinod", "A", "2026-06-30", "anna"]]);
    team.now();
    assert_eq!(team.tier("Oma Kleinod"), manual("A"));
}

#[test]
fn tags_arrive_from_cards_google_and_sheets() {
    let team = Team::new("");
    team.put(
        "anna/2026-06-30/phone.vcf",
        &card("Kim Kunde", &["TEL:+491711000005", "CATEGORIES:Kunden,Messe Köln"]),
    );
    let fixture = fs::read("fixtures/google/google_new_2024.csv").unwrap();
    team.put("ben/2026-06-30/contacts.csv", &String::from_utf8_lossy(&fixture));
    team.people("Schlagworte", &[&format!("{};Beirat, Golf", CROWD[0])]);
    team.now();
    assert_eq!(team.cell("Kim Kunde", "tags"), "Kunden | Messe Köln");
    assert_eq!(team.cell("Ada Beispiel", "tags"), "Beirat | Golf");
    assert_eq!(team.cell("Erika Mustermann", "tags"), "Kunden", "without the group of all");
}

#[test]
fn who_was_private_stays_so_after_leaving() {
    let team = Team::new("[[member]]\nid = \"anna\"\n[[member]]\nid = \"ben\"\n");
    let oma = card("Oma Kleinod", &["TEL:+491711000001"]);
    let kim = card("Kim Kunde", &["TEL:+491711000005", "CATEGORIES:Kunden"]);
    let rest = card("Bea Beruf", &["TEL:+491711000003", "EMAIL:bea@nordlicht.example"]);
    team.put("anna/2026-06-30/phone.vcf", &[oma, kim, rest.clone()].concat());
    team.now();
    team.hands(&[["Oma Kleinod", "A", "2026-06-30", "anna"], ["Kim Kunde", "A", "2026-06-30", "anna"]]);
    team.now();
    team.put("anna/2026-06-30/phone.vcf", &rest);
    team.run("2026-07-01");
    let news = team.table("news");
    let of = |name: &str| {
        let row = news.iter().find(|row| row["name"] == name);
        row.unwrap_or_else(|| panic!("{name} in {news:?}")).clone()
    };
    let told = |name: &str| ["tier", "scope", "target", "left"].map(|column| of(name)[column].clone());
    assert_eq!(told("Oma Kleinod"), ["A", "private", "", "true"]);
    assert_eq!(told("Kim Kunde"), ["A", "business", "", "true"]);
    let page = fs::read_to_string(team.file("out/report.html")).unwrap();
    assert!(page.contains("Kim Kunde") && !page.contains("Oma Kleinod"), "private life is nobody's news");
}
