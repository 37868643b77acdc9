//! The contact: one real person, merged from records, and the holdings that tie members to it.

use chrono::NaiveDate;

use crate::record::Channel;

/// What stands behind a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// A person outside the team.
    #[default]
    Person,
    /// A person of the team; counts in no network.
    Member,
    /// A shared address such as info@; counts in no network.
    Role,
}

impl Kind {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["person", "member", "role"][self as usize]
    }
}

/// Whether a contact is known for business or in private life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// Known for business.
    #[default]
    Business,
    /// Known in private life only.
    Private,
}

impl Scope {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["business", "private"][self as usize]
    }
}

/// One real person. Text is empty and lists are empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contact {
    /// Stable id, kept from run to run.
    pub contact_id: String,
    /// What stands behind it.
    pub kind: Kind,
    /// Business or private.
    pub scope: Scope,
    /// The whole name as a person would write it, without titles.
    pub name: String,
    /// Titles before the name.
    pub prefix: String,
    /// Given names.
    pub given_name: String,
    /// Family name with particles.
    pub family_name: String,
    /// Credentials after the name.
    pub suffix: String,
    /// E-mail addresses, best first.
    pub emails: Vec<String>,
    /// Telephone numbers in E.164, best first; numbers that could not be read follow as they were given.
    pub phones: Vec<String>,
    /// Employer, as the newest source spells it.
    pub company: String,
    /// Job title, of the same source as the employer where there is one.
    pub position: String,
    /// City.
    pub city: String,
    /// State, canton, region.
    pub region: String,
    /// Country, ISO 3166 alpha-2 where it is known.
    pub country: String,
    /// Street and house number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// `YYYY-MM-DD`, or `--MM-DD` without a year.
    pub birthday: String,
    /// Profile address on LinkedIn.
    pub linkedin_url: String,
    /// Profile address on Xing.
    pub xing_url: String,
    /// Other web addresses.
    pub urls: Vec<String>,
    /// Ids given by others.
    pub external_ids: Vec<String>,
    /// Category A to D set by hand in a member's sheet; the newest one.
    pub tier: String,
    /// Members with an open holding, in the order of the pipeline file.
    pub holders: Vec<u16>,
    /// Channels of the open holdings.
    pub channels: Vec<Channel>,
    /// The earliest date on which a member connected.
    pub connected_first: Option<NaiveDate>,
    /// The latest touch with any member.
    pub last_touch: Option<NaiveDate>,
    /// How many touches there are with all members.
    pub touches: u32,
    /// Tags of all sources, sorted.
    pub tags: Vec<String>,
    /// How many kept and duplicate rows it was merged from.
    pub records: u32,
}

/// That a member knows a contact through one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Index of the member in the team.
    pub member: u16,
    /// Index of the contact in the order of contact ids.
    pub contact: u32,
    /// Through which kind of source.
    pub channel: Channel,
    /// When the connection was made, where the source says so.
    pub connected_on: Option<NaiveDate>,
    /// Day of the first export that shows it.
    pub first_seen: NaiveDate,
    /// Day of the latest export that shows it.
    pub last_seen: NaiveDate,
    /// Day of the complete export that no longer shows it.
    pub ended_on: Option<NaiveDate>,
    /// How many touches the member had with the contact through this channel.
    pub touches: u32,
    /// The latest of them.
    pub last_touch: Option<NaiveDate>,
}
