//! Decisions: what people said about pairs, binding also through third records; contradictions are set aside and told.

use std::collections::BTreeMap;

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

/// Decisions as bonds between rows.
#[derive(Debug, Default)]
pub(super) struct Bonds {
    /// Rows that are one person because somebody said so.
    pub(super) same: Vec<(u32, u32)>,
    /// Rows that are two persons because somebody said so.
    pub(super) different: Vec<(u32, u32)>,
    /// Decisions that contradict each other through chains of `same`; none of them is followed.
    pub(super) contradictions: Vec<Decision>,
}

/// Finds the representative of a record id in chains of `same`.
fn find(parents: &BTreeMap<u64, u64>, mut id: u64) -> u64 {
    while let Some(&parent) = parents.get(&id) {
        if parent == id {
            break;
        }
        id = parent;
    }
    id
}

impl Bonds {
    /// Lays decisions on record ids over rows; `ids` holds the record id of each row.
    ///
    /// Every row with a named record id is bound. Chains of `same` that a `different` contradicts are set
    /// aside as a whole, since nobody can tell which of the answers is wrong.
    pub(super) fn new(decisions: &[Decision], ids: &[u64]) -> Bonds {
        let mut bonds = Bonds::default();
        if decisions.is_empty() {
            return bonds;
        }
        let mut parents: BTreeMap<u64, u64> = BTreeMap::new();
        for decision in decisions.iter().filter(|decision| decision.same) {
            let (a, b) = (find(&parents, decision.a), find(&parents, decision.b));
            parents.insert(a.max(b), a.min(b));
        }
        let mut broken: Vec<u64> = decisions
            .iter()
            .filter(|decision| !decision.same && find(&parents, decision.a) == find(&parents, decision.b))
            .map(|decision| find(&parents, decision.a))
            .collect();
        broken.sort_unstable();
        broken.dedup();
        let mut rows_of: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for decision in decisions {
            rows_of.entry(decision.a).or_default();
            rows_of.entry(decision.b).or_default();
        }
        for (row, id) in ids.iter().enumerate() {
            if let Some(rows) = rows_of.get_mut(id) {
                rows.push(row as u32);
            }
        }
        for &decision in decisions {
            let (root_a, root_b) = (find(&parents, decision.a), find(&parents, decision.b));
            if root_a == root_b && broken.binary_search(&root_a).is_ok() {
                bonds.contradictions.push(decision);
                continue;
            }
            bonds.bind(decision, &rows_of[&decision.a], &rows_of[&decision.b]);
        }
        bonds.contradictions.sort_unstable();
        bonds.contradictions.dedup();
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
        ];
        let bonds = Bonds::new(&decisions, &ids);
        assert_eq!(bonds.contradictions.len(), 3);
        assert!(bonds.different.is_empty());
        assert!(bonds.same.iter().all(|(a, b)| *a >= 3 && *b >= 3), "the other answer still binds");
    }

    #[test]
    fn decisions_on_records_that_are_gone_do_nothing() {
        let bonds = Bonds::new(&[Decision { a: 5, b: 6, same: true }], &[1]);
        assert!(bonds.same.is_empty() && bonds.different.is_empty());
    }
}
