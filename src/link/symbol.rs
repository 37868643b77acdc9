//! Symbols: each distinct text as a number, so that records compare by integers.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// The symbol of an empty or missing text.
pub(super) const NONE: u32 = 0;

/// A 64-bit hash that is the same in every run. Where it stands for a text that is not looked at again, as in what was
/// read before, two of a million texts are taken for one with a chance of some hundred-millionths; half of its bits,
/// where they are asked of two texts, take those for one with a chance of a quarter of a billionth.
pub(super) fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Texts numbered in the order in which they were first seen; 0 is the empty text.
pub(super) struct Symbols {
    text: String,
    ends: Vec<usize>,
    index: FxHashMap<u64, u32>,
}

impl Symbols {
    pub(super) fn new() -> Symbols {
        Symbols { text: String::new(), ends: vec![0], index: FxHashMap::default() }
    }

    /// How many numbers are in use, the empty text included.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a symbol.
    #[inline]
    pub(super) fn text(&self, symbol: u32) -> &str {
        text_of(&self.text, &self.ends, symbol)
    }

    /// The number of a text, new if it was not seen before.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        self.intern_hashed(text, hash_of(text))
    }

    fn intern_hashed(&mut self, text: &str, mut hash: u64) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let symbol = self.ends.len() as u32;
        loop {
            match self.index.entry(hash) {
                Entry::Occupied(place) => {
                    if text_of(&self.text, &self.ends, *place.get()) == text {
                        return *place.get();
                    }
                    hash = hash.wrapping_add(1);
                }
                Entry::Vacant(place) => {
                    place.insert(symbol);
                    break;
                }
            }
        }
        self.text.push_str(text);
        self.ends.push(self.text.len());
        symbol
    }

    /// Takes over all texts of another table; the result translates its numbers.
    pub(super) fn absorb(&mut self, other: &Symbols) -> Vec<u32> {
        (0..other.len() as u32).map(|symbol| self.intern(other.text(symbol))).collect()
    }

    /// Numbers the texts of a list; the result translates their places in it.
    pub(super) fn absorb_list(&mut self, list: &Listed) -> Vec<u32> {
        let text = |at: usize| text_of(&list.text, &list.ends, at as u32);
        list.hashes.iter().enumerate().map(|(at, hash)| self.intern_hashed(text(at), *hash)).collect()
    }

    /// Lets go of what only adding needs.
    pub(super) fn seal(&mut self) {
        self.index = FxHashMap::default();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Texts in the order in which they are met, each as often as it is, to be numbered together later; the first is
/// the empty text.
///
/// Nearly all addresses and numbers are met once: a part has no table of its own to look them up in, and hashes them
/// beside the other parts.
pub(super) struct Listed {
    text: String,
    ends: Vec<usize>,
    hashes: Vec<u64>,
}

impl Listed {
    pub(super) fn new() -> Listed {
        Listed { text: String::new(), ends: vec![0], hashes: vec![0] }
    }

    /// Adds a text of several pieces; its place in the list, which is 0 for the empty text.
    pub(super) fn add(&mut self, pieces: &[&str]) -> u32 {
        let (place, start) = (self.ends.len() as u32, self.text.len());
        self.text.extend(pieces.iter().copied());
        if self.text.len() == start {
            return NONE;
        }
        self.ends.push(self.text.len());
        self.hashes.push(hash_of(&self.text[start..]));
        place
    }
}

/// The text of a symbol among all texts, by where they end.
#[inline]
fn text_of<'t>(texts: &'t str, ends: &[usize], symbol: u32) -> &'t str {
    let at = symbol as usize;
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    &texts[start..ends[at]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number_and_the_empty_text_has_zero() {
        let mut left = Symbols::new();
        assert_eq!(left.intern(""), NONE);
        let anna = left.intern("anna");
        assert_eq!(left.intern("anna"), anna);
        let mut right = Symbols::new();
        let (ben, again) = (right.intern("ben"), right.intern("anna"));
        let map = left.absorb(&right);
        assert_eq!(map[again as usize], anna);
        assert_eq!(left.text(map[ben as usize]), "ben");
        assert_eq!(map[0], NONE);
        let mut list = Listed::new();
        let places = [list.add(&["be", "n"]), list.add(&["carl"]), list.add(&["carl"])];
        let map = left.absorb_list(&list);
        let [ben_again, carl, carl_again] = places.map(|place| map[place as usize]);
        assert_eq!([left.text(ben_again), left.text(carl)], ["ben", "carl"]);
        assert_eq!((ben_again, carl, map[0]), (left.intern("ben"), carl_again, NONE));
    }
}
