//! `hamstern explain`: why records are one contact or not, field by field.

use std::fmt::Write;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::screen::{Align, Grid, colours, columns, cut, print};
use crate::cli::ExplainArgs;
use crate::error::{Error, Kind, Result};
use crate::pipeline::Language;
use crate::progress::Progress;
use crate::run::Job;
use crate::run::explain::{
    self, Addend, Contact, Explained, LabelTold, LabelsTold, Pair, Record, Step, TieTold, Told, percent,
};
use crate::run::who::Known;
use crate::run::workspace::Workspace;
use crate::text::visible;

/// Columns where no terminal says how many there are.
const COLUMNS: usize = 110;
/// Columns of a bar on either side of the line.
const BAR: usize = 12;
/// Records of a contact that are listed; more are counted.
const RECORDS: usize = 50;

/// Explains a contact or a pair; 66 when a name means nobody or several.
pub(super) fn run(args: &ExplainArgs) -> Result<u8> {
    let told = explain::explain(&job(args)?, &args.asked)?;
    let several = matches!(told.explained, Explained::Several(..));
    if args.show.json {
        print(&json_lines(&told))?;
    } else if !args.show.quiet {
        print(&text(&told, colours(args.show)))?;
    }
    Ok(if several { Kind::NoInput.exit_code() } else { 0 })
}

/// The job of looking: as the last run of the same results, so that what is explained is what it wrote.
fn job(args: &ExplainArgs) -> Result<Job> {
    let mut workspace = match (&args.inbox, &args.out) {
        (Some(inbox), Some(out)) => Workspace::from_folders(inbox, out)?,
        (None, Some(_)) => {
            return Err(Error::new(
                Kind::Usage,
                "explain reads the exports again, and --out alone does not name them",
            )
            .hinted("add --inbox DIR, or name the pipeline file with --pipeline"));
        }
        _ => Workspace::from_pipeline(args.pipeline.as_deref().unwrap_or("hamstern.toml".as_ref()))?,
    };
    let last = Known::open(&workspace.out).ok();
    let head = last.as_ref().map(|known| &known.index.head);
    let team = &mut workspace.pipeline.team;
    team.country = args.country.clone().or(team.country.take()).or(head.map(|head| head.country.clone()));
    team.language =
        team.language.or_else(|| head.and_then(|head| Language::from_name(head.language().name())));
    team.timezone = args.timezone.or(team.timezone).or(head.map(crate::run::who::index::Head::timezone));
    Ok(Job {
        today: super::run::today(args.now.or(last.as_ref().and_then(Known::today)))?,
        workspace,
        publish: false,
        progress: Progress::new(!args.show.quiet && !args.show.json),
    })
}

fn place(record: &Record) -> String {
    let sheet = if record.sheet.is_empty() { String::new() } else { format!(" [{}]", record.sheet) };
    format!("{}:{}{sheet}", record.file, record.line)
}

/// What a record says of who it is: name, employer, addresses.
fn sketch(record: &Record) -> String {
    let get = |name: &'static str| {
        record.says.iter().filter(move |(field, _)| *field == name).map(|(_, text)| text.as_str())
    };
    let name =
        ["given_name", "middle_name", "family_name"].into_iter().flat_map(get).collect::<Vec<_>>().join(" ");
    let rest = ["company", "position", "email", "phone", "linkedin", "xing", "birthday", "city"];
    std::iter::once(name.as_str())
        .chain(rest.into_iter().flat_map(get))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn finish(mut grid: Grid, colours: bool) -> String {
    if let Some(columns) = columns() {
        grid.fit(columns);
    }
    grid.render(colours)
}

fn text(told: &Told, colours: bool) -> String {
    match &told.explained {
        Explained::Several(name, records) => {
            let mut grid = Grid::new(&[
                ("contact", Align::Left),
                ("of", Align::Left),
                ("where", Align::Left),
                ("what it says", Align::Left),
            ]);
            for record in records.iter().take(RECORDS) {
                grid.row(&[record.contact_id.clone(), record.member.clone(), place(record), sketch(record)]);
            }
            let mut out = format!("{} contacts are called {}:\n\n", records.len(), visible(name));
            out.push_str(&finish(grid, colours));
            if records.len() > RECORDS {
                let _ = writeln!(out, "and {} more", records.len() - RECORDS);
            }
            if let [a, b, ..] = records.as_slice() {
                let _ = writeln!(
                    out,
                    "\nName one by its id, or two: hamstern explain {} {}",
                    a.contact_id, b.contact_id
                );
            }
            out
        }
        Explained::Contact(contact) => contact_text(contact, told, colours),
        Explained::Pair(pair, path) => {
            let mut out = String::new();
            for (mark, record) in ["A", "B"].into_iter().zip(&pair.records) {
                let _ = writeln!(out, "{mark}  {}  {}", record.contact_id, visible(&place(record)));
                let _ = writeln!(out, "   {}", visible(&sketch(record)));
            }
            out.push('\n');
            out.push_str(&bars(pair, told, colours));
            let _ = writeln!(out, "\n{}", visible(&pair.verdict_words));
            if pair.verdict == "through" {
                for (number, (a, b, step)) in path.iter().enumerate() {
                    let line = format!("{}. {} = {}: {}", number + 1, place(a), place(b), words(step));
                    let _ = writeln!(out, "  {}", visible(&line));
                }
            }
            out
        }
    }
}

/// A step in words: `same e-mail, +31.2 bits (over 99.9 %)`.
fn words(step: &Step) -> String {
    if step.reason == explain::DECIDED {
        return step.reason.to_owned();
    }
    format!("{}, {:+.1} bits ({})", step.reason, step.weight, percent(step.probability))
}

fn contact_text(contact: &Contact, told: &Told, colours: bool) -> String {
    let mut out = format!("{}: {} records", contact.contact_id, contact.records.len());
    if contact.records.len() == 1 {
        out.pop();
    }
    if contact.further > 0 {
        let _ = write!(out, ", and {} rows that repeat them or only tell of touches", contact.further);
    }
    out.push_str("\n\n");
    let mut grid = Grid::new(&[
        ("", Align::Right),
        ("of", Align::Left),
        ("where", Align::Left),
        ("record", Align::Left),
        ("what it says", Align::Left),
    ]);
    for (number, record) in contact.records.iter().enumerate().take(RECORDS) {
        grid.row(&[
            (number + 1).to_string(),
            record.member.clone(),
            place(record),
            record.record_id.clone(),
            sketch(record),
        ]);
    }
    out.push_str(&finish(grid, colours));
    if contact.records.len() > RECORDS {
        let _ = writeln!(out, "and {} more; --json tells all", contact.records.len() - RECORDS);
    }
    out.push_str(&labels_text(&contact.labels, colours));
    if !contact.steps.is_empty() {
        out.push_str("\nJoined by these pairs, in this order:\n\n");
        for step in contact.steps.iter().take(RECORDS) {
            let [a, b] = step.records.map(|place| place + 1);
            let _ = writeln!(out, "  {a:>3} = {b:<3}  {}", words(step));
        }
    }
    out.push('\n');
    if contact.others.is_empty() {
        out.push_str("Nobody else is near.\n");
    } else {
        out.push_str("Nearest others, not joined:\n\n");
        for pair in &contact.others {
            let [own, other] = &pair.records;
            let _ = writeln!(
                out,
                "  {}  {}  {}",
                other.contact_id,
                visible(&place(other)),
                visible(&sketch(other))
            );
            let _ = writeln!(
                out,
                "    {:+.1} bits with {}: {}",
                pair.score,
                visible(&place(own)),
                visible(&pair.verdict_words)
            );
        }
        if let Some(pair) = contact.others.first() {
            let [own, other] = &pair.records;
            let _ = writeln!(out, "\nThe sum: hamstern explain {} {}", own.contact_id, other.contact_id);
        }
    }
    let _ = writeln!(
        out,
        "\nMerged from {} on, shown for review from {}.",
        percent(told.merge),
        percent(told.review)
    );
    out
}

/// The labels with their reasons, the ties, and the score as a sum.
fn labels_text(told: &LabelsTold, colours: bool) -> String {
    let mut out = "\nLabels:\n\n".to_owned();
    out.push_str(&label_rows(&told.labels, colours));
    if told.ties.iter().any(|tie| tie.strength.is_some()) {
        out.push_str("\nTies:\n\n");
        let mut grid = Grid::new(&[
            ("of", Align::Left),
            ("tie", Align::Left),
            ("", Align::Right),
            ("because", Align::Left),
        ]);
        for tie in &told.ties {
            grid.row(&[
                tie.member.clone(),
                tie.band.to_owned(),
                tie.strength.map_or(String::new(), |strength| format!("{strength:.2}")),
                tie.parts.join(", "),
            ]);
        }
        out.push_str(&finish(grid, colours));
    }
    if let Some(score) = told.score {
        // Cut off as in the reason of the category, since a cut point may lie between.
        let score = ((score + 1e-5) * 100.0).floor() / 100.0;
        let _ = writeln!(out, "\nScore {score:.2}, {:.0} % of it known:\n", told.coverage * 100.0);
        let width = told.parts.iter().map(|part| part.words.width()).max().unwrap_or(0);
        for part in &told.parts {
            let gap = " ".repeat(width - part.words.width());
            let _ = match part.value {
                Some(value) => writeln!(
                    out,
                    "  {}{gap}  {value:.2} × {:.2}  {}",
                    part.words,
                    part.weight,
                    bar(value * part.weight, 0.4, colours).trim_start()
                ),
                None => writeln!(out, "  {}{gap}  unknown, left out", part.words),
            };
        }
    }
    out
}

/// Labels, one a line: what, which, how sure, why.
pub(super) fn label_rows(labels: &[LabelTold], colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("label", Align::Left),
        ("value", Align::Left),
        ("sure", Align::Right),
        ("because", Align::Left),
    ]);
    for label in labels {
        let same = label.words == label.value || label.words.is_empty();
        let value = match (label.value.is_empty(), same) {
            (true, _) => "not known".to_owned(),
            (false, true) => label.value.clone(),
            (false, false) => format!("{}: {}", label.value, label.words),
        };
        let sure = label.confidence.map_or(String::new(), |sure| format!("{:.0} %", sure * 100.0));
        grid.row(&[label.column.to_owned(), value, sure, label.reason.clone()]);
    }
    finish(grid, colours)
}

/// Labels as JSON.
pub(super) fn labels_json(labels: &[LabelTold]) -> Value {
    let label = |label: &LabelTold| {
        json!({
            "label": label.column,
            "value": label.value,
            "words": label.words,
            "confidence": label.confidence,
            "reason": label.reason,
        })
    };
    labels.iter().map(label).collect()
}

/// The sum, one line an addend: what was compared, what was found, both values, bits and a bar.
fn bars(pair: &Pair, told: &Told, colours: bool) -> String {
    let most = pair.addends.iter().map(|addend| addend.weight.abs()).fold(1.0f32, f32::max);
    let level = pair.addends.iter().map(|addend| found(addend).width()).max().unwrap_or(0);
    let room = columns().unwrap_or(COLUMNS).saturating_sub(level + 7 + 2 * BAR + 9) / 2;
    let value = |addend: &Addend, side: usize| visible(&addend.values[side]).into_owned();
    let of = |side: usize| pair.addends.iter().map(|addend| value(addend, side).width()).max().unwrap_or(0);
    let widths = [of(0), of(1)].map(|width| width.min(room.max(12)).max(1));
    let padded = |text: &str, width: usize| {
        let text = cut(text, width);
        let gap = " ".repeat(width.saturating_sub(text.width()));
        format!("{text}{gap}")
    };
    let line = |found: &str, a: &str, b: &str, bits: &str, drawn: &str| {
        let (a, b) = (padded(a, widths[0]), padded(b, widths[1]));
        let line = format!("{}  {a}  {b}  {bits:>7}  {drawn}", padded(found, level));
        format!("{}\n", line.trim_end())
    };
    let bits = |weight: f32| format!("{weight:+.1}");
    let mut out = line("", "A", "B", "bits", &format!("{:>BAR$} ↔ one", "two people"));
    for addend in &pair.addends {
        let drawn = bar(addend.weight, most, colours);
        out.push_str(&line(
            found(addend),
            &value(addend, 0),
            &value(addend, 1),
            &bits(addend.weight),
            &drawn,
        ));
    }
    let sum = format!("{}; merged from {} on", percent(pair.probability), percent(told.merge));
    out.push_str(&line("sum", "", "", &bits(pair.score), &sum));
    out
}

/// What a comparison found, in words.
fn found(addend: &Addend) -> &'static str {
    addend.level.words().in_language(Language::English)
}

/// A bar to the left for two people, to the right for one.
fn bar(weight: f32, most: f32, colours: bool) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (weight.abs() / most * (BAR * 8) as f32).round() as usize;
    let paint =
        |code: &str, text: String| if colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text };
    if weight < 0.0 {
        // Blocks that end at the right have no eighths.
        let full = eighths.div_ceil(8).min(BAR);
        return format!("{}{}│", " ".repeat(BAR - full), paint("31", "█".repeat(full)));
    }
    let drawn = format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8]);
    format!("{}│{}", " ".repeat(BAR), paint("32", drawn))
}

fn record_json(record: &Record) -> Value {
    json!({
        "record_id": record.record_id,
        "contact_id": record.contact_id,
        "member": record.member,
        "source": record.source,
        "file": record.file,
        "sheet": record.sheet,
        "line": record.line,
        "cells": record.says.iter().map(|(field, text)| json!([field, text])).collect::<Value>(),
    })
}

fn pair_json(pair: &Pair) -> Value {
    let addend = |addend: &Addend| {
        json!({
            "field": addend.level.field(),
            "level": addend.level.name(),
            "words": found(addend),
            "weight": addend.weight,
            "a": addend.values[0],
            "b": addend.values[1],
        })
    };
    json!({
        "records": pair.records.iter().map(record_json).collect::<Value>(),
        "addends": pair.addends.iter().map(addend).collect::<Value>(),
        "score": pair.score,
        "probability": pair.probability,
        "reason": pair.reason,
        "verdict": pair.verdict,
        "words": pair.verdict_words,
    })
}

fn tie_json(tie: &TieTold) -> Value {
    json!({
        "member": tie.member,
        "band": tie.band,
        "strength": tie.strength,
        "coverage": tie.coverage,
        "because": tie.parts,
    })
}

fn step_json(step: &Step) -> Value {
    json!({ "weight": step.weight, "probability": step.probability, "reason": step.reason })
}

fn json_lines(told: &Told) -> String {
    let mut value = match &told.explained {
        Explained::Several(name, records) => json!({
            "message_type": "several",
            "asked": name,
            "records": records.iter().map(record_json).collect::<Value>(),
        }),
        Explained::Contact(contact) => json!({
            "message_type": "contact",
            "contact_id": contact.contact_id,
            "records": contact.records.iter().map(record_json).collect::<Value>(),
            "further_rows": contact.further,
            "steps": contact.steps.iter().map(|step| {
                let mut value = step_json(step);
                value["records"] = json!(step.records);
                value
            }).collect::<Value>(),
            "others": contact.others.iter().map(pair_json).collect::<Value>(),
            "labels": labels_json(&contact.labels.labels),
            "ties": contact.labels.ties.iter().map(tie_json).collect::<Value>(),
            "score": contact.labels.score,
            "score_coverage": contact.labels.coverage,
            "score_parts": contact.labels.parts.iter().map(|part| {
                json!({ "part": part.words, "value": part.value, "weight": part.weight })
            }).collect::<Value>(),
        }),
        Explained::Pair(pair, path) => {
            let mut value = pair_json(pair);
            value["message_type"] = json!("pair");
            value["path"] = path
                .iter()
                .map(|(a, b, step)| {
                    let mut value = step_json(step);
                    value["records"] = json!([record_json(a), record_json(b)]);
                    value
                })
                .collect();
            value
        }
    };
    value["merge"] = json!(told.merge);
    value["review"] = json!(told.review);
    format!("{value}\n")
}
