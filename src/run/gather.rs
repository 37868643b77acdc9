//! What is gathered while contacts are labelled one after the other: categories, wishes, counts, whom to sort.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::label::{Labelled, MemberTie, Tally};
use super::wishes::Met;
use crate::contact::{Contact, Holding, Kind, Label, Letter, Scope};
use crate::label::mark::{Marks, marks};
use crate::label::strength::Band;
use crate::report::{Birthday, Bond, Fact, Fall, Group};
use crate::scales;
use crate::state::tiers::KeptTier;
use crate::table::{Texts, Value};
use crate::text::fold;

/// What is known once all contacts are labelled.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The category of each contact, in their order.
    pub(super) tiers: Vec<KeptTier>,
    /// Who fulfils which wish.
    pub(super) met: Met,
    /// Counts for goals that could be asked for; only where there are none.
    pub(super) tally: Option<Tally>,
    /// How many contacts have which label.
    pub(super) counts: LabelCounts,
    /// What reports need to know of each contact, in their order.
    pub(super) facts: Vec<Fact>,
    /// Ids and names of the contacts, in their order.
    pub(super) ids: Vec<String>,
    pub(super) names: Texts,
    /// Employers and cities, each by its number; the first stands for none.
    pub(super) companies: Numbered,
    pub(super) cities: Numbered,
    /// What contacts are filed under.
    pub(super) groups: Groups,
    /// Birthdays that are known.
    pub(super) birthdays: Vec<Birthday>,
    /// Why those who had a better category before have the present one, in the order of contacts.
    pub(super) falls: Vec<Fall>,
    /// How strong ties are, in the order of contacts and members.
    pub(super) bonds: Vec<Bond>,
    /// How strong the tie behind each holding is, in the order of holdings.
    pub(super) held: Vec<Held>,
    /// People whom nobody has sorted, by how promising they are and their number in the order of contacts.
    unsorted: Vec<(Reverse<u32>, u32)>,
}

/// How strong the tie behind a holding is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Held {
    /// 0 to 1; none while nothing dated is known to have happened.
    pub(super) score: Option<f32>,
    /// Share of the strength's parts that are known, by their weights.
    pub(super) coverage: f32,
    /// The score in a word.
    pub(super) band: Band,
}

/// How many people have which label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LabelCounts {
    /// People, whoever is labelled or not.
    pub people: u64,
    /// People known in private life only.
    pub private: u64,
    /// People with a sector.
    pub industry: u64,
    /// People with a level.
    pub seniority: u64,
    /// People with a function.
    pub function: u64,
    /// People with a city, region or country.
    pub place: u64,
    /// People with a tie whose strength is known.
    pub strength: u64,
    /// People of each category.
    pub tiers: [u64; 4],
    /// People known for business whom nobody and nothing has sorted: penguins.
    pub unsorted: u64,
    /// People of category D who left the contacts.
    pub archived: u64,
    /// Lines of the wish list.
    pub wishes: u64,
    /// Lines of the wish list that somebody fulfils.
    pub wishes_met: u64,
    /// Whether the team says whom it wants to know.
    pub has_goals: bool,
}

impl Gathered {
    /// Nothing yet of so many contacts and holdings; `propose` says whether goals are to be proposed.
    pub(super) fn new(contacts: usize, holdings: usize, propose: bool) -> Gathered {
        Gathered {
            held: Vec::with_capacity(holdings),
            tiers: Vec::with_capacity(contacts),
            facts: Vec::with_capacity(contacts),
            ids: Vec::with_capacity(contacts),
            tally: propose.then(Tally::default),
            ..Gathered::default()
        }
    }

    /// How many contacts were seen.
    pub(super) fn len(&self) -> u32 {
        self.tiers.len() as u32
    }

    /// Looks at a labelled contact, which is the next one in their order, and its holdings. Its id is taken
    /// by [`Gathered::keep_ids`] once nothing else needs it.
    pub(super) fn see(&mut self, contact: &Contact, labelled: &Labelled, holdings: &[Holding]) {
        let place = self.len();
        self.held.extend(holdings.iter().map(|holding| {
            let tie = labelled.ties.iter().find(|tie| tie.member == holding.member);
            tie.map_or_else(Held::default, |MemberTie { score, coverage, band, .. }| Held {
                score: *score,
                coverage: *coverage,
                band: *band,
            })
        }));
        self.tiers.push(labelled.kept);
        self.tell(place, contact, labelled);
        if contact.kind != Kind::Person {
            return;
        }
        self.met.see(place, contact);
        if let (Some(tally), Some(fact)) = (&mut self.tally, self.facts.last()) {
            tally.add(contact, fact, labelled.company);
        }
        let labels = &contact.labels;
        let counts = &mut self.counts;
        counts.people += 1;
        counts.industry += u64::from(labels.industry.is_some());
        counts.seniority += u64::from(labels.seniority.is_some());
        counts.function += u64::from(labels.function.is_some());
        counts.strength += u64::from(labels.strength.is_some());
        let placed = [&contact.city, &contact.region, &contact.country].iter().any(|part| !part.is_empty());
        counts.place += u64::from(placed);
        let private = contact.scope == Scope::Private;
        counts.private += u64::from(private);
        match labels.tier.letter {
            Some(letter) => counts.tiers[letter as usize] += 1,
            None if !private => {
                counts.unsorted += 1;
                // Whom nobody holds any more need not be sorted.
                if !contact.holders.is_empty() {
                    let tier = &labels.tier;
                    let (score, coverage) = (tier.score.map(f64::from), Some(f64::from(tier.coverage)));
                    self.unsorted.push((Reverse(promise(score, coverage, contact.touches)), place));
                }
            }
            None => {}
        }
    }

    /// Takes the ids of the contacts that were seen, once they are written.
    pub(super) fn keep_ids(&mut self, people: Vec<Contact>) {
        self.ids.extend(people.into_iter().map(|contact| contact.contact_id));
    }

    /// Leaves what a generation needs once its reports are made: how strong ties are and the categories.
    pub(super) fn leave(self) -> (Vec<Held>, Vec<KeptTier>) {
        (self.held, self.tiers)
    }

    /// Notes what reports need to know.
    fn tell(&mut self, place: u32, contact: &Contact, labelled: &Labelled) {
        let labels = &contact.labels;
        let Marks { bounced, erase } = marks(contact.tags.iter().map(String::as_str));
        let at = |label: &Option<Label>, scale: &'static [Value]| {
            let label = label.as_ref()?;
            scale.iter().position(|value| value.name == label.value).map(|at| at as u8)
        };
        self.facts.push(Fact {
            kind: contact.kind,
            scope: contact.scope,
            tier: labels.tier.letter.map(|letter| letter.name().as_bytes()[0]),
            since: labels.tier.since,
            before: labels.tier.before.map(|letter| letter.name().as_bytes()[0]),
            sector: at(&labels.industry, scales::sectors()),
            level: at(&labels.seniority, scales::levels()),
            function: at(&labels.function, scales::functions()),
            company: self.companies.of_spelling(labelled.company, &contact.company, labelled.core),
            city: self.cities.of(&contact.city, fold),
            target: labelled.target,
            strength: labels.strength,
            reachable: !contact.emails.is_empty()
                || !contact.phones.is_empty()
                || !contact.linkedin_url.is_empty()
                || !contact.xing_url.is_empty(),
            address: !contact.street.is_empty() && !contact.city.is_empty(),
            bounced,
            erase,
        });
        if self.facts.last().and_then(Fact::fallen) == Some(true) {
            self.falls.push(Fall { contact: place, reason: Arc::clone(&labels.tier.reason) });
        }
        self.names.push(&contact.name);
        self.birthdays.extend(birthday(place, &contact.birthday));
        self.groups.add(place, contact.tags.iter().map(String::as_str));
        self.bonds.extend(labelled.bonds.iter().copied());
    }

    /// Notes somebody whom nobody has sorted.
    pub(super) fn note_unsorted(&mut self, promise: u32, place: u32) {
        self.unsorted.push((Reverse(promise), place));
    }

    /// All people whom nobody has sorted, the most promising first.
    pub(super) fn unsorted(&mut self) -> impl Iterator<Item = u32> {
        self.unsorted.sort_unstable();
        self.unsorted.iter().map(|(_, place)| *place)
    }

    /// The most promising people whom nobody has sorted, best first, at most `most`; and how many more there are.
    pub(super) fn most_promising(&mut self, most: usize) -> (Vec<u32>, u64) {
        let left = self.unsorted.len().saturating_sub(most);
        if left > 0 && most > 0 {
            self.unsorted.select_nth_unstable(most - 1);
        }
        self.unsorted.truncate(most);
        self.unsorted.sort_unstable();
        (self.unsorted.iter().map(|(_, place)| *place).collect(), left as u64)
    }
}

/// Tags and who carries them.
#[derive(Debug, Default)]
pub(super) struct Groups {
    names: Numbered,
    /// Contacts by the number of the tag, in order.
    contacts: Vec<Vec<u32>>,
}

impl Groups {
    /// Notes the tags of a contact, which is none of those noted before.
    pub(super) fn add<'a>(&mut self, place: u32, tags: impl Iterator<Item = &'a str>) {
        for tag in tags {
            let number = self.names.of(tag, fold) as usize;
            if number == 0 {
                continue;
            }
            self.contacts.resize(self.contacts.len().max(number), Vec::new());
            let contacts = &mut self.contacts[number - 1];
            // Two spellings of one tag are one.
            if contacts.last() != Some(&place) {
                contacts.push(place);
            }
        }
    }

    /// Each tag with its contacts.
    pub(super) fn all(&self) -> Vec<Group<'_>> {
        let names = self.names.names.iter().skip(1);
        names.zip(&self.contacts).map(|(name, contacts)| Group { name, contacts }).collect()
    }
}

/// Names, each with a number in the order in which they came.
#[derive(Debug)]
pub(super) struct Numbered {
    known: FxHashMap<u64, u32>,
    written: FxHashMap<u64, u32>,
    spelled: BySpelling,
    /// How each is written where it came first.
    pub(super) names: Vec<String>,
}

impl Default for Numbered {
    fn default() -> Numbered {
        Numbered {
            known: FxHashMap::default(),
            written: FxHashMap::default(),
            spelled: BySpelling::default(),
            names: vec![String::new()],
        }
    }
}

impl Numbered {
    /// The number of a name by the key that `key` makes of it; 0 where the key is empty.
    pub(super) fn of(&mut self, name: &str, key: impl FnOnce(&str) -> String) -> u32 {
        if name.is_empty() {
            return 0;
        }
        // As written first: making a key of every name anew would take longer than all else here.
        let written = xxh3_64(name.as_bytes());
        if let Some(number) = self.written.get(&written) {
            return *number;
        }
        let number = number_by_key(&mut self.known, &mut self.names, name, key_hash(&key(name)));
        self.written.insert(written, number);
        number
    }

    /// The same of a name that is written as the spelling of a number and whose key has that hash, which saves
    /// looking at the text again.
    fn of_spelling(&mut self, spelling: u32, name: &str, key: u64) -> u32 {
        if name.is_empty() {
            return 0;
        }
        let Numbered { known, names, spelled, .. } = self;
        spelled.of(spelling, || number_by_key(known, names, name, key))
    }
}

/// The hash of a name's key; 0 where the key is empty.
pub(super) fn key_hash(key: &str) -> u64 {
    if key.is_empty() { 0 } else { xxh3_64(key.as_bytes()) }
}

/// The number of a name by the hash of its key; 0 where the key is empty.
fn number_by_key(known: &mut FxHashMap<u64, u32>, names: &mut Vec<String>, name: &str, key: u64) -> u32 {
    let next = names.len() as u32;
    let number = if key == 0 { 0 } else { *known.entry(key).or_insert(next) };
    if number == next {
        names.push(name.to_owned());
    }
    number
}

/// Numbers that texts have somewhere, by the number of their spelling, so that each text is looked up once.
#[derive(Debug, Default)]
pub(super) struct BySpelling(Vec<Option<u32>>);

impl BySpelling {
    /// The number of a text; `find` is asked for that of a spelling which comes for the first time.
    pub(super) fn of(&mut self, spelling: u32, find: impl FnOnce() -> u32) -> u32 {
        let at = spelling as usize;
        if let Some(number) = self.0.get(at).copied().flatten() {
            return number;
        }
        let number = find();
        self.0.resize(self.0.len().max(at + 1), None);
        self.0[at] = Some(number);
        number
    }
}

/// A birthday as tables have it: `YYYY-MM-DD` or `--MM-DD`. Phones that keep no year write 1604 or 1900.
pub(super) fn birthday(contact: u32, text: &str) -> Option<Birthday> {
    let (year, rest) = match text.strip_prefix("--") {
        Some(rest) => (None, rest),
        None => text.split_once('-').map(|(year, rest)| (year.parse().ok(), rest))?,
    };
    let (month, day) = rest.split_once('-')?;
    let year = year.filter(|year| ![1604, 1900].contains(year));
    Some(Birthday { contact, year, month: month.parse().ok()?, day: day.parse().ok()? })
}

/// How promising somebody is whom nobody has sorted: what is known of the score counts with its weight, then
/// how often somebody had to do with them. Score and coverage count in thousandths, as tables have them.
pub(super) fn promise(score: Option<f64>, coverage: Option<f64>, touches: u32) -> u32 {
    let thousandths = |share: Option<f64>| (share.unwrap_or_default() * 1000.0).round() as u32;
    thousandths(score) * thousandths(coverage) * 16 + touches.min(15)
}

impl LabelCounts {
    /// People of a category.
    pub fn of(&self, letter: Letter) -> u64 {
        self.tiers[letter as usize]
    }
}
