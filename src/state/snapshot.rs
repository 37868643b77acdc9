//! The day an export was made, read from the names of folders, archives and files.

use chrono::NaiveDate;

/// The date in a path relative to the inbox, such as `2026-01-05/contacts.csv` or
/// `Basic_LinkedInDataExport_01-05-2026.zip!Connections.csv` (month first, as LinkedIn writes it).
///
/// The file's own name counts before the archive and that before the folders, the nearest first. A date
/// after `today` is no day on which an export was made.
pub fn date_in_path(path: &str, today: NaiveDate) -> Option<NaiveDate> {
    path.rsplit(['/', '!']).find_map(|name| date_in_name(name).filter(|date| *date <= today))
}

fn date_in_name(name: &str) -> Option<NaiveDate> {
    let bytes = name.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let (numbers, end) = number_run(&bytes[start..]);
        if let Some(date) = read(&numbers) {
            return Some(date);
        }
        start += end;
    }
    None
}

/// Up to three numbers with their widths and the separator before each, and where the run ends.
fn number_run(bytes: &[u8]) -> (Vec<(u32, usize, u8)>, usize) {
    let mut numbers = Vec::new();
    let (mut at, mut separator) = (0, 0);
    while numbers.len() < 3 {
        let width = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if width == 0 {
            break;
        }
        // Longer runs are a date followed by a time.
        let value =
            bytes[at..at + width.min(8)].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        numbers.push((value, width, separator));
        at += width;
        match bytes.get(at) {
            Some(byte @ (b'-' | b'.' | b'_')) if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                separator = *byte;
                at += 1;
            }
            _ => break,
        }
    }
    (numbers, at.max(1))
}

fn read(numbers: &[(u32, usize, u8)]) -> Option<NaiveDate> {
    match *numbers {
        [(year, 4, _), (month, 2, _), (day, 2, _)]
        | [(day, 1..=2, _), (month, 1..=2, b'.' | b'_'), (year, 4, b'.' | b'_')] => {
            plausible(year, month, day)
        }
        [(first, 1..=2, _), (second, 1..=2, b'-'), (year, 4, b'-')] => {
            plausible(year, first, second).or_else(|| plausible(year, second, first))
        }
        [(day, 2, _), (month, 2, b'.'), (year, 2, b'.')] => plausible(2000 + year, month, day),
        // `calls-20170427192756.xml`: the first eight digits of a run of eight, twelve or fourteen.
        [(date, 8 | 12 | 14, _), ..] => plausible(date / 10_000, date / 100 % 100, date % 100),
        _ => None,
    }
}

/// Exports of address books are not older than the programs that make them.
fn plausible(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1990..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_real_exports() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        for (path, expected) in [
            ("Basic_LinkedInDataExport_01-05-2026.zip!Connections.csv", Some("2026-01-05")),
            ("Complete_LinkedInDataExport_11-30-2025.zip!Connections.csv", Some("2025-11-30")),
            ("2026-01-05/sub/Connections.csv", Some("2026-01-05")),
            ("2026-01-05/Export_02-03-2026.zip!Connections.csv", Some("2026-02-03")),
            ("calls-20170427192756.xml", Some("2017-04-27")),
            ("contacts_20260105.vcf", Some("2026-01-05")),
            ("FRITZ.Box_Telefonbuch_15.01.26_1200.xml", Some("2026-01-15")),
            ("Kontakte 5.1.2026.xlsx", Some("2026-01-05")),
            ("Member_Follows_34875879.csv", None),
            ("contacts (2).csv", None),
            ("Angebot 2031-01-01.csv", None),
            ("2026-13-45.csv", None),
            ("Connections.csv", None),
        ] {
            let date = date_in_path(path, today).map(|date| date.to_string());
            assert_eq!(date.as_deref(), expected, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_name_is_read_without_trouble(path in "[0-9._/!-]{0,40}|\\PC{0,30}") {
            let today = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
            prop_assert!(date_in_path(&path, today).is_none_or(|date| date <= today));
        }
    }
}
