//! Tests of the categories set by hand: every word and form that people leave, which one counts, none lost.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;

use super::*;
use crate::error::{Kind, Result};
use crate::write::Dialect;

fn set(contact: u64, letter: Option<Letter>, on: &str) -> SetTier {
    SetTier {
        contact,
        letter,
        on: on.into(),
        by: "Jürgen".into(),
        note: String::new(),
        name: "Mia Sommerfeldt".into(),
    }
}

/// A folder with a file of categories, and what is read from it.
fn read(bytes: &[u8]) -> (tempfile::TempDir, Result<Hands>) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("tiers.csv");
    fs::write(&path, bytes).unwrap();
    let hands = Hands::load(&path, &home.path().join("state"));
    (home, hands)
}

/// These lines in memory.
fn hands(lines: &[SetTier]) -> (tempfile::TempDir, Hands) {
    let home = tempfile::tempdir().unwrap();
    let mut hands = Hands::load(&home.path().join("tiers.csv"), &home.path().join("state")).unwrap();
    for line in lines {
        hands.push(line.clone());
    }
    (home, hands)
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

const TODAY: &str = "2026-06-30";

fn redirect(retired: u64, into: u64, on: &str) -> Redirect {
    Redirect { retired, into, generation: 2, day: crate::merge::holding::day(day(on)), decided: false }
}

#[test]
fn words_for_categories() {
    for (text, expected) in [
        ("A", Ok(Some(Letter::A))),
        (" b ", Ok(Some(Letter::B))),
        ("C.", Ok(Some(Letter::C))),
        ("d!", Ok(Some(Letter::D))),
        ("A = wichtig", Ok(Some(Letter::A))),
        ("B (Stammkunde)", Ok(Some(Letter::B))),
        ("a: wichtig", Ok(Some(Letter::A))),
        ("A-Kunde", Ok(Some(Letter::A))),
        ("A Kunde", Ok(Some(Letter::A))),
        ("Kategorie D", Ok(Some(Letter::D))),
        ("tier c", Ok(Some(Letter::C))),
        ("\u{200b}Ｂ", Ok(Some(Letter::B))),
        ("Einhorn", Ok(Some(Letter::A))),
        ("unicorn", Ok(Some(Letter::A))),
        ("Pinguin", Ok(None)),
        ("penguin", Ok(None)),
        ("none", Ok(None)),
        ("–", Ok(None)),
        ("'-", Ok(None)),
        ("Offen.", Ok(None)),
        ("open", Ok(None)),
        ("Flamingo", Err(Doubt::Flamingo)),
        ("C?", Err(Doubt::Unsure)),
        ("A/B", Err(Doubt::Unsure)),
        ("A oder B", Err(Doubt::Unsure)),
        ("", Err(Doubt::Unknown)),
        ("E", Err(Doubt::Unknown)),
        ("1", Err(Doubt::Unknown)),
        ("Acme", Err(Doubt::Unknown)),
        ("a friend", Err(Doubt::Unknown)),
        ("Kategorie", Err(Doubt::Unknown)),
    ] {
        assert_eq!(category(text), expected, "{text}");
    }
}

#[test]
fn days_are_read_as_spreadsheets_write_them() {
    for (text, expected) in [
        ("2026-06-01", Some("2026-06-01")),
        ("2026-06-01 00:00:00", Some("2026-06-01")),
        ("2026/6/1", Some("2026-06-01")),
        ("01.06.2026", Some("2026-06-01")),
        ("1.6.26", Some("2026-06-01")),
        ("6/13/2026", Some("2026-06-13")),
        ("13/6/2026", Some("2026-06-13")),
        ("5/5/2026", Some("2026-05-05")),
        ("3/4/2026", None),
        ("31.02.2026", None),
        ("gestern", None),
        ("2026-06", None),
        ("2026-99999999999-1", None),
        ("", None),
    ] {
        assert_eq!(set(1, None, text).day(), expected.map(day), "{text}");
    }
}

#[test]
fn every_form_that_a_spreadsheet_leaves_is_read() {
    let expected = [(1, Some(Letter::A)), (2, Some(Letter::D)), (3, None)];
    let [one, two, three] = [1, 2, 3].map(contact_id);
    for text in [
        format!(
            "contact_id,tier,on,by,note,name\n{one},A,2026-06-01,anna,,\"Weißenborn, Jürgen\"\n{two},D,,,,\n{three},open,,,,\n"
        ),
        format!(
            "Name;Kontakt-ID;Kategorie;Datum;von;Notiz\r\nJörg;{};Einhorn;01.06.2026;Jörg;\"ja; klar\"\r\nZoë;{two}; d ;;;\r\nÜ;{three};'-;;;\r\n",
            one.to_uppercase()
        ),
        format!(
            "\"tier\";\"x\";\"contact_id\"\r\n\"a\";\"ä\";\"{one}\"\r\n\"D.\";;\"{two}\"\r\n\"penguin\";;\"{three}\"\r\n"
        ),
        format!(
            "Unsere Kontakte, die wir für wichtig halten\n\nKontakt\tKategorie\n{one}\tA = wichtig\n{two}\td\n{three}\toffen"
        ),
    ] {
        let (old, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &old, &marked, &wide] {
            let (_home, hands) = read(bytes);
            let hands = hands.unwrap();
            let found: Vec<_> = hands.answers.iter().map(|set| (set.contact, set.letter)).collect();
            assert_eq!(found, expected, "{text}");
            assert!(hands.problems.is_empty(), "{:?}", hands.problems);
        }
    }
}

#[test]
fn lines_that_set_nothing_are_told_with_their_place_and_stay() {
    let one = contact_id(1);
    let text =
        format!("contact_id;tier\r\nx1;A\r\n{one};Flamingo\r\n;B\r\n{one};\r\n{one};C?\r\n{one};B\r\n");
    let (_home, hands) = read(text.as_bytes());
    let mut hands = hands.unwrap();
    assert_eq!(hands.answers.len(), 1);
    let told: Vec<(u32, &str, &str)> =
        hands.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.code)).collect();
    assert_eq!(
        told,
        [
            (2, "contact_id", "no-contact-id"),
            (3, "tier", "no-category"),
            (4, "contact_id", "no-contact-id"),
            (5, "tier", "no-category"),
            (6, "tier", "no-category"),
        ]
    );
    assert!(
        hands.problems[1].message.starts_with("“Flamingo” may be B or C; the line is not followed. Write A")
    );
    hands.push(set(2, Some(Letter::C), TODAY));
    assert_eq!(hands.store().unwrap(), None);
    let after = fs::read_to_string(hands.path()).unwrap();
    assert_eq!(after, format!("{text}{};C\r\n", contact_id(2)));
}

#[test]
fn a_file_of_something_else_stops_the_run() {
    let (_home, hands) = read(b"Name;Firma\r\nAda;Nordwind\r\n");
    let error = hands.unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    assert!(error.to_string().contains("no row names the columns contact_id and tier"), "{error}");
}

#[test]
fn what_is_added_keeps_columns_quotes_encoding_and_line_ends() {
    let text = format!(
        "\"Wer\";\"Kategorie\";\"note\";\"name\";\"contact_id\";\"on\"\r\n\"Jörg\";\"A\";;;\"{}\";",
        contact_id(1)
    );
    let (old, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let (home, hands) = read(&old);
    let mut hands = hands.unwrap();
    let mut line = set(2, None, TODAY);
    line.note = "=1; \"x\"".into();
    hands.push(line.clone());
    hands.store().unwrap();
    let bytes = fs::read(hands.path()).unwrap();
    let (after, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    let added =
        format!("\"\";\"open\";\"'=1; \"\"x\"\"\";\"Mia Sommerfeldt\";\"{}\";\"{TODAY}\"\r\n", contact_id(2));
    assert_eq!(after, format!("{text}\r\n{added}"));
    let again = Hands::load(hands.path(), &home.path().join("state")).unwrap();
    assert_eq!(again.answers[1], SetTier { by: String::new(), ..line });
}

#[test]
fn categories_wait_while_their_file_cannot_be_written() {
    let home = tempfile::tempdir().unwrap();
    let (path, state) = (home.path().join("nowhere/tiers.csv"), home.path().join("state"));
    let mut hands = Hands::load(&path, &state).unwrap();
    hands.push(set(1, Some(Letter::B), TODAY));
    let told = hands.store().unwrap().unwrap();
    assert!(told.contains("1 answer is kept in") && told.contains("tiers-waiting.csv"), "{told}");
    let mut later = Hands::load(&path, &state).unwrap();
    assert_eq!(later.answers, hands.answers);
    fs::create_dir(home.path().join("nowhere")).unwrap();
    // A crash after the file was written and before the state was cleared.
    let waiting = fs::read(state.join("tiers-waiting.csv")).unwrap();
    assert_eq!(later.store().unwrap(), None);
    assert!(!state.join("tiers-waiting.csv").exists());
    fs::write(state.join("tiers-waiting.csv"), waiting).unwrap();
    let mut third = Hands::load(&path, &state).unwrap();
    assert_eq!(third.answers, hands.answers);
    third.store().unwrap();
    assert!(!state.join("tiers-waiting.csv").exists());
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
}

/// A contact, its category, the line that gave it, and the lines that say otherwise.
type Found = (u64, Option<Letter>, usize, Vec<usize>);

fn found(lines: &[SetTier], redirects: &[Redirect], alive: &[u64]) -> (Vec<Found>, Counts) {
    let numbered = |(place, line): (usize, &SetTier)| SetTier { note: place.to_string(), ..line.clone() };
    let lines: Vec<SetTier> = lines.iter().enumerate().map(numbered).collect();
    let (_home, hands) = hands(&lines);
    let place = |set: &SetTier| set.note.parse::<usize>().unwrap();
    let force = hands.in_force(&Survivors::new(redirects, alive), day(TODAY));
    let rows = force.contacts.iter().map(|(contact, hand)| {
        assert_eq!(force.letter(*contact), hand.set.letter);
        (*contact, hand.set.letter, place(&hand.set), hand.against.iter().map(place).collect())
    });
    (rows.collect(), force.counts)
}

#[test]
fn the_newest_word_on_a_contact_counts() {
    let (a, b, c) = (Some(Letter::A), Some(Letter::B), Some(Letter::C));
    for (lines, expected, why) in [
        (&[set(1, a, "2026-01-02"), set(1, b, "2026-01-01")][..], 0, "the newer day"),
        (&[set(1, a, "2026-01-01"), set(1, b, "01.01.2026")], 1, "of equal days the later line"),
        (&[set(1, a, "2026-01-01"), set(1, b, "neulich")], 1, "an unreadable day is that of the line above"),
        (&[set(1, a, "2026-01-01"), set(1, b, ""), set(1, c, "2025-12-31")], 1, "and so in the middle"),
        (&[set(1, a, ""), set(1, b, ""), set(1, None, "")], 2, "without days the last line"),
        (&[set(1, a, "2062-01-01"), set(1, b, "2026-01-01")], 1, "nobody speaks from the future"),
        (&[set(1, a, "2026-01-01"), set(1, None, "2026-01-01")], 1, "taken back"),
    ] {
        let (rows, counts) = found(lines, &[], &[1]);
        assert_eq!(rows, [(1, lines[expected].letter, expected, vec![])], "{why}");
        assert_eq!((counts.read, counts.replaced), (lines.len() as u64, lines.len() as u64 - 1));
        assert_eq!(counts.followed, u64::from(lines[expected].letter.is_some()), "{why}");
    }
    let (rows, counts) = found(&[set(1, a, ""), set(7, b, "")], &[], &[1, 2]);
    assert_eq!(rows.len(), 1);
    assert_eq!(counts, Counts { read: 2, followed: 1, gone: 1, ..Counts::default() });
}

#[test]
fn words_on_merged_contacts_go_with_them() {
    let (a, b) = (Some(Letter::A), Some(Letter::B));
    let merged = [redirect(2, 3, "2026-03-01"), redirect(3, 1, "2026-04-01")];
    for (lines, expected, against, why) in [
        (&[set(2, a, "2026-01-01")][..], Some(0), &[][..], "through a chain"),
        (
            &[set(1, a, "2026-01-02"), set(2, b, "2026-01-01")],
            Some(0),
            &[1],
            "the newest, and the other is told",
        ),
        (
            &[set(1, a, "2026-01-01"), set(3, b, "2026-01-02")],
            Some(1),
            &[0],
            "also where the retired one is newer",
        ),
        (&[set(2, b, "2026-01-01"), set(1, b, "2026-01-02")], Some(1), &[], "they agree"),
        (&[set(2, b, "2026-01-01"), set(1, a, "2026-05-01")], Some(1), &[], "said after the merge, of both"),
        (&[set(2, b, "2026-01-01"), set(1, None, "2026-05-01")], Some(1), &[], "taken back for both"),
        (
            &[set(1, a, "2026-01-01"), set(2, b, "2026-01-02"), set(2, None, "2026-01-03")],
            Some(0),
            &[],
            "taken back for one",
        ),
        (&[set(2, None, "2026-01-03")], None, &[], "nothing is said"),
    ] {
        let (rows, counts) = found(lines, &merged, &[1]);
        let expected: Vec<Found> =
            expected.map(|place| (1, lines[place].letter, place, against.to_vec())).into_iter().collect();
        assert_eq!(rows, expected, "{why}");
        assert_eq!((counts.gone, counts.disputed), (0, u64::from(!against.is_empty())), "{why}");
    }
    // Split again: each has its own word back.
    let lines = [set(1, a, "2026-01-01"), set(2, b, "2026-01-02")];
    let (rows, _) = found(&lines, &merged, &[1, 2]);
    assert_eq!(rows, [(1, a, 0, vec![]), (2, b, 1, vec![])]);
    // A damaged chain ends.
    let (rows, counts) = found(&lines[1..], &[redirect(2, 3, TODAY), redirect(3, 2, TODAY)], &[1]);
    assert_eq!((rows.len(), counts.gone), (0, 1));
}

fn letters() -> impl Strategy<Value = Option<Letter>> {
    prop::sample::select(vec![None, Some(Letter::A), Some(Letter::B), Some(Letter::C), Some(Letter::D)])
}

proptest! {
    #[test]
    fn whatever_is_stored_is_read_again(
        rows in prop::collection::vec(("\\PC{0,8}|[=+;,\"' ä\r\n]{0,6}", "[a-zäß;\"]{0,6}", 0u64..1 << 60, letters()), 1..6),
        dialect in prop::sample::select(vec![Dialect::Plain, Dialect::spreadsheet("DE"), Dialect::spreadsheet("US")]),
        old in prop::option::of(prop::sample::select(vec!["UTF-8", "windows-1252", "UTF-16LE"])),
    ) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("tiers.csv");
        if let Some(encoding) = old {
            let text = "Name;tier;contact_id;note;by;on;Größe\r\n";
            let bytes = match encoding {
                "UTF-16LE" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
                "windows-1252" => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
                _ => text.into(),
            };
            fs::write(&path, bytes).unwrap();
        }
        let mut hands = Hands::load(&path, &home.path().join("state")).unwrap().in_dialect(dialect);
        for (text, by, contact, letter) in &rows {
            let text = squeeze(text).into_owned();
            let by = squeeze(by).into_owned();
            hands.push(SetTier { contact: *contact, letter: *letter, on: TODAY.into(), by, note: text.clone(), name: text });
            prop_assert_eq!(hands.store().unwrap(), None);
        }
        let again = Hands::load(&path, &home.path().join("state")).unwrap();
        prop_assert_eq!(&again.answers, &hands.answers);
        prop_assert!(again.problems.is_empty());
    }

    #[test]
    fn one_word_counts_and_it_was_said(
        rows in prop::collection::vec((0u64..5, letters(), prop::sample::select(vec!["", "2026-01-01", "2026-02-01", "2026-03-01"])), 0..12),
        merged in prop::collection::vec((0u64..5, 0u64..5), 0..4),
    ) {
        let lines: Vec<SetTier> = rows.iter().map(|(contact, letter, on)| set(*contact, *letter, on)).collect();
        let redirects: Vec<Redirect> = merged.iter().map(|(from, to)| redirect(*from, *to, "2026-02-01")).collect();
        let alive: Vec<u64> = (0..5).filter(|number| merged.iter().all(|(from, _)| from != number)).collect();
        let (rows, counts) = found(&lines, &redirects, &alive);
        let said: BTreeSet<u64> = lines.iter().map(|line| line.contact).collect();
        prop_assert!(counts.replaced + said.len() as u64 == counts.read);
        for (contact, letter, place, against) in rows {
            prop_assert!(alive.contains(&contact));
            prop_assert_eq!(lines[place].letter, letter);
            prop_assert!(against.iter().all(|other| lines[*other].letter != letter));
            // Nothing newer was said of the contact itself.
            let newer = |line: &SetTier| line.contact == contact && line.day() > lines[place].day();
            prop_assert!(lines[place].day().is_none() || !lines.iter().any(newer));
        }
    }
}
