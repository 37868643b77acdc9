//! Companies: invented words with an industry and a legal form, a domain, a town, a switchboard.

use super::number::Number;
use super::rng::{Rng, scramble};
use super::spelling::local;
use super::words::Words;

/// Keys the random numbers of companies.
const COMPANY: u64 = 1;

/// One company.
pub(crate) struct Company {
    /// Name without legal form: `Talvenor Logistik`.
    pub(crate) short: String,
    /// Name with legal form.
    pub(crate) full: String,
    /// The acronym by which everybody calls it; empty for most.
    pub(crate) brand: String,
    /// Domain of its addresses, always under `.example`.
    pub(crate) domain: String,
    /// How the local parts of its addresses are made, see [`Company::address`].
    pattern: u8,
    /// Index of its city.
    pub(crate) city: usize,
    /// The number of its switchboard.
    pub(crate) switchboard: Number,
    /// Whether employees have extensions of their own.
    pub(crate) extensions: bool,
}

impl Company {
    /// Draws company `index` of `count`; the largest employers come first. No two share name or domain.
    pub(crate) fn draw(words: &Words, seed: u64, index: u32, count: u32) -> Company {
        let mut rng = Rng::new(seed, &[COMPANY, u64::from(index)]);
        let made = words.heads.len() * words.head_ends.len();
        let cores = made + words.whole_heads.len();
        let round = index as usize / cores;
        let at = (index as usize * 1009 + seed as usize % 977) % cores;
        let core = if let Some(at) = at.checked_sub(made) {
            words.whole_heads[at].clone()
        } else {
            let (head, tail) = (at % words.heads.len(), at / words.heads.len());
            format!("{}{}", words.heads[head], words.head_ends[tail])
        };
        let industry = (scramble(at as u64) as usize + round) % words.industries.len();
        let short = if round == 0 && rng.chance(0.2) {
            core
        } else {
            format!("{core} {}", words.industries[industry])
        };
        let city = rng.zipf(words.cities.len(), 4.0);
        let legal = if rng.chance(0.9) { &words.legal_de } else { &words.legal_int };
        let full = format!("{short} {}", legal[rng.below(legal.len())]);
        let domain = format!("{}.example", short.split(' ').map(local).collect::<Vec<_>>().join("-"));
        let pattern = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4][rng.below(12)];
        let width = count.max(100).ilog10() as usize + 1;
        let place = &words.cities[city];
        let switchboard = Number::switchboard(place.country, place.area, place.block, index, width);
        let extensions = switchboard.has_desks() && rng.chance(0.5);
        Company { short, full, brand: String::new(), domain, pattern, city, switchboard, extensions }
    }

    /// The same company, which may have a long name and an acronym for it; the large ones more often.
    pub(crate) fn branded(mut self, words: &Words, seed: u64, index: u32, count: u32) -> Company {
        let mut rng = Rng::new(seed, &[COMPANY, u64::from(index), 1]);
        if rng.chance(if index < count / 10 { 0.3 } else { 0.04 }) {
            let first = &words.company_prefixes[rng.below(words.company_prefixes.len())];
            let (short, full) = (format!("{first} {}", self.short), format!("{first} {}", self.full));
            self.brand =
                short.split(' ').filter_map(|word| word.chars().next()).collect::<String>().to_uppercase();
            (self.short, self.full) = (short, full);
        }
        self
    }

    /// The mailbox of a post.
    pub(crate) fn mailbox(&self, local: &str) -> String {
        format!("{local}@{}", self.domain)
    }

    /// The address of an employee; `ordinal` tells people with the same local part apart, 0 for the first.
    pub(crate) fn address(&self, given: &str, family: &str, ordinal: u16) -> String {
        let (given, family) = (local(given), local(family));
        let initial = &given[..given.len().min(1)];
        let name = match self.pattern {
            0 => format!("{given}.{family}"),
            1 => format!("{initial}.{family}"),
            2 => family,
            3 => format!("{given}{family}"),
            _ => format!("{family}.{given}"),
        };
        match ordinal {
            0 => format!("{name}@{}", self.domain),
            _ => format!("{name}{}@{}", ordinal + 1, self.domain),
        }
    }

    /// The number on an employee's desk.
    pub(crate) fn desk(&self, employee: u32) -> Number {
        if !self.extensions {
            return self.switchboard.clone();
        }
        let mut number = self.switchboard.clone();
        number.rest.pop();
        number.rest.push_str(&(11 + scramble(u64::from(employee)) % 89).to_string());
        number
    }

    /// The shared address of the company.
    pub(crate) fn role_address(&self) -> String {
        format!("info@{}", self.domain)
    }
}
