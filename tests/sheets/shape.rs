//! How the sheets of the workbook look: headers in sight, filters, widths that fit, charts, colours where promised.

use std::collections::BTreeMap;
use std::rc::Rc;

use calamine::Data as Cell;

use crate::Sheet;
use crate::parts::{Stored, end};

/// So many rows must fit the widths of their columns, up to this many characters; longer sentences have more room.
const ROWS: usize = 100;
const WIDEST: usize = 44;

/// Sheets with a native chart.
const CHARTS: [&str; 11] = [
    "Rennen",
    "Wachstum",
    "Bestand je Woche",
    "Exklusiv",
    "Verlust",
    "Lorenzkurve",
    "Kategorien",
    "Geteilt gezählt",
    "Angleichung",
    "Beziehungsstärke",
    "Zeitbedarf",
];

/// Sheets whose cells have colours or bars, and of which kind.
const COLOURS: [(&str, &str); 6] = [
    ("Überlappung", "colorScale"),
    ("Rennen", "dataBar"),
    ("Exklusiv", "dataBar"),
    ("Zusammensetzung", "dataBar"),
    ("Ziele", "cellIs"),
    ("Ziele", "beginsWith"),
];

/// Checks every sheet.
pub(crate) fn check(sheets: &BTreeMap<String, Rc<Sheet>>) {
    for (title, sheet) in sheets {
        let (range, part) = (&sheet.range, &sheet.part);
        assert_eq!(part.formulas, 0, "{title}");
        assert_eq!(part.frozen, 1, "the header of {title} stays in sight");
        assert!(part.filter.starts_with("A1:"), "{title} has no filter");
        let (last, width) = end(&part.filter);
        assert_eq!(width + 1, range.width(), "the filter of {title} has all columns");
        assert!(last + 1 == range.height() || range.height() == 2, "the filter of {title} has all rows");
        for column in 0..range.width() {
            let header = range.get((0, column)).map(ToString::to_string).unwrap_or_default();
            let has = part.widths.get(&column).copied().unwrap_or(8.43);
            // The arrow of the filter stands beside the words of a header.
            assert!(has >= (header.chars().count() + 2) as f64, "{title}: {header} has {has} characters");
            for row in 1..range.height().min(ROWS + 1) {
                let stored = part.cells.get(&(row, column)).cloned().unwrap_or_default();
                let text = displayed(range.get((row, column)).unwrap_or(&Cell::Empty), &stored);
                let needs = text.chars().count().min(WIDEST);
                // That there is nothing to show runs into the empty cells beside it.
                let alone = range.height() == 2
                    && range
                        .rows()
                        .nth(1)
                        .is_some_and(|row| row.iter().skip(1).all(|cell| matches!(cell, Cell::Empty)));
                assert!(
                    alone || stored.is_wrapped || has >= needs as f64,
                    "{title}, {header} of row {row}: {text} does not fit {has} characters"
                );
            }
        }
    }
    for title in CHARTS {
        assert!(sheets[title].part.xml.contains("<drawing "), "{title} has no chart");
    }
    for (title, kind) in COLOURS {
        assert!(sheets[title].part.rules.iter().any(|have| have == kind), "{title} has no {kind}");
    }
}

/// What a cell shows.
fn displayed(cell: &Cell, stored: &Stored) -> String {
    let number = match cell {
        Cell::Float(number) => *number,
        Cell::DateTime(_) => return "31.12.2026".to_owned(),
        Cell::Empty => return String::new(),
        other => return other.to_string(),
    };
    let percent = stored.format.contains('%');
    let digits = stored.format.split_once('.').map_or(0, |(_, rest)| rest.matches('0').count());
    let plain = format!("{:.digits$}", if percent { number * 100.0 } else { number });
    let points =
        if percent { 0 } else { plain.split('.').next().unwrap_or_default().len().saturating_sub(1) / 3 };
    format!("{plain}{}{}", if percent { "%" } else { "" }, ".".repeat(points))
}
