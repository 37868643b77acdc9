//! The wish list with what has become of each line.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::label::Labeller;
use super::publish::{Facts, failed, open};
use crate::contact::Contact;
use crate::error::Result;
use crate::label::strength;
use crate::label::wish::{Status, Wish};
use crate::table::Table;
use crate::write::{self, WishRow};

/// Who fulfils which line, gathered while contacts are labelled.
#[derive(Debug, Default)]
pub(super) struct Met {
    of: FxHashMap<u32, Vec<(u32, String, String)>>,
}

impl Met {
    /// The numbers of the contacts that fulfil a line, in their order.
    pub(super) fn places(&self, line: u32) -> Vec<u32> {
        self.of.get(&line).into_iter().flatten().map(|(place, ..)| *place).collect()
    }

    /// Notes a labelled contact; `place` is its number in the order of contacts.
    pub(super) fn see(&mut self, place: u32, contact: &Contact) {
        for line in &contact.labels.wishes {
            self.of.entry(*line).or_default().push((place, contact.contact_id.clone(), contact.name.clone()));
        }
    }
}

/// The rows of the table `wishes`, in the order of the list.
pub(super) fn rows<'a>(
    facts: &'a Facts<'_>,
    labeller: &Labeller<'_>,
    met: &Met,
    members: &'a [String],
) -> Vec<WishRow<'a>> {
    facts.aims.wishes.all.iter().map(|wish| row(facts, labeller, wish, met, members)).collect()
}

fn row<'a>(
    facts: &Facts<'_>,
    labeller: &Labeller<'_>,
    wish: &'a Wish,
    met: &Met,
    members: &'a [String],
) -> WishRow<'a> {
    let found = met.of.get(&wish.line).map_or(&[][..], Vec::as_slice);
    let places = || found.iter().map(|(place, ..)| *place);
    let held = || places().flat_map(|place| facts.known.holdings_of(place));
    let mut holders: Vec<u16> =
        held().filter(|holding| holding.ended_on.is_none()).map(|holding| holding.member).collect();
    holders.sort_unstable();
    holders.dedup();
    let tie =
        strength::combine(places().flat_map(|place| labeller.ties(place)).map(|(_, strength)| strength));
    WishRow {
        line: wish.line,
        kind: wish.kind(),
        name: &wish.name,
        company: &wish.company,
        position: &wish.position,
        want: wish.want.name(),
        owner: &wish.owner,
        due: wish.due,
        benefit: &wish.benefit,
        status: wish.status.map_or("", Status::name),
        contacts: found.iter().map(|(_, id, _)| id.clone()).collect(),
        names: found.iter().map(|(.., name)| name.clone()).collect(),
        holders: holders
            .iter()
            .filter_map(|member| members.get(usize::from(*member)))
            .map(String::as_str)
            .collect(),
        first_reached: held().map(|holding| holding.connected_on.unwrap_or(holding.first_seen)).min(),
        last_touch: places().filter_map(|place| facts.known.last_touch(place)).max(),
        strength_band: if found.is_empty() { "" } else { tie.band.name() },
        note: &wish.note,
    }
}

/// Writes the table.
pub(super) fn write(
    facts: &Facts<'_>,
    rows: &[WishRow<'_>],
    folder: &Path,
    specs: &mut Vec<Table>,
) -> Result<()> {
    let (mut file, path) = open(facts, folder, write::wishes(&[]), specs)?;
    file.write(&write::wishes(rows)).and_then(|()| file.finish()).map_err(|error| failed(&path, &error))
}
