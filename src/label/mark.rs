//! Marks: what the tags of a contact say of how it is to be treated.

use crate::text::fold;

/// Tags that say that mail does not arrive, folded, their words parted by blanks.
const BOUNCED: [&str; 12] = [
    "bounce",
    "bounced",
    "hard bounce",
    "email bounced",
    "e mail bounced",
    "undeliverable",
    "unzustellbar",
    "nicht zustellbar",
    "email unzustellbar",
    "e mail unzustellbar",
    "ruecklaeufer",
    "rucklaufer",
];

/// Tags that say that somebody wants to be erased. The name of the law alone is none: it is as often what somebody
/// works on.
const ERASE: [&str; 23] = [
    "erase",
    "erase me",
    "erase request",
    "erasure",
    "erasure request",
    "delete me",
    "please delete",
    "delete request",
    "deletion request",
    "gdpr erasure",
    "gdpr delete",
    "gdpr deletion",
    "right to be forgotten",
    "loeschen",
    "loschen",
    "bitte loeschen",
    "daten loeschen",
    "loeschwunsch",
    "loeschantrag",
    "loeschung",
    "dsgvo loeschen",
    "dsgvo loeschung",
    "recht auf vergessenwerden",
];

/// What the tags of a contact say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Mail to it came back.
    pub bounced: bool,
    /// It wants to be erased.
    pub erase: bool,
}

/// Looks for marks among tags. A tag counts as a whole: “nicht löschen” asks for the contrary.
pub fn marks<'a>(tags: impl Iterator<Item = &'a str>) -> Marks {
    let mut marks = Marks::default();
    for tag in tags {
        let folded = fold(tag);
        let words: Vec<&str> =
            folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let said = words.join(" ");
        marks.bounced |= BOUNCED.contains(&said.as_str());
        marks.erase |= ERASE.contains(&said.as_str());
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_any_spelling_and_as_a_whole() {
        let of = |tag: &str| {
            let Marks { bounced, erase } = marks(["Kunde", tag].into_iter());
            (bounced, erase)
        };
        for tag in ["bounced", "Bounce", "UNZUSTELLBAR", "Rückläufer", "rucklaufer", "E-Mail unzustellbar!"]
        {
            assert_eq!(of(tag), (true, false), "{tag}");
        }
        for tag in
            ["löschen", "Loeschen", "Löschwunsch", "DSGVO-Löschung", "Delete me", "#erasure", "GDPR: erasure"]
        {
            assert_eq!(of(tag), (false, true), "{tag}");
        }
        for tag in ["nicht löschen", "GDPR", "DSGVO", "Trampolin (bounce house)", "", "—", "never delete me"]
        {
            assert_eq!(of(tag), (false, false), "{tag}");
        }
        assert_eq!(marks(std::iter::empty()), Marks::default());
    }
}
