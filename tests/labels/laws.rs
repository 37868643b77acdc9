//! Laws: what labels never depend on, what always wins, what stands in no reason.

use super::*;

#[test]
fn columns_that_are_dropped_stand_in_no_reason_and_on_no_card() {
    let team = Team::new("[goals]\nplaces = [\"Köln\"]\n[privacy]\ndrop = [\"city\", \"emails\"]\n");
    let rows = [
        "Ada Beispiel;Kranich und Partner;;ada@stadtwerke-koeln.example;Köln;50667;Domstraße 1",
        "Bo Anders;Stadtwerke Köln;;bo@koelnnetz.example;;;",
    ];
    team.people("PLZ;Straße", &rows).now();
    for (path, bytes) in common::files(&team.file("out/current")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for word in ["stadtwerke-koeln", "koelnnetz"] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
    for name in ["contacts.csv", "contacts.vcf", "archived.csv", "changes.csv"] {
        let text = fs::read_to_string(team.file("out/current").join(name)).unwrap();
        // What his company is called tells enough to fit.
        let text = text.replace("Stadtwerke Köln", "").replace("Ort Köln", "");
        assert!(!text.contains("Köln"), "{name}: {text}");
    }
}

#[test]
fn reasons_are_told_in_the_language_of_the_team() {
    let rows = CROWD.map(|row| format!("{row};"));
    for (language, words, not) in [
        ("de", ["Schlüsselwort", "Titelwort", "noch nicht zugeordnet", "Einträge"], "keyword"),
        ("en", ["keyword", "title word", "not sorted yet", "records"], "Schlüsselwort"),
    ] {
        let team = Team::new("");
        team.pipeline(language, GOALS);
        team.people("Kategorie", &rows.each_ref().map(String::as_str)).now();
        let rows = team.table("contacts");
        let text: String = rows
            .iter()
            .flat_map(|row| row.iter())
            .filter(|(column, _)| column.ends_with("_reason"))
            .fold(String::new(), |text, (_, cell)| text + cell + "\n");
        for word in &words[..3] {
            assert!(text.contains(word), "{word} in {text}");
        }
        assert!(!text.contains(not), "{not} in {text}");
        assert!(text.contains(if language == "de" { "„Bäckerei“" } else { "\"Bäckerei\"" }), "{text}");
        for bad in ["baecker", "fuer", "Schluessel", "Staerke", "Laenge", "naechst", "spaeter", "\u{fffd}"] {
            assert!(!text.contains(bad), "{bad} in {text}");
        }
    }
}

/// What labels say of a contact, but for what others know of it.
fn labels_of(row: &Row) -> BTreeMap<String, String> {
    const COLUMNS: [&str; 20] = [
        "scope",
        "seniority",
        "seniority_reason",
        "function",
        "function_reason",
        "industry",
        "industry_confidence",
        "industry_reason",
        "tier",
        "tier_score",
        "tier_source",
        "tier_reason",
        "animal",
        "city",
        "region",
        "country",
        "strength",
        "strength_band",
        "tags",
        "goals",
    ];
    COLUMNS.iter().map(|column| ((*column).to_owned(), row[*column].clone())).collect()
}

const COMPANIES: [&str; 6] =
    ["Südwind Software GmbH", "Wolf GmbH", "Stadtwerke Köln", "", "freiberuflich", "Praxis Dr. Kleinod"];
const TITLES: [&str; 6] =
    ["Geschäftsführerin", "Leiter Einkauf", "Praktikant", "", "Head of Sales | Speaker", "Fachärztin"];
const TOWNS: [&str; 4] = ["Köln", "Munich", "", "Frankfurt"];
const NAMES: [&str; 8] = [
    "Ina Amsel",
    "Udo Bussard",
    "Eva Drossel",
    "Kai Elster",
    "Lea Fasan",
    "Max Habicht",
    "Pia Kleiber",
    "Tim Reiher",
];

fn people() -> impl Strategy<Value = Vec<String>> {
    let one = (0..COMPANIES.len(), 0..TITLES.len(), 0..TOWNS.len(), 0..4usize);
    proptest::collection::vec(one, 2..8).prop_map(|people| {
        people
            .iter()
            .zip(NAMES)
            .map(|((company, title, town, letter), name)| {
                let letter = ["", "A", "C", ""][*letter];
                let mail = name.split(' ').nth(1).unwrap().to_lowercase();
                format!(
                    "{name};{};{};{mail}@{mail}.example;{};{letter}",
                    COMPANIES[*company], TITLES[*title], TOWNS[*town]
                )
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_label_never_depends_on_other_contacts_or_on_the_order_of_files(people in people(), cut in 1usize..7) {
        let goals = "[goals]\nindustries = [\"it\", \"energy\"]\nseniority = [\"lead\"]\nplaces = [\"NRW\"]\n\
                     companies = [\"Wolf\"]\n[[tier.rule]]\ntier = \"B\"\nwhen = { function = \"health\" }\n";
        let cut = cut.min(people.len() - 1);
        let shown = |team: &Team| -> BTreeMap<String, BTreeMap<String, String>> {
            team.now();
            team.table("contacts").iter().map(|row| (row["name"].clone(), labels_of(row))).collect()
        };
        let lines: Vec<&str> = people.iter().map(String::as_str).collect();
        // Everybody in one file.
        let one = Team::new(goals);
        let told = shown(one.people("Kategorie", &lines));
        prop_assert_eq!(told.len(), people.len());
        // The other way round, in two files of other names, beside people who are none of theirs.
        let two = Team::new(goals);
        let mut turned = lines.clone();
        turned.reverse();
        two.put("anna/2026-06-30/z.csv", &sheet("Kategorie", &turned[..cut]));
        two.put("anna/2026-06-30/a/b.csv", &sheet("Kategorie", &turned[cut..]));
        two.put("ben/2026-06-30/list.csv", &sheet("", &CROWD));
        let mut again = shown(&two);
        again.retain(|name, _| told.contains_key(name));
        prop_assert_eq!(&told, &again);
        // Each alone.
        let alone = Team::new(goals);
        let first = people[0].as_str();
        let own = shown(alone.people("Kategorie", &[first]));
        for (name, labels) in own {
            prop_assert_eq!(&labels, &told[&name]);
        }
    }

    #[test]
    fn a_category_set_by_hand_always_wins(people in people(), letter in "[ABCD]", rule in "[ABCD]") {
        let team = Team::new(&format!("{GOALS}[[tier.rule]]\ntier = \"{rule}\"\nwhen = {{ name = true }}\n"));
        let lines: Vec<&str> = people.iter().map(String::as_str).collect();
        team.people("Kategorie", &lines).now();
        let names: Vec<String> = team.table("contacts").iter().map(|row| row["name"].clone()).collect();
        for name in &names {
            let (_, source) = team.tier(name);
            let reason = team.reason(name);
            match source.as_str() {
                "manual" => prop_assert!(reason.contains("gesetzt von anna"), "{}", reason),
                "rule" => prop_assert!(reason.starts_with("Regel: name bekannt"), "{}", reason),
                other => prop_assert!(false, "{} by {}", name, other),
            }
        }
        let hands: Vec<[&str; 4]> = names.iter().map(|name| [name.as_str(), letter.as_str(), DAY, "ben"]).collect();
        team.hands(&hands);
        team.now();
        for name in &names {
            prop_assert_eq!(team.tier(name), manual(&letter));
        }
    }
}
