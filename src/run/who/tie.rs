//! Ties of one contact by member, and which of them is the best path to that person.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::contact::Holding;
use crate::merge::touch::Touch;
use crate::record::Channel;
use crate::table::{Language, Words, words};
use crate::touch::Kind;

/// All that ties one member to one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// Index of the member.
    pub member: u16,
    /// Channels of open holdings, one bit each by [`Channel`].
    pub channels: u8,
    /// Channels through which the member no longer knows the contact.
    pub ended: u8,
    /// The earliest date on which they connected, where a source says so.
    pub connected_on: Option<NaiveDate>,
    /// Day of the first export that shows the contact.
    pub first_seen: NaiveDate,
    /// Day of the complete export that no longer shows the contact, if no holding is open.
    pub ended_on: Option<NaiveDate>,
    /// Touches through all channels.
    pub touches: u32,
    /// The latest of them.
    pub last_touch: Option<NaiveDate>,
    /// What the latest was.
    pub last_kind: Option<Kind>,
}

/// The ties of one contact, by member, from its holdings and touches, both ordered by member.
pub fn ties(holdings: &[Holding], touches: &[Touch]) -> Vec<Tie> {
    holdings
        .chunk_by(|a, b| a.member == b.member)
        .map(|held| {
            let mask = |open: bool| {
                let of = held.iter().filter(|holding| holding.ended_on.is_none() == open);
                of.fold(0u8, |bits, holding| bits | 1 << holding.channel as u8)
            };
            let last = touches
                .iter()
                .filter(|touch| touch.member == held[0].member)
                .max_by_key(|touch| (touch.on, Reverse(touch.kind)));
            Tie {
                member: held[0].member,
                channels: mask(true),
                ended: mask(false),
                connected_on: held.iter().filter_map(|holding| holding.connected_on).min(),
                first_seen: held.iter().map(|holding| holding.first_seen).min().unwrap_or_default(),
                ended_on: (mask(true) == 0)
                    .then(|| held.iter().filter_map(|holding| holding.ended_on).max())
                    .flatten(),
                touches: held.iter().map(|holding| holding.touches).sum(),
                last_touch: held.iter().filter_map(|holding| holding.last_touch).max(),
                last_kind: last.map(|touch| touch.kind),
            }
        })
        .collect()
}

/// By what ties are ranked, the best first: see [`Tie::rank`].
pub type Rank = (bool, u8, Reverse<u32>, Reverse<u32>, NaiveDate, u16);

impl Tie {
    /// The channels of open holdings; of ended ones where none is open.
    pub fn channels(&self) -> impl Iterator<Item = Channel> + use<> {
        let bits = if self.channels == 0 { self.ended } else { self.channels };
        Channel::ALL.into_iter().filter(move |channel| bits >> *channel as u8 & 1 == 1)
    }

    /// Since when they know each other, as far as known.
    pub fn since(&self) -> NaiveDate {
        self.connected_on.unwrap_or(self.first_seen)
    }

    /// The order of paths to a person, best first: members who still know the person before those who no
    /// longer do; then whose last touch lies within 90 days, a year, three years, or longer back, and last
    /// those without a touch; then more touches, more channels, known for longer, and the order of members.
    pub fn rank(&self, as_of: NaiveDate) -> Rank {
        let band = match self.last_touch {
            None if self.touches > 0 => 3,
            None => 4,
            Some(day) => match as_of.signed_duration_since(day).num_days() {
                ..=90 => 0,
                91..=365 => 1,
                366..=1095 => 2,
                _ => 3,
            },
        };
        (
            self.channels == 0,
            band,
            Reverse(self.touches),
            Reverse(self.channels.count_ones()),
            self.since(),
            self.member,
        )
    }

    /// The tie in words: `met 2026-03-02, 5 touches, linkedin + phone, connected 2019-04-01`.
    pub fn in_words(&self, language: Language) -> String {
        let say = |words: Words| words.in_language(language);
        let mut parts: Vec<String> = Vec::new();
        match (self.last_touch, self.last_kind) {
            (Some(day), Some(kind)) => parts.push(format!("{} {day}", say(kind_words(kind)))),
            (Some(day), None) => parts.push(format!("{} {day}", say(words("touch", "Kontakt am")))),
            (None, _) => {}
        }
        parts.push(match self.touches {
            0 => say(words("no touch known", "kein Kontakt bekannt")).to_owned(),
            1 => say(words("1 touch", "1 Kontakt")).to_owned(),
            count => format!("{count} {}", say(words("touches", "Kontakte"))),
        });
        let channels: Vec<&str> = self.channels().map(Channel::name).collect();
        parts.push(channels.join(" + "));
        parts.push(match self.connected_on {
            Some(day) => format!("{} {day}", say(words("connected", "verbunden"))),
            None => format!("{} {}", say(words("first seen", "zuerst gesehen")), self.first_seen),
        });
        if let Some(day) = self.ended_on {
            parts.push(format!("{} {day}", say(words("ended", "beendet"))));
        }
        parts.join(", ")
    }
}

/// What the latest touch was.
fn kind_words(kind: Kind) -> Words {
    match kind {
        Kind::Met => words("met", "getroffen"),
        Kind::Called => words("called", "telefoniert"),
        Kind::Wrote => words("wrote", "geschrieben"),
        Kind::Liked => words("liked", "reagiert"),
        Kind::Introduced => words("introduced", "vorgestellt"),
        Kind::Helped => words("helped", "geholfen"),
        Kind::HelpedBy => words("was helped", "Hilfe bekommen"),
        Kind::Asked => words("asked", "gefragt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn tie(member: u16, touches: u32, last: Option<&str>) -> Tie {
        Tie {
            member,
            channels: 1,
            ended: 0,
            connected_on: None,
            first_seen: day("2024-01-01"),
            ended_on: None,
            touches,
            last_touch: last.map(day),
            last_kind: last.map(|_| Kind::Met),
        }
    }

    #[test]
    fn the_best_path_is_fresh_then_frequent_then_broad_then_old() {
        let ended = Tie {
            channels: 0,
            ended: 1,
            ended_on: Some(day("2026-05-01")),
            ..tie(0, 99, Some("2026-04-30"))
        };
        let broad = Tie { channels: 0b101, ..tie(3, 0, None) };
        let old = Tie { connected_on: Some(day("2015-01-01")), ..tie(4, 0, None) };
        let best_first = [
            tie(2, 1, Some("2026-05-20")),
            tie(1, 40, Some("2025-09-01")),
            tie(6, 2, Some("2025-10-01")),
            broad,
            old,
            tie(5, 0, None),
            ended,
        ];
        let mut mixed = best_first;
        mixed.reverse();
        mixed.sort_by_key(|tie| tie.rank(day("2026-06-01")));
        assert_eq!(mixed, best_first);
    }

    #[test]
    fn a_tie_is_told_in_words() {
        let mut tie = tie(0, 5, Some("2026-03-02"));
        tie.channels = 0b101;
        tie.connected_on = Some(day("2019-04-01"));
        assert_eq!(
            tie.in_words(Language::English),
            "met 2026-03-02, 5 touches, linkedin + phone, connected 2019-04-01"
        );
        assert_eq!(super::super::tie::ties(&[], &[]), []);
    }
}
