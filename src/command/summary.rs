//! The summary of a run: the one fixed line, the troubles in words, and JSON lines.

use serde_json::json;

use crate::error::{Error, Kind, Result};
use crate::read::Accounts;
use crate::run::Outcome;
use crate::run::load::{Fate, PartReport};
use crate::state::generation;
use crate::text::visible;

/// The last line on standard output, in an order that never changes.
pub(super) fn line(outcome: &Outcome, code: u8) -> String {
    let totals = &outcome.totals;
    let Accounts { read, kept, duplicate, ignored, rejected, suppressed, blank } = totals.accounts;
    format!(
        "hamstern: {} files={} refused={} read={read} kept={kept} duplicate={duplicate} ignored={ignored} \
         rejected={rejected} suppressed={suppressed} blank={blank} contacts={} new={} out={} in {:.1}s",
        if code == 0 { "ok" } else { "check" },
        totals.files,
        totals.refused,
        totals.contacts,
        totals.new_contacts,
        outcome.generation.map_or_else(|| "nothing".to_owned(), generation::name),
        outcome.seconds,
    )
}

/// What was refused, one line a part, at most `most` and then how many more.
pub(super) fn troubles(outcome: &Outcome, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = outcome
        .inbox
        .unreadable
        .iter()
        .map(|(path, problem)| format!("{}: {}", visible(path), visible(&problem.message)))
        .collect();
    for note in &outcome.inbox.notes {
        lines.push(visible(&note.message).into_owned());
    }
    for part in outcome.files.iter().flat_map(|file| &file.parts) {
        lines.extend(trouble(part));
    }
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    if more > 0 {
        lines.push(format!("and {more} more; all of them are in rejects.csv and in `hamstern check`"));
    }
    lines
}

/// What is wrong with questions and answers: contradictions, lines and cells that are no answer, files that
/// could not be written.
pub(super) fn unanswered(outcome: &Outcome) -> Vec<String> {
    const MOST: usize = 10;
    let review = &outcome.review;
    let mut lines: Vec<String> = Vec::new();
    if !review.disputes.is_empty() {
        let told: Vec<&str> = review.disputes.iter().take(MOST).map(String::as_str).collect();
        let more = review.disputes.len() - told.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!(
            "answers contradict each other and none of these is followed: {}{more}. Answer one of them anew; they come \
             first in the list of open pairs",
            visible(&told.join("; "))
        ));
    }
    lines.extend(outcome.odd_lines.iter().take(MOST).map(|line| visible(line).into_owned()));
    lines.extend(review.problems.iter().take(MOST).map(|problem| visible(problem).into_owned()));
    if review.problems.len() > MOST {
        lines.push(format!("and {} more answers that were not understood", review.problems.len() - MOST));
    }
    lines.extend(review.warnings.iter().map(|warning| visible(warning).into_owned()));
    lines
}

/// What is wrong with a part, if anything: it was refused, or rows of it were.
pub(super) fn trouble(part: &PartReport) -> Option<String> {
    let path = visible(&part.path);
    if let Fate::Refused(problem, reasons) = &part.fate {
        let mut text = format!("{path}: {}", visible(&problem.message));
        if let Some((reader, why)) = reasons.first() {
            text.push_str(&format!(" (nearest: {reader}: {})", visible(why)));
        }
        return Some(text);
    }
    let (_, first) = part.rejects.first()?;
    let rows = part.rejects.len();
    Some(format!(
        "{path}: {rows} {} rejected; the first on line {}: {}",
        if rows == 1 { "row was" } else { "rows were" },
        first.problem.line,
        visible(&first.problem.message)
    ))
}

/// The same as JSON lines: one a file, the summary last.
pub(super) fn json(outcome: &Outcome, code: u8) -> Result<String> {
    let mut lines = Vec::new();
    for file in &outcome.files {
        for part in &file.parts {
            lines.push(json!({
                "message_type": "file",
                "file": part.path,
                "member": outcome.inbox.members[usize::from(file.member)].id,
                "readers": readers(outcome, part),
                "status": status(part),
                "new": new_rows(outcome, part),
                "accounts": part.accounts(&outcome.store),
                "trouble": trouble(part),
            }));
        }
    }
    for (path, problem) in &outcome.inbox.unreadable {
        lines.push(json!({
            "message_type": "file",
            "file": path,
            "status": "refused",
            "trouble": format!("{}: {}", visible(path), visible(&problem.message)),
        }));
    }
    let totals = &outcome.totals;
    lines.push(json!({
        "message_type": "summary",
        "status": if code == 0 { "ok" } else { "check" },
        "exit_code": code,
        "files": totals.files,
        "refused": totals.refused,
        "accounts": totals.accounts,
        "contacts": totals.contacts,
        "new_contacts": totals.new_contacts,
        "reach": totals.reach,
        "changes": outcome.changes.iter().copied().collect::<std::collections::BTreeMap<_, _>>(),
        "labels": outcome.labels,
        "goals_proposed": outcome.proposal,
        "odd_lines": outcome.odd_lines,
        "review": outcome.review,
        "warnings": outcome.review.warnings,
        "generation": outcome.generation,
        "seconds": outcome.seconds,
    }));
    let mut out = String::new();
    for line in lines {
        let line = serde_json::to_string(&line).map_err(|error| {
            Error::new(Kind::Internal, format!("the summary cannot be written as JSON: {error}"))
        })?;
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

/// What became of a part, in one word.
pub(super) fn status(part: &PartReport) -> &'static str {
    match part.fate {
        Fate::Read(_) => "read",
        Fate::Refused(..) => "refused",
        Fate::Skipped(_) => "not needed",
        Fate::Empty => "empty",
    }
}

/// Ids of the readers that read a part.
pub(super) fn readers(outcome: &Outcome, part: &PartReport) -> Vec<&'static str> {
    let mut ids: Vec<&str> = part
        .sections()
        .iter()
        .map(|section| outcome.store.sources[section.source as usize].reader.id())
        .collect();
    ids.dedup();
    ids
}

/// Rows of a part that the last run did not know.
pub(super) fn new_rows(outcome: &Outcome, part: &PartReport) -> u64 {
    part.sections().iter().map(|section| outcome.new_rows[section.source as usize]).sum()
}
