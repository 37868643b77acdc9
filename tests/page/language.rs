//! German pages hold no English and English ones no German: what stands in both is data, or a word of both.

use std::collections::HashSet;

use hamstern::table::{Data, Language, Table};

use crate::{demo, made, tables};

/// Words that are right in both languages, if not always with the same meaning.
const WORDS: &str = "In an half in private so was will \
    Business Design IT Junior Marketing Name PR Professional Recruiting Senior Software Student Transport Trend";
/// Names that are the same everywhere: of methods, standards and laws, of networks, of what formulas and files speak
/// of.
const NAMES: &str = "Blau Dunbar Gini Herfindahl Jaccard Kaplan Pielou Shannon \
    BY BetrVG CC GeoNames ISO LinkedIn Xing geonames.org hamstern info \
    I N ln n p connected distinct reactivate team";

/// The texts of a page, without tags: what is shown, and what is read aloud instead.
fn texts(html: &str) -> Vec<String> {
    let body = html.split_once("</style>").map_or(html, |(_, body)| body);
    let mut texts = Vec::new();
    for part in body.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        let aloud = tag.split_once("aria-label=\"").and_then(|(_, rest)| rest.split('"').next());
        texts.extend(aloud.into_iter().chain([text]).map(plain));
    }
    texts.retain(|text| text.contains(char::is_alphabetic));
    texts
}

/// A text without its escapes.
fn plain(text: &str) -> String {
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    escapes
        .iter()
        .fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
        .trim()
        .to_owned()
}

/// The words of a text. Names of files and columns are none, nor is what is left of a word that was cut.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_name =
        |part: &&str| part.contains('_') || [".csv", ".xlsx", ".html"].iter().any(|end| part.contains(end));
    let letters = |letter: char| !letter.is_alphabetic() && letter != '…';
    let all = text
        .split([' ', '\u{a0}'])
        .filter(move |part| !is_name(part))
        .flat_map(move |part| part.split(letters));
    all.filter(|word| !word.is_empty() && !word.ends_with('…'))
}

/// The words of both pages that are neither data nor right in both languages, each with a text in which it stands.
fn untranslated(one: &str, other: &str, data: &str) -> Vec<String> {
    let (one, other) = (texts(one), texts(other));
    let data: HashSet<&str> = words(data).chain(words(WORDS)).chain(words(NAMES)).collect();
    let known: HashSet<&str> = other.iter().flat_map(|text| words(text)).collect();
    let mut told: HashSet<&str> = HashSet::new();
    let all = one.iter().flat_map(|text| words(text).map(move |word| (word, text)));
    all.filter(|(word, _)| known.contains(word) && !data.contains(word) && told.insert(word))
        .map(|(word, text)| format!("{word}: {text}"))
        .collect()
}

/// What tables and members of the invented pages are called.
fn invented(all: &[Table]) -> String {
    let mut data = "Team <Nordlicht> & \"Co\" Places: GeoNames (geonames.org), CC BY 4.0".to_owned();
    for (_, name) in tables::members(10) {
        data = format!("{data} {name}");
    }
    for column in all.iter().flat_map(|table| &table.columns) {
        let texts = match &column.data {
            Data::Text(texts) => texts,
            Data::List(lists) => lists.items(),
            _ => continue,
        };
        for text in texts.iter() {
            data = format!("{data} {text}");
        }
    }
    data
}

#[test]
fn what_stands_in_both_languages_is_data_or_a_word_of_both() {
    let demo = demo();
    let mut wrong = Vec::new();
    for page in ["report", "anna", "ben"] {
        let of = |language: &str| {
            let name = format!("{language}-demo-{page}");
            &demo.pages.iter().find(|(have, _)| *have == name).expect("a page").1
        };
        wrong.extend(untranslated(of("de"), of("en"), &demo.names));
    }
    let data = invented(&tables::tables(10));
    let (german, english) = (Language::German, Language::English);
    wrong.extend(untranslated(&made(10, german, Some(5)), &made(10, english, Some(5)), &data));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_of_the_other_language_is_found() {
    let [one, other] = ["Menschen", "people"].map(|word| format!("<p>Anna: <b>known {word}</b></p>"));
    assert_eq!(untranslated(&one, &other, "Anna"), ["known: known Menschen"]);
}
