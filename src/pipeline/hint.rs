//! The nearest known word to one that is not known.

use rapidfuzz::distance::damerau_levenshtein;

/// Longer words than this are not typos of anything known.
const LONGEST: usize = 60;

/// The known word nearest to an unknown one, if it is near enough to be a slip of the keyboard:
/// at most one edit in three letters (Damerau-Levenshtein), case and `-` for `_` not counted.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = plain(word);
    let len = word.chars().count();
    if len == 0 || len > LONGEST {
        return None;
    }
    let most = len.div_ceil(3).min(3);
    known
        .into_iter()
        .map(|known| (damerau_levenshtein::distance(word.chars(), plain(known).chars()), known))
        .filter(|(distance, known)| *distance <= most && *distance < known.chars().count())
        .min()
        .map(|(_, known)| known)
}

/// `did you mean "..."?`, or what else is known, or nothing.
pub(super) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean {near:?}?");
    }
    let all: Vec<&str> = known.into_iter().collect();
    if all.len() > 30 { String::new() } else { format!("known are: {}", all.join(", ")) }
}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_and_other_words_are_not() {
        let known = ["name", "country", "timezone", "language"];
        for (word, near) in [
            ("timezon", Some("timezone")),
            ("time-zone", Some("timezone")),
            ("Timezone", Some("timezone")),
            ("tiemzone", Some("timezone")),
            ("nmae", Some("name")),
            ("contry", Some("country")),
            ("tz", None),
            ("", None),
            ("completely_else", None),
        ] {
            assert_eq!(nearest(word, known), near, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
