//! Explaining contacts: which records they were merged from and by which pairs, and why two are one or not.
//!
//! The inbox is read and linked again, so that what is told is what the linker does; nothing is written and
//! no lock is taken.

mod find;
pub(super) mod labels;
mod words;

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use labels::{LabelTold, LabelsTold, PartTold, TieTold};
pub use words::percent;

use super::people::{self, Fate, NOBODY, People};
use super::stages::Stages;
use super::{Findings, Job, settings};
use crate::error::{Error, Kind, Result};
use crate::link::identity::contact_id;
use crate::link::{self, Inquired, Inquiry, Level, Linked, Verdict};
use crate::record::{CellsView, Field, Role};
use crate::state::generation::Generations;

/// Nearest other contacts that are told of.
const OTHERS: usize = 5;
/// Steps that a contact of very many records is explained by.
const STEPS: usize = 200;

/// The reason of a pair that a person's answer joined.
pub const DECIDED: &str = "decided by a person";

/// A record of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its record id, as provenance and decisions have it.
    pub record_id: String,
    /// Id of the contact it belongs to.
    pub contact_id: String,
    /// Id of the member whose file it is in.
    pub member: String,
    /// Id of the reader.
    pub source: &'static str,
    /// Path relative to the inbox.
    pub file: String,
    /// Name of the sheet, empty outside workbooks.
    pub sheet: String,
    /// 1-based line or row.
    pub line: u32,
    /// Its cleaned cells: name of the field and text.
    pub says: Vec<(&'static str, String)>,
}

/// One addend of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Addend {
    /// What was compared and found.
    pub level: Level,
    /// Its weight in bits.
    pub weight: f32,
    /// What either side says there; empty where nothing is to be shown.
    pub values: [String; 2],
}

/// A pair of records, weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Both records.
    pub records: [Record; 2],
    /// The prior and every level found, in the order of the fields.
    pub addends: Vec<Addend>,
    /// Their sum: log2 of the odds that both are one person.
    pub score: f32,
    /// The same as a probability.
    pub probability: f64,
    /// The reason in a few words, as provenance has it.
    pub reason: &'static str,
    /// What became of it: a stable word.
    pub verdict: &'static str,
    /// The same in a sentence.
    pub verdict_words: String,
}

/// A pair that joined records, by the places of both in the contact's records.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Places of both records.
    pub records: [usize; 2],
    /// Weight in bits; 99 for a decision.
    pub weight: f32,
    /// The same as a probability.
    pub probability: f64,
    /// The reason in a few words.
    pub reason: &'static str,
}

/// A contact with what it was merged from.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Its id.
    pub contact_id: String,
    /// Its records: those that were compared, in the order of files and lines.
    pub records: Vec<Record>,
    /// Rows that repeat one of these, and rows that only carry touches.
    pub further: usize,
    /// The pairs that made it one, in the order in which they did.
    pub steps: Vec<Step>,
    /// The nearest other contacts, each by its best pair; the record of this contact first.
    pub others: Vec<Pair>,
    /// How its labels came to be.
    pub labels: LabelsTold,
}

/// What was asked, explained.
#[derive(Debug, Clone, PartialEq)]
pub enum Explained {
    /// One contact.
    Contact(Box<Contact>),
    /// Two records or contacts, by their best pair; and where they are one, the path of pairs between both.
    Pair(Box<Pair>, Vec<(Record, Record, Step)>),
    /// A name that several contacts have: their best known records.
    Several(String, Vec<Record>),
}

/// Everything told, with the thresholds that count.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What was found out.
    pub explained: Explained,
    /// Probability from which records are merged.
    pub merge: f64,
    /// Probability from which they are shown for review.
    pub review: f64,
}

/// Explains one contact, or two against each other.
///
/// # Errors
/// [`Kind::NoInput`] when nobody is found, and what ends a run that only reads.
pub fn explain(job: &Job, asked: &[String]) -> Result<Told> {
    let current = Generations::at(&job.workspace.out).current()?;
    let findings = super::find_out(job, current, &mut Stages::start())?;
    let options = link::Options {
        decisions: findings.people.decided.decisions.clone(),
        ..settings(&job.workspace.pipeline)
    };
    let told = |explained| Told { explained, merge: options.merge, review: options.review };
    let mut sides = Vec::new();
    let asked = whole_name(&findings, asked);
    for text in &asked {
        match find::find(&findings, text) {
            find::Found::One(rows) => sides.push(rows),
            find::Found::Several(rows) => {
                let records = rows.iter().map(|row| findings.record(*row)).collect();
                return Ok(told(Explained::Several(text.clone(), records)));
            }
            find::Found::Ignored(reason) => {
                return Err(Error::new(Kind::NoInput, format!("{text} is no contact by rule: {reason}"))
                    .hinted("entries of a member about himself or herself count in no network"));
            }
            find::Found::Nobody => {
                return Err(Error::new(Kind::NoInput, format!("nobody is found by {text}"))
                    .hinted("`hamstern who` searches more freely and prints contact ids, which work here"));
            }
        }
    }
    let explained = match sides.as_slice() {
        [one] => Explained::Contact(Box::new(findings.contact(job, one, &options))),
        [one, other] => findings.pair(job, one, other, &options),
        _ => return Err(Error::new(Kind::Usage, "one or two contacts, records or names can be explained")),
    };
    Ok(told(explained))
}

/// Two single words that make one person's name together are that name, typed without quotes.
fn whole_name(findings: &Findings, asked: &[String]) -> Vec<String> {
    if let [given, family] = asked
        && [given, family].iter().all(|word| word.chars().all(char::is_alphabetic))
    {
        let name = format!("{given} {family}");
        if !matches!(find::find(findings, &name), find::Found::Nobody) {
            return vec![name];
        }
    }
    asked.to_vec()
}

impl Findings {
    fn linked(&self) -> &Linked {
        &self.people.linked
    }

    /// The cleaned cells of a row of linking.
    fn cells(&self, row: u32) -> CellsView<'_> {
        self.cleaned.cells.get(self.people.rows[row as usize] as usize)
    }

    fn record(&self, row: u32) -> Record {
        let number = self.people.rows[row as usize] as usize;
        let record = &self.store.records[number];
        let source = self.store.source(record);
        Record {
            record_id: link::record_id(self.people.record_ids[number]),
            contact_id: self.contact_id(row),
            member: self.inbox.members[usize::from(source.member)].id.clone(),
            source: source.reader.id(),
            file: source.path.clone(),
            sheet: source.sheet.clone(),
            line: record.line,
            says: self.cells(row).iter().map(|(field, text)| (field.name(), text.to_owned())).collect(),
        }
    }

    fn contact_id(&self, row: u32) -> String {
        let number = self.people.rows[row as usize] as usize;
        let contact = self.people.contact_of[number];
        self.people.contacts.get(contact as usize).map(|number| contact_id(*number)).unwrap_or_default()
    }

    fn inquire(&self, options: &link::Options, inquiry: Inquiry<'_>) -> link::Inquiries {
        let People { record_ids, rows, again, .. } = &self.people;
        let rows = people::link_rows(&self.store, &self.cleaned.cells, record_ids, (rows, again));
        link::inquire(&rows, options, inquiry)
    }

    /// The rows of the same contact.
    fn group(&self, row: u32) -> Vec<u32> {
        let groups = &self.linked().groups;
        (0..groups.len() as u32).filter(|other| groups[*other as usize] == groups[row as usize]).collect()
    }

    /// The links inside a contact, in the order in which they were made.
    fn links(&self, row: u32) -> Vec<link::Link> {
        let groups = &self.linked().groups;
        let own = groups[row as usize];
        self.linked().links.iter().filter(|link| groups[link.a as usize] == own).copied().collect()
    }

    fn contact(&self, job: &Job, rows: &[u32], options: &link::Options) -> Contact {
        let rows = self.group(rows[0]);
        let links = self.links(rows[0]);
        let pairs: Vec<(u32, u32)> = links.iter().take(STEPS).map(|link| (link.a, link.b)).collect();
        let inquiry = Inquiry { pairs: &pairs, around: &rows, most: OTHERS, ..Inquiry::default() };
        let answers = self.inquire(options, inquiry);
        let contact = self.people.contact_of[self.people.rows[rows[0] as usize] as usize];
        let all = self.people.contact_of.iter().zip(&self.people.fates);
        let counted = all.filter(|(of, fate)| {
            **of == contact && contact != NOBODY && matches!(fate, Fate::Kept | Fate::Repeats(_))
        });
        let place = |row: u32| rows.binary_search(&row).unwrap_or_default();
        let step = |(link, pair): (&link::Link, &Inquired)| Step {
            records: [place(link.a), place(link.b)],
            weight: link.weight,
            probability: link::probability_of(link.weight),
            reason: reason_of(pair),
        };
        Contact {
            labels: self.labels(job, contact),
            contact_id: self.contact_id(rows[0]),
            further: counted.count().saturating_sub(rows.len()),
            steps: links.iter().zip(&answers.pairs).map(step).collect(),
            others: answers.around.iter().map(|pair| self.told(pair, options)).collect(),
            records: rows.iter().map(|row| self.record(*row)).collect(),
        }
    }

    fn pair(&self, job: &Job, one: &[u32], other: &[u32], options: &link::Options) -> Explained {
        let groups = &self.linked().groups;
        let same = groups[one[0] as usize] == groups[other[0] as usize];
        if same && one == other {
            return Explained::Contact(Box::new(self.contact(job, one, options)));
        }
        let answers = self.inquire(options, Inquiry { between: Some((one, other)), ..Inquiry::default() });
        let Some(best) = answers.between else {
            return Explained::Contact(Box::new(self.contact(job, one, options)));
        };
        let steps = if same { self.path(best.a, best.b) } else { Vec::new() };
        let pairs: Vec<(u32, u32)> = steps.iter().map(|link| (link.a, link.b)).collect();
        let reasons = match best.verdict {
            Verdict::Through => self.inquire(options, Inquiry { pairs: &pairs, ..Inquiry::default() }).pairs,
            _ => vec![best.clone()],
        };
        let path = steps.iter().zip(&reasons).enumerate().map(|(at, (link, pair))| {
            let step = Step {
                records: [at, at + 1],
                weight: link.weight,
                probability: link::probability_of(link.weight),
                reason: reason_of(pair),
            };
            (self.record(link.a), self.record(link.b), step)
        });
        Explained::Pair(Box::new(self.told(&best, options)), path.collect())
    }

    /// The links that lead from one row to another of the same contact.
    fn path(&self, from: u32, to: u32) -> Vec<link::Link> {
        let links = self.links(from);
        let mut beside: FxHashMap<u32, Vec<(u32, usize)>> = FxHashMap::default();
        for (place, link) in links.iter().enumerate() {
            beside.entry(link.a).or_default().push((link.b, place));
            beside.entry(link.b).or_default().push((link.a, place));
        }
        let mut came: FxHashMap<u32, (u32, usize)> = FxHashMap::default();
        let mut open = VecDeque::from([from]);
        while let Some(row) = open.pop_front() {
            for (next, place) in beside.get(&row).into_iter().flatten() {
                if *next != from && !came.contains_key(next) {
                    came.insert(*next, (row, *place));
                    open.push_back(*next);
                }
            }
        }
        let (mut path, mut at) = (Vec::new(), to);
        while let Some((before, place)) = came.get(&at) {
            path.push(link::Link { a: *before, b: at, ..links[*place] });
            at = *before;
        }
        path.reverse();
        path
    }

    /// A pair as it is told: with its records, what they say where it counts, and the verdict.
    fn told(&self, pair: &Inquired, options: &link::Options) -> Pair {
        let cells = [self.cells(pair.a), self.cells(pair.b)];
        let addend = |part: &link::Part| Addend {
            level: part.level,
            weight: part.weight,
            values: cells.map(|cells| said(part.level, cells)),
        };
        let verdict_words = self.verdict(pair, options);
        Pair {
            records: [self.record(pair.a), self.record(pair.b)],
            addends: pair.explanation.parts.iter().map(addend).collect(),
            score: pair.explanation.score,
            probability: pair.explanation.probability,
            reason: pair.reason,
            verdict: words::verdict_name(pair.verdict),
            verdict_words,
        }
    }

    fn verdict(&self, pair: &Inquired, options: &link::Options) -> String {
        let place = |row: u32| {
            let record = self.record(row);
            format!("{}:{}", record.file, record.line)
        };
        let chance = pair.explanation.probability;
        let percent = words::percent;
        match pair.verdict {
            Verdict::Joined => "merged: this pair joined them".to_owned(),
            Verdict::DecidedSame => "merged: a person said that they are the same".to_owned(),
            Verdict::Through => {
                "merged through other records of the same contact, by the path below".to_owned()
            }
            Verdict::DecidedDifferent(x, y) => {
                format!("kept apart: a person said that {} and {} are different", place(x), place(y))
            }
            Verdict::TwoOfOneList(x, y) => format!(
                "kept apart: one export shows both, the people of {} and of {}, and no export of its kind shows anybody twice",
                place(x),
                place(y)
            ),
            Verdict::Below if chance >= options.review => format!(
                "kept apart: {} is below the {} from which records are merged; it is a pair for review",
                percent(chance),
                percent(options.merge)
            ),
            Verdict::Below => format!(
                "kept apart: {} is below the {} from which records are merged",
                percent(chance),
                percent(options.merge)
            ),
            Verdict::NotCompared => {
                "kept apart: nothing they share is rare enough to compare them by".to_owned()
            }
            Verdict::Contradicted(left) => format!(
                "kept apart: enough by themselves, but with all records of both contacts {} is left",
                percent(link::probability_of(left))
            ),
            Verdict::SetAside => {
                "kept apart: answers about them contradict each other, so none was followed".to_owned()
            }
        }
    }

    /// The records that linking saw whose contact has a number.
    fn rows_of_contact(&self, number: u64) -> Vec<u32> {
        let Ok(contact) = self.people.contacts.binary_search(&number) else { return Vec::new() };
        let of =
            |row: &u32| self.people.contact_of[self.people.rows[*row as usize] as usize] == contact as u32;
        (0..self.people.rows.len() as u32).into_par_iter().filter(of).collect()
    }
}

/// The reason of a join; a person's answer is one by itself.
fn reason_of(pair: &Inquired) -> &'static str {
    if pair.verdict == Verdict::DecidedSame { DECIDED } else { pair.reason }
}

/// What a record says of the field that a level is about.
fn said(level: Level, cells: CellsView<'_>) -> String {
    let fields: &[Field] = match level.field() {
        "given" => &[Field::GivenName, Field::Nickname],
        "middle" => &[Field::MiddleName],
        "family" => &[Field::FamilyName],
        "linkedin" => &[Field::LinkedIn],
        "xing" => &[Field::Xing],
        "email" => &[Field::Email],
        "phone" => &[Field::Phone],
        "external_id" => &[Field::ExternalId],
        "connected_on" => &[Field::ConnectedOn],
        "company" => &[Field::Company],
        "position" => &[Field::Position],
        "city" => &[Field::City],
        "postcode" => &[Field::Postcode],
        "street" => &[Field::Street],
        "birthday" => &[Field::Birthday],
        "kind" => &[Field::Kind],
        _ => &[],
    };
    let texts: Vec<&str> = fields.iter().flat_map(|field| cells.all(*field)).collect();
    texts.join(" | ")
}

/// Whether a record is one that linking compares.
fn is_contact(role: Role) -> bool {
    role == Role::Contact
}
