//! The README is true: its help blocks are the help, its demo prints what it says, its commands exist.

mod common;

use common::{all, hamstern, stdout};

fn readme() -> String {
    std::fs::read_to_string("README.md").expect("README.md")
}

/// The fenced blocks of a text, without their fences, with the word after the fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            let body: Vec<&str> =
                lines.by_ref().take_while(|line| !line.trim_start().starts_with("```")).collect();
            found.push((kind.to_owned(), body.join("\n")));
        }
    }
    found
}

#[test]
fn help_blocks_are_the_help() {
    let mut seen = Vec::new();
    for (_, block) in blocks(&readme()) {
        let Some(rest) = block.strip_prefix("$ hamstern ") else { continue };
        let Some((command, shown)) = rest.split_once("--help\n") else { continue };
        let mut args: Vec<&str> = command.split_whitespace().collect();
        args.push("--help");
        let output = hamstern(&args).env("COLUMNS", "100").output().expect("the program starts");
        assert_eq!(stdout(&output).trim_end(), shown.trim_end(), "hamstern {command}--help");
        seen.push(command.trim().to_owned());
    }
    assert_eq!(seen, ["", "run", "report", "evaluate", "who", "explain", "review", "label"]);
}

#[test]
fn the_demo_prints_what_the_readme_shows() {
    let home = tempfile::tempdir().expect("a folder");
    let demo = std::fs::read_to_string("pipelines/demo.toml").expect("the demo");
    let inbox = std::path::absolute("fixtures/race/inbox").expect("a path");
    let pipeline = home.path().join("demo.toml");
    let demo = demo
        .replace("path = \"../fixtures/race/inbox\"", &format!("path = {:?}", inbox.to_string_lossy()))
        .replace("dir = \"../out/demo\"", "dir = \"out/demo\"")
        .replace("\"../out/demo/", "\"out/demo/");
    std::fs::write(&pipeline, demo).expect("written");
    std::fs::copy("pipelines/demo-wishes.csv", home.path().join("demo-wishes.csv")).expect("copied");
    let output =
        hamstern(&["run", "demo.toml"]).current_dir(home.path()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", all(&output));
    answers_are_those_shown(home.path());
    // The time it took is the machine's, and paths depend on where it was run.
    let plain = |text: &str| -> String {
        text.lines()
            .filter(|line| !line.starts_with("For people:"))
            .map(|line| line.split(" in ").next().unwrap_or_default().trim_end())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let readme = readme();
    let (_, shown) = blocks(&readme)
        .into_iter()
        .find(|(_, block)| block.starts_with("member  "))
        .expect("the README shows the demo");
    let printed = stdout(&output);
    let (files, summary) = printed.split_at(printed.find("\nmember  ").expect("a summary"));
    assert_eq!(plain(summary.trim()), plain(shown.trim()));
    let line =
        files.lines().find(|line| line.starts_with("anna/2026-05-04/Kontaktlog.xlsx")).expect("the log");
    assert!(line.contains("log of meetings") && line.trim_end().ends_with(" 0"), "{line}");

    let rows = common::csv(&home.path().join("out/demo/current/reports/race.csv"));
    let first = &rows[0];
    let share: f64 = first["share"].replace(',', ".").parse().expect("a share");
    let told = format!("{} wins the race with {} new people", first["member"], thousands(&first["adds"]));
    assert!(readme.contains(&told), "{told}");
    assert!(readme.contains(&format!("{:.1} % of all", share * 100.0)), "{share}");
    // What the README says of the demo in words is what the table beside it shows.
    let anna = summary.lines().find(|line| line.starts_with("anna ")).expect("anna's line");
    let alone = anna.rsplit("  ").next().expect("a count").trim();
    let alone = format!("she alone knows {alone} people").replace('\u{202f}', " ");
    assert!(readme.contains(&alone), "{alone}");
    let people = summary.lines().find_map(|line| line.split_once(" members know ")).expect("a count").1;
    let people = people.split_once(" different people").expect("a count").0.replace('\u{202f}', " ");
    assert!(readme.contains(&format!("They know {people} different people")), "{people}");
}

/// What the README shows of `who`, `explain` and `label` is what they print on the demo.
fn answers_are_those_shown(home: &std::path::Path) {
    let mut seen = Vec::new();
    for (_, block) in blocks(&readme()) {
        let Some(rest) = block.strip_prefix("$ hamstern ") else { continue };
        let Some((command, shown)) = rest.split_once('\n') else { continue };
        let command = command.replace("pipelines/demo.toml", "demo.toml");
        let args = words(&command);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let asks = args.contains(&"demo.toml") || args[0] == "label";
        if args.contains(&"--help") || !asks {
            continue;
        }
        let output = hamstern(&args).current_dir(home).output().expect("the program starts");
        assert_eq!(stdout(&output).trim_end(), shown.trim_end(), "{}", all(&output));
        seen.push(args[0].to_owned());
    }
    assert_eq!(seen, ["who", "explain", "label"]);
}

/// The words of a command line; what stands in quotes is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in command.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn thousands(number: &str) -> String {
    match number.len() {
        0..=3 => number.to_owned(),
        length => format!("{} {}", &number[..length - 3], &number[length - 3..]),
    }
}

#[test]
fn the_two_commands_are_there_and_what_they_name_exists() {
    let readme = readme();
    let commands: Vec<String> = blocks(&readme)
        .into_iter()
        .filter(|(kind, _)| kind == "console")
        .flat_map(|(_, block)| {
            block.lines().map(|line| line.trim().trim_start_matches("$ ").to_owned()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(&commands[..2], ["cargo run -- run pipelines/demo.toml", "cargo test"]);
    for command in commands.iter().filter_map(|command| command.strip_prefix("hamstern ")) {
        let name = command.split_whitespace().next().expect("a command");
        let output = hamstern(&[name, "--help"]).output().expect("the program starts");
        assert!(output.status.success(), "hamstern {name}");
    }
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("https://") || std::path::Path::new(link).exists(), "{link}");
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = readme();
    for command in
        ["init", "run", "check", "inspect", "who", "explain", "report", "review", "completions", "man"]
    {
        assert!(readme.contains(&format!("  {command} ")), "{command}");
    }
}
