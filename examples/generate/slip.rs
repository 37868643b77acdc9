//! Slips of typists, ears and scanners in words, numbers and dates.

use super::date;
use super::rng::Rng;
use super::spelling::typo;

/// Letters that scanners take for each other.
const SEEN: [(&str, &str); 10] = [
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("o", "0"),
    ("s", "5"),
    ("g", "q"),
    ("cl", "d"),
    ("h", "b"),
    ("i", "j"),
    ("1", "7"),
];
/// Letters that sound alike.
const HEARD: [(&str, &str); 10] = [
    ("ph", "f"),
    ("c", "k"),
    ("tz", "z"),
    ("ie", "i"),
    ("ei", "ai"),
    ("th", "t"),
    ("dt", "t"),
    ("v", "f"),
    ("y", "i"),
    ("ck", "k"),
];

/// One slip: a letter or digit left out, doubled, exchanged, misread or misheard.
pub(crate) fn slip(text: &str, rng: &mut Rng) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 2 {
        return text.to_owned();
    }
    match rng.below(10) {
        0..=3 => typo(text, rng),
        4 | 5 => exchange(text, &SEEN, rng),
        6 | 7 => exchange(text, &HEARD, rng),
        8 => {
            let mut letters = letters;
            letters.remove(rng.below(text.chars().count()));
            letters.into_iter().collect()
        }
        _ => {
            let mut letters = letters;
            let at = rng.below(letters.len());
            letters[at] = if letters[at].is_ascii_digit() {
                char::from(b'0' + rng.below(10) as u8)
            } else {
                char::from(b'a' + rng.below(26) as u8)
            };
            letters.into_iter().collect()
        }
    }
}

/// The first pair that occurs, from a random one on, is exchanged once.
fn exchange(text: &str, pairs: &[(&str, &str)], rng: &mut Rng) -> String {
    let start = rng.below(pairs.len());
    let turn = (0..pairs.len()).map(|at| pairs[(start + at) % pairs.len()]);
    turn.into_iter()
        .find(|(from, _)| text.contains(from))
        .map_or_else(|| typo(text, rng), |(from, to)| text.replacen(from, to, 1))
}

/// A birthday gone wrong, as `YYYY-MM-DD`: a digit, a part, day and month exchanged, or all of it.
pub(crate) fn slip_of_date(day: i32, rng: &mut Rng) -> String {
    let text = date::iso(day);
    let (year, month, date) = (&text[..4], &text[5..7], &text[8..]);
    let other = |most: usize, rng: &mut Rng| format!("{:02}", 1 + rng.below(most));
    match rng.below(20) {
        0..=3 => format!("{year}-{month}-{}", other(28, rng)),
        4..=6 => format!("{year}-{}-{date}", other(12, rng)),
        7 | 8 => format!("{year}-{}-{}", other(12, rng), other(28, rng)),
        9..=11 => super::date::iso(day + rng.pick(&[-3652, -365, -366, 365, 366, 731, 3653])),
        12 | 13 if date <= "12" => format!("{year}-{date}-{month}"),
        12..=17 => {
            let mut bytes: Vec<u8> = text.clone().into_bytes();
            let at = rng.pick(&[2, 3, 3, 6, 9, 9]);
            bytes[at] = b'0' + rng.below(10) as u8;
            let made = String::from_utf8(bytes).unwrap_or_default();
            let is_date = chrono::NaiveDate::parse_from_str(&made, "%Y-%m-%d").is_ok();
            if is_date { made } else { text }
        }
        _ => super::date::iso(day + rng.between(-9000, 9000)),
    }
}
