//! Stage 1: bytes to records, touches and problems; one file a format, all of them in [`READERS`].
//!
//! A file becomes one or more documents ([`Document`]): a table (a delimited file or one sheet), a run of
//! cards, or XML. Each reader looks at a document and says how it would read it, or why it would not. The
//! first reader in [`READERS`] that recognises it reads it. Reading never fails: a row is kept, ignored,
//! rejected or blank, and [`Output::accounts`] counts both what went in and what came out.

pub mod mapping;
pub mod open;
pub mod plain;

mod address_book;
mod alias;
mod archive;
mod cards;
mod code_page;
mod decode;
mod delimited;
#[cfg(test)]
mod fixture;
mod google;
mod header;
mod header_words;
#[cfg(test)]
mod laws;
mod linkedin;
mod linkedin_activity;
mod linkedin_addressbook;
mod linkedin_archive;
mod linkedin_messages;
mod linkedin_owner;
mod linkedin_parties;
mod list;
mod mapped;
mod order;
mod outlook;
mod several;
mod shape;
mod split;
mod table;
mod thunderbird;
mod touch_log;
mod vcard;
mod workbook;
mod xing;
mod xing_list;

use crate::problem::{Problem, Reject};
use crate::record::{Cells, Channel, DateOrder, Field, Role};

/// Knows one format.
pub trait Reader: Sync {
    /// Stable name in tables and messages, such as `linkedin-connections`.
    fn id(&self) -> &'static str;
    /// What a person calls it, such as `LinkedIn connections`.
    fn title(&self) -> &'static str;
    /// The same in German.
    fn title_german(&self) -> &'static str {
        self.title()
    }
    /// The channel of the holdings its contacts make.
    fn channel(&self) -> Channel;
    /// How far its values are believed when two sources disagree, 1 to 10.
    fn trust(&self) -> u8 {
        5
    }
    /// Whether two rows of one export are two people.
    fn distinct(&self) -> bool {
        false
    }
    /// Whether an export holds the whole network, so that who is missing in a later one has gone.
    fn complete(&self) -> bool {
        false
    }
    /// How it would read the document.
    ///
    /// # Errors
    /// The reason, in words for a person, why the document is not of this format.
    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String>;
    /// Reads a document it has recognised.
    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output);
}

/// One thing to read: a delimited file, one sheet of a workbook, a run of cards, an XML document.
pub struct Document<'a> {
    /// Path relative to the inbox, archive members as `Export.zip!Connections.csv`.
    pub path: &'a str,
    /// Name of the sheet, empty outside workbooks.
    pub sheet: &'a str,
    /// Encoding the text was decoded from, such as `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// What it holds.
    pub body: Body<'a>,
}

impl Document<'_> {
    /// The last part of the path: the name of the file or archive member.
    pub fn base_name(&self) -> &str {
        self.path.rsplit(['/', '!']).next().unwrap_or_default()
    }
}

/// The shapes of documents.
pub enum Body<'a> {
    /// Rows under a header.
    Table(Table<'a>),
    /// vCards, undecoded: each property may have a charset of its own.
    Cards(&'a [u8]),
    /// XML, decoded, with the local name of its root element.
    Xml {
        /// Local name of the root element.
        root: &'a str,
        /// The whole text.
        text: &'a str,
    },
}

/// Rows under a header.
pub struct Table<'a> {
    /// The header found, with preamble skipped.
    pub header: Header,
    /// Field delimiter; `None` in a sheet.
    pub delimiter: Option<u8>,
    /// The rows after the header.
    pub rows: &'a dyn Rows,
}

/// The header row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Header {
    /// 1-based line (row) it stands on.
    pub line: u32,
    /// The cells as they stand.
    pub cells: Vec<String>,
    /// The same cells through [`crate::text::header_key`].
    pub keys: Vec<String>,
}

impl Header {
    /// The header of these cells on that line, without byte order marks left inside by joined files.
    fn new(cells: &[String], line: u32) -> Header {
        let clean = |cell: &String| cell.replace('\u{feff}', "").trim().to_string();
        let cells: Vec<String> = cells.iter().map(clean).collect();
        let keys = cells.iter().map(|cell| crate::text::header_key(cell)).collect();
        Header { line, cells, keys }
    }

    /// The first column with one of these keys.
    pub fn find(&self, keys: &[&str]) -> Option<usize> {
        keys.iter().find_map(|key| self.keys.iter().position(|have| have == key))
    }
}

/// A walk over the rows of a table.
pub trait Rows {
    /// Calls `each` for every row after the header, in order.
    fn for_each(&self, each: &mut dyn FnMut(RowEvent<'_>));

    /// Calls `each` for the first `limit` of them at most; a walk that can stop early overrides it.
    fn first(&self, limit: usize, each: &mut dyn FnMut(RowEvent<'_>)) {
        let mut left = limit;
        self.for_each(&mut |event| {
            if left > 0 {
                left -= 1;
                each(event);
            }
        });
    }

    /// Whether the word (ASCII, in any case) may stand in some cell: the quick answer where there is one.
    fn may_mention(&self, _word: &str) -> bool {
        true
    }
}

/// What a walk over rows meets.
pub enum RowEvent<'a> {
    /// A row with cells.
    Row(Row<'a>),
    /// A row without any text, on that line.
    Blank(u32),
    /// Something that stood where a row should be.
    Broken(Reject),
    /// A row was mended on the way; the row itself follows.
    Mended(Problem),
}

/// The cells of one row.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// 1-based line (row) on which it starts.
    pub line: u32,
    /// All cells, one after the other.
    pub text: &'a str,
    /// Where each cell ends in `text`.
    pub ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell in a column; empty beyond the last.
    ///
    /// The apostrophe that spreadsheet exports put before `=`, `+`, `-`, `@` as a guard against formulas is
    /// taken off here, for every reader.
    pub fn get(&self, column: usize) -> &'a str {
        let Some(&end) = self.ends.get(column) else { return "" };
        let start = if column == 0 { 0 } else { self.ends[column - 1] };
        unguarded(&self.text[start..end])
    }

    /// All cells.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |column| self.get(column))
    }
}

/// A cell without the guard against formulas: an apostrophe before `=`, `+`, `-`, `@`, tab or return.
fn unguarded(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'\'', b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..] => &cell[1..],
        _ => cell,
    }
}

/// How a reader will read a document.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// For each column of a table the field it becomes.
    pub columns: Vec<Option<Field>>,
    /// How numeric dates are meant.
    pub date_order: DateOrder,
    /// Role of the rows.
    pub role: Option<Role>,
    /// What to tell the person about the document as a whole.
    pub notes: Vec<Problem>,
}

/// Accounts of one document or file; see promise 2 of the design.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Accounts {
    /// Rows that were there, counted where rows are found.
    pub read: u64,
    /// Rows that became records.
    pub kept: u64,
    /// Kept rows that repeat another kept row; counted after reading.
    pub duplicate: u64,
    /// Rows that by rule are no contacts.
    pub ignored: u64,
    /// Rows that should have been records and could not be read.
    pub rejected: u64,
    /// Rows kept out because a person asked for it.
    pub suppressed: u64,
    /// Rows without text.
    pub blank: u64,
}

impl Accounts {
    /// Whether what went in is what came out.
    pub fn balance(&self) -> bool {
        self.read == self.kept + self.duplicate + self.ignored + self.rejected + self.suppressed + self.blank
    }

    /// Adds another account.
    pub fn add(&mut self, other: &Accounts) {
        self.read += other.read;
        self.kept += other.kept;
        self.duplicate += other.duplicate;
        self.ignored += other.ignored;
        self.rejected += other.rejected;
        self.suppressed += other.suppressed;
        self.blank += other.blank;
    }
}

/// What reading one document gave.
#[derive(Debug, Default)]
pub struct Output {
    /// Counts of rows.
    pub accounts: Accounts,
    /// Packed cells of the records, one after the other.
    pub cells: String,
    /// The records: where their cells end, the line they start on, and their role.
    pub records: Vec<Entry>,
    /// How many rows were ignored, by reason.
    pub ignored: std::collections::BTreeMap<&'static str, u64>,
    /// Rows that were refused.
    pub rejects: Vec<Reject>,
    /// What else a person may want to know.
    pub problems: Vec<Problem>,
}

/// One record in [`Output::records`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where its cells end in [`Output::cells`]; they begin where those of the record before it end.
    pub end: usize,
    /// 1-based line (row) on which it starts.
    pub line: u32,
    /// What it stands for.
    pub role: Role,
    /// Whether it is a further record of a row that another record stands for in the accounts.
    pub further: bool,
}

impl Output {
    /// Counts a row that was found; exactly one of the other calls must follow for it.
    pub fn found(&mut self) {
        self.accounts.read += 1;
    }

    /// Keeps the row as a record.
    pub fn keep(&mut self, line: u32, role: Role, cells: &Cells) {
        self.accounts.kept += 1;
        self.put(line, role, cells, false);
    }

    /// Adds a further record of a row that [`Output::keep`] already counted.
    pub fn keep_further(&mut self, line: u32, role: Role, cells: &Cells) {
        self.put(line, role, cells, true);
    }

    /// Leaves the row out because by rule it is no contact, but remembers what it says of the owner.
    pub fn ignore_owner(&mut self, line: u32, reason: &'static str, cells: &Cells) {
        self.ignore(reason);
        self.put(line, Role::Owner, cells, true);
    }

    /// Leaves the row out because by rule it is no contact.
    pub fn ignore(&mut self, reason: &'static str) {
        self.accounts.ignored += 1;
        *self.ignored.entry(reason).or_default() += 1;
    }

    /// Refuses the row.
    pub fn reject(&mut self, reject: Reject) {
        self.accounts.rejected += 1;
        self.rejects.push(reject);
    }

    /// Counts a row without text.
    pub fn blank(&mut self) {
        self.accounts.blank += 1;
    }

    /// Says something about the file that stopped nothing.
    pub fn warn(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn put(&mut self, line: u32, role: Role, cells: &Cells, further: bool) {
        self.cells.push_str(cells.as_packed());
        self.records.push(Entry { end: self.cells.len(), line, role, further });
    }
}

/// Every format, the more particular ones first.
pub static READERS: &[&dyn Reader] = &[
    &linkedin::Connections,
    &linkedin_messages::Messages,
    &linkedin_activity::Invitations,
    &linkedin_activity::Endorsements,
    &linkedin_activity::Recommendations,
    &linkedin_owner::PROFILE,
    &linkedin_owner::POSITIONS,
    &linkedin_owner::EMAILS,
    &linkedin_owner::PHONES,
    &linkedin_addressbook::AddressBook,
    &xing::XingVCard,
    &vcard::VCard,
    &google::GoogleContacts,
    &thunderbird::WindowsLiveMail,
    &thunderbird::Thunderbird,
    &outlook::OutlookContacts,
    &xing_list::XingList,
    &touch_log::TouchLog,
    &list::ContactList,
];
