//! Cleaning all records in parallel, and the day of each export where only its content tells it.

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::load::FileReport;
use super::locale::Locale;
use crate::clean::{Context, Finding, clean};
use crate::merge::touch::local_day;
use crate::record::{Cells, Field, Role};
use crate::store::{Packed, Piece, Store};

/// Cleaned cells of all records, and what cleaning could not keep.
pub(super) struct Cleaned {
    /// The cells, record by record.
    pub(super) cells: Packed,
    /// Values that could not be kept, with the number of their record.
    pub(super) findings: Vec<(u32, Finding)>,
}

/// Cleans every record of the store.
pub(super) fn clean_all(
    store: &Store,
    reports: &[FileReport],
    locale: &Locale,
    today: NaiveDate,
    step: &(dyn Fn(u64) + Sync),
) -> Cleaned {
    let years = years(store, reports, today);
    let pieces: Vec<(Piece, Vec<(u32, Finding)>)> = store
        .records
        .par_chunks(Packed::PIECE)
        .enumerate()
        .map(|(number, records)| {
            let (mut piece, mut all) = (Piece::default(), Vec::new());
            let (mut cells, mut findings) = (Cells::new(), Vec::new());
            for (place, record) in records.iter().enumerate() {
                let context = Context {
                    country: locale.country,
                    timezone: locale.timezone,
                    date_order: store.source(record).date_order,
                    year: years[record.source as usize],
                };
                cells.clear();
                clean(store.raw(record), &context, &mut cells, &mut findings);
                piece.push(&cells);
                let index = (number * Packed::PIECE + place) as u32;
                all.extend(findings.drain(..).map(|finding| (index, finding)));
            }
            step(records.len() as u64);
            (piece, all)
        })
        .collect();
    let (pieces, findings): (Vec<_>, Vec<_>) = pieces.into_iter().unzip();
    Cleaned { cells: Packed::new(pieces), findings: findings.into_iter().flatten().collect() }
}

impl Cleaned {
    /// Lets go of raw cells that nothing asks for once they are cleaned: a run needs the rows' own names and
    /// what could not be kept.
    pub(super) fn shed(&self, store: &mut Store) {
        // Findings are in the order of records.
        let found = |number: u32, field: Field| {
            let start = self.findings.partition_point(|(have, _)| *have < number);
            let of = self.findings[start..].iter().take_while(|(have, _)| *have == number);
            of.into_iter().any(|(_, finding)| finding.field == field)
        };
        store.shed(|number, field| field == Field::SourceId || found(number, field));
    }
}

/// For each source the year of its export as far as names tell, the pivot of two-digit years.
fn years(store: &Store, reports: &[FileReport], today: NaiveDate) -> Vec<i32> {
    let mut years = vec![today.year(); store.sources.len()];
    for report in reports {
        for section in report.parts.iter().flat_map(super::load::PartReport::sections) {
            years[section.source as usize] = report.named_day.unwrap_or(today).year();
        }
    }
    years
}

/// For each source the latest connection or touch in it, nothing after `today`.
pub(super) fn latest_days(
    store: &Store,
    cells: &Packed,
    locale: &Locale,
    today: NaiveDate,
) -> Vec<Option<NaiveDate>> {
    let mut latest: Vec<Option<NaiveDate>> = vec![None; store.sources.len()];
    for (number, record) in store.records.iter().enumerate() {
        if record.role == Role::Owner {
            continue;
        }
        for (field, text) in cells.get(number).iter() {
            if !matches!(field, Field::ConnectedOn | Field::TouchAt) {
                continue;
            }
            let day = local_day(text, locale.timezone).filter(|day| *day <= today);
            let slot = &mut latest[record.source as usize];
            *slot = (*slot).max(day);
        }
    }
    latest
}
