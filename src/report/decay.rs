//! Decay: how long holdings, once seen, go on being seen (Kaplan-Meier).

use super::spell::{observe, series};
use super::tie::counts;
use super::{Input, share};

/// How long the holdings of one owner lasted.
#[derive(Debug, Clone, Default)]
pub(super) struct Survival {
    /// Day after the first sight, and the share still held after it; only days on which some ended.
    steps: Vec<(i64, f64)>,
    /// The longest time for which any holding was watched, days.
    longest: i64,
    /// Holdings whose end would have shown.
    watched: u64,
    holdings: u64,
}

impl Survival {
    /// The survival of lives: days watched, and whether the holding then ended.
    fn of(mut lives: Vec<(i64, bool)>, holdings: u64) -> Survival {
        lives.sort_unstable();
        let (mut left, mut share) = (lives.len(), 1.0);
        let mut steps = Vec::new();
        for day in lives.chunk_by(|one, next| one.0 == next.0) {
            let ended = day.iter().filter(|life| life.1).count();
            if ended > 0 {
                share *= 1.0 - ended as f64 / left as f64;
                steps.push((day[0].0, share));
            }
            left -= day.len();
        }
        let longest = lives.last().map_or(-1, |life| life.0);
        Survival { steps, longest, watched: lives.len() as u64, holdings }
    }

    /// Days after which half of the holdings have ended; nothing until that is reached.
    pub(super) fn half_life(&self) -> Option<i64> {
        // Half may come out of the products a hair above itself.
        self.steps.iter().find(|step| step.1 <= 0.5 + 1e-9).map(|step| step.0)
    }

    /// Share still held after so many days; nothing where no holding was watched for so long.
    pub(super) fn after(&self, days: i64) -> Option<f64> {
        let steps = &self.steps[..self.steps.partition_point(|step| step.0 <= days)];
        (days <= self.longest).then(|| steps.last().map_or(1.0, |step| step.1))
    }

    /// Share of all holdings whose end would have shown.
    pub(super) fn coverage(&self) -> Option<f64> {
        share(self.watched, self.holdings)
    }
}

/// The survival of each member's holdings, and of those of all members together. Ends show only where there
/// are two complete snapshots or more.
pub(super) fn survivals(input: &Input<'_>) -> Vec<Survival> {
    let team = input.members.len();
    let observed = observe(input);
    let mut lives: Vec<(Vec<(i64, bool)>, u64)> = vec![Default::default(); team + 1];
    for holding in input.holdings.iter().filter(|holding| counts(input, holding)) {
        let member = usize::from(holding.member);
        let watched = observed[series(member, holding.channel as usize)].complete.is_some();
        let until = holding.ended_on.unwrap_or(holding.last_seen);
        let life = ((until - holding.first_seen).num_days().max(0), holding.ended_on.is_some());
        for owner in [member, team] {
            lives[owner].1 += 1;
            if watched {
                lives[owner].0.push(life);
            }
        }
    }
    lives.into_iter().map(|(lives, holdings)| Survival::of(lives, holdings)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_were_not_watched_longer_do_not_count_as_ended() {
        let survival = Survival::of(vec![(10, true), (20, false), (30, true), (40, false)], 8);
        assert_eq!(survival.after(9), Some(1.0));
        assert_eq!(survival.after(10), Some(0.75));
        assert_eq!(survival.after(29), Some(0.75));
        assert_eq!(survival.after(30), Some(0.375));
        assert_eq!(survival.after(41), None);
        assert_eq!(survival.half_life(), Some(30));
        assert_eq!(survival.coverage(), Some(0.5));
    }

    #[test]
    fn half_is_empty_until_it_is_reached() {
        assert_eq!(Survival::of(vec![(10, true), (20, false), (30, false)], 3).half_life(), None);
        assert_eq!(Survival::of(vec![(5, true), (9, false)], 2).half_life(), Some(5));
        assert_eq!(Survival::of(Vec::new(), 0).half_life(), None);
        assert_eq!(Survival::of(Vec::new(), 0).after(0), None);
        assert_eq!(Survival::of(Vec::new(), 0).coverage(), None);
    }
}
