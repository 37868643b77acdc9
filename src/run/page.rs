//! The page of a generation: what it is told beside the reports.

use std::io::Write;
use std::path::Path;

use super::ground::Ground;
use super::publish::save;
use super::reports::{Made, race};
use crate::error::Result;
use crate::label::place::CREDIT;
use crate::report;
use crate::table::{Language, Table};
use crate::write::Page;

/// Writes `report.html` from the reports that are wanted.
pub(super) fn write(ground: &Ground<'_>, reports: &[Made], folder: &Path) -> Result<()> {
    let (frame, pipeline) = (ground.frame, ground.frame.pipeline);
    let members: Vec<(String, String)> =
        frame.members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let wanted: Vec<&Table> = reports.iter().filter(|made| made.is_shown()).map(|made| &made.table).collect();
    let language = frame.language;
    let credit = match language {
        Language::English => CREDIT.to_owned(),
        Language::German => CREDIT.replacen("Places", "Orte", 1),
    };
    let page = Page {
        language,
        team: &pipeline.team.name,
        as_of: frame.as_of,
        race: report::race_days(frame.as_of, race(pipeline)),
        members: &members,
        contacts: ground.kept.contacts,
        has_goals: ground.kept.has_goals,
        credit: &credit,
        aggregate: pipeline.reports.aggregate.then_some(pipeline.reports.k),
        tables: &wanted,
    };
    save(folder, "report.html", |out| out.write_all(crate::write::page(&page).as_bytes()))
}
