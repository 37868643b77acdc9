//! How long the stages take, each by itself, on generated teams of several sizes.
//!
//! ```text
//! cargo bench                                        every stage at 10,000 rows
//! cargo bench -- clustering                          one stage
//! HAMSTERN_BENCH_ROWS=10000,100000,1000000 cargo bench
//! ```

#[expect(dead_code, reason = "its main function is not called here")]
#[path = "../examples/generate/main.rs"]
mod generate;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use clap::Parser;
use divan::Bencher;
use divan::counter::ItemsCount;
use hamstern::clean::{Context, clean};
use hamstern::link::{Examiner, Limits, Options, Row, examine, link};
use hamstern::pipeline::Pipeline;
use hamstern::progress::Progress;
use hamstern::record::{Cells, Role};
use hamstern::run::workspace::Workspace;
use hamstern::run::{self, Job, inbox, load, locale};
use hamstern::store::Store;
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// The sizes to measure: `HAMSTERN_BENCH_ROWS`, else 10,000.
fn sizes() -> Vec<u64> {
    let asked = std::env::var("HAMSTERN_BENCH_ROWS").unwrap_or_default();
    let sizes: Vec<u64> = asked.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    if sizes.is_empty() { vec![10_000] } else { sizes }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day")
}

/// A generated team, read and cleaned.
struct Team {
    home: tempfile::TempDir,
    rows: u64,
    store: Store,
    cleaned: Vec<Cells>,
}

/// The team measured last: the stages of one size share it, and only one is held.
static TEAM: Mutex<Option<Arc<Team>>> = Mutex::new(None);

fn team(rows: u64) -> Arc<Team> {
    let mut held = TEAM.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(team) = held.as_ref().filter(|team| team.rows == rows) {
        return Arc::clone(team);
    }
    // The old one goes before the new one is made.
    *held = None;
    Arc::clone(held.insert(Arc::new(Team::new(rows))))
}

impl Team {
    fn new(rows: u64) -> Team {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("team");
        let options = format!("generate --rows {rows} --seed 7 --out");
        let arguments = options.split(' ').map(Into::into).chain([out.into_os_string()]);
        generate::generate(&generate::Options::parse_from(arguments)).expect("a team");
        let mut team = Team { home, rows, store: Store::default(), cleaned: Vec::new() };
        team.store = team.read();
        team.cleaned = team.clean();
        team
    }

    fn inbox(&self) -> PathBuf {
        self.home.path().join("team/inbox")
    }

    fn read(&self) -> Store {
        let pipeline = Pipeline::default();
        let inbox = inbox::look(&self.inbox(), &pipeline).expect("an inbox");
        load::load(&inbox, &pipeline, today(), &|_| ()).0
    }

    fn clean(&self) -> Vec<Cells> {
        let locale = locale::settle(&Pipeline::default(), &self.store, "");
        let one = |record| {
            let (mut cells, mut findings) = (Cells::new(), Vec::new());
            let context = Context {
                country: locale.country,
                timezone: locale.timezone,
                date_order: self.store.source(record).date_order,
                year: today().year(),
            };
            clean(self.store.raw(record), &context, &mut cells, &mut findings);
            cells
        };
        self.store.records.par_iter().map(one).collect()
    }

    /// What linking gets to see; every source is an export of its own.
    fn rows(&self) -> Vec<Row<'_>> {
        let records = self.store.records.iter().zip(&self.cleaned).enumerate();
        records
            .filter(|(_, (record, _))| record.role == Role::Contact)
            .map(|(number, (record, cells))| Row {
                cells: cells.view(),
                record_id: number as u64,
                member: self.store.source(record).member,
                export: record.source,
                distinct: self.store.source(record).distinct,
                again: &[],
                day: 0,
            })
            .collect()
    }
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn cleaning(bencher: Bencher<'_, '_>, rows: u64) {
    let team = team(rows);
    bencher.counter(ItemsCount::new(team.store.records.len())).bench(|| team.clean());
}

/// Runs a stage of linking on what the stages before it made.
fn stage(bencher: Bencher<'_, '_>, rows: u64, run: impl Fn(&Examiner<'_>) -> u64) {
    let team = team(rows);
    let rows = team.rows();
    examine(&rows, &Options::default(), |examiner| {
        bencher.counter(ItemsCount::new(rows.len())).bench_local(|| run(examiner));
    });
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn blocking(bencher: Bencher<'_, '_>, rows: u64) {
    stage(bencher, rows, |examiner| examiner.block(&Limits::default()));
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn scoring(bencher: Bencher<'_, '_>, rows: u64) {
    stage(bencher, rows, |examiner| examiner.score(Options::default().merge));
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn clustering(bencher: Bencher<'_, '_>, rows: u64) {
    stage(bencher, rows, |examiner| examiner.groups(Options::default().merge).len() as u64);
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn linking(bencher: Bencher<'_, '_>, rows: u64) {
    let team = team(rows);
    let rows = team.rows();
    let counter = ItemsCount::new(rows.len());
    bencher.counter(counter).bench(|| link(&rows, &Options::default()).counts.groups);
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn whole_run(bencher: Bencher<'_, '_>, rows: u64) {
    let team = team(rows);
    let fresh = || tempfile::tempdir_in(team.home.path()).expect("a folder");
    bencher.counter(ItemsCount::new(team.store.records.len())).with_inputs(fresh).bench_values(|out| {
        let workspace = Workspace::from_folders(&team.inbox(), &out.path().join("out")).expect("folders");
        let job = Job { workspace, today: today(), publish: true, progress: Progress::new(false) };
        run::run(&job).expect("a run").totals
    });
}
