//! Stage 2: raw text to comparable values, one record at a time, the same values in the same order every time.
//!
//! Raw text is never changed: cleaning writes new cells beside it. What it cannot read it says in a
//! [`Finding`]. Cleaning cleaned cells changes nothing, whatever the [`Context`].

mod case;
mod category;
mod company;
mod date;
mod date_words;
mod email;
mod honorific;
mod name;
mod name_words;
mod occasion;
mod particle;
pub(crate) mod phone;
mod place;
mod plain;
mod remark;
mod title;
mod url;

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono_tz::Tz;

use crate::record::{Cells, CellsView, DateOrder, Field};
use crate::text::{squeeze, visible};
use crate::words;

use date::When;
use name::Source;
use phone::Number;
use url::Address;

/// What cleaning must know beside the record.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The team's country, ISO 3166 alpha-2, for telephone numbers without a country code.
    pub country: &'a str,
    /// The team's time zone, for times without a zone.
    pub timezone: Tz,
    /// How numeric dates of the record's column are meant.
    pub date_order: DateOrder,
    /// Year of the export: two-digit years lie no later than the year after it.
    pub year: i32,
}

/// Something in a cell that could not be read or is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field of the cell.
    pub field: Field,
    /// Stable name of the kind of finding, such as `vague-date`.
    pub code: &'static str,
    /// What was wrong and what was done.
    pub message: String,
}

/// How many fields there are.
const FIELDS: usize = Field::ALL.len();

/// Cleans one record: `out` is emptied and then gets the cleaned cells in their fixed order.
///
/// See the fields of [`Field`] for what a cleaned cell of each looks like. Values that cannot be read are
/// left out and named in `findings`; numbers that cannot be dialled go to [`Field::PhoneRaw`].
pub fn clean(raw: CellsView<'_>, context: &Context<'_>, out: &mut Cells, findings: &mut Vec<Finding>) {
    out.clear();
    let mut record = Record {
        raw,
        first: [""; FIELDS],
        several: 0,
        added: [0; FIELDS],
        context,
        out,
        findings,
        remarks: Vec::new(),
        named: false,
        company: Cow::Borrowed(""),
        employer: None,
        occasion: "",
        source: None,
    };
    for (field, text) in raw.iter() {
        let slot = &mut record.first[field as usize];
        if slot.is_empty() {
            *slot = text.trim();
        } else {
            record.several |= 1 << field as u64;
        }
    }
    let (email, phone) = record.names();
    record.emails(email);
    record.phones(phone);
    record.company();
    record.place();
    record.date(Field::Birthday);
    record.addresses();
    record.categories();
    record.touch();
    record.rest();
}

/// The most cells of one field; the thousandth address of a person helps nobody.
const MOST: usize = 1000;

/// The longest cell that is taken for a name, in bytes.
const LONGEST_NAME: usize = 1000;

/// Whether a program has put another sign in the place of a letter it did not have: `M?ller`.
fn has_lost_letters(text: &str) -> bool {
    let mut before = (' ', ' ');
    text.chars().any(|letter| {
        let lost = matches!(before.1, '?' | '\u{fffd}') && before.0.is_alphabetic() && letter.is_alphabetic();
        before = (before.1, letter);
        lost
    })
}

/// One record being cleaned.
struct Record<'a> {
    raw: CellsView<'a>,
    /// The first cell of each field.
    first: [&'a str; FIELDS],
    /// One bit for each field that has more than one cell.
    several: u64,
    /// How many cells of each field were to be added.
    added: [usize; FIELDS],
    context: &'a Context<'a>,
    out: &'a mut Cells,
    findings: &'a mut Vec<Finding>,
    remarks: Vec<String>,
    /// Whether there is a personal name.
    named: bool,
    /// The employer as its cell names it, tidied.
    company: Cow<'a, str>,
    /// A company found in place of the name.
    employer: Option<String>,
    /// What was written of a touch beyond its kind.
    occasion: &'a str,
    /// The slug or key of the profile that the row is named by.
    source: Option<Cow<'a, str>>,
}

impl<'a> Record<'a> {
    fn text(&self, field: Field) -> &'a str {
        self.first[field as usize]
    }

    fn has(&self, field: Field) -> bool {
        !self.text(field).is_empty()
    }

    /// Every cell of a field, without a walk over the record where there is one or none.
    fn each(&self, field: Field) -> impl Iterator<Item = &'a str> + use<'a> {
        let several = (self.several >> field as u64) & 1 == 1;
        let one = Some(self.text(field)).filter(|text| !several && !text.is_empty());
        let raw = several.then_some(self.raw);
        one.into_iter().chain(raw.into_iter().flat_map(move |raw| raw.all(field)))
    }

    /// Adds a value of a field that may have many, once.
    fn add(&mut self, field: Field, text: &str) {
        let added = &mut self.added[field as usize];
        *added = added.saturating_add(1);
        match (*added).cmp(&(MOST + 1)) {
            Ordering::Less => self.out.push_new(field, text),
            Ordering::Equal => {
                self.find(field, "too-many", text, "and all after it were left out: too many values");
            }
            Ordering::Greater => {}
        }
    }

    fn find(&mut self, field: Field, code: &'static str, text: &str, what: &str) {
        let short: String = text.chars().take(60).collect();
        let message = format!("`{}` {what}", visible(&short));
        self.findings.push(Finding { field, code, message });
    }

    /// Names, and the address and number found in place of one.
    fn names(&mut self) -> (Option<String>, Option<String>) {
        self.company = company::tidy(self.text(Field::Company));
        let company = self.company.clone();
        let source = Source {
            whole: self.text(Field::Name),
            prefix: self.text(Field::Prefix),
            given: self.text(Field::GivenName),
            middle: self.text(Field::MiddleName),
            family: self.text(Field::FamilyName),
            suffix: self.text(Field::Suffix),
            company: &company,
        };
        let mut found = (None, None);
        let mut nicknames = Vec::new();
        let long = |cell: &(Field, &str)| cell.1.len() > LONGEST_NAME;
        if let Some((field, text)) = source.cells().into_iter().find(long) {
            self.find(field, "too-long", text, "and so on is too long for a name and was taken for a remark");
            self.remarks = source.cells().iter().map(|(_, text)| (*text).to_owned()).collect();
        } else if source.is_empty() {
            // Cards of companies and rows that carry only a touch have no name.
        } else if let Some((given, family)) = plain::plain(&source) {
            self.out.push(Field::GivenName, given);
            self.out.push(Field::FamilyName, family);
            self.named = true;
        } else {
            for (field, text) in source.cells().into_iter().filter(|(_, text)| has_lost_letters(text)) {
                let what =
                    "has lost letters before it was exported and was kept as it is; export it again as UTF-8";
                self.find(field, "lost-letters", text, what);
            }
            let cleaned = name::clean_name(source);
            let parts = &cleaned.parts;
            self.out.push(Field::Prefix, &parts.prefix);
            self.out.push(Field::GivenName, &parts.given);
            self.out.push(Field::MiddleName, &parts.middle);
            self.out.push(Field::FamilyName, &parts.family);
            self.out.push(Field::Suffix, &parts.suffix);
            self.named = !parts.given.is_empty() || !parts.family.is_empty();
            self.remarks = cleaned.beside.remarks;
            self.employer = cleaned.company;
            nicknames = cleaned.beside.nicknames;
            found = (cleaned.email, cleaned.phone);
        }
        for nickname in self.each(Field::Nickname) {
            self.add(Field::Nickname, &company::tidy(nickname));
        }
        for nickname in nicknames {
            self.add(Field::Nickname, &company::tidy(&nickname));
        }
        found
    }

    fn emails(&mut self, named: Option<String>) {
        for cell in self.each(Field::Email) {
            let mut found = 0;
            let wrong = email::for_each_address(cell, |address| {
                found += 1;
                self.add(Field::Email, address);
            });
            if wrong > 0 || (found == 0 && !words::is_no_company(cell)) {
                self.find(Field::Email, "not-an-address", cell, "is not an e-mail address and was left out");
            }
        }
        if let Some(address) = named {
            self.spare(Field::Email, address);
        }
    }

    /// Puts what stood in place of a name where it belongs if nothing is there yet, else among the remarks.
    fn spare(&mut self, field: Field, text: String) {
        let have = self.out.view();
        if have.get(field).is_none() {
            self.out.push(field, &text);
        } else if !have.all(field).any(|have| have == text) {
            self.remarks.push(text);
        }
    }

    fn phones(&mut self, named: Option<String>) {
        let mut unusable: Vec<String> = Vec::new();
        for cell in self.each(Field::Phone) {
            phone::for_each_number(cell, self.context.country, |number| match number {
                Number::Valid(number) => self.add(Field::Phone, &number),
                // `n/a`, `-`: a cell that says that there is none.
                Number::Raw(text) if words::is_no_company(&text) => {}
                Number::Raw(text) => unusable.push(text),
                Number::Damaged(text) => self.damaged_number(Field::Phone, &text),
            });
        }
        match named.map(|named| phone::number(&named, self.context.country)) {
            Some(Number::Valid(number)) => self.spare(Field::Phone, number),
            Some(Number::Raw(text) | Number::Damaged(text)) => unusable.push(text),
            None => {}
        }
        for text in unusable {
            self.add(Field::PhoneRaw, &text);
        }
        for text in self.each(Field::PhoneRaw) {
            // What a list says is no number may be one that is damaged.
            match phone::number(text, self.context.country) {
                Number::Damaged(text) => self.damaged_number(Field::PhoneRaw, &text),
                Number::Valid(_) | Number::Raw(_) => self.add(Field::PhoneRaw, &squeeze(text)),
            }
        }
        for text in self.each(Field::Fax) {
            match phone::number(text, self.context.country) {
                Number::Valid(text) | Number::Raw(text) | Number::Damaged(text) => {
                    self.add(Field::Fax, &text);
                }
            }
        }
    }

    fn damaged_number(&mut self, field: Field, text: &str) {
        let what =
            "has lost digits in a spreadsheet and was left out; format the column as text and export again";
        self.find(field, "damaged-number", text, what);
    }

    fn company(&mut self) {
        match self.employer.take() {
            Some(name) => self.out.push(Field::Company, &company::tidy(&name)),
            None => self.out.push(Field::Company, &self.company),
        }
        if self.has(Field::Position) {
            self.out.push(Field::Position, &title::title(self.text(Field::Position)));
        }
        let department = self.text(Field::Department);
        // A column `Bereich` is a department or tells business from private life.
        if !department.is_empty() && category::scope(department).is_none() {
            self.out.push(Field::Department, &title::title(department));
        }
    }

    fn place(&mut self) {
        for field in [Field::Street, Field::City] {
            if self.has(field) {
                self.out.push(field, &squeeze(self.text(field)));
            }
        }
        let mut country = None;
        if self.has(Field::Postcode) {
            let (postcode, found) = place::postcode(self.text(Field::Postcode));
            self.out.push(Field::Postcode, &postcode);
            country = found;
        }
        if self.has(Field::Region) {
            self.out.push(Field::Region, &squeeze(self.text(Field::Region)));
        }
        if self.has(Field::Country) {
            self.out.push(Field::Country, &place::country(self.text(Field::Country)));
        } else {
            self.out.push(Field::Country, country.unwrap_or_default());
        }
    }

    /// The date of a field: birthdays may lack the year, connections are days, touches days or moments.
    fn date(&mut self, field: Field) {
        let text = self.text(field);
        if text.is_empty() {
            return;
        }
        let mut shown = String::with_capacity(20);
        let when = match field {
            Field::Birthday => date::read_birthday(text, self.context),
            _ => date::read(text, self.context),
        };
        match when {
            When::Yearly(month, day) if field == Field::Birthday => {
                date::write_yearly(month, day, &mut shown);
            }
            When::Day(day) => date::write_day(day, &mut shown),
            When::Instant(at) if field == Field::ConnectedOn => {
                date::write_day(date::day_of(at, self.context), &mut shown);
            }
            When::Instant(at) => date::write_instant(at, &mut shown),
            When::Nothing => {}
            When::Impossible => {
                self.find(field, "impossible-date", text, "is on no calendar and was left out");
            }
            When::Vague | When::Yearly(..) => {
                self.find(field, "vague-date", text, "names no day and was left out");
            }
            When::Unknown => self.find(field, "not-a-date", text, "is not a date and was left out"),
        }
        self.out.push(field, &shown);
    }

    fn addresses(&mut self) {
        let (mut xings, mut others) = (Vec::new(), Vec::new());
        for field in [Field::LinkedIn, Field::Url, Field::Xing] {
            for text in self.each(field) {
                let address = profile(field, text);
                if text == self.text(Field::SourceId) {
                    self.source = address.key();
                }
                match address {
                    Address::LinkedIn(slug) => self.add(Field::LinkedIn, &slug),
                    Address::Xing(key) => xings.push(key),
                    Address::Other(url) => others.push(url),
                    Address::None if !words::is_no_company(text) => {
                        self.find(field, "not-an-address", text, "is not a web address and was left out");
                    }
                    Address::None => {}
                }
            }
        }
        if self.source.is_none() {
            let address = profile(Field::SourceId, self.text(Field::SourceId));
            self.source = address.key();
            match address {
                Address::LinkedIn(slug) => self.add(Field::LinkedIn, &slug),
                Address::Xing(key) => xings.push(key),
                Address::Other(_) | Address::None => {}
            }
        }
        for key in &xings {
            self.add(Field::Xing, key);
        }
        for url in &others {
            self.add(Field::Url, url);
        }
    }

    fn categories(&mut self) {
        for text in self.each(Field::ExternalId) {
            self.add(Field::ExternalId, &squeeze(text));
        }
        let text = self.text(Field::Tier);
        match category::tier(text) {
            _ if text.is_empty() => {}
            Some((letter, unsure)) => {
                if unsure {
                    self.find(Field::Tier, "unsure-category", text, &format!("was taken for {letter}"));
                }
                self.out.push(Field::Tier, letter);
            }
            None if !words::is_no_company(text) => {
                self.find(
                    Field::Tier,
                    "not-a-category",
                    text,
                    "is not a category from A to D and was left out",
                );
            }
            None => {}
        }
        for cell in self.each(Field::Tags) {
            category::for_each_tag(cell, |tag| self.add(Field::Tags, tag));
        }
    }

    fn touch(&mut self) {
        self.date(Field::TouchAt);
        let text = self.text(Field::TouchKind);
        if !text.is_empty() {
            let (kind, only) = occasion::kind(text);
            self.out.push(Field::TouchKind, kind.name());
            if !only {
                self.occasion = text;
            }
        }
        let text = self.text(Field::Direction);
        self.out.push(Field::Direction, category::direction(text).unwrap_or_default());
        self.date(Field::ConnectedOn);
    }

    fn rest(&mut self) {
        let source = self.source.take();
        self.out.push(Field::SourceId, source.as_deref().unwrap_or(self.text(Field::SourceId)));
        let role = |address: &str| address.split('@').next().is_some_and(words::is_role_local);
        let have = self.out.view();
        let shared = !self.named && have.get(Field::Email).is_some() && have.all(Field::Email).all(role);
        if shared || self.text(Field::Kind) == "role" {
            self.out.push(Field::Kind, "role");
        }
        let scope = [Field::Scope, Field::Department].map(|field| category::scope(self.text(field)));
        self.out.push(Field::Scope, scope.into_iter().flatten().next().unwrap_or_default());
        if self.has(Field::Note) {
            self.raw.all(Field::Note).for_each(|text| self.add(Field::Note, text));
        }
        self.add(Field::Note, &squeeze(self.occasion));
        if self.has(Field::Remark) {
            self.raw.all(Field::Remark).for_each(|text| self.add(Field::Remark, text));
        }
        for remark in std::mem::take(&mut self.remarks) {
            self.add(Field::Remark, &remark);
        }
    }
}

/// Reads a cell that may hold a web address. Slugs and keys that were cleaned before stand without a host.
fn profile(field: Field, text: &str) -> Address<'_> {
    if let Some(slug) = url::quick_slug(text) {
        return Address::LinkedIn(Cow::Borrowed(slug));
    }
    let slug = !text.contains(char::is_whitespace) && !text.contains("://");
    match field {
        Field::LinkedIn if slug && (text.starts_with("pub/") || !text.contains("linkedin.com/")) => {
            Address::LinkedIn(url::normal(text).into())
        }
        Field::Xing if slug && !text.contains("xing.com/") => Address::Xing(url::normal(text).into()),
        Field::SourceId if !text.contains('/') => Address::None,
        _ => url::address(text),
    }
}

#[cfg(test)]
mod tests;
