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

#[test]
fn pace_stands_below_growth_for_a_team_and_for_one_member() {
    let html = made(10, Language::English, None);
    let growth = between(&html, "<section id=\"growth\"", "</section>").next().expect("growth");
    assert!(growth.contains("In an ordinary week of the race 280 new people came (the median), about 2.5 fewer from week to week. Growth of the network: 6.1% a week in the race; 96% a year, by the last 52 weeks."), "{growth}");
    assert!(growth.contains("<summary>Pace of each member</summary>"));
    let html = made(1, Language::German, None);
    let alone = between(&html, "<p id=\"growth-pace\"", "</section>").next().expect("pace");
    assert!(alone.contains("Gewöhnliche Woche im Rennen: 90 neue Menschen (Median), von Woche zu Woche etwa 2,5 weniger. Wachstum des Netzwerks: 6,1\u{a0}% je Woche im Rennen; 96\u{a0}% im Jahr, nach den letzten 52 Wochen."));
    assert!(!alone.contains("ganzes Team"), "what all know is what the only member knows");
}

#[test]
fn hours_stand_beside_those_there_are() {
    let html = figure(&made(10, Language::German, None), "classes-hours");
    assert!(html.contains("kostet 2.000 Stunden im Jahr; die Mitglieder haben 4.400"), "{html}");
    let wide = between(&html, "<svg class=\"wide\"", "</svg>").next().expect("a chart");
    assert_eq!(wide.matches("<rect").count(), 10, "a bar each");
    assert_eq!(wide.matches("class=\"bar strong\"").count(), 2, "who needs more than 440");
    assert!(wide.contains("vorhanden: 440</text>") && wide.matches("<line class=\"budget\"").count() == 1);
    assert!(html.contains("<td class=\"num\">45\u{a0}%</td>"), "the share of the budget");
    assert!(!made(10, Language::German, Some(5)).contains("classes-hours"), "it has a bar per member");
}

#[test]
fn companies_of_both_name_the_pair_that_completes_each_other() {
    let html = made(4, Language::English, None);
    let overlap = between(&html, "<section id=\"overlap\"", "</section>").next().expect("overlap");
    let told = "Anna Talheimer and &lt;script&gt;alert(1)&lt;/script&gt; both reach 31 companies, 12 of them through different people";
    assert!(overlap.contains(told), "{overlap}");
    assert!(overlap.contains("<summary>Companies of both, pair by pair</summary>"));
    for (page, what) in
        [(made(1, Language::English, None), "one"), (made(10, Language::English, Some(5)), "none")]
    {
        assert!(!page.contains("overlap-companies"), "{what}");
    }
}

#[test]
fn answers_stand_in_one_row_a_member() {
    let html = made(3, Language::English, None);
    let section = between(&html, "<section id=\"response\"", "</section>").next().expect("answers");
    assert_eq!(section.matches("<tr>").count(), 1 + 1 + 3, "headings, the team, the members");
    assert!(
        section.contains("<td class=\"num\">40</td><td class=\"num\">25%</td><td class=\"num\">2.5</td>"),
        "{section}"
    );
}

#[test]
fn headings_of_the_grid_of_targets_are_never_cut() {
    for language in Language::ALL {
        let html = figure(&made(10, language, None), "targets-grid");
        let charts: Vec<&str> = between(&html, "<svg", "</svg>").collect();
        assert_eq!(charts.len(), 2);
        for chart in charts {
            let headings: Vec<&str> = between(chart, "<text class=\"soft\"", "</text>").collect();
            assert!(
                headings.len() == 5 && !headings.iter().any(|text| text.contains('\u{2026}')),
                "{headings:?}"
            );
        }
    }
}
