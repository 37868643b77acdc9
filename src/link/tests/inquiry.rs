//! What an inquiry tells is what linking did.

use proptest::prelude::*;

use super::people::Set;
use super::{Options, deciding};
use crate::link::{Inquired, Inquiry, Row, Verdict, inquire, link};

fn asked(rows: &[Row<'_>], options: &Options, pairs: &[(u32, u32)]) -> Vec<Inquired> {
    inquire(rows, options, Inquiry { pairs, ..Inquiry::default() }).pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn verdicts_agree_with_groups_and_sums_with_weights(people in 5usize..80, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let rows = set.rows();
        let options = Options::default();
        let linked = link(&rows, &options);
        let pairs: Vec<(u32, u32)> = linked.links.iter().map(|link| (link.a, link.b)).collect();
        for (link, pair) in linked.links.iter().zip(asked(&rows, &options, &pairs)) {
            prop_assert_eq!((pair.a, pair.b, pair.verdict), (link.a, link.b, Verdict::Joined));
            prop_assert!((pair.explanation.score - link.weight).abs() < 1e-3);
        }
        let pairs: Vec<(u32, u32)> = (1..rows.len() as u32).map(|row| (row - 1, row)).collect();
        for pair in asked(&rows, &options, &pairs) {
            let same = linked.groups[pair.a as usize] == linked.groups[pair.b as usize];
            prop_assert_eq!(same, matches!(pair.verdict, Verdict::Joined | Verdict::Through));
            if pair.verdict == Verdict::Below {
                prop_assert!(pair.explanation.probability < options.merge + 1e-6);
            }
        }
    }

    #[test]
    fn the_nearest_others_are_others_and_the_nearest_first(people in 5usize..80, seed in any::<u64>()) {
        let set = Set::new(people, seed);
        let rows = set.rows();
        let linked = link(&rows, &Options::default());
        let own: Vec<u32> =
            (0..rows.len() as u32).filter(|row| linked.groups[*row as usize] == linked.groups[0]).collect();
        let around = inquire(&rows, &Options::default(), Inquiry { around: &own, most: 4, ..Inquiry::default() }).around;
        let mut groups: Vec<u32> = around.iter().map(|pair| linked.groups[pair.b as usize]).collect();
        prop_assert!(around.iter().all(|pair| own.contains(&pair.a)) && !groups.contains(&linked.groups[0]));
        prop_assert!(around.windows(2).all(|two| two[0].explanation.score >= two[1].explanation.score));
        groups.sort_unstable();
        groups.dedup();
        prop_assert_eq!(groups.len(), around.len());
    }
}

#[test]
fn answers_of_people_are_told_as_such() {
    let set = Set::new(40, 5);
    let rows = set.rows();
    let options = deciding(&[(0, 3, true), (3, 5, true), (5, 7, false)]);
    let verdicts: Vec<Verdict> =
        asked(&rows, &options, &[(0, 3), (0, 5), (5, 7), (0, 7)]).iter().map(|pair| pair.verdict).collect();
    assert_eq!(verdicts[0], Verdict::DecidedSame);
    assert!(matches!(verdicts[1], Verdict::Through | Verdict::DecidedSame), "{verdicts:?}");
    assert_eq!(verdicts[2], Verdict::DecidedDifferent(5, 7));
    assert_eq!(verdicts[3], Verdict::DecidedDifferent(5, 7), "an answer about others of the same contact");
}
