//! The reports of a generation and the workbook that begins with them.

use std::path::Path;

use super::gather::Gathered;
use super::people::Fate;
use super::publish::{Facts, failed, open};
use crate::error::{self, Error, Result};
use crate::label::goal::same_company;
use crate::label::industry::brand;
use crate::label::wish::Wish;
use crate::merge::touch;
use crate::pipeline;
use crate::record::Role;
use crate::report::{self, REPORTS};
use crate::scales;
use crate::state::files;
use crate::table::{Data, Language, Table};
use crate::text::fold;
use crate::words::company_core;
use crate::write::{Overview, Workbook};

/// Computes the reports that are wanted and writes them.
pub(super) fn reports(
    facts: &Facts<'_>,
    gathered: &mut Gathered,
    folder: &Path,
    members: &[String],
    specs: &mut Vec<Table>,
) -> Result<Vec<(bool, Table)>> {
    let touches: Vec<report::Touch> = facts.known.touches.iter().filter_map(touch_of).collect();
    let deliveries: Vec<report::Delivery> = facts
        .exports
        .all
        .iter()
        .map(|export| report::Delivery {
            member: export.member,
            channel: facts.outcome.store.sources[export.source as usize].channel,
            on: export.day,
            complete: export.series.is_some(),
        })
        .collect();
    let pipeline = &facts.job.workspace.pipeline;
    let own = own(facts, gathered);
    let met: Vec<(&Wish, Vec<u32>)> =
        facts.aims.wishes.all.iter().map(|wish| (wish, gathered.met.places(wish.line))).collect();
    let words: Vec<String> = met.iter().map(|(wish, _)| wish.words()).collect();
    let wishes: Vec<report::Wish<'_>> = met
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
    let spellings = goal_companies(facts, gathered);
    let goal_companies: Vec<report::GoalCompany<'_>> = pipeline
        .goals
        .companies
        .iter()
        .zip(&spellings)
        .map(|(words, companies)| report::GoalCompany { words, companies })
        .collect();
    let goal_sectors: Vec<u8> = pipeline
        .goals
        .industries
        .iter()
        .filter_map(|id| scales::sectors().iter().position(|value| value.name == id))
        .map(|at| at as u8)
        .collect();
    let input = report::Input {
        as_of: facts.as_of(),
        members,
        own: &own,
        contacts: &gathered.facts,
        ids: &gathered.ids,
        names: Some(&gathered.names),
        bonds: &gathered.bonds,
        companies: &gathered.companies.names,
        cities: &gathered.cities.names,
        birthdays: &gathered.birthdays,
        wishes: &wishes,
        goal_companies: &goal_companies,
        goal_sectors: &goal_sectors,
        open_pairs: &open_pairs(facts, gathered),
        has_goals: facts.aims.has_goals(),
        worth: report::Worth([worth.a, worth.b, worth.c, worth.d, worth.unsorted]),
        holdings: &facts.known.holdings,
        touches: &touches,
        rows: &row_counts(facts),
        deliveries: &deliveries,
        race: race(pipeline),
    };
    let reports_folder = folder.join("reports");
    files::make_folder(&reports_folder)?;
    let mut tables = Vec::new();
    for report in REPORTS {
        let table = report.table(&input);
        let wanted =
            pipeline.reports.only.as_ref().is_none_or(|only| only.iter().any(|id| id == report.id()));
        if report.personal() {
            if wanted {
                write_personal(facts, folder, &table, specs)?;
            }
            continue;
        }
        if wanted {
            let (mut file, path) = open(facts, &reports_folder, table.clone(), specs)?;
            file.write(&table).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))?;
        }
        tables.push((wanted, table));
    }
    Ok(tables)
}

/// Writes what concerns one person alone into a folder of that member, and nowhere else.
fn write_personal(facts: &Facts<'_>, folder: &Path, table: &Table, specs: &mut Vec<Table>) -> Result<()> {
    let Some(Data::Text(of)) = table.column("member").map(|column| &column.data) else { return Ok(()) };
    let mut written = Vec::new();
    for member in facts.members() {
        let own = table.only(|row| of.get(row) == member.id);
        if own.is_empty() {
            continue;
        }
        let place = folder.join("members").join(&member.id);
        files::make_folder(&folder.join("members"))?;
        files::make_folder(&place)?;
        let (mut file, path) = open(facts, &place, own.clone(), &mut written)?;
        file.write(&own).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))?;
    }
    // All of them have the same columns.
    specs.extend(written.into_iter().next());
    Ok(())
}

/// A touch that has a day.
fn touch_of(touch: &touch::Touch) -> Option<report::Touch> {
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

/// What the members say of themselves.
fn own(facts: &Facts<'_>, gathered: &mut Gathered) -> Vec<report::Own> {
    let said = &facts.job.workspace.pipeline.members;
    let of = |id: &str| said.iter().find(|member| member.id == id);
    let mut own = Vec::new();
    for member in facts.members() {
        let said = of(&member.id);
        let text = |read: fn(&pipeline::Member) -> &String| said.map_or("", |member| read(member).as_str());
        let (company, city) = (text(|member| &member.company), text(|member| &member.city));
        let sector = text(|member| &member.industry);
        own.push(report::Own {
            company: gathered.companies.of(company, company_core),
            sector: scales::sectors().iter().position(|value| value.name == sector).map(|at| at as u8),
            city: gathered.cities.of(city, fold),
        });
    }
    own
}

/// Of each employer that the goals name the numbers of all spellings that are this employer.
fn goal_companies(facts: &Facts<'_>, gathered: &Gathered) -> Vec<Vec<u32>> {
    let asked = &facts.job.workspace.pipeline.goals.companies;
    let asked: Vec<_> = asked.iter().map(|name| (company_core(name), brand(name))).collect();
    let mut numbers = vec![Vec::new(); asked.len()];
    if asked.is_empty() {
        return numbers;
    }
    for (number, name) in (0..).zip(&gathered.companies.names).skip(1) {
        let (core, of) = (company_core(name), brand(name));
        for (numbers, (asked, brand)) in numbers.iter_mut().zip(&asked) {
            if same_company(asked, *brand, &core, of) {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// The contacts of the open pairs, by their number; a pair of records of one contact is none.
fn open_pairs(facts: &Facts<'_>, gathered: &Gathered) -> Vec<(u32, u32)> {
    let place = |id: &String| gathered.ids.binary_search(id).ok().map(|place| place as u32);
    let pairs = facts.asked.iter().filter_map(|row| {
        let [one, two] = row.sides.each_ref().map(|side| place(&side.contact_id));
        one.zip(two)
    });
    pairs.filter(|(one, two)| one != two).collect()
}

/// The race that the pipeline file names.
pub(super) fn race(pipeline: &pipeline::Pipeline) -> Option<report::Window> {
    pipeline.race.start.map(|start| report::Window { start, weeks: pipeline.race.weeks.into() })
}

/// Accepted rows of contacts, by member and channel.
fn row_counts(facts: &Facts<'_>) -> Vec<report::RowCount> {
    let store = &facts.outcome.store;
    let mut rows = std::collections::BTreeMap::new();
    for (number, record) in store.records.iter().enumerate() {
        let counts = record.role == Role::Contact && !record.further;
        if counts && matches!(facts.people.fates[number], Fate::Kept | Fate::Repeats(_)) {
            let source = store.source(record);
            *rows.entry((source.member, source.channel)).or_insert(0u64) += 1;
        }
    }
    rows.into_iter().map(|((member, channel), rows)| report::RowCount { member, channel, rows }).collect()
}

/// Begins the workbook, in which categories are letters or animals.
pub(super) fn workbook(facts: &Facts<'_>) -> Result<Workbook> {
    let pipeline = &facts.job.workspace.pipeline;
    let book = Workbook::new(facts.outcome.locale.language, &pipeline.team.name, facts.as_of());
    let mut book = book.map_err(|error| failed(Path::new("report.xlsx"), &error))?;
    book.hide(match pipeline.tier.words {
        pipeline::TierWords::Letters => &["animal"],
        pipeline::TierWords::Animals => &["tier", "tier_prev"],
    });
    Ok(book)
}

/// Adds the reports and the front sheet to the workbook.
pub(super) fn add(facts: &Facts<'_>, reports: &[(bool, Table)], book: &mut Workbook) -> Result<()> {
    let wrong = |error: std::io::Error| failed(Path::new("report.xlsx"), &error);
    let names: Vec<String> = facts.members().iter().map(|member| member.name.clone()).collect();
    let mut sources: std::collections::BTreeMap<&str, (u64, u64)> = std::collections::BTreeMap::new();
    for source in &facts.outcome.store.sources {
        let title = match facts.outcome.locale.language {
            Language::English => source.reader.title(),
            Language::German => source.reader.title_german(),
        };
        let (files, rows) = sources.entry(title).or_default();
        *files += 1;
        *rows += source.accounts.kept + source.accounts.duplicate;
    }
    let mut sources: Vec<(String, u64, u64)> =
        sources.into_iter().map(|(title, (files, rows))| (title.to_owned(), files, rows)).collect();
    // The member's own data are read and make no rows.
    sources.retain(|(_, _, rows)| *rows > 0);
    sources.sort_by_key(|(_, _, rows)| std::cmp::Reverse(*rows));
    let size = reports.iter().map(|(_, table)| table).find(|table| table.name == "network_size");
    let size = size.ok_or_else(|| Error::new(error::Kind::Internal, "there is no report network_size"))?;
    let race = race(&facts.job.workspace.pipeline);
    let team = &facts.job.workspace.pipeline.team.name;
    let overview = Overview {
        team,
        as_of: facts.as_of(),
        members: &names,
        contacts: facts.outcome.totals.contacts,
        sources: &sources,
        network_size: size,
        race: report::race_days(facts.as_of(), race),
    };
    for (_, table) in reports.iter().filter(|(wanted, _)| *wanted) {
        book.add(table).map_err(wrong)?;
    }
    book.front(&overview).map_err(wrong)
}
