//! Survivorship of names: the fullest spelling that the best rows agree on.

use super::rule::{Best, Fields};
use crate::contact::Contact;
use crate::record::Field;
use crate::text::{fold, fold_plain};

/// The row whose name is taken: both names before one, given name spelled out before an initial or a
/// short form, real umlauts before their replacements, then the best row.
pub(super) fn choose<'b, 'a>(best: &'b Best<'a>) -> Option<(usize, &'b Fields<'a>)> {
    let named = || best.rows().rev().filter(|(_, fields)| has_name(fields));
    let only = named().next()?;
    if named().nth(1).is_none() {
        return Some(only);
    }
    named().max_by_key(|(_, fields)| quality(fields, best))
}

fn has_name(fields: &Fields<'_>) -> bool {
    fields.has(Field::GivenName) || fields.has(Field::FamilyName)
}

/// Whether both names are there, the given name is spelled out, and the family name keeps its umlauts.
fn quality(fields: &Fields<'_>, best: &Best<'_>) -> (bool, bool, bool) {
    let (given, family) = (fields.text(Field::GivenName), fields.text(Field::FamilyName));
    let both = !given.is_empty() && !family.is_empty();
    let spelled = given.trim_end_matches('.').chars().nth(1).is_some();
    (both, spelled, !replaced(Field::FamilyName, family, best) && !replaced(Field::GivenName, given, best))
}

/// Whether another row spells the same name with letters that this one writes in ASCII.
fn replaced(field: Field, name: &str, best: &Best<'_>) -> bool {
    name.is_ascii()
        && best
            .rows()
            .map(|(_, fields)| fields.text(field))
            .any(|other| !other.is_ascii() && (fold(other) == fold(name) || fold_plain(other) == fold(name)))
}

/// Writes the name of the chosen row; titles and credentials come from the best row that has them.
pub(super) fn set(contact: &mut Contact, fields: &Fields<'_>, best: &Best<'_>) {
    let text = |field: Field| fields.text(field);
    contact.given_name = joined(text(Field::GivenName), text(Field::MiddleName));
    text(Field::FamilyName).clone_into(&mut contact.family_name);
    contact.name = joined(&contact.given_name, &contact.family_name);
    let from_best = |field: Field| {
        best.first(|fields| fields.has(field)).map(|(_, fields)| fields.text(field).to_owned())
    };
    contact.prefix = from_best(Field::Prefix).unwrap_or_default();
    contact.suffix = from_best(Field::Suffix).unwrap_or_default();
}

fn joined(first: &str, second: &str) -> String {
    match (first, second) {
        ("", one) | (one, "") => one.to_owned(),
        _ => [first, " ", second].concat(),
    }
}
