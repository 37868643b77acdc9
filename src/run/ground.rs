//! What reports stand on, the same whether a run has just gathered it or reads it from a generation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::gather::Gathered;
use super::inbox::Member;
use super::invitations;
use super::people::Fate;
use super::publish::Facts;
use crate::contact::Holding;
use crate::label::strength;
use crate::label::wish::Wish;
use crate::link::identity::contact_id;
use crate::merge::touch;
use crate::pipeline::Pipeline;
use crate::record::{Channel, Role};
use crate::report;
use crate::state::history::TierDay;
use crate::table::Language;
use crate::write::{Dialect, Figures, NewsRow};

/// In which form reports are made, and of whom.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) pipeline: &'a Pipeline,
    /// The members, in the order in which contacts count them.
    pub(super) members: &'a [Member],
    pub(super) language: Language,
    pub(super) dialect: Dialect,
    /// The day the data describe.
    pub(super) as_of: NaiveDate,
}

/// All that reports are made of.
pub(super) struct Ground<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) kept: Kept,
    pub(super) gathered: &'a mut Gathered,
    pub(super) holdings: &'a [Holding],
    pub(super) touches: Vec<report::Touch>,
    /// The wish list, each line with the contacts that fulfil it.
    pub(super) wishes: Vec<(Wish, Vec<u32>)>,
    /// Contacts that may be one person.
    pub(super) open_pairs: Vec<(u32, u32)>,
    /// What changed about people since the run before; none in the first generation.
    pub(super) news: Option<Vec<NewsRow>>,
}

/// What reports need and no table holds; the manifest keeps it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// A hash of all that the team aims at: goals, wish list, rules and settings of labels.
    pub(super) aims: u32,
    /// Whether the team says whom it wants to know.
    pub(super) has_goals: bool,
    /// Sectors that the goals ask for.
    pub(super) industries: Vec<String>,
    /// Employers that the goals ask for.
    pub(super) companies: Vec<String>,
    /// How strength is made.
    pub(super) strength: strength::Settings,
    /// Rows of contacts, archived ones included.
    pub(super) contacts: u64,
    /// The run before; none for the first.
    pub(super) before: Option<Before>,
    /// The figures with which the workbook of the run before begins.
    pub(super) figures_before: Option<Figures>,
    /// People by category on the days of earlier runs.
    #[serde(default)]
    pub(super) history: Vec<TierDay>,
    /// Ids of the contacts that somebody wants to keep as they are.
    #[serde(default)]
    pub(super) keeps: Vec<String>,
    /// Every snapshot.
    pub(super) deliveries: Vec<Delivery>,
    /// Accepted rows of contacts.
    pub(super) rows: Vec<RowCount>,
    /// Invitations that members sent.
    #[serde(default)]
    pub(super) invitations: Vec<Invitations>,
    /// Where the rows come from.
    pub(super) sources: Vec<SourceRows>,
}

/// A run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its day, where it is known.
    pub(super) on: Option<NaiveDate>,
}

/// One snapshot, its member by the place among the members of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Delivery {
    pub(super) member: u16,
    pub(super) channel: String,
    pub(super) on: NaiveDate,
    pub(super) complete: bool,
}

/// Accepted rows of a member through one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RowCount {
    pub(super) member: u16,
    pub(super) channel: String,
    pub(super) rows: u64,
}

/// Invitations that one member sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Invitations {
    pub(super) member: u16,
    pub(super) sent: u64,
    /// Those with a note.
    pub(super) noted: u64,
    /// Those after which the two were connected.
    pub(super) accepted: u64,
}

/// Files and rows that one kind of reader read, with what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SourceRows {
    pub(super) english: String,
    pub(super) german: String,
    pub(super) files: u64,
    pub(super) rows: u64,
}

impl<'a> Ground<'a> {
    /// What a run has found out; `news` is what changed about people since the one before.
    pub(super) fn of_run(
        facts: &'a Facts<'_>,
        gathered: &'a mut Gathered,
        news: Option<Vec<NewsRow>>,
    ) -> Ground<'a> {
        let wishes = &facts.aims.wishes.all;
        let wishes = wishes.iter().map(|wish| (wish.clone(), gathered.met.places(wish.line))).collect();
        Ground {
            frame: facts.frame(),
            kept: kept(facts),
            holdings: &facts.known.holdings,
            touches: facts.known.touches.iter().filter_map(touch_of).collect(),
            wishes,
            open_pairs: open_pairs(
                facts.asked.iter().map(|row| row.sides.each_ref().map(|side| side.contact_id.as_str())),
                &gathered.ids,
            ),
            gathered,
            news,
        }
    }
}

impl Kept {
    /// Every snapshot, as reports take it.
    pub(super) fn deliveries(&self) -> Vec<report::Delivery> {
        let of = |delivery: &Delivery| {
            let Delivery { member, on, complete, .. } = *delivery;
            Some(report::Delivery { member, channel: channel(&delivery.channel)?, on, complete })
        };
        self.deliveries.iter().filter_map(of).collect()
    }

    /// Invitations, as reports take them.
    pub(super) fn invitations(&self) -> Vec<report::Invitations> {
        let of = |sent: &Invitations| {
            let Invitations { member, sent, noted, accepted } = *sent;
            report::Invitations { member, sent, noted, accepted }
        };
        self.invitations.iter().map(of).collect()
    }

    /// Accepted rows, as reports take them.
    pub(super) fn rows(&self) -> Vec<report::RowCount> {
        let of = |row: &RowCount| {
            Some(report::RowCount { member: row.member, channel: channel(&row.channel)?, rows: row.rows })
        };
        self.rows.iter().filter_map(of).collect()
    }
}

/// The channel of that name.
pub(super) fn channel(name: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|channel| channel.name() == name)
}

/// What of a run no table will hold.
fn kept(facts: &Facts<'_>) -> Kept {
    let store = &facts.outcome.store;
    let goals = &facts.job.workspace.pipeline.goals;
    let deliveries = facts.exports.all.iter().map(|export| Delivery {
        member: export.member,
        channel: store.sources[export.source as usize].channel.name().to_owned(),
        on: export.day,
        complete: export.series.is_some(),
    });
    Kept {
        aims: facts.aims.hash,
        has_goals: facts.aims.has_goals(),
        industries: goals.industries.clone(),
        companies: goals.companies.clone(),
        strength: facts.aims.strength,
        contacts: facts.outcome.totals.contacts,
        before: (facts.memory.generation > 0).then_some(Before { on: facts.memory.day }),
        figures_before: facts.memory.figures.clone(),
        history: facts.memory.history.clone(),
        keeps: facts.keeps.iter().map(|number| contact_id(*number)).collect(),
        deliveries: deliveries.collect(),
        rows: row_counts(facts),
        invitations: invitations::count(facts),
        sources: sources(facts),
    }
}

/// Accepted rows of contacts, by member and channel.
fn row_counts(facts: &Facts<'_>) -> Vec<RowCount> {
    let store = &facts.outcome.store;
    let mut rows = std::collections::BTreeMap::new();
    for (number, record) in store.records.iter().enumerate() {
        let counts = record.role == Role::Contact && !record.further;
        if counts && matches!(facts.people.fates[number], Fate::Kept | Fate::Repeats(_)) {
            let source = store.source(record);
            *rows.entry((source.member, source.channel)).or_insert(0u64) += 1;
        }
    }
    let row = |((member, channel), rows): ((u16, Channel), u64)| RowCount {
        member,
        channel: channel.name().to_owned(),
        rows,
    };
    rows.into_iter().map(row).collect()
}

/// Files and rows by the kind of reader.
fn sources(facts: &Facts<'_>) -> Vec<SourceRows> {
    let mut sources = std::collections::BTreeMap::new();
    for source in &facts.outcome.store.sources {
        let titles = (source.reader.title(), source.reader.title_german());
        let (files, rows): &mut (u64, u64) = sources.entry(titles).or_default();
        *files += 1;
        *rows += source.accounts.kept + source.accounts.duplicate;
    }
    let of = |((english, german), (files, rows)): ((&str, &str), (u64, u64))| SourceRows {
        english: english.to_owned(),
        german: german.to_owned(),
        files,
        rows,
    };
    sources.into_iter().map(of).collect()
}

/// A touch that has a day.
pub(super) fn touch_of(touch: &touch::Touch) -> Option<report::Touch> {
    Some(report::Touch {
        member: touch.member,
        contact: touch.contact,
        on: touch.on?,
        kind: touch.kind,
        toward: match touch.direction {
            touch::Direction::In => -1,
            touch::Direction::Out => 1,
            touch::Direction::Both | touch::Direction::Unknown => 0,
        },
    })
}

/// The contacts of the open pairs, by their number in `ids`; a pair of records of one contact is none.
pub(super) fn open_pairs<'a>(pairs: impl Iterator<Item = [&'a str; 2]>, ids: &[String]) -> Vec<(u32, u32)> {
    let pairs = pairs.filter_map(|[one, two]| place(ids, one).zip(place(ids, two)));
    pairs.filter(|(one, two)| one != two).collect()
}

/// The number of a contact by its id, among all ids in order.
pub(super) fn place(ids: &[String], id: &str) -> Option<u32> {
    ids.binary_search_by(|known| known.as_str().cmp(id)).ok().map(|at| at as u32)
}
