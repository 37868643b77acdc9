//! Stage 6, report: contacts, holdings and touches → tables of size, overlap and growth.
//!
//! A report is one file that implements [`Report`] and one line in [`REPORTS`]. Members of the team and
//! shared addresses count in no network. What is not known is empty, never 0.

use chrono::NaiveDate;

use crate::contact::{Holding, Kind};
use crate::record::Channel;
use crate::table::{Table, Value, Words, value};

mod burst;
mod growth;
mod long;
mod network_size;
mod overlap;
mod period;
#[cfg(test)]
mod plain;
mod race;
mod spell;
#[cfg(test)]
mod tests;
mod tie;

/// Every report, in the order of the workbook.
pub const REPORTS: [&dyn Report; 4] =
    [&race::Race, &growth::Growth, &overlap::Overlap, &network_size::NetworkSize];

/// A table computed from the whole network.
pub trait Report: Sync {
    /// The name in the pipeline file and of its file; snake case.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> Words;

    /// The table. The order of the input's holdings, touches, counts and deliveries does not matter.
    fn table(&self, input: &Input<'_>) -> Table;
}

/// Everything a report may use.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The day for which the reports are made.
    pub as_of: NaiveDate,
    /// Ids of the members, in the order of the pipeline file.
    pub members: &'a [String],
    /// One fact a contact, in the order of contact ids.
    pub contacts: &'a [Fact],
    /// Who knows whom; at most one per member, contact and channel.
    pub holdings: &'a [Holding],
    /// When members had to do with contacts.
    pub touches: &'a [Touch],
    /// Accepted rows.
    pub rows: &'a [RowCount],
    /// Every snapshot that was ever delivered.
    pub deliveries: &'a [Delivery],
    /// The race that the pipeline names; without one the last nine full weeks count.
    pub race: Option<Window>,
}

/// What reports need to know of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fact {
    /// What stands behind it.
    pub kind: Kind,
    /// Category: `A`, `B`, `C` or `D`.
    pub tier: Option<u8>,
}

/// A day on which a member had to do with a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Index of the member.
    pub member: u16,
    /// Index of the contact.
    pub contact: u32,
    /// The day.
    pub on: NaiveDate,
}

/// How many rows of a member were accepted through one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// Index of the member.
    pub member: u16,
    /// Through which kind of source.
    pub channel: Channel,
    /// Kept and duplicate rows.
    pub rows: u64,
}

/// One snapshot: what a member delivered through one channel on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Index of the member.
    pub member: u16,
    /// Through which kind of source.
    pub channel: Channel,
    /// The day of the export.
    pub on: NaiveDate,
    /// Whether it shows the whole network, so that what is missing has ended.
    pub complete: bool,
}

/// The weeks of a race.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub start: NaiveDate,
    /// How many times seven days it lasts.
    pub weeks: u32,
}

/// The first and the last day of the race that is reported: the one set, else the last nine full ISO weeks.
pub fn race_days(as_of: NaiveDate, race: Option<Window>) -> (NaiveDate, NaiveDate) {
    let window = period::race_window(as_of, race);
    let end = period::ahead(window.start, u64::from(window.weeks) * 7);
    (window.start, end.pred_opt().unwrap_or(end))
}

/// The name under which a table shows the whole team.
pub const TEAM: &str = "team";

/// The name under which a table shows all channels together, people counted once.
const ALL: &str = "all";

/// The channels of a table's `channel` column.
static CHANNELS: [Value; 7] = [
    value(ALL, "all", "alle"),
    value("linkedin", "LinkedIn", "LinkedIn"),
    value("xing", "Xing", "Xing"),
    value("phone", "phone", "Telefon"),
    value("mail", "mail", "E-Mail"),
    value("sheet", "sheet", "Tabelle"),
    value("event", "event", "Veranstaltung"),
];

/// `part / whole`; nothing where the whole is zero.
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
