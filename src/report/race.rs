//! Race: who added the most people within the weeks of the race.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Words, words};

use super::period::{Period, ahead, race_window};
use super::spell::{ALL_LANE, Clock, LANES, Spell, each_spell, observe, series};
use super::{Input, Report, TEAM, share};

/// The report `race`.
pub(super) struct Race;

impl Report for Race {
    fn id(&self) -> &'static str {
        "race"
    }

    fn title(&self) -> Words {
        words("Race", "Rennen")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let standing = standing(input);
        let total: u64 = standing.runners.iter().filter_map(|runner| runner.adds).sum();
        let mut runners = standing.runners;
        runners.sort_by_key(|runner| (runner.adds.is_none(), std::cmp::Reverse(runner.adds), runner.member));
        let rank = |adds: Option<u64>| {
            adds.map(|adds| {
                1 + runners.iter().filter(|other| other.adds.is_some_and(|more| more > adds)).count() as i64
            })
        };
        let int = |value: fn(&Runner<'_>) -> Option<u64>| {
            Data::Int(runners.iter().map(|runner| value(runner).map(|value| value as i64)).collect())
        };
        let shares =
            |value: &dyn Fn(&Runner<'_>) -> Option<f64>| Data::Share(runners.iter().map(value).collect());
        let reach = standing.reach;
        Table {
            name: "race",
            title: self.title(),
            about: "one member of the team and the people added within the weeks of the race; without a race in the pipeline the last nine full weeks",
            key: &["member"],
            columns: vec![
                Column::new(
                    "member",
                    words("Member", "Mitglied"),
                    "id of the member",
                    Data::Text(runners.iter().map(|runner| runner.member).collect()),
                )
                .german("Kürzel des Mitglieds"),
                Column::new(
                    "rank",
                    words("Rank", "Rang"),
                    "place by people added; equal numbers share a place",
                    Data::Int(runners.iter().map(|runner| rank(runner.adds)).collect()),
                )
                .german("Platz nach neuen Kontakten; gleiche Zahlen teilen sich den Platz"),
                Column::new(
                    "adds",
                    words("Added", "Neu"),
                    "people added within the race; empty when no snapshot could show it",
                    int(|runner| runner.adds),
                )
                .german("Menschen, die im Rennen dazukamen; leer, wenn kein Export es zeigen kann"),
                Column::new(
                    "share",
                    words("Share", "Anteil"),
                    "share of the sum of all members' adds",
                    shares(&|runner| runner.adds.and_then(|adds| share(adds, total))),
                )
                .german("Anteil an der Summe der neuen Kontakte aller Mitglieder"),
                Column::new(
                    "stock",
                    words("Stock", "Bestand"),
                    "people known at the end of the race, or on the day of the report if it still runs",
                    int(|runner| runner.stock),
                )
                .german("Menschen am Ende des Rennens oder am Stichtag, wenn es noch läuft"),
                Column::new(
                    "stock_share",
                    words("Share of reach", "Anteil an der Reichweite"),
                    "stock as a share of everybody the team then knows; sums to more than 1",
                    shares(&|runner| runner.stock.and_then(|stock| share(stock, reach))),
                )
                .german("Bestand als Anteil an allen, die das Team dann kennt; die Summe ist größer als 1"),
                Column::new(
                    "cwgr",
                    words("Growth a week", "Wachstum je Woche"),
                    "compound growth of the stock a week: (end / start)^(1 / weeks) - 1",
                    shares(&|runner| runner.cwgr),
                )
                .german(
                    "durchschnittliches Wachstum des Bestands je Woche: (Ende / Anfang)^(1 / Wochen) - 1",
                ),
            ],
        }
    }
}

/// One member's result.
struct Runner<'a> {
    member: &'a str,
    adds: Option<u64>,
    stock: Option<u64>,
    cwgr: Option<f64>,
}

struct Standing<'a> {
    runners: Vec<Runner<'a>>,
    /// People known to the team at the end.
    reach: u64,
}

/// People of one member or of the team before, within and at the end of the race.
#[derive(Clone, Copy, Default)]
struct Counts {
    before: u64,
    adds: u64,
    after: u64,
    connected: bool,
}

impl Counts {
    fn add(&mut self, spell: &Spell, race: &Period) {
        let baseline = spell.clock == Clock::Baseline;
        let ended_before = |day: NaiveDate| spell.end.is_some_and(|end| end < day);
        self.connected |= spell.clock == Clock::Connected;
        self.before += u64::from((baseline || spell.start < race.start) && !ended_before(race.start));
        self.adds += u64::from(!baseline && race.start <= spell.start && spell.start < race.end);
        self.after += u64::from((baseline || spell.start < race.end) && !ended_before(race.end));
    }
}

fn standing<'a>(input: &Input<'a>) -> Standing<'a> {
    let window = race_window(input.as_of, input.race);
    let end = ahead(window.start, u64::from(window.weeks) * 7).min(ahead(input.as_of, 1));
    let race = Period { start: window.start, end, month: false };
    let observed = observe(input);
    let mut counts = vec![Counts::default(); input.members.len() + 1];
    each_spell(input, &observed, |series, _, spell| {
        if series % LANES == ALL_LANE {
            counts[series / LANES].add(spell, &race);
        }
    });
    let days = (race.end - race.start).num_days();
    let runners = input
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| *member != TEAM)
        .map(|(owner, member)| {
            let (seen, counts) = (&observed[series(owner, ALL_LANE)], &counts[owner]);
            let last = race.end.pred_opt().unwrap_or(race.end);
            let stock = (days > 0 && seen.shows_stock(last, counts.connected)).then_some(counts.after);
            let before = seen.shows_stock(race.start, counts.connected).then_some(counts.before);
            Runner {
                member,
                adds: (days > 0 && seen.shows_adds(&race, counts.connected)).then_some(counts.adds),
                stock,
                cwgr: before.zip(stock).and_then(|(before, after)| weekly_growth(before, after, days)),
            }
        })
        .collect();
    Standing { runners, reach: counts.last().map_or(0, |team| team.after) }
}

/// Compound growth a week; nothing within the first week, where it says nothing, or from zero.
fn weekly_growth(before: u64, after: u64, days: i64) -> Option<f64> {
    let growth = share(after, before).filter(|_| days >= 7)?;
    Some(growth.powf(7.0 / days as f64) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_a_week_is_compound() {
        let growth = weekly_growth(1_000, 1_600, 63).unwrap();
        assert!((growth - 0.0536).abs() < 5e-5, "{growth}");
        assert_eq!(weekly_growth(0, 5, 63), None);
        assert_eq!(weekly_growth(5, 5, 6), None);
        assert_eq!(weekly_growth(5, 5, 63), Some(0.0));
        assert_eq!(weekly_growth(5, 0, 63), Some(-1.0));
    }
}
