//! What comparing finds of names and employers, pair by pair: two tables that people can read.

use std::fs;

use hamstern::clean::{Context, clean};
use hamstern::link::{Explanation, Level, Options, Row, explain};
use hamstern::record::{Cells, DateOrder, Field};

/// Bits from which a part of a name speaks for one person, and to which it speaks against it.
const FOR: f32 = 3.0;
const AGAINST: f32 = -3.0;

/// The rows of a table: verdict, one, other, why.
fn table(name: &str) -> Vec<[String; 4]> {
    let text =
        fs::read_to_string(format!("{}/fixtures/names/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a table");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            cells.try_into().unwrap_or_else(|cells| panic!("four cells: {cells:?}"))
        })
        .collect()
}

fn cleaned(raw: &Cells) -> Cells {
    let context = Context {
        country: "DE",
        timezone: chrono_tz::Europe::Berlin,
        date_order: DateOrder::default(),
        year: 2026,
    };
    let mut cells = Cells::new();
    clean(raw.view(), &context, &mut cells, &mut Vec::new());
    cells
}

/// A person as the table writes them: `Given | Family <address> @ Employer`, or the name in one field.
fn person(text: &str) -> Cells {
    let mut raw = Cells::new();
    let (text, employer) = text.split_once(" @ ").unwrap_or((text, ""));
    let (name, address) = text.split_once('<').unwrap_or((text, ""));
    match name.trim().split_once(" | ") {
        // A bar after a whole name begins a remark.
        Some((given, family)) if !family.contains("oach") => {
            raw.push(Field::GivenName, given);
            raw.push(Field::FamilyName, family);
        }
        _ => raw.push(Field::Name, name.trim()),
    }
    raw.push(Field::Email, address.trim_end_matches('>').trim_end().trim_end_matches('>'));
    raw.push(Field::Company, employer);
    cleaned(&raw)
}

/// Explains pairs of entries, each in an address book of its own.
fn explained(entries: &[Cells]) -> Vec<Explanation> {
    let rows: Vec<Row<'_>> = entries
        .iter()
        .enumerate()
        .map(|(at, cells)| Row {
            cells: cells.view(),
            record_id: at as u64 + 1,
            member: (at % 2) as u16,
            export: (at % 2) as u32,
            distinct: false,
            again: &[],
            day: 20_000,
        })
        .collect();
    let pairs: Vec<(u32, u32)> = (0..rows.len() as u32 / 2).map(|pair| (2 * pair, 2 * pair + 1)).collect();
    explain(&rows, &Options::default(), &pairs)
}

fn bits(found: &Explanation, fields: &[&str]) -> Vec<(Level, f32)> {
    found
        .parts
        .iter()
        .filter(|part| fields.contains(&part.level.field()))
        .map(|part| (part.level, part.weight))
        .collect()
}

fn verdict_of_name(found: &Explanation) -> &'static str {
    let of = |field: &str| -> Option<f32> { bits(found, &[field]).first().map(|(_, weight)| *weight) };
    let is_open = bits(found, &["given"]).iter().any(|(level, _)| {
        matches!(level, Level::GivenInitial | Level::GivenPetInitial | Level::GivenPrefix | Level::GivenPart)
    });
    let (given, family) = (of("given"), of("family"));
    let from_address = found.parts.iter().any(|part| part.level == Level::GivenExact && part.weight < 4.0);
    if given.is_some_and(|bits| bits <= AGAINST) || family.is_some_and(|bits| bits <= AGAINST) {
        "different"
    } else if given.is_some_and(|bits| bits >= FOR)
        && family.is_some_and(|bits| bits >= FOR)
        && !is_open
        && !from_address
    {
        "same"
    } else {
        "might"
    }
}

fn verdict_of_employer(found: &Explanation) -> &'static str {
    let levels = bits(found, &["company"]);
    match levels.first().map(|(level, _)| *level) {
        Some(Level::CompanyEqual) => "same",
        Some(Level::CompanySimilar | Level::CompanyInitials) => "similar",
        _ => "different",
    }
}

fn judge(
    table: &[[String; 4]],
    found: &[Explanation],
    verdict: fn(&Explanation) -> &'static str,
    fields: &[&str],
) {
    let wrong: Vec<String> = table
        .iter()
        .zip(found)
        .filter(|([wanted, ..], found)| wanted != verdict(found))
        .map(|([wanted, one, other, why], found)| {
            format!("{one} ~ {other} ({why}): {}, not {wanted}: {:?}", verdict(found), bits(found, fields))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn names_are_compared_as_people_would() {
    let table = table("people.tsv");
    assert!(table.len() >= 120, "{}", table.len());
    let entries: Vec<Cells> =
        table.iter().flat_map(|[_, one, other, _]| [person(one), person(other)]).collect();
    judge(&table, &explained(&entries), verdict_of_name, &["given", "middle", "family", "name"]);
}

#[test]
fn employers_are_compared_as_people_would() {
    let table = table("employers.tsv");
    let entry = |text: &str| {
        let mut raw = Cells::new();
        raw.push(Field::GivenName, "Anna");
        raw.push(Field::FamilyName, "Talhofer");
        match text.strip_prefix('@') {
            Some(domain) => raw.push(Field::Email, &format!("a.talhofer@{domain}")),
            None => raw.push(Field::Company, text),
        }
        cleaned(&raw)
    };
    let entries: Vec<Cells> =
        table.iter().flat_map(|[_, one, other, _]| [entry(one), entry(other)]).collect();
    judge(&table, &explained(&entries), verdict_of_employer, &["company"]);
}
