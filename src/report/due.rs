//! Due: birthdays of the next days, thanks that are owed for a meeting, and whom to get back to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::contact::Kind;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::owner::as_of_column;
use super::period::ahead;
use super::person::{
    self, bond_with, bonds_of, candidates_column, fact, id_column, is_business, name_column,
};
use super::tie::{Tie, by_contact, open_ties};
use super::{Birthday, Input, Report, Touch, share};

/// The report `due`.
pub(super) struct Due;

/// Place of the dormant ones in [`scales::bands`](crate::scales::bands): they are woken rather than followed up.
const DORMANT: u8 = 3;

static WHATS: [Value; 3] = [
    value("birthday", "birthday", "Geburtstag").about("within the next 30 days, unless the pipeline file says otherwise; whoever is born on 29 February has it on 1 March in other years", "in den nächsten 30 Tagen, wenn die Pipeline-Datei nichts anderes sagt; wer am 29. Februar geboren ist, hat ihn sonst am 1. März"),
    value("thank_you", "say thanks", "Dank").about("they met within the last 30 days, unless the pipeline file says otherwise, and the member has not written or called since; only of members whose messages are known", "Treffen in den letzten 30 Tagen, wenn die Pipeline-Datei nichts anderes sagt, und das Mitglied hat seither weder geschrieben noch angerufen; nur von Mitgliedern, deren Nachrichten bekannt sind"),
    value("follow_up", "get back to", "wieder melden").about("the last touch with the team is 30 days ago at A, 91 at B, 365 at C, or will be within 7 days. Ties that sleep and those more than a year overdue stand under \"Reactivate\" alone; what is overdue here stands there too. The pipeline file may say otherwise", "der letzte Kontakt mit dem Team ist bei A 30, bei B 91, bei C 365 Tage her oder ist es in 7 Tagen. Wer schläft oder über ein Jahr überfällig ist, steht nur unter „Eingeschlafene wecken“; was hier überfällig ist, steht auch dort. Die Pipeline-Datei kann anderes sagen"),
];

const BIRTHDAY: u8 = 0;
const THANK_YOU: u8 = 1;
const FOLLOW_UP: u8 = 2;

/// Something a member should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    on: NaiveDate,
    member: u16,
    /// Place in [`WHATS`].
    what: u8,
    contact: u32,
    /// How old the contact will be.
    turning: Option<i64>,
}

/// The next birthday from a day on. Who was born on 29 February has it on 1 March in other years: in German
/// lands good wishes ahead of the day bring bad luck.
fn next_birthday(birthday: &Birthday, from: NaiveDate) -> Option<NaiveDate> {
    let (month, day) = (u32::from(birthday.month), u32::from(birthday.day));
    let in_year = |year: i32| {
        let date = NaiveDate::from_ymd_opt(year, month, day);
        date.or_else(|| NaiveDate::from_ymd_opt(year, 3, 1).filter(|_| (month, day) == (2, 29)))
    };
    (from.year()..=from.year().saturating_add(1)).filter_map(in_year).find(|date| *date >= from)
}

fn birthdays(input: &Input<'_>, ties: &[Tie], items: &mut BTreeSet<Item>) {
    for birthday in input.birthdays {
        let Some(on) = next_birthday(birthday, input.as_of) else { continue };
        if (on - input.as_of).num_days() > i64::from(input.settings.due.birthdays) {
            continue;
        }
        let age = |year| i64::from(on.year()) - i64::from(year);
        let turning = birthday.year.map(age).filter(|age| *age > 0);
        let from = ties.partition_point(|tie| tie.contact < birthday.contact);
        for tie in ties[from..].iter().take_while(|tie| tie.contact == birthday.contact) {
            items.insert(Item { on, member: tie.member, what: BIRTHDAY, contact: tie.contact, turning });
        }
    }
}

/// Whether a touch is a word of the member to the contact.
fn is_word(touch: &Touch) -> bool {
    matches!(touch.kind, touch::Kind::Wrote | touch::Kind::Called) && touch.toward >= 0
}

fn thanks(input: &Input<'_>, ties: &[Tie], items: &mut BTreeSet<Item>) {
    let settings = &input.settings.due;
    let days = 0..=i64::from(settings.thanks_until);
    let recent = |touch: &&Touch| days.contains(&(input.as_of - touch.on).num_days());
    let mut met: BTreeMap<(u32, u16), NaiveDate> = BTreeMap::new();
    for touch in input.touches.iter().filter(recent).filter(|touch| touch.kind == touch::Kind::Met) {
        let on = met.entry((touch.contact, touch.member)).or_insert(touch.on);
        *on = touch.on.max(*on);
    }
    let words = || input.touches.iter().filter(|touch| is_word(touch) && touch.on <= input.as_of);
    let logs: BTreeSet<u16> = words().map(|touch| touch.member).collect();
    for touch in words() {
        let key = (touch.contact, touch.member);
        if met.get(&key).is_some_and(|on| touch.on >= *on) {
            met.remove(&key);
        }
    }
    for ((contact, member), on) in met {
        let held = ties.binary_search_by_key(&(contact, member), |tie| (tie.contact, tie.member)).is_ok();
        if held && logs.contains(&member) {
            let on = ahead(on, settings.thanks.into());
            items.insert(Item { on, member, what: THANK_YOU, contact, turning: None });
        }
    }
}

fn follow_ups(input: &Input<'_>, ties: &[Tie], items: &mut BTreeSet<Item>) {
    let settings = &input.settings.due;
    let shown = -i64::from(settings.lost_after)..=i64::from(settings.ahead);
    for ties in by_contact(ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        let cadence = input.settings.cadence.of(fact.tier).filter(|_| is_business(&fact));
        let Some(cadence) = cadence else { continue };
        let bonds = bonds_of(input, contact);
        let latest = ties
            .iter()
            .filter_map(|tie| bond_with(bonds, tie.member))
            .filter_map(|bond| {
                Some((bond.last?, Reverse(person::weakness(bond.strength)), Reverse(bond.member), bond.band))
            })
            .max();
        let Some((last, _, Reverse(member), band)) = latest else { continue };
        let on = ahead(last, cadence.into());
        let days = (on - input.as_of).num_days();
        // Whom nobody has met for longer is somebody to wake, not somebody due.
        if band != DORMANT && shown.contains(&days) {
            items.insert(Item { on, member, what: FOLLOW_UP, contact, turning: None });
        }
    }
}

/// Of each member the share of people whose birthday is known, and with whom a touch is known.
fn known(input: &Input<'_>, ties: &[Tie]) -> Vec<[Option<f64>; 2]> {
    let mut has_birthday = vec![false; input.contacts.len()];
    for birthday in input.birthdays {
        if let Some(has) = has_birthday.get_mut(birthday.contact as usize) {
            *has = true;
        }
    }
    let mut counts = vec![[0u64; 3]; input.members.len()];
    for ties in by_contact(ties) {
        let bonds = bonds_of(input, ties[0].contact);
        for tie in ties {
            let counts = &mut counts[usize::from(tie.member)];
            let touched = bond_with(bonds, tie.member).is_some_and(|bond| bond.last.is_some());
            counts[0] += 1;
            counts[1] += u64::from(has_birthday[tie.contact as usize]);
            counts[2] += u64::from(touched);
        }
    }
    counts
        .iter()
        .map(|[people, birthday, touch]| [share(*birthday, *people), share(*touch, *people)])
        .collect()
}

/// As many of each member's items as are shown, those of the best categories and strongest ties, in order; and how
/// many each member has.
fn most_worth(input: &Input<'_>, all: BTreeSet<Item>) -> (Vec<Item>, Vec<u64>) {
    let mut counts = vec![0u64; input.members.len()];
    for item in &all {
        counts[usize::from(item.member)] += 1;
    }
    let mut items: Vec<Item> = all.into_iter().collect();
    let most = input.settings.due.most;
    if counts.iter().any(|count| *count > u64::from(most)) {
        items.sort_by_cached_key(|item| {
            let fact = fact(input, item.contact);
            let worth = (input.worth.of(fact.tier) * 1e6) as i64;
            (Reverse(worth), person::weakness(fact.strength), *item)
        });
        let mut shown = vec![0; counts.len()];
        items.retain(|item| {
            let shown = &mut shown[usize::from(item.member)];
            *shown += 1;
            *shown <= most
        });
        items.sort_unstable();
    }
    (items, counts)
}

impl Report for Due {
    fn id(&self) -> &'static str {
        "due"
    }

    fn title(&self) -> Words {
        words("Due", "Fällig")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ties = open_ties(input);
        let mut all = BTreeSet::new();
        birthdays(input, &ties, &mut all);
        thanks(input, &ties, &mut all);
        follow_ups(input, &ties, &mut all);
        let (items, counts) = most_worth(input, all);
        let known = known(input, &ties);
        let coverage = |item: &Item| known[usize::from(item.member)][usize::from(item.what > BIRTHDAY)];
        let contacts = || items.iter().map(|item| item.contact);
        let is_private =
            |contact| fact(input, contact).kind == Kind::Person && !is_business(&fact(input, contact));
        let text = |of: &dyn Fn(&Item) -> String| Data::Text(items.iter().map(of).collect::<Texts>());
        let days = |item: &Item| Some((item.on - input.as_of).num_days());
        Table {
            name: self.id(),
            title: self.title(),
            about: "one thing a member should do for a contact, the earliest first, at most 1,000 a member, unless the pipeline file says otherwise",
            key: &["member", "contact_id", "what"],
            columns: vec![
                as_of_column(input.as_of, items.len()),
                Column::new("on", words("On", "Am"), "day of the birthday, or on which it is due", Data::Date(items.iter().map(|item| Some(item.on)).collect()))
                    .german("Tag des Geburtstags oder der Fälligkeit"),
                Column::new("days", words("Days", "Tage"), "days from the day of the report; less than 0 when overdue", Data::Int(items.iter().map(days).collect()))
                    .german("Tage ab dem Stichtag; unter 0, wenn überfällig"),
                Column::new("member", words("Member", "Mitglied"), "id of the member", text(&|item| person::member(input, item.member).to_owned()))
                    .german("Kürzel des Mitglieds"),
                Column::new("what", words("What", "Was"), "what is due", text(&|item| WHATS[usize::from(item.what)].name.to_owned()))
                    .german("was fällig ist")
                    .of(&WHATS),
                id_column(input, contacts()),
                name_column(input, contacts()),
                Column::new("turning", words("Turning", "Wird"), "age on the birthday; empty when the year is not known", Data::Int(items.iter().map(|item| item.turning).collect()))
                    .german("Alter am Geburtstag; leer, wenn das Jahr nicht bekannt ist"),
                Column::new("private", words("Private", "Privat"), "whether the contact is known in private life only", Data::Bool(contacts().map(|contact| Some(is_private(contact))).collect()))
                    .german("ob der Kontakt nur privat bekannt ist"),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of the member's people whose birthday is known or, for thanks and follow-ups, with whom a touch is", Data::Share(items.iter().map(coverage).collect()))
                    .german("bei welchem Anteil der Menschen des Mitglieds der Geburtstag bekannt ist oder, bei Dank und Wiedermelden, ein Kontakt"),
                Column {
                    about: "how many there are for the member in all; the table shows at most 1,000 of them, unless the pipeline file says otherwise",
                    about_german: "wie viele es für das Mitglied insgesamt sind; die Tabelle zeigt höchstens 1.000, wenn die Pipeline-Datei nichts anderes sagt",
                    ..candidates_column("candidates", items.iter().map(|item| counts[usize::from(item.member)]).collect())
                },
                Column::new("tier", words("Category", "Kategorie"), "category of the contact; empty when not sorted; no judgement of people as such", text(&|item| fact(input, item.contact).tier.map(char::from).map(String::from).unwrap_or_default()))
                    .german("Kategorie des Kontakts; leer, wenn nicht zugeordnet; keine Bewertung der Menschen an sich"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_come_round_without_a_year_on_leap_days_and_over_the_end_of_the_year() {
        for (month, day, from, next) in [
            (3, 16, "2026-03-16", "2026-03-16"),
            (3, 15, "2026-03-16", "2027-03-15"),
            (1, 5, "2026-12-20", "2027-01-05"),
            (12, 31, "2026-12-31", "2026-12-31"),
            (2, 29, "2026-02-20", "2026-03-01"),
            (2, 29, "2026-03-02", "2027-03-01"),
            (2, 29, "2028-02-20", "2028-02-29"),
            (2, 29, "2027-03-02", "2028-02-29"),
        ] {
            let birthday = Birthday { contact: 0, year: None, month, day };
            assert_eq!(next_birthday(&birthday, from.parse().unwrap()), next.parse().ok(), "{month}-{day}");
        }
        for (month, day) in [(2, 30), (0, 1), (13, 1), (4, 31)] {
            let birthday = Birthday { contact: 0, year: None, month, day };
            assert_eq!(next_birthday(&birthday, "2026-03-16".parse().unwrap()), None);
        }
        assert_eq!(
            next_birthday(&Birthday { contact: 0, year: None, month: 1, day: 1 }, NaiveDate::MAX),
            None
        );
    }
}
