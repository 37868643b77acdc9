//! Diversity: how many kinds of people the members and the team know, and how near to themselves.

use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::long::Long;
use super::owner::{each_person, heard_of, owners};
use super::settings::Band;
use super::tie::open_ties;
use super::{Fact, Input, Own, Report, share};

/// Indices of fewer known values than this are not shown ...
const FEWEST_KNOWN: u64 = 20;
/// ... nor of a smaller share of known values.
const LEAST_COVERAGE: f64 = 0.3;
/// The two highest levels of the scale: executive and director.
const UPPER_LEVELS: usize = 2;

/// The report `diversity`.
pub(super) struct Diversity;

/// Number of dimensions with categories; the last value stands for all of them together.
const DIMENSION_COUNT: usize = 5;
const SENIORITY: usize = 2;
const COMPANY: usize = 4;
/// Dimensions in which somebody can be like a member. Language would be one, but no export tells it; having the
/// employer in common makes two people colleagues rather than alike.
const ALIKE: [usize; 4] = [0, 1, SENIORITY, 3];

static DIMENSIONS: [Value; DIMENSION_COUNT + 1] = [
    value("sector", "Industry", "Branche"),
    value("function", "Function", "Funktion"),
    value("seniority", "Seniority", "Hierarchieebene"),
    value("city", "City", "Ort"),
    value("company", "Company", "Unternehmen"),
    value("all", "all", "alle"),
];

static MEASURES: [Value; 15] = [
    value("known", "People with a known value", "Menschen mit Angabe"),
    value("shannon", "Shannon index", "Shannon-Index").about("-sum of p ln p over the shares p of the known values; 0 when all are alike", "-Summe von p ln p über die Anteile p der bekannten Werte; 0, wenn alle gleich sind"),
    value("pielou", "Evenness (Pielou)", "Gleichmäßigkeit (Pielou)").about("Shannon index / ln of the number of values; 1 when all are equally frequent", "Shannon-Index / ln der Zahl der Werte; 1, wenn alle gleich häufig sind"),
    value("hill_0", "Different values", "Verschiedene Werte").about("how many different values occur", "wie viele verschiedene Werte vorkommen"),
    value("hill_1", "Effective number", "Wirksame Anzahl").about("e^Shannon index: so many equally frequent values would be as diverse", "e^Shannon-Index: so viele gleich häufige Werte wären ebenso vielfältig"),
    value("hill_2", "Effective number of the frequent", "Wirksame Anzahl der häufigen").about("1 / sum of p²: as the effective number, rare values count less", "1 / Summe der p²: wie die wirksame Anzahl, Seltenes zählt weniger"),
    value("blau", "Blau index", "Blau-Index").about("1 - sum of p²: how probably two people differ", "1 - Summe der p²: wie wahrscheinlich zwei Menschen sich unterscheiden"),
    value("blau_normalised", "Blau index, 0 to 1", "Blau-Index, 0 bis 1").about("Blau index × K / (K - 1) for K values; 1 when all are equally frequent", "Blau-Index × K / (K - 1) bei K Werten; 1, wenn alle gleich häufig sind"),
    value("blau_unbiased", "Blau index, unbiased", "Blau-Index, unverzerrt").about("1 - sum of n (n - 1) / (N (N - 1)): for a sample of N people", "1 - Summe der n (n - 1) / (N (N - 1)): für eine Stichprobe von N Menschen"),
    value("ei_index", "Outside less inside (E-I)", "Außen minus innen (E-I)").about("(others - same) / (others + same) against the member's own value: -1 all the same, 1 all others; for the team all members' ties", "(andere - gleiche) / (andere + gleiche) zum eigenen Wert des Mitglieds: -1 alle gleich, 1 alle anders; beim Team alle Beziehungen der Mitglieder"),
    value("similarity", "Similarity", "Ähnlichkeit").about("mean share of industry, function, seniority and city that a person has in common with the member, of those known of both; language is left out, as no export tells it. For the team over all members' ties", "mittlerer Anteil von Branche, Funktion, Hierarchieebene und Ort, den ein Mensch mit dem Mitglied gemeinsam hat, soweit von beiden bekannt; die Sprache bleibt außen vor, denn kein Export nennt sie. Beim Team über alle Beziehungen der Mitglieder").share(),
    value("band_distance", "Distance from the band", "Abstand vom Band").about("how far the similarity lies outside the band of the pipeline file, 0.3 to 0.6 unless set; 0 inside", "wie weit die Ähnlichkeit außerhalb des Bands der Pipeline-Datei liegt, 0,3 bis 0,6, wenn sie nichts anderes sagt; innerhalb 0"),
    value("upper_levels", "Share of upper levels", "Anteil obere Ebenen").about("people of the two highest levels, of those whose level is known", "Menschen der zwei höchsten Ebenen, von denen mit bekannter Ebene").share(),
    value("upward_ties", "Share of those standing higher", "Anteil Höherstehende").about("people of a higher level than the member's own, of those whose level is known; empty where the member does not say its level. For the team over the ties of all who do", "Menschen einer höheren Ebene als der eigenen des Mitglieds, von denen mit bekannter Ebene; leer, wenn das Mitglied seine Ebene nicht nennt. Beim Team über die Beziehungen aller, die sie nennen").share(),
    value("people", "People", "Menschen").about("people now known", "Menschen, die jetzt bekannt sind"),
];

impl Report for Diversity {
    fn id(&self) -> &'static str {
        "diversity"
    }

    fn title(&self) -> Words {
        words("Diversity", "Vielfalt")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let tallies = tally(input);
        let heard = heard_of(input);
        let mut rows = Long::default();
        for (owner, name) in owners(input) {
            for (dimension, value) in DIMENSIONS.iter().enumerate() {
                let mut push = |measure: &str, number: Option<f64>, coverage: Option<f64>| {
                    let coverage = if heard[owner] { coverage } else { Some(0.0) };
                    rows.push((name, value.name), measure, number.filter(|_| heard[owner]), coverage);
                };
                match dimension {
                    DIMENSION_COUNT => tallies[owner].push_nearness(input.settings.band, &mut push),
                    _ => tallies[owner].push_dimension(dimension, &mut push),
                }
            }
        }
        let member = "id of the member; `team` for all together, people counted once";
        let member = Column::new("member", words("Member", "Mitglied"), member, Data::Int(vec![]))
            .german("Kürzel des Mitglieds; „team“ für alle zusammen, Menschen einmal gezählt");
        let dimension = "by what people are told apart; `all` for numbers over several dimensions";
        let dimension = Column::new("dimension", words("By", "Nach"), dimension, Data::Int(vec![]))
            .german("wonach Menschen unterschieden werden; „alle“ für Zahlen über mehrere Merkmale");
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of how diverse the people of one member or the team are; unknown values are no kind \
                    of their own, and indices are empty below 20 known or 30 % coverage",
            key: &["member", "dimension", "measure"],
            columns: rows.into_columns(input.as_of, member, dimension.of(&DIMENSIONS), &MEASURES),
        }
    }
}

/// The distance of each member's mean similarity from the band, where enough is known.
pub(super) fn band_distances(input: &Input<'_>) -> Vec<Option<f64>> {
    let mut near = vec![Near::default(); input.members.len()];
    for tie in open_ties(input) {
        let own = input.own.get(usize::from(tie.member)).copied().unwrap_or_default();
        near[usize::from(tie.member)].add(own, &input.contacts[tie.contact as usize]);
    }
    let band = input.settings.band;
    near.iter().map(|near| near.similarity().map(|similarity| band.distance(similarity))).collect()
}

/// The value of a contact in a dimension.
fn category(fact: &Fact, dimension: usize) -> Option<u32> {
    match dimension {
        0 => fact.sector.map(u32::from),
        1 => fact.function.map(u32::from),
        SENIORITY => fact.level.map(u32::from),
        3 => (fact.city > 0).then_some(fact.city),
        _ => (fact.company > 0).then_some(fact.company),
    }
}

/// The member's own value in a dimension, where it says any.
fn own_category(own: Own, dimension: usize) -> Option<u32> {
    let Own { sector, function, level, city, company, .. } = own;
    category(&Fact { sector, level, function, company, city, ..Fact::default() }, dimension)
}

/// Whether enough is known to show an index.
fn enough(known: u64, people: u64) -> bool {
    known >= FEWEST_KNOWN && share(known, people).is_some_and(|coverage| coverage >= LEAST_COVERAGE)
}

/// How many ties lead to people like the member and unlike it.
#[derive(Clone, Copy, Default)]
struct Sides {
    same: u64,
    other: u64,
    /// Of the others those before the member's own value; of levels they are the higher ones.
    before: u64,
    /// Ties of members who say their own value.
    asked: u64,
}

/// How near people are to the members who know them.
#[derive(Clone, Copy, Default)]
struct Near {
    /// Sum of the similarities.
    sum: f64,
    /// Ties for which there is any.
    known: u64,
    ties: u64,
}

impl Near {
    fn add(&mut self, own: Own, fact: &Fact) {
        self.ties += 1;
        let common = ALIKE.map(|dimension| own_category(own, dimension).zip(category(fact, dimension)));
        let known = common.iter().flatten().count();
        if known > 0 {
            self.known += 1;
            self.sum += common.iter().flatten().filter(|(own, of)| own == of).count() as f64 / known as f64;
        }
    }

    fn similarity(&self) -> Option<f64> {
        enough(self.known, self.ties).then(|| self.sum / self.known as f64)
    }

    fn coverage(&self) -> Option<f64> {
        share(self.known, self.ties)
    }
}

/// What is counted for one owner.
#[derive(Clone, Default)]
struct Tally {
    people: u64,
    /// People by category, at the category's number; of companies, which are many, each person's.
    counts: [Vec<u32>; COMPANY],
    companies: Vec<u32>,
    sides: [Sides; DIMENSION_COUNT],
    near: Near,
}

fn tally(input: &Input<'_>) -> Vec<Tally> {
    let team = input.members.len();
    let ties = open_ties(input);
    let mut tallies = vec![Tally::default(); team + 1];
    each_person(&ties, team, |owner, at| {
        let fact = &input.contacts[ties[at.start].contact as usize];
        let tally = &mut tallies[owner];
        tally.people += 1;
        for (dimension, counts) in tally.counts.iter_mut().enumerate() {
            if let Some(category) = category(fact, dimension) {
                let at = category as usize;
                if counts.len() <= at {
                    counts.resize(at + 1, 0);
                }
                counts[at] += 1;
            }
        }
        tally.companies.extend(category(fact, COMPANY));
        for tie in &ties[at] {
            let own = input.own.get(usize::from(tie.member)).copied().unwrap_or_default();
            tally.near.add(own, fact);
            for (dimension, sides) in tally.sides.iter_mut().enumerate() {
                let Some(own) = own_category(own, dimension) else { continue };
                sides.asked += 1;
                if let Some(category) = category(fact, dimension) {
                    *(if category == own { &mut sides.same } else { &mut sides.other }) += 1;
                    sides.before += u64::from(category < own);
                }
            }
        }
    });
    tallies
}

impl Tally {
    /// How many people there are of each category that occurs.
    fn counts_of(&self, dimension: usize) -> Vec<u64> {
        if let Some(counts) = self.counts.get(dimension) {
            return counts.iter().filter(|count| **count > 0).map(|count| u64::from(*count)).collect();
        }
        let mut companies = self.companies.clone();
        companies.sort_unstable();
        companies.chunk_by(|one, next| one == next).map(|people| people.len() as u64).collect()
    }

    fn push_dimension(&self, dimension: usize, push: &mut impl FnMut(&str, Option<f64>, Option<f64>)) {
        let mut counts = self.counts_of(dimension);
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let known: u64 = counts.iter().sum();
        let coverage = share(known, self.people);
        let shown = enough(known, self.people);
        push("known", Some(known as f64), coverage);
        for (measure, number) in indices(&counts) {
            push(measure, number.filter(|_| shown), coverage);
        }
        let Sides { same, other, before, asked } = self.sides[dimension];
        let (both, told) = (same + other, enough(same + other, asked));
        let index = (other as f64 - same as f64) / both as f64;
        push("ei_index", told.then_some(index), share(both, asked));
        if dimension == SENIORITY {
            let upper = &self.counts[dimension];
            let upper: u64 = upper.iter().take(UPPER_LEVELS).map(|count| u64::from(*count)).sum();
            push("upper_levels", share(upper, known).filter(|_| shown), coverage);
            push("upward_ties", share(before, both).filter(|_| told), share(both, asked));
        }
    }

    fn push_nearness(&self, band: Band, push: &mut impl FnMut(&str, Option<f64>, Option<f64>)) {
        let similarity = self.near.similarity();
        push("people", Some(self.people as f64), Some(1.0));
        push("similarity", similarity, self.near.coverage());
        push("band_distance", similarity.map(|similarity| band.distance(similarity)), self.near.coverage());
    }
}

/// The indices of diversity of so many people of each kind (Shannon; Pielou; Hill, see Jost 2006; Blau 1977).
fn indices(counts: &[u64]) -> [(&'static str, Option<f64>); 8] {
    let people: u64 = counts.iter().sum();
    let kinds = counts.len() as f64;
    let any = |number: f64| (people > 0).then_some(number);
    let several = |number: f64| (counts.len() > 1).then_some(number);
    let shares = || counts.iter().map(|&count| count as f64 / people as f64);
    // Empty sums are -0.
    let shannon = shares().map(|share| -share * share.ln()).sum::<f64>() + 0.0;
    let squares: f64 = shares().map(|share| share * share).sum();
    let pairs: f64 = counts.iter().map(|&count| count as f64 * (count as f64 - 1.0)).sum();
    let all_pairs = people as f64 * (people as f64 - 1.0);
    [
        ("shannon", any(shannon.max(0.0))),
        ("pielou", several(shannon / kinds.ln())),
        ("hill_0", any(kinds)),
        ("hill_1", any(shannon.exp())),
        ("hill_2", any(1.0 / squares)),
        ("blau", any(1.0 - squares)),
        ("blau_normalised", several((1.0 - squares) * kinds / (kinds - 1.0))),
        ("blau_unbiased", (people > 1).then(|| 1.0 - pairs / all_pairs)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_has_its_known_indices() {
        let expected = [
            ("shannon", 1.2799),
            ("pielou", 0.9232),
            ("hill_0", 4.0),
            ("hill_1", 3.5961),
            ("hill_2", 3.3333),
            ("blau", 0.7),
            ("blau_normalised", 0.9333),
            ("blau_unbiased", 7.0 / 9.9),
        ];
        for ((measure, number), (name, wanted)) in indices(&[40, 30, 20, 10]).into_iter().zip(expected) {
            assert_eq!(measure, name);
            let number = number.unwrap();
            assert!((number - wanted).abs() < 5e-5, "{name} {number}");
        }
    }

    #[test]
    fn one_kind_has_no_evenness_and_nobody_no_index() {
        let of = |counts: &[u64]| indices(counts).map(|(_, number)| number);
        let (zero, one) = (Some(0.0), Some(1.0));
        assert_eq!(of(&[30]), [zero, None, one, one, one, zero, None, zero]);
        assert_eq!(of(&[]), [None; 8]);
    }

    #[test]
    fn inside_the_band_there_is_no_distance() {
        for (similarity, distance) in [(0.0, 0.3), (0.3, 0.0), (0.45, 0.0), (0.6, 0.0), (1.0, 0.4)] {
            assert!((Band::default().distance(similarity) - distance).abs() < 1e-12);
        }
    }
}
