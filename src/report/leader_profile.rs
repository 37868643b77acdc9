//! Leader profile: what the member who leads the race does differently from the others.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::Datelike;

use crate::scales;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::burst::{Bursts, bursts};
use super::meeting::{APPOINTMENT_DAYS, Meetings};
use super::owner::as_of_column;
use super::racing::{Add, Racing};
use super::{Input, Report, TEAM, share};

/// A mix of sectors is shown from so many people with a known sector on ...
const FEWEST_KNOWN: u64 = 20;
/// ... who are at least this share of all.
const FEWEST_SHARE: f64 = 0.3;

/// The report `leader_profile`.
pub(super) struct LeaderProfile;

static ASPECTS: [Value; 10] = [
    value("adds", "People added", "Neue Menschen").about("people added within the race; for the others the mean", "Menschen, die im Rennen dazukamen; bei den anderen das Mittel"),
    value("weekday", "Weekday", "Wochentag").about("share of people added on this day of the week, by the date in the export", "Anteil der an diesem Wochentag dazugekommenen, nach dem Datum im Export").share(),
    value("sector", "Industry", "Branche").about("share of this industry among people added whose industry is known; empty when too few are", "Anteil der Branche an den neuen Menschen mit bekannter Branche; leer, wenn es zu wenige sind").share(),
    value("touched_30", "In touch within 30 days", "Austausch binnen 30 Tagen").about("share of people added with any touch within 30 days of the connection, so far; empty without a log", "Anteil der neuen Menschen mit Austausch binnen 30 Tagen nach der Verbindung, bis zum Stichtag; leer ohne Aufzeichnungen").share(),
    value("touched_90", "In touch within 90 days", "Austausch binnen 90 Tagen").about("the same within 90 days", "dasselbe binnen 90 Tagen").share(),
    value("appointments", "Met within 90 days", "Termin binnen 90 Tagen").about("share of people added and met within 90 days of the connection, so far; empty without a log of meetings", "Anteil der neuen Menschen mit einem Termin binnen 90 Tagen nach der Verbindung, bis zum Stichtag; leer, wenn Termine nicht festgehalten sind").share(),
    value("invitations", "Invitations sent", "Gesendete Einladungen").about("invitations to connect that the export lists, of whatever day; for the others the mean of those with such a list; empty without it. Known for: share of the members who have such a list", "Einladungen, die der Export aufführt, gleich von welchem Tag; bei den anderen das Mittel derer mit dieser Liste; leer ohne sie. Bekannt bei: Anteil der Mitglieder mit einer solchen Liste"),
    value("noted", "Invitations with a note", "Einladungen mit Nachricht").about("share of the invitations sent that had a note. Known for: as with the invitations sent", "Anteil der gesendeten Einladungen mit einer Nachricht. Bekannt bei: wie bei den gesendeten").share(),
    value("accepted", "Invitations accepted", "Angenommene Einladungen").about("share of the invitations sent after which the two were connected. Known for: as with the invitations sent", "Anteil der gesendeten Einladungen, nach denen beide verbunden waren. Bekannt bei: wie bei den gesendeten").share(),
    value("burst_share", "Added in bursts", "In Schüben hinzugefügt").about("share of all people ever added on days with at least 10 and 5 times the usual, of whom fewer than 20 % were in touch within 30 days", "Anteil der je an Tagen mit mindestens 10 und dem 5-Fachen des Üblichen Dazugekommenen, von denen weniger als 20 % binnen 30 Tagen in Kontakt waren").share(),
];

static WEEKDAYS: [Value; 7] = [
    value("monday", "Monday", "Montag"),
    value("tuesday", "Tuesday", "Dienstag"),
    value("wednesday", "Wednesday", "Mittwoch"),
    value("thursday", "Thursday", "Donnerstag"),
    value("friday", "Friday", "Freitag"),
    value("saturday", "Saturday", "Samstag"),
    value("sunday", "Sunday", "Sonntag"),
];

/// Weekdays and sectors.
static PARTS: LazyLock<Vec<Value>> = LazyLock::new(|| [&WEEKDAYS[..], scales::sectors()].concat());

impl Report for LeaderProfile {
    fn id(&self) -> &'static str {
        "leader_profile"
    }

    fn title(&self) -> Words {
        words("Leader profile", "Was die Spitze anders macht")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let racing = Racing::run(input, |_, _, _| ());
        let counts = racing.counts();
        let leader = Racing::racers(input)
            .filter_map(|(member, name)| Some((counts[member].filter(|adds| *adds > 0)?, name, member)))
            .max_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.cmp(one.1)));
        let mut rows = Rows::default();
        if let Some((_, name, leader)) = leader {
            fill(&mut rows, input, &racing, leader);
            name.clone_into(&mut rows.leader);
        }
        rows.into_table(self, input)
    }
}

/// What is counted of the adds of the leader or of the others together.
#[derive(Default)]
struct Tally {
    members: u64,
    adds: u64,
    weekdays: [u64; 7],
    sectors: Vec<u64>,
    bursts: Bursts,
    /// Adds with a date of connection of members who keep a log of any touch, or of meetings.
    logged: u64,
    logged_meetings: u64,
    touched: [u64; 2],
    met: u64,
}

impl Tally {
    fn add(&mut self, add: &Add, sector: Option<u8>, touches: &Meetings, meetings: &Meetings) {
        self.adds += 1;
        if let Some(people) = sector.and_then(|sector| self.sectors.get_mut(usize::from(sector))) {
            *people += 1;
        }
        if !add.connected {
            return;
        }
        self.weekdays[add.on.weekday().num_days_from_monday() as usize] += 1;
        let member = usize::from(add.member);
        if touches.logged(member) {
            self.logged += 1;
            for (touched, days) in self.touched.iter_mut().zip([30, 90]) {
                *touched += u64::from(touches.within(add.key(), days));
            }
        }
        if meetings.logged(member) {
            self.logged_meetings += 1;
            self.met += u64::from(meetings.within(add.key(), APPOINTMENT_DAYS));
        }
    }

    fn sector(&self, sector: usize) -> Side {
        let known: u64 = self.sectors.iter().sum();
        let coverage = share(known, self.adds);
        let enough = known >= FEWEST_KNOWN && coverage.is_some_and(|coverage| coverage >= FEWEST_SHARE);
        (share(self.sectors[sector], known).filter(|_| enough), coverage)
    }

    fn part(&self, part: u64, of: u64) -> Side {
        (share(part, of), share(of, self.adds))
    }
}

/// A number and its coverage.
type Side = (Option<f64>, Option<f64>);

fn fill(rows: &mut Rows, input: &Input<'_>, racing: &Racing, leader: usize) {
    let touches = Meetings::of(input, |_| true);
    let meetings = Meetings::of(input, |kind| kind == touch::Kind::Met);
    let empty = || Tally { sectors: vec![0; scales::sectors().len()], ..Tally::default() };
    let mut sides = [empty(), empty()];
    let inbox: BTreeSet<usize> =
        (0..input.members.len()).filter(|&member| input.members[member] == TEAM).collect();
    for add in racing.adds.iter().filter(|add| !inbox.contains(&usize::from(add.member))) {
        let side = usize::from(usize::from(add.member) != leader);
        sides[side].add(add, input.contacts[add.contact as usize].sector, &touches, &meetings);
    }
    for (member, bursts) in bursts(input, &racing.observed).into_iter().enumerate() {
        if !inbox.contains(&member) {
            let side = &mut sides[usize::from(member != leader)];
            side.bursts.add(bursts);
            side.members += u64::from(racing.lanes[member].shows_adds);
        }
    }
    let racers = (input.members.len() - inbox.len()) as u64;
    let members = [1, racers - 1];
    let mut push =
        |aspect: &str, part: &str, of: &dyn Fn(usize) -> Side| rows.push(aspect, part, of(0), of(1));
    push("adds", "", &|side| {
        let tally = &sides[side];
        (share(tally.adds, tally.members), share(tally.members, members[side]))
    });
    for (day, weekday) in WEEKDAYS.iter().enumerate() {
        push("weekday", weekday.name, &|side| {
            sides[side].part(sides[side].weekdays[day], sides[side].weekdays.iter().sum())
        });
    }
    for (sector, value) in scales::sectors().iter().enumerate() {
        if sides.iter().any(|side| side.sectors[sector] > 0) {
            push("sector", value.name, &|side| sides[side].sector(sector));
        }
    }
    push("touched_30", "", &|side| sides[side].part(sides[side].touched[0], sides[side].logged));
    push("touched_90", "", &|side| sides[side].part(sides[side].touched[1], sides[side].logged));
    push("appointments", "", &|side| sides[side].part(sides[side].met, sides[side].logged_meetings));
    let sent = invitations(input, leader);
    push("invitations", "", &|side| {
        (share(sent[side].sent, sent[side].members), share(sent[side].members, members[side]))
    });
    push("noted", "", &|side| {
        (share(sent[side].noted, sent[side].sent), share(sent[side].members, members[side]))
    });
    push("accepted", "", &|side| {
        (share(sent[side].accepted, sent[side].sent), share(sent[side].members, members[side]))
    });
    push("burst_share", "", &|side| (sides[side].bursts.value(), sides[side].bursts.coverage()));
}

/// Invitations of the leader or of the others together.
#[derive(Default)]
struct Invited {
    /// Members whose export lists any.
    members: u64,
    sent: u64,
    noted: u64,
    accepted: u64,
}

fn invitations(input: &Input<'_>, leader: usize) -> [Invited; 2] {
    let mut sides = [Invited::default(), Invited::default()];
    for one in input.invitations {
        let member = usize::from(one.member);
        if input.members.get(member).is_none_or(|name| name == TEAM) || one.sent == 0 {
            continue;
        }
        let side = &mut sides[usize::from(member != leader)];
        side.members += 1;
        side.sent += one.sent;
        side.noted += one.noted;
        side.accepted += one.accepted;
    }
    sides
}

#[derive(Default)]
struct Rows {
    leader: String,
    aspect: Texts,
    part: Texts,
    values: [Vec<Option<f64>>; 3],
    coverages: [Vec<Option<f64>>; 2],
}

impl Rows {
    fn push(&mut self, aspect: &str, part: &str, leader: Side, others: Side) {
        self.aspect.push(aspect);
        self.part.push(part);
        let difference = leader.0.zip(others.0).map(|(leader, others)| leader - others);
        for (values, value) in self.values.iter_mut().zip([leader.0, others.0, difference]) {
            values.push(value);
        }
        for (coverages, coverage) in self.coverages.iter_mut().zip([leader.1, others.1]) {
            coverages.push(coverage);
        }
    }

    fn into_table(self, report: &LeaderProfile, input: &Input<'_>) -> Table {
        let count = self.aspect.len();
        let leaders: Texts = (0..count).map(|_| self.leader.as_str()).collect();
        let [leader, others, difference] = self.values;
        let [coverage, coverage_others] = self.coverages;
        Table {
            name: report.id(),
            title: report.title(),
            about: "one habit of the member who added most people within the race, beside that of the others together; empty when nobody added anybody",
            key: &["aspect", "part"],
            columns: vec![
                as_of_column(input.as_of, count),
                Column::new("member", words("Leader", "Spitze"), "id of the member who leads; of equal ones the first by name", Data::Text(leaders))
                    .german("Kürzel des führenden Mitglieds; bei Gleichstand das erste nach Namen"),
                Column::new("aspect", words("Habit", "Gewohnheit"), "what is compared", Data::Text(self.aspect))
                    .german("was verglichen wird")
                    .of(&ASPECTS),
                Column::new("part", words("Which", "Welche"), "weekday or industry; empty where the habit has no parts", Data::Text(self.part))
                    .german("Wochentag oder Branche; leer, wo es keine Teile gibt")
                    .of(&PARTS),
                Column::new("leader", words("Leader's", "Spitze: Wert"), "the leader's number: a share between 0 and 1, or a count; empty when not known", Data::Float(leader))
                    .german("Zahl des führenden Mitglieds: Anteil zwischen 0 und 1, oder Anzahl; leer, wenn nicht bekannt"),
                Column::new("others", words("Others'", "Andere: Wert"), "the same of all other members together", Data::Float(others))
                    .german("dasselbe bei allen anderen Mitgliedern zusammen"),
                Column::new("difference", words("Difference", "Unterschied"), "leader less others", Data::Float(difference))
                    .german("Spitze weniger andere"),
                Column::new("coverage", words("Known for (leader)", "Bekannt bei (Spitze)"), "share of the leader's people added for whom the input was known; of added people as such and of invitations the share of members for whom they are known, for the leader all or none", Data::Share(coverage))
                    .german("für welchen Anteil der neuen Menschen der Spitze die Angabe bekannt war; bei der Zahl der Neuen und bei Einladungen der Anteil der Mitglieder, von denen sie bekannt sind (bei der Spitze alles oder nichts)"),
                Column::new("coverage_others", words("Known for (others)", "Bekannt bei (andere)"), "the same of the others", Data::Share(coverage_others))
                    .german("dasselbe bei den anderen"),
            ],
        }
    }
}
