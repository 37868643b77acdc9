//! How unequally the network is spread over the members: the Lorenz curve, and everybody's fair share.

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::lorenz::{Said, lorenz};
use super::stack::{Part, stack};
use super::{Page, Section, look, number, rows};
use crate::table::{Language, words};

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let (shares, curve) = (shares(page), curve(page));
    let fair = fair(page);
    if curve.is_none() && fair.is_none() {
        return None;
    }
    let body = html! { @for figure in [shares, curve, fair].into_iter().flatten() { (figure) } };
    Some(Section { id: "concentration", title: words("Concentration", "Ungleichverteilung"), body })
}

/// What each member holds now: people known to several count for each.
fn amounts(page: &Page<'_>) -> Vec<(String, f64)> {
    let Some(size) = page.table("network_size") else { return Vec::new() };
    let of = |row: usize| {
        let holds = look::text(size, "measure", row) == "holdings"
            && look::text(size, "channel", row) == "all"
            && look::text(size, "member", row) != super::TEAM;
        holds
            .then(|| Some((look::text(size, "member", row).to_owned(), look::number(size, "value", row)?)))?
    };
    let mut amounts: Vec<(String, f64)> = (0..size.len()).filter_map(of).collect();
    amounts.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    amounts
}

/// So many members have a part of their own in the bar of shares.
const PARTS: usize = 9;

/// One bar of all connections, cut by member.
fn shares(page: &Page<'_>) -> Option<Markup> {
    let amounts = amounts(page);
    let total: f64 = amounts.iter().map(|amount| amount.1).sum();
    if amounts.len() < 2 || total <= 0.0 {
        return None;
    }
    let part =
        |label: String, amount: f64| Part { label, share: amount / total, shown: page.share(amount / total) };
    let whole = amounts.len() <= PARTS + 1;
    let own = if whole { amounts.len() } else { PARTS };
    let mut parts: Vec<Part> =
        amounts[..own].iter().map(|(member, amount)| part(page.name(member).to_owned(), *amount)).collect();
    let rest = &amounts[own..];
    if !rest.is_empty() {
        let label = match page.language {
            Language::English => format!("{} others", rest.len()),
            Language::German => format!("{} andere", rest.len()),
        };
        parts.push(part(label, rest.iter().map(|amount| amount.1).sum()));
    }
    let first = parts.first()?;
    let title = match page.language {
        Language::English => format!("{} of all connections are those of {}", first.shown, first.label),
        Language::German => format!("{} aller Verbindungen sind die von {}", first.shown, first.label),
    };
    let list: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| format!("{}\u{a0}{} {}", at + 1, part.label, part.shown))
        .collect();
    let how = page.say(words(
        "All connections of the team, the largest part first; who is known to several counts for each: ",
        "Alle Verbindungen des Teams, der größte Teil zuerst; wen mehrere kennen, der zählt bei jedem: ",
    ));
    let say = |english, german| page.say(words(english, german)).to_owned();
    let cells: Vec<Vec<rows::Cell>> =
        parts.iter().map(|part| vec![(part.label.clone(), false), (part.shown.clone(), true)]).collect();
    let figure = Figure {
        id: "concentration-shares",
        title,
        how: format!("{how}{}", list.join(" \u{b7} ")),
        told: list.join("; "),
        numbers: rows::grid(
            page,
            &[say("Member", "Mitglied"), say("Share", "Anteil")],
            &cells,
            cells.len(),
            &rows::file("network_size"),
        ),
    };
    Some(figure.draw(page, |width| stack(&parts, width)))
}

/// The Lorenz curve with the Gini, said in words for people who have never heard of either.
fn curve(page: &Page<'_>) -> Option<Markup> {
    let amounts = amounts(page);
    let total: f64 = amounts.iter().map(|amount| amount.1).sum();
    if amounts.len() < 2 || total <= 0.0 {
        return None;
    }
    let name = page.name(&amounts[0].0);
    let share = page.share(amounts[0].1 / total);
    let half = amounts.len() / 2;
    let least = page.share(amounts.iter().rev().take(half).map(|amount| amount.1).sum::<f64>() / total);
    let title = match page.language {
        Language::English if half == 1 => {
            format!("The member with the fewest connections holds {least}, {name} {share}")
        }
        Language::German if half == 1 => {
            format!("Das Mitglied mit den wenigsten Verbindungen hält {least}, {name} {share}")
        }
        Language::English => format!(
            "The {half} members with the fewest connections hold {least} together, {name} alone {share}"
        ),
        Language::German => format!(
            "Die {half} Mitglieder mit den wenigsten Verbindungen halten zusammen {least}, {name} allein {share}"
        ),
    };
    let mut how = page.say(words(
        "From left to right the members, those with the fewest first; upwards what they hold together. The further the curve sags below the dashed line, the more hangs on few.",
        "Von links nach rechts die Mitglieder, die mit den wenigsten zuerst; nach oben, was sie zusammen halten. Je tiefer die Kurve unter der gestrichelten Linie hängt, desto mehr hängt an wenigen.",
    )).to_owned();
    let gini =
        page.table("concentration").and_then(|table| look::told(table, &[("quantity", "stock")], "gini"));
    if let Some(gini) = gini {
        let value = number::number(gini.value, page.language);
        let most = number::number(1.0 - 1.0 / amounts.len() as f64, page.language);
        how.push_str(&match page.language {
            Language::English => format!(
                " As one number, the Gini index: {value}; 0 would be all alike, {most} everything with one of {}.",
                amounts.len()
            ),
            Language::German => format!(
                " Als eine Zahl, der Gini-Index: {value}; 0 hieße alle gleich, {most} alles bei einem von {}.",
                amounts.len()
            ),
        });
    }
    let say = |english, german| page.say(words(english, german)).to_owned();
    let said = Said {
        across: page.say(words("share of the members", "Anteil der Mitglieder")),
        up: page.say(words("share of the connections", "Anteil der Verbindungen")),
        equal: page.say(words("all alike", "alle gleich")),
        top: name,
    };
    let cells: Vec<Vec<rows::Cell>> = amounts
        .iter()
        .map(|(member, amount)| {
            vec![
                (page.name(member).to_owned(), false),
                (page.count(*amount), true),
                (page.share(amount / total), true),
            ]
        })
        .collect();
    let headings = [say("Member", "Mitglied"), say("Network size", "Netzwerkgröße"), say("Share", "Anteil")];
    let numbers = html! {
        (rows::grid(page, &headings, &cells, cells.len(), &rows::file("network_size")))
        @if let Some(table) = page.table("concentration") { (rows::table(page, table, |row| !look::text(table, "measure", row).starts_with("lorenz"))) }
    };
    let figure = Figure { id: "concentration-lorenz", title, how, told: format!("{name}: {share}"), numbers };
    let values: Vec<f64> = amounts.iter().map(|amount| amount.1).collect();
    Some(figure.draw(page, |width| lorenz(&values, &said, width, page.language)))
}

/// Everybody's part of the reach, shared people divided among those who know them.
fn fair(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("fair_share")?;
    table.column("fair")?;
    let list: Vec<Bar> = (0..table.len())
        .filter(|row| look::text(table, "member", *row) != super::TEAM)
        .filter_map(|row| {
            let value = look::number(table, "fair", row)?;
            let part = look::number(table, "fair_share", row);
            let part = part.map(|share| format!(" ({})", page.share(share)));
            let shown = format!("{}{}", page.count(value), part.unwrap_or_default());
            Some(Bar {
                label: page.name(look::text(table, "member", row)).to_owned(),
                value,
                of: None,
                shown,
                class: "",
            })
        })
        .collect();
    let list = bars::ranked(list)?;
    let (name, shown) = (&list[0].label, &list[0].shown);
    let title = match page.language {
        Language::English => format!("Counted fairly, {name} brings {shown} of the people the team reaches"),
        Language::German => {
            format!("Geteilt gezählt bringt {name} {shown} der Menschen, die das Team erreicht")
        }
    };
    let figure = Figure {
        id: "fair-share",
        title,
        how: page.say(words("A person known to three members counts a third for each; all together are the reach", "Wen drei Mitglieder kennen, der zählt bei jedem ein Drittel; alle zusammen ergeben die Reichweite")).to_owned(),
        told: bars::told(&list),
        numbers: rows::table(page, table, |_| true),
    };
    Some(figure.draw(page, |width| bars(&list, width)))
}
