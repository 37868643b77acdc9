//! Publishing: merges contacts batch by batch and writes every table, report and file of a generation.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::json;

use super::aims::Aims;
use super::changes::{self, Ledger, Moves};
use super::clean::Cleaned;
use super::export::Exports;
use super::gather::LabelCounts;
use super::ground::{Frame, Ground};
use super::hands::InForce;
use super::inbox::Member;
use super::knowledge::Knowledge;
use super::label::{Labeller, Tally};
use super::manifest::manifest;
use super::people::People;
use super::person::Views;
use super::stages::Stages;
use super::{Job, Outcome, cleanup, news, page, reports, review, sorting, tables, wishes};
use crate::error::{self, Error, Result};
use crate::link;
use crate::pipeline;
use crate::state::faces::Faces;
use crate::state::files;
use crate::state::history::{TierDay, history};
use crate::state::memory::{Memory, Redirect};
use crate::state::tiers::KeptTier;
use crate::table::Table;
use crate::write::review::ReviewRow;
use crate::write::work::SortRow;
use crate::write::{self, Dialect, TableFile};

/// Files of a generation that also stand at a fixed path in the output folder.
pub(super) const FIXED: [&str; 3] = ["report.html", "report.xlsx", "contacts.csv"];

/// The day the data describe: that of the newest export.
pub(super) fn as_of(exports: &Exports, today: NaiveDate) -> NaiveDate {
    exports.all.iter().map(|export| export.day).max().unwrap_or(today)
}

/// All that is known when a generation is written.
pub(super) struct Facts<'a> {
    pub(super) job: &'a Job,
    pub(super) outcome: &'a Outcome,
    pub(super) cleaned: &'a Cleaned,
    pub(super) people: &'a People,
    pub(super) exports: &'a Exports,
    pub(super) known: &'a Knowledge,
    pub(super) memory: &'a Memory,
    pub(super) moves: &'a Moves,
    /// What the team aims at.
    pub(super) aims: &'a Aims,
    /// The categories that people have set.
    pub(super) hands: &'a InForce,
    /// The contacts that somebody wants to keep as they are, by number.
    pub(super) keeps: &'a std::collections::BTreeSet<u64>,
    /// The contacts on which somebody has decided that they need no clean-up, by number.
    pub(super) settled: &'a std::collections::BTreeSet<u64>,
    /// The open pairs with both sides; filled once all else is known.
    pub(super) asked: &'a [ReviewRow],
}

/// What is found out while a generation is written.
pub(super) struct Told {
    /// What contacts look like.
    pub(super) faces: Faces,
    /// Retired numbers.
    pub(super) redirects: Vec<Redirect>,
    /// How often each kind of change was found, by name.
    pub(super) changes: Vec<(&'static str, u64)>,
    /// The categories of contacts, in the order of their numbers.
    pub(super) tiers: Vec<KeptTier>,
    /// How many people have which label.
    pub(super) labels: LabelCounts,
    /// Goals that the team could set, where it has none.
    pub(super) proposal: Option<String>,
    /// Whom to sort, the most promising first.
    pub(super) to_sort: Vec<SortRow>,
    /// How many more there are.
    pub(super) sort_left_out: u64,
    /// Whom to clean up.
    pub(super) to_clean: cleanup::Asked,
    /// The figures that the workbook begins with.
    pub(super) figures: write::Figures,
    /// People by category on the days of runs.
    pub(super) history: Vec<TierDay>,
}

/// A table open for writing.
pub(super) type Open = TableFile<BufWriter<File>, BufWriter<File>>;

impl Facts<'_> {
    /// The day the data describe: that of the newest export.
    pub(super) fn as_of(&self) -> NaiveDate {
        as_of(self.exports, self.outcome.today)
    }

    /// What contacts are made of.
    pub(super) fn views(&self) -> Views<'_> {
        Views {
            store: &self.outcome.store,
            cells: &self.cleaned.cells,
            people: self.people,
            known: self.known,
            pipeline: &self.job.workspace.pipeline,
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        dialect(&self.job.workspace.pipeline, self.outcome.locale.country)
    }

    /// What the manifest says of the CSV files.
    pub(super) fn dialect_note(&self) -> serde_json::Value {
        dialect_note(self.dialect())
    }

    /// In which form reports are made, and of whom.
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame {
            pipeline: &self.job.workspace.pipeline,
            members: self.members(),
            language: self.outcome.locale.language,
            dialect: self.dialect(),
            as_of: self.as_of(),
        }
    }

    pub(super) fn members(&self) -> &[Member] {
        &self.outcome.inbox.members
    }
}

/// The form of CSV files that the pipeline file asks for, for a team in a country.
pub(super) fn dialect(pipeline: &pipeline::Pipeline, country: &str) -> Dialect {
    match pipeline.output.dialect {
        pipeline::Dialect::Plain => Dialect::Plain,
        pipeline::Dialect::Spreadsheet => Dialect::spreadsheet(country),
    }
}

/// What the manifest says of CSV files.
pub(super) fn dialect_note(dialect: Dialect) -> serde_json::Value {
    match dialect {
        Dialect::Plain => {
            json!({ "dialect": "plain", "delimiter": ",", "decimal": ".", "formula_guard": false })
        }
        Dialect::Spreadsheet { delimiter, decimal } => json!({
            "dialect": "spreadsheet",
            "delimiter": char::from(delimiter).to_string(),
            "decimal": char::from(decimal).to_string(),
            "formula_guard": true,
        }),
    }
}

/// Writes a generation into a folder.
///
/// # Errors
/// When something cannot be written, or when the accounts do not balance: then nothing may be published.
pub(super) fn write(
    facts: &Facts<'_>,
    folder: &Path,
    number: u32,
    stages: &mut Stages,
    step: &(dyn Fn(u64) + Sync),
) -> Result<Told> {
    let member_ids: Vec<String> = facts.members().iter().map(|member| member.id.clone()).collect();
    let mut specs: Vec<Table> = Vec::new();
    let mut book = reports::workbook(facts.frame())?;
    let mut ledger = Ledger::new(facts);
    let mut labeller = Labeller::new(
        facts.views(),
        (facts.aims, facts.hands),
        facts.members(),
        &facts.outcome.locale,
        (facts.as_of(), facts.outcome.today),
        &facts.memory.tiers,
    );
    let out = (folder, &mut specs);
    let mut gathered =
        tables::contacts(facts, &mut labeller, out, &member_ids, &mut book, (stages, &mut ledger), step)?;
    let (changed, faces) = ledger.finish();
    let news = news::rows(facts, &gathered, &changed);
    let asked = page::Asked::of(&mut gathered, news.as_deref());
    let mut ground = Ground::of_run(facts, &mut gathered, news);
    let reports = reports::make(&mut ground, &asked.contacts);
    page::name_colleagues(&mut ground, &asked, &reports);
    reports::save(ground.frame, &reports.all, folder, &mut specs)?;
    page::write(&ground, &reports, folder)?;
    let to_sort = |contacts: &[u32]| Ok(sorting::rows(facts, &labeller, contacts));
    page::write_members(&ground, &reports, &asked, to_sort, folder)?;
    news::write(facts, ground.news.as_deref().unwrap_or_default(), folder, &mut specs)?;
    let wishes = wishes::rows(facts, &labeller, &ground.gathered.met, &member_ids);
    wishes::write(facts, &wishes, folder, &mut specs)?;
    let wish_list = (!wishes.is_empty()).then(|| write::wishes(&wishes));
    let review = write::review::review(facts.asked);
    let figures = reports::add(&ground, &reports.all, wish_list.as_ref(), &review, &mut book)?;
    let history = history(&ground.kept.history, facts.as_of(), reports.tiers_now.clone());
    let kept = ground.kept;
    let labels = LabelCounts {
        wishes: wishes.len() as u64,
        wishes_met: wishes.iter().filter(|wish| !wish.contacts.is_empty()).count() as u64,
        has_goals: facts.aims.has_goals(),
        ..gathered.counts
    };
    let most = facts.job.workspace.pipeline.tier.sort_most as usize;
    let (promising, sort_left_out) = gathered.most_promising(most);
    let to_sort = sorting::rows(facts, &labeller, &promising);
    let report = reports.all.iter().find(|made| made.wanted && made.table.name == "cleanup");
    let report = (report.map(|made| &made.table), gathered.facts.as_slice());
    let to_clean = cleanup::ask(facts, &labeller, report, facts.settled.clone());
    let proposal = gathered.tally.as_ref().and_then(Tally::proposal);
    // What only labels and reports need makes room for the workbook, which is put together in memory.
    let (held, tiers) = gathered.leave();
    drop((labeller, reports, wishes));
    stages.end("reports");
    let (saved, written) = rayon::join(
        || save(folder, "report.xlsx", |out| book.finish(out)),
        || {
            tables::holdings(facts, &held, folder, &member_ids, &mut specs)?;
            tables::touches(facts, folder, &member_ids, &mut specs)?;
            tables::rejects(facts, folder, &mut specs)
        },
    );
    saved.and(written)?;
    stages.end("workbook");
    review::write(facts, facts.asked, folder, &mut specs)?;
    let redirects = facts.moves.redirects(facts.memory, &facts.people.contacts, number, facts.outcome.today);
    tables::changes(facts, folder, &changed, &mut specs)?;
    tables::redirects(facts, folder, &changes::redirect_rows(&redirects), &mut specs)?;
    let changes = changes::counts(facts.moves, &changed);
    let all: Vec<&Table> = specs.iter().collect();
    save(folder, "schema.json", |out| out.write_all(write::schema(&all).as_bytes()))?;
    let counts = json!({
        "contacts": facts.outcome.totals.contacts,
        "new_contacts": facts.outcome.totals.new_contacts,
        "reach": facts.outcome.totals.reach,
        "holdings": facts.known.holdings.len(),
        "touches": facts.known.touches.len(),
        "values_not_kept": facts.cleaned.findings.len(),
        "changes": changes.iter().map(|(name, count)| (*name, json!(count))).collect::<BTreeMap<_, _>>(),
        "redirects": redirects.len(),
        "linking": linking(&facts.people.linked.counts),
        "review": facts.outcome.review,
        "labels": labels,
    });
    stages.end("tables");
    let bytes = manifest(facts, folder, number, (&counts, &kept), stages)?;
    save(folder, "manifest.json", |out| out.write_all(&bytes))?;
    let tiers = tiers.into_iter().filter(KeptTier::tells).collect();
    Ok(Told {
        faces,
        redirects,
        changes,
        tiers,
        labels,
        proposal,
        to_sort,
        sort_left_out,
        to_clean,
        figures,
        history,
    })
}

/// How much linking did, what it did not compare included.
fn linking(counts: &link::Counts) -> serde_json::Value {
    json!({
        "rows": counts.rows,
        "groups": counts.groups,
        "blocks": counts.blocks,
        "blocks_split": counts.blocks_split,
        "pairs": counts.pairs,
        "pairs_skipped": counts.pairs_skipped,
        "weak_keys_percent": counts.weak_keys_percent,
    })
}

/// A file of the generation that cannot be written.
pub(super) fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::io(error::Kind::Io, "cannot be written", path, error)
}

/// Writes one file of the generation.
pub(super) fn save(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let path = folder.join(name);
    let mut out = BufWriter::new(files::create(&path)?);
    write(&mut out).and_then(|()| out.flush()).map_err(|error| failed(&path, &error))
}

/// Opens a table as Parquet and CSV and remembers its columns for the schema.
pub(super) fn open(
    facts: &Facts<'_>,
    folder: &Path,
    spec: Table,
    specs: &mut Vec<Table>,
) -> Result<(Open, PathBuf)> {
    open_in(facts.dialect(), folder, spec, specs)
}

/// The same, of any origin.
pub(super) fn open_in(
    dialect: Dialect,
    folder: &Path,
    spec: Table,
    specs: &mut Vec<Table>,
) -> Result<(Open, PathBuf)> {
    let path = folder.join(spec.name);
    let parquet = BufWriter::new(files::create(&path.with_extension("parquet"))?);
    let csv = BufWriter::new(files::create(&path.with_extension("csv"))?);
    let file = TableFile::create(parquet, csv, dialect, &spec).map_err(|error| failed(&path, &error))?;
    specs.push(spec);
    Ok((file, path))
}
