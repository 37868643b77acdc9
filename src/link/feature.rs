//! Features: what the linker compares, some hundred bytes a record, made of symbols.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Row;
use super::company::{self, Employer};
use super::order::put_in_order;
use super::spelling::{given_words, key};
use super::symbol::{Listed, NONE, Symbols, hash_of};
use super::wording::NameWords;
use crate::record::{CellsView, Field};
use crate::text::{fold, tokens};
use crate::words::is_freemail;

/// Rows whose features are made by one task; their order does not depend on threads.
const CHUNK: usize = 1 << 14;
/// Tasks whose features lie in memory twice, by themselves and with all others.
const WAVE: usize = 8;
/// Values of one kind that a record is compared by; an entry with more is no person's.
const VALUES: usize = 12;
/// Longer texts are compared by their beginning.
const LONGEST: usize = 64;

/// Marks a given name that was read from an address.
pub(super) const GIVEN: u8 = 1;
/// Marks a family name that was read from an address.
pub(super) const FAMILY: u8 = 2;

/// What one record is compared by. Every `u32` is a symbol unless said otherwise; 0 is missing.
///
/// It fills two lines of the processor's cache, so that looking at any record takes two loads from memory.
#[derive(Clone, Copy, Default)]
#[repr(align(128))]
pub(super) struct Feature {
    /// First and second given name.
    pub(super) given: [u32; 2],
    /// First and last word of the family name without particles (the last is 0 if there is one only), and
    /// another family name that profile or e-mail show, such as the birth name, or the name with its particles
    /// in one word.
    pub(super) family: [u32; 3],
    /// All words of the given name, joined, where there are several.
    pub(super) given_full: u32,
    /// The given name in full that address or profile show where the name has an initial or a pet name.
    pub(super) given_shown: u32,
    /// All words of the family name, joined.
    pub(super) family_full: u32,
    /// Pet name.
    pub(super) nickname: u32,
    /// Distinctive words of the employer, joined.
    pub(super) company: u32,
    /// First word of the employer, in the same numbers, where it may name a company by itself.
    pub(super) company_head: u32,
    /// Initials of the employer, in the same numbers.
    pub(super) company_initials: u32,
    /// Owner of the first business mail domain, in the same numbers as `company`.
    pub(super) domain: u32,
    pub(super) position: u32,
    pub(super) city: u32,
    pub(super) postcode: u32,
    pub(super) street: u32,
    pub(super) linkedin: u32,
    pub(super) xing: u32,
    /// Year, month and day packed as in [`birthday`]; 0 is missing.
    pub(super) birthday: u32,
    /// Hash of the date the connection was made; 0 is missing.
    pub(super) connected: u32,
    /// Where its e-mails, phones and external ids begin in the values.
    pub(super) start: u32,
    pub(super) emails: u8,
    pub(super) phones: u8,
    pub(super) ids: u8,
    /// Which of two relatives of one name, as in [`generation`]; 0 is missing.
    pub(super) generation: u8,
    /// What of the name was read from an address: [`GIVEN`] and [`FAMILY`].
    pub(super) derived: u8,
    /// A shared address such as info@.
    pub(super) role: bool,
    pub(super) distinct: bool,
    pub(super) member: u16,
    pub(super) export: u32,
    pub(super) day: i32,
    pub(super) record_id: u64,
}

/// The features of all records, with the texts behind their symbols.
pub(super) struct Features {
    /// One a record, in canonical order.
    pub(super) rows: Vec<Feature>,
    /// E-mails, phones and external ids of all records.
    values: Vec<u32>,
    /// The further exports of distinct people that show a record, and for each record where they begin; empty if none
    /// has any.
    again: Vec<u32>,
    again_starts: Vec<u32>,
    /// Words of names, as keys.
    pub(super) names: Symbols,
    /// Employers, positions, places.
    pub(super) texts: Symbols,
    /// What is meant to point at one person: profiles, e-mails, phones, ids.
    pub(super) keys: Symbols,
}

impl Features {
    /// The e-mails of a record.
    #[inline]
    pub(super) fn emails(&self, row: &Feature) -> &[u32] {
        let start = row.start as usize;
        &self.values[start..start + usize::from(row.emails)]
    }

    /// The further exports of distinct people that show the record at a place.
    #[inline]
    pub(super) fn again(&self, at: u32) -> &[u32] {
        match self.again_starts.get(at as usize..at as usize + 2) {
            Some(range) => &self.again[range[0] as usize..range[1] as usize],
            None => &[],
        }
    }

    /// Whether an export of distinct people shows two records, by their places.
    pub(super) fn shown_together(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.rows[a as usize], &self.rows[b as usize]);
        if !x.distinct || !y.distinct || x.member != y.member {
            return false;
        }
        let (of_a, of_b) = (self.again(a), self.again(b));
        x.export == y.export
            || of_b.contains(&x.export)
            || of_a.contains(&y.export)
            || of_a.iter().any(|export| of_b.contains(export))
    }

    /// The phones of a record.
    #[inline]
    pub(super) fn phones(&self, row: &Feature) -> &[u32] {
        let start = row.start as usize + usize::from(row.emails);
        &self.values[start..start + usize::from(row.phones)]
    }

    /// The external ids of a record.
    #[inline]
    pub(super) fn ids(&self, row: &Feature) -> &[u32] {
        let start = row.start as usize + usize::from(row.emails) + usize::from(row.phones);
        &self.values[start..start + usize::from(row.ids)]
    }

    /// Makes the features of the rows in the given order.
    pub(super) fn new(rows: &[Row<'_>], order: &[u32]) -> Features {
        let mut all = Features {
            rows: Vec::with_capacity(rows.len()),
            values: Vec::new(),
            again: Vec::new(),
            again_starts: Vec::new(),
            names: Symbols::new(),
            texts: Symbols::new(),
            keys: Symbols::new(),
        };
        if rows.iter().any(|row| !row.again.is_empty()) {
            all.again_starts.push(0);
            for &at in order {
                all.again.extend_from_slice(rows[at as usize].again);
                all.again_starts.push(all.again.len() as u32);
            }
        }
        let mut seen = Seen::default();
        for wave in order.chunks(CHUNK * WAVE) {
            let before = Before { seen: &seen, texts: &all.texts };
            for part in Part::of_chunks(rows, wave, before) {
                all.take(part, &mut seen);
            }
        }
        put_in_order(&mut all.rows, &all.names);
        all.names.seal();
        all.texts.seal();
        all.keys.seal();
        all
    }

    /// Adds the features of a part, whose symbols become those of all.
    fn take(&mut self, mut part: Part, seen: &mut Seen) {
        let names = self.names.absorb(&part.names);
        let texts = self.texts.absorb(&part.texts);
        let keys = self.keys.absorb_list(&part.keys);
        let start = self.values.len() as u32;
        for row in &mut part.rows {
            row.renumber(&names, &texts, &keys, start);
        }
        self.rows.append(&mut part.rows);
        self.values.extend(part.values.iter().map(|symbol| keys[*symbol as usize]));
        seen.add(part.seen, &texts);
    }
}

impl Feature {
    /// Whether it names a profile of a network.
    #[inline]
    pub(super) fn has_profile(&self) -> bool {
        self.linkedin != NONE || self.xing != NONE
    }

    fn renumber(&mut self, names: &[u32], texts: &[u32], keys: &[u32], start: u32) {
        let Feature { given: [g1, g2], family: [f1, f2, f3], family_full, given_full, .. } = self;
        for symbol in [g1, g2, f1, f2, f3, family_full, given_full] {
            *symbol = names[*symbol as usize];
        }
        for symbol in [&mut self.nickname, &mut self.given_shown] {
            *symbol = names[*symbol as usize];
        }
        let Feature { company, company_head, company_initials, domain, .. } = self;
        for symbol in [company, company_head, company_initials, domain] {
            *symbol = texts[*symbol as usize];
        }
        let Feature { position, city, postcode, street, .. } = self;
        for symbol in [position, city, postcode, street] {
            *symbol = texts[*symbol as usize];
        }
        for symbol in [&mut self.linkedin, &mut self.xing] {
            *symbol = keys[*symbol as usize];
        }
        self.start += start;
    }
}

/// Symbols of texts by a hash of what was written: the same few are spelled a thousand times.
#[derive(Default)]
struct Seen {
    /// Employers.
    companies: FxHashMap<u64, [u32; 3]>,
    /// Mail domains: the symbol of their owner.
    domains: FxHashMap<u64, u32>,
    /// Positions, cities and postcodes, by field and text. Streets with their numbers seldom come twice.
    places: FxHashMap<u64, u32>,
}

impl Seen {
    /// Takes over what a part saw; `texts` translates its symbols.
    fn add(&mut self, part: Seen, texts: &[u32]) {
        let all = |symbol: u32| texts[symbol as usize];
        self.companies.extend(part.companies.into_iter().map(|(hash, symbols)| (hash, symbols.map(all))));
        self.domains.extend(part.domains.into_iter().map(|(hash, symbol)| (hash, all(symbol))));
        self.places.extend(part.places.into_iter().map(|(hash, symbol)| (hash, all(symbol))));
    }
}

/// What earlier waves read, with the texts of its symbols.
#[derive(Clone, Copy)]
struct Before<'a> {
    seen: &'a Seen,
    texts: &'a Symbols,
}

/// The features of one chunk of rows with symbols of its own.
struct Part {
    rows: Vec<Feature>,
    values: Vec<u32>,
    names: Symbols,
    texts: Symbols,
    /// Profiles, e-mails, phones and ids as they are met: few stand in one part twice.
    keys: Listed,
    seen: Seen,
    /// Names seen before, by their cells.
    known: FxHashMap<u64, (NameWords, NameSymbols)>,
    /// Phones and ids of the record being read.
    lists: [Vec<u32>; 2],
}

impl Part {
    fn of_chunks(rows: &[Row<'_>], order: &[u32], before: Before<'_>) -> Vec<Part> {
        order.par_chunks(CHUNK).map(|chunk| Part::new(rows, chunk, before)).collect()
    }

    fn new(rows: &[Row<'_>], chunk: &[u32], before: Before<'_>) -> Part {
        let mut part = Part {
            rows: Vec::with_capacity(chunk.len()),
            values: Vec::new(),
            names: Symbols::new(),
            texts: Symbols::new(),
            keys: Listed::new(),
            seen: Seen::default(),
            known: FxHashMap::default(),
            lists: [Vec::new(), Vec::new()],
        };
        for &at in chunk {
            let feature = part.feature(&rows[at as usize], before);
            part.rows.push(feature);
        }
        // Parts wait for those of the same wave: what only reading needs goes at once.
        part.known = FxHashMap::default();
        part
    }

    fn feature(&mut self, row: &Row<'_>, before: Before<'_>) -> Feature {
        let mut feature = Feature {
            distinct: row.distinct,
            member: row.member,
            export: row.export,
            day: row.day,
            record_id: row.record_id,
            start: self.values.len() as u32,
            ..Feature::default()
        };
        let [mut phones, mut ids] = std::mem::take(&mut self.lists);
        for (field, text) in row.cells.iter() {
            match field {
                Field::Email => self.email(&mut feature, text, before),
                Field::Phone => phones.push(self.keys.add(&[text])),
                Field::ExternalId => ids.push(self.external_id(text)),
                Field::LinkedIn => first(&mut feature.linkedin, || self.keys.add(&[text])),
                Field::Xing => first(&mut feature.xing, || self.keys.add(&[text])),
                Field::Company if feature.company == NONE => {
                    [feature.company, feature.company_head, feature.company_initials] =
                        self.company(text, before);
                }
                Field::Position => first(&mut feature.position, || self.place((field, text), joined, before)),
                Field::City => first(&mut feature.city, || self.place((field, text), city, before)),
                Field::Postcode => first(&mut feature.postcode, || self.place((field, text), joined, before)),
                Field::Street => first(&mut feature.street, || self.texts.intern(&street(text))),
                Field::Birthday => feature.birthday = birthday(text).unwrap_or_default(),
                Field::ConnectedOn => feature.connected = (hash_of(text) as u32) | 1,
                Field::Suffix => feature.generation = generation(text),
                Field::Kind => feature.role = text == "role",
                _ => {}
            }
        }
        self.name(&mut feature, row.cells);
        for (list, count) in [(&mut phones, &mut feature.phones), (&mut ids, &mut feature.ids)] {
            *count = list.len().min(VALUES) as u8;
            self.values.extend_from_slice(&list[..list.len().min(VALUES)]);
            list.clear();
        }
        self.lists = [phones, ids];
        feature
    }

    /// The same few thousand names stand in a million records: each is read once.
    fn name(&mut self, feature: &mut Feature, cells: CellsView<'_>) {
        let hash =
            hash_of([Field::GivenName, Field::MiddleName, Field::FamilyName].map(|field| cells.text(field)));
        let (words, symbols) = self.known.entry(hash).or_insert_with(|| {
            let words = NameWords::read(cells);
            let symbols = NameSymbols::new(&words, &mut self.names);
            (words, symbols)
        });
        let around = words.look_around(feature, cells);
        let completed = around.words.map(|words| NameSymbols::new(&words, &mut self.names));
        let NameSymbols { given, given_full, family, family_full } = completed.as_ref().unwrap_or(symbols);
        (feature.given, feature.given_full) = (*given, *given_full);
        (feature.family, feature.family_full) = (*family, *family_full);
        if let Some(other) = around.other {
            feature.family[2] = self.names.intern(cut(&other));
        }
        feature.given_shown = around.shown.map_or(NONE, |word| self.names.intern(&word));
        if let Some(word) = cells.get(Field::Nickname).and_then(|text| given_words(text).into_iter().next()) {
            feature.nickname = self.names.intern(&word);
        }
    }

    /// A position or a place by what it is compared by, which is made once for each text.
    fn place(
        &mut self,
        (field, text): (Field, &str),
        compared: fn(&str) -> String,
        before: Before<'_>,
    ) -> u32 {
        let hash = hash_of((field as u8, text));
        *self.seen.places.entry(hash).or_insert_with(|| match before.seen.places.get(&hash) {
            Some(&symbol) => self.texts.intern(before.texts.text(symbol)),
            None => self.texts.intern(&compared(text)),
        })
    }

    /// E-mails come before phones and ids in the values, which are added when all cells are read.
    fn email(&mut self, feature: &mut Feature, text: &str, before: Before<'_>) {
        if usize::from(feature.emails) >= VALUES {
            return;
        }
        feature.emails += 1;
        let symbol = self.keys.add(&[text]);
        self.values.push(symbol);
        if feature.domain == NONE
            && let Some((_, domain)) = text.rsplit_once('@')
        {
            feature.domain = self.domain(domain, before);
        }
    }

    /// The owner of a business mail domain; none of a mail provider.
    fn domain(&mut self, domain: &str, before: Before<'_>) -> u32 {
        let hash = hash_of(domain);
        *self.seen.domains.entry(hash).or_insert_with(|| match before.seen.domains.get(&hash) {
            Some(&symbol) => self.texts.intern(before.texts.text(symbol)),
            None if is_provider(domain) => NONE,
            None => self.texts.intern(cut(&company::of_domain(domain))),
        })
    }

    /// An employer, its first word and its initials.
    fn company(&mut self, text: &str, before: Before<'_>) -> [u32; 3] {
        let hash = hash_of(text);
        *self.seen.companies.entry(hash).or_insert_with(|| {
            if let Some(symbols) = before.seen.companies.get(&hash) {
                return symbols.map(|symbol| self.texts.intern(before.texts.text(symbol)));
            }
            let employer = Employer::of(text);
            [&employer.core, &employer.head, &employer.initials].map(|text| self.texts.intern(cut(text)))
        })
    }

    fn external_id(&mut self, text: &str) -> u32 {
        self.keys.add(&["#", text])
    }
}

/// The symbols of a name, as in [`Feature`].
struct NameSymbols {
    given: [u32; 2],
    given_full: u32,
    family: [u32; 3],
    family_full: u32,
}

impl NameSymbols {
    fn new(words: &NameWords, names: &mut Symbols) -> NameSymbols {
        let NameWords { given, middle, family, other } = words;
        let mut first_names = given.iter().chain(middle);
        let mut next = || first_names.next().map_or(NONE, |word| names.intern(word));
        let first_two = [next(), next()];
        let given_full = if given.len() > 1 { names.intern(cut(&given.concat())) } else { NONE };
        let (mut words, family_full) = match family.as_slice() {
            [one, .., last] => {
                ([names.intern(one), names.intern(last), NONE], names.intern(cut(&family.concat())))
            }
            [one] => {
                let one = names.intern(one);
                ([one, NONE, NONE], one)
            }
            [] => ([NONE; 3], NONE),
        };
        words[2] = other.as_ref().map_or(NONE, |word| names.intern(cut(word)));
        NameSymbols { given: first_two, given_full, family: words, family_full }
    }
}

/// Fills a place that is still empty.
fn first(place: &mut u32, symbol: impl FnOnce() -> u32) {
    if *place == NONE {
        *place = symbol();
    }
}

/// The words of a text, folded and joined.
fn joined(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len().min(LONGEST));
    for word in tokens(&folded) {
        if out.len() + word.len() > LONGEST {
            break;
        }
        out.push_str(word);
    }
    out
}

fn city(text: &str) -> String {
    cut(&key(&joined(text))).to_owned()
}

/// A street with its number, the word for street in one spelling.
fn street(text: &str) -> String {
    let all = joined(text).replace("strasse", "str").replace("street", "st");
    cut(&key(&all)).to_owned()
}

/// The beginning of a text, cut between characters.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Whether a domain belongs to a mail provider, under whatever ending: `yahoo.com.br`, `gmx.li`.
pub(super) fn is_provider(domain: &str) -> bool {
    if is_freemail(domain) {
        return true;
    }
    let Some((label, _)) = domain.split_once('.').filter(|(label, _)| label.len() >= 3) else { return false };
    let mut other = String::with_capacity(label.len() + 4);
    ["com", "de", "net"].iter().any(|end| {
        other.clear();
        other.extend([label, ".", end]);
        is_freemail(&other)
    })
}

/// Which of two relatives of one name a suffix such as `jun.` tells: 1 the elder, 2 the younger, 3 the third.
fn generation(suffix: &str) -> u8 {
    let folded = crate::text::fold(suffix);
    let of = |word: &str| match word {
        "sen" | "senior" | "sr" | "i" => 1,
        "jun" | "junior" | "jr" | "ii" => 2,
        "iii" => 3,
        _ => 0,
    };
    crate::text::tokens(&folded).map(of).max().unwrap_or_default()
}

/// A birthday `YYYY-MM-DD` or `--MM-DD` as year × 512 + month × 32 + day; the year is 0 if unknown.
pub(super) fn birthday(text: &str) -> Option<u32> {
    let (year, rest) = if let Some(rest) = text.strip_prefix("--") {
        (0, rest)
    } else {
        let (year, rest) = text.split_once('-')?;
        (year.parse::<u32>().ok().filter(|year| *year < 10_000)?, rest)
    };
    let (month, day) = rest.split_once('-')?;
    let (month, day) = (month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
    (month < 16 && day < 32).then_some(year * 512 + month * 32 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_small() {
        assert!(size_of::<Feature>() <= 128, "{}", size_of::<Feature>());
    }

    #[test]
    fn birthdays_are_packed() {
        assert_eq!(birthday("1980-02-03"), Some(1980 * 512 + 2 * 32 + 3));
        assert_eq!(birthday("--02-03"), Some(2 * 32 + 3));
        for text in ["", "1980", "x-y-z", "1980-99-01", "99999999999-01-01"] {
            assert_eq!(birthday(text), None);
        }
    }

    #[test]
    fn providers_are_known_under_every_ending() {
        assert!(is_provider("gmx.li") && is_provider("yahoo.com.br"));
        assert!(!is_provider("siemens.com") && !is_provider("localhost"));
    }
}
