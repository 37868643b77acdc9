//! Time needed: how many hours a year it takes to keep in touch with the people of each category.

use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::long::Long;
use super::owner::{each_person, heard_of, owners};
use super::settings::Time;
use super::tie::open_ties;
use super::{Input, Report, TEAM, share};

/// The report `time_needed`.
pub(super) struct TimeNeeded;

static GROUPS: [Value; 4] =
    [value("A", "A", "A"), value("B", "B", "B"), value("C", "C", "C"), value("all", "all", "alle")];

static MEASURES: [Value; 5] = [
    value("people", "People", "Menschen")
        .about("people of that category; no judgement of people as such", "Menschen dieser Kategorie; keine Bewertung der Menschen an sich"),
    value("hours", "Hours a year", "Stunden im Jahr").about(
        "people × touches a year × minutes of a touch / 60, by the pipeline file",
        "Menschen × Kontakte im Jahr × Minuten je Kontakt / 60, nach der Pipeline-Datei",
    ),
    value("hours_a_month", "Hours a month", "Stunden im Monat").about("hours a year / 12", "Stunden im Jahr / 12"),
    value("budget", "Budget, hours a year", "Budget, Stunden im Jahr").about(
        "hours a year that a member has for contacts, by the pipeline file; for the team those of all members together",
        "Stunden im Jahr, die ein Mitglied für Kontakte hat, nach der Pipeline-Datei; beim Team die aller Mitglieder zusammen",
    ),
    value("budget_used", "Share of the budget", "Anteil am Budget").about(
        "hours a year / budget; above 1 there are more people than time, so that some have to be let go or shared",
        "Stunden im Jahr / Budget; über 1 gibt es mehr Menschen als Zeit, einige sind loszulassen oder zu teilen",
    ).share(),
];

impl Report for TimeNeeded {
    fn id(&self) -> &'static str {
        "time_needed"
    }

    fn title(&self) -> Words {
        words("Time needed", "Zeitbedarf")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let heard = heard_of(input);
        let tallies = tally(input);
        let time = &input.settings.time;
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            let members = if owner == input.members.len() {
                input.members.iter().zip(&heard).filter(|(name, heard)| *name != TEAM && **heard).count()
            } else {
                1
            };
            let Tally { people, sorted, groups } = tallies[owner];
            let known = heard[owner] && sorted > 0;
            let coverage = share(sorted, people);
            let mut push = |group: usize, measure: &str, number: f64| {
                let coverage = if heard[owner] { coverage } else { Some(0.0) };
                rows.push((name, GROUPS[group].name), measure, Some(number).filter(|_| known), coverage);
            };
            for (group, people) in groups.into_iter().enumerate() {
                push(group, "people", people as f64);
                push(group, "hours", hours(time, group, people));
            }
            let all: f64 =
                groups.into_iter().enumerate().map(|(group, people)| hours(time, group, people)).sum();
            let budget = f64::from(time.budget) * members as f64;
            push(GROUPS.len() - 1, "people", groups.iter().sum::<u64>() as f64);
            push(GROUPS.len() - 1, "hours", all);
            push(GROUPS.len() - 1, "hours_a_month", all / 12.0);
            push(GROUPS.len() - 1, "budget", budget);
            if budget > 0.0 {
                push(GROUPS.len() - 1, "budget_used", all / budget);
            }
        }
        let member = "id of the member; `team` for all together, people counted once";
        let member = Column::new("member", words("Member", "Mitglied"), member, Data::Int(vec![]))
            .german("Kürzel des Mitglieds; „team“ für alle zusammen, Menschen einmal gezählt");
        let tier = Column::new(
            "tier",
            words("Category", "Kategorie"),
            "category; `all` for A, B and C together",
            Data::Int(vec![]),
        )
        .german("Kategorie; „alle“ für A, B und C zusammen");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of the time that it takes to keep in touch with the people of one category; empty as long \
                    as nobody is sorted",
            key: &["member", "tier", "measure"],
            columns: rows.into_columns(input.as_of, member, tier.of(&GROUPS), &MEASURES),
        }
    }
}

/// Hours a year for so many people of A, B or C.
fn hours(time: &Time, group: usize, people: u64) -> f64 {
    people as f64 * f64::from(time.touches[group]) * f64::from(time.minutes[group]) / 60.0
}

/// What is counted for one owner.
#[derive(Clone, Copy, Default)]
struct Tally {
    people: u64,
    /// People of any category, D included.
    sorted: u64,
    /// People of A, B and C.
    groups: [u64; 3],
}

fn tally(input: &Input<'_>) -> Vec<Tally> {
    let ties = open_ties(input);
    let mut tallies = vec![Tally::default(); input.members.len() + 1];
    each_person(&ties, input.members.len(), |owner, at| {
        let tally = &mut tallies[owner];
        tally.people += 1;
        let Some(tier) = input.contacts[ties[at.start].contact as usize].tier else { return };
        tally.sorted += 1;
        if let Some(people) = tally.groups.get_mut(usize::from(tier.wrapping_sub(b'A'))) {
            *people += 1;
        }
    });
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_definitions_takes_275_hours() {
        let of = |group, people| (hours(&Time::default(), group, people) * 10.0).round() as u32;
        assert_eq!([of(0, 15), of(1, 35), of(2, 100)], [1800, 700, 250]);
        let all = f64::from(of(0, 15) + of(1, 35) + of(2, 100)) / 10.0;
        assert_eq!(format!("{all} {:.1}", all / 12.0), "275 22.9");
        let used = all / f64::from(Time::default().budget);
        assert!((used - 0.625).abs() < 1e-12, "just inside two hours a working day");
    }
}
