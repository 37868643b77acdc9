//! Regulated professions: titles that tell the sector where the company does not.

use super::keyword::{Keywords, Verdict};
use super::{Industry, Reason, name};
use std::sync::LazyLock;

static PROFESSIONS: LazyLock<Keywords> =
    LazyLock::new(|| Keywords::new(include_str!("../../../data/professions.tsv")));

/// The sector of a regulated profession, with low confidence: its people also work elsewhere.
pub(super) fn by_title(position: &str) -> Option<Industry> {
    let folded = name::folded(position);
    let mut found = None;
    for part in name::parts(&folded) {
        let words = name::words(part);
        let Verdict::Sector(hit, false) = PROFESSIONS.verdict(&words) else { continue };
        if found.as_ref().is_some_and(|(sector, _)| *sector != hit.sector) {
            return None;
        }
        found.get_or_insert_with(|| {
            let title: Vec<&str> = words[hit.words()].iter().map(|word| word.text).collect();
            (hit.sector, title.join(" "))
        });
    }
    let (sector, title) = found?;
    Some(Industry { sector, confidence: 0.45, reason: Reason::Title { title } })
}
