//! How a word gets spelt by hand: without marks, with a wrong letter, folded into an address.

use super::rng::Rng;

/// Umlauts and accents without their marks, case kept: ä becomes `ae`, or `a` if not `long`.
pub(crate) fn unmark(text: &str, long: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        match letter {
            'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' => {
                out.push(match letter {
                    'ä' => 'a',
                    'ö' => 'o',
                    'ü' => 'u',
                    'Ä' => 'A',
                    'Ö' => 'O',
                    _ => 'U',
                });
                if long {
                    out.push('e');
                }
            }
            'ß' => out.push_str("ss"),
            'Đ' => out.push('D'),
            'đ' => out.push('d'),
            _ if letter.is_ascii() => out.push(letter),
            _ => out.push_str(deunicode::deunicode_char(letter).unwrap_or("")),
        }
    }
    out
}

/// A name as part of an address: lower case letters and digits, all else left out.
pub(crate) fn local(text: &str) -> String {
    let mut out = unmark(text, true).to_ascii_lowercase();
    out.retain(|letter| letter.is_ascii_alphanumeric());
    out
}

/// A name as part of a profile address: lower case, hyphens, umlauts percent-encoded.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for letter in text.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'ä' => out.push_str("%C3%A4"),
            'ö' => out.push_str("%C3%B6"),
            'ü' => out.push_str("%C3%BC"),
            'ß' => out.push_str("%C3%9F"),
            ' ' | '-' | '.' if !out.ends_with('-') => out.push('-'),
            _ if letter.is_alphabetic() => {
                out.push_str(&deunicode::deunicode_char(letter).unwrap_or("").to_ascii_lowercase());
            }
            _ => {}
        }
    }
    out
}

/// One slip of the fingers: letters exchanged, doubled, left out, or a neighbour hit.
pub(crate) fn typo(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + rng.below(letters.len() - 2);
    if !letters[at].is_alphabetic() || !letters[at + 1].is_alphabetic() {
        return text.to_owned();
    }
    match rng.below(4) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        2 => {
            letters.remove(at);
        }
        _ => letters[at] = neighbour(letters[at], rng),
    }
    letters.into_iter().collect()
}

/// A letter beside it on a German keyboard.
fn neighbour(letter: char, rng: &mut Rng) -> char {
    for row in ["qwertzuiop", "asdfghjkl", "yxcvbnm"] {
        if let Some(at) = row.find(letter) {
            let to = if at == 0 || (at + 1 < row.len() && rng.chance(0.5)) { at + 1 } else { at - 1 };
            return row.as_bytes().get(to).map_or(letter, |&byte| char::from(byte));
        }
    }
    'e'
}
