//! Data quality: how much the exports of each member and channel say of people, and how fresh they are.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Words, words};

use super::owner::as_of_column;
use super::person::{bond_with, bonds_of, fact};
use super::spell::{ALL_LANE, LANES, observe, series};
use super::tie::{CHANNEL_COUNT, Tie, by_contact, counts, delivered_channels, open_ties};
use super::{CHANNELS, Input, Report, TEAM, share};

/// The report `data_quality`.
pub(super) struct DataQuality;

/// What may be known of people, in the order of the columns.
const PARTS: usize = 9;
const COMPANY: usize = 0;
const SECTOR: usize = 1;
const LEVEL: usize = 2;
const FUNCTION: usize = 3;
const CITY: usize = 4;
const BIRTHDAY: usize = 5;
const REACHABLE: usize = 6;
const TOUCHED: usize = 7;
const DATED: usize = 8;

/// The numbers of one member, or of the team, through one channel or all.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    rows: Option<u64>,
    people: u64,
    known: [u64; PARTS],
    newest: Option<NaiveDate>,
}

impl Tally {
    fn add(&mut self, known: &[bool; PARTS]) {
        self.people += 1;
        for (count, known) in self.known.iter_mut().zip(known) {
            *count += u64::from(*known);
        }
    }
}

/// The open holdings whose day of connection is known: contact, member, and a bit a channel.
fn dated(input: &Input<'_>) -> Vec<(u32, u16, u8)> {
    let dated = |holding: &&crate::contact::Holding| {
        let past = holding.connected_on.is_some_and(|on| on <= input.as_of);
        past && holding.ended_on.is_none() && counts(input, holding)
    };
    let mut dated: Vec<(u32, u16, u8)> = input
        .holdings
        .iter()
        .filter(dated)
        .map(|holding| (holding.contact, holding.member, 1 << holding.channel as u8))
        .collect();
    dated.sort_unstable();
    dated
}

fn tallies(input: &Input<'_>) -> Vec<Tally> {
    let team = input.members.len();
    let mut tallies = vec![Tally::default(); (team + 1) * LANES];
    for count in input.rows.iter().filter(|count| usize::from(count.member) < team) {
        for owner in [usize::from(count.member), team] {
            for lane in [count.channel as usize, ALL_LANE] {
                *tallies[series(owner, lane)].rows.get_or_insert(0) += count.rows;
            }
        }
    }
    for (tally, seen) in tallies.iter_mut().zip(observe(input)) {
        tally.newest = seen.seen.map(|span| span.last);
    }
    let mut has_birthday = vec![false; input.contacts.len()];
    for birthday in input.birthdays {
        if let Some(has) = has_birthday.get_mut(birthday.contact as usize) {
            *has = true;
        }
    }
    let (ties, dated) = (open_ties(input), dated(input));
    let mut dated = dated.as_slice();
    for ties in by_contact(&ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        let mut known = [false; PARTS];
        known[COMPANY] = fact.company > 0;
        known[SECTOR] = fact.sector.is_some();
        known[LEVEL] = fact.level.is_some();
        known[FUNCTION] = fact.function.is_some();
        known[CITY] = fact.city > 0;
        known[BIRTHDAY] = has_birthday[contact as usize];
        known[REACHABLE] = fact.reachable;
        let bonds = bonds_of(input, contact);
        let (mut all_channels, mut all_dated, mut all_touched) = (0, 0, 0);
        for tie in ties {
            let dated = channels_of(&mut dated, *tie);
            // A touch that no channel's holding counts is one all the same.
            let all_lane = u8::from(
                tie.touched > 0 || bond_with(bonds, tie.member).is_some_and(|bond| bond.touches > 0),
            );
            let touched = tie.touched | all_lane << CHANNEL_COUNT;
            let channels = tie.channels | 1 << CHANNEL_COUNT;
            let any_dated = dated | u8::from(dated > 0) << CHANNEL_COUNT;
            add(&mut tallies, usize::from(tie.member), (channels, any_dated, touched), known);
            all_channels |= channels;
            all_dated |= any_dated;
            all_touched |= touched;
        }
        add(&mut tallies, team, (all_channels, all_dated, all_touched), known);
    }
    tallies
}

/// The channels through which the day of connection of a tie is known; steps over them.
fn channels_of(dated: &mut &[(u32, u16, u8)], tie: Tie) -> u8 {
    let key = (tie.contact, tie.member);
    let mut channels = 0;
    while let Some(((contact, member, channel), rest)) = dated.split_first() {
        if (*contact, *member) > key {
            break;
        }
        if (*contact, *member) == key {
            channels |= channel;
        }
        *dated = rest;
    }
    channels
}

/// Adds a person to the lanes of an owner; a bit a lane says whether it is there, dated, touched.
fn add(
    tallies: &mut [Tally],
    owner: usize,
    (channels, dated, touched): (u8, u8, u8),
    mut known: [bool; PARTS],
) {
    let in_lane = |bits: u8, lane: usize| bits >> lane & 1 == 1;
    for lane in (0..LANES).filter(|lane| in_lane(channels, *lane)) {
        known[TOUCHED] = in_lane(touched, lane);
        known[DATED] = in_lane(dated, lane);
        tallies[series(owner, lane)].add(&known);
    }
}

impl Report for DataQuality {
    fn id(&self) -> &'static str {
        "data_quality"
    }

    fn title(&self) -> Words {
        words("Data quality", "Datenlage")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let team = input.members.len();
        let tallies = tallies(input);
        let mut channels = delivered_channels(input);
        channels.push(channels.iter().fold(0, |all, bits| all | bits));
        let mut rows: Vec<(&str, usize, &Tally)> = Vec::new();
        for (owner, bits) in channels.iter().enumerate() {
            let name = input.members.get(owner).map_or(TEAM, String::as_str);
            if owner < team && name == TEAM {
                continue; // As a member of its own the shared inbox would be mistaken for the team.
            }
            for lane in std::iter::once(ALL_LANE).chain(0..CHANNEL_COUNT) {
                if lane == ALL_LANE || bits >> lane & 1 == 1 {
                    rows.push((name, lane, &tallies[series(owner, lane)]));
                }
            }
        }
        let lane_name = |lane: usize| CHANNELS[if lane == ALL_LANE { 0 } else { lane + 1 }].name;
        let int = |of: &dyn Fn(&Tally) -> Option<i64>| {
            Data::Int(rows.iter().map(|(.., tally)| of(tally)).collect())
        };
        let known = |part: usize, name, title, about, german| {
            let shares = rows.iter().map(|(.., tally)| share(tally.known[part], tally.people)).collect();
            Column::new(name, title, about, Data::Share(shares)).german(german)
        };
        let age = |tally: &Tally| tally.newest.map(|newest| (input.as_of - newest).num_days());
        // Nobody delivered anything: how many people there are is not known.
        let people = |tally: &Tally| tally.newest.map(|_| tally.people as i64);
        Table {
            name: self.id(),
            title: self.title(),
            about: "the exports of one member or the team through one channel or all: how much they say of the people held now, and how fresh they are. What another export says of a person counts too",
            key: &["member", "channel"],
            columns: vec![
                as_of_column(input.as_of, rows.len()),
                Column::new(
                    "member",
                    words("Member", "Mitglied"),
                    "id of the member; `team` for all together",
                    Data::Text(rows.iter().map(|row| row.0).collect::<Texts>()),
                )
                .german("Kürzel des Mitglieds; „team“ für alle zusammen"),
                Column::new(
                    "channel",
                    words("Channel", "Kanal"),
                    "channel; `all` counts people of several channels once",
                    Data::Text(rows.iter().map(|row| lane_name(row.1)).collect::<Texts>()),
                )
                .german("Kanal; „alle“ zählt Menschen mehrerer Kanäle einmal")
                .of(&CHANNELS),
                Column::new(
                    "rows",
                    words("Rows", "Zeilen"),
                    "accepted rows of the exports",
                    int(&|tally| tally.rows.map(|rows| rows as i64)),
                )
                .german("angenommene Zeilen der Exporte"),
                Column::new(
                    "people",
                    words("People", "Menschen"),
                    "people held now; empty without any export",
                    int(&people),
                )
                .german("Menschen im jetzigen Bestand; leer ohne Export"),
                known(
                    COMPANY,
                    "company",
                    words("Company", "Firma"),
                    "share of the people whose employer is known",
                    "Anteil der Menschen, deren Arbeitgeber bekannt ist",
                ),
                known(
                    SECTOR,
                    "sector",
                    words("Industry", "Branche"),
                    "share of the people whose industry is known",
                    "Anteil der Menschen, deren Branche bekannt ist",
                ),
                known(
                    LEVEL,
                    "level",
                    words("Seniority", "Hierarchieebene"),
                    "share of the people whose level is known",
                    "Anteil der Menschen, deren Hierarchieebene bekannt ist",
                ),
                known(
                    FUNCTION,
                    "function",
                    words("Function", "Funktion"),
                    "share of the people whose function is known",
                    "Anteil der Menschen, deren Funktion bekannt ist",
                ),
                known(
                    CITY,
                    "city",
                    words("City", "Ort"),
                    "share of the people whose city is known",
                    "Anteil der Menschen, deren Ort bekannt ist",
                ),
                known(
                    BIRTHDAY,
                    "birthday",
                    words("Birthday", "Geburtstag"),
                    "share of the people whose birthday is known, with or without the year",
                    "Anteil der Menschen, deren Geburtstag bekannt ist, mit oder ohne Jahr",
                ),
                known(
                    REACHABLE,
                    "reachable",
                    words("Reachable", "Erreichbar"),
                    "share of the people with an e-mail address, a telephone number or a profile",
                    "Anteil der Menschen mit E-Mail-Adresse, Telefonnummer oder Profil",
                ),
                known(
                    TOUCHED,
                    "touched",
                    words("In touch", "Mit Kontakt"),
                    "share of the people with a recorded touch through the channel",
                    "Anteil der Menschen mit festgehaltenem Kontakt über den Kanal",
                ),
                known(
                    DATED,
                    "connected",
                    words("Connection dated", "Verbindung datiert"),
                    "share of the people whose day of connection the channel tells",
                    "Anteil der Menschen, deren Tag der Verbindung der Kanal nennt",
                ),
                Column::new(
                    "newest",
                    words("Newest export", "Neuester Export"),
                    "day of the newest export",
                    Data::Date(rows.iter().map(|(.., tally)| tally.newest).collect()),
                )
                .german("Tag des neuesten Exports"),
                Column::new(
                    "days",
                    words("Days old", "Tage alt"),
                    "days from the newest export to the day of the report",
                    int(&age),
                )
                .german("Tage vom neuesten Export bis zum Stichtag"),
            ],
        }
    }
}
