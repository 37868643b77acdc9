//! Network size: how many people the members and the team know, and what is known of them.

use crate::contact::Kind;
use crate::record::Channel;
use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::burst::{Bursts, bursts};
use super::long::Long;
use super::spell::{ALL_LANE, LANES, observe, series};
use super::tie::{CHANNEL_COUNT, Tie, by_contact, delivered_channels, open_ties};
use super::tiers::is_unsorted;
use super::{ALL, CHANNELS, Fact, Input, Report, TEAM, share};

/// As many people one person can keep up with (Dunbar; the range given is 100 to 250).
const KNOWABLE: u64 = 150;

/// The report `network_size`.
pub(super) struct NetworkSize;

static MEASURES: [Value; 16] = [
    value("rows", "Rows", "Zeilen").about("accepted rows of the exports", "angenommene Zeilen der Exporte"),
    value("holdings", "Network size", "Netzwerkgröße").about("people a member knows now; for the team the sum over its members, so shared people count more than once", "Menschen, die ein Mitglied jetzt kennt; beim Team die Summe der Mitglieder, gemeinsame zählen mehrfach"),
    value("union", "Reach", "Reichweite").about("different people the team knows", "verschiedene Menschen, die das Team kennt"),
    value("redundancy", "Redundancy", "Mehrfachkontakte").about("1 - reach / sum of network sizes; 0 when nobody is known twice", "1 - Reichweite / Summe der Netzwerkgrößen; 0, wenn niemand doppelt bekannt ist").share(),
    value("mean_owners", "Members a person", "Mitglieder je Mensch").about("how many members know a person on average", "wie viele Mitglieder einen Menschen im Mittel kennen"),
    value("union_share", "Share of reach", "Anteil an der Reichweite").about("people the member knows as a share of everybody the team knows; sums to more than 1", "Menschen des Mitglieds als Anteil an allen, die das Team kennt; die Summe ist größer als 1").share(),
    value("exclusive", "Exclusive", "Nur hier bekannt").about("people no other member knows", "Menschen, die sonst kein Mitglied kennt"),
    value("class_ratio", "Share of A and B", "Anteil A und B").about("people of category A or B; no judgement of people as such", "Menschen der Kategorie A oder B; keine Bewertung der Menschen an sich").share(),
    value("d_share", "Share of D", "Anteil D").about("people of category D", "Menschen der Kategorie D").share(),
    value("unclassified_share", "Share not sorted yet", "Anteil noch nicht zugeordnet").about("people who wait for a category: penguins; who is known in private life only waits for none", "Menschen, die auf eine Kategorie warten: Pinguine; wer nur privat bekannt ist, wartet auf keine").share(),
    value("never_touched", "Never in touch", "Nie in Kontakt").about("people without any recorded touch; empty without a log of touches", "Menschen ohne festgehaltenen Kontakt; leer, wenn es keine Aufzeichnungen gibt").share(),
    value("burst_share", "Added in bursts", "In Schüben hinzugefügt").about("additions on days with at least 10 and 5 times the usual, of whom fewer than 20 % were in touch within 30 days", "Neue an Tagen mit mindestens 10 und dem 5-Fachen des Üblichen, von denen weniger als 20 % binnen 30 Tagen in Kontakt waren").share(),
    value("knowable_size", "Knowable", "Pflegbar").about("network size, at most 150 (Dunbar)", "Netzwerkgröße, höchstens 150 (Dunbar)"),
    value("team_members", "Members among the contacts", "Mitglieder unter den Kontakten").about("contacts who belong to the team; not counted above", "Kontakte, die zum Team gehören; oben nicht gezählt"),
    value("role_addresses", "Shared addresses", "Sammeladressen").about("contacts such as info@; not counted above", "Kontakte wie info@; oben nicht gezählt"),
    value("lost_people", "Former contacts", "Frühere Kontakte").about("people nobody holds any more", "Menschen, die niemand mehr im Netzwerk hat"),
];

impl Report for NetworkSize {
    fn id(&self) -> &'static str {
        "network_size"
    }

    fn title(&self) -> Words {
        words("Network size", "Netzwerkgröße")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let facts = Facts::gather(input);
        let mut rows = Long::default();
        for owner in 0..=input.members.len() {
            let name = input.members.get(owner).map_or(TEAM, String::as_str);
            if owner < input.members.len() && name == TEAM {
                continue; // The shared inbox is in the team's sums; as a member of its own it would be mistaken for them.
            }
            for lane in std::iter::once(ALL_LANE).chain(0..ALL_LANE) {
                if lane == ALL_LANE || facts.has_data(owner, lane) {
                    facts.push_lane(&mut rows, (name, owner, lane));
                }
            }
        }
        let member = Column::new(
            "member",
            words("Member", "Mitglied"),
            "id of the member; `team` for all together",
            Data::Int(vec![]),
        )
        .german("Kürzel des Mitglieds; „team“ für alle zusammen");
        let channel = Column::new(
            "channel",
            words("Channel", "Kanal"),
            "channel; `all` counts people of several channels once",
            Data::Int(vec![]),
        )
        .german("Kanal; „alle“ zählt Menschen mehrerer Kanäle einmal");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of the network of one member or the team, through one channel or all",
            key: &["member", "channel", "measure"],
            columns: rows.into_columns(input.as_of, member, channel.of(&CHANNELS), &MEASURES),
        }
    }
}

/// What is counted for one series.
#[derive(Clone, Copy, Default)]
struct Tally {
    people: u64,
    exclusive: u64,
    /// Category A or B, D, any.
    good: u64,
    dropped: u64,
    sorted: u64,
    unsorted: u64,
    untouched: u64,
    logged: u64,
}

impl Tally {
    fn add(&mut self, fact: Fact, touched: bool, logged: bool, exclusive: bool) {
        self.people += 1;
        self.exclusive += u64::from(exclusive);
        self.good += u64::from(matches!(fact.tier, Some(b'A' | b'B')));
        self.dropped += u64::from(fact.tier == Some(b'D'));
        self.sorted += u64::from(fact.tier.is_some());
        self.unsorted += u64::from(is_unsorted(&fact));
        self.untouched += u64::from(!touched);
        self.logged += u64::from(logged);
    }
}

/// Everything that is counted once for the whole table.
struct Facts {
    team: usize,
    channels: Vec<u8>,
    tallies: Vec<Tally>,
    rows: Vec<Option<u64>>,
    bursts: Vec<Bursts>,
    excluded: [u64; 2],
    lost: u64,
}

impl Facts {
    fn gather(input: &Input<'_>) -> Facts {
        let team = input.members.len();
        let mut channels = delivered_channels(input);
        channels.push(channels.iter().fold(0, |all, bits| all | bits));
        let mut rows = vec![None; (team + 1) * LANES];
        for count in input.rows.iter().filter(|count| usize::from(count.member) < team) {
            let member = usize::from(count.member);
            for (owner, lane) in [
                (member, count.channel as usize),
                (member, ALL_LANE),
                (team, count.channel as usize),
                (team, ALL_LANE),
            ] {
                *rows[series(owner, lane)].get_or_insert(0) += count.rows;
            }
        }
        let mut bursts = bursts(input, &observe(input));
        let all = bursts.iter().fold(Bursts::default(), |mut all, one| {
            all.add(*one);
            all
        });
        bursts.push(all);
        let ties = open_ties(input);
        let (excluded, lost) = outside(input, &ties);
        Facts { team, channels, tallies: tally(input, &ties), rows, bursts, excluded, lost }
    }

    fn has_data(&self, owner: usize, lane: usize) -> bool {
        let channels = self.channels[owner];
        if lane == ALL_LANE { channels != 0 } else { channels >> lane & 1 == 1 }
    }

    fn push_lane(&self, rows: &mut Long, (name, owner, lane): (&str, usize, usize)) {
        let at = series(owner, lane);
        let (tally, all, team) = (&self.tallies[at], lane == ALL_LANE, owner == self.team);
        let known = self.has_data(owner, lane);
        let channel = Channel::ALL.get(lane).map_or(ALL, |channel| channel.name());
        let mut push = |measure: &str, value: Option<f64>, coverage: Option<f64>| {
            let value = value.filter(|_| known);
            let coverage = if known { coverage } else { Some(0.0) };
            rows.push((name, channel), measure, value, coverage);
        };
        let sure = Some(1.0);
        let count = |count: u64| Some(count as f64);
        push("rows", self.rows[at].map(|rows| rows as f64), self.rows[at].map_or(Some(0.0), |_| sure));
        if team {
            let holdings: u64 = (0..owner).map(|member| self.tallies[series(member, lane)].people).sum();
            push("holdings", count(holdings), sure);
            push("union", count(tally.people), sure);
            push("redundancy", share(tally.people, holdings).map(|share| 1.0 - share), sure);
            push("mean_owners", share(holdings, tally.people), sure);
        } else {
            push("holdings", count(tally.people), sure);
            if all {
                push(
                    "union_share",
                    share(tally.people, self.tallies[series(self.team, ALL_LANE)].people),
                    sure,
                );
                push("exclusive", count(tally.exclusive), sure);
            }
        }
        let sorted = share(tally.sorted, tally.people);
        let if_sorted = |part: u64| share(part, tally.people).filter(|_| tally.sorted > 0);
        push("class_ratio", if_sorted(tally.good), sorted);
        push("d_share", if_sorted(tally.dropped), sorted);
        push("unclassified_share", share(tally.unsorted, tally.people), sure);
        let untouched = share(tally.untouched, tally.people).filter(|_| tally.logged > 0);
        push("never_touched", untouched, share(tally.logged, tally.people));
        if all {
            push("burst_share", self.bursts[owner].value(), self.bursts[owner].coverage());
            if team {
                push("team_members", count(self.excluded[0]), sure);
                push("role_addresses", count(self.excluded[1]), sure);
                push("lost_people", count(self.lost), sure);
            } else {
                push("knowable_size", count(tally.people.min(KNOWABLE)), sure);
            }
        }
    }
}

/// Counts the people of every series.
fn tally(input: &Input<'_>, ties: &[Tie]) -> Vec<Tally> {
    let team = input.members.len();
    let mut logs = vec![0u8; team];
    for holding in input.holdings.iter().filter(|holding| holding.touches > 0) {
        if let Some(log) = logs.get_mut(usize::from(holding.member)) {
            *log |= 1 << holding.channel as u8;
        }
    }
    let mut tallies = vec![Tally::default(); (team + 1) * LANES];
    for group in by_contact(ties) {
        let fact = input.contacts[group[0].contact as usize];
        let mut whole = (0u8, 0u8, 0u8);
        for tie in group {
            let member = usize::from(tie.member);
            let mut add = |owner: usize, (channels, touched, logged): (u8, u8, u8)| {
                for lane in (0..CHANNEL_COUNT).filter(|lane| channels >> lane & 1 == 1) {
                    let bit = |bits: u8| bits >> lane & 1 == 1;
                    tallies[series(owner, lane)].add(fact, bit(touched), bit(logged), group.len() == 1);
                }
                tallies[series(owner, ALL_LANE)].add(fact, touched != 0, logged != 0, group.len() == 1);
            };
            let own = (tie.channels, tie.touched, tie.channels & logs[member]);
            add(member, own);
            whole = (whole.0 | own.0, whole.1 | own.1, whole.2 | own.2);
            if tie == &group[group.len() - 1] {
                add(team, whole);
            }
        }
    }
    tallies
}

/// Contacts that count in no network, `[members, roles]`, and people whom nobody holds any more.
fn outside(input: &Input<'_>, ties: &[Tie]) -> ([u64; 2], u64) {
    let of = |kind: Kind| input.contacts.iter().filter(|fact| fact.kind == kind).count() as u64;
    let mut held: Vec<u32> = input
        .holdings
        .iter()
        .filter(|holding| super::tie::counts(input, holding))
        .map(|holding| holding.contact)
        .collect();
    held.sort_unstable();
    held.dedup();
    let open = by_contact(ties).count() as u64;
    ([of(Kind::Member), of(Kind::Role)], held.len() as u64 - open)
}
