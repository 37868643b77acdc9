//! Finding what is to be explained: a contact id, also a retired one, a record id, or a name.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::is_contact;
use crate::link::identity::contact_number;
use crate::link::lookup::{Likeness, Shape, Wanted, may_be_particle, name_keys};
use crate::link::parse_record_id;
use crate::record::Field;
use crate::run::Findings;
use crate::run::people::{Fate, NOBODY};

/// What a text leads to.
pub(super) enum Found {
    /// Rows of linking that belong together: one record, or all of a contact.
    One(Vec<u32>),
    /// A row of each contact of that name.
    Several(Vec<u32>),
    /// A row that by rule is no contact, and why.
    Ignored(&'static str),
    /// Nothing.
    Nobody,
}

/// Finds what a text means.
pub(super) fn find(findings: &Findings, text: &str) -> Found {
    let text = text.trim();
    if let Some(number) = contact_number(text) {
        let rows = findings.rows_of_contact(number);
        return if rows.is_empty() { retired(findings, number) } else { Found::One(rows) };
    }
    match parse_record_id(text).map(|id| by_record(findings, id)) {
        Some(Found::Nobody) | None => by_name(findings, text),
        Some(found) => found,
    }
}

/// Where the records of a contact are that has gone: by the redirects, else by its records.
fn retired(findings: &Findings, number: u64) -> Found {
    let redirects = &findings.memory.redirects;
    let mut at = number;
    // A chain is no longer than there are redirects; a damaged one must not turn for ever.
    for _ in 0..redirects.len() {
        let Some(redirect) = redirects.iter().find(|redirect| redirect.retired == at) else { break };
        at = redirect.into;
        let rows = findings.rows_of_contact(at);
        if !rows.is_empty() {
            return Found::One(rows);
        }
    }
    let of = findings.memory.rows.iter().filter(|row| row.contact == number).map(|row| row.record_id);
    let ids: FxHashSet<u64> = of.collect();
    let rows: Vec<u32> = (0..findings.people.rows.len() as u32)
        .filter(|row| ids.contains(&findings.people.record_ids[findings.people.rows[*row as usize] as usize]))
        .collect();
    one_of_each(findings, rows)
}

/// The record of an id; a row that repeats another stands for that one.
fn by_record(findings: &Findings, id: u64) -> Found {
    let people = &findings.people;
    let mut ignored = None;
    let mut rows = Vec::new();
    for number in (0..people.record_ids.len()).filter(|number| people.record_ids[*number] == id) {
        let kept = match people.fates[number] {
            Fate::Repeats(of) => of as usize,
            _ => number,
        };
        match people.fates[kept] {
            Fate::Ignored(reason) => ignored = Some(reason),
            _ if is_contact(findings.store.records[kept].role) => {
                rows.extend(people.rows.binary_search(&(kept as u32)).ok().map(|row| row as u32));
            }
            _ => {}
        }
    }
    rows.sort_unstable();
    rows.dedup();
    match (rows.as_slice(), ignored) {
        ([], Some(reason)) => Found::Ignored(reason),
        ([], None) => Found::Nobody,
        _ => {
            let groups = &findings.people.linked.groups;
            let one = rows.iter().all(|row| groups[*row as usize] == groups[rows[0] as usize]);
            if one { Found::One(rows) } else { one_of_each(findings, rows) }
        }
    }
}

/// The contacts of a name: those whose words are the same; where there are none, those one slip away.
fn by_name(findings: &Findings, text: &str) -> Found {
    let keys: Vec<String> = text.split_whitespace().flat_map(name_keys).collect();
    let words: Vec<Wanted> = keys
        .iter()
        .filter(|key| keys.len() == 1 || !may_be_particle(key))
        .cloned()
        .map(Wanted::new)
        .collect();
    if words.is_empty() {
        return Found::Nobody;
    }
    let matches = |row: u32| {
        let cells = findings.cells(row);
        let fields = [Field::GivenName, Field::MiddleName, Field::FamilyName, Field::Nickname];
        let names = fields.iter().flat_map(|field| cells.all(*field)).flat_map(str::split_whitespace);
        let own: Vec<String> = names.flat_map(name_keys).collect();
        let best = |word: &Wanted| own.iter().filter_map(|key| word.likeness(key, Shape::of(key))).min();
        let worst = words.iter().map(best).collect::<Option<Vec<Likeness>>>()?.into_iter().max()?;
        (worst <= Likeness::Typo).then_some((worst, row))
    };
    let mut found: Vec<(Likeness, u32)> =
        (0..findings.people.rows.len() as u32).into_par_iter().filter_map(matches).collect();
    found.sort_unstable();
    let Some((best, _)) = found.first().copied() else { return Found::Nobody };
    one_of_each(findings, found.into_iter().filter(|(worst, _)| *worst == best).map(|(_, row)| row).collect())
}

/// The contact of rows if they have one, else a row of each.
fn one_of_each(findings: &Findings, rows: Vec<u32>) -> Found {
    let mut seen = FxHashSet::default();
    let contact = |row: u32| findings.people.contact_of[findings.people.rows[row as usize] as usize];
    let first: Vec<u32> =
        rows.into_iter().filter(|row| contact(*row) != NOBODY && seen.insert(contact(*row))).collect();
    match first.as_slice() {
        [] => Found::Nobody,
        [one] => {
            let number = findings.people.contacts[contact(*one) as usize];
            Found::One(findings.rows_of_contact(number))
        }
        _ => Found::Several(first),
    }
}
