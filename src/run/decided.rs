//! The answers laid over the records of today: the last one on each pair, also where a row changed its id.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::decisions::{Answer, Said};
use crate::error::{Error, Kind, Result};
use crate::link::{self, Decision, parse_record_id, record_id};
use crate::state::files;

/// Which record a row without a name of its own became when its content changed, by record id.
///
/// Answers name such a row by what it said when somebody was asked, so this is kept for good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Renamed(BTreeMap<u64, BTreeSet<u64>>);

impl Renamed {
    /// Reads what earlier runs noted.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub(super) fn load(state: &Path) -> Result<Renamed> {
        let path = state.join("renamed.csv");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Renamed::default()),
            Err(error) => return Err(Error::io(Kind::Config, "the state cannot be read", &path, &error)),
        };
        let mut renamed = Renamed::default();
        for line in text.lines().skip(1) {
            let ids =
                line.split_once(',').and_then(|(old, new)| parse_record_id(old).zip(parse_record_id(new)));
            if let Some((old, new)) = ids {
                renamed.add(old, new);
            }
        }
        Ok(renamed)
    }

    /// Notes that a record has a new id.
    pub(super) fn add(&mut self, old: u64, new: u64) {
        if old != new {
            self.0.entry(old).or_default().insert(new);
        }
    }

    /// Notes those of these changes that answers or questions may name.
    pub(super) fn follow(&mut self, changed: &[(u64, u64)], named: &BTreeSet<u64>) {
        let mut known: BTreeSet<u64> = named.clone();
        known.extend(self.0.values().flatten());
        for (old, new) in changed.iter().filter(|(old, _)| known.contains(old)) {
            self.add(*old, *new);
        }
    }

    /// Writes it for the next runs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn save(&self, state: &Path) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let pairs = self.0.iter().flat_map(|(old, new)| new.iter().map(move |new| (*old, *new)));
        let mut text = "old,new\n".to_owned();
        for (old, new) in pairs {
            text.extend([record_id(old).as_str(), ",", record_id(new).as_str(), "\n"]);
        }
        files::replace(&state.join("renamed.csv"), text.as_bytes())
    }

    /// The ids that a record has today; its own if it is gone.
    fn today(&self, id: u64, is_here: &dyn Fn(u64) -> bool) -> Vec<u64> {
        let mut seen = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            for next in self.0.get(&at).into_iter().flatten() {
                if seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        let here: Vec<u64> = seen.into_iter().filter(|id| is_here(*id)).collect();
        if here.is_empty() { vec![id] } else { here }
    }

    /// Every id from which one of these may have come.
    fn ids(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|(old, new)| std::iter::once(*old).chain(new.iter().copied()))
    }
}

/// Lays the answers over the records of today, given the old and new ids of rows whose content changed and the
/// ids of all rows that are linked.
pub(super) type Decide<'a> = dyn Fn(&[(u64, u64)], &mut dyn Iterator<Item = u64>) -> Decided + 'a;

/// What the answers mean for the records of today.
#[derive(Debug, Clone, Default)]
pub(super) struct Decided {
    /// One answer a pair, for linking.
    pub(super) decisions: Vec<Decision>,
    /// Ids changed in this run or before that answers or questions name.
    pub(super) renamed: Renamed,
    /// How many there are of each kind.
    pub(super) counts: Counts,
    /// Answers that contradict each other, on the records of today.
    pub(super) disputes: Vec<Answer>,
}

/// How many answers there are, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Answers read, those that a later one replaces included.
    pub read: u64,
    /// Answers that a later one on the same pair replaces.
    pub replaced: u64,
    /// Pairs whose answer was followed.
    pub followed: u64,
    /// Pairs with a record that is gone; they are kept.
    pub gone: u64,
    /// Pairs whose answers contradict each other; none of these was followed.
    pub contradictory: u64,
}

impl Decided {
    /// Lays answers over the records that are linked today; `changed` are old and new ids of changed rows and
    /// `asked` the ids that open questions name.
    pub(super) fn new(
        answers: &[Answer],
        mut renamed: Renamed,
        changed: &[(u64, u64)],
        asked: &BTreeSet<u64>,
        record_ids: impl Iterator<Item = u64>,
    ) -> Decided {
        let mut named: BTreeSet<u64> = answers.iter().flat_map(|answer| [answer.a, answer.b]).collect();
        named.extend(asked);
        if named.is_empty() && renamed == Renamed::default() {
            return Decided::default();
        }
        renamed.follow(changed, &named);
        named.extend(renamed.ids());
        let here: BTreeSet<u64> = record_ids.filter(|id| named.contains(id)).collect();
        let is_here = |id: u64| here.contains(&id);
        let mut latest: BTreeMap<(u64, u64), (bool, usize)> = BTreeMap::new();
        let mut counts = Counts { read: answers.len() as u64, ..Counts::default() };
        let mut last: BTreeSet<(u64, u64)> = BTreeSet::new();
        for (number, answer) in answers.iter().enumerate() {
            counts.replaced += u64::from(!last.insert(answer.pair()));
            for a in renamed.today(answer.a, &is_here) {
                for b in renamed.today(answer.b, &is_here) {
                    let pair = (a.min(b), a.max(b));
                    match answer.said {
                        Said::Open => {
                            latest.remove(&pair);
                        }
                        // Two rows that became one since are not two people any more.
                        Said::Different if a == b => {}
                        Said::Same | Said::Different => {
                            latest.insert(pair, (answer.said == Said::Same, number));
                        }
                    }
                }
            }
        }
        let decisions: Vec<Decision> =
            latest.iter().map(|((a, b), (same, _))| Decision { a: *a, b: *b, same: *same }).collect();
        let contradictory = link::contradictory(&decisions);
        let disputes = contradictory
            .iter()
            .filter_map(|decision| {
                let (_, number) = latest.get(&(decision.a, decision.b))?;
                Some(Answer { a: decision.a, b: decision.b, ..answers[*number].clone() })
            })
            .collect();
        counts.contradictory = contradictory.len() as u64;
        let rest = decisions.iter().filter(|decision| contradictory.binary_search(decision).is_err());
        for decision in rest {
            if is_here(decision.a) && is_here(decision.b) {
                counts.followed += 1;
            } else {
                counts.gone += 1;
            }
        }
        Decided { decisions, renamed, counts, disputes }
    }
}

/// An answer in a few words; `shown` names a record.
pub(super) fn told(answer: &Answer, shown: impl Fn(u64) -> String) -> String {
    let sign = if answer.said == Said::Same { "=" } else { "≠" };
    let mut text = format!("{} {sign} {}", shown(answer.a), shown(answer.b));
    let who: Vec<&str> =
        [answer.on.as_str(), answer.by.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    if !who.is_empty() {
        text.push_str(&format!(" ({})", who.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(a: u64, b: u64, said: Said) -> Answer {
        Answer { a, b, said, on: String::new(), by: String::new(), note: String::new() }
    }

    fn lay(answers: &[Answer], changed: &[(u64, u64)], here: &[u64]) -> Decided {
        Decided::new(answers, Renamed::default(), changed, &BTreeSet::new(), here.iter().copied())
    }

    #[test]
    fn the_last_answer_on_a_pair_counts() {
        let answers = [
            answer(1, 2, Said::Same),
            answer(2, 1, Said::Different),
            answer(3, 4, Said::Different),
            answer(4, 3, Said::Open),
            answer(5, 6, Said::Same),
        ];
        let decided = lay(&answers, &[], &[1, 2, 3, 4, 5]);
        assert_eq!(
            decided.decisions,
            [Decision { a: 1, b: 2, same: false }, Decision { a: 5, b: 6, same: true }]
        );
        let expected = Counts { read: 5, replaced: 2, followed: 1, gone: 1, contradictory: 0 };
        assert_eq!(decided.counts, expected);
    }

    #[test]
    fn an_answer_follows_a_row_whose_content_changes_again_and_again() {
        let home = tempfile::tempdir().unwrap();
        let answers = [answer(1, 9, Said::Different)];
        let decided = lay(&answers, &[(1, 2), (70, 71)], &[2, 9, 71]);
        assert_eq!(decided.decisions, [Decision { a: 2, b: 9, same: false }]);
        decided.renamed.save(home.path()).unwrap();
        let kept = Renamed::load(home.path()).unwrap();
        assert_eq!(kept, decided.renamed);
        assert_eq!(kept.0.len(), 1, "what nobody asks about is not kept");
        let later = Decided::new(&answers, kept, &[(2, 3)], &BTreeSet::new(), [3, 9].into_iter());
        assert_eq!(later.decisions, [Decision { a: 3, b: 9, same: false }]);
        // The first form comes back beside the last one: both are held.
        let both = Decided::new(&answers, later.renamed, &[], &BTreeSet::new(), [1, 3, 9].into_iter());
        let held: Vec<u64> = both.decisions.iter().map(|decision| decision.a).collect();
        assert_eq!((held, both.counts.gone), (vec![1, 3], 0));
    }

    #[test]
    fn a_newer_answer_on_the_changed_row_counts() {
        let answers = [answer(1, 9, Said::Different), answer(2, 9, Said::Same)];
        let decided = lay(&answers, &[(1, 2)], &[2, 9]);
        assert_eq!(decided.decisions, [Decision { a: 2, b: 9, same: true }]);
    }

    #[test]
    fn contradictions_are_told_with_who_said_it() {
        let mut answers = [answer(1, 2, Said::Same), answer(2, 3, Said::Same), answer(1, 3, Said::Different)];
        answers[2].by = "ben".into();
        let decided = lay(&answers, &[], &[1, 2, 3]);
        assert_eq!((decided.counts.contradictory, decided.counts.followed), (3, 0));
        assert_eq!(told(&decided.disputes[1], |id| format!("no. {id}")), "no. 1 ≠ no. 3 (ben)");
    }
}
