//! What the team loses if a member leaves, and whom to hand over.

use maud::{Markup, html};

use super::figure::Figure;
use super::waterfall::{Step, waterfall};
use super::{Page, Section, look, rows};
use crate::table::{Language, words};

/// What hangs on one member.
pub(super) struct Loss {
    /// Id of the member.
    pub(super) member: String,
    /// Everybody the member knows.
    pub(super) gross: f64,
    /// Of them those whom nobody else knows.
    pub(super) exclusive: f64,
    /// Of them those at whose employer nobody else knows anybody; none where that is not counted.
    pub(super) unreachable: Option<f64>,
}

/// The member whose leaving would cost the most people.
pub(super) fn worst(page: &Page<'_>) -> Option<Loss> {
    let of = |id: &str| {
        let find = |name: &str| Some(look::told(page.table("loss")?, &[("member", id)], name)?.value);
        let size = |name: &str| {
            Some(look::told(page.table("network_size")?, &[("member", id), ("channel", "all")], name)?.value)
        };
        Some(Loss {
            member: id.to_owned(),
            gross: find("gross").or_else(|| size("holdings"))?,
            exclusive: find("exclusive").or_else(|| size("exclusive"))?,
            unreachable: find("unreachable"),
        })
    };
    let losses = page.people().take(MOST).filter_map(|member| of(&member.0));
    losses
        .filter(|loss| loss.exclusive > 0.0)
        .reduce(|most, other| if other.exclusive > most.exclusive { other } else { most })
}

/// So many members are looked at; each costs a search through the tables.
const MOST: usize = 500;

/// The section.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let worst = worst(page)?;
    let handover = page.table("handover");
    let body = html! {
        (fall(page, &worst))
        @for sentence in several(page) { p .pick { (sentence) } }
        @if let Some(table) = handover {
            h3 #handover { (page.say(words("Handover list: A and B people whom only one member knows", "Übergabeliste: A- und B-Kontakte, die nur ein Mitglied kennt"))) }
            p .how { (page.say(words("Categories order work; they are no judgement of people as such.", "Kategorien ordnen die Arbeit; sie sind keine Bewertung der Menschen an sich."))) }
            (rows::list(page, table))
        }
    };
    Some(Section { id: "loss", title: words("Loss if a member leaves", "Verlust bei Weggang"), body })
}

/// What happens when more than one member leaves, in words.
fn several(page: &Page<'_>) -> Vec<String> {
    let Some(table) = page.table("loss") else { return Vec::new() };
    let mut said = Vec::new();
    let pair = (0..table.len()).find(|row| look::text(table, "measure", *row) == "worst_2");
    if let Some((row, share)) = pair.and_then(|row| Some((row, look::number(table, "value", row)?))) {
        let names: Vec<&str> = look::text(table, "member", row).split('+').map(|id| page.name(id)).collect();
        let (names, share) = (names.join(page.say(words(" and ", " und "))), page.share(share));
        said.push(match page.language {
            Language::English => {
                format!("If two left, {names} would cost the most: {share} of everybody the team reaches.")
            }
            Language::German => format!(
                "Gingen zwei, kosteten {names} am meisten: {share} aller Menschen, die das Team erreicht."
            ),
        });
    }
    if let Some(bus) = look::told(table, &[("member", super::TEAM)], "bus_factor") {
        let (count, known) = (page.count(bus.value), page.known(bus.coverage));
        said.push(match (page.language, bus.value < 2.0) {
            (Language::English, true) => format!("Bus factor 1: if one single member left, nobody would know more than half of the people of category A or B ({known})."),
            (Language::English, false) => format!("Bus factor {count}: so many members would have to leave until nobody knows more than half of the people of category A or B ({known})."),
            (Language::German, true) => format!("Ausfallrisiko 1: Ginge ein einziges Mitglied, würde mehr als die Hälfte der Menschen der Kategorie A oder B niemand mehr kennen ({known})."),
            (Language::German, false) => format!("Ausfallrisiko {count}: So viele Mitglieder müssten gehen, bis mehr als die Hälfte der Menschen der Kategorie A oder B niemand mehr kennt ({known})."),
        });
    }
    said
}

/// From everybody the member knows to those whom nobody could reach.
fn fall(page: &Page<'_>, loss: &Loss) -> Markup {
    let name = page.name(&loss.member);
    let (lost, all) = (page.count(loss.exclusive), page.count(loss.gross));
    let title = match page.language {
        Language::English => {
            format!("If {name} left, {lost} of {all} people would be known to nobody in the team")
        }
        Language::German => {
            format!("Ginge {name}, würde {lost} von {all} Menschen niemand im Team mehr kennen")
        }
    };
    let step = |english, german, from, to, class| Step {
        label: page.say(words(english, german)).to_owned(),
        from,
        to,
        class,
    };
    let mut steps = vec![
        step("Known now", "Jetzt bekannt", loss.gross, 0.0, ""),
        step("Others know them too", "Kennen auch andere", loss.gross, loss.exclusive, "light"),
        step("Nobody else knows", "Kennt sonst niemand", loss.exclusive, 0.0, "strong"),
    ];
    if let Some(unreachable) = loss.unreachable {
        steps.push(step(
            "Their firm stays known",
            "Firma bleibt bekannt",
            loss.exclusive,
            unreachable,
            "light",
        ));
        steps.push(step("Out of reach", "Nicht mehr erreichbar", unreachable, 0.0, "strong"));
    }
    let told: Vec<String> = steps
        .iter()
        .map(|step| format!("{}: {}", step.label, page.count((step.from - step.to).abs())))
        .collect();
    let say = |english, german| page.say(words(english, german)).to_owned();
    let cells: Vec<Vec<rows::Cell>> = steps
        .iter()
        .map(|step| vec![(step.label.clone(), false), (page.count((step.from - step.to).abs()), true)])
        .collect();
    let numbers = match page.table("loss") {
        Some(table) => rows::table(page, table, |_| true),
        None => rows::grid(
            page,
            &[say("Step", "Schritt"), say("People", "Menschen")],
            &cells,
            cells.len(),
            &rows::file("network_size"),
        ),
    };
    let figure = Figure {
        id: "loss-fall",
        title,
        how: say(
            "People; the member whose leaving would cost the most. Out of reach: nobody of the team knows anybody at their firm either",
            "Menschen; das Mitglied, dessen Weggang am meisten kostet. Nicht mehr erreichbar: Auch in ihrer Firma kennt niemand im Team jemanden",
        ),
        told: told.join("; "),
        numbers,
    };
    figure.draw(page, |width| waterfall(&steps, width, page.language))
}
