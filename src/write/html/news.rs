//! What changed since the last run: who has another job, another category, or is in no network any more.

use chrono::NaiveDate;

use super::{Page, rows};
use crate::table::{Language, words};

/// What changed since the last run.
#[derive(Debug, Clone, Copy)]
pub struct News<'a> {
    /// The day of that run, where it is known.
    pub since: Option<NaiveDate>,
    /// One row a person.
    pub rows: &'a [NewsRow],
}

/// What changed about one person. Text is empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewsRow {
    /// Id of the contact.
    pub contact_id: String,
    /// The whole name.
    pub name: String,
    /// The employer now.
    pub company: String,
    /// The category now, `A` to `D`; of somebody who is gone the last one.
    pub tier: &'static str,
    /// Whether the goals ask for the person.
    pub target: bool,
    /// Whether known in private life only.
    pub private: bool,
    /// The employer before and now, where it changed.
    pub employer: Option<[String; 2]>,
    /// The job title before and now, where it changed.
    pub position: Option<[String; 2]>,
    /// The category before and now, where it moved.
    pub category: Option<[String; 2]>,
    /// Whether nobody of the team has the person in a network any more.
    pub left: bool,
    /// Members who know the person, as places in [`Page::members`].
    pub holders: Vec<usize>,
    /// Who should write: the member with the strongest tie, else who has known the person longest.
    pub colleague: Option<usize>,
}

impl NewsRow {
    /// Whether the person has another employer or another job title.
    pub(super) fn has_new_job(&self) -> bool {
        self.employer.is_some() || self.position.is_some()
    }

    /// What was and what is, as `Alpha AG → Beta GmbH`.
    fn moved(pair: Option<&[String; 2]>) -> String {
        let Some([old, new]) = pair else { return "\u{2013}".to_owned() };
        let side = |text: &String| if text.is_empty() { "\u{2013}".to_owned() } else { text.clone() };
        format!("{} \u{2192} {}", side(old), side(new))
    }
}

/// A list of people who have another job.
pub(super) fn people(page: &Page<'_>, list: &[&NewsRow]) -> maud::Markup {
    let say = |english, german| page.say(words(english, german)).to_owned();
    let headings = [
        say("Name", "Name"),
        say("Employer", "Arbeitgeber"),
        say("Position", "Position"),
        say("Category", "Kategorie"),
    ];
    let dash = |text: &str| if text.is_empty() { "\u{2013}".to_owned() } else { text.to_owned() };
    let cells = list.iter().map(|row| {
        let company = match &row.employer {
            Some(_) => NewsRow::moved(row.employer.as_ref()),
            None => dash(&row.company),
        };
        let cells = [row.name.clone(), company, NewsRow::moved(row.position.as_ref()), dash(row.tier)];
        cells.map(|text| (text, false)).to_vec()
    });
    let cells: Vec<Vec<rows::Cell>> = cells.take(rows::MOST).collect();
    rows::folded(page, &headings, &cells, list.len(), "changes.csv")
}

/// Since when something changed, in words.
pub(super) fn since(page: &Page<'_>, news: &News<'_>) -> String {
    match (page.language, news.since) {
        (Language::English, Some(day)) => {
            format!("Since the last run ({})", super::number::day(day, page.language))
        }
        (Language::German, Some(day)) => {
            format!("Seit dem letzten Lauf ({})", super::number::day(day, page.language))
        }
        (Language::English, None) => "Since the last run".to_owned(),
        (Language::German, None) => "Seit dem letzten Lauf".to_owned(),
    }
}
