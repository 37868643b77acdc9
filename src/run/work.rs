//! `work.xlsx`, the team's own workbook: answers are read from it before it is written anew, and a workbook
//! with anything in it that was not read is never replaced.

mod pairs;
mod sheet;
mod sort;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::decisions::{Answer, Ledger};
use super::hands::{Hands, InForce, SetTier, Survivors};
use crate::link::identity::contact_number;
use crate::link::parse_record_id;
use crate::problem::Problem;
use crate::read::plain::{self, Plain};
use crate::state::files;
use crate::table::Language;
use crate::write::review::ReviewRow;
use crate::write::work::{SortLine, SortRow, WorkBook, WorkRow};
use pairs::Pairs;
use sheet::{Harvest, List as _, Note, Told};
use sort::ToSort;

/// What stands in the workbook, as far as it is kept for the next one.
#[derive(Default)]
pub(super) struct Work {
    path: PathBuf,
    state: PathBuf,
    /// Hash of the file that was read; none where there was none.
    seal: Option<Vec<u8>>,
    told: Told,
    /// Answers that are not known yet, in the order of the sheet.
    pub(super) answers: Vec<Answer>,
    /// Categories that are not known yet, in the order of the sheet.
    pub(super) tiers: Vec<SetTier>,
    /// The record ids that its rows name.
    pub(super) asked: BTreeSet<u64>,
    pairs: Harvest<Pairs>,
    to_sort: Harvest<ToSort>,
}

impl Work {
    /// Reads the workbook and gives out the answers that `known` and `set` do not hold yet.
    pub(super) fn harvest(
        path: &Path,
        state: &Path,
        today: NaiveDate,
        known: &[Answer],
        set: &[SetTier],
    ) -> Work {
        let mut work = Work { path: path.to_owned(), state: state.to_owned(), ..Work::default() };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return work,
            Err(error) => {
                work.told.keep = Some(format!("it cannot be read: {error}"));
                return work;
            }
        };
        work.seal = Some(Sha256::digest(&bytes).to_vec());
        match plain::sheets(&bytes) {
            Ok(sheets) => {
                for sheet in &sheets {
                    let pairs = work.pairs.read(sheet, today, known, &mut work.told);
                    let to_sort = work.to_sort.read(sheet, today, set, &mut work.told);
                    if !pairs && !to_sort {
                        work.told.keep = headless(sheet).or(work.told.keep);
                    }
                }
            }
            Err(problem) => work.told.keep = Some(problem.message),
        }
        work.answers = std::mem::take(&mut work.pairs.answers);
        work.tiers = std::mem::take(&mut work.to_sort.answers);
        work.asked = work.pairs.asked.iter().flat_map(|(a, b)| [*a, *b]).collect();
        work
    }

    /// What was not understood, with its cell.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.told.problems
    }

    /// Adds what was read to the answers and the categories.
    pub(super) fn give(&mut self, ledger: &mut Ledger, hands: &mut Hands) {
        for answer in self.answers.drain(..) {
            ledger.push(answer);
        }
        for set in self.tiers.drain(..) {
            hands.push(set);
        }
    }

    /// Replaces the workbook by new lists; where that cannot be done, says why and leaves it.
    pub(super) fn replace(&self, list: &List<'_>) -> Option<String> {
        let name = self.path.display();
        if let Some(why) = &self.told.keep {
            return Some(format!("{name} stays as it is: {why}"));
        }
        if let Some(lock) = open_in(&self.path) {
            return Some(format!(
                "{name} is open ({lock} lies beside it) and stays as it is; what was answered in it is kept. \
                 Close it before the next run"
            ));
        }
        let now = match fs::read(&self.path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Some(format!("{name} stays as it is: {error}")),
        };
        if now.as_ref().map(|bytes| Sha256::digest(bytes).to_vec()) != self.seal {
            return Some(format!(
                "{name} was changed while the run was at work and stays as it is; the next run reads it"
            ));
        }
        let new = match self.book(list) {
            Ok(new) => new,
            Err(error) => return Some(format!("{name} stays as it is: {error}")),
        };
        if now.as_ref() == Some(&new) {
            return None;
        }
        // Sheets and columns that people added are not taken over, so the last one they touched is kept.
        let kept = match now.filter(|_| self.told.touched) {
            Some(old) => files::replace(&self.state.join("work.xlsx"), &old),
            None => Ok(()),
        };
        let replaced = kept.and_then(|()| files::replace_shared(&self.path, &new));
        replaced.err().map(|error| format!("{error}; it stays as it is, and what was answered in it is kept"))
    }

    fn book(&self, list: &List<'_>) -> std::io::Result<Vec<u8>> {
        let mut book = WorkBook::new(list.language, list.as_of)?;
        book.pairs(&self.pair_rows(list), list.generation)?;
        let (lines, kept) = self.sort_lines(list);
        book.to_sort(&lines, list.generation)?;
        book.help(list.left_out, list.sort_left_out.saturating_sub(kept))?;
        let mut bytes = Vec::new();
        book.finish(&mut bytes)?;
        Ok(bytes)
    }

    /// The rows of the sheet of open pairs: those that were put off last.
    fn pair_rows<'a>(&'a self, list: &'a List<'_>) -> Vec<WorkRow<'a>> {
        let mut shown: BTreeSet<(u64, u64)> = BTreeSet::new();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for row in list.rows {
            let ids: Vec<u64> =
                row.sides.iter().filter_map(|side| parse_record_id(&side.record_id)).collect();
            let [a, b] = ids[..] else { continue };
            let pair = (a.min(b), a.max(b));
            shown.insert(pair);
            let (answer, remark, later) = written(self.pairs.notes.get(&pair), list.language);
            let pair = WorkRow::Pair { row, answer, remark };
            if later { last.push(pair) } else { first.push(pair) }
        }
        first.append(&mut last);
        // A pair that is not asked any more is settled, whatever was put off.
        let gone = self.pairs.notes.iter().filter(|(pair, note)| note.unread && !shown.contains(*pair));
        first.extend(gone.map(|(_, note)| WorkRow::Kept(&note.row)));
        first
    }

    /// The rows of the sheet of contacts to sort: those that were put off last, whether they fit the list or
    /// not. Also gives how many of them were left out of the list.
    fn sort_lines<'a>(&'a self, list: &'a List<'_>) -> (Vec<SortLine<'a>>, u64) {
        // What was written about a contact that was merged is shown with the one it became, unless something
        // was written about that one as well.
        let mut notes: BTreeMap<u64, &Note> = BTreeMap::new();
        let mut others: Vec<(u64, &Note)> = Vec::new();
        let of_today = |(number, _): &(&u64, &Note)| list.survivors.of(**number) == Some(**number);
        let (own, merged): (Vec<_>, Vec<_>) = self.to_sort.notes.iter().partition(of_today);
        for (number, note) in own.into_iter().chain(merged) {
            let contact = list.survivors.of(*number).unwrap_or(*number);
            match notes.entry(contact) {
                Entry::Vacant(free) => drop(free.insert(note)),
                Entry::Occupied(_) => others.push((contact, note)),
            }
        }
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for row in list.to_sort {
            let Some(contact) = contact_number(&row.contact_id) else { continue };
            let (answer, remark, later) = written(notes.remove(&contact), list.language);
            let line = SortLine::Contact { row, answer, remark };
            if later { last.push(line) } else { first.push(line) }
        }
        first.append(&mut last);
        let mut kept = 0;
        for (contact, note) in notes.into_iter().chain(others) {
            let sorted = list.hands.letter(contact).is_some();
            if note.unread || !sorted {
                kept += u64::from(!sorted && list.survivors.of(contact).is_some());
                first.push(SortLine::Kept { cells: &note.row, answer: note.answer(list.language) });
            }
        }
        (first, kept)
    }
}

/// What somebody has written into a row: the cell for the answer, the remark, and whether it was put off.
fn written(note: Option<&Note>, language: Language) -> (&str, &str, bool) {
    note.map_or(("", "", false), |note| (note.answer(language), note.remark.as_str(), note.is_later()))
}

/// Why a workbook with this sheet must not be replaced: its rows are of a list, and its header is gone.
fn headless(sheet: &Plain) -> Option<String> {
    let rows = |is_row: fn(&[String]) -> bool| sheet.rows.iter().any(|(_, cells)| is_row(cells));
    let header = if rows(Pairs::is_row) {
        Pairs::ANSWER
    } else if rows(ToSort::is_row) {
        ToSort::ANSWER
    } else {
        return None;
    };
    Some(format!(
        "the sheet \u{201c}{}\u{201d} has lost its header \u{201c}{}\u{201d}; its answers were not read. Write it back \
         above them, or keep a sheet of your own in another file",
        sheet.sheet,
        header.in_language(Language::English)
    ))
}

/// What the new workbook holds.
pub(super) struct List<'a> {
    /// The open pairs.
    pub(super) rows: &'a [ReviewRow],
    /// How many more there are.
    pub(super) left_out: u64,
    /// The contacts to sort, the most promising first.
    pub(super) to_sort: &'a [SortRow],
    /// How many more there are.
    pub(super) sort_left_out: u64,
    /// Who the contacts of earlier sheets are today.
    pub(super) survivors: &'a Survivors<'a>,
    /// The categories that people have set.
    pub(super) hands: &'a InForce,
    /// In which language.
    pub(super) language: Language,
    /// The day the data describe.
    pub(super) as_of: NaiveDate,
    /// The run that asks.
    pub(super) generation: &'a str,
}

/// The file that a program leaves beside a workbook while it holds it open.
fn open_in(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.into_iter().find(|lock| path.with_file_name(lock).exists())
}

#[cfg(test)]
mod tests;
