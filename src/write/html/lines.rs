//! Lines over time, each named at its end.

use maud::html;

use super::drawing::{Drawing, fitted, grid, gutter, px, spread, ticks, widest, width_of};
use super::number;
use crate::table::Language;

/// One line.
pub(super) struct Line {
    /// What it stands for.
    pub(super) label: String,
    /// One number a period; none where nothing is known.
    pub(super) values: Vec<Option<f64>>,
    /// `strong` for the one that is spoken of, else empty.
    pub(super) class: &'static str,
}

/// Lines from 0 over named periods.
pub(super) fn lines(lines: &[Line], periods: &[String], width: f64, language: Language) -> Drawing {
    let most = lines.iter().flat_map(|line| line.values.iter().flatten()).copied().fold(0.0, f64::max);
    let ticks = ticks(most, 4.0);
    let left = gutter(&ticks, language);
    let last = |line: &Line| line.values.iter().rev().flatten().next().copied().unwrap_or(0.0);
    let labels: Vec<String> = lines
        .iter()
        .map(|line| {
            let count = number::number(last(line), language);
            format!("{} {count}", fitted(&line.label, (width * 0.34 - width_of(&count)).max(40.0)))
        })
        .collect();
    // The one that is spoken of is set in bold, which is wider.
    let right = width - widest(labels.iter().map(String::as_str)) * 1.1 - 18.0;
    let bottom = (300.0f64).max(lines.len() as f64 * 17.0 + 20.0);
    let top_tick = ticks.last().copied().unwrap_or(1.0);
    let y = |value: f64| bottom - value / top_tick * (bottom - 14.0);
    let step = if periods.len() > 1 { (right - left) / (periods.len() - 1) as f64 } else { 0.0 };
    let x = |at: usize| left + at as f64 * step;
    let wished: Vec<f64> = lines.iter().map(|line| y(last(line))).collect();
    let placed = spread(&wished, 17.0, (10.0, bottom));
    let marked: Vec<(f64, f64)> = ticks.iter().map(|tick| (*tick, y(*tick))).collect();
    let marks = html! {
        (grid(&marked, (left, right), |value| number::number(value, language)))
        @for (at, period) in shown(periods, step) {
            text .soft x=(px(x(at))) y=(px(bottom + 20.0)) text-anchor=(anchor(at, x(at), period, left)) { (period) }
        }
        // The one that is spoken of lies above the others.
        @for strong in [false, true] {
            @for line in lines.iter().filter(|line| (line.class == "strong") == strong) {
                polyline .line.(line.class) points=(points(line, &x, &y)) { title { (line.label) } }
            }
        }
        @for ((line, label), (at, wish)) in lines.iter().zip(&labels).zip(placed.iter().zip(&wished)) {
            circle .dot.(line.class) cx=(px(right)) cy=(px(*wish)) r="3" {}
            line .lead x1=(px(right + 3.0)) x2=(px(right + 12.0)) y1=(px(*wish)) y2=(px(*at)) {}
            text .label.(line.class) x=(px(right + 14.0)) y=(px(at + 4.0)) { (label) }
        }
    };
    Drawing { height: bottom + 28.0, marks }
}

/// The points of a line.
fn points(line: &Line, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let known = line.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
    known.map(|(at, value)| format!("{},{}", px(x(at)), px(y(value)))).collect::<Vec<_>>().join(" ")
}

/// The periods that are named below a chart: as many as have room, the last one among them.
pub(super) fn shown(periods: &[String], step: f64) -> impl Iterator<Item = (usize, &String)> {
    let room = widest(periods.iter().map(String::as_str)) + 12.0;
    let every = if step > 0.0 { (room / step).ceil().max(1.0) as usize } else { 1 };
    let last = periods.len().saturating_sub(1);
    periods.iter().enumerate().filter(move |(at, _)| (last - at).is_multiple_of(every))
}

/// Where a name below a chart is held, so that it does not run out on the left.
fn anchor(at: usize, x: f64, period: &str, left: f64) -> &'static str {
    if at == 0 && x - width_of(period) / 2.0 < left - 20.0 { "start" } else { "middle" }
}
