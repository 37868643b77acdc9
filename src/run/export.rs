//! Exports: the day each was made, whose account it shows, and the series of complete ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::load::FileReport;
use crate::merge::holding::day;
use crate::pipeline::Pipeline;
use crate::record::{Field, Role};
use crate::state::memory::Memory;
use crate::store::{Packed, Store};

/// One snapshot: all files of one member, reader, account and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Export {
    /// Index of the member.
    pub(super) member: u16,
    /// Index of the first source of it.
    pub(super) source: u32,
    /// The day it was made.
    pub(super) day: NaiveDate,
    /// The series it continues, where it is complete.
    pub(super) series: Option<u32>,
}

/// The exports of a run and the series that complete ones form.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// Every snapshot, by number.
    pub(super) all: Vec<Export>,
    /// For each series of complete exports its days in order.
    pub(super) series: Vec<Vec<i32>>,
}

/// Sets the day of every source: the date in its name or that of a copy of it, else the latest date in the
/// file, else the day its content was first seen.
///
/// An export that shows nobody, or that nothing dates, ends no holdings: the first is broken or empty,
/// and the second may be of any year. The pipeline file can say that an undated one is complete.
pub(super) fn date_sources(
    store: &mut Store,
    reports: &[FileReport],
    latest: &[Option<NaiveDate>],
    memory: &Memory,
    pipeline: &Pipeline,
    today: NaiveDate,
) {
    let mut shows_people = vec![false; store.sources.len()];
    for record in &store.records {
        shows_people[record.source as usize] |= record.role == Role::Contact;
    }
    let mut copies: BTreeMap<(u16, &str), NaiveDate> = BTreeMap::new();
    for report in reports {
        if let Some(day) = report.named_day {
            let copy = copies.entry((report.member, &report.sha256)).or_insert(day);
            *copy = day.min(*copy);
        }
    }
    for report in reports {
        let sections = || report.parts.iter().flat_map(super::load::PartReport::sections);
        let inside = sections().filter_map(|section| latest[section.source as usize]).max();
        let first_seen = memory.files.get(&report.sha256).copied().unwrap_or(today);
        let copy = copies.get(&(report.member, report.sha256.as_str())).copied();
        let told = report.named_day.or(copy).or(inside);
        for section in sections() {
            let source = &mut store.sources[section.source as usize];
            // A dated archive member or sub-folder is more exact than the archive around it.
            let own = crate::state::snapshot::date_in_path(&source.path, today);
            let told = own.or(told);
            source.dated = told.is_some();
            source.exported_on = told.unwrap_or(first_seen);
            let stated = || pipeline.source_for(&source.path).and_then(|of| of.complete) == Some(true);
            source.complete &= shows_people[section.source as usize] && (source.dated || stated());
        }
    }
}

/// Numbers the exports and puts complete ones of one member, reader and account in series.
pub(super) fn number(store: &mut Store) -> Exports {
    let mut exports = Exports::default();
    let mut numbers: BTreeMap<(u16, &str, String, NaiveDate), u32> = BTreeMap::new();
    let mut series: BTreeMap<(u16, &str, String), u32> = BTreeMap::new();
    let mut days: Vec<BTreeSet<i32>> = Vec::new();
    for (place, source) in store.sources.iter_mut().enumerate() {
        let key = (source.member, source.reader.id(), source.account.clone(), source.exported_on);
        source.export = *numbers.entry(key).or_insert_with(|| {
            let of = source.complete.then(|| {
                *series.entry((source.member, source.reader.id(), source.account.clone())).or_insert_with(
                    || {
                        days.push(BTreeSet::new());
                        days.len() as u32 - 1
                    },
                )
            });
            exports.all.push(Export {
                member: source.member,
                source: place as u32,
                day: source.exported_on,
                series: of,
            });
            exports.all.len() as u32 - 1
        });
        if let Some(of) = exports.all[source.export as usize].series {
            days[of as usize].insert(day(source.exported_on));
        }
    }
    exports.series = days.into_iter().map(|days| days.into_iter().collect()).collect();
    exports
}

/// Names the account of every source by the owner's data that lie in the same archive or folder. Where
/// a member has one account only, exports that do not name theirs are of that one.
pub(super) fn name_accounts(store: &mut Store, cells: &Packed) {
    let mut owners: BTreeMap<(u16, String), String> = BTreeMap::new();
    for (number, record) in store.records.iter().enumerate() {
        let view = cells.get(number);
        if record.role == Role::Owner && view.get(Field::FamilyName).is_some() {
            let source = store.source(record);
            let name = crate::text::fold(&format!(
                "{} {}",
                view.text(Field::GivenName),
                view.text(Field::FamilyName)
            ));
            owners.entry((source.member, home(&source.path).to_owned())).or_insert(name);
        }
    }
    let mut accounts: BTreeMap<u16, BTreeSet<&String>> = BTreeMap::new();
    for ((member, _), account) in &owners {
        accounts.entry(*member).or_default().insert(account);
    }
    for source in &mut store.sources {
        let known = owners.get(&(source.member, home(&source.path).to_owned()));
        let only =
            accounts.get(&source.member).filter(|all| all.len() == 1).and_then(|all| all.first().copied());
        source.account = known.or(only).cloned().unwrap_or_default();
    }
}

/// The archive or folder a source lies in.
fn home(path: &str) -> &str {
    path.rfind(['!', '/']).map_or("", |end| &path[..end])
}
