//! Logs of meetings: one row a meeting, with a date, a person and often an occasion.

use super::address_book::verdict;
use super::alias::{self, Meaning};
use super::list;
use super::table::{Verdict, read_rows};
use super::{Body, Document, Output, Plan, Reader, Table, several};
use crate::problem::Problem;
use crate::record::{Channel, Field};
use crate::text::{fold, header_key, tokens};
use crate::touch::Kind;

/// A log of meetings.
pub(super) struct TouchLog;

impl Reader for TouchLog {
    fn id(&self) -> &'static str {
        "touch-log"
    }

    fn title(&self) -> &'static str {
        "log of meetings"
    }

    fn title_german(&self) -> &'static str {
        "Liste von Treffen"
    }

    fn channel(&self) -> Channel {
        Channel::Sheet
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        if alias::is_data(&table.header) {
            return Err("its column names are not known: the row nearest to a header holds data".to_owned());
        }
        if let Some(kind) = alias::other_kind(&table.header) {
            return Err(format!("it looks like {kind}"));
        }
        let meanings = alias::meanings(&table.header);
        alias::is_about_people(&meanings)?;
        let has = |wanted: Meaning| meanings.contains(&Some(wanted));
        if has(Meaning::LastContact) {
            return Err(
                "it has a column for the last contact, so a row is a person and not a meeting".to_owned()
            );
        }
        let told = has(Meaning::Occasion) || has(Meaning::Is(Field::Note)) || is_named_log(document);
        let dated = has(Meaning::MetOn) || (has(Meaning::Date) && told);
        if !dated {
            return Err("it has no date of a meeting beside an occasion or a note".to_owned());
        }
        Ok(list::plan(table, &meanings, &[Meaning::MetOn, Meaning::Date, Meaning::Is(Field::Birthday)])
            .dated(&meanings))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        read(table, plan, out);
    }
}

impl Plan {
    /// Shows the dates as what they become in a log.
    fn dated(mut self, meanings: &[Option<Meaning>]) -> Plan {
        for (field, meaning) in self.columns.iter_mut().zip(meanings) {
            match meaning {
                Some(Meaning::Date) => *field = Some(Field::TouchAt),
                Some(Meaning::Occasion) => *field = Some(Field::TouchKind),
                _ => {}
            }
        }
        self
    }
}

/// Whether the file or the sheet is named like a log.
fn is_named_log(document: &Document<'_>) -> bool {
    const WORDS: [&str; 12] = [
        "treffen",
        "besuche",
        "besuch",
        "gespraeche",
        "kontakte",
        "meetings",
        "meeting",
        "log",
        "touches",
        "termine",
        "anrufe",
        "kontaktlog",
    ];
    let name = header_key(document.base_name()) + " " + &header_key(document.sheet);
    tokens(&name).any(|word| WORDS.contains(&word))
}

fn read(table: &Table<'_>, plan: &Plan, out: &mut Output) {
    let meanings = alias::meanings(&table.header);
    read_rows(table, plan, out, |row, cells, out| {
        cells.clear();
        if let Some(reason) = list::is_no_entry(row) {
            return Verdict::Ignore(reason);
        }
        let of = |wanted: Meaning| {
            let columns = meanings.iter().enumerate().filter(move |(_, meaning)| **meaning == Some(wanted));
            columns.map(|(column, _)| row.get(column).trim()).filter(|text| several::has_text(text))
        };
        let occasions = of(Meaning::Occasion).collect::<Vec<_>>().join(", ");
        let kind = kind(&occasions);
        for date in of(Meaning::MetOn).chain(of(Meaning::Date)) {
            list::push_touch(cells, date, kind);
        }
        cells.push(Field::Note, &occasions);
        list::fill(table, &meanings, row, cells, out);
        let verdict = verdict(row, cells);
        if matches!(verdict, Verdict::Keep(_)) && cells.view().get(Field::TouchAt).is_none() {
            let what =
                "the row has no date, so the person was kept and the meeting was not. Fill in the date";
            out.warn(Problem::new(row.line, "touch-without-date", what));
        }
        verdict
    });
}

/// What an occasion in words was: a call, something written, or a meeting.
pub(super) fn kind(occasion: &str) -> Kind {
    const SEEN: [&str; 8] =
        ["video", "videocall", "videoanruf", "zoom", "teams", "webex", "facetime", "videokonferenz"];
    const CALLED: [&str; 10] =
        ["call", "calls", "called", "phone", "phoned", "tel", "telko", "telco", "rueckruf", "angerufen"];
    const WROTE: [&str; 16] = [
        "mail",
        "mails",
        "email",
        "emails",
        "brief",
        "briefe",
        "nachricht",
        "nachrichten",
        "letter",
        "message",
        "messages",
        "sms",
        "whatsapp",
        "geschrieben",
        "wrote",
        "written",
    ];
    let folded = fold(occasion);
    let any = |test: &dyn Fn(&str) -> bool| tokens(&folded).any(test);
    if any(&|word| SEEN.contains(&word)) {
        Kind::Met
    } else if any(&|word| CALLED.contains(&word) || word.starts_with("anruf") || word.starts_with("telefon"))
    {
        Kind::Called
    } else if any(&|word| {
        WROTE.contains(&word)
            || ["brief", "mail", "nachricht"].iter().any(|end| word.len() > 6 && word.ends_with(end))
    }) {
        Kind::Wrote
    } else {
        Kind::Met
    }
}

#[cfg(test)]
mod tests;
