//! Fits the weights of linking on invented people and writes `data/link_weights.tsv`.
//!
//! ```text
//! cargo run --release --example fit [-- --out FILE] [--rows N]
//! ```
//! Makes teams and registers with seeds that no test uses, counts each comparison level among true pairs (m)
//! and among pairs of two people (u), and holds what it counted against the table by thought (`thought.tsv`
//! beside this file). The same arguments give the same bytes. No public data set takes part.

mod count;
mod estimate;
#[expect(dead_code, reason = "the generator as a part, without its own command")]
#[path = "../generate/main.rs"]
mod generate;
#[cfg(test)]
mod known;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use hamstern::progress::Progress;
use hamstern::run::{Job, rows, workspace::Workspace};

use count::Counts;
#[cfg(test)]
pub(crate) use known::{find_known_shares, find_shares_of_made_rows};

/// The kinds of data that take part: the generator's arguments, and the true pairs that count of each, at most.
/// Registers count little: linking adapts to a register's own sure pairs, while a small team has too few.
const KINDS: [(&str, f64); 5] = [
    ("--members 8 --seed 9001", 2000.0),
    ("--members 8 --seed 9002 --kind hard", 2000.0),
    ("--members 1 --seed 9003 --preset addresses", 200.0),
    ("--members 1 --seed 9004 --preset signups", 200.0),
    ("--members 1 --seed 9005 --preset history", 200.0),
];

/// Fits the weights of linking on invented people.
#[derive(Parser)]
pub(crate) struct Options {
    /// The table to write.
    #[arg(long, default_value = "data/link_weights.tsv")]
    pub(crate) out: PathBuf,
    /// Rows of each kind of data.
    #[arg(long, default_value_t = 8000)]
    pub(crate) rows: u64,
}

/// Fits and gives the text of the table.
///
/// # Errors
/// A message when data cannot be made or read.
pub(crate) fn fit(rows: u64) -> Result<String, String> {
    let counts: Vec<(Counts, f64)> =
        KINDS.iter().map(|(kind, most)| Ok((counted(kind, rows)?, *most))).collect::<Result<_, String>>()?;
    Ok(table::write(&estimate::estimate(&table::thought(), &counts)))
}

/// Makes one kind of data, reads it as a run would, and counts.
fn counted(kind: &str, rows: u64) -> Result<Counts, String> {
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let data = home.path().join("data");
    let rows = rows.to_string();
    let arguments = ["generate", "--out", &data.to_string_lossy(), "--rows", &rows]
        .into_iter()
        .chain(kind.split(' '))
        .map(str::to_owned)
        .collect::<Vec<_>>();
    generate::generate(&generate::Options::parse_from(arguments)).map_err(|error| error.to_string())?;
    let truth = count::truth(&data.join("truth.csv"))?;
    let pipeline = data.join("hamstern.toml");
    let workspace = if pipeline.is_file() {
        Workspace::from_pipeline(&pipeline)
    } else {
        Workspace::from_folders(&data.join("inbox"), &home.path().join("out"))
    }
    .map_err(|error| error.to_string())?;
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 30).unwrap_or_default();
    let job = Job { workspace, today, publish: false, progress: Progress::new(false) };
    rows::show(&job, |all| Counts::of(all, &truth)).map_err(|error| error.to_string())
}

fn save(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn main() -> ExitCode {
    let options = Options::parse();
    match fit(options.rows).and_then(|text| save(&options.out, &text)) {
        Ok(()) => {
            println!("wrote {}", options.out.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("fit: {error}");
            ExitCode::from(74)
        }
    }
}
