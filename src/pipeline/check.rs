//! What must hold between options: unique ids, thresholds in order, tests that speak of rows there are.

use std::path::{Component, Path, PathBuf};

use super::error::Found;
use super::walk::{Spots, quoted};
use super::{CutPoints, Matching, Member, Pipeline, TestCase, Tier};
use crate::text::visible;

fn spot(spots: &Spots, key: &str) -> usize {
    spots.get(key).or_else(|| spots.get("")).copied().unwrap_or_default()
}

/// The review threshold is not above the merge threshold.
pub(super) fn matching(matching: &Matching, spots: &Spots, found: &mut Vec<Found>) {
    if matching.review > matching.merge {
        let key = if spots.contains_key("review") { "review" } else { "merge" };
        let message =
            format!("[match] review ({}) must not be above merge ({})", matching.review, matching.merge);
        found.push(
            Found::new(spot(spots, key), message).hint("a pair is asked about below the merge threshold"),
        );
    }
}

/// Results do not go where the next run would read them as exports.
pub(super) fn output(pipeline: &Pipeline, inbox: &Spots, output: &Spots, found: &mut Vec<Found>) {
    if plain(&pipeline.output.dir).starts_with(plain(&pipeline.inbox.path)) {
        let at = if output.contains_key("dir") { spot(output, "dir") } else { spot(inbox, "path") };
        let message = format!(
            "[output] dir ({}) lies in the inbox ({})",
            visible(&pipeline.output.dir.to_string_lossy()),
            visible(&pipeline.inbox.path.to_string_lossy())
        );
        found.push(
            Found::new(at, message).hint("results in the inbox would be read as exports by the next run"),
        );
    }
}

/// More steps up than this are taken for as many.
const DEPTH: usize = 64;

/// A path without `.` and, as far as the text tells, without `..`; where the pipeline file lies is not known
/// here, so relative paths start in a made-up folder deep enough for them to leave.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    if path.is_relative() {
        plain.extend(std::iter::repeat_n("\0", DEPTH));
    }
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

/// The cut points fall, and something has a weight.
pub(super) fn tier(tier: &Tier, spots: &Spots, found: &mut Vec<Found>) {
    let CutPoints { a, b, c } = tier.cut_points;
    if !(a > b && b > c) {
        let message = format!("[tier] cut_points must fall from A ({a}) over B ({b}) to C ({c})");
        found.push(Found::new(spot(spots, "cut_points"), message));
    }
    let weights = tier.weights;
    if weights.target_fit + weights.strength + weights.seniority + weights.network <= 0.0 {
        found.push(Found::new(spot(spots, "weights"), "[tier] weights are all 0"));
    }
}

/// Fills in names and folders from ids; ids, folders and addresses belong to one member each.
pub(super) fn members(mut members: Vec<Member>, spots: &[Spots], found: &mut Vec<Found>) -> Vec<Member> {
    for member in &mut members {
        for empty in [&mut member.name, &mut member.inbox].into_iter().filter(|text| text.is_empty()) {
            empty.clone_from(&member.id);
        }
    }
    for (index, (member, spots)) in members.iter().zip(spots).enumerate() {
        let before = &members[..index];
        if !member.id.is_empty() && before.iter().any(|other| other.id == member.id) {
            let message = format!("a [[member]] above has the id {} already", quoted(&member.id));
            found.push(Found::new(spot(spots, "id"), message).hint("give every member an id of its own"));
        } else if let Some(other) = before.iter().find(|other| nested(&other.inbox, &member.inbox)) {
            let message = format!(
                "the folder {} of {} overlaps with the folder {} of {}",
                quoted(&member.inbox),
                quoted(&member.id),
                quoted(&other.inbox),
                quoted(&other.id)
            );
            found.push(Found::new(spot(spots, "inbox"), message).hint("a file belongs to one member"));
        }
        for email in &member.emails {
            if before.iter().any(|other| other.emails.contains(email)) {
                let message = format!("a [[member]] above has the address {} already", quoted(email));
                found.push(Found::new(spot(spots, "emails"), message));
            }
        }
    }
    members
}

fn nested(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let within = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !one.is_empty() && !other.is_empty() && (within(&one, &other) || within(&other, &one))
}

/// A source says something.
pub(super) fn sources(spots: &[Spots], found: &mut Vec<Found>) {
    for spots in spots {
        if !["columns", "distinct", "complete", "trust", "channel"].iter().any(|key| spots.contains_key(key))
        {
            found.push(
                Found::lacking(spot(spots, ""), "this [[source]] says nothing about its files")
                    .hint("name its columns in [source.columns]"),
            );
        }
    }
}

/// Expectations speak of rows there are and do not contradict each other.
pub(super) fn tests(tests: &[TestCase], spots: &[Spots], found: &mut Vec<Found>) {
    for (test, spots) in tests.iter().zip(spots) {
        if !spots.contains_key("same") && !spots.contains_key("different") {
            let message = "this [[test]] expects nothing";
            found.push(Found::lacking(spot(spots, ""), message).hint("such as same = [[1, 2]]"));
        }
        for (key, groups) in [("same", &test.same), ("different", &test.different)] {
            for group in groups {
                if let Some(message) = bad_group(key, group, test.rows.len()) {
                    found.push(Found::new(spot(spots, key), message));
                }
            }
        }
        if let Some((one, other)) = contradiction(test) {
            let message =
                format!("[[test]] rows {} and {} cannot be the same and different", one + 1, other + 1);
            found.push(Found::new(spot(spots, "different"), message));
        }
    }
}

fn bad_group(key: &str, group: &[usize], rows: usize) -> Option<String> {
    let mut sorted = group.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() < 2 {
        return Some(format!("[[test]] {key}: a group needs at least two rows"));
    }
    if sorted.len() < group.len() {
        return Some(format!("[[test]] {key}: a row stands twice in one group"));
    }
    let last = sorted.last().copied().unwrap_or_default();
    (last >= rows).then(|| format!("[[test]] {key}: there is no row {}, only {rows}", last + 1))
}

/// Two rows that are the same by way of the groups and also different.
fn contradiction(test: &TestCase) -> Option<(usize, usize)> {
    let mut person: Vec<usize> = (0..test.rows.len()).collect();
    for group in &test.same {
        let Some(first) = group.first().and_then(|row| person.get(*row)).copied() else { continue };
        let joined: Vec<usize> = group.iter().filter_map(|row| person.get(*row)).copied().collect();
        for of in &mut person {
            if joined.contains(of) {
                *of = first;
            }
        }
    }
    test.different.iter().find_map(|group| {
        group.iter().enumerate().find_map(|(index, one)| {
            let other = group[index + 1..].iter().find(|other| {
                one != *other && person.get(*one).is_some() && person.get(*one) == person.get(**other)
            })?;
            Some((*one, *other))
        })
    })
}
