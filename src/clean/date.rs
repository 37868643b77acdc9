//! Dates and times of every shape that exports use, read without guessing what a day or a month is.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use super::Context;
use super::date_words::{Word, month, word, zone};
use crate::record::DateOrder;
use crate::text::fold;

/// What a text says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// A day.
    Day(NaiveDate),
    /// A moment.
    Instant(DateTime<Utc>),
    /// A day of every year.
    Yearly(u32, u32),
    /// Nothing: a blank written in signs or zeros.
    Nothing,
    /// A full date that is on no calendar, or far off.
    Impossible,
    /// A time no day can be named for: `KW 6`, `vor 2 Wochen`, `Jan 2024`.
    Vague,
    /// Not a time.
    Unknown,
}

/// Years that are believed; what lies outside is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2200;

/// What a date is read for.
#[derive(Clone, Copy)]
struct Sense<'a> {
    context: &'a Context<'a>,
    /// A birthday lies not ahead, and no zone may shift its day: an hour written with it means nothing.
    birthday: bool,
}

/// Reads a date or a moment.
pub(super) fn read(text: &str, context: &Context<'_>) -> When {
    read_as(text.trim(), Sense { context, birthday: false })
}

/// Reads a birthday: never a moment. The year 1604 is how Apple says that there is none.
pub(super) fn read_birthday(text: &str, context: &Context<'_>) -> When {
    match read_as(text.trim(), Sense { context, birthday: true }) {
        When::Day(day) if day.year() == 1604 => When::Yearly(day.month(), day.day()),
        When::Instant(at) => When::Day(at.date_naive()),
        when => when,
    }
}

fn read_as(text: &str, sense: Sense<'_>) -> When {
    if let Some(day) = quick(text.as_bytes()) {
        return day;
    }
    if text.len() > 80 {
        return When::Unknown;
    }
    let folded = fold(&crate::text::squeeze(text));
    let when = read_folded(folded.trim_matches(['\'', '"', ' ', ',', ';']), sense);
    match when {
        When::Day(day) if !YEARS.contains(&day.year()) => When::Impossible,
        When::Instant(at) if !YEARS.contains(&at.year()) => When::Impossible,
        other => other,
    }
}

/// `2026-01-05` and `05 Jan 2026`, the two shapes that make up most cells.
fn quick(text: &[u8]) -> Option<When> {
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let (year, month, day) = match text {
        [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => {
            (number(y)?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
        }
        [d1, d2, b' ', m1, m2, m3, b' ', y @ ..] if y.len() == 4 => {
            let lower = [m1 | 0x20, m2 | 0x20, m3 | 0x20];
            (number(y)?, month(std::str::from_utf8(&lower).ok()?)?, number(&[*d1, *d2])?)
        }
        _ => return None,
    };
    let day = NaiveDate::from_ymd_opt(year as i32, month, day)?;
    YEARS.contains(&day.year()).then_some(When::Day(day))
}

/// The pieces of a folded text.
#[derive(Default)]
struct Pieces {
    /// Numbers of the date, with how many digits each has.
    numbers: Vec<(u32, usize)>,
    /// The sign after each number.
    signs: Vec<char>,
    month: Option<u32>,
    /// How many numbers stand before the month.
    before: usize,
    time: Option<NaiveTime>,
    half: Option<bool>,
    /// Seconds east of Greenwich.
    offset: Option<i32>,
    vague: bool,
    unknown: bool,
}

fn read_folded(text: &str, sense: Sense<'_>) -> When {
    if let Some(rest) = text.strip_prefix("--") {
        return yearly(rest);
    }
    let digits = text.bytes().filter(u8::is_ascii_digit);
    if digits.clone().all(|digit| digit == b'0')
        && !text.contains(|letter: char| letter.is_ascii_alphabetic())
    {
        return When::Nothing;
    }
    if crate::words::is_no_company(text) {
        return When::Nothing;
    }
    if let Some(moment) = epoch(text) {
        return moment;
    }
    let pieces = take_apart(text);
    if pieces.unknown && !pieces.vague {
        return When::Unknown;
    }
    if pieces.vague {
        return When::Vague;
    }
    let day = match put_together(&pieces, sense) {
        Ok(day) => day,
        Err(when) => return when,
    };
    moment(day, &pieces, sense)
}

/// `0203` and `02-03` after the two hyphens of a birthday without a year.
fn yearly(rest: &str) -> When {
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let shape = rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match (shape, digits.len(), digits.parse::<u32>()) {
        (true, 4, Ok(number)) => yearly_of(number / 100, number % 100),
        _ => When::Unknown,
    }
}

fn yearly_of(month: u32, day: u32) -> When {
    match NaiveDate::from_ymd_opt(2000, month, day) {
        Some(_) => When::Yearly(month, day),
        None => When::Impossible,
    }
}

/// Seconds or milliseconds since 1970, written as ten or thirteen digits.
fn epoch(text: &str) -> Option<When> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    DateTime::from_timestamp(seconds, 0).map(When::Instant)
}

/// Takes a folded text apart into numbers, month, time and zone.
fn take_apart(text: &str) -> Pieces {
    let mut pieces = Pieces::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |letter: char| (letter.is_ascii_digit(), letter.is_ascii_alphabetic());
        let end = match kind(first) {
            (false, false) => first.len_utf8(),
            same => rest.find(|letter| kind(letter) != same).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            rest = take_number(piece, after, &mut pieces);
        } else if first.is_ascii_alphabetic() {
            take_word(piece, &mut pieces);
        } else if pieces.time.is_some() && matches!(first, '+' | '-') {
            if let Some((offset, after)) = take_offset(first, after) {
                pieces.offset = Some(offset);
                rest = after;
            }
        } else if !matches!(first, ' ' | '.' | '/' | '-' | ',' | '\'' | '(' | ')' | ':' | '|') {
            pieces.unknown = true;
        }
    }
    pieces
}

/// A number is the hour of a time, a compact date or time, or a part of the date; gives what follows it.
fn take_number<'a>(piece: &str, after: &'a str, pieces: &mut Pieces) -> &'a str {
    if pieces.time.is_none()
        && piece.len() <= 2
        && let Some((time, rest)) = take_time(piece, after)
    {
        pieces.time = Some(time);
        return rest;
    }
    let Ok(number) = piece.parse::<u32>() else {
        pieces.unknown = true;
        return after;
    };
    match piece.len() {
        8 if pieces.numbers.is_empty() => {
            pieces.numbers = vec![(number / 10_000, 4), (number / 100 % 100, 2), (number % 100, 2)];
            pieces.signs = vec!['-'; 3];
        }
        4 | 6 if pieces.numbers.len() == 3 && pieces.time.is_none() => {
            let full = if piece.len() == 4 { number * 100 } else { number };
            pieces.time = NaiveTime::from_hms_opt(full / 10_000, full / 100 % 100, full % 100);
            pieces.unknown |= pieces.time.is_none();
        }
        1..=4 => {
            pieces.numbers.push((number, piece.len()));
            pieces.signs.push(after.chars().next().unwrap_or(' '));
        }
        _ => pieces.unknown = true,
    }
    after
}

/// `14:03`, `14:03:22.123`, `18:27.16`.
fn take_time<'a>(hour: &str, after: &'a str) -> Option<(NaiveTime, &'a str)> {
    let two = |text: &'a str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 2).then(|| text.split_at(2))
    };
    let (minute, mut rest) = two(after.strip_prefix(':')?)?;
    let mut second = "0";
    if let Some((found, tail)) = rest.strip_prefix([':', '.']).and_then(two) {
        second = found;
        let digits = tail.strip_prefix(['.', ',']).unwrap_or_default();
        let fraction = digits.bytes().take_while(u8::is_ascii_digit).count();
        rest = if fraction > 0 { &digits[fraction..] } else { tail };
    }
    let time = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)?;
    Some((time, rest))
}

/// `+02:00`, `-0500`, `+1` after a time, in seconds.
fn take_offset(sign: char, after: &str) -> Option<(i32, &str)> {
    let end = after.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    let digits: String = after[..end].chars().filter(char::is_ascii_digit).collect();
    let number: i32 = digits.parse().ok()?;
    let seconds = match digits.len() {
        1 | 2 => number * 3600,
        4 => number / 100 * 3600 + number % 100 * 60,
        _ => return None,
    };
    let east = if sign == '-' { -seconds } else { seconds };
    (seconds <= 15 * 3600).then_some((east, &after[end..]))
}

fn take_word(piece: &str, pieces: &mut Pieces) {
    if pieces.month.is_none()
        && let Some(found) = month(piece)
    {
        pieces.month = Some(found);
        pieces.before = pieces.numbers.len();
        return;
    }
    // `am` is German for `on` too; only after a time is it a half of the day.
    match word(piece) {
        Some(Word::Before | Word::After) if pieces.time.is_none() => {}
        Some(Word::Before) => pieces.half = Some(false),
        Some(Word::After) => pieces.half = Some(true),
        Some(Word::Ignored) => {}
        Some(Word::Vague) => pieces.vague = true,
        None => match zone(piece).filter(|_| pieces.time.is_some()) {
            Some(hours) => pieces.offset = Some(hours * 3600),
            None => pieces.unknown = true,
        },
    }
}

/// The day that the numbers and the month mean.
fn put_together(pieces: &Pieces, sense: Sense<'_>) -> Result<NaiveDate, When> {
    let numbers = pieces.numbers.as_slice();
    if let Some(month) = pieces.month {
        return match *numbers {
            [(year, 3..), (day, ..=2)] | [(day, ..=2), (year, 3..)] => at(year as i32, month, day),
            [(day, ..=2), (year, 2)] if pieces.before <= 1 => at(pivot(year, sense), month, day),
            [(day, ..=2)] => Err(yearly_of(month, day)),
            _ => Err(When::Vague),
        };
    }
    let sign = pieces.signs.first().copied().unwrap_or(' ');
    let half = pieces.half.is_some();
    match *numbers {
        [(year, 3..), (month, ..=2), (day, ..=2)] => at(year as i32, month, day),
        [(first, ..=2), (second, ..=2), (year, length @ (2 | 4))] => {
            let short = length == 2;
            if short && first > 31 {
                return at(pivot(first, sense), second, year);
            }
            let year = if short { pivot(year, sense) } else { year as i32 };
            numeric(first, second, year, sign, half, sense.context.date_order)
        }
        // `70-7-4`: only a year is that great.
        [(year, 2), (month, ..=2), (day, 1)] if year > 31 => at(pivot(year, sense), month, day),
        [(first, ..=2), (second, ..=2)] if sign == '.' => Err(yearly_of(second, first)),
        [(_, ..=2), (_, 4)] | [(_, 4), (_, ..=2)] | [(_, 4)] => Err(When::Vague),
        _ => Err(When::Unknown),
    }
}

/// Day and month in the order of the column. Dots always mean the day first. A time with AM or PM is
/// American, so a date that the column's order makes impossible is read the other way round.
fn numeric(
    first: u32,
    second: u32,
    year: i32,
    sign: char,
    half: bool,
    order: DateOrder,
) -> Result<NaiveDate, When> {
    let (month, day) = match order {
        DateOrder::MonthFirst if sign != '.' => (first, second),
        _ => (second, first),
    };
    match at(year, month, day) {
        Err(_) if half => at(year, day, month),
        found => found,
    }
}

fn at(year: i32, month: u32, day: u32) -> Result<NaiveDate, When> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(When::Impossible)
}

/// The full year of two digits: the latest that is not after the year following the export's, for birthdays
/// not after the export's.
fn pivot(short: u32, sense: Sense<'_>) -> i32 {
    let last = sense.context.year.clamp(1100, 2199) + i32::from(!sense.birthday);
    let year = last / 100 * 100 + short as i32;
    if year > last { year - 100 } else { year }
}

/// The moment of a day with a time, or the day without one.
fn moment(day: NaiveDate, pieces: &Pieces, sense: Sense<'_>) -> When {
    let Some(mut time) = pieces.time.filter(|_| !sense.birthday) else { return When::Day(day) };
    if let Some(after) = pieces.half {
        let hour = chrono::Timelike::hour(&time);
        let shift = match (after, hour) {
            (true, 1..12) => 12,
            (false, 12) => -12,
            _ => 0,
        };
        time = time.overflowing_add_signed(Duration::hours(shift)).0;
    }
    let local = day.and_time(time);
    let utc = match pieces.offset {
        Some(offset) => {
            local.checked_sub_signed(Duration::seconds(i64::from(offset))).map(|utc| utc.and_utc())
        }
        None => in_zone(local, sense.context),
    };
    utc.map_or(When::Impossible, When::Instant)
}

/// A local time in the team's zone. Of an hour that comes twice the first is meant; an hour that a clock
/// change leaves out is read as the clock stood before it.
fn in_zone(local: NaiveDateTime, context: &Context<'_>) -> Option<DateTime<Utc>> {
    match context.timezone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => {
            let before = local.checked_sub_signed(Duration::hours(3))?;
            let at = context.timezone.from_local_datetime(&before).earliest()?;
            at.with_timezone(&Utc).checked_add_signed(Duration::hours(3))
        }
    }
}

/// The day on which a moment falls in the team's zone.
pub(super) fn day_of(at: DateTime<Utc>, context: &Context<'_>) -> NaiveDate {
    at.with_timezone(&context.timezone).date_naive()
}

/// Writes a day as `YYYY-MM-DD`.
pub(super) fn write_day(day: NaiveDate, out: &mut String) {
    let (year, month, date) = (day.year().unsigned_abs(), day.month(), day.day());
    for (number, digits) in [(year, 4), (month, 2), (date, 2)] {
        if !out.is_empty() {
            out.push('-');
        }
        for place in (0..digits).rev() {
            let digit = number / 10u32.pow(place) % 10;
            out.push(char::from(b'0' + digit as u8));
        }
    }
}

/// Writes a day of every year as `--MM-DD`.
pub(super) fn write_yearly(month: u32, day: u32, out: &mut String) {
    let _ = write!(out, "--{month:02}-{day:02}");
}

/// Writes a moment as RFC 3339 in UTC, to the second.
pub(super) fn write_instant(at: DateTime<Utc>, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{}", at.format("%Y-%m-%dT%H:%M:%SZ"));
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
