//! Honest workbooks of every format say the same; hostile ones are refused or cost only what they hold.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Sheet, address, sheets};
use crate::read::{RowEvent, Rows};

const XLSX: &[u8] = include_bytes!("../../../fixtures/workbook/liste.xlsx");
const XLS: &[u8] = include_bytes!("../../../fixtures/workbook/liste.xls");
const ODS: &[u8] = include_bytes!("../../../fixtures/workbook/liste.ods");

/// The rows below a line as `number: cells`, blank rows as `number: -`, problems as `number! code`.
fn shown(sheet: &Sheet, line: u32) -> Vec<String> {
    let mut out = Vec::new();
    sheet.after(line).for_each(&mut |event| match event {
        RowEvent::Row(row) => out.push(format!("{}: {}", row.line, row.iter().collect::<Vec<_>>().join("|"))),
        RowEvent::Blank(line) => out.push(format!("{line}: -")),
        RowEvent::Mended(problem) => out.push(format!("{}! {}", problem.line, problem.code)),
        RowEvent::Broken(reject) => out.push(format!("{}? {}", reject.problem.line, reject.problem.code)),
    });
    out
}

fn only(bytes: &[u8]) -> Sheet {
    let mut all = sheets(bytes).expect("readable");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn refused(bytes: &[u8]) -> &'static str {
    match sheets(bytes) {
        Ok(_) => "read",
        Err(problem) => problem.code,
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx file around the XML of one sheet and of its shared strings.
fn xlsx_of(sheet: &str, strings: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            )
            .as_bytes(),
        ),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns:r="{kind}"><sheets><sheet name="T" sheetId="1" r:id="rId1"/></sheets></workbook>"#)
                .as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            )
            .as_bytes(),
        ),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>").as_bytes()),
    ])
}

const STRINGS: &str =
    r#"<sst uniqueCount="2"><si><t>Anna</t></si><si><r><t>Ber</t></r><r><t>ta_x000D_</t></r></si></sst>"#;

fn cells(rows: &str) -> Vec<u8> {
    xlsx_of(&format!("<sheetData>{rows}</sheetData>"), STRINGS)
}

fn ods_of(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ])
}

fn ods_table(rows: &str) -> Vec<u8> {
    ods_of(&format!(
        "<office:document-content><table:table table:name=\"T\">{rows}</table:table></office:document-content>"
    ))
}

#[test]
fn one_list_says_the_same_in_every_format() {
    for (format, bytes) in [("xlsx", XLSX), ("xls", XLS), ("ods", ODS)] {
        let all = sheets(bytes).unwrap();
        let names: Vec<_> = all.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Kontakte", "Archiv"], "{format}");
        let header =
            vec!["Name, Vorname", "Firma", "E-Mail", "Mobil", "Letzter Kontakt", "Kategorie", "Notiz"];
        assert_eq!(
            all[0].first_rows(50)[1],
            (3, header.into_iter().map(str::to_owned).collect()),
            "{format}"
        );
        let rows = [
            "4: Groß, Jürgen|Weiß & Söhne|juergen@example.com|491711234567|2026-01-05|A|Messe;\nwill Angebot",
            "5! error-value",
            "5: Musterfrau, Erika|ACME GmbH||0171 7654321|2026-02-01 10:30:00||0.25",
        ];
        assert_eq!(shown(&all[0], 3), rows, "{format}");
        assert_eq!(shown(&all[1], 1), ["0! hidden-sheet", "2: Ada Beispiel|ada@example.org"], "{format}");
    }
}

#[test]
fn numbers_dates_and_truth_become_text() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (day, clock) = (Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("hh:mm"));
    sheet.write(0, 0, 491_711_234_567.0).unwrap();
    sheet.write(0, 1, 1.5).unwrap();
    sheet.write(0, 2, true).unwrap();
    sheet.write_with_format(0, 3, ExcelDateTime::from_ymd(2026, 1, 5).unwrap(), &day).unwrap();
    let moment = ExcelDateTime::from_ymd(2026, 1, 5).unwrap().and_hms(9, 5, 0).unwrap();
    sheet.write_with_format(0, 4, moment, &day).unwrap();
    sheet.write_with_format(0, 5, ExcelDateTime::from_hms(9, 5, 0).unwrap(), &clock).unwrap();
    sheet.write_with_format(0, 6, -5.0, &day).unwrap();
    sheet.write(0, 7, 0.1 + 0.2).unwrap();
    sheet.write(0, 8, -3).unwrap();
    sheet.write_with_format(0, 9, 59.0, &day).unwrap();
    sheet.write_with_format(0, 10, 61.0, &day).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let row = "1: 491711234567|1.5|true|2026-01-05|2026-01-05 09:05:00|09:05:00|-5|0.30000000000000004|-3|1900-02-28|1900-03-01";
    assert_eq!(shown(&only(&bytes), 0), [row]);
}

#[test]
fn dates_of_the_1904_calendar_are_four_years_later() {
    let bytes = cells(r#"<row r="1"><c r="A1" s="1"><v>42736</v></c></row>"#);
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let text = text.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
        parts.push((String::from_utf8_lossy(part.name_raw()).into_owned(), text));
    }
    parts.push((
        "xl/styles.xml".to_owned(),
        r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            .to_owned(),
    ));
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    assert_eq!(shown(&only(&zipped(&parts)), 0), ["1: 2021-01-02"]);
}

#[test]
fn formulas_give_their_stored_result_and_none_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Name").unwrap();
    sheet.write(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(shown(&only(&bytes), 1), ["2: 2"]);
    let none = cells(r#"<row r="2"><c r="B2"><f>A1</f></c><c r="C2" t="str"><f>A1</f><v>x</v></c></row>"#);
    let sheet = only(&none);
    assert_eq!(shown(&sheet, 1), ["2! formula-without-value", "2: ||x"]);
    assert!(sheet.problems[0].message.contains("cell B2"));
    let ods = ods_table(
        r#"<table:table-row><table:table-cell table:formula="of:=[.B1]"/><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#,
    );
    assert_eq!(shown(&only(&ods), 0), ["1! formula-without-value", "1: |x"]);
}

#[test]
fn a_bad_cell_is_named_and_the_others_are_read() {
    let bytes = cells(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>
           <row r="2"><c r="A2" t="s"><v>9</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="b"><v>7</v></c></row>
           <row r="3"><c r="A3" t="n"><v>x</v></c><c r="B3" t="inlineStr"><is><t>Cara</t></is></c><c r="C3" t="e"><v>#N/A</v></c></row>"#,
    );
    let sheet = only(&bytes);
    assert_eq!(
        shown(&sheet, 0),
        ["1: Anna", "2! bad-cell", "2! bad-cell", "2: |Berta\r", "3! error-value", "3! bad-cell", "3: |Cara"]
    );
    let told: Vec<_> =
        sheet.problems.iter().map(|problem| problem.message.split_whitespace().nth(1).unwrap()).collect();
    assert_eq!(told, ["A2", "C2", "C3", "A3"]);
}

#[test]
fn a_row_number_that_is_none_does_not_shift_the_addresses() {
    let bytes = cells(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="x"><c r="A2" t="s"><v>1</v></c></row>
           <row r="3"><c r="A3" t="s"><v>77</v></c></row>"#,
    );
    let sheet = only(&bytes);
    assert!(sheet.problems.iter().any(|problem| problem.message.contains("cell A3")), "{:?}", sheet.problems);
    assert!(shown(&sheet, 0).contains(&"2: Berta\r".to_owned()));
}

#[test]
fn cells_in_the_last_corner_cost_nothing() {
    let bytes = cells(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    );
    let sheet = only(&bytes);
    assert_eq!(shown(&sheet, 0), ["0! cells-beyond", "1: Anna"]);
    let bytes = cells(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>"#,
    );
    assert_eq!(shown(&only(&bytes), 0), ["1: Anna", "1048576: |1"], "a gap that long is no blank rows");
}

#[test]
fn announced_sizes_are_not_believed() {
    let sheet = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>"#;
    assert_eq!(shown(&only(&xlsx_of(sheet, STRINGS)), 0), ["1: Anna"]);
    let strings = STRINGS.replace("\"2\"", "\"99999999999999\"");
    assert_eq!(refused(&xlsx_of("<sheetData/>", &strings)), "damaged-workbook");
}

#[test]
fn repeated_cells_of_an_ods_sheet_are_sparse() {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="7"/><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="99999999999"><table:table-cell table:number-columns-repeated="4294967295"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="99999999999999"/>b</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(shown(&only(&ods_table(rows)), 0), ["0! cells-beyond", "1: 7|7|7", "2: 7|7|7"]);
    let many = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1024" office:value-type="float" office:value="7"/></table:table-row>"#;
    assert_eq!(refused(&ods_table(many)), "too-large");
}

#[test]
fn text_of_an_ods_cell_is_the_cells_own() {
    let rows = r#"<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>Remark</text:p></office:annotation><text:p>A &amp; <text:span>B</text:span><text:s text:c="2"/>&#67;</text:p><text:p>D</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(shown(&only(&ods_table(rows)), 0), ["1: A & B  C\nD"]);
}

#[test]
fn a_truncated_ods_sheet_ends_and_says_so() {
    let content = r#"<x><table:table table:name="T"><table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>b"#;
    assert_eq!(shown(&only(&ods_of(content)), 0), ["1: a", "2! damaged-sheet"]);
    assert_eq!(refused(&ods_of("<x>")), "damaged-workbook");
}

#[test]
fn bombs_declarations_and_passwords_are_refused() {
    let bomb = vec![b' '; 40 << 20];
    assert_eq!(
        refused(&zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/media/a.bin", &bomb)])),
        "zip-bomb"
    );
    let dtd = format!("{}<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", " ".repeat((1 << 16) - 4));
    assert_eq!(refused(&zipped(&[("xl/workbook.xml", dtd.as_bytes())])), "dtd-refused");
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let ods = zipped(&[("mimetype", b"x"), ("content.xml", b"<x/>"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(refused(&ods), "password-protected");
    assert_eq!(refused(b"Name,Firma\n"), "not-a-workbook");
    assert_eq!(refused(&zipped(&[("a.txt", b"a")])), "not-a-workbook");
    assert_eq!(
        refused(&zipped(&[("xl/workbook.xml", b"<workbook/>"), ("XL\\Workbook.xml", b"")])),
        "damaged-workbook"
    );
}

#[test]
fn an_honest_sheet_of_a_hundred_thousand_equal_rows_passes() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..100_000 {
        sheet.write(row, 0, "Erika Musterfrau").unwrap();
        sheet.write(row, 1, "erika@example.com").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(shown(&only(&bytes), 0).len(), 100_000);
}

/// The offset of the first record of that kind after the sheet's cells begin, in the file.
fn record(kind: u16) -> usize {
    let ole = super::ole::Ole::open(XLS).unwrap();
    let stream = ole.stream("Workbook").unwrap().unwrap();
    let mut at = 0;
    loop {
        let word = |at: usize| u16::from_le_bytes([stream.bytes[at], stream.bytes[at + 1]]);
        if word(at) == kind {
            return stream.file_offset(at + 4).unwrap();
        }
        at += 4 + usize::from(word(at + 2));
    }
}

#[test]
fn an_xls_file_that_lies_about_its_size_is_read_and_a_far_cell_is_refused() {
    let mut bytes = XLS.to_vec();
    let at = record(0x0200);
    bytes[at..at + 12].copy_from_slice(&[0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 255, 255]);
    assert_eq!(sheets(&bytes).unwrap()[0].first_rows(9).len(), 4);
    let mut bytes = XLS.to_vec();
    let at = record(0x00FD);
    bytes[at..at + 4].copy_from_slice(&[255, 255, 255, 255]);
    assert_eq!(refused(&bytes), "too-large");
}

#[test]
fn a_compound_file_whose_chains_loop_is_refused() {
    let mut bytes = XLS.to_vec();
    let word = |at: usize| u32::from_le_bytes([XLS[at], XLS[at + 1], XLS[at + 2], XLS[at + 3]]);
    let (fat, directory) = ((word(76) as usize + 1) * 512, word(48));
    let entry = fat + directory as usize * 4;
    bytes[entry..entry + 4].copy_from_slice(&directory.to_le_bytes());
    assert_eq!(refused(&bytes), "damaged-workbook");
}

/// One record of an xlsb part: its type, its length and its data.
fn record_of(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if kind < 0x80 {
        out.push(kind as u8);
    } else {
        out.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]);
    }
    out.push(data.len() as u8);
    out.extend_from_slice(data);
    out
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// An xlsb file with one sheet of these records.
fn xlsb_of(cells: &[Vec<u8>]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = format!(
        r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#
    );
    let sheet = [vec![0; 8], wide("rId1"), wide("T")].concat();
    let book = [
        record_of(0x0099, &[0; 8]),
        record_of(0x008F, &[]),
        record_of(0x009C, &sheet),
        record_of(0x0090, &[]),
        record_of(0x0084, &[]),
    ]
    .concat();
    let strings = [
        record_of(0x009F, &[1, 0, 0, 0, 1, 0, 0, 0]),
        record_of(0x0013, &[vec![0], wide("Anna")].concat()),
        record_of(0x00A0, &[]),
    ]
    .concat();
    let head = [record_of(0x0081, &[]), record_of(0x0094, &[0; 16]), record_of(0x0091, &[])].concat();
    let sheet = [head, cells.concat(), record_of(0x0092, &[]), record_of(0x0082, &[])].concat();
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/sharedStrings.bin", &strings),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

#[test]
fn xlsb_is_read_and_a_bad_cell_is_left_out() {
    let row = |row: u32| record_of(0x0000, &[row.to_le_bytes().to_vec(), vec![0; 12]].concat());
    let cell = |kind, column: u32, value: &[u8]| {
        record_of(kind, &[column.to_le_bytes().to_vec(), vec![0; 4], value.to_vec()].concat())
    };
    let bytes = xlsb_of(&[
        row(0),
        cell(0x0007, 0, &0u32.to_le_bytes()),
        cell(0x0005, 2, &491_711_234_567f64.to_le_bytes()),
        row(4),
        cell(0x0007, 0, &99u32.to_le_bytes()),
        cell(0x0006, 1, &wide("Berta")),
        cell(0x0003, 2, &[0x2A]),
        cell(0x0004, 3, &[1]),
    ]);
    let sheet = only(&bytes);
    // The library does not say where; the row of the cell before is the nearest that is known.
    let seen =
        ["1! bad-cell", "1: Anna||491711234567", "5! error-value", "2: -", "3: -", "4: -", "5: |Berta||true"];
    assert_eq!(shown(&sheet, 0), seen);
    let cut = xlsb_of(&[row(0), record_of(0x0005, &[0, 0])]);
    assert!(sheets(&cut).is_ok(), "a record that is cut short does no harm");
}

#[test]
fn cells_have_their_usual_names() {
    assert_eq!(address(0, 0), "A1");
    assert_eq!(address(6, 27), "AB7");
    assert_eq!(address(1_048_575, 16_383), "XFD1048576");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn damage_anywhere_never_stops_the_program(
        which in 0usize..3,
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        truncate in any::<bool>(),
    ) {
        let mut bytes = [XLSX, XLS, ODS][which].to_vec();
        for (place, value) in &flips {
            let place = place.index(bytes.len());
            bytes[place] = *value;
        }
        if truncate {
            bytes.truncate(cut.index(bytes.len()));
        }
        for sheet in sheets(&bytes).unwrap_or_default() {
            shown(&sheet, 0);
            sheet.first_rows(50);
        }
    }

    #[test]
    fn arbitrary_cells_come_back_in_order(found in prop::collection::vec((0u32..40, 0u32..12, 0u32..3), 0..60)) {
        let mut rows = String::new();
        for (row, column, value) in &found {
            let name = address(*row, *column);
            let row = row + 1;
            write!(rows, r#"<row r="{row}"><c r="{name}"><v>{value}</v></c></row>"#).unwrap();
        }
        let sheet = only(&cells(&rows));
        let mut expected = std::collections::BTreeMap::<u32, std::collections::BTreeMap<u32, u32>>::new();
        for (row, column, value) in &found {
            expected.entry(*row).or_default().insert(*column, *value);
        }
        let mut seen = std::collections::BTreeMap::<u32, std::collections::BTreeMap<u32, u32>>::new();
        let mut last = 0;
        sheet.after(0).for_each(&mut |event| {
            let line = match event {
                RowEvent::Row(row) => {
                    let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
                    seen.insert(row.line - 1, cells.map(|(at, cell)| (at as u32, cell.parse().unwrap())).collect());
                    row.line
                }
                RowEvent::Blank(line) => line,
                _ => return,
            };
            assert_eq!(line, last + 1, "every row once");
            last = line;
        });
        prop_assert_eq!(seen, expected);
    }
}
