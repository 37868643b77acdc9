//! What employers are labelled as, what stays unlabelled, and the laws that every label keeps.

use proptest::prelude::*;

use super::*;
use crate::table::Language;
use crate::text::fold;

fn of<'a>(company: &str, domains: &'a [&'a str], position: &str) -> Result<Industry, Unlabelled> {
    let case = Case { company, given_name: "Nora", family_name: "Bosch", domains, position };
    industry(&case, &OwnTable::default())
}

fn id(company: &str) -> &'static str {
    of(company, &[], "").map_or("", |industry| industry.sector.id())
}

/// Company and sector; empty where nobody can tell.
const COMPANIES: &str = "
Schwerlastspedition Huber GmbH|logistics
Siemens Energy Global GmbH & Co. KG|energy
Siemens AG, Erlangen|electronics
Praktikum bei Siemens AG|electronics
Siemens Betriebskrankenkasse SBK|insurance
Robert Bosch Krankenhaus GmbH|health
Robert Bosch Stiftung GmbH|public
BMW Bank GmbH|banking
Deutsche Bank AG|banking
Bank & Söhne Möbel|consumer
Praxis Dr. Bosch|health
Metzgerei Müller|consumer
Otto Huber GmbH|
Otto GmbH & Co KG|retail
Apple Inc.|it
Apfelhof Apple Meyer|
Shell Deutschland GmbH|energy
Bäcker Consulting GmbH|consulting
Krankenhausberatung Nord|consulting
Krankenhaus Beratung Nord|consulting
Sparkassenverlag|media
Versicherungsmakler Klein|insurance
Finanzberatung Reiter|banking
Steuerberatungsgesellschaft Lang mbH|legal
Unternehmensberatung Stein|consulting
Personalberatung Kranz|hr
IT-Recht Kanzlei München|legal
IT-Systemhaus Nord GmbH|it
IT-Beratung Vogel|it
Verband der Automobilindustrie|public
Bundesverband Deutscher Banken e.V.|public
Bundesministerium für Wirtschaft und Energie|public
Institut für Energietechnik|education
Akademie für Pflegeberufe|education
Universitätsklinikum Essen|health
Universität Bonn|education
Hochschule für Musik|education
Technische Hochschule Köln|education
FH Aachen|education
Fraunhofer IPA|education
Stadtwerke Fulda|energy
Stadt Fulda|public
Stadtsparkasse Fulda|banking
Stadtbibliothek Fulda|education
Landratsamt Fulda|public
Amt für Bauwesen|public
Samtgemeinde Nord|public
Volksbank Nordheide eG|banking
VR-Bank Südheide eG|banking
Fleischgroßhandelsgesellschaft mbH|retail
Maschinenfabrik Kern|machinery
Wohnungsbaugesellschaft Nord mbH|realestate
Malerbetrieb Fischer|construction
Fischer GmbH|
Weinmann KG|
Lichtenberg GmbH|
Goldmann GmbH|
Stromberg & Partner|
Kowalski Sp. z o.o.|
Schmidt Gruppe|
Generali Deutschland AG|insurance
Allianz Beratungs- und Vertriebs-AG|insurance
Hotel Post|hospitality
Hotel zur Post|hospitality
Gasthof zum Löwen|hospitality
Apotheke am Markt|retail
Klinik am Park|health
Stadt-Apotheke|retail
Autohaus Bauer|mobility
Architekturbüro Stein|construction
Kanzlei Stein & Partner|legal
Spedizioni Rossi S.p.A.|logistics
Assicurazioni Rossi|insurance
Università degli Studi di Udine|education
Banque Populaire|banking
Hospital Universitario|health
Immobilien Klein|realestate
Bau und Immobilien GmbH|
Zahnarztpraxis Dr. Klein|health
Dr. med. Anna Klein|health
Werbeagentur Blau|marketing
Versicherungsagentur Blau|insurance
Reiseagentur Blau|hospitality
Radiologie am Dom|health
Medizintechnik Blau GmbH|pharma
Orthopädietechnik Blau|pharma
Elektrotechnik Blau|electronics
Lebenshilfe Kreis Nord e.V.|health
Freundeskreis Nord e.V.|public
Kita Sonnenschein|education
Softwarehaus Nord|it
Ehemals Siemens|
Nordwind GmbH|
Blau Systems GmbH|
Blau Management|
Blau Solutions AG|
Hauser Dienstleistungen|
Müller Group|
";

#[test]
fn companies_get_the_sector_a_person_would_give() {
    let mut wrong = Vec::new();
    for row in COMPANIES.trim().lines() {
        let (company, sector) = row.split_once('|').expect("two cells");
        let found = of(company, &[], "");
        let got = found.as_ref().map_or("", |industry| industry.sector.id());
        if got != sector {
            wrong.push(format!("{company}: {got}, not {sector}: {found:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn without_an_organisation_there_is_no_sector() {
    for company in [
        "Freelance",
        "Freelance IT Consultant",
        "selbständig",
        "Selbständige Unternehmensberaterin",
        "Student",
        "Student der Informatik",
        "Rentner",
        "Nora Bosch",
        "Bosch, Nora",
        "Dr. Nora Bosch",
        "arbeitssuchend",
        "Elternzeit",
    ] {
        assert_eq!(of(company, &["siemens.com"], ""), Err(Unlabelled::NotAnOrganisation), "{company}");
    }
    assert_eq!(of("", &[], ""), Err(Unlabelled::NoCompany));
    assert_eq!(of("n/a", &[], ""), Err(Unlabelled::NoCompany));
    assert_eq!(of("Nordwind GmbH", &[], ""), Err(Unlabelled::Unknown));
    assert_eq!(id("Studentenwerk München"), "education");
    assert_eq!(id("Bosch"), "mobility");
}

#[test]
fn a_business_domain_tells_where_the_name_does_not() {
    for (domain, sector) in [
        ("siemens.com", "electronics"),
        ("de.bosch.com", "mobility"),
        ("siemens-energy.com", "energy"),
        ("kanzlei-huber.de", "legal"),
        ("praxis-huber.de", "health"),
        ("brauerei-huber.de", "consumer"),
        ("huber-software.de", "it"),
        ("uni-bonn.de", "education"),
        ("informatik.uni-bonn.de", "education"),
        ("hmrc.gov.uk", "public"),
        ("univie.ac.at", "education"),
        ("gmail.com", ""),
        ("t-online.de", ""),
        ("huber-partner.de", ""),
        ("lichtenberg.de", ""),
    ] {
        for company in ["", "Nordwind GmbH"] {
            let found = of(company, &[domain], "").map_or("", |industry| industry.sector.id());
            assert_eq!(found, sector, "{domain}");
        }
    }
    assert_eq!(of("Metzgerei Huber", &["siemens.com"], "").map(|found| found.sector.id()), Ok("consumer"));
    assert_eq!(of("", &["siemens.com", "allianz.de"], ""), Err(Unlabelled::NoCompany), "they disagree");
}

#[test]
fn a_regulated_profession_tells_where_nothing_else_does() {
    for (company, position, sector) in [
        ("Nordwind GmbH", "Rechtsanwältin", "legal"),
        ("", "Steuerberater", "legal"),
        ("selbständig", "Oberarzt", "health"),
        ("Nora Bosch", "Notarin", "legal"),
        ("", "Gymnasiallehrerin für Deutsch", "education"),
        ("", "Rechtsanwalt und Notar", "legal"),
        ("Siemens AG", "Rechtsanwalt", "electronics"),
        ("Siemens AG", "Betriebsarzt", "electronics"),
        ("Nordwind GmbH", "Betriebsarzt", ""),
        ("Nordwind GmbH", "Software Architect", ""),
        ("Nordwind GmbH", "Syndikusrechtsanwalt", ""),
        ("Student", "Lehrer", ""),
        ("Rentner", "Arzt", ""),
    ] {
        let found = of(company, &[], position);
        assert!(found.as_ref().map_or(true, |found| !company.is_empty() || found.confidence < 0.5));
        assert_eq!(found.map_or("", |found| found.sector.id()), sector, "{company}, {position}");
    }
}

#[test]
fn the_own_table_overrides_everything() {
    let rows = [("Siemens", "Gesundheit & Soziales"), ("nordwind.example", "it"), ("Freelance", "media")];
    let rows = rows.iter().zip(2..).map(|((company, sector), line)| OwnRow { line, company, sector });
    let (own, problems) = OwnTable::parse(rows);
    assert_eq!(problems, []);
    let of = |company, domains| {
        let case = Case { company, domains, ..Case::default() };
        let found = industry(&case, &own);
        found.map(|found| (found.sector.id(), found.confidence, found.reason.words(Language::German, &case)))
    };
    let line = |line: u32| format!("eigene Tabelle industries.csv, Zeile {line}");
    assert_eq!(of("SIEMENS AG", &[]), Ok(("health", 1.0, line(2))));
    assert_eq!(of("Metzgerei Huber", &["mail.nordwind.example"]), Ok(("it", 1.0, line(3))));
    assert_eq!(of("freelance", &[]), Ok(("media", 1.0, line(4))));
    assert_eq!(of("Siemens Energy", &[]).map(|found| found.0), Ok("energy"));
}

#[test]
fn reasons_name_the_rule_and_what_it_saw() {
    let told = |company, domains, position| {
        let found = of(company, domains, position).expect("a sector");
        let case = Case { company, domains, position, ..Case::default() };
        Language::ALL.map(|language| found.reason.words(language, &case))
    };
    assert_eq!(told("Siemens AG", &[], "")[0], "company name is \"Siemens\"");
    assert_eq!(told("Siemens Erlangen", &[], "")[1], "Firmenname beginnt mit „Siemens“");
    assert_eq!(
        told("Schwerlastspedition Huber", &[], "")[1],
        "Schlüsselwort „*spedition“ in „Schwerlastspedition“ im Firmennamen"
    );
    assert_eq!(told("Klinik Nord", &[], "")[0], "keyword \"Klinik\" in the company name");
    for (company, words) in [
        ("BÄCKEREI Groß", "Schlüsselwort „BÄCKEREI“ im Firmennamen"),
        ("Müllers Dorfbäckerei GmbH", "Schlüsselwort „*bäckerei“ in „Dorfbäckerei“ im Firmennamen"),
        ("Müller Türenbau", "Schlüsselwort „*bau“ in „Türenbau“ im Firmennamen"),
        ("Tüftler Möbelhaus", "Schlüsselwort „Möbelhaus“ im Firmennamen"),
        ("Nordlicht Baeckerei", "Schlüsselwort „Baeckerei“ im Firmennamen"),
    ] {
        assert_eq!(told(company, &[], "")[1], words);
    }
    assert_eq!(told("", &["bosch.com"], "")[0], "e-mail domain bosch.com is of \"Bosch\"");
    assert_eq!(told("", &["x.gov.uk"], "")[1], "Maildomain x.gov.uk liegt unter „.gov“");
    assert_eq!(told("", &[], "Rechtsanwalt")[0], "title \"Rechtsanwalt\"");
    assert_eq!(told("", &[], "Freie Rechtsanwältin")[1], "Berufsbezeichnung „Rechtsanwältin“");
}

#[test]
fn tables_are_written_the_way_they_are_asked() {
    for table in
        [include_str!("../../../data/industry_keywords.tsv"), include_str!("../../../data/professions.tsv")]
    {
        let mut patterns = std::collections::BTreeSet::new();
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [pattern, sector, weight] = cells[..] else { panic!("three cells: {row}") };
            assert!(patterns.insert(pattern), "twice: {row}");
            assert_eq!(Sector::from_id(sector).is_none(), sector == "-", "{row}");
            assert_eq!(sector == "-", weight == "0", "{row}");
            assert!(["0", "2", "3", "4"].contains(&weight), "{row}");
            let text = pattern.strip_prefix('*').unwrap_or(pattern);
            let text = text.strip_suffix('*').unwrap_or(text);
            let words: Vec<&str> = crate::text::tokens(text).collect();
            assert_eq!(words.join(" "), text, "{row}");
            assert_eq!(fold(text), text, "{row}");
            assert!(!(pattern.starts_with('*') && pattern.ends_with('*')), "{row}");
            assert!(!pattern.contains('*') || text.len() >= 3, "{row}");
        }
    }
}

/// Companies that are labelled by every rule for names, and some that are not.
fn company() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Siemens",
        "Spedition",
        "Huber",
        "Klinik",
        "Bank",
        "Consulting",
        "für",
        "&",
        "Otto",
        "Müller",
        "Stadtwerke",
        "Software",
        "Technik",
        "Nord",
        "Verband",
        "der",
        "Hotel",
        "Post",
        "-",
        "Beratung",
        "bei",
        "Allianz",
    ]);
    prop::collection::vec(words, 1..5).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_label_depends_on_neither_case_nor_legal_form_nor_the_order_of_domains(
        company in company(),
        form in prop::sample::select(vec!["GmbH", "AG", "GmbH & Co. KG", "Ltd.", "Inc.", "SE"]),
        mut domains in prop::collection::vec(
            prop::sample::select(vec!["siemens.com", "allianz.de", "kanzlei-x.de", "x.gov.uk", "gmail.com", "x.de"]), 0..4),
    ) {
        let found = of(&company, &domains, "");
        prop_assert_eq!(&of(&company.to_uppercase(), &domains, ""), &found);
        // A legal form alone is a company that nobody can tell, and no empty field.
        prop_assert_eq!(of(&format!("{company} {form}"), &domains, "").ok(), found.clone().ok());
        domains.reverse();
        prop_assert_eq!(&of(&company, &domains, ""), &found);
    }

    #[test]
    fn the_reason_occurs_in_what_was_given(
        company in prop_oneof![company(), "\\PC{0,30}"],
        domain in "(siemens|kanzlei-x|praxis-y|x\\.gov|uni-z)\\.(de|com|uk)",
        position in "(Rechtsanwalt|Lehrer|Arzt|Chef)?",
    ) {
        let domains = [domain.as_str()];
        if let Ok(found) = of(&company, &domains, &position) {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
            let given = name::folded(&company);
            let bare = |text: &str| crate::text::tokens(text).filter(|word| *word != "und" && *word != "and").collect::<Vec<_>>().join(" ");
            let occurs = match &found.reason {
                Reason::OwnTable { .. } => false,
                Reason::Brand { .. } | Reason::BrandStart { .. } => !given.is_empty(),
                Reason::Keyword { pattern, word } => {
                    let text = pattern.trim_matches('*').replace("ae", "a").replace("oe", "o").replace("ue", "u");
                    bare(&given).contains(word.as_str())
                        && word.replace("ae", "a").replace("oe", "o").replace("ue", "u").contains(&text)
                }
                Reason::BrandDomain { domain, .. } | Reason::DomainKeyword { domain, .. } => domains.contains(&domain.as_str()),
                Reason::DomainEnding { domain, ending } => domains.contains(&domain.as_str()) && domain.contains(ending),
                Reason::Title { title } => fold(&position).contains(title.as_str()),
            };
            prop_assert!(occurs, "{:?}", found.reason);
            let case = Case { company: &company, domains: &domains, position: &position, ..Case::default() };
            for language in Language::ALL {
                prop_assert!(!found.reason.words(language, &case).is_empty());
            }
        }
    }
}
