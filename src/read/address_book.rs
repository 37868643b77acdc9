//! What all address-book tables share: one postal address out of several, and which rows are contacts.

use super::Row;
use super::several;
use super::table::Verdict;
use crate::problem::Problem;
use crate::record::{Cells, Field, Role};

/// Whose address it is; the first one that says anything is taken, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At work.
    Work,
    /// At home.
    Home,
    /// Anywhere else.
    Other,
}

/// A part of a postal address; streets of several lines have a part each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of the street.
    Street,
    /// City.
    City,
    /// State, canton, region.
    Region,
    /// Postcode.
    Postcode,
    /// Country.
    Country,
    /// Post-office box: stands in for a street where none is given.
    PostBox,
}

/// What a column of an address book says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The cell is that field.
    To(Field),
    /// The cell is that field where no other column gives it.
    Else(Field),
    /// A part of an address.
    Address(Place, Part),
    /// E-mail addresses.
    Email,
    /// Something about the e-mail address of that number: its type.
    EmailType(u8),
    /// The e-mail address of that number, which may be an internal path.
    EmailNumber(u8),
    /// The name shown for the e-mail address of that number.
    EmailShown(u8),
    /// Telephone numbers.
    Phone,
    /// Tags, separated by semicolons or commas.
    Tags,
    /// A birthday; the zeros of an empty date are none.
    Birthday,
    /// Year, month or day of the birthday: 0, 1, 2.
    BirthPart(u8),
    /// Notes, into which a Google export writes what has no column.
    Notes,
    /// Whether the entry is marked as private.
    Private,
    /// Known, and of no use.
    Known,
}

impl Slot {
    /// The field a column becomes, to be shown to a person.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Slot::To(field) | Slot::Else(field) => Some(field),
            Slot::Address(_, Part::Street | Part::PostBox) => Some(Field::Street),
            Slot::Address(_, Part::City) => Some(Field::City),
            Slot::Address(_, Part::Region) => Some(Field::Region),
            Slot::Address(_, Part::Postcode) => Some(Field::Postcode),
            Slot::Address(_, Part::Country) => Some(Field::Country),
            Slot::Email | Slot::EmailNumber(_) | Slot::EmailShown(_) => Some(Field::Email),
            Slot::Phone => Some(Field::Phone),
            Slot::Tags => Some(Field::Tags),
            Slot::Birthday | Slot::BirthPart(_) => Some(Field::Birthday),
            Slot::Notes => Some(Field::Note),
            Slot::Private => Some(Field::Scope),
            Slot::EmailType(_) | Slot::Known => None,
        }
    }
}

/// Addresses of one entry, collected part by part.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    parts: Vec<(Place, Part, String)>,
}

impl Addresses {
    /// Forgets the entry before.
    pub(super) fn clear(&mut self) {
        self.parts.clear();
    }

    /// Whether no part says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Takes a part in; blank ones are left out.
    pub(super) fn add(&mut self, place: Place, part: Part, text: &str) {
        let text = text.trim();
        if several::has_text(text) {
            self.parts.push((place, part, text.to_owned()));
        }
    }

    /// Adds the first address that says anything: work, then home, then another.
    pub(super) fn push_best(&self, cells: &mut Cells) {
        let place = [Place::Work, Place::Home, Place::Other]
            .into_iter()
            .find(|place| self.parts.iter().any(|(have, _, _)| have == place));
        let Some(place) = place else { return };
        let join = |wanted: Part, with: &str| {
            let parts = self.parts.iter().filter(|(have, part, _)| *have == place && *part == wanted);
            parts.map(|(_, _, text)| text.as_str()).collect::<Vec<_>>().join(with)
        };
        let street = join(Part::Street, ", ");
        cells.push(Field::Street, &if street.is_empty() { join(Part::PostBox, ", ") } else { street });
        cells.push(Field::City, &join(Part::City, " "));
        cells.push(Field::Postcode, &join(Part::Postcode, " "));
        cells.push(Field::Region, &join(Part::Region, " "));
        cells.push(Field::Country, &join(Part::Country, " "));
    }
}

/// Whether a row is a contact: somebody it names, or a way to reach somebody.
///
/// A row with nothing but a company is a company, which by rule is no contact. A row with other cells only
/// should have been a contact and is refused.
pub(super) fn verdict(row: &Row<'_>, cells: &Cells) -> Verdict {
    const PERSON: [Field; 8] = [
        Field::Name,
        Field::GivenName,
        Field::FamilyName,
        Field::Nickname,
        Field::Email,
        Field::Phone,
        Field::PhoneRaw,
        Field::SourceId,
    ];
    let view = cells.view();
    let is_profile = |url: &str| {
        let url = url.to_ascii_lowercase();
        url.contains("linkedin.com/") || url.contains("xing.com/")
    };
    if PERSON.iter().any(|field| view.get(*field).is_some_and(several::has_text))
        || view.all(Field::Url).any(is_profile)
    {
        Verdict::Keep(Role::Contact)
    } else if view.get(Field::Company).is_some() {
        Verdict::Ignore("company-only")
    } else {
        Verdict::Reject(Problem::new(
            row.line,
            "no-person",
            "the row names nobody and gives no way to reach anybody; not read. Fill in a name, an e-mail address \
             or a number",
        ))
    }
}

/// Whether a date is one of the zeros that stand for none: `0.0.00`, `0/0/00`.
pub(super) fn is_empty_date(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_alphanumeric() && letter != '0')
}
