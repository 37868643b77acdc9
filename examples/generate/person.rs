//! People: what is true of each of them, drawn from their number alone.

use super::bond::{self, Bond};
use super::company::Company;
use super::date::day;
use super::number::Number;
use super::rng::{Rng, scramble};
use super::spelling::{local, slug};
use super::words::Name;
use super::world::{Slot, World};

/// Keys the random numbers of people and of pairs of people.
const PERSON: u64 = 2;
pub(super) const PAIR: u64 = 3;

/// One employment.
#[derive(Clone)]
pub(crate) struct Job {
    /// The day it began.
    pub(crate) from: i32,
    /// The company; none for people who work for themselves.
    pub(crate) company: Option<u32>,
    /// Index of the job title.
    pub(crate) title: usize,
}

/// Everything that is true of a person.
pub(crate) struct Person {
    /// The person's number in the world.
    pub(crate) index: u32,
    /// Whether a woman.
    pub(crate) female: bool,
    /// Titles before the name.
    pub(crate) prefix: &'static str,
    /// Given name.
    pub(crate) given: String,
    /// Further given name, often empty.
    pub(crate) middle: String,
    /// Family name today.
    pub(crate) family: String,
    /// Family name before the marriage; empty for most.
    pub(crate) birth_family: String,
    /// Day of the marriage.
    pub(crate) married_on: i32,
    /// Credentials after the name.
    pub(crate) suffix: &'static str,
    /// Pet name, if people use one.
    pub(crate) nickname: Option<&'static str>,
    /// Employments, the first one first.
    pub(crate) jobs: Vec<Job>,
    /// Mobile number.
    pub(crate) mobile: Number,
    /// Landline at home.
    pub(crate) home: Number,
    /// Birthday.
    pub(crate) birthday: i32,
    /// Index of the city they live in.
    pub(crate) city: usize,
    /// Street and house number.
    pub(crate) street: String,
    /// Number of the partner with whom home and landline are shared.
    pub(crate) partner: Option<u32>,
    /// `sen.` or `jun.` where a parent or child has the same name.
    pub(crate) generation: &'static str,
    /// Mobile number before the present one, and the day on which it went to somebody else.
    pub(crate) former_mobile: Option<(Number, i32)>,
    /// A mailbox that goes with an employment: its number and the local part.
    pub(crate) mailbox: Option<(usize, String)>,
    /// Number of the colleague who answers the telephone.
    pub(crate) assistant: Option<u32>,
}

impl Person {
    /// The person with that number.
    pub(crate) fn draw(world: &World, index: u32) -> Person {
        let mut person = Person::alone(world, index);
        if index.is_multiple_of(2) {
            bond::first(world, &mut person, bond::bond(world, index + 1));
        }
        let bond = bond::bond(world, index);
        if bond == Bond::Strangers {
            return person;
        }
        let other = Person::alone(world, index - 1);
        if bond == Bond::Couple {
            if person.female == other.female {
                let name = world.words.name(&mut Rng::new(world.seed, &[PAIR, u64::from(index)]));
                if name.female != other.female {
                    (person.female, person.given, person.middle) = (name.female, name.given, name.middle);
                    person.nickname = None;
                }
            }
            person.family.clone_from(&other.family);
            person.birth_family.clear();
            (person.city, person.street, person.home) = (other.city, other.street, other.home);
            person.partner = Some(other.index);
            return person;
        }
        if !matches!(bond, Bond::Namesakes | Bond::NamesakeColleagues) {
            bond::second(world, &mut person, &other, bond);
            return person;
        }
        (person.female, person.given, person.family) = (other.female, other.given, other.family);
        person.nickname = other.nickname;
        person.birth_family.clear();
        if bond == Bond::NamesakeColleagues
            && let (Some(own), Some(theirs)) = (person.jobs.last_mut(), other.jobs.last())
        {
            own.company = theirs.company;
        }
        person
    }

    /// The person without bonds to others.
    pub(super) fn alone(world: &World, index: u32) -> Person {
        let mut rng = Rng::new(world.seed, &[PERSON, u64::from(index)]);
        let Name { mut female, mut given, mut middle, mut family } = world.words.name(&mut rng);
        if let Some(member) = world.members.get(index as usize) {
            (given, family, female) = (member.given.clone(), member.family.clone(), member.female);
            middle = String::new();
        }
        let prefix = match rng.below(1000) {
            0..=39 => "Dr.",
            40..=44 => "Prof. Dr.",
            45..=54 => "Dipl.-Ing.",
            55..=58 => "Mag.",
            _ => "",
        };
        let suffix = match rng.below(1000) {
            0..=19 => "MBA",
            20..=26 => "PhD",
            27..=33 => "M.Sc.",
            34..=37 => "PMP®",
            38..=41 => "CFA",
            _ => "",
        };
        let mut birth_family = String::new();
        let married = female && index as usize >= world.members.len() && rng.chance(world.rates.married);
        if married {
            birth_family = std::mem::replace(&mut family, world.words.married(&mut rng));
            if rng.chance(0.35) && !birth_family.contains(['-', ' ']) {
                family = format!("{birth_family}-{family}");
            }
        }
        let nickname = world.words.nickname(&given, &mut rng).filter(|_| rng.chance(0.6));
        let jobs = jobs(world, &mut rng);
        let city = rng.zipf(world.words.cities.len(), 4.0);
        let place = &world.words.cities[city];
        Person {
            index,
            female,
            prefix,
            given,
            middle,
            family,
            birth_family,
            married_on: world.today - rng.between(60, 3600),
            suffix,
            nickname,
            jobs,
            mobile: Number::mobile(place.country, index),
            home: Number::home(place.country, place.area, index),
            birthday: day(1955, 1, 1) + rng.between(0, 45 * 365),
            city,
            street: format!(
                "{} {}",
                world.words.streets[rng.below(world.words.streets.len())],
                rng.between(1, 140)
            ),
            partner: None,
            generation: "",
            former_mobile: None,
            mailbox: None,
            assistant: None,
        }
    }

    /// The mobile number on a day.
    pub(crate) fn mobile_on(&self, day: i32) -> &Number {
        match &self.former_mobile {
            Some((number, until)) if day < *until => number,
            _ => &self.mobile,
        }
    }

    /// The employment on a day; the first one before it began.
    pub(crate) fn job(&self, day: i32) -> usize {
        self.jobs.iter().rposition(|job| job.from <= day).unwrap_or(0)
    }

    /// The family name on a day.
    pub(crate) fn family_on(&self, day: i32) -> &str {
        if !self.birth_family.is_empty() && day < self.married_on { &self.birth_family } else { &self.family }
    }

    /// The address an employment gave, if it gave one, for the number that tells equal ones apart.
    pub(crate) fn work_address(&self, company: &Company, job: usize, ordinal: u16) -> String {
        let family = self.family_on(self.jobs[job].from);
        company.address(&self.given, family, ordinal)
    }

    /// The private address.
    pub(crate) fn private_address(&self, world: &World, ordinal: u16) -> String {
        let mut rng = Rng::new(world.seed, &[PERSON, u64::from(self.index), 1]);
        let domain = &world.words.freemail[rng.zipf(world.words.freemail.len(), 3.0)];
        if let Some(address) = self.family_mailbox(world) {
            return address;
        }
        let (given, family) = (local(&self.given), local(self.family_on(world.today - 2500)));
        let year = super::date::format(self.birthday, "%y");
        let name = match rng.below(8) {
            0 | 1 => format!("{given}.{family}"),
            2 => format!("{given}.{family}{year}"),
            3 => format!("{given}{year}"),
            4 => format!("{}{family}", &given[..given.len().min(1)]),
            5 => format!("{family}.{given}"),
            6 => format!(
                "{}{}",
                ["sonnenblume", "bergfex", "lesemaus", "segler", "kaffee"][rng.below(5)],
                rng.below(9999)
            ),
            _ => format!("{given}-{family}"),
        };
        match ordinal {
            0 => format!("{name}@{domain}.example"),
            _ => format!("{name}.{ordinal}@{domain}.example"),
        }
    }

    /// The mailbox a couple shares, the same for both.
    pub(crate) fn family_mailbox(&self, world: &World) -> Option<String> {
        let home = self.index.min(self.partner?);
        let mut rng = Rng::new(world.seed, &[PAIR, u64::from(home), 1]);
        let domain = &world.words.freemail[rng.zipf(world.words.freemail.len(), 3.0)];
        let family = local(&Person::alone(world, home).family);
        rng.chance(world.rates.family_mailbox)
            .then(|| format!("familie.{family}{}@{domain}.example", home % 10_000))
    }

    /// The LinkedIn profile on a day: one in three chose a short one, and a few changed theirs.
    pub(crate) fn slug(&self, world: &World, day: i32, ordinal: u16) -> String {
        let mut rng = Rng::new(world.seed, &[PERSON, u64::from(self.index), 2]);
        let name = format!("{}-{}", slug(&self.given), slug(self.family_on(world.today - 1500)));
        let changed = rng.chance(world.rates.new_slug) && day >= world.today - rng.between(0, 700);
        let short = rng.chance(0.3);
        match ordinal {
            0 if short && !changed => name,
            _ => format!(
                "{name}-{:09x}",
                scramble(world.seed ^ (u64::from(self.index) << 33) ^ u64::from(changed)) >> 28
            ),
        }
    }

    /// The Xing profile: name and, from the second of the same name, a number.
    pub(crate) fn xing(&self, ordinal: u16) -> String {
        let part = |text: &str| {
            let plain = super::spelling::unmark(text, true).replace(' ', "");
            plain.replace('\'', "")
        };
        let name = format!("{}_{}", part(&self.given), part(&self.family));
        if ordinal == 0 { name } else { format!("{name}{}", ordinal + 1) }
    }

    /// The addresses and profiles by which the person alone is known, told apart from everybody else's.
    #[cfg(test)]
    pub(crate) fn identities(&self, world: &World) -> Vec<String> {
        let mut all = Vec::new();
        for (at, job) in self.jobs.iter().enumerate() {
            if let Some(company) = job.company {
                let ordinal = world.ordinal(self.index, Slot::Job(at as u8));
                all.push(self.work_address(&world.company(company), at, ordinal));
            }
        }
        if self.family_mailbox(world).is_none() {
            all.push(self.private_address(world, world.ordinal(self.index, Slot::Private)));
        }
        all.push(self.slug(world, world.today, world.ordinal(self.index, Slot::LinkedIn)));
        all.push(format!("xing/{}", self.xing(world.ordinal(self.index, Slot::Xing))));
        all
    }

    /// What must differ between any two people, as plain text to be compared.
    pub(crate) fn names_to_keep_apart(&self, world: &World) -> Vec<(Slot, String)> {
        let mut names = Vec::with_capacity(self.jobs.len() + 3);
        for (at, job) in self.jobs.iter().enumerate() {
            if let Some(company) = job.company {
                names.push((Slot::Job(at as u8), self.work_address(&world.company(company), at, 0)));
            }
        }
        // One mailbox of a family is meant to be shared.
        let private = self.private_address(world, 0);
        if !private.starts_with("familie.") {
            names.push((Slot::Private, private));
        }
        names.push((Slot::LinkedIn, format!("in/{}", self.slug(world, world.today - 2500, 0))));
        names.push((Slot::Xing, format!("profile/{}", self.xing(0))));
        names
    }
}

/// Draws one to four employments; the present one began in the last eight years.
fn jobs(world: &World, rng: &mut Rng) -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut from = world.today - rng.between(0, 2900);
    let mut title = rng.zipf(world.words.titles.len(), 30.0);
    let count = 1 + rng.zipf(4, 2.0);
    for _ in 0..count {
        let own_boss = rng.chance(0.05);
        let size = rng.unit().powf(1.6);
        let company = (f64::from(world.company_count) * size) as u32;
        jobs.push(Job { from, company: (!own_boss).then_some(company), title });
        from -= rng.between(300, 2500);
        if rng.chance(0.7) {
            title = rng.zipf(world.words.titles.len(), 30.0);
        }
    }
    jobs.reverse();
    jobs
}
