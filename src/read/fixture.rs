//! Reads the files of a fixture folder and compares what came of them with the text beside each.

use std::fmt::Write;
use std::path::Path;

use super::open::{Outcome, Section, read_file};
use crate::record::CellsView;

/// Compares every file of `fixtures/<folder>` with its neighbour of the same name and `.expected`. With
/// `HAMSTERN_BLESS` set the neighbours are written instead.
pub(super) fn check(folder: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut names: Vec<String> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let shown = shown(&name, &std::fs::read(root.join(&name)).unwrap());
        let beside = root.join(format!("{name}.expected"));
        if std::env::var_os("HAMSTERN_BLESS").is_some() {
            std::fs::write(&beside, &shown).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(shown, expected.replace("\r\n", "\n"), "fixtures/{folder}/{name}");
    }
}

/// All that came of a file, as text.
pub(super) fn shown(path: &str, bytes: &[u8]) -> String {
    let mut out = String::new();
    for part in read_file(path, bytes, None).parts {
        match part.outcome {
            Outcome::Read(sections) => sections.iter().for_each(|section| show(section, &mut out)),
            Outcome::Refused(refusal) => {
                writeln!(out, "refused {}: {}", refusal.code, refusal.message).unwrap();
            }
            Outcome::Skipped { reason } => writeln!(out, "skipped {reason}").unwrap(),
            Outcome::Empty => writeln!(out, "empty").unwrap(),
        }
    }
    out
}

fn show(section: &Section, out: &mut String) {
    let output = &section.output;
    let counts = output.accounts;
    assert!(counts.balance());
    let sheet = if section.sheet.is_empty() { String::new() } else { format!(" sheet {}", section.sheet) };
    writeln!(
        out,
        "{}{sheet} header {} {:?}: {} read, {} kept, {} ignored, {} rejected, {} blank",
        section.reader.id(),
        section.header_line,
        section.date_order,
        counts.read,
        counts.kept,
        counts.ignored,
        counts.rejected,
        counts.blank
    )
    .unwrap();
    for (reason, count) in &output.ignored {
        writeln!(out, "  ignored {reason} {count}").unwrap();
    }
    for problem in &output.problems {
        writeln!(out, "  problem {} {} {}", problem.line, problem.code, problem.column).unwrap();
    }
    for reject in &output.rejects {
        writeln!(out, "  reject {} {} {:?}", reject.problem.line, reject.problem.code, reject.raw).unwrap();
    }
    let mut start = 0;
    for entry in &output.records {
        writeln!(out, "{}", entry.line).unwrap();
        for (field, text) in CellsView::from_packed(&output.cells[start..entry.end]).iter() {
            writeln!(out, "  {} {text:?}", field.name()).unwrap();
        }
        start = entry.end;
    }
}
