//! Telephone numbers: ranges that look invented, and the ways people write them.

use super::rng::Rng;

/// A telephone number in its parts.
#[derive(Clone, Default)]
pub(crate) struct Number {
    /// Country calling code.
    country: &'static str,
    /// Area or network code without the leading zero.
    area: String,
    /// The digits after it.
    pub(crate) rest: String,
}

/// How a source writes numbers.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    /// `+491711234567`
    Plain,
    /// `+49 171 1234567`
    Spaced,
    /// `0171 1234567`
    National,
    /// Each number as it came to somebody's mind.
    Mixed,
}

impl Number {
    /// A number in a country of the cities table.
    pub(crate) fn new(country: &str, area: &str, rest: &str) -> Number {
        let country = match country {
            "AT" => "43",
            "CH" => "41",
            _ => "49",
        };
        Number { country, area: area.to_owned(), rest: rest.to_owned() }
    }

    /// The mobile number of a person: no two people share one. Subscriber numbers begin with 0, which
    /// networks do not give out.
    pub(crate) fn mobile(country: &str, person: u32) -> Number {
        // 7 919 shares no factor with ten millions, so the product runs through all of them once.
        let slot = u64::from(person) * 7_919 % 10_000_000;
        let block = person as usize / 10_000_000;
        match country {
            "AT" => Number::new("AT", ["660", "664", "676"][block % 3], &format!("0{slot:07}")),
            "CH" => Number::new("CH", ["79", "78"][block % 2], &format!("{slot:07}")),
            _ => Number::new("DE", ["151", "152", "157", "159", "176"][block % 5], &format!("0{slot:07}")),
        }
    }

    /// The switchboard of a company; its index has `width` digits, so that no number begins another.
    pub(crate) fn switchboard(country: &str, area: &str, block: &str, company: u32, width: usize) -> Number {
        if country == "CH" {
            // Swiss numbers have exactly seven digits here.
            return Number::new(country, area, &format!("5{company:05}0"));
        }
        let block = &block[..block.len().min(if width > 3 { 3 } else { 5 })];
        Number::new(country, area, &format!("{block}{company:0width$}0"))
    }

    /// Whether single desks can be reached behind a switchboard.
    pub(crate) fn has_desks(&self) -> bool {
        self.country != "41"
    }

    /// The landline of a home.
    pub(crate) fn home(country: &str, area: &str, home: u32) -> Number {
        if country == "CH" {
            return Number::new(country, area, &format!("7{:06}", u64::from(home) * 104_729 % 1_000_000));
        }
        Number::new(country, area, &format!("77{:07}", u64::from(home) * 104_729 % 10_000_000))
    }

    /// The number as a source of that style writes it.
    pub(crate) fn write(&self, style: Style, rng: &mut Rng) -> String {
        let Number { country, area, rest } = self;
        let style = match style {
            Style::Plain => 0,
            Style::Spaced => 1,
            Style::National => 2,
            Style::Mixed => [1, 1, 2, 2, 2, 3, 4, 5, 6, 0][rng.below(10)],
        };
        // A number abroad keeps its country code, whatever the habit.
        let style = if *country == "49" || style < 2 { style } else { 1 };
        match style {
            0 => format!("+{country}{area}{rest}"),
            1 => format!("+{country} {area} {rest}"),
            2 => format!("0{area} {rest}"),
            3 => format!("0{area}/{rest}"),
            4 => format!("+{country} (0){area} {}", grouped(rest)),
            5 => format!("00{country}{area}{rest}"),
            _ => format!("(0{area}) {}", grouped(rest)),
        }
    }
}

/// Digits in groups of two or three.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
