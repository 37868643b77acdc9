//! Survivorship of names: the fullest spelling that the best rows agree on.

use super::{Best, Row};
use crate::contact::Contact;
use crate::record::{CellsView, Field};
use crate::text::{fold, fold_plain};

/// The row whose name is taken: both names before one, given name spelled out before an initial or a
/// short form, real umlauts before their replacements, then the best row.
pub(super) fn choose(rows: &[Row<'_>], best: &Best<'_>) -> Option<usize> {
    if let [row] = rows {
        return has_name(row.cells).then_some(0);
    }
    best.order()
        .rev()
        .filter(|row| has_name(rows[*row].cells))
        .max_by_key(|row| quality(rows[*row].cells, rows))
}

fn has_name(cells: CellsView<'_>) -> bool {
    cells.get(Field::GivenName).is_some() || cells.get(Field::FamilyName).is_some()
}

/// Whether both names are there, the given name is spelled out, and the family name keeps its umlauts.
fn quality(cells: CellsView<'_>, rows: &[Row<'_>]) -> (bool, bool, bool) {
    let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
    let both = !given.is_empty() && !family.is_empty();
    let spelled = given.trim_end_matches('.').chars().count() > 1;
    (both, spelled, !replaced(Field::FamilyName, family, rows) && !replaced(Field::GivenName, given, rows))
}

/// Whether another row spells the same name with letters that this one writes in ASCII.
fn replaced(field: Field, name: &str, rows: &[Row<'_>]) -> bool {
    name.is_ascii()
        && rows
            .iter()
            .map(|row| row.cells.text(field))
            .any(|other| !other.is_ascii() && (fold(other) == fold(name) || fold_plain(other) == fold(name)))
}

/// Writes the name of the chosen row; titles and credentials come from the best row that has them.
pub(super) fn set(contact: &mut Contact, cells: CellsView<'_>, rows: &[Row<'_>], best: &Best<'_>) {
    let text = |field: Field| cells.text(field);
    contact.given_name = joined([text(Field::GivenName), text(Field::MiddleName)]);
    text(Field::FamilyName).clone_into(&mut contact.family_name);
    contact.name = joined([&contact.given_name, &contact.family_name]);
    let from_best = |field: Field| {
        best.first(|cells| cells.get(field).is_some())
            .map(|row| rows[row].cells.text(field).to_owned())
            .unwrap_or_default()
    };
    contact.prefix = from_best(Field::Prefix);
    contact.suffix = from_best(Field::Suffix);
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    let mut out = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}
