//! What list reports say of a person: id, name, ties and whether it is worth meeting, and their common columns.

use std::borrow::Cow;

use crate::contact::{Kind, Scope};
use crate::table::{Column, Data, Lists, Texts, Value, value, words};

use super::{Bond, Fact, Input, TEAM};

/// Place of the strong and of the steady ones in [`scales::bands`](crate::scales::bands).
pub(super) const STRONG: u8 = 0;
pub(super) const STEADY: u8 = 1;

/// The categories, the best first.
pub(super) static TIERS: [Value; 4] =
    [value("A", "A", "A"), value("B", "B", "B"), value("C", "C", "C"), value("D", "D", "D")];

/// The id of a contact; its number where it has none.
pub(super) fn id<'a>(input: &Input<'a>, contact: u32) -> Cow<'a, str> {
    match input.ids.get(contact as usize) {
        Some(id) => Cow::Borrowed(id),
        None => Cow::Owned(contact.to_string()),
    }
}

/// The name of a contact; empty where it has none.
pub(super) fn name<'a>(input: &Input<'a>, contact: u32) -> &'a str {
    input.names.map_or("", |names| names.get(contact as usize))
}

/// The id of a member.
pub(super) fn member<'a>(input: &Input<'a>, member: u16) -> &'a str {
    input.members.get(usize::from(member)).map_or("", String::as_str)
}

/// Whether a member is a person: the shared inbox of the team is none.
pub(super) fn is_somebody(input: &Input<'_>, of: u16) -> bool {
    let name = member(input, of);
    !name.is_empty() && name != TEAM
}

/// What is known of a contact.
pub(super) fn fact(input: &Input<'_>, contact: u32) -> Fact {
    input.contacts.get(contact as usize).copied().unwrap_or_default()
}

/// Whether it is a person known for business; whom somebody knows in private life only is the team's no concern.
pub(super) fn is_business(fact: &Fact) -> bool {
    fact.kind == Kind::Person && fact.scope == Scope::Business
}

/// The ties of a contact to members who ever had to do with it.
pub(super) fn bonds_of<'a>(input: &Input<'a>, contact: u32) -> &'a [Bond] {
    let from = input.bonds.partition_point(|bond| bond.contact < contact);
    let rest = &input.bonds[from..];
    &rest[..rest.iter().take_while(|bond| bond.contact == contact).count()]
}

/// The tie of one member among those of a contact.
pub(super) fn bond_with(bonds: &[Bond], member: u16) -> Option<&Bond> {
    bonds.iter().find(|bond| bond.member == member)
}

/// Whether a person matters by its category.
pub(super) fn is_good(fact: &Fact) -> bool {
    matches!(fact.tier, Some(b'A' | b'B'))
}

/// Whether a tie bears weight or is kept up.
pub(super) fn is_kept(bond: &Bond) -> bool {
    bond.strength.is_some() && [STRONG, STEADY].contains(&bond.band)
}

/// A value that orders strengths, the strongest first and unknown ones last.
pub(super) fn weakness(strength: Option<f32>) -> i64 {
    strength.map_or(i64::MAX, |strength| -(f64::from(strength) * 1e9) as i64)
}

/// Ids of contacts.
pub(super) fn id_column(input: &Input<'_>, contacts: impl Iterator<Item = u32>) -> Column {
    let ids: Texts = contacts.map(|contact| id(input, contact)).collect();
    Column::new("contact_id", words("Contact", "Kontakt"), "id of the contact", Data::Text(ids))
        .german("Kennung des Kontakts")
}

/// Names of contacts.
pub(super) fn name_column(input: &Input<'_>, contacts: impl Iterator<Item = u32>) -> Column {
    let names: Texts = contacts.map(|contact| name(input, contact)).collect();
    Column::new("name", words("Name", "Name"), "name of the contact", Data::Text(names))
        .german("Name des Kontakts")
}

/// Members who know the contact, in the order of the pipeline file.
pub(super) fn holders_column<'a>(input: &Input<'_>, holders: impl Iterator<Item = &'a [u16]>) -> Column {
    let holders: Lists =
        holders.map(|of| of.iter().map(|&of| member(input, of)).collect::<Vec<_>>()).collect();
    Column::new(
        "holders",
        words("Known to", "Bekannt bei"),
        "ids of the members who know the contact; where nobody does any more, who did",
        Data::List(holders),
    )
    .german("Kürzel der Mitglieder, die den Kontakt kennen; wenn es niemand mehr tut, kannten")
}

/// How many rows there would be without a limit.
pub(super) fn candidates_column(name: &'static str, counts: Vec<u64>) -> Column {
    let counts = counts.into_iter().map(|count| Some(count as i64)).collect();
    Column::new(
        name,
        words("Of", "Von"),
        "how many there are in all; the table shows the first of them",
        Data::Int(counts),
    )
    .german("wie viele es insgesamt sind; die Tabelle zeigt die ersten")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_stand_first_and_unknown_ones_last() {
        let mut strengths = [None, Some(0.2), Some(1.0), Some(0.0), Some(0.65)];
        strengths.sort_by_key(|strength| weakness(*strength));
        assert_eq!(strengths, [Some(1.0), Some(0.65), Some(0.2), Some(0.0), None]);
    }

    #[test]
    fn a_contact_without_an_id_is_called_by_its_number() {
        let ids = ["c-7".to_owned()];
        let input = Input { ids: &ids, ..Input::default() };
        assert_eq!((id(&input, 0), id(&input, 1), name(&input, 1)), ("c-7".into(), "1".into(), ""));
    }
}
