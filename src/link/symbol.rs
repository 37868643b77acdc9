//! Symbols: each distinct text once, as a number, so that records compare by integers.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// The symbol of an empty or missing text.
pub(super) const NONE: u32 = 0;

/// A 64-bit hash that is the same in every run.
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
    pub(super) fn text(&self, symbol: u32) -> &str {
        let at = symbol as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    /// How many bytes the text of a symbol has.
    pub(super) fn length(&self, symbol: u32) -> usize {
        let at = symbol as usize;
        self.ends[at] - at.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// The number of a text, new if it was not seen before.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let mut hash = hash_of(text);
        loop {
            match self.index.get(&hash) {
                Some(&symbol) if self.text(symbol) == text => return symbol,
                Some(_) => hash = hash.wrapping_add(1),
                None => break,
            }
        }
        let symbol = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.index.insert(hash, symbol);
        symbol
    }

    /// Takes over all texts of another table; the result translates its numbers.
    pub(super) fn absorb(&mut self, other: &Symbols) -> Vec<u32> {
        (0..other.len() as u32).map(|symbol| self.intern(other.text(symbol))).collect()
    }

    /// Lets go of what only adding needs.
    pub(super) fn seal(&mut self) {
        self.index = FxHashMap::default();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
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
    }
}
