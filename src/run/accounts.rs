//! Accounts: every row of every file is kept, a duplicate, ignored, rejected, suppressed or blank.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::inbox::Inbox;
use super::load::{Fate as PartFate, FileReport};
use super::people::{Fate, People};
use crate::error::{Error, Kind, Result};
use crate::store::Store;

/// Books what became of rows after reading, for each source.
pub(super) fn book(store: &mut Store, people: &People, reports: &mut [FileReport]) {
    let mut ignored: BTreeMap<(u32, &'static str), u64> = BTreeMap::new();
    for (number, record) in store.records.iter().enumerate() {
        if record.further {
            continue;
        }
        let accounts = &mut store.sources[record.source as usize].accounts;
        match people.fates[number] {
            Fate::Repeats(_) => {
                accounts.kept -= 1;
                accounts.duplicate += 1;
            }
            Fate::Ignored(reason) => {
                accounts.kept -= 1;
                accounts.ignored += 1;
                *ignored.entry((record.source, reason)).or_default() += 1;
            }
            Fate::Kept | Fate::Aside => {}
        }
    }
    for section in
        reports.iter_mut().flat_map(|report| &mut report.parts).filter_map(|part| match &mut part.fate {
            PartFate::Read(sections) => Some(sections),
            _ => None,
        })
    {
        for section in section {
            let of = ignored
                .range((section.source, "")..)
                .take_while(|((source, _), _)| *source == section.source);
            for ((_, reason), rows) in of {
                *section.ignored.entry((*reason).to_owned()).or_default() += rows;
            }
        }
    }
}

/// Checks that the accounts of every source balance and that every kept or duplicate row has its row in
/// provenance, of which `provenance` counts those of each source.
///
/// # Errors
/// [`Kind::Internal`] naming the files whose accounts do not balance; nothing may then be published.
pub(super) fn check(store: &Store, provenance: &[u64]) -> Result<()> {
    let mut wrong = Vec::new();
    for (source, rows) in store.sources.iter().zip(provenance) {
        let accounts = &source.accounts;
        if !accounts.balance() || accounts.kept + accounts.duplicate != *rows {
            wrong.push(format!("{}: {accounts:?}, {rows} rows in provenance", source.path));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        Kind::Internal,
        format!("the accounts do not balance, nothing is published:\n{}", wrong.join("\n")),
    )
    .hinted("this is a fault of hamstern; please report it with the file it names"))
}

/// Hashes of all that was refused, free of paths and lines, to tell what the last run knew. What could not
/// be looked at has no content and goes by its path.
pub(super) fn refused(reports: &[FileReport], inbox: &Inbox) -> BTreeSet<u64> {
    let unreadable = inbox.unreadable.iter();
    let mut hashes: BTreeSet<u64> =
        unreadable.map(|(path, problem)| xxh3_64(format!("{path}\0{}", problem.code).as_bytes())).collect();
    for report in reports {
        let member = &inbox.members[report.member as usize].id;
        for part in &report.parts {
            if let PartFate::Refused(problem, _) = &part.fate {
                hashes.insert(xxh3_64(
                    format!("{member}\0{}\0{}\0{}", report.sha256, part_name(&part.path), problem.code)
                        .as_bytes(),
                ));
            }
            for (_, reject) in &part.rejects {
                hashes
                    .insert(xxh3_64(format!("{member}\0{}\0{}", reject.problem.code, reject.raw).as_bytes()));
            }
        }
    }
    hashes
}

/// The name inside an archive, empty for a file of its own.
fn part_name(path: &str) -> &str {
    path.split_once('!').map_or("", |(_, name)| name)
}
