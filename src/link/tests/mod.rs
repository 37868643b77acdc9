//! Laws and quality of linking, on invented people.

mod answers;
mod inquiry;
mod people;
mod tiny;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::block_key::KINDS;
use super::feature::Features;
use super::model::Level;
use super::score::Corpus;
use super::{Decision, Limits, Linked, Options, Row, canonical_order, examine, explain, link};
use crate::record::{Cells, Field};
use people::{Dice, Set, pairwise};

/// The groups as sets of row numbers, whatever the groups are called.
fn partition(groups: &[u32], names: &[usize]) -> BTreeSet<Vec<usize>> {
    let mut sets: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (group, name) in groups.iter().zip(names) {
        sets.entry(*group).or_default().push(*name);
    }
    sets.into_values()
        .map(|mut set| {
            set.sort_unstable();
            set
        })
        .collect()
}

fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut dice = Dice(seed | 1);
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

fn deciding(decisions: &[(usize, usize, bool)]) -> Options {
    let decision =
        |&(a, b, same): &(usize, usize, bool)| Decision { a: a as u64 + 1000, b: b as u64 + 1000, same };
    Options { decisions: decisions.iter().map(decision).collect(), ..Options::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_does_not_matter(people in 5usize..120, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let order = shuffled(set.truth.len(), !seed);
        let straight = link(&set.rows(), &Options::default());
        let mixed = link(&set.rows_in(&order), &Options::default());
        let names: Vec<usize> = (0..set.truth.len()).collect();
        prop_assert_eq!(partition(&straight.groups, &names), partition(&mixed.groups, &order));
        prop_assert_eq!(straight.counts, mixed.counts);
        for (at, name) in order.iter().enumerate() {
            prop_assert_eq!(straight.joins[*name].reason, mixed.joins[at].reason);
            prop_assert!((straight.joins[*name].weight - mixed.joins[at].weight).abs() < 1e-4);
        }
    }

    #[test]
    fn groups_are_numbered_by_their_first_row(people in 0usize..60, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let linked = link(&set.rows(), &Options::default());
        prop_assert_eq!(linked.groups.len(), set.truth.len());
        let mut next = 0;
        for group in &linked.groups {
            prop_assert!(*group <= next);
            next = next.max(group + 1);
        }
        prop_assert_eq!(u64::from(next), linked.counts.groups);
        prop_assert_eq!(linked.links.len() as u64, linked.counts.rows - linked.counts.groups);
    }

    #[test]
    fn a_higher_threshold_only_splits(people in 5usize..120, seed in any::<u64>(), low in 0.3f64..0.9) {
        let set = Set::new(people, seed);
        let at = |merge| link(&set.rows(), &Options { merge, review: 0.3, ..Options::default() }).groups;
        let (coarse, fine) = (at(low), at(0.5 + low / 2.0));
        let mut of: BTreeMap<u32, u32> = BTreeMap::new();
        for (fine, coarse) in fine.iter().zip(&coarse) {
            prop_assert_eq!(*of.entry(*fine).or_insert(*coarse), *coarse, "a group was torn apart and rejoined");
        }
    }

    #[test]
    fn one_list_never_shows_one_person_under_two_profiles(people in 5usize..150, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let rows = set.rows();
        let linked = link(&rows, &Options { merge: 0.2, review: 0.1, ..Options::default() });
        let mut profiles: BTreeMap<(u32, u32), &str> = BTreeMap::new();
        for (row, group) in rows.iter().zip(&linked.groups) {
            if let (true, Some(profile)) = (row.distinct, row.cells.get(Field::LinkedIn)) {
                prop_assert_eq!(*profiles.entry((*group, row.export)).or_insert(profile), profile);
            }
        }
    }

    #[test]
    fn decisions_bind_also_through_third_rows(people in 20usize..60, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let rows = set.rows();
        prop_assume!(rows.len() >= 8);
        let linked = link(&rows, &deciding(&[(0, 3, true), (3, 5, true), (5, 7, false)]));
        prop_assert_eq!(linked.groups[0], linked.groups[3]);
        prop_assert_eq!(linked.groups[0], linked.groups[5]);
        prop_assert_ne!(linked.groups[0], linked.groups[7]);
        prop_assert_ne!(linked.groups[3], linked.groups[7]);
        prop_assert!(linked.contradictions.is_empty());
    }

    #[test]
    fn any_bytes_can_be_linked(texts in prop::collection::vec(("\\PC{0,12}", "\\PC{0,12}", "\\PC{0,20}", 0u8..6), 0..25)) {
        const FIELDS: [Field; 6] =
            [Field::Email, Field::Phone, Field::Birthday, Field::LinkedIn, Field::Company, Field::ExternalId];
        let cells: Vec<Cells> = texts
            .iter()
            .map(|(given, family, other, field)| {
                let mut cells = Cells::new();
                cells.push(Field::GivenName, given);
                cells.push(Field::FamilyName, family);
                cells.push(FIELDS[usize::from(*field)], other);
                cells
            })
            .collect();
        let rows: Vec<Row<'_>> = cells
            .iter()
            .enumerate()
            .map(|(at, cells)| Row { cells: cells.view(), record_id: at as u64, member: 0, export: 0, distinct: at % 2 == 0, again: &[], day: 0 })
            .collect();
        prop_assert_eq!(link(&rows, &Options::default()).groups.len(), rows.len());
    }
}

#[test]
fn blocks_bring_together_what_is_joined_and_few_others() {
    let set = Set::new(400, 3);
    let rows = set.rows();
    let linked = link(&rows, &Options::default());
    let all = rows.len() as u32;
    examine(&rows, &Options::default(), |examiner| {
        assert!(linked.links.len() > 100 && linked.links.iter().all(|link| examiner.blocked(link.b, link.a)));
        let every = (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b)));
        let found = every.filter(|(a, b)| examiner.blocked(*a, *b)).count() as u64;
        assert_eq!((found, examiner.pairs()), (linked.counts.pairs, found));
    });
}

/// What the crowd costs: however many carry one name at one employer, the pairs a row stay bounded.
#[test]
fn pairs_grow_with_the_rows_and_no_faster() {
    let pairs = |people: usize| {
        let cells: Vec<Cells> = (0..people)
            .map(|at| {
                let mut cells = Cells::new();
                cells.push(Field::GivenName, ["Anna", "Ben", "Carla"][at % 3]);
                cells.push(Field::FamilyName, ["Meier", "Huber"][at % 2]);
                cells.push(Field::Company, ["Nordlicht", "Alpenrand", "Seeblick"][at / 7 % 3]);
                cells.push(Field::City, ["Ulm", "Köln"][at / 5 % 2]);
                cells.push(Field::Email, &format!("post{at}@firma{}.example", at % 4));
                cells
            })
            .collect();
        let rows: Vec<Row<'_>> = cells
            .iter()
            .enumerate()
            .map(|(at, cells)| Row {
                cells: cells.view(),
                record_id: at as u64,
                member: (at % 3) as u16,
                export: (at % 3) as u32,
                distinct: false,
                again: &[],
                day: 0,
            })
            .collect();
        let limits = Limits { block: 20, pairs_per_key: 2 };
        let counts = link(&rows, &Options { limits, ..Options::default() }).counts;
        assert!(counts.blocks_split > 0 && counts.pairs_skipped > 0, "what is not compared is counted");
        counts.pairs
    };
    assert!(pairs(3000) <= 40 * 3000);
    assert!(pairs(6000) <= 40 * 6000);
}

#[test]
fn no_pair_scores_more_than_its_bound() {
    let set = Set::new(150, 11);
    let rows = set.rows();
    let features = Features::new(&rows, &canonical_order(&rows));
    let corpus = Corpus::new(&features);
    let all = rows.len() as u32;
    let (mut ended, mut pairs) = (0, 0);
    for (a, b) in (0..all).flat_map(|a| (0..a).map(move |b| (a, b))) {
        let beside = corpus.most_beside_names(corpus.row(a), corpus.row(b));
        let [most, early] = [f32::MIN, f32::MAX].map(|matters| corpus.most(a, b, beside, matters));
        let score = corpus.score(a, b);
        assert!(score <= most && score <= early, "{score} {most} {early} {:?}", corpus.parts(a, b));
        pairs += 1;
        ended += u32::from(most < 0.0);
    }
    assert!(ended * 10 > pairs * 9, "bounds are of use: {ended} of {pairs}");
}

/// Data may move what a level weighs.
#[test]
fn no_pair_scores_more_than_its_bound_whatever_levels_weigh() {
    let set = Set::new(45, 12);
    let rows = set.rows();
    let features = Features::new(&rows, &canonical_order(&rows));
    let all = rows.len() as u32;
    for level in Level::ALL.iter().copied() {
        let mut corpus = Corpus::new(&features);
        let mut model = corpus.model.clone();
        model.set_log_m(level, model.log_m(level) + 2.0);
        corpus.adapt(model);
        for (a, b) in (0..all).flat_map(|a| (0..a).map(move |b| (a, b))) {
            let beside = corpus.most_beside_names(corpus.row(a), corpus.row(b));
            let (most, score) = (corpus.most(a, b, beside, f32::MIN), corpus.score(a, b));
            assert!(score <= most, "{level:?}: {score} {most} {:?}", corpus.parts(a, b));
        }
    }
}

#[test]
fn a_decision_leaves_other_people_alone() {
    let set = Set::new(200, 5);
    let rows = set.rows();
    let before = link(&rows, &Options::default());
    let touched: Vec<u32> = [0, 9].iter().map(|row| before.groups[*row]).collect();
    let after = link(&rows, &deciding(&[(0, 9, true)]));
    let rest: Vec<usize> = (0..rows.len()).filter(|row| !touched.contains(&before.groups[*row])).collect();
    let of =
        |linked: &Linked| partition(&rest.iter().map(|row| linked.groups[*row]).collect::<Vec<_>>(), &rest);
    assert_eq!(of(&before), of(&after));
    assert_eq!(after.joins[0].reason, "decided by a person");
}

#[test]
fn an_answer_of_different_splits_and_is_not_asked_again() {
    let set = Set::new(120, 8);
    let rows = set.rows();
    let before = link(&rows, &Options::default());
    let link_found = before.links[0];
    let (a, b) = (link_found.a as usize, link_found.b as usize);
    let after = link(&rows, &deciding(&[(a, b, false)]));
    assert_ne!(after.groups[a], after.groups[b]);
    let groups = |pair: &super::ReviewPair| (after.groups[pair.a as usize], after.groups[pair.b as usize]);
    let settled = [(after.groups[a], after.groups[b]), (after.groups[b], after.groups[a])];
    assert!(after.review.iter().all(|pair| !settled.contains(&groups(pair))));
}

/// Rows for several tasks of every stage, with blocks that are split.
#[test]
fn neither_threads_nor_order_show_where_work_is_divided_and_blocks_are_split() {
    let set = Set::new(3_600, 3);
    let options = Options { limits: Limits { block: 20, pairs_per_key: 6 }, ..Options::default() };
    let with = |threads: usize, rows: &[Row<'_>]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| link(rows, &options))
    };
    let (one, many) = (with(1, &set.rows()), with(4, &set.rows()));
    assert!(one.groups.len() > 3 * super::TASK as usize, "{}", one.groups.len());
    assert!(one.counts.blocks_split > 0 && one.counts.pairs_skipped > 0, "{:?}", one.counts);
    assert_eq!(one.groups, many.groups);
    assert_eq!(one.joins, many.joins);
    assert_eq!(one.review, many.review);
    let order = shuffled(set.truth.len(), 29);
    let mixed = with(4, &set.rows_in(&order));
    let names: Vec<usize> = (0..set.truth.len()).collect();
    assert_eq!(partition(&one.groups, &names), partition(&mixed.groups, &order));
    assert_eq!(one.counts, mixed.counts);
}

/// Two profiles that a later export shows together are two people, though the first of them stood in an earlier one.
#[test]
fn two_profiles_of_any_one_export_are_two_people() {
    let cells: Vec<Cells> = ["one", "other"]
        .into_iter()
        .map(|slug| {
            let mut cells = Cells::new();
            for (field, text) in [
                (Field::GivenName, "Notburga"),
                (Field::FamilyName, "Talvenstett"),
                (Field::Company, "Malvedo GmbH"),
                (Field::LinkedIn, slug),
            ] {
                cells.push(field, text);
            }
            cells
        })
        .collect();
    let linked = |again: &[u32]| {
        let row = |at: usize, export: u32, again| Row {
            cells: cells[at].view(),
            record_id: at as u64 + 1,
            member: 0,
            export,
            distinct: true,
            again,
            day: 20_000 + 200 * at as i32,
        };
        link(&[row(0, 3, again), row(1, 5, &[])], &Options::default()).groups
    };
    assert_eq!(linked(&[4]), [0, 0], "a profile may have changed between exports");
    assert_eq!(linked(&[4, 5]), [0, 1]);
}

/// Somebody whom all of a large team know: every block is too big, and the entries are one contact all the same.
#[test]
fn whom_a_hundred_members_know_is_one_contact() {
    let of = |member: usize, phone: bool| {
        let mut cells = Cells::new();
        cells.push(Field::GivenName, "Notburga");
        cells.push(Field::FamilyName, "Talvenstett");
        cells.push(Field::Company, "Malvedo GmbH");
        if phone {
            cells.push(Field::Phone, "+4915112345678");
        } else {
            cells.push(Field::LinkedIn, "notburga-t");
            cells.push(Field::Position, ["Leiterin Einkauf", "Head of Purchasing"][member % 2]);
        }
        cells
    };
    let cells: Vec<Cells> = (0..300).map(|at| of(at / 2, at % 2 == 1)).collect();
    let crowd = Set::new(800, 23);
    let mut rows = crowd.rows();
    let others = rows.len();
    rows.extend(cells.iter().enumerate().map(|(at, cells)| Row {
        cells: cells.view(),
        record_id: 900_000 + at as u64,
        member: 10 + at as u16 / 2,
        export: 100 + at as u32,
        distinct: at % 2 == 0,
        again: &[],
        day: 20_000,
    }));
    for limits in [Limits::default(), Limits { block: 20, pairs_per_key: 2 }] {
        let linked = link(&rows, &Options { limits, ..Options::default() });
        let groups: BTreeSet<u32> = linked.groups[others..].iter().copied().collect();
        assert_eq!(groups.len(), 1, "{:?}", linked.counts);
        assert!(!linked.groups[..others].contains(&linked.groups[others]), "nobody else is in it");
    }
}

/// What weak keys are left must not depend on who else is there: one more name at the beginning of the alphabet
/// numbers all others anew.
#[test]
fn weak_keys_are_those_of_a_record_alone() {
    let set = Set::new(300, 17);
    let keys = |rows: &[Row<'_>]| {
        let features = Features::new(rows, &canonical_order(rows));
        let corpus = Corpus::new(&features);
        let mut of: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for row in &features.rows {
            let list = of.entry(row.record_id).or_default();
            for kind in KINDS.iter().filter(|kind| kind.weak) {
                (kind.keys)(&corpus, row, &mut |key| list.push(key));
            }
        }
        of
    };
    let before = keys(&set.rows());
    let mut cells = Cells::new();
    for (field, text) in
        [(Field::GivenName, "Aaltje"), (Field::FamilyName, "Aabel"), (Field::Company, "Aachen Aal")]
    {
        cells.push(field, text);
    }
    let first =
        Row { cells: cells.view(), record_id: 1, member: 0, export: 77, distinct: false, again: &[], day: 0 };
    let mut after = keys(&[&[first], &set.rows()[..]].concat());
    after.remove(&1);
    assert!(before.values().map(Vec::len).sum::<usize>() > 2_000);
    assert_eq!(before, after);
}

#[test]
fn people_are_found_with_few_mistakes_at_several_sizes() {
    for (people, seed) in [(300, 11), (1_000, 12), (3_000, 13)] {
        let set = Set::new(people, seed);
        let (precision, recall) = pairwise(&link(&set.rows(), &Options::default()).groups, &set.truth);
        let f1 = 2.0 * precision * recall / (precision + recall);
        assert!(precision >= 0.99, "{people} people: precision {precision:.4}, recall {recall:.4}");
        assert!(f1 >= 0.88, "{people} people: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}");
    }
}

/// Rows of one member's address books, one book a row, among many other people.
fn check(people: &[&[(Field, &str)]], expected: &[u32]) {
    let crowd = Set::new(600, 21);
    let mut cells: Vec<Cells> = Vec::new();
    for person in people {
        let mut packed = Cells::new();
        for (field, text) in *person {
            packed.push(*field, text);
        }
        cells.push(packed);
    }
    let row = |(at, cells): (usize, &Cells)| (at, cells.as_packed().to_owned());
    let packed: Vec<(usize, String)> = cells.iter().enumerate().map(row).collect();
    let mut rows: Vec<Row<'_>> = packed
        .iter()
        .map(|(at, packed)| Row {
            cells: crate::record::CellsView::from_packed(packed),
            record_id: *at as u64 + 1,
            member: 0,
            export: 90 + *at as u32,
            distinct: false,
            again: &[],
            day: 20_480,
        })
        .collect();
    let own = rows.len();
    rows.extend(crowd.rows());
    let linked = link(&rows, &Options::default());
    let pairs: Vec<(u32, u32)> = (1..own as u32).map(|other| (0, other)).collect();
    assert_eq!(
        &linked.groups[..own],
        expected,
        "{people:?} {:#?}",
        explain(&rows, &Options::default(), &pairs)
    );
}

use Field::{Birthday, Company, Email, FamilyName, GivenName, Phone};

#[test]
fn pet_names_umlauts_and_swapped_names_meet() {
    check(
        &[
            &[(GivenName, "Josef"), (FamilyName, "Mühlbrandner"), (Phone, "+4915112345678")],
            &[(GivenName, "Sepp"), (FamilyName, "Muehlbrandner"), (Phone, "+4915112345678")],
            &[(GivenName, "Muhlbrandner"), (FamilyName, "Josef"), (Phone, "+4915112345678")],
        ],
        &[0, 0, 0],
    );
}

#[test]
fn a_couple_on_one_landline_stays_two() {
    check(
        &[
            &[(GivenName, "Petra"), (FamilyName, "Wiesengrund"), (Phone, "+4930999111")],
            &[(GivenName, "Thomas"), (FamilyName, "Wiesengrund"), (Phone, "+4930999111")],
        ],
        &[0, 1],
    );
}

#[test]
fn a_shared_address_is_one_contact_beside_those_who_give_it() {
    let role: &[(Field, &str)] = &[(Email, "info@hexon.example"), (Field::Kind, "role")];
    check(
        &[
            role,
            role,
            &[(GivenName, "Petra"), (FamilyName, "Wiesengrund"), (Email, "info@hexon.example")],
            &[(GivenName, "Karl"), (FamilyName, "Ostermoor"), (Email, "info@hexon.example")],
        ],
        &[0, 0, 1, 2],
    );
}

#[test]
fn relatives_at_one_address_stay_two() {
    let at_home: [(Field, &str); 4] = [
        (Phone, "+492219988776"),
        (Field::Street, "Hauptstr. 1"),
        (Field::Postcode, "50667"),
        (Field::City, "Köln"),
    ];
    let person = |who: &[(Field, &'static str)]| [who, &at_home].concat();
    for [one, other] in [
        [
            &[(GivenName, "Petra"), (FamilyName, "Wiesengrund")][..],
            &[(GivenName, "Thomas"), (FamilyName, "Wiesengrund")],
        ],
        [
            &[(GivenName, "Max"), (FamilyName, "Wiesengrund")],
            &[(GivenName, "Marie"), (FamilyName, "Wiesengrund")],
        ],
        [
            &[(GivenName, "Karl"), (FamilyName, "Wiesengrund"), (Field::Suffix, "sen.")],
            &[(GivenName, "Karl"), (FamilyName, "Wiesengrund"), (Field::Suffix, "Jun.")],
        ],
        [
            &[(GivenName, "Karl"), (FamilyName, "Wiesengrund"), (Birthday, "1940-02-01")],
            &[(GivenName, "Karl"), (FamilyName, "Wiesengrund"), (Birthday, "1970-04-03")],
        ],
    ] {
        check(&[&person(one), &person(other)], &[0, 1]);
        check(&[&person(one), &person(one)], &[0, 0]);
    }
}

#[test]
fn colleagues_on_a_switchboard_stay_apart() {
    check(
        &[
            &[(GivenName, "Petra"), (FamilyName, "Wiesengrund"), (Phone, "+4930999000"), (Company, "Hexon")],
            &[(GivenName, "Karl"), (FamilyName, "Ostermoor"), (Phone, "+4930999000"), (Company, "Hexon")],
            &[(GivenName, "Ute"), (FamilyName, "Brandacker"), (Phone, "+4930999000"), (Company, "Hexon")],
        ],
        &[0, 1, 2],
    );
}

#[test]
fn a_name_and_its_address_follow_a_person_to_a_new_employer() {
    check(
        &[
            &[
                (GivenName, "Wiebke"),
                (FamilyName, "Ostermoor"),
                (Company, "Hexon"),
                (Email, "wiebke77x@web.de"),
            ],
            &[
                (GivenName, "Wiebke"),
                (FamilyName, "Ostermoor"),
                (Company, "Gralo"),
                (Email, "wiebke77x@web.de"),
            ],
        ],
        &[0, 0],
    );
}

#[test]
fn numbered_mailboxes_tell_namesakes_at_one_company_apart() {
    check(
        &[
            &[
                (GivenName, "Jörg"),
                (FamilyName, "Vogelmann"),
                (Company, "Hexon"),
                (Email, "joerg.vogelmann@hexon.example"),
                (Phone, "+4915155500001"),
            ],
            &[
                (GivenName, "Jörg"),
                (FamilyName, "Vogelmann"),
                (Company, "Hexon"),
                (Email, "joerg.vogelmann2@hexon.example"),
                (Phone, "+4915155500002"),
            ],
        ],
        &[0, 1],
    );
}

#[test]
fn birthdays_with_swapped_parts_do_not_part_people() {
    check(
        &[
            &[
                (GivenName, "Ines"),
                (FamilyName, "Ostermoor"),
                (Birthday, "1980-03-05"),
                (Phone, "+4915155500077"),
            ],
            &[
                (GivenName, "Ines"),
                (FamilyName, "Ostermoor"),
                (Birthday, "1980-05-03"),
                (Phone, "+4915155500077"),
            ],
        ],
        &[0, 0],
    );
}

#[test]
fn the_explanation_adds_up_to_the_weight() {
    let set = Set::new(150, 4);
    let rows = set.rows();
    let linked = link(&rows, &Options::default());
    let (row, join) = linked.joins.iter().enumerate().find(|(_, join)| !join.reason.is_empty()).unwrap();
    let told = &explain(&rows, &Options::default(), &[(row as u32, join.with)])[0];
    let sum: f32 = told.parts.iter().map(|part| part.weight).sum();
    assert!((sum - join.weight).abs() < 1e-3, "{told:?} {join:?}");
    assert!(
        explain(&rows, &Options::default(), &[(0, u32::MAX)])[0].parts.is_empty(),
        "rows that do not exist have no explanation"
    );
}
