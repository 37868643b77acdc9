//! What a team may set of reports: when something is due, how long lists are, what a criterion asks for.

/// Every figure that a team may set; the pipeline file's `[reports]`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Settings {
    /// Of the reports `due`, `reactivate` and `strength`.
    pub cadence: Cadence,
    /// Of the reports `diversity` and `stages`.
    pub band: Band,
    /// Of the report `due`.
    pub due: Due,
    /// Of the report `handover`.
    pub handover: Handover,
    /// Of the report `reactivate`.
    pub reactivate: Reactivate,
    /// Of the report `cards`.
    pub cards: Cards,
    /// Of the report `cleanup`.
    pub cleanup: Cleanup,
    /// Of the report `introductions`.
    pub introductions: Introductions,
    /// Of the report `stages`.
    pub stages: Stages,
    /// Of the report `time_needed`.
    pub time: Time,
}

/// How often contacts are to hear of the team: days between two touches at category A, B and C.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence(pub [u32; 3]);

impl Default for Cadence {
    /// Twelve, four and one touch a year.
    fn default() -> Cadence {
        Cadence([30, 91, 365])
    }
}

impl Cadence {
    /// The days of a category; nothing for D and who is not sorted.
    pub fn of(self, tier: Option<u8>) -> Option<u32> {
        self.0.get(usize::from(tier?.wrapping_sub(b'A'))).copied()
    }
}

/// Mean similarity from and up to which a network is neither all alike nor all strange.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// From here on it is alike enough.
    pub low: f64,
    /// Up to here it is strange enough.
    pub high: f64,
}

impl Default for Band {
    fn default() -> Band {
        Band { low: 0.3, high: 0.6 }
    }
}

impl Band {
    /// How far a mean similarity lies outside.
    pub(super) fn distance(self, similarity: f64) -> f64 {
        (self.low - similarity).max(similarity - self.high).max(0.0)
    }
}

/// When something is due, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Follow-ups that are due within so many days are shown, and those that are overdue.
    pub ahead: u32,
    /// Follow-ups overdue by more are not due any more but lost sight of.
    pub lost_after: u32,
    /// Birthdays so many days ahead are shown.
    pub birthdays: u32,
    /// Thanks are due so many days after a meeting.
    pub thanks: u32,
    /// So many days after a meeting nobody expects thanks any more.
    pub thanks_until: u32,
    /// Rows of a member at most; the rest is counted.
    pub most: u32,
}

impl Default for Due {
    /// Thanks within two days.
    fn default() -> Due {
        Due { ahead: 7, lost_after: 365, birthdays: 30, thanks: 2, thanks_until: 30, most: 1_000 }
    }
}

/// How many people are listed to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// People of a member at most; the rest is counted.
    pub most: u32,
}

impl Default for Handover {
    fn default() -> Handover {
        Handover { most: 1_000 }
    }
}

/// How many ties are shown that wait to be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reactivate {
    /// Ties of a member at most.
    pub most: u32,
}

impl Default for Reactivate {
    fn default() -> Reactivate {
        Reactivate { most: 500 }
    }
}

/// How many cards are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cards {
    /// Cards of one category at most; the rest is counted.
    pub most: u32,
}

impl Default for Cards {
    fn default() -> Cards {
        Cards { most: 2_000 }
    }
}

/// Who is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleanup {
    /// Nobody has seen or touched a contact for so many months when it counts as stale.
    pub stale_months: u32,
    /// As many candidates a team can go through in a year; the rest is counted.
    pub most: u32,
    /// On so many days a member has written when it counts as no answer; 0 never counts.
    pub no_reply: u32,
}

impl Default for Cleanup {
    fn default() -> Cleanup {
        Cleanup { stale_months: 24, most: 2_000, no_reply: 3 }
    }
}

/// How much is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introductions {
    /// At most so many a week from one member, and to one member.
    pub a_week: u32,
}

impl Default for Introductions {
    fn default() -> Introductions {
        Introductions { a_week: 5 }
    }
}

/// From which figure on a criterion of the stages is met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stages {
    /// People known.
    pub contacts: f64,
    /// Share of the people added in a year whom the goals ask for.
    pub target_adds: f64,
    /// Touches in a year.
    pub touches: f64,
    /// Share of the meetings of a year that were followed up.
    pub follow_up: f64,
    /// Share of the last weeks with a touch or a new connection.
    pub active_weeks: f64,
    /// Introductions a month.
    pub introductions: f64,
    /// Times the network helped in a year.
    pub requests: f64,
    /// Favours in a year, of those given and those received the fewer.
    pub both_ways: f64,
}

impl Default for Stages {
    fn default() -> Stages {
        Stages {
            contacts: 1.0,
            target_adds: 0.2,
            touches: 1.0,
            follow_up: 0.5,
            active_weeks: 0.75,
            introductions: 1.0,
            requests: 1.0,
            both_ways: 1.0,
        }
    }
}

/// How much time contacts take, and how much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Touches a year with a contact of category A, B and C.
    pub touches: [u32; 3],
    /// Minutes of one of them.
    pub minutes: [u32; 3],
    /// Hours a year that a member has for contacts.
    pub budget: u32,
}

impl Default for Time {
    /// An hour a month for A, half an hour a quarter for B, a quarter of an hour a year for C; two hours on each of
    /// 220 working days.
    fn default() -> Time {
        Time { touches: [12, 4, 1], minutes: [60, 30, 15], budget: 440 }
    }
}
