//! Words beside the name of a place, and what they do there.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::words::rows;

/// What a word does beside the name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Means the place, or it with what lies around it: Raum Stuttgart, Greater London.
    Around = 1,
    /// Begins what tells a town from others of its name: Weiden i. d. Oberpfalz, Ismaning bei München.
    Addition = 2,
    /// Names an institution that carries the name of its place: Stadtwerke, Universität.
    Cue = 4,
    /// May stand between an institution and its place: of, für.
    Between = 8,
    /// Is a word or part of names as well as a place: Essen, Hof.
    Word = 16,
}

static ROLES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../data/place_words.tsv"));
    let bit = |role: &str| match role {
        "around" => Role::Around as u8,
        "addition" => Role::Addition as u8,
        "cue" => Role::Cue as u8,
        "between" => Role::Between as u8,
        "word" => Role::Word as u8,
        _ => 0,
    };
    table.map(|(word, roles)| (word, roles.split('|').map(bit).fold(0, std::ops::BitOr::bitor))).collect()
});

impl Role {
    /// Whether a folded word has this role.
    pub(super) fn has(self, word: &str) -> bool {
        ROLES.get(word).is_some_and(|roles| roles & self as u8 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_folded_and_has_roles_that_are_known() {
        for (word, roles) in rows(include_str!("../../../data/place_words.tsv")) {
            assert_eq!(crate::text::fold(word), word);
            assert_eq!(ROLES[word].count_ones() as usize, roles.split('|').count(), "{word}");
        }
    }
}
