//! Concentration, losses and handover once more, by sets of people.

use super::standing::{People, added, own, race_of, sorted, worth};
use super::{Rows, ratio, text};
use crate::contact::{Kind, Scope};
use crate::report::Bond;
use crate::report::tests::standing::Office;
use crate::scales;

pub(in crate::report) fn concentration(office: &Office) -> Rows {
    let team = &office.team;
    let count = team.members.len();
    let everybody = team.network((None, None));
    let any_sorted = sorted(team, &everybody) > 0;
    let mut out = Rows::new();
    for quantity in ["stock", "adds", "exclusive", "weighted"] {
        let number = |member: usize| {
            let people = team.network(own(member));
            let others: People = (0..count)
                .filter(|&other| other != member)
                .flat_map(|other| team.network(own(other)))
                .collect();
            let number = match quantity {
                "stock" => people.len() as f64,
                "adds" => return added(team, member, race_of(team)).map(|people| people.len() as f64),
                "exclusive" => people.difference(&others).count() as f64,
                _ => worth(team, &people),
            };
            (team.has_data(own(member)) && (quantity != "weighted" || any_sorted)).then_some(number)
        };
        let mut x: Vec<(f64, &str)> =
            (0..count).filter_map(|member| Some((number(member)?, team.members[member].as_str()))).collect();
        x.sort_by(|one, other| other.0.partial_cmp(&one.0).unwrap().then_with(|| one.1.cmp(other.1)));
        let n = x.len() as f64;
        let sum: f64 = x.iter().map(|x| x.0).sum();
        let some = |value: f64| (sum > 0.0).then_some(value);
        let several = |value: f64| (sum > 0.0 && x.len() > 1).then_some(value);
        // Half the mean difference of two, of the mean.
        let apart: f64 = x.iter().flat_map(|a| x.iter().map(move |b| (a.0 - b.0).abs())).sum();
        let gini = apart / (2.0 * n * sum);
        let hhi: f64 = x.iter().map(|x| (x.0 / sum) * (x.0 / sum)).sum();
        let top = x.first().filter(|_| sum > 0.0).map_or("", |x| x.1);
        let most = x.first().map_or(0.0, |x| x.0);
        let mut push = |member: &str, measure: &str, value: Option<f64>| {
            let basis = if quantity == "exclusive" { "union" } else { "holdings" };
            let cover = text(ratio(x.len(), count));
            out.push((
                format!("{quantity} {member} {measure}"),
                vec![team.as_of.to_string(), text(value), basis.to_owned(), cover],
            ));
        };
        push("", "members", Some(n));
        push("", "sum", (n > 0.0).then_some(sum));
        push("", "gini", some(gini));
        push("", "gini_corrected", several(gini * n / (n - 1.0)));
        push("", "hhi", some(hhi));
        push("", "hhi_normalised", several((hhi * n - 1.0) / (n - 1.0)));
        push("", "effective_holders", some(1.0 / hhi));
        push(top, "top_share", some(most / sum));
        push(top, "top_alarm", several(if most > sum - most { 1.0 } else { 0.0 }));
        push(
            "",
            "top3_share",
            some(x.iter().take(3).map(|x| x.0).sum::<f64>() / sum).filter(|_| x.len() > 2),
        );
        if quantity == "stock" && !everybody.is_empty() {
            push(top, "top_union_share", Some(most / everybody.len() as f64));
        }
        if sum > 0.0 {
            for (number, member) in &x {
                push(member, "share", Some(number / sum));
            }
            push("", "lorenz_0", Some(0.0));
            for point in 1..=x.len() {
                let least = &x[x.len() - point..];
                let part = least.iter().map(|x| x.0).sum::<f64>() / sum;
                push(least[0].1, &format!("lorenz_{point}"), Some(part));
            }
        }
    }
    out
}

pub(in crate::report) fn loss(office: &Office) -> Rows {
    let team = &office.team;
    let count = team.members.len();
    let everybody = team.network((None, None));
    let networks: Vec<People> = (0..count).map(|member| team.network(own(member))).collect();
    let lost = |gone: &[usize], of: &People| -> People {
        let stay = (0..count).filter(|member| !gone.contains(member));
        let kept: People = stay.flat_map(|member| networks[member].clone()).collect();
        of.difference(&kept).copied().collect()
    };
    let good: People = everybody
        .iter()
        .copied()
        .filter(|&one| matches!(team.contacts[one as usize].tier, Some(b'A' | b'B')))
        .collect();
    let cover_team = ratio((0..count).filter(|&member| team.has_data(own(member))).count(), count);
    let cover_sorted = ratio(sorted(team, &everybody), everybody.len());
    let mut out = Rows::new();
    let mut push = |member: &str, measure: &str, value: Option<f64>, method: &str, cover: Option<f64>| {
        let cells = vec![team.as_of.to_string(), method.to_owned(), text(value), text(cover)];
        out.push((format!("{member} {measure}"), cells));
    };
    for member in 0..count {
        let (people, known) = (&networks[member], team.has_data(own(member)));
        let gone = lost(&[member], &everybody);
        let company = |person: u32| team.contacts[person as usize].company;
        let elsewhere = |person: u32| {
            (0..count).any(|other| {
                other != member && networks[other].iter().any(|&one| company(one) == company(person))
            })
        };
        let employed: People = gone.iter().copied().filter(|&one| company(one) > 0).collect();
        let cut = employed.iter().filter(|&&one| !elsewhere(one)).count();
        let mut push = |measure: &str, value: Option<f64>, cover: Option<f64>| {
            let cover = if known { cover } else { Some(0.0) };
            push(&team.members[member], measure, value.filter(|_| known), "", cover);
        };
        let number = |number: usize| Some(number as f64);
        push("gross", number(people.len()), Some(1.0));
        push("shared", number(people.difference(&gone).count()), Some(1.0));
        push("exclusive", number(gone.len()), Some(1.0));
        let reachable = number(cut).filter(|_| gone.is_empty() || !employed.is_empty());
        push("unreachable", reachable, ratio(employed.len(), gone.len()).or(Some(1.0)));
        push("exclusive_share", ratio(gone.len(), everybody.len()), Some(1.0));
        let whole = worth(team, &everybody);
        let any = sorted(team, &everybody) > 0 && whole > 0.0;
        push("weighted", any.then(|| worth(team, &gone) / whole), cover_sorted);
        let best = number(gone.intersection(&good).count()).filter(|_| sorted(team, people) > 0);
        push("ab_exclusive", best, ratio(sorted(team, people), people.len()));
    }
    for many in [2, 3] {
        let mut worst: Option<(usize, Vec<usize>)> = None;
        for bits in (0..1u32 << count).filter(|bits| bits.count_ones() == many && many < count as u32) {
            let set: Vec<usize> = (0..count).filter(|member| bits >> member & 1 == 1).collect();
            let size = lost(&set, &everybody).len();
            let better =
                |(most, other): &(usize, Vec<usize>)| size > *most || (size == *most && set < *other);
            if worst.as_ref().is_none_or(better) {
                worst = Some((size, set));
            }
        }
        if let Some((size, set)) = worst {
            let names: Vec<&str> = set.iter().map(|&member| team.members[member].as_str()).collect();
            let value = ratio(size, everybody.len());
            push(&names.join("+"), &format!("worst_{many}"), value, "exact", cover_team);
        }
    }
    for (of, factor, step, cover) in [
        (&good, "bus_factor", "bus_order", cover_sorted),
        (&everybody, "bus_factor_all", "bus_order_all", cover_team),
    ] {
        let mut gone: Vec<usize> = Vec::new();
        while lost(&gone, of).len() * 2 <= of.len() && gone.len() < count {
            let takes = |member: usize| {
                let with: Vec<usize> = gone.iter().copied().chain([member]).collect();
                (lost(&with, of).len(), networks[member].intersection(of).count())
            };
            let left = (0..count).filter(|member| !gone.contains(member));
            let next = left.min_by_key(|&member| std::cmp::Reverse(takes(member))).unwrap();
            gone.push(next);
        }
        let found = !of.is_empty();
        push("team", factor, found.then_some(gone.len() as f64), "", cover);
        for (place, member) in gone.into_iter().enumerate().filter(|_| found) {
            push(&team.members[member], step, Some(place as f64 + 1.0), "", cover);
        }
    }
    out
}

pub(in crate::report) fn handover(office: &Office) -> Rows {
    let team = &office.team;
    let count = team.members.len();
    let networks: Vec<People> = (0..count).map(|member| team.network(own(member))).collect();
    let fact = |person: u32| team.contacts[person as usize];
    let mut out = Rows::new();
    for member in 0..count {
        let others: People =
            (0..count).filter(|&other| other != member).flat_map(|other| networks[other].clone()).collect();
        let matters = |person: &u32| {
            let fact = fact(*person);
            let tier = fact.tier.map(char::from);
            fact.kind == Kind::Person
                && fact.scope == Scope::Business
                && (matches!(tier, Some('A' | 'B')) || (tier != Some('D') && fact.target))
        };
        let bond = |person: u32| -> Option<&Bond> {
            office.bonds.iter().find(|bond| bond.contact == person && usize::from(bond.member) == member)
        };
        let mut list: Vec<u32> = networks[member].difference(&others).copied().filter(matters).collect();
        list.sort_by(|&one, &other| {
            let letter = |person: u32| fact(person).tier.map_or('Z', char::from);
            let strength = |person: u32| bond(person).and_then(|bond| bond.strength).map_or(-1.0, f64::from);
            let last = |person: u32| bond(person).and_then(|bond| bond.last);
            (letter(one).cmp(&letter(other)))
                .then(fact(one).target.cmp(&fact(other).target).reverse())
                .then(strength(one).partial_cmp(&strength(other)).unwrap().reverse())
                .then(last(one).cmp(&last(other)).reverse())
                .then(one.cmp(&other))
        });
        let judged =
            list.iter().filter(|person| fact(**person).company > 0 || fact(**person).sector.is_some());
        let cover = text(ratio(judged.count(), list.len()));
        for (place, &person) in list.iter().enumerate().filter(|(place, _)| *place < office.most) {
            let know = |other: usize, same: &dyn Fn(u32) -> bool| {
                networks[other].iter().filter(|one| same(**one)).count()
            };
            let most = |same: &dyn Fn(u32) -> bool| {
                let colleagues = (0..count).filter(|&other| other != member && know(other, same) > 0);
                colleagues.min_by_key(|&other| std::cmp::Reverse(know(other, same)))
            };
            let company = |one: u32| fact(person).company > 0 && fact(one).company == fact(person).company;
            let sector = |one: u32| fact(person).sector.is_some() && fact(one).sector == fact(person).sector;
            let to = match (most(&company), most(&sector)) {
                (Some(to), _) => {
                    vec![team.members[to].clone(), "company".into(), know(to, &company).to_string()]
                }
                (_, Some(to)) => {
                    vec![team.members[to].clone(), "sector".into(), know(to, &sector).to_string()]
                }
                _ => vec![String::new(); 3],
            };
            let mut cells = vec![
                team.as_of.to_string(),
                team.members[member].clone(),
                (place + 1).to_string(),
                list.len().to_string(),
                office.names[person as usize].clone(),
                fact(person).tier.map(|tier| char::from(tier).to_string()).unwrap_or_default(),
                if office.has_targets { fact(person).target.to_string() } else { String::new() },
                office.companies[fact(person).company as usize].clone(),
                bond(person)
                    .map_or("unknown", |bond| scales::bands()[usize::from(bond.band)].name)
                    .to_owned(),
                bond(person).and_then(|bond| bond.last).map(|last| last.to_string()).unwrap_or_default(),
            ];
            cells.extend(to);
            cells.push(cover.clone());
            out.push((office.ids[person as usize].clone(), cells));
        }
    }
    out
}
