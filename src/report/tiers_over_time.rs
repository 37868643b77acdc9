//! Tiers over time: how many people were of which category on the day of each run.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Words, words};

use super::owner::{as_of_column, coverage_column, each_person, heard_of, member_column, owners};
use super::tie::open_ties;
use super::tiers::{GROUPS, PRIVATE, group};
use super::{Input, Report, share};

/// The report `tiers_over_time`.
pub(super) struct TiersOverTime;

/// People of one member or the team by category, as an earlier run counted them: A, B, C, D, those not sorted yet, those
/// known in private life only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTiers<'a> {
    /// The day that run describes.
    pub on: NaiveDate,
    /// Id of the member; [`TEAM`](super::TEAM) for all together.
    pub member: &'a str,
    /// How many of each category.
    pub people: [u64; PRIVATE + 1],
}

/// People of each member heard of, and of the team, by category today.
pub fn tiers_now<'a>(input: &Input<'a>) -> Vec<PastTiers<'a>> {
    let ties = open_ties(input);
    let mut counts = vec![[0; PRIVATE + 1]; input.members.len() + 1];
    each_person(&ties, input.members.len(), |owner, at| {
        counts[owner][group(&input.contacts[ties[at.start].contact as usize])] += 1;
    });
    let heard = heard_of(input);
    let shown = owners(input).into_iter().filter(|(owner, _)| heard[*owner]);
    shown.map(|(owner, member)| PastTiers { on: input.as_of, member, people: counts[owner] }).collect()
}

impl Report for TiersOverTime {
    fn id(&self) -> &'static str {
        "tiers_over_time"
    }

    fn title(&self) -> Words {
        words("Categories over time", "Kategorien im Verlauf")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let now = tiers_now(input);
        let mut rows = Rows::default();
        for (_, member) in owners(input) {
            let mut days: Vec<&PastTiers<'_>> = input
                .history
                .iter()
                .filter(|past| past.on < input.as_of)
                .chain(&now)
                .filter(|past| past.member == member)
                .collect();
            days.sort_by_key(|past| past.on);
            for past in days {
                rows.add(past);
            }
        }
        rows.into_table(self, input.as_of)
    }
}

#[derive(Default)]
struct Rows {
    member: Texts,
    on: Vec<Option<NaiveDate>>,
    tier: Texts,
    people: Vec<Option<i64>>,
    share: Vec<Option<f64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    fn add(&mut self, past: &PastTiers<'_>) {
        let all: u64 = past.people.iter().sum();
        let sorted: u64 = past.people[..4].iter().sum();
        for (group, people) in GROUPS.iter().zip(past.people) {
            self.member.push(past.member);
            self.on.push(Some(past.on));
            self.tier.push(group.name);
            self.people.push(Some(people as i64));
            self.share.push(share(people, all));
            self.coverage.push(share(sorted, all).or(Some(0.0)));
        }
    }

    fn into_table(self, report: &TiersOverTime, as_of: NaiveDate) -> Table {
        let tier = "category of that day; no judgement of people as such";
        let coverage = "share of the people of that day who had a category";
        Table {
            name: report.id(),
            title: report.title(),
            about: "how many people of one category one member or the team knew on the day of one run, as that run counted \
                    them; kept are the last day of each of 13 weeks and of each month of three years",
            key: &["member", "on", "tier"],
            columns: vec![
                as_of_column(as_of, self.on.len()),
                member_column(self.member),
                Column::new("on", words("On", "Am"), "day that the run described", Data::Date(self.on))
                    .german("Tag, den der Lauf beschrieb"),
                Column::new("tier", words("Category", "Kategorie"), tier, Data::Text(self.tier))
                    .german("Kategorie an dem Tag; keine Bewertung der Menschen an sich")
                    .of(&GROUPS),
                Column::new(
                    "people",
                    words("People", "Menschen"),
                    "people of that category",
                    Data::Int(self.people),
                )
                .german("Menschen dieser Kategorie"),
                Column::new(
                    "share",
                    words("Share", "Anteil"),
                    "share of all people known on that day",
                    Data::Share(self.share),
                )
                .german("Anteil an allen Menschen, die an dem Tag bekannt waren"),
                Column { about: coverage, ..coverage_column(self.coverage) }
                    .german("Anteil der Menschen dieses Tages, die eine Kategorie hatten"),
            ],
        }
    }
}
