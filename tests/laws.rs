//! Laws of the program as a whole: what must hold for any team, any bytes and any machine.

mod common;
#[path = "common/team.rs"]
mod team;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{copy, csv, ended, figure, files, generation, hamstern, manifest, put, run};
use proptest::prelude::*;
use team::{Place, Team, place};

type Row = BTreeMap<String, String>;

/// Names of what differs between two generations.
fn differing(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let names: BTreeSet<_> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

/// The tables of the newest generation: everything but the manifest, and the workbook, whose first figures are
/// compared with the generation before.
fn tables(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = generation(out);
    for name in ["manifest.json", "report.xlsx"] {
        files.remove(Path::new(name)).expect(name);
    }
    files
}

/// Everything in an output folder but the lock, in which the last process left its number.
fn results(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files(out);
    files.remove(Path::new("state/lock"));
    files
}

/// A few cases, or as many as `PROPTEST_CASES` asks for; a team or a run a case, so shrinking is short.
fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        max_shrink_iters: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any small team, as arguments of the generator.
fn any_team() -> impl Strategy<Value = String> {
    (300u32..800, 2u32..5, 0u32..10_000, prop_oneof![Just("plain"), Just("hard")]).prop_map(
        |(rows, members, seed, kind)| {
            format!("--rows {rows} --members {members} --seed {seed} --kind {kind}")
        },
    )
}

fn none() -> Vec<PathBuf> {
    Vec::new()
}

/// A row without some of its columns.
fn without(mut row: Row, columns: &[&str]) -> Row {
    row.retain(|name, _| !columns.contains(&name.as_str()));
    row
}

/// Each contact by the rows it was merged from, and the columns of it that two ways to the same inbox share.
fn people(out: &Path, without_columns: &[&str]) -> BTreeMap<BTreeSet<Place>, Row> {
    let mut rows: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    for row in csv(&out.join("current/provenance.csv")) {
        rows.entry(row["contact_id"].clone()).or_default().insert(place(&row));
    }
    let contacts = csv(&out.join("current/contacts.csv"));
    assert_eq!(contacts.len(), rows.len(), "every contact has its rows");
    contacts
        .into_iter()
        .map(|row| (rows[&row["contact_id"]].clone(), without(row, without_columns)))
        .collect()
}

fn is_the_same_on_any_machine(team: &Team) {
    let (first, second) = (team.out("first"), team.out("second"));
    ended(&run(&team.inbox(), &first, &["--threads", "1"]), 0);
    // The same files, made in another order, so that folders list them differently and times differ.
    let moved = team.home().join("elsewhere/inbox");
    for (path, bytes) in files(&team.inbox()).into_iter().rev() {
        put(&moved, &path.to_string_lossy(), &bytes);
    }
    let output = hamstern(&["run", "--threads", "2", "--now", common::TODAY, "--inbox"])
        .arg(&moved)
        .arg("--out")
        .arg(&second)
        .envs([("LANG", "tr_TR.UTF-8"), ("LC_ALL", "de_DE.UTF-8"), ("TZ", "Pacific/Kiritimati")])
        .env("HOME", team.home())
        .current_dir(team.home())
        .output()
        .expect("the program starts");
    ended(&output, 0);
    assert_eq!(differing(&generation(&first), &generation(&second)), none());
    let fixed = |out: &Path| {
        ["contacts.csv", "report.html", "report.xlsx"]
            .map(|name| fs::read(out.join(name)).expect("it is there"))
    };
    assert!(fixed(&first) == fixed(&second), "the files at fixed paths");
    let state = |out: &Path| fs::read(out.join("state/000001.state")).expect("it is there");
    assert!(state(&first) == state(&second), "the state");
}

fn is_known_the_second_time(team: &Team) {
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &[]), 0);
    let first = tables(&out);
    let mut books = Vec::new();
    for now in [common::TODAY, "2026-08-09"] {
        let output = hamstern(&["run", "--now", now, "--inbox"])
            .arg(team.inbox())
            .arg("--out")
            .arg(&out)
            .output()
            .expect("the program starts");
        ended(&output, 0);
        assert_eq!(figure(&output, "new"), 0);
        assert_eq!(differing(&first, &tables(&out)), none(), "on {now}");
        books.push(fs::read(out.join("report.xlsx")).expect("a workbook"));
        for input in manifest(&out)["inputs"].as_array().expect("a list") {
            for section in input["parts"][0]["sections"].as_array().into_iter().flatten() {
                assert_eq!(section["new_rows"], 0, "{input}");
            }
        }
    }
    assert!(books[0] == books[1], "where nothing changed twice, the workbook says the same");
    assert_eq!(manifest(&out)["generation"], 3);
}

fn is_the_same_under_other_names(team: &Team) {
    let (plain, renamed) = (team.out("plain"), team.out("renamed"));
    let inbox = team.home().join("renamed-inbox");
    let all = files(&team.inbox());
    let mut names = BTreeMap::new();
    for (number, (path, bytes)) in all.iter().rev().enumerate() {
        // What is alphabetically first comes last; folders and archives, which carry the date, keep it.
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let end = path.extension().expect("an extension").to_string_lossy().into_owned();
        let kept = if end == "zip" { name } else { format!("mine.{end}") };
        let to = path.with_file_name(format!("{number:03} {kept}")).to_string_lossy().into_owned();
        put(&inbox, &to, bytes);
        names.insert(to, path.to_string_lossy().into_owned());
    }
    ended(&run(&team.inbox(), &plain, &[]), 0);
    ended(&run(&inbox, &renamed, &[]), 0);
    for table in ["contacts", "holdings", "touches", "reports/network_size", "reports/growth", "reports/race"]
    {
        let of = |out: &Path| fs::read(out.join(format!("current/{table}.csv"))).expect("a table");
        assert!(of(&plain) == of(&renamed), "{table} differs");
    }
    let back = |row: Row| {
        let (file, inside) =
            row["file"].split_once('!').map_or((row["file"].as_str(), None), |(a, b)| (a, Some(b)));
        let old = names.get(file).expect("a renamed file");
        let file = inside.map_or_else(|| old.clone(), |inside| format!("{old}!{inside}"));
        let mut row = row;
        row.insert("file".to_owned(), file);
        row
    };
    let trail = |out: &Path| csv(&out.join("current/provenance.csv"));
    let before: BTreeSet<Row> = trail(&plain).into_iter().collect();
    let after: BTreeSet<Row> = trail(&renamed).into_iter().map(back).collect();
    let only: Vec<_> = before.symmetric_difference(&after).take(4).collect();
    assert!(only.is_empty(), "{only:#?}");
}

proptest! {
    #![proptest_config(config(2))]

    #[test]
    fn a_fresh_import_gives_the_same_bytes_on_any_machine(team in any_team()) {
        is_the_same_on_any_machine(&Team::new(&team));
    }

    #[test]
    fn a_second_run_finds_nothing_new_and_changes_no_table(team in any_team()) {
        is_known_the_second_time(&Team::new(&team));
    }

    #[test]
    fn names_of_files_change_nothing_but_their_column(team in any_team()) {
        is_the_same_under_other_names(&Team::new(&team));
    }

    #[test]
    fn no_row_of_a_team_is_lost_or_told_twice(team in any_team()) {
        is_told_once_and_whole(&Team::new(&team));
    }
}

/// The contact of every row.
fn contact_of(out: &Path) -> BTreeMap<Place, String> {
    let rows = csv(&out.join("current/provenance.csv"));
    rows.iter().map(|row| (place(row), row["contact_id"].clone())).collect()
}

/// A contact that was neither merged with another one nor split keeps its id.
fn keeps_its_id(before: &BTreeMap<Place, String>, after: &BTreeMap<Place, String>) {
    let mut went: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut came: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (place, old) in before {
        let new = after.get(place).unwrap_or_else(|| panic!("{place:?} is gone"));
        went.entry(old).or_default().insert(new);
        came.entry(new).or_default().insert(old);
    }
    for (old, new) in went {
        let Some(only) = new.first().filter(|_| new.len() == 1) else { continue };
        if came[only].len() == 1 {
            assert_eq!(*only, old, "the contact kept all its rows and met no other");
        } else {
            assert!(came[only].contains(only), "a merged contact has the id of one of its parts");
        }
    }
}

proptest! {
    #![proptest_config(config(4))]

    /// import(A) then import(A, B) is import(A, B), up to ids, what was seen first when, changes, and categories,
    /// which fall more slowly than they are given.
    #[test]
    fn the_way_to_an_inbox_does_not_matter(seed in 100u64..1000, chosen in any::<u64>()) {
        let team = Team::new(&format!("--rows 400 --members 3 --seed {seed} --kind hard"));
        let (apart, fresh) = (team.out("apart"), team.out("fresh"));
        let growing = team.home().join("growing");
        let all = files(&team.inbox());
        let first = |number: usize| chosen >> (number % 64) & 1 == 0 || number == 0;
        for (_, (path, bytes)) in all.iter().enumerate().filter(|(number, _)| first(*number)) {
            put(&growing, &path.to_string_lossy(), bytes);
        }
        ended(&run(&growing, &apart, &[]), 0);
        let before = contact_of(&apart);
        copy(&team.inbox(), &growing);
        ended(&run(&growing, &apart, &[]), 0);
        ended(&run(&team.inbox(), &fresh, &[]), 0);
        let own =
            ["contact_id", "tier", "animal", "tier_source", "tier_reason", "tier_since", "tier_prev"];
        prop_assert_eq!(people(&apart, &own), people(&fresh, &own));
        let held = |out: &Path| -> usize { csv(&out.join("current/holdings.csv")).len() };
        prop_assert_eq!(held(&apart), held(&fresh));
        keeps_its_id(&before, &contact_of(&apart));
    }
}

fn is_told_once_and_whole(team: &Team) {
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &[]), 0);
    balanced(&out);
    let mut told: BTreeMap<Place, u32> = BTreeMap::new();
    for row in csv(&out.join("current/provenance.csv")) {
        *told.entry(place(&row)).or_default() += 1;
    }
    let truth = team.truth();
    let missing: Vec<_> = truth.keys().filter(|place| !told.contains_key(*place)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let twice: Vec<_> = told.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn a_dry_run_and_a_check_write_nothing() {
    let team = Team::new("--rows 300 --members 2 --seed 51");
    let out = team.out("out");
    let look = |verb: &str, more: &[&str]| {
        let output = hamstern(&[verb, "--now", common::TODAY, "--inbox"])
            .arg(team.inbox())
            .arg("--out")
            .arg(&out)
            .args(more)
            .output()
            .expect("the program starts");
        ended(&output, 0);
    };
    let before = files(team.home());
    look("check", &[]);
    look("run", &["--dry-run"]);
    assert!(!out.exists(), "nothing was made");
    assert!(before == files(team.home()), "nothing was written");
    ended(&run(&team.inbox(), &out, &[]), 0);
    let before = files(team.home());
    look("check", &[]);
    look("run", &["--dry-run"]);
    assert!(before == files(team.home()), "nothing was written");
}

/// A file to be damaged: every fixture that a reader is given.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    files(&root)
        .into_iter()
        .filter(|(path, _)| !path.starts_with("race") && !path.starts_with("pipeline"))
        .filter(|(path, _)| {
            let end = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            ["csv", "vcf", "xlsx", "xls", "ods", "zip"].contains(&end.as_str())
        })
        .map(|(path, bytes)| (path.to_string_lossy().replace(['/', ' '], "_"), bytes))
        .collect()
}

/// One way to damage bytes.
#[derive(Debug, Clone)]
enum Damage {
    Flip(Vec<(prop::sample::Index, u8)>),
    Cut(prop::sample::Index),
    Behead(prop::sample::Index),
    Twice,
    Repeat(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Noise(Vec<u8>),
    Text(String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        prop::collection::vec((at(), any::<u8>()), 1..20).prop_map(Damage::Flip),
        at().prop_map(Damage::Cut),
        at().prop_map(Damage::Behead),
        Just(Damage::Twice),
        (at(), at()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        (
            at(),
            prop::collection::vec(
                prop_oneof![
                    Just(b'"'),
                    Just(b'\n'),
                    Just(b'\r'),
                    Just(0),
                    Just(b';'),
                    Just(b','),
                    any::<u8>()
                ],
                1..30
            )
        )
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        prop::collection::vec(any::<u8>(), 0..400).prop_map(Damage::Noise),
        "(First Name|E-mail|Name|BEGIN:VCARD|N:a;b|END:VCARD|[ -~äß,;\t\"\r\n]){0,60}".prop_map(Damage::Text),
    ]
}

fn damaged(bytes: &[u8], how: &Damage) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let size = out.len().max(1);
    match how {
        Damage::Flip(flips) => {
            for (at, mask) in flips {
                out[at.index(size)] ^= mask;
            }
        }
        Damage::Cut(at) => out.truncate(at.index(size)),
        Damage::Behead(at) => drop(out.drain(..at.index(size))),
        Damage::Twice => out.extend_from_slice(bytes),
        Damage::Repeat(from, to) => {
            let (from, to) = (from.index(size), to.index(size));
            let part = bytes[from.min(to)..from.max(to)].to_vec();
            out.splice(from..from, part);
        }
        Damage::Insert(at, more) => drop(out.splice(at.index(size)..at.index(size), more.iter().copied())),
        Damage::Noise(noise) => out.clone_from(noise),
        Damage::Text(text) => out = text.as_bytes().to_vec(),
    }
    out
}

/// Checks the accounts of a finished run: every file's, those of the whole, and provenance against them.
fn balanced(out: &Path) {
    let manifest = manifest(out);
    let number = |accounts: &serde_json::Value, name: &str| accounts[name].as_u64().expect("a number");
    let balances = |accounts: &serde_json::Value| {
        let parts = ["kept", "duplicate", "ignored", "rejected", "suppressed", "blank"];
        assert_eq!(
            number(accounts, "read"),
            parts.iter().map(|part| number(accounts, part)).sum::<u64>(),
            "{accounts}"
        );
    };
    balances(&manifest["accounts"]);
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    for row in csv(&out.join("current/provenance.csv")) {
        *told.entry(row["file"].clone()).or_default() += 1;
    }
    let mut refused: BTreeMap<String, u64> = BTreeMap::new();
    for row in csv(&out.join("current/rejects.csv")).iter().filter(|row| row["what"] == "row") {
        *refused.entry(row["file"].clone()).or_default() += 1;
    }
    // An archive may hold two members of one name, of which one is refused; they share the path.
    let (mut kept, mut rejected) = (BTreeMap::new(), BTreeMap::new());
    let inputs = manifest["inputs"].as_array().expect("a list");
    for part in inputs.iter().flat_map(|input| input["parts"].as_array().expect("a list")) {
        for section in part["sections"].as_array().into_iter().flatten() {
            let accounts = &section["accounts"];
            balances(accounts);
            let path = part["path"].as_str().expect("a path").to_owned();
            *kept.entry(path.clone()).or_default() +=
                number(accounts, "kept") + number(accounts, "duplicate");
            *rejected.entry(path).or_default() += number(accounts, "rejected");
        }
    }
    kept.retain(|_, rows| *rows > 0);
    rejected.retain(|_, rows| *rows > 0);
    assert_eq!(told, kept, "rows in provenance and accounts");
    assert_eq!(refused, rejected, "rows in rejects and accounts");
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn accounts_balance_for_arbitrary_bytes(
        cases in prop::collection::vec((any::<prop::sample::Index>(), damage()), 6..14),
    ) {
        let pool = fixtures();
        let home = tempfile::tempdir().expect("a folder");
        let (inbox, out) = (home.path().join("inbox"), home.path().join("out"));
        for (number, (which, how)) in cases.iter().enumerate() {
            let (name, bytes) = which.get(&pool);
            put(&inbox, &format!("anna/{number:02}/{name}"), &damaged(bytes, how));
        }
        let output = run(&inbox, &out, &["--threads", "1"]);
        let code = output.status.code();
        prop_assert!(matches!(code, Some(0 | 3 | 65)), "{code:?}: {}", common::all(&output));
        prop_assert!(!common::all(&output).contains("panicked"), "{}", common::all(&output));
        if code != Some(65) {
            balanced(&out);
            // What was refused is known from now on; nothing else may differ.
            let again = run(&inbox, &out, &["--threads", "2"]);
            prop_assert_eq!(again.status.code(), Some(0), "{}", common::all(&again));
            prop_assert_eq!(figure(&again, "new"), 0);
        }
    }
}

#[test]
fn what_is_left_of_results_and_state_decides_how_it_goes_on() {
    let team = Team::new("--rows 300 --members 2 --seed 61");
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &[]), 0);
    let first = tables(&out);
    let state = out.join("state/000001.state");
    let good = fs::read(&state).expect("a state");
    let text = String::from_utf8_lossy(&good).into_owned();
    let newer = text.replacen("\"schema_version\":3", "\"schema_version\":4", 1).into_bytes();
    let mut flipped = good.clone();
    let last = flipped.len() - 40;
    flipped[last] ^= 1;
    for (what, bytes) in
        [("cut", &good[..good.len() / 2]), ("empty", &[]), ("flipped", &flipped), ("newer", &newer)]
    {
        fs::write(&state, bytes).expect("written");
        let before = results(&out);
        ended(&run(&team.inbox(), &out, &[]), 78);
        assert!(before == results(&out), "{what}: nothing was touched");
    }
    fs::remove_file(&state).expect("removed");
    ended(&run(&team.inbox(), &out, &[]), 78);
    fs::write(&state, &good).expect("written");
    // Without results but with the state, the series goes on with the same ids.
    for name in ["current", "contacts.csv", "report.html", "report.xlsx"] {
        fs::remove_file(out.join(name)).expect("removed");
    }
    fs::remove_dir_all(out.join("generations")).expect("removed");
    let output = run(&team.inbox(), &out, &[]);
    ended(&output, 0);
    assert_eq!((manifest(&out)["generation"].as_u64(), figure(&output, "new")), (Some(2), 0));
    assert_eq!(differing(&first, &tables(&out)), none());
    // Without either, everything begins again.
    fs::remove_dir_all(&out).expect("removed");
    ended(&run(&team.inbox(), &out, &[]), 0);
    assert_eq!(manifest(&out)["generation"], 1);
    assert_eq!(differing(&first, &tables(&out)), none());
}

#[test]
fn two_runs_on_one_state_keep_apart() {
    let team = Team::new("--rows 300 --members 2 --seed 71");
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &[]), 0);
    let before = results(&out);
    let held = fs::File::options().read(true).write(true).open(out.join("state/lock")).expect("the lock");
    held.try_lock().expect("nobody holds it");
    ended(&run(&team.inbox(), &out, &[]), 75);
    assert!(before == results(&out), "nothing was touched");
    drop(held);
    ended(&run(&team.inbox(), &out, &[]), 0);
}

#[test]
fn another_country_reads_numbers_otherwise_and_renames_nobody() {
    let team = Team::new("--rows 400 --members 3 --seed 754 --kind hard");
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &["--country", "DE"]), 0);
    let before = contact_of(&out);
    for country in ["CH", "US", "DE"] {
        let output = run(&team.inbox(), &out, &["--country", country]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{}", common::all(&output));
        keeps_its_id(&before, &contact_of(&out));
    }
}
