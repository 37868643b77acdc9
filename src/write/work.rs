//! The team's own workbook: open pairs, contacts to sort and to clean up, with a drop-down for the answer, read back
//! by the next run.

use std::io::{self, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Workbook as Book, Worksheet, XlsxError};

use super::cell::{Formats, fitting, properties};
use super::review::{AGAINST, FIELDS, FOR, ReviewRow, dispute, shown};
use super::xlsx::failed;
use crate::table::{Language, Words, words};

mod clean;
mod list;
mod sort;

pub use clean::{CleanLine, CleanRow, DECISION, DECISIONS, clean_columns};
pub use list::ListLine;
pub use sort::{CATEGORIES, CATEGORY, CONTACT, NAME, SortLine, SortRow, sort_columns};

/// Name of the sheet of open pairs.
const PAIRS: Words = words("Open pairs", "Offene Paare");
/// Header of the column for the answer, by which the sheet is known again.
pub const ANSWER: Words = words("Same person?", "Dieselbe Person?");
/// Header of the column for remarks, which are kept with the answer.
pub const REMARK: Words = words("Your remark", "Ihre Bemerkung");
/// Header of the column that says which run asked.
pub const ASKED: Words = words("Asked in", "Gefragt in");
/// The answers of the drop-down.
pub const CHOICES: [Words; 3] =
    [words("same", "gleich"), words("different", "verschieden"), words("later", "später")];

/// Shade of cells that differ, and of what needs a second look.
const DIFFERS: Color = Color::RGB(0xFF_E6_B8);
const WRONG: Color = Color::RGB(0xF9_C6_C0);
const OPEN: Color = Color::RGB(0xFF_FB_E0);

/// Empty rows below the list that have the drop-down too, for rows that are moved or pasted.
const SPARE_ROWS: u32 = 200;

/// A row of the sheet of open pairs.
#[derive(Debug, Clone)]
pub enum WorkRow<'a> {
    /// A pair that is asked, with what somebody has written about it so far.
    Pair {
        /// The pair.
        row: &'a ReviewRow,
        /// What stands in the cell for the answer and is no answer yet.
        answer: &'a str,
        /// The remark.
        remark: &'a str,
    },
    /// A row of an earlier sheet whose answer was not understood, as it stood: its cells by column.
    Kept(&'a [String]),
}

/// The headers of the sheet in their order, in one language. Record ids stand at the end, small and grey.
pub fn columns(language: Language) -> Vec<&'static str> {
    let mut titles = vec![ANSWER];
    titles.extend(FIELDS.iter().flat_map(|field| field.titles));
    titles.extend([
        FOR,
        AGAINST,
        REMARK,
        ASKED,
        words("Record 1", "Eintrag 1"),
        words("Record 2", "Eintrag 2"),
    ]);
    titles.into_iter().map(|title| title.in_language(language)).collect()
}

/// The workbook in the making; every sheet is one method.
pub struct WorkBook {
    book: Book,
    language: Language,
    formats: Formats,
}

impl WorkBook {
    /// Begins a workbook. `as_of` is the day the data describe, for its properties.
    ///
    /// # Errors
    /// When the day cannot be written.
    pub fn new(language: Language, as_of: NaiveDate) -> io::Result<WorkBook> {
        let mut book = Book::new();
        book.set_properties(&properties(as_of)?);
        Ok(WorkBook { book, language, formats: Formats::new(language) })
    }

    /// Adds the sheet of open pairs; `generation` names the run that asks.
    ///
    /// # Errors
    /// When a cell cannot be written.
    pub fn pairs(&mut self, rows: &[WorkRow<'_>], generation: &str) -> io::Result<()> {
        self.write_pairs(rows, generation).map_err(failed)
    }

    fn write_pairs(&mut self, rows: &[WorkRow<'_>], generation: &str) -> Result<(), XlsxError> {
        let language = self.language;
        let titles = columns(language);
        let sheet = self.book.add_worksheet();
        sheet.set_name(PAIRS.in_language(language))?.set_freeze_panes(1, 3)?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_row_height(0, 22)?;
        for (column, title) in (0..).zip(&titles) {
            sheet.write_string_with_format(0, column, *title, &self.formats.header)?;
            sheet.set_column_width(column, width(column as usize, rows))?;
        }
        let looks = Looks::new(&self.formats);
        for (at, row) in (1..).zip(rows) {
            match row {
                WorkRow::Pair { row, answer, remark } => {
                    write_pair(sheet, at, row, [answer, remark, generation], language, &looks)?;
                }
                WorkRow::Kept(cells) => {
                    for (column, cell) in (0..).zip(cells.iter()).filter(|(_, cell)| !cell.is_empty()) {
                        let look = if column == 0 { &looks.wrong } else { &looks.grey };
                        sheet.write_string_with_format(at, column, fitting(cell), look)?;
                    }
                }
            }
        }
        let last = rows.len() as u32;
        sheet.autofilter(0, 0, last.max(1), titles.len() as u16 - 1)?;
        let choices = CHOICES.map(|choice| choice.in_language(language));
        let message = words(
            "Choose same, different or later. The next run reads the answer and keeps it for good.",
            "Wählen Sie gleich, verschieden oder später. Der nächste Lauf liest die Antwort und behält sie.",
        );
        offer(sheet, last, &choices, [ANSWER, message].map(|text| text.in_language(language)))?;
        if rows.is_empty() {
            let none = words("No open pairs.", "Keine offenen Paare.").in_language(language);
            sheet.write_string_with_format(1, 1, none, &looks.plain)?;
        }
        Ok(())
    }

    /// Adds the sheet that says how the others are used; so many pairs, contacts to sort and contacts to clean up did
    /// not fit their lists.
    ///
    /// # Errors
    /// When a cell cannot be written.
    pub fn help(&mut self, left_out: [u64; 3]) -> io::Result<()> {
        self.write_help(left_out).map_err(failed)
    }

    fn write_help(&mut self, [pairs, to_sort, to_clean]: [u64; 3]) -> Result<(), XlsxError> {
        let say =
            |english: &'static str, german: &'static str| words(english, german).in_language(self.language);
        let mut lines = vec![
            say(
                "Save and close this file; the next run of hamstern moves the answers to decisions.csv, tiers.csv and cleanup.csv and makes new lists.",
                "Speichern und schließen Sie die Datei; der nächste Lauf von hamstern übernimmt die Antworten in decisions.csv, tiers.csv und cleanup.csv und macht neue Listen.",
            )
            .to_owned(),
            say(
                "You may sort, filter and delete rows. The grey columns at the end name records and contacts; an answer needs them.",
                "Sie dürfen sortieren, filtern und Zeilen löschen. Die grauen Spalten am Ende benennen Einträge und Kontakte; eine Antwort braucht sie.",
            )
            .to_owned(),
            String::new(),
            say(
                "Open pairs: each row shows two contacts that may be one person, the most valuable first. Unlike values are coloured.",
                "Offene Paare: Jede Zeile zeigt zwei Kontakte, die eine Person sein können, die wertvollsten zuerst. Abweichende Werte sind farbig.",
            )
            .to_owned(),
            say(
                "same: they become one contact. different: they stay two for good, and what was joined is split. later: asked again.",
                "gleich: sie werden ein Kontakt. verschieden: sie bleiben für immer zwei, Zusammengelegtes wird getrennt. später: wird wieder gefragt.",
            )
            .to_owned(),
            say(
                "To change your mind later, write another answer on the pair at the end of decisions.csv: the last one counts.",
                "Wer seine Meinung ändert, schreibt eine weitere Antwort zum Paar ans Ende von decisions.csv: die letzte gilt.",
            )
            .to_owned(),
        ];
        let left_out = |count: u64, what: &str| (count > 0).then(|| format!("{what}: {count}."));
        lines.extend(left_out(
            pairs,
            say("Further open pairs that are not shown here", "Weitere offene Paare, die hier nicht stehen"),
        ));
        lines.push(String::new());
        lines.extend(sort::help(self.language).map(str::to_owned));
        lines.extend(left_out(
            to_sort,
            say(
                "Further contacts to sort that are not shown here",
                "Weitere Kontakte ohne Kategorie, die hier nicht stehen",
            ),
        ));
        lines.push(String::new());
        lines.extend(clean::help(self.language).map(str::to_owned));
        lines.extend(left_out(
            to_clean,
            say(
                "Further contacts to clean up that are not shown here",
                "Weitere Kontakte zum Aufräumen, die hier nicht stehen",
            ),
        ));
        let name = say("Help", "Hilfe");
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?.set_column_width(0, 130)?.set_screen_gridlines(false);
        for (row, line) in (0..).zip(lines).filter(|(_, line)| !line.is_empty()) {
            sheet.write_string_with_format(row, 0, line, &self.formats.wrapped)?;
        }
        Ok(())
    }

    /// The finished workbook.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, out: impl Write + Send) -> io::Result<()> {
        self.book.save_to_writer(out).map_err(failed)
    }
}

/// Lets people choose an answer in the first column of a list of `last` rows; a title and a message say how.
fn offer(
    sheet: &mut Worksheet,
    last: u32,
    choices: &[&str],
    [title, message]: [&str; 2],
) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_strings(choices)?
        // Who types ja, nein or x instead is understood as well.
        .show_error_message(false)
        .set_input_title(title)?
        .set_input_message(message)?;
    sheet.add_data_validation(1, 0, last + SPARE_ROWS, 0, &list)?;
    Ok(())
}

/// Writes the first cell of a row: empty, put off, or not understood.
fn write_answer(
    sheet: &mut Worksheet,
    at: u32,
    answer: &str,
    later: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    if answer.is_empty() {
        sheet.write_blank(at, 0, &looks.open)?;
    } else {
        let look = if answer == later { &looks.open } else { &looks.wrong };
        sheet.write_string_with_format(at, 0, fitting(answer), look)?;
    }
    Ok(())
}

/// The formats of the sheets.
struct Looks {
    plain: Format,
    differs: Format,
    open: Format,
    wrong: Format,
    grey: Format,
}

impl Looks {
    fn new(formats: &Formats) -> Looks {
        let plain = formats.wrapped.clone().set_align(FormatAlign::Top);
        let shaded = |color: Color| plain.clone().set_background_color(color);
        Looks {
            differs: shaded(DIFFERS),
            open: shaded(OPEN).set_bold(),
            wrong: shaded(WRONG).set_bold(),
            grey: plain.clone().set_font_color(Color::Gray).set_font_size(8),
            plain,
        }
    }
}

fn write_pair(
    sheet: &mut Worksheet,
    at: u32,
    row: &ReviewRow,
    [answer, remark, generation]: [&str; 3],
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    write_answer(sheet, at, answer, CHOICES[2].in_language(language), looks)?;
    let mut column = 1;
    let mut write = |text: &str, look: &Format| {
        if !text.is_empty() {
            sheet.write_string_with_format(at, column, fitting(text), look)?;
        }
        column += 1;
        Ok::<(), XlsxError>(())
    };
    for field in 0..FIELDS.len() {
        let look = if row.differs(field) { &looks.differs } else { &looks.plain };
        for side in &row.sides {
            write(&shown(&side.values[field]), look)?;
        }
    }
    write(&row.pro.join(", "), &looks.plain)?;
    let mut against = row.contra.join(", ");
    if row.disputed {
        against = format!("{} {against}", dispute(language));
    }
    write(against.trim_end(), if row.disputed { &looks.wrong } else { &looks.plain })?;
    write(remark, &looks.plain)?;
    write(generation, &looks.grey)?;
    for side in &row.sides {
        write(&side.record_id, &looks.grey)?;
    }
    Ok(())
}

/// Width of a column in characters: as its widest text needs, within bounds.
fn width(column: usize, rows: &[WorkRow<'_>]) -> f64 {
    let fields = 1..=FIELDS.len() * 2;
    if column == 0 {
        return 19.0;
    }
    if !fields.contains(&column) {
        return if column <= fields.end() + 3 { 34.0 } else { 12.0 };
    }
    let (field, side) = ((column - 1) / 2, (column - 1) % 2);
    let widest = rows.iter().filter_map(|row| match row {
        WorkRow::Pair { row, .. } => Some(shown(&row.sides[side].values[field]).chars().count()),
        WorkRow::Kept(_) => None,
    });
    widest.max().unwrap_or(0).clamp(11, 32) as f64 + 3.0
}
