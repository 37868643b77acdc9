//! A guest list: for every row who of the team knows that person, and how sure it is that it is they.

use std::path::Path;

use rayon::prelude::*;

use super::index::KeyKind;
use super::search::{Search, wanted};
use super::{Agreement, Company, Fit, Known, Person, best_rank, cleaned, company, employers_agree, person};
use crate::contact::Kind;
use crate::error::{self, Error, Result};
use crate::pipeline::Pipeline;
use crate::read::mapping::Mapping;
use crate::read::open::{self, Outcome, Section};
use crate::record::{Cells, CellsView, Field, Role};

/// Candidates of one guest that are told of.
const MOST: usize = 5;
/// As many contacts may share a number or an address and still be asked about.
const COUPLE: usize = 2;

/// How sure it is that a contact is the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The same address, number or profile and a name that fits, or the same name and employer.
    Sure,
    /// The same name where nothing speaks against it, or a like name and the same employer.
    Likely,
    /// May be they: the name is alike, the employer differs, or several fit equally well.
    Possible,
    /// Nobody knows them.
    No,
}

impl Certainty {
    /// The word used in results.
    pub fn name(self) -> &'static str {
        ["sure", "likely", "possible", "no"][self as usize]
    }
}

/// A contact that may be the guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who it is.
    pub person: Person,
    /// Why, in a few words: `same e-mail`, `same name, other employer`.
    pub reason: String,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Name of the sheet, empty outside workbooks.
    pub sheet: String,
    /// 1-based line or row.
    pub line: u32,
    /// Name as it was read; else an address or number.
    pub name: String,
    /// Employer as the list has it.
    pub company: String,
    /// How sure it is who it is.
    pub certainty: Certainty,
    /// Who it may be; several only where none is more likely than the others.
    pub candidates: Vec<Candidate>,
    /// Where nobody knows the guest: people at the same employer.
    pub colleagues: Option<Company>,
}

/// A guest list, answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guests {
    /// The rows that hold a person, in their order.
    pub guests: Vec<Guest>,
    /// What was not read: rows and parts, each with the reason.
    pub problems: Vec<String>,
}

impl Known {
    /// Looks up everybody on a list: a table or cards of any kind that hamstern reads.
    ///
    /// # Errors
    /// [`error::Kind::NoInput`] when the file is not there, [`error::Kind::NoUsableInput`] when nobody can
    /// be read from it.
    pub fn look_up(&self, file: &Path, pipeline: &Pipeline) -> Result<Guests> {
        let bytes = std::fs::read(file)
            .map_err(|error| Error::io(error::Kind::NoInput, "cannot be read", file, &error))?;
        let name = file.to_string_lossy().replace('\\', "/");
        let mapping =
            pipeline.source_for(&name).filter(|source| !source.columns.is_empty()).map(Mapping::from);
        let mut out = Guests::default();
        let mut rows: Vec<(String, u32, Cells)> = Vec::new();
        for part in open::read_file(&name, &bytes, mapping.as_ref()).parts {
            match part.outcome {
                Outcome::Read(sections) => {
                    for section in &sections {
                        self.gather(section, &mut rows, &mut out.problems);
                    }
                }
                Outcome::Refused(refusal) => out.problems.push(format!("{}: {}", part.path, refusal.message)),
                Outcome::Skipped { reason } => out.problems.push(format!("{}: {reason}", part.path)),
                Outcome::Empty => out.problems.push(format!("{}: is empty", part.path)),
            }
        }
        if rows.is_empty() {
            let mut message = format!("nobody could be read from {}", file.display());
            out.problems.iter().for_each(|problem| message.push_str(&format!("\n{problem}")));
            return Err(Error::new(error::Kind::NoUsableInput, message).hinted(
                "`hamstern inspect FILE` says how it is understood; a header such as Name, Company helps",
            ));
        }
        let search = Search::new(&self.index, true);
        let found = rows.par_iter().map(|(sheet, line, cells)| guest(&search, sheet, *line, cells.view()));
        out.guests = found.collect();
        Ok(out)
    }

    /// The rows of one document that hold a person or an employer, cleaned.
    fn gather(&self, section: &Section, rows: &mut Vec<(String, u32, Cells)>, problems: &mut Vec<String>) {
        let mut start = 0;
        for entry in &section.output.records {
            let mut raw = Cells::new();
            let cells = CellsView::from_packed(&section.output.cells[start..entry.end]);
            cells.iter().for_each(|(field, text)| raw.push(field, text));
            start = entry.end;
            if entry.role != Role::Owner && !entry.further {
                rows.push((
                    section.sheet.clone(),
                    entry.line,
                    cleaned(&raw, &self.index, section.date_order),
                ));
            }
        }
        problems.extend(
            section
                .output
                .rejects
                .iter()
                .map(|reject| format!("line {}: {}", reject.problem.line, reject.problem.message)),
        );
    }
}

/// Looks one guest up.
fn guest(search: &Search<'_>, sheet: &str, line: u32, cells: CellsView<'_>) -> Guest {
    let given = [Field::GivenName, Field::MiddleName].map(|field| cells.text(field));
    let family = cells.text(Field::FamilyName);
    let shown = [given[0], given[1], family].into_iter().filter(|text| !text.is_empty());
    let mut name = shown.collect::<Vec<_>>().join(" ");
    let words = wanted(&[given[0], given[1], family]);
    let employer = cells.text(Field::Company);
    let employers = search.companies(employer);

    let keys = [
        (Field::LinkedIn, KeyKind::LinkedIn, "same profile"),
        (Field::Xing, KeyKind::Xing, "same profile"),
        (Field::Email, KeyKind::Email, "same e-mail"),
        (Field::Phone, KeyKind::Phone, "same phone number"),
    ];
    let (mut known, mut shared): (Vec<(u32, &'static str)>, bool) = (Vec::new(), false);
    for (field, kind, reason) in keys {
        for text in cells.all(field) {
            let contacts = search.index.of_key(kind, text);
            shared |= contacts.len() > COUPLE;
            known.extend(contacts.into_iter().map(|contact| (contact, reason)));
        }
    }
    let mut found: Vec<(Certainty, u32, u32, String)> = Vec::new();
    for (contact, by_name) in search.people(&words) {
        if !known.iter().any(|(have, _)| *have == contact) {
            let company = employers_agree(search, employer, &employers, contact);
            if let Some((certainty, reason)) = by_words(Fit::of(Some(by_name)), company) {
                found.push((certainty, 100 - by_name.points, contact, reason));
            }
        }
    }
    for (place, (contact, reason)) in known.iter().enumerate() {
        if known[..place].iter().any(|(have, _)| have == contact) {
            continue;
        }
        let fit = Fit::of(search.name_match(&words, *contact, None));
        let phone_only = *reason == "same phone number";
        // A switchboard or a shared mailbox tells nothing of people with other names.
        if fit == Fit::Other && shared && !words.is_empty() {
            continue;
        }
        let certainty = match fit {
            Fit::Loose if phone_only => Certainty::Likely,
            Fit::Other if !words.is_empty() => Certainty::Possible,
            _ => Certainty::Sure,
        };
        let other = if fit == Fit::Other && !words.is_empty() { ", other name" } else { "" };
        found.push((certainty, 0, *contact, format!("{reason}{other}")));
    }
    let (certainty, candidates) = choose(search, found);
    if name.is_empty() {
        let shown = [Field::Email, Field::Phone, Field::LinkedIn, Field::Company];
        shown.iter().find_map(|field| cells.get(*field)).unwrap_or_default().clone_into(&mut name);
    }
    let colleagues = (certainty == Certainty::No)
        .then(|| employers.first().filter(|best| best.points >= 78).map(|best| company(search, best)))
        .flatten()
        .filter(|company| !company.people.is_empty());
    let company = employer.to_owned();
    Guest { sheet: sheet.to_owned(), line, name, company, certainty, candidates, colleagues }
}

/// How sure a name and an employer are, and why.
fn by_words(fit: Fit, company: Agreement) -> Option<(Certainty, String)> {
    let name = match fit {
        Fit::Exact => "same name",
        Fit::Close => "like name",
        Fit::Loose => "similar name",
        Fit::Other => return None,
    };
    let certainty = match (fit, company) {
        (Fit::Exact, Agreement::Same) => Certainty::Sure,
        (Fit::Exact, Agreement::Similar | Agreement::Unknown) | (Fit::Close, Agreement::Same) => {
            Certainty::Likely
        }
        (Fit::Loose, Agreement::Different | Agreement::Unknown) | (Fit::Close, Agreement::Different) => {
            return None;
        }
        _ => Certainty::Possible,
    };
    let employer = match company {
        Agreement::Same => ", same employer",
        Agreement::Similar => ", similar employer",
        Agreement::Different => ", other employer",
        Agreement::Unknown => "",
    };
    Some((certainty, format!("{name}{employer}")))
}

/// Takes the surest candidates; where several are equally sure, none of them is the guest for certain.
fn choose(search: &Search<'_>, mut found: Vec<(Certainty, u32, u32, String)>) -> (Certainty, Vec<Candidate>) {
    // Shared mailboxes stand for nobody.
    found.retain(|(_, _, contact, _)| search.index.kind(*contact) != Kind::Role);
    found.sort();
    let Some(best) = found.first().map(|(certainty, ..)| *certainty) else {
        return (Certainty::No, Vec::new());
    };
    found.retain(|(certainty, ..)| *certainty == best);
    let certainty = if found.len() > 1 { Certainty::Possible } else { best };
    let several = found.len();
    let mut candidates: Vec<(u32, Candidate)> = found
        .into_iter()
        .map(|(_, less, contact, reason)| {
            let reason = if several > 1 { format!("{reason}; {several} fit equally") } else { reason };
            (less, Candidate { person: person(search.index, contact), reason })
        })
        .collect();
    candidates.sort_by_key(|(less, candidate)| (*less, best_rank(&candidate.person)));
    (certainty, candidates.into_iter().take(MOST).map(|(_, candidate)| candidate).collect())
}
