//! Categories: what each contact's category was after a run, so that the next one moves it slowly and tells why.

use chrono::NaiveDate;

use crate::contact::Letter;

/// The category of a contact after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct KeptTier {
    /// Number of the contact.
    pub contact: u64,
    /// The category.
    pub letter: Option<Letter>,
    /// The one before it.
    pub before: Option<Letter>,
    /// Since when it is.
    pub since: Option<NaiveDate>,
    /// Since when its score asks for a lower one.
    pub falling: Option<NaiveDate>,
    /// Hash of what was known of the contact when its category last stood firm.
    pub facts: u32,
    /// Hash of the goals and rules of that time.
    pub goals: u32,
    /// Whether the contact was known in private life only.
    pub private: bool,
}

/// The bit of the category's byte that tells of a private contact.
const PRIVATE: u8 = 0x80;

/// Bytes of one.
pub(super) const TIER_BYTES: usize = 26;

/// A day that is not known.
const NO_DAY: i32 = i32::MIN;

impl KeptTier {
    /// Whether there is anything to remember.
    pub fn tells(&self) -> bool {
        self.letter.is_some() || self.before.is_some() || self.falling.is_some()
    }

    /// Adds the bytes that [`KeptTier::decode`] reads.
    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        let letter = |letter: Option<Letter>| letter.map_or(0, |letter| letter as u8 + 1);
        let day = |day: Option<NaiveDate>| {
            day.map_or(NO_DAY, |day| day.signed_duration_since(NaiveDate::default()).num_days() as i32)
        };
        bytes.extend_from_slice(&self.contact.to_le_bytes());
        bytes.extend([letter(self.letter) | if self.private { PRIVATE } else { 0 }, letter(self.before)]);
        for number in [day(self.since), day(self.falling)] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.facts, self.goals] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }

    /// Reads what [`KeptTier::encode`] wrote.
    pub(super) fn decode(row: &[u8; TIER_BYTES]) -> KeptTier {
        let four = |at: usize| -> [u8; 4] { std::array::from_fn(|byte| row[at + byte]) };
        let letter = |at: usize| Letter::ALL.get(usize::from(row[at] & !PRIVATE).wrapping_sub(1)).copied();
        let day = |at: usize| match i32::from_le_bytes(four(at)) {
            NO_DAY => None,
            days => NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(days.into())),
        };
        KeptTier {
            contact: u64::from_le_bytes(std::array::from_fn(|byte| row[byte])),
            letter: letter(8),
            before: letter(9),
            since: day(10),
            falling: day(14),
            facts: u32::from_le_bytes(four(18)),
            goals: u32::from_le_bytes(four(22)),
            private: row[8] & PRIVATE > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn categories_come_back(
            contact in any::<u64>(),
            letters in [proptest::option::of(0usize..4), proptest::option::of(0usize..4)],
            days in [proptest::option::of(-40_000i64..40_000), proptest::option::of(-40_000i64..40_000)],
            facts in any::<u32>(),
            goals in any::<u32>(),
            private in any::<bool>(),
        ) {
            let [letter, before] = letters.map(|place| place.map(|place| Letter::ALL[place]));
            let [since, falling] =
                days.map(|days| days.map(|days| NaiveDate::default() + chrono::TimeDelta::days(days)));
            let kept = KeptTier { contact, letter, before, since, falling, facts, goals, private };
            let mut bytes = Vec::new();
            kept.encode(&mut bytes);
            prop_assert_eq!(KeptTier::decode(&bytes.try_into().unwrap()), kept);
        }
    }
}
