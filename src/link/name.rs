//! Names: how two words of names relate, from equal over nickname and typing error to different.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rapidfuzz::distance::{jaro_winkler, osa};
use rayon::prelude::*;
use rphonetic::{Cologne, Encoder};

use super::frequency::is_common_family;
use super::nickname::Nickname;
use super::shape::Shape;
use super::spelling::{family_variant, heard};
use super::symbol::{NONE, Symbols, hash_of};

/// How two words of names relate, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same key.
    Equal,
    /// One is a short form of the other.
    Nickname,
    /// Both write one name of another alphabet in Latin letters: Iwanow and Ivanov.
    Spelling,
    /// One is the first letter of the other.
    Initial,
    /// One is the first letter of what the other may be called: B. and Sebastian, who is Basti.
    PetInitial,
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
    sketches: Vec<Sketch>,
    established: Vec<bool>,
    known: Known,
}

/// What tells of most pairs of names that they have nothing in common; where it does not, the texts decide.
#[derive(Clone, Copy)]
struct Sketch {
    shape: Shape,
    /// The first three letters; fewer are followed by zeros.
    head: [u8; 3],
    /// Hash of the Kölner Phonetik; 0 where it says nothing.
    phonetic: u32,
    /// Hash of the spelling under which those of other alphabets meet.
    variant: u32,
    /// The classes of nicknames, as bits.
    classes: u64,
    /// Hash of how it sounds as a family name.
    heard: u32,
    /// Whether many people have it as a family name.
    common: bool,
}

/// The spelling under which a name meets those of other alphabets.
fn variant(text: &str) -> Cow<'_, str> {
    family_variant(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

impl Sketch {
    fn of(text: &str, nickname: &Nickname) -> Sketch {
        let code = Cologne.encode(text);
        let mut head = [0; 3];
        head.iter_mut().zip(text.bytes()).for_each(|(slot, letter)| *slot = letter);
        Sketch {
            shape: Shape::of(text),
            head,
            phonetic: if code.len() < 2 { 0 } else { hash_of(code) as u32 },
            variant: hash_of(variant(text)) as u32,
            classes: nickname.bits(),
            heard: hash_of(heard(text)) as u32,
            common: is_common_family(text),
        }
    }

    /// False only if two different words have nothing in common.
    #[inline]
    fn may_relate(&self, other: &Sketch) -> bool {
        let short = self.shape.len.min(other.shape.len);
        let slips = match short {
            0..=3 => 1,
            4..=6 => 2,
            _ => 3,
        };
        short < 2
            || self.head == other.head
            || self.classes & other.classes != 0
            || self.variant == other.variant
            || (self.phonetic != 0 && self.phonetic == other.phonetic)
            || self.shape.may_slip(other.shape, slips)
    }
}

/// Relations found before: the same few names meet again and again. One number holds a pair and its relation
/// whole, so threads may share the places; what stands there or not never shows in a result.
struct Known(Vec<AtomicU64>);

impl Known {
    const PLACES: usize = 1 << 16;
    /// Bits of a symbol; pairs of greater ones are not kept.
    const BITS: u32 = 30;

    fn new(symbols: usize) -> Known {
        Known(
            (0..symbols.saturating_mul(4).next_power_of_two().min(Known::PLACES))
                .map(|_| AtomicU64::new(0))
                .collect(),
        )
    }

    /// The relation of a pair, found once and then remembered until another pair takes its place.
    #[inline]
    fn get_or(&self, x: u32, y: u32, find: impl FnOnce() -> Relation) -> Relation {
        let pair = u64::from(x.min(y)) << Known::BITS | u64::from(x.max(y));
        let place = (hash_of(pair) >> 20) as usize & (self.0.len() - 1);
        let have = self.0[place].load(Relaxed);
        if have >> 4 == pair {
            return Relation::ALL[(have & 15) as usize % Relation::ALL.len()];
        }
        let relation = find();
        if x.max(y) >> Known::BITS == 0 {
            self.0[place].store(pair << 4 | relation as u64, Relaxed);
        }
        relation
    }
}

impl Relation {
    /// Every relation, in its order.
    const ALL: [Relation; 10] = [
        Relation::Equal,
        Relation::Nickname,
        Relation::Spelling,
        Relation::Initial,
        Relation::PetInitial,
        Relation::Typo,
        Relation::Prefix,
        Relation::Alike,
        Relation::Near,
        Relation::Different,
    ];
}

impl<'a> Names<'a> {
    pub(super) fn new(symbols: &'a Symbols) -> Names<'a> {
        let all = (0..symbols.len() as u32).into_par_iter();
        let known = |symbol| {
            let text = symbols.text(symbol);
            let nickname = Nickname::of(text);
            (nickname, Sketch::of(text, &nickname))
        };
        let (nicknames, sketches) = all.map(known).unzip();
        Names {
            symbols,
            nicknames,
            sketches,
            established: vec![false; symbols.len()],
            known: Known::new(symbols.len()),
        }
    }

    /// Tells which names stand on their own, beside those that the table of nicknames lists.
    pub(super) fn establish(&mut self, established: Vec<bool>) {
        self.established = established;
        self.known = Known::new(self.symbols.len());
        for (name, nickname) in self.established.iter_mut().zip(&self.nicknames) {
            *name |= nickname.is_listed();
        }
    }

    #[inline]
    pub(super) fn text(&self, symbol: u32) -> &str {
        self.symbols.text(symbol)
    }

    /// Whether a word is a single letter.
    #[inline]
    pub(super) fn is_letter(&self, symbol: u32) -> bool {
        self.sketches[symbol as usize].shape.len == 1
    }

    pub(super) fn nickname(&self, symbol: u32) -> &Nickname {
        &self.nicknames[symbol as usize]
    }

    pub(super) fn phonetic(&self, symbol: u32) -> u32 {
        self.sketches[symbol as usize].phonetic
    }

    /// Whether many people have it as a family name, so that it is hardly a slip of another.
    pub(super) fn is_common_family(&self, symbol: u32) -> bool {
        self.sketches[symbol as usize].common
    }

    /// Whether people who hear one family name may write the other: Meyer and Maier, but not Krause and Kruse.
    pub(super) fn sound_alike(&self, x: u32, y: u32) -> bool {
        self.sketches[x as usize].heard == self.sketches[y as usize].heard
    }

    /// How two names relate; both symbols are given.
    #[inline]
    pub(super) fn relation(&self, x: u32, y: u32) -> Relation {
        if x == y {
            return Relation::Equal;
        }
        if x == NONE || y == NONE {
            return Relation::Different;
        }
        if !self.sketches[x as usize].may_relate(&self.sketches[y as usize]) {
            return Relation::Different;
        }
        self.known.get_or(x, y, || self.find_relation(x, y))
    }

    /// How two different words relate; the order of the two does not matter.
    fn find_relation(&self, x: u32, y: u32) -> Relation {
        let (a, b) = (self.text(x).as_bytes(), self.text(y).as_bytes());
        if a.len() == 1 || b.len() == 1 {
            let (short, long) = if a.len() == 1 { (a[0], y) } else { (b[0], x) };
            return if a[0] == b[0] {
                Relation::Initial
            } else if a.len() != b.len() && self.nickname(long).may_begin_with(short) {
                Relation::PetInitial
            } else {
                Relation::Different
            };
        }
        let (nick_x, nick_y) = (self.nickname(x), self.nickname(y));
        if nick_x.is_form_of(nick_y) {
            return Relation::Nickname;
        }
        if self.sketches[x as usize].variant == self.sketches[y as usize].variant
            && variant(self.text(x)) == variant(self.text(y))
        {
            return Relation::Spelling;
        }
        let own = self.established[x as usize] && self.established[y as usize];
        if own && is_gender_pair(a, b) {
            return Relation::Different;
        }
        let likeness = likeness(a, b);
        let sound = self.phonetic(x) != 0 && self.phonetic(x) == self.phonetic(y);
        match likeness {
            Relation::Typo | Relation::Alike if nick_x.are_forms_of_one(nick_y) => Relation::Nickname,
            Relation::Different if nick_x.shares_class(nick_y) || (sound && a[0] == b[0]) => Relation::Near,
            Relation::Typo | Relation::Alike if own => Relation::Near,
            Relation::Alike if sound => Relation::Typo,
            other => other,
        }
    }
}

/// Endings, after a common beginning, by which one given name is the man's and the other the woman's.
const GENDERS: [(&str, &str); 14] = [
    ("", "a"),
    ("", "in"),
    ("", "ina"),
    ("", "ine"),
    ("", "ette"),
    ("", "ie"),
    ("", "ia"),
    ("o", "a"),
    ("an", "na"),
    ("er", "ra"),
    ("us", "a"),
    ("us", "ia"),
    ("ch", "ke"),
    ("as", "a"),
];

/// Whether two names differ as Martin and Martina, Mario and Maria, Christian and Christina: two people,
/// often a couple, however close the letters are.
pub(super) fn is_gender_pair(a: &[u8], b: &[u8]) -> bool {
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // Simon and Simone, Gabriel and Gabriele; but Philippe is a man.
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if long.len() == short.len() + 1
        && common == short.len()
        && long.ends_with(b"e")
        && short.ends_with(b"n") | short.ends_with(b"l") | short.ends_with(b"s")
    {
        return true;
    }
    // A common beginning may reach into the ending: Mario and Maria share `mari`, and so may shorter ones.
    (3..=common).any(|cut| {
        let (a, b) = (&a[cut..], &b[cut..]);
        GENDERS.iter().any(|(his, hers)| {
            let (his, hers) = (his.as_bytes(), hers.as_bytes());
            (a, b) == (his, hers) || (a, b) == (hers, his)
        })
    })
}

/// Whether two words are one but for a few letters.
pub(super) fn is_like(x: &str, y: &str) -> bool {
    matches!(likeness(x.as_bytes(), y.as_bytes()), Relation::Typo | Relation::Alike)
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

    #[test]
    fn names_told_apart_by_their_letters_have_nothing_in_common() {
        let mut symbols = Symbols::new();
        let rows = include_str!("../../data/nicknames.tsv").lines().filter(|line| !line.starts_with('#'));
        for word in rows.skip(1).step_by(9).flat_map(|row| row.split(['\t', ','])) {
            symbols.intern(word);
            // A letter left out, and two swapped.
            if word.is_ascii() && word.len() > 4 {
                symbols.intern(&format!("{}{}", &word[..2], &word[3..]));
                symbols.intern(&format!("{}{}{}{}", &word[..2], &word[3..4], &word[2..3], &word[4..]));
            }
        }
        let names = Names::new(&symbols);
        let (mut apart, mut alike) = (0, 0);
        for x in 1..symbols.len() as u32 {
            for y in x + 1..symbols.len() as u32 {
                let different = names.find_relation(x, y) == Relation::Different;
                alike += u32::from(!different);
                if !names.sketches[x as usize].may_relate(&names.sketches[y as usize]) {
                    apart += 1;
                    assert!(different, "{} {}", names.text(x), names.text(y));
                }
            }
        }
        assert!(apart > 1_000 && alike > 1_000, "{apart} {alike}");
    }
}
