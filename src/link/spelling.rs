//! Spellings of names brought together: one key for ä, ae and a, particles set aside, local parts told from names.

use crate::text::{fold, tokens};

/// Longer words are cut here: no name needs more, and comparing must not depend on hostile lengths.
const LONGEST: usize = 48;

/// Words before a family name that come and go between spellings.
const PARTICLES: [&str; 36] = [
    "von", "van", "vom", "zu", "zum", "zur", "de", "der", "den", "des", "del", "della", "di", "da", "do",
    "dos", "das", "du", "la", "le", "les", "el", "al", "bin", "ibn", "ben", "ter", "ten", "te", "af", "av",
    "y", "e", "und", "dela", "dalla",
];

/// The key under which all spellings of a word meet: `Müller`, `Mueller` and `Muller` are `muller`.
///
/// After folding, `ae`, `oe` and `ue` lose their e unless a vowel or q stands before (`Bauer`) or `l` ends
/// the word after it (`Michael`, `Samuel`, `Noel`). Rarely that joins two words, which costs little: a key
/// is evidence like any other.
pub(super) fn key(word: &str) -> String {
    let folded = fold(word);
    let bytes = folded.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if out.len() >= LONGEST {
            break;
        }
        let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
        let earlier = at.checked_sub(2).map_or(b' ', |i| bytes[i]);
        let umlaut = byte == b'e'
            && matches!(before, b'a' | b'o' | b'u')
            && !matches!(earlier, b'a' | b'e' | b'i' | b'o' | b'u' | b'q')
            && !(bytes.get(at + 1) == Some(&b'l')
                && bytes.get(at + 2).is_none_or(|next| !next.is_ascii_alphabetic()));
        if !umlaut && byte.is_ascii() && byte != b'\'' {
            out.push(char::from(byte));
        }
    }
    out
}

/// Whether a word, folded or as a key, is one that comes and goes before family names.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// The words of a given name as keys, without those that are particles only.
pub(super) fn given_words(text: &str) -> Vec<String> {
    tokens(&fold(text).replace('\'', "")).map(key).filter(|word| !word.is_empty()).collect()
}

/// The words of a family name as keys; particles are left out unless nothing else is there.
pub(super) fn family_words(text: &str) -> Vec<String> {
    let folded = fold(text).replace('\'', "");
    let core: Vec<String> = tokens(&folded)
        .filter(|word| !PARTICLES.contains(word))
        .map(key)
        .filter(|word| !word.is_empty())
        .collect();
    if core.is_empty() { tokens(&folded).map(key).collect() } else { core }
}

/// Whether the local part of an address only restates a name: `anna.mueller`, `a.mueller7`, `muelleran`.
pub(super) fn is_name_local(local: &str, given: &str, family: &str) -> bool {
    let head = local.split('+').next().unwrap_or_default();
    let words: Vec<String> = tokens(head)
        .map(|word| key(word.trim_matches(|letter: char| letter.is_ascii_digit())))
        .filter(|word| !word.is_empty())
        .collect();
    let joined: String = words.concat();
    if joined.len() < 2 {
        return false;
    }
    let restates = |first: &str, second: &str| {
        (0..=first.len().min(joined.len())).any(|cut| {
            first.is_char_boundary(cut)
                && joined.strip_prefix(&first[..cut]).is_some_and(|rest| second.starts_with(rest))
        })
    };
    restates(given, family) || restates(family, given)
}

/// A family name beside the given one in a profile slug or a local part, if it is not the one known:
/// `maria-kozlowski-84d19a6f7` of Maria Hess shows `kozlowski`.
pub(super) fn other_family(text: &str, given: &str, family: &str) -> Option<String> {
    if text.len() > 80 || !text.contains(['-', '.', '_']) {
        return None;
    }
    let folded = fold(text);
    let mut words =
        tokens(&folded).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).map(key);
    let (first, second) = (words.next()?, words.next()?);
    let other = if first == given {
        second
    } else if second == given {
        first
    } else {
        return None;
    };
    (other.len() >= 4 && other != family && words.next().is_none()).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn umlauts_meet_in_every_spelling() {
        for words in [["Müller", "Mueller", "Muller"], ["Jörg", "Joerg", "Jorg"], ["Weiß", "Weiss", "WEISS"]]
        {
            assert_eq!(key(words[0]), key(words[1]));
            assert_eq!(key(words[0]), key(words[2]));
        }
        for (word, same) in
            [("Michael", "michael"), ("Bauer", "bauer"), ("Noel", "noel"), ("Quentin", "quentin")]
        {
            assert_eq!(key(word), same);
        }
    }

    #[test]
    fn particles_and_apostrophes_do_not_tell_names_apart() {
        assert_eq!(family_words("von der Leyen"), family_words("Leyen"));
        assert_eq!(family_words("O’Brien"), ["obrien"]);
        assert_eq!(family_words("Meier-Schulz"), ["meier", "schulz"]);
        assert_eq!(family_words("de"), ["de"]);
    }

    #[test]
    fn a_local_part_that_restates_the_name_is_seen() {
        for local in
            ["anna.muller", "a.mueller", "annam", "muller_anna", "anna.mueller83", "muelleran", "anna"]
        {
            assert!(is_name_local(local, "anna", "muller"), "{local}");
        }
        for local in ["sunnygirl77", "info", "x", "77", "peter.muller"] {
            assert!(!is_name_local(local, "anna", "muller"), "{local}");
        }
    }

    #[test]
    fn a_birth_name_is_read_from_profile_and_address() {
        let other = |text| other_family(text, "maria", "hess");
        assert_eq!(other("maria-kozlowski-84d19a6f7").as_deref(), Some("kozlowski"));
        assert_eq!(other("kozlowski.maria").as_deref(), Some("kozlowski"));
        for text in ["maria-hess-84d19a6f7", "mariahess", "maria.x", "info.desk", "maria-hess-berlin", ""] {
            assert_eq!(other(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn keys_are_short_plain_and_stable(word in "\\PC{0,80}") {
            let once = key(&word);
            prop_assert!(once.is_ascii() && once.len() <= LONGEST);
            let _ = (given_words(&word), family_words(&word), is_name_local(&word, &once, "x"));
        }
    }
}
