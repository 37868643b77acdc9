//! Appointments: who of the new contacts was met within 90 days. A connection is worth a meeting, not a number.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Words, words};
use crate::touch;

use super::meeting::APPOINTMENT_DAYS;
use super::owner::{as_of_column, member_column};
use super::period::{Period, ahead, weeks};
use super::spell::{ALL_LANE, Clock, LANES, each_spell, observe, series};
use super::{Input, Report, TEAM, share};

/// The report `appointments`.
pub(super) struct Appointments;

/// Added in a week, and met since.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    added: u64,
    met: u64,
}

/// Meetings up to the day of the report: member, contact, day. All of the team's stand at the number after the
/// last member.
fn meetings(input: &Input<'_>) -> Vec<(usize, u32, NaiveDate)> {
    let team = input.members.len();
    let met = input.touches.iter().filter(|touch| {
        touch.kind == touch::Kind::Met && touch.on <= input.as_of && usize::from(touch.member) < team
    });
    let mut met: Vec<(usize, u32, NaiveDate)> = met
        .flat_map(|touch| [usize::from(touch.member), team].map(|owner| (owner, touch.contact, touch.on)))
        .collect();
    met.sort_unstable();
    met
}

/// Whether somebody met a contact from the day of connection on and within the days that count.
fn was_met(meetings: &[(usize, u32, NaiveDate)], owner: usize, contact: u32, start: NaiveDate) -> bool {
    let at = meetings.partition_point(|met| *met < (owner, contact, start));
    let until = ahead(start, APPOINTMENT_DAYS);
    meetings.get(at).is_some_and(|met| (met.0, met.1) == (owner, contact) && met.2 <= until)
}

impl Report for Appointments {
    fn id(&self) -> &'static str {
        "appointments"
    }

    fn title(&self) -> Words {
        words("Appointments", "Termine")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let team = input.members.len();
        let (weeks, observed, meetings) = (weeks(input.as_of, input.race), observe(input), meetings(input));
        let week_of = |day: NaiveDate| {
            let at = weeks.partition_point(|week| week.end <= day);
            weeks.get(at).filter(|week| week.start <= day).map(|_| at)
        };
        let mut counts = vec![vec![Count::default(); weeks.len()]; team + 1];
        let mut connected = vec![false; team + 1];
        each_spell(input, &observed, |series, contact, spell| {
            let owner = series / LANES;
            if series % LANES != ALL_LANE {
                return;
            }
            connected[owner] |= spell.clock == Clock::Connected;
            let Some(week) = week_of(spell.start).filter(|_| spell.clock != Clock::Baseline) else { return };
            counts[owner][week].added += 1;
            counts[owner][week].met += u64::from(was_met(&meetings, owner, contact, spell.start));
        });
        let logs = |owner: usize| {
            let at = meetings.partition_point(|met| met.0 < owner);
            meetings.get(at).is_some_and(|met| met.0 == owner)
        };
        let logs: Vec<bool> = (0..=team).map(logs).collect();
        let coverage = |owner: usize, week: usize| {
            let owners = if owner == team { 0..team } else { owner..owner + 1 };
            let added = |logged: bool| {
                let counted = owners.clone().filter(|owner| !logged || logs[*owner]);
                counted.map(|owner| counts[owner][week].added).sum()
            };
            share(added(true), added(false))
        };
        let mut rows: Vec<(usize, usize)> = Vec::new();
        for owner in 0..=team {
            if owner == team || input.members[owner] != TEAM {
                rows.extend((0..weeks.len()).map(|week| (owner, week)));
            }
        }
        let count = |owner: usize, week: usize| {
            let shown = observed[series(owner, ALL_LANE)].shows_adds(&weeks[week], connected[owner]);
            shown.then(|| counts[owner][week])
        };
        let met = |owner: usize, week: usize| count(owner, week).filter(|_| logs[owner]);
        let name = |owner: usize| input.members.get(owner).map_or(TEAM, String::as_str);
        // Until the last day of the week is long enough ago, more meetings may come.
        let is_open = |week: &Period| ahead(week.end, APPOINTMENT_DAYS - 1) >= input.as_of;
        let int = |of: &dyn Fn(usize, usize) -> Option<u64>| {
            Data::Int(rows.iter().map(|(owner, week)| of(*owner, *week).map(|count| count as i64)).collect())
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one member, or the team, and one week: who was added then and met within 90 days",
            key: &["member", "week"],
            columns: vec![
                as_of_column(input.as_of, rows.len()),
                member_column(rows.iter().map(|(owner, _)| name(*owner)).collect()),
                Column::new(
                    "week",
                    words("Week", "Woche"),
                    "ISO week in which the connection was made",
                    Data::Text(rows.iter().map(|(_, week)| weeks[*week].name()).collect::<Texts>()),
                )
                .german("ISO-Woche, in der die Verbindung entstand"),
                Column::new(
                    "week_start",
                    words("From", "Von"),
                    "Monday of the week",
                    Data::Date(rows.iter().map(|(_, week)| Some(weeks[*week].start)).collect()),
                )
                .german("Montag der Woche"),
                Column::new(
                    "adds",
                    words("Added", "Neu"),
                    "people added in the week; empty when no snapshot could show it",
                    int(&|owner, week| count(owner, week).map(|count| count.added)),
                )
                .german("Menschen, die in der Woche dazukamen; leer, wenn kein Export es zeigen kann"),
                Column::new(
                    "met",
                    words("Met", "Getroffen"),
                    "of them those met within 90 days; empty when no meeting is recorded at all",
                    int(&|owner, week| met(owner, week).map(|count| count.met)),
                )
                .german("davon binnen 90 Tagen getroffen; leer, wenn gar keine Treffen festgehalten sind"),
                Column::new(
                    "share",
                    words("Share met", "Anteil getroffen"),
                    "share of the added who were met within 90 days",
                    Data::Share(
                        rows.iter()
                            .map(|(owner, week)| {
                                met(*owner, *week).and_then(|count| share(count.met, count.added))
                            })
                            .collect(),
                    ),
                )
                .german("Anteil der Neuen, die binnen 90 Tagen getroffen wurden"),
                Column::new(
                    "partial",
                    words("Not over", "Läuft noch"),
                    "whether the 90 days of some are not over yet",
                    Data::Bool(rows.iter().map(|(_, week)| Some(is_open(&weeks[*week]))).collect()),
                )
                .german("ob die 90 Tage bei manchen noch laufen"),
                Column::new(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the added whose member records meetings",
                    Data::Share(rows.iter().map(|(owner, week)| coverage(*owner, *week)).collect()),
                )
                .german("bei welchem Anteil der Neuen das Mitglied Treffen festhält"),
            ],
        }
    }
}
