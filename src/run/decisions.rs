//! The answers of the team: read from `decisions.csv` and written back so that none is ever lost.
//!
//! The file belongs to people. It is read in whatever form a spreadsheet left it, and new answers go to its
//! end: every line and column that is there stays. Where it cannot be replaced, since somebody has it open,
//! new answers wait in the state until a later run moves them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::link::{parse_record_id, record_id};
use crate::problem::Problem;
use crate::read::plain::{self, Plain};
use crate::state::files;
use crate::state::lock::Lock;
use crate::text::{fold, header_key, squeeze};
use crate::write::{Dialect, guard, unguard};

/// The columns of the file, in the order in which a new one has them.
const COLUMNS: [&str; 6] = ["a", "b", "decision", "on", "by", "note"];

/// What people may call them, folded.
const ALSO: [(&str, &str); 9] = [
    ("entscheidung", "decision"),
    ("antwort", "decision"),
    ("answer", "decision"),
    ("am", "on"),
    ("datum", "on"),
    ("von", "by"),
    ("notiz", "note"),
    ("bemerkung", "note"),
    ("anmerkung", "note"),
];

/// What a person said about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// One person.
    Same,
    /// Two persons.
    Different,
    /// The question is open again: takes back what was said before.
    Open,
}

/// The words for each answer, folded; the first is the one that is written.
const WORDS: [(Said, &[&str]); 3] = [
    (
        Said::Same,
        &[
            "same",
            "gleich",
            "ja",
            "yes",
            "j",
            "y",
            "x",
            "dieselbe",
            "derselbe",
            "dieselbe person",
            "same person",
            "identisch",
            "identical",
            "true",
            "wahr",
        ],
    ),
    (
        Said::Different,
        &[
            "different",
            "verschieden",
            "nein",
            "no",
            "n",
            "anders",
            "andere",
            "unterschiedlich",
            "false",
            "falsch",
        ],
    ),
    (Said::Open, &["open", "offen"]),
];

impl Said {
    /// The answer behind a word in German or English.
    pub fn from_word(text: &str) -> Option<Said> {
        let word = fold(squeeze(unguard(text.trim())).trim_end_matches(['.', '!', ',']));
        let found = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
        Some(found.0)
    }

    /// The word that is written.
    pub fn word(self) -> &'static str {
        match self {
            Said::Same => "same",
            Said::Different => "different",
            Said::Open => "open",
        }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Record id of one side.
    pub a: u64,
    /// Record id of the other side.
    pub b: u64,
    /// What was said.
    pub said: Said,
    /// The day, as it stands in the file.
    pub on: String,
    /// Who said it, or where.
    pub by: String,
    /// A remark.
    pub note: String,
}

impl Answer {
    /// The two record ids, the smaller first.
    pub fn pair(&self) -> (u64, u64) {
        (self.a.min(self.b), self.a.max(self.b))
    }
}

/// All answers, in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    path: PathBuf,
    state: PathBuf,
    dialect: Option<Dialect>,
    /// Every answer: those of the file, then those that are not in it yet.
    pub answers: Vec<Answer>,
    /// Lines that are no answer; they stay in the file.
    pub problems: Vec<Problem>,
    /// How many of the answers at the end are not in the file yet.
    fresh: usize,
    /// What this process added to the file, for taking it back.
    added: Vec<Vec<u8>>,
}

impl Ledger {
    /// Reads the answers at `path` and those that wait in the state. A missing file holds none.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no table of answers: without them people would be
    /// merged whom somebody kept apart.
    pub fn load(path: &Path, state: &Path) -> Result<Ledger> {
        let mut ledger = Ledger { path: path.to_owned(), state: state.to_owned(), ..Ledger::default() };
        let bytes = bytes_of(path)?;
        let table = Answers::read(path, &bytes)?;
        ledger.answers = table.answers;
        ledger.problems = table.problems;
        let waiting = ledger.waiting();
        let waiting = Answers::read(&waiting, &bytes_of(&waiting)?)?.answers;
        // A crash between adding them and removing them from the state must not add them twice.
        if !ledger.answers.ends_with(&waiting) {
            ledger.fresh = waiting.len();
            ledger.answers.extend(waiting);
        }
        Ok(ledger)
    }

    /// The same answers; a new file is written as spreadsheets of the team read it.
    #[must_use]
    pub fn in_dialect(mut self, dialect: Dialect) -> Ledger {
        self.dialect = Some(dialect);
        self
    }

    /// Where the answers are kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers that are not in the file yet.
    fn waiting(&self) -> PathBuf {
        self.state.join("answers.csv")
    }

    /// Adds an answer, to be stored by [`Ledger::store`].
    pub fn push(&mut self, answer: Answer) {
        self.answers.push(answer);
        self.fresh += 1;
    }

    /// Adds what is new to the file, or keeps it in the state and says why.
    ///
    /// # Errors
    /// When it can be kept in neither place.
    pub fn store(&mut self) -> Result<Option<String>> {
        if self.fresh == 0 {
            // What waited was found at the end of the file: a run died before it cleared it away.
            let _ = fs::remove_file(self.waiting());
            return Ok(None);
        }
        let _lock = Lock::for_answers(&self.state)?;
        let fresh = &self.answers[self.answers.len() - self.fresh..];
        let added = self.add_to_file(fresh);
        match added {
            Ok(bytes) => {
                self.added.push(bytes);
                self.fresh = 0;
                let _ = fs::remove_file(self.waiting());
                Ok(None)
            }
            Err(error) => {
                let table = Layout::fresh(Dialect::Plain);
                files::replace(&self.waiting(), &table.whole(fresh))?;
                Ok(Some(format!(
                    "{error}; {} {} kept in {} and moved there by a later run. Close the file",
                    self.fresh,
                    if self.fresh == 1 { "answer is" } else { "answers are" },
                    self.waiting().display()
                )))
            }
        }
    }

    /// Takes the last answer back that this process gave.
    ///
    /// # Errors
    /// When the change can be kept nowhere.
    pub fn take_back(&mut self) -> Result<Option<String>> {
        let Some(last) = self.answers.pop() else { return Ok(None) };
        let lock = Lock::for_answers(&self.state)?;
        if self.fresh > 0 {
            self.fresh -= 1;
            if self.fresh == 0 {
                let _ = fs::remove_file(self.waiting());
                return Ok(None);
            }
            drop(lock);
            return self.store();
        }
        let mut bytes = bytes_of(&self.path)?;
        if let Some(added) = self.added.pop().filter(|added| bytes.ends_with(added)) {
            bytes.truncate(bytes.len() - added.len());
            if files::replace_shared(&self.path, &bytes).is_ok() {
                return Ok(None);
            }
        }
        drop(lock);
        // Somebody has changed or opened the file meanwhile: what they wrote stays.
        self.answers.push(last.clone());
        self.push(Answer { said: Said::Open, ..last });
        self.store()
    }

    /// Puts answers to the end of the file and gives what was added.
    fn add_to_file(&self, fresh: &[Answer]) -> Result<Vec<u8>> {
        let mut bytes = bytes_of(&self.path)?;
        if bytes.is_empty() {
            let layout = Layout::fresh(self.dialect.unwrap_or(Dialect::Plain));
            files::replace_shared(&self.path, &layout.whole(fresh))?;
            return Ok(layout.lines(fresh));
        }
        let layout = Layout::of(&self.path, &bytes, &table_of(&bytes))?;
        let mut added = Vec::new();
        if !layout.ends_line(&bytes) {
            added.extend(layout.encode(layout.line_end));
        }
        added.extend(layout.lines(fresh));
        bytes.extend_from_slice(&added);
        files::replace_shared(&self.path, &bytes)?;
        Ok(added)
    }
}

/// The bytes of a file; none of one that is not there.
fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io(Kind::Io, "the answers cannot be read", path, &error)
            .hinted("without them people would be merged whom somebody kept apart; give it back, or close the program that holds it")),
    }
}

/// The rows of a file of answers.
fn table_of(bytes: &[u8]) -> Plain {
    let also = ALSO.iter().map(|(also, _)| *also);
    plain::delimited(bytes, &COLUMNS.into_iter().chain(also).collect::<Vec<_>>())
}

/// The answers of one file.
#[derive(Default)]
struct Answers {
    answers: Vec<Answer>,
    problems: Vec<Problem>,
}

impl Answers {
    fn read(path: &Path, bytes: &[u8]) -> Result<Answers> {
        let plain = table_of(bytes);
        if plain.rows.is_empty() {
            return Ok(Answers::default());
        }
        let layout = Layout::of(path, bytes, &plain)?;
        let mut found = Answers::default();
        for (line, row) in plain.rows.iter().filter(|(line, _)| *line > layout.header_line) {
            match layout.answer(*line, row) {
                Ok(answer) => found.answers.push(answer),
                Err(problem) => found.problems.push(problem),
            }
        }
        Ok(found)
    }
}

/// How a file of answers is laid out.
struct Layout {
    encoding: &'static str,
    delimiter: u8,
    line_end: &'static str,
    quoted: bool,
    header_line: u32,
    /// For each column of the file which of [`COLUMNS`] it is.
    columns: Vec<Option<usize>>,
}

impl Layout {
    /// A file that is still to be made.
    fn fresh(dialect: Dialect) -> Layout {
        let (delimiter, line_end, encoding) = match dialect {
            Dialect::Plain => (b',', "\n", "UTF-8"),
            Dialect::Spreadsheet { delimiter, .. } => (delimiter, "\r\n", "UTF-8 with mark"),
        };
        let columns = (0..COLUMNS.len()).map(Some).collect();
        Layout { encoding, delimiter, line_end, quoted: false, header_line: 1, columns }
    }

    /// The layout of a file that is there.
    fn of(path: &Path, bytes: &[u8], plain: &Plain) -> Result<Layout> {
        let column = |cell: &String| {
            let key = header_key(unguard(cell));
            let name = ALSO.iter().find(|(also, _)| *also == key).map_or(key.as_str(), |(_, name)| name);
            COLUMNS.iter().position(|column| *column == name)
        };
        let header = plain.rows.iter().find(|(_, row)| {
            let found: Vec<Option<usize>> = row.iter().map(column).collect();
            (0..3).all(|wanted| found.contains(&Some(wanted)))
        });
        let Some((line, row)) = header else {
            let message = format!("{}: no row names the columns a, b and decision", path.display());
            return Err(Error::new(Kind::Config, message)
                .hinted("put the line `a;b;decision;on;by;note` above the answers"));
        };
        let mut columns: Vec<Option<usize>> = row.iter().map(column).collect();
        for at in 1..columns.len() {
            // Of two columns of one name the first counts.
            if columns[..at].contains(&columns[at]) {
                columns[at] = None;
            }
        }
        let has = |text: &[u8]| memchr::memmem::find(bytes, text).is_some();
        Ok(Layout {
            encoding: plain.encoding,
            delimiter: plain.delimiter,
            line_end: if has(b"\r\n") || has(b"\r\0\n\0") || has(b"\0\r\0\n") { "\r\n" } else { "\n" },
            quoted: has(b"\"decision\""),
            header_line: *line,
            columns,
        })
    }

    /// The answer of a row.
    fn answer(&self, line: u32, row: &[String]) -> std::result::Result<Answer, Problem> {
        let cell = |wanted: usize| {
            let at = self.columns.iter().position(|column| *column == Some(wanted));
            let text = at.and_then(|at| row.get(at)).map_or("", String::as_str).trim();
            squeeze(unguard(text)).into_owned()
        };
        let id = |wanted: usize| {
            let text = cell(wanted);
            parse_record_id(&text).ok_or_else(|| {
                let what = if text.is_empty() {
                    "no record id stands here".to_owned()
                } else {
                    format!("\u{201c}{text}\u{201d} is no record id")
                };
                let message = format!(
                    "{what}; the line is not followed. Copy the id from column {} of review.csv, r and 16 letters or \
                     digits; a spreadsheet may have made a number of it",
                    COLUMNS[wanted]
                );
                Problem::new(line, "no-record-id", message).in_column(COLUMNS[wanted])
            })
        };
        let (a, b) = (id(0)?, id(1)?);
        let word = cell(2);
        let Some(said) = Said::from_word(&word) else {
            let message = format!(
                "\u{201c}{word}\u{201d} is no answer; the line is not followed. Write same, different, or open to be asked again"
            );
            return Err(Problem::new(line, "no-answer", message).in_column(COLUMNS[2]));
        };
        if a == b && said == Said::Different {
            let message = "both sides are the same record, which cannot be two people; the line is not followed. \
                           Remove it, or put the other record's id there";
            return Err(Problem::new(line, "same-record", message).in_column(COLUMNS[1]));
        }
        Ok(Answer { a, b, said, on: cell(3), by: cell(4), note: cell(5) })
    }

    /// A new file with these answers.
    fn whole(&self, answers: &[Answer]) -> Vec<u8> {
        let mut bytes = if self.encoding == "UTF-8" { Vec::new() } else { "\u{feff}".into() };
        bytes.extend(self.line(&COLUMNS.map(str::to_owned)));
        bytes.extend(self.lines(answers));
        bytes
    }

    /// The lines of answers, each with its end.
    fn lines(&self, answers: &[Answer]) -> Vec<u8> {
        let cells = |answer: &Answer| {
            [
                record_id(answer.a),
                record_id(answer.b),
                answer.said.word().to_owned(),
                answer.on.clone(),
                answer.by.clone(),
                answer.note.clone(),
            ]
        };
        answers.iter().flat_map(|answer| self.line(&cells(answer))).collect()
    }

    fn line(&self, cells: &[String; COLUMNS.len()]) -> Vec<u8> {
        let delimiter = char::from(self.delimiter);
        let mut line = String::new();
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                line.push(delimiter);
            }
            let text = column.map_or("", |column| cells[column].as_str());
            let text = guard(text);
            let special = |letter: char| letter == delimiter || matches!(letter, '"' | '\n' | '\r');
            if self.quoted || text.contains(special) {
                line.push_str(&format!("\"{}\"", text.replace('"', "\"\"")));
            } else {
                line.push_str(&text);
            }
        }
        line.push_str(self.line_end);
        self.encode(&line)
    }

    /// Text in the encoding of the file. In an 8-bit file letters that it lacks are written as UTF-8, which
    /// is told from the others line by line when it is read.
    fn encode(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "windows-1252" => {
                let (bytes, _, lacking) = encoding_rs::WINDOWS_1252.encode(text);
                if lacking { text.into() } else { bytes.into_owned() }
            }
            _ => text.into(),
        }
    }

    /// Whether the last line of the file is ended.
    fn ends_line(&self, bytes: &[u8]) -> bool {
        let end = self.encode("\n");
        bytes.ends_with(&end) || (self.line_end == "\n" && bytes.ends_with(&self.encode("\r")))
    }
}

#[cfg(test)]
mod tests;
