//! Small teams and plain data: one member, one week, one person, equal numbers, and an inbox that the team shares.

use chrono::Days;
use hamstern::table::{Language, Table, Value, value};
use hamstern::write::{News, NewsRow, Page, page};

use crate::tables::{self, Sheet};
use crate::{between, empty};

/// Members of these ids, called by them.
fn members(ids: &[&str]) -> Vec<(String, String)> {
    ids.iter().map(|id| ((*id).to_owned(), format!("{} M.", id.to_uppercase()))).collect()
}

/// The page of these members, made of these tables.
fn made(language: Language, ids: &[&str], all: &[Table]) -> String {
    let members = members(ids);
    let all: Vec<&Table> = all.iter().collect();
    page(&Page { language, members: &members, contacts: 1, tables: &all, ..empty() })
}

/// The race and the weeks of members with what each added week by week; the team's own row is their sum.
fn racing(of: &[(&str, &[u32])]) -> [Table; 2] {
    let mut race = Sheet::new("race", "member:t rank:i adds:i share:s cwgr:s");
    let columns = "member:t channel:t period:t period_start:d adds:i stock:i partial:b";
    let mut growth = Sheet::new("growth", columns);
    for (rank, (id, weeks)) in (1..).zip(of) {
        if *id != "team" {
            race.row(&[id, &rank, &weeks.iter().sum::<u32>(), &0.5, &""]);
        }
        for (week, adds) in (0..).zip(*weeks) {
            let day = tables::start() + Days::new(week * 7);
            growth.row(&[id, &"all", &day.format("%G-W%V"), &day, adds, &100, &false]);
        }
    }
    [race.table(), growth.table()]
}

/// How a page begins, without tags.
fn opening(html: &str) -> String {
    let list = between(html, "<ol class=\"opening\">", "</ol>").next().expect("it begins");
    list.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// The headings of a page's figures.
fn titles(html: &str) -> String {
    between(html, "<figcaption><h3>", "</h3>").collect::<Vec<_>>().join("\n")
}

static CHANNELS: [Value; 2] = [value("all", "all", "alle"), value("phone", "phone", "Telefon")];

#[test]
fn sentences_lead_to_sections_that_are_there() {
    let mut size = Sheet::new("network_size", "member:t channel:t measure:t value:f coverage:s");
    for (channel, measure, value) in [
        ("all", "holdings", 1.0),
        ("phone", "holdings", 1.0),
        ("all", "unclassified_share", 1.0),
        ("all", "never_touched", 1.0),
    ] {
        size.row(&[&"anna", &channel, &measure, &value, &1]);
    }
    let size = size.of("channel", &CHANNELS).table();
    for language in Language::ALL {
        let html = made(language, &["anna"], std::slice::from_ref(&size));
        assert!(!html.contains("<section id=\"classes\"") && opening(&html).contains("[goals]"));
        for to in between(&html, "href=\"#", "\"") {
            assert!(html.contains(&format!(" id=\"{to}\"")), "nothing is called {to}");
        }
    }
    let html = made(Language::English, &["anna"], &[size]);
    assert!(opening(&html).contains("1 person, known through 1 channel."), "{}", opening(&html));
    assert!(html.contains("1 member, 1 contact<"));
}

#[test]
fn without_goals_the_appointments_say_whose_they_are() {
    let mut rankings = Sheet::new("rankings", "member:t ranking:t value:f rank:i");
    rankings.row(&[&"anna", &"appointments", &16, &1]);
    let mut size = Sheet::new("network_size", "member:t channel:t measure:t value:f coverage:s");
    size.row(&[&"anna", &"all", &"holdings", &100, &1]);
    size.row(&[&"anna", &"all", &"unclassified_share", &0.5, &1]);
    let all = [rankings.table(), size.of("channel", &CHANNELS).table()];
    for (language, said) in [
        (Language::English, "16 of the new connections led to an appointment"),
        (Language::German, "16 der neuen Verbindungen führten zu einem Termin"),
    ] {
        let opening = opening(&made(language, &["anna"], &all));
        assert!(opening.contains(said), "{opening}");
    }
}

#[test]
fn nobody_moves_up_or_leads_before_anybody_is_added() {
    let weeks = racing(&[("ben", &[0, 4]), ("zoe", &[0, 20])]);
    let html = made(Language::English, &["ben", "zoe"], &weeks);
    let titles = titles(&html);
    assert!(titles.contains("The order was the same in every week"), "{titles}");
    assert!(titles.contains("ZOE M. has led since W11"), "{titles}");
}

#[test]
fn one_week_one_person_and_one_member_are_not_several() {
    let members = members(&["anna", "ben"]);
    let [race, growth] = racing(&[("anna", &[1]), ("ben", &[0]), ("team", &[1])]);
    let mut overlap = Sheet::new("overlap", "member_a:t member_b:t measure:t value:f");
    for (who, measure, people) in [("anna", "exclusive", 1), ("team", "depth_1", 1), ("team", "depth_2", 1)] {
        overlap.row(&[&who, &"", &measure, &people]);
    }
    overlap.row(&[&"anna+ben", &"", &"distinct", &1]);
    let mut size = Sheet::new("network_size", "member:t channel:t measure:t value:f coverage:s");
    for (member, people) in [("anna", 3), ("ben", 1)] {
        size.row(&[&member, &"all", &"holdings", &people, &1]);
    }
    let all = [race, growth, overlap.table(), size.table()];
    let all: Vec<&Table> = all.iter().collect();
    let left = [NewsRow { left: true, tier: "A", private: Some(false), ..NewsRow::default() }];
    let of = |language| {
        let race = (tables::start(), tables::start() + Days::new(6));
        let news = Some(News { since: None, rows: &left });
        page(&Page { language, members: &members, race, news, tables: &all, ..empty() })
    };
    let (english, german) = (of(Language::English), of(Language::German));
    for said in [
        "In 1 week 1 new connection: 1 person whom nobody in the team knew before.",
        "<p>1 week, 2\u{a0}March\u{a0}2026 to",
        "One new person in 1 week: in W10",
        "The member with the fewest connections holds 25%, ANNA M. 75%",
        "1 person is exclusive to ANNA M.",
        "1 person is known to ANNA M. and BEN M. and to nobody else",
    ] {
        assert!(english.contains(said) || opening(&english).contains(said), "{said}\n{}", opening(&english));
    }
    for said in [
        "In 1 Woche 1 neue Verbindung: 1 Mensch, den vorher niemand im Team kannte.",
        "<p>1 Woche, 2.\u{a0}März\u{a0}2026 bis",
        "Ein neuer Mensch in 1 Woche: in KW\u{a0}10",
        "Das Mitglied mit den wenigsten Verbindungen hält 25\u{a0}%, ANNA M. 75\u{a0}%",
        "1 Mensch ist nur bei ANNA M. bekannt",
        "0 die Kategorie gewechselt; 1 ist verloren.",
    ] {
        assert!(german.contains(said) || opening(&german).contains(said), "{said}\n{}", opening(&german));
    }
}

#[test]
fn one_row_that_is_left_out_is_not_several() {
    let mut rows = Sheet::new("lunch", "name:t");
    for at in 0..51 {
        rows.row(&[&format!("Person {at}")]);
    }
    let rows = [rows.table()];
    assert!(made(Language::English, &["anna"], &rows).contains("1 more row in reports/lunch.csv"));
    assert!(made(Language::German, &["anna"], &rows).contains("1 weitere Zeile in reports/lunch.csv"));
}

#[test]
fn of_many_names_the_first_ones_stand_on_the_page() {
    let mut lunch = Sheet::new("lunch", "city:t member:t people:i names:l");
    let names = |count: usize| (1..=count).map(|at| format!("P{at} Q")).collect::<Vec<_>>().join("|");
    lunch.row(&[&"Berlin", &"team", &36, &names(20)]);
    lunch.row(&[&"Bonn", &"team", &6, &names(6)]);
    let lunch = [lunch.table()];
    let [english, german] =
        [Language::English, Language::German].map(|language| made(language, &["anna", "ben"], &lunch));
    assert!(english.contains(">P1 Q, P2 Q, P3 Q, P4 Q, P5 Q and 31 more<"), "{english}");
    assert!(german.contains(">P1 Q, P2 Q, P3 Q, P4 Q, P5 Q und 31 weitere<"));
    assert!(english.contains(">P1 Q, P2 Q, P3 Q, P4 Q, P5 Q, P6 Q<"), "one more takes the same room");
}

/// The rows of a section: the texts of their cells.
fn rows_of(html: &str, section: &str) -> Vec<String> {
    let start = format!("<section id=\"{section}\"");
    let section = between(html, &start, "</section>").next().expect("a section");
    let cells = |row: &str| {
        let texts = row.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
    };
    between(section, "<tr>", "</tr>").map(cells).collect()
}

static HABITS: [Value; 3] = [
    value("adds", "People added", "Neue Menschen"),
    value("weekday", "Weekday", "Wochentag").share(),
    value("noted", "With a note", "Mit Nachricht").share(),
];

#[test]
fn the_leader_is_named_once_and_the_largest_difference_comes_first() {
    let columns = "member:t aspect:t leader:f others:f difference:f coverage:s";
    let mut profile = Sheet::new("leader_profile", columns).of("aspect", &HABITS);
    profile.row(&[&"anna", &"weekday", &0.2, &0.3, &-0.1, &1]);
    profile.row(&[&"anna", &"noted", &"", &0.3, &"", &1]);
    profile.row(&[&"anna", &"adds", &30, &20.4444, &9.5556, &1]);
    profile.row(&[&"anna", &"weekday", &0.5, &0.25, &0.25, &1]);
    let html = made(Language::English, &["anna", "ben"], &[profile.table()]);
    assert_eq!(
        rows_of(&html, "leader_profile")[1..],
        [
            "People added; 30; 20; 10; 100%",
            "Weekday; 50%; 25%; 25%; 100%",
            "Weekday; 20%; 30%; \u{2212}10%; 100%",
            "With a note; \u{2013}; 30%; \u{2013}; 100%"
        ]
    );
    assert_eq!(html.matches("ANNA M. leads. Others:").count(), 1);
}

#[test]
fn appointments_begin_with_the_newest_week_of_the_team() {
    let mut weeks = Sheet::new("appointments", "member:t week:t adds:i met:i coverage:s");
    for (member, week) in
        [("anna", "2025-W52"), ("anna", "2026-W01"), ("team", "2025-W52"), ("team", "2026-W01")]
    {
        weeks.row(&[&member, &week, &3, &1, &1]);
    }
    let html = made(Language::German, &["anna", "ben"], &[weeks.table()]);
    let rows = rows_of(&html, "appointments");
    assert_eq!(rows[1..3], ["2026-W01; 3; 1", "2025-W52; 3; 1"]);
    assert_eq!(rows[4..], ["ANNA M.; 2026-W01; 3; 1; 100\u{a0}%", "ANNA M.; 2025-W52; 3; 1; 100\u{a0}%"]);
}

#[test]
fn what_is_due_says_what_to_do_and_with_whom_and_nothing_else() {
    let columns =
        "on:d days:i member:t what:t contact_id:t name:t turning:i private:b coverage:s candidates:i tier:t";
    let mut due = Sheet::new("due", columns);
    due.row(&[&tables::as_of(), &0, &"anna", &"thanks", &"c1", &"Eva Klein", &"", &false, &0.3, &417, &"A"]);
    due.row(&[&tables::as_of(), &0, &"anna", &"birthday", &"c2", &"Uwe Groß", &50, &true, &0.3, &417, &""]);
    let html = made(Language::English, &["anna", "ben"], &[due.table()]);
    let day = tables::as_of();
    assert_eq!(rows_of(&html, "due")[1..], [format!("{day}; 0; A; thanks; Eva Klein; ANNA M.")]);
}

#[test]
fn the_page_says_whom_the_run_counts_beside_it() {
    let mut size = Sheet::new("network_size", "member:t channel:t measure:t value:f coverage:s")
        .of("channel", &CHANNELS);
    for (measure, value) in [
        ("union", 20.0),
        ("class_ratio", 0.5),
        ("d_share", 0.1),
        ("unclassified_share", 0.2),
        ("lost_people", 3.0),
    ] {
        size.row(&[&"team", &"all", &measure, &value, &if measure == "class_ratio" { 0.7 } else { 1.0 }]);
    }
    let size = [size.table()];
    let english = made(Language::English, &["anna", "ben"], &size);
    assert!(english.contains("not the 3 former contacts, who have a category in contacts.csv"), "{english}");
    assert!(
        made(Language::German, &["anna", "ben"], &size)
            .contains("nicht frühere Kontakte (3), die in contacts.csv")
    );
    for part in [
        "A or B: 10 (50%)",
        "C: 2 (10%)",
        "D: 2 (10%)",
        "penguins: not sorted yet: 4 (20%)",
        "private: 2 (10%)",
    ] {
        assert!(english.contains(part), "{part}");
    }
}

#[test]
fn what_only_a_team_has_is_not_shown_to_one_member() {
    let mut profile = Sheet::new("leader_profile", "member:t measure:t value:f");
    profile.row(&[&"anna", &"share", &0.5]);
    let profile = [profile.table()];
    assert!(made(Language::English, &["anna", "ben"], &profile).contains("<section id=\"leader_profile\""));
    for alone in [&["anna"][..], &["anna", "team"]] {
        assert!(!made(Language::English, alone, &profile).contains("<section id=\"leader_profile\""));
    }
}

/// What members and the inbox that they share hold: one person is in it and known to all of them, one is in it alone.
fn overlapping(ids: &[&str]) -> Table {
    let mut overlap = Sheet::new("overlap", "member_a:t member_b:t measure:t value:f");
    for one in ids {
        for other in ids.iter().filter(|other| *other != one) {
            overlap.row(&[one, other, &"directed_share", &0.5]);
        }
        overlap.row(&[one, &"", &"exclusive", &if *one == "team" { 9 } else { 1 }]);
        overlap.row(&[one, &"", &"distinct", &1]);
    }
    for (who, measure, people) in [
        (ids.join("+").as_str(), "distinct", 7),
        ("anna+ben", "distinct", 2),
        ("team", "depth_1", 11),
        ("team", "super_connectors", 3),
    ] {
        overlap.row(&[&who, &"", &measure, &people]);
    }
    overlap.table()
}

#[test]
fn the_shared_inbox_is_no_member() {
    let ids = ["anna", "ben", "team"];
    let weeks: [&[u32]; 3] = [&[5, 5], &[1, 1], &[90, 90]];
    let racers: Vec<(&str, &[u32])> = ids.into_iter().zip(weeks).collect();
    let [race, growth] = racing(&racers);
    for (language, count, whole, inbox) in [
        (Language::English, "2 members", "whole team", "shared inbox"),
        (Language::German, "2 Mitglieder", "ganzes Team", "gemeinsamer Eingang"),
    ] {
        let mut due = Sheet::new("due", "member:t contact_id:t name:t");
        due.row(&[&"team", &"c1", &"Eva Klein"]);
        let html = made(language, &ids, &[race.clone(), growth.clone(), overlapping(&ids), due.table()]);
        let due = between(&html, "<section id=\"due\"", "</section>").next().expect("what is due");
        assert!(due.contains(inbox) && !due.contains(whole));
        assert!(html.contains(&format!("{count}, 1 ")), "{count}");
        let section = between(&html, "<section id=\"race\"", "</section>").next().expect("a race");
        assert!(!section.contains(whole) && !section.contains(inbox), "nobody races but members");
        let figure = |id: &str| {
            let open = format!("<figure id=\"{id}\"");
            between(&html, &open, "</figure>").next().unwrap_or_else(|| panic!("no {id}")).to_owned()
        };
        assert!(!figure("overlap-heat").contains(inbox) && !figure("overlap-heat").contains(whole));
        let sets = figure("overlap-sets");
        let (chart, table) = sets.split_once("<details>").expect("numbers");
        assert!(!chart.contains(whole) && !chart.contains(&format!("{inbox}<")), "{chart}");
        assert!(table.contains(&format!("ANNA M. + BEN M. + {inbox}")) && !table.contains(whole));
        let exclusive = figure("overlap-exclusive");
        assert!(exclusive.contains(&format!("{inbox}</text>")) && !exclusive.contains(whole));
    }
}

#[test]
fn a_member_and_a_shared_inbox_are_one_member_and_tell_of_both() {
    let ids = ["anna", "team"];
    let mut size = Sheet::new("network_size", "member:t channel:t measure:t value:f coverage:s");
    for (member, channel, measure, people) in [
        ("anna", "all", "holdings", 2),
        ("team", "all", "holdings", 4),
        ("team", "all", "union", 3),
        ("team", "phone", "union", 2),
        ("anna", "phone", "holdings", 2),
    ] {
        size.row(&[&member, &channel, &measure, &people, &1]);
    }
    let all = [overlapping(&ids), size.of("channel", &CHANNELS).table()];
    let html = made(Language::English, &ids, &all);
    assert!(html.contains("1 member, 1 contact<") && !html.contains("<section id=\"overlap\""));
    assert!(opening(&html).contains("3 people, known through 1 channel."), "{}", opening(&html));
    assert!(titles(&html).contains("phone brings the most people: 2"));
}

#[test]
fn of_equally_many_none_is_called_the_most_frequent() {
    static VALUES: [Value; 5] = [
        value("function_it", "IT", "IT"),
        value("function_sales", "sales", "Vertrieb"),
        value("function_unknown", "unknown", "unbekannt"),
        value("tier_A", "A", "A"),
        value("tier_C", "C", "C"),
    ];
    let mut mix = Sheet::new("mix", "member:t dimension:t value:t people:i");
    for (dimension, value, people) in [
        ("function", "function_it", 3),
        ("function", "function_sales", 3),
        ("function", "function_unknown", 6),
        ("tier", "tier_A", 4),
        ("tier", "tier_C", 4),
    ] {
        mix.row(&[&"team", &dimension, &value, &people]);
    }
    let mix = [mix.of("value", &VALUES).table()];
    let english = titles(&made(Language::English, &["anna", "ben"], &mix));
    for said in [
        "2 functions are equally frequent and come first: 50% each of those whose function is known",
        "A and C are equally frequent and come first: 50% each of those sorted",
    ] {
        assert!(english.contains(said), "{english}");
    }
    let german = titles(&made(Language::German, &["anna", "ben"], &mix));
    for said in [
        "2 Funktionen sind gleich häufig und liegen vorn: je 50\u{a0}% derer, deren Funktion bekannt ist",
        "A und C sind gleich häufig und liegen vorn: je 50\u{a0}% der Zugeordneten",
    ] {
        assert!(german.contains(said), "{german}");
    }
}

#[test]
fn without_members_weeks_are_called_as_elsewhere_and_every_column_has_a_heading() {
    for (language, week) in [(Language::English, "W10"), (Language::German, "KW\u{a0}10")] {
        let html = crate::made(10, language, Some(5));
        assert!(html.contains(week) && !html.contains("2026-W"), "{week}");
        assert!(!between(&html, "<th scope=\"col\"", "</th>").any(|heading| heading.ends_with('>')));
    }
}
