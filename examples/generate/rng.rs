//! A small generator of numbers that gives the same row of them everywhere (SplitMix64).

/// Draws numbers; two with the same seed and keys draw the same.
pub(crate) struct Rng(u64);

/// Scrambles a number; neighbours end far apart (the finaliser of SplitMix64, Steele et al. 2014).
pub(crate) fn scramble(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Rng {
    /// A generator of its own for each list of keys, so that drawing more for one thing changes no other.
    pub(crate) fn new(seed: u64, keys: &[u64]) -> Rng {
        Rng(keys.iter().fold(scramble(seed), |state, key| scramble(state ^ scramble(*key))))
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        let value = scramble(self.0);
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        value
    }

    /// A number in 0..1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True in a share `p` of the draws.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A whole number below `n`; 0 if `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).max(1) as usize) as i32
    }

    /// One of the things; the list must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// A rank below `n` whose frequency falls as 1 / (rank + flat): Zipf's law with a flattened head.
    pub(crate) fn zipf(&mut self, n: usize, flat: f64) -> usize {
        let rank = flat * (((n as f64 + flat) / flat).powf(self.unit()) - 1.0);
        (rank as usize).min(n.saturating_sub(1))
    }
}
