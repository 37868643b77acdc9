//! Contacts, wishes and open pairs, read back from the tables of a generation.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::super::gather::{Gathered, birthday, promise};
use super::super::ground::{Frame, Kept, open_pairs as pairs, place};
use super::super::inbox::Member;
use super::super::label::{bonds_of, ties_of};
use super::super::publish::failed;
use super::generation::Generation;
use super::network::{Network, count, day, text};
use crate::contact::{Kind, Letter, Scope};
use crate::error::Result;
use crate::label::goal::{Asked, Goals, Who};
use crate::label::industry::brand;
use crate::label::mark::{Marks, marks};
use crate::label::wish::Wish;
use crate::pipeline;
use crate::report::{Fact, Fall};
use crate::scales;
use crate::table::{Data, Language, Table, Value};
use crate::text::fold;
use crate::words::company_core;
use crate::write::work::SortRow;
use crate::write::{self, NewsRow, Workbook};

/// Contacts read at a time.
const BATCH: usize = 16_384;

/// The tables `contacts` and `archived`, as one list of contacts in the order of their ids.
pub(super) struct Contacts<'a> {
    old: &'a Generation,
    frame: Frame<'a>,
    /// Both tables without rows, in the columns that are there and may be shown.
    specs: [Table; 2],
    ids: Vec<String>,
    /// Of each contact whether it is archived.
    archived: Vec<bool>,
    /// Of each contact its row in the table that holds it.
    rows: Vec<u32>,
    /// Columns that the generation was written without.
    lacks: Vec<&'static str>,
    /// Columns that it has and the pipeline file drops by now.
    leaves: Vec<&'static str>,
}

impl<'a> Contacts<'a> {
    /// Looks which contacts there are.
    pub(super) fn open(old: &'a Generation, frame: Frame<'a>) -> Result<Contacts<'a>> {
        let members: Vec<String> = frame.members.iter().map(|member| member.id.clone()).collect();
        let mut specs = [write::contacts(&[], &members), write::archived(&[], &members)];
        let (mut lacks, mut leaves) = (Vec::new(), Vec::new());
        let mut lists = Vec::new();
        for spec in &mut specs {
            let (has, rows) = old.shape(spec.name)?;
            let there = |name: &str| has.iter().any(|has| has == name);
            let drops = &frame.pipeline.privacy.drop;
            lacks = spec.columns.iter().map(|column| column.name).filter(|name| !there(name)).collect();
            let firm: Vec<&str> =
                lacks.iter().copied().filter(|name| !pipeline::is_droppable(name)).collect();
            old.holds(spec.name, &has, &firm)?;
            spec.columns.retain(|column| there(column.name));
            let dropped = |name: &&'static str| drops.iter().any(|drop| drop == name);
            leaves = spec.columns.iter().map(|column| column.name).filter(dropped).collect();
            spec.columns.retain(|column| !dropped(&column.name));
            let ids = old.all(spec.clone(), &["contact_id"])?;
            lists.push((0..rows).map(|row| text(&ids, "contact_id", row).to_owned()).collect::<Vec<_>>());
        }
        let mut all: Vec<(String, bool)> = Vec::new();
        for (list, archived) in lists.into_iter().zip([false, true]) {
            all.extend(list.into_iter().map(|id| (id, archived)));
        }
        all.sort();
        let (ids, archived): (_, Vec<bool>) = all.into_iter().unzip();
        let mut next = [0, 0];
        let rows = archived
            .iter()
            .map(|archived| {
                let next = &mut next[usize::from(*archived)];
                *next += 1;
                *next - 1
            })
            .collect();
        Ok(Contacts { old, frame, specs, ids, archived, rows, lacks, leaves })
    }

    /// Ids of all contacts, in order.
    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    /// What reports do not know because `[privacy] drop` names it, or named it.
    pub(super) fn notes(&self) -> Vec<String> {
        let wanted = &self.frame.pipeline.privacy.drop;
        let missed: Vec<&str> =
            self.lacks.iter().copied().filter(|name| !wanted.iter().any(|drop| drop == name)).collect();
        let mut notes = Vec::new();
        if !missed.is_empty() {
            notes.push(format!(
                "the last run dropped {}, so that reports know nothing of it; the next run reads it again",
                missed.join(", ")
            ));
        }
        if !self.leaves.is_empty() {
            notes.push(format!(
                "reports and workbook do without {}; the tables and cards of the last run hold it until the next run",
                self.leaves.join(", ")
            ));
        }
        notes
    }

    /// Reads every contact: what reports need of it, and its row in the workbook.
    pub(super) fn gather(
        &mut self,
        network: &Network,
        kept: &Kept,
        gathered: &mut Gathered,
        book: &mut Workbook,
    ) -> Result<()> {
        let goals = goals(kept, self.frame.language);
        let count = self.ids.len();
        let mut next = [0, 0];
        for start in (0..count).step_by(BATCH).chain((count == 0).then_some(0)) {
            let batch = &self.archived[start..(start + BATCH).min(count)];
            let away = batch.iter().filter(|archived| **archived).count();
            let take = [batch.len() - away, away];
            let here = self.old.rows(&self.specs[0], next[0], take[0])?;
            let gone = self.old.rows(&self.specs[1], next[1], take[1])?;
            next = [next[0] + take[0], next[1] + take[1]];
            let mut rows = [0, 0];
            for (place, archived) in (start as u32..).zip(batch) {
                let from = usize::from(*archived);
                let table = [&here, &gone][from];
                self.see(place, table, rows[from], (network, kept, &goals), gathered);
                rows[from] += 1;
            }
            let shown = if start == 0 { book.contacts(&here) } else { book.append(&here) };
            shown.map_err(|error| failed(Path::new("report.xlsx"), &error))?;
        }
        Ok(())
    }

    /// Notes what reports need to know of a contact, as a run does.
    fn see(
        &self,
        place: u32,
        table: &Table,
        row: usize,
        (network, kept, goals): (&Network, &Kept, &Goals),
        gathered: &mut Gathered,
    ) {
        let of = |column: &str| text(table, column, row);
        let at = |column: &str, scale: &'static [Value]| {
            scale.iter().position(|value| value.name == of(column)).map(|at| at as u8)
        };
        let letter = |column: &str| of(column).bytes().next();
        let known = |column: &str| match table.column(column).map(|column| &column.data) {
            Some(Data::List(lists)) => lists.get(row).len() > 0,
            _ => !of(column).is_empty(),
        };
        let Marks { bounced, erase } = match table.column("tags").map(|column| &column.data) {
            Some(Data::List(tags)) => marks(tags.get(row)),
            _ => Marks::default(),
        };
        let (held, touches) = network.of(place);
        let ties = ties_of(held, touches, &kept.strength, self.frame.as_of);
        let company = of("company");
        let sector = at("industry", scales::sectors());
        let kind =
            [Kind::Person, Kind::Member, Kind::Role].into_iter().find(|kind| kind.name() == of("kind"));
        let kind = kind.unwrap_or_default();
        let private = of("scope") == Scope::Private.name();
        let industry = sector.map(|at| scales::sectors()[usize::from(at)].name);
        gathered.facts.push(Fact {
            kind,
            scope: if private { Scope::Private } else { Scope::Business },
            tier: letter("tier"),
            since: day(table, "tier_since", row),
            before: letter("tier_prev"),
            sector,
            level: at("seniority", scales::levels()),
            function: at("function", scales::functions()),
            company: gathered.companies.of(company, company_core),
            city: gathered.cities.of(of("city"), fold),
            target: kind == Kind::Person && (known("wishes") || wants(goals, company, industry)),
            strength: ties.iter().filter_map(|tie| tie.score).max_by(f32::total_cmp),
            reachable: ["emails", "phones", "linkedin_url", "xing_url"].into_iter().any(known),
            address: known("street") && known("city"),
            bounced,
            erase,
        });
        if gathered.facts.last().and_then(Fact::fallen) == Some(true) {
            gathered.falls.push(Fall { contact: place, reason: of("tier_reason").into() });
        }
        let (open, holders) = (of("tier").is_empty(), known("holders"));
        if kind == Kind::Person && open && !private && holders {
            let touches = count(table, "touches", row).unwrap_or_default();
            let known = promise(share(table, "tier_score", row), share(table, "tier_coverage", row), touches);
            gathered.note_unsorted(known, place);
        }
        gathered.ids.push(self.ids[place as usize].clone());
        gathered.names.push(of("name"));
        gathered.birthdays.extend(birthday(place, of("birthday")));
        if let Some(Data::List(lists)) = table.column("tags").map(|column| &column.data) {
            gathered.groups.add(place, lists.get(row));
        }
        gathered.bonds.extend(bonds_of(place, touches, &ties, self.frame.as_of));
    }
}

/// Whether the goals ask for an employer, by its name or its sector.
fn wants(goals: &Goals, company: &str, industry: Option<&'static str>) -> bool {
    if goals.is_empty() {
        return false;
    }
    let core = company_core(company);
    goals.wants_employer(&Who { company, core: &core, brand: brand(company), industry, ..Who::default() })
}

impl Contacts<'_> {
    /// The rows of contacts by their numbers, as they are shown to be sorted, in the order given.
    pub(super) fn to_sort(&self, places: &[u32]) -> Result<Vec<SortRow>> {
        let mut wanted: Vec<u32> = places.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let mut spec = self.specs[0].clone();
        spec.columns.retain(|column| SHOWN.contains(&column.name));
        let mut found: FxHashMap<u32, SortRow> = FxHashMap::default();
        let (mut batch, mut from) = (Vec::new(), 0);
        let mut read = |batch: &mut Vec<u32>, from: usize, most: usize| -> Result<()> {
            if !batch.is_empty() {
                let table = self.old.rows(&spec, from, most)?;
                let row = |place: &u32| (*place, self.sort_row(&table, self.row_of(*place) - from));
                found.extend(batch.drain(..).map(|place| row(&place)));
            }
            Ok(())
        };
        for place in wanted {
            let at = self.row_of(place);
            if at >= from + BATCH {
                read(&mut batch, from, BATCH)?;
                from = at - at % BATCH;
            }
            batch.push(place);
        }
        read(&mut batch, from, BATCH)?;
        Ok(places.iter().filter_map(|place| found.get(place).cloned()).collect())
    }

    /// In which row of the table `contacts` a contact stands.
    fn row_of(&self, place: u32) -> usize {
        self.rows[place as usize] as usize
    }

    fn sort_row(&self, table: &Table, row: usize) -> SortRow {
        let of = |column: &str| text(table, column, row).to_owned();
        let industry = scales::named(scales::sectors(), text(table, "industry", row));
        let place = [of("city"), of("country")];
        let place: Vec<&str> = place.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let called = |id: &str| self.frame.members.iter().find(|member| member.id == id);
        let known_to = match table.column("holders").map(|column| &column.data) {
            Some(Data::List(lists)) => lists.get(row).filter_map(called).collect(),
            _ => Vec::new(),
        };
        SortRow {
            industry: industry.map_or("", |value| value.title.in_language(self.frame.language)).to_owned(),
            place: place.join(", "),
            known_to: known_to.into_iter().map(|member| member.name.clone()).collect(),
            last_touch: day(table, "last_touch", row),
            score: share(table, "tier_score", row).map(|score| score as f32),
            reason: of("tier_reason"),
            contact_id: of("contact_id"),
            name: of("name"),
            company: of("company"),
            position: of("position"),
        }
    }
}

/// Columns of contacts that show whom to sort.
const SHOWN: [&str; 11] = [
    "contact_id",
    "name",
    "company",
    "position",
    "industry",
    "city",
    "country",
    "holders",
    "last_touch",
    "tier_score",
    "tier_reason",
];

/// What changed about people since the run before; none where there was none.
pub(super) fn news(old: &Generation, members: &[Member]) -> Result<Option<Vec<NewsRow>>> {
    if old.told.kept.before.is_none() {
        return Ok(None);
    }
    let ids: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
    let spec = write::news(&[], &ids);
    let columns: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
    let table = old.all(spec, &columns)?;
    let row = |row: usize| {
        let of = |column: &str| text(&table, column, row).to_owned();
        let pair = |old: &str, new: &str| Some([of(old), of(new)]).filter(|[old, new]| old != new);
        let flag = |column: &str| match table.column(column).map(|column| &column.data) {
            Some(Data::Bool(flags)) => flags.get(row).copied().flatten(),
            _ => None,
        };
        let member = |id: &str| ids.iter().position(|known| *known == id);
        let holders = match table.column("holders").map(|column| &column.data) {
            Some(Data::List(lists)) => lists.get(row).filter_map(member).collect(),
            _ => Vec::new(),
        };
        NewsRow {
            contact_id: of("contact_id"),
            name: of("name"),
            company: of("company"),
            tier: Letter::from_name(text(&table, "tier", row)).map_or("", Letter::name),
            target: flag("target"),
            private: Some(text(&table, "scope", row))
                .filter(|scope| !scope.is_empty())
                .map(|scope| scope == Scope::Private.name()),
            employer: pair("old_company", "new_company"),
            position: pair("old_position", "new_position"),
            category: pair("old_tier", "new_tier"),
            left: flag("left") == Some(true),
            holders,
            colleague: member(text(&table, "colleague", row)),
        }
    };
    Ok(Some((0..table.len()).map(row).collect()))
}

/// The share in a column; none where there is no such column.
fn share(table: &Table, column: &str, row: usize) -> Option<f64> {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Share(shares)) => shares.get(row).copied().flatten(),
        _ => None,
    }
}

/// The employers and sectors that the goals of the run asked for.
fn goals(kept: &Kept, language: Language) -> Goals {
    let asked = Asked { industries: &kept.industries, companies: &kept.companies, ..Asked::default() };
    Goals::new(&asked, brand, language)
}

/// The wish list with what has become of it; none where it is empty.
pub(super) fn wishes(old: &Generation) -> Result<Option<Table>> {
    let spec = write::wishes(&[]);
    let columns: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
    let table = old.all(spec, &columns)?;
    Ok(Some(table).filter(|table| !table.is_empty()))
}

/// The lines of the wish list, each with the contacts that fulfil it.
pub(super) fn wished(table: &Table, ids: &[String]) -> Vec<(Wish, Vec<u32>)> {
    let wish = |row: usize| {
        let of = |column: &str| text(table, column, row).to_owned();
        let wish = Wish {
            line: count(table, "line", row).unwrap_or_default(),
            name: of("name"),
            company: of("company"),
            position: of("position"),
            owner: of("owner"),
            due: day(table, "due", row),
            ..Wish::default()
        };
        let places = match table.column("contacts").map(|column| &column.data) {
            Some(Data::List(lists)) => lists.get(row).filter_map(|id| place(ids, id)).collect(),
            _ => Vec::new(),
        };
        (wish, places)
    };
    (0..table.len()).map(wish).collect()
}

/// The open pairs with both sides.
pub(super) fn review(old: &Generation) -> Result<Table> {
    let spec = write::review::review(&[]);
    let columns: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
    old.all(spec, &columns)
}

/// Contacts that may be one person.
pub(super) fn open_pairs(old: &Generation, ids: &[String]) -> Result<Vec<(u32, u32)>> {
    let table = old.all(write::review::review(&[]), &["contact_a", "contact_b"])?;
    let sides = |row: usize| ["contact_a", "contact_b"].map(|column| text(&table, column, row));
    Ok(pairs((0..table.len()).map(sides), ids))
}
