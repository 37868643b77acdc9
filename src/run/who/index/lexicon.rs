//! Texts of the index, each once, with the keys by which they are compared.

use super::bytes::Cursor;
use crate::link::lookup::letters;
use crate::table::Texts;

/// Distinct texts with their keys, as they are read.
#[derive(Default)]
pub(in crate::run::who) struct Lexicon {
    texts: Texts,
    /// The keys of all texts one after the other, with their letters and whose they are.
    keys: Texts,
    letters: Vec<u32>,
    of: Vec<u32>,
    /// Where the keys of each text start.
    starts: Vec<u32>,
}

impl Lexicon {
    /// Reads what a writer gathered.
    pub(super) fn read(bytes: &[u8]) -> Lexicon {
        let mut cursor = Cursor(bytes);
        let mut lexicon = Lexicon::default();
        lexicon.texts.push("");
        lexicon.starts.extend([0, 0]);
        while !cursor.0.is_empty() {
            let number = lexicon.texts.len() as u32;
            lexicon.texts.push(cursor.text());
            for key in cursor.text().split(' ').filter(|key| !key.is_empty()) {
                lexicon.keys.push(key);
                lexicon.letters.push(letters(key));
                lexicon.of.push(number);
            }
            lexicon.starts.push(lexicon.of.len() as u32);
        }
        lexicon
    }

    /// How many texts there are, the empty one included.
    pub(in crate::run::who) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text of a number; empty if there is none.
    pub(in crate::run::who) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    /// The keys of a text with their letters.
    pub(in crate::run::who) fn keys(&self, number: u32) -> impl Iterator<Item = (&str, u32)> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or_default() as usize;
        (at(number as usize)..at(number as usize + 1)).map(|key| (self.keys.get(key), self.letters[key]))
    }

    /// Every key with its letters and the number of its text.
    pub(in crate::run::who) fn all_keys(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        self.keys.iter().zip(&self.letters).zip(&self.of).map(|((key, letters), of)| (key, *letters, *of))
    }
}
