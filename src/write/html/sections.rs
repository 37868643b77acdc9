//! Which sections the page has, in which order, and those of tables that have no chart.

use maud::html;

use super::{
    Page, Section, TEAM, appointments, concentration, convergence, due, growth, leader, look, loss, mix,
    news, overlap, quality, race, rows, targets,
};
use crate::table::{Table, words};

/// Tables that sections with charts tell of.
const CHARTED: [&str; 19] = [
    "race",
    "rankings",
    "growth",
    "overlap",
    "loss",
    "handover",
    "concentration",
    "fair_share",
    "mix",
    "diversity",
    "tiers",
    "mass_to_class",
    "channel_value",
    "strength",
    "targets",
    "network_size",
    "convergence",
    "pace",
    "time_needed",
];

/// What concerns one person alone stands on the page of that person and not here.
const PERSONAL: &str = "stages";

/// What comes first where there is one member only: whom to sort and who is due.
const FIRST_ALONE: [&str; 2] = ["due", "reactivate"];

/// All sections that have something to say.
pub(super) fn sections(page: &Page<'_>) -> Vec<Section> {
    let generic = |name: &str| page.table(name).and_then(|table| without_chart(page, table));
    let mut all: Vec<Option<Section>> = if page.is_team() {
        vec![
            news::section(page),
            race::section(page),
            growth::section(page),
            overlap::section(page),
            loss::section(page),
            concentration::section(page),
            convergence::section(page),
            mix::classes(page),
            mix::section(page),
            targets::section(page),
            quality::channels(page),
            quality::strength(page),
        ]
    } else {
        let mut alone =
            vec![news::section(page), quality::channels(page), targets::section(page), mix::classes(page)];
        alone.extend(FIRST_ALONE.map(generic));
        alone.extend([growth::section(page), mix::section(page), quality::strength(page)]);
        alone
    };
    let rest = page.tables.iter().filter(|table| !table.is_empty() && !CHARTED.contains(&table.name));
    let rest = rest.filter(|table| table.name != PERSONAL);
    let rest = rest.filter(|table| {
        page.is_team() || !(look::TEAM_ONLY.contains(&table.name) || FIRST_ALONE.contains(&table.name))
    });
    all.extend(rest.map(|table| without_chart(page, table)));
    all.push(size(page));
    all.into_iter().flatten().collect()
}

/// What the table of response tells on the page.
const RESPONSE: [rows::Asked; 6] = [
    ("theirs", "messages", words("Messages to contacts", "Nachrichten an Kontakte")),
    ("theirs", "rate", words("Contacts answer", "Kontakte antworten")),
    ("theirs", "days", words("After days (median)", "Nach Tagen (Median)")),
    ("own", "messages", words("Messages of contacts", "Nachrichten der Kontakte")),
    ("own", "rate", words("The member answers", "Das Mitglied antwortet")),
    ("own", "days", words("After days (median)", "Nach Tagen (Median)")),
];

/// The section of a table that no chart tells of.
fn without_chart(page: &Page<'_>, table: &Table) -> Option<Section> {
    Some(match table.name {
        "appointments" => appointments::section(page, table),
        "due" => due::section(page, table),
        "leader_profile" => leader::section(page, table),
        "response" => {
            let how = page.say(words(
                "Messages of a year that had 30 days to be answered; reminders do not count. An answer is a message, a call or a meeting within 30 days.",
                "Nachrichten eines Jahres, die 30 Tage Zeit für eine Antwort hatten; Erinnerungen zählen nicht. Eine Antwort ist eine Nachricht, ein Anruf oder ein Treffen binnen 30 Tagen.",
            ));
            let numbers = rows::across(page, table, "side", &RESPONSE)?;
            Section { id: table.name, title: table.title, body: html! { p .how { (how) } (numbers) } }
        }
        "mentors" => {
            let how = page.say(words(
                "Whom to ask: a colleague whose share is higher by at least 5 percentage points and two standard errors, so hardly by chance. An offer to talk, no judgement.",
                "Wen man fragen kann: wer einen um mindestens 5 Prozentpunkte und zwei Standardfehler höheren Anteil hat, was kaum Zufall ist. Eine Einladung zum Gespräch, keine Bewertung.",
            ));
            Section {
                id: table.name,
                title: table.title,
                body: html! { p .how { (how) } (rows::list(page, table)) },
            }
        }
        _ => plain(page, table),
    })
}

/// A table with its title and its rows.
fn plain(page: &Page<'_>, table: &Table) -> Section {
    let tier = |name: &str| name.contains("tier") || name == "animal";
    let body = html! {
        @if table.columns.iter().any(|column| tier(column.name)) { p .how { (page.say(mix::NO_JUDGEMENT)) } }
        (rows::list(page, table))
    };
    Section { id: table.name, title: table.title, body }
}

/// Every figure of the network's size: one row a member, one column a figure.
fn size(page: &Page<'_>) -> Option<Section> {
    let table = page.table("network_size")?;
    let column = table.column("measure")?;
    let (mut owners, mut found) = (Vec::<&str>::new(), std::collections::HashMap::new());
    for row in 0..table.len() {
        if look::text(table, "channel", row) != "all" {
            continue;
        }
        let (member, measure) = (look::text(table, "member", row), look::text(table, "measure", row));
        if owners.last() != Some(&member) && !owners.contains(&member) {
            owners.push(member);
        }
        found.insert((member, measure), row);
    }
    let says = |owner: &str, measure: &str| found.get(&(owner, measure)).copied();
    let value = table.column("value")?;
    let dash = || "\u{2013}".to_owned();
    let say = |english, german| page.say(words(english, german)).to_owned();
    // The figures of the whole team stand below each other, so that each has room for its coverage and meaning.
    let team: Vec<Vec<rows::Cell>> = column
        .values
        .iter()
        .filter_map(|measure| {
            let row = says(TEAM, measure.name)?;
            let coverage = look::number(table, "coverage", row).map_or_else(dash, |share| page.share(share));
            let (title, about) = (page.say(measure.title).to_owned(), page.say(measure.about).to_owned());
            Some(vec![(title, false), rows::cell(page, table, value, row), (coverage, true), (about, false)])
        })
        .collect();
    let of_team = [
        say("Whole team", "Ganzes Team"),
        say("Value", "Wert"),
        say("Known for", "Bekannt bei"),
        say("What it means", "Bedeutung"),
    ];
    owners.retain(|owner| *owner != TEAM);
    let measures: Vec<_> = column
        .values
        .iter()
        .filter(|measure| owners.iter().any(|owner| says(owner, measure.name).is_some()))
        .collect();
    let headings: Vec<String> = std::iter::once(say("Member", "Mitglied"))
        .chain(measures.iter().map(|measure| page.say(measure.title).to_owned()))
        .collect();
    let cells: Vec<Vec<rows::Cell>> = owners
        .iter()
        .map(|owner| {
            let figure = |row: Option<usize>| {
                row.map_or_else(|| (dash(), true), |row| rows::cell(page, table, value, row))
            };
            let figures = measures.iter().map(|measure| figure(says(owner, measure.name)));
            std::iter::once((page.name(owner).to_owned(), false)).chain(figures).collect()
        })
        .collect();
    let body = html! {
        @if page.whole() == Some(TEAM) && !team.is_empty() { (rows::grid(page, &of_team, &team, team.len(), &rows::file("network_size"))) }
        (rows::grid(page, &headings, &cells, cells.len(), &rows::file("network_size")))
        details { summary { (page.say(words("By channel, with what is known", "Nach Kanal, mit Datenlage"))) } (rows::table(page, table, |_| true)) }
    };
    Some(Section {
        id: "size",
        title: words("All figures of the network", "Alle Kennzahlen des Netzwerks"),
        body,
    })
}
