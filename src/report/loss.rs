//! Loss: what the team no longer reaches when members leave.

use rustc_hash::FxHashMap;

use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::long::Long;
use super::rankings::tier_place;
use super::tie::{Tie, by_contact, delivered_channels, open_ties};
use super::{Input, Report, TEAM, share};

/// The worst pairs and threes are looked for among all, in teams up to this size; in larger ones step by step.
const EXACT: usize = 20;
/// The bus factor is reached when more than this share of people has no holder.
const ORPHANED: f64 = 0.5;

/// The report `loss`.
pub(super) struct Loss;

static MEASURES: [Value; 13] = [
    value("gross", "Network size", "Netzwerkgröße").about("people the member knows now", "Menschen, die das Mitglied jetzt kennt"),
    value("shared", "Stay reachable", "Bleiben erreichbar").about("those of them another member knows too", "davon auch einem anderen Mitglied bekannt"),
    value("exclusive", "Lost", "Gehen verloren").about("those of them no other member knows", "davon sonst keinem Mitglied bekannt"),
    value("unreachable", "Lost with their employer", "Gehen mit der Firma verloren").about("lost people at companies where no other member knows anybody", "verlorene Menschen bei Firmen, in denen kein anderes Mitglied jemanden kennt"),
    value("exclusive_share", "Loss of reach", "Verlust an Reichweite").about("lost people, of everybody the team knows", "verlorene Menschen von allen, die das Team kennt").share(),
    value("weighted", "Loss of weight", "Verlust an Gewicht").about("what the categories of lost people count, of what those of everybody count; empty when nobody has a category; no judgement of people as such", "Gewicht der Kategorien der verlorenen Menschen am Gewicht aller; leer, wenn noch niemand zugeordnet ist; keine Bewertung der Menschen an sich").share(),
    value("ab_exclusive", "A and B lost", "A und B gehen verloren").about("lost people of category A or B", "verlorene Menschen der Kategorie A oder B"),
    value("worst_2", "Worst two leave", "Die schlimmsten zwei gehen").about("largest loss of reach when two members leave", "größter Verlust an Reichweite, wenn zwei Mitglieder gehen").share(),
    value("worst_3", "Worst three leave", "Die schlimmsten drei gehen").about("largest loss of reach when three members leave", "größter Verlust an Reichweite, wenn drei Mitglieder gehen").share(),
    value("bus_factor", "Bus factor (A and B)", "Ausfallrisiko (A und B)").about("so few members have to leave until nobody knows more than half of the people of category A or B", "so wenige Mitglieder müssen gehen, bis mehr als die Hälfte der Menschen der Kategorie A oder B niemandem mehr bekannt ist"),
    value("bus_order", "Bus factor (A and B): order", "Ausfallrisiko (A und B): Reihenfolge").about("the member who leaves at this step: whoever then takes most people of category A or B along", "das Mitglied, das in diesem Schritt geht: wer dann die meisten Menschen der Kategorie A oder B mitnimmt"),
    value("bus_factor_all", "Bus factor (everybody)", "Ausfallrisiko (alle)").about("the same for everybody the team knows", "dasselbe für alle, die das Team kennt"),
    value("bus_order_all", "Bus factor (everybody): order", "Ausfallrisiko (alle): Reihenfolge").about("the member who leaves at this step", "das Mitglied, das in diesem Schritt geht"),
];

static METHODS: [Value; 2] = [
    value("exact", "exact", "genau")
        .about("all sets of members were compared", "alle Gruppen wurden verglichen"),
    value("approx", "approximate", "genähert").about(
        "whoever takes most along leaves next; another set may be worse",
        "wer am meisten mitnimmt, geht als Nächstes; eine andere Gruppe kann schlimmer sein",
    ),
];

impl Report for Loss {
    fn id(&self) -> &'static str {
        "loss"
    }

    fn title(&self) -> Words {
        words("Loss if a member leaves", "Verlust bei Weggang")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let mut rows = Long::default();
        let network = Network::of(input);
        for member in network.leavers.clone() {
            network.push_member(&mut rows, input, member);
        }
        for many in [2, 3] {
            network.push_worst(&mut rows, input.members, many);
        }
        network.push_bus(&mut rows, input.members, ("bus_factor", "bus_order"), &network.good);
        network.push_bus(&mut rows, input.members, ("bus_factor_all", "bus_order_all"), &network.all);
        let member = Column::new(
            "member",
            words("Member", "Mitglied"),
            "id of the member who leaves; several joined by `+`; `team` for the team",
            Data::Int(vec![]),
        )
        .german("Kürzel des Mitglieds, das geht; mehrere verbunden mit +; „team“ für das Team");
        let method = Column::new(
            "method",
            words("Method", "Verfahren"),
            "how the worst set was found; empty for other measures",
            Data::Int(vec![]),
        )
        .german("wie die schlimmste Gruppe gefunden wurde; sonst leer")
        .of(&METHODS);
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of what the team loses when a member, or several, leave",
            key: &["member", "measure"],
            columns: rows.into_columns(input.as_of, member, method, &MEASURES),
        }
    }
}

/// People by the exact set of members who know them.
type Cells = Vec<(Box<[u16]>, u64)>;

/// What is counted of one member.
#[derive(Clone, Default)]
struct Tally {
    people: u64,
    sorted: u64,
    /// Lost people by category: A, B, C, D and none.
    lost: [u64; 5],
    /// Lost people whose employer is known, and those nobody else reaches there.
    employed: u64,
    unreachable: u64,
}

/// Everything that is counted once for the whole table.
struct Network {
    /// The members who can leave: all but a shared inbox.
    leavers: Vec<usize>,
    known: Vec<bool>,
    tallies: Vec<Tally>,
    /// Everybody by category.
    tiers: [u64; 5],
    all: Cells,
    /// Those of category A or B.
    good: Cells,
}

impl Network {
    fn of(input: &Input<'_>) -> Network {
        let team = input.members.len();
        let ties = open_ties(input);
        let only = only_holders(input, &ties);
        let mut tallies = vec![Tally::default(); team];
        let mut tiers = [0; 5];
        // By set of members: everybody, and those of category A or B.
        let mut cells: FxHashMap<Box<[u16]>, (u64, u64)> = FxHashMap::default();
        let mut owners: Vec<u16> = Vec::new();
        for ties in by_contact(&ties) {
            let fact = input.contacts[ties[0].contact as usize];
            let tier = tier_place(fact.tier);
            tiers[tier] += 1;
            owners.clear();
            owners.extend(ties.iter().map(|tie| tie.member));
            let good = u64::from(tier < 2);
            match cells.get_mut(owners.as_slice()) {
                Some(people) => *people = (people.0 + 1, people.1 + good),
                None => drop(cells.insert(owners.as_slice().into(), (1, good))),
            }
            for &owner in &owners {
                let tally = &mut tallies[usize::from(owner)];
                tally.people += 1;
                tally.sorted += u64::from(tier < 4);
            }
            if let [owner] = *owners {
                let tally = &mut tallies[usize::from(owner)];
                tally.lost[tier] += 1;
                tally.employed += u64::from(fact.company != 0);
                let alone = only.get(fact.company as usize) == Some(&Holder::Only(owner));
                tally.unreachable += u64::from(fact.company != 0 && alone);
            }
        }
        let mut cells: Vec<_> = cells.into_iter().collect();
        cells.sort_unstable();
        let all = cells.iter().map(|(set, (people, _))| (set.clone(), *people)).collect();
        let good = cells.into_iter().filter(|(_, (_, good))| *good > 0);
        Network {
            leavers: (0..team).filter(|&member| input.members[member] != TEAM).collect(),
            known: delivered_channels(input).into_iter().map(|channels| channels != 0).collect(),
            tallies,
            tiers,
            all,
            good: good.map(|(set, (_, good))| (set, good)).collect(),
        }
    }

    fn reach(&self) -> u64 {
        self.tiers.iter().sum()
    }

    /// Share of the members from whom there is anything.
    fn coverage(&self) -> Option<f64> {
        let known = self.leavers.iter().filter(|&&member| self.known[member]).count();
        share(known as u64, self.leavers.len() as u64)
    }

    fn push_member(&self, rows: &mut Long, input: &Input<'_>, member: usize) {
        let (tally, known) = (&self.tallies[member], self.known[member]);
        let lost: u64 = tally.lost.iter().sum();
        let weight = |tiers: &[u64; 5]| -> f64 {
            input.worth.0.iter().zip(tiers).map(|(worth, people)| worth * *people as f64).sum()
        };
        let sorted = self.reach() > self.tiers[4];
        let whole = weight(&self.tiers);
        let mut push = |measure: &str, value: Option<f64>, coverage: Option<f64>| {
            let value = value.filter(|_| known);
            rows.push((&input.members[member], ""), measure, value, if known { coverage } else { Some(0.0) });
        };
        let (sure, count) = (Some(1.0), |count: u64| Some(count as f64));
        push("gross", count(tally.people), sure);
        push("shared", count(tally.people - lost), sure);
        push("exclusive", count(lost), sure);
        let unreachable = count(tally.unreachable).filter(|_| tally.employed > 0 || lost == 0);
        push("unreachable", unreachable, share(tally.employed, lost).or(sure));
        push("exclusive_share", share(lost, self.reach()), sure);
        let weighted = (sorted && whole > 0.0).then(|| weight(&tally.lost) / whole);
        push("weighted", weighted, share(self.reach() - self.tiers[4], self.reach()));
        let good = count(tally.lost[0] + tally.lost[1]).filter(|_| tally.sorted > 0);
        push("ab_exclusive", good, share(tally.sorted, tally.people));
    }

    /// The set of so many members whose leaving costs most; where all would leave there is nothing to say.
    fn push_worst(&self, rows: &mut Long, members: &[String], many: usize) {
        if many >= self.leavers.len() {
            return;
        }
        let (set, lost, method) = if self.leavers.len() <= EXACT {
            let (set, lost) = self.worst_set(many);
            (set, lost, "exact")
        } else {
            let mut leaving = Leaving::new(&self.all, members.len(), &self.leavers);
            let set: Vec<usize> = (0..many).filter_map(|_| leaving.next()).collect();
            (set, leaving.lost, "approx")
        };
        let mut set: Vec<usize> = set;
        set.sort_unstable();
        let names: Vec<&str> = set.iter().map(|&member| members[member].as_str()).collect();
        let value = share(lost, self.reach());
        rows.push((&names.join("+"), method), &format!("worst_{many}"), value, self.coverage());
    }

    /// Compares all sets of two or three members; of equal ones the first in the order of the pipeline.
    fn worst_set(&self, many: usize) -> (Vec<usize>, u64) {
        let team = self.known.len();
        let bit = |owner: usize| 1u32 << owner;
        // Bits stand for the places in `leavers`, of which there are few; who stays has none.
        let place = |owner: u16| self.leavers.iter().position(|&leaver| leaver == usize::from(owner));
        let small: Vec<(u32, u64)> = self
            .all
            .iter()
            .filter(|(set, _)| set.len() <= many)
            .filter_map(|(set, people)| {
                let bits = set.iter().try_fold(0, |bits, &owner| Some(bits | bit(place(owner)?)))?;
                Some((bits, *people))
            })
            .collect();
        let mut worst = (Vec::new(), 0);
        let count = self.leavers.len().min(team);
        for first in 0..count {
            for second in first + 1..count {
                let thirds = if many == 3 { second + 1..count } else { second..second + 1 };
                for third in thirds {
                    let bits = bit(first) | bit(second) | bit(third);
                    let lost =
                        small.iter().filter(|(set, _)| set & !bits == 0).map(|(_, people)| people).sum();
                    if worst.0.is_empty() || lost > worst.1 {
                        let mut set = vec![first, second, third];
                        set.dedup();
                        worst = (set, lost);
                    }
                }
            }
        }
        let set = worst.0.into_iter().map(|place| self.leavers[place]).collect();
        (set, worst.1)
    }

    fn push_bus(&self, rows: &mut Long, members: &[String], names: (&str, &str), cells: &Cells) {
        let people: u64 = cells.iter().map(|cell| cell.1).sum();
        let coverage = if names.0 == "bus_factor" {
            share(self.reach() - self.tiers[4], self.reach())
        } else {
            self.coverage()
        };
        let mut leaving = Leaving::new(cells, members.len(), &self.leavers);
        let mut order = Vec::new();
        let enough = |lost: u64| share(lost, people).is_some_and(|lost| lost > ORPHANED);
        while people > 0 && !enough(leaving.lost) {
            let Some(member) = leaving.next() else { break };
            order.push(member);
        }
        // A shared inbox can keep so many people that no leaving loses half of them.
        let reached = enough(leaving.lost);
        rows.push((TEAM, ""), names.0, reached.then_some(order.len() as f64), coverage);
        for (step, member) in order.into_iter().filter(|_| reached).enumerate() {
            rows.push((&members[member], ""), names.1, Some((step + 1) as f64), coverage);
        }
    }
}

/// Who knows people at a company.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Nobody,
    Only(u16),
    Several,
}

/// Who knows people at each company, by its number.
fn only_holders(input: &Input<'_>, ties: &[Tie]) -> Vec<Holder> {
    let company = |tie: &Tie| input.contacts[tie.contact as usize].company as usize;
    let count = ties.iter().map(company).max().map_or(0, |most| most + 1);
    let mut holders = vec![Holder::Nobody; count];
    for tie in ties {
        let holder = &mut holders[company(tie)];
        *holder = match *holder {
            Holder::Nobody => Holder::Only(tie.member),
            Holder::Only(member) if member == tie.member => Holder::Only(member),
            Holder::Only(_) | Holder::Several => Holder::Several,
        };
    }
    holders
}

/// Members leave one after another, always the one who then takes most people along; of equal ones who knows
/// more, then the first in the order of the pipeline. After Avelino et al. 2016 (truck factor).
struct Leaving<'a> {
    cells: &'a Cells,
    /// Members left in each cell.
    left: Vec<usize>,
    /// Cells of each member.
    of: Vec<Vec<usize>>,
    /// People whom among those left only this member knows, and all the member knows.
    only: Vec<u64>,
    knows: Vec<u64>,
    stay: Vec<usize>,
    gone: Vec<bool>,
    /// People nobody knows any more.
    lost: u64,
}

impl<'a> Leaving<'a> {
    fn new(cells: &'a Cells, team: usize, leavers: &[usize]) -> Leaving<'a> {
        let mut of = vec![Vec::new(); team];
        let (mut only, mut knows) = (vec![0; team], vec![0; team]);
        for (cell, (set, people)) in cells.iter().enumerate() {
            for &owner in set {
                of[usize::from(owner)].push(cell);
                knows[usize::from(owner)] += people;
            }
            if let [owner] = **set {
                only[usize::from(owner)] += people;
            }
        }
        Leaving {
            cells,
            left: cells.iter().map(|(set, _)| set.len()).collect(),
            of,
            only,
            knows,
            stay: leavers.to_vec(),
            gone: vec![false; team],
            lost: 0,
        }
    }

    /// The next to leave.
    fn next(&mut self) -> Option<usize> {
        let best = |one: &usize, other: &usize| {
            let key = |member: usize| (self.only[member], self.knows[member], std::cmp::Reverse(member));
            key(*one).cmp(&key(*other))
        };
        let member = self.stay.iter().copied().max_by(best)?;
        self.stay.retain(|&other| other != member);
        self.gone[member] = true;
        for &cell in &self.of[member] {
            self.left[cell] -= 1;
            let (set, people) = &self.cells[cell];
            match self.left[cell] {
                0 => self.lost += people,
                1 => {
                    let last = set.iter().copied().find(|&owner| !self.gone[usize::from(owner)]);
                    if let Some(last) = last {
                        self.only[usize::from(last)] += people;
                    }
                }
                _ => {}
            }
        }
        Some(member)
    }
}
