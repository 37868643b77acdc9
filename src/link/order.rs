//! Order: names whose given and family name stand in each other's place, told by how all others use the words.

use super::feature::Feature;
use super::frequency::shipped;
use super::symbol::{NONE, Symbols};

/// Records that the shipped frequencies weigh as much as.
const SHIPPED_WEIGHT: f64 = 2_000.0;
/// What a word is taken to have been seen as either, beside what was counted.
const UNSEEN: f64 = 0.3;
/// Bits by which each word must rather be the other part of a name.
const EACH: f64 = 1.0;
/// Bits by which both words must rather be swapped; one name in fifty is. A name turned wrongly is so in all
/// of its records, and costs little.
const BOTH: f64 = 5.0;

/// Puts swapped names into order: `Hofer Mike` among many a Mike and some Hofers is Mike Hofer.
pub(super) fn put_in_order(rows: &mut [Feature], names: &Symbols) {
    let mut given = vec![0u32; names.len()];
    let mut family = vec![0u32; names.len()];
    for row in rows.iter().filter(|row| row.given[0] != NONE && row.family[0] != NONE) {
        given[row.given[0] as usize] += 1;
        for word in &row.family[..2] {
            family[*word as usize] += 1;
        }
    }
    // Bits by which a word is rather a given name, one use as given (1) or family name (-1) not counted.
    let leaning = |symbol: u32, but: i32| {
        let seen = |count: u32, role: usize, but: u32| {
            let listed = shipped(role, names.text(symbol)).unwrap_or_default() * SHIPPED_WEIGHT;
            f64::from(count.saturating_sub(but)) + listed + UNSEEN
        };
        let as_given = seen(given[symbol as usize], 0, u32::from(but > 0));
        let as_family = seen(family[symbol as usize], 1, u32::from(but < 0));
        (as_given / as_family).log2()
    };
    let swapped: Vec<bool> = rows
        .iter()
        .map(|row| {
            let (first, second) = (row.given[0], row.family[0]);
            if first == NONE
                || second == NONE
                || row.family[1] != NONE
                || given[first as usize] > family[first as usize]
            {
                return false;
            }
            let (rather_family, rather_given) = (-leaning(first, 1), leaning(second, -1));
            rather_family >= EACH && rather_given >= EACH && rather_family + rather_given >= BOTH
        })
        .collect();
    for (row, _) in rows.iter_mut().zip(swapped).filter(|(_, swapped)| *swapped) {
        let given = row.family[0];
        if row.given_full == NONE {
            row.family = [row.given[0], NONE, row.family[2]];
            row.family_full = row.given[0];
            row.given[0] = given;
        } else {
            row.family = [row.given[0], row.given[1], row.family[2]];
            row.family_full = row.given_full;
            row.given = [given, NONE];
        }
        row.given_full = NONE;
        row.given_shown = NONE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_turned_where_both_words_are_used_the_other_way() {
        let mut names = Symbols::new();
        let mut row = |given: &str, family: &str| {
            let family = names.intern(family);
            Feature {
                given: [names.intern(given), NONE],
                family: [family, NONE, NONE],
                family_full: family,
                ..Feature::default()
            }
        };
        let mut rows: Vec<Feature> =
            [("jan", "hofer"), ("uwe", "hofer"), ("ida", "hofer"), ("mike", "kainz"), ("mike", "lang")]
                .map(|(given, family)| row(given, family))
                .to_vec();
        rows.push(row("hofer", "mike"));
        rows.push(row("martin", "paul"));
        rows.push(row("xhevdet", "thomas"));
        let before = rows.clone();
        put_in_order(&mut rows, &names);
        let name =
            |row: &Feature| (names.text(row.given[0]).to_owned(), names.text(row.family_full).to_owned());
        assert_eq!(name(&rows[5]), ("mike".into(), "hofer".into()));
        for at in [0, 3, 6, 7] {
            assert_eq!(name(&rows[at]), name(&before[at]), "a name that may be right stays");
        }
    }
}
