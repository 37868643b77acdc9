//! A sealed world for tests of the program: its own folders, clock and environment.
#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hamstern::table::Language;

/// The day that counts as today in tests.
pub const TODAY: &str = "2026-06-30";

/// The program, with nothing of the environment and a fixed clock.
pub fn hamstern(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hamstern"));
    command.env_clear().args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs an inbox into an output folder on [`TODAY`], in the plain dialect of nothing but defaults.
pub fn run(inbox: &Path, out: &Path, more: &[&str]) -> Output {
    hamstern(&["run", "--inbox"])
        .arg(inbox)
        .arg("--out")
        .arg(out)
        .args(["--now", TODAY])
        .args(more)
        .output()
        .expect("the program starts")
}

/// Runs a pipeline file on [`TODAY`].
pub fn run_file(pipeline: &Path, more: &[&str]) -> Output {
    hamstern(&["run"]).arg(pipeline).args(["--now", TODAY]).args(more).output().expect("the program starts")
}

/// Runs the demo in a language, with its outputs below a folder; where they are.
pub fn demo(home: &Path, language: Language) -> PathBuf {
    let (root, name) = (env!("CARGO_MANIFEST_DIR"), language.name());
    let out = home.join(format!("out-{name}"));
    let quoted = |path: &str| toml::Value::String(path.to_owned()).to_string();
    let text = fs::read_to_string(format!("{root}/pipelines/demo.toml")).expect("the demo");
    let text = text
        .replace("\"../fixtures/race/inbox\"", &quoted(&format!("{root}/fixtures/race/inbox")))
        .replace("\"demo-wishes.csv\"", &quoted(&format!("{root}/pipelines/demo-wishes.csv")))
        .replace("\"../out/demo\"", &quoted(&out.display().to_string()))
        .replace("\"../out/demo/", &format!("\"{}/", out.display()))
        .replace("language = \"en\"", &format!("language = \"{name}\""));
    let pipeline = home.join(format!("demo-{name}.toml"));
    fs::write(&pipeline, text).expect("written");
    ended(&run_file(&pipeline, &["--quiet"]), 0);
    out
}

/// Asserts the exit code, with all that was printed.
pub fn ended(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", all(output));
}

/// The summary line, which is the last on standard output.
pub fn summary(output: &Output) -> String {
    stdout(output).lines().last().unwrap_or_else(|| panic!("no summary: {}", all(output))).to_owned()
}

/// A number of the summary line.
pub fn figure(output: &Output, name: &str) -> u64 {
    let line = summary(output);
    let value = line.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {line}"))
}

/// The manifest of the newest generation.
pub fn manifest(out: &Path) -> serde_json::Value {
    let bytes = fs::read(out.join("current/manifest.json")).expect("a manifest");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Standard output and error as text, for messages of failed tests.
pub fn all(output: &Output) -> String {
    format!("{}{}", stdout(output), String::from_utf8_lossy(&output.stderr))
}

/// A CSV of either dialect as rows of column name to text, guards taken off.
pub fn csv(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            names
                .iter()
                .cloned()
                .zip(row.iter().map(|cell| hamstern::write::unguard(cell).to_owned()))
                .collect()
        })
        .collect()
}

/// All files below a folder with their content, by path.
pub fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, out);
            } else {
                out.insert(
                    path.strip_prefix(root).expect("inside").to_owned(),
                    fs::read(&path).expect("a file"),
                );
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(root, root, &mut out);
    out
}

/// The newest generation without the manifest's part about the run.
pub fn generation(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files(&out.join("current"));
    if let Some(manifest) = files.get_mut(Path::new("manifest.json")) {
        let mut value: serde_json::Value = serde_json::from_slice(manifest).expect("JSON");
        value.as_object_mut().expect("an object").remove("run");
        *manifest = serde_json::to_vec(&value).expect("JSON");
    }
    files
}

/// Puts a file into an inbox.
pub fn put(inbox: &Path, path: &str, bytes: &[u8]) {
    let place = inbox.join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("made");
    fs::write(place, bytes).expect("written");
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        put(to, &path.to_string_lossy(), &bytes);
    }
}
