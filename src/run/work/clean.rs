//! The list of contacts to clean up in the workbook.

use super::sheet::{List, Row, Stamp};
use super::sort::ToSort;
use crate::contact::Letter;
use crate::run::hands::{SetTier, category};
use crate::run::keeps::{Keep, keeps};
use crate::table::{Language, Words};
use crate::text::{fold, squeeze};
use crate::write::work::{DECISION, NAME, clean_columns};

/// Words that sort a contact out, folded.
const ARCHIVE: [&str; 8] = [
    "archive",
    "archivieren",
    "aussortieren",
    "sort out",
    "archived",
    "archiviert",
    "aussortiert",
    "ins archiv",
];

/// The list of contacts to clean up: a row is about the number of a contact.
pub(super) struct ToClean;

/// What somebody decided on a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stays as it is.
    Keep,
    /// It gets this category.
    Tier(Letter),
}

/// A decision on a contact, with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cleaned {
    pub(super) verdict: Verdict,
    /// The category for `tiers.csv`; what it says stands in `verdict`.
    pub(super) set: SetTier,
}

impl Cleaned {
    /// The line for `cleanup.csv`.
    pub(super) fn keep(&self) -> Keep {
        let SetTier { contact, on, by, note, name, .. } = self.set.clone();
        Keep { contact, kept: true, on, by, note, name }
    }
}

impl List for ToClean {
    type Key = u64;
    type Said = Verdict;
    type Answer = Cleaned;
    const ANSWER: Words = DECISION;
    const CHOICES: &'static str = "keep, archive, A, B, C or later";
    const LOST: [&'static str; 2] = ToSort::LOST;
    const STAMP: &'static str = " clean-up";

    fn columns(language: Language) -> Vec<&'static str> {
        clean_columns(language)
    }

    fn key(row: &Row<'_>) -> Option<u64> {
        ToSort::key(row)
    }

    fn is_row(cells: &[String]) -> bool {
        ToSort::is_row(cells)
    }

    fn said(text: &str) -> Result<Verdict, String> {
        if keeps(text) == Some(true) {
            return Ok(Verdict::Keep);
        }
        let folded = fold(&squeeze(text));
        if ARCHIVE.contains(&folded.trim_end_matches(['.', '!', ','])) {
            return Ok(Verdict::Tier(Letter::D));
        }
        match category(text) {
            Ok(Some(letter)) => Ok(Verdict::Tier(letter)),
            Ok(None) => Err(format!("\u{201c}{text}\u{201d} is no decision")),
            Err(doubt) => Err(doubt.told(text)),
        }
    }

    fn answer(row: &Row<'_>, contact: u64, verdict: Verdict, stamp: Stamp) -> Cleaned {
        let Stamp { on, by, note } = stamp;
        let letter = match verdict {
            Verdict::Keep => None,
            Verdict::Tier(letter) => Some(letter),
        };
        Cleaned { verdict, set: SetTier { contact, letter, on, by, note, name: row.under(NAME) } }
    }

    fn of(answer: &Cleaned) -> (u64, Verdict, &str) {
        (answer.set.contact, answer.verdict, &answer.set.by)
    }
}

/// What earlier runs took from such sheets, as it counts now: the last category that a sheet set comes before what
/// it kept, and one that was taken back counts no more.
pub(super) fn known(kept: &[Keep], set: &[SetTier]) -> Vec<Cleaned> {
    let is_ours = |by: &str| by.ends_with(ToClean::STAMP);
    let ours = kept.iter().filter(|keep| keep.kept && is_ours(&keep.by)).map(|keep| {
        let Keep { contact, on, by, note, name, .. } = keep.clone();
        Cleaned { verdict: Verdict::Keep, set: SetTier { contact, letter: None, on, by, note, name } }
    });
    let mut known: Vec<Cleaned> = ours.collect();
    for (place, line) in set.iter().enumerate().filter(|(_, line)| is_ours(&line.by)) {
        let same = |other: &SetTier| other.contact == line.contact && other.by == line.by;
        if let Some(letter) = line.letter.filter(|_| !set[place + 1..].iter().any(same)) {
            known.push(Cleaned { verdict: Verdict::Tier(letter), set: line.clone() });
        }
    }
    known
}

/// Whether the last category that a sheet set for a contact still stands, so that keeping it must take it back.
pub(super) fn has_set(set: &[SetTier], contact: u64, by: &str) -> bool {
    let ours = |line: &&SetTier| line.contact == contact && line.by == by;
    set.iter().rev().find(ours).is_some_and(|line| line.letter.is_some())
}

#[cfg(test)]
mod tests;
