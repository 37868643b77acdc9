//! Bounds: the most a pair can score, from what costs little to compare, so that hopeless pairs end early.

use super::compare::is_mobile;
use super::feature::{Feature, Features};
use super::model::Level;
use super::score::{Corpus, Sum};
use super::spelling::is_name_local;
use super::symbol::{Symbols, hash_of};

/// Sums of the same weights in another order may differ by this much.
const ROUNDING: f32 = 0.01;

/// Which letters a text has once and more than once, and how long it is: enough to see that texts are far apart.
#[derive(Clone, Copy, Default)]
struct Shape {
    once: u32,
    again: u32,
    len: u32,
}

impl Shape {
    fn of(text: &str) -> Shape {
        let mut shape = Shape { once: 0, again: 0, len: text.len() as u32 };
        for byte in text.bytes() {
            let letter = 1 << (byte & 31);
            shape.again |= shape.once & letter;
            shape.once |= letter;
        }
        shape
    }

    /// False only if the texts are more than `most` letters changed, left out, added or swapped apart: each
    /// takes at most one letter away and brings one in.
    fn may_slip(self, other: Shape, most: u32) -> bool {
        let differing = (self.once ^ other.once).count_ones() + (self.again ^ other.again).count_ones();
        self.len.abs_diff(other.len) <= most && differing <= 2 * most
    }

    /// False only if neither text begins with the other.
    fn may_begin(self, other: Shape) -> bool {
        let (once, again) = (self.once & other.once, self.again & other.again);
        (once, again) == (self.once, self.again) || (once, again) == (other.once, other.again)
    }
}

/// An address as bounds see it.
#[derive(Clone, Copy, Default)]
struct Mail {
    /// Hashes of what stands before and after the `@`.
    local: u32,
    domain: u32,
    of_local: Shape,
    shape: Shape,
}

/// What bounds look up.
pub(super) struct Shapes {
    mails: Vec<Mail>,
    /// Whether a key is the number of a mobile phone.
    mobile: Vec<bool>,
    texts: Vec<Shape>,
    /// The first four letters of texts and names; 0 where there are fewer.
    heads: [Vec<u32>; 2],
}

impl Shapes {
    pub(super) fn new(features: &Features) -> Shapes {
        let mail = |text: &str| match text.rsplit_once('@') {
            Some((local, domain)) => {
                let (of_local, shape) = (Shape::of(local), Shape::of(text));
                Mail { local: hash_of(local) as u32, domain: hash_of(domain) as u32, of_local, shape }
            }
            None => Mail::default(),
        };
        Shapes {
            mails: each(&features.keys, mail),
            mobile: each(&features.keys, is_mobile),
            texts: each(&features.texts, Shape::of),
            heads: [each(&features.texts, head), each(&features.names, head)],
        }
    }

    /// Whether a key is the number of a mobile phone.
    pub(super) fn is_mobile(&self, key: u32) -> bool {
        self.mobile[key as usize]
    }

    /// False only if a text does not hold another: letters of it are missing.
    pub(super) fn may_hold(&self, text: u32, part: u32) -> bool {
        let (text, part) = (self.texts[text as usize], self.texts[part as usize]);
        part.len <= text.len && part.once & !text.once == 0 && part.again & !text.again == 0
    }

    /// False only if a text does not begin with a name, or the name has less than four letters.
    pub(super) fn may_begin_with(&self, text: u32, name: u32) -> bool {
        let name = self.heads[1][name as usize];
        name != 0 && name == self.heads[0][text as usize]
    }

    /// False only if neither of two employers, positions or places begins with the other and they are further
    /// apart than one slip and another for every `letters` letters.
    pub(super) fn may_be_like(&self, x: u32, y: u32, letters: u32) -> bool {
        let (x, y) = (self.texts[x as usize], self.texts[y as usize]);
        x.may_begin(y) || x.may_slip(y, 1 + x.len.min(y.len) / letters)
    }
}

/// The first four letters as a number; 0 where there are fewer.
fn head(text: &str) -> u32 {
    text.as_bytes().first_chunk::<4>().map_or(0, |head| u32::from_be_bytes(*head))
}

fn each<T: Send>(symbols: &Symbols, call: impl Fn(&str) -> T + Sync) -> Vec<T> {
    use rayon::prelude::*;
    (0..symbols.len() as u32).into_par_iter().map(|symbol| call(symbols.text(symbol))).collect()
}

impl Corpus<'_> {
    /// No less than the score of two records, and infinite where only the whole comparison can tell; below
    /// `matters` it may be any number below it.
    ///
    /// All is compared as it is but different e-mails, which are granted the best level that is left to them
    /// unless their letters are far apart, and what relatives share, which is granted here.
    pub(super) fn most(&self, at_a: u32, at_b: u32, matters: f32) -> f32 {
        let (a, b, features) = (self.row(at_a), self.row(at_b), self.features);
        let meet = |x: &[u32], y: &[u32]| x.iter().any(|symbol| y.contains(symbol));
        let (emails, phones, ids) = (
            (features.emails(a), features.emails(b)),
            (features.phones(a), features.phones(b)),
            (features.ids(a), features.ids(b)),
        );
        if meet(emails.0, emails.1) || meet(phones.0, phones.1) || meet(ids.0, ids.1) {
            return f32::INFINITY;
        }
        let mut sum = Sum(self.priors.of(a, b) + ROUNDING);
        let colleagues = self.compare_person(at_a, at_b, &mut sum).colleagues;
        self.compare_work(a, b, colleagues, &mut sum);
        self.compare_place(a, b, &mut sum);
        self.compare_phones(a, b, &mut sum);
        self.compare_ids(a, b, &mut sum);
        self.compare_profiles(a, b, &mut sum);
        self.compare_birthdays(a, b, &mut sum);
        self.compare_origin(a, b, &mut sum);
        // Addresses lie far apart in memory: they are looked at where they can still matter.
        let close = self.model.best_but(Level::EmailEqual);
        if sum.0 + close >= matters
            && emails.0.iter().any(|x| emails.1.iter().any(|y| self.may_be_close([a, b], [*x, *y])))
        {
            sum.0 += close;
        }
        sum.0
    }

    /// Whether two addresses may be more than those of two people: one local part that is not just the name,
    /// or few letters apart.
    fn may_be_close(&self, rows: [&Feature; 2], emails: [u32; 2]) -> bool {
        let [x, y] = emails.map(|email| &self.shapes.mails[email as usize]);
        if x.domain == y.domain {
            return x.of_local.may_slip(y.of_local, 2);
        }
        let slipped = x.shape.may_slip(y.shape, 3);
        if slipped || x.local != y.local {
            return slipped;
        }
        let local = self.features.keys.text(emails[0]).rsplit_once('@').unwrap_or_default().0;
        let restates = |row: &Feature| {
            is_name_local(local, self.names.text(row.given[0]), self.names.text(row.family_full))
        };
        !rows.into_iter().any(restates)
    }
}
