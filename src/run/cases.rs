//! Small cases of the pipeline file: rows that must be one person, and rows that must not.

use chrono::{Datelike, NaiveDate};

use super::locale;
use super::settings;
use crate::clean::{Context, clean};
use crate::link;
use crate::merge::holding::day;
use crate::pipeline::{Pipeline, TestCase};
use crate::record::{Cells, DateOrder};
use crate::store::Store;

/// Runs every `[[test]]` and says in words which do not hold.
pub fn failures(pipeline: &Pipeline, today: NaiveDate) -> Vec<String> {
    pipeline.tests.iter().flat_map(|case| fails(case, pipeline, today)).collect()
}

/// What of one case does not hold. Every row is an export of a member of its own.
fn fails(case: &TestCase, pipeline: &Pipeline, today: NaiveDate) -> Vec<String> {
    let locale = locale::settle(pipeline, &Store::default(), "");
    let context = Context {
        country: locale.country,
        timezone: locale.timezone,
        date_order: DateOrder::DayFirst,
        year: today.year(),
    };
    let cleaned: Vec<Cells> = case
        .rows
        .iter()
        .map(|raw| {
            let mut cells = Cells::new();
            clean(raw.view(), &context, &mut cells, &mut Vec::new());
            cells
        })
        .collect();
    let rows: Vec<link::Row<'_>> = cleaned
        .iter()
        .enumerate()
        .map(|(number, cells)| link::Row {
            cells: cells.view(),
            record_id: number as u64,
            member: number as u16,
            export: number as u32,
            distinct: false,
            again: &[],
            day: day(today),
        })
        .collect();
    let linked = link::link(&rows, &settings(pipeline));
    let group = |row: usize| linked.groups.get(row);
    let mut out = Vec::new();
    for rows in &case.same {
        for pair in rows.windows(2).filter(|pair| group(pair[0]) != group(pair[1])) {
            out.push(told(case, pair[0], pair[1], "two people, and should be one"));
        }
    }
    for rows in &case.different {
        for (place, a) in rows.iter().enumerate() {
            for b in rows[place + 1..].iter().filter(|b| group(*a) == group(**b)) {
                out.push(told(case, *a, *b, "one person, and should be two"));
            }
        }
    }
    out
}

fn told(case: &TestCase, a: usize, b: usize, what: &str) -> String {
    format!("[[test]] \"{}\": rows {} and {} are {what}", case.name, a + 1, b + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field;

    fn cells(pairs: &[(Field, &str)]) -> Cells {
        let mut cells = Cells::new();
        for (field, text) in pairs {
            cells.push(*field, text);
        }
        cells
    }

    #[test]
    fn a_case_that_does_not_hold_is_told() {
        use Field::{Email, FamilyName, GivenName};
        let row =
            |given: &str, mail: &str| cells(&[(GivenName, given), (FamilyName, "Grünspan"), (Email, mail)]);
        let mut case = TestCase {
            name: "spellings".into(),
            rows: vec![
                row("Jürgen", "j.g@lindwurm.example"),
                row("Juergen", "j.g@lindwurm.example"),
                row("Renate", "r@x.example"),
            ],
            same: vec![vec![0, 1]],
            different: vec![vec![0, 2]],
        };
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let pipeline = |case: &TestCase| Pipeline { tests: vec![case.clone()], ..Pipeline::default() };
        assert_eq!(failures(&pipeline(&case), today), [] as [&str; 0]);
        (case.same, case.different) = (vec![vec![1, 2]], vec![vec![0, 1]]);
        assert_eq!(
            failures(&pipeline(&case), today),
            [
                "[[test]] \"spellings\": rows 2 and 3 are two people, and should be one",
                "[[test]] \"spellings\": rows 1 and 2 are one person, and should be two",
            ]
        );
    }
}
