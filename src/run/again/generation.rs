//! A published generation: what its manifest tells, its files, and the rows of its tables.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::super::ground::Kept;
use crate::error::{Error, Kind, Result};
use crate::state::{files, generation};
use crate::table::{Language, Table};
use crate::write;

/// The layout of manifests that this program reads and writes.
const SCHEMA_VERSION: u64 = 1;
/// What reports are made into; all else of a generation is carried over.
const MADE_ANEW: [&str; 6] =
    ["reports", "members", "report.xlsx", "report.html", "schema.json", "manifest.json"];

/// A generation that was published.
pub(super) struct Generation {
    pub(super) number: u32,
    /// Its manifest as it stands.
    pub(super) manifest: Value,
    /// What reports need of the manifest.
    pub(super) told: Told,
    folder: PathBuf,
}

/// What reports need of a manifest.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) today: NaiveDate,
    pub(super) as_of: NaiveDate,
    pub(super) locale: ToldLocale,
    pub(super) members: Vec<ToldMember>,
    pub(super) kept: Kept,
    /// The files that were read, with their bytes.
    pub(super) inputs: BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ToldLocale {
    pub(super) country: String,
    language: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ToldMember {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct ToldInput {
    path: String,
    bytes: u64,
}

impl Generation {
    /// Opens a generation in the folder of results.
    ///
    /// # Errors
    /// [`Kind::Config`] when it was written by another version that kept less, or is damaged.
    pub(super) fn open(out: &Path, number: u32) -> Result<Generation> {
        let folder = out.join("generations").join(generation::name(number));
        let path = folder.join("manifest.json");
        let bytes =
            fs::read(&path).map_err(|error| Error::io(Kind::Config, "cannot be read", &path, &error))?;
        let damaged = |what: &dyn std::fmt::Display| {
            let message = format!("{}: the manifest is damaged: {what}", path.display());
            Error::new(Kind::Config, message).hinted(RUN)
        };
        let manifest: Value = serde_json::from_slice(&bytes).map_err(|error| damaged(&error))?;
        let version = manifest["schema_version"].as_u64();
        if version != Some(SCHEMA_VERSION) || manifest.get("kept").is_none() {
            let by = manifest["written_by"].as_str().unwrap_or("another version");
            let message = format!(
                "the results {} were written by {by}, which keeps other things than this program makes reports of",
                generation::name(number)
            );
            return Err(Error::new(Kind::Config, message).hinted(RUN));
        }
        let inputs: Vec<ToldInput> = part(&manifest, "inputs").map_err(|error| damaged(&error))?;
        let told = || -> serde_json::Result<Told> {
            Ok(Told {
                today: part(&manifest, "today")?,
                as_of: part(&manifest, "as_of")?,
                locale: part(&manifest, "locale")?,
                members: part(&manifest, "members")?,
                kept: part(&manifest, "kept")?,
                inputs: inputs.into_iter().map(|input| (input.path, input.bytes)).collect(),
            })
        };
        let told = told().map_err(|error| damaged(&error))?;
        Ok(Generation { number, manifest, told, folder })
    }

    /// The language of the run.
    pub(super) fn language(&self) -> Language {
        Language::from_name(&self.told.locale.language).unwrap_or_default()
    }

    /// A file of it as text.
    pub(super) fn text(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.folder.join(name)).map_err(|error| self.damaged(name, &error))
    }

    /// A file of it that does not hold what it should.
    pub(super) fn damaged(&self, name: &str, error: &dyn std::fmt::Display) -> Error {
        let message = format!("{}: cannot be read: {error}", self.folder.join(name).display());
        Error::new(Kind::Config, message).hinted(RUN)
    }

    /// The names of the columns of a table, and how many rows it has.
    pub(super) fn shape(&self, table: &str) -> Result<(Vec<String>, usize)> {
        self.parquet(table, write::shape)
    }

    /// Rows of a table from one on, at most so many, in the columns of `spec`.
    pub(super) fn rows(&self, spec: &Table, from: usize, most: usize) -> Result<Table> {
        self.parquet(spec.name, |file| write::rows(file, spec, from, most))
    }

    /// All rows of a table in these columns of `spec`.
    ///
    /// # Errors
    /// [`Kind::Config`] when one of them is missing.
    pub(super) fn all(&self, mut spec: Table, columns: &[&str]) -> Result<Table> {
        spec.columns.retain(|column| columns.contains(&column.name));
        self.holds(spec.name, &self.shape(spec.name)?.0, columns)?;
        self.rows(&spec, 0, usize::MAX)
    }

    /// Sees to it that a table has all these columns.
    pub(super) fn holds(&self, table: &str, has: &[String], columns: &[&str]) -> Result<()> {
        let Some(missing) = columns.iter().find(|name| !has.iter().any(|has| has == *name)) else {
            return Ok(());
        };
        let message = format!(
            "the table {table} of the results {} has no column {missing}; another version wrote it",
            generation::name(self.number)
        );
        Err(Error::new(Kind::Config, message).hinted(RUN))
    }

    fn parquet<T>(&self, table: &str, read: impl FnOnce(File) -> io::Result<T>) -> Result<T> {
        let name = format!("{table}.parquet");
        let file = File::open(self.folder.join(&name)).map_err(|error| self.damaged(&name, &error))?;
        read(file).map_err(|error| self.damaged(&name, &error))
    }

    /// Puts everything but what reports are made into in another folder, unchanged.
    pub(super) fn carry(&self, to: &Path) -> Result<()> {
        let wrong = |error: &io::Error| Error::io(Kind::Io, "cannot be read", &self.folder, error);
        for entry in fs::read_dir(&self.folder).map_err(|error| wrong(&error))? {
            let entry = entry.map_err(|error| wrong(&error))?;
            let name = entry.file_name();
            if !MADE_ANEW.iter().any(|made| name == *made) {
                files::link_or_copy(&entry.path(), &to.join(name))?;
            }
        }
        Ok(())
    }
}

/// What to do where a generation cannot be used.
const RUN: &str = "`hamstern run` makes new results that this version can make reports of";

/// A part of a manifest.
fn part<T: serde::de::DeserializeOwned>(manifest: &Value, name: &str) -> serde_json::Result<T> {
    T::deserialize(&manifest[name])
}
