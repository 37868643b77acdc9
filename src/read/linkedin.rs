//! LinkedIn's `Connections.csv` in the layouts of all years, in English, and with German or French headers.

use super::table::{Verdict, columns, read_rows, require, table_of};
use super::{Document, Output, Plan, Reader, Row, RowEvent, Table, order};
use crate::problem::Problem;
use crate::record::{Cells, Channel, DateOrder, Field, Role};

/// LinkedIn connections.
pub(super) struct Connections;

const GIVEN: &[&str] = &["first name", "vorname", "prenom", "given name", "firstname"];
const FAMILY: &[&str] = &["last name", "nachname", "nom", "surname", "family name", "lastname"];
const URL: &[&str] = &["url", "profile url", "profil url"];
const EMAIL: &[&str] = &[
    "email address",
    "e mail adresse",
    "adresse e mail",
    "e mail address",
    "email",
    "e mail",
    "e mail 2 address",
    "e mail 3 address",
];
const COMPANY: &[&str] = &["company", "unternehmen", "firma", "entreprise", "societe"];
const POSITION: &[&str] = &["position", "berufsbezeichnung", "poste", "job title"];
const CONNECTED: &[&str] = &[
    "connected on",
    "verbunden am",
    "vernetzt am",
    "date de connexion",
    "connection date",
    "date connected",
];

const FIELDS: &[(Field, &[&str])] = &[
    (Field::GivenName, GIVEN),
    (Field::FamilyName, FAMILY),
    (Field::Url, URL),
    (Field::Email, EMAIL),
    (Field::Company, COMPANY),
    (Field::Position, POSITION),
    (Field::ConnectedOn, CONNECTED),
];

/// How the files of before 2017 are called; they are laid out like the address book of Outlook.
const OLD_NAME: &str = "linkedin_connections_export";

/// So many rows tell whether dates are numeric at all.
const DATES_LOOKED_AT: usize = 200;

impl Reader for Connections {
    fn id(&self) -> &'static str {
        "linkedin-connections"
    }

    fn title(&self) -> &'static str {
        "LinkedIn connections"
    }

    fn title_german(&self) -> &'static str {
        "LinkedIn-Kontakte"
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    // People keep their own profile, so it is newer than what a colleague once typed.
    fn trust(&self) -> u8 {
        7
    }

    fn distinct(&self) -> bool {
        true
    }

    fn complete(&self) -> bool {
        true
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        if document.base_name().to_lowercase().contains(OLD_NAME) {
            require(&table.header, [&["first name"], &["last name"], &["e mail address"]])?;
            let fields = [(Field::MiddleName, &["middle name"][..]), (Field::Suffix, &["suffix"])];
            let columns = columns(table, &[FIELDS, &fields].concat());
            return Ok(Plan { columns, role: Some(Role::Contact), ..Plan::default() });
        }
        let [_, _, connected] = require(&table.header, [GIVEN, FAMILY, CONNECTED])?;
        if table.header.find(URL).is_none() {
            require(&table.header, [EMAIL, COMPANY, POSITION])?;
        }
        let (date_order, note) = date_order(table, connected);
        let columns = columns(table, FIELDS);
        Ok(Plan { columns, date_order, role: Some(Role::Contact), notes: note.into_iter().collect() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        let date = plan.columns.iter().position(|field| *field == Some(Field::ConnectedOn));
        let width = table.header.cells.len();
        read_rows(table, plan, out, |row, cells, _| connection(row, cells, date, width));
    }
}

/// Decides about one row.
fn connection(row: &Row<'_>, cells: &mut Cells, date: Option<usize>, width: usize) -> Verdict {
    let view = cells.view();
    if date.is_some_and(|date| row.len() <= date) {
        let what = "The row ends before its date; it may be a part of another row. Fetch the file again.";
        return Verdict::Reject(Problem::new(row.line, "connection-cut", what));
    }
    if row.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        let what = "The row has more cells than the header; which one is too many cannot be told. Quote the \
            cell with the delimiter in it.";
        return Verdict::Reject(Problem::new(row.line, "long-row", what));
    }
    if view.iter().all(|(field, _)| field == Field::ConnectedOn) {
        // Members who closed or hid their profile stay in the file as their date.
        return Verdict::Ignore("closed-profile");
    }
    let named = [Field::GivenName, Field::FamilyName, Field::Url, Field::Email];
    if !view.iter().any(|(field, _)| named.contains(&field)) {
        let what = "The row has neither name nor profile nor e-mail address.";
        return Verdict::Reject(Problem::new(row.line, "nameless", what));
    }
    if let Some(url) = view.get(Field::Url).map(str::to_string) {
        cells.push(Field::SourceId, &url);
    }
    Verdict::Keep(Role::Contact)
}

/// How numeric dates of the column are meant: as its values prove, else as LinkedIn writes them (month
/// first), but day first where a spreadsheet of another country has saved the file with semicolons.
fn date_order(table: &Table<'_>, column: usize) -> (DateOrder, Option<Problem>) {
    let mut numeric = false;
    table.rows.first(DATES_LOOKED_AT, &mut |event| {
        if let RowEvent::Row(row) = event {
            numeric |= !row.get(column).contains(|letter: char| letter.is_alphabetic());
        }
    });
    let fallback = if table.delimiter == Some(b';') { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    // Month names need no order, and a walk over all rows is not free.
    if numeric { order::of_columns(table, &[column], fallback) } else { (fallback, None) }
}
