//! The rows of an inbox as linking takes them, for fitting weights and measuring.

use super::{Job, find_out, people, settings, stages::Stages};
use crate::error::Result;
use crate::link;
use crate::state::generation::Generations;

/// All rows of an inbox that are linked, where they stand, and how they would be linked.
pub struct Rows<'a> {
    /// The rows.
    pub rows: Vec<link::Row<'a>>,
    /// For each row its file in the inbox, the line on which it starts, and its sheet (mostly empty).
    pub places: Vec<(&'a str, u32, &'a str)>,
    /// How the pipeline file wants them linked.
    pub options: link::Options,
    /// What linking found.
    pub linked: &'a link::Linked,
}

/// Reads, cleans and links an inbox and shows its rows; writes nothing.
///
/// # Errors
/// As [`run`](super::run) until there is something to write.
pub fn show<T>(job: &Job, look: impl FnOnce(&Rows<'_>) -> T) -> Result<T> {
    let current = Generations::at(&job.workspace.out).current()?;
    let found = find_out(job, current, &mut Stages::start())?;
    let store = &found.store;
    let numbers = &found.people.rows;
    let place = |number: &u32| {
        let record = &store.records[*number as usize];
        let source = store.source(record);
        (source.path.as_str(), record.line, source.sheet.as_str())
    };
    let rows = people::link_rows(
        store,
        &found.cleaned.cells,
        &found.people.record_ids,
        (numbers, &found.people.again),
    );
    Ok(look(&Rows {
        rows,
        places: numbers.iter().map(place).collect(),
        options: settings(&job.workspace.pipeline),
        linked: &found.people.linked,
    }))
}
