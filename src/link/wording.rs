//! The words of a record's name: remarks set aside, the order put right, and what address and profile add.

use super::feature::{FAMILY, Feature, GIVEN};
use super::frequency::shipped;
use super::name::is_like;
use super::nickname::Nickname;
use super::spelling::{
    Side, beside_in_local, family_words, given_words, is_family_first, is_remark, is_wherefrom,
    joined_family, key, local_pair, other_family,
};
use crate::record::{CellsView, Field};
use crate::words::is_role_local;

/// Addresses of a record that are asked for names.
const ASKED: usize = 3;

/// The words of a name as keys.
#[derive(Clone, Default)]
pub(super) struct NameWords {
    pub(super) given: Vec<String>,
    pub(super) middle: Vec<String>,
    /// Without particles.
    pub(super) family: Vec<String>,
    /// Another family name: of birth, or with its particles in one word.
    pub(super) other: Option<String>,
}

/// What address and profile add to a name.
#[derive(Default)]
pub(super) struct Around {
    /// The words of a name that was completed.
    pub(super) words: Option<NameWords>,
    /// Another family name, where the name has none.
    pub(super) other: Option<String>,
    /// The given name in full, where address or profile show one and the name has a short form.
    pub(super) shown: Option<String>,
}

impl NameWords {
    /// Reads the cells of a name.
    pub(super) fn read(cells: CellsView<'_>) -> NameWords {
        let (given, family) = (cells.text(Field::GivenName), cells.text(Field::FamilyName));
        let (given, family) = if is_family_first(given) { (family, given) } else { (given, family) };
        let mut words = NameWords {
            given: given_words(given),
            middle: given_words(cells.text(Field::MiddleName)),
            family: family_words(family),
            other: joined_family(family),
        };
        words.tell_birth_name(given);
        words.set_remarks_aside();
        if words.given.len() > 1 && is_vietnamese(&words) {
            words.given.remove(0);
        }
        words
    }

    /// `Anna Meier geb. Kern`: the name of birth is another family name, whichever way the cells divide it.
    fn tell_birth_name(&mut self, given: &str) {
        let at = |words: &[String]| words.iter().position(|word| BORN.contains(&word.as_str()));
        if let Some(at) = at(&self.family).filter(|at| *at > 0) {
            let birth = self.family.split_off(at);
            self.other = birth.into_iter().nth(1);
        } else if let (Some(at), Some(birth)) = (at(&self.given), self.family.first().cloned()) {
            let before: Vec<&str> = given
                .split(' ')
                .take_while(|word| !BORN.contains(&key(word.trim_matches('.')).as_str()))
                .collect();
            if let Some((family, given)) =
                before.split_last().filter(|(_, given)| at > 1 && !given.is_empty())
            {
                self.given = given_words(&given.join(" "));
                self.family = family_words(family);
                self.other = Some(birth);
            }
        }
    }

    /// Takes away words such as `privat`, as long as a name is left.
    fn set_remarks_aside(&mut self) {
        if self.family.len() > 1 && self.family.last().is_some_and(|word| is_wherefrom(word)) {
            self.family.pop();
        }
        let remark = |words: &[String]| words.iter().any(|word| is_remark(word));
        let (in_given, in_family) = (remark(&self.given), remark(&self.family));
        if !in_given && !in_family {
            return;
        }
        let left = |words: &[String]| words.iter().filter(|word| !is_remark(word)).count();
        if left(&self.given) + left(&self.family) == 0 {
            return;
        }
        self.given.retain(|word| !is_remark(word));
        self.family.retain(|word| !is_remark(word));
        if self.family.is_empty() && self.given.len() > 1 {
            // `Anna Müller privat` was divided before its last word.
            self.family.extend(self.given.pop());
        }
    }

    /// What addresses and the profile say of the name; marks in the feature what was read there.
    pub(super) fn look_around(&self, feature: &mut Feature, cells: CellsView<'_>) -> Around {
        let mut around = Around::default();
        let locals = || cells.all(Field::Email).filter_map(|email| email.split('@').next()).take(ASKED);
        match (self.given.as_slice(), self.family.as_slice()) {
            ([given, ..], [family]) => {
                let slug = cells.get(Field::LinkedIn).into_iter();
                if self.other.is_none() {
                    around.other =
                        slug.clone().chain(locals()).find_map(|text| other_family(text, given, family));
                }
                let of_slug = slug.into_iter().next().and_then(|slug| beside_in_slug(slug, family));
                around.shown = of_slug
                    .filter(|word| word != given && given.len() < word.len())
                    .or_else(|| locals().find_map(|local| shown(local, given, family)));
            }
            ([word], []) | ([], [word]) if word.len() > 1 => {
                let beside = locals().find_map(|local| beside_in_local(local, word));
                around.words = beside.map(|(other, side)| self.complete(feature, word.clone(), other, side));
            }
            ([], []) if !feature.role => {
                if let Some((one, two)) = locals().filter(|local| !is_role_local(local)).find_map(local_pair)
                {
                    let turned = is_given(&two) && !is_given(&one) && one.len() > 1;
                    let (given, family) = if turned { (two, one) } else { (one, two) };
                    around.words = Some(self.called(given, family));
                    feature.derived = GIVEN | FAMILY;
                }
            }
            _ => {}
        }
        around
    }

    /// The same with one given and one family name.
    fn called(&self, given: String, family: String) -> NameWords {
        NameWords { given: vec![given], family: vec![family], ..self.clone() }
    }

    /// Completes a name of a single word by what stands beside it in an address.
    fn complete(&self, feature: &mut Feature, word: String, other: String, side: Side) -> NameWords {
        let is_family = if other.len() == 1 {
            // `a.mueller` and `amueller`: the initial is that of a given name.
            side == Side::Before || !is_given(&word)
        } else {
            match (is_given(&word), is_given(&other)) {
                (true, false) => false,
                (false, true) => true,
                _ => side == Side::Before,
            }
        };
        let (given, family) = if is_family { (other, word) } else { (word, other) };
        feature.derived = if is_family { GIVEN } else { FAMILY };
        self.called(given, family)
    }
}

/// Words that a name of birth follows, as keys.
const BORN: [&str; 8] = ["geb", "geborene", "geborener", "nee", "ne", "born", "verw", "vorm"];

/// Whether the first given name is the middle word of Vietnamese names, which most leave out: `Văn`, `Thị`.
fn is_vietnamese(words: &NameWords) -> bool {
    const FAMILIES: [&str; 16] = [
        "nguyen", "tran", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
        "duong", "ly", "le",
    ];
    matches!(words.given[0].as_str(), "van" | "thi")
        && words.family.first().is_some_and(|family| FAMILIES.contains(&family.as_str()))
}

/// Whether a key is known as a given name rather than a family name.
fn is_given(word: &str) -> bool {
    let given = shipped(0, word).unwrap_or_default();
    given > shipped(1, word).unwrap_or_default() || (given == 0.0 && Nickname::of(word).main() != 0)
}

/// The given name in full that stands beside the family name in a local part or slug, if the name has its
/// initial, a form of it or a slip.
fn shown(text: &str, given: &str, family: &str) -> Option<String> {
    if given.len() > 1 && text.contains(given) {
        return None;
    }
    let text = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let head = text.get(..text.floor_char_boundary(80))?;
    let (other, _) = beside_in_local(head, family)?;
    let fits = if given.len() == 1 {
        other.starts_with(given)
    } else {
        let known = shipped(0, given).is_some() || Nickname::of(given).is_listed();
        Nickname::of(given).shares_class(&Nickname::of(&other))
            || is_like(given, &other)
            || (!known && given.as_bytes()[0] == other.as_bytes()[0])
    };
    (other.len() >= 3 && other != given && fits).then_some(other)
}

/// The first word of a slug such as `ulrich-wiesenrieder-798452815` whose second is the family name: it is what
/// its owner is called.
fn beside_in_slug(slug: &str, family: &str) -> Option<String> {
    let (first, rest) = slug.split_once('-')?;
    let second = rest.split('-').next()?;
    let plain = first.len() >= 3 && first.len() <= 24 && !first.bytes().any(|byte| byte.is_ascii_digit());
    (plain && key(second) == family).then(|| key(first))
}
