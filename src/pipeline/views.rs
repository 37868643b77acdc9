//! The options of reports: which, in which language, what they ask for and how long their lists are.

use std::ops::RangeInclusive;

use super::options::LANGUAGES;
use super::walk::{At, Opt, Section};
use super::{Reports, values};
use crate::report::settings::{Band, Cadence, Due, Stages, Time};

/// Rows that a list may have.
const ROWS: RangeInclusive<i64> = 1..=100_000;
/// Days of a cadence, and days at all.
const CADENCE: RangeInclusive<i64> = 1..=3650;
const DAYS: RangeInclusive<i64> = 0..=3650;

pub(super) const REPORTS: Section<Reports> = Section {
    name: "reports",
    repeats: false,
    about: "Which reports are written.",
    options: &[
        Opt {
            key: "only",
            value: "\"all\"",
            about: "\"all\", or a list of: network_size, overlap, growth, race, rankings, fair_share, \
                    concentration, loss, handover, convergence, leader_profile, targets, introductions, \
                    cleanup, due, lunch, cards, data_quality, pace, appointments, mentors, groups, diversity, mix, strength, \
                    reactivate, tiers, tiers_over_time, time_needed, mass_to_class, channel_value, response, stages.",
            required: false,
            read: |reports, at| values::report_ids(at, &mut reports.only),
        },
        Opt {
            key: "k",
            value: "5",
            about: "Fewest people a cell of an aggregate report may stand for, 1 to 1000.",
            required: false,
            read: |reports, at| at.integer(1..=1000, &mut reports.k),
        },
        Opt {
            key: "aggregate",
            value: "false",
            about: "Whether report.html shows distributions only: no member, no contact, no cell for fewer than k people. \
                     Members' own pages then do not say whom colleagues know.",
            required: false,
            read: |reports, at| {
                let mut on = None;
                at.flag(&mut on);
                reports.aggregate = on.unwrap_or(reports.aggregate);
            },
        },
        Opt {
            key: "language",
            value: "\"team\"",
            about: "\"de\", \"en\", or \"team\" for that of the team.",
            required: false,
            read: |reports, at| {
                if !at.says("team") {
                    at.choice(&LANGUAGES, &mut reports.language);
                }
            },
        },
        Opt {
            key: "cadence",
            value: "{ A = 30, B = 91, C = 365 }",
            about: "How often category A, B and C is to hear of you, in days, 1 to 3650: a tie without a touch for longer is \
                    overdue, in due, reactivate and strength. The default is twelve, four and one touch a year.",
            required: false,
            read: |reports, at| cadence(at, &mut reports.settings.cadence),
        },
        Opt {
            key: "due",
            value: "{ ahead = 7, lost_after = 365, birthdays = 30, thanks = 2, thanks_until = 30, most = 1000 }",
            about: "When something is due, in days, 0 to 3650 (birthdays to 365): how far ahead follow-ups are shown; how long \
                    overdue a follow-up is left to reactivate alone; how far ahead birthdays are shown; how long after a \
                    meeting thanks are due, and until when they are expected. And how many rows a member has at most, 1 to \
                    100000.",
            required: false,
            read: |reports, at| due(at, &mut reports.settings.due),
        },
        Opt {
            key: "band",
            value: "{ low = 0.3, high = 0.6 }",
            about: "Between which mean similarities with a member, 0 to 1, its network is neither all alike nor all strange: \
                    in diversity and stages.",
            required: false,
            read: |reports, at| band(at, &mut reports.settings.band),
        },
        Opt {
            key: "handover",
            value: "{ most = 1000 }",
            about: "How many people a member hands over are listed at most, 1 to 100000.",
            required: false,
            read: |reports, at| wholes(at, &mut [("most", ROWS, &mut reports.settings.handover.most)]),
        },
        Opt {
            key: "reactivate",
            value: "{ most = 500 }",
            about: "How many ties of a member that sleep or are overdue are listed at most, 1 to 100000.",
            required: false,
            read: |reports, at| wholes(at, &mut [("most", ROWS, &mut reports.settings.reactivate.most)]),
        },
        Opt {
            key: "introductions",
            value: "{ a_week = 5 }",
            about: "How many contacts a member is asked to share in a week, and is offered, at most, 1 to 100.",
            required: false,
            read: |reports, at| {
                wholes(at, &mut [("a_week", 1..=100, &mut reports.settings.introductions.a_week)]);
            },
        },
        Opt {
            key: "cleanup",
            value: "{ stale_months = 24, most = 2000, no_reply = 3 }",
            about: "After how many months without any sign a contact is stale (1 to 600); how many are listed at most; on how \
                    many days a member has written to somebody who never answers (1 to 1000; 0: not looked for).",
            required: false,
            read: |reports, at| {
                let cleanup = &mut reports.settings.cleanup;
                wholes(
                    at,
                    &mut [
                        ("stale_months", 1..=600, &mut cleanup.stale_months),
                        ("most", ROWS, &mut cleanup.most),
                        ("no_reply", 0..=1000, &mut cleanup.no_reply),
                    ],
                );
            },
        },
        Opt {
            key: "cards",
            value: "{ most = 2000 }",
            about: "How many cards of a category are listed at most, 1 to 100000.",
            required: false,
            read: |reports, at| wholes(at, &mut [("most", ROWS, &mut reports.settings.cards.most)]),
        },
        Opt {
            key: "stages",
            value: "{ contacts = 1, target_adds = 0.2, touches = 1, follow_up = 0.5, active_weeks = 0.75, introductions = 1, requests = 1, both_ways = 1 }",
            about: "From which figure on a criterion of the stages is met: people known, share of new people whom the goals \
                    ask for, touches in a year, share of meetings followed up, share of active weeks, introductions a month, \
                    requests solved in a year, favours both ways in a year. Shares 0 to 1, counts up to 100000.",
            required: false,
            read: |reports, at| stages(at, &mut reports.settings.stages),
        },
        Opt {
            key: "time",
            value: "{ A = 12, B = 4, C = 1, A_minutes = 60, B_minutes = 30, C_minutes = 15, budget = 440 }",
            about: "What keeping in touch takes: touches a year with a contact of category A, B and C (0 to 366), minutes of \
                    one (0 to 1440), and the hours a year a member has for it (0 to 8784).",
            required: false,
            read: |reports, at| time(at, &mut reports.settings.time),
        },
    ],
};

/// A whole number with its name and range.
type Whole<'a> = (&'static str, RangeInclusive<i64>, &'a mut u32);

/// A table of whole numbers with known names; names left out keep their number.
fn wholes(at: &mut At<'_>, into: &mut [Whole<'_>]) {
    let known: Vec<&str> = into.iter().map(|(name, ..)| *name).collect();
    at.parts(&known, |at, value| value.integer(into[at].1.clone(), into[at].2));
}

fn cadence(at: &mut At<'_>, into: &mut Cadence) {
    let [a, b, c] = &mut into.0;
    wholes(at, &mut [("A", CADENCE, a), ("B", CADENCE, b), ("C", CADENCE, c)]);
}

fn band(at: &mut At<'_>, into: &mut Band) {
    at.numbers(&(0.0..=1.0), &mut [("low", &mut into.low), ("high", &mut into.high)]);
    if into.low > into.high {
        at.problem("must rise from low to high", "");
    }
}

fn due(at: &mut At<'_>, into: &mut Due) {
    wholes(
        at,
        &mut [
            ("ahead", DAYS, &mut into.ahead),
            ("lost_after", DAYS, &mut into.lost_after),
            ("birthdays", 0..=365, &mut into.birthdays),
            ("thanks", DAYS, &mut into.thanks),
            ("thanks_until", DAYS, &mut into.thanks_until),
            ("most", ROWS, &mut into.most),
        ],
    );
    if into.thanks > into.thanks_until {
        at.problem(
            "says that thanks are due after nobody expects them",
            "let thanks_until be at least thanks",
        );
    }
}

fn time(at: &mut At<'_>, into: &mut Time) {
    let ([a, b, c], [long_a, long_b, long_c]) = (&mut into.touches, &mut into.minutes);
    let (touches, minutes) = (0..=366, 0..=1440);
    wholes(
        at,
        &mut [
            ("A", touches.clone(), a),
            ("B", touches.clone(), b),
            ("C", touches, c),
            ("A_minutes", minutes.clone(), long_a),
            ("B_minutes", minutes.clone(), long_b),
            ("C_minutes", minutes, long_c),
            ("budget", 0..=8784, &mut into.budget),
        ],
    );
}

fn stages(at: &mut At<'_>, into: &mut Stages) {
    let (share, count) = (0.0..=1.0, 0.0..=100_000.0);
    let mut all = [
        ("contacts", &count, &mut into.contacts),
        ("target_adds", &share, &mut into.target_adds),
        ("touches", &count, &mut into.touches),
        ("follow_up", &share, &mut into.follow_up),
        ("active_weeks", &share, &mut into.active_weeks),
        ("introductions", &count, &mut into.introductions),
        ("requests", &count, &mut into.requests),
        ("both_ways", &count, &mut into.both_ways),
    ];
    let known: Vec<&str> = all.iter().map(|(name, ..)| *name).collect();
    at.parts(&known, |at, value| value.number(all[at].1.clone(), all[at].2));
}
