//! Strength: how firm the ties of the members and the team are, how many wait too long, and how fast they end.

use chrono::NaiveDate;

use crate::scales;
use crate::table::{Column, Data, Table, Value, Words, value, words};
use crate::touch;

use super::decay::{Survival, survivals};
use super::long::Long;
use super::owner::{bonds_of, days_since, each_person, heard_of, owners};
use super::period::ahead;
use super::tie::{Tie, open_ties};
use super::{Bond, Input, Report, Touch, share, told};

/// Places in the order of strength whose strength is shown: about so many people one can be close to, and
/// know less and less well (Dunbar; MacCarron, Kaski and Dunbar 2016).
const LAYERS: [usize; 4] = [5, 15, 50, 150];
/// An answer comes within so many days.
const ANSWER_DAYS: u64 = 30;
/// Days for which the share of holdings still there is shown.
const SURVIVAL_DAYS: [i64; 5] = [30, 90, 180, 365, 730];

/// The report `strength`.
pub(super) struct Strength;

static GROUPS: [Value; 10] = [
    value("all", "all", "alle"),
    value("strong", "strong", "belastbar"),
    value("steady", "steady", "gefestigt"),
    value("weak", "weak", "locker"),
    value("dormant", "dormant", "eingeschlafen"),
    value("unknown", "unknown", "unbekannt"),
    value("top_", "Strongest", "Stärkste"),
    value("A", "A", "A").about(
        "a touch every 30 days, unless the pipeline file says otherwise",
        "alle 30 Tage ein Kontakt, wenn die Pipeline-Datei nichts anderes sagt",
    ),
    value("B", "B", "B").about(
        "a touch every 91 days, unless the pipeline file says otherwise",
        "alle 91 Tage ein Kontakt, wenn die Pipeline-Datei nichts anderes sagt",
    ),
    value("C", "C", "C").about(
        "a touch every 365 days, unless the pipeline file says otherwise",
        "alle 365 Tage ein Kontakt, wenn die Pipeline-Datei nichts anderes sagt",
    ),
];

static MEASURES: [Value; 7] = [
    value("people", "People", "Menschen").about("people whose tie is of that band; empty where no touch of anybody is known", "Menschen mit so fester Beziehung; leer, wo von niemandem ein Kontakt bekannt ist"),
    value("layer_strength", "Strength at the place", "Stärke an dieser Stelle").about("strength of the tie at that place, the strongest first, 0 to 1; empty with fewer ties", "Stärke der Beziehung an dieser Stelle, die stärkste zuerst, 0 bis 1; leer bei weniger Beziehungen"),
    value("overdue", "Overdue", "Überfällig").about("people of the category whose last touch is longer ago than the category allows; who was never in touch is not counted", "Menschen der Kategorie, deren letzter Kontakt länger her ist, als die Kategorie erlaubt; wer nie in Kontakt war, zählt nicht"),
    value("half_life", "Half-life, days", "Halbwertszeit, Tage").about("days after the first snapshot with them until half of the holdings have ended (Kaplan-Meier); empty until that is reached", "Tage vom ersten Export mit dem Kontakt, bis die Hälfte der Verbindungen beendet ist (Kaplan-Meier); leer, solange das nicht erreicht ist"),
    value("survival_", "Still held, days later:", "Noch da, Tage später:").about("share of holdings that have not ended so many days after the first snapshot with them (Kaplan-Meier); empty where nothing was watched for so long", "Anteil der Verbindungen, die so viele Tage nach dem ersten Export mit dem Kontakt nicht beendet sind (Kaplan-Meier); leer, wo nichts so lange beobachtet ist").share(),
    value("reciprocity", "Both sides turn to each other", "Beide Seiten wenden sich zu").about("share of people with whom both sides did, of those where it is known who turned to whom", "Anteil der Menschen, bei denen beide Seiten es taten, von denen, wo bekannt ist, wer sich an wen wandte").share(),
    value("response", "Answered", "Beantwortet").about("share of people from whom something came within 30 days, of those the member turned to", "Anteil der Menschen, von denen binnen 30 Tagen etwas kam, von denen, an die sich das Mitglied wandte").share(),
];

impl Report for Strength {
    fn id(&self) -> &'static str {
        "strength"
    }

    fn title(&self) -> Words {
        words("Tie strength", "Beziehungsstärke")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ties = open_ties(input);
        let tallies = tally(input, &ties);
        let survivals = survivals(input);
        let heard = heard_of(input);
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            let mut push = |group: &str, measure: &str, number: Option<f64>, coverage: Option<f64>| {
                let coverage = if heard[owner] { coverage } else { Some(0.0) };
                rows.push((name, group), measure, number.filter(|_| heard[owner]), coverage);
            };
            tallies[owner].push(owner == input.members.len(), &mut push);
            push_decay(&survivals[owner], &mut push);
        }
        let member =
            "id of the member; `team` for all together, people counted once with their strongest tie";
        let member = Column::new("member", words("Member", "Mitglied"), member, Data::Int(vec![])).german(
            "Kürzel des Mitglieds; „team“ für alle zusammen, Menschen einmal mit ihrer stärksten Beziehung gezählt",
        );
        let group = "band of strength, place in the order of strength, or category";
        let group = Column::new("group", words("Of", "Davon"), group, Data::Int(vec![]))
            .german("Stärke, Platz in der Reihe der Stärke oder Kategorie");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of the ties of one member or the team; strength is told by touches only, emotional \
                    closeness and trust are not measured",
            key: &["member", "group", "measure"],
            columns: rows.into_columns(input.as_of, member, group.of(&GROUPS), &MEASURES),
        }
    }
}

/// What is counted for one owner.
#[derive(Clone, Default)]
struct Tally {
    people: u64,
    /// By place in the bands.
    bands: [u64; 5],
    strengths: Vec<f32>,
    /// Of category A, B, C: all, with a known touch, overdue.
    tiers: [[u64; 3]; 3],
    dealings: [u64; 4],
}

fn tally(input: &Input<'_>, ties: &[Tie]) -> Vec<Tally> {
    let bonds = bonds_of(input, ties);
    let dealings = dealings(input, ties);
    let team = input.members.len();
    let unknown = scales::bands().len() - 1;
    let mut tallies = vec![Tally::default(); team + 1];
    each_person(ties, team, |owner, at| {
        let tally = &mut tallies[owner];
        let (best, last) = together(&bonds[at.clone()]);
        tally.people += 1;
        tally.bands[best.map_or(unknown, |bond| usize::from(bond.band).min(unknown))] += 1;
        tally.strengths.extend(best.and_then(|bond| bond.strength));
        let tier = input.contacts[ties[at.start].contact as usize].tier;
        if let Some(cadence) = input.settings.cadence.of(tier) {
            let tier = &mut tally.tiers[usize::from(tier.unwrap_or(b'A') - b'A')];
            let days = last.and_then(|last| days_since(last, input.as_of));
            tier[0] += 1;
            tier[1] += u64::from(days.is_some());
            tier[2] += u64::from(days.is_some_and(|days| days > i64::from(cadence)));
        }
        let dealt = dealings[at].iter().fold(Dealings::default(), |all, one| all.join(*one));
        for (count, yes) in tally.dealings.iter_mut().zip(dealt.counted()) {
            *count += u64::from(yes);
        }
    });
    tallies
}

/// The strongest of some bonds, and the latest touch of all.
fn together<'a>(bonds: &[Option<&'a Bond>]) -> (Option<&'a Bond>, Option<NaiveDate>) {
    let bonds = || bonds.iter().flatten().copied();
    let firmness = |bond: &Bond| (bond.strength.unwrap_or(-1.0), std::cmp::Reverse(bond.band));
    let best = bonds().max_by(|one, other| {
        let (one, other) = (firmness(one), firmness(other));
        one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
    });
    (best, bonds().filter_map(|bond| bond.last).max())
}

impl Tally {
    fn push(&self, team: bool, push: &mut impl FnMut(&str, &str, Option<f64>, Option<f64>)) {
        let count = |count: u64| Some(count as f64);
        let known = self.strengths.len() as u64;
        let coverage = share(known, self.people);
        push("all", "people", count(self.people), Some(1.0));
        for (band, &people) in scales::bands().iter().zip(&self.bands) {
            let unknown = band.name == "unknown";
            push(band.name, "people", count(people).filter(|_| unknown || known > 0), coverage);
        }
        if !team {
            let mut strengths = self.strengths.clone();
            strengths.sort_unstable_by(|one, other| other.total_cmp(one));
            for layer in LAYERS {
                let strength = strengths.get(layer - 1).map(|strength| told(f64::from(*strength)));
                push(&format!("top_{layer}"), "layer_strength", strength, coverage);
            }
        }
        for (tier, [all, touched, overdue]) in ["A", "B", "C"].iter().zip(self.tiers) {
            push(tier, "overdue", count(overdue).filter(|_| touched > 0), share(touched, all));
        }
        let [directed, mutual, asked, answered] = self.dealings;
        push("all", "reciprocity", share(mutual, directed), share(directed, self.people));
        push("all", "response", share(answered, asked), share(asked, self.people));
    }
}

fn push_decay(survival: &Survival, push: &mut impl FnMut(&str, &str, Option<f64>, Option<f64>)) {
    push("all", "half_life", survival.half_life().map(|days| days as f64), survival.coverage());
    for days in SURVIVAL_DAYS {
        push("all", &format!("survival_{days}"), survival.after(days), survival.coverage());
    }
}

/// Who turned to whom in a tie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Dealings {
    inward: bool,
    outward: bool,
    /// Whether the member alone turned to the contact.
    asked: bool,
    /// Whether something came back soon.
    answered: bool,
    mutual: bool,
}

impl Dealings {
    fn join(self, other: Dealings) -> Dealings {
        Dealings {
            inward: self.inward || other.inward,
            outward: self.outward || other.outward,
            asked: self.asked || other.asked,
            answered: self.answered || other.answered,
            mutual: self.mutual || other.mutual,
        }
    }

    fn counted(self) -> [bool; 4] {
        [self.inward || self.outward, self.mutual, self.asked, self.answered]
    }

    fn of(touches: &[&Touch]) -> Dealings {
        let days = |wanted: fn((bool, bool)) -> bool| -> Vec<NaiveDate> {
            touches.iter().filter(|touch| wanted(sides(touch))).map(|touch| touch.on).collect()
        };
        let (inward, asked) = (days(|sides| sides.0), days(|sides| sides == (false, true)));
        let outward = touches.iter().any(|touch| sides(touch).1);
        let soon = |on: &NaiveDate| {
            let next = inward.get(inward.partition_point(|back| back < on));
            next.is_some_and(|back| *back <= ahead(*on, ANSWER_DAYS))
        };
        Dealings {
            inward: !inward.is_empty(),
            outward,
            asked: !asked.is_empty(),
            answered: asked.iter().any(soon),
            mutual: outward && !inward.is_empty(),
        }
    }
}

/// Whether the contact turned to the member, and the member to the contact. Where the source does not say, the
/// kind may: people who meet turn to each other, and help goes from who helps.
fn sides(touch: &Touch) -> (bool, bool) {
    match (touch.toward, touch.kind) {
        (..0, _) | (0, touch::Kind::HelpedBy) => (true, false),
        (1.., _) | (0, touch::Kind::Helped) => (false, true),
        (0, touch::Kind::Met) => (true, true),
        (0, _) => (false, false),
    }
}

/// Who turned to whom in each tie, in the order of the ties.
fn dealings(input: &Input<'_>, ties: &[Tie]) -> Vec<Dealings> {
    let mut touches: Vec<&Touch> = input.touches.iter().filter(|touch| touch.on <= input.as_of).collect();
    touches.sort_by_key(|touch| (touch.contact, touch.member, touch.on));
    let mut groups =
        touches.chunk_by(|one, next| (one.contact, one.member) == (next.contact, next.member)).peekable();
    let mut of = |tie: &Tie| {
        let key = |group: &&[&Touch]| (group[0].contact, group[0].member);
        let wanted = (tie.contact, tie.member);
        while groups.next_if(|group| key(group) < wanted).is_some() {}
        groups.next_if(|group| key(group) == wanted).map(Dealings::of).unwrap_or_default()
    };
    ties.iter().map(&mut of).collect()
}
