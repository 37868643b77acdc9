//! What delimited text must give, whatever its delimiter, quotes and line ends.

use super::*;
use proptest::prelude::*;

/// All events as short text: `line: cells`, `line blank`, `line broken code`, `line mended code`.
fn walk(table: &Delimited<'_>) -> Vec<String> {
    let mut out = Vec::new();
    table.for_each(&mut |event| {
        out.push(match event {
            RowEvent::Row(row) => format!("{}: {}", row.line, row.iter().collect::<Vec<_>>().join("|")),
            RowEvent::Blank(line) => format!("{line} blank"),
            RowEvent::Broken(reject) => format!("{} broken {}", reject.problem.line, reject.problem.code),
            RowEvent::Mended(problem) => format!("{} mended {}", problem.line, problem.code),
        });
    });
    out
}

fn read(text: &str) -> Vec<String> {
    walk(&Delimited::new(text, None).expect("text"))
}

#[test]
fn the_delimiter_is_found_over_quotes() {
    let cases = [
        ("Vorname,Nachname\n\"a;b;c\",d\n", b',', "2: a;b;c|d"),
        ("Vorname;Nachname\n\"a,b,c\";d,e\n", b';', "2: a,b,c|d,e"),
        ("Vorname\tNachname\na,b\td;e\n", b'\t', "2: a,b|d;e"),
        ("Vorname|Nachname\na,b|d\n", b'|', "2: a,b|d"),
        ("sep=;\r\nVorname;Nachname\r\na;b,c,d\r\n", b';', "3: a|b,c,d"),
        ("sep=\t\nVorname\tNachname\na\tb\n", b'\t', "3: a|b"),
        ("E-Mail\na@b.example\n", b',', "2: a@b.example"),
        ("Name;x\na;b\nc;d", b';', "2: a|b"),
    ];
    for (text, delimiter, row) in cases {
        let table = Delimited::new(text, None).expect("text");
        assert_eq!(char::from(table.delimiter), char::from(delimiter), "{text}");
        assert_eq!(walk(&table)[0], row);
    }
}

#[test]
fn the_header_is_found_and_lines_are_true() {
    let text = "Notes:\n\"some, text\nover lines\"\n\nFirst Name,Last Name,Connected On\nA,B,C\n\n,,\n\"D\nE\",F,G\nH,I,J";
    let table = Delimited::new(text, None).expect("text");
    assert_eq!((table.header.line, table.header.keys[0].as_str()), (5, "first name"));
    assert_eq!(walk(&table), ["6: A|B|C", "7 blank", "8 blank", "9: D\nE|F|G", "11: H|I|J"]);
}

#[test]
fn a_mapping_decides_on_the_header() {
    let columns = vec![(crate::record::Field::City, vec!["suburb".to_string(), "x y".to_string()])];
    let channel = crate::record::Channel::Sheet;
    let mapping = Mapping { columns, distinct: None, complete: None, trust: None, channel };
    let table = Delimited::new("Name,Email\nsuburb,X Y\na,b", Some(&mapping)).expect("text");
    assert_eq!((table.header.line, walk(&table)), (2, vec!["3: a|b".to_string()]));
}

#[test]
fn ragged_rows_are_padded_or_refused_but_never_shifted() {
    let rows = read("First Name,Last Name,Company\na,b\na,b,c,\na,b,c,d\na,b,c\nx");
    let expected = [
        "2 mended short-row",
        "2: a|b",
        "3: a|b|c|",
        "4 broken long-row",
        "5: a|b|c",
        "6 mended truncated-row",
        "6: x",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn where_most_rows_are_wider_the_header_is_too_short() {
    assert_eq!(read("Vorname,Nachname\na,b,x\nc,d,y\n"), ["2: a|b|x", "3: c|d|y"]);
    assert_eq!(read("Vorname,Nachname,\na,b,\nc,d,\n"), ["2: a|b|", "3: c|d|"]);
}

#[test]
fn problems_of_one_kind_are_told_five_times_and_then_counted() {
    let text = format!("First Name,Last Name\n{}", "a\n".repeat(20));
    let told: Vec<_> = read(&text).into_iter().filter(|event| event.contains("mended")).collect();
    assert_eq!(told.len(), 6);
    assert_eq!(told[5], "7 mended short-row");
}

#[test]
fn quotes_gone_wrong_are_told_with_their_line_and_cost_no_row() {
    let rows = read("Vorname,Nachname\n\"Chief\" of Staff,x\n6\" pipe,y\na,\"b\nc,d\n");
    let expected = [
        "2 mended text-after-quote",
        "2: Chief of Staff|x",
        "3: 6\" pipe|y",
        "4 mended unbalanced-quote",
        "4: a|\"b",
        "5: c|d",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_cell_over_16_mib_costs_its_row_only() {
    let text = format!("Vorname,Nachname\n{},x\na,b\n", "y".repeat(LONGEST_CELL + 1));
    let table = Delimited::new(&text, None).expect("text");
    assert_eq!(walk(&table), ["2 broken cell-too-long", "3: a|b"]);
    table.for_each(&mut |event| {
        if let RowEvent::Broken(reject) = event {
            assert!(reject.raw.len() < RAW_KEPT + 50 && reject.raw.ends_with("bytes more]"));
        }
    });
}

#[test]
fn columns_named_twice_and_marks_inside_are_handled() {
    let table = Delimited::new("\u{feff}Vorname,\u{feff}E-Mail,e-mail,E-MAIL\na,b,c,d", None).expect("text");
    assert_eq!(table.header.cells, ["Vorname", "E-Mail", "e-mail", "E-MAIL"]);
    let codes: Vec<_> = table.notes().iter().map(|note| (note.code, note.column.as_str())).collect();
    assert_eq!(codes, [("duplicate-column", "e-mail")]);
}

#[test]
fn a_walk_may_stop_early() {
    let table = Delimited::new("Vorname,Nachname\na,b\nc,d\ne,f\n", None).expect("text");
    let mut count = 0;
    table.first(2, &mut |_| count += 1);
    assert_eq!(count, 2);
}

#[test]
fn text_without_anything_in_it_is_no_table() {
    assert!(Delimited::new(" \r\n\t\n", None).is_none());
    assert_eq!(read("Vorname,Nachname"), [""; 0]);
    assert_eq!(read("Vorname,Nachname\n\n"), ["2 blank"]);
}

/// Cells as a person would write them into a sheet.
fn cell() -> impl Strategy<Value = String> {
    "[a-zäß]{0,6}|[a-z]{1,3}[,;\"\n][a-z]{1,3}|\"[a-z]{0,3}\"| [a-z]"
}

fn quote(cell: &str) -> String {
    if cell.contains([',', ';', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

proptest! {
    #[test]
    fn cells_are_cut_as_others_cut_them(text in "[ab,\"\n\u{feff} é]{1,40}") {
        let mut splitter = Splitter::new(&text, b',', 0, 0, 1);
        let mut cutter = Cutter::default();
        while let Some(record) = splitter.next() {
            let raw = &text[record.start..record.end];
            if record.open_quote.is_some() || raw.is_empty() || raw.contains(['\n', '\u{feff}']) {
                continue;
            }
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(raw.as_bytes());
            let theirs = reader.records().next().expect("a record").expect("text");
            let ours: Vec<&str> = cutter.cut(&text, record.line, splitter.cells()).iter().collect();
            prop_assert_eq!(ours, theirs.iter().map(super::super::unguarded).collect::<Vec<_>>());
        }
    }
    #[test]
    fn what_was_written_is_read(rows in proptest::collection::vec(proptest::collection::vec(cell(), 3), 1..20)) {
        let mut text = String::from("Vorname,Nachname,Firma\n");
        let mut expected = Vec::new();
        let mut line = 2;
        for row in &rows {
            text.push_str(&row.iter().map(|cell| quote(cell)).collect::<Vec<_>>().join(","));
            text.push('\n');
            let blank = row.iter().all(|cell| cell.trim().is_empty());
            expected.push(if blank { format!("{line} blank") } else { format!("{line}: {}", row.join("|")) });
            line += 1 + row.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        }
        prop_assert_eq!(read(&text), expected.clone());
        let strip = |rows: Vec<String>| rows.into_iter().map(|row| row.replace('\r', "\n")).collect::<Vec<_>>();
        prop_assert_eq!(strip(read(&text.replace('\n', "\r"))), expected.clone());
        let crlf = read(&text.replace('\n', "\r\n")).into_iter().map(|row| row.replace("\r\n", "\n"));
        prop_assert_eq!(crlf.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_quote_put_anywhere_loses_no_row(
        rows in proptest::collection::vec("[a-z]{1,4},[a-z]{1,4},[a-z]{1,4},[a-z]{1,4}", 1..20),
        at in any::<proptest::sample::Index>(),
    ) {
        let mut text = rows.join("\n");
        let at = at.index(text.len() + 1);
        text.insert(at, '"');
        let events = read(&format!("Vorname,Nachname,Firma,Ort\n{text}\n"));
        let got = events.iter().filter(|event| !event.contains("mended")).count();
        prop_assert_eq!(got, rows.len(), "{:?}", events);
    }

    #[test]
    fn every_event_comes_from_any_text_without_a_panic(text in "[ab,;|\t\"\r\n é=]{0,80}") {
        if let Some(table) = Delimited::new(&text, None) {
            walk(&table);
        }
    }
}
