//! What holds for every reader of tables, whatever the table: nothing is lost and nothing panics.

use proptest::prelude::*;

use super::{Body, Document, Header, Output, READERS, Row, RowEvent, Rows, Table};
use crate::problem::{Problem, Reject};
use crate::record::CellsView;
use crate::text::header_key;

/// Rows in memory: cells, a blank row, or one that was broken.
#[derive(Debug, Clone)]
enum Line {
    Cells(Vec<String>),
    Blank,
    Broken,
}

struct Grid(Vec<Line>);

impl Rows for Grid {
    fn for_each(&self, each: &mut dyn FnMut(RowEvent<'_>)) {
        for (line, content) in (2..).zip(&self.0) {
            match content {
                Line::Blank => each(RowEvent::Blank(line)),
                Line::Broken => {
                    let problem = Problem::new(line, "test", "broken");
                    each(RowEvent::Broken(Reject { problem, raw: String::new() }));
                }
                Line::Cells(cells) => {
                    let mut ends = Vec::new();
                    let mut text = String::new();
                    for cell in cells {
                        text.push_str(cell);
                        ends.push(text.len());
                    }
                    each(RowEvent::Row(Row { line, text: &text, ends: &ends }));
                }
            }
        }
    }
}

/// Column names of all formats, so that random headers are recognised often.
const NAMES: &str = "Name|Vorname|Nachname|First Name|Last Name|Given Name|Family Name|Title|Anrede|Firma|Company|\
    E-Mail|E-mail Address|E-Mail-Adresse|E-mail Type|E-mail Display Name|E-mail 2 Address|Telefon|Mobil|Phone|Fax|\
    Business Phone|Business Fax|Business Street|Business City|Home Street|Home City|Home Postal Code|Birthday|\
    Geburtstag|Categories|Kategorien|Notes|Notizen|Private|Group Membership|Labels|E-mail 1 - Label|E-mail 1 - Value|\
    Phone 1 - Type|Phone 1 - Value|Address 1 - Type|Address 1 - Street|Address 1 - Formatted|\
    Organization 1 - Name|Custom Field 1 - Value|Primary Email|Secondary Email|Birth Year|Birth Month|Birth Day|\
    Display Name|Work Phone|Work City|2. Vorname|Straße (privat)|Xing|URL|LinkedIn|Letzter Kontakt|Datum|Anlass|Treffen am|\
    Kategorie|Tags|PLZ Ort|Straße|Hausnr.|Position|Bemerkung|Unbekannt|";

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "\\PC{0,12}",
        2 => Just(String::new()),
        1 => "[0-9]{0,4}[./-]?[0-9]{0,4}[./-]?[0-9]{0,4}",
        1 => "[a-z]{1,3}@[a-z]{1,3}\\.de[;, /]{0,3}([a-z]@b\\.de)?",
        1 => "[+0-9 /()E,]{0,18}",
        1 => prop::sample::select(vec![
            "Summe: 3", "A = wichtig", "xing.com/profile/A_B", "=HYPERLINK(\"", "=\"", "'+49", "'", "/o=x/cn=y", "EX",
            "x (a@b.de)", "0.0.00", " ::: ", "* myContacts", "mailto:", "<", "Fax: 1", "10115", "--", "31.2.2024", "E-mail Address: a@b.de\nOther Phone: x",
        ]).prop_map(str::to_owned),
    ]
}

fn table() -> impl Strategy<Value = (Vec<String>, Vec<Line>, bool)> {
    let names: Vec<&str> = NAMES.split('|').collect();
    let header = prop::collection::vec(prop::sample::select(names).prop_map(str::to_owned), 1..14);
    let line = prop_oneof![
        8 => prop::collection::vec(cell(), 0..15).prop_map(Line::Cells),
        1 => Just(Line::Blank),
        1 => Just(Line::Broken),
    ];
    (header, prop::collection::vec(line, 0..9), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_row_is_accounted_for(((header, lines, sheet), name) in (table(), "(xing|Treffen|a)\\.csv")) {
        let keys = header.iter().map(|cell| header_key(cell)).collect();
        let header = Header { line: 1, cells: header, keys };
        let rows = Grid(lines);
        for reader in READERS {
            let table = Table { header: header.clone(), delimiter: (!sheet).then_some(b','), rows: &rows };
            let document = Document { path: &name, sheet: "", encoding: "UTF-8", body: Body::Table(table) };
            let Ok(plan) = reader.recognise(&document) else { continue };
            let mut out = Output::default();
            reader.read(&document, &plan, &mut out);
            prop_assert!(out.accounts.balance(), "{}", reader.id());
            prop_assert_eq!(out.accounts.read as usize, rows.0.len(), "{}", reader.id());
            prop_assert_eq!(out.accounts.rejected as usize, out.rejects.len());
            prop_assert!(plan.columns.len() <= header.cells.len());
            let mut start = 0;
            for entry in &out.records {
                let cells = CellsView::from_packed(&out.cells[start..entry.end]);
                prop_assert!(!cells.is_empty(), "{} keeps an empty record", reader.id());
                start = entry.end;
            }
            prop_assert_eq!(start, out.cells.len());
        }
    }
}
