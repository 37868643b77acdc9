//! Phrases: why a place is what it is, in words for people.

use super::{Decided, Reason, Source};
use crate::table::{Language, Words, words};

impl Source {
    /// Every source.
    pub const ALL: [Source; 8] = [
        Source::Nothing,
        Source::City,
        Source::Street,
        Source::Postcode,
        Source::Region,
        Source::Country,
        Source::Company,
        Source::Phone,
    ];

    /// Where it was read from, in words; empty for nothing.
    pub fn words(self) -> Words {
        match self {
            Source::Nothing => words("", ""),
            Source::City => words("from the city or location", "aus der Ortsangabe"),
            Source::Street => words("from the address", "aus der Anschrift"),
            Source::Postcode => words("from the postcode", "aus der Postleitzahl"),
            Source::Region => words("from the region", "aus der Region"),
            Source::Country => words("from the country", "aus dem Land"),
            Source::Company => words("from the company's name", "aus dem Firmennamen"),
            Source::Phone => words("from the calling code", "aus der Landesvorwahl"),
        }
    }
}

impl Decided {
    /// Every way to tell.
    pub const ALL: [Decided; 10] = [
        Decided::Nothing,
        Decided::Unlisted,
        Decided::Only,
        Decided::Area,
        Decided::Postcode,
        Decided::Population,
        Decided::Phone,
        Decided::Home,
        Decided::Several,
        Decided::Conflict,
    ];

    /// How the city was told from others of its name, in words; empty where there was none to tell.
    pub fn words(self) -> Words {
        match self {
            Decided::Nothing => words("", ""),
            Decided::Unlisted => words(
                "not in the list of places, kept as written",
                "nicht in der Ortsliste, bleibt wie geschrieben",
            ),
            Decided::Only => words("the only place of that name", "der einzige Ort dieses Namens"),
            Decided::Area => words(
                "the only one of that name in the country or region given",
                "der einzige dieses Namens im angegebenen Land oder in der Region",
            ),
            Decided::Postcode => words("told by the postcode", "durch die Postleitzahl bestimmt"),
            Decided::Population => {
                words("by far the largest of that name", "mit Abstand der größte Ort dieses Namens")
            }
            Decided::Phone => words("told by the calling code", "durch die Landesvorwahl bestimmt"),
            Decided::Home => words("the one in the team's country", "der im Land des Teams"),
            Decided::Several => words(
                "several places are possible, kept as written",
                "mehrere Orte möglich, bleibt wie geschrieben",
            ),
            Decided::Conflict => words(
                "no place of that name in the country or region given, kept as written",
                "kein Ort dieses Namens im angegebenen Land oder in der Region, bleibt wie geschrieben",
            ),
        }
    }
}

impl Reason {
    /// How many reasons there are.
    pub const COUNT: usize = Source::ALL.len() * Decided::ALL.len();

    /// The number of the reason, below [`Reason::COUNT`].
    pub fn number(self) -> usize {
        self.source as usize * Decided::ALL.len() + self.decided as usize
    }

    /// The reason in words: `from the city or location, by far the largest of that name`. Empty if there is no
    /// place.
    pub fn words(self, language: Language) -> String {
        let parts = [self.source.words(), self.decided.words()].map(|words| words.in_language(language));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
