//! `schema.json`: every table and column in words, made from the tables themselves.

use serde::Serialize;

use crate::table::{Column, Table};

#[derive(Serialize)]
struct Schema<'a> {
    tables: Vec<TableSchema<'a>>,
}

#[derive(Serialize)]
struct TableSchema<'a> {
    name: &'a str,
    about: &'a str,
    key: &'a [&'a str],
    columns: Vec<ColumnSchema<'a>>,
}

#[derive(Serialize)]
struct ColumnSchema<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    about: &'a str,
    key: bool,
    nullable: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueSchema<'a>>,
}

/// A fixed value; a name that ends in `_` is followed by a number.
#[derive(Serialize)]
struct ValueSchema<'a> {
    name: &'a str,
    about: &'a str,
}

/// The meaning of every table and column as JSON, in the order given; rows do not matter.
pub fn schema(tables: &[&Table]) -> String {
    let schema = Schema { tables: tables.iter().map(|table| table_schema(table)).collect() };
    let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
    json.push('\n');
    json
}

fn table_schema(table: &Table) -> TableSchema<'_> {
    TableSchema {
        name: table.name,
        about: table.about,
        key: table.key,
        columns: table.columns.iter().map(|column| column_schema(column, table.key)).collect(),
    }
}

fn column_schema<'a>(column: &'a Column, key: &[&str]) -> ColumnSchema<'a> {
    let key = key.contains(&column.name);
    let values = column.values.iter().map(|value| ValueSchema {
        name: value.name,
        about: if value.about.english.is_empty() { value.title.english } else { value.about.english },
    });
    ColumnSchema {
        name: column.name,
        kind: column.data.type_name(),
        about: column.about,
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
}
