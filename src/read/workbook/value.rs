//! What a cell says, as text: numbers without exponent, dates in ISO form, error values known as such.

use calamine::{Data, ExcelDateTime};

/// The first serial date that no spreadsheet program shows: the first of January 10000.
const SERIAL_END: f64 = 2_958_466.0;
/// Whole numbers below this are exact in a spreadsheet.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Error values as the programs write them in English and German.
const ERRORS: [&str; 21] = [
    "#N/A",
    "#NV",
    "#REF!",
    "#BEZUG!",
    "#VALUE!",
    "#WERT!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#ZAHL!",
    "#NULL!",
    "#SPILL!",
    "#ÜBERLAUF!",
    "#CALC!",
    "#KALK!",
    "#DATA!",
    "#GETTING_DATA",
    "#FIELD!",
    "#FELD!",
    "#BLOCKED!",
    "#CONNECT!",
];

/// Whether a cell holds an error value instead of data.
pub(super) fn is_error(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('#') && ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text)))
        || text
            .strip_prefix("Err:")
            .is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()))
}

/// The text of a cell; empty for an empty one.
pub(super) fn text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(yes) => yes.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) => moment_text(*moment),
        Data::DateTimeIso(text) => iso_text(text),
        Data::DurationIso(text) => duration_text(text),
    }
}

/// A number without exponent; whole ones without a decimal point, so that a telephone number typed as a
/// number stays one.
pub(super) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{}", number as i64);
    }
    if number.is_finite() && (1e-9..1e21).contains(&number.abs()) {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

/// A serial date as `YYYY-MM-DD`, with ` HH:MM:SS` where there is a time, `HH:MM:SS` for a time alone.
fn moment_text(moment: ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if !(0.0..SERIAL_END).contains(&serial) {
        return number_text(serial);
    }
    if moment.is_duration() {
        return clock_text((serial * 86_400.0).round() as u64);
    }
    let Some(when) = moment.as_datetime() else { return number_text(serial) };
    // Serial numbers carry rounding errors of less than a second.
    let when = chrono::DurationRound::duration_round(when, chrono::TimeDelta::seconds(1)).unwrap_or(when);
    if serial < 1.0 {
        return when.format("%H:%M:%S").to_string();
    }
    let midnight = when.time() == chrono::NaiveTime::MIN;
    when.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

/// `2026-01-05T00:00:00` as `2026-01-05`, `2026-01-05T10:30:00.000` as `2026-01-05 10:30:00`.
pub(super) fn iso_text(text: &str) -> String {
    let Some((day, time)) = text.split_once('T') else { return text.to_owned() };
    let time = time.trim_end_matches('Z');
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    if time.is_empty() || time.bytes().all(|byte| matches!(byte, b'0' | b':')) {
        day.to_owned()
    } else {
        format!("{day} {time}")
    }
}

/// `PT10H30M00S` as `10:30:00`; anything else stays.
pub(super) fn duration_text(text: &str) -> String {
    let Some(mut rest) = text.strip_prefix("PT") else { return text.to_owned() };
    let mut seconds = 0u64;
    for (unit, worth) in [('H', 3_600u64), ('M', 60), ('S', 1)] {
        let Some((count, tail)) = rest.split_once(unit) else { continue };
        let count = count.split(['.', ',']).next().unwrap_or_default();
        let Ok(count) = count.parse::<u32>() else { return text.to_owned() };
        seconds = seconds.saturating_add(u64::from(count) * worth);
        rest = tail;
    }
    if rest.is_empty() { clock_text(seconds) } else { text.to_owned() }
}

fn clock_text(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
