//! The journal of a file of answers: what this program added to it, for when somebody saves over it what they had
//! open before.

use std::collections::{BTreeMap, BTreeSet};

use super::Line;

/// What an answer is about: the two records, or the contact twice.
pub(super) type Subject = (u64, u64);

/// The answers on each subject, in their order.
fn by_subject<T: Line>(answers: &[T]) -> BTreeMap<Subject, Vec<&T>> {
    let mut all: BTreeMap<Subject, Vec<&T>> = BTreeMap::new();
    for answer in answers {
        all.entry(answer.subject()).or_default().push(answer);
    }
    all
}

/// What the journal has and the answers have lost: the last word on each subject on which there are fewer answers than
/// there were, unless it is the last word still. Who changes a line in its place takes nothing away.
pub(super) fn lost<T: Line>(answers: &[T], journal: &[T]) -> Vec<T> {
    let here = by_subject(answers);
    let fewer = by_subject(journal).into_iter().filter_map(|(subject, were)| {
        let are = here.get(&subject).map_or(&[][..], Vec::as_slice);
        let last = *were.last()?;
        let stands = are.last().is_some_and(|answer| answer.word() == last.word());
        (are.len() < were.len() && !stands).then(|| last.clone())
    });
    fewer.collect()
}

/// The answers on some subjects, in their order: the next journal.
pub(super) fn on<T: Line>(answers: &[T], subjects: &BTreeSet<Subject>) -> Vec<T> {
    answers.iter().filter(|answer| subjects.contains(&answer.subject())).cloned().collect()
}
