//! Nicknames: short, pet and variant names as classes, with their ambiguity (`Alex` may be Alexander or Alexandra).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::name::is_like;
use super::spelling::key;

/// The classes a name may belong to; 0 fills up.
pub(super) type Classes = [u16; 12];

/// Marks a class whose form is a name of its own today: Katrin may be Katharina, mostly she is not.
const WEAK: u16 = 1 << 15;

/// What the table says of one name.
#[derive(Clone, Copy, Default)]
pub(super) struct Nickname {
    /// The class it is the full form of, or but another spelling of it; 0 if none.
    own: u16,
    /// Every class it may stand for, its own first; marked where it stands on its own as a rule.
    classes: Classes,
    /// The first letters of all that its bearers are called, one bit each: `B.` may be Sebastian, called Basti.
    letters: u32,
}

static TABLE: LazyLock<FxHashMap<String, Nickname>> = LazyLock::new(|| {
    let mut table: FxHashMap<String, Nickname> = FxHashMap::default();
    let rows = include_str!("../../data/nicknames.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut numbers: FxHashMap<String, u16> = FxHashMap::default();
    for row in rows {
        let mut cells = row.split('\t').skip(1);
        let (full, variants) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let full = key(&full.replace('-', ""));
        let next = numbers.len() as u16 + 1;
        let class = *numbers.entry(full.clone()).or_insert(next);
        let mut letters = letter(&full);
        for variant in variants.split(',') {
            let name = variant.trim_end_matches('?');
            let weak = name.len() < variant.len();
            let name = key(name);
            let first = letter(&name);
            let entry = table.entry(name).or_default();
            entry.add(if weak { class | WEAK } else { class });
            if !weak {
                if entry.own == 0 && is_spelling(variant, &full) {
                    entry.own = class;
                }
                entry.letters |= first | letter(&full);
                letters |= first;
            }
        }
        let entry = table.entry(full).or_default();
        entry.own = class;
        entry.add(class);
        entry.letters |= letters;
    }
    table
});

/// Whether a form is but another spelling of the full name: Joseph of Josef, Jewgenij of Evgenij.
fn is_spelling(form: &str, full: &str) -> bool {
    form.len() >= 5 && form.len().abs_diff(full.len()) <= 1 && is_like(&key(form), full)
}

/// The bit of the first letter of a key.
fn letter(name: &str) -> u32 {
    name.bytes().next().filter(u8::is_ascii_lowercase).map_or(0, |first| 1 << (first - b'a'))
}

impl Nickname {
    /// What the table says of a name, given as its key.
    pub(super) fn of(name: &str) -> Nickname {
        TABLE.get(name).copied().unwrap_or_default()
    }

    fn add(&mut self, class: u16) {
        // A form that one language knows as such is one, whatever another says.
        let known = self.classes.iter_mut().find(|slot| **slot != 0 && (**slot | WEAK) == (class | WEAK));
        if let Some(slot) = known {
            *slot &= class;
        } else if let Some(slot) = self.classes.iter_mut().find(|slot| **slot == 0) {
            *slot = class;
        }
        if let Some(at) = self.classes.iter().position(|have| self.own != 0 && *have == self.own) {
            self.classes[..=at].rotate_right(1);
        }
    }

    /// Whether the table lists the name.
    pub(super) fn is_listed(&self) -> bool {
        self.classes[0] != 0
    }

    fn marked(&self) -> impl Iterator<Item = u16> + '_ {
        self.classes.iter().copied().take_while(|class| *class != 0)
    }

    /// The classes it may stand for.
    pub(super) fn classes(&self) -> impl Iterator<Item = u16> + '_ {
        self.marked().map(|class| class & !WEAK)
    }

    /// The classes that it stands for as a rule.
    fn firm(&self) -> impl Iterator<Item = u16> + '_ {
        self.marked().filter(|class| class & WEAK == 0)
    }

    /// The class by which all that one person is called can be gathered; 0 if none.
    pub(super) fn main(&self) -> u16 {
        self.firm().next().unwrap_or_default()
    }

    /// Its classes as bits: names without one in common are no forms of each other or of a third.
    pub(super) fn bits(&self) -> u64 {
        let own = if self.own == 0 { 0 } else { 1 << (self.own % 64) };
        self.classes().fold(own, |bits, class| bits | 1 << (class % 64))
    }

    /// Whether one name is a form of the other: Sepp and Josef.
    pub(super) fn is_form_of(&self, other: &Nickname) -> bool {
        (self.own != 0 && other.firm().any(|class| class == self.own))
            || (other.own != 0 && self.firm().any(|class| class == other.own))
    }

    /// Whether both are forms of a third as a rule: Sergei and Sergey, of Sergej.
    pub(super) fn are_forms_of_one(&self, other: &Nickname) -> bool {
        self.firm().any(|class| other.firm().any(|have| have == class))
    }

    /// Whether both may be forms of a third: Sepp and Beppi, Katrin and Kathi.
    pub(super) fn shares_class(&self, other: &Nickname) -> bool {
        self.classes().any(|class| other.classes().any(|have| have == class))
    }

    /// Whether somebody of this name may be called by a name with this first letter.
    pub(super) fn may_begin_with(&self, first: u8) -> bool {
        first.is_ascii_lowercase() && self.letters >> (first - b'a') & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_meet_their_full_forms_in_both_languages() {
        for (short, full) in [
            ("sepp", "josef"),
            ("bill", "william"),
            ("hansi", "hans"),
            ("liz", "elizabeth"),
            ("uli", "ulrich"),
        ] {
            assert!(Nickname::of(short).is_form_of(&Nickname::of(full)), "{short} {full}");
        }
        assert!(Nickname::of("alex").is_form_of(&Nickname::of("alexander")));
        assert!(Nickname::of("alex").is_form_of(&Nickname::of("alexandra")));
        assert!(!Nickname::of("alexander").is_form_of(&Nickname::of("alexandra")));
        for (his, hers) in
            [("andreas", "andrea"), ("christian", "christiane"), ("gabriel", "gabriele"), ("nico", "nicole")]
        {
            assert!(!Nickname::of(his).is_form_of(&Nickname::of(hers)), "{his} {hers}");
        }
        for (one, other) in
            [("katrin", "katharina"), ("jorg", "georg"), ("frank", "franz"), ("heinz", "heinrich")]
        {
            let (one, other) = (Nickname::of(one), Nickname::of(other));
            assert!(!one.is_form_of(&other) && one.shares_class(&other));
        }
        assert!(Nickname::of("sergei").are_forms_of_one(&Nickname::of("sergey")));
        assert!(
            Nickname::of("sebastian").may_begin_with(b'b') && !Nickname::of("sebastian").may_begin_with(b'x')
        );
        assert!(Nickname::of("sepp").shares_class(&Nickname::of("beppi")));
        assert!(!Nickname::of("peter").shares_class(&Nickname::of("anna")));
        assert!(!Nickname::of("").shares_class(&Nickname::of("")));
    }
}
