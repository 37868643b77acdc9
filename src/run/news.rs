//! News: what changed since the last run about people, one row a person, and which colleague should write.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gather::Gathered;
use super::load::Fate;
use super::publish::{Facts, failed, open};
use crate::contact::{Kind, Letter, Scope};
use crate::error::Result;
use crate::link::identity::contact_number;
use crate::record::Channel;
use crate::table::Table;
use crate::write::{self, Cause, Change, ChangeRow, NewsRow};

/// What changed about people, in the order of their ids; nothing at all in the first generation.
pub(super) fn rows(facts: &Facts<'_>, gathered: &Gathered, changed: &[ChangeRow]) -> Option<Vec<NewsRow>> {
    if facts.memory.generation == 0 {
        return None;
    }
    let mut rows: BTreeMap<&str, NewsRow> = BTreeMap::new();
    for change in changed {
        let pair = || Some([change.old.clone(), change.new.clone()]);
        // A value that came with a merge or a split tells of records, not of a person's life.
        let lived = change.cause == Cause::File;
        let row = || NewsRow { name: change.name.clone(), ..NewsRow::default() };
        match change.change {
            Change::NewEmployer if lived => {
                rows.entry(&change.contact_id).or_insert_with(row).employer = pair();
            }
            Change::NewPosition if lived => {
                rows.entry(&change.contact_id).or_insert_with(row).position = pair();
            }
            Change::TierUp | Change::TierDown => {
                rows.entry(&change.contact_id).or_insert_with(row).category = pair();
            }
            Change::Gone => rows.entry(&change.contact_id).or_insert_with(row).left = true,
            _ => {}
        }
    }
    let left = left(facts);
    for contact in left {
        if let Some(id) = gathered.ids.get(contact as usize) {
            let name = gathered.names.get(contact as usize).to_owned();
            rows.entry(id).or_insert_with(|| NewsRow { name, ..NewsRow::default() }).left = true;
        }
    }
    let missing = rows.keys().filter(|id| place(gathered, id).is_none());
    let held = held_before(facts, &missing.filter_map(|id| contact_number(id)).collect());
    let rows = rows
        .into_iter()
        .filter_map(|(id, row)| told(facts, gathered, &held, NewsRow { contact_id: id.to_owned(), ..row }));
    let mut rows: Vec<NewsRow> = rows.collect();
    holders(facts, gathered, &mut rows);
    Some(rows)
}

/// Writes the table `news`.
pub(super) fn write(
    facts: &Facts<'_>,
    rows: &[NewsRow],
    folder: &Path,
    specs: &mut Vec<Table>,
) -> Result<()> {
    let members: Vec<&str> = facts.members().iter().map(|member| member.id.as_str()).collect();
    let (mut file, path) = open(facts, folder, write::news(&[], &members), specs)?;
    for batch in rows.chunks(write::BATCH_ROWS) {
        file.write(&write::news(batch, &members)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}

/// Of contacts that are in no file any more the member who had them first.
fn held_before(facts: &Facts<'_>, gone: &FxHashSet<u64>) -> FxHashMap<u64, usize> {
    let mut first: FxHashMap<u64, (i32, u32)> = FxHashMap::default();
    for known in facts.memory.rows.iter().filter(|known| gone.contains(&known.contact)) {
        let claim = (known.first_seen, known.member);
        let kept = first.entry(known.contact).or_insert(claim);
        *kept = claim.min(*kept);
    }
    let member = |of: u32| {
        let id = facts.memory.members.get(of as usize)?;
        facts.members().iter().position(|member| member.id == *id)
    };
    first.into_iter().filter_map(|(contact, (_, of))| Some((contact, member(of)?))).collect()
}

/// A row with what is known of the contact; nothing for what is no person. Of somebody who is in no file any more
/// it is what the last run knew.
fn told(
    facts: &Facts<'_>,
    gathered: &Gathered,
    held: &FxHashMap<u64, usize>,
    row: NewsRow,
) -> Option<NewsRow> {
    if let Some(place) = place(gathered, &row.contact_id) {
        let fact = gathered.facts[place as usize];
        return (fact.kind == Kind::Person).then(|| NewsRow {
            company: gathered.companies.names[fact.company as usize].clone(),
            tier: fact.tier.and_then(letter).map_or("", Letter::name),
            target: Some(fact.target),
            private: Some(fact.scope == Scope::Private),
            ..row
        });
    }
    let number = contact_number(&row.contact_id)?;
    let tiers = &facts.memory.tiers;
    let kept = tiers.binary_search_by_key(&number, |kept| kept.contact).ok();
    Some(NewsRow {
        company: facts.memory.faces.get(number).map_or("", |face| face.company).to_owned(),
        private: kept.map(|at| tiers[at].private),
        tier: kept.and_then(|at| tiers[at].letter).map_or("", Letter::name),
        colleague: held.get(&number).copied(),
        ..row
    })
}

/// The category of that letter.
fn letter(tier: u8) -> Option<Letter> {
    Letter::from_name(std::str::from_utf8(&[tier]).ok()?)
}

/// The number of a contact that is there.
pub(super) fn place(gathered: &Gathered, id: &str) -> Option<u32> {
    gathered.ids.binary_search_by(|known| known.as_str().cmp(id)).ok().map(|place| place as u32)
}

/// Contacts whom no member has in a network any more since an export that the last run did not know.
fn left(facts: &Facts<'_>) -> Vec<u32> {
    let store = &facts.outcome.store;
    let new = facts.outcome.files.iter().filter(|file| !facts.memory.files.contains_key(&file.sha256));
    let sections = new.flat_map(|file| &file.parts).filter_map(|part| match &part.fate {
        Fate::Read(sections) => Some(sections),
        _ => None,
    });
    let fresh: FxHashSet<(u16, Channel, NaiveDate)> = sections
        .flatten()
        .map(|section| &store.sources[section.source as usize])
        .map(|source| (source.member, source.channel, source.exported_on))
        .collect();
    let of_contact = facts.known.holdings.chunk_by(|one, next| one.contact == next.contact);
    of_contact
        .filter(|held| held.iter().all(|held| held.ended_on.is_some()))
        .filter(|held| {
            held.iter()
                .any(|held| held.ended_on.is_some_and(|on| fresh.contains(&(held.member, held.channel, on))))
        })
        .map(|held| held[0].contact)
        .collect()
}

/// Adds who knows each person now.
fn holders(facts: &Facts<'_>, gathered: &Gathered, rows: &mut [NewsRow]) {
    for row in rows {
        let Some(place) = place(gathered, &row.contact_id) else { continue };
        let all = &facts.known.holdings;
        let from = all.partition_point(|held| held.contact < place);
        let held = all[from..].iter().take_while(|held| held.contact == place);
        row.holders =
            held.filter(|held| held.ended_on.is_none()).map(|held| usize::from(held.member)).collect();
        row.holders.dedup();
    }
}
