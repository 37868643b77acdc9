//! Writing: text in an encoding with its lines counted, CSV cells, and the truth beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::spelling::unmark;

/// How a file encodes text.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252; letters it lacks lose their marks, as Windows does it.
    Windows1252,
}

/// Writes text and knows the line it stands on.
pub(crate) struct Lines<W> {
    inner: W,
    encoding: Encoding,
    line: u32,
}

impl<W: Write> Lines<W> {
    /// Nothing written yet: line 1.
    pub(crate) fn new(inner: W, encoding: Encoding) -> Lines<W> {
        Lines { inner, encoding, line: 1 }
    }

    /// The 1-based line on which the next letter will stand.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Writes text.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.write_as(text, self.encoding)
    }

    /// Writes text in an encoding other than that of the file.
    pub(crate) fn write_as(&mut self, text: &str, encoding: Encoding) -> io::Result<()> {
        self.line += text.bytes().filter(|byte| *byte == b'\n').count() as u32;
        if encoding == Encoding::Utf8 || text.is_ascii() {
            return self.inner.write_all(text.as_bytes());
        }
        let mut buffer = [0; 4];
        for letter in text.chars() {
            let single = letter.encode_utf8(&mut buffer);
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(single);
            if lost {
                self.inner.write_all(unmark(single, false).as_bytes())?;
            } else {
                self.inner.write_all(&bytes)?;
            }
        }
        Ok(())
    }

    /// Ends writing.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Builds the rows of a delimited file.
pub(crate) struct Csv {
    /// Between cells.
    delimiter: char,
    /// Whether every cell is quoted.
    quote_all: bool,
    /// At the end of a row.
    line_end: &'static str,
    row: String,
}

impl Csv {
    /// A dialect.
    pub(crate) fn new(delimiter: char, quote_all: bool, line_end: &'static str) -> Csv {
        Csv { delimiter, quote_all, line_end, row: String::new() }
    }

    /// One row; the text lives until the next.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> &str {
        self.row.clear();
        for (at, cell) in cells.into_iter().enumerate() {
            let cell = cell.as_ref();
            if at > 0 {
                self.row.push(self.delimiter);
            }
            if self.quote_all || cell.contains([self.delimiter, '"', '\n', '\r']) {
                self.row.push('"');
                self.row.push_str(&cell.replace('"', "\"\""));
                self.row.push('"');
            } else {
                self.row.push_str(cell);
            }
        }
        self.row.push_str(self.line_end);
        &self.row
    }
}

/// Who an entry stands for.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    /// The person with that number.
    Person(u32),
    /// The shared mailbox of the company with that number.
    Company(u32),
}

/// Channels in the order of their counts in the summary.
#[derive(Clone, Copy)]
pub(crate) enum Channel {
    /// LinkedIn.
    LinkedIn,
    /// Phone books.
    Phone,
    /// Xing.
    Xing,
    /// Mail programs.
    Mail,
    /// Lists and logs.
    Sheet,
}

/// Where an entry stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// File relative to the inbox.
    pub(crate) file: &'a str,
    /// 1-based line or row.
    pub(crate) line: u32,
    /// Sheet of a workbook, else empty.
    pub(crate) sheet: &'a str,
}

/// Writes truth.csv and keeps count.
pub(crate) struct Truth {
    file: BufWriter<File>,
    csv: Csv,
    /// Entries written.
    pub(crate) rows: u64,
    /// Entries by channel.
    pub(crate) by_channel: [u64; 5],
    /// For each person the number of entries.
    counts: Vec<u32>,
    /// For each person the channels (low bits) as a set.
    channels: Vec<u8>,
    /// For each person the last member who holds them, and how many do.
    holders: Vec<(u32, u16)>,
    /// Rows of shared mailboxes, by company.
    companies: std::collections::BTreeMap<u32, u32>,
}

/// What the truth looks like as a whole.
pub(crate) struct Figures {
    /// People with at least one entry.
    pub(crate) people: u64,
    /// Pairs of entries of one person or mailbox.
    pub(crate) pairs: u64,
    /// People with entries in two channels or more.
    pub(crate) several_channels: u64,
    /// People two members or more know.
    pub(crate) several_members: u64,
    /// Shared mailboxes.
    pub(crate) mailboxes: u64,
}

impl Truth {
    /// Begins the file for a world of `people`.
    pub(crate) fn new(path: &Path, people: u32) -> io::Result<Truth> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(b"file,line,person,sheet\n")?;
        let people = people as usize;
        Ok(Truth {
            file,
            csv: Csv::new(',', false, "\n"),
            rows: 0,
            by_channel: [0; 5],
            counts: vec![0; people],
            channels: vec![0; people],
            holders: vec![(u32::MAX, 0); people],
            companies: std::collections::BTreeMap::new(),
        })
    }

    /// Says who an entry is.
    pub(crate) fn row(
        &mut self,
        place: Place<'_>,
        who: Who,
        member: u32,
        channel: Channel,
    ) -> io::Result<()> {
        self.rows += 1;
        self.by_channel[channel as usize] += 1;
        let name = match who {
            Who::Person(index) => {
                let at = index as usize;
                self.counts[at] += 1;
                self.channels[at] |= 1 << channel as u8;
                if self.holders[at].0 != member {
                    self.holders[at] = (member, self.holders[at].1 + 1);
                }
                format!("p{index}")
            }
            Who::Company(index) => {
                *self.companies.entry(index).or_default() += 1;
                format!("c{index}")
            }
        };
        let line = place.line.to_string();
        self.file.write_all(self.csv.row([place.file, &line, &name, place.sheet]).as_bytes())
    }

    /// Ends the file and sums up.
    pub(crate) fn finish(mut self) -> io::Result<Figures> {
        self.file.flush()?;
        let pairs = |count: u32| u64::from(count) * u64::from(count.saturating_sub(1)) / 2;
        let count =
            |some: &dyn Fn(usize) -> bool| (0..self.counts.len()).filter(|at| some(*at)).count() as u64;
        Ok(Figures {
            people: count(&|at| self.counts[at] > 0),
            pairs: self.counts.iter().chain(self.companies.values()).map(|count| pairs(*count)).sum(),
            several_channels: count(&|at| self.channels[at].count_ones() > 1),
            several_members: count(&|at| self.holders[at].1 > 1),
            mailboxes: self.companies.len() as u64,
        })
    }
}

/// The folder of one member.
pub(crate) struct Folder {
    /// The inbox.
    inbox: PathBuf,
    /// The member's id, which is the folder's name.
    member: String,
}

impl Folder {
    /// The folder of a member, empty.
    pub(crate) fn new(inbox: &Path, member: &str) -> Folder {
        Folder { inbox: inbox.to_owned(), member: member.to_owned() }
    }

    /// Makes a file and gives its name as the truth has it.
    pub(crate) fn create(&self, name: &str) -> io::Result<(BufWriter<File>, String)> {
        let relative = format!("{}/{name}", self.member);
        let path = self.inbox.join(&relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok((BufWriter::with_capacity(1 << 16, File::create(path)?), relative))
    }
}
