//! Charts say in their title what they show, and the numbers they draw are those of the tables.

use hamstern::table::Language;

use crate::{between, made};

/// A figure of a page.
fn figure(html: &str, id: &str) -> String {
    let open = format!("<figure id=\"{id}\"");
    between(html, &open, "</figure>").next().unwrap_or_else(|| panic!("no {id}")).to_owned()
}

#[test]
fn places_tell_who_moved_up() {
    let html = figure(&made(3, Language::English, None), "race-places");
    assert!(html.contains("Somebody moved up once; since W12 the order is the same"), "{html}");
    let first = between(&html, "<polyline class=\"line strong\" points=\"", "\"").next().expect("a line");
    let heights: Vec<&str> =
        first.split(' ').filter_map(|point| point.split_once(',')).map(|at| at.1).collect();
    assert_eq!(heights.len(), 9);
    assert_eq!(heights[0], heights[1], "second at first");
    assert!(
        heights[1] != heights[2] && heights[2..].iter().all(|at| *at == heights[2]),
        "then first: {heights:?}"
    );
    assert!(html.contains("1 Anna Talheimer</text>"), "named at its end");
}

#[test]
fn of_many_members_ten_are_shown_without_gaps() {
    let html = figure(&made(40, Language::German, None), "race-places");
    let wide = between(&html, "<svg class=\"wide\"", "</svg>").next().expect("a chart");
    assert_eq!(wide.matches("<polyline").count(), 10);
    assert!(wide.contains("10 Member 9</text>"), "{wide}");
    assert!(html.contains("30 weitere Zeilen in reports/growth.csv"));
}

#[test]
fn the_bar_of_shares_is_the_whole() {
    for (team, parts) in [(2, 2), (10, 10), (40, 10)] {
        let html = figure(&made(team, Language::English, None), "concentration-shares");
        let wide = between(&html, "<svg class=\"wide\"", "</svg>").next().expect("a chart");
        let widths: Vec<f64> =
            between(wide, " width=\"", "\"").skip(1).filter_map(|text| text.parse().ok()).collect();
        assert_eq!(widths.len(), parts);
        let whole: f64 = widths.iter().map(|width| width + 1.5).sum();
        assert!((whole - 680.0).abs() < parts as f64, "{team}: {whole}");
        assert_eq!(html.contains("others"), team == 40);
    }
}

#[test]
fn survival_is_told_as_far_as_it_is_known() {
    let html = figure(&made(10, Language::English, None), "strength-survival");
    assert!(html.contains("After 365 days 70% of the connections are still there, 30% are gone"), "{html}");
    assert!(html.contains("known for 78%"));
    let line = between(&html, "<polyline class=\"line strong\" points=\"", "\"").next().expect("a line");
    assert_eq!(line.split(' ').count(), 5, "all at the beginning, then four days; the fifth is not known");
    let german = figure(&made(10, Language::German, None), "strength-survival");
    assert!(german.contains("Nach 365 Tagen sind noch 70\u{a0}% der Verbindungen da"));
}
