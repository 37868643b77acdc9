//! One list of the workbook: its answers are read row by row, whatever people have done to the sheet.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::problem::Problem;
use crate::read::plain::Plain;
use crate::table::{Language, Words};
use crate::text::{fold, header_key, squeeze};
use crate::write::work::{ASKED, CHOICES, REMARK};

/// Rows in which the header is looked for.
const SEARCHED: usize = 30;

/// Words that put a question off.
const LATER: [&str; 5] = ["later", "spaeter", "skip", "weiss nicht", "don't know"];

/// Whether a text puts a question off.
fn is_later(text: &str) -> bool {
    LATER.contains(&fold(text).as_str())
}

/// A list that people answer row by row.
pub(super) trait List {
    /// What a row is about.
    type Key: Ord + Copy;
    /// What can be said about it.
    type Said: PartialEq + Copy;
    /// What is kept of it.
    type Answer;
    /// Header of the column for the answer.
    const ANSWER: Words;
    /// The answers, for people.
    const CHOICES: &'static str;
    /// What a row that lost its ids no longer says, and what its answer belongs to.
    const LOST: [&'static str; 2];
    /// What follows the run in the word on who said it, so that two lists of one run are told apart.
    const STAMP: &'static str = "";

    /// The headers in their order.
    fn columns(language: Language) -> Vec<&'static str>;

    /// What a row is about; none if it no longer says so.
    fn key(row: &Row<'_>) -> Option<Self::Key>;

    /// Whether a row below no header comes from such a list.
    fn is_row(cells: &[String]) -> bool;

    /// What a text says.
    ///
    /// # Errors
    /// Why it is no answer.
    fn said(text: &str) -> Result<Self::Said, String>;

    /// The answer of a row.
    fn answer(row: &Row<'_>, key: Self::Key, said: Self::Said, stamp: Stamp) -> Self::Answer;

    /// What an answer is about, what it says and who said it.
    fn of(answer: &Self::Answer) -> (Self::Key, Self::Said, &str);
}

/// When, where and why something was said.
pub(super) struct Stamp {
    pub(super) on: String,
    pub(super) by: String,
    pub(super) note: String,
}

/// Where the columns of a sheet stand today: the keys of its headers.
struct Header(Vec<String>);

impl Header {
    fn new(cells: &[String]) -> Header {
        Header(cells.iter().map(|cell| header_key(cell)).collect())
    }

    fn place(&self, title: Words) -> Option<usize> {
        let is = |key: &String| {
            Language::ALL.iter().any(|language| header_key(title.in_language(*language)) == *key)
        };
        self.0.iter().position(is)
    }

    /// For each column which of the list's columns it is.
    fn order<L: List>(&self) -> Vec<Option<usize>> {
        let of = |key: &String| {
            let place = |language: &Language| {
                L::columns(*language).iter().position(|title| header_key(title) == *key)
            };
            Language::ALL.iter().find_map(place)
        };
        self.0.iter().map(of).collect()
    }
}

/// A row of a sheet.
pub(super) struct Row<'a> {
    header: &'a Header,
    /// The cells in their order.
    pub(super) cells: &'a [String],
}

impl Row<'_> {
    /// The text below a header, in one line.
    pub(super) fn under(&self, title: Words) -> String {
        let cell = self.header.place(title).and_then(|at| self.cells.get(at));
        squeeze(cell.map_or("", String::as_str)).into_owned()
    }
}

/// What somebody wrote into a row, not an answer.
#[derive(Debug, Default)]
pub(super) struct Note {
    answer: String,
    /// The remark.
    pub(super) remark: String,
    /// Whether the answer was not understood, so that the row stays whatever is asked.
    pub(super) unread: bool,
    /// The whole row in today's order of columns.
    pub(super) row: Vec<String>,
}

impl Note {
    /// Whether the row goes to the end of the list.
    pub(super) fn is_later(&self) -> bool {
        is_later(&self.answer)
    }

    /// What stands in the cell for the answer, in a language.
    pub(super) fn answer(&self, language: Language) -> &str {
        if self.is_later() { CHOICES[2].in_language(language) } else { &self.answer }
    }
}

/// What was found in the sheets of one list.
pub(super) struct Harvest<L: List> {
    /// Answers that are not known yet, in the order of the sheet.
    pub(super) answers: Vec<L::Answer>,
    /// What the rows are about.
    pub(super) asked: Vec<L::Key>,
    /// What stands in rows and is no answer.
    pub(super) notes: BTreeMap<L::Key, Note>,
    /// What was said, and in which cell.
    pub(super) said: BTreeMap<L::Key, (L::Said, String)>,
}

impl<L: List> Default for Harvest<L> {
    fn default() -> Harvest<L> {
        Harvest { answers: Vec::new(), asked: Vec::new(), notes: BTreeMap::new(), said: BTreeMap::new() }
    }
}

/// What is to be told of a workbook.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What was not understood, with its cell.
    pub(super) problems: Vec<Problem>,
    /// Why the workbook must not be replaced.
    pub(super) keep: Option<String>,
    /// Whether a person has written into it.
    pub(super) touched: bool,
}

impl Told {
    /// Tells that two lists say different things of one contact, so that neither was taken.
    pub(super) fn contradict(&mut self, here: &str, there: &str) {
        let message = format!(
            "the cells {here} (category) and {there} (clean-up) say different things of one contact; neither was taken. \
             Clear one of them"
        );
        self.problems.push(Problem::new(0, "answer-not-understood", message).in_column(there));
        self.keep = Some(format!("the cells {here} and {there} of two sheets contradict each other"));
    }

    fn misread(&mut self, sheet: &Plain, line: u32, address: &str, what: &str, choices: &str) {
        let message =
            format!("sheet \u{201c}{}\u{201d}, cell {address}: {what}. Choose {choices} there", sheet.sheet);
        self.problems.push(Problem::new(line, "answer-not-understood", message).in_column(address));
    }
}

impl<L: List> Harvest<L> {
    /// Reads a sheet and keeps the answers that `known` does not hold yet; says whether it is one of this list.
    pub(super) fn read(
        &mut self,
        sheet: &Plain,
        today: NaiveDate,
        known: &[L::Answer],
        told: &mut Told,
    ) -> bool {
        let mut first = sheet.rows.iter().take(SEARCHED);
        let header = first.find_map(|(line, cells)| {
            let header = Header::new(cells);
            let answer = header.place(L::ANSWER)?;
            Some((*line, header, answer))
        });
        let Some((header_line, header, answer_at)) = header else { return false };
        for (line, cells) in sheet.rows.iter().filter(|(line, _)| *line > header_line) {
            let row = Row { header: &header, cells };
            self.read_row(sheet, (*line, answer_at), &row, today, known, told);
        }
        true
    }

    fn read_row(
        &mut self,
        sheet: &Plain,
        (line, answer_at): (u32, usize),
        row: &Row<'_>,
        today: NaiveDate,
        known: &[L::Answer],
        told: &mut Told,
    ) {
        let (text, remark) = (row.under(L::ANSWER), row.under(REMARK));
        let address = address(line, answer_at);
        let Some(key) = L::key(row) else {
            if !text.is_empty() {
                let [what, owner] = L::LOST;
                told.misread(sheet, line, &address, &format!("the row no longer says {what}"), L::CHOICES);
                told.keep = Some(format!("the answer in cell {address} belongs to no {owner}"));
            }
            return;
        };
        self.asked.push(key);
        told.touched |= !text.is_empty() || !remark.is_empty();
        let put_off = text.is_empty() || is_later(&text);
        let now = match L::said(&text) {
            Ok(now) => now,
            Err(_) if text.is_empty() && remark.is_empty() => return,
            Err(why) => {
                if !put_off {
                    told.misread(sheet, line, &address, &format!("{why}; it stays in the sheet"), L::CHOICES);
                }
                let row = in_order::<L>(row);
                self.notes.insert(key, Note { answer: text, remark, unread: !put_off, row });
                return;
            }
        };
        if let Some((before, place)) = self.said.get(&key) {
            if *before != now {
                let what = format!(
                    "it contradicts the answer on the same {} in cell {place}; neither was taken",
                    L::LOST[1]
                );
                told.misread(sheet, line, &address, &what, L::CHOICES);
                told.keep = Some(format!("the cells {place} and {address} contradict each other"));
                self.answers.retain(|answer| L::of(answer).0 != key);
            }
            return;
        }
        self.said.insert(key, (now, address));
        let by = format!("{}{}", format!("work.xlsx {}", row.under(ASKED)).trim_end(), L::STAMP);
        // What this sheet said when it was read before is no news, even if somebody has changed their mind.
        let heard = known.iter().rev().map(L::of).find(|(about, _, who)| *about == key && *who == by);
        if heard.is_none_or(|(_, before, _)| before != now) {
            let stamp = Stamp { on: today.to_string(), by, note: remark };
            self.answers.push(L::answer(row, key, now, stamp));
        }
    }
}

/// A row of an earlier sheet in today's order of columns.
fn in_order<L: List>(row: &Row<'_>) -> Vec<String> {
    let mut cells = vec![String::new(); L::columns(Language::English).len()];
    for (cell, place) in row.cells.iter().zip(row.header.order::<L>()) {
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
