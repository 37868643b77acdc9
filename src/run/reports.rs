//! The reports of a generation and the workbook that begins with them, whatever they are made from.

use std::collections::BTreeMap;
use std::path::Path;

use super::ground::{self, Frame, Ground, Kept, SourceRows};
use super::publish::{failed, open_in};
use crate::error::Result;
use crate::label::goal::same_company;
use crate::label::industry::brand;
use crate::pipeline;
use crate::report::{self, REPORTS};
use crate::scales;
use crate::state::files;
use crate::state::history::TierDay;
use crate::table::{Data, Language, Table, Value};
use crate::text::fold;
use crate::words::company_core;
use crate::write::{Figures, Overview, Workbook};

/// A report that was computed.
pub(super) struct Made {
    /// Whether the pipeline file asks for it.
    pub(super) wanted: bool,
    /// Whether it concerns one person alone.
    personal: bool,
    pub(super) table: Table,
}

impl Made {
    /// Whether the team sees it: it is asked for and concerns more than one person.
    pub(super) fn is_shown(&self) -> bool {
        self.wanted && !self.personal
    }
}

/// The reports of a generation.
pub(super) struct Reports {
    pub(super) all: Vec<Made>,
    /// The member who keeps each of the contacts asked about.
    pub(super) keepers: Vec<Option<u16>>,
    /// People by category today.
    pub(super) tiers_now: Vec<TierDay>,
}

/// Computes every report; `asked` are contacts whose keeper is asked for, in order.
pub(super) fn make(ground: &mut Ground<'_>, asked: &[u32]) -> Reports {
    let pipeline = ground.frame.pipeline;
    let members: Vec<String> = ground.frame.members.iter().map(|member| member.id.clone()).collect();
    let own = own(ground);
    let words: Vec<String> = ground.wishes.iter().map(|(wish, _)| wish.words()).collect();
    let wishes: Vec<report::Wish<'_>> = ground
        .wishes
        .iter()
        .zip(&words)
        .map(|((wish, contacts), words)| report::Wish {
            line: wish.line,
            kind: wish.kind(),
            words,
            owner: &wish.owner,
            due: wish.due,
            contacts,
        })
        .collect();
    let worth = &pipeline.tier.worth;
    let gathered = &*ground.gathered;
    let kept = &ground.kept;
    let spellings = goal_companies(&kept.companies, &gathered.companies.names);
    let goal_companies: Vec<report::GoalCompany<'_>> = kept
        .companies
        .iter()
        .zip(&spellings)
        .map(|(words, companies)| report::GoalCompany { words, companies })
        .collect();
    let goal_sectors: Vec<u8> =
        kept.industries.iter().filter_map(|id| place(scales::sectors(), id)).collect();
    let history: Vec<report::PastTiers<'_>> = kept
        .history
        .iter()
        .map(|past| report::PastTiers { on: past.on, member: &past.member, people: past.people })
        .collect();
    let mut keeps: Vec<u32> = kept.keeps.iter().filter_map(|id| ground::place(&gathered.ids, id)).collect();
    keeps.sort_unstable();
    let input = report::Input {
        history: &history,
        as_of: ground.frame.as_of,
        members: &members,
        own: &own,
        contacts: &gathered.facts,
        ids: &gathered.ids,
        names: Some(&gathered.names),
        bonds: &gathered.bonds,
        companies: &gathered.companies.names,
        cities: &gathered.cities.names,
        birthdays: &gathered.birthdays,
        groups: &gathered.groups.all(),
        falls: &gathered.falls,
        wishes: &wishes,
        goal_companies: &goal_companies,
        goal_sectors: &goal_sectors,
        open_pairs: &ground.open_pairs,
        keeps: &keeps,
        has_goals: kept.has_goals,
        has_targets: has_targets(kept, !wishes.is_empty()),
        worth: report::Worth([worth.a, worth.b, worth.c, worth.d, worth.unsorted]),
        holdings: ground.holdings,
        touches: &ground.touches,
        rows: &kept.rows(),
        invitations: &kept.invitations(),
        deliveries: &kept.deliveries(),
        race: race(pipeline),
        settings: pipeline.reports.settings,
    };
    let only = pipeline.reports.only.as_ref();
    let made = |report: &&dyn report::Report| Made {
        wanted: only.is_none_or(|only| only.iter().any(|id| id == report.id())),
        personal: report.personal(),
        table: report.table(&input).rounded(),
    };
    let now = report::tiers_now(&input).into_iter();
    let now = now.map(|now| TierDay { on: now.on, member: now.member.to_owned(), people: now.people });
    Reports {
        all: REPORTS.iter().map(made).collect(),
        keepers: report::keepers(&input, asked),
        tiers_now: now.collect(),
    }
}

/// Writes the reports that are wanted, those that concern one person alone into that member's own folder.
pub(super) fn save(frame: Frame<'_>, reports: &[Made], folder: &Path, specs: &mut Vec<Table>) -> Result<()> {
    let reports_folder = folder.join("reports");
    files::make_folder(&reports_folder)?;
    for made in reports.iter().filter(|made| made.wanted) {
        if made.personal {
            save_personal(frame, folder, &made.table, specs)?;
        } else {
            let (mut file, path) = open_in(frame.dialect, &reports_folder, made.table.clone(), specs)?;
            file.write(&made.table).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))?;
        }
    }
    Ok(())
}

/// Writes what concerns one person alone into a folder of that member, and nowhere else.
fn save_personal(frame: Frame<'_>, folder: &Path, table: &Table, specs: &mut Vec<Table>) -> Result<()> {
    let Some(Data::Text(of)) = table.column("member").map(|column| &column.data) else { return Ok(()) };
    let mut written = Vec::new();
    for member in frame.members {
        let own = table.only(|row| of.get(row) == member.id);
        if own.is_empty() {
            continue;
        }
        let place = folder.join("members").join(&member.id);
        files::make_folder(&folder.join("members"))?;
        files::make_folder(&place)?;
        let (mut file, path) = open_in(frame.dialect, &place, own.clone(), &mut written)?;
        file.write(&own).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))?;
    }
    // All of them have the same columns.
    specs.extend(written.into_iter().next());
    Ok(())
}

/// Whether a contact can be a target: goals that name functions, levels or places only make nobody one.
fn has_targets(kept: &Kept, has_wishes: bool) -> bool {
    has_wishes || !kept.industries.is_empty() || !kept.companies.is_empty()
}

/// The place of a value in its scale.
fn place(scale: &[Value], id: &str) -> Option<u8> {
    scale.iter().position(|value| value.name == id).map(|at| at as u8)
}

/// What the members say of themselves.
fn own(ground: &mut Ground<'_>) -> Vec<report::Own> {
    let said = &ground.frame.pipeline.members;
    let of = |id: &str| said.iter().find(|member| member.id == id);
    let mut own = Vec::new();
    for member in ground.frame.members {
        let said = of(&member.id);
        let text = |read: fn(&pipeline::Member) -> &String| said.map_or("", |member| read(member).as_str());
        let (company, city) = (text(|member| &member.company), text(|member| &member.city));
        own.push(report::Own {
            company: ground.gathered.companies.of(company, company_core),
            sector: place(scales::sectors(), text(|member| &member.industry)),
            function: place(scales::functions(), text(|member| &member.function)),
            level: place(scales::levels(), text(|member| &member.seniority)),
            city: ground.gathered.cities.of(city, fold),
            stage: said.and_then(|member| member.stage),
            reviewed: said.and_then(|member| member.yearly_review),
        });
    }
    own
}

/// Of each employer that the goals name the numbers of all spellings in `names` that are this employer.
fn goal_companies(asked: &[String], names: &[String]) -> Vec<Vec<u32>> {
    let asked: Vec<_> = asked.iter().map(|name| (company_core(name), brand(name))).collect();
    let mut numbers = vec![Vec::new(); asked.len()];
    if asked.is_empty() {
        return numbers;
    }
    for (number, name) in (0..).zip(names).skip(1) {
        let (core, of) = (company_core(name), brand(name));
        for (numbers, (asked, brand)) in numbers.iter_mut().zip(&asked) {
            if same_company(asked, *brand, &core, of) {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// The race that the pipeline file names.
pub(super) fn race(pipeline: &pipeline::Pipeline) -> Option<report::Window> {
    pipeline.race.start.map(|start| report::Window { start, weeks: pipeline.race.weeks.into() })
}

/// Begins the workbook, in which categories are letters or animals.
pub(super) fn workbook(frame: Frame<'_>) -> Result<Workbook> {
    let book = Workbook::new(frame.language, &frame.pipeline.team.name, frame.as_of);
    let mut book = book.map_err(|error| failed(Path::new("report.xlsx"), &error))?;
    book.hide(match frame.pipeline.tier.words {
        pipeline::TierWords::Letters => &["animal"],
        pipeline::TierWords::Animals => &["tier", "tier_prev"],
    });
    Ok(book)
}

/// Adds the reports and all that stands around them to the workbook; gives the figures to be kept. `review` are
/// the open pairs.
pub(super) fn add(
    ground: &Ground<'_>,
    reports: &[Made],
    wishes: Option<&Table>,
    review: &Table,
    book: &mut Workbook,
) -> Result<Figures> {
    let frame = ground.frame;
    let members: Vec<(String, String)> =
        frame.members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let all: Vec<&Table> = reports.iter().filter(|made| !made.personal).map(|made| &made.table).collect();
    let wanted: Vec<&Table> = reports.iter().filter(|made| made.is_shown()).map(|made| &made.table).collect();
    let overview = Overview {
        team: &frame.pipeline.team.name,
        as_of: frame.as_of,
        members: &members,
        contacts: ground.kept.contacts,
        sources: &sources(&ground.kept.sources, frame.language),
        race: report::race_days(frame.as_of, race(frame.pipeline)),
        reports: &all,
        before: ground.kept.figures_before.as_ref(),
    };
    book.reports(&overview, &wanted, wishes, review)
        .map_err(|error| failed(Path::new("report.xlsx"), &error))?;
    Ok(overview.figures())
}

/// Where rows come from: what people call it, files, rows; most rows first.
fn sources(kept: &[SourceRows], language: Language) -> Vec<(String, u64, u64)> {
    let mut sources: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for source in kept {
        let title = match language {
            Language::English => &source.english,
            Language::German => &source.german,
        };
        let (files, rows) = sources.entry(title).or_default();
        *files += source.files;
        *rows += source.rows;
    }
    let mut sources: Vec<(String, u64, u64)> =
        sources.into_iter().map(|(title, (files, rows))| (title.to_owned(), files, rows)).collect();
    // The member's own data are read and make no rows.
    sources.retain(|(_, _, rows)| *rows > 0);
    sources.sort_by_key(|(_, _, rows)| std::cmp::Reverse(*rows));
    sources
}
