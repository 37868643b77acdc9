//! Channel value: what the members and the team would lose without a channel.

use rustc_hash::FxHashMap;

use crate::record::Channel;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::long::Long;
use super::owner::{each_person, member_column, owners};
use super::tie::{CHANNEL_COUNT, delivered_channels, open_ties};
use super::{CHANNELS, Input, Report, share};

/// The report `channel_value`.
pub(super) struct ChannelValue;

static MEASURES: [Value; 9] = [
    value("people", "People", "Menschen")
        .about("people known through the channel", "Menschen, die über den Kanal bekannt sind"),
    value("lost_people", "People lost without it", "Ohne ihn verlorene Menschen").about(
        "people known through no other channel",
        "Menschen, die über keinen anderen Kanal bekannt sind",
    ),
    value("lost_people_share", "Share of people lost", "Anteil verlorener Menschen")
        .about(
            "lost people as a share of all people known",
            "verlorene Menschen als Anteil an allen bekannten",
        )
        .share(),
    value("class_people", "A and B people", "A- und B-Kontakte").about(
        "people of category A or B known through the channel",
        "Menschen der Kategorie A oder B, die über den Kanal bekannt sind",
    ),
    value("lost_class", "A and B people lost", "Verlorene A- und B-Kontakte").about(
        "people of category A or B known through no other channel",
        "Menschen der Kategorie A oder B, die über keinen anderen Kanal bekannt sind",
    ),
    value("lost_class_share", "Share of A and B lost", "Anteil verlorener A und B")
        .about(
            "lost A and B people as a share of all A and B people",
            "verlorene A- und B-Kontakte als Anteil an allen A und B",
        )
        .share(),
    value("companies", "Target companies", "Zielunternehmen").about(
        "employers the goals ask for, or of people on the wish list, at which somebody is known through the channel",
        "Unternehmen nach den Zielen oder von Menschen der Wunschliste, bei denen über den Kanal jemand bekannt ist",
    ),
    value("lost_companies", "Target companies lost", "Verlorene Zielunternehmen").about(
        "employers the goals ask for, or of people on the wish list, at which nobody is known through another channel",
        "Unternehmen nach den Zielen oder von Menschen der Wunschliste, bei denen über keinen anderen Kanal jemand bekannt ist",
    ),
    value("lost_companies_share", "Share of target companies lost", "Anteil verlorener Zielunternehmen")
        .about(
            "lost target companies as a share of all that are reached",
            "verlorene Zielunternehmen als Anteil an allen erreichten",
        )
        .share(),
];

impl Report for ChannelValue {
    fn id(&self) -> &'static str {
        "channel_value"
    }

    fn title(&self) -> Words {
        words("Value of channels", "Wert der Kanäle")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let tallies = tally(input);
        let mut delivered = delivered_channels(input);
        delivered.push(delivered.iter().fold(0, |all, channels| all | channels));
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            for channel in
                Channel::ALL.into_iter().filter(|channel| delivered[owner] >> *channel as u8 & 1 == 1)
            {
                tallies[owner].push(&mut rows, (name, channel), input.has_targets);
            }
        }
        let member = member_column(Texts::default());
        let channel =
            Column::new("channel", words("Channel", "Kanal"), "channel", Data::Int(vec![])).german("Kanal");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of what one member or the team reaches through one channel and would lose without it",
            key: &["member", "channel", "measure"],
            columns: rows.into_columns(input.as_of, member, channel.of(&CHANNELS), &MEASURES),
        }
    }
}

/// Things reached: all, through each channel, and through that channel only.
#[derive(Clone, Copy, Default)]
struct Reach {
    all: u64,
    through: [u64; CHANNEL_COUNT],
    only: [u64; CHANNEL_COUNT],
}

impl Reach {
    /// Adds something reached through these channels, and through none but those of `only`.
    fn add(&mut self, channels: u8, only: u8) {
        self.all += 1;
        for lane in 0..CHANNEL_COUNT {
            self.through[lane] += u64::from(channels >> lane & 1);
            self.only[lane] += u64::from(only >> lane & 1);
        }
    }
}

/// The channel of something that is reached through one only, as its bit.
fn only(channels: u8) -> u8 {
    if channels.is_power_of_two() { channels } else { 0 }
}

/// What is counted for one owner.
#[derive(Clone, Default)]
struct Tally {
    people: Reach,
    class: Reach,
    companies: Reach,
    sorted: u64,
    employed: u64,
}

fn tally(input: &Input<'_>) -> Vec<Tally> {
    let ties = open_ties(input);
    let team = input.members.len();
    let mut tallies = vec![Tally::default(); team + 1];
    let mut companies: Vec<FxHashMap<u32, u8>> = vec![FxHashMap::default(); team + 1];
    each_person(&ties, team, |owner, at| {
        let fact = &input.contacts[ties[at.start].contact as usize];
        let channels = ties[at].iter().fold(0, |all, tie| all | tie.channels);
        let tally = &mut tallies[owner];
        tally.people.add(channels, only(channels));
        if matches!(fact.tier, Some(b'A' | b'B')) {
            tally.class.add(channels, only(channels));
        }
        tally.sorted += u64::from(fact.tier.is_some());
        tally.employed += u64::from(fact.company > 0);
        if fact.target && fact.company > 0 {
            *companies[owner].entry(fact.company).or_default() |= channels;
        }
    });
    for (tally, companies) in tallies.iter_mut().zip(companies) {
        for channels in companies.into_values() {
            tally.companies.add(channels, only(channels));
        }
    }
    tallies
}

impl Tally {
    fn push(&self, rows: &mut Long, (member, channel): (&str, Channel), aims: bool) {
        let lane = channel as usize;
        let sorted = share(self.sorted, self.people.all);
        let employed = share(self.employed, self.people.all).filter(|_| aims).or(Some(0.0));
        for (reach, measures, coverage, known) in [
            (&self.people, &MEASURES[..3], Some(1.0), true),
            (&self.class, &MEASURES[3..6], sorted, self.sorted > 0),
            (&self.companies, &MEASURES[6..], employed, aims),
        ] {
            let (through, only) = (reach.through[lane], reach.only[lane]);
            let numbers = [Some(through as f64), Some(only as f64), share(only, reach.all)];
            for (measure, number) in measures.iter().zip(numbers) {
                rows.push((member, channel.name()), measure.name, number.filter(|_| known), coverage);
            }
        }
    }
}
