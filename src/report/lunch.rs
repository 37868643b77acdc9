//! Lunch: in which cities there are enough people worth meeting, and who of the team knows them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::table::{Column, Data, Lists, Table, Texts, Words, words};

use super::owner::as_of_column;
use super::person::{self, bond_with, bonds_of, fact, is_business, is_good, is_kept, is_somebody};
use super::tie::{by_contact, open_ties};
use super::{Input, Report, TEAM, share};

/// The report `lunch`.
pub(super) struct Lunch;

/// A city is listed from so many people of the team's on.
const FEWEST: usize = 3;
/// As many are named in a row.
const NAMED: usize = 20;

/// The people of one member, or of the team, in one city; and how often the city of people is known.
#[derive(Debug, Default)]
struct Tables {
    /// By number of the city and of the member; the team comes after the last member.
    people: BTreeMap<(u32, usize), Vec<u32>>,
    /// People worth meeting, and those of them whose city is known, by member.
    counts: Vec<[u64; 2]>,
}

fn tables(input: &Input<'_>) -> Tables {
    let team = input.members.len();
    let mut tables = Tables { people: BTreeMap::new(), counts: vec![[0; 2]; team + 1] };
    let ties = open_ties(input);
    for ties in by_contact(&ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        if !is_business(&fact) {
            continue;
        }
        let (good, bonds) = (is_good(&fact), bonds_of(input, contact));
        let worth = |member: u16| good || bond_with(bonds, member).is_some_and(is_kept);
        let members = ties.iter().map(|tie| tie.member).filter(|member| worth(*member));
        let mut owners: Vec<usize> = members.map(usize::from).collect();
        if !owners.is_empty() {
            owners.push(team);
        }
        for owner in owners {
            tables.counts[owner][0] += 1;
            tables.counts[owner][1] += u64::from(fact.city > 0);
            if fact.city > 0 {
                tables.people.entry((fact.city, owner)).or_default().push(contact);
            }
        }
    }
    tables
}

/// Best category first, then strongest tie.
fn best_first(input: &Input<'_>, people: &mut [u32]) {
    people.sort_by_cached_key(|contact| {
        let fact = fact(input, *contact);
        (fact.tier.unwrap_or(u8::MAX), person::weakness(fact.strength), *contact)
    });
}

impl Report for Lunch {
    fn id(&self) -> &'static str {
        "lunch"
    }

    fn title(&self) -> Words {
        words("Lunch by city", "Mittagessen nach Ort")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let team = input.members.len();
        let Tables { people, counts } = tables(input);
        let city = |number: u32| input.cities.get(number as usize).map_or("", String::as_str);
        let there = |number: u32| people.get(&(number, team)).map_or(0, Vec::len);
        let mut rows: Vec<((u32, usize), Vec<u32>)> = people
            .iter()
            .filter(|((number, owner), _)| {
                there(*number) >= FEWEST && (*owner == team || is_somebody(input, *owner as u16))
            })
            .map(|(key, people)| (*key, people.clone()))
            .collect();
        rows.sort_by_key(|((number, owner), people)| {
            (Reverse(there(*number)), city(*number), *number, *owner != team, Reverse(people.len()), *owner)
        });
        for (_, people) in &mut rows {
            best_first(input, people);
        }
        let name = |owner: usize| input.members.get(owner).map_or(TEAM, String::as_str);
        let texts = |of: &dyn Fn(u32, usize) -> String| {
            Data::Text(rows.iter().map(|((number, owner), _)| of(*number, *owner)).collect::<Texts>())
        };
        let lists = |of: &dyn Fn(u32) -> String| {
            let named = |people: &Vec<u32>| people.iter().take(NAMED).map(|at| of(*at)).collect::<Vec<_>>();
            Data::List(rows.iter().map(|(_, people)| named(people)).collect::<Lists>())
        };
        let coverage = |owner: usize| share(counts[owner][1], counts[owner][0]);
        let lives = |number: u32, owner: usize| {
            let own = input.own.get(owner).filter(|own| owner < team && own.city > 0)?;
            Some(own.city == number)
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one member, or the team, in one city with at least three people worth meeting: of category A or B, or with a strong or steady tie",
            key: &["city", "member"],
            columns: vec![
                as_of_column(input.as_of, rows.len()),
                Column::new("city", words("City", "Ort"), "city as it stands with the contacts", texts(&|number, _| city(number).to_owned()))
                    .german("Ort, wie er bei den Kontakten steht"),
                Column::new("member", words("Member", "Mitglied"), "id of the member; `team` for all together", texts(&|_, owner| name(owner).to_owned()))
                    .german("Kürzel des Mitglieds; „team“ für alle zusammen"),
                Column::new("lives_here", words("Lives here", "Wohnt hier"), "whether it is the member's own city; empty when that is not known", Data::Bool(rows.iter().map(|((number, owner), _)| lives(*number, *owner)).collect()))
                    .german("ob es der eigene Ort des Mitglieds ist; leer, wenn er nicht bekannt ist"),
                Column::new("people", words("People", "Menschen"), "people there worth meeting: of category A or B, or the tie of the member is strong or steady; no judgement of people as such", Data::Int(rows.iter().map(|(_, people)| Some(people.len() as i64)).collect()))
                    .german("Menschen dort, bei denen sich ein Treffen lohnt: Kategorie A oder B, oder die Beziehung des Mitglieds ist belastbar oder gefestigt; keine Bewertung der Menschen an sich"),
                Column::new("contact_ids", words("Contacts", "Kontakte"), "ids of the first twenty of them: best category, then strongest tie", lists(&|contact| person::id(input, contact).into_owned()))
                    .german("Kennungen der ersten zwanzig: beste Kategorie, dann stärkste Beziehung"),
                Column::new("names", words("Names", "Namen"), "their names, in the same order", lists(&|contact| person::name(input, contact).to_owned()))
                    .german("ihre Namen in derselben Reihenfolge"),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of the people worth meeting, wherever they are, whose city is known", Data::Share(rows.iter().map(|((_, owner), _)| coverage(*owner)).collect()))
                    .german("bei welchem Anteil der Menschen, bei denen sich ein Treffen lohnt, der Ort bekannt ist"),
            ],
        }
    }
}
