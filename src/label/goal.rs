//! Goals: whom the team wants to know, and how well a contact fits.

use std::sync::Arc;

use super::place::{Place, PlaceKey, place_key};
use crate::scales;
use crate::table::{Language, Value, Words, words};
use crate::words::company_core;

/// Whom the team wants to know; the pipeline file's `[goals]`, made ready for comparison.
#[derive(Debug, Clone, Default)]
pub struct Goals {
    industries: Vec<&'static Value>,
    functions: Vec<&'static Value>,
    levels: Vec<&'static Value>,
    companies: Vec<Company>,
    places: Vec<Wanted>,
    language: Language,
}

/// A company that is asked for.
#[derive(Debug, Clone)]
struct Company {
    /// As the team writes it.
    name: String,
    core: String,
    brand: Option<&'static str>,
}

/// A place that is asked for.
#[derive(Debug, Clone)]
struct Wanted {
    /// As the team writes it.
    name: String,
    key: PlaceKey,
}

/// What is asked for, as it stands in the pipeline file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Ids of sectors.
    pub industries: &'a [String],
    /// Ids of functions.
    pub functions: &'a [String],
    /// Ids of levels.
    pub seniority: &'a [String],
    /// Employers by name.
    pub companies: &'a [String],
    /// Cities, regions, countries.
    pub places: &'a [String],
}

/// What goals and wishes look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Who<'a> {
    /// Employer.
    pub company: &'a str,
    /// Core of the employer's name, as [`company_core`] makes it.
    pub core: &'a str,
    /// Well-known company that the employer's name stands for.
    pub brand: Option<&'static str>,
    /// Id of the sector.
    pub industry: Option<&'static str>,
    /// Id of the function.
    pub function: Option<&'static str>,
    /// Id of the level.
    pub seniority: Option<&'static str>,
    /// Where the contact is.
    pub place: Option<&'a Place>,
}

/// How well a contact fits the goals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fit {
    /// Share of what can be judged that fits, 0 to 1.
    pub value: f32,
    /// Share of what is asked for that can be judged, 0 to 1.
    pub known: f32,
    /// What fits, in words.
    pub met: Vec<Arc<str>>,
}

/// What comes of comparing one thing that is asked for.
enum Judged {
    /// It is not asked for, or not known.
    Open,
    /// It is known and is none of what is asked for.
    Misses,
    /// It is what is asked for, in words.
    Fits(String),
}

/// Whether two employers are one: the same name without legal form, or the same well-known company. Never one
/// name within another.
pub fn same_company(core: &str, brand: Option<&'static str>, other: &str, of: Option<&'static str>) -> bool {
    (!core.is_empty() && core == other) || (brand.is_some() && brand == of)
}

impl Goals {
    /// Makes goals ready. `brand` tells the well-known company that a name stands for.
    pub fn new(asked: &Asked<'_>, brand: impl Fn(&str) -> Option<&'static str>, language: Language) -> Goals {
        let values = |names: &[String], of: &'static [Value]| {
            names.iter().filter_map(|name| scales::named(of, name)).collect()
        };
        let company =
            |name: &String| Company { name: name.clone(), core: company_core(name), brand: brand(name) };
        let wanted = |name: &String| Wanted { name: name.clone(), key: place_key(name) };
        Goals {
            industries: values(asked.industries, scales::sectors()),
            functions: values(asked.functions, scales::functions()),
            levels: values(asked.seniority, scales::levels()),
            companies: asked.companies.iter().map(company).collect(),
            places: asked.places.iter().map(wanted).collect(),
            language,
        }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.dimensions() == 0
    }

    /// How many of employer, function, level and place are asked for.
    fn dimensions(&self) -> usize {
        let employer = !self.industries.is_empty() || !self.companies.is_empty();
        [employer, !self.functions.is_empty(), !self.levels.is_empty(), !self.places.is_empty()]
            .iter()
            .filter(|asked| **asked)
            .count()
    }

    /// The company of the goals that an employer is.
    pub fn company(&self, who: &Who<'_>) -> Option<&str> {
        let same = |company: &&Company| same_company(&company.core, company.brand, who.core, who.brand);
        self.companies.iter().find(same).map(|company| company.name.as_str())
    }

    /// Whether the goals ask for a contact's employer, by its name or its sector.
    pub fn wants_employer(&self, who: &Who<'_>) -> bool {
        matches!(self.employer(who), Judged::Fits(_))
    }

    /// How well a contact fits; none without goals. Employer (sector or company), function, level and place
    /// count the same; those that are not asked for or not known do not count.
    pub fn fit(&self, who: &Who<'_>) -> Option<Fit> {
        let dimensions = self.dimensions();
        if dimensions == 0 {
            return None;
        }
        let mut met: Vec<Arc<str>> = Vec::new();
        let (mut known, mut fits) = (0usize, 0usize);
        let mut judge = |found: Judged| match found {
            Judged::Open => {}
            Judged::Misses => known += 1,
            Judged::Fits(words) => {
                known += 1;
                fits += 1;
                met.push(words.into());
            }
        };
        judge(self.employer(who));
        judge(self.value(words("function", "Funktion"), &self.functions, who.function));
        judge(self.value(words("level", "Ebene"), &self.levels, who.seniority));
        judge(self.place(who));
        Some(Fit {
            value: if known > 0 { fits as f32 / known as f32 } else { 0.0 },
            known: known as f32 / dimensions as f32,
            met,
        })
    }

    /// Whether the employer is asked for.
    fn employer(&self, who: &Who<'_>) -> Judged {
        if let Some(name) = self.company(who) {
            let what = words("company", "Firma").in_language(self.language);
            return Judged::Fits(format!("{what} {name}"));
        }
        if self.industries.is_empty() {
            let known = !self.companies.is_empty() && !who.core.is_empty();
            return if known { Judged::Misses } else { Judged::Open };
        }
        self.value(words("industry", "Branche"), &self.industries, who.industry)
    }

    fn value(&self, what: Words, asked: &[&'static Value], have: Option<&'static str>) -> Judged {
        let Some(have) = have.filter(|_| !asked.is_empty()) else { return Judged::Open };
        let found = asked.iter().find(|value| value.name == have);
        found.map_or(Judged::Misses, |value| {
            let title = value.title.in_language(self.language);
            Judged::Fits(format!("{} {title}", what.in_language(self.language)))
        })
    }

    fn place(&self, who: &Who<'_>) -> Judged {
        let known =
            |place: &&Place| [&place.city, &place.region, &place.country].iter().any(|part| !part.is_empty());
        let place = who.place.filter(known).filter(|_| !self.places.is_empty());
        let Some(place) = place else { return Judged::Open };
        let found = self.places.iter().find(|wanted| place.is_in(&wanted.key));
        let what = words("place", "Ort").in_language(self.language);
        found.map_or(Judged::Misses, |wanted| Judged::Fits(format!("{what} {}", wanted.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::{Case, place};
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn goals(industries: &[&str], seniority: &[&str], companies: &[&str], places: &[&str]) -> Goals {
        let asked = Asked {
            industries: &texts(industries),
            functions: &[],
            seniority: &texts(seniority),
            companies: &texts(companies),
            places: &texts(places),
        };
        let brand = |name: &str| name.starts_with("Volkswagen").then_some("volkswagen");
        Goals::new(&asked, brand, Language::English)
    }

    #[test]
    fn a_contact_fits_by_what_is_known_of_it() {
        let goals = goals(&["it", "energy"], &["executive", "director"], &[], &["Köln"]);
        let case = Case { city: "Cologne", country: "DE", ..Case::default() };
        let koeln = place(&case, Language::English);
        let who =
            Who { industry: Some("it"), seniority: Some("lead"), place: Some(&koeln), ..Who::default() };
        let fit = goals.fit(&who).unwrap();
        assert_eq!((fit.value, fit.known), (2.0 / 3.0, 1.0));
        assert_eq!(fit.met, ["industry IT, Software & Telecom".into(), Arc::<str>::from("place Köln")]);
        let half = goals.fit(&Who { seniority: Some("director"), ..Who::default() }).unwrap();
        assert_eq!((half.value, half.known), (1.0, 1.0 / 3.0));
        let nothing = goals.fit(&Who::default()).unwrap();
        assert_eq!((nothing.value, nothing.known, nothing.met.len()), (0.0, 0.0, 0));
        assert_eq!(Goals::default().fit(&who), None);
    }

    #[test]
    fn a_company_is_met_by_its_whole_name_or_its_brand_and_never_by_a_part() {
        let goals = goals(&[], &[], &["Wolf GmbH", "Volkswagen AG"], &[]);
        let met = |company: &str, brand| {
            let core = company_core(company);
            let fit = goals.fit(&Who { company, core: &core, brand, ..Who::default() }).unwrap();
            (fit.value > 0.0, fit.known)
        };
        assert_eq!(met("Wolf", None), (true, 1.0));
        assert_eq!(met("WOLF Holding GmbH & Co. KG", None), (true, 1.0));
        assert_eq!(met("Wolf Heiztechnik GmbH", None), (false, 1.0));
        assert_eq!(met("Wolfsburg AG", None), (false, 1.0));
        assert_eq!(met("VW", Some("volkswagen")), (true, 1.0));
        assert_eq!(met("", None), (false, 0.0));
    }

    #[test]
    fn a_company_of_the_goals_fits_whatever_its_industry() {
        let goals = goals(&["it"], &[], &["Bäckerei Wunsch"], &[]);
        let who = Who { core: "baeckerei wunsch", industry: Some("consumer"), ..Who::default() };
        assert_eq!(goals.fit(&who).unwrap().met, [Arc::<str>::from("company Bäckerei Wunsch")]);
        let other = Who { core: "andere", ..Who::default() };
        assert!(goals.fit(&other).unwrap().known < f32::EPSILON, "the industry is not known");
    }
}
