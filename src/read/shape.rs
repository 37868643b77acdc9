//! Tells from its bytes what kind of file it is: cards, XML, a table, an archive, or something else.

use std::borrow::Cow;

use encoding_rs::Encoding;
use memchr::memmem;

use super::cards::looks_like_cards;
use super::decode::{Decoded, decode, utf16};

/// How much text is looked at to tell text from binary data, in bytes.
const TEXT_SAMPLE: usize = 4096;

/// What kind of file it is.
pub(super) enum Shape<'a> {
    /// Nothing but blanks.
    Empty,
    /// A ZIP archive, maybe a workbook.
    Zip,
    /// An old workbook, or one with a password.
    Compound,
    /// vCards, with the name of their encoding where it holds for the whole file.
    Cards(&'a [u8], &'static str),
    /// XML with the local name of its root element.
    Xml(Decoded<'a>, String),
    /// Other text.
    Text(Decoded<'a>),
    /// Something known that is not read: code and what to do.
    Unsupported(&'static str, &'static str),
}

/// How a kind of file that is not read begins, its code, and what to do instead.
const MAGIC: [(&[u8], &str, &str); 14] = [
    (b"\x1f\x8b", "compressed", "This is a gzip file. Unpack it first."),
    (b"BZh", "compressed", "This is a bzip2 file. Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "compressed", "This is a 7-Zip archive. Unpack it first."),
    (b"Rar!\x1a\x07", "compressed", "This is a RAR archive. Unpack it first."),
    (b"bplist00", "binary-plist", "This is an Apple property list. Export the contacts as vCard."),
    (b"SQLite format 3\0", "database", "This is a database. Export the contacts as vCard or CSV."),
    (b"%PDF", "pdf", "This is a PDF. Ask for the list as CSV or workbook."),
    (b"\x89PNG", "picture", "This is a picture. Ask for the list as CSV or workbook."),
    (b"\xff\xd8\xff", "picture", "This is a picture. Ask for the list as CSV or workbook."),
    (b"GIF8", "picture", "This is a picture. Ask for the list as CSV or workbook."),
    (b"PAR1", "parquet", "This is a Parquet file. Export the table as CSV."),
    (b"{\\rtf", "word-processor", "This is a text of a word processor. Save its table as CSV or workbook."),
    (b"\x7fELF", "program", "This is a program."),
    (b"!BDN", "mail-store", "This is a mail store of Outlook. Export the contacts from Outlook as CSV."),
];

/// How text begins that is not read, in lower case, its code, and what to do instead.
const TEXT_BEGINNINGS: [(&str, &str, &str); 7] = [
    ("<!doctype html", "html", HTML),
    ("<html", "html", HTML),
    ("##fileformat=vcf", "genetics", "This VCF holds genetic variants, not cards."),
    ("begin:vcalendar", "calendar", "This is a calendar. Export the list of participants as CSV."),
    (
        "**** fritz!box",
        "fritzbox-config",
        "This is a configuration. Export the phone book of the FRITZ!Box instead.",
    ),
    ("dn:", "ldif", "This is an LDIF address book. Export it as vCard or CSV."),
    ("from ", "mailbox", "This is a mailbox. Export the contacts of the mail program as vCard or CSV."),
];

const HTML: &str =
    "This is a web page, not the export: the login or an error page was saved. Fetch the file again.";

/// What kind of file these bytes are.
pub(super) fn shape(bytes: &[u8]) -> Shape<'_> {
    if super::archive::is_zip(bytes) {
        return Shape::Zip;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Shape::Compound;
    }
    if let Some((_, code, hint)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Shape::Unsupported(code, hint);
    }
    if looks_like_cards(bytes) {
        return Shape::Cards(bytes, utf16(bytes).map_or("per card", Encoding::name));
    }
    let decoded = decode(bytes);
    let start = decoded.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.is_empty() {
        return Shape::Empty;
    }
    let lower: String = start.chars().take(20).flat_map(char::to_lowercase).collect();
    let known = TEXT_BEGINNINGS.iter().find(|(beginning, ..)| lower.starts_with(beginning));
    if let Some((_, code, hint)) = known.filter(|(_, code, _)| *code != "mailbox" || is_mailbox(start)) {
        return Shape::Unsupported(code, hint);
    }
    if lower.starts_with('<') {
        return match root(start).map(str::to_string) {
            Some(name) if name.eq_ignore_ascii_case("html") => Shape::Unsupported("html", HTML),
            Some(name) => Shape::Xml(declared(bytes, decoded), name),
            None => Shape::Unsupported(
                "broken-xml",
                "This begins like XML but has no element. Fetch the file again.",
            ),
        };
    }
    if is_json(start) {
        return Shape::Unsupported("json", "This is JSON. Export the contacts as CSV or vCard.");
    }
    if is_binary(start) {
        return Shape::Unsupported(
            "binary",
            "This is binary data of an unknown kind. Export it as CSV or vCard.",
        );
    }
    Shape::Text(decoded)
}

/// The local name of the root element: what follows declarations, comments and the document type.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest.find('>')? + 1
        } else {
            break;
        };
        rest = rest.get(end..)?;
    }
    let name = rest.strip_prefix('<')?;
    let name = name.split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).next()?;
    let local = name.rsplit(':').next().unwrap_or(name);
    local.starts_with(|letter: char| letter.is_alphabetic() || letter == '_').then_some(local)
}

/// Decodes XML by its declaration where the bytes are neither UTF-16 nor UTF-8, whatever it declares.
fn declared<'a>(bytes: &'a [u8], decoded: Decoded<'a>) -> Decoded<'a> {
    if decoded.encoding.starts_with("UTF-16") || std::str::from_utf8(bytes).is_ok() {
        return decoded;
    }
    let top = &bytes[..bytes.len().min(200)];
    let label = memmem::find(top, b"encoding=").and_then(|at| {
        let rest = &top[at + 9..];
        let (quote, rest) = rest.split_first()?;
        rest.split(|byte| byte == quote).next()
    });
    let Some(encoding) =
        label.and_then(Encoding::for_label).filter(|encoding| *encoding != encoding_rs::UTF_8)
    else {
        return decoded;
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: Cow::Owned(text.replace('\0', "")), encoding: encoding.name(), problems: Vec::new() }
}

/// Whether text that begins with `From ` is a mailbox: the next line is a mail header.
fn is_mailbox(text: &str) -> bool {
    let second = text.lines().nth(1).unwrap_or_default();
    second.split_once(": ").is_some_and(|(name, _)| !name.is_empty() && !name.contains([' ', ',', ';']))
}

fn is_json(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('{'), next) => matches!(next, Some('"' | '}')),
        (Some('['), next) => matches!(next, Some('"' | '{' | '[' | ']')),
        _ => false,
    }
}

/// Whether more than one in ten characters at the beginning is a control character.
fn is_binary(text: &str) -> bool {
    let mut end = text.len().min(TEXT_SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_odd = |letter: &char| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n');
    let odd = text[..end].chars().filter(is_odd).count();
    odd * 10 > text[..end].chars().count()
}

#[cfg(test)]
mod tests {
    use super::super::cards::CARD_WITHIN;
    use super::*;

    fn name(bytes: &[u8]) -> String {
        match shape(bytes) {
            Shape::Empty => "empty".into(),
            Shape::Zip => "zip".into(),
            Shape::Compound => "compound".into(),
            Shape::Cards(_, encoding) => format!("cards {encoding}"),
            Shape::Xml(decoded, root) => format!("xml {root} {}", decoded.encoding),
            Shape::Text(decoded) => format!("text {}", decoded.encoding),
            Shape::Unsupported(code, _) => format!("no {code}"),
        }
    }

    #[test]
    fn kinds_of_files_are_told_by_their_bytes() {
        let wide: Vec<u8> = "BEGIN:VCARD\nN:x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&[u8], &str); 29] = [
            (b"", "empty"),
            (b" \r\n\t", "empty"),
            (b"\xef\xbb\xbf", "empty"),
            (b"\xff\xfe", "empty"),
            (b"PK\x03\x04", "zip"),
            (b"\xd0\xcf\x11\xe0", "compound"),
            (b"\x1f\x8b\x08", "no compressed"),
            (b"bplist00x", "no binary-plist"),
            (b"%PDF-1.7", "no pdf"),
            (b"BEGIN:VCARD\r\nN:x", "cards per card"),
            (b"\xef\xbb\xbf \r\n begin : vcard\r\nN:x", "cards per card"),
            (b"To: a@b.example\n\nBEGIN:VCARD", "cards per card"),
            (b"Name;x\na;BEGIN:VCARD", "text UTF-8"),
            (&wide, "cards UTF-16LE"),
            (b"BEGIN:VCALENDAR\n", "no calendar"),
            (b"##fileformat=VCFv4.2\n", "no genetics"),
            (b"<!DOCTYPE html><html>", "no html"),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", "no html"),
            (b"<?xml version='1.0'?>\n<!-- x -->\n<?y?><calls count='1'>", "xml calls UTF-8"),
            (b"<v:vcards xmlns:v='x'/>", "xml vcards UTF-8"),
            (b"<?xml encoding=\"iso-8859-1\"?><phonebooks>\xe4", "xml phonebooks windows-1252"),
            (b"<!-- never closed", "no broken-xml"),
            (b"<5", "no broken-xml"),
            (b"{\"a\":1}", "no json"),
            (b"[ [\"vcard\"]]", "no json"),
            (b"From x@y Mon\nSubject: z\n", "no mailbox"),
            (b"From ,To\na,b", "text UTF-8"),
            (b"\x01\x02\x03\x04abc", "no binary"),
            (b"Name,Vorname\n\xfc,b", "text windows-1252"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(name(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn looking_for_a_card_takes_linear_time() {
        let text = format!("{}x", " b".repeat(CARD_WITHIN));
        let blanks = format!("{}b", " ".repeat(CARD_WITHIN));
        for text in [text, blanks, "b\n".repeat(CARD_WITHIN)] {
            assert!(!looks_like_cards(text.as_bytes()));
        }
    }
}
