//! Labels of what contacts say of themselves: title, employer, place. Many contacts share the same texts.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::aims::Aims;
use super::locale::Locale;
use crate::contact::{Contact, Label, Labels};
use crate::label::industry::{self, ByCompany, Industry, brand};
use crate::label::place::{self, Place, place};
use crate::label::title;
use crate::table::Language;
use crate::text::fold;
use crate::words::company_core;

/// Reads texts and remembers what they say.
pub(super) struct Evidence<'a> {
    aims: &'a Aims,
    language: Language,
    country: String,
    titles: Shared<Titled>,
    employers: Shared<Employer>,
    companies: Shared<Arc<Company>>,
    bare: Shared<Place>,
}

/// What the name of a company says of its sector.
struct Company {
    by: ByCompany,
    /// The name, folded.
    folded: String,
    /// The label, where the name alone decides.
    safe: Option<Label>,
    /// Whether no place is named in it.
    nowhere: bool,
}

/// Parts of a cache, so that threads seldom wait for each other.
const PARTS: usize = 32;
/// Entries of a part; more are read anew each time, so that memory stays bounded.
const CACHED: usize = (1 << 17) / PARTS;

/// What texts say that many contacts share, by a hash of the text.
struct Shared<T>([Mutex<FxHashMap<u64, T>>; PARTS]);

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared(std::array::from_fn(|_| Mutex::default()))
    }
}

impl<T: Clone> Shared<T> {
    /// What a text says, read once.
    fn get(&self, text: &str, read: impl FnOnce() -> T) -> T {
        let key = xxh3_64(text.as_bytes());
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
}

/// What is compared of an employer.
#[derive(Debug, Clone, Default)]
pub(super) struct Employer {
    /// Its name without legal form.
    pub(super) core: Arc<str>,
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
            titles: Shared::default(),
            employers: Shared::default(),
            companies: Shared::default(),
            bare: Shared::default(),
        }
    }

    /// Labels industry, level, function and place; gives what goals and wishes are compared with.
    pub(super) fn read(&self, contact: &mut Contact) -> (Labels, Employer, Option<Place>) {
        let Contact { company, position, .. } = &*contact;
        let titled = match position.as_str() {
            "" => Titled::default(),
            position => self.titles.get(position, || self.title(position)),
        };
        let employer =
            self.aims.asks_for_employers().then(|| self.employers.get(company, || employer(company)));
        let known = self.companies.get(company, || Arc::new(self.company(company, "", "")));
        let sector = self.sector(contact, &known);
        let mut labels = Labels {
            industry: sector,
            seniority: titled.seniority,
            function: titled.function,
            ..Labels::default()
        };
        let found = self.place(contact, &known, &mut labels);
        (labels, employer.unwrap_or_default(), found)
    }

    /// What a job title says.
    pub(super) fn title(&self, position: &str) -> Titled {
        let label = |value: &'static str, confidence: f32, reason: &title::Reason| Label {
            value,
            confidence,
            reason: reason.words(self.language).into(),
        };
        let read = title::titles(position, "");
        Titled {
            seniority: read.seniority.map(|found| label(found.value.id(), found.confidence, &found.reason)),
            function: read.function.map(|found| label(found.value.id(), found.confidence, &found.reason)),
        }
    }

    /// The sector of a contact's employer, of which `known` is what its name says.
    fn sector(&self, contact: &Contact, known: &Arc<Company>) -> Option<Label> {
        let Contact { company, given_name, family_name, position, .. } = contact;
        if company.is_empty() && position.is_empty() && contact.emails.is_empty() {
            return None;
        }
        // Only a company of somebody's own name is judged by that name.
        let own_name = holds(&known.folded, family_name);
        let own = own_name.then(|| Arc::new(self.company(company, given_name, family_name)));
        let known = own.as_ref().unwrap_or(known);
        if known.safe.is_some() && self.aims.industries.is_empty() {
            return known.safe.clone();
        }
        let domains: Vec<&str> = contact
            .emails
            .iter()
            .filter_map(|email| email.split_once('@'))
            .map(|(_, domain)| domain)
            .collect();
        let case = industry::Case { company, given_name, family_name, domains: &domains, position };
        let found = known.by.decide(&case, &self.aims.industries).ok()?;
        Some(self.label(&found, &case))
    }

    fn company(&self, company: &str, given_name: &str, family_name: &str) -> Company {
        let by = ByCompany::read(company, given_name, family_name);
        let case = industry::Case { company, given_name, family_name, ..industry::Case::default() };
        let safe = by.safe().map(|found| self.label(found, &case));
        Company { by, folded: fold(company), safe, nowhere: !place::names_place(company) }
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
        let found = if told[..4].iter().all(|part| part.is_empty()) && known.nowhere {
            let calling = case.calling();
            if silent && calling.is_empty() {
                return Some(Place::default());
            }
            // Most contacts have a country and a telephone number at best, and there are few of both.
            let key = format!("{}\n{calling}", contact.country);
            self.bare.get(&key, || place(&place::Case { company: "", ..case }, self.language))
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
            labels.place_reason = found.reason.words(self.language).into();
        }
        Some(found)
    }
}

/// What is compared of an employer.
fn employer(company: &str) -> Employer {
    Employer { core: company_core(company).into(), brand: brand(company) }
}

/// Whether folded text holds a name, compared folded; an empty one is in none.
fn holds(folded: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    if !name.is_ascii() {
        return folded.contains(fold(name).as_str());
    }
    // Folding plain letters makes them small and nothing else.
    folded.as_bytes().windows(name.len()).any(|part| part.eq_ignore_ascii_case(name.as_bytes()))
}
