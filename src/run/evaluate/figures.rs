//! Figures: how well groups agree with the truth, in pairs of rows and row by row (B-cubed).

use std::collections::BTreeMap;

use serde::Serialize;

/// Precision, recall and their harmonic mean, 0 to 1 each. Where nothing was joined, nothing was joined
/// wrongly; where nothing was to be joined, nothing was missed: the share is 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rates {
    /// Share of what was joined that is right.
    pub precision: f64,
    /// Share of what is true that was joined.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

/// How well groups agree with the truth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Pairs of rows of one person.
    pub true_pairs: u64,
    /// Pairs of rows in one group.
    pub made_pairs: u64,
    /// Pairs of rows of one person in one group.
    pub right_pairs: u64,
    /// Over pairs of rows.
    pub pairwise: Rates,
    /// B-cubed (Bagga and Baldwin 1998): for each row the share of its group that is its person, and the
    /// share of its person that is in its group; the means over all rows.
    pub b_cubed: Rates,
}

impl Rates {
    fn new(precision: f64, recall: f64) -> Rates {
        let sum = precision + recall;
        Rates { precision, recall, f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum } }
    }
}

/// Pairs among so many things.
pub(super) fn pairs(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
}

/// Compares groups with the truth; for each row its group and its person.
pub(super) fn compare(rows: &[(u32, u32)]) -> Figures {
    let mut cells = rows.to_vec();
    cells.sort_unstable();
    let groups = counts(cells.iter().map(|cell| cell.0));
    let mut of_persons: Vec<u32> = cells.iter().map(|cell| cell.1).collect();
    of_persons.sort_unstable();
    let persons = counts(of_persons.iter().copied());
    let size = |counts: &[(u32, u64)], key: u32| {
        counts.binary_search_by_key(&key, |count| count.0).map_or(1, |place| counts[place].1)
    };
    // Whole numbers over each size of group and of person, so that neither the order of rows nor the names
    // of groups show in the sums.
    let (mut right, mut precise, mut recalled) = (0, BTreeMap::new(), BTreeMap::new());
    for cell in cells.chunk_by(|a, b| a == b) {
        let ((group, person), count) = (cell[0], cell.len() as u64);
        right += pairs(count);
        *precise.entry(size(&groups, group)).or_insert(0) += count * count;
        *recalled.entry(size(&persons, person)).or_insert(0) += count * count;
    }
    let total =
        |parts: BTreeMap<u64, u64>| parts.into_iter().map(|(size, sum)| sum as f64 / size as f64).sum();
    let (precision, recall): (f64, f64) = (total(precise), total(recalled));
    let sum = |counts: &[(u32, u64)]| counts.iter().map(|count| pairs(count.1)).sum::<u64>();
    let (made_pairs, true_pairs) = (sum(&groups), sum(&persons));
    let share = |of: u64| if of == 0 { 1.0 } else { right as f64 / of as f64 };
    let mean = |sum: f64| if rows.is_empty() { 1.0 } else { sum / rows.len() as f64 };
    Figures {
        true_pairs,
        made_pairs,
        right_pairs: right,
        pairwise: Rates::new(share(made_pairs), share(true_pairs)),
        b_cubed: Rates::new(mean(precision), mean(recall)),
    }
}

/// How often each key occurs; keys come in order.
fn counts(keys: impl Iterator<Item = u32>) -> Vec<(u32, u64)> {
    let mut counts: Vec<(u32, u64)> = Vec::new();
    for key in keys {
        match counts.last_mut() {
            Some((last, count)) if *last == key => *count += 1,
            _ => counts.push((key, 1)),
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by the words of the definitions, every pair and every row by itself.
    fn plainly(rows: &[(u32, u32)]) -> (Rates, Rates) {
        let count = |keep: &dyn Fn((u32, u32), (u32, u32)) -> bool| {
            let all = (0..rows.len()).flat_map(|a| (a + 1..rows.len()).map(move |b| (a, b)));
            all.filter(|(a, b)| keep(rows[*a], rows[*b])).count() as f64
        };
        let share = |part: f64, of: f64| if of == 0.0 { 1.0 } else { part / of };
        let right = count(&|a, b| a == b);
        let pairwise =
            Rates::new(share(right, count(&|a, b| a.0 == b.0)), share(right, count(&|a, b| a.1 == b.1)));
        let mean = |of: &dyn Fn((u32, u32), (u32, u32)) -> bool| {
            let each = rows.iter().map(|row| {
                let both = rows.iter().filter(|other| *other == row).count() as f64;
                both / rows.iter().filter(|other| of(*row, **other)).count() as f64
            });
            if rows.is_empty() { 1.0 } else { each.sum::<f64>() / rows.len() as f64 }
        };
        (pairwise, Rates::new(mean(&|a, b| a.0 == b.0), mean(&|a, b| a.1 == b.1)))
    }

    fn near(a: Rates, b: Rates) -> bool {
        [(a.precision, b.precision), (a.recall, b.recall), (a.f1, b.f1)]
            .iter()
            .all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn an_example_worked_by_hand() {
        // Groups {1a 1b 2a} {2b 2c} {3a}; persons 1, 2, 3.
        let figures = compare(&[(0, 1), (0, 1), (0, 2), (7, 2), (7, 2), (9, 3)]);
        assert_eq!((figures.true_pairs, figures.made_pairs, figures.right_pairs), (4, 4, 2));
        assert!(near(figures.pairwise, Rates::new(0.5, 0.5)));
        // Precision: (2/3 + 2/3 + 1/3 + 1 + 1 + 1) / 6; recall: (1 + 1 + 1/3 + 2/3 + 2/3 + 1) / 6.
        let b_cubed = Rates::new(4.666_666_666_666_667 / 6.0, 4.666_666_666_666_667 / 6.0);
        assert!(near(figures.b_cubed, b_cubed), "{figures:?}");
    }

    #[test]
    fn nothing_to_join_and_nothing_joined_is_no_fault() {
        for rows in [&[][..], &[(0, 0), (1, 1)]] {
            let figures = compare(rows);
            assert!((figures.pairwise.f1 - 1.0).abs() < 1e-9 && (figures.b_cubed.f1 - 1.0).abs() < 1e-9);
        }
        let nothing_right = compare(&[(0, 0), (0, 1), (1, 0)]);
        assert!(nothing_right.pairwise.f1 == 0.0 && nothing_right.b_cubed.f1 > 0.0);
    }

    proptest! {
        #[test]
        fn figures_follow_their_definitions_in_any_order(mut rows in prop::collection::vec((0u32..6, 0u32..6), 0..40), seed in any::<u64>()) {
            let figures = compare(&rows);
            let (pairwise, b_cubed) = plainly(&rows);
            prop_assert!(near(figures.pairwise, pairwise), "{:?} {:?}", figures, pairwise);
            prop_assert!(near(figures.b_cubed, b_cubed), "{:?} {:?}", figures, b_cubed);
            let count = rows.len().max(1);
            rows.rotate_left(seed as usize % count);
            rows.reverse();
            prop_assert_eq!(compare(&rows), figures);
            for row in &mut rows {
                *row = (row.0, row.0);
            }
            prop_assert!((compare(&rows).pairwise.f1 - 1.0).abs() < 1e-12);
        }
    }
}
