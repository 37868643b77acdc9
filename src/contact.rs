//! The contact: one real person, merged from records, and the holdings that tie members to it.

use std::sync::Arc;

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

/// A category of contacts. That a contact has none yet is no lowest category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Letter {
    /// The few that matter most.
    A,
    /// Worth regular care.
    B,
    /// Worth keeping in touch.
    C,
    /// To let go.
    D,
}

impl Letter {
    /// Every category, the best first.
    pub const ALL: [Letter; 4] = [Letter::A, Letter::B, Letter::C, Letter::D];

    /// The name used in tables and files.
    pub fn name(self) -> &'static str {
        ["A", "B", "C", "D"][self as usize]
    }

    /// The category of that name, in either case.
    pub fn from_name(name: &str) -> Option<Letter> {
        Letter::ALL.into_iter().find(|letter| letter.name().eq_ignore_ascii_case(name))
    }

    /// The animal that stands for it; none for D, whom nobody keeps.
    pub fn animal(self) -> &'static str {
        ["unicorn", "flamingo", "flamingo", ""][self as usize]
    }
}

/// A category that a member has set in a sheet of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandLetter {
    /// Day of the export that holds it.
    pub on: NaiveDate,
    /// Index of the member.
    pub member: u16,
    /// The category.
    pub letter: Letter,
}

/// What a contact was labelled with, how sure that is, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The id of the value, stable in tables.
    pub value: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Why, in words.
    pub reason: Arc<str>,
}

/// Where a category comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TierSource {
    /// A person set it.
    Manual,
    /// A rule of the pipeline file.
    Rule,
    /// The score.
    Score,
}

impl TierSource {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["manual", "rule", "score"][self as usize]
    }
}

/// The category of a contact and how it came to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tier {
    /// The category; none: not sorted yet.
    pub letter: Option<Letter>,
    /// Where it comes from.
    pub source: Option<TierSource>,
    /// The score, 0 to 1; also of those whom a person or a rule has sorted.
    pub score: Option<f32>,
    /// Share of the score's weights that is known, 0 to 1.
    pub coverage: f32,
    /// Why this category or none, in words.
    pub reason: Arc<str>,
    /// Day on which it was given.
    pub since: Option<NaiveDate>,
    /// The category before.
    pub before: Option<Letter>,
}

/// The animal that stands for a contact's category: a person without one is a penguin, D has none.
pub fn animal(kind: Kind, letter: Option<Letter>) -> &'static str {
    match letter {
        Some(letter) => letter.animal(),
        None if kind == Kind::Person => "penguin",
        None => "",
    }
}

/// The labels of a contact; what is unknown is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// Sector of the employer.
    pub industry: Option<Label>,
    /// Level of the position.
    pub seniority: Option<Label>,
    /// What the position is about.
    pub function: Option<Label>,
    /// Where the place comes from, in words; empty where it stands as it was given.
    pub place_reason: Arc<str>,
    /// Whether city and region rest on weak evidence, such as the name of the company; no card carries them then.
    pub city_weak: bool,
    /// Whether the country does, such as on a calling code.
    pub country_weak: bool,
    /// Strength of the strongest tie, 0 to 1.
    pub strength: Option<f32>,
    /// Share of the strength's weights that is known, 0 to 1.
    pub strength_coverage: Option<f32>,
    /// Band of the strongest tie; empty without any tie.
    pub strength_band: &'static str,
    /// What of the team's goals the contact meets, as `industry it`, `company Siemens`.
    pub goals: Vec<Arc<str>>,
    /// Lines of the wish list that the contact fulfils.
    pub wishes: Vec<u32>,
    /// The category.
    pub tier: Tier,
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
    /// Categories that members have set in their sheets, each member's newest one, the newest first.
    pub by_hand: Vec<HandLetter>,
    /// What it was labelled with.
    pub labels: Labels,
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
