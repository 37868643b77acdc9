//! A heat map: one row and one column a member, darker where more is shared.

use maud::html;

use super::drawing::{Drawing, fitted, px, widest, width_of};
use super::number;
use crate::table::Language;

/// Shares between 0 and 1 at `[row][column]`; none on the diagonal and where nothing is known.
pub(super) fn heat(names: &[String], shares: &[Vec<Option<f64>>], width: f64, language: Language) -> Drawing {
    let labels: Vec<String> =
        names.iter().enumerate().map(|(at, name)| format!("{} {name}", at + 1)).collect();
    let gutter = widest(labels.iter().map(String::as_str)).min(width * 0.36);
    let left = gutter + 8.0;
    let across = ((width - left - 2.0) / names.len().max(1) as f64).min(58.0);
    let down = across.clamp(20.0, 30.0);
    let top = 22.0;
    let marks = html! {
        @for (at, label) in labels.iter().enumerate() {
            text .label x=(px(left - 8.0)) y=(px(top + (at as f64 + 0.5) * down + 4.5)) text-anchor="end" { (fitted(label, gutter)) }
            @if at.is_multiple_of(every(across)) {
                text .soft x=(px(left + (at as f64 + 0.5) * across)) y="14" text-anchor="middle" { (at + 1) }
            }
        }
        @for (row, shares) in shares.iter().enumerate() {
            @for (column, share) in shares.iter().enumerate() {
                @let (x, y) = (left + column as f64 * across, top + row as f64 * down);
                @if let Some(share) = share {
                    @let shown = number::share(*share, language);
                    rect .heat x=(px(x + 1.0)) y=(px(y + 1.0)) width=(px(across - 2.0)) height=(px(down - 2.0)) fill-opacity=(px_share(*share)) {
                        title { (names[row]) " \u{2192} " (names[column]) ": " (shown) }
                    }
                    @if width_of(&shown) <= across {
                        text .value x=(px(x + across / 2.0)) y=(px(y + down / 2.0 + 4.5)) text-anchor="middle" { (shown) }
                    }
                } @else {
                    rect .none x=(px(x + 1.0)) y=(px(y + 1.0)) width=(px(across - 2.0)) height=(px(down - 2.0)) {}
                }
            }
        }
    };
    Drawing { height: top + names.len() as f64 * down + 4.0, marks }
}

/// Numbers that stand side by side so far apart: every one of them has room, or every second.
pub(super) fn every(apart: f64) -> usize {
    if apart < width_of("10") + 2.0 { 2 } else { 1 }
}

/// How dark a share is drawn: never so light that it could be taken for none, nor so dark that its number
/// could not be read on it.
fn px_share(share: f64) -> String {
    format!("{:.2}", 0.05 + 0.55 * share.clamp(0.0, 1.0))
}
