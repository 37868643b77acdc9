//! Outlook's CSV in English, German and French, of the desktop program, of the web, and as Google writes it.

use super::address_book::{Addresses, Part, Place, Slot, is_empty_date, verdict};
use super::table::read_rows;
use super::{Body, Document, Header, Output, Plan, Reader, Row, Table, order, several};
use crate::problem::Problem;
use crate::record::{Cells, Channel, DateOrder, Field};

/// Outlook's CSV export.
pub(super) struct OutlookContacts;

/// So many columns must be Outlook's, and so many of them columns that only an address book has.
const FEWEST_COLUMNS: usize = 5;
const FEWEST_OWN: usize = 2;

impl Reader for OutlookContacts {
    fn id(&self) -> &'static str {
        "outlook-contacts"
    }

    fn title(&self) -> &'static str {
        "Outlook contacts"
    }

    fn title_german(&self) -> &'static str {
        "Outlook-Kontakte"
    }

    fn channel(&self) -> Channel {
        Channel::Mail
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        let slots = slots(&table.header);
        let known = slots.iter().flatten().count();
        let own = slots.iter().flatten().filter(|slot| is_own(**slot)).count();
        let named = slots.iter().flatten().any(|slot| {
            matches!(slot, Slot::To(Field::GivenName | Field::FamilyName) | Slot::EmailNumber(_))
        });
        if known < FEWEST_COLUMNS || own < FEWEST_OWN || !named {
            return Err(format!(
                "{known} columns are Outlook's and {own} of them ones that only an address book has; it takes \
                 {FEWEST_COLUMNS} and {FEWEST_OWN}, among them a name or \u{201c}E-mail Address\u{201d}"
            ));
        }
        let dates: Vec<usize> = (0..slots.len()).filter(|at| slots[*at] == Some(Slot::Birthday)).collect();
        let (date_order, note) = order::of_columns(table, &dates, usual_order(&table.header));
        let columns = slots.iter().map(|slot| slot.and_then(Slot::field)).collect();
        Ok(Plan { columns, date_order, notes: note.into_iter().collect(), ..Plan::default() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        let slots = slots(&table.header);
        let mut addresses = Addresses::default();
        read_rows(table, plan, out, |row, cells, out| {
            cells.clear();
            addresses.clear();
            let mut mail = [Mail::default(); 3];
            for (column, slot) in slots.iter().enumerate() {
                let (Some(slot), text) = (slot, several::unwrapped(row.get(column))) else { continue };
                match slot {
                    Slot::EmailNumber(number) => mail[usize::from(*number)].address = text,
                    Slot::EmailType(number) => mail[usize::from(*number)].kind = text,
                    Slot::EmailShown(number) => mail[usize::from(*number)].shown = text,
                    slot => fill(*slot, column, row, cells, &mut addresses, out, table),
                }
            }
            fill_missing(&slots, row, cells);
            for mail in &mail {
                mail.push(row, cells, out);
            }
            let notes = slots.iter().enumerate().filter(|(_, slot)| **slot == Some(Slot::Notes));
            notes.for_each(|(column, _)| harvest(row.get(column), cells));
            addresses.push_best(cells);
            verdict(row, cells)
        });
    }
}

/// Puts the cell of a column of the header where the column says.
pub(super) fn fill(
    slot: Slot,
    column: usize,
    row: &Row<'_>,
    cells: &mut Cells,
    addresses: &mut Addresses,
    out: &mut Output,
    table: &Table<'_>,
) {
    let text = several::unwrapped(row.get(column));
    match slot {
        Slot::To(field) => cells.push(field, text),
        Slot::Address(place, part) => addresses.add(place, part, text),
        Slot::Email => several::push_emails(cells, text),
        Slot::Phone => {
            if let Some(problem) = several::push_phones(cells, text, table.delimiter.is_none(), row.line) {
                out.warn(problem.in_column(table.header.cells[column].trim()));
            }
        }
        Slot::Tags => {
            let tags = text
                .split([';', ','])
                .filter(|tag| !several::is_system_group(tag))
                .collect::<Vec<_>>()
                .join(";");
            several::push_tags(cells, &tags, &[';']);
        }
        Slot::Birthday if !is_empty_date(text) => cells.push(Field::Birthday, text),
        Slot::Notes => cells.push(Field::Note, text),
        Slot::Private
            if matches!(
                text.to_lowercase().as_str(),
                "true" | "wahr" | "ein" | "ja" | "yes" | "vrai" | "1"
            ) =>
        {
            cells.push(Field::Scope, "private");
        }
        _ => {}
    }
}

/// Fills the fields whose own column was empty from the columns that stand in for them.
pub(super) fn fill_missing(slots: &[Option<Slot>], row: &Row<'_>, cells: &mut Cells) {
    for (column, slot) in slots.iter().enumerate() {
        let Some(Slot::Else(field)) = slot else { continue };
        let view = cells.view();
        let named = *field == Field::Name
            && (view.get(Field::GivenName).is_some() || view.get(Field::FamilyName).is_some());
        if view.get(*field).is_none() && !named {
            cells.push(*field, row.get(column));
        }
    }
}

/// What three columns say of one e-mail address.
#[derive(Clone, Copy, Default)]
struct Mail<'a> {
    address: &'a str,
    kind: &'a str,
    shown: &'a str,
}

impl Mail<'_> {
    /// Adds the address. Instead of an internal path of the mail server, which reaches nobody outside, the
    /// address in the name shown is taken: `Anna Meier (anna@example.com)`.
    fn push(&self, row: &Row<'_>, cells: &mut Cells, out: &mut Output) {
        let internal =
            self.kind.eq_ignore_ascii_case("ex") || self.address.to_ascii_lowercase().starts_with("/o=");
        if !internal || (self.address.contains('@') && !self.address.starts_with('/')) {
            return several::push_emails(cells, self.address);
        }
        let mut words = self
            .shown
            .split(|mark: char| mark.is_whitespace() || matches!(mark, '(' | ')' | '<' | '>' | '\'' | '"'));
        match words.rfind(|word| word.contains('@')) {
            Some(address) => several::push_emails(cells, address),
            None => out.warn(Problem::new(
                row.line,
                "internal-address",
                format!(
                    "\u{201c}{}\u{201d} is an address inside a mail server and was left out",
                    self.address
                ),
            )),
        }
    }
}

/// Takes the addresses and numbers out of the lines a Google export writes into the notes for want of columns.
fn harvest(notes: &str, cells: &mut Cells) {
    for line in notes.split(['\n', '\r']) {
        let Some((label, value)) = line.split_once(": ") else { continue };
        match slot(&crate::text::header_key(label)) {
            Some(Slot::EmailNumber(_)) if value.contains('@') => several::push_emails(cells, value),
            Some(Slot::Phone) => drop(several::push_phones(cells, value, false, 0)),
            _ => {}
        }
    }
}

/// Whether a column is one that address books have and other lists hardly.
fn is_own(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::Known
            | Slot::EmailType(_)
            | Slot::EmailShown(_)
            | Slot::EmailNumber(1 | 2)
            | Slot::Address(Place::Home | Place::Other, _)
            | Slot::Private
    )
}

/// English headers come with American dates unless the values say otherwise.
fn usual_order(header: &Header) -> DateOrder {
    if header.find(&["first name", "birthday"]).is_some() {
        DateOrder::MonthFirst
    } else {
        DateOrder::DayFirst
    }
}

fn slots(header: &Header) -> Vec<Option<Slot>> {
    header.keys.iter().map(|key| slot(key)).collect()
}

/// What a column of that key says; parts of addresses and numbered columns follow a pattern.
fn slot(key: &str) -> Option<Slot> {
    let found = COLUMNS.iter().find(|(keys, _)| keys.split('|').any(|have| have == key));
    found.map(|(_, slot)| *slot).or_else(|| address_slot(key)).or_else(|| email_slot(key))
}

/// `business street 2`, `strasse geschaeftlich`, `weitere postleitzahl`, `rue bureau`.
fn address_slot(key: &str) -> Option<Slot> {
    const PLACES: [(&str, Place); 13] = [
        ("business", Place::Work),
        ("home", Place::Home),
        ("other", Place::Other),
        ("geschaeftlich", Place::Work),
        ("privat", Place::Home),
        ("weitere", Place::Other),
        ("weiterer", Place::Other),
        ("weiteres", Place::Other),
        ("weiteres r", Place::Other),
        ("weiteres e", Place::Other),
        ("bureau", Place::Work),
        ("domicile", Place::Home),
        ("autre", Place::Other),
    ];
    const PARTS: [(&str, Part); 6] = [
        ("street|strasse|rue", Part::Street),
        ("city|ort|ville", Part::City),
        ("state|region|bundesland|bundesland kanton|kanton|dep region", Part::Region),
        ("postal code|zip|zip code|postleitzahl|plz|code postal", Part::Postcode),
        ("country region|country|land region|land|pays region|pays", Part::Country),
        ("address po box|po box|postfach|b p", Part::PostBox),
    ];
    let key = key.trim_end_matches([' ', '2', '3']);
    PLACES.iter().find_map(|(word, place)| {
        let rest = key.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        let rest = rest.or_else(|| key.strip_suffix(word).and_then(|rest| rest.strip_suffix(' ')))?;
        let part = PARTS.iter().find(|(words, _)| words.split('|').any(|have| have == rest))?;
        Some(Slot::Address(*place, part.1))
    })
}

/// `e mail 2 address`, `e mail 2 angezeigter name`, `adresse de messagerie 2`.
fn email_slot(key: &str) -> Option<Slot> {
    let rest = ["e mail", "email", "courrier", "messagerie"].iter().find_map(|word| key.strip_prefix(word));
    let Some(rest) = rest.map(str::trim_start) else {
        let number = key.strip_prefix("adresse de messagerie")?.trim();
        return numbered(number).map(Slot::EmailNumber);
    };
    let (number, what) = match rest.split_once(' ') {
        Some((number, what)) if numbered(number).is_some() => (number, what),
        _ => ("", rest),
    };
    let number = numbered(number)?;
    match what {
        "address" | "adresse" => Some(Slot::EmailNumber(number)),
        "type" | "typ" => Some(Slot::EmailType(number)),
        "display name" | "angezeigter name" | "nom complet" => Some(Slot::EmailShown(number)),
        _ => None,
    }
}

fn numbered(text: &str) -> Option<u8> {
    match text {
        "" | "1" => Some(0),
        "2" => Some(1),
        "3" => Some(2),
        _ => None,
    }
}

/// Columns by their keys, English, German, French.
const COLUMNS: [(&str, Slot); 23] = [
    ("title|anrede|titre", Slot::To(Field::Prefix)),
    ("first name|vorname|prenom", Slot::To(Field::GivenName)),
    ("middle name|weitere vornamen|deuxieme prenom", Slot::To(Field::MiddleName)),
    ("last name|nachname|nom", Slot::To(Field::FamilyName)),
    ("suffix|suffixe", Slot::To(Field::Suffix)),
    ("nickname|spitzname", Slot::To(Field::Nickname)),
    ("company|firma|societe", Slot::To(Field::Company)),
    ("department|abteilung|service", Slot::To(Field::Department)),
    ("job title|position|titre professionnel|fonction", Slot::To(Field::Position)),
    ("profession|beruf", Slot::Else(Field::Position)),
    ("e mail address|e mail adresse|adresse e mail|e mail", Slot::EmailNumber(0)),
    (
        "business phone|business phone 2|mobile phone|mobile phone 2|primary phone|home phone|home phone 2|\
         other phone|car phone|callback|isdn|company main phone",
        Slot::Phone,
    ),
    (
        "telefon geschaeftlich|telefon geschaeftlich 2|mobiltelefon|mobiltelefon 2|haupttelefon|telefon privat|\
         telefon privat 2|weiteres telefon|autotelefon|rueckmeldung|telefon firma",
        Slot::Phone,
    ),
    (
        "telephone bureau|telephone 2 bureau|telephone bureau 2|tel mobile|telephone principal|\
         telephone domicile|telephone 2 domicile|telephone domicile 2|telephone autre|telephone voiture|rappel|\
         telephone societe",
        Slot::Phone,
    ),
    ("business fax|home fax|other fax|fax geschaeftlich|fax privat|weiteres fax", Slot::To(Field::Fax)),
    ("telecopie bureau|telecopie domicile|telecopie autre", Slot::To(Field::Fax)),
    ("web page|personal web page|webseite|page web", Slot::To(Field::Url)),
    ("categories|kategorien", Slot::Tags),
    ("birthday|geburtstag|anniversaire", Slot::Birthday),
    ("notes|notizen", Slot::Notes),
    ("private|privat|prive", Slot::Private),
    (
        "initials|gender|anniversary|location|language|internet free busy|pager|home address|spouse|children|\
         manager s name|assistant s name|referred by|assistant s phone|office location|organizational id number|\
         account|business address|other address|radio phone|tty tdd phone|telex|user 1|user 2|user 3|user 4|\
         keywords|mileage|hobby|billing information|directory server|sensitivity|priority|government id number|\
         given yomi|surname yomi|company yomi|imaddress|schools",
        Slot::Known,
    ),
    (
        "telefon assistent|abrechnungsinformation|assistent in|name assistent|benutzer 1|benutzer 2|benutzer 3|\
         benutzer 4|buero|empfohlen von|geschlecht|initialen|internet frei gebucht|jahrestag|kinder|konto|\
         name des r vorgesetzten|name des der vorgesetzten|organisationsnr|partner in|partner|prioritaet|\
         reisekilometer|sozialversicherungsnr|regierungsnr|sprache|stichwoerter|vertraulichkeit|\
         verzeichnisserver|telefon fuer hoerbehinderte|conjoint e|enfants|telephone assistant|\
         nom de l assistant e|responsable|initiales|sexe|langue|mots cles|priorite|critere de diffusion",
        Slot::Known,
    ),
];

#[cfg(test)]
mod tests;
