//! The pages of a generation: what they are told beside the reports.

use std::io::Write;
use std::path::Path;

use super::gather::Gathered;
use super::ground::Ground;
use super::news;
use super::publish::save;
use super::reports::{Made, Reports, race};
use crate::error::Result;
use crate::label::place::CREDIT;
use crate::report;
use crate::state::files;
use crate::table::{Language, Table};
use crate::write::work::SortRow;
use crate::write::{self, News, NewsRow, Page, Personal};

/// So many contacts to sort stand on a member's page.
const TO_SORT: usize = 50;

/// Contacts whose keeper the pages ask for.
pub(super) struct Asked {
    /// All of them, in order.
    pub(super) contacts: Vec<u32>,
    /// Those whom nobody has sorted, the most promising first.
    unsorted: Vec<u32>,
}

impl Asked {
    /// Whom nobody has sorted, and of whom there is news.
    pub(super) fn of(gathered: &mut Gathered, news: Option<&[NewsRow]>) -> Asked {
        let unsorted: Vec<u32> = gathered.unsorted().collect();
        let mut contacts = unsorted.clone();
        contacts
            .extend(news.unwrap_or_default().iter().filter_map(|row| news::place(gathered, &row.contact_id)));
        contacts.sort_unstable();
        contacts.dedup();
        Asked { contacts, unsorted }
    }

    /// The keeper of a contact.
    fn keeper(&self, reports: &Reports, contact: u32) -> Option<usize> {
        let place = self.contacts.binary_search(&contact).ok()?;
        reports.keepers.get(place).copied().flatten().map(usize::from)
    }
}

/// Says which colleague should write to each person of whom there is news.
pub(super) fn name_colleagues(ground: &mut Ground<'_>, asked: &Asked, reports: &Reports) {
    for row in ground.news.iter_mut().flatten() {
        if let Some(place) = news::place(ground.gathered, &row.contact_id) {
            row.colleague = asked.keeper(reports, place);
        }
    }
}

/// What all pages share.
struct Told<'a> {
    members: Vec<(String, String)>,
    tables: Vec<&'a Table>,
    credit: String,
}

impl<'a> Told<'a> {
    fn of(ground: &'a Ground<'_>, tables: impl Iterator<Item = &'a Made>) -> Told<'a> {
        let members = ground.frame.members.iter().map(|member| (member.id.clone(), member.name.clone()));
        let credit = match ground.frame.language {
            Language::English => CREDIT.to_owned(),
            Language::German => CREDIT.replacen("Places", "Orte", 1),
        };
        Told { members: members.collect(), tables: tables.map(|made| &made.table).collect(), credit }
    }

    fn page(&'a self, ground: &'a Ground<'_>) -> Page<'a> {
        let (frame, pipeline) = (ground.frame, ground.frame.pipeline);
        let since = ground.kept.before.and_then(|before| before.on);
        Page {
            language: frame.language,
            team: &pipeline.team.name,
            as_of: frame.as_of,
            race: report::race_days(frame.as_of, race(pipeline)),
            members: &self.members,
            contacts: ground.kept.contacts,
            has_goals: ground.kept.has_goals,
            credit: &self.credit,
            aggregate: pipeline.reports.aggregate.then_some(pipeline.reports.k),
            news: ground.news.as_deref().map(|rows| News { since, rows }),
            tables: &self.tables,
        }
    }
}

/// Writes `report.html` from the reports that are wanted.
pub(super) fn write(ground: &Ground<'_>, reports: &Reports, folder: &Path) -> Result<()> {
    let told = Told::of(ground, reports.all.iter().filter(|made| made.is_shown()));
    save(folder, "report.html", |out| out.write_all(write::page(&told.page(ground)).as_bytes()))
}

/// Writes a page for every member; the shared inbox of the team is none. `to_sort` gives the rows of contacts.
pub(super) fn write_members(
    ground: &Ground<'_>,
    reports: &Reports,
    asked: &Asked,
    to_sort: impl Fn(&[u32]) -> Result<Vec<SortRow>>,
    folder: &Path,
) -> Result<()> {
    let told = Told::of(ground, reports.all.iter().filter(|made| made.wanted));
    let page = told.page(ground);
    let mut mine: Vec<(Vec<u32>, u64)> = vec![Default::default(); told.members.len()];
    for contact in &asked.unsorted {
        let keeper = asked.keeper(reports, *contact).and_then(|member| mine.get_mut(member));
        let Some((first, all)) = keeper else { continue };
        *all += 1;
        if first.len() < TO_SORT {
            first.push(*contact);
        }
    }
    let shown: Vec<u32> = mine.iter().flat_map(|(first, _)| first).copied().collect();
    let mut rows = to_sort(&shown)?.into_iter();
    let place = folder.join("members");
    files::make_folder(&place)?;
    for (member, ((id, _), (first, all))) in told.members.iter().zip(&mine).enumerate() {
        let to_sort: Vec<SortRow> = rows.by_ref().take(first.len()).collect();
        if id == report::TEAM {
            continue;
        }
        let own = Personal { member, to_sort: &to_sort, to_sort_all: *all };
        save(&place, &format!("{id}.html"), |out| out.write_all(write::member_page(&page, &own).as_bytes()))?;
    }
    Ok(())
}
