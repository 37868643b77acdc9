//! Blocking keys: what two records of one person have in common however they are written, kind by kind.

use super::feature::Feature;
use super::score::Corpus;
use super::symbol::{NONE, hash_of};

/// A kind of key; each has blocks of its own.
pub(super) struct Kind {
    /// Calls with each key of a record.
    pub(super) keys: Keys,
    /// Whether it lifts small registers and teams and costs much in large ones, where few of its pairs would be
    /// merged: it brings the free pairs only, and fades away as records become many. Its keys are made of what does
    /// not change with other records, so that the same ones are left in every run.
    pub(super) weak: bool,
    /// Whether the records of a block too big are compared with their neighbours at least: one person may be known to
    /// a hundred members, and has as many records of one name.
    pub(super) chained: bool,
}

type Keys = fn(&Corpus<'_>, &Feature, &mut dyn FnMut(u64));

const fn strong(keys: Keys) -> Kind {
    Kind { keys, weak: false, chained: false }
}

const fn chained(keys: Keys) -> Kind {
    Kind { keys, weak: false, chained: true }
}

const fn weak(keys: Keys) -> Kind {
    Kind { keys, weak: true, chained: false }
}

/// Every kind of key, in the order in which they are tried.
pub(super) const KINDS: [Kind; 22] = [
    chained(whole_name),
    strong(family_employer),
    strong(given_employer),
    strong(initials_employer),
    strong(sound_nickname),
    strong(family_city),
    strong(family_given_beginning),
    strong(given_family_beginning),
    strong(given_family_end),
    strong(birthday_name),
    strong(birthday_place),
    weak(birthday_parts),
    weak(place_beginning),
    strong(address),
    strong(mail_parts),
    strong(entry),
    weak(given_position),
    weak(given_short_employer),
    weak(one_initial_employer),
    weak(initial_family_beginning),
    weak(family),
    weak(nickname_family_beginning),
];

/// Both family words with the given name, in either order, so that swapped names meet.
fn whole_name(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let given = row.given[0];
    if given == NONE || row.family[0] == NONE {
        return;
    }
    for family in words(row.family) {
        for given in words(row.given) {
            add(hash_of((given.min(family), given.max(family))));
        }
    }
}

fn words<const N: usize>(words: [u32; N]) -> impl Iterator<Item = u32> {
    words.into_iter().filter(|word| *word != NONE)
}

fn employers(row: &Feature) -> impl Iterator<Item = u32> {
    words([row.company, if row.domain == row.company { NONE } else { row.domain }])
}

/// A name of one word may be either.
fn family_employer(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let names = if row.family[0] == NONE { &row.given[..] } else { &row.family[..] };
    for name in names.iter().filter(|name| **name != NONE) {
        for employer in employers(row) {
            add(hash_of((*name, employer)));
        }
    }
}

/// A pet name at an employer meets its full form; a name without a nickname stands for itself.
fn given_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for employer in employers(row) {
        each_class(corpus, row, |class| add(hash_of((class, employer))));
    }
}

/// Both initials in either order: whatever became of the rest of a name, they survive at an employer.
fn initials_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.given[0] == NONE {
        return;
    }
    let given = beginning(corpus, row.given[0], 1);
    for family in words(row.family) {
        let family = beginning(corpus, family, 1);
        for employer in employers(row) {
            add(hash_of((given.min(family), given.max(family), employer)));
        }
    }
}

/// Calls for each class of the given name, or for the name itself where it has none.
fn each_class(corpus: &Corpus<'_>, row: &Feature, mut call: impl FnMut(u64)) {
    let given = row.given[0];
    if given == NONE {
        return;
    }
    let mut any = false;
    for class in corpus.names.nickname(given).classes() {
        any = true;
        call(u64::from(class));
    }
    if !any {
        call(u64::from(corpus.hints.lasting_name(given)) << 20);
    }
}

fn sound_nickname(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for family in words(row.family) {
        let sound = corpus.names.phonetic(family);
        if sound != 0 {
            each_class(corpus, row, |class| add(hash_of((class, sound))));
        }
    }
}

/// A new family name at a new employer: what somebody does stays the longest.
fn given_position(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.position != NONE {
        let position = corpus.hints.lasting_text(row.position);
        each_class(corpus, row, |class| add(hash_of((class, position))));
    }
}

/// An employer by its initials or its first word, where somebody has a new family name or the firm's in its place.
fn given_short_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for employer in words([row.company, row.company_head, row.company_initials]) {
        let employer = corpus.hints.lasting_text(employer);
        each_class(corpus, row, |class| add(hash_of((class, employer))));
    }
}

/// One initial survives at an employer when the other name is new, or stands where a middle name was put.
fn one_initial_employer(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for word in words([row.given[0], row.family[0], row.family[1]]) {
        let initial = beginning(corpus, word, 1);
        employers(row).for_each(|employer| add(hash_of((initial, corpus.hints.lasting_text(employer)))));
    }
}

/// An initial or a slip in the given name, and a slip in the family name behind its fourth letter.
fn initial_family_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    each_way(row, |one, other| add(hash_of((beginning(corpus, one, 1), beginning(corpus, other, 4)))));
}

/// A nickname with a slip in the family name that spares neither its end nor its sound.
fn nickname_family_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for family in words(row.family) {
        each_class(corpus, row, |class| add(hash_of((class, beginning(corpus, family, 2)))));
    }
}

/// A rare family name alone: what stands in the place of the given name may be anything.
fn family(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    words(row.family).for_each(|family| add(hash_of(corpus.hints.lasting_name(family))));
}

fn family_city(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.city != NONE {
        words(row.family).for_each(|family| add(hash_of((family, row.city))));
    }
}

/// The first letters of a word of a name.
fn beginning<'a>(corpus: &'a Corpus<'_>, symbol: u32, letters: usize) -> &'a [u8] {
    let text = corpus.names.text(symbol).as_bytes();
    &text[..text.len().min(letters)]
}

/// In a swapped name it is the family name that is cut to an initial.
fn family_given_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.given[0] == NONE {
        return;
    }
    let head = beginning(corpus, row.given[0], 1);
    for family in words(row.family) {
        add(hash_of((family, head)));
        let text = corpus.names.text(family).as_bytes();
        if text.len() == 1 {
            add(hash_of((row.given[0], text)));
        }
    }
}

/// Calls with a word of the given name and one of the family name, and the other way round, so that swapped
/// names meet.
fn each_way(row: &Feature, mut call: impl FnMut(u32, u32)) {
    let given = row.given[0];
    if given != NONE {
        for family in words(row.family) {
            call(given, family);
            call(family, given);
        }
    }
}

fn given_family_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    each_way(row, |whole, part| add(hash_of((whole, beginning(corpus, part, 3)))));
}

/// A slip spares the beginning or the end of a long word, and the first and last letter of a short one.
fn given_family_end(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    const LONG: usize = 5;
    const SHORT: usize = 6;
    each_way(row, |whole, part| {
        let text = corpus.names.text(part).as_bytes();
        if text.len() >= LONG {
            add(hash_of((whole, &text[text.len() - 3..])));
        }
        if text.len() <= SHORT {
            add(hash_of((whole, text.first(), text.last())));
        }
    });
}

/// Birthday with any word of the name, and with its initial.
fn birthday_name(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.birthday == 0 {
        return;
    }
    for word in words(row.family).chain(words(row.given)) {
        add(hash_of((row.birthday, word)));
        add(hash_of((row.birthday, beginning(corpus, word, 1))));
    }
}

/// Birthday with the place or the mail domain.
fn birthday_place(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.birthday != 0 {
        for place in [row.city, row.postcode, row.domain] {
            if place != NONE {
                add(hash_of((row.birthday, place)));
            }
        }
    }
}

/// Two of day, month and year with the first letter of a name: dates and names with a slip each still meet.
fn birthday_parts(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    let (year, month, day) = (row.birthday >> 9, row.birthday >> 5 & 15, row.birthday & 31);
    if year == 0 {
        return;
    }
    for word in words([row.given[0], row.family[0]]) {
        let initial = beginning(corpus, word, 1);
        add(hash_of((year, month, initial, 'm')));
        add(hash_of((year, day, initial, 'd')));
        add(hash_of((month, day, initial, 'y')));
    }
}

/// City or postcode with the first two letters of a name: names with a slip still meet where people are few.
fn place_beginning(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for word in words([row.given[0], row.family[0]]) {
        let head = beginning(corpus, word, 2);
        words([row.city, row.postcode])
            .for_each(|place| add(hash_of((corpus.hints.lasting_text(place), head))));
    }
}

fn address(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    if row.postcode != NONE {
        words(row.family).for_each(|family| add(hash_of((family, row.postcode))));
        words(row.given).for_each(|given| add(hash_of((given, row.postcode, 'g'))));
    }
    if row.street != NONE {
        words(row.family).chain(words(row.given)).for_each(|word| add(hash_of((word, row.street, 's'))));
        if row.postcode != NONE || row.city != NONE {
            add(hash_of((row.street, row.postcode.max(row.city))));
        }
    }
}

/// The local part by itself and the domain with the local part's first letters: one of them survives a slip.
fn mail_parts(corpus: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    for &email in corpus.features.emails(row).iter().take(3) {
        if let Some((local, domain)) = corpus.features.keys.text(email).rsplit_once('@') {
            if local.len() >= 5 {
                add(hash_of((local, '@')));
            }
            let head = &local.as_bytes()[..local.len().min(3)];
            add(hash_of((head, domain)));
        }
    }
}

fn entry(_: &Corpus<'_>, row: &Feature, add: &mut dyn FnMut(u64)) {
    add(hash_of((row.record_id, row.member)));
}
