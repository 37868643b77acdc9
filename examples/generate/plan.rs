//! Who of the team knows whom, since when, and which programs each member exports from.

use std::collections::BTreeSet;

use super::date::{day, weekend};
use super::rng::Rng;

/// Keys the random numbers of plans and ties.
const PLAN: u64 = 4;
const TIE: u64 = 5;

/// A member's LinkedIn exports.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum LinkedIn {
    /// The archive as it comes.
    Archive,
    /// Connections.csv taken out of the archive.
    Table,
    /// Connections.csv of 2022, without profile addresses.
    Old,
}

/// What a member's phone exports.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Phone {
    /// vCard 2.1 with quoted-printable.
    Android,
    /// vCard 3.0 with item groups and a group card.
    Apple,
    /// vCard 4.0.
    Nextcloud,
    /// vCard 2.1 in Windows-1252.
    Outlook,
}

/// What a member has from Xing.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Xing {
    /// Nothing.
    None,
    /// The cards, one after the other.
    Cards,
    /// A list as a workbook.
    Sheet,
    /// A list as CSV.
    Table,
}

/// What a member's mail program exports.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mail {
    /// Nothing.
    None,
    /// Google, layout since 2024.
    Google,
    /// Google, layout before.
    GoogleOld,
    /// Outlook in German: Windows-1252, semicolons.
    OutlookDe,
    /// Outlook in English: UTF-8, commas.
    OutlookEn,
}

/// The lists a member keeps by hand.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Sheet {
    /// None.
    None,
    /// A workbook.
    Book,
    /// CSV in Windows-1252.
    Table,
}

/// The programs a member exports from.
#[derive(Clone, Copy)]
pub(crate) struct Kit {
    /// LinkedIn.
    pub(crate) linkedin: LinkedIn,
    /// How many LinkedIn exports there are, 1 or 2.
    pub(crate) exports: u8,
    /// Phone book.
    pub(crate) phone: Phone,
    /// Xing.
    pub(crate) xing: Xing,
    /// Mail program.
    pub(crate) mail: Mail,
    /// Contact list.
    pub(crate) sheet: Sheet,
    /// Whether there is a log of meetings.
    pub(crate) log: bool,
}

/// That a member knows a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tie {
    /// Number of the person.
    pub(crate) person: u32,
    /// The day they met or connected.
    pub(crate) since: i32,
}

/// One member's part of the plan.
pub(crate) struct Network {
    /// The member's number, the same as the person's.
    pub(crate) member: u32,
    /// Programs.
    pub(crate) kit: Kit,
    /// Ties, the latest first.
    pub(crate) ties: Vec<Tie>,
}

/// The plan of a team.
pub(crate) struct Plan {
    /// One network a member.
    pub(crate) networks: Vec<Network>,
    /// How many people there are, the members counted.
    pub(crate) people: u32,
    /// Share of ties that are in each channel.
    pub(crate) shares: Shares,
    /// Day of the first exports.
    pub(crate) first: i32,
    /// Day of the last exports.
    pub(crate) last: i32,
}

/// Share of ties that leave an entry in a channel; LinkedIn first, the rest grows with the tie.
#[derive(Clone, Copy)]
pub(crate) struct Shares {
    /// LinkedIn.
    pub(crate) linkedin: f64,
    /// Phone book.
    pub(crate) phone: f64,
    /// Xing.
    pub(crate) xing: f64,
    /// Mail program.
    pub(crate) mail: f64,
    /// Contact list.
    pub(crate) sheet: f64,
    /// Meetings in the log.
    pub(crate) log: f64,
}

/// What a tie leaves behind in the exports of a member.
#[derive(Clone, Copy)]
pub(crate) struct Traces {
    /// How strong the tie is, 0 to 1; most are weak.
    pub(crate) strength: f64,
    /// Connected on LinkedIn.
    pub(crate) linkedin: bool,
    /// No longer connected at the last export.
    pub(crate) lost: bool,
    /// Entries in the phone book.
    pub(crate) phone: u8,
    /// On Xing.
    pub(crate) xing: bool,
    /// In the mail program.
    pub(crate) mail: bool,
    /// In the contact list.
    pub(crate) sheet: bool,
    /// Meetings in the log.
    pub(crate) meetings: u8,
    /// Messages on LinkedIn.
    pub(crate) messages: u8,
    /// The day the person was written down in address books.
    pub(crate) noted: i32,
}

impl Traces {
    /// What the tie between a member and a person leaves behind.
    pub(crate) fn draw(seed: u64, plan: &Plan, network: &Network, tie: Tie, twice: f64) -> Traces {
        let mut rng = Rng::new(seed, &[TIE, u64::from(network.member), u64::from(tie.person)]);
        let (kit, shares) = (network.kit, plan.shares);
        let strength = rng.unit().powi(3);
        let fresh = tie.since >= plan.first;
        let grows = |share: f64| share * (0.4 + 2.4 * strength) * if fresh { 0.3 } else { 1.0 };
        let mut linkedin = fresh || rng.chance(shares.linkedin);
        let phone = rng.chance(grows(shares.phone));
        let xing = rng.chance(grows(shares.xing)) && kit.xing != Xing::None;
        let mail = rng.chance(grows(shares.mail)) && kit.mail != Mail::None;
        let sheet = rng.chance(grows(shares.sheet)) && kit.sheet != Sheet::None;
        let log = kit.log && rng.chance(grows(shares.log));
        let meetings = if log { 1 + (strength * 5.0) as u8 } else { 0 };
        linkedin |= !(phone || xing || mail || sheet || log);
        let lost = !fresh && rng.chance(0.006);
        let phone = u8::from(phone) + u8::from(phone && rng.chance(twice));
        let messages =
            if linkedin && strength > 0.35 { rng.below(1 + (strength * 6.0) as usize) as u8 } else { 0 };
        let noted = tie.since + rng.between(0, (plan.last - tie.since).max(0));
        Traces { strength, linkedin, lost, phone, xing, mail, sheet, meetings, messages, noted }
    }

    /// Whether the person stands in a LinkedIn export.
    pub(crate) fn in_export(&self, tie: Tie, export: Export) -> bool {
        self.linkedin && tie.since < export.day && !(self.lost && export.ends)
    }

    /// How many rows that are contacts come of it.
    fn rows(&self, exports: &[Export], tie: Tie) -> u64 {
        let linkedin = exports.iter().filter(|export| self.in_export(tie, **export)).count() as u64;
        let books =
            u64::from(self.phone) + u64::from(self.xing) + u64::from(self.mail) + u64::from(self.sheet);
        linkedin + books + u64::from(self.meetings)
    }
}

/// One LinkedIn export.
#[derive(Clone, Copy)]
pub(crate) struct Export {
    /// The day it was made.
    pub(crate) day: i32,
    /// Whether it has the layout of 2022.
    pub(crate) old: bool,
    /// Whether it is a second look, from which lost contacts are gone.
    pub(crate) ends: bool,
}

/// Adds ties one by one and numbers new people.
struct Draft {
    rng: Rng,
    networks: Vec<BTreeSet<Tie>>,
    known: Vec<BTreeSet<u32>>,
    next: u32,
}

impl Draft {
    fn new(seed: u64, members: usize) -> Draft {
        Draft {
            rng: Rng::new(seed, &[PLAN]),
            networks: vec![BTreeSet::new(); members],
            known: vec![BTreeSet::new(); members],
            next: members as u32,
        }
    }

    /// Colleagues know each other, most of them.
    fn colleagues(&mut self, since: i32) {
        let count = self.networks.len();
        for a in 0..count {
            for b in 0..count {
                if a != b && self.rng.chance(0.8) {
                    let since = since - self.rng.between(0, 1500);
                    self.add(a, b as u32, since);
                }
            }
        }
    }

    fn add(&mut self, member: usize, person: u32, since: i32) -> bool {
        let new = self.known[member].insert(person);
        if new {
            self.networks[member].insert(Tie { person, since });
        }
        new
    }

    /// Somebody nobody on the team knows yet.
    fn meet_new(&mut self, member: usize, since: i32) {
        let person = self.next;
        self.next += 1;
        self.add(member, person, since);
    }

    /// Somebody numbered below `pool` whom others may know; a new person if all tries are known already.
    /// The first ones of the pool are met more often: they are the ones everybody knows.
    fn meet_known(&mut self, member: usize, pool: (u32, u32), since: i32) {
        for _ in 0..20 {
            let (low, high) = pool;
            let at = low + (f64::from(high - low) * self.rng.unit().powf(1.5)) as u32;
            if self.add(member, at.min(high.saturating_sub(1)), since) {
                return;
            }
        }
        self.meet_new(member, since);
    }

    fn finish(self, kits: &[Kit]) -> (Vec<Network>, u32) {
        let networks = self.networks.into_iter().zip(kits.iter().cycle()).enumerate();
        let networks = networks.map(|(member, (ties, kit))| {
            let mut ties: Vec<Tie> = ties.into_iter().collect();
            ties.sort_unstable_by_key(|tie| (std::cmp::Reverse(tie.since), tie.person));
            Network { member: member as u32, kit: *kit, ties }
        });
        (networks.collect(), self.next)
    }
}

const fn kit(
    linkedin: LinkedIn,
    exports: u8,
    phone: Phone,
    xing: Xing,
    mail: Mail,
    sheet: Sheet,
    log: bool,
) -> Kit {
    Kit { linkedin, exports, phone, xing, mail, sheet, log }
}

/// Ten members who between them use every format.
const KITS: [Kit; 10] = [
    kit(LinkedIn::Archive, 2, Phone::Apple, Xing::Cards, Mail::OutlookDe, Sheet::Book, true),
    kit(LinkedIn::Archive, 1, Phone::Android, Xing::None, Mail::Google, Sheet::None, false),
    kit(LinkedIn::Table, 1, Phone::Outlook, Xing::Sheet, Mail::OutlookEn, Sheet::Table, true),
    kit(LinkedIn::Archive, 1, Phone::Apple, Xing::None, Mail::GoogleOld, Sheet::None, false),
    kit(LinkedIn::Old, 1, Phone::Nextcloud, Xing::Table, Mail::OutlookDe, Sheet::Book, false),
    kit(LinkedIn::Archive, 1, Phone::Android, Xing::Cards, Mail::OutlookEn, Sheet::None, true),
    kit(LinkedIn::Archive, 2, Phone::Apple, Xing::None, Mail::Google, Sheet::Table, false),
    kit(LinkedIn::Table, 1, Phone::Android, Xing::Sheet, Mail::OutlookDe, Sheet::None, false),
    kit(LinkedIn::Archive, 1, Phone::Nextcloud, Xing::None, Mail::None, Sheet::Book, true),
    kit(LinkedIn::Archive, 1, Phone::Outlook, Xing::Table, Mail::Google, Sheet::None, false),
];

impl Plan {
    /// A team of any size: a quarter of each network is known to others as well.
    pub(crate) fn team(seed: u64, members: usize, people: u32) -> Plan {
        let (first, last) = (day(2026, 3, 2), day(2026, 5, 4));
        let mut draft = Draft::new(seed, members);
        draft.colleagues(first);
        let weights: Vec<f64> = (0..members).map(|at| 1.0 / (at as f64 + 3.0)).collect();
        let sum: f64 = weights.iter().sum();
        for (member, weight) in weights.iter().enumerate() {
            for _ in 0..(f64::from(people) * weight / sum) as u32 {
                let since = if draft.rng.chance(0.08) {
                    draft.rng.between(first + 1, last - 1)
                } else {
                    first - (4500.0 * draft.rng.unit().powf(1.4)) as i32 - 1
                };
                draft.meet_new(member, since);
                if draft.next > members as u32 + 20 && draft.rng.chance(0.33) {
                    let pool = (members as u32, draft.next);
                    draft.meet_known(member, pool, since);
                }
            }
        }
        let shares = Shares { linkedin: 0.72, phone: 0.34, xing: 0.22, mail: 0.3, sheet: 0.14, log: 0.07 };
        let (networks, people) = draft.finish(&KITS);
        Plan { networks, people, shares, first, last }
    }

    /// The demo: ten members race for contacts in nine weeks. The first is far ahead and held most of the
    /// team's contacts before it began; the others often add whom the first knows already.
    pub(crate) fn race(seed: u64) -> Plan {
        const ADDS: [u32; 10] = [1600, 1200, 900, 700, 500, 400, 300, 220, 150, 30];
        const STOCK: [u32; 10] = [4300, 260, 210, 180, 150, 120, 100, 80, 60, 40];
        let (first, last) = (day(2026, 3, 2), day(2026, 5, 4));
        let mut draft = Draft::new(seed, ADDS.len());
        draft.colleagues(first - 30);
        for (member, stock) in STOCK.into_iter().enumerate() {
            let leaders = (ADDS.len() as u32, ADDS.len() as u32 + STOCK[0]);
            for _ in 0..stock {
                let since = first - 1 - (4200.0 * draft.rng.unit().powf(1.4)) as i32;
                if member > 0 && draft.rng.chance(0.45) {
                    draft.meet_known(member, leaders, since);
                } else {
                    draft.meet_new(member, since);
                }
            }
        }
        for (member, adds) in ADDS.into_iter().enumerate() {
            for _ in 0..adds {
                let since = race_day(&mut draft.rng, first, member);
                let pool = if draft.rng.chance(0.6) {
                    (ADDS.len() as u32, ADDS.len() as u32 + STOCK[0])
                } else {
                    (ADDS.len() as u32, draft.next)
                };
                if draft.rng.chance(if member == 0 { 0.1 } else { 0.5 }) {
                    draft.meet_known(member, pool, since);
                } else {
                    draft.meet_new(member, since);
                }
            }
        }
        let shares = Shares { linkedin: 0.97, phone: 0.16, xing: 0.1, mail: 0.14, sheet: 0.08, log: 0.05 };
        let (mut networks, people) = draft.finish(&KITS);
        for network in &mut networks {
            network.kit.exports = 2;
        }
        Plan { networks, people, shares, first, last }
    }

    /// People whom the plan ties to nobody: other files are made of them.
    pub(crate) fn strangers(people: u32) -> Plan {
        let (first, last) = (day(2026, 3, 2), day(2026, 5, 4));
        let shares = Shares { linkedin: 0.0, phone: 0.0, xing: 0.0, mail: 0.0, sheet: 0.0, log: 0.0 };
        Plan { networks: Vec::new(), people, shares, first, last }
    }

    /// The LinkedIn exports of a member, the earliest first.
    pub(crate) fn exports(&self, network: &Network) -> Vec<Export> {
        let kit = network.kit;
        let mut exports = Vec::new();
        if kit.linkedin == LinkedIn::Old {
            exports.push(Export { day: day(2022, 11, 14), old: true, ends: false });
        }
        if kit.exports > 1 {
            exports.push(Export { day: self.first, old: false, ends: false });
        }
        if kit.exports > 1 || kit.linkedin != LinkedIn::Old {
            exports.push(Export { day: self.last, old: false, ends: kit.exports > 1 });
        }
        exports
    }

    /// Rows that are contacts in all files.
    pub(crate) fn rows(&self, seed: u64, twice: f64) -> u64 {
        let mut rows = 0;
        for network in &self.networks {
            let exports = self.exports(network);
            for tie in &network.ties {
                rows += Traces::draw(seed, self, network, *tie, twice).rows(&exports, *tie);
            }
        }
        rows
    }
}

/// A day of the nine weeks; few on weekends, more near the end, and a week of zeal for each member.
fn race_day(rng: &mut Rng, first: i32, member: usize) -> i32 {
    loop {
        let at = if rng.chance(0.12) {
            7 * (member as i32 * 5 % 9) + rng.between(0, 6)
        } else {
            (63.0 * rng.unit().powf(0.85)) as i32
        };
        let day = first + at.min(62);
        if !weekend(day) || rng.chance(0.25) {
            return day;
        }
    }
}
