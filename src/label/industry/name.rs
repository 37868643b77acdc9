//! The text of an employer taken apart: parts beside each other, words, and what joins them.

use crate::text::fold;

/// Words after which a name says what else the person was or is, which is no evidence for the employer.
const FORMER: [&str; 11] = [
    "ehemals",
    "ehem",
    "ehemalige",
    "ehemaliger",
    "vormals",
    "frueher",
    "formerly",
    "formally",
    "former",
    "fka",
    "vorher",
];

/// Words at the beginning that say what the person does there, or an article: `Praktikum Siemens AG`.
const LEADING: [&str; 27] = [
    "the",
    "die",
    "der",
    "das",
    "les",
    "firma",
    "fa",
    "praktikum",
    "praktikant",
    "praktikantin",
    "werkstudent",
    "werkstudentin",
    "trainee",
    "ausbildung",
    "ausbildungsbetrieb",
    "diplomand",
    "diplomarbeit",
    "masterarbeit",
    "bachelorarbeit",
    "projekt",
    "kunde",
    "intern",
    "internship",
    "duales",
    "filiale",
    "niederlassung",
    "zweigniederlassung",
];

/// Words before the employer: `Praktikum bei Siemens`.
const WITHIN: [&str; 3] = ["bei", "at", "c/o"];

/// Words that begin what a thing is for or whose it is: what stands before them is the thing.
const PREPOSITIONS: [&str; 46] = [
    "fuer", "der", "des", "den", "dem", "zur", "zum", "zu", "am", "im", "in", "an", "auf", "von", "vom",
    "aus", "ueber", "mit", "ob", "bei", "of", "for", "by", "with", "and", "de", "del", "della", "delle",
    "dei", "degli", "di", "du", "des", "d", "da", "do", "dos", "pour", "per", "para", "voor", "van", "dla",
    "na", "til",
];

/// One word of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// The word, folded.
    pub(super) text: &'a str,
    /// Whether `&`, `+` or `und` stands before it.
    pub(super) joined: bool,
}

impl Word<'_> {
    /// Whether what the thing is for begins here.
    pub(super) fn is_preposition(&self) -> bool {
        self.text.len() <= 5 && PREPOSITIONS.contains(&self.text)
    }
}

/// The text of an employer, folded and without apostrophes, as all comparisons need it.
pub(super) fn folded(company: &str) -> String {
    let mut folded = fold(company);
    plain(&mut folded);
    folded
}

/// Takes the apostrophes out of folded text.
pub(super) fn plain(folded: &mut String) {
    folded.retain(|letter| letter != '\'');
}

/// The parts of a folded name, the likeliest employer first: `siemens ag, erlangen` has two. What was
/// formerly is left out.
pub(super) fn parts(folded: &str) -> Vec<&str> {
    let folded = without_former(folded);
    let mut parts = Vec::new();
    let mut start = 0;
    // Folded text is plain, so that a byte is a letter.
    for (at, letter) in folded.bytes().enumerate() {
        if letter.is_ascii_alphanumeric() {
            continue;
        }
        let around = || (&folded[..at], &folded[at + 1..]);
        let cuts = match letter {
            b',' | b';' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'@' | b':' | b'*' | b'>'
            | b'<' | b'"' | b'\n' => true,
            b'-' | b'/' => {
                let (before, after) = around();
                let apart = before.ends_with(' ') && after.starts_with(' ');
                apart || (letter == b'/' && word_end(before) >= 4 && word_start(after) >= 4)
            }
            b' ' => WITHIN.iter().any(|word| begins(around().1, word)),
            _ => false,
        };
        if cuts {
            push(&mut parts, &folded[start..at]);
            start = at + 1;
        }
    }
    push(&mut parts, &folded[start..]);
    parts
}

fn begins(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn push<'a>(parts: &mut Vec<&'a str>, part: &'a str) {
    let part = WITHIN.iter().find(|word| begins(part, word)).map_or(part, |word| &part[word.len()..]);
    if part.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        parts.push(part.trim());
    }
}

fn word_end(text: &str) -> usize {
    text.bytes().rev().take_while(u8::is_ascii_alphabetic).count()
}

fn word_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

fn without_former(folded: &str) -> &str {
    let mut before = b'a';
    for (at, letter) in folded.bytes().enumerate() {
        let begins = !std::mem::replace(&mut before, letter).is_ascii_alphanumeric();
        if begins
            && matches!(letter, b'f' | b'e' | b'v')
            && FORMER.contains(&&folded[at..at + word_start(&folded[at..])])
        {
            return &folded[..at];
        }
    }
    folded
}

/// The words of a part. Articles and what the person does there are left off its beginning.
pub(super) fn words(part: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(6);
    let mut joined = false;
    let mut end = 0;
    for text in crate::text::tokens(part) {
        // Both lie in the same text, so that their distance is the place of the word.
        let start = text.as_ptr() as usize - part.as_ptr() as usize;
        joined |= part[end..start].contains(['&', '+']);
        end = start + text.len();
        if text == "und" || text == "and" {
            joined = true;
            continue;
        }
        words.push(Word { text, joined });
        joined = false;
    }
    let leading = words.iter().take_while(|word| LEADING.contains(&word.text)).count();
    if leading < words.len() {
        words.drain(..leading);
    }
    words
}
