//! What holds for every title, and how fields with several titles are read.

use proptest::prelude::*;

use super::*;
use crate::words::rows;

fn level(text: &str) -> &'static str {
    titles(text, "").seniority.map_or("", |label| label.value.id())
}

fn function(text: &str, department: &str) -> &'static str {
    titles(text, department).function.map_or("", |label| label.value.id())
}

/// The labels without their reasons.
fn values(titles: &Titles) -> (Option<Level>, Option<Function>) {
    (titles.seniority.as_ref().map(|label| label.value), titles.function.as_ref().map(|label| label.value))
}

#[test]
fn several_titles_come_to_the_main_one() {
    for (text, wanted) in [
        ("Founder & CEO | Speaker", "executive"),
        ("Speaker | Founder & CEO", "executive"),
        ("Student | Werkstudent bei Beispiel", "student"),
        ("Projektmanagerin | Dozentin | Abteilungsleiterin", "lead"),
        ("Ex-CEO | Beraterin", "professional"),
        ("Beraterin | ehem. CEO", "professional"),
        ("Former CEO", "none"),
        ("Bürgermeister a. D.", "none"),
        ("Bürgermeister a.D., Geschäftsführer", "executive"),
        ("Leiterin Einkauf | auf Jobsuche", "none"),
        ("Rentner und Inhaber", "executive"),
        ("Steuerberater, Prokurist", "director"),
        ("Sachbearbeiterin / Teamleiterin", "lead"),
        ("Abteilungsleiter 🚀 Vorstand ⭐ Autor", "executive"),
    ] {
        assert_eq!(level(text), wanted, "{text}");
    }
}

#[test]
fn whom_somebody_works_for_is_not_what_they_are() {
    for (text, wanted) in [
        ("Assistenz der Geschäftsführung", "junior"),
        ("Assistentin Geschäftsführung", "junior"),
        ("Geschäftsführungsassistentin", "junior"),
        ("Vorstandsassistenz", "junior"),
        ("Assistant to the CEO", "junior"),
        ("Assistant to the CEO & CFO", "junior"),
        ("Referent des Vorstands", "professional"),
        ("Referentin Vorstand", "professional"),
        ("Coach für Geschäftsführer und Vorstände", "professional"),
        ("Berater bei Vorstand AG", "professional"),
        ("Consultant @ CEO Partners", "professional"),
        ("Consultant c/o CEO Partners", "professional"),
        ("Mitglied des Vorstands", "executive"),
        ("Head of Trainees", "lead"),
        ("Leiterplattenbestücker", "professional"),
        ("Leiterplattenfertigung", ""),
    ] {
        assert_eq!(level(text), wanted, "{text}");
    }
}

#[test]
fn what_is_no_title_stays_empty() {
    for text in [
        "",
        " ",
        "-",
        "n/a",
        "Menschen verbinden",
        "Ich helfe Unternehmen zu wachsen",
        "Helping CEOs to lead",
        "Ihr Partner in allen Lagen",
        "Manager",
        "Mitglied",
        "Dipl.-Ing.",
        "MBA",
        "Beispiel GmbH",
        "Netzwerker",
        "Innovation durch Vertrauen",
    ] {
        assert_eq!(titles(text, ""), Titles::default(), "{text}");
    }
}

#[test]
fn the_department_tells_the_function_where_the_title_does_not() {
    assert_eq!(function("Leiter", "Vertrieb"), "sales");
    assert_eq!(function("", "Einkauf"), "purchasing");
    assert_eq!(function("Sachbearbeiterin", "Buchhaltung"), "finance");
    assert_eq!(function("Einkäuferin", "Vertrieb"), "purchasing");
    assert_eq!(function("Rentner", "Vertrieb"), "");
    let found = titles("Leiter", "Abteilung Vertrieb").function.map(|label| label.reason);
    assert_eq!(found, Some(Reason::Department { word: "Vertrieb".to_owned() }));
}

#[test]
fn reasons_name_the_word_and_the_part() {
    let reason = |text: &str, language| titles(text, "").seniority.map(|label| label.reason.words(language));
    let (english, german) = (Language::English, Language::German);
    assert_eq!(reason("Leiterin Vertrieb", english).as_deref(), Some("title word \"Leiterin\""));
    assert_eq!(reason("Leiterin Vertrieb", german).as_deref(), Some("Titelwort „Leiterin“"));
    assert_eq!(
        reason("Speaker | Leiterin Vertrieb | Autorin", english).as_deref(),
        Some("title word \"Leiterin\" in \"Leiterin Vertrieb\", one of several titles")
    );
    assert_eq!(
        reason("Speaker | Leiterin Vertrieb | Autorin", german).as_deref(),
        Some("Titelwort „Leiterin“ in „Leiterin Vertrieb“, einem von mehreren Titeln")
    );
    let department = Reason::Department { word: "Einkauf".to_owned() };
    assert_eq!(department.words(english), "department \"Einkauf\"");
    assert_eq!(department.words(german), "Abteilung „Einkauf“");
}

/// The tables with the patterns in their first column.
const TABLES: [&str; 2] =
    [include_str!("../../../data/title_seniority.tsv"), include_str!("../../../data/title_function.tsv")];

#[test]
fn tables_are_sorted_and_every_row_is_read() {
    for table in TABLES {
        let patterns: Vec<&str> = rows(table).map(|(pattern, _)| pattern).collect();
        assert!(patterns.is_sorted_by(|one, next| one < next));
    }
    let found = |text: &str| !seniority::find(&Line::read(text)).is_empty();
    for (pattern, _) in rows(TABLES[0]) {
        let text = pattern.replace('*', "");
        assert!(pattern.split(' ').any(|word| word == "*") || found(&text), "{pattern}");
    }
    assert_eq!(rows(TABLES[0]).count(), seniority::size());
    assert_eq!(rows(TABLES[1]).count(), function::size());
    let found = |text: &str| !function::find(&Line::read(text)).is_empty();
    for (pattern, _) in rows(TABLES[1]) {
        assert!(found(&pattern.replace('*', "")), "{pattern}");
    }
}

#[test]
fn an_endless_field_is_read_in_part() {
    let text = "Leiter Vorstand, ".repeat(20_000);
    assert_eq!(level(&text), "lead");
    assert_eq!(level(&"x".repeat(200_000)), "");
    assert!(Line::read(&text).words.len() <= 100);
}

#[test]
fn ids_lead_back_to_their_values() {
    for level in Level::ALL {
        assert_eq!(Level::from_id(level.id()), Some(level));
        assert_eq!(Level::ALL.get(usize::from(level.rank())), Some(&level));
    }
    assert_eq!(Function::all().count(), 22);
    for function in Function::all() {
        assert_eq!(Function::from_id(function.id()), Some(function));
        assert!(
            !function.words(Language::German).is_empty() && !function.words(Language::English).is_empty()
        );
    }
    assert_eq!((Level::from_id("boss"), Function::from_id("boss")), (None, None));
}

/// Masculine and feminine forms of the same word.
const PAIRS: [(&str, &str); 24] = [
    ("Leiter", "Leiterin"),
    ("Abteilungsleiter", "Abteilungsleiterin"),
    ("Geschäftsführer", "Geschäftsführerin"),
    ("Inhaber", "Inhaberin"),
    ("Oberarzt", "Oberärztin"),
    ("Anwalt", "Anwältin"),
    ("Vorstand", "Vorständin"),
    ("Ingenieur", "Ingenieurin"),
    ("Kaufmann", "Kauffrau"),
    ("Bankkaufmann", "Bankkauffrau"),
    ("Sekretär", "Sekretärin"),
    ("Psychologe", "Psychologin"),
    ("Pädagoge", "Pädagogin"),
    ("Praktikant", "Praktikantin"),
    ("Student", "Studentin"),
    ("Assistent", "Assistentin"),
    ("Architekt", "Architektin"),
    ("Experte", "Expertin"),
    ("Prokurist", "Prokuristin"),
    ("Direktor", "Direktorin"),
    ("Chef", "Chefin"),
    ("Therapeut", "Therapeutin"),
    ("Beamter", "Beamtin"),
    ("Vorsitzender", "Vorsitzende"),
];

/// What may stand before and after a word.
const AROUND: [&str; 9] = [
    "",
    "Vertrieb",
    "Senior",
    "stellv.",
    "bei Beispiel GmbH",
    "| Autor",
    "IT",
    "Marketing & Vertrieb",
    "a. D.",
];

fn title() -> impl Strategy<Value = String> {
    let word = prop::sample::select(
        PAIRS.iter().flat_map(|(one, other)| [*one, *other]).chain(AROUND).collect::<Vec<_>>(),
    );
    let glue = prop::sample::select(vec![" ", " | ", ", ", " & ", "/", " - ", " und ", " der ", "-"]);
    prop::collection::vec((word, glue), 1..6)
        .prop_map(|words| words.into_iter().flat_map(|(word, glue)| [word, glue]).collect())
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in any::<String>(), department in any::<String>()) {
        let found = titles(&text, &department);
        for confidence in [
            found.seniority.as_ref().map(|label| label.confidence),
            found.function.as_ref().map(|label| label.confidence),
        ].into_iter().flatten() {
            prop_assert!(confidence > 0.0 && confidence <= 1.0);
        }
        prop_assert_eq!(&found, &titles(&text, &department));
    }

    #[test]
    fn the_reason_stands_in_the_title(text in title(), department in "|Einkauf|Abteilung IT") {
        let found = titles(&text, &department);
        if let Some(label) = &found.seniority {
            prop_assert!(!label.reason.word().is_empty() && text.contains(label.reason.word()));
        }
        if let Some(label) = &found.function {
            let field = if matches!(label.reason, Reason::Department { .. }) { &department } else { &text };
            prop_assert!(!label.reason.word().is_empty() && field.contains(label.reason.word()));
        }
    }

    #[test]
    fn case_and_umlauts_do_not_matter(text in title()) {
        let found = values(&titles(&text, ""));
        prop_assert_eq!(found, values(&titles(&text.to_uppercase(), "")));
        prop_assert_eq!(found, values(&titles(&text.to_lowercase(), "")));
        prop_assert_eq!(found, values(&titles(&crate::text::fold(&text), "")));
        prop_assert_eq!(found, values(&titles(&crate::text::fold_plain(&text), "")));
    }

    #[test]
    fn the_gender_does_not_matter(
        pair in prop::sample::select(PAIRS.to_vec()),
        before in "|Senior |IT-|stellv. ",
        after in "| Vertrieb| bei Beispiel| \\| Autor",
    ) {
        let of = |word: &str| values(&titles(&format!("{before}{word}{after}"), ""));
        let (masculine, feminine) = pair;
        let found = of(masculine);
        prop_assert_eq!(found, of(feminine));
        prop_assert_eq!(found, of(&format!("{masculine}/{feminine}")));
        prop_assert_eq!(found, of(&format!("{masculine} (m/w/d)")));
        prop_assert_eq!(found, of(&format!("{masculine} m/w/d")));
        if feminine == format!("{masculine}in") {
            for ending in ["/in", "/-in", "*in", ":in", "_in", "(in)", "In"] {
                prop_assert_eq!(found, of(&format!("{masculine}{ending}")), "{}", ending);
            }
        }
    }

    #[test]
    fn whom_the_post_is_open_to_does_not_matter(text in title(), note in "\\(m/w/d\\)|\\(w/m/d\\)|m/w/d|\\(m/f/x\\)") {
        let found = values(&titles(text.trim(), ""));
        prop_assert_eq!(found, values(&titles(&format!("{} {note}", text.trim()), "")));
    }
}
