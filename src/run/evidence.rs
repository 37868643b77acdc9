//! Labels of what contacts say of themselves: title, employer, place. Many contacts share the same texts.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

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
    /// What many contacts share, a cache for each thread.
    caches: Vec<Mutex<Cache>>,
}

#[derive(Default)]
struct Cache {
    titles: FxHashMap<String, Titled>,
    employers: FxHashMap<String, Employer>,
    companies: FxHashMap<String, Arc<Company>>,
}

/// What the name of a company says of its sector.
struct Company {
    by: ByCompany,
    /// The name, folded.
    folded: String,
    /// The label, where the name alone decides.
    safe: Option<Label>,
}

/// Entries of a cache; more are read anew each time, so that memory stays bounded.
const CACHED: usize = 1 << 16;

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
            caches: (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect(),
        }
    }

    /// Labels industry, level, function and place; gives what goals and wishes are compared with.
    pub(super) fn read(&self, contact: &mut Contact) -> (Labels, Employer, Option<Place>) {
        let thread = rayon::current_thread_index().map_or(0, |thread| thread + 1);
        let (titled, employer, sector) = match self.caches[thread.min(self.caches.len() - 1)].lock() {
            Ok(mut cache) => (
                remembered(&mut cache.titles, &contact.position, || self.title(&contact.position)),
                self.aims.asks_for_employers().then(|| {
                    remembered(&mut cache.employers, &contact.company, || employer(&contact.company))
                }),
                self.sector(contact, Some(&mut cache.companies)),
            ),
            // What another thread left half done is not used.
            Err(_) => {
                (self.title(&contact.position), Some(employer(&contact.company)), self.sector(contact, None))
            }
        };
        let mut labels = Labels {
            industry: sector,
            seniority: titled.seniority,
            function: titled.function,
            ..Labels::default()
        };
        let found = self.place(contact, &mut labels);
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

    /// The sector of a contact's employer.
    fn sector(
        &self,
        contact: &Contact,
        cache: Option<&mut FxHashMap<String, Arc<Company>>>,
    ) -> Option<Label> {
        let Contact { company, given_name, family_name, position, .. } = contact;
        if company.is_empty() && position.is_empty() && contact.emails.is_empty() {
            return None;
        }
        let known = match cache {
            Some(cache) => remembered(cache, company, || Arc::new(self.company(company, "", ""))),
            None => Arc::new(self.company(company, "", "")),
        };
        // Only a company of somebody's own name is judged by that name.
        let own_name = !family_name.is_empty() && known.folded.contains(fold(family_name).as_str());
        let known = if own_name { Arc::new(self.company(company, given_name, family_name)) } else { known };
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
        Company { by, folded: fold(company), safe }
    }

    fn label(&self, found: &Industry, case: &industry::Case<'_>) -> Label {
        Label {
            value: found.sector.id(),
            confidence: found.confidence,
            reason: found.reason.words(self.language, case).into(),
        }
    }

    /// The place of a contact in one spelling; columns that nothing is known of stay as they are.
    fn place(&self, contact: &mut Contact, labels: &mut Labels) -> Option<Place> {
        let told = [&contact.street, &contact.postcode, &contact.city, &contact.region, &contact.country];
        if told.iter().all(|part| part.is_empty()) && contact.company.is_empty() && contact.phones.is_empty()
        {
            return None;
        }
        let found = place(&place::Case::of(contact, &self.country), self.language);
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

/// What a text says, read once.
fn remembered<T: Clone>(cache: &mut FxHashMap<String, T>, key: &str, read: impl FnOnce() -> T) -> T {
    if let Some(known) = cache.get(key) {
        return known.clone();
    }
    let found = read();
    if cache.len() < CACHED {
        cache.insert(key.to_owned(), found.clone());
    }
    found
}
