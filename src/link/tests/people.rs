//! Invented people and what two members' exports say of them, with the truth: only for tests.

use crate::link::Row;
use crate::record::{Cells, Field};

const GIVEN: [&str; 24] = [
    "Anna",
    "Bernd",
    "Clara",
    "Dieter",
    "Elif",
    "Florian",
    "Giulia",
    "Hans-Peter",
    "Ingrid",
    "Jörg",
    "Katarzyna",
    "Luis",
    "Mehmet",
    "Nina",
    "Oliver",
    "Petra",
    "Quentin",
    "Renate",
    "Sebastian",
    "Tatjana",
    "Ulrike",
    "Volker",
    "Wiebke",
    "Josef",
];
const HEADS: [&str; 30] = [
    "Born", "Tal", "Wester", "Grün", "Hoch", "Kessel", "Linden", "Roten", "Stein", "Vogel", "Wald", "Zier",
    "Öder", "Mark", "Achter", "Brem", "Dorn", "Eichel", "Fahren", "Gold", "Hagel", "Ibsen", "Kron", "Löwen",
    "Moos", "Nieder", "Ober", "Pfeil", "Reichen", "Sommer",
];
const TAILS: [&str; 24] = [
    "hofer", "mann", "brück", "feld", "berg", "huber", "lage", "kamp", "stätter", "wang", "rieder", "sen",
    "moser", "thal", "acker", "bach", "dahl", "egger", "furt", "gruber", "horst", "ick", "kofler", "loh",
];
const FIRMS: [&str; 18] = [
    "Albrin",
    "Beltora",
    "Cavexis",
    "Dornwerk",
    "Elvano",
    "Fermata Bau",
    "Gralo",
    "Hexon",
    "Istria Logistik",
    "Juvant",
    "Kolbra",
    "Lumeno",
    "Mertex",
    "Norvia",
    "Optalis",
    "Pardex",
    "Quorin",
    "Rostal",
];
const CITIES: [&str; 8] =
    ["Nordstadt", "Südheim", "Altenau", "Neudorf", "Bergen", "Talheim", "Uferstadt", "Waldkirch"];
const SHORT: [(&str, &str); 5] = [
    ("Josef", "Sepp"),
    ("Sebastian", "Basti"),
    ("Ulrike", "Uli"),
    ("Florian", "Flo"),
    ("Hans-Peter", "Hans"),
];

/// Numbers that depend on a seed alone.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn in_hundred(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

struct Person {
    given: &'static str,
    family: String,
    firms: [&'static str; 2],
    city: &'static str,
    number: usize,
}

/// Rows of one set, owned, with who is behind each.
pub(super) struct Set {
    cells: Vec<Cells>,
    origin: Vec<(u16, u32, bool, i32)>,
    pub(super) truth: Vec<u32>,
}

impl Set {
    /// Some `people`, of whom one in fifty is a namesake of another, in the exports of three members.
    pub(super) fn new(people: usize, seed: u64) -> Set {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut set = Set { cells: Vec::new(), origin: Vec::new(), truth: Vec::new() };
        let mut last: Option<(&'static str, String)> = None;
        for number in 0..people {
            let mut person = Person {
                given: GIVEN[dice.below(GIVEN.len())],
                family: format!(
                    "{}{}{}",
                    HEADS[dice.below(HEADS.len())],
                    TAILS[dice.below(TAILS.len())],
                    ["", "", "er", "s", "inger"][dice.below(5)]
                ),
                firms: [FIRMS[dice.below(FIRMS.len())], FIRMS[dice.below(FIRMS.len())]],
                city: CITIES[dice.below(CITIES.len())],
                number,
            };
            if let (Some((given, family)), true) = (last.take(), dice.in_hundred(2)) {
                (person.given, person.family) = (given, family);
            }
            last = Some((person.given, person.family.clone()));
            for member in 0..3u16 {
                if dice.in_hundred(50) {
                    set.entries(&person, member, &mut dice);
                }
            }
        }
        set
    }

    /// A network list (export 2 × member, distinct) and a phone book (export 2 × member + 1).
    fn entries(&mut self, person: &Person, member: u16, dice: &mut Dice) {
        if dice.in_hundred(75) {
            let mut cells = Cells::new();
            cells.push(Field::GivenName, person.given);
            cells.push(Field::FamilyName, &person.family);
            cells.push(Field::Company, &format!("{} GmbH", person.firms[0]));
            cells.push(Field::LinkedIn, &format!("profile-{}", person.number));
            self.push(cells, (member, u32::from(member) * 2, true, 20_500), person.number);
        }
        if dice.in_hundred(55) {
            let mut cells = Cells::new();
            let short = SHORT.iter().find(|(full, _)| *full == person.given).map(|(_, short)| *short);
            cells.push(
                Field::GivenName,
                if dice.in_hundred(8) { short.unwrap_or(person.given) } else { person.given },
            );
            cells.push(Field::FamilyName, &spelled(&person.family, dice));
            if dice.in_hundred(80) {
                cells.push(Field::Phone, &format!("+49151{:07}", person.number * 13 + 7));
            }
            if dice.in_hundred(60) {
                let firm = person.firms[usize::from(dice.in_hundred(20))];
                cells.push(Field::Company, firm);
                cells.push(
                    Field::Email,
                    &format!("{}.{}@{}.example", person.given, person.number, firm).to_lowercase(),
                );
            }
            if dice.in_hundred(30) {
                cells.push(Field::City, person.city);
            }
            self.push(cells, (member, u32::from(member) * 2 + 1, false, 20_480), person.number);
        }
    }

    fn push(&mut self, cells: Cells, origin: (u16, u32, bool, i32), person: usize) {
        self.cells.push(cells);
        self.origin.push(origin);
        self.truth.push(person as u32);
    }

    /// The rows, in the order given by their numbers.
    pub(super) fn rows_in(&self, order: &[usize]) -> Vec<Row<'_>> {
        let row = |&at: &usize| {
            let (member, export, distinct, day) = self.origin[at];
            Row {
                cells: self.cells[at].view(),
                record_id: at as u64 + 1000,
                member,
                export,
                distinct,
                again: &[],
                day,
            }
        };
        order.iter().map(row).collect()
    }

    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        self.rows_in(&(0..self.cells.len()).collect::<Vec<_>>())
    }
}

/// The family name, sometimes without umlauts or with a letter wrong.
fn spelled(family: &str, dice: &mut Dice) -> String {
    if dice.in_hundred(10) {
        return family.replace('ü', "ue").replace('ö', "oe").replace('ä', "ae").replace('Ö', "Oe");
    }
    let mut letters: Vec<char> = family.chars().collect();
    if dice.in_hundred(3) {
        let at = 1 + dice.below(letters.len() - 2);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Pairwise precision and recall of groups against the truth.
pub(super) fn pairwise(groups: &[u32], truth: &[u32]) -> (f64, f64) {
    let count = |keys: Vec<(u32, u32)>| {
        let mut keys = keys;
        keys.sort_unstable();
        keys.chunk_by(|a, b| a == b).map(|run| (run.len() * (run.len() - 1) / 2) as f64).sum::<f64>()
    };
    let both = count(groups.iter().copied().zip(truth.iter().copied()).collect());
    let found = count(groups.iter().map(|group| (*group, 0)).collect());
    let there = count(truth.iter().map(|person| (*person, 0)).collect());
    (both / found.max(1.0), both / there.max(1.0))
}
