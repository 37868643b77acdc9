//! Concentration: how unequally people known and people added are spread over the members.

use crate::table::{Column, Data, Table, Texts, Value, Words, value, words};

use super::long::Long;
use super::racing::Racing;
use super::rankings::tier_place;
use super::tie::{by_contact, delivered_channels, open_ties};
use super::{Input, Report, TEAM, share};

/// One member who holds more than this share is a risk.
const ALARM: f64 = 0.5;
/// So many members at the top are summed.
const TOP: usize = 3;

/// The report `concentration`.
pub(super) struct Concentration;

static QUANTITIES: [Value; 4] = [
    value("stock", "Network size", "Netzwerkgröße")
        .about("people known now", "Menschen, die jetzt bekannt sind"),
    value("adds", "Added", "Neu").about("people added within the race", "Menschen, die im Rennen dazukamen"),
    value("exclusive", "Exclusive", "Nur hier bekannt")
        .about("people no other member knows", "Menschen, die sonst kein Mitglied kennt"),
    value("weighted", "Weighted by category", "Nach Kategorie gewichtet").about(
        "sum of what the categories of the people known count; no judgement of people as such",
        "Summe der Gewichte der Kategorien; keine Bewertung der Menschen an sich",
    ),
];

static BASES: [Value; 2] = [
    value("holdings", "each member's people", "Menschen je Mitglied").about(
        "people known to several members count for each of them",
        "Menschen, die mehrere Mitglieder kennen, zählen bei jedem",
    ),
    value("union", "different people", "verschiedene Menschen")
        .about("every person counts once", "jeder Mensch zählt einmal"),
];

static MEASURES: [Value; 13] = [
    value("members", "Members", "Mitglieder").about("members of whom the number is known", "Mitglieder, von denen die Zahl bekannt ist"),
    value("sum", "Sum", "Summe").about("sum over these members", "Summe über diese Mitglieder"),
    value("gini", "Gini", "Gini").about("0 when all have the same, (n - 1) / n when one of n members has everything", "0, wenn alle gleich viel haben, (n - 1) / n, wenn eines von n Mitgliedern alles hat"),
    value("gini_corrected", "Gini for small teams", "Gini für kleine Teams").about("Gini · n / (n - 1): 1 when one member has everything", "Gini · n / (n - 1): 1, wenn ein Mitglied alles hat"),
    value("hhi", "Herfindahl index", "Herfindahl-Index").about("sum of the squared shares", "Summe der quadrierten Anteile"),
    value("hhi_normalised", "Herfindahl index, normalised", "Herfindahl-Index, normiert").about("0 when all have the same, 1 when one member has everything", "0, wenn alle gleich viel haben, 1, wenn ein Mitglied alles hat"),
    value("effective_holders", "Effective holders", "Tragende Mitglieder").about("as unequal as if so many members had equal parts and the others nothing: 1 / Herfindahl index", "so ungleich, als hätten so viele Mitglieder gleich viel und die übrigen nichts: 1 / Herfindahl-Index"),
    value("top_share", "Largest share", "Größter Anteil").about("share of the member who has most", "Anteil des Mitglieds, das am meisten hat").share(),
    value("top_alarm", "More than half with one", "Mehr als die Hälfte bei einem").about("1 when one of several members has more than half, else 0", "1, wenn eines von mehreren Mitgliedern mehr als die Hälfte hat, sonst 0"),
    value("top3_share", "Largest three", "Die größten drei").about("share of the three members who have most; of at least three members", "Anteil der drei Mitglieder, die am meisten haben; ab drei Mitgliedern").share(),
    value("top_union_share", "Largest part of the reach", "Größter Teil der Reichweite").about("people known to the member who knows most, of all different people the team knows", "Menschen, die das Mitglied mit den meisten kennt, von allen verschiedenen Menschen des Teams").share(),
    value("share", "Share", "Anteil").about("share of the member", "Anteil des Mitglieds").share(),
    value("lorenz_", "Lorenz curve, members:", "Lorenzkurve, Mitglieder:").about("share of the sum that so many members have together, those with the least first", "Anteil an der Summe, den so viele Mitglieder zusammen haben, die mit dem wenigsten zuerst").share(),
];

impl Report for Concentration {
    fn id(&self) -> &'static str {
        "concentration"
    }

    fn title(&self) -> Words {
        words("Concentration", "Ungleichverteilung")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let (quantities, reach) = quantities(input);
        let mut rows = Long::default();
        let mut bases = Texts::new();
        for (quantity, numbers) in QUANTITIES.iter().zip(quantities) {
            let reach = (quantity.name == "stock").then_some(reach);
            let pushed = push(&mut rows, quantity.name, numbers, reach);
            let basis = if quantity.name == "exclusive" { "union" } else { "holdings" };
            (0..pushed).for_each(|_| bases.push(basis));
        }
        let quantity = Column::new(
            "quantity",
            words("Quantity", "Größe"),
            "what is spread over the members",
            Data::Int(vec![]),
        )
        .german("was sich auf die Mitglieder verteilt")
        .of(&QUANTITIES);
        let member = Column::new(
            "member",
            words("Member", "Mitglied"),
            "id of the member: who has most, or who comes last at this point of the Lorenz curve; empty for all",
            Data::Int(vec![]),
        )
        .german("Kürzel des Mitglieds: wer am meisten hat, oder wer an diesem Punkt der Lorenzkurve zuletzt dazukommt; leer für alle");
        let mut columns = rows.into_columns(input.as_of, quantity, member, &MEASURES);
        let basis = Column::new(
            "basis",
            words("Sum of", "Summe über"),
            "whether people known to several members count for each of them",
            Data::Text(bases),
        );
        let basis = basis.german("ob Menschen, die mehrere Mitglieder kennen, bei jedem zählen").of(&BASES);
        columns.insert(columns.len() - 1, basis);
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of how unequally one quantity is spread over the members, or one point of its Lorenz curve",
            key: &["quantity", "member", "measure"],
            columns,
        }
    }
}

/// A member's number, if it is known.
type Number<'a> = (&'a str, Option<f64>);

/// Adds the rows of one quantity; says how many.
fn push(rows: &mut Long, quantity: &str, numbers: Vec<Number<'_>>, reach: Option<u64>) -> usize {
    let all = numbers.len() as u64;
    let mut known: Vec<(&str, f64)> =
        numbers.into_iter().filter_map(|(name, number)| Some((name, number?))).collect();
    // The least first; of equal ones the last by name, so that the first by name is the top.
    known.sort_by(|one, other| one.1.total_cmp(&other.1).then_with(|| other.0.cmp(one.0)));
    let ascending: Vec<f64> = known.iter().map(|(_, number)| *number).collect();
    let spread = Spread::of(&ascending);
    let coverage = share(known.len() as u64, all);
    let mut pushed = 0;
    let mut row = |member: &str, measure: &str, value: Option<f64>| {
        rows.push((quantity, member), measure, value, coverage);
        pushed += 1;
    };
    let top = known.last().filter(|_| spread.top_share.is_some()).map_or("", |top| top.0);
    row("", "members", Some(known.len() as f64));
    row("", "sum", Some(spread.sum).filter(|_| !known.is_empty()));
    row("", "gini", spread.gini);
    row("", "gini_corrected", spread.gini_corrected);
    row("", "hhi", spread.hhi);
    row("", "hhi_normalised", spread.hhi_normalised);
    row("", "effective_holders", spread.hhi.map(|hhi| 1.0 / hhi));
    row(top, "top_share", spread.top_share);
    let alarm = spread.top_share.filter(|_| known.len() > 1).map(|top| f64::from(u8::from(top > ALARM)));
    row(top, "top_alarm", alarm);
    row("", "top3_share", spread.top3_share);
    if let Some(reach) = reach.filter(|reach| *reach > 0) {
        row(top, "top_union_share", ascending.last().map(|most| most / reach as f64));
    }
    if spread.sum > 0.0 {
        for (member, number) in known.iter().rev() {
            row(member, "share", Some(number / spread.sum));
        }
        row("", "lorenz_0", Some(0.0));
        let mut cumulated = 0.0;
        for (place, (member, number)) in known.iter().enumerate() {
            cumulated += number;
            row(member, &format!("lorenz_{}", place + 1), Some(cumulated / spread.sum));
        }
    }
    pushed
}

/// Measures of inequality.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Spread {
    sum: f64,
    gini: Option<f64>,
    gini_corrected: Option<f64>,
    hhi: Option<f64>,
    hhi_normalised: Option<f64>,
    top_share: Option<f64>,
    top3_share: Option<f64>,
}

impl Spread {
    /// The measures of numbers in ascending order; nothing of nothing.
    fn of(ascending: &[f64]) -> Spread {
        let count = ascending.len();
        let sum: f64 = ascending.iter().sum();
        if sum <= 0.0 {
            return Spread::default();
        }
        let n = count as f64;
        // G = Σ (2i - n - 1) x_i / (n Σ x), with i from 1.
        let lean: f64 = ascending.iter().zip(1i32..).map(|(x, i)| (2.0 * f64::from(i) - n - 1.0) * x).sum();
        let gini = lean / (n * sum);
        let hhi: f64 = ascending.iter().map(|x| (x / sum).powi(2)).sum();
        let top = |many: usize| ascending.iter().rev().take(many).sum::<f64>() / sum;
        let several = |value: f64| (count > 1).then_some(value);
        Spread {
            sum,
            gini: Some(gini),
            gini_corrected: several(gini * n / (n - 1.0)),
            hhi: Some(hhi),
            // Equal parts may round to just below 0.
            hhi_normalised: several(((hhi - 1.0 / n) / (1.0 - 1.0 / n)).max(0.0)),
            top_share: Some(top(1)),
            top3_share: (count >= TOP).then(|| top(TOP)),
        }
    }
}

/// The numbers of the members in the order of [`QUANTITIES`], and the reach of the team.
fn quantities<'a>(input: &'a Input<'_>) -> ([Vec<Number<'a>>; 4], u64) {
    let team = input.members.len();
    let mut exclusive = vec![0u64; team];
    let mut tiers = vec![[0u64; 5]; team];
    let mut reach = 0;
    for ties in by_contact(&open_ties(input)) {
        reach += 1;
        let tier = tier_place(input.contacts[ties[0].contact as usize].tier);
        for tie in ties {
            tiers[usize::from(tie.member)][tier] += 1;
        }
        if let [only] = ties {
            exclusive[usize::from(only.member)] += 1;
        }
    }
    let channels = delivered_channels(input);
    let adds = Racing::run(input, |_, _, _| ()).counts();
    let sorted = tiers.iter().any(|tiers| tiers[..4].iter().any(|people| *people > 0));
    let numbers = |number: &dyn Fn(usize) -> Option<f64>| -> Vec<Number<'a>> {
        let racers = input.members.iter().enumerate().filter(|(_, name)| *name != TEAM);
        racers.map(|(member, name)| (name.as_str(), number(member))).collect()
    };
    let if_known = |member: usize, number: f64| (channels[member] != 0).then_some(number);
    let weight = |tiers: &[u64; 5]| -> f64 {
        input.worth.0.iter().zip(tiers).map(|(worth, people)| worth * *people as f64).sum()
    };
    let all = [
        numbers(&|member| if_known(member, tiers[member].iter().sum::<u64>() as f64)),
        numbers(&|member| adds[member].map(|adds| adds as f64)),
        numbers(&|member| if_known(member, exclusive[member] as f64)),
        numbers(&|member| if_known(member, weight(&tiers[member])).filter(|_| sorted)),
    ];
    (all, reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_race_fixture_is_as_unequal_as_known() {
        let spread = Spread::of(&[30.0, 150.0, 220.0, 300.0, 400.0, 500.0, 700.0, 900.0, 1_200.0, 1_600.0]);
        let near =
            |value: Option<f64>, known: f64| assert!((value.unwrap() - known).abs() < 5e-5, "{value:?}");
        assert!((spread.sum - 6_000.0).abs() < 1e-9);
        near(spread.gini, 0.4363);
        near(spread.gini_corrected, 0.4848);
        near(spread.hhi, 0.1631);
        near(spread.hhi_normalised, 0.0701);
        near(spread.top_share, 0.2667);
        near(spread.top3_share, 0.6167);
        assert!((1.0 / spread.hhi.unwrap() - 6.13).abs() < 5e-3);
    }

    #[test]
    fn the_ends_of_the_scale() {
        let equal = Spread::of(&[5.0; 4]);
        assert_eq!((equal.gini, equal.hhi, equal.hhi_normalised), (Some(0.0), Some(0.25), Some(0.0)));
        let one = Spread::of(&[0.0, 0.0, 0.0, 7.0]);
        assert_eq!((one.gini, one.gini_corrected), (Some(0.75), Some(1.0)));
        assert_eq!((one.hhi, one.hhi_normalised), (Some(1.0), Some(1.0)));
        let alone = Spread::of(&[7.0]);
        assert_eq!((alone.gini, alone.gini_corrected, alone.hhi_normalised), (Some(0.0), None, None));
        assert_eq!(Spread::of(&[]), Spread::default());
        assert_eq!(Spread::of(&[0.0, 0.0]), Spread::default());
    }
}
