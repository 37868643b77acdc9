//! Ties of one contact by member, and which of them is the best path to that person.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::contact::Holding;
use crate::label::strength::Band;
use crate::merge::touch::Touch;
use crate::record::Channel;
use crate::run::label::MemberTie;
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
    /// How strong the tie is, in hundredths; none while no dated touch is known.
    pub strength: Option<u8>,
    /// The tie in a word.
    pub band: Band,
}

/// The ties of one contact, by member, from its holdings and touches, both ordered by member, and how strong
/// they are.
pub(in crate::run) fn ties(holdings: &[Holding], touches: &[Touch], strengths: &[MemberTie]) -> Vec<Tie> {
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
            let strength = strengths.iter().find(|tie| tie.member == held[0].member);
            let (score, band) = strength.map_or((None, Band::default()), |tie| (tie.score, tie.band));
            Tie {
                strength: score.map(|score| (score * 100.0).round().clamp(0.0, 100.0) as u8),
                band,
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
pub type Rank = (bool, bool, Reverse<Option<u8>>, Reverse<u32>, Reverse<u32>, NaiveDate, u16);

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
    /// longer do; then those with any touch; then the stronger tie, more touches, more channels, known for
    /// longer, and the order of members.
    pub fn rank(&self) -> Rank {
        (
            self.channels == 0,
            self.touches == 0,
            Reverse(self.strength),
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
        if let Some(strength) = self.strength {
            let point = say(words(".", ","));
            let (whole, rest) = (strength / 100, strength % 100);
            parts.push(format!("{} {whole}{point}{rest:02}", say(self.band.words())));
        }
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
            strength: None,
            band: Band::Unknown,
        }
    }

    #[test]
    fn the_best_path_is_strong_then_frequent_then_broad_then_old() {
        let ended = Tie {
            channels: 0,
            ended: 1,
            ended_on: Some(day("2026-05-01")),
            strength: Some(90),
            ..tie(0, 99, Some("2026-04-30"))
        };
        let strong = |member, touches, strength| Tie {
            strength: Some(strength),
            ..tie(member, touches, Some("2026-01-01"))
        };
        let broad = Tie { channels: 0b101, ..tie(3, 0, None) };
        let old = Tie { connected_on: Some(day("2015-01-01")), ..tie(4, 0, None) };
        let best_first = [
            strong(2, 1, 70),
            strong(1, 40, 35),
            strong(6, 2, 35),
            tie(7, 1, None),
            broad,
            old,
            tie(5, 0, None),
            ended,
        ];
        let mut mixed = best_first;
        mixed.reverse();
        mixed.sort_by_key(Tie::rank);
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
        (tie.strength, tie.band) = (Some(7), Band::Weak);
        assert!(tie.in_words(Language::German).contains(", locker 0,07, "));
        assert_eq!(super::super::tie::ties(&[], &[], &[]), []);
    }
}
