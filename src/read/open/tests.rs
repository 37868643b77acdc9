//! Whole files through the one way in: LinkedIn of every year, damage, and laws for any bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::read::archive::tests::pack;
use crate::record::{CellsView, Role};

/// All files of a folder, in the order of their paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn fixture(name: &str) -> FileReading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/linkedin").join(name);
    read_file(name, &std::fs::read(path).unwrap(), None)
}

/// Everything a reading gave, as lines of text.
fn show(reading: &FileReading) -> String {
    let mut out = String::new();
    for part in &reading.parts {
        match &part.outcome {
            Outcome::Empty => writeln!(out, "{}: empty", part.path).unwrap(),
            Outcome::Skipped { reason } => writeln!(out, "{}: skipped, {reason}", part.path).unwrap(),
            Outcome::Refused(refusal) => writeln!(out, "{}: refused, {}", part.path, refusal.code).unwrap(),
            Outcome::Read(sections) => {
                for section in sections {
                    show_section(&part.path, section, &mut out);
                }
            }
        }
    }
    out
}

fn show_section(path: &str, section: &Section, out: &mut String) {
    let Section { reader, encoding, header_line, output, .. } = section;
    writeln!(out, "{path}: {} {encoding} header {header_line}", reader.id()).unwrap();
    for (line, role, further, cells) in records(output) {
        let mark = if further { "+" } else { "" };
        let cells: Vec<String> =
            cells.iter().map(|(field, text)| format!("{}={text}", field.name())).collect();
        writeln!(out, "  {line}{mark} {role:?} {}", cells.join(" | ")).unwrap();
    }
    for (reason, count) in &output.ignored {
        writeln!(out, "  ignored {count} {reason}").unwrap();
    }
    for reject in &output.rejects {
        writeln!(out, "  rejected {} {}: {}", reject.problem.line, reject.problem.code, reject.raw).unwrap();
    }
    for problem in &output.problems {
        writeln!(out, "  problem {} {}", problem.line, problem.code).unwrap();
    }
}

fn records(output: &Output) -> Vec<(u32, Role, bool, CellsView<'_>)> {
    let mut start = 0;
    let mut all = Vec::new();
    for entry in &output.records {
        let cells = CellsView::from_packed(&output.cells[start..entry.end]);
        all.push((entry.line, entry.role, entry.further, cells));
        start = entry.end;
    }
    all
}

/// Fails unless every account of a reading balances and counts its records and rejects.
fn balanced(reading: &FileReading) -> Result<(), TestCaseError> {
    prop_assert!(!reading.parts.is_empty());
    for part in &reading.parts {
        let Outcome::Read(sections) = &part.outcome else { continue };
        prop_assert!(!sections.is_empty());
        for section in sections {
            let output = &section.output;
            let accounts = output.accounts;
            prop_assert!(accounts.balance(), "{} {:?}", part.path, accounts);
            let kept = output.records.iter().filter(|entry| !entry.further).count() as u64;
            prop_assert_eq!(kept, accounts.kept);
            prop_assert_eq!(output.rejects.len() as u64, accounts.rejected);
            prop_assert_eq!(output.ignored.values().sum::<u64>(), accounts.ignored);
            prop_assert_eq!(output.records.last().map_or(0, |entry| entry.end), output.cells.len());
        }
    }
    Ok(())
}

#[test]
fn every_year_and_language_of_connections_is_read() {
    for (name, expected) in [
        ("2021_no_preamble_no_url/Connections.csv", (1, 2, 1)),
        ("2022_preamble_no_url/Connections.csv", (4, 1, 1)),
        ("2026_url_preamble/Connections.csv", (4, 5, 1)),
        ("2026_bom_crlf/Connections.csv", (4, 5, 1)),
        ("2019_us_datetime/Connections.csv", (1, 2, 0)),
        ("excel_resaved_de/Connections.csv", (4, 3, 0)),
        ("excel_utf16_tab/Connections.csv", (1, 1, 0)),
        ("de_headers_unverified/Connections.csv", (1, 2, 0)),
        ("fr_headers_unverified/Connections.csv", (4, 1, 0)),
        ("linkedin_connections_export_microsoft_outlook.csv", (1, 1, 0)),
    ] {
        let reading = fixture(name);
        let [Part { outcome: Outcome::Read(sections), .. }] = reading.parts.as_slice() else {
            panic!("{}", show(&reading));
        };
        let section = &sections[0];
        assert_eq!(section.reader.id(), "linkedin-connections", "{name}");
        let accounts = section.output.accounts;
        assert_eq!((section.header_line, accounts.kept, accounts.ignored), expected, "{}", show(&reading));
        for (.., cells) in records(&section.output) {
            assert!(!cells.text(Field::FamilyName).is_empty() || cells.text(Field::GivenName) == "Solo");
            let old = name.contains("microsoft");
            assert_eq!(cells.get(Field::ConnectedOn).is_some(), !old, "{}", show(&reading));
            assert_eq!(cells.get(Field::SourceId), cells.get(Field::Url));
        }
    }
}

#[test]
fn cells_of_connections_stand_in_their_fields() {
    let reading = fixture("2026_url_preamble/Connections.csv");
    let first = show(&reading).lines().nth(1).unwrap().to_string();
    let url = "https://www.linkedin.com/in/anna-mueller-1a2b3c";
    let expected = format!(
        "  5 Contact given_name=Dr. Anna | family_name=Müller, MBA | url={url} | company=Nordwind Analytics, Inc. \
         | position=Head of Sales | connected_on=05 Jan 2026 | source_id={url}"
    );
    assert_eq!(first, expected);
}

#[test]
fn american_dates_are_told_from_european_ones() {
    let order = |dates: &str, delimiter: char| {
        let mut text = String::from("First Name,Last Name,URL,Connected On\n");
        for date in dates.split(' ') {
            writeln!(text, "A,B,u,{date}").unwrap();
        }
        let text = text.replace(',', &delimiter.to_string());
        let reading = read_file("Connections.csv", text.as_bytes(), None);
        let Outcome::Read(sections) = &reading.parts[0].outcome else { panic!("{}", show(&reading)) };
        sections[0].date_order
    };
    assert_eq!(order("1/5/19 12/31/18", ','), DateOrder::MonthFirst);
    assert_eq!(order("1/5/19 31/12/18", ','), DateOrder::DayFirst);
    assert_eq!(order("1/5/19", ','), DateOrder::MonthFirst);
    assert_eq!(order("1/5/19", ';'), DateOrder::DayFirst);
}

#[test]
fn rows_that_are_no_contacts_are_ignored_and_cut_ones_refused() {
    let text = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
                ,,,,,,07 Jun 2026\n,,,,,,\nAnna,Mei\n,,,,Nordwind,,07 Jun 2026\n\
                First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let shown = show(&read_file("Connections.csv", text.as_bytes(), None));
    assert!(shown.contains("ignored 1 closed-profile\n  ignored 1 repeated-header"), "{shown}");
    assert!(shown.contains("rejected 4 connection-cut: Anna\tMei"), "{shown}");
    assert!(shown.contains("rejected 5 nameless"), "{shown}");
}

#[test]
fn messages_become_one_touch_for_each_counterpart() {
    let header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,\
                  SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n";
    let url = |name: &str| format!("https://www.linkedin.com/in/{name}");
    let (max, erika, jane) = (url("max"), url("erika"), url("jane"));
    let text = format!(
        "{header}\
         1,,Erika M,{erika},Max M,{max},2026-01-01 08:00:00 UTC,s,SECRET,INBOX,,No\n\
         1,,Max M,{max},\"Erika M, Jane Doe, Ph.D.\",\"{erika},{jane}\",2026-01-02 08:00:00 UTC,s,\"SECRET\nx\",INBOX,,No\n\
         2,,Jane Doe,{jane},\"Max M, Erika M\",\"{max},{erika}\",2026-01-03 08:00:00 UTC,,SECRET,ARCHIVE,,No\n\
         3,,Max M,{max},Erika M,{erika},2026-01-04 08:00:00 UTC,,SECRET,,,Yes\n\
         4,,LinkedIn Member,,Max M,{max},2026-01-05 08:00:00 UTC,,SECRET,INBOX,,No\n\
         5,,Shop,{url},Max M,{max},2026-01-05 08:00:00 UTC,,\"<p class=\"\"spinmail-quill-editor__x\"\">\",INBOX,,No\n\
         6,,Rude,{url},Max M,{max},2026-01-06 08:00:00 UTC,,SECRET,SPAM,,No\n\
         7,,Max M,{max},Max M,{max},2026-01-07 08:00:00 UTC,,SECRET,INBOX,,No\n\
         SECRET BADROW\n",
        url = url("x"),
    );
    let reading = read_file("messages.csv", text.as_bytes(), None);
    let shown = show(&reading);
    let expected = format!(
        "messages.csv: linkedin-messages UTF-8 header 1\n  \
         2 Touch url={erika} | name=Erika M | touch_at=2026-01-01 08:00:00 UTC | touch_kind=wrote | direction=in\n  \
         3 Touch url={erika} | touch_at=2026-01-02 08:00:00 UTC | touch_kind=wrote | direction=out\n  \
         3+ Touch url={jane} | touch_at=2026-01-02 08:00:00 UTC | touch_kind=wrote | direction=out\n  \
         5 Touch url={jane} | name=Jane Doe | touch_at=2026-01-03 08:00:00 UTC | touch_kind=wrote | direction=in\n  \
         2+ Owner url={max} | name=Max M\n  \
         ignored 1 draft\n  ignored 1 linkedin-member\n  ignored 1 own-message\n  ignored 1 spam\n  \
         ignored 1 sponsored\n  \
         rejected 11 message-garbled: [13 characters]\n  \
         problem 11 short-row\n"
    );
    assert_eq!(shown, expected);
    assert!(!format!("{reading:?}").contains("SECRET"), "bodies never leave the reader");
}

#[test]
fn an_old_mailbox_without_recipients_is_read_by_conversation() {
    let url = |name: &str| format!("https://www.linkedin.com/in/{name}");
    let (max, erika) = (url("max"), url("erika"));
    let text = format!(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n\
         1,,Erika M,{erika},Max M,2021-01-01 08:00:00 UTC,,x,INBOX\n\
         1,,Max M,{max},Erika M,2021-01-02 08:00:00 UTC,,x,INBOX\n\
         2,,Max M,{max},Jane Doe,2021-01-03 08:00:00 UTC,,x,INBOX\n"
    );
    let shown = show(&read_file("messages.csv", text.as_bytes(), None));
    let touches: Vec<&str> = shown.lines().filter(|line| line.contains("Touch")).collect();
    assert!(touches[0].contains(&format!("url={erika}")) && touches[0].ends_with("direction=in"), "{shown}");
    assert!(touches[1].contains(&format!("url={erika}")) && touches[1].ends_with("direction=out"), "{shown}");
    assert!(shown.contains("ignored 1 recipient-without-profile"), "{shown}");
    assert!(shown.contains(&format!("Owner url={max}")), "{shown}");
}

#[test]
fn a_mailbox_whose_owner_cannot_be_told_says_so() {
    let url = |name: &str| format!("https://www.linkedin.com/in/{name}");
    let text = format!(
        "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE\n1,A,{},B,{},2026-01-01\n",
        url("a"),
        url("b")
    );
    let shown = show(&read_file("messages.csv", text.as_bytes(), None));
    assert!(shown.contains("problem 0 mailbox-owner-unknown") && !shown.contains("direction"), "{shown}");
    assert_eq!(shown.matches("Touch").count(), 2);
}

#[test]
fn smaller_signs_become_touches() {
    let cases = [
        (
            "Invitations_7col.csv",
            "2 Touch url=https://www.linkedin.com/in/erika | name=Erika Musterfrau | \
             touch_at=1/29/26, 2:37 PM | touch_kind=asked | direction=out",
        ),
        (
            "Invitations_5col.csv",
            "2 Touch name=Erika Musterfrau | touch_at=12/31/20, 12:05 AM | touch_kind=wrote | direction=in",
        ),
        (
            "Endorsement_Received_Info_6col.csv",
            "2 Touch touch_at=2026/07/28 13:20:49 UTC | given_name=Erika | family_name=Musterfrau | \
             url=www.linkedin.com/in/erika | touch_kind=liked | direction=in",
        ),
        (
            "Endorsement_Received_Info_5col_2022.csv",
            "2 Touch touch_at=2022/06/10 23:13:46 UTC | given_name=Erika | family_name=Musterfrau | \
             touch_kind=liked | direction=in",
        ),
        (
            "Recommendations_Received.csv",
            "2 Touch given_name=Erika | family_name=Musterfrau | company=ACME GmbH | position=CTO | \
             touch_at=1/1/24 | touch_kind=wrote | direction=in",
        ),
        (
            "Contacts.csv",
            "2 Contact given_name=Erika | family_name=Musterfrau | position=CTO | email=erika@example.com | \
             phone=+49301234567",
        ),
        (
            "ImportedContacts.csv",
            "2 Contact given_name=Erika | family_name=Musterfrau | position=CTO | email=erika@example.com | \
             email=e2@example.com | phone=+49301234567 | phone=+491711234567",
        ),
        ("PhoneNumbers.csv", "2+ Owner phone=+49 301234567"),
    ];
    for (name, expected) in cases {
        let shown = show(&fixture(name));
        assert_eq!(shown.lines().nth(1).map(str::trim), Some(expected), "{shown}");
    }
    assert!(
        show(&fixture("Invitations_7col.csv"))
            .contains("2+ Owner url=https://www.linkedin.com/in/max-mustermann")
    );
    assert!(show(&fixture("Endorsement_Received_Info_6col.csv")).contains("ignored 1 endorsement-rejected"));
    assert!(!show(&fixture("Recommendations_Received.csv")).contains("reliable"));
}

#[test]
fn files_of_linkedin_without_contacts_are_left_out_on_purpose() {
    for name in
        ["Company Follows.csv", "Notes.csv", "Member_Follows_34875879.csv", "LearningCoachMessages.csv"]
    {
        assert!(show(&fixture(name)).contains(": skipped, LinkedIn"), "{}", show(&fixture(name)));
    }
    let chat = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE\n";
    let shown = show(&read_file("guide_messages.csv", chat.as_bytes(), None));
    assert!(shown.contains("skipped"), "{shown}");
}

#[test]
fn the_archive_gives_the_same_as_its_members() {
    let reading = fixture("Basic_LinkedInDataExport_01-15-2026.zip");
    let ids: Vec<String> = reading
        .parts
        .iter()
        .map(|part| match &part.outcome {
            Outcome::Read(sections) => {
                format!("{} {}", part.path.rsplit('!').next().unwrap(), sections[0].reader.id())
            }
            Outcome::Skipped { .. } => format!("{} skipped", part.path.rsplit('!').next().unwrap()),
            _ => panic!("{}", show(&reading)),
        })
        .collect();
    let expected = [
        "Company Follows.csv skipped",
        "Connections.csv linkedin-connections",
        "Invitations.csv linkedin-invitations",
        "Jobs/Saved Jobs.csv skipped",
        "Profile.csv linkedin-profile",
        "guide_messages.csv skipped",
        "messages.csv linkedin-messages",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn xml_is_refused_with_what_is_read_instead() {
    for (root, instead) in [
        ("calls", "a CSV or workbook with a day, a name and what happened is"),
        ("phonebooks", "vCards (.vcf) or a CSV of its people are"),
        ("rss", "CSV, workbooks and vCards are"),
    ] {
        let text = format!("<?xml version=\"1.0\"?><{root}></{root}>");
        let reading = read_file("some.xml", text.as_bytes(), None);
        let Outcome::Refused(refusal) = &reading.parts[0].outcome else { panic!("{}", show(&reading)) };
        assert!(refusal.message.contains(root) && refusal.message.contains(instead), "{}", refusal.message);
        assert_eq!(refusal.reasons, [], "no reader is near to it");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_reasons() {
    let reading = read_file("list.csv", b"1,2,3\n4,5,6\n", None);
    let Outcome::Refused(refusal) = &reading.parts[0].outcome else { panic!("{}", show(&reading)) };
    assert_eq!((refusal.code, refusal.reasons.len()), ("not-recognised", READERS.len()));
    let nearly = read_file("x.csv", b"From,To,Sent At,Message\nA,B,c,d\n", None);
    let Outcome::Refused(refusal) = &nearly.parts[0].outcome else { panic!("{}", show(&nearly)) };
    assert_eq!(refusal.reasons[0].1, "it lacks the column \u{201c}direction\u{201d}");

    let inner = pack(&[("a.vcf", b"x")]);
    let nested = pack(&[("inner.zip", &inner), ("b.csv", b"")]);
    assert_eq!(
        show(&read_file("o.zip", &nested, None)),
        "o.zip!b.csv: empty\no.zip!inner.zip: refused, archive-nested\n"
    );
    assert_eq!(show(&read_file("o.zip", b"PK\x03\x04xx", None)), "o.zip: refused, archive-damaged\n");
    assert_eq!(show(&read_file("e.csv", b" \n", None)), "e.csv: empty\n");
}

#[test]
fn a_mapping_goes_before_every_reader_where_its_columns_are() {
    let columns = vec![
        (Field::FamilyName, vec!["Last Name".to_string()]),
        (Field::Street, vec!["no".to_string(), "road".to_string()]),
    ];
    let mapping = Mapping {
        columns,
        distinct: Some(true),
        complete: Some(false),
        trust: Some(9),
        channel: Channel::Event,
    };
    let text = b"x\nFirst Name,Last Name,URL,Connected On,no,road\nA,B,u,05 Jan 2026,7,Elm Road\n";
    let reading = read_file("a.csv", text, Some(&mapping));
    let Outcome::Read(sections) = &reading.parts[0].outcome else { panic!("{}", show(&reading)) };
    let section = &sections[0];
    assert_eq!(
        show(&reading),
        "a.csv: mapped UTF-8 header 2\n  3 Contact family_name=B | street=7 Elm Road\n"
    );
    assert_eq!(
        (section.channel, section.trust, section.distinct, section.complete),
        (Channel::Event, 9, true, false)
    );

    let other = read_file("b.csv", HEADERS[0].replace('\n', "\nA,B,u,,,,x\n").as_bytes(), Some(&mapping));
    let Outcome::Read(sections) = &other.parts[0].outcome else { panic!("{}", show(&other)) };
    let section = &sections[0];
    assert_eq!(
        (section.reader.id(), section.channel, section.trust),
        ("linkedin-connections", Channel::LinkedIn, 9)
    );
    assert_eq!(section.output.problems[0].code, "mapping-not-used");
}

#[test]
fn sheets_of_workbooks_are_read_alone_and_in_archives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workbook");
    for path in files(&folder) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let alone = texts(&read_file(name, &bytes, None));
        assert!(!alone.is_empty(), "{name}");
        let packed = read_file("x.zip", &pack(&[(name, &bytes)]), None);
        assert_eq!(packed.parts[0].path, format!("x.zip!{name}"));
        assert_eq!(texts(&packed), alone);
    }
}

#[test]
fn a_table_that_gives_nothing_says_so() {
    let header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let shown = show(&read_file("Connections.csv", header.as_bytes(), None));
    assert!(shown.contains("problem 1 no-rows"), "{shown}");
    let shown = show(&read_file("Connections.csv", format!("{header}a\nb\n").as_bytes(), None));
    assert!(shown.contains("problem 1 nothing-mapped"), "{shown}");
}

/// The records of a reading, without their lines.
fn texts(reading: &FileReading) -> Vec<String> {
    let mut all = Vec::new();
    for part in &reading.parts {
        if let Outcome::Read(sections) = &part.outcome {
            for section in sections {
                let cells = |cells: CellsView<'_>| {
                    format!("{cells:?}").replace("\\r\\n", "\\n").replace("\\r", "\\n")
                };
                all.extend(
                    records(&section.output)
                        .into_iter()
                        .map(|(_, role, _, view)| format!("{role:?} {}", cells(view))),
                );
            }
        }
    }
    all
}

#[test]
fn line_ends_do_not_matter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/linkedin");
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|end| end == "csv")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let text = text.replace("\r\n", "\n");
        let plain = texts(&read_file(name, &bytes, None));
        for end in ["\n", "\r\n", "\r"] {
            let other = texts(&read_file(name, text.replace('\n', end).as_bytes(), None));
            assert_eq!(other, plain, "{name} with {end:?}");
        }
    }
}

#[test]
fn every_sample_of_the_corpus_balances() {
    let Some(corpus) = std::env::var_os("HAMSTERN_CORPUS") else { return };
    for path in files(Path::new(&corpus)) {
        let name = path.to_str().unwrap_or("x");
        let reading = read_file(name, &std::fs::read(&path).unwrap(), None);
        balanced(&reading).unwrap();
        for part in &reading.parts {
            if let Outcome::Refused(refusal) = &part.outcome {
                assert_ne!(refusal.code, "reader-panicked", "{}", part.path);
            }
        }
        if std::env::var_os("HAMSTERN_SHOW").is_some() {
            for line in
                show(&reading).lines().filter(|line| !line.starts_with("  ") || line.starts_with("  re"))
            {
                println!("{line}");
            }
        }
    }
}

const HEADERS: [&str; 6] = [
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n",
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n",
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n",
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n",
    "FirstName,LastName,Emails,PhoneNumbers\n",
];

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic_and_balance(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        balanced(&read_file("x.csv", &bytes, None))?;
    }

    #[test]
    fn any_rows_under_any_header_balance(
        header in proptest::sample::select(HEADERS.to_vec()),
        rows in "[a-cäü,;\"\r\n 0-9]{0,200}",
    ) {
        let reading = read_file("messages.csv", format!("{header}{rows}").as_bytes(), None);
        balanced(&reading)?;
        for part in &reading.parts {
            if let Outcome::Refused(refusal) = &part.outcome {
                prop_assert_ne!(refusal.code, "reader-panicked");
            }
        }
    }

    #[test]
    fn a_damaged_archive_is_told_and_never_a_panic(at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let text = format!("{}A,B,u,,c,p,05 Jan 2026\n", HEADERS[0]);
        let mut zip = pack(&[("Connections.csv", text.as_bytes()), ("Profile.csv", b"x")]);
        let at = at.index(zip.len());
        zip[at] = byte;
        balanced(&read_file("x.zip", &zip, None))?;
    }

    #[test]
    fn a_quote_anywhere_costs_no_connection(
        names in proptest::collection::vec("[A-Z][a-z]{1,6}", 1..12),
        at in any::<proptest::sample::Index>(),
    ) {
        let rows: Vec<String> =
            names.iter().map(|name| format!("{name},B,https://x/in/{name},,c,p,05 Jan 2026")).collect();
        let mut text = rows.join("\n");
        let at = at.index(text.len() + 1);
        text.insert(at, '"');
        let reading = read_file("Connections.csv", format!("{}{text}\n", HEADERS[0]).as_bytes(), None);
        let Outcome::Read(sections) = &reading.parts[0].outcome else { panic!("{}", show(&reading)) };
        let accounts = sections[0].output.accounts;
        prop_assert_eq!(accounts.read, names.len() as u64);
        prop_assert_eq!(accounts.kept, names.len() as u64);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_exports_are_read_without_a_panic_and_balance(
        file in any::<proptest::sample::Index>(),
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0usize..3), 1..6),
    ) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/linkedin");
        let all = files(&folder);
        let path = file.get(&all);
        let mut bytes = std::fs::read(path).unwrap();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let reading = read_file(path.file_name().unwrap().to_str().unwrap(), &bytes, None);
        balanced(&reading)?;
        for part in &reading.parts {
            if let Outcome::Refused(refusal) = &part.outcome {
                prop_assert_ne!(refusal.code, "reader-panicked");
            }
        }
    }
}
