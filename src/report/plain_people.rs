//! The reports about kinds of people, categories, channels and ties once more, as their definitions read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::tests_people::World;
use super::{Bond, Fact, Touch};
use crate::contact::{Holding, Kind, Scope};
use crate::record::Channel;
use crate::scales;
use crate::touch;

pub(super) type Rows = Vec<(String, Vec<String>)>;
pub(super) type Owner = Option<usize>;

/// To three digits.
fn three(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

pub(super) fn text(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.6}")).unwrap_or_default()
}

pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

pub(super) fn opt<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl World {
    pub(super) fn owners(&self) -> Vec<Owner> {
        (0..self.members.len()).map(Some).chain([None]).collect()
    }

    pub(super) fn name(&self, owner: Owner) -> &str {
        owner.map_or("team", |member| &self.members[member])
    }

    pub(super) fn fact(&self, person: u32) -> &Fact {
        &self.contacts[person as usize]
    }

    pub(super) fn held(&self, owner: Owner) -> impl Iterator<Item = &Holding> {
        self.holdings.iter().filter(move |held| {
            owner.is_none_or(|member| member == usize::from(held.member))
                && self.fact(held.contact).kind == Kind::Person
        })
    }

    pub(super) fn network(&self, owner: Owner) -> BTreeSet<u32> {
        self.held(owner).filter(|held| held.ended_on.is_none()).map(|held| held.contact).collect()
    }

    /// Members who know the person now, among those of the owner.
    pub(super) fn knowers(&self, owner: Owner, person: u32) -> Vec<usize> {
        let all = (0..self.members.len()).filter(|member| owner.is_none_or(|own| own == *member));
        all.filter(|member| self.network(Some(*member)).contains(&person)).collect()
    }

    pub(super) fn channels(&self, owner: Owner, person: u32) -> BTreeSet<Channel> {
        let open = self.held(owner).filter(|held| held.contact == person && held.ended_on.is_none());
        open.map(|held| held.channel).collect()
    }

    /// Channels through which anything came.
    pub(super) fn delivered(&self, owner: Owner) -> BTreeSet<Channel> {
        let own = |member: u16| owner.is_none_or(|own| own == usize::from(member));
        let held = self.holdings.iter().filter(|held| own(held.member)).map(|held| held.channel);
        let delivered = self.deliveries.iter().filter(|one| own(one.member)).map(|one| one.channel);
        held.chain(delivered).collect()
    }

    pub(super) fn heard(&self, owner: Owner) -> bool {
        !self.delivered(owner).is_empty()
    }

    pub(super) fn looks(&self, member: usize, channel: Channel) -> BTreeSet<NaiveDate> {
        let mine = |one: u16, by: Channel| usize::from(one) == member && by == channel;
        let held = self.holdings.iter().filter(|held| mine(held.member, held.channel));
        let held = held.flat_map(|held| [held.first_seen, held.last_seen]);
        let delivered = self.deliveries.iter().filter(|one| mine(one.member, one.channel)).map(|one| one.on);
        held.chain(delivered).collect()
    }

    /// The earliest evidence: 0 baseline, 1 connected, 2 first seen.
    pub(super) fn start(&self, owner: Owner, person: u32) -> Option<(NaiveDate, u8)> {
        let of = |held: &Holding| match held.connected_on {
            Some(on) if on <= self.as_of => (on, 1),
            _ if self.looks(usize::from(held.member), held.channel).first() == Some(&held.first_seen) => {
                (held.first_seen, 0)
            }
            _ => (held.first_seen, 2),
        };
        self.held(owner).filter(|held| held.contact == person).map(of).min()
    }

    pub(super) fn there(&self, owner: Owner, person: u32, day: NaiveDate) -> bool {
        let ends: Vec<_> =
            self.held(owner).filter(|held| held.contact == person).map(|held| held.ended_on).collect();
        let open = ends.iter().any(|end| end.is_none_or(|end| end > day));
        self.start(owner, person).is_some_and(|(on, clock)| clock == 0 || on <= day) && open
    }

    pub(super) fn ever(&self, owner: Owner) -> BTreeSet<u32> {
        self.held(owner).map(|held| held.contact).collect()
    }

    pub(super) fn stock(&self, owner: Owner, day: NaiveDate) -> Vec<u32> {
        self.ever(owner).into_iter().filter(|person| self.there(owner, *person, day)).collect()
    }

    pub(super) fn stock_known(&self, owner: Owner, day: NaiveDate) -> bool {
        let looks: BTreeSet<NaiveDate> = (0..self.members.len())
            .filter(|member| owner.is_none_or(|own| own == *member))
            .flat_map(|member| Channel::ALL.map(|channel| self.looks(member, channel)))
            .flatten()
            .collect();
        let dated = self.ever(owner).iter().any(|one| self.start(owner, *one).is_some_and(|on| on.1 == 1));
        !looks.is_empty() && (dated || looks.iter().any(|look| *look <= day))
    }

    pub(super) fn bond(&self, member: usize, person: u32) -> Option<&Bond> {
        self.bonds.iter().find(|bond| usize::from(bond.member) == member && bond.contact == person)
    }

    pub(super) fn dealt(&self, member: usize, person: u32) -> Vec<&Touch> {
        let with = |touch: &&Touch| usize::from(touch.member) == member && touch.contact == person;
        self.touches.iter().filter(with).filter(|touch| touch.on <= self.as_of).collect()
    }

    pub(super) fn row(
        &self,
        out: &mut Rows,
        key: &str,
        owner: Owner,
        value: Option<f64>,
        coverage: Option<f64>,
    ) {
        let heard = self.heard(owner);
        let coverage = if heard { coverage } else { Some(0.0) };
        let cells = vec![self.as_of.to_string(), text(value.filter(|_| heard)), text(coverage)];
        out.push((format!("{} {key}", self.name(owner)), cells));
    }
}

const DIMENSIONS: [&str; 5] = ["sector", "function", "seniority", "city", "company"];

fn kind(fact: &Fact, dimension: &str) -> Option<u32> {
    match dimension {
        "sector" => fact.sector.map(u32::from),
        "function" => fact.function.map(u32::from),
        "seniority" => fact.level.map(u32::from),
        "city" => Some(fact.city).filter(|city| *city != 0),
        _ => Some(fact.company).filter(|company| *company != 0),
    }
}

fn own_kind(world: &World, member: usize, dimension: &str) -> Option<u32> {
    let own = world.own.get(member).copied().unwrap_or_default();
    match dimension {
        "sector" => own.sector.map(u32::from),
        "function" => own.function.map(u32::from),
        "seniority" => own.level.map(u32::from),
        "city" => Some(own.city).filter(|city| *city != 0),
        _ => Some(own.company).filter(|company| *company != 0),
    }
}

fn enough(known: usize, all: usize) -> bool {
    known >= 20 && known as f64 >= 0.3 * all as f64
}

pub(super) fn diversity(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        for dimension in DIMENSIONS {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for of in people.iter().filter_map(|one| kind(world.fact(*one), dimension)) {
                *counts.entry(of).or_default() += 1;
            }
            let all: usize = counts.values().sum();
            let (n, k) = (all as f64, counts.len() as f64);
            let p: Vec<f64> = counts.values().map(|count| *count as f64 / n).collect();
            let coverage = ratio(all, people.len());
            let show =
                |value: f64| Some(value).filter(|value| enough(all, people.len()) && value.is_finite());
            let entropy: f64 = p.iter().map(|p| p * (1.0 / p).ln()).sum::<f64>().abs();
            let squares: f64 = p.iter().map(|p| p * p).sum();
            let unlike: usize = counts.values().map(|count| count * (all - count)).sum();
            let several = |value: f64| show(value).filter(|_| counts.len() > 1);
            for (measure, value) in [
                ("known", Some(n)),
                ("shannon", show(entropy)),
                ("pielou", several(entropy / k.ln())),
                ("hill_0", show(k)),
                ("hill_1", show(p.iter().map(|p| p.powf(-p)).product())),
                ("hill_2", show(1.0 / squares)),
                ("blau", show(1.0 - squares)),
                ("blau_normalised", several((1.0 - squares) / (1.0 - 1.0 / k))),
                ("blau_unbiased", show(unlike as f64 / (n * (n - 1.0)))),
            ] {
                world.row(&mut out, &format!("{dimension} {measure}"), owner, value, coverage);
            }
            let (mut same, mut other, mut asked) = (0, 0, 0);
            for &person in &people {
                for member in world.knowers(owner, person) {
                    let Some(own) = own_kind(world, member, dimension) else { continue };
                    asked += 1;
                    match kind(world.fact(person), dimension) {
                        Some(of) if of == own => same += 1,
                        Some(_) => other += 1,
                        None => {}
                    }
                }
            }
            let known: usize = same + other;
            let index = (other as f64 - same as f64) / known as f64;
            let index = Some(index).filter(|_| enough(known, asked));
            world.row(&mut out, &format!("{dimension} ei_index"), owner, index, ratio(known, asked));
            if dimension == "seniority" {
                let upper = counts.iter().filter(|(level, _)| **level <= 1).map(|(_, count)| count).sum();
                let value = ratio(upper, all).filter(|_| enough(all, people.len()));
                world.row(&mut out, "seniority upper_levels", owner, value, coverage);
                let (up, coverage) = upward(world, owner);
                world.row(&mut out, "seniority upward_ties", owner, up, coverage);
            }
        }
        let all = Some(people.len() as f64);
        world.row(&mut out, "all people", owner, all, Some(1.0));
        let (similarity, coverage) = similarity(world, owner);
        world.row(&mut out, "all similarity", owner, similarity, coverage);
        world.row(
            &mut out,
            "all band_distance",
            owner,
            similarity.map(|mean| distance(world, mean)),
            coverage,
        );
    }
    out
}

/// How many of the contacts whose level is known stand higher than the member who knows them and says its own level.
fn upward(world: &World, owner: Owner) -> (Option<f64>, Option<f64>) {
    let ties = world
        .network(owner)
        .into_iter()
        .flat_map(|person| world.knowers(owner, person).into_iter().map(move |member| (member, person)));
    let of: Vec<(u8, Option<u8>)> = ties
        .filter_map(|(member, person)| Some((world.own.get(member)?.level?, world.fact(person).level)))
        .collect();
    let known: Vec<(u8, u8)> = of.iter().filter_map(|(own, level)| Some((*own, (*level)?))).collect();
    let higher = known.iter().filter(|(own, level)| level < own).count();
    let shown = enough(known.len(), of.len());
    (ratio(higher, known.len()).filter(|_| shown), ratio(known.len(), of.len()))
}

pub(super) fn distance(world: &World, similarity: f64) -> f64 {
    let (low, high) = (world.band.low, world.band.high);
    if similarity < low {
        low - similarity
    } else if similarity > high {
        similarity - high
    } else {
        0.0
    }
}

pub(super) fn similarity(world: &World, owner: Owner) -> (Option<f64>, Option<f64>) {
    let (mut all, mut likeness) = (0, Vec::new());
    for person in world.network(owner) {
        for member in world.knowers(owner, person) {
            all += 1;
            let pair = |of| own_kind(world, member, of).zip(kind(world.fact(person), of));
            let pairs: Vec<(u32, u32)> =
                ["sector", "function", "seniority", "city"].into_iter().filter_map(pair).collect();
            if !pairs.is_empty() {
                let equal = pairs.iter().filter(|pair| pair.0 == pair.1).count();
                likeness.push(equal as f64 / pairs.len() as f64);
            }
        }
    }
    let mean = likeness.iter().sum::<f64>() / likeness.len() as f64;
    (Some(mean).filter(|_| enough(likeness.len(), all)), ratio(likeness.len(), all))
}

pub(super) fn letter(fact: &Fact) -> &'static str {
    match (fact.tier, fact.scope) {
        (Some(b'A'), _) => "A",
        (Some(b'B'), _) => "B",
        (Some(b'C'), _) => "C",
        (Some(_), _) => "D",
        (None, Scope::Private) => "private",
        (None, Scope::Business) => "",
    }
}

pub(super) fn mix(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        for dimension in ["sector", "level", "function", "tier"] {
            let of = |fact: &Fact| match dimension {
                "sector" => fact.sector.map_or("", |at| scales::sectors()[usize::from(at)].name),
                "level" => fact.level.map_or("", |at| scales::levels()[usize::from(at)].name),
                "function" => fact.function.map_or("", |at| scales::functions()[usize::from(at)].name),
                _ => letter(fact),
            };
            let names =
                |scale: &'static [crate::table::Value]| scale.iter().map(|value| value.name).collect();
            let mut order: Vec<&str> = match dimension {
                "sector" => names(scales::sectors()),
                "level" => names(scales::levels()),
                "function" => names(scales::functions()),
                _ => vec!["A", "B", "C", "D", "private"],
            };
            let count = |value: &str| people.iter().filter(|one| of(world.fact(**one)) == value).count();
            if matches!(dimension, "sector" | "function") {
                order.sort_by_key(|value| std::cmp::Reverse(count(value)));
            }
            order.push("");
            for value in order {
                let size = count(value);
                if people.is_empty() || (size == 0 && !value.is_empty()) {
                    continue;
                }
                let name = if value.is_empty() { "unknown" } else { value };
                let known = ratio(people.len() - count(""), people.len());
                out.push((
                    format!("{} {dimension} {dimension}_{name}", world.name(owner)),
                    vec![
                        world.as_of.to_string(),
                        size.to_string(),
                        text(ratio(size, people.len())),
                        text(known),
                    ],
                ));
            }
        }
    }
    out
}

fn cadence(fact: &Fact) -> Option<i64> {
    match fact.tier {
        Some(b'A') => Some(30),
        Some(b'B') => Some(91),
        Some(b'C') => Some(365),
        _ => None,
    }
}

/// Whether the contact, and whether the member turned to the other.
fn sides(touch: &Touch) -> (bool, bool) {
    let inward = touch.toward < 0;
    let outward = touch.toward > 0;
    if inward || outward {
        return (inward, outward);
    }
    (
        matches!(touch.kind, touch::Kind::Met | touch::Kind::HelpedBy),
        matches!(touch.kind, touch::Kind::Met | touch::Kind::Helped),
    )
}

pub(super) fn strength(world: &World) -> Rows {
    let mut out = Rows::new();
    for owner in world.owners() {
        let people = world.network(owner);
        let size = people.len();
        // Band, strength and last touch of each person's strongest tie.
        let best = |person: u32| {
            let bonds = world.knowers(owner, person);
            let mut bonds: Vec<&Bond> =
                bonds.iter().filter_map(|member| world.bond(*member, person)).collect();
            let last = bonds.iter().filter_map(|bond| bond.last).max();
            bonds.sort_by(|one, other| {
                let key = |bond: &Bond| bond.strength.unwrap_or(-1.0);
                key(other).total_cmp(&key(one)).then(one.band.cmp(&other.band))
            });
            (bonds.first().map_or(4, |bond| bond.band), bonds.first().and_then(|bond| bond.strength), last)
        };
        let mut strengths: Vec<f32> = people.iter().filter_map(|person| best(*person).1).collect();
        strengths.sort_by(f32::total_cmp);
        strengths.reverse();
        let known = ratio(strengths.len(), size);
        world.row(&mut out, "all people", owner, Some(size as f64), Some(1.0));
        for (at, band) in ["strong", "steady", "weak", "dormant", "unknown"].into_iter().enumerate() {
            let count = people.iter().filter(|person| usize::from(best(**person).0) == at).count();
            let value = Some(count as f64).filter(|_| band == "unknown" || !strengths.is_empty());
            world.row(&mut out, &format!("{band} people"), owner, value, known);
        }
        if owner.is_some() {
            for place in [5, 15, 50, 150] {
                let value = strengths.get(place - 1).map(|strength| three(f64::from(*strength)));
                world.row(&mut out, &format!("top_{place} layer_strength"), owner, value, known);
            }
        }
        for tier in ["A", "B", "C"] {
            let of = people.iter().filter(|person| letter(world.fact(**person)) == tier);
            let days = |person: &u32| best(*person).2.map(|last| (world.as_of - last).num_days());
            let known: Vec<(i64, u32)> =
                of.clone().filter_map(|person| days(person).map(|days| (days, *person))).collect();
            let late = known.iter().filter(|one| cadence(world.fact(one.1)).is_some_and(|most| one.0 > most));
            let value = Some(late.count() as f64).filter(|_| !known.is_empty());
            world.row(&mut out, &format!("{tier} overdue"), owner, value, ratio(known.len(), of.count()));
        }
        let any = |person: &u32, wanted: &dyn Fn(&[&Touch]) -> bool| {
            world.knowers(owner, *person).iter().any(|member| wanted(&world.dealt(*member, *person)))
        };
        let count =
            |wanted: &dyn Fn(&[&Touch]) -> bool| people.iter().filter(|person| any(person, wanted)).count();
        let inward = |touches: &[&Touch]| touches.iter().any(|touch| sides(touch).0);
        let outward = |touches: &[&Touch]| touches.iter().any(|touch| sides(touch).1);
        let directed = count(&|touches| inward(touches) || outward(touches));
        let mutual = count(&|touches| inward(touches) && outward(touches));
        let asked = count(&|touches| touches.iter().any(|touch| sides(touch) == (false, true)));
        let answered = count(&|touches| {
            let soon = |ask: &Touch, back: &Touch| {
                sides(back).0 && ask.on <= back.on && back.on <= ask.on + Days::new(30)
            };
            let asks = touches.iter().filter(|touch| sides(touch) == (false, true));
            asks.into_iter().any(|ask| touches.iter().any(|back| soon(ask, back)))
        });
        world.row(&mut out, "all reciprocity", owner, ratio(mutual, directed), ratio(directed, size));
        world.row(&mut out, "all response", owner, ratio(answered, asked), ratio(asked, size));
        decay(world, owner, &mut out);
    }
    out
}

fn decay(world: &World, owner: Owner, out: &mut Rows) {
    let complete = |held: &&Holding| {
        let mine = |one: &&super::Delivery| one.member == held.member && one.channel == held.channel;
        let days: BTreeSet<NaiveDate> =
            world.deliveries.iter().filter(mine).filter(|one| one.complete).map(|one| one.on).collect();
        days.len() > 1
    };
    let lives: Vec<(i64, bool)> = world
        .held(owner)
        .filter(complete)
        .map(|held| {
            let until = held.ended_on.unwrap_or(held.last_seen);
            ((until - held.first_seen).num_days(), held.ended_on.is_some())
        })
        .collect();
    let left = |day: i64| {
        (0..=day).fold(1.0, |share, on| {
            let risk = lives.iter().filter(|life| life.0 >= on).count();
            let ended = lives.iter().filter(|life| **life == (on, true)).count();
            if ended == 0 { share } else { share * (1.0 - ended as f64 / risk as f64) }
        })
    };
    let longest = lives.iter().map(|life| life.0).max();
    let half = (0..=longest.unwrap_or(-1)).find(|day| left(*day) <= 0.5 + 1e-9);
    let coverage = ratio(lives.len(), world.held(owner).count());
    world.row(out, "all half_life", owner, half.map(|day| day as f64), coverage);
    for days in [30, 90, 180, 365, 730] {
        let value = longest.filter(|longest| days <= *longest).map(|_| left(days));
        world.row(out, &format!("all survival_{days}"), owner, value, coverage);
    }
}

pub(super) fn reactivate(world: &World) -> Rows {
    let mut out = Rows::new();
    for member in 0..world.members.len() {
        let mut found = Vec::new();
        for person in world.network(Some(member)) {
            let (fact, Some(bond)) = (world.fact(person), world.bond(member, person)) else { continue };
            let days = bond.last.map(|last| (world.as_of - last).num_days());
            let late = days.zip(cadence(fact)).map(|(days, most)| (days - most) as f64 / most as f64);
            let wanted = bond.band == 3 || late.is_some_and(|late| late > 0.0);
            if !wanted || letter(fact) == "D" || fact.scope == Scope::Private {
                continue;
            }
            let past = f64::from(bond.once.or(bond.strength).unwrap_or(0.0));
            let worth = match letter(fact) {
                "A" => 8.0,
                "B" => 4.0,
                "C" => 2.0,
                _ => 1.0,
            };
            found.push((past * worth, days, person, past, late, bond));
        }
        found.sort_by(|one, other| {
            other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)).then(one.2.cmp(&other.2))
        });
        let all = world.network(Some(member));
        let touched =
            all.iter().filter(|&&one| world.bond(member, one).is_some_and(|bond| bond.last.is_some()));
        let cover = ratio(touched.count(), all.len());
        for (value, days, person, past, late, bond) in &found {
            let fact = world.fact(*person);
            out.push((
                format!("{} {}", world.members[member], world.ids[*person as usize]),
                vec![
                    world.as_of.to_string(),
                    world.names.get(*person as usize).to_owned(),
                    letter(fact).to_owned(),
                    ["strong", "steady", "weak", "dormant", "unknown"][usize::from(bond.band)].to_owned(),
                    opt(bond.last),
                    opt(*days),
                    opt(cadence(fact)),
                    text(late.map(|late| late.max(0.0))),
                    text(Some(three(*past))),
                    text(Some(three(*value))),
                    found.len().to_string(),
                    text(cover),
                ],
            ));
        }
    }
    out
}
