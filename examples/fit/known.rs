//! Shares that are known beforehand, and whether fitting finds them: in counts, and in rows made with them.

use std::collections::HashMap;

use hamstern::link::{Linked, Options, Row};
use hamstern::record::{Cells, Field};
use hamstern::run::rows::Rows;

use super::count::{Counts, none};
use super::estimate::{estimate, name};
use super::table::thought;

/// Birthdays: the level, its m and its u.
const BIRTHDAYS: [(&str, f64, f64); 6] = [
    ("birthday equal", 0.6, 0.000_06),
    ("birthday typo", 0.15, 0.001),
    ("birthday swapped", 0.015, 0.0001),
    ("birthday two_parts", 0.085, 0.005),
    ("birthday one_part", 0.09, 0.13),
    ("birthday different", 0.06, 0.863_84),
];

/// m and u of levels as estimated.
fn fitted(counts: Counts) -> HashMap<String, (f64, f64)> {
    let rows = estimate(&thought(), &[(counts, f64::MAX)]);
    rows.iter().map(|row| (name(row.level), (row.m, row.u))).collect()
}

/// Whether m and u of counts made with them are found again.
pub(crate) fn find_known_shares() {
    const PAIRS: f64 = 1e7;
    let mut counts = Counts { of_true: none(), of_others: none() };
    for (wanted, m, u) in BIRTHDAYS {
        for row in thought().iter().filter(|row| name(row.level) == wanted) {
            counts.of_true[row.level as usize] = (m * PAIRS) as u64;
            counts.of_others[row.level as usize] = (u * PAIRS) as u64;
        }
    }
    let found = fitted(counts);
    let all: f64 = BIRTHDAYS.iter().map(|(level, ..)| found[*level].0).sum();
    for (level, m, u) in BIRTHDAYS {
        let (found_m, found_u) = found[level];
        assert!((found_m / all - m).abs() < 0.01, "{level}: m {found_m}");
        assert!((found_u / u - 1.0).abs() < 0.05, "{level}: u {found_u}");
    }
}

/// A walk of numbers below a bound, each as likely.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// How many years and days of a month birthdays are spread over, all as likely.
const YEARS: u64 = 60;
const DAYS: u64 = 28;

fn birthday(parts: [u64; 3]) -> String {
    format!("{}-{:02}-{:02}", 1940 + parts[0], 1 + parts[1], 1 + parts[2])
}

/// The birthday of the same person as another list has it: the level, and the parts.
fn again(own: [u64; 3], dice: &mut Dice) -> (&'static str, [u64; 3]) {
    let [year, month, day] = own;
    match dice.below(100) {
        0..65 => ("birthday equal", own),
        // One digit of the day, which stays below 28.
        65..77 => {
            let last = (1 + day) % 10 == 9 || day == DAYS - 1;
            ("birthday typo", [year, month, if last { day - 1 } else { day + 1 }])
        }
        77..87 => ("birthday two_parts", [(year + 11) % YEARS, month, day]),
        87..94 => ("birthday one_part", [(year + 11) % YEARS, (month + 4) % 12, day]),
        _ => ("birthday different", [(year + 11) % YEARS, (month + 4) % 12, (day + 11) % DAYS]),
    }
}

/// Rows of people of whom each is in two lists, with birthdays or cities that agree as often as is known, go the whole
/// way: compared, counted and estimated.
pub(crate) fn find_shares_of_made_rows() {
    const PEOPLE: usize = 14_000;
    const CITIES: [&str; 5] = ["Ulm", "Hamburg", "Leipzig", "Wiesbaden", "Osnabrück"];
    let (mut dice, mut packed, mut made) = (Dice(7), Vec::new(), HashMap::<&str, f64>::new());
    for person in 0..PEOPLE as u64 {
        let own = [dice.below(YEARS), dice.below(12), dice.below(DAYS)];
        let (level, other) = again(own, &mut dice);
        let has_city = person % 2 == 0;
        *made.entry(level).or_default() += f64::from(u8::from(!has_city)) / (PEOPLE / 2) as f64;
        let city = dice.below(5) as usize;
        let moves = dice.below(100) < 25;
        *made.entry("city different").or_default() +=
            f64::from(u8::from(moves && has_city)) / (PEOPLE / 2) as f64;
        let cities = [city, if moves { (city + 1) % 5 } else { city }];
        // Names of which nothing is shared, so that only these two fields agree or not.
        let family: String =
            (0..6).map(|place| char::from(b'a' + (person / 7u64.pow(place) % 7) as u8 * 3)).collect();
        for (birthday, city) in [birthday(own), birthday(other)].iter().zip(cities) {
            let mut cells = Cells::new();
            cells.push(Field::FamilyName, &family);
            // Two of one city who are a generation apart count as relatives, so nobody has both.
            if has_city {
                cells.push(Field::City, CITIES[city]);
            } else {
                cells.push(Field::Birthday, birthday);
            }
            packed.push(cells);
        }
    }
    let rows = packed.iter().enumerate().map(|(at, cells)| Row {
        cells: cells.view(),
        record_id: at as u64 + 1,
        member: 0,
        export: at as u32 % 2,
        distinct: false,
        again: &[],
        day: 0,
    });
    let linked = Linked::default();
    let places: Vec<(&str, u32, &str)> = (0..packed.len()).map(|at| ("made.csv", at as u32, "")).collect();
    let truth = (0..packed.len())
        .map(|at| (("made.csv".to_owned(), at as u32, String::new()), (at / 2).to_string()))
        .collect();
    let all = Rows { rows: rows.collect(), places, options: Options::default(), linked: &linked };
    let found = fitted(Counts::of(&all, &truth));
    let of_birthdays: f64 = found
        .iter()
        .filter(|(level, _)| BIRTHDAYS.iter().any(|(of, ..)| of == level))
        .map(|(_, (m, _))| m)
        .sum();
    for (level, m, _) in BIRTHDAYS {
        if let Some(share) = made.get(level) {
            let found = found[level].0 / of_birthdays;
            assert!(
                (found - share).abs() < 0.015,
                "{level}: m {found}, made with {share} (by thought and held {m})"
            );
        }
    }
    let cities: f64 =
        ["city equal", "city close", "city different"].iter().map(|level| found[*level].0).sum();
    let moved = found["city different"].0 / cities;
    assert!((moved - made["city different"]).abs() < 0.02, "city different: m {moved}");
    // Two birthdays of two people: all parts differ, or the year alone agrees, or the month, or the day.
    let (year, month, day) = (1.0 / YEARS as f64, 1.0 / 12.0, 1.0 / DAYS as f64);
    let different = (1.0 - year) * (1.0 - month) * (1.0 - day);
    let one = year * (1.0 - month) * (1.0 - day) + (1.0 - year) * (month * (1.0 - day) + (1.0 - month) * day);
    for (level, u) in [("birthday different", different), ("birthday one_part", one), ("city different", 0.8)]
    {
        let found = found[level].1;
        assert!((found / u - 1.0).abs() < 0.02, "{level}: u {found}, made with {u}");
    }
}
