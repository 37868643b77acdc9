//! Exports that show far fewer people than those before them: told, since they may be a part or somebody else's.

use super::export::Exports;
use super::knowledge::Knowledge;
use super::load::FileReport;
use crate::problem::Problem;
use crate::state::memory::Memory;
use crate::store::Store;
use crate::text::visible;

/// Fewer people than this leave a network without anybody being asked.
const LEAST: usize = 10;

/// What is worth a look: complete exports that the last run did not know, and in which most of the people of the
/// exports before them are missing, so that they count as no longer connected.
pub(super) fn notes(
    files: &[FileReport],
    store: &Store,
    exports: &Exports,
    known: &Knowledge,
    memory: &Memory,
) -> Vec<Problem> {
    let new = files.iter().filter(|file| !memory.files.contains_key(&file.sha256));
    let sources = new.flat_map(|file| &file.parts).flat_map(super::load::PartReport::sections);
    let mut notes = Vec::new();
    for section in sources {
        let source = &store.sources[section.source as usize];
        let export = &exports.all[source.export as usize];
        if export.series.is_none() || export.source != section.source {
            continue;
        }
        let held = || {
            let here = |held: &&crate::contact::Holding| {
                held.member == source.member && held.channel == source.channel
            };
            known.holdings.iter().filter(here)
        };
        let ended = held().filter(|held| held.ended_on == Some(export.day)).count();
        let open = held().filter(|held| held.ended_on.is_none()).count();
        if ended >= LEAST && ended > open {
            let path = visible(&source.path);
            let what = format!(
                "{path} does not show {ended} people of the exports before it, more than the {open} who are left; they \
                 count as no longer connected. If it is a part of the network only, or somebody else's, take it away \
                 and run again"
            );
            notes.push(Problem::new(0, "export-shrunk", what));
        }
    }
    notes
}
