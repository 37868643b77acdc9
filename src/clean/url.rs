//! Web addresses: profiles become their slug or key, others one normal form.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::text::squeeze;

/// What a web address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// A person's profile on LinkedIn, by its slug.
    LinkedIn(Cow<'a, str>),
    /// A person's profile on Xing, by its key.
    Xing(Cow<'a, str>),
    /// Any other address.
    Other(String),
    /// No address.
    None,
}

impl<'a> Address<'a> {
    /// The slug or key of a profile.
    pub(super) fn key(&self) -> Option<Cow<'a, str>> {
        match self {
            Address::LinkedIn(key) | Address::Xing(key) => Some(key.clone()),
            Address::Other(_) | Address::None => None,
        }
    }
}

/// The slug of a profile address so plain that it needs nothing done; most are.
pub(super) fn quick_slug(text: &str) -> Option<&str> {
    let slug = text.strip_prefix("https://www.linkedin.com/in/")?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (!slug.is_empty() && slug.bytes().all(plain)).then_some(slug)
}

/// Reads a web address.
pub(super) fn address(text: &str) -> Address<'static> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'\'' | b'<' | b'='));
    if plain {
        return read(text);
    }
    let squeezed = squeeze(text).replace("\\:", ":").replace("\\,", ",").replace("\\;", ";");
    let bare = squeezed.trim_matches(['\'', '"', '<', '>', ' ']);
    // `=HYPERLINK("https://...";"Anna")`: the first address in it.
    let inside = bare.find("http").filter(|_| bare.starts_with('=')).map(|at| &bare[at..]);
    let bare = inside.map_or(bare, |inside| inside.split(['"', '\'', ' ', ')']).next().unwrap_or(inside));
    read(bare)
}

fn read(text: &str) -> Address<'static> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") =>
        {
            (scheme, rest)
        }
        Some(_) => return Address::None,
        None => ("https", text.trim_start_matches('/')),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let Some(host) = host_of(host) else { return Address::None };
    let name = host.split(':').next().unwrap_or_default();
    let profile = match name {
        _ if is_at(name, "linkedin.com") => linkedin(path).map(|slug| Address::LinkedIn(slug.into())),
        _ if is_at(name, "xing.com") => xing(path).map(|key| Address::Xing(key.into())),
        _ => None,
    };
    profile.unwrap_or_else(|| {
        let path = if path == "/" { "" } else { path };
        Address::Other(format!("{}://{host}{path}", scheme.to_ascii_lowercase()))
    })
}

/// The host in lower case, if it is one.
fn host_of(host: &str) -> Option<Cow<'_, str>> {
    let host = lower(host);
    let last = host.split(':').next()?.rsplit('.').next()?;
    let letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':');
    let good = host.contains('.')
        && !host.starts_with('.')
        && last.len() >= 2
        && last.chars().all(char::is_alphanumeric)
        && !last.chars().all(char::is_numeric)
        && host.chars().all(letter);
    good.then_some(host)
}

fn is_at(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
}

/// The slug of a profile; `None` for companies, the sales navigator and all else.
fn linkedin(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next()?;
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let mut first = parts.next()?;
    if first == "mwlite" || first == "comm" || first == "m" {
        first = parts.next()?;
    }
    match first {
        "in" => slug(parts.next()?),
        // Old public addresses: the three numbers after the name belong to the key.
        "pub" => {
            let key: Option<Vec<String>> = parts.take(4).map(slug).collect();
            key.filter(|key| !key.is_empty()).map(|key| format!("pub/{}", key.join("/")))
        }
        _ => None,
    }
}

fn xing(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next()?;
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    parts.find(|part| *part == "profile")?;
    slug(parts.next()?)
}

/// One segment of a path, decoded, lower case, NFC. Not a slug if it holds what no slug has.
fn slug(segment: &str) -> Option<String> {
    let decoded = decode(segment);
    let slug = normal(&decoded);
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '/' | '?' | '#');
    let bad = slug.is_empty() || slug.contains(odd) || slug.contains("://") || *squeeze(&slug) != slug;
    (!bad).then_some(slug)
}

/// A slug as it is compared: lower case, NFC. A slug that was cleaned before stays as it is.
pub(super) fn normal(slug: &str) -> String {
    if slug.is_ascii() {
        return slug.to_ascii_lowercase();
    }
    let lower: String = slug.nfc().collect::<String>().to_lowercase();
    lower.nfc().collect()
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(normal(text))
    }
}

/// Percent-decoded text; what does not decode to UTF-8 stays as it is.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if let Some((high, low)) = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'%') {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn profiles_become_their_slug() {
        for text in [
            "https://www.linkedin.com/in/anna-mueller",
            "http://de.linkedin.com/in/Anna-Mueller/",
            "linkedin.com/in/anna-mueller?trk=x",
            "www.linkedin.com/in/anna-mueller/de#top",
            "https\\://www.linkedin.com/in/anna-mueller",
            "https://www.linkedin.com/mwlite/in/anna-mueller",
            "=HYPERLINK(\"https://www.linkedin.com/in/anna-mueller\",\"Anna\")",
        ] {
            assert_eq!(address(text), Address::LinkedIn("anna-mueller".into()), "{text}");
        }
        assert_eq!(
            address("https://www.linkedin.com/in/zo%C3%AB-brandt"),
            Address::LinkedIn("zoë-brandt".into())
        );
        assert_eq!(address("https://www.linkedin.com/in/ed-ricp®-9"), Address::LinkedIn("ed-ricp®-9".into()));
        assert_eq!(
            address("https://www.linkedin.com/pub/anna-mueller/1/23/456"),
            Address::LinkedIn("pub/anna-mueller/1/23/456".into())
        );
        for text in ["https://www.xing.com/profile/Anna_Mueller2", "xing.com/profile/anna_mueller2/cv?x=1"] {
            assert_eq!(address(text), Address::Xing("anna_mueller2".into()), "{text}");
        }
    }

    #[test]
    fn other_addresses_get_one_form() {
        for (text, url) in [
            ("Example.COM", "https://example.com"),
            ("http://Example.com/A/b?c=D", "http://example.com/A/b?c=D"),
            ("http\\://example.com/", "http://example.com"),
            ("//example.com", "https://example.com"),
            ("https://www.linkedin.com/company/acme", "https://www.linkedin.com/company/acme"),
            ("https://www.linkedin.com/sales/lead/ABC,NAME", "https://www.linkedin.com/sales/lead/ABC,NAME"),
            ("https://notlinkedin.com/in/anna", "https://notlinkedin.com/in/anna"),
            ("https://www.linkedin.com/in/", "https://www.linkedin.com/in/"),
        ] {
            assert_eq!(address(text), Address::Other(url.into()), "{text}");
            assert_eq!(address(url), Address::Other(url.into()), "{url} stays");
        }
        for text in
            ["", "anna", "-", "n/a", "ftp://example.com", "@anna", "anna@example.com", "1.2", "javascript:x"]
        {
            assert_eq!(address(text), Address::None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn addresses_are_stable(text in "\\PC{0,30}|(https?://)?(www.linkedin.com/(in|pub)|xing.com/profile)/[a-zA-Z0-9%äİ/?#-]{0,20}|[A-Z.a-zİ]{1,9}\\.(de|COM)(/[%\\\\a-z\"' ]{0,9})?") {
            if let Some(slug) = quick_slug(&text) {
                prop_assert_eq!(address(&text), Address::LinkedIn(slug.into()));
            }
            match address(&text) {
                Address::LinkedIn(slug) | Address::Xing(slug) => {
                    prop_assert_eq!(normal(&slug), slug);
                }
                Address::Other(url) => prop_assert_eq!(address(&url), Address::Other(url)),
                Address::None => {}
            }
        }
    }
}
