//! Answers of `who` as a table that opens in a spreadsheet: one row for each person that may be meant.

use std::path::Path;

use super::guests::{Certainty, Guests};
use super::index::Head;
use super::tie::Tie;
use super::{Answer, Person};
use crate::error::{Error, Kind, Result};
use crate::record::Channel;
use crate::state::files;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};
use crate::write::{CsvFile, Dialect};

/// One row: what was asked, and who it may be.
pub struct Line<'a> {
    asked: &'a str,
    employer: &'a str,
    number: Option<u32>,
    known: Certainty,
    reason: String,
    person: Option<&'a Person>,
}

static KNOWN: [Value; 4] = [
    value("sure", "sure", "sicher"),
    value("likely", "likely", "wahrscheinlich"),
    value("possible", "possible", "möglich"),
    value("no", "not known", "nicht bekannt"),
];

impl<'a> Line<'a> {
    /// The rows of a guest list: a guest has several where several people may be meant.
    pub fn of_guests(guests: &'a Guests) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for guest in &guests.guests {
            let row = |reason: String, person| Line {
                asked: &guest.name,
                employer: &guest.company,
                number: Some(guest.line),
                known: guest.certainty,
                reason,
                person,
            };
            lines.extend(guest.candidates.iter().map(|found| row(found.reason.clone(), Some(&found.person))));
            if guest.candidates.is_empty() {
                let nearest = guest.colleagues.as_ref().and_then(|company| company.people.first());
                lines.push(row(if nearest.is_some() { "colleague" } else { "" }.to_owned(), nearest));
            }
        }
        lines
    }

    /// The rows of an answer: people, then those of the companies.
    pub fn of_answer(asked: &'a str, answer: &'a Answer) -> Vec<Line<'a>> {
        let alone = answer.people.len() + answer.more == 1;
        let row = |known, reason: &str, person| Line {
            asked,
            employer: "",
            number: None,
            known,
            reason: reason.to_owned(),
            person: Some(person),
        };
        let people = answer.people.iter().map(|hit| {
            let exact = hit.points == 100 && alone;
            row(if exact { Certainty::Sure } else { Certainty::Possible }, hit.by, &hit.person)
        });
        let of = |list: &'a [super::Company]| list.iter().flat_map(|company| &company.people);
        let companies = of(&answer.companies).map(|person| row(Certainty::Sure, "employer", person));
        let colleagues = of(&answer.colleagues).map(|person| row(Certainty::No, "colleague", person));
        people.chain(companies).chain(colleagues).collect()
    }
}

/// Writes the rows as CSV in one step; the list itself is never overwritten.
///
/// # Errors
/// [`Kind::Usage`] when the file is the list, and when it cannot be written.
pub fn csv(file: &Path, list: &Path, lines: &[Line<'_>], head: &Head, dialect: Dialect) -> Result<()> {
    let same =
        file.canonicalize().ok().zip(list.canonicalize().ok()).is_some_and(|(file, list)| file == list);
    if same {
        return Err(Error::new(Kind::Usage, format!("{} is the list itself", file.display()))
            .hinted("name another file with --csv"));
    }
    let table = table(lines, head);
    let mut bytes = Vec::new();
    let written = CsvFile::create(&mut bytes, dialect, &table).and_then(|mut out| {
        out.write(&table)?;
        out.finish()
    });
    written.map_err(|error| Error::io(Kind::Io, "cannot be written", file, &error))?;
    files::replace(file, &bytes)
}

fn table(lines: &[Line<'_>], head: &Head) -> Table {
    let language = head.language();
    let best = |line: &Line<'_>| line.person.and_then(|person| person.ties.first().copied());
    let text = |name, title: Words, about, of: &dyn Fn(&Line<'_>) -> String| {
        Column::new(name, title, about, Data::Text(lines.iter().map(of).collect::<Texts>()))
    };
    let person =
        |of: fn(&Person) -> &str| move |line: &Line<'_>| line.person.map(of).unwrap_or_default().to_owned();
    let member = |tie: &Tie| head.member(tie.member).to_owned();
    let channels = |tie: Tie| tie.channels().map(Channel::name).collect::<Vec<_>>().join(" | ");
    let dates = |name, title, about, of: &dyn Fn(&Tie) -> Option<chrono::NaiveDate>| {
        let days = lines.iter().map(|line| best(line).and_then(|tie| of(&tie))).collect();
        Column::new(name, title, about, Data::Date(days))
    };
    let others = |line: &Line<'_>| {
        let ties = line.person.map(|person| person.ties.iter().skip(1)).into_iter().flatten();
        ties.map(|tie| format!("{}: {}", member(tie), tie.in_words(language))).collect::<Vec<_>>().join(" | ")
    };
    Table {
        name: "who",
        title: words("Who knows whom", "Wer kennt wen"),
        about: "a person who may be meant, with who of the team knows them",
        key: &["line", "asked", "contact_id"],
        columns: vec![
            Column::new(
                "line",
                words("Line", "Zeile"),
                "line of the list",
                Data::Int(lines.iter().map(|line| line.number.map(i64::from)).collect()),
            ),
            text("asked", words("Asked", "Gefragt"), "who was asked for", &|line| line.asked.to_owned()),
            text("asked_company", words("At", "Bei"), "their employer as the list has it", &|line| {
                line.employer.to_owned()
            }),
            text("known", words("Known", "Bekannt"), "how sure it is", &|line| line.known.name().to_owned())
                .of(&KNOWN),
            text("reason", words("Why", "Warum"), "by what they were found", &|line| line.reason.clone()),
            text("contact_id", words("Contact", "Kontakt"), "id", &person(|person| &person.contact_id)),
            text("name", words("Name", "Name"), "name", &person(|person| &person.name)),
            text("company", words("Company", "Firma"), "employer", &person(|person| &person.company)),
            text("position", words("Position", "Position"), "job title", &person(|person| &person.position)),
            text("best", words("Best path", "Bester Weg"), "the member to ask first", &|line| {
                best(line).map(|tie| member(&tie)).unwrap_or_default()
            }),
            text("path", words("Path", "Weg"), "why they are the best path", &|line| {
                best(line).map(|tie| tie.in_words(language)).unwrap_or_default()
            }),
            text("channels", words("Through", "Über"), "channels", &|line| {
                best(line).map(channels).unwrap_or_default()
            }),
            dates("since", words("Since", "Seit"), "since when they know each other", &|tie| {
                Some(tie.since())
            }),
            dates("last_touch", words("Last touch", "Letzter Kontakt"), "day", &|tie| tie.last_touch),
            Column::new(
                "touches",
                words("Touches", "Kontakte"),
                "how many",
                Data::Int(lines.iter().map(|line| best(line).map(|tie| i64::from(tie.touches))).collect()),
            ),
            text("others", words("Others", "Weitere"), "who else knows them", &others),
        ],
    }
}
