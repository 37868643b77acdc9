//! LinkedIn's files about the member who exported them: name, employers, addresses, numbers.

use super::table::{Verdict, columns, read_rows, require_none, table_of};
use super::{Document, Output, Plan, Reader};
use crate::record::{Channel, Field, Role};

/// Why the rows are no contacts.
const REASON: &str = "owner";

/// A file about the owner: its columns, and what to make of a row.
pub(super) struct OwnerFile {
    id: &'static str,
    title: &'static str,
    /// Columns, by key, that it must have.
    needs: &'static [&'static str],
    fields: &'static [(Field, &'static [&'static str])],
}

/// LinkedIn `Profile.csv`.
pub(super) const PROFILE: OwnerFile = OwnerFile {
    id: "linkedin-profile",
    title: "LinkedIn profile of the member",
    needs: &["first name", "last name", "headline", "zip code"],
    fields: &[
        (Field::GivenName, &["first name"]),
        (Field::FamilyName, &["last name"]),
        (Field::Birthday, &["birth date"]),
        (Field::Postcode, &["zip code"]),
    ],
};

/// LinkedIn `Positions.csv`.
pub(super) const POSITIONS: OwnerFile = OwnerFile {
    id: "linkedin-positions",
    title: "LinkedIn positions of the member",
    needs: &["company name", "title", "started on", "finished on"],
    fields: &[(Field::Company, &["company name"]), (Field::Position, &["title"])],
};

/// LinkedIn `Email Addresses.csv`.
pub(super) const EMAILS: OwnerFile = OwnerFile {
    id: "linkedin-emails",
    title: "LinkedIn e-mail addresses of the member",
    needs: &["email address", "confirmed", "primary"],
    fields: &[(Field::Email, &["email address"])],
};

/// LinkedIn `PhoneNumbers.csv` and `Whatsapp Phone Numbers.csv`.
pub(super) const PHONES: OwnerFile = OwnerFile {
    id: "linkedin-phones",
    title: "LinkedIn phone numbers of the member",
    needs: &["number", "extension"],
    fields: &[(Field::Phone, &["number"])],
};

impl Reader for OwnerFile {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        let lacking: Vec<&str> =
            self.needs.iter().copied().filter(|key| table.header.find(&[key]).is_none()).collect();
        require_none(&lacking)?;
        let others = table.header.find(&["type", "is whatsapp number"]).is_some();
        if self.id == PHONES.id && !others {
            return Err("it lacks the column \u{201c}type\u{201d}".into());
        }
        Ok(Plan { columns: columns(table, self.fields), role: Some(Role::Owner), ..Plan::default() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        let finished = table.header.find(&["finished on"]);
        let extension = table.header.find(&["extension"]).filter(|_| self.id == PHONES.id);
        read_rows(table, plan, out, |row, cells, _| {
            if finished.is_some_and(|finished| !row.get(finished).trim().is_empty()) {
                // Where the member once worked is no contact either, and says nothing of today.
                return Verdict::Ignore(REASON);
            }
            if let Some(extension) = extension {
                let number = whole_number(row.get(extension), cells.view().text(Field::Phone));
                cells.clear();
                cells.push(Field::Phone, &number);
            }
            Verdict::Owner(REASON)
        });
    }
}

/// The number with its country code, which the export calls extension.
fn whole_number(extension: &str, number: &str) -> String {
    let (extension, number) = (extension.trim(), number.trim());
    if extension.is_empty() || number.is_empty() || number.starts_with(['+', '0']) {
        return number.to_string();
    }
    format!("+{} {number}", extension.trim_start_matches('+'))
}
