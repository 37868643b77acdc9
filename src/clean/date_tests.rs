//! Tests of reading dates.

use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::*;

fn context() -> Context<'static> {
    Context { country: "DE", timezone: Berlin, date_order: DateOrder::DayFirst, year: 2026 }
}

fn show(when: When) -> String {
    let mut out = String::new();
    match when {
        When::Day(day) => write_day(day, &mut out),
        When::Instant(at) => write_instant(at, &mut out),
        When::Yearly(month, day) => out = format!("--{month:02}-{day:02}"),
        other => out = format!("{other:?}"),
    }
    out
}

#[test]
fn every_shape_of_the_exports_is_read() {
    for (text, shown) in [
        ("05 Jan 2026", "2026-01-05"),
        ("2026-01-05", "2026-01-05"),
        ("05.01.2026", "2026-01-05"),
        ("5.1.26", "2026-01-05"),
        ("15.01.27", "2027-01-15"),
        ("15.01.28", "1928-01-15"),
        ("7-Feb-22", "2022-02-07"),
        ("05. Jan 26", "2026-01-05"),
        ("12. Juni 2026", "2026-06-12"),
        ("03. März 2022", "2022-03-03"),
        ("1. Dez. 2021", "2021-12-01"),
        ("12 mars 2023", "2023-03-12"),
        ("3 févr. 2023", "2023-02-03"),
        ("3 août 2023", "2023-08-03"),
        ("June 12, 2026", "2026-06-12"),
        ("19560409", "1956-04-09"),
        ("1956-4-9", "1956-04-09"),
        ("70-7-14", "1970-07-14"),
        ("05/01/2026", "2026-01-05"),
        ("28 12 2025", "2025-12-28"),
        ("05 Jun 1833", "1833-06-05"),
        ("Verbunden seit 12. Juni 2026", "2026-06-12"),
        ("1/29/26, 2:37 PM", "2026-01-29T13:37:00Z"),
        ("1/29/26, 2:37\u{202f}PM", "2026-01-29T13:37:00Z"),
        ("2025-06-01 14:03:22 UTC", "2025-06-01T14:03:22Z"),
        ("2025-06-01 14:03:22", "2025-06-01T12:03:22Z"),
        ("2026/07/28 13:20:49 UTC", "2026-07-28T13:20:49Z"),
        ("Wed Jun 24 12:43:42 UTC 2026", "2026-06-24T12:43:42Z"),
        ("Wed Jun 24 12:43:42 CEST 2026", "2026-06-24T10:43:42Z"),
        ("2024-01-01T10:00:00+02:00", "2024-01-01T08:00:00Z"),
        ("2024-01-01T10:00:00.123Z", "2024-01-01T10:00:00Z"),
        ("20240101T100000Z", "2024-01-01T10:00:00Z"),
        ("27.04.2017 19:27:56", "2017-04-27T17:27:56Z"),
        ("15.01.26 09:05", "2026-01-15T08:05:00Z"),
        ("12/31/2025 12:05 AM", "2025-12-30T23:05:00Z"),
        ("1493312876000", "2017-04-27T17:07:56Z"),
        ("1493312876", "2017-04-27T17:07:56Z"),
        ("2010.02.08 18:27.16", "2010-02-08T17:27:16Z"),
        // Neither time is on the clock once: one comes twice, one never.
        ("2025-10-26 02:30", "2025-10-26T00:30:00Z"),
        ("2025-03-30 02:30", "2025-03-30T01:30:00Z"),
        ("--0203", "--02-03"),
        ("--02-29", "--02-29"),
        ("31.1.", "--01-31"),
        ("31. Januar", "--01-31"),
        ("0.0.00", "Nothing"),
        ("00/00/0000", "Nothing"),
        ("-", "Nothing"),
        ("n/a", "Nothing"),
        ("31.02.2024", "Impossible"),
        ("29.02.2023", "Impossible"),
        ("1/29/2026", "Impossible"),
        ("0099-01-01", "Impossible"),
        ("2999-01-01", "Impossible"),
        ("--0230", "Impossible"),
        ("KW 6", "Vague"),
        ("vor 2 Wochen", "Vague"),
        ("Q1/26", "Vague"),
        ("Frühjahr", "Vague"),
        ("Jan 2024", "Vague"),
        ("01/2024", "Vague"),
        ("2024", "Vague"),
        ("circa 1800", "Vague"),
        ("Messe", "Unknown"),
        ("99999999999999999999", "Unknown"),
        ("1.2.3.4", "Unknown"),
    ] {
        assert_eq!(show(read(text, &context())), shown, "{text}");
    }
}

#[test]
fn the_order_of_the_column_decides_and_never_the_cell() {
    let american = Context { date_order: DateOrder::MonthFirst, ..context() };
    for (text, shown) in [
        ("1/5/2026", "2026-01-05"),
        ("1-5-26", "2026-01-05"),
        ("29/1/2026", "Impossible"),
        ("5.1.2026", "2026-01-05"),
        ("2026-05-01", "2026-05-01"),
        ("1/2/26, 2:37 PM", "2026-01-02T13:37:00Z"),
    ] {
        assert_eq!(show(read(text, &american)), shown, "{text}");
    }
    assert_eq!(show(read("1/5/2026", &context())), "2026-05-01");
}

proptest! {
    #[test]
    fn what_is_written_is_read_again_anywhere(days in -350_000i64..80_000, seconds in 0i64..86_400, year in any::<i32>()) {
        let other = Context {
            country: "US",
            timezone: chrono_tz::Pacific::Auckland,
            date_order: DateOrder::MonthFirst,
            year,
        };
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Duration::days(days);
        prop_assert_eq!(read(&show(When::Day(day)), &other), When::Day(day));
        let at = day.and_hms_opt(0, 0, 0).unwrap().and_utc() + Duration::seconds(seconds);
        prop_assert_eq!(read(&show(When::Instant(at)), &other), When::Instant(at));
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,40}|[0-9:./, -]{0,30}(AM|PM|UTC|Jan|\\+02:00)?[0-9 :+-]{0,12}") {
        read(&text, &context());
    }
}
