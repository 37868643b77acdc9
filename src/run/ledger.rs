//! A file of answers that belongs to people: read in whatever form they left it, and written back so that no
//! answer is ever lost.
//!
//! A spreadsheet may have saved it, with other columns, another order, another encoding. New answers go to its
//! end: every line and column that is there stays. Where it cannot be replaced, since somebody has it open,
//! new answers wait in the state until a later run moves them. What was added and is gone later, since somebody had the
//! old file open without a sign of it and saved it, is put back once.

mod journal;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::problem::Problem;
use crate::read::plain::{self, Plain};
use crate::state::files;
use crate::state::lock::Lock;
use crate::text::{header_key, squeeze};
use crate::write::{Dialect, guard, unguard};
use journal::Subject;

/// What a file of answers looks like.
#[derive(Debug)]
pub struct Form {
    /// The columns in the order in which a new file has them.
    pub columns: &'static [&'static str],
    /// What people may call them: the key of a header, and the column.
    pub also: &'static [(&'static str, &'static str)],
    /// How many of the first columns a row must name to be the header.
    pub needed: usize,
    /// The name of the file in the state in which answers wait.
    pub waiting: &'static str,
    /// The name of the file in the state that tells what was added.
    pub journal: &'static str,
    /// What goes wrong without the file.
    pub loss: &'static str,
}

impl Form {
    /// Which column a cell of a header names.
    fn column(&self, cell: &str) -> Option<usize> {
        let key = header_key(unguard(cell));
        let name = self.also.iter().find(|(also, _)| *also == key).map(|(_, name)| *name);
        self.columns
            .iter()
            .position(|column| name.map_or_else(|| header_key(column) == key, |name| name == *column))
    }

    /// The rows of a file.
    fn table(&self, bytes: &[u8]) -> Plain {
        let keys: Vec<String> = self.columns.iter().map(|column| header_key(column)).collect();
        let also = self.also.iter().map(|(also, _)| *also);
        plain::delimited(bytes, &keys.iter().map(String::as_str).chain(also).collect::<Vec<_>>())
    }

    /// The bytes of a file; none of one that is not there.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>> {
        match fs::read(path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Error::io(Kind::Io, "the answers cannot be read", path, &error).hinted(
                format!("without them {}; give it back, or close the program that holds it", self.loss),
            )),
        }
    }
}

/// A line of such a file.
pub trait Line: Clone + PartialEq {
    /// What the file looks like.
    const FORM: Form;

    /// The answer of a line, whose cells stand in the order of [`Form::columns`], squeezed and without guards.
    ///
    /// # Errors
    /// Why it is none; the line stays in the file.
    fn read(line: u32, cells: &[String]) -> std::result::Result<Self, Problem>;

    /// The cells of the line in the order of [`Form::columns`].
    fn cells(&self) -> Vec<String>;

    /// What it is about, whatever it says: two records, or a contact twice.
    fn subject(&self) -> (u64, u64);

    /// What it says.
    fn word(&self) -> &'static str;
}

/// All answers, in the order in which they were given.
#[derive(Debug, Clone)]
pub struct Ledger<T> {
    path: PathBuf,
    state: PathBuf,
    dialect: Option<Dialect>,
    /// Every answer: those of the file, then those that are not in it yet.
    pub answers: Vec<T>,
    /// Lines that are no answer; they stay in the file.
    pub problems: Vec<Problem>,
    /// How many of the answers at the end are not in the file yet.
    fresh: usize,
    /// What this process added to the file, for taking it back.
    added: Vec<Vec<u8>>,
    /// What this program ever added something on.
    journal: BTreeSet<Subject>,
    /// Answers that stood in the file once, and are gone from it.
    lost: Vec<T>,
}

impl<T: Line> Ledger<T> {
    /// Reads the answers at `path` and those that wait in the state. A missing file holds none.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no table of answers: what people said would be
    /// undone without them.
    pub fn load(path: &Path, state: &Path) -> Result<Ledger<T>> {
        let (answers, problems) = read(path, &T::FORM.bytes(path)?)?;
        let mut ledger = Ledger {
            path: path.to_owned(),
            state: state.to_owned(),
            dialect: None,
            answers,
            problems,
            fresh: 0,
            added: Vec::new(),
            journal: BTreeSet::new(),
            lost: Vec::new(),
        };
        let in_state = |name: &str| -> Result<Vec<T>> {
            let path = state.join(name);
            Ok(read(&path, &T::FORM.bytes(&path)?)?.0)
        };
        let waiting = in_state(T::FORM.waiting)?;
        // A crash between adding them and removing them from the state must not add them twice.
        if !ledger.answers.ends_with(&waiting) {
            ledger.fresh = waiting.len();
            ledger.answers.extend(waiting);
        }
        let added = in_state(T::FORM.journal)?;
        let lost = journal::lost(&ledger.answers, &added);
        ledger.journal = added.iter().map(Line::subject).collect();
        for answer in &lost {
            // Who takes a line away again means it.
            ledger.journal.remove(&answer.subject());
            ledger.push(answer.clone());
        }
        ledger.lost = lost;
        Ok(ledger)
    }

    /// The same answers; a new file is written as spreadsheets of the team read it.
    #[must_use]
    pub fn in_dialect(mut self, dialect: Dialect) -> Ledger<T> {
        self.dialect = Some(dialect);
        self
    }

    /// Where the answers are kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers that are not in the file yet.
    fn waiting(&self) -> PathBuf {
        self.state.join(T::FORM.waiting)
    }

    /// Adds an answer, to be stored by [`Ledger::store`].
    pub fn push(&mut self, answer: T) {
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
                let again = std::mem::take(&mut self.lost);
                let new = fresh.iter().filter(|answer| !again.contains(answer));
                self.journal.extend(new.map(Line::subject));
                self.fresh = 0;
                self.write_journal()?;
                let _ = fs::remove_file(self.waiting());
                Ok((!again.is_empty()).then(|| self.put_back(again.len())))
            }
            Err(error) => {
                files::replace(&self.waiting(), &Layout::fresh(&T::FORM, Dialect::Plain).whole(fresh))?;
                Ok(Some(format!(
                    "{error}; {} {} kept in {} and moved there by a later run. Close the file",
                    self.fresh,
                    if self.fresh == 1 { "answer is" } else { "answers are" },
                    self.waiting().display()
                )))
            }
        }
    }

    /// Takes the last answer back that this process gave. Where it stands in the file for good, `undone` makes
    /// the answer that takes it back.
    ///
    /// # Errors
    /// When the change can be kept nowhere.
    pub(super) fn take_back_with(&mut self, undone: impl FnOnce(T) -> T) -> Result<Option<String>> {
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
        let mut bytes = T::FORM.bytes(&self.path)?;
        if let Some(added) = self.added.pop().filter(|added| bytes.ends_with(added)) {
            bytes.truncate(bytes.len() - added.len());
            if files::open_elsewhere(&self.path).is_none()
                && files::replace_shared(&self.path, &bytes).is_ok()
            {
                self.write_journal()?;
                return Ok(None);
            }
        }
        drop(lock);
        // Somebody has changed or opened the file meanwhile: what they wrote stays.
        self.answers.push(last.clone());
        self.push(undone(last));
        self.store()
    }

    fn write_journal(&self) -> Result<()> {
        let added = journal::on(&self.answers, &self.journal);
        let path = self.state.join(T::FORM.journal);
        files::replace(&path, &Layout::fresh(&T::FORM, Dialect::Plain).whole(&added))
    }

    fn put_back(&self, lost: usize) -> String {
        let (answers, stand) =
            if lost == 1 { ("1 answer", "it stands") } else { (&*format!("{lost} answers"), "they stand") };
        format!(
            "{answers} that had been added to {} were gone from it, as when somebody saves what they had open before; \
             {stand} there again. To take an answer back write `open` in a new line; a line that is taken away once \
             more stays away",
            self.path.display()
        )
    }

    /// Puts answers to the end of the file and gives what was added.
    fn add_to_file(&self, fresh: &[T]) -> Result<Vec<u8>> {
        if let Some(lock) = files::open_elsewhere(&self.path) {
            // It could be replaced, but whoever has it open would save the old one over it.
            let message = format!("{} is open ({lock} lies beside it)", self.path.display());
            return Err(Error::new(Kind::Io, message));
        }
        let mut bytes = T::FORM.bytes(&self.path)?;
        if bytes.is_empty() {
            let layout = Layout::fresh(&T::FORM, self.dialect.unwrap_or(Dialect::Plain));
            files::replace_shared(&self.path, &layout.whole(fresh))?;
            return Ok(layout.lines(fresh));
        }
        let layout = Layout::of(&T::FORM, &self.path, &bytes, &T::FORM.table(&bytes))?;
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

/// The answers of one file, and the lines that are none.
fn read<T: Line>(path: &Path, bytes: &[u8]) -> Result<(Vec<T>, Vec<Problem>)> {
    let plain = T::FORM.table(bytes);
    let (mut answers, mut problems) = (Vec::new(), Vec::new());
    if plain.rows.is_empty() {
        return Ok((answers, problems));
    }
    let layout = Layout::of(&T::FORM, path, bytes, &plain)?;
    for (line, row) in plain.rows.iter().filter(|(line, _)| *line > layout.header_line) {
        match T::read(*line, &layout.cells(row)) {
            Ok(answer) => answers.push(answer),
            Err(problem) => problems.push(problem),
        }
    }
    Ok((answers, problems))
}

/// How a file of answers is laid out.
struct Layout<'a> {
    form: &'a Form,
    encoding: &'static str,
    delimiter: u8,
    line_end: &'static str,
    quoted: bool,
    header_line: u32,
    /// For each column of the file which of [`Form::columns`] it is.
    columns: Vec<Option<usize>>,
}

impl<'a> Layout<'a> {
    /// A file that is still to be made.
    fn fresh(form: &'a Form, dialect: Dialect) -> Layout<'a> {
        let (delimiter, line_end, encoding) = match dialect {
            Dialect::Plain => (b',', "\n", "UTF-8"),
            Dialect::Spreadsheet { delimiter, .. } => (delimiter, "\r\n", "UTF-8 with mark"),
        };
        let columns = (0..form.columns.len()).map(Some).collect();
        Layout { form, encoding, delimiter, line_end, quoted: false, header_line: 1, columns }
    }

    /// The layout of a file that is there.
    fn of(form: &'a Form, path: &Path, bytes: &[u8], plain: &Plain) -> Result<Layout<'a>> {
        let named = |row: &[String]| row.iter().map(|cell| form.column(cell)).collect::<Vec<_>>();
        let header = plain.rows.iter().find(|(_, row)| {
            let found = named(row);
            (0..form.needed).all(|wanted| found.contains(&Some(wanted)))
        });
        let Some((line, row)) = header else {
            let (last, first) = form.columns[..form.needed].split_last().unwrap_or((&"", &[]));
            let names = format!("{} and {last}", first.join(", "));
            let message = format!("{}: no row names the columns {names}", path.display());
            return Err(Error::new(Kind::Config, message)
                .hinted(format!("put the line `{}` above the answers", form.columns.join(";"))));
        };
        let mut columns = named(row);
        for (number, name) in form.columns.iter().enumerate() {
            // Of several columns of one meaning that of the very name counts, else the first.
            let of = |at: &usize| columns[*at] == Some(number);
            let exact = |at: &usize| header_key(unguard(&row[*at])) == header_key(name);
            let kept = (0..row.len()).filter(of).find(exact).or_else(|| (0..row.len()).find(of));
            for (at, column) in columns.iter_mut().enumerate() {
                if *column == Some(number) && Some(at) != kept {
                    *column = None;
                }
            }
        }
        let has = |text: &[u8]| memchr::memmem::find(bytes, text).is_some();
        let mut layout = Layout {
            form,
            encoding: plain.encoding,
            delimiter: plain.delimiter,
            line_end: if has(b"\r\n") || has(b"\r\0\n\0") || has(b"\0\r\0\n") { "\r\n" } else { "\n" },
            quoted: false,
            header_line: *line,
            columns,
        };
        let last_needed = layout.columns.iter().position(|column| *column == Some(form.needed - 1));
        let title = last_needed.and_then(|at| row.get(at)).map_or("", String::as_str);
        layout.quoted = has(&layout.encode(&format!("\"{title}\"")));
        Ok(layout)
    }

    /// The cells of a row in the order of [`Form::columns`].
    fn cells(&self, row: &[String]) -> Vec<String> {
        let cell = |wanted: usize| {
            let at = self.columns.iter().position(|column| *column == Some(wanted));
            let text = at.and_then(|at| row.get(at)).map_or("", String::as_str).trim();
            squeeze(unguard(text)).into_owned()
        };
        (0..self.form.columns.len()).map(cell).collect()
    }

    /// A new file with these answers.
    fn whole<T: Line>(&self, answers: &[T]) -> Vec<u8> {
        let mut bytes = if self.encoding == "UTF-8" { Vec::new() } else { "\u{feff}".into() };
        let titles: Vec<String> = self.form.columns.iter().map(|column| (*column).to_owned()).collect();
        bytes.extend(self.line(&titles));
        bytes.extend(self.lines(answers));
        bytes
    }

    /// The lines of answers, each with its end.
    fn lines<T: Line>(&self, answers: &[T]) -> Vec<u8> {
        answers.iter().flat_map(|answer| self.line(&answer.cells())).collect()
    }

    fn line(&self, cells: &[String]) -> Vec<u8> {
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
