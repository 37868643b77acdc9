//! Mentors: from which colleague a member could learn most, and in what.

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::meeting::{APPOINTMENT_DAYS, Meetings};
use super::owner::{as_of_column, coverage_column};
use super::person::is_good;
use super::racing::Racing;
use super::tie::{by_contact, open_ties};
use super::{Input, Report, share};

/// Numbers of fewer people than this are no habit.
const FEWEST: u64 = 10;
/// So much more of a share a colleague must reach to be worth asking ...
const LEAST_DIFFERENCE: f64 = 0.05;
/// ... and so many standard errors of the difference, which chance alone brings about in fewer than one of forty pairs.
const LEAST_ERRORS: f64 = 2.0;

/// The report `mentors`.
pub(super) struct Mentors;

static SKILLS: [Value; 3] = [
    value("target_share", "New people on target", "Neue im Ziel").about(
        "share of the people added within the race whom the goals or the wish list ask for",
        "Anteil der im Rennen Dazugekommenen, die zu Zielen oder Wunschliste passen",
    ),
    value("met_share", "New people met", "Neue getroffen").about(
        "share of the people added within the race who were met within 90 days, of those with a date of connection",
        "Anteil der im Rennen Dazugekommenen, die binnen 90 Tagen getroffen wurden, soweit der Tag der Verbindung bekannt ist",
    ),
    value("class_ratio", "Share of A and B", "Anteil A und B").about(
        "share of people of category A or B among those who have a category; no judgement of people as such",
        "Anteil von Kategorie A und B an denen mit einer Kategorie; keine Bewertung der Menschen an sich",
    ),
];

impl Report for Mentors {
    fn id(&self) -> &'static str {
        "mentors"
    }

    fn title(&self) -> Words {
        words("Who learns from whom", "Wer von wem lernt")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let skills = skills(input);
        let racers: Vec<(usize, &str)> = Racing::racers(input).collect();
        let mut pairs = Vec::new();
        for &(learner, name) in &racers {
            let mut best: Option<Pair> = None;
            for (skill, own) in skills[learner].into_iter().enumerate() {
                for &(mentor, _) in racers.iter().filter(|(mentor, _)| *mentor != learner) {
                    let Some((own, theirs)) = own.zip(skills[mentor][skill]) else { continue };
                    let pair = Pair { learner, mentor, skill, own, theirs };
                    let better = best.as_ref().is_none_or(|best| pair.is_better(best, input));
                    if pair.tells() && better {
                        best = Some(pair);
                    }
                }
            }
            pairs.extend(best.map(|pair| (name, pair)));
        }
        pairs.sort_by(|one, other| {
            other.1.difference().total_cmp(&one.1.difference()).then_with(|| one.0.cmp(other.0))
        });
        let shared = shared(input);
        let pairs: Vec<Pair> = pairs.into_iter().map(|(_, pair)| pair).collect();
        into_table(self, input, &pairs, &shared)
    }
}

/// What a member reaches in one skill.
#[derive(Clone, Copy)]
struct Skill {
    /// People who have it, and of how many.
    part: u64,
    whole: u64,
    /// For which share of the member's people it was known.
    coverage: Option<f64>,
}

impl Skill {
    /// The share; there are always people behind it.
    fn share(self) -> f64 {
        self.part as f64 / self.whole as f64
    }
}

/// One who could learn, and from whom.
struct Pair {
    learner: usize,
    mentor: usize,
    skill: usize,
    own: Skill,
    theirs: Skill,
}

impl Pair {
    fn difference(&self) -> f64 {
        self.theirs.share() - self.own.share()
    }

    /// Whether the two differ by enough to act on and by more than chance: the two-proportion z-test, whose standard
    /// error of the difference is that of one share behind both.
    fn tells(&self) -> bool {
        let (one, other) = (self.own.whole as f64, self.theirs.whole as f64);
        let both = (self.own.part + self.theirs.part) as f64 / (one + other);
        let error = (both * (1.0 - both) * (1.0 / one + 1.0 / other)).sqrt();
        self.difference() >= LEAST_DIFFERENCE && self.difference() >= LEAST_ERRORS * error
    }

    /// Of equal differences the first skill counts, then the first colleague by name.
    fn is_better(&self, other: &Pair, input: &Input<'_>) -> bool {
        let name = |pair: &Pair| &input.members[pair.mentor];
        let order = self.difference().total_cmp(&other.difference()).reverse();
        order.then(self.skill.cmp(&other.skill)).then_with(|| name(self).cmp(name(other))).is_lt()
    }
}

/// What each member reaches, where there is enough to tell.
fn skills(input: &Input<'_>) -> Vec<[Option<Skill>; 3]> {
    let team = input.members.len();
    let racing = Racing::run(input, |_, _, _| ());
    let meetings = Meetings::of(input, |kind| kind == touch::Kind::Met);
    let (mut adds, mut target, mut dated, mut met) =
        (vec![0; team], vec![0; team], vec![0; team], vec![0; team]);
    for add in &racing.adds {
        let member = usize::from(add.member);
        adds[member] += 1;
        target[member] += u64::from(input.contacts[add.contact as usize].target);
        if add.connected {
            dated[member] += 1;
            met[member] += u64::from(meetings.within(add.key(), APPOINTMENT_DAYS));
        }
    }
    let (mut people, mut sorted, mut good) = (vec![0; team], vec![0; team], vec![0; team]);
    for tie in open_ties(input) {
        let (member, fact) = (usize::from(tie.member), &input.contacts[tie.contact as usize]);
        people[member] += 1;
        sorted[member] += u64::from(fact.tier.is_some());
        good[member] += u64::from(is_good(fact));
    }
    let skill = |part: u64, whole: u64, all: u64| {
        (whole >= FEWEST).then(|| Skill { part, whole, coverage: share(whole, all) })
    };
    let of = |member: usize| {
        let on_target = skill(target[member], adds[member], adds[member]);
        let were_met = skill(met[member], dated[member], adds[member]);
        [
            on_target.filter(|_| input.has_targets),
            were_met.filter(|_| meetings.logged(member)),
            skill(good[member], sorted[member], people[member]),
        ]
    };
    (0..team).map(of).collect()
}

/// How many people two members know together, at `one * team + other`.
fn shared(input: &Input<'_>) -> Vec<u64> {
    let team = input.members.len();
    let mut shared = vec![0; team * team];
    for ties in by_contact(&open_ties(input)) {
        for one in ties {
            for other in ties {
                shared[usize::from(one.member) * team + usize::from(other.member)] += 1;
            }
        }
    }
    shared
}

fn into_table(report: &Mentors, input: &Input<'_>, pairs: &[Pair], shared: &[u64]) -> Table {
    let names = |of: fn(&Pair) -> usize| {
        Data::Text(pairs.iter().map(|pair| input.members[of(pair)].as_str()).collect::<Texts>())
    };
    let shares = |of: fn(&Pair) -> f64| Data::Share(pairs.iter().map(|pair| Some(of(pair))).collect());
    let together = |pair: &Pair| Some(shared[pair.learner * input.members.len() + pair.mentor] as i64);
    Table {
        name: report.id(),
        title: report.title(),
        about: "one member and the colleague from whom most is to be learned: a share differs by at least 5 percentage \
                points and by two standard errors of the difference, so hardly by chance, with at least ten people \
                behind each; an offer to talk, no judgement",
        key: &["member"],
        columns: vec![
            as_of_column(input.as_of, pairs.len()),
            Column::new(
                "member",
                words("Member", "Mitglied"),
                "id of the member who could learn",
                names(|pair| pair.learner),
            )
            .german("Kürzel des Mitglieds, das lernen könnte"),
            Column::new(
                "mentor",
                words("From", "Von"),
                "id of the colleague who reaches most",
                names(|pair| pair.mentor),
            )
            .german("Kürzel des Mitglieds, das am meisten erreicht"),
            Column::new(
                "skill",
                words("In what", "Worin"),
                "in which share the two differ most",
                Data::Text(pairs.iter().map(|pair| SKILLS[pair.skill].name).collect::<Texts>()),
            )
            .german("in welchem Anteil sich beide am meisten unterscheiden")
            .of(&SKILLS),
            Column::new(
                "own",
                words("Own share", "Eigener Anteil"),
                "the member's share",
                shares(|pair| pair.own.share()),
            )
            .german("Anteil des Mitglieds"),
            Column::new(
                "theirs",
                words("Colleague's share", "Anteil des anderen"),
                "the colleague's share",
                shares(|pair| pair.theirs.share()),
            )
            .german("Anteil des anderen Mitglieds"),
            Column::new(
                "shared",
                words("Known to both", "Gemeinsam bekannt"),
                "people both know, to talk about",
                Data::Int(pairs.iter().map(together).collect()),
            )
            .german("Menschen, die beide kennen und über die sie sprechen können"),
            Column {
                about: "share of the member's people for whom the input was known",
                ..coverage_column(pairs.iter().map(|pair| pair.own.coverage).collect())
            }
            .german("bei welchem Anteil der Menschen des Mitglieds die Angabe bekannt ist"),
        ],
    }
}
