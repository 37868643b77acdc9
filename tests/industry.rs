//! Employers labelled by hand are labelled the same, and what nobody can tell stays unlabelled.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hamstern::label::industry::{Case, OwnTable, Sector, industry};

/// Employers labelled by hand: company, domain, sector (empty where nobody can tell), another sector that is
/// right too, note.
const LISTS: [&str; 2] = ["tests/labelled/dev_companies.tsv", "tests/labelled/companies.tsv"];

/// The least share of employers whose sector can be told that get one.
const LABELLED: f64 = 0.80;

/// The least share of these sectors that is right.
const RIGHT: f64 = 0.95;

/// The greatest share of employers whose sector nobody can tell that get one: 5 of 54.
const WRONGLY_LABELLED: f64 = 5.0 / 54.0;

/// An employer of a list.
struct Employer {
    company: String,
    domain: String,
    /// The sector, and another one that is right too.
    sectors: Vec<String>,
    /// Whether nobody can tell: no label is right then, and a sector only where the list names it as another one.
    untold: bool,
}

fn employers(path: &Path) -> Vec<Employer> {
    let text = fs::read_to_string(path).expect("the list is there");
    let employer = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap_or_default();
        let (company, domain, sector, other) = (next(), next(), next(), next());
        let untold = sector.is_empty();
        let sectors = [sector, other].into_iter().filter(|sector| !sector.is_empty()).collect();
        Employer { company, domain, sectors, untold }
    };
    text.lines().skip(1).map(employer).collect()
}

#[test]
fn hand_labelled_employers_get_their_sector() {
    for list in LISTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(list);
        if path.exists() {
            holds_the_floors(list, &employers(&path));
        }
    }
}

fn holds_the_floors(list: &str, employers: &[Employer]) {
    let (mut told, mut labelled, mut right) = (0, 0, 0);
    let (mut untold, mut wrongly) = (0, 0);
    let mut confusion: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for employer in employers {
        for sector in &employer.sectors {
            assert!(Sector::from_id(sector).is_some(), "{list}: {sector}");
        }
        let domains: Vec<&str> =
            vec![&*employer.domain].into_iter().filter(|domain| !domain.is_empty()).collect();
        let case = Case { company: &employer.company, domains: &domains, ..Case::default() };
        let found = industry(&case, &OwnTable::default());
        let id = found.as_ref().map_or("", |found| found.sector.id());
        let fits = employer.sectors.iter().any(|sector| sector == id);
        if employer.untold {
            untold += 1;
            wrongly += usize::from(found.is_ok() && !fits);
        } else {
            told += 1;
            labelled += usize::from(found.is_ok());
            right += usize::from(found.is_ok() && fits);
        }
        if found.is_ok() && !fits || found.is_err() && !employer.untold {
            let why = found.map(|found| format!("{:?}", found.reason)).unwrap_or_default();
            let truth = employer.sectors.first().filter(|_| !employer.untold).cloned().unwrap_or_default();
            confusion.entry((truth, id)).or_default().push(format!("{} {why}", employer.company));
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!("{list}: {labelled} of {told} labelled ({:.1} %)", 100.0 * share(labelled, told));
    println!("  {right} of them right ({:.1} %)", 100.0 * share(right, labelled));
    println!("  {wrongly} of {untold} that nobody can tell labelled");
    for ((truth, id), companies) in &confusion {
        println!("  {truth:>12} -> {id:<12} {}", companies.join(" | "));
    }
    assert!(told > 0 && untold > 0, "{list} holds both kinds");
    assert!(share(labelled, told) >= LABELLED, "{list}: too few labelled");
    assert!(share(right, labelled) >= RIGHT, "{list}: too few right");
    assert!(share(wrongly, untold) <= WRONGLY_LABELLED, "{list}: too many guessed");
}
