//! The place of a contact: city, region and country from what is there, one spelling per place.

use std::borrow::Cow;

use crate::contact::Contact;
use crate::table::Language;
use crate::text::squeeze;

mod choose;
mod company;
mod gazetteer;
mod key;
mod phrase;
mod read;
mod region;
#[cfg(test)]
mod tests;
mod word;

pub use key::{PlaceKey, country_code, place_key};

use choose::{Choice, Evidence, choose};
use gazetteer::City;
use read::{Hint, Said, lies_in, read};
use region::{Area, calling_country, country, landscape, postcode_regions, region, regions};

/// The credit that GeoNames' licence asks for, to be shown with results that name places.
pub const CREDIT: &str = "Places: GeoNames (geonames.org), CC BY 4.0";

/// What is known of a contact that may tell where they are. Empty where nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Case<'a> {
    /// Street and house number; an address in one piece is read too.
    pub street: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// City, or a location as networks write it: `Greater Munich Metropolitan Area`.
    pub city: &'a str,
    /// State, canton, region.
    pub region: &'a str,
    /// Country: ISO 3166 alpha-2 or a name.
    pub country: &'a str,
    /// Employer.
    pub company: &'a str,
    /// Telephone numbers in E.164.
    pub phones: &'a [String],
    /// The team's country, ISO 3166 alpha-2: decides between places of one name if nothing else does, and is
    /// never taken for the contact's country.
    pub home: &'a str,
}

impl<'a> Case<'a> {
    /// The case of a contact of a team in a country.
    pub fn of(contact: &'a Contact, home: &'a str) -> Case<'a> {
        Case {
            street: &contact.street,
            postcode: &contact.postcode,
            city: &contact.city,
            region: &contact.region,
            country: &contact.country,
            company: &contact.company,
            phones: &contact.phones,
            home,
        }
    }

    /// The country that the telephone numbers are called by, ISO 3166 alpha-2; empty where none tells.
    pub fn calling(&self) -> &'static str {
        self.phones.iter().find_map(|phone| calling_country(phone)).unwrap_or_default()
    }
}

/// Whether a place may be named in the name of a company, which is given as written and folded.
pub fn names_place(company: &str, folded: &str) -> bool {
    company::mentions_cue(folded) && !company::cities(company).is_empty()
}

/// Where a place was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Source {
    /// Nothing tells of a place.
    #[default]
    Nothing,
    /// The city or location.
    City,
    /// An address in one piece.
    Street,
    /// The postcode.
    Postcode,
    /// The region.
    Region,
    /// The country.
    Country,
    /// The name of the company; weak.
    Company,
    /// The calling code of a telephone number; weak.
    Phone,
}

/// How the city was told from others of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Decided {
    /// There was no city to tell.
    #[default]
    Nothing,
    /// No city of that name is listed: it stays as written.
    Unlisted,
    /// There is one city of that name.
    Only,
    /// There is one in that country or region.
    Area,
    /// The postcode lies there.
    Postcode,
    /// It has at least ten times the inhabitants of any other.
    Population,
    /// The calling code of the telephone number is of its country.
    Phone,
    /// It lies in the team's country.
    Home,
    /// Several are left, or several were named: it stays as written.
    Several,
    /// The city and the country or region do not go together: it stays as written.
    Conflict,
}

/// Why a place is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reason {
    /// Where it was read from.
    pub source: Source,
    /// How the city was told from others of its name.
    pub decided: Decided,
}

/// A place. Text is empty where nothing is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// City, in the team's language where it has a name in it; as written where it is not known.
    pub city: Cow<'static, str>,
    /// State, canton, region, in the team's language where it is known.
    pub region: Cow<'static, str>,
    /// ISO 3166 alpha-2 where it is known.
    pub country: Cow<'static, str>,
    /// Whether all of it, or its country, rests on weak evidence: a company's name, a calling code.
    pub weak: bool,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Why it is this.
    pub reason: Reason,
    /// GeoNames id of the city, where it is known.
    pub place_id: Option<u32>,
    /// The region among those listed.
    area: Option<Area>,
}

/// The place of a contact.
///
/// The city or location is read first, then an address in the street; country, region and postcode beside
/// them decide between places of one name. Only if there is neither city nor region does the company's name
/// count, and only if there is no country does the telephone number. What is not listed stays as written.
pub fn place(case: &Case<'_>, language: Language) -> Place {
    let text = squeeze(case.city);
    placed(case, &text, read(&text), language)
}

/// The same where the city or location says anything, so that the street does not count; none where it does not.
pub fn place_by_city(case: &Case<'_>, language: Language) -> Option<Place> {
    let text = squeeze(case.city);
    let said = read(&text);
    (!said.is_empty()).then(|| placed(case, &text, said, language))
}

/// The place of a contact whose city or location is `text`, in which `said` was read.
fn placed(case: &Case<'_>, text: &str, said: Said<'_>, language: Language) -> Place {
    let street = squeeze(case.street);
    let mut said = said;
    let address = if said.is_empty() { address(&street) } else { None };
    let source = if address.is_some() { Source::Street } else { Source::City };
    if let Some(mut address) = address {
        address.hints.append(&mut said.hints);
        said = address;
    }
    let given = columns(case);
    let (hints, contrary) = weighed(&mut said, &given.hints);
    // Where two cities are named, nobody knows of which one the postcode is.
    let beside = if said.second.is_some() { "" } else { case.postcode.trim() };
    let calling = case.calling();
    let evidence =
        Evidence { hints: &hints, postcode: said.postcode.unwrap_or(beside), calling, home: case.home };
    let whole = if source == Source::City { text } else { "" };
    let mut place = from_text(&said, whole, contrary, evidence, language);
    if place.confidence > 0.0 {
        place.reason.source = source;
    }
    if place.place_id.is_none() {
        // The postcode is still in a text that is kept as it is.
        let postcode = if place.city == text && said.postcode.is_some() { "" } else { evidence.postcode };
        surround(&mut place, &hints, postcode, given.source, language);
    }
    if place.city.is_empty() && place.region.is_empty() && !case.company.is_empty() {
        from_company(&mut place, case.company, evidence, language);
    }
    fill(&mut place, case, calling);
    place
}

/// What was said of country and region, and whether it does not go together. What stands in the columns counts
/// more than what stands beside the city.
fn weighed(said: &mut Said<'_>, given: &[Hint]) -> (Vec<Hint>, bool) {
    let mut hints = said.hints.clone();
    hints.extend_from_slice(given);
    if let (Some(city), Some(region)) = (said.city, said.region)
        && !hints.iter().all(|hint| lies_in(city.names, *hint))
    {
        said.city = None;
        hints.push(region);
    }
    if hints.is_empty() || settle(&hints).is_some() {
        return (hints, false);
    }
    if let Some((city, at)) = said.namesake.filter(|_| said.city.is_none()) {
        said.city = Some(city);
        hints.remove(at);
    }
    let contrary = !hints.is_empty() && settle(&hints).is_none();
    if contrary && !given.is_empty() {
        hints = given.to_vec();
    }
    (hints, contrary)
}

/// The place that a text tells. A city stays as written if it is not listed or cannot be told from others;
/// if the text does not go together, the whole text does.
fn from_text(
    said: &Said<'_>,
    text: &str,
    contrary: bool,
    evidence: Evidence<'_>,
    language: Language,
) -> Place {
    let keep = |whole: bool, part: &str| if whole && !text.is_empty() { text } else { part }.to_owned();
    let Some(mention) = said.city else {
        if said.unknown.is_empty() && (said.hints.is_empty() || !contrary) {
            return Place::default();
        }
        let plain = said.hints.is_empty() && said.postcode.is_none();
        return Place {
            city: Cow::Owned(keep(contrary || plain, &said.unknown.join(", "))),
            confidence: 0.5,
            reason: Reason { decided: Decided::Unlisted, ..Reason::default() },
            ..Place::default()
        };
    };
    let second = said.second.map(|second| choose(second.names, evidence));
    let choice = choose(mention.names, evidence).unless(second);
    let whole = contrary || said.second.is_some() || choice.decided() == Decided::Conflict;
    let mut place = chosen(&choice, &keep(whole, mention.text), language);
    place.confidence *= if mention.about { 0.9 } else { 1.0 };
    place
}

/// What an address in one piece says, if its last part with a postcode names a city.
fn address(street: &str) -> Option<Said<'_>> {
    let parts = street.rmatch_indices([',', ';']).map(|(at, _)| read(&street[at + 1..]));
    parts.take(3).find(|said| said.postcode.is_some() && !said.is_empty())
}

/// What the columns of country and region say.
struct Given {
    hints: Vec<Hint>,
    /// The one that says most.
    source: Source,
}

fn columns(case: &Case<'_>) -> Given {
    let mut given = Given { hints: Vec::new(), source: Source::Nothing };
    if !case.country.is_empty() {
        given.hints.extend(country(&gazetteer::key(case.country), true).map(Hint::of));
        given.source = Source::Country;
    }
    if !case.region.is_empty() {
        let key = gazetteer::key(case.region);
        given.hints.extend(match regions(&key, true) {
            [] => {
                landscape(&key).map(|(area, _)| Hint::of(area)).or_else(|| country(&key, false).map(Hint::of))
            }
            regions => Some(Hint { country: None, regions }),
        });
        given.source = Source::Region;
    }
    given
}

/// A place by what was chosen for its name.
fn chosen(choice: &Choice, written: &str, language: Language) -> Place {
    let mut place = match choice {
        Choice::One(city, _) => known(*city, language),
        Choice::Several(cities) => {
            let mut place = common(cities, language);
            place.city = Cow::Owned(written.to_owned());
            place
        }
        Choice::Nobody(_) => Place { city: Cow::Owned(written.to_owned()), ..Place::default() },
    };
    place.reason.decided = choice.decided();
    place.confidence = choice.confidence();
    place
}

fn known(city: City, language: Language) -> Place {
    let region = region(city.country, city.admin1);
    Place {
        city: Cow::Borrowed(city.name(language)),
        region: Cow::Borrowed(region.map_or("", |region| region.name(language))),
        country: Cow::Borrowed(city.country),
        place_id: Some(city.id),
        area: Some(Area { country: city.country, admin1: city.admin1 }),
        ..Place::default()
    }
}

/// The country and region that all of some cities share.
fn common(cities: &[City], language: Language) -> Place {
    let Some(first) = cities.first() else { return Place::default() };
    if cities.iter().any(|city| city.country != first.country) {
        return Place::default();
    }
    let admin1 = if cities.iter().all(|city| city.admin1 == first.admin1) { first.admin1 } else { "" };
    within(Area { country: first.country, admin1 }, language)
}

/// A place of which country and region alone are known.
fn within(area: Area, language: Language) -> Place {
    Place {
        region: Cow::Borrowed(region(area.country, area.admin1).map_or("", |region| region.name(language))),
        country: Cow::Borrowed(area.country),
        area: Some(area),
        ..Place::default()
    }
}

/// Gives country and region to a place whose city is not known, by what was said of them and by the postcode.
fn surround(place: &mut Place, hints: &[Hint], postcode: &str, given: Source, language: Language) {
    let told = settle(hints);
    let mut area = told.or(place.area);
    if let Some(area) = area.as_mut().filter(|area| area.admin1.is_empty()) {
        if place.area.is_some_and(|place| place.country == area.country) {
            area.admin1 = place.area.map_or("", |place| place.admin1);
        }
        if area.admin1.is_empty() {
            let mut regions = postcode_regions(area.country, postcode).into_iter().flatten();
            if let (Some(one), None) = (regions.next(), regions.next()) {
                area.admin1 = one;
                if place.city.is_empty() {
                    place.reason.source = Source::Postcode;
                }
            }
        }
    }
    let Some(area) = area else { return };
    let around = within(area, language);
    (place.region, place.country, place.area) = (around.region, around.country, around.area);
    if place.city.is_empty() {
        place.confidence = 0.9;
        if place.reason.source == Source::Nothing {
            place.reason.source = if given == Source::Nothing { Source::City } else { given };
        }
    }
}

/// The one country, and the one region of it, that agree with everything that was said of them.
///
/// Of a country and a far region with the same abbreviation (DE is Delaware too) the country is meant; of one
/// and a Land or canton (BE, LU, NW) nobody knows.
fn settle(hints: &[Hint]) -> Option<Area> {
    if let [Hint { country: Some(area), regions: [] }] = hints {
        return Some(*area);
    }
    let agrees = |area: &Area| hints.iter().all(|hint| hint.allows(area.country, area.admin1));
    let areas = || hints.iter().flat_map(|hint| hint.areas()).filter(agrees);
    let one = |wanted: fn(&Area) -> bool| {
        let first = areas().find(wanted)?;
        areas().filter(wanted).all(|area| area == first).then_some(first)
    };
    let near = || areas().any(|area| !area.admin1.is_empty() && ["DE", "AT", "CH"].contains(&area.country));
    one(|_| true).or_else(|| if near() { None } else { one(|area| area.admin1.is_empty()) })
}

/// Reads the place out of the company's name.
fn from_company(place: &mut Place, company: &str, evidence: Evidence<'_>, language: Language) {
    let found = company::cities(company);
    let choices: Vec<Choice> = found.into_iter().map(|cities| choose::among(cities, evidence)).collect();
    let mut read = match choices.as_slice() {
        [] => return,
        [one @ Choice::One(city, _)] => {
            let mut read = known(*city, language);
            read.reason.decided = one.decided();
            read
        }
        many => {
            let cities: Option<Vec<City>> = many
                .iter()
                .map(|choice| if let Choice::One(city, _) = choice { Some(*city) } else { None })
                .collect();
            let read = common(&cities.unwrap_or_default(), language);
            if read.country.is_empty() {
                return;
            }
            read
        }
    };
    read.weak = true;
    read.confidence = 0.6;
    read.reason.source = Source::Company;
    *place = read;
}

/// Keeps what the columns say where nothing better is known, and asks the telephone number for the country.
fn fill(place: &mut Place, case: &Case<'_>, calling: &'static str) {
    if place.region.is_empty() && !case.region.is_empty() {
        place.region = Cow::Owned(squeeze(case.region).into_owned());
    }
    if place.country.is_empty() && !case.country.is_empty() {
        place.country = Cow::Owned(squeeze(case.country).into_owned());
    }
    if place.reason.source == Source::Nothing && !(place.region.is_empty() && place.country.is_empty()) {
        place.reason.source = if place.region.is_empty() { Source::Country } else { Source::Region };
        place.confidence = 0.5;
    }
    if place.country.is_empty() && !calling.is_empty() {
        place.country = Cow::Borrowed(calling);
        place.area = place.area.or(Some(Area { country: calling, admin1: "" }));
        place.weak = true;
        if place.reason.source == Source::Nothing {
            place.reason.source = Source::Phone;
        }
        place.confidence = 0.4;
    }
}
