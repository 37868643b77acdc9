//! Tests of identity: numbers are unique, stay, come back, and do not depend on the order of rows.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn row(group: u32, record_id: u64, day: i32, before: Before) -> Row {
    Row { group, record_id, content: record_id, day, member: 0, before }
}

fn known(number: u64) -> Before {
    Before::Known { number, home: number }
}

/// A row that came to a contact with another one.
fn merged(number: u64, home: u64) -> Before {
    Before::Known { number, home }
}

fn alone(rows: &[Row], groups: usize) -> Vec<u64> {
    assign(rows, groups, &Past::default())
}

/// What the next run knows when this one gave `numbers`: the rows with their numbers and homes, and the past.
fn next(rows: &[Row], numbers: &[u64], past: &Past) -> (Vec<Row>, Past) {
    let mut alive = numbers.to_vec();
    alive.sort_unstable();
    let mut past = past.clone();
    past.retired.retain(|number, _| alive.binary_search(number).is_err());
    let mut rows = rows.to_vec();
    for row in &mut rows {
        let now = numbers[row.group as usize];
        if let Before::Known { number, .. } = row.before
            && alive.binary_search(&number).is_err()
        {
            past.retired.insert(number, now);
        }
        row.before = Before::Known { number: now, home: home(row.before, now, &alive) };
    }
    past.given.extend(&alive);
    past.given.sort_unstable();
    past.given.dedup();
    (rows, past)
}

#[test]
fn a_merge_keeps_the_number_of_the_larger_part_and_a_split_too() {
    let one = [row(0, 1, 0, known(7)), row(0, 2, 0, known(7)), row(0, 3, -9, known(9))];
    assert_eq!(alone(&one, 1), [7]);
    let split = [row(0, 1, 0, known(7)), row(1, 2, 5, known(7)), row(1, 3, 6, known(7))];
    let numbers = alone(&split, 2);
    assert_eq!(numbers[1], 7);
    assert_ne!(numbers[0], 7);
}

#[test]
fn of_equal_parts_the_older_one_keeps_its_number() {
    assert_eq!(alone(&[row(0, 1, 5, known(3)), row(0, 2, 4, known(8))], 1), [8]);
    let numbers = alone(&[row(0, 1, 5, known(8)), row(1, 2, 4, known(8))], 2);
    assert_eq!(numbers[1], 8, "of a split as well");
}

#[test]
fn what_was_merged_and_is_split_again_gets_both_numbers_back() {
    // The part that came in has meanwhile become the larger one.
    let rows = [
        row(0, 1, 0, known(7)),
        row(1, 2, 0, merged(7, 9)),
        row(1, 3, 0, merged(7, 9)),
        row(1, 4, 8, Before::Nothing),
    ];
    assert_eq!(alone(&rows, 2), [7, 9]);
}

#[test]
fn a_contact_that_had_swallowed_another_comes_back_as_itself() {
    // 5 was merged into 9 and then 9 into 7.
    let past = Past { retired: [(5, 9), (9, 7)].into_iter().collect(), given: vec![5, 7, 9] };
    let both = [
        row(0, 1, 0, known(7)),
        row(1, 2, 0, merged(7, 9)),
        row(1, 3, 0, merged(7, 5)),
        row(1, 4, 0, merged(7, 5)),
    ];
    assert_eq!(assign(&both, 2, &past), [7, 9], "the one that was asked for last");
    let one = [row(0, 1, 0, known(7)), row(0, 2, 0, merged(7, 9)), row(1, 3, 0, merged(7, 5))];
    assert_eq!(assign(&one, 2, &past), [7, 5]);
}

#[test]
fn a_number_is_never_given_to_somebody_else() {
    let free = alone(&[row(0, 5, 0, Before::Nothing)], 1)[0];
    let past = Past { given: vec![free], ..Past::default() };
    assert_ne!(assign(&[row(0, 5, 0, Before::Nothing)], 1, &past)[0], free);
    assert_eq!(
        assign(&[row(0, 5, 0, Before::Elsewhere(free))], 1, &past)[0],
        free,
        "but the same record of a renamed member is the same contact"
    );
    let rows = [
        row(0, 5, 9, Before::Elsewhere(free)),
        row(1, 6, 3, known(free)),
        row(0, 7, 0, Before::Elsewhere(free)),
    ];
    assert_eq!(assign(&rows, 2, &past)[1], free, "whoever had it comes first");
}

#[test]
fn equal_names_are_still_two_contacts() {
    let numbers = alone(&[row(0, 5, 0, Before::Nothing), row(1, 5, 0, Before::Nothing)], 2);
    assert_ne!(numbers[0], numbers[1]);
}

#[test]
fn ids_are_short_sortable_and_of_one_length() {
    assert_eq!(contact_id(0), "c000000000000");
    assert_eq!(contact_id((1 << 60) - 1), "czzzzzzzzzzzz");
    assert!(contact_id(31) < contact_id(32));
    for number in [0, 31, 32, 123_456_789_012, (1 << 60) - 1] {
        assert_eq!(contact_number(&contact_id(number)), Some(number));
    }
    for text in ["", "c", "Christensen", "c00000000000u", "c0000000000000", "C\u{e4}00000000000"] {
        assert_eq!(contact_number(text), None, "{text}");
    }
}

fn any_before() -> impl Strategy<Value = Before> {
    prop_oneof![
        Just(Before::Nothing),
        (0u64..5).prop_map(known),
        (0u64..5, 5u64..8).prop_map(|(number, home)| merged(number, home)),
        (0u64..9).prop_map(Before::Elsewhere),
    ]
}

/// Rows in up to six groups, each of which has one.
fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((0u32..6, 0u64..9, 0i32..4, any_before()), 1..20).prop_map(|parts| {
        let of = |(place, (group, id, day, before)): (usize, &(u32, u64, i32, Before))| Row {
            member: place as u64,
            ..row(*group, *id, *day, *before)
        };
        let mut rows: Vec<Row> = parts.iter().enumerate().map(of).collect();
        rows.extend((0..6).map(|group| Row {
            member: 100 + u64::from(group),
            ..row(group, 50 + u64::from(group), 9, Before::Nothing)
        }));
        rows
    })
}

/// The groups of rows with other numbers: groups of `parts` that `joins` names are one.
fn regrouped(rows: &[Row], joins: &[u32]) -> Vec<Row> {
    rows.iter().map(|row| Row { group: joins[row.group as usize], ..*row }).collect()
}

proptest! {
    #[test]
    fn numbers_are_unique_stable_and_free_of_order(rows in any_rows(), retired in proptest::collection::vec(0u64..5, 3)) {
        let past = Past { retired: (5..8).zip(retired).collect(), given: (0..8).collect() };
        let numbers = assign(&rows, 6, &past);
        let unique: BTreeSet<_> = numbers.iter().collect();
        prop_assert_eq!(unique.len(), 6);
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(&assign(&turned, 6, &past), &numbers);
        let (again, past) = next(&rows, &numbers, &past);
        prop_assert_eq!(assign(&again, 6, &past), numbers);
    }

    /// However contacts are merged and whatever joins them meanwhile, splitting them gives back every number.
    #[test]
    fn undoing_merges_gives_every_number_back(
        sizes in proptest::collection::vec(1u64..5, 6),
        first in proptest::collection::vec(0u32..6, 6),
        second in proptest::collection::vec(0u32..6, 6),
    ) {
        let mut rows = Vec::new();
        for (group, size) in sizes.iter().enumerate() {
            rows.extend((0..*size).map(|place| row(group as u32, group as u64 * 100 + place, place as i32, Before::Nothing)));
        }
        let own: Vec<u32> = rows.iter().map(|row| row.group).collect();
        let mut past = Past::default();
        let numbers = assign(&rows, 6, &past);
        (rows, past) = next(&rows, &numbers, &past);
        // Joined once, then what is joined again: all of a group go together.
        for joins in [first.clone(), first.iter().map(|group| second[*group as usize]).collect()] {
            let mut grouped = rows.clone();
            for (row, own) in grouped.iter_mut().zip(&own) {
                row.group = *own;
            }
            let grouped = regrouped(&grouped, &joins);
            let names: BTreeSet<u32> = grouped.iter().map(|row| row.group).collect();
            let dense: Vec<Row> = grouped
                .iter()
                .map(|row| Row { group: names.iter().position(|name| *name == row.group).unwrap() as u32, ..*row })
                .collect();
            let given = assign(&dense, names.len(), &past);
            // A merge retires numbers and invents none.
            prop_assert!(given.iter().all(|number| numbers.contains(number)));
            (rows, past) = next(&dense, &given, &past);
        }
        let split: Vec<Row> = rows.iter().zip(&own).map(|(row, own)| Row { group: *own, ..*row }).collect();
        prop_assert_eq!(&assign(&split, 6, &past), &numbers);
        let (_, past) = next(&split, &numbers, &past);
        prop_assert!(past.retired.is_empty());
    }

    /// New rows, whoever they join, rename nobody.
    #[test]
    fn more_rows_change_no_number(rows in any_rows(), more in proptest::collection::vec((0u32..6, 0u64..99, -9i32..9), 0..9)) {
        let past = Past::default();
        let numbers = assign(&rows, 6, &past);
        let (mut rows, past) = next(&rows, &numbers, &past);
        rows.extend(more.into_iter().map(|(group, id, day)| row(group, id, day, Before::Nothing)));
        prop_assert_eq!(assign(&rows, 6, &past), numbers);
    }

    /// Rows that go away rename nobody whose rows stay in part.
    #[test]
    fn fewer_rows_change_no_number(rows in any_rows(), gone in proptest::collection::vec(any::<bool>(), 26)) {
        let numbers = assign(&rows, 6, &Past::default());
        let (rows, past) = next(&rows, &numbers, &Past::default());
        let mut of_group = [0u32; 6];
        let mut left: Vec<Row> = Vec::new();
        for (row, gone) in rows.iter().zip(gone) {
            of_group[row.group as usize] += 1;
            if !gone || rows.iter().filter(|other| other.group == row.group).count() as u32 == of_group[row.group as usize] {
                left.push(*row);
            }
        }
        prop_assert_eq!(assign(&left, 6, &past), numbers);
    }
}
