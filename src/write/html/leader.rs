//! What the leader does differently: numbers of people first, then shares, each by how far they are apart.

use std::cmp::Ordering;

use maud::html;

use super::{Page, Section, look, rows};
use crate::table::{Language, Table};

/// The largest difference first; what cannot be compared comes last.
fn order(table: &Table, one: usize, other: usize) -> Ordering {
    let apart = |row| look::number(table, "difference", row).map(f64::abs);
    let (one_apart, other_apart) = (apart(one), apart(other));
    let kind = |row, apart: Option<f64>| (apart.is_none(), table.is_share(row));
    let by_size = || other_apart.unwrap_or_default().total_cmp(&one_apart.unwrap_or_default());
    kind(one, one_apart).cmp(&kind(other, other_apart)).then_with(by_size)
}

/// The section. One member leads: the name is said once.
pub(super) fn section(page: &Page<'_>, table: &Table) -> Section {
    let mut wanted: Vec<usize> = (0..table.len()).collect();
    wanted.sort_by(|one, other| order(table, *one, *other));
    let leader = wanted.first().map_or("", |row| page.name(look::text(table, "member", *row)));
    let how = match page.language {
        Language::English => format!(
            "{leader} leads. Others: all other members together, for numbers of people and invitations their mean. The largest differences first; shares differ by percentage points."
        ),
        Language::German => format!(
            "Vorn liegt {leader}. Andere: alle anderen Mitglieder zusammen, bei Anzahlen ihr Mittel. Die größten Unterschiede zuerst; bei Anteilen in Prozentpunkten."
        ),
    };
    let columns = ["aspect", "part", "leader", "others", "difference", "coverage", "coverage_others"];
    let body = html! {
        p .how { (how) }
        (rows::chosen(page, table, &wanted, &columns, wanted.len()))
    };
    Section { id: "leader_profile", title: table.title, body }
}
