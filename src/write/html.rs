//! The page: all reports as one HTML file that needs neither a script nor a network.
//!
//! It is built from the tables alone: a section appears when its table is there and has rows. Whatever stands in
//! a table is escaped.

use chrono::NaiveDate;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::look;
use crate::table::{Language, Table, Words, words};

mod aggregate;
mod appointments;
mod bars;
mod bump;
mod columns;
mod concentration;
mod convergence;
mod definitions;
mod drawing;
mod due;
mod figure;
mod growth;
mod heat;
mod hours;
mod leader;
mod lines;
mod lorenz;
mod loss;
mod mix;
mod news;
mod number;
mod opening;
mod overlap;
mod passport;
mod path;
mod personal;
mod quality;
mod race;
mod rows;
mod sections;
mod sets;
mod squares;
mod stack;
mod standing;
mod steps;
mod survival;
mod targets;
mod waterfall;

/// The name under which tables show the whole team; the shared inbox has the same.
const TEAM: &str = "team";

/// What one member is called, and several.
const MEMBER: Words = words("member", "Mitglied");
const MEMBERS: Words = words("members", "Mitglieder");
/// What one person is called, and several.
const PERSON: Words = words("person", "Mensch");
const PEOPLE: Words = words("people", "Menschen");
/// What one week is called, and several.
const WEEK: Words = words("week", "Woche");
const WEEKS: Words = words("weeks", "Wochen");

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The language of the page.
    pub language: Language,
    /// Name of the team; may be empty.
    pub team: &'a str,
    /// The day for which the reports are made.
    pub as_of: NaiveDate,
    /// The first and the last day of the race.
    pub race: (NaiveDate, NaiveDate),
    /// Ids and names of the members, in the order of the pipeline file.
    pub members: &'a [(String, String)],
    /// How many contacts the exports name.
    pub contacts: u64,
    /// Whether the team says whom it wants to know.
    pub has_goals: bool,
    /// What licences ask to be shown.
    pub credit: &'a str,
    /// Distributions only, in which no cell stands for fewer people or members than this; `None`: everything.
    pub aggregate: Option<u32>,
    /// What changed since the last run; none in the first.
    pub news: Option<News<'a>>,
    /// The reports, each one once.
    pub tables: &'a [&'a Table],
}

/// A part of the page.
struct Section {
    /// Its anchor.
    id: &'static str,
    /// Its heading.
    title: Words,
    /// What stands below it.
    body: Markup,
}

impl<'a> Page<'a> {
    /// Words in the language of the page.
    fn say(&self, words: Words) -> &'static str {
        words.in_language(self.language)
    }

    /// The table of that name, if it has rows.
    fn table(&self, name: &str) -> Option<&'a Table> {
        self.tables.iter().copied().find(|table| table.name == name && !table.is_empty())
    }

    /// What a member is called; the id where there is no name.
    fn name<'b>(&'b self, id: &'b str) -> &'b str {
        if id == TEAM {
            return self.say(words("whole team", "ganzes Team"));
        }
        let name = self.members.iter().find(|member| member.0 == id).map(|member| member.1.as_str());
        name.filter(|name| !name.is_empty()).unwrap_or(id)
    }

    /// What a holder of contacts is called: a member, or the inbox that the team shares.
    fn holder<'b>(&'b self, id: &'b str) -> &'b str {
        if id == TEAM { self.say(words("shared inbox", "gemeinsamer Eingang")) } else { self.name(id) }
    }

    /// The members; the shared inbox is none.
    fn people(&self) -> impl Iterator<Item = &'a (String, String)> + use<'a> {
        self.members.iter().filter(|member| member.0 != TEAM)
    }

    /// Whether there is a team: with one member nothing can be shared, unequal or won.
    fn is_team(&self) -> bool {
        self.people().count() > 1
    }

    /// Under which name tables show everybody the page is about: that of the only member, where nothing else is read.
    fn whole(&self) -> Option<&'a str> {
        match self.members {
            [] => None,
            [only] => Some(&only.0),
            _ => Some(TEAM),
        }
    }

    /// The measure that counts different people of [`Page::whole`].
    fn reach(&self) -> &'static str {
        if self.whole() == Some(TEAM) { "union" } else { "holdings" }
    }

    /// The words that fit a number.
    fn counted(&self, value: f64, one: Words, more: Words) -> &'static str {
        self.say(if is_one(value) { one } else { more })
    }

    fn count(&self, value: f64) -> String {
        number::count(value, self.language)
    }

    fn share(&self, value: f64) -> String {
        number::share(value, self.language)
    }

    /// `bekannt bei x %`, where a share is told.
    fn known(&self, coverage: Option<f64>) -> String {
        let Some(share) = coverage else { return String::new() };
        match self.language {
            Language::English => format!("known for {}", self.share(share)),
            Language::German => format!("bekannt bei {}", self.share(share)),
        }
    }
}

/// Whether a number is written as 1.
fn is_one(value: f64) -> bool {
    (value - 1.0).abs() < 0.5
}

pub use news::{News, NewsRow};
pub use personal::{Personal, member_page};

/// The style of the page.
const STYLE: &str = include_str!("html/page.css");

/// What a browser may load for the page: nothing but what stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// The whole page.
pub fn page(page: &Page<'_>) -> String {
    let mut sections =
        if page.aggregate.is_some() { aggregate::sections(page) } else { sections::sections(page) };
    let opening = match page.aggregate {
        Some(_) => aggregate::opening(page, &sections),
        None => opening::opening(page, &sections),
    };
    sections.push(definitions::section(page));
    document(page, (&title(page), &size(page)), &opening, &sections, definitions::ETHICS)
}

/// A document: its title and what it is about, how it begins, its sections, and whom it is for.
fn document(
    page: &Page<'_>,
    (title, about): (&str, &str),
    opening: &Markup,
    sections: &[Section],
    ethics: Words,
) -> String {
    let contents = page.say(words("Contents", "Inhalt"));
    let markup = html! {
        (DOCTYPE)
        html lang=(page.language.name()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#content" { (page.say(words("Skip to the content", "Zum Inhalt springen"))) }
                // Patterns are told apart without colour; both charts of a figure refer to them.
                svg .defs width="0" height="0" aria-hidden="true" {
                    defs { pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        rect .hatchground width="6" height="6" {} line .hatchline x1="0" y1="0" x2="0" y2="6" {}
                    } }
                }
                header {
                    h1 { (title) }
                    p .sub { (page.say(words("As of", "Stand"))) " " (number::day(page.as_of, page.language)) " · " (about) }
                }
                main id="content" {
                    (opening)
                    nav aria-label=(contents) { ul { @for section in sections { li { a href={ "#" (section.id) } { (page.say(section.title)) } } } } }
                    @for section in sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-heading" } {
                            h2 id={ (section.id) "-heading" } { (page.say(section.title)) }
                            (section.body)
                        }
                    }
                }
                footer {
                    p { (page.say(ethics)) }
                    @if !page.credit.is_empty() { p { (page.credit) } }
                    p { (page.say(words("Made by hamstern from the exports of the members; nothing on this page was loaded from elsewhere.", "Von hamstern aus den Exporten der Mitglieder gemacht; nichts auf dieser Seite wurde anderswo geladen."))) }
                }
            }
        }
    };
    markup.into_string()
}

/// The name of the page.
fn title(page: &Page<'_>) -> String {
    if page.team.is_empty() {
        return page.say(words("Network of the team", "Netzwerk des Teams")).to_owned();
    }
    format!("{} {}", page.say(words("Network of", "Netzwerk von")), page.team)
}

/// How much the page is about.
fn size(page: &Page<'_>) -> String {
    let contacts = page.contacts as f64;
    let called = page.counted(contacts, words("contact", "Kontakt"), words("contacts", "Kontakte"));
    let contacts = format!("{} {called}", page.count(contacts));
    let members = page.people().count();
    if members == 0 || page.aggregate.is_some_and(|least| members < least as usize) {
        return contacts;
    }
    format!("{members} {}, {contacts}", page.counted(members as f64, MEMBER, MEMBERS))
}
