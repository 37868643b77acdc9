//! Stages: what each of the five stages asks of a member, and what evidence there is.
//!
//! The thresholds are this program's own unless the pipeline file sets them, and what is told is a self-assessment: trust is not measured.

use chrono::NaiveDate;

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::diversity::band_distances;
use super::owner::{as_of_column, owners};
use super::period::{ahead, back, monday};
use super::spell::{ALL_LANE, Clock, LANES, each_spell, observe, series};
use super::tiers::is_unsorted;
use super::{Input, Report, TEAM, Touch, settings, share};

/// Days that count as the last year.
const YEAR: u64 = 365;
/// Full ISO weeks before the day of the report, in which activity is looked for.
const WEEKS: u64 = 12;
/// A meeting is followed up within so many days.
const FOLLOW_UP_DAYS: u64 = 2;

/// The report `stages`.
pub(super) struct Stages;

/// A criterion: of which stage it is, and the number it asks for.
struct Criterion {
    stage: i64,
    /// Where it is met from, or below which for [`BACKLOG`] and up to which for [`BAND`].
    needed: f64,
}

/// In the order of [`CRITERIA`].
fn asked(settings: &settings::Stages) -> [Criterion; 12] {
    let asks = |stage, needed| Criterion { stage, needed };
    [
        asks(1, settings.contacts),
        asks(2, 1.0),
        asks(2, settings.target_adds),
        asks(3, settings.touches),
        asks(3, settings.follow_up),
        asks(3, 0.0),
        asks(4, settings.active_weeks),
        asks(4, 0.0),
        asks(4, settings.introductions),
        asks(5, settings.requests),
        asks(5, settings.both_ways),
        asks(5, 1.0),
    ]
}
const BACKLOG: usize = 5;
const BAND: usize = 7;

static CRITERIA: [Value; 12] = [
    value("contacts", "People known", "Bekannte Menschen").about("how many people the member knows now", "wie viele Menschen das Mitglied jetzt kennt"),
    value("goals", "Goals", "Ziele").about("1 if the team says whom it wants to know, else 0", "1, wenn das Team sagt, wen es kennen will, sonst 0"),
    value("target_adds", "New people in the target", "Neue im Ziel").about("share of the people added in the last 365 days who are on target; empty when the goals name neither industries nor employers and there is no wish list", "Anteil der Zielkontakte an den in den letzten 365 Tagen Hinzugefügten; leer, wenn die Ziele weder Branchen noch Arbeitgeber nennen und es keine Wunschliste gibt").share(),
    value("touches", "Touches logged", "Kontakte festgehalten").about("touches of the last 365 days", "festgehaltene Kontakte der letzten 365 Tage"),
    value("follow_up", "Meetings followed up", "Treffen nachbereitet").about("share of the meetings of the last 365 days after which another touch came within two days", "Anteil der Treffen der letzten 365 Tage, auf die binnen zwei Tagen ein weiterer Kontakt folgte").share(),
    value("backlog", "Change of the penguins' share", "Änderung des Anteils der Pinguine").about("share of people not sorted yet, now less 12 weeks ago; met when it fell or nobody is left. Empty until categories are 12 weeks old. Who changed category since counts as sorted since", "Anteil der noch nicht Zugeordneten, jetzt weniger vor 12 Wochen; erfüllt, wenn er sank oder niemand übrig ist. Leer, bis Kategorien 12 Wochen alt sind. Wer seither die Kategorie wechselte, gilt als seither zugeordnet"),
    value("active_weeks", "Active weeks", "Aktive Wochen").about("share of the last 12 full weeks with a touch or a new connection", "Anteil der letzten 12 vollen Wochen mit einem Kontakt oder einer neuen Verbindung").share(),
    value("band", "Distance from the band of similarity", "Abstand vom Band der Ähnlichkeit").about("how far the mean similarity lies outside the band of the pipeline file, 0.3 to 0.6 unless set; met at 0", "wie weit die mittlere Ähnlichkeit außerhalb des Bands der Pipeline-Datei liegt, 0,3 bis 0,6, wenn sie nichts anderes sagt; erfüllt bei 0"),
    value("introductions", "Introductions a month", "Vermittlungen je Monat").about("days with an introduction in the last 90 days / 3; empty without a log of introductions and help", "Tage mit einer Vermittlung in den letzten 90 Tagen / 3; leer ohne Aufzeichnung von Vermittlungen und Hilfe"),
    value("requests", "Requests solved", "Gelöste Anliegen").about("times the network helped in the last 365 days; empty without a log of introductions and help", "wie oft das Netzwerk in den letzten 365 Tagen half; leer ohne Aufzeichnung von Vermittlungen und Hilfe"),
    value("both_ways", "Give and take", "Geben und Nehmen").about("the smaller of help given (with introductions) and help received in the last 365 days; empty without a log of them", "das Kleinere von gegebener Hilfe (mit Vermittlungen) und erhaltener in den letzten 365 Tagen; leer ohne Aufzeichnung"),
    value("yearly_review", "Yearly review", "Jährliche Durchsicht").about("1 if the member went through all contacts within the last 365 days, else 0; only the pipeline file tells the day, so it is empty where it says none or one that is yet to come", "1, wenn das Mitglied in den letzten 365 Tagen alle Kontakte durchgesehen hat, sonst 0; den Tag sagt nur die Pipeline-Datei, darum leer, wenn sie keinen nennt oder einen, der noch kommt"),
];

static MET: [Value; 3] =
    [value("yes", "yes", "ja"), value("no", "no", "nein"), value("unknown", "unknown", "unbekannt")];

static ASSESSMENTS: [Value; 2] = [
    value("assessed", "assessed", "eingeschätzt"),
    value("not_assessable", "not assessable", "nicht einschätzbar").about(
        "fewer than half of the criteria are known",
        "weniger als die Hälfte der Kriterien ist bekannt",
    ),
];

impl Report for Stages {
    fn id(&self) -> &'static str {
        "stages"
    }

    fn title(&self) -> Words {
        words("Stages", "Stufen")
    }

    fn personal(&self) -> bool {
        true
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let evidence = gather(input);
        let asked = asked(&input.settings.stages);
        let mut rows = Rows::default();
        for (owner, name) in owners(input).into_iter().filter(|(_, name)| *name != TEAM) {
            rows.add(name, &evidence[owner], (input.has_goals, input.has_targets), &asked);
        }
        rows.into_table(self, input.as_of)
    }
}

/// Whether a criterion is met; nothing where it is not known. A backlog of nobody cannot fall.
fn met(criterion: usize, needed: f64, value: Option<f64>, nobody_left: bool) -> Option<bool> {
    let value = value?;
    Some(match criterion {
        BACKLOG => value < needed || nobody_left,
        BAND => value <= needed,
        _ => value >= needed,
    })
}

/// The highest stage up to which every criterion is met.
fn highest(met: &[Option<bool>], asked: &[Criterion]) -> Option<i64> {
    let all =
        |stage: &i64| met.iter().zip(asked).all(|(met, asked)| asked.stage > *stage || *met == Some(true));
    (1..=5).rev().find(all)
}

/// What is counted for one member.
#[derive(Clone, Default)]
struct Evidence {
    /// Whether the member delivered anything.
    seen: bool,
    people: u64,
    adds: u64,
    target_adds: u64,
    touches: u64,
    meetings: u64,
    followed: u64,
    /// Whether the share of people not sorted 12 weeks ago can be told.
    backlog_known: bool,
    unsorted: u64,
    people_then: u64,
    unsorted_then: u64,
    /// Whether anything says in which weeks the member was active, and those weeks as bits.
    active_known: bool,
    active: u16,
    band: Option<f64>,
    /// Whether introductions and help are logged at all.
    giving_logged: bool,
    introductions: u64,
    given: u64,
    received: u64,
    /// Whether all contacts were gone through within a year, where the member says when.
    reviewed: Option<bool>,
    /// The stage at which the member sees itself.
    own_view: Option<u8>,
}

impl Evidence {
    /// The value of each criterion, where the team has goals and has anything that makes contacts targets.
    fn values(&self, (goals, targets): (bool, bool)) -> [Option<f64>; 12] {
        let count = |count: u64| Some(count as f64);
        let logged = |count: u64| Some(count as f64).filter(|_| self.giving_logged);
        let now = share(self.unsorted, self.people);
        let then = share(self.unsorted_then, self.people_then);
        let change = now.zip(then).map(|(now, then)| now - then);
        [
            count(self.people).filter(|_| self.seen),
            count(u64::from(goals)),
            share(self.target_adds, self.adds).filter(|_| targets),
            count(self.touches).filter(|_| self.seen || self.touches > 0),
            share(self.followed, self.meetings),
            change.filter(|_| self.backlog_known),
            share(u64::from(self.active.count_ones()), WEEKS).filter(|_| self.active_known),
            self.band,
            logged(self.introductions).map(|days| days / 3.0),
            logged(self.received),
            logged(self.given.min(self.received)),
            self.reviewed.map(|reviewed| f64::from(u8::from(reviewed))),
        ]
    }

    fn mark_active(&mut self, on: NaiveDate, as_of: NaiveDate) {
        self.active_known = true;
        let this_week = monday(as_of);
        let first = back(this_week, WEEKS * 7);
        if first <= on && on < this_week {
            self.active |= 1 << ((on - first).num_days() / 7);
        }
    }
}

fn gather(input: &Input<'_>) -> Vec<Evidence> {
    let mut evidence = vec![Evidence::default(); input.members.len()];
    for (evidence, band) in evidence.iter_mut().zip(band_distances(input)) {
        evidence.band = band;
    }
    let year_ago = back(input.as_of, YEAR);
    for (evidence, own) in evidence.iter_mut().zip(input.own) {
        let done = own.reviewed.filter(|day| *day <= input.as_of);
        evidence.reviewed = done.map(|day| year_ago < day);
        evidence.own_view = own.stage;
    }
    see_people(input, &mut evidence);
    see_touches(input, &mut evidence);
    evidence
}

fn see_people(input: &Input<'_>, evidence: &mut [Evidence]) {
    let observed = observe(input);
    let year_ago = back(input.as_of, YEAR);
    let then = back(input.as_of, WEEKS * 7);
    let mut connected = vec![false; evidence.len()];
    each_spell(input, &observed, |series, contact, spell| {
        if series % LANES != ALL_LANE {
            return;
        }
        let Some(evidence) = evidence.get_mut(series / LANES) else { return };
        let fact = &input.contacts[contact as usize];
        if spell.clock == Clock::Connected {
            connected[series / LANES] = true;
            evidence.mark_active(spell.start, input.as_of);
        }
        if spell.clock != Clock::Baseline && year_ago < spell.start {
            evidence.adds += 1;
            evidence.target_adds += u64::from(fact.target);
        }
        if spell.end.is_none() {
            evidence.people += 1;
            evidence.unsorted += u64::from(is_unsorted(fact));
        }
        let there = spell.clock == Clock::Baseline || spell.start <= then;
        if there && spell.end.is_none_or(|end| end > then) {
            let sorted_since = fact.tier.is_some() && fact.since.is_some_and(|since| since > then);
            evidence.people_then += 1;
            evidence.unsorted_then += u64::from(is_unsorted(fact) || sorted_since);
        }
    });
    // Were nobody sorted before, the first sorting of all would look like work on the backlog.
    let sorted_before = input.contacts.iter().any(|fact| fact.since.is_some_and(|since| since <= then));
    for (owner, evidence) in evidence.iter_mut().enumerate() {
        let seen = &observed[series(owner, ALL_LANE)];
        evidence.seen = seen.seen.is_some();
        evidence.backlog_known = sorted_before && seen.shows_stock(then, connected[owner]);
    }
}

fn see_touches(input: &Input<'_>, evidence: &mut [Evidence]) {
    let as_of = input.as_of;
    let (year_ago, quarter_ago) = (back(as_of, YEAR), back(as_of, 90));
    let mut touches: Vec<&Touch> = input.touches.iter().filter(|touch| touch.on <= as_of).collect();
    // They come nearly in this order, which a stable sort makes use of.
    touches.sort_by_key(|touch| (touch.contact, touch.member, touch.on));
    for together in touches.chunk_by(|one, next| (one.contact, one.member) == (next.contact, next.member)) {
        let Some(evidence) = evidence.get_mut(usize::from(together[0].member)) else { continue };
        for touch in together {
            evidence.mark_active(touch.on, as_of);
            evidence.touches += u64::from(year_ago < touch.on);
        }
        see_meetings(together, (year_ago, back(as_of, FOLLOW_UP_DAYS)), evidence);
    }
    let mut given: Vec<(u16, NaiveDate)> = Vec::new();
    for touch in touches {
        let Some(evidence) = evidence.get_mut(usize::from(touch.member)) else { continue };
        let recent = u64::from(year_ago < touch.on);
        match touch.kind {
            touch::Kind::Introduced => {
                evidence.given += recent;
                // Both people of one introduction are logged.
                given.extend((quarter_ago < touch.on).then_some((touch.member, touch.on)));
            }
            touch::Kind::Helped => evidence.given += recent,
            touch::Kind::HelpedBy => evidence.received += recent,
            touch::Kind::Asked => {}
            _ => continue,
        }
        evidence.giving_logged = true;
    }
    given.sort_unstable();
    given.dedup();
    for (member, _) in given {
        evidence[usize::from(member)].introductions += 1;
    }
}

/// Counts the meetings after the first day and up to the last one, and those that were followed up. The touches
/// are those with one contact, by day.
fn see_meetings(touches: &[&Touch], (after, until): (NaiveDate, NaiveDate), evidence: &mut Evidence) {
    let met = |touch: &&&Touch| touch.kind == touch::Kind::Met;
    let others: Vec<NaiveDate> = touches.iter().filter(|touch| !met(touch)).map(|touch| touch.on).collect();
    let mut days: Vec<NaiveDate> = touches.iter().filter(met).map(|touch| touch.on).collect();
    days.dedup();
    for day in days.into_iter().filter(|day| after < *day && *day <= until) {
        let next = others.get(others.partition_point(|other| *other < day));
        evidence.meetings += 1;
        evidence.followed += u64::from(next.is_some_and(|next| *next <= ahead(day, FOLLOW_UP_DAYS)));
    }
}

#[derive(Default)]
struct Rows {
    member: Texts,
    stage: Vec<Option<i64>>,
    criterion: Texts,
    value: Vec<Option<f64>>,
    needed: Vec<Option<f64>>,
    met: Texts,
    evidence: Vec<Option<i64>>,
    coverage: Vec<Option<f64>>,
    assessment: Texts,
    own_view: Vec<Option<i64>>,
}

impl Rows {
    fn add(&mut self, member: &str, evidence: &Evidence, goals: (bool, bool), asked: &[Criterion]) {
        let values = evidence.values(goals);
        let of =
            |(at, value): (usize, &Option<f64>)| met(at, asked[at].needed, *value, evidence.unsorted == 0);
        let met: Vec<Option<bool>> = values.iter().enumerate().map(of).collect();
        let known = met.iter().flatten().count();
        let assessable = known * 2 >= met.len();
        let stage = highest(&met, asked).filter(|_| assessable);
        for (at, (asked, value)) in asked.iter().zip(values).enumerate() {
            self.member.push(member);
            self.stage.push(Some(asked.stage));
            self.criterion.push(CRITERIA[at].name);
            self.value.push(value);
            self.needed.push(Some(asked.needed));
            self.met.push(met[at].map_or("unknown", |met| if met { "yes" } else { "no" }));
            self.evidence.push(stage);
            self.coverage.push(share(known as u64, met.len() as u64));
            self.assessment.push(ASSESSMENTS[usize::from(!assessable)].name);
            self.own_view.push(evidence.own_view.map(i64::from));
        }
    }

    fn into_table(self, report: &Stages, as_of: NaiveDate) -> Table {
        let column = Column::new;
        Table {
            name: report.id(),
            title: report.title(),
            about: "one criterion of one of the five stages for one member: a self-assessment with this program's own \
                    thresholds, unless the pipeline file sets them; trust is not measured",
            key: &["member", "criterion"],
            columns: vec![
                as_of_column(as_of, self.stage.len()),
                column("member", words("Member", "Mitglied"), "id of the member", Data::Text(self.member))
                    .german("Kürzel des Mitglieds"),
                column(
                    "stage",
                    words("Stage", "Stufe"),
                    "1 by-product, 2 topic, 3 technique, 4 work style, 5 attitude",
                    Data::Int(self.stage),
                )
                .german("1 Nebenprodukt, 2 Thema, 3 Technik, 4 Arbeitsstil, 5 Haltung"),
                column(
                    "criterion",
                    words("Criterion", "Kriterium"),
                    "what the stage asks for",
                    Data::Text(self.criterion),
                )
                .german("was die Stufe verlangt")
                .of(&CRITERIA),
                column(
                    "value",
                    words("Value", "Wert"),
                    "what is known of it; empty when nothing is",
                    Data::Float(self.value),
                )
                .german("was davon bekannt ist; leer, wenn nichts"),
                column(
                    "needed",
                    words("Needed", "Nötig"),
                    "the least value that meets it; below it for `backlog`, at most it for `band`",
                    Data::Float(self.needed),
                )
                .german("der kleinste Wert, der genügt; bei den Pinguinen darunter, beim Band höchstens so viel"),
                column("met", words("Met", "Erfüllt"), "whether the evidence suffices", Data::Text(self.met))
                    .german("ob der Nachweis genügt")
                    .of(&MET),
                column(
                    "stage_evidence",
                    words("Stage shown", "Belegte Stufe"),
                    "highest stage up to which every criterion is met; empty when none is or it is not assessable",
                    Data::Int(self.evidence),
                )
                .german("höchste Stufe, bis zu der jedes Kriterium erfüllt ist; leer, wenn keine oder nicht einschätzbar"),
                column(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of the member's criteria that are known",
                    Data::Share(self.coverage),
                )
                .german("Anteil der Kriterien des Mitglieds, die bekannt sind"),
                column(
                    "assessment",
                    words("Self-assessment", "Selbsteinschätzung"),
                    "whether enough is known: at least half of the criteria",
                    Data::Text(self.assessment),
                )
                .german("ob genug bekannt ist: mindestens die Hälfte der Kriterien")
                .of(&ASSESSMENTS),
                column(
                    "stage_self",
                    words("Own view", "Eigene Sicht"),
                    "stage at which the member sees itself, as the pipeline file says; empty when it does not",
                    Data::Int(self.own_view),
                )
                .german("Stufe, auf der sich das Mitglied selbst sieht, laut Pipeline-Datei; leer, wenn sie nichts sagt"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_asks_for_all_before_it() {
        let (yes, no) = (Some(true), Some(false));
        let mut met = vec![yes; 12];
        let highest = |met: &[Option<bool>]| highest(met, &asked(&settings::Stages::default()));
        assert_eq!(highest(&met), Some(5));
        met[11] = None;
        assert_eq!(highest(&met), Some(4));
        met[2] = no;
        assert_eq!(highest(&met), Some(1));
        met[0] = None;
        assert_eq!(highest(&met), None);
    }

    #[test]
    fn the_backlog_must_fall_and_similarity_lie_in_the_band() {
        let met = |at: usize, value, nobody_left| {
            met(at, asked(&settings::Stages::default())[at].needed, value, nobody_left)
        };
        assert_eq!(met(BACKLOG, Some(0.0), false), Some(false));
        assert_eq!(met(BACKLOG, Some(-0.1), false), Some(true));
        assert_eq!(met(BACKLOG, Some(0.0), true), Some(true));
        assert_eq!(met(BACKLOG, None, true), None);
        assert_eq!(met(BAND, Some(0.0), false), Some(true));
        assert_eq!(met(BAND, Some(0.1), false), Some(false));
        assert_eq!(met(2, Some(0.2), false), Some(true));
        assert_eq!(met(2, None, false), None);
    }
}
