//! Clean-up: contacts worth a look, why, and what could be done with them. Nothing is ever deleted.

use std::cmp::Reverse;

use chrono::{Months, NaiveDate};

use crate::contact::{Kind, Scope};
use crate::table::{Column, Data, Lists, Table, Texts, Value, Words, value, words};
use crate::touch;

use super::burst::burst_people;
use super::owner::as_of_column;
use super::period::back;
use super::person::{self, STRONG, bonds_of, candidates_column, fact, holders_column, is_good, name_column};
use super::spell::observe;
use super::{Fact, Input, Report, Touch, share};

/// The report `cleanup`.
pub(super) struct Cleanup;

/// A contact is given up as not answering when a member first wrote more than so many days ago.
const WAIT_DAYS: u64 = 30;

/// One reason to look at a contact; its place is its bit.
///
/// A birthday in 1604 is none: phones write that year for one they do not keep, and it is no year any more when
/// birthdays come here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    EraseRequest,
    DupPossible,
    Left,
    TierD,
    Stale,
    RoleAddress,
    Bounced,
    NoKey,
    NoReply,
    FutureDate,
    BurstImport,
    NameJunk,
}

/// The reasons in the order of [`Reason`].
static REASONS: [Value; 12] = [
    value("erase_request", "wants to be erased", "möchte gelöscht werden").about(
        "a tag says so; a person decides what is to be done, hamstern deletes nothing",
        "ein Stichwort sagt es; was zu tun ist, entscheidet ein Mensch, hamstern löscht nichts",
    ),
    value("dup_possible", "possible double", "vielleicht doppelt")
        .about("an open pair of the review list", "ein offenes Paar der Prüfliste"),
    value("left", "gone", "weg").about("in no member's network any more", "in keinem Netzwerk mehr"),
    value("tier_d", "category D", "Kategorie D").about(
        "sorted out; no judgement of people as such",
        "aussortiert; keine Bewertung der Menschen an sich",
    ),
    value("stale", "stale", "veraltet").about(
        "not in any export and not in touch for 24 months, unless the pipeline file says otherwise",
        "seit 24 Monaten in keinem Export und ohne Kontakt, wenn die Pipeline-Datei nichts anderes sagt",
    ),
    value("role_address", "shared address", "Sammeladresse")
        .about("such as info@: no person", "wie info@: kein Mensch"),
    value("bounced", "mail comes back", "Post kommt zurück").about(
        "a tag says that mail does not arrive",
        "ein Stichwort sagt, dass Post nicht ankommt",
    ),
    value("no_key", "cannot be reached", "nicht erreichbar").about(
        "no e-mail address, no telephone number, no profile",
        "keine E-Mail-Adresse, keine Telefonnummer, kein Profil",
    ),
    value("no_reply", "no answer", "keine Antwort").about(
        "a member wrote on at least 3 days, first more than 30 days ago, and no word of the contact nor a meeting with \
         anybody of the team is known; the pipeline file may say another number of days, 0 for not at all",
        "ein Mitglied hat an mindestens 3 Tagen geschrieben, zuerst vor mehr als 30 Tagen, und weder ein Wort des \
         Kontakts noch ein Treffen mit jemandem aus dem Team ist bekannt; die Pipeline-Datei kann eine andere Zahl von \
         Tagen nennen, 0 für gar nicht",
    ),
    value("future_date", "date in the future", "Datum in der Zukunft")
        .about("connected or born after the day of the report", "verbunden oder geboren nach dem Stichtag"),
    value("burst_import", "added in a burst", "im Schub hinzugefügt").about(
        "added with many others on one day, and never in touch",
        "mit vielen anderen an einem Tag hinzugefügt und nie in Kontakt",
    ),
    value("name_junk", "odd name", "seltsamer Name")
        .about("digits, signs or pictures in the name", "Ziffern, Zeichen oder Bilder im Namen"),
];

/// How much each reason makes a contact worth the look, in the order of [`Reason`].
const WEIGHTS: [u32; 12] = [6, 5, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1];

static ACTIONS: [Value; 4] = [
    value("verify", "verify", "prüfen"),
    value("merge", "merge", "zusammenführen")
        .about("answer the pair in the review list", "das Paar in der Prüfliste beantworten"),
    value("re-tier", "sort anew", "neu zuordnen").about("give a category", "eine Kategorie geben"),
    value("archive", "archive", "archivieren").about(
        "move to the archive, with day and reason; nothing is deleted",
        "ins Archiv verschieben, mit Tag und Grund; nichts wird gelöscht",
    ),
];

/// A set of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Reasons(u16);

impl Reasons {
    fn add(&mut self, reason: Reason, holds: bool) {
        self.0 |= u16::from(holds) << reason as u8;
    }

    fn has(self, reason: Reason) -> bool {
        self.0 >> reason as u8 & 1 == 1
    }

    fn weight(self) -> u32 {
        (0..WEIGHTS.len()).filter(|at| self.0 >> at & 1 == 1).map(|at| WEIGHTS[at]).sum()
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        REASONS.iter().enumerate().filter(move |(at, _)| self.0 >> at & 1 == 1).map(|(_, value)| value.name)
    }

    /// What is suggested. Who is on the safelist is never archived; whoever asks to be erased is first of all looked
    /// at by a person.
    fn action(self, safe: bool) -> &'static str {
        let archive = self.has(Reason::Left)
            || self.has(Reason::TierD)
            || (self.has(Reason::Stale) && self.has(Reason::NoKey));
        let sort = Reasons(1 << Reason::BurstImport as u8);
        if self.has(Reason::EraseRequest) {
            "verify"
        } else if self.has(Reason::DupPossible) {
            "merge"
        } else if archive && !safe {
            "archive"
        } else if self.has(Reason::TierD) || self == sort {
            "re-tier"
        } else {
            "verify"
        }
    }
}

/// What the holdings and touches of a contact say.
#[derive(Debug, Clone, Copy, Default)]
struct Trace {
    /// The latest export that shows it, and whether somebody still holds it.
    seen: Option<NaiveDate>,
    open: bool,
    ended: Option<NaiveDate>,
    touched: Option<NaiveDate>,
    future: Option<NaiveDate>,
    burst: Option<NaiveDate>,
    /// When somebody last wrote to it in vain.
    unanswered: Option<NaiveDate>,
    pair: bool,
}

/// A contact worth a look.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    contact: u32,
    reasons: Reasons,
    evidence: Option<NaiveDate>,
}

fn later(into: &mut Option<NaiveDate>, day: Option<NaiveDate>) {
    *into = (*into).max(day);
}

/// What is known of every contact, in their order.
fn traces(input: &Input<'_>) -> Vec<Trace> {
    let mut traces = vec![Trace::default(); input.contacts.len()];
    let past = |day: &NaiveDate| *day <= input.as_of;
    for holding in input.holdings {
        let Some(trace) = traces.get_mut(holding.contact as usize) else { continue };
        if usize::from(holding.member) >= input.members.len() {
            continue;
        }
        later(&mut trace.seen, Some(holding.last_seen));
        later(&mut trace.touched, holding.last_touch.filter(past));
        later(&mut trace.ended, holding.ended_on);
        later(&mut trace.future, holding.connected_on.filter(|day| !past(day)));
        trace.open |= holding.ended_on.is_none();
    }
    for touch in input.touches {
        if let Some(trace) = traces.get_mut(touch.contact as usize) {
            later(&mut trace.touched, Some(touch.on).filter(past));
        }
    }
    for birthday in input.birthdays {
        let day = |year| NaiveDate::from_ymd_opt(year, birthday.month.into(), birthday.day.into());
        if let Some(trace) = traces.get_mut(birthday.contact as usize) {
            later(&mut trace.future, birthday.year.and_then(day).filter(|day| !past(day)));
        }
    }
    for contact in input.open_pairs.iter().flat_map(|(one, two)| [one, two]) {
        if let Some(trace) = traces.get_mut(*contact as usize) {
            trace.pair = true;
        }
    }
    for (contact, on) in burst_people(input, &observe(input)) {
        if let Some(trace) = traces.get_mut(contact as usize) {
            later(&mut trace.burst, Some(on));
        }
    }
    for (contact, on) in unanswered(input) {
        if let Some(trace) = traces.get_mut(contact as usize) {
            later(&mut trace.unanswered, Some(on));
        }
    }
    traces
}

/// Contacts to whom a member wrote on as many days as are set and who never answered anybody, with the last of
/// those days.
fn unanswered(input: &Input<'_>) -> Vec<(u32, NaiveDate)> {
    let least = input.settings.cleanup.no_reply as usize;
    if least == 0 {
        return Vec::new();
    }
    let past = || input.touches.iter().filter(|touch| touch.on <= input.as_of);
    let mut answers = vec![false; input.contacts.len()];
    for touch in past().filter(|touch| may_answer(touch)) {
        if let Some(answers) = answers.get_mut(touch.contact as usize) {
            *answers = true;
        }
    }
    let silent = |contact: u32| answers.get(contact as usize) == Some(&false);
    let mut sent: Vec<(u32, u16, NaiveDate)> = past()
        .filter(|touch| touch.kind == touch::Kind::Wrote && silent(touch.contact))
        .map(|touch| (touch.contact, touch.member, touch.on))
        .collect();
    sent.sort_unstable();
    sent.dedup();
    let long_ago = back(input.as_of, WAIT_DAYS);
    sent.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1))
        .filter(|days| days.len() >= least && days[0].2 < long_ago)
        .map(|days| (days[0].0, days[days.len() - 1].2))
        .collect()
}

/// Whether a touch is a meeting or may have come from the contact: of many it is not known who turned to whom.
fn may_answer(touch: &Touch) -> bool {
    touch.toward < 1 || matches!(touch.kind, touch::Kind::Met | touch::Kind::HelpedBy)
}

/// Whether a name has in it what no name has: digits, signs, pictures.
fn is_junk(name: &str) -> bool {
    let odd = |letter: char| {
        letter.is_numeric()
            || "@#|*_+=<>[]{}~^\\/!?;:\"%$&".contains(letter)
            || matches!(letter, '\u{2122}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
    };
    name.chars().any(odd) || (!name.is_empty() && !name.chars().any(char::is_alphabetic))
}

/// The latest export that shows a contact that is looked at: a person known for business or a shared address.
fn looked_at(fact: &Fact, trace: &Trace) -> Option<NaiveDate> {
    let listed = match fact.kind {
        Kind::Person => fact.scope == Scope::Business,
        Kind::Role => trace.open,
        Kind::Member => false,
    };
    trace.seen.filter(|_| listed)
}

/// Why a contact is worth a look, if it is, and the day of the weightiest evidence.
fn judge(input: &Input<'_>, contact: u32, fact: &Fact, trace: &Trace) -> Option<Candidate> {
    let seen = looked_at(fact, trace)?;
    let verified = trace.touched.map_or(seen, |touched| touched.max(seen));
    let limit = verified.checked_add_months(Months::new(input.settings.cleanup.stale_months));
    let mut reasons = Reasons::default();
    if fact.kind == Kind::Role {
        reasons.add(Reason::RoleAddress, true);
    } else {
        reasons.add(Reason::DupPossible, trace.pair);
        reasons.add(Reason::Left, !trace.open);
        reasons.add(Reason::TierD, fact.tier == Some(b'D'));
        reasons.add(Reason::Stale, trace.open && limit.is_some_and(|limit| limit <= input.as_of));
        reasons.add(Reason::NoKey, !fact.reachable);
        reasons.add(Reason::FutureDate, trace.future.is_some());
        reasons.add(Reason::BurstImport, trace.burst.is_some() && trace.touched.is_none());
        reasons.add(Reason::NoReply, trace.unanswered.is_some());
        reasons.add(Reason::NameJunk, is_junk(person::name(input, contact)));
    }
    reasons.add(Reason::EraseRequest, fact.erase);
    reasons.add(Reason::Bounced, fact.bounced);
    // Categories are given on the day of the run, which may come after the newest export: what is known only
    // then is no evidence yet on the day of the report.
    let by_then = |day: Option<NaiveDate>| day.filter(|day| *day <= input.as_of);
    let dated = [
        (Reason::Left, by_then(trace.ended)),
        (Reason::TierD, by_then(fact.since)),
        (Reason::Stale, Some(verified)),
        (Reason::NoReply, trace.unanswered),
        (Reason::FutureDate, trace.future),
        (Reason::BurstImport, by_then(trace.burst)),
    ];
    let evidence = dated.iter().find_map(|(reason, day)| day.filter(|_| reasons.has(*reason)));
    (reasons != Reasons::default()).then(|| Candidate { contact, reasons, evidence: evidence.or(Some(seen)) })
}

/// Share of the contacts looked at of whom it is known how to reach them or when somebody was in touch.
fn known(input: &Input<'_>, traces: &[Trace]) -> Option<f64> {
    let looked_at =
        || input.contacts.iter().zip(traces).filter(|(fact, trace)| looked_at(fact, trace).is_some());
    let known = looked_at().filter(|(fact, trace)| fact.reachable || trace.touched.is_some());
    share(known.count() as u64, looked_at().count() as u64)
}

/// The candidates most worth a look, in order.
struct Candidates {
    shown: Vec<Candidate>,
    /// How many there are in all.
    count: u64,
    /// How many more there would be, did nobody want to keep them as they are.
    kept: u64,
}

fn candidates(input: &Input<'_>, traces: &[Trace]) -> Candidates {
    let judged = (0..).zip(input.contacts).zip(traces);
    let mut all: Vec<Candidate> =
        judged.filter_map(|((contact, fact), trace)| judge(input, contact, fact, trace)).collect();
    let found = all.len();
    all.retain(|candidate| input.keeps.binary_search(&candidate.contact).is_err());
    let (count, kept) = (all.len() as u64, (found - all.len()) as u64);
    let key = |one: &Candidate| (Reverse(one.reasons.weight()), one.evidence, one.contact);
    let most = input.settings.cleanup.most as usize;
    if all.len() > most {
        all.select_nth_unstable_by_key(most, key);
        all.truncate(most);
    }
    all.sort_unstable_by_key(key);
    Candidates { shown: all, count, kept }
}

/// Who knows each candidate; where nobody does any more, who did.
fn holders(input: &Input<'_>, candidates: &[Candidate]) -> Vec<Vec<u16>> {
    let mut places: Vec<(u32, usize)> =
        candidates.iter().enumerate().map(|(at, candidate)| (candidate.contact, at)).collect();
    places.sort_unstable();
    let mut holders = vec![Vec::new(); candidates.len()];
    for holding in input.holdings.iter().filter(|held| usize::from(held.member) < input.members.len()) {
        if let Ok(at) = places.binary_search_by_key(&holding.contact, |place| place.0) {
            let at = places[at].1;
            if holding.ended_on.is_none() || candidates[at].reasons.has(Reason::Left) {
                holders[at].push(holding.member);
            }
        }
    }
    for holders in &mut holders {
        holders.sort_unstable();
        holders.dedup();
    }
    holders
}

/// Whether a contact is too good to be archived: of category A or B, or somebody's tie to it is strong.
fn is_safe(input: &Input<'_>, contact: u32) -> bool {
    let strong = |bond: &super::Bond| bond.strength.is_some() && bond.band == STRONG;
    is_good(&fact(input, contact)) || bonds_of(input, contact).iter().any(strong)
}

impl Report for Cleanup {
    fn id(&self) -> &'static str {
        "cleanup"
    }

    fn title(&self) -> Words {
        words("Clean-up", "Aufräumen")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let traces = traces(input);
        let Candidates { shown: candidates, count, kept } = candidates(input, &traces);
        let holders = holders(input, &candidates);
        let contacts = || candidates.iter().map(|candidate| candidate.contact);
        let safe: Vec<bool> = contacts().map(|contact| is_safe(input, contact)).collect();
        let actions: Texts =
            candidates.iter().zip(&safe).map(|(candidate, safe)| candidate.reasons.action(*safe)).collect();
        let reasons: Lists = candidates.iter().map(|candidate| candidate.reasons.names()).collect();
        Table {
            name: self.id(),
            title: self.title(),
            about: "one contact worth a look, the most worth it first, at most 2,000, unless the pipeline file says otherwise; whom cleanup.csv keeps is left out and counted; nothing is ever deleted",
            key: &["contact_id"],
            columns: vec![
                as_of_column(input.as_of, candidates.len()),
                person::id_column(input, contacts()),
                name_column(input, contacts()),
                holders_column(input, holders.iter().map(Vec::as_slice)),
                Column::new("reasons", words("Reasons", "Gründe"), "why it is worth a look", Data::List(reasons))
                    .german("warum ein Blick lohnt")
                    .of(&REASONS),
                Column::new("action", words("Suggestion", "Vorschlag"), "what could be done; a person decides", Data::Text(actions))
                    .german("was zu tun wäre; das entscheidet ein Mensch")
                    .of(&ACTIONS),
                Column::new("evidence", words("Evidence of", "Beleg vom"), "day of the weightiest reason that has one by the day of the report, else of the latest export that shows it; later than the day of the report only for a date in the future, which is that date itself", Data::Date(candidates.iter().map(|candidate| candidate.evidence).collect()))
                    .german("Tag des gewichtigsten Grundes, der bis zum Stichtag einen hat, sonst des neuesten Exports mit dem Kontakt; später als der Stichtag nur bei einem Datum in der Zukunft, dann ist es dieses Datum selbst"),
                Column::new("safelist", words("Safelist", "Schutzliste"), "whether it is of category A or B or somebody's tie to it is strong: never to be archived", Data::Bool(safe.iter().map(|safe| Some(*safe)).collect()))
                    .german("ob er Kategorie A oder B hat oder jemandes Beziehung belastbar ist: nie zu archivieren"),
                candidates_column("candidates", vec![count; candidates.len()]),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of all contacts looked at, listed or not, of whom an e-mail address, a telephone number, a profile or a touch is known", Data::Share(vec![known(input, &traces); candidates.len()]))
                    .german("bei welchem Anteil aller betrachteten Kontakte, gelistet oder nicht, E-Mail-Adresse, Telefonnummer, Profil oder ein Kontakt bekannt ist"),
                Column::new("kept", words("Kept", "Behalten"), "how many more would stand here, did nobody want to keep them as they are: cleanup.csv says so, for a year", Data::Int(vec![Some(kept as i64); candidates.len()]))
                    .german("wie viele außerdem hier stünden, wollte sie niemand behalten, wie sie sind: cleanup.csv sagt es, für ein Jahr"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_digits_signs_or_pictures_are_odd() {
        for name in [
            "Jörg Müller",
            "Anne-Marie O’Neill",
            "Łukasz Żak",
            "J. R. Smith",
            "李雷",
            "",
            "Ülkü (Uli) Öz",
            "अमित कुमार",
        ] {
            assert!(!is_junk(name), "{name}");
        }
        for name in [
            "Anna 🚀 Berg",
            "★ Tom ★",
            "Ben2",
            "info@alpha.example",
            "Eva | Coach",
            "Ina & Uwe",
            "...",
            "Jo™",
        ] {
            assert!(is_junk(name), "{name}");
        }
    }

    #[test]
    fn the_good_ones_are_never_archived() {
        for bits in 1..1 << REASONS.len() {
            let reasons = Reasons(bits);
            assert_ne!(reasons.action(true), "archive");
            assert!(ACTIONS.iter().any(|action| action.name == reasons.action(false)));
            assert_eq!(reasons.names().count() as u32, bits.count_ones());
        }
        let only = |reason: Reason| Reasons(1 << reason as u8);
        assert_eq!(only(Reason::TierD).action(false), "archive");
        assert_eq!(only(Reason::TierD).action(true), "re-tier");
        assert_eq!(only(Reason::Left).action(true), "verify");
        assert_eq!(only(Reason::Stale).action(false), "verify", "old is not worthless");
        assert_eq!(only(Reason::BurstImport).action(false), "re-tier");
        assert_eq!(only(Reason::DupPossible).action(true), "merge");
        let asks =
            |reason: Reason| Reasons(1 << reason as u8 | 1 << Reason::EraseRequest as u8).action(false);
        assert_eq!([asks(Reason::TierD), asks(Reason::DupPossible)], ["verify"; 2], "a person decides first");
    }
}
