//! Members' own pages: what concerns one member stands there, and nothing of anybody else.

use hamstern::table::{Language, Table, Value, value};
use hamstern::write::work::SortRow;
use hamstern::write::{News, NewsRow, Page, Personal, member_page};

use crate::tables::{self, Sheet};
use crate::{between, empty};

static WHATS: [Value; 2] =
    [value("birthday", "birthday", "Geburtstag"), value("follow_up", "get back to", "wieder melden")];
static TIERS: [Value; 2] = [value("A", "A", "A"), value("B", "B", "B")];
static MET: [Value; 3] =
    [value("yes", "yes", "ja"), value("no", "no", "nein"), value("unknown", "unknown", "unbekannt")];
static CRITERIA: [Value; 3] = [
    value("contacts", "People known", "Bekannte Menschen"),
    value("target_adds", "New people in the target", "Neue im Ziel").share(),
    value("follow_up", "Meetings followed up", "Treffen nachbereitet").share(),
];

/// What is due: to member 0, and to member 1.
fn due() -> Table {
    let mut sheet =
        Sheet::new("due", "as_of:d on:d days:i member:t what:t contact_id:t name:t private:b candidates:i")
            .of("what", &WHATS);
    let day = tables::as_of();
    for at in 0..60 {
        sheet.row(&[
            &day,
            &day,
            &at,
            &"m0",
            &"follow_up",
            &"c1",
            &format!("Follow {at} <b>"),
            &false,
            &1_261,
        ]);
    }
    sheet.row(&[&day, &day, &3, &"m0", &"birthday", &"c2", &"Cousin P.", &true, &1_261]);
    sheet.row(&[&day, &day, &3, &"m1", &"birthday", &"c3", &"Stranger S.", &true, &1]);
    sheet.table()
}

fn reactivate() -> Table {
    let columns =
        "as_of:d member:t contact_id:t name:t tier:t band:t last_touch:d days:i cadence:i candidates:i";
    let mut sheet = Sheet::new("reactivate", columns).of("tier", &TIERS);
    let day = tables::as_of();
    for (member, name, tier) in
        [("m0", "Sleeper A.", "A"), ("m0", "Sleeper C.", "C"), ("m1", "Stranger T.", "A")]
    {
        sheet.row(&[&day, &member, &"c4", &name, &tier, &"dormant", &day, &400, &30, &700]);
    }
    sheet.table()
}

fn cleanup() -> Table {
    let columns =
        "as_of:d contact_id:t name:t holders:l reasons:l action:t evidence:d safelist:b candidates:i";
    let mut sheet = Sheet::new("cleanup", columns);
    let day = tables::as_of();
    for (name, holders) in [("Doubtful D.", "m0|m1"), ("Stranger U.", "m1")] {
        sheet.row(&[&day, &"c5", &name, &holders, &"stale", &"verify", &day, &false, &9_000]);
    }
    sheet.table()
}

fn introductions() -> Table {
    let columns =
        "as_of:d week:t rank:i member:t receiver:t contact_id:t name:t score:f strength:f fit:s coverage:s";
    let mut sheet = Sheet::new("introductions", columns);
    for (from, to, name) in [("m0", "m1", "Given G."), ("m1", "m0", "Gotten H."), ("m1", "m2", "Stranger V.")]
    {
        sheet.row(&[&tables::as_of(), &"2026-W19", &1, &from, &to, &"c6", &name, &2.5, &0.5, &1, &0.7]);
    }
    sheet.table()
}

/// The passport of two members: `evidence` is the stage shown, as far as that can be assessed, `own_view` the one at
/// which they see themselves.
fn stages(evidence: &str, assessment: &str, own_view: &str) -> Table {
    let columns = "as_of:d member:t stage:i criterion:t value:f needed:f met:t stage_evidence:i coverage:s assessment:t stage_self:i";
    let mut sheet = Sheet::new("stages", columns).of("met", &MET).of("criterion", &CRITERIA);
    for member in ["m0", "m1"] {
        for (stage, criterion, number, needed, met) in [
            (1, "contacts", "6110", 1.0, "yes"),
            (2, "target_adds", "0.1984", 0.2, "no"),
            (3, "follow_up", "", 0.5, "unknown"),
        ] {
            let day = tables::as_of();
            sheet.row(&[
                &day,
                &member,
                &stage,
                &criterion,
                &number,
                &needed,
                &met,
                &evidence,
                &0.7,
                &assessment,
                &own_view,
            ]);
        }
    }
    sheet.table()
}

/// Who has a new job: one of member 0's contacts, one of somebody else's.
pub(crate) fn news() -> Vec<NewsRow> {
    let pair = |old: &str, new: &str| Some([old.to_owned(), new.to_owned()]);
    let row = |name: &str, tier, member| NewsRow {
        contact_id: name.to_owned(),
        name: name.to_owned(),
        company: "Orakon <Werke>".to_owned(),
        tier,
        private: Some(false),
        holders: vec![member],
        colleague: Some(member),
        ..NewsRow::default()
    };
    vec![
        NewsRow {
            employer: pair("Alt & Söhne", "Orakon <Werke>"),
            position: pair("Buyer", "Head of purchasing"),
            ..row("Mover M.", "A", 0)
        },
        NewsRow { employer: pair("Alpha", "Beta"), ..row("Stranger W.", "B", 1) },
        NewsRow { category: pair("C", "B"), ..row("Climber K.", "B", 1) },
        NewsRow { category: pair("C", "D"), ..row("Faller F.", "D", 1) },
        NewsRow { left: true, holders: vec![], ..row("Leaver L.", "A", 1) },
        NewsRow { employer: pair("One", "Two"), private: Some(true), ..row("Private Q.", "A", 1) },
    ]
}

/// The page of a member of ten; of one without any contact where `member` is 9.
pub(crate) fn made(member: usize, language: Language, aggregate: Option<u32>) -> String {
    let members = tables::members(10);
    let mut all = if member < 9 { tables::tables(9) } else { Vec::new() };
    all.retain(|table| !["due", "introductions"].contains(&table.name));
    all.extend([due(), reactivate(), cleanup(), introductions(), stages("1", "assessed", "")]);
    page_of(&members, member, (language, aggregate), &all)
}

/// The page of one of these members, made of these tables.
fn page_of(
    members: &[(String, String)],
    member: usize,
    (language, aggregate): (Language, Option<u32>),
    all: &[Table],
) -> String {
    let all: Vec<&Table> = all.iter().collect();
    let to_sort: Vec<SortRow> = (0..if member == 0 { 50 } else { 0 })
        .map(|at| SortRow {
            name: format!("Penguin {at} <script>"),
            company: "Orakon & Söhne".to_owned(),
            known_to: vec![members[0].1.clone(), members[3].1.clone()],
            last_touch: (at == 0).then(tables::as_of),
            ..SortRow::default()
        })
        .collect();
    let news = news();
    let page = Page {
        language,
        team: "Team <Nordlicht> & \"Co\"",
        members,
        aggregate,
        news: Some(News { since: Some(tables::start()), rows: &news }),
        tables: &all,
        ..empty()
    };
    member_page(&page, &Personal { member, to_sort: &to_sort, to_sort_all: to_sort.len() as u64 * 2_000 })
}

/// Every kind of member's page, with a name for each.
pub(crate) fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for language in Language::ALL {
        let mut add = |kind: &str, member, aggregate| {
            pages.push((format!("{}-{kind}", language.name()), made(member, language, aggregate)));
        };
        add("member", 0, None);
        add("member-aggregate", 0, Some(5));
        add("member-empty", 9, None);
    }
    pages
}

#[test]
fn a_member_sees_what_concerns_this_member_and_nobody_else() {
    let html = made(0, Language::English, None);
    let sections: Vec<&str> = between(&html, "<section id=\"", "\"").collect();
    let order = [
        "jobs",
        "sort",
        "followups",
        "birthdays",
        "waiting",
        "share",
        "time",
        "cleanup",
        "stages",
        "definitions",
    ];
    assert_eq!(sections, order);
    for mine in [
        "Mover M.",
        "Alt &amp; Söhne \u{2192} Orakon &lt;Werke&gt;",
        "Penguin 0 &lt;script&gt;",
        "Follow 0",
        "Cousin P.",
        "Sleeper A.",
        "Given G.",
        "Gotten H.",
        "Doubtful D.",
    ] {
        assert!(html.contains(mine), "{mine}");
    }
    assert!(!html.contains("Stranger") && !html.contains("Private Q."), "somebody else's");
    assert!(!html.contains("Sleeper C."), "only A and B");
    for ranking in ["rank", "Rank", "leads", "race-standing"] {
        assert!(!html.contains(ranking), "{ranking}: nobody is ranked here");
    }
}

#[test]
fn lists_are_cut_and_say_where_the_rest_is() {
    let html = made(0, Language::German, None);
    for said in [
        "99.950 weitere Zeilen in contacts.csv",
        "10 weitere Zeilen in reports/due.csv",
        "reports/due.csv enthält die 61 lohnendsten von 1.261.",
        "Angesehen sind die 2 lohnendsten des ganzen Teams; es gibt 9.000.",
    ] {
        assert!(html.contains(said), "{said}");
    }
    assert!(html.len() < 200_000, "{} bytes", html.len());
}

#[test]
fn the_page_begins_with_the_members_own_figures() {
    let html = made(0, Language::German, None);
    let opening = between(&html, "<ol class=\"opening\">", "</ol>").next().expect("it begins");
    for said in [
        "Sie kennen <b>4.000</b> Menschen; <b>2.400</b> davon kennt sonst niemand im Team",
        "<b>1.600</b> Menschen in Ihr Netzwerk, <b>320</b> davon Zielkontakte",
        "<b>43\u{a0}%</b> Ihrer Kontakte gehören zur Kategorie A oder B; <b>100.000</b> Pinguine",
        "Fällig: <b>60</b> Mal Dank oder Wiedermelden, <b>1</b> Geburtstag in den nächsten 30 Tagen, <b>1</b> A- oder B-Kontakt, der",
    ] {
        assert!(opening.contains(said), "{said}\n{opening}");
    }
}

#[test]
fn who_knows_nobody_yet_is_told_what_to_do() {
    let html = made(9, Language::English, None);
    assert!(html.contains("Nobody is known of your network yet"));
    assert_eq!(between(&html, "<section id=\"", "\"").collect::<Vec<_>>(), ["definitions"]);
}

#[test]
fn without_members_on_the_teams_page_no_colleagues_people_are_named() {
    let html = made(0, Language::English, Some(5));
    assert!(html.contains("Given G.") && html.contains("Mover M.") && html.contains("Doubtful D."));
    assert!(!html.contains("Gotten H."), "whom a colleague knows");
    assert!(!html.contains("Hohenstein"), "who else knows a contact");
}

#[test]
fn the_passport_shows_what_is_missing_for_the_next_stage() {
    let html = made(0, Language::English, None);
    let stages = between(&html, "<section id=\"stages\"", "</section>").next().expect("stages");
    assert!(stages.contains("Your data show stage 1 By-product"));
    assert!(stages.contains("New people in the target: \u{2265}\u{a0}20%; your data show 19.8%"));
    assert!(stages.contains("<figure id=\"stages-steps\"") && stages.contains("trust is not measured"));
    for sign in ["\u{2713}</text>", "\u{2715}</text>", "?</text>"] {
        assert!(stages.contains(sign), "{sign}");
    }
    let german = made(0, Language::German, None);
    assert!(german.contains("Ihre Daten belegen Stufe 1 Nebenprodukt"));
}

#[test]
fn the_passport_tells_the_own_view_beside_the_evidence() {
    let members = tables::members(4);
    let told = |language, evidence: &str, assessment: &str, own_view: &str| {
        page_of(&members, 0, (language, None), &[stages(evidence, assessment, own_view)])
    };
    for (evidence, own_view, beside) in [
        ("1", "3", "You see yourself at stage 3 Technique. That is more than your data show."),
        ("", "1", "You see yourself at stage 1 By-product. That is more than your data show."),
        ("3", "3", "You see yourself at stage 3 Technique. Your data show the same."),
        ("3", "2", "You see yourself at stage 2 Topic. That is less than your data show."),
    ] {
        let html = told(Language::English, evidence, "assessed", own_view);
        assert!(html.contains(&format!("<p>{beside}</p>")), "{evidence} {own_view}");
    }
    let html = told(Language::English, "", "too_little_known", "3");
    assert!(html.contains("<p>You see yourself at stage 3 Technique.</p>"), "nothing to lay beside it");
    assert!(
        !told(Language::English, "1", "assessed", "").contains("You see yourself"),
        "the member does not say"
    );
    let german = told(Language::German, "1", "assessed", "3");
    assert!(
        german.contains("Sie selbst sehen sich auf Stufe 3 Technik. Das ist mehr, als Ihre Daten belegen.")
    );
}

#[test]
fn what_is_asked_for_next_is_the_first_stage_with_something_missing() {
    let members = tables::members(4);
    for (evidence, assessment) in [("1", "assessed"), ("", "too_little_known")] {
        let all = [stages(evidence, assessment, "")];
        let html = page_of(&members, 0, (Language::English, None), &all);
        let asked = between(&html, "What stage ", "</ul>").next().expect("something is missing");
        assert!(asked.starts_with("2 Topic asks for:</p><ul><li>New people in the target"), "{asked}");
    }
    let html = page_of(&members, 0, (Language::German, None), &[stages("", "too_little_known", "")]);
    assert!(html.contains("Nicht einschätzbar") && html.contains("Was Stufe 2 Thema verlangt:"));
}

#[test]
fn the_page_tells_the_hours_beside_the_budget_and_who_answers() {
    let html = made(0, Language::English, None);
    let time = between(&html, "<section id=\"time\"", "</section>").next().expect("hours");
    for told in [
        "To keep in touch with your A, B and C takes 900 hours a year (A 675, B 225); you have 440.",
        "Contacts answered 25% of your 40 messages, half of them within 2.5 days.",
        "You answered 100% of 1 message of contacts, half of them on the same day.",
        "no judgement of people as such",
    ] {
        assert!(time.contains(told), "{told}\n{time}");
    }
    let german = made(0, Language::German, None);
    for told in [
        "Mit Ihren A, B und C in Kontakt zu bleiben kostet 900 Stunden im Jahr (A 675, B 225); Sie haben 440.",
        "Kontakte haben 25\u{a0}% Ihrer 40 Nachrichten beantwortet, die Hälfte davon binnen 2,5 Tagen.",
    ] {
        assert!(german.contains(told), "{told}");
    }
}

#[test]
fn follow_ups_come_by_category_and_those_long_overdue_at_the_end() {
    let mut sheet = Sheet::new("due", "as_of:d on:d days:i member:t what:t name:t candidates:i tier:t")
        .of("what", &WHATS);
    let day = tables::as_of();
    for (days, name, tier) in [
        (-300, "Long A.", "A"),
        (-40, "Late B.", "B"),
        (-35, "Late A.", "A"),
        (-30, "Month A.", "A"),
        (-20, "Nobody U.", ""),
        (-10, "Soon C.", "C"),
        (1, "Soon B.", "B"),
        (2, "Next A.", "A"),
    ] {
        sheet.row(&[&day, &day, &days, &"m0", &"follow_up", &name, &8, &tier]);
    }
    let members = tables::members(4);
    let html = page_of(&members, 0, (Language::English, None), &[sheet.table()]);
    let list = between(&html, "<section id=\"followups\"", "</section>").next().expect("follow-ups");
    let names: Vec<&str> = between(list, "<th scope=\"row\">", "</th>").collect();
    let order = ["Next A.", "Month A.", "Soon B.", "Soon C.", "Nobody U.", "Late A.", "Long A.", "Late B."];
    assert_eq!(names, order);
    assert!(list.contains("then what is overdue longer: each A before B before C"));
}
