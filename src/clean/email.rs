//! E-mail addresses: found in whatever stands around them, lower case, one at a time.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest address that mail servers take, in bytes (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;
/// The longest local part, in bytes (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// Calls `each` with every address of a cell; the number of pieces that look like one and are none.
///
/// A cell may hold several, divided by `;`, `,`, ` / ` or blanks, each as `Name <anna@example.com>`,
/// `mailto:anna@example.com` or bare.
pub(super) fn for_each_address(cell: &str, mut each: impl FnMut(&str)) -> usize {
    if let Some(address) = plain(cell) {
        each(address);
        return 0;
    }
    let divides = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, ';' | ',' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '|' | '“' | '”')
    };
    let mut wrong = 0;
    for piece in cell.split(divides).filter(|piece| piece.contains('@')) {
        match address(piece) {
            Some(address) => each(&address),
            None => wrong += 1,
        }
    }
    wrong
}

/// The one address a text consists of.
pub(super) fn address(text: &str) -> Option<Cow<'_, str>> {
    if let Some(address) = plain(text) {
        return Some(Cow::Borrowed(address));
    }
    let clean: String = text.chars().filter(|letter| !crate::text::is_invisible(*letter)).collect();
    let lower: String =
        if is_nfc(&clean) { clean.to_lowercase() } else { clean.nfc().collect::<String>().to_lowercase() };
    let mut bare = lower.as_str();
    loop {
        let before = bare;
        bare = bare.trim_matches(['\'', '`', '’', '‘', '.', ':', '/', '\\', '*', '<', '>', '=']);
        bare = bare.strip_prefix("mailto:").or_else(|| bare.strip_prefix("smtp:")).unwrap_or(bare);
        bare = bare.split('?').next().unwrap_or(bare);
        if bare == before {
            break;
        }
    }
    let composed: String = bare.nfc().collect();
    is_address(&composed).then_some(Cow::Owned(composed))
}

/// The text, if it is an address that needs nothing done: ASCII in lower case.
fn plain(text: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_+@".contains(&byte);
    (text.bytes().all(plain) && is_address(text)).then_some(text)
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let odd = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '@' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\\' | '|')
    };
    !local.is_empty()
        && text.len() <= LONGEST
        && local.len() <= LONGEST_LOCAL
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !text.starts_with(['\'', '`', '’', '‘', ':', '/', '*', '='])
        && !local.contains(odd)
        && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_') || is_mark(letter))
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(label)
        && last.len() >= 2
        && !last.contains(|letter: char| letter.is_numeric() && !last.starts_with("xn--"))
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(cell: &str) -> (String, usize) {
        let mut found = Vec::new();
        let wrong = for_each_address(cell, |address| found.push(address.to_owned()));
        (found.join(" "), wrong)
    }

    #[test]
    fn addresses_are_found_in_what_stands_around_them() {
        for (cell, found, wrong) in [
            ("anna@example.com", "anna@example.com", 0),
            (" Anna.Mueller+x@Example.COM. ", "anna.mueller+x@example.com", 0),
            ("mailto:anna@example.com?subject=Hi", "anna@example.com", 0),
            ("Anna Müller <anna@example.com>", "anna@example.com", 0),
            ("Müller, Anna (anna@example.com)", "anna@example.com", 0),
            ("a@x.de; b@x.de, c@x.de / d@x.de\ne@x.de", "a@x.de b@x.de c@x.de d@x.de e@x.de", 0),
            ("anna@münchen.de", "anna@münchen.de", 0),
            ("anna@mu\u{308}nchen.de", "anna@münchen.de", 0),
            ("anna@xn--mnchen-3ya.de", "anna@xn--mnchen-3ya.de", 0),
            ("'anna@example.com'", "anna@example.com", 0),
            ("o'brien@example.com", "o'brien@example.com", 0),
            ("anna\u{200b}@example.com", "anna@example.com", 0),
            ("anna@@example.com", "", 1),
            ("anna@localhost", "", 1),
            ("anna@example.123", "", 1),
            ("/o=Example/cn=Anna", "", 0),
            ("anna", "", 0),
            ("@anna", "", 1),
        ] {
            assert_eq!(all(cell), (found.to_owned(), wrong), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn a_cleaned_address_stays(cell in "\\PC{0,20}|[a-zA-ZäİΣ.'+:/-]{1,8}@[a-zA-ZäÖ-]{1,6}\\.[a-zA-Zİ]{1,4}[.,;>]?") {
            let (found, _) = all(&cell);
            prop_assert_eq!(all(&found), (found.clone(), 0));
            prop_assert_eq!(found.to_lowercase(), found);
        }
    }
}
