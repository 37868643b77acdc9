//! Names: how two words of names relate, from equal over nickname and typing error to different.

use rapidfuzz::distance::{jaro_winkler, osa};
use rayon::prelude::*;
use rphonetic::{Cologne, Encoder};

use super::nickname::Nickname;
use super::symbol::{NONE, Symbols, hash_of};

/// How two words of names relate, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same key.
    Equal,
    /// One is a short form of the other.
    Nickname,
    /// One is the first letter of the other.
    Initial,
    /// One typing error apart, and at least one is no name of its own.
    Typo,
    /// One begins with the other: Max and Maximilian.
    Prefix,
    /// More letters apart than one slip explains, still alike, and at least one is no name of its own.
    Alike,
    /// Alike in letters or sound, yet both are names of their own: Meier and Maier, Jan and Jana.
    Near,
    /// Nothing in common.
    Different,
}

/// What is known of each name symbol.
pub(super) struct Names<'a> {
    symbols: &'a Symbols,
    nicknames: Vec<Nickname>,
    /// Hash of the Kölner Phonetik; 0 where it says nothing.
    phonetic: Vec<u32>,
    established: Vec<bool>,
}

impl<'a> Names<'a> {
    pub(super) fn new(symbols: &'a Symbols) -> Names<'a> {
        let all = 0..symbols.len() as u32;
        let phonetic = |symbol| {
            let code = Cologne.encode(symbols.text(symbol));
            if code.len() < 2 { 0 } else { hash_of(code) as u32 }
        };
        Names {
            symbols,
            nicknames: all.clone().into_par_iter().map(|symbol| Nickname::of(symbols.text(symbol))).collect(),
            phonetic: all.into_par_iter().map(phonetic).collect(),
            established: vec![false; symbols.len()],
        }
    }

    /// Tells which names stand on their own.
    pub(super) fn establish(&mut self, established: Vec<bool>) {
        self.established = established;
    }

    pub(super) fn text(&self, symbol: u32) -> &str {
        self.symbols.text(symbol)
    }

    pub(super) fn nickname(&self, symbol: u32) -> &Nickname {
        &self.nicknames[symbol as usize]
    }

    pub(super) fn phonetic(&self, symbol: u32) -> u32 {
        self.phonetic[symbol as usize]
    }

    /// How two names relate; both symbols are given.
    pub(super) fn relation(&self, x: u32, y: u32) -> Relation {
        if x == y {
            return Relation::Equal;
        }
        if x == NONE || y == NONE {
            return Relation::Different;
        }
        let (a, b) = (self.text(x).as_bytes(), self.text(y).as_bytes());
        if a.len() == 1 || b.len() == 1 {
            return if a[0] == b[0] { Relation::Initial } else { Relation::Different };
        }
        let (nick_x, nick_y) = (self.nickname(x), self.nickname(y));
        if nick_x.is_form_of(nick_y) {
            return Relation::Nickname;
        }
        let own = self.established[x as usize] && self.established[y as usize];
        if own && is_gender_pair(a, b) {
            return Relation::Different;
        }
        let likeness = likeness(a, b);
        let sound = self.phonetic(x) != 0 && self.phonetic(x) == self.phonetic(y);
        match likeness {
            Relation::Different if nick_x.shares_class(nick_y) || (sound && a[0] == b[0]) => Relation::Near,
            Relation::Typo | Relation::Alike if own => Relation::Near,
            Relation::Alike if sound => Relation::Typo,
            other => other,
        }
    }
}

/// Endings, after a common beginning, by which one given name is the man's and the other the woman's.
const GENDERS: [(&str, &str); 8] =
    [("", "a"), ("", "in"), ("", "ina"), ("", "ine"), ("", "ette"), ("o", "a"), ("an", "na"), ("er", "ra")];

/// Whether two names differ as Martin and Martina, Mario and Maria, Christian and Christina: two people,
/// often a couple, however close the letters are.
pub(super) fn is_gender_pair(a: &[u8], b: &[u8]) -> bool {
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // A common beginning may reach into the ending: Mario and Maria share `mari`, and so may shorter ones.
    (3..=common).any(|cut| {
        let (a, b) = (&a[cut..], &b[cut..]);
        GENDERS.iter().any(|(his, hers)| {
            let (his, hers) = (his.as_bytes(), hers.as_bytes());
            (a, b) == (his, hers) || (a, b) == (hers, his)
        })
    })
}

/// How alike two words are by letters alone.
fn likeness(a: &[u8], b: &[u8]) -> Relation {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short >= 3 && long > short + 1 && a[..short] == b[..short] {
        return Relation::Prefix;
    }
    if long > short + 3 || short < 3 {
        return Relation::Different;
    }
    let args = osa::Args::default().score_cutoff(3);
    let Some(distance) = osa::distance_with_args(a.iter(), b.iter(), &args) else {
        return Relation::Different;
    };
    match distance {
        0 | 1 if short >= 3 => Relation::Typo,
        2 if short >= 6 => Relation::Typo,
        2 if short >= 4 && a[0] == b[0] => Relation::Alike,
        3 if short >= 7 && jaro_winkler::similarity(a.iter(), b.iter()) > 0.85 => Relation::Alike,
        _ => Relation::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names_relate_as_people_see_them() {
        let mut symbols = Symbols::new();
        let mut number = |word: &str| symbols.intern(word);
        let cases = [
            ("josef", "sepp", Relation::Nickname),
            ("a", "anna", Relation::Initial),
            ("b", "anna", Relation::Different),
            ("schneider", "schnieder", Relation::Typo),
            ("maximilian", "maxi", Relation::Nickname),
            ("konstantin", "konst", Relation::Prefix),
            ("jan", "jana", Relation::Different),
            ("christian", "christina", Relation::Different),
            ("mario", "maria", Relation::Different),
            ("alexander", "alexandra", Relation::Different),
            ("jan", "jan", Relation::Equal),
            ("lena", "lina", Relation::Near),
            ("anna", "peter", Relation::Different),
            ("lindenmeier", "lindnmeiyer", Relation::Typo),
        ]
        .map(|(x, y, relation)| (number(x), number(y), relation));
        let own = "jan jana christian christina mario maria alexander alexandra lena lina";
        let own: Vec<u32> = own.split(' ').map(&mut number).collect();
        let mut names = Names::new(&symbols);
        names.establish((0..symbols.len() as u32).map(|symbol| own.contains(&symbol)).collect());
        for (x, y, relation) in cases {
            assert_eq!(names.relation(x, y), relation, "{} {}", names.text(x), names.text(y));
            assert_eq!(names.relation(y, x), relation);
        }
    }
}
