//! The Lorenz curve: what share of all the members with the least hold together.

use maud::html;

use super::drawing::{Drawing, px, width_of};
use super::number;
use crate::table::Language;

/// Words on the chart.
pub(super) struct Said<'a> {
    /// Below the chart.
    pub(super) across: &'a str,
    /// Above the chart.
    pub(super) up: &'a str,
    /// Along the line that would be if everybody held the same.
    pub(super) equal: &'a str,
    /// On what the one with the most holds.
    pub(super) top: &'a str,
}

/// The curve of some amounts, of which there are at least two and not all are 0.
pub(super) fn lorenz(amounts: &[f64], said: &Said<'_>, width: f64, language: Language) -> Drawing {
    let mut amounts = amounts.to_vec();
    amounts.sort_by(f64::total_cmp);
    let total: f64 = amounts.iter().sum();
    let side = (width - 60.0).min(300.0);
    let (left, top) = (48.0, 28.0);
    let at = |across: f64, up: f64| (left + across * side, top + (1.0 - up) * side);
    let mut sum = 0.0;
    let mut curve = vec![(0.0, 0.0)];
    for (place, amount) in amounts.iter().enumerate() {
        sum += amount;
        curve.push(((place + 1) as f64 / amounts.len() as f64, sum / total));
    }
    let points = |points: &[(f64, f64)]| {
        let text = |(across, up): &(f64, f64)| {
            let (x, y) = at(*across, *up);
            format!("{},{}", px(x), px(y))
        };
        points.iter().map(text).collect::<Vec<_>>().join(" ")
    };
    let mut area = curve.clone();
    area.push((0.0, 0.0));
    let before = curve[curve.len() - 2];
    let share = number::share(1.0 - before.1, language);
    let (edge, knee) = (at(1.0, before.1), at(before.0, before.1));
    let beside = format!("{} {share}", said.top);
    let outside = edge.0 + 12.0 + width_of(&beside) * 1.1 <= width;
    let marks = html! {
        text .soft x="0" y="14" { (said.up) }
        @for tick in [0.0, 0.5, 1.0] {
            @let (x, y) = at(tick, tick);
            line class=(if tick == 0.0 { "base" } else { "grid" }) x1=(px(left)) x2=(px(left + side)) y1=(px(y)) y2=(px(y)) {}
            text .soft x=(px(left - 6.0)) y=(px(y + 4.0)) text-anchor="end" { (number::share(tick, language)) }
            text .soft x=(px(x)) y=(px(top + side + 18.0)) text-anchor=(["start", "middle", "end"][(tick * 2.0) as usize]) { (number::share(tick, language)) }
        }
        polygon .area points=(points(&area)) {}
        line .equal x1=(px(at(0.0, 0.0).0)) y1=(px(at(0.0, 0.0).1)) x2=(px(at(1.0, 1.0).0)) y2=(px(at(1.0, 1.0).1)) {}
        polyline .line.strong points=(points(&curve)) {}
        @for point in &curve[1..] { @let (x, y) = at(point.0, point.1); circle .dot.strong cx=(px(x)) cy=(px(y)) r="3" {} }
        text .soft x=(px(left + side * 0.46)) y=(px(top + side * 0.46)) text-anchor="end" { (said.equal) }
        @if outside {
            line .measure x1=(px(edge.0 + 6.0)) x2=(px(edge.0 + 6.0)) y1=(px(edge.1)) y2=(px(at(1.0, 1.0).1)) {}
            text .label.strong x=(px(edge.0 + 12.0)) y=(px(f64::midpoint(edge.1, at(1.0, 1.0).1) + 4.0)) { (beside) }
        } @else {
            line .measure x1=(px(knee.0)) x2=(px(edge.0)) y1=(px(edge.1)) y2=(px(edge.1)) {}
        }
        text .soft x=(px(left + side)) y=(px(top + side + 36.0)) text-anchor="end" { (said.across) }
    };
    Drawing { height: top + side + 42.0, marks }
}
