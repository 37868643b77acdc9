//! Rankings: the race once more, by everything else that one may count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::meeting::{APPOINTMENT_DAYS, Meetings};
use super::owner::as_of_column;
use super::racing::{Add, Racing};
use super::spell::Clock;
use super::{Input, Report, share};

/// The report `rankings`.
pub(super) struct Rankings;

static RANKINGS: [Value; 8] = [
    value("adds", "Added", "Neu").about("people added within the race", "Menschen, die im Rennen dazukamen"),
    value("net", "Net", "Netto").about("added less lost; empty without two complete snapshots around", "neu weniger verloren; leer ohne zwei vollständige Exporte"),
    value("unique", "Known to nobody else", "Sonst niemandem bekannt").about("people added whom at the end of the race no other member knows", "neue Menschen, die am Ende des Rennens kein anderes Mitglied kennt"),
    value("first", "First in the team", "Als Erste im Team").about("people added whom nobody of the team knew before that day", "neue Menschen, die vor diesem Tag niemand im Team kannte"),
    value("weighted", "Weighted by category", "Nach Kategorie gewichtet").about("sum of what the categories of people added count; empty when nobody added has a category; no judgement of people as such", "Summe der Gewichte der Kategorien der neuen Menschen; leer, wenn noch niemand zugeordnet ist; keine Bewertung der Menschen an sich"),
    value("target", "On target", "Zielkontakte").about("people added at employers the goals ask for, or on the wish list; empty when the goals name neither industries nor employers and there is no wish list", "neue Menschen bei Arbeitgebern nach den Zielen oder von der Wunschliste; leer, wenn die Ziele weder Branchen noch Arbeitgeber nennen und es keine Wunschliste gibt"),
    value("appointments", "Appointments", "Termine").about("people added and met within 90 days of the connection, so far; empty without a log of meetings", "neue Menschen, mit denen es binnen 90 Tagen nach der Verbindung einen Termin gab, bis zum Stichtag; leer, wenn Termine nicht festgehalten sind"),
    value("personal_best", "Against the own best", "Gegen die eigene Bestmarke").about("people added, divided by the most ever added before the race in as many days; more than 1 is a record", "neue Menschen, geteilt durch die meisten, die je vor dem Rennen in ebenso vielen Tagen dazukamen; über 1 ist ein Rekord"),
];

impl Report for Rankings {
    fn id(&self) -> &'static str {
        "rankings"
    }

    fn title(&self) -> Words {
        words("Rankings", "Ranglisten")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let scores = score(input);
        let mut rows = Rows::default();
        for (place, ranking) in RANKINGS.iter().enumerate() {
            let results: Vec<(&str, Score)> =
                Racing::racers(input).map(|(member, name)| (name, scores[member][place])).collect();
            rows.add_ranking(ranking.name, results);
        }
        rows.into_table(self, input.as_of)
    }
}

/// One member's number in one ranking.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    value: Option<f64>,
    coverage: Option<f64>,
}

/// What is counted of one member's adds.
#[derive(Debug, Clone, Default)]
struct Tally {
    adds: u64,
    unique: u64,
    first: u64,
    /// A, B, C, D and those without a category.
    tiers: [u64; 5],
    target: u64,
    /// Of whom it can be said whether they are on target.
    judged: u64,
    connected: u64,
    met: u64,
}

impl Tally {
    fn add(&mut self, add: &Add, input: &Input<'_>, meetings: &Meetings) {
        let fact = input.contacts[add.contact as usize];
        self.adds += 1;
        self.unique += u64::from(add.unique);
        self.first += u64::from(add.first);
        self.tiers[tier_place(fact.tier)] += 1;
        self.target += u64::from(fact.target);
        self.judged += u64::from(fact.target || fact.company != 0 || fact.sector.is_some());
        self.connected += u64::from(add.connected);
        self.met += u64::from(add.connected && meetings.within(add.key(), APPOINTMENT_DAYS));
    }
}

/// Place of a category in [`Worth`](super::Worth).
pub(super) fn tier_place(tier: Option<u8>) -> usize {
    tier.map_or(4, |tier| usize::from(tier.wrapping_sub(b'A')).min(3))
}

/// The numbers of each member, in the order of [`RANKINGS`].
fn score(input: &Input<'_>) -> Vec<[Score; 8]> {
    let mut past: Vec<BTreeMap<NaiveDate, u64>> = vec![BTreeMap::new(); input.members.len()];
    let start = super::period::race_window(input.as_of, input.race).start;
    let racing = Racing::run(input, |member, _, spell| {
        if spell.clock != Clock::Baseline && spell.start < start {
            *past[member].entry(spell.start).or_default() += 1;
        }
    });
    let meetings = Meetings::of(input, |kind| kind == touch::Kind::Met);
    let mut tallies = vec![Tally::default(); input.members.len()];
    for add in &racing.adds {
        tallies[usize::from(add.member)].add(add, input, &meetings);
    }
    let anybody_sorted = tallies.iter().any(|tally| tally.adds > tally.tiers[4]);
    let days = (racing.race.end - racing.race.start).num_days();
    racing
        .lanes
        .iter()
        .zip(&tallies)
        .enumerate()
        .map(|(member, (lane, tally))| {
            let count = |count: u64| Some(count as f64);
            let of_adds = |known: u64| share(known, tally.adds);
            let placed = lane.coverage();
            let net = lane.shows_losses.then_some(tally.adds as f64 - lane.losses as f64);
            let worth: f64 =
                input.worth.0.iter().zip(tally.tiers).map(|(worth, people)| worth * people as f64).sum();
            let best = most_within(&past[member], days);
            let results = [
                (count(tally.adds), placed),
                (net, placed),
                (count(tally.unique), placed),
                (count(tally.first), placed),
                (Some(worth).filter(|_| anybody_sorted), of_adds(tally.adds - tally.tiers[4])),
                (count(tally.target).filter(|_| input.has_targets), of_adds(tally.judged)),
                (count(tally.met).filter(|_| meetings.logged(member)), of_adds(tally.connected)),
                (share(tally.adds, best), placed),
            ];
            results.map(|(value, coverage)| {
                let value = value.filter(|_| lane.shows_adds);
                Score { value, coverage: if value.is_some() { coverage } else { Some(0.0) } }
            })
        })
        .collect()
}

/// The most that came in any run of so many days.
fn most_within(days: &BTreeMap<NaiveDate, u64>, length: i64) -> u64 {
    let days: Vec<(NaiveDate, u64)> = days.iter().map(|(&day, &people)| (day, people)).collect();
    let (mut most, mut sum, mut oldest) = (0, 0, 0);
    for &(day, people) in &days {
        sum += people;
        while (day - days[oldest].0).num_days() >= length.max(1) {
            sum -= days[oldest].1;
            oldest += 1;
        }
        most = most.max(sum);
    }
    most
}

#[derive(Default)]
struct Rows {
    member: Texts,
    ranking: Texts,
    value: Vec<Option<f64>>,
    rank: Vec<Option<i64>>,
    share: Vec<Option<f64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    /// Adds the rows of one ranking, the best first and equal ones by name.
    fn add_ranking(&mut self, ranking: &str, mut results: Vec<(&str, Score)>) {
        let order = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
        results.sort_by(|(one, a), (other, b)| {
            (order(b.value).total_cmp(&order(a.value))).then_with(|| one.cmp(other))
        });
        let total: f64 = results.iter().filter_map(|(_, score)| score.value).sum();
        // Records and net numbers are no parts of a whole.
        let adds_up = !matches!(ranking, "net" | "personal_best");
        let mut rank = 0;
        let mut before = None;
        for (place, (member, score)) in results.iter().enumerate() {
            if place == 0 || score.value != before {
                rank = place as i64 + 1;
            }
            before = score.value;
            self.member.push(member);
            self.ranking.push(ranking);
            self.value.push(score.value);
            self.rank.push(score.value.map(|_| rank));
            let part = score.value.filter(|_| adds_up && total > 0.0).map(|value| value / total);
            self.share.push(part);
            self.coverage.push(score.coverage);
        }
    }

    fn into_table(self, report: &Rankings, as_of: NaiveDate) -> Table {
        Table {
            name: report.id(),
            title: report.title(),
            about: "one member of the team in one ranking of the race; without a race in the pipeline the last nine full weeks",
            key: &["member", "ranking"],
            columns: vec![
                as_of_column(as_of, self.value.len()),
                Column::new(
                    "member",
                    words("Member", "Mitglied"),
                    "id of the member",
                    Data::Text(self.member),
                )
                .german("Kürzel des Mitglieds"),
                Column::new(
                    "ranking",
                    words("Ranking", "Rangliste"),
                    "what is counted within the race",
                    Data::Text(self.ranking),
                )
                .german("was im Rennen gezählt wird")
                .of(&RANKINGS),
                Column::new(
                    "value",
                    words("Value", "Wert"),
                    "the number; empty when not known",
                    Data::Float(self.value),
                )
                .german("die Zahl; leer, wenn nicht bekannt"),
                Column::new(
                    "rank",
                    words("Rank", "Rang"),
                    "place in this ranking; equal numbers share a place",
                    Data::Int(self.rank),
                )
                .german("Platz in dieser Rangliste; gleiche Zahlen teilen sich den Platz"),
                Column::new(
                    "share",
                    words("Share", "Anteil"),
                    "share of the sum of all members; empty where numbers do not add up",
                    Data::Share(self.share),
                )
                .german("Anteil an der Summe aller Mitglieder; leer, wo sich Zahlen nicht summieren"),
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the people behind the number for whom the input was known: the day they came, for `weighted` the category, for `target` employer or industry, for `appointments` the date in the export",
                    Data::Share(self.coverage),
                )
                .german("für welchen Anteil der Menschen hinter der Zahl die Angabe bekannt war: der Tag, an dem sie dazukamen, bei der Gewichtung die Kategorie, bei Zielkontakten Arbeitgeber oder Branche, bei Terminen das Datum im Export"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_run_of_days_is_found() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        let days: BTreeMap<_, _> =
            [(1, 3), (4, 2), (7, 4), (8, 1), (20, 6)].map(|(on, n)| (day(on), n)).into();
        for (length, most) in [(1, 6), (2, 6), (3, 6), (5, 7), (7, 9), (8, 10), (31, 16)] {
            assert_eq!(most_within(&days, length), most, "{length}");
        }
        assert_eq!(most_within(&BTreeMap::new(), 7), 0);
    }
}
