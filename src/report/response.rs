//! Response: how often and how soon members and their contacts answer each other's messages.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Value, Words, value, words};
use crate::touch::Kind;

use super::long::Long;
use super::owner::{heard_of, owners};
use super::period::{ahead, back};
use super::{Input, Report, Touch, median, share};

/// An answer comes within so many days, and a message within so many days of one that waits is a reminder.
const ANSWER_DAYS: u64 = 30;
/// Messages of so many days count, up to the last that had time to be answered.
const YEAR: u64 = 365;

/// The report `response`.
pub(super) struct Response;

static SIDES: [Value; 2] = [
    value("theirs", "Contacts answer", "Kontakte antworten")
        .about("answers to messages of the member", "Antworten auf Nachrichten des Mitglieds"),
    value("own", "The member answers", "Das Mitglied antwortet")
        .about("answers to messages of contacts", "Antworten auf Nachrichten der Kontakte"),
];

static MEASURES: [Value; 4] = [
    value("messages", "Messages", "Nachrichten").about(
        "days with a message of the year that ended 30 days ago; another one within 30 days, before any answer, is a reminder and does not count",
        "Tage mit einer Nachricht in dem Jahr, das vor 30 Tagen endete; eine weitere binnen 30 Tagen vor jeder Antwort ist eine Erinnerung und zählt nicht",
    ),
    value("answered", "Answered", "Beantwortet").about(
        "those that a message, a call or a meeting answered within 30 days",
        "davon binnen 30 Tagen mit einer Nachricht, einem Anruf oder einem Treffen beantwortet",
    ),
    value("rate", "Response rate", "Antwortquote").about("answered / messages", "beantwortet / Nachrichten").share(),
    value("days", "Days to the answer", "Tage bis zur Antwort")
        .about("median of those answered; 0 is the same day", "Median der beantworteten; 0 ist derselbe Tag"),
];

impl Report for Response {
    fn id(&self) -> &'static str {
        "response"
    }

    fn title(&self) -> Words {
        words("Response", "Antworten")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let heard = heard_of(input);
        let tallies = tally(input);
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            let tally = &tallies[owner];
            // Without a message whose direction is known, that none was sent says nothing.
            let known = heard[owner] && tally.directed > 0;
            let coverage = share(tally.directed, tally.wrote).filter(|_| heard[owner]).or(Some(0.0));
            for (value, side) in SIDES.iter().zip(&tally.sides) {
                let (messages, answered) = (side.messages, side.days.len() as u64);
                for (measure, number) in [
                    ("messages", Some(messages as f64)),
                    ("answered", Some(answered as f64)),
                    ("rate", share(answered, messages)),
                    ("days", median(side.days.iter().map(|days| *days as f64))),
                ] {
                    rows.push((name, value.name), measure, number.filter(|_| known), coverage);
                }
            }
        }
        let member = "id of the member; `team` for all together";
        let member = Column::new("member", words("Member", "Mitglied"), member, Data::Int(vec![]))
            .german("Kürzel des Mitglieds; „team“ für alle zusammen");
        let side =
            Column::new("side", words("Who answers", "Wer antwortet"), "who answers whom", Data::Int(vec![]))
                .german("wer wem antwortet");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of how one member and their contacts answer each other; empty without messages whose \
                    direction is known; coverage is the share of the messages logged of which it is",
            key: &["member", "side", "measure"],
            columns: rows.into_columns(input.as_of, member, side.of(&SIDES), &MEASURES),
        }
    }
}

/// Messages of one side, and after how many days those were answered that were.
#[derive(Clone, Default)]
struct Side {
    messages: u64,
    days: Vec<i64>,
}

/// What is counted for one owner.
#[derive(Clone, Default)]
struct Tally {
    /// Messages up to the day of the report, and those whose direction is known.
    wrote: u64,
    directed: u64,
    /// As in [`SIDES`].
    sides: [Side; 2],
}

fn tally(input: &Input<'_>) -> Vec<Tally> {
    let team = input.members.len();
    let mut tallies = vec![Tally::default(); team + 1];
    let mut touches: Vec<&Touch> = input
        .touches
        .iter()
        .filter(|touch| touch.on <= input.as_of && usize::from(touch.member) < team)
        .collect();
    touches.sort_by_key(|touch| (touch.contact, touch.member, touch.on));
    for together in touches.chunk_by(|one, next| (one.contact, one.member) == (next.contact, next.member)) {
        let member = usize::from(together[0].member);
        let wrote = together.iter().filter(|touch| touch.kind == Kind::Wrote);
        let directed = wrote.clone().filter(|touch| touch.toward != 0).count() as u64;
        let sides = [1, -1].map(|toward| exchange(together, toward, input.as_of));
        for owner in [member, team] {
            let tally = &mut tallies[owner];
            tally.wrote += wrote.clone().count() as u64;
            tally.directed += directed;
            for (side, own) in tally.sides.iter_mut().zip(&sides) {
                side.messages += own.messages;
                side.days.extend_from_slice(&own.days);
            }
        }
    }
    tallies
}

/// The messages in one direction between a member and a contact, and their answers. The touches are by day.
fn exchange(touches: &[&Touch], toward: i8, as_of: NaiveDate) -> Side {
    let mut sent: Vec<NaiveDate> = touches
        .iter()
        .filter(|touch| touch.kind == Kind::Wrote && touch.toward == toward)
        .map(|touch| touch.on)
        .collect();
    sent.dedup();
    let answers: Vec<NaiveDate> =
        touches.iter().filter(|touch| is_answer(touch, toward)).map(|touch| touch.on).collect();
    let answer = |on: NaiveDate| answers.get(answers.partition_point(|day| *day < on)).copied();
    let last = back(as_of, ANSWER_DAYS);
    let first = back(last, YEAR);
    let mut side = Side::default();
    let mut before: Option<NaiveDate> = None;
    for on in sent {
        let reminds = before.replace(on).is_some_and(|before| {
            on <= ahead(before, ANSWER_DAYS) && answer(before).is_none_or(|answer| answer >= on)
        });
        if reminds || on <= first || on > last {
            continue;
        }
        side.messages += 1;
        side.days
            .extend(answer(on).filter(|day| *day <= ahead(on, ANSWER_DAYS)).map(|day| (day - on).num_days()));
    }
    side
}

/// Whether a touch answers a message that went in the direction.
fn is_answer(touch: &Touch, toward: i8) -> bool {
    match touch.kind {
        Kind::Met => true,
        Kind::Wrote | Kind::Called => touch.toward == -toward,
        _ => false,
    }
}
