//! The words that options may take: countries, industries, functions, levels, reports, columns.

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What people write for the countries that teams of this tool live in.
const COUNTRY_NAMES: [(&str, &str); 16] = [
    ("germany", "DE"),
    ("deutschland", "DE"),
    ("ger", "DE"),
    ("deu", "DE"),
    ("austria", "AT"),
    ("österreich", "AT"),
    ("aut", "AT"),
    ("switzerland", "CH"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("che", "CH"),
    ("uk", "GB"),
    ("england", "GB"),
    ("usa", "US"),
    ("france", "FR"),
    ("frankreich", "FR"),
];

/// The industries a contact may be labelled with.
pub(super) const INDUSTRIES: [&str; 23] = [
    "it",
    "media",
    "marketing",
    "banking",
    "insurance",
    "realestate",
    "construction",
    "machinery",
    "mobility",
    "electronics",
    "chemicals",
    "consumer",
    "pharma",
    "health",
    "energy",
    "logistics",
    "retail",
    "hospitality",
    "consulting",
    "legal",
    "hr",
    "education",
    "public",
];

/// The functions a contact may be labelled with.
pub(super) const FUNCTIONS: [&str; 22] = [
    "management",
    "it",
    "engineering",
    "production",
    "logistics",
    "purchasing",
    "sales",
    "bizdev",
    "marketing",
    "support",
    "finance",
    "hr",
    "legal",
    "project",
    "consulting",
    "admin",
    "health",
    "education",
    "design",
    "construction",
    "public",
    "other",
];

/// The levels a contact may be labelled with, highest first.
pub(super) const SENIORITY: [&str; 8] =
    ["executive", "director", "lead", "senior", "professional", "junior", "student", "none"];

/// The reports that can be asked for.
pub(super) const REPORTS: [&str; 33] = [
    "network_size",
    "overlap",
    "growth",
    "race",
    "rankings",
    "fair_share",
    "concentration",
    "loss",
    "handover",
    "convergence",
    "leader_profile",
    "targets",
    "introductions",
    "cleanup",
    "due",
    "lunch",
    "cards",
    "data_quality",
    "pace",
    "appointments",
    "mentors",
    "groups",
    "diversity",
    "mix",
    "strength",
    "reactivate",
    "tiers",
    "tiers_over_time",
    "time_needed",
    "mass_to_class",
    "channel_value",
    "response",
    "stages",
];

/// The columns of contacts that may be left out.
pub(super) const DROPPABLE: [&str; 15] = [
    "prefix",
    "suffix",
    "emails",
    "phones",
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
    "tags",
];

/// What people call a field, beside its name.
const FIELD_NAMES: [(&str, &str); 34] = [
    ("id", "source_id"),
    ("key", "source_id"),
    ("full_name", "name"),
    ("title", "position"),
    ("salutation", "prefix"),
    ("anrede", "prefix"),
    ("first_name", "given_name"),
    ("firstname", "given_name"),
    ("vorname", "given_name"),
    ("last_name", "family_name"),
    ("lastname", "family_name"),
    ("surname", "family_name"),
    ("nachname", "family_name"),
    ("mail", "email"),
    ("emails", "email"),
    ("e_mail", "email"),
    ("mobile", "phone"),
    ("telefon", "phone"),
    ("telephone", "phone"),
    ("employer", "company"),
    ("organisation", "company"),
    ("organization", "company"),
    ("firma", "company"),
    ("job_title", "position"),
    ("address", "street"),
    ("ort", "city"),
    ("zip", "postcode"),
    ("plz", "postcode"),
    ("state", "region"),
    ("date_of_birth", "birthday"),
    ("linkedin", "url"),
    ("category", "tier"),
    ("date", "touch_at"),
    ("comment", "note"),
];

/// Whether it is the code of a country, in capitals.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split(' ').any(|known| known == code)
}

/// The code somebody may have meant.
pub(super) fn country_meant(text: &str) -> Option<String> {
    let word = text.trim().to_lowercase();
    let upper = word.to_uppercase();
    if is_country(&upper) {
        return Some(upper);
    }
    COUNTRY_NAMES.iter().find(|(name, _)| *name == word).map(|(_, code)| (*code).to_owned())
}

/// The field somebody may have meant by another word for it.
pub(super) fn field_meant(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace(['-', ' '], "_");
    FIELD_NAMES.iter().find(|(name, _)| *name == word).map(|(_, field)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field;

    #[test]
    fn countries_are_complete_and_meant_by_other_words() {
        assert_eq!(COUNTRIES.split(' ').count(), 249);
        assert!(COUNTRIES.split(' ').is_sorted());
        assert!(is_country("DE") && !is_country("de") && !is_country("DE AT") && !is_country("XX"));
        assert_eq!(country_meant("de").as_deref(), Some("DE"));
        assert_eq!(country_meant("Österreich").as_deref(), Some("AT"));
        assert_eq!(country_meant("Atlantis"), None);
        assert!(COUNTRY_NAMES.iter().all(|(_, code)| is_country(code)));
    }

    #[test]
    fn other_words_lead_to_fields_and_are_none_themselves() {
        for (word, field) in FIELD_NAMES {
            assert!(Field::from_name(field).is_some(), "{field}");
            assert!(Field::from_name(word).is_none(), "{word}");
        }
    }
}
