//! Names as words: what punctuation belongs to them and where a blank is missing.

use super::honorific::{self, Place, Position};

/// Words without the punctuation around them; `Müller - Schmidt` is one.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut join = false;
    for raw in text.split(' ') {
        let word = raw.trim_matches(is_noise).trim_start_matches('.');
        let dash = raw.starts_with('-') || raw.starts_with('–');
        if !word.contains(char::is_alphanumeric) && word != "&" {
            join |= dash && raw.chars().count() == 1 && !out.is_empty();
            continue;
        }
        match out.last_mut() {
            Some(last) if join || (dash && !last.ends_with('.')) => {
                last.push('-');
                last.push_str(word);
            }
            _ => split_title(word, &mut out),
        }
        join = raw.ends_with('-') || raw.ends_with('–');
    }
    out
}

fn is_noise(letter: char) -> bool {
    matches!(
        letter,
        ',' | ';'
            | ':'
            | '-'
            | '_'
            | '*'
            | '~'
            | '='
            | '|'
            | '!'
            | '?'
            | '#'
            | '<'
            | '>'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\\'
            | '^'
            | '+'
            | '$'
            | '%'
            | '/'
            | '…'
            | '–'
            | '—'
    )
}

/// Divides `Dr.Anna` and `Prof.Dr.`: a title that a blank is missing after.
fn split_title(word: &str, out: &mut Vec<String>) {
    let mut rest = word;
    while let Some((head, tail)) = rest.split_once('.') {
        let title = [head, "."].concat();
        let known = honorific::all(&[title.as_str()], Place::Name { mixed: false })
            .is_some_and(|found| found.position == Position::Title && found.spelling.ends_with('.'));
        if !known || !tail.starts_with(char::is_uppercase) || honorific::all(&[rest], Place::Own).is_some() {
            break;
        }
        out.push(title);
        rest = tail;
    }
    out.push(rest.to_owned());
}

/// The same words, borrowed.
pub(super) fn slices(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// A dot after a long word is no abbreviation.
pub(super) fn without_dot(word: &str) -> &str {
    let bare = word.trim_end_matches('.');
    if bare.chars().count() > 4 && !bare.contains('.') { bare } else { word }
}
