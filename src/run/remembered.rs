//! What the last run knew of records: found again by name, by what is left of it, or under another member.

use rustc_hash::{FxHashMap, FxHashSet};

use super::inbox::Member;
use crate::link::identity::Before;
use crate::state::memory::{Known, Memory};
use crate::store::Store;

/// What the last run knew, by member and record.
pub(super) struct Remembered<'a> {
    memory: &'a Memory,
    rows: FxHashMap<(u32, u64), &'a [Known]>,
    gone: FxHashMap<(u32, u64), &'a [Known]>,
    member: Vec<Option<u32>>,
}

/// Rows by member and record.
fn by_record(rows: &[Known]) -> FxHashMap<(u32, u64), &[Known]> {
    let of = |known: &Known| (known.member, known.record_id);
    rows.chunk_by(|a, b| of(a) == of(b)).map(|rows| (of(&rows[0]), rows)).collect()
}

impl<'a> Remembered<'a> {
    pub(super) fn new(memory: &'a Memory, members: &[Member]) -> Remembered<'a> {
        Remembered {
            memory,
            rows: by_record(&memory.rows),
            gone: by_record(&memory.gone),
            member: members
                .iter()
                .map(|member| memory.members.iter().position(|id| *id == member.id).map(|place| place as u32))
                .collect(),
        }
    }

    /// New rows that are known rows with other content, by member and record id: of all that came and all
    /// that went, one of each has that name. What went long ago counts where nothing went just now.
    pub(super) fn changed(
        &self,
        store: &Store,
        record_ids: &[u64],
        names: &[u64],
    ) -> FxHashMap<(u16, u64), Known> {
        let mut here: FxHashSet<(u32, u64)> = FxHashSet::default();
        let mut came: FxHashMap<(u32, u64), (u16, Option<u64>)> = FxHashMap::default();
        if self.rows.is_empty() && self.gone.is_empty() {
            return FxHashMap::default();
        }
        for (number, record) in store.records.iter().enumerate() {
            let member = store.source(record).member;
            let Some(known_as) = self.member.get(member as usize).copied().flatten() else { continue };
            let id = record_ids[number];
            here.insert((known_as, id));
            let key = (known_as, id);
            if names[number] != 0 && !self.rows.contains_key(&key) && !self.gone.contains_key(&key) {
                let (_, only) = came.entry((known_as, names[number])).or_insert((member, Some(id)));
                *only = only.filter(|only| *only == id);
            }
        }
        if came.is_empty() {
            return FxHashMap::default();
        }
        let went = |rows: &[Known]| {
            let mut went: FxHashMap<(u32, u64), Option<Known>> = FxHashMap::default();
            let left = |row: &&Known| row.name != 0 && !here.contains(&(row.member, row.record_id));
            for row in rows.iter().filter(left) {
                let only = went.entry((row.member, row.name)).or_insert(Some(*row));
                *only = only.filter(|only| only.contact == row.contact);
            }
            went
        };
        let (now, before) = (went(&self.memory.rows), went(&self.memory.gone));
        came.into_iter()
            .filter_map(|(key, (member, id))| {
                Some(((member, id?), now.get(&key).or_else(|| before.get(&key)).copied().flatten()?))
            })
            .collect()
    }

    /// The row of that name, the one with the same content first, else one if all are of one contact.
    pub(super) fn find(&self, member: u16, record_id: u64, content: u64) -> Option<Known> {
        let key = (self.member.get(member as usize).copied().flatten()?, record_id);
        let rows = self.rows.get(&key).or_else(|| self.gone.get(&key))?;
        let first_seen = rows.iter().map(|row| row.first_seen).min()?;
        let same = rows.iter().find(|row| row.content == content);
        let any = rows.first().filter(|first| rows.iter().all(|row| row.contact == first.contact));
        same.or(any).map(|row| Known { first_seen, ..*row })
    }

    /// Notes of records that nobody knows under their member which contact they were under another one, where
    /// that is one contact: so a renamed folder renames nobody.
    pub(super) fn elsewhere(&self, record_ids: &[u64], before: &mut [Before]) {
        let unknown = |before: &Before| *before == Before::Nothing;
        if (self.rows.is_empty() && self.gone.is_empty()) || !before.iter().any(unknown) {
            return;
        }
        let nobody = record_ids.iter().zip(before.iter()).filter(|(_, before)| unknown(before));
        let mut contacts: FxHashMap<u64, Option<u64>> = nobody.map(|(id, _)| (*id, None)).collect();
        let mut torn: FxHashSet<u64> = FxHashSet::default();
        for row in self.memory.rows.iter().chain(&self.memory.gone) {
            if let Some(contact) = contacts.get_mut(&row.record_id)
                && *contact.get_or_insert(row.contact) != row.contact
            {
                torn.insert(row.record_id);
            }
        }
        for (id, before) in record_ids.iter().zip(before.iter_mut()).filter(|(_, before)| unknown(before)) {
            if let Some(Some(contact)) = contacts.get(id)
                && !torn.contains(id)
            {
                *before = Before::Elsewhere(*contact);
            }
        }
    }
}
