//! Address books of mail programs: Google in both layouts, Outlook in German and English.

use std::io;

use super::date;
use super::entry::{Entry, Source, Use, german_country};
use super::out::{Channel, Csv, Encoding, Lines, Place, Who};
use super::plan::Mail;
use super::scribe::Scribe;

const OUTLOOK_DE: &str = include_str!("words/outlook_de.txt");
const OUTLOOK_EN: &str = include_str!("words/outlook_en.txt");
const GOOGLE: &str = include_str!("words/google_new.txt");
const GOOGLE_OLD: &str = include_str!("words/google_old.txt");

/// A program's table: its header, and which column takes what.
struct Layout {
    header: Vec<&'static str>,
    delimiter: char,
    quote_all: bool,
    encoding: Encoding,
    name: &'static str,
}

fn layout(mail: Mail) -> Option<Layout> {
    let (header, delimiter, quote_all, encoding, name) = match mail {
        Mail::None => return None,
        Mail::Google => (GOOGLE, ',', false, Encoding::Utf8, "contacts.csv"),
        Mail::GoogleOld => (GOOGLE_OLD, ',', false, Encoding::Utf8, "google.csv"),
        Mail::OutlookDe => (OUTLOOK_DE, ';', true, Encoding::Windows1252, "Outlook-Kontakte.csv"),
        Mail::OutlookEn => (OUTLOOK_EN, ',', false, Encoding::Utf8, "outlook contacts.csv"),
    };
    Some(Layout { header: header.lines().collect(), delimiter, quote_all, encoding, name })
}

/// Writes the address book; one entry in eighty is a company's shared mailbox.
pub(crate) fn write(scribe: &mut Scribe<'_>) -> io::Result<()> {
    let mail = scribe.network.kit.mail;
    let Some(layout) = layout(mail) else { return Ok(()) };
    let first = scribe.plan.first;
    let ties = scribe.shuffled(4, |tie, traces| traces.mail && tie.since < first);
    if ties.is_empty() {
        return Ok(());
    }
    let (file, path) = scribe.folder.create(&format!("{}/{}", date::iso(first), layout.name))?;
    let mut out = Lines::new(file, layout.encoding);
    let mut csv = Csv::new(layout.delimiter, layout.quote_all, "\r\n");
    if mail == Mail::OutlookEn {
        out.write("\u{feff}")?;
    }
    out.write(csv.row(&layout.header))?;
    let mut rng = scribe.rng(4);
    for (tie, traces) in ties {
        let day = traces.noted.min(first - 1);
        let hand = u64::from(scribe.network.member);
        let entry = Entry::draw(scribe.world, &scribe.person(tie), Source::Mail, hand, day, scribe.style());
        let place = Place { file: &path, line: out.line(), sheet: "" };
        scribe.note(place, Who::Person(tie.person), Channel::Mail)?;
        out.write(csv.row(row(mail, &layout.header, &entry)))?;
        if rng.chance(0.0125) {
            let index = rng.below(scribe.world.company_count as usize) as u32;
            let company = scribe.world.company(index);
            let entry = Entry {
                emails: vec![(Use::Work, company.role_address())],
                phones: vec![(Use::Work, company.switchboard.write(scribe.style(), &mut rng))],
                company: company.full,
                ..Entry::default()
            };
            let place = Place { file: &path, line: out.line(), sheet: "" };
            scribe.note(place, Who::Company(index), Channel::Mail)?;
            out.write(csv.row(row(mail, &layout.header, &entry)))?;
        }
    }
    out.finish()
}

fn row(mail: Mail, header: &[&str], entry: &Entry) -> Vec<String> {
    let cells = match mail {
        Mail::OutlookDe => outlook_de(entry),
        Mail::OutlookEn => outlook_en(entry),
        Mail::GoogleOld => google_old(entry),
        _ => google(entry),
    };
    let mut row = vec![String::new(); header.len()];
    for (column, text) in cells {
        if let Some(at) = header.iter().position(|name| *name == column) {
            row[at] = text;
        }
    }
    row
}

type Cells = Vec<(&'static str, String)>;

/// A whole name in one field stands where the given name should.
fn names(entry: &Entry) -> [String; 3] {
    if entry.one_field {
        return [entry.full_name(), String::new(), String::new()];
    }
    [entry.given.clone(), entry.middle.clone(), entry.family.clone()]
}

fn place(entry: &Entry) -> [String; 4] {
    entry.place.clone().unwrap_or_default()
}

fn outlook_de(entry: &Entry) -> Cells {
    let [given, middle, family] = names(entry);
    let [city, postcode, street, country] = place(entry);
    let shown = if entry.emails.is_empty() { String::new() } else { entry.full_name() };
    let other = entry.email(Use::Home);
    let (email, second) = match entry.email(Use::Work) {
        "" => (other, ""),
        work => (work, other),
    };
    vec![
        ("Anrede", entry.prefix.clone()),
        ("Vorname", given),
        ("Weitere Vornamen", middle),
        ("Nachname", family),
        ("Suffix", entry.suffix.clone()),
        ("Firma", entry.company.clone()),
        ("Position", entry.position.clone()),
        ("Straße geschäftlich", street),
        ("Ort geschäftlich", city),
        ("Postleitzahl geschäftlich", postcode),
        (
            "Land/Region geschäftlich",
            if country.is_empty() { country } else { german_country(&country).to_owned() },
        ),
        ("Telefon geschäftlich", entry.phone(Use::Work).to_owned()),
        ("Telefon (privat)", entry.phone(Use::Home).to_owned()),
        ("Mobiltelefon", entry.phone(Use::Mobile).to_owned()),
        ("E-Mail-Typ", if email.is_empty() { String::new() } else { "SMTP".to_owned() }),
        ("E-Mail: Angezeigter Name", if shown.is_empty() { shown } else { format!("{shown} ({email})") }),
        ("E-Mail-Adresse", email.to_owned()),
        ("E-Mail 2: Adresse", second.to_owned()),
        ("Geburtstag", entry.birthday.map_or("0.0.00".to_owned(), |day| date::format(day, "%-d.%-m.%Y"))),
        ("Kategorien", if entry.note.starts_with("Kunde") { "Kunden;VIP".to_owned() } else { String::new() }),
        ("Notizen", entry.note.to_owned()),
    ]
}

fn outlook_en(entry: &Entry) -> Cells {
    let [given, middle, family] = names(entry);
    let [city, postcode, street, country] = place(entry);
    vec![
        ("Title", entry.prefix.clone()),
        ("First Name", given),
        ("Middle Name", middle),
        ("Last Name", family),
        ("Suffix", entry.suffix.clone()),
        ("Company", entry.company.clone()),
        ("Job Title", entry.position.clone()),
        ("Business Street", street),
        ("Business City", city),
        ("Business Postal Code", postcode),
        ("Business Country/Region", country),
        ("Business Phone", entry.phone(Use::Work).to_owned()),
        ("Home Phone", entry.phone(Use::Home).to_owned()),
        ("Mobile Phone", entry.phone(Use::Mobile).to_owned()),
        ("E-mail Address", entry.emails.first().map_or(String::new(), |(_, text)| text.clone())),
        ("E-mail 2 Address", entry.emails.get(1).map_or(String::new(), |(_, text)| text.clone())),
        ("Birthday", entry.birthday.map_or("0/0/00".to_owned(), date::us)),
        ("Notes", entry.note.to_owned()),
    ]
}

/// The columns both Google layouts share; `label` is the word for the kind of an address or number.
fn google_blocks(entry: &Entry, label: [&'static str; 6]) -> Cells {
    let mut cells = Vec::new();
    for ((kind, value), columns) in
        [(0, 1), (2, 3)].into_iter().zip(&entry.emails).map(|(at, email)| (email, at))
    {
        cells.push((label[columns.0], if *kind == Use::Work { "* Work" } else { "* Home" }.to_owned()));
        cells.push((label[columns.1], value.clone()));
    }
    // All numbers of one kind share a cell.
    if let Some((kind, _)) = entry.phones.first() {
        let numbers: Vec<&str> = entry.phones.iter().map(|(_, number)| number.as_str()).collect();
        cells.push((label[4], ["Mobile", "Work", "Home"][*kind as usize].to_owned()));
        cells.push((label[5], numbers.join(" ::: ")));
    }
    if let Some([city, postcode, street, country]) = &entry.place {
        cells.push(("Address 1 - Formatted", format!("{street}\n{postcode} {city}\n{country}")));
        cells.push(("Address 1 - Street", street.clone()));
        cells.push(("Address 1 - City", city.clone()));
        cells.push(("Address 1 - Postal Code", postcode.clone()));
        cells.push(("Address 1 - Country", country.clone()));
    }
    cells.push(("Nickname", entry.nickname.clone()));
    cells.push(("Name Prefix", entry.prefix.clone()));
    cells.push(("Name Suffix", entry.suffix.clone()));
    cells.push(("Birthday", entry.birthday.map_or(String::new(), date::iso)));
    cells.push(("Notes", entry.note.to_owned()));
    cells
}

fn google(entry: &Entry) -> Cells {
    let [given, middle, family] = names(entry);
    let mut cells = google_blocks(
        entry,
        [
            "E-mail 1 - Label",
            "E-mail 1 - Value",
            "E-mail 2 - Label",
            "E-mail 2 - Value",
            "Phone 1 - Label",
            "Phone 1 - Value",
        ],
    );
    cells.extend([
        ("First Name", given),
        ("Middle Name", middle),
        ("Last Name", family),
        ("Organization Name", entry.company.clone()),
        ("Organization Title", entry.position.clone()),
        ("Labels", "* myContacts".to_owned()),
    ]);
    cells
}

fn google_old(entry: &Entry) -> Cells {
    let [given, middle, family] = names(entry);
    let mut cells = google_blocks(
        entry,
        [
            "E-mail 1 - Type",
            "E-mail 1 - Value",
            "E-mail 2 - Type",
            "E-mail 2 - Value",
            "Phone 1 - Type",
            "Phone 1 - Value",
        ],
    );
    cells.extend([
        ("Name", entry.full_name()),
        ("Given Name", given),
        ("Additional Name", middle),
        ("Family Name", family),
        ("Organization 1 - Name", entry.company.clone()),
        ("Organization 1 - Title", entry.position.clone()),
        ("Group Membership", "Importiert am 29.3. ::: * myContacts".to_owned()),
    ]);
    cells
}
