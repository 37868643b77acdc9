//! Decisions: what people said about pairs, binding also through third records; contradictions are set aside and told.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

/// A person's answer about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decision {
    /// Record id of one side.
    pub a: u64,
    /// Record id of the other side.
    pub b: u64,
    /// Whether both are one person.
    pub same: bool,
}

impl Decision {
    /// The same answer with the smaller record id first.
    fn in_order(&self) -> Decision {
        Decision { a: self.a.min(self.b), b: self.a.max(self.b), same: self.same }
    }
}

/// Decisions as bonds between rows.
#[derive(Debug, Default)]
pub(super) struct Bonds {
    /// Rows that are one person because somebody said so.
    pub(super) same: Vec<(u32, u32)>,
    /// Rows that are two persons because somebody said so.
    pub(super) different: Vec<(u32, u32)>,
    /// Decisions that contradict each other through chains of `same`; none of them is followed.
    pub(super) contradictions: Vec<Decision>,
    /// A pair of rows for each of them whose records are both there.
    pub(super) disputed: Vec<(u32, u32)>,
}

/// A record id as people see it: `r` and sixteen hexadecimal digits. Without the letter a spreadsheet takes
/// some of them for numbers and rounds them.
pub fn record_id(number: u64) -> String {
    format!("r{number:016x}")
}

/// The record id that a text names, in either case and with or without its letter.
pub fn parse_record_id(text: &str) -> Option<u64> {
    let digits = text.strip_prefix(['r', 'R']).unwrap_or(text);
    let is_id = digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_id { u64::from_str_radix(digits, 16).ok() } else { None }
}

/// The answers that contradict each other, sorted: each `different` on two records that answers make one
/// person, and every `same` on the way from one to the other.
///
/// Answers that hang off such a chain are in no doubt and stay. The smaller record id is told first.
pub fn contradictory(decisions: &[Decision]) -> Vec<Decision> {
    let people = People::of(decisions);
    let mut found: Vec<Decision> = Vec::new();
    for decision in decisions.iter().filter(|decision| !decision.same).map(Decision::in_order) {
        let (Some(a), Some(b)) = (people.place(decision.a), people.place(decision.b)) else { continue };
        if people.roots[a] == people.roots[b] {
            found.push(decision);
            found.extend(people.chain(a, b));
        } else if decision.a == decision.b {
            found.push(decision);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The records that answers name, and who of them is one person by chains of `same`.
struct People {
    ids: Vec<u64>,
    /// The person of each record: the same number for the same person.
    roots: Vec<usize>,
    /// For each record the places of the records it is the same as.
    same: Vec<Vec<usize>>,
}

impl People {
    fn of(decisions: &[Decision]) -> People {
        let mut ids: Vec<u64> = decisions.iter().flat_map(|decision| [decision.a, decision.b]).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut people =
            People { roots: vec![usize::MAX; ids.len()], same: vec![Vec::new(); ids.len()], ids };
        for decision in decisions.iter().filter(|decision| decision.same && decision.a != decision.b) {
            if let (Some(a), Some(b)) = (people.place(decision.a), people.place(decision.b)) {
                people.same[a].push(b);
                people.same[b].push(a);
            }
        }
        for root in 0..people.ids.len() {
            let mut open = vec![root];
            while let Some(at) = open.pop() {
                if people.roots[at] == usize::MAX {
                    people.roots[at] = root;
                    open.extend(&people.same[at]);
                }
            }
        }
        people
    }

    fn place(&self, id: u64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The answers between two records of one person: all of them without those that lead nowhere.
    fn chain(&self, from: usize, to: usize) -> Vec<Decision> {
        let mut members: Vec<usize> =
            (0..self.ids.len()).filter(|at| self.roots[*at] == self.roots[from]).collect();
        let mut inside: BTreeMap<usize, BTreeSet<usize>> =
            members.iter().map(|at| (*at, self.same[*at].iter().copied().collect())).collect();
        while let Some(end) = members.pop() {
            let leads_nowhere = inside.get(&end).is_some_and(|near| near.len() < 2);
            if end == from || end == to || !leads_nowhere {
                continue;
            }
            for near in inside.remove(&end).unwrap_or_default() {
                if let Some(rest) = inside.get_mut(&near) {
                    rest.remove(&end);
                    members.push(near);
                }
            }
        }
        let pairs = inside.iter().flat_map(|(a, near)| near.iter().map(|b| (self.ids[*a], self.ids[*b])));
        pairs.filter(|(a, b)| a < b).map(|(a, b)| Decision { a, b, same: true }).collect()
    }
}

impl Bonds {
    /// Lays decisions on record ids over rows; `ids` holds the record id of each row.
    ///
    /// Every row with a named record id is bound. Answers that contradict each other are set aside, since
    /// nobody can tell which of them is wrong.
    pub(super) fn new(decisions: &[Decision], ids: &[u64]) -> Bonds {
        let mut bonds = Bonds::default();
        if decisions.is_empty() {
            return bonds;
        }
        let mut decisions: Vec<Decision> = decisions.iter().map(Decision::in_order).collect();
        decisions.sort_unstable();
        decisions.dedup();
        let mut rows_of: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for decision in &decisions {
            rows_of.entry(decision.a).or_default();
            rows_of.entry(decision.b).or_default();
        }
        for (row, id) in ids.iter().enumerate() {
            if let Some(rows) = rows_of.get_mut(id) {
                rows.push(row as u32);
            }
        }
        bonds.contradictions = contradictory(&decisions);
        for &decision in &decisions {
            if bonds.contradictions.binary_search(&decision).is_err() {
                bonds.bind(decision, &rows_of[&decision.a], &rows_of[&decision.b]);
            }
        }
        let first = |id: &u64| rows_of[id].first().copied();
        let pairs = bonds
            .contradictions
            .iter()
            .filter_map(|decision| Some((first(&decision.a)?, first(&decision.b)?)).filter(|(a, b)| a != b));
        bonds.disputed = pairs.collect();
        bonds.disputed.sort_unstable();
        bonds.disputed.dedup();
        bonds
    }

    fn bind(&mut self, decision: Decision, of_a: &[u32], of_b: &[u32]) {
        let (Some(&a), Some(&b)) = (of_a.first(), of_b.first()) else { return };
        if decision.same {
            self.same.extend(of_a.iter().map(|row| (a, *row)));
            self.same.extend(of_b.iter().map(|row| (a, *row)));
        } else {
            // Rows of one id may lie in several groups, so each is kept apart from each of the other side.
            self.different.extend(of_a.iter().map(|row| (*row, b)));
            self.different.extend(of_b.iter().map(|row| (a, *row)));
            if of_a.len() > 1 && of_b.len() > 1 {
                for &x in &of_a[1..] {
                    self.different.extend(of_b[1..].iter().map(|y| (x, *y)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_named_record_is_bound() {
        let ids = [1, 2, 1, 3];
        let decisions = [Decision { a: 1, b: 2, same: true }, Decision { a: 1, b: 3, same: false }];
        let bonds = Bonds::new(&decisions, &ids);
        assert_eq!(bonds.same, [(0, 0), (0, 2), (0, 1)]);
        assert_eq!(bonds.different, [(0, 3), (2, 3), (0, 3)]);
        assert!(bonds.contradictions.is_empty());
    }

    #[test]
    fn contradictions_are_reported_and_not_followed() {
        let ids = [1, 2, 3, 8, 9];
        let decisions = [
            Decision { a: 1, b: 2, same: true },
            Decision { a: 2, b: 3, same: true },
            Decision { a: 3, b: 1, same: false },
            Decision { a: 8, b: 9, same: true },
            Decision { a: 8, b: 3, same: true },
            Decision { a: 9, b: 7, same: false },
        ];
        let bonds = Bonds::new(&decisions, &ids);
        assert_eq!(bonds.contradictions.len(), 3);
        assert_eq!(bonds.disputed, [(0, 1), (0, 2), (1, 2)]);
        assert!(bonds.different.is_empty());
        let others: BTreeSet<(u32, u32)> = bonds.same.iter().copied().filter(|(a, b)| a != b).collect();
        assert_eq!(others, BTreeSet::from([(2, 3), (3, 4)]), "what hangs off the chain still binds");
    }

    #[test]
    fn a_record_id_survives_a_spreadsheet() {
        for number in [0, 1, 0x1234_5678_9012_3456, 0x1234_5678_e901_2345, u64::MAX] {
            let id = record_id(number);
            assert!(id.len() == 17 && id.parse::<f64>().is_err(), "{id} is no number");
            for text in [id.clone(), id.to_uppercase(), id[1..].to_owned()] {
                assert_eq!(parse_record_id(&text), Some(number));
            }
        }
        for text in ["", "r", "r12", "1,23457E+15", "1.234568e+15", "r1234567890123456x", "+123456789012345"]
        {
            assert_eq!(parse_record_id(text), None, "{text}");
        }
    }

    #[test]
    fn a_record_is_never_different_from_itself() {
        let bonds = Bonds::new(&[Decision { a: 5, b: 5, same: false }], &[5, 5]);
        assert_eq!(bonds.contradictions.len(), 1);
        assert!(bonds.different.is_empty());
    }

    #[test]
    fn decisions_on_records_that_are_gone_do_nothing() {
        let bonds = Bonds::new(&[Decision { a: 5, b: 6, same: true }], &[1]);
        assert!(bonds.same.is_empty() && bonds.different.is_empty());
    }
}
