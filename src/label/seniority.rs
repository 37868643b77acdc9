//! Levels of seniority, and which words of a title tell them.

use std::sync::LazyLock;

use super::title::line::Line;
use super::title::pattern::{Hit, Patterns, Side};
use crate::scales;
use crate::table::Language;
use crate::words::rows;

/// The level of a position, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Retired, seeking work, at home: no role at present.
    None = 0,
    /// Student, intern, trainee, apprentice.
    Student,
    /// Junior, assistant, clerk.
    Junior,
    /// A profession without a mark of rank.
    Professional,
    /// Senior, expert, principal.
    Senior,
    /// Head of a team, a department or a project; master of a trade.
    Lead,
    /// Director, vice president, head of a division or a site, holder of a procuration.
    Director,
    /// Owner, board, C-level.
    Executive = 7,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Level; 8] = [
        Level::None,
        Level::Student,
        Level::Junior,
        Level::Professional,
        Level::Senior,
        Level::Lead,
        Level::Director,
        Level::Executive,
    ];

    /// The name in tables, stable for ever.
    pub fn id(self) -> &'static str {
        ["none", "student", "junior", "professional", "senior", "lead", "director", "executive"]
            [usize::from(self.rank())]
    }

    /// The level of that name.
    pub fn from_id(id: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.id() == id)
    }

    /// From 0 (no role) to 7 (executive).
    pub fn rank(self) -> u8 {
        self as u8
    }

    /// The name for people.
    pub fn words(self, language: Language) -> &'static str {
        scales::named(scales::levels(), self.id()).map_or("", |level| level.title.in_language(language))
    }
}

/// How a word tells a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It names a position: `Leiter`.
    Role,
    /// It names a body or a task, a position only where no other stands before it: `Geschäftsführung`.
    Body,
    /// It raises or lowers the position beside it: `Senior`.
    Mark,
    /// It names a helper, whoever is helped: `Assistenz`.
    Helper,
    /// It names a learner, whatever is learned: `Werkstudent`.
    Learner,
    /// It says for whom somebody works, a position only where no other stands beside it: `selbständig`.
    Own,
    /// It names a position only with something beside it: `Manager`.
    Weak,
    /// It names a position only where a function is known: `Executive`.
    Field,
    /// What it stands beside is over, and there is no other role: `a. D.`, `Rentner`.
    Gone,
    /// What follows is over: `Ex-`.
    Past,
    /// It looks like a position and is none: `Business Owner Relations`.
    Skip,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The level it tells.
    pub(super) level: Level,
    /// How it tells it.
    pub(super) kind: Kind,
}

static ROWS: LazyLock<(Vec<Row>, Patterns)> = LazyLock::new(|| {
    let table = || {
        rows(include_str!("../../data/title_seniority.tsv")).filter_map(|(pattern, rest)| {
            let (level, kind) = rest.split_once('\t').unwrap_or((rest, ""));
            let kind = match kind {
                "" => Kind::Role,
                "body" => Kind::Body,
                "mark" => Kind::Mark,
                "helper" => Kind::Helper,
                "learner" => Kind::Learner,
                "own" => Kind::Own,
                "weak" => Kind::Weak,
                "field" => Kind::Field,
                "gone" => Kind::Gone,
                "past" => Kind::Past,
                "skip" => Kind::Skip,
                _ => return None,
            };
            let level = level.parse::<usize>().ok().and_then(|level| Level::ALL.get(level)).copied()?;
            Some((pattern, Row { level, kind }))
        })
    };
    (table().map(|(_, row)| row).collect(), Patterns::new(table().map(|(pattern, _)| pattern)))
});

/// The words that tell a level, in their order, with what they tell.
pub(super) fn find(line: &Line) -> Vec<(Hit, Row)> {
    let (rows, patterns) = &*ROWS;
    let hits = patterns.find(line, head_of_compound);
    hits.into_iter().filter_map(|hit| Some((hit, *rows.get(usize::from(hit.row))?))).collect()
}

/// Of several patterns in one word, the one of its head: all of it, else its end.
///
/// Its beginning says nothing of the level: a `Vorstandsassistentin` is no `Vorstand`.
fn head_of_compound(hits: &mut Vec<Hit>) {
    hits.retain(|hit| hit.side >= Side::Suffix);
    if let Some(best) = hits.iter().copied().max_by_key(|hit| (hit.side, hit.length)) {
        hits.clear();
        hits.push(best);
    }
}

/// How many rows of the table are read.
#[cfg(test)]
pub(super) fn size() -> usize {
    ROWS.0.len()
}
