//! The parts of a title field: which words name a position, which only what it is for, and which position is the main one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::line::{AT, Gap, Line, push_key};
use super::pattern::Hit;
use crate::label::seniority::{Kind, Level, Row};
use crate::words::rows;

/// What a word stands for in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It may name the position.
    Head,
    /// It tells what the position is for: `of Sales`, `der Geschäftsführung`.
    Complement,
    /// It is no part of the title: an employer, a slogan.
    Outside,
}

/// Some words of the field with one position, or none.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its first word.
    pub(super) first: usize,
    /// Behind its last word.
    pub(super) end: usize,
    /// Parts divided by no bar, bullet or dash share a section.
    pub(super) section: usize,
    /// Whether what it names is over.
    pub(super) over: bool,
    /// The position it names.
    pub(super) position: Option<Position>,
}

/// What tells the level of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// The level.
    pub(super) level: Level,
    /// How it is told.
    pub(super) kind: Kind,
    /// The words that tell it.
    pub(super) hit: Hit,
}

/// A small word that says what the words after it, or before it, are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Small {
    /// What the position is for follows, until the next title: `of`.
    Of,
    /// What the position is for follows, `and` included: `for`.
    For,
    /// The employer follows: `bei`.
    Employer,
    /// A slogan follows: `helping`.
    Slogan,
    /// It ends a company's name: `GmbH`.
    LegalForm,
}

static SMALL: LazyLock<FxHashMap<String, Small>> = LazyLock::new(|| {
    let parse = |(word, kind): (&str, &str)| {
        let small = match kind {
            "of" => Small::Of,
            "for" => Small::For,
            "employer" => Small::Employer,
            "slogan" => Small::Slogan,
            "form" => Small::LegalForm,
            _ => return None,
        };
        let mut key = String::new();
        push_key(word, &mut key);
        Some((if word == AT { AT.to_owned() } else { key }, small))
    };
    rows(include_str!("../../../data/title_words.tsv")).filter_map(parse).collect()
});

/// The place of every word.
pub(super) fn places(line: &Line, hits: &[(Hit, Row)]) -> Vec<Place> {
    #[derive(PartialEq, Clone, Copy)]
    enum State {
        Head,
        Of,
        For,
        Employer,
        Slogan,
    }
    let mut places = Vec::with_capacity(line.words.len());
    let (mut state, mut begin) = (State::Head, 0);
    for (at, word) in line.words.iter().enumerate() {
        let helped =
            || hits.iter().any(|(hit, row)| row.kind == Kind::Helper && (begin..at).contains(&hit.last));
        let reset = match word.gap {
            Gap::None => false,
            Gap::And => state == State::Of && !helped(),
            Gap::Slash => state == State::Employer || (state == State::Of && !helped()),
            Gap::Comma => state != State::Slogan && state != State::For,
            Gap::Hard => true,
        };
        if reset {
            state = State::Head;
        }
        if word.gap > Gap::Slash || (word.gap > Gap::None && state == State::Head && !helped()) {
            begin = at;
        }
        let small = SMALL.get(line.key(at)).copied();
        // `of` within `Member of the Board`, not at the end of `Manager of`.
        let named = hits
            .iter()
            .any(|(hit, _)| hit.first <= at && (at < hit.last || hit.first == hit.last && at == hit.last));
        if state != State::Slogan && small == Some(Small::Slogan) && !named {
            state = State::Slogan;
        } else if at > begin && !matches!(state, State::Slogan | State::Employer) && !named {
            state = match small {
                Some(Small::Employer) => State::Employer,
                Some(Small::For) => State::For,
                Some(Small::Of) if state == State::Head => State::Of,
                _ => state,
            };
        }
        places.push(match state {
            State::Head => Place::Head,
            State::Of | State::For => Place::Complement,
            State::Employer | State::Slogan => Place::Outside,
        });
    }
    without_slogans(line, hits, &mut places);
    without_companies(line, hits, &mut places);
    places
}

/// Puts all of a slogan outside, where no position stands before it: `Innovation durch Vertrauen`.
fn without_slogans(line: &Line, hits: &[(Hit, Row)], places: &mut [Place]) {
    let is_slogan =
        |at: usize| SMALL.get(line.key(at)) == Some(&Small::Slogan) && places[at] == Place::Outside;
    let slogans: Vec<usize> = (0..line.words.len()).filter(|at| is_slogan(*at)).collect();
    for at in slogans {
        let begin = (1..=at).rev().find(|at| line.words[*at].gap == Gap::Hard).unwrap_or_default();
        if !hits.iter().any(|(hit, row)| row.kind != Kind::Skip && (begin..at).contains(&hit.first)) {
            places[begin..at].fill(Place::Outside);
        }
    }
}

/// Puts a company's name, told by its legal form, outside: all of it after the position before it.
fn without_companies(line: &Line, hits: &[(Hit, Row)], places: &mut [Place]) {
    let ends = |at: usize| line.words.get(at + 1).is_none_or(|next| next.gap > Gap::Slash);
    for at in 0..line.words.len() {
        if !(SMALL.get(line.key(at)) == Some(&Small::LegalForm) && ends(at)) {
            continue;
        }
        let begin = (1..=at).rev().find(|at| line.words[*at].gap > Gap::Slash).unwrap_or_default();
        let role =
            hits.iter().find(|(hit, row)| hit.first >= begin && hit.last < at && row.kind != Kind::Mark);
        let from = role.map_or(begin, |(hit, _)| hit.last + 1);
        places[from..=at].fill(Place::Outside);
    }
}

/// Divides the words into parts, each with at most one position.
pub(super) fn parts(line: &Line, hits: &[(Hit, Row)], places: &[Place]) -> Vec<Part> {
    let counted = counted(line, hits, places);
    let mut parts: Vec<Part> = Vec::new();
    let (mut first, mut section) = (0, 0);
    for at in 1..=line.words.len() {
        let gap = line.words.get(at).map_or(Gap::Hard, |word| word.gap);
        if gap == Gap::None {
            continue;
        }
        let from = counted.partition_point(|(hit, _)| hit.first < first);
        let to = counted.partition_point(|(hit, _)| hit.first < at);
        let here = &counted[from..to];
        let part = Part { first, end: at, section, over: over(here), position: position(here) };
        match parts.last_mut() {
            // Without a position of its own it belongs to its neighbour: `Sales & Marketing Director`.
            Some(last)
                if line.words.get(first).is_some_and(|word| word.gap < Gap::Hard)
                    && (part.position.is_none() || last.position.is_none())
                    && !(last.over || (part.over && part.position.is_some())) =>
            {
                last.end = at;
                last.over |= part.over;
                last.position = last.position.or(part.position);
            }
            _ => parts.push(part),
        }
        first = at;
        section += usize::from(gap == Gap::Hard);
    }
    parts
}

/// The words that may tell the level: heads, and bodies where no other position governs them.
fn counted(line: &Line, hits: &[(Hit, Row)], places: &[Place]) -> Vec<(Hit, Row)> {
    let place = |at: usize| places.get(at).copied().unwrap_or(Place::Outside);
    let governed = |hit: &Hit| {
        hits.iter().any(|(other, row)| {
            let gap = line.words.iter().take(hit.first + 1).skip(other.last + 1).map(|word| word.gap).max();
            let near = match row.kind {
                Kind::Role | Kind::Weak | Kind::Field | Kind::Learner => Gap::None,
                Kind::Helper => Gap::Slash,
                _ => return false,
            };
            other.last < hit.first && gap.is_some_and(|gap| gap <= near)
        })
    };
    hits.iter()
        .filter(|(hit, row)| match row.kind {
            Kind::Skip => false,
            Kind::Gone => place(hit.first) != Place::Outside,
            Kind::Body => place(hit.first) == Place::Head && !governed(hit),
            _ => place(hit.first) == Place::Head,
        })
        .copied()
        .collect()
}

fn over(hits: &[(Hit, Row)]) -> bool {
    hits.iter().any(|(_, row)| matches!(row.kind, Kind::Gone | Kind::Past))
}

/// What the words of one part come to: gone before learner before helper before junior before the highest.
fn position(hits: &[(Hit, Row)]) -> Option<Position> {
    // `Leiterin Sekretariat` leads helpers, `Leiter Werkstudenten` learners.
    let leads = |(_, row): &(Hit, Row)| row.kind == Kind::Role && row.level == Level::Lead;
    let of = |kind: Kind| {
        let at = hits.iter().position(move |(_, row)| row.kind == kind)?;
        let led = kind != Kind::Gone && hits.iter().take(at).any(leads);
        hits.get(at).filter(|_| !led)
    };
    let junior = || {
        let found = hits.iter().find(|(_, row)| row.kind == Kind::Mark && row.level <= Level::Junior)?;
        hits.iter().all(|(_, row)| row.level < Level::Director).then_some(found)
    };
    let rank = |row: &Row| (row.kind != Kind::Own, row.level, !matches!(row.kind, Kind::Weak | Kind::Field));
    let highest = || {
        let named = hits.iter().filter(|(_, row)| row.kind != Kind::Past);
        named.reduce(|best, next| if rank(&next.1) > rank(&best.1) { next } else { best })
    };
    let (hit, row) = of(Kind::Gone)
        .or_else(|| of(Kind::Learner))
        .or_else(|| of(Kind::Helper))
        .or_else(junior)
        .or_else(highest)?;
    Some(Position { level: row.level, kind: row.kind, hit: *hit })
}

/// The part that says what somebody is today: the highest position that is not over.
///
/// Who names a course of study first is a student, with a job beside it or not. Who is retired or seeks work has no
/// role, unless they lead something beside it.
pub(super) fn main_part(parts: &[Part]) -> Option<&Part> {
    let mut present = parts.iter().filter(|part| !part.over && part.position.is_some());
    let level = |part: &Part| part.position.map_or(Level::None, |position| position.level);
    let first = present.clone().next();
    if let Some(first) = first
        && level(first) == Level::Student
        && present.clone().all(|part| level(part) < Level::Senior)
    {
        return Some(first);
    }
    let highest = present.clone().map(level).max();
    let gone = parts.iter().find(|part| part.position.is_some_and(|position| position.kind == Kind::Gone));
    if gone.is_some() && highest < Some(Level::Executive) {
        return gone;
    }
    present
        .find(|part| Some(level(part)) == highest)
        .or_else(|| parts.iter().find(|part| part.over && part.position.is_some()))
}
