//! Introductions: contacts worth sharing with a colleague this week, a few for everybody.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

use crate::scales;
use crate::table::{Column, Data, Table, Texts, Words, words};

use super::owner::as_of_column;
use super::period::{Period, ahead, monday};
use super::person::{self, bond_with, bonds_of, fact, is_business, is_somebody, name_column};
use super::tie::{Tie, by_contact, open_ties};
use super::{Bond, Fact, Input, Report, told};

/// The report `introductions`.
pub(super) struct Introductions;

/// What the strength of a tie counts when no touch is known: half of what makes it steady.
const UNKNOWN_STRENGTH: f64 = 0.2;
/// A member who names no sector of their own is at home in so many of the most frequent of their network.
const HOME_SECTORS: usize = 3;
/// Candidates that are kept in memory for all pairs of members together.
const MOST_CANDIDATES: usize = 2_000_000;

/// One contact that one member could introduce to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Idea {
    score: f64,
    contact: u32,
    from: u16,
    to: u16,
}

impl Eq for Idea {}

impl PartialOrd for Idea {
    fn partial_cmp(&self, other: &Idea) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Idea {
    /// The best is the smallest: the highest score, then the first contact and members.
    fn cmp(&self, other: &Idea) -> Ordering {
        let place = |idea: &Idea| (idea.contact, idea.from, idea.to);
        other.score.total_cmp(&self.score).then_with(|| place(self).cmp(&place(other)))
    }
}

/// What a contact has in common with a receiver: how many of sector, city and target, and how many are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Common {
    same: u8,
    known: u8,
}

impl Common {
    fn share(self) -> f64 {
        if self.known == 0 { 0.0 } else { f64::from(self.same) / f64::from(self.known) }
    }
}

/// Where a member is at home.
#[derive(Debug, Clone, Default)]
struct Home {
    /// One bit a sector.
    sectors: u32,
    city: u32,
}

impl Home {
    fn common(&self, fact: &Fact, has_targets: bool) -> Common {
        let mut common = Common::default();
        let mut judge = |known: bool, same: bool| {
            common.known += u8::from(known);
            common.same += u8::from(known && same);
        };
        let sector = fact.sector.map_or(0, |sector| 1u32.checked_shl(sector.into()).unwrap_or(0));
        judge(sector > 0 && self.sectors > 0, sector & self.sectors > 0);
        judge(fact.city > 0 && self.city > 0, fact.city == self.city);
        judge(has_targets, fact.target);
        common
    }
}

/// What makes the score of a contact of one holder, but for the fit.
fn weight(input: &Input<'_>, fact: &Fact, bond: Option<&Bond>, holders: usize) -> f64 {
    let strength = bond.and_then(|bond| bond.strength).map_or(UNKNOWN_STRENGTH, f64::from);
    input.worth.of(fact.tier) * strength * risk(holders)
}

/// Whom only one member knows counts twice: when that member leaves, the contact is lost.
fn risk(holders: usize) -> f64 {
    if holders == 1 { 2.0 } else { 1.0 }
}

/// Where each member is at home: by what it says of itself, else by the sectors most frequent in its network.
fn homes(input: &Input<'_>, ties: &[Tie]) -> Vec<Home> {
    let mut counts = vec![vec![0u64; scales::sectors().len()]; input.members.len()];
    for tie in ties {
        let fact = fact(input, tie.contact);
        let sector = fact.sector.filter(|_| is_business(&fact)).map(usize::from);
        if let Some(count) = sector.and_then(|at| counts[usize::from(tie.member)].get_mut(at)) {
            *count += 1;
        }
    }
    let home = |(member, counts): (usize, &Vec<u64>)| {
        let own = input.own.get(member).copied().unwrap_or_default();
        let mut sectors: Vec<usize> = (0..counts.len()).filter(|at| counts[*at] > 0).collect();
        sectors.sort_by_key(|at| (Reverse(counts[*at]), *at));
        sectors.truncate(HOME_SECTORS);
        if let Some(sector) = own.sector {
            sectors = vec![usize::from(sector)];
        }
        let bit = |at: usize| 1u32.checked_shl(at as u32).unwrap_or(0);
        Home { sectors: sectors.into_iter().fold(0, |bits, at| bits | bit(at)), city: own.city }
    };
    counts.iter().enumerate().map(home).collect()
}

/// The best candidates of every pair of members.
///
/// Of a pair at most as many are chosen as a week allows, say five, and of those before them each is passed over
/// only because it was chosen for somebody else; at most five are chosen from each of n members. So the best 5 n of a pair are all that
/// can ever be looked at. Only in teams of more than some seventy members memory allows fewer.
struct Best {
    members: usize,
    most: usize,
    /// By pair; the worst on top.
    pairs: Vec<BinaryHeap<Idea>>,
    /// Of each holder the score that its next candidate has to exceed for any receiver.
    floors: Vec<f64>,
}

impl Best {
    fn new(members: usize, a_week: usize) -> Best {
        let fitting = MOST_CANDIDATES / (members * members).max(1);
        Best {
            members,
            most: fitting.max(a_week).min(a_week * members),
            pairs: vec![BinaryHeap::new(); members * members],
            floors: vec![0.0; members],
        }
    }

    fn add(&mut self, idea: Idea) {
        let from = usize::from(idea.from);
        let heap = &mut self.pairs[from * self.members + usize::from(idea.to)];
        if heap.len() == self.most {
            if heap.peek().is_some_and(|worst| idea >= *worst) {
                return;
            }
            heap.pop();
        }
        heap.push(idea);
        if heap.len() == self.most {
            self.floors[from] = self.floor(from);
        }
    }

    fn floor(&self, from: usize) -> f64 {
        let row = &self.pairs[from * self.members..(from + 1) * self.members];
        let others = row.iter().enumerate().filter(|(to, _)| *to != from);
        let floor = |heap: &BinaryHeap<Idea>| {
            let worst = heap.peek().filter(|_| heap.len() == self.most);
            worst.map_or(0.0, |worst| worst.score)
        };
        others.map(|(_, heap)| floor(heap)).fold(f64::INFINITY, f64::min)
    }
}

/// The suggestions of a week, the best first.
fn ideas(input: &Input<'_>) -> Vec<Idea> {
    let members = input.members.len();
    let ties = open_ties(input);
    let homes = homes(input, &ties);
    let somebody: Vec<bool> = (0..members).map(|member| is_somebody(input, member as u16)).collect();
    let a_week = input.settings.introductions.a_week as usize;
    let mut best = Best::new(members, a_week);
    let mut holds = vec![false; members];
    let mut scores = vec![0.0; members];
    for ties in by_contact(&ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        if !is_business(&fact) || input.worth.of(fact.tier) <= 0.0 || ties.len() == members {
            continue;
        }
        for tie in ties {
            holds[usize::from(tie.member)] = true;
        }
        for (to, score) in scores.iter_mut().enumerate() {
            let wanted = somebody[to] && !holds[to];
            *score = if wanted { homes[to].common(&fact, input.has_targets).share() } else { 0.0 };
        }
        let bonds = bonds_of(input, contact);
        for tie in ties.iter().filter(|tie| somebody[usize::from(tie.member)]) {
            let weight = weight(input, &fact, bond_with(bonds, tie.member), ties.len());
            // Fit is at most 1, and of equal scores the earlier contact stands first.
            if weight <= best.floors[usize::from(tie.member)] {
                continue;
            }
            for (to, fit) in scores.iter().enumerate().filter(|(_, fit)| **fit > 0.0) {
                best.add(Idea { score: weight * fit, contact, from: tie.member, to: to as u16 });
            }
        }
        for tie in ties {
            holds[usize::from(tie.member)] = false;
        }
    }
    let mut ideas: Vec<Idea> = best.pairs.into_iter().flatten().filter(|idea| idea.score > 0.0).collect();
    ideas.sort_unstable();
    let (mut given, mut got) = (vec![0; members], vec![0; members]);
    let mut used = BTreeSet::new();
    ideas.retain(|idea| {
        let (from, to) = (usize::from(idea.from), usize::from(idea.to));
        let chosen = given[from] < a_week && got[to] < a_week && used.insert(idea.contact);
        given[from] += usize::from(chosen);
        got[to] += usize::from(chosen);
        chosen
    });
    ideas
}

impl Report for Introductions {
    fn id(&self) -> &'static str {
        "introductions"
    }

    fn title(&self) -> Words {
        words("Share", "Teilen")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ideas = ideas(input);
        let ties = open_ties(input);
        let homes = homes(input, &ties);
        let start = monday(input.as_of);
        let week = Period { start, end: ahead(start, 7), month: false }.name();
        let holders = |idea: &Idea| {
            let from = ties.partition_point(|tie| tie.contact < idea.contact);
            ties[from..].iter().take_while(|tie| tie.contact == idea.contact).count()
        };
        let strength = |idea: &Idea| {
            bond_with(bonds_of(input, idea.contact), idea.from).and_then(|bond| bond.strength).map(f64::from)
        };
        let common =
            |idea: &Idea| homes[usize::from(idea.to)].common(&fact(input, idea.contact), input.has_targets);
        // Worth and risk are always known; strength, sector, city and, where there are targets, target may not be.
        let coverage = |idea: &Idea| {
            let known = f64::from(common(idea).known) + f64::from(u8::from(strength(idea).is_some()));
            known / if input.has_targets { 4.0 } else { 3.0 }
        };
        let members = |of: fn(&Idea) -> u16| {
            Data::Text(ideas.iter().map(|idea| person::member(input, of(idea))).collect::<Texts>())
        };
        let number = |of: &dyn Fn(&Idea) -> Option<f64>| Data::Float(ideas.iter().map(of).collect());
        let contacts = || ideas.iter().map(|idea| idea.contact);
        Table {
            name: self.id(),
            title: self.title(),
            about: "one contact that a member could introduce to a colleague in the week of the report; at most five from and to everybody, unless the pipeline file says otherwise",
            key: &["contact_id"],
            columns: vec![
                as_of_column(input.as_of, ideas.len()),
                Column::new("week", words("Week", "Woche"), "ISO week for which it is suggested", Data::Text(ideas.iter().map(|_| &week).collect::<Texts>()))
                    .german("ISO-Woche, für die es vorgeschlagen ist"),
                Column::new("rank", words("Rank", "Rang"), "place by score, the best first", Data::Int((1..=ideas.len() as i64).map(Some).collect()))
                    .german("Platz nach Punkten, der beste zuerst"),
                Column::new("member", words("Member", "Mitglied"), "id of the member who knows the contact and could share it", members(|idea| idea.from))
                    .german("Kürzel des Mitglieds, das den Kontakt kennt und teilen kann"),
                Column::new("receiver", words("For", "Für"), "id of the member who does not know the contact yet", members(|idea| idea.to))
                    .german("Kürzel des Mitglieds, das den Kontakt noch nicht kennt"),
                person::id_column(input, contacts()),
                name_column(input, contacts()),
                Column::new("score", words("Score", "Punkte"), "worth × strength × fit × risk", number(&|idea| Some(told(idea.score))))
                    .german("Gewicht × Stärke × Passung × Risiko"),
                Column::new("worth", words("Worth", "Gewicht"), "what the contact counts by its category", number(&|idea| Some(input.worth.of(fact(input, idea.contact).tier))))
                    .german("was der Kontakt nach seiner Kategorie zählt"),
                Column::new("strength", words("Strength", "Stärke"), "strength of the member's tie, 0 to 1; empty when no touch is known, and counted as 0.2", number(&|idea| strength(idea).map(told)))
                    .german("Stärke der Beziehung des Mitglieds, 0 bis 1; leer, wenn kein Kontakt bekannt ist, und als 0,2 gezählt"),
                Column::new("fit", words("Fit", "Passung"), "share of what can be compared that fits the receiver: own industry, or the three most frequent of the network; own city; the team's targets", Data::Share(ideas.iter().map(|idea| Some(common(idea).share())).collect()))
                    .german("welcher Anteil des Vergleichbaren zum Empfänger passt: eigene Branche oder die drei häufigsten im Netzwerk; eigener Ort; Ziele des Teams"),
                Column::new("risk", words("Risk", "Risiko"), "2 when nobody else knows the contact, else 1", Data::Int(ideas.iter().map(|idea| Some(risk(holders(idea)) as i64)).collect()))
                    .german("2, wenn sonst niemand den Kontakt kennt, sonst 1"),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of strength, industry, city and target that was known", Data::Share(ideas.iter().map(|idea| Some(coverage(idea))).collect()))
                    .german("welcher Anteil von Stärke, Branche, Ort und Ziel bekannt war"),
            ],
        }
    }
}
