//! Places: squeezed text, countries as ISO 3166 alpha-2, postcodes without the country in front.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::{fold, squeeze, tokens};
use crate::words::rows;

static COUNTRIES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for (code, names) in rows(include_str!("../../data/countries.tsv")) {
        table.insert(key(code), code);
        for name in names.split('|') {
            table.insert(key(name), code);
        }
    }
    table
});

fn key(name: &str) -> String {
    tokens(&fold(name)).collect::<Vec<_>>().join(" ")
}

/// The code of a country by its code, its name in German, English, French or its own language, or its plate.
pub(super) fn country_code(text: &str) -> Option<&'static str> {
    COUNTRIES.get(&key(text)).copied()
}

/// The code of a country where it is known, else its squeezed text.
pub(super) fn country(text: &str) -> Cow<'_, str> {
    country_code(text).map_or_else(|| squeeze(text), Cow::Borrowed)
}

/// A postcode, and the country that stood in front of it: `D-10115`.
pub(super) fn postcode(text: &str) -> (Cow<'_, str>, Option<&'static str>) {
    let squeezed = squeeze(text);
    let found = squeezed.split_once('-').and_then(|(head, tail)| {
        let digits = !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit());
        let letters = (1..=2).contains(&head.len()) && head.bytes().all(|byte| byte.is_ascii_uppercase());
        let code = country_code(head).filter(|_| digits && letters)?;
        Some((tail.to_owned(), code))
    });
    match found {
        Some((tail, code)) => (Cow::Owned(tail), Some(code)),
        None => (squeezed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_get_their_code() {
        for (text, code) in [
            ("Deutschland", "DE"),
            ("BRD", "DE"),
            ("germany", "DE"),
            ("Allemagne", "DE"),
            ("D", "DE"),
            ("de", "DE"),
            ("Österreich", "AT"),
            ("Oesterreich", "AT"),
            ("Schweiz", "CH"),
            ("U.S.A.", "US"),
            ("Côte d’Ivoire", "CI"),
            ("Türkiye", "TR"),
            ("Atlantis", "Atlantis"),
        ] {
            assert_eq!(country(text), code, "{text}");
            assert_eq!(country(code), code, "{text}");
        }
    }

    #[test]
    fn the_country_leaves_the_postcode() {
        assert_eq!(postcode("D-10115"), (Cow::Borrowed("10115"), Some("DE")));
        assert_eq!(postcode("CH-8001"), (Cow::Borrowed("8001"), Some("CH")));
        assert_eq!(postcode("01067"), (Cow::Borrowed("01067"), None));
        assert_eq!(postcode("SW1A 1AA"), (Cow::Borrowed("SW1A 1AA"), None));
    }
}
