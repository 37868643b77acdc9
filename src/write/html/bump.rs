//! Ranks over time: one line a member, the first at the top, each named at its end.

use maud::html;

use super::drawing::{Drawing, fitted, px, widest};
use super::lines::shown;

/// One member.
pub(super) struct Course {
    /// What it is called.
    pub(super) label: String,
    /// Its place in each period, from 1.
    pub(super) places: Vec<usize>,
    /// `strong` for the one that is spoken of, else empty.
    pub(super) class: &'static str,
}

/// Height of a place in pixels.
const ROW: f64 = 26.0;

/// Courses in the order of their last places, over named periods.
pub(super) fn bump(courses: &[Course], periods: &[String], width: f64) -> Drawing {
    let labels: Vec<String> =
        courses.iter().map(|course| fitted(&course.label, (width * 0.34).max(60.0))).collect();
    let left = 30.0;
    // The one that is spoken of is set in bold, which is wider.
    let right = width - widest(labels.iter().map(String::as_str)) * 1.1 - 40.0;
    let step = if periods.len() > 1 { (right - left) / (periods.len() - 1) as f64 } else { 0.0 };
    let x = |at: usize| left + at as f64 * step;
    let y = |place: usize| (place as f64 - 0.5) * ROW + 2.0;
    let bottom = courses.len() as f64 * ROW + 4.0;
    let points = |course: &Course| {
        let places = course.places.iter().enumerate();
        places.map(|(at, place)| format!("{},{}", px(x(at)), px(y(*place)))).collect::<Vec<_>>().join(" ")
    };
    let marks = html! {
        @for place in 1..=courses.len() {
            text .soft x=(px(left - 12.0)) y=(px(y(place) + 4.5)) text-anchor="end" { (place) }
        }
        // The one that is spoken of lies above the others.
        @for strong in [false, true] {
            @for course in courses.iter().filter(|course| (course.class == "strong") == strong) {
                polyline .line.(course.class) points=(points(course)) { title { (course.label) } }
                @for (at, place) in course.places.iter().enumerate() {
                    circle .dot.(course.class) cx=(px(x(at))) cy=(px(y(*place))) r=(if strong { "4.5" } else { "3.5" }) {}
                }
            }
        }
        @for (course, label) in courses.iter().zip(&labels) {
            @if let Some(last) = course.places.last() {
                text .label.(course.class) x=(px(right + 12.0)) y=(px(y(*last) + 4.5)) { (last) " " (label) }
            }
        }
        @for (at, period) in shown(periods, step) {
            text .soft x=(px(x(at))) y=(px(bottom + 16.0)) text-anchor="middle" { (period) }
        }
    };
    Drawing { height: bottom + 24.0, marks }
}
