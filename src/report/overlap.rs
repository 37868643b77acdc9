//! Overlap: whom members know together, and whom only one of them knows.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::table::{Column, Data, Table, Value, Words, value, words};

use super::long::Long;
use super::tie::{Tie, by_contact, delivered_channels, open_ties};
use super::{Input, Report, TEAM, share};

/// People known by so many members hold the team together.
const SUPER_CONNECTOR: usize = 3;
/// So many sets of members are shown one by one.
const TOP_CELLS: usize = 20;

/// The report `overlap`.
pub(super) struct Overlap;

static MEASURES: [Value; 14] = [
    value("intersection", "Known to both", "Gemeinsam bekannt")
        .about("people both know", "Menschen, die beide kennen"),
    value("jaccard", "Overlap (Jaccard)", "Überschneidung (Jaccard)")
        .about(
            "people both know, of those that either knows",
            "gemeinsam bekannte von allen, die einer von beiden kennt",
        )
        .share(),
    value("overlap_coefficient", "Overlap of the smaller", "Überschneidung der kleineren")
        .about(
            "people both know, of those of the smaller network",
            "gemeinsam bekannte von denen des kleineren Netzwerks",
        )
        .share(),
    value("directed_share", "Share the other knows", "Anteil, den der andere kennt")
        .about(
            "share of the first one's people that the second knows too",
            "Anteil der Menschen des ersten, die auch der zweite kennt",
        )
        .share(),
    value("exclusive", "Exclusive", "Nur hier bekannt")
        .about("people no other member knows", "Menschen, die sonst kein Mitglied kennt"),
    value("exclusive_share", "Exclusive share", "Anteil nur hier bekannt")
        .about(
            "share of the member's people that no other member knows",
            "Anteil der Menschen des Mitglieds, die sonst kein Mitglied kennt",
        )
        .share(),
    value("depth_", "Members who know a person:", "Mitglieder, die einen Menschen kennen:")
        .about("people known to exactly so many members", "Menschen, die genau so viele Mitglieder kennen"),
    value("super_connectors", "Known to three or more", "Drei oder mehr bekannt")
        .about("people known to three or more members", "Menschen, die drei oder mehr Mitglieder kennen"),
    value("distinct", "Known to exactly these", "Genau diesen bekannt").about(
        "people known to all members named and to no other; the cells add up to the reach",
        "Menschen, die alle genannten und keine anderen kennen; die Summe ist die Reichweite",
    ),
    value("distinct_rest", "Known to other sets of members", "Anderen Gruppen bekannt")
        .about("people of all sets of members that are not shown", "Menschen aller nicht gezeigten Gruppen"),
    value("company_intersection", "Companies of both", "Gemeinsame Unternehmen").about(
        "companies at which both know somebody, the same person or not",
        "Unternehmen, in denen beide jemanden kennen, denselben Menschen oder nicht",
    ),
    value("company_jaccard", "Overlap of companies (Jaccard)", "Überschneidung der Unternehmen (Jaccard)")
        .about(
            "companies of both, of those at which either knows somebody",
            "gemeinsame Unternehmen von allen, in denen einer von beiden jemanden kennt",
        )
        .share(),
    value("company_directed_share", "Share of companies of the other", "Anteil Unternehmen des anderen")
        .about(
            "share of the first one's companies at which the second knows somebody too",
            "Anteil der Unternehmen des ersten, in denen auch der zweite jemanden kennt",
        )
        .share(),
    value("company_bridges", "Companies through different people", "Unternehmen über verschiedene Menschen").about(
        "companies of both at which they know nobody together: two ways in that complete each other",
        "gemeinsame Unternehmen, in denen sie niemanden gemeinsam kennen: zwei Zugänge, die sich ergänzen",
    ),
];

impl Report for Overlap {
    fn id(&self) -> &'static str {
        "overlap"
    }

    fn title(&self) -> Words {
        words("Overlap", "Überschneidung")
    }

    fn table(&self, input: &Input<'_>) -> Table {
        let counts = Counts::gather(input);
        let mut rows = Long::default();
        for first in 0..input.members.len() {
            for second in first + 1..input.members.len() {
                counts.push_pair(&mut rows, input.members, (first, second));
            }
        }
        for member in 0..input.members.len() {
            counts.push_exclusive(&mut rows, input.members, member);
        }
        counts.push_depth(&mut rows);
        counts.push_cells(&mut rows, input.members);
        let member = |name, title, about| Column::new(name, title, about, Data::Int(vec![]));
        let first = member(
            "member_a",
            words("Member", "Mitglied"),
            "id of the member; `team` for all; for `distinct` all members of the set, joined by `+`",
        );
        let second = member(
            "member_b",
            words("Other member", "Anderes Mitglied"),
            "id of the other member; empty where the measure has none",
        );
        Table {
            name: self.id(),
            title: self.title(),
            about: "one measure of what two members share, of what only one knows, or of one set of members",
            key: &["member_a", "member_b", "measure"],
            columns: rows.into_columns(
                input.as_of,
                first.german(
                    "Kürzel des Mitglieds; „team“ für alle; bei Gruppen alle Mitglieder, verbunden mit +",
                ),
                second.german("Kürzel des anderen Mitglieds; leer, wo es keines gibt"),
                &MEASURES,
            ),
        }
    }
}

/// Everything that is counted once for the whole table.
struct Counts {
    /// Number of members.
    team: usize,
    /// Whether there is anything from a member.
    known: Vec<bool>,
    /// People of each member.
    sizes: Vec<u64>,
    /// People two members share, at `one * team + other`.
    shared: Vec<u64>,
    /// People only this member knows.
    exclusive: Vec<u64>,
    /// People known to `index` members.
    depth: Vec<u64>,
    /// People by the exact set of members who know them, most first.
    cells: Vec<(Box<[u16]>, u64)>,
    companies: Companies,
}

/// At which companies the members know somebody.
#[derive(Default)]
struct Companies {
    /// Of each member, in order.
    of: Vec<Vec<u32>>,
    /// People of each member whose company is known.
    employed: Vec<u64>,
    /// Companies at which two members know somebody together, at `one * team + other`, the first before the other.
    together: Vec<u64>,
}

impl Companies {
    fn gather(input: &Input<'_>, ties: &[Tie]) -> Companies {
        let team = input.members.len();
        let mut companies =
            Companies { of: vec![Vec::new(); team], employed: vec![0; team], together: vec![0; team * team] };
        let mut together: FxHashSet<(u32, u32)> = FxHashSet::default();
        for ties in by_contact(ties) {
            let company = input.contacts[ties[0].contact as usize].company;
            if company == 0 {
                continue;
            }
            for (at, tie) in ties.iter().enumerate() {
                let one = usize::from(tie.member);
                companies.of[one].push(company);
                for other in &ties[at + 1..] {
                    let pair = one * team + usize::from(other.member);
                    if together.insert((pair as u32, company)) {
                        companies.together[pair] += 1;
                    }
                }
            }
        }
        for (companies, employed) in companies.of.iter_mut().zip(&mut companies.employed) {
            *employed = companies.len() as u64;
            companies.sort_unstable();
            companies.dedup();
        }
        companies
    }

    /// How many companies two members have in common.
    fn shared(&self, one: usize, other: usize) -> u64 {
        let (mut rest, mut both) = (self.of[other].as_slice(), 0);
        for company in &self.of[one] {
            rest = &rest[rest.partition_point(|next| next < company)..];
            both += u64::from(rest.first() == Some(company));
        }
        both
    }
}

impl Counts {
    fn gather(input: &Input<'_>) -> Counts {
        let team = input.members.len();
        let ties = open_ties(input);
        let mut counts = Counts {
            companies: Companies::gather(input, &ties),
            team,
            known: delivered_channels(input).into_iter().map(|channels| channels != 0).collect(),
            sizes: vec![0; team],
            shared: vec![0; team * team],
            exclusive: vec![0; team],
            depth: vec![0; team + 1],
            cells: Vec::new(),
        };
        let mut cells: FxHashMap<Box<[u16]>, u64> = FxHashMap::default();
        let mut owners: Vec<u16> = Vec::new();
        for ties in by_contact(&ties) {
            owners.clear();
            owners.extend(ties.iter().map(|tie| tie.member));
            match cells.get_mut(owners.as_slice()) {
                Some(people) => *people += 1,
                None => drop(cells.insert(owners.as_slice().into(), 1)),
            }
        }
        counts.cells = cells.into_iter().collect();
        counts.cells.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        for index in 0..counts.cells.len() {
            counts.count_cell(index);
        }
        counts
    }

    /// Every other number follows from the cells.
    fn count_cell(&mut self, index: usize) {
        let (owners, people) = &self.cells[index];
        self.depth[owners.len()] += people;
        if let [only] = **owners {
            self.exclusive[usize::from(only)] += people;
        }
        for &one in owners {
            self.sizes[usize::from(one)] += people;
            for &other in owners {
                self.shared[usize::from(one) * self.team + usize::from(other)] += people;
            }
        }
    }

    fn push_pair(&self, rows: &mut Long, members: &[String], (first, second): (usize, usize)) {
        let both = self.shared[first * self.team + second];
        let (size, other) = (self.sizes[first], self.sizes[second]);
        let known = u64::from(self.known[first]) + u64::from(self.known[second]);
        let mut push = |(one, two): (usize, usize), measure: &str, value: Option<f64>| {
            let names = (members[one].as_str(), members[two].as_str());
            rows.push(names, measure, value.filter(|_| known == 2), share(known, 2));
        };
        push((first, second), "intersection", Some(both as f64));
        push((first, second), "jaccard", share(both, size + other - both));
        push((first, second), "overlap_coefficient", share(both, size.min(other)));
        push((first, second), "directed_share", share(both, size));
        push((second, first), "directed_share", share(both, other));
        self.push_companies(rows, members, (first, second));
    }

    fn push_companies(&self, rows: &mut Long, members: &[String], (first, second): (usize, usize)) {
        let Companies { of, employed, together } = &self.companies;
        let known = self.known[first] && self.known[second];
        let coverage = share(employed[first] + employed[second], self.sizes[first] + self.sizes[second]);
        let coverage = coverage.filter(|_| known).or(Some(0.0));
        let [one, other] = [first, second].map(|member| of[member].len() as u64);
        let both = self.companies.shared(first, second);
        let mut push = |(one, two): (usize, usize), measure: &str, value: Option<f64>| {
            let names = (members[one].as_str(), members[two].as_str());
            rows.push(names, measure, value.filter(|_| known), coverage);
        };
        push((first, second), "company_intersection", Some(both as f64));
        push((first, second), "company_jaccard", share(both, one + other - both));
        push((first, second), "company_directed_share", share(both, one));
        push((second, first), "company_directed_share", share(both, other));
        push((first, second), "company_bridges", Some((both - together[first * self.team + second]) as f64));
    }

    fn push_exclusive(&self, rows: &mut Long, members: &[String], member: usize) {
        let (known, exclusive) = (self.known[member], self.exclusive[member]);
        let coverage = Some(f64::from(u8::from(known)));
        let mut push = |measure: &str, value: Option<f64>| {
            rows.push((&members[member], ""), measure, value.filter(|_| known), coverage);
        };
        push("exclusive", Some(exclusive as f64));
        push("exclusive_share", share(exclusive, self.sizes[member]));
    }

    /// Share of the members from whom there is anything.
    fn coverage(&self) -> Option<f64> {
        share(self.known.iter().filter(|known| **known).count() as u64, self.team as u64)
    }

    fn push_depth(&self, rows: &mut Long) {
        for (owners, &people) in self.depth.iter().enumerate().skip(1) {
            rows.push((TEAM, ""), &format!("depth_{owners}"), Some(people as f64), self.coverage());
        }
        let many: u64 = self.depth.iter().skip(SUPER_CONNECTOR).sum();
        rows.push((TEAM, ""), "super_connectors", Some(many as f64), self.coverage());
    }

    fn push_cells(&self, rows: &mut Long, members: &[String]) {
        let (top, rest) = self.cells.split_at(self.cells.len().min(TOP_CELLS));
        for (owners, people) in top {
            let names: Vec<&str> = owners.iter().map(|&owner| members[usize::from(owner)].as_str()).collect();
            rows.push((&names.join("+"), ""), "distinct", Some(*people as f64), self.coverage());
        }
        if !rest.is_empty() {
            let people: u64 = rest.iter().map(|cell| cell.1).sum();
            rows.push((TEAM, ""), "distinct_rest", Some(people as f64), self.coverage());
        }
    }
}
