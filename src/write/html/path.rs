//! A connected scatter: how two quantities moved together over time.

use maud::html;

use super::drawing::{Drawing, grid, gutter, px, ticks, width_of};
use super::number;
use crate::table::Language;

/// A point in time: its name, how many, and which share of them.
pub(super) struct Point {
    /// When.
    pub(super) label: String,
    /// How many, across.
    pub(super) across: f64,
    /// Which share between 0 and 1, upwards.
    pub(super) up: f64,
}

/// The points in their order, the first and the last named.
pub(super) fn path(points: &[Point], [across, up]: [&str; 2], width: f64, language: Language) -> Drawing {
    let wide = ticks(
        points.iter().map(|point| point.across).fold(0.0, f64::max),
        if width > 500.0 { 5.0 } else { 3.0 },
    );
    let high = ticks(points.iter().map(|point| point.up).fold(0.0, f64::max).min(1.0), 4.0);
    let (left, top, bottom) = (gutter(&[100.0], language) + 18.0, 30.0, 290.0);
    let right = width - 24.0;
    let x = |value: f64| left + value / wide.last().copied().unwrap_or(1.0) * (right - left);
    let y = |value: f64| bottom - value / high.last().copied().unwrap_or(1.0) * (bottom - top);
    let line: Vec<String> =
        points.iter().map(|point| format!("{},{}", px(x(point.across)), px(y(point.up)))).collect();
    let marked: Vec<(f64, f64)> = high.iter().map(|tick| (*tick, y(*tick))).collect();
    let last = points.len().saturating_sub(1);
    let held = |point: &Point| {
        let half = width_of(&point.label) / 2.0;
        x(point.across).clamp(left + half, width - half)
    };
    let marks = html! {
        text .soft x="0" y="14" { (up) }
        (grid(&marked, (left, right), |value| number::share(value, language)))
        @for tick in &wide { text .soft x=(px(x(*tick))) y=(px(bottom + 18.0)) text-anchor="middle" { (number::number(*tick, language)) } }
        text .soft x=(px(right)) y=(px(bottom + 36.0)) text-anchor="end" { (across) }
        polyline .line.strong points=(line.join(" ")) {}
        @for (at, point) in points.iter().enumerate() {
            circle .dot.(if at == last { "strong" } else { "" }) cx=(px(x(point.across))) cy=(px(y(point.up))) r=(if at == last { "5" } else { "3.5" }) {
                title { (point.label) ": " (number::count(point.across, language)) ", " (number::share(point.up, language)) }
            }
        }
        @for at in if last > 0 { vec![0, last] } else { vec![0] } {
            @if let Some(point) = points.get(at) {
                @let above = at == last;
                text .label x=(px(held(point))) y=(px(if above { y(point.up) - 10.0 } else { (y(point.up) + 20.0).min(bottom - 4.0) })) text-anchor="middle" { (point.label) }
            }
        }
    };
    Drawing { height: bottom + 42.0, marks }
}
