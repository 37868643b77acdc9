//! Every command and flag; their doc comments are the help.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

/// Finds out who of a team knows whom.
///
/// hamstern reads what each member of a team exported (LinkedIn, Xing, phone, mail, spreadsheets), finds
/// out which entries are the same person, merges them into one contact dataset and reports the size,
/// overlap and growth of the networks. It works offline, on files.
#[derive(Debug, Parser)]
#[command(name = "hamstern", version, help_expected = true, max_term_width = 100)]
#[command(after_long_help = exit_codes())]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new workspace: pipeline file, inbox, wish list, lines for cron and systemd
    Init(InitArgs),
    /// Read, link, merge and report; publish one generation of results
    Run(RunArgs),
    /// Say what each file is and how it would be read, and all errors of the pipeline file; write nothing
    Check(RunArgs),
    /// Show how single files are understood: format, encoding, header, columns, first records
    Inspect(InspectArgs),
    /// Say who of us knows a person, a company or the guests of a list: through what, last touch, best path
    Who(WhoArgs),
    /// Say why records are one contact, or two contacts are not one: the sum, field by field
    Explain(ExplainArgs),
    /// Say how one company, title, address or place would be labelled, and why; nothing is read or written
    Label(LabelArgs),
    /// Make the reports again from the last results, without importing
    Report(ReportArgs),
    /// Compare who is who with known answers: precision, recall, F1, and the worst mistakes; write nothing
    Evaluate(EvaluateArgs),
    /// Ask about the open pairs, each answered with one key: the same person or two
    Review(ReviewArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// What `init` takes.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to make; it may exist, its files are never overwritten
    pub dir: PathBuf,
    /// Members of the team, comma-separated: a folder in the inbox is made for each
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub members: Vec<String>,
}

/// What `run` and `check` take.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Pipeline file; without it and without --inbox, ./hamstern.toml
    pub pipeline: Option<PathBuf>,
    /// Folder of exports, every folder in it a member; takes the place of a pipeline file
    #[arg(long, value_name = "DIR", conflicts_with = "pipeline", requires = "out")]
    pub inbox: Option<PathBuf>,
    /// Folder for the results of --inbox; the state lies in it
    #[arg(long, value_name = "DIR", requires = "inbox")]
    pub out: Option<PathBuf>,
    /// Country of phone numbers without a country code, such as DE
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// Language of reports: de or en
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    pub lang: Option<String>,
    /// Time zone in which days and weeks are counted, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<chrono_tz::Tz>,
    /// Take this as today, for tests and to run again
    #[arg(long, value_name = "DATE")]
    pub now: Option<NaiveDate>,
    /// Show distributions only on report.html: no member, no contact; as [reports] aggregate does
    #[arg(long)]
    pub aggregate: bool,
    /// Number of threads; the results do not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Do everything but write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// How commands show what they found.
#[derive(Debug, Clone, Copy, Args)]
pub struct ShowArgs {
    /// Print nothing unless something needs a person
    #[arg(long, short)]
    pub quiet: bool,
    /// Print JSON lines, each with a message_type
    #[arg(long)]
    pub json: bool,
    /// Print without colours
    #[arg(long)]
    pub no_color: bool,
}

/// What `inspect` takes.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files to look at
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Read tables with the [[source]] mappings of this pipeline file
    #[arg(long, value_name = "FILE")]
    pub pipeline: Option<PathBuf>,
    /// How many records to show of each
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub records: usize,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `report` takes.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Pipeline file [default: ./hamstern.toml]
    pub pipeline: Option<PathBuf>,
    /// The same, as other commands have it
    #[arg(long = "pipeline", value_name = "FILE", conflicts_with = "pipeline")]
    pub pipeline_file: Option<PathBuf>,
    /// Folder of results that a run made with --inbox and --out
    #[arg(long, value_name = "DIR", conflicts_with_all = ["pipeline", "pipeline_file"])]
    pub out: Option<PathBuf>,
    /// Language of reports: de or en [default: that of the pipeline file, else of the last run]
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    pub lang: Option<String>,
    /// Show distributions only on report.html: no member, no contact; as [reports] aggregate does
    #[arg(long)]
    pub aggregate: bool,
    /// Number of threads; the results do not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Do everything but write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `evaluate` takes.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// The answers, a CSV: file,line,person (and sheet for workbooks), or source_id,person (and file)
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,
    /// How many of the worst wrong merges, and of the worst misses, to explain
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub worst: usize,
    /// Pipeline file; without it and without --inbox, ./hamstern.toml
    pub pipeline: Option<PathBuf>,
    /// The same, as other commands have it
    #[arg(long = "pipeline", value_name = "FILE", conflicts_with = "pipeline")]
    pub pipeline_file: Option<PathBuf>,
    /// Folder of exports, every folder in it a member; takes the place of a pipeline file
    #[arg(long, value_name = "DIR", conflicts_with_all = ["pipeline", "pipeline_file"], requires = "out")]
    pub inbox: Option<PathBuf>,
    /// Folder of the results of --inbox; what was decided there is followed, nothing is written
    #[arg(long, value_name = "DIR", requires = "inbox")]
    pub out: Option<PathBuf>,
    /// Country of phone numbers without a country code, such as DE
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// Take this as today, for tests and to run again
    #[arg(long, value_name = "DATE")]
    pub now: Option<NaiveDate>,
    /// Number of threads; the results do not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `who` takes.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// A name, a company, an e-mail address, a phone number, a profile, a contact id; or the file of a guest
    /// list (CSV, workbook, cards)
    #[arg(required = true, value_name = "TEXT|LIST")]
    pub asked: Vec<String>,
    /// Pipeline file whose newest results are asked [default: hamstern.toml]
    #[arg(long, value_name = "FILE")]
    pub pipeline: Option<PathBuf>,
    /// Folder of the results; takes the place of a pipeline file
    #[arg(long, value_name = "DIR", conflicts_with = "pipeline")]
    pub out: Option<PathBuf>,
    /// How many people to show, of a company too; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub most: usize,
    /// Write the answer as CSV for spreadsheets to this file as well
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `label` takes.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("case").required(true).multiple(true))]
pub struct LabelArgs {
    /// Employer to label
    #[arg(long = "try", value_name = "COMPANY", group = "case")]
    pub company: Option<String>,
    /// Job title to label
    #[arg(long, value_name = "TITLE", group = "case")]
    pub title: Option<String>,
    /// E-mail address or domain, as further evidence of the employer
    #[arg(long, value_name = "ADDRESS", group = "case")]
    pub email: Option<String>,
    /// City or location to label
    #[arg(long, value_name = "PLACE", group = "case")]
    pub place: Option<String>,
    /// Pipeline file, for the team's own table of industries [default: hamstern.toml where there is one]
    #[arg(long, value_name = "FILE")]
    pub pipeline: Option<PathBuf>,
    /// Language of the reasons: de or en [default: that of the pipeline file, else en]
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    pub lang: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// One or two of: a contact id, a record id, a name
    #[arg(required = true, num_args = 1..=2, value_name = "ID|NAME")]
    pub asked: Vec<String>,
    /// Pipeline file [default: hamstern.toml]
    #[arg(long, value_name = "FILE")]
    pub pipeline: Option<PathBuf>,
    /// Folder of exports, every folder in it a member; takes the place of a pipeline file
    #[arg(long, value_name = "DIR", conflicts_with = "pipeline", requires = "out")]
    pub inbox: Option<PathBuf>,
    /// Folder of the results of --inbox
    #[arg(long, value_name = "DIR", conflicts_with = "pipeline")]
    pub out: Option<PathBuf>,
    /// Country of phone numbers without a country code [default: that of the last run]
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// Time zone in which days are counted [default: that of the last run]
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<chrono_tz::Tz>,
    /// Take this as today [default: the day of the last run]
    #[arg(long, value_name = "DATE")]
    pub now: Option<NaiveDate>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the help of the whole command")]
    pub show: ShowArgs,
}

/// What `review` takes.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// Pipeline file [default: ./hamstern.toml]
    #[arg(long, value_name = "FILE")]
    pub pipeline: Option<PathBuf>,
    /// Folder of results that a run made with --inbox and --out
    #[arg(long, value_name = "DIR", conflicts_with = "pipeline")]
    pub out: Option<PathBuf>,
    /// Who answers, for decisions.csv [default: the user of this computer]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Take this as today, for tests
    #[arg(long, value_name = "DATE")]
    pub now: Option<NaiveDate>,
    /// Print the open pairs as JSON lines and ask nothing
    #[arg(long)]
    pub json: bool,
    /// Print without colours
    #[arg(long)]
    pub no_color: bool,
}

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell to complete in
    pub shell: clap_complete::Shell,
}

/// Exit codes with what they mean, for the help and the manual page.
pub const EXIT_CODES: [(&str, &str); 11] = [
    ("0", "done"),
    ("3", "published, but something was refused that the last run did not know"),
    ("64", "the command line is wrong"),
    ("65", "none of the files could be used"),
    ("66", "an input is missing, or nothing was found"),
    ("70", "the accounts do not balance; nothing is published"),
    ("73", "an output cannot be created"),
    ("74", "reading or writing failed, or the disk is full"),
    ("75", "another run holds the lock"),
    ("77", "something may not be read or written"),
    ("78", "the pipeline file or the state is wrong, or from a newer version"),
];

fn exit_codes() -> String {
    let lines = EXIT_CODES.iter().map(|(code, meaning)| format!("  {code:<2}  {meaning}\n"));
    format!(
        "Exit codes:\n{}\n128 and the number of a signal: it asked to stop",
        lines.collect::<String>().trim_end()
    )
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err("two letters such as DE, AT, CH, GB".to_owned())
    }
}
