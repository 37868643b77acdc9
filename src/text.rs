//! Folding and tokens: the spellings of one word brought together, used by every stage.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds text for comparison: lower case, ä → ae, ß → ss, accents off, other scripts to Latin.
///
/// Blanks, punctuation and digits stay. Folding folded text changes nothing.
pub fn fold(text: &str) -> String {
    fold_with(text, true)
}

/// Folds like [`fold`], but ä → a, ö → o, ü → u: the other spelling in use.
pub fn fold_plain(text: &str) -> String {
    fold_with(text, false)
}

fn fold_with(text: &str, umlaut_e: bool) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut add = |letter: char| {
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
        } else if !is_invisible(letter) {
            fold_letter(letter, umlaut_e, &mut out);
        }
    };
    if is_composed(text) {
        text.chars().for_each(&mut add);
    } else {
        text.nfc().for_each(&mut add);
    }
    out
}

/// Whether the text is in NFC at a glance: no character from U+0300 on, where the marks begin, is in it.
fn is_composed(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0xcc)
}

fn fold_letter(letter: char, umlaut_e: bool, out: &mut String) {
    match letter {
        'ä' | 'Ä' | 'ö' | 'Ö' | 'ü' | 'Ü' => {
            out.push(match letter {
                'ä' | 'Ä' => 'a',
                'ö' | 'Ö' => 'o',
                _ => 'u',
            });
            if umlaut_e {
                out.push('e');
            }
        }
        'æ' | 'Æ' => out.push_str(if umlaut_e { "ae" } else { "a" }),
        'ø' | 'Ø' | 'œ' | 'Œ' => out.push_str(if umlaut_e { "oe" } else { "o" }),
        'å' | 'Å' => out.push('a'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'ı' | 'İ' => out.push('i'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'þ' | 'Þ' => out.push_str("th"),
        '‘' | '’' | '´' | '`' | 'ʼ' | '′' => out.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => out.push(' '),
        _ if is_combining_mark(letter) => {}
        _ => {
            let base: Option<char> = std::iter::once(letter).nfkd().find(|part| !is_combining_mark(*part));
            match base {
                Some(base) if base.is_ascii() => out.push(base.to_ascii_lowercase()),
                _ => out.extend(
                    deunicode::deunicode_char(letter)
                        .unwrap_or_default()
                        .chars()
                        .filter(char::is_ascii)
                        .map(|part| part.to_ascii_lowercase()),
                ),
            }
        }
    }
}

/// Words of folded text: runs of letters and digits.
pub fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// The key of a column header: folded, letters and digits only, words joined by one blank.
///
/// `"\u{feff}E-Mail: Adresse "` becomes `e mail adresse`.
pub fn header_key(header: &str) -> String {
    let folded = fold(header);
    let mut key = String::with_capacity(folded.len());
    for token in tokens(&folded) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(token);
    }
    key
}

/// One line of text in NFC without invisible characters: blanks of every kind become one blank, ends trimmed.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| (0x21..0x7f).contains(byte);
    let mut gap = true;
    let clean = text.bytes().all(|byte| {
        let ok = plain(&byte) || (byte == b' ' && !gap);
        gap = byte == b' ';
        ok
    });
    if clean && (!gap || text.is_empty()) {
        return Cow::Borrowed(text);
    }
    if !is_composed(text) {
        return Cow::Owned(squeezed(text.nfc()));
    }
    let mut gap = true;
    let clean = text.chars().all(|letter| {
        let ok = if letter == ' ' { !gap } else { !is_gap(letter) && !is_invisible(letter) };
        gap = letter == ' ';
        ok
    });
    if clean && !gap { Cow::Borrowed(text) } else { Cow::Owned(squeezed(text.chars())) }
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

fn squeezed(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut blank = false;
    for letter in letters.filter(|letter| !is_invisible(*letter)) {
        if is_gap(letter) {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        out.push(letter);
    }
    out
}

/// Whether a character takes no room and means nothing between other letters: zero-width, bidi
/// controls, BOM, soft hyphen, variation selectors.
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{61c}')
}

/// Text that is safe on a terminal and in a log: control, bidi and zero-width characters become `\u{..}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |letter: char| letter.is_control() || is_invisible(letter);
    if !text.chars().any(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        assert_eq!(fold("Müller"), "mueller");
        assert_eq!(fold("Mu\u{308}ller"), "mueller");
        assert_eq!(fold_plain("Müller"), "muller");
        assert_eq!(fold("WEISS"), fold("Weiß"));
        assert_eq!(fold("Łukasz Żółć"), "lukasz zolc");
        assert_eq!(fold("İbrahim Yıldız"), "ibrahim yildiz");
        assert_eq!(fold("O’Brien–Smith"), "o'brien-smith");
        assert_eq!(fold("Даша"), "dasha");
        assert_eq!(fold("Nguyễn"), "nguyen");
    }

    #[test]
    fn headers_meet() {
        assert_eq!(header_key("\u{feff}E-Mail: Adresse "), "e mail adresse");
        assert_eq!(header_key("Straße geschäftlich"), "strasse geschaeftlich");
        assert_eq!(header_key("Kategorie (A-D)"), "kategorie a d");
    }

    #[test]
    fn squeezing_keeps_plain_text_as_it_is() {
        assert!(matches!(squeeze("Anna Müller-Lüdenscheidt"), Cow::Borrowed(_)));
        assert!(matches!(squeeze("Anna  Müller"), Cow::Owned(_)));
        assert!(matches!(squeeze("Anna Meier"), Cow::Borrowed("Anna Meier")));
        assert_eq!(squeeze(" Anna \u{a0}\t Meier\u{200b}\r\n"), "Anna Meier");
        assert_eq!(squeeze("Anna "), "Anna");
        assert_eq!(squeeze(" "), "");
    }

    #[test]
    fn escape_sequences_never_reach_a_terminal() {
        assert_eq!(visible("a\u{1b}]52;c\u{7}"), "a\\u{1b}]52;c\\u{7}");
        assert_eq!(visible("Jörg"), "Jörg");
    }

    proptest! {
        #[test]
        fn what_is_composed_at_a_glance_is_composed(text in "[a-zA-ZäöüÀ-ʯ\u{80}-\u{310}]{0,12}") {
            if is_composed(&text) {
                prop_assert_eq!(text.nfc().collect::<String>(), text.as_str());
                prop_assert_eq!(squeeze(&text), squeezed(text.nfc()));
            }
        }

        #[test]
        fn folding_and_squeezing_are_idempotent(text in "\\PC{0,40}|[a-zA-Zäöüß '-]{0,20}") {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded), &folded);
            let plain = fold_plain(&text);
            prop_assert_eq!(&fold_plain(&plain), &plain);
            let squeezed = squeeze(&text).into_owned();
            prop_assert_eq!(squeeze(&squeezed), squeezed.as_str());
        }

        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(|letter| letter.is_control() || is_invisible(letter)));
        }
    }
}
