//! Stage 4: the rows of one person to one contact; every value knows the row it comes from.

pub mod holding;
mod name;
mod rule;
pub mod touch;

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::contact::{Contact, HandLetter, Kind, Letter, Scope};
use crate::record::{CellsView, Channel, Field};
use rule::{Best, Fields};

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
    pub fn columns_of(bits: u16) -> impl Iterator<Item = &'static str> + Clone {
        Part::ALL.into_iter().filter(move |part| bits & part.bit() != 0).map(Part::column)
    }
}

/// Merges the rows of one person. The order of the rows does not matter.
///
/// One row, the best by trust and age, gives each group of columns that belong together: the name, the
/// employer with the position, the address. Lists are the union over all rows, best row first.
pub fn merge(rows: &[Row<'_>]) -> Merged {
    Merger::default().merge(rows)
}

/// Merges people one after the other, in room that is made once.
#[derive(Debug, Default)]
pub struct Merger<'a>(Best<'a>);

impl<'a> Merger<'a> {
    /// Merges the rows of one person, as [`merge`] does.
    pub fn merge(&mut self, rows: &[Row<'a>]) -> Merged {
        self.0.order(rows);
        of_best(rows, &self.0)
    }
}

/// Merges rows, of which `best` says how far each is believed.
fn of_best(rows: &[Row<'_>], best: &Best<'_>) -> Merged {
    let mut merged = Merged { contact: Contact::default(), gave: vec![0; rows.len()] };
    let contact = &mut merged.contact;
    let gave = &mut merged.gave;

    if let Some((row, fields)) = name::choose(best) {
        name::set(contact, fields, best);
        gave[row] |= Part::Name.bit();
    }
    if let Some((row, fields)) =
        best.first(|fields| fields.has(Field::Company) || fields.has(Field::Position))
    {
        fields.text(Field::Company).clone_into(&mut contact.company);
        fields.text(Field::Position).clone_into(&mut contact.position);
        gave[row] |= Part::Employer.bit();
    }
    address(contact, gave, best);
    // A full birthday wins over one without a year.
    let birthday = best
        .first(|fields| fields.has(Field::Birthday) && !fields.text(Field::Birthday).starts_with("--"))
        .or_else(|| best.first(|fields| fields.has(Field::Birthday)));
    if let Some((row, fields)) = birthday {
        fields.text(Field::Birthday).clone_into(&mut contact.birthday);
        gave[row] |= Part::Birthday.bit();
    }
    by_hand(contact, gave, rows, best);
    profile(&mut contact.linkedin_url, gave, Part::LinkedIn, rows, best, Field::LinkedIn);
    profile(&mut contact.xing_url, gave, Part::Xing, rows, best, Field::Xing);
    list(&mut contact.emails, gave, Part::Emails, best, Field::Email);
    list(&mut contact.phones, gave, Part::Phones, best, Field::Phone);
    list(&mut contact.phones, gave, Part::Phones, best, Field::PhoneRaw);
    list(&mut contact.urls, gave, Part::Urls, best, Field::Url);
    list(&mut contact.external_ids, gave, Part::ExternalIds, best, Field::ExternalId);
    list(&mut contact.tags, gave, Part::Tags, best, Field::Tags);
    contact.tags.sort();

    if contact.name.is_empty() && rows.iter().any(|row| row.cells.text(Field::Kind) == "role") {
        contact.kind = Kind::Role;
    }
    if contact.name.is_empty() {
        contact.name = stand_in(contact);
    }
    contact.scope = scope(rows, best, contact);
    contact.records = rows.iter().map(|row| row.weight).sum();
    merged
}

/// What a nameless entry is called: its company, else the first way to reach it.
fn stand_in(contact: &Contact) -> String {
    let reach = contact.emails.first().or(contact.phones.first());
    if contact.company.is_empty() { reach.cloned().unwrap_or_default() } else { contact.company.clone() }
}

/// Private is who is known in private life only: each row says so, or stands in a phone where nothing speaks of
/// business. A member who says business is believed.
fn scope(rows: &[Row<'_>], best: &Best<'_>, contact: &Contact) -> Scope {
    let business_address =
        |email: &String| email.split_once('@').is_some_and(|(_, domain)| !crate::words::is_freemail(domain));
    let plain = contact.company.is_empty()
        && contact.position.is_empty()
        && !contact.emails.iter().any(business_address);
    let private = |(row, fields): (usize, &Fields<'_>)| match said_scope(fields) {
        Some(scope) => scope == Scope::Private,
        None => plain && rows[row].channel == Channel::Phone,
    };
    let business = best.rows().any(|(_, fields)| said_scope(fields) == Some(Scope::Business));
    if !business && !rows.is_empty() && best.rows().all(private) { Scope::Private } else { Scope::Business }
}

/// What the member says: in a column of its own, else by a tag such as `Familie` or `Kunden`; business wins.
fn said_scope(fields: &Fields<'_>) -> Option<Scope> {
    match fields.text(Field::Scope) {
        "business" => return Some(Scope::Business),
        "private" => return Some(Scope::Private),
        _ => {}
    }
    let said = || fields.all(Field::Tags).filter_map(crate::words::is_private_tag);
    said().min().map(|private| if private { Scope::Private } else { Scope::Business })
}

/// Takes the whole address from the row that has most of it, the best row on ties.
fn address(contact: &mut Contact, gave: &mut [u16], best: &Best<'_>) {
    const PARTS: [Field; 5] = [Field::Street, Field::Postcode, Field::City, Field::Region, Field::Country];
    let filled = |fields: &Fields<'_>| PARTS.iter().filter(|field| fields.has(**field)).count();
    let fullest = best.rows().rev().max_by_key(|(_, fields)| filled(fields));
    let Some((row, fields)) = fullest.filter(|(_, fields)| filled(fields) > 0) else { return };
    fields.text(Field::Street).clone_into(&mut contact.street);
    fields.text(Field::Postcode).clone_into(&mut contact.postcode);
    fields.text(Field::City).clone_into(&mut contact.city);
    fields.text(Field::Region).clone_into(&mut contact.region);
    fields.text(Field::Country).clone_into(&mut contact.country);
    gave[row] |= Part::Address.bit();
}

/// Takes each member's newest category, the newest first; of one day the more cautious one, then the first
/// member.
fn by_hand(contact: &mut Contact, gave: &mut [u16], rows: &[Row<'_>], best: &Best<'_>) {
    let mut found: Vec<(HandLetter, usize)> = Vec::new();
    for (row, fields) in best.rows().filter(|(_, fields)| fields.has(Field::Tier)) {
        let Some(letter) = Letter::from_name(fields.text(Field::Tier)) else { continue };
        found.push((HandLetter { on: rows[row].day, member: rows[row].member, letter }, row));
    }
    found.sort_by_key(|(hand, _)| (Reverse(hand.on), hand.letter, hand.member));
    if let Some((_, row)) = found.first() {
        gave[*row] |= Part::Tier.bit();
    }
    let mut seen: Vec<u16> = Vec::new();
    for (hand, _) in found {
        if !seen.contains(&hand.member) {
            seen.push(hand.member);
            contact.by_hand.push(hand);
        }
    }
}

/// Takes a profile key from the newest row that has one and makes it an address.
fn profile(into: &mut String, gave: &mut [u16], part: Part, rows: &[Row<'_>], best: &Best<'_>, field: Field) {
    if let Some((row, fields)) = best.newest(rows, |fields| fields.has(field)) {
        let home = match part {
            Part::Xing => "https://www.xing.com/profile/",
            _ => "https://www.linkedin.com/in/",
        };
        let key = fields.text(field);
        into.reserve(home.len() + key.len());
        into.push_str(home);
        encode(key, into);
        gave[row] |= part.bit();
    }
}

/// Adds a profile key as it stands in an address: all but plain letters, digits and `-._~` percent-encoded.
fn encode(key: &str, out: &mut String) {
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Adds every value of every row once, the best rows first.
fn list(into: &mut Vec<String>, gave: &mut [u16], part: Part, best: &Best<'_>, field: Field) {
    for (row, fields) in best.rows() {
        for text in fields.all(field) {
            if !into.iter().any(|have| have == text) {
                into.push(text.to_owned());
                gave[row] |= part.bit();
            }
        }
    }
}

#[cfg(test)]
mod tests;
