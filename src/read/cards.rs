//! Splits the bytes of a vCard file into cards, whatever is left open, nested or lost around them.

mod charset;
mod property;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

pub(super) use charset::Charsets;
pub(super) use property::{Name, Properties, Property, properties};
pub(super) use value::{list, text};

/// Bare cards within one card beyond which they are taken for cards of their own after an unclosed one.
const MOST_NESTED: usize = 8;

/// How far from its beginning a file must open its first card to count as one of cards, in bytes.
pub(super) const CARD_WITHIN: usize = 64 * 1024;

/// Whether a file holds cards: its first text is `BEGIN:VCARD`, or a line in its first 64 KiB is.
pub(super) fn looks_like_cards(bytes: &[u8]) -> bool {
    let head = to_utf8(&bytes[..bytes.len().min(CARD_WITHIN)]);
    !head.trim_ascii_start().starts_with(b"##fileformat=VCF")
        && Lines::new(&head, 0..head.len(), 1).any(|line| is_frame(line.text, b"BEGIN"))
}

/// The file in UTF-8 if it is UTF-16 (by its mark, or by where its zero bytes stand), else as it is.
/// Other encodings may change from line to line and stay.
pub(super) fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_8 => return Cow::Borrowed(&bytes[length..]),
        Some((encoding, _)) => Some(encoding),
        None => bare_utf16(bytes),
    };
    match wide {
        Some(encoding) => Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes),
    }
}

/// UTF-16 without a mark: more than three in ten of the bytes at even or at odd places are zero.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if odd * 10 > most * 3 && even * 10 < most => Some(UTF_16LE),
        () if even * 10 > most * 3 && odd * 10 < most => Some(UTF_16BE),
        () => None,
    }
}

/// One physical line, without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// 1-based number.
    pub(super) number: u32,
    /// Its bytes.
    pub(super) text: &'a [u8],
    /// Where it starts in the file.
    start: usize,
    /// Where the next one starts.
    next: usize,
}

/// Walks over physical lines, which end in CRLF, LF, CR or CR CR LF.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: u32,
}

impl<'a> Lines<'a> {
    /// The lines of a part of the file, the first of which has that number.
    pub(super) fn new(bytes: &'a [u8], part: Range<usize>, number: u32) -> Lines<'a> {
        Lines { bytes: bytes.get(..part.end).unwrap_or(bytes), at: part.start, number }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let stop = match &rest[end..] {
            [b'\r', b'\r', b'\n', ..] => 3,
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let line = Line {
            number: self.number,
            text: &rest[..end],
            start: self.at,
            next: self.at.saturating_add(end + stop),
        };
        self.at = line.next;
        self.number = self.number.saturating_add(1);
        Some(line)
    }
}

/// How a card is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// From BEGIN to END.
    Whole,
    /// Its END is missing: it stops where the next card or nothing follows.
    Unclosed,
    /// Its BEGIN is missing or damaged.
    Headless,
    /// It stands within another card.
    Nested,
}

/// One card of the file.
#[derive(Debug, Clone)]
pub(super) struct Card {
    /// 1-based line of its BEGIN, of its first text if that is missing.
    pub(super) line: u32,
    /// How it is framed.
    pub(super) frame: Frame,
    /// What stands between BEGIN and END without nested cards: bytes, and the number of the first line.
    pub(super) parts: Vec<(Range<usize>, u32)>,
}

impl Card {
    /// Length in bytes, nested cards left out.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|(range, _)| range.len()).sum()
    }
}

/// What a file of cards is made of.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The cards in the order of their BEGIN.
    pub(super) cards: Vec<Card>,
    /// First and last lines of text outside all cards.
    pub(super) outside: Vec<(u32, u32)>,
}

/// Splits a file; every `BEGIN:VCARD` becomes one card.
pub(super) fn split(bytes: &[u8]) -> Split {
    let marks = marks(bytes);
    let nested = nested(&marks);
    let mut splitter = Splitter { split: Split::default(), open: None, level: 0, from: (0, 1) };
    for (at, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Start => {}
            MarkKind::Begin { .. } if nested[at] => splitter.begin_nested(mark),
            MarkKind::Begin { .. } => splitter.begin(mark, &marks[at - 1].gap),
            MarkKind::End => splitter.end(mark, &marks[at - 1].gap),
        }
    }
    let gap = marks.last().map(|mark| mark.gap).unwrap_or_default();
    splitter.finish(bytes.len(), &gap);
    splitter.split
}

/// Builds the cards while walking over the marks.
struct Splitter {
    split: Split,
    /// Index of the open card.
    open: Option<usize>,
    /// How many nested cards are open in it.
    level: usize,
    /// Where the current stretch of text starts: byte and line.
    from: (usize, u32),
}

impl Splitter {
    fn begin(&mut self, mark: &Mark, gap: &Gap) {
        self.finish(mark.start, gap);
        self.open = Some(self.split.cards.len());
        self.split.cards.push(Card { line: mark.line, frame: Frame::Unclosed, parts: Vec::new() });
        self.from = mark.after();
    }

    fn begin_nested(&mut self, mark: &Mark) {
        if self.level == 0 {
            self.add_part(mark.start);
        }
        self.level += 1;
        self.split.cards.push(Card { line: mark.line, frame: Frame::Nested, parts: Vec::new() });
    }

    fn end(&mut self, mark: &Mark, gap: &Gap) {
        if self.level > 0 {
            self.level -= 1;
        } else if let Some(open) = self.open {
            self.add_part(mark.start);
            self.split.cards[open].frame = Frame::Whole;
            self.open = None;
        } else if gap.data {
            self.finish(mark.start, gap);
        } else {
            let first = if gap.first > 0 { gap.first } else { mark.line };
            self.split.outside.push((first, mark.line));
        }
        self.from = mark.after();
    }

    /// Ends whatever is open: an unclosed card, or text outside all cards.
    fn finish(&mut self, end: usize, gap: &Gap) {
        if self.open.is_some() {
            if self.level == 0 {
                self.add_part(end);
            }
        } else if gap.data {
            let parts = vec![(self.from.0..end, self.from.1)];
            self.split.cards.push(Card { line: gap.first, frame: Frame::Headless, parts });
        } else if gap.first > 0 {
            self.split.outside.push((gap.first, gap.last));
        }
        self.open = None;
        self.level = 0;
    }

    fn add_part(&mut self, end: usize) {
        if let Some(open) = self.open {
            self.split.cards[open].parts.push((self.from.0..end, self.from.1));
        }
    }
}

/// A BEGIN or END line.
struct Mark {
    kind: MarkKind,
    /// Number of its line.
    line: u32,
    /// Where the line starts.
    start: usize,
    /// Where the next line starts.
    next: usize,
    /// What follows up to the next mark; looked at only where a card may have ended.
    gap: Gap,
}

impl Mark {
    fn after(&self) -> (usize, u32) {
        (self.next, self.line.saturating_add(1))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    /// The start of the file.
    Start,
    /// BEGIN, perhaps as the value of AGENT.
    Begin {
        /// Whether AGENT stands before it.
        agent: bool,
    },
    End,
}

/// What stands between two marks.
#[derive(Clone, Copy, Default)]
struct Gap {
    /// First line with text; 0 if there is none.
    first: u32,
    /// Last line with text.
    last: u32,
    /// Whether a line names a card of its own: VERSION, N, FN.
    identity: bool,
    /// Whether a line names or reaches a person: N, FN, TEL, EMAIL.
    data: bool,
}

impl Gap {
    fn see(&mut self, line: &Line<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        if self.first == 0 {
            self.first = line.number;
        }
        self.last = line.number;
        if let Some(name) = property::name_of(line.text) {
            let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
            self.identity |= is(&["VERSION", "N", "FN"]);
            self.data |= is(&["N", "FN", "TEL", "EMAIL"]);
        }
    }
}

/// Every BEGIN and END line, after a mark for the start of the file.
fn marks(bytes: &[u8]) -> Vec<Mark> {
    let start = Mark { kind: MarkKind::Start, line: 0, start: 0, next: 0, gap: Gap::default() };
    let mut marks = vec![start];
    let (mut depth, mut gap, mut agent) = (0usize, Gap::default(), false);
    let mut in_gap = true;
    for line in Lines::new(bytes, 0..bytes.len(), 1) {
        let folded = matches!(bytes.get(line.next), Some(b' ' | b'\t'));
        let Some(kind) = mark_kind(line.text, depth == 0, folded, &mut agent) else {
            if in_gap {
                gap.see(&line);
            }
            continue;
        };
        if let Some(last) = marks.last_mut() {
            last.gap = gap;
        }
        gap = Gap::default();
        in_gap = kind == MarkKind::End;
        depth = if in_gap { depth.saturating_sub(1) } else { depth + 1 };
        marks.push(Mark { kind, line: line.number, start: line.start, next: line.next, gap });
    }
    if let Some(last) = marks.last_mut() {
        last.gap = gap;
    }
    marks
}

/// Whether a line is BEGIN or END; `agent` remembers that an empty AGENT line has just passed. A card after
/// AGENT whose lines are `folded` is one value, not a frame.
fn mark_kind(text: &[u8], outside: bool, folded: bool, agent: &mut bool) -> Option<MarkKind> {
    // Files put one after the other leave marks of their encoding in the middle.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let text = if outside { text.trim_ascii_start() } else { text };
    match text.first().map(u8::to_ascii_uppercase) {
        Some(b'B') if is_frame(text, b"BEGIN") => {
            return Some(MarkKind::Begin { agent: std::mem::take(agent) });
        }
        Some(b'E') if is_frame(text, b"END") => {
            *agent = false;
            return Some(MarkKind::End);
        }
        Some(b'A') if text.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"AGENT")) => {
            let value = memchr::memchr(b':', text).map(|colon| text[colon + 1..].trim_ascii());
            if !folded && value.is_some_and(|value| is_frame(value, b"BEGIN")) {
                return Some(MarkKind::Begin { agent: true });
            }
            *agent = value == Some(b"");
        }
        Some(_) => *agent = false,
        None => {}
    }
    None
}

/// Whether a line is `word:VCARD`, in any case, with blanks around.
fn is_frame(line: &[u8], word: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && line[word.len()..]
            .trim_ascii_start()
            .strip_prefix(b":")
            .is_some_and(|value| value.trim_ascii_start().eq_ignore_ascii_case(b"VCARD"))
}

/// For each mark whether it begins a card within a card.
///
/// A BEGIN in an open card is either nested or shows that END is missing. It is nested after AGENT;
/// bare, only if the outer card goes on after it and ends, and what goes on is no card of its own.
fn nested(marks: &[Mark]) -> Vec<bool> {
    let mut parents: Vec<Option<usize>> = vec![None; marks.len()];
    let mut children = vec![0usize; marks.len()];
    let mut goes_on = vec![false; marks.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Start => {}
            MarkKind::Begin { .. } => {
                parents[at] = open.last().copied();
                if let Some(parent) = parents[at] {
                    children[parent] += 1;
                }
                open.push(at);
            }
            MarkKind::End => {
                if let Some(begin) = open.pop() {
                    let tail = &marks[at - 1].gap;
                    goes_on[begin] = marks[at - 1].kind == MarkKind::End && tail.first > 0 && !tail.identity;
                }
            }
        }
    }
    let mut nested = vec![false; marks.len()];
    for (at, mark) in marks.iter().enumerate() {
        let MarkKind::Begin { agent } = mark.kind else { continue };
        let Some(parent) = parents[at] else { continue };
        nested[at] = agent || nested[parent] || (goes_on[parent] && children[parent] <= MOST_NESTED);
    }
    nested
}

/// The physical lines of a file.
#[cfg(test)]
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    Lines::new(bytes, 0..bytes.len(), 1).map(|line| line.text)
}
