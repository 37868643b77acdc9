//! Whether the text where an employer should stand names an organisation at all.

use super::Case;
use crate::text::{fold, tokens};
use crate::words::CompanyWords;

/// What stands where an employer should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// An organisation.
    Organisation,
    /// Nothing.
    Nothing,
    /// Somebody who works alone: freelance, or the contact's own name.
    Alone,
    /// Somebody without work: student, retired, on leave.
    NoWork,
}

/// Words for working alone that begin the text: `Freelance Consultant`.
const ALONE: [&str; 24] = [
    "freelance",
    "freelancer",
    "freelancing",
    "freiberuflich",
    "freiberufliche",
    "freiberufler",
    "freiberuflerin",
    "freiberuf",
    "selbstaendig",
    "selbststaendig",
    "selbstandig",
    "selbststandig",
    "selbstaendige",
    "selbststaendige",
    "selbstaendiger",
    "selbststaendiger",
    "selbstaendigkeit",
    "selbststaendigkeit",
    "freischaffend",
    "freischaffende",
    "freischaffender",
    "selfemployed",
    "autonomo",
    "einzelunternehmer",
];

/// The same in two words.
const ALONE_PAIRS: [(&str, &str); 9] = [
    ("self", "employed"),
    ("freier", "mitarbeiter"),
    ("freie", "mitarbeiterin"),
    ("independent", "consultant"),
    ("independent", "contractor"),
    ("own", "business"),
    ("eigene", "firma"),
    ("eigenes", "unternehmen"),
    ("freie", "mitarbeit"),
];

/// Words for being without work that begin the text.
const NO_WORK: [&str; 24] = [
    "arbeitssuchend",
    "arbeitsuchend",
    "arbeitslos",
    "jobsuchend",
    "stellensuchend",
    "elternzeit",
    "mutterschutz",
    "elternkarenz",
    "karenz",
    "weltreise",
    "auslandsaufenthalt",
    "sabbatical",
    "sabbatjahr",
    "rentner",
    "rentnerin",
    "pensioniert",
    "retired",
    "unemployed",
    "hausfrau",
    "hausmann",
    "privatier",
    "jobseeker",
    "kindererziehung",
    "ruhestand",
];

/// Words for learning; alone or before what is learnt they are no employer.
const LEARNING: [&str; 8] =
    ["student", "studentin", "studierende", "studierender", "studium", "schueler", "schuelerin", "studying"];

/// Words before what is learnt or where.
const LEARNT: [&str; 9] = ["der", "des", "an", "at", "of", "in", "im", "fuer", "am"];

/// Titles beside one's own name.
const TITLES: [&str; 16] = [
    "dr", "prof", "dipl", "ing", "mag", "med", "dent", "rer", "nat", "phil", "jur", "pol", "msc", "mba",
    "ba", "ma",
];

/// What stands where the employer should; `folded` is the company as [`super::name::folded`] leaves it, `read` are
/// its words.
pub(super) fn of(folded: &str, read: &CompanyWords, case: &Case<'_>) -> Standing {
    let words: Vec<&str> = tokens(folded).take(12).collect();
    let Some(first) = words.first() else { return Standing::Nothing };
    let second = words.get(1);
    let alone = ALONE.contains(first) || second.is_some_and(|second| ALONE_PAIRS.contains(&(first, second)));
    let learning = LEARNING.contains(first) && second.is_none_or(|second| LEARNT.contains(second));
    if alone
        && (words.len() == 1 || read.without_form().split(' ').count() + 1 >= words.len())
        && !has_form(folded, read)
    {
        return Standing::Alone;
    }
    if (NO_WORK.contains(first) || learning) && !has_form(folded, read) {
        return Standing::NoWork;
    }
    if is_own_name(&words, case) {
        return Standing::Alone;
    }
    if read.are_none() {
        return if says_nothing(&words) { Standing::Nothing } else { Standing::NoWork };
    }
    Standing::Organisation
}

/// Whether a legal form ends the text, so that it is a company after all: `Freelance GmbH`.
fn has_form(folded: &str, read: &CompanyWords) -> bool {
    let words = tokens(folded).filter(|word| !["und", "and"].contains(word)).count();
    read.without_form().split(' ').filter(|word| !word.is_empty()).count() < words
}

/// Whether the words are a way to leave the field empty.
fn says_nothing(words: &[&str]) -> bool {
    let joined = words.join(" ");
    [
        "n a",
        "na",
        "none",
        "nil",
        "null",
        "k a",
        "keine angabe",
        "keine angaben",
        "unknown",
        "unbekannt",
        "x",
        "xx",
        "xxx",
    ]
    .contains(&joined.as_str())
}

/// Whether the words are the contact's given and family name and nothing but titles beside.
fn is_own_name(words: &[&str], case: &Case<'_>) -> bool {
    let (given, family) = (fold(case.given_name), fold(case.family_name));
    let own = |word: &str| tokens(&given).chain(tokens(&family)).any(|part| part == word);
    let has = |name: &str| tokens(name).next().is_some() && tokens(name).any(|part| words.contains(&part));
    has(&given) && has(&family) && words.iter().all(|word| own(word) || TITLES.contains(word))
}
