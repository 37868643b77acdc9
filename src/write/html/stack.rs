//! One bar cut into shares of a whole, the largest first, each with its number and per cent where there is room.

use maud::html;

use super::drawing::{Drawing, px, width_of};

/// One share.
pub(super) struct Part {
    /// What it stands for.
    pub(super) label: String,
    /// Its part of the whole, 0 to 1.
    pub(super) share: f64,
    /// That part as it is written.
    pub(super) shown: String,
}

/// Parts in the order given, side by side; they are numbered from 1.
pub(super) fn stack(parts: &[Part], width: f64) -> Drawing {
    let whole: f64 = parts.iter().map(|part| part.share).sum();
    let mut from = 0.0;
    let placed: Vec<(f64, f64)> = parts
        .iter()
        .map(|part| {
            let wide = if whole > 0.0 { part.share / whole * width } else { 0.0 };
            from += wide;
            (from - wide, wide)
        })
        .collect();
    let marks = html! {
        @for (at, (part, (x, wide))) in parts.iter().zip(&placed).enumerate() {
            @let class = match at { 0 => "first", _ if at % 2 == 1 => "even", _ => "odd" };
            rect .part.(class) x=(px(*x)) y="22" width=(px((wide - 1.5).max(0.5))) height="34" { title { (part.label) ": " (part.shown) } }
            @let number = (at + 1).to_string();
            @if width_of(&number) + 4.0 <= *wide {
                text .soft x=(px(x + wide / 2.0)) y="15" text-anchor="middle" { (number) }
            }
            @if width_of(&part.shown) + 6.0 <= *wide {
                text .value.{ "on" (class) } x=(px(x + wide / 2.0)) y="44" text-anchor="middle" { (part.shown) }
            }
        }
    };
    Drawing { height: 60.0, marks }
}
