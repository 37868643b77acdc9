//! `schema.json`: every table and column in words, made from the tables themselves.

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize};

use crate::table::{Column, Table};

#[derive(Serialize, Deserialize)]
struct Schema<'a> {
    tables: Vec<TableSchema<'a>>,
}

#[derive(Serialize, Deserialize)]
struct TableSchema<'a> {
    name: Cow<'a, str>,
    about: Cow<'a, str>,
    key: Vec<Cow<'a, str>>,
    columns: Vec<ColumnSchema<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ColumnSchema<'a> {
    name: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: Cow<'a, str>,
    about: Cow<'a, str>,
    key: bool,
    nullable: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueSchema<'a>>,
}

/// A fixed value; a name that ends in `_` is followed by a number.
#[derive(Serialize, Deserialize)]
struct ValueSchema<'a> {
    name: Cow<'a, str>,
    about: Cow<'a, str>,
}

/// The meaning of every table and column as JSON, in the order given; rows do not matter.
pub fn schema(tables: &[&Table]) -> String {
    told(&Schema { tables: tables.iter().map(|table| table_schema(table)).collect() })
}

/// An earlier schema in which some tables are explained anew: those that `goes` names leave it, and `tables`
/// stand in their place. All others stay as they were explained.
///
/// # Errors
/// When the earlier schema cannot be read.
pub fn schema_again(old: &str, goes: impl Fn(&str) -> bool, tables: &[&Table]) -> io::Result<String> {
    let old: Schema<'_> = serde_json::from_str(old)?;
    let mut all: Vec<TableSchema<'_>> = Vec::new();
    let mut new = tables.iter().map(|table| table_schema(table));
    for table in old.tables {
        if goes(&table.name) {
            all.extend(new.by_ref());
            continue;
        }
        let before = table.name == BEFORE_REPORTS;
        all.push(table);
        if before {
            all.extend(new.by_ref());
        }
    }
    all.extend(new);
    Ok(told(&Schema { tables: all }))
}

/// The table behind which reports are explained.
const BEFORE_REPORTS: &str = "provenance";

fn told(schema: &Schema<'_>) -> String {
    let mut json = serde_json::to_string_pretty(schema).unwrap_or_default();
    json.push('\n');
    json
}

fn table_schema(table: &Table) -> TableSchema<'_> {
    TableSchema {
        name: table.name.into(),
        about: table.about.into(),
        key: table.key.iter().map(|name| Cow::from(*name)).collect(),
        columns: table.columns.iter().map(|column| column_schema(column, table.key)).collect(),
    }
}

fn column_schema<'a>(column: &'a Column, key: &[&str]) -> ColumnSchema<'a> {
    let key = key.contains(&column.name);
    let values = column.values.iter().map(|value| ValueSchema {
        name: value.name.into(),
        about: if value.about.english.is_empty() { value.title.english } else { value.about.english }.into(),
    });
    ColumnSchema {
        name: column.name.into(),
        kind: column.data.type_name().into(),
        about: column.about.into(),
        key,
        nullable: !key,
        values: values.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write;

    #[test]
    fn every_column_of_every_table_is_explained() {
        let tables = [
            write::contacts(&[], &[]),
            write::holdings(&[]),
            write::provenance(&[], |_| std::iter::empty()),
            write::touches(&[]),
            write::rejects(&[]),
            write::changes(&[]),
            write::redirects(&[]),
            write::review::review(&[]),
        ];
        let json: serde_json::Value = serde_json::from_str(&schema(&tables.each_ref())).unwrap();
        for (table, told) in tables.iter().zip(json["tables"].as_array().unwrap()) {
            assert_eq!(told["name"], table.name);
            for (column, told) in table.columns.iter().zip(told["columns"].as_array().unwrap()) {
                assert_eq!(told["name"], column.name);
                assert!(!column.about.is_empty(), "{}.{} is not explained", table.name, column.name);
                assert!(column.name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_'));
            }
            for key in table.key {
                assert!(table.column(key).is_some(), "{} has no key column {key}", table.name);
            }
        }
    }

    #[test]
    fn what_is_explained_anew_takes_the_place_of_what_was() {
        let [one, two] = ["growth", "race"].map(|name| crate::table::Table { name, ..write::changes(&[]) });
        let (before, after) = (write::provenance(&[], |_| std::iter::empty()), write::touches(&[]));
        let whole = schema(&[&before, &one, &two, &after]);
        let goes = |name: &str| ["growth", "race"].contains(&name);
        assert_eq!(schema_again(&whole, goes, &[&one, &two]).unwrap(), whole);
        let less = schema_again(&whole, goes, &[]).unwrap();
        assert_eq!(less, schema(&[&before, &after]));
        assert_eq!(schema_again(&less, goes, &[&one, &two]).unwrap(), whole);
        assert!(schema_again("{", goes, &[]).is_err());
    }
}
