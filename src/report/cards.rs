//! Cards: whom the yearly mailing goes to, by category, who signs, and who has lost a category.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::contact::Letter;
use crate::scales::ANIMALS;
use crate::table::{Column, Data, Table, Texts, Words, words};
use crate::touch;

use super::owner::as_of_column;
use super::person::{
    self, TIERS, bond_with, bonds_of, candidates_column, fact, holders_column, id_column, is_business,
    name_column,
};
use super::tie::{Tie, by_contact, open_ties};
use super::{Input, Report, Touch, share};

/// The report `cards`.
pub(super) struct Cards;

/// The categories that get a card.
const LETTERS: [Letter; 3] = [Letter::A, Letter::B, Letter::C];

/// One card.
#[derive(Debug)]
struct Card {
    contact: u32,
    holders: Vec<u16>,
    sender: u16,
}

/// The cards of one category.
#[derive(Debug, Default)]
struct Pile {
    cards: Vec<Card>,
    people: u64,
    addresses: u64,
}

/// Who signs: the strongest tie, then the latest touch, then the first in the pipeline file.
fn sender(input: &Input<'_>, ties: &[Tie]) -> u16 {
    let bonds = bonds_of(input, ties[0].contact);
    let key = |tie: &&Tie| {
        let bond = bond_with(bonds, tie.member);
        (
            person::weakness(bond.and_then(|bond| bond.strength)),
            Reverse(bond.and_then(|bond| bond.last)),
            tie.member,
        )
    };
    ties.iter().min_by_key(key).map_or(0, |tie| tie.member)
}

/// The day of each contact's last meeting with anybody of the team, up to the day of the report.
fn last_met(input: &Input<'_>) -> FxHashMap<u32, NaiveDate> {
    let mut days: FxHashMap<u32, NaiveDate> = FxHashMap::default();
    let met = |touch: &&Touch| touch.kind == touch::Kind::Met && touch.on <= input.as_of;
    for touch in input.touches.iter().filter(met) {
        days.entry(touch.contact).and_modify(|day| *day = touch.on.max(*day)).or_insert(touch.on);
    }
    days
}

fn piles(input: &Input<'_>) -> [Pile; LETTERS.len()] {
    let mut piles: [Pile; LETTERS.len()] = Default::default();
    let ties = open_ties(input);
    let mut chosen: [Vec<(i64, u32, usize)>; LETTERS.len()] = Default::default();
    let mut at = 0;
    for ties in by_contact(&ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        let pile = fact.tier.map(|tier| usize::from(tier.wrapping_sub(b'A'))).filter(|_| is_business(&fact));
        if let Some(pile) = pile.filter(|pile| *pile < LETTERS.len()) {
            piles[pile].people += 1;
            piles[pile].addresses += u64::from(fact.address);
            chosen[pile].push((person::weakness(fact.strength), contact, at));
        }
        at += ties.len();
    }
    for (pile, mut chosen) in piles.iter_mut().zip(chosen) {
        chosen.sort_unstable();
        chosen.truncate(input.settings.cards.most as usize);
        for (_, contact, at) in chosen {
            let ties = by_contact(&ties[at..]).next().unwrap_or_default();
            let holders = ties.iter().map(|tie| tie.member).collect();
            pile.cards.push(Card { contact, holders, sender: sender(input, ties) });
        }
    }
    piles
}

impl Report for Cards {
    fn id(&self) -> &'static str {
        "cards"
    }

    fn title(&self) -> Words {
        words("Card lists", "Kartenlisten")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let piles = piles(input);
        let cards = || piles.iter().flat_map(|pile| &pile.cards);
        let rows = cards().count();
        let contacts = || cards().map(|card| card.contact);
        let facts = || contacts().map(|contact| fact(input, contact));
        let of_pile = || piles.iter().flat_map(|pile| pile.cards.iter().map(move |_| pile));
        let letter = |tier: Option<u8>| {
            let letter = tier.and_then(|tier| Letter::ALL.get(usize::from(tier.wrapping_sub(b'A'))));
            letter.copied()
        };
        let letters = |of: fn(&super::Fact) -> Option<u8>| {
            Data::Text(facts().map(|fact| letter(of(&fact)).map_or("", Letter::name)).collect::<Texts>())
        };
        let animals: Texts = facts().map(|fact| letter(fact.tier).map_or("", Letter::animal)).collect();
        let company = |number: u32| input.companies.get(number as usize).map_or("", String::as_str);
        let met = last_met(input);
        let why = |contact: u32| {
            let at = input.falls.binary_search_by_key(&contact, |fall| fall.contact).ok();
            at.filter(|_| fact(input, contact).fallen() == Some(true))
                .map_or("", |at| &*input.falls[at].reason)
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one contact of category A, B or C to whom a card goes, at most 2,000 of each, unless the pipeline file says otherwise; no judgement of people as such",
            key: &["contact_id"],
            columns: vec![
                as_of_column(input.as_of, rows),
                Column::new("tier", words("Category", "Kategorie"), "A, B or C", letters(|fact| fact.tier))
                    .german("A, B oder C")
                    .of(&TIERS),
                Column::new(
                    "animal",
                    words("Animal", "Tier"),
                    "the category in the words of the zoo",
                    Data::Text(animals),
                )
                .german("die Kategorie in den Worten des Zoos")
                .of(&ANIMALS),
                id_column(input, contacts()),
                name_column(input, contacts()),
                Column::new(
                    "company",
                    words("Company", "Firma"),
                    "employer",
                    Data::Text(facts().map(|fact| company(fact.company)).collect::<Texts>()),
                )
                .german("Arbeitgeber"),
                Column::new(
                    "member",
                    words("From", "Von"),
                    "id of the member to sign: strongest tie, then latest touch",
                    Data::Text(cards().map(|card| person::member(input, card.sender)).collect::<Texts>()),
                )
                .german("Kürzel des Mitglieds, das unterschreibt: stärkste Beziehung, dann neuester Kontakt"),
                holders_column(input, cards().map(|card| card.holders.as_slice())),
                Column::new(
                    "address",
                    words("Address known", "Anschrift bekannt"),
                    "whether street and city are known",
                    Data::Bool(facts().map(|fact| Some(fact.address)).collect()),
                )
                .german("ob Straße und Ort bekannt sind"),
                Column::new(
                    "tier_since",
                    words("Since", "Seit"),
                    "day since which it is of that category",
                    Data::Date(facts().map(|fact| fact.since).collect()),
                )
                .german("Tag, seit dem der Kontakt diese Kategorie hat"),
                Column::new(
                    "tier_prev",
                    words("Before", "Vorher"),
                    "category before; empty when there was no other",
                    letters(|fact| fact.before),
                )
                .german("Kategorie davor; leer, wenn es keine andere gab")
                .of(&TIERS),
                Column::new(
                    "downgraded",
                    words("Downgraded", "Herabgestuft"),
                    "whether the category before was better; empty when there was none",
                    Data::Bool(facts().map(|fact| fact.fallen()).collect()),
                )
                .german("ob die Kategorie davor besser war; leer, wenn es keine gab"),
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the category's people whose address is known",
                    Data::Share(of_pile().map(|pile| share(pile.addresses, pile.people)).collect()),
                )
                .german("bei welchem Anteil der Menschen dieser Kategorie die Anschrift bekannt ist"),
                candidates_column("in_category", of_pile().map(|pile| pile.people).collect()),
                Column::new(
                    "reason",
                    words("Why downgraded", "Warum herabgestuft"),
                    "why a contact whose category before was better has the present one; empty for the others",
                    Data::Text(contacts().map(why).collect::<Texts>()),
                )
                .german("warum ein Kontakt, der zuvor eine bessere Kategorie hatte, die jetzige hat; bei den anderen leer"),
                Column::new(
                    "last_met",
                    words("Last met", "Zuletzt getroffen"),
                    "day on which a member last met the contact; empty where none is logged: a card without an appointment",
                    Data::Date(contacts().map(|contact| met.get(&contact).copied()).collect()),
                )
                .german("Tag, an dem ein Mitglied den Kontakt zuletzt getroffen hat; leer, wo keiner festgehalten ist: eine Karte ohne Termin"),
            ],
        }
    }
}
