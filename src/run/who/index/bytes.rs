//! Numbers, texts and days as bytes.

use chrono::NaiveDate;

use crate::merge::holding::{date, day};

/// A number that stands for a day that is not known; zigzag numbers of days are moved up by one.
const NO_DAY: u64 = 0;

/// Adds a number, seven bits a byte, the lowest first.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A day as its distance to another, so that most take two bytes.
pub(super) fn put_day(bytes: &mut Vec<u8>, day_of: Option<NaiveDate>, as_of: i32) {
    let number = day_of.map_or(NO_DAY, |on| {
        let away = i64::from(as_of) - i64::from(day(on));
        ((away << 1) ^ (away >> 63)).cast_unsigned() + 1
    });
    put(bytes, number);
}

/// Reads numbers one after the other; beyond the end they are 0.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    /// The next number.
    pub(super) fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0u64, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 56 {
                break;
            }
        }
        number
    }

    /// The next text: its length and its bytes.
    pub(super) fn text(&mut self) -> &'a str {
        let length = (self.number() as usize).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The next day, as [`put_day`] adds it.
    pub(super) fn day(&mut self, as_of: i32) -> Option<NaiveDate> {
        let number = self.number().checked_sub(1)?;
        let away = (number >> 1).cast_signed() ^ -((number & 1).cast_signed());
        i32::try_from(i64::from(as_of) - away).ok().map(date)
    }
}
