//! Writes contacts as vCard 4.0, to carry them back to a phone.

use std::borrow::Cow;
use std::io;

use chrono::{Datelike, NaiveDate};
use vcard_parser::vcard::parameter::Parameter;
use vcard_parser::vcard::property::Property;

use crate::contact::Contact;

/// Longest line in octets, without its end (RFC 6350, section 3.2).
const LINE: usize = 75;

/// As long as most cards are, in octets.
const USUAL: usize = 640;

/// Signs with a meaning in values, the noncharacter that stands for each in the builder, and their escape.
/// The builder loses escapes (`\n` comes out as `\\n`, `\\` as nothing): it never sees one.
const ESCAPES: [(char, char, &str); 4] = [
    ('\\', '\u{fdd0}', "\\\\"),
    (',', '\u{fdd1}', "\\,"),
    (';', '\u{fdd2}', "\\;"),
    ('\n', '\u{fdd3}', "\\n"),
];

/// Writes the card of every contact that has one, and says how many were written.
///
/// # Errors
/// Those of the writer.
pub fn write<'c>(
    contacts: impl IntoIterator<Item = &'c Contact>,
    out: &mut impl io::Write,
) -> io::Result<u64> {
    let mut written = 0;
    let mut text = CardText(String::with_capacity(USUAL));
    for contact in contacts {
        text.0.clear();
        if text.card(contact) {
            out.write_all(text.0.as_bytes())?;
            written += 1;
        }
    }
    Ok(written)
}

/// One contact as a vCard 4.0 with CRLF line ends; `None` without a name and a way to reach it.
///
/// The same contact always gives the same text: there is no REV, since nothing here knows the time.
pub fn card(contact: &Contact) -> Option<String> {
    let mut text = CardText(String::with_capacity(USUAL));
    text.card(contact).then_some(text.0)
}

struct CardText(String);

impl CardText {
    /// Adds the card of a contact and says whether it has one.
    fn card(&mut self, contact: &Contact) -> bool {
        let profiles = [&contact.linkedin_url, &contact.xing_url];
        let reach =
            contact.emails.iter().chain(&contact.phones).chain(profiles).find(|text| !text.trim().is_empty());
        let named = !contact.name.trim().is_empty();
        if !named && reach.is_none() {
            return false;
        }
        // Every card needs an FN; without a name the company or an address stands there.
        let named =
            [&contact.name, &contact.company].into_iter().find(|text| !text.trim().is_empty()).or(reach);
        let Some(shown) = named else { return false };
        self.0.push_str("BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//hamstern//hamstern//EN\r\n");
        self.simple("UID", &["urn:hamstern:", &url_safe(&contact.contact_id)], "");
        self.text("FN", &[shown]);
        self.text("N", &[&contact.family_name, &contact.given_name, "", &contact.prefix, &contact.suffix]);
        self.text("ORG", &[&contact.company]);
        self.text("TITLE", &[&contact.position]);
        for email in &contact.emails {
            self.text("EMAIL", &[email]);
        }
        for phone in &contact.phones {
            self.phone(phone);
        }
        let Contact { street, city, region, postcode, country, labels, .. } = contact;
        // What was only inferred must not come back with the phone's next export as if it were known.
        let inferred = [labels.city_weak, labels.city_weak, labels.country_weak];
        let [city, region, country] = [(city, 0), (region, 1), (country, 2)]
            .map(|(text, place)| if inferred[place] { "" } else { text.as_str() });
        self.text("ADR", &["", "", street, city, region, postcode, country]);
        self.birthday(&contact.birthday);
        for url in profiles.into_iter().chain(&contact.urls) {
            self.url(url);
        }
        self.categories(contact);
        self.0.push_str("END:VCARD\r\n");
        true
    }

    /// A property whose value has these components; none if all are empty.
    fn text(&mut self, name: &str, components: &[&str]) {
        if components.iter().all(|text| text.trim().is_empty()) {
            return;
        }
        if components.iter().all(|text| is_simple(text)) {
            return self.simple(name, components, ";");
        }
        let parts: Vec<String> = components.iter().map(|text| veiled(text)).collect();
        self.property(name, None, &parts.join(";"));
    }

    /// E.164 as an address to dial, anything else as it was given.
    fn phone(&mut self, phone: &str) {
        let digits = phone.strip_prefix('+').unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            // `URI` in upper case as the builder has it, which drops the value after `VALUE=uri`.
            self.simple("TEL;VALUE=URI", &["tel:", phone], "");
        } else if !phone.trim().is_empty() {
            self.property("TEL", Some("TEXT"), &veiled(phone));
        }
    }

    /// `YYYYMMDD` or `--MMDD`. The builder takes the 33rd of a month, and writes hyphens that vCard 4.0 does
    /// not know.
    fn birthday(&mut self, birthday: &str) {
        if birthday.is_empty() {
        } else if let Some(day) = birthday.strip_prefix("--") {
            // Every day of a year is in a leap year.
            if let Ok(day) = NaiveDate::parse_from_str(&format!("2000-{day}"), "%Y-%m-%d") {
                self.line(&day.format("BDAY:--%m%d").to_string());
            }
        } else if let Ok(day) = NaiveDate::parse_from_str(birthday, "%Y-%m-%d")
            && (0..=9999).contains(&day.year())
        {
            self.line(&day.format("BDAY:%Y%m%d").to_string());
        }
    }

    /// An address; what is none, even with a scheme before it, has no place in a card.
    fn url(&mut self, url: &str) {
        let url = url.trim();
        if is_simple_profile(url) {
            self.simple("URL", &[url], "");
        } else if !url.is_empty() && !self.property("URL", None, url) {
            self.property("URL", None, &format!("https://{url}"));
        }
    }

    fn categories(&mut self, contact: &Contact) {
        let mut tags: Vec<String> =
            contact.tags.iter().filter(|tag| !tag.trim().is_empty()).map(|tag| veiled(tag)).collect();
        if let Some(letter) = contact.labels.tier.letter {
            tags.push(format!("Tier {}", letter.name()));
        }
        if !tags.is_empty() {
            self.property("CATEGORIES", None, &tags.join(","));
        }
    }

    /// Adds what the builder makes of a property, whose value may be of a `kind`; says whether it took it.
    fn property(&mut self, name: &str, kind: Option<&str>, value: &str) -> bool {
        let parameters: Result<Vec<Parameter>, _> =
            kind.into_iter().map(|kind| Parameter::try_from(("VALUE", kind))).collect();
        let property = parameters.and_then(|parameters| Property::create((None, name, parameters, value)));
        let Ok(property) = property else { return false };
        let mut built = property.to_string();
        for (_, veil, escape) in ESCAPES {
            if built.contains(veil) {
                built = built.replace(veil, escape);
            }
        }
        self.line(built.trim_end_matches('\n'));
        true
    }

    /// Adds a property of components in which no sign means anything, as the builder would write it and
    /// many times faster.
    fn simple(&mut self, name: &str, components: &[&str], separator: &str) {
        let start = self.0.len();
        self.0.push_str(name);
        self.0.push(':');
        for (number, component) in components.iter().enumerate() {
            if number > 0 {
                self.0.push_str(separator);
            }
            self.0.push_str(component.trim());
        }
        if self.0.len() - start > LINE {
            let line = self.0.split_off(start);
            self.line(&line);
        } else {
            self.0.push_str("\r\n");
        }
    }

    /// Adds a line, folded between characters.
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(head);
            self.0.push_str("\r\n ");
            rest = tail;
            room = LINE - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

/// Whether a text consists of letters, digits and signs that mean nothing in a card: nearly all do.
fn is_simple(text: &str) -> bool {
    let plain = |byte: u8| PLAIN[usize::from(byte)];
    text.bytes().all(plain)
        || text
            .chars()
            .all(|letter| if letter.is_ascii() { plain(letter as u8) } else { letter.is_alphabetic() })
}

/// For each byte whether it is an ASCII letter, a digit or a sign that means nothing in a card.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let signs = b" .-+@_/&()'";
    let mut byte = 0u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < signs.len() {
        plain[signs[at] as usize] = true;
        at += 1;
    }
    plain
};

/// Whether a text is the address of a profile with nothing to be escaped, checked or normalised in it.
fn is_simple_profile(url: &str) -> bool {
    let key = ["https://www.linkedin.com/in/", "https://www.xing.com/profile/"]
        .into_iter()
        .find_map(|home| url.strip_prefix(home));
    key.is_some_and(|key| {
        key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    })
}

/// One line of text with stand-ins for all signs that mean something; other control characters go.
fn veiled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            '\t' => ' ',
            _ => letter,
        };
        match ESCAPES.iter().find(|(sign, _, _)| *sign == letter) {
            Some((_, veil, _)) => out.push(*veil),
            None if letter.is_control() || ESCAPES.iter().any(|(_, veil, _)| *veil == letter) => {}
            None => out.push(letter),
        }
    }
    out
}

/// An id as part of a URN: everything but letters, digits and `-._` as `%XX`.
fn url_safe(id: &str) -> Cow<'_, str> {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if id.bytes().all(is_safe) {
        return id.into();
    }
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if is_safe(byte) {
            out.push(char::from(byte));
        } else {
            let digit =
                |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase();
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out.into()
}

#[cfg(test)]
mod tests;
