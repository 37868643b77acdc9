//! `hamstern evaluate`: figures against known answers, what is left out and said, and the worst mistakes.

mod common;
#[path = "common/score.rs"]
mod score;
#[path = "common/team.rs"]
mod team;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{all, csv, ended, hamstern, put, run, stdout};
use score::pairwise;
use serde_json::Value;
use team::{Team, place};

/// Compares an inbox with a truth.
fn evaluate(inbox: &Path, out: &Path, truth: &Path, more: &[&str]) -> Output {
    let mut command = hamstern(&["evaluate", "--now", common::TODAY, "--truth"]);
    command.arg(truth).arg("--inbox").arg(inbox).arg("--out").arg(out).args(more);
    command.output().expect("the program starts")
}

/// The JSON lines, the summary last.
fn lines(output: &Output) -> Vec<Value> {
    ended(output, 0);
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Four files of which the answers are easily told: Erika in two, a namesake of hers, Jürgen twice.
fn small(home: &Path) -> PathBuf {
    let list = "Name;Firma;E-Mail;Telefon\n\
        Erika Musterfrau;Nordwind GmbH;erika@nordwind.example;0171 7654321\n\
        Jürgen Groß;Beispiel AG;juergen.gross@beispiel.example;0664 1234567\n";
    let other = "Name;Firma;E-Mail;Telefon\n\
        Erika Musterfrau;Nordwind;erika@nordwind.example;\n\
        Jürgen Gross;Beispiel;;0664 1234567\n\
        Hedwig Tannert;Talblick;h.tannert@talblick.example;\n";
    put(&home.join("inbox"), "anna/Liste.csv", list.as_bytes());
    put(&home.join("inbox"), "ben/Liste.csv", other.as_bytes());
    home.join("inbox")
}

fn write(home: &Path, text: &str) -> PathBuf {
    let path = home.join("truth.csv");
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn the_figures_are_those_of_the_published_result() {
    let team = Team::new("--rows 3000 --members 5 --seed 31 --kind hard");
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &["--quiet"]), 0);
    let said: BTreeMap<_, _> = csv(&out.join("current/provenance.csv"))
        .into_iter()
        .map(|row| (place(&row), row["contact_id"].clone()))
        .collect();
    let plain = pairwise(&said, &team.truth());
    let before = common::files(team.home());
    let truth = team.home().join("team/truth.csv");
    let told = lines(&evaluate(&team.inbox(), &out, &truth, &["--json", "--worst", "4"]));
    assert_eq!(common::files(team.home()), before, "it writes nothing");

    let sum = told.last().expect("a summary");
    assert_eq!(sum["message_type"], "evaluation");
    assert!((number(&sum["pairwise"]["precision"]) - plain.precision).abs() < 1e-12, "{sum}");
    assert!((number(&sum["pairwise"]["recall"]) - plain.recall).abs() < 1e-12);
    assert!((number(&sum["pairwise"]["f1"]) - plain.f1).abs() < 1e-12);
    assert_eq!(sum["true_pairs"].as_u64(), Some(plain.pairs));
    // The point of the curve at the threshold in use is the result itself, found by another way.
    let curve = sum["curve"].as_array().expect("a list");
    let point = curve.iter().find(|point| point["merge"] == sum["merge"]).expect("the threshold in use");
    assert_eq!((&point["pairwise"], &point["b_cubed"]), (&sum["pairwise"], &sum["b_cubed"]));
    let precision: Vec<f64> = curve.iter().map(|point| number(&point["pairwise"]["precision"])).collect();
    assert!(
        precision[0] < precision[precision.len() - 1],
        "a higher threshold is more careful: {precision:?}"
    );

    // Every wrong pair has a cause, and the mistakes that are told are the worst ones.
    for (kind, of, wrong) in [("false_merge", "false_merges", "made_pairs"), ("miss", "misses", "true_pairs")]
    {
        let wrong = sum[wrong].as_u64().expect("a count") - sum["right_pairs"].as_u64().expect("a count");
        assert_eq!(sum[of]["pairs"].as_u64(), Some(wrong), "{of}");
        let causes = sum[of]["causes"].as_array().expect("a list");
        assert_eq!(causes.iter().map(|cause| cause["pairs"].as_u64().expect("a count")).sum::<u64>(), wrong);
        let worst: Vec<&Value> = told.iter().filter(|line| line["message_type"] == kind).collect();
        assert!(!worst.is_empty() && worst.len() <= 4);
        assert!(worst.windows(2).all(|two| number(&two[0]["pairs"]) >= number(&two[1]["pairs"])));
        for fault in worst {
            let parts = fault["parts"].as_array().expect("a list");
            let sum: f64 = parts.iter().map(|part| number(&part["weight"])).sum();
            assert!((sum - number(&fault["weight"])).abs() < 1e-3, "{fault}");
            let one = fault["a"]["person"] == fault["b"]["person"];
            assert_eq!(one, kind == "miss", "{fault}");
            let row = fault["a"]["row"].as_str().expect("a place");
            assert!(
                row.contains('/') && row.contains(':') && fault["a"]["cells"]["name"].is_string(),
                "{row}"
            );
        }
    }
    let text = stdout(&evaluate(&team.inbox(), &out, &truth, &[]));
    for words in [
        "pairwise",
        "B-cubed",
        "blocking",
        "<- in use",
        "pairs joined wrongly",
        "pairs missed",
        "prior match",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(text.lines().last().is_some_and(|line| line.starts_with("hamstern: evaluated rows=")));
}

#[test]
fn the_own_result_as_truth_is_perfect_in_any_order() {
    let team = Team::new("--rows 1200 --members 4 --seed 8");
    let out = team.out("out");
    ended(&run(&team.inbox(), &out, &["--quiet"]), 0);
    let trail = csv(&out.join("current/provenance.csv"));
    let mut rows: Vec<String> = trail
        .iter()
        .map(|row| format!("{},{},{},{}", row["file"], row["line"], row["contact_id"], row["sheet"]))
        .collect();
    let mut seen = Vec::new();
    for turn in 0..3 {
        match turn {
            1 => rows.reverse(),
            2 => {
                let third = rows.len() / 3;
                rows.rotate_left(third);
            }
            _ => {}
        }
        let truth = write(team.home(), &format!("file,line,person,sheet\n{}\n", rows.join("\n")));
        seen.push(stdout(&evaluate(&team.inbox(), &out, &truth, &["--json"])));
    }
    let sum: Value = serde_json::from_str(seen[0].lines().last().expect("a summary")).expect("JSON");
    for figures in ["pairwise", "b_cubed"] {
        for figure in ["precision", "recall", "f1"] {
            assert!((number(&sum[figures][figure]) - 1.0).abs() < 1e-12, "{figures} {figure}: {sum}");
        }
    }
    assert_eq!((sum["false_merges"]["pairs"].as_u64(), sum["misses"]["pairs"].as_u64()), (Some(0), Some(0)));
    assert!(seen.iter().all(|text| *text == seen[0]), "the order of the truth shows");
}

#[test]
fn what_does_not_count_is_counted_and_said() {
    let home = tempfile::tempdir().expect("a folder");
    let inbox = small(home.path());
    // Line 4 of ben's list is not named; one row is named twice, one is two persons, one does not exist.
    let truth = write(
        home.path(),
        "file;line;person\r\nanna/Liste.csv;2;e\r\nben/Liste.csv;2;e\r\nben/Liste.csv;2;e\r\n\
         anna/Liste.csv;3;j\r\nben/Liste.csv;3;j\r\nben/Liste.csv;3;k\r\nben/Liste.csv;99;x\r\n",
    );
    let output = evaluate(&inbox, &home.path().join("out"), &truth, &["--json"]);
    let sum = lines(&output).pop().expect("a summary");
    assert_eq!((sum["rows"].as_u64(), sum["rows_without_truth"].as_u64()), (Some(3), Some(2)));
    let truth_sum = &sum["truth"];
    assert_eq!(truth_sum["rows"], 7);
    assert_eq!((&truth_sum["repeated"], &truth_sum["contradicting"]), (&1.into(), &1.into()));
    assert_eq!(truth_sum["not_in_inbox"], 1);
    assert_eq!(truth_sum["examples"][0], "ben/Liste.csv:3 is said to be two persons");
    assert_eq!(truth_sum["examples"][1], "ben/Liste.csv:99 is not in the inbox");
    assert!((number(&sum["pairwise"]["f1"]) - 1.0).abs() < 1e-12);
    assert!(!home.path().join("out").exists(), "nothing is written");
    let text = stdout(&evaluate(&inbox, &home.path().join("out"), &truth, &["--no-color"]));
    assert!(text.contains("! 1 rows of the truth are not in the inbox"), "{text}");
    let quiet = stdout(&evaluate(&inbox, &home.path().join("out"), &truth, &["--quiet"]));
    assert_eq!(quiet.lines().count(), 1, "{quiet}");
}

#[test]
fn answers_of_the_team_are_followed() {
    let home = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (small(home.path()), home.path().join("out"));
    let truth = write(home.path(), "file,line,person\nanna/Liste.csv,2,e\nben/Liste.csv,2,e\n");
    let misses = || {
        let sum = lines(&evaluate(&inbox, &out, &truth, &["--json"])).pop().expect("a summary");
        (sum["misses"]["pairs"].as_u64(), sum["misses"]["causes"].clone())
    };
    assert_eq!(misses().0, Some(0));
    ended(&run(&inbox, &out, &["--quiet"]), 0);
    let trail = csv(&out.join("current/provenance.csv"));
    let id = |file: &str| {
        let row = trail.iter().find(|row| row["file"] == file && row["line"] == "2").expect("a row");
        row["record_id"].clone()
    };
    let answer =
        format!("a,b,decision,on,by,note\n{},{},different,,,\n", id("anna/Liste.csv"), id("ben/Liste.csv"));
    fs::write(out.join("decisions.csv"), answer).expect("written");
    let before = common::files(home.path());
    let (pairs, causes) = misses();
    assert_eq!((pairs, causes[0]["pairs"].as_u64()), (Some(1), Some(1)));
    assert_eq!(causes[0]["why"], "kept apart by a decision or by one list that shows both");
    assert!(common::files(home.path()) == before, "it writes nothing");
}

#[test]
fn rows_may_be_called_by_the_names_they_have_in_their_source() {
    let home = tempfile::tempdir().expect("a folder");
    let inbox = home.path().join("inbox");
    put(&inbox, "anna/a.csv", b"id,first,last,mail\nr1,Erika,Musterfrau,em@web.example\nr2,Erika,Musterfrau,em@web.example\nr3,Jonas,Wiebelt,jw@gmx.example\n");
    put(&inbox, "ben/b.csv", b"id,first,last,mail\nr1,Tilda,Ohlendorf,to@gmx.example\n");
    let pipeline = home.path().join("hamstern.toml");
    let mapping = "[[source]]\nfiles = \"*.csv\"\ndistinct = false\n[source.columns]\nsource_id = \"id\"\n\
        given_name = \"first\"\nfamily_name = \"last\"\nemail = \"mail\"\n";
    fs::write(&pipeline, mapping).expect("written");
    let call = |truth: &Path, how: &[&str]| {
        let mut command = hamstern(&["evaluate", "--json", "--now", common::TODAY, "--truth"]);
        command.arg(truth).args(how).arg(&pipeline).output().expect("the program starts")
    };
    let truth = write(
        home.path(),
        "source_id,person,file\nr1,a,anna/a.csv\nr2,a,anna/a.csv\nr3,b,\nr1,c,ben/b.csv\n",
    );
    for how in [&[][..], &["--pipeline"]] {
        let sum = lines(&call(&truth, how)).pop().expect("a summary");
        assert_eq!((sum["rows"].as_u64(), sum["persons"].as_u64()), (Some(4), Some(3)), "{sum}");
        assert!((number(&sum["b_cubed"]["f1"]) - 1.0).abs() < 1e-12);
    }
    // Without the file both rows of that name are meant.
    let truth = write(home.path(), "person,source_id\na,r1\n");
    let sum = lines(&call(&truth, &[])).pop().expect("a summary");
    assert_eq!((sum["rows"].as_u64(), sum["rows_without_truth"].as_u64()), (Some(2), Some(2)));
    assert_eq!(sum["misses"]["pairs"], 1);
}

#[test]
fn a_truth_that_cannot_be_used_says_what_it_needs() {
    let home = tempfile::tempdir().expect("a folder");
    let inbox = small(home.path());
    let out = home.path().join("out");
    let nowhere = home.path().join("nowhere.csv");
    ended(&evaluate(&inbox, &out, &nowhere, &[]), 66);
    for (text, words) in [
        ("name;person\nx;y\n", "it needs a header with `file`, `line` and `person`"),
        ("", "is empty"),
        ("file,line,person\nclara/x.csv,2,p\n", "none of 1 rows is in the inbox, such as clara/x.csv:2"),
        ("file,line,person\nanna/Liste.csv,zwei,p\n", "truth.csv:2: column line"),
    ] {
        let output = evaluate(&inbox, &out, &write(home.path(), text), &[]);
        ended(&output, 65);
        assert!(all(&output).contains(words), "{}", all(&output));
    }
    let truth = write(home.path(), "file,line,person\nanna/Liste.csv,2,p\n");
    fs::remove_dir_all(&inbox).expect("removed");
    ended(&evaluate(&inbox, &out, &truth, &[]), 66);
    ended(&hamstern(&["evaluate"]).output().expect("the program starts"), 64);
}

#[test]
fn blocks_find_nearly_all_true_pairs_of_generated_teams_with_few_candidates() {
    for (arguments, floor) in [
        ("--rows 6000 --members 6 --seed 41", 0.995),
        ("--rows 6000 --members 6 --seed 42 --kind hard", 0.991),
    ] {
        let team = Team::new(arguments);
        let truth = team.home().join("team/truth.csv");
        let sum = lines(&evaluate(&team.inbox(), &team.out("out"), &truth, &["--json", "--worst", "0"]));
        let blocking = sum.last().expect("a summary")["blocking"].clone();
        println!("{arguments}: {blocking}");
        assert!(number(&blocking["recall"]) >= floor, "{arguments}: {blocking}");
        // In a hard team some entries of a person have nothing in common; those that have are compared.
        assert!(number(&blocking["lost_pairs"]) <= 0.002 * number(&blocking["true_pairs"]), "{blocking}");
        assert!(number(&blocking["pairs_a_row"]) <= 12.0, "{arguments}: {blocking}");
        assert_eq!(blocking["cut"], 0);
    }
    // Few distinct names make big blocks; the pairs a row stay bounded, and what is skipped is counted.
    let team = Team::new("--preset crowd --names 20 --rows 12000 --members 2 --seed 43");
    let truth = team.home().join("team/truth.csv");
    let sum = lines(&evaluate(&team.inbox(), &team.out("out"), &truth, &["--json", "--worst", "0"]));
    let blocking = sum.last().expect("a summary")["blocking"].clone();
    println!("crowd: {blocking}");
    assert!(number(&blocking["pairs_a_row"]) <= 60.0 && number(&blocking["skipped"]) > 0.0, "{blocking}");
}

/// The figures of a generated team at each threshold: made pairs and right pairs, by threshold.
fn curve(arguments: &str) -> Vec<(f64, [f64; 2], Value)> {
    let team = Team::new(arguments);
    let truth = team.home().join("team/truth.csv");
    let told = lines(&evaluate(&team.inbox(), &team.out("out"), &truth, &["--json", "--worst", "0"]));
    let sum = told.last().expect("a summary");
    // Rows that repeat others are joined before linking; the curve counts them with the pairs.
    let all = number(&sum["right_pairs"]) / number(&sum["pairwise"]["recall"]);
    let points = sum["curve"].as_array().expect("a curve").iter().map(|point| {
        let right = number(&point["pairwise"]["recall"]) * all;
        let made = right / number(&point["pairwise"]["precision"]);
        (number(&point["merge"]), [made, right], point["pairwise"].clone())
    });
    points.collect()
}

#[test]
fn teams_of_many_rows_keep_precision_and_recall() {
    for (kind, precision, f1) in [("plain", 0.995, 0.985), ("hard", 0.99, 0.965)] {
        let curve = curve(&format!("--rows 120000 --members 20 --seed 808 --kind {kind}"));
        let (_, _, figures) =
            curve.iter().find(|point| (point.0 - 0.9).abs() < 1e-9).expect("the threshold in use");
        println!("{kind}, 120,000 rows: {figures}");
        assert!(number(&figures["precision"]) >= precision, "{kind}: {figures}");
        assert!(number(&figures["f1"]) >= f1, "{kind}: {figures}");
    }
}

#[test]
fn of_the_pairs_that_count_as_so_likely_about_so_many_are_one_person() {
    for kind in ["plain", "hard"] {
        let curve = curve(&format!("--rows 40000 --members 12 --seed 909 --kind {kind}"));
        let mut held = 0;
        for two in curve.windows(2) {
            let [(low, [made, right], _), (high, [made_above, right_above], _)] = two else { continue };
            let (made, right) = (made - made_above, right - right_above);
            if !(0.5..0.98).contains(low) || made < 50.0 {
                continue;
            }
            let share = right / made;
            println!("{kind}, {low} to {high}: {share:.3} of {made:.0} pairs");
            // Wrong pairs come in bunches, two groups at a time: the band is wide below, and above as wide as leaves
            // room to fail.
            let above = (high + 0.12).min(high + (1.0 - high) * 0.85);
            assert!(share >= low - 0.12 && share <= above, "{kind}, {low} to {high}: {share} of {made}");
            held += 1;
        }
        assert!(held >= 4, "{kind}: each threshold in question has pairs enough");
    }
}
