//! Tests of the pipeline file: the example, every kind of error at once, arbitrary text, typos.

use proptest::prelude::*;

use super::options::described;
use super::*;
use crate::read::mapping::Mapping;

/// The errors of a text, one after the other as a person sees them.
fn errors(text: &str) -> String {
    match parse(text, "team.toml") {
        Ok(_) => String::new(),
        Err(errors) => errors.iter().flat_map(|error| [error.to_string(), "\n".to_owned()]).collect(),
    }
}

fn read(text: &str) -> Pipeline {
    parse(text, "team.toml").unwrap_or_else(|_| panic!("{}\nin\n{text}", errors(text)))
}

/// Without members, sources and tests, where the example holds samples.
fn defaults_of(pipeline: Pipeline) -> Pipeline {
    Pipeline { members: Vec::new(), sources: Vec::new(), tests: Vec::new(), ..pipeline }
}

#[test]
fn the_example_names_every_option_with_its_default_and_an_explanation() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/example.toml");
    let written = example::example();
    if std::env::var_os("HAMSTERN_BLESS").is_some() {
        std::fs::write(path, &written).expect("the example can be written");
    }
    let example = std::fs::read_to_string(path).expect("pipelines/example.toml is there");
    assert!(example == written, "pipelines/example.toml is not up to date: run with HAMSTERN_BLESS=1");
    let pipeline = read(&example);
    assert_eq!(pipeline.members.len(), 1);
    assert_eq!(pipeline.tests.len(), 1);
    assert_eq!(pipeline.sources[0].columns.len(), Field::MAPPABLE);
    assert_eq!(defaults_of(pipeline), Pipeline::default());
    for section in described() {
        assert!(section.about.ends_with('.'), "{} is not explained", section.header);
        for (key, value, about) in section.options {
            if key == "columns" {
                continue;
            }
            assert!(about.ends_with('.'), "{} {key} is not explained", section.header);
            assert!(
                example.contains(&format!("\n{key} = {value}\n")),
                "{} {key} is not shown",
                section.header
            );
            if !section.header.starts_with("[[") {
                assert_eq!(
                    read(&format!("{}\n{key} = {value}", section.header)),
                    Pipeline::default(),
                    "{key}"
                );
            }
        }
    }
}

#[test]
fn known_words_are_all_named_where_they_are_explained() {
    let example = example::example().replace("\n# ", " ");
    for (words, first) in [
        (&known::INDUSTRIES[..], "Of: it,"),
        (&known::FUNCTIONS[..], "Of: management,"),
        (&known::SENIORITY[..], "Of: executive,"),
        (&known::REPORTS[..], "a list of: network_size,"),
        (&known::DROPPABLE[..], "of: prefix,"),
    ] {
        assert!(example.contains(first) && example.contains(&words.join(", ")), "{first}");
    }
}

#[test]
fn an_empty_file_holds_the_defaults() {
    assert_eq!(read(""), Pipeline::default());
    assert_eq!(read("\u{feff}# nothing\r\n[team]\r\n"), Pipeline::default());
}

#[test]
fn every_section_reaches_its_place() {
    let pipeline = read(
        r#"
        [team]
        name = "Vertrieb Köln"
        country = "DE"
        timezone = "Europe/Berlin"
        language = "de"
        [inbox]
        path = '\\server\share\inbox'
        [[member]]
        id = "anna"
        name = "Anna Beispiel"
        inbox = "Anna B/exports/"
        emails = ["Anna@Beispiel.example", "anna@beispiel.example"]
        stage = 3
        function = "sales"
        seniority = "lead"
        yearly_review = 2026-01-15
        [[member]]
        id = "ben"
        [[source]]
        files = "*.csv"
        distinct = false
        trust = 7
        channel = "event"
        [source.columns]
        family_name = "surname"
        street = ["street_number", "address_1"]
        [[source]]
        files = "google*"
        complete = true
        [match]
        merge = 1
        [goals]
        industries = ["it", "insurance", "it"]
        [tier]
        worth = { A = 10 }
        words = "animals"
        [race]
        start = 2026-01-05
        weeks = 0x0a
        [reports]
        only = ["race", "overlap"]
        [output]
        dialect = "plain"
        [[test]]
        name = "x"
        rows = [{ name = "A B", email = ["a@b.example", "c@d.example"] }, { name = "C D" }]
        different = [[2, 1]]
        "#,
    );
    assert_eq!(pipeline.team.country.as_deref(), Some("DE"));
    assert_eq!(pipeline.team.timezone, Some(chrono_tz::Europe::Berlin));
    assert_eq!(pipeline.team.language, Some(Language::German));
    assert_eq!(pipeline.inbox.path, PathBuf::from("\\\\server\\share\\inbox"));
    let anna = &pipeline.members[0];
    assert_eq!((anna.inbox.as_str(), anna.emails.len()), ("Anna B/exports", 1));
    assert_eq!((anna.function.as_str(), anna.seniority.as_str()), ("sales", "lead"));
    assert_eq!((anna.stage, anna.yearly_review), (Some(3), chrono::NaiveDate::from_ymd_opt(2026, 1, 15)));
    let ben = &pipeline.members[1];
    assert_eq!((ben.name.as_str(), ben.inbox.as_str()), ("ben", "ben"));
    assert_eq!((ben.stage, ben.yearly_review), (None, None));
    let first = pipeline.source_for("anna/2026/list.csv").expect("the first source matches");
    assert_eq!(
        Mapping::from(first),
        Mapping {
            columns: vec![
                (Field::FamilyName, vec!["surname".to_owned()]),
                (Field::Street, vec!["street_number".to_owned(), "address_1".to_owned()]),
            ],
            distinct: Some(false),
            complete: None,
            trust: Some(7),
            channel: Channel::Event,
        }
    );
    let second = pipeline.source_for("ben/Google.vcf").expect("the second source matches");
    assert_eq!((second.complete, second.channel, second.columns.len()), (Some(true), None, 0));
    assert_eq!(pipeline.source_for("google.csv"), Some(first), "the first match wins");
    assert_eq!(pipeline.source_for("ben/connections.vcf"), None);
    assert_eq!((pipeline.matching.merge, pipeline.matching.review), (1.0, 0.5));
    assert_eq!(pipeline.goals.industries, ["it", "insurance"]);
    assert_eq!((pipeline.tier.worth.a, pipeline.tier.worth.b), (10.0, 4.0));
    assert_eq!(pipeline.tier.words, TierWords::Animals);
    assert_eq!(pipeline.race, Race { start: NaiveDate::from_ymd_opt(2026, 1, 5), weeks: 10 });
    assert_eq!(pipeline.reports.only, Some(vec!["race".to_owned(), "overlap".to_owned()]));
    assert_eq!(pipeline.output.dialect, Dialect::Plain);
    let test = &pipeline.tests[0];
    assert_eq!(test.rows[0].view().all(Field::Email).count(), 2);
    assert_eq!((&test.same, &test.different), (&vec![], &vec![vec![1, 0]]));
}

/// Each file in `fixtures/pipeline` beside what is said about it.
#[test]
fn all_errors_come_at_once_and_in_order() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pipeline");
    for name in ["everything", "syntax"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.toml"))).expect("the file is there");
        let golden = folder.join(format!("{name}.errors"));
        let said = errors(&text);
        if std::env::var_os("HAMSTERN_BLESS").is_some() {
            std::fs::write(&golden, &said).expect("the golden file can be written");
        }
        assert_eq!(said, std::fs::read_to_string(golden).unwrap_or_default(), "{name}");
    }
}

#[test]
fn what_reports_ask_for_is_set_part_by_part() {
    let pipeline = read(
        "[reports]\nreactivate = { most = 90 }\nhandover = { most = 7 }\ncadence = { A = 14 }\ncards = { most = 10 }\ncleanup = { stale_months = 12, no_reply = 0 }\n\
         introductions = { a_week = 3 }\nband = { high = 0.5 }\n[reports.due]\nthanks = 1\nmost = 20\n\
         [reports.stages]\ntarget_adds = 0.3\ntouches = 52\n",
    );
    let settings = pipeline.reports.settings;
    assert_eq!((settings.cadence.0, settings.reactivate.most), ([14, 91, 365], 90));
    assert_eq!((settings.due.thanks, settings.due.ahead), (1, 7));
    assert_eq!((settings.due.most, settings.handover.most), (20, 7));
    assert_eq!((settings.cards.most, settings.cleanup.stale_months, settings.cleanup.most), (10, 12, 2_000));
    assert_eq!((settings.introductions.a_week, settings.cleanup.no_reply), (3, 0));
    assert_eq!((settings.band.low, settings.band.high), (0.3, 0.5));
    assert_eq!(
        (settings.stages.target_adds, settings.stages.touches, settings.stages.follow_up),
        (0.3, 52.0, 0.5)
    );
}

#[test]
fn what_reports_cannot_ask_for_is_said_at_once() {
    let said = errors(
        "[reports]\ncadence = { A = 0 }\ndue = { A = 30, thank = 1, thanks = 40, birthdays = 366 }\nintroductions = 7\ncards = { most = 2.5 }\nhandover = { most = 0 }\n\
         stages = { follow_up = 50, contacts = 10 }\nband = { low = 0.7 }\n",
    );
    for what in [
        "[reports] cadence.A must be a whole number from 1 to 3650, not 0",
        "[reports] due.A is not known",
        "[reports] due.birthdays must be a whole number from 0 to 365, not 366",
        "[reports] due.thank is not known",
        "did you mean",
        "[reports] due says that thanks are due after nobody expects them",
        "[reports] introductions must be a table of a_week, such as { a_week = 1 }, not 7",
        "[reports] handover.most must be a whole number from 1 to 100000, not 0",
        "[reports] cards.most must be a whole number from 1 to 100000, not 2.5",
        "[reports] stages.follow_up must be a number from 0 to 1, not 50",
        "[reports] band must rise from low to high",
    ] {
        assert!(said.contains(what), "{what}\nin\n{said}");
    }
}

#[test]
fn results_never_go_into_the_inbox() {
    for (inbox, dir, wrong) in [
        ("inbox", "inbox", true),
        ("inbox", "./inbox/../inbox/out", true),
        (".", "out", true),
        ("..", "../out", true),
        ("..", "out", true),
        ("../..", "../out", true),
        ("/data/in", "/data/in/out", true),
        ("inbox", "inbox2", false),
        ("inbox", "../inbox", false),
        ("../fixtures/race", "../out", false),
        ("/data/in", "in", false),
        ("inbox", ".", false),
    ] {
        let text = format!("[inbox]\npath = {inbox:?}\n[output]\ndir = {dir:?}\n");
        let said = errors(&text);
        assert_eq!(said.contains("lies in the inbox"), wrong, "{text}{said}");
        assert_eq!(said.is_empty(), !wrong, "{text}{said}");
    }
    assert!(errors("[inbox]\npath = \"out\"\n").starts_with("team.toml:2:8: [output] dir"));
}

#[test]
fn typos_get_hints() {
    for (text, hint) in [
        ("[team]\ntimezon = \"x\"", "did you mean \"timezone\"?"),
        ("[team]\ntimezone = \"Europe/Berlni\"", "did you mean \"Europe/Berlin\"?"),
        ("[team]\ntimezone = \"Berlin\"", "did you mean \"Europe/Berlin\"?"),
        ("[team]\ntimezone = \"europe/zurich\"", "did you mean \"Europe/Zurich\"?"),
        ("[team]\ncountry = \"de\"", "did you mean \"DE\"?"),
        ("[team]\ncountry = \"Schweiz\"", "did you mean \"CH\"?"),
        ("[team]\nweeks = 9", "\"weeks\" belongs into [race]"),
        ("timezone = \"Europe/Berlin\"", "\"timezone\" belongs below [team]"),
        ("[members]\nid = \"a\"", "did you mean [[member]]?"),
        ("[member]\nid = \"a\"", "write [[member]] and its options below"),
        ("race = 9", "write [race] and its options below"),
        ("[[team]]\nname = \"a\"", "write [team]"),
        ("[[member]]\nid = \"Jörg Müller\"", "such as \"joerg_mueller\""),
        ("[[member]]\nid = \"a\"\nstage = 6", "[[member]] stage must be a whole number from 1 to 5, not 6"),
        ("[[member]]\nid = \"a\"\nyearly_review = \"January\"", "such as 2026-01-05"),
        ("[[member]]\nid = \"a\"\nseniority = \"exekutive\"", "did you mean \"executive\"?"),
        ("[race]\nweeks = \"9\"", "leave out the quotes"),
        ("[match]\nmerge = \"0,9\"", "write a point, without quotes"),
        ("[output]\ndialect = \"spreadsheets\"", "did you mean \"spreadsheet\"?"),
        ("[reports]\nonly = [\"netwrok_size\"]", "did you mean \"network_size\"?"),
        ("[goals]\nindustries = [\"insurnace\"]", "did you mean \"insurance\"?"),
        ("[[source]]\nfiles = \"*\"\n[source.columns]\nvorname = \"x\"", "did you mean \"given_name\"?"),
        (
            "[[source]]\nfiles = \"*\"\n[source.columns]\nfamiliy_name = \"x\"",
            "did you mean \"family_name\"?",
        ),
        (
            "[[source]]\nfiles = \"*\"\n[source.columns]\nNachname = \"family_name\"",
            "the field stands left, the column right: family_name = \"Nachname\"",
        ),
        ("[[source]]\nfiles = \"a\\\\b.csv\"", "write / between folders, on Windows too"),
        ("[team]\nname = Anna", "text stands in quotes: key = \"text\""),
        ("[team]\nname = “Anna”", "write straight quotes: \"text\""),
        ("[team]\nname: \"Anna\"", "an option is written: key = value"),
        ("[output]\ndir = \"C:\\Users\\x\"", "a backslash begins an escape"),
        ("[team]\nname = \"a\"\nname = \"b\"", "it stands above already"),
        ("[team]\nname = \"a\"\n[team]\ncountry = \"DE\"", "it stands above already"),
    ] {
        let all = errors(text);
        assert!(all.contains(hint), "{text}\ngave\n{all}");
    }
}

#[test]
fn errors_never_carry_control_characters() {
    let all = errors("[team]\n\"\\u001b]52;c\" = 1\ncountry = \"\\u202e\"\n[\"\\u0007\"]\n");
    assert_eq!(all.lines().count(), all.split('\n').count() - 1);
    assert!(!all.chars().any(|letter| letter.is_control() && letter != '\n'), "{all:?}");
    assert_eq!(all.matches("team.toml:").count(), 3, "{all}");
}

/// Sections that are right, to be put together in any number and order.
fn valid_parts() -> impl Strategy<Value = Vec<String>> {
    let singles = described()
        .into_iter()
        .filter(|section| !section.header.starts_with("[["))
        .map(|section| {
            let lines =
                section.options.iter().map(|(key, value, _)| format!("{key} = {value}")).collect::<Vec<_>>();
            (Just(section.header), proptest::sample::subsequence(lines.clone(), 0..=lines.len()))
                .prop_map(|(header, lines)| format!("{header}\n{}\n", lines.join("\n")))
        })
        .collect::<Vec<_>>();
    let member = "[a-z0-9_-]{1,12}".prop_map(|id| format!("[[member]]\nid = \"m{id}\"\n"));
    let source = (0..Field::MAPPABLE, "[^\"\\\\\\p{C}]{1,12}").prop_map(|(field, column)| {
        let name = Field::ALL[field].name();
        let email = if name == "email" { "" } else { "email = \"mail\"\n" };
        format!("[[source]]\nfiles = \"*.csv\"\n[source.columns]\n{email}{name} = \"x{column}\"\n")
    });
    (singles, proptest::option::of(member), proptest::collection::vec(source, 0..3)).prop_flat_map(
        |(mut parts, member, sources)| {
            parts.extend(member.into_iter().chain(sources));
            Just(parts).prop_shuffle()
        },
    )
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        let _ = parse(&text, "x");
    }

    #[test]
    fn text_that_looks_like_a_pipeline_never_panics(
        parts in proptest::collection::vec(
            prop_oneof![
                "\\[{0,2}(team|member|source|source.columns|test|match|x)?\\.?(columns|a)?\\]{0,2}\n",
                "(id|name|files|merge|rows|same|columns|weeks|start)(\\.[a-z])? ?=? ?(\"[a-zé\\\\]{0,3}\"?|\\[\\[?[0-9,]{0,5}\\]{0,2}|\\{[a-z= ,]{0,6}\\}|-?[0-9.e_]{0,6}|true|2026-0[0-9]-[0-9]{2})\n?",
                "[\\[\\]{}=\"',.#\r\n a-z]{0,8}",
            ],
            0..12,
        )
    ) {
        let text = parts.concat();
        if let Err(errors) = parse(&text, "x") {
            prop_assert!(!errors.is_empty());
            prop_assert!(errors.windows(2).all(|two| (two[0].line, two[0].column) <= (two[1].line, two[1].column)));
            let lines = text.split('\n').count() as u32;
            prop_assert!(errors.iter().all(|error| (1..=lines).contains(&error.line) && error.column >= 1));
        }
    }

    #[test]
    fn pipelines_built_from_valid_parts_parse(parts in valid_parts()) {
        let text = parts.concat();
        let pipeline = parse(&text, "x");
        prop_assert!(pipeline.is_ok(), "{:?}\n{}", pipeline, text);
        prop_assert_eq!(defaults_of(pipeline.unwrap_or_default()), Pipeline::default());
    }

    #[test]
    fn one_wrong_letter_in_a_key_is_found_and_hinted_at(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let all: Vec<(String, &str)> = described()
            .iter()
            .filter(|section| !section.header.starts_with("[["))
            .flat_map(|section| section.options.iter().map(|(key, ..)| (section.header.clone(), *key)))
            .filter(|(_, key)| key.len() > 3)
            .collect();
        let (header, key) = pick.get(&all);
        let at = at.index(key.len());
        let typo = format!("{}q{}", &key[..at], &key[at + 1..]);
        let found = errors(&format!("{header}\n{typo} = 1\n"));
        prop_assert!(found.contains(&format!("did you mean {key:?}?")), "{typo}: {found}");
        prop_assert!(found.starts_with("team.toml:2:1: "));
    }
}
