//! Cells that hold several values, or one wrapped in something: e-mail addresses, numbers, tags, links.

use crate::problem::Problem;
use crate::record::{Cells, Field};

/// The text inside Excel's wrappings: `=HYPERLINK("mailto:a@b";"a")` and `="0171"`.
pub(super) fn unwrapped(cell: &str) -> &str {
    let cell = cell.trim();
    let Some(formula) = cell.strip_prefix('=') else { return cell };
    let link = formula.get(..10).is_some_and(|name| name.eq_ignore_ascii_case("HYPERLINK("));
    let quoted = if link { &formula[10..] } else { formula };
    let Some(inner) = quoted.trim_start().strip_prefix('"') else { return cell };
    inner.find('"').map_or(cell, |end| &inner[..end])
}

/// Adds every e-mail address of a cell.
pub(super) fn push_emails(cells: &mut Cells, cell: &str) {
    let cell = unwrapped(cell);
    if !has_text(cell) {
        return;
    }
    let many = cell.matches('@').count() > 1;
    let parts = cell
        .split(|mark: char| matches!(mark, ';' | '\n' | '\r' | '|') || (many && matches!(mark, ',' | '/')));
    for part in parts {
        let part = angle(part.trim());
        if many && part.matches('@').count() > 1 {
            part.split_whitespace()
                .filter(|word| word.contains('@'))
                .for_each(|word| push_email(cells, word));
        } else {
            push_email(cells, part);
        }
    }
}

fn push_email(cells: &mut Cells, text: &str) {
    let text = text.trim();
    let bare = match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    };
    cells.push_new(Field::Email, bare.split('?').next().unwrap_or_default());
}

/// `Anna Meier <anna@example.com>` as the address alone.
fn angle(text: &str) -> &str {
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(text, |(address, _)| address).trim()
}

/// Adds every telephone number of a cell; numbers marked as fax go to the fax field.
///
/// In a sheet, a number of digits alone that begins neither with 0 nor + has been typed as a number and
/// may have lost its beginning; one with an exponent has lost digits and reaches nobody.
pub(super) fn push_phones(cells: &mut Cells, cell: &str, sheet: bool, line: u32) -> Option<Problem> {
    let cell = unwrapped(cell);
    if !has_text(cell) {
        return None;
    }
    let mut problem = None;
    for part in phone_parts(cell) {
        let (field, number) = labelled(part.trim());
        if is_damaged(number) {
            cells.push_new(Field::PhoneRaw, number);
            let message = format!(
                "the telephone number {number} was cut short by a spreadsheet program and cannot be used; type it \
                 again in a cell formatted as text"
            );
            problem = Some(Problem::new(line, "damaged-number", message));
            continue;
        }
        if sheet && is_typed_number(number) {
            let message = format!(
                "the telephone number {number} was typed as a number, so a leading 0 or + may be lost; format the \
                 column as text"
            );
            problem = Some(Problem::new(line, "number-typed-phone", message));
        }
        cells.push_new(field, number);
    }
    problem
}

/// Splits at marks that stand between two numbers, not inside one: `0171 / 123456` is one number.
fn phone_parts(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for line in cell.split([';', '\n', '\r', '|']) {
        let mut rest = line;
        'split: loop {
            for mark in [" / ", ", ", " oder ", " or ", " und ", " bzw. ", ","] {
                if let Some((first, tail)) = rest.split_once(mark)
                    && digits(first) >= 6
                    && digits(tail) >= 6
                {
                    parts.push(first);
                    rest = tail;
                    continue 'split;
                }
            }
            break;
        }
        parts.push(rest);
    }
    parts
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Takes `Tel.:`, `mobil:`, `tel:` off, and tells fax numbers apart.
fn labelled(text: &str) -> (Field, &str) {
    if let Some((label, number)) = text.split_once(':')
        && digits(label) == 0
    {
        let fax = label.to_ascii_lowercase().contains("fax");
        return (if fax { Field::Fax } else { Field::Phone }, number.trim());
    }
    let fax = text.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("fax"));
    (if fax { Field::Fax } else { Field::Phone }, text)
}

/// `4,91512E+11`: digits are gone for good.
fn is_damaged(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let number = |text: &str, marks: &[u8]| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || marks.contains(&byte))
    };
    number(mantissa, b".,") && number(exponent, b"")
}

fn is_typed_number(text: &str) -> bool {
    (7..=15).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Adds tags that stand between these marks.
pub(super) fn push_tags(cells: &mut Cells, cell: &str, marks: &[char]) {
    for tag in cell.split(marks).map(str::trim).filter(|tag| has_text(tag)) {
        cells.push_new(Field::Tags, tag);
    }
}

/// Whether a group is one that every entry is in or that an import made, and so no tag somebody gave.
pub(super) fn is_system_group(name: &str) -> bool {
    let name = name.trim().trim_start_matches("* ").to_lowercase();
    ["importiert am", "imported on", "importé le"].iter().any(|start| name.starts_with(start))
        || matches!(name.as_str(), "mycontacts" | "my contacts" | "starred" | "meine kontakte")
}

/// Whether a cell says anything: `-`, `?` and `--` do not.
pub(super) fn has_text(cell: &str) -> bool {
    cell.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(field: Field, fill: impl FnOnce(&mut Cells)) -> Vec<String> {
        let mut cells = Cells::new();
        fill(&mut cells);
        cells.view().all(field).map(str::to_owned).collect()
    }

    #[test]
    fn addresses_are_taken_apart() {
        let cases: [(&str, &[&str]); 10] = [
            ("a@x.de; b@x.de", &["a@x.de", "b@x.de"]),
            ("a@x.de / b@x.de", &["a@x.de", "b@x.de"]),
            ("a@x.de\nmailto:B@x.de", &["a@x.de", "B@x.de"]),
            ("a@x.de\rb@x.de", &["a@x.de", "b@x.de"]),
            ("Anna Meier <a@x.de>, Bert <b@x.de>", &["a@x.de", "b@x.de"]),
            ("a@x.de b@x.de", &["a@x.de", "b@x.de"]),
            ("=HYPERLINK(\"mailto:a@x.de\";\"Anna\")", &["a@x.de"]),
            ("mailto:a@x.de?subject=x", &["a@x.de"]),
            ("a@x.de;a@x.de;", &["a@x.de"]),
            (" - ", &[]),
        ];
        for (cell, expected) in cases {
            assert_eq!(all(Field::Email, |cells| push_emails(cells, cell)), expected, "{cell}");
        }
    }

    #[test]
    fn numbers_are_taken_apart_but_not_torn() {
        let cases: [(&str, &[&str]); 8] = [
            ("0171 / 1234567", &["0171 / 1234567"]),
            ("0171/1234567", &["0171/1234567"]),
            ("030 123456 / 0171 1234567", &["030 123456", "0171 1234567"]),
            ("030 123456; 0171 1234567\n040 1234567", &["030 123456", "0171 1234567", "040 1234567"]),
            ("Tel.: 030 123456, Fax: 030 123457", &["030 123456"]),
            ("=\"0171 1234567\"", &["0171 1234567"]),
            ("tel:+491711234567", &["+491711234567"]),
            ("?", &[]),
        ];
        for (cell, expected) in cases {
            assert_eq!(
                all(Field::Phone, |cells| drop(push_phones(cells, cell, false, 1))),
                expected,
                "{cell}"
            );
        }
        let fax = all(Field::Fax, |cells| drop(push_phones(cells, "030 123456, Fax: 030 123457", false, 1)));
        assert_eq!(fax, ["030 123457"]);
    }

    #[test]
    fn damage_done_by_spreadsheets_is_told() {
        let code =
            |cell: &str, sheet| push_phones(&mut Cells::new(), cell, sheet, 7).map(|problem| problem.code);
        assert_eq!(code("4,91512E+11", false), Some("damaged-number"));
        assert_eq!(code("491711234567", true), Some("number-typed-phone"));
        assert_eq!(code("491711234567", false), None);
        assert_eq!(code("0171 1234567", true), None);
        let raw = all(Field::PhoneRaw, |cells| drop(push_phones(cells, "4.91512E+11", false, 1)));
        assert_eq!(raw, ["4.91512E+11"]);
    }
}
