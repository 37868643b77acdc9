//! Fair share: people counted once for the team, each divided among the members who know them.

use crate::table::{Column, Data, Table, Texts, Words, words};

use super::owner::as_of_column;
use super::rankings::tier_place;
use super::tie::{by_contact, delivered_channels, open_ties};
use super::{Input, Report, TEAM, share};

/// The report `fair_share`.
pub(super) struct FairShare;

impl Report for FairShare {
    fn id(&self) -> &'static str {
        "fair_share"
    }

    fn title(&self) -> Words {
        words("Fair share", "Geteilt gezählt")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let mut lines = lines(input);
        lines.sort_by(|one, other| {
            let size = |line: &Line<'_>| line.fair.unwrap_or(-1.0);
            (one.team.cmp(&other.team))
                .then_with(|| size(other).total_cmp(&size(one)))
                .then_with(|| one.member.cmp(other.member))
        });
        let members: Texts = lines.iter().map(|line| line.member).collect();
        let floats = |value: &dyn Fn(&Line<'_>) -> Option<f64>| lines.iter().map(value).collect::<Vec<_>>();
        let float = |name, title, about, value: &dyn Fn(&Line<'_>) -> Option<f64>| {
            Column::new(name, title, about, Data::Float(floats(value)))
        };
        let part = |name, title, about, value: &dyn Fn(&Line<'_>) -> Option<f64>| {
            Column::new(name, title, about, Data::Share(floats(value)))
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one member of the team, or the team, and the people known: each divided by the number of members who know them (the Shapley value of the reach)",
            key: &["member"],
            columns: vec![
                as_of_column(input.as_of, lines.len()),
                Column::new(
                    "member",
                    words("Member", "Mitglied"),
                    "id of the member; `team` for all together",
                    Data::Text(members),
                )
                .german("Kürzel des Mitglieds; „team“ für alle zusammen"),
                Column::new(
                    "holdings",
                    words("Network size", "Netzwerkgröße"),
                    "people the member knows now; for the team everybody, counted once",
                    Data::Int(lines.iter().map(|line| line.holdings).collect()),
                )
                .german("Menschen, die das Mitglied jetzt kennt; beim Team alle, einmal gezählt"),
                float(
                    "fair",
                    words("Fair share", "Geteilt gezählt"),
                    "people known, each divided by the number of members who know them; adds up to the reach of the team, with the part of a shared inbox, which has no row",
                    &|line| line.fair,
                )
                .german("Menschen, jeder geteilt durch die Zahl der Mitglieder, die ihn kennen; die Summe ist die Reichweite des Teams, mit dem Teil eines gemeinsamen Eingangs, der keine Zeile hat"),
                part(
                    "fair_share",
                    words("Share of reach", "Anteil an der Reichweite"),
                    "fair share as a part of the reach; adds up to 1, with the part of a shared inbox, which has no row",
                    &|line| line.part,
                )
                .german("geteilt gezählte Menschen als Anteil an der Reichweite; die Summe ist 1, mit dem Teil eines gemeinsamen Eingangs, der keine Zeile hat"),
                float(
                    "weighted",
                    words("Weighted", "Gewichtet"),
                    "sum of what the categories of the people known count; empty when nobody has a category; no judgement of people as such",
                    &|line| line.weighted,
                )
                .german("Summe der Gewichte der Kategorien; leer, wenn noch niemand zugeordnet ist; keine Bewertung der Menschen an sich"),
                float(
                    "fair_weighted",
                    words("Weighted fair share", "Geteilt und gewichtet"),
                    "the same, each divided by the number of members who know the person",
                    &|line| line.fair_weighted,
                )
                .german("dasselbe, jeder geteilt durch die Zahl der Mitglieder, die ihn kennen"),
                part(
                    "fair_weighted_share",
                    words("Share of weight", "Anteil am Gewicht"),
                    "weighted fair share as a part of the weight of everybody the team knows",
                    &|line| line.weighted_part,
                )
                .german("geteilt und gewichtet gezählte Menschen als Anteil am Gewicht aller, die das Team kennt"),
                part(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the people known who have a category; 0 without any data",
                    &|line| line.coverage,
                )
                .german("Anteil der Menschen mit einer Kategorie; 0 ganz ohne Daten"),
            ],
        }
    }
}

/// One row.
struct Line<'a> {
    member: &'a str,
    team: bool,
    holdings: Option<i64>,
    fair: Option<f64>,
    part: Option<f64>,
    weighted: Option<f64>,
    fair_weighted: Option<f64>,
    weighted_part: Option<f64>,
    coverage: Option<f64>,
}

/// People by the number of members who know them (from 1) and by category; whole numbers, so that sums do
/// not depend on the order of the input.
#[derive(Clone)]
struct Counts(Vec<[u64; 5]>);

impl Counts {
    fn people(&self) -> u64 {
        self.0.iter().flatten().sum()
    }

    fn unsorted(&self) -> u64 {
        self.0.iter().map(|tiers| tiers[4]).sum()
    }

    /// Σ weight / number of members, or the plain sum of weights.
    fn sum(&self, worth: &[f64; 5], divided: bool) -> f64 {
        let part = |(index, tiers): (usize, &[u64; 5])| {
            let sum: f64 = worth.iter().zip(tiers).map(|(worth, people)| worth * *people as f64).sum();
            if divided { sum / (index + 1) as f64 } else { sum }
        };
        self.0.iter().enumerate().map(part).sum()
    }
}

fn lines<'a>(input: &Input<'a>) -> Vec<Line<'a>> {
    let team = input.members.len();
    let mut counts = vec![Counts(vec![[0; 5]; team]); team + 1];
    for ties in by_contact(&open_ties(input)) {
        let tier = tier_place(input.contacts[ties[0].contact as usize].tier);
        for owner in ties.iter().map(|tie| usize::from(tie.member)) {
            counts[owner].0[ties.len() - 1][tier] += 1;
        }
        // Counted as known to one, so that dividing changes nothing.
        counts[team].0[0][tier] += 1;
    }
    let known: Vec<bool> = delivered_channels(input).into_iter().map(|channels| channels != 0).collect();
    let (reach, weight) =
        counts.last().map_or((0, 0.0), |all| (all.people(), all.sum(&input.worth.0, false)));
    let sorted = counts.last().is_some_and(|all| all.unsorted() < all.people());
    (0..=team)
        .filter(|&owner| owner == team || input.members[owner] != TEAM)
        .map(|owner| {
            let (own, team) = (&counts[owner], owner == team);
            let known = if team { known.contains(&true) } else { known[owner] };
            let float = |value: f64, known: bool| Some(value).filter(|_| known);
            let fair = float(own.sum(&[1.0; 5], true), known);
            let fair_weighted = float(own.sum(&input.worth.0, true), known && sorted);
            let coverage = if known { share(own.people() - own.unsorted(), own.people()) } else { Some(0.0) };
            Line {
                member: input.members.get(owner).map_or(TEAM, String::as_str),
                team,
                holdings: known.then_some(own.people() as i64),
                fair,
                part: fair.filter(|_| reach > 0).map(|fair| fair / reach as f64),
                weighted: float(own.sum(&input.worth.0, false), known && sorted),
                fair_weighted,
                weighted_part: fair_weighted.filter(|_| weight > 0.0).map(|fair| fair / weight),
                coverage,
            }
        })
        .collect()
}
