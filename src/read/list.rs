//! Lists of contacts that people keep themselves, in any table with column names that are understood.

use super::address_book::verdict;
use super::alias::{self, Meaning};
use super::table::{Verdict, read_rows};
use super::{Body, Document, Header, Output, Plan, Reader, Row, Table, order, several};
use crate::record::{Cells, Channel, DateOrder, Field};
use crate::touch::Kind;

/// A list of contacts.
pub(super) struct ContactList;

impl Reader for ContactList {
    fn id(&self) -> &'static str {
        "contact-list"
    }

    fn title(&self) -> &'static str {
        "contact list"
    }

    fn title_german(&self) -> &'static str {
        "Kontaktliste"
    }

    fn channel(&self) -> Channel {
        Channel::Sheet
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        Ok(dated_plan(table, &meanings(table)?))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        read(table, plan, out, |_, _| {});
    }
}

/// What the columns of a list of contacts mean.
///
/// # Errors
/// Why the table is none.
pub(super) fn meanings(table: &Table<'_>) -> Result<Vec<Option<Meaning>>, String> {
    if alias::is_data(&table.header) {
        return Err("its column names are not known: the row nearest to a header holds data".to_owned());
    }
    if let Some(kind) = alias::other_kind(&table.header) {
        return Err(format!("it looks like {kind}"));
    }
    let meanings = alias::meanings(&table.header);
    alias::is_about_people(&meanings)?;
    Ok(meanings)
}

/// How a list of contacts with columns of these meanings is read.
pub(super) fn dated_plan(table: &Table<'_>, meanings: &[Option<Meaning>]) -> Plan {
    plan(table, meanings, &[Meaning::LastContact, Meaning::MetOn, Meaning::Is(Field::Birthday)])
}

/// The plan for columns with these meanings; the dates are in columns of the meanings `dates`.
pub(super) fn plan(table: &Table<'_>, meanings: &[Option<Meaning>], dates: &[Meaning]) -> Plan {
    let columns: Vec<usize> = dates
        .iter()
        .flat_map(|date| (0..meanings.len()).filter(move |at| meanings[*at] == Some(*date)))
        .collect();
    let (date_order, note) = order::of_columns(table, &columns, usual_order(&table.header));
    let fields = meanings.iter().map(|meaning| meaning.and_then(Meaning::field)).collect();
    Plan { columns: fields, date_order, notes: note.into_iter().collect(), ..Plan::default() }
}

/// Dates under English column names are American unless the values say otherwise.
fn usual_order(header: &Header) -> DateOrder {
    const ENGLISH: [&str; 12] = [
        "first name",
        "last name",
        "company",
        "email",
        "email address",
        "phone",
        "last contact",
        "last contacted",
        "notes",
        "date",
        "birthday",
        "met on",
    ];
    const OTHERS: [&str; 12] = [
        "vorname",
        "nachname",
        "firma",
        "telefon",
        "letzter kontakt",
        "bemerkung",
        "notiz",
        "datum",
        "prenom",
        "nom",
        "societe",
        "geburtstag",
    ];
    let hits = |words: &[&str]| header.keys.iter().filter(|key| words.contains(&key.as_str())).count();
    if hits(&ENGLISH) > hits(&OTHERS) { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

/// Reads the rows of a list; `more` adds to the cells of a row.
pub(super) fn read(
    table: &Table<'_>,
    plan: &Plan,
    out: &mut Output,
    mut more: impl FnMut(&Row<'_>, &mut Cells),
) {
    let meanings = alias::meanings(&table.header);
    read_rows(table, plan, out, |row, cells, out| {
        // The plan only shows what becomes of a column; cells may hold several values.
        cells.clear();
        if let Some(reason) = is_no_entry(row) {
            return Verdict::Ignore(reason);
        }
        fill(table, &meanings, row, cells, out);
        more(row, cells);
        verdict(row, cells)
    });
}

/// Puts the cells of a row where their columns say.
pub(super) fn fill(
    table: &Table<'_>,
    meanings: &[Option<Meaning>],
    row: &Row<'_>,
    cells: &mut Cells,
    out: &mut Output,
) {
    let mut street = String::new();
    for (column, meaning) in meanings.iter().enumerate() {
        let (Some(meaning), text) = (*meaning, several::unwrapped(row.get(column))) else { continue };
        if !several::has_text(text) {
            continue;
        }
        match meaning {
            Meaning::Is(Field::Email) => several::push_emails(cells, text),
            Meaning::Is(Field::Phone) => {
                if let Some(problem) = several::push_phones(cells, text, table.delimiter.is_none(), row.line)
                {
                    out.warn(problem.in_column(table.header.cells[column].trim()));
                }
            }
            Meaning::Is(Field::Tags) => several::push_tags(cells, text, &[';', ',', '|', '\n', '\r']),
            Meaning::Is(Field::Tier) => push_tier(cells, text),
            Meaning::Is(Field::Url) => {
                text.split([' ', ';', '\n', '\r'])
                    .filter(|url| url.contains('.'))
                    .for_each(|url| cells.push_new(Field::Url, url));
            }
            Meaning::Is(Field::Street) | Meaning::HouseNumber => {
                if !street.is_empty() {
                    street.push(' ');
                }
                street.push_str(text.trim());
            }
            Meaning::PostcodeCity => push_postcode_city(cells, text),
            Meaning::Is(field) => cells.push(field, text),
            Meaning::LastContact | Meaning::MetOn => push_touch(cells, text, Kind::Met),
            Meaning::HowMet => cells.push(Field::Note, text),
            _ => {}
        }
    }
    cells.push(Field::Street, &street);
}

/// Adds the day of a touch and its kind; of several columns the first that says anything counts.
pub(super) fn push_touch(cells: &mut Cells, at: &str, kind: Kind) {
    if cells.view().get(Field::TouchAt).is_none() && several::has_text(at) {
        cells.push(Field::TouchAt, at);
        cells.push(Field::TouchKind, kind.name());
    }
}

/// A category is a tier when it begins with a letter from A to D that stands alone, else a tag.
fn push_tier(cells: &mut Cells, text: &str) {
    let mut letters = text.trim().chars();
    let first = letters.next().is_some_and(|letter| matches!(letter, 'a'..='d' | 'A'..='D'));
    if first && !letters.next().is_some_and(char::is_alphanumeric) {
        cells.push(Field::Tier, text);
    } else {
        several::push_tags(cells, text, &[';', ',', '|', '\n', '\r']);
    }
}

/// `10115 Berlin`, `CH-8001 Zürich`: the first word with a digit and all before the city.
fn push_postcode_city(cells: &mut Cells, text: &str) {
    let text = text.trim();
    let code =
        text.split_whitespace().take_while(|word| word.bytes().any(|byte| byte.is_ascii_digit())).count();
    let words: Vec<&str> = text.split_whitespace().collect();
    cells.push(Field::Postcode, &words[..code].join(" "));
    cells.push(Field::City, &words[code..].join(" "));
}

/// Why a row of a list is no entry: a sum, a legend, a note below the table.
pub(super) fn is_no_entry(row: &Row<'_>) -> Option<&'static str> {
    // A row that reaches somebody is an entry, whatever its first cell says.
    if memchr::memchr(b'@', row.text.as_bytes()).is_some() {
        return None;
    }
    let mut filled = row.iter().map(str::trim).filter(|cell| several::has_text(cell));
    let first = filled.next()?;
    let others = filled.count();
    is_below_table(first, others).then_some("total-row")
}

fn is_below_table(first: &str, others: usize) -> bool {
    const SUMS: [&str; 14] = [
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamtzahl",
        "zwischensumme",
        "total",
        "totals",
        "subtotal",
        "sum",
        "grand total",
        "anzahl",
        "anzahl kontakte",
        "count",
        "summe kontakte",
    ];
    const NOTES: [&str; 14] = [
        "stand",
        "quelle",
        "hinweis",
        "hinweise",
        "legende",
        "legend",
        "erstellt",
        "erstellt am",
        "aktualisiert",
        "letzte aktualisierung",
        "source",
        "updated",
        "last updated",
        "vertraulich",
    ];
    let (label, has_colon) = match first.split_once(':') {
        Some((label, _)) => (label, true),
        None => (first, false),
    };
    let label = crate::text::header_key(label);
    let sum = SUMS.contains(&label.as_str());
    let note = NOTES.contains(&label.as_str());
    let legend = {
        let mut letters = first.chars();
        let tier = letters.next().is_some_and(|letter| matches!(letter, 'A'..='D' | 'a'..='d'));
        let rest = letters.as_str().trim_start();
        tier && (rest.starts_with('=') || rest.starts_with(':')) && others <= 1
    };
    // Total SE is a company and Herr Gesamt a person: a sum has a colon, or numbers beside it.
    (sum && (has_colon || others <= 1)) || (note && has_colon && others <= 1) || legend
}

#[cfg(test)]
mod tests;
