//! Touches: whose they are, told by profile, address, number or, within one member's people, by name.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use rustc_hash::FxHashMap;

use crate::record::{CellsView, Channel, Field};
use crate::text::fold;
use crate::touch::Kind;

/// Who turned to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The person to the member.
    In,
    /// The member to the person.
    Out,
    /// Both, as when two people meet.
    Both,
    /// The source does not say.
    Unknown,
}

impl Direction {
    /// The word used in tables; empty when unknown.
    pub fn name(self) -> &'static str {
        ["in", "out", "both", ""][self as usize]
    }

    fn of(cells: CellsView<'_>, kind: Kind) -> Direction {
        match cells.text(Field::Direction) {
            "in" => Direction::In,
            "out" => Direction::Out,
            "both" => Direction::Both,
            _ if kind == Kind::Met => Direction::Both,
            _ => Direction::Unknown,
        }
    }
}

/// A dated interaction between a member and a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch {
    /// Index of the contact.
    pub contact: u32,
    /// Index of the member.
    pub member: u16,
    /// The day, in the team's time zone; `None` where the source names no readable date.
    pub on: Option<NaiveDate>,
    /// What happened.
    pub kind: Kind,
    /// Who turned to whom.
    pub direction: Direction,
    /// The channel of its source.
    pub channel: Channel,
    /// Index of its source.
    pub source: u32,
}

/// What a row says of a touch, without whose it is: day, kind and direction. `None` if it speaks of none.
pub fn said(cells: CellsView<'_>, timezone: Tz) -> Option<(Option<NaiveDate>, Kind, Direction)> {
    let at = cells.get(Field::TouchAt);
    let kind = cells.get(Field::TouchKind).and_then(Kind::from_name);
    if at.is_none() && kind.is_none() {
        return None;
    }
    let kind = kind.unwrap_or(Kind::Met);
    Some((at.and_then(|at| local_day(at, timezone)), kind, Direction::of(cells, kind)))
}

/// The day of a cleaned date or instant in a time zone.
pub fn local_day(at: &str, timezone: Tz) -> Option<NaiveDate> {
    if let Ok(date) = at.parse() {
        return Some(date);
    }
    DateTime::parse_from_rfc3339(at).ok().map(|instant| instant.with_timezone(&timezone).date_naive())
}

/// Finds the contact a touch is with: first it is told all touches, then the rows of all contacts, and keeps
/// of these only what some touch names.
#[derive(Debug, Default)]
pub struct Directory<'a> {
    profiles: FxHashMap<(Field, &'a str), u32>,
    addresses: FxHashMap<&'a str, u32>,
    names: FxHashMap<(u16, String), u32>,
}

/// Marks what more than one contact is known by.
const SEVERAL: u32 = u32::MAX;

/// Marks what a touch names and no contact is known by so far.
const UNSEEN: u32 = u32::MAX - 1;

impl<'a> Directory<'a> {
    /// Tells of a touch that will be looked for.
    pub fn expect(&mut self, member: u16, cells: CellsView<'a>) {
        let mut told = false;
        for (field, text) in cells.iter() {
            match field {
                Field::LinkedIn | Field::Xing => self.profiles.insert((field, text), UNSEEN),
                Field::Email | Field::Phone => self.addresses.insert(text, UNSEEN),
                _ => continue,
            };
            told = true;
        }
        let name = name_key(cells);
        if !told && !name.is_empty() {
            self.names.insert((member, name), UNSEEN);
        }
    }

    /// Adds a row of a contact, after all touches.
    pub fn add(&mut self, member: u16, contact: u32, cells: CellsView<'a>) {
        for (field, text) in cells.iter() {
            match field {
                Field::LinkedIn | Field::Xing => meet(self.profiles.get_mut(&(field, text)), contact),
                Field::Email | Field::Phone => meet(self.addresses.get_mut(text), contact),
                _ => {}
            }
        }
        if !self.names.is_empty() {
            meet(self.names.get_mut(&(member, name_key(cells))), contact);
        }
    }

    /// The contact that a touch names, when it names exactly one.
    pub fn find(&self, member: u16, cells: CellsView<'_>) -> Option<u32> {
        let one = |contact: Option<&u32>| contact.copied().filter(|contact| *contact < UNSEEN);
        let mut told = false;
        for (field, text) in cells.iter() {
            let found = match field {
                Field::LinkedIn | Field::Xing => self.profiles.get(&(field, text)),
                Field::Email | Field::Phone => self.addresses.get(text),
                _ => continue,
            };
            told = true;
            if let Some(contact) = one(found) {
                return Some(contact);
            }
        }
        // A profile that is not among the contacts is somebody else, even under a known name.
        if told {
            return None;
        }
        one(self.names.get(&(member, name_key(cells))))
    }
}

/// Notes that a contact is known by what a touch names.
fn meet(slot: Option<&mut u32>, contact: u32) {
    if let Some(have) = slot {
        *have = if *have == UNSEEN || *have == contact { contact } else { SEVERAL };
    }
}

fn name_key(cells: CellsView<'_>) -> String {
    let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
    if given.is_empty() || family.is_empty() { String::new() } else { fold(&format!("{given} {family}")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Cells;

    fn cells(pairs: &[(Field, &str)]) -> Cells {
        let mut cells = Cells::new();
        for (field, text) in pairs {
            cells.push(*field, text);
        }
        cells
    }

    #[test]
    fn a_touch_finds_its_contact_or_nobody() {
        use Field::*;
        let anna = cells(&[(GivenName, "Anna"), (FamilyName, "Müller"), (LinkedIn, "anna-m")]);
        let twin = cells(&[(GivenName, "Kim"), (FamilyName, "Le"), (LinkedIn, "kim-1")]);
        let other = cells(&[(GivenName, "Kim"), (FamilyName, "Le"), (LinkedIn, "kim-2")]);
        let cases = [
            (0, cells(&[(LinkedIn, "anna-m")]), Some(0)),
            (0, cells(&[(GivenName, "ANNA"), (FamilyName, "Mueller")]), Some(0)),
            // Two people of that name.
            (0, cells(&[(GivenName, "Kim"), (FamilyName, "Le")]), None),
            (0, cells(&[(LinkedIn, "stranger"), (GivenName, "Anna"), (FamilyName, "Müller")]), None),
            (0, cells(&[(GivenName, "Nobody"), (FamilyName, "Known")]), None),
            // Another member's people.
            (1, cells(&[(GivenName, "Anna"), (FamilyName, "Müller")]), None),
        ];
        let mut directory = Directory::default();
        for (member, touch, _) in &cases {
            directory.expect(*member, touch.view());
        }
        for (contact, row) in [&anna, &twin, &other].into_iter().enumerate() {
            directory.add(0, contact as u32, row.view());
        }
        for (member, touch, contact) in &cases {
            assert_eq!(directory.find(*member, touch.view()), *contact, "{touch:?}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_team() {
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(local_day("2026-06-30T22:30:00Z", berlin), NaiveDate::from_ymd_opt(2026, 7, 1));
        assert_eq!(local_day("2026-06-30", berlin), NaiveDate::from_ymd_opt(2026, 6, 30));
        assert_eq!(local_day("soon", berlin), None);
    }
}
