//! Numbers and days as the language of the page writes them.

use chrono::NaiveDate;

use crate::table::Language;

/// A whole number with its thousands apart: `1,600`, `1.600`.
pub(super) fn count(value: f64, language: Language) -> String {
    let digits = format!("{:.0}", value.abs().round());
    let mut out = String::new();
    if value.round() < 0.0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(if language == Language::German { '.' } else { ',' });
        }
        out.push(digit);
    }
    out
}

/// From here on a fraction says nothing beside the whole number.
const LARGE: f64 = 100.0;

/// A number that may have a fraction, with at most two decimals; a large one has none.
pub(super) fn number(value: f64, language: Language) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let hundredths = (value.abs() * 100.0).round();
    let fraction = hundredths % 100.0;
    if fraction == 0.0 || value.abs() >= LARGE {
        return count(value, language);
    }
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let whole = count((hundredths / 100.0).trunc(), language);
    let point = if language == Language::German { ',' } else { '.' };
    format!("{sign}{whole}{point}{}", format!("{fraction:02.0}").trim_end_matches('0'))
}

/// A share between 0 and 1 as per cent: one decimal below ten per cent, none above; never rounded to none or all.
pub(super) fn share(value: f64, language: Language) -> String {
    let percent = value * 100.0;
    let near = percent.abs();
    let text = if near == 0.0 || near >= 99.95 || (9.95..99.5).contains(&near) {
        count(percent, language)
    } else {
        let tenths = (percent * 10.0).round() / 10.0;
        if tenths == 0.0 {
            let least = number(0.1, language);
            return format!("<\u{a0}{least}{}", unit(language));
        }
        number(tenths, language)
    };
    format!("{text}{}", unit(language))
}

/// The sign for per cent, with the room before it that German wants.
pub(super) fn unit(language: Language) -> &'static str {
    match language {
        Language::English => "%",
        Language::German => "\u{a0}%",
    }
}

/// A day: `4 May 2026`, `4. Mai 2026`.
pub(super) fn day(day: NaiveDate, language: Language) -> String {
    const GERMAN: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    match language {
        Language::English => day.format("%-d\u{a0}%B\u{a0}%Y").to_string(),
        Language::German => {
            use chrono::Datelike;
            let month = GERMAN.get(day.month0() as usize).copied().unwrap_or_default();
            format!("{}.\u{a0}{month}\u{a0}{}", day.day(), day.year())
        }
    }
}

/// A day in a table: `2026-05-04`, `04.05.2026`.
pub(super) fn short_day(day: NaiveDate, language: Language) -> String {
    match language {
        Language::English => day.format("%Y-%m-%d").to_string(),
        Language::German => day.format("%d.%m.%Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let cases = [
            (1600.0, "1,600", "1.600"),
            (6_000_000.4, "6,000,000", "6.000.000"),
            (999.0, "999", "999"),
            (-1234.0, "\u{2212}1,234", "\u{2212}1.234"),
            (0.0, "0", "0"),
        ];
        for (value, english, german) in cases {
            assert_eq!(count(value, Language::English), english);
            assert_eq!(count(value, Language::German), german);
        }
        assert_eq!(number(1234.6, Language::German), "1.235");
        assert_eq!(number(-99.95, Language::German), "\u{2212}99,95");
        assert_eq!(number(1.999, Language::English), "2");
        assert_eq!(number(3.05, Language::English), "3.05");
        assert_eq!(number(f64::NAN, Language::English), "");
    }

    #[test]
    fn shares_never_round_to_none_or_all() {
        let cases = [
            (0.0, "0%"),
            (1.0, "100%"),
            (0.266_666, "27%"),
            (0.0166, "1.7%"),
            (0.0001, "<\u{a0}0.1%"),
            (0.996, "99.6%"),
            (1.425, "143%"),
        ];
        for (value, english) in cases {
            assert_eq!(share(value, Language::English), english);
        }
        assert_eq!(share(0.0166, Language::German), "1,7\u{a0}%");
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(day(march, Language::English), "2\u{a0}March\u{a0}2026");
        assert_eq!(day(march, Language::German), "2.\u{a0}März\u{a0}2026");
        assert_eq!(short_day(march, Language::German), "02.03.2026");
    }
}
