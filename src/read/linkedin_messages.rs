//! LinkedIn's `messages.csv`: who wrote to whom and when; what was written never leaves this reader.

use rustc_hash::FxHashSet;

use super::linkedin_archive::is_machine_chat;
use super::linkedin_parties::Correspondence;
use super::table::{Verdict, columns, read_rows, require, table_of, withhold_raw};
use super::{Document, Header, Output, Plan, Reader, Row, RowEvent};
use crate::problem::Problem;
use crate::record::{Cells, Channel, DateOrder, Field, Role};

/// LinkedIn messages.
pub(super) struct Messages;

/// What LinkedIn writes for somebody who has left; several people share it.
const NOBODY: &str = "linkedin member";

/// How advertisements begin or address their reader.
const ADVERTS: [&str; 2] = ["spinmail-quill-editor", "%FIRSTNAME%"];

impl Reader for Messages {
    fn id(&self) -> &'static str {
        "linkedin-messages"
    }

    fn title(&self) -> &'static str {
        "LinkedIn messages"
    }

    fn title_german(&self) -> &'static str {
        "LinkedIn-Nachrichten"
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        Places::find(&table.header)?;
        if is_machine_chat(document.base_name()) {
            return Err("these are chats with a machine".into());
        }
        let fields: &[(Field, &[&str])] = &[
            (Field::Name, &["from", "to"]),
            (Field::Url, &["sender profile url", "recipient profile urls"]),
            (Field::TouchAt, &["date"]),
        ];
        let columns = columns(table, fields);
        Ok(Plan { columns, date_order: DateOrder::MonthFirst, role: Some(Role::Touch), notes: Vec::new() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        let Ok(places) = Places::find(&table.header) else { return };
        let mut all = Correspondence::new(places.recipients.is_some());
        table.rows.for_each(&mut |event| {
            if let RowEvent::Row(row) = event
                && let Ok(message) = places.message(&row)
            {
                all.add(&message);
            }
        });
        let all = all.close();
        let rejects = out.rejects.len();
        read_rows(table, plan, out, |row, cells, _| match places.message(row) {
            Ok(message) => verdict(&message, &all, cells),
            Err(problem) => Verdict::Reject(problem),
        });
        withhold_raw(out, rejects);
        all.tell(out);
    }
}

/// Where the columns are; those that came with the years may be missing.
struct Places {
    conversation: usize,
    from: usize,
    sender: usize,
    to: usize,
    date: usize,
    recipients: Option<usize>,
    content: Option<usize>,
    folder: Option<usize>,
    drafts: [Option<usize>; 2],
}

impl Places {
    fn find(header: &Header) -> Result<Places, String> {
        let groups: [&[&str]; 5] =
            [&["conversation id"], &["from"], &["sender profile url"], &["to"], &["date"]];
        let [conversation, from, sender, to, date] = require(header, groups)?;
        let find = |key: &str| header.find(&[key]);
        Ok(Places {
            conversation,
            from,
            sender,
            to,
            date,
            recipients: find("recipient profile urls"),
            content: find("content"),
            folder: find("folder"),
            drafts: [find("is message draft"), find("is conversation draft")],
        })
    }

    /// The row as a message.
    fn message<'r>(&self, row: &Row<'r>) -> Result<Message<'r>, Problem> {
        let date = row.get(self.date).trim();
        if !date.starts_with(|letter: char| letter.is_ascii_digit()) {
            let what = "The row is no message: it has no date. It may be a part of another row.";
            return Err(Problem::new(row.line, "message-garbled", what));
        }
        let cell = |column: Option<usize>| column.map_or("", |column| row.get(column).trim());
        let draft = |column: &Option<usize>| cell(*column).eq_ignore_ascii_case("yes");
        Ok(Message {
            line: row.line,
            conversation: row.get(self.conversation),
            from: row.get(self.from).trim(),
            sender: row.get(self.sender).trim(),
            to: row.get(self.to).trim(),
            recipients: cell(self.recipients),
            date,
            draft: self.drafts.iter().any(draft),
            advert: ADVERTS.iter().any(|sign| cell(self.content).contains(sign)),
            spam: cell(self.folder).eq_ignore_ascii_case("spam"),
        })
    }
}

/// One message without what it says.
pub(super) struct Message<'r> {
    pub line: u32,
    pub conversation: &'r str,
    pub from: &'r str,
    pub sender: &'r str,
    pub to: &'r str,
    /// Profile addresses joined by commas; empty in files of before 2023.
    pub recipients: &'r str,
    pub date: &'r str,
    pub draft: bool,
    pub advert: bool,
    pub spam: bool,
}

impl Message<'_> {
    /// The profile addresses of the recipients. They are counted by address, since names hold commas.
    pub(super) fn recipient_urls(&self) -> impl Iterator<Item = &str> {
        self.recipients.split([',', ';', ' ']).map(str::trim).filter(|url| !url.is_empty())
    }
}

/// Decides about one message: a touch with every counterpart.
fn verdict(message: &Message<'_>, all: &Correspondence, cells: &mut Cells) -> Verdict {
    if message.draft {
        return Verdict::Ignore("draft");
    }
    if message.advert {
        return Verdict::Ignore("sponsored");
    }
    if message.spam {
        return Verdict::Ignore("spam");
    }
    let own = all.is_from_owner(message);
    if !own && message.sender.is_empty() {
        let nobody = message.from.is_empty() || message.from.to_lowercase() == NOBODY;
        return Verdict::Ignore(if nobody { "linkedin-member" } else { "sender-without-profile" });
    }
    let mut touched: FxHashSet<Option<u32>> = FxHashSet::default();
    let mut list: Vec<Cells> = Vec::new();
    let mut put = |url: &str, name: &str, direction: &str| {
        if !all.is_owner(url) && touched.insert(all.number(url)) {
            list.push(touch(url, name, message.date, direction));
        }
    };
    let known = all.owner_known();
    if !own {
        put(message.sender, message.from, if known { "in" } else { "" });
    }
    if own || !known {
        let urls: Vec<&str> = message.recipient_urls().collect();
        let name = if urls.len() == 1 { message.to } else { "" };
        let direction = if own { "out" } else { "" };
        for url in urls {
            put(url, name, direction);
        }
        if let Some((url, name)) = all.only_partner(message).filter(|_| own) {
            put(url, name, direction);
        }
    }
    let mut list = list.into_iter();
    match list.next() {
        Some(first) => {
            *cells = first;
            Verdict::KeepAll(Role::Touch, list.collect())
        }
        None if all.is_to_owner_only(message) => Verdict::Ignore("own-message"),
        None => Verdict::Ignore("recipient-without-profile"),
    }
}

fn touch(url: &str, name: &str, date: &str, direction: &str) -> Cells {
    let mut cells = Cells::new();
    cells.push(Field::Url, url);
    cells.push(Field::Name, name);
    cells.push(Field::TouchAt, date);
    cells.push(Field::TouchKind, crate::touch::Kind::Wrote.name());
    cells.push(Field::Direction, direction);
    cells
}
