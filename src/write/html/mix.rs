//! What the network is made of: sectors and categories with the unknown in grey, and the way from mass to class.

use maud::{Markup, html};

use super::bars::{self, Bar, bars};
use super::figure::Figure;
use super::path::{Point, path};
use super::{Page, Section, TEAM, hours, look, number, rows};
use crate::table::{Data, Language, Table, words};

/// Beside every list of categories.
pub(super) const NO_JUDGEMENT: crate::table::Words = words(
    "Categories order work; they are no judgement of people as such.",
    "Kategorien ordnen die Arbeit; sie sind keine Bewertung der Menschen an sich.",
);

/// People without a category.
const PENGUINS: crate::table::Words = words("penguins: not sorted yet", "Pinguine: noch nicht zugeordnet");

/// So many values of a kind have a bar.
const MOST: usize = 15;

/// Sectors, levels and functions.
pub(super) fn section(page: &Page<'_>) -> Option<Section> {
    let table = page.table("mix")?;
    let body = html! {
        @for dimension in ["sector", "level", "function"] {
            @if let Some(figure) = dimension_of(page, table, dimension) { (figure) }
        }
        @if let Some(diversity) = page.table("diversity").filter(|_| page.aggregate.is_none()) {
            details { summary { (page.say(words("Diversity in numbers", "Vielfalt in Zahlen"))) } (rows::table(page, diversity, |row| look::text(diversity, "member", row) == TEAM)) }
        }
    };
    Some(Section { id: "mix", title: words("Who they are", "Wer sie sind"), body })
}

/// Categories, and how size and class moved.
pub(super) fn classes(page: &Page<'_>) -> Option<Section> {
    let course = course(page);
    let tiers = page.table("mix").and_then(|table| dimension_of(page, table, "tier"));
    let sorted = if tiers.is_none() { sorted(page) } else { None };
    let hours = hours::figure(page);
    if course.is_none() && tiers.is_none() && sorted.is_none() {
        return None;
    }
    let body = html! {
        p .how { (page.say(NO_JUDGEMENT)) @if let Some(former) = former(page) { " " (former) } }
        @for figure in [course, tiers, sorted, hours].into_iter().flatten() { (figure) }
        @if let Some(table) = page.table("tiers").filter(|_| page.aggregate.is_none()) {
            details { summary { (page.say(words("Categories in numbers", "Kategorien in Zahlen"))) } (rows::table(page, table, |_| true)) }
        }
    };
    Some(Section { id: "classes", title: words("From mass to class", "Von Masse zu Klasse"), body })
}

/// Why the run and `contacts.csv` count more people of a category than the page.
fn former(page: &Page<'_>) -> Option<String> {
    let all = [("member", page.whole()?), ("channel", "all")];
    let former = look::told(page.table("network_size")?, &all, "lost_people")?.value;
    let count = page.count(former);
    (former > 0.0).then(|| match page.language {
        Language::English => format!(
            "Counted are people known now: not the {count} former contacts, who have a category in contacts.csv and in what the run says."
        ),
        Language::German => format!(
            "Gezählt sind Menschen, die jetzt bekannt sind: nicht frühere Kontakte ({count}), die in contacts.csv und in der Meldung des Laufs noch eine Kategorie haben."
        ),
    })
}

/// One value of a kind: its name, how many people, whether it stands for what is not known.
pub(super) struct Part {
    /// What it is called.
    pub(super) label: String,
    /// How many.
    pub(super) people: f64,
    /// Not known, or not sorted.
    pub(super) unknown: bool,
}

/// The values of one dimension of the whole team, the most frequent first and the unknown last.
pub(super) fn parts(page: &Page<'_>, table: &Table, dimension: &str) -> Vec<Part> {
    let Some(column) = table.column("value") else { return Vec::new() };
    let of_team = (0..table.len()).any(|row| look::text(table, "member", row) == TEAM);
    let team = if of_team { TEAM } else { page.whole().unwrap_or(TEAM) };
    let mut parts: Vec<Part> = (0..table.len())
        .filter(|row| {
            look::text(table, "member", *row) == team && look::text(table, "dimension", *row) == dimension
        })
        .filter_map(|row| {
            let value = look::text(table, "value", row);
            let people = look::number(table, "people", row).filter(|people| *people > 0.0)?;
            let unknown = value.ends_with("unknown") || (dimension == "tier" && value.ends_with("private"));
            let label = match value {
                "tier_unknown" => page.say(PENGUINS).to_owned(),
                _ => column.called(value, page.language),
            };
            Some(Part { label, people, unknown })
        })
        .collect();
    if dimension == "tier" {
        parts.sort_by(|one, other| (one.unknown, &one.label).cmp(&(other.unknown, &other.label)));
    } else {
        parts.sort_by(|one, other| one.unknown.cmp(&other.unknown).then(other.people.total_cmp(&one.people)));
    }
    parts
}

/// Bars of one dimension.
fn dimension_of(page: &Page<'_>, table: &Table, dimension: &str) -> Option<Markup> {
    let parts = parts(page, table, dimension);
    let numbers = || {
        rows::table(page, table, |row| {
            look::text(table, "dimension", row) == dimension && look::text(table, "member", row) == TEAM
        })
    };
    figure_of(page, parts, dimension, numbers)
}

/// Bars of some parts, with the unknown in grey.
pub(super) fn figure_of(
    page: &Page<'_>,
    parts: Vec<Part>,
    dimension: &str,
    numbers: impl Fn() -> Markup,
) -> Option<Markup> {
    let total: f64 = parts.iter().map(|part| part.people).sum();
    let unknown: f64 = parts.iter().filter(|part| part.unknown).map(|part| part.people).sum();
    let known = total - unknown;
    let most = parts.iter().filter(|part| !part.unknown).map(|part| part.people).reduce(f64::max)?;
    let first: Vec<&str> = parts
        .iter()
        .filter(|part| !part.unknown && part.people >= most)
        .map(|part| part.label.as_str())
        .collect();
    let coverage = page.share(known / total);
    let id: &'static str = match dimension {
        "sector" => "mix-sector",
        "level" => "mix-level",
        "function" => "mix-function",
        _ => "mix-tier",
    };
    let title = most_frequent(page, dimension, &first, &page.share(most / known));
    let mut how = match page.language {
        Language::English => {
            format!("People, and their share of all; known for {coverage}, the unknown hatched in grey")
        }
        Language::German => format!(
            "Menschen, dahinter ihr Anteil an allen; bekannt bei {coverage}, Unbekanntes grau schraffiert"
        ),
    };
    // Diversity calls the level by its own name.
    let measured = if dimension == "level" { "seniority" } else { dimension };
    if let Some(told) = page
        .table("diversity")
        .and_then(|table| look::told(table, &[("member", TEAM), ("dimension", measured)], "hill_1"))
    {
        let value = page.count(told.value);
        how.push_str(&match page.language {
            Language::English => format!(". As varied as if there were {value} of equal size"),
            Language::German => format!(". So vielfältig, als wären es {value} gleich große"),
        });
    }
    let (shown, rest): (Vec<Part>, Vec<Part>) = {
        let mut place = 0;
        parts.into_iter().partition(|part| {
            place += 1;
            place <= MOST || part.unknown
        })
    };
    let mut list: Vec<Bar> = Vec::new();
    let bar = |label: String, people: f64, class| Bar {
        label,
        value: people,
        of: None,
        shown: format!("{} ({})", page.count(people), page.share(people / total)),
        class,
    };
    let rest_people: f64 = rest.iter().map(|part| part.people).sum();
    let strong = shown.iter().filter(|part| !part.unknown).map(|part| part.people).fold(0.0, f64::max);
    for part in shown {
        if part.unknown && rest_people > 0.0 && list.iter().all(|bar| bar.class != "light") {
            list.push(bar(page.say(words("all others", "alle übrigen")).to_owned(), rest_people, "light"));
        }
        let class = if part.unknown {
            "unknown"
        } else if part.people >= strong {
            "strong"
        } else {
            ""
        };
        list.push(bar(part.label, part.people, class));
    }
    let figure = Figure { id, title, how, told: bars::told(&list), numbers: numbers() };
    Some(figure.draw(page, |width| bars(&list, width)))
}

/// Which value of a dimension most people have, and which share of those where it is known; of several that as many
/// have none is called the most frequent.
fn most_frequent(page: &Page<'_>, dimension: &str, first: &[&str], share: &str) -> String {
    if let [name] = first {
        return match (page.language, dimension) {
            (Language::English, "tier") => format!("{share} of those sorted are of category {name}"),
            (Language::German, "tier") => format!("{share} der Zugeordneten gehören zur Kategorie {name}"),
            (Language::English, "sector") => {
                format!("The largest industry is {name}: {share} of those whose industry is known")
            }
            (Language::German, "sector") => {
                format!("Die größte Branche ist {name}: {share} derer, deren Branche bekannt ist")
            }
            (Language::English, "level") => {
                format!("The most frequent level is {name}: {share} of those whose level is known")
            }
            (Language::German, "level") => {
                format!("Die häufigste Hierarchieebene ist {name}: {share} derer, deren Ebene bekannt ist")
            }
            (Language::English, _) => {
                format!("The most frequent function is {name}: {share} of those whose function is known")
            }
            (Language::German, _) => {
                format!("Die häufigste Funktion ist {name}: {share} derer, deren Funktion bekannt ist")
            }
        };
    }
    let all = first.len();
    let (what, known) = match dimension {
        "tier" => {
            let (last, others) = first.split_last().unwrap_or((&"", &[]));
            let names = format!("{}{}{last}", others.join(", "), page.say(words(" and ", " und ")));
            (names, words("of those sorted", "der Zugeordneten"))
        }
        "sector" => (
            format!("{all} {}", page.say(words("industries", "Branchen"))),
            words("of those whose industry is known", "derer, deren Branche bekannt ist"),
        ),
        "level" => (
            format!("{all} {}", page.say(words("levels", "Hierarchieebenen"))),
            words("of those whose level is known", "derer, deren Ebene bekannt ist"),
        ),
        _ => (
            format!("{all} {}", page.say(words("functions", "Funktionen"))),
            words("of those whose function is known", "derer, deren Funktion bekannt ist"),
        ),
    };
    let known = page.say(known);
    match page.language {
        Language::English => format!("{what} are equally frequent and come first: {share} each {known}"),
        Language::German => format!("{what} sind gleich häufig und liegen vorn: je {share} {known}"),
    }
}

/// How many people and which share of them of A and B, over time.
fn course(page: &Page<'_>) -> Option<Markup> {
    let table = page.table("mass_to_class")?;
    let Data::Date(days) = &table.column("until")?.data else { return None };
    let of_team = |row: usize| table.column("member").is_none() || look::text(table, "member", row) == TEAM;
    let weekly = |row: &usize| look::text(table, "series", *row) == "race";
    let whole: Vec<usize> = (0..table.len()).filter(|row| of_team(*row)).collect();
    let weeks: Vec<usize> = whole.iter().copied().filter(weekly).collect();
    let chosen = if weeks.len() > 1 { weeks } else { whole.into_iter().filter(|row| !weekly(row)).collect() };
    let mut points: Vec<(chrono::NaiveDate, Point)> = chosen
        .into_iter()
        .filter_map(|row| {
            let day = days.get(row).copied().flatten()?;
            let (across, up) =
                (look::number(table, "people", row)?, look::number(table, "class_ratio", row)?);
            Some((day, Point { label: number::short_day(day, page.language), across, up }))
        })
        .collect();
    points.sort_by_key(|point| point.0);
    let points: Vec<Point> = points.into_iter().map(|point| point.1).collect();
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 || !points.iter().all(|point| (0.0..=1.0).contains(&point.up)) {
        return None;
    }
    let (from, to) = (page.share(first.up), page.share(last.up));
    let (few, many) = (page.count(first.across), page.count(last.across));
    let title = match page.language {
        Language::English if from == to => {
            format!("From {few} to {many} people; the share of A and B stayed at {to}")
        }
        Language::German if from == to => {
            format!("Von {few} auf {many} Menschen; der Anteil von A und B blieb bei {to}")
        }
        Language::English => {
            format!("From {few} to {many} people; the share of A and B went from {from} to {to}")
        }
        Language::German => {
            format!("Von {few} auf {many} Menschen; der Anteil von A und B ging von {from} auf {to}")
        }
    };
    let figure = Figure {
        id: "classes-path",
        title,
        how: page.say(words("One point a week; further right: more people, further up: a larger share of A and B", "Ein Punkt je Woche; weiter rechts: mehr Menschen, weiter oben: ein größerer Anteil von A und B")).to_owned(),
        told: format!("{}: {few}, {from}; {}: {many}, {to}", first.label, last.label),
        numbers: rows::table(page, table, of_team),
    };
    let names =
        [page.say(words("people", "Menschen")), page.say(words("share of A and B", "Anteil A und B"))];
    Some(figure.draw(page, |width| path(&points, names, width, page.language)))
}

/// Categories from the network size alone: A and B, C, D, and those not sorted yet.
fn sorted(page: &Page<'_>) -> Option<Markup> {
    let size = page.table("network_size")?;
    let told = |measure: &str| look::told(size, &[("member", TEAM), ("channel", "all")], measure);
    let good = told("class_ratio")?;
    let (dropped, open) = (told("d_share")?.value, told("unclassified_share")?.value);
    // Who is neither sorted nor waits for it is known in private life only.
    let private = 1.0 - good.coverage.unwrap_or(1.0 - open) - open;
    let people = told("union").or_else(|| told("holdings"))?.value;
    let part = |label: &str, share: f64, unknown| Part {
        label: label.to_owned(),
        people: (people * share.max(0.0)).round(),
        unknown,
    };
    let parts = vec![
        part(page.say(words("A or B", "A oder B")), good.value, false),
        part("C", 1.0 - open - private - dropped - good.value, false),
        part("D", dropped, false),
        part(page.say(PENGUINS), open, true),
        part(page.say(words("private", "privat")), private, true),
    ];
    figure_of(page, parts, "tier", || {
        rows::table(page, size, |row| {
            look::text(size, "member", row) == TEAM
                && look::text(size, "channel", row) == "all"
                && ["class_ratio", "d_share", "unclassified_share"]
                    .contains(&look::text(size, "measure", row))
        })
    })
}
