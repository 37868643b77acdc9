//! Remembered exports: the rows of complete network exports, kept so that one which is overwritten loses nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::files;
use crate::error::{Error, Kind, Result};

/// A complete export that this or an earlier run saw. Its rows lie in a file of the state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Names the content: member, bytes of the file, place inside it, and reader.
    pub key: String,
    /// Name of the file with its rows.
    pub rows: String,
    /// What became of it.
    pub standing: Standing,
    /// Id of the member.
    pub member: String,
    /// Id of the reader.
    pub reader: String,
    /// Whose account it shows, where that is known.
    pub account: String,
    /// Path relative to the inbox, archive members as `Export.zip!Connections.csv`.
    pub path: String,
    /// Name of the sheet, empty outside workbooks.
    pub sheet: String,
    /// SHA-256 of the file in hex.
    pub sha256: String,
    /// The day it was made.
    pub day: NaiveDate,
    /// Whether a name or the export itself tells that day.
    pub dated: bool,
    /// How far its values are believed, 1 to 10.
    pub trust: u8,
    /// Whether two rows of it are two people.
    pub distinct: bool,
    /// Name of the channel of its holdings.
    pub channel: String,
}

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It lies in the inbox.
    Present,
    /// Another file took its path and is no newer export of the same account: all of it still counts.
    Whole,
    /// Another export took its place; the rows are those that one no longer shows.
    Departed {
        /// The key of the export that took its place.
        into: String,
        /// The day of the first export that no longer showed them.
        ended: NaiveDate,
    },
    /// It was taken away, and nothing took its place: it counts for nothing until it or a newer one comes.
    Away,
}

/// One row of a remembered export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 1-based line on which it starts.
    pub line: u32,
    /// The row's own name in its source, as it stands there.
    pub source_id: String,
    /// Its cleaned cells, packed.
    pub cells: String,
}

const SEAL_BYTES: usize = 16;
/// What the file begins with: its kind and the version of its layout.
const HEAD: &[u8] = b"hamstern rows 1\n";

/// A hash as a name of 32 hexadecimal digits.
pub fn name_of(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The bytes of a file of rows.
pub fn encode(rows: &[Row]) -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    for row in rows {
        for number in [row.line, row.source_id.len() as u32, row.cells.len() as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(row.source_id.as_bytes());
        bytes.extend_from_slice(row.cells.as_bytes());
    }
    let seal = xxh3_128(&bytes);
    bytes.extend_from_slice(&seal.to_le_bytes());
    bytes
}

fn decode(bytes: &[u8]) -> Option<Vec<Row>> {
    let (sealed, seal) = bytes.split_last_chunk::<SEAL_BYTES>()?;
    let mut rest = sealed.strip_prefix(HEAD)?;
    if xxh3_128(sealed).to_le_bytes() != *seal {
        return None;
    }
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let mut numbers = [0u32; 3];
        for number in &mut numbers {
            let (bytes, tail) = rest.split_first_chunk::<4>()?;
            *number = u32::from_le_bytes(*bytes);
            rest = tail;
        }
        let [line, id, cells] = numbers;
        let (id, tail) = rest.split_at_checked(id as usize)?;
        let (cells, tail) = tail.split_at_checked(cells as usize)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        rows.push(Row { line, source_id: text(id)?, cells: text(cells)? });
        rest = tail;
    }
    Some(rows)
}

fn folder(state: &Path) -> PathBuf {
    state.join("exports")
}

/// Where the rows of that name lie.
pub fn place(state: &Path, name: &str) -> PathBuf {
    folder(state).join(format!("{name}.rows"))
}

/// Reads the rows of a remembered export.
///
/// # Errors
/// [`Kind::Config`] when they are missing or damaged: people would be lost without a word.
pub fn load(state: &Path, export: &Remembered) -> Result<Vec<Row>> {
    let path = place(state, &export.rows);
    let lost = format!("the remembered rows of {} cannot be read", export.path);
    let hint = "restore the state from a backup, or put that export back into the inbox beside the newer one";
    let bytes = fs::read(&path)
        .map_err(|error| Error::io(Kind::Config, lost.as_str(), &path, &error).hinted(hint))?;
    decode(&bytes).ok_or_else(|| {
        Error::new(Kind::Config, format!("{}: {lost}: the file is damaged", path.display())).hinted(hint)
    })
}

/// Writes rows unless a file of that name is there, which holds the same.
///
/// # Errors
/// When they cannot be written.
pub fn save(state: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    files::make_folder(&folder(state))?;
    files::replace(&place(state, name), bytes)
}

/// Whether rows of that name are there.
pub fn is_there(state: &Path, name: &str) -> bool {
    place(state, name).is_file()
}

/// Removes rows that no name of `wanted` asks for. What cannot be removed stays.
pub fn prune(state: &Path, wanted: &BTreeSet<String>) {
    for entry in fs::read_dir(folder(state)).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let name = file.to_str().and_then(|name| name.strip_suffix(".rows"));
        if name.is_some_and(|name| !wanted.contains(name)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_and_damage_is_seen() {
        let row =
            |line, id: &str| Row { line, source_id: id.to_owned(), cells: "ä1".repeat(line as usize % 7) };
        let rows = vec![row(2, "https://x.example/ä"), row(300, "")];
        let good = encode(&rows);
        assert_eq!(decode(&good), Some(rows));
        assert_eq!(decode(&encode(&[])), Some(Vec::new()));
        for cut in 0..good.len() {
            assert_eq!(decode(&good[..cut]), None, "cut at {cut}");
        }
        for flip in 0..good.len() {
            let mut bad = good.clone();
            bad[flip] ^= 0x10;
            assert_eq!(decode(&bad), None, "flip at {flip}");
        }
    }

    #[test]
    fn only_what_is_asked_for_stays() {
        let state = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            save(state.path(), name, &encode(&[])).unwrap();
        }
        prune(state.path(), &BTreeSet::from(["b".to_owned()]));
        assert!(!is_there(state.path(), "a") && is_there(state.path(), "b"));
    }
}
