//! The sectors: their names in German and English and the NACE codes that define them.

use std::sync::LazyLock;

use crate::scales;
use crate::table::{Language, Value};
use crate::text::header_key;

/// What is told of one sector.
struct Row {
    value: &'static Value,
    nace: &'static str,
    /// Both names and the id, as [`header_key`] writes them.
    keys: [String; 3],
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // The codes stand behind the id and both names.
    let codes = include_str!("../../../data/sectors.tsv").lines().skip(1).map(|line| line.split('\t').nth(3));
    let row = |(value, nace): (&'static Value, Option<&'static str>)| Row {
        value,
        nace: nace.unwrap_or_default(),
        keys: [value.name, value.title.english, value.title.german].map(header_key),
    };
    scales::sectors().iter().zip(codes).map(row).collect()
});

/// One of the sectors of `data/sectors.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sector(u8);

impl Sector {
    /// Every sector, in the order of the table.
    pub fn all() -> impl Iterator<Item = Sector> {
        (0..ROWS.len() as u8).map(Sector)
    }

    /// The sector of that id: `it`.
    pub fn from_id(id: &str) -> Option<Sector> {
        Sector::all().find(|sector| sector.id() == id)
    }

    /// The sector as a person writes it: id, German or English name, or a NACE code.
    pub fn from_text(text: &str) -> Option<Sector> {
        let key = header_key(text);
        let named = Sector::all().find(|sector| sector.row().keys.contains(&key));
        named.or_else(|| Sector::from_nace(text))
    }

    /// The sector that a NACE Rev. 2 code belongs to, by the longest code in the table that begins it.
    pub fn from_nace(code: &str) -> Option<Sector> {
        let code = code.trim();
        let begins =
            |known: &&str| code.strip_prefix(*known).is_some_and(|rest| known.len() >= 2 && is_finer(rest));
        let longest = |sector: Sector| sector.nace().split(' ').filter(begins).map(str::len).max();
        let found = Sector::all().filter_map(|sector| Some((longest(sector)?, sector)));
        found.max_by_key(|(length, _)| *length).map(|(_, sector)| sector)
    }

    /// The stable id.
    pub fn id(self) -> &'static str {
        self.row().value.name
    }

    /// The name for people.
    pub fn words(self, language: Language) -> &'static str {
        self.row().value.title.in_language(language)
    }

    /// The NACE Rev. 2 codes that define the sector, joined by blanks; the longest code that begins a
    /// company's code wins.
    pub fn nace(self) -> &'static str {
        self.row().nace
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }
}

/// Whether the rest of a NACE code after a known one only goes into detail: `.01` or `1` after `62.0`.
fn is_finer(rest: &str) -> bool {
    rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_are_found_by_every_name() {
        for sector in Sector::all() {
            assert_eq!(Sector::from_id(sector.id()), Some(sector));
            for language in Language::ALL {
                assert_eq!(Sector::from_text(&sector.words(language).to_uppercase()), Some(sector));
            }
            for code in sector.nace().split(' ') {
                assert_eq!(Sector::from_nace(code), Some(sector), "{code}");
            }
        }
        assert_eq!(Sector::all().count(), 23);
    }

    #[test]
    fn the_longest_code_wins() {
        let of = |code| Sector::from_nace(code).map(Sector::id);
        assert_eq!(of("70.21"), Some("marketing"));
        assert_eq!(of("70.22"), Some("consulting"));
        assert_eq!(of("26.60"), Some("pharma"));
        assert_eq!(of("26.11"), Some("electronics"));
        assert_eq!(of("71.12"), Some("machinery"));
        assert_eq!(of("4"), None);
        assert_eq!(of("Bank"), None);
    }
}
