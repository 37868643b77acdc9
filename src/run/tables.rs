//! The tables of a generation: contacts with their cards and provenance, holdings, touches, rejects.

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;

use super::accounts;
use super::changes::Ledger;
use super::gather::{Gathered, Held};
use super::label::{Labeller, is_archived};
use super::load::Fate as PartFate;
use super::people::Fate;
use super::person::{Room, whole_in};
use super::publish::{Facts, failed, open, save};
use super::stages::Stages;
use super::who;
use crate::contact::{Contact, Kind, Letter};
use crate::error::Result;
use crate::link::identity::contact_id;
use crate::merge::Part;
use crate::problem::Problem;
use crate::record::{Field, Role};
use crate::state::files;
use crate::table::Table;
use crate::write::{self, Workbook};

/// Contacts merged and written at a time: so few that they stay in the processor's cache from one step to the
/// next.
const BATCH: usize = 1_024;

/// Contacts, what each row gave them, and what their rows say beside them.
type Merged<'f> = ((Vec<Contact>, Vec<Vec<(u32, u16)>>), Vec<who::Beside<'f>>);

/// Labels contacts and writes them, their cards, their provenance and their search index, batch by batch, and
/// checks the accounts; gives what was gathered on the way.
pub(super) fn contacts(
    facts: &Facts<'_>,
    labeller: &mut Labeller<'_>,
    (folder, specs): (&Path, &mut Vec<Table>),
    members: &[String],
    book: &mut Workbook,
    (stages, ledger): (&mut Stages, &mut Ledger<'_>),
    step: &(dyn Fn(u64) + Sync),
) -> Result<Gathered> {
    let spec = drop_columns(facts, write::contacts(&[], members));
    let (mut file, path) = open(facts, folder, spec, specs)?;
    let spec = drop_columns(facts, write::archived(&[], members));
    let (mut archive, archive_path) = open(facts, folder, spec, specs)?;
    let (mut trail, trail_path) = open(facts, folder, write::provenance(&[], Part::columns_of), specs)?;
    let cards_path = folder.join("contacts.vcf");
    let mut cards = BufWriter::new(files::create(&cards_path)?);
    let mut index = who::begin(facts);
    let mut accounted = vec![0u64; facts.outcome.store.sources.len()];
    let count = facts.people.contacts.len();
    let mut places = vec![u32::MAX; facts.outcome.store.records.len()];
    for (place, number) in (0..).zip(&facts.people.rows) {
        places[*number as usize] = place;
    }
    let mut gathered = Gathered::new(count, facts.known.holdings.len(), !facts.aims.has_goals());
    let mut first = true;
    for start in (0..count).step_by(BATCH).chain((count == 0).then_some(0)) {
        let end = (start + BATCH).min(count);
        let ((mut people, gave), beside): Merged<'_> = (start as u32..end as u32)
            .into_par_iter()
            .map_init(Room::default, |room, contact| {
                let (person, gave) = whole_in(room, facts.views(), contact);
                let beside = who::beside(facts, contact, &person);
                ((person, gave), beside)
            })
            .unzip();
        stages.end("merging");
        let labelled = labeller.label_all(start as u32, &mut people);
        stages.end("labels");
        for (person, labelled) in people.iter().zip(&labelled) {
            let held = facts.known.holdings_of(gathered.len());
            gathered.see(person, labelled, held);
        }
        // That was what reports need to know of contacts.
        stages.end("reports");
        ledger.see(start as u32, &people, &gave, &labelled);
        let rows = provenance(facts, start as u32, &people, &gave, members, &places, &mut accounted);
        let (here, away) = apart(facts, &people);
        if let Some(away) = &away {
            let table = drop_columns(facts, write::archived(away, members));
            archive.write(&table).map_err(|error| failed(&archive_path, &error))?;
            gathered.counts.archived += away.len() as u64;
        }
        let table = drop_columns(facts, write::contacts(&here, members));
        let show = || if first { book.contacts(&table) } else { book.append(&table) };
        // Side by side, so that the workbook, which is written row by row, keeps one thread busy at most.
        let ((table_done, rows_done), (shown, (cards_done, ()))) = rayon::join(
            || rayon::join(|| file.write(&table), || trail.write(&rows)),
            || {
                let mut find = || who::add(&mut index, facts, &people, &labelled, &beside);
                let rest = || (write_cards(&people, &mut cards), find());
                rayon::join(show, rest)
            },
        );
        table_done.map_err(|error| failed(&path, &error))?;
        rows_done.map_err(|error| failed(&trail_path, &error))?;
        shown.map_err(|error| failed(Path::new("report.xlsx"), &error))?;
        cards_done.map_err(|error| failed(&cards_path, &error))?;
        gathered.keep_ids(people);
        first = false;
        stages.end("tables");
        step((end - start) as u64);
    }
    cards.flush().map_err(|error| failed(&cards_path, &error))?;
    file.finish().map_err(|error| failed(&path, &error))?;
    archive.finish().map_err(|error| failed(&archive_path, &error))?;
    trail.finish().map_err(|error| failed(&trail_path, &error))?;
    save(folder, who::index::FILE, |out| index.finish(&facts.people.contacts, out))?;
    stages.end("search index");
    accounts::check(&facts.outcome.store, &accounted)?;
    Ok(gathered)
}

/// The contacts that stay, and apart from them those that have been of category D for too long.
fn apart<'a>(facts: &Facts<'_>, people: &'a [Contact]) -> (Cow<'a, [Contact]>, Option<Vec<Contact>>) {
    let months = facts.job.workspace.pipeline.tier.archive_months;
    let old = |contact: &&Contact| is_archived(contact, months, facts.outcome.today);
    if !people.iter().any(|contact| old(&contact)) {
        return (Cow::Borrowed(people), None);
    }
    let (away, here): (Vec<Contact>, Vec<Contact>) =
        people.iter().cloned().partition(|contact| old(&contact));
    (Cow::Owned(here), Some(away))
}

/// Writes the cards of people; whom the team lets go of is not carried back to its phones.
fn write_cards(people: &[Contact], out: &mut impl Write) -> std::io::Result<()> {
    let kept =
        |contact: &&Contact| contact.kind == Kind::Person && contact.labels.tier.letter != Some(Letter::D);
    write::vcf::write(people.iter().filter(kept), out).map(drop)
}

/// Leaves out the columns that the pipeline file drops.
fn drop_columns(facts: &Facts<'_>, mut table: Table) -> Table {
    let drop = &facts.job.workspace.pipeline.privacy.drop;
    table.columns.retain(|column| !drop.iter().any(|name| name == column.name));
    table
}

/// The provenance of a batch of contacts: one row for each of their kept or duplicate rows. `places` are the
/// places of records in linking.
fn provenance(
    facts: &Facts<'_>,
    start: u32,
    people: &[Contact],
    gave: &[Vec<(u32, u16)>],
    members: &[String],
    places: &[u32],
    accounted: &mut [u64],
) -> Table {
    let store = &facts.outcome.store;
    let mut rows: Vec<write::ProvenanceRow<'_>> = Vec::with_capacity(gave.len() * 2);
    for (place, gave) in gave.iter().enumerate() {
        for number in facts.known.records(start + place as u32) {
            let record = &store.records[*number as usize];
            if record.further
                || !matches!(facts.people.fates[*number as usize], Fate::Kept | Fate::Repeats(_))
            {
                continue;
            }
            accounted[record.source as usize] += 1;
            let bits = gave.binary_search_by_key(number, |(kept, _)| *kept).map_or(0, |place| gave[place].1);
            let source = store.source(record);
            let (match_weight, match_reason) = why(facts, *number, record.role, places);
            rows.push(write::ProvenanceRow {
                contact_id: &people[place].contact_id,
                member: &members[usize::from(source.member)],
                source: source.reader.id(),
                file: &source.path,
                line: record.line,
                sheet: &source.sheet,
                record_id: facts.people.record_ids[*number as usize],
                source_id: store.raw(record).text(Field::SourceId),
                exported_on: Some(source.exported_on),
                match_weight,
                match_reason,
                fields: bits,
            });
        }
    }
    write::provenance(&rows, Part::columns_of)
}

/// Why a row belongs to its contact; `places` are the places of records in linking.
fn why<'a>(facts: &'a Facts<'_>, number: u32, role: Role, places: &[u32]) -> (Option<f64>, &'a str) {
    if let Fate::Repeats(_) = facts.people.fates[number as usize] {
        return (None, "repeats a row");
    }
    if role == Role::Touch {
        return (None, "touch");
    }
    let place = places[number as usize] as usize;
    match facts.people.linked.joins.get(place) {
        Some(join) => ((join.with as usize != place).then_some(f64::from(join.weight)), join.reason),
        None => (None, ""),
    }
}

/// Writes who knows whom; `held` is how strong the tie behind each holding is, in their order.
pub(super) fn holdings(
    facts: &Facts<'_>,
    held: &[Held],
    folder: &Path,
    members: &[String],
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::holdings(&[]), specs)?;
    for (batch, held) in facts.known.holdings.chunks(write::BATCH_ROWS).zip(held.chunks(write::BATCH_ROWS)) {
        let ids: Vec<String> =
            batch.iter().map(|held| contact_id(facts.people.contacts[held.contact as usize])).collect();
        let rows: Vec<write::HoldingRow<'_>> = batch
            .iter()
            .zip(held)
            .zip(&ids)
            .map(|((holding, tie), id)| write::HoldingRow {
                member: &members[usize::from(holding.member)],
                contact_id: id,
                holding: *holding,
                strength: tie.score,
                strength_coverage: tie.coverage,
                strength_band: tie.band.name(),
            })
            .collect();
        file.write(&write::holdings(&rows)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}

pub(super) fn touches(
    facts: &Facts<'_>,
    folder: &Path,
    members: &[String],
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::touches(&[]), specs)?;
    for batch in facts.known.touches.chunks(write::BATCH_ROWS) {
        let ids: Vec<String> =
            batch.iter().map(|touch| contact_id(facts.people.contacts[touch.contact as usize])).collect();
        let rows: Vec<write::TouchRow<'_>> = batch
            .iter()
            .zip(&ids)
            .map(|(touch, id)| write::TouchRow {
                contact_id: id,
                member: &members[usize::from(touch.member)],
                kind: touch.kind,
                on: touch.on,
                direction: touch.direction.name(),
                source: facts.outcome.store.sources[touch.source as usize].reader.id(),
            })
            .collect();
        file.write(&write::touches(&rows)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}

/// A row of the rejects.
fn refused_row<'a>(
    file: &'a str,
    sheet: &'a str,
    problem: &'a Problem,
    raw: &'a str,
    what: &'a str,
) -> write::RejectRow<'a> {
    let Problem { line, column, code, message } = problem;
    write::RejectRow { file, line: *line, column, code, message, raw, sheet, what }
}

/// Writes what was refused: files, rows, and values that cleaning could not keep.
pub(super) fn rejects(facts: &Facts<'_>, folder: &Path, specs: &mut Vec<Table>) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::rejects(&[]), specs)?;
    let mut rows: Vec<write::RejectRow<'_>> = Vec::new();
    for (path, problem) in &facts.outcome.inbox.unreadable {
        rows.push(refused_row(path, "", problem, "", "file"));
    }
    for part in facts.outcome.files.iter().flat_map(|file| &file.parts) {
        if let PartFate::Refused(problem, _) = &part.fate {
            rows.push(refused_row(&part.path, "", problem, "", "file"));
        }
        for (sheet, reject) in &part.rejects {
            rows.push(refused_row(&part.path, sheet, &reject.problem, &reject.raw, "row"));
        }
    }
    let store = &facts.outcome.store;
    for (number, finding) in &facts.cleaned.findings {
        let record = &store.records[*number as usize];
        let source = store.source(record);
        rows.push(write::RejectRow {
            file: &source.path,
            line: record.line,
            column: finding.field.name(),
            code: finding.code,
            message: &finding.message,
            raw: store.raw(record).text(finding.field),
            sheet: &source.sheet,
            what: "value",
        });
    }
    rows.sort_by(|a, b| {
        (a.file, a.sheet, a.line, a.column, a.code).cmp(&(b.file, b.sheet, b.line, b.column, b.code))
    });
    for batch in rows.chunks(write::BATCH_ROWS) {
        file.write(&write::rejects(batch)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}

/// Writes what changed since the last generation.
pub(super) fn changes(
    facts: &Facts<'_>,
    folder: &Path,
    rows: &[write::ChangeRow],
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::changes(&[]), specs)?;
    for batch in rows.chunks(write::BATCH_ROWS) {
        file.write(&write::changes(batch)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}

/// Writes which ids were retired.
pub(super) fn redirects(
    facts: &Facts<'_>,
    folder: &Path,
    rows: &[write::RedirectRow],
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::redirects(&[]), specs)?;
    for batch in rows.chunks(write::BATCH_ROWS) {
        file.write(&write::redirects(batch)).map_err(|error| failed(&path, &error))?;
    }
    file.finish().map_err(|error| failed(&path, &error))
}
