//! Telephone numbers: E.164 with the team's country, or kept as they are.

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

use crate::text::squeeze;

/// What became of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// A valid number in E.164.
    Valid(String),
    /// Something else that was given as a number.
    Raw(String),
    /// A number that a spreadsheet has damaged: digits are lost.
    Damaged(String),
}

/// The fewest digits of a number without its area code that is taken for one with it.
const FULL: usize = 9;

/// Countries where a 0 stands before the area code and 00 before the country code, and nothing else is to be
/// known of how numbers are written, with their country codes.
const PLAIN: [(&str, &str); 6] =
    [("DE", "49"), ("AT", "43"), ("CH", "41"), ("FR", "33"), ("BE", "32"), ("GB", "44")];

/// The number of a cell that holds one number of a plain country, written in one piece; most do.
///
/// It answers what the parser of numbers answers, without its work. Whether a number is valid is asked of the
/// same tables.
fn plain(cell: &str, country: &str) -> Option<String> {
    let bytes = cell.as_bytes();
    let mut digits = String::with_capacity(18);
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        match byte {
            b'0'..=b'9' if digits.len() < 17 => digits.push(char::from(*byte)),
            b'+' | b'(' if at == 0 => {}
            b' ' if !matches!(before, None | Some(b' ')) => {}
            b'-' | b')' | b'(' if at > 0 => {}
            b'/' if before.is_some_and(|before| before.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    let home = PLAIN.iter().find(|(region, _)| *region == country);
    let abroad = if cell.starts_with('+') {
        Some(digits.as_str())
    } else {
        // Without a country that is plain, 00 may mean something else.
        home.and_then(|_| digits.strip_prefix("00"))
    };
    let (code, national) = match abroad {
        Some(abroad) => PLAIN.iter().find_map(|(_, code)| Some((*code, abroad.strip_prefix(code)?)))?,
        None => (home?.1, digits.strip_prefix('0')?),
    };
    if national.starts_with('0') {
        return None;
    }
    let (country_code, national_number) = (code.parse().ok()?, national.parse().ok()?);
    let number = PhoneNumber { country_code, national_number, ..PhoneNumber::default() };
    number.is_valid().then(|| ["+", code, national].concat())
}

/// Whether a cell is one number that can be dialled from a country, ISO 3166 alpha-2.
pub(crate) fn is_valid(cell: &str, country: &str) -> bool {
    matches!(number(cell, country), Number::Valid(_))
}

/// Calls `each` with every number of a cell.
pub(super) fn for_each_number(cell: &str, country: &str, mut each: impl FnMut(Number)) {
    if let Some(number) = plain(cell, country) {
        return each(Number::Valid(number));
    }
    let hard = |letter: char| matches!(letter, ';' | '\n' | '\r' | '|' | '~');
    // What follows `;` may be a part of one number as well: `;ext=12`.
    let parameter = |part: &str| part.contains('=');
    if cell.contains(hard) && !cell.split(hard).skip(1).any(parameter) {
        cell.split(hard)
            .filter(|part| !part.trim().is_empty())
            .for_each(|part| each_of_line(part, country, &mut each));
    } else {
        each_of_line(cell, country, &mut each);
    }
}

/// Divides at commas, slashes and gaps, which may also stand inside one number: `4,9E+11`, `030 / 2123456`.
fn each_of_line(line: &str, country: &str, each: &mut impl FnMut(Number)) {
    let whole = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count() >= 6;
    for gap in [",", " / ", "\t", "  "] {
        if line.contains(gap)
            && line.split(gap).filter(|part| !part.trim().is_empty()).all(|part| whole(&part))
        {
            let mut parts = line.split(gap).filter(|part| !part.trim().is_empty()).peekable();
            // `+49 (0)171 / 2345678`: country and area code alone are no number.
            let valid = |text: &str| matches!(number(text, country), Number::Valid(_));
            if parts.peek().is_some_and(|code| code.trim().starts_with(['+', '0']) && !valid(code))
                && valid(line)
            {
                break;
            }
            parts.for_each(|part| each(number(part, country)));
            return;
        }
    }
    each(number(line, country));
}

/// Reads one number.
pub(super) fn number(text: &str, country: &str) -> Number {
    let squeezed = squeeze(text);
    let shown = squeezed.trim_start_matches('\'');
    if is_damaged(shown) {
        return Number::Damaged(shown.to_owned());
    }
    let valid = dialled(shown).and_then(|dialled| read(&dialled, country));
    valid.map_or_else(|| Number::Raw(shown.to_owned()), Number::Valid)
}

/// Whether a spreadsheet has turned the number into a power of ten: `4,91512E+11`.
fn is_damaged(text: &str) -> bool {
    let Some((head, power)) = text.split_once(['E', 'e']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = head.splitn(2, [',', '.']);
    power.len() <= 3 && digits(power) && parts.all(digits)
}

/// The part of the text that is dialled: without `tel:`, a word before it, an extension after it.
fn dialled(text: &str) -> Option<String> {
    let start = text
        .find(|letter: char| letter == '+' || letter == '(' || letter.is_ascii_digit() || letter == '＋')?;
    // A name or word before the number says what it is; a single letter makes it something else.
    if text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[start..];
    let end = rest.find(|letter: char| letter.is_alphabetic() || matches!(letter, ';' | ',' | '#' | '*'));
    let (number, tail) = rest.split_at(end.unwrap_or(rest.len()));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let glued =
        number.ends_with(|letter: char| letter.is_ascii_digit()) && tail.starts_with(char::is_alphabetic);
    let pause = tail.starts_with(['x', 'X', 'p', 'P', 'w', 'W', 'e']);
    if digits < 5 || (glued && !pause) {
        return None;
    }
    let number = number.trim_end_matches([' ', '(', '-', '/', '.']);
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    Some(match number.strip_suffix(".0") {
        Some(whole) if all_digits(whole) => whole.to_owned(),
        _ => number.to_owned(),
    })
}

fn read(dialled: &str, country: &str) -> Option<String> {
    let region: Option<Region> = country.parse().ok();
    let digits: String = dialled.chars().filter(char::is_ascii_digit).collect();
    if dialled.starts_with('+') {
        return valid(dialled, region);
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return valid(dialled, region).or_else(|| valid(&format!("+{rest}"), None));
    }
    let home = region.and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
    let international = || valid(&format!("+{digits}"), None);
    // Digits that begin with the country code but no `+` are rarely a number of the country itself.
    let begins = home.is_some_and(|code| digits.starts_with(&code.to_string()));
    if begins
        && digits.len() >= 11
        && let Some(number) = international()
    {
        return Some(number);
    }
    let national = national(dialled, &digits, region);
    if national.is_none() && digits.len() >= 11 && !digits.starts_with('0') {
        return international();
    }
    national
}

/// A number of the country itself. Where numbers are written with a 0 before the area code, a short one
/// without it lacks its area code and belongs to nobody knows whom.
fn national(dialled: &str, digits: &str, region: Option<Region>) -> Option<String> {
    let number =
        PHONE_NUMBER_UTIL.parse(dialled, region).ok().filter(rlibphonenumber::PhoneNumber::is_valid)?;
    if digits.len() < FULL && !digits.starts_with('0') {
        let shown = number.format_as(PhoneNumberFormat::National);
        if shown.trim_start_matches('(').starts_with('0') {
            return None;
        }
    }
    Some(number.format_as(PhoneNumberFormat::E164).into_owned())
}

fn valid(text: &str, region: Option<Region>) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok()?;
    number.is_valid().then(|| number.format_as(PhoneNumberFormat::E164).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn de(text: &str) -> Number {
        number(text, "DE")
    }

    #[test]
    fn numbers_are_read_with_the_country_of_the_team() {
        for (text, country, e164) in [
            ("0171 1234567", "DE", "+491711234567"),
            ("+49 (0) 171 1234567", "DE", "+491711234567"),
            ("+49 (0)171/12 34 567", "DE", "+491711234567"),
            ("0049 171 1234567", "DE", "+491711234567"),
            ("0049 171 1234567", "US", "+491711234567"),
            ("491711234567", "DE", "+491711234567"),
            ("491711234567.0", "DE", "+491711234567"),
            ("1711234567", "DE", "+491711234567"),
            ("'+491711234567", "DE", "+491711234567"),
            ("tel:+49-171-1234567;ext=12", "DE", "+491711234567"),
            ("030 2123456 ext. 12", "DE", "+49302123456"),
            ("Tel.: 030 2123456", "DE", "+49302123456"),
            ("030 2123456 (privat)", "DE", "+49302123456"),
            ("0171-1234567p12", "DE", "+491711234567"),
            ("044 668 18 00", "CH", "+41446681800"),
            ("0664 1234567", "AT", "+436641234567"),
            ("(202) 456-1111", "US", "+12024561111"),
            ("06 12345678", "NL", "+31612345678"),
            ("+390612345678", "DE", "+390612345678"),
            ("06 1234 5678", "IT", "+390612345678"),
        ] {
            assert_eq!(number(text, country), Number::Valid(e164.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_kept_as_it_is() {
        for text in
            ["null", "-1", "7535", "VODAFONE", "DHL24", "177949", "0171", "110", "+49 171", "0171A234567"]
        {
            assert_eq!(de(text), Number::Raw(text.to_owned()), "{text}");
        }
        for text in ["4,91512E+11", "4.91512E+11", "3.108207129E9"] {
            assert_eq!(de(text), Number::Damaged(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_code_apart_is_no_number_of_its_own() {
        for (cell, expected) in [
            ("+49 (0)171 / 2345678", vec!["+491712345678"]),
            ("0049 171 / 2345678", vec!["+491712345678"]),
            ("0221 998877 / 0171 2345678", vec!["+49221998877", "+491712345678"]),
        ] {
            let mut found = Vec::new();
            for_each_number(cell, "DE", |number| found.push(number));
            let expected: Vec<_> = expected.into_iter().map(|text| Number::Valid(text.to_owned())).collect();
            assert_eq!(found, expected, "{cell}");
        }
    }

    #[test]
    fn several_numbers_in_a_cell_are_divided() {
        for (cell, count) in [
            ("0171 1234567; 030 2123456", 2),
            ("0171 1234567 / 030 2123456", 2),
            ("0171/1234567", 1),
            ("0171 1234567, ext. 12", 1),
            ("4,91512E+11", 1),
            ("0171 1234567; 7535", 2),
            ("tel:+49-171-1234567;ext=12", 1),
            ("030 2123456\n0171 1234567", 2),
        ] {
            let mut found = 0;
            for_each_number(cell, "DE", |_| found += 1);
            assert_eq!(found, count, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn a_valid_number_is_valid_everywhere(text in "(\\+|00|0)?[1-9][0-9]{5,13}", home in 0usize..5, other in 0usize..5) {
            const COUNTRIES: [&str; 5] = ["DE", "US", "IT", "AR", "ZZ"];
            if let Number::Valid(found) = number(&text, COUNTRIES[home]) {
                prop_assert!(found.starts_with('+') && found[1..].bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert_eq!(number(&found, COUNTRIES[other]), Number::Valid(found.clone()));
            }
        }

        #[test]
        fn plain_numbers_are_read_as_the_parser_reads_them(
            head in "\\+|00|0|\\(0|", code in "(49|43|41|33|32|44|1|39)?", gap in "[ ()/-]{0,2}",
            first in "[1-9][0-9]{1,3}|171|664|79|151|6", second in "[ ()/-]{0,2}", rest in "[0-9]{4,9}( ?[0-9]{2,3})?",
            country in 0usize..8,
        ) {
            const COUNTRIES: [&str; 8] = ["DE", "AT", "CH", "FR", "BE", "GB", "US", "ZZ"];
            let cell = format!("{head}{code}{gap}{first}{second}{rest}");
            if let Some(quick) = plain(&cell, COUNTRIES[country]) {
                let mut slow = Vec::new();
                each_of_line(&cell, COUNTRIES[country], &mut |number| slow.push(number));
                prop_assert_eq!(slow, vec![Number::Valid(quick)], "{}", cell);
            }
        }

        #[test]
        fn nothing_is_lost(text in "\\PC{1,20}") {
            match de(&text) {
                Number::Valid(shown) | Number::Raw(shown) | Number::Damaged(shown) => {
                    prop_assert!(!shown.is_empty() || text.trim_matches('\'').trim().is_empty()
                        || squeeze(&text).trim_start_matches('\'').is_empty());
                }
            }
        }
    }
}
