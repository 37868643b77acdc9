//! THE EDGE: files, clock, the stages in order, publishing.

mod accounts;
pub mod again;
mod aims;
pub mod asked;
pub mod attempt;
pub mod cases;
mod changes;
mod clean;
mod cleanup;
pub mod decided;
pub mod decisions;
mod departed;
pub mod evaluate;
mod evidence;
pub mod explain;
mod export;
pub mod gather;
mod ground;
pub mod hands;
pub mod inbox;
mod invitations;
pub mod keeps;
pub mod knowledge;
mod label;
pub mod ledger;
pub mod load;
pub mod locale;
mod manifest;
mod news;
mod page;
mod people;
mod person;
mod publish;
mod remember;
mod remembered;
mod reports;
pub mod review;
pub mod rows;
mod shrunk;
mod signal;
mod sorting;
mod stages;
mod tables;
mod team;
pub mod who;
mod wishes;
mod work;
pub mod workspace;

use chrono::NaiveDate;

use crate::error::{Error, Kind, Result};
use crate::link;
use crate::pipeline::Pipeline;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::read::Accounts;
use crate::state::generation::{Generations, name};
use crate::state::lock::Lock;
use crate::state::memory::Memory;
use crate::store::Store;
use crate::write::work::SortRow;
use aims::Aims;
use decided::{Decided, Renamed};
use decisions::Ledger;
use hands::{Hands, Survivors};
use inbox::Inbox;
use keeps::Keeps;
use load::{Fate, FileReport};
use locale::Locale;
use people::People;
use stages::Stages;
use work::Work;
use workspace::Workspace;

/// What a run is asked to do.
#[derive(Debug)]
pub struct Job {
    /// Where it reads and writes.
    pub workspace: Workspace,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// Whether results are written; otherwise everything else is done.
    pub publish: bool,
    /// Where progress is shown.
    pub progress: Progress,
}

/// What a run did.
pub struct Outcome {
    /// The members, and what could not be looked at.
    pub inbox: Inbox,
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// For each source how many of its rows no earlier run knew.
    pub new_rows: Vec<u64>,
    /// The records and their sources.
    pub store: Store,
    /// Country, language and time zone.
    pub locale: Locale,
    /// Counts of the whole run.
    pub totals: Totals,
    /// Number of the published generation, if there is one.
    pub generation: Option<u32>,
    /// How many people have which label; nothing before contacts are written.
    pub labels: gather::LabelCounts,
    /// Goals that the team could set, as a block for the pipeline file, where it has none.
    pub proposal: Option<String>,
    /// Lines of the team's files that were not understood, with their file.
    pub odd_lines: Vec<String>,
    /// How often each kind of change was found since the last generation, by name; none in the first one.
    pub changes: Vec<(&'static str, u64)>,
    /// Questions and answers: what is open, what was read, what could not be written.
    pub review: review::Review,
    /// Fixed files that could not be refreshed, such as a workbook that is open.
    pub stale: Option<String>,
    /// Whether something was refused that the last run did not know.
    pub newly_refused: bool,
    /// Figures for each member, in the order of the inbox.
    pub members: Vec<knowledge::MemberFigures>,
    /// The folder of the results.
    pub out: std::path::PathBuf,
    /// The day that counted as today.
    pub today: NaiveDate,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Counts of a whole run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files in the inbox.
    pub files: u64,
    /// Files and archive members that were refused, and what could not even be looked at.
    pub refused: u64,
    /// The accounts of all rows.
    pub accounts: Accounts,
    /// Contacts, members and role addresses included.
    pub contacts: u64,
    /// Contacts that no earlier run had.
    pub new_contacts: u64,
    /// Distinct people whom the team knows now.
    pub reach: u64,
    /// Single values that were left out or are in doubt, each a row of the rejects.
    pub values: u64,
    /// Remarks on how files were read.
    pub remarks: u64,
}

/// Everything a run knows before it writes: what was read, cleaned and linked, and who is who.
struct Findings {
    /// What the last run left.
    memory: Memory,
    /// The members and their files.
    inbox: Inbox,
    /// What became of each file.
    files: Vec<FileReport>,
    /// The records and their sources.
    store: Store,
    /// The comparable values of the records.
    cleaned: clean::Cleaned,
    /// Country, language and time zone.
    locale: Locale,
    /// The exports.
    exports: export::Exports,
    /// What the state remembers of complete exports.
    departed: departed::Departed,
    /// The team itself.
    team: team::Team,
    /// Which records are which contact.
    people: People,
    /// The answers of the team.
    ledger: Ledger,
    /// The categories that people have set.
    hands: Hands,
    /// The contacts that people keep as they are.
    keeps: Keeps,
    /// The team's workbook, its answers taken out.
    work: Work,
    /// What the team aims at.
    aims: Aims,
}

/// Reads, cleans and links all that is in the inbox, beside what the last run left; writes nothing.
///
/// # Errors
/// When the state cannot be read, or when there is nothing to read.
fn find_out(job: &Job, current: Option<u32>, stages: &mut Stages) -> Result<Findings> {
    let Workspace { pipeline, state, .. } = &job.workspace;
    let memory = Memory::load(state, current)?;
    let renamed = Renamed::load(state)?;
    let mut ledger = Ledger::load(&job.workspace.decisions, state)?;
    let mut hands = Hands::load(&job.workspace.tiers, state)?;
    let mut keeps = Keeps::load(&job.workspace.cleanup(), state)?;
    let known = work::Known { pairs: &ledger.answers, tiers: &hands.answers, keeps: &keeps.answers };
    let mut work = Work::harvest(&job.workspace.work, state, job.today, &known);
    work.give(&mut ledger, &mut hands, &mut keeps);
    let mut inbox = inbox::look(&job.workspace.inbox, pipeline)?;
    if inbox.files.is_empty() {
        return Err(Error::new(Kind::NoInput, format!("no files in {}", job.workspace.inbox.display()))
            .hinted("put each member's exports into a folder of their own there, such as inbox/anna/"));
    }
    let (mut store, mut files) = read(job, &inbox);
    stages.end("reading");
    if files.iter().flat_map(|file| &file.parts).all(|part| part.sections().is_empty()) {
        return Err(Error::new(Kind::NoUsableInput, unusable(&files)).hinted(
            "`hamstern inspect FILE` says more; docs/exports.md tells how to get exports that work",
        ));
    }
    signal::check()?;
    let locale = locale::settle(pipeline, &store, &memory.country);
    inbox.notes.extend(locale::moved(pipeline, &memory.country, &locale));
    let aims = Aims::load(&job.workspace, locale.language)?;
    let bar = job.progress.count("cleaning", store.records.len() as u64);
    let mut cleaned = clean::clean_all(&store, &files, &locale, job.today, &|records| bar.inc(records));
    bar.finish_and_clear();
    cleaned.shed(&mut store);
    let latest = clean::latest_days(&store, &cleaned.cells, &locale, job.today);
    export::date_sources(&mut store, &files, &latest, &memory, pipeline, job.today);
    export::name_accounts(&mut store, &cleaned.cells);
    let mut departed = departed::bring_back(
        (&mut store, &mut cleaned.cells, &mut files),
        &inbox,
        (&memory, state),
        pipeline,
        job.today,
    )?;
    inbox.notes.append(&mut departed.notes);
    let mut exports = export::number(&mut store);
    departed.end(&store, &mut exports);
    stages.end("cleaning");
    signal::check()?;

    let team = team::Team::gather(&inbox.members, pipeline, &store, &cleaned.cells);
    let bar = job.progress.count("linking", store.records.len() as u64);
    let decide = |changed: &[(u64, u64)], ids: &mut dyn Iterator<Item = u64>| {
        Decided::new(&ledger.answers, renamed.clone(), changed, &work.asked, ids)
    };
    let options = settings(pipeline);
    let people = people::sort_out(&store, &cleaned.cells, &inbox.members, &team, &memory, &options, &decide);
    bar.finish_and_clear();
    stages.end("linking");
    Ok(Findings {
        memory,
        inbox,
        files,
        store,
        cleaned,
        locale,
        exports,
        departed,
        team,
        people,
        ledger,
        hands,
        keeps,
        work,
        aims,
    })
}

/// Does a whole run: all of it, or nothing.
///
/// # Errors
/// What ended it; the last results are then as they were.
pub fn run(job: &Job) -> Result<Outcome> {
    let mut stages = Stages::start();
    signal::watch();
    let Workspace { pipeline, out, state, .. } = &job.workspace;
    // A path that is mistyped leaves no folder of results behind.
    inbox::can_be_read(&job.workspace.inbox)?;
    let _lock = if job.publish { Some(Lock::take(state)?) } else { None };
    let generations = Generations::at(out);
    let current = generations.current()?;
    let found = find_out(job, current, &mut stages)?;
    let Findings {
        memory,
        mut inbox,
        mut files,
        mut store,
        cleaned,
        locale,
        exports,
        departed,
        team,
        people,
        aims,
        ..
    } = found;
    let (mut ledger, mut hands, mut keeps, work) = (found.ledger, found.hands, found.keeps, found.work);
    signal::check()?;

    accounts::book(&mut store, &people, &mut files);
    let refused = accounts::refused(&files, &inbox);
    let known =
        knowledge::gather(&store, &cleaned.cells, &people, &exports, &team, &locale, inbox.members.len());
    inbox.notes.extend(shrunk::notes(&files, &store, &exports, &known, &memory));
    let review = review(&people, (&store, &cleaned), (&ledger, &hands, &keeps), &work, &job.workspace.work);
    let mut outcome = Outcome {
        newly_refused: refused.iter().any(|hash| !memory.refused.contains(hash)),
        new_rows: new_rows(&store, &people),
        totals: totals((&store, &cleaned), &files, &inbox, &people, &memory, &known),
        members: known.figures(),
        inbox,
        files,
        store,
        locale,
        generation: None,
        labels: gather::LabelCounts::default(),
        proposal: None,
        odd_lines: aims.odd_lines(),
        changes: Vec::new(),
        review,
        stale: None,
        out: out.clone(),
        today: job.today,
        seconds: 0.0,
    };
    stages.end("ties");
    if job.publish {
        let number = current.unwrap_or(memory.generation) + 1;
        let moves = changes::Moves::find(&people, &memory);
        let redirects = moves.redirects(&memory, &people.contacts, number, job.today);
        let survivors = Survivors::new(&redirects, &people.contacts);
        let in_force = hands.in_force(&survivors, job.today);
        let kept_on = keeps.in_force(&survivors, job.today);
        let mut facts = publish::Facts {
            job,
            outcome: &outcome,
            cleaned: &cleaned,
            people: &people,
            exports: &exports,
            known: &known,
            memory: &memory,
            moves: &moves,
            aims: &aims,
            hands: &in_force,
            keeps: &kept_on,
            settled: &cleanup::settled(&kept_on, &in_force),
            asked: &[],
        };
        let asked = review::rows(&facts);
        facts.asked = &asked;
        people.decided.renamed.save(state)?;
        // Answers are safe before anything is published that follows them.
        ledger = ledger.in_dialect(facts.dialect());
        hands = hands.in_dialect(facts.dialect());
        keeps = keeps.in_dialect(facts.dialect());
        let kept = [ledger.store()?, hands.store()?, keeps.store()?];
        let (place, told) = publish(&facts, &generations, number, departed, refused, &mut stages)?;
        let list = work::List {
            rows: &asked,
            left_out: outcome.review.left_out,
            to_sort: &told.to_sort,
            sort_left_out: told.sort_left_out,
            to_clean: &told.to_clean,
            survivors: &survivors,
            hands: &in_force,
            language: outcome.locale.language,
            as_of: facts.as_of(),
            generation: &name(number),
        };
        let left = work.replace(&list);
        outcome.review.warnings.extend(kept.into_iter().flatten().chain(left));
        outcome.generation = Some(number);
        (outcome.changes, outcome.labels, outcome.proposal) = (told.changes, told.labels, told.proposal);
        // From here on the new results stand; what fails now is said, and undoes nothing.
        outcome.stale = generations.refresh(&place, &publish::FIXED).err().map(|error| error.to_string());
        generations.prune(pipeline.output.keep, number)?;
        Memory::prune(state, pipeline.output.keep, number);
    }
    outcome.seconds = stages.seconds();
    Ok(outcome)
}

/// What a published generation has to tell.
struct Told {
    changes: Vec<(&'static str, u64)>,
    labels: gather::LabelCounts,
    proposal: Option<String>,
    to_sort: Vec<SortRow>,
    sort_left_out: u64,
    to_clean: cleanup::Asked,
}

/// Writes a generation and what it leaves for the next run, then switches to it; without results the
/// series goes on where the state stands.
fn publish(
    facts: &publish::Facts<'_>,
    generations: &Generations,
    number: u32,
    departed: departed::Departed,
    refused: std::collections::BTreeSet<u64>,
    stages: &mut Stages,
) -> Result<(std::path::PathBuf, Told)> {
    let Workspace { pipeline, state, .. } = &facts.job.workspace;
    let bar = facts.job.progress.count("writing", facts.outcome.totals.contacts);
    let draft = generations.draft(number)?;
    let wrote = publish::write(facts, &draft.folder, number, stages, &|contacts| bar.inc(contacts))?;
    bar.finish_and_clear();
    signal::check()?;
    let exports = departed.save(&facts.outcome.store, &facts.cleaned.cells, pipeline, state)?;
    let publish::Told { faces, redirects, tiers, changes, labels, proposal, figures, history, .. } = wrote;
    let publish::Told { to_sort, sort_left_out, to_clean, .. } = wrote;
    let archive_months = pipeline.tier.archive_months;
    let written = remember::Written { faces, redirects, exports, tiers, archive_months, figures, history };
    remember::remember(facts.outcome, facts.people, facts.memory, refused, written).save(state, number)?;
    Ok((generations.publish(draft)?, Told { changes, labels, proposal, to_sort, sort_left_out, to_clean }))
}

fn read(job: &Job, inbox: &Inbox) -> (Store, Vec<FileReport>) {
    let bar = job.progress.bytes("reading", inbox.files.iter().map(|file| file.bytes).sum());
    let read = load::load(inbox, &job.workspace.pipeline, job.today, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    read
}

/// How records are linked, as the pipeline file says.
fn settings(pipeline: &Pipeline) -> link::Options {
    link::Options {
        merge: pipeline.matching.merge,
        review: pipeline.matching.review,
        review_most: pipeline.matching.review_most as usize,
        limits: link::Limits { block: pipeline.matching.max_block as usize, ..link::Limits::default() },
        ..link::Options::default()
    }
}

/// What there is to say about questions and answers before anything is written.
fn review(
    people: &People,
    (store, cleaned): (&Store, &clean::Cleaned),
    (ledger, hands, keeps): (&Ledger, &Hands, &Keeps),
    work: &Work,
    path: &std::path::Path,
) -> review::Review {
    let file = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let line = |path: &std::path::Path, problem: &Problem| {
        format!("{}, line {}, column {}: {}", file(path), problem.line, problem.column, problem.message)
    };
    let lines = ledger.problems.iter().map(|problem| line(ledger.path(), problem));
    let hands = hands.problems.iter().map(|problem| line(hands.path(), problem));
    let keeps = keeps.problems.iter().map(|problem| line(keeps.path(), problem));
    let cells = work.problems().iter().map(|problem| format!("{}, {}", file(path), problem.message));
    review::Review {
        open: people.linked.review.len() as u64,
        left_out: people.linked.counts.review_left_out,
        answers: people.decided.counts,
        disputes: review::disputes(people, store, cleaned),
        problems: lines.chain(hands).chain(keeps).chain(cells).collect(),
        warnings: Vec::new(),
        work: path.to_owned(),
    }
}

/// Why no file could be used, the first few by name.
fn unusable(files: &[FileReport]) -> String {
    let mut message = format!("none of {} files could be read as contacts:", files.len());
    for part in files.iter().flat_map(|file| &file.parts).take(10) {
        let why = match &part.fate {
            Fate::Refused(problem, _) => problem.message.clone(),
            Fate::Skipped(reason) => reason.clone(),
            Fate::Empty => "is empty".to_owned(),
            Fate::Read(_) => continue,
        };
        message.push_str(&format!("\n{}: {why}", part.path));
    }
    message
}

/// For each source the rows whose names the last run did not know.
fn new_rows(store: &Store, people: &People) -> Vec<u64> {
    let mut rows = vec![0; store.sources.len()];
    for (number, record) in store.records.iter().enumerate() {
        if people.fates[number] == people::Fate::Kept && !record.further && !people.is_known[number] {
            rows[record.source as usize] += 1;
        }
    }
    rows
}

fn totals(
    (store, cleaned): (&Store, &clean::Cleaned),
    files: &[FileReport],
    inbox: &Inbox,
    people: &People,
    memory: &Memory,
    known: &knowledge::Knowledge,
) -> Totals {
    let mut accounts = Accounts::default();
    for source in &store.sources {
        accounts.add(&source.accounts);
    }
    let mut before: Vec<u64> = memory.rows.iter().chain(&memory.gone).map(|row| row.contact).collect();
    before.extend(memory.redirects.iter().map(|redirect| redirect.retired));
    before.sort_unstable();
    before.dedup();
    let parts = files.iter().flat_map(|file| &file.parts);
    let refused = parts.filter(|part| matches!(part.fate, Fate::Refused(..))).count();
    Totals {
        files: inbox.files.len() as u64,
        refused: (refused + inbox.unreadable.len()) as u64,
        accounts,
        contacts: people.contacts.len() as u64,
        new_contacts: people.contacts.iter().filter(|number| before.binary_search(number).is_err()).count()
            as u64,
        reach: known.reach(),
        values: cleaned.findings.len() as u64,
        remarks: files.iter().flat_map(|file| &file.parts).map(|part| part.problems.len() as u64).sum(),
    }
}
