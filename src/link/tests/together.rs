//! Groups weighed as wholes: rivals, books that would show somebody twice, steps that hold each other.

use std::collections::HashSet;

use super::people::Set;
use super::{Options, examine};
use crate::link::score::log_odds;
use crate::link::{Level, Linked, Row, Weighed, in_order, link, weigh};
use crate::record::{
    Cells, CellsView,
    Field::{
        self, Birthday, City, Company, Email, ExternalId, FamilyName, GivenName, Phone, Postcode, Street,
    },
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
        again: &[],
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

/// A register in which every eighth person has another given name on the second row, and every fortieth another number
/// and city too.
#[test]
fn in_a_register_of_aliases_no_likely_pair_is_left_out() {
    const FAMILIES: [&str; 12] = [
        "Müller",
        "Schmidt",
        "Schneider",
        "Fischer",
        "Weber",
        "Meyer",
        "Wagner",
        "Becker",
        "Schulz",
        "Hoffmann",
        "Koch",
        "Bauer",
    ];
    const GIVEN: [&str; 10] =
        ["Anna", "Jonas", "Clara", "Felix", "Greta", "Hugo", "Ida", "Konrad", "Martha", "Oskar"];
    let streets = ["Gasse", "Weg", "Allee", "Ring", "Steig"];
    let (people, mut packed) = (2_400, Vec::new());
    for person in 0..people {
        let (family, given) = (FAMILIES[person % 12], GIVEN[person / 12 % 10]);
        let other = GIVEN[(person / 12 + 5) % 10];
        let birthday = format!("19{:02}-{:02}-{:02}", 30 + person % 61, 1 + person % 12, 1 + person % 28);
        let street = format!("Zum {} {} {}", FAMILIES[person / 7 % 12], streets[person % 5], 1 + person % 97);
        for second in [false, true] {
            let given = if second && person % 8 == 0 { other } else { given };
            let own = 1_000_000 + person * 104_729 % 8_000_000;
            let id = match second {
                true if person % 40 == 0 => 8_888_888 - person * 7_919 % 999_999,
                // A slip: the same number would decide by itself.
                true if person % 8 == 0 => own / 1_000 * 1_000 + (own + 500) % 1_000,
                _ => own,
            };
            let mut cells = Cells::new();
            for (field, text) in [
                (GivenName, given),
                (FamilyName, family),
                (Birthday, &birthday),
                (Street, &street),
                (City, if second && person % 40 == 0 { "Kiel" } else { "Ulm" }),
                (Postcode, &format!("{}", 10_000 + person * 37 % 89_999)),
                (ExternalId, &id.to_string()),
            ] {
                cells.push(field, text);
            }
            packed.push(cells.as_packed().to_owned());
        }
    }
    let row = |at: usize| Row {
        cells: CellsView::from_packed(&packed[at]),
        record_id: at as u64 + 1,
        member: 0,
        export: 0,
        distinct: false,
        again: &[],
        day: 20_480,
    };
    let rows: Vec<Row<'_>> = (0..packed.len()).map(row).collect();
    let options = Options::default();
    let (_, features) = in_order(&rows);
    let Weighed { corpus, blocks, edges, .. } = weigh(&features, &options);
    assert!(corpus.aliases, "the register shows that its people have several given names");
    let kept: HashSet<(u32, u32)> = edges.iter().map(|edge| (edge.a, edge.b)).collect();
    let (mut others, mut likely, mut renamed) = (Vec::new(), 0, 0);
    for a in 0..rows.len() as u32 {
        corpus.candidates(&blocks, a, &mut others);
        for &b in others.iter().filter(|b| corpus.score(a, **b) >= log_odds(options.merge)) {
            likely += 1;
            renamed += u32::from(corpus.row(a).given != corpus.row(b).given);
            assert!(kept.contains(&(a, b)), "{:?}", corpus.parts(a, b));
        }
    }
    assert!(likely >= 2_400 && renamed >= 250, "{likely} {renamed}");
}
