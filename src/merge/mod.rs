//! Stage 4: the rows of one person to one contact; every value knows the row it comes from.

pub mod holding;
mod name;
mod rule;
pub mod touch;

use chrono::NaiveDate;

use crate::contact::{Contact, Kind, Scope};
use crate::record::{CellsView, Channel, Field};
use rule::Best;

/// One row of a person, cleaned.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The cleaned cells.
    pub cells: CellsView<'a>,
    /// Index of the member whose row it is.
    pub member: u16,
    /// The channel of its source.
    pub channel: Channel,
    /// How far its source is believed, 1 to 10.
    pub trust: u8,
    /// Day of the latest export that shows it.
    pub day: NaiveDate,
    /// Whether an export tells that day; else it is the day the row was first seen.
    pub dated: bool,
    /// Rows it stands for: itself and its duplicates.
    pub weight: u32,
}

/// A contact and what it took from each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The contact; ids, holders, touches and dates are set by those who know them.
    pub contact: Contact,
    /// For each row the [`Part`]s whose value it gave, as bits.
    pub gave: Vec<u16>,
}

/// A group of columns that is taken from one row together, or a list that every row adds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// Name, prefix and suffix.
    Name,
    /// E-mail addresses.
    Emails,
    /// Telephone numbers.
    Phones,
    /// Company and position.
    Employer,
    /// Street, postcode, city, region, country.
    Address,
    /// Birthday.
    Birthday,
    /// LinkedIn profile.
    LinkedIn,
    /// Xing profile.
    Xing,
    /// Other web addresses.
    Urls,
    /// External ids.
    ExternalIds,
    /// Category set by hand.
    Tier,
    /// Tags.
    Tags,
}

impl Part {
    /// Every part, in the order of its bit.
    pub const ALL: [Part; 12] = [
        Part::Name,
        Part::Emails,
        Part::Phones,
        Part::Employer,
        Part::Address,
        Part::Birthday,
        Part::LinkedIn,
        Part::Xing,
        Part::Urls,
        Part::ExternalIds,
        Part::Tier,
        Part::Tags,
    ];

    /// The column of the contacts table that stands for it.
    pub fn column(self) -> &'static str {
        [
            "name",
            "emails",
            "phones",
            "company",
            "street",
            "birthday",
            "linkedin_url",
            "xing_url",
            "urls",
            "external_ids",
            "tier",
            "tags",
        ][self as usize]
    }

    fn bit(self) -> u16 {
        1 << self as u8
    }

    /// The columns named by a set of bits.
    pub fn columns_of(bits: u16) -> Vec<&'static str> {
        Part::ALL.into_iter().filter(|part| bits & part.bit() != 0).map(Part::column).collect()
    }
}

/// Merges the rows of one person. The order of the rows does not matter.
///
/// One row, the best by trust and age, gives each group of columns that belong together: the name, the
/// employer with the position, the address. Lists are the union over all rows, best row first.
pub fn merge(rows: &[Row<'_>]) -> Merged {
    let best = Best::of(rows);
    let mut merged = Merged { contact: Contact::default(), gave: vec![0; rows.len()] };
    let contact = &mut merged.contact;
    let gave = &mut merged.gave;

    if let Some(row) = name::choose(rows, &best) {
        name::set(contact, rows[row].cells, rows, &best);
        gave[row] |= Part::Name.bit();
    }
    if let Some(row) =
        best.first(|cells| cells.get(Field::Company).is_some() || cells.get(Field::Position).is_some())
    {
        rows[row].cells.text(Field::Company).clone_into(&mut contact.company);
        rows[row].cells.text(Field::Position).clone_into(&mut contact.position);
        gave[row] |= Part::Employer.bit();
    }
    address(contact, gave, rows, &best);
    single(&mut contact.birthday, gave, Part::Birthday, rows, &best, Field::Birthday);
    single(&mut contact.tier, gave, Part::Tier, rows, &best.newest_first(rows), Field::Tier);
    profile(&mut contact.linkedin_url, gave, Part::LinkedIn, rows, &best, Field::LinkedIn);
    profile(&mut contact.xing_url, gave, Part::Xing, rows, &best, Field::Xing);
    list(&mut contact.emails, gave, Part::Emails, rows, &best, Field::Email);
    list(&mut contact.phones, gave, Part::Phones, rows, &best, Field::Phone);
    list(&mut contact.phones, gave, Part::Phones, rows, &best, Field::PhoneRaw);
    list(&mut contact.urls, gave, Part::Urls, rows, &best, Field::Url);
    list(&mut contact.external_ids, gave, Part::ExternalIds, rows, &best, Field::ExternalId);
    list(&mut contact.tags, gave, Part::Tags, rows, &best, Field::Tags);
    contact.tags.sort();

    if contact.name.is_empty() && rows.iter().any(|row| row.cells.text(Field::Kind) == "role") {
        contact.kind = Kind::Role;
    }
    if contact.name.is_empty() {
        contact.name = stand_in(contact);
    }
    contact.scope = scope(rows, contact);
    contact.records = rows.iter().map(|row| row.weight).sum();
    merged
}

/// What a nameless entry is called: its company, else the first way to reach it.
fn stand_in(contact: &Contact) -> String {
    let reach = contact.emails.first().or(contact.phones.first());
    if contact.company.is_empty() { reach.cloned().unwrap_or_default() } else { contact.company.clone() }
}

/// Known in phones only, and nothing there speaks of business: private.
fn scope(rows: &[Row<'_>], contact: &Contact) -> Scope {
    if rows.iter().any(|row| row.cells.text(Field::Scope) == "business") {
        return Scope::Business;
    }
    let phone_only = rows.iter().all(|row| row.channel == Channel::Phone);
    let business_address = contact
        .emails
        .iter()
        .any(|email| email.split_once('@').is_some_and(|(_, domain)| !crate::words::is_freemail(domain)));
    let private =
        phone_only && contact.company.is_empty() && contact.position.is_empty() && !business_address;
    if private { Scope::Private } else { Scope::Business }
}

/// Takes the whole address from the row that has most of it, the best row on ties.
fn address(contact: &mut Contact, gave: &mut [u16], rows: &[Row<'_>], best: &Best) {
    const PARTS: [Field; 5] = [Field::Street, Field::Postcode, Field::City, Field::Region, Field::Country];
    let filled = |row: usize| PARTS.iter().filter(|field| rows[row].cells.get(**field).is_some()).count();
    let Some(row) = best.order().rev().max_by_key(|row| filled(*row)).filter(|row| filled(*row) > 0) else {
        return;
    };
    let cells = rows[row].cells;
    cells.text(Field::Street).clone_into(&mut contact.street);
    cells.text(Field::Postcode).clone_into(&mut contact.postcode);
    cells.text(Field::City).clone_into(&mut contact.city);
    cells.text(Field::Region).clone_into(&mut contact.region);
    cells.text(Field::Country).clone_into(&mut contact.country);
    gave[row] |= Part::Address.bit();
}

/// Takes one value from the best row that has it; a full date wins over one without a year.
fn single(into: &mut String, gave: &mut [u16], part: Part, rows: &[Row<'_>], best: &Best, field: Field) {
    let chosen = best
        .first(|cells| cells.get(field).is_some_and(|text| !text.starts_with("--")))
        .or_else(|| best.first(|cells| cells.get(field).is_some()));
    if let Some(row) = chosen {
        rows[row].cells.text(field).clone_into(into);
        gave[row] |= part.bit();
    }
}

/// Takes a profile key from the newest row that has one and makes it an address.
fn profile(into: &mut String, gave: &mut [u16], part: Part, rows: &[Row<'_>], best: &Best, field: Field) {
    if let Some(row) = best.newest_first(rows).first(|cells| cells.get(field).is_some()) {
        let key = encoded(rows[row].cells.text(field));
        *into = match part {
            Part::Xing => format!("https://www.xing.com/profile/{key}"),
            _ => format!("https://www.linkedin.com/in/{key}"),
        };
        gave[row] |= part.bit();
    }
}

/// A profile key as it stands in an address: all but plain letters, digits and `-._~` percent-encoded.
fn encoded(key: &str) -> String {
    use std::fmt::Write;
    key.bytes().fold(String::with_capacity(key.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Adds every value of every row once, the best rows first.
fn list(into: &mut Vec<String>, gave: &mut [u16], part: Part, rows: &[Row<'_>], best: &Best, field: Field) {
    for row in best.order() {
        for text in rows[row].cells.all(field) {
            if !into.iter().any(|have| have == text) {
                into.push(text.to_owned());
                gave[row] |= part.bit();
            }
        }
    }
}

#[cfg(test)]
mod tests;
