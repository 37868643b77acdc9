//! Tests of the answers: every form in which people and spreadsheets leave the file, and no answer lost.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::error::Kind;
use crate::write::Dialect;

fn answer(a: u64, b: u64, said: Said, note: &str) -> Answer {
    Answer { a, b, said, on: "2026-06-01".into(), by: "Jürgen".into(), note: note.into() }
}

fn pairs(ledger: &Ledger) -> Vec<(u64, u64, Said)> {
    ledger.answers.iter().map(|answer| (answer.a, answer.b, answer.said)).collect()
}

/// A folder with a file of answers, and what is read from it.
fn read(bytes: &[u8]) -> (tempfile::TempDir, Result<Ledger>) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("decisions.csv");
    fs::write(&path, bytes).unwrap();
    let ledger = Ledger::load(&path, &home.path().join("state"));
    (home, ledger)
}

#[test]
fn every_form_that_a_spreadsheet_leaves_is_read() {
    let expected = [(1, 2, Said::Same), (3, 4, Said::Different), (5, 6, Said::Open)];
    for text in [
        "a,b,decision,on,by,note\nr0000000000000001,r0000000000000002,same,2026-06-01,anna,\nr0000000000000003,r0000000000000004,different,,,\nr0000000000000005,r0000000000000006,open,,,\n",
        "a;b;Entscheidung;am;von;Notiz\r\nR0000000000000001;R0000000000000002;Gleich;01.06.2026;Jörg;\"ja; klar\"\r\n0000000000000003;0000000000000004; Nein. ;;;\r\n0000000000000005;0000000000000006;offen;;;\r\n",
        "\"Wer\";\"decision\";\"B\";\"A\"\r\n\"x\";\"ja\";\"r0000000000000002\";\"r0000000000000001\"\r\n\"y\";\"verschieden\";\"r0000000000000004\";\"r0000000000000003\"\r\n;\"OPEN\";\"r0000000000000006\";\"r0000000000000005\"\r\n",
        "Unsere Antworten\n\na\tb\tdecision\nr0000000000000001\tr0000000000000002\tx\nr0000000000000003\tr0000000000000004\tn\nr0000000000000005\tr0000000000000006\topen",
    ] {
        let (old, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &old, &marked, &wide] {
            let (_home, ledger) = read(bytes);
            let ledger = ledger.unwrap();
            assert_eq!(pairs(&ledger), expected, "{text}");
            assert!(ledger.problems.is_empty(), "{:?}", ledger.problems);
        }
    }
}

#[test]
fn lines_that_are_no_answers_are_told_with_their_place_and_stay() {
    let text = "a;b;decision\r\n1,23457E+15;r0000000000000002;same\r\nr0000000000000001;r0000000000000002;vielleicht\r\n\
                r0000000000000001;;same\r\nr0000000000000001;r0000000000000001;different\r\nr0000000000000001;r0000000000000002;same\r\n";
    let (_home, ledger) = read(text.as_bytes());
    let mut ledger = ledger.unwrap();
    assert_eq!(pairs(&ledger), [(1, 2, Said::Same)]);
    let told: Vec<(u32, &str, &str)> =
        ledger.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.code)).collect();
    assert_eq!(
        told,
        [
            (2, "a", "no-record-id"),
            (3, "decision", "no-answer"),
            (4, "b", "no-record-id"),
            (5, "b", "same-record")
        ]
    );
    ledger.push(answer(7, 8, Said::Different, ""));
    assert_eq!(ledger.store().unwrap(), None);
    let after = fs::read_to_string(ledger.path()).unwrap();
    assert_eq!(after, format!("{text}r0000000000000007;r0000000000000008;different\r\n"));
}

#[test]
fn a_file_that_is_no_table_of_answers_stops_the_run() {
    let (_home, ledger) = read(b"Name;Firma\r\nAda;Nordwind\r\n");
    assert_eq!(ledger.unwrap_err().kind, Kind::Config);
    let (_home, ledger) = read(b"");
    assert!(ledger.unwrap().answers.is_empty());
}

#[test]
fn what_is_added_keeps_columns_encoding_and_line_ends() {
    let text = "Wer;b;a;decision;note;on;by\r\nJörg;r0000000000000002;r0000000000000001;same;;;";
    let (old, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let (home, ledger) = read(&old);
    let mut ledger = ledger.unwrap();
    ledger.push(answer(3, 4, Said::Different, "=1; \"x\""));
    ledger.store().unwrap();
    let bytes = fs::read(ledger.path()).unwrap();
    let (after, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    let line = ";r0000000000000004;r0000000000000003;different;\"'=1; \"\"x\"\"\";2026-06-01;Jürgen\r\n";
    assert_eq!(after, format!("{text}\r\n{line}"));
    let again = Ledger::load(ledger.path(), &home.path().join("state")).unwrap();
    assert_eq!(again.answers[1], answer(3, 4, Said::Different, "=1; \"x\""));
}

#[test]
fn a_file_that_cannot_be_replaced_loses_no_answer() {
    let home = tempfile::tempdir().unwrap();
    // A folder in the place of the file: nothing can be moved there.
    let (path, state) = (home.path().join("decisions.csv"), home.path().join("state"));
    let mut ledger = Ledger::load(&path, &state).unwrap();
    fs::create_dir(&path).unwrap();
    ledger.push(answer(1, 2, Said::Same, ""));
    assert!(ledger.store().unwrap().is_some_and(|told| told.contains("1 answer is kept in")));
    assert!(state.join("answers.csv").is_file());
    fs::remove_dir(&path).unwrap();
    fs::write(&path, "a,b,decision,on,by,note\n").unwrap();
    let waiting = "a,b,decision,on,by,note\nr0000000000000001,r0000000000000002,same,2026-06-01,Jürgen,\n";
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("answers.csv"), waiting).unwrap();
    let mut later = Ledger::load(&path, &state).unwrap();
    assert_eq!(pairs(&later), [(1, 2, Said::Same)]);
    later.push(answer(3, 4, Said::Different, ""));
    assert_eq!(later.store().unwrap(), None);
    assert!(!state.join("answers.csv").exists());
    // A run that died between the two steps: what waits is in the file already.
    fs::copy(&path, state.join("answers.csv")).unwrap();
    let mut third = Ledger::load(&path, &state).unwrap();
    assert_eq!(pairs(&third), [(1, 2, Said::Same), (3, 4, Said::Different)]);
    third.store().unwrap();
    assert!(!state.join("answers.csv").exists());
}

/// What a file of one answer holds.
const OLD: &str = "a,b,decision,on,by,note\nr0000000000000001,r0000000000000002,same,,,\n";

/// A folder with a file of one answer; the paths of the file and of the state beside it.
fn with_one_answer() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let (path, state) = (home.path().join("decisions.csv"), home.path().join("state"));
    fs::write(&path, OLD).unwrap();
    (home, path, state)
}

#[test]
fn answers_that_somebody_saves_over_are_put_back_once() {
    let (_home, path, state) = with_one_answer();
    let load = || Ledger::load(&path, &state).unwrap();
    let mut ledger = load();
    for (a, b, said) in [(3, 4, Said::Different), (1, 2, Said::Open), (5, 6, Said::Same)] {
        ledger.push(answer(a, b, said, ""));
        assert_eq!(ledger.store().unwrap(), None);
    }
    // An editor that had the old file open saves it; what was taken back stays taken back too.
    fs::write(&path, OLD).unwrap();
    let mut ledger = load();
    let all = [(1, 2, Said::Same), (1, 2, Said::Open), (3, 4, Said::Different), (5, 6, Said::Same)];
    assert_eq!(pairs(&ledger), all, "they bind before they stand in the file again");
    assert!(ledger.store().unwrap().is_some_and(|told| told.starts_with("3 answers that had been added to")));
    assert_eq!(pairs(&load()), all);
    assert_eq!(load().store().unwrap(), None, "it is told once");
    // Who takes them away again means it.
    fs::write(&path, OLD).unwrap();
    assert_eq!(pairs(&load()), all[..1]);
    // A line changed in its place, and one that a spreadsheet has damaged.
    fs::remove_dir_all(&state).unwrap();
    fs::write(&path, OLD).unwrap();
    let mut ledger = load();
    ledger.push(answer(3, 4, Said::Different, ""));
    ledger.push(answer(5, 6, Said::Same, ""));
    ledger.store().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(",different,2026-06-01", ",same,01.06.2026").replace("r0000000000000005", "1E+5");
    fs::write(&path, text).unwrap();
    assert_eq!(pairs(&load()), [(1, 2, Said::Same), (3, 4, Said::Same), (5, 6, Said::Same)]);
}

#[test]
fn answers_wait_while_the_file_is_open_elsewhere() {
    let (home, path, state) = with_one_answer();
    let lock = home.path().join(".~lock.decisions.csv#");
    fs::write(&lock, "").unwrap();
    let mut ledger = Ledger::load(&path, &state).unwrap();
    ledger.push(answer(3, 4, Said::Different, ""));
    assert!(ledger.store().unwrap().is_some_and(|told| told.contains("is open (.~lock.decisions.csv# lies")));
    assert_eq!(fs::read_to_string(&path).unwrap(), OLD);
    // Whoever had it open saves it and closes it.
    fs::write(&path, OLD).unwrap();
    fs::remove_file(&lock).unwrap();
    let mut later = Ledger::load(&path, &state).unwrap();
    assert_eq!((pairs(&later).len(), later.store().unwrap()), (2, None));
    assert!(fs::read_to_string(&path).unwrap().contains("r0000000000000003,r0000000000000004,different"));
}

#[test]
fn an_answer_that_waited_while_others_were_saved_over_is_put_back_too() {
    let (home, path, state) = with_one_answer();
    let load = || Ledger::load(&path, &state).unwrap();
    let mut ledger = load();
    ledger.push(answer(3, 4, Said::Different, ""));
    assert_eq!(ledger.store().unwrap(), None);
    // The file is open when the next answer comes; the old one is saved then.
    let lock = home.path().join(".~lock.decisions.csv#");
    fs::write(&lock, "").unwrap();
    ledger.push(answer(5, 6, Said::Same, ""));
    assert!(ledger.store().unwrap().is_some_and(|told| told.contains("is open")));
    fs::write(&path, OLD).unwrap();
    fs::remove_file(&lock).unwrap();
    assert!(load().store().unwrap().is_some_and(|told| told.starts_with("1 answer that had been added")));
    assert_eq!(load().answers.len(), 3);
    // Saved over once more: what was put back stays away now, what waited comes back the first time.
    fs::write(&path, OLD).unwrap();
    assert_eq!(pairs(&load()), [(1, 2, Said::Same), (5, 6, Said::Same)]);
}

#[test]
fn an_answer_can_be_taken_back_and_what_others_wrote_stays() {
    let home = tempfile::tempdir().unwrap();
    let (path, state) = (home.path().join("decisions.csv"), home.path().join("state"));
    let mut ledger = Ledger::load(&path, &state).unwrap().in_dialect(Dialect::spreadsheet("DE"));
    for (a, b) in [(1, 2), (3, 4)] {
        ledger.push(answer(a, b, Said::Same, ""));
        ledger.store().unwrap();
    }
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("\u{feff}a;b;decision;on;by;note\r\nr0000000000000001;"), "{first}");
    ledger.take_back().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    ledger.push(answer(5, 6, Said::Different, ""));
    ledger.store().unwrap();
    let theirs = fs::read_to_string(&path).unwrap() + "r0000000000000007;r0000000000000008;ja\r\n";
    fs::write(&path, &theirs).unwrap();
    ledger.take_back().unwrap();
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(&theirs), "{after}");
    let again = Ledger::load(&path, &state).unwrap();
    assert_eq!(pairs(&again).last(), Some(&(5, 6, Said::Open)));
}

#[cfg(unix)]
#[test]
fn who_could_read_the_file_still_can() {
    use std::os::unix::fs::PermissionsExt;
    let (_home, ledger) = read(b"a,b,decision\n");
    let mut ledger = ledger.unwrap();
    fs::set_permissions(ledger.path(), fs::Permissions::from_mode(0o664)).unwrap();
    ledger.push(answer(1, 2, Said::Same, ""));
    ledger.store().unwrap();
    assert_eq!(fs::metadata(ledger.path()).unwrap().permissions().mode() & 0o777, 0o664);
}

proptest! {
    #[test]
    fn whatever_is_stored_is_read_again(
        texts in prop::collection::vec(("\\PC{0,8}|[=+;,\"' ä\r\n]{0,6}", "[a-zäß;\"]{0,6}", any::<u64>(), any::<u64>(), any::<bool>()), 1..8),
        country in prop_oneof![Just("DE"), Just("US")],
    ) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("decisions.csv");
        let mut ledger = Ledger::load(&path, &home.path().join("state")).unwrap().in_dialect(Dialect::spreadsheet(country));
        for (note, by, a, b, same) in &texts {
            // What looks like UTF-8 encoded twice is repaired where a file is read, whoever wrote it.
            let note = &note.replace('Ã', "A");
            let said = if *same || a == b { Said::Same } else { Said::Different };
            ledger.push(Answer { a: *a, b: *b, said, on: String::new(), by: squeeze(by).into_owned(), note: squeeze(note).into_owned() });
            ledger.store().unwrap();
        }
        let again = Ledger::load(&path, &home.path().join("state")).unwrap();
        prop_assert_eq!(&again.answers, &ledger.answers);
        prop_assert!(again.problems.is_empty());
    }
}
