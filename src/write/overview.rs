//! The eight figures that the workbook begins with, each with its change since the last generation.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::look::{number, text, told};
use crate::table::{Column, Data, Language, Table, Texts, Value, Words, value, words};

/// What the workbook tells beside the reports.
#[derive(Debug, Clone, Copy)]
pub struct Overview<'a> {
    /// Name of the team.
    pub team: &'a str,
    /// The day for which the reports are made.
    pub as_of: NaiveDate,
    /// The first and the last day of the race.
    pub race: (NaiveDate, NaiveDate),
    /// Ids and names of the members.
    pub members: &'a [(String, String)],
    /// Rows of the contacts table.
    pub contacts: u64,
    /// Where the rows come from: the name of a reader or mapping, its files, its rows.
    pub sources: &'a [(String, u64, u64)],
    /// Every report, also those that get no sheet.
    pub reports: &'a [&'a Table],
    /// The figures of the generation before, if there is one.
    pub before: Option<&'a Figures>,
}

/// The figures of a generation, as they are kept for the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The day the generation describes.
    pub as_of: NaiveDate,
    /// By name, in millionths: exact wherever they are written and read.
    pub millionths: BTreeMap<String, i64>,
}

/// The name under which tables show the whole team; the shared inbox has the same.
const TEAM: &str = "team";
const MILLION: f64 = 1e6;

impl Figures {
    fn of(as_of: NaiveDate, reports: &[&Table], alone: bool) -> Figures {
        let found = figures(reports, alone).into_iter();
        let kept = found.filter_map(|figure| {
            let number = (figure.number? * MILLION).round();
            (number.abs() < 9e15).then(|| (figure.value.name.to_owned(), number as i64))
        });
        Figures { as_of, millionths: kept.collect() }
    }

    fn get(&self, name: &str) -> Option<f64> {
        self.millionths.get(name).map(|number| *number as f64 / MILLION)
    }
}

/// Every figure there is; a workbook shows eight of them.
static FIGURES: [Value; 10] = [
    value("reach", "Reach", "Reichweite").about("different people the team knows now", "verschiedene Menschen, die das Team jetzt kennt"),
    value("new", "Added in the race", "Neu im Rennen").about("people added by all members within the weeks of the race; whom two added counts twice", "Menschen, die alle Mitglieder in den Wochen des Rennens hinzufügten; wen zwei hinzufügten, der zählt zweimal"),
    value("only_one", "Known to one member only", "Nur einem bekannt").about("share of everybody the team knows whom only one member knows", "Anteil aller Bekannten, die nur ein Mitglied kennt").share(),
    value("loss", "Largest loss", "Größter Verlust").about("share of everybody the team knows who is lost if the member named leaves", "Anteil aller Bekannten, der verloren geht, wenn das genannte Mitglied geht").share(),
    value("class", "Category A or B", "Kategorie A oder B").about("share of the people known; empty as long as nobody is sorted; no judgement of people as such", "Anteil der Bekannten; leer, solange niemand zugeordnet ist; keine Bewertung der Menschen an sich").share(),
    value("unsorted", "Not sorted yet (penguins)", "Noch nicht zugeordnet (Pinguine)").about("share of the people known who have no category yet", "Anteil der Bekannten, die noch keine Kategorie haben").share(),
    value("untouched", "Never in touch", "Nie in Kontakt").about("share of the people known without any recorded touch; empty without a log of touches", "Anteil der Bekannten ohne festgehaltenen Kontakt; leer, wenn es keine Aufzeichnungen gibt").share(),
    value("covered", "Targets covered", "Erreichte Ziele").about("share of the targets where somebody is known; empty without goals and wish list", "Anteil der Ziele, bei denen jemand bekannt ist; leer ohne Ziele und Wunschliste").share(),
    value("bursts", "Added in bursts", "In Schüben hinzugefügt").about("share of the people added on days with very many, hardly any of whom was in touch", "Anteil der Neuen von Tagen mit sehr vielen, mit denen es kaum Kontakt gab").share(),
    value("cleanup", "To clean up", "Aufzuräumen").about("contacts worth a look: double, stale, without an address", "Kontakte, bei denen ein Blick lohnt: doppelt, veraltet, ohne Adresse"),
];

/// What a team is shown, and what one member alone is.
const OF_TEAM: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 7];
const OF_ONE: [usize; 8] = [0, 1, 4, 5, 6, 7, 8, 9];

/// One figure as it was found.
struct Found {
    value: &'static Value,
    number: Option<f64>,
    coverage: Option<f64>,
    /// The member it hangs on.
    member: String,
}

fn figures(reports: &[&Table], alone: bool) -> Vec<Found> {
    let find = |name: &str| reports.iter().find(|table| table.name == name).copied();
    let shown = if alone { OF_ONE } else { OF_TEAM };
    shown.iter().map(|at| found(&FIGURES[*at], &find)).collect()
}

fn found<'a>(value: &'static Value, find: &dyn Fn(&str) -> Option<&'a Table>) -> Found {
    let of_team =
        |measure: &str| told(find("network_size")?, &[("member", TEAM), ("channel", "all")], measure);
    let told = match value.name {
        "reach" => of_team("union").map(|told| (told.value, told.coverage)),
        "new" => find("race").and_then(sum).map(|sum| (sum, None)),
        "only_one" => {
            let one = find("overlap").and_then(|table| told(table, &[("member_a", TEAM)], "depth_1"));
            let all = of_team("union").filter(|all| all.value > 0.0);
            one.zip(all).map(|(one, all)| (one.value / all.value, one.coverage))
        }
        "class" => of_team("class_ratio").map(|told| (told.value, told.coverage)),
        "unsorted" => of_team("unclassified_share").map(|told| (told.value, told.coverage)),
        "untouched" => of_team("never_touched").map(|told| (told.value, told.coverage)),
        "bursts" => of_team("burst_share").map(|told| (told.value, told.coverage)),
        "covered" => find("targets").and_then(covered).map(|share| (share, None)),
        "cleanup" => find("cleanup").map(|table| (number(table, "candidates", 0).unwrap_or(0.0), None)),
        _ => None,
    };
    if value.name == "loss" {
        return worst(value, find("loss"));
    }
    let (number, coverage) = told.map_or((None, None), |(number, coverage)| (Some(number), coverage));
    Found { value, number, coverage, member: String::new() }
}

/// The sum of what the members added, as far as it is known.
fn sum(race: &Table) -> Option<f64> {
    let adds: Vec<f64> = (0..race.len()).filter_map(|row| number(race, "adds", row)).collect();
    (!adds.is_empty()).then(|| adds.iter().sum())
}

/// The share of targets where somebody is known.
fn covered(targets: &Table) -> Option<f64> {
    let known: Vec<f64> = (0..targets.len()).filter_map(|row| number(targets, "people", row)).collect();
    (!known.is_empty())
        .then(|| known.iter().filter(|people| **people > 0.0).count() as f64 / known.len() as f64)
}

/// The member whose leaving costs most; of equal ones the first.
fn worst(value: &'static Value, loss: Option<&Table>) -> Found {
    let mut worst = Found { value, number: None, coverage: None, member: String::new() };
    let Some(loss) = loss else { return worst };
    for row in (0..loss.len()).filter(|row| text(loss, "measure", *row) == "exclusive_share") {
        let share = number(loss, "value", row);
        if share.is_some_and(|share| worst.number.is_none_or(|most| share > most)) {
            worst.number = share;
            worst.coverage = number(loss, "coverage", row);
            text(loss, "member", row).clone_into(&mut worst.member);
        }
    }
    worst
}

/// The title above everything.
pub(super) fn title(team: &str, language: Language) -> String {
    if team.is_empty() {
        return words("Network of the team", "Netzwerk des Teams").in_language(language).to_owned();
    }
    format!("{} {}", words("Network of", "Netzwerk von").in_language(language), team)
}

/// Name of the sheet.
pub(super) const TITLE: Words = words("Overview", "Überblick");

impl Overview<'_> {
    /// Whether there is one member only, and nothing to compare.
    pub(super) fn is_alone(&self) -> bool {
        self.members.iter().filter(|(id, _)| id != TEAM).count() < 2
    }

    /// The figures, to be kept for the next generation.
    pub fn figures(&self) -> Figures {
        Figures::of(self.as_of, self.reports, self.is_alone())
    }

    /// The eight figures: one row each.
    pub(super) fn table(&self, language: Language) -> Table {
        let found = figures(self.reports, self.is_alone());
        let of = |figure: &Found| self.before.and_then(|before| before.get(figure.value.name));
        let change = |figure: &Found| {
            let now = (figure.number? * MILLION).round() / MILLION;
            // Both were rounded alike: what has not changed is 0.
            Some(((now - of(figure)?) * MILLION).round() / MILLION)
        };
        let column = |name, title, about, data| Column::new(name, title, about, data);
        let numbers =
            |number: &dyn Fn(&Found) -> Option<f64>| Data::Float(found.iter().map(number).collect());
        let names: Texts = found.iter().map(|figure| figure.value.name).collect();
        let members: Texts = found.iter().map(|figure| &figure.member).collect();
        let about: Texts = found.iter().map(|figure| figure.value.about.in_language(language)).collect();
        let known = found.iter().map(|figure| figure.coverage).collect();
        let columns = vec![
            column("measure", words("Figure", "Kennzahl"), "what the number is", Data::Text(names))
                .german("was die Zahl ist")
                .of(&FIGURES),
            column(
                "value",
                words("Value", "Wert"),
                "the number now; empty when not known, never zero for that",
                numbers(&|figure| figure.number),
            )
            .german("die Zahl heute; leer, wenn nicht bekannt, nie stattdessen null"),
            column(
                "before",
                words("Before", "Vorher"),
                "the same figure in the generation before; empty in the first one",
                numbers(&of),
            )
            .german("dieselbe Zahl in der Generation davor; leer in der ersten"),
            column(
                "change",
                words("Change", "Veränderung"),
                "value minus before; of shares in percentage points",
                numbers(&change),
            )
            .german("Wert minus Vorher; bei Anteilen in Prozentpunkten"),
            column(
                "member",
                words("Member", "Mitglied"),
                "id of the member the figure hangs on",
                Data::Text(members),
            )
            .german("Kürzel des Mitglieds, an dem die Zahl hängt"),
            column(
                "coverage",
                words("Known for", "Bekannt bei"),
                "share of the people behind the number of whom the input was known",
                Data::Share(known),
            )
            .german("für welchen Anteil der Menschen hinter der Zahl die Angabe bekannt war"),
            column("about", words("What it means", "Bedeutung"), "the figure in words", Data::Text(about))
                .german("die Zahl in Worten"),
        ];
        Table {
            name: "overview",
            title: TITLE,
            about: "one figure of the network",
            key: &["measure"],
            columns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_figure_shows_no_change_where_there_is_none() {
        let race = |adds: i64| {
            let column = Column::new("adds", words("Added", "Neu"), "", Data::Int(vec![Some(adds), None]));
            Table { name: "race", title: words("Race", "Rennen"), about: "", key: &[], columns: vec![column] }
        };
        let targets = |people: &[i64]| {
            let people = Data::Int(people.iter().map(|people| Some(*people)).collect());
            let column = Column::new("people", words("People", "Menschen"), "", people);
            Table {
                name: "targets",
                title: words("Targets", "Ziele"),
                about: "",
                key: &[],
                columns: vec![column],
            }
        };
        let day = NaiveDate::default();
        let (then, aims) = (race(7), targets(&[1, 0, 2]));
        let before = Figures::of(day, &[&then, &aims], false);
        assert_eq!(before.millionths["covered"], 666_667);
        assert!(!before.millionths.contains_key("reach"), "what is not known is not kept as zero");
        let now = race(9);
        let overview = Overview {
            team: "",
            as_of: day,
            race: (day, day),
            members: &[("a".into(), "A".into()), ("b".into(), "B".into())],
            contacts: 0,
            sources: &[],
            reports: &[&now, &aims],
            before: Some(&before),
        };
        let table = overview.table(Language::English);
        assert_eq!(table.len(), 8);
        let row = |name: &str| (0..8).find(|row| text(&table, "measure", *row) == name).unwrap();
        assert_eq!(number(&table, "change", row("new")), Some(2.0));
        assert_eq!(number(&table, "change", row("covered")), Some(0.0));
        assert_eq!(number(&table, "value", row("reach")), None);
        assert_eq!(number(&table, "change", row("reach")), None);
        let alone = Overview { members: &[("a".into(), "A".into())], before: None, ..overview };
        assert_eq!(alone.table(Language::German).len(), 8);
    }
}
