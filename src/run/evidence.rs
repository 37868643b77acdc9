//! Labels of what contacts say of themselves: title, employer, place. Many contacts share the same texts.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::aims::Aims;
use super::gather::key_hash;
use super::locale::Locale;
use crate::contact::{Contact, Label, Labels};
use crate::label::industry::{self, Beside, ByCompany, Industry};
use crate::label::place::{self, Place, place, place_by_city};
use crate::label::title;
use crate::table::Language;
use crate::text::fold;

/// Reads texts and remembers what they say.
pub(super) struct Evidence<'a> {
    aims: &'a Aims,
    language: Language,
    country: String,
    titles: Known<Titled>,
    companies: Known<Company>,
    /// Reasons of sectors: many companies have the same.
    reasons: FxHashSet<Arc<str>>,
    bare: Shared<Place>,
    /// Places that the city tells with what stands beside it.
    cities: Shared<Option<Place>>,
    /// Sectors that mail domains tell.
    domains: Shared<Option<Label>>,
    /// Why places are what they are, in words, by [`place::Reason::number`].
    place_reasons: Vec<OnceLock<Arc<str>>>,
}

/// What texts say that many contacts share. Each is read once and has a number, by which it is found without
/// hashing it again.
struct Known<T> {
    /// The number of a text by its hash.
    numbers: FxHashMap<u64, u32>,
    all: Vec<T>,
}

impl<T> Default for Known<T> {
    fn default() -> Known<T> {
        Known { numbers: FxHashMap::default(), all: Vec::new() }
    }
}

impl<T: Send> Known<T> {
    /// Forgets everything once it is much, so that memory stays bounded.
    fn bound(&mut self) {
        if self.all.len() > MOST {
            *self = Known::default();
        }
    }

    /// The numbers of texts; those that are new are read, side by side.
    fn learn<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t str>,
        read: impl Fn(&str) -> T + Sync + Send,
    ) -> Vec<u32> {
        let known = self.all.len();
        let mut new: Vec<&str> = Vec::new();
        let number = |text: &'t str| {
            *self.numbers.entry(xxh3_64(text.as_bytes())).or_insert_with(|| {
                new.push(text);
                (known + new.len() - 1) as u32
            })
        };
        let numbers = texts.map(number).collect();
        self.all.par_extend(new.into_par_iter().map(read));
        numbers
    }
}

/// Titles that are remembered at a time, a batch of contacts more or less.
const MOST: usize = 1 << 17;

/// The numbers of what a contact says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Learned {
    title: u32,
    /// That of the company, as it is written.
    pub(super) company: u32,
}

/// What a contact's title and company say.
#[derive(Clone, Copy)]
pub(super) struct Said<'e> {
    titled: &'e Titled,
    company: &'e Company,
}

impl<'e> Said<'e> {
    /// A hash of what tells the company from others; 0 where nothing does.
    pub(super) fn core(self) -> u64 {
        self.company.core
    }

    /// What goals and wishes compare of the employer; none where nothing asks for it.
    pub(super) fn employer(self) -> Option<&'e Employer> {
        self.company.employer.as_ref()
    }
}

/// What the name of a company says.
pub(super) struct Company {
    sector: BySector,
    /// A hash of what tells the company from others, as [`key_hash`] makes it.
    core: u64,
    /// The name, folded, where that does more than make plain letters small.
    folded: Option<Box<str>>,
    /// Whether no place is named in it.
    nowhere: bool,
    /// What a mail domain says, kept for the first domain asked about, with its hash. Most people of a company have
    /// that one, and find it here without waiting for others at the cache.
    mail: OnceLock<(u64, Option<Label>)>,
    employer: Option<Employer>,
}

/// What the name of a company says of its sector.
struct BySector {
    label: Option<Label>,
    /// What counts beside it.
    beside: Beside,
}

/// Parts of a cache, so that threads seldom wait for each other.
const PARTS: usize = 32;
/// Entries of a part; more are read anew each time, so that memory stays bounded.
const CACHED: usize = (1 << 17) / PARTS;

/// What few different cases give, by a hash of the case.
struct Shared<T>([Mutex<FxHashMap<u64, T>>; PARTS]);

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared(std::array::from_fn(|_| Mutex::default()))
    }
}

impl<T: Clone> Shared<T> {
    /// What a case gives, found out once.
    fn get(&self, key: u64, read: impl FnOnce() -> T) -> T {
        let part = &self.0[(key >> 32) as usize % PARTS];
        // What another thread left half done is not used.
        let Ok(known) = part.lock() else { return read() };
        if let Some(found) = known.get(&key) {
            return found.clone();
        }
        drop(known);
        let found = read();
        if let Ok(mut known) = part.lock()
            && known.len() < CACHED
        {
            known.insert(key, found.clone());
        }
        found
    }
}

/// What a job title says.
#[derive(Debug, Clone, Default)]
pub(super) struct Titled {
    /// The level.
    pub(super) seniority: Option<Label>,
    /// The function.
    pub(super) function: Option<Label>,
    /// The sector of a regulated profession, once somebody asks for it.
    sector: OnceLock<Option<Label>>,
}

/// What is compared of an employer.
#[derive(Debug, Clone, Default)]
pub(super) struct Employer {
    /// Its name without legal form.
    pub(super) core: Box<str>,
    /// The well-known company that the name stands for.
    pub(super) brand: Option<&'static str>,
}

impl<'a> Evidence<'a> {
    /// Nothing is read yet.
    pub(super) fn new(aims: &'a Aims, locale: &Locale) -> Evidence<'a> {
        Evidence {
            aims,
            language: locale.language,
            country: locale.country.to_string(),
            titles: Known::default(),
            companies: Known::default(),
            reasons: FxHashSet::default(),
            bare: Shared::default(),
            cities: Shared::default(),
            domains: Shared::default(),
            place_reasons: (0..place::Reason::COUNT).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Reads what contacts say that no contact before has said, and gives each contact's numbers.
    pub(super) fn learn(&mut self, people: &[Contact]) -> Vec<Learned> {
        // What is remembered leaves `self` while the rest of it reads.
        let mut titles = std::mem::take(&mut self.titles);
        titles.bound();
        let mut companies = std::mem::take(&mut self.companies);
        let known = companies.all.len();
        let said = titles.learn(people.iter().map(|contact| &*contact.position), |text| self.title(text));
        let at = companies.learn(people.iter().map(|contact| &*contact.company), |text| self.company(text));
        (self.titles, self.companies) = (titles, companies);
        for label in
            self.companies.all[known..].iter_mut().filter_map(|company| company.sector.label.as_mut())
        {
            match self.reasons.get(&label.reason) {
                Some(reason) => label.reason = Arc::clone(reason),
                None => drop(self.reasons.insert(Arc::clone(&label.reason))),
            }
        }
        said.into_iter().zip(at).map(|(title, company)| Learned { title, company }).collect()
    }

    /// What the title and the company of those numbers say.
    pub(super) fn said(&self, learned: Learned) -> Said<'_> {
        Said {
            titled: &self.titles.all[learned.title as usize],
            company: &self.companies.all[learned.company as usize],
        }
    }

    /// What the title and the company of one contact say, read anew.
    pub(super) fn alone<T>(
        &self,
        contact: &mut Contact,
        then: impl FnOnce(&mut Contact, Said<'_>) -> T,
    ) -> T {
        let (titled, company) = (self.title(&contact.position), self.company(&contact.company));
        then(contact, Said { titled: &titled, company: &company })
    }

    /// Labels industry, level, function and place; gives the place that goals and wishes are compared with.
    pub(super) fn read(&self, contact: &mut Contact, said: Said<'_>) -> (Labels, Option<Place>) {
        let mut labels = Labels {
            industry: self.sector(contact, said),
            seniority: said.titled.seniority.clone(),
            function: said.titled.function.clone(),
            ..Labels::default()
        };
        let found = self.place(contact, said.company, &mut labels);
        (labels, found)
    }

    /// What a job title says.
    fn title(&self, position: &str) -> Titled {
        if position.is_empty() {
            return Titled::default();
        }
        let label = |value: &'static str, confidence: f32, reason: &title::Reason| Label {
            value,
            confidence,
            reason: reason.words(self.language).into(),
        };
        let read = title::titles(position, "");
        Titled {
            seniority: read.seniority.map(|found| label(found.value.id(), found.confidence, &found.reason)),
            function: read.function.map(|found| label(found.value.id(), found.confidence, &found.reason)),
            ..Titled::default()
        }
    }

    /// The sector of a contact's employer.
    fn sector(&self, contact: &Contact, Said { titled, company: known }: Said<'_>) -> Option<Label> {
        let Contact { company, given_name, family_name, position, .. } = contact;
        if company.is_empty() && position.is_empty() && contact.emails.is_empty() {
            return None;
        }
        // Only a company of somebody's own name is judged by that name.
        let own_name = holds(known.folded.as_deref().unwrap_or(company), family_name);
        let own = own_name.then(|| {
            let case = industry::Case { company, given_name, family_name, ..industry::Case::default() };
            self.by_sector(&industry::CompanyName::of(fold(company)), &case)
        });
        let BySector { label, beside } = own.as_ref().unwrap_or(&known.sector);
        if !self.aims.industries.is_empty() {
            let domains: Vec<&str> = domains(contact).collect();
            if let Some(found) = industry::by_table(company, &domains, &self.aims.industries) {
                return Some(self.label(&found, &industry::Case::default()));
            }
        }
        beside.first(|| label.clone(), || self.by_mail(contact, known), || self.by_title(titled, position))
    }

    /// What the mail domains of a contact say of its employer's sector.
    fn by_mail(&self, contact: &Contact, known: &Company) -> Option<Label> {
        let label = |domains: &[&str]| {
            industry::by_mail(domains).map(|found| self.label(&found, &industry::Case::default()))
        };
        let mut all = domains(contact);
        let first = all.next()?;
        // Most contacts have one domain.
        if all.any(|domain| domain != first) {
            return label(&domains(contact).collect::<Vec<_>>());
        }
        let key = xxh3_64(first.as_bytes());
        let find = || self.domains.get(key, || label(&[first]));
        match known.mail.get_or_init(|| (key, find())) {
            (same, found) if *same == key => found.clone(),
            _ => find(),
        }
    }

    /// What a job title says of the sector; it is found out once for each title.
    fn by_title(&self, titled: &Titled, position: &str) -> Option<Label> {
        let label = || {
            let case = industry::Case { position, ..industry::Case::default() };
            industry::by_title(position).map(|found| self.label(&found, &case))
        };
        titled.sector.get_or_init(label).clone()
    }

    /// What a company's name says.
    fn company(&self, company: &str) -> Company {
        let folded = fold(company);
        let nowhere = !place::names_place(company, &folded);
        let kept = (!company.is_ascii()).then(|| folded.as_str().into());
        let name = industry::CompanyName::of(folded);
        let case = industry::Case { company, ..industry::Case::default() };
        Company {
            sector: self.by_sector(&name, &case),
            core: key_hash(name.core()),
            folded: kept,
            nowhere,
            mail: OnceLock::new(),
            employer: self.aims.asks_for_employers().then(|| employer(&name)),
        }
    }

    /// What a company's name says of its sector; the contact's own name tells a company of one person.
    fn by_sector(&self, name: &industry::CompanyName, case: &industry::Case<'_>) -> BySector {
        let ByCompany { found, beside, .. } = ByCompany::read(name, case);
        BySector { label: found.map(|found| self.label(&found, case)), beside }
    }

    fn label(&self, found: &Industry, case: &industry::Case<'_>) -> Label {
        Label {
            value: found.sector.id(),
            confidence: found.confidence,
            reason: found.reason.words(self.language, case).into(),
        }
    }

    /// The place of a contact in one spelling; columns that nothing is known of stay as they are.
    fn place(&self, contact: &mut Contact, known: &Company, labels: &mut Labels) -> Option<Place> {
        let told = [&contact.street, &contact.postcode, &contact.city, &contact.region, &contact.country];
        let silent = told.iter().all(|part| part.is_empty());
        if silent && contact.company.is_empty() && contact.phones.is_empty() {
            return None;
        }
        let case = place::Case::of(contact, &self.country);
        let calling = case.calling();
        let bare = place::Case { company: "", ..case };
        let found = if told[..4].iter().all(|part| part.is_empty()) && known.nowhere {
            if silent && calling.is_empty() {
                return Some(Place::default());
            }
            // Most contacts have a country and a telephone number at best, and there are few of both.
            let key = xxh3_64_with_seed(contact.country.as_bytes(), xxh3_64(calling.as_bytes()));
            self.bare.get(key, || place(&bare, self.language))
        } else if !contact.city.is_empty() && known.nowhere {
            // Contacts of a city mostly have the same of what counts beside it; the street does not.
            let parts = [case.city, case.postcode, case.region, case.country, calling];
            let key = parts.iter().fold(0, |seed, part| xxh3_64_with_seed(part.as_bytes(), seed));
            let found = self.cities.get(key, || place_by_city(&bare, self.language));
            found.unwrap_or_else(|| place(&case, self.language))
        } else {
            place(&case, self.language)
        };
        let mut changed = false;
        for (have, new) in [
            (&mut contact.city, &found.city),
            (&mut contact.region, &found.region),
            (&mut contact.country, &found.country),
        ] {
            if !new.is_empty() && have.as_str() != new.as_ref() {
                new.as_ref().clone_into(have);
                changed = true;
            }
        }
        labels.country_weak = found.weak;
        labels.city_weak = found.weak && found.reason.source == place::Source::Company;
        if changed {
            let words = || found.reason.words(self.language).into();
            labels.place_reason = Arc::clone(self.place_reasons[found.reason.number()].get_or_init(words));
        }
        Some(found)
    }
}

/// The domains of a contact's mail addresses.
fn domains(contact: &Contact) -> impl Iterator<Item = &str> {
    contact.emails.iter().filter_map(|email| email.split_once('@')).map(|(_, domain)| domain)
}

/// What is compared of an employer.
fn employer(name: &industry::CompanyName) -> Employer {
    Employer { core: name.core().into(), brand: name.brand() }
}

/// Whether text, plain or folded, holds a name, compared folded; an empty one is in none.
fn holds(text: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    // Folding plain letters makes them small and nothing else.
    let folded = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(fold(name)) };
    let Some((&first, name)) = folded.as_bytes().split_first() else { return true };
    let text = text.as_bytes();
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .any(|at| text[at + 1..].get(..name.len()).is_some_and(|part| part.eq_ignore_ascii_case(name)))
}
