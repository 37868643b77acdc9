//! Generated teams for tests: small, of any seed, with the truth about who is who.
#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]

#[path = "../../examples/generate/main.rs"]
mod generate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Parser;

use super::common::csv;

/// A row of a source file: path in the inbox, line, sheet.
pub type Place = (String, u32, String);

/// A generated team in a folder of its own, which goes away with it.
pub struct Team {
    home: tempfile::TempDir,
}

impl Team {
    /// Makes a team with the generator's own arguments, such as `--rows 600 --members 4 --seed 7`.
    pub fn new(arguments: &str) -> Team {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("team");
        let options = generate::Options::parse_from(
            ["generate", "--out", out.to_str().expect("UTF-8")]
                .into_iter()
                .chain(arguments.split_whitespace()),
        );
        generate::generate(&options).expect("a team");
        Team { home }
    }

    /// The folder that the team and what is made of it lie in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A folder for results beside the team.
    pub fn out(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The inbox.
    pub fn inbox(&self) -> PathBuf {
        self.home.path().join("team/inbox")
    }

    /// The person of every row.
    pub fn truth(&self) -> BTreeMap<Place, String> {
        truth(&self.home.path().join("team/truth.csv"))
    }
}

/// A truth file as the person of every row.
pub fn truth(path: &Path) -> BTreeMap<Place, String> {
    csv(path).into_iter().map(|row| (place(&row), row["person"].clone())).collect()
}

/// Where a row of provenance or truth stands.
pub fn place(row: &BTreeMap<String, String>) -> Place {
    (row["file"].clone(), row["line"].parse().expect("a line"), row.get("sheet").cloned().unwrap_or_default())
}
