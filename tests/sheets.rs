//! The workbook of the demo as another program reads it, cell by cell against the CSV files of the same generation.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "common/language.rs"]
mod both;
mod common;
#[path = "sheets/office.rs"]
mod office;
#[path = "sheets/parts.rs"]
mod parts;
#[path = "sheets/shape.rs"]
mod shape;
#[path = "sheets/titles.rs"]
mod titles;
#[path = "sheets/work.rs"]
mod work;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use calamine::{Data as Cell, DataType as _, Range, Reader as _, Xlsx};
use chrono::NaiveDate;
use common::{csv, demo, ended};
use hamstern::report::{Input, REPORTS};
use hamstern::table::{Column, Data, Language, Table};
use hamstern::write::review::review;
use hamstern::write::{contacts, wishes};
use parts::{Part, parts};

type Row = BTreeMap<String, String>;

/// A sheet as another program read it, and as it is stored.
struct Sheet {
    range: Range<Cell>,
    part: Part,
}

/// What a number means, which its format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Day,
    Number,
    Share,
}

const GERMAN: Language = Language::German;

/// The demo in German, run twice, and what was read from its workbook.
struct Demo {
    _home: tempfile::TempDir,
    generation: PathBuf,
    sheets: BTreeMap<String, Rc<Sheet>>,
    order: Vec<String>,
    checked: BTreeSet<String>,
}

impl Demo {
    fn table(&self, name: &str) -> Vec<Row> {
        csv(&self.generation.join(format!("{name}.csv")))
    }

    /// A sheet, which then counts as looked at.
    fn sheet(&mut self, title: &str) -> Rc<Sheet> {
        self.checked.insert(title.to_owned());
        Rc::clone(self.sheets.get(title).unwrap_or_else(|| panic!("no sheet {title}")))
    }
}

/// The columns of every table that has a sheet, without rows.
fn specs(members: &[String]) -> HashMap<&'static str, Table> {
    let input = Input { members, ..Input::default() };
    let reports = REPORTS.iter().filter(|report| !report.personal()).map(|report| report.table(&input));
    let others = [contacts(&[], members), wishes(&[]), review(&[])];
    reports.chain(others).map(|table| (table.name, table)).collect()
}

/// What a cell shows of a text of the CSV.
fn shown(column: &Column, text: &str) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    match &column.data {
        Data::Text(_) => Cell::String(column.called(text, GERMAN)),
        Data::List(_) => {
            let items: Vec<String> = text.split(" | ").map(|item| column.called(item, GERMAN)).collect();
            Cell::String(items.join(" | "))
        }
        Data::Bool(_) => Cell::String(if text == "true" { "ja" } else { "nein" }.to_owned()),
        Data::Date(_) => {
            let day: NaiveDate = text.parse().unwrap();
            Cell::Float((day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64)
        }
        Data::Int(_) | Data::Float(_) | Data::Share(_) => number(text),
    }
}

fn number(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Float(text.replace(',', ".").parse().unwrap()) }
}

fn same(cell: Option<&Cell>, wanted: &Cell, place: &dyn Fn() -> String) {
    let is_same = match (cell.unwrap_or(&Cell::Empty), wanted) {
        (Cell::Empty, Cell::Empty) => true,
        (Cell::String(one), Cell::String(other)) => one == other,
        (cell, Cell::Float(other)) => {
            let one = cell.as_f64().or_else(|| cell.as_datetime().map(|_| f64::NAN));
            let one = if let Cell::DateTime(date) = cell { Some(date.as_f64()) } else { one };
            one.is_some_and(|one| (one - other).abs() <= other.abs() * 1e-12)
        }
        _ => false,
    };
    assert!(is_same, "{}: {cell:?} is not {wanted:?}", place());
}

/// What a cell of a table means. A number is a share where the row's measure is one.
fn kind(column: &Column, columns: &[&Column], row: &Row) -> Kind {
    match &column.data {
        Data::Text(_) | Data::List(_) | Data::Bool(_) => Kind::Text,
        Data::Date(_) => Kind::Day,
        Data::Share(_) => Kind::Share,
        Data::Int(_) => Kind::Number,
        Data::Float(_) => {
            let is_share =
                |of: &&Column| row.get(of.name).and_then(|text| of.value(text)).is_some_and(|of| of.share);
            if columns.iter().any(is_share) { Kind::Share } else { Kind::Number }
        }
    }
}

/// Whether a cell is stored as what it means: text, a day that another program takes for one, a number, per cent.
fn check_kind(sheet: &Sheet, at: (usize, usize), kind: Kind, place: &dyn Fn() -> String) {
    let read = sheet.range.get(at).unwrap_or(&Cell::Empty);
    if read.is_empty() {
        return;
    }
    let stored = sheet.part.cells.get(&at).unwrap_or_else(|| panic!("{}: no cell", place()));
    let format = stored.format.as_str();
    let is_so = match kind {
        Kind::Text => stored.is_text && format == "@" && matches!(read, Cell::String(_)),
        Kind::Day => !stored.is_text && format == "dd.mm.yyyy" && matches!(read, Cell::DateTime(_)),
        Kind::Number => !stored.is_text && format.starts_with("#,##0") && matches!(read, Cell::Float(_)),
        Kind::Share => !stored.is_text && format == "0.0%" && matches!(read, Cell::Float(_)),
    };
    assert!(is_so, "{}: {read:?} is no {kind:?}, its format is {stored:?}", place());
}

/// Compares a sheet with rows of a CSV, in their order.
fn check_rows(sheet: &Sheet, columns: &[&Column], rows: &[Row], title: &str) {
    let range = &sheet.range;
    assert_eq!(range.height(), rows.len().max(1) + 1, "rows of {title}");
    assert_eq!(range.width(), columns.len(), "columns of {title}");
    for (place, column) in columns.iter().enumerate() {
        let header = range.get((0, place)).and_then(Cell::get_string);
        assert_eq!(header, Some(column.title.in_language(GERMAN)), "{title}");
        for (at, row) in rows.iter().enumerate() {
            let wanted = shown(column, &row[column.name]);
            let told = || format!("{title}, {} of row {}", column.name, at + 1);
            same(range.get((at + 1, place)), &wanted, &told);
            check_kind(sheet, (at + 1, place), kind(column, columns, row), &told);
        }
    }
}

/// A sheet whose rows are found by the texts of some columns, and its cells by their header.
struct Found<'a> {
    sheet: &'a Sheet,
    range: &'a Range<Cell>,
    title: &'a str,
    rows: HashMap<Vec<String>, usize>,
    columns: HashMap<String, usize>,
    read: BTreeSet<(usize, usize)>,
}

impl<'a> Found<'a> {
    fn new(sheet: &'a Sheet, title: &'a str, keys: &[&str]) -> Found<'a> {
        let range = &sheet.range;
        let columns: HashMap<String, usize> =
            (0..range.width()).map(|place| (range.get((0, place)).unwrap().to_string(), place)).collect();
        assert_eq!(columns.len(), range.width(), "headers of {title} differ");
        let key = |row: usize| {
            keys.iter().map(|key| range.get((row, columns[*key])).unwrap().to_string()).collect()
        };
        let rows: HashMap<Vec<String>, usize> = (1..range.height()).map(|row| (key(row), row)).collect();
        assert_eq!(rows.len() + 1, range.height(), "rows of {title} differ");
        Found { sheet, range, title, rows, columns, read: BTreeSet::new() }
    }

    fn check(&mut self, key: &[String], header: &str, wanted: &Cell, kind: Kind) {
        let row = self.rows.get(key).unwrap_or_else(|| panic!("{}: no row {key:?}", self.title));
        let column = self.columns.get(header).unwrap_or_else(|| panic!("{}: no column {header}", self.title));
        let told = || format!("{}, {header} of {key:?}", self.title);
        same(self.range.get((*row, *column)), wanted, &told);
        check_kind(self.sheet, (*row, *column), kind, &told);
        self.read.insert((*row, *column));
    }

    /// Every cell was compared but for some columns; their days and shares are stored as such.
    fn done(self, but: &[&str]) {
        for (header, kind) in [("Stand", Kind::Day), ("Ab", Kind::Day), ("Bekannt bei", Kind::Share)] {
            for column in self.columns.get(header).into_iter().filter(|_| but.contains(&header)) {
                for row in 1..self.range.height() {
                    let told = || format!("{}, {header} of row {row}", self.title);
                    check_kind(self.sheet, (row, *column), kind, &told);
                }
            }
        }
        for (header, column) in self.columns.iter().filter(|(header, _)| !but.contains(&header.as_str())) {
            for row in 1..self.range.height() {
                let empty = self.range.get((row, *column)).is_none_or(Cell::is_empty);
                assert!(
                    empty || self.read.contains(&(row, *column)),
                    "{}, {header} of row {row}",
                    self.title
                );
            }
        }
    }
}

#[test]
fn another_program_reads_the_same_from_the_workbook_as_stands_in_the_csv_files() {
    let Some(office) = office::found() else {
        eprintln!("skipped: no LibreOffice in PATH (soffice), and HAMSTERN_SOFFICE names none");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let out = demo(home.path(), GERMAN);
    let (stored, read) =
        (out.join("report.xlsx"), office::convert(&office, &out.join("report.xlsx"), home.path()));
    for part in parts(&read).values() {
        assert_eq!(part.formulas, 0, "a cell is read as a formula or as an error");
    }
    let mut parts = parts(&stored);
    let mut book: Xlsx<_> = calamine::open_workbook(&read).unwrap();
    let order = book.sheet_names();
    let mut sheet = |name: &String| Sheet {
        range: book.worksheet_range(name).unwrap(),
        part: parts.remove(name).unwrap_or_else(|| panic!("{name} has another name")),
    };
    let sheets = order.iter().map(|name| (name.clone(), Rc::new(sheet(name)))).collect();
    let mut demo =
        Demo { _home: home, generation: out.join("current"), sheets, order, checked: BTreeSet::new() };
    let members: Vec<String> = demo.table("reports/race").iter().map(|row| row["member"].clone()).collect();
    let specs = specs(&members);
    plain(&mut demo, &specs);
    long(&mut demo, &specs);
    weeks(&mut demo);
    shared(&mut demo, &specs);
    losses(&mut demo, &specs);
    unequal(&mut demo, &specs);
    categories(&mut demo, &specs);
    figures(&mut demo);
    let text = ["Lesen", "Definitionen"].map(str::to_owned);
    assert!(text.iter().all(|title| demo.sheet(title).range.height() > 50));
    let all: BTreeSet<String> = demo.order.iter().cloned().collect();
    assert_eq!(demo.checked, all, "every sheet was compared");
    shape::check(&demo.sheets);
}

/// Sheets that show a table as it is.
fn plain(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    let is_plain = |table: &&Table| table.column("measure").is_none() && table.name != "growth";
    for table in specs.values().filter(is_plain) {
        let (title, folder) = match table.name {
            "review" => ("Prüfen", ""),
            "contacts" | "wishes" => (table.title.in_language(GERMAN), ""),
            _ => (table.title.in_language(GERMAN), "reports/"),
        };
        let mut rows = demo.table(&format!("{folder}{}", table.name));
        assert!(!rows.is_empty(), "the demo says nothing of {title}");
        let mut columns: Vec<&Column> =
            table.columns.iter().filter(|column| column.name != "animal").collect();
        if table.name == "review" {
            columns.rotate_right(1);
            for row in &mut rows {
                row.insert("decision".to_owned(), "in der work.xlsx".to_owned());
            }
        }
        check_rows(&demo.sheet(title), &columns, &rows, title);
    }
}

/// Sheets of a table in long form: one column a measure.
fn long(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    for name in ["network_size", "diversity", "strength", "channel_value", "pace", "time_needed", "response"]
    {
        let table = &specs[name];
        let title = table.title.in_language(GERMAN);
        let keys: Vec<&Column> =
            table.key.iter().filter(|key| **key != "measure").map(|key| table.column(key).unwrap()).collect();
        let headers: Vec<&str> = keys.iter().map(|key| key.title.in_language(GERMAN)).collect();
        let range = demo.sheet(title);
        let mut found = Found::new(&range, title, &headers);
        let measure = table.column("measure").unwrap();
        for row in demo.table(&format!("reports/{name}")) {
            let key: Vec<String> = keys.iter().map(|key| key.called(&row[key.name], GERMAN)).collect();
            found.check(
                &key,
                &measure.called(&row["measure"], GERMAN),
                &number(&row["value"]),
                figure(measure, &row),
            );
        }
        found.done(&[&headers[..], &["Stand", "Bekannt bei"]].concat());
    }
}

/// What the number of a row means.
fn figure(measure: &Column, row: &Row) -> Kind {
    let share = measure.value(&row[measure.name]).is_some_and(|value| value.share);
    if share { Kind::Share } else { Kind::Number }
}

fn weeks(demo: &mut Demo) {
    for (title, measure) in [("Wachstum", "adds"), ("Bestand je Woche", "stock")] {
        let range = demo.sheet(title);
        let mut found = Found::new(&range, title, &["Zeitraum"]);
        let rows = demo.table("reports/growth");
        for row in rows.iter().filter(|row| row["channel"] == "all" && row["period"].contains('W')) {
            found.check(&[row["period"].clone()], &row["member"], &number(&row[measure]), Kind::Number);
        }
        found.done(&["Zeitraum", "Ab", "Unvollständig"]);
    }
}

fn shared(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    let rows = demo.table("reports/overlap");
    let sizes = demo.table("reports/network_size");
    let losses = demo.table("reports/loss");
    let size = |member: &str| {
        let is =
            |row: &&Row| row["member"] == member && row["channel"] == "all" && row["measure"] == "holdings";
        number(&sizes.iter().find(is).unwrap()["value"])
    };
    let (matrix, alone) = (demo.sheet("Überlappung"), demo.sheet("Exklusiv"));
    let mut matrix = Found::new(&matrix, "Überlappung", &["Mitglied"]);
    let mut alone = Found::new(&alone, "Exklusiv", &["Mitglied"]);
    for row in &rows {
        let (key, value) = ([row["member_a"].clone()], number(&row["value"]));
        match row["measure"].as_str() {
            "directed_share" => matrix.check(&key, &row["member_b"], &value, Kind::Share),
            "exclusive" => {
                alone.check(&key, "Nur hier bekannt", &value, Kind::Number);
                alone.check(&key, "Netzwerkgröße", &size(&key[0]), Kind::Number);
                matrix.check(&key, "Netzwerkgröße", &size(&key[0]), Kind::Number);
            }
            "exclusive_share" => alone.check(&key, "Anteil nur hier bekannt", &value, Kind::Share),
            _ => {}
        }
    }
    for row in &losses {
        let (key, value) = ([row["member"].clone()], number(&row["value"]));
        match row["measure"].as_str() {
            "ab_exclusive" => alone.check(&key, "A und B gehen verloren", &value, Kind::Number),
            "unreachable" => alone.check(&key, "Gehen mit der Firma verloren", &value, Kind::Number),
            _ => {}
        }
    }
    matrix.done(&["Mitglied"]);
    alone.done(&["Mitglied", "Stand", "Bekannt bei"]);
    let of_sets = |row: &&Row| {
        let measure = &row["measure"];
        measure == "super_connectors" || measure.starts_with("depth_") || measure.starts_with("distinct")
    };
    let sets: Vec<Row> = rows.iter().filter(of_sets).cloned().collect();
    let columns: Vec<&Column> = specs["overlap"].columns.iter().collect();
    check_rows(&demo.sheet("Gemeinsam bekannt"), &columns, &sets, "Gemeinsam bekannt");
    let of_companies = |row: &&Row| row["measure"].starts_with("company_");
    let companies: Vec<Row> = rows.iter().filter(of_companies).cloned().collect();
    let title = "Gemeinsame Unternehmen";
    check_rows(&demo.sheet(title), &columns, &companies, title);
}

fn losses(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    let of_several = |row: &Row| row["measure"].starts_with("worst_") || row["measure"].starts_with("bus_");
    let (several, single): (Vec<Row>, Vec<Row>) =
        demo.table("reports/loss").into_iter().partition(of_several);
    let range = demo.sheet("Verlust");
    let mut found = Found::new(&range, "Verlust", &["Mitglied"]);
    let measure = specs["loss"].column("measure").unwrap();
    for row in &single {
        let header = measure.called(&row["measure"], GERMAN);
        found.check(&[row["member"].clone()], &header, &number(&row["value"]), figure(measure, row));
    }
    found.done(&["Mitglied", "Stand", "Bekannt bei"]);
    let columns: Vec<&Column> = specs["loss"].columns.iter().collect();
    check_rows(&demo.sheet("Wenn mehrere gehen"), &columns, &several, "Wenn mehrere gehen");
}

fn unequal(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    let rows = demo.table("reports/concentration");
    let spec = &specs["concentration"];
    let (quantity, measure) = (spec.column("quantity").unwrap(), spec.column("measure").unwrap());
    let range = demo.sheet("Konzentration");
    let mut found = Found::new(&range, "Konzentration", &["Größe"]);
    let curve = demo.sheet("Lorenzkurve");
    let mut at = 0;
    for row in &rows {
        let called = quantity.called(&row["quantity"], GERMAN);
        if let Some(count) = row["measure"].strip_prefix("lorenz_") {
            at += 1;
            let members =
                rows.iter().find(|all| all["quantity"] == row["quantity"] && all["measure"] == "members");
            let all: f64 = members.unwrap()["value"].parse().unwrap();
            let cells = [
                Cell::String(called),
                shown(spec.column("member").unwrap(), &row["member"]),
                Cell::Float(count.parse::<f64>().unwrap() / all),
                number(&row["value"]),
            ];
            for (place, wanted) in cells.iter().enumerate() {
                let told = || format!("Lorenzkurve, row {at}");
                same(curve.range.get((at, place)), wanted, &told);
                check_kind(&curve, (at, place), if place < 2 { Kind::Text } else { Kind::Share }, &told);
            }
        } else if row["measure"] != "share" {
            found.check(
                std::slice::from_ref(&called),
                &measure.called(&row["measure"], GERMAN),
                &number(&row["value"]),
                figure(measure, row),
            );
            if row["measure"] == "top_share" {
                found.check(&[called], "Am meisten bei", &Cell::String(row["member"].clone()), Kind::Text);
            }
        }
    }
    assert_eq!(curve.range.height(), at + 1);
    found.done(&["Größe", "Stand", "Bekannt bei"]);
}

fn categories(demo: &mut Demo, specs: &HashMap<&'static str, Table>) {
    let range = demo.sheet("Kategorien");
    let mut found = Found::new(&range, "Kategorien", &["Mitglied"]);
    let spec = &specs["tiers"];
    for row in demo.table("reports/tiers") {
        let header = match row["measure"].as_str() {
            "people" => spec.column("tier").unwrap().called(&row["tier"], GERMAN),
            "class_ratio" | "age" => spec.column("measure").unwrap().called(&row["measure"], GERMAN),
            _ => continue,
        };
        let kind = figure(spec.column("measure").unwrap(), &row);
        found.check(&[row["member"].clone()], &header, &number(&row["value"]), kind);
    }
    found.done(&["Mitglied", "Stand", "Bekannt bei"]);
}

/// The figures of the overview, found in the tables anew.
fn figures(demo: &mut Demo) {
    let size = demo.table("reports/network_size");
    let told = |rows: &[Row], wanted: &[(&str, &str)]| -> f64 {
        let is = |row: &&Row| wanted.iter().all(|(column, text)| row[*column] == *text);
        rows.iter().find(is).unwrap()["value"].replace(',', ".").parse().unwrap()
    };
    let of_team =
        |measure: &str| told(&size, &[("member", "team"), ("channel", "all"), ("measure", measure)]);
    let adds: f64 = demo.table("reports/race").iter().map(|row| row["adds"].parse::<f64>().unwrap()).sum();
    let one = told(&demo.table("reports/overlap"), &[("member_a", "team"), ("measure", "depth_1")]);
    let losses = demo.table("reports/loss");
    let worst = told(&losses, &[("member", "anna"), ("measure", "exclusive_share")]);
    let targets = demo.table("reports/targets");
    let covered = targets.iter().filter(|row| row["people"] != "0").count() as f64 / targets.len() as f64;
    let range = demo.sheet("Überblick");
    let mut found = Found::new(&range, "Überblick", &["Kennzahl"]);
    assert_eq!(range.range.height(), 9);
    for (figure, wanted) in [
        ("Reichweite", of_team("union")),
        ("Neu im Rennen", adds),
        ("Nur einem bekannt", one / of_team("union")),
        ("Größter Verlust", worst),
        ("Kategorie A oder B", of_team("class_ratio")),
        ("Noch nicht zugeordnet (Pinguine)", of_team("unclassified_share")),
        ("Nie in Kontakt", of_team("never_touched")),
        ("Erreichte Ziele", covered),
    ] {
        let counts = ["Reichweite", "Neu im Rennen"].contains(&figure);
        let kind = if counts { Kind::Number } else { Kind::Share };
        found.check(&[figure.to_owned()], "Wert", &Cell::Float(wanted), kind);
        found.check(&[figure.to_owned()], "Vorher", &Cell::Empty, kind);
    }
    found.check(&["Größter Verlust".to_owned()], "Mitglied", &Cell::String("anna".to_owned()), Kind::Text);
    found.done(&["Kennzahl", "Bekannt bei", "Bedeutung"]);
}

/// The second run says what changed since the first.
#[test]
fn the_figures_are_compared_with_the_generation_before() {
    let home = tempfile::tempdir().unwrap();
    let inbox = home.path().join("inbox");
    let people = |count: usize| {
        let all =
            [("Ada", "Lovelace"), ("Jörg", "Müller"), ("Pia", "Sommer"), ("Tom", "Berg"), ("Eva", "Winter")];
        let row = |(given, family): &(&str, &str)| {
            format!("{given},{family},,{given}@{family}.example,{family} AG,Chefin,03 May 2026\n")
        };
        let rows: String = all[..count].iter().map(row).collect();
        format!("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n{rows}")
    };
    let figures = |out: &Path| {
        let mut book: Xlsx<_> = calamine::open_workbook(out.join("report.xlsx")).unwrap();
        let range = book.worksheet_range("Overview").unwrap();
        let row = range.rows().find(|row| row[0] == "Reach").unwrap().to_vec();
        let guide = book.worksheet_range("Read me").unwrap();
        let compared = guide.rows().any(|row| row[1] == "Compared with");
        (row[1].as_f64(), row[2].as_f64(), row[3].as_f64(), compared)
    };
    let out = home.path().join("out");
    common::put(&inbox, "anna/2026-05-04/Connections.csv", people(3).as_bytes());
    ended(&common::run(&inbox, &out, &["--lang", "en"]), 0);
    assert_eq!(figures(&out), (Some(3.0), None, None, false));
    common::put(&inbox, "anna/2026-05-11/Connections.csv", people(5).as_bytes());
    ended(&common::run(&inbox, &out, &["--lang", "en"]), 0);
    assert_eq!(figures(&out), (Some(5.0), Some(3.0), Some(2.0), true));
    ended(&common::run(&inbox, &out, &["--lang", "en"]), 0);
    assert_eq!(figures(&out), (Some(5.0), Some(5.0), Some(0.0), true));
}
