//! Long tables turned wide for readers: one row a member, a week or a group, one column a measure or a member.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::shown::Shown;
use crate::table::{Column, Data, Table, Texts, Value, Words, words};
use crate::write::look::{number, text};

/// The name under which tables show the whole team.
pub(super) const TEAM: &str = "team";
/// As many members stand beside each other in a sheet; of more the long table is shown.
const MOST_ACROSS: usize = 100;

/// The column that says for how much the least known figure of a row is known.
fn coverage(values: Vec<Option<f64>>) -> Column {
    Column::new(
        "coverage",
        words("Known for", "Bekannt bei"),
        "share of the rows behind the figures for which the input was known; of several the lowest",
        Data::Share(values),
    )
    .german(
        "für welchen Anteil der Zeilen hinter den Zahlen die Angabe bekannt war; von mehreren der kleinste",
    )
}

/// The columns that name a row of a table in long form, the measure not among them; none for other tables.
pub(super) fn keys(table: &Table) -> Option<Vec<&'static str>> {
    table.column("measure")?;
    table.column("value")?;
    let keys: Vec<&str> = table.key.iter().copied().filter(|key| *key != "measure").collect();
    let is_text = |key: &&str| matches!(table.column(key).map(|column| &column.data), Some(Data::Text(_)));
    keys.iter().all(is_text).then_some(keys)
}

/// A table in long form with one row for each set of keys and one column for each measure, of the rows that
/// `keep` wants; also the headers of measures that end in a number.
pub(super) fn pivot(table: &Table, keys: &[&str], keep: impl Fn(usize) -> bool) -> Wide {
    let mut places: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    let (mut firsts, mut cells) = (Vec::new(), Vec::new());
    let mut measures: Vec<&str> = Vec::new();
    for row in (0..table.len()).filter(|row| keep(*row)) {
        let key: Vec<&str> = keys.iter().map(|key| text(table, key, row)).collect();
        let place = *places.entry(key).or_insert_with(|| {
            firsts.push(row);
            firsts.len() - 1
        });
        let measure = text(table, "measure", row);
        let column = measures.iter().position(|known| *known == measure).unwrap_or_else(|| {
            measures.push(measure);
            measures.len() - 1
        });
        cells.push((place, column, number(table, "value", row), number(table, "coverage", row)));
    }
    let mut columns: Vec<Column> =
        ["as_of"].iter().chain(keys).filter_map(|key| Some(table.column(key)?.rows(&firsts))).collect();
    let mut headings = Vec::new();
    let of = table.column("measure");
    for (place, measure) in measures.iter().enumerate() {
        let Some(value) = of.and_then(|column| column.value(measure)) else { continue };
        let mut values = vec![None; firsts.len()];
        for (row, _, number, _) in cells.iter().filter(|cell| cell.1 == place) {
            values[*row] = *number;
        }
        if let Some(digits) = measure.strip_prefix(value.name).filter(|digits| !digits.is_empty()) {
            headings.push((columns.len(), value.title, digits.to_owned()));
        }
        columns.push(of_measure(value, values));
    }
    let mut least: Vec<Option<f64>> = vec![None; firsts.len()];
    for (row, _, _, share) in &cells {
        least[*row] = match (least[*row], *share) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    columns.push(coverage(least));
    Wide { table: Table { columns, key: &[], ..*table }, headings }
}

/// A wide table, and the headers that a number ends: place of the column, words, number.
pub(super) struct Wide {
    pub(super) table: Table,
    pub(super) headings: Vec<(usize, Words, String)>,
}

/// The column of a measure: whole numbers where all are.
fn of_measure(value: &'static Value, values: Vec<Option<f64>>) -> Column {
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() < 1e15;
    let data = if value.share {
        Data::Share(values)
    } else if values.iter().flatten().all(whole) {
        Data::Int(values.into_iter().map(|number| number.map(|number| number as i64)).collect())
    } else {
        Data::Float(values)
    };
    Column::new(value.name, value.title, value.about.english, data).german(value.about.german)
}

/// The texts of a column in the order in which they first stand there, in the rows that `keep` wants.
fn distinct<'a>(table: &'a Table, column: &str, keep: impl Fn(usize) -> bool) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for row in (0..table.len()).filter(|row| keep(*row)) {
        let text = text(table, column, row);
        if seen.insert(text) {
            found.push(text);
        }
    }
    found
}

/// Weeks down, members across: `measure` is the column of the growth report that stands in the cells. None where
/// there are too many members for a sheet.
pub(super) fn weeks(growth: &Table, measure: &'static str, title: Words) -> Option<Shown<'static>> {
    let is_week =
        |row: usize| text(growth, "channel", row) == "all" && text(growth, "period", row).contains('W');
    let mut members = distinct(growth, "member", is_week);
    let has_team = members.len() != 2;
    members.retain(|member| *member != TEAM);
    if members.len() > MOST_ACROSS {
        return None;
    }
    if has_team {
        members.push(TEAM);
    }
    let mut firsts: Vec<usize> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for row in (0..growth.len()).filter(|row| is_week(*row)) {
        places.entry(text(growth, "period", row)).or_insert_with(|| {
            firsts.push(row);
            firsts.len() - 1
        });
    }
    let mut columns: Vec<Column> = ["period", "period_start", "partial"]
        .iter()
        .filter_map(|name| Some(growth.column(name)?.rows(&firsts)))
        .collect();
    let start = columns.len();
    let like = growth.column(measure)?;
    let mut cells = vec![vec![None; firsts.len()]; members.len()];
    for row in (0..growth.len()).filter(|row| is_week(*row)) {
        let member = members.iter().position(|member| *member == text(growth, "member", row));
        let week = places.get(text(growth, "period", row));
        if let (Some(member), Some(week)) = (member, week) {
            cells[member][*week] = number(growth, measure, row).map(|number| number as i64);
        }
    }
    for values in cells {
        columns.push(Column { data: Data::Int(values), ..like.rows(&[]) });
    }
    let table = Table { title, key: &["period"], columns, ..*growth };
    let headings = members.iter().enumerate().map(|(place, member)| (start + place, (*member).to_owned()));
    let headings = headings.collect();
    Some(Shown { key: measure, ..Shown::wide(table, headings, "growth") })
}

/// Members down and across: in the cells the share of the first one's people that the second knows too.
pub(super) fn matrix(overlap: &Table, size: Option<&Table>, title: Words) -> Option<Shown<'static>> {
    let is = |row: usize, measure: &str| text(overlap, "measure", row) == measure;
    let members = distinct(overlap, "member_a", |row| is(row, "exclusive"));
    if members.len() > MOST_ACROSS {
        return None;
    }
    let place = |name: &str| members.iter().position(|member| *member == name);
    let mut cells = vec![vec![None; members.len()]; members.len()];
    for row in (0..overlap.len()).filter(|row| is(*row, "directed_share")) {
        let pair = place(text(overlap, "member_a", row)).zip(place(text(overlap, "member_b", row)));
        if let Some((one, other)) = pair {
            cells[other][one] = number(overlap, "value", row);
        }
    }
    let mut columns = vec![member_column(&members), people(&members, size)];
    let start = columns.len();
    let shared = overlap.column("measure")?.value("directed_share")?;
    columns.extend(cells.into_iter().map(|values| {
        Column::new(
            "directed_share",
            shared.title,
            "share of the people of the row's member that the column's member knows too",
            Data::Share(values),
        )
        .german("Anteil der Menschen des Mitglieds der Zeile, die auch das Mitglied der Spalte kennt")
    }));
    let table = Table { title, key: &["member"], columns, ..*overlap };
    let headings = members.iter().enumerate().map(|(place, member)| (start + place, (*member).to_owned()));
    let headings = headings.collect();
    Some(Shown { key: "matrix", ..Shown::wide(table, headings, "overlap") })
}

fn member_column(members: &[&str]) -> Column {
    let texts: Texts = members.iter().collect();
    Column::new("member", words("Member", "Mitglied"), "id of the member", Data::Text(texts))
        .german("Kürzel des Mitglieds")
}

/// How many people each member knows.
fn people(members: &[&str], size: Option<&Table>) -> Column {
    let of = |member: &&str| look_up(size?, member, "holdings");
    let values: Vec<Option<f64>> = members.iter().map(of).collect();
    Column::new(
        "holdings",
        words("Network size", "Netzwerkgröße"),
        "people the member knows now",
        Data::Int(values.into_iter().map(|number| number.map(|number| number as i64)).collect()),
    )
    .german("Menschen, die das Mitglied jetzt kennt")
}

/// A measure of a member over all channels.
fn look_up(table: &Table, member: &str, measure: &str) -> Option<f64> {
    crate::write::look::told(table, &[("member", member), ("channel", "all")], measure).map(|told| told.value)
}

/// One row a member: how many of its people no other member knows, the most first.
pub(super) fn exclusive(
    overlap: &Table,
    size: Option<&Table>,
    loss: Option<&Table>,
    title: Words,
) -> Shown<'static> {
    let is = |row: usize| text(overlap, "measure", row).starts_with("exclusive");
    let wide = pivot(overlap, &["member_a"], is).table;
    let members = distinct(&wide, "member_a", |_| true);
    let mut columns = wide.columns.clone();
    columns.insert(2.min(columns.len()), people(&members, size));
    if let Some(loss) = loss {
        for measure in ["ab_exclusive", "unreachable"] {
            let Some(value) = loss.column("measure").and_then(|column| column.value(measure)) else {
                continue;
            };
            let values = members.iter().map(|member| look_up(loss, member, measure)).collect();
            columns.insert(columns.len() - 1, of_measure(value, values));
        }
    }
    let table = Table { title, columns, ..wide };
    let table = most_first(&table, "exclusive");
    Shown { key: "exclusive", ..Shown::wide(table, Vec::new(), "overlap") }
}

/// The rows by a number, the largest first; rows without one at the end.
fn most_first(table: &Table, column: &str) -> Table {
    let mut rows: Vec<usize> = (0..table.len()).collect();
    rows.sort_by(|one, other| {
        let number = |row: &usize| number(table, column, *row).unwrap_or(f64::NEG_INFINITY);
        number(other).total_cmp(&number(one))
    });
    table.rows(&rows)
}

/// The measures of the loss report that tell of several members or of the whole team.
pub(super) fn is_of_several(measure: &str) -> bool {
    measure.starts_with("worst_") || measure.starts_with("bus_")
}

/// One row a member: what its leaving would cost, the dearest first.
pub(super) fn loss(loss: &Table, title: Words) -> Shown<'static> {
    let wide = pivot(loss, &["member"], |row| !is_of_several(text(loss, "measure", row))).table;
    let table = Table { title, ..most_first(&wide, "exclusive") };
    Shown { key: "loss", ..Shown::wide(table, Vec::new(), "loss") }
}

/// One row a quantity: how unequally it is spread, and who has most.
pub(super) fn concentration(table: &Table, title: Words) -> Shown<'static> {
    let is_point = |measure: &str| measure == "share" || measure.starts_with("lorenz_");
    let mut wide = pivot(table, &["quantity"], |row| !is_point(text(table, "measure", row))).table;
    let quantities = distinct(&wide, "quantity", |_| true);
    let top = |quantity: &&str| {
        let is = |row: &usize| {
            text(table, "quantity", *row) == *quantity && text(table, "measure", *row) == "top_share"
        };
        (0..table.len()).find(is).map_or("", |row| text(table, "member", row))
    };
    let texts: Texts = quantities.iter().map(top).collect();
    let top = Column::new(
        "member",
        words("Most with", "Am meisten bei"),
        "id of the member who has most",
        Data::Text(texts),
    )
    .german("Kürzel des Mitglieds, das am meisten hat");
    let place = 2.min(wide.columns.len());
    wide.columns.insert(place, top);
    let table = Table { title, ..wide };
    Shown { key: "concentration", ..Shown::wide(table, Vec::new(), "concentration") }
}

/// The points of the Lorenz curves: one row a quantity and member, those with the least first.
pub(super) fn lorenz(table: &Table, title: Words) -> Shown<'static> {
    let mut points: Vec<(usize, usize)> = Vec::new();
    let mut most: FxHashMap<&str, usize> = FxHashMap::default();
    for row in 0..table.len() {
        let count = text(table, "measure", row).strip_prefix("lorenz_").and_then(|count| count.parse().ok());
        if let Some(count) = count {
            points.push((row, count));
            let all = most.entry(text(table, "quantity", row)).or_default();
            *all = count.max(*all);
        }
    }
    let rows: Vec<usize> = points.iter().map(|point| point.0).collect();
    let of = |name: &str| table.column(name).map(|column| column.rows(&rows));
    let members = points.iter().map(|(row, count)| {
        let all = most.get(text(table, "quantity", *row)).copied().unwrap_or_default();
        (all > 0).then(|| *count as f64 / all as f64)
    });
    let members = Column::new(
        "members",
        words("Members", "Mitglieder"),
        "share of the members counted so far, those with the least first",
        Data::Share(members.collect()),
    )
    .german("Anteil der bis hier gezählten Mitglieder, die mit dem wenigsten zuerst");
    let held = Column::new(
        "lorenz",
        words("Hold together", "Halten zusammen"),
        "share of the sum that these members have together",
        of("value").map_or_else(
            || Data::Share(Vec::new()),
            |column| match column.data {
                Data::Float(values) => Data::Share(values),
                other => other,
            },
        ),
    )
    .german("Anteil an der Summe, den diese Mitglieder zusammen haben");
    let columns = [of("quantity"), of("member"), Some(members), Some(held)];
    let table = Table { title, columns: columns.into_iter().flatten().collect(), key: &[], ..*table };
    Shown { key: "lorenz", ..Shown::wide(table, Vec::new(), "concentration") }
}

/// One row a member, one column a category; the whole team stands last.
pub(super) fn tiers(tiers: &Table, title: Words) -> Shown<'static> {
    let members = distinct(tiers, "member", |_| true);
    let groups = distinct(tiers, "tier", |_| true);
    let told = |member: &str, group: &str, measure: &str| {
        crate::write::look::told(tiers, &[("member", member), ("tier", group)], measure)
    };
    let as_of: Vec<Option<NaiveDate>> = match tiers.column("as_of").map(|column| &column.data) {
        Some(Data::Date(days)) => members.iter().map(|_| days.first().copied().flatten()).collect(),
        _ => Vec::new(),
    };
    let mut columns: Vec<Column> = tiers
        .column("as_of")
        .map(|column| Column { data: Data::Date(as_of), ..column.rows(&[]) })
        .into_iter()
        .collect();
    columns.push(member_column(&members));
    let named = tiers.column("tier");
    for group in &groups {
        let Some(value) = named.and_then(|column| column.value(group)) else { continue };
        let values = members.iter().map(|member| told(member, group, "people").map(|told| told.value as i64));
        let about = words(
            "people of that category; no judgement of people as such",
            "Menschen dieser Kategorie; keine Bewertung der Menschen an sich",
        );
        columns.push(
            Column::new(value.name, value.title, about.english, Data::Int(values.collect()))
                .german(about.german),
        );
    }
    for (group, measure) in [("all", "class_ratio"), ("unsorted", "age")] {
        let Some(value) = tiers.column("measure").and_then(|column| column.value(measure)) else { continue };
        let values = members.iter().map(|member| told(member, group, measure).map(|told| told.value));
        columns.push(of_measure(value, values.collect()));
    }
    let known =
        members.iter().map(|member| told(member, "all", "class_ratio").and_then(|told| told.coverage));
    columns.push(coverage(known.collect()));
    let table = Table { title, columns, key: &["member"], ..*tiers };
    Shown { key: "tiers", ..Shown::wide(table, Vec::new(), "tiers") }
}

/// The rows of all categories together before those of each: below each other, members can be charted.
pub(super) fn totals_first(table: &Table) -> Table {
    let mut rows: Vec<usize> = (0..table.len()).collect();
    rows.sort_by_key(|row| text(table, "tier", *row) != "all");
    table.rows(&rows)
}
