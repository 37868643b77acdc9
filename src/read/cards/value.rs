//! The values of properties: quoted-printable, escapes, and lists.

use std::borrow::Cow;

/// Undoes quoted-printable; soft breaks are already joined. Says whether all of it was well-formed.
///
/// A semicolon that was encoded is no separator: it comes out escaped.
pub(super) fn unquote(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut rest, mut fine) = (bytes, true);
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        let code = rest.get(at + 1..at + 3).and_then(hex);
        match code {
            Some(b';') if out.last() != Some(&b'\\') => out.extend_from_slice(b"\\;"),
            Some(byte) => out.push(byte),
            None => {
                fine = false;
                out.push(b'=');
            }
        }
        rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
    }
    out.extend_from_slice(rest);
    (out, fine)
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = digits else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// A value that is one text, unescaped. `old` is vCard 2.1, where `\n` is no line break.
pub(in crate::read) fn text(value: &str, old: bool) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' { escaped(letters.next(), old, &mut out) } else { out.push(letter) }
    }
    Cow::Owned(out)
}

/// A value that is a list, split at separators that are not escaped, each part unescaped.
pub(in crate::read) fn list<'a>(value: &'a str, separators: &[char], old: bool) -> Vec<Cow<'a, str>> {
    let mut parts = Vec::new();
    let (mut start, mut skip) = (0, false);
    for (at, letter) in value.char_indices() {
        if skip {
            skip = false;
        } else if letter == '\\' {
            skip = true;
        } else if separators.contains(&letter) {
            parts.push(text(&value[start..at], old));
            start = at + letter.len_utf8();
        }
    }
    parts.push(text(&value[start..], old));
    parts
}

fn escaped(letter: Option<char>, old: bool, out: &mut String) {
    match letter {
        Some('n' | 'N') if !old => out.push('\n'),
        // A backslash before a raw line break stands for the break.
        Some(letter @ (',' | ';' | ':' | '\\' | '\n')) => out.push(letter),
        Some(letter) => {
            out.push('\\');
            out.push(letter);
        }
        None => out.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_keeps_what_is_broken() {
        assert_eq!(unquote(b"M=C3=bcller"), ("Müller".as_bytes().to_vec(), true));
        assert_eq!(unquote(b"50=ZZ and ="), (b"50=ZZ and =".to_vec(), false));
        assert_eq!(unquote(b"A=3BB;C=5C=3BD"), (b"A\\;B;C\\;D".to_vec(), true));
    }

    #[test]
    fn values_are_unescaped_once() {
        assert_eq!(text(r"a\nb\, c\; d\\n \x", false), "a\nb, c; d\\n \\x");
        assert_eq!(text(r"http\://x", false), "http://x");
        assert_eq!(text(r"C:\new\;x", true), r"C:\new;x");
        assert_eq!(
            list(r";A\;B\\;C\\\;;D;\:E;\\\\;", &[';'], true),
            ["", "A;B\\", "C\\;", "D", ":E", "\\\\", ""]
        );
        assert_eq!(list(r"a\,b,c", &[','], false), ["a,b", "c"]);
        assert_eq!(text("trailing\\", false), "trailing\\");
    }
}
