//! Patterns over the words of a title, with open sides, found in one walk over its letters.
//!
//! `vertrieb*` is open at its end, `*leiter` at its beginning, `*controlling*` on both sides; a lone `*` is any one
//! word; a blank joins consecutive words, `und` or `&` stands for any joining of two.

use rustc_hash::FxHashMap;

use super::line::{Gap, Line, one_gender, push_key};

/// How much of a word a pattern covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::label) enum Side {
    /// Some letters within it.
    Inner,
    /// Its beginning.
    Prefix,
    /// Its end.
    Suffix,
    /// All of it but an inflection: `abteilungsleit*` in `Abteilungsleiter`.
    Stem,
    /// All of it, or several words.
    Exact,
}

const SIDES: usize = 5;
const LETTERS: usize = 36;

/// The most letters of an inflection: `-er`, `-in`, `-ung`.
const INFLECTION: usize = 3;

/// Endings that make another noun of a person: `Bäckerei`, `Psychologie`, `Germanistik`.
const NO_INFLECTION: [&[u8]; 3] = [b"ei", b"ie", b"ik"];

/// The pattern `*`.
const ANY: u16 = u16::MAX;

/// A place in the tree of letters; 0 stands for no child and no word.
#[derive(Debug, Clone, Copy)]
struct Node {
    children: [u16; LETTERS],
    words: [u16; SIDES],
}

const EMPTY: Node = Node { children: [0; LETTERS], words: [0; SIDES] };

/// A step from one state of a phrase to the next: the state, the word's pattern, whether the words are joined.
type Step = (u16, u16, bool);

/// All patterns of a table, by their row.
#[derive(Debug)]
pub(in crate::label) struct Patterns {
    nodes: Vec<Node>,
    steps: FxHashMap<Step, u16>,
    /// The row that ends in a state.
    ends: Vec<Option<u16>>,
    words: u16,
}

/// A pattern found in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::label) struct Hit {
    /// The row of the table.
    pub(in crate::label) row: u16,
    /// The first word it covers.
    pub(in crate::label) first: usize,
    /// The last word it covers.
    pub(in crate::label) last: usize,
    /// How it covers the word.
    pub(in crate::label) side: Side,
    /// The letter of the word it begins at, 0 for several words.
    pub(in crate::label) from: usize,
    /// The letters it covers, 0 for several words.
    pub(in crate::label) length: usize,
}

/// A word's pattern found in a word.
#[derive(Clone, Copy)]
struct Match {
    word: u16,
    side: Side,
    from: usize,
    length: usize,
}

impl Patterns {
    /// Builds the tree; the row of a pattern is its place in the order given.
    pub(in crate::label) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Patterns {
        let mut built =
            Patterns { nodes: vec![EMPTY], steps: FxHashMap::default(), ends: vec![None], words: 0 };
        for (row, pattern) in patterns.enumerate() {
            let mut state = 0;
            let mut joined = false;
            for word in pattern.split(' ') {
                if matches!(word, "und" | "and" | "&") {
                    joined = true;
                    continue;
                }
                let id = built.add_word(word);
                let fresh = built.ends.len() as u16;
                let next = *built.steps.entry((state, id, joined)).or_insert(fresh);
                if next == fresh {
                    built.ends.push(None);
                }
                (state, joined) = (next, false);
            }
            if let Some(end) = built.ends.get_mut(usize::from(state)) {
                *end = Some(row as u16);
            }
        }
        built
    }

    /// The identity of a word with open sides, new or known.
    fn add_word(&mut self, word: &str) -> u16 {
        if word == "*" {
            return ANY;
        }
        let side = match (word.starts_with('*'), word.ends_with('*')) {
            (true, true) => Side::Inner,
            (true, false) => Side::Suffix,
            (false, true) => Side::Prefix,
            (false, false) => Side::Exact,
        };
        let mut key = String::new();
        // `R&D` is one word, as titles are read.
        push_key(&word.replace('&', "n"), &mut key);
        if matches!(side, Side::Exact | Side::Suffix) {
            one_gender(&mut key, 0);
        }
        let mut node = 0;
        for letter in key.bytes().filter_map(letter) {
            let child = self.nodes[node].children[letter];
            if child == 0 {
                self.nodes[node].children[letter] = self.nodes.len() as u16;
                node = self.nodes.len();
                self.nodes.push(EMPTY);
            } else {
                node = usize::from(child);
            }
        }
        let slot = &mut self.nodes[node].words[side as usize];
        if *slot == 0 {
            self.words += 1;
            *slot = self.words;
        }
        *slot
    }

    /// Every pattern in the title, in the order of the words; of several in one word only the best, as `best` says.
    pub(in crate::label) fn find(&self, line: &Line, best: fn(&mut Vec<Hit>)) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(8);
        let mut matches = Vec::with_capacity(8);
        // States reached with the word before, and the word at which they began.
        let (mut open, mut next) = (Vec::<(u16, usize)>::new(), Vec::new());
        let mut within = Vec::new();
        for (at, word) in line.words.iter().enumerate() {
            matches.clear();
            self.walk(line.key(at), &mut matches);
            let joined = word.gap == Gap::And;
            for (state, first) in open.drain(..) {
                if word.gap > Gap::And {
                    break;
                }
                let any = std::iter::once(ANY);
                for id in matches.iter().map(|found| found.word).chain(any) {
                    if let Some(&state) = self.steps.get(&(state, id, joined)) {
                        if let Some(row) = self.end(state) {
                            hits.push(Hit { row, first, last: at, side: Side::Exact, from: 0, length: 0 });
                        }
                        next.push((state, first));
                    }
                }
            }
            within.clear();
            for found in &matches {
                let Some(&state) = self.steps.get(&(0, found.word, false)) else { continue };
                if let Some(row) = self.end(state) {
                    let Match { side, from, length, .. } = *found;
                    within.push(Hit { row, first: at, last: at, side, from, length });
                }
                next.push((state, at));
            }
            best(&mut within);
            hits.append(&mut within);
            std::mem::swap(&mut open, &mut next);
        }
        without_covered(&mut hits);
        hits
    }

    fn end(&self, state: u16) -> Option<u16> {
        self.ends.get(usize::from(state)).copied().flatten()
    }

    /// The patterns of one word that fit these letters.
    fn walk(&self, key: &str, matches: &mut Vec<Match>) {
        let bytes = key.as_bytes();
        for from in 0..bytes.len() {
            let mut node = 0;
            for (at, byte) in bytes.iter().enumerate().skip(from) {
                let Some(letter) = letter(*byte) else { break };
                node = usize::from(self.nodes[node].children[letter]);
                if node == 0 {
                    break;
                }
                let words = &self.nodes[node].words;
                if *words == [0; SIDES] {
                    continue;
                }
                let last = at + 1 == bytes.len();
                for side in [Side::Inner, Side::Prefix, Side::Suffix, Side::Exact] {
                    let fits = match side {
                        Side::Inner => true,
                        Side::Prefix => from == 0,
                        Side::Suffix => last,
                        Side::Stem => false,
                        Side::Exact => from == 0 && last,
                    };
                    let word = words[side as usize];
                    if fits && word != 0 {
                        let rest = &bytes[at + 1..];
                        let inflected = rest.len() <= INFLECTION && !NO_INFLECTION.contains(&rest);
                        let stem = side == Side::Prefix && inflected;
                        let side = if stem { Side::Stem } else { side };
                        matches.push(Match { word, side, from, length: at + 1 - from });
                    }
                }
            }
        }
    }
}

/// Takes out what stands within a longer phrase, and sorts by place.
fn without_covered(hits: &mut Vec<Hit>) {
    if hits.iter().any(|hit| hit.last > hit.first) {
        let phrases: Vec<Hit> = hits.iter().copied().filter(|hit| hit.last > hit.first).collect();
        hits.retain(|hit| {
            !phrases.iter().any(|phrase| {
                let longer = phrase.last - phrase.first > hit.last - hit.first;
                let same = phrase.last - phrase.first == hit.last - hit.first;
                let overlap = phrase.first <= hit.last && hit.first <= phrase.last;
                overlap && (longer || (same && phrase.first < hit.first))
            })
        });
    }
    hits.sort_by_key(|hit| (hit.first, hit.from));
}

fn letter(byte: u8) -> Option<usize> {
    match byte {
        b'a'..=b'z' => Some(usize::from(byte - b'a')),
        b'0'..=b'9' => Some(usize::from(byte - b'0') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(patterns: &[&str], text: &str) -> Vec<u16> {
        let patterns = Patterns::new(patterns.iter().copied());
        let mut rows: Vec<u16> = patterns.find(&Line::read(text), |_| {}).iter().map(|hit| hit.row).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn open_sides_and_phrases_are_found() {
        assert_eq!(rows(&["leiter", "leiter*", "*leiter", "*eite*"], "Leiterin"), [0, 1, 2, 3]);
        assert_eq!(rows(&["leiter", "leiter*", "*leiter", "*eite*"], "Vertriebsleiterin"), [2, 3]);
        assert_eq!(rows(&["leiter", "leiter*", "*leiter", "*eite*"], "Leiterplatte"), [1, 3]);
        assert_eq!(rows(&["vice president", "president"], "Senior Vice President"), [0]);
        assert_eq!(rows(&["chief * officer"], "Chief Happiness Officer"), [0]);
        assert_eq!(rows(&["forschung und entwicklung"], "Forschung & Entwicklung"), [0]);
        assert_eq!(rows(&["forschung und entwicklung"], "Forschung Entwicklung"), [0; 0]);
        assert_eq!(rows(&["vice president"], "Vice, President"), [0; 0]);
        assert_eq!(rows(&["r&d"], "R&D"), [0]);
    }
}
