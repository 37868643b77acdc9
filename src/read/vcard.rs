//! Reads vCards 2.1, 3.0 and 4.0 of phones, mail programs and address books.

mod person;

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::cards::{Card, Charsets, Frame, Name, Properties, properties, split, to_utf8};
use super::table::Verdict;
use super::{Body, Document, Output, Plan, Reader};
use crate::problem::{Problem, Reject};
use crate::record::{Cells, Channel, Field, Role};

/// Largest card that is read, in bytes; a photo may take most of it.
const LARGEST_CARD: usize = 16 * 1024 * 1024;

/// vCards of a phone, a mail program or an address book.
pub(super) struct VCard;

impl Reader for VCard {
    fn id(&self) -> &'static str {
        "vcard"
    }

    fn title(&self) -> &'static str {
        "vCard"
    }

    fn channel(&self) -> Channel {
        Channel::Phone
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        match document.body {
            Body::Cards(bytes) if super::xing::is_xing(bytes) => {
                Err("the cards were exported by XING".into())
            }
            Body::Cards(_) => Ok(Plan::default()),
            _ => Err("it holds no BEGIN:VCARD".into()),
        }
    }

    fn read(&self, document: &Document<'_>, _plan: &Plan, out: &mut Output) {
        if let Body::Cards(bytes) = document.body {
            read_cards(bytes, out);
        }
    }
}

/// Reads every card of a file.
pub(super) fn read_cards(bytes: &[u8], out: &mut Output) {
    let bytes = to_utf8(bytes);
    let charsets = Charsets::new(&bytes);
    let found = split(&bytes);
    for &(first, last) in &found.outside {
        out.warn(Problem::new(first, "outside-cards", format!("Lines {first} to {last} belong to no card.")));
    }
    let mut uids = FxHashMap::default();
    let mut cells = Cells::new();
    for card in &found.cards {
        out.found();
        cells.clear();
        match read_card(&bytes, card, &charsets, &mut cells, out) {
            Verdict::Keep(role) | Verdict::KeepAll(role, _) => {
                if let Some(rest) = without_shared_uid(&cells, card.line, &mut uids, out) {
                    cells = rest;
                }
                out.keep(card.line, role, &cells);
            }
            Verdict::Ignore(reason) => out.ignore(reason),
            Verdict::Owner(reason) => out.ignore_owner(card.line, reason, &cells),
            Verdict::Reject(problem) => out.reject(Reject { problem, raw: shown(&bytes, card) }),
        }
    }
}

/// Fills the cells from a card and decides what becomes of it.
fn read_card(
    bytes: &[u8],
    card: &Card,
    charsets: &Charsets<'_>,
    cells: &mut Cells,
    out: &mut Output,
) -> Verdict {
    let framing = match card.frame {
        Frame::Nested => return Verdict::Ignore("nested-card"),
        Frame::Whole => None,
        Frame::Unclosed => {
            Some(("card-not-closed", "The card has no END:VCARD; the file may be cut off there."))
        }
        Frame::Headless => {
            Some(("card-not-opened", "The card has no BEGIN:VCARD; the file may be cut off there."))
        }
    };
    if card.len() > LARGEST_CARD {
        let message = format!("The card has {} bytes; up to {LARGEST_CARD} are read.", card.len());
        return Verdict::Reject(Problem::new(card.line, "card-too-large", message));
    }
    let mut found = properties(bytes, card, charsets);
    if let Some((code, message)) = framing {
        out.warn(Problem::new(card.line, code, message));
    }
    let reason = no_person(&found);
    if reason.is_none() {
        person::fill(&mut found, cells);
    }
    out.problems.append(&mut found.problems);
    if let Some(reason) = reason {
        return Verdict::Ignore(reason);
    }
    if cells.view().iter().all(|(field, _)| matches!(field, Field::SourceId | Field::Tags | Field::Birthday))
    {
        let message = "The card holds nothing to name or reach a person by.";
        return Verdict::Reject(Problem::new(card.line, "empty-card", message));
    }
    Verdict::Keep(Role::Contact)
}

/// Why a card stands for no person, if it does not.
fn no_person(found: &Properties<'_>) -> Option<&'static str> {
    found.all.iter().find_map(|property| {
        let value = property.value.trim();
        if property.is(Name::Kind) {
            return match value.to_ascii_lowercase().as_str() {
                "group" => Some("group-card"),
                "org" => Some("company-card"),
                "location" | "application" | "device" => Some("thing-card"),
                _ => None,
            };
        }
        (property.is(Name::ShowAs) && value.eq_ignore_ascii_case("COMPANY")).then_some("company-card")
    })
}

/// The cells without their UID, if a different card of the file has used it: it names neither of them.
fn without_shared_uid(
    cells: &Cells,
    line: u32,
    uids: &mut FxHashMap<String, u64>,
    out: &mut Output,
) -> Option<Cells> {
    let uid = cells.view().get(Field::SourceId)?;
    let mut hasher = FxHasher::default();
    hasher.write(cells.as_packed().as_bytes());
    let content = hasher.finish();
    if *uids.entry(uid.to_owned()).or_insert(content) == content {
        return None;
    }
    let message = "Another card has the same UID and other content; the UID is left out.";
    out.warn(Problem::new(line, "duplicate-uid", message).in_column("UID"));
    let mut rest = Cells::new();
    for (field, text) in cells.view().iter().filter(|(field, _)| *field != Field::SourceId) {
        rest.push(field, text);
    }
    Some(rest)
}

/// The beginning of a card up to a note, for the rejects.
fn shown(bytes: &[u8], card: &Card) -> String {
    const SHOWN: usize = 400;
    let mut raw = String::new();
    if card.frame != Frame::Headless {
        raw.push_str("BEGIN:VCARD\n");
    }
    let Some((range, _)) = card.parts.first() else { return raw };
    let end = range.end.min(range.start.saturating_add(SHOWN));
    let start = bytes.get(range.start..end).unwrap_or_default();
    let note = memchr::memmem::find(start, b"NOTE").unwrap_or(start.len());
    raw.push_str(&String::from_utf8_lossy(&start[..note]));
    if card.len() > note {
        raw.push('[');
        raw.push_str(&card.len().to_string());
        raw.push_str(" bytes]");
    }
    raw
}

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;
