//! The manifest of a generation: versions, hashes of what went in and came out, and all accounts.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

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
    counts: &Value,
    stages: &mut Stages,
) -> Result<Vec<u8>> {
    let outcome = facts.outcome;
    let outputs = outputs(folder, folder)?;
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
        "notes": outcome.inbox.notes.iter().map(problem).collect::<Value>(),
        "unreadable": outcome.inbox.unreadable.iter().map(|(path, what)| json!({ "path": path, "problem": problem(what) })).collect::<Value>(),
        "inputs": outcome.files.iter().map(|file| input(facts, file)).collect::<Value>(),
        "outputs": outputs,
        "run": stages.told(),
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest)
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
fn outputs(root: &Path, folder: &Path) -> Result<Vec<Value>> {
    let failed = |error: &std::io::Error| Error::io(Kind::Io, "cannot be read again", folder, error);
    let mut places: Vec<_> = fs::read_dir(folder)
        .map_err(|error| failed(&error))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()
        .map_err(|error| failed(&error))?;
    places.sort();
    let mut out = Vec::new();
    for place in places {
        if place.is_dir() {
            out.extend(outputs(root, &place)?);
            continue;
        }
        let mut hash = Sha256::new();
        let mut file = fs::File::open(&place)
            .map_err(|error| Error::io(Kind::Io, "cannot be read again", &place, &error))?;
        let bytes = std::io::copy(&mut file, &mut HashWriter(&mut hash))
            .map_err(|error| Error::io(Kind::Io, "cannot be read again", &place, &error))?;
        let inside = place.strip_prefix(root).unwrap_or(&place);
        let path: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        out.push(json!({ "path": path.join("/"), "bytes": bytes, "sha256": hex(&hash.finalize()) }));
    }
    Ok(out)
}

/// Lets a hash take what is copied into it.
struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
