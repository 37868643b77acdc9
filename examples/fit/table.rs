//! The table of weights: read as thought, written as fitted.

use std::fmt::Write;

use hamstern::link::Level;

use super::estimate::Row;

const HEAD: &str = "\
# Chance of each comparison level among true pairs (m) and among others (u); the weight is log2(m / u).
# Written by `cargo run --release --example fit` from invented people; no public data set takes part.
# By thought: examples/fit/thought.tsv, for what invented people cannot teach, or what a meaning says of u.
field\tlevel\tm\tu\tmeaning\torigin
";

/// The table by thought.
pub(crate) fn thought() -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [field, name, m, u, meaning] = cells.as_slice() else { return None };
        let level = *Level::ALL.iter().find(|level| level.field() == *field && level.name() == *name)?;
        Some(Row {
            level,
            m: m.parse().ok()?,
            u: u.parse().ok()?,
            meaning: (*meaning).to_owned(),
            origin: String::new(),
        })
    };
    include_str!("thought.tsv").lines().filter_map(row).collect()
}

/// The text of a table.
pub(crate) fn write(rows: &[Row]) -> String {
    let mut text = HEAD.to_owned();
    for Row { level, m, u, meaning, origin } in rows {
        let (field, name) = (level.field(), level.name());
        let _ = writeln!(text, "{field}\t{name}\t{}\t{}\t{meaning}\t{origin}", short(*m), short(*u));
    }
    text
}

/// A number with three digits that count, as short as it can be.
fn short(value: f64) -> String {
    let digits = (2 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
