//! What the pipeline file drops reaches no file of a generation.

mod common;

use common::{all, files, hamstern, put};

#[test]
fn dropped_columns_stand_in_no_result_for_people() {
    let home = tempfile::tempdir().expect("a folder");
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kessler;Ottilie;;;\r\nTEL:+49 171 5550199\r\nBDAY:1971-02-03\r\n\
                EMAIL:ottilie@kessler.example\r\nEND:VCARD\r\n";
    put(home.path(), "inbox/anna/phone.vcf", card.as_bytes());
    put(home.path(), "hamstern.toml", b"[privacy]\ndrop = [\"birthday\", \"phones\"]\n");
    let output = hamstern(&["run", "--now", "2026-06-30"])
        .current_dir(home.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", all(&output));
    let results = files(&home.path().join("out/current"));
    for (path, bytes) in &results {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("1971-02-03") && !text.contains("1715550199"), "{}", path.display());
    }
    let shown = |name: &str| String::from_utf8_lossy(&results[std::path::Path::new(name)]).into_owned();
    assert!(shown("contacts.vcf").contains("ottilie@kessler.example"));
    assert!(!shown("contacts.csv").lines().next().expect("a header").contains("birthday"));
}
