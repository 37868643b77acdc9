//! Texts of the index, each once, with the keys by which they are compared.

use super::bytes::Cursor;
use crate::link::lookup::{Shape, Wanted};
use crate::table::Texts;

/// Distinct texts with their keys, as they are read.
#[derive(Default)]
pub(in crate::run::who) struct Lexicon {
    texts: Texts,
    /// The keys of all texts one after the other, with their shapes and whose they are.
    keys: Texts,
    shapes: Vec<Shape>,
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
                lexicon.shapes.push(Shape::of(key));
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

    /// The keys of a text with their shapes.
    pub(in crate::run::who) fn keys(&self, number: u32) -> impl Iterator<Item = (&str, Shape)> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or_default() as usize;
        (at(number as usize)..at(number as usize + 1)).map(|key| (self.keys.get(key), self.shapes[key]))
    }

    /// Every key with the number of its text.
    pub(in crate::run::who) fn all_keys(&self) -> impl Iterator<Item = (&str, u32)> {
        self.keys.iter().zip(self.of.iter().copied())
    }

    /// The keys that may match a word by their letters, each with its shape and the number of its text.
    pub(in crate::run::who) fn near(&self, wanted: &Wanted) -> impl Iterator<Item = (&str, Shape, u32)> {
        let may = wanted.may_match(&self.shapes).into_iter().enumerate().filter(|(_, may)| *may);
        may.map(|(at, _)| (self.keys.get(at), self.shapes[at], self.of[at]))
    }
}
