//! Race: who added the most people within the weeks of the race.

use crate::table::{Column, Data, Table, Words, words};

use super::owner::as_of_column;
use super::racing::Racing;
use super::{Input, Report, share};

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
        let racing = Racing::run(input, |_, _, _| ());
        let mut runners = runners(input, &racing);
        let total: u64 = runners.iter().filter_map(|runner| runner.adds).sum();
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
                    shares(&|runner| runner.stock.and_then(|stock| share(stock, racing.reach))),
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
                as_of_column(input.as_of, runners.len()),
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the people the member ever knew of whom it is known whether they came before, within or after the race; 0 where the people added are not known",
                    shares(&|runner| runner.coverage),
                )
                .german("von welchem Anteil der Menschen, die das Mitglied je kannte, bekannt ist, ob sie vor, in oder nach dem Rennen dazukamen; 0, wo die neuen nicht bekannt sind"),
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
    coverage: Option<f64>,
}

fn runners<'a>(input: &Input<'a>, racing: &Racing) -> Vec<Runner<'a>> {
    let days = (racing.race.end - racing.race.start).num_days();
    let counts = racing.counts();
    let runner = |(owner, member): (usize, &'a str)| {
        let (lane, adds) = (&racing.lanes[owner], counts[owner]);
        let [before, stock] = lane.stocks;
        Runner {
            member,
            adds,
            stock,
            cwgr: before.zip(stock).and_then(|(before, after)| weekly_growth(before, after, days)),
            coverage: if adds.is_some() { lane.coverage() } else { Some(0.0) },
        }
    };
    Racing::racers(input).map(runner).collect()
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
