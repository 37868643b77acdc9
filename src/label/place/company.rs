//! A place in the name of a company: Stadtwerke Bochum, Universität Leipzig.

use super::gazetteer::{City, Namesakes, namesakes};
use super::word::Role;
use crate::text::{fold, tokens};
use crate::words::company_core;

/// A cue of at least this many letters may end a longer word, as in Universitätsklinikum.
const COMPOUND: usize = 6;

/// A smaller place is no evidence: too many of their names are family names.
const LEAST: u32 = 20_000;

/// The cities named in a company's name beside the word of an institution: one list of namesakes for each.
pub(super) fn cities(company: &str) -> Vec<Vec<City>> {
    let mut found = Vec::new();
    if !mentions_cue(&fold(company)) {
        return found;
    }
    let core = company_core(&apart(company));
    let words: Vec<&str> = core.split(' ').collect();
    let mut at = 0;
    while at < words.len() {
        if !is_cue(words[at]) {
            at += 1;
            continue;
        }
        at += 1;
        while words.get(at).is_some_and(|word| Role::Between.has(word)) {
            at += 1;
        }
        // Beside another place it is a place: Duisburg-Essen.
        while let Some((cities, len)) = longest(&words[at.min(words.len())..], !found.is_empty()) {
            found.push(cities);
            at += len;
        }
    }
    found
}

/// A quick look whether any cue may be in the folded name at all.
pub(super) fn mentions_cue(folded: &str) -> bool {
    tokens(folded).any(is_cue)
}

fn is_cue(word: &str) -> bool {
    if Role::Cue.has(word) {
        return true;
    }
    let starts = word.char_indices().map(|(at, _)| at).skip(1);
    starts.take_while(|at| at + COMPOUND <= word.len()).any(|at| Role::Cue.has(&word[at..]))
}

/// The cities whose name begins some words, by the longest name, and how many words it has.
fn longest(words: &[&str], any: bool) -> Option<(Vec<City>, usize)> {
    (1..=words.len().min(4)).rev().find_map(|len| {
        let name = words[..len].join(" ");
        if !any && Role::Word.has(&name) {
            return None;
        }
        let cities: Vec<City> = namesakes(&name).into_iter().flat_map(Namesakes::named).collect();
        cities.iter().any(|city| city.population >= LEAST).then_some((cities, len))
    })
}

/// A name with its grown-together words apart: `KölnBonn` becomes `Köln Bonn`.
fn apart(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(letter);
        before = letter;
    }
    out
}
