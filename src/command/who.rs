//! `hamstern who`: who of the team knows a person, a company or the guests of a list.

use std::path::Path;

use serde_json::{Value, json};

use super::screen::{Align, Grid, colours, columns, grouped, print};
use crate::cli::WhoArgs;
use crate::contact::Kind;
use crate::error::{self, Result};
use crate::pipeline::{self, Pipeline};
use crate::record::Channel;
use crate::run::who::guests::{Certainty, Guest, Guests};
use crate::run::who::index::Head;
use crate::run::who::table::{Line, csv};
use crate::run::who::tie::Tie;
use crate::run::who::{Answer, Company, Known, Person};
use crate::run::workspace::Workspace;
use crate::table::Language;
use crate::text::visible;
use crate::write::Dialect;

/// Paths that are told in words; of more people the table says enough.
const TOLD: usize = 5;

/// Answers from the newest results; 66 when nobody is found.
pub(super) fn run(args: &WhoArgs) -> Result<u8> {
    let (out, pipeline) = match (&args.out, &args.pipeline) {
        (Some(out), _) => (out.clone(), Pipeline::default()),
        (None, file) => {
            let file = file.as_deref().unwrap_or("hamstern.toml".as_ref());
            let workspace = Workspace::from_pipeline(file).map_err(|error| {
                let hint = "name the pipeline file with --pipeline, or the folder of results with --out";
                if error.kind == error::Kind::NoInput { error.hinted(hint) } else { error }
            })?;
            (workspace.out, workspace.pipeline)
        }
    };
    let known = Known::open(&out)?;
    let most = if args.most == 0 { usize::MAX } else { args.most };
    let text = args.asked.join(" ");
    if text.trim().is_empty() {
        return Err(error::Error::new(error::Kind::Usage, "nothing is asked: the name is blank")
            .hinted("name a person, a company, an address, a number, or the file of a guest list"));
    }
    let list = Path::new(&text);
    let is_list = list.is_file() || (list.extension().is_some() && is_table(list));
    let head = &known.index.head;
    let (answer, guests);
    let (shown, lines, found) = if is_list {
        guests = known.look_up(list, &pipeline)?;
        let known_one = |guest: &Guest| guest.certainty != Certainty::No || guest.colleagues.is_some();
        let shown = if args.show.json {
            guests_json(&guests, head)
        } else {
            guests_text(&guests, head, colours(args.show))
        };
        (shown, Line::of_guests(&guests), guests.guests.iter().any(known_one))
    } else {
        answer = known.ask(&text, most);
        let shown = if args.show.json {
            answer_json(&answer, head, most)
        } else {
            answer_text(&answer, head, &text, most, colours(args.show))
        };
        (shown, Line::of_answer(&text, &answer), !answer.is_empty())
    };
    if let Some(file) = &args.csv {
        let dialect = match pipeline.output.dialect {
            pipeline::Dialect::Plain => Dialect::Plain,
            pipeline::Dialect::Spreadsheet => Dialect::spreadsheet(&head.country),
        };
        csv(file, list, &lines, head, dialect)?;
    }
    if !args.show.quiet {
        print(&shown)?;
    }
    if found {
        return Ok(0);
    }
    Ok(error::Kind::NoInput.exit_code())
}

/// Whether the end of a name says that it is a list, also where there is no such file.
fn is_table(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
    ["csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods", "vcf"].contains(&end.as_str())
}

fn channels(tie: &Tie) -> String {
    tie.channels().map(Channel::name).collect::<Vec<_>>().join(" ")
}

fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The name, or what stands for one.
fn called(person: &Person) -> String {
    let name = if person.name.is_empty() { person.contact_id.clone() } else { person.name.clone() };
    match person.kind {
        Kind::Person => name,
        Kind::Member => format!("{name} (of the team)"),
        Kind::Role => format!("{name} (shared address)"),
    }
}

fn finish(mut grid: Grid, colours: bool) -> String {
    if let Some(columns) = columns() {
        grid.fit(columns);
    }
    grid.render(colours)
}

/// Grid rows of people: one line for each member who knows them, the best path first.
fn people_grid<'a>(
    people: impl Iterator<Item = (&'a Person, &'a str)>,
    head: &Head,
    colours: bool,
) -> String {
    let mut grid = Grid::new(&[
        ("name", Align::Left),
        ("company", Align::Left),
        ("position", Align::Left),
        ("who", Align::Left),
        ("through", Align::Left),
        ("since", Align::Left),
        ("last touch", Align::Left),
        ("touches", Align::Right),
        ("tie", Align::Left),
        ("contact", Align::Left),
        ("found by", Align::Left),
    ]);
    for (person, by) in people {
        let own = [called(person), person.company.clone(), person.position.clone()];
        let tail = [person.contact_id.clone(), by.to_owned()];
        if person.ties.is_empty() {
            let [name, company, position] = own.clone();
            let [id, by] = tail.clone();
            let none = String::new;
            grid.row(&[
                name,
                company,
                position,
                "nobody".into(),
                none(),
                none(),
                none(),
                none(),
                none(),
                id,
                by,
            ]);
        }
        for (number, tie) in person.ties.iter().enumerate() {
            let [name, company, position] = if number == 0 { own.clone() } else { Default::default() };
            let [id, by] = if number == 0 { tail.clone() } else { Default::default() };
            grid.row(&[
                name,
                company,
                position,
                head.member(tie.member).to_owned(),
                if tie.channels == 0 { format!("{} (ended)", channels(tie)) } else { channels(tie) },
                tie.since().to_string(),
                day(tie.last_touch),
                if tie.touches == 0 { String::new() } else { grouped(u64::from(tie.touches)) },
                tie.band.name().to_owned(),
                id,
                by,
            ]);
        }
    }
    finish(grid, colours)
}

/// The best path to a person in words.
fn path(person: &Person, head: &Head, language: Language) -> String {
    match person.ties.first() {
        Some(tie) => format!("{}: {}", head.member(tie.member), tie.in_words(language)),
        None => "nobody knows them any more".to_owned(),
    }
}

fn answer_text(answer: &Answer, head: &Head, asked: &str, most: usize, colours: bool) -> String {
    if answer.is_empty() {
        return format!("Nobody of us knows {}.\n", visible(asked));
    }
    let mut out = String::new();
    if !answer.people.is_empty() {
        out.push_str(&people_grid(answer.people.iter().map(|hit| (&hit.person, hit.by)), head, colours));
        if answer.more > 0 {
            out.push_str(&format!("and {} more; --most 0 shows all\n", grouped(answer.more as u64)));
        }
        out.push('\n');
        for hit in answer.people.iter().take(TOLD) {
            let at = if hit.person.company.is_empty() {
                String::new()
            } else {
                format!(", {}", hit.person.company)
            };
            let words = path(&hit.person, head, Language::English);
            out.push_str(&visible(&format!("Best path to {}{at}: {words}", called(&hit.person))));
            out.push('\n');
        }
    }
    for company in &answer.companies {
        out.push_str(&company_text(company, head, most, colours));
    }
    if !answer.colleagues.is_empty() {
        out.push_str(&format!("Nobody of us knows {}; but we know people there:\n\n", visible(asked)));
        for company in &answer.colleagues {
            out.push_str(&company_text(company, head, most, colours));
        }
    }
    out
}

fn company_text(company: &Company, head: &Head, most: usize, colours: bool) -> String {
    let count = company.people.len();
    let people = if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(count as u64)) };
    let mut out = format!(
        "{}: {people}, known to {} of {}\n\n",
        visible(&company.name),
        company.members.len(),
        head.members.len()
    );
    let mut grid = Grid::new(&[("who", Align::Left), ("people", Align::Right), ("best path", Align::Left)]);
    for (member, people, best) in &company.members {
        let person = &company.people[*best];
        let tie = person.ties.iter().find(|tie| tie.member == *member);
        let words = tie.map(|tie| tie.in_words(Language::English)).unwrap_or_default();
        grid.row(&[
            head.member(*member).to_owned(),
            grouped(*people as u64),
            format!("{}: {words}", called(person)),
        ]);
    }
    out.push_str(&finish(grid, colours));
    out.push('\n');
    out.push_str(&people_grid(
        company.people.iter().take(most).map(|person| (person, "employer")),
        head,
        colours,
    ));
    if count > most {
        out.push_str(&format!("and {} more; --most 0 shows all\n", grouped((count - most) as u64)));
    }
    out.push('\n');
    out
}

/// Of a guest whom nobody knows: who knows people at the same employer.
fn colleagues(guest: &Guest, head: &Head) -> String {
    let Some(company) = &guest.colleagues else { return "nobody".to_owned() };
    let of = |(member, people, _): &(u16, usize, usize)| format!("{} ({people})", head.member(*member));
    let members: Vec<String> = company.members.iter().take(3).map(of).collect();
    format!("nobody knows them; at {}: {}", company.name, members.join(", "))
}

fn guests_text(guests: &Guests, head: &Head, colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("guest", Align::Left),
        ("company", Align::Left),
        ("known", Align::Left),
        ("contact", Align::Left),
        ("best path", Align::Left),
        ("others", Align::Left),
    ]);
    for guest in &guests.guests {
        let own = [guest.name.clone(), guest.company.clone(), guest.certainty.name().to_owned()];
        if guest.candidates.is_empty() {
            let [name, company, known] = own.clone();
            grid.row(&[name, company, known, String::new(), colleagues(guest, head), String::new()]);
        }
        for (number, candidate) in guest.candidates.iter().enumerate() {
            let [name, company, known] = if number == 0 { own.clone() } else { Default::default() };
            let person = &candidate.person;
            let at = if person.company.is_empty() { String::new() } else { format!(", {}", person.company) };
            let others: Vec<&str> = person.ties.iter().skip(1).map(|tie| head.member(tie.member)).collect();
            grid.row(&[
                name,
                company,
                known,
                format!("{}{at} ({})", called(person), candidate.reason),
                path(person, head, Language::English),
                others.join(" "),
            ]);
        }
    }
    let mut out = finish(grid, colours);
    for problem in &guests.problems {
        out.push_str(&format!("! {}\n", visible(problem)));
    }
    let [sure, likely, possible, no] = counts(guests);
    out.push_str(&format!(
        "\n{} guests: {sure} sure, {likely} likely, {possible} possible, {no} not known.\n",
        guests.guests.len()
    ));
    out
}

fn counts(guests: &Guests) -> [usize; 4] {
    [Certainty::Sure, Certainty::Likely, Certainty::Possible, Certainty::No]
        .map(|certainty| guests.guests.iter().filter(|guest| guest.certainty == certainty).count())
}

fn tie_json(tie: &Tie, head: &Head) -> Value {
    json!({
        "member": head.member(tie.member),
        "channels": tie.channels().map(Channel::name).collect::<Vec<_>>(),
        "since": tie.since(),
        "connected_on": tie.connected_on,
        "first_seen": tie.first_seen,
        "ended_on": tie.ended_on,
        "touches": tie.touches,
        "last_touch": tie.last_touch,
        "strength": tie.strength.map(|strength| f64::from(strength) / 100.0),
        "band": tie.band.name(),
        "last_kind": tie.last_kind.map(crate::touch::Kind::name),
        "words": tie.in_words(Language::English),
    })
}

fn person_json(person: &Person, head: &Head) -> Value {
    json!({
        "contact_id": person.contact_id,
        "kind": person.kind.name(),
        "name": person.name,
        "company": person.company,
        "position": person.position,
        "city": person.city,
        "paths": person.ties.iter().map(|tie| tie_json(tie, head)).collect::<Value>(),
    })
}

fn company_json(company: &Company, head: &Head, most: usize) -> Value {
    let member = |(member, people, best): &(u16, usize, usize)| {
        let best = &company.people[*best];
        let tie = best.ties.iter().find(|tie| tie.member == *member);
        json!({
            "member": head.member(*member),
            "people": people,
            "best": { "contact_id": best.contact_id, "name": best.name, "path": tie.map(|tie| tie_json(tie, head)) },
        })
    };
    json!({
        "company": company.name,
        "points": company.points,
        "people": company.people.len(),
        "members": company.members.iter().map(member).collect::<Value>(),
        "contacts": company.people.iter().take(most).map(|person| person_json(person, head)).collect::<Value>(),
    })
}

fn of_type(message_type: &str, mut value: Value) -> Value {
    value["message_type"] = json!(message_type);
    value
}

fn lines(values: impl IntoIterator<Item = Value>) -> String {
    values.into_iter().fold(String::new(), |out, value| out + &value.to_string() + "\n")
}

fn answer_json(answer: &Answer, head: &Head, most: usize) -> String {
    let people = answer.people.iter().map(|hit| {
        let mut value = of_type("person", person_json(&hit.person, head));
        value["match"] = json!(hit.by);
        value["points"] = json!(hit.points);
        value
    });
    let companies =
        answer.companies.iter().map(|company| of_type("company", company_json(company, head, most)));
    let colleagues =
        answer.colleagues.iter().map(|company| of_type("colleagues", company_json(company, head, most)));
    let summary = json!({
        "message_type": "summary",
        "people": answer.people.len() + answer.more,
        "companies": answer.companies.len(),
        "colleagues": answer.colleagues.iter().map(|company| company.people.len()).sum::<usize>(),
        "as_of": head.as_of,
    });
    lines(people.chain(companies).chain(colleagues).chain([summary]))
}

fn guests_json(guests: &Guests, head: &Head) -> String {
    let rows = guests.guests.iter().map(|guest| {
        let candidates = guest.candidates.iter().map(|candidate| {
            let mut value = person_json(&candidate.person, head);
            value["reason"] = json!(candidate.reason);
            value
        });
        json!({
            "message_type": "guest",
            "sheet": guest.sheet,
            "line": guest.line,
            "name": guest.name,
            "company": guest.company,
            "known": guest.certainty.name(),
            "candidates": candidates.collect::<Value>(),
            "colleagues": guest.colleagues.as_ref().map(|company| company_json(company, head, TOLD)),
        })
    });
    let [sure, likely, possible, no] = counts(guests);
    let summary = json!({
        "message_type": "summary",
        "guests": guests.guests.len(),
        "sure": sure,
        "likely": likely,
        "possible": possible,
        "no": no,
        "problems": guests.problems,
        "as_of": head.as_of,
    });
    lines(rows.chain([summary]))
}
