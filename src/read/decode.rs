//! Bytes to text: byte order marks, UTF-16, strict UTF-8, and the 8-bit encodings of old programs.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memchr_iter, memmem};

use super::code_page::cp850_letter;
use crate::problem::Problem;

/// How many bytes of the beginning are looked at for UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// How much of the lines that are not UTF-8 decides on their encoding, in bytes.
const FOREIGN_SAMPLE: usize = 256 * 1024;

/// With fewer foreign bytes than this a guess is a toss: windows-1252 is taken.
const FEWEST_FOREIGN: usize = 6;

/// A problem names so many lines and counts the others.
const LINES_NAMED: usize = 3;

/// Text and how it was read.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without byte order mark and NUL.
    pub text: Cow<'a, str>,
    /// Name of the encoding, such as `UTF-8`, `windows-1252`, `cp850`.
    pub encoding: &'static str,
    /// What had to be mended.
    pub problems: Vec<Problem>,
}

/// Decodes a file: mark, UTF-16, UTF-8 without copying, else line by line.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let mut problems = Vec::new();
    let (text, encoding) = if let Some(wide) = utf16(bytes) {
        let (text, broken) = wide.decode_without_bom_handling(without_mark(bytes));
        if broken {
            let what =
                format!("The text is {} but some of it cannot be read; it may be cut off.", wide.name());
            problems.push(Problem::new(0, "encoding-damaged", what));
        }
        (Cow::Owned(text.into_owned()), wide.name())
    } else {
        let bytes = without_mark(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8"),
            Err(_) => by_line(bytes, &mut problems),
        }
    };
    let text = without_nul(text, &mut problems);
    let text = encoded_once(text, &mut problems);
    Decoded { text, encoding, problems }
}

/// UTF-16 by its mark, or by the NUL that every other byte of plain Latin text then is.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let (mut even, mut odd) = (0, 0);
    for at in memchr_iter(0, sample) {
        if at % 2 == 0 { even += 1 } else { odd += 1 }
    }
    let units = sample.len() / 2;
    let many = |count: usize| count * 10 > units * 3;
    let few = |count: usize| count * 20 < units;
    match (many(even), many(odd)) {
        (false, true) if few(even) => Some(UTF_16LE),
        (true, false) if few(odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// The bytes after a byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] | [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => rest,
        _ => bytes,
    }
}

/// Lines that are UTF-8 stay so; the others are all in one 8-bit encoding, found from all of them.
fn by_line<'a>(bytes: &[u8], problems: &mut Vec<Problem>) -> (Cow<'a, str>, &'static str) {
    let mut foreign = Vec::new();
    let mut wide_lines = false;
    for line in lines(bytes) {
        match std::str::from_utf8(line) {
            Ok(text) => wide_lines |= !text.is_ascii(),
            Err(_) if foreign.len() < FOREIGN_SAMPLE => foreign.extend_from_slice(line),
            Err(_) => {}
        }
    }
    let page = Page::of(&foreign);
    let mut text = String::with_capacity(bytes.len() + foreign.len());
    let mut mixed = Places::default();
    let mut number = 0u32;
    for line in lines(bytes) {
        number = number.saturating_add(1);
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
        } else {
            mixed.add(number);
            page.decode(line, &mut text);
        }
    }
    if !wide_lines {
        return (Cow::Owned(text), page.name());
    }
    let what = format!(
        "{} not UTF-8 like the rest and read as {}; save the file as UTF-8 to be sure.",
        mixed.are("line"),
        page.name()
    );
    problems.push(Problem::new(mixed.first(), "encoding-mixed", what));
    (Cow::Owned(text), "UTF-8")
}

/// The lines of a file with their ends; CR alone ends a line as well.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match memchr::memchr2(b'\n', b'\r', rest) {
            Some(at) if rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, tail) = rest.split_at(end);
        rest = tail;
        Some(line)
    })
}

/// An 8-bit (or East Asian) encoding.
enum Page {
    /// DOS, Western Europe: `ü` is 81.
    Cp850,
    /// One that encoding_rs knows.
    Known(&'static Encoding),
}

impl Page {
    /// The encoding that foreign lines are most likely in.
    fn of(foreign: &[u8]) -> Page {
        let signs = Signs::count(foreign);
        if signs.dos > 0 && signs.dos > signs.mac && signs.latin == 0 {
            return Page::Cp850;
        }
        if signs.mac > 0 && signs.latin == 0 {
            return Page::Known(MACINTOSH);
        }
        if foreign.iter().filter(|byte| !byte.is_ascii()).count() < FEWEST_FOREIGN {
            return Page::Known(WINDOWS_1252);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(foreign, true);
        Page::Known(detector.guess(Some(b"de"), Utf8Detection::Deny))
    }

    fn name(&self) -> &'static str {
        match self {
            Page::Cp850 => "cp850",
            Page::Known(encoding) => encoding.name(),
        }
    }

    fn decode(&self, line: &[u8], out: &mut String) {
        match self {
            Page::Cp850 => out.extend(line.iter().map(|byte| cp850_letter(*byte))),
            Page::Known(encoding) => out.push_str(&encoding.decode_without_bom_handling(line).0),
        }
    }
}

/// How often bytes stand inside words that are letters in one encoding and signs in the others.
#[derive(Default)]
struct Signs {
    dos: usize,
    mac: usize,
    latin: usize,
}

impl Signs {
    fn count(bytes: &[u8]) -> Signs {
        let mut signs = Signs::default();
        for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
            let before = at.checked_sub(1).map_or(0, |before| bytes[before]);
            let after = bytes.get(at + 1).copied().unwrap_or(0);
            let inside = before.is_ascii_lowercase();
            let starts = !before.is_ascii_alphabetic() && after.is_ascii_lowercase();
            let within = inside && after.is_ascii_lowercase();
            match byte {
                0x81 | 0x84 | 0x94 if inside || starts => signs.dos += 1,
                0x8e | 0x99 | 0x9a if starts => signs.dos += 1,
                0x8a | 0x9a | 0x9f if within => signs.mac += 1,
                0x80 | 0x85 | 0x86 if starts => signs.mac += 1,
                0xa7 if inside => signs.mac += 1,
                0xc0..=0xff if (inside || starts) && *byte != 0xe1 => signs.latin += 1,
                _ => {}
            }
        }
        signs
    }
}

/// Takes NUL characters out, which no text has and which end it in other programs.
fn without_nul<'a>(text: Cow<'a, str>, problems: &mut Vec<Problem>) -> Cow<'a, str> {
    if memchr(0, text.as_bytes()).is_none() {
        return text;
    }
    let count = memchr_iter(0, text.as_bytes()).count();
    let what = format!("{count} NUL characters were left out; the file may be damaged.");
    problems.push(Problem::new(0, "nul-characters", what));
    Cow::Owned(text.replace('\0', ""))
}

/// Repairs text that was UTF-8, was read as windows-1252 and written as UTF-8 again: `MÃ¼ller`.
///
/// A run of such letters is replaced only if taking one decoding back gives good text.
fn encoded_once<'a>(text: Cow<'a, str>, problems: &mut Vec<Problem>) -> Cow<'a, str> {
    if memmem::find(text.as_bytes(), "Ã".as_bytes()).is_none() {
        return text;
    }
    let mut places = Places::default();
    let mut out = String::with_capacity(text.len());
    let mut number = 0u32;
    for line in lines(text.as_bytes()) {
        number = number.saturating_add(1);
        let line = std::str::from_utf8(line).unwrap_or_default();
        if repair_line(line, &mut out) {
            places.add(number);
        }
    }
    if places.count == 0 {
        return text;
    }
    let what = format!(
        "{} encoded twice (`Ã¼` for `ü`) and repaired; look whether the program that wrote it can do better.",
        places.are("line")
    );
    problems.push(Problem::new(places.first(), "encoded-twice", what));
    Cow::Owned(out)
}

/// Appends the line, repaired; whether anything was.
fn repair_line(line: &str, out: &mut String) -> bool {
    if line.is_ascii() {
        out.push_str(line);
        return false;
    }
    let mut repaired = false;
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| !letter.is_ascii()) {
        let (plain, tail) = rest.split_at(start);
        out.push_str(plain);
        let end = tail.find(|letter: char| letter.is_ascii()).unwrap_or(tail.len());
        let (run, tail) = tail.split_at(end);
        if let Some(good) = decoded_back(run) {
            out.push_str(&good);
            repaired = true;
        } else {
            out.push_str(run);
        }
        rest = tail;
    }
    out.push_str(rest);
    repaired
}

/// What a run of letters was before it was read as windows-1252, if that is European text.
fn decoded_back(run: &str) -> Option<String> {
    if !run.contains(['Ã', 'Â', 'Ä', 'Å', 'â']) {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1252.encode(run);
    if lost {
        return None;
    }
    let good = String::from_utf8(bytes.into_owned()).ok()?;
    let usual = |letter| matches!(letter, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '€' | '™');
    good.chars().all(usual).then_some(good)
}

/// Counts places and remembers the first of them.
#[derive(Default)]
pub(super) struct Places {
    pub(super) count: u64,
    named: Vec<u32>,
}

impl Places {
    /// One more, on that line.
    pub(super) fn add(&mut self, line: u32) {
        self.count += 1;
        if self.named.len() < LINES_NAMED {
            self.named.push(line);
        }
    }

    /// The first line; 0 if there is none.
    pub(super) fn first(&self) -> u32 {
        self.named.first().copied().unwrap_or(0)
    }

    /// `3 lines (5, 9, 12) are`, or `1 line (5) is`.
    pub(super) fn are(&self, noun: &str) -> String {
        let lines: Vec<String> = self.named.iter().map(u32::to_string).collect();
        let more = if self.count > self.named.len() as u64 { ", …" } else { "" };
        let (plural, verb) = if self.count == 1 { ("", "is") } else { ("s", "are") };
        format!("{} {noun}{plural} ({}{more}) {verb}", self.count, lines.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(decoded: &Decoded<'_>) -> Vec<&'static str> {
        decoded.problems.iter().map(|problem| problem.code).collect()
    }

    fn wide(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let text = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let order = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Vorname;Straße\r\nJürgen;Große Höhe\r\nÄnne;Übersee\r\nRené;Öd\r\n";
        let cp850 =
            b"Vorname;Stra\xe1e\r\nJ\x81rgen;Gro\xe1e H\x94he\r\n\x8enne;\x9abersee\r\nRen\x82;\x99d\r\n";
        let mac =
            b"Vorname;Stra\xa7e\r\nJ\x9frgen;Gro\xa7e H\x9ahe\r\n\x80nne;\x86bersee\r\nRen\x8e;\x85d\r\n";
        let latin = WINDOWS_1252.encode(text).0.into_owned();
        let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let cases: [(&[u8], &str); 9] = [
            (text.as_bytes(), "UTF-8"),
            (&marked, "UTF-8"),
            (&wide(text, true, true), "UTF-16LE"),
            (&wide(text, false, true), "UTF-16BE"),
            (&wide(text, true, false), "UTF-16LE"),
            (&wide(text, false, false), "UTF-16BE"),
            (&latin, "windows-1252"),
            (cp850, "cp850"),
            (mac, "macintosh"),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(bytes);
            assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
            assert_eq!(codes(&decoded), [""; 0], "{encoding}");
        }
    }

    #[test]
    fn central_european_and_cyrillic_lists_are_told_apart() {
        let polish = "Imię;Nazwisko\nŁukasz;Wiśniewski\nŻaneta;Święcicka\nGrażyna;Dąbrowska\nŚcibor;Źdźbło\n";
        let russian = "Имя;Фамилия\nАлександр;Иванов\nНаталья;Кузнецова\nДмитрий;Соколов\n";
        for (text, encoding) in [(polish, encoding_rs::WINDOWS_1250), (russian, encoding_rs::WINDOWS_1251)] {
            let bytes = encoding.encode(text).0.into_owned();
            let decoded = decode(&bytes);
            assert_eq!((&*decoded.text, decoded.encoding), (text, encoding.name()));
        }
    }

    #[test]
    fn lines_of_another_encoding_are_read_and_told_once() {
        let bytes = b"a;\xc3\xbc\nM\xfcller;x\nb;c\nGro\xdf;x\nH\xf6her;x\nS\xfc\xdf;x\n";
        let decoded = decode(bytes);
        assert_eq!(&*decoded.text, "a;ü\nMüller;x\nb;c\nGroß;x\nHöher;x\nSüß;x\n");
        assert_eq!(codes(&decoded), ["encoding-mixed"]);
        assert_eq!(decoded.problems[0].line, 2);
        assert!(decoded.problems[0].message.starts_with("4 lines (2, 4, 5, …) are not UTF-8"));
    }

    #[test]
    fn text_encoded_twice_is_repaired_only_where_that_can_be_undone() {
        let decoded = decode("MÃ¼ller;StraÃŸe\nJürgen;Ã–d\nSÃ£o;é»\nÃ\n".as_bytes());
        assert_eq!(&*decoded.text, "Müller;Straße\nJürgen;Öd\nSão;é»\nÃ\n");
        assert_eq!(codes(&decoded), ["encoded-twice"]);
        assert!(decoded.problems[0].message.starts_with("3 lines (1, 2, 3) are"));
        assert_eq!(codes(&decode("JOÃO;Ãlvaro".as_bytes())), [""; 0]);
    }

    #[test]
    fn nul_is_left_out_and_nothing_is_cut() {
        let decoded = decode(b"Anna;M\0eier;0123456789012345678901234567890123456789\nx");
        assert_eq!(&*decoded.text, "Anna;Meier;0123456789012345678901234567890123456789\nx");
        assert_eq!(codes(&decoded), ["nul-characters"]);
    }

    #[test]
    fn a_cut_off_utf16_file_is_read_and_told() {
        let mut bytes = wide("Anna", true, true);
        bytes.push(b'x');
        assert_eq!(codes(&decode(&bytes)), ["encoding-damaged"]);
    }

    proptest! {
        #[test]
        fn good_utf8_is_never_touched_unless_it_was_encoded_twice(text in "[a-zA-ZäöüßéèŁł€;,\"\r\n ]{0,80}") {
            let decoded = decode(text.as_bytes());
            prop_assert_eq!(&*decoded.text, text.as_str());
        }

        #[test]
        fn any_bytes_give_text_with_as_many_lines(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let decoded = decode(&bytes);
            prop_assert!(!decoded.text.contains('\0'));
            if utf16(&bytes).is_none() && !decoded.encoding.starts_with(['S', 'B', 'E', 'G']) {
                let count = |bytes: &[u8]| memchr_iter(b'\n', bytes).count();
                prop_assert_eq!(count(decoded.text.as_bytes()), count(without_mark(&bytes)));
            }
        }
    }
}
