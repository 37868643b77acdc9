//! Categories, tags and marks that people set by hand.

use crate::text::{fold, squeeze, tokens};

/// A category from A to D, and whether the text leaves a doubt: `C?`, `A/B` (the first counts).
pub(super) fn tier(text: &str) -> Option<(&'static str, bool)> {
    let folded = fold(text);
    let mut found = None;
    let mut unsure = folded.contains('?');
    for token in tokens(&folded) {
        let letter = match token {
            "a" => "A",
            "b" => "B",
            "c" => "C",
            "d" => "D",
            _ => continue,
        };
        unsure |= found.is_some_and(|have| have != letter);
        found = found.or(Some(letter));
    }
    found.map(|letter| (letter, unsure))
}

/// Calls `each` with every tag of a cell; the groups that a program sets by itself are left out.
pub(super) fn for_each_tag(cell: &str, mut each: impl FnMut(&str)) {
    // Squeezed before it is divided: a Greek question mark becomes a semicolon.
    let cell = squeeze(&cell.replace('\n', ";")).into_owned();
    for tag in cell.split([';', ',', '|']).flat_map(|part| part.split(":::")) {
        let tag = tag.trim_matches([' ', '*', ':', '"']);
        let group = tag.trim_start_matches(['*', ' ']);
        if !group.is_empty()
            && !matches!(group, "myContacts" | "My Contacts" | "starred" | "Starred in Android")
        {
            each(group);
        }
    }
}

/// `private` or `business` by its words.
pub(super) fn scope(text: &str) -> Option<&'static str> {
    match fold(text).trim() {
        "private" | "privat" | "home" | "personal" | "persoenlich" => Some("private"),
        "business" | "geschaeftlich" | "dienstlich" | "work" | "beruflich" => Some("business"),
        _ => None,
    }
}

/// `in`, `out` or `both` by its words.
pub(super) fn direction(text: &str) -> Option<&'static str> {
    match fold(text).trim() {
        "in" | "incoming" | "received" | "eingehend" | "empfangen" => Some("in"),
        "out" | "outgoing" | "sent" | "ausgehend" | "gesendet" => Some("out"),
        "both" | "beide" => Some("both"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_single_letters() {
        for (text, found) in [
            ("A", Some(("A", false))),
            ("b", Some(("B", false))),
            ("C?", Some(("C", true))),
            ("A/B", Some(("A", true))),
            ("A-Kunde", Some(("A", false))),
            ("Kategorie D", Some(("D", false))),
            ("E", None),
            ("1", None),
            ("Acme", None),
        ] {
            assert_eq!(tier(text), found, "{text}");
        }
    }

    #[test]
    fn tags_come_one_by_one() {
        let mut tags = Vec::new();
        for_each_tag("Importiert am 29.3. ::: * myContacts; Messe,VIP", |tag| tags.push(tag.to_owned()));
        assert_eq!(tags, ["Importiert am 29.3.", "Messe", "VIP"]);
    }
}
