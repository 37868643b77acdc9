//! Every table the page knows, filled for an invented team whose names are hostile to HTML.

use chrono::{Days, NaiveDate};
use hamstern::table::{Column, Data, Table, Value, value, words};

/// The first day of the race.
pub(crate) fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day")
}

/// The day of the reports: the last of the race's nine weeks.
pub(crate) fn as_of() -> NaiveDate {
    start() + Days::new(62)
}

/// Ids and names of members; some names would break a page that does not escape them.
pub(crate) fn members(count: usize) -> Vec<(String, String)> {
    const NAMES: [&str; 5] = [
        "Anna Talheimer",
        "<script>alert(1)</script>",
        "Zoë & \"Co\" O'Neil",
        "Prof. Dr. Maximiliane Freifrau von Hohenstein-Bredow",
        "李小龍",
    ];
    let name = |at: usize| NAMES.get(at).map_or_else(|| format!("Member {at}"), |name| (*name).to_owned());
    (0..count).map(|at| (format!("m{at}"), name(at))).collect()
}

/// A table by rows of text: what looks like a number becomes one where the column says so.
pub(crate) struct Sheet {
    name: &'static str,
    columns: Vec<(&'static str, char, &'static [Value])>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// `columns`: names, each followed by `:` and `t`ext, `i`nteger, `f`loat, `s`hare, `d`ay, `b`oolean or
    /// `l`ist.
    pub(crate) fn new(name: &'static str, columns: &'static str) -> Sheet {
        let column = |text: &'static str| {
            let (name, kind) = text.split_once(':').expect("a kind");
            (name, kind.chars().next().expect("a letter"), &[][..])
        };
        Sheet { name, columns: columns.split(' ').map(column).collect(), rows: Vec::new() }
    }

    pub(crate) fn of(mut self, name: &str, values: &'static [Value]) -> Sheet {
        for column in self.columns.iter_mut().filter(|column| column.0 == name) {
            column.2 = values;
        }
        self
    }

    pub(crate) fn row(&mut self, cells: &[&dyn std::fmt::Display]) {
        assert_eq!(cells.len(), self.columns.len(), "{}", self.name);
        self.rows.push(cells.iter().map(ToString::to_string).collect());
    }

    pub(crate) fn table(self) -> Table {
        let column = |(at, (name, kind, values)): (usize, &(&'static str, char, &'static [Value]))| {
            let texts = || self.rows.iter().map(move |row| row[at].as_str());
            let data = match kind {
                'l' => Data::List(texts().map(|text| text.split('|')).collect()),
                'i' => Data::Int(texts().map(|text| text.parse().ok()).collect()),
                'f' => Data::Float(texts().map(|text| text.parse().ok()).collect()),
                's' => Data::Share(texts().map(|text| text.parse().ok()).collect()),
                'd' => Data::Date(texts().map(|text| text.parse().ok()).collect()),
                'b' => Data::Bool(texts().map(|text| text.parse().ok()).collect()),
                _ => Data::Text(texts().collect()),
            };
            Column::new(name, words("A heading", "Eine Überschrift"), "what it means", data)
                .german("was es bedeutet")
                .of(values)
        };
        Table {
            name: self.name,
            title: words("A table", "Eine Tabelle"),
            about: "",
            key: &[],
            columns: self.columns.iter().enumerate().map(column).collect(),
        }
    }
}

/// How many people member `at` has in all, and how many of them nobody else knows.
fn size(at: usize) -> (u64, u64) {
    let all = 4000 / (at as u64 + 1);
    (all, all * 6 / 10)
}

static MEASURES: [Value; 5] = [
    value("holdings", "Network size", "Netzwerkgröße"),
    value("exclusive", "Exclusive", "Nur hier bekannt"),
    value("union_share", "Share of reach", "Anteil an der Reichweite").share(),
    value("class_ratio", "Share of A and B", "Anteil A und B").share(),
    value("unclassified_share", "Not sorted yet", "Noch nicht zugeordnet").share(),
];

static RANKINGS: [Value; 4] = [
    value("adds", "Added", "Neu"),
    value("unique", "Known to nobody else", "Sonst niemandem bekannt"),
    value("target", "On target", "Zielkontakte"),
    value("appointments", "Appointments", "Termine"),
];

static CHANNELS: [Value; 3] = [
    value("all", "all", "alle"),
    value("linkedin", "LinkedIn", "LinkedIn"),
    value("phone", "phone", "Telefon"),
];

static MIX: [Value; 8] = [
    value("sector_energy", "Energy and water supply", "Energie- und Wasserversorgung"),
    value("sector_it", "Software and IT", "Software und IT"),
    value("sector_unknown", "unknown", "unbekannt"),
    value("tier_A", "A", "A"),
    value("tier_B", "B", "B"),
    value("tier_C", "C", "C"),
    value("tier_private", "private", "privat"),
    value("tier_unknown", "unknown", "unbekannt"),
];

static BANDS: [Value; 5] = [
    value("strong", "strong", "belastbar"),
    value("steady", "steady", "gefestigt"),
    value("weak", "loose", "locker"),
    value("dormant", "dormant", "eingeschlafen"),
    value("unknown", "unknown", "unbekannt"),
];

static PACE: [Value; 5] = [
    value("added", "People added", "Neue Menschen"),
    value("weekly_rate", "Growth a week", "Wachstum je Woche").share(),
    value("yearly_rate", "Growth a year", "Wachstum je Jahr").share(),
    value("pace", "New in a week", "Neue in einer Woche"),
    value("trend", "Trend", "Trend"),
];

static HOURS: [Value; 3] = [
    value("hours", "Hours a year", "Stunden im Jahr"),
    value("budget", "Budget", "Budget"),
    value("budget_used", "Share of the budget", "Anteil am Budget").share(),
];

static RESPONSE: [Value; 3] = [
    value("messages", "Messages", "Nachrichten"),
    value("rate", "Response rate", "Antwortquote").share(),
    value("days", "Days", "Tage"),
];

static SURVIVAL: [Value; 1] =
    [value("survival_", "Still held, days later:", "Noch da, Tage später:").share()];

/// All tables of a team of `team` members.
pub(crate) fn tables(team: usize) -> Vec<Table> {
    let ids: Vec<String> = members(team).into_iter().map(|member| member.0).collect();
    let mut all = vec![race(&ids), growth(&ids), overlap(&ids), network_size(&ids), rankings(&ids), mix()];
    all.extend([loss(&ids), handover(&ids), convergence(), mass_to_class(), channel_value(), strength()]);
    all.extend([fair_share(&ids), concentration(), targets(), introductions(), due()]);
    all.extend([pace(&ids), time_needed(&ids), response(&ids)]);
    all
}

fn race(ids: &[String]) -> Table {
    let mut sheet = Sheet::new("race", "member:t rank:i adds:i share:s stock:i stock_share:s cwgr:s");
    for (at, id) in ids.iter().enumerate() {
        sheet.row(&[id, &(at + 1), &(1600 / (at + 1)), &(0.27 / (at + 1) as f64), &size(at).0, &0.5, &0.03]);
    }
    sheet.table()
}

fn growth(ids: &[String]) -> Table {
    let columns =
        "member:t channel:t period:t period_start:d adds:i losses:i net:i stock:i date_basis:t partial:b";
    let mut sheet = Sheet::new("growth", columns).of("channel", &CHANNELS);
    for (at, id) in ids.iter().map(String::as_str).chain(["team"]).enumerate() {
        for week in 0..9u64 {
            let day = start() + Days::new(week * 7);
            let mut adds = if id == "team" { 300 + week * 11 } else { 170 / (at as u64 + 1) };
            // The second begins ahead of the first and is overtaken in the third week.
            if at == 1 && week == 0 {
                adds = 300;
            }
            let period = day.format("%G-W%V");
            sheet.row(&[
                &id,
                &"all",
                &period,
                &day,
                &adds,
                &0,
                &adds,
                &(5000 + 300 * week),
                &"mixed",
                &(week == 8),
            ]);
        }
    }
    sheet.table()
}

fn overlap(ids: &[String]) -> Table {
    let mut sheet = Sheet::new("overlap", "as_of:d member_a:t member_b:t measure:t value:f coverage:s");
    let mut push = |one: &str, other: &str, measure: &str, value: f64| {
        sheet.row(&[&as_of(), &one, &other, &measure, &value, &1]);
    };
    for (at, one) in ids.iter().enumerate() {
        push(one, "", "exclusive", size(at).1 as f64);
        push(one, "", "exclusive_share", 0.6);
        push(one, "", "distinct", size(at).1 as f64);
        for (place, other) in ids.iter().enumerate().filter(|(place, _)| *place != at) {
            push(one, other, "directed_share", 1.0 / (place + 1) as f64);
        }
    }
    if ids.len() > 2 {
        push("m0+m1", "", "distinct", 491.0);
        push("m0+m1+m2", "", "distinct", 63.0);
        push("team", "", "distinct_rest", 12.0);
    }
    for (at, one) in ids.iter().enumerate() {
        for other in &ids[at + 1..] {
            push(one, other, "company_intersection", 31.0 - at as f64);
            push(one, other, "company_bridges", if at == 0 && other == "m1" { 12.0 } else { 3.0 });
            push(one, other, "company_jaccard", 0.25);
        }
    }
    for (depth, people) in [(1, 6645.0), (2, 1741.0), (3, 13.0), (4, 2.0), (5, 0.0)] {
        push("team", "", &format!("depth_{depth}"), people);
    }
    sheet.table()
}

fn network_size(ids: &[String]) -> Table {
    let mut sheet = Sheet::new("network_size", "as_of:d member:t channel:t measure:t value:f coverage:s")
        .of("measure", &MEASURES)
        .of("channel", &CHANNELS);
    let mut push = |id: &str, channel: &str, measure: &str, value: f64| {
        sheet.row(&[&as_of(), &id, &channel, &measure, &value, &0.87]);
    };
    for (at, id) in ids.iter().enumerate() {
        push(id, "all", "holdings", size(at).0 as f64);
        push(id, "all", "exclusive", size(at).1 as f64);
        push(id, "all", "union_share", 0.7 / (at + 1) as f64);
        push(id, "linkedin", "holdings", size(at).0 as f64 * 0.9);
        push(id, "phone", "holdings", size(at).0 as f64 * 0.2);
        push(id, "all", "class_ratio", 0.43);
        push(id, "all", "unclassified_share", 0.05);
        push(id, "all", "never_touched", 0.6);
    }
    for (measure, value) in [("union", 8894.0), ("holdings", 11783.0), ("class_ratio", 0.43)] {
        push("team", "all", measure, value);
    }
    push("team", "all", "d_share", 0.03);
    push("team", "all", "unclassified_share", 0.05);
    push("team", "all", "never_touched", 0.59);
    push("team", "linkedin", "union", 8000.0);
    push("team", "phone", "union", 1000.0);
    sheet.table()
}

fn rankings(ids: &[String]) -> Table {
    let columns = "as_of:d member:t ranking:t value:f rank:i share:s coverage:s";
    let mut sheet = Sheet::new("rankings", columns).of("ranking", &RANKINGS);
    for (kind, part) in [("adds", 1.0), ("unique", 0.6), ("target", 0.2), ("appointments", 0.0)] {
        for (at, id) in ids.iter().enumerate() {
            let value = (1600.0 / (at + 1) as f64 * part).round();
            let rank = if kind == "target" { ids.len() - at } else { at + 1 };
            sheet.row(&[&as_of(), id, &kind, &value, &rank, &0.2, &0.9]);
        }
    }
    sheet.table()
}

fn mix() -> Table {
    let mut sheet = Sheet::new("mix", "as_of:d member:t dimension:t value:t people:i share:s coverage:s")
        .of("value", &MIX);
    let rows = [
        ("sector", "sector_energy", 2000),
        ("sector", "sector_it", 4000),
        ("sector", "sector_unknown", 2894),
        ("tier", "tier_A", 1000),
        ("tier", "tier_B", 2000),
        ("tier", "tier_C", 5000),
        ("tier", "tier_private", 3),
        ("tier", "tier_unknown", 894),
    ];
    for (dimension, value, people) in rows {
        sheet.row(&[&as_of(), &"team", &dimension, &value, &people, &(f64::from(people) / 8894.0), &0.7]);
    }
    sheet.table()
}

fn loss(ids: &[String]) -> Table {
    let mut sheet = Sheet::new("loss", "as_of:d member:t method:t measure:t value:f coverage:s");
    let mut push =
        |id: &str, measure: &str, value: f64| sheet.row(&[&as_of(), &id, &"", &measure, &value, &1]);
    for (at, id) in ids.iter().enumerate() {
        push(id, "gross", size(at).0 as f64);
        push(id, "exclusive", size(at).1 as f64);
        push(id, "unreachable", size(at).1 as f64 / 2.0);
        push(id, "ab_exclusive", size(at).1 as f64 / 3.0);
    }
    push("m0+m1", "worst_2", 0.61);
    push("team", "bus_factor", 1.0);
    sheet.table()
}

fn handover(ids: &[String]) -> Table {
    let columns =
        "as_of:d member:t place:i people:i contact_id:t name:t tier:t target:b company:t to:t reason:t";
    let mut sheet = Sheet::new("handover", columns);
    for place in 1..=if ids.is_empty() { 0 } else { 120 } {
        let name = format!("Person {place} <img src=x onerror=alert(1)>");
        sheet.row(&[
            &ids[0],
            &ids[0],
            &place,
            &120,
            &"c1",
            &name,
            &"A",
            &true,
            &"Orakon & Söhne",
            &"m1",
            &"",
        ]);
    }
    sheet.table()
}

fn convergence() -> Table {
    let columns = "as_of:d period:t period_start:d partial:b mean:f cv:f slope:f gap:t";
    let mut sheet = Sheet::new("convergence", columns);
    for week in 0..9u64 {
        let day = start() + Days::new(week * 7);
        let cv = 0.9 + week as f64 * 0.01;
        sheet.row(&[&as_of(), &day.format("%G-W%V"), &day, &false, &60.0, &cv, &0.01, &"growing"]);
    }
    sheet.table()
}

fn mass_to_class() -> Table {
    let columns =
        "as_of:d member:t series:t period:t until:d people:i class_people:i class_ratio:s coverage:s";
    let mut sheet = Sheet::new("mass_to_class", columns);
    for week in 0..10u64 {
        let (people, ratio) = (5000 + week * 400, 0.5 - week as f64 * 0.008);
        let day = start() + Days::new(week * 7) - Days::new(1);
        sheet.row(&[&as_of(), &"team", &"race", &week, &day, &people, &2000, &ratio, &0.9]);
    }
    sheet.table()
}

fn channel_value() -> Table {
    let columns = "as_of:d member:t channel:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("channel_value", columns).of("channel", &CHANNELS);
    for (channel, lost) in [("linkedin", 6000.0), ("phone", 120.0)] {
        sheet.row(&[&as_of(), &"team", &channel, &"lost_people", &lost, &1]);
        sheet.row(&[&as_of(), &"team", &channel, &"lost_people_share", &(lost / 8894.0), &1]);
    }
    sheet.table()
}

fn strength() -> Table {
    let columns = "as_of:d member:t group:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("strength", columns).of("group", &BANDS).of("measure", &SURVIVAL);
    for (band, people) in
        [("strong", 300), ("steady", 900), ("weak", 2000), ("dormant", 40), ("unknown", 5654)]
    {
        sheet.row(&[&as_of(), &"team", &band, &"people", &people, &0.41]);
    }
    for (days, share) in [("30", "1"), ("90", "0.93"), ("180", "0.8512"), ("365", "0.7"), ("730", "")] {
        sheet.row(&[&as_of(), &"team", &"all", &format!("survival_{days}"), &share, &0.78]);
    }
    sheet.table()
}

fn fair_share(ids: &[String]) -> Table {
    let mut sheet = Sheet::new("fair_share", "as_of:d member:t holdings:i fair:f fair_share:s coverage:s");
    for (at, id) in ids.iter().enumerate() {
        sheet.row(&[&as_of(), id, &size(at).0, &(size(at).0 as f64 * 0.7), &(0.5 / (at + 1) as f64), &1]);
    }
    sheet.table()
}

fn concentration() -> Table {
    let columns = "as_of:d quantity:t member:t basis:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("concentration", columns);
    sheet.row(&[&as_of(), &"stock", &"", &"holdings", &"gini", &0.4363, &1]);
    sheet.table()
}

fn targets() -> Table {
    let columns = "kind:t line:i target:t due:d people:i members:i single_threaded:b executive:b director:b lead:b specialist:b path:t name:t coverage:s";
    let mut sheet = Sheet::new("targets", columns);
    let (yes, no) = (&true, &false);
    sheet.row(&[&"", &1, &"Orakon <Medizintechnik>", &"", &0, &0, no, no, no, no, no, &"none", &"", &0.9]);
    sheet.row(&[&"", &2, &"Energy", &as_of(), &1, &1, yes, yes, no, no, no, &"m0", &"Erika", &0.9]);
    sheet.row(&[&"", &3, &"Machinery", &"", &310, &7, no, yes, yes, yes, yes, &"m0", &"Jan", &0.9]);
    sheet.row(&[&"", &4, &"Unheard of", &"", &"", &"", &"", &"", &"", &"", &"", &"", &"", &0.0]);
    sheet.table()
}

fn introductions() -> Table {
    let columns = "as_of:d week:t rank:i member:t receiver:t contact_id:t name:t score:f coverage:s";
    let mut sheet = Sheet::new("introductions", columns);
    for rank in 1..=8 {
        sheet.row(&[
            &as_of(),
            &"2026-W19",
            &rank,
            &"m0",
            &"m1",
            &"c2",
            &format!("Erika M. {rank}"),
            &3.5,
            &0.7,
        ]);
    }
    sheet.table()
}

fn due() -> Table {
    let mut sheet = Sheet::new("due", "as_of:d on:d days:i member:t what:t name:t private:b coverage:s");
    for (name, private) in [("Jan B.", false), ("Ida C.", false), ("Private P.", true)] {
        sheet.row(&[&as_of(), &as_of(), &0, &"m0", &"birthday", &name, &private, &1]);
    }
    sheet.table()
}

/// The members, then the team where there is one.
fn owners(ids: &[String]) -> impl Iterator<Item = (usize, &str)> {
    let team = (ids.len() > 1).then_some("team");
    ids.iter().map(String::as_str).chain(team).enumerate()
}

fn pace(ids: &[String]) -> Table {
    let columns = "as_of:d member:t window:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("pace", columns).of("measure", &PACE);
    for (_, id) in owners(ids) {
        let number = if id == "team" { 2_800.0 } else { 900.0 };
        for (window, measure, value) in [
            ("race", "added", number),
            ("race", "pace", number / 10.0),
            ("race", "trend", -2.5),
            ("race", "weekly_rate", 0.061),
            ("year", "yearly_rate", 0.96),
        ] {
            sheet.row(&[&as_of(), &id, &window, &measure, &value, &0.9]);
        }
    }
    sheet.table()
}

fn time_needed(ids: &[String]) -> Table {
    let columns = "as_of:d member:t tier:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("time_needed", columns).of("measure", &HOURS);
    for (at, id) in owners(ids) {
        let team = id == "team";
        let (hours, budget) = if team { (2_000.0, 4_400.0) } else { (900.0 / (at + 1) as f64, 440.0) };
        for (tier, measure, value) in [
            ("A", "hours", hours * 0.75),
            ("B", "hours", hours * 0.25),
            ("C", "hours", 0.0),
            ("all", "hours", hours),
            ("all", "budget", budget),
            ("all", "budget_used", hours / budget),
        ] {
            sheet.row(&[&as_of(), &id, &tier, &measure, &value, &0.9]);
        }
    }
    sheet.table()
}

fn response(ids: &[String]) -> Table {
    let columns = "as_of:d member:t side:t measure:t value:f coverage:s";
    let mut sheet = Sheet::new("response", columns).of("measure", &RESPONSE);
    for (_, id) in owners(ids) {
        for (side, messages, rate, days) in [("theirs", 40, 0.25, 2.5), ("own", 1, 1.0, 0.0)] {
            sheet.row(&[&as_of(), &id, &side, &"messages", &messages, &1]);
            sheet.row(&[&as_of(), &id, &side, &"rate", &rate, &1]);
            sheet.row(&[&as_of(), &id, &side, &"days", &days, &1]);
        }
    }
    sheet.table()
}
