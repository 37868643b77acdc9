//! Nicknames: short and pet names as classes, with their ambiguity (`Alex` may be Alexander or Alexandra).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::spelling::key;

/// The classes a name may belong to; 0 fills up.
pub(super) type Classes = [u16; 8];

/// What the table says of one name.
#[derive(Clone, Copy, Default)]
pub(super) struct Nickname {
    /// The class it is the full form of; 0 if none.
    own: u16,
    /// Every class it may stand for, its own first.
    classes: Classes,
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
        let entry = table.entry(full).or_default();
        entry.own = class;
        entry.add(class);
        for variant in variants.split(',') {
            table.entry(key(variant)).or_default().add(class);
        }
    }
    table
});

impl Nickname {
    /// What the table says of a name, given as its key.
    pub(super) fn of(name: &str) -> Nickname {
        TABLE.get(name).copied().unwrap_or_default()
    }

    fn add(&mut self, class: u16) {
        if self.own == class && self.classes[0] != class {
            self.classes.rotate_right(1);
            self.classes[0] = class;
        } else if let Some(slot) = self.classes.iter_mut().find(|slot| **slot == 0 || **slot == class) {
            *slot = class;
        }
    }

    /// The classes it may stand for.
    pub(super) fn classes(&self) -> impl Iterator<Item = u16> + '_ {
        self.classes.iter().copied().take_while(|class| *class != 0)
    }

    /// Whether one name is a form of the other: Sepp and Josef.
    pub(super) fn is_form_of(&self, other: &Nickname) -> bool {
        (self.own != 0 && other.classes().any(|class| class == self.own))
            || (other.own != 0 && self.classes().any(|class| class == other.own))
    }

    /// Whether both may be forms of a third: Sepp and Beppi.
    pub(super) fn shares_class(&self, other: &Nickname) -> bool {
        self.classes().any(|class| other.classes().any(|have| have == class))
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
        assert!(Nickname::of("sepp").shares_class(&Nickname::of("beppi")));
        assert!(!Nickname::of("peter").shares_class(&Nickname::of("anna")));
        assert!(!Nickname::of("").shares_class(&Nickname::of("")));
    }
}
