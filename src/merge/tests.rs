//! Survivorship tried on small people: fullest names, newest employers, order that does not matter.

use super::*;
use crate::record::Cells;
use proptest::prelude::*;

fn cells(pairs: &[(Field, &str)]) -> Cells {
    let mut cells = Cells::new();
    for (field, text) in pairs {
        cells.push(*field, text);
    }
    cells
}

fn row(cells: &Cells, channel: Channel, trust: u8, day: &str) -> Row<'static> {
    let packed: &'static str = cells.as_packed().to_owned().leak();
    Row {
        cells: CellsView::from_packed(packed),
        member: 0,
        channel,
        trust,
        day: day.parse().expect("a date"),
        dated: true,
        weight: 1,
    }
}

#[test]
fn the_fullest_spelling_wins_and_the_employer_comes_from_the_newest_trusted_row() {
    use Field::*;
    let linkedin =
        cells(&[(GivenName, "Juergen"), (FamilyName, "Gross"), (Company, "Neu AG"), (Position, "CTO")]);
    let phone = cells(&[
        (GivenName, "Jürgen"),
        (FamilyName, "Groß"),
        (Prefix, "Dr."),
        (Company, "Alt GmbH"),
        (Phone, "+491711234567"),
    ]);
    let rows =
        [row(&linkedin, Channel::LinkedIn, 8, "2026-05-01"), row(&phone, Channel::Phone, 4, "2026-05-02")];
    let merged = merge(&rows);
    assert_eq!(merged.contact.name, "Jürgen Groß");
    assert_eq!(merged.contact.prefix, "Dr.");
    assert_eq!((merged.contact.company.as_str(), merged.contact.position.as_str()), ("Neu AG", "CTO"));
    assert_eq!(merged.contact.phones, ["+491711234567"]);
    assert_eq!(Part::columns_of(merged.gave[0]).collect::<Vec<_>>(), ["company"]);
    assert_eq!(Part::columns_of(merged.gave[1]).collect::<Vec<_>>(), ["name", "phones"]);
}

#[test]
fn a_fresh_address_book_wins_over_an_export_of_years_ago() {
    use Field::*;
    let old = cells(&[(FamilyName, "Arslan"), (Company, "Damals KG")]);
    let new = cells(&[(FamilyName, "Arslan"), (Company, "Heute SE")]);
    let rows = [row(&old, Channel::LinkedIn, 8, "2020-01-01"), row(&new, Channel::Mail, 5, "2026-01-01")];
    assert_eq!(merge(&rows).contact.company, "Heute SE");
}

#[test]
fn a_number_alone_in_a_phone_is_private_and_named_by_itself() {
    let merged = merge(&[row(&cells(&[(Field::Phone, "+491711234567")]), Channel::Phone, 4, "2026-01-01")]);
    assert_eq!(merged.contact.name, "+491711234567");
    assert_eq!(merged.contact.scope, Scope::Private);
}

fn any_row() -> impl Strategy<Value = Row<'static>> {
    let field = proptest::sample::select(&Field::ALL[..]);
    let cell = (field, "[a-zäß]{1,6}");
    (proptest::collection::vec(cell, 1..8), 1u8..=10, 0i32..3000, 0usize..6).prop_map(
        |(pairs, trust, day, channel)| {
            let pairs: Vec<(Field, &str)> =
                pairs.iter().map(|(field, text)| (*field, text.as_str())).collect();
            let mut row = row(&cells(&pairs), Channel::ALL[channel], trust, "2020-01-01");
            row.day += chrono::Duration::days(i64::from(day));
            row
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(rows in proptest::collection::vec(any_row(), 1..6), turn in 0usize..6) {
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        prop_assert_eq!(merge(&rows).contact, merge(&turned).contact);
    }

    #[test]
    fn no_address_is_lost(rows in proptest::collection::vec(any_row(), 1..6)) {
        let contact = merge(&rows).contact;
        for row in &rows {
            for email in row.cells.all(Field::Email) {
                prop_assert!(contact.emails.iter().any(|have| have == email));
            }
        }
    }
}
