//! Bonds: relatives and colleagues whose names, numbers and addresses run into each other.

use super::date::day;
use super::number::Number;
use super::person::Person;
use super::rng::Rng;
use super::world::World;

/// Keys the random numbers of bonds.
const BOND: u64 = 9;

/// Mailboxes that belong to a task and go from one colleague to the next.
const TASKS: [&str; 5] = ["einkauf", "vertrieb", "service", "projekte", "keyaccount"];

/// How a person is tied to the one drawn just before.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Bond {
    /// Not at all.
    Strangers,
    /// One name.
    Namesakes,
    /// One name at one company.
    NamesakeColleagues,
    /// One home and one family name.
    Couple,
    /// Child and parent: one family name, one landline, and often one given name.
    ParentAndChild,
    /// One birthday, one home, one family name.
    Twins,
    /// The second has the post, the mobile and perhaps the mailbox that the first left behind.
    Successor,
    /// The second answers the telephone of the first.
    Assistant,
}

/// How the person of an odd number is tied to the one before; no chain of bonds arises.
pub(crate) fn bond(world: &World, index: u32) -> Bond {
    if index.is_multiple_of(2) || (index as usize) <= world.members.len() {
        return Bond::Strangers;
    }
    let rates = &world.rates;
    let mut at = Rng::new(world.seed, &[super::person::PAIR, u64::from(index), 0]).unit();
    for (share, bond) in [
        (rates.namesake, Bond::Namesakes),
        (rates.namesake_colleague, Bond::NamesakeColleagues),
        (rates.couple, Bond::Couple),
        (rates.parent, Bond::ParentAndChild),
        (rates.twins, Bond::Twins),
        (rates.successor, Bond::Successor),
        (rates.assistant, Bond::Assistant),
    ] {
        // The shares are of people; each bond is two of them.
        at -= share;
        if at < 0.0 {
            return bond;
        }
    }
    Bond::Strangers
}

/// Whether parent and child have one given name as well.
fn named_after(world: &World, first: &Person, second: &Person) -> bool {
    first.female == second.female && Rng::new(world.seed, &[BOND, u64::from(second.index), 1]).chance(0.5)
}

/// The day on which the first of two colleagues left a post to the second, and which of the first's posts.
fn handover(first: &Person) -> Option<(i32, usize)> {
    let post = first.jobs.len().checked_sub(2)?;
    first.jobs[post].company?;
    Some((first.jobs[post + 1].from, post))
}

/// The mailbox of the task, if the post has one.
fn mailbox(world: &World, first: &Person) -> Option<String> {
    let mut rng = Rng::new(world.seed, &[BOND, u64::from(first.index), 2]);
    let task = rng.pick(&TASKS);
    rng.chance(0.4).then(|| format!("{task}{}", first.index % 1000))
}

/// What a bond makes of its first person.
pub(crate) fn first(world: &World, person: &mut Person, bond: Bond) {
    let other = person.index + 1;
    match bond {
        Bond::Couple => person.partner = Some(other),
        Bond::ParentAndChild if named_after(world, person, &Person::alone(world, other)) => {
            person.generation = "jun.";
        }
        Bond::Successor => {
            let Some((day, post)) = handover(person) else { return };
            let country = world.words.cities[person.city].country;
            // A number of the block after everybody else's.
            let own = Number::mobile(country, person.index + 10_000_000);
            person.former_mobile = Some((std::mem::replace(&mut person.mobile, own), day));
            person.mailbox = mailbox(world, person).map(|name| (post, name));
        }
        Bond::Assistant => person.assistant = Some(other),
        _ => {}
    }
}

/// What a bond makes of its second person; `other` is the first, without the bond.
pub(crate) fn second(world: &World, person: &mut Person, other: &Person, bond: Bond) {
    let mut rng = Rng::new(world.seed, &[BOND, u64::from(person.index), 3]);
    match bond {
        Bond::ParentAndChild => {
            person.family.clone_from(&other.family);
            person.birth_family.clear();
            person.home = other.home.clone();
            if rng.chance(0.5) {
                (person.city, person.street) = (other.city, other.street.clone());
            }
            person.birthday = (other.birthday - 365 * rng.between(22, 38)).max(day(1932, 1, 1));
            if named_after(world, other, person) {
                person.given.clone_from(&other.given);
                person.nickname = other.nickname;
                person.generation = "sen.";
            }
            if rng.chance(0.25) {
                colleagues(person, other);
            }
        }
        Bond::Twins => {
            person.family.clone_from(&other.family);
            person.birth_family.clear();
            (person.city, person.street, person.home) =
                (other.city, other.street.clone(), other.home.clone());
            person.birthday = other.birthday;
        }
        Bond::Successor => {
            let Some((day, post)) = handover(other) else { return };
            person.jobs.retain(|job| job.from < day);
            let mut own = other.jobs[post].clone();
            own.from = day;
            person.jobs.push(own);
            person.former_mobile = Some((std::mem::replace(&mut person.mobile, other.mobile.clone()), day));
            person.mailbox = mailbox(world, other).map(|name| (person.jobs.len() - 1, name));
        }
        Bond::Assistant => colleagues(person, other),
        _ => {}
    }
}

/// Puts a person into the company where the other works today.
fn colleagues(person: &mut Person, other: &Person) {
    if let (Some(own), Some(theirs)) = (person.jobs.last_mut(), other.jobs.last()) {
        own.company = theirs.company;
    }
}
