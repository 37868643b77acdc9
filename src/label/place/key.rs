//! The key of a place that a team looks for, compared with the places of contacts.

use super::choose::{Choice, Evidence, choose};
use super::gazetteer::key;
use super::read::read;
use super::region::{Area, country};
use super::{Place, settle};
use crate::text::squeeze;

/// A place that a team looks for: `Köln`, `Bavaria`, `DE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlaceKey(Wanted);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Wanted {
    /// Any of these cities: several if the name does not tell.
    Cities(Vec<u32>),
    /// A region or a whole country.
    Area(Area),
    /// A name that is not listed, folded.
    Text(String),
}

/// The country that a cell names by its code or in German or English, as ISO 3166 alpha-2.
pub fn country_code(text: &str) -> Option<&'static str> {
    country(&key(&squeeze(text)), true).map(|area| area.country)
}

/// The key of a place by its name, in any language and spelling.
///
/// A name of both a city and a region or country is the city's; with its region or country beside it, a city
/// is the one that lies there. Two letters are a country. A name that is not listed is compared as it is.
pub fn place_key(text: &str) -> PlaceKey {
    let text = squeeze(text);
    let folded = key(&text);
    if let Some(area) = country(&folded, true).filter(|_| folded.len() <= 3) {
        return PlaceKey(Wanted::Area(area));
    }
    let said = read(&text);
    let evidence =
        Evidence { hints: &said.hints, postcode: said.postcode.unwrap_or_default(), calling: "", home: "" };
    let wanted = match said.city.map(|mention| choose(mention.names, evidence)) {
        Some(Choice::One(city, _)) => Wanted::Cities(vec![city.id]),
        Some(Choice::Several(cities)) => Wanted::Cities(cities.iter().map(|city| city.id).collect()),
        None if said.unknown.is_empty() => settle(&said.hints).map_or(Wanted::Text(folded), Wanted::Area),
        Some(Choice::Nobody(_)) | None => Wanted::Text(folded),
    };
    PlaceKey(wanted)
}

impl PlaceKey {
    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Wanted::Text(text) if text.is_empty())
    }
}

impl Place {
    /// Whether this is the place that is looked for, or lies in it. What is not known is in no place.
    pub fn is_in(&self, wanted: &PlaceKey) -> bool {
        match &wanted.0 {
            Wanted::Cities(ids) => self.place_id.is_some_and(|id| ids.contains(&id)),
            Wanted::Area(wanted) => self.area.is_some_and(|area| wanted.holds(area.country, area.admin1)),
            Wanted::Text(text) => {
                let parts = [&self.city, &self.region, &self.country];
                !text.is_empty() && parts.iter().any(|part| key(part) == *text)
            }
        }
    }
}
