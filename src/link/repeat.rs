//! Repeats: rows that say the same again in another file or snapshot of the same member and reader.

use super::symbol::hash_of;

/// One row as far as repeating goes.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Index of the member.
    pub member: u16,
    /// Number of the reader.
    pub reader: u16,
    /// The packed cleaned cells.
    pub cells: &'a [u8],
    /// Day of the export, as days since 1970.
    pub day: i32,
}

/// For each row the index of the row it repeats; its own index if it repeats none.
///
/// Rows of one member and reader with the same cells are one entry: the first by day of export, then by
/// position in `entries`, is kept and the others repeat it.
pub fn repeats(entries: &[Entry<'_>]) -> Vec<u32> {
    let mut keyed: Vec<(u64, i32, u32)> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (hash_of((entry.member, entry.reader, entry.cells)), entry.day, at as u32))
        .collect();
    keyed.sort_unstable();
    let mut first: Vec<u32> = (0..entries.len() as u32).collect();
    for run in keyed.chunk_by(|a, b| a.0 == b.0) {
        // Two contents under one hash are all but impossible, yet must not be taken for one.
        let mut kept: Vec<u32> = Vec::new();
        for &(_, _, at) in run {
            let entry = &entries[at as usize];
            let same = kept.iter().copied().find(|have| {
                let have = &entries[*have as usize];
                (have.member, have.reader, have.cells) == (entry.member, entry.reader, entry.cells)
            });
            match same {
                Some(have) => first[at as usize] = have,
                None => kept.push(at),
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_oldest_is_kept() {
        let entry = |member, reader, cells, day| Entry { member, reader, cells, day };
        let entries = [
            entry(0, 1, &b"anna"[..], 20),
            entry(0, 1, b"anna", 10),
            entry(1, 1, b"anna", 5),
            entry(0, 2, b"anna", 5),
            entry(0, 1, b"ben", 5),
            entry(0, 1, b"anna", 10),
        ];
        assert_eq!(repeats(&entries), [1, 1, 2, 3, 4, 1]);
        assert!(repeats(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_repeated_is_kept_and_equal(rows in prop::collection::vec((0u16..2, 0u16..2, 0u8..3, 0i32..3), 0..30)) {
            let cells: Vec<[u8; 1]> = rows.iter().map(|row| [row.2]).collect();
            let entries: Vec<Entry<'_>> = rows
                .iter()
                .zip(&cells)
                .map(|(row, cells)| Entry { member: row.0, reader: row.1, cells, day: row.3 })
                .collect();
            for (at, first) in repeats(&entries).into_iter().enumerate() {
                let (this, kept) = (&entries[at], &entries[first as usize]);
                prop_assert_eq!(repeats(&entries)[first as usize], first);
                prop_assert_eq!((this.member, this.reader, this.cells), (kept.member, kept.reader, kept.cells));
                prop_assert!(kept.day <= this.day);
            }
        }
    }
}
