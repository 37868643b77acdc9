//! The table: named, typed columns with their meaning, as reports make them and writers write them.

use chrono::NaiveDate;

/// A language in which results are written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// The name used in the pipeline file: ISO 639-1.
    pub fn name(self) -> &'static str {
        ["en", "de"][self as usize]
    }

    /// The language of that name.
    pub fn from_name(name: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.name() == name)
    }
}

/// The same words in every language of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub english: &'static str,
    /// In German.
    pub german: &'static str,
}

impl Words {
    /// The words in one language.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::German => self.german,
        }
    }
}

/// Words in English and German.
pub const fn words(english: &'static str, german: &'static str) -> Words {
    Words { english, german }
}

/// One of the fixed values of a text column, with what it means.
///
/// A name that ends in `_` stands for all values made of it and a number: `depth_` for `depth_1`, `depth_2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The value as it stands in tables, stable for ever.
    pub name: &'static str,
    /// How people call it.
    pub title: Words,
    /// What it means; empty where the title says it all.
    pub about: Words,
    /// Whether the number beside it is a share between 0 and 1.
    pub share: bool,
}

/// A fixed value that needs no more explanation than its title.
pub const fn value(name: &'static str, english: &'static str, german: &'static str) -> Value {
    Value { name, title: words(english, german), about: words("", ""), share: false }
}

impl Value {
    /// The same value with its meaning.
    #[must_use]
    pub const fn about(mut self, english: &'static str, german: &'static str) -> Value {
        self.about = words(english, german);
        self
    }

    /// The same value, beside whose name stands a share.
    #[must_use]
    pub const fn share(mut self) -> Value {
        self.share = true;
        self
    }
}

/// One column: what it is and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Snake-case name, stable for ever.
    pub name: &'static str,
    /// The header that people see in the workbook.
    pub title: Words,
    /// What it says, its unit and range, for `schema.json` and the workbook's definitions.
    pub about: &'static str,
    /// The same in German; empty where the title says it all.
    pub about_german: &'static str,
    /// The values it can take, if they are fixed; else empty.
    pub values: &'static [Value],
    /// The values; all columns of a table have the same length.
    pub data: Data,
}

impl Column {
    /// A column of values that are not fixed.
    pub fn new(name: &'static str, title: Words, about: &'static str, data: Data) -> Column {
        Column { name, title, about, about_german: "", values: &[], data }
    }

    /// The same column, explained in German too.
    #[must_use]
    pub fn german(mut self, about: &'static str) -> Column {
        self.about_german = about;
        self
    }

    /// The same column, of fixed values.
    #[must_use]
    pub fn of(mut self, values: &'static [Value]) -> Column {
        self.values = values;
        self
    }

    /// The same column with the values of these rows, in their order.
    #[must_use]
    pub fn rows(&self, rows: &[usize]) -> Column {
        // The values that are left behind need not be copied first.
        let Column { name, title, about, about_german, values, ref data } = *self;
        Column { name, title, about, about_german, values, data: data.only(rows) }
    }

    /// How a text of this column is called in a language; the text itself where it is no fixed value.
    pub fn called(&self, text: &str, language: Language) -> String {
        let Some(value) = self.value(text) else { return text.to_owned() };
        let title = value.title.in_language(language);
        match text.strip_prefix(value.name) {
            Some(number) if !number.is_empty() => format!("{title} {number}"),
            _ => title.to_owned(),
        }
    }

    /// The fixed value that a text of this column stands for.
    pub fn value(&self, text: &str) -> Option<&'static Value> {
        let stem = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
        self.values
            .iter()
            .find(|value| value.name == text || (value.name == stem && value.name.ends_with('_')))
    }
}

/// The values of a column. `None` and empty text both mean that nothing is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Text; empty when unknown.
    Text(Texts),
    /// Lists of text.
    List(Lists),
    /// Whole numbers.
    Int(Vec<Option<i64>>),
    /// Numbers.
    Float(Vec<Option<f64>>),
    /// Shares between 0 and 1, shown as per cent in the workbook.
    Share(Vec<Option<f64>>),
    /// Calendar days.
    Date(Vec<Option<NaiveDate>>),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
}

impl Data {
    /// The values of these rows, in their order.
    fn only(&self, rows: &[usize]) -> Data {
        fn some<T: Copy>(values: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().filter_map(|row| values.get(*row).copied()).collect()
        }
        match self {
            Data::Text(texts) => Data::Text(rows.iter().map(|row| texts.get(*row)).collect()),
            Data::List(lists) => {
                let mut kept = Lists::new();
                for row in rows {
                    kept.push(lists.get(*row));
                }
                Data::List(kept)
            }
            Data::Int(values) => Data::Int(some(values, rows)),
            Data::Float(values) => Data::Float(some(values, rows)),
            Data::Share(values) => Data::Share(some(values, rows)),
            Data::Date(values) => Data::Date(some(values, rows)),
            Data::Bool(values) => Data::Bool(some(values, rows)),
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        match self {
            Data::Text(texts) => texts.len(),
            Data::List(lists) => lists.len(),
            Data::Int(values) => values.len(),
            Data::Float(values) | Data::Share(values) => values.len(),
            Data::Date(values) => values.len(),
            Data::Bool(values) => values.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the type, for `schema.json`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Data::Text(_) => "text",
            Data::List(_) => "list of text",
            Data::Int(_) => "integer",
            Data::Float(_) => "number",
            Data::Share(_) => "share",
            Data::Date(_) => "date",
            Data::Bool(_) => "boolean",
        }
    }
}

/// Many texts in one piece of memory: a table of a million rows has tens of millions of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    joined: String,
    ends: Vec<usize>,
}

impl Texts {
    /// No texts.
    pub fn new() -> Texts {
        Texts::default()
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.joined.push_str(text);
        self.ends.push(self.joined.len());
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text at an index; empty beyond the end.
    #[inline]
    pub fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(0) };
        let Some(&end) = self.ends.get(index) else { return "" };
        // Many columns are mostly empty.
        if start == end { "" } else { self.joined.get(start..end).unwrap_or_default() }
    }

    /// All texts without anything between them.
    pub fn joined(&self) -> &str {
        &self.joined
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Texts {
        let texts = texts.into_iter();
        let mut all = Texts { joined: String::new(), ends: Vec::with_capacity(texts.size_hint().0) };
        for text in texts {
            all.push(text.as_ref());
        }
        all
    }
}

/// Many lists of texts in one piece of memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    items: Texts,
    ends: Vec<usize>,
}

impl Lists {
    /// No lists.
    pub fn new() -> Lists {
        Lists::default()
    }

    /// Adds a list.
    pub fn push<T: AsRef<str>>(&mut self, list: impl IntoIterator<Item = T>) {
        for item in list {
            self.items.push(item.as_ref());
        }
        self.ends.push(self.items.len());
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The items of all lists.
    pub fn items(&self) -> &Texts {
        &self.items
    }

    /// The list at an index; empty beyond the end.
    pub fn get(&self, index: usize) -> impl ExactSizeIterator<Item = &str> {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        (start..end).map(|item| self.items.get(item))
    }
}

impl<T: AsRef<str>, L: IntoIterator<Item = T>> FromIterator<L> for Lists {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Lists {
        let mut all = Lists::new();
        for list in lists {
            all.push(list);
        }
        all
    }
}

/// Named, typed columns of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Snake-case name; the file is called after it.
    pub name: &'static str,
    /// What people call it in the workbook.
    pub title: Words,
    /// What one row stands for, for `schema.json`.
    pub about: &'static str,
    /// The columns that together name a row.
    pub key: &'static [&'static str],
    /// The columns in their order.
    pub columns: Vec<Column>,
}

impl Table {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.data.len())
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether the numbers of a row are shares, as the fixed value says that tells what the row measures.
    pub fn is_share(&self, row: usize) -> bool {
        self.columns.iter().filter(|column| !column.values.is_empty()).any(|column| match &column.data {
            Data::Text(texts) => column.value(texts.get(row)).is_some_and(|value| value.share),
            _ => false,
        })
    }

    /// The same table with at most six digits after the point: more would only show how floats are stored.
    #[must_use]
    pub fn rounded(mut self) -> Table {
        const MILLION: f64 = 1e6;
        for column in &mut self.columns {
            if let Data::Float(values) | Data::Share(values) = &mut column.data {
                // Beyond these no digit after the point is left to round.
                for value in values.iter_mut().flatten().filter(|value| value.abs() < 1e9) {
                    *value = (*value * MILLION).round() / MILLION;
                }
            }
        }
        self
    }

    /// The same table with those rows only whose number `keep` wants.
    #[must_use]
    pub fn only(&self, keep: impl Fn(usize) -> bool) -> Table {
        self.rows(&(0..self.len()).filter(|row| keep(*row)).collect::<Vec<_>>())
    }

    /// The same table with the rows of these numbers, in their order.
    #[must_use]
    pub fn rows(&self, rows: &[usize]) -> Table {
        let column = |column: &Column| column.rows(rows);
        Table { columns: self.columns.iter().map(column).collect(), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_rounded_and_the_unknown_stays_unknown() {
        let column = |data| Column::new("a", words("A", "A"), "", data);
        let values = vec![Some(1.0 / 3.0), None, Some(-0.000_000_4), Some(12e9 + 1.0 / 3.0)];
        let columns = vec![column(Data::Share(values.clone())), column(Data::Float(values))];
        let table = Table { name: "t", title: words("", ""), about: "", key: &[], columns }.rounded();
        for column in &table.columns {
            let (Data::Share(values) | Data::Float(values)) = &column.data else { panic!("numbers") };
            assert_eq!(values[..2], [Some(0.333_333), None]);
            assert_eq!(values[3], Some(12e9 + 1.0 / 3.0));
        }
    }

    #[test]
    fn rows_can_be_taken_out_of_every_kind_of_column() {
        let day = NaiveDate::default();
        let column = |data| Column::new("a", words("A", "A"), "", data);
        let lists: Lists = [vec!["x", "y"], vec![], vec!["z"]].iter().collect();
        let all = [
            Data::Text(["a", "b", "c"].iter().collect()),
            Data::List(lists),
            Data::Int(vec![Some(1), None, Some(3)]),
            Data::Float(vec![Some(1.5), None, Some(3.5)]),
            Data::Share(vec![Some(0.1), None, Some(0.3)]),
            Data::Date(vec![Some(day), None, Some(day)]),
            Data::Bool(vec![Some(true), None, Some(false)]),
        ];
        let columns = all.into_iter().map(column).collect();
        let table = Table { name: "t", title: words("T", "T"), about: "", key: &[], columns };
        assert_eq!(table.only(|_| true), table);
        let rest = table.only(|row| row != 1);
        assert!(rest.columns.iter().all(|column| column.data.len() == 2));
        assert_eq!(rest.columns[0].data, Data::Text(["a", "c"].iter().collect()));
        assert_eq!(rest.columns[2].data, Data::Int(vec![Some(1), Some(3)]));
        assert!(table.only(|_| false).is_empty());
    }

    proptest! {
        #[test]
        fn packed_texts_and_lists_come_back(lists in prop::collection::vec(prop::collection::vec(".{0,4}", 0..4), 0..6)) {
            let packed: Lists = lists.iter().collect();
            prop_assert_eq!(packed.len(), lists.len());
            for (index, list) in lists.iter().enumerate() {
                prop_assert_eq!(packed.get(index).collect::<Vec<_>>(), list.iter().map(String::as_str).collect::<Vec<_>>());
            }
            let flat: Vec<String> = lists.concat();
            let texts: Texts = flat.iter().collect();
            prop_assert_eq!(texts.iter().collect::<Vec<_>>(), flat.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(texts.get(flat.len()), "");
        }
    }

    #[test]
    fn numbered_values_are_called_by_their_stem() {
        static VALUES: [Value; 2] =
            [value("exclusive", "Only here", "Nur hier"), value("depth_", "Known by", "Bekannt bei")];
        let column = Column::new("m", words("M", "M"), "", Data::Int(vec![])).of(&VALUES);
        assert_eq!(column.called("exclusive", Language::German), "Nur hier");
        assert_eq!(column.called("depth_12", Language::English), "Known by 12");
        assert_eq!(column.called("other", Language::German), "other");
    }
}
