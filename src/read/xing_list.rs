//! Lists of Xing contacts, home-made or from other programs, since Xing itself exports none.

use super::alias::{self, Meaning};
use super::{Body, Document, Output, Plan, Reader, Row, RowEvent, Table, list, several};
use crate::record::{Channel, Field};
use crate::text::{header_key, tokens};

/// A list whose rows carry Xing profiles, or that calls itself one of Xing.
pub(super) struct XingList;

impl Reader for XingList {
    fn id(&self) -> &'static str {
        "xing-list"
    }

    fn title(&self) -> &'static str {
        "list of Xing contacts"
    }

    fn title_german(&self) -> &'static str {
        "Liste von Xing-Kontakten"
    }

    fn channel(&self) -> Channel {
        Channel::Xing
    }

    fn trust(&self) -> u8 {
        6
    }

    fn distinct(&self) -> bool {
        true
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        let meanings = list::meanings(table)?;
        let name = header_key(document.base_name()) + " " + &header_key(document.sheet);
        if tokens(&name).any(|word| word == "xing") || is_linked(table) {
            Ok(list::dated_plan(table, &meanings))
        } else {
            Err("neither its name says Xing nor do its rows carry Xing profiles".to_owned())
        }
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        list::read(table, plan, out, |row, cells| {
            if let Some(profile) = profile(row) {
                cells.push(Field::SourceId, profile);
                cells.push_new(Field::Url, profile);
            }
        });
    }
}

/// Whether most rows carry a Xing profile and the list is about nothing else: one with a column for
/// the last contact, a category or notes is a list of the member's own.
fn is_linked(table: &Table<'_>) -> bool {
    let own = alias::meanings(&table.header).into_iter().flatten().any(|meaning| {
        matches!(
            meaning,
            Meaning::LastContact
                | Meaning::NextContact
                | Meaning::Date
                | Meaning::MetOn
                | Meaning::Is(Field::Tier | Field::Note)
        )
    });
    let linkedin = table.header.keys.iter().any(|key| key.contains("linkedin"));
    if own || linkedin || !table.rows.may_mention("xing") {
        return false;
    }
    let (mut rows, mut linked) = (0u64, 0u64);
    table.rows.for_each(&mut |event| {
        if let RowEvent::Row(row) = event {
            rows += 1;
            linked += u64::from(profile(&row).is_some());
        }
    });
    linked * 2 > rows
}

/// The address of the Xing profile in a row.
fn profile<'a>(row: &Row<'a>) -> Option<&'a str> {
    row.iter().map(several::unwrapped).flat_map(str::split_whitespace).find(|word| {
        let word = word.to_ascii_lowercase();
        word.contains("xing.com/profile/")
            || word.contains("xing.to/")
            || word.contains("xing.com/app/profile")
    })
}

#[cfg(test)]
mod tests;
