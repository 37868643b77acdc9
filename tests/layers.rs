//! The rules of the code, kept by reading it: who imports whom, what the core never touches, how files begin.
//!
//! A folder that is not there yet breaks no rule.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which data flows through them.
const STAGES: [&str; 7] = ["read", "clean", "link", "merge", "label", "report", "write"];

/// Modules that join stages or stand at the edge: files, clock and terminal are theirs.
const EDGE: [&str; 9] = ["lib", "main", "cli", "command", "run", "state", "store", "progress", "error"];

/// Modules outside the stages that may name one of them: the pipeline file says how a table is read, how
/// contacts are labelled and what reports ask for.
const MAY_NAME: [(&str, &str); 3] = [("pipeline", "read"), ("pipeline", "label"), ("pipeline", "report")];

/// What the core never does: files, environment, clock, randomness, printing, processes, network.
const IMPURE: [&str; 18] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread::sleep",
    "SystemTime",
    "time::Instant",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "File::open",
    "File::create",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "rand::",
    "tempfile::",
];

/// Where the fixtures of a reader lie, if neither in a folder of its id nor of the first word of its id.
const FIXTURES: [(&str, &str); 3] =
    [("contact-list", "list"), ("touch-log", "touch_log"), ("windows-live-mail", "thunderbird")];

/// A source file: its path from the root of the repository, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The module it belongs to: the folder or file right below `src`.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The files that only tests are built with: those of its modules that stand below `#[cfg(test)]`.
    fn test_files(&self) -> Vec<String> {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or_default();
        let stem = name.trim_end_matches(".rs");
        let below = if ["lib", "main", "mod"].contains(&stem) {
            folder.to_owned()
        } else {
            format!("{folder}/{stem}")
        };
        let mut files = Vec::new();
        for after in self.text.split("#[cfg(test)]").skip(1) {
            let item = after.split([';', '{']).next().unwrap_or_default();
            if let Some((_, path)) = item.split_once("#[path = \"") {
                files.push(format!("{folder}/{}", path.split('"').next().unwrap_or_default()));
            } else if let Some((_, module)) = item.split_once("mod ") {
                files.push(format!("{below}/{}.rs", module.trim()));
                files.push(format!("{below}/{}/mod.rs", module.trim()));
            }
        }
        files
    }

    /// What the program is made of: no comments, no texts, no tests.
    fn program(&self) -> String {
        without_tests(&code(&self.text))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below some folders, in order.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                let inside = path.strip_prefix(root()).expect("it lies in the repository");
                sources.push(Source { path: inside.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The files of the program itself, without tests.
fn programs() -> Vec<Source> {
    let mut all = sources(&["src"]);
    let tests: Vec<String> = all.iter().flat_map(Source::test_files).collect();
    all.retain(|source| !tests.contains(&source.path) && !source.path.ends_with("/tests.rs"));
    all
}

/// Rust text without comments and without what stands between quotes.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if letter == '"' {
            text_len(rest)
        } else if let Some(len) = raw_text_len(rest) {
            len
        } else if letter == '\'' {
            character_len(rest)
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        };
        rest = &rest[skip..];
    }
    out
}

/// The length of a text literal at the start.
fn text_len(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a raw text literal at the start, if there is one.
fn raw_text_len(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let body = hashes[count..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(count));
    Some(body.find(&close).map_or(rest.len(), |end| 1 + count + 1 + end + close.len()))
}

/// The length of a character literal at the start, or of the tick of a lifetime.
fn character_len(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            rest[from..].find('\'').map_or(rest.len(), |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Code without the modules that only tests are built with.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        rest = &rest[at + "#[cfg(test)]".len()..];
        let open = rest.find(['{', ';']).unwrap_or(rest.len());
        let mut depth = 0usize;
        let end = rest[open..].char_indices().find_map(|(at, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(open + at + letter.len_utf8())
        });
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    out + rest
}

/// The modules of this crate that some code names, by `crate::x` or `crate::{x, y::z}`.
fn named_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            names.push(first_word(after));
            continue;
        };
        let mut depth = 1usize;
        let mut start = true;
        for (at, letter) in list.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                _ if start && !letter.is_whitespace() => {
                    names.push(first_word(&list[at..]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn first_word(code: &str) -> String {
    code.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn check(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_stage_imports_another_and_no_noun_imports_a_stage() {
    let mut broken = Vec::new();
    for source in programs() {
        let module = source.module();
        if EDGE.contains(&module) {
            continue;
        }
        for name in named_modules(&source.program()) {
            let allowed = name == module || MAY_NAME.contains(&(module, name.as_str()));
            if STAGES.contains(&name.as_str()) && !allowed {
                broken.push(format!(
                    "{} names the stage {name}: only run.rs and command/ join stages",
                    source.path
                ));
            }
        }
    }
    check(&broken);
}

#[test]
fn the_core_has_no_files_clock_randomness_or_printing() {
    let mut broken = Vec::new();
    for source in programs().iter().filter(|source| !EDGE.contains(&source.module())) {
        let program = source.program();
        for word in IMPURE.iter().filter(|word| has_word(&program, word)) {
            broken.push(format!("{} uses {word}: that belongs to the edge", source.path));
        }
    }
    check(&broken);
}

/// Whether code holds a word that is not the end of a longer one (`eprint!` is no `print!`).
fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let part =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        let open = word.ends_with(|letter: char| !letter.is_alphanumeric());
        !part(before) && (open || !part(after))
    })
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let broken: Vec<String> = sources(&["src", "tests", "benches", "examples"])
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("{} does not open with a //! sentence", source.path))
        .collect();
    check(&broken);
}

#[test]
fn polars_stays_in_reports_and_writing() {
    let broken: Vec<String> = sources(&["src"])
        .iter()
        .filter(|source| !["report", "write"].contains(&source.module()))
        .filter(|source| has_word(&code(&source.text), "polars"))
        .map(|source| format!("{} names polars", source.path))
        .collect();
    check(&broken);
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let broken: Vec<String> = sources(&["src", "tests", "benches", "examples"])
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(source, lines)| format!("{} has {lines} lines", source.path))
        .collect();
    check(&broken);
}

#[test]
fn every_reader_has_a_name_of_its_own_and_fixtures() {
    let mut ids: Vec<&str> = hamstern::read::READERS.iter().map(|reader| reader.id()).collect();
    let broken: Vec<String> = ids
        .iter()
        .filter(|id| !fixture_folder(id).is_some_and(|folder| holds_a_file(&folder)))
        .map(|id| format!("the reader {id} has no fixtures: make fixtures/{id}"))
        .collect();
    check(&broken);
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two readers have the same id");
}

fn fixture_folder(id: &str) -> Option<PathBuf> {
    let other = FIXTURES.iter().find(|(start, _)| id.starts_with(start)).map(|(_, folder)| *folder);
    let word = id.split('-').next().unwrap_or(id);
    [other, Some(id), Some(word)]
        .into_iter()
        .flatten()
        .map(|folder| root().join("fixtures").join(folder))
        .find(|folder| folder.is_dir())
}

fn holds_a_file(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The pipeline file may ask for every report there is, and for no other.
#[test]
fn every_report_and_no_other_can_be_asked_for_in_the_pipeline_file() {
    let known = fs::read_to_string(root().join("src/pipeline/known.rs")).expect("the words of options");
    let (_, list) = known.split_once("const REPORTS: [&str; ").expect("the reports that can be asked for");
    let (list, _) = list.split_once("];").expect("the end of the list");
    let mut accepted: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut asked = Vec::new();
    for source in programs().iter().filter(|source| source.module() == "report") {
        for body in source.text.split("fn id(&self) -> &'static str {").skip(1) {
            let id = body.split('"').nth(1).expect("an id is text");
            let text = format!("[reports]\nonly = [{id:?}]\n");
            assert!(
                hamstern::pipeline::parse(&text, "x").is_ok(),
                "{id} cannot be asked for in [reports] only"
            );
            asked.push(id.to_owned());
        }
    }
    accepted.retain(|name| !asked.iter().any(|id| id == name));
    assert!(accepted.is_empty(), "[reports] only accepts what is no report: {accepted:?}");
}

#[test]
fn the_rules_see_what_breaks_them() {
    let text = r#"
        use crate::{record::{Cells, clean}, link::score, text};
        // crate::merge and println!
        let a = "crate::write"; let b = r"crate::read \"; let c: &'static str = ""; let d = '"';
        crate::label::industry(); let e = '\''; eprintln!("x"); let f = '\u{22}';
        #[cfg(test)]
        mod tests { use crate::report::x; fn y() { std::fs::read("z"); } }
        fn after() { std::env::var("x"); }
    "#;
    let source = Source {
        path: "src/read/vcard.rs".to_owned(),
        text: "#[cfg(test)]\n#[path = \"x_tests.rs\"]\nmod tests;\n#[cfg(test)]\nmod golden;\nmod line;\n"
            .to_owned(),
    };
    assert_eq!(
        source.test_files(),
        ["src/read/x_tests.rs", "src/read/vcard/golden.rs", "src/read/vcard/golden/mod.rs"]
    );
    assert_eq!(raw_text_len("r#\"a\"b\"# c"), Some(8));
    let program = without_tests(&code(text));
    assert_eq!(named_modules(&program), ["record", "link", "text", "label"]);
    let used: Vec<&str> = IMPURE.iter().copied().filter(|word| has_word(&program, word)).collect();
    assert_eq!(used, ["std::env", "eprintln!"]);
}
