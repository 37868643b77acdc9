//! Handover: the people who matter and whom only one member knows, and which colleague could take over.

use rustc_hash::FxHashMap;

use crate::contact::Scope;
use crate::scales;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::as_of_column;
use super::person::TIERS;
use super::tie::{Tie, by_contact, open_ties};
use super::{Bond, Fact, Input, Report, TEAM, share};

/// The report `handover`.
pub(super) struct Handover;

static REASONS: [Value; 2] = [
    value("company", "knows most there", "kennt dort die meisten").about(
        "knows more people at this company than any other colleague",
        "kennt in dieser Firma mehr Menschen als die anderen",
    ),
    value("sector", "knows most in the industry", "kennt die meisten der Branche").about(
        "nobody else knows anybody at the company; knows more people of the industry than any other colleague",
        "sonst kennt niemand jemanden in der Firma; kennt in der Branche mehr Menschen als die anderen",
    ),
];

impl Report for Handover {
    fn id(&self) -> &'static str {
        "handover"
    }

    fn title(&self) -> Words {
        words("Handover list", "Übergabeliste")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ties = open_ties(input);
        let mut lists = lists(input, &ties);
        let colleagues = Colleagues::of(input, &ties, lists.iter().flatten());
        let mut rows = Rows::default();
        for (member, list) in lists.iter_mut().enumerate() {
            list.sort_by(Entry::before);
            let known = list.iter().filter(|entry| entry.fact.company != 0 || entry.fact.sector.is_some());
            let coverage = share(known.count() as u64, list.len() as u64);
            let most = input.settings.handover.most as usize;
            for (place, entry) in list.iter().take(most).enumerate() {
                rows.push(input, &colleagues, (member, place, list.len()), entry);
                rows.coverage.push(coverage);
            }
        }
        rows.into_table(self, input)
    }
}

/// Somebody to hand over.
struct Entry {
    contact: u32,
    fact: Fact,
    bond: Option<Bond>,
}

impl Entry {
    /// The most valuable first: A, B, then others whom the goals ask for; firm ties before loose ones and
    /// fresh ones before old ones.
    fn before(&self, other: &Entry) -> std::cmp::Ordering {
        let tier = |entry: &Entry| entry.fact.tier.unwrap_or(u8::MAX);
        let strength = |entry: &Entry| entry.bond.and_then(|bond| bond.strength).unwrap_or(-1.0);
        let last = |entry: &Entry| entry.bond.and_then(|bond| bond.last);
        (tier(self).cmp(&tier(other)))
            .then_with(|| other.fact.target.cmp(&self.fact.target))
            .then_with(|| strength(other).total_cmp(&strength(self)))
            .then_with(|| last(other).cmp(&last(self)))
            .then_with(|| self.contact.cmp(&other.contact))
    }
}

/// The people to hand over, by holder: of category A or B, or target people who are not D. Private contacts
/// are nobody else's business.
fn lists(input: &Input<'_>, ties: &[Tie]) -> Vec<Vec<Entry>> {
    let mut lists: Vec<Vec<Entry>> = input.members.iter().map(|_| Vec::new()).collect();
    for ties in by_contact(ties) {
        let [Tie { contact, member, .. }] = *ties else { continue };
        let fact = input.contacts[contact as usize];
        let wanted = match fact.tier {
            Some(b'A' | b'B') => true,
            Some(b'D') => false,
            _ => fact.target,
        };
        if wanted && fact.scope == Scope::Business && input.members[usize::from(member)] != TEAM {
            let key = |bond: &Bond| (bond.contact, bond.member);
            let bond = input.bonds.binary_search_by_key(&(contact, member), key).ok();
            let bond = bond.map(|at| input.bonds[at]);
            lists[usize::from(member)].push(Entry { contact, fact, bond });
        }
    }
    lists
}

/// How many people each member knows at a company or in a sector.
type Known = FxHashMap<(u32, u16), u32>;

/// Whom the colleagues know where there is somebody to hand over.
struct Colleagues {
    /// The best two of each company and sector, the best first: the better one may be the holder.
    companies: FxHashMap<u32, Vec<(u16, u32)>>,
    sectors: FxHashMap<u32, Vec<(u16, u32)>>,
}

impl Colleagues {
    fn of<'e>(input: &Input<'_>, ties: &[Tie], entries: impl Iterator<Item = &'e Entry>) -> Colleagues {
        let count = ties.iter().map(|tie| input.contacts[tie.contact as usize].company).max().unwrap_or(0);
        let mut wanted = vec![false; count as usize + 1];
        for entry in entries {
            wanted[entry.fact.company as usize] = entry.fact.company != 0;
        }
        let (mut companies, mut sectors) = (Known::default(), Known::default());
        for tie in ties.iter().filter(|tie| input.members[usize::from(tie.member)] != TEAM) {
            let fact = &input.contacts[tie.contact as usize];
            if wanted[fact.company as usize] {
                *companies.entry((fact.company, tie.member)).or_default() += 1;
            }
            if let Some(sector) = fact.sector {
                *sectors.entry((sector.into(), tie.member)).or_default() += 1;
            }
        }
        Colleagues { companies: best_two(companies), sectors: best_two(sectors) }
    }

    /// Who could take over, why, and how many people they know there.
    fn successor(&self, entry: &Entry, holder: u16) -> Option<(u16, &'static str, u32)> {
        let other =
            |best: Option<&Vec<(u16, u32)>>| best?.iter().find(|(member, _)| *member != holder).copied();
        let company =
            other(self.companies.get(&entry.fact.company)).map(|(to, known)| (to, "company", known));
        company.or_else(|| {
            let sector = other(self.sectors.get(&u32::from(entry.fact.sector?)));
            sector.map(|(to, known)| (to, "sector", known))
        })
    }
}

/// The two members who know most, of equal ones the first in the order of the pipeline.
fn best_two(known: Known) -> FxHashMap<u32, Vec<(u16, u32)>> {
    let mut best: FxHashMap<u32, Vec<(u16, u32)>> = FxHashMap::default();
    for ((place, member), people) in known {
        let two = best.entry(place).or_default();
        two.push((member, people));
        two.sort_by_key(|&(member, people)| (std::cmp::Reverse(people), member));
        two.truncate(2);
    }
    best
}

#[derive(Default)]
struct Rows {
    member: Texts,
    place: Vec<Option<i64>>,
    people: Vec<Option<i64>>,
    contact: Texts,
    name: Texts,
    tier: Texts,
    target: Vec<Option<bool>>,
    company: Texts,
    band: Texts,
    last: Vec<Option<chrono::NaiveDate>>,
    to: Texts,
    reason: Texts,
    known: Vec<Option<i64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    fn push(
        &mut self,
        input: &Input<'_>,
        colleagues: &Colleagues,
        (member, place, people): (usize, usize, usize),
        entry: &Entry,
    ) {
        let text = |texts: &'_ [String], at: u32| texts.get(at as usize).cloned().unwrap_or_default();
        let band = entry.bond.and_then(|bond| scales::bands().get(usize::from(bond.band)));
        let successor = colleagues.successor(entry, member as u16);
        self.member.push(&input.members[member]);
        self.place.push(Some(place as i64 + 1));
        self.people.push(Some(people as i64));
        self.contact.push(&text(input.ids, entry.contact));
        self.name.push(input.names.map_or("", |names| names.get(entry.contact as usize)));
        self.tier.push(
            entry
                .fact
                .tier
                .and_then(|tier| TIERS[..3].get(usize::from(tier.wrapping_sub(b'A'))))
                .map_or("", |tier| tier.name),
        );
        self.target.push(Some(entry.fact.target).filter(|_| input.has_targets));
        self.company.push(&text(input.companies, entry.fact.company));
        self.band.push(band.map_or("unknown", |band| band.name));
        self.last.push(entry.bond.and_then(|bond| bond.last));
        self.to.push(successor.map_or("", |(to, _, _)| &input.members[usize::from(to)]));
        self.reason.push(successor.map_or("", |(_, reason, _)| reason));
        self.known.push(successor.map(|(_, _, known)| known.into()));
    }

    fn into_table(self, report: &Handover, input: &Input<'_>) -> Table {
        let text = Data::Text;
        Table {
            name: report.id(),
            title: report.title(),
            about: "one person of category A or B, or asked for by the goals, whom only one member knows, the most valuable first; at most 1,000 a member, unless the pipeline file says otherwise; private contacts are left out",
            key: &["contact_id"],
            columns: vec![
                as_of_column(input.as_of, self.place.len()),
                Column::new("member", words("Member", "Mitglied"), "id of the only member who knows the person", text(self.member))
                    .german("Kürzel des einzigen Mitglieds, das den Menschen kennt"),
                Column::new("place", words("Place", "Platz"), "place in the member's list, the most valuable first", Data::Int(self.place))
                    .german("Platz in der Liste des Mitglieds, die wertvollsten zuerst"),
                Column::new("people", words("Of", "Von"), "people on the member's whole list, of whom at most 1,000 are shown, unless the pipeline file says otherwise", Data::Int(self.people))
                    .german("Menschen auf der ganzen Liste des Mitglieds, von denen höchstens 1.000 gezeigt werden, wenn die Pipeline-Datei nichts anderes sagt"),
                Column::new("contact_id", words("Contact", "Kontakt"), "id of the contact", text(self.contact))
                    .german("Kennung des Kontakts"),
                Column::new("name", words("Name", "Name"), "name of the contact", text(self.name))
                    .german("Name des Kontakts"),
                Column::new("tier", words("Category", "Kategorie"), "category; empty when not sorted yet; no judgement of people as such", text(self.tier))
                    .german("Kategorie; leer, wenn noch nicht zugeordnet; keine Bewertung der Menschen an sich")
                    .of(&TIERS[..3]),
                Column::new("target", words("On target", "Zielkontakt"), "whether the goals or the wish list ask for the person; empty when the goals name neither industries nor employers and there is no wish list", Data::Bool(self.target))
                    .german("ob Ziele oder Wunschliste nach dem Menschen fragen; leer, wenn die Ziele weder Branchen noch Arbeitgeber nennen und es keine Wunschliste gibt"),
                Column::new("company", words("Company", "Firma"), "employer, where it is known", text(self.company))
                    .german("Arbeitgeber, wenn bekannt"),
                Column::new("band", words("Tie", "Beziehung"), "how firm the tie with the member is", text(self.band))
                    .german("wie fest die Beziehung zum Mitglied ist")
                    .of(scales::bands()),
                Column::new("last_touch", words("Last touch", "Letzter Kontakt"), "when they last had to do with each other", Data::Date(self.last))
                    .german("wann sie zuletzt miteinander zu tun hatten"),
                Column::new("to", words("Hand over to", "Übergeben an"), "id of the colleague who knows most people at the company, else in the industry; empty when there is none", text(self.to))
                    .german("Kürzel des Mitglieds, das in der Firma, sonst in der Branche die meisten kennt; leer, wenn es keines gibt"),
                Column::new("reason", words("Because", "Weil"), "why this colleague", text(self.reason))
                    .german("warum dieses Mitglied")
                    .of(&REASONS),
                Column::new("known_there", words("Knows there", "Kennt dort"), "people the colleague knows at the company or in the industry", Data::Int(self.known))
                    .german("Menschen, die dieses Mitglied in der Firma oder Branche kennt"),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of the people on the member's whole list whose employer or industry is known; for the others no colleague can be found", Data::Share(self.coverage))
                    .german("bei welchem Anteil der Menschen auf der ganzen Liste des Mitglieds Arbeitgeber oder Branche bekannt ist; für die anderen lässt sich niemand finden"),
            ],
        }
    }
}
