//! What the readers make of whole files: invented ones beside their listing, and a corpus where there is one.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::read::cards::looks_like_cards;
use crate::read::xing::XingVCard;
use crate::read::{Body, Document, Output, Reader};
use crate::record::CellsView;

use super::VCard;

/// Reads a file with whichever of the two readers recognises it.
fn read(bytes: &[u8]) -> (&'static str, Output) {
    let document = Document { path: "a.vcf", sheet: "", encoding: "", body: Body::Cards(bytes) };
    let readers: [&dyn Reader; 2] = [&XingVCard, &VCard];
    let mut out = Output::default();
    for reader in readers {
        if let Ok(plan) = reader.recognise(&document) {
            reader.read(&document, &plan, &mut out);
            return (reader.id(), out);
        }
    }
    unreachable!("the vCard reader takes what XING's does not");
}

/// Everything a reader gave, as text.
fn listing(bytes: &[u8]) -> String {
    let (id, out) = read(bytes);
    let mut text = String::new();
    let accounts = out.accounts;
    let _ = writeln!(
        text,
        "{id}: read {}, kept {}, ignored {}, rejected {}",
        accounts.read, accounts.kept, accounts.ignored, accounts.rejected
    );
    for (reason, count) in &out.ignored {
        let _ = writeln!(text, "ignored {reason}: {count}");
    }
    for reject in &out.rejects {
        let _ = writeln!(text, "rejected line {}: {}", reject.problem.line, reject.problem.code);
    }
    for problem in &out.problems {
        let _ = writeln!(text, "problem line {}: {}", problem.line, problem.code);
    }
    let mut start = 0;
    for entry in &out.records {
        let _ = writeln!(text, "\nline {}", entry.line);
        for (field, value) in CellsView::from_packed(&out.cells[start..entry.end]).iter() {
            let _ = writeln!(text, "  {}: {}", field.name(), value.escape_debug());
        }
        start = entry.end;
    }
    text
}

fn cards_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "vcf")).collect();
    paths.sort();
    paths
}

/// A listing is written anew by `BLESS=1 cargo test --lib golden`; read the difference before it is kept.
#[test]
fn fixtures_read_as_their_listings_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut seen = 0;
    for folder in ["vcard", "xing"] {
        for path in cards_in(&root.join(folder)) {
            let bytes = fs::read(&path).unwrap();
            assert!(looks_like_cards(&bytes), "{}", path.display());
            let (listed, have) = (path.with_extension("txt"), listing(&bytes));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&listed, &have).unwrap();
            }
            let wanted = fs::read_to_string(&listed).unwrap().replace("\r\n", "\n");
            assert_eq!(have, wanted, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 10, "only {seen} fixtures");
}

#[test]
fn damaged_copies_of_the_fixtures_balance() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vcard");
    for path in cards_in(&root) {
        let bytes = fs::read(&path).unwrap();
        for at in (0..bytes.len()).step_by(3) {
            let (head, tail) = bytes.split_at(at);
            let flipped = [head, &[tail[0] ^ 0x2a], &tail[1..]].concat();
            for damaged in [flipped, [head, &tail[1..]].concat(), [head, tail, tail].concat(), head.to_vec()]
            {
                let (_, out) = read(&damaged);
                assert!(out.accounts.balance(), "{} at {at}", path.display());
            }
        }
    }
}

/// Runs on the real files in `HAMSTERN_CORPUS/vcard`; without that folder there is nothing to check.
#[test]
fn corpus_balances_and_no_begin_is_lost() {
    let Some(corpus) = std::env::var_os("HAMSTERN_CORPUS") else { return };
    let show = std::env::var_os("HAMSTERN_CORPUS_SHOW").is_some();
    for path in cards_in(&Path::new(&corpus).join("vcard")) {
        let bytes = fs::read(&path).unwrap();
        let (_, out) = read(&bytes);
        assert!(out.accounts.balance(), "{}", path.display());
        let utf8 = super::to_utf8(&bytes);
        let begins = String::from_utf8_lossy(&utf8)
            .split(['\r', '\n'])
            .filter(|line| line.trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case("begin:vcard"))
            .count() as u64;
        assert!(out.accounts.read >= begins, "{}: {} of {begins}", path.display(), out.accounts.read);
        for end in ["\n", "\r\n", "\r"] {
            let rewritten = rewrite(&utf8, end);
            let (_, other) = read(&rewritten);
            assert_eq!(other.records.len(), out.records.len(), "{} with {end:?}", path.display());
            assert!(other.cells == out.cells, "{} with {end:?}", path.display());
        }
        if show {
            println!("=== {}\n{}", path.file_name().unwrap().display(), listing(&bytes));
        }
    }
}

/// The same lines with other line ends.
pub(super) fn rewrite(bytes: &[u8], end: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in crate::read::cards::lines(bytes) {
        out.extend_from_slice(line);
        out.extend_from_slice(end.as_bytes());
    }
    out
}
