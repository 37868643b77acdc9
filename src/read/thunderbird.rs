//! Thunderbird's address-book CSV by its headers or, in a language nobody maps, by position; and the CSV
//! of Windows Live Mail.

use super::address_book::{Addresses, Part, Place, Slot, verdict};
use super::outlook::{fill, fill_missing};
use super::table::read_rows;
use super::{Body, Document, Header, Output, Plan, Reader, Row, RowEvent, Table};
use crate::problem::Problem;
use crate::record::{Cells, Channel, Field};

/// Thunderbird's CSV export.
pub(super) struct Thunderbird;

/// Windows Live Mail's CSV export.
pub(super) struct WindowsLiveMail;

/// A column of Thunderbird: its keys in English and German, and what it says.
type Column = (&'static str, Slot);

const WORK: Place = Place::Work;
const HOME: Place = Place::Home;

/// All columns in the order in which Thunderbird writes them in every language.
const THUNDERBIRD: [Column; 37] = [
    ("first name|vorname|prenom", Slot::To(Field::GivenName)),
    ("last name|nachname|nom de famille", Slot::To(Field::FamilyName)),
    ("display name|anzeigename|nom a afficher", Slot::Else(Field::Name)),
    ("nickname|spitzname|surnom", Slot::To(Field::Nickname)),
    ("primary email|primaere e mail adresse|adresse electronique principale", Slot::Email),
    ("secondary email|sekundaere e mail adresse|adresse electronique secondaire", Slot::Email),
    ("screen name|messenger name", Slot::Known),
    ("work phone|tel dienstlich|tel professionnel", Slot::Phone),
    ("home phone|tel privat|tel personnel", Slot::Phone),
    ("fax number|fax nummer|fax", Slot::To(Field::Fax)),
    ("pager number|pager nummer|pager", Slot::Known),
    ("mobile number|mobil tel nr|portable", Slot::Phone),
    ("home address|privat adresse", Slot::Address(HOME, Part::Street)),
    ("home address 2|home address2|privat adresse 2", Slot::Address(HOME, Part::Street)),
    ("home city|privat ort", Slot::Address(HOME, Part::City)),
    ("home state|privat bundesland", Slot::Address(HOME, Part::Region)),
    ("home zipcode|home zip|privat plz", Slot::Address(HOME, Part::Postcode)),
    ("home country|privat land", Slot::Address(HOME, Part::Country)),
    ("work address|dienstlich adresse", Slot::Address(WORK, Part::Street)),
    ("work address 2|work address2|dienstlich adresse 2", Slot::Address(WORK, Part::Street)),
    ("work city|dienstlich ort", Slot::Address(WORK, Part::City)),
    ("work state|dienstlich bundesland", Slot::Address(WORK, Part::Region)),
    ("work zip|work zipcode|dienstlich plz", Slot::Address(WORK, Part::Postcode)),
    ("work country|dienstlich land", Slot::Address(WORK, Part::Country)),
    ("job title|arbeitstitel", Slot::To(Field::Position)),
    ("department|abteilung", Slot::To(Field::Department)),
    ("organization|organisation", Slot::To(Field::Company)),
    ("web page 1|webseite 1", Slot::To(Field::Url)),
    ("web page 2|webseite 2", Slot::To(Field::Url)),
    ("birth year|geburtsjahr", Slot::BirthPart(0)),
    ("birth month|geburtsmonat", Slot::BirthPart(1)),
    ("birth day|geburtstag", Slot::BirthPart(2)),
    ("custom 1|benutzerdef 1", Slot::Known),
    ("custom 2|benutzerdef 2", Slot::Known),
    ("custom 3|benutzerdef 3", Slot::Known),
    ("custom 4|benutzerdef 4", Slot::Known),
    ("notes|notizen", Slot::To(Field::Note)),
];

/// Columns that only Thunderbird has under these names.
const OWN: [&str; 12] = [
    "primary email",
    "secondary email",
    "screen name",
    "birth year",
    "birth day",
    "display name",
    "anzeigename",
    "primaere e mail adresse",
    "sekundaere e mail adresse",
    "geburtsjahr",
    "mobil tel nr",
    "tel dienstlich",
];

const LIVE_MAIL: [Column; 29] = [
    ("vorname|first name", Slot::To(Field::GivenName)),
    ("nachname|last name", Slot::To(Field::FamilyName)),
    ("2 vorname|middle name", Slot::To(Field::MiddleName)),
    ("name", Slot::Else(Field::Name)),
    ("spitzname|nickname", Slot::To(Field::Nickname)),
    ("e mail adresse|e mail address", Slot::Email),
    ("strasse privat|home street", Slot::Address(HOME, Part::Street)),
    ("ort privat|home city", Slot::Address(HOME, Part::City)),
    ("postleitzahl privat|home postal code", Slot::Address(HOME, Part::Postcode)),
    ("bundesland privat|home state", Slot::Address(HOME, Part::Region)),
    ("land region privat|home country region", Slot::Address(HOME, Part::Country)),
    ("telefon privat|home phone", Slot::Phone),
    ("fax privat|home fax", Slot::To(Field::Fax)),
    ("mobiltelefon|mobile phone", Slot::Phone),
    ("webseite privat|personal web page", Slot::To(Field::Url)),
    ("strasse geschaeftlich|business street", Slot::Address(WORK, Part::Street)),
    ("ort geschaeftlich|business city", Slot::Address(WORK, Part::City)),
    ("postleitzahl geschaeftlich|business postal code", Slot::Address(WORK, Part::Postcode)),
    ("bundesland geschaeftlich|business state", Slot::Address(WORK, Part::Region)),
    ("land region geschaeftlich|business country region", Slot::Address(WORK, Part::Country)),
    ("webseite geschaeftlich|business web page", Slot::To(Field::Url)),
    ("telefon geschaeftlich|business phone", Slot::Phone),
    ("fax geschaeftlich|business fax", Slot::To(Field::Fax)),
    ("pager", Slot::Known),
    ("firma|company", Slot::To(Field::Company)),
    ("position|job title", Slot::To(Field::Position)),
    ("abteilung|department", Slot::To(Field::Department)),
    ("buero|office location", Slot::Known),
    ("notizen|notes", Slot::To(Field::Note)),
];

impl Reader for Thunderbird {
    fn id(&self) -> &'static str {
        "thunderbird"
    }

    fn title(&self) -> &'static str {
        "Thunderbird address book"
    }

    fn title_german(&self) -> &'static str {
        "Thunderbird-Adressbuch"
    }

    fn channel(&self) -> Channel {
        Channel::Mail
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        let slots = thunderbird_slots(table)?;
        Ok(plan(&slots, note_on_position(table)))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        if let Ok(slots) = thunderbird_slots(table) {
            read(table, plan, &slots, out);
        }
    }
}

impl Reader for WindowsLiveMail {
    fn id(&self) -> &'static str {
        "windows-live-mail"
    }

    fn title(&self) -> &'static str {
        "Windows Live Mail contacts"
    }

    fn title_german(&self) -> &'static str {
        "Windows-Live-Mail-Kontakte"
    }

    fn channel(&self) -> Channel {
        Channel::Mail
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        let has = |key: &str| table.header.find(&[key]).is_some();
        let german = has("2 vorname") && has("strasse privat");
        let english = has("business web page") && has("personal web page") && has("name");
        if !german && !english {
            return Err("it lacks \u{201c}2. Vorname\u{201d} and \u{201c}Straße (privat)\u{201d}".to_owned());
        }
        Ok(plan(&slots(&table.header, &LIVE_MAIL), None))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        read(table, plan, &slots(&table.header, &LIVE_MAIL), out);
    }
}

fn slots(header: &Header, columns: &[Column]) -> Vec<Option<Slot>> {
    let slot = |key: &String| columns.iter().find(|(keys, _)| keys.split('|').any(|have| have == key));
    header.keys.iter().map(|key| slot(key).map(|(_, slot)| *slot)).collect()
}

fn thunderbird_slots(table: &Table<'_>) -> Result<Vec<Option<Slot>>, String> {
    let own = table.header.keys.iter().filter(|key| OWN.contains(&key.as_str())).count();
    if own >= 2 {
        return Ok(slots(&table.header, &THUNDERBIRD));
    }
    if is_by_position(table) {
        return Ok(THUNDERBIRD.iter().map(|(_, slot)| Some(*slot)).collect());
    }
    Err(format!("{own} of its columns are Thunderbird's own; it takes two, or the 37 columns in their order"))
}

/// Whether a table without known headers has the shape of Thunderbird's: 37 or 38 columns, addresses in
/// the fifth and sixth, the parts of a birthday in the last third, in every row.
fn is_by_position(table: &Table<'_>) -> bool {
    let wide = |len: usize| len == 37 || len == 38;
    if !wide(table.header.cells.len()) || slots(&table.header, &THUNDERBIRD).iter().flatten().count() > 12 {
        return false;
    }
    let (mut fits, mut addresses) = (true, 0);
    table.rows.for_each(&mut |event| {
        let RowEvent::Row(row) = event else { return };
        let is_address = |column| row.get(column).is_empty() || row.get(column).contains('@');
        let is_number =
            |column| row.get(column).trim().parse::<u16>().is_ok() || row.get(column).trim().is_empty();
        addresses += usize::from(row.get(4).contains('@'));
        fits &= is_address(4) && is_address(5) && (29..32).all(is_number);
    });
    fits && addresses > 0
}

fn note_on_position(table: &Table<'_>) -> Option<Problem> {
    let by_name = table.header.keys.iter().filter(|key| OWN.contains(&key.as_str())).count() >= 2;
    (!by_name).then(|| {
        Problem::new(
            table.header.line,
            "columns-by-position",
            "the column names are in a language that is not known; the columns were taken by their place, as \
             Thunderbird writes them. Look at a few entries",
        )
    })
}

fn plan(slots: &[Option<Slot>], note: Option<Problem>) -> Plan {
    let columns = slots.iter().map(|slot| slot.and_then(Slot::field)).collect();
    Plan { columns, notes: note.into_iter().collect(), ..Plan::default() }
}

fn read(table: &Table<'_>, plan: &Plan, slots: &[Option<Slot>], out: &mut Output) {
    let mut addresses = Addresses::default();
    let birth_column = slots.iter().position(|slot| *slot == Some(Slot::BirthPart(2)));
    let birth_column = birth_column.and_then(|at| table.header.cells.get(at)).map_or("", |name| name.trim());
    read_rows(table, plan, out, |row, cells, out| {
        cells.clear();
        addresses.clear();
        let mut birthday = [""; 3];
        for (column, slot) in slots.iter().enumerate() {
            match slot {
                Some(Slot::BirthPart(part)) => birthday[usize::from(*part)] = row.get(column).trim(),
                Some(slot) => fill(*slot, column, row, cells, &mut addresses, out, table),
                None => {}
            }
        }
        fill_missing(slots, row, cells);
        push_birthday(birthday, row, cells, out, birth_column);
        addresses.push_best(cells);
        verdict(row, cells)
    });
}

/// Composes the birthday from its three columns; a day that no calendar has is left out and told.
fn push_birthday(
    [year, month, day]: [&str; 3],
    row: &Row<'_>,
    cells: &mut Cells,
    out: &mut Output,
    column: &str,
) {
    if year.is_empty() && month.is_empty() && day.is_empty() {
        return;
    }
    let (month_number, day_number) = (month.parse().unwrap_or(0), day.parse().unwrap_or(0));
    // Without a year the 29th of February must stay possible.
    let date = |year: &str| chrono::NaiveDate::from_ymd_opt(year.parse().ok()?, month_number, day_number);
    let text = if year.is_empty() || year == "0" {
        date("2000").map(|date| date.format("--%m-%d").to_string())
    } else {
        let known = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        date(year).filter(|_| known).map(|date| date.format("%Y-%m-%d").to_string())
    };
    match text {
        Some(text) => cells.push(Field::Birthday, &text),
        None if month.is_empty() && day.is_empty() => {
            let message = format!("the birthday has a year only ({year}); left out");
            out.warn(Problem::new(row.line, "partial-birthday", message).in_column(column));
        }
        None => {
            let message =
                format!("there is no date with year {year}, month {month}, day {day}; birthday left out");
            out.warn(Problem::new(row.line, "invalid-date", message).in_column(column));
        }
    }
}

#[cfg(test)]
mod tests;
