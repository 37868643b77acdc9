//! Whom to clean up: the contacts of the report `cleanup` that nobody has decided on, as the team's workbook shows
//! them.

use std::collections::BTreeSet;

use super::hands::InForce;
use super::label::Labeller;
use super::person::whole;
use super::publish::Facts;
use crate::contact::{Kind, Letter};
use crate::link::identity::contact_number;
use crate::report::Fact;
use crate::table::{Column, Data, Table};
use crate::write::work::CleanRow;

/// As many contacts the workbook asks about at a time; those most worth it come first.
const MOST: usize = 100;

/// What the workbook asks about.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The most worth a look first.
    pub(super) rows: Vec<CleanRow>,
    /// How many more there are.
    pub(super) left_out: u64,
    /// All that could be asked, shown or not, by number.
    pub(super) open: BTreeSet<u64>,
    /// On whom somebody has decided, by number.
    pub(super) settled: BTreeSet<u64>,
}

/// On which contacts of today somebody has decided: they are kept, or sorted out by hand.
pub(super) fn settled(keeps: &BTreeSet<u64>, hands: &InForce) -> BTreeSet<u64> {
    let mut settled = keeps.clone();
    let out = hands.contacts.iter().filter(|(_, hand)| hand.set.letter == Some(Letter::D));
    settled.extend(out.map(|(contact, _)| *contact));
    settled
}

/// The contacts of the report on which nobody has decided. Doubles are asked among the open pairs, and a shared
/// address is nobody to be sorted.
pub(super) fn ask(
    facts: &Facts<'_>,
    labeller: &Labeller<'_>,
    (report, contacts): (Option<&Table>, &[Fact]),
    settled: BTreeSet<u64>,
) -> Asked {
    let mut asked = Asked { settled, ..Asked::default() };
    let Some(report) = report else { return asked };
    let [ids, actions] = ["contact_id", "action"].map(|name| texts(report, name));
    let (Some(ids), Some(actions)) = (ids, actions) else { return asked };
    for row in 0..report.len() {
        let Some(number) = contact_number(ids.get(row)) else { continue };
        let Ok(place) = facts.people.contacts.binary_search(&number) else { continue };
        if actions.get(row) == "merge" {
            asked.open.insert(number);
            continue;
        }
        let is_person = contacts.get(place).is_some_and(|fact| fact.kind == Kind::Person);
        if !is_person || asked.settled.contains(&number) {
            continue;
        }
        asked.open.insert(number);
        if asked.rows.len() < MOST {
            asked.rows.push(line(facts, labeller, report, (row, place as u32)));
        } else {
            asked.left_out += 1;
        }
    }
    asked
}

fn texts<'a>(report: &'a Table, name: &str) -> Option<&'a crate::table::Texts> {
    match &report.column(name)?.data {
        Data::Text(texts) => Some(texts),
        _ => None,
    }
}

/// One contact of the report.
fn line(facts: &Facts<'_>, labeller: &Labeller<'_>, report: &Table, (row, place): (usize, u32)) -> CleanRow {
    let (mut contact, _) = whole(facts.views(), place);
    labeller.label(place, &mut contact);
    let language = facts.outcome.locale.language;
    let said = |column: &Column| match &column.data {
        Data::Text(texts) => column.called(texts.get(row), language),
        Data::List(lists) => {
            lists.get(row).map(|item| column.called(item, language)).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    let evidence = match report.column("evidence").map(|column| &column.data) {
        Some(Data::Date(days)) => days.get(row).copied().flatten(),
        _ => None,
    };
    // Where nobody knows the contact any more the report names who did.
    let known_to = match report.column("holders").map(|column| &column.data) {
        Some(Data::List(lists)) => lists.get(row).map(|id| name_of(facts, id)).collect(),
        _ => Vec::new(),
    };
    CleanRow {
        known_to,
        tier: contact.labels.tier.letter.map_or("", Letter::name).to_owned(),
        reasons: report.column("reasons").map(said).unwrap_or_default(),
        action: report.column("action").map(said).unwrap_or_default(),
        evidence,
        contact_id: contact.contact_id,
        name: contact.name,
        company: contact.company,
        position: contact.position,
    }
}

/// The name of a member.
fn name_of(facts: &Facts<'_>, id: &str) -> String {
    let member = facts.members().iter().find(|member| member.id == id);
    member.map_or_else(|| id.to_owned(), |member| member.name.clone())
}
