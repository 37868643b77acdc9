//! What the program remembers from run to run: whose record became which contact, when a file and a
//! record were first seen, and what was refused before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::export::{self, Remembered};
use super::faces::Faces;
use super::history::TierDay;
use super::tiers::{KeptTier, TIER_BYTES};
use super::{files, generation};
use crate::error::{Error, Kind, Result};
use crate::write::Figures;

/// The layout this program writes; it reads this one and older ones, and refuses newer ones.
const SCHEMA_VERSION: u32 = 4;

/// What one run leaves for the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// Number of the generation it belongs to; set when it is saved.
    pub generation: u32,
    /// Ids of the members that [`Known::member`] counts through.
    pub members: Vec<String>,
    /// The day each file content, by its SHA-256 in hex, was first seen.
    pub files: BTreeMap<String, NaiveDate>,
    /// Every kept row, sorted.
    pub rows: Vec<Known>,
    /// Rows that earlier runs kept and that lie in no file of the inbox now, sorted: they may come back.
    pub gone: Vec<Known>,
    /// Hashes of files and rows that were refused.
    pub refused: BTreeSet<u64>,
    /// Contacts that were merged into others, sorted; never forgotten unless a split brings them back.
    pub redirects: Vec<Redirect>,
    /// How each contact looked; empty when an older program wrote the state.
    pub faces: Faces,
    /// Complete exports whose people must not be lost when they are overwritten.
    pub exports: Vec<Remembered>,
    /// The day of the run that left it; none when an older program wrote the state, which knew no categories.
    pub day: Option<NaiveDate>,
    /// The team's country in that run, ISO 3166 alpha-2; empty when an older program wrote the state.
    pub country: String,
    /// The months after which that run moved contacts of category D out of the contacts; 0: never.
    pub archive_months: u32,
    /// The categories of contacts that had or have one, in the order of their numbers.
    pub tiers: Vec<KeptTier>,
    /// The figures that the workbook of that generation begins with; none when an older program wrote the state.
    pub figures: Option<Figures>,
    /// People by category on the days of earlier runs, this one included, in order.
    pub history: Vec<TierDay>,
}

/// A contact number that was retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The retired number.
    pub retired: u64,
    /// The number of the contact it was merged into, which may be retired by now as well.
    pub into: u64,
    /// The generation since which it is.
    pub generation: u32,
    /// The day of that run, days since 1970.
    pub day: i32,
    /// Whether a person said so; else the records did.
    pub decided: bool,
}

/// A row that an earlier run kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The stable hash of reader and the row's own name.
    pub record_id: u64,
    /// Index into [`Memory::members`].
    pub member: u32,
    /// Days since 1970 of the first export that showed it.
    pub first_seen: i32,
    /// Hash of its cleaned cells.
    pub content: u64,
    /// The number of the contact it became.
    pub contact: u64,
    /// Hash of reader and person's name, 0 where the row has a name of its own in its source.
    pub name: u64,
    /// The number of the contact it was in before that one was merged into its present one; else the same.
    pub home: u64,
}

#[derive(Serialize, Deserialize)]
struct Header {
    schema_version: u32,
    written_by: String,
    generation: u32,
    members: Vec<String>,
    files: BTreeMap<String, NaiveDate>,
    rows: usize,
    refused: usize,
    #[serde(default)]
    gone: usize,
    #[serde(default)]
    redirects: usize,
    /// Sizes of the faces: entries, texts, bytes of the texts.
    #[serde(default)]
    faces: [usize; 3],
    #[serde(default)]
    exports: Vec<Remembered>,
    #[serde(default)]
    tiers: usize,
    #[serde(default)]
    day: Option<NaiveDate>,
    #[serde(default)]
    country: String,
    #[serde(default)]
    archive_months: u32,
    #[serde(default)]
    figures: Option<Figures>,
    #[serde(default)]
    history: Vec<TierDay>,
}

impl Header {
    /// How many bytes a row has; the first layout knew no homes.
    fn row_bytes(&self) -> usize {
        if self.schema_version == 1 { ROW_BYTES - 8 } else { ROW_BYTES }
    }

    /// The sizes of all parts of the body in their order, where they are numbers at all.
    fn sizes(&self) -> Option<[usize; 6]> {
        Some([
            self.rows.checked_mul(self.row_bytes())?,
            self.gone.checked_mul(ROW_BYTES)?,
            self.refused.checked_mul(8)?,
            self.redirects.checked_mul(REDIRECT_BYTES)?,
            Faces::bytes(self.faces)?,
            self.tiers.checked_mul(TIER_BYTES)?,
        ])
    }
}

const ROW_BYTES: usize = 48;
const REDIRECT_BYTES: usize = 25;
const SEAL_BYTES: usize = 32;

impl Memory {
    /// Reads the memory that belongs to a generation; without a generation the newest there is.
    ///
    /// # Errors
    /// [`Kind::Config`] when it is missing, damaged or written by a newer program: never a silent fresh start.
    pub fn load(state: &Path, current: Option<u32>) -> Result<Memory> {
        let number = match current {
            Some(number) => number,
            None => match newest(state) {
                Some(number) => number,
                None => return Ok(Memory::default()),
            },
        };
        let path = path(state, number);
        let bytes = fs::read(&path).map_err(|error| {
            Error::io(Kind::Config, "the state of the current generation cannot be read", &path, &error)
                .hinted("restore it from a backup; without it every contact would get a new id")
        })?;
        decode(&bytes).map_err(|what| {
            Error::new(Kind::Config, format!("{}: {what}", path.display()))
                .hinted("restore it from a backup, or remove the state and the output folder to start anew with new ids")
        })
    }

    /// Writes the memory of a generation; it counts once `current` points to that generation.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, state: &Path, number: u32) -> Result<()> {
        files::replace(&path(state, number), &self.encode(number))
    }

    /// Removes the memories of generations older than the newest `keep`, and rows of exports that none of the
    /// others asks for.
    pub fn prune(state: &Path, keep: u32, current: u32) {
        for number in (1..current.saturating_sub(keep.max(1) - 1)).rev() {
            if fs::remove_file(path(state, number)).is_err() {
                break;
            }
        }
        export::prune(state, &wanted_rows(state));
    }

    fn encode(&self, generation: u32) -> Vec<u8> {
        let header = Header {
            schema_version: SCHEMA_VERSION,
            written_by: format!("hamstern {}", env!("CARGO_PKG_VERSION")),
            generation,
            members: self.members.clone(),
            files: self.files.clone(),
            rows: self.rows.len(),
            refused: self.refused.len(),
            gone: self.gone.len(),
            redirects: self.redirects.len(),
            faces: self.faces.sizes(),
            exports: self.exports.clone(),
            tiers: self.tiers.len(),
            day: self.day,
            country: self.country.clone(),
            archive_months: self.archive_months,
            figures: self.figures.clone(),
            history: self.history.clone(),
        };
        let mut bytes = serde_json::to_vec(&header).unwrap_or_default();
        bytes.push(b'\n');
        let sizes = header.sizes().unwrap_or_default();
        bytes.reserve(sizes.iter().sum::<usize>() + SEAL_BYTES);
        for row in self.rows.iter().chain(&self.gone) {
            bytes.extend_from_slice(&row.record_id.to_le_bytes());
            bytes.extend_from_slice(&row.member.to_le_bytes());
            bytes.extend_from_slice(&row.first_seen.to_le_bytes());
            bytes.extend_from_slice(&row.content.to_le_bytes());
            bytes.extend_from_slice(&row.contact.to_le_bytes());
            bytes.extend_from_slice(&row.name.to_le_bytes());
            bytes.extend_from_slice(&row.home.to_le_bytes());
        }
        for hash in &self.refused {
            bytes.extend_from_slice(&hash.to_le_bytes());
        }
        for redirect in &self.redirects {
            bytes.extend_from_slice(&redirect.retired.to_le_bytes());
            bytes.extend_from_slice(&redirect.into.to_le_bytes());
            bytes.extend_from_slice(&redirect.generation.to_le_bytes());
            bytes.extend_from_slice(&redirect.day.to_le_bytes());
            bytes.push(redirect.decided.into());
        }
        self.faces.encode(&mut bytes);
        self.tiers.iter().for_each(|tier| tier.encode(&mut bytes));
        let seal = Sha256::digest(&bytes);
        bytes.extend_from_slice(&seal);
        bytes
    }
}

fn decode(bytes: &[u8]) -> std::result::Result<Memory, String> {
    let end = memchr::memchr(b'\n', bytes).ok_or("the state is cut off")?;
    let head = &bytes[..end];
    let version: serde_json::Value =
        serde_json::from_slice(head).map_err(|error| format!("the head of the state is damaged: {error}"))?;
    let version = version.get("schema_version").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if !(1..=u64::from(SCHEMA_VERSION)).contains(&version) {
        return Err(format!(
            "the state has layout {version}, this is hamstern {} with layout {SCHEMA_VERSION}",
            env!("CARGO_PKG_VERSION")
        ));
    }
    let header: Header =
        serde_json::from_slice(head).map_err(|error| format!("the head of the state is damaged: {error}"))?;
    let damaged = || "the state is damaged: it is not what was written".to_owned();
    let (sealed, seal) = bytes.split_last_chunk::<SEAL_BYTES>().ok_or_else(damaged)?;
    let body = sealed.get(end + 1..).ok_or_else(damaged)?;
    let sizes = header.sizes().ok_or_else(damaged)?;
    let sum = sizes.iter().try_fold(0usize, |sum, size| sum.checked_add(*size));
    if sum != Some(body.len()) || Sha256::digest(sealed).as_slice() != seal {
        return Err(damaged());
    }
    let mut rest = body;
    let [rows, gone, refused, redirects, faces, tiers] = sizes.map(|size| {
        let (part, tail) = rest.split_at(size);
        rest = tail;
        part
    });
    Ok(Memory {
        rows: rows.chunks_exact(header.row_bytes()).map(known).collect(),
        gone: gone.chunks_exact(ROW_BYTES).map(known).collect(),
        refused: refused.chunks_exact(8).map(|hash| u64_at(hash, 0)).collect(),
        redirects: redirects
            .chunks_exact(REDIRECT_BYTES)
            .map(|row| Redirect {
                retired: u64_at(row, 0),
                into: u64_at(row, 8),
                generation: u32_at(row, 16),
                day: u32_at(row, 20).cast_signed(),
                decided: row[24] != 0,
            })
            .collect(),
        faces: Faces::decode(header.faces, faces).ok_or_else(damaged)?,
        tiers: tiers.as_chunks().0.iter().map(KeptTier::decode).collect(),
        generation: header.generation,
        day: header.day,
        country: header.country,
        archive_months: header.archive_months,
        figures: header.figures,
        history: header.history,
        members: header.members,
        files: header.files,
        exports: header.exports,
    })
}

fn u32_at(row: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|byte| row[at + byte]))
}

fn u64_at(row: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(std::array::from_fn(|byte| row[at + byte]))
}

/// A row of either layout; in the first every row was at home.
fn known(row: &[u8]) -> Known {
    let contact = u64_at(row, 24);
    Known {
        record_id: u64_at(row, 0),
        member: u32_at(row, 8),
        first_seen: u32_at(row, 12).cast_signed(),
        content: u64_at(row, 16),
        contact,
        name: u64_at(row, 32),
        home: if row.len() == ROW_BYTES { u64_at(row, 40) } else { contact },
    }
}

/// The names of all rows of exports that the states in a folder ask for.
fn wanted_rows(state: &Path) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Exports {
        #[serde(default)]
        exports: Vec<Remembered>,
    }
    let entries = fs::read_dir(state).into_iter().flatten().flatten().map(|entry| entry.path());
    let heads =
        entries.filter(|path| path.extension().is_some_and(|end| end == "state")).filter_map(|path| {
            let mut head = Vec::new();
            std::io::BufReader::new(fs::File::open(path).ok()?).read_until(b'\n', &mut head).ok()?;
            serde_json::from_slice::<Exports>(&head).ok()
        });
    heads.flat_map(|head| head.exports).map(|export| export.rows).collect()
}

fn path(state: &Path, number: u32) -> PathBuf {
    state.join(format!("{}.state", generation::name(number)))
}

fn newest(state: &Path) -> Option<u32> {
    let names = fs::read_dir(state).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| name.strip_suffix(".state")?.parse().ok()).max()
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Memory {
        Memory {
            generation: 7,
            members: vec!["anna".into(), "ben".into()],
            files: BTreeMap::from([("ab".into(), NaiveDate::from_ymd_opt(2026, 1, 5).unwrap())]),
            rows: vec![
                Known { record_id: 1, member: 0, first_seen: -5, content: 2, contact: 3, name: 4, home: 3 },
                Known {
                    record_id: u64::MAX,
                    member: 1,
                    first_seen: 20_000,
                    content: 7,
                    contact: 9,
                    name: 0,
                    home: 8,
                },
            ],
            gone: vec![Known {
                record_id: 6,
                member: 1,
                first_seen: 5,
                content: 1,
                contact: 11,
                name: 0,
                home: 11,
            }],
            redirects: vec![Redirect { retired: 8, into: 9, generation: 6, day: -3, decided: true }],
            faces: {
                let mut faces = crate::state::faces::Gatherer::default();
                for (contact, name) in [(3, "Ada"), (9, "Bö")] {
                    faces.add(crate::state::faces::Face {
                        contact,
                        name,
                        company: "",
                        position: "Chefin",
                        file: "anna/a.csv",
                    });
                }
                faces.finish()
            },
            exports: Vec::new(),
            tiers: vec![KeptTier {
                contact: 3,
                letter: Some(crate::contact::Letter::B),
                ..KeptTier::default()
            }],
            day: NaiveDate::from_ymd_opt(2026, 1, 6),
            country: "AT".into(),
            archive_months: 12,
            figures: Some(Figures {
                as_of: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(),
                millionths: BTreeMap::from([("class".into(), 426_350), ("reach".into(), 8_895_000_000)]),
            }),
            history: vec![TierDay {
                on: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(),
                member: "anna".into(),
                people: [1, 2, 3, 4, 5, 6],
            }],
            refused: BTreeSet::from([4, 8]),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Memory::load(folder.path(), None).unwrap(), Memory::default());
        sample().save(folder.path(), 7).unwrap();
        assert_eq!(Memory::load(folder.path(), Some(7)).unwrap(), sample());
        assert_eq!(
            Memory::load(folder.path(), None).unwrap(),
            sample(),
            "the newest, when outputs were removed"
        );
    }

    #[test]
    fn the_first_layout_is_read_whole() {
        let old = decode(include_bytes!("../../fixtures/state/layout1.state")).unwrap();
        assert_eq!((old.generation, old.members.len(), old.rows.len(), old.files.len()), (2, 1, 3, 2));
        assert!(old.rows.iter().all(|row| row.home == row.contact && row.contact != 0 && row.record_id != 0));
        assert!(old.gone.is_empty() && old.redirects.is_empty() && old.faces.is_empty());
        assert_eq!(decode(&old.encode(2)), Ok(old), "nothing is lost when it is written anew");
    }

    #[test]
    fn a_missing_damaged_or_newer_state_is_never_a_fresh_start() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Memory::load(folder.path(), Some(3)).unwrap_err().kind, Kind::Config);
        let good = sample().encode(3);
        for cut in 0..good.len() {
            assert!(decode(&good[..cut]).is_err(), "cut at {cut}");
        }
        for flip in 0..good.len() {
            let mut bad = good.clone();
            bad[flip] ^= 0x10;
            assert!(decode(&bad).is_err(), "flip at {flip}");
        }
        for version in [0, SCHEMA_VERSION + 1] {
            let other = format!("{{\"schema_version\":{version}}}\n");
            assert!(decode(other.as_bytes()).unwrap_err().contains("layout"), "{version}");
        }
        let written = format!("\"schema_version\":{SCHEMA_VERSION}");
        let newer = String::from_utf8_lossy(&good).replace(&written, "\"schema_version\":9");
        assert!(decode(newer.as_bytes()).unwrap_err().contains("layout 9"));
    }
}
