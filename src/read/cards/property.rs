//! The properties of one card: unfolded as bytes, then decoded one by one; photos and the like are skipped.
//!
//! Written here and not taken from calcard, for that reads text, and cards are bytes in several charsets. Even
//! on clean bytes it takes quoted-printable without CHARSET for Latin-1, passes over a bare QUOTED-PRINTABLE,
//! drops the blank of a vCard 2.1 fold and lines without a property, and keeps no birthday as it stood. Where
//! none of that matters the two agree, as a test shows.

use std::borrow::Cow;
use std::ops::Range;

use super::charset::{Charsets, Trust, declared_in};
use super::{Card, Line, Lines, value};
use crate::problem::Problem;

/// Longest value that is kept, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;

/// What is read; every other property is passed over without being decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Name {
    Adr,
    Android,
    Bday,
    Categories,
    Email,
    Fn,
    Kind,
    Label,
    N,
    Nickname,
    Note,
    Org,
    Prodid,
    Profile,
    Role,
    ShowAs,
    Tel,
    Title,
    Uid,
    Url,
    Version,
}

impl Name {
    /// The property of that name, in any case and without its group.
    fn of(name: &[u8]) -> Option<Name> {
        let mut upper = [0; 40];
        let upper = upper.get_mut(..name.len())?;
        upper.copy_from_slice(name);
        upper.make_ascii_uppercase();
        let holds = |word: &[u8]| memchr::memmem::find(upper, word).is_some();
        Some(match &*upper {
            b"ADR" => Name::Adr,
            b"X-ANDROID-CUSTOM" => Name::Android,
            b"BDAY" => Name::Bday,
            b"CATEGORIES" => Name::Categories,
            b"EMAIL" => Name::Email,
            b"FN" => Name::Fn,
            b"KIND" | b"X-ADDRESSBOOKSERVER-KIND" => Name::Kind,
            b"X-ABLABEL" => Name::Label,
            b"N" => Name::N,
            b"NICKNAME" => Name::Nickname,
            b"NOTE" => Name::Note,
            b"ORG" => Name::Org,
            b"PRODID" => Name::Prodid,
            b"ROLE" => Name::Role,
            b"X-ABSHOWAS" => Name::ShowAs,
            b"TEL" | b"X-MS-TEL" => Name::Tel,
            b"TITLE" => Name::Title,
            b"UID" => Name::Uid,
            b"URL" => Name::Url,
            b"VERSION" => Name::Version,
            // Some programs have properties of their own for a profile: X-LINKEDIN, X-SOCIALPROFILE.
            _ if holds(b"SOCIALPROFILE") || holds(b"LINKEDIN") || holds(b"XING") => Name::Profile,
            _ => return None,
        })
    }
}

/// One property, decoded but not unescaped.
#[derive(Debug, Clone)]
pub(in crate::read) struct Property<'a> {
    /// 1-based line on which it starts.
    pub(in crate::read) line: u32,
    /// Group, name and parameters as they stand.
    head: Cow<'a, str>,
    /// Where the name stands in the head.
    name: Range<usize>,
    known: Name,
    /// Its value, with separators and escapes.
    pub(in crate::read) value: Cow<'a, str>,
}

impl Property<'_> {
    /// Whether it is that property.
    pub(in crate::read) fn is(&self, name: Name) -> bool {
        self.known == name
    }

    /// Which property it is.
    pub(in crate::read) fn known(&self) -> Name {
        self.known
    }

    /// Its name as it stands.
    pub(in crate::read) fn name(&self) -> &str {
        &self.head[self.name.clone()]
    }

    /// The group it belongs to, such as `item1`; empty without one.
    pub(in crate::read) fn group(&self) -> &str {
        self.head[..self.name.start].trim_end_matches('.')
    }

    /// The value of a parameter, without quotes.
    pub(in crate::read) fn parameter(&self, key: &str) -> Option<&str> {
        parameters(&self.head[self.name.end..])
            .find(|(have, _)| have.eq_ignore_ascii_case(key))
            .map(|it| it.1)
    }

    /// Whether it is of a type: `TYPE=a,b`, `TYPE="a,b"`, or bare as in vCard 2.1.
    pub(in crate::read) fn has_type(&self, wanted: &str) -> bool {
        parameters(&self.head[self.name.end..]).any(|(key, value)| {
            let types = if key.eq_ignore_ascii_case("TYPE") { value } else { key };
            (key.eq_ignore_ascii_case("TYPE") || value.is_empty())
                && types.split(',').any(|have| have.trim().eq_ignore_ascii_case(wanted))
        })
    }
}

/// Parameters as key and value; bare ones have no value.
fn parameters(head: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = false;
    head.split(move |letter| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    })
    .filter_map(|parameter| {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let key = key.trim();
        (!key.is_empty()).then(|| (key, value.trim().trim_matches('"')))
    })
}

/// The properties of a card that are read.
pub(in crate::read) struct Properties<'a> {
    /// In the order of the card.
    pub(in crate::read) all: Vec<Property<'a>>,
    /// Whether the card follows the rules of vCard 2.1.
    pub(in crate::read) old: bool,
    /// What was mended; at most one problem of a kind.
    pub(in crate::read) problems: Vec<Problem>,
}

/// Reads the properties of a card.
pub(in crate::read) fn properties<'a>(
    bytes: &'a [u8],
    card: &Card,
    charsets: &Charsets<'_>,
) -> Properties<'a> {
    let old = is_old(bytes, card);
    let mut found = Properties { all: Vec::new(), old, problems: Vec::new() };
    let mut current: Option<Gathered<'a>> = None;
    let done = |gathered: Option<Gathered<'a>>, found: &mut Properties<'a>| {
        if let Some(property) = gathered.and_then(|gathered| gathered.decode(bytes, card, charsets, found)) {
            found.all.push(property);
        }
    };
    for (range, number) in &card.parts {
        for line in Lines::new(bytes, range.clone(), *number) {
            if current.as_mut().is_some_and(|gathered| gathered.takes(line.text, old)) || blank(line.text) {
                continue;
            }
            if line.text.first() == Some(&b'#') {
                found.once(line.number, "comment-in-card", "A line that starts with # is not read.");
            } else if let Some(start) = property_start(line.text) {
                if start.text.len() < line.text.len() {
                    let message = "Signs before the name of a property are dropped.";
                    found.once(line.number, "damaged-line", message);
                }
                done(current.take(), &mut found);
                current = Some(Gathered::new(line.number, &start));
            } else {
                found.noise(line, current.as_mut());
            }
        }
        // A property does not go on behind a nested card.
        done(current.take(), &mut found);
    }
    found
}

impl Properties<'_> {
    /// The first property of that name with a value.
    pub(in crate::read) fn first(&self, name: Name) -> Option<&Property<'_>> {
        self.all.iter().find(|property| property.is(name) && !property.value.trim().is_empty())
    }

    /// Tells of a kind of damage once a card.
    pub(in crate::read) fn once(&mut self, line: u32, code: &'static str, message: &str) {
        if !self.problems.iter().any(|problem| problem.code == code) {
            self.problems.push(Problem::new(line, code, message));
        }
    }

    /// A line that is no property goes on with the value before it.
    fn noise(&mut self, line: Line<'_>, before: Option<&mut Gathered<'_>>) {
        if before.as_ref().is_some_and(|gathered| gathered.binary) {
            return;
        }
        self.once(
            line.number,
            "line-without-property",
            "The line is no property; its text is added to the value before it. Check the card in the program \
             it comes from.",
        );
        if let Some(gathered) = before {
            gathered.append(b"\n", line.text);
        }
    }
}

/// Whether a card is vCard 2.1: by its VERSION, else by parameters without a name or quoted-printable.
fn is_old(bytes: &[u8], card: &Card) -> bool {
    let lines = || {
        card.parts
            .iter()
            .flat_map(|(range, number)| Lines::new(bytes, range.clone(), *number))
            .map(|line| line.text)
    };
    let version = lines().find_map(|text| {
        (name_of(text)?.eq_ignore_ascii_case(b"VERSION"))
            .then(|| memchr::memchr(b':', text).map(|at| &text[at + 1..]))
    });
    if let Some(Some(version)) = version {
        return version.trim_ascii().starts_with(b"2");
    }
    lines().any(|text| {
        let Some(name) = name_of(text) else { return false };
        let end = memchr::memchr(b':', text).unwrap_or(text.len()).max(name.len());
        let head = String::from_utf8_lossy(&text[name.len()..end]);
        head.split(';').any(|parameter| !parameter.trim().is_empty() && !parameter.contains('='))
            || head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
    })
}

fn blank(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

/// The first line of a property.
struct Start<'a> {
    /// The line without damage before the name.
    text: &'a [u8],
    /// Length of group and name.
    full: usize,
    /// Where the first colon is, or else the end.
    colon: usize,
    /// Which property it is, if it is read.
    known: Option<Name>,
}

/// The line as the first one of a property, if it is one.
fn property_start(text: &[u8]) -> Option<Start<'_>> {
    let colon = memchr::memchr(b':', text);
    let end = |text: &[u8]| colon.unwrap_or(text.len());
    let Some(full) = name_of(text) else {
        if colon.is_some() && text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"X-")) {
            return Some(Start { text, full: 0, colon: end(text), known: None });
        }
        let damage = text.iter().position(u8::is_ascii_alphanumeric).filter(|start| *start > 0)?;
        let text = &text[damage..];
        let full = name_of(text)?;
        let known = Some(Name::of(bare(full))?);
        return Some(Start { text, full: full.len(), colon: end(text).saturating_sub(damage), known });
    };
    let known = Name::of(bare(full));
    let address = colon == Some(full.len()) && text[full.len() + 1..].starts_with(b"//");
    // A folded head has no colon yet; text with semicolons has none either.
    let start = Start { text, full: full.len(), colon: end(text), known };
    ((colon.is_some() && !address) || known.is_some()).then_some(start)
}

/// What stands before the first colon or semicolon, group included, if it can be the name of a property.
pub(super) fn name_of(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-._".contains(byte))?;
    let after = text[end..].trim_ascii_start().first()?;
    (end > 0 && matches!(after, b':' | b';')).then(|| &text[..end])
}

/// The name without its group.
fn bare(name: &[u8]) -> &[u8] {
    &name[memchr::memrchr(b'.', name).map_or(0, |dot| dot + 1)..]
}

/// A property while its lines are gathered.
struct Gathered<'a> {
    line: u32,
    /// Where the name stands in the text.
    name: Range<usize>,
    /// What is read of it.
    text: Cow<'a, [u8]>,
    /// Which property it is, if it is read.
    known: Option<Name>,
    /// Whether it is a photo, sound or key: lines without a property after it belong to it.
    binary: bool,
    /// Whether it is quoted-printable.
    quoted: bool,
    /// Whether its last line ended in a soft break.
    soft: Soft,
}

/// Whether a soft break of quoted-printable waits for the line it joins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Soft {
    No,
    Yes,
    /// An empty line has come instead. Doubled line ends look like that, but so does the end of a value.
    Doubtful,
}

impl<'a> Gathered<'a> {
    fn new(line: u32, start: &Start<'a>) -> Gathered<'a> {
        let text = start.text;
        let name = bare(&text[..start.full]);
        let encoded = |words: &[&str]| {
            text[start.full..start.colon.max(start.full)].split(|byte| *byte == b';').any(|parameter| {
                let value = memchr::memchr(b'=', parameter).map_or(parameter, |at| &parameter[at + 1..]);
                words.iter().any(|word| value.trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
            })
        };
        let binary = encoded(&["BASE64", "B"])
            || (start.known.is_none()
                && ["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known.as_bytes())));
        let mut gathered = Gathered {
            line,
            name: start.full - name.len()..start.full,
            text: Cow::Borrowed(text),
            known: if binary { None } else { start.known },
            binary,
            quoted: encoded(&["QUOTED-PRINTABLE"]),
            soft: Soft::No,
        };
        if let Some(kept) = gathered.soft_break(text) {
            gathered.text = Cow::Borrowed(kept);
        }
        gathered
    }

    /// What stands before a soft break at the end of a line; remembers that there was one.
    fn soft_break<'b>(&mut self, text: &'b [u8]) -> Option<&'b [u8]> {
        let kept = if self.quoted { text.trim_ascii_end().strip_suffix(b"=") } else { None };
        self.soft = if kept.is_some() { Soft::Yes } else { Soft::No };
        kept
    }

    /// Takes a line that goes on with this property: behind a soft break, or folded.
    fn takes(&mut self, text: &[u8], old: bool) -> bool {
        let folded = matches!(text.first(), Some(b' ' | b'\t'));
        if self.soft != Soft::No && blank(text) {
            self.soft = Soft::Doubtful;
            return true;
        }
        let joins = self.soft == Soft::Yes || (self.soft == Soft::Doubtful && text.first() == Some(&b'='));
        if !joins && (!folded || blank(text)) {
            return false;
        }
        // Some writers fold quoted-printable with a blank that is none of its own.
        let stray = folded && (joins || self.quoted) && text.get(1) == Some(&b'=');
        let text = if stray || (folded && !joins && !old) { &text[1..] } else { text };
        let kept = self.soft_break(text).unwrap_or(text);
        self.append(b"", kept);
        true
    }

    fn append(&mut self, between: &[u8], text: &[u8]) {
        if self.known.is_some() {
            let all = self.text.to_mut();
            all.extend_from_slice(between);
            all.extend_from_slice(text);
        }
    }

    fn decode(
        self,
        bytes: &[u8],
        card: &Card,
        charsets: &Charsets<'_>,
        found: &mut Properties<'a>,
    ) -> Option<Property<'a>> {
        let known = self.known?;
        let colon = colon(&self.text)?;
        let (head, value) = match self.text {
            Cow::Borrowed(text) => {
                (String::from_utf8_lossy(&text[..colon]), Cow::Borrowed(&text[colon + 1..]))
            }
            Cow::Owned(mut text) => {
                let value = text.split_off(colon + 1);
                text.truncate(colon);
                (Cow::Owned(String::from_utf8_lossy(&text).into_owned()), Cow::Owned(value))
            }
        };
        // Group and name are plain letters at the start of the head.
        let mut property =
            Property { line: self.line, head, name: self.name, known, value: Cow::Borrowed("") };
        let value = if self.quoted {
            let (value, fine) = value::unquote(&value);
            if !fine {
                found.once(
                    self.line,
                    "broken-quoted-printable",
                    "An = that starts no code is kept as it is.",
                );
            }
            Cow::Owned(value)
        } else {
            value
        };
        let in_card =
            || card.parts.iter().find_map(|(range, _)| bytes.get(range.clone()).and_then(declared_in));
        let (value, trust) = charsets.decode(value, property.parameter("CHARSET"), in_card);
        match trust {
            Trust::Sure => {}
            Trust::Wrong => {
                found.once(self.line, "wrong-charset", "Some of the text is not in the charset it declares.");
            }
            Trust::Guessed(name) => found.once(
                self.line,
                "guessed-charset",
                &format!("The text declares no charset and is not UTF-8; it and the like after it are read as {name}."),
            ),
        }
        property.value = capped(value, self.line, found);
        Some(property)
    }
}

/// The colon between head and value: the first that is not quoted, else the first.
fn colon(text: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let outside = text.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    });
    outside.or_else(|| memchr::memchr(b':', text))
}

fn capped<'a>(value: Cow<'a, str>, line: u32, found: &mut Properties<'_>) -> Cow<'a, str> {
    if value.len() <= LONGEST_VALUE {
        return value;
    }
    found.once(line, "value-cut", "A value longer than 64 KiB is cut.");
    let end = value.floor_char_boundary(LONGEST_VALUE);
    Cow::Owned(value[..end].to_owned())
}
