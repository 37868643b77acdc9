//! The reports of a generation and the workbook that begins with them.

use std::path::Path;

use super::people::Fate;
use super::publish::{Facts, failed, open};
use crate::error::{self, Error, Result};
use crate::pipeline;
use crate::record::Role;
use crate::report::{self, REPORTS};
use crate::state::files;
use crate::state::tiers::KeptTier;
use crate::table::{Language, Table};
use crate::write::{Overview, Workbook};

/// Computes the reports that are wanted and writes them.
pub(super) fn reports(
    facts: &Facts<'_>,
    tiers: &[KeptTier],
    folder: &Path,
    members: &[String],
    specs: &mut Vec<Table>,
) -> Result<Vec<(bool, Table)>> {
    let contacts: Vec<report::Fact> = (0..facts.people.contacts.len() as u32)
        .map(|contact| report::Fact {
            kind: facts.known.kinds[contact as usize],
            tier: tiers[contact as usize].letter.map(|letter| letter.name().as_bytes()[0]),
        })
        .collect();
    let touches: Vec<report::Touch> = facts
        .known
        .touches
        .iter()
        .filter_map(|touch| {
            Some(report::Touch { member: touch.member, contact: touch.contact, on: touch.on? })
        })
        .collect();
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
    let input = report::Input {
        as_of: facts.as_of(),
        members,
        contacts: &contacts,
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
        if wanted {
            let (mut file, path) = open(facts, &reports_folder, table.clone(), specs)?;
            file.write(&table).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))?;
        }
        tables.push((wanted, table));
    }
    Ok(tables)
}

/// The race that the pipeline file names.
fn race(pipeline: &pipeline::Pipeline) -> Option<report::Window> {
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
