//! Ranked bars, one number each, written at their ends.

use maud::html;

use super::drawing::{Drawing, fitted, px, widest};

/// One bar.
pub(super) struct Bar {
    /// What it stands for.
    pub(super) label: String,
    /// How long it is; not below 0.
    pub(super) value: f64,
    /// What it is a part of, drawn lighter behind it.
    pub(super) of: Option<f64>,
    /// What is written at its end.
    pub(super) shown: String,
    /// `strong` for the one that is spoken of, `unknown` for what is not known, else empty.
    pub(super) class: &'static str,
}

/// The bars in words, for those who hear the page.
pub(super) fn told(bars: &[Bar]) -> String {
    let told: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.shown)).collect();
    told.join("; ")
}

/// So many bars are drawn where only the longest are wanted.
const MOST: usize = 20;

/// The longest bars, the longest first and strong; nothing where there is none.
pub(super) fn ranked(mut bars: Vec<Bar>) -> Option<Vec<Bar>> {
    bars.sort_by(|one, other| other.value.total_cmp(&one.value));
    bars.truncate(MOST);
    bars.first_mut()?.class = "strong";
    Some(bars)
}

/// A line across all bars, and what is written above it.
pub(super) struct Mark {
    /// Where it stands.
    pub(super) value: f64,
    /// What it says.
    pub(super) shown: String,
}

/// On wider charts there is more room for what bars are called.
const NARROW: f64 = 400.0;

/// Height of a bar with the room around it, in pixels.
const ROW: f64 = 26.0;

/// Bars in the order given, all from one line on the left.
pub(super) fn bars(bars: &[Bar], width: f64) -> Drawing {
    marked(bars, None, width)
}

/// Bars with a line across them.
pub(super) fn marked(bars: &[Bar], mark: Option<&Mark>, width: f64) -> Drawing {
    let names = widest(bars.iter().map(|bar| bar.label.as_str()))
        .min(width * if width > NARROW { 0.42 } else { 0.38 });
    let ends = widest(bars.iter().map(|bar| bar.shown.as_str()));
    let left = names + 10.0;
    let room = (width - left - ends - 10.0).max(20.0);
    let most = bars.iter().map(|bar| bar.of.unwrap_or(0.0).max(bar.value));
    let most = most.chain(mark.map(|mark| mark.value)).fold(0.0, f64::max);
    let length = |value: f64| if most > 0.0 { (value / most * room).max(1.0) } else { 1.0 };
    let head = if mark.is_some() { 20.0 } else { 0.0 };
    let height = head + bars.len() as f64 * ROW + 4.0;
    let line = mark.map(|mark| left + length(mark.value));
    let marks = html! {
        @for (at, bar) in bars.iter().enumerate() {
            @let top = head + at as f64 * ROW + 2.0;
            text .label x=(px(left - 8.0)) y=(px(top + 17.0)) text-anchor="end" { (fitted(&bar.label, names)) }
            @let whole = bar.of.unwrap_or(0.0).max(bar.value);
            @if bar.of.is_some() {
                rect .bar.light x=(px(left)) y=(px(top + 3.0)) width=(px(length(whole))) height="19" {}
            }
            rect .bar.(bar.class) x=(px(left)) y=(px(top + 3.0)) width=(px(length(bar.value))) height="19" { title { (bar.label) ": " (bar.shown) } }
            // A number does not stand on the line across the bars.
            @let end = left + length(whole);
            @let crossed = line.filter(|line| (end..end + 10.0 + widest([bar.shown.as_str()])).contains(line));
            text .value x=(px(crossed.unwrap_or(end) + 6.0)) y=(px(top + 17.0)) { (bar.shown) }
        }
        line .base x1=(px(left)) x2=(px(left)) y1=(px(head)) y2=(px(height)) {}
        @if let Some((mark, x)) = mark.zip(line) {
            @let text = widest([mark.shown.as_str()]);
            line .budget x1=(px(x)) x2=(px(x)) y1=(px(head - 4.0)) y2=(px(height)) {}
            text .soft x=(px(x.min(width - text))) y="12" { (mark.shown) }
        }
    };
    Drawing { height, marks }
}
