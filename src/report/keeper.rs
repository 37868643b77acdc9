//! The keeper of a contact: the member with the strongest tie, else the one who has known it longest.

use chrono::NaiveDate;

use super::Input;
use super::person::{bond_with, bonds_of, is_somebody, weakness};

/// A member who holds a contact, by strength of the tie, then by how long: the smallest keeps it.
type Claim = (i64, NaiveDate, u16);

/// The keepers of some contacts, which are sorted; nothing for those whom no member holds. The shared inbox of
/// the team keeps nobody. Who is held no more belongs to whoever held it.
pub fn keepers(input: &Input<'_>, wanted: &[u32]) -> Vec<Option<u16>> {
    let mut claims: Vec<Option<(bool, Claim)>> = vec![None; wanted.len()];
    for holding in input.holdings.iter().filter(|holding| is_somebody(input, holding.member)) {
        let Ok(at) = wanted.binary_search(&holding.contact) else { continue };
        let bonds = bonds_of(input, holding.contact);
        let strength = bond_with(bonds, holding.member).and_then(|bond| bond.strength);
        let since = holding.connected_on.unwrap_or(holding.first_seen);
        let claim = (holding.ended_on.is_some(), (weakness(strength), since, holding.member));
        if claims[at].is_none_or(|before| claim < before) {
            claims[at] = Some(claim);
        }
    }
    claims.into_iter().map(|claim| claim.map(|(_, (_, _, member))| member)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Holding;
    use crate::record::Channel;
    use crate::report::Bond;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn held(member: u16, contact: u32, since: &str, ended: Option<&str>) -> Holding {
        Holding {
            member,
            contact,
            channel: Channel::ALL[0],
            connected_on: Some(day(since)),
            first_seen: day("2026-03-01"),
            last_seen: day("2026-03-01"),
            ended_on: ended.map(day),
            touches: 0,
            last_touch: None,
        }
    }

    #[test]
    fn the_strongest_tie_keeps_else_the_longest() {
        let members = ["anna", "ben", "team"].map(str::to_owned);
        let holdings = [
            held(0, 0, "2020-01-01", None),
            held(1, 0, "2024-01-01", None),
            held(0, 1, "2024-01-01", None),
            held(1, 1, "2020-01-01", None),
            held(2, 1, "2010-01-01", None),
            held(0, 2, "2024-01-01", None),
            held(1, 2, "2020-01-01", Some("2026-02-01")),
            held(2, 3, "2020-01-01", None),
            held(1, 5, "2020-01-01", Some("2026-02-01")),
        ];
        let bond = |contact, member, strength| Bond {
            contact,
            member,
            strength,
            band: 1,
            once: None,
            touches: 1,
            last: None,
        };
        let bonds = [bond(0, 1, Some(0.2)), bond(1, 0, None)];
        let input = Input { members: &members, holdings: &holdings, bonds: &bonds, ..Input::default() };
        let keepers = keepers(&input, &[0, 1, 2, 3, 4, 5]);
        assert_eq!(keepers, [Some(1), Some(1), Some(0), None, None, Some(1)]);
    }
}
