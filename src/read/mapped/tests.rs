//! A mapping joins columns, says what it misses, and reads every row.

use super::super::mapping::Mapping;
use super::super::open::{Outcome, read_file};
use crate::record::{CellsView, Channel, Field};

fn mapping(columns: &[(Field, &[&str])]) -> Mapping {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let columns = columns.iter().map(|(field, columns)| (*field, names(columns))).collect();
    Mapping { columns, distinct: Some(true), complete: None, trust: Some(9), channel: Channel::Event }
}

const TABLE: &str = "record_id,given_name,surname,street_number,address_1,date_of_birth,soc_sec_id\n\
    r1,lachlan,berry,69,giblin street,19990219,7364009\n\
    r2,,,,,,\n\
    ,,,,,,12\n\
    ,,,,,,\n";

fn records(mapping: &Mapping) -> Vec<Vec<(&'static str, String)>> {
    let part = read_file("a.csv", TABLE.as_bytes(), Some(mapping)).parts.remove(0);
    let Outcome::Read(sections) = part.outcome else { panic!("{:?}", part.outcome) };
    let section = &sections[0];
    assert_eq!((section.reader.id(), section.channel, section.trust), ("mapped", Channel::Event, 9));
    assert!(section.distinct && section.output.accounts.balance());
    let mut start = 0;
    let records = section.output.records.iter().map(|entry| {
        let cells = CellsView::from_packed(&section.output.cells[start..entry.end]);
        start = entry.end;
        cells.iter().map(|(field, text)| (field.name(), text.to_owned())).collect()
    });
    records.collect()
}

#[test]
fn columns_are_joined_and_named_in_any_spelling() {
    let mapping = mapping(&[
        (Field::SourceId, &["record_id"]),
        (Field::GivenName, &["Given Name"]),
        (Field::FamilyName, &["surname"]),
        (Field::Street, &["street_number", "address_1"]),
        (Field::Birthday, &["date_of_birth"]),
    ]);
    let all = records(&mapping);
    let first: Vec<_> = all[0].iter().map(|(field, text)| (*field, text.as_str())).collect();
    let expected = [
        ("source_id", "r1"),
        ("given_name", "lachlan"),
        ("family_name", "berry"),
        ("street", "69 giblin street"),
        ("birthday", "19990219"),
    ];
    assert_eq!(first, expected);
    assert_eq!(all[1], [("source_id", "r2".to_owned())], "a row of its own name is kept");
    assert_eq!(all.len(), 2);
}

#[test]
fn missing_columns_are_named_with_the_nearest() {
    let mapping = mapping(&[(Field::GivenName, &["givenname"]), (Field::City, &["suburb"])]);
    let header = super::Header {
        line: 1,
        cells: TABLE.lines().next().unwrap().split(',').map(str::to_owned).collect(),
        keys: TABLE.lines().next().unwrap().split(',').map(super::header_key).collect(),
    };
    let message = super::columns(&mapping, &header).unwrap_err();
    assert!(message.contains("\u{201c}givenname\u{201d} (there is \u{201c}given_name\u{201d})"), "{message}");
    assert!(message.contains("\u{201c}suburb\u{201d}") && !message.contains("suburb\u{201d} ("), "{message}");
}
