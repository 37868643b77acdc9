//! Functions in a company, and which words of a title tell them.

use std::sync::LazyLock;

use super::title::line::Line;
use super::title::pattern::{Hit, Patterns, Side};
use crate::scales;
use crate::table::Language;
use crate::words::rows;

/// What somebody does, by its row in `data/functions.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Function(u8);

impl Function {
    /// Every function, in the order of the table.
    pub fn all() -> impl Iterator<Item = Function> {
        (0..scales::functions().len()).map(|at| Function(at as u8))
    }

    /// The name in tables, stable for ever.
    pub fn id(self) -> &'static str {
        scales::functions().get(usize::from(self.0)).map_or("", |function| function.name)
    }

    /// The function of that name.
    pub fn from_id(id: &str) -> Option<Function> {
        scales::functions().iter().position(|known| known.name == id).map(|at| Function(at as u8))
    }

    /// The name for people.
    pub fn words(self, language: Language) -> &'static str {
        let function = scales::functions().get(usize::from(self.0));
        function.map_or("", |function| function.title.in_language(language))
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The function it tells; none for words that only look like one.
    pub(super) function: Option<Function>,
    /// From 1 (says it only where nothing else does) to 6 (always).
    pub(super) weight: u8,
}

/// Up to this weight the department knows better.
pub(super) const WEAK: u8 = 2;

static ROWS: LazyLock<(Vec<Row>, Patterns)> = LazyLock::new(|| {
    let table = || {
        rows(include_str!("../../data/title_function.tsv")).filter_map(|(pattern, rest)| {
            let (id, weight) = rest.split_once('\t')?;
            let function = Function::from_id(id);
            (function.is_some() || id == "-")
                .then_some((pattern, Row { function, weight: weight.parse().ok()? }))
        })
    };
    (table().map(|(_, row)| row).collect(), Patterns::new(table().map(|(pattern, _)| pattern)))
});

/// The words that tell a function, in their order, with what they tell.
pub(super) fn find(line: &Line) -> Vec<(Hit, Row)> {
    let (rows, patterns) = &*ROWS;
    let hits = patterns.find(line, parts_of_compound);
    hits.into_iter().filter_map(|hit| Some((hit, *rows.get(usize::from(hit.row))?))).collect()
}

/// Of several patterns in one word, the one of all of it, else those that stand within no longer one.
fn parts_of_compound(hits: &mut Vec<Hit>) {
    if let Some(exact) = hits.iter().copied().find(|hit| hit.side == Side::Exact) {
        hits.clear();
        hits.push(exact);
    } else if hits.len() > 1 {
        let all = hits.clone();
        let within = |hit: &Hit, other: &Hit| {
            other.length > hit.length
                && other.from <= hit.from
                && hit.from + hit.length <= other.from + other.length
        };
        hits.retain(|hit| !all.iter().any(|other| within(hit, other)));
    }
}

/// How many rows of the table are read.
#[cfg(test)]
pub(super) fn size() -> usize {
    ROWS.0.len()
}
