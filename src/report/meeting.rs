//! Whether a member soon had to do with somebody newly added.

use chrono::NaiveDate;

use crate::touch;

use super::period::ahead;
use super::{Input, Touch};

/// A meeting with somebody newly added counts that comes so many days after the connection, or earlier.
pub(super) const APPOINTMENT_DAYS: u64 = 90;

/// The touches of some kinds up to the day of the report.
pub(super) struct Meetings {
    /// In order.
    days: Vec<(u16, u32, NaiveDate)>,
}

impl Meetings {
    /// The touches of the kinds that `wanted` accepts.
    pub(super) fn of(input: &Input<'_>, wanted: impl Fn(touch::Kind) -> bool) -> Meetings {
        let mut days: Vec<_> = input
            .touches
            .iter()
            .filter(|touch| touch.on <= input.as_of && wanted(touch.kind))
            .map(|&Touch { member, contact, on, .. }| (member, contact, on))
            .collect();
        days.sort_unstable();
        Meetings { days }
    }

    /// Whether the member keeps a log of them: without any, that there was none with somebody says nothing.
    pub(super) fn logged(&self, member: usize) -> bool {
        let at = self.days.partition_point(|day| usize::from(day.0) < member);
        self.days.get(at).is_some_and(|day| usize::from(day.0) == member)
    }

    /// Whether a member had one with a contact from the day of the connection on, within so many days.
    pub(super) fn within(&self, from: (u16, u32, NaiveDate), days: u64) -> bool {
        let at = self.days.partition_point(|day| *day < from);
        self.days.get(at).is_some_and(|&(member, contact, on)| {
            (member, contact) == (from.0, from.1) && on <= ahead(from.2, days)
        })
    }
}
