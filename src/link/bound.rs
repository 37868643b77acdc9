//! Bounds: the most a pair can score, from what costs little to compare, so that hopeless pairs end early.

use super::compare::{employer_of_both, is_mobile};
use super::feature::{Feature, Features};
use super::model::Level;
use super::score::{Corpus, Sum};
use super::shape::Shape;
use super::spelling::is_name_local;
use super::symbol::{NONE, Symbols, hash_of};

/// Sums of the same weights in another order may differ by this much.
const ROUNDING: f32 = 0.01;

/// An address as bounds see it.
#[derive(Clone, Copy, Default)]
struct Mail {
    /// Hashes of what stands before and after the `@`.
    local: u32,
    domain: u32,
    of_local: Shape,
    shape: Shape,
}

/// What of keys, texts and names says most about two of them at the least cost.
pub(super) struct Hints {
    mails: Vec<Mail>,
    /// Whether a key is the number of a mobile phone.
    mobile: Vec<bool>,
    texts: Vec<Shape>,
    /// Hashes of texts and names, which stay the same whatever else there is.
    lasting: [Vec<u32>; 2],
    /// The first four letters of texts and names; 0 where there are fewer.
    heads: [Vec<u32>; 2],
}

impl Hints {
    pub(super) fn new(features: &Features) -> Hints {
        let mail = |text: &str| match text.rsplit_once('@') {
            Some((local, domain)) => {
                let (of_local, shape) = (Shape::of(local), Shape::of(text));
                Mail { local: hash_of(local) as u32, domain: hash_of(domain) as u32, of_local, shape }
            }
            None => Mail::default(),
        };
        Hints {
            mails: each(&features.keys, mail),
            mobile: each(&features.keys, is_mobile),
            texts: each(&features.texts, Shape::of),
            lasting: [&features.texts, &features.names]
                .map(|symbols| each(symbols, |text| hash_of(text) as u32)),
            heads: [each(&features.texts, head), each(&features.names, head)],
        }
    }

    /// True only if neither local part nor domain of two addresses is the same and their letters are far apart.
    pub(super) fn are_other_mails(&self, x: u32, y: u32) -> bool {
        let (x, y) = (&self.mails[x as usize], &self.mails[y as usize]);
        x.local != y.local && x.domain != y.domain && !x.shape.may_slip(y.shape, 3)
    }

    /// A number of a text that does not change with what else is linked, as the text's symbol does.
    pub(super) fn lasting_text(&self, text: u32) -> u32 {
        self.lasting[0][text as usize]
    }

    /// The same of a name.
    pub(super) fn lasting_name(&self, name: u32) -> u32 {
        self.lasting[1][name as usize]
    }

    /// Whether a key is the number of a mobile phone.
    #[inline]
    pub(super) fn is_mobile(&self, key: u32) -> bool {
        self.mobile[key as usize]
    }

    /// False only if a text does not hold another: letters of it are missing.
    #[inline]
    pub(super) fn may_hold(&self, text: u32, part: u32) -> bool {
        let (text, part) = (self.texts[text as usize], self.texts[part as usize]);
        part.len <= text.len && part.once & !text.once == 0 && part.again & !text.again == 0
    }

    /// False only if a text does not begin with a name, or the name has less than four letters.
    #[inline]
    pub(super) fn may_begin_with(&self, text: u32, name: u32) -> bool {
        let name = self.heads[1][name as usize];
        name != 0 && name == self.heads[0][text as usize]
    }

    /// False only if neither of two employers, positions or places begins with the other and they are further
    /// apart than one slip and another for every `letters` letters.
    #[inline]
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
    /// The most that all but their names can add to the score of two records; infinite where they share a
    /// profile, an address, a number or an id, and only the whole comparison can tell.
    ///
    /// It asks no table of names or texts, so the processor fetches one pair while it works on another. A field is
    /// granted the best level that is left to it, so this holds whatever the model weighs.
    pub(super) fn most_beside_names(&self, a: &Feature, b: &Feature) -> f32 {
        let (features, model) = (self.features, &self.model);
        let meet = |x: &[u32], y: &[u32]| x.iter().any(|symbol| y.contains(symbol));
        let (emails, phones, ids) = (
            (features.emails(a), features.emails(b)),
            (features.phones(a), features.phones(b)),
            (features.ids(a), features.ids(b)),
        );
        let same = |x: u32, y: u32| x != NONE && x == y;
        let profile = same(a.linkedin, b.linkedin) || same(a.xing, b.xing);
        if profile || meet(emails.0, emails.1) || meet(phones.0, phones.1) || meet(ids.0, ids.1) {
            return f32::INFINITY;
        }
        let most = |x: u32, y: u32, equal: Level| match x == y {
            _ if x == NONE || y == NONE => 0.0,
            true => model.fixed(equal).max(0.0),
            false => model.best_but(equal),
        };
        let at_work = |row: &Feature| row.company != NONE || row.domain != NONE;
        let employer = if same(a.company, b.company)
            || same(a.domain, b.domain)
            || same(a.company, b.domain)
            || same(a.domain, b.company)
        {
            model.fixed(Level::CompanyEqual).max(0.0)
        } else if at_work(a) && at_work(b) {
            model.best_but(Level::CompanyEqual)
        } else {
            0.0
        };
        let mut sum = Sum(employer);
        sum.0 += most(a.position, b.position, Level::PositionEqual);
        sum.0 += most(a.city, b.city, Level::CityEqual);
        sum.0 += most(a.postcode, b.postcode, Level::PostcodeEqual);
        sum.0 += most(a.street, b.street, Level::StreetEqual);
        for ((of_a, of_b), equal) in
            [(ids, Level::IdEqual), (emails, Level::EmailEqual), (phones, Level::PhoneEqual)]
        {
            if !of_a.is_empty() && !of_b.is_empty() {
                sum.0 += model.best_but(equal);
            }
        }
        self.compare_profiles(a, b, &mut sum);
        self.compare_birthdays(a, b, &mut sum);
        self.compare_origin(a, b, &mut sum);
        sum.0
    }

    /// No less than the score of two records that share no key; below `matters` it may be any number below it.
    /// `beside` is what [`Corpus::most_beside_names`] tells of them.
    ///
    /// All is compared as it is but different e-mails, which are granted the best level that is left to them
    /// unless their letters are far apart, and what relatives share, which is granted here.
    pub(super) fn most(&self, at_a: u32, at_b: u32, beside: f32, matters: f32) -> f32 {
        if beside == f32::INFINITY {
            return beside;
        }
        let (a, b) = (self.row(at_a), self.row(at_b));
        let mut sum = Sum(self.priors.of(a, b) + ROUNDING);
        let colleagues = self.compare_person(at_a, at_b, &mut sum).colleagues;
        if sum.0 + beside < matters {
            return sum.0 + beside;
        }
        self.compare_work(a, b, colleagues, &mut sum);
        self.compare_place(a, b, employer_of_both(a, b).is_some(), &mut sum);
        self.compare_phones(a, b, &mut sum);
        self.compare_ids(a, b, &mut sum);
        self.compare_profiles(a, b, &mut sum);
        self.compare_birthdays(a, b, &mut sum);
        self.compare_origin(a, b, &mut sum);
        // Addresses lie far apart in memory: they are looked at where they can still matter.
        let close = self.model.best_but(Level::EmailEqual);
        let (of_a, of_b) = (self.features.emails(a), self.features.emails(b));
        if !of_a.is_empty() && !of_b.is_empty() && sum.0 + close >= matters {
            let may_be_close = of_a.iter().any(|x| of_b.iter().any(|y| self.may_be_close([a, b], [*x, *y])));
            sum.0 += if may_be_close { close } else { self.most_of_far_mails() };
        }
        sum.0
    }

    /// The most that addresses add whose letters are far apart: nothing as the weights are shipped, more where they
    /// are adapted.
    fn most_of_far_mails(&self) -> f32 {
        let levels =
            [Level::EmailRestated, Level::EmailDifferent, Level::EmailColleague, Level::EmailNumbered];
        levels.into_iter().map(|level| self.model.fixed(level)).fold(0.0, f32::max)
    }

    /// Whether two addresses may be more than those of two people: one local part that is not just the name,
    /// or few letters apart.
    fn may_be_close(&self, rows: [&Feature; 2], emails: [u32; 2]) -> bool {
        let [x, y] = emails.map(|email| &self.hints.mails[email as usize]);
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
