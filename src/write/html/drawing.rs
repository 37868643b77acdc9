//! What charts are drawn with: lengths, widths of text, ticks, and a name that fits its room.

use maud::{Markup, html};

use crate::table::Language;

use super::number;

/// Height of letters in charts, in pixels.
pub(super) const LETTER: f64 = 13.0;

/// A drawn chart: its marks and how high it is.
pub(super) struct Drawing {
    /// Height in pixels.
    pub(super) height: f64,
    /// The marks.
    pub(super) marks: Markup,
}

/// A length for an attribute, to a tenth of a pixel.
pub(super) fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}

/// How wide a text is at most in a usual sans-serif font of [`LETTER`] pixels.
pub(super) fn width_of(text: &str) -> f64 {
    let em = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | 'I' => 0.34,
        ' ' | '\u{a0}' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '\u{2026}' => 1.0,
        '0'..='9' => 0.64,
        letter if letter.is_uppercase() => 0.78,
        letter if letter.is_ascii() => 0.64,
        letter if (letter as u32) < 0x1100 => 0.7,
        _ => 1.05,
    };
    text.chars().map(em).sum::<f64>() * LETTER
}

/// The text, or as much of its beginning as fits.
pub(super) fn fitted(text: &str, room: f64) -> String {
    if width_of(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        if width_of(&short) + LETTER > room {
            short.pop();
            break;
        }
    }
    format!("{}\u{2026}", short.trim_end())
}

/// The widest of some texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> f64 {
    texts.into_iter().map(width_of).fold(0.0, f64::max)
}

/// Round numbers from 0 to at least `most`, about `parts` of them after 0.
pub(super) fn ticks(most: f64, parts: f64) -> Vec<f64> {
    if most.is_nan() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / parts;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power)
        .max(if most >= 1.0 && most < parts { 1.0 } else { 0.0 });
    let count = (most / step * 0.999_999).ceil().max(1.0) as usize;
    (0..=count).map(|at| at as f64 * step).collect()
}

/// Lines across a chart at round numbers, each with its number on the left.
pub(super) fn grid(marks: &[(f64, f64)], (left, right): (f64, f64), write: impl Fn(f64) -> String) -> Markup {
    html! {
        @for (value, y) in marks {
            line class=(if *value == 0.0 { "base" } else { "grid" }) x1=(px(left)) x2=(px(right)) y1=(px(*y)) y2=(px(*y)) {}
            text class="soft" x=(px(left - 6.0)) y=(px(y + 4.0)) text-anchor="end" { (write(*value)) }
        }
    }
}

/// The room numbers on the left of a chart need.
pub(super) fn gutter(ticks: &[f64], language: Language) -> f64 {
    let texts: Vec<String> = ticks.iter().map(|tick| number::number(*tick, language)).collect();
    widest(texts.iter().map(String::as_str)) + 8.0
}

/// Moves wished heights apart so that none is nearer to the next than `apart` and all stay between `top` and `bottom`
/// where there is room. The order of wished heights is kept.
pub(super) fn spread(wished: &[f64], apart: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by(|one, other| wished[*one].total_cmp(&wished[*other]).then(one.cmp(other)));
    let mut placed = vec![0.0; wished.len()];
    let mut least = top;
    for &at in &order {
        placed[at] = wished[at].max(least);
        least = placed[at] + apart;
    }
    let mut most = bottom;
    for &at in order.iter().rev() {
        placed[at] = placed[at].min(most);
        most = placed[at] - apart;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ticks_are_few_round_and_reach_the_most(most in 0.01f64..1e7) {
            let ticks = ticks(most, 4.0);
            prop_assert!(ticks[0].abs() < 1e-9);
            prop_assert!(*ticks.last().unwrap() >= most * 0.999);
            prop_assert!((2..=7).contains(&ticks.len()), "{:?}", ticks);
        }

        #[test]
        fn labels_keep_apart_and_in_order(wished in prop::collection::vec(0.0f64..200.0, 1..10)) {
            let placed = spread(&wished, 16.0, (0.0, 200.0));
            for (one, a) in placed.iter().enumerate() {
                prop_assert!((-0.01..=200.01).contains(a));
                for (other, b) in placed.iter().enumerate().skip(one + 1) {
                    prop_assert!((a - b).abs() > 15.9);
                    let apart = wished[one].total_cmp(&wished[other]);
                    prop_assert!(apart.is_eq() || a.total_cmp(b) == apart);
                }
            }
        }

        #[test]
        fn fitted_text_fits(text in ".{0,40}", room in 20.0f64..300.0) {
            prop_assert!(width_of(&fitted(&text, room)) <= room + LETTER);
        }
    }
}
