//! Workbooks: xlsx, xls, xlsb and ods bytes become sheets of text cells.
//!
//! Every container is weighed before it is read ([`container`], [`ole`]): a file of two kilobytes can ask
//! for terabytes. Cells are streamed and kept sparse, so a lone cell in the last corner of a sheet costs
//! one cell. A bad cell is left out with its address and the others are read.

mod biff;
mod container;
mod odf;
mod ole;
mod ooxml;
mod sheet;
#[cfg(test)]
mod tests;
mod value;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::problem::Problem;

pub(in crate::read) use sheet::Sheet;

/// Most cells with text one workbook may hold.
const MAX_CELLS: usize = 20_000_000;
/// Most bytes of text one workbook may hold, shared strings counted as often as they are used.
const MAX_TEXT: usize = 512 << 20;
/// Rows of a sheet in every format here but BIFF, which has fewer.
const MAX_ROWS: u32 = 1_048_576;
/// Columns that are read; an address book has tens of them.
const MAX_COLUMNS: u32 = 1_024;

/// What one workbook may still use.
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn new() -> Budget {
        Budget { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Takes one cell with that many bytes of text, or says that the workbook is too large.
    fn take(&mut self, text: usize) -> Result<(), Problem> {
        let left = self.cells.checked_sub(1).zip(self.text.checked_sub(text));
        let Some((cells, text)) = left else {
            return Err(refusal(
                "too-large",
                format!(
                    "the workbook holds more than {MAX_CELLS} cells or {} MiB of text; not read. \
                     Split it into several files or save the sheet as CSV",
                    MAX_TEXT >> 20
                ),
            ));
        };
        (self.cells, self.text) = (cells, text);
        Ok(())
    }
}

/// The sheets of a workbook in their order, hidden ones too; chart sheets hold no cells and are left out.
///
/// # Errors
/// Why the workbook as a whole was not read: password, limits, damage, or not a workbook at all.
pub(in crate::read) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    let mut budget = Budget::new();
    if bytes.starts_with(b"PK") {
        return match container::weigh(bytes)? {
            container::Kind::Xlsx => ooxml::xlsx(bytes, &mut budget),
            container::Kind::Xlsb => ooxml::xlsb(bytes, &mut budget),
            container::Kind::Ods => odf::ods(bytes, &mut budget),
        };
    }
    if bytes.starts_with(&ole::MAGIC) {
        return biff::xls(bytes, &mut budget);
    }
    Err(refusal("not-a-workbook", "this is no xlsx, xls, xlsb or ods workbook, whatever its name says"))
}

/// Asks calamine for something and gives nothing where it panics: it is written for honest files and
/// indexes out of bounds on some damaged ones. Own code is never run in here.
fn guarded<T>(ask: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(ask)).ok()
}

/// A problem with the workbook as a whole.
fn refusal(code: &'static str, message: impl Into<String>) -> Problem {
    Problem::new(0, code, message)
}

/// What a password-protected workbook is answered with.
fn password() -> Problem {
    refusal(
        "password-protected",
        "the workbook is protected with a password and was not read; save a copy without one",
    )
}

/// The name of a cell, such as `B7`, from its row and column counted from 0.
fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let name: String = letters.iter().rev().collect();
    format!("{name}{}", u64::from(row) + 1)
}
