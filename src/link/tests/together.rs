//! Groups weighed as wholes: rivals, books that would show somebody twice, steps that hold each other.

use super::people::Set;
use super::{Options, examine};
use crate::link::{Level, Linked, Row, link};
use crate::record::{
    Cells, CellsView,
    Field::{self, Company, Email, FamilyName, GivenName, Phone},
};

/// Entries of one member with the export they stand in, beside 200 other people.
fn linked(entries: &[(u32, &[(Field, &str)])]) -> Linked {
    let crowd = Set::new(200, 4711);
    let packed: Vec<String> = entries
        .iter()
        .map(|(_, entry)| {
            let mut cells = Cells::new();
            entry.iter().for_each(|(field, text)| cells.push(*field, text));
            cells.as_packed().to_owned()
        })
        .collect();
    let row = |at: usize| Row {
        cells: CellsView::from_packed(&packed[at]),
        record_id: at as u64 + 1,
        member: 100,
        export: 1_000 + entries[at].0,
        distinct: false,
        day: 20_480,
    };
    let mut rows: Vec<Row<'_>> = (0..packed.len()).map(row).collect();
    rows.extend(crowd.rows());
    link(&rows, &Options::default())
}

const NAME: [(Field, &str); 2] = [(GivenName, "Henning"), (FamilyName, "Brandt")];

fn named(more: &[(Field, &'static str)]) -> Vec<(Field, &'static str)> {
    [&NAME[..], more].concat()
}

#[test]
fn a_name_alone_is_enough_where_nobody_else_can_be_meant() {
    let known = named(&[(Phone, "+4915112345678"), (Company, "Hexon")]);
    let groups = linked(&[(0, &NAME), (1, &known)]).groups;
    assert_eq!(groups[0], groups[1]);
}

#[test]
fn a_name_that_two_could_mean_is_asked_and_joins_neither() {
    let one = named(&[(Phone, "+4915112345678"), (Email, "h.brandt@hexon.example")]);
    let other = named(&[(Phone, "+4917611122233"), (Email, "brandt@gralo.example")]);
    let found = linked(&[(0, &NAME), (1, &one), (2, &other)]);
    assert_ne!(found.groups[0], found.groups[1]);
    assert_ne!(found.groups[0], found.groups[2]);
    let about = |pair: &&crate::link::ReviewPair| pair.a == 0 || pair.b == 0;
    let asked: Vec<_> = found.review.iter().filter(about).collect();
    assert_eq!(asked.len(), 2, "{:?}", found.review);
    for pair in asked {
        let rivals = pair.parts.iter().find(|part| part.level == Level::Rivals).expect("a rival");
        assert!(rivals.weight < -0.9, "one of two is meant: {:?}", pair.parts);
    }
}

#[test]
fn one_book_that_would_show_somebody_twice_speaks_against_it() {
    // The second book holds both; the first entry is one with the first of them by company and number.
    let at_hexon = named(&[(Phone, "+4915112345678"), (Company, "Hexon")]);
    let bare = named(&[(Company, "Gralo")]);
    let twice = linked(&[(0, &at_hexon), (1, &at_hexon), (1, &bare)]);
    let once = linked(&[(0, &at_hexon), (1, &at_hexon), (2, &bare)]);
    let weight = |found: &Linked| {
        let open = found.review.iter().find(|pair| pair.a.max(pair.b) == 2).map(|pair| pair.weight);
        open.unwrap_or(found.joins[2].weight)
    };
    assert_eq!(twice.groups[0], twice.groups[1]);
    assert!(weight(&twice) <= weight(&once) - 2.5, "{} {}", weight(&twice), weight(&once));
    let asked = twice.review.iter().find(|pair| pair.a.max(pair.b) == 2).expect("a question");
    let told = asked.parts.iter().find(|part| part.level == Level::Twice).expect("why");
    assert!(told.weight <= -2.5, "{:?}", asked.parts);
}

#[test]
fn what_is_joined_at_a_threshold_is_joined_at_every_lower_one() {
    let thresholds = [0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.999_999];
    for seed in [1, 22, 333] {
        let set = Set::new(300, seed);
        examine(&set.rows(), &Options::default(), |examiner| {
            for pair in thresholds.windows(2) {
                let (wide, narrow) = (examiner.groups(pair[0]), examiner.groups(pair[1]));
                let mut first = std::collections::BTreeMap::new();
                for (row, group) in narrow.iter().enumerate() {
                    let with = *first.entry(group).or_insert(row);
                    assert_eq!(wide[with], wide[row], "{with} and {row} at {pair:?}, seed {seed}");
                }
            }
        });
    }
}
