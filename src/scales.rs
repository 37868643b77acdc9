//! The fixed values of labels in both languages: sectors, levels, functions, categories, bands of strength.

use std::sync::LazyLock;

use crate::table::{Value, value};

/// The rows of a table as values; the id stands in column `id`, English and German in the two after it.
fn values(table: &'static str, id: usize) -> Vec<Value> {
    let row = |line: &'static str| {
        let mut cells = line.split('\t').skip(id);
        Some(value(cells.next()?, cells.next()?, cells.next()?))
    };
    table.lines().skip(1).filter_map(row).collect()
}

static SECTORS: LazyLock<Vec<Value>> = LazyLock::new(|| values(include_str!("../data/sectors.tsv"), 0));
static LEVELS: LazyLock<Vec<Value>> =
    LazyLock::new(|| values(include_str!("../data/seniority_scale.tsv"), 1));
static FUNCTIONS: LazyLock<Vec<Value>> = LazyLock::new(|| values(include_str!("../data/functions.tsv"), 0));

/// The sectors of employers.
pub fn sectors() -> &'static [Value] {
    &SECTORS
}

/// The levels of positions, the highest first.
pub fn levels() -> &'static [Value] {
    &LEVELS
}

/// What positions are about.
pub fn functions() -> &'static [Value] {
    &FUNCTIONS
}

/// The value of that name.
pub fn named(values: &'static [Value], name: &str) -> Option<&'static Value> {
    values.iter().find(|value| value.name == name)
}

/// Where a category comes from.
pub static TIER_SOURCES: [Value; 3] = [
    value("manual", "set by hand", "von Hand"),
    value("rule", "rule", "Regel"),
    value("score", "score", "Punkte"),
];

/// The animals that stand for categories.
pub static ANIMALS: [Value; 3] = [
    value("unicorn", "unicorn", "Einhorn").about("category A", "Kategorie A"),
    value("flamingo", "flamingo", "Flamingo").about("category B or C", "Kategorie B oder C"),
    value("penguin", "penguin", "Pinguin").about("not sorted yet", "noch nicht zugeordnet"),
];

/// How firm a tie is.
static BANDS: [Value; 5] = [
    value("strong", "strong", "belastbar"),
    value("steady", "steady", "gefestigt"),
    value("weak", "weak", "locker"),
    value("dormant", "dormant", "eingeschlafen")
        .about("once strong, and no touch for long", "einst belastbar, und lange kein Kontakt"),
    value("unknown", "unknown", "unbekannt")
        .about("no touch is known; that is not weak", "es ist kein Kontakt bekannt; das heißt nicht schwach"),
];

/// How firm a tie is, the firmest first.
pub fn bands() -> &'static [Value] {
    &BANDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_is_whole_and_in_both_languages() {
        for (scale, count) in [(sectors(), 23), (levels(), 8), (functions(), 22)] {
            assert_eq!(scale.len(), count);
            for (at, value) in scale.iter().enumerate() {
                assert!(!value.title.english.is_empty() && !value.title.german.is_empty());
                assert!(scale[..at].iter().all(|other| other.name != value.name));
            }
        }
        assert_eq!(
            named(levels(), "lead").map(|value| value.title.german),
            Some("Abteilungs- / Team- / Projektleitung")
        );
    }
}
