//! Who knows whom and when they had to do with each other, read back from the tables of a generation.

use rustc_hash::FxHashMap;

use super::super::ground::{Frame, channel, touch_of};
use super::generation::Generation;
use crate::contact::Holding;
use crate::error::Result;
use crate::merge::touch::{Direction, Touch};
use crate::record::Channel;
use crate::report;
use crate::table::{Data, Table};
use crate::touch::Kind;
use crate::write;

/// Holdings and touches, ordered by contact and member.
pub(super) struct Network {
    pub(super) holdings: Vec<Holding>,
    pub(super) touches: Vec<Touch>,
}

impl Network {
    /// The holdings and the touches of a contact.
    pub(super) fn of(&self, contact: u32) -> (&[Holding], &[Touch]) {
        let held = self.holdings.partition_point(|held| held.contact < contact);
        let held = &self.holdings[held..];
        let touched = self.touches.partition_point(|touch| touch.contact < contact);
        let touched = &self.touches[touched..];
        (
            &held[..held.partition_point(|held| held.contact == contact)],
            &touched[..touched.partition_point(|touch| touch.contact == contact)],
        )
    }

    /// The touches that have a day, as reports take them.
    pub(super) fn dated(&self) -> Vec<report::Touch> {
        self.touches.iter().filter_map(touch_of).collect()
    }
}

/// Reads holdings and touches; `ids` are those of the contacts in their order.
pub(super) fn load(old: &Generation, frame: Frame<'_>, ids: &[String]) -> Result<Network> {
    let places: FxHashMap<&str, u32> = (0..).zip(ids).map(|(place, id)| (id.as_str(), place)).collect();
    let members: FxHashMap<&str, u16> =
        (0..).zip(frame.members).map(|(place, member)| (member.id.as_str(), place)).collect();
    let columns = ["member", "contact_id", "channel", "connected_on", "first_seen", "last_seen", "ended_on"];
    let table = old.all(write::holdings(&[]), &[&columns[..], &["touches", "last_touch"]].concat())?;
    let holding = |row: usize| {
        Some(Holding {
            member: *members.get(text(&table, "member", row))?,
            contact: *places.get(text(&table, "contact_id", row))?,
            channel: channel(text(&table, "channel", row))?,
            connected_on: day(&table, "connected_on", row),
            first_seen: day(&table, "first_seen", row)?,
            last_seen: day(&table, "last_seen", row)?,
            ended_on: day(&table, "ended_on", row),
            touches: count(&table, "touches", row)?,
            last_touch: day(&table, "last_touch", row),
        })
    };
    let holdings = all(old, &table, holding)?;
    let table = old.all(write::touches(&[]), &["contact_id", "member", "kind", "on", "direction"])?;
    let touch = |row: usize| {
        let direction = text(&table, "direction", row);
        let directions = [Direction::In, Direction::Out, Direction::Both, Direction::Unknown];
        Some(Touch {
            contact: *places.get(text(&table, "contact_id", row))?,
            member: *members.get(text(&table, "member", row))?,
            on: day(&table, "on", row),
            kind: Kind::from_name(text(&table, "kind", row))?,
            direction: directions.into_iter().find(|known| known.name() == direction)?,
            // Neither tells anything of the tie.
            channel: Channel::Sheet,
            source: 0,
        })
    };
    let touches = all(old, &table, touch)?;
    Ok(Network { holdings, touches })
}

/// Every row of a table, or which one makes no sense.
fn all<T>(old: &Generation, table: &Table, read: impl Fn(usize) -> Option<T>) -> Result<Vec<T>> {
    let read = |row: usize| {
        let odd = || old.damaged(table.name, &format!("row {} makes no sense", row + 1));
        read(row).ok_or_else(odd)
    };
    (0..table.len()).map(read).collect()
}

/// The text in a column; empty where there is no such column.
pub(super) fn text<'a>(table: &'a Table, column: &str, row: usize) -> &'a str {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Text(texts)) => texts.get(row),
        _ => "",
    }
}

/// The day in a column; none where there is no such column.
pub(super) fn day(table: &Table, column: &str, row: usize) -> Option<chrono::NaiveDate> {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Date(days)) => days.get(row).copied().flatten(),
        _ => None,
    }
}

/// The number in a column; none where there is no such column.
pub(super) fn count(table: &Table, column: &str, row: usize) -> Option<u32> {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Int(numbers)) => numbers.get(row).copied().flatten()?.try_into().ok(),
        _ => None,
    }
}
