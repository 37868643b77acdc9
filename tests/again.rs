//! The reports made again from a generation are those of the run, and what a run leaves for the next does not move.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;
#[path = "common/team.rs"]
mod team;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{TODAY, all, copy, csv, ended, files, hamstern, manifest, put, run_file, stdout, summary};
use hamstern::state::lock::Lock;

/// A workspace of a pipeline file, its inbox and its results.
struct Space {
    root: tempfile::TempDir,
}

impl Space {
    /// The demo.
    fn demo() -> Space {
        let space = Space { root: tempfile::tempdir().unwrap() };
        copy(Path::new("pipelines"), &space.path("pipelines"));
        copy(Path::new("fixtures/race"), &space.path("fixtures/race"));
        fs::rename(space.path("pipelines/demo.toml"), space.path("pipelines/hamstern.toml")).unwrap();
        space
    }

    /// A pipeline file beside an inbox.
    fn of(inbox: &Path, text: &str) -> Space {
        let space = Space { root: tempfile::tempdir().unwrap() };
        copy(inbox, &space.path("fixtures/race/inbox"));
        put(&space.path("pipelines"), "hamstern.toml", (PATHS.to_owned() + text).as_bytes());
        space
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn file(&self) -> PathBuf {
        self.path("pipelines/hamstern.toml")
    }

    fn out(&self) -> PathBuf {
        self.path("out/demo")
    }

    fn run(&self, today: &str) -> &Space {
        let output = hamstern(&["run", "--quiet", "--now", today]).arg(self.file()).output().unwrap();
        ended(&output, 0);
        self
    }

    fn report(&self, more: &[&str]) -> Output {
        hamstern(&["report", "--pipeline"]).arg(self.file()).args(more).output().unwrap()
    }

    /// The pipeline file with one piece of text for another.
    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.file()).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(self.file(), text.replacen(from, to, 1)).unwrap();
    }

    /// Lets somebody take every contact of category A down to B.
    fn demote(&self) -> &Space {
        let file = self.out().join("tiers.csv");
        let mut text = fs::read_to_string(&file).unwrap();
        for row in csv(&file).iter().filter(|row| row["tier"] == "A") {
            text.push_str(&format!("{};B;01.07.2026;anna;;\r\n", row["contact_id"]));
        }
        fs::write(file, text).unwrap();
        self
    }

    /// A generation by its number, without its manifest.
    fn generation(&self, number: u32) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = files(&self.out().join(format!("generations/{number:06}")));
        files.remove(Path::new("manifest.json")).expect("a manifest");
        files
    }

    fn current(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = files(&self.out().join("current"));
        files.remove(Path::new("manifest.json")).expect("a manifest");
        files
    }

    fn report_table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        csv(&self.out().join(format!("current/reports/{name}.csv")))
    }
}

/// Where the files of a [`Space`] lie.
const PATHS: &str = "[inbox]\npath = \"../fixtures/race/inbox\"\n[output]\ndir = \"../out/demo\"\nkeep = 3\n\
                     [match]\ndecisions = \"../out/demo/decisions.csv\"\n";

/// Names of the files that differ.
fn differing(one: &BTreeMap<PathBuf, Vec<u8>>, two: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<&PathBuf> = one.keys().chain(two.keys()).collect();
    names
        .into_iter()
        .filter(|name| one.get(*name) != two.get(*name))
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Whether a file is made of the reports rather than of the data.
fn is_made_anew(path: &str) -> bool {
    ["reports/", "members/"].iter().any(|folder| path.starts_with(folder))
        || ["report.xlsx", "report.html", "schema.json"].contains(&path)
}

#[test]
fn reports_of_the_demo_made_again_are_those_of_the_run_to_the_byte() {
    let demo = Space::demo();
    demo.run("2026-05-05");
    let state = fs::read(demo.path("out/demo/work.xlsx")).ok();
    let output = demo.report(&[]);
    ended(&output, 0);
    assert_eq!(differing(&demo.generation(1), &demo.current()), Vec::<String>::new());
    assert!(demo.generation(2).len() > 70, "a generation is whole");
    let (old, new) = (demo.out().join("generations/000001/manifest.json"), manifest(&demo.out()));
    let old: serde_json::Value = serde_json::from_slice(&fs::read(old).unwrap()).unwrap();
    for part in
        ["outputs", "inputs", "kept", "counts", "today", "as_of", "members", "csv", "locale", "accounts"]
    {
        assert_eq!(old[part], new[part], "{part}");
    }
    assert_eq!((new["generation"].as_u64(), new["reports"]["made_from"].as_u64()), (Some(2), Some(1)));
    assert_eq!(state, fs::read(demo.path("out/demo/work.xlsx")).ok(), "the team's workbook is not touched");
    // What stands at fixed paths is that of the newest generation.
    for name in ["report.html", "report.xlsx", "contacts.csv"] {
        let fixed = fs::read(demo.out().join(name)).unwrap();
        assert_eq!(fixed, demo.generation(2)[Path::new(name)], "{name}");
    }
    let said = stdout(&output);
    assert!(
        said.contains("made from the results 000001 of 2026-05-05; their data are as of 2026-05-04"),
        "{said}"
    );
    assert!(!said.contains('!'), "nothing is wrong: {said}");
    let contacts = common::csv(&demo.out().join("current/contacts.csv")).len();
    let begins = format!("hamstern: ok reports=33 contacts={contacts} from=000001 of=2026-05-05 ");
    assert!(summary(&output).starts_with(&begins), "{}", summary(&output));
    assert!(summary(&output).contains(" out=000002 in "));
}

/// A team of any seed with what the generator leaves out: talks, birthdays gone by, goals, wishes, people who left,
/// contacts that were let go of, an open pair.
fn lively(seed: u64) -> Space {
    let team = team::Team::new(&format!("--rows 500 --members 4 --seed {seed} --kind hard"));
    let settings = "[team]\nname = \"Ärzte & Söhne\"\ncountry = \"DE\"\ntimezone = \"Europe/Berlin\"\nlanguage = \"de\"\n\
                    [goals]\nindustries = [\"it\", \"machinery\"]\nfunctions = [\"sales\"]\nplaces = [\"Germany\"]\n\
                    seniority = [\"lead\"]\nwish_list = \"wishes.csv\"\n[strength]\nfull_touches = 7\n\
                    half_lives = { met = 47 }\n[tier]\noverrides = \"../out/demo/tiers.csv\"\narchive_months = 1\n\
                    words = \"animals\"\n[privacy]\ndrop = [\"street\", \"xing_url\"]\n";
    let space = Space::of(&team.inbox(), settings);
    put(&space.path("pipelines"), "wishes.csv", b"name,company,position\nNobody Known,,\n,,Leiter\n");
    space.run("2026-03-01");
    let contacts: Vec<_> = csv(&space.out().join("current/contacts.csv"))
        .into_iter()
        .filter(|row| !row["name"].is_empty())
        .collect();
    let mut drawn = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut draw = |below: u64| {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (drawn >> 33) % below
    };
    let mut logs: BTreeMap<String, String> = BTreeMap::new();
    let mut tiers = "contact_id,tier,on,by\n".to_owned();
    let mut keeps = "contact_id,decision,on,by,note,name\n".to_owned();
    let mut wishes = "name,company,position,owner,due\nNobody Known,,,anna,2026-09-01\n".to_owned();
    for contact in &contacts {
        if draw(4) == 0 {
            tiers.push_str(&format!(
                "{},{},2026-01-05,anna\n",
                contact["contact_id"],
                ["A", "B", "C", "D"][draw(4) as usize]
            ));
        }
        if draw(4) == 0 {
            keeps.push_str(&format!("{},keep,2026-06-01,anna,,\n", contact["contact_id"]));
        }
        if draw(40) == 0 {
            wishes.push_str(&format!("\"{}\",\"{}\",,,\n", contact["name"], contact["company"]));
        }
        for holder in contact["holders"].split(" | ").filter(|holder| !holder.is_empty()) {
            for _ in 0..draw(4) {
                let log = logs
                    .entry(holder.to_owned())
                    .or_insert_with(|| "Date,Name,Company,Type,Category\n".to_owned());
                let kind =
                    ["Call", "Lunch", "E-mail", "introduced", "helped me", "Meeting"][draw(6) as usize];
                let day = format!("2026-{:02}-{:02}", 1 + draw(6), 1 + draw(28));
                log.push_str(&format!("{day},\"{}\",\"{}\",{kind},\n", contact["name"], contact["company"]));
            }
        }
    }
    let inbox = space.path("fixtures/race/inbox");
    for (member, log) in &logs {
        put(&inbox, &format!("{member}/2026-06-20/log.csv"), log.as_bytes());
    }
    // A later complete export without half of the people ends holdings.
    let row = |contact: &BTreeMap<String, String>| {
        let [given, family, id] = ["given_name", "family_name", "contact_id"].map(|name| &contact[name]);
        format!(
            "\"{given}\",\"{family}\",https://www.linkedin.com/in/{id},,\"{}\",,03 Feb 2025\n",
            contact["company"]
        )
    };
    let rows: Vec<String> = contacts.iter().take(40).map(row).collect();
    for (day, rows) in [("2026-06-19", &rows[..]), ("2026-06-21", &rows[20..])] {
        let text = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned()
            + &rows.concat();
        put(&inbox, &format!("zoe/{day}/Connections.csv"), text.as_bytes());
    }
    put(&space.path("pipelines"), "wishes.csv", wishes.as_bytes());
    put(&space.out(), "tiers.csv", tiers.as_bytes());
    put(&space.out(), "cleanup.csv", keeps.as_bytes());
    space
}

#[test]
fn reports_of_any_team_made_again_are_those_of_the_run_to_the_byte() {
    for seed in [3, 11] {
        let team = lively(seed);
        team.run("2026-06-25").demote().run("2026-08-30");
        let tables = |name: &str| csv(&team.out().join(format!("current/{name}.csv"))).len();
        assert!(tables("touches") > 50 && tables("archived") > 3 && tables("wishes") > 1, "seed {seed}");
        assert!(csv(&team.out().join("current/holdings.csv")).iter().any(|row| !row["ended_on"].is_empty()));
        assert!(!team.report_table("targets").is_empty() && !team.report_table("strength").is_empty());
        assert!(team.report_table("cards").iter().any(|row| !row["reason"].is_empty()), "seed {seed}");
        assert!(team.report_table("cleanup").iter().any(|row| row["kept"] != "0"), "seed {seed}");
        ended(&team.report(&["--threads", "1"]), 0);
        assert_eq!(differing(&team.generation(3), &team.current()), Vec::<String>::new(), "seed {seed}");
        ended(&team.report(&[]), 0);
        assert_eq!(
            differing(&team.generation(3), &team.generation(5)),
            Vec::<String>::new(),
            "twice, seed {seed}"
        );
        assert!(
            !team.out().join("generations/000002").exists(),
            "only as many are kept as the pipeline file says"
        );
    }
}

#[test]
fn a_run_after_reports_does_what_it_would_have_done_without_them() {
    let (with, without) = (lively(5), lively(5));
    for space in [&with, &without] {
        space.run("2026-06-25");
    }
    ended(&with.report(&[]), 0);
    with.change("words = \"animals\"", "words = \"letters\"");
    ended(&with.report(&[]), 0);
    with.change("words = \"letters\"", "words = \"animals\"");
    for space in [&with, &without] {
        let gone =
            files(&space.path("fixtures/race/inbox")).into_keys().find(|path| path.ends_with("log.csv"));
        fs::remove_file(space.path("fixtures/race/inbox").join(gone.unwrap())).unwrap();
        space.run("2026-08-30");
    }
    let differ = differing(&with.current(), &without.current());
    // The generation since which an id is retired counts the reports in between.
    let only_numbers = ["redirects.csv", "redirects.parquet"];
    assert!(differ.iter().all(|name| only_numbers.contains(&name.as_str())), "{differ:?}");
    assert!(!csv(&with.out().join("current/changes.csv")).is_empty());
    for name in ["decisions.csv", "tiers.csv"] {
        let of = |space: &Space| fs::read(space.out().join(name)).ok();
        assert_eq!(of(&with), of(&without), "{name}");
    }
}

#[test]
fn what_the_pipeline_file_says_of_reports_counts_without_importing() {
    let demo = Space::demo();
    demo.run("2026-05-05");
    let anna = |name: &str| demo.report_table(name).iter().any(|row| row.values().any(|cell| cell == "anna"));
    let adds =
        || demo.report_table("race").iter().map(|row| row["adds"].parse::<u64>().unwrap()).sum::<u64>();
    let whole = adds();
    let known = demo.report_table("due").iter().filter(|row| row["what"] == "birthday").count();
    assert!(anna("race") && demo.report_table("growth").len() > 9);
    demo.change("start = 2026-03-02", "start = 2026-04-06");
    demo.change("weeks = 9", "weeks = 2");
    demo.change("name = \"Team Nordlicht\"", "name = \"Team Südwind\"");
    demo.change("name = \"Anna Talheimer\"", "name = \"Anna Öztürk\"");
    demo.change(
        "language = \"en\"",
        "language = \"de\"\n[reports]\nonly = [\"race\", \"overlap\", \"stages\"]\n",
    );
    demo.change("[output]\n", "[output]\ndialect = \"plain\"\nkeep = 1\n");
    // Nothing of the inbox is read.
    fs::remove_dir_all(demo.path("fixtures")).unwrap();
    let before = demo.generation(1);
    let output = demo.report(&[]);
    ended(&output, 0);
    assert!(
        stdout(&output).contains(
            "\nThe reasons in the sheets of contacts and open pairs stay in the language of the last run.\n"
        ),
        "{}",
        all(&output)
    );
    let after = demo.current();
    let carried: Vec<String> =
        differing(&before, &after).into_iter().filter(|path| !is_made_anew(path)).collect();
    assert_eq!(carried, Vec::<String>::new(), "tables stay as they are");
    let names: Vec<String> = after.keys().map(|path| path.to_string_lossy().into_owned()).collect();
    let reports: Vec<&String> = names.iter().filter(|path| path.starts_with("reports/")).collect();
    assert_eq!(
        reports,
        ["reports/overlap.csv", "reports/overlap.parquet", "reports/race.csv", "reports/race.parquet"]
    );
    assert!(names.contains(&"members/anna/stages.csv".to_owned()));
    let race = String::from_utf8(after[Path::new("reports/race.csv")].clone()).unwrap();
    assert!(race.starts_with("member,rank,"), "without BOM, with commas: {race}");
    assert!((1..whole).contains(&adds()), "two weeks of nine: {} of {whole}", adds());
    let page = String::from_utf8(after[Path::new("report.html")].clone()).unwrap();
    for told in ["Team Südwind", "Anna Öztürk", "lang=\"de\""] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("Anna Talheimer") && !page.contains("Team Nordlicht"));
    let schema: serde_json::Value = serde_json::from_slice(&after[Path::new("schema.json")]).unwrap();
    let explained: Vec<&str> =
        schema["tables"].as_array().unwrap().iter().map(|table| table["name"].as_str().unwrap()).collect();
    assert_eq!(explained[..6], ["contacts", "archived", "provenance", "race", "overlap", "stages"]);
    assert!(explained.contains(&"redirects") && !explained.contains(&"growth"));
    assert!(!demo.out().join("generations/000001").exists(), "[output] keep holds");
    let manifest = manifest(&demo.out());
    assert_eq!(manifest["reports"]["csv"]["dialect"], "plain");
    assert_eq!(manifest["csv"]["dialect"], "spreadsheet", "so the tables were written");

    let birthdays = || demo.report_table("due").iter().filter(|row| row["what"] == "birthday").count();
    demo.change(
        "only = [\"race\", \"overlap\", \"stages\"]",
        "aggregate = true\nk = 7\ndue = { birthdays = 90 }",
    );
    ended(&demo.report(&["--lang", "en"]), 0);
    let page = fs::read_to_string(demo.out().join("report.html")).unwrap();
    assert!(page.contains("lang=\"en\"") && !page.contains("Anna Öztürk"), "only distributions are shown");
    assert!(demo.report_table("growth").len() > 9, "what was left out is there again");
    assert!(birthdays() > known, "of ninety days there are more: {} than {known}", birthdays());
}

#[test]
fn what_counts_from_the_next_run_on_is_said() {
    let demo = Space::demo();
    demo.run("2026-05-05");
    let before = demo.generation(1);
    put(
        &demo.path("fixtures/race/inbox"),
        "anna/new.csv",
        b"First Name,Last Name,Company\nUte,Neu,Alpha AG\n",
    );
    let said = |output: &Output| {
        stdout(output).lines().filter(|line| line.starts_with('!')).collect::<Vec<_>>().join("\n")
    };
    let output = demo.report(&["--quiet"]);
    ended(&output, 0);
    assert_eq!(said(&output), "! 1 file in the inbox is not in these results; `hamstern run` reads them");
    fs::remove_file(demo.path("fixtures/race/inbox/anna/new.csv")).unwrap();

    demo.change("industries = [\"machinery\", ", "industries = [\"health\", ");
    let output = demo.report(&["--quiet"]);
    assert!(
        said(&output).starts_with("! goals, wish list, [tier] or [strength] are others than in the last run")
    );
    assert_eq!(
        differing(&before, &demo.current()),
        Vec::<String>::new(),
        "labels and reports agree until then"
    );
    demo.change("industries = [\"health\", ", "industries = [\"machinery\", ");
    fs::remove_file(demo.path("pipelines/demo-wishes.csv")).unwrap();
    ended(&demo.report(&["--quiet"]), 0);
    assert_eq!(
        differing(&before, &demo.current()),
        Vec::<String>::new(),
        "the wish list of the run is in its tables"
    );
}

#[test]
fn dropped_columns_are_missed_in_the_reports_and_said() {
    let demo = Space::demo();
    demo.run("2026-05-05");
    let birthdays = || demo.report_table("due").iter().filter(|row| row["what"] == "birthday").count();
    let known = birthdays();
    assert!(known > 0);
    demo.change("[output]\n", "[privacy]\ndrop = [\"birthday\"]\n[output]\n");
    let output = demo.report(&[]);
    assert!(
        stdout(&output).contains("reports and workbook do without birthday; the tables"),
        "{}",
        all(&output)
    );
    assert_eq!(birthdays(), 0);
    demo.run("2026-05-05");
    assert!(!stdout(&demo.report(&[])).contains('!'), "the run and the pipeline file agree");
    demo.change("drop = [\"birthday\"]", "drop = []");
    let output = demo.report(&[]);
    assert!(
        stdout(&output).contains("the last run dropped birthday, so that reports know nothing"),
        "{}",
        all(&output)
    );
    assert_eq!(birthdays(), 0);
    demo.run("2026-05-05");
    assert_eq!(birthdays(), known);
}

#[test]
fn folders_without_a_pipeline_file_are_reported_on_by_out() {
    let team = team::Team::new("--rows 120 --members 2 --seed 2");
    let out = team.out("out");
    ended(&common::run(&team.inbox(), &out, &[]), 0);
    let output = hamstern(&["report", "--out"]).arg(&out).output().unwrap();
    ended(&output, 0);
    let of = |number: u32| {
        let mut files = files(&out.join(format!("generations/{number:06}")));
        files.remove(Path::new("manifest.json"));
        files
    };
    assert_eq!(differing(&of(1), &of(2)), Vec::<String>::new());
    let json = hamstern(&["report", "--json", "--out"]).arg(&out).output().unwrap();
    let line: serde_json::Value = serde_json::from_str(stdout(&json).trim()).unwrap();
    assert_eq!((line["message_type"].as_str(), line["made_from"].as_u64()), (Some("summary"), Some(2)));
    assert_eq!((line["imported_on"].as_str(), line["generation"].as_u64()), (Some(TODAY), Some(3)));
}

#[test]
fn results_that_a_pipeline_file_made_are_reported_on_with_it_only() {
    let team = team::Team::new("--rows 120 --members 2 --seed 2");
    let space = Space::of(&team.inbox(), "");
    let before = space.run(TODAY).current();
    let output = hamstern(&["report", "--out"]).arg(space.out()).output().unwrap();
    ended(&output, 64);
    assert!(all(&output).contains("name it with --pipeline FILE"), "{}", all(&output));
    assert_eq!(differing(&before, &space.current()), Vec::<String>::new());
}

#[test]
fn distributions_alone_are_asked_for_on_the_command_line_too() {
    let team = team::Team::new("--rows 120 --members 2 --seed 6");
    let space = Space::of(&team.inbox(), "[reports]\naggregate = false\n");
    let page = |space: &Space| fs::read_to_string(space.out().join("report.html")).unwrap();
    let full = page(space.run(TODAY));
    ended(&space.report(&["--aggregate"]), 0);
    let less = page(&space);
    assert!(less.len() < full.len() && !less.contains("id=\"loss\""), "no member");
    space.change("aggregate = false", "aggregate = true");
    ended(&space.report(&[]), 0);
    assert_eq!(less, page(&space), "the option and the pipeline file mean the same");
}

#[test]
fn whatever_goes_wrong_leaves_the_last_results_as_they_were() {
    let team = team::Team::new("--rows 120 --members 2 --seed 4");
    let space = Space::of(&team.inbox(), "");
    let output = space.report(&[]);
    ended(&output, 66);
    assert!(all(&output).contains("there are no results in") && all(&output).contains("hamstern run"));
    assert!(!space.path("out").exists() && !space.path("pipelines/state").exists(), "nothing is made");
    ended(&run_file(&space.file(), &["--quiet"]), 0);
    let before = files(&space.path("out"));

    let output = space.report(&["--dry-run"]);
    ended(&output, 0);
    assert!(summary(&output).contains(" out=nothing in "), "{}", summary(&output));
    let state = space.out().join("state");
    let held = Lock::take(&state).unwrap();
    ended(&space.report(&[]), 75);
    drop(held);
    let unchanged = || {
        let mut now = files(&space.path("out"));
        let mut before = before.clone();
        for files in [&mut now, &mut before] {
            files.retain(|path, _| !path.ends_with("lock"));
        }
        assert_eq!(differing(&before, &now), Vec::<String>::new());
    };
    unchanged();

    let generation = space.out().join("generations/000001");
    for (name, bytes) in [
        ("holdings.parquet", &b"no parquet"[..]),
        ("schema.json", b"{"),
        ("manifest.json", b"{\"schema_version\":2,\"written_by\":\"hamstern 9\"}"),
        ("manifest.json", b"nonsense"),
    ] {
        let good = fs::read(generation.join(name)).unwrap();
        fs::write(generation.join(name), bytes).unwrap();
        let output = space.report(&[]);
        ended(&output, 78);
        assert!(all(&output).contains("hint: `hamstern run` makes new results"), "{}", all(&output));
        fs::write(generation.join(name), good).unwrap();
        unchanged();
    }
    // A table of another version lacks a column that reports need.
    let good = fs::read(generation.join("touches.parquet")).unwrap();
    fs::copy(generation.join("rejects.parquet"), generation.join("touches.parquet")).unwrap();
    let output = space.report(&[]);
    ended(&output, 78);
    assert!(
        all(&output).contains("the table touches of the results 000001 has no column contact_id"),
        "{}",
        all(&output)
    );
    fs::write(generation.join("touches.parquet"), good).unwrap();
    let lost = state.join("000001.state");
    let good = fs::read(&lost).unwrap();
    fs::remove_file(&lost).unwrap();
    ended(&space.report(&[]), 78);
    fs::write(&lost, good).unwrap();
    unchanged();
    ended(&space.report(&[]), 0);
    assert_eq!(differing(&space.generation(1), &space.current()), Vec::<String>::new());
}
