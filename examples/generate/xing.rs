//! Xing: its cards with two charsets in one file, and contact lists kept as a table or workbook.

use std::fmt::Write as _;
use std::io;

use super::date;
use super::entry::{Entry, Source, Use, german_country};
use super::number::Style;
use super::out::{Channel, Csv, Encoding, Lines, Place, Who};
use super::plan::{Tie, Xing};
use super::scribe::Scribe;
use super::sheet::Book;
use super::world::Slot;

const HEADER: [&str; 9] = [
    "Vorname",
    "Nachname",
    "Unternehmen",
    "Position",
    "E-Mail",
    "Telefon",
    "Ort",
    "Xing-Profil",
    "Kontakt seit",
];

/// Writes what the member has from Xing.
pub(crate) fn write(scribe: &mut Scribe<'_>) -> io::Result<()> {
    if people(scribe).is_empty() {
        return Ok(());
    }
    let folder = date::iso(scribe.plan.first);
    match scribe.network.kit.xing {
        Xing::None => Ok(()),
        Xing::Cards => cards(scribe, &format!("{folder}/xing_contacts.vcf")),
        Xing::Table => table(scribe, &format!("{folder}/Xing-Kontakte.csv")),
        Xing::Sheet => book(scribe, &format!("{folder}/Xing-Kontakte.xlsx")),
    }
}

/// The people of the member on Xing; their entries are written by themselves.
fn people(scribe: &Scribe<'_>) -> Vec<Tie> {
    let first = scribe.plan.first;
    scribe
        .shuffled(3, |tie, traces| traces.xing && tie.since < first)
        .into_iter()
        .map(|(tie, _)| tie)
        .collect()
}

fn entry(scribe: &Scribe<'_>, tie: Tie) -> (Entry, String) {
    let person = scribe.person(tie);
    let entry = Entry::draw(scribe.world, &person, Source::Xing, 0, scribe.plan.first, Style::Spaced);
    let key = person.xing(scribe.world.ordinal(person.index, Slot::Xing));
    (entry, format!("https://www.xing.com/profile/{key}"))
}

fn row(entry: &Entry, url: &str, since: i32) -> [String; 9] {
    let given = [&entry.prefix, &entry.given, &entry.middle].map(String::as_str);
    let given = given.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let email = entry.emails.first().map_or("", |(_, text)| text);
    let phone = entry.phones.first().map_or("", |(_, text)| text);
    let city = entry.place.as_ref().map_or("", |place| &place[0]);
    let (company, position) = (&entry.company, &entry.position);
    [&given, &entry.family, company, position, email, phone, city, url, &date::german(since)]
        .map(str::to_owned)
}

fn table(scribe: &mut Scribe<'_>, name: &str) -> io::Result<()> {
    let (file, path) = scribe.folder.create(name)?;
    let mut out = Lines::new(file, Encoding::Utf8);
    let mut csv = Csv::new(';', false, "\r\n");
    out.write("\u{feff}")?;
    out.write(csv.row(HEADER))?;
    for tie in people(scribe) {
        let (entry, url) = entry(scribe, tie);
        let place = Place { file: &path, line: out.line(), sheet: "" };
        scribe.note(place, Who::Person(tie.person), Channel::Xing)?;
        out.write(csv.row(row(&entry, &url, tie.since)))?;
    }
    out.finish()
}

fn book(scribe: &mut Scribe<'_>, name: &str) -> io::Result<()> {
    let (file, path) = scribe.folder.create(name)?;
    let mut book = Book::new();
    let people = people(scribe);
    let mut lines = book.sheet("Xing")?;
    lines.row(&HEADER)?;
    for tie in people {
        let (entry, url) = entry(scribe, tie);
        let place = Place { file: &path, line: lines.line(), sheet: "Xing" };
        scribe.note(place, Who::Person(tie.person), Channel::Xing)?;
        lines.row(&row(&entry, &url, tie.since))?;
    }
    book.save(file)
}

fn cards(scribe: &mut Scribe<'_>, name: &str) -> io::Result<()> {
    let (file, path) = scribe.folder.create(name)?;
    let mut out = Lines::new(file, Encoding::Utf8);
    for tie in people(scribe) {
        let (entry, _) = entry(scribe, tie);
        let place = Place { file: &path, line: out.line(), sheet: "" };
        scribe.note(place, Who::Person(tie.person), Channel::Xing)?;
        for line in card(&entry, tie.person).lines() {
            let latin = line.contains(";CHARSET=ISO-8859-1:");
            out.write_as(line, if latin { Encoding::Windows1252 } else { Encoding::Utf8 })?;
            out.write("\r\n")?;
        }
    }
    out.finish()
}

fn card(entry: &Entry, person: u32) -> String {
    let mut card = "BEGIN:VCARD\nVERSION:2.1\n".to_owned();
    let mut put = |name: &str, value: &str| {
        let charset = match value {
            _ if value.is_ascii() => "",
            _ if value.chars().all(|letter| letter as u32 <= 0xff) => ";CHARSET=ISO-8859-1",
            _ => ";CHARSET=UTF-8",
        };
        let _ = writeln!(card, "{name}{charset}:{value}");
    };
    let Entry { family, given, middle, prefix, .. } = entry;
    put("N", &format!("{family};{given};{middle};{prefix}"));
    put("FN", &entry.full_name());
    put("SORT-STRING", family);
    put("CLASS", "PRIVATE");
    for (name, value) in [("ORG", &entry.company), ("TITLE", &entry.position)] {
        if !value.is_empty() {
            put(name, value);
        }
    }
    for (kind, number) in &entry.phones {
        put(["TEL;TYPE=cell,work", "TEL;TYPE=work", "TEL;TYPE=home"][*kind as usize], number);
    }
    for (kind, address) in &entry.emails {
        let kind = if *kind == Use::Work { "WORK" } else { "HOME" };
        put(&format!("EMAIL;TYPE=internet;type={kind};type=pref"), address);
    }
    match &entry.place {
        Some([city, postcode, street, country]) => {
            put("ADR;TYPE=work", &format!(";;{street};{city};;{postcode};{}", german_country(country)));
        }
        None => put("ADR;TYPE=work", ";;;;;;"),
    }
    if let Some(birthday) = entry.birthday {
        put("BDAY", &date::format(birthday, "%Y%m%d"));
    }
    put("UID", &format!("XING_{}", 10_000_000 + u64::from(person) * 13));
    put("PRODID", "-//XING//www.xing.com//epublica//www.epublica.de//Version 1.3");
    card + "END:VCARD\n"
}
