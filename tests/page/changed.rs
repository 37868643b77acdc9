//! From the second run on, what changed comes first: who has a new job or left, and which colleague should write.

use std::fs;
use std::path::Path;

use hamstern::table::{Language, Table};
use hamstern::write::{News, Page, page};

use crate::common::{ended, put, run_file};
use crate::{between, empty, members, tables};

/// The page of a team with news, after which nothing more is known.
fn made(language: Language, aggregate: Option<u32>) -> String {
    let (members, rows) = (tables::members(3), members::news());
    let all = tables::tables(3);
    let all: Vec<&Table> = all.iter().collect();
    let news = Some(News { since: Some(tables::start()), rows: &rows });
    page(&Page {
        language,
        team: "Team <Nordlicht> & Co",
        members: &members,
        aggregate,
        news,
        tables: &all,
        ..empty()
    })
}

/// Every kind of page with news, with a name for each.
pub(crate) fn pages() -> Vec<(String, String)> {
    let kinds = [("changed", None), ("changed-aggregate", Some(5))];
    let all = Language::ALL.into_iter().flat_map(|language| kinds.map(|kind| (language, kind)));
    all.map(|(language, (kind, aggregate))| {
        (format!("{}-{kind}", language.name()), made(language, aggregate))
    })
    .collect()
}

/// The text of the page's first sentences, without tags.
fn opening(html: &str) -> String {
    let list = between(html, "<ol class=\"opening\">", "</ol>").next().expect("it begins");
    list.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[test]
fn what_changed_comes_first_and_names_who_should_write() {
    let html = made(Language::English, None);
    assert!(
        opening(&html).starts_with(
            "Since the last run (2\u{a0}March\u{a0}2026), 2 of the A, B and target contacts changed job, \
             1 moved category and 1 left. First of all Anna Talheimer should write to Mover M.."
        ),
        "{}",
        opening(&html)
    );
    assert_eq!(between(&html, "<section id=\"", "\"").next(), Some("changed"));
    let section = between(&html, "<section id=\"changed\"", "</section>").next().expect("what changed");
    for said in ["Alt &amp; Söhne \u{2192} Orakon &lt;Werke&gt;", "Climber K.", "C \u{2192} B", "Leaver L."]
    {
        assert!(section.contains(said), "{said}");
    }
    assert!(!html.contains("Private Q."), "whom somebody knows in private life");
    assert!(!html.contains("Faller F."), "from C to D is nobody's news");
    let german = made(Language::German, None);
    assert!(opening(&german).contains("haben von den A-, B- und Zielkontakten 2 die Stelle"));
    assert!(german.contains("Wer schreiben sollte"));
}

#[test]
fn without_members_only_numbers_are_told_and_no_small_one() {
    let html = made(Language::English, Some(2));
    let said = opening(&html);
    assert!(said.contains("2 of the A, B and target contacts changed job, fewer than 2 moved"), "{said}");
    for name in ["Mover", "Stranger", "Climber", "Leaver", "Talheimer"] {
        assert!(!html.contains(name), "{name}");
    }
}

#[test]
fn where_nothing_changed_nothing_is_said() {
    let all = tables::tables(3);
    let all: Vec<&Table> = all.iter().collect();
    let made = |aggregate, rows| {
        let news = Some(News { since: Some(tables::start()), rows });
        page(&Page { language: Language::English, aggregate, news, tables: &all, ..empty() })
    };
    let first = page(&Page { language: Language::English, tables: &all, ..empty() });
    assert!(!first.contains("Since the last run"));
    assert!(made(None, &[]) == first, "a run on the same files makes the same page");
    let rows = members::news();
    assert!(made(None, &rows).contains("Since the last run"));
    assert!(!made(Some(5), &rows).contains("Since the last run"), "whether few or none is not told either");
}

const HEAD: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn export(home: &Path, member: &str, day: &str, rows: &[&str]) {
    let text = format!("{HEAD}{}\n", rows.join("\n"));
    put(&home.join("inbox"), &format!("{member}/{day}/Connections.csv"), text.as_bytes());
}

#[test]
fn a_second_run_tells_of_new_jobs_and_of_who_left() {
    let home = tempfile::tempdir().expect("a folder");
    let pipeline = home.path().join("hamstern.toml");
    let text = "[team]\ncountry = \"DE\"\nlanguage = \"en\"\n[goals]\ncompanies = [\"Gamma Werke\"]\n\
                [[member]]\nid = \"anna\"\nname = \"Anna A\"\n[[member]]\nid = \"ben\"\nname = \"Ben B\"\n";
    fs::write(&pipeline, text).expect("written");
    let eva = "Eva,Kleinod,https://www.linkedin.com/in/eva-kleinod,,Alpha Bau,Einkauf";
    let ida = "Ida,Wanderer,https://www.linkedin.com/in/ida-wanderer,,Gamma Werke,Einkauf";
    let uta = "Uta,Bleib,https://www.linkedin.com/in/uta-bleib,,Gamma Werke,Leitung";
    let (since, late) = ("02 Jan 2019", "05 Feb 2024");
    export(home.path(), "anna", "2026-03-02", &[&format!("{eva},{late}"), &format!("{uta},{late}")]);
    export(
        home.path(),
        "ben",
        "2026-03-02",
        &[&format!("{eva},{since}"), &format!("{ida},{since}"), &format!("{uta},{since}")],
    );
    let report = || fs::read_to_string(home.path().join("out/report.html")).expect("a page");
    ended(&run_file(&pipeline, &[]), 0);
    assert!(!report().contains("Since the last run"));
    let eva = eva.replace("Alpha Bau", "Gamma Werke");
    export(home.path(), "ben", "2026-05-04", &[&format!("{eva},{since}"), &format!("{uta},{since}")]);
    ended(&run_file(&pipeline, &[]), 0);
    let said = opening(&report());
    assert!(said.contains("1 of the A, B and target contacts changed job"), "{said}");
    assert!(said.contains("and 1 left. First of all Ben B should write to Eva Kleinod."), "{said}");
    let section = report();
    let section = between(&section, "<section id=\"changed\"", "</section>").next().expect("what changed");
    assert!(section.contains("Alpha Bau \u{2192} Gamma Werke") && section.contains("Ida Wanderer"));
    assert!(!section.contains("Uta Bleib"), "nothing changed about her");
    let own = |id: &str| {
        fs::read_to_string(home.path().join(format!("out/current/members/{id}.html"))).expect("a page")
    };
    for id in ["anna", "ben"] {
        assert!(own(id).contains("<section id=\"jobs\"") && own(id).contains("Eva Kleinod"), "{id}");
    }
    ended(&run_file(&pipeline, &[]), 0);
    assert!(!report().contains("Since the last run"), "it is said once");
}
