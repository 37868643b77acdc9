//! Tiers: of which categories people are now, and how long those wait whom nobody has sorted.

use crate::contact::Scope;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::long::Long;
use super::owner::{days_since, each_person, heard_of, member_column, owners};
use super::spell::{ALL_LANE, Clock, LANES, each_spell, observe};
use super::tie::open_ties;
use super::{Fact, Input, Report, median, share};

/// The report `tiers`.
pub(super) struct Tiers;

pub(super) static GROUPS: [Value; 7] = [
    value("A", "A", "A"),
    value("B", "B", "B"),
    value("C", "C", "C"),
    value("D", "D", "D"),
    value("unsorted", "Not sorted yet", "Noch nicht zugeordnet").about("penguins", "Pinguine"),
    value("private", "private", "privat").about(
        "known in private life only, and nobody sorts them",
        "nur privat bekannt, wird nicht zugeordnet",
    ),
    value("all", "all", "alle"),
];
const UNSORTED: usize = 4;
pub(super) const PRIVATE: usize = 5;

static MEASURES: [Value; 4] = [
    value("people", "People", "Menschen").about("people of that category", "Menschen dieser Kategorie"),
    value("share", "Share", "Anteil")
        .about("share of all people now known", "Anteil an allen Menschen, die jetzt bekannt sind")
        .share(),
    value("class_ratio", "Share of A and B", "Anteil A und B")
        .about(
            "people of category A or B; empty as long as nobody is sorted",
            "Menschen der Kategorie A oder B; leer, solange niemand zugeordnet ist",
        )
        .share(),
    value("age", "Waiting, days", "Wartet seit Tagen").about(
        "median days since people not sorted yet were added, of those whose day is known",
        "mittlere Zahl der Tage (Median), seit noch nicht Zugeordnete dazukamen, soweit der Tag bekannt ist",
    ),
];

impl Report for Tiers {
    fn id(&self) -> &'static str {
        "tiers"
    }

    fn title(&self) -> Words {
        words("Categories", "Kategorien")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let heard = heard_of(input);
        let tallies = tally(input);
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            let mut push = |group: usize, measure: &str, number: Option<f64>, coverage: Option<f64>| {
                let coverage = if heard[owner] { coverage } else { Some(0.0) };
                rows.push((name, GROUPS[group].name), measure, number.filter(|_| heard[owner]), coverage);
            };
            tallies[owner].push(&mut push);
        }
        let member = member_column(Texts::default());
        let tier = "category; no judgement of people as such";
        let tier = Column::new("tier", words("Category", "Kategorie"), tier, Data::Int(vec![]))
            .german("Kategorie; keine Bewertung der Menschen an sich");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of the people of one category whom a member or the team knows now",
            key: &["member", "tier", "measure"],
            columns: rows.into_columns(input.as_of, member, tier.of(&GROUPS), &MEASURES),
        }
    }
}

/// Whether somebody waits to be sorted: people known in private life only do not.
pub(super) fn is_unsorted(fact: &Fact) -> bool {
    fact.tier.is_none() && fact.scope != Scope::Private
}

/// The category of a contact by its place in the groups.
pub(super) fn group(fact: &Fact) -> usize {
    match fact.tier {
        Some(tier) => usize::from(tier.wrapping_sub(b'A')).min(3),
        None if is_unsorted(fact) => UNSORTED,
        None => PRIVATE,
    }
}

/// What is counted for one owner.
#[derive(Clone, Default)]
struct Tally {
    groups: [u64; 6],
    /// Days since people not sorted yet were added, where known.
    ages: Vec<i64>,
}

fn tally(input: &Input<'_>) -> Vec<Tally> {
    let ties = open_ties(input);
    let mut tallies = vec![Tally::default(); input.members.len() + 1];
    each_person(&ties, input.members.len(), |owner, at| {
        tallies[owner].groups[group(&input.contacts[ties[at.start].contact as usize])] += 1;
    });
    each_spell(input, &observe(input), |series, contact, spell| {
        let waits = series % LANES == ALL_LANE
            && spell.end.is_none()
            && spell.clock != Clock::Baseline
            && is_unsorted(&input.contacts[contact as usize]);
        if waits {
            tallies[series / LANES].ages.extend(days_since(spell.start, input.as_of));
        }
    });
    tallies
}

impl Tally {
    fn push(&self, push: &mut impl FnMut(usize, &str, Option<f64>, Option<f64>)) {
        let people: u64 = self.groups.iter().sum();
        let sorted: u64 = self.groups[..UNSORTED].iter().sum();
        for (group, &count) in self.groups.iter().enumerate() {
            push(group, "people", Some(count as f64), Some(1.0));
            push(group, "share", share(count, people), Some(1.0));
            if group == UNSORTED {
                push(
                    group,
                    "age",
                    median(self.ages.iter().map(|days| *days as f64)),
                    share(self.ages.len() as u64, count),
                );
            }
        }
        let all = self.groups.len();
        let good = share(self.groups[0] + self.groups[1], people).filter(|_| sorted > 0);
        push(all, "people", Some(people as f64), Some(1.0));
        push(all, "class_ratio", good, share(sorted, people));
    }
}
