//! Names: titles and credentials peeled off, one-cell names divided, order and case put right.

use super::case;
use super::company;
use super::email;
use super::honorific::{self, Place, Position};
use super::name_words::{slices, without_dot, words};
use super::particle;
use super::plain::plain;
use super::remark::{self, Beside};
use crate::record::Field;
use crate::text::{fold, squeeze};

/// The name cells of a record as they came.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Source<'a> {
    /// The whole name in one cell.
    pub(super) whole: &'a str,
    /// Titles.
    pub(super) prefix: &'a str,
    /// Given name.
    pub(super) given: &'a str,
    /// Further given names.
    pub(super) middle: &'a str,
    /// Family name.
    pub(super) family: &'a str,
    /// Credentials.
    pub(super) suffix: &'a str,
    /// Employer of the same record, which the name may repeat.
    pub(super) company: &'a str,
}

impl<'a> Source<'a> {
    /// The cells of the name.
    pub(super) fn cells(&self) -> [(Field, &'a str); 6] {
        [
            (Field::Name, self.whole),
            (Field::Prefix, self.prefix),
            (Field::GivenName, self.given),
            (Field::MiddleName, self.middle),
            (Field::FamilyName, self.family),
            (Field::Suffix, self.suffix),
        ]
    }

    /// Whether there is no name in any cell.
    pub(super) fn is_empty(&self) -> bool {
        self.cells().iter().all(|(_, cell)| cell.is_empty())
    }
}

/// A name in its parts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// Titles, in their one spelling.
    pub(super) prefix: String,
    /// Given names.
    pub(super) given: String,
    /// Further given names.
    pub(super) middle: String,
    /// Family name with particles.
    pub(super) family: String,
    /// Credentials, joined by commas.
    pub(super) suffix: String,
}

/// What cells meant for a name turned out to hold.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    /// The name.
    pub(super) parts: Parts,
    /// What stood beside it.
    pub(super) beside: Beside,
    /// An e-mail address that stood in place of the name.
    pub(super) email: Option<String>,
    /// A number that stood in place of the name.
    pub(super) phone: Option<String>,
    /// A company that stood in place of the name.
    pub(super) company: Option<String>,
}

/// Brings the name cells of a record to their parts.
///
/// What one round leaves may be cleaned further by another (`Dr. (Dr. Anna)`), so rounds go on until
/// nothing changes; four are more than any real name takes.
pub(super) fn clean_name(source: Source<'_>) -> Cleaned {
    let mut out = Cleaned::default();
    round(source, &mut out);
    for _ in 0..4 {
        let before = out.parts.clone();
        let company = out.company.clone().unwrap_or_else(|| source.company.to_owned());
        let again = Source {
            whole: "",
            prefix: &before.prefix,
            given: &before.given,
            middle: &before.middle,
            family: &before.family,
            suffix: &before.suffix,
            company: &company,
        };
        if plain(&again) == Some((&before.given, &before.family)) {
            break;
        }
        round(again, &mut out);
        if out.parts == before {
            break;
        }
    }
    out
}

/// One name on its way: words with what was peeled off them.
#[derive(Default)]
struct Work {
    titles: Vec<String>,
    given: Vec<String>,
    middle: Vec<String>,
    family: Vec<String>,
    credentials: Vec<String>,
    /// Whether a salutation or title says that a lone word is a family name.
    titled: bool,
}

fn round(source: Source<'_>, out: &mut Cleaned) {
    let mut work = Work::default();
    read_prefix(source.prefix, &mut work);
    read_suffix(source.suffix, &mut work, &mut out.beside);
    let given = remark::strip(source.given, &mut out.beside);
    let family = remark::strip(source.family, &mut out.beside);
    let middle = remark::strip(source.middle, &mut out.beside);
    let whole =
        if source.whole.is_empty() { String::new() } else { remark::strip(source.whole, &mut out.beside) };
    let joined = match (given.is_empty(), family.is_empty()) {
        (true, true) => whole.clone(),
        (false, false) => format!("{given} {family}"),
        _ => format!("{given}{family}"),
    };
    if !is_other(&joined, source.company, &mut work, out) {
        if let Some(text) = whole_name(&given, &family, &whole) {
            read_whole(&text, &mut work, &mut out.beside);
        } else {
            let mixed = joined.contains(char::is_lowercase);
            work.given = read_part(&given, mixed, &mut work, &mut out.beside);
            work.family = read_part(&family, mixed, &mut work, &mut out.beside);
            if !whole.is_empty() && whole != joined {
                read_titles(&whole, &mut work);
            }
        }
        let mixed = middle.contains(char::is_lowercase) || joined.contains(char::is_lowercase);
        work.middle = read_part(&middle, mixed, &mut work, &mut out.beside);
        settle(&mut work);
    }
    out.parts = finish(&work);
}

/// The text to read as a whole name, where the cells do not already divide it.
fn whole_name(given: &str, family: &str, whole: &str) -> Option<String> {
    let one = |part: &str, other: &str| {
        let richer = words(other).len() > words(part).len() && fold(other).contains(&fold(part));
        if richer {
            return Some(other.to_owned());
        }
        let several = part.contains([',', ' ']) && !particle::begins_with_particle(&slices(&words(part)));
        several.then(|| part.to_owned())
    };
    match (given.is_empty(), family.is_empty()) {
        (true, true) => Some(whole.to_owned()),
        (false, true) => one(given, whole),
        (true, false) => one(family, whole),
        // Sign-up forms divide `Sample, Bob` at the blank.
        (false, false) => given.ends_with(',').then(|| format!("{given} {family}")),
    }
}

/// Whether the name is none: an address, a number, a company; it then goes where it belongs.
fn is_other(text: &str, company: &str, work: &mut Work, out: &mut Cleaned) -> bool {
    if text.is_empty() {
        return false;
    }
    if text.contains('@')
        && let Some(address) = email::address(text)
    {
        out.email = Some(address.into_owned());
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 5 && !text.contains(char::is_alphabetic) {
        out.phone = Some(text.to_owned());
        return true;
    }
    let repeats = !company.is_empty() && squeeze(company) == text && company::is_organisation(text);
    if repeats {
        return true;
    }
    if !company::is_company_name(text) {
        return false;
    }
    if company.is_empty() {
        out.company = Some(text.to_owned());
    } else if crate::words::company_core(company) != crate::words::company_core(text) {
        work.family.push(text.to_owned());
    }
    true
}

/// Reads the cell for titles: salutations go, titles get their spelling, the rest stays.
fn read_prefix(cell: &str, work: &mut Work) {
    let cell = squeeze(cell);
    let words: Vec<&str> =
        cell.split([' ', ',']).filter(|word| word.contains(char::is_alphanumeric) || *word == "&").collect();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        if let Some((count, found)) = honorific::at_start(rest, Place::Own) {
            work.titled = true;
            if found.position != Position::Salutation {
                work.titles.push(found.spelling.to_owned());
            }
            rest = &rest[count..];
        } else {
            work.titles.push(rest[0].to_owned());
            rest = &rest[1..];
        }
    }
}

/// Reads the cell for credentials.
fn read_suffix(cell: &str, work: &mut Work, beside: &mut Beside) {
    let cell = squeeze(cell);
    for part in cell.split([',', ';', '|']).map(str::trim).filter(|part| part.contains(char::is_alphanumeric))
    {
        if !read_credentials(part, Place::Own, work, beside, true) {
            push_new(&mut work.credentials, part);
        }
    }
}

/// Whether the text is nothing but titles and credentials; they then go where they belong.
fn read_credentials(text: &str, place: Place, work: &mut Work, beside: &mut Beside, all_after: bool) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let (mut rest, mut found) = (words.as_slice(), Vec::new());
    while let Some((count, honorific)) = honorific::at_start(rest, place) {
        found.push(honorific);
        rest = &rest[count..];
    }
    if !rest.is_empty() || found.is_empty() {
        return false;
    }
    for honorific in found {
        match honorific.position {
            Position::Salutation => work.titled = true,
            Position::Remark => push_new(&mut beside.remarks, honorific.spelling),
            Position::Title if !all_after => {
                work.titled = true;
                push_new(&mut work.titles, honorific.spelling);
            }
            _ => push_new(&mut work.credentials, honorific.spelling),
        }
    }
    true
}

/// Takes only the titles off the front of a whole name whose parts stand in cells of their own.
fn read_titles(whole: &str, work: &mut Work) {
    let words = words(whole);
    peel_front(&slices(&words), true, work);
}

/// Peels titles and salutations off the front; the number of words they took.
fn peel_front(words: &[&str], mixed: bool, work: &mut Work) -> usize {
    let (mut at, mut titles) = (0, Vec::new());
    while let Some((count, found)) = honorific::at_start(&words[at..], Place::Name { mixed }) {
        match found.position {
            Position::Title => titles.push(found.spelling),
            Position::Salutation => {}
            Position::Credential | Position::Remark => break,
        }
        work.titled = true;
        at += count;
    }
    // A title said twice, in its own cell and before the name, is one title.
    let fresh: Vec<String> = titles
        .iter()
        .filter(|title| !has_title(&work.titles, title))
        .map(|title| (*title).to_owned())
        .collect();
    work.titles.extend(fresh);
    at
}

fn has_title(titles: &[String], title: &str) -> bool {
    titles.iter().any(|have| have == title || have.split(' ').any(|part| part == title))
}

/// Peels credentials off the end; the number of words that stay.
fn peel_back(words: &[&str], mixed: bool, work: &mut Work, beside: &mut Beside) -> usize {
    let (mut end, mut found) = (words.len(), Vec::new());
    while let Some((count, honorific)) = honorific::at_end(&words[..end], Place::Name { mixed }) {
        found.push(honorific);
        end -= count;
    }
    for honorific in found.iter().rev() {
        match honorific.position {
            Position::Title if !has_title(&work.titles, honorific.spelling) => {
                work.titled = true;
                work.titles.push(honorific.spelling.to_owned());
            }
            Position::Credential => push_new(&mut work.credentials, honorific.spelling),
            Position::Remark => push_new(&mut beside.remarks, honorific.spelling),
            Position::Title | Position::Salutation => {}
        }
    }
    end
}

fn peel(text: &str, mixed: bool, work: &mut Work, beside: &mut Beside) -> Vec<String> {
    let words = words(text);
    let all = slices(&words);
    let start = peel_front(&all, mixed, work);
    let end = start + peel_back(&all[start..], mixed, work, beside);
    words[start..end].to_vec()
}

/// Reads a cell that holds only the given or only the family name: after a comma there is no name.
fn read_part(text: &str, mixed: bool, work: &mut Work, beside: &mut Beside) -> Vec<String> {
    let (name, rest) = text.split_once(',').unwrap_or((text, ""));
    let words = peel(name, mixed, work, beside);
    for part in rest.split(',').map(str::trim).filter(|part| part.contains(char::is_alphanumeric)) {
        if !read_credentials(part, Place::Name { mixed: true }, work, beside, false) {
            let list = if is_like_credential(part) { &mut work.credentials } else { &mut beside.remarks };
            push_new(list, part);
        }
    }
    words
}

/// Whether unknown text after a comma is written like a credential: `CPCU`, `B.Tech.`.
fn is_like_credential(text: &str) -> bool {
    let short = text.len() <= 8 && !text.contains(' ');
    short && (text.contains('.') || !text.contains(char::is_lowercase))
}

/// Reads a whole name: `Given Family`, `Family, Given`, with whatever stands around it.
fn read_whole(text: &str, work: &mut Work, beside: &mut Beside) {
    let mixed = text.contains(char::is_lowercase);
    let mut parts = text.split(',').map(str::trim).filter(|part| part.contains(char::is_alphanumeric));
    let first = peel(parts.next().unwrap_or_default(), mixed, work, beside);
    let strict = Place::Name { mixed: mixed || first.len() > 1 };
    let mut given: Option<Vec<String>> = None;
    for part in parts {
        if read_credentials(part, strict, work, beside, false) {
            continue;
        }
        let plain = first.len() >= 2 && !particle::begins_with_particle(&slices(&first));
        if given.is_none()
            && !first.is_empty()
            && !(plain && (first.len() > 2 || mixed && is_like_credential(part)))
        {
            given = Some(peel(part, mixed, work, beside));
        } else if mixed && is_like_credential(part) {
            push_new(&mut work.credentials, part);
        } else {
            push_new(&mut beside.remarks, part);
        }
    }
    match given {
        Some(given) if !given.is_empty() => {
            work.given = given;
            work.family = first;
        }
        _ => divide(first, work),
    }
}

/// Divides the words of a name without a comma.
fn divide(words: Vec<String>, work: &mut Work) {
    let all = slices(&words);
    if words.len() == 1 {
        let family = work.titled || particle::begins_family(all[0]);
        if family {
            work.family = words;
        } else {
            work.given = words;
        }
        return;
    }
    let capitals = leading_capitals(&all);
    let first = if particle::is_vietnamese(&all) { 1 } else { capitals };
    if first > 0 {
        work.given = words[first..].to_vec();
        work.family = words[..first].to_vec();
        return;
    }
    let at = particle::divide(&all);
    work.given = words[..at].to_vec();
    work.family = words[at..].to_vec();
}

/// `DUPONT Jean`: how many words in capitals stand before the others, and so are the family name.
fn leading_capitals(words: &[&str]) -> usize {
    let capital = |word: &&&str| {
        word.chars().count() >= 3 && case::case_of(word) == case::Case::Upper && case::has_vowel(word)
    };
    let count = words.iter().take_while(capital).count();
    let rest = &words[count..];
    let plain = !rest.is_empty() && rest.iter().all(|word| word.contains(char::is_lowercase));
    if plain && !particle::is_particle(rest[0]) && !words[..count].iter().any(|word| word.contains('.')) {
        count
    } else {
        0
    }
}

/// Puts right what cells of their own still hold wrongly: particles at the end of the given name, the family
/// name repeated in the given name, a whole name in one of them.
fn settle(work: &mut Work) {
    for list in [&mut work.middle, &mut work.given] {
        let all = slices(list);
        let particles = if work.family.is_empty() { 0 } else { particle::trailing(&all) };
        let at = list.len() - particles;
        let moved = list.split_off(at);
        work.family.splice(0..0, moved);
    }
    let key = |words: &[String]| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
    let (given, family) = (key(&work.given), key(&work.family));
    let begins = particle::begins_with_particle(&slices(&work.family));
    if !family.is_empty() && given.len() > family.len() && given.ends_with(&family) {
        work.given.truncate(given.len() - family.len());
    } else if !given.is_empty() && family.len() > given.len() && family.starts_with(&given) && !begins {
        work.family.drain(..given.len());
    }
    if work.family.is_empty() && work.given.len() > 1 {
        let words = std::mem::take(&mut work.given);
        divide(words, work);
    } else if work.given.is_empty()
        && work.family.len() > 1
        && !particle::begins_with_particle(&slices(&work.family))
    {
        let words = std::mem::take(&mut work.family);
        divide(words, work);
    }
}

fn finish(work: &Work) -> Parts {
    let join = |words: &[String]| {
        let trimmed: Vec<&str> = words.iter().map(|word| without_dot(word)).collect();
        trimmed.join(" ")
    };
    let (given, middle, family) = (join(&work.given), join(&work.middle), join(&work.family));
    let (given_case, family_case) = (case::case_of(&given), case::case_of(&family));
    let turkish = case::is_turkish(&given) || case::is_turkish(&family);
    Parts {
        prefix: work.titles.join(" "),
        given: case::proper(&given, family_case, turkish).into_owned(),
        middle: case::proper(&middle, family_case, turkish).into_owned(),
        family: if company::is_company_name(&family) {
            family
        } else {
            case::proper(&family, given_case, turkish).into_owned()
        },
        suffix: work.credentials.join(", "),
    }
}

fn push_new(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|have| have == text) {
        list.push(text.to_owned());
    }
}
