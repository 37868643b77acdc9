//! Searching the index: people by name, employers by name, both together.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::index::{Index, Lexicon};
use crate::link::lookup::{Likeness, Shape, Wanted, company_keys, has_nicknames, may_be_particle, name_keys};

/// Words of a name that are looked for; more help nobody.
const MOST_WORDS: usize = 8;
/// Words of a query that match this well or better may bring in an employer for the others.
const WELL: u32 = 78;

/// Items by number, such as the contacts of each word.
#[derive(Default)]
struct Postings {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Postings {
    /// `walk` calls with every pair of list and item, twice in the same order.
    fn new(lists: usize, walk: impl Fn(&mut dyn FnMut(u32, u32))) -> Postings {
        let mut starts = vec![0u32; lists + 1];
        walk(&mut |list, _| {
            if let Some(start) = starts.get_mut(list as usize + 1) {
                *start += 1;
            }
        });
        for list in 1..starts.len() {
            starts[list] += starts[list - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0u32; starts.last().copied().unwrap_or_default() as usize];
        walk(&mut |list, item| {
            if (list as usize) < lists {
                let slot = &mut next[list as usize];
                items[*slot as usize] = item;
                *slot += 1;
            }
        });
        Postings { starts, items }
    }

    fn of(&self, list: u32) -> &[u32] {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or_default() as usize;
        self.items.get(at(list as usize)..at(list as usize + 1)).unwrap_or_default()
    }
}

/// How well a name matches the words that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameMatch {
    /// The mean of all words, 0 to 100, less a little for words of the contact that were not asked for.
    pub(super) points: u32,
    /// How the worst word matches.
    pub(super) worst: Likeness,
    /// Words that were asked for and match no word of the name.
    pub(super) unmatched: u32,
    /// Words that match.
    pub(super) matched: u32,
    /// Whether the employer matches words that are not in the name.
    pub(super) with_company: bool,
}

/// A company that was found: all spellings that are compared alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CompanyMatch {
    /// Its keys, joined by blanks.
    pub(super) keys: String,
    /// Numbers of its spellings.
    pub(super) spellings: Vec<u32>,
    /// How well it matches, 0 to 100.
    pub(super) points: u32,
}

/// An index with what searching needs beside it.
pub(super) struct Search<'a> {
    pub(super) index: &'a Index,
    /// Whether more is asked than once, so that it pays to turn the index round.
    often: bool,
    by_word: OnceLock<Postings>,
    by_company: OnceLock<Postings>,
    /// The words of names that have nicknames or are one, each with a key that is such.
    nicknames: OnceLock<Vec<(&'a str, Shape, u32)>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(index: &'a Index, often: bool) -> Search<'a> {
        let (by_word, by_company) = (OnceLock::new(), OnceLock::new());
        Search { index, often, by_word, by_company, nicknames: OnceLock::new() }
    }

    /// The contacts that have a word in one of their names.
    fn of_word(&self, word: u32) -> &[u32] {
        let index = self.index;
        self.by_word
            .get_or_init(|| {
                Postings::new(index.words.len(), |add| {
                    index.each_name(|contact, words| words.iter().for_each(|word| add(*word, contact)));
                })
            })
            .of(word)
    }

    /// The contacts that work for a company, by the number of its spelling.
    pub(super) fn of_company(&self, company: u32) -> &[u32] {
        let index = self.index;
        let postings = self.by_company.get_or_init(|| {
            Postings::new(index.companies.len(), |add| {
                index.each_company(|contact, company| {
                    if company != 0 {
                        add(company, contact);
                    }
                });
            })
        });
        postings.of(company)
    }

    /// Contacts whose names match all words that were asked for, or all but one of three and more, or the
    /// rest of which names their employer; in no order.
    pub(super) fn people(&self, words: &[Wanted]) -> Vec<(u32, NameMatch)> {
        let found: Vec<Vec<u32>> = words.iter().map(|word| self.words_like(word)).collect();
        let counts = (0..words.len())
            .filter(|at| words.len() == 1 || !may_be_particle(words[*at].key()))
            .collect::<Vec<_>>();
        let employers = OnceLock::new();
        let matches = |contact: &u32| Some((*contact, self.name_match(words, *contact, Some(&employers))?));
        // Who has all words is looked at first; only then who lacks some of them.
        for need in [counts.len(), 1] {
            let contacts = self.with_words(&found, &counts, need);
            let people: Vec<(u32, NameMatch)> = contacts.par_iter().filter_map(matches).collect();
            if !people.is_empty() {
                return people;
            }
        }
        Vec::new()
    }

    /// The contacts that have words like `need` of those that count.
    fn with_words(&self, found: &[Vec<u32>], counts: &[usize], need: usize) -> Vec<u32> {
        let lists = || counts.iter().map(|at| &found[*at]);
        if lists().filter(|list| !list.is_empty()).count() < need.max(1) {
            return Vec::new();
        }
        if self.often {
            let mut contacts: Vec<u32> = Vec::new();
            for list in lists() {
                let start = contacts.len();
                contacts.extend(list.iter().flat_map(|word| self.of_word(*word)));
                contacts[start..].sort_unstable();
                let mut own = contacts.split_off(start);
                own.dedup();
                contacts.append(&mut own);
            }
            contacts.sort_unstable();
            let runs = contacts.chunk_by(|a, b| a == b).filter(|run| run.len() >= need);
            return runs.map(|run| run[0]).collect();
        }
        let mut bits = vec![0u8; self.index.words.len()];
        for (bit, list) in lists().enumerate() {
            for word in list {
                bits[*word as usize] |= 1 << bit;
            }
        }
        let mut contacts = Vec::new();
        self.index.each_name(|contact, words| {
            let has = words.iter().fold(0u8, |has, word| has | bits.get(*word as usize).unwrap_or(&0));
            if has.count_ones() as usize >= need {
                contacts.push(contact);
            }
        });
        contacts
    }

    /// The words of names that are like one that is asked for.
    fn words_like(&self, wanted: &Wanted) -> Vec<u32> {
        let lexicon = &self.index.words;
        let nicknames = self.nicknames.get_or_init(|| {
            let listed = lexicon.all_keys().filter(|(key, _)| has_nicknames(key));
            listed.map(|(key, word)| (key, Shape::of(key), word)).collect()
        });
        let nicknames = if wanted.has_nicknames() { &nicknames[..] } else { &[] };
        let near = lexicon.near(wanted).filter(|(key, shape, _)| wanted.by_letters(key, *shape).is_some());
        let forms = nicknames.iter().filter(|(key, shape, _)| wanted.likeness(key, *shape).is_some());
        let mut words: Vec<u32> = near.chain(forms.copied()).map(|(.., word)| word).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// How the names of a contact match the words; `None` if they do not. With `employers` words that are in
    /// no name may be those of the employer.
    pub(super) fn name_match(
        &self,
        words: &[Wanted],
        contact: u32,
        employers: Option<&OnceLock<Vec<FxHashSet<u32>>>>,
    ) -> Option<NameMatch> {
        let (own, shown) = self.index.name_words(contact);
        let keys: Vec<(&str, Shape, bool)> = own
            .iter()
            .enumerate()
            .flat_map(|(at, word)| {
                self.index.words.keys(*word).map(move |(key, shape)| (key, shape, at < shown))
            })
            .collect();
        let mut pairs: Vec<(Likeness, usize, usize)> = Vec::with_capacity(8);
        for (asked, word) in words.iter().enumerate() {
            for (place, (key, shape, _)) in keys.iter().enumerate() {
                if let Some(likeness) = word.likeness(key, *shape) {
                    pairs.push((likeness, asked, place));
                }
            }
        }
        pairs.sort_unstable();
        let (mut of_asked, mut taken) = ([None; MOST_WORDS], vec![false; keys.len()]);
        for (likeness, asked, place) in pairs {
            if of_asked[asked].is_none() && !taken[place] {
                of_asked[asked] = Some(likeness);
                taken[place] = true;
            }
        }
        let matched: Vec<Likeness> = of_asked.iter().flatten().copied().collect();
        let worst = matched.iter().max().copied()?;
        let missing: Vec<usize> = (0..words.len())
            .filter(|at| of_asked[*at].is_none() && (words.len() == 1 || !may_be_particle(words[*at].key())))
            .collect();
        let points: u32 = matched.iter().map(|likeness| likeness.points()).sum();
        let spare = keys
            .iter()
            .zip(&taken)
            .filter(|((key, _, shown), taken)| *shown && !**taken && !may_be_particle(key))
            .count() as u32;
        let mut found = NameMatch {
            points: points / matched.len() as u32,
            worst,
            unmatched: missing.len() as u32,
            matched: matched.len() as u32,
            with_company: false,
        };
        if !missing.is_empty() {
            let company = self.index.company_of(contact);
            let works = |at: &usize| {
                let employers = employers.map(|all| all.get_or_init(|| self.employers_by_word(words)));
                employers.is_some_and(|all| all[*at].contains(&company))
            };
            if company != 0 && found.points >= WELL && missing.iter().all(works) {
                found.with_company = true;
                found.unmatched = 0;
            } else if missing.len() > 1 || matched.len() < 2 || worst > Likeness::Typo {
                return None;
            } else {
                found.points = found.points.saturating_sub(20);
            }
        }
        found.points = found.points.saturating_sub(2 * spare.min(5));
        Some(found)
    }

    /// For each word the companies that have it in their names.
    fn employers_by_word(&self, words: &[Wanted]) -> Vec<FxHashSet<u32>> {
        let of = |word: &Wanted| {
            let has = |key: &str, shape: Shape| {
                key.len() >= 2
                    && matches!(word.by_letters(key, shape), Some(Likeness::Equal | Likeness::Typo))
            };
            let near = self.index.companies.near(word);
            near.filter(|(key, shape, _)| has(key, *shape)).map(|(.., company)| company).collect()
        };
        words.iter().map(of).collect()
    }

    /// Companies like the one that is asked for, best first.
    pub(super) fn companies(&self, text: &str) -> Vec<CompanyMatch> {
        let words: Vec<Wanted> = company_keys(text).into_iter().map(Wanted::new).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let lexicon = &self.index.companies;
        let near = |word| {
            let near = lexicon.near(word);
            near.filter(|(key, shape, _)| word.by_letters(key, *shape).is_some()).map(|(.., company)| company)
        };
        let near: FxHashSet<u32> = words.iter().flat_map(near).collect();
        let joined: String = words.iter().map(Wanted::key).collect();
        let mut by_keys: FxHashMap<String, CompanyMatch> = FxHashMap::default();
        for company in (1..lexicon.len() as u32)
            .filter(|company| near.contains(company) || joined_is(lexicon, *company, &joined))
        {
            let keys: Vec<(&str, Shape)> = lexicon.keys(company).collect();
            let points = company_points(&words, &joined, &keys);
            if points > 0 {
                let keys = keys.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" ");
                let new = CompanyMatch { keys: keys.clone(), spellings: Vec::new(), points };
                by_keys.entry(keys).or_insert(new).spellings.push(company);
            }
        }
        let mut found: Vec<CompanyMatch> = by_keys.into_values().collect();
        found.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.keys.cmp(&b.keys)));
        found
    }
}

/// Whether the keys of a company, put together, are a text.
fn joined_is(lexicon: &Lexicon, company: u32, joined: &str) -> bool {
    let mut rest = joined;
    for (key, _) in lexicon.keys(company) {
        match rest.strip_prefix(key) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// How well a company's words match those asked for, 0 to 100: 100 the same words, 97 the same written
/// together or apart, 88 all that was asked for and more, 80 the other way round; less with slips.
fn company_points(words: &[Wanted], joined: &str, keys: &[(&str, Shape)]) -> u32 {
    if keys.is_empty() {
        return 0;
    }
    let whole: String = keys.iter().map(|(key, _)| *key).collect();
    if words.len() == keys.len() && words.iter().zip(keys).all(|(word, (key, _))| word.key() == *key) {
        return 100;
    }
    if whole == joined {
        return 97;
    }
    let best = |word: &Wanted| {
        let likeness = keys.iter().filter_map(|(key, shape)| word.by_letters(key, *shape)).min();
        likeness.filter(|likeness| *likeness < Likeness::Initial)
    };
    let likes: Vec<Option<Likeness>> = words.iter().map(best).collect();
    let found: Vec<Likeness> = likes.iter().flatten().copied().collect();
    let Some(worst) = found.iter().max() else { return 0 };
    if found.len() == words.len() {
        let more = keys.len() > words.len();
        return match worst {
            Likeness::Equal if more => 88,
            Likeness::Equal => 95,
            Likeness::Alike => 0,
            other => other.points() - if more { 12 } else { 0 },
        };
    }
    // `Siemens Healthineers Erlangen` for `Siemens Healthineers`.
    let all_there = found.len() == keys.len() && *worst == Likeness::Equal;
    let first = likes.first().copied().flatten() == Some(Likeness::Equal);
    if all_there && first { 80 } else { 0 }
}

/// The words of a name that is asked for, each once; at most eight.
pub(super) fn wanted(names: &[&str]) -> Vec<Wanted> {
    let mut keys: Vec<String> = Vec::new();
    for word in names.iter().flat_map(|name| name.split_whitespace()) {
        for key in name_keys(word) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys.truncate(MOST_WORDS);
    keys.into_iter().map(Wanted::new).collect()
}
