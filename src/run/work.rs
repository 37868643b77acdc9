//! `work.xlsx`, the team's own workbook: answers are read from it before it is written anew, and a workbook
//! with anything in it that was not read is never replaced.

mod clean;
mod pairs;
mod sheet;
mod sort;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::cleanup;
use super::decisions::{Answer, Ledger};
use super::hands::{Hands, InForce, SetTier, Survivors};
use super::keeps::{Keep, Keeps};
use crate::contact::Letter;
use crate::link::identity::contact_number;
use crate::link::parse_record_id;
use crate::problem::Problem;
use crate::read::plain::{self, Plain};
use crate::state::files;
use crate::table::Language;
use crate::write::review::ReviewRow;
use crate::write::work::{CleanRow, ListLine, SortRow, WorkBook, WorkRow};
use clean::{Cleaned, ToClean, Verdict};
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
    /// Decisions on contacts to clean up that are not known yet, in the order of the sheet.
    cleaned: Vec<Cleaned>,
    /// The record ids that its rows name.
    pub(super) asked: BTreeSet<u64>,
    pairs: Harvest<Pairs>,
    to_sort: Harvest<ToSort>,
    to_clean: Harvest<ToClean>,
}

/// What people have said before.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'a> {
    pub(super) pairs: &'a [Answer],
    pub(super) tiers: &'a [SetTier],
    pub(super) keeps: &'a [Keep],
}

impl Work {
    /// Reads the workbook and gives out the answers that are not known yet.
    pub(super) fn harvest(path: &Path, state: &Path, today: NaiveDate, known: &Known<'_>) -> Work {
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
                let cleaned = clean::known(known.keeps, known.tiers);
                for sheet in &sheets {
                    let pairs = work.pairs.read(sheet, today, known.pairs, &mut work.told);
                    let to_sort = work.to_sort.read(sheet, today, known.tiers, &mut work.told);
                    let to_clean = work.to_clean.read(sheet, today, &cleaned, &mut work.told);
                    if !pairs && !to_sort && !to_clean {
                        work.told.keep = headless(sheet).or(work.told.keep);
                    }
                }
                work.contradict();
            }
            Err(problem) => work.told.keep = Some(problem.message),
        }
        work.answers = std::mem::take(&mut work.pairs.answers);
        work.tiers = std::mem::take(&mut work.to_sort.answers);
        work.cleaned = std::mem::take(&mut work.to_clean.answers);
        work.asked = work.pairs.asked.iter().flat_map(|(a, b)| [*a, *b]).collect();
        work
    }

    /// Takes out what the lists of contacts say differently of one contact, and tells of it.
    fn contradict(&mut self) {
        let Work { to_sort, to_clean, told, .. } = self;
        let mut torn: BTreeSet<u64> = BTreeSet::new();
        for (contact, (verdict, there)) in &to_clean.said {
            let Some((Some(letter), here)) = to_sort.said.get(contact) else { continue };
            let agrees = match verdict {
                Verdict::Keep => *letter != Letter::D,
                Verdict::Tier(other) => letter == other,
            };
            if !agrees {
                told.contradict(here, there);
                torn.insert(*contact);
            }
        }
        to_sort.answers.retain(|set| !torn.contains(&set.contact));
        to_clean.answers.retain(|cleaned| !torn.contains(&cleaned.set.contact));
    }

    /// What was not understood, with its cell.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.told.problems
    }

    /// Adds what was read to the answers, the categories and what is kept.
    pub(super) fn give(&mut self, ledger: &mut Ledger, hands: &mut Hands, keeps: &mut Keeps) {
        for answer in self.answers.drain(..) {
            ledger.push(answer);
        }
        for set in self.tiers.drain(..) {
            hands.push(set);
        }
        for cleaned in self.cleaned.drain(..) {
            // Whoever is let go is asked no more; whoever gets another category or stays is not for a year.
            if cleaned.verdict != Verdict::Tier(Letter::D) {
                keeps.push(cleaned.keep());
            }
            let set = &cleaned.set;
            // Who keeps a contact after all takes back the category that this sheet set before.
            if set.letter.is_some() || clean::has_set(&hands.answers, set.contact, &set.by) {
                hands.push(cleaned.set);
            }
        }
    }

    /// Replaces the workbook by new lists; where that cannot be done, says why and leaves it.
    pub(super) fn replace(&self, list: &List<'_>) -> Option<String> {
        let name = self.path.display();
        if let Some(why) = &self.told.keep {
            return Some(format!("{name} stays as it is: {why}"));
        }
        if let Some(lock) = files::open_elsewhere(&self.path) {
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
        let sorted = |contact: u64, _: &Note| list.hands.letter(contact).is_some();
        let id = |row: &SortRow| contact_number(&row.contact_id);
        let (lines, kept) = contact_lines(&self.to_sort, list.to_sort, id, &sorted, list);
        book.to_sort(&lines, list.generation)?;
        let clean = list.to_clean;
        let settled = |contact: u64, note: &Note| {
            // What was put off without a word goes when there is nothing to clean up any more.
            let gone = note.remark.is_empty() && !clean.open.contains(&contact);
            gone || clean.settled.contains(&contact)
        };
        let id = |row: &CleanRow| contact_number(&row.contact_id);
        let (lines, mut dirty) = contact_lines(&self.to_clean, &clean.rows, id, &settled, list);
        dirty.retain(|contact| clean.open.contains(contact));
        book.to_clean(&lines, list.generation)?;
        let left = |left_out: u64, kept: Vec<u64>| left_out.saturating_sub(kept.len() as u64);
        book.help([list.left_out, left(list.sort_left_out, kept), left(clean.left_out, dirty)])?;
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
}

/// The rows of a sheet of contacts: those that were put off last, whether they fit the list or not. What was written
/// into a row stays until the contact is settled, and for good where it was not understood. Also gives the contacts
/// that are not settled and were not in the list.
fn contact_lines<'a, L: sheet::List<Key = u64>, R>(
    harvest: &'a Harvest<L>,
    rows: &'a [R],
    id: impl Fn(&R) -> Option<u64>,
    settled: &dyn Fn(u64, &Note) -> bool,
    list: &List<'_>,
) -> (Vec<ListLine<'a, R>>, Vec<u64>) {
    // What was written about a contact that was merged is shown with the one it became, unless something
    // was written about that one as well.
    let mut notes: BTreeMap<u64, &Note> = BTreeMap::new();
    let mut others: Vec<(u64, &Note)> = Vec::new();
    let of_today = |(number, _): &(&u64, &Note)| list.survivors.of(**number) == Some(**number);
    let (own, merged): (Vec<_>, Vec<_>) = harvest.notes.iter().partition(of_today);
    for (number, note) in own.into_iter().chain(merged) {
        let contact = list.survivors.of(*number).unwrap_or(*number);
        match notes.entry(contact) {
            Entry::Vacant(free) => drop(free.insert(note)),
            Entry::Occupied(_) => others.push((contact, note)),
        }
    }
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for row in rows {
        let Some(contact) = id(row) else { continue };
        let (answer, remark, later) = written(notes.remove(&contact), list.language);
        let line = ListLine::Contact { row, answer, remark };
        if later { last.push(line) } else { first.push(line) }
    }
    first.append(&mut last);
    let mut kept = Vec::new();
    for (contact, note) in notes.into_iter().chain(others) {
        let settled = settled(contact, note);
        if note.unread || !settled {
            kept.extend(list.survivors.of(contact).filter(|_| !settled));
            first.push(ListLine::Kept { cells: &note.row, answer: note.answer(list.language) });
        }
    }
    (first, kept)
}

/// What somebody has written into a row: the cell for the answer, the remark, and whether it was put off.
fn written(note: Option<&Note>, language: Language) -> (&str, &str, bool) {
    note.map_or(("", "", false), |note| (note.answer(language), note.remark.as_str(), note.is_later()))
}

/// Why a workbook with this sheet must not be replaced: its rows are of a list, and its header is gone.
fn headless(sheet: &Plain) -> Option<String> {
    let rows = |is_row: fn(&[String]) -> bool| sheet.rows.iter().any(|(_, cells)| is_row(cells));
    let quoted =
        |words: crate::table::Words| format!("\u{201c}{}\u{201d}", words.in_language(Language::English));
    let header = if rows(Pairs::is_row) {
        quoted(Pairs::ANSWER)
    } else if rows(ToSort::is_row) {
        format!("{} or {}", quoted(ToSort::ANSWER), quoted(ToClean::ANSWER))
    } else {
        return None;
    };
    Some(format!(
        "the sheet \u{201c}{}\u{201d} has lost its header {header}; its answers were not read. Write it back above them, \
         or keep a sheet of your own in another file",
        sheet.sheet
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
    /// The contacts to clean up.
    pub(super) to_clean: &'a cleanup::Asked,
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

#[cfg(test)]
mod tests;
