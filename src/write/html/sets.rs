//! Sets of members as rows of dots, each with a bar of the people whom exactly these members know.

use maud::html;

use super::drawing::{Drawing, px, widest};
use super::{heat, number};
use crate::table::Language;

/// So many members have a column of dots; with more the dots would not fit beside the bars.
pub(super) const MOST: usize = 15;

/// `team` members; the sets, each with its members and how many people it stands for.
pub(super) fn sets(team: usize, sets: &[(Vec<usize>, f64)], width: f64, language: Language) -> Drawing {
    let apart = ((width * 0.46) / team.max(1) as f64).min(22.0);
    let left = team as f64 * apart + 10.0;
    let texts: Vec<String> = sets.iter().map(|set| number::count(set.1, language)).collect();
    let room = (width - left - widest(texts.iter().map(String::as_str)) - 10.0).max(20.0);
    let most = sets.iter().map(|set| set.1).fold(0.0, f64::max);
    let length = |value: f64| if most > 0.0 { (value / most * room).max(1.0) } else { 1.0 };
    let (top, row) = (22.0, 22.0);
    let radius = (apart * 0.3).min(5.5);
    let x = |member: usize| (member as f64 + 0.5) * apart;
    let marks = html! {
        @for member in (0..team).step_by(heat::every(apart)) {
            text .soft x=(px(x(member))) y="14" text-anchor="middle" { (member + 1) }
        }
        @for (at, (members, people)) in sets.iter().enumerate() {
            @let y = top + (at as f64 + 0.5) * row;
            @for member in (0..team).filter(|member| !members.contains(member)) {
                circle .off cx=(px(x(member))) cy=(px(y)) r=(px(radius * 0.6)) {}
            }
            @if let (Some(first), Some(last)) = (members.iter().min(), members.iter().max()) {
                line .join x1=(px(x(*first))) x2=(px(x(*last))) y1=(px(y)) y2=(px(y)) {}
            }
            @for member in members { circle .on cx=(px(x(*member))) cy=(px(y)) r=(px(radius)) {} }
            @let class = if members.len() == 1 { "" } else { "strong" };
            rect .bar.(class) x=(px(left)) y=(px(y - 8.0)) width=(px(length(*people))) height="16" {}
            text .value x=(px(left + length(*people) + 6.0)) y=(px(y + 4.5)) { (texts[at]) }
        }
    };
    Drawing { height: top + sets.len() as f64 * row + 4.0, marks }
}
