//! What a source says about a person: true values with the gaps and slips of that kind of source.

use super::company::Company;
use super::number::{Number, Style};
use super::person::Person;
use super::plan::Tie;
use super::rng::Rng;
use super::spelling::{typo, unmark};
use super::world::{Slot, World};

/// Keys the random numbers of entries.
const ENTRY: u64 = 6;
/// Keys the further troubles of hard worlds, so that usual ones are drawn the same without them.
const TROUBLE: u64 = 10;

/// A kind of source; entries of one person differ between them.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Source {
    /// Written by the person, the same for everyone who is connected.
    LinkedIn,
    /// Written by the person as well.
    Xing,
    /// Typed into a phone, the first entry.
    Phone,
    /// The second entry of the same person in the same phone book.
    PhoneAgain,
    /// Kept in a mail program.
    Mail,
    /// Typed into a list.
    Sheet,
    /// Typed into a log of meetings.
    Log,
}

/// What a number or an address is for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Use {
    /// Mobile.
    Mobile,
    /// Business.
    Work,
    /// Private.
    Home,
}

/// One entry, as text.
#[derive(Default)]
pub(crate) struct Entry {
    /// Titles before the name.
    pub(crate) prefix: String,
    /// Given name.
    pub(crate) given: String,
    /// Further given name.
    pub(crate) middle: String,
    /// Family name.
    pub(crate) family: String,
    /// Credentials after the name.
    pub(crate) suffix: String,
    /// Pet name in a field of its own.
    pub(crate) nickname: String,
    /// Whether the source has the whole name in one field.
    pub(crate) one_field: bool,
    /// In one field, what stands between family and given name when the family name comes first.
    pub(crate) turned: Option<&'static str>,
    /// Employer.
    pub(crate) company: String,
    /// Job title.
    pub(crate) position: String,
    /// Numbers.
    pub(crate) phones: Vec<(Use, String)>,
    /// Addresses.
    pub(crate) emails: Vec<(Use, String)>,
    /// Birthday.
    pub(crate) birthday: Option<i32>,
    /// City, postcode, street, country.
    pub(crate) place: Option<[String; 4]>,
    /// A note.
    pub(crate) note: &'static str,
}

impl Entry {
    /// The whole name as one would read it.
    pub(crate) fn full_name(&self) -> String {
        if let Some(between) = self.turned.filter(|_| self.one_field && !self.family.is_empty()) {
            return format!("{}{between}{} {}", self.family, self.given, self.middle).trim_end().to_owned();
        }
        let parts = [&self.prefix, &self.given, &self.middle, &self.family];
        let mut name =
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        if !self.suffix.is_empty() {
            name = format!("{name}, {}", self.suffix);
        }
        name
    }

    /// `Family, Given`, with the title before the family name.
    pub(crate) fn family_first(&self) -> String {
        let family = if self.prefix.is_empty() {
            self.family.clone()
        } else {
            format!("{} {}", self.prefix, self.family)
        };
        match (self.given.is_empty(), self.family.is_empty()) {
            (false, false) => format!("{family}, {} {}", self.given, self.middle).trim_end().to_owned(),
            (true, _) => family,
            (_, true) => self.given.clone(),
        }
    }

    /// The first address of a kind, or of any.
    pub(crate) fn email(&self, wanted: Use) -> &str {
        self.emails.iter().find(|(have, _)| *have == wanted).map_or("", |(_, text)| text)
    }

    /// The first number of a kind.
    pub(crate) fn phone(&self, wanted: Use) -> &str {
        self.phones.iter().find(|(have, _)| *have == wanted).map_or("", |(_, text)| text)
    }
}

/// How sources differ in what they hold.
struct Habit {
    /// Whether names are typed by hand and so go wrong.
    by_hand: bool,
    company: f64,
    position: f64,
    mobile: f64,
    work_phone: f64,
    home_phone: f64,
    work_email: f64,
    home_email: f64,
    birthday: f64,
    place: f64,
}

fn habit(source: Source, world: &World) -> Habit {
    let all = Habit {
        by_hand: true,
        company: world.rates.company,
        position: 0.2,
        mobile: 0.92,
        work_phone: world.rates.switchboard,
        home_phone: 0.1,
        work_email: world.rates.email * 0.7,
        home_email: world.rates.email * 0.5,
        birthday: 0.1,
        place: 0.08,
    };
    match source {
        Source::LinkedIn => Habit {
            by_hand: false,
            company: 0.96,
            position: 0.95,
            mobile: 0.0,
            work_phone: 0.0,
            home_phone: 0.0,
            work_email: 0.01,
            home_email: 0.02,
            birthday: 0.0,
            place: 0.0,
        },
        Source::Xing => Habit {
            by_hand: false,
            company: 0.97,
            position: 0.95,
            mobile: 0.3,
            work_phone: 0.3,
            work_email: 0.5,
            home_email: 0.2,
            birthday: 0.35,
            place: 0.7,
            ..all
        },
        Source::Phone => all,
        Source::PhoneAgain => Habit { mobile: 0.75, company: all.company * 0.7, ..all },
        Source::Mail => Habit {
            company: 0.8,
            position: 0.5,
            mobile: 0.5,
            work_phone: 0.45,
            work_email: 0.85,
            home_email: 0.2,
            place: 0.3,
            ..all
        },
        Source::Sheet => Habit {
            company: 0.92,
            position: 0.5,
            mobile: 0.4,
            work_phone: 0.2,
            work_email: 0.65,
            home_email: 0.05,
            birthday: 0.0,
            place: 0.3,
            ..all
        },
        Source::Log => {
            Habit { company: 0.9, mobile: 0.0, work_phone: 0.0, work_email: 0.45, home_email: 0.02, ..all }
        }
    }
}

impl Entry {
    /// What a source says about a person. `hand` is who wrote it at which occasion: each has slips of
    /// its own, but what people write about themselves is the same for everyone. `day` is the day it was
    /// written down.
    pub(crate) fn draw(
        world: &World,
        person: &Person,
        source: Source,
        hand: u64,
        day: i32,
        style: Style,
    ) -> Entry {
        let habit = habit(source, world);
        let hand = if habit.by_hand { hand + 1 } else { 0 };
        let mut rng = Rng::new(world.seed, &[ENTRY, source as u64, u64::from(person.index), hand]);
        let mut trouble = Rng::new(world.seed, &[TROUBLE, source as u64, u64::from(person.index), hand]);
        let mut entry = Entry::default();
        let job = person.job(day);
        entry.work(world, person, job, &habit, &mut rng, &mut trouble);
        entry.reach(world, person, job, &habit, style, &mut rng);
        if habit.by_hand {
            entry.pass_on(world, person, (job, day), style, &mut trouble);
        }
        entry.birthday = rng.chance(habit.birthday).then_some(person.birthday);
        let family = if habit.by_hand {
            Entry::family_written(world, person, day, &mut trouble)
        } else {
            person.family_on(day)
        };
        family.clone_into(&mut entry.family);
        entry.name(world, person, habit.by_hand, &mut rng);
        if habit.by_hand {
            entry.in_this_book(world, person, source, hand, &mut trouble);
        }
        if rng.chance(0.05) && habit.by_hand {
            entry.note = rng.pick(&[
                "Messe Hannover",
                "via Stammtisch",
                "will Angebot",
                "Follow up",
                "Kunde seit 2019",
            ]);
        }
        entry
    }

    fn work(
        &mut self,
        world: &World,
        person: &Person,
        job: usize,
        habit: &Habit,
        rng: &mut Rng,
        trouble: &mut Rng,
    ) {
        let job = &person.jobs[job];
        let named = rng.chance(habit.company);
        let legal = rng.chance(if habit.by_hand { 0.4 } else { 0.55 });
        match job.company.map(|index| world.company(index)) {
            Some(company) if named => {
                let brand = !company.brand.is_empty() && trouble.chance(world.rates.brand);
                let core = trouble.chance(world.rates.core);
                self.company = match (brand, legal) {
                    (true, _) => company.brand,
                    (_, true) => company.full,
                    _ => company.short,
                };
                if core && !brand {
                    self.company = self.company.split(' ').next().unwrap_or_default().to_owned();
                }
            }
            None if named => {
                rng.pick(&["Selbstständig", "Freelance", "Freiberuflich"]).clone_into(&mut self.company);
            }
            _ => {}
        }
        if rng.chance(habit.position) {
            let (man, woman) = world.words.titles[job.title];
            (if person.female { woman } else { man }).clone_into(&mut self.position);
        }
    }

    fn reach(
        &mut self,
        world: &World,
        person: &Person,
        job: usize,
        habit: &Habit,
        style: Style,
        rng: &mut Rng,
    ) {
        let company: Option<Company> = person.jobs[job].company.map(|index| world.company(index));
        if rng.chance(habit.mobile) {
            let number = if habit.by_hand && rng.chance(world.rates.wrong_number) {
                Number::mobile("DE", person.index ^ 1)
            } else {
                person.mobile.clone()
            };
            self.phones.push((Use::Mobile, number.write(style, rng)));
        }
        if let Some(company) = &company {
            if rng.chance(habit.work_phone) {
                self.phones.push((Use::Work, company.desk(person.index).write(style, rng)));
            }
            if rng.chance(habit.work_email) {
                let address = if habit.by_hand && rng.chance(world.rates.role_mailbox) {
                    company.role_address()
                } else {
                    let ordinal = world.ordinal(person.index, Slot::Job(job as u8));
                    person.work_address(company, job, ordinal)
                };
                self.emails.push((Use::Work, address));
            }
        }
        let home_phone = if person.partner.is_some() { 0.5 } else { habit.home_phone };
        if habit.home_phone > 0.0 && rng.chance(home_phone) {
            self.phones.push((Use::Home, person.home.write(style, rng)));
        }
        let shared = habit.home_email > 0.0 && world.rates.family_mail > 0.0;
        let shared = shared && person.family_mailbox(world).is_some();
        if rng.chance(if shared { world.rates.family_mail } else { habit.home_email }) {
            let address = person.private_address(world, world.ordinal(person.index, Slot::Private));
            self.emails.push((Use::Home, address));
        }
        if rng.chance(habit.place) {
            let index = company
                .map_or(person.city, |company| if rng.chance(0.7) { company.city } else { person.city });
            let city = &world.words.cities[index];
            let digits = if city.country == "DE" { 3 } else { 2 };
            let postcode = format!("{}{:0digits$}", city.postcode, rng.below(10usize.pow(digits as u32)));
            self.place =
                Some([city.name.to_owned(), postcode, person.street.clone(), city.country.to_owned()]);
        }
    }

    /// What colleagues leave to each other: numbers, mailboxes, and whose telephone somebody answers.
    fn pass_on(
        &mut self,
        world: &World,
        person: &Person,
        (job, day): (usize, i32),
        style: Style,
        trouble: &mut Rng,
    ) {
        if person.former_mobile.is_some() {
            let own = self.phones.iter_mut().find(|(kind, _)| *kind == Use::Mobile);
            if let Some((_, number)) = own {
                *number = person.mobile_on(day).write(style, trouble);
            }
        }
        let Some(company) = person.jobs[job].company.map(|index| world.company(index)) else { return };
        if let Some((post, local)) = &person.mailbox
            && *post == job
            && trouble.chance(world.rates.mailbox)
            && let Some((_, address)) = self.emails.iter_mut().find(|(kind, _)| *kind == Use::Work)
        {
            *address = company.mailbox(local);
        }
        if let Some(assistant) = person.assistant
            && job + 1 == person.jobs.len()
            && trouble.chance(world.rates.assistant_number)
        {
            let number = if company.extensions {
                company.desk(assistant)
            } else {
                Person::draw(world, assistant).mobile
            };
            self.phones.push((Use::Work, number.write(style, trouble)));
        }
    }

    /// The family name as somebody else knows it: from before a marriage, or half of it.
    fn family_written<'p>(world: &World, person: &'p Person, day: i32, trouble: &mut Rng) -> &'p str {
        let family = person.family_on(day);
        let (old, half) = (trouble.chance(world.rates.old_name), trouble.chance(world.rates.half_name));
        if old && !person.birth_family.is_empty() {
            return &person.birth_family;
        }
        match family.split_once('-') {
            Some((first, last)) if half => {
                if trouble.chance(0.5) {
                    first
                } else {
                    last
                }
            }
            _ => family,
        }
    }

    /// What a whole address book or the program behind it does to names.
    fn in_this_book(&mut self, world: &World, person: &Person, source: Source, hand: u64, trouble: &mut Rng) {
        let rates = &world.rates;
        if self.suffix.is_empty() && trouble.chance(0.4) {
            person.generation.clone_into(&mut self.suffix);
        }
        let mut book = Rng::new(world.seed, &[TROUBLE, source as u64, u64::MAX, hand]);
        if book.chance(rates.unmarked_book) && source != Source::Log {
            let long = book.chance(0.5);
            for name in [&mut self.given, &mut self.middle, &mut self.family, &mut self.nickname] {
                *name = unmark(name, long);
            }
        }
        if trouble.chance(rates.turned) {
            self.turned = Some(if trouble.chance(0.6) { ", " } else { " " });
        }
        if source == Source::Mail && !self.emails.is_empty() && trouble.chance(rates.email_only) {
            // Of an address alone that many use nobody could say whose entry it is.
            let shared = |address: &str| address.starts_with("info@") || address.starts_with("familie.");
            if let Some(own) = self.emails.iter().find(|(_, address)| !shared(address)).cloned() {
                *self = Entry { emails: vec![own], ..Entry::default() };
            }
        }
    }

    fn name(&mut self, world: &World, person: &Person, by_hand: bool, rng: &mut Rng) {
        let rates = &world.rates;
        self.given.clone_from(&person.given);
        if !person.middle.is_empty() && rng.chance(rates.middle) {
            self.middle.clone_from(&person.middle);
            if rng.chance(0.4) {
                self.middle = format!("{}.", first_letter(&person.middle));
            }
        }
        if rng.chance(if by_hand { 0.35 } else { 0.75 }) {
            person.prefix.clone_into(&mut self.prefix);
        }
        if rng.chance(if by_hand { 0.05 } else { 0.9 }) {
            person.suffix.clone_into(&mut self.suffix);
        }
        let pet = if by_hand { rates.nickname } else { rates.nickname * 0.3 };
        if let Some(nickname) = person.nickname {
            // Who has a pet name at all is known by it more often than the average says.
            if rng.chance(pet * 3.0) {
                nickname.clone_into(&mut self.given);
            } else if by_hand && rng.chance(pet) {
                nickname.clone_into(&mut self.nickname);
            }
        }
        if rng.chance(if by_hand { rates.folded } else { rates.folded * 0.4 }) {
            let long = rng.chance(0.75);
            (self.given, self.family) = (unmark(&self.given, long), unmark(&self.family, long));
        }
        if by_hand {
            self.slips(rates, rng);
        } else if rng.chance(0.012) {
            let mark = rng.pick(&["🚀", "✅", "🌍", "☀️", "⭐"]);
            if rng.chance(0.5) {
                self.given = format!("{mark} {}", self.given);
            } else {
                self.family = format!("{} {mark}", self.family);
            }
        }
    }

    fn slips(&mut self, rates: &super::rates::Rates, rng: &mut Rng) {
        if rng.chance(rates.typo) {
            self.family = typo(&self.family, rng);
        } else if rng.chance(rates.typo * 0.6) {
            self.given = typo(&self.given, rng);
        }
        if rng.chance(rates.initial) {
            self.given = format!("{}.", first_letter(&self.given));
        }
        if rng.chance(rates.remark) {
            let remark = rng.pick(&["(Messe)", "(neu)", "privat", "(Kunde)", "- Tennis", "(alt)"]);
            self.family = format!("{} {remark}", self.family);
        }
        if rng.chance(rates.given_company) && !self.company.is_empty() {
            let word = self.company.split(' ').next().unwrap_or_default().to_owned();
            self.family = word;
            self.middle.clear();
            return;
        }
        if rng.chance(rates.swapped) {
            std::mem::swap(&mut self.given, &mut self.family);
        }
        self.one_field = rng.chance(rates.one_field);
    }
}

/// The first letter of a name.
pub(crate) fn first_letter(name: &str) -> String {
    name.chars().take(1).collect()
}

/// The entry on LinkedIn on the day of an export, with the profile's address.
pub(crate) fn on_linkedin(world: &World, person: &Person, day: i32, tie: Tie) -> (Entry, String) {
    let mut entry = Entry::draw(world, person, Source::LinkedIn, 0, day, Style::Plain);
    // Whether an address may be seen is between the two.
    let mut rng = Rng::new(world.seed, &[ENTRY, 99, u64::from(person.index), tie.since as u64]);
    if rng.chance(0.02) && entry.emails.is_empty() {
        entry
            .emails
            .push((Use::Home, person.private_address(world, world.ordinal(person.index, Slot::Private))));
    }
    let slug = person.slug(world, day, world.ordinal(person.index, Slot::LinkedIn));
    (entry, format!("https://www.linkedin.com/in/{slug}"))
}

/// The name of a country of the cities table in German.
pub(crate) fn german_country(code: &str) -> &'static str {
    match code {
        "AT" => "Österreich",
        "CH" => "Schweiz",
        _ => "Deutschland",
    }
}
