//! Phone books: vCards as Android, the iPhone, Nextcloud and Outlook write them.

use std::fmt::Write as _;
use std::io;

use super::date;
use super::entry::{Entry, Source, Use, german_country};
use super::out::{Channel, Encoding, Lines, Place, Who};
use super::plan::Phone;
use super::rng::{Rng, scramble};
use super::scribe::Scribe;

/// A picture of one grey pixel, as real books carry larger ones.
const PHOTO: &str = "R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

/// Writes the phone book.
pub(crate) fn write(scribe: &mut Scribe<'_>) -> io::Result<()> {
    let flavour = scribe.network.kit.phone;
    let (name, encoding) = match flavour {
        Phone::Android => ("contacts.vcf", Encoding::Utf8),
        Phone::Apple => ("iCloud vCards.vcf", Encoding::Utf8),
        Phone::Nextcloud => ("Kontakte.vcf", Encoding::Utf8),
        Phone::Outlook => ("Outlook Kontakte.vcf", Encoding::Windows1252),
    };
    let mut ties = scribe.shuffled(1, |_, traces| traces.phone > 0);
    if ties.is_empty() {
        return Ok(());
    }
    let (file, path) = scribe.folder.create(&format!("{}/{name}", date::iso(scribe.plan.last)))?;
    let mut out = Lines::new(file, encoding);
    let again = ties.iter().filter(|(_, traces)| traces.phone > 1).copied().collect::<Vec<_>>();
    let first = ties.len();
    ties.extend(again);
    for (at, (tie, traces)) in ties.into_iter().enumerate() {
        let source = if at < first { Source::Phone } else { Source::PhoneAgain };
        let hand = u64::from(scribe.network.member);
        let entry =
            Entry::draw(scribe.world, &scribe.person(tie), source, hand, traces.noted, scribe.style());
        let place = Place { file: &path, line: out.line(), sheet: "" };
        scribe.note(place, Who::Person(tie.person), Channel::Phone)?;
        let uid = scramble(u64::from(tie.person) << 32 | at as u64);
        let rng = &mut scribe.rng(u64::from(tie.person) << 8 | 2);
        let card = match flavour {
            Phone::Android => android(&entry, rng),
            Phone::Apple => iphone(&entry, rng),
            Phone::Nextcloud => nextcloud(&entry, uid),
            Phone::Outlook => outlook(&entry),
        };
        out.write(&card)?;
    }
    if flavour == Phone::Apple {
        out.write(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Tennis\r\nFN:Tennis\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n\
             X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:6f1d0c7e-0000-4000-8000-000000000001\r\n\
             UID:6f1d0c7e-0000-4000-8000-000000000002\r\nEND:VCARD\r\n",
        )?;
    }
    out.finish()
}

/// The parts of N; a name in one field stands in the place of the given name, as Android has it.
fn name_parts(entry: &Entry) -> [String; 5] {
    if entry.one_field {
        return [String::new(), entry.full_name(), String::new(), String::new(), String::new()];
    }
    [&entry.family, &entry.given, &entry.middle, &entry.prefix, &entry.suffix].map(Clone::clone)
}

/// Quoted-printable in UTF-8, with soft breaks that keep lines short.
fn quoted(text: &str, used: usize) -> String {
    let mut out = String::new();
    let mut width = used;
    for byte in text.bytes() {
        if width > 70 {
            out.push_str("=\r\n");
            width = 0;
        }
        if byte.is_ascii_alphanumeric() || matches!(byte, b';' | b'.' | b'-' | b'@') {
            out.push(char::from(byte));
            width += 1;
        } else {
            let _ = write!(out, "={byte:02X}");
            width += 3;
        }
    }
    out
}

fn android(entry: &Entry, rng: &mut Rng) -> String {
    let mut card = "BEGIN:VCARD\r\nVERSION:2.1\r\n".to_owned();
    let mut put = |name: &str, value: &str| {
        if value.is_ascii() && !value.contains(['\n', '=']) {
            let _ = write!(card, "{name}:{value}\r\n");
        } else {
            let head = format!("{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:");
            let _ = write!(card, "{head}{}\r\n", quoted(value, head.len()));
        }
    };
    put("N", &name_parts(entry).map(|part| part.replace(';', "\\;")).join(";"));
    put("FN", &entry.full_name());
    if !entry.nickname.is_empty() {
        put(
            "X-ANDROID-CUSTOM",
            &format!("vnd.android.cursor.item/nickname;{};1;;;;;;;;;;;;;", entry.nickname),
        );
    }
    for (kind, number) in &entry.phones {
        put(["TEL;CELL", "TEL;WORK", "TEL;HOME"][*kind as usize], number);
    }
    for (kind, address) in &entry.emails {
        put(if *kind == Use::Work { "EMAIL;WORK" } else { "EMAIL;HOME" }, address);
    }
    if let Some([city, postcode, street, _]) = &entry.place {
        put("ADR;HOME", &format!(";;{street};{city};;{postcode};"));
    }
    for (name, value) in [("ORG", &entry.company), ("TITLE", &entry.position)] {
        if !value.is_empty() {
            put(name, value);
        }
    }
    if !entry.note.is_empty() {
        put("NOTE", entry.note);
    }
    if let Some(birthday) = entry.birthday {
        put("BDAY", &date::iso(birthday));
    }
    if rng.chance(0.02) {
        let _ = write!(card, "PHOTO;ENCODING=BASE64;GIF:{PHOTO}\r\n\r\n");
    }
    card + "END:VCARD\r\n"
}

/// Escapes a value as vCard 3.0 and 4.0 want it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// Adds a line, folded at 75 bytes and never inside a letter.
fn fold(card: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > 74 {
            card.push_str("\r\n ");
            width = 1;
        }
        card.push(letter);
        width += letter.len_utf8();
    }
    card.push_str("\r\n");
}

fn iphone(entry: &Entry, rng: &mut Rng) -> String {
    let mut card = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 18.3//EN\r\n".to_owned();
    fold(&mut card, &format!("N:{}", name_parts(entry).map(|part| escaped(&part)).join(";")));
    fold(&mut card, &format!("FN:{}", escaped(&entry.full_name())));
    if !entry.nickname.is_empty() {
        fold(&mut card, &format!("NICKNAME:{}", entry.nickname));
    }
    if !entry.company.is_empty() {
        fold(&mut card, &format!("ORG:{};", escaped(&entry.company)));
    }
    if !entry.position.is_empty() {
        fold(&mut card, &format!("TITLE:{}", escaped(&entry.position)));
    }
    for (at, (kind, address)) in entry.emails.iter().enumerate() {
        let label = ["iCloud", "_$!<Work>!$_", "_$!<Home>!$_"][*kind as usize];
        fold(&mut card, &format!("item{}.EMAIL;type=INTERNET:{address}", at + 1));
        fold(&mut card, &format!("item{}.X-ABLabel:{label}", at + 1));
    }
    for (kind, number) in &entry.phones {
        let kind = ["CELL;type=VOICE;type=pref", "WORK;type=VOICE", "HOME;type=VOICE"][*kind as usize];
        fold(&mut card, &format!("TEL;type={kind}:{number}"));
    }
    if let Some([city, postcode, street, country]) = &entry.place {
        fold(&mut card, &format!("item9.ADR;type=HOME:;;{};{city};;{postcode};", escaped(street)));
        fold(&mut card, &format!("item9.X-ABADR:{}", country.to_lowercase()));
    }
    if let Some(birthday) = entry.birthday {
        let line = if rng.chance(0.2) {
            date::format(birthday, "BDAY;X-APPLE-OMIT-YEAR=1604:1604-%m-%d")
        } else {
            date::format(birthday, "BDAY:%Y-%m-%d")
        };
        fold(&mut card, &line);
    }
    if !entry.note.is_empty() {
        fold(&mut card, &format!("NOTE:{}", escaped(entry.note)));
    }
    if rng.chance(0.02) {
        fold(&mut card, &format!("PHOTO;ENCODING=b;TYPE=GIF:{PHOTO}"));
    }
    card + "END:VCARD\r\n"
}

fn nextcloud(entry: &Entry, uid: u64) -> String {
    let mut card = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Sabre//Sabre VObject 4.5.4//EN\r\n".to_owned();
    fold(&mut card, &format!("UID:{:08x}-{:04x}-4000-8000-{:012x}", uid >> 32, uid >> 16 & 0xffff, uid));
    fold(&mut card, &format!("FN:{}", escaped(&entry.full_name())));
    if !entry.one_field {
        fold(&mut card, &format!("N:{}", name_parts(entry).map(|part| escaped(&part)).join(";")));
    }
    for (name, value) in [("NICKNAME", &entry.nickname), ("ORG", &entry.company), ("TITLE", &entry.position)]
    {
        if !value.is_empty() {
            fold(&mut card, &format!("{name}:{}", escaped(value)));
        }
    }
    for (kind, number) in &entry.phones {
        fold(
            &mut card,
            &format!("TEL;TYPE={}:{number}", ["cell", "\"voice,work\"", "\"home,voice\""][*kind as usize]),
        );
    }
    for (kind, address) in &entry.emails {
        fold(
            &mut card,
            &format!("EMAIL;TYPE={}:{address}", if *kind == Use::Work { "work" } else { "home" }),
        );
    }
    if let Some([city, postcode, street, country]) = &entry.place {
        fold(&mut card, &format!("ADR;TYPE=work:;;{};{city};;{postcode};{country}", escaped(street)));
    }
    if let Some(birthday) = entry.birthday {
        fold(&mut card, &date::format(birthday, "BDAY:%Y%m%d"));
    }
    card + "END:VCARD\r\n"
}

fn outlook(entry: &Entry) -> String {
    let mut card = "BEGIN:VCARD\r\nVERSION:2.1\r\n".to_owned();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(card, "{name}:{value}\r\n");
        }
    };
    put("N;LANGUAGE=de", &name_parts(entry).join(";"));
    put("FN", &entry.full_name());
    put("ORG", &entry.company);
    put("TITLE", &entry.position);
    for (kind, number) in &entry.phones {
        put(["TEL;CELL;VOICE", "TEL;WORK;VOICE", "TEL;HOME;VOICE"][*kind as usize], number);
    }
    if let Some([city, postcode, street, country]) = &entry.place {
        put("ADR;WORK;PREF", &format!(";;{street};{city};;{postcode};{}", german_country(country)));
        let label = format!("{street}, {postcode} {city}");
        put("LABEL;WORK;PREF;CHARSET=Windows-1252", &label);
    }
    put("BDAY", &entry.birthday.map_or(String::new(), |day| date::format(day, "%Y%m%d")));
    for (_, address) in &entry.emails {
        put("EMAIL;PREF;INTERNET", address);
    }
    put("NOTE", entry.note);
    put("REV", "20260501T080000Z");
    card + "END:VCARD\r\n"
}
