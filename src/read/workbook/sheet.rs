//! One sheet: sparse cells of text with their rows, and the walk over them.

use super::{Budget, MAX_COLUMNS, MAX_ROWS, address, value};
use crate::problem::Problem;
use crate::read::{Row, RowEvent, Rows};

/// A gap of more rows than this is empty sheet, not rows somebody left blank.
const LONG_GAP: u32 = 10_000;
/// Further bad cells of one sheet are counted, not listed.
const MAX_LISTED: usize = 1_000;

/// One sheet of a workbook, its cells as text.
pub(in crate::read) struct Sheet {
    /// The name on its tab.
    pub(in crate::read) name: String,
    /// What was wrong with its cells, by row. [`Sheet::after`] gives them out too, so take them from here
    /// only when nobody walks over the rows.
    pub(in crate::read) problems: Vec<Problem>,
    cells: Vec<Cell>,
    text: String,
    unlisted: usize,
    beyond: usize,
}

/// A cell with text: its row and column counted from 0, and where its text lies.
struct Cell {
    row: u32,
    column: u32,
    start: u32,
    end: u32,
}

impl Sheet {
    /// A sheet without cells; a hidden one is read all the same, and says so.
    pub(super) fn new(name: String, hidden: bool) -> Sheet {
        let problems = if hidden {
            let message = format!("the sheet \u{201c}{name}\u{201d} is hidden; it was read all the same");
            vec![Problem::new(0, "hidden-sheet", message)]
        } else {
            Vec::new()
        };
        Sheet { name, problems, cells: Vec::new(), text: String::new(), unlisted: 0, beyond: 0 }
    }

    /// Adds a cell; row and column count from 0. Text that is blank is left out, a spreadsheet's error
    /// value is left out with a problem.
    ///
    /// # Errors
    /// When the workbook is too large.
    pub(super) fn put(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            self.beyond += 1;
            return Ok(());
        }
        if value::is_error(text) {
            let message =
                format!("cell {} holds the error value {text}; taken as empty", address(row, column));
            self.fault(row, "error-value", message);
            return Ok(());
        }
        budget.take(text.len())?;
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push(Cell { row, column, start, end: self.text.len() as u32 });
        Ok(())
    }

    /// Notes something about a cell in that row, counted from 0.
    pub(super) fn fault(&mut self, row: u32, code: &'static str, message: String) {
        if self.problems.len() < MAX_LISTED {
            self.problems.push(Problem::new(row.saturating_add(1), code, message));
        } else {
            self.unlisted += 1;
        }
    }

    /// Brings cells and problems into order when all have been added.
    pub(super) fn finish(mut self) -> Sheet {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        // Of two cells with one address the later one counts, as in the spreadsheet programs.
        self.cells.dedup_by(|later, first| {
            let same = (later.row, later.column) == (first.row, first.column);
            if same {
                (first.start, first.end) = (later.start, later.end);
            }
            same
        });
        if self.unlisted > 0 {
            let message = format!("{} more cells of the sheet had problems", self.unlisted);
            self.problems.push(Problem::new(0, "more-problems", message));
        }
        if self.beyond > 0 {
            let message = format!(
                "{} cells lie right of column {} or below row {MAX_ROWS} and were not read",
                self.beyond,
                address(0, MAX_COLUMNS - 1).trim_end_matches('1')
            );
            self.problems.push(Problem::new(0, "cells-beyond", message));
        }
        self.problems.sort_by_key(|problem| problem.line);
        self
    }

    /// Whether no cell holds text.
    pub(in crate::read) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The first rows that hold text, each with its 1-based number: where the header is looked for.
    pub(in crate::read) fn first_rows(&self, count: usize) -> Vec<(u32, Vec<String>)> {
        let rows = self.cells.chunk_by(|one, other| one.row == other.row).take(count);
        rows.map(|cells| {
            let width = cells.last().map_or(0, |cell| cell.column as usize + 1);
            let mut row = vec![String::new(); width];
            for cell in cells {
                row[cell.column as usize].push_str(self.text_of(cell));
            }
            (cells[0].row + 1, row)
        })
        .collect()
    }

    /// The rows below the 1-based row `line`, with the problems of the whole sheet.
    pub(in crate::read) fn after(&self, line: u32) -> SheetRows<'_> {
        SheetRows { sheet: self, line }
    }

    fn text_of(&self, cell: &Cell) -> &str {
        self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }
}

/// The rows of a sheet below its header.
pub(in crate::read) struct SheetRows<'a> {
    sheet: &'a Sheet,
    line: u32,
}

impl Rows for SheetRows<'_> {
    fn for_each(&self, each: &mut dyn FnMut(RowEvent<'_>)) {
        self.walk(usize::MAX, each);
    }

    fn first(&self, limit: usize, each: &mut dyn FnMut(RowEvent<'_>)) {
        let mut left = limit;
        // The walk stops after so many rows; what it tells beside them is held back here.
        self.walk(limit, &mut |event| {
            if left > 0 {
                left -= 1;
                each(event);
            }
        });
    }
}

impl SheetRows<'_> {
    /// Gives out the first `limit` rows, with the blank ones before them and all problems on the way.
    fn walk(&self, limit: usize, each: &mut dyn FnMut(RowEvent<'_>)) {
        let mut problems = self.sheet.problems.iter().peekable();
        let mut tell = |up_to: u32, each: &mut dyn FnMut(RowEvent<'_>)| {
            while let Some(problem) = problems.next_if(|problem| problem.line <= up_to) {
                each(RowEvent::Mended(problem.clone()));
            }
        };
        tell(self.line, each);
        let skip = self.sheet.cells.partition_point(|cell| cell.row < self.line);
        let (mut text, mut ends, mut last) = (String::new(), Vec::new(), self.line);
        let rows = self.sheet.cells[skip..].chunk_by(|one, other| one.row == other.row);
        for cells in rows.take(limit) {
            let line = cells[0].row + 1;
            let gap = line - last - 1;
            tell(line, each);
            if gap <= LONG_GAP {
                (last + 1..line).for_each(|line| each(RowEvent::Blank(line)));
            }
            last = line;
            text.clear();
            ends.clear();
            for cell in cells {
                ends.resize(cell.column as usize, text.len());
                text.push_str(self.sheet.text_of(cell));
                ends.push(text.len());
            }
            each(RowEvent::Row(Row { line, text: &text, ends: &ends }));
        }
        tell(u32::MAX, each);
    }
}
