//! Ties: which members hold which people at present, people counted once.

use crate::contact::{Holding, Kind};
use crate::record::Channel;

use super::Input;

/// Number of channels.
pub(super) const CHANNEL_COUNT: usize = Channel::ALL.len();

/// Whether a holding counts in a network: it ties a known member to a person outside the team.
pub(super) fn counts(input: &Input<'_>, holding: &Holding) -> bool {
    usize::from(holding.member) < input.members.len()
        && input.contacts.get(holding.contact as usize).is_some_and(|fact| fact.kind == Kind::Person)
}

/// The present knowledge of one contact by one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) contact: u32,
    pub(super) member: u16,
    /// One bit a channel, by its number.
    pub(super) channels: u8,
    /// One bit a channel through which they were in touch.
    pub(super) touched: u8,
}

/// The open ties, sorted by contact and member.
pub(super) fn open_ties(input: &Input<'_>) -> Vec<Tie> {
    let join = |next: &mut Tie, kept: &mut Tie| {
        let same = (next.contact, next.member) == (kept.contact, kept.member);
        if same {
            kept.channels |= next.channels;
            kept.touched |= next.touched;
        }
        same
    };
    let mut ties: Vec<Tie> = Vec::with_capacity(input.holdings.len());
    for holding in input.holdings.iter().filter(|holding| holding.ended_on.is_none()) {
        if !counts(input, holding) {
            continue;
        }
        let channel = 1 << holding.channel as u8;
        let touched = if holding.touches > 0 { channel } else { 0 };
        let mut tie = Tie { contact: holding.contact, member: holding.member, channels: channel, touched };
        if !ties.last_mut().is_some_and(|last| join(&mut tie, last)) {
            ties.push(tie);
        }
    }
    // A run has holdings in this order already.
    if !ties.is_sorted_by_key(|tie| (tie.contact, tie.member)) {
        ties.sort_unstable_by_key(|tie| (tie.contact, tie.member));
        ties.dedup_by(join);
    }
    ties
}

/// The ties of each contact, as slices.
pub(super) fn by_contact(ties: &[Tie]) -> impl Iterator<Item = &[Tie]> {
    ties.chunk_by(|one, next| one.contact == next.contact)
}

/// Which channels a member has delivered anything through, one bit a channel.
pub(super) fn delivered_channels(input: &Input<'_>) -> Vec<u8> {
    let mut channels = vec![0u8; input.members.len()];
    let mut mark = |member: u16, channel: Channel| {
        if let Some(bits) = channels.get_mut(usize::from(member)) {
            *bits |= 1 << channel as u8;
        }
    };
    input.holdings.iter().for_each(|holding| mark(holding.member, holding.channel));
    input.deliveries.iter().for_each(|delivery| mark(delivery.member, delivery.channel));
    input.rows.iter().for_each(|count| mark(count.member, count.channel));
    channels
}
