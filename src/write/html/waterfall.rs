//! A waterfall: from everything a member holds down to what nobody else could reach.

use maud::html;

use super::drawing::{Drawing, fitted, px, widest};
use super::number;
use crate::table::Language;

/// One step: its name, its upper end, its lower end, and whether it stands on the ground.
pub(super) struct Step {
    /// What it stands for.
    pub(super) label: String,
    /// Where it begins and ends.
    pub(super) from: f64,
    /// Where it begins and ends.
    pub(super) to: f64,
    /// `strong` for what would be lost, `light` for what stays, else empty.
    pub(super) class: &'static str,
}

/// Steps below each other, each beginning where the one before ends.
pub(super) fn waterfall(steps: &[Step], width: f64, language: Language) -> Drawing {
    let names = widest(steps.iter().map(|step| step.label.as_str())).min(width * 0.44);
    let left = names + 10.0;
    let texts: Vec<String> =
        steps.iter().map(|step| number::count((step.from - step.to).abs(), language)).collect();
    let room = (width - left - widest(texts.iter().map(String::as_str)) - 14.0).max(20.0);
    let most = steps.iter().map(|step| step.from.max(step.to)).fold(1.0, f64::max);
    let x = |value: f64| left + value / most * room;
    let row = 32.0;
    let marks = html! {
        @for (at, step) in steps.iter().enumerate() {
            @let (top, low, high) = (at as f64 * row + 2.0, step.from.min(step.to), step.from.max(step.to));
            text .label x=(px(left - 8.0)) y=(px(top + 19.0)) text-anchor="end" { (fitted(&step.label, names)) }
            rect .bar.(step.class) x=(px(x(low))) y=(px(top + 4.0)) width=(px((x(high) - x(low)).max(1.0))) height="22" { title { (step.label) ": " (texts[at]) } }
            text .value x=(px(x(high) + 6.0)) y=(px(top + 19.0)) { (texts[at]) }
            @if at + 1 < steps.len() {
                line .lead x1=(px(x(step.to))) x2=(px(x(step.to))) y1=(px(top + 26.0)) y2=(px(top + row + 4.0)) {}
            }
        }
        line .base x1=(px(left)) x2=(px(left)) y1="0" y2=(px(steps.len() as f64 * row)) {}
    };
    Drawing { height: steps.len() as f64 * row + 4.0, marks }
}
