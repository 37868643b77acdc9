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

/// Whether the table of nicknames lists a key.
pub fn has_nicknames(key: &str) -> bool {
    Nickname::of(key).is_listed()
}

/// The keys of the distinctive words of an employer.
pub fn company_keys(company: &str) -> Vec<String> {
    company_core(company).split(' ').map(key).filter(|word| !word.is_empty()).collect()
}

/// What shows fast that a word cannot be like another: its length in bytes, its letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    length: u32,
    /// One bit each.
    letters: u32,
}

impl Shape {
    /// The shape of a key.
    pub fn of(key: &str) -> Shape {
        let letters = key.bytes().fold(0, |bits, byte| {
            bits | match byte {
                b'a'..=b'z' => 1 << (byte - b'a'),
                b'0'..=b'9' => 1 << (26 + byte % 5),
                _ => 1 << 31,
            }
        });
        Shape { length: key.len() as u32, letters }
    }

    /// Whether so few slips as words of these lengths may have can lead from one to the other: each takes at most one
    /// letter out of the set and brings at most one in.
    #[inline]
    fn is_near(self, other: Shape) -> bool {
        let short = self.length.min(other.length);
        let slips = u32::from(short >= 3) + u32::from(short >= 4) + u32::from(short >= 5);
        let (gone, come) = (self.letters & !other.letters, other.letters & !self.letters);
        (slips > 0)
            & (self.length.abs_diff(other.length) <= slips.min(2))
            & (gone.count_ones() <= slips)
            & (come.count_ones() <= slips)
    }

    /// Whether one word may begin with the other.
    #[inline]
    fn may_begin(self, other: Shape) -> bool {
        let shared = self.letters & other.letters;
        shared == self.letters || shared == other.letters
    }
}

/// A word that is looked for.
pub struct Wanted {
    key: String,
    shape: Shape,
    nickname: Nickname,
    sound: String,
    distance: osa::BatchComparator<u8>,
}

impl Wanted {
    /// A word by its key, as [`name_keys`] and [`company_keys`] give it.
    pub fn new(key: String) -> Wanted {
        let distance = osa::BatchComparator::new(key.bytes());
        Wanted {
            shape: Shape::of(&key),
            nickname: Nickname::of(&key),
            sound: Cologne.encode(&key),
            distance,
            key,
        }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether the table of nicknames lists it.
    pub fn has_nicknames(&self) -> bool {
        self.nickname.is_listed()
    }

    /// Whether words of these shapes may match by their letters; nicknames may match whatever their shape. All at once,
    /// since that takes a processor a fraction of the time.
    pub fn may_match(&self, shapes: &[Shape]) -> Vec<bool> {
        shapes.iter().map(|shape| self.shape.is_near(*shape) | self.shape.may_begin(*shape)).collect()
    }

    /// How it matches the key of a word of a name, whose shape is given; `None` if it does not.
    pub fn likeness(&self, other: &str, shape: Shape) -> Option<Likeness> {
        let may_be_form =
            self.key != other && self.shape.length.min(shape.length) > 1 && self.has_nicknames();
        if may_be_form && self.nickname.is_form_of(&Nickname::of(other)) {
            return Some(Likeness::Nickname);
        }
        self.by_letters(other, shape)
    }

    /// How it matches by letters alone, as words of employers do.
    pub fn by_letters(&self, other: &str, shape: Shape) -> Option<Likeness> {
        let own = self.key.as_str();
        if own == other {
            return Some(Likeness::Equal);
        }
        let (short, long) = (own.len().min(other.len()), own.len().max(other.len()));
        if short == 1 {
            let same = own.as_bytes()[0] == other.as_bytes()[0];
            return (same && own.is_ascii() && long > 1).then_some(Likeness::Initial);
        }
        let begins = || self.shape.may_begin(shape) && (own.starts_with(other) || other.starts_with(own));
        if short >= 3 && long > short + 1 && begins() {
            return Some(Likeness::Beginning);
        }
        if !self.shape.is_near(shape) {
            return None;
        }
        let (a, b) = (own.as_bytes(), other.as_bytes());
        let args = osa::Args::default().score_cutoff(3);
        let distance = self.distance.distance_with_args(other.bytes(), &args)?;
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
        Wanted::new(wanted).likeness(&word, Shape::of(&word))
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
            let of = |a: &str, b: &str| Wanted::new(a.to_owned()).likeness(b, Shape::of(b));
            prop_assert_eq!(of(&a, &b), of(&b, &a));
            prop_assert_eq!(of(&a, &a), Some(Likeness::Equal));
        }

        #[test]
        fn no_word_that_matches_is_passed_by(a in "[a-e0-9]{0,7}", b in "[a-e0-9]{0,7}") {
            let (wanted, shape) = (Wanted::new(a), Shape::of(&b));
            let matches = matches!(wanted.likeness(&b, shape), Some(likeness) if likeness != Likeness::Nickname);
            prop_assert!(!matches || wanted.may_match(&[shape])[0]);
        }
    }
}
