//! Weekly columns with, below them, the line of what they add up to.

use maud::html;

use super::drawing::{Drawing, grid, gutter, px, ticks, widest, width_of};
use super::{lines, number};
use crate::table::Language;

/// One column a period.
pub(super) struct Columns<'a> {
    /// Names of the periods.
    pub(super) periods: &'a [String],
    /// What was added in each; none where it cannot be known.
    pub(super) values: &'a [Option<f64>],
    /// Which periods are cut off by the day of the report.
    pub(super) partial: &'a [bool],
    /// How many there were at the end of each.
    pub(super) sums: &'a [Option<f64>],
    /// Heading above the columns and above the line.
    pub(super) names: [&'a str; 2],
}

impl Columns<'_> {
    /// Both charts, one above the other.
    pub(super) fn draw(&self, width: f64, language: Language) -> Drawing {
        let write = |value: f64| number::number(value, language);
        let sums: Vec<(usize, f64)> =
            self.sums.iter().enumerate().filter_map(|(at, sum)| Some((at, (*sum)?))).collect();
        let highest = sums.iter().map(|sum| sum.1).fold(0.0, f64::max);
        let most = self.values.iter().flatten().copied().fold(0.0, f64::max);
        let (above, below) = (ticks(most, 3.0), ticks(highest, 3.0));
        let left = gutter(&above, language).max(gutter(&below, language));
        let right = width - 8.0;
        let step = (right - left) / self.periods.len().max(1) as f64;
        let middle = |at: usize| left + (at as f64 + 0.5) * step;
        let y = |value: f64| 170.0 - value / above.last().copied().unwrap_or(1.0) * 136.0;
        let low = |value: f64| 330.0 - value / below.last().copied().unwrap_or(1.0) * 96.0;
        let texts: Vec<String> = self
            .values
            .iter()
            .map(|value| value.map(|value| number::count(value, language)).unwrap_or_default())
            .collect();
        let roomy = widest(texts.iter().map(String::as_str)) + 4.0 <= step;
        let line: Vec<String> =
            sums.iter().map(|(at, sum)| format!("{},{}", px(middle(*at)), px(low(*sum)))).collect();
        let over: Vec<(f64, f64)> = above.iter().map(|tick| (*tick, y(*tick))).collect();
        let under: Vec<(f64, f64)> = below.iter().map(|tick| (*tick, low(*tick))).collect();
        let marks = html! {
            text .label x="0" y="14" { (self.names[0]) }
            (grid(&over, (left, right), write))
            @for (at, value) in self.values.iter().enumerate() {
                @if let Some(value) = value {
                    @let class = if self.partial.get(at).copied().unwrap_or(false) { "partial" } else { "" };
                    rect .bar.(class) x=(px(middle(at) - step * 0.38)) y=(px(y(*value))) width=(px(step * 0.76)) height=(px((170.0 - y(*value)).max(0.5))) {
                        title { (self.periods[at]) ": " (texts[at]) }
                    }
                    @if roomy { text .value x=(px(middle(at))) y=(px(y(*value) - 4.0)) text-anchor="middle" { (texts[at]) } }
                }
            }
            text .label x="0" y="216" { (self.names[1]) }
            (grid(&under, (left, right), write))
            polyline .line.strong points=(line.join(" ")) {}
            @if let Some((at, sum)) = sums.last() {
                @let end = number::count(*sum, language);
                circle .dot.strong cx=(px(middle(*at))) cy=(px(low(*sum))) r="3.5" {}
                text .value x=(px((middle(*at) + 4.0).min(right).max(width_of(&end)))) y=(px(low(*sum) - 8.0)) text-anchor="end" { (end) }
            }
            @for (at, period) in lines::shown(self.periods, step) {
                text .soft x=(px(middle(at).min(right - width_of(period) / 2.0))) y="350" text-anchor="middle" { (period) }
            }
        };
        Drawing { height: 358.0, marks }
    }
}
