//! Targets: whom of the goals and the wish list the team knows, through how many threads, and by which path.

use std::collections::BTreeMap;

use crate::scales;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::as_of_column;
use super::person::{self, bond_with, bonds_of, fact, is_business};
use super::tie::{Tie, by_contact, open_ties};
use super::{Fact, Input, Report, share, told};

/// The report `targets`.
pub(super) struct Targets;

static KINDS: [Value; 5] = [
    value("goal_company", "Company of the goals", "Firma der Ziele"),
    value("goal_sector", "Industry of the goals", "Branche der Ziele"),
    value("wish_person", "Wished person", "Wunschperson"),
    value("wish_position", "Wished position", "Wunschposition"),
    value("wish_company", "Wished company", "Wunschfirma"),
];

const COVERED: &str = "covered";
const PRIVATE: &str = "private";
const NOBODY: &str = "nobody";
const NO_DATA: &str = "no_data";

static STATUSES: [Value; 4] = [
    value(COVERED, "covered", "erreicht")
        .about("somebody of the team knows somebody there", "jemand aus dem Team kennt dort jemanden"),
    value(PRIVATE, "known in private only", "nur privat bekannt").about(
        "somebody there is known in private life only, and is not shown",
        "dort ist jemand nur privat bekannt und wird nicht gezeigt",
    ),
    value(NOBODY, "nobody known", "niemand bekannt")
        .about("nobody of the team knows anybody there", "niemand aus dem Team kennt dort jemanden"),
    value(NO_DATA, "no data", "keine Angaben").about(
        "of no contact is known what would tell",
        "bei keinem Kontakt ist bekannt, was es zeigen würde",
    ),
];

/// No colleague leads there.
const NO_PATH: &str = "none";

static PATHS: [Value; 1] = [value(NO_PATH, "no path", "kein Weg")];

/// What has to be known of people to tell whether they belong to a target.
#[derive(Debug, Clone, Copy)]
enum Told {
    Name,
    Company,
    Sector,
    Level,
}

/// How well a colleague knows people at a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Smallest for the strongest tie.
    weakness: i64,
    /// Negated number of people there.
    fewer: i64,
    /// Highest level of them; beyond the scale where none is known.
    level: u8,
    member: u16,
    /// Whom the colleague knows best there: weakness, level, number of the contact.
    best: (i64, u8, u32),
}

/// Something the team wants to reach, and what it has of it.
struct Target<'a> {
    kind: &'static str,
    place: u32,
    words: &'a str,
    owner: &'a str,
    due: Option<chrono::NaiveDate>,
    told: Told,
    people: u64,
    private: u64,
    threads: u64,
    leveled: u64,
    /// Executives, directors, leads, specialists.
    levels: [bool; 4],
    strongest: Option<f32>,
    ways: BTreeMap<u16, Way>,
}

impl Report for Targets {
    fn id(&self) -> &'static str {
        "targets"
    }

    fn title(&self) -> Words {
        words("Targets", "Ziele")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let (targets, known) = targets(input);
        let best: Vec<Option<Way>> =
            targets.iter().map(|target| target.ways.values().min().copied()).collect();
        let status: Vec<&str> = targets.iter().map(|target| target.status(&known)).collect();
        let text = |of: &dyn Fn(usize) -> String| Data::Text((0..targets.len()).map(of).collect::<Texts>());
        let count = |of: fn(&Target<'_>) -> u64| {
            let counts = targets
                .iter()
                .zip(&status)
                .map(|(target, status)| (*status != NO_DATA).then(|| of(target) as i64));
            Data::Int(counts.collect())
        };
        let level = |at: usize| Data::Bool(targets.iter().map(|target| target.has_level(at)).collect());
        let alone = input.members.len() == 1;
        let path = |at: usize| match (best[at], status[at]) {
            (Some(way), _) => person::member(input, way.member).to_owned(),
            (None, NOBODY) => NO_PATH.to_owned(),
            _ => String::new(),
        };
        Table {
            name: self.id(),
            title: self.title(),
            about: "one company or industry of the goals or one line of the wish list, whom the team knows there and the colleague to ask",
            key: &["kind", "line"],
            columns: vec![
                as_of_column(input.as_of, targets.len()),
                Column::new("kind", words("Kind", "Art"), "what is asked for, and where", text(&|at| targets[at].kind.to_owned()))
                    .german("was gesucht ist und wo es steht")
                    .of(&KINDS),
                Column::new("line", words("Line", "Zeile"), "place in the list of the goals, or line of the wish list", Data::Int(targets.iter().map(|target| Some(i64::from(target.place))).collect()))
                    .german("Platz in der Liste der Ziele oder Zeile der Wunschliste"),
                Column::new("target", words("Target", "Ziel"), "company, industry or wish in the team's own words", text(&|at| targets[at].words.to_owned()))
                    .german("Firma, Branche oder Wunsch in den Worten des Teams")
                .of(scales::sectors()),
                Column::new("owner", words("Owner", "Zuständig"), "who takes care of it, as the wish list says", text(&|at| targets[at].owner.to_owned()))
                    .german("wer sich darum kümmert, wie es in der Wunschliste steht"),
                Column::new("due", words("Due", "Bis"), "until when, as the wish list says", Data::Date(targets.iter().map(|target| target.due).collect()))
                    .german("bis wann, wie es in der Wunschliste steht"),
                Column::new("status", words("Status", "Stand"), "whether somebody there is known, or why it looks as if nobody were", text(&|at| status[at].to_owned()))
                    .german("ob dort jemand bekannt ist, oder warum es so aussieht, als wäre es niemand")
                    .of(&STATUSES),
                Column::new("people", words("People", "Menschen"), "people there whom the team knows now; empty without data", count(|target| target.people))
                    .german("Menschen dort, die das Team jetzt kennt; leer ohne Angaben"),
                Column::new("members", words("Members", "Mitglieder"), "members who know somebody there; empty without data", count(|target| target.ways.len() as u64))
                    .german("Mitglieder, die dort jemanden kennen; leer ohne Angaben"),
                Column::new("threads", words("Threads", "Drähte"), "pairs of a member and a person there who know each other; empty without data", count(|target| target.threads))
                    .german("Paare aus einem Mitglied und einem Menschen dort, die sich kennen; leer ohne Angaben"),
                Column::new("single_threaded", words("Single-threaded", "Nur ein Draht"), "whether all hangs on one member or on one person there; in a team of one only on one person", Data::Bool(targets.iter().map(|target| target.is_single(alone)).collect()))
                    .german("ob alles an einem Mitglied oder an einem Menschen dort hängt; in einem Team aus einer Person nur an einem Menschen"),
                Column::new("executive", words("C-level", "Geschäftsführung"), "whether an owner, a board member or somebody of C-level is known; empty when no level is known", level(0))
                    .german("ob jemand aus Inhaberschaft, Vorstand oder Geschäftsführung bekannt ist; leer, wenn keine Ebene bekannt ist"),
                Column::new("director", words("Directors", "Bereichsleitung"), "whether a director is known; empty when no level is known", level(1))
                    .german("ob jemand aus der Bereichsleitung bekannt ist; leer, wenn keine Ebene bekannt ist"),
                Column::new("lead", words("Leads", "Abteilungs- und Teamleitung"), "whether a head or lead is known; empty when no level is known", level(2))
                    .german("ob jemand aus der Abteilungs-, Team- oder Projektleitung bekannt ist; leer, wenn keine Ebene bekannt ist"),
                Column::new("specialist", words("Specialists", "Fachebene"), "whether somebody without a lead is known; empty when no level is known", level(3))
                    .german("ob jemand ohne Leitung bekannt ist; leer, wenn keine Ebene bekannt ist"),
                Column::new("strongest", words("Strongest tie", "Stärkste Beziehung"), "strength of the strongest tie there, 0 to 1; empty when no touch is known", Data::Float(targets.iter().map(|target| target.strongest.map(|strength| told(f64::from(strength)))).collect()))
                    .german("Stärke der stärksten Beziehung dort, 0 bis 1; leer, wenn kein Kontakt bekannt ist"),
                Column::new("path", words("Path", "Weg"), "id of the member to ask: strongest tie, then most people there, then highest level; `none` when nobody is known", text(&path))
                    .german("Kürzel des Mitglieds, das man fragt: stärkste Beziehung, dann die meisten Menschen dort, dann höchste Ebene; „kein Weg“, wenn niemand bekannt ist")
                    .of(&PATHS),
                Column::new("contact_id", words("Contact", "Kontakt"), "id of the contact whom that member knows best there", text(&|at| best[at].map_or(String::new(), |way| person::id(input, way.best.2).into_owned())))
                    .german("Kennung des Kontakts, den dieses Mitglied dort am besten kennt"),
                Column::new("name", words("Name", "Name"), "name of that contact", text(&|at| best[at].map_or("", |way| person::name(input, way.best.2)).to_owned()))
                    .german("Name dieses Kontakts"),
                Column::new("coverage", words("Known for", "Bekannt bei"), "share of all people for whom it is known what would tell: employer, industry or level", Data::Share(targets.iter().map(|target| known.coverage(target.told)).collect()))
                    .german("für welchen Anteil aller Menschen bekannt ist, was es zeigt: Arbeitgeber, Branche oder Ebene"),
            ],
        }
    }
}

impl<'a> Target<'a> {
    fn new(kind: &'static str, place: u32, words: &'a str, told: Told) -> Target<'a> {
        Target {
            kind,
            place,
            words,
            told,
            owner: "",
            due: None,
            people: 0,
            private: 0,
            threads: 0,
            leveled: 0,
            levels: [false; 4],
            strongest: None,
            ways: BTreeMap::new(),
        }
    }

    fn status(&self, known: &Known) -> &'static str {
        match (self.people, self.private) {
            (1.., _) => COVERED,
            (0, 1..) => PRIVATE,
            (0, 0) if known.of(self.told) == 0 => NO_DATA,
            (0, 0) => NOBODY,
        }
    }

    /// In a team of one, one member is all there can be.
    fn is_single(&self, alone: bool) -> Option<bool> {
        (self.people > 0).then_some(self.people == 1 || (self.ways.len() == 1 && !alone))
    }

    fn has_level(&self, at: usize) -> Option<bool> {
        (self.leveled > 0).then(|| self.levels[at])
    }

    /// Counts a person there with its ties and how weak each of them is.
    fn add(&mut self, fact: &Fact, ties: &[(Tie, Option<f32>)]) {
        if !is_business(fact) {
            self.private += 1;
            return;
        }
        self.people += 1;
        self.threads += ties.len() as u64;
        let level = fact.level.unwrap_or(u8::MAX);
        if let Some(level) = fact.level {
            self.leveled += 1;
            // The last of the scale have no role.
            if let Some(at) = [0, 1, 2, 3, 3, 3].get(usize::from(level)) {
                self.levels[*at] = true;
            }
        }
        for &(tie, strength) in ties {
            let weakness = person::weakness(strength);
            if strength.is_some_and(|strength| self.strongest.is_none_or(|most| strength > most)) {
                self.strongest = strength;
            }
            let best = (weakness, level, tie.contact);
            let way = self.ways.entry(tie.member).or_insert(Way {
                weakness,
                fewer: 0,
                level,
                member: tie.member,
                best,
            });
            way.weakness = way.weakness.min(weakness);
            way.fewer -= 1;
            way.level = way.level.min(level);
            way.best = way.best.min(best);
        }
    }
}

/// Of how many people known for business is known what tells targets.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    people: u64,
    company: u64,
    sector: u64,
    level: u64,
}

impl Known {
    fn of(&self, told: Told) -> u64 {
        match told {
            Told::Name => self.people,
            Told::Company => self.company,
            Told::Sector => self.sector,
            Told::Level => self.level,
        }
    }

    fn coverage(&self, told: Told) -> Option<f64> {
        share(self.of(told), self.people)
    }
}

/// Every target with what the team has of it: the goals, then the wish list, each in its order.
fn targets<'a>(input: &Input<'a>) -> (Vec<Target<'a>>, Known) {
    let mut targets = Vec::new();
    let mut of_company: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut of_sector: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    let mut of_contact: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, goal) in (1..).zip(input.goal_companies) {
        for &company in goal.companies.iter().filter(|company| **company > 0) {
            of_company.entry(company).or_default().push(targets.len());
        }
        targets.push(Target::new(KINDS[0].name, place, goal.words, Told::Company));
    }
    for (place, &sector) in (1..).zip(input.goal_sectors) {
        of_sector.entry(sector).or_default().push(targets.len());
        let title = scales::sectors().get(usize::from(sector)).map_or("", |value| value.name);
        targets.push(Target::new(KINDS[1].name, place, title, Told::Sector));
    }
    let mut wishes: Vec<_> = input.wishes.iter().collect();
    wishes.sort_by_key(|wish| wish.line);
    for wish in wishes {
        for &contact in wish.contacts {
            of_contact.entry(contact).or_default().push(targets.len());
        }
        let (kind, told) = match wish.kind {
            "person" => (KINDS[2].name, Told::Name),
            "position" => (KINDS[3].name, Told::Level),
            _ => (KINDS[4].name, Told::Company),
        };
        let (owner, due) = (wish.owner, wish.due);
        targets.push(Target { owner, due, ..Target::new(kind, wish.line, wish.words, told) });
    }
    let mut known = Known::default();
    let ties = open_ties(input);
    let mut strengths: Vec<(Tie, Option<f32>)> = Vec::new();
    for ties in by_contact(&ties) {
        let contact = ties[0].contact;
        let fact = fact(input, contact);
        if is_business(&fact) {
            known.people += 1;
            known.company += u64::from(fact.company > 0);
            known.sector += u64::from(fact.sector.is_some());
            known.level += u64::from(fact.level.is_some());
        }
        let companies = of_company.get(&fact.company);
        let sectors = fact.sector.and_then(|sector| of_sector.get(&sector));
        let mut at: Vec<usize> =
            [companies, sectors, of_contact.get(&contact)].into_iter().flatten().flatten().copied().collect();
        if at.is_empty() {
            continue;
        }
        at.sort_unstable();
        at.dedup();
        let bonds = bonds_of(input, contact);
        let strength = |tie: &Tie| bond_with(bonds, tie.member).and_then(|bond| bond.strength);
        strengths.clear();
        strengths.extend(ties.iter().map(|tie| (*tie, strength(tie))));
        for at in at {
            targets[at].add(&fact, &strengths);
        }
    }
    (targets, known)
}
