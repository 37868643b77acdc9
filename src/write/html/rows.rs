//! A table as rows of the page: numbers, days and fixed values as people write them, and no more rows than fit.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{Page, TEAM, look, number, overlap};
use crate::table::{Column, Data, Table, Words, words};

/// So many rows of a table stand on the page.
pub(super) const MOST: usize = 50;

/// So many rows of a folded table are printed; the style leaves the others out.
const PRINTED: usize = 12;

/// A cell as it is shown, and whether it is a number.
pub(super) type Cell = (String, bool);

/// Columns of ids, which people do not read; they stand in the CSV.
const HIDDEN: [&str; 4] = ["contact_id", "contact_ids", "id", "line"];

/// A table of some headings and rows, in a box that scrolls by itself. `file` is where the rest is found.
pub(super) fn grid(
    page: &Page<'_>,
    headings: &[String],
    rows: &[Vec<Cell>],
    all: usize,
    file: &str,
) -> Markup {
    html! {
        (table_of(page, headings, rows, file))
        (left_out(page, all, rows.len().min(MOST), rows.len().min(PRINTED), file))
    }
}

/// The table of [`grid`] alone.
fn table_of(page: &Page<'_>, headings: &[String], rows: &[Vec<Cell>], file: &str) -> Markup {
    let caption = page.say(words("All numbers", "Alle Zahlen"));
    html! {
        div .scroll tabindex="0" role="region" aria-label=(format!("{caption}: {file}")) {
            table class=[crowd(headings.len())] {
                thead { tr { @for (at, heading) in headings.iter().enumerate() {
                    th scope="col" class=[rows.first().and_then(|row| row.get(at)).filter(|cell| cell.1).map(|_| "num")] { (heading) }
                } } }
                tbody { @for row in rows.iter().take(MOST) {
                    tr { @for (at, (text, number)) in row.iter().enumerate() {
                        @if at == 0 { th scope="row" class=[if *number { Some("num") } else { is_day(text).then_some("day") }] { (text) } }
                        @else if *number { td .num { (text) } }
                        @else { td class=[is_day(text).then_some("day")] { (text) } }
                    } }
                } }
            }
        }
    }
}

/// With more columns a table needs small letters to have room on paper, and with more still its headings stand
/// upright there.
const MANY: usize = 9;
const CROWDED: usize = 11;

/// How the style knows tables of many columns.
fn crowd(columns: usize) -> Option<&'static str> {
    (columns > MANY).then_some(if columns > CROWDED { "many crowded" } else { "many" })
}

/// Whether a text is a day or a week, which must not be broken in two lines.
fn is_day(text: &str) -> bool {
    let of = |signs: &[u8]| text.bytes().all(|byte| byte.is_ascii_digit() || signs.contains(&byte));
    (text.len() == 10 && of(b"-.")) || (text.len() == 8 && text.contains("-W") && of(b"-W"))
}

/// Says how many rows are not shown, on the screen and, where that is less, on paper, and where they are.
fn left_out(page: &Page<'_>, all: usize, shown: usize, printed: usize, file: &str) -> Markup {
    html! {
        @if all > shown { p .more.onscreen[shown > printed] { (more(page, all - shown, file)) } }
        @if shown > printed { p .more.onpaper { (more_printed(page, all - printed, file)) } }
    }
}

/// How many rows more there are than are printed, and where.
fn more_printed(page: &Page<'_>, more: usize, file: &str) -> String {
    let count = number::count(more as f64, page.language);
    format!("{} {count} {}: {file}", page.say(words("and", "und")), page.say(words("more", "weitere")))
}

/// How many rows more there are, and where.
fn more(page: &Page<'_>, more: usize, file: &str) -> String {
    let more = more as f64;
    let rows = page.counted(
        more,
        words("more row in", "weitere Zeile in"),
        words("more rows in", "weitere Zeilen in"),
    );
    format!("{} {rows} {file}", page.count(more))
}

/// Where the rows of a report stand.
pub(super) fn file(name: &str) -> String {
    format!("reports/{name}.csv")
}

/// A whole table as it is, with the rows that `keep` wants.
pub(super) fn table(page: &Page<'_>, table: &Table, keep: impl Fn(usize) -> bool) -> Markup {
    let wanted: Vec<usize> = (0..table.len()).filter(|row| keep(*row)).collect();
    let (headings, rows) = filled(page, table, &wanted[..wanted.len().min(MOST)]);
    grid(page, &headings, &rows, wanted.len(), &file(table.name))
}

/// A figure of a table in long form: the text of its second column, the measure, and how it is called.
pub(super) type Asked = (&'static str, &'static str, Words);

/// Some figures of a table in long form: one row a member, one column a figure; nothing where none is known.
pub(super) fn across(page: &Page<'_>, table: &Table, second: &str, asked: &[Asked]) -> Option<Markup> {
    let whole = page.whole().filter(|whole| *whole == TEAM);
    let owners: Vec<&str> = whole.into_iter().chain(page.people().map(|member| member.0.as_str())).collect();
    let places: HashMap<(&str, &str, &str), usize> = (0..table.len())
        .map(|row| (["member", second, "measure"].map(|column| look::text(table, column, row)), row))
        .map(|([member, second, measure], row)| ((member, second, measure), row))
        .collect();
    let value = table.column("value")?;
    let row = |owner: &str, asked: &Asked| {
        places.get(&(owner, asked.0, asked.1)).copied().filter(|row| look::number_in(value, *row).is_some())
    };
    let asked: Vec<&Asked> =
        asked.iter().filter(|asked| owners.iter().any(|owner| row(owner, asked).is_some())).collect();
    if asked.is_empty() {
        return None;
    }
    let headings = [words("Member", "Mitglied")].into_iter().chain(asked.iter().map(|asked| asked.2));
    let headings = headings.chain([words("Known for", "Bekannt bei")]);
    let headings: Vec<String> = headings.map(|heading| page.say(heading).to_owned()).collect();
    let dash = || "\u{2013}".to_owned();
    let cells = owners.iter().take(MOST).map(|owner| {
        let found: Vec<Option<usize>> = asked.iter().map(|asked| row(owner, asked)).collect();
        let known = found.iter().flatten().filter_map(|row| look::number(table, "coverage", *row));
        let known = known.reduce(f64::min).map_or_else(dash, |known| page.share(known));
        let figure =
            |row: Option<usize>| row.map_or_else(|| (dash(), true), |row| cell(page, table, value, row));
        let figures = found.into_iter().map(figure);
        [(page.name(owner).to_owned(), false)].into_iter().chain(figures).chain([(known, true)]).collect()
    });
    let cells: Vec<Vec<Cell>> = cells.collect();
    Some(grid(page, &headings, &cells, owners.len(), &file(table.name)))
}

/// The headings and cells of some rows, without columns that say nothing in them.
fn filled(page: &Page<'_>, table: &Table, rows: &[usize]) -> (Vec<String>, Vec<Vec<Cell>>) {
    let said = SAID_BELOW.iter().find(|said| said.0 == table.name).map_or(&[][..], |said| said.1);
    let shown = |column: &&Column| shows(column, rows) && !said.contains(&column.name);
    let columns: Vec<&Column> = table.columns.iter().filter(shown).collect();
    let headings = columns.iter().map(|column| page.say(column.title).to_owned()).collect();
    let cells = |row: &usize| columns.iter().map(|column| cell(page, table, column, *row)).collect();
    (headings, rows.iter().map(cells).collect())
}

/// Columns that say the same in each row of a list, or count its rows.
const SAID_BELOW: [(&str, &[&str]); 6] = [
    ("handover", &["place", "people", "coverage"]),
    ("cleanup", &["candidates", "coverage", "kept"]),
    ("reactivate", &["candidates", "coverage"]),
    // The animal says the same as the category.
    ("cards", &["in_category", "animal", "coverage"]),
    ("groups", &["candidates"]),
    // How old the newest export is says the same as its day; rows of the exports are no people.
    ("data_quality", &["rows", "days"]),
];

/// So many rows of a list stand open.
const OPEN: usize = 10;

/// A list: its first rows, and the others folded away.
pub(super) fn list(page: &Page<'_>, table: &Table) -> Markup {
    let mut wanted: Vec<usize> = (0..table.len()).filter(|row| !is_private(table, *row)).collect();
    let all = wanted.len();
    wanted.truncate(MOST);
    let (headings, rows) = filled(page, table, &wanted);
    folded(page, &headings, &rows, all, &file(table.name))
}

/// Some rows and columns of a table as a list. `all` counts the rows that the table leaves out, too.
pub(super) fn chosen(page: &Page<'_>, table: &Table, rows: &[usize], columns: &[&str], all: usize) -> Markup {
    let rows = &rows[..rows.len().min(MOST)];
    let columns: Vec<&Column> =
        columns.iter().filter_map(|name| table.column(name)).filter(|column| shows(column, rows)).collect();
    let headings: Vec<String> = columns.iter().map(|column| page.say(column.title).to_owned()).collect();
    let cells = |row: &usize| columns.iter().map(|column| cell(page, table, column, *row)).collect();
    let cells: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    folded(page, &headings, &cells, all, &file(table.name))
}

/// Rows of which the first ones stand open and the others are folded away.
pub(super) fn folded(
    page: &Page<'_>,
    headings: &[String],
    rows: &[Vec<Cell>],
    all: usize,
    file: &str,
) -> Markup {
    if rows.len() <= OPEN + 2 {
        return grid(page, headings, rows, all, file);
    }
    let more = page.count((rows.len() - OPEN) as f64);
    html! {
        div .list {
            (table_of(page, headings, &rows[..OPEN], file))
            details {
                summary { (more) " " (page.say(words("more rows", "weitere Zeilen"))) }
                (table_of(page, headings, &rows[OPEN..], file))
            }
            (left_out(page, all, rows.len(), OPEN, file))
        }
    }
}

/// Whether a row tells of somebody whom a member knows in private: that is for this member alone.
pub(super) fn is_private(table: &Table, row: usize) -> bool {
    let column = table.column("private").map(|column| &column.data);
    matches!(column, Some(Data::Bool(values)) if values.get(row).copied().flatten() == Some(true))
}

/// Whether a column says something in these rows that is not said once for the whole page.
fn shows(column: &Column, rows: &[usize]) -> bool {
    if HIDDEN.contains(&column.name) || column.name == "as_of" {
        return false;
    }
    let empty = |row: &usize| match &column.data {
        Data::Text(texts) => texts.get(*row).is_empty(),
        Data::List(lists) => lists.get(*row).len() == 0,
        Data::Int(values) => values.get(*row).is_none_or(Option::is_none),
        Data::Float(values) | Data::Share(values) => values.get(*row).is_none_or(Option::is_none),
        Data::Date(values) => values.get(*row).is_none_or(Option::is_none),
        Data::Bool(values) => values.get(*row).is_none_or(Option::is_none),
    };
    rows.is_empty() || !rows.iter().all(empty)
}

/// Tables whose numbers count people, though a mean may stand among them: nobody is a part of a person.
const WHOLE: [&str; 1] = ["leader_profile"];

/// So many names stand in a cell.
const NAMED: usize = 5;

/// The items of a list. Of names only the first ones stand on the page, with how many more there are: more than the
/// list holds where the row counts its people.
fn listed(page: &Page<'_>, table: &Table, row: usize, column: &Column, items: &[String]) -> String {
    if column.name != "names" || items.len() <= NAMED + 1 {
        return items.join(", ");
    }
    let all = look::number(table, "people", row).map_or(items.len(), |people| people as usize);
    let more = page.count(all.max(items.len()) as f64 - NAMED as f64);
    format!(
        "{} {} {more} {}",
        items[..NAMED].join(", "),
        page.say(words("and", "und")),
        page.say(words("more", "weitere"))
    )
}

/// One cell of a table.
pub(super) fn cell(page: &Page<'_>, table: &Table, column: &Column, row: usize) -> Cell {
    let language = page.language;
    let none = || "\u{2013}".to_owned();
    let text = |of: &str| text(page, (table, row), column, of);
    match &column.data {
        Data::Text(texts) => (text(texts.get(row)), false),
        Data::List(lists) => {
            let items: Vec<String> = lists.get(row).map(text).collect();
            (if items.is_empty() { none() } else { listed(page, table, row, column, &items) }, false)
        }
        Data::Share(values) => {
            let value = values.get(row).copied().flatten();
            (value.map_or_else(none, |value| number::share(value, language)), true)
        }
        Data::Int(_) | Data::Float(_) => {
            let share = matches!(column.data, Data::Float(_)) && table.is_share(row);
            let write = if share {
                number::share
            } else if WHOLE.contains(&table.name) {
                number::count
            } else {
                number::number
            };
            (look::number_in(column, row).map_or_else(none, |value| write(value, language)), true)
        }
        Data::Date(values) => {
            let value = values.get(row).copied().flatten();
            (value.map_or_else(none, |day| number::short_day(day, language)), false)
        }
        Data::Bool(values) => {
            let say =
                |value| page.say(if value { words("yes", "ja") } else { words("no", "nein") }).to_owned();
            (values.get(row).copied().flatten().map_or_else(none, say), false)
        }
    }
}

/// A text as it is called: fixed values by their title, members by their name.
fn text(page: &Page<'_>, (table, row): (&Table, usize), column: &Column, text: &str) -> String {
    if text.is_empty() {
        return "\u{2013}".to_owned();
    }
    if column.value(text).is_some() {
        return column.called(text, page.language);
    }
    if MEMBERS.contains(&column.name) {
        // One name stands for the whole team and, beside a contact, for the shared inbox that holds it.
        let whole = match column.name {
            "member" => table.column("contact_id").is_none(),
            "member_a" => overlap::is_of_all(look::text(table, "measure", row)),
            _ => false,
        };
        let name = |id| if whole { page.name(id) } else { page.holder(id) };
        return text.split('+').map(name).collect::<Vec<&str>>().join(" + ");
    }
    text.to_owned()
}

/// Columns that hold ids of members.
const MEMBERS: [&str; 11] = [
    "member",
    "member_a",
    "member_b",
    "holders",
    "holder",
    "receiver",
    "from",
    "to",
    "path",
    "colleague",
    "mentor",
];
