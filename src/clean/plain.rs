//! The quick way for names so plain that cleaning leaves them as they are.

use super::company;
use super::honorific;
use super::name::Source;
use crate::text::fold;

/// Given and family name of cells so plain that cleaning leaves them as they are; most are.
///
/// It answers what [`super::name::clean_name`] answers, without its work.
pub(super) fn plain<'a>(source: &Source<'a>) -> Option<(&'a str, &'a str)> {
    if !source.prefix.is_empty() || !source.middle.is_empty() || !source.suffix.is_empty() {
        return None;
    }
    let (given, family) = if source.given.is_empty() && source.family.is_empty() {
        let (given, family) = source.whole.split_once(' ')?;
        // More than two words take more thought.
        if given == "Von" || family.contains(' ') {
            return None;
        }
        (given, family)
    } else {
        let same = source.whole.strip_prefix(source.given).and_then(|rest| rest.strip_prefix(' '));
        if !source.whole.is_empty() && same != Some(source.family) {
            return None;
        }
        (source.given, source.family)
    };
    let person = is_plain_given(given, family)
        && is_plain_family(family)
        && given != "Firma"
        && !company::is_form(family.rsplit(' ').next().unwrap_or(family));
    let repeats = source.company.len() == given.len() + 1 + family.len() && source.company.starts_with(given);
    (person && !repeats).then_some((given, family))
}

/// One plain word, or two that are not the family name again.
fn is_plain_given(given: &str, family: &str) -> bool {
    match given.split_once(' ') {
        None => is_plain(given),
        Some((first, second)) => {
            let same = if second.is_ascii() && family.is_ascii() {
                second.eq_ignore_ascii_case(family)
            } else {
                fold(second) == fold(family)
            };
            let single = !given.contains('-') && !same && second != "Von";
            single && is_plain(first) && is_plain(second) && !honorific::may_be(given)
        }
    }
}

/// One plain word, with the most frequent particles before it.
fn is_plain_family(family: &str) -> bool {
    match family.rsplit_once(' ') {
        None => is_plain(family),
        Some((particles, name)) => {
            matches!(particles, "von" | "van" | "de" | "von der" | "van der" | "van den" | "zu" | "von den")
                && is_plain(name)
        }
    }
}

/// Whether the cell is one plain word such as `Anna`, `Müller` or `Anna-Lena`.
fn is_plain(cell: &str) -> bool {
    let (mut start, mut letters) = (true, 0);
    for letter in cell.chars() {
        match letter {
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' if start => start = false,
            'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' if !start => {}
            '\u{100}'..='\u{17f}' if letter.is_uppercase() == start => start = false,
            '-' if !start => start = true,
            _ => return false,
        }
        letters += 1;
    }
    !start && letters > 2 && !honorific::may_be(cell)
}
