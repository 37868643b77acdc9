//! The page: nothing in it comes from elsewhere, every section and language is there, every text is escaped, it
//! stays small; and in a browser, where one is found, nothing overlaps, is cut off or leaves the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hamstern::table::{Language, Table};
use hamstern::write::{Page, page};

#[path = "common/language.rs"]
mod both;
#[path = "page/broken.rs"]
mod broken;
#[path = "page/browser.rs"]
mod browser;
#[path = "page/changed.rs"]
mod changed;
#[path = "page/charts.rs"]
mod charts;
mod common;
#[path = "page/language.rs"]
mod language;
#[path = "page/members.rs"]
mod members;
#[path = "page/small.rs"]
mod small;
#[path = "page/tables.rs"]
mod tables;

/// The page of an invented team.
fn made(team: usize, language: Language, aggregate: Option<u32>) -> String {
    let (members, all) = (tables::members(team), tables::tables(team));
    let all: Vec<&Table> = all.iter().collect();
    page(&Page {
        language,
        team: "Team <Nordlicht> & \"Co\"",
        as_of: tables::as_of(),
        race: (tables::start(), tables::as_of()),
        members: &members,
        contacts: 8924,
        has_goals: true,
        credit: "Places: GeoNames (geonames.org), CC BY 4.0",
        aggregate,
        news: None,
        tables: &all,
    })
}

/// Every kind of page that is tested.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for language in Language::ALL {
        for (team, aggregate) in
            [(0, None), (1, None), (2, None), (10, None), (15, None), (40, None), (10, Some(5))]
        {
            let name =
                format!("{}-{team}{}", language.name(), if aggregate.is_some() { "-aggregate" } else { "" });
            pages.push((name, made(team, language, aggregate)));
        }
    }
    pages.extend(members::pages());
    pages.extend(changed::pages());
    pages
}

/// What the demo made.
struct Demo {
    /// The pages of the team and of two of its members, each with a name.
    pages: Vec<(String, String)>,
    /// What people, companies, places, tags and goals of it are called.
    names: String,
}

/// The demo, run once in each language.
fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = tempfile::tempdir().expect("a folder");
        let root = env!("CARGO_MANIFEST_DIR");
        let read = |path: &Path| fs::read_to_string(path).expect("a text");
        let mut names = read(&Path::new(root).join("pipelines/demo-wishes.csv"));
        for name in read(&Path::new(root).join("pipelines/demo.toml")).lines() {
            names.push_str(name.strip_prefix("name = ").unwrap_or_default());
            names.push(' ');
        }
        let mut pages = Vec::new();
        for language in Language::ALL {
            let out = common::demo(home.path(), language);
            for page in ["report", "current/members/anna", "current/members/ben"] {
                let html = read(&out.join(format!("{page}.html")));
                let page = page.rsplit('/').next().unwrap_or_default();
                pages.push((format!("{}-demo-{page}", language.name()), html));
            }
            for row in common::csv(&out.join("contacts.csv")) {
                for column in ["name", "company", "city", "tags"] {
                    names.push_str(&format!("{} ", row[column]));
                }
            }
        }
        Demo { pages, names }
    })
}

/// What stands between two texts, each time.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split(close).next())
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_runs() {
    for (name, html) in pages() {
        assert!(
            html.contains(r#"content="default-src 'none'; style-src 'unsafe-inline'; img-src data:""#),
            "{name}: the policy"
        );
        for wrong in ["<script", "<iframe", "<object", "<embed", "<form", "@import", "javascript:"] {
            assert!(!html.contains(wrong), "{name}: {wrong}");
        }
        for tag in between(&html, "<", ">") {
            assert!(no_handler(tag), "{name}: <{tag}>");
            for attribute in ["src=\"", "href=\"", "data=\"", "srcset=\""] {
                for to in between(tag, attribute, "\"") {
                    assert!(to.starts_with('#') || to == "data:,", "{name}: refers to {to}");
                }
            }
        }
        for to in between(&html, "url(", ")") {
            assert!(to.starts_with('#'), "{name}: url({to})");
        }
    }
}

/// Whether a tag has no attribute that runs something.
fn no_handler(tag: &str) -> bool {
    let mut quoted = false;
    let bare: String = tag
        .chars()
        .filter(|letter| {
            quoted ^= *letter == '"';
            !quoted
        })
        .collect();
    !bare.split_whitespace().skip(1).any(|word| word.starts_with("on"))
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_there_once() {
    for (name, html) in pages() {
        let mut ids: Vec<&str> = between(&html, " id=\"", "\"").collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{name}: an id stands twice");
        for to in between(&html, "href=\"#", "\"") {
            assert!(ids.contains(&to), "{name}: nothing is called {to}");
        }
        for named in between(&html, "aria-labelledby=\"", "\"").flat_map(|names| names.split(' ')) {
            assert!(ids.contains(&named), "{name}: nothing is called {named}");
        }
    }
}

#[test]
fn a_team_has_its_sections_and_one_member_has_none_of_a_team() {
    let team = made(10, Language::English, None);
    let sections = [
        "race",
        "growth",
        "overlap",
        "loss",
        "concentration",
        "convergence",
        "classes",
        "mix",
        "targets",
        "channels",
        "strength",
        "introductions",
        "due",
        "size",
        "definitions",
    ];
    for section in sections {
        assert!(team.contains(&format!("<section id=\"{section}\"")), "{section}");
    }
    let figures = [
        "race-standing",
        "race-places",
        "race-course",
        "race-hidden",
        "growth-weeks",
        "overlap-heat",
        "overlap-sets",
        "overlap-depth",
        "overlap-exclusive",
        "loss-fall",
        "concentration-shares",
        "concentration-lorenz",
        "fair-share",
        "convergence-spread",
        "classes-path",
        "mix-tier",
        "mix-sector",
        "targets-grid",
        "channels-size",
        "channels-without",
        "strength-bands",
        "strength-survival",
    ];
    for figure in figures {
        assert!(team.contains(&format!("<figure id=\"{figure}\"")), "{figure}");
    }
    assert_eq!(
        between(&team, "<ol class=\"opening\">", "</ol>").flat_map(|list| list.split("<li>").skip(1)).count(),
        5
    );
    let alone = made(1, Language::English, None);
    for section in ["race", "overlap", "loss", "concentration", "convergence", "introductions"] {
        assert!(!alone.contains(&format!("<section id=\"{section}\"")), "{section}");
    }
    let order: Vec<&str> = between(&alone, "<section id=\"", "\"").collect();
    assert_eq!(order[..4], ["channels", "targets", "classes", "due"]);
    let bare = page(&Page { tables: &[], ..empty() });
    assert_eq!(between(&bare, "<section id=\"", "\"").collect::<Vec<_>>(), ["definitions"]);
}

/// A page of nobody.
fn empty() -> Page<'static> {
    Page {
        language: Language::German,
        team: "",
        as_of: tables::as_of(),
        race: (tables::start(), tables::as_of()),
        members: &[],
        contacts: 0,
        has_goals: false,
        credit: "",
        aggregate: None,
        news: None,
        tables: &[],
    }
}

#[test]
fn the_five_sentences_tell_the_numbers() {
    let plain = |language| {
        let html = made(3, language, None);
        let opening = between(&html, "<ol class=\"opening\">", "</ol>").next().expect("it begins").to_owned();
        let mut text = String::new();
        let mut inside = false;
        for letter in opening.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                letter if !inside => text.push(letter),
                _ => {}
            }
        }
        text
    };
    let english = plain(Language::English);
    for told in [
        "In 9 weeks 2,933 new connections: 2,800 different people, 3,096 of them nobody in the team knew before.",
        "Anna Talheimer leads by number (1,600, 27%) and by people nobody else knows (960), on target Zoë",
        "If Anna Talheimer left, 640 of the 1,600 new ones and 1,600 of all 4,000 would still be known; 2,400 nobody else knows, of them 800 of category A or B. Show Handover list",
        "From mass to class: 587 of the new connections are on target; 0 led to an appointment; of all people known, 3,824 (43%) are of category A or B, \
         3,647 (41%) have been in touch at least once, 445 (5%) are penguins (not sorted yet). (known for 87%)",
        "The gap between the members became larger. Share these 5 contacts now: Erika M. 1, Erika M. 2,",
    ] {
        assert!(english.contains(told), "{told}\n{english}");
    }
    let german = plain(Language::German);
    for told in [
        "In 9 Wochen 2.933 neue Verbindungen",
        "Anna Talheimer führt nach Anzahl (1.600, 27\u{a0}%) und nach Menschen, die sonst niemand kennt (960), nach Zielkontakten Zoë",
        "davon 800 der Kategorie A oder B. Zeigen Übergabeliste",
        "Von Masse zu Klasse: 587 der neuen Verbindungen sind Zielkontakte; 0 führten zu einem Termin; von allen bekannten Menschen gehören 3.824 (43\u{a0}%) zur \
         Kategorie A oder B, 3.647 (41\u{a0}%) hatten schon einmal Kontakt, 445 (5\u{a0}%) sind Pinguine (noch nicht zugeordnet). \
         (bekannt bei 87\u{a0}%)",
        "Der Abstand zwischen den Mitgliedern wurde größer.",
    ] {
        assert!(german.contains(told), "{told}\n{german}");
    }
}

#[test]
fn names_cannot_break_the_page() {
    for (name, html) in pages() {
        assert!(
            !html.contains("<script>") && !html.contains("<img") && !html.contains("<Nordlicht>"),
            "{name}"
        );
        assert!(html.contains("Team &lt;Nordlicht&gt; &amp;"), "{name}");
    }
    let team = made(10, Language::English, None);
    assert!(team.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(team.contains("onerror=alert(1)&gt;"));
    assert!(team.contains("Jan B.") && !team.contains("Private P."), "private contacts are their member's");
}

#[test]
fn headings_are_in_order_and_the_language_is_told() {
    for (name, html) in pages() {
        let language = &name[..2];
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{name}");
        let levels: Vec<u32> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert_eq!(levels[0], 1, "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}: one h1");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        assert!(
            html.contains("<main id=\"content\">") && html.contains("class=\"skip\" href=\"#content\""),
            "{name}"
        );
    }
}

#[test]
fn every_chart_is_named_told_and_drawn_within_its_frame() {
    for (name, html) in pages() {
        for chart in between(&html, "<svg class=\"wide\"", "</svg>").chain(between(
            &html,
            "<svg class=\"narrow\"",
            "</svg>",
        )) {
            assert!(chart.contains("role=\"img\""), "{name}");
            for tag in ["title", "desc"] {
                let (open, close) = (format!("<{tag} id="), format!("</{tag}>"));
                let told = between(chart, &open, &close).next().unwrap_or_default();
                assert!(told.split_once('>').is_some_and(|(_, text)| text.len() > 3), "{name}: {tag} {told}");
            }
            let frame = between(chart, "viewBox=\"0 0 ", "\"").next().expect("a frame");
            let (width, height) = frame.split_once(' ').expect("two lengths");
            let limits: (f64, f64) = (width.parse().expect("a width"), height.parse().expect("a height"));
            let mut marks = 0;
            for mark in ["rect", "circle", "line", "polyline", "text"] {
                for tag in between(chart, &format!("<{mark} "), ">") {
                    marks += usize::from(mark != "text" && mark != "line");
                    inside(&format!(" {tag}"), limits)
                        .unwrap_or_else(|why| panic!("{name}: {why} in <{mark} {tag}>"));
                }
            }
            assert!(marks > 0, "{name}: an empty chart");
        }
    }
}

/// Whether the lengths of a tag are numbers inside a frame.
fn inside(tag: &str, (width, height): (f64, f64)) -> Result<(), String> {
    let number = |attribute: &str| -> Result<Option<f64>, String> {
        let open = format!(" {attribute}=\"");
        let found = between(tag, &open, "\"").next();
        found.map(|text| text.parse::<f64>().map_err(|_| format!("{attribute} is {text:?}"))).transpose()
    };
    let (x, y) = (number("x")?.unwrap_or(0.0), number("y")?.unwrap_or(0.0));
    let points = between(tag, "points=\"", "\"").next().unwrap_or_default().replace(',', " ");
    let points: Vec<f64> = points.split_whitespace().map(|text| text.parse().unwrap_or(f64::NAN)).collect();
    let across =
        [x, x + number("width")?.unwrap_or(0.0)].into_iter().chain(points.iter().copied().step_by(2));
    let down = [y, y + number("height")?.unwrap_or(0.0)]
        .into_iter()
        .chain(points.iter().copied().skip(1).step_by(2));
    let (mut across, mut down): (Vec<f64>, Vec<f64>) = (across.collect(), down.collect());
    for (lengths, names) in [(&mut across, ["x1", "x2", "cx"]), (&mut down, ["y1", "y2", "cy"])] {
        for name in names {
            lengths.extend(number(name)?);
        }
    }
    let fits = |lengths: &[f64], most: f64| lengths.iter().all(|length| (-0.5..=most + 0.5).contains(length));
    if fits(&across, width) && fits(&down, height) {
        Ok(())
    } else {
        Err(format!("outside {width} x {height}"))
    }
}

#[test]
fn distributions_alone_name_no_member_and_no_small_cell() {
    for language in Language::ALL {
        let html = made(10, language, Some(5));
        for (id, name) in tables::members(10) {
            assert!(!html.contains(&format!(">{id}<")), "{id}");
            let name =
                name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            assert!(!html.contains(&name), "{name}");
        }
        for private in ["Erika", "Jan B.", "Orakon", "handover", "race-standing", "1,600", "1.600"] {
            assert!(!html.contains(private), "{private}");
        }
        // Two people are known to four members and three are private: both are joined with others.
        for cell in between(&html, "<td class=\"num\">", "</td>") {
            let number: f64 = cell
                .split(['%', '\u{a0}'])
                .next()
                .unwrap_or_default()
                .replace(['.', ','], "")
                .parse()
                .unwrap_or(5.0);
            assert!(number >= 5.0 || cell.contains('%'), "{cell}");
        }
        assert!(html.contains("<figure id=\"overlap-depth\"") && html.contains("<figure id=\"mix-tier\""));
    }
}

#[test]
fn a_large_team_still_makes_a_small_page() {
    for team in [40, 300] {
        let html = made(team, Language::German, None);
        assert!(html.len() < 2_000_000, "{team} members: {} bytes", html.len());
    }
    let html = made(10, Language::German, None);
    assert!(html.contains("70 weitere Zeilen in reports/handover.csv"));
}

#[test]
fn categories_stand_beside_what_they_are_not() {
    for (language, said) in [
        (Language::English, "no judgement of people as such"),
        (Language::German, "keine Bewertung der Menschen an sich"),
    ] {
        for aggregate in [None, Some(5)] {
            let html = made(10, language, aggregate);
            let classes = between(&html, "<section id=\"classes\"", "</section>").next().expect("categories");
            assert!(classes.contains(said));
            let footer = between(&html, "<footer>", "</footer>").next().expect("a footer");
            assert!(footer.contains(said) && footer.contains("BetrVG"));
        }
    }
}

#[test]
fn on_paper_folded_tables_stand_open_and_no_sheet_is_empty() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    let shots = shots();
    for (name, html) in pages().iter().filter(|(name, _)| is_shown(name)) {
        let folded = browser.print(html, &shots.join(format!("{name}.pdf")));
        assert_eq!(folded.empty, [0; 0], "{name}: sheets without text");
        for (width, height) in folded.sizes {
            assert!(
                (width - 595.3).abs() < 1.0 && (height - 841.9).abs() < 1.0,
                "{name}: {width} x {height}"
            );
        }
        if name.starts_with("en") {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let sheets = |html: String| browser.print(&html, &folder.path().join("page.pdf")).sheets;
        assert_eq!(
            folded.sheets,
            sheets(html.replace("<details>", "<details open>")),
            "{name}: what is folded is printed as if it were open"
        );
        let without = sheets(html.replace("<details>", "<details style=\"display:none\">"));
        let all = folded.sheets;
        // Of lists those rows are printed that stand open; a member's page has hardly anything else.
        let less = if name.ends_with("10") { without < all } else { without <= all };
        assert!(less, "{name}: {without} sheets without folded tables, {all} with them");
    }
}

/// The page of the demo takes so many sheets at most, with room for wider letters: it takes 26 or 27.
const SHEETS: usize = 28;

#[test]
fn the_page_of_the_demo_prints_on_few_sheets_and_says_what_is_left_out() {
    for (name, html) in demo().pages.iter().filter(|(name, _)| name.ends_with("report")) {
        let [and, more] = if name.starts_with("de") { ["und", "weitere"] } else { ["and", "more"] };
        let told = format!("<p class=\"more onpaper\">{and} 68 {more}: reports/rankings.csv</p>");
        assert!(html.contains(&told), "{name}: 12 of 80 rows are printed");
        let Some(browser) = browser::found() else {
            println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
            return;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let sheets = browser.print(html, &folder.path().join("page.pdf")).sheets;
        assert!(sheets <= SHEETS, "{name}: {sheets} sheets");
    }
}

#[test]
fn every_measure_of_the_demo_is_explained_at_the_end_of_the_page() {
    for (name, html) in demo().pages.iter().filter(|(name, _)| name.ends_with("report")) {
        let words = between(html, "<section id=\"definitions\"", "</section>").next().expect("definitions");
        let terms = if name.starts_with("de") {
            [
                "Wachstum je Jahr",
                "Neue Menschen",
                "Budget, Stunden im Jahr",
                "Antwortquote",
                "Unternehmen über verschiedene Menschen",
            ]
        } else {
            [
                "Growth a year",
                "People added",
                "Budget, hours a year",
                "Response rate",
                "Companies through different people",
            ]
        };
        for term in terms {
            assert!(words.contains(&format!("<dt>{term}</dt>")), "{name}: {term}");
        }
    }
}

/// Whether pictures are taken of a page: of a team and of a member.
fn is_shown(name: &str) -> bool {
    ["10", "member"].contains(&&name[3..])
}

/// Where pictures of pages are left: in the folder that `HAMSTERN_SHOTS` names, else among what tests leave.
fn shots() -> PathBuf {
    let named = env::var_os("HAMSTERN_SHOTS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("shots"));
    fs::create_dir_all(&folder).expect("a folder");
    folder.canonicalize().expect("a folder")
}

#[test]
fn pictures_are_taken_at_a_desk_on_a_phone_in_the_dark_and_as_on_paper() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    let pages = pages();
    let shown: Vec<&(String, String)> = pages.iter().filter(|(name, _)| is_shown(name)).collect();
    let taken = browser.shoot(&shown, &shots());
    assert_eq!(taken.len(), 4 * 4);
    for shot in taken {
        let file = shot.file.display();
        assert_eq!(shot.has_width, shot.width, "{file}");
        assert!(shot.drawn > 0.02, "{file}: {} of it is not of one colour", shot.drawn);
        let light = shot.light;
        assert!(if shot.dark { light < 0.3 } else { light > 0.8 }, "{file}: {light} is its light");
    }
}

#[test]
fn in_a_browser_nothing_overlaps_or_leaves_the_page() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    let pages = pages();
    // How a page looks on paper is measured by taking its rules for print as rules for all.
    assert!(pages.iter().all(|(_, html)| html.matches("@media print{").count() == 1));
    let looked: Vec<&(String, String)> = pages
        .iter()
        .filter(|(name, _)| !name.contains("-0") && !name.contains("-2"))
        .chain(&demo().pages)
        .collect();
    for dark in [false, true] {
        let found = browser.look(&looked, dark);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
