//! Convergence: whether the weeks of the race make the members more alike, and whether they share.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::as_of_column;
use super::period::{Period, ahead, monday, race_window};
use super::spell::{ALL_LANE, Clock, LANES, Spell, each_spell, observe, series};
use super::{Input, Report, TEAM, share};

/// Less than this is no change but comes of rounding.
const ROUNDING: f64 = 1e-9;
/// Weeks that a slope needs.
const SLOPE_WEEKS: usize = 3;

/// The report `convergence`.
pub(super) struct Convergence;

/// The gap counts as changed from this part of the mean spread on.
const LEAST_CHANGE: f64 = 0.2;

static GAPS: [Value; 3] = [
    value("closing", "closing", "wird kleiner").about(
        "whichever single week is left out, the trend takes at least a fifth off the spread",
        "welche einzelne Woche man auch weglässt, der Trend nimmt mindestens ein Fünftel der Streuung weg",
    ),
    value("growing", "growing", "wird größer").about(
        "whichever single week is left out, the trend adds at least a fifth to the spread",
        "welche einzelne Woche man auch weglässt, der Trend fügt der Streuung mindestens ein Fünftel hinzu",
    ),
    value("steady", "about the same", "etwa gleich").about(
        "neither: a single week decides, or little changes",
        "weder noch: eine einzelne Woche gibt den Ausschlag, oder es ändert sich wenig",
    ),
];

impl Report for Convergence {
    fn id(&self) -> &'static str {
        "convergence"
    }

    fn title(&self) -> Words {
        words("Convergence", "Angleichung")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let weeks = weeks(input);
        let float = |value: fn(&Week) -> Option<f64>| Data::Float(weeks.iter().map(value).collect());
        let part = |value: fn(&Week) -> Option<f64>| Data::Share(weeks.iter().map(value).collect());
        let int = |value: fn(&Week) -> Option<u64>| {
            Data::Int(weeks.iter().map(|week| value(week).map(|value| value as i64)).collect())
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one week of the race: how much the members differ in people added, and how many people became known to a second member; the last row tells of the whole race",
            key: &["period"],
            columns: vec![
                as_of_column(input.as_of, weeks.len()),
                Column::new(
                    "period",
                    words("Week", "Woche"),
                    "ISO week `2026-W10`",
                    Data::Text(weeks.iter().map(|week| week.name.as_str()).collect::<Texts>()),
                )
                .german("ISO-Woche 2026-W10"),
                Column::new(
                    "period_start",
                    words("From", "Ab"),
                    "first day of the week within the race",
                    Data::Date(weeks.iter().map(|week| Some(week.start)).collect()),
                )
                .german("erster Tag der Woche innerhalb des Rennens"),
                Column::new(
                    "partial",
                    words("Partial", "Unvollständig"),
                    "whether the week is cut by the race or the day of the report; it then counts in no slope",
                    Data::Bool(weeks.iter().map(|week| Some(week.partial)).collect()),
                )
                .german("ob die Woche durch das Rennen oder den Stichtag abgeschnitten ist; sie zählt dann nicht zur Steigung"),
                Column::new(
                    "mean",
                    words("Added, mean", "Neu, Mittel"),
                    "people added by a member on average",
                    float(|week| week.mean),
                )
                .german("Menschen, die bei einem Mitglied im Mittel dazukamen"),
                Column::new(
                    "cv",
                    words("Spread", "Streuung"),
                    "standard deviation of people added, divided by the mean: 0 when all add the same; empty when fewer than two members are known or nobody is added",
                    float(|week| week.cv),
                )
                .german("Standardabweichung der neuen Menschen geteilt durch das Mittel: 0, wenn bei allen gleich viele dazukommen; leer, wenn weniger als zwei Mitglieder bekannt sind oder niemand dazukam"),
                Column::new(
                    "slope",
                    words("Trend of the spread", "Trend der Streuung"),
                    "change of the spread a week over the full weeks up to this one (least squares); empty for fewer than three",
                    float(|week| week.slope),
                )
                .german("Änderung der Streuung je Woche über die vollen Wochen bis hierher (kleinste Quadrate); leer bei weniger als drei"),
                Column::new(
                    "gap",
                    words("Gap", "Abstand"),
                    "whether the gap between the members closes up to this week: only where no single week decides it",
                    Data::Text(weeks.iter().map(|week| week.gap.map_or("", |gap| GAPS[gap].name)).collect::<Texts>()),
                )
                .german("ob der Abstand der Mitglieder bis zu dieser Woche kleiner wird: nur, wenn keine einzelne Woche den Ausschlag gibt")
                .of(&GAPS),
                Column::new(
                    "single",
                    words("Known to one", "Einem bekannt"),
                    "people only one member knew when the week began",
                    int(|week| week.single),
                )
                .german("Menschen, die zu Beginn der Woche nur ein Mitglied kannte"),
                Column::new(
                    "turned",
                    words("Became shared", "Wurden gemeinsam"),
                    "those of them whom another member knew too when it ended",
                    int(|week| week.turned),
                )
                .german("davon am Ende der Woche auch einem anderen Mitglied bekannt"),
                Column::new(
                    "sharing_rate",
                    words("Sharing rate", "Teilungsrate"),
                    "people who became shared, of those known to one",
                    part(|week| share(week.turned?, week.single?)),
                )
                .german("gemeinsam gewordene Menschen von denen, die nur ein Mitglied kannte"),
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the members whose new people of the week are known",
                    part(|week| week.coverage),
                )
                .german("Anteil der Mitglieder, deren neue Menschen der Woche bekannt sind"),
            ],
        }
    }
}

/// One row.
struct Week {
    name: String,
    start: NaiveDate,
    partial: bool,
    mean: Option<f64>,
    cv: Option<f64>,
    slope: Option<f64>,
    /// Place in [`GAPS`].
    gap: Option<usize>,
    single: Option<u64>,
    turned: Option<u64>,
    coverage: Option<f64>,
}

/// The ISO weeks of the race up to the day of the report, the first and the last one cut.
fn periods(input: &Input<'_>) -> Vec<Period> {
    let window = race_window(input.as_of, input.race);
    let end = ahead(window.start, u64::from(window.weeks) * 7).min(ahead(input.as_of, 1));
    let mut weeks = Vec::new();
    let mut start = window.start;
    while start < end {
        let next = ahead(monday(start), 7).min(end);
        if next <= start {
            break;
        }
        weeks.push(Period { start, end: next, month: false });
        start = next;
    }
    weeks
}

/// Which week a day lies in: 0 before the first, then from 1, at most one after the last.
fn place(weeks: &[Period], day: NaiveDate) -> usize {
    let after = weeks.len() + 1;
    match weeks {
        [] => 0,
        [first, ..] if day < first.start => 0,
        [.., last] if day >= last.end => after,
        [first, ..] => (day - monday(first.start)).num_days() as usize / 7 + 1,
    }
}

/// People by week: how many were known to one when it began, and became known to more in it.
struct Sharing {
    /// Changes of the number of people known to one, at the beginning of each week.
    changes: Vec<i64>,
    turned: Vec<u64>,
}

impl Sharing {
    /// Counts a contact by its spells: the first and the last week at whose beginning each one is open.
    fn add(&mut self, spells: &[(usize, usize)]) {
        let mut events: Vec<(usize, i64)> =
            spells.iter().flat_map(|&(from, until)| [(from, 1), (until + 1, -1)]).collect();
        events.sort_unstable();
        let mut holders = 0;
        for events in events.chunk_by(|one, next| one.0 == next.0) {
            let begin = events[0].0;
            let before = holders;
            holders += events.iter().map(|event| event.1).sum::<i64>();
            if let Some(change) = self.changes.get_mut(begin) {
                *change += i64::from(holders == 1) - i64::from(before == 1);
            }
            if before == 1
                && holders > 1
                && let Some(turned) = begin.checked_sub(1).and_then(|week| self.turned.get_mut(week))
            {
                *turned += 1;
            }
        }
    }
}

fn weeks(input: &Input<'_>) -> Vec<Week> {
    let periods = periods(input);
    let team = input.members.len();
    let observed = observe(input);
    let mut adds = vec![vec![0u64; periods.len()]; team];
    let mut connected = vec![false; team];
    let mut sharing = Sharing { changes: vec![0; periods.len()], turned: vec![0; periods.len()] };
    let mut spells: Vec<(usize, usize)> = Vec::new();
    each_spell(input, &observed, |number, _, spell| {
        let (owner, lane) = (number / LANES, number % LANES);
        if lane != ALL_LANE {
            return;
        }
        if owner == team {
            sharing.add(&spells);
            spells.clear();
            return;
        }
        connected[owner] |= spell.clock == Clock::Connected;
        let start = start_of(spell, &periods);
        if let Some(adds) = start.checked_sub(1).and_then(|week| adds[owner].get_mut(week)) {
            *adds += 1;
        }
        // Who came in a week is there when the next begins; who is lost in it was still there when it began.
        let end = spell.end.map_or(periods.len() + 1, |end| place(&periods, end));
        if end > start {
            spells.push((start, end - 1));
        }
    });
    let racers: Vec<usize> = (0..team).filter(|&member| input.members[member] != TEAM).collect();
    let mut weeks = Vec::with_capacity(periods.len());
    let (mut single, mut trend) = (0, Trend::default());
    for (index, period) in periods.iter().enumerate() {
        let known =
            |member: &&usize| observed[series(**member, ALL_LANE)].shows_adds(period, connected[**member]);
        let of_week: Vec<u64> = racers.iter().filter(known).map(|&member| adds[member][index]).collect();
        let (mean, cv) = spread(&of_week);
        let partial = (period.end - period.start).num_days() < 7;
        if let Some(cv) = cv.filter(|_| !partial) {
            trend.add(index as f64, cv);
        }
        single += sharing.changes[index];
        let several = team > 1 && !of_week.is_empty();
        weeks.push(Week {
            name: Period { start: monday(period.start), ..*period }.name(),
            start: period.start,
            partial,
            mean,
            cv,
            slope: trend.slope(),
            gap: trend.gap(),
            single: several.then_some(single as u64),
            turned: several.then_some(sharing.turned[index]),
            coverage: share(of_week.len() as u64, racers.len() as u64),
        });
    }
    weeks
}

fn start_of(spell: &Spell, periods: &[Period]) -> usize {
    if spell.clock == Clock::Baseline { 0 } else { place(periods, spell.start) }
}

/// Mean, and standard deviation of the whole team divided by it.
fn spread(numbers: &[u64]) -> (Option<f64>, Option<f64>) {
    let count = numbers.len() as u64;
    let Some(mean) = share(numbers.iter().sum(), count) else { return (None, None) };
    let squares: f64 = numbers.iter().map(|&number| (number as f64 - mean).powi(2)).sum();
    let deviation = (squares / count as f64).sqrt();
    (Some(mean), (count > 1 && mean > 0.0).then(|| deviation / mean))
}

/// A line through points, by least squares.
#[derive(Default)]
struct Trend {
    points: Vec<(f64, f64)>,
}

impl Trend {
    fn add(&mut self, x: f64, y: f64) {
        self.points.push((x, y));
    }

    /// The rise of the line; a tiny one is none, since it comes of rounding.
    fn slope(&self) -> Option<f64> {
        (self.points.len() >= SLOPE_WEEKS).then(|| self.slope_without(self.points.len()))
    }

    /// The rise of the line through all points but one.
    fn slope_without(&self, out: usize) -> f64 {
        let points = || self.points.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, point)| point);
        let count = points().count() as f64;
        let (x, y) = (
            points().map(|point| point.0).sum::<f64>() / count,
            points().map(|point| point.1).sum::<f64>() / count,
        );
        let along: f64 = points().map(|point| (point.0 - x) * (point.1 - y)).sum();
        let width: f64 = points().map(|point| (point.0 - x).powi(2)).sum();
        let slope = along / width;
        if slope.abs() < 1e-12 { 0.0 } else { slope }
    }

    /// Whether the gap closes, grows or neither, as a place in [`GAPS`]: one week alone must not decide it.
    fn gap(&self) -> Option<usize> {
        self.slope()?;
        let (first, last) = (self.points.first()?.0, self.points.last()?.0);
        let mean = self.points.iter().map(|point| point.1).sum::<f64>() / self.points.len() as f64;
        let least = (mean * LEAST_CHANGE - ROUNDING).max(ROUNDING);
        let changes = || (0..self.points.len()).map(|out| self.slope_without(out) * (last - first));
        Some(if changes().all(|change| change <= -least) {
            0
        } else if changes().all(|change| change >= least) {
            1
        } else {
            2
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_is_that_of_the_whole_team() {
        assert_eq!(spread(&[2, 4, 4, 4, 5, 5, 7, 9]), (Some(5.0), Some(0.4)));
        assert_eq!(spread(&[3, 3]), (Some(3.0), Some(0.0)));
        assert_eq!(spread(&[0, 0]), (Some(0.0), None));
        assert_eq!(spread(&[7]), (Some(7.0), None));
        assert_eq!(spread(&[]), (None, None));
    }

    #[test]
    fn a_slope_needs_three_weeks() {
        let mut trend = Trend::default();
        for (x, y, slope) in
            [(0.0, 1.0, None), (1.0, 0.8, None), (2.0, 0.6, Some(-0.2)), (4.0, 0.2, Some(-0.2))]
        {
            trend.add(x, y);
            assert_eq!(trend.slope().map(|slope| (slope * 1e9).round() / 1e9), slope);
        }
    }

    #[test]
    fn a_single_week_closes_no_gap() {
        let gap = |spreads: &[f64]| {
            let mut trend = Trend::default();
            spreads.iter().enumerate().for_each(|(week, spread)| trend.add(week as f64, *spread));
            trend.gap().map(|gap| GAPS[gap].name)
        };
        assert_eq!(gap(&[1.0, 0.8]), None);
        assert_eq!(gap(&[1.0, 0.9, 0.8, 0.7, 0.6, 0.5]), Some("closing"));
        assert_eq!(gap(&[0.5, 0.6, 0.7, 0.8]), Some("growing"));
        assert_eq!(gap(&[1.4, 0.7, 0.7, 0.8, 0.7, 0.7, 0.8]), Some("steady"), "the first week alone");
        assert_eq!(gap(&[0.7, 0.7, 0.8, 0.7, 0.1]), Some("steady"), "the last week alone");
        assert_eq!(gap(&[0.80, 0.79, 0.78, 0.77, 0.76]), Some("steady"), "hardly any change");
        assert_eq!(gap(&[0.0, 0.0, 0.0]), Some("steady"));
    }
}
