//! `work.xlsx`, the team's own workbook: answers are read from it before it is written anew, and a workbook
//! with anything in it that was not read is never replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::decisions::{Answer, Ledger, Said};
use crate::link::parse_record_id;
use crate::problem::Problem;
use crate::read::plain::{self, Plain};
use crate::state::files;
use crate::table::{Language, Words};
use crate::text::{fold, header_key, squeeze};
use crate::write::review::ReviewRow;
use crate::write::work::{ANSWER, ASKED, CHOICES, REMARK, WorkBook, WorkRow, columns};

/// Rows in which the header is looked for.
const SEARCHED: usize = 30;

/// Words that put a question off.
const LATER: [&str; 5] = ["later", "spaeter", "skip", "weiss nicht", "don't know"];

/// What stands in the workbook, as far as it is kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Work {
    path: PathBuf,
    state: PathBuf,
    /// Hash of the file that was read; none where there was none.
    seal: Option<Vec<u8>>,
    /// Why it must not be replaced.
    keep: Option<String>,
    /// Answers that are not known yet, in the order of the sheet.
    pub(super) answers: Vec<Answer>,
    /// What was not understood, with its cell.
    pub(super) problems: Vec<Problem>,
    /// The record ids that its rows name.
    pub(super) asked: BTreeSet<u64>,
    /// What stands in the cells of a pair and is no answer.
    notes: BTreeMap<(u64, u64), Note>,
    /// Whether a person has written into it.
    touched: bool,
}

/// What somebody wrote about a pair, not an answer.
#[derive(Debug, Default)]
struct Note {
    answer: String,
    remark: String,
    /// The whole row by column, where its answer was not understood.
    row: Option<Vec<String>>,
}

impl Work {
    /// Reads the workbook and gives out the answers that `known` does not hold yet.
    pub(super) fn harvest(path: &Path, state: &Path, today: NaiveDate, known: &[Answer]) -> Work {
        let mut work = Work { path: path.to_owned(), state: state.to_owned(), ..Work::default() };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return work,
            Err(error) => {
                work.keep = Some(format!("it cannot be read: {error}"));
                return work;
            }
        };
        work.seal = Some(Sha256::digest(&bytes).to_vec());
        match plain::sheets(&bytes) {
            Ok(sheets) => {
                let mut said: BTreeMap<(u64, u64), (Said, String)> = BTreeMap::new();
                for sheet in &sheets {
                    work.read_sheet(sheet, today, known, &mut said);
                }
            }
            Err(problem) => work.keep = Some(problem.message),
        }
        work
    }

    fn read_sheet(
        &mut self,
        sheet: &Plain,
        today: NaiveDate,
        known: &[Answer],
        said: &mut BTreeMap<(u64, u64), (Said, String)>,
    ) {
        let is = |cell: &String, title: Words| {
            Language::ALL.iter().any(|language| header_key(title.in_language(*language)) == header_key(cell))
        };
        let header =
            sheet.rows.iter().take(SEARCHED).find(|(_, row)| row.iter().any(|cell| is(cell, ANSWER)));
        let Some((header_line, header)) = header else {
            if sheet.rows.iter().any(|(_, row)| ids(row).len() > 1) {
                self.keep = Some(format!(
                    "the sheet \u{201c}{}\u{201d} has lost its header \u{201c}{}\u{201d}; its answers were not read. Write it back above them",
                    sheet.sheet,
                    ANSWER.in_language(Language::English)
                ));
            }
            return;
        };
        let place = |title: Words| header.iter().position(|cell| is(cell, title));
        let order: Vec<Option<usize>> = header.iter().map(|cell| place_of(cell)).collect();
        let Some(answer_at) = place(ANSWER) else { return };
        let (remark_at, asked_at) = (place(REMARK), place(ASKED));
        for (line, row) in sheet.rows.iter().filter(|(line, _)| line > header_line) {
            let cell = |at: Option<usize>| {
                squeeze(at.and_then(|at| row.get(at)).map_or("", String::as_str)).into_owned()
            };
            let (text, remark) = (cell(Some(answer_at)), cell(remark_at));
            let address = address(*line, answer_at);
            let [a, b] = ids(row)[..] else {
                if !text.is_empty() {
                    self.misread(sheet, *line, &address, "the row no longer says which records it is about");
                    self.keep = Some(format!("the answer in cell {address} belongs to no pair"));
                }
                continue;
            };
            self.asked.extend([a, b]);
            self.touched |= !text.is_empty() || !remark.is_empty();
            let pair = (a.min(b), a.max(b));
            let Some(now) = Said::from_word(&text) else {
                if text.is_empty() && remark.is_empty() {
                    continue;
                }
                let put_off = text.is_empty() || LATER.contains(&fold(&text).as_str());
                if !put_off {
                    let what = format!("\u{201c}{text}\u{201d} is no answer; it stays in the sheet");
                    self.misread(sheet, *line, &address, &what);
                }
                let whole = || in_order(row, &order);
                self.notes.insert(pair, Note { answer: text, remark, row: (!put_off).then(whole) });
                continue;
            };
            let asked = cell(asked_at);
            let by = format!("work.xlsx {asked}").trim_end().to_owned();
            if let Some((before, place)) = said.get(&pair) {
                if *before != now {
                    let what = format!(
                        "it contradicts the answer on the same pair in cell {place}; neither was taken"
                    );
                    self.misread(sheet, *line, &address, &what);
                    self.keep = Some(format!("the cells {place} and {address} contradict each other"));
                    self.answers.retain(|answer| answer.pair() != pair);
                }
                continue;
            }
            said.insert(pair, (now, address));
            // What this sheet said when it was read before is no news, even if somebody has changed their mind.
            let heard = known.iter().rev().find(|answer| answer.pair() == pair && answer.by == by);
            if heard.is_none_or(|answer| answer.said != now) {
                self.answers.push(Answer { a, b, said: now, on: today.to_string(), by, note: remark });
            }
        }
    }

    fn misread(&mut self, sheet: &Plain, line: u32, address: &str, what: &str) {
        let message = format!(
            "sheet \u{201c}{}\u{201d}, cell {address}: {what}. Choose same, different or later there",
            sheet.sheet
        );
        self.problems.push(Problem::new(line, "answer-not-understood", message).in_column(address));
    }

    /// Adds what was read to the answers.
    pub(super) fn give(&mut self, ledger: &mut Ledger) {
        for answer in self.answers.drain(..) {
            ledger.push(answer);
        }
    }

    /// Replaces the workbook by a new list; where that cannot be done, says why and leaves it.
    pub(super) fn replace(&self, list: &List<'_>) -> Option<String> {
        let name = self.path.display();
        if let Some(why) = &self.keep {
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
        let kept = match now.filter(|_| self.touched) {
            Some(old) => files::replace(&self.state.join("work.xlsx"), &old),
            None => Ok(()),
        };
        let replaced = kept.and_then(|()| files::replace_shared(&self.path, &new));
        replaced.err().map(|error| format!("{error}; it stays as it is, and what was answered in it is kept"))
    }

    fn book(&self, list: &List<'_>) -> std::io::Result<Vec<u8>> {
        let empty = Note::default();
        let mut shown: BTreeSet<(u64, u64)> = BTreeSet::new();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for row in list.rows {
            let ids: Vec<u64> =
                row.sides.iter().filter_map(|side| parse_record_id(&side.record_id)).collect();
            let [a, b] = ids[..] else { continue };
            let pair = (a.min(b), a.max(b));
            shown.insert(pair);
            let note = self.notes.get(&pair).unwrap_or(&empty);
            let later = LATER.contains(&fold(&note.answer).as_str());
            let answer = if later { CHOICES[2].in_language(list.language) } else { note.answer.as_str() };
            let pair = WorkRow::Pair { row, answer, remark: &note.remark };
            if later { last.push(pair) } else { first.push(pair) }
        }
        first.append(&mut last);
        let gone = self.notes.iter().filter(|(pair, _)| !shown.contains(pair));
        first.extend(gone.filter_map(|(_, note)| note.row.as_deref().map(WorkRow::Kept)));
        let mut book = WorkBook::new(list.language, list.as_of)?;
        book.pairs(&first, list.generation)?;
        book.help(list.left_out)?;
        let mut bytes = Vec::new();
        book.finish(&mut bytes)?;
        Ok(bytes)
    }
}

/// What the new workbook holds.
pub(super) struct List<'a> {
    /// The open pairs.
    pub(super) rows: &'a [ReviewRow],
    /// How many more there are.
    pub(super) left_out: u64,
    /// In which language.
    pub(super) language: Language,
    /// The day the data describe.
    pub(super) as_of: NaiveDate,
    /// The run that asks.
    pub(super) generation: &'a str,
}

/// The record ids that a row names, each once, in their order. They are looked for in every cell, since
/// people move and remove columns.
fn ids(row: &[String]) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for cell in row.iter().map(|cell| cell.trim()).filter(|cell| cell.starts_with(['r', 'R'])) {
        if let Some(id) = parse_record_id(cell).filter(|id| !found.contains(id)) {
            found.push(id);
        }
    }
    found
}

/// Which column of the sheet a header names, in any language.
fn place_of(cell: &str) -> Option<usize> {
    let key = header_key(cell);
    Language::ALL
        .iter()
        .find_map(|language| columns(*language).iter().position(|title| header_key(title) == key))
}

/// A row of an earlier sheet in today's order of columns.
fn in_order(row: &[String], order: &[Option<usize>]) -> Vec<String> {
    let mut cells = vec![String::new(); columns(Language::English).len()];
    for (cell, place) in row.iter().zip(order) {
        if let Some(slot) = place.and_then(|place| cells.get_mut(place)) {
            slot.clone_from(cell);
        }
    }
    cells
}

/// The address of a cell as spreadsheets write it: A1 is row 1, column 0.
fn address(row: u32, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().chain(row.to_string().chars()).collect()
}

/// The file that a program leaves beside a workbook while it holds it open.
fn open_in(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.into_iter().find(|lock| path.with_file_name(lock).exists())
}
