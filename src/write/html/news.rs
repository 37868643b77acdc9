//! What changed since the last run: who has another job, another category, or is in no network any more.

use chrono::NaiveDate;

use super::opening::{Sentence, bold, sentence};
use super::{Page, Section, rows};
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
    /// Whether the goals ask for the person; of somebody who is gone nobody knows.
    pub target: Option<bool>,
    /// Whether known in private life only; of somebody who is gone only known where there was a category.
    pub private: Option<bool>,
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

    /// Whether the team as a whole should hear of it: of category A or B before or now, or asked for by the goals.
    /// Whom somebody knows in private life only is nobody else's business.
    fn matters(&self) -> bool {
        let good = |tier: &str| ["A", "B"].contains(&tier);
        let moved = self.category.iter().flatten().any(|tier| good(tier));
        self.private == Some(false) && (good(self.tier) || self.target == Some(true) || moved)
    }

    /// What was and what is, as `Alpha AG → Beta GmbH`.
    fn moved(pair: Option<&[String; 2]>) -> String {
        let Some([old, new]) = pair else { return "\u{2013}".to_owned() };
        let side = |text: &String| if text.is_empty() { "\u{2013}".to_owned() } else { text.clone() };
        format!("{} \u{2192} {}", side(old), side(new))
    }
}

/// What a list of people shows beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Employer and job title.
    Job,
    /// The move of the category.
    Category,
    /// Nothing more than where the person worked.
    Left,
}

/// A list of people with what changed; `writes` adds the colleague who should write.
pub(super) fn people(page: &Page<'_>, list: &[&NewsRow], shown: Shown, writes: bool) -> maud::Markup {
    let say = |english, german| page.say(words(english, german)).to_owned();
    let mut headings = vec![say("Name", "Name")];
    headings.extend(match shown {
        Shown::Job => {
            vec![say("Employer", "Arbeitgeber"), say("Position", "Position"), say("Category", "Kategorie")]
        }
        Shown::Category => vec![say("Category", "Kategorie"), say("Employer", "Arbeitgeber")],
        Shown::Left => vec![say("Employer", "Arbeitgeber"), say("Category", "Kategorie")],
    });
    if writes {
        headings.push(match shown {
            Shown::Left => say("Knew best", "Kannte am besten"),
            _ => say("Who should write", "Wer schreiben sollte"),
        });
    }
    let dash = |text: &str| if text.is_empty() { "\u{2013}".to_owned() } else { text.to_owned() };
    let cells = list.iter().map(|row| {
        let company = || match &row.employer {
            Some(_) => NewsRow::moved(row.employer.as_ref()),
            None => dash(&row.company),
        };
        let mut cells = vec![row.name.clone()];
        cells.extend(match shown {
            Shown::Job => vec![company(), NewsRow::moved(row.position.as_ref()), dash(row.tier)],
            Shown::Category => vec![NewsRow::moved(row.category.as_ref()), dash(&row.company)],
            Shown::Left => vec![dash(&row.company), dash(row.tier)],
        });
        if writes {
            let member = row.colleague.and_then(|at| page.members.get(at));
            cells.push(member.map_or_else(|| dash(""), |member| page.name(&member.0).to_owned()));
        }
        cells.into_iter().map(|text| (text, false)).collect::<Vec<rows::Cell>>()
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

/// What changed about people who matter, the most valuable first.
struct Sorted<'a> {
    jobs: Vec<&'a NewsRow>,
    moved: Vec<&'a NewsRow>,
    left: Vec<&'a NewsRow>,
}

impl<'a> Sorted<'a> {
    fn of(news: &News<'a>) -> Sorted<'a> {
        let mut all: Vec<&NewsRow> = news.rows.iter().filter(|row| row.matters()).collect();
        let order =
            |row: &NewsRow| (row.tier.is_empty(), row.tier, row.target != Some(true), row.name.clone());
        all.sort_by_cached_key(|row| (order(row), row.contact_id.clone()));
        let of = |wanted: fn(&NewsRow) -> bool| all.iter().copied().filter(|row| wanted(row)).collect();
        Sorted {
            jobs: of(|row| row.has_new_job() && !row.left),
            moved: of(|row| row.category.is_some() && !row.left),
            left: of(|row| row.left),
        }
    }

    fn counts(&self) -> [usize; 3] {
        [self.jobs.len(), self.moved.len(), self.left.len()]
    }
}

/// What changed, in a sentence; nothing where nothing did, so that a run on the same files makes the same page. Where
/// no member is shown it tells how many, and of a few only that they are few.
pub(super) fn told(page: &Page<'_>) -> Option<Sentence> {
    let news = page.news?;
    let sorted = Sorted::of(&news);
    let (since, counts) = (since(page, &news), sorted.counts());
    let least = page.aggregate.unwrap_or(1) as usize;
    if counts.iter().all(|count| *count < least) {
        return None;
    }
    // Fewer than some are several in any case.
    let verb = |count: usize, one, more| if count == 1 && page.aggregate.is_none() { one } else { more };
    let (have, are) = (verb(counts[0], "hat", "haben"), verb(counts[2], "ist", "sind"));
    let [jobs, moved, left] = counts.map(|count| match page.language {
        _ if count >= least || page.aggregate.is_none() => bold(&page.count(count as f64)),
        Language::English => format!("fewer than {least}"),
        Language::German => format!("weniger als {least}"),
    });
    let mut text = match page.language {
        Language::English => format!(
            "{since}, {jobs} of the A, B and target contacts changed job, {moved} moved category and {left} left."
        ),
        Language::German => format!(
            "{since} {have} von den A-, B- und Zielkontakten {jobs} die Stelle und {moved} die Kategorie gewechselt; {left} {are} verloren."
        ),
    };
    let first = sorted.jobs.first().filter(|_| page.aggregate.is_none());
    if let Some(first) = first {
        let who = bold(&first.name.replace(super::opening::MARK, ""));
        let colleague = first.colleague.and_then(|at| page.members.get(at)).filter(|_| page.is_team());
        text.push_str(&match (page.language, colleague.map(|member| bold(page.name(&member.0)))) {
            (Language::English, Some(member)) => format!(" First of all {member} should write to {who}."),
            (Language::German, Some(member)) => format!(" Als Erstes sollte {member} an {who} schreiben."),
            (Language::English, None) => format!(" First of all write to {who}."),
            (Language::German, None) => format!(" Als Erstes an {who} schreiben."),
        });
    }
    Some(sentence("changed", &text))
}

/// The section: new jobs, moved categories, who left.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let news = page.news?;
    let sorted = Sorted::of(&news);
    (sorted.counts() != [0, 0, 0]).then_some(())?;
    let writes = page.is_team();
    let parts = [
        (
            &sorted.jobs,
            Shown::Job,
            words("New jobs: a good occasion to write", "Neue Stellen: ein guter Anlass zu schreiben"),
        ),
        (&sorted.moved, Shown::Category, words("Moved category", "Kategorie gewechselt")),
        (
            &sorted.left,
            Shown::Left,
            words(
                "Left: nobody of the team has them in a network any more",
                "Verloren: niemand im Team hat sie noch im Netzwerk",
            ),
        ),
    ];
    let how = page.say(words(
        "Contacts of category A or B, or asked for by the goals. Who should write has the strongest tie, else has known the person longest. All changes are in changes.csv.",
        "Kontakte der Kategorie A oder B oder nach den Zielen. Schreiben sollte, wer die festeste Beziehung hat, sonst, wer den Menschen am längsten kennt. Alle Änderungen stehen in changes.csv.",
    ));
    let body = maud::html! {
        p .how { (since(page, &news)) ". " (how) }
        p .how { (page.say(super::mix::NO_JUDGEMENT)) }
        @for (list, shown, title) in parts {
            @if !list.is_empty() { h3 { (page.say(title)) " (" (page.count(list.len() as f64)) ")" } (people(page, list, shown, writes)) }
        }
    };
    Some(Section { id: "changed", title: words("What changed", "Was sich geändert hat"), body })
}
