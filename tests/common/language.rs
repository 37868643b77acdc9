//! Words that stand where two languages should differ.

use std::collections::HashSet;

/// Words that are right in both languages, if not always with the same meaning.
const WORDS: &str = "In an half in minus private so was will \
    Biotech Budget Business Design Hand IT Id Junior Marketing NGOs Name PR Pharma Position Professional Recruiting Region \
    Senior Software Student Team Transport Trend Web";
/// Names that are the same everywhere: of methods, standards and laws, of networks and programs, of what formulas and
/// files speak of.
const NAMES: &str = "Blau Dunbar Gini Herfindahl Jaccard Kaplan Meier Pielou Sen Shannon Theil \
    BY BetrVG CC GeoNames Google ISO LinkedIn Outlook Xing geonames.org hamstern info vCard vCards \
    connected distinct ln reactivate team";

/// The words of a text. Single letters are none, nor names of files and columns, nor what is left of a word that was
/// cut.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_name =
        |part: &&str| part.contains('_') || [".csv", ".xlsx", ".html"].iter().any(|end| part.contains(end));
    let letters = |letter: char| !letter.is_alphabetic() && letter != '…';
    let all = text
        .split([' ', '\u{a0}'])
        .filter(move |part| !is_name(part))
        .flat_map(move |part| part.split(letters));
    all.filter(|word| word.chars().count() > 1 && !word.ends_with('…'))
}

/// The words of both lists of texts that are neither data nor right in both languages, each with a text in which it stands.
pub(crate) fn untranslated(one: &[String], other: &[String], data: &str) -> Vec<String> {
    let data: HashSet<&str> = words(data).chain(words(WORDS)).chain(words(NAMES)).collect();
    let known: HashSet<&str> = other.iter().flat_map(|text| words(text)).collect();
    let mut told: HashSet<&str> = HashSet::new();
    let all = one.iter().flat_map(|text| words(text).map(move |word| (word, text)));
    all.filter(|(word, _)| known.contains(word) && !data.contains(word) && told.insert(word))
        .map(|(word, text)| format!("{word}: {text}"))
        .collect()
}
