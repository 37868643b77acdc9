//! The pipeline file as a validated value: what it may say, its defaults, and all its errors at once.
//!
//! [`parse`] reads no files and follows no paths: those in the file stay as they are written, relative to
//! it. What an option is called, what it may be, where it goes and how it is explained stands in one
//! place, the tables in `options.rs` and `aims.rs`; `pipelines/example.toml` is written from them.

mod aims;
mod broken;
mod check;
mod error;
mod hint;
mod known;
mod options;
mod pattern;
mod sections;
mod values;
mod views;
mod walk;

use std::path::PathBuf;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use error::PipelineError;
pub use pattern::FilePattern;

use crate::label::rule::Rule;
use crate::label::strength;
use crate::read::mapping::Mapping;
use crate::record::{Cells, Channel, Field};
use crate::report::settings::Settings;
pub use crate::table::Language;

/// The id of the member to whom files at the root of the inbox belong.
pub const TEAM_MEMBER: &str = "team";

/// Everything a pipeline file says; [`Pipeline::default`] is what holds without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pipeline {
    /// Who the team is.
    pub team: Team,
    /// Where the exports lie.
    pub inbox: Inbox,
    /// The persons of the team; empty: every folder of the inbox is one.
    pub members: Vec<Member>,
    /// What is said about some files, in the order of the file.
    pub sources: Vec<Source>,
    /// When two records are one person.
    pub matching: Matching,
    /// How contacts are labelled.
    pub labels: Labels,
    /// How strong ties are.
    pub strength: strength::Settings,
    /// Whom the team wants to know.
    pub goals: Goals,
    /// How contacts are put into categories.
    pub tier: Tier,
    /// The time in which the growth of the members is compared.
    pub race: Race,
    /// Which reports are written.
    pub reports: Reports,
    /// What is left out and for how long.
    pub privacy: Privacy,
    /// Where results go and in which form.
    pub output: Output,
    /// Small cases that must hold.
    pub tests: Vec<TestCase>,
}

/// Who the team is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    /// Its name in reports.
    pub name: String,
    /// ISO 3166 alpha-2, for phone numbers without a country code; `None`: inferred from the data.
    pub country: Option<String>,
    /// In which days and weeks are counted; `None`: inferred.
    pub timezone: Option<Tz>,
    /// Of results and messages; `None`: inferred.
    pub language: Option<Language>,
}

/// Where the exports lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// Folder, relative to the pipeline file.
    pub path: PathBuf,
}

impl Default for Inbox {
    fn default() -> Inbox {
        Inbox { path: PathBuf::from("inbox") }
    }
}

/// A person of the team.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Member {
    /// Short name in tables and paths: `[a-z0-9_-]{1,60}`, unique, not `team`.
    pub id: String,
    /// Name as it is shown; the id where none is given.
    pub name: String,
    /// Folder in the inbox, with `/`; the id where none is given.
    pub inbox: String,
    /// Own addresses, lower case.
    pub emails: Vec<String>,
    /// Own profile, as written.
    pub linkedin: String,
    /// Own employer.
    pub company: String,
    /// Own industry, one of the labels, or empty.
    pub industry: String,
    /// Own city.
    pub city: String,
    /// Own function, one of the labels, or empty.
    pub function: String,
    /// Own level, one of the labels, or empty.
    pub seniority: String,
    /// The stage at which the member sees itself, 1 to 5.
    pub stage: Option<u8>,
    /// The day on which the member had gone through all contacts.
    pub yearly_review: Option<NaiveDate>,
}

/// What is said about some files: how a table is read that no reader knows, and how far it is believed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// The files it is about.
    pub files: FilePattern,
    /// For each field its columns, in the order of the file; empty: recognised files are read as always,
    /// and only the other options hold.
    pub columns: Vec<(Field, Vec<String>)>,
    /// Whether two rows of one file are two people; `None`: as the reader says.
    pub distinct: Option<bool>,
    /// Whether a file holds everybody; `None`: as the reader says.
    pub complete: Option<bool>,
    /// Whose value wins, 1 to 10; `None`: as the reader says.
    pub trust: Option<u8>,
    /// The channel of its contacts; `None`: as the reader says, for mapped tables [`Channel::Sheet`].
    pub channel: Option<Channel>,
}

impl From<&Source> for Mapping {
    fn from(source: &Source) -> Mapping {
        Mapping {
            columns: source.columns.clone(),
            distinct: source.distinct,
            complete: source.complete,
            trust: source.trust,
            channel: source.channel.unwrap_or(Channel::Sheet),
        }
    }
}

/// When two records are one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    /// Posterior probability from which two records are merged, 0.5 to 1.
    pub merge: f64,
    /// Posterior probability from which a person is asked, 0 to `merge`.
    pub review: f64,
    /// How many records may share a blocking key before the block is split further.
    pub max_block: u32,
    /// Answers of the team, relative to the pipeline file.
    pub decisions: PathBuf,
    /// How many open pairs a person is asked at most.
    pub review_most: u32,
}

impl Default for Matching {
    fn default() -> Matching {
        Matching {
            merge: 0.9,
            review: 0.5,
            max_block: 100,
            decisions: PathBuf::from("decisions.csv"),
            review_most: 100,
        }
    }
}

/// How contacts are labelled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// The team's own table of employers and sectors, relative to the pipeline file; empty: none.
    pub industries: PathBuf,
}

/// Whom the team wants to know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Goals {
    /// Industry labels.
    pub industries: Vec<String>,
    /// Function labels.
    pub functions: Vec<String>,
    /// Levels.
    pub seniority: Vec<String>,
    /// Employers by name.
    pub companies: Vec<String>,
    /// Cities, regions or countries.
    pub places: Vec<String>,
    /// List of wished people and companies, relative to the pipeline file; empty: none.
    pub wish_list: PathBuf,
}

/// How contacts are put into categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Parts of the score; parts that are unknown are left out.
    pub weights: TierWeights,
    /// Scores from which a contact is A, B, C; below them D.
    pub cut_points: CutPoints,
    /// What a contact of each category counts in weighted figures.
    pub worth: TierWorth,
    /// How far beyond a cut point a score must move before the category changes, 0 to 0.5.
    pub hysteresis: f64,
    /// Letters or animals.
    pub words: TierWords,
    /// Categories set by hand, relative to the pipeline file.
    pub overrides: PathBuf,
    /// Share of the score's weights that must be known for a category, 0 to 1.
    pub evidence: f64,
    /// How many unsorted contacts the team's workbook lists at most.
    pub sort_most: u32,
    /// Months after which a contact of category D is archived; 0: never.
    pub archive_months: u32,
    /// Rules that give a category; the first that fits counts.
    pub rules: Vec<Rule>,
}

impl Default for Tier {
    fn default() -> Tier {
        Tier {
            weights: TierWeights { target_fit: 0.4, strength: 0.3, seniority: 0.2, network: 0.1 },
            cut_points: CutPoints { a: 0.75, b: 0.5, c: 0.25 },
            worth: TierWorth { a: 8.0, b: 4.0, c: 2.0, d: 0.0, unsorted: 1.0 },
            hysteresis: 0.05,
            words: TierWords::Letters,
            overrides: PathBuf::from("tiers.csv"),
            evidence: 0.5,
            sort_most: 200,
            archive_months: 12,
            rules: Vec::new(),
        }
    }
}

/// Parts of the tier score, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TierWeights {
    /// Fit with the goals.
    pub target_fit: f64,
    /// Strength of the tie.
    pub strength: f64,
    /// Level and say in decisions.
    pub seniority: f64,
    /// One over the number of members who know the contact.
    pub network: f64,
}

/// Scores from which a contact is of a category, falling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutPoints {
    /// From here A.
    pub a: f64,
    /// From here B.
    pub b: f64,
    /// From here C, below it D.
    pub c: f64,
}

/// What a contact counts in weighted figures, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TierWorth {
    /// Category A.
    pub a: f64,
    /// Category B.
    pub b: f64,
    /// Category C.
    pub c: f64,
    /// Category D.
    pub d: f64,
    /// Not sorted yet.
    pub unsorted: f64,
}

/// How categories are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierWords {
    /// A to D.
    Letters,
    /// Unicorn, flamingo, penguin.
    Animals,
}

/// The time in which the growth of the members is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Race {
    /// First day; `None`: the last full weeks before the newest export.
    pub start: Option<NaiveDate>,
    /// How many weeks, 1 to 53.
    pub weeks: u8,
}

impl Default for Race {
    fn default() -> Race {
        Race { start: None, weeks: 9 }
    }
}

/// Which reports are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Reports {
    /// Their ids; `None`: all.
    pub only: Option<Vec<String>>,
    /// Fewest people a cell of an aggregate report may stand for, 1 to 1000.
    pub k: u32,
    /// Whether the page shows distributions only.
    pub aggregate: bool,
    /// `None`: that of the team.
    pub language: Option<Language>,
    /// When something is due, how long lists are, what stages ask for.
    pub settings: Settings,
}

impl Default for Reports {
    fn default() -> Reports {
        Reports { only: None, k: 5, aggregate: false, language: None, settings: Settings::default() }
    }
}

/// What is left out and for how long things are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Privacy {
    /// Columns of contacts that are not written.
    pub drop: Vec<String>,
    /// Months without a sign after which a contact is left out; 0: for ever.
    pub retention_months: u16,
    /// List of people who are kept out, relative to the pipeline file.
    pub suppression: PathBuf,
}

impl Default for Privacy {
    fn default() -> Privacy {
        Privacy { drop: Vec::new(), retention_months: 0, suppression: PathBuf::from("suppress.jsonl") }
    }
}

/// Where results go and in which form.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Folder, relative to the pipeline file.
    pub dir: PathBuf,
    /// Form of the CSV files.
    pub dialect: Dialect,
    /// How many generations are kept, 1 to 1000.
    pub keep: u32,
}

impl Default for Output {
    fn default() -> Output {
        Output { dir: PathBuf::from("out"), dialect: Dialect::Spreadsheet, keep: 10 }
    }
}

/// Form of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// For people and spreadsheets: BOM, CRLF, formula guard, `;` and decimal comma where the country uses them.
    Spreadsheet,
    /// For programs: UTF-8, comma, ISO, no guard.
    Plain,
}

/// A small case: rows, and which of them are the same person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestCase {
    /// What it shows.
    pub name: String,
    /// The rows as raw cells, each from a source of its own.
    pub rows: Vec<Cells>,
    /// Groups of rows, counted from 0, that must be one person each.
    pub same: Vec<Vec<usize>>,
    /// Groups of rows, counted from 0, that must all be different people.
    pub different: Vec<Vec<usize>>,
}

impl Pipeline {
    /// What is said about a file, by its path relative to the inbox (`/` between folders, archive members
    /// as `Export.zip!Connections.csv`). The first match wins.
    pub fn source_for(&self, relative_path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.files.is_match(relative_path))
    }
}

/// Whether a word can be the id of a member: `[a-z0-9_-]{1,60}`, and not [`TEAM_MEMBER`].
pub fn is_member_id(word: &str) -> bool {
    let ok = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter);
    word != TEAM_MEMBER && (1..=60).contains(&word.len()) && word.chars().all(ok)
}

/// Whether `[privacy] drop` may name a column of contacts.
pub fn is_droppable(column: &str) -> bool {
    known::DROPPABLE.contains(&column)
}

/// Reads the text of a pipeline file; `file_name` is only shown in errors.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn parse(text: &str, file_name: &str) -> Result<Pipeline, Vec<PipelineError>> {
    let (mended, mut found) = broken::mend(text);
    let whole = found.is_empty();
    let (root, _) = toml::de::DeTable::parse_recoverable(&mended);
    let mut wrong = Vec::new();
    let pipeline = sections::read(root.get_ref(), &mut wrong);
    // What a broken text seems to lack may stand in its broken lines.
    found.extend(wrong.into_iter().filter(|wrong| whole || !wrong.lacking));
    if found.is_empty() { Ok(pipeline) } else { Err(error::locate(text, file_name, found)) }
}

#[cfg(test)]
mod example;
#[cfg(test)]
mod tests;
