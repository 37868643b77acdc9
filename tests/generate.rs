//! The generator of teams: the demo is what its command makes, the truth points at the right rows, and the
//! seed decides every byte.

#[expect(dead_code, reason = "its main function is not called here")]
#[path = "../examples/generate/main.rs"]
mod generate;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use clap::Parser;
use generate::Options;
use generate::person::Person;
use generate::spelling::unmark;
use hamstern::progress::Progress;
use hamstern::record::Field;
use hamstern::run::{Job, rows, workspace::Workspace};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/race");

fn options(out: &Path, arguments: &str) -> Options {
    let out = out.to_str().expect("a path in UTF-8");
    Options::parse_from(["generate", "--out", out].into_iter().chain(arguments.split_whitespace()))
}

/// Every file below a folder, by its path with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a readable file"));
            }
        }
    }
    found
}

/// Makes a team and gives its files.
fn team(arguments: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    generate::generate(&options(folder.path(), arguments)).expect("a team");
    files(folder.path())
}

/// The same with archives and workbooks replaced by what is in them: how tightly they are packed depends on
/// the processor.
fn unpacked(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for (name, bytes) in files {
        if !bytes.starts_with(b"PK") {
            all.insert(name, bytes);
            continue;
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        for at in 0..zip.len() {
            let mut member = zip.by_index(at).expect("a member");
            let within = member.name().expect("a name").into_owned();
            let mut inner = Vec::new();
            member.read_to_end(&mut inner).expect("its bytes");
            all.insert(format!("{name}!{within}"), inner);
        }
    }
    all
}

/// The arguments that stand in the demo's README, without those for cargo and the folder.
fn demo_arguments() -> String {
    let readme = fs::read_to_string(format!("{DEMO}/README.md")).expect("the demo's README");
    let command =
        readme.split("generate -- ").nth(1).expect("the command").split('`').next().expect("its end");
    command.replace("--out fixtures/race", "")
}

#[test]
fn the_demo_is_what_the_command_in_its_readme_makes() {
    let made = unpacked(team(&demo_arguments()));
    let mut committed = unpacked(files(Path::new(DEMO)));
    committed.remove("README.md");
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(committed[name] == *bytes, "{name} differs: make the demo again");
    }
}

#[test]
fn the_demo_is_small_enough_to_be_committed() {
    let size: usize = files(Path::new(DEMO)).values().map(Vec::len).sum();
    assert!(size < 6_000_000, "{size} bytes");
}

#[test]
fn the_seed_decides_every_byte() {
    let arguments = "--people 300 --members 4 --kind hard --seed";
    assert_eq!(team(&format!("{arguments} 5")), team(&format!("{arguments} 5")));
    assert_ne!(team(&format!("{arguments} 5")), team(&format!("{arguments} 6")));
}

#[test]
fn the_number_of_rows_is_met_within_three_in_a_hundred() {
    for (seed, kind) in [(1, "plain"), (2, "hard")] {
        let made = team(&format!("--rows 8000 --seed {seed} --kind {kind}"));
        let rows = String::from_utf8_lossy(&made["truth.csv"]).lines().count() - 1;
        assert!((7760..=8240).contains(&rows), "{rows} rows");
    }
}

#[test]
fn three_rows_in_ten_of_a_crowd_are_repetitions() {
    let made = team("--preset crowd --rows 5000 --members 3 --names 30");
    let truth = String::from_utf8_lossy(&made["truth.csv"]).into_owned();
    let people: HashSet<&str> = truth.lines().skip(1).filter_map(|row| row.split(',').nth(2)).collect();
    assert_eq!((truth.lines().count() - 1, people.len()), (5000, 3500));
}

#[test]
fn two_people_share_neither_profile_nor_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, world) = generate::world(&options(folder.path(), "--people 3000 --kind hard --names 20"));
    let mut owners = HashMap::new();
    for index in 0..plan.people {
        for text in Person::draw(&world, index).identities(&world) {
            let owner = *owners.entry(text.clone()).or_insert(index);
            assert_eq!(owner, index, "{text} belongs to two people");
        }
    }
}

/// Rows of the files of a team, by file and sheet.
struct Rows {
    inbox: BTreeMap<String, Vec<u8>>,
    read: HashMap<(String, String), Vec<String>>,
}

impl Rows {
    /// The text of the record that starts on a line.
    fn text(&mut self, file: &str, sheet: &str, line: usize) -> String {
        let key = (file.to_owned(), sheet.to_owned());
        if !self.read.contains_key(&key) {
            let rows = self.open(file, sheet);
            self.read.insert(key.clone(), rows);
        }
        let rows = &self.read[&key];
        if Path::new(file).extension().is_none_or(|extension| extension != "vcf") {
            return rows[line - 1].clone();
        }
        assert_eq!(rows[line - 1], "BEGIN:VCARD", "{file}:{line}");
        let end = rows[line..].iter().position(|row| row == "END:VCARD").expect("the end of the card");
        let card = rows[line - 1..line + end].join("\n").replace("=\n", "").replace("\n ", "");
        if card.contains("QUOTED-PRINTABLE") { from_quoted(&card) } else { card }
    }

    fn open(&self, file: &str, sheet: &str) -> Vec<String> {
        let (name, member) = file.split_once('!').unwrap_or((file, ""));
        let bytes = &self.inbox[&format!("inbox/{name}")];
        if !sheet.is_empty() {
            let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
            let range = book.worksheet_range(sheet).expect("the sheet");
            let start = range.start().map_or(0, |(row, _)| row as usize);
            let text = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t");
            return std::iter::repeat_n(String::new(), start).chain(range.rows().map(text)).collect();
        }
        let mut inner = Vec::new();
        let bytes = if member.is_empty() {
            bytes
        } else {
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
            zip.by_name(member).expect("the member").read_to_end(&mut inner).expect("its bytes");
            &inner
        };
        let lines = bytes.split(|byte| *byte == b'\n');
        lines.map(|line| decoded(line).trim_end_matches('\r').to_owned()).collect()
    }
}

/// A line in UTF-8 or Windows-1252: the cards from Xing change from line to line.
fn decoded(line: &[u8]) -> String {
    match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(line).0.into_owned(),
    }
}

fn from_quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let pair = [rest.next(), rest.next()].map(Option::unwrap_or_default);
        let hex = std::str::from_utf8(&pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(hex.unwrap_or(b'='));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn one_to_five_in_ten_invitations_are_unanswered_by_member() {
    let mut shares = Vec::new();
    let files = unpacked(team(&demo_arguments()));
    for (name, sent) in files.iter().filter(|(name, _)| name.ends_with("05-04-2026.zip!Invitations.csv")) {
        let connections = &files[&name.replace("Invitations", "Connections")];
        let connections = String::from_utf8_lossy(connections);
        let (mut open, mut all) = (0.0, 0.0);
        for row in csv::Reader::from_reader(sent.as_slice()).records() {
            let row = row.expect("a row");
            if &row[4] == "OUTGOING" {
                all += 1.0;
                open += f64::from(u8::from(!connections.contains(&format!("{},", &row[6]))));
            }
        }
        // Few invitations tell nothing of a habit.
        if all >= 80.0 {
            shares.push(open / all);
        }
    }
    assert!(shares.len() >= 4, "{shares:?}");
    assert!(shares.iter().all(|share| (0.15..0.55).contains(share)), "{shares:?}");
    let (least, most) = (shares.iter().copied().reduce(f64::min), shares.iter().copied().reduce(f64::max));
    assert!(most > least.map(|least| least + 0.1), "{shares:?}");
}

#[test]
fn the_truth_points_at_rows_that_hold_the_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = options(folder.path(), "--people 1500 --seed 11");
    generate::generate(&options).expect("a team");
    let (_, world) = generate::world(&options);
    let mut rows = Rows { inbox: files(folder.path()), read: HashMap::new() };
    let truth = rows.inbox["truth.csv"].clone();
    let (mut all, mut family, mut either) = (0, 0, 0);
    for row in csv::Reader::from_reader(truth.as_slice()).records() {
        let row = row.expect("a row");
        let text = rows.text(&row[0], &row[3], row[1].parse().expect("a line"));
        let text = unmark(&text, false).to_lowercase();
        let Some(index) = row[2].strip_prefix('p') else {
            assert!(text.contains("info@"), "{row:?}: {text}");
            continue;
        };
        let person = Person::draw(&world, index.parse().expect("a number"));
        let holds = |name: &str| {
            let short = unmark(name, false).to_lowercase();
            text.contains(&short) || text.contains(&unmark(name, true).to_lowercase())
        };
        let by_family =
            holds(&person.family) || (!person.birth_family.is_empty() && holds(&person.birth_family));
        let by_given = holds(&person.given) || person.nickname.is_some_and(holds);
        all += 1;
        family += u32::from(by_family);
        either += u32::from(by_family || by_given);
    }
    // Typed names are wrong now and then, and some hold the given name and a company only.
    assert!(all > 3000, "{all} rows");
    assert!(family * 100 >= all * 97, "{family} of {all} rows hold the family name");
    assert!(either * 1000 >= all * 998, "{either} of {all} rows hold one of the names");
}

/// What is hard in a hard team is there, so that its figures mean what they say.
#[test]
fn a_hard_team_has_what_makes_teams_hard() {
    let folder = tempfile::tempdir().expect("a folder");
    generate::generate(&options(folder.path(), "--rows 8000 --members 8 --seed 31 --kind hard"))
        .expect("a team");
    let mut truth: HashMap<(String, u32, String), String> = HashMap::new();
    let mut reader = csv::Reader::from_path(folder.path().join("truth.csv")).expect("a truth");
    for row in reader.deserialize::<(String, u32, String, String)>() {
        let (file, line, person, sheet) = row.expect("a row");
        truth.insert((file, line, sheet), person);
    }
    let workspace = Workspace::from_folders(&folder.path().join("inbox"), &folder.path().join("out"))
        .expect("a workspace");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let job = Job { workspace, today, publish: false, progress: Progress::new(false) };
    let found = rows::show(&job, |all| traits(all, &truth)).expect("rows");
    for (what, least) in [
        ("twice in one address book", 150),
        ("namesakes", 80),
        ("namesakes at one company", 20),
        ("one landline, one family", 12),
        ("one number, one company, three people", 20),
        ("one role mailbox, two people", 20),
        ("one family mailbox", 10),
        ("given and family name swapped", 80),
        ("middle name", 100),
        ("initial", 50),
        ("one number, nothing else in common", 20),
    ] {
        let count = found.get(what).copied().unwrap_or_default();
        assert!(count >= least, "{what}: {count} of at least {least} in {found:?}");
    }
}

/// People by what they share: each with the usual family name and the first word of the usual employer.
type Sets<'a> = BTreeMap<String, HashSet<(&'a String, &'a str, &'a str)>>;

/// How often each hard trait is met.
fn traits(
    all: &rows::Rows<'_>,
    truth: &HashMap<(String, u32, String), String>,
) -> BTreeMap<&'static str, usize> {
    let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut count = |what: &'static str, is: bool| *found.entry(what).or_default() += usize::from(is);
    let person = |at: usize| {
        let (file, line, sheet) = all.places[at];
        truth.get(&(file.to_owned(), line, sheet.to_owned()))
    };
    let text = |at: usize, field: Field| all.rows[at].cells.text(field);
    // How a name is written where its person has most rows: entries spell it in many ways.
    let mut usual: HashMap<&String, BTreeMap<(&str, &str), usize>> = HashMap::new();
    for at in 0..all.rows.len() {
        if let Some(person) = person(at) {
            let words =
                (text(at, Field::FamilyName), text(at, Field::Company).split(' ').next().unwrap_or_default());
            *usual.entry(person).or_default().entry(words).or_default() += 1;
        }
    }
    let usual: HashMap<&String, (&str, &str)> = usual
        .into_iter()
        .filter_map(|(person, forms)| Some((person, forms.into_iter().max_by_key(|(_, rows)| *rows)?.0)))
        .collect();
    let mut books: HashMap<(&String, u32), usize> = HashMap::new();
    let mut names: HashMap<&String, HashSet<(&str, &str)>> = HashMap::new();
    let (mut named, mut at_work, mut phones, mut mails) =
        (Sets::new(), Sets::new(), Sets::new(), Sets::new());
    for (at, row) in all.rows.iter().enumerate() {
        let Some(person) = person(at) else { continue };
        let [given, family, middle, company] =
            [Field::GivenName, Field::FamilyName, Field::MiddleName, Field::Company]
                .map(|field| row.cells.text(field));
        let who = (person, usual[person].0, usual[person].1);
        if !row.distinct {
            *books.entry((person, row.export)).or_default() += 1;
        }
        count("middle name", !middle.is_empty());
        count("initial", given.trim_end_matches('.').chars().count() == 1);
        if !given.is_empty() && !family.is_empty() {
            names.entry(person).or_default().insert((given, family));
            named.entry(format!("{given} {family}")).or_default().insert(who);
            at_work.entry(format!("{given} {family} {company}")).or_default().insert(who);
        }
        for phone in row.cells.all(Field::Phone) {
            phones.entry(phone.to_owned()).or_default().insert(who);
        }
        for mail in row.cells.all(Field::Email) {
            mails.entry(mail.to_owned()).or_default().insert(who);
        }
    }
    let people = |set: &HashSet<(&String, &str, &str)>| {
        set.iter().map(|(person, ..)| *person).collect::<HashSet<_>>().len()
    };
    let families = |set: &HashSet<(&String, &str, &str)>| {
        set.iter().map(|(_, family, _)| *family).collect::<HashSet<_>>().len()
    };
    let companies = |set: &HashSet<(&String, &str, &str)>| {
        set.iter().map(|(.., company)| *company).collect::<HashSet<_>>().len()
    };
    for rows in books.values() {
        count("twice in one address book", *rows > 1);
    }
    for (what, sets) in [("namesakes", &named), ("namesakes at one company", &at_work)] {
        for set in sets.values() {
            count(what, people(set) > 1);
        }
    }
    for set in phones.values().filter(|set| people(set) > 1) {
        count("one landline, one family", families(set) == 1);
        count("one number, one company, three people", companies(set) == 1 && people(set) > 2);
        count(
            "one number, nothing else in common",
            families(set) == set.len() && companies(set) == set.len(),
        );
    }
    for (mail, set) in mails.iter().filter(|(_, set)| people(set) > 1) {
        let role =
            ["info@", "office@", "kontakt@", "mail@", "post@"].iter().any(|role| mail.starts_with(role));
        count("one role mailbox, two people", role);
        count("one family mailbox", !role && families(set) == 1);
    }
    for forms in names.values() {
        count(
            "given and family name swapped",
            forms.iter().any(|(given, family)| forms.contains(&(*family, *given))),
        );
    }
    found
}
