//! The reports once more: made of the tables of the newest generation, without importing.
//!
//! What a run leaves for the next one does not move: the next run finds its state as the last run left it.

mod generation;
mod network;
mod tables;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::aims::Aims;
use super::gather::Gathered;
use super::ground::{Frame, Ground};
use super::inbox::{self, Member};
use super::manifest::{in_bytes, outputs};
use super::publish::{FIXED, dialect, dialect_note, save};
use super::reports::{self, Reports};
use super::stages::Stages;
use super::workspace::Workspace;
use super::{page, signal};
use crate::error::{Error, Kind, Result};
use crate::pipeline::Pipeline;
use crate::report::REPORTS;
use crate::state::generation::Generations;
use crate::state::lock::Lock;
use crate::state::memory::{Memory, hex};
use crate::table::Table;
use crate::write::{self, Workbook};
use generation::Generation;
use tables::Contacts;

/// What came of making the reports again.
#[derive(Debug)]
pub struct Again {
    /// Number of the generation they were made from.
    pub from: u32,
    /// The day of the run that imported its data.
    pub imported_on: chrono::NaiveDate,
    /// The day those data describe.
    pub as_of: chrono::NaiveDate,
    /// Contacts, archived ones included.
    pub contacts: u64,
    /// How many reports were made, those of single members counted once.
    pub reports: usize,
    /// Number of the new generation; none where nothing was to be written.
    pub generation: Option<u32>,
    /// What a person should know: what these reports do not show yet.
    pub notes: Vec<String>,
    /// Whether the language is another than that of the run, whose reasons stay as they were written.
    pub other_language: bool,
    /// Fixed files that could not be refreshed, such as a workbook that is open.
    pub stale: Option<String>,
    /// The folder of the results.
    pub out: PathBuf,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Makes the reports of the newest generation again and publishes them with its tables: all of it, or nothing.
///
/// # Errors
/// [`Kind::NoInput`] when there is no generation, [`Kind::Config`] when it does not hold what reports need; and
/// what else ended it. The last results are then as they were.
pub fn again(workspace: &Workspace, publish: bool) -> Result<Again> {
    let mut stages = Stages::start();
    signal::watch();
    let Workspace { pipeline, out, state, .. } = workspace;
    let generations = Generations::at(out);
    newest(&generations, out)?;
    let _lock = if publish { Some(Lock::take(state)?) } else { None };
    // A run may have published before the lock was free.
    let from = newest(&generations, out)?;
    let memory = if publish { Some(Memory::load(state, Some(from))?) } else { None };
    let old = Generation::open(out, from)?;
    // Without the file that made them the results would lose what it says: names, the race, what is shown to whom.
    if workspace.text.is_empty() && old.manifest["pipeline_sha256"] != hex(&Sha256::digest("")) {
        return Err(Error::new(Kind::Usage, "these results were made with a pipeline file")
            .hinted("name it with --pipeline FILE"));
    }
    let members = members(&old, pipeline);
    let frame = frame(&old, pipeline, &members);
    let mut again = Again {
        from,
        imported_on: old.told.today,
        as_of: old.told.as_of,
        contacts: old.told.kept.contacts,
        reports: 0,
        generation: None,
        notes: notes(workspace, &old, frame),
        other_language: frame.language != old.language(),
        stale: None,
        out: out.clone(),
        seconds: 0.0,
    };
    let mut contacts = Contacts::open(&old, frame)?;
    again.notes.extend(contacts.notes());
    let mut book = reports::workbook(frame)?;
    let network = network::load(&old, frame, contacts.ids())?;
    let mut gathered = Gathered::default();
    contacts.gather(&network, &old.told.kept, &mut gathered, &mut book)?;
    stages.end("reading");
    signal::check()?;
    let wish_table = tables::wishes(&old)?;
    let mut ground = Ground {
        frame,
        kept: old.told.kept.clone(),
        holdings: &network.holdings,
        touches: network.dated(),
        wishes: wish_table.as_ref().map_or_else(Vec::new, |table| tables::wished(table, contacts.ids())),
        open_pairs: tables::open_pairs(&old, contacts.ids())?,
        news: tables::news(&old, &members)?,
        gathered: &mut gathered,
    };
    let asked = page::Asked::of(ground.gathered, ground.news.as_deref());
    let made = reports::make(&mut ground, &asked.contacts);
    again.reports = made.all.iter().filter(|made| made.wanted).count();
    stages.end("reports");
    if let Some(memory) = memory {
        let number = from + 1;
        let draft = generations.draft(number)?;
        old.carry(&draft.folder)?;
        let specs =
            show(&old, &ground, (&made, &asked), &contacts, wish_table.as_ref(), book, &draft.folder)?;
        explain(&old, &specs, &draft.folder)?;
        stages.end("writing");
        manifest(&old, workspace, frame, &draft.folder, number, &stages)?;
        signal::check()?;
        memory.save(state, number)?;
        let place = generations.publish(draft)?;
        again.generation = Some(number);
        // From here on the new results stand; what fails now is said, and undoes nothing.
        again.stale = generations.refresh(&place, &FIXED).err().map(|error| error.to_string());
        generations.prune(pipeline.output.keep, number)?;
        Memory::prune(state, pipeline.output.keep, number);
    }
    again.seconds = stages.seconds();
    Ok(again)
}

/// The number of the newest generation.
fn newest(generations: &Generations, out: &Path) -> Result<u32> {
    generations.current()?.ok_or_else(|| {
        Error::new(Kind::NoInput, format!("there are no results in {}", out.display()))
            .hinted("`hamstern run` makes them; --out names their folder, --pipeline the pipeline file")
    })
}

/// The members that the generation counts, called as the pipeline file calls them now.
fn members(old: &Generation, pipeline: &Pipeline) -> Vec<Member> {
    let called = |id: &str| pipeline.members.iter().find(|member| member.id == id);
    let member = |told: &generation::ToldMember| Member {
        id: told.id.clone(),
        name: called(&told.id).map_or_else(|| told.name.clone(), |member| member.name.clone()),
    };
    old.told.members.iter().map(member).collect()
}

/// In which form reports are made: as the pipeline file says, else as the run settled it.
fn frame<'a>(old: &Generation, pipeline: &'a Pipeline, members: &'a [Member]) -> Frame<'a> {
    let team = &pipeline.team;
    let language = pipeline.reports.language.or(team.language);
    Frame {
        pipeline,
        members,
        language: language.unwrap_or_else(|| old.language()),
        dialect: dialect(pipeline, team.country.as_deref().unwrap_or(&old.told.locale.country)),
        as_of: old.told.as_of,
    }
}

/// What has changed since the generation was made and counts from the next run on only.
fn notes(workspace: &Workspace, old: &Generation, frame: Frame<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let unseen = unseen(workspace, old);
    if unseen > 0 {
        let (files, are) = if unseen == 1 { ("file", "is") } else { ("files", "are") };
        notes.push(format!(
            "{unseen} {files} in the inbox {are} not in these results; `hamstern run` reads them"
        ));
    }
    let aims = Aims::load(workspace, frame.language).map(|aims| aims.hash);
    if aims.ok() != Some(old.told.kept.aims) {
        notes.push(
            "goals, wish list, [tier] or [strength] are others than in the last run; they count from the next run on"
                .to_owned(),
        );
    }
    notes
}

/// Files in the inbox that the generation has not read, or that have another size by now.
fn unseen(workspace: &Workspace, old: &Generation) -> usize {
    if workspace.inbox.as_os_str().is_empty() {
        return 0;
    }
    let Ok(inbox) = inbox::look(&workspace.inbox, &workspace.pipeline) else { return 0 };
    let read = |file: &&inbox::File| old.told.inputs.get(&file.path) == Some(&file.bytes);
    inbox.files.iter().filter(|file| !read(file)).count()
}

/// Writes the reports, the workbook and the page; gives what is to be explained.
fn show(
    old: &Generation,
    ground: &Ground<'_>,
    (made, asked): (&Reports, &page::Asked),
    contacts: &Contacts<'_>,
    wishes: Option<&Table>,
    mut book: Workbook,
    folder: &Path,
) -> Result<Vec<Table>> {
    let mut specs = Vec::new();
    reports::save(ground.frame, &made.all, folder, &mut specs)?;
    page::write(ground, made, folder)?;
    page::write_members(ground, made, asked, |places| contacts.to_sort(places), folder)?;
    reports::add(ground, &made.all, wishes, &tables::review(old)?, &mut book)?;
    save(folder, "report.xlsx", |out| book.finish(out))?;
    Ok(specs)
}

/// Writes `schema.json`: the reports anew, all other tables as they were explained.
fn explain(old: &Generation, specs: &[Table], folder: &Path) -> Result<()> {
    let is_report = |name: &str| REPORTS.iter().any(|report| report.id() == name);
    let all: Vec<&Table> = specs.iter().collect();
    let text = write::schema_again(&old.text("schema.json")?, is_report, &all)
        .map_err(|error| old.damaged("schema.json", &error))?;
    save(folder, "schema.json", |out| std::io::Write::write_all(out, text.as_bytes()))
}

/// Writes `manifest.json`: what it said of the data still holds, and the reports have a part of their own.
fn manifest(
    old: &Generation,
    workspace: &Workspace,
    frame: Frame<'_>,
    folder: &Path,
    number: u32,
    stages: &Stages,
) -> Result<()> {
    let mut told = old.manifest.clone();
    told["generation"] = json!(number);
    told["outputs"] = Value::Array(outputs(folder)?);
    told["reports"] = json!({
        "made_from": old.number,
        "written_by": format!("hamstern {}", env!("CARGO_PKG_VERSION")),
        "pipeline_sha256": hex(&Sha256::digest(&workspace.text)),
        "language": frame.language.name(),
        "csv": dialect_note(frame.dialect),
        "members": frame.members.iter().map(|member| json!({ "id": member.id, "name": member.name })).collect::<Value>(),
    });
    told["run"] = stages.told();
    let bytes = in_bytes(&told)?;
    save(folder, "manifest.json", |out| std::io::Write::write_all(out, &bytes))
}
