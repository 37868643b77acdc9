//! Every real export at hand goes through `inspect` and `run` without a panic and with balanced accounts.

mod common;

use std::path::{Path, PathBuf};

use common::{all, csv, hamstern, put, run};

/// The folder of other projects' files named in `HAMSTERN_CORPUS`; they are run on, never copied in.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("HAMSTERN_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: HAMSTERN_CORPUS names no folder of real exports");
    }
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn rewritten(bytes: &[u8], line_end: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {
                out.extend_from_slice(line_end);
                at += 1;
            }
            b'\r' | b'\n' => out.extend_from_slice(line_end),
            byte => out.push(byte),
        }
        at += 1;
    }
    out
}

#[test]
fn every_file_is_inspected_and_its_accounts_balance() {
    let Some(folder) = corpus() else { return };
    let files = files(&folder);
    assert!(files.len() > 300, "only {} files", files.len());
    for file in &files {
        let bytes = std::fs::read(file).expect("a file");
        let text = !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xff, 0xfe]);
        let ends: &[&[u8]] = if text { &[b"", b"\r\n", b"\n", b"\r"] } else { &[b""] };
        for end in ends {
            let bytes = if end.is_empty() { bytes.clone() } else { rewritten(&bytes, end) };
            let reading = hamstern::read::open::read_file(&file.to_string_lossy(), &bytes, None);
            for part in reading.parts {
                if let hamstern::read::open::Outcome::Refused(refusal) = &part.outcome {
                    assert_ne!(refusal.code, "reader-panicked", "{}", file.display());
                }
                if let hamstern::read::open::Outcome::Read(sections) = part.outcome {
                    for section in sections {
                        let accounts = section.output.accounts;
                        assert!(accounts.balance(), "{} {accounts:?}", file.display());
                    }
                }
            }
        }
        let output = hamstern(&["inspect"]).arg(file).output().expect("the program starts");
        assert!(matches!(output.status.code(), Some(0 | 3)), "{}: {}", file.display(), all(&output));
    }
}

#[test]
fn the_whole_corpus_runs_as_one_inbox() {
    let Some(folder) = corpus() else { return };
    let home = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (home.path().join("inbox"), home.path().join("out"));
    for file in files(&folder) {
        let path = file.strip_prefix(&folder).expect("inside").to_string_lossy().into_owned();
        put(&inbox, &path, &std::fs::read(&file).expect("a file"));
    }
    let output = run(&inbox, &out, &[]);
    assert_eq!(output.status.code(), Some(3), "some of these files are broken on purpose: {}", all(&output));
    let kept: usize = csv(&out.join("current/provenance.csv")).len();
    let line = common::stdout(&output).lines().last().expect("a summary").to_owned();
    let number = |name: &str| -> usize {
        line.split(&format!("{name}="))
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .expect(name)
            .parse()
            .expect(name)
    };
    assert_eq!(kept, number("kept") + number("duplicate"), "{line}");
    assert!(number("kept") > 2000, "{line}");
}
