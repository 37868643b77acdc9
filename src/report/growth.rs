//! Growth: who was added and lost in which week and month, per member, channel and team.

use chrono::{Datelike, NaiveDate};

use crate::record::Channel;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::{as_of_column, member_column};
use super::period::{Period, months, weeks};
use super::spell::{ALL_LANE, Clock, Observed, Spell, each_spell, observe, series};
use super::{ALL, CHANNELS, Input, Report, TEAM, share};

/// The report `growth`.
pub(super) struct Growth;

/// Which clock dated the additions of a series.
static BASES: [Value; 3] = [
    value("connected", "date in the export", "Datum im Export"),
    value("first_seen", "first snapshot with it", "erster Export mit dem Kontakt"),
    value("mixed", "both clocks", "beide Datumsarten"),
];

impl Report for Growth {
    fn id(&self) -> &'static str {
        "growth"
    }

    fn title(&self) -> Words {
        words("Growth", "Wachstum")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let observed = observe(input);
        let shelves = [Shelf::new(weeks(input.as_of, input.race)), Shelf::new(months(input.as_of))];
        let mut counts = vec![Counts::new(&shelves); observed.len()];
        each_spell(input, &observed, |series, _, spell| counts[series].add(spell, &shelves));
        let mut rows = Rows::default();
        for owner in 0..=input.members.len() {
            let name = input.members.get(owner).map_or(TEAM, String::as_str);
            if owner < input.members.len() && name == TEAM {
                continue; // The shared inbox is in the team's sums; as a member of its own it would be mistaken for them.
            }
            for lane in std::iter::once(ALL_LANE).chain(0..ALL_LANE) {
                let seen = &observed[series(owner, lane)];
                if lane == ALL_LANE || seen.seen.is_some() {
                    rows.add_series(input.as_of, (name, lane), &counts[series(owner, lane)], seen, &shelves);
                }
            }
        }
        rows.into_table(self.title(), input.as_of)
    }
}

/// Periods that follow each other without gaps.
struct Shelf {
    periods: Vec<Period>,
}

impl Shelf {
    fn new(periods: Vec<Period>) -> Shelf {
        Shelf { periods }
    }

    /// Which period a day lies in: negative before the first one.
    fn place(&self, day: NaiveDate) -> i64 {
        let Some(first) = self.periods.first() else { return -1 };
        if first.month {
            let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
            return month(day) - month(first.start);
        }
        (day - first.start).num_days().div_euclid(7)
    }
}

/// What happened to one series: `[weeks, months]`.
#[derive(Clone)]
struct Counts {
    /// People known before the first period.
    opening: [i64; 2],
    adds: [Vec<i64>; 2],
    losses: [Vec<i64>; 2],
    connected: bool,
    first_seen: bool,
    /// Everybody ever known.
    people: u64,
    /// Those of them of whom no more is known than that they came in this period or before it.
    by: [Vec<u64>; 2],
}

impl Counts {
    fn new(shelves: &[Shelf; 2]) -> Counts {
        let empty = || [vec![0; shelves[0].periods.len()], vec![0; shelves[1].periods.len()]];
        Counts {
            opening: [0; 2],
            adds: empty(),
            losses: empty(),
            connected: false,
            first_seen: false,
            people: 0,
            by: shelves.each_ref().map(|shelf| vec![0; shelf.periods.len()]),
        }
    }

    fn add(&mut self, spell: &Spell, shelves: &[Shelf; 2]) {
        self.connected |= spell.clock == Clock::Connected;
        self.first_seen |= spell.clock == Clock::FirstSeen;
        self.people += 1;
        for (kind, shelf) in shelves.iter().enumerate() {
            let place = shelf.place(spell.start);
            if spell.clock == Clock::Baseline {
                self.opening[kind] += 1;
                let latest = self.by[kind].len() as i64 - 1;
                if let Ok(at) = usize::try_from(place.min(latest)) {
                    self.by[kind][at] += 1;
                }
            } else if place < 0 {
                self.opening[kind] += 1;
            } else if let Some(adds) = self.adds[kind].get_mut(place as usize) {
                *adds += 1;
            }
            let Some(end) = spell.end.map(|end| shelf.place(end)) else { continue };
            if end < 0 {
                self.opening[kind] -= 1;
            } else if let Some(losses) = self.losses[kind].get_mut(end as usize) {
                *losses += 1;
            }
        }
    }

    fn basis(&self) -> &'static str {
        match (self.connected, self.first_seen) {
            (true, true) => "mixed",
            (true, false) => "connected",
            (false, true) => "first_seen",
            (false, false) => "",
        }
    }
}

#[derive(Default)]
struct Rows {
    member: Texts,
    channel: Texts,
    period: Texts,
    start: Vec<Option<NaiveDate>>,
    adds: Vec<Option<i64>>,
    losses: Vec<Option<i64>>,
    net: Vec<Option<i64>>,
    stock: Vec<Option<i64>>,
    basis: Texts,
    partial: Vec<Option<bool>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    fn add_series(
        &mut self,
        as_of: NaiveDate,
        (member, lane): (&str, usize),
        counts: &Counts,
        observed: &Observed,
        shelves: &[Shelf; 2],
    ) {
        for (kind, shelf) in shelves.iter().enumerate() {
            let mut stock = counts.opening[kind];
            let mut undated: u64 = counts.by[kind].iter().sum();
            for (index, period) in shelf.periods.iter().enumerate() {
                let (adds, losses) = (counts.adds[kind][index], counts.losses[kind][index]);
                stock += adds - losses;
                let adds = observed.shows_adds(period, counts.connected).then_some(adds);
                let placed = share(counts.people - undated, counts.people);
                undated -= counts.by[kind][index];
                let losses = observed.shows_losses(period).then_some(losses);
                let last = period.end.pred_opt().unwrap_or(period.end);
                self.member.push(member);
                self.channel.push(Channel::ALL.get(lane).map_or(ALL, |channel| channel.name()));
                self.period.push(&period.name());
                self.start.push(Some(period.start));
                self.adds.push(adds);
                self.losses.push(losses);
                self.net.push(adds.zip(losses).map(|(adds, losses)| adds - losses));
                self.stock.push(observed.shows_stock(last, counts.connected).then_some(stock));
                self.basis.push(counts.basis());
                self.partial.push(Some(is_partial(as_of, last, period, counts.connected, observed)));
                self.coverage.push(if adds.is_some() { placed } else { Some(0.0) });
            }
        }
    }

    fn into_table(self, title: Words, as_of: NaiveDate) -> Table {
        let text = Data::Text;
        let days = as_of_column(as_of, self.start.len());
        Table {
            name: "growth",
            title,
            about: "people added and lost in one week or month by one member or the team, through one channel or all; \
                    people connected and removed again before the first snapshot are not known",
            key: &["member", "channel", "period"],
            columns: vec![
                member_column(self.member),
                Column::new(
                    "channel",
                    words("Channel", "Kanal"),
                    "channel; `all` counts people of several channels once",
                    text(self.channel),
                ).german("Kanal; „alle“ zählt Menschen mehrerer Kanäle einmal")
                .of(&CHANNELS),
                Column::new(
                    "period",
                    words("Period", "Zeitraum"),
                    "ISO week `2026-W10` or month `2026-03`",
                    text(self.period),
                ).german("ISO-Woche 2026-W10 oder Monat 2026-03"),
                Column::new(
                    "period_start",
                    words("From", "Ab"),
                    "first day of the period",
                    Data::Date(self.start),
                ).german("erster Tag des Zeitraums"),
                Column::new(
                    "adds",
                    words("Added", "Neu"),
                    "people whose first holding began in the period; empty when no snapshot could show it",
                    Data::Int(self.adds),
                ).german("Menschen, die im Zeitraum erstmals dazukamen; leer, wenn kein Export es zeigen kann"),
                Column::new(
                    "losses",
                    words("Lost", "Verloren"),
                    "people whose last holding ended, dated to the snapshot that misses them; empty without two complete snapshots around",
                    Data::Int(self.losses),
                ).german("Menschen, die niemand mehr hat, am Tag des Exports, in dem sie fehlen; leer ohne zwei vollständige Exporte"),
                Column::new(
                    "net",
                    words("Net", "Netto"),
                    "adds less losses; empty when either is",
                    Data::Int(self.net),
                ).german("neu weniger verloren; leer, wenn eines davon leer ist"),
                Column::new(
                    "stock",
                    words("Stock", "Bestand"),
                    "people known at the end of the period: those there before or without a date in the first snapshot, plus all net changes known since",
                    Data::Int(self.stock),
                ).german("Menschen am Ende des Zeitraums: Bestand davor und ohne Datum im ersten Export, dazu alle bekannten Änderungen"),
                Column::new(
                    "date_basis",
                    words("Dated by", "Datiert nach"),
                    "clock that dated the additions of the series; empty when none is dated",
                    text(self.basis),
                ).german("nach welchem Datum die neuen Kontakte der Reihe zählen")
                .of(&BASES),
                Column::new(
                    "partial",
                    words("Partial", "Unvollständig"),
                    "whether the period is cut by the day of the report or by the first or last snapshot",
                    Data::Bool(self.partial),
                ).german("ob der Zeitraum durch den Stichtag, den ersten oder den letzten Export abgeschnitten ist"),
                days,
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the people ever known through the channel of whom it is known whether they came before, within or after the period; 0 where the people added are not known",
                    Data::Share(self.coverage),
                ).german("von welchem Anteil der Menschen, die über den Kanal je bekannt waren, bekannt ist, ob sie vor, in oder nach dem Zeitraum dazukamen; 0, wo die neuen nicht bekannt sind"),
            ],
        }
    }
}

/// Whether some days of the period could not show all additions.
fn is_partial(
    as_of: NaiveDate,
    last: NaiveDate,
    period: &Period,
    connected: bool,
    observed: &Observed,
) -> bool {
    let Some(seen) = observed.seen else { return true };
    last > as_of || last > seen.last || (!connected && period.start <= seen.first)
}
