//! Text that is not valid TOML: what is wrong with it, and what is left when the broken lines are taken out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::de::{DeTable, Error};

use super::error::{Found, line_of};
use crate::text::visible;

/// How often the parser is started anew after lines that stopped it.
const ROUNDS: usize = 50;

/// The text with its broken lines blanked, every other byte at its place, and one error for each of them.
///
/// The parser gives up after some mistakes, so it runs again without the lines it stumbled over: all that
/// is wrong comes at once.
pub(super) fn mend(text: &str) -> (Cow<'_, str>, Vec<Found>) {
    let mut mended = Cow::Borrowed(text);
    let mut errors: BTreeMap<usize, Found> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let (_, syntax) = DeTable::parse_recoverable(&mended);
        let mut blank = Vec::new();
        for error in &syntax {
            let found = explain(text, error);
            let line = line_of(text, found.at);
            if let std::collections::btree_map::Entry::Vacant(place) = errors.entry(line.start) {
                place.insert(found);
                if !is_duplicate(error) {
                    blank.push(line);
                }
            }
        }
        if blank.is_empty() {
            break;
        }
        let mut bytes = mended.into_owned().into_bytes();
        for line in blank {
            let end = if text[line.clone()].trim_start().starts_with('[') {
                section_end(text, line.end)
            } else {
                line.end
            };
            for byte in bytes[line.start..end].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
                *byte = b' ';
            }
        }
        mended = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }
    (mended, errors.into_values().collect())
}

/// Where the section whose header stands before a byte ends: its options would fall to the one above.
fn section_end(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n').skip(1) {
        at += line.len();
        if line.starts_with('[') {
            return at - line.len();
        }
    }
    text.len()
}

fn is_duplicate(error: &Error) -> bool {
    error.message().contains("duplicate key")
}

/// What the TOML parser said, with a hint for somebody who does not know TOML.
fn explain(text: &str, error: &Error) -> Found {
    let at = error.span().map_or(text.len(), |span| span.start);
    let message = error.message();
    let message = message.strip_suffix(", expected literal string").unwrap_or(message);
    let line = &text[line_of(text, at)];
    Found::new(at, format!("this is not valid TOML: {}", visible(message))).hint(hint(line, error))
}

fn hint(line: &str, error: &Error) -> &'static str {
    let says = |word| error.message().contains(word);
    if is_duplicate(error) {
        "it stands above already; a key stands once in a section, and a section that repeats is written [[name]]"
    } else if line.contains(['“', '”', '„', '‘', '’', '«', '»']) {
        "write straight quotes: \"text\""
    } else if line.contains('\\') && (says("escape") || says("unicode")) {
        "between \"...\" a backslash begins an escape: write / in paths, or put the text between '...'"
    } else if line.contains(':') && !line.contains('=') {
        "an option is written: key = value"
    } else if says("unclosed table") {
        "a section is written [name] or [[name]]"
    } else if says("must be quoted") {
        "text stands in quotes: key = \"text\""
    } else if says("basic string") || says("literal string") {
        "the closing quote is missing"
    } else {
        ""
    }
}
