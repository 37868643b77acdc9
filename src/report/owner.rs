//! Owners: the members and the team, the people each of them holds, and columns that many tables share.

use chrono::NaiveDate;

use crate::table::{Column, Data, Texts, words};

use super::tie::{Tie, by_contact, delivered_channels};
use super::{Bond, Input, TEAM};

/// The owners that a table shows: the members in their order, then the team. A shared inbox called like the
/// team is in the team's sums; as a member of its own it would be mistaken for them.
pub(super) fn owners<'a>(input: &Input<'a>) -> Vec<(usize, &'a str)> {
    let members = input.members.iter().map(String::as_str).enumerate().filter(|(_, name)| *name != TEAM);
    members.chain([(input.members.len(), TEAM)]).collect()
}

/// Whether anything was ever delivered, by owner.
pub(super) fn heard_of(input: &Input<'_>) -> Vec<bool> {
    let mut heard: Vec<bool> = delivered_channels(input).into_iter().map(|channels| channels != 0).collect();
    heard.push(heard.iter().any(|heard| *heard));
    heard
}

/// Shows every person of every owner: number of the owner, and where its ties stand among all ties.
pub(super) fn each_person(ties: &[Tie], team: usize, mut visit: impl FnMut(usize, std::ops::Range<usize>)) {
    let mut at = 0;
    for group in by_contact(ties) {
        for (offset, tie) in group.iter().enumerate() {
            visit(usize::from(tie.member), at + offset..at + offset + 1);
        }
        visit(team, at..at + group.len());
        at += group.len();
    }
}

/// What is known of the touches of each tie, in the order of the ties; nothing where there was none.
pub(super) fn bonds_of<'a>(input: &Input<'a>, ties: &[Tie]) -> Vec<Option<&'a Bond>> {
    let mut bonds: Vec<&Bond> = input.bonds.iter().collect();
    bonds.sort_by_key(|bond| (bond.contact, bond.member));
    let mut at = 0;
    let mut of = |tie: &Tie| {
        let key = (tie.contact, tie.member);
        while bonds.get(at).is_some_and(|bond| (bond.contact, bond.member) < key) {
            at += 1;
        }
        bonds.get(at).copied().filter(|bond| (bond.contact, bond.member) == key)
    };
    ties.iter().map(&mut of).collect()
}

/// Days from one day to a later one; nothing if it is none.
pub(super) fn days_since(day: NaiveDate, as_of: NaiveDate) -> Option<i64> {
    Some((as_of - day).num_days()).filter(|days| *days >= 0)
}

/// The day of the report, in every row.
pub(super) fn as_of_column(as_of: NaiveDate, rows: usize) -> Column {
    let days = Data::Date(vec![Some(as_of); rows]);
    Column::new("as_of", words("As of", "Stand"), "day of the report", days).german("Stichtag des Berichts")
}

/// Whom a row is about.
pub(super) fn member_column(members: Texts) -> Column {
    let about = "id of the member; `team` for all together, people counted once";
    Column::new("member", words("Member", "Mitglied"), about, Data::Text(members))
        .german("Kürzel des Mitglieds; „team“ für alle zusammen, Menschen einmal gezählt")
}

/// How much was known.
pub(super) fn coverage_column(shares: Vec<Option<f64>>) -> Column {
    let about = "share of the people behind the number for whom the input was known";
    Column::new("coverage", words("Known for", "Bekannt bei"), about, Data::Share(shares))
        .german("für welchen Anteil der Menschen hinter der Zahl die Angabe bekannt war")
}
