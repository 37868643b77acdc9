//! Labelling: what is known of a contact and its ties, what the team aims at, and what the last run said,
//! brought together for the label stage.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::aims::Aims;
use super::evidence::{Evidence, Said as Texts};
use super::hands::InForce;
use super::inbox::Member;
use super::locale::Locale;
use super::person::{Views, forget_dropped};
use crate::contact::{Contact, Holding, Kind, Label, Letter, Scope, TierSource};
use crate::label::goal::{Fit, Who};
use crate::label::strength::{self, Band, Direction, Strength, Tie};
use crate::label::tier::{self, Before, Case, Given, Said, Score};
use crate::merge::touch::{self, Touch};
use crate::report::{Bond, Fact};
use crate::scales;
use crate::state::tiers::KeptTier;
use crate::table::{Language, words};
use crate::write::Basis;

/// Labels contacts one by one; what one gets never depends on another.
pub(super) struct Labeller<'a> {
    views: Views<'a>,
    aims: &'a Aims,
    hands: &'a InForce,
    members: &'a [Member],
    ids: Vec<String>,
    language: Language,
    phrases: tier::Phrases,
    evidence: Evidence<'a>,
    as_of: NaiveDate,
    today: NaiveDate,
    before: &'a [KeptTier],
}

/// What labelling leaves beside the labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Labelled {
    /// The category, for the next run.
    pub(super) kept: KeptTier,
    /// The category before, where it has another one now, and what changed.
    pub(super) moved: Option<(Option<Letter>, Basis)>,
    /// The score with its parts; of people only.
    pub(super) score: Option<Score>,
    /// Whether the goals or the wish list ask for the contact.
    pub(super) target: bool,
    /// How strong the ties of all members are, in their order.
    pub(super) ties: Vec<MemberTie>,
    /// How strong the ties are of members who ever had to do with the contact.
    pub(super) bonds: Vec<Bond>,
    /// The number of the company as it is written, among those of all contacts.
    pub(super) company: u32,
    /// A hash of what tells the company from others; 0 where nothing does.
    pub(super) core: u64,
}

/// Tie of a member with a contact, and how strong it is, without the parts of which that is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct MemberTie {
    /// Index of the member.
    pub(super) member: u16,
    /// The score in a word.
    pub(super) band: Band,
    /// 0 to 1; none while nothing dated is known to have happened.
    pub(super) score: Option<f32>,
    /// Share of the strength's parts that are known, by their weights.
    pub(super) coverage: f32,
    /// The score on the best day of a dormant tie.
    pub(super) once: Option<f32>,
}

impl MemberTie {
    fn new(member: u16, strength: &Strength) -> MemberTie {
        let Strength { score, coverage, band, once, .. } = *strength;
        MemberTie { member, band, score, coverage, once }
    }
}

/// How strong the ties are of all members with a contact, of whom these are the holdings and the touches, on the
/// day that the data describe: what came after the newest export nobody knows, so that it is no silence. `measure`
/// is [`strength::strength`] or its short way.
fn strengths<'a>(
    (held, touches): (&'a [Holding], &'a [Touch]),
    settings: &'a strength::Settings,
    as_of: NaiveDate,
    measure: impl Fn(&Tie<'_>, NaiveDate, &strength::Settings) -> Strength,
) -> impl Iterator<Item = (u16, Strength)> {
    let mut said: Vec<strength::Touch> = Vec::new();
    held.chunk_by(|a, b| a.member == b.member).map(move |held| {
        let member = held[0].member;
        let start = touches.partition_point(|touch| touch.member < member);
        let of: &[Touch] = &touches[start..];
        let of = &of[..of.partition_point(|touch| touch.member == member)];
        said.clear();
        said.extend(of.iter().map(touch_of));
        let open = held.iter().filter(|holding| holding.ended_on.is_none()).count();
        let connected = held.iter().filter_map(|holding| holding.connected_on).min();
        let since = of.iter().filter_map(|touch| touch.on).chain(connected).min();
        let tie = Tie { touches: &said, channels: open as u32, since };
        (member, measure(&tie, as_of, settings))
    })
}

/// The ties of all members with a contact, of whom these are the holdings and the touches.
pub(super) fn ties_of(
    held: &[Holding],
    touches: &[Touch],
    settings: &strength::Settings,
    as_of: NaiveDate,
) -> Vec<MemberTie> {
    let strengths = strengths((held, touches), settings, as_of, strength::strength_if_touched);
    strengths.map(|(member, strength)| MemberTie::new(member, &strength)).collect()
}

fn touch_of(touch: &Touch) -> strength::Touch {
    let direction = match touch.direction {
        touch::Direction::In => Some(Direction::In),
        touch::Direction::Out => Some(Direction::Out),
        touch::Direction::Both => Some(Direction::Both),
        touch::Direction::Unknown => None,
    };
    strength::Touch { kind: touch.kind, on: touch.on, direction }
}

/// What reports need to know of the ties with a contact, of members who ever had to do with it.
pub(super) fn bonds_of(place: u32, touches: &[Touch], ties: &[MemberTie], as_of: NaiveDate) -> Vec<Bond> {
    if touches.is_empty() {
        return Vec::new();
    }
    let bond = |tie: &MemberTie| {
        let of = || touches.iter().filter(|touch| touch.member == tie.member);
        let band = scales::bands().iter().position(|band| band.name == tie.band.name());
        Bond {
            contact: place,
            member: tie.member,
            strength: tie.score,
            band: band.unwrap_or_default() as u8,
            once: tie.once,
            touches: of().count() as u32,
            last: of().filter_map(|touch| touch.on).filter(|on| *on <= as_of).max(),
        }
    };
    ties.iter().map(bond).filter(|bond| bond.touches > 0).collect()
}

impl<'a> Labeller<'a> {
    /// Makes everything ready. `before` are the categories of the last run in the order of contact numbers.
    pub(super) fn new(
        views: Views<'a>,
        (aims, hands): (&'a Aims, &'a InForce),
        members: &'a [Member],
        locale: &Locale,
        (as_of, today): (NaiveDate, NaiveDate),
        before: &'a [KeptTier],
    ) -> Labeller<'a> {
        Labeller {
            views,
            aims,
            hands,
            members,
            ids: members.iter().map(|member| member.id.clone()).collect(),
            language: locale.language,
            phrases: tier::Phrases::new(&aims.tier, locale.language),
            evidence: Evidence::new(aims, locale),
            as_of,
            today,
            before,
        }
    }

    /// How strong the ties of all members with a contact are.
    pub(super) fn ties(&self, contact: u32) -> impl Iterator<Item = (u16, Strength)> {
        let known = self.views.known;
        let of = (known.holdings_of(contact), known.touches_of(contact));
        strengths(of, &self.aims.strength, self.as_of, strength::strength)
    }

    /// Labels contacts, the first of which has number `start` in the order of contacts.
    pub(super) fn label_all(&mut self, start: u32, people: &mut [Contact]) -> Vec<Labelled> {
        let learned = self.evidence.learn(people);
        let (all, of) = (people.par_iter_mut().zip(&learned).enumerate(), &*self);
        all.map(|(at, (contact, learned))| {
            let said = of.evidence.said(*learned);
            let labelled = of.label_by(start + at as u32, contact, said);
            Labelled { company: learned.company, core: said.core(), ..labelled }
        })
        .collect()
    }

    /// Labels one contact: `place` is its number in the order of contacts.
    pub(super) fn label(&self, place: u32, contact: &mut Contact) -> Labelled {
        self.evidence.alone(contact, |contact, said| self.label_by(place, contact, said))
    }

    /// Labels a contact by what its title and company say.
    fn label_by(&self, place: u32, contact: &mut Contact, said: Texts<'_>) -> Labelled {
        let (mut labels, place_of) = self.evidence.read(contact, said);
        // What other columns tell of a place may be of a column that is dropped.
        forget_dropped(self.views, contact);
        let known = (self.views.known.holdings_of(place), self.views.known.touches_of(place));
        let found = strengths(known, &self.aims.strength, self.as_of, strength::strength_if_touched);
        let ties: Vec<MemberTie> =
            found.map(|(member, strength)| MemberTie::new(member, &strength)).collect();
        let told = |tie: &MemberTie| (tie.score, tie.coverage, tie.band);
        let (score, coverage, band) =
            ties.iter().map(told).max_by(|one, other| strength::compare(*one, *other)).unwrap_or_default();
        labels.strength = score;
        labels.strength_coverage = Some(coverage);
        labels.strength_band = band.name();
        contact.labels = labels;
        let value = |label: &Option<Label>| label.as_ref().map(|label| label.value);
        let who = Who {
            company: &contact.company,
            core: said.employer().map_or("", |employer| &employer.core),
            brand: said.employer().and_then(|employer| employer.brand),
            industry: value(&contact.labels.industry),
            function: value(&contact.labels.function),
            seniority: value(&contact.labels.seniority),
            place: place_of.as_ref(),
        };
        if contact.kind != Kind::Person {
            return Labelled { bonds: self.bonds(place, &ties), ties, ..Labelled::default() };
        }
        let wishes = self.aims.wishes.met(&contact.name, &contact.position, &who);
        let fit = self.fit(&who, &wishes);
        let facts = Self::facts(contact, &who);
        contact.labels.goals = fit.as_ref().map_or_else(Vec::new, |fit| fit.met.clone());
        contact.labels.wishes = wishes.iter().map(|wish| self.aims.wishes.all[*wish as usize].line).collect();
        let wanted = self.aims.goals.wants_employer(&who) || !wishes.is_empty();
        Labelled {
            target: wanted,
            bonds: self.bonds(place, &ties),
            ties,
            ..self.categorise(place, contact, fit.as_ref(), facts)
        }
    }

    /// The ties of members who ever had to do with a contact.
    fn bonds(&self, place: u32, ties: &[MemberTie]) -> Vec<Bond> {
        bonds_of(place, self.views.known.touches_of(place), ties, self.as_of)
    }

    /// How well a contact fits; who is wished for fits wholly.
    fn fit(&self, who: &Who<'_>, wishes: &[u32]) -> Option<Fit> {
        let fit = self.aims.goals.fit(who);
        if wishes.is_empty() {
            return fit;
        }
        let wish = words("wish", "Wunsch").in_language(self.language);
        let met = wishes.iter().map(|wish_at| {
            let wished = &self.aims.wishes.all[*wish_at as usize];
            Arc::from(format!("{wish} {}: {}", wished.line, wished.words()))
        });
        let met = met.chain(fit.into_iter().flat_map(|fit| fit.met)).collect();
        Some(Fit { value: 1.0, known: 1.0, met })
    }

    fn categorise(&self, place: u32, contact: &mut Contact, fit: Option<&Fit>, facts: u32) -> Labelled {
        let number = self.views.people.contacts[place as usize];
        let before = self.before.binary_search_by_key(&number, |kept| kept.contact).ok();
        let before = before.map(|at| &self.before[at]);
        let hands = self.said(number, contact);
        let rule = self.aims.rules.iter().find(|(rule, _)| rule.fits(contact, &self.ids));
        let private = contact.scope == Scope::Private;
        let case = Case {
            hands: &hands,
            rule: rule.map(|(rule, words)| (rule.letter, words.as_str())),
            // Whom somebody knows in private life only is not measured by the team's aims.
            fit: fit.filter(|_| !private),
            has_goals: self.aims.has_goals(),
            strength: contact.labels.strength.filter(|_| !private),
            seniority: contact.labels.seniority.as_ref().map(|label| label.value),
            holders: contact.holders.len(),
            before: before.map(|kept| Before {
                letter: kept.letter,
                since: kept.since,
                before: kept.before,
                falling: kept.falling,
            }),
        };
        let Given { mut tier, falling, score } =
            tier::tier(&case, &self.aims.tier, self.today, &self.phrases);
        if private && tier.letter.is_none() {
            tier.score = None;
            tier.reason =
                words("known in private life only", "nur privat bekannt").in_language(self.language).into();
        }
        let old = before.and_then(|kept| kept.letter);
        let firm = before.filter(|kept| kept.letter.is_some());
        let basis = match firm {
            // What people set does not depend on the goals.
            _ if tier.source == Some(TierSource::Manual) => Basis::Contact,
            Some(kept) if kept.goals != self.aims.hash && kept.facts == facts => Basis::Goals,
            Some(kept) if kept.goals != self.aims.hash => Basis::Both,
            _ => Basis::Contact,
        };
        // While a category is about to fall, what it stood firm on is what counts.
        let (facts, goals) = match before.filter(|_| falling.is_some()) {
            Some(kept) => (kept.facts, kept.goals),
            None => (facts, self.aims.hash),
        };
        let kept = KeptTier {
            contact: number,
            letter: tier.letter,
            before: tier.before,
            since: tier.since,
            falling,
            facts,
            goals,
            private,
        };
        let moved = (old != tier.letter).then_some((old, basis));
        contact.labels.tier = tier;
        Labelled { kept, moved, score: Some(score), ..Labelled::default() }
    }

    /// What people say of a contact's category, the newest first; on one day what stands in the team's own file
    /// counts before a member's sheet. Who leaves it to the program takes back what was said before.
    fn said(&self, number: u64, contact: &'a Contact) -> Vec<Said<'a>> {
        let mut said: Vec<(Reverse<NaiveDate>, u8, Option<Said<'a>>)> = Vec::new();
        if let Some(hand) = self.hands.contacts.get(&number) {
            for set in std::iter::once(&hand.set).chain(&hand.against) {
                // A day that cannot be read is told elsewhere; the word counts as of today.
                let on = set.day().filter(|day| *day <= self.today).unwrap_or(self.today);
                let who = if set.by.is_empty() { "tiers.csv" } else { set.by.as_str() };
                said.push((Reverse(on), 0, set.letter.map(|letter| Said { letter, on, who })));
            }
        }
        said.extend(contact.by_hand.iter().map(|hand| {
            let who = self.members[usize::from(hand.member)].name.as_str();
            (Reverse(hand.on), 1, Some(Said { letter: hand.letter, on: hand.on, who }))
        }));
        // The sort is stable: what comes first stays first.
        said.sort_by_key(|(on, rank, _)| (*on, *rank));
        said.into_iter().map_while(|(.., said)| said).collect()
    }

    /// A hash of what a category depends on beside the goals. The strength counts by its band: it fades every
    /// day, which is no news.
    fn facts(contact: &Contact, who: &Who<'_>) -> u32 {
        let mut text = String::with_capacity(128);
        // The employer as written: its core is made only where the goals ask for it.
        let own = [Some(contact.company.as_str()), Some(contact.labels.strength_band)];
        for part in own.into_iter().chain([who.industry, who.function, who.seniority]) {
            text.push_str(part.unwrap_or_default());
            text.push('\n');
        }
        for part in [&contact.city, &contact.region, &contact.country] {
            text.push_str(part);
            text.push('\n');
        }
        for hand in &contact.by_hand {
            text.push_str(hand.letter.name());
        }
        push_number(&mut text, contact.holders.len());
        xxh3_64(text.as_bytes()) as u32
    }
}

/// Adds a number in decimal digits; formatting it costs as much as all else that is hashed with it.
fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// Whether a contact of category D has stood there longer than the pipeline file keeps it among contacts.
pub(super) fn is_archived(contact: &Contact, months: u32, today: NaiveDate) -> bool {
    let tier = &contact.labels.tier;
    let limit = chrono::Months::new(months);
    let left = |since: NaiveDate| since.checked_add_months(limit).is_some_and(|day| day <= today);
    months > 0 && tier.letter == Some(Letter::D) && tier.since.is_some_and(left)
}

/// The most frequent sectors, levels and companies of a team without goals, to propose goals from.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// By their places in the scales.
    sectors: Vec<u32>,
    levels: Vec<u32>,
    /// How often each employer occurs, by its number, and its smallest spelling.
    companies: Vec<(u32, String)>,
    /// Which spellings of employers were seen, by their numbers.
    spelled: Vec<bool>,
}

/// The entry of a number; those up to it are made.
fn entry<T: Default>(all: &mut Vec<T>, number: u32) -> &mut T {
    let at = number as usize;
    if all.len() <= at {
        all.resize_with(at + 1, T::default);
    }
    &mut all[at]
}

impl Tally {
    /// Counts a contact, of which `fact` tells, whose employer is written as the spelling of that number.
    pub(super) fn add(&mut self, contact: &Contact, fact: &Fact, spelling: u32) {
        if contact.kind != Kind::Person || contact.scope != Scope::Business || contact.holders.is_empty() {
            return;
        }
        for (place, counts) in [(fact.sector, &mut self.sectors), (fact.level, &mut self.levels)] {
            if let Some(place) = place {
                *entry(counts, place.into()) += 1;
            }
        }
        if fact.company > 0 {
            let counted = entry(&mut self.companies, fact.company);
            counted.0 += 1;
            // Of several spellings the smallest, so that the order of contacts never shows.
            if !std::mem::replace(entry(&mut self.spelled, spelling), true)
                && (counted.1.is_empty() || contact.company < counted.1)
            {
                counted.1.clone_from(&contact.company);
            }
        }
    }

    /// A `[goals]` block to paste into the pipeline file; none when nothing is known that could be asked for.
    pub(super) fn proposal(&self) -> Option<String> {
        let most = |counts: &[u32], scale: &'static [crate::table::Value], count: usize| {
            let mut found: Vec<(u32, &str)> =
                counts.iter().zip(scale).map(|(count, value)| (*count, value.name)).collect();
            found.retain(|(count, _)| *count > 0);
            // The sort is stable: of equally many, what comes first in the scale stays first.
            found.sort_by_key(|(count, _)| Reverse(*count));
            found.truncate(count);
            found.into_iter().map(|(_, id)| id.to_owned()).collect::<Vec<_>>()
        };
        let industries = most(&self.sectors, scales::sectors(), 3);
        let mut levels = most(&self.levels, scales::levels(), scales::levels().len());
        // Who decides is what teams look for; students and people without a role are not proposed.
        levels.retain(|level| ["executive", "director", "lead"].contains(&level.as_str()));
        let mut companies: Vec<&(u32, String)> =
            self.companies.iter().filter(|(count, _)| *count > 1).collect();
        companies.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), name.as_str()));
        let companies: Vec<String> = companies.into_iter().take(5).map(|(_, name)| name.clone()).collect();
        if industries.is_empty() && levels.is_empty() && companies.is_empty() {
            return None;
        }
        let list = |texts: &[String]| {
            texts
                .iter()
                .map(|text| toml::Value::String(text.clone()).to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut block = "[goals]\n".to_owned();
        for (key, texts) in [("industries", &industries), ("seniority", &levels), ("companies", &companies)] {
            if !texts.is_empty() {
                block.push_str(&format!("{key} = [{}]\n", list(texts)));
            }
        }
        Some(block)
    }
}
