//! `hamstern check`: what each file is and how it would be read, writing nothing.

use super::screen::{Align, Grid, colours, grouped, print};
use super::{run::job, summary};
use crate::cli::RunArgs;
use crate::error::{Error, Kind, Result};
use crate::run::load::Fate;
use crate::run::{self, Outcome, cases};
use crate::text::visible;

/// Checks the pipeline file and every file of the inbox.
pub(super) fn run(args: &RunArgs) -> Result<u8> {
    let job = job(args, false)?;
    let cases = cases::failures(&job.workspace.pipeline, job.today);
    if !cases.is_empty() {
        return Err(Error::new(Kind::Config, cases.join("\n"))
            .hinted("change [match], or the [[test]] if it expects too much"));
    }
    let outcome = run::run(&job)?;
    let code = if outcome.newly_refused { 3 } else { 0 };
    if args.show.json {
        print(&summary::json(&outcome, code)?)?;
    } else if !args.show.quiet || code != 0 {
        print(&text(&outcome, colours(args.show)))?;
        print(&format!("{}\n", summary::line(&outcome, code)))?;
    }
    Ok(code)
}

fn text(outcome: &Outcome, colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("file", Align::Left),
        ("what it is", Align::Left),
        ("of", Align::Left),
        ("read", Align::Right),
        ("kept", Align::Right),
        ("repeated", Align::Right),
        ("ignored", Align::Right),
        ("rejected", Align::Right),
        ("blank", Align::Right),
        ("new", Align::Right),
    ]);
    let mut notes = String::new();
    for part in outcome.files.iter().flat_map(|file| &file.parts) {
        let accounts = part.accounts(&outcome.store);
        let number = |rows: u64| if part.sections().is_empty() { String::new() } else { grouped(rows) };
        grid.row(&[
            part.path.clone(),
            what(outcome, &part.fate),
            day(outcome, &part.fate),
            number(accounts.read),
            number(accounts.kept),
            number(accounts.duplicate),
            number(accounts.ignored),
            number(accounts.rejected),
            number(accounts.blank),
            number(summary::new_rows(outcome, part)),
        ]);
        notes.push_str(&details(part));
    }
    let mut out = grid.render(colours);
    if !notes.is_empty() {
        out.push('\n');
        out.push_str(&notes);
    }
    for (path, problem) in &outcome.inbox.unreadable {
        out.push_str(&format!("! {}: {}\n", visible(path), visible(&problem.message)));
    }
    for line in outcome.inbox.notes.iter().map(|note| &note.message) {
        out.push_str(&format!("! {}\n", visible(line)));
    }
    out
}

/// What a part was recognised as, or why it is not read.
fn what(outcome: &Outcome, fate: &Fate) -> String {
    match fate {
        Fate::Read(sections) => {
            let mut titles: Vec<&str> = sections
                .iter()
                .map(|section| outcome.store.sources[section.source as usize].reader.title())
                .collect();
            titles.dedup();
            titles.join(", ")
        }
        Fate::Refused(..) => "REFUSED".to_owned(),
        Fate::Skipped(_) => "not needed".to_owned(),
        Fate::Empty => "empty".to_owned(),
    }
}

/// The day the export was made.
fn day(outcome: &Outcome, fate: &Fate) -> String {
    let Fate::Read(sections) = fate else { return String::new() };
    sections
        .first()
        .map(|section| outcome.store.sources[section.source as usize].exported_on.to_string())
        .unwrap_or_default()
}

/// What a person may want to know about a part: why it was refused, ignored and rejected rows, problems.
fn details(part: &crate::run::load::PartReport) -> String {
    const MOST: usize = 5;
    let mut out = String::new();
    let path = visible(&part.path);
    if let Fate::Refused(problem, reasons) = &part.fate {
        out.push_str(&format!("! {path}: {}\n", visible(&problem.message)));
        for (reader, why) in reasons.iter().take(MOST) {
            out.push_str(&format!("    not {reader}: {}\n", visible(why)));
        }
    }
    let mut ignored: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for section in part.sections() {
        for (reason, rows) in &section.ignored {
            *ignored.entry(reason).or_default() += rows;
        }
    }
    if !ignored.is_empty() {
        let list: Vec<String> = ignored.iter().map(|(reason, rows)| format!("{rows} {reason}")).collect();
        out.push_str(&format!("  {path}: ignored {}\n", list.join(", ")));
    }
    for (_, reject) in part.rejects.iter().take(MOST) {
        out.push_str(&format!("! {path}:{}: {}\n", reject.problem.line, visible(&reject.problem.message)));
    }
    if part.rejects.len() > MOST {
        out.push_str(&format!("! {path}: and {} more rows rejected\n", part.rejects.len() - MOST));
    }
    for (_, problem) in part.problems.iter().take(MOST) {
        out.push_str(&format!("  {path}:{}: {}\n", problem.line, visible(&problem.message)));
    }
    if part.problems.len() > MOST {
        out.push_str(&format!("  {path}: and {} more notes\n", part.problems.len() - MOST));
    }
    out
}
