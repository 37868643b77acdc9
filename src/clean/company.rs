//! Companies: display text without stray quotes, and names that are companies rather than people.

use std::borrow::Cow;

use crate::text::{fold, squeeze, tokens};

/// One line of display text: blanks squeezed, quotes balanced, the guard of an earlier export taken off.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let text = squeeze(text);
    let plain = |byte: u8| byte != b'"' && byte != b'\'';
    let ends = text.as_bytes().first().is_none_or(|byte| !b",;:".contains(byte))
        && text.as_bytes().last().is_none_or(|byte| !b",;:".contains(byte));
    if ends && text.bytes().all(plain) {
        return text;
    }
    let mut bare = text.as_ref();
    loop {
        let before = bare;
        bare = bare.trim_matches([' ', ',', ';', ':']);
        // `'=`, `'+` and the like come from spreadsheets that guard against formulas.
        bare = bare.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(bare);
        let inner = bare.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        bare = inner.filter(|inner| !inner.contains('"')).unwrap_or(bare);
        if bare == before {
            break;
        }
    }
    if bare.matches('"').count() % 2 == 1 {
        let unquoted = bare.replace('"', "");
        return Cow::Owned(tidy(&unquoted).into_owned());
    }
    Cow::Owned(bare.to_owned())
}

/// Last words, folded, that are no part of people's names.
const FORMS: [&str; 30] = [
    "gmbh",
    "ggmbh",
    "mbh",
    "gesmbh",
    "kgaa",
    "gbr",
    "ohg",
    "partg",
    "partgmbb",
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "incorporated",
    "sarl",
    "gmbhcokg",
    "cokg",
    "aktiengesellschaft",
    "bv",
    "nv",
    "spa",
    "srl",
    "sro",
    "doo",
    "spzoo",
    "haftungsbeschraenkt",
];

/// Whether a plain word may be a legal form at the end of a name.
pub(super) fn is_form(word: &str) -> bool {
    FORMS.iter().any(|form| form.eq_ignore_ascii_case(word)) || !word.is_ascii() && word.ends_with("kt")
}

/// Whether a name ends in a legal form that is no part of people's names, or begins with `Firma`.
pub(super) fn is_company_name(name: &str) -> bool {
    let Some((_, last)) = name.rsplit_once(' ') else { return false };
    let bare = last.trim_matches(['(', ')', ',', '.']);
    if matches!(
        bare,
        "AG" | "KG" | "SE" | "UG" | "eG" | "OHG" | "GbR" | "KGaA" | "BV" | "NV" | "e.K" | "e.V" | "eV"
    ) {
        return true;
    }
    let dotted = last.matches('.').count() >= 2;
    let key: String = tokens(&fold(last)).collect();
    let short =
        matches!(key.as_str(), "bv" | "nv" | "spa" | "srl" | "sro" | "doo" | "inc" | "corp" | "spzoo");
    let form = FORMS.contains(&key.as_str())
        && (last.is_ascii() || key.len() > 5)
        && (!short || dotted || bare == key.to_ascii_uppercase() || key == "inc" || key == "corp");
    let spaced = ["e. V.", "e. K.", "z o.o.", "d. o. o.", "& Co"].iter().any(|tail| name.ends_with(tail));
    form || spaced || name.starts_with("Firma ") || name.starts_with("Fa. ")
}

/// Whether words of the name say that it is an organisation: `Zahnarztpraxis Dr. Weber`.
pub(super) fn is_organisation(name: &str) -> bool {
    const WORDS: [&str; 24] = [
        "praxis",
        "hotel",
        "restaurant",
        "apotheke",
        "kanzlei",
        "versicherung",
        "sparkasse",
        "bank",
        "stadtwerke",
        "amt",
        "verein",
        "stiftung",
        "universitaet",
        "university",
        "klinik",
        "krankenhaus",
        "agentur",
        "verlag",
        "schule",
        "institut",
        "hospital",
        "company",
        "gruppe",
        "group",
    ];
    let folded = fold(name);
    is_company_name(name) || tokens(&folded).any(|token| WORDS.iter().any(|word| token.ends_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_text_is_tidied_and_no_more() {
        for (text, tidied) in [
            ("  Siemens   AG ", "Siemens AG"),
            ("\"Siemens AG\"", "Siemens AG"),
            ("Firma \"Blau\" GmbH", "Firma \"Blau\" GmbH"),
            ("Blau\" GmbH", "Blau GmbH"),
            ("Siemens AG,", "Siemens AG"),
            ("'=Acme", "=Acme"),
            ("McDonald's", "McDonald's"),
            ("-", "-"),
        ] {
            assert_eq!(tidy(text), tidied, "{text}");
            assert_eq!(tidy(tidied), tidied);
        }
    }

    #[test]
    fn companies_are_told_from_people() {
        for name in [
            "Müller GmbH",
            "Siemens AG",
            "Acme Inc.",
            "Acme Ltd",
            "Rossi S.p.A.",
            "Firma Huber",
            "Ski e.V.",
            "Huber GmbH & Co. KG",
            "Jansen B.V.",
            "Kowalski Sp. z o.o.",
            "Club e. V.",
        ] {
            assert!(is_company_name(name), "{name}");
        }
        for name in
            ["Anna Müller", "Kim Se", "Jack Ma", "Ana Sa", "Eva Spa", "GmbH", "Jo Ag", "Anna Limitada"]
        {
            assert!(!is_company_name(name), "{name}");
        }
    }
}
