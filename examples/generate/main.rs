//! Makes the exports of an invented team of any size, and the truth about who is who in them.
//!
//! ```text
//! cargo run --example generate -- --out DIR [--seed N] [--people N | --rows N] [--members N]
//!                                 [--preset team|race|crowd|addresses|twofold|signups|history] [--kind plain|hard] [--names N]
//! ```
//! `DIR/inbox/<member>/` holds the files, `DIR/truth.csv` says for every entry which person it is. The
//! same arguments give the same bytes; only archives may be packed a little differently by another processor.

mod addressbook;
mod bond;
mod company;
mod crowd;
mod date;
mod entry;
mod linkedin;
mod number;
mod out;
pub(crate) mod person;
mod plan;
mod rates;
mod register;
mod rng;
mod scribe;
mod sheet;
mod slip;
pub(crate) mod spelling;
mod vcard;
mod words;
mod world;
mod xing;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use out::{Figures, Folder, Truth};
use plan::Plan;
use rates::Rates;
use register::Register;
use scribe::Scribe;
use words::Words;
use world::{MemberName, World};

/// The number of names that leaves none out.
const ALL_NAMES: u32 = 100_000;

/// What kind of team.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Preset {
    /// Any number of members and people.
    Team,
    /// The demo: ten members in a race of nine weeks.
    Race,
    /// One plain list a member, three rows in ten a repetition; set `--names` for few distinct names.
    Crowd,
    /// A register with addresses, birthdays and numbers, several rows a person.
    Addresses,
    /// The same in two files, one row a person in each.
    Twofold,
    /// A register of few, badly typed fields.
    Signups,
    /// A register of past centuries with gaps and wrong dates.
    History,
}

impl Preset {
    /// The register it makes, if it makes one.
    fn register(self) -> Option<Register> {
        match self {
            Preset::Addresses => Some(Register::Addresses),
            Preset::Twofold => Some(Register::Twofold),
            Preset::Signups => Some(Register::Signups),
            Preset::History => Some(Register::History),
            Preset::Team | Preset::Race | Preset::Crowd => None,
        }
    }
}

/// How dirty the exports are.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// As usual.
    Plain,
    /// Namesakes, couples, parents and children, second entries, swapped and one-field names, numbers that
    /// are wrong or passed on.
    Hard,
}

/// Makes the exports of an invented team and the truth about them.
#[derive(Parser)]
pub(crate) struct Options {
    /// Folder for `inbox/` and `truth.csv`; must not exist yet or be empty.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Seed of all that is drawn.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// People known to the team.
    #[arg(long, conflicts_with = "rows", default_value_t = 4000)]
    pub(crate) people: u32,
    /// Entries in all files, met within a few in a hundred.
    #[arg(long)]
    pub(crate) rows: Option<u64>,
    /// Members of the team.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub(crate) members: u16,
    /// What kind of team.
    #[arg(long, value_enum, default_value_t = Preset::Team)]
    pub(crate) preset: Preset,
    /// How dirty the exports are.
    #[arg(long, value_enum, default_value_t = Kind::Plain)]
    pub(crate) kind: Kind,
    /// Draw names from the first N of each list only, and fewer of the rare ones: many namesakes.
    #[arg(long, default_value_t = ALL_NAMES, value_parser = clap::value_parser!(u32).range(2..))]
    pub(crate) names: u32,
}

impl Options {
    /// Rows of a crowd: as many as wished, or what makes the wished number of people.
    fn wanted_rows(&self) -> u64 {
        self.rows.unwrap_or(u64::from(self.people) * 10 / 7).max(1)
    }
}

/// Given name, family name and whether a woman, of the team.
const TEAM: [(&str, &str, bool); 20] = [
    ("Anna", "Talheimer", true),
    ("Ben", "Okafor", false),
    ("Clara", "Weidenbusch", true),
    ("David", "Yıldıran", false),
    ("Emma", "Lindqvist", true),
    ("Felix", "Großkopf", false),
    ("Greta", "Brandmüller", true),
    ("Hugo", "Castellani", false),
    ("Ida", "Sternberger", true),
    ("Jonas", "Wiebelt", false),
    ("Karla", "Neuhofer", true),
    ("Levin", "Dubravac", false),
    ("Marta", "Zielonka", true),
    ("Noah", "Feldkamp", false),
    ("Olga", "Tarasowa", true),
    ("Paul", "Immergrün", false),
    ("Rosa", "Velasquez", true),
    ("Samir", "Haidari", false),
    ("Tilda", "Ohlendorf", true),
    ("Viktor", "Kranzler", false),
];

fn team(count: u16) -> Vec<MemberName> {
    let names = TEAM.iter().cycle().take(usize::from(count)).enumerate();
    let member = |(at, &(given, family, female)): (usize, &(&str, &str, bool))| {
        let round = at / TEAM.len() + 1;
        let number = if round == 1 { String::new() } else { round.to_string() };
        MemberName {
            id: format!("{}{number}", spelling::local(given)),
            given: given.to_owned(),
            family: if round == 1 {
                family.to_owned()
            } else {
                format!("{family}-{}", TEAM[round % TEAM.len()].1)
            },
            female,
        }
    };
    names.map(member).collect()
}

/// Writes everything and says what it made in one line.
///
/// # Errors
/// When a file cannot be written, or the folder holds files already.
pub(crate) fn generate(options: &Options) -> io::Result<String> {
    let inbox = options.out.join("inbox");
    if inbox.exists() {
        return Err(io::Error::other(format!("{} exists already: choose an empty folder", inbox.display())));
    }
    fs::create_dir_all(&inbox)?;
    let (plan, world) = world(options);
    let mut truth = Truth::new(&options.out.join("truth.csv"), plan.people)?;
    let folders: Vec<Folder> = world.members.iter().map(|member| Folder::new(&inbox, &member.id)).collect();
    if options.preset == Preset::Crowd {
        crowd::write(&world, &folders, options.wanted_rows(), &mut truth)?;
    }
    if let (Some(kind), Some(folder)) = (options.preset.register(), folders.first()) {
        let people = plan.people - u32::from(options.members);
        register::write(&world, kind, folder, &options.out, people, &mut truth)?;
    }
    for (network, folder) in plan.networks.iter().zip(folders) {
        Scribe { world: &world, plan: &plan, network, folder, truth: &mut truth }.write()?;
    }
    let (rows, channels) = (truth.rows, truth.by_channel);
    Ok(summary(rows, channels, &truth.finish()?))
}

/// The team's plan and the world its contacts live in.
pub(crate) fn world(options: &Options) -> (Plan, World) {
    let rates = match options.kind {
        Kind::Plain => Rates::PLAIN,
        Kind::Hard => Rates::HARD,
    };
    let plan = plan(options, &rates);
    // The demo keeps the names it is committed with; few distinct names are what `--names` is for.
    let rare = options.preset != Preset::Race && options.names >= ALL_NAMES;
    let words = Words::new(options.names as usize, rare);
    let names = team(if options.preset == Preset::Race { 10 } else { options.members });
    let world = World::new(options.seed, &rates, words, names, plan.people, plan.last);
    (plan, world)
}

/// The plan of the preset; for a wished number of rows its size follows from a small one.
fn plan(options: &Options, rates: &Rates) -> Plan {
    const PILOT: u32 = 20_000;
    let members = usize::from(options.members);
    match (options.preset, options.rows) {
        (Preset::Race, _) => Plan::race(options.seed),
        (Preset::Crowd, _) => {
            Plan::strangers(u32::from(options.members) + crowd::people(options.wanted_rows()))
        }
        (Preset::Addresses | Preset::Twofold | Preset::Signups | Preset::History, _) => {
            let register = options.preset.register().unwrap_or(Register::Addresses);
            Plan::strangers(u32::from(options.members) + register.people(options.wanted_rows()))
        }
        (Preset::Team, None) => Plan::team(options.seed, members, options.people),
        (Preset::Team, Some(rows)) => {
            let pilot = Plan::team(options.seed, members, PILOT).rows(options.seed, rates.twice).max(1);
            let people = rows.saturating_mul(u64::from(PILOT)) / pilot;
            Plan::team(options.seed, members, people.clamp(10, 50_000_000) as u32)
        }
    }
}

fn summary(rows: u64, channels: [u64; 5], figures: &Figures) -> String {
    let share = |part: u64| 100.0 * part as f64 / figures.people.max(1) as f64;
    format!(
        "{} people, {rows} rows (linkedin {}, phone {}, xing {}, mail {}, sheet {}), {} shared mailboxes, \
         {} true pairs, {:.1} % in several channels, {:.1} % known to several members",
        figures.people,
        channels[0],
        channels[1],
        channels[2],
        channels[3],
        channels[4],
        figures.mailboxes,
        figures.pairs,
        share(figures.several_channels),
        share(figures.several_members),
    )
}

fn main() -> ExitCode {
    let options = Options::parse();
    match generate(&options) {
        Ok(line) => {
            println!("{}", written(&options.out));
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::from(74)
        }
    }
}

fn written(out: &Path) -> String {
    format!("wrote {0}/inbox and {0}/truth.csv", out.display())
}
