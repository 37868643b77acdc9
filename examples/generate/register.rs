//! Registers: tables of persons in which each stands several times, every time spoilt a little differently.
//!
//! Four kinds, after the kinds of data that record linkage is measured on: addresses with birthday and
//! number; the same in two files; sign-ups with few and badly typed fields; persons of past centuries with
//! gaps, pet names and wrong dates.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::date::{self, day};
use super::out::{Channel, Csv, Encoding, Folder, Lines, Place, Truth, Who};
use super::rng::Rng;
use super::slip::{slip, slip_of_date};
use super::spelling::local;
use super::world::World;

/// Keys the random numbers of persons and of rows.
const PERSON: u64 = 20;
const ROW: u64 = 21;

/// The kind of register.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Register {
    /// Names, address, birthday and number; up to six rows a person.
    Addresses,
    /// The same in two files, one row a person in each.
    Twofold,
    /// Name, birthday, city and e-mail, typed carelessly; up to eight rows a person.
    Signups,
    /// Name, birthday and birth place, postcode and occupation, with gaps; ten rows a person.
    History,
}

/// One person as the register should have it.
struct Entry {
    given: String,
    family: String,
    pet: Option<&'static str>,
    /// Another name of history: a birth name, or a middle name used as the first.
    alias: String,
    number: String,
    street: String,
    city: String,
    postcode: String,
    region: &'static str,
    birthday: i32,
    id: String,
    email: String,
    occupation: &'static str,
}

impl Register {
    /// Persons behind that many rows.
    pub(crate) fn people(self, rows: u64) -> u32 {
        let per_person = match self {
            Register::Addresses => 2.5,
            Register::Twofold => 2.0,
            Register::Signups => 4.0,
            Register::History => 10.0,
        };
        (rows as f64 / per_person).clamp(1.0, 50_000_000.0) as u32
    }

    /// How many rows a person has.
    fn times(self, rng: &mut Rng) -> usize {
        match self {
            Register::Addresses => 1 + rng.pick(&[0, 0, 1, 1, 1, 2, 2, 3, 5]),
            Register::Twofold => 2,
            Register::Signups => 1 + rng.below(7),
            Register::History => 1 + rng.below(19),
        }
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Register::Addresses | Register::Twofold => {
                &["id", "given", "family", "number", "street", "city", "postcode", "region", "born", "ssn"]
            }
            Register::Signups => &["id", "given", "family", "born", "city", "email"],
            Register::History => &["id", "given", "family", "born", "birth_place", "postcode", "occupation"],
        }
    }

    /// The mapping of its columns in a pipeline file.
    fn mapping(self) -> &'static str {
        match self {
            Register::Addresses | Register::Twofold => {
                "source_id = \"id\"\ngiven_name = \"given\"\nfamily_name = \"family\"\n\
                 street = [\"number\", \"street\"]\ncity = \"city\"\npostcode = \"postcode\"\n\
                 region = \"region\"\nbirthday = \"born\"\nexternal_id = \"ssn\"\n"
            }
            Register::Signups => {
                "source_id = \"id\"\ngiven_name = \"given\"\nfamily_name = \"family\"\n\
                 birthday = \"born\"\ncity = \"city\"\nemail = \"email\"\n"
            }
            Register::History => {
                "source_id = \"id\"\ngiven_name = \"given\"\nfamily_name = \"family\"\n\
                 birthday = \"born\"\ncity = \"birth_place\"\npostcode = \"postcode\"\n\
                 position = \"occupation\"\n"
            }
        }
    }
}

/// Writes the register and a pipeline file that maps its columns.
pub(crate) fn write(
    world: &World,
    kind: Register,
    folder: &Folder,
    out: &Path,
    people: u32,
    truth: &mut Truth,
) -> io::Result<()> {
    let first = world.members.len() as u32;
    let mut rows: Vec<(u64, u32, usize)> = Vec::new();
    for person in 0..people {
        let mut rng = Rng::new(world.seed, &[ROW, u64::from(person)]);
        for at in 0..kind.times(&mut rng) {
            rows.push((rng.bits(), person, at));
        }
    }
    rows.sort_unstable();
    let files: &[&str] =
        if kind == Register::Twofold { &["Register A.csv", "Register B.csv"] } else { &["Register.csv"] };
    let mut number = 0u32;
    for (at, name) in files.iter().enumerate() {
        let (file, path) = folder.create(name)?;
        let mut lines = Lines::new(file, Encoding::Utf8);
        let mut csv = Csv::new(',', false, "\n");
        lines.write(csv.row(kind.columns()))?;
        for &(_, person, nth) in rows.iter().filter(|row| files.len() == 1 || row.2 == at) {
            let entry = draw(world, kind, person);
            let mut rng = Rng::new(world.seed, &[ROW, u64::from(person), nth as u64 + 1]);
            number += 1;
            let cells = cells(kind, &entry, nth, number, &mut rng);
            let place = Place { file: &path, line: lines.line(), sheet: "" };
            truth.row(place, Who::Person(first + person), 0, Channel::Sheet)?;
            lines.write(csv.row(cells))?;
        }
        lines.finish()?;
    }
    let mut pipeline = fs::File::create(out.join("hamstern.toml"))?;
    write!(
        pipeline,
        "[team]\ncountry = \"DE\"\n\n[inbox]\npath = \"inbox\"\n\n[[source]]\nfiles = \"*.csv\"\n\
         distinct = false\n[source.columns]\n{}",
        kind.mapping()
    )
}

fn draw(world: &World, kind: Register, person: u32) -> Entry {
    let mut rng = Rng::new(world.seed, &[PERSON, u64::from(person)]);
    let words = &world.words;
    let name = words.name(&mut rng);
    let city = &words.cities[rng.zipf(words.cities.len(), 4.0)];
    let year = if kind == Register::History { 1780 } else { 1930 };
    let birthday = day(year, 1, 1) + rng.between(0, 75 * 365);
    let digits = if city.country == "DE" { 3 } else { 2 };
    let postcode = format!("{}{:0digits$}", city.postcode, rng.below(10usize.pow(digits as u32)));
    let (given, family) = (local(&name.given), local(&name.family));
    let provider = &words.freemail[rng.zipf(words.freemail.len(), 3.0)];
    let email = match rng.below(4) {
        0 => format!("{given}.{family}@{provider}.example"),
        1 => format!("{family}{}@{provider}.example", date::format(birthday, "%y")),
        2 => format!("{given}{}@{provider}.example", rng.below(900)),
        _ => {
            let job = &words.heads[rng.below(words.heads.len())].to_lowercase();
            format!("{given}{}@{job}{}.example", &family[..family.len().min(1)], rng.below(90))
        }
    };
    let alias = if name.middle.is_empty() { words.married(&mut rng) } else { name.middle };
    Entry {
        pet: words.nickname(&name.given, &mut rng),
        given: name.given,
        family: name.family,
        alias,
        number: rng.between(1, 180).to_string(),
        street: words.streets[rng.below(words.streets.len())].clone(),
        city: city.name.to_owned(),
        postcode,
        region: ["nord", "sued", "ost", "west"][usize::from(city.area.as_bytes()[0]) % 4],
        birthday,
        id: format!("{}", 1_000_000 + rng.below(8_999_999)),
        email,
        occupation: words.titles[rng.zipf(words.titles.len(), 6.0)].0,
    }
}

/// The cells of one row; the first row of a person is clean where the kind keeps one that is.
fn cells(kind: Register, entry: &Entry, nth: usize, number: u32, rng: &mut Rng) -> Vec<String> {
    let mut cells = match kind {
        Register::Addresses | Register::Twofold => vec![
            entry.given.clone(),
            entry.family.clone(),
            entry.number.clone(),
            entry.street.clone(),
            entry.city.clone(),
            entry.postcode.clone(),
            entry.region.to_owned(),
            date::format(entry.birthday, "%Y%m%d"),
            entry.id.clone(),
        ],
        Register::Signups => vec![
            entry.given.clone(),
            entry.family.clone(),
            date::iso(entry.birthday),
            entry.city.clone(),
            entry.email.clone(),
        ],
        Register::History => vec![
            entry.given.clone(),
            entry.family.clone(),
            date::iso(entry.birthday),
            entry.city.clone(),
            entry.postcode.clone(),
            entry.occupation.to_owned(),
        ],
    };
    match kind {
        Register::Addresses | Register::Twofold if nth > 0 => spoil_address(&mut cells, entry, rng),
        Register::Signups => spoil_signup(&mut cells, rng),
        Register::History => spoil_history(&mut cells, entry, rng),
        _ => blank(&mut cells, &[0.02, 0.01, 0.04, 0.02, 0.01, 0.01, 0.05, 0.06, 0.0], rng),
    }
    cells.insert(0, format!("r{number}"));
    cells
}

/// Empties cells by chance.
fn blank(cells: &mut [String], shares: &[f64], rng: &mut Rng) {
    for (cell, share) in cells.iter_mut().zip(shares) {
        if rng.chance(*share) {
            cell.clear();
        }
    }
}

/// One to five changes anywhere, a few of them whole fields.
fn spoil_address(cells: &mut [String], entry: &Entry, rng: &mut Rng) {
    for _ in 0..=rng.zipf(5, 2.0) {
        let at = rng.pick(&[0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 6, 7, 8]);
        match (at, rng.below(10)) {
            (0 | 1, 0) => cells.swap(0, 1),
            (0, 1) => {
                if let Some(pet) = entry.pet {
                    pet.clone_into(&mut cells[0]);
                }
            }
            (3, 0) => cells.swap(3, 4),
            (_, 1 | 2) if at != 8 => cells[at].clear(),
            (7, _) => cells[7] = slip_of_date(entry.birthday, rng).replace('-', ""),
            _ => cells[at] = slip(&cells[at], rng),
        }
    }
}

/// Each field has its own chance to be wrong; birthdays are wrong more often than right.
fn spoil_signup(cells: &mut [String], rng: &mut Rng) {
    blank(cells, &[0.15, 0.15, 0.0, 0.18, 0.2], rng);
    for (at, share) in [(0, 0.2), (1, 0.2), (3, 0.25), (4, 0.2)] {
        while !cells[at].is_empty() && rng.chance(share) {
            cells[at] = slip(&cells[at], rng);
        }
    }
    if rng.chance(0.06) {
        cells.swap(0, 1);
    }
    if rng.chance(0.4) {
        let text = cells[2].clone();
        let born = chrono::NaiveDate::parse_from_str(&text, "%Y-%m-%d").unwrap_or_default();
        let (year, month, date) = ymd(born);
        cells[2] = slip_of_date(day(year, month, date), rng);
    }
}

fn ymd(date: chrono::NaiveDate) -> (i32, u32, u32) {
    use chrono::Datelike;
    (date.year(), date.month(), date.day())
}

/// Gaps, pet and other names, dates known by the year only.
fn spoil_history(cells: &mut [String], entry: &Entry, rng: &mut Rng) {
    match rng.below(100) {
        0..=9 => {
            if let Some(pet) = entry.pet {
                pet.clone_into(&mut cells[0]);
            }
        }
        10..=12 => entry.alias.clone_into(&mut cells[0]),
        13..=17 => entry.alias.clone_into(&mut cells[1]),
        18..=19 => cells.swap(0, 1),
        20..=24 => cells[0] = cells[0].chars().take(1).collect(),
        _ => {}
    }
    for (at, share) in [(0, 0.1), (1, 0.14), (3, 0.1), (4, 0.08)] {
        if rng.chance(share) {
            cells[at] = slip(&cells[at], rng);
        }
    }
    match rng.below(100) {
        0..=8 => cells[2] = format!("{}-01-01", date::format(entry.birthday, "%Y")),
        9..=24 => cells[2] = slip_of_date(entry.birthday, rng),
        _ => {}
    }
    if rng.chance(0.1) {
        cells[4] = format!("{}{}", &cells[4][..cells[4].len().min(3)], rng.below(100));
    }
    blank(cells, &[0.04, 0.03, 0.25, 0.28, 0.22, 0.3], rng);
}
