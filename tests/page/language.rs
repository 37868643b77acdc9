//! German pages hold no English and English ones no German: what stands in both is data, or a word of both.

use hamstern::table::{Data, Language, Table};

use crate::both::untranslated;
use crate::{demo, made, tables};

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
        wrong.extend(untranslated(&texts(of("de")), &texts(of("en")), &demo.names));
    }
    let data = invented(&tables::tables(10));
    let (german, english) = (Language::German, Language::English);
    wrong.extend(untranslated(
        &texts(&made(10, german, Some(5))),
        &texts(&made(10, english, Some(5))),
        &data,
    ));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_of_the_other_language_is_found() {
    let [one, other] = ["Menschen", "people"].map(|word| texts(&format!("<p>Anna: <b>known {word}</b></p>")));
    assert_eq!(untranslated(&one, &other, "Anna"), ["known: known Menschen"]);
}
