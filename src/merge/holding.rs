//! Holdings: that a member knows a contact through a channel, since when and until when.

use chrono::{Days, NaiveDate};

use super::touch::Touch;
use crate::contact::Holding;
use crate::record::Channel;

/// One row that shows a holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Index of the contact.
    pub contact: u32,
    /// Index of the member.
    pub member: u16,
    /// Through which kind of source.
    pub channel: Channel,
    /// Series of complete exports the row is of; `None` where exports only add.
    pub series: Option<u32>,
    /// Day of the export, days since 1970.
    pub day: i32,
    /// Day on which the row was first seen by this or an earlier run, days since 1970.
    pub first_seen: i32,
    /// When the connection was made, days since 1970.
    pub connected: Option<i32>,
}

/// Puts rows and touches together to holdings, ordered by contact, member and channel.
///
/// `series` holds for each series of complete exports their days in order. A holding ends on the day of
/// the first complete export that no longer shows it; a row of any other kind of source keeps it open.
/// A touch counts for the holding of its own channel, else for the member's first holding of the contact.
pub fn holdings(mut evidence: Vec<Evidence>, series: &[Vec<i32>], touches: &[Touch]) -> Vec<Holding> {
    evidence.sort_unstable();
    let mut out: Vec<Holding> = evidence
        .chunk_by(|a, b| (a.contact, a.member, a.channel) == (b.contact, b.member, b.channel))
        .map(|rows| holding(rows, series))
        .collect();
    for touch in touches {
        let of = |holding: &Holding| (holding.contact, holding.member);
        let start = out.partition_point(|holding| of(holding) < (touch.contact, touch.member));
        let count =
            out[start..].iter().take_while(|holding| of(holding) == (touch.contact, touch.member)).count();
        let held = &mut out[start..start + count];
        let place = held.iter().position(|holding| holding.channel == touch.channel).unwrap_or(0);
        if let Some(holding) = held.get_mut(place) {
            holding.touches += 1;
            holding.last_touch = holding.last_touch.max(touch.on);
        }
    }
    out
}

fn holding(rows: &[Evidence], series: &[Vec<i32>]) -> Holding {
    let first = rows[0];
    let last_seen = rows.iter().map(|row| row.day).max().unwrap_or(first.day);
    Holding {
        member: first.member,
        contact: first.contact,
        channel: first.channel,
        connected_on: rows.iter().filter_map(|row| row.connected).min().map(date),
        first_seen: date(rows.iter().map(|row| row.first_seen.min(row.day)).min().unwrap_or(first.day)),
        last_seen: date(last_seen),
        ended_on: ended(rows, series).map(date),
        touches: 0,
        last_touch: None,
    }
}

/// The day of the last of the exports that no longer show the holding, if every series has one.
fn ended(rows: &[Evidence], series: &[Vec<i32>]) -> Option<i32> {
    let mut end = None;
    // Rows are sorted, so those of one series stand together and the latest is the last.
    for rows in rows.chunk_by(|a, b| a.series == b.series) {
        let last = rows.iter().map(|row| row.day).max()?;
        let days = series.get(rows[0].series? as usize)?;
        let next = *days.get(days.partition_point(|day| *day <= last))?;
        end = end.max(Some(next));
    }
    end
}

/// The date of a number of days since 1970.
pub fn date(day: i32) -> NaiveDate {
    let start = NaiveDate::default();
    let days = Days::new(u64::from(day.unsigned_abs()));
    let moved = if day < 0 { start.checked_sub_days(days) } else { start.checked_add_days(days) };
    moved.unwrap_or(start)
}

/// The number of days since 1970 of a date.
pub fn day(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(series: Option<u32>, day: i32) -> Evidence {
        Evidence {
            contact: 0,
            member: 0,
            channel: Channel::LinkedIn,
            series,
            day,
            first_seen: day,
            connected: None,
        }
    }

    #[test]
    fn only_a_later_complete_export_ends_a_holding() {
        let series = [vec![10, 20, 30]];
        let end = |rows: &[Evidence]| holdings(rows.to_vec(), &series, &[])[0].ended_on.map(day);
        assert_eq!(end(&[seen(Some(0), 10)]), Some(20));
        assert_eq!(end(&[seen(Some(0), 10), seen(Some(0), 30)]), None, "back again");
        assert_eq!(end(&[seen(Some(0), 30)]), None, "in the newest");
        assert_eq!(end(&[seen(Some(0), 10), seen(None, 5)]), None, "an address book only adds");
    }

    #[test]
    fn touches_count_for_their_channel_or_the_first() {
        let sheet = Evidence { channel: Channel::Sheet, ..seen(None, 5) };
        let touch = |channel, on: i32| Touch {
            contact: 0,
            member: 0,
            channel,
            kind: crate::touch::Kind::Met,
            on: Some(date(on)),
            direction: super::super::touch::Direction::Unknown,
            source: 0,
        };
        let touches = [touch(Channel::Sheet, 7), touch(Channel::Event, 9)];
        let held = holdings(vec![seen(None, 5), sheet], &[], &touches);
        assert_eq!((held[0].channel, held[0].touches), (Channel::LinkedIn, 1));
        assert_eq!(
            (held[1].channel, held[1].touches, held[1].last_touch),
            (Channel::Sheet, 1, Some(date(7)))
        );
    }

    proptest! {
        #[test]
        fn order_of_rows_does_not_matter(days in proptest::collection::vec((0i32..40, proptest::option::of(0u32..2)), 1..8)) {
            let series = [vec![5, 15, 25], vec![10, 20]];
            let rows: Vec<_> = days.iter().map(|(day, series)| seen(*series, *day)).collect();
            let turned: Vec<_> = rows.iter().rev().copied().collect();
            prop_assert_eq!(holdings(rows, &series, &[]), holdings(turned, &series, &[]));
        }

        #[test]
        fn days_come_back(number in -500_000i32..500_000) {
            prop_assert_eq!(day(date(number)), number);
        }
    }
}
