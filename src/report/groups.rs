//! Groups: what came of the people whom the team has filed under one tag, such as an event, a club or a fair.

use std::cmp::Reverse;

use crate::table::{Column, Data, Table, Texts, Words, words};
use crate::touch;

use super::owner::{as_of_column, coverage_column};
use super::person::{candidates_column, fact, is_business, is_good};
use super::tie::open_ties;
use super::{Input, Report, share};

/// A group is listed from so many people on.
const FEWEST: u64 = 3;
/// Groups at most; the rest is counted.
const MOST: usize = 500;

/// The report `groups`.
pub(super) struct Groups;

/// What is counted of one group.
#[derive(Default)]
struct Yield {
    people: u64,
    sorted: u64,
    good: u64,
    target: u64,
    met: u64,
}

impl Report for Groups {
    fn id(&self) -> &'static str {
        "groups"
    }

    fn title(&self) -> Words {
        words("Groups", "Gruppen")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let known = People::of(input);
        let mut rows: Vec<(&str, Yield)> = input
            .groups
            .iter()
            .map(|group| (group.name, known.count(input, group.contacts)))
            .filter(|(_, of)| of.people >= FEWEST)
            .collect();
        rows.sort_by_key(|(name, of)| (Reverse(of.people), *name));
        let all = rows.len() as u64;
        rows.truncate(MOST);
        let ints = |of: &dyn Fn(&Yield) -> Option<u64>| {
            Data::Int(rows.iter().map(|(_, row)| of(row).map(|count| count as i64)).collect())
        };
        let good = |row: &Yield| Some(row.good).filter(|_| row.sorted > 0);
        Table {
            name: self.id(),
            title: self.title(),
            about: "people of one tag whom the team knows now for business, and what came of them; tags with fewer than three \
                    are not listed",
            key: &["group"],
            columns: vec![
                as_of_column(input.as_of, rows.len()),
                Column::new(
                    "group",
                    words("Group", "Gruppe"),
                    "tag: a category of a phone, a label of an address book, a word of a spreadsheet",
                    Data::Text(rows.iter().map(|(name, _)| *name).collect::<Texts>()),
                )
                .german("Stichwort: Kategorie eines Telefons, Label eines Adressbuchs, Wort einer Tabelle"),
                Column::new("people", words("People", "Menschen"), "people with that tag", ints(&|row| Some(row.people)))
                    .german("Menschen mit diesem Stichwort"),
                Column::new(
                    "class_people",
                    words("A and B", "A und B"),
                    "of them, people of category A or B; empty as long as none of them is sorted; no judgement of people as such",
                    ints(&good),
                )
                .german("davon Kategorie A oder B; leer, solange niemand davon zugeordnet ist; keine Bewertung der Menschen an sich"),
                Column::new(
                    "class_ratio",
                    words("Share of A and B", "Anteil A und B"),
                    "A and B people as a share of the people",
                    Data::Share(rows.iter().map(|(_, row)| share(good(row)?, row.people)).collect()),
                )
                .german("Anteil der A und B an den Menschen"),
                Column::new(
                    "target_people",
                    words("On target", "Im Ziel"),
                    "of them, people whom the goals or the wish list ask for; empty where these make nobody a target",
                    ints(&|row| Some(row.target).filter(|_| input.has_targets)),
                )
                .german("davon Menschen nach den Zielen oder der Wunschliste; leer, wo diese niemanden zum Ziel machen"),
                Column::new(
                    "met_people",
                    words("Met", "Getroffen"),
                    "of them, people whom a member has ever met; empty without a log of meetings",
                    ints(&|row| Some(row.met).filter(|_| known.logged)),
                )
                .german("davon Menschen, die ein Mitglied je getroffen hat; leer ohne Aufzeichnung von Treffen"),
                Column {
                    about: "share of the people whose category is known",
                    ..coverage_column(rows.iter().map(|(_, row)| share(row.sorted, row.people)).collect())
                }
                .german("bei welchem Anteil der Menschen die Kategorie bekannt ist"),
                candidates_column("candidates", vec![all; rows.len()]),
            ],
        }
    }
}

/// Whom the team knows now, and whom it has met.
struct People {
    held: Vec<bool>,
    met: Vec<bool>,
    /// Whether meetings are logged at all.
    logged: bool,
}

impl People {
    fn of(input: &Input<'_>) -> People {
        let count = input.contacts.len();
        let mut people = People { held: vec![false; count], met: vec![false; count], logged: false };
        for tie in open_ties(input) {
            people.held[tie.contact as usize] = true;
        }
        let meetings =
            input.touches.iter().filter(|touch| touch.kind == touch::Kind::Met && touch.on <= input.as_of);
        for touch in meetings {
            people.logged = true;
            if let Some(met) = people.met.get_mut(touch.contact as usize) {
                *met = true;
            }
        }
        people
    }

    fn count(&self, input: &Input<'_>, contacts: &[u32]) -> Yield {
        let mut of = Yield::default();
        for &contact in contacts {
            let fact = fact(input, contact);
            let at = contact as usize;
            if !is_business(&fact) || self.held.get(at) != Some(&true) {
                continue;
            }
            of.people += 1;
            of.sorted += u64::from(fact.tier.is_some());
            of.good += u64::from(is_good(&fact));
            of.target += u64::from(fact.target);
            of.met += u64::from(self.met[at]);
        }
        of
    }
}
