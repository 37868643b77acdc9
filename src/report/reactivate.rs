//! Reactivate: ties that sleep or wait too long and are worth waking, the most promising first.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::contact::Scope;
use crate::scales;
use crate::table::{Column, Data, Table, Texts, Words, words};

use super::owner::{as_of_column, bonds_of, days_since, owners};
use super::person::TIERS;
use super::tie::{Tie, open_ties};
use super::{Bond, Input, Report, TEAM, share, told};

/// The report `reactivate`.
pub(super) struct Reactivate;

impl Report for Reactivate {
    fn id(&self) -> &'static str {
        "reactivate"
    }

    fn title(&self) -> Words {
        words("Reactivate", "Eingeschlafene wecken")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ties = open_ties(input);
        let bonds = bonds_of(input, &ties);
        let mut sleepers = sleepers(input, &ties, &bonds);
        let coverage = touched(input, &ties, &bonds);
        let mut rows = Rows::default();
        for (owner, name) in owners(input).into_iter().filter(|(_, name)| *name != TEAM) {
            let own = &mut sleepers[owner];
            own.sort_unstable_by_key(Sleeper::order);
            for sleeper in own.iter().take(input.settings.reactivate.most as usize) {
                rows.add(input, name, sleeper, own.len());
                rows.coverage.push(coverage[owner]);
            }
        }
        rows.into_table(self, input.as_of)
    }
}

/// A tie worth waking.
struct Sleeper<'a> {
    bond: &'a Bond,
    tier: Option<u8>,
    days: Option<i64>,
    cadence: Option<i64>,
    /// Strength on its best day, or now if it does not sleep.
    past: f64,
    /// Past strength × worth of the category.
    value: f64,
}

impl Sleeper<'_> {
    /// By value, then the longest silence, then the contact. Both numbers are not negative, so their bits are
    /// in their order.
    fn order(&self) -> (Reverse<u64>, Reverse<Option<i64>>, u32) {
        (Reverse(self.value.to_bits()), Reverse(self.days), self.bond.contact)
    }

    fn overdue(&self) -> Option<f64> {
        let (days, cadence) = self.days.zip(self.cadence)?;
        Some((days - cadence).max(0) as f64 / cadence as f64)
    }
}

/// The ties of each member that sleep or are overdue, less those of category D, whom the team lets go, and of
/// private people, who are nobody else's business.
fn sleepers<'a>(input: &Input<'a>, ties: &[Tie], bonds: &[Option<&'a Bond>]) -> Vec<Vec<Sleeper<'a>>> {
    let dormant = scales::bands().iter().position(|band| band.name == "dormant");
    let mut sleepers: Vec<Vec<Sleeper<'_>>> = input.members.iter().map(|_| Vec::new()).collect();
    for (tie, bond) in ties.iter().zip(bonds) {
        let (&Some(bond), fact) = (bond, input.contacts[tie.contact as usize]) else { continue };
        let (days, cadence) = (
            bond.last.and_then(|last| days_since(last, input.as_of)),
            input.settings.cadence.of(fact.tier).map(i64::from),
        );
        let sleeps = dormant == Some(usize::from(bond.band));
        let overdue = days.zip(cadence).is_some_and(|(days, cadence)| days > cadence);
        if fact.scope == Scope::Private || fact.tier == Some(b'D') || !(sleeps || overdue) {
            continue;
        }
        let past = f64::from(bond.once.or(bond.strength).unwrap_or_default()).max(0.0);
        let value = (past * input.worth.of(fact.tier)).max(0.0);
        sleepers[usize::from(tie.member)].push(Sleeper { bond, tier: fact.tier, days, cadence, past, value });
    }
    sleepers
}

/// Of each member the share of ties of which a touch is known.
fn touched(input: &Input<'_>, ties: &[Tie], bonds: &[Option<&Bond>]) -> Vec<Option<f64>> {
    let mut counts = vec![[0u64; 2]; input.members.len()];
    for (tie, bond) in ties.iter().zip(bonds) {
        let [known, all] = &mut counts[usize::from(tie.member)];
        *known += u64::from(bond.is_some_and(|bond| bond.last.is_some()));
        *all += 1;
    }
    counts.iter().map(|[known, all]| share(*known, *all)).collect()
}

#[derive(Default)]
struct Rows {
    member: Texts,
    contact: Texts,
    name: Texts,
    tier: Texts,
    band: Texts,
    last: Vec<Option<NaiveDate>>,
    days: Vec<Option<i64>>,
    cadence: Vec<Option<i64>>,
    overdue: Vec<Option<f64>>,
    past: Vec<Option<f64>>,
    value: Vec<Option<f64>>,
    candidates: Vec<Option<i64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    fn add(&mut self, input: &Input<'_>, member: &str, sleeper: &Sleeper<'_>, candidates: usize) {
        let contact = sleeper.bond.contact as usize;
        let tier = sleeper.tier.map(|tier| [tier]);
        let band = scales::bands().get(usize::from(sleeper.bond.band));
        self.member.push(member);
        self.contact.push(input.ids.get(contact).map_or("", String::as_str));
        self.name.push(input.names.map_or("", |names| names.get(contact)));
        self.tier.push(tier.as_ref().and_then(|tier| std::str::from_utf8(tier).ok()).unwrap_or_default());
        self.band.push(band.map_or("", |band| band.name));
        self.last.push(sleeper.bond.last);
        self.days.push(sleeper.days);
        self.cadence.push(sleeper.cadence);
        self.overdue.push(sleeper.overdue());
        self.past.push(Some(told(sleeper.past)));
        self.value.push(Some(told(sleeper.value)));
        self.candidates.push(Some(candidates as i64));
    }

    fn into_table(self, report: &Reactivate, as_of: NaiveDate) -> Table {
        let column = Column::new;
        let past = "strength on its best day, or now for a tie that does not sleep, 0 to 1";
        Table {
            name: report.id(),
            title: report.title(),
            about: "one tie of a member that sleeps or is overdue; without category D and private people, and at most \
                    500 a member, unless the pipeline file says otherwise",
            key: &["member", "contact_id"],
            columns: vec![
                as_of_column(as_of, self.last.len()),
                column("member", words("Member", "Mitglied"), "id of the member", Data::Text(self.member))
                    .german("Kürzel des Mitglieds"),
                column(
                    "contact_id",
                    words("Contact", "Kontakt"),
                    "id of the contact",
                    Data::Text(self.contact),
                )
                .german("Kennung des Kontakts"),
                column("name", words("Name", "Name"), "name of the contact", Data::Text(self.name))
                    .german("Name des Kontakts"),
                column(
                    "tier",
                    words("Category", "Kategorie"),
                    "category; empty when not sorted yet. No judgement of people as such",
                    Data::Text(self.tier),
                )
                .german("Kategorie; leer, wenn noch nicht zugeordnet. Keine Bewertung der Menschen an sich")
                .of(&TIERS[..3]),
                column("band", words("Tie", "Beziehung"), "how firm the tie is now", Data::Text(self.band))
                    .german("wie fest die Beziehung jetzt ist")
                    .of(scales::bands()),
                column(
                    "last_touch",
                    words("Last touch", "Letzter Kontakt"),
                    "latest touch",
                    Data::Date(self.last),
                )
                .german("jüngster festgehaltener Kontakt"),
                column(
                    "days",
                    words("Days ago", "Tage her"),
                    "days since the latest touch",
                    Data::Int(self.days),
                )
                .german("Tage seit dem jüngsten Kontakt"),
                column(
                    "cadence",
                    words("Every … days", "Alle … Tage"),
                    "days within which the category asks for a touch: A 30, B 91, C 365, unless the pipeline file says otherwise; else empty",
                    Data::Int(self.cadence),
                )
                .german("Tage, in denen die Kategorie einen Kontakt verlangt: A 30, B 91, C 365, wenn die Pipeline-Datei nichts anderes sagt; sonst leer"),
                column(
                    "overdue",
                    words("Overdue", "Überfällig"),
                    "(days - cadence) / cadence, at least 0; 1 is twice the time. Empty without a cadence",
                    Data::Float(self.overdue),
                )
                .german(
                    "(Tage - Abstand) / Abstand, mindestens 0; 1 ist die doppelte Zeit. Leer ohne Abstand",
                ),
                column(
                    "past_strength",
                    words("Strength then", "Stärke damals"),
                    past,
                    Data::Float(self.past),
                )
                .german("Stärke am besten Tag, oder jetzt, wenn die Beziehung nicht schläft, 0 bis 1"),
                column(
                    "value",
                    words("Worth waking", "Lohnt sich"),
                    "strength then × what the category counts; the order of the list",
                    Data::Float(self.value),
                )
                .german("Stärke damals × was die Kategorie zählt; danach ist die Liste geordnet"),
                column(
                    "candidates",
                    words("Of", "Von"),
                    "ties of the member that sleep or are overdue, shown or not",
                    Data::Int(self.candidates),
                )
                .german("Beziehungen des Mitglieds, die schlafen oder überfällig sind, gezeigt oder nicht"),
                column(
                    "coverage",
                    words("Known for", "Bekannt bei"),
                    "share of all the member's ties of which a touch is known; the others can neither sleep nor be overdue",
                    Data::Share(self.coverage),
                )
                .german("bei welchem Anteil aller Beziehungen des Mitglieds ein Kontakt bekannt ist; die anderen können weder schlafen noch überfällig sein"),
            ],
        }
    }
}
