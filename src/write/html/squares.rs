//! A grid of cells, one number each, whose colour and sign say how well it is covered.

use maud::html;

use super::drawing::{Drawing, fitted, px, widest, width_of};
/// How well a cell is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Nothing can be said.
    Unknown,
    /// Nobody is known.
    None,
    /// Only one contact, or only through one member.
    Single,
    /// More than one.
    More,
}

/// One cell.
pub(super) struct Cell {
    /// What is written in it where somebody is known.
    pub(super) text: String,
    /// How well it is covered.
    pub(super) cover: Cover,
}

/// Cells at `[row][column]`.
pub(super) fn squares(rows: &[String], columns: &[String], cells: &[Vec<Cell>], width: f64) -> Drawing {
    let gutter = widest(rows.iter().map(String::as_str)).min(width * 0.34);
    let left = gutter + 8.0;
    let across = ((width - left) / columns.len().max(1) as f64).min(120.0);
    // Headings that have no room beside each other stand upright.
    let upright = columns.iter().any(|column| width_of(column) > across - 4.0);
    let highest = widest(columns.iter().map(String::as_str));
    let (top, down) = (if upright { highest + 12.0 } else { 24.0 }, 26.0);
    let marks = html! {
        @for (at, column) in columns.iter().enumerate() {
            @let x = left + (at as f64 + 0.5) * across;
            @if upright {
                text .soft x=(px(x + 4.0)) y=(px(top - 6.0)) transform={ "rotate(-90 " (px(x + 4.0)) " " (px(top - 6.0)) ")" } { (column) }
            } @else {
                text .soft x=(px(x)) y="14" text-anchor="middle" { (column) }
            }
        }
        @for (at, row) in rows.iter().enumerate() {
            @let y = top + at as f64 * down;
            text .label x=(px(left - 8.0)) y=(px(y + 17.0)) text-anchor="end" { (fitted(row, gutter)) }
            @for (place, cell) in cells[at].iter().enumerate() {
                @let x = left + place as f64 * across;
                @let (class, sign) = match cell.cover {
                    Cover::Unknown => ("none", "?".to_owned()),
                    Cover::None => ("gap", "\u{2715}".to_owned()),
                    Cover::Single => ("single", cell.text.clone()),
                    Cover::More => ("more", cell.text.clone()),
                };
                rect .(class) x=(px(x + 1.5)) y=(px(y + 1.5)) width=(px(across - 3.0)) height=(px(down - 3.0)) {}
                text .value.{ "on" (class) } x=(px(x + across / 2.0)) y=(px(y + 17.0)) text-anchor="middle" { (sign) }
            }
        }
    };
    Drawing { height: top + rows.len() as f64 * down + 4.0, marks }
}
