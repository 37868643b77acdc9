//! The record: one entry of one source file, held as packed cells.

use std::fmt;

/// What a cell of a record says. The names are those of `[source.columns]` in the pipeline file;
/// the ones after [`Field::Note`] are set by readers and by cleaning only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// The row's own name in its source: a profile slug, a card UID, a mapped key.
    SourceId,
    /// The whole name in one cell, in either order.
    Name,
    /// Titles before the name: `Dr.`, `Prof.`, `Herr` (cleaning drops the salutation).
    Prefix,
    /// Given name.
    GivenName,
    /// Further given names.
    MiddleName,
    /// Family name with its particles.
    FamilyName,
    /// Credentials after the name: `MBA`, `PhD`.
    Suffix,
    /// Short or pet name.
    Nickname,
    /// E-mail address; many allowed.
    Email,
    /// Telephone number that reaches the person; many allowed. Cleaned: E.164.
    Phone,
    /// Employer.
    Company,
    /// Job title.
    Position,
    /// Department in the company.
    Department,
    /// Street and house number.
    Street,
    /// City.
    City,
    /// Postcode, always text.
    Postcode,
    /// State, canton, region.
    Region,
    /// Country. Cleaned: ISO 3166 alpha-2 where it is known.
    Country,
    /// Birthday. Cleaned: `YYYY-MM-DD`, or `--MM-DD` without a year.
    Birthday,
    /// Web address that is not a profile; many allowed.
    Url,
    /// An id given by someone else: customer number, social security number; many allowed.
    ExternalId,
    /// Category A to D set by hand.
    Tier,
    /// Tags, one a cell; many allowed.
    Tags,
    /// When the member had to do with the person. Cleaned: `YYYY-MM-DD`, or an RFC 3339 instant in UTC.
    TouchAt,
    /// What happened: one of [`crate::touch::Kind`]. Raw text may be an occasion in words.
    TouchKind,
    /// A free remark. Bodies of messages never get here.
    Note,
    /// When a network connection was made. Cleaned: `YYYY-MM-DD`.
    ConnectedOn,
    /// `in` (from the person), `out` (from the member) or `both`.
    Direction,
    /// Cleaned profile slug on LinkedIn: the part after `/in/`, lower case, decoded.
    LinkedIn,
    /// Cleaned profile key on Xing: the part after `/profile/`, lower case.
    Xing,
    /// A number that is not usable as a telephone number but was given as one.
    PhoneRaw,
    /// Fax number: kept with the record, never a way to reach the person.
    Fax,
    /// What cleaning took out of a name: emoji, remarks in brackets.
    Remark,
    /// `role` for info@ and the like; empty for a person.
    Kind,
    /// Marks a number or address as `private` or `business` where the source says so.
    Scope,
}

impl Field {
    /// Every field, in the order of its number.
    pub const ALL: [Field; 35] = [
        Field::SourceId,
        Field::Name,
        Field::Prefix,
        Field::GivenName,
        Field::MiddleName,
        Field::FamilyName,
        Field::Suffix,
        Field::Nickname,
        Field::Email,
        Field::Phone,
        Field::Company,
        Field::Position,
        Field::Department,
        Field::Street,
        Field::City,
        Field::Postcode,
        Field::Region,
        Field::Country,
        Field::Birthday,
        Field::Url,
        Field::ExternalId,
        Field::Tier,
        Field::Tags,
        Field::TouchAt,
        Field::TouchKind,
        Field::Note,
        Field::ConnectedOn,
        Field::Direction,
        Field::LinkedIn,
        Field::Xing,
        Field::PhoneRaw,
        Field::Fax,
        Field::Remark,
        Field::Kind,
        Field::Scope,
    ];

    /// How many of [`Field::ALL`] may be named in the pipeline file.
    pub const MAPPABLE: usize = Field::Note as usize + 1;

    /// The name used in the pipeline file and in messages.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; Field::ALL.len()] = [
            "source_id",
            "name",
            "prefix",
            "given_name",
            "middle_name",
            "family_name",
            "suffix",
            "nickname",
            "email",
            "phone",
            "company",
            "position",
            "department",
            "street",
            "city",
            "postcode",
            "region",
            "country",
            "birthday",
            "url",
            "external_id",
            "tier",
            "tags",
            "touch_at",
            "touch_kind",
            "note",
            "connected_on",
            "direction",
            "linkedin",
            "xing",
            "phone_raw",
            "fax",
            "remark",
            "kind",
            "scope",
        ];
        NAMES[self as usize]
    }

    /// The mappable field of that name.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL[..Field::MAPPABLE].iter().copied().find(|field| field.name() == name)
    }
}

/// The cells of one record, packed: for each cell its field, its length and its text.
///
/// A cell is never empty, order is kept, and a field may occur more than once. One allocation a
/// record keeps a million of them small. Fields and lengths are written as characters too: the whole is
/// text, and reading a cell checks no more than where it begins and ends.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Cells(String);

/// In the length of a cell, the bits of one character when more follow, and the first of these characters.
const DIGIT_BITS: u32 = 6;
const MORE: u32 = 0x80;

/// The character of a small number.
fn sign(number: u32) -> char {
    char::from_u32(number).unwrap_or('\0')
}

impl Cells {
    /// No cells.
    pub fn new() -> Cells {
        Cells::default()
    }

    /// Adds a cell; text that is empty after trimming is left out.
    pub fn push(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.0.push(sign(field as u32));
        let mut len = text.len();
        while len >= MORE as usize {
            self.0.push(sign(MORE | len as u32 & ((1 << DIGIT_BITS) - 1)));
            len >>= DIGIT_BITS;
        }
        self.0.push(sign(len as u32));
        self.0.push_str(text);
    }

    /// Adds a cell unless the same field already holds the same text.
    pub fn push_new(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if !self.view().all(field).any(|have| have == text) {
            self.push(field, text);
        }
    }

    /// Removes all cells and keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The cells to read.
    pub fn view(&self) -> CellsView<'_> {
        CellsView(&self.0)
    }

    /// The packed text, to be stored and read again through [`CellsView::from_packed`].
    pub fn as_packed(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(out)
    }
}

/// The cells of one record, borrowed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellsView<'a>(&'a str);

impl<'a> CellsView<'a> {
    /// Reads what [`Cells::as_packed`] gave.
    pub fn from_packed(packed: &'a str) -> CellsView<'a> {
        CellsView(packed)
    }

    /// The packed cells, as [`Cells::as_packed`] gave them.
    pub fn as_packed(self) -> &'a str {
        self.0
    }

    /// The packed bytes.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0.as_bytes()
    }

    /// Whether there is no cell.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// All cells in order.
    pub fn iter(self) -> CellIter<'a> {
        CellIter(self.0)
    }

    /// The first cell of a field.
    pub fn get(self, field: Field) -> Option<&'a str> {
        self.all(field).next()
    }

    /// The first cell of a field, or empty text.
    pub fn text(self, field: Field) -> &'a str {
        self.get(field).unwrap_or_default()
    }

    /// Every cell of a field.
    pub fn all(self, field: Field) -> impl Iterator<Item = &'a str> {
        let mut cells = self.iter();
        std::iter::from_fn(move || {
            loop {
                let (have, text) = cells.step()?;
                if have == field as u8 {
                    return Some(text);
                }
            }
        })
    }
}

impl fmt::Debug for CellsView<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter().map(|(field, text)| (field.name(), text))).finish()
    }
}

/// Walks over packed cells.
#[derive(Debug, Clone)]
pub struct CellIter<'a>(&'a str);

impl<'a> CellIter<'a> {
    /// The number of the next cell's field, and its text.
    #[inline]
    fn step(&mut self) -> Option<(u8, &'a str)> {
        let [field, first, ..] = *self.0.as_bytes() else { return None };
        let (start, len) = if first < MORE as u8 { (2, usize::from(first)) } else { self.long()? };
        let text = self.0.get(start..start + len)?;
        self.0 = self.0.get(start + len..)?;
        Some((field, text))
    }

    /// Where the text of the next cell starts and how long it is, for a length of several characters.
    fn long(&self) -> Option<(usize, usize)> {
        let (mut len, mut shift) = (0usize, 0);
        for (at, letter) in self.0.char_indices().skip(1) {
            let digit = u32::from(letter);
            len = len.checked_add((digit & !MORE).checked_shl(shift)? as usize)?;
            if digit < MORE {
                return Some((at + 1, len));
            }
            shift += DIGIT_BITS;
        }
        None
    }
}

impl<'a> Iterator for CellIter<'a> {
    type Item = (Field, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (field, text) = self.step()?;
        Some((*Field::ALL.get(usize::from(field))?, text))
    }
}

/// Through which kind of source a member knows somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Channel {
    /// LinkedIn.
    LinkedIn,
    /// Xing.
    Xing,
    /// Phone books, call and message logs.
    Phone,
    /// Mail programs and their address books.
    Mail,
    /// Spreadsheets kept by hand.
    Sheet,
    /// Guest lists and calendars.
    Event,
}

impl Channel {
    /// Every channel, in the order of its number.
    pub const ALL: [Channel; 6] =
        [Channel::LinkedIn, Channel::Xing, Channel::Phone, Channel::Mail, Channel::Sheet, Channel::Event];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["linkedin", "xing", "phone", "mail", "sheet", "event"][self as usize]
    }
}

/// What a record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An entry of somebody's contacts; it may carry a touch as well.
    Contact,
    /// Only a touch with somebody who is named by profile, address, number or name.
    Touch,
    /// The member's own data: name, employer, addresses. Never a contact.
    Owner,
}

/// How numeric dates with blanks, slashes or hyphens are meant in one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 5/1/2026 is the fifth of January.
    #[default]
    DayFirst,
    /// 5/1/2026 is the first of May.
    MonthFirst,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_in_order_and_empty_ones_are_left_out() {
        let long = "x".repeat(300);
        let mut cells = Cells::new();
        cells.push(Field::GivenName, " Jörg ");
        cells.push(Field::Email, "");
        cells.push(Field::Note, &long);
        cells.push_new(Field::GivenName, "Jörg");
        let all: Vec<_> = cells.view().iter().collect();
        assert_eq!(all, [(Field::GivenName, "Jörg"), (Field::Note, long.as_str())]);
    }

    #[test]
    fn every_field_has_its_own_number_and_name() {
        for (number, field) in Field::ALL.iter().enumerate() {
            assert_eq!(*field as usize, number);
        }
        assert_eq!(Field::from_name("given_name"), Some(Field::GivenName));
        assert_eq!(Field::from_name("linkedin"), None, "only mappable fields have a name in the pipeline");
    }

    #[test]
    fn damaged_cells_end_the_walk() {
        for packed in ["\u{40}\u{1}x", "\u{1}", "\u{1}\u{c8}", "\u{1}\u{5}x", "\u{1}\u{1}ä", "ä\u{1}x"] {
            assert_eq!(CellsView::from_packed(packed).iter().count(), 0, "{packed:?}");
        }
    }

    #[test]
    fn cells_of_any_length_come_back() {
        for len in [1, 63, 64, 127, 128, 129, 4_095, 4_096, 8_191, 8_192, 65_536, 3_000_000] {
            let text = "x".repeat(len - 1) + "y";
            let mut cells = Cells::new();
            cells.push(Field::Note, &text);
            cells.push(Field::City, "Köln");
            let all: Vec<_> = cells.view().iter().collect();
            assert_eq!(all, [(Field::Note, text.as_str()), (Field::City, "Köln")], "{len}");
        }
    }
}
