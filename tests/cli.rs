//! The command line: every exit code by a real case, and what stands on standard output and error.

mod common;
#[path = "common/team.rs"]
mod team;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::{all, csv, ended, figure, files, hamstern, put, run, run_file, stdout, summary};
use team::Team;

const LIST: &str = "Name;Firma;E-Mail;Telefon\n\
    Erika Musterfrau;Nordwind GmbH;erika@nordwind.example;0171 7654321\n\
    Jürgen Groß;Beispiel AG;juergen.gross@beispiel.example;0664 1234567\n";

/// A card, and one without a name or any address: a row that should be a contact and cannot be one.
const HALF: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Beispiel\nEMAIL:ada@beispiel.example\nEND:VCARD\n\
    BEGIN:VCARD\nVERSION:3.0\nBDAY:1990-01-02\nEND:VCARD\n";

/// Folders of a run: an inbox and an output folder beside it.
struct Folders {
    home: tempfile::TempDir,
}

impl Folders {
    fn new(entries: &[(&str, &str)]) -> Folders {
        let folders = Folders { home: tempfile::tempdir().expect("a folder") };
        for (path, text) in entries {
            put(&folders.inbox(), path, text.as_bytes());
        }
        folders
    }

    fn inbox(&self) -> PathBuf {
        self.home.path().join("inbox")
    }

    fn out(&self) -> PathBuf {
        self.home.path().join("out")
    }

    fn run(&self, more: &[&str]) -> Output {
        run(&self.inbox(), &self.out(), more)
    }

    fn pipeline(&self, text: &str) -> PathBuf {
        let path = self.home.path().join("hamstern.toml");
        fs::write(&path, text).expect("written");
        path
    }
}

#[test]
fn one_person_is_told_as_one() {
    let folders =
        Folders::new(&[("anna/Liste.csv", "Name;E-Mail\nErika Musterfrau;erika@nordwind.example\n")]);
    let first = folders.run(&[]);
    assert!(stdout(&first).contains("1 member knows 1 person; 1 contact, a new one."), "{}", all(&first));
    let second = folders.run(&[]);
    assert!(stdout(&second).contains("1 contact, not new since the last run."), "{}", all(&second));
}

#[test]
fn a_file_that_is_no_inbox_or_is_not_there_is_named_with_what_to_do() {
    let folders = Folders::new(&[("anna/Liste.csv", LIST)]);
    let file = folders.inbox().join("anna/Liste.csv");
    let output = run(&file, &folders.out(), &[]);
    ended(&output, 66);
    assert!(stderr(&output).contains("Liste.csv: the inbox cannot be read"), "{}", all(&output));
    assert!(
        stderr(&output).contains("hint: the inbox is the folder of the members' folders"),
        "{}",
        all(&output)
    );
    let output = call(&["inspect", "Fehlt.csv"]);
    ended(&output, 66);
    assert!(stderr(&output).contains("Fehlt.csv: cannot be read"), "{}", all(&output));
    assert!(stderr(&output).contains("hint: look whether the path is right"), "{}", all(&output));
}

fn call(args: &[&str]) -> Output {
    hamstern(args).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_command_line_is_64_and_says_how_it_would_be_right() {
    for args in [
        &[][..],
        &["fly"],
        &["run", "--fast"],
        &["run", "--inbox", "somewhere"],
        &["run", "--out", "somewhere"],
        &["run", "a.toml", "--inbox", "a", "--out", "b"],
        &["run", "--inbox", "a", "--out", "b", "--country", "Germany"],
        &["run", "--inbox", "a", "--out", "b", "--timezone", "Europe/Colonge"],
        &["run", "--inbox", "a", "--out", "b", "--lang", "fr"],
        &["run", "--inbox", "a", "--out", "b", "--now", "tomorrow"],
        &["run", "--inbox", "a", "--out", "b", "--now", "1970-01-01"],
        &["run", "--inbox", "a", "--out", "b", "--threads", "0"],
        &["run", "--inbox", "a", "--out", "a/results"],
        &["run", "--inbox", "a", "--out", "a"],
        &["inspect"],
        &["completions", "tcl"],
        &["init"],
        &["init", "somewhere", "--members", "Anna Müller"],
    ] {
        let output = call(args);
        ended(&output, 64);
        assert!(stdout(&output).is_empty() && !stderr(&output).is_empty(), "{args:?}: {}", all(&output));
    }
    for args in [&["--help"][..], &["--version"], &["run", "--help"], &["help", "check"]] {
        let output = call(args);
        ended(&output, 0);
        assert!(!stdout(&output).is_empty() && stderr(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn results_never_lie_in_the_inbox_whatever_the_way_there() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    let roundabout = folders.inbox().join("../inbox/anna/new/out");
    ended(&run(&folders.inbox(), &roundabout, &[]), 64);
    #[cfg(unix)]
    {
        let link = folders.home.path().join("link");
        std::os::unix::fs::symlink(folders.inbox(), &link).expect("a link");
        ended(&run(&folders.inbox(), &link.join("out"), &[]), 64);
        ended(&run(&link, &folders.inbox().join("out"), &[]), 64);
    }
    assert_eq!(files(&folders.inbox()).len(), 1, "nothing was made");
    // Beside it, however written, they may.
    ended(&run(&folders.inbox(), &folders.inbox().join("../out"), &[]), 0);
}

#[test]
fn nothing_there_is_66_and_nothing_usable_65() {
    let folders = Folders::new(&[]);
    ended(&folders.run(&[]), 66);
    assert!(!folders.out().exists(), "a mistyped path leaves nothing behind");
    fs::create_dir_all(folders.inbox().join("anna/2026-01-05")).expect("made");
    ended(&folders.run(&[]), 66);
    put(&folders.inbox(), "anna/.DS_Store", b"x");
    ended(&folders.run(&[]), 66);
    ended(&call(&["run", "/nowhere/hamstern.toml"]), 66);
    ended(&call(&["inspect", "/nowhere/a.csv"]), 66);
    ended(&call(&["inspect", "/"]), 66);
    put(&folders.inbox(), "anna/notes.txt", b"Nothing that anybody would take for a contact.\n");
    put(&folders.inbox(), "anna/empty.csv", b"");
    let output = folders.run(&[]);
    ended(&output, 65);
    assert!(
        stderr(&output).contains("anna/notes.txt") && stderr(&output).contains("hint:"),
        "{}",
        all(&output)
    );
    assert!(!folders.out().join("current").exists(), "nothing is published");
}

#[test]
fn what_was_refused_is_3_once_and_0_when_it_is_known() {
    let folders =
        Folders::new(&[("anna/list.csv", LIST), ("anna/half.vcf", HALF), ("ben/odd.bin", "\u{0}\u{1}odd")]);
    let output = folders.run(&[]);
    ended(&output, 3);
    assert!(summary(&output).starts_with("hamstern: check files=3 refused=1 "), "{}", all(&output));
    assert!(
        stdout(&output).contains("! anna/half.vcf: ") && stdout(&output).contains("! ben/odd.bin: "),
        "{}",
        all(&output)
    );
    let rejects = csv(&folders.out().join("current/rejects.csv"));
    let row = rejects.iter().find(|row| row["file"] == "anna/half.vcf").expect("the card");
    assert_eq!((row["line"].as_str(), row["what"].as_str()), ("6", "row"));
    assert!(
        row["raw"].contains("BDAY:1990-01-02") && !row["message"].is_empty() && !row["code"].is_empty(),
        "{row:?}"
    );
    assert!(rejects.iter().any(|row| row["file"] == "ben/odd.bin" && row["what"] == "file"), "{rejects:?}");

    let output = folders.run(&[]);
    ended(&output, 0);
    assert!(summary(&output).starts_with("hamstern: ok files=3 refused=1 "), "{}", all(&output));
    assert_eq!(csv(&folders.out().join("current/rejects.csv")), rejects, "they are listed all the same");
    // Moved or renamed it is still the same; another one is new.
    fs::rename(folders.inbox().join("anna/half.vcf"), folders.inbox().join("anna/renamed.vcf"))
        .expect("moved");
    ended(&folders.run(&[]), 0);
    put(&folders.inbox(), "anna/half2.vcf", HALF.replace("1990", "1991").as_bytes());
    ended(&folders.run(&["--dry-run"]), 3);
    ended(&folders.run(&[]), 3);
}

#[cfg(unix)]
#[test]
fn what_cannot_even_be_looked_at_is_said_once_too_and_in_one_order() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    for name in ["z", "b", "m", "a"] {
        std::os::unix::fs::symlink("/etc/hosts", folders.inbox().join(format!("anna/{name}.csv")))
            .expect("a link");
    }
    for verb in ["check", "run"] {
        for show in [&[][..], &["--quiet"], &["--json"]] {
            let output = hamstern(&[verb, "--dry-run", "--now", common::TODAY, "--inbox"])
                .arg(folders.inbox())
                .arg("--out")
                .arg(folders.out())
                .args(show)
                .output()
                .expect("the program starts");
            ended(&output, 3);
            assert!(stdout(&output).contains("anna/m.csv: is a link"), "{verb} {show:?}: {}", all(&output));
        }
    }
    let output = folders.run(&[]);
    ended(&output, 3);
    assert_eq!((figure(&output, "files"), figure(&output, "refused")), (1, 4));
    let manifest = common::manifest(&folders.out());
    let told = manifest["unreadable"].as_array().expect("a list").iter().map(|entry| entry["path"].as_str());
    assert_eq!(
        told.collect::<Option<Vec<_>>>().expect("paths"),
        ["anna/a.csv", "anna/b.csv", "anna/m.csv", "anna/z.csv"]
    );
    let output = folders.run(&["--quiet"]);
    ended(&output, 0);
    assert_eq!(all(&output), "", "known since the last run");
}

#[test]
fn outputs_that_cannot_be_made_are_73_and_a_full_disk_74() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    let file = folders.home.path().join("file");
    fs::write(&file, "not a folder").expect("written");
    ended(&run(&folders.inbox(), &file.join("out"), &[]), 73);
    ended(&hamstern(&["init"]).arg(file.join("team")).output().expect("the program starts"), 73);
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: no /dev/full here");
        return;
    }
    for args in [&["man"][..], &["completions", "bash"], &["inspect", "Cargo.toml"]] {
        let full = fs::File::options().write(true).open("/dev/full").expect("it opens");
        let output = hamstern(args).stdout(full).output().expect("the program starts");
        ended(&output, 74);
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_or_written_is_77() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let folders = Folders::new(&[("anna/list.csv", LIST), ("ben/list.csv", LIST)]);
    let root = fs::metadata(folders.home.path()).expect("it is there").uid() == 0;
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    let run = |inbox: &Path, out: &Path| {
        let mut command = hamstern(&["run", "--now", common::TODAY, "--inbox"]);
        command.arg(inbox).arg("--out").arg(out).current_dir("/");
        if root {
            // Root may do everything: the program runs as nobody in particular.
            command.uid(65534).gid(65534);
        }
        command.output()
    };
    mode(folders.home.path(), 0o755);
    if run(&folders.inbox(), &folders.out()).is_err() {
        eprintln!("skipped: the program cannot be started as another user here");
        return;
    }
    if root {
        // Nobody may not write beside the inbox of root.
        ended(&run(&folders.inbox(), &folders.out()).expect("it starts"), 77);
    } else {
        mode(folders.home.path(), 0o555);
        ended(&run(&folders.inbox(), &folders.out()).expect("it starts"), 77);
    }
    mode(folders.home.path(), 0o777);
    // One file that may not be read is refused and does not stop the others.
    mode(&folders.inbox().join("ben/list.csv"), 0o000);
    let output = run(&folders.inbox(), &folders.out()).expect("it starts");
    ended(&output, 3);
    assert!(stdout(&output).contains("ben/list.csv") && figure(&output, "kept") == 2, "{}", all(&output));
    mode(&folders.inbox(), 0o000);
    ended(&run(&folders.inbox(), &folders.out()).expect("it starts"), 77);
    mode(&folders.inbox(), 0o755);
}

#[test]
fn all_that_is_wrong_in_a_pipeline_file_is_78_at_once() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    let pipeline = folders.pipeline(
        "[team]\ncountry = \"Deutschland\"\nshoe_size = 44\n\n[[source]]\nfiles = \"*.csv\"\n\
         [source.columns]\ngivenname = \"Vorname\"\n\n[output]\nkeep = 0\n",
    );
    for verb in ["run", "check"] {
        let output = hamstern(&[verb]).arg(&pipeline).output().expect("the program starts");
        ended(&output, 78);
        let said = stderr(&output);
        for (line, word) in [(2, "country"), (3, "shoe_size"), (8, "givenname"), (11, "keep")] {
            let start = format!("hamstern.toml:{line}:");
            assert!(
                said.lines().any(|have| have.contains(&start) && have.contains(word)),
                "{start} {word}:\n{said}"
            );
        }
        assert!(said.matches("hint:").count() >= 3 && stdout(&output).is_empty(), "{said}");
    }
    assert!(!folders.out().exists(), "nothing was made");
    let output = run_file(&folders.pipeline("[team\n"), &[]);
    ended(&output, 78);
    assert!(stderr(&output).contains("hamstern.toml:1:"), "{}", all(&output));
}

#[test]
fn a_pointer_that_names_no_generation_is_78() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    ended(&folders.run(&[]), 0);
    fs::remove_file(folders.out().join("current")).expect("removed");
    fs::write(folders.out().join("current"), "somewhere").expect("written");
    let output = folders.run(&[]);
    ended(&output, 78);
    assert!(stderr(&output).contains("hint:"), "{}", all(&output));
}

#[cfg(unix)]
#[test]
fn asked_to_stop_it_stops_and_leaves_what_was_there() {
    let team = Team::new("--rows 12000 --members 4 --seed 9");
    let out = team.out("out");
    let mut child = hamstern(&["run", "--now", common::TODAY, "--threads", "1", "--inbox"])
        .arg(team.inbox())
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The lock names the process once it watches for signals.
    let lock = out.join("state/lock");
    while fs::read_to_string(&lock).map_or(true, |text| text.is_empty()) {
        assert!(child.try_wait().expect("it runs").is_none(), "it ended before it could be asked");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill");
    assert!(asked.success());
    let output = child.wait_with_output().expect("it ends");
    ended(&output, 128 + 15);
    assert!(stderr(&output).contains("signal 15"), "{}", all(&output));
    assert!(!out.join("current").exists());
    let left: Vec<_> = files(&out).into_keys().filter(|path| path != Path::new("state/lock")).collect();
    assert_eq!(left, Vec::<PathBuf>::new(), "nothing half done is left");
    ended(&run(&team.inbox(), &out, &["--quiet"]), 0);
}

#[test]
fn the_last_line_has_all_accounts_in_one_order() {
    let folders = Folders::new(&[("anna/list.csv", LIST), ("ben/half.vcf", HALF), ("ben/list.csv", LIST)]);
    for (dry, out) in [(true, "nothing"), (false, "000001"), (true, "nothing"), (false, "000002")] {
        let output = folders.run(if dry { &["--dry-run"] } else { &[] });
        let line = summary(&output);
        let shape: String =
            line.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
        let head = if output.status.code() == Some(3) { "check" } else { "ok" };
        let end = if dry { "nothing".to_owned() } else { "000000".to_owned() };
        assert_eq!(
            shape,
            format!(
                "hamstern: {head} files=0 refused=0 read=0 kept=0 duplicate=0 ignored=0 rejected=0 suppressed=0 \
                 blank=0 contacts=0 new=0 out={end} in 0.0s"
            )
        );
        assert!(line.contains(&format!(" out={out} ")), "{line}");
        let parts = ["kept", "duplicate", "ignored", "rejected", "suppressed", "blank"];
        assert_eq!(
            figure(&output, "read"),
            parts.iter().map(|part| figure(&output, part)).sum::<u64>(),
            "{line}"
        );
        assert_eq!(
            (figure(&output, "read"), figure(&output, "rejected"), figure(&output, "contacts")),
            (6, 1, 3)
        );
    }
}

#[test]
fn quiet_says_nothing_unless_it_needs_a_person() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    for verb in ["check", "run"] {
        let output = hamstern(&[verb, "-q", "--now", common::TODAY, "--inbox"])
            .arg(folders.inbox())
            .arg("--out")
            .arg(folders.out())
            .output()
            .expect("the program starts");
        ended(&output, 0);
        assert_eq!(all(&output), "", "{verb}");
    }
    put(&folders.inbox(), "anna/half.vcf", HALF.as_bytes());
    let output = folders.run(&["--quiet"]);
    ended(&output, 3);
    assert!(
        stdout(&output).contains("anna/half.vcf") && summary(&output).starts_with("hamstern: check "),
        "{}",
        all(&output)
    );
    assert_eq!(stderr(&output), "");
    let output = folders.run(&["--quiet"]);
    ended(&output, 0);
    assert_eq!(all(&output), "", "known since the last run");
    fs::remove_dir_all(folders.inbox()).expect("removed");
    let output = folders.run(&["--quiet"]);
    ended(&output, 66);
    assert!(stdout(&output).is_empty() && stderr(&output).contains("hint:"), "{}", all(&output));
}

#[test]
fn json_is_lines_with_a_message_type() {
    let folders =
        Folders::new(&[("anna/list.csv", LIST), ("anna/half.vcf", HALF), ("ben/odd.bin", "\u{0}odd")]);
    for (verb, code) in [("check", 3), ("run", 3), ("run", 0)] {
        let output = hamstern(&[verb, "--json", "--now", common::TODAY, "--inbox"])
            .arg(folders.inbox())
            .arg("--out")
            .arg(folders.out())
            .output()
            .expect("the program starts");
        ended(&output, code);
        let lines: Vec<serde_json::Value> =
            stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let types: Vec<_> = lines.iter().map(|line| line["message_type"].as_str().expect("a type")).collect();
        assert_eq!(types, ["file", "file", "file", "summary"]);
        let last = &lines[3];
        assert_eq!(last["exit_code"], code);
        assert_eq!(
            (&last["accounts"]["read"], &last["accounts"]["rejected"]),
            (&4.into(), &1.into()),
            "{last}"
        );
        assert_eq!(stderr(&output), "");
    }
    let output = call(&["inspect", "--json", "fixtures/vcard/nokia_21.vcf", "fixtures/workbook/liste.xlsx"]);
    ended(&output, 0);
    for line in stdout(&output).lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line["message_type"], "inspect");
    }
}

#[test]
fn no_colour_and_no_bar_where_nobody_watches() {
    let folders = Folders::new(&[("anna/list.csv", LIST), ("anna/ev\u{1b}[31mil.bin", "\u{0}\u{1b}[2Jodd")]);
    let mut outputs = vec![folders.run(&[]), folders.run(&["--dry-run"])];
    for verb in ["check", "run"] {
        let mut command = hamstern(&[verb, "--inbox"]);
        command
            .arg(folders.inbox())
            .arg("--out")
            .arg(folders.out())
            .env("TERM", "xterm-256color")
            .env("COLORTERM", "truecolor");
        outputs.push(command.output().expect("the program starts"));
    }
    outputs.push(
        hamstern(&["inspect"])
            .args(files(&folders.inbox()).keys().map(|path| folders.inbox().join(path)))
            .output()
            .expect("it starts"),
    );
    outputs.extend([
        call(&["--help"]),
        call(&["man"]),
        call(&["fly"]),
        call(&["run", "/nowhere/\u{1b}[31m.toml"]),
    ]);
    for output in outputs {
        assert!(!all(&output).contains('\u{1b}'), "{:?}", all(&output));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let folders = Folders::new(&[("anna/list.csv", LIST)]);
    let rows: Vec<String> = (0..3000).map(|number| format!("Ada Nr{number};a{number}@x.example\n")).collect();
    let text = format!("Name;E-Mail\n{}", rows.concat());
    put(&folders.inbox(), "anna/long.csv", text.as_bytes());
    let (inbox, out) = (folders.inbox().display().to_string(), folders.out().display().to_string());
    let long = folders.inbox().join("anna/long.csv").display().to_string();
    for args in [
        &["run", "--inbox", &inbox, "--out", &out][..],
        &["run", "--json", "--inbox", &inbox, "--out", &out],
        &["check", "--inbox", &inbox, "--out", &out],
        &["inspect", "--records", "3000", &long],
        &["man"],
        &["completions", "zsh"],
        &["--help"],
    ] {
        let mut child =
            hamstern(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        ended(&output, 0);
        assert_eq!(stderr(&output), "", "{args:?}");
    }
}

#[test]
fn completions_and_the_manual_page_are_whole() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = call(&["completions", shell]);
        ended(&output, 0);
        for word in ["hamstern", "inspect", "dry-run", "timezone"] {
            assert!(stdout(&output).contains(word), "{shell}: {word}");
        }
    }
    let page = call(&["man"]);
    ended(&page, 0);
    for word in [".TH hamstern", "hamstern run", "hamstern inspect", "EXIT STATUS", "128"] {
        assert!(stdout(&page).contains(word), "{word}");
    }
    for (program, args, input) in [
        ("bash", &["-n"][..], call(&["completions", "bash"]).stdout),
        ("zsh", &["-n"], call(&["completions", "zsh"]).stdout),
        ("fish", &["--no-execute"], call(&["completions", "fish"]).stdout),
        ("groff", &["-man", "-Tutf8", "-ww", "-z"], page.stdout),
    ] {
        let started = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        let Ok(mut child) = started else {
            eprintln!("skipped: no {program} here");
            continue;
        };
        child.stdin.take().expect("an input").write_all(&input).expect("written");
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{program}: {}", all(&output));
    }
}
