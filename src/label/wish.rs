//! The wish list: persons, positions and companies a team wants to reach or to know better.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::goal::{Who, same_company};
use crate::problem::Problem;
use crate::text::{fold, header_key, squeeze, tokens};
use crate::words::company_core;

/// What a wish is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Want {
    /// To be reached for the first time.
    #[default]
    New,
    /// To be known better.
    Intensify,
}

impl Want {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["new", "intensify"][self as usize]
    }
}

/// How far a wish has come, as the team says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is known who it is.
    Identified,
    /// Somebody has written or called.
    Approached,
    /// A day is set.
    Appointment,
    /// They have met.
    Met,
    /// The thanks are said.
    Thanked,
}

impl Status {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        ["identified", "approached", "appointment", "met", "thanked"][self as usize]
    }
}

/// One line of the wish list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// 1-based line in the file.
    pub line: u32,
    /// A person; empty where anybody of the company or position will do.
    pub name: String,
    /// An employer; empty where any will do.
    pub company: String,
    /// A job title; empty where any will do.
    pub position: String,
    /// What it is after.
    pub want: Want,
    /// Who takes care of it, as written.
    pub owner: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// What the team can offer.
    pub benefit: String,
    /// How far it has come, as the team says.
    pub status: Option<Status>,
    /// A remark.
    pub note: String,
}

impl Wish {
    /// What is wished for, in its own words.
    pub fn words(&self) -> String {
        let parts = [&self.name, &self.position, &self.company];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// Whether it is after a person, a position or a company.
    pub fn kind(&self) -> &'static str {
        match (self.name.is_empty(), self.position.is_empty()) {
            (false, _) => "person",
            (true, false) => "position",
            (true, true) => "company",
        }
    }
}

/// The columns of a wish list and what people call them, folded as [`header_key`] does.
const HEADERS: [(&str, &[&str]); 9] = [
    (
        "name",
        &["name", "person", "kontakt", "contact", "ansprechpartner", "vollstaendiger name", "full name"],
    ),
    ("company", &["company", "firma", "unternehmen", "employer", "arbeitgeber", "organisation"]),
    ("position", &["position", "title", "titel", "job title", "rolle", "role", "funktion"]),
    ("want", &["want", "wish", "wunsch", "ziel", "goal", "art"]),
    ("owner", &["owner", "zustaendig", "verantwortlich", "wer", "who", "member", "mitglied"]),
    ("due", &["due", "bis", "faellig", "termin", "frist", "until", "deadline"]),
    ("benefit", &["benefit", "nutzen", "angebot", "offer", "mehrwert", "was wir bieten"]),
    ("status", &["status", "stand"]),
    ("note", &["note", "notiz", "bemerkung", "remark", "notes", "remarks"]),
];

const WANTS: [(&str, Want); 12] = [
    ("", Want::New),
    ("new", Want::New),
    ("neu", Want::New),
    ("gesucht", Want::New),
    ("wanted", Want::New),
    ("intensify", Want::Intensify),
    ("deepen", Want::Intensify),
    ("vertiefen", Want::Intensify),
    ("intensivieren", Want::Intensify),
    ("ausbauen", Want::Intensify),
    ("existing", Want::Intensify),
    ("bestehend", Want::Intensify),
];

const STATUSES: [(&str, Option<Status>); 18] = [
    ("", None),
    ("open", None),
    ("offen", None),
    ("identified", Some(Status::Identified)),
    ("identifiziert", Some(Status::Identified)),
    ("gefunden", Some(Status::Identified)),
    ("approached", Some(Status::Approached)),
    ("angesprochen", Some(Status::Approached)),
    ("kontaktiert", Some(Status::Approached)),
    ("contacted", Some(Status::Approached)),
    ("appointment", Some(Status::Appointment)),
    ("termin", Some(Status::Appointment)),
    ("vereinbart", Some(Status::Appointment)),
    ("met", Some(Status::Met)),
    ("getroffen", Some(Status::Met)),
    ("thanked", Some(Status::Thanked)),
    ("bedankt", Some(Status::Thanked)),
    ("gedankt", Some(Status::Thanked)),
];

/// The names that a header may have, for telling the delimiter of a file.
pub fn header_names() -> Vec<&'static str> {
    HEADERS.iter().flat_map(|(_, names)| names.iter().copied()).collect()
}

/// Reads the rows of a wish list, each with its 1-based line. What cannot be read is told and left out; of a
/// line whose day or status cannot be read only that is left out.
pub fn parse(rows: &[(u32, Vec<String>)]) -> (Vec<Wish>, Vec<Problem>) {
    let column = |cell: &String| {
        let key = header_key(cell);
        HEADERS.iter().position(|(_, names)| names.contains(&key.as_str()))
    };
    let mut problems = Vec::new();
    let header = rows.iter().position(|(_, row)| {
        let known: Vec<usize> = row.iter().filter_map(column).collect();
        known.iter().any(|place| *place < 3)
            && known.len() * 2 >= row.iter().filter(|cell| !cell.is_empty()).count()
    });
    let Some(header) = header else {
        if let Some((line, _)) = rows.first() {
            let message = "no row names the columns of a wish list; nothing was read. Put \
                           `name,company,position,want,owner,due,benefit,status,note` above the wishes";
            problems.push(Problem::new(*line, "no-header", message));
        }
        return (Vec::new(), problems);
    };
    let places: Vec<Option<usize>> = rows[header].1.iter().map(column).collect();
    let mut wishes = Vec::new();
    for (line, row) in &rows[header + 1..] {
        let cell = |wanted: usize| {
            let at = places.iter().position(|place| *place == Some(wanted));
            squeeze(at.and_then(|at| row.get(at)).map_or("", |text| text.trim())).into_owned()
        };
        let mut wish = Wish {
            line: *line,
            name: cell(0),
            company: cell(1),
            position: cell(2),
            owner: cell(4),
            benefit: cell(6),
            note: cell(8),
            ..Wish::default()
        };
        if wish.words().is_empty() {
            let message = "the line names neither a person nor a company nor a position; it was left out. \
                           Fill one of these columns";
            problems.push(Problem::new(*line, "empty-wish", message));
            continue;
        }
        let mut unread = |column: &str, text: &str, how: &str| {
            let message =
                format!("\u{201c}{text}\u{201d} was not understood and left out; the wish stays. {how}");
            problems.push(Problem::new(*line, "wish-not-understood", message).in_column(column));
        };
        let want = cell(3);
        match WANTS.iter().find(|(word, _)| *word == fold(&want)) {
            Some((_, found)) => wish.want = *found,
            None => unread("want", &want, "Write new or intensify"),
        }
        let status = cell(7);
        match STATUSES.iter().find(|(word, _)| *word == fold(&status)) {
            Some((_, found)) => wish.status = *found,
            None => unread("status", &status, "Write identified, approached, appointment, met or thanked"),
        }
        let due = cell(5);
        wish.due = day(&due);
        if wish.due.is_none() && !due.is_empty() {
            unread("due", &due, "Write a day such as 2026-12-31");
        }
        wishes.push(wish);
    }
    (wishes, problems)
}

/// A day as people write it: 2026-12-31, 31.12.2026.
fn day(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

/// What a job title says: its function and its level.
pub type Titled = (Option<&'static str>, Option<&'static str>);

/// The wishes, ready to be looked up by contact.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The wishes in the order of their lines.
    pub all: Vec<Wish>,
    ready: Vec<Ready>,
    names: FxHashMap<String, Vec<u32>>,
    cores: FxHashMap<String, Vec<u32>>,
    brands: FxHashMap<&'static str, Vec<u32>>,
    positions: Vec<u32>,
}

/// What of a wish is compared.
#[derive(Debug, Clone)]
struct Ready {
    core: String,
    brand: Option<&'static str>,
    words: Vec<String>,
    titled: Titled,
}

impl Wishes {
    /// Makes wishes ready. `brand` tells the well-known company that a name stands for, `titled` what a job
    /// title says.
    pub fn new(
        all: Vec<Wish>,
        brand: impl Fn(&str) -> Option<&'static str>,
        titled: impl Fn(&str) -> Titled,
    ) -> Wishes {
        let mut wishes = Wishes::default();
        for (place, wish) in (0u32..).zip(&all) {
            let ready = Ready {
                core: company_core(&wish.company),
                brand: brand(&wish.company).filter(|_| !wish.company.is_empty()),
                words: tokens(&fold(&wish.position)).map(str::to_owned).collect(),
                titled: titled(&wish.position),
            };
            if !wish.name.is_empty() {
                wishes.names.entry(name_key(&wish.name)).or_default().push(place);
            } else if !wish.company.is_empty() {
                wishes.cores.entry(ready.core.clone()).or_default().push(place);
                if let Some(brand) = ready.brand {
                    wishes.brands.entry(brand).or_default().push(place);
                }
            } else {
                wishes.positions.push(place);
            }
            wishes.ready.push(ready);
        }
        wishes.all = all;
        wishes
    }

    /// The places in `all` of the wishes that a contact fulfils, in their order. A person must have the name and,
    /// where both are known, the employer; a company must be the same; a position must be of the same words, or
    /// of the same function on the same level or above.
    pub fn met(&self, name: &str, position: &str, who: &Who<'_>) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        if self.all.is_empty() {
            return found;
        }
        let mut add = |places: Option<&Vec<u32>>| found.extend(places.into_iter().flatten());
        if !self.names.is_empty() {
            add(self.names.get(&name_key(name)));
        }
        if !who.core.is_empty() {
            add(self.cores.get(who.core));
            add(who.brand.and_then(|brand| self.brands.get(brand)));
        }
        add(Some(&self.positions));
        found.sort_unstable();
        found.dedup();
        found.retain(|place| self.fits(*place as usize, position, who));
        found
    }

    fn fits(&self, place: usize, position: &str, who: &Who<'_>) -> bool {
        let (wish, ready) = (&self.all[place], &self.ready[place]);
        let employer = ready.core.is_empty()
            || same_company(&ready.core, ready.brand, who.core, who.brand)
            || (!wish.name.is_empty() && who.core.is_empty());
        // Who is named is meant, whatever has become of the position.
        employer && (!wish.name.is_empty() || ready.words.is_empty() || ready.has_position(position, who))
    }
}

impl Ready {
    fn has_position(&self, position: &str, who: &Who<'_>) -> bool {
        let folded = fold(position);
        let have: Vec<&str> = tokens(&folded).collect();
        if self.words.iter().all(|word| have.contains(&word.as_str())) {
            return true;
        }
        let (Some(function), Some(level)) = self.titled else { return false };
        let say = |level| super::tier::say(level).unwrap_or_default();
        who.function == Some(function) && who.seniority.is_some_and(|have| say(have) >= say(level))
    }
}

/// A name without order, case and umlauts.
fn name_key(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> = tokens(&folded).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let row = |line: &str| line.split(',').map(str::to_owned).collect();
        (1..).zip(text.lines().map(row)).collect()
    }

    #[test]
    fn a_wish_list_is_read_in_both_languages_and_what_is_odd_is_told() {
        let (wishes, problems) = parse(&rows(
            "Wunschliste 2026\n\
             Firma,Position,Name,Wunsch,Zuständig,Bis,Nutzen,Status\n\
             Siemens,Einkaufsleiter,,neu,anna,31.12.2026,Erfahrung mit ERP,offen\n\
             ,,Jörg Müller,vertiefen,ben,bald,,getroffen\n\
             ,,,,,,,\n\
             Bosch,,,vielleicht,,,,fast",
        ));
        let told: Vec<(u32, &str)> =
            problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!(told, [(4, "due"), (5, ""), (6, "want"), (6, "status")]);
        assert_eq!(wishes.len(), 3);
        assert_eq!((wishes[0].kind(), wishes[0].words()), ("position", "Einkaufsleiter, Siemens".into()));
        assert_eq!(wishes[0].due, "2026-12-31".parse().ok());
        assert_eq!(
            (wishes[1].kind(), wishes[1].want, wishes[1].status),
            ("person", Want::Intensify, Some(Status::Met))
        );
        assert_eq!((wishes[2].kind(), wishes[2].want), ("company", Want::New));
        assert_eq!(parse(&rows("a,b\n1,2")).1[0].code, "no-header");
        assert_eq!(parse(&[]), (Vec::new(), Vec::new()));
    }

    #[test]
    fn wishes_are_met_by_whom_they_mean() {
        let wish = |name: &str, company: &str, position: &str| Wish {
            name: name.into(),
            company: company.into(),
            position: position.into(),
            ..Wish::default()
        };
        let all = vec![
            wish("Müller, Jörg", "", ""),
            wish("Jörg Müller", "Alpha AG", ""),
            wish("", "Alpha AG", ""),
            wish("", "VW", ""),
            wish("", "Alpha AG", "Leiter Einkauf"),
            wish("", "", "Head of Purchasing"),
        ];
        let brand = |name: &str| name.starts_with("VW").then_some("volkswagen");
        let titled = |title: &str| match title {
            "" => (None, None),
            _ => (Some("purchasing"), Some("lead")),
        };
        let wishes = Wishes::new(all, brand, titled);
        let met = |name: &str, position: &str, company: &str, titled: Titled| {
            let core = company_core(company);
            let brand = company.starts_with("Volkswagen").then_some("volkswagen");
            let who = Who {
                company,
                core: &core,
                brand,
                function: titled.0,
                seniority: titled.1,
                ..Who::default()
            };
            wishes.met(name, position, &who)
        };
        let none = (None, None);
        assert_eq!(met("Joerg Mueller", "", "", none), [0, 1]);
        assert_eq!(met("Jörg Müller", "", "Beta GmbH", none), [0]);
        assert_eq!(met("Jörg Müller", "", "Alpha", none), [0, 1, 2]);
        assert_eq!(met("Ina Wolf", "", "Volkswagen AG", none), [3]);
        assert_eq!(met("Ina Wolf", "Leiter strategischer Einkauf", "Alpha", none), [2, 4]);
        assert_eq!(met("Ina Wolf", "CPO", "Alpha", (Some("purchasing"), Some("executive"))), [2, 4, 5]);
        assert_eq!(met("Ina Wolf", "Einkäuferin", "Alpha", (Some("purchasing"), Some("professional"))), [2]);
        assert_eq!(met("Ina Wolf", "", "Alphabet", none), Vec::<u32>::new());
    }
}
