//! The world: its words and rates, and who needs a number to be told apart from whom.

use std::collections::BTreeMap;

use super::company::Company;
use super::person::Person;
use super::rates::Rates;
use super::words::Words;

/// The name of somebody on the team.
pub(crate) struct MemberName {
    /// Folder in the inbox and id in the pipeline file.
    pub(crate) id: String,
    /// Given name.
    pub(crate) given: String,
    /// Family name.
    pub(crate) family: String,
    /// Whether a woman.
    pub(crate) female: bool,
}

/// What of a person must differ from everybody else's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// The address of one employment.
    Job(u8),
    /// The private address.
    Private,
    /// The LinkedIn profile.
    LinkedIn,
    /// The Xing profile.
    Xing,
}

/// Everything people and companies are drawn from.
pub(crate) struct World {
    /// The seed of all that is drawn.
    pub(crate) seed: u64,
    /// How often things are wrong.
    pub(crate) rates: Rates,
    /// Names, places, titles.
    pub(crate) words: Words,
    /// The team; the people with the first numbers.
    pub(crate) members: Vec<MemberName>,
    /// How many companies there are.
    pub(crate) company_count: u32,
    /// The day of the last export.
    pub(crate) today: i32,
    /// The number from 1 up of everybody who came second to an address or profile.
    ordinals: BTreeMap<(u32, Slot), u16>,
}

impl World {
    /// A world in which `people` people live; addresses and profiles of no two are the same.
    pub(crate) fn new(
        seed: u64,
        rates: &Rates,
        words: Words,
        members: Vec<MemberName>,
        people: u32,
        today: i32,
    ) -> World {
        let company_count = (people / 6 + 40).min(95_000);
        let ordinals = BTreeMap::new();
        let mut world = World { seed, rates: *rates, words, members, company_count, today, ordinals };
        world.ordinals = world.tell_apart(people);
        world
    }

    /// The company with that number.
    pub(crate) fn company(&self, index: u32) -> Company {
        let (seed, count) = (self.seed, self.company_count);
        let index = index.min(count - 1);
        let company = Company::draw(&self.words, seed, index, count);
        if self.rates.brand > 0.0 { company.branded(&self.words, seed, index, count) } else { company }
    }

    /// The number that tells a person's address or profile apart from others'; 0 for the first.
    pub(crate) fn ordinal(&self, person: u32, slot: Slot) -> u16 {
        self.ordinals.get(&(person, slot)).copied().unwrap_or(0)
    }

    fn tell_apart(&self, people: u32) -> BTreeMap<(u32, Slot), u16> {
        let mut keys = Vec::new();
        for index in 0..people {
            for (slot, name) in Person::draw(self, index).names_to_keep_apart(self) {
                keys.push((hash(&name), index, slot));
            }
        }
        keys.sort_unstable();
        let mut ordinals = BTreeMap::new();
        let mut same = 0u16;
        for pair in keys.windows(2) {
            let [(before, one, _), (now, two, slot)] = *pair else { continue };
            if before != now {
                same = 0;
            } else if one != two {
                same = same.saturating_add(1);
            }
            if same > 0 {
                ordinals.insert((two, slot), same);
            }
        }
        ordinals
    }
}

/// The hash FNV-1a, which is the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
