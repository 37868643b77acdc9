//! `hamstern run`: everything, and a summary that a person likes to read.

use std::path::{Component, Path, PathBuf};

use chrono::{Local, NaiveDate};

use super::screen::{Align, Grid, colours, grouped, print};
use super::summary;
use crate::cli::RunArgs;
use crate::contact::Letter;
use crate::error::{Error, Kind, Result};
use crate::pipeline::Language;
use crate::progress::Progress;
use crate::run::load::{Fate, FileReport, PartReport};
use crate::run::workspace::Workspace;
use crate::run::{self, Job, Outcome};
use crate::text::visible;

/// Runs the pipeline and prints what came of it.
pub(super) fn run(args: &RunArgs) -> Result<u8> {
    let outcome = run::run(&job(args, !args.dry_run)?)?;
    let code = if outcome.newly_refused { 3 } else { 0 };
    if args.show.json {
        print(&summary::json(&outcome, code)?)?;
    } else if !args.show.quiet {
        print(&text(&outcome, colours(args.show)))?;
        print(&format!("{}\n", summary::line(&outcome, code)))?;
    } else if code != 0 || outcome.stale.is_some() || outcome.review.needs_a_person() {
        print(&needs_a_person(&outcome))?;
        print(&format!("{}\n", summary::line(&outcome, code)))?;
    }
    Ok(code)
}

/// The job that the arguments of `run` and `check` describe.
pub(super) fn job(args: &RunArgs, publish: bool) -> Result<Job> {
    let mut workspace = match (&args.inbox, &args.out) {
        (Some(inbox), Some(out)) => Workspace::from_folders(inbox, out)?,
        _ => Workspace::from_pipeline(args.pipeline.as_deref().unwrap_or("hamstern.toml".as_ref()))?,
    };
    workspace.pipeline.reports.aggregate |= args.aggregate;
    let team = &mut workspace.pipeline.team;
    if let Some(country) = &args.country {
        team.country = Some(country.clone());
    }
    if let Some(language) = args.lang.as_deref() {
        team.language = Language::from_name(language);
        workspace.pipeline.reports.language = team.language;
    }
    if let Some(timezone) = args.timezone {
        workspace.pipeline.team.timezone = Some(timezone);
    }
    if let Some(threads) = args.threads {
        // Set once a process; a second time it is as it was, and results do not depend on it.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    Ok(Job {
        workspace,
        today: today(args.now)?,
        publish,
        progress: Progress::new(!args.show.quiet && !args.show.json),
    })
}

/// The day that counts as today: as told, else by the clock.
pub(super) fn today(now: Option<NaiveDate>) -> Result<NaiveDate> {
    let today = now.unwrap_or_else(|| Local::now().date_naive());
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default();
    if today < first {
        return Err(Error::new(Kind::Usage, format!("--now {today} lies before 1990")));
    }
    Ok(today)
}

/// What each file is, how many of its rows the last run did not know, and what of it was refused.
fn by_file(outcome: &Outcome, colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("file", Align::Left),
        ("what it is", Align::Left),
        ("rows", Align::Right),
        ("new", Align::Right),
        ("refused", Align::Right),
    ]);
    for file in &outcome.files {
        let accounts = file.accounts(&outcome.store);
        let files = file.parts.iter().filter(|part| matches!(part.fate, Fate::Refused(..))).count() as u64;
        grid.row(&[
            file.path.clone(),
            what(outcome, file),
            grouped(accounts.read),
            grouped(file.parts.iter().map(|part| summary::new_rows(outcome, part)).sum()),
            grouped(accounts.rejected + files),
        ]);
    }
    grid.render(colours)
}

/// What a file was recognised as; of an archive its first part and how many more there are.
fn what(outcome: &Outcome, file: &FileReport) -> String {
    let mut titles: Vec<&str> = file
        .parts
        .iter()
        .flat_map(PartReport::sections)
        .map(|section| outcome.store.sources[section.source as usize].reader.title())
        .collect();
    titles.dedup();
    match titles.as_slice() {
        [] => file.parts.first().map_or("empty", summary::status).to_owned(),
        [one] => (*one).to_owned(),
        [first, more @ ..] => format!("{first} and {} more", more.len()),
    }
}

/// The summary: each member's files, rows and people, what was refused, and where the results are.
fn text(outcome: &Outcome, colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("member", Align::Left),
        ("files", Align::Right),
        ("rows", Align::Right),
        ("new", Align::Right),
        ("repeated", Align::Right),
        ("ignored", Align::Right),
        ("rejected", Align::Right),
        ("people", Align::Right),
        ("only here", Align::Right),
    ]);
    for (number, member) in outcome.inbox.members.iter().enumerate() {
        let files: Vec<_> = outcome.files.iter().filter(|file| usize::from(file.member) == number).collect();
        let mut accounts = crate::read::Accounts::default();
        for file in &files {
            accounts.add(&file.accounts(&outcome.store));
        }
        let sources = outcome.store.sources.iter().zip(&outcome.new_rows);
        let new: u64 =
            sources.filter(|(source, _)| usize::from(source.member) == number).map(|(_, new)| new).sum();
        let figures = outcome.members.get(number).copied().unwrap_or_default();
        grid.row(&[
            member.id.clone(),
            grouped(files.len() as u64),
            grouped(accounts.read),
            grouped(new),
            grouped(accounts.duplicate),
            grouped(accounts.ignored),
            grouped(accounts.rejected),
            grouped(figures.people),
            grouped(figures.only_here),
        ]);
    }
    let totals = &outcome.totals;
    let mut out = by_file(outcome, colours);
    out.push('\n');
    out.push_str(&grid.render(colours));
    out.push_str(&format!(
        "\n{} {} {}; {}.\n",
        match outcome.inbox.members.len() {
            1 => "1 member knows".to_owned(),
            members => format!("{members} members know"),
        },
        grouped(totals.reach),
        if totals.reach == 1 { "person" } else { "different people" },
        match (totals.new_contacts, totals.contacts) {
            (1, 1) => "1 contact, a new one".to_owned(),
            (new, all) if new == all => format!("{} contacts, all of them new", grouped(all)),
            (0, 1) => "1 contact, not new since the last run".to_owned(),
            (0, all) => format!("{} contacts, none of them new since the last run", grouped(all)),
            (1, all) => format!("1 of {} contacts is new since the last run", grouped(all)),
            (new, all) => format!("{} of {} contacts are new since the last run", grouped(new), grouped(all)),
        },
    ));
    let changed: Vec<String> = outcome
        .changes
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{} {}", grouped(*count), name.replace('_', " ")))
        .collect();
    if !changed.is_empty() {
        out.push_str(&format!("Since the last run: {} (changes.csv).\n", changed.join(", ")));
    }
    if outcome.generation.is_some() {
        out.push_str(&format!(
            "For people: {}, {} and, one for each member, {}. All tables: {}.\n",
            straight(&outcome.out.join("report.html")).display(),
            straight(&outcome.out.join("report.xlsx")).display(),
            straight(&outcome.out.join("current/members")).display(),
            straight(&outcome.out.join("current")).display()
        ));
    }
    out.push_str(&categories(outcome));
    out.push_str(&questions(outcome));
    out.push_str(&odd_values(outcome));
    if outcome.locale.inferred {
        out.push_str(&format!(
            "Country {}, language {}, time zone {} (inferred; set them with --country, --lang, --timezone or in [team]).\n",
            outcome.locale.country,
            outcome.locale.language.name(),
            outcome.locale.timezone
        ));
    }
    out.push_str(&needs_a_person(outcome));
    out.push('\n');
    out
}

/// How many people are of which category, what is known of them, and what would sort more of them.
fn categories(outcome: &Outcome) -> String {
    let labels = &outcome.labels;
    if labels.people == 0 {
        return String::new();
    }
    let share = |count: u64| format!("{} %", (count as f64 * 100.0 / labels.people as f64).round());
    let sorted: Vec<String> = Letter::ALL
        .iter()
        .map(|letter| format!("{} {}", grouped(labels.of(*letter)), letter.name()))
        .collect();
    // The reports count people known now alone.
    let former = match labels.people.saturating_sub(outcome.totals.reach) {
        0 => String::new(),
        1 => "; 1 of all these is known to nobody any more and counts in no report".to_owned(),
        many => {
            format!("; {} of all these are known to nobody any more and count in no report", grouped(many))
        }
    };
    let mut out = format!(
        "Categories: {}, {} not sorted yet (penguins), {} private{former}. Known: industry {}, level {}, function {}, place {}, \
         strength of the tie {}.\n",
        sorted.join(", "),
        grouped(labels.unsorted),
        grouped(labels.private),
        share(labels.industry),
        share(labels.seniority),
        share(labels.function),
        share(labels.place),
        share(labels.strength),
    );
    if labels.archived > 0 {
        out.push_str(&format!("{} of category D are in archived.csv now.\n", grouped(labels.archived)));
    }
    if labels.wishes > 0 {
        out.push_str(&format!(
            "Wish list: {} of {} lines are met by somebody you know (wishes.csv).\n",
            grouped(labels.wishes_met),
            grouped(labels.wishes)
        ));
    }
    // Most are unsorted: what the team could add, the cheapest first.
    if labels.unsorted * 2 > labels.people {
        let mut add: Vec<&str> = Vec::new();
        if !labels.has_goals {
            add.push("say whom you want to know ([goals] in the pipeline file, or a wish list)");
        }
        if labels.strength * 2 < labels.people {
            add.push("add what happened between you: LinkedIn messages, a log of meetings and calls");
        }
        add.push("sort by hand in work.xlsx");
        out.push_str(&format!("To sort more of them: {}.\n", add.join("; ")));
    }
    if let Some(block) = &outcome.proposal {
        out.push_str("Goals to begin with, from whom you know most; paste them into the pipeline file:\n\n");
        block.lines().for_each(|line| out.push_str(&format!("    {}\n", visible(line))));
        out.push('\n');
    }
    out
}

/// The pairs that wait for an answer, and what became of the answers that were given.
fn questions(outcome: &Outcome) -> String {
    let review = &outcome.review;
    let mut out = String::new();
    let counted = |number: u64, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{} {more}", grouped(number)),
    };
    if review.answers.read > 0 {
        out.push_str(&format!(
            "{} in decisions.csv: {} followed",
            counted(review.answers.read, "answer", "answers"),
            grouped(review.answers.followed),
        ));
        for (number, what) in [
            (review.answers.replaced, "replaced by a later one"),
            (review.answers.contradictory, "contradictory and not followed"),
            (review.answers.gone, "on records that are gone"),
        ] {
            if number > 0 {
                out.push_str(&format!(", {} {what}", grouped(number)));
            }
        }
        out.push_str(".\n");
    }
    if review.open > 0 {
        out.push_str(&format!(
            "{} may be one person",
            counted(review.open + review.left_out, "pair of contacts", "pairs of contacts")
        ));
        if review.left_out > 0 {
            out.push_str(&format!("; the {} most valuable are asked", grouped(review.open)));
        }
        if outcome.generation.is_some() {
            let asked = if review.left_out > 0 { "" } else { "; you are asked" };
            out.push_str(&format!(
                "{asked} in {} and by `hamstern review`",
                straight(&review.work).display()
            ));
        }
        out.push_str(".\n");
    }
    out
}

/// A path for people, without detours such as `pipelines/../out`.
pub(super) fn straight(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let back = part == Component::ParentDir
            && matches!(out.components().next_back(), Some(Component::Normal(_)));
        if back {
            out.pop();
        } else {
            out.push(part);
        }
    }
    out
}

/// Where to read of single values that were left out or are in doubt, and of what is odd in files.
fn odd_values(outcome: &Outcome) -> String {
    let (values, remarks) = (outcome.totals.values, outcome.totals.remarks);
    let values = match values {
        0 => String::new(),
        1 => "1 value was left out or is in doubt; rejects.csv says where and why.".to_owned(),
        _ => format!(
            "{} values were left out or are in doubt; rejects.csv says where and why.",
            grouped(values)
        ),
    };
    let remarks = match remarks {
        0 => String::new(),
        1 => "1 remark on how a file was read: `hamstern check`.".to_owned(),
        _ => format!("{} remarks on how files were read: `hamstern check`.", grouped(remarks)),
    };
    let told: Vec<String> = [values, remarks].into_iter().filter(|told| !told.is_empty()).collect();
    if told.is_empty() { String::new() } else { format!("{}\n", told.join(" ")) }
}

/// What somebody should look at: files that were refused, rows that were rejected, files held open.
fn needs_a_person(outcome: &Outcome) -> String {
    let mut out = String::new();
    for line in summary::troubles(outcome, 10) {
        out.push_str(&format!("! {line}\n"));
    }
    for line in summary::unanswered(outcome) {
        out.push_str(&format!("! {line}\n"));
    }
    if let Some(stale) = &outcome.stale {
        out.push_str(&format!(
            "! {stale}; the results are in the folder of the generation. Close the file and run again\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_for_people_take_no_detours() {
        for (path, shown) in
            [("pipelines/../out/demo", "out/demo"), ("../out", "../out"), ("/a/./b/../c", "/a/c")]
        {
            assert_eq!(straight(Path::new(path)), Path::new(shown));
        }
    }
}
