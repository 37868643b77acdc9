//! What a team aims at: goals, wish list, rules and settings of the labels, read from its files.

use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::workspace::Workspace;
use crate::error::{Error, Kind, Result};
use crate::label::goal::{Asked, Goals};
use crate::label::industry::{OwnRow, OwnTable, brand};
use crate::label::rule::Rule;
use crate::label::wish::{self, Wishes};
use crate::label::{strength, tier, title};
use crate::pipeline::Pipeline;
use crate::problem::Problem;
use crate::read::plain;
use crate::table::Language;
use crate::text::header_key;

/// What the team aims at, ready to label by.
#[derive(Debug, Clone, Default)]
pub(super) struct Aims {
    /// Whom the team wants to know.
    pub(super) goals: Goals,
    /// The wish list.
    pub(super) wishes: Wishes,
    /// The team's own table of employers and sectors.
    pub(super) industries: OwnTable,
    /// Rules that give a category, each with its words.
    pub(super) rules: Vec<(Rule, String)>,
    /// How categories are given.
    pub(super) tier: tier::Settings,
    /// How strength is made.
    pub(super) strength: strength::Settings,
    /// A hash of all of it.
    pub(super) hash: u32,
    /// Lines that were not understood, with their file.
    pub(super) problems: Vec<(String, Problem)>,
}

impl Aims {
    /// Reads what the pipeline file and the files it names say.
    ///
    /// # Errors
    /// When a file that the pipeline file names cannot be read.
    pub(super) fn load(workspace: &Workspace, language: Language) -> Result<Aims> {
        let pipeline = &workspace.pipeline;
        let goals = &pipeline.goals;
        let asked = Asked {
            industries: &goals.industries,
            functions: &goals.functions,
            seniority: &goals.seniority,
            companies: &goals.companies,
            places: &goals.places,
        };
        let mut problems = Vec::new();
        let wishes = match &workspace.wish_list {
            Some(path) => {
                let (wishes, odd) =
                    wish::parse(&rows(path, "wish_list under [goals]", &wish::header_names())?);
                problems.extend(odd.into_iter().map(|problem| (shown(path), problem)));
                wishes
            }
            None => Vec::new(),
        };
        let industries = match &workspace.industries {
            Some(path) => industries(path, language, &mut problems)?,
            None => OwnTable::default(),
        };
        // What is shown, kept or archived gives nobody another category.
        let (settings, rules) = (tier_settings(pipeline), &pipeline.tier.rules);
        let told = format!("{goals:?}{settings:?}{rules:?}{wishes:?}{:?}", pipeline.strength);
        let titled = |position: &str| {
            let titles = title::titles(position, "");
            (titles.function.map(|label| label.value.id()), titles.seniority.map(|label| label.value.id()))
        };
        Ok(Aims {
            goals: Goals::new(&asked, brand, language),
            wishes: Wishes::new(wishes, brand, titled),
            industries,
            rules: pipeline.tier.rules.iter().map(|rule| (rule.clone(), rule.words(language))).collect(),
            tier: settings,
            strength: pipeline.strength,
            hash: xxh3_64(told.as_bytes()) as u32,
            problems,
        })
    }

    /// Lines that were not understood, in words.
    pub(super) fn odd_lines(&self) -> Vec<String> {
        let words = |(file, problem): &(String, Problem)| {
            let Problem { line, column, message, .. } = problem;
            let column = if column.is_empty() { String::new() } else { format!(", column {column}") };
            format!("{file}, line {line}{column}: {message}")
        };
        self.problems.iter().map(words).collect()
    }

    /// Whether the team says at all whom it wants to know.
    pub(super) fn has_goals(&self) -> bool {
        !self.goals.is_empty() || !self.wishes.all.is_empty()
    }

    /// Whether employers are compared with anything.
    pub(super) fn asks_for_employers(&self) -> bool {
        self.has_goals()
    }
}

fn tier_settings(pipeline: &Pipeline) -> tier::Settings {
    let asked = &pipeline.tier;
    let (weights, cuts) = (asked.weights, asked.cut_points);
    tier::Settings {
        weights: [weights.target_fit, weights.strength, weights.seniority, weights.network]
            .map(|weight| weight as f32),
        cut_points: [cuts.a, cuts.b, cuts.c].map(|cut| cut as f32),
        hysteresis: asked.hysteresis as f32,
        evidence: asked.evidence as f32,
    }
}

/// The rows of a file of the team, each with its line; `option` names it in the pipeline file.
fn rows(path: &Path, option: &str, names: &[&str]) -> Result<Vec<(u32, Vec<String>)>> {
    let bytes = fs::read(path).map_err(|error| {
        Error::io(Kind::NoInput, "a file that the pipeline file names cannot be read", path, &error)
            .hinted(format!("correct {option} in the pipeline file, or take it out"))
    })?;
    Ok(plain::delimited(&bytes, names).rows)
}

/// What people call the columns of the team's own table, folded.
const COMPANY: [&str; 6] = ["company", "firma", "unternehmen", "domain", "employer", "arbeitgeber"];
const SECTOR: [&str; 4] = ["sector", "industry", "branche", "sektor"];

/// The team's own table of employers and sectors.
fn industries(path: &Path, language: Language, problems: &mut Vec<(String, Problem)>) -> Result<OwnTable> {
    let names: Vec<&str> = COMPANY.into_iter().chain(SECTOR).collect();
    let rows = rows(path, "industries under [labels]", &names)?;
    let place = |row: &[String], names: &[&str]| {
        row.iter().position(|cell| names.contains(&header_key(cell).as_str()))
    };
    let header = rows
        .iter()
        .enumerate()
        .find_map(|(at, (_, row))| Some((at, place(row, &COMPANY)?, place(row, &SECTOR)?)));
    let Some((header, company, sector)) = header else {
        if let Some((line, _)) = rows.first() {
            let message = "no row names the columns company and sector; nothing was read. Put `company,sector` above \
                           the rows";
            problems.push((shown(path), Problem::new(*line, "no-header", message)));
        }
        return Ok(OwnTable::default());
    };
    let cell =
        |row: &'_ [String], at: usize| row.get(at).map_or(String::new(), |text| text.trim().to_owned());
    let told: Vec<(u32, String, String)> =
        rows[header + 1..].iter().map(|(line, row)| (*line, cell(row, company), cell(row, sector))).collect();
    let own = told.iter().map(|(line, company, sector)| OwnRow { line: *line, company, sector });
    let (table, odd) = OwnTable::parse(own);
    problems.extend(odd.into_iter().map(|odd| {
        let problem = Problem::new(odd.line, "sector-not-understood", odd.wrong.words(language));
        (shown(path), problem.in_column(odd.column))
    }));
    Ok(table)
}

/// The name of a file, for messages.
fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
