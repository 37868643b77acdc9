//! Comparing two records field by field: the level found and its weight; a missing value says nothing.

use rapidfuzz::distance::osa;

use super::company;
use super::feature::{Feature, is_provider};
use super::model::Level;
use super::score::Corpus;
use super::spelling::is_name_local;
use super::symbol::NONE;
use crate::words::is_role_local;

/// Exports further apart than this may well show other employers and profiles of one person, in days.
const LATER: u32 = 180;
/// Years between parent and child, at least.
const GENERATION: u32 = 15;
/// Names that a shared mailbox such as info@ is taken to have beyond those seen.
const ROLE_USERS: u8 = 4;

/// How far the place of an employer is followed, in bits: 0 not at all, 1 wholly. Chosen on generated teams of three
/// hands.
const FOLLOWED: f32 = 0.5;

/// What a shared mailbox says of two people of its firm, in bits: one person gives it in eight of ten cases,
/// colleagues in four.
const OF_COLLEAGUES: f32 = 1.0;

/// Persons of one employer whom a team knows, whatever it shows of them.
const COLLEAGUES: f32 = 3.0;

/// Receives each level found with its weight in bits.
pub(super) trait Sink {
    fn add(&mut self, level: Level, weight: f32);
}

/// Passes on what is found about number and address, but for agreement between relatives: a household shares
/// all of it, so it says nothing about who of them is meant. (One id shows that they are no relatives.)
struct Home<'s, S> {
    sink: &'s mut S,
    shared: bool,
}

impl<S: Sink> Sink for Home<'_, S> {
    fn add(&mut self, level: Level, weight: f32) {
        if weight <= 0.0 || !self.shared {
            self.sink.add(level, weight);
        }
    }
}

/// The employer of both records, named or told by the domain of their addresses.
pub(super) fn employer_of_both(a: &Feature, b: &Feature) -> Option<u32> {
    let same = [(a.company, b.company), (a.domain, b.domain), (a.company, b.domain), (a.domain, b.company)];
    same.into_iter().find(|(x, y)| *x != NONE && x == y).map(|(symbol, _)| symbol)
}

/// What the names of two records say about the rest of them.
pub(super) struct Person {
    /// At an employer of either two people have the name that both records have.
    pub(super) colleagues: bool,
    /// They are relatives rather than one person.
    pub(super) relatives: bool,
    /// Their family names are two.
    pub(super) other_family: bool,
}

impl Corpus<'_> {
    /// Compares two records; the order of the two does not matter.
    pub(super) fn compare(&self, at_a: u32, at_b: u32, sink: &mut impl Sink) {
        let (a, b) = (self.row(at_a), self.row(at_b));
        let Person { colleagues, relatives, other_family } = self.compare_person(at_a, at_b, sink);
        let relatives = relatives || are_generations_apart(a.birthday, b.birthday);
        let one_id = matches!(self.id_level(a, b), Some(Level::IdEqual | Level::IdClose));
        let one_alias = self.aliases && a.birthday == b.birthday && a.birthday >> 9 != 0;
        let shared = relatives && !one_id && !one_alias;
        self.compare_profiles(a, b, sink);
        let one_employer = employer_of_both(a, b).is_some();
        self.compare_emails(a, b, one_employer, sink);
        // Two people of one given name may sit at one switchboard; who marries keeps the mobile.
        let switchboard = other_family && !self.share_mobile(a, b);
        self.compare_phones(a, b, &mut Home { sink, shared: shared || switchboard });
        self.compare_ids(a, b, sink);
        self.compare_work(a, b, colleagues, sink);
        self.compare_place(a, b, one_employer, &mut Home { sink, shared });
        self.compare_birthdays(a, b, sink);
        self.compare_origin(a, b, sink);
    }

    /// Compares the names, and tells what follows from them for all else.
    pub(super) fn compare_person(&self, at_a: u32, at_b: u32, sink: &mut impl Sink) -> Person {
        let (a, b) = (self.row(at_a), self.row(at_b));
        let found = self.compare_names(a, b, self.namesakes.of(at_a, at_b), sink);
        let colleagues = found.same && self.namesakes.colleagues(at_a, at_b) > 1;
        Person { colleagues, relatives: found.relatives, other_family: found.other_family }
    }

    fn fixed(&self, level: Level, sink: &mut impl Sink) {
        sink.add(level, self.model.fixed(level));
    }

    pub(super) fn compare_profiles(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        let later = a.day.abs_diff(b.day) > LATER;
        for (x, y, equal, different, different_later) in [
            (a.linkedin, b.linkedin, Level::LinkedInEqual, Level::LinkedInDifferent, Level::LinkedInLater),
            (a.xing, b.xing, Level::XingEqual, Level::XingDifferent, Level::XingLater),
        ] {
            if x == NONE || y == NONE {
                continue;
            }
            if x == y {
                sink.add(equal, self.model.shared(equal, 1, self.population));
            } else {
                self.fixed(if later { different_later } else { different }, sink);
            }
        }
    }

    /// `one_employer` says that both have the same employer.
    fn compare_emails(&self, a: &Feature, b: &Feature, one_employer: bool, sink: &mut impl Sink) {
        let (of_a, of_b) = (self.features.emails(a), self.features.emails(b));
        if of_a.is_empty() || of_b.is_empty() {
            return;
        }
        if let Some(users) = self.fewest_users(of_a, of_b, |email| {
            let local = self.features.keys.text(email).split('@').next().unwrap_or_default();
            match local {
                _ if is_role_local(local) => ROLE_USERS,
                _ if local.starts_with("fam") => {
                    u8::from(self.is_household(local, a) || self.is_household(local, b))
                }
                _ => 0,
            }
        }) {
            let weight = if a.role && b.role {
                // Such a contact is its address, whoever else gives it as theirs.
                self.model.shared(Level::LinkedInEqual, 1, self.population)
            } else {
                let weight = self.model.shared(Level::EmailEqual, users, self.population);
                let of_firm = one_employer && users > ROLE_USERS;
                if of_firm { weight.min(OF_COLLEAGUES) } else { weight }
            };
            sink.add(Level::EmailEqual, weight);
            return;
        }
        let mut best = Level::EmailDifferent;
        for &x in of_a.iter().take(4) {
            for &y in of_b.iter().take(4) {
                best = best.min(self.email_level(a, b, x, y));
            }
        }
        self.fixed(best, sink);
    }

    /// Whether a local part such as `familie.mueller` names the family of a record.
    fn is_household(&self, local: &str, row: &Feature) -> bool {
        let family = self.names.text(row.family[0]);
        !family.is_empty() && super::spelling::key(local).contains(family)
    }

    /// How two different addresses relate.
    fn email_level(&self, a: &Feature, b: &Feature, x: u32, y: u32) -> Level {
        if self.hints.are_other_mails(x, y) {
            return Level::EmailDifferent;
        }
        let keys = &self.features.keys;
        let (Some((local_x, domain_x)), Some((local_y, domain_y))) =
            (keys.text(x).rsplit_once('@'), keys.text(y).rsplit_once('@'))
        else {
            return Level::EmailDifferent;
        };
        let restates = |local: &str| {
            [a, b].iter().any(|row| {
                let [given, second] = row.given.map(|word| self.names.text(word));
                let family = self.names.text(row.family_full);
                is_name_local(local, given, family)
                    || (!second.is_empty() && is_name_local(local, &format!("{given}{second}"), family))
            })
        };
        if local_x == local_y {
            let slip = slips(domain_x, domain_y, 2).is_some();
            return match (slip, restates(local_x) || is_role_local(local_x)) {
                (true, false) => Level::EmailClose,
                (true, true) => Level::EmailCloseName,
                (false, false) if local_x.len() >= 5 => Level::EmailLocal,
                _ => Level::EmailRestated,
            };
        }
        if domain_x == domain_y {
            let slip = local_x.len().min(local_y.len()) >= 5 && slips(local_x, local_y, 2).is_some();
            let business = !is_provider(domain_x);
            if without_number(local_x) == without_number(local_y) {
                // Numbers at the end are given to tell namesakes apart.
                return Level::EmailNumbered;
            }
            if slip && self.restate_their_own(a, b, local_x, local_y) {
                return if business { Level::EmailColleague } else { Level::EmailDifferent };
            }
            return match (slip, restates(local_x) && restates(local_y)) {
                (true, false) => Level::EmailClose,
                (true, true) => Level::EmailCloseName,
                _ if business => Level::EmailColleague,
                _ => Level::EmailDifferent,
            };
        }
        let (long, slip) =
            (keys.text(x).len().min(keys.text(y).len()) >= 14, slips(keys.text(x), keys.text(y), 3));
        if long && slip.is_some() { Level::EmailClose } else { Level::EmailDifferent }
    }

    /// Whether each of two addresses restates the name of its own record and not that of the other: people whose names
    /// are nearly the same have nearly the same addresses.
    fn restate_their_own(&self, a: &Feature, b: &Feature, of_a: &str, of_b: &str) -> bool {
        let restates = |row: &Feature, local: &str| {
            is_name_local(local, self.names.text(row.given[0]), self.names.text(row.family_full))
        };
        restates(a, of_a) && restates(b, of_b) && !restates(a, of_b) && !restates(b, of_a)
    }

    pub(super) fn compare_phones(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        let (of_a, of_b) = (self.features.phones(a), self.features.phones(b));
        if of_a.is_empty() || of_b.is_empty() {
            return;
        }
        if let Some(users) = self.fewest_users(of_a, of_b, |_| 0) {
            sink.add(Level::PhoneEqual, self.model.shared(Level::PhoneEqual, users, self.population));
            return;
        }
        let mobile = |list: &[u32]| list.iter().any(|phone| self.hints.is_mobile(*phone));
        let both = mobile(of_a) && mobile(of_b);
        self.fixed(if both { Level::MobileDifferent } else { Level::PhoneDifferent }, sink);
    }

    /// Whether two records have a mobile number in common.
    fn share_mobile(&self, a: &Feature, b: &Feature) -> bool {
        let of_b = self.features.phones(b);
        self.features.phones(a).iter().any(|phone| of_b.contains(phone) && self.hints.is_mobile(*phone))
    }

    pub(super) fn compare_ids(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        match self.id_level(a, b) {
            Some(Level::IdEqual) => {
                let users = self.fewest_users(self.features.ids(a), self.features.ids(b), |_| 0);
                let users = users.unwrap_or_default();
                sink.add(Level::IdEqual, self.model.shared(Level::IdEqual, users, self.population));
            }
            Some(level) => self.fixed(level, sink),
            None => {}
        }
    }

    /// How the external ids of two records relate; `None` where one has none.
    fn id_level(&self, a: &Feature, b: &Feature) -> Option<Level> {
        let (of_a, of_b) = (self.features.ids(a), self.features.ids(b));
        if of_a.is_empty() || of_b.is_empty() {
            return None;
        }
        if of_a.iter().any(|id| of_b.contains(id)) {
            return Some(Level::IdEqual);
        }
        let text = |symbol: u32| self.features.keys.text(symbol);
        let close = of_a.iter().any(|x| {
            of_b.iter().any(|y| {
                text(*x).len() >= 6
                    && text(*x).len() == text(*y).len()
                    && slips(text(*x), text(*y), 1).is_some()
            })
        });
        Some(if close { Level::IdClose } else { Level::IdDifferent })
    }

    /// The fewest names on a value that both lists hold; `None` if they share none.
    fn fewest_users(&self, of_a: &[u32], of_b: &[u32], more: impl Fn(u32) -> u8) -> Option<u8> {
        let shared = of_a.iter().filter(|symbol| of_b.contains(symbol));
        shared.map(|symbol| self.users[*symbol as usize].saturating_add(more(*symbol))).min()
    }

    /// `colleagues` says that at an employer of either two people have the name that both records have.
    pub(super) fn compare_work(&self, a: &Feature, b: &Feature, colleagues: bool, sink: &mut impl Sink) {
        let equal = employer_of_both(a, b);
        if let Some(symbol) = equal.filter(|_| !colleagues) {
            // Of a few rows nobody can tell how common an employer is among the people whom a team knows.
            let share = self.frequencies.text[symbol as usize].max((COLLEAGUES / self.population).log2());
            let weight = self.model.rare(Level::CompanyEqual, share);
            sink.add(Level::CompanyEqual, weight);
        } else if equal.is_some() {
            self.fixed(Level::CompanyNamesake, sink);
        } else if let Some(level) = self.employer_level(a, b) {
            self.fixed(if colleagues { level.max(Level::CompanyNamesake) } else { level }, sink);
        }
        if a.position != NONE && b.position != NONE {
            if a.position == b.position {
                let share = self.frequencies.text[a.position as usize];
                sink.add(Level::PositionEqual, self.model.rare(Level::PositionEqual, share));
            } else {
                self.fixed(Level::PositionDifferent, sink);
            }
        }
    }

    /// How two employers that are not the same relate; `None` where one is missing and the mail domains do not
    /// tell either.
    fn employer_level(&self, a: &Feature, b: &Feature) -> Option<Level> {
        let any = |pairs: [(u32, u32); 4]| pairs.into_iter().any(|(x, y)| x != NONE && x == y);
        let (named, texts) = (a.company != NONE && b.company != NONE, &self.features.texts);
        let similar = |x: u32, y: u32| {
            x != NONE
                && y != NONE
                && self.hints.may_be_like(x, y, 8)
                && company::is_similar(texts.text(x), texts.text(y), slips)
        };
        let heads = [
            (a.company_head, b.company),
            (a.company, b.company_head),
            (a.company_head, b.domain),
            (a.domain, b.company_head),
        ];
        let similar = any(heads)
            || if named {
                similar(a.company, b.company)
            } else {
                similar(a.company, b.domain) || similar(a.domain, b.company)
            };
        if similar {
            return Some(Level::CompanySimilar);
        }
        let initials = [
            (a.company_initials, b.company),
            (a.company, b.company_initials),
            (a.company_initials, b.domain),
            (a.domain, b.company_initials),
        ];
        if any(initials) {
            return Some(Level::CompanyInitials);
        }
        let later = a.day.abs_diff(b.day) > LATER;
        named.then_some(if later { Level::CompanyLater } else { Level::CompanyDifferent })
    }

    /// Whether two texts are one but for a slip, or one begins with the other.
    fn is_similar(&self, x: u32, y: u32) -> bool {
        if !self.hints.may_be_like(x, y, 8) {
            return false;
        }
        let (x, y) = (self.features.texts.text(x), self.features.texts.text(y));
        let short = x.len().min(y.len());
        short >= 5 && (x.starts_with(y) || y.starts_with(x) || slips(x, y, 1 + short / 8).is_some())
    }

    /// `one_employer` says that both have the same employer.
    pub(super) fn compare_place(&self, a: &Feature, b: &Feature, one_employer: bool, sink: &mut impl Sink) {
        // Colleagues have much of it in common as well.
        let of_firm = |colleagues: f32, share: f32| {
            let share = share.max(f32::MIN_EXP as f32);
            if one_employer { FOLLOWED.mul_add((colleagues - share).max(0.0), share) } else { share }
        };
        let at_work = &self.at_work;
        let share = |symbol: u32| self.frequencies.text[symbol as usize];
        let same_city = a.city != NONE && a.city == b.city;
        let displaced = !same_city && (self.holds(a.street, b.city) || self.holds(b.street, a.city));
        if same_city {
            let share = of_firm(at_work.city, share(a.city));
            sink.add(Level::CityEqual, self.model.rare(Level::CityEqual, share));
        } else if a.city != NONE && b.city != NONE {
            let close = displaced || self.is_close_city(a.city, b.city);
            self.fixed(if close { Level::CityClose } else { Level::CityDifferent }, sink);
        }
        if a.postcode != NONE && b.postcode != NONE {
            if a.postcode == b.postcode {
                // In one city the postcode only says in which part of it.
                let of = if same_city { share(a.city).max(f32::MIN_EXP as f32) } else { 0.0 };
                let apart = if same_city { at_work.city } else { 0.0 };
                let share = of_firm(at_work.postcode - apart, share(a.postcode) - of);
                sink.add(Level::PostcodeEqual, self.model.rare(Level::PostcodeEqual, share.min(0.0)));
            } else {
                let close = self.is_close_postcode(a.postcode, b.postcode);
                self.fixed(if close { Level::PostcodeClose } else { Level::PostcodeDifferent }, sink);
            }
        }
        if a.street != NONE && b.street != NONE && !displaced {
            if a.street == b.street {
                let share = of_firm(at_work.street, share(a.street));
                sink.add(Level::StreetEqual, self.model.rare(Level::StreetEqual, share));
            } else {
                let close = self.is_similar(a.street, b.street);
                self.fixed(if close { Level::StreetClose } else { Level::StreetDifferent }, sink);
            }
        }
    }

    /// Whether a city stands where the street should.
    fn holds(&self, street: u32, city: u32) -> bool {
        if street == NONE || city == NONE || !self.hints.may_hold(street, city) {
            return false;
        }
        let (street, city) = (self.features.texts.text(street), self.features.texts.text(city));
        city.len() >= 4 && street.contains(city)
    }

    fn is_close_postcode(&self, x: u32, y: u32) -> bool {
        if !self.hints.may_be_like(x, y, 64) {
            return false;
        }
        let (x, y) = (self.features.texts.text(x), self.features.texts.text(y));
        x.len() == y.len() && x.len() >= 4 && slips(x, y, 1).is_some()
    }

    fn is_close_city(&self, x: u32, y: u32) -> bool {
        if !self.hints.may_be_like(x, y, 4) {
            return false;
        }
        let (x, y) = (self.features.texts.text(x), self.features.texts.text(y));
        let short = x.len().min(y.len());
        short >= 4 && slips(x, y, 1 + short / 4).is_some()
    }

    pub(super) fn compare_birthdays(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        if a.birthday != 0 && b.birthday != 0 {
            self.fixed(birthday_level(a.birthday, b.birthday), sink);
        }
    }

    pub(super) fn compare_origin(&self, a: &Feature, b: &Feature, sink: &mut impl Sink) {
        if a.role != b.role {
            self.fixed(Level::RoleDifferent, sink);
        }
        if a.export == b.export {
            let same_profile =
                (a.linkedin != NONE && a.linkedin == b.linkedin) || (a.xing != NONE && a.xing == b.xing);
            if a.distinct && !same_profile {
                self.fixed(Level::ExportDistinct, sink);
            }
        } else if a.member == b.member {
            if a.record_id == b.record_id {
                self.fixed(Level::EntryEqual, sink);
            }
            if a.connected != 0 && b.connected != 0 {
                let equal = a.connected == b.connected;
                self.fixed(if equal { Level::ConnectedEqual } else { Level::ConnectedDifferent }, sink);
            }
        }
    }
}

/// How many slips (letters changed, left out, added or swapped) lie between two texts, if at most `most`.
pub(super) fn slips(x: &str, y: &str, most: usize) -> Option<usize> {
    if x.len().abs_diff(y.len()) > most || x.len().max(y.len()) > 64 {
        return None;
    }
    osa::distance_with_args(x.bytes(), y.bytes(), &osa::Args::default().score_cutoff(most))
}

/// A local part without the number at its end.
fn without_number(local: &str) -> &str {
    local.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches(['.', '-', '_'])
}

/// Whether an E.164 number is a mobile one, by the ranges of the countries met most.
pub(super) fn is_mobile(phone: &str) -> bool {
    const RANGES: [&str; 22] = [
        "+4915", "+4916", "+4917", "+43650", "+4366", "+4367", "+4368", "+4369", "+4174", "+4175", "+4176",
        "+4177", "+4178", "+4179", "+447", "+336", "+337", "+393", "+346", "+347", "+316", "+905",
    ];
    RANGES.iter().any(|range| phone.starts_with(range))
}

/// Whether two birthdays are those of parent and child rather than one with a slip.
fn are_generations_apart(x: u32, y: u32) -> bool {
    let (year_x, year_y) = (x >> 9, y >> 9);
    year_x != 0
        && year_y != 0
        && year_x.abs_diff(year_y) >= GENERATION
        && birthday_level(x, y) == Level::BirthdayDifferent
}

/// How two birthdays relate.
fn birthday_level(x: u32, y: u32) -> Level {
    let (year_x, month_x, day_x) = (x >> 9, x >> 5 & 15, x & 31);
    let (year_y, month_y, day_y) = (y >> 9, y >> 5 & 15, y & 31);
    let parts = [year_x == year_y && year_x != 0, month_x == month_y, day_x == day_y];
    if x == y && year_x != 0 {
        return Level::BirthdayEqual;
    }
    if year_x == 0 || year_y == 0 {
        let equal = parts[1] && parts[2];
        return if equal { Level::BirthdayYearless } else { Level::BirthdayDifferent };
    }
    match parts.iter().filter(|part| **part).count() {
        2 => {
            let (p, q) = match parts {
                [false, ..] => (year_x, year_y),
                [_, false, _] => (month_x, month_y),
                _ => (day_x, day_y),
            };
            if digits_apart(p, q) == 1 { Level::BirthdayTypo } else { Level::BirthdayTwoParts }
        }
        1 if parts[0] && month_x == day_y && day_x == month_y => Level::BirthdaySwapped,
        1 => Level::BirthdayOnePart,
        _ => Level::BirthdayDifferent,
    }
}

/// How many decimal digits differ between two numbers of up to four digits.
fn digits_apart(x: u32, y: u32) -> usize {
    [1, 10, 100, 1000].iter().filter(|place| x / **place % 10 != y / **place % 10).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_relate_by_what_became_of_them() {
        let of = |text: &str| super::super::feature::birthday(text).unwrap_or_default();
        for (one, other, level) in [
            ("1972-11-30", "1972-11-30", Level::BirthdayEqual),
            ("1972-11-30", "1972-11-20", Level::BirthdayTypo),
            ("1972-11-30", "1973-11-30", Level::BirthdayTypo),
            ("1979-11-30", "1980-11-30", Level::BirthdayTwoParts),
            ("1972-11-30", "1972-02-30", Level::BirthdayTwoParts),
            ("1972-11-03", "1972-03-11", Level::BirthdaySwapped),
            ("1972-11-30", "1972-04-12", Level::BirthdayOnePart),
            ("1972-11-30", "1951-11-12", Level::BirthdayOnePart),
            ("1972-11-30", "1951-04-12", Level::BirthdayDifferent),
            ("--11-30", "1972-11-30", Level::BirthdayYearless),
            ("--11-30", "--11-30", Level::BirthdayYearless),
            ("--11-30", "1972-11-29", Level::BirthdayDifferent),
        ] {
            assert_eq!(birthday_level(of(one), of(other)), level, "{one} {other}");
            assert_eq!(birthday_level(of(other), of(one)), level, "{other} {one}");
        }
    }
}
