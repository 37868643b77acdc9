//! Overlap: who shares whom, which people exactly which members know, and how many know a person.

use std::collections::HashMap;

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::heat::heat;
use super::sets::{self, sets};
use super::{MEMBER, MEMBERS, Page, Section, TEAM, look, rows};
use crate::table::{Language, Table, words};

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let overlap = page.table("overlap")?;
    let body = html! {
        @if let Some(figure) = shared(page, overlap) { (figure) }
        @if let Some(figure) = cells(page, overlap) { (figure) }
        @if let Some(figure) = depth(page, &depths(overlap), "overlap-depth") { (figure) }
        @if let Some(figure) = exclusive(page, overlap) { (figure) }
        @if let Some(part) = companies(page, overlap) { (part) }
    };
    Some(Section { id: "overlap", title: words("Overlap", "Überschneidung"), body })
}

/// Rows of one measure.
fn of<'a>(table: &'a Table, measure: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..table.len()).filter(move |row| look::text(table, "measure", *row) == measure)
}

/// Whether a measure tells of the whole team, so that the name of the team does not stand for the shared inbox.
pub(super) fn is_of_all(measure: &str) -> bool {
    measure.starts_with("depth_") || ["super_connectors", "distinct_rest"].contains(&measure)
}

/// Ids of the members by their place in the charts, where the shared inbox has none.
fn places<'a>(page: &Page<'a>) -> HashMap<&'a str, usize> {
    page.people().enumerate().map(|(at, member)| (member.0.as_str(), at)).collect()
}

/// The heat map.
fn shared(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let ids = places(page);
    let team = ids.len();
    if team > sets::MOST {
        return None;
    }
    let mut shares = vec![vec![None; team]; team];
    let mut most: Option<(f64, usize, usize)> = None;
    for row in of(table, "directed_share") {
        let place = |column: &str| ids.get(look::text(table, column, row)).copied();
        let (Some(one), Some(other)) = (place("member_a"), place("member_b")) else { continue };
        let share = look::number(table, "value", row);
        shares[one][other] = share;
        if share > most.map(|most| most.0) {
            most = share.map(|share| (share, one, other));
        }
    }
    let (share, one, other) = most?;
    let names: Vec<String> = page.people().map(|member| page.name(&member.0).to_owned()).collect();
    let (a, b, share) = (&names[one], &names[other], page.share(share));
    let title = match page.language {
        Language::English => format!("{b} knows {share} of the people {a} knows: the largest overlap of two"),
        Language::German => {
            format!("{b} kennt {share} der Menschen, die {a} kennt: die größte Überschneidung von zweien")
        }
    };
    let figure = Figure {
        id: "overlap-heat",
        title,
        how: page.say(words("Share of the people of the row's member whom the column's member knows too; columns have the numbers of the rows", "Anteil der Menschen des Mitglieds der Zeile, die auch das Mitglied der Spalte kennt; die Spalten tragen die Nummern der Zeilen")).to_owned(),
        told: page.say(words("The table below has every pair.", "Die Tabelle darunter nennt jedes Paar.")).to_owned(),
        numbers: matrix(page, &names, &shares),
    };
    Some(figure.draw(page, |width| heat(&names, &shares, width, page.language)))
}

/// The heat map as a table.
fn matrix(page: &Page<'_>, names: &[String], shares: &[Vec<Option<f64>>]) -> Markup {
    let headings: Vec<String> =
        std::iter::once(page.say(words("Of the people of", "Von den Menschen von")).to_owned())
            .chain(names.iter().cloned())
            .collect();
    let cells: Vec<Vec<rows::Cell>> = names
        .iter()
        .zip(shares)
        .map(|(name, shares)| {
            let share = |share: &Option<f64>| {
                (share.map_or_else(|| "\u{2013}".to_owned(), |share| page.share(share)), true)
            };
            std::iter::once((name.clone(), false)).chain(shares.iter().map(share)).collect()
        })
        .collect();
    rows::grid(page, &headings, &cells, cells.len(), &rows::file("overlap"))
}

/// Which people exactly which members know.
fn cells(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let ids = places(page);
    let named: Vec<&str> = page.people().map(|member| page.name(&member.0)).collect();
    let mut found: Vec<(Vec<usize>, f64)> = Vec::new();
    for row in of(table, "distinct") {
        let members: Option<Vec<usize>> =
            look::text(table, "member_a", row).split('+').map(|id| ids.get(id).copied()).collect();
        if let (Some(members), Some(people)) = (members, look::number(table, "value", row)) {
            found.push((members, people));
        }
    }
    let pair = found.iter().filter(|set| set.0.len() > 1).max_by(|one, other| one.1.total_cmp(&other.1))?;
    let names: Vec<&str> = pair.0.iter().map(|at| named[*at]).collect();
    let (who, people) = (names.join(page.say(words(" and ", " und "))), page.count(pair.1));
    let called =
        page.counted(pair.1, words("person is", "Menschen kennen"), words("people are", "Menschen kennen"));
    let title = match page.language {
        Language::English => {
            format!("{people} {called} known to {who} and to nobody else: the largest shared group")
        }
        Language::German => format!("{people} {called} genau {who}: die größte gemeinsame Gruppe"),
    };
    let mut how = page.say(words("Each row is a set of members and the people known to exactly these (mode: distinct); the largest sets, shared ones in the second colour", "Jede Zeile ist eine Gruppe von Mitgliedern mit den Menschen, die genau diese kennen (Zählweise: distinct); die größten Gruppen, gemeinsame in der zweiten Farbe")).to_owned();
    if ids.len() < page.members.len() {
        how.push_str(page.say(words(
            "; whom the shared inbox holds too, the table below counts",
            "; wer auch im gemeinsamen Eingang steht, den zählt die Tabelle darunter",
        )));
    }
    let figure = Figure {
        id: "overlap-sets",
        title,
        how,
        told: page
            .say(words(
                "The table below names the members of every set.",
                "Die Tabelle darunter nennt die Mitglieder jeder Gruppe.",
            ))
            .to_owned(),
        numbers: rows::table(page, table, |row| look::text(table, "measure", row).starts_with("distinct")),
    };
    if ids.len() > sets::MOST {
        let list: Vec<Bar> = found
            .iter()
            .map(|(members, people)| Bar {
                label: members.iter().map(|at| named[*at]).collect::<Vec<_>>().join(" + "),
                value: *people,
                of: None,
                shown: page.count(*people),
                class: if members.len() > 1 { "strong" } else { "" },
            })
            .collect();
        return Some(figure.draw(page, |width| bars(&list, width)));
    }
    let legend: Vec<String> =
        named.iter().enumerate().map(|(at, name)| format!("{}\u{a0}{name}", at + 1)).collect();
    let figure = Figure { how: format!("{}. {}", figure.how, legend.join(" · ")), ..figure };
    Some(figure.draw(page, |width| sets(ids.len(), &found, width, page.language)))
}

/// How many people are known to so many members.
pub(super) fn depths(table: &Table) -> Vec<(u32, f64)> {
    let depth = |row: usize| {
        let owners: u32 = look::text(table, "measure", row).strip_prefix("depth_")?.parse().ok()?;
        Some((owners, look::number(table, "value", row)?))
    };
    let mut depths: Vec<(u32, f64)> = (0..table.len())
        .filter(|row| look::text(table, "member_a", *row) == TEAM)
        .filter_map(depth)
        .collect();
    depths.sort_by_key(|depth| depth.0);
    while depths.last().is_some_and(|depth| depth.1 == 0.0) {
        depths.pop();
    }
    depths
}

/// Bars of how many know a person.
pub(super) fn depth(page: &Page<'_>, depths: &[(u32, f64)], id: &str) -> Option<Markup> {
    let total: f64 = depths.iter().map(|depth| depth.1).sum();
    let one = depths.iter().find(|depth| depth.0 == 1).filter(|depth| depth.1 > 0.0)?;
    let share = page.share(one.1 / total);
    let title = match page.language {
        Language::English => format!("{share} of all people are known to one member only"),
        Language::German => format!("{share} aller Menschen kennt nur ein einziges Mitglied"),
    };
    let list: Vec<Bar> = depths
        .iter()
        .map(|(owners, people)| Bar {
            label: format!("{owners} {}", page.counted(f64::from(*owners), MEMBER, MEMBERS)),
            value: *people,
            of: None,
            shown: format!("{} ({})", page.count(*people), page.share(people / total)),
            class: if *owners == 1 { "strong" } else { "" },
        })
        .take(20)
        .collect();
    let say = |english, german| page.say(words(english, german)).to_owned();
    let cells: Vec<Vec<rows::Cell>> =
        list.iter().map(|bar| vec![(bar.label.clone(), false), (bar.shown.clone(), true)]).collect();
    let headings = [say("Known to", "Bekannt bei"), say("People", "Menschen")];
    let figure = Figure {
        id,
        title,
        how: say("People by how many members know them", "Menschen danach, wie viele Mitglieder sie kennen"),
        told: bars::told(&list),
        numbers: rows::grid(page, &headings, &cells, cells.len(), &rows::file("overlap")),
    };
    Some(figure.draw(page, |width| bars(&list, width)))
}

/// Whom only one member knows.
fn exclusive(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let shares: HashMap<&str, f64> = of(table, "exclusive_share")
        .filter_map(|row| Some((look::text(table, "member_a", row), look::number(table, "value", row)?)))
        .collect();
    let list: Vec<Bar> = of(table, "exclusive")
        .filter_map(|row| {
            let (member, value) = (look::text(table, "member_a", row), look::number(table, "value", row)?);
            let part =
                shares.get(member).map(|share| format!(" ({})", page.share(*share))).unwrap_or_default();
            Some(Bar {
                label: page.holder(member).to_owned(),
                value,
                of: None,
                shown: format!("{}{part}", page.count(value)),
                class: "",
            })
        })
        .collect();
    let list = bars::ranked(list)?;
    let (name, people) = (&list[0].label, page.count(list[0].value));
    let are =
        page.counted(list[0].value, words("person is", "Mensch ist"), words("people are", "Menschen sind"));
    let title = match page.language {
        Language::English => format!("{people} {are} exclusive to {name}"),
        Language::German => format!("{people} {are} nur bei {name} bekannt"),
    };
    let figure = Figure {
        id: "overlap-exclusive",
        title,
        how: page
            .say(words(
                "People no other member knows, and their share of the member's own network",
                "Menschen, die kein anderes Mitglied kennt, dahinter ihr Anteil am Netzwerk des Mitglieds",
            ))
            .to_owned(),
        told: bars::told(&list),
        numbers: rows::table(page, table, |row| look::text(table, "measure", row).starts_with("exclusive")),
    };
    Some(figure.draw(page, |width| bars(&list, width)))
}

/// At which companies two members know somebody: the pairs that complete each other best come first.
fn companies(page: &Page<'_>, table: &Table) -> Option<Markup> {
    let of_pairs = |measure| -> HashMap<(&str, &str), usize> {
        let pair = |row| (look::text(table, "member_a", row), look::text(table, "member_b", row));
        of(table, measure).map(|row| (pair(row), row)).collect()
    };
    let (bridges, shares) = (of_pairs("company_bridges"), of_pairs("company_jaccard"));
    let value = table.column("value")?;
    let mut pairs: Vec<(f64, f64, usize)> = of(table, "company_intersection")
        .filter_map(|row| {
            let both = look::number_in(value, row).filter(|both| *both > 0.0)?;
            let pair = (look::text(table, "member_a", row), look::text(table, "member_b", row));
            let apart = bridges.get(&pair).and_then(|row| look::number_in(value, *row))?;
            Some((apart, both, row))
        })
        .collect();
    pairs.sort_by(|one, other| {
        (other.0, other.1).partial_cmp(&(one.0, one.1)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let names = |row| ["member_a", "member_b"].map(|column| page.holder(look::text(table, column, row)));
    let (apart, both, row) = *pairs.first()?;
    let [a, b] = names(row);
    let called = page.counted(both, words("company", "Unternehmen"), words("companies", "Unternehmen"));
    let (through, both) = (page.count(apart), page.count(both));
    let title = match (page.language, apart > 0.0) {
        (Language::English, true) => {
            format!("{a} and {b} both reach {both} {called}, {through} of them through different people")
        }
        (Language::German, true) => {
            format!("{a} und {b} erreichen beide {both} {called}, {through} davon über verschiedene Menschen")
        }
        (Language::English, false) => {
            format!("{a} and {b} both reach {both} {called}, through the same people")
        }
        (Language::German, false) => {
            format!("{a} und {b} erreichen beide {both} {called}, über dieselben Menschen")
        }
    };
    let how = page.say(words(
        "Companies at which both know somebody. Through different people: they know nobody there together, so that each has a way in the other lacks. As far as the employer is known.",
        "Unternehmen, in denen beide jemanden kennen. Über verschiedene Menschen: Dort kennen sie niemanden gemeinsam, jeder hat also einen Zugang, der dem anderen fehlt. Soweit der Arbeitgeber bekannt ist.",
    ));
    let say = |english, german| page.say(words(english, german)).to_owned();
    let headings = [
        say("Member", "Mitglied"),
        say("Other member", "Anderes Mitglied"),
        say("Companies of both", "Gemeinsame Unternehmen"),
        say("Through different people", "Über verschiedene Menschen"),
        say("Of all companies of the two", "Von allen Unternehmen der beiden"),
        say("Known for", "Bekannt bei"),
    ];
    let share =
        |share: Option<f64>| (share.map_or_else(|| "\u{2013}".to_owned(), |share| page.share(share)), true);
    let cells = pairs.iter().take(rows::MOST).map(|(apart, both, row)| {
        let [a, b] = names(*row).map(str::to_owned);
        let pair = (look::text(table, "member_a", *row), look::text(table, "member_b", *row));
        let of_all = shares.get(&pair).and_then(|row| look::number_in(value, *row));
        let numbers = [(page.count(*both), true), (page.count(*apart), true), share(of_all)];
        let known = share(look::number(table, "coverage", *row));
        [(a, false), (b, false)].into_iter().chain(numbers).chain([known]).collect()
    });
    let cells: Vec<Vec<rows::Cell>> = cells.collect();
    Some(html! {
        h3 #overlap-companies { (title) }
        p .how { (how) }
        details {
            summary { (page.say(words("Companies of both, pair by pair", "Gemeinsame Unternehmen, Paar für Paar"))) }
            (rows::grid(page, &headings, &cells, pairs.len(), &rows::file("overlap")))
        }
    })
}
