//! Reads the sections of a pipeline file into their places and checks them against each other.

use toml::de::{DeTable, DeValue};

use super::aims::{GOALS, LABELS, STRENGTH, TIER};
use super::error::Found;
use super::hint::did_you_mean;
use super::options::{
    INBOX, MATCH, MEMBER, OUTPUT, PRIVACY, RACE, SOURCE, TEAM, TEST, described, section_of,
};
use super::views::REPORTS;
use super::walk::{At, Section, Spots, quoted};
use super::{Pipeline, check};

/// Reads the whole file.
pub(super) fn read(root: &DeTable<'_>, found: &mut Vec<Found>) -> Pipeline {
    let mut pipeline = Pipeline::default();
    one(&TEAM, root, &mut pipeline.team, found);
    let inbox = one(&INBOX, root, &mut pipeline.inbox, found);
    let matching = one(&MATCH, root, &mut pipeline.matching, found);
    one(&LABELS, root, &mut pipeline.labels, found);
    one(&STRENGTH, root, &mut pipeline.strength, found);
    one(&GOALS, root, &mut pipeline.goals, found);
    let tier = one(&TIER, root, &mut pipeline.tier, found);
    one(&RACE, root, &mut pipeline.race, found);
    one(&REPORTS, root, &mut pipeline.reports, found);
    one(&PRIVACY, root, &mut pipeline.privacy, found);
    let output = one(&OUTPUT, root, &mut pipeline.output, found);
    let (members, member_spots) = many(&MEMBER, root, found);
    let (sources, source_spots) = many(&SOURCE, root, found);
    let (tests, test_spots) = many(&TEST, root, found);
    check::output(&pipeline, &inbox, &output, found);
    check::matching(&pipeline.matching, &matching, found);
    check::tier(&pipeline.tier, &tier, found);
    pipeline.members = check::members(members, &member_spots, found);
    check::sources(&source_spots, found);
    check::tests(&tests, &test_spots, found);
    (pipeline.sources, pipeline.tests) = (sources, tests);
    unknown_sections(root, found);
    pipeline
}

/// Reads a section that stands once.
fn one<T>(section: &Section<T>, root: &DeTable<'_>, into: &mut T, found: &mut Vec<Found>) -> Spots {
    let name = section.name;
    let Some((key, value)) = root.get_key_value(name) else { return Spots::new() };
    match value.get_ref() {
        DeValue::Table(table) => return section.fill(into, key.span().start, table, found),
        DeValue::Array(_) => found.push(
            Found::new(key.span().start, format!("[[{name}]] stands only once"))
                .hint(format!("write [{name}]")),
        ),
        _ => found.push(not_a_section(section, key.span().start)),
    }
    Spots::new()
}

/// Reads a section that repeats.
fn many<T: Default>(
    section: &Section<T>,
    root: &DeTable<'_>,
    found: &mut Vec<Found>,
) -> (Vec<T>, Vec<Spots>) {
    let (mut all, mut spots) = (Vec::new(), Vec::new());
    let Some((key, value)) = root.get_key_value(section.name) else { return (all, spots) };
    let DeValue::Array(list) = value.get_ref() else {
        found.push(not_a_section(section, key.span().start));
        return (all, spots);
    };
    for item in list {
        let mut into = T::default();
        if let DeValue::Table(table) = item.get_ref() {
            spots.push(section.fill(&mut into, item.span().start, table, found));
            all.push(into);
        } else {
            At::new(item, section.header(), found).wrong("a section with options", "");
        }
    }
    (all, spots)
}

fn not_a_section<T>(section: &Section<T>, at: usize) -> Found {
    let each = if section.repeats { ", once for each" } else { "" };
    Found::new(at, format!("{} is a section{each}", section.name))
        .hint(format!("write {} and its options below", section.header()))
}

/// Reports what stands at the top of the file and is no section.
fn unknown_sections(root: &DeTable<'_>, found: &mut Vec<Found>) {
    let all = described();
    let bare = |header: &str| header.trim_matches(['[', ']']).to_owned();
    let names: Vec<String> = all.iter().map(|section| bare(&section.header)).collect();
    for (key, value) in root {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        if names.iter().any(|known| known == name) {
            continue;
        }
        let is_section = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        let hint = match section_of(name) {
            Some(section) => format!("{name:?} belongs below {section}"),
            None if name == "columns" || name == "source.columns" => "write [source.columns]".to_owned(),
            None => match super::hint::nearest(name, names.iter().map(String::as_str)) {
                Some(near) => all
                    .iter()
                    .find(|section| bare(&section.header) == near)
                    .map(|section| format!("did you mean {}?", section.header))
                    .unwrap_or_default(),
                None => did_you_mean(name, names.iter().map(String::as_str)),
            },
        };
        let what = if is_section { "section" } else { "option outside the sections" };
        found.push(Found::new(at, format!("there is no {what} {}", quoted(name))).hint(hint));
    }
}
