//! Lists kept by hand: contact lists with categories, and logs of meetings, in workbooks and CSV.

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::date;
use super::entry::{Entry, Source, Use};
use super::out::{Channel, Csv, Encoding, Lines, Place, Who};
use super::plan::{Sheet, Tie, Traces};
use super::rng::Rng;
use super::scribe::Scribe;

const LIST_HEADER: [&str; 11] = [
    "Nr.",
    "Anrede",
    "Name, Vorname",
    "Firma",
    "Position",
    "E-Mail",
    "Telefon",
    "Letzter Kontakt",
    "Nächster Kontakt",
    "Kategorie (A-D)",
    "Bemerkung",
];
const LOG_HEADER: [&str; 7] = ["Datum", "Name", "Firma", "E-Mail", "Anlass", "Kategorie", "Notiz"];

/// A workbook that is the same every time it is made.
pub(super) struct Book(Workbook);

/// One sheet, written row by row.
pub(super) struct Rows<'a> {
    sheet: &'a mut Worksheet,
    at: u32,
    day: Format,
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl Book {
    /// An empty workbook.
    pub(super) fn new() -> Book {
        let mut book = Workbook::new();
        if let Ok(made) = ExcelDateTime::from_ymd(2026, 3, 1) {
            book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        }
        Book(book)
    }

    /// Adds a sheet.
    pub(super) fn sheet(&mut self, name: &str) -> io::Result<Rows<'_>> {
        let sheet = self.0.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        Ok(Rows { sheet, at: 0, day: Format::new().set_num_format("dd.mm.yyyy") })
    }

    /// Writes the file.
    pub(super) fn save(mut self, file: impl Write + Seek + Send) -> io::Result<()> {
        self.0.save_to_writer(file).map_err(failed)
    }
}

impl Rows<'_> {
    /// The 1-based number of the next row.
    pub(super) fn line(&self) -> u32 {
        self.at + 1
    }

    /// Writes a row of text; empty cells stay empty.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> io::Result<()> {
        self.dated(cells, usize::MAX, 0)
    }

    /// Writes a row in which one cell is a date.
    fn dated<T: AsRef<str>>(&mut self, cells: &[T], column: usize, day: i32) -> io::Result<()> {
        for (at, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref();
            if at == column {
                let day_format = self.day.clone();
                // Excel counts from the last day of 1899.
                let excel_day =
                    ExcelDateTime::from_serial_datetime(f64::from(day + 25_569)).map_err(failed)?;
                self.sheet.write_with_format(self.at, at as u16, excel_day, &day_format).map_err(failed)?;
            } else if !cell.is_empty() {
                self.sheet.write_string(self.at, at as u16, cell).map_err(failed)?;
            }
        }
        self.at += 1;
        Ok(())
    }
}

/// The category a member gave: the stronger the tie, the better; one in eight is not sorted yet.
fn category(traces: Traces, rng: &mut Rng) -> &'static str {
    match (traces.strength * 0.7 + rng.unit() * 0.3, rng.below(40)) {
        (_, 0..=4) => "",
        (_, 5) => "b",
        (_, 6) => "C?",
        (x, _) if x > 0.6 => "A",
        (x, _) if x > 0.3 => "B",
        (x, _) if x > 0.12 => "C",
        _ => "D",
    }
}

fn list_row(
    entry: &Entry,
    traces: Traces,
    number: usize,
    female: bool,
    last: &str,
    rng: &mut Rng,
) -> [String; 11] {
    let emails: Vec<&str> = entry.emails.iter().map(|(_, text)| text.as_str()).collect();
    let phone = entry.phones.first().map_or("", |(_, text)| text);
    let next = rng.pick(&["", "", "", "", "KW 24", "Q3/26", "01.06.2026"]);
    [
        number.to_string().as_str(),
        if female { "Frau" } else { "Herr" },
        &if entry.one_field { entry.full_name() } else { entry.family_first() },
        &entry.company,
        &entry.position,
        &emails.join(" / "),
        phone,
        last,
        next,
        category(traces, rng),
        entry.note,
    ]
    .map(str::to_owned)
}

/// Writes the contact list.
pub(crate) fn write_list(scribe: &mut Scribe<'_>) -> io::Result<()> {
    let kind = scribe.network.kit.sheet;
    if kind == Sheet::None {
        return Ok(());
    }
    let name = if kind == Sheet::Book { "Kontaktliste.xlsx" } else { "Kontaktliste.csv" };
    let first = scribe.plan.first;
    let ties = scribe.shuffled(5, |tie, traces| traces.sheet && tie.since < first);
    if ties.is_empty() {
        return Ok(());
    }
    let (file, path) = scribe.folder.create(&format!("{}/{name}", date::iso(first)))?;
    let stand = format!("Stand: {}", date::german(first));
    if kind == Sheet::Book {
        let mut book = Book::new();
        let mut rows = book.sheet("Kontakte")?;
        for cells in [&["Kontaktliste Vertrieb"][..], &[&stand], &[], &LIST_HEADER] {
            rows.row(cells)?;
        }
        for (at, (tie, traces)) in ties.into_iter().enumerate() {
            let place = Place { file: &path, line: rows.line(), sheet: "Kontakte" };
            let (row, last) = list_entry(scribe, tie, traces, at, place)?;
            rows.dated(&row, 7, last)?;
        }
        let mut legend = book.sheet("Legende")?;
        for text in ["A: sehr wichtig", "B: wichtig", "C: gelegentlich", "D: nicht weiter pflegen"] {
            legend.row(&[text])?;
        }
        return book.save(file);
    }
    let mut out = Lines::new(file, Encoding::Windows1252);
    let mut csv = Csv::new(';', false, "\r\n");
    for cells in [&["Kontaktliste Team Vertrieb"][..], &[&stand], &[], &LIST_HEADER] {
        let mut row = cells.to_vec();
        row.resize(LIST_HEADER.len(), "");
        out.write(csv.row(row))?;
    }
    for (at, (tie, traces)) in ties.into_iter().enumerate() {
        let place = Place { file: &path, line: out.line(), sheet: "" };
        let (row, _) = list_entry(scribe, tie, traces, at, place)?;
        out.write(csv.row(row))?;
    }
    out.finish()
}

/// One row of the list and the day of the last contact.
fn list_entry(
    scribe: &mut Scribe<'_>,
    tie: Tie,
    traces: Traces,
    at: usize,
    place: Place<'_>,
) -> io::Result<([String; 11], i32)> {
    scribe.note(place, Who::Person(tie.person), Channel::Sheet)?;
    let person = scribe.person(tie);
    let last = traces.noted.min(scribe.plan.first - 1);
    let hand = u64::from(scribe.network.member);
    let entry = Entry::draw(scribe.world, &person, Source::Sheet, hand, last, scribe.style());
    let mut rng = scribe.rng(u64::from(tie.person) << 8 | 5);
    Ok((list_row(&entry, traces, at + 1, person.female, &date::german(last), &mut rng), last))
}

/// Writes the log of meetings, a sheet a year.
pub(crate) fn write_log(scribe: &mut Scribe<'_>) -> io::Result<()> {
    if !scribe.network.kit.log {
        return Ok(());
    }
    let mut meetings = Vec::new();
    for (tie, traces) in scribe.shuffled(6, |_, traces| traces.meetings > 0) {
        let mut rng = scribe.rng(u64::from(tie.person) << 8 | 6);
        for number in 0..traces.meetings {
            let earliest = tie.since.max(date::day(2024, 1, 1));
            let day = earliest + rng.between(0, scribe.plan.last - 1 - earliest);
            meetings.push((day, tie, traces, number));
        }
    }
    if meetings.is_empty() {
        return Ok(());
    }
    meetings.sort_unstable_by_key(|(day, tie, _, number)| (*day, tie.person, *number));
    let (file, path) = scribe.folder.create(&format!("{}/Kontaktlog.xlsx", date::iso(scribe.plan.last)))?;
    let mut book = Book::new();
    for year in ["2024", "2025", "2026"] {
        let mut rows = book.sheet(year)?;
        let title = format!("Treffen {year}");
        rows.row(&[title.as_str()])?;
        rows.row::<&str>(&[])?;
        rows.row(&LOG_HEADER)?;
        for (day, tie, traces, number) in meetings.iter().filter(|(day, ..)| date::format(*day, "%Y") == year)
        {
            let place = Place { file: &path, line: rows.line(), sheet: year };
            scribe.note(place, Who::Person(tie.person), Channel::Sheet)?;
            let row = log_row(scribe, *tie, *traces, *number, *day);
            rows.dated(&row, 0, *day)?;
        }
    }
    book.save(file)
}

fn log_row(scribe: &Scribe<'_>, tie: Tie, traces: Traces, number: u8, day: i32) -> [String; 7] {
    let person = scribe.person(tie);
    // Every second meeting the name is typed anew.
    let hand = u64::from(scribe.network.member) << 8 | u64::from(number / 2);
    let entry = Entry::draw(scribe.world, &person, Source::Log, hand, day, scribe.style());
    let mut rng = scribe.rng(u64::from(tie.person) << 16 | u64::from(number) << 8 | 7);
    let name = if rng.chance(0.35) { entry.family_first() } else { entry.full_name() };
    let occasion = rng.pick(&[
        "Mittagessen",
        "Telefonat",
        "Messe",
        "Video-Call",
        "E-Mail",
        "Kaffee",
        "Angebot besprochen",
    ]);
    let email = entry.email(Use::Work);
    let category = if number == 0 { category(traces, &mut rng) } else { "" };
    [date::german(day).as_str(), &name, &entry.company, email, occasion, category, entry.note]
        .map(str::to_owned)
}
