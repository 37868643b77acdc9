//! Comparing two names: nicknames, initials, slips, double and swapped names, weighed by how common they are.

use super::compare::Sink;
use super::feature::{FAMILY, Feature, GIVEN};
use super::model::Level;
use super::name::Relation;
use super::score::Corpus;
use super::spelling::key;
use super::symbol::NONE;

/// What the comparison of two names found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// They are those of two relatives.
    pub(super) relatives: bool,
    /// Given and family name agree.
    pub(super) same: bool,
    /// The family names are two: a marriage, or a colleague of the same given name.
    pub(super) other_family: bool,
}

/// How two family names relate.
#[derive(Debug, Clone, Copy)]
struct Family {
    level: Level,
    /// In bits.
    weight: f32,
    /// They are nearly the same, and yet certainly two names and no slip.
    two: bool,
}

impl Corpus<'_> {
    /// Compares given, middle and family names; `people` of the name are known at least.
    pub(super) fn compare_names(&self, a: &Feature, b: &Feature, people: u8, sink: &mut impl Sink) -> Names {
        let (one_a, one_b) = (lone_word(a), lone_word(b));
        if one_a.is_some() || one_b.is_some() {
            self.compare_lone(a, b, sink);
            return Names::default();
        }
        let given = self.given_level(a, b);
        let mut employer_named = false;
        let family = self.family_level(a, b).map(|Family { level, weight, two }| {
            // `Sepp Talvenor` may be how a phone book names Josef of the Talvenor company, or an owner whose company
            // has the family's name: half of what speaks against one person stays, so that it takes more than a
            // given name and that employer to join the two.
            employer_named = level >= Level::FamilyNear
                && !two
                && (self.is_employer(a.family_full, a, b) || self.is_employer(b.family_full, a, b));
            (level, if employer_named { weight / 2.0 } else { weight })
        });
        let unlike = given.is_none_or(|(level, _)| level >= Level::GivenNear)
            && family.is_none_or(|(level, _)| level >= Level::FamilyNear);
        let (given, family) = match unlike.then(|| self.swapped(a, b)).flatten() {
            Some((first, second)) => {
                (Some((Level::GivenSwapped, first)), Some((Level::FamilySwapped, second)))
            }
            None => (given, family),
        };
        let mut sum = 0.0;
        for (level, weight) in given.into_iter().chain(family) {
            sum += weight;
            sink.add(level, weight);
        }
        let whole = given.is_some_and(|(level, _)| level <= Level::GivenTypo)
            && family.is_some_and(|(level, _)| level <= Level::FamilyTypo);
        let discount = if whole { self.origins.discount(a.given[0], a.family[0]) } else { 0.0 };
        if discount < 0.0 {
            sum += discount;
            sink.add(Level::Origin, discount);
        }
        if sum > 0.0 && (a.derived | b.derived) & FAMILY != 0 {
            let weight = self.model.fixed(Level::Derived);
            sum += weight;
            sink.add(Level::Derived, weight);
        }
        let cap = self.caps[usize::from(people)];
        if sum > cap {
            sink.add(Level::Namesake, cap - sum);
        }
        let relatives = (a.generation != b.generation && a.generation != 0 && b.generation != 0
            || given.is_some_and(|(level, _)| level == Level::GivenDifferent))
            && family.is_some_and(|(level, _)| level <= Level::FamilyTypo);
        if relatives {
            sink.add(Level::Relative, self.model.fixed(Level::Relative));
        }
        let first = given.map(|(level, _)| level);
        if a.given[1] != NONE
            && b.given[1] != NONE
            && matches!(
                first,
                Some(Level::GivenExact | Level::GivenInitial | Level::GivenNickname | Level::GivenShown)
            )
        {
            let level = match self.names.relation(a.given[1], b.given[1]) {
                Relation::Equal | Relation::Typo => Level::MiddleEqual,
                Relation::Initial => Level::MiddleInitial,
                _ => Level::MiddleDifferent,
            };
            sink.add(level, self.model.fixed(level));
        }
        let same = given.is_some_and(|(level, _)| level <= Level::GivenSwapped)
            && family.is_some_and(|(level, _)| level <= Level::FamilySwapped);
        let other_family =
            !employer_named && family.is_some_and(|(level, _)| level == Level::FamilyDifferent);
        Names { relatives, same, other_family }
    }

    /// Whether a family name of four letters or more is the beginning of either record's employer. A mail domain
    /// does not count: many people have one of their own name.
    fn is_employer(&self, family: u32, a: &Feature, b: &Feature) -> bool {
        let begins = |employer: u32| {
            self.hints.may_begin_with(employer, family)
                && self.features.texts.text(employer).starts_with(self.names.text(family))
        };
        [a.company, b.company].into_iter().any(begins)
    }

    /// log2 of the chance of a word as a given or family name, whichever is more likely.
    fn any_share(&self, symbol: u32) -> f32 {
        self.frequencies.given[symbol as usize].max(self.frequencies.family[symbol as usize])
    }

    fn given_level(&self, a: &Feature, b: &Feature) -> Option<(Level, f32)> {
        let (x, y) = (a.given[0], b.given[0]);
        if x == NONE || y == NONE {
            return None;
        }
        let whole = |full: u32, other: u32| full != NONE && full == other;
        if whole(a.given_full, y) || whole(x, b.given_full) {
            return Some(self.weigh_given(Relation::Equal, y, x));
        }
        let mut relation = self.names.relation(x, y);
        if a.given_shown != NONE || b.given_shown != NONE {
            if let Some(shown) =
                shown_given(a, b).filter(|_| (Relation::Nickname..Relation::Near).contains(&relation))
            {
                let share = self.frequencies.given[shown as usize];
                return Some((Level::GivenShown, self.model.rare(Level::GivenShown, share)));
            }
            relation = self.shown_relation(relation, a, b);
        }
        for (pet, other, row) in [(a.nickname, y, b), (b.nickname, x, a)] {
            if pet != NONE && relation > Relation::Equal && pet == other && row.derived & GIVEN == 0 {
                let share = self.frequencies.given[pet as usize];
                return Some((Level::GivenPet, self.model.rare(Level::GivenPet, share)));
            }
        }
        if relation > Relation::Initial && (x == b.given[1] || y == a.given[1]) {
            let shared = if x == b.given[1] { x } else { y };
            let share = self.frequencies.given[shared as usize];
            return Some((Level::GivenPart, self.model.rare(Level::GivenPart, share)));
        }
        let (level, weight) = self.weigh_given(relation, x, y);
        if (a.derived | b.derived) & GIVEN == 0 {
            return Some((level, weight));
        }
        // What an address shows of a given name may tell people apart; it never joins them by itself.
        Some((level, weight.min(self.model.fixed(Level::GivenInitial))))
    }

    /// How given names relate that address or profile show in full: M. who signs as Marco is no Marius, and of two
    /// called Kathi one may be Katrin and the other Katharina.
    fn shown_relation(&self, written: Relation, a: &Feature, b: &Feature) -> Relation {
        let full = |row: &Feature| if row.given_shown == NONE { row.given[0] } else { row.given_shown };
        let of_full = self.names.relation(full(a), full(b));
        let both = a.given_shown != NONE && b.given_shown != NONE;
        let unsure = matches!(written, Relation::Nickname | Relation::Initial | Relation::PetInitial)
            || (both && written == Relation::Equal);
        if unsure && of_full >= Relation::Near {
            return of_full;
        }
        let crossed = self.names.relation(full(a), b.given[0]).min(self.names.relation(a.given[0], full(b)));
        written.min(of_full.min(crossed).max(Relation::Nickname))
    }

    fn weigh_given(&self, relation: Relation, x: u32, y: u32) -> (Level, f32) {
        let share = |symbol: u32| self.frequencies.given[symbol as usize];
        let exact = |symbol: u32| self.model.rare(Level::GivenExact, share(symbol));
        let level = match relation {
            Relation::Equal if self.names.is_letter(x) => Level::GivenInitial,
            Relation::Equal => return (Level::GivenExact, exact(x)),
            Relation::Nickname => {
                let weight = self.model.rare(Level::GivenNickname, share(x).min(share(y)));
                return (Level::GivenNickname, weight);
            }
            Relation::Initial => Level::GivenInitial,
            Relation::PetInitial => Level::GivenPetInitial,
            Relation::Spelling | Relation::Typo => Level::GivenTypo,
            Relation::Prefix => Level::GivenPrefix,
            Relation::Alike => Level::GivenAlike,
            Relation::Near => Level::GivenNear,
            Relation::Different => Level::GivenDifferent,
        };
        // A slip in a common name proves less than the same name would.
        let most = if level < Level::GivenInitial { exact(x).min(exact(y)) - 1.0 } else { f32::MAX };
        (level, self.model.fixed(level).min(most.max(0.0)))
    }

    fn family_level(&self, a: &Feature, b: &Feature) -> Option<Family> {
        if a.family[0] == NONE || b.family[0] == NONE {
            return None;
        }
        let share = |symbol: u32| self.frequencies.family[symbol as usize];
        let one = |(level, weight)| Some(Family { level, weight, two: false });
        if a.family_full == b.family_full {
            let rarer = if a.family[1] == NONE {
                share(a.family[0])
            } else {
                share(a.family[0]).min(share(a.family[1]))
            };
            if self.names.is_letter(a.family_full) {
                return one((Level::FamilyInitial, self.model.fixed(Level::FamilyInitial)));
            }
            return one((Level::FamilyExact, self.model.rare(Level::FamilyExact, rarer)));
        }
        let whole = (a.family_full, b.family_full);
        let relation_of_whole = self.names.relation(whole.0, whole.1);
        let single = |row: &Feature| row.family[1] == NONE && row.family[2] == NONE;
        if single(a) && single(b) {
            return Some(self.judge_family(relation_of_whole, (a, b), whole, whole));
        }
        let words = |row: &Feature| row.family.into_iter().filter(|word| *word != NONE);
        let pairs = || words(a).flat_map(|x| words(b).map(move |y| (x, y)));
        let nearest = pairs().map(|(x, y)| self.names.relation(x, y)).min().unwrap_or(Relation::Different);
        if relation_of_whole <= nearest {
            let first = (a.family[0], b.family[0]);
            return Some(self.judge_family(relation_of_whole, (a, b), whole, first));
        }
        // Of several words as near as each other the most is granted, whichever record is asked first.
        let nearest_pairs = pairs().filter(|(x, y)| self.names.relation(*x, *y) == nearest);
        let judged = nearest_pairs.map(|pair| self.judge_family(nearest, (a, b), pair, pair));
        judged.max_by(|one, other| one.weight.total_cmp(&other.weight).then(other.level.cmp(&one.level)))
    }

    /// Weighs two family names that relate so, by how common the words `of` are.
    fn judge_family(
        &self,
        relation: Relation,
        rows: (&Feature, &Feature),
        names: (u32, u32),
        of: (u32, u32),
    ) -> Family {
        if self.are_two_families(relation, rows, names) {
            let level = Level::FamilyDifferent;
            return Family { level, weight: self.model.fixed(level), two: true };
        }
        let (level, weight) = self.weigh_family(relation, of.0, of.1);
        Family { level, weight, two: false }
    }

    /// Whether family names that are nearly the same are certainly two names, and not one with a slip.
    fn are_two_families(&self, relation: Relation, rows: (&Feature, &Feature), (x, y): (u32, u32)) -> bool {
        matches!(relation, Relation::Typo | Relation::Prefix | Relation::Alike | Relation::Near)
            && !self.names.sound_alike(x, y)
            && self.is_own_name(rows.0, x, y)
            && self.is_own_name(rows.1, y, x)
    }

    /// Whether a family name is certainly no slip of another: many people have it, or an address of the record
    /// restates it, since addresses with a slip reach nobody. Where an address restates the other name, it is one.
    fn is_own_name(&self, row: &Feature, family: u32, other: u32) -> bool {
        let common = self.names.is_common_family(family);
        let emails = self.features.emails(row);
        if emails.is_empty() {
            return common;
        }
        let (name, other) = (self.names.text(family), self.names.text(other));
        let mut own = common;
        for email in emails {
            let local = key(self.features.keys.text(*email).rsplit_once('@').unwrap_or_default().0);
            let (names, others) = (local.contains(name), local.contains(other));
            // Of two names of which one begins with the other, the longer one is meant.
            if others && other.len() >= 4 && (!names || other.len() > name.len()) {
                return false;
            }
            own |= names && name.len() >= 4;
        }
        own
    }

    fn weigh_family(&self, relation: Relation, x: u32, y: u32) -> (Level, f32) {
        let share = |symbol: u32| self.frequencies.family[symbol as usize];
        let exact = |symbol: u32| self.model.rare(Level::FamilyExact, share(symbol));
        let level = match relation {
            Relation::Equal => return (Level::FamilyPart, self.model.rare(Level::FamilyPart, share(x))),
            Relation::Spelling => {
                let rarer = share(x).min(share(y));
                return (Level::FamilySpelling, self.model.rare(Level::FamilySpelling, rarer));
            }
            Relation::Initial => Level::FamilyInitial,
            Relation::Typo | Relation::Prefix => Level::FamilyTypo,
            Relation::Alike => Level::FamilyAlike,
            Relation::Near | Relation::Nickname => Level::FamilyNear,
            Relation::PetInitial | Relation::Different => Level::FamilyDifferent,
        };
        let most = if level < Level::FamilyInitial { exact(x).min(exact(y)) - 1.0 } else { f32::MAX };
        (level, self.model.fixed(level).min(most.max(0.0)))
    }

    /// What words weigh that stand in each other's place; the given name of `a` first.
    fn swapped(&self, a: &Feature, b: &Feature) -> Option<(f32, f32)> {
        let find = |x: u32, words: [u32; 3]| {
            let relations = words
                .into_iter()
                .filter(|word| *word != NONE)
                .map(|word| (self.names.relation(x, word), word));
            relations.filter(|(relation, _)| *relation <= Relation::Typo).min()
        };
        let (first, y) = find(a.given[0], b.family)?;
        let (second, x) = find(b.given[0], a.family)?;
        let weight = |relation: Relation, level: Level, x: u32, y: u32| {
            let exact = self.model.rare(level, self.any_share(x).max(self.any_share(y)));
            match relation {
                Relation::Equal => exact,
                // A pet name or a slip in the other's place proves no more than in its own.
                _ => (self.weigh_given(relation, x, y).1 + exact.min(0.0)).min(exact),
            }
        };
        Some((
            weight(first, Level::GivenSwapped, a.given[0], y),
            weight(second, Level::FamilySwapped, b.given[0], x),
        ))
    }

    /// Compares names of which at least one is a single word, whose place nobody can be sure of.
    fn compare_lone(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        let words = |row: &Feature| [(row.given[0], true), (row.family[0], false), (row.family[1], false)];
        let mut best: Option<(Relation, u32, u32, bool)> = None;
        for (x, given_x) in words(a) {
            for (y, given_y) in words(b) {
                if x == NONE || y == NONE {
                    continue;
                }
                let relation = self.names.relation(x, y);
                if best.is_none_or(|(have, ..)| relation < have) {
                    // A word that stands as given name in either is judged as one.
                    best = Some((relation, x, y, given_x || given_y));
                }
            }
        }
        if let Some((relation, x, y, given)) = best {
            // A word that can only be a family name is another one.
            let certain = |lone: &Feature, other: &Feature| lone.given[0] == NONE && other.family[0] != NONE;
            if relation == Relation::Different && (certain(a, b) || certain(b, a)) {
                sink.add(Level::FamilyDifferent, self.model.fixed(Level::FamilyDifferent));
                return;
            }
            if !given && self.are_two_families(relation, (a, b), (x, y)) {
                sink.add(Level::FamilyDifferent, self.model.fixed(Level::FamilyDifferent));
                return;
            }
            // Two single words that differ may be a given and a family name, or a pet name.
            let relation = relation.min(Relation::Near);
            let (level, weight) = match (given, relation) {
                (true, _) => self.weigh_given(relation, x, y),
                (false, Relation::Equal) => {
                    let share = self.frequencies.family[x as usize];
                    (Level::FamilyExact, self.model.rare(Level::FamilyExact, share))
                }
                (false, _) => self.weigh_family(relation, x, y),
            };
            sink.add(level, weight);
        }
    }
}

/// The given name that an address or a profile shows in full where the other record writes it, or shows it too.
fn shown_given(a: &Feature, b: &Feature) -> Option<u32> {
    let shown = |shown: u32, other: &Feature| {
        (shown != NONE && (shown == other.given[0] || shown == other.given_shown)).then_some(shown)
    };
    shown(a.given_shown, b).or_else(|| shown(b.given_shown, a))
}

/// The only word of a name that has just one.
#[inline]
fn lone_word(row: &Feature) -> Option<u32> {
    match (row.given[0], row.family[0]) {
        (NONE, NONE) => None,
        (word, NONE) | (NONE, word) => Some(word),
        _ => None,
    }
}
