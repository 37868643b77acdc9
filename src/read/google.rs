//! Google Contacts CSV, the layout before and the one since 2024, with any number of repeated blocks.

use super::address_book::{Addresses, Part, Place, verdict};
use super::table::read_rows;
use super::{Body, Document, Header, Output, Plan, Reader, Row, several};
use crate::record::{Cells, Channel, Field};

/// Google's own CSV export; its “Outlook CSV” is read by the reader for Outlook.
pub(super) struct GoogleContacts;

/// Between several values of one cell.
const BETWEEN: &str = ":::";

/// A column that comes in numbered blocks: `Phone 2 - Value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    kind: Kind,
    number: u16,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Email,
    Phone,
    Address,
    Organization,
    Website,
    Event,
    Custom,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Label,
    Value,
    Address(Part),
    Extended,
    Formatted,
    Title,
    Department,
    Other,
}

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    To(Field),
    FullName,
    Groups,
    Block(Block),
}

impl Reader for GoogleContacts {
    fn id(&self) -> &'static str {
        "google-contacts"
    }

    fn title(&self) -> &'static str {
        "Google contacts"
    }

    fn title_german(&self) -> &'static str {
        "Google-Kontakte"
    }

    fn channel(&self) -> Channel {
        Channel::Mail
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let Body::Table(table) = &document.body else { return Err("it is no table".to_owned()) };
        let columns = columns(&table.header);
        // Outlook has columns such as “E-mail 2 Type”, but none for the value.
        let is_value = |column: &&Column| matches!(column, Column::Block(block) if block.what == What::Value);
        let blocks = columns.iter().flatten().filter(is_value).count();
        let named =
            table.header.find(&["given name", "first name", "family name", "last name", "name"]).is_some();
        let old =
            table.header.find(&["group membership"]).is_some() && table.header.find(&["yomi name"]).is_some();
        let new =
            table.header.find(&["labels"]).is_some() && table.header.find(&["phonetic first name"]).is_some();
        if !named || !(blocks >= 1 || old || new) {
            return Err("it has no columns such as \u{201c}E-mail 1 - Value\u{201d} beside a name".to_owned());
        }
        Ok(Plan { columns: columns.iter().map(|column| column.and_then(field)).collect(), ..Plan::default() })
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Body::Table(table) = &document.body else { return };
        let columns = columns(&table.header);
        let sheet = table.delimiter.is_none();
        let mut addresses = Addresses::default();
        read_rows(table, plan, out, |row, cells, out| {
            cells.clear();
            let entry = Entry { row, columns: &columns, sheet };
            entry.push_plain(cells);
            entry.push_blocks(cells, out);
            addresses.clear();
            entry.push_address(cells, &mut addresses);
            verdict(row, cells)
        });
    }
}

/// One row with the meaning of its columns.
struct Entry<'a> {
    row: &'a Row<'a>,
    columns: &'a [Option<Column>],
    sheet: bool,
}

impl Entry<'_> {
    fn push_plain(&self, cells: &mut Cells) {
        let mut full = "";
        for (at, column) in self.columns.iter().enumerate() {
            let text = self.row.get(at);
            match column {
                Some(Column::To(field)) => cells.push(*field, text),
                Some(Column::FullName) if full.is_empty() => full = text,
                Some(Column::Groups) => push_groups(cells, text),
                _ => {}
            }
        }
        if cells.view().get(Field::GivenName).is_none() && cells.view().get(Field::FamilyName).is_none() {
            cells.push(Field::Name, full);
        }
    }

    fn push_blocks(&self, cells: &mut Cells, out: &mut Output) {
        for (at, column) in self.columns.iter().enumerate() {
            let Some(Column::Block(block)) = column else { continue };
            let text = self.row.get(at);
            if text.trim().is_empty() {
                continue;
            }
            for value in text.split(BETWEEN).map(str::trim) {
                match (block.kind, block.what) {
                    (Kind::Email, What::Value) => several::push_emails(cells, value),
                    (Kind::Phone, What::Value) => self.push_phone(*block, value, cells, out),
                    (Kind::Website, What::Value) => cells.push_new(Field::Url, value),
                    (Kind::Organization, What::Value) => push_first(cells, Field::Company, value),
                    (Kind::Organization, What::Title) => push_first(cells, Field::Position, value),
                    (Kind::Organization, What::Department) => push_first(cells, Field::Department, value),
                    (Kind::Event, What::Value) if self.is_birthday(*block) => {
                        push_first(cells, Field::Birthday, value);
                    }
                    (Kind::Custom, What::Value) if is_profile(value) => cells.push_new(Field::Url, value),
                    _ => {}
                }
            }
        }
    }

    fn push_phone(&self, block: Block, value: &str, cells: &mut Cells, out: &mut Output) {
        let label = self.label(block);
        if label.contains("fax") {
            cells.push_new(Field::Fax, value);
        } else if !label.contains("pager")
            && let Some(problem) = several::push_phones(cells, value, self.sheet, self.row.line)
        {
            out.warn(problem);
        }
    }

    /// One address: the first one labelled as work, else the first.
    fn push_address(&self, cells: &mut Cells, addresses: &mut Addresses) {
        let blocks = || {
            let columns = self.columns.iter().enumerate();
            columns.filter_map(|(at, column)| match column {
                Some(Column::Block(block)) if block.kind == Kind::Address => Some((at, *block)),
                _ => None,
            })
        };
        let given = |block: &Block| {
            blocks().any(|(at, part)| {
                part.number == block.number
                    && matches!(part.what, What::Address(_))
                    && !self.row.get(at).trim().is_empty()
            })
        };
        let mut first = None;
        for (_, block) in blocks().filter(|(_, block)| block.what == What::Label) {
            if !given(&block) {
                continue;
            }
            let label = self.label(block);
            if ["work", "arbeit", "dienst", "gesch", "business", "firma", "bureau"]
                .iter()
                .any(|word| label.contains(word))
            {
                first = Some(block.number);
                break;
            }
            first = first.or(Some(block.number));
        }
        let first = first.or_else(|| blocks().find(|(_, block)| given(block)).map(|(_, block)| block.number));
        for (at, block) in blocks().filter(|(_, block)| Some(block.number) == first) {
            match block.what {
                What::Address(part) => addresses.add(Place::Work, part, self.row.get(at)),
                What::Extended => addresses.add(Place::Work, Part::Street, self.row.get(at)),
                _ => {}
            }
        }
        if addresses.is_empty() {
            let formatted = blocks().filter(|(_, block)| block.what == What::Formatted);
            let mut texts = formatted.map(|(at, _)| self.row.get(at).trim()).filter(|text| !text.is_empty());
            addresses.add(Place::Work, Part::Street, texts.next().unwrap_or_default());
        }
        addresses.push_best(cells);
    }

    fn is_birthday(&self, block: Block) -> bool {
        let label = self.label(block);
        label.contains("birthday") || label.contains("geburtstag")
    }

    /// The label of the block, in lower case.
    fn label(&self, block: Block) -> String {
        let is_label = |column: &Option<Column>| {
            matches!(column, Some(Column::Block(have))
                if have.kind == block.kind && have.number == block.number && have.what == What::Label)
        };
        let column = self.columns.iter().position(is_label);
        column.map(|at| self.row.get(at).to_lowercase()).unwrap_or_default()
    }
}

fn push_first(cells: &mut Cells, field: Field, value: &str) {
    if cells.view().get(field).is_none() {
        cells.push(field, value);
    }
}

fn is_profile(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.contains("linkedin.com/") || value.contains("xing.com/")
}

/// Groups become tags, without those that nobody gave.
fn push_groups(cells: &mut Cells, text: &str) {
    for group in text.split(BETWEEN).filter(|group| !several::is_system_group(group)) {
        cells.push_new(Field::Tags, group.trim().trim_start_matches("* "));
    }
}

fn columns(header: &Header) -> Vec<Option<Column>> {
    header.keys.iter().map(|key| column(key)).collect()
}

fn column(key: &str) -> Option<Column> {
    let field = match key {
        "given name" | "first name" => Field::GivenName,
        "additional name" | "middle name" => Field::MiddleName,
        "family name" | "last name" => Field::FamilyName,
        "name prefix" => Field::Prefix,
        "name suffix" => Field::Suffix,
        "nickname" => Field::Nickname,
        "birthday" => Field::Birthday,
        "notes" => Field::Note,
        "organization name" => Field::Company,
        "organization title" => Field::Position,
        "organization department" => Field::Department,
        "name" | "file as" => return Some(Column::FullName),
        "group membership" | "labels" => return Some(Column::Groups),
        _ => return block(key).map(Column::Block),
    };
    Some(Column::To(field))
}

/// `e mail 1 value`, `custom field 2 label`.
fn block(key: &str) -> Option<Block> {
    const KINDS: [(&str, Kind); 9] = [
        ("e mail ", Kind::Email),
        ("phone ", Kind::Phone),
        ("address ", Kind::Address),
        ("organization ", Kind::Organization),
        ("website ", Kind::Website),
        ("event ", Kind::Event),
        ("custom field ", Kind::Custom),
        ("relation ", Kind::Other),
        ("im ", Kind::Other),
    ];
    let (rest, kind) = KINDS.iter().find_map(|(name, kind)| Some((key.strip_prefix(name)?, *kind)))?;
    let (number, what) = rest.split_once(' ')?;
    let what = match what {
        "type" | "label" => What::Label,
        "value" | "name" => What::Value,
        "street" => What::Address(Part::Street),
        "city" => What::Address(Part::City),
        "region" => What::Address(Part::Region),
        "postal code" => What::Address(Part::Postcode),
        "country" => What::Address(Part::Country),
        "po box" => What::Address(Part::PostBox),
        "extended address" => What::Extended,
        "formatted" => What::Formatted,
        "title" => What::Title,
        "department" => What::Department,
        _ => What::Other,
    };
    Some(Block { kind, number: number.parse().ok()?, what })
}

/// The field a column becomes, to be shown to a person.
fn field(column: Column) -> Option<Field> {
    match column {
        Column::To(field) => Some(field),
        Column::FullName => Some(Field::Name),
        Column::Groups => Some(Field::Tags),
        Column::Block(block) => match (block.kind, block.what) {
            (Kind::Email, What::Value) => Some(Field::Email),
            (Kind::Phone, What::Value) => Some(Field::Phone),
            (Kind::Website, What::Value) => Some(Field::Url),
            (Kind::Organization, What::Value) => Some(Field::Company),
            (Kind::Organization, What::Title) => Some(Field::Position),
            (Kind::Organization, What::Department) => Some(Field::Department),
            (Kind::Address, What::Address(Part::Street)) => Some(Field::Street),
            (Kind::Address, What::Address(Part::City)) => Some(Field::City),
            (Kind::Address, What::Address(Part::Postcode)) => Some(Field::Postcode),
            (Kind::Address, What::Address(Part::Region)) => Some(Field::Region),
            (Kind::Address, What::Address(Part::Country)) => Some(Field::Country),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests;
