//! The table `review`: the pairs that a person is asked about, both sides beside each other.

use super::dataset::{int, text};
use crate::table::{Column, Data, Language, Lists, Table, Words, words};

/// One side of a pair: a contact as it stands, or a record of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Id of the record that an answer names.
    pub record_id: String,
    /// Id of the contact it belongs to.
    pub contact_id: String,
    /// What is shown, in the order of [`FIELDS`]; lists have several texts.
    pub values: [Vec<String>; FIELDS.len()],
}

/// A pair to be answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewRow {
    /// How much is expected to change.
    pub value: f64,
    /// Probability that both are one person, 0 to 1.
    pub probability: f64,
    /// The same as log2 of the odds.
    pub weight: f64,
    /// Both sides.
    pub sides: [Side; 2],
    /// What speaks for one person, the strongest first.
    pub pro: Vec<&'static str>,
    /// What speaks for two persons, the strongest first.
    pub contra: Vec<&'static str>,
    /// Whether answers about it contradict each other.
    pub disputed: bool,
}

/// A field that is shown of both sides.
#[derive(Debug, Clone, Copy)]
pub struct SideField {
    /// Column names of both sides.
    pub names: [&'static str; 2],
    /// Headers of both sides.
    pub titles: [Words; 2],
    /// What it says, for `schema.json`.
    about: [&'static str; 2],
    /// Whether unlike values on both sides are worth a look.
    pub compared: bool,
}

macro_rules! side {
    ($name:literal, $english:literal, $german:literal, $about:literal, $compared:literal) => {
        SideField {
            names: [concat!($name, "_a"), concat!($name, "_b")],
            titles: [
                words(concat!($english, " 1"), concat!($german, " 1")),
                words(concat!($english, " 2"), concat!($german, " 2")),
            ],
            about: [concat!($about, " of side a"), concat!($about, " of side b")],
            compared: $compared,
        }
    };
}

/// What is shown of both sides, in this order.
pub const FIELDS: [SideField; 11] = [
    side!("name", "Name", "Name", "whole name with titles", true),
    side!("company", "Company", "Firma", "employer", true),
    side!("position", "Position", "Position", "job title", true),
    side!("emails", "E-mail", "E-Mail", "e-mail addresses", true),
    side!("phones", "Phone", "Telefon", "telephone numbers", true),
    side!("city", "City", "Ort", "city", true),
    side!("birthday", "Birthday", "Geburtstag", "birthday", true),
    side!("profiles", "Profile", "Profil", "profile addresses", true),
    side!("holders", "Known to", "Bekannt bei", "ids of the members who know the contact", false),
    side!("records", "Records", "Einträge", "how many rows the contact was merged from, as text,", false),
    side!("source", "Source", "Quelle", "file and line of the record", false),
];

impl ReviewRow {
    /// Whether both sides say something in a field and have nothing in common.
    pub fn differs(&self, field: usize) -> bool {
        let folded = |side: &Side| -> Vec<String> {
            side.values[field].iter().map(|value| crate::text::fold(value)).collect()
        };
        let [a, b] = self.sides.each_ref().map(folded);
        FIELDS[field].compared && !a.is_empty() && !b.is_empty() && !a.iter().any(|value| b.contains(value))
    }
}

/// The table `review`: one row a pair, most valuable first.
pub fn review(rows: &[ReviewRow]) -> Table {
    let of = || rows.iter();
    let float = |name, title, about, values: Vec<f64>| {
        Column::new(name, title, about, Data::Float(values.into_iter().map(Some).collect()))
    };
    let mut columns = vec![
        int("rank", words("Rank", "Rang"), "place in the list, from 1", (1..).take(rows.len())),
        float(
            "value",
            words("Value", "Wert"),
            "how much is expected to change: probability times (records that get another contact + pairs of members who \
             would turn out to know the same person); 0 where answers contradict each other, which come first",
            of().map(|row| row.value).collect(),
        ),
        Column::new(
            "probability",
            words("Likely", "Wahrscheinlich"),
            "probability that both are one person",
            Data::Share(of().map(|row| Some(row.probability)).collect()),
        ),
        float(
            "weight",
            words("Weight", "Gewicht"),
            "the same as log2 of the odds, in bits",
            of().map(|row| row.weight).collect(),
        ),
    ];
    for (place, name) in ["a", "b"].into_iter().enumerate() {
        let about = ["record id of side a, for decisions.csv", "record id of side b, for decisions.csv"];
        let title = [words("Record 1", "Eintrag 1"), words("Record 2", "Eintrag 2")];
        let ids = of().map(|row| &row.sides[place].record_id);
        columns.push(text(name, title[place], about[place], ids));
    }
    for (place, name) in ["contact_a", "contact_b"].into_iter().enumerate() {
        let about = ["id of the contact of side a", "id of the contact of side b"];
        let title = [words("Contact 1", "Kontakt 1"), words("Contact 2", "Kontakt 2")];
        let ids = of().map(|row| &row.sides[place].contact_id);
        columns.push(text(name, title[place], about[place], ids));
    }
    for (number, field) in FIELDS.iter().enumerate() {
        for place in 0..2 {
            let values: Lists = of().map(|row| row.sides[place].values[number].iter()).collect();
            columns.push(Column::new(
                field.names[place],
                field.titles[place],
                field.about[place],
                Data::List(values),
            ));
        }
    }
    let list = |name, title, about, lists: Lists| Column::new(name, title, about, Data::List(lists));
    columns.push(list(
        "reasons_for",
        FOR,
        "what speaks for one person",
        of().map(|row| row.pro.iter()).collect(),
    ));
    columns.push(list(
        "reasons_against",
        AGAINST,
        "what speaks for two persons",
        of().map(|row| row.contra.iter()).collect(),
    ));
    columns.push(Column::new(
        "disputed",
        words("Disputed", "Strittig"),
        "whether answers given so far contradict each other, alone or through other records",
        Data::Bool(of().map(|row| Some(row.disputed)).collect()),
    ));
    columns.push(text(
        "decision",
        words("Decision", "Entscheidung"),
        "empty; for the answer same or different, which decisions.csv takes with a and b",
        of().map(|_| ""),
    ));
    Table {
        name: "review",
        title: words("Open pairs", "Offene Paare"),
        about: "a pair that may be one person, most valuable first; pairs answered before are not asked again",
        key: &["a", "b"],
        columns,
    }
}

/// Header of the reasons for one person.
pub(super) const FOR: Words = words("Speaks for it", "Spricht dafür");
/// Header of the reasons for two persons.
pub(super) const AGAINST: Words = words("Speaks against it", "Spricht dagegen");

/// The values of a side in one field, as people read them.
pub fn shown(values: &[String]) -> String {
    values.join(", ")
}

/// What is said of a pair on which answers contradict each other.
pub fn dispute(language: Language) -> &'static str {
    words(
        "Answers contradict each other, here or through other records; none of them is followed until one is changed.",
        "Antworten widersprechen sich, hier oder über andere Einträge; keine davon gilt, bis eine geändert ist.",
    )
    .in_language(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_both_sides_say_can_differ() {
        let side = |emails: &[&str]| {
            let mut side = Side::default();
            side.values[3] = emails.iter().map(|text| (*text).to_owned()).collect();
            side
        };
        let pair = |a: &[&str], b: &[&str]| ReviewRow { sides: [side(a), side(b)], ..ReviewRow::default() };
        assert!(pair(&["a@x.example"], &["b@x.example"]).differs(3));
        assert!(!pair(&["a@x.example"], &[]).differs(3));
        assert!(!pair(&["b@x.example", "a@x.example"], &["A@x.example"]).differs(3));
    }

    #[test]
    fn every_row_fills_every_column() {
        let table = review(&[ReviewRow::default(), ReviewRow::default()]);
        assert!(table.columns.iter().all(|column| column.data.len() == 2));
        assert!(table.columns.iter().all(|column| !column.about.is_empty()));
        for name in ["a", "b", "decision", "reasons_for", "name_a", "source_b"] {
            assert!(table.column(name).is_some(), "{name}");
        }
    }
}
