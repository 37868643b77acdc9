//! Keywords in names: patterns with open sides, found by hashing the ends of words, and which of several decides.

use rustc_hash::{FxHashMap, FxHashSet};

use super::name::Word;
use super::sector::Sector;

/// The shortest open pattern, in letters.
const SHORTEST: usize = 3;

/// The fewest letters a word has before the pattern that ends it, if any.
const LEAST_REST: usize = 2;

/// The most words of a phrase.
const MOST_WORDS: usize = 4;

/// Words before a family name: `Praxis Dr. Koch`.
const BEFORE_NAME: [&str; 13] = [
    "dr",
    "prof",
    "familie",
    "gebr",
    "gebrueder",
    "herr",
    "frau",
    "inh",
    "inhaber",
    "inhaberin",
    "mag",
    "dipl",
    "ing",
];

/// Words after a family name: `Bank & Söhne`.
const AFTER_NAME: [&str; 12] = [
    "soehne", "soehnen", "sohn", "sons", "son", "tochter", "toechter", "brothers", "bros", "cie", "fils",
    "figli",
];

/// What a row of the table says when its pattern is met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    /// The pattern as the table has it: `*spedition`.
    pub(super) pattern: &'static str,
    /// The sector; `None` where the word says nothing and the one before it in the compound decides.
    pub(super) sector: Option<Sector>,
    /// 4 an institution that outweighs a brand before it (`bank`), 3 safe, 2 weak.
    pub(super) weight: u8,
}

impl Entry {
    /// How many letters the pattern has.
    fn letters(self) -> usize {
        self.pattern.trim_matches('*').len()
    }
}

/// A pattern met in a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// The row of the table.
    pub(super) entry: Entry,
    pub(super) sector: Sector,
    /// Index of the first and of the last word.
    first: usize,
    last: usize,
    /// Whether the pattern is the word and not a part of it.
    pub(super) whole: bool,
}

impl Hit {
    /// The places of the words in which it was met.
    pub(super) fn words(&self) -> std::ops::RangeInclusive<usize> {
        self.first..=self.last
    }
}

/// What the keywords of a name say together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict {
    /// No keyword.
    Nothing,
    /// One sector; whether keywords of other sectors stand beside it.
    Sector(Hit, bool),
    /// Sectors that stand beside each other as equals: `Bau & Immobilien`.
    Undecided,
}

/// Patterns, ready to be found.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    exact: FxHashMap<String, Entry>,
    starts: FxHashMap<String, Entry>,
    ends: FxHashMap<String, Entry>,
    /// First words of phrases.
    phrases: FxHashSet<String>,
    /// The first letters of all starts and the last ones of all ends: most words have neither.
    first: FxHashSet<[u8; SHORTEST]>,
    last: FxHashSet<[u8; SHORTEST]>,
}

impl Keywords {
    /// Reads rows of pattern, sector id (`-` for none) and weight.
    pub(super) fn new(table: &'static str) -> Keywords {
        let mut keywords = Keywords::default();
        for row in table.lines().skip(1) {
            let mut cells = row.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            let (pattern, sector, weight) = (next(), next(), next());
            let weight = weight.parse().unwrap_or_default();
            keywords.add(Entry { pattern, sector: Sector::from_id(sector), weight });
        }
        keywords
    }

    fn add(&mut self, entry: Entry) {
        let text = entry.pattern.trim_matches('*');
        let (open_start, open_end) = (entry.pattern.starts_with('*'), entry.pattern.ends_with('*'));
        if let Some((first, _)) = text.split_once(' ') {
            self.phrases.insert(first.to_owned());
        }
        // Umlauts are also written without their e: `backerei`.
        let plain = text.replace("ae", "a").replace("oe", "o").replace("ue", "u");
        let map = match (open_start, open_end) {
            (true, _) => {
                self.last.extend([text, &plain].into_iter().filter_map(|text| text.as_bytes().last_chunk()));
                &mut self.ends
            }
            (_, true) => {
                self.first
                    .extend([text, &plain].into_iter().filter_map(|text| text.as_bytes().first_chunk()));
                &mut self.starts
            }
            _ => &mut self.exact,
        };
        if plain != text && text.len() >= 6 {
            map.entry(plain).or_insert(entry);
        }
        map.insert(text.to_owned(), entry);
    }

    /// Patterns met in a name, at most one for each word, in the order of the words.
    fn hits(&self, words: &[Word<'_>]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let phrase = self.phrases.contains(word.text).then(|| self.phrase(&words[at..])).flatten();
            let (found, count) = match phrase {
                Some((entry, count)) => (Some((entry, true)), count),
                None => (self.word(word.text), 1),
            };
            if let Some((entry, whole)) = found
                && let Some(sector) = entry.sector
                && (count > 1 || !is_family_name(words, at))
            {
                hits.push(Hit { entry, sector, first: at, last: at + count - 1, whole });
            }
            at += count;
        }
        hits
    }

    /// The longest phrase at the beginning of the words, and how many words it has.
    fn phrase(&self, words: &[Word<'_>]) -> Option<(Entry, usize)> {
        let mut text = String::new();
        let mut found = None;
        for (count, word) in words.iter().take(MOST_WORDS).enumerate() {
            if count > 0 {
                text.push(' ');
            }
            let blank = text.len();
            text.push_str(word.text);
            if count == 0 {
                continue;
            }
            let entry = self.exact.get(&text).copied().or_else(|| self.longest_start(&text, blank + 1));
            found = entry.map(|entry| (entry, count + 1)).or(found);
        }
        found
    }

    /// What one word says, and whether it is the pattern itself. The end of a compound says what it is, its
    /// beginning for what; an end that says nothing (`-gesellschaft`) is taken off.
    fn word(&self, word: &str) -> Option<(Entry, bool)> {
        if let Some(entry) = self.exact.get(word) {
            return Some((*entry, true));
        }
        let start = self.longest_start(word, SHORTEST);
        let end = self.longest_end(word);
        let end = match end {
            Some(entry) if entry.sector.is_none() => {
                let rest = &word[..word.len() + 1 - entry.pattern.len()];
                let bare = ["s", "n", "en", "es"].into_iter().filter_map(|joint| rest.strip_suffix(joint));
                let inner = std::iter::once(rest).chain(bare).find_map(|rest| self.inner(rest));
                inner.filter(|_| rest.len() >= SHORTEST)
            }
            other => other,
        };
        let entry = match (start, end) {
            (Some(start), Some(end)) if outranks(start, end, word) => start,
            (_, Some(end)) => end,
            (Some(start), None) => start,
            (None, None) => return None,
        };
        Some((entry, entry.pattern.trim_matches('*') == word))
    }

    /// What the rest of a compound says, seen as a word of its own.
    fn inner(&self, word: &str) -> Option<Entry> {
        let exact = self.exact.get(word).filter(|entry| entry.sector.is_some() && word.len() >= SHORTEST);
        exact.copied().or_else(|| self.longest_end(word).filter(|entry| entry.sector.is_some()))
    }

    /// The longest pattern with an open end that begins the text and has at least so many letters.
    fn longest_start(&self, text: &str, least: usize) -> Option<Entry> {
        text.as_bytes().first_chunk().filter(|first| self.first.contains(*first))?;
        (least..=text.len()).rev().find_map(|end| self.starts.get(text.get(..end)?).copied())
    }

    /// The longest pattern with an open start that ends the word.
    fn longest_end(&self, word: &str) -> Option<Entry> {
        word.as_bytes().last_chunk().filter(|last| self.last.contains(*last))?;
        (0..(word.len() + 1).saturating_sub(SHORTEST))
            .filter(|start| *start == 0 || *start >= LEAST_REST)
            .find_map(|start| self.ends.get(word.get(start..)?).copied())
    }

    /// What the keywords of a name say together.
    ///
    /// What stands before a preposition decides before what follows it (`Verband der Automobilindustrie`). Weak
    /// keywords count only where no safe one is. The last word decides (`Krankenhaus Beratung`), but a public
    /// body at the beginning stays one.
    pub(super) fn verdict(&self, words: &[Word<'_>]) -> Verdict {
        let hits = self.hits(words);
        if hits.is_empty() {
            return Verdict::Nothing;
        }
        let mut rest = &hits[..];
        for (at, word) in words.iter().enumerate().skip(1) {
            if !word.is_preposition() {
                continue;
            }
            let head = rest.iter().take_while(|hit| hit.first < at).count();
            if head > 0 {
                rest = &rest[..head];
                break;
            }
        }
        decide(rest, words)
    }
}

/// Which of several keywords decides.
fn decide(hits: &[Hit], words: &[Word<'_>]) -> Verdict {
    let strong = hits.iter().any(|hit| hit.entry.weight >= 3);
    let counted: Vec<&Hit> = hits.iter().filter(|hit| hit.entry.weight >= 3 || !strong).collect();
    let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
        return Verdict::Nothing;
    };
    let beside = counted.iter().any(|hit| hit.sector != last.sector);
    if !beside {
        // The safest of them is the reason.
        let best = counted.iter().rev().max_by_key(|hit| hit.entry.weight).unwrap_or(last);
        return Verdict::Sector(**best, false);
    }
    if first.first == 0 && first.entry.weight == 4 && first.sector.id() == "public" {
        return Verdict::Sector(**first, true);
    }
    let equals = |hit: &Hit| hit.last + 1 == last.first && hit.sector != last.sector;
    if words.get(last.first).is_some_and(|word| word.joined) && counted.iter().any(|hit| equals(hit)) {
        return Verdict::Undecided;
    }
    Verdict::Sector(**last, true)
}

/// Whether the word at that place is a family name by the words around it.
fn is_family_name(words: &[Word<'_>], at: usize) -> bool {
    let before = at > 0 && BEFORE_NAME.contains(&words[at - 1].text);
    let after = words.get(at + 1).is_some_and(|next| next.joined && AFTER_NAME.contains(&next.text));
    before || after
}

/// Whether the beginning of a compound says more than its end: it is safer, or so long that it reaches into
/// the end (`finanzberatung*` in `Finanzberatung`, which also ends in `*beratung`).
fn outranks(start: Entry, end: Entry, word: &str) -> bool {
    let reaches = start.letters() + end.letters() > word.len() && start.letters() > end.letters();
    let safer = start.weight.min(3) > end.weight.min(3);
    start.sector.is_some() && (safer || reaches && start.weight >= end.weight.min(3))
}
