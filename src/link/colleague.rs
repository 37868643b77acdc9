//! Colleagues: how often two people of one employer have city, postcode and street in common.
//!
//! A company sits somewhere, so where the employer is the same its place says little more; how much depends on the data:
//! cards show the office, other lists where people live. It is counted
//! among people of one employer who have no name in common.

use rayon::prelude::*;

use super::feature::Feature;
use super::symbol::NONE;

/// People that the expectation weighs as much as.
const HELD: f64 = 20.0;
/// The share of colleagues who have a place in common as far as nothing is counted.
const EXPECTED: f64 = 0.3;

/// log2 of the chance that two people of one employer have a place in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Colleagues {
    /// The city.
    pub(super) city: f32,
    /// The postcode.
    pub(super) postcode: f32,
    /// The street.
    pub(super) street: f32,
}

impl Colleagues {
    /// Counts them.
    pub(super) fn count(rows: &[Feature]) -> Colleagues {
        Colleagues {
            city: shared(rows, |row| row.city),
            postcode: shared(rows, |row| row.postcode),
            street: shared(rows, |row| row.street),
        }
    }
}

/// Somebody of an employer in a place, by the symbols of both and of given and family name.
type Somebody = (u32, u32, u32, u32);

/// log2 of the chance that somebody has a place in common with another person of the same employer.
fn shared(rows: &[Feature], place: impl Fn(&Feature) -> u32 + Sync) -> f32 {
    let of_row = |row: &Feature| {
        let somebody = (row.company, place(row), row.given[0], row.family_full);
        let known = [somebody.0, somebody.1, somebody.2, somebody.3].iter().all(|symbol| *symbol != NONE);
        known.then_some(somebody)
    };
    let mut people: Vec<Somebody> = rows.par_iter().filter_map(of_row).collect();
    people.par_sort_unstable();
    people.dedup();
    let firms: Vec<&[Somebody]> = people.chunk_by(|a, b| a.0 == b.0).filter(|firm| firm.len() > 1).collect();
    let of_firm = |firm: &&[Somebody]| {
        let (mut room, people) = (Vec::new(), firm.len() as f64);
        let all = strangers(firm, &mut room);
        let of_place = firm.chunk_by(|a, b| a.1 == b.1).map(|people| strangers(people, &mut room));
        let together: f64 = of_place.sum();
        if all > 0.0 { (people * together / all, people) } else { (0.0, 0.0) }
    };
    // Added up in order, so that threads leave no trace.
    let counted: Vec<(f64, f64)> = firms.par_iter().map(of_firm).collect();
    let (together, all) =
        counted.into_iter().fold((EXPECTED * HELD, HELD), |sums, firm| (sums.0 + firm.0, sums.1 + firm.1));
    (together / all).log2() as f32
}

/// Pairs of people who have neither the given nor the family name in common: entries of one person that differ in a
/// slip, a pet name or a marriage have one of them.
fn strangers(people: &[Somebody], room: &mut Vec<(u32, u32)>) -> f64 {
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let mut alike = |name: fn(&Somebody) -> (u32, u32)| {
        room.clear();
        room.extend(people.iter().map(name));
        room.sort_unstable();
        room.chunk_by(|a, b| a == b).map(|alike| pairs(alike.len())).sum::<f64>()
    };
    let (given, family) = (alike(|person| (person.2, NONE)), alike(|person| (NONE, person.3)));
    pairs(people.len()) + alike(|person| (person.2, person.3)) - given - family
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty people of each of fifty employers, who live in `places` cities.
    fn rows(places: u32) -> Vec<Feature> {
        let person = |at: u32| Feature {
            given: [at + 1, NONE],
            family_full: at + 1,
            company: at / 40 + 1,
            city: 100 + at % 40 % places,
            ..Feature::default()
        };
        (0..2_000).map(person).collect()
    }

    #[test]
    fn where_an_employer_sits_its_people_are_and_elsewhere_they_are_not() {
        let city = |places: u32| Colleagues::count(&rows(places)).city.exp2();
        assert!(city(1) > 0.95);
        assert!((city(2) - 0.49).abs() < 0.02);
        assert!(city(40) < 0.01);
    }

    #[test]
    fn entries_of_one_person_are_no_colleagues() {
        let mut rows = rows(40);
        let all = rows.len();
        rows.extend_from_within(..);
        // A slip in one of the names is no other person.
        rows[all..].iter_mut().for_each(|row| row.given[0] += 10_000);
        assert!(Colleagues::count(&rows).city.exp2() < 0.01);
    }

    #[test]
    fn nothing_counted_is_as_expected() {
        let street = Colleagues::count(&rows(1)).street.exp2();
        assert!((f64::from(street) - EXPECTED).abs() < 1e-6);
    }
}
