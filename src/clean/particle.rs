//! Particles of family names, and where a name written in one piece divides.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;
use crate::words::rows;

/// How sure a word is to be a particle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Only in lower case between other words: `im`.
    Lower,
    /// However it is written, between other words: `Graf`.
    Middle,
    /// However it is written between other words, and in lower case even as the first word: `von`.
    Strong,
}

static TABLE: LazyLock<FxHashMap<String, Kind>> = LazyLock::new(|| {
    let kind = |place| match place {
        "strong" => Kind::Strong,
        "middle" => Kind::Middle,
        _ => Kind::Lower,
    };
    rows(include_str!("../../data/name_particles.tsv"))
        .map(|(word, place)| (fold(word), kind(place)))
        .collect()
});

fn kind(word: &str) -> Option<Kind> {
    TABLE.get(fold(word).as_str()).copied()
}

fn is_lower(word: &str) -> bool {
    !word.contains(char::is_uppercase)
}

/// Whether the word is a particle where it stands between other words of a name.
pub(super) fn is_particle(word: &str) -> bool {
    kind(word).is_some_and(|kind| kind > Kind::Lower || is_lower(word))
}

/// Whether the word can only begin a family name: `von`, `de`, in lower case.
pub(super) fn begins_family(word: &str) -> bool {
    (is_lower(word) || word == "Von" || word == "De") && kind(word) == Some(Kind::Strong)
}

/// Whether a name of several words begins with a particle however it is written: `Van Den Berg`.
pub(super) fn begins_with_particle(words: &[&str]) -> bool {
    words.len() > 1 && words.first().is_some_and(|word| kind(word) == Some(Kind::Strong))
}

/// How many words at the end are particles that belong to the family name: `Ursula von der`.
pub(super) fn trailing(words: &[&str]) -> usize {
    let count = words.iter().rev().take_while(|word| begins_family(word)).count();
    count.min(words.len().saturating_sub(1))
}

/// How many of the words are the given names; the others are the family name with its particles.
pub(super) fn divide(words: &[&str]) -> usize {
    if words.len() < 2 {
        return words.len();
    }
    if begins_family(words[0]) || (begins_with_particle(words) && words.len() > 2 && is_particle(words[1])) {
        return 0;
    }
    let mut start = words.len() - 1;
    while start > 1 && is_particle(words[start - 1]) {
        start -= 1;
        // `Ortega y Gasset`: the word before the joint belongs to the family name as well.
        if matches!(words[start], "y" | "i" | "e") && start > 1 {
            start -= 1;
        }
    }
    start
}

/// Whether the family name comes first, told by the middle word: `Nguyễn Văn An`.
pub(super) fn is_vietnamese(words: &[&str]) -> bool {
    const FAMILIES: [&str; 16] = [
        "nguyen", "tran", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
        "duong", "ly", "le",
    ];
    words.len() >= 3
        && words.iter().any(|word| !word.is_ascii())
        && matches!(fold(words[1]).as_str(), "van" | "thi")
        && FAMILIES.contains(&fold(words[0]).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_stay_with_the_family_name() {
        for (text, given) in [
            ("Anna Müller", 1),
            ("Hans-Jürgen von der Leyen", 1),
            ("Karl Theodor Maria Freiherr von und zu Guttenberg", 3),
            ("Steffi Graf", 1),
            ("Tom Hanks", 1),
            ("José Ortega y Gasset", 1),
            ("Ludwig Van Beethoven", 1),
            ("von Neumann", 0),
            ("Freiherr von Neumann", 0),
            ("Van Der Berg", 0),
            ("Ben Affleck", 1),
            ("Mohamed Ben Ali", 1),
            ("Anna", 1),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(divide(&words), given, "{text}");
        }
    }
}
