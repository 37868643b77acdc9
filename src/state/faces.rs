//! Faces: what each contact looked like after a run, so that the next one can tell what changed.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// What a contact looked like. Text is empty where nothing was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face<'a> {
    /// Its number.
    pub contact: u64,
    /// Its name.
    pub name: &'a str,
    /// Its employer.
    pub company: &'a str,
    /// Its job title.
    pub position: &'a str,
    /// The file of its first row.
    pub file: &'a str,
}

/// The faces of all contacts in the order of their numbers; every text is kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faces {
    entries: Vec<Entry>,
    texts: String,
    ends: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    contact: u64,
    texts: [u32; 4],
}

const ENTRY_BYTES: usize = 24;

impl Faces {
    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no contact.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The face of a contact.
    pub fn get(&self, contact: u64) -> Option<Face<'_>> {
        let place = self.entries.binary_search_by_key(&contact, |entry| entry.contact).ok()?;
        Some(self.face(&self.entries[place]))
    }

    /// All faces in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Face<'_>> {
        self.entries.iter().map(|entry| self.face(entry))
    }

    fn face(&self, entry: &Entry) -> Face<'_> {
        let [name, company, position, file] = entry.texts.map(|number| self.text(number));
        Face { contact: entry.contact, name, company, position, file }
    }

    fn text(&self, number: u32) -> &str {
        let place = number as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.texts[start..self.ends[place] as usize]
    }

    /// Numbers of entries, of texts and of their bytes: the sizes that [`Faces::decode`] asks for.
    pub(super) fn sizes(&self) -> [usize; 3] {
        [self.entries.len(), self.ends.len(), self.texts.len()]
    }

    /// Adds the bytes that [`Faces::decode`] reads.
    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        for entry in &self.entries {
            bytes.extend_from_slice(&entry.contact.to_le_bytes());
            entry.texts.iter().for_each(|text| bytes.extend_from_slice(&text.to_le_bytes()));
        }
        self.ends.iter().for_each(|end| bytes.extend_from_slice(&end.to_le_bytes()));
        bytes.extend_from_slice(self.texts.as_bytes());
    }

    /// How many bytes faces of these sizes have, where that is a number at all.
    pub(super) fn bytes([entries, ends, texts]: [usize; 3]) -> Option<usize> {
        entries.checked_mul(ENTRY_BYTES)?.checked_add(ends.checked_mul(4)?)?.checked_add(texts)
    }

    /// Reads what [`Faces::encode`] wrote; `None` when it is not that.
    pub(super) fn decode([entries, ends, texts]: [usize; 3], bytes: &[u8]) -> Option<Faces> {
        let (rows, rest) = bytes.split_at_checked(entries.checked_mul(ENTRY_BYTES)?)?;
        let (counts, rest) = rest.split_at_checked(ends.checked_mul(4)?)?;
        let texts = std::str::from_utf8(rest.get(..texts)?).ok()?.to_owned();
        let u32_at = |row: &[u8], at: usize| u32::from_le_bytes(std::array::from_fn(|byte| row[at + byte]));
        let ends: Vec<u32> = counts.chunks_exact(4).map(|end| u32_at(end, 0)).collect();
        let entries: Vec<Entry> = rows
            .chunks_exact(ENTRY_BYTES)
            .map(|row| Entry {
                contact: u64::from_le_bytes(std::array::from_fn(|byte| row[byte])),
                texts: std::array::from_fn(|text| u32_at(row, 8 + 4 * text)),
            })
            .collect();
        let inside = |text: &u32| (*text as usize) < ends.len();
        let whole = ends.is_sorted()
            && ends.iter().all(|end| texts.is_char_boundary(*end as usize))
            && entries.iter().all(|entry| entry.texts.iter().all(inside))
            && entries.is_sorted_by(|a, b| a.contact < b.contact);
        whole.then_some(Faces { entries, texts, ends })
    }
}

/// Gathers faces contact by contact.
#[derive(Debug, Default)]
pub struct Gatherer {
    faces: Faces,
    /// The number of each text by its hash; to look at the text too would take as long as all else here.
    known: FxHashMap<u64, u32>,
}

impl Gatherer {
    /// Adds a contact; contacts come in the order of their numbers.
    pub fn add(&mut self, face: Face<'_>) {
        // Neighbours come from the same file more often than not.
        let last = self.faces.entries.last().map(|entry| entry.texts[3]);
        let same = last.filter(|file| self.faces.text(*file) == face.file);
        let [name, company, position] =
            [face.name, face.company, face.position].map(|text| self.number(text));
        let texts = [name, company, position, same.unwrap_or_else(|| self.number(face.file))];
        self.faces.entries.push(Entry { contact: face.contact, texts });
    }

    fn number(&mut self, text: &str) -> u32 {
        let next = self.faces.ends.len() as u32;
        let number = *self.known.entry(xxh3_64(text.as_bytes())).or_insert(next);
        if number == next {
            self.faces.texts.push_str(text);
            self.faces.ends.push(self.faces.texts.len() as u32);
        }
        number
    }

    /// All that were added.
    pub fn finish(self) -> Faces {
        self.faces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn faces_come_back(people in proptest::collection::btree_map(any::<u64>(), ("\\PC{0,6}", "[ab]{0,2}", "[ab]{0,2}", "[a/]{0,2}"), 0..12)) {
            let mut gatherer = Gatherer::default();
            for (contact, (name, company, position, file)) in &people {
                gatherer.add(Face { contact: *contact, name, company, position, file });
            }
            let faces = gatherer.finish();
            let mut bytes = Vec::new();
            faces.encode(&mut bytes);
            prop_assert_eq!(Faces::bytes(faces.sizes()), Some(bytes.len()));
            let read = Faces::decode(faces.sizes(), &bytes).unwrap();
            prop_assert_eq!(&read, &faces);
            for (contact, (name, company, position, file)) in &people {
                prop_assert_eq!(read.get(*contact), Some(Face { contact: *contact, name, company, position, file }));
            }
            if let Some(short) = bytes.len().checked_sub(1) {
                prop_assert!(Faces::decode(faces.sizes(), &bytes[..short]).is_none());
            }
        }
    }
}
