//! A figure: its finding as a heading, the chart for wide and for narrow screens, and the numbers as a table.

use maud::{Markup, html};

use super::Page;
use super::drawing::{Drawing, px};
use crate::table::words;

/// Widths in pixels at which every chart is drawn: on a desk and on paper, and on a phone.
const WIDTHS: [(&str, f64); 2] = [("wide", 680.0), ("narrow", 340.0)];

/// What stands around a chart.
pub(super) struct Figure<'a> {
    /// Name that is unique on the page, of letters and dashes.
    pub(super) id: &'a str,
    /// What the chart shows, as a sentence.
    pub(super) title: String,
    /// The unit and how to read it.
    pub(super) how: String,
    /// What somebody who does not see the chart is told.
    pub(super) told: String,
    /// The numbers behind it.
    pub(super) numbers: Markup,
}

impl Figure<'_> {
    /// The figure with its chart, which is drawn at each width.
    pub(super) fn draw(self, page: &Page<'_>, draw: impl Fn(f64) -> Drawing) -> Markup {
        html! {
            figure id=(self.id) {
                figcaption {
                    h3 { (self.title) }
                    p .how { (self.how) }
                }
                @for (class, width) in WIDTHS {
                    @let drawing = draw(width);
                    @let (title, told) = (format!("{}-{class}-title", self.id), format!("{}-{class}-told", self.id));
                    svg .(class) xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (px(width)) " " (px(drawing.height)) }
                        width=(px(width)) height=(px(drawing.height)) role="img" aria-labelledby={ (title) " " (told) } {
                        title id=(title) { (self.title) }
                        desc id=(told) { (self.told) }
                        (drawing.marks)
                    }
                }
                (folded(page, &self.numbers))
            }
        }
    }

    /// The figure without a chart, where a chart would be empty.
    pub(super) fn bare(self, page: &Page<'_>) -> Markup {
        html! { h3 id=(self.id) { (self.title) } (folded(page, &self.numbers)) }
    }
}

/// The numbers, folded away.
fn folded(page: &Page<'_>, numbers: &Markup) -> Markup {
    html! { details {
        summary { (page.say(words("The numbers as a table", "Die Zahlen als Tabelle"))) }
        (numbers)
    } }
}
