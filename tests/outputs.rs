//! What one generation holds, on the demo: tables in all forms, their references, reports, cards, workbook.

mod common;
#[path = "outputs/people.rs"]
mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use calamine::Reader as _;
use common::{csv, ended, files, manifest, put, run_file};
use polars::prelude::{AnyValue, DataFrame, ParquetReader, SerReader};
use sha2::{Digest, Sha256};

type Row = BTreeMap<String, String>;

/// The demo, run once in each dialect.
struct Demo {
    _home: tempfile::TempDir,
    out: PathBuf,
    plain: PathBuf,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = tempfile::tempdir().expect("a folder");
        let (out, plain) = (home.path().join("out"), home.path().join("plain"));
        let root = env!("CARGO_MANIFEST_DIR");
        let text = fs::read_to_string(format!("{root}/pipelines/demo.toml")).expect("the demo");
        for (place, more) in [(&out, ""), (&plain, "dialect = \"plain\"\n")] {
            let quoted = |path: &str| toml::Value::String(path.to_owned()).to_string();
            let text = text
                .replace("\"../fixtures/race/inbox\"", &quoted(&format!("{root}/fixtures/race/inbox")))
                .replace("\"demo-wishes.csv\"", &quoted(&format!("{root}/pipelines/demo-wishes.csv")))
                .replace("\"../out/demo\"", &quoted(&place.display().to_string()))
                .replace("\"../out/demo/", &format!("\"{}/", place.display()));
            let pipeline = place.with_extension("toml");
            fs::write(&pipeline, format!("{}\n{more}", text.trim_end())).expect("written");
            ended(&run_file(&pipeline, &["--quiet"]), 0);
        }
        Demo { _home: home, out, plain }
    })
}

const TABLES: &str = "contacts archived holdings provenance touches rejects review changes redirects news wishes \
    reports/network_size reports/overlap reports/growth reports/race reports/rankings reports/fair_share \
    reports/concentration reports/loss reports/handover reports/convergence reports/leader_profile \
    reports/targets reports/introductions reports/cleanup reports/due reports/lunch reports/cards \
    reports/data_quality reports/pace reports/appointments reports/mentors reports/groups reports/diversity \
    reports/mix reports/strength reports/reactivate reports/tiers reports/tiers_over_time \
    reports/time_needed reports/mass_to_class reports/channel_value reports/response";

fn table_names() -> impl Iterator<Item = &'static str> {
    TABLES.split_whitespace()
}

const CONTACTS: &str = "contact_id kind scope name prefix given_name family_name suffix emails phones company \
    position seniority function industry industry_confidence industry_reason tier tier_score tier_source \
    tier_reason tier_since tier_prev animal city region country street postcode birthday linkedin_url xing_url \
    urls external_ids holders holder_count channels connected_first last_touch touches strength \
    strength_coverage tags records \
    strength_band seniority_confidence seniority_reason function_confidence function_reason place_reason \
    tier_coverage goals wishes";

fn table(name: &str) -> Vec<Row> {
    csv(&demo().out.join(format!("current/{name}.csv")))
}

/// The column names of a CSV in their order.
fn header(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a table");
    let line = text.trim_start_matches('\u{feff}').lines().next().expect("a header").to_owned();
    line.split([';', ',']).map(|name| name.trim_matches('"').to_owned()).collect()
}

fn parquet(name: &str) -> DataFrame {
    let path = demo().out.join(format!("current/{name}.parquet"));
    ParquetReader::new(fs::File::open(path).expect("a table")).finish().expect("Parquet")
}

/// A value of a Parquet table as the CSV writes it, with a decimal point.
fn text_of(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::List(items) => items.iter().map(|item| text_of(&item)).collect::<Vec<_>>().join(" | "),
        AnyValue::Date(days) => {
            let day =
                chrono::NaiveDate::default() + chrono::Days::new(u64::try_from(*days).expect("since 1970"));
            day.to_string()
        }
        AnyValue::Float64(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// Whether two cells are the same text or the same number.
fn same(parquet: &str, csv: &str) -> bool {
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    parquet == csv || (parquet.contains('.') && number(parquet).is_some() && number(parquet) == number(csv))
}

#[test]
fn every_table_is_the_same_as_parquet_and_csv() {
    for name in table_names() {
        let frame = parquet(name);
        let path = demo().out.join(format!("current/{name}.csv"));
        let names: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
        assert_eq!(names, header(&path), "{name}");
        let rows = csv(&path);
        assert_eq!(frame.height(), rows.len(), "{name}");
        // In the first generation nothing has changed and nobody is archived; other tests look at these.
        let later = ["changes", "redirects", "news", "archived"].contains(&name);
        assert!(!rows.is_empty() || later, "{name} has rows to compare");
        for column in frame.columns() {
            for (number, row) in rows.iter().enumerate() {
                let value = text_of(&column.get(number).expect("a value"));
                let cell = &row[column.name().as_str()];
                assert!(same(&value, cell), "{name}.{} row {number}: {value:?} and {cell:?}", column.name());
            }
        }
    }
}

#[test]
fn headers_are_those_that_others_build_on() {
    let head = |name: &str| header(&demo().out.join(format!("current/{name}.csv"))).join(" ");
    assert_eq!(head("contacts"), CONTACTS.split_whitespace().collect::<Vec<_>>().join(" "));
    for (name, columns) in [
        ("reports/network_size", "as_of member channel measure value coverage"),
        ("reports/overlap", "as_of member_a member_b measure value coverage"),
        (
            "reports/growth",
            "member channel period period_start adds losses net stock date_basis partial as_of coverage",
        ),
        ("reports/race", "member rank adds share stock stock_share cwgr as_of coverage"),
        ("reports/rankings", "as_of member ranking value rank share coverage"),
        (
            "reports/fair_share",
            "as_of member holdings fair fair_share weighted fair_weighted fair_weighted_share coverage",
        ),
        ("reports/concentration", "as_of quantity member measure value basis coverage"),
        ("reports/loss", "as_of member method measure value coverage"),
        (
            "reports/handover",
            "as_of member place people contact_id name tier target company band last_touch to reason known_there coverage",
        ),
        (
            "reports/convergence",
            "as_of period period_start partial mean cv slope gap single turned sharing_rate coverage",
        ),
        (
            "reports/leader_profile",
            "as_of member aspect part leader others difference coverage coverage_others",
        ),
    ] {
        assert_eq!(head(name), columns, "{name}");
    }
    for (name, columns) in [
        (
            "holdings",
            "member contact_id channel connected_on first_seen last_seen ended_on touches last_touch strength",
        ),
        ("touches", "contact_id member kind on direction source"),
        (
            "provenance",
            "contact_id member source file line sheet record_id source_id exported_on match_weight match_reason",
        ),
        ("rejects", "file line column code message raw"),
        ("review", "rank value probability weight a b contact_a contact_b name_a name_b company_a company_b"),
        ("changes", "on contact_id name change field old new cause file line reason basis"),
        ("redirects", "retired survivor generation on cause"),
        ("news", "contact_id name company tier target scope old_company new_company"),
    ] {
        assert!(head(name).starts_with(columns), "{name}: new columns stand at the end: {}", head(name));
    }
}

#[test]
fn the_schema_names_every_table_and_column() {
    let bytes = fs::read(demo().out.join("current/schema.json")).expect("a schema");
    let schema: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let tables = schema["tables"].as_array().expect("a list");
    let base = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let told: BTreeSet<&str> = tables.iter().filter_map(|table| table["name"].as_str()).collect();
    // What concerns one person alone lies in that member's folder.
    let wanted = table_names().chain(["members/stages"]).map(|name| base(name).leak() as &str).collect();
    assert_eq!(told, wanted);
    for name in table_names() {
        let table = tables.iter().find(|table| table["name"] == base(name)).expect("told");
        let columns = table["columns"].as_array().expect("a list");
        let names: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
        assert_eq!(names, header(&demo().out.join(format!("current/{name}.csv"))), "{name}");
        assert!(
            columns.iter().all(|column| column["about"].as_str().is_some_and(|about| !about.is_empty())),
            "{name}"
        );
        let frame = parquet(name);
        for column in columns {
            let of = |name: &str| frame.column(name).expect("a column").dtype().to_string();
            let dtype = of(column["name"].as_str().expect("a name"));
            let fits = match column["type"].as_str().expect("a type") {
                "text" => dtype == "str",
                "list of text" => dtype == "list[str]",
                "integer" => dtype == "i64",
                "number" | "share" => dtype == "f64",
                "date" => dtype == "date",
                "boolean" => dtype == "bool",
                _ => false,
            };
            assert!(fits, "{name}: {column} is {dtype}");
        }
    }
}

#[test]
fn csv_comes_in_two_dialects() {
    let text = |out: &Path, name: &str| {
        fs::read_to_string(out.join(format!("current/{name}.csv"))).expect("a table")
    };
    for name in table_names() {
        let sheet = text(&demo().out, name);
        let body = sheet.strip_prefix('\u{feff}').expect("a byte order mark");
        assert!(body.contains(';') && body.ends_with("\r\n"), "{name}");
        assert_eq!(
            csv(&demo().out.join(format!("current/{name}.csv"))).len(),
            csv(&demo().plain.join(format!("current/{name}.csv"))).len()
        );
        let plain = text(&demo().plain, name);
        assert!(
            plain.starts_with(|letter: char| letter.is_ascii_lowercase()) && plain.ends_with('\n'),
            "{name}"
        );
        assert!(!plain.contains("\r\n") || name == "rejects", "{name}");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(body.as_bytes());
        for row in reader.records() {
            for cell in &row.expect("a row") {
                assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{name}: {cell:?} begins a formula");
            }
        }
    }
    assert!(text(&demo().out, "contacts").contains("\"'+49"), "a phone number is guarded");
    assert!(text(&demo().plain, "contacts").contains(",+49"), "and is not");
    assert!(text(&demo().out, "reports/race").contains("\"0,2"), "decimal comma");
    assert!(text(&demo().plain, "reports/race").contains(",0.2"), "decimal point");
    for name in table_names() {
        let of = |out: &Path| fs::read(out.join(format!("current/{name}.parquet"))).expect("a table");
        assert!(of(&demo().out) == of(&demo().plain), "{name}: Parquet knows no dialect");
    }
}

#[test]
fn tables_agree_with_one_another() {
    let contacts = table("contacts");
    let ids: BTreeSet<&str> = contacts.iter().map(|row| row["contact_id"].as_str()).collect();
    assert_eq!(ids.len(), contacts.len(), "ids are unique");
    let (holdings, touches, trail) = (table("holdings"), table("touches"), table("provenance"));
    for (name, rows) in [("holdings", &holdings), ("touches", &touches), ("provenance", &trail)] {
        assert!(rows.iter().all(|row| ids.contains(row["contact_id"].as_str())), "{name}");
    }
    let keys: BTreeSet<_> =
        holdings.iter().map(|row| (&row["member"], &row["contact_id"], &row["channel"])).collect();
    assert_eq!(keys.len(), holdings.len(), "one row a member, contact and channel");
    let of = |rows: &'_ [Row], id: &str| {
        rows.iter().filter(|row| row["contact_id"] == id).cloned().collect::<Vec<_>>()
    };
    let set = |text: &str| {
        text.split(" | ").filter(|item| !item.is_empty()).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    // Every twentieth, since each is looked up in all tables.
    for contact in contacts.iter().step_by(20) {
        let id = &contact["contact_id"];
        let held = of(&holdings, id);
        let open = || held.iter().filter(|row| row["ended_on"].is_empty());
        let holders: BTreeSet<String> = open().map(|row| row["member"].clone()).collect();
        assert_eq!(set(&contact["holders"]), holders, "{contact:?}");
        assert_eq!(contact["holder_count"], holders.len().to_string());
        assert_eq!(
            set(&contact["channels"]),
            open().map(|row| row["channel"].clone()).collect(),
            "{contact:?}"
        );
        let first = held.iter().map(|row| row["connected_on"].as_str()).filter(|day| !day.is_empty()).min();
        assert_eq!(contact["connected_first"], first.unwrap_or_default());
        let met = of(&touches, id);
        assert_eq!(contact["touches"], met.len().to_string());
        assert_eq!(contact["last_touch"], met.iter().map(|row| row["on"].clone()).max().unwrap_or_default());
        let rows = of(&trail, id);
        // Rows that only carry a touch tell of a contact and are not merged into it, nor are their repeats.
        let touching: BTreeSet<_> =
            rows.iter().filter(|row| row["match_reason"] == "touch").map(|row| &row["record_id"]).collect();
        let merged = rows.iter().filter(|row| !touching.contains(&row["record_id"])).count();
        assert_eq!(contact["records"], merged.to_string(), "{contact:?}");
    }
    let accounts = &manifest(&demo().out)["accounts"];
    let kept =
        accounts["kept"].as_u64().expect("a number") + accounts["duplicate"].as_u64().expect("a number");
    assert_eq!(trail.len() as u64, kept);
}

#[test]
fn the_size_of_networks_is_that_of_the_tables() {
    let kinds: BTreeMap<String, String> =
        table("contacts").into_iter().map(|row| (row["contact_id"].clone(), row["kind"].clone())).collect();
    let mut known: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in table("holdings").into_iter().filter(|row| row["ended_on"].is_empty()) {
        if kinds[&row["contact_id"]] == "person" {
            for channel in [row["channel"].as_str(), "all"] {
                known
                    .entry((row["member"].clone(), channel.to_owned()))
                    .or_default()
                    .insert(row["contact_id"].clone());
            }
        }
    }
    let told: BTreeMap<(String, String), usize> = table("reports/network_size")
        .into_iter()
        .filter(|row| {
            row["measure"] == "holdings"
                && known.contains_key(&(row["member"].clone(), row["channel"].clone()))
        })
        .map(|row| ((row["member"].clone(), row["channel"].clone()), row["value"].parse().expect("a number")))
        .collect();
    assert_eq!(told, known.into_iter().map(|(key, people)| (key, people.len())).collect());
}

#[test]
fn a_connection_that_a_complete_export_no_longer_shows_has_ended() {
    let mut exports: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for row in table("provenance").into_iter().filter(|row| row["source"] == "linkedin-connections") {
        let days = exports.entry(row["member"].clone()).or_default();
        days.entry(row["exported_on"].clone()).or_default().insert(row["contact_id"].clone());
    }
    let mut lost = BTreeMap::new();
    for (member, days) in &exports {
        let (newest, now) = days.last_key_value().expect("an export");
        for (_, then) in days.iter().filter(|(day, _)| *day != newest) {
            for id in then.difference(now) {
                let missing = days.iter().filter(|(_, people)| !people.contains(id));
                let seen = days.iter().filter(|(_, people)| people.contains(id)).map(|(day, _)| day).max();
                let first =
                    missing.map(|(day, _)| day).find(|day| Some(*day) > seen).expect("a later export");
                lost.insert((member.clone(), id.clone()), first.clone());
            }
        }
    }
    let told: BTreeMap<(String, String), String> = table("holdings")
        .into_iter()
        .filter(|row| !row["ended_on"].is_empty())
        .map(|row| ((row["member"].clone(), row["contact_id"].clone()), row["ended_on"].clone()))
        .collect();
    assert!(lost.len() > 10, "the demo has lost connections");
    assert_eq!(told, lost);
    let growth = table("reports/growth");
    let weeks = growth
        .iter()
        .filter(|row| row["period"].contains('W') && row["channel"] == "linkedin" && row["member"] != "team");
    let losses: u64 = weeks.filter_map(|row| row["losses"].parse::<u64>().ok()).sum();
    assert_eq!(losses, lost.len() as u64, "growth tells them too");
}

#[test]
fn the_race_is_the_one_the_team_was_made_for() {
    // What the generator gives the members in the nine weeks; one pair of people in a thousand may be
    // taken for one person.
    const ADDS: [(&str, f64); 10] = [
        ("anna", 1600.0),
        ("ben", 1200.0),
        ("clara", 900.0),
        ("david", 700.0),
        ("emma", 500.0),
        ("felix", 400.0),
        ("greta", 300.0),
        ("hugo", 220.0),
        ("ida", 150.0),
        ("jonas", 30.0),
    ];
    let race = table("reports/race");
    assert_eq!(race.len(), ADDS.len());
    let number = |text: &str| text.replace(',', ".").parse::<f64>().expect("a number");
    let all: f64 = race.iter().map(|row| number(&row["adds"])).sum();
    for (place, (row, (member, adds))) in race.iter().zip(ADDS).enumerate() {
        assert_eq!(
            (row["member"].as_str(), row["rank"].as_str()),
            (member, (place + 1).to_string().as_str())
        );
        assert!((number(&row["adds"]) - adds).abs() <= adds * 0.002, "{row:?}");
        assert!((number(&row["share"]) - number(&row["adds"]) / all).abs() <= 5e-7, "{row:?}");
    }
    assert!(number(&race[0]["stock_share"]) > 0.5, "the leader holds more than half of the stock");
}

#[test]
fn the_workbook_opens_and_has_its_sheets() {
    let path = demo().out.join("report.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    assert_eq!(
        book.sheet_names().join("; "),
        "Read me; Overview; Race; Growth; Overlap; Exclusive; Loss; Concentration; Diversity; Categories; Targets; \
         Clean-up; Share; Stock by week; Known together; Companies of both; If several leave; Lorenz curve; \
         Network size; Rankings; Fair share; Handover list; Convergence; Leader profile; Due; Lunch by city; \
         Card lists; Data quality; Pace; Appointments; Who learns from whom; Groups; Mix; Tie strength; Reactivate; Categories over time; \
         Time needed; From mass to class; Value of channels; Response; Wish list; Contacts; Review; Definitions"
    );
    for (sheet, name) in [
        ("Race", "reports/race"),
        ("Rankings", "reports/rankings"),
        ("Clean-up", "reports/cleanup"),
        ("Wish list", "wishes"),
        ("Contacts", "contacts"),
    ] {
        let range = book.worksheet_range(sheet).expect("a sheet");
        assert_eq!(range.height(), table(name).len() + 1, "{sheet}");
        // Categories are shown as letters or as animals, not as both.
        let mut columns = header(&demo().out.join(format!("current/{name}.csv")));
        columns.retain(|column| column != "animal");
        assert_eq!(range.width(), columns.len(), "{sheet}");
    }
    let race = book.worksheet_range("Race").expect("a sheet");
    assert!(
        race.get((1, 2)).is_some_and(calamine::DataType::is_float),
        "numbers are numbers: {:?}",
        race.get((1, 2))
    );
    assert_eq!(book.worksheet_range("Overview").expect("a sheet").height(), 9, "eight figures");
}

#[test]
fn the_cards_carry_every_person_back() {
    let home = tempfile::tempdir().expect("a folder");
    let cards = fs::read(demo().out.join("current/contacts.vcf")).expect("cards");
    put(&home.path().join("inbox"), "anna/contacts.vcf", &cards);
    let pipeline = home.path().join("hamstern.toml");
    fs::write(&pipeline, "[team]\ncountry = \"DE\"\n").expect("written");
    let output = run_file(&pipeline, &[]);
    ended(&output, 0);
    let trail = csv(&home.path().join("out/current/provenance.csv"));
    let carried: BTreeSet<String> = trail
        .iter()
        .filter_map(|row| row["source_id"].strip_prefix("urn:hamstern:"))
        .map(str::to_owned)
        .collect();
    // Whom the team lets go of is not carried back to its phones.
    let people = table("contacts").into_iter().filter(|row| row["kind"] == "person" && row["tier"] != "D");
    let wanted: BTreeMap<String, Row> = people.map(|row| (row["contact_id"].clone(), row)).collect();
    let lost: Vec<_> = wanted.keys().filter(|id| !carried.contains(*id)).take(5).collect();
    assert!(
        lost.is_empty() && carried.len() == wanted.len(),
        "{} of {}: {lost:?}",
        carried.len(),
        wanted.len()
    );
    let reading = hamstern::read::open::read_file("contacts.vcf", &cards, None);
    let hamstern::read::open::Outcome::Read(sections) = &reading.parts[0].outcome else { panic!("not read") };
    assert_eq!((sections[0].output.accounts.rejected, sections[0].output.problems.len()), (0, 0));
    // What comes back is what went out, person by person.
    let back = csv(&home.path().join("out/current/contacts.csv"));
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &trail {
        of.entry(&row["contact_id"]).or_default().push(row["source_id"].trim_start_matches("urn:hamstern:"));
    }
    let mut alone = 0;
    for row in &back {
        let [id] = of[row["contact_id"].as_str()][..] else { continue };
        alone += 1;
        for column in [
            "name",
            "prefix",
            "company",
            "position",
            "emails",
            "phones",
            "linkedin_url",
            "xing_url",
            "birthday",
        ] {
            assert_eq!(row[column], wanted[id][column], "{column} of {id}");
        }
    }
    assert!(alone * 100 > back.len() * 95, "{alone} of {}", back.len());
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_results_and_state() {
    use std::os::unix::fs::PermissionsExt;
    let out = &demo().out;
    let mut folders = vec![out.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let about = fs::symlink_metadata(&path).expect("it is there");
            if about.is_symlink() {
                assert_eq!(path, out.join("current"));
                assert_eq!(fs::read_link(&path).expect("a link"), Path::new("generations/000001"));
                continue;
            }
            let wanted = if about.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(about.permissions().mode() & 0o777, wanted, "{}", path.display());
            seen += 1;
            if about.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_manifest_knows_every_file() {
    let manifest = manifest(&demo().out);
    let mut there = files(&demo().out.join("current"));
    there.remove(Path::new("manifest.json")).expect("itself");
    let pages = there
        .keys()
        .filter(|path| path.starts_with("members") && path.extension().is_some_and(|it| it == "html"));
    assert_eq!(pages.count(), 10, "every member has a page");
    let hex = |bytes: &[u8]| hamstern::state::memory::hex(&Sha256::digest(bytes));
    for output in manifest["outputs"].as_array().expect("a list") {
        let path = PathBuf::from(output["path"].as_str().expect("a path"));
        let bytes = there.remove(&path).unwrap_or_else(|| panic!("{} is not there", path.display()));
        assert_eq!(
            (output["bytes"].as_u64(), output["sha256"].as_str()),
            (Some(bytes.len() as u64), Some(hex(&bytes).as_str()))
        );
    }
    assert_eq!(there.keys().collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "not in the manifest");
    let inbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/race/inbox");
    for input in manifest["inputs"].as_array().expect("a list") {
        let bytes = fs::read(inbox.join(input["path"].as_str().expect("a path"))).expect("a file");
        assert_eq!(input["sha256"], hex(&bytes));
    }
    assert_eq!(manifest["inputs"].as_array().map(Vec::len), Some(files(&inbox).len()));
    for name in ["contacts.csv", "report.html", "report.xlsx"] {
        let fixed = fs::read(demo().out.join(name)).expect("a fixed path");
        assert!(fixed == fs::read(demo().out.join("current").join(name)).expect("the same"), "{name}");
    }
}

#[test]
fn as_many_generations_stay_as_the_pipeline_says() {
    let home = tempfile::tempdir().expect("a folder");
    put(&home.path().join("inbox"), "anna/list.csv", b"Name;E-Mail\nAda Beispiel;ada@x.example\n");
    let pipeline = home.path().join("hamstern.toml");
    fs::write(&pipeline, "[output]\nkeep = 2\n").expect("written");
    for number in 1..=5u32 {
        ended(&run_file(&pipeline, &["--quiet"]), 0);
        let names = |folder: &str| -> Vec<String> {
            let entries = fs::read_dir(home.path().join(folder)).expect("a folder");
            let mut names: Vec<_> = entries
                .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
                .collect();
            names.sort();
            names
        };
        let kept: Vec<u32> = (number.saturating_sub(1).max(1)..=number).collect();
        assert_eq!(
            names("out/generations"),
            kept.iter().map(|number| format!("{number:06}")).collect::<Vec<_>>()
        );
        let states: Vec<_> = names("state").into_iter().filter(|name| name != "lock").collect();
        assert_eq!(states, kept.iter().map(|number| format!("{number:06}.state")).collect::<Vec<_>>());
        let current = fs::canonicalize(home.path().join("out/current")).expect("a generation");
        assert!(current.ends_with(format!("{number:06}")));
    }
}
