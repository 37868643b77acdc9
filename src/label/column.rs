//! What a contact says in a column, as rules compare it.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::contact::{Contact, Label};

/// What stands in a column of a contact.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Texts; empty when nothing is known.
    Texts(Vec<Cow<'a, str>>),
    /// A number; none when it is not known.
    Number(Option<f64>),
    /// A day; none when it is not known.
    Day(Option<NaiveDate>),
}

/// The columns that a rule may ask about: those of the table `contacts` that are known before the category.
pub const COLUMNS: [&str; 41] = [
    "kind",
    "scope",
    "name",
    "prefix",
    "given_name",
    "family_name",
    "suffix",
    "emails",
    "phones",
    "company",
    "position",
    "seniority",
    "function",
    "industry",
    "industry_confidence",
    "city",
    "region",
    "country",
    "street",
    "postcode",
    "birthday",
    "linkedin_url",
    "xing_url",
    "urls",
    "external_ids",
    "holders",
    "holder_count",
    "channels",
    "connected_first",
    "last_touch",
    "touches",
    "strength",
    "strength_coverage",
    "tags",
    "records",
    "strength_band",
    "seniority_confidence",
    "function_confidence",
    "goals",
    "wishes",
    "tier_score",
];

/// What stands in a column; none where there is no such column. `members` are the ids of the team.
pub fn cell<'a>(contact: &'a Contact, column: &str, members: &'a [String]) -> Option<Cell<'a>> {
    let one = |text: &'a str| {
        Cell::Texts(Some(text).filter(|text| !text.is_empty()).map(Cow::Borrowed).into_iter().collect())
    };
    let list =
        |texts: &'a [String]| Cell::Texts(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect());
    let value = |label: &'a Option<Label>| one(label.as_ref().map_or("", |label| label.value));
    let sure = |label: &Option<Label>| Cell::Number(label.as_ref().map(|label| f64::from(label.confidence)));
    let count = |count: usize| Cell::Number(Some(count as f64));
    let labels = &contact.labels;
    Some(match column {
        "kind" => one(contact.kind.name()),
        "scope" => one(contact.scope.name()),
        "name" => one(&contact.name),
        "prefix" => one(&contact.prefix),
        "given_name" => one(&contact.given_name),
        "family_name" => one(&contact.family_name),
        "suffix" => one(&contact.suffix),
        "emails" => list(&contact.emails),
        "phones" => list(&contact.phones),
        "company" => one(&contact.company),
        "position" => one(&contact.position),
        "seniority" => value(&labels.seniority),
        "function" => value(&labels.function),
        "industry" => value(&labels.industry),
        "industry_confidence" => sure(&labels.industry),
        "seniority_confidence" => sure(&labels.seniority),
        "function_confidence" => sure(&labels.function),
        "city" => one(&contact.city),
        "region" => one(&contact.region),
        "country" => one(&contact.country),
        "street" => one(&contact.street),
        "postcode" => one(&contact.postcode),
        "birthday" => one(&contact.birthday),
        "linkedin_url" => one(&contact.linkedin_url),
        "xing_url" => one(&contact.xing_url),
        "urls" => list(&contact.urls),
        "external_ids" => list(&contact.external_ids),
        "tags" => list(&contact.tags),
        "holders" => Cell::Texts(
            contact
                .holders
                .iter()
                .filter_map(|member| members.get(usize::from(*member)))
                .map(|id| Cow::Borrowed(id.as_str()))
                .collect(),
        ),
        "holder_count" => count(contact.holders.len()),
        "channels" => {
            Cell::Texts(contact.channels.iter().map(|channel| Cow::Borrowed(channel.name())).collect())
        }
        "connected_first" => Cell::Day(contact.connected_first),
        "last_touch" => Cell::Day(contact.last_touch),
        "touches" => count(contact.touches as usize),
        "records" => count(contact.records as usize),
        "strength" => Cell::Number(labels.strength.map(f64::from)),
        "strength_coverage" => Cell::Number(labels.strength_coverage.map(f64::from)),
        "strength_band" => one(labels.strength_band),
        "goals" => Cell::Texts(labels.goals.iter().map(|goal| Cow::Borrowed(&**goal)).collect()),
        "wishes" => Cell::Texts(labels.wishes.iter().map(|line| Cow::Owned(line.to_string())).collect()),
        "tier_score" => Cell::Number(labels.tier.score.map(f64::from)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_that_a_rule_may_ask_about_is_there() {
        let contact = Contact::default();
        for column in COLUMNS {
            assert!(cell(&contact, column, &[]).is_some(), "{column}");
        }
        assert_eq!(cell(&contact, "tier", &[]), None);
    }
}
