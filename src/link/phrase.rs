//! Phrases: what each comparison level says, in words for people.

use super::model::Level;
use super::score::Part;
use crate::table::{Language, Words, words};

/// Weights nearer to nothing than this are no reason, in bits.
const WORTH_SAYING: f32 = 0.5;

impl Level {
    /// What the comparison found, in words.
    pub fn words(self) -> Words {
        match self {
            Level::Prior => {
                words("how many of all pairs are one person", "wie viele aller Paare eine Person sind")
            }
            Level::GivenExact => words("same given name", "gleicher Vorname"),
            Level::GivenNickname => words("short form of the given name", "Kurzform des Vornamens"),
            Level::GivenPet => words("the pet name written beside the name", "der Rufname neben dem Namen"),
            Level::GivenShown => words(
                "given name that the address or profile shows",
                "Vorname, den Adresse oder Profil zeigen",
            ),
            Level::GivenPart => words("part of the given name", "Teil des Vornamens"),
            Level::GivenPrefix => words("given name begins alike", "Vorname beginnt gleich"),
            Level::GivenTypo => words("given name with a slip", "Vorname mit Tippfehler"),
            Level::GivenAlike => words("given name alike", "ähnlicher Vorname"),
            Level::GivenInitial => {
                words("initial of the given name fits", "Anfangsbuchstabe des Vornamens passt")
            }
            Level::GivenPetInitial => {
                words("initial of what the other may be called", "Anfangsbuchstabe eines möglichen Rufnamens")
            }
            Level::GivenSwapped => words("given name stands as family name", "Vorname steht als Nachname"),
            Level::GivenNear => {
                words("given name nearly the same, but another", "Vorname fast gleich, aber ein anderer")
            }
            Level::GivenDifferent => words("other given name", "anderer Vorname"),
            Level::MiddleEqual => words("same middle name", "gleicher zweiter Vorname"),
            Level::MiddleInitial => {
                words("initial of the middle name fits", "Anfangsbuchstabe des zweiten Vornamens passt")
            }
            Level::MiddleDifferent => words("other middle name", "anderer zweiter Vorname"),
            Level::FamilyExact => words("same family name", "gleicher Nachname"),
            Level::FamilySpelling => {
                words("family name in another spelling", "Nachname in anderer Schreibweise")
            }
            Level::FamilyPart => words("part of the double name", "Teil des Doppelnamens"),
            Level::FamilyTypo => words("family name with a slip", "Nachname mit Tippfehler"),
            Level::FamilyAlike => words("family name alike", "ähnlicher Nachname"),
            Level::FamilyInitial => {
                words("initial of the family name fits", "Anfangsbuchstabe des Nachnamens passt")
            }
            Level::FamilySwapped => words("family name stands as given name", "Nachname steht als Vorname"),
            Level::FamilyNear => {
                words("family name nearly the same, but another", "Nachname fast gleich, aber ein anderer")
            }
            Level::FamilyDifferent => words("other family name", "anderer Nachname"),
            Level::Origin => {
                words("given and family name of one origin", "Vor- und Nachname gleicher Herkunft")
            }
            Level::Namesake => words("namesakes are to be expected", "Namensvettern sind zu erwarten"),
            Level::Relative => words("may be a relative", "kann verwandt sein"),
            Level::Derived => words("name read from an address", "Name aus einer Adresse gelesen"),
            Level::LinkedInEqual => words("same LinkedIn profile", "gleiches LinkedIn-Profil"),
            Level::LinkedInDifferent => words("other LinkedIn profile", "anderes LinkedIn-Profil"),
            Level::LinkedInLater => words(
                "other LinkedIn profile in a later export",
                "anderes LinkedIn-Profil in späterem Export",
            ),
            Level::XingEqual => words("same Xing profile", "gleiches Xing-Profil"),
            Level::XingDifferent => words("other Xing profile", "anderes Xing-Profil"),
            Level::XingLater => {
                words("other Xing profile in a later export", "anderes Xing-Profil in späterem Export")
            }
            Level::EmailEqual => words("same e-mail", "gleiche E-Mail"),
            Level::EmailClose => words("e-mail with a slip", "E-Mail mit Tippfehler"),
            Level::EmailCloseName => words(
                "e-mail nearly the same, made from the name",
                "E-Mail fast gleich, aus dem Namen gebildet",
            ),
            Level::EmailLocal => {
                words("same e-mail name at another provider", "gleicher E-Mail-Name bei anderem Anbieter")
            }
            Level::EmailRestated => words("e-mail only repeats the name", "E-Mail wiederholt nur den Namen"),
            Level::EmailNumbered => words("e-mail with another number", "E-Mail mit anderer Nummer"),
            Level::EmailColleague => {
                words("other mailbox at the same company", "anderes Postfach in derselben Firma")
            }
            Level::EmailDifferent => words("other e-mail", "andere E-Mail"),
            Level::PhoneEqual => words("same phone number", "gleiche Telefonnummer"),
            Level::PhoneDifferent => words("other phone number", "andere Telefonnummer"),
            Level::MobileDifferent => words("other mobile number", "andere Handynummer"),
            Level::IdEqual => words("same external id", "gleiche fremde Id"),
            Level::IdClose => words("external id with a slip", "fremde Id mit Tippfehler"),
            Level::IdDifferent => words("other external id", "andere fremde Id"),
            Level::EntryEqual => words("same entry in another export", "gleicher Eintrag in anderem Export"),
            Level::ConnectedEqual => words("connected on the same day", "am selben Tag verbunden"),
            Level::ConnectedDifferent => words("connected on another day", "an anderem Tag verbunden"),
            Level::CompanyEqual => words("same company", "gleiche Firma"),
            Level::CompanySimilar => words("similar company", "ähnliche Firma"),
            Level::CompanyDifferent => words("other company", "andere Firma"),
            Level::CompanyLater => {
                words("other company in a later export", "andere Firma in späterem Export")
            }
            Level::CompanyInitials => words(
                "initials of one employer are the name of the other",
                "Anfangsbuchstaben des einen Arbeitgebers sind der Name des anderen",
            ),
            Level::CompanyNamesake => words(
                "same employer, where two people have this name",
                "gleicher Arbeitgeber, bei dem zwei Menschen so heißen",
            ),
            Level::PositionEqual => words("same position", "gleiche Position"),
            Level::PositionDifferent => words("other position", "andere Position"),
            Level::CityEqual => words("same city", "gleicher Ort"),
            Level::CityClose => words("city with a slip", "Ort mit Tippfehler"),
            Level::CityDifferent => words("other city", "anderer Ort"),
            Level::PostcodeEqual => words("same postcode", "gleiche Postleitzahl"),
            Level::PostcodeClose => words("postcode with a slip", "Postleitzahl mit Tippfehler"),
            Level::PostcodeDifferent => words("other postcode", "andere Postleitzahl"),
            Level::StreetEqual => words("same street", "gleiche Straße"),
            Level::StreetClose => words("street with a slip", "Straße mit Tippfehler"),
            Level::StreetDifferent => words("other street", "andere Straße"),
            Level::BirthdayEqual => words("same birthday", "gleicher Geburtstag"),
            Level::BirthdayYearless => {
                words("same birthday, a year is missing", "gleicher Geburtstag, ein Jahr fehlt")
            }
            Level::BirthdayTypo => words("birthday with a slip", "Geburtstag mit Tippfehler"),
            Level::BirthdaySwapped => {
                words("day and month of the birthday swapped", "Tag und Monat des Geburtstags vertauscht")
            }
            Level::BirthdayTwoParts => {
                words("two parts of the birthday fit", "zwei Teile des Geburtstags passen")
            }
            Level::BirthdayOnePart => {
                words("one part of the birthday fits", "ein Teil des Geburtstags passt")
            }
            Level::BirthdayDifferent => words("other birthday", "anderer Geburtstag"),
            Level::ExportDistinct => words("two entries of one export", "zwei Einträge desselben Exports"),
            Level::RoleDifferent => words("one is a shared address", "eine ist eine Sammeladresse"),
            Level::Together => {
                words("what the other entries of both say", "was die übrigen Einträge beider sagen")
            }
            Level::Twice => {
                words("one book would hold a person twice", "ein Adressbuch enthielte jemanden zweimal")
            }
            Level::Caution => {
                words("what contradicts counts half again", "was widerspricht, zählt anderthalbfach")
            }
            Level::Rivals => words("somebody else could be meant", "es könnte jemand anderes gemeint sein"),
        }
    }
}

/// What speaks for one person and what against it, in words, the strongest first. What weighs next to nothing
/// is left out, and so is the prior, which is the same for every pair.
pub fn reasons(parts: &[Part], language: Language) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut sorted: Vec<&Part> = parts.iter().filter(|part| part.level != Level::Prior).collect();
    sorted.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.level.cmp(&y.level)));
    let told = |wanted: fn(f32) -> bool| {
        let words = sorted.iter().filter(|part| wanted(part.weight));
        words.map(|part| part.level.words().in_language(language)).collect()
    };
    (told(|weight| weight >= WORTH_SAYING), told(|weight| weight <= -WORTH_SAYING))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_level_has_words_of_its_own() {
        for language in Language::ALL {
            let all: BTreeSet<&str> =
                Level::ALL.iter().map(|level| level.words().in_language(language)).collect();
            assert_eq!(all.len(), Level::ALL.len());
            assert!(all.iter().all(|words| !words.is_empty() && !words.contains(['|', ';'])));
        }
    }

    #[test]
    fn the_strongest_reason_comes_first() {
        let part = |level, weight| Part { level, weight };
        let parts = [
            part(Level::Prior, -12.0),
            part(Level::GivenExact, 6.0),
            part(Level::FamilyExact, 9.0),
            part(Level::EmailRestated, 0.0),
            part(Level::CityDifferent, -1.5),
        ];
        let (pro, contra) = reasons(&parts, Language::German);
        assert_eq!(pro, ["gleicher Nachname", "gleicher Vorname"]);
        assert_eq!(contra, ["anderer Ort"]);
    }
}
