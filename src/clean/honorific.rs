//! Titles, salutations and credentials: told from names and brought to one spelling.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;
use crate::words::rows;

/// Where a word of [`Honorific`] belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// Before the name: `Dr.`.
    Title,
    /// Before the name and dropped: `Frau`.
    Salutation,
    /// After the name: `MBA`.
    Credential,
    /// Not part of the name: `she/her`.
    Remark,
}

/// What else must hold for the words to be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Nothing.
    Always,
    /// Written with a dot, since without it it may be a name: `Mag.`.
    Dotted,
    /// Written in capitals or with dots, since otherwise it may be a name: `MA`.
    Upper,
    /// Two words of a name are left: `Junior`.
    Two,
    /// Written with a slash: `er/ihm`.
    Slash,
}

/// A title, salutation or credential in its one spelling.
#[derive(Debug, Clone, Copy)]
pub(super) struct Honorific {
    /// Where it belongs.
    pub(super) position: Position,
    /// The spelling shown.
    pub(super) spelling: &'static str,
    when: When,
}

/// The most words one of them has.
const LONGEST: usize = 5;

static TABLE: LazyLock<FxHashMap<&'static str, Honorific>> = LazyLock::new(|| {
    let parse = |(key, rest): (&'static str, &'static str)| {
        let mut cells = rest.splitn(3, '\t');
        let position = match cells.next()? {
            "title" => Position::Title,
            "salutation" => Position::Salutation,
            "credential" => Position::Credential,
            _ => Position::Remark,
        };
        let when = match cells.next()? {
            "dotted" => When::Dotted,
            "upper" => When::Upper,
            "two" => When::Two,
            "slash" => When::Slash,
            _ => When::Always,
        };
        Some((key, Honorific { position, when, spelling: cells.next()? }))
    };
    rows(include_str!("../../data/honorifics.tsv")).filter_map(parse).collect()
});

/// How strictly words are taken for an honorific.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among the words of a name, where most words are the name. `mixed` says whether the name has lower
    /// case letters, so that capitals mean something; `left` how many words stay.
    Name {
        /// Whether capitals mean something.
        mixed: bool,
    },
    /// In a cell or after a comma where nothing else is expected.
    Own,
}

/// Whether a lone word is a title, salutation or credential in some place: the quick answer for plain names.
pub(super) fn may_be(word: &str) -> bool {
    let mut key = [0u8; 24];
    let mut len = 0;
    if !word.is_ascii() {
        let mut key = String::new();
        push_key(word, &mut key);
        return TABLE.contains_key(key.as_str());
    }
    for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
        let Some(slot) = key.get_mut(len) else { return false };
        *slot = byte.to_ascii_lowercase();
        len += 1;
    }
    std::str::from_utf8(&key[..len]).is_ok_and(|key| TABLE.contains_key(key))
}

/// The longest honorific at the beginning of the words, and how many of them it takes.
pub(super) fn at_start(words: &[&str], place: Place) -> Option<(usize, Honorific)> {
    let mut key = String::new();
    let mut best = None;
    for (index, word) in words.iter().take(LONGEST).enumerate() {
        if index > 0 && place != Place::Own && !continues(word) {
            break;
        }
        push_key(word, &mut key);
        if key.len() > 24 {
            break;
        }
        if let Some(found) = TABLE.get(key.as_str())
            && fits(*found, &words[..=index], words.len() - index - 1, place)
        {
            best = Some((index + 1, *found));
        }
    }
    best
}

/// The longest honorific at the end of the words, and how many of them it takes.
pub(super) fn at_end(words: &[&str], place: Place) -> Option<(usize, Honorific)> {
    (1..=LONGEST.min(words.len())).rev().find_map(|count| {
        let (rest, tail) = words.split_at(words.len() - count);
        let mut key = String::new();
        for word in tail {
            push_key(word, &mut key);
        }
        let found = *TABLE.get(key.as_str())?;
        let taken = fits(found, tail, rest.len(), place) && found.position != Position::Salutation;
        taken.then_some((count, found))
    })
}

/// Whether all the words are one honorific, such as `Ph. D.`.
pub(super) fn all(words: &[&str], place: Place) -> Option<Honorific> {
    at_start(words, place).filter(|(count, _)| *count == words.len()).map(|(_, found)| found)
}

fn push_key(word: &str, key: &mut String) {
    if word.is_ascii() {
        key.extend(
            word.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()),
        );
    } else {
        key.extend(fold(word).chars().filter(char::is_ascii_alphanumeric));
    }
}

/// Whether a word may go on with a title begun before it: `rer.`, `(FH)`, but not the given name `Phil`.
fn continues(word: &str) -> bool {
    word.ends_with(['.', ')']) || word.contains(['-', '&']) || word.starts_with(char::is_lowercase)
}

fn fits(found: Honorific, words: &[&str], left: usize, place: Place) -> bool {
    let dotted = words.iter().any(|word| word.contains('.'));
    let upper = words.iter().all(|word| !word.contains(char::is_lowercase));
    match (found.when, place) {
        (When::Slash, _) => words.iter().any(|word| word.contains('/')),
        (When::Always, _) | (_, Place::Own) => true,
        (When::Dotted, _) => dotted,
        (When::Upper, Place::Name { mixed }) => {
            (upper && mixed) || words.iter().any(|word| word.contains(['(', '.']) && word.len() > 2)
        }
        (When::Two, _) => left >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found_again_as_itself() {
        for found in TABLE.values() {
            let words: Vec<&str> = found.spelling.split(' ').collect();
            let again = all(&words, Place::Own).map(|again| again.spelling);
            assert_eq!(again, Some(found.spelling));
        }
    }

    #[test]
    fn longest_first_and_names_are_left_alone() {
        let name = Place::Name { mixed: true };
        for (text, taken) in [
            ("Dr. rer. nat. Anna", 3),
            ("Dr. Anna", 1),
            ("Dr Phil Meier", 1),
            ("Prof. Dr.-Ing. Hans", 2),
            ("Dipl.-Ing. (FH) Hans", 2),
            ("Dipl. Ing. Hans", 2),
            ("Mag Hans", 0),
            ("Mag. Hans", 1),
            ("Ma Long", 0),
            ("DI Hans", 1),
            ("Di Hans", 0),
            ("Senator Meier", 0),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(at_start(&words, name).map_or(0, |(count, _)| count), taken, "{text}");
        }
        assert!(may_be("Dr") && may_be("Mba") && !may_be("Anna"));
    }
}
