//! Pace: how fast the networks of the members and the team grow in an ordinary week, and in a year.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::long::Long;
use super::owner::owners;
use super::period::{Period, ahead, back, monday, race_window};
use super::spell::{ALL_LANE, Clock, LANES, Observed, Spell, each_spell, observe, series};
use super::{Input, Report, TEAM, median, share};

/// Weeks of the longer window.
const YEAR_WEEKS: u64 = 52;
/// A yearly rate needs so many days ...
const YEARLY_DAYS: i64 = 180;
/// ... and so many people at the beginning: of less it would say nothing about a year.
const YEARLY_PEOPLE: u64 = 30;
/// Full weeks that a trend needs.
const TREND_WEEKS: usize = 4;

/// The report `pace`.
pub(super) struct Pace;

static WINDOWS: [Value; 2] =
    [value("race", "Race", "Rennen"), value("year", "Last 52 full weeks", "Letzte 52 volle Wochen")];

static MEASURES: [Value; 7] = [
    value("start", "People at the beginning", "Menschen am Anfang").about(
        "people known on the day before; those removed before the first snapshot are not known, so that growth looks larger the further it reaches back",
        "Menschen, die am Tag davor bekannt waren; wer vor dem ersten Export entfernt wurde, fehlt, darum wirkt das Wachstum umso größer, je weiter es zurückreicht",
    ),
    value("end", "People at the end", "Menschen am Ende")
        .about("people known on the last day", "Menschen, die am letzten Tag bekannt waren"),
    value("added", "People added", "Neue Menschen").about(
        "different people added; of the team whom any member added, known to another one before or not",
        "verschiedene neue Menschen; beim Team wen irgendein Mitglied hinzufügte, ob ein anderes ihn schon kannte oder nicht",
    ),
    value("weekly_rate", "Growth a week", "Wachstum je Woche")
        .about("(end / start)^(1 / weeks) - 1", "(Ende / Anfang)^(1 / Wochen) - 1")
        .share(),
    value("yearly_rate", "Growth a year", "Wachstum je Jahr")
        .about(
            "(end / start)^(365.25 / days) - 1; only of 180 days and 30 people on, else a few weeks would be blown up to a year",
            "(Ende / Anfang)^(365,25 / Tage) - 1; erst ab 180 Tagen und 30 Menschen, sonst würden wenige Wochen zu einem Jahr aufgeblasen",
        )
        .share(),
    value("pace", "New people in an ordinary week", "Neue in einer gewöhnlichen Woche").about(
        "median of the people added in each full week",
        "Median der Neuen je voller Woche",
    ),
    value("trend", "Trend of a week", "Änderung je Woche").about(
        "how many more people are added from week to week: median of the slopes between every two full weeks (Theil-Sen), which one burst does not move; from four weeks on",
        "um wie viele Menschen es von Woche zu Woche mehr werden: Median der Steigungen zwischen je zwei vollen Wochen (Theil-Sen), den ein einzelner Schub nicht bewegt; ab vier Wochen",
    ),
];

impl Report for Pace {
    fn id(&self) -> &'static str {
        "pace"
    }

    fn title(&self) -> Words {
        words("Pace", "Tempo")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let observed = observe(input);
        let windows = windows(input);
        let mut counts = vec![windows.each_ref().map(Count::of); input.members.len() + 1];
        let team = input.members.len();
        // A person comes with all its members, one after the other.
        let mut last = [None; 2];
        each_spell(input, &observed, |series, contact, spell| {
            let owner = series / LANES;
            if series % LANES != ALL_LANE {
                return;
            }
            for (at, window) in windows.iter().enumerate() {
                counts[owner][at].add(spell, window);
                if owner == team || !window.adds(spell) {
                    continue;
                }
                counts[owner][at].added += 1;
                let again = input.members[owner] == TEAM || last[at].replace(contact) == Some(contact);
                counts[team][at].added += u64::from(!again);
            }
        });
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            for ((count, window), value) in counts[owner].iter().zip(&windows).zip(&WINDOWS) {
                let coverage = share(count.dated, count.people).or(Some(0.0));
                for (measure, number) in count.measures(window, &observed[series(owner, ALL_LANE)]) {
                    rows.push((name, value.name), measure, number, coverage);
                }
            }
        }
        let member = "id of the member; `team` for all together, people counted once";
        let member = Column::new("member", words("Member", "Mitglied"), member, Data::Int(vec![]))
            .german("Kürzel des Mitglieds; „team“ für alle zusammen, Menschen einmal gezählt");
        let window = "the weeks that are looked at: those of the race, or a year";
        let window = Column::new("window", words("Weeks", "Wochen"), window, Data::Int(vec![]))
            .german("welche Wochen betrachtet werden: die des Rennens oder ein Jahr");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of how fast the network of one member or the team grows; coverage is the share of its \
                    people of whom it is known whether they came before or within the weeks",
            key: &["member", "window", "measure"],
            columns: rows.into_columns(input.as_of, member, window.of(&WINDOWS), &MEASURES),
        }
    }
}

/// The days that are looked at.
struct Span {
    start: NaiveDate,
    /// The day after the last.
    end: NaiveDate,
    /// The full weeks among them.
    weeks: Vec<Period>,
}

impl Span {
    fn of(start: NaiveDate, weeks: u64, as_of: NaiveDate) -> Span {
        let end = ahead(start, weeks * 7).min(ahead(as_of, 1));
        let full = (0..weeks).map(|week| Period {
            start: ahead(start, week * 7),
            end: ahead(start, week * 7 + 7),
            month: false,
        });
        Span { start, end, weeks: full.filter(|week| week.end <= end && week.start < week.end).collect() }
    }

    /// Whether somebody came within these days.
    fn adds(&self, spell: &Spell) -> bool {
        spell.clock != Clock::Baseline && self.start <= spell.start && spell.start < self.end
    }

    fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}

/// The race as far as it has come, and the last year of full weeks.
fn windows(input: &Input<'_>) -> [Span; 2] {
    let race = race_window(input.as_of, input.race);
    let last = monday(input.as_of);
    [
        Span::of(race.start, race.weeks.into(), input.as_of),
        Span::of(back(last, YEAR_WEEKS * 7), YEAR_WEEKS, input.as_of),
    ]
}

/// What is counted for one owner in one window.
#[derive(Clone)]
struct Count {
    start: u64,
    end: u64,
    /// Different people added.
    added: u64,
    /// Added in each full week.
    adds: Vec<u64>,
    connected: bool,
    people: u64,
    dated: u64,
}

impl Count {
    fn of(window: &Span) -> Count {
        let adds = vec![0; window.weeks.len()];
        Count { start: 0, end: 0, added: 0, adds, connected: false, people: 0, dated: 0 }
    }

    fn add(&mut self, spell: &Spell, window: &Span) {
        let baseline = spell.clock == Clock::Baseline;
        let there = |before: NaiveDate| {
            (baseline || spell.start < before) && spell.end.is_none_or(|end| end >= before)
        };
        self.start += u64::from(there(window.start));
        self.end += u64::from(there(window.end));
        self.people += 1;
        self.dated += u64::from(!baseline || spell.start < window.start);
        self.connected |= spell.clock == Clock::Connected;
        if window.adds(spell) {
            let week = (spell.start - window.start).num_days() / 7;
            if let Some(adds) = self.adds.get_mut(week as usize) {
                *adds += 1;
            }
        }
    }

    fn measures(&self, window: &Span, seen: &Observed) -> [(&'static str, Option<f64>); 7] {
        let days = window.days();
        let stock = |people: u64, before: NaiveDate| {
            before.pred_opt().filter(|day| days > 0 && seen.shows_stock(*day, self.connected)).map(|_| people)
        };
        let (start, end) = (stock(self.start, window.start), stock(self.end, window.end));
        let rate = |exponent: f64| {
            let (start, end) = start.zip(end)?;
            (start > 0).then(|| growth(start, end, exponent))
        };
        let lasting = days >= YEARLY_DAYS && start.is_some_and(|people| people >= YEARLY_PEOPLE);
        let whole = Period { start: window.start, end: window.end, month: false };
        let added = Some(self.added as f64).filter(|_| days > 0 && seen.shows_adds(&whole, self.connected));
        let weeks: Vec<(f64, f64)> = window
            .weeks
            .iter()
            .zip(&self.adds)
            .enumerate()
            .filter(|(_, (week, _))| seen.shows_adds(week, self.connected))
            .map(|(at, (_, adds))| (at as f64, *adds as f64))
            .collect();
        [
            ("start", start.map(|people| people as f64)),
            ("end", end.map(|people| people as f64)),
            ("added", added),
            ("weekly_rate", rate(7.0 / days as f64)),
            ("yearly_rate", rate(365.25 / days as f64).filter(|_| lasting)),
            ("pace", median(weeks.iter().map(|week| week.1))),
            ("trend", slope(&weeks)),
        ]
    }
}

/// Compound growth: `(end / start)^exponent - 1`.
fn growth(start: u64, end: u64, exponent: f64) -> f64 {
    (end as f64 / start as f64).powf(exponent) - 1.0
}

/// The median slope between every two points (Theil 1950, Sen 1968); their places ascend.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < TREND_WEEKS {
        return None;
    }
    let pairs =
        points.iter().enumerate().flat_map(|(at, one)| points[at + 1..].iter().map(move |two| (one, two)));
    median(pairs.map(|(one, two)| (two.1 - one.1) / (two.0 - one.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_weeks_make_a_weekly_rate_and_a_meaningless_yearly_one() {
        let close = |value: f64, wanted: f64| (value - wanted).abs() < 5e-5;
        assert!(close(growth(1000, 1600, 1.0 / 9.0), 0.0536));
        assert!((growth(1000, 1600, 365.25 / 63.0) - 14.25).abs() < 0.01, "+1,425 %");
    }

    #[test]
    fn one_burst_does_not_move_the_trend() {
        let of = |adds: &[f64]| {
            let points: Vec<(f64, f64)> =
                adds.iter().enumerate().map(|(at, adds)| (at as f64, *adds)).collect();
            slope(&points)
        };
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0, 5.0]), Some(1.0));
        assert_eq!(of(&[1.0, 2.0, 300.0, 4.0, 5.0]), Some(1.0));
        assert_eq!(of(&[7.0, 7.0, 7.0, 7.0]), Some(0.0));
        assert_eq!(of(&[1.0, 2.0, 3.0]), None);
        assert_eq!(median([]), None);
    }
}
