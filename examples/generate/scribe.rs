//! One member's exports: goes through the ties and has each format write its part.

use std::io;

use super::number::Style;
use super::out::{Channel, Folder, Place, Truth, Who};
use super::person::Person;
use super::plan::{Network, Plan, Tie, Traces};
use super::rng::{Rng, scramble};
use super::world::World;
use super::{addressbook, linkedin, sheet, vcard, xing};

/// Keys the random numbers of single files.
const FILE: u64 = 7;

/// Writes the exports of one member.
pub(crate) struct Scribe<'a> {
    /// The world.
    pub(crate) world: &'a World,
    /// The team's plan.
    pub(crate) plan: &'a Plan,
    /// The member's network.
    pub(crate) network: &'a Network,
    /// Where the files go.
    pub(crate) folder: Folder,
    /// Who each entry is.
    pub(crate) truth: &'a mut Truth,
}

impl Scribe<'_> {
    /// Writes all files of the member.
    pub(crate) fn write(&mut self) -> io::Result<()> {
        linkedin::write(self)?;
        vcard::write(self)?;
        xing::write(self)?;
        addressbook::write(self)?;
        sheet::write_list(self)?;
        sheet::write_log(self)
    }

    /// A tie with what it leaves behind.
    pub(crate) fn traces(&self, tie: Tie) -> Traces {
        Traces::draw(self.world.seed, self.plan, self.network, tie, self.world.rates.twice)
    }

    /// The ties that `keep` wants, in no telling order.
    pub(crate) fn shuffled(&self, salt: u64, keep: impl Fn(Tie, Traces) -> bool) -> Vec<(Tie, Traces)> {
        let ties = self.network.ties.iter().map(|tie| (*tie, self.traces(*tie)));
        let mut kept: Vec<_> = ties.filter(|(tie, traces)| keep(*tie, *traces)).collect();
        kept.sort_unstable_by_key(|(tie, _)| {
            scramble(u64::from(tie.person) ^ self.world.seed ^ (salt << 40))
        });
        kept
    }

    /// Draws for one file of the member.
    pub(crate) fn rng(&self, salt: u64) -> Rng {
        Rng::new(self.world.seed, &[FILE, u64::from(self.network.member), salt])
    }

    /// The person of a tie.
    pub(crate) fn person(&self, tie: Tie) -> Person {
        Person::draw(self.world, tie.person)
    }

    /// The member as a person.
    pub(crate) fn member(&self) -> Person {
        Person::draw(self.world, self.network.member)
    }

    /// The member's habit of writing numbers.
    pub(crate) fn style(&self) -> Style {
        [Style::Spaced, Style::Mixed, Style::National, Style::Plain, Style::Mixed]
            [self.network.member as usize % 5]
    }

    /// Notes who an entry is.
    pub(crate) fn note(&mut self, place: Place<'_>, who: Who, channel: Channel) -> io::Result<()> {
        self.truth.row(place, who, self.network.member, channel)
    }
}
