//! Rules of the pipeline file that give a category: conditions on the columns of a contact.

use chrono::NaiveDate;

use super::column::{COLUMNS, Cell, cell};
use crate::contact::{Contact, Letter};
use crate::table::Language;
use crate::text::fold;

/// A rule: all its conditions must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// How the team calls it; may be empty.
    pub name: String,
    /// The category it gives.
    pub letter: Letter,
    /// What must hold.
    pub conditions: Vec<Condition>,
}

/// One condition: what must stand in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    column: &'static str,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    /// One of the texts is one of these patterns.
    AnyOf(Vec<Pattern>),
    /// The number lies so to this one.
    Number(Sign, f64),
    /// The day lies so to this one.
    Day(Sign, NaiveDate),
    /// Something is known, or nothing is.
    Known(bool),
}

/// How two numbers or days lie to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

const SIGNS: [(&str, Sign); 5] =
    [("<=", Sign::AtMost), (">=", Sign::AtLeast), ("<", Sign::Below), (">", Sign::Above), ("=", Sign::Equal)];

impl Sign {
    fn holds<T: PartialOrd>(self, have: &T, than: &T) -> bool {
        match self {
            Sign::Below => have < than,
            Sign::AtMost => have <= than,
            Sign::Equal => have == than,
            Sign::AtLeast => have >= than,
            Sign::Above => have > than,
        }
    }

    fn text(self) -> &'static str {
        SIGNS.iter().find(|(_, sign)| *sign == self).map_or("", |(text, _)| text)
    }
}

/// A text to compare with, without regard to case and umlauts; `*` stands for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    shown: String,
    parts: Vec<String>,
}

impl Pattern {
    fn new(text: &str) -> Pattern {
        Pattern { shown: text.to_owned(), parts: text.split('*').map(fold).collect() }
    }

    /// Whether a folded text fits.
    fn fits(&self, folded: &str) -> bool {
        let [first, middle @ .., last] = &self.parts[..] else {
            return self.parts.first().is_some_and(|whole| whole == folded);
        };
        let Some(mut rest) = folded.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last.as_str())
    }
}

/// What may stand as a condition in the pipeline file.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Texts of which one must fit, or one comparison such as `>= 3`.
    Texts(Vec<String>),
    /// A number that the column must equal.
    Number(f64),
    /// Whether something must be known.
    Known(bool),
}

impl Condition {
    /// A condition on a column.
    ///
    /// # Errors
    /// What is wrong with it: no such column, or a comparison that the column does not allow.
    pub fn new(column: &str, wanted: &Wanted) -> Result<Condition, String> {
        let Some(column) = COLUMNS.into_iter().find(|known| *known == column) else {
            return Err(format!("there is no column {column:?} that a rule may ask about"));
        };
        let blank = Contact::default();
        let kind = cell(&blank, column, &[]);
        let test = match (kind, wanted) {
            (_, Wanted::Known(known)) => Test::Known(*known),
            (Some(Cell::Number(_)), Wanted::Number(number)) => Test::Number(Sign::Equal, *number),
            (Some(Cell::Number(_)), Wanted::Texts(texts)) => {
                let (sign, rest) = comparison(texts)?;
                let number = rest.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite());
                Test::Number(sign, number.ok_or_else(|| format!("{rest:?} is no number"))?)
            }
            (Some(Cell::Day(_)), Wanted::Texts(texts)) => {
                let (sign, rest) = comparison(texts)?;
                Test::Day(sign, rest.parse().map_err(|_| format!("{rest:?} is no day such as 2026-01-31"))?)
            }
            (Some(Cell::Texts(_)), Wanted::Texts(texts)) if !texts.is_empty() => {
                Test::AnyOf(texts.iter().map(|text| Pattern::new(text)).collect())
            }
            _ => return Err(format!("{column} cannot be compared with this")),
        };
        Ok(Condition { column, test })
    }

    fn holds(&self, contact: &Contact, members: &[String]) -> bool {
        let Some(have) = cell(contact, self.column, members) else { return false };
        match (&self.test, have) {
            (Test::AnyOf(patterns), Cell::Texts(texts)) => texts.iter().any(|text| {
                let folded = fold(text);
                patterns.iter().any(|pattern| pattern.fits(&folded))
            }),
            (Test::Number(sign, than), Cell::Number(Some(have))) => sign.holds(&have, than),
            (Test::Day(sign, than), Cell::Day(Some(have))) => sign.holds(&have, than),
            (Test::Known(wanted), have) => {
                let known = match have {
                    Cell::Texts(texts) => !texts.is_empty(),
                    Cell::Number(number) => number.is_some(),
                    Cell::Day(day) => day.is_some(),
                };
                known == *wanted
            }
            _ => false,
        }
    }

    fn words(&self, language: Language) -> String {
        let column = self.column;
        match &self.test {
            Test::AnyOf(patterns) => {
                let or = match language {
                    Language::English => " or ",
                    Language::German => " oder ",
                };
                let texts: Vec<&str> = patterns.iter().map(|pattern| pattern.shown.as_str()).collect();
                format!("{column} = {}", texts.join(or))
            }
            Test::Number(sign, than) => format!("{column} {} {than}", sign.text()),
            Test::Day(sign, than) => format!("{column} {} {than}", sign.text()),
            Test::Known(known) => {
                let what = match (language, known) {
                    (Language::English, true) => "known",
                    (Language::English, false) => "unknown",
                    (Language::German, true) => "bekannt",
                    (Language::German, false) => "unbekannt",
                };
                format!("{column} {what}")
            }
        }
    }
}

/// The sign and what follows it.
fn comparison(texts: &[String]) -> Result<(Sign, &str), String> {
    let [text] = texts else { return Err("one comparison is wanted, such as \">= 3\"".to_owned()) };
    let found =
        SIGNS.iter().find_map(|(sign_text, sign)| Some((*sign, text.trim().strip_prefix(sign_text)?.trim())));
    found.ok_or_else(|| format!("{text:?} is no comparison; write one such as \">= 3\" or \"< 2026-01-31\""))
}

impl Rule {
    /// Whether all conditions hold.
    pub fn fits(&self, contact: &Contact, members: &[String]) -> bool {
        self.conditions.iter().all(|condition| condition.holds(contact, members))
    }

    /// The rule in words: its name and its conditions.
    pub fn words(&self, language: Language) -> String {
        let conditions: Vec<String> =
            self.conditions.iter().map(|condition| condition.words(language)).collect();
        let conditions = conditions.join(", ");
        let rule = match language {
            Language::English => "rule",
            Language::German => "Regel",
        };
        if self.name.is_empty() {
            format!("{rule}: {conditions}")
        } else {
            format!("{rule} {}: {conditions}", self.name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Label;
    use proptest::prelude::*;

    fn texts(list: &[&str]) -> Wanted {
        Wanted::Texts(list.iter().map(|text| (*text).to_owned()).collect())
    }

    fn anna() -> Contact {
        let mut contact = Contact {
            name: "Anna Müller".into(),
            company: "Stadtwerke Köln GmbH".into(),
            tags: vec!["VIP".into(), "Messe".into()],
            holders: vec![1],
            touches: 4,
            last_touch: "2026-05-01".parse().ok(),
            ..Contact::default()
        };
        contact.labels.seniority = Some(Label { value: "director", confidence: 0.9, reason: "title".into() });
        contact
    }

    fn holds(column: &str, wanted: &Wanted) -> bool {
        let members = ["anna".to_owned(), "ben".to_owned()];
        Condition::new(column, wanted).unwrap().holds(&anna(), &members)
    }

    #[test]
    fn conditions_compare_as_people_expect() {
        for (column, wanted, expected) in [
            ("seniority", texts(&["executive", "director"]), true),
            ("seniority", texts(&["lead"]), false),
            ("company", texts(&["stadtwerke*"]), true),
            ("company", texts(&["STADTWERKE KOELN GMBH"]), true),
            ("company", texts(&["*köln*"]), true),
            ("company", texts(&["Köln"]), false),
            ("company", texts(&["*werke*gmbh"]), true),
            ("company", texts(&["*gmbh*werke"]), false),
            ("tags", texts(&["vip"]), true),
            ("holders", texts(&["ben"]), true),
            ("holders", texts(&["anna"]), false),
            ("touches", texts(&[">= 4"]), true),
            ("touches", texts(&[">4"]), false),
            ("touches", Wanted::Number(4.0), true),
            ("last_touch", texts(&["< 2026-05-02"]), true),
            ("last_touch", texts(&[">2026-05-01"]), false),
            ("strength", texts(&["<= 1"]), false),
            ("strength", Wanted::Known(false), true),
            ("industry", Wanted::Known(true), false),
            ("name", Wanted::Known(true), true),
        ] {
            assert_eq!(holds(column, &wanted), expected, "{column} {wanted:?}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_refused_with_its_reason() {
        for (column, wanted, why) in [
            ("tier", texts(&["A"]), "there is no column \"tier\""),
            ("touches", texts(&["many"]), "\"many\" is no comparison"),
            ("touches", texts(&["> many"]), "\"many\" is no number"),
            ("touches", texts(&["> inf"]), "\"inf\" is no number"),
            ("last_touch", texts(&["> May"]), "\"May\" is no day"),
            ("last_touch", Wanted::Number(3.0), "last_touch cannot be compared"),
            ("name", Wanted::Number(3.0), "name cannot be compared"),
            ("name", texts(&[]), "name cannot be compared"),
        ] {
            let error = Condition::new(column, &wanted).unwrap_err();
            assert!(error.starts_with(why), "{error}");
        }
    }

    #[test]
    fn a_rule_says_itself_in_words() {
        let condition = |column, wanted| Condition::new(column, &wanted).unwrap();
        let rule = Rule {
            name: "Boards".into(),
            letter: Letter::A,
            conditions: vec![
                condition("seniority", texts(&["executive", "director"])),
                condition("touches", texts(&[">=3"])),
                condition("birthday", Wanted::Known(false)),
            ],
        };
        assert!(rule.fits(&anna(), &[]));
        assert_eq!(
            rule.words(Language::English),
            "rule Boards: seniority = executive or director, touches >= 3, birthday unknown"
        );
        assert_eq!(
            rule.words(Language::German),
            "Regel Boards: seniority = executive oder director, touches >= 3, birthday unbekannt"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_its_own_pattern(text in "[^*]{0,12}", before in "\\PC{0,5}", after in "\\PC{0,5}") {
            prop_assert!(Pattern::new(&text).fits(&fold(&text)));
            prop_assert!(Pattern::new("*").fits(&fold(&text)));
            let whole = fold(&format!("{before} {text} {after}"));
            let folded = fold(&text);
            if whole.contains(&folded) {
                let inside = Pattern::new(&format!("*{text}*"));
                prop_assert!(inside.fits(&whole));
            }
        }
    }
}
