//! Mix: of which sectors, levels, functions and categories the people of the members and the team are.

use std::sync::LazyLock;

use crate::contact::Scope;
use crate::scales;
use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::owner::{as_of_column, coverage_column, each_person, member_column, owners};
use super::tie::open_ties;
use super::{Fact, Input, Report, share};

/// The report `mix`.
pub(super) struct Mix;

static DIMENSIONS: [Value; 4] = [
    value("sector", "Industry", "Branche"),
    value("level", "Seniority", "Hierarchieebene"),
    value("function", "Function", "Funktion"),
    value("tier", "Category", "Kategorie"),
];

/// The categories, which stand as bytes in facts; beside them private people, whom nobody sorts.
static TIERS: [Value; 5] = [
    value("A", "A", "A"),
    value("B", "B", "B"),
    value("C", "C", "C"),
    value("D", "D", "D"),
    value("private", "private", "privat"),
];

/// What is not known, in every dimension.
static UNKNOWN: [Value; 1] = [value("unknown", "unknown", "unbekannt")];

/// The values of each dimension, the unknown one last.
fn scale(dimension: usize) -> impl Iterator<Item = &'static Value> {
    let known = [scales::sectors(), scales::levels(), scales::functions(), &TIERS];
    known[dimension].iter().chain(&UNKNOWN)
}

/// The names in the table: some sectors and functions are called the same.
static NAMES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let of = |at: usize| scale(at).map(|value| [DIMENSIONS[at].name, "_", value.name].concat()).collect();
    (0..DIMENSIONS.len()).map(of).collect()
});

static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let all = NAMES.iter().enumerate().flat_map(|(at, names)| names.iter().zip(scale(at)));
    all.map(|(name, value)| Value { name, ..*value }).collect()
});

/// The place of a contact in the scale of a dimension; nothing where it is not known.
fn place(fact: &Fact, dimension: usize) -> Option<usize> {
    match dimension {
        0 => fact.sector.map(usize::from),
        1 => fact.level.map(usize::from),
        2 => fact.function.map(usize::from),
        _ => match fact.tier {
            Some(tier) => Some(usize::from(tier.wrapping_sub(b'A'))),
            None => (fact.scope == Scope::Private).then_some(4),
        },
    }
}

impl Report for Mix {
    fn id(&self) -> &'static str {
        "mix"
    }

    fn title(&self) -> Words {
        words("Mix", "Zusammensetzung")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let ties = open_ties(input);
        let empty: [Vec<u64>; 4] = std::array::from_fn(|at| vec![0; scale(at).count()]);
        let mut counts = vec![empty; input.members.len() + 1];
        each_person(&ties, input.members.len(), |owner, at| {
            let fact = &input.contacts[ties[at.start].contact as usize];
            for (dimension, counts) in counts[owner].iter_mut().enumerate() {
                let unknown = counts.len() - 1;
                counts[place(fact, dimension).unwrap_or(unknown).min(unknown)] += 1;
            }
        });
        let mut rows = Rows::default();
        for (owner, name) in owners(input) {
            for (dimension, counts) in counts[owner].iter().enumerate() {
                rows.add(name, dimension, counts);
            }
        }
        rows.into_table(self, input)
    }
}

#[derive(Default)]
struct Rows {
    member: Texts,
    dimension: Texts,
    value: Texts,
    people: Vec<Option<i64>>,
    share: Vec<Option<f64>>,
    coverage: Vec<Option<f64>>,
}

impl Rows {
    /// Adds the values that occur, the most frequent first, levels and categories in their own order, and what
    /// is unknown last.
    fn add(&mut self, member: &str, dimension: usize, counts: &[u64]) {
        let people: u64 = counts.iter().sum();
        let unknown = counts.len() - 1;
        let mut order: Vec<usize> = (0..unknown).filter(|at| counts[*at] > 0).collect();
        if matches!(DIMENSIONS[dimension].name, "sector" | "function") {
            order.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
        }
        order.extend((people > 0).then_some(unknown));
        for at in order {
            self.member.push(member);
            self.dimension.push(DIMENSIONS[dimension].name);
            self.value.push(&NAMES[dimension][at]);
            self.people.push(Some(counts[at] as i64));
            self.share.push(share(counts[at], people));
            self.coverage.push(share(people - counts[unknown], people));
        }
    }

    fn into_table(self, report: &Mix, input: &Input<'_>) -> Table {
        let share = "share of all people of the member or the team";
        Table {
            name: report.id(),
            title: report.title(),
            about: "one industry, level, function or category and how many people of one member or the team are of it; \
                    those of whom it is not known have a row of their own. No judgement of people as such",
            key: &["member", "dimension", "value"],
            columns: vec![
                as_of_column(input.as_of, self.people.len()),
                member_column(self.member),
                Column::new(
                    "dimension",
                    words("By", "Nach"),
                    "what the value is",
                    Data::Text(self.dimension),
                )
                .german("was der Wert ist")
                .of(&DIMENSIONS),
                Column::new(
                    "value",
                    words("Value", "Wert"),
                    "the dimension and its value, joined by `_`; values that nobody has are left out",
                    Data::Text(self.value),
                )
                .german("Merkmal und Wert, verbunden mit _; Werte, die niemand hat, fehlen")
                .of(&VALUES),
                Column::new(
                    "people",
                    words("People", "Menschen"),
                    "people of that value",
                    Data::Int(self.people),
                )
                .german("Menschen mit diesem Wert"),
                Column::new("share", words("Share", "Anteil"), share, Data::Share(self.share))
                    .german("Anteil an allen Menschen des Mitglieds oder des Teams"),
                coverage_column(self.coverage),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Language;

    #[test]
    fn every_value_has_its_own_name_and_a_title() {
        let mut names: Vec<&str> = VALUES.iter().map(|value| value.name).collect();
        assert_eq!(names.len(), 23 + 8 + 22 + 5 + 4);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VALUES.len());
        let column = Column::new("value", words("", ""), "", Data::Int(vec![])).of(&VALUES);
        assert_eq!(column.called("tier_unknown", Language::German), "unbekannt");
        assert_eq!(column.called("level_lead", Language::English), "Head / Team lead");
    }
}
