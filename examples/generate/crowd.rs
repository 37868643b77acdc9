//! A crowd: plain lists of very many contacts with few distinct names, three rows in ten a repetition.

use std::io;

use super::date;
use super::entry::{Entry, Source, Use};
use super::number::Style;
use super::out::{Channel, Csv, Encoding, Folder, Lines, Place, Truth, Who};
use super::person::Person;
use super::rng::Rng;
use super::world::World;

/// Keys the random numbers of rows.
const ROW: u64 = 8;

const HEADER: [&str; 10] =
    ["Vorname", "Nachname", "Firma", "Position", "E-Mail", "Telefon", "Straße", "PLZ", "Ort", "Geburtstag"];

/// People behind that many rows, the members not counted.
pub(crate) fn people(rows: u64) -> u32 {
    (rows * 7 / 10).clamp(1, 50_000_000) as u32
}

/// Writes one list a member, `rows` in all.
pub(crate) fn write(world: &World, folders: &[Folder], rows: u64, truth: &mut Truth) -> io::Result<()> {
    let first = world.members.len() as u64;
    let people = u64::from(people(rows));
    let step = stride(rows);
    let share = rows.div_ceil(folders.len() as u64);
    for (member, folder) in folders.iter().enumerate() {
        let (file, path) = folder.create("Kontakte.csv")?;
        let mut out = Lines::new(file, Encoding::Utf8);
        let mut csv = Csv::new(',', false, "\r\n");
        out.write(csv.row(HEADER))?;
        let begin = member as u64 * share;
        for at in begin..rows.min(begin + share) {
            // A walk through all rows in no telling order.
            let row = (u128::from(at) * u128::from(step) % u128::from(rows)) as u64;
            let mut rng = Rng::new(world.seed, &[ROW, row]);
            let number = if row < people { row } else { rng.below(people as usize) as u64 };
            let person = Person::draw(world, (first + number) as u32);
            let day = world.today - rng.between(0, 1500);
            let entry = Entry::draw(world, &person, Source::Mail, row, day, Style::Mixed);
            let place = Place { file: &path, line: out.line(), sheet: "" };
            truth.row(place, Who::Person(person.index), member as u32, Channel::Sheet)?;
            out.write(csv.row(cells(&entry)))?;
        }
        out.finish()?;
    }
    Ok(())
}

fn cells(entry: &Entry) -> [String; 10] {
    let [city, postcode, street, _] = entry.place.clone().unwrap_or_default();
    let given = format!("{} {}", entry.given, entry.middle);
    let email = entry.emails.first().map_or("", |(_, text)| text);
    let phone = match entry.phone(Use::Mobile) {
        "" => entry.phone(Use::Work),
        mobile => mobile,
    };
    let birthday = entry.birthday.map_or(String::new(), date::german);
    [
        given.trim(),
        &entry.family,
        &entry.company,
        &entry.position,
        email,
        phone,
        &street,
        &postcode,
        &city,
        &birthday,
    ]
    .map(str::to_owned)
}

/// A step that meets every row once: it shares no factor with their number.
fn stride(rows: u64) -> u64 {
    let common = |a: u64, b: u64| {
        let (mut a, mut b) = (a, b);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    (rows / 3 + 7..rows.saturating_mul(2) + 8).find(|step| common(*step, rows) == 1).unwrap_or(1)
}
