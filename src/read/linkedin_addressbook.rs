//! Address books that were uploaded to LinkedIn (`Contacts.csv`, `ImportedContacts.csv`): no LinkedIn ties.

use super::table::{Verdict, columns, read_rows, require, table_of};
use super::{Document, Output, Plan, Reader};
use crate::problem::Problem;
use crate::record::{Cells, Channel, DateOrder, Field, Role};

/// Address book uploaded to LinkedIn.
pub(super) struct AddressBook;

const FIELDS: &[(Field, &[&str])] = &[
    (Field::Prefix, &["nameprefix"]),
    (Field::GivenName, &["firstname"]),
    (Field::MiddleName, &["middlename"]),
    (Field::FamilyName, &["lastname"]),
    (Field::Suffix, &["namesuffix"]),
    (Field::Nickname, &["nickname"]),
    (Field::Name, &["fullname"]),
    (Field::Company, &["companies"]),
    (Field::Position, &["title"]),
    (Field::Email, &["emails"]),
    (Field::Phone, &["phonenumbers"]),
    (Field::Url, &["sites", "profiles"]),
    (Field::Birthday, &["birthday"]),
];

/// Fields that hold several values in one cell.
const LISTS: [Field; 3] = [Field::Email, Field::Phone, Field::Url];

impl Reader for AddressBook {
    fn id(&self) -> &'static str {
        "linkedin-addressbook"
    }

    fn title(&self) -> &'static str {
        "address book uploaded to LinkedIn"
    }

    fn title_german(&self) -> &'static str {
        "zu LinkedIn geladenes Adressbuch"
    }

    fn channel(&self) -> Channel {
        Channel::Mail
    }

    // Old uploads: every other source of the same person is newer.
    fn trust(&self) -> u8 {
        3
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        require(&table.header, [&["firstname"], &["lastname"], &["emails"], &["phonenumbers"]])?;
        let columns = columns(table, FIELDS);
        let role = Some(Role::Contact);
        Ok(Plan { columns, date_order: DateOrder::MonthFirst, role, notes: Vec::new() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        read_rows(table, plan, out, |row, cells, _| {
            let split = split_lists(cells);
            *cells = split;
            if cells.view().is_empty() {
                let what = "The row has neither name nor address nor number.";
                return Verdict::Reject(Problem::new(row.line, "nameless", what));
            }
            Verdict::Keep(Role::Contact)
        });
    }
}

/// The same cells, lists cut into single values; the whole name is left out where its parts are there.
fn split_lists(cells: &Cells) -> Cells {
    let view = cells.view();
    let has_parts = view.get(Field::GivenName).is_some() || view.get(Field::FamilyName).is_some();
    let mut out = Cells::new();
    for (field, text) in view.iter() {
        if LISTS.contains(&field) {
            for part in text.split([',', ';', '\n', '\t']).flat_map(|part| part.split("  ")) {
                out.push_new(field, part);
            }
        } else if field != Field::Name || !has_parts {
            out.push(field, text);
        }
    }
    out
}
