//! The manifest of a generation: versions, hashes of what went in and came out, and all accounts.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::ground::Kept;
use super::load::{Fate, FileReport, PartReport};
use super::publish::Facts;
use super::stages::Stages;
use crate::error::{Error, Kind, Result};
use crate::problem::Problem;
use crate::state::memory::hex;

/// Problems of one file that the manifest lists; more are counted.
const MOST_PROBLEMS: usize = 100;

/// Makes the manifest of the files that lie in a finished draft. All but `run` is a function of inputs,
/// pipeline, state and clock.
///
/// # Errors
/// When a written file cannot be read again.
pub(super) fn manifest(
    facts: &Facts<'_>,
    folder: &Path,
    number: u32,
    (counts, kept): (&Value, &Kept),
    stages: &mut Stages,
) -> Result<Vec<u8>> {
    let outcome = facts.outcome;
    let outputs = outputs(folder)?;
    stages.end("hashing");
    let manifest = json!({
        "schema_version": 1,
        "written_by": format!("hamstern {}", env!("CARGO_PKG_VERSION")),
        "generation": number,
        "today": outcome.today,
        "as_of": facts.as_of(),
        "locale": {
            "country": outcome.locale.country,
            "language": outcome.locale.language.name(),
            "timezone": outcome.locale.timezone.name(),
            "inferred": outcome.locale.inferred,
        },
        "csv": facts.dialect_note(),
        "pipeline_sha256": hex(&Sha256::digest(&facts.job.workspace.text)),
        "members": outcome.inbox.members.iter().map(|member| json!({ "id": member.id, "name": member.name })).collect::<Value>(),
        "accounts": outcome.totals.accounts,
        "counts": counts,
        "kept": kept,
        "notes": outcome.inbox.notes.iter().map(problem).collect::<Value>(),
        "unreadable": outcome.inbox.unreadable.iter().map(|(path, what)| json!({ "path": path, "problem": problem(what) })).collect::<Value>(),
        "inputs": outcome.files.iter().map(|file| input(facts, file)).collect::<Value>(),
        "outputs": outputs,
        "run": stages.told(),
    });
    in_bytes(&manifest)
}

/// A manifest as it is written.
pub(super) fn in_bytes(manifest: &Value) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(manifest)
        .map_err(|error| Error::new(Kind::Internal, format!("the manifest cannot be written: {error}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn input(facts: &Facts<'_>, file: &FileReport) -> Value {
    json!({
        "path": file.path,
        "member": facts.outcome.inbox.members[usize::from(file.member)].id,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "accounts": file.accounts(&facts.outcome.store),
        "parts": file.parts.iter().map(|part| self::part(facts, part)).collect::<Value>(),
    })
}

fn part(facts: &Facts<'_>, part: &PartReport) -> Value {
    let store = &facts.outcome.store;
    let mut value = json!({ "path": part.path });
    match &part.fate {
        Fate::Empty => value["status"] = json!("empty"),
        Fate::Skipped(reason) => {
            value["status"] = json!("not needed");
            value["reason"] = json!(reason);
        }
        Fate::Refused(why, reasons) => {
            value["status"] = json!("refused");
            value["problem"] = problem(why);
            value["readers"] =
                reasons.iter().map(|(reader, why)| json!({ "reader": reader, "reason": why })).collect();
        }
        Fate::Read(sections) => {
            value["status"] = json!("read");
            value["sections"] = sections
                .iter()
                .map(|section| {
                    let source = &store.sources[section.source as usize];
                    json!({
                        "sheet": source.sheet,
                        "reader": source.reader.id(),
                        "channel": source.channel.name(),
                        "encoding": section.encoding,
                        "header_line": section.header_line,
                        "exported_on": source.exported_on,
                        "complete": source.complete,
                        "new_rows": facts.outcome.new_rows[section.source as usize],
                        "accounts": source.accounts,
                        "ignored": section.ignored,
                    })
                })
                .collect();
        }
    }
    let problems: Vec<Value> =
        part.problems.iter().take(MOST_PROBLEMS).map(|(_, what)| problem(what)).collect();
    value["problems"] = json!(problems);
    value["problems_count"] = json!(part.problems.len());
    value
}

fn problem(problem: &Problem) -> Value {
    json!({ "line": problem.line, "column": problem.column, "code": problem.code, "message": problem.message })
}

/// Every file of a folder with its size and hash, by path.
pub(super) fn outputs(folder: &Path) -> Result<Vec<Value>> {
    let mut places = Vec::new();
    files_below(folder, &mut places)?;
    places.par_iter().map(|place| output(folder, place)).collect()
}

/// Every file below a folder, each folder in the order of names.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |error: std::io::Error| Error::io(Kind::Io, "cannot be read again", folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?.map(|entry| entry.map(|entry| entry.path()));
    let mut places: Vec<PathBuf> = entries.collect::<std::io::Result<_>>().map_err(failed)?;
    places.sort();
    for place in places {
        if place.is_dir() {
            files_below(&place, files)?;
        } else {
            files.push(place);
        }
    }
    Ok(())
}

/// As much of a file is hashed at a time, in bytes.
const HASHED: usize = 1 << 17;

fn output(root: &Path, place: &Path) -> Result<Value> {
    let failed = |error: std::io::Error| Error::io(Kind::Io, "cannot be read again", place, &error);
    let mut hash = Sha256::new();
    let mut file = fs::File::open(place).map_err(failed)?;
    let (mut part, mut bytes) = (vec![0; HASHED], 0u64);
    loop {
        match file.read(&mut part) {
            Ok(0) => break,
            Ok(read) => {
                hash.update(&part[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let inside = place.strip_prefix(root).unwrap_or(place);
    let path: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Ok(json!({ "path": path.join("/"), "bytes": bytes, "sha256": hex(&hash.finalize()) }))
}
