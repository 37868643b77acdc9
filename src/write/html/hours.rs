//! Hours: how much time it takes to keep in touch with A, B and C, beside the time there is.

use maud::Markup;

use super::bars::{self, Bar, Mark, marked};
use super::figure::Figure;
use super::{Page, TEAM, look, rows};
use crate::table::{Language, Table, words};

/// So many members have a bar.
const MOST: usize = 20;

/// The hours that the page shows.
const HOURS: [rows::Asked; 6] = [
    ("A", "hours", words("A, hours a year", "A, Stunden im Jahr")),
    ("B", "hours", words("B, hours a year", "B, Stunden im Jahr")),
    ("C", "hours", words("C, hours a year", "C, Stunden im Jahr")),
    ("all", "hours", words("A, B and C together", "A, B und C zusammen")),
    ("all", "budget", words("Hours there are", "Vorhandene Stunden")),
    ("all", "budget_used", words("Needed of those", "Davon gebraucht")),
];

/// A measure of one owner, of a category or of `all`.
pub(super) fn told(table: &Table, owner: &str, tier: &str, measure: &str) -> Option<f64> {
    Some(look::told(table, &[("member", owner), ("tier", tier)], measure)?.value)
}

/// Hours in words.
pub(super) fn hours(page: &Page<'_>, hours: f64) -> String {
    format!(
        "{} {}",
        page.count(hours),
        page.counted(hours, words("hour", "Stunde"), words("hours", "Stunden"))
    )
}

/// Bars of the hours of each member and the line of the budget; nothing as long as nobody is sorted.
pub(super) fn figure(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("time_needed")?;
    let owner = page.whole()?;
    let needed = told(table, owner, "all", "hours").filter(|hours| *hours > 0.0)?;
    let budget = told(table, owner, "all", "budget").filter(|hours| *hours > 0.0);
    let own =
        page.people().find_map(|member| told(table, &member.0, "all", "budget")).filter(|own| *own > 0.0);
    let mut list: Vec<Bar> = page
        .people()
        .filter_map(|(id, _)| {
            let value = told(table, id, "all", "hours")?;
            Some(Bar {
                label: page.name(id).to_owned(),
                value,
                of: None,
                shown: page.count(value),
                class: if own.is_some_and(|own| value > own) { "strong" } else { "" },
            })
        })
        .collect();
    list.sort_by(|one, other| other.value.total_cmp(&one.value));
    list.truncate(MOST);
    let time = hours(page, needed);
    let there = budget.map(|budget| {
        let whose = if owner == TEAM {
            words("the members have", "die Mitglieder haben")
        } else {
            words("there are", "da sind")
        };
        format!("; {} {}", page.say(whose), page.count(budget))
    });
    let there = there.unwrap_or_default();
    let title = match page.language {
        Language::English => {
            format!("To keep in touch with everybody of A, B and C takes {time} a year{there}")
        }
        Language::German => {
            format!("Mit allen A, B und C in Kontakt zu bleiben kostet {time} im Jahr{there}")
        }
    };
    let how = match page.language {
        Language::English => {
            "Hours a year by member: people × touches a year × minutes of a touch, as the pipeline file sets them. Whoever needs more than there are lets some go, hands some over or lowers the category"
        }
        Language::German => {
            "Stunden im Jahr je Mitglied: Menschen × Kontakte im Jahr × Minuten je Kontakt, wie die Pipeline-Datei sie setzt. Wer mehr braucht, als da sind, lässt los, gibt ab oder ordnet niedriger ein"
        }
    };
    let mark = own.map(|own| Mark {
        value: own,
        shown: format!("{} {}", page.say(words("there are", "vorhanden:")), page.count(own)),
    });
    let figure = Figure {
        id: "classes-hours",
        title,
        how: how.to_owned(),
        told: bars::told(&list),
        numbers: rows::across(page, table, "tier", &HOURS)?,
    };
    Some(figure.draw(page, |width| marked(&list, mark.as_ref(), width)))
}
