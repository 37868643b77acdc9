//! Who of the team knows a person, a company or the guests of a list: answered from the newest generation.
//!
//! Only the search index of the generation is read, never the inbox, and no lock is taken: a run may be at
//! work meanwhile.

mod build;
pub mod guests;
pub mod index;
mod search;
pub mod table;
pub mod tie;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

pub(super) use build::{Beside, add, begin, beside};
use index::{Index, KeyKind};
use search::{CompanyMatch, Search, wanted};
use tie::Tie;

use crate::clean::{self, Context};
use crate::contact::Kind;
use crate::error::{self, Error, Result};
use crate::link::identity::{contact_id, contact_number};
use crate::link::lookup::Likeness;
use crate::record::{Cells, DateOrder, Field};
use crate::state::generation::{self, Generations};
use crate::words::company_core;

/// Companies of similar names that are told of.
const COMPANIES: usize = 5;
/// What is found must come within so many points of the best to be told of.
const WITHIN: u32 = 25;

/// Somebody the team knows, with who knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Place of the contact in the index.
    pub contact: u32,
    /// Id of the contact.
    pub contact_id: String,
    /// What stands behind it.
    pub kind: Kind,
    /// Whole name.
    pub name: String,
    /// Employer; empty where unknown.
    pub company: String,
    /// Job title; empty where unknown.
    pub position: String,
    /// City; empty where unknown or dropped.
    pub city: String,
    /// Who knows them, the best path first.
    pub ties: Vec<Tie>,
}

/// A person that was found, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Who it is.
    pub person: Person,
    /// How well it matches, 0 to 100.
    pub points: u32,
    /// By what: `exact`, `nickname`, `typo`, `beginning`, `similar`, `initial`, `id`, `e-mail`, `phone`, `profile`.
    pub by: &'static str,
}

/// People of one employer, under all spellings of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The commonest spelling.
    pub name: String,
    /// How well it matches, 0 to 100.
    pub points: u32,
    /// Its people whom the team knows, the best path first.
    pub people: Vec<Person>,
    /// For each member who knows somebody there, how many, and the place in `people` of the best path; the
    /// member with the best path first.
    pub members: Vec<(u16, usize, usize)>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// People, best first.
    pub people: Vec<Hit>,
    /// How many more were found.
    pub more: usize,
    /// Employers, best first.
    pub companies: Vec<Company>,
    /// Where nobody knows the person that was asked for: people at the employer that was named.
    pub colleagues: Vec<Company>,
}

impl Answer {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.companies.is_empty() && self.colleagues.is_empty()
    }
}

/// The newest generation, to be asked.
pub struct Known {
    /// Its search index.
    pub index: Index,
    folder: PathBuf,
}

impl Known {
    /// Opens the newest generation in a folder of results.
    ///
    /// # Errors
    /// [`error::Kind::NoInput`] when there is none, [`error::Kind::Config`] when its index is damaged.
    pub fn open(out: &Path) -> Result<Known> {
        let newest = || -> Result<PathBuf> {
            let number = Generations::at(out).current()?.ok_or_else(|| {
                Error::new(error::Kind::NoInput, format!("there are no results in {}", out.display())).hinted(
                    "`hamstern run` makes them; --out names their folder, --pipeline the pipeline file",
                )
            })?;
            Ok(out.join("generations").join(generation::name(number)))
        };
        let folder = newest()?;
        let index = match Index::load(&folder) {
            Ok(index) => index,
            // A run may have published and pruned between the two looks.
            Err(error) => match newest()? {
                newer if newer != folder => Index::load(&newer)?,
                _ => return Err(error),
            },
        };
        Ok(Known { index, folder })
    }

    /// The day that counted as today in the run. The manifest says it, not the index, which stays the same
    /// from day to day as long as nobody hands in anything new.
    pub fn today(&self) -> Option<NaiveDate> {
        let bytes = fs::read(self.folder.join("manifest.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        manifest["today"].as_str()?.parse().ok()
    }

    /// What is known about a text: an id, an address, a number, a profile, else a name or a company. At most
    /// `most` people are told of, and of each company.
    pub fn ask(&self, text: &str, most: usize) -> Answer {
        let search = Search::new(&self.index, false);
        let typed = Typed::read(text, &self.index);
        if let Some(found) = self.exactly(&typed, text) {
            return found;
        }
        let mut answer = by_name(&search, &typed.name, most);
        let best = answer.people.first().map_or(0, |hit| hit.points);
        let companies = search.companies(if typed.company.is_empty() { text } else { &typed.company });
        let top = companies.first().map_or(0, |company| company.points);
        let good = companies.into_iter().filter(|company| company.points + WITHIN / 2 >= top.max(best));
        answer.companies = good.take(COMPANIES).map(|found| company(&search, &found)).collect();
        answer.companies.retain(|company| !company.people.is_empty());
        if top > best + WITHIN / 2 {
            answer.people.clear();
            answer.more = 0;
        }
        if answer.is_empty()
            && let Some((name, employer)) = split(text)
        {
            answer = by_name(&search, name, most);
            let best = search.companies(employer).into_iter().take(1);
            answer.colleagues = best.map(|found| company(&search, &found)).collect();
            answer.colleagues.retain(|company| !company.people.is_empty());
        }
        answer
    }

    /// What is meant to point at one contact, such as an id or an address; `None` if the text is none.
    fn exactly(&self, typed: &Typed, text: &str) -> Option<Answer> {
        let hit = |by| move |contact| Hit { person: person(&self.index, contact), points: 100, by };
        if let Some(number) = contact_number(text.trim()) {
            let contact = self.index.of_id(number).or_else(|| self.survivor(text.trim()));
            return Some(Answer {
                people: contact.map(hit("id")).into_iter().collect(),
                ..Answer::default()
            });
        }
        let (kind, key) = typed.key.as_ref()?;
        let by = match kind {
            KeyKind::Email => "e-mail",
            KeyKind::Phone => "phone",
            KeyKind::LinkedIn | KeyKind::Xing => "profile",
        };
        let mut people: Vec<Hit> = self.index.of_key(*kind, key).into_iter().map(hit(by)).collect();
        people.sort_by_key(|hit| best_rank(&hit.person));
        Some(Answer { people, ..Answer::default() })
    }

    /// The contact that a retired id leads to, as the generation's redirects tell.
    fn survivor(&self, id: &str) -> Option<u32> {
        let bytes = std::fs::read(self.folder.join("redirects.csv")).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let text = text.trim_start_matches('\u{feff}');
        let delimiter = if text.lines().next()?.contains(';') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let rows: FxHashMap<String, String> = reader
            .records()
            .flatten()
            .filter_map(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())))
            .collect();
        let mut id = rows.get(id)?;
        // Chains are short; a ring must not hold us.
        for _ in 0..64 {
            if let Some(contact) = contact_number(id).and_then(|number| self.index.of_id(number)) {
                return Some(contact);
            }
            id = rows.get(id)?;
        }
        None
    }
}

/// What a typed text may mean.
struct Typed {
    /// An address, a number or a profile.
    key: Option<(KeyKind, String)>,
    /// The words of a name without titles.
    name: String,
    /// A company that stands in place of a name.
    company: String,
}

impl Typed {
    fn read(text: &str, index: &Index) -> Typed {
        let mut typed = Typed { key: None, name: String::new(), company: String::new() };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let field = if text.contains("://") || text.contains("linkedin.com/") || text.contains("xing.com/") {
            Field::Url
        } else if text.contains('@') && !text.trim().contains(' ') {
            Field::Email
        } else if digits >= 5 && !text.contains(char::is_alphabetic) {
            Field::Phone
        } else {
            Field::Name
        };
        let mut raw = Cells::new();
        raw.push(field, text);
        let cells = cleaned(&raw, index, DateOrder::default());
        let cells = cells.view();
        let keys = [
            (Field::Email, KeyKind::Email),
            (Field::Phone, KeyKind::Phone),
            (Field::LinkedIn, KeyKind::LinkedIn),
            (Field::Xing, KeyKind::Xing),
        ];
        if field == Field::Name {
            let parts = [Field::GivenName, Field::MiddleName, Field::FamilyName];
            parts.map(|part| cells.text(part)).join(" ").trim().clone_into(&mut typed.name);
            cells.text(Field::Company).clone_into(&mut typed.company);
        } else {
            let found = keys.into_iter().find_map(|(field, kind)| Some((kind, cells.get(field)?.to_owned())));
            // What looks like an address and is none is still not a name.
            typed.key = Some(found.unwrap_or((KeyKind::Email, text.to_owned())));
        }
        typed
    }
}

/// Cleans cells the way the run did.
fn cleaned(raw: &Cells, index: &Index, date_order: DateOrder) -> Cells {
    use chrono::Datelike;
    let context = Context {
        country: &index.head.country,
        timezone: index.head.timezone(),
        date_order,
        year: index.head.as_of.year(),
    };
    let mut out = Cells::new();
    clean::clean(raw.view(), &context, &mut out, &mut Vec::new());
    out
}

/// `Anna Meier, Siemens` and `Anna Meier at Siemens` as name and employer.
fn split(text: &str) -> Option<(&str, &str)> {
    let cut = [", ", " at ", " bei ", " @ ", ",", "("].into_iter().find_map(|mark| text.split_once(mark));
    cut.map(|(name, employer)| (name.trim(), employer.trim_matches([' ', ')'])))
        .filter(|(name, employer)| !name.is_empty() && !employer.is_empty())
}

/// The people of a name, best first: how well the name fits, then the best path.
fn by_name(search: &Search<'_>, name: &str, most: usize) -> Answer {
    let words = wanted(&[name]);
    if words.is_empty() {
        return Answer::default();
    }
    let mut found = search.people(&words);
    let best = found.iter().map(|(_, found)| found.points).max().unwrap_or_default();
    // Who has all words is meant before those who lack one.
    let whole = found.iter().any(|(_, found)| found.unmatched == 0);
    found.retain(|(_, found)| found.points + WITHIN >= best && (found.unmatched == 0 || !whole));
    // Many people have a common name: only the best of them are looked at closely.
    found.sort_unstable_by_key(|(contact, found)| (std::cmp::Reverse(found.points), *contact));
    let more = found.len().saturating_sub(most);
    let edge = found.get(most.saturating_sub(1)).map_or(0, |(_, found)| found.points);
    let close = found.iter().take(most * 50 + 1000).take_while(|(_, found)| found.points >= edge);
    let mut ranked: Vec<_> = close
        .map(|(contact, found)| {
            let rank = search.index.ties(*contact).first().map(Tie::rank);
            ((std::cmp::Reverse(found.points), rank.is_none(), rank, *contact), *found)
        })
        .collect();
    ranked.sort_unstable_by_key(|(key, _)| *key);
    let hit = |((_, _, _, contact), found): &((_, _, _, u32), search::NameMatch)| Hit {
        person: person(search.index, *contact),
        points: found.points,
        by: found.worst.name(),
    };
    Answer { people: ranked.iter().take(most).map(hit).collect(), more, ..Answer::default() }
}

/// A contact with who knows it.
fn person(index: &Index, contact: u32) -> Person {
    let [company, position, city] = index.work(contact).map(str::to_owned);
    Person {
        contact,
        contact_id: contact_id(index.id(contact)),
        kind: index.kind(contact),
        name: index.name(contact),
        company,
        position,
        city,
        ties: index.ties(contact),
    }
}

/// By what people are ordered: the best path to them, then their place.
fn best_rank(person: &Person) -> (bool, Option<tie::Rank>, u32) {
    let rank = person.ties.first().map(Tie::rank);
    (rank.is_none(), rank, person.contact)
}

/// A company with its people outside the team.
fn company(search: &Search<'_>, found: &CompanyMatch) -> Company {
    let index = search.index;
    let contacts = |spelling: &u32| search.of_company(*spelling).iter().copied();
    let mut people: Vec<Person> = found
        .spellings
        .iter()
        .flat_map(contacts)
        .filter(|contact| index.kind(*contact) != Kind::Member)
        .map(|contact| person(index, contact))
        .collect();
    people.sort_by_key(best_rank);
    let mut members: Vec<(u16, usize, usize)> = Vec::new();
    for (place, person) in people.iter().enumerate() {
        for tie in &person.ties {
            match members.iter_mut().find(|(member, ..)| *member == tie.member) {
                Some((_, count, best)) => {
                    *count += 1;
                    let rank = |place: usize| {
                        let own = people[place].ties.iter().find(|own| own.member == tie.member);
                        own.map(Tie::rank)
                    };
                    if rank(place) < rank(*best) {
                        *best = place;
                    }
                }
                None => members.push((tie.member, 1, place)),
            }
        }
    }
    members.sort_by_key(|(member, _, best)| {
        people[*best].ties.iter().find(|tie| tie.member == *member).map(Tie::rank)
    });
    let common = found
        .spellings
        .iter()
        .max_by_key(|company| (search.of_company(**company).len(), std::cmp::Reverse(**company)));
    Company {
        name: common.map(|company| index.companies.text(*company).to_owned()).unwrap_or_default(),
        points: found.points,
        people,
        members,
    }
}

/// Whether two employers are the same (`Some(true)`), similar (`Some(false)`), or differ; `None` inside where
/// one is unknown.
fn employers_agree(search: &Search<'_>, asked: &str, found: &[CompanyMatch], contact: u32) -> Agreement {
    let company = search.index.company_of(contact);
    if company_core(asked).is_empty() || company == 0 {
        return Agreement::Unknown;
    }
    match found.iter().find(|found| found.spellings.contains(&company)) {
        Some(found) if found.points >= 88 => Agreement::Same,
        Some(_) => Agreement::Similar,
        None => Agreement::Different,
    }
}

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Same,
    Similar,
    Different,
    Unknown,
}

/// How well a name of two and more words fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The same words, nicknames for one another included.
    Exact,
    /// With slips, or one word too many.
    Close,
    /// Alike, initials, or one word only.
    Loose,
    /// Another name.
    Other,
}

impl Fit {
    fn of(found: Option<search::NameMatch>) -> Fit {
        match found {
            None => Fit::Other,
            Some(found) if found.matched < 2 => Fit::Loose,
            Some(found) => match found.worst {
                Likeness::Equal | Likeness::Nickname if found.unmatched == 0 => Fit::Exact,
                Likeness::Equal | Likeness::Nickname | Likeness::Typo | Likeness::Beginning => Fit::Close,
                Likeness::Alike | Likeness::Initial => Fit::Loose,
            },
        }
    }
}
