//! Stage 6, report: contacts, holdings and touches → tables of size, overlap and growth.
//!
//! A report is one file that implements [`Report`] and one line in [`REPORTS`]. Members of the team and
//! shared addresses count in no network. What is not known is empty, never 0.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::contact::{Holding, Kind, Scope};
use crate::record::Channel;
use crate::table::{Table, Texts, Value, Words, value};
use crate::touch;
use settings::Settings;

mod appointments;
mod burst;
mod cards;
mod channel_value;
mod cleanup;
mod concentration;
mod convergence;
mod data_quality;
mod decay;
mod diversity;
mod due;
mod fair_share;
mod groups;
mod growth;
mod handover;
mod introductions;
mod keeper;
mod leader_profile;
#[cfg(test)]
mod list_random;
#[cfg(test)]
mod list_tests;
mod long;
mod loss;
mod lunch;
mod mass_to_class;
mod meeting;
mod mentors;
mod mix;
mod network_size;
mod overlap;
mod owner;
mod pace;
mod period;
mod person;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod plain_appointments;
#[cfg(test)]
mod plain_groups;
#[cfg(test)]
mod plain_lists;
#[cfg(test)]
mod plain_lunch;
#[cfg(test)]
mod plain_pace;
#[cfg(test)]
mod plain_people;
#[cfg(test)]
mod plain_tiers;
mod race;
mod racing;
mod rankings;
mod reactivate;
mod response;
pub mod settings;
mod spell;
mod stages;
mod strength;
mod targets;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_people;
#[cfg(test)]
mod tests_settings;
mod tie;
mod tiers;
mod tiers_over_time;
mod time_needed;

pub use keeper::keepers;
pub use tiers_over_time::{PastTiers, tiers_now};

/// Every report, in the order of the workbook.
pub const REPORTS: [&dyn Report; 33] = [
    &race::Race,
    &growth::Growth,
    &overlap::Overlap,
    &network_size::NetworkSize,
    &rankings::Rankings,
    &fair_share::FairShare,
    &concentration::Concentration,
    &loss::Loss,
    &handover::Handover,
    &convergence::Convergence,
    &leader_profile::LeaderProfile,
    &targets::Targets,
    &introductions::Introductions,
    &cleanup::Cleanup,
    &due::Due,
    &lunch::Lunch,
    &cards::Cards,
    &data_quality::DataQuality,
    &pace::Pace,
    &appointments::Appointments,
    &mentors::Mentors,
    &groups::Groups,
    &diversity::Diversity,
    &mix::Mix,
    &strength::Strength,
    &reactivate::Reactivate,
    &tiers::Tiers,
    &tiers_over_time::TiersOverTime,
    &time_needed::TimeNeeded,
    &mass_to_class::MassToClass,
    &channel_value::ChannelValue,
    &response::Response,
    &stages::Stages,
];

/// A table computed from the whole network.
pub trait Report: Sync {
    /// The name in the pipeline file and of its file; snake case.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> Words;

    /// Whether it concerns one person alone: then it belongs on that member's page and nowhere else.
    fn personal(&self) -> bool {
        false
    }

    /// The table. The order of the input's holdings, touches, counts and deliveries does not matter.
    fn table(&self, input: &Input<'_>) -> Table;
}

/// Everything a report may use.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The day for which the reports are made.
    pub as_of: NaiveDate,
    /// Ids of the members, in the order of the pipeline file.
    pub members: &'a [String],
    /// What the members say of themselves, in the same order; may be shorter where nothing is known.
    pub own: &'a [Own],
    /// One fact a contact, in the order of contact ids.
    pub contacts: &'a [Fact],
    /// Ids of the contacts, in the same order.
    pub ids: &'a [String],
    /// Names of the contacts, in the same order.
    pub names: Option<&'a Texts>,
    /// Who knows whom; at most one per member, contact and channel.
    pub holdings: &'a [Holding],
    /// When members had to do with contacts, ordered by contact, member and day.
    pub touches: &'a [Touch],
    /// How strong ties are: one for each member and contact who ever had to do with each other, ordered by
    /// contact and member.
    pub bonds: &'a [Bond],
    /// Employers by their number in [`Fact::company`]; the first is empty and stands for none.
    pub companies: &'a [String],
    /// Cities by their number in [`Fact::city`]; the first is empty and stands for none.
    pub cities: &'a [String],
    /// Birthdays that are known.
    pub birthdays: &'a [Birthday],
    /// Why those contacts who had a better category before have the present one, ordered by contact.
    pub falls: &'a [Fall],
    /// The wish list.
    pub wishes: &'a [Wish<'a>],
    /// What contacts are filed under: tags in their order of number.
    pub groups: &'a [Group<'a>],
    /// Employers that the goals ask for by name.
    pub goal_companies: &'a [GoalCompany<'a>],
    /// Sectors that the goals ask for: places in [`scales::sectors`](crate::scales::sectors).
    pub goal_sectors: &'a [u8],
    /// Contacts that may be one person: the open pairs of the review list.
    pub open_pairs: &'a [(u32, u32)],
    /// Contacts that somebody wants to keep as they are, in order: clean-up leaves them out.
    pub keeps: &'a [u32],
    /// Whether the team says whom it wants to know.
    pub has_goals: bool,
    /// Whether anything makes a contact a target: a sector or an employer among the goals, or a wish.
    pub has_targets: bool,
    /// What contacts count in weighted figures.
    pub worth: Worth,
    /// Accepted rows.
    pub rows: &'a [RowCount],
    /// Invitations that members sent, as far as exports list them.
    pub invitations: &'a [Invitations],
    /// Every snapshot that was ever delivered.
    pub deliveries: &'a [Delivery],
    /// People by category on the days of earlier runs.
    pub history: &'a [PastTiers<'a>],
    /// The race that the pipeline names; without one the last nine full weeks count.
    pub race: Option<Window>,
    /// What the team has set of reports.
    pub settings: Settings,
}

/// What reports need to know of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Fact {
    /// What stands behind it.
    pub kind: Kind,
    /// Business or private.
    pub scope: Scope,
    /// Category: `A`, `B`, `C` or `D`.
    pub tier: Option<u8>,
    /// Since when it is of that category.
    pub since: Option<NaiveDate>,
    /// The category before, where it had another one.
    pub before: Option<u8>,
    /// Place in [`scales::sectors`](crate::scales::sectors).
    pub sector: Option<u8>,
    /// Place in [`scales::levels`](crate::scales::levels), the highest first.
    pub level: Option<u8>,
    /// Place in [`scales::functions`](crate::scales::functions).
    pub function: Option<u8>,
    /// Number in [`Input::companies`]; 0 where none is known.
    pub company: u32,
    /// Number in [`Input::cities`]; 0 where none is known.
    pub city: u32,
    /// Whether the employer is one that the goals ask for, by sector or name, or the wish list names the contact.
    pub target: bool,
    /// Strength of the strongest tie, 0 to 1.
    pub strength: Option<f32>,
    /// Whether there is an e-mail address, a telephone number or a profile.
    pub reachable: bool,
    /// Whether street and city are known, so that a card arrives.
    pub address: bool,
    /// Whether a tag says that mail to it came back.
    pub bounced: bool,
    /// Whether a tag says that it wants to be erased.
    pub erase: bool,
}

impl Fact {
    /// Whether the category before was better; nothing where there was none.
    pub fn fallen(&self) -> Option<bool> {
        // Letters sort as they rank: the later the worse.
        self.before.zip(self.tier).map(|(before, now)| now > before)
    }
}

/// Why a contact has the category it fell to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// Index of the contact.
    pub contact: u32,
    /// In words of the language of the run.
    pub reason: Arc<str>,
}

/// What a member says of itself in the pipeline file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// Number in [`Input::companies`]; 0 where none is known.
    pub company: u32,
    /// Place in [`scales::sectors`](crate::scales::sectors).
    pub sector: Option<u8>,
    /// Number in [`Input::cities`]; 0 where none is known.
    pub city: u32,
    /// Place in [`scales::functions`](crate::scales::functions).
    pub function: Option<u8>,
    /// Place in [`scales::levels`](crate::scales::levels), the highest first.
    pub level: Option<u8>,
    /// The stage at which the member sees itself, 1 to 5.
    pub stage: Option<u8>,
    /// The day on which the member had gone through all contacts.
    pub reviewed: Option<NaiveDate>,
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
    /// What happened.
    pub kind: touch::Kind,
    /// Who turned to whom: to the member (-1), to the contact (1), both or unknown (0).
    pub toward: i8,
}

/// How strong the tie of a member with a contact is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bond {
    /// Index of the contact.
    pub contact: u32,
    /// Index of the member.
    pub member: u16,
    /// 0 to 1; none when no touch is dated.
    pub strength: Option<f32>,
    /// Place in [`scales::bands`](crate::scales::bands).
    pub band: u8,
    /// How strong a dormant tie was on its best day, 0 to 1.
    pub once: Option<f32>,
    /// Touches through all channels.
    pub touches: u32,
    /// The latest of them up to the day of the report.
    pub last: Option<NaiveDate>,
}

/// When a contact was born.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birthday {
    /// Index of the contact.
    pub contact: u32,
    /// Year, where it is known.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A line of the wish list and who fulfils it.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// 1-based line in the list.
    pub line: u32,
    /// `person`, `position` or `company`.
    pub kind: &'static str,
    /// What is wished for, in its own words.
    pub words: &'a str,
    /// Who takes care of it, as written.
    pub owner: &'a str,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// Indexes of the contacts that fulfil it, in order.
    pub contacts: &'a [u32],
}

/// A tag and the contacts that carry it.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// As it is written where it came first.
    pub name: &'a str,
    /// Indexes of the contacts, in order.
    pub contacts: &'a [u32],
}

/// An employer that the goals ask for by name.
#[derive(Debug, Clone, Copy)]
pub struct GoalCompany<'a> {
    /// As the team writes it.
    pub words: &'a str,
    /// Numbers in [`Input::companies`] of every spelling that is this employer, in order.
    pub companies: &'a [u32],
}

/// What contacts count in weighted figures: A, B, C, D, and those that are not sorted yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth(pub [f64; 5]);

impl Default for Worth {
    fn default() -> Worth {
        Worth([8.0, 4.0, 2.0, 0.0, 1.0])
    }
}

impl Worth {
    /// What a contact of a category counts.
    pub fn of(self, tier: Option<u8>) -> f64 {
        let place = tier.map_or(4, |tier| usize::from(tier.wrapping_sub(b'A')).min(3));
        self.0[place]
    }
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

/// Invitations to connect that a member sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitations {
    /// Index of the member.
    pub member: u16,
    /// How many an export lists.
    pub sent: u64,
    /// Those with a note.
    pub noted: u64,
    /// Those after which the two were connected.
    pub accepted: u64,
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

/// A number made of a strength, with three digits: more would only show how floats are stored.
fn told(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The median, between the two middle ones of an even number; nothing of nothing.
fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    let lower = numbers.get(numbers.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(*lower, *numbers.get(numbers.len() / 2)?))
}

/// `part / whole`; nothing where the whole is zero.
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
