//! Identity: every person keeps the number of the contact they were, from run to run.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

/// What identity needs to know of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Number of the group of rows that are one person.
    pub group: u32,
    /// Stable hash of reader and the row's own name.
    pub record_id: u64,
    /// Hash of its cleaned cells.
    pub content: u64,
    /// Day of the first export that shows it, days since 1970.
    pub day: i32,
    /// Stable hash of the member's id; orders rows that are equal in all else.
    pub member: u64,
    /// The contact number it had in the last run.
    pub known: Option<u64>,
}

impl Row {
    /// Oldest first; free of paths, so that renamed files change nothing.
    fn age(&self) -> (i32, u64, u64, u64) {
        (self.day, self.record_id, self.content, self.member)
    }
}

/// Contact numbers use 60 bits, twelve letters of base 32.
const BITS: u32 = 60;

/// Gives every group its contact number.
///
/// A group takes over the number that most of its rows had; where rows of one old contact are now in two
/// groups, the larger part keeps the number, on ties the part with the oldest row. Groups without an old
/// number get one from the record id of their oldest row. The order of rows does not matter.
pub fn assign(rows: &[Row], groups: usize) -> Vec<u64> {
    let mut oldest: Vec<Option<(i32, u64, u64, u64)>> = vec![None; groups];
    let mut votes: FxHashMap<(u32, u64), u32> = FxHashMap::default();
    for row in rows {
        let age = row.age();
        let slot = &mut oldest[row.group as usize];
        if slot.is_none_or(|have| age < have) {
            *slot = Some(age);
        }
        if let Some(number) = row.known {
            *votes.entry((row.group, number)).or_default() += 1;
        }
    }
    let age = |group: u32| oldest[group as usize].unwrap_or_default();
    let mut claims: Vec<(u32, u64, u32)> =
        votes.into_iter().map(|((group, number), rows)| (group, number, rows)).collect();
    claims.sort_unstable_by_key(|(group, number, rows)| (Reverse(*rows), age(*group), *number, *group));

    let mut numbers: Vec<Option<u64>> = vec![None; groups];
    let mut used: FxHashSet<u64> = FxHashSet::default();
    for (group, number, _) in claims {
        if numbers[group as usize].is_none() && used.insert(number) {
            numbers[group as usize] = Some(number);
        }
    }
    let mut fresh: Vec<u32> = (0..groups as u32).filter(|group| numbers[*group as usize].is_none()).collect();
    fresh.sort_unstable_by_key(|group| age(*group));
    for group in fresh {
        // Every try gives another number, and there are far more numbers than contacts.
        let (_, record_id, ..) = age(group);
        let number = (0..=u64::from(u32::MAX))
            .map(|turn| mix(record_id ^ mix(turn)) >> (64 - BITS))
            .find(|number| used.insert(*number));
        numbers[group as usize] = number;
    }
    numbers.into_iter().map(Option::unwrap_or_default).collect()
}

/// Spreads bits: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A contact number as the id that people see: `c` and twelve letters of Crockford's base 32.
pub fn contact_id(number: u64) -> String {
    let mut id = String::with_capacity(13);
    id.push('c');
    for letter in (0..12).rev() {
        id.push(LETTERS[(number >> (letter * 5) & 31) as usize] as char);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(group: u32, record_id: u64, day: i32, known: Option<u64>) -> Row {
        Row { group, record_id, content: record_id, day, member: 0, known }
    }

    #[test]
    fn a_merge_keeps_the_number_of_the_larger_part_and_a_split_too() {
        let merged = [row(0, 1, 0, Some(7)), row(0, 2, 0, Some(7)), row(0, 3, 0, Some(9))];
        assert_eq!(assign(&merged, 1), [7]);
        let split = [row(0, 1, 0, Some(7)), row(1, 2, 5, Some(7)), row(1, 3, 6, Some(7))];
        let numbers = assign(&split, 2);
        assert_eq!(numbers[1], 7);
        assert_ne!(numbers[0], 7);
    }

    #[test]
    fn equal_names_are_still_two_contacts() {
        let numbers = assign(&[row(0, 5, 0, None), row(1, 5, 0, None)], 2);
        assert_ne!(numbers[0], numbers[1]);
    }

    #[test]
    fn ids_are_short_sortable_and_of_one_length() {
        assert_eq!(contact_id(0), "c000000000000");
        assert_eq!(contact_id((1 << 60) - 1), "czzzzzzzzzzzz");
        assert!(contact_id(31) < contact_id(32));
    }

    proptest! {
        #[test]
        fn numbers_are_unique_stable_and_free_of_order(
            parts in proptest::collection::vec((0u32..6, 0u64..9, 0i32..4, proptest::option::of(0u64..4)), 1..20)
        ) {
            let mut rows: Vec<Row> = parts.iter().enumerate()
                .map(|(place, (group, id, day, known))| Row { member: place as u64, ..row(*group, *id, *day, *known) })
                .collect();
            // Every group has a row.
            rows.extend((0..6).map(|group| Row { member: 100 + u64::from(group), ..row(group, 50 + u64::from(group), 9, None) }));
            let numbers = assign(&rows, 6);
            let unique: std::collections::BTreeSet<_> = numbers.iter().collect();
            prop_assert_eq!(unique.len(), 6);
            let mut turned = rows.clone();
            turned.reverse();
            prop_assert_eq!(&assign(&turned, 6), &numbers);
            for row in &mut rows {
                row.known = Some(numbers[row.group as usize]);
            }
            prop_assert_eq!(assign(&rows, 6), numbers);
        }
    }
}
