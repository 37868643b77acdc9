//! The truth: a table that says for rows which person they are, and the records of the inbox it speaks of.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::error::{Error, Kind, Result};
use crate::record::Field;
use crate::store::Store;
use crate::text::{header_key, visible};
use crate::write::unguard;

/// What the table needs, for messages.
const NEEDED: &str = "a header with `file`, `line` and `person` (and `sheet` for workbooks), or with \
     `source_id` and `person` (and `file` if the names of rows are not unique)";

/// How many rows are named as examples.
const EXAMPLES: usize = 3;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Answer {
    file: String,
    /// 1-based; 0 where rows are called by their own name.
    line: u32,
    sheet: String,
    source_id: String,
    person: String,
}

impl Answer {
    /// The row as a person finds it.
    fn place(&self) -> String {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!(" ({})", self.sheet) };
        match (self.line, self.file.as_str()) {
            (0, "") => self.source_id.clone(),
            (0, file) => format!("{} in {file}", self.source_id),
            (line, file) => format!("{file}:{line}{sheet}"),
        }
    }
}

/// Who is who, as the table says, for the records of a store.
#[derive(Debug, Default)]
pub struct Truth {
    /// For each record the person, numbered in the order of their names; `None` where the table is silent.
    pub(super) person_of: Vec<Option<u32>>,
    /// The names of the persons, in order.
    pub(super) persons: Vec<String>,
    /// Rows of the table.
    pub rows: u64,
    /// Rows that say again what another row says.
    pub repeated: u64,
    /// Rows that say otherwise than another row about the same record; none of them counts.
    pub contradicting: u64,
    /// Rows that match no row of the inbox.
    pub unmatched: u64,
    /// The first of each kind of row that does not count, in words.
    pub examples: Vec<String>,
}

/// Reads the table, in either CSV dialect, and finds the records it speaks of.
///
/// # Errors
/// [`Kind::NoInput`] when the file is missing; [`Kind::NoUsableInput`] when it is no such table or none of
/// its rows is in the inbox.
pub(super) fn read(path: &Path, store: &Store) -> Result<Truth> {
    let bytes =
        fs::read(path).map_err(|error| Error::io(Kind::NoInput, "the truth cannot be read", path, &error))?;
    let name = visible(&path.to_string_lossy()).into_owned();
    let answers = parse(&bytes, &name)?;
    matched(answers, store, &name)
}

/// Text in UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252 as Excel saves it.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn parse(bytes: &[u8], name: &str) -> Result<Vec<Answer>> {
    let unusable = |what: String| Error::new(Kind::NoUsableInput, what);
    let text = decoded(bytes);
    let head = text.lines().next().unwrap_or_default();
    let often = |mark: &u8| head.bytes().filter(|byte| byte == mark).count();
    let delimiter = *[b'|', b'\t', b';', b','].iter().max_by_key(|mark| often(mark)).unwrap_or(&b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        unusable(format!("{name}: the truth cannot be read as a table: {error}"))
            .hinted(format!("it needs {NEEDED}"))
    };
    let header: Vec<String> = reader.headers().map_err(broken)?.iter().map(header_key).collect();
    let column = |wanted: &str| header.iter().position(|name| *name == header_key(wanted));
    let (file, line, sheet) = (column("file"), column("line"), column("sheet"));
    let (source_id, person) = (column("source_id"), column("person"));
    let by_line = file.is_some() && line.is_some();
    let Some(person) = person.filter(|_| by_line || source_id.is_some()) else {
        let found = if head.trim().is_empty() {
            "is empty".to_owned()
        } else {
            format!("begins with `{}`", visible(head))
        };
        return Err(
            unusable(format!("{name}: {found}, which is no truth")).hinted(format!("it needs {NEEDED}"))
        );
    };
    let mut answers = Vec::new();
    for row in reader.records() {
        let row = row.map_err(broken)?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let at = row.position().map_or(0, csv::Position::line);
        let cell =
            |column: Option<usize>| unguard(column.and_then(|at| row.get(at)).unwrap_or_default()).trim();
        let mut answer = Answer {
            file: cell(file).replace('\\', "/"),
            line: 0,
            sheet: String::new(),
            source_id: String::new(),
            person: cell(Some(person)).to_owned(),
        };
        if by_line {
            answer.line = cell(line).parse().ok().filter(|line| *line > 0).ok_or_else(|| {
                unusable(format!(
                    "{name}:{at}: column line: `{}` is no number of a line",
                    visible(cell(line))
                ))
                .hinted("lines are counted from 1, the header included")
            })?;
            cell(sheet).clone_into(&mut answer.sheet);
        } else {
            cell(source_id).clone_into(&mut answer.source_id);
        }
        if answer.person.is_empty() || (answer.line == 0 && answer.source_id.is_empty()) {
            return Err(unusable(format!(
                "{name}:{at}: a cell that says {} is empty",
                if answer.person.is_empty() { "which person it is" } else { "which row it is" }
            ))
            .hinted(format!("fill it or take the row out; the table needs {NEEDED}")));
        }
        answers.push(answer);
    }
    Ok(answers)
}

/// Records by where they stand and by the name they have in their source.
struct Index<'a> {
    store: &'a Store,
    sources: FxHashMap<&'a str, Vec<u32>>,
    lines: FxHashMap<(u32, u32), u32>,
    names: FxHashMap<&'a str, Vec<u32>>,
}

impl<'a> Index<'a> {
    /// Only the way of calling rows that the table uses is made.
    fn new(store: &'a Store, by_line: bool) -> Index<'a> {
        let mut index = Index {
            store,
            sources: FxHashMap::default(),
            lines: FxHashMap::default(),
            names: FxHashMap::default(),
        };
        for (number, source) in (0..).zip(&store.sources) {
            index.sources.entry(source.path.as_str()).or_default().push(number);
        }
        // A row with several records is called by its first.
        for (number, record) in (0..).zip(&store.records).filter(|(_, record)| !record.further) {
            if by_line {
                index.lines.entry((record.source, record.line)).or_insert(number);
            } else if let Some(name) = store.raw(record).get(Field::SourceId) {
                index.names.entry(name).or_default().push(number);
            }
        }
        index
    }

    /// The records that a row of the table speaks of.
    fn find(&self, answer: &Answer) -> Vec<u32> {
        if answer.line == 0 {
            let named = self.names.get(answer.source_id.as_str()).map_or(&[][..], Vec::as_slice);
            let here = |number: &&u32| {
                let path = &self.store.source(&self.store.records[**number as usize]).path;
                answer.file.is_empty() || *path == answer.file
            };
            return named.iter().filter(here).copied().collect();
        }
        let sources = self.sources.get(answer.file.as_str()).map_or(&[][..], Vec::as_slice);
        let sheet = |source: &&u32| {
            answer.sheet.is_empty() || self.store.sources[**source as usize].sheet == answer.sheet
        };
        let found: Vec<u32> = sources
            .iter()
            .filter(sheet)
            .filter_map(|source| self.lines.get(&(*source, answer.line)).copied())
            .collect();
        // A line of a workbook says nothing without its sheet when several have it.
        if found.len() == 1 { found } else { Vec::new() }
    }
}

fn matched(mut answers: Vec<Answer>, store: &Store, name: &str) -> Result<Truth> {
    let mut truth = Truth { rows: answers.len() as u64, ..Truth::default() };
    // Neither the order of rows nor that of persons may show in a result.
    answers.sort_unstable();
    truth.persons = answers.iter().map(|answer| answer.person.clone()).collect();
    truth.persons.sort_unstable();
    truth.persons.dedup();
    truth.person_of = vec![None; store.records.len()];
    let mut disputed = vec![false; store.records.len()];
    let mut unmatched = Vec::new();
    let index = Index::new(store, answers.iter().any(|answer| answer.line > 0));
    for answer in &answers {
        let person = truth.persons.binary_search(&answer.person).ok().map(|place| place as u32);
        let found = index.find(answer);
        if found.is_empty() {
            truth.unmatched += 1;
            unmatched.push(answer.place());
        }
        let mut again = false;
        for number in found {
            let have = &mut truth.person_of[number as usize];
            again |= have.is_some() && *have == person;
            if have.is_some() && *have != person {
                disputed[number as usize] = true;
                truth.contradicting += 1;
                if truth.contradicting as usize <= EXAMPLES {
                    truth.examples.push(format!("{} is said to be two persons", answer.place()));
                }
            } else {
                *have = person;
            }
        }
        truth.repeated += u64::from(again);
    }
    for (person, disputed) in truth.person_of.iter_mut().zip(disputed) {
        *person = person.filter(|_| !disputed);
    }
    let example = |place: &String| format!("{place} is not in the inbox");
    truth.examples.extend(unmatched.iter().take(EXAMPLES).map(example));
    if truth.person_of.iter().all(Option::is_none) {
        let what = match unmatched.first() {
            Some(place) => {
                format!("{name}: none of {} rows is in the inbox, such as {}", answers.len(), visible(place))
            }
            None => format!("{name}: the table has no rows that could be used"),
        };
        let have =
            store.sources.first().map_or(String::new(), |source| format!("; the inbox has {}", source.path));
        return Err(Error::new(Kind::NoUsableInput, what)
            .hinted(format!("`file` is relative to the inbox, with `/`{}", visible(&have))));
    }
    Ok(truth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let error = parse(text.as_bytes(), "truth.csv").unwrap_err();
        assert_eq!(error.kind, Kind::NoUsableInput);
        format!("{} / {}", error.message, error.hint)
    }

    #[test]
    fn both_dialects_and_every_encoding_say_the_same() {
        let plain = "file,line,person,sheet\nanna/Ämter.csv,2,p1,\nanna/b.xlsx,5,p2,Blatt\n";
        let answers = parse(plain.as_bytes(), "x").unwrap();
        assert_eq!((answers.len(), answers[1].place().as_str()), (2, "anna/b.xlsx:5 (Blatt)"));
        let excel = plain.replace(',', ";").replace('\n', "\r\n");
        let marked = format!("\u{feff}{excel}");
        let latin = encoding_rs::WINDOWS_1252.encode(&excel).0.into_owned();
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain(excel.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [marked.into_bytes(), latin, wide, plain.replace(',', "\t").into_bytes()] {
            assert_eq!(parse(&bytes, "x").unwrap(), answers);
        }
    }

    #[test]
    fn rows_may_be_called_by_their_own_names() {
        let answers = parse(b"Person;Source_ID\np1;'+4917\np2;rec-1\n", "x").unwrap();
        assert_eq!((answers[0].source_id.as_str(), answers[0].person.as_str()), ("+4917", "p1"));
        assert_eq!(answers[1].place(), "rec-1");
    }

    #[test]
    fn a_table_that_is_no_truth_is_told_what_it_lacks() {
        for text in ["", "a,b\n1,2\n", "file,line\nx,1\n", "file,person\nx,1\n", "person\np\n"] {
            assert!(refused(text).contains("it needs a header with `file`, `line` and `person`"), "{text}");
        }
        assert!(refused("file,line,person\na.csv,x,p\n").starts_with("truth.csv:2: column line: `x`"));
        assert!(refused("file,line,person\na.csv,0,p\n").contains("counted from 1"));
        assert!(refused("source_id,person\nr1,p\nr2,\n").starts_with("truth.csv:3: a cell"));
    }
}
