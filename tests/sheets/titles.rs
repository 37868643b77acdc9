//! The workbooks of the demo in both languages: names of sheets, headers, explanations, what fixed values are called.

use std::fs;
use std::path::Path;

use calamine::{Data as Cell, Reader as _, Xlsx};
use hamstern::table::Language;

use crate::both::untranslated;
use crate::common::demo;
use crate::specs;

/// Names of sheets, headers and explanations of a workbook. Where names in files are explained, they stand in the
/// column of this header.
fn texts(file: &Path) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let mut texts = book.sheet_names();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let explains =
            ["Read me", "Lesen", "Definitions", "Definitionen", "Help", "Hilfe"].contains(&name.as_str());
        let as_in_files = |column: usize| {
            let header = range.get((0, column)).map(ToString::to_string).unwrap_or_default();
            ["Name in files", "Name in Dateien"].contains(&header.as_str())
        };
        for (row, column, cell) in range.used_cells() {
            if let Cell::String(text) = cell
                && (row == 0 || explains && !as_in_files(column))
            {
                texts.push(text.clone());
            }
        }
    }
    texts
}

#[test]
fn sheets_headers_and_explanations_are_told_in_the_language_of_the_workbook() {
    let home = tempfile::tempdir().unwrap();
    let [english, german] = Language::ALL.map(|language| demo(home.path(), language));
    // Names of the team and its members stand in the file between quotes, ids too.
    let pipeline = fs::read_to_string(home.path().join("demo-en.toml")).unwrap();
    let called =
        pipeline.lines().filter_map(|line| line.strip_prefix("name = ").or(line.strip_prefix("id = ")));
    let names = called.collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    for book in ["report.xlsx", "work.xlsx"] {
        wrong.extend(untranslated(&texts(&german.join(book)), &texts(&english.join(book)), &names));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_fixed_values_are_called_is_told_in_both_languages() {
    let specs = specs(&["anna".to_owned()]);
    let mut called = [Vec::new(), Vec::new()];
    for column in specs.values().flat_map(|table| &table.columns) {
        for value in column.values {
            for (texts, language) in called.iter_mut().zip(Language::ALL) {
                texts.push(value.title.in_language(language).to_owned());
                texts.push(value.about.in_language(language).to_owned());
            }
        }
    }
    let [english, german] = &called;
    assert!(english.len() > 300);
    let wrong = untranslated(german, english, "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
