//! Levels and functions of titles against a list labelled by hand before any prediction: the accuracy that holds.

use std::collections::BTreeMap;
use std::fs;

use hamstern::label::title::titles;

/// The list, and the least share of titles on it that must be exactly right: level, function.
const LISTS: [(&str, f64, f64); 3] = [
    ("tests/labelled/dev_titles.tsv", 0.97, 0.97),
    ("tests/labelled/more_titles.tsv", 0.97, 0.97),
    ("tests/labelled/titles.tsv", 0.87, 0.80),
];

/// One label of the list: what is right, what may be said as well. Empty stands for no label.
struct Wanted<'a> {
    right: &'a str,
    alternative: &'a str,
}

impl Wanted<'_> {
    fn accepts(&self, found: &str) -> bool {
        found == self.right || (!self.alternative.is_empty() && found == self.alternative)
    }
}

/// Counts of one label.
#[derive(Default)]
struct Count {
    right: usize,
    /// Labelled where a label is wanted, and how often that is right.
    labelled: usize,
    labelled_right: usize,
    total: usize,
    confused: BTreeMap<(String, String), Vec<String>>,
}

impl Count {
    fn add(&mut self, title: &str, wanted: &Wanted, found: &str) {
        self.total += 1;
        let right = wanted.accepts(found);
        self.right += usize::from(right);
        self.labelled += usize::from(!found.is_empty());
        self.labelled_right += usize::from(!found.is_empty() && right);
        if !right {
            let key = (wanted.right.to_owned(), found.to_owned());
            self.confused.entry(key).or_default().push(title.to_owned());
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.total.max(1) as f64
    }

    fn print(&self, what: &str) {
        let precision = self.labelled_right as f64 / self.labelled.max(1) as f64;
        println!(
            "{what}: {} of {} right ({:.1} %), {} labelled, {:.1} % of these right",
            self.right,
            self.total,
            100.0 * self.share(),
            self.labelled,
            100.0 * precision
        );
        for ((wanted, found), titles) in &self.confused {
            let shown = |label: &str| if label.is_empty() { "nothing".to_owned() } else { label.to_owned() };
            println!("  {} taken for {}: {}", shown(wanted), shown(found), titles.join(" · "));
        }
    }
}

#[test]
fn titles_are_labelled_as_people_label_them() {
    for (list, least_level, least_function) in LISTS {
        let Ok(text) = fs::read_to_string(list) else {
            println!("{list}: not there");
            continue;
        };
        let (mut levels, mut functions) = (Count::default(), Count::default());
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            let title = next();
            let level = Wanted { right: next(), alternative: next() };
            let function = Wanted { right: next(), alternative: next() };
            let found = titles(title, "");
            levels.add(title, &level, found.seniority.map_or("", |label| label.value.id()));
            functions.add(title, &function, found.function.map_or("", |label| label.value.id()));
        }
        println!("{list}");
        levels.print("level");
        functions.print("function");
        assert!(levels.share() >= least_level, "{list}: levels");
        assert!(functions.share() >= least_function, "{list}: functions");
    }
}
