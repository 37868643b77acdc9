//! `hamstern report`: the reports again from the last results, without importing.

use serde_json::json;

use super::run::straight;
use super::screen::{grouped, print};
use crate::cli::ReportArgs;
use crate::error::Result;
use crate::pipeline::Language;
use crate::run::again::{Again, again};
use crate::run::workspace::Workspace;
use crate::state::generation;
use crate::text::visible;

/// Makes the reports again and says what they were made from.
pub(super) fn run(args: &ReportArgs) -> Result<u8> {
    let file = args.pipeline.as_deref().or(args.pipeline_file.as_deref());
    let mut workspace = match &args.out {
        Some(out) => Workspace::from_results(out)?,
        None => Workspace::from_pipeline(file.unwrap_or("hamstern.toml".as_ref()))?,
    };
    workspace.pipeline.reports.aggregate |= args.aggregate;
    if let Some(language) = args.lang.as_deref() {
        workspace.pipeline.reports.language = Language::from_name(language);
    }
    if let Some(threads) = args.threads {
        // Set once a process; results do not depend on it.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let done = again(&workspace, !args.dry_run)?;
    if args.show.json {
        print(&as_json(&done))
    } else if !args.show.quiet {
        print(&format!("{}{}\n{}\n", text(&done), needs_a_person(&done), line(&done)))
    } else if !done.notes.is_empty() || done.stale.is_some() {
        print(&format!("{}{}\n", needs_a_person(&done), line(&done)))
    } else {
        Ok(0)
    }
}

/// What was made from what, and where it is.
fn text(done: &Again) -> String {
    let mut out = format!(
        "{} reports of {} contacts, made from the results {} of {}; their data are as of {}.\n",
        done.reports,
        grouped(done.contacts),
        generation::name(done.from),
        done.imported_on,
        done.as_of,
    );
    if done.other_language {
        out.push_str(
            "The reasons in the sheets of contacts and open pairs stay in the language of the last run.\n",
        );
    }
    if done.generation.is_some() {
        out.push_str(&format!(
            "For people: {}, {} and, one for each member, {}. All tables, unchanged: {}.\n",
            straight(&done.out.join("report.html")).display(),
            straight(&done.out.join("report.xlsx")).display(),
            straight(&done.out.join("current/members")).display(),
            straight(&done.out.join("current")).display()
        ));
    }
    out
}

/// What somebody should know or look at.
fn needs_a_person(done: &Again) -> String {
    let mut out = String::new();
    for note in &done.notes {
        out.push_str(&format!("! {}\n", visible(note)));
    }
    if let Some(stale) = &done.stale {
        out.push_str(&format!(
            "! {}; the results are in the folder of the generation. Close the file and run again\n",
            visible(stale)
        ));
    }
    out
}

/// The one line for logs, of fixed order.
fn line(done: &Again) -> String {
    format!(
        "hamstern: ok reports={} contacts={} from={} of={} as_of={} out={} in {:.1}s",
        done.reports,
        done.contacts,
        generation::name(done.from),
        done.imported_on,
        done.as_of,
        done.generation.map_or_else(|| "nothing".to_owned(), generation::name),
        done.seconds,
    )
}

/// The same as one JSON line.
fn as_json(done: &Again) -> String {
    let line = json!({
        "message_type": "summary",
        "status": "ok",
        "exit_code": 0,
        "reports": done.reports,
        "contacts": done.contacts,
        "made_from": done.from,
        "imported_on": done.imported_on,
        "as_of": done.as_of,
        "notes": done.notes,
        "other_language": done.other_language,
        "stale": done.stale,
        "generation": done.generation,
        "seconds": done.seconds,
    });
    format!("{line}\n")
}
