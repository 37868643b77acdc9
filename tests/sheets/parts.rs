//! What a workbook's XML says of its sheets: number formats, kinds of cells, widths, panes, filters, drop-downs.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A cell as it is stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stored {
    /// The code of its number format.
    pub(crate) format: String,
    /// Whether it is stored as text.
    pub(crate) is_text: bool,
    /// Whether what is too long for its width goes on below.
    pub(crate) is_wrapped: bool,
}

/// A sheet as it is stored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// The whole XML.
    pub(crate) xml: String,
    /// The cells by row and column, from 0.
    pub(crate) cells: HashMap<(usize, usize), Stored>,
    /// Widths of columns, in characters.
    pub(crate) widths: HashMap<usize, f64>,
    /// Rows that stay in sight.
    pub(crate) frozen: usize,
    /// The filtered range.
    pub(crate) filter: String,
    /// Drop-downs: range and answers.
    pub(crate) lists: Vec<(String, String)>,
    /// Kinds of conditional formats.
    pub(crate) rules: Vec<String>,
    /// Formulas and cells that show an error.
    pub(crate) formulas: usize,
}

/// The sheets of a workbook by their name.
pub(crate) fn parts(file: &Path) -> BTreeMap<String, Part> {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let formats = formats(&read("xl/styles.xml"));
    let mut targets = HashMap::new();
    each(&read("xl/_rels/workbook.xml.rels"), |tag, is| {
        if tag == "Relationship" {
            targets.insert(is("Id"), is("Target"));
        }
    });
    let mut names = Vec::new();
    each(&read("xl/workbook.xml"), |tag, is| {
        if tag == "sheet" {
            names.push((is("name"), targets[&is("r:id")].clone()));
        }
    });
    names.into_iter().map(|(name, target)| (name, part(read(&format!("xl/{target}")), &formats))).collect()
}

/// Calls with every tag and a way to its attributes.
fn each(xml: &str, mut of: impl FnMut(&str, &dyn Fn(&str) -> String)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name();
                of(name.local_name().as_ref(), &|key| attribute(&tag, key));
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// An attribute; empty where there is none.
fn attribute(tag: &BytesStart<'_>, key: &str) -> String {
    let found = tag.try_get_attribute(key).unwrap();
    found
        .map(|found| found.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned())
        .unwrap_or_default()
}

/// The number formats of the cells, by the number that cells name, and whether their text is wrapped.
fn formats(xml: &str) -> Vec<(String, bool)> {
    let built_in = [
        (0, "General"),
        (1, "0"),
        (2, "0.00"),
        (3, "#,##0"),
        (4, "#,##0.00"),
        (9, "0%"),
        (10, "0.00%"),
        (14, "dd.mm.yyyy"),
        (49, "@"),
    ];
    let mut codes: HashMap<String, String> =
        built_in.map(|(id, code)| (id.to_string(), code.to_owned())).into_iter().collect();
    let (mut formats, mut is_cell) = (Vec::new(), false);
    each(xml, |tag, is| match tag {
        "numFmt" => drop(codes.insert(is("numFmtId"), is("formatCode"))),
        "cellXfs" => is_cell = true,
        "cellStyles" | "dxfs" => is_cell = false,
        "xf" if is_cell => formats.push((codes.get(&is("numFmtId")).cloned().unwrap_or_default(), false)),
        "alignment" if is_cell => {
            if let Some(last) = formats.last_mut() {
                last.1 = ["1", "true"].contains(&is("wrapText").as_str());
            }
        }
        _ => {}
    });
    formats
}

fn part(xml: String, formats: &[(String, bool)]) -> Part {
    let mut part = Part::default();
    let mut range = String::new();
    each(&xml, |tag, is| match tag {
        "pane" if is("state") == "frozen" => {
            part.frozen = is("ySplit").parse::<f64>().unwrap_or(0.0) as usize;
        }
        "col" => {
            let (first, last): (usize, usize) = (is("min").parse().unwrap(), is("max").parse().unwrap());
            // The last of them may stand for all columns up to the end of the sheet.
            for column in first - 1..last.min(500) {
                part.widths.insert(column, is("width").parse().unwrap());
            }
        }
        "c" => {
            let (format, is_wrapped) = formats[is("s").parse().unwrap_or(0)].clone();
            let kind = is("t");
            part.formulas += usize::from(kind == "e");
            let is_text = ["s", "inlineStr", "str"].contains(&kind.as_str());
            part.cells.insert(place(&is("r")), Stored { format, is_text, is_wrapped });
        }
        "f" => part.formulas += 1,
        "autoFilter" => part.filter = is("ref"),
        "dataValidation" => {
            range = is("sqref");
            assert_eq!(is("type"), "list");
        }
        "formula1" => part.lists.push((range.clone(), String::new())),
        "cfRule" => part.rules.push(is("type")),
        _ => {}
    });
    let mut answers = xml.split("<formula1>").skip(1).filter_map(|rest| rest.split("</formula1>").next());
    for list in &mut part.lists {
        list.1 = answers.next().unwrap().replace("&quot;", "").replace('"', "");
    }
    Part { xml, ..part }
}

/// A cell as `B12` by row and column, from 0.
fn place(text: &str) -> (usize, usize) {
    let split = text.find(|letter: char| letter.is_ascii_digit()).unwrap();
    let column = text[..split].bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (text[split..].parse::<usize>().unwrap() - 1, column - 1)
}

/// The last row and column of a range, from 0.
pub(crate) fn end(range: &str) -> (usize, usize) {
    place(&range.rsplit(':').next().unwrap().replace('$', ""))
}
