//! Laws of answers: they bind, also through others; they reach nobody whom they do not concern.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::feature::Features;
use super::super::score::{Corpus, log_odds};
use super::super::{canonical_order, score_pairs};
use super::people::Set;
use super::{Options, deciding, link};
use crate::link::{Linked, Row};

/// Answers that some division of the rows into people would give, as places of rows.
fn answers(
    rows: usize,
    picks: &[(prop::sample::Index, prop::sample::Index)],
    people: &[u8],
) -> Vec<(usize, usize, bool)> {
    let person = |row: usize| people[row % people.len()];
    picks
        .iter()
        .map(|(a, b)| (a.index(rows), b.index(rows)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (a, b, person(a) == person(b)))
        .collect()
}

/// For each row the component of candidate pairs it lies in: chains of pairs that linking weighs at all.
fn components(rows: &[Row<'_>]) -> Vec<usize> {
    let order = canonical_order(rows);
    let features = Features::new(rows, &order);
    let mut corpus = Corpus::new(&features);
    let options = Options::default();
    let blocks = corpus.blocks(&options.limits);
    let (edges, _) = score_pairs(&mut corpus, &blocks, log_odds(options.review));
    let mut component: Vec<usize> = (0..rows.len()).collect();
    loop {
        let mut changed = false;
        for edge in &edges {
            let (a, b) = (order[edge.a as usize] as usize, order[edge.b as usize] as usize);
            let least = component[a].min(component[b]);
            changed |= component[a] != least || component[b] != least;
            (component[a], component[b]) = (least, least);
        }
        if !changed {
            return component;
        }
    }
}

/// The rows of each group of some rows.
fn groups_of(linked: &Linked, rows: &[usize]) -> BTreeSet<Vec<usize>> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for row in rows {
        groups.entry(linked.groups[*row]).or_default().push(*row);
    }
    groups.into_values().collect()
}

fn picks() -> impl Strategy<Value = Vec<(prop::sample::Index, prop::sample::Index)>> {
    prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn answers_that_agree_are_followed_to_the_last(
        size in 10usize..60, seed in any::<u64>(), picks in picks(), people in prop::collection::vec(0u8..4, 7),
    ) {
        let set = Set::new(size, seed);
        let rows = set.rows();
        let answers = answers(rows.len(), &picks, &people);
        let linked = link(&rows, &deciding(&answers));
        prop_assert!(linked.contradictions.is_empty());
        // Chains of the same person reach as far as they go.
        let mut person: Vec<usize> = (0..rows.len()).collect();
        for _ in 0..rows.len() {
            for (a, b, same) in &answers {
                if *same {
                    let least = person[*a].min(person[*b]);
                    (person[*a], person[*b]) = (least, least);
                }
            }
        }
        for x in 0..rows.len() {
            for y in 0..x {
                if person[x] == person[y] {
                    prop_assert_eq!(linked.groups[x], linked.groups[y]);
                }
                let apart = |(a, b, same): &(usize, usize, bool)| {
                    !same && [(person[*a], person[*b]), (person[*b], person[*a])].contains(&(person[x], person[y]))
                };
                if answers.iter().any(apart) {
                    prop_assert_ne!(linked.groups[x], linked.groups[y]);
                }
            }
        }
        // What is settled is not asked again, whichever rows the answer named.
        let settled: BTreeSet<(u32, u32)> = answers
            .iter()
            .flat_map(|(a, b, _)| [(*a, *b), (*b, *a)])
            .map(|(a, b)| (linked.groups[a], linked.groups[b]))
            .collect();
        for pair in &linked.review {
            let groups = (linked.groups[pair.a as usize], linked.groups[pair.b as usize]);
            prop_assert!(!settled.contains(&groups) && groups.0 != groups.1);
        }
    }

    #[test]
    fn an_answer_never_reaches_people_without_a_chain_of_likely_pairs_to_it(
        size in 20usize..150, seed in any::<u64>(), picks in picks(), people in prop::collection::vec(0u8..4, 7),
    ) {
        let set = Set::new(size, seed);
        let rows = set.rows();
        let answers: Vec<_> = answers(rows.len(), &picks, &people).into_iter().take(4).collect();
        let component = components(&rows);
        let touched: BTreeSet<usize> =
            answers.iter().flat_map(|(a, b, _)| [component[*a], component[*b]]).collect();
        let (before, after) = (link(&rows, &Options::default()), link(&rows, &deciding(&answers)));
        let rest: Vec<usize> = (0..rows.len()).filter(|row| !touched.contains(&component[*row])).collect();
        prop_assert_eq!(groups_of(&before, &rest), groups_of(&after, &rest));
        for row in &rest {
            prop_assert_eq!(before.joins[*row], after.joins[*row]);
        }
        let asked = |linked: &Linked| -> BTreeSet<(u32, u32)> {
            let untouched = linked.review.iter().filter(|pair| !touched.contains(&component[pair.a as usize]));
            untouched.map(|pair| (pair.a, pair.b)).collect()
        };
        if before.counts.review_left_out == 0 && after.counts.review_left_out == 0 {
            prop_assert_eq!(asked(&before), asked(&after));
        }
    }

    #[test]
    fn answers_that_contradict_each_other_change_nothing_and_come_first(
        size in 10usize..60, seed in any::<u64>(), length in 2usize..6,
    ) {
        let set = Set::new(size, seed);
        let rows = set.rows();
        prop_assume!(rows.len() > length);
        let mut answers: Vec<_> = (0..length).map(|row| (row, row + 1, true)).collect();
        answers.push((length, 0, false));
        let (before, after) = (link(&rows, &Options::default()), link(&rows, &deciding(&answers)));
        prop_assert_eq!(&before.groups, &after.groups);
        prop_assert_eq!(after.contradictions.len(), length + 1);
        let first: BTreeSet<(u32, u32)> = after.review[..=length]
            .iter()
            .map(|pair| {
                assert!(pair.disputed);
                (pair.a.min(pair.b), pair.a.max(pair.b))
            })
            .collect();
        let named: BTreeSet<(u32, u32)> =
            answers.iter().map(|(a, b, _)| (*a.min(b) as u32, *a.max(b) as u32)).collect();
        prop_assert_eq!(first, named);
        prop_assert!(after.review[length + 1..].iter().all(|pair| !pair.disputed));
    }
}

#[test]
fn the_list_has_an_end_and_counts_what_lies_beyond() {
    let set = Set::new(150, 4);
    let rows = set.rows();
    let with = |review_most: usize| link(&rows, &Options { review: 0.01, review_most, ..Options::default() });
    let all = with(usize::MAX);
    assert!(all.review.len() > 3 && all.counts.review_left_out == 0);
    let few = with(2);
    assert_eq!(few.review, all.review[..2]);
    assert_eq!(few.counts.review_left_out as usize, all.review.len() - 2);
    assert!(all.review.windows(2).all(|pairs| pairs[0].value >= pairs[1].value), "the most valuable first");
}
