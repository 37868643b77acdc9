//! The team: by what its members are recognised in exports, so that they count in no network.

use rustc_hash::{FxHashMap, FxHashSet};

use super::inbox::Member;
use crate::pipeline::Pipeline;
use crate::record::{CellsView, Field, Role};
use crate::store::{Packed, Store};
use crate::text::fold;
use crate::words::company_core;

/// By what members are recognised.
#[derive(Debug, Default)]
pub(super) struct Team {
    linkedin: FxHashMap<String, u16>,
    xing: FxHashMap<String, u16>,
    addresses: FxHashMap<String, u16>,
    names: FxHashMap<String, Vec<u16>>,
    /// First letter and length of every key of `names`, to pass by most names without folding them.
    shapes: FxHashSet<(u8, usize)>,
    employers: Vec<Vec<String>>,
}

impl Team {
    /// Gathers what the pipeline file and the members' own exports say of them.
    pub(super) fn gather(members: &[Member], pipeline: &Pipeline, store: &Store, cells: &Packed) -> Team {
        let mut team = Team { employers: vec![Vec::new(); members.len()], ..Team::default() };
        for (number, member) in pipeline.members.iter().enumerate() {
            let number = number as u16;
            for email in &member.emails {
                team.addresses.insert(email.clone(), number);
            }
            if let Some((_, key)) = member.linkedin.split_once("/in/") {
                team.linkedin.insert(fold(key.trim_end_matches('/')), number);
            }
            team.name(&member.name, number);
            team.employer(&member.company, number);
        }
        for (number, record) in store.records.iter().enumerate() {
            if record.role == Role::Owner {
                team.learn(cells.get(number), store.source(record).member);
            }
        }
        team
    }

    fn learn(&mut self, cells: CellsView<'_>, member: u16) {
        for (field, text) in cells.iter() {
            match field {
                Field::LinkedIn => {
                    self.linkedin.entry(text.to_owned()).or_insert(member);
                }
                Field::Xing => {
                    self.xing.entry(text.to_owned()).or_insert(member);
                }
                Field::Email | Field::Phone => {
                    self.addresses.entry(text.to_owned()).or_insert(member);
                }
                Field::Company => self.employer(text, member),
                _ => {}
            }
        }
        let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
        if !given.is_empty() && !family.is_empty() {
            self.name(&format!("{given} {family}"), member);
        }
    }

    fn name(&mut self, name: &str, member: u16) {
        // An id such as `anna` is no name to recognise anybody by.
        if name.trim().contains(' ') {
            let name = fold(name.trim());
            self.shapes.insert((name.as_bytes().first().copied().unwrap_or_default(), name.len()));
            let members = self.names.entry(name).or_default();
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }

    fn employer(&mut self, company: &str, member: u16) {
        let core = company_core(company);
        if let Some(known) = self.employers.get_mut(member as usize)
            && !core.is_empty()
            && !known.contains(&core)
        {
            known.push(core);
        }
    }

    /// The member a record describes: by profile; or by the name together with an own address, number or
    /// employer. A shared landline or a namesake alone is not enough.
    pub(super) fn member_of(&self, cells: CellsView<'_>) -> Option<u16> {
        for (field, profiles) in [(Field::LinkedIn, &self.linkedin), (Field::Xing, &self.xing)] {
            if !profiles.is_empty()
                && let Some(member) = cells.all(field).find_map(|text| profiles.get(text))
            {
                return Some(*member);
            }
        }
        let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
        let first = given.as_bytes().first().copied().unwrap_or(b' ').to_ascii_lowercase();
        let shape = (first, given.len() + 1 + family.len());
        let passed = if given.is_ascii() && family.is_ascii() {
            !self.shapes.contains(&shape)
        } else {
            // Folding may change the length of a name, but no ASCII letter at its beginning.
            first.is_ascii_alphabetic() && !self.shapes.iter().any(|(begins, _)| *begins == first)
        };
        if self.names.is_empty() || passed {
            return None;
        }
        let members = self.names.get(&fold(&format!("{given} {family}")))?;
        let reached = |field| {
            cells.all(field).any(|text| self.addresses.get(text).is_some_and(|m| members.contains(m)))
        };
        if let Some(member) = [Field::Email, Field::Phone].into_iter().find(|field| reached(*field)) {
            let address =
                cells.all(member).find_map(|text| self.addresses.get(text).filter(|m| members.contains(m)));
            return address.copied();
        }
        let core = company_core(cells.text(Field::Company));
        members
            .iter()
            .copied()
            .find(|member| !core.is_empty() && self.employers[*member as usize].contains(&core))
    }
}
