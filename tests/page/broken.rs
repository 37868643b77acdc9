//! Pages with a single fault each: whatever the browser is asked to find, it finds.

use crate::browser;

/// The style that the broken pages share.
const STYLE: &str =
    "body{margin:0;background:#fff;color:#000;font:16px/1.5 sans-serif}svg,tr{break-inside:avoid}";

/// A page of some content.
fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><style>{STYLE}</style></head><body>{body}</body></html>"
    )
}

/// A page with a chart of some content.
fn chart(content: &str) -> String {
    page(&format!(
        "<figure id=\"f\"><svg width=\"200\" height=\"100\" viewBox=\"0 0 200 100\">{content}</svg></figure>"
    ))
}

/// Where nothing is wrong: text, a table that scrolls on purpose, a chart.
const SOUND: &str = "<p>A <b>sound</b> page, with a line that is long enough to be broken on a phone.</p>\
    <div style=\"overflow-x:auto\"><table><tr><td style=\"white-space:nowrap\">a table that is much wider than \
    the window of a phone or even of a desk, but which can be moved to see what stands at its end, and which \
    therefore hides nothing from anybody who reads it there on purpose</td><td>the end</td></tr></table></div>\
    <figure id=\"f\"><svg width=\"200\" height=\"100\"><rect width=\"50\" height=\"50\" fill=\"#06c\"></rect>\
    <text x=\"60\" y=\"40\">told</text></svg></figure>";

/// Name, page, and what must be said of it.
fn broken() -> Vec<(&'static str, String, &'static str)> {
    let bar = "<rect width=\"50\" height=\"50\" fill=\"#06c\"></rect>";
    vec![
        ("console", page("<p>x</p><script>console.error(\"broken on purpose\")</script>"), ""),
        (
            "overlap",
            page(
                "<p style=\"position:absolute;top:9px\">one text</p><p style=\"position:absolute;top:12px\">another</p>",
            ),
            "overlaps: one text / another",
        ),
        (
            "hidden",
            page(
                "<p style=\"width:60px;overflow:hidden;white-space:nowrap\">a text that is longer than its box</p>",
            ),
            "cut off: a text that is longer",
        ),
        (
            "low",
            page("<p style=\"width:300px;height:20px;overflow:hidden\">a text<br>of two<br>lines</p>"),
            "cut off: a text",
        ),
        (
            "out",
            page("<p style=\"width:60px;white-space:nowrap\">a text that is longer than its box</p>"),
            "runs out of its box: a text",
        ),
        ("left", page("<p style=\"margin-left:-20px\">begins too far left</p>"), "cut: begins too far left"),
        (
            "wide",
            page("<p style=\"white-space:nowrap;width:2000px\">ends somewhere</p>"),
            "wider than its window: 2000",
        ),
        ("pale", page("<p>good <span style=\"color:#999\">too pale</span></p>"), "pale (2.85): too pale"),
        ("gone", chart(bar).replace("<svg ", "<svg style=\"display:none\" "), "f shows 0 charts"),
        (
            "empty",
            chart("<line x1=\"0\" y1=\"90\" x2=\"200\" y2=\"90\" stroke=\"#000\"></line>"),
            "f is empty",
        ),
        ("nothing", chart("<rect width=\"0\" height=\"0\" fill=\"#06c\"></rect>"), "f is empty"),
        (
            "frame",
            chart(&format!("{bar}<text x=\"180\" y=\"40\">a long label</text>")),
            "f runs out of its frame: text a long label",
        ),
        (
            "bar",
            chart("<rect y=\"80\" width=\"50\" height=\"50\" fill=\"#06c\"></rect>"),
            "f runs out of its frame: rect",
        ),
        (
            "labels",
            chart(&format!("{bar}<text x=\"60\" y=\"40\">one</text><text x=\"62\" y=\"42\">two</text>")),
            "f overlaps: one / two",
        ),
        ("label", chart(&format!("{bar}<text x=\"5\" y=\"30\" fill=\"#333\">on it</text>")), "f pale"),
        (
            "torn",
            page("<table style=\"height:90px\"><tr style=\"break-inside:auto\"><td>a row</td></tr></table>"),
            "may be torn:  TR a row",
        ),
        ("tall", chart(bar).replace("height=\"100\"", "height=\"1100\""), "taller than a sheet: f svg"),
        ("broad", chart(bar).replace("width=\"200\"", "width=\"2000\""), "f leaves the page"),
    ]
}

#[test]
fn every_fault_of_a_page_is_found_and_a_sound_page_has_none() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    assert_eq!(browser.look(&[&("sound".to_owned(), page(SOUND))], false), [""; 0]);
    let broken = broken();
    let pages: Vec<(String, String)> =
        broken.iter().map(|(name, html, _)| ((*name).to_owned(), html.clone())).collect();
    let found = browser.look(&pages.iter().collect::<Vec<_>>(), false);
    for (name, _, said) in &broken {
        let is_told = |line: &String| {
            if *name == "console" {
                line.contains("CONSOLE") && line.contains("broken on purpose")
            } else {
                line.starts_with(&format!("{name} ")) && line.contains(said)
            }
        };
        assert!(found.iter().any(is_told), "{name}: {said}\n{}", found.join("\n"));
    }
}

#[test]
fn whatever_a_page_asks_the_network_for_is_found() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    let html = page(
        "<p>x</p><img src=\"https://fonts.googleapis.com/a.png\" alt=\"\"><img src=\"http://example.org/b.png\" alt=\"\">",
    );
    let found = browser.look(&[&("asks".to_owned(), html)], false);
    for host in ["fonts.googleapis.com", "example.org"] {
        assert!(found.contains(&format!("asked the network: {host}")), "{host}\n{}", found.join("\n"));
    }
}

#[test]
fn a_sheet_of_paper_without_text_is_found() {
    let Some(browser) = browser::found() else {
        println!("skipped: no chromium in PATH, and HAMSTERN_CHROMIUM names none");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let next = "style=\"break-before:page\"";
    let html = page(&format!("<p>one</p><div {next}></div><p {next}>three</p>"));
    let paper = browser.print(&html, &folder.path().join("page.pdf"));
    assert_eq!((paper.sheets, paper.empty), (3, vec![2]));
}
