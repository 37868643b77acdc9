//! What commands print: aligned tables, colours where they are wanted, and no panic on a closed pipe.

use std::io::{self, IsTerminal, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::ShowArgs;
use crate::error::{Error, Kind, Result};
use crate::text::visible;

/// Prints text to standard output. A reader that went away is no error.
///
/// # Errors
/// [`Kind::Io`] when it cannot be written for another reason, such as a full disk.
pub(super) fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(0),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(Error::new(Kind::Io, format!("standard output cannot be written: {error}"))),
    }
}

/// Whether colours are wanted on standard output.
pub(super) fn colours(show: ShowArgs) -> bool {
    !show.no_color && !show.json && std::env::var_os("NO_COLOR").is_none() && io::stdout().is_terminal()
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Words, from the left.
    Left,
    /// Numbers, to the right.
    Right,
}

/// Lines of text in aligned columns; the first row is the heading.
#[derive(Debug, Default)]
pub(super) struct Grid {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// A grid with a heading.
    pub(super) fn new(heading: &[(&str, Align)]) -> Grid {
        Grid {
            aligns: heading.iter().map(|(_, align)| *align).collect(),
            rows: vec![heading.iter().map(|(name, _)| (*name).to_owned()).collect()],
        }
    }

    /// Adds a row; what a terminal might obey is made visible.
    pub(super) fn row<const N: usize>(&mut self, cells: &[String; N]) {
        self.rows.push(cells.iter().map(|cell| visible(cell).into_owned()).collect());
    }

    /// Cuts the widest cells until every line fits into so many columns, but none below twelve.
    pub(super) fn fit(&mut self, columns: usize) {
        const LEAST: usize = 12;
        let mut widths = self.widths();
        while widths.iter().map(|width| width + 2).sum::<usize>() > columns + 2 {
            let widest = (0..widths.len()).max_by_key(|column| widths[*column]).unwrap_or_default();
            if widths.get(widest).is_none_or(|width| *width <= LEAST) {
                break;
            }
            widths[widest] -= 1;
        }
        for row in &mut self.rows {
            for (cell, width) in row.iter_mut().zip(&widths) {
                *cell = cut(cell, *width);
            }
        }
    }

    fn widths(&self) -> Vec<usize> {
        let of = |column: usize| self.rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
        (0..self.aligns.len()).map(of).collect()
    }

    /// The lines, the heading in bold where colours are wanted.
    pub(super) fn render(&self, colours: bool) -> String {
        let widths = self.widths();
        let mut out = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for ((cell, align), width) in row.iter().zip(&self.aligns).zip(&widths) {
                let gap = " ".repeat(width - cell.width());
                match align {
                    Align::Left => line.extend([cell.as_str(), &gap]),
                    Align::Right => line.extend([&gap, cell.as_str()]),
                }
                line.push_str("  ");
            }
            let line = line.trim_end();
            if colours && number == 0 {
                out.push_str(&format!("\u{1b}[1m{line}\u{1b}[0m\n"));
            } else {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

/// Text cut to so many columns of a terminal, with `…` where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 1;
    for letter in text.chars() {
        width += letter.width().unwrap_or_default();
        if width > columns {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}

/// How many columns standard output has; `None` where it is no terminal, so that nothing is cut.
pub(super) fn columns() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// A whole number with thousands set apart, as both languages read it.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_with_wide_letters_too() {
        let mut grid = Grid::new(&[("who", Align::Left), ("rows", Align::Right)]);
        grid.row(&["Jürgen".into(), grouped(1_234_567)]);
        grid.row(&["李".into(), grouped(5)]);
        assert_eq!(
            grid.render(false),
            "who          rows\nJürgen  1\u{202f}234\u{202f}567\n李              5\n"
        );
    }

    #[test]
    fn what_does_not_fit_is_cut_where_it_is_widest() {
        let mut grid = Grid::new(&[("name", Align::Left), ("company", Align::Left)]);
        grid.row(&["Jürgen Groß".into(), "Lindwurm Logistik Gesellschaft".into()]);
        grid.fit(32);
        assert_eq!(grid.render(false), "name         company\nJürgen Groß  Lindwurm Logistik …\n");
        assert_eq!(cut("李李李", 5), "李李…");
    }

    #[test]
    fn names_of_files_cannot_command_the_terminal() {
        let mut grid = Grid::new(&[("file", Align::Left)]);
        grid.row(&["\u{1b}[2Ja.csv".into()]);
        assert!(!grid.render(false).contains('\u{1b}'));
    }
}
