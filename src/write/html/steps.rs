//! Five steps, one below the other, each with a cell for every criterion: shown, not shown or not known.

use maud::html;

use super::drawing::{Drawing, px, widest};

/// Whether the evidence of a criterion suffices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It does.
    Shown,
    /// It does not.
    Missing,
    /// Nothing is known.
    Unknown,
}

/// One step.
pub(super) struct Step {
    /// What it is called.
    pub(super) label: String,
    /// Its criteria.
    pub(super) marks: Vec<Mark>,
    /// What is written at its end.
    pub(super) shown: String,
}

/// Height of a step with the room around it, in pixels.
const ROW: f64 = 36.0;

/// Steps in the order given; a line below the last one up to which everything is shown says how far one came.
pub(super) fn steps(steps: &[Step], reached: usize, width: f64) -> Drawing {
    let names = widest(steps.iter().map(|step| step.label.as_str()));
    let ends = widest(steps.iter().map(|step| step.shown.as_str()));
    let left = names + 10.0;
    let most = steps.iter().map(|step| step.marks.len()).max().unwrap_or(1).max(1);
    let across = ((width - left - ends - 12.0) / most as f64).clamp(22.0, 90.0);
    let marks = html! {
        @for (at, step) in steps.iter().enumerate() {
            @let top = at as f64 * ROW + 3.0;
            text .label.(if at < reached { "strong" } else { "" }) x="0" y=(px(top + 20.0)) { (step.label) }
            @for (place, mark) in step.marks.iter().enumerate() {
                @let x = left + place as f64 * across;
                @let (class, sign) = match mark {
                    Mark::Shown => ("more", "\u{2713}"),
                    Mark::Missing => ("none open", "\u{2715}"),
                    Mark::Unknown => ("bar unknown", "?"),
                };
                rect class=(class) x=(px(x + 1.5)) y=(px(top)) width=(px(across - 3.0)) height="28" {}
                @if *mark == Mark::Unknown {
                    circle .paper cx=(px(x + across / 2.0)) cy=(px(top + 14.0)) r="9" {}
                }
                text .value x=(px(x + across / 2.0)) y=(px(top + 19.0)) text-anchor="middle" { (sign) }
            }
            text .soft x=(px(left + step.marks.len() as f64 * across + 8.0)) y=(px(top + 20.0)) { (step.shown) }
        }
    };
    Drawing { height: steps.len() as f64 * ROW + 2.0, marks }
}
