//! Mass to class: how the number of people and that of A and B people grew together.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::{as_of_column, coverage_column, member_column, owners};
use super::period::{ahead, months, race_window};
use super::spell::{ALL_LANE, Clock, LANES, Observed, Spell, each_spell, observe, series};
use super::{Fact, Input, Report, share};

/// The report `mass_to_class`.
pub(super) struct MassToClass;

static SERIES: [Value; 2] = [
    value("race", "Weeks of the race", "Rennwochen")
        .about("period 0 is the day before the race", "Zeitraum 0 ist der Tag vor dem Rennen"),
    value("months", "Months", "Monate"),
];

impl Report for MassToClass {
    fn id(&self) -> &'static str {
        "mass_to_class"
    }

    fn title(&self) -> Words {
        words("From mass to class", "Von Masse zu Klasse")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let points = points(input);
        let observed = observe(input);
        let mut curves = vec![Curve::new(points.len()); input.members.len() + 1];
        each_spell(input, &observed, |series, contact, spell| {
            if series % LANES == ALL_LANE {
                curves[series / LANES].add(spell, &input.contacts[contact as usize], &points);
            }
        });
        let mut rows = Rows::default();
        for (owner, name) in owners(input) {
            rows.add(name, &points, &curves[owner], &observed[series(owner, ALL_LANE)]);
        }
        rows.into_table(self, input.as_of)
    }
}

/// A point of the curve.
struct Point {
    name: String,
    /// The last day that counts.
    last: NaiveDate,
}

/// The ends of the weeks of the race as far as they have begun, and of the months of two years. Days in each
/// of the two rows ascend.
fn points(input: &Input<'_>) -> [Vec<Point>; 2] {
    let race = race_window(input.as_of, input.race);
    let before = |day: NaiveDate| day.pred_opt().unwrap_or(day).min(input.as_of);
    let begin = |week: u32| ahead(race.start, u64::from(week) * 7);
    let weeks = (0..=race.weeks).take_while(|week| begin(week.saturating_sub(1)) <= input.as_of);
    [
        weeks.map(|week| Point { name: week.to_string(), last: before(begin(week)) }).collect(),
        months(input.as_of)
            .iter()
            .map(|month| Point { name: month.name(), last: before(month.end) })
            .collect(),
    ]
}

trait Places {
    fn len(&self) -> [usize; 2];
}

impl Places for [Vec<Point>; 2] {
    fn len(&self) -> [usize; 2] {
        [self[0].len(), self[1].len()]
    }
}

/// People at each point: how many more than at the point before it.
#[derive(Clone)]
struct Curve {
    /// All, A and B, any category.
    more: [Vec<[i64; 3]>; 2],
    connected: bool,
}

impl Curve {
    fn new(len: [usize; 2]) -> Curve {
        Curve { more: len.map(|len| vec![[0; 3]; len]), connected: false }
    }

    fn add(&mut self, spell: &Spell, fact: &Fact, points: &[Vec<Point>; 2]) {
        self.connected |= spell.clock == Clock::Connected;
        let counts = [true, matches!(fact.tier, Some(b'A' | b'B')), fact.tier.is_some()];
        for (more, points) in self.more.iter_mut().zip(points) {
            let first = |day: NaiveDate| points.partition_point(|point| point.last < day);
            let from = if spell.clock == Clock::Baseline { 0 } else { first(spell.start) };
            let until = spell.end.map_or(points.len(), first);
            if from >= until {
                continue;
            }
            for (at, sign) in [(from, 1), (until, -1)] {
                let Some(more) = more.get_mut(at) else { continue };
                for (count, counts) in more.iter_mut().zip(counts) {
                    *count += if counts { sign } else { 0 };
                }
            }
        }
    }
}

#[derive(Default)]
struct Rows {
    member: Texts,
    series: Texts,
    period: Texts,
    until: Vec<Option<NaiveDate>>,
    people: Vec<Option<i64>>,
    class: Vec<Option<i64>>,
    ratio: Vec<Option<f64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    fn add(&mut self, member: &str, points: &[Vec<Point>; 2], curve: &Curve, seen: &Observed) {
        for ((series, points), more) in SERIES.iter().zip(points).zip(&curve.more) {
            let mut stock = [0i64; 3];
            for (point, more) in points.iter().zip(more) {
                for (count, more) in stock.iter_mut().zip(more) {
                    *count += more;
                }
                let known = seen.shows_stock(point.last, curve.connected);
                let [people, class, sorted] = stock;
                let of_people = |part: i64| share(part as u64, people as u64).filter(|_| known);
                self.member.push(member);
                self.series.push(series.name);
                self.period.push(&point.name);
                self.until.push(Some(point.last));
                self.people.push(known.then_some(people));
                self.class.push((known && sorted > 0).then_some(class));
                self.ratio.push(of_people(class).filter(|_| sorted > 0));
                self.coverage.push(of_people(sorted));
            }
        }
    }

    fn into_table(self, report: &MassToClass, as_of: NaiveDate) -> Table {
        let coverage = "share of the people of that day whose category is known now";
        let ratio = "A and B people as a share of the people of that day";
        Table {
            name: report.id(),
            title: report.title(),
            about: "how many people one member or the team knew at the end of one week of the race or month, and how many \
                    of them are A or B by the categories of today; as in the growth, people are dated by the export or \
                    the first snapshot",
            key: &["member", "series", "period"],
            columns: vec![
                as_of_column(as_of, self.until.len()),
                member_column(self.member),
                Column::new(
                    "series",
                    words("Series", "Reihe"),
                    "whether the period is a week of the race or a month",
                    Data::Text(self.series),
                )
                .german("ob der Zeitraum eine Woche des Rennens oder ein Monat ist")
                .of(&SERIES),
                Column::new(
                    "period",
                    words("Period", "Zeitraum"),
                    "number of the week in the race, 0 just before it, or month `2026-03`",
                    Data::Text(self.period),
                )
                .german("Nummer der Woche im Rennen, 0 ist der Tag davor, oder Monat 2026-03"),
                Column::new("until", words("Until", "Bis"), "last day that counts", Data::Date(self.until))
                    .german("letzter Tag, der zählt"),
                Column::new(
                    "people",
                    words("People", "Menschen"),
                    "people known on that day; empty where no snapshot shows it",
                    Data::Int(self.people),
                )
                .german("Menschen, die an dem Tag bekannt waren; leer, wo kein Export es zeigt"),
                Column::new(
                    "class_people",
                    words("A and B", "A und B"),
                    "of them, people who are now of category A or B; empty as long as nobody is sorted",
                    Data::Int(self.class),
                )
                .german("davon Menschen, die heute Kategorie A oder B haben; leer, solange niemand zugeordnet ist"),
                Column::new("class_ratio", words("Share of A and B", "Anteil A und B"), ratio, Data::Share(self.ratio))
                    .german("Anteil der A und B an den Menschen dieses Tages"),
                Column { about: coverage, ..coverage_column(self.coverage) }
                    .german("Anteil der Menschen dieses Tages, deren Kategorie heute bekannt ist"),
            ],
        }
    }
}
