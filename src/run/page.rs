//! The page of a generation: what it is told beside the reports.

use std::io::Write;
use std::path::Path;

use super::publish::{Facts, save};
use crate::error::Result;
use crate::label::place::CREDIT;
use crate::report;
use crate::table::{Language, Table};
use crate::write::Page;

/// Writes `report.html` from the reports that are wanted.
pub(super) fn write(facts: &Facts<'_>, reports: &[(bool, Table)], folder: &Path) -> Result<()> {
    let pipeline = &facts.job.workspace.pipeline;
    let members: Vec<(String, String)> =
        facts.members().iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let wanted: Vec<&Table> = reports.iter().filter(|(wanted, _)| *wanted).map(|(_, table)| table).collect();
    let language = facts.outcome.locale.language;
    let credit = match language {
        Language::English => CREDIT.to_owned(),
        Language::German => CREDIT.replacen("Places", "Orte", 1),
    };
    let page = Page {
        language,
        team: &pipeline.team.name,
        as_of: facts.as_of(),
        race: report::race_days(facts.as_of(), super::reports::race(pipeline)),
        members: &members,
        contacts: facts.outcome.totals.contacts,
        has_goals: facts.aims.has_goals(),
        credit: &credit,
        aggregate: pipeline.reports.aggregate.then_some(pipeline.reports.k),
        tables: &wanted,
    };
    save(folder, "report.html", |out| out.write_all(crate::write::page(&page).as_bytes()))
}
