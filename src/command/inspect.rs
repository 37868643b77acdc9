//! `hamstern inspect`: how single files are understood.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;

use super::screen::print;
use crate::cli::InspectArgs;
use crate::error::{Error, Kind, Result};
use crate::pipeline::Pipeline;
use crate::read::mapping::Mapping;
use crate::read::open::{self, Outcome, Part, Section};
use crate::record::{CellsView, Role};
use crate::run::workspace::Workspace;
use crate::text::visible;

/// Looks at each file and prints what it is.
pub(super) fn run(args: &InspectArgs) -> Result<u8> {
    let pipeline = match &args.pipeline {
        Some(file) => Workspace::from_pipeline(file)?.pipeline,
        None => Pipeline::default(),
    };
    let mut refused = false;
    for file in &args.files {
        let parts = look(file, &pipeline)?;
        refused |= parts.iter().any(|part| matches!(part.outcome, Outcome::Refused { .. }));
        for part in &parts {
            if args.show.json {
                print(&format!("{}\n", as_json(part, args.records)))?;
            } else if !args.show.quiet || matches!(part.outcome, Outcome::Refused { .. }) {
                print(&as_text(part, args.records))?;
            }
        }
    }
    Ok(if refused { 3 } else { 0 })
}

fn look(file: &Path, pipeline: &Pipeline) -> Result<Vec<Part>> {
    let unread = |error: std::io::Error| {
        Error::io(Kind::NoInput, "cannot be read", file, &error)
            .hinted("look whether the path is right and may be read")
    };
    let about = std::fs::metadata(file).map_err(unread)?;
    if !about.is_file() {
        return Err(Error::new(Kind::NoInput, format!("{} is not a file", file.display()))
            .hinted("name files; `hamstern check` looks at whole folders"));
    }
    let bytes = std::fs::read(file).map_err(unread)?;
    let name = file.to_string_lossy().replace('\\', "/");
    let mapping = pipeline.source_for(&name).filter(|source| !source.columns.is_empty()).map(Mapping::from);
    Ok(open::read_file(&name, &bytes, mapping.as_ref()).parts)
}

fn as_text(part: &Part, records: usize) -> String {
    let mut out = format!("{}\n", visible(&part.path));
    match &part.outcome {
        Outcome::Empty => out.push_str("  empty\n"),
        Outcome::Skipped { reason } => line(&mut out, "not needed", reason),
        Outcome::Refused(refusal) => {
            line(&mut out, "refused", &refusal.message);
            for (reader, why) in &refusal.reasons {
                line(&mut out, "", &format!("not {reader}: {why}"));
            }
        }
        Outcome::Read(sections) => {
            for section in sections {
                describe(&mut out, section, records);
            }
        }
    }
    out.push('\n');
    out
}

fn describe(out: &mut String, section: &Section, records: usize) {
    const MOST: usize = 10;
    if !section.sheet.is_empty() {
        line(out, "sheet", &section.sheet);
    }
    line(out, "format", &format!("{} ({})", section.reader.title(), section.reader.id()));
    line(out, "encoding", section.encoding);
    if let Some(delimiter) = section.delimiter {
        line(out, "delimiter", if delimiter == b'\t' { "tab" } else { delimiter_name(delimiter) });
    }
    if section.header_line > 0 {
        line(out, "header", &format!("line {}", section.header_line));
    }
    for (header, field) in section.columns.iter().filter(|(header, _)| !header.is_empty()) {
        let becomes = field.map_or("-", |field| field.name());
        line(out, "column", &format!("{header}  ->  {becomes}"));
    }
    let accounts = &section.output.accounts;
    line(
        out,
        "rows",
        &format!(
            "{} read: {} kept, {} ignored, {} rejected, {} blank",
            accounts.read, accounts.kept, accounts.ignored, accounts.rejected, accounts.blank
        ),
    );
    for (reason, rows) in &section.output.ignored {
        line(out, "ignored", &format!("{rows} {reason}"));
    }
    for reject in section.output.rejects.iter().take(MOST) {
        line(out, "rejected", &place(reject.problem.line, &reject.problem.message));
    }
    for problem in section.output.problems.iter().take(MOST) {
        line(out, "note", &place(problem.line, &problem.message));
    }
    for (number, role, cells) in first_records(section, records) {
        let shown: Vec<String> =
            cells.iter().map(|(field, text)| format!("{}={}", field.name(), shorten(text))).collect();
        let what = match role {
            Role::Contact => "record",
            Role::Touch => "touch",
            Role::Owner => "owner",
        };
        line(out, what, &place(number, &shown.join("  ")));
    }
}

/// The first records with their line, role and cells.
fn first_records(section: &Section, most: usize) -> Vec<(u32, Role, CellsView<'_>)> {
    let mut start = 0;
    let mut out = Vec::new();
    for entry in section.output.records.iter().take(most) {
        out.push((entry.line, entry.role, CellsView::from_packed(&section.output.cells[start..entry.end])));
        start = entry.end;
    }
    out
}

fn delimiter_name(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => ",",
        b';' => ";",
        b'|' => "|",
        _ => "other",
    }
}

fn place(line: u32, text: &str) -> String {
    if line == 0 { text.to_owned() } else { format!("line {line}: {text}") }
}

fn line(out: &mut String, what: &str, text: &str) {
    let _ = writeln!(out, "  {what:<10} {}", visible(text));
}

/// Long cells are cut: this is a look, not a dump.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

fn as_json(part: &Part, records: usize) -> serde_json::Value {
    let mut value = json!({ "message_type": "inspect", "file": part.path });
    match &part.outcome {
        Outcome::Empty => value["status"] = json!("empty"),
        Outcome::Skipped { reason } => {
            value["status"] = json!("not needed");
            value["reason"] = json!(reason);
        }
        Outcome::Refused(refusal) => {
            value["status"] = json!("refused");
            value["code"] = json!(refusal.code);
            value["reason"] = json!(refusal.message);
            value["readers"] = refusal
                .reasons
                .iter()
                .map(|(reader, why)| json!({ "reader": reader, "reason": why }))
                .collect();
        }
        Outcome::Read(sections) => {
            value["status"] = json!("read");
            value["sections"] = sections.iter().map(|section| section_json(section, records)).collect();
        }
    }
    value
}

fn section_json(section: &Section, records: usize) -> serde_json::Value {
    let records: Vec<serde_json::Value> = first_records(section, records)
        .into_iter()
        .map(|(line, _, cells)| {
            let cells: Vec<[&str; 2]> = cells.iter().map(|(field, text)| [field.name(), text]).collect();
            json!({ "line": line, "cells": cells })
        })
        .collect();
    let rejects: Vec<serde_json::Value> = section
        .output
        .rejects
        .iter()
        .map(|reject| json!({ "line": reject.problem.line, "code": reject.problem.code, "message": reject.problem.message }))
        .collect();
    json!({
        "sheet": section.sheet,
        "reader": section.reader.id(),
        "encoding": section.encoding,
        "delimiter": section.delimiter.map(|byte| (byte as char).to_string()),
        "header_line": section.header_line,
        "columns": section.columns.iter().map(|(header, field)| json!([header, field.map(super::super::record::Field::name)])).collect::<Vec<_>>(),
        "accounts": section.output.accounts,
        "ignored": section.output.ignored,
        "rejects": rejects,
        "records": records,
    })
}
