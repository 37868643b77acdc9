//! Finds the header row of a table among title rows, notes and blank rows.

use super::header_words;
use super::mapping::Mapping;
use crate::text::header_key;

/// How many rows from the top may come before the header or be it.
pub(super) const SEARCHED: usize = 50;

/// A header has at least so many words that are known as column names.
const FEWEST_WORDS: usize = 2;

/// A row with fewer cells may be a title or a note.
const FULL_ROW: usize = 3;

/// A cell longer than this is a sentence, not a column name; in bytes.
const LONGEST_WORD: usize = 80;

/// The index of the header: the first of the first 50 rows with the most known column names, at least two.
pub(super) fn find_header(rows: &[Vec<String>]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut fullest = 0;
    for (index, row) in rows.iter().take(SEARCHED).enumerate() {
        let hits = known_words(row);
        let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
        // Under a row as full as itself stands an entry that happens to hold such words, not the header.
        let under_entries = fullest >= filled.max(FULL_ROW) && hits < filled;
        if hits >= FEWEST_WORDS && !under_entries && best.is_none_or(|(_, most)| hits > most) {
            best = Some((index, hits));
        }
        fullest = fullest.max(filled);
    }
    best.map(|(index, _)| index)
}

/// The index of the first of the first 50 rows that names every column of the mapping.
pub(super) fn find_mapped_header(rows: &[Vec<String>], mapping: &Mapping) -> Option<usize> {
    let wanted = mapping.keys();
    rows.iter().take(SEARCHED).position(|row| {
        let keys: Vec<String> = row.iter().map(|cell| header_key(cell)).collect();
        !wanted.is_empty() && wanted.iter().all(|key| keys.contains(key))
    })
}

/// How many different known column names a row holds.
pub(super) fn known_words(row: &[String]) -> usize {
    let short = row.iter().filter(|cell| cell.len() <= LONGEST_WORD);
    let mut keys: Vec<String> = short.map(|cell| header_key(cell)).collect();
    keys.retain(|key| header_words::is_known(key));
    keys.sort();
    keys.dedup();
    keys.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Channel, Field};

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_string).collect()).collect()
    }

    #[test]
    fn the_header_is_found_under_notes_and_titles() {
        let cases = [
            ("Notes:\nWhen exporting\n\nFirst Name,Last Name,URL,Connected On\nAnna,Meier,u,d", Some(3)),
            ("Name,Vorname\nMeier,Anna", Some(0)),
            ("Kontakte 2026\nStand: 15.01.2026\n,\nFirma,Ansprechpartner,Telefon", Some(3)),
            ("Position,Firma\nName,Firma,E-Mail", Some(1)),
            ("1,2,3\n4,5,6", None),
            ("Vorn,Zun,Fa,Mailto\na,b,c,d\nPosition,Firma,x,y", None),
            ("Titel,Seite,1,von 3\nName,Firma,E-Mail", Some(1)),
            ("Notes:\nx", None),
            ("Name,Name\nx,y", None),
            ("", None),
        ];
        for (text, index) in cases {
            assert_eq!(find_header(&rows(text)), index, "{text}");
        }
    }

    #[test]
    fn a_header_after_the_fiftieth_row_is_not_looked_for() {
        let mut text = "x\n".repeat(49);
        text.push_str("Vorname,Nachname");
        assert_eq!(find_header(&rows(&text)), Some(49));
        assert_eq!(find_header(&rows(&format!("x\n{text}"))), None);
    }

    #[test]
    fn a_mapped_header_needs_every_column() {
        let columns =
            vec![(Field::GivenName, vec!["Rufname".into()]), (Field::City, vec!["Wohn Ort".into()])];
        let mapping =
            Mapping { columns, distinct: None, complete: None, trust: None, channel: Channel::Sheet };
        assert_eq!(find_mapped_header(&rows("a,b\nRufname,b\nwohn-ort,b,RUFNAME"), &mapping), Some(2));
        assert_eq!(find_mapped_header(&rows("a,b\nRufname,b"), &mapping), None);
    }
}
