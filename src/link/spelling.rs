//! Spellings of names brought together: one key for ä, ae and a, particles set aside, local parts told from names.

use std::borrow::Cow;

use super::nickname::Nickname;
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
    let mut out = String::with_capacity(word.len());
    add_key(word, &mut out);
    out
}

/// Adds the key of a word to others.
fn add_key(word: &str, out: &mut String) {
    let plain = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let folded = if plain { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) };
    let bytes = folded.as_bytes();
    let longest = out.len() + LONGEST;
    let (mut earlier, mut before) = (b' ', b' ');
    for (at, &byte) in bytes.iter().enumerate() {
        if out.len() >= longest {
            break;
        }
        let umlaut = byte == b'e'
            && matches!(before, b'a' | b'o' | b'u')
            && !matches!(earlier, b'a' | b'e' | b'i' | b'o' | b'u' | b'q')
            && !(bytes.get(at + 1) == Some(&b'l')
                && bytes.get(at + 2).is_none_or(|next| !next.is_ascii_alphabetic()));
        if !umlaut && byte.is_ascii() && byte != b'\'' {
            out.push(char::from(byte));
        }
        (earlier, before) = (before, byte);
    }
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

/// A family name with particles written as one word, as people also write it: `deluca` of De Luca.
pub(super) fn joined_family(text: &str) -> Option<String> {
    if !text.contains([' ', '\'', '\u{2019}']) {
        return None;
    }
    let folded = fold(text).replace('\'', "");
    let words: Vec<&str> = tokens(&folded).collect();
    let particles = words.iter().take_while(|word| PARTICLES.contains(word)).count();
    (particles > 0 && particles < words.len()).then(|| key(&words.concat()))
}

/// Whether words that stand as given names are a family name with its particle: `von Kreuzberg`, `van der Laan`.
pub(super) fn is_family_first(given: &str) -> bool {
    let Some((first, rest)) = given.split_once(' ') else { return false };
    matches!(first, "von" | "vom" | "zum" | "zur" | "Von")
        || (matches!(first, "van" | "Van")
            && ["der ", "den ", "de "].iter().any(|next| rest.starts_with(next)))
}

/// The key of a family name whatever alphabet it was brought over from and however: Iwanow and Ivanov,
/// Djordjevic and Dordevic, Haakonsen and Håkonsen, Macdonald and McDonald. `None` where it says no more than
/// the key itself.
pub(super) fn family_variant(word: &str) -> Option<String> {
    const SLAVIC: [&str; 32] = [
        "ov", "ow", "off", "ev", "ew", "jew", "ova", "owa", "eva", "ewa", "ski", "sky", "skij", "skyj",
        "skiy", "skii", "ska", "skaja", "skaya", "enko", "tschuk", "chuk", "czuk", "vic", "vich", "vych",
        "vitsch", "witsch", "wicz", "witz", "ich", "ic",
    ];
    const NORDIC: [&str; 9] = ["sen", "son", "gaard", "berg", "lund", "dal", "vik", "stad", "nes"];
    let mut out = word.to_owned();
    if let Some(rest) = word.strip_prefix("mac").filter(|rest| rest.len() >= 5 && !rest.ends_with("ek")) {
        out = format!("mc{rest}");
    }
    if word.starts_with("aa") || (word.contains("aa") && NORDIC.iter().any(|end| word.ends_with(end))) {
        out = out.replace("aa", "a");
    }
    if word.len() >= 5 && SLAVIC.iter().any(|end| word.ends_with(end)) {
        for (from, to) in [
            ("schtsch", "c"),
            ("shch", "c"),
            ("tsch", "c"),
            ("sch", "s"),
            ("sh", "s"),
            ("cz", "c"),
            ("ch", "c"),
            ("zh", "z"),
            ("kh", "h"),
            ("ts", "c"),
            ("tz", "c"),
            ("dj", "d"),
            ("ie", "e"),
            ("je", "e"),
            ("ye", "e"),
            ("iu", "u"),
            ("ju", "u"),
            ("yu", "u"),
            ("ia", "a"),
            ("ja", "a"),
            ("ya", "a"),
            ("ff", "v"),
            ("w", "v"),
            ("ij", "i"),
            ("iy", "i"),
            ("yj", "i"),
            ("ii", "i"),
            ("y", "i"),
            ("j", "i"),
            ("x", "ks"),
            ("ss", "s"),
        ] {
            if out.contains(from) {
                out = out.replace(from, to);
            }
        }
    }
    (out != word).then_some(out)
}

/// Words that stand where a name should and tell where, when or for what somebody is called.
const REMARKS: [&str; 34] = [
    "privat",
    "private",
    "priv",
    "geschaftlich",
    "gesch",
    "dienstlich",
    "buro",
    "office",
    "handy",
    "mobil",
    "mobile",
    "iphone",
    "whatsapp",
    "arbeit",
    "zuhause",
    "daheim",
    "festnetz",
    "zentrale",
    "durchwahl",
    "firma",
    "messe",
    "kunde",
    "kundin",
    "lieferant",
    "freiberuflich",
    "freiberufler",
    "selbstandig",
    "selbststandig",
    "freelance",
    "freelancer",
    "linkedin",
    "xing",
    "kollege",
    "kollegin",
];

/// Words that tell where somebody is known from, behind a name as if they were half of it: `Meier - Tennis`.
const WHEREFROM: [&str; 47] = [
    "augsburg",
    "basel",
    "berlin",
    "bern",
    "bonn",
    "bremen",
    "chor",
    "dortmund",
    "dresden",
    "dusseldorf",
    "elternbeirat",
    "essen",
    "feuerwehr",
    "frankfurt",
    "friseur",
    "fussball",
    "golf",
    "graz",
    "hamburg",
    "handwerker",
    "hannover",
    "hausarzt",
    "hausmeister",
    "innsbruck",
    "kita",
    "koln",
    "leipzig",
    "linz",
    "makler",
    "mannheim",
    "munchen",
    "nachbar",
    "nachbarin",
    "nurnberg",
    "salzburg",
    "schule",
    "segeln",
    "sport",
    "steuerberater",
    "stuttgart",
    "tennis",
    "uni",
    "vermieter",
    "verein",
    "wien",
    "yoga",
    "zurich",
];

/// Whether a key behind another word of a family name tells where somebody is known from.
pub(super) fn is_wherefrom(word: &str) -> bool {
    WHEREFROM.contains(&word)
}

/// How a family name sounds, as far as people write one sound in several ways.
pub(super) fn heard(name: &str) -> String {
    const SOUNDS: [(&str, &str); 14] = [
        ("ph", "f"),
        ("th", "t"),
        ("dt", "t"),
        ("ck", "k"),
        ("tz", "z"),
        ("ai", "ei"),
        ("ay", "ei"),
        ("ey", "ei"),
        ("ie", "i"),
        ("y", "i"),
        ("c", "k"),
        ("v", "f"),
        ("ah", "a"),
        ("oh", "o"),
    ];
    // English names that end alike whatever stands there: Kelly and Kelley, Clark and Clarke.
    const SILENT: [&str; 7] = ["rke", "oke", "one", "ene", "wne", "ore", "owe"];
    let name = match name.strip_suffix("ley") {
        Some(rest) => &format!("{rest}ly"),
        None if SILENT.iter().any(|end| name.ends_with(end)) => &name[..name.len() - 1],
        None => name,
    };
    // Seidl and Seidel.
    let name = match name.strip_suffix("el") {
        Some(rest) => &format!("{rest}l"),
        None => name,
    };
    let mut sound = SOUNDS.iter().fold(name.to_owned(), |name, (from, to)| name.replace(from, to));
    let mut last = None;
    sound.retain(|letter| last.replace(letter) != Some(letter));
    match sound.strip_suffix('d') {
        Some(rest) => format!("{rest}t"),
        None => sound,
    }
}

/// Whether a folded word of a name is a remark rather than a name.
pub(super) fn is_remark(word: &str) -> bool {
    REMARKS.contains(&word)
}

/// Whether the local part of an address only restates a name: `anna.mueller`, `a.mueller7`, `muelleran`.
pub(super) fn is_name_local(local: &str, given: &str, family: &str) -> bool {
    let head = local.split('+').next().unwrap_or_default();
    let mut joined = String::with_capacity(head.len());
    for word in tokens(head) {
        add_key(word.trim_matches(|letter: char| letter.is_ascii_digit()), &mut joined);
    }
    let (joined, given, family) = (joined.as_bytes(), given.as_bytes(), family.as_bytes());
    if joined.len() < 2 {
        return false;
    }
    // Some beginning of one name, then some beginning of the other.
    let restates = |first: &[u8], second: &[u8]| {
        let common = joined.iter().zip(first).take_while(|(x, y)| x == y).count();
        (joined.len().saturating_sub(second.len())..=common).any(|cut| second.starts_with(&joined[cut..]))
    };
    restates(given, family) || restates(family, given)
}

/// Words in local parts that are no names.
const NO_NAMES: [&str; 26] = [
    "fam", "familie", "family", "info", "mail", "email", "kontakt", "contact", "office", "post", "team",
    "the", "dr", "prof", "frau", "herr", "mr", "mrs", "ms", "ing", "web", "admin", "service", "private",
    "privat", "me",
];

/// The words of a local part that may be names, as keys, without numbers; empty if one of them is none.
fn local_words(local: &str) -> Vec<String> {
    let head = local.split('+').next().unwrap_or_default();
    let folded = fold(head);
    let words: Vec<String> = tokens(&folded)
        .map(|word| word.trim_matches(|letter: char| letter.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(key)
        .collect();
    let plain = |word: &String| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let names = words.len() <= 3
        && words.iter().all(|word| plain(word) && !word.is_empty() && !NO_NAMES.contains(&word.as_str()));
    if names { words } else { Vec::new() }
}

/// What stands beside a known word of a name in a local part: `a` of `a.mueller` or `amueller`, `katrin` of
/// `kraemer.katrin` or `katrinkraemer`. Joined, it is one letter or four and more.
pub(super) fn beside_in_local(local: &str, known: &str) -> Option<(String, Side)> {
    let words = local_words(local);
    match words.as_slice() {
        [first, second] if second == known && first != known => Some((first.clone(), Side::Before)),
        [first, second] if first == known && second != known => Some((second.clone(), Side::After)),
        [one] if known.len() >= 3 && one != known => {
            let fits = |rest: &&str| rest.len() == 1 || rest.len() >= 4;
            let before = one.strip_suffix(known).filter(fits).map(|rest| (rest.to_owned(), Side::Before));
            before.or_else(|| one.strip_prefix(known).filter(fits).map(|rest| (rest.to_owned(), Side::After)))
        }
        _ => None,
    }
}

/// On which side of the known word another stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// `anna` in `anna.mueller`, seen from the family name.
    Before,
    /// `anna` in `mueller.anna`.
    After,
}

/// The two words of a local part such as `anna.mueller`, for an entry without a name.
pub(super) fn local_pair(local: &str) -> Option<(String, String)> {
    let mut words = local_words(local).into_iter();
    let (first, second, more) = (words.next()?, words.next()?, words.next());
    (more.is_none() && first.len().max(second.len()) >= 3 && first != second).then_some((first, second))
}

/// Whether a text begins with given and family name letter by letter, as most addresses and slugs do; the names
/// must be such that their key is what is written.
fn restates_plainly(text: &str, given: &str, family: &str) -> bool {
    let plain = |word: &str| {
        let umlaut = |pair: &[u8]| matches!(pair, [b'a' | b'o' | b'u', b'e']);
        word.bytes().all(|byte| byte.is_ascii_lowercase()) && !word.as_bytes().windows(2).any(umlaut)
    };
    let rest = text.strip_prefix(given).and_then(|rest| rest.strip_prefix(['-', '.', '_']));
    let rest = rest.and_then(|rest| rest.strip_prefix(family));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', '_', '@']))
        && !given.is_empty()
        && !family.is_empty()
        && plain(given)
        && plain(family)
}

/// A family name beside the given one in a profile slug or a local part, if it is not the one known:
/// `maria-kozlowski-84d19a6f7` of Maria Hess shows `kozlowski`.
pub(super) fn other_family(text: &str, given: &str, family: &str) -> Option<String> {
    let parted = || text.bytes().any(|byte| matches!(byte, b'-' | b'.' | b'_'));
    // Whether it is in parts is asked last: most texts restate the name.
    if text.len() > 80 || restates_plainly(text, given, family) || !parted() {
        return None;
    }
    let folded = fold(text);
    let mut words =
        tokens(&folded).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).map(key);
    let (first, second) = (words.next()?, words.next()?);
    let called = |word: &str| word == given || Nickname::of(word).is_form_of(&Nickname::of(given));
    let other = if called(&first) {
        second
    } else if called(&second) {
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
    fn names_sound_alike_that_people_confuse() {
        for (x, y) in [
            ("meier", "mayer"),
            ("meyer", "maier"),
            ("hofmann", "hoffmann"),
            ("schmidt", "schmitt"),
            ("schmid", "schmitt"),
            ("wolf", "wolff"),
            ("becker", "beker"),
            ("stephan", "stefan"),
            ("kelly", "kelley"),
            ("clark", "clarke"),
            ("cook", "cooke"),
            ("green", "greene"),
            ("moor", "moore"),
            ("seidl", "seidel"),
            ("vogl", "vogel"),
        ] {
            assert_eq!(heard(x), heard(y));
        }
        for (x, y) in [
            ("krause", "kruse"),
            ("hansen", "jansen"),
            ("baum", "braun"),
            ("lehmann", "lohmann"),
            ("meier", "meister"),
            ("peters", "petersen"),
            ("kahl", "kahle"),
        ] {
            assert_ne!(heard(x), heard(y));
        }
    }

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

    #[test]
    fn spellings_of_other_alphabets_meet() {
        for (one, other) in [
            ("iwanow", "ivanov"),
            ("schewtschenko", "shevchenko"),
            ("tschaikowskij", "chaikovsky"),
            ("djordjevic", "dordevic"),
            ("haakonsen", "hakonsen"),
            ("macdonald", "mcdonald"),
            ("juschtschenko", "yushchenko"),
            ("medwedew", "medvedev"),
            ("jowanowitsch", "jovanovic"),
        ] {
            let loose = |word: &str| family_variant(word).unwrap_or_else(|| word.to_owned());
            assert_eq!(loose(one), loose(other), "{one} {other}");
        }
        for word in ["muller", "schwab", "haas", "weber", "mack", "kowalczyk"] {
            assert_eq!(family_variant(word), None, "{word}");
        }
    }

    #[test]
    fn words_that_are_no_names_are_written_as_keys() {
        for word in REMARKS.iter().chain(&WHEREFROM).chain(&NO_NAMES) {
            assert_eq!(key(word), *word);
        }
    }

    #[test]
    fn a_local_part_says_what_the_name_leaves_out() {
        let beside = |local, known| beside_in_local(local, known).map(|(word, _)| word);
        for (local, known, word) in [
            ("a.mueller", "muller", "a"),
            ("amueller", "muller", "a"),
            ("kraemer.katharina", "kramer", "katharina"),
            ("katrinkraemer", "kramer", "katrin"),
            ("anna.mueller83", "anna", "muller"),
        ] {
            assert_eq!(beside(local, known).as_deref(), Some(word), "{local}");
        }
        for (local, known) in [
            ("familie.mueller", "muller"),
            ("mueller", "muller"),
            ("info", "muller"),
            ("anmueller", "muller"),
            ("", "x"),
        ] {
            assert_eq!(beside(local, known), None, "{local}");
        }
        assert_eq!(local_pair("anna.mueller"), Some(("anna".into(), "muller".into())));
        for local in ["info.berlin", "anna", "a.b", "x.y.z.w", "anna.anna", "team-nord"] {
            assert_eq!(local_pair(local), None, "{local}");
        }
    }

    #[test]
    fn particles_glued_to_the_name_are_known() {
        assert_eq!(joined_family("De Luca").as_deref(), Some("deluca"));
        assert_eq!(joined_family("van den Berg").as_deref(), Some("vandenberg"));
        assert_eq!(joined_family("Meier Schulz"), None);
        assert!(is_family_first("von Kreuzberg") && is_family_first("van der Laan"));
        assert!(!is_family_first("Van Anh") && !is_family_first("Anna Maria"));
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
