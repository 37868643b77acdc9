//! What people put into names beside the name: emoji, brackets, quotes, bars.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::honorific::{self, Place};
use crate::text::squeeze;

/// What was found beside a name.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Emoji, text in brackets, text after a bar.
    pub(super) remarks: Vec<String>,
    /// Words in quotes.
    pub(super) nicknames: Vec<String>,
}

/// A name without what stands beside it. A name that would be nothing without its brackets keeps their text.
pub(super) fn strip(text: &str, beside: &mut Beside) -> String {
    let text = squeeze(text);
    let simple = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'.' | b',');
    if text.bytes().all(simple) {
        return text.into_owned();
    }
    let text = strip_pictographs(&text, beside);
    let text = strip_brackets(&text, beside);
    let text = strip_bars(&text, beside);
    let text = strip_quotes(&text, beside);
    squeeze(&text).into_owned()
}

fn strip_pictographs(text: &str, beside: &mut Beside) -> String {
    if !text.chars().any(|letter| is_pictograph(letter) || is_styled(letter) || is_combining_mark(letter)) {
        return text.to_owned();
    }
    let (mut out, mut found, mut marks) = (String::with_capacity(text.len()), String::new(), 0);
    for letter in text.chars() {
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        if is_pictograph(letter) {
            found.push(letter);
            out.push(' ');
        } else if is_styled(letter) {
            out.extend(std::iter::once(letter).nfkc());
        } else if marks <= 3 {
            out.push(letter);
        }
    }
    add(&mut beside.remarks, &found);
    out
}

/// Whether the character is a picture or symbol rather than part of a name.
pub(super) fn is_pictograph(letter: char) -> bool {
    matches!(letter,
        '©' | '®' | '™' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{20e3}' | '\u{3030}' | '\u{303d}' | '\u{3297}'
        | '\u{3299}' | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}' | '\u{fffd}')
}

/// Letters dressed up as mathematical or wide ones.
fn is_styled(letter: char) -> bool {
    matches!(letter, '\u{1d400}'..='\u{1d7ff}' | '\u{ff01}'..='\u{ff5e}')
}

fn strip_brackets(text: &str, beside: &mut Beside) -> String {
    if !text.contains(['(', '[', '{', '<', ')', ']', '}', '>']) {
        return text.to_owned();
    }
    let (mut out, mut inside, mut depth) = (String::with_capacity(text.len()), String::new(), 0usize);
    let mut found = Vec::new();
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' if depth == 1 => {
                depth = 0;
                close(&mut inside, &mut out, &mut found);
            }
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(letter),
            _ => out.push(letter),
        }
    }
    close(&mut inside, &mut out, &mut found);
    if !out.contains(char::is_alphanumeric) && !found.is_empty() {
        return found.join(" ");
    }
    for remark in &found {
        add(&mut beside.remarks, remark);
    }
    out
}

/// Ends a bracket: `(FH)` goes on as part of a title, anything else is a remark.
fn close(inside: &mut String, out: &mut String, found: &mut Vec<String>) {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let short = words.len() == 1 && inside.len() <= 6;
    if short
        && out.contains('.')
        && matches!(words[0].trim_end_matches('.'), "FH" | "BA" | "DH" | "TU" | "Univ" | "HSG")
    {
        out.push('(');
        out.push_str(words[0]);
        out.push(')');
    } else {
        add(found, inside);
        out.push(' ');
    }
    inside.clear();
}

/// `Anna Müller | Coach`, `Anna Müller - Siemens Energy`: what follows the bar is a remark.
fn strip_bars(text: &str, beside: &mut Beside) -> String {
    let bar = text.char_indices().skip(1).find(|(_, letter)| matches!(letter, '|' | '•' | '·' | '@' | '/'));
    let end = match bar {
        Some((at, '@' | '/' | '·')) if !text[..at].ends_with(' ') => None,
        Some((at, _)) => Some(at),
        None => dash(text),
    };
    let Some(end) = end.filter(|end| text[..*end].contains(char::is_alphanumeric)) else {
        return text.to_owned();
    };
    add(
        &mut beside.remarks,
        text[end..].trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')'),
    );
    text[..end].to_owned()
}

/// Where a dash with blanks around it begins a remark of several words; one word makes a double name.
fn dash(text: &str) -> Option<usize> {
    let at = [" - ", " – ", " — "].iter().filter_map(|dash| text.find(dash)).min()?;
    let rest: Vec<&str> = text[at..].split(',').next()?.split_whitespace().skip(1).collect();
    (rest.len() > 1 && honorific::all(&rest, Place::Own).is_none()).then_some(at)
}

fn strip_quotes(text: &str, beside: &mut Beside) -> String {
    const QUOTES: [char; 11] = ['"', '“', '”', '„', '«', '»', '‹', '›', '‟', '`', '´'];
    if !text.contains(QUOTES) && !text.split(' ').any(|word| word.starts_with(['\'', '‘', '’'])) {
        return text.to_owned();
    }
    let (mut out, mut quoted) = (String::with_capacity(text.len()), None::<String>);
    let mut names = Vec::new();
    for (at, letter) in text.char_indices() {
        let opens = text[..at].ends_with(' ') || at == 0;
        let inner = text[at + letter.len_utf8()..].starts_with(char::is_alphanumeric) && !opens;
        let mut next = text[at + letter.len_utf8()..].chars();
        let article = next.next().is_some_and(char::is_lowercase) && next.next() == Some(' ');
        // An apostrophe between letters belongs to the name: O´Brien; so does the Dutch article in van 't Hof.
        let quote = QUOTES.contains(&letter) && !(inner && matches!(letter, '`' | '´'))
            || (matches!(letter, '\'' | '‘' | '’') && !inner && !article && (opens || quoted.is_some()));
        match (&mut quoted, quote) {
            (None, true) => quoted = Some(String::new()),
            (Some(_), true) => names.extend(quoted.take()),
            (Some(inside), false) => inside.push(letter),
            (None, false) => out.push(letter),
        }
    }
    // Without the closing quote the text goes on as the name.
    out.push_str(&quoted.unwrap_or_default());
    if !out.contains(char::is_alphanumeric) {
        return names.join(" ");
    }
    for name in &names {
        add(&mut beside.nicknames, name);
    }
    out
}

fn add(list: &mut Vec<String>, text: &str) {
    let text = squeeze(text);
    if !text.is_empty() && !list.iter().any(|have| *have == text) {
        list.push(text.into_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_name_is_taken_off() {
        for (text, name, remarks, nicknames) in [
            ("Anna Müller", "Anna Müller", "", ""),
            ("Anna 🚀 Müller ✅", "Anna Müller", "🚀✅", ""),
            ("Anna Müller (Messe)", "Anna Müller", "Messe", ""),
            ("Anna Müller (geb. Meier)", "Anna Müller", "geb. Meier", ""),
            ("(Anna)", "Anna", "", ""),
            ("Anna [x] (y", "Anna", "x|y", ""),
            ("Dipl.-Ing. (FH) Hans", "Dipl.-Ing. (FH) Hans", "", ""),
            ("Anna \"Anni\" Müller", "Anna Müller", "", "Anni"),
            ("„Anna Müller“", "Anna Müller", "", ""),
            ("Anna 'Anni' Müller", "Anna Müller", "", "Anni"),
            ("Conan O'Brien", "Conan O'Brien", "", ""),
            ("Conan O´Brien", "Conan O´Brien", "", ""),
            ("'Anna", "Anna", "", ""),
            ("Anna Müller | Coach", "Anna Müller", "Coach", ""),
            ("Anna Müller - Siemens Energy", "Anna Müller", "Siemens Energy", ""),
            ("Anna Müller - Schmidt", "Anna Müller - Schmidt", "", ""),
            ("𝗔𝗻𝗻𝗮", "Anna", "", ""),
            ("Herman van 't Hof", "Herman van 't Hof", "", ""),
        ] {
            let mut beside = Beside::default();
            assert_eq!(strip(text, &mut beside), name, "{text}");
            assert_eq!(beside.remarks.join("|"), remarks, "{text}");
            assert_eq!(beside.nicknames.join("|"), nicknames, "{text}");
        }
    }
}
