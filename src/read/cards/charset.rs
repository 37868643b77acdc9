//! Which characters the bytes of a property stand for; each property may have a charset of its own.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Lines;

/// Bytes outside ASCII below which guessing an encoding is worse than taking the western one.
const ENOUGH_TO_GUESS: usize = 40;

/// How bytes were understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// As declared, or as UTF-8.
    Sure,
    /// The declared charset did not fit, or some of it is broken.
    Wrong,
    /// Nothing was declared and it was not UTF-8; said once a file, for a file is all alike.
    Guessed(&'static str),
}

/// Chooses charsets for one file.
pub(in crate::read) struct Charsets<'a> {
    file: &'a [u8],
    fallback: OnceCell<&'static Encoding>,
    /// Whether it was said that something is guessed.
    told: Cell<bool>,
}

impl<'a> Charsets<'a> {
    /// For the cards of that file.
    pub(in crate::read) fn new(file: &'a [u8]) -> Charsets<'a> {
        Charsets { file, fallback: OnceCell::new(), told: Cell::new(false) }
    }

    /// The value as text: in its declared charset, in UTF-8, in one declared elsewhere in the card, in one
    /// declared elsewhere in the file, or in the likeliest.
    pub(super) fn decode<'b>(
        &self,
        bytes: Cow<'b, [u8]>,
        declared: Option<&str>,
        card: impl FnOnce() -> Option<&'static Encoding>,
    ) -> (Cow<'b, str>, Trust) {
        // A file in UTF-16 has been decoded as a whole.
        let wide = |encoding: &&'static Encoding| *encoding == UTF_16LE || *encoding == UTF_16BE;
        let encoding =
            declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|it| !wide(it));
        // What reads as UTF-8 beyond ASCII is UTF-8, even if a western charset is declared.
        if encoding.is_none_or(|encoding| {
            encoding == UTF_8
                || encoding == WINDOWS_1252
                || (encoding.is_ascii_compatible() && bytes.is_ascii())
        }) {
            match utf8(bytes) {
                Ok(text) => {
                    let mislabelled = encoding == Some(WINDOWS_1252) && !text.is_ascii();
                    return (text, if mislabelled { Trust::Wrong } else { Trust::Sure });
                }
                Err(bytes) => return self.decode_other(&bytes, encoding, declared, card),
            }
        }
        self.decode_other(&bytes, encoding, declared, card)
    }

    fn decode_other<'b>(
        &self,
        bytes: &[u8],
        encoding: Option<&'static Encoding>,
        declared: Option<&str>,
        card: impl FnOnce() -> Option<&'static Encoding>,
    ) -> (Cow<'b, str>, Trust) {
        if let Some(encoding) = encoding.filter(|encoding| *encoding != UTF_8)
            && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
        {
            return (Cow::Owned(text.into_owned()), Trust::Sure);
        }
        if mostly_utf8(bytes) {
            return (Cow::Owned(String::from_utf8_lossy(bytes).into_owned()), Trust::Wrong);
        }
        let fallback = card().unwrap_or_else(|| self.fallback());
        let text = fallback.decode_without_bom_handling(bytes).0.into_owned();
        let trust = match declared {
            Some(_) => Trust::Wrong,
            None if self.told.replace(true) => Trust::Sure,
            None => Trust::Guessed(fallback.name()),
        };
        (Cow::Owned(text), trust)
    }

    /// What undeclared bytes that are not UTF-8 are in this file.
    fn fallback(&self) -> &'static Encoding {
        self.fallback.get_or_init(|| declared_in(self.file).unwrap_or_else(|| guess(self.file)))
    }
}

/// Whether more characters beyond ASCII read as UTF-8 than break it: text that was cut inside a character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn utf8(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Vec<u8>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| bytes.to_vec()),
        Cow::Owned(bytes) => {
            String::from_utf8(bytes).map(Cow::Owned).map_err(std::string::FromUtf8Error::into_bytes)
        }
    }
}

/// The first charset other than UTF-8 declared in these bytes.
pub(super) fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"CHARSET=";
    memchr::memchr_iter(b'=', bytes).find_map(|at| {
        let key = bytes.get((at + 1).checked_sub(KEY.len())?..=at)?;
        if !key.eq_ignore_ascii_case(KEY) {
            return None;
        }
        let rest = bytes.get(at + 1..)?;
        let rest = &rest[..rest.len().min(40)];
        let end = rest.iter().position(|byte| b":;,\r\n".contains(byte))?;
        let label = rest[..end].trim_ascii();
        let label = label.strip_prefix(b"\"").and_then(|label| label.strip_suffix(b"\"")).unwrap_or(label);
        Encoding::for_label(label).filter(|encoding| *encoding != UTF_8)
    })
}

/// The likeliest encoding of all lines that are not UTF-8.
fn guess(file: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut seen = 0;
    for line in Lines::new(file, 0..file.len(), 1).filter(|line| !line.text.is_ascii()) {
        if std::str::from_utf8(line.text).is_err() {
            seen += line.text.iter().filter(|byte| !byte.is_ascii()).count();
            detector.feed(line.text, false);
            detector.feed(b"\n", false);
        }
    }
    detector.feed(b"", true);
    if seen < ENOUGH_TO_GUESS {
        return WINDOWS_1252;
    }
    detector.guess(None, Utf8Detection::Deny)
}
