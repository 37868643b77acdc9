//! Looking up: how a word that somebody typed matches a word of a name or an employer.

use rapidfuzz::distance::osa;
use rphonetic::{Cologne, Encoder};

use super::name::is_gender_pair;
use super::nickname::Nickname;
use super::spelling::{given_words, is_particle, key};
use crate::words::company_core;

/// How a typed word matches another, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same under all spellings of umlauts.
    Equal,
    /// One is a short or pet name of the other: Sepp and Josef.
    Nickname,
    /// One slip apart, in long words two.
    Typo,
    /// One begins with the other: Konst and Konstantin.
    Beginning,
    /// Alike in letters or sound: Maier and Mayr.
    Alike,
    /// One is the first letter of the other.
    Initial,
}

impl Likeness {
    /// How much a match of this kind is worth, 0 to 100.
    pub fn points(self) -> u32 {
        [100, 95, 85, 78, 68, 60][self as usize]
    }

    /// The word used in results.
    pub fn name(self) -> &'static str {
        ["exact", "nickname", "typo", "beginning", "similar", "initial"][self as usize]
    }
}

/// The keys of a word of a name: two for `Meier-Schulz`, none for a mark.
pub fn name_keys(word: &str) -> Vec<String> {
    given_words(word)
}

/// Whether a key may be a particle before a family name (`von`), which need not be there; some are given
/// names as well (`Ben`).
pub fn may_be_particle(key: &str) -> bool {
    is_particle(key)
}

/// The keys of the distinctive words of an employer.
pub fn company_keys(company: &str) -> Vec<String> {
    company_core(company).split(' ').map(key).filter(|word| !word.is_empty()).collect()
}

/// The letters and digits of a key, one bit each, to pass by words that have other letters.
pub fn letters(key: &str) -> u32 {
    key.bytes().fold(0, |bits, byte| {
        bits | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte % 5),
            _ => 1 << 31,
        }
    })
}

/// A word that is looked for.
#[derive(Clone)]
pub struct Wanted {
    key: String,
    letters: u32,
    nickname: Nickname,
    sound: String,
}

impl Wanted {
    /// A word by its key, as [`name_keys`] and [`company_keys`] give it.
    pub fn new(key: String) -> Wanted {
        Wanted { letters: letters(&key), nickname: Nickname::of(&key), sound: Cologne.encode(&key), key }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How it matches the key of a word of a name with its [`letters`]; `None` if it does not.
    pub fn likeness(&self, other: &str, letters: u32) -> Option<Likeness> {
        let (own, other) = (self.key.as_str(), other);
        if own == other {
            return Some(Likeness::Equal);
        }
        let (short, long) = (own.len().min(other.len()), own.len().max(other.len()));
        if short == 1 {
            let same = own.as_bytes()[0] == other.as_bytes()[0];
            return (same && own.is_ascii() && long > 1).then_some(Likeness::Initial);
        }
        if self.nickname.classes().next().is_some() && self.nickname.is_form_of(&Nickname::of(other)) {
            return Some(Likeness::Nickname);
        }
        self.by_letters(other, letters)
    }

    /// How it matches by letters alone, as words of employers do.
    pub fn by_letters(&self, other: &str, letters: u32) -> Option<Likeness> {
        let own = self.key.as_str();
        if own == other {
            return Some(Likeness::Equal);
        }
        let (short, long) = (own.len().min(other.len()), own.len().max(other.len()));
        let begin = own.as_bytes().first() == other.as_bytes().first();
        if short >= 3 && begin && long > short + 1 && (own.starts_with(other) || other.starts_with(own)) {
            return Some(Likeness::Beginning);
        }
        // A slip changes at most two letters of the set: one goes, another comes.
        if short < 3 || long > short + 2 || (self.letters ^ letters).count_ones() > 6 {
            return None;
        }
        let (a, b) = (own.as_bytes(), other.as_bytes());
        let args = osa::Args::default().score_cutoff(3);
        let distance = osa::distance_with_args(a.iter(), b.iter(), &args)?;
        let sounds = || self.sound.len() >= 2 && self.sound == Cologne.encode(other);
        match distance {
            1 | 2 if is_gender_pair(a, b) => (distance == 1).then_some(Likeness::Alike),
            1 if short >= 4 => Some(Likeness::Typo),
            1 if a[0] == b[0] => Some(Likeness::Alike),
            2 if short >= 8 => Some(Likeness::Typo),
            2 if short >= 5 || (short >= 4 && a[0] == b[0]) => Some(Likeness::Alike),
            3 if short >= 5 && sounds() => Some(Likeness::Alike),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn likeness(wanted: &str, word: &str) -> Option<Likeness> {
        let (wanted, word) = (key(wanted), key(word));
        Wanted::new(wanted).likeness(&word, letters(&word))
    }

    #[test]
    fn words_are_found_as_people_type_them() {
        for (typed, word, expected) in [
            ("Müller", "Mueller", Some(Likeness::Equal)),
            ("muller", "Müller", Some(Likeness::Equal)),
            ("GROSS", "Groß", Some(Likeness::Equal)),
            ("Sepp", "Josef", Some(Likeness::Nickname)),
            ("William", "Bill", Some(Likeness::Nickname)),
            ("Jürgne", "Jürgen", Some(Likeness::Typo)),
            ("Lindenmeir", "Lindenmeier", Some(Likeness::Typo)),
            ("Konst", "Konstantin", Some(Likeness::Beginning)),
            ("J", "Jürgen", Some(Likeness::Initial)),
            ("Maier", "Mayr", Some(Likeness::Alike)),
            ("Martin", "Martina", Some(Likeness::Alike)),
            ("Jan", "Uwe", None),
            ("Li", "Lu", None),
            ("Peter", "Anna", None),
        ] {
            assert_eq!(likeness(typed, word), expected, "{typed} {word}");
        }
    }

    #[test]
    fn particles_are_known_and_double_names_are_two_words() {
        assert!(may_be_particle("von") && !may_be_particle("vonnegut"));
        assert_eq!(name_keys("Meier-Schulz"), ["meier", "schulz"]);
        assert_eq!(company_keys("Müller & Söhne GmbH"), ["muller", "sohne"]);
    }

    proptest! {
        #[test]
        fn a_word_is_like_another_both_ways(a in "[a-z]{1,9}", b in "[a-z]{1,9}") {
            let of = |a: &str, b: &str| Wanted::new(a.to_owned()).likeness(b, letters(b));
            prop_assert_eq!(of(&a, &b), of(&b, &a));
            prop_assert_eq!(of(&a, &a), Some(Likeness::Equal));
        }
    }
}
