//! An inbox that changes from run to run, and its results.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its own part of this"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::common::{csv, ended, generation, hamstern, put};

/// A row of a table.
pub type Row = BTreeMap<String, String>;

/// The header of a LinkedIn export.
pub const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

/// A LinkedIn export of people `given family company position day`; `!` stands for a blank.
pub fn connections(people: &[&str]) -> String {
    people.iter().fold(HEADER.to_owned(), |text, person| {
        let [given, family, company, position, day] =
            person.split(' ').map(|word| word.replace('!', " ")).collect::<Vec<_>>().try_into().unwrap();
        let slug = format!("{given}-{family}").to_lowercase();
        text + &format!(
            "{given},{family},https://www.linkedin.com/in/{slug},,{company},{position},{}\n",
            day.replace('-', " ")
        )
    })
}

/// A card; a line a property.
pub fn card(uid: &str, name: &str, properties: &[&str]) -> String {
    let (given, family) = name.split_once(' ').unwrap();
    let more = properties.iter().fold(String::new(), |text, line| text + line + "\r\n");
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:{family};{given}\r\n{more}END:VCARD\r\n"
    )
}

/// An inbox and its results.
pub struct World {
    pub root: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        World { root: tempfile::tempdir().unwrap() }
    }

    pub fn inbox(&self) -> PathBuf {
        self.root.path().join("inbox")
    }

    pub fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    pub fn put(&self, path: &str, text: &str) {
        put(&self.inbox(), path, text.as_bytes());
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.inbox().join(path)).unwrap();
    }

    pub fn try_run(&self, today: &str) -> Output {
        self.run_with(&["--now", today, "--country", "DE", "--lang", "de"])
    }

    pub fn run_with(&self, options: &[&str]) -> Output {
        hamstern(&["run"])
            .args(options)
            .arg("--inbox")
            .arg(self.inbox())
            .arg("--out")
            .arg(self.out())
            .output()
            .unwrap()
    }

    pub fn run(&self, today: &str) -> Output {
        let output = self.try_run(today);
        ended(&output, 0);
        output
    }

    pub fn table(&self, name: &str) -> Vec<Row> {
        csv(&self.out().join(format!("current/{name}.csv")))
    }

    /// Ids of the contacts of each name, in the order of ids.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let of = self.table("contacts").into_iter().filter(|row| row["name"] == name);
        of.map(|row| row["contact_id"].clone()).collect()
    }

    pub fn id(&self, name: &str) -> String {
        let ids = self.ids(name);
        assert_eq!(ids.len(), 1, "{name}: {ids:?}");
        ids[0].clone()
    }

    /// The changes but those of `new` contacts, as `change name old new`.
    pub fn changes(&self) -> Vec<String> {
        let rows = self.table("changes").into_iter().filter(|row| row["change"] != "new");
        let mut rows: Vec<String> = rows
            .map(|row| {
                format!("{} {} {} {}", row["change"], row["name"], row["old"], row["new"])
                    .trim_end()
                    .to_owned()
            })
            .collect();
        rows.sort();
        rows
    }

    pub fn change(&self, change: &str) -> Row {
        let rows: Vec<Row> =
            self.table("changes").into_iter().filter(|row| row["change"] == change).collect();
        assert_eq!(rows.len(), 1, "{change} in {:?}", self.table("changes"));
        rows[0].clone()
    }

    /// `retired -> survivor`.
    pub fn redirects(&self) -> BTreeMap<String, String> {
        self.table("redirects")
            .into_iter()
            .map(|row| (row["retired"].clone(), row["survivor"].clone()))
            .collect()
    }

    /// `name -> ended_on` of the holdings through LinkedIn.
    pub fn ended(&self) -> BTreeMap<String, String> {
        let contacts = self.table("contacts");
        let name = |id: &str| contacts.iter().find(|row| row["contact_id"] == id).unwrap()["name"].clone();
        let held = self.table("holdings").into_iter().filter(|row| row["channel"] == "linkedin");
        held.map(|row| (name(&row["contact_id"]), row["ended_on"].clone())).collect()
    }

    /// The tables of the newest generation without what tells of the generation before (`changes`, `news`, the pages,
    /// the figures of the workbook) or of the day of the run.
    pub fn lasting(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = generation(&self.out());
        files.retain(|path, _| {
            let is_page = path.extension().is_some_and(|extension| extension == "html");
            let told = ["changes", "news"].iter().any(|name| path.with_extension("") == Path::new(name));
            !is_page
                && !told
                && !["manifest.json", "report.xlsx", "who.index"].iter().any(|name| path == Path::new(name))
        });
        files
    }
}

pub fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}
