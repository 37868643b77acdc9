//! Faults: contacts that are several persons and persons that are several contacts, the worst first.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::figures::pairs;
use super::truth::Truth;
use super::{Findings, Judged, Person, each_pair, told};
use crate::link::{Examiner, Explanation, Link};

/// Why pairs that are one person were not joined.
const NOT_COMPARED: &str = "not compared: no block has both";
const BELOW: &str = "below the threshold";
const APART: &str = "kept apart by a decision or by one list that shows both";
const OBJECTION: &str = "enough by itself, but not with all rows of both";
/// The weight of a pair that a person decided.
const DECIDED: f32 = 99.0;
/// Why rows that are different persons are one contact without a pair that joined them.
const SAME_ROW: &str = "rows that say the same";

/// One side of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// File, and after a colon the line.
    pub place: String,
    /// Sheet of a workbook, else empty.
    pub sheet: String,
    /// The member whose entry it is.
    pub member: String,
    /// Who the truth says it is; empty if it is silent.
    pub person: String,
    /// What the row says, cleaned: name of the field and its values.
    pub cells: Vec<(&'static str, String)>,
}

/// A contact that is several persons, or a person that is several contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Pairs of rows that are wrong by it.
    pub pairs: u64,
    /// Of these, those that the pair shown here decides.
    pub by_this: u64,
    /// Why it came so.
    pub why: &'static str,
    /// The pair that decided: of a wrong merge the one that joined the two sides, of a miss the nearest.
    pub sides: [Side; 2],
    /// The sum behind the pair.
    pub explanation: Explanation,
}

/// All faults of a kind, counted, and the worst of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    /// Wrong pairs of rows.
    pub pairs: u64,
    /// Contacts that are several persons, or persons that are several contacts.
    pub count: u64,
    /// Wrong pairs by why they came so, the most first.
    pub causes: Vec<(&'static str, u64)>,
    /// The worst, the one with the most wrong pairs first.
    pub worst: Vec<Fault>,
}

/// A fault before it is told in full.
struct Draft {
    pairs: u64,
    by_this: u64,
    why: &'static str,
    weight: f32,
    rows: (u32, u32),
    records: (u32, u32),
}

impl Draft {
    fn new(why: &'static str, by_this: u64, weight: f32, rows: (u32, u32), records: (u32, u32)) -> Draft {
        Draft { pairs: by_this, by_this, why, weight, rows, records }
    }
}

/// A contact that grows: its rows by person, and the draft of the first pair that made it several persons.
struct Group {
    heads: Heads,
    culprit: Option<usize>,
}

/// What faults are made from.
pub(super) struct Context<'a> {
    pub(super) findings: &'a Findings,
    pub(super) truth: &'a Truth,
    pub(super) judged: &'a Judged,
    pub(super) worst: usize,
}

/// How many rows of each person.
type Heads = BTreeMap<u32, u64>;

/// Pairs of two different persons, one from each side.
fn across(a: &Heads, b: &Heads) -> u64 {
    let all = a.values().sum::<u64>() * b.values().sum::<u64>();
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    all - few.iter().map(|(person, rows)| rows * many.get(person).copied().unwrap_or_default()).sum::<u64>()
}

/// Pairs of two different persons within.
fn within(heads: &Heads) -> u64 {
    pairs(heads.values().sum()) - heads.values().map(|rows| pairs(*rows)).sum::<u64>()
}

impl Context<'_> {
    fn heads(&self, link: u32) -> Heads {
        let mut heads = Heads::new();
        for row in self.judged.of(link) {
            *heads.entry(row.person).or_default() += 1;
        }
        heads
    }

    /// A judged record of a row of linking, the row itself where it has no other.
    fn record(&self, link: u32, last: bool) -> u32 {
        let rows = self.judged.of(link);
        let row = if last { rows.last() } else { rows.first() };
        row.map_or(self.findings.people.rows[link as usize], |row| row.record)
    }

    /// Contacts that are several persons.
    pub(super) fn merged(&self, examiner: &Examiner<'_>) -> Faults {
        let people = &self.findings.people;
        let mut wrong: FxHashSet<u32> = FxHashSet::default();
        let mut person_of: FxHashMap<u32, u32> = FxHashMap::default();
        for row in &self.judged.rows {
            if *person_of.entry(row.contact).or_insert(row.person) != row.person {
                wrong.insert(row.contact);
            }
        }
        let contact = |link: u32| people.contact_of[people.rows[link as usize] as usize];
        let mut joined: BTreeMap<u32, Vec<Link>> =
            wrong.iter().map(|contact| (*contact, Vec::new())).collect();
        for link in &people.linked.links {
            if let Some(links) = joined.get_mut(&contact(link.a)) {
                links.push(*link);
            }
        }
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for link in 0..people.rows.len() as u32 {
            if wrong.contains(&contact(link)) {
                members.entry(contact(link)).or_default().push(link);
            }
        }
        let mut causes = Causes::default();
        let grown = |(contact, links): (&u32, &Vec<Link>)| {
            self.grown_wrong(examiner, &members[contact], links, &mut causes)
        };
        let drafts = joined.iter().filter_map(grown).collect();
        self.finish(examiner, drafts, causes)
    }

    /// Lets a contact grow again, pair by pair, and sees which pair brought which wrong pairs.
    fn grown_wrong(
        &self,
        examiner: &Examiner<'_>,
        members: &[u32],
        links: &[Link],
        causes: &mut Causes,
    ) -> Option<Draft> {
        let mut groups: BTreeMap<u32, Group> =
            members.iter().map(|row| (*row, Group { heads: self.heads(*row), culprit: None })).collect();
        let mut group_of: FxHashMap<u32, u32> = members.iter().map(|row| (*row, *row)).collect();
        let mut drafts: Vec<Draft> = Vec::new();
        for row in members {
            let Some(group) = groups.get_mut(row) else { continue };
            let wrong = within(&group.heads);
            if wrong > 0 {
                group.culprit = Some(drafts.len());
                let records = (self.record(*row, false), self.record(*row, true));
                drafts.push(Draft::new(SAME_ROW, wrong, 0.0, (*row, *row), records));
            }
        }
        for link in links {
            let (a, b) = (group_of[&link.a], group_of[&link.b]);
            let Some(moved) = groups.remove(&b).filter(|_| a != b) else { continue };
            let Some(kept) = groups.get_mut(&a) else { continue };
            let wrong = across(&kept.heads, &moved.heads);
            // A pair of one person that brings wrong pairs only spreads what an earlier pair did wrong.
            let spread = kept.culprit.or(moved.culprit).filter(|_| self.one_person(link.a, link.b));
            match spread {
                Some(culprit) => drafts[culprit].by_this += wrong,
                None if wrong > 0 => {
                    kept.culprit = kept.culprit.or(Some(drafts.len()));
                    let decided = link.weight >= DECIDED;
                    let why = if decided { "decided by a person" } else { examiner.reason(link.a, link.b) };
                    let records = (self.record(link.a, false), self.record(link.b, false));
                    drafts.push(Draft::new(why, wrong, link.weight, (link.a, link.b), records));
                }
                None => {}
            }
            kept.culprit = kept.culprit.or(moved.culprit);
            for (person, rows) in moved.heads {
                *kept.heads.entry(person).or_default() += rows;
            }
            for group in group_of.values_mut().filter(|group| **group == b) {
                *group = a;
            }
        }
        for draft in &drafts {
            causes.add(draft.why, draft.by_this);
        }
        let pairs = drafts.iter().map(|draft| draft.by_this).sum();
        // The first of the worst, in the order in which they came.
        let worst = drafts.into_iter().reduce(|x, y| if y.by_this > x.by_this { y } else { x });
        worst.map(|worst| Draft { pairs, ..worst })
    }

    /// Whether two rows of linking are one person, as far as the truth tells.
    fn one_person(&self, a: u32, b: u32) -> bool {
        let of = |link: u32| self.judged.of(link).first().map(|row| row.person);
        of(a).is_some() && of(a) == of(b)
    }

    /// Persons that are several contacts.
    pub(super) fn missed(&self, examiner: &mut Examiner<'_>, persons: &[Person], merge: f64) -> Faults {
        let people = &self.findings.people;
        let contact = |link: u32| people.contact_of[people.rows[link as usize] as usize];
        let mut rows_of: FxHashMap<(u32, u32), u64> = FxHashMap::default();
        for row in &self.judged.rows {
            *rows_of.entry((row.person, row.contact)).or_default() += 1;
        }
        let mut causes = Causes::default();
        let mut drafts = Vec::new();
        for person in persons {
            if person.rows.iter().all(|row| contact(*row) == contact(person.rows[0])) {
                continue;
            }
            // The nearest pair between any two contacts of the person; rows are in order, so ties have one end.
            let mut nearest: BTreeMap<(u32, u32), (bool, f32, u32, u32)> = BTreeMap::new();
            for (a, b) in each_pair(&person.rows) {
                let (x, y) = (contact(a), contact(b));
                if x == y {
                    continue;
                }
                let seen = examiner.seen(a, b);
                let best = nearest.entry((x.min(y), x.max(y))).or_insert((false, f32::MIN, a, b));
                if (seen.blocked, seen.weight) > (best.0, best.1) {
                    *best = (seen.blocked, seen.weight, a, b);
                }
            }
            let mut worst: Option<Draft> = None;
            let mut sum = 0;
            for ((x, y), (blocked, weight, a, b)) in nearest {
                let rows = |contact: u32| rows_of.get(&(person.number, contact)).copied().unwrap_or_default();
                let lost = rows(x) * rows(y);
                let why = match () {
                    () if examiner.apart(a, b) => APART,
                    () if !blocked => NOT_COMPARED,
                    () if weight < Examiner::least(merge) => BELOW,
                    () => OBJECTION,
                };
                causes.add(why, lost);
                sum += lost;
                let better = |worst: &Draft| (lost, weight) > (worst.by_this, worst.weight);
                if worst.as_ref().is_none_or(better) {
                    let own = |link: u32| {
                        let rows = self.judged.of(link);
                        let own = rows.iter().find(|row| row.person == person.number);
                        own.map_or_else(|| self.record(link, false), |row| row.record)
                    };
                    worst = Some(Draft::new(why, lost, weight, (a, b), (own(a), own(b))));
                }
            }
            drafts.extend(worst.map(|worst| Draft { pairs: sum, ..worst }));
        }
        self.finish(examiner, drafts, causes)
    }

    /// Puts the worst first and tells them in full.
    fn finish(&self, examiner: &Examiner<'_>, mut drafts: Vec<Draft>, causes: Causes) -> Faults {
        let place = |draft: &Draft| {
            let record = self.findings.store.records[draft.records.0 as usize];
            (&self.findings.store.source(&record).path, record.line)
        };
        drafts.sort_by(|x, y| {
            let by_harm = y.pairs.cmp(&x.pairs).then(y.weight.total_cmp(&x.weight));
            by_harm.then_with(|| place(x).cmp(&place(y)))
        });
        let fault = |draft: &Draft| Fault {
            pairs: draft.pairs,
            by_this: draft.by_this,
            why: draft.why,
            sides: [self.side(draft.records.0), self.side(draft.records.1)],
            explanation: examiner.explain(draft.rows.0, draft.rows.1),
        };
        Faults {
            pairs: drafts.iter().map(|draft| draft.pairs).sum(),
            count: drafts.len() as u64,
            causes: causes.sorted(),
            worst: drafts.iter().take(self.worst).map(fault).collect(),
        }
    }

    fn side(&self, number: u32) -> Side {
        let store = &self.findings.store;
        let record = &store.records[number as usize];
        let source = store.source(record);
        let person = self.truth.person_of[number as usize];
        Side {
            place: format!("{}:{}", source.path, record.line),
            sheet: source.sheet.clone(),
            member: self.findings.inbox.members[usize::from(source.member)].id.clone(),
            person: person.map_or_else(String::new, |person| self.truth.persons[person as usize].clone()),
            cells: told(self.findings.cleaned.cells.get(number as usize)),
        }
    }
}

/// Wrong pairs by cause.
#[derive(Default)]
struct Causes(BTreeMap<&'static str, u64>);

impl Causes {
    fn add(&mut self, why: &'static str, pairs: u64) {
        *self.0.entry(why).or_default() += pairs;
    }

    fn sorted(self) -> Vec<(&'static str, u64)> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by_key(|(why, pairs)| (std::cmp::Reverse(*pairs), *why));
        all
    }
}
