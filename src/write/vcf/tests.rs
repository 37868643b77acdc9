//! Written cards come back as they were, whatever the text.

use super::*;
use crate::contact::{Labels, Letter, Tier};
use crate::read::{Body, Document, Output, READERS};
use crate::record::{CellsView, Field};
use proptest::prelude::*;

fn anna() -> Contact {
    Contact {
        contact_id: "c1".into(),
        name: "Anna Müller".into(),
        prefix: "Dr.".into(),
        given_name: "Anna".into(),
        family_name: "Müller".into(),
        emails: vec!["anna@mueller.example".into()],
        phones: vec!["+493012345".into(), "Zentrale, Apparat 5".into()],
        company: "Müller; Söhne, Bau\\Werk".into(),
        position: "Leiterin\nEinkauf".into(),
        street: "Hauptstr. 5".into(),
        city: "Köln".into(),
        country: "DE".into(),
        birthday: "1980-02-03".into(),
        linkedin_url: "https://www.linkedin.com/in/anna-mueller".into(),
        urls: vec!["mueller.example/team".into(), "kein Link".into()],
        tags: vec!["Messe, Köln".into(), "VIP".into()],
        labels: Labels { tier: Tier { letter: Some(Letter::A), ..Tier::default() }, ..Labels::default() },
        ..Contact::default()
    }
}

/// The cells of the only record that reading a card gives.
fn read_back(card: &str) -> Vec<(Field, String)> {
    let document =
        Document { path: "a.vcf", sheet: "", encoding: "UTF-8", body: Body::Cards(card.as_bytes()) };
    let (reader, plan) =
        READERS.iter().find_map(|reader| Some((reader, reader.recognise(&document).ok()?))).unwrap();
    let mut out = Output::default();
    reader.read(&document, &plan, &mut out);
    assert_eq!((out.accounts.read, out.accounts.kept, out.problems.len()), (1, 1, 0), "{card}\n{out:?}");
    CellsView::from_packed(&out.cells).iter().map(|(field, text)| (field, text.to_owned())).collect()
}

fn all(cells: &[(Field, String)], field: Field) -> Vec<&str> {
    cells.iter().filter(|(have, _)| *have == field).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn a_contact_becomes_a_card() {
    let card = card(&anna()).unwrap();
    let wanted = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//hamstern//hamstern//EN\r\nUID:urn:hamstern:c1\r\n\
        FN:Anna Müller\r\nN:Müller;Anna;;Dr.;\r\nORG:Müller\\; Söhne\\, Bau\\\\Werk\r\n\
        TITLE:Leiterin\\nEinkauf\r\nEMAIL:anna@mueller.example\r\nTEL;VALUE=URI:tel:+493012345\r\n\
        TEL;VALUE=TEXT:Zentrale\\, Apparat 5\r\nADR:;;Hauptstr. 5;Köln;;;DE\r\nBDAY:19800203\r\n\
        URL:https://www.linkedin.com/in/anna-mueller\r\nURL:https://mueller.example/team\r\n\
        CATEGORIES:Messe\\, Köln,VIP,Tier A\r\nEND:VCARD\r\n";
    assert_eq!(card, wanted);
}

#[test]
fn who_has_no_name_and_no_address_gets_no_card() {
    let nobody = Contact { company: "Firma".into(), city: "Köln".into(), ..Contact::default() };
    assert_eq!(card(&nobody), None);
    let mail =
        Contact { emails: vec!["x@firma.example".into()], company: "Firma".into(), ..Contact::default() };
    assert!(card(&mail).unwrap().contains("FN:Firma\r\n"));
    let mut bytes = Vec::new();
    assert_eq!(write([&nobody, &mail], &mut bytes).unwrap(), 1);
    assert_eq!(bytes, card(&mail).unwrap().into_bytes());
}

#[test]
fn days_are_written_without_hyphens_or_not_at_all() {
    for (birthday, wanted) in [
        ("1980-02-03", Some("BDAY:19800203\r\n")),
        ("--02-03", Some("BDAY:--0203\r\n")),
        ("circa 1980", None),
        ("1980-02-33", None),
        ("", None),
    ] {
        let text = card(&Contact { birthday: birthday.into(), ..anna() }).unwrap();
        assert_eq!(
            wanted.is_some_and(|line| text.contains(line)),
            text.contains("BDAY"),
            "{birthday}: {text}"
        );
        assert_eq!(wanted.is_some(), text.contains("BDAY"), "{birthday}");
    }
}

#[test]
fn ids_stay_one_word() {
    let text = card(&Contact { contact_id: "a b\r\nTEL:1".into(), ..anna() }).unwrap();
    assert!(text.contains("UID:urn:hamstern:a%20b%0D%0ATEL%3A1\r\n"));
}

proptest! {
    /// The short way past the builder is no other way.
    #[test]
    fn simple_values_are_written_as_the_builder_writes_them(
        parts in prop::collection::vec("[A-Za-zÄÖÜäöüßéłŽ0-9 .@_/&()'+-]{0,40}|[\\p{L}]{0,30}", 5),
        digits in "[1-9][0-9]{1,14}",
        slug in "[A-Za-z0-9_-]{1,80}",
        site in prop::sample::select(vec!["https://www.linkedin.com/in/", "https://www.xing.com/profile/"]),
    ) {
        let texts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
        prop_assert!(texts.iter().all(|text| is_simple(text)));
        let veils: Vec<String> = texts.iter().map(|text| veiled(text)).collect();
        for name in ["FN", "ORG", "TITLE", "EMAIL", "N", "ADR"] {
            let count = match name { "N" => 5, "ADR" => 7, _ => 1 };
            let of = |from: &[String]| -> Vec<String> { from.iter().cycle().take(count).cloned().collect() };
            let components = of(&parts);
            if components.iter().all(|text| text.trim().is_empty()) {
                continue;
            }
            let (mut short, mut built) = (CardText(String::new()), CardText(String::new()));
            short.text(name, &components.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert!(built.property(name, None, &of(&veils).join(";")));
            prop_assert_eq!(short.0, built.0);
        }
        let (mut short, mut built) = (CardText(String::new()), CardText(String::new()));
        short.phone(&format!("+{digits}"));
        let number = format!("tel:+{digits}");
        prop_assert!(built.property("TEL", Some("URI"), &number));
        let url = format!("{site}{slug}");
        prop_assert!(is_simple_profile(&url));
        short.url(&url);
        prop_assert!(built.property("URL", None, &url));
        prop_assert_eq!(short.0, built.0);
    }

    #[test]
    fn what_is_written_is_read_again(
        given in "[^\\p{C}]{0,60}|[a-zäöüß,;\\\\:\n\"= ]{0,200}",
        family in "[^\\p{C}]{1,60}|[A-ZÄÖÜ,;\\\\:\n\"= ]{1,200}",
        company in "[^\\p{C}]{0,60}|[a-z,;\\\\\nä]{0,200}",
        position in "[^\\p{C}]{0,60}|[a-z,;\\\\\nn]{0,200}",
        emails in prop::collection::vec("[a-zü.;,]{1,60}@[a-z.]{1,20}", 0..4),
        phones in prop::collection::vec("\\+[1-9][0-9]{6,13}", 0..4),
    ) {
        let contact = Contact {
            name: format!("{given} {family}"),
            given_name: given.clone(),
            family_name: family.clone(),
            company: company.clone(),
            position: position.clone(),
            emails: emails.clone(),
            phones: phones.clone(),
            ..anna()
        };
        let text = card(&contact).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{}", text);
        let cells = read_back(&text);
        let one = |text: &str| text.trim().to_owned();
        if !one(&given).is_empty() && !one(&family).is_empty() {
            prop_assert_eq!(all(&cells, Field::GivenName), [one(&given)]);
            prop_assert_eq!(all(&cells, Field::FamilyName), [one(&family)]);
        }
        prop_assert_eq!(all(&cells, Field::Company).concat(), one(&company));
        prop_assert_eq!(all(&cells, Field::Position).concat(), one(&position));
        let distinct = |values: &[String]| {
            let mut seen: Vec<String> = Vec::new();
            for value in values {
                if !seen.contains(value) {
                    seen.push(value.clone());
                }
            }
            seen
        };
        prop_assert_eq!(all(&cells, Field::Email), distinct(&emails));
        prop_assert_eq!(all(&cells, Field::Phone), distinct(&phones));
    }

    #[test]
    fn any_text_gives_a_card_of_one_person(name in any::<String>(), company in any::<String>(), url in any::<String>(),
            phone in any::<String>(), tag in any::<String>()) {
        let contact = Contact {
            name, company, linkedin_url: url, phones: vec![phone], tags: vec![tag],
            emails: vec!["a@b.example".into()], ..Contact::default()
        };
        let text = card(&contact).unwrap();
        let cells = read_back(&text);
        prop_assert_eq!(all(&cells, Field::Email), ["a@b.example"]);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    }
}
