//! What a card says of a person, as cells.

use std::borrow::Cow;

use super::super::cards::{Name, Properties, Property, list, text};
use crate::record::{Cells, Field};

/// How many values of one field are kept a card.
const MOST_VALUES: usize = 1000;

/// Fills the cells from the properties of a card.
pub(super) fn fill(found: &mut Properties<'_>, cells: &mut Cells) {
    let mut person = Person { found, cells, counts: [0; Field::ALL.len()], cut: None };
    person.single(Name::Uid, Field::SourceId);
    person.name();
    person.nicknames();
    person.employer();
    person.contacts();
    person.address();
    person.birthday();
    person.rest();
    if let Some(line) = person.cut {
        found.once(
            line,
            "too-many-values",
            "Of more than 1,000 values of one kind the further ones are left out.",
        );
    }
}

struct Person<'c, 'a> {
    found: &'c Properties<'a>,
    cells: &'c mut Cells,
    counts: [usize; Field::ALL.len()],
    /// Line of the first value that was one too many.
    cut: Option<u32>,
}

impl<'c> Person<'c, '_> {
    fn named(&self, name: Name) -> impl Iterator<Item = &'c Property<'c>> + use<'c> {
        let found = self.found;
        found.all.iter().filter(move |property| property.is(name))
    }

    /// The property of that name to believe: the preferred one, else the first with a value.
    fn best(&self, name: Name) -> Option<&'c Property<'c>> {
        let filled =
            || self.named(name).filter(|property| !property.value.trim_matches([' ', ';']).is_empty());
        let preferred =
            |property: &&Property<'_>| property.has_type("PREF") || property.parameter("PREF") == Some("1");
        filled().find(preferred).or_else(|| filled().next())
    }

    fn text(&self, property: &'c Property<'_>) -> Cow<'c, str> {
        text(&property.value, self.found.old)
    }

    fn push(&mut self, field: Field, text: &str, line: u32) {
        let text = text.trim();
        let count = &mut self.counts[field as usize];
        if *count >= MOST_VALUES {
            self.cut.get_or_insert(line);
        } else if !text.is_empty() && (*count == 0 || !self.cells.view().all(field).any(|have| have == text))
        {
            *count += 1;
            self.cells.push(field, text);
        }
    }

    fn single(&mut self, name: Name, field: Field) {
        if let Some(property) = self.best(name) {
            self.push(field, &self.text(property), property.line);
        }
    }

    fn name(&mut self) {
        let whole = self.best(Name::Fn);
        let line = whole.map_or(0, |property| property.line);
        let whole = whole.map(|property| self.text(property)).unwrap_or_default();
        let whole = if self.is_other(&whole) { "" } else { whole.trim() };
        let Some(property) = self.best(Name::N) else {
            return self.push(Field::Name, whole, line);
        };
        let parts: Vec<String> = if self.found.old {
            list(&property.value, &[';'], true).into_iter().map(Cow::into_owned).collect()
        } else {
            structured(&property.value)
        };
        let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
        let slots = [Field::FamilyName, Field::GivenName, Field::MiddleName];
        let mut filled = (0..slots.len()).filter(|at| !part(*at).is_empty());
        let (one, more) = (filled.next(), filled.next());
        for (at, field) in [(3, Field::Prefix), (4, Field::Suffix)] {
            // The whole name often has its titles already.
            if more.is_some() || !whole.contains(part(at)) {
                self.push(field, part(at), property.line);
            }
        }
        match (one, more) {
            (Some(only), None) => {
                if self.is_other(part(only)) {
                    self.push(Field::Name, whole, line);
                } else if whole.is_empty() || whole == part(only) {
                    // Without separators it is not known which name it is.
                    let field = if parts.len() == 1 { Field::Name } else { slots[only] };
                    self.push(field, part(only), property.line);
                } else {
                    self.push(Field::Name, whole, line);
                }
            }
            (None, _) => self.push(Field::Name, whole, line),
            _ => {
                for (at, field) in slots.into_iter().enumerate() {
                    self.push(field, part(at), property.line);
                }
            }
        }
    }

    /// Whether what stands in place of a name is the company, an address or a number.
    fn is_other(&self, name: &str) -> bool {
        let name = name.trim();
        let same =
            |property: &Property<'_>| property.value.trim().trim_end_matches(';').eq_ignore_ascii_case(name);
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        !name.is_empty()
            && (self.named(Name::Org).chain(self.named(Name::Email)).any(same)
                || self.best(Name::Org).is_some_and(|property| {
                    list(&property.value, &[';'], self.found.old)
                        .first()
                        .is_some_and(|company| company.trim() == name)
                })
                || (digits(name) >= 3 && !name.chars().any(char::is_alphabetic)))
    }

    fn nicknames(&mut self) {
        for property in self.named(Name::Nickname) {
            for nickname in list(&property.value, &[','], self.found.old) {
                self.push(Field::Nickname, &nickname, property.line);
            }
        }
        for (kind, data, _, line) in self.android() {
            if kind.ends_with("/nickname") {
                self.push(Field::Nickname, &data, line);
            }
        }
    }

    /// Android's own entries: kind, first and second datum, line.
    fn android(&self) -> Vec<(String, String, String, u32)> {
        let entry = |property: &Property<'_>| {
            let mut parts = list(&property.value, &[';'], self.found.old).into_iter().map(Cow::into_owned);
            Some((parts.next()?, parts.next()?, parts.next().unwrap_or_default(), property.line))
        };
        self.named(Name::Android).filter_map(entry).collect()
    }

    fn employer(&mut self) {
        if let Some(property) = self.best(Name::Org) {
            let parts = list(&property.value, &[';'], self.found.old);
            let company = parts.first().map_or("", |part| part.trim());
            let rest: Vec<&str> =
                parts.iter().skip(1).map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
            self.push(Field::Company, company, property.line);
            self.push(Field::Department, &rest.join(", "), property.line);
        }
        self.single(if self.best(Name::Title).is_some() { Name::Title } else { Name::Role }, Field::Position);
    }

    fn contacts(&mut self) {
        for property in self.named(Name::Email) {
            let address = self.text(property);
            self.push(Field::Email, without_scheme(&address, "mailto:"), property.line);
        }
        for property in self.named(Name::Tel) {
            self.phone(property);
        }
    }

    fn phone(&mut self, property: &'c Property<'_>) {
        let raw = self.text(property);
        let label = self.label(property).to_ascii_lowercase();
        let is = |kinds: &[&str]| kinds.iter().any(|kind| property.has_type(kind) || label.contains(*kind));
        let speaks = property.has_type("VOICE") || property.has_type("CELL");
        let number = dialled(&raw);
        if is(&["fax", "homefax", "workfax"]) && !speaks {
            self.push(Field::Fax, &number, property.line);
        } else if is(&["pager", "modem", "bbs"]) || !number.bytes().any(|byte| byte.is_ascii_digit()) {
            self.push(Field::PhoneRaw, &raw, property.line);
        } else {
            self.push(Field::Phone, &number, property.line);
        }
    }

    /// The label that Apple's programs keep in a property beside.
    fn label(&self, property: &Property<'_>) -> &'c str {
        let group = property.group();
        if group.is_empty() {
            return "";
        }
        let mut labels = self.named(Name::Label);
        labels.find(|label| label.group().eq_ignore_ascii_case(group)).map_or("", |label| &label.value)
    }

    fn address(&mut self) {
        // A business contact's own place is the office; what is filled best tells most.
        let rank = |property: &Property<'_>, filled: usize| match () {
            () if filled < 2 => 0,
            () if property.has_type("WORK") => 3,
            () if property.has_type("HOME") => 1,
            () => 2,
        };
        let mut best: Option<((usize, usize), Vec<String>, u32)> = None;
        for property in self.named(Name::Adr) {
            let parts: Vec<String> = if self.found.old {
                list(&property.value, &[';'], true).into_iter().map(Cow::into_owned).collect()
            } else {
                structured(&property.value)
            };
            let filled = parts.iter().filter(|part| !part.trim().is_empty()).count();
            let rank = (rank(property, filled), filled);
            if filled > 0 && best.as_ref().is_none_or(|(have, _, _)| rank > *have) {
                best = Some((rank, parts, property.line));
            }
        }
        let Some((_, parts, line)) = best else { return };
        let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
        let street =
            [part(2), part(0), part(1)].into_iter().find(|part| !part.is_empty()).unwrap_or_default();
        let street: Vec<&str> = street.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        self.push(Field::Street, &street.join(", "), line);
        for (at, field) in [(3, Field::City), (4, Field::Region), (5, Field::Postcode), (6, Field::Country)] {
            self.push(field, part(at), line);
        }
    }

    fn birthday(&mut self) {
        if let Some(property) = self.best(Name::Bday) {
            let omitted = property.parameter("X-APPLE-OMIT-YEAR").unwrap_or("1604");
            let day = birthday(&self.text(property), omitted);
            return self.push(Field::Birthday, &day, property.line);
        }
        // Kind of event 3 is a birthday.
        let event =
            self.android().into_iter().find(|(kind, _, of, _)| kind.ends_with("/contact_event") && of == "3");
        if let Some((_, day, _, line)) = event {
            self.push(Field::Birthday, &birthday(&day, "1604"), line);
        }
    }

    fn rest(&mut self) {
        let found = self.found;
        for property in &found.all {
            match property.known() {
                Name::Url => self.push(Field::Url, &self.text(property), property.line),
                Name::Note => self.push(Field::Note, &self.text(property), property.line),
                Name::Categories => {
                    for tag in list(&property.value, &[',', ';'], found.old) {
                        self.push(Field::Tags, &tag, property.line);
                    }
                }
                Name::Profile => {
                    let address = profile(property, &self.text(property));
                    self.push(Field::Url, &address, property.line);
                }
                _ => {}
            }
        }
    }
}

/// Components of a structured value; several values of one component are joined by blanks.
fn structured(value: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut start, mut skip) = (0, false);
    let joined = |part: &str| {
        let values = list(part, &[','], false);
        values
            .iter()
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (at, letter) in value.char_indices() {
        if skip {
            skip = false;
        } else if letter == '\\' {
            skip = true;
        } else if letter == ';' {
            parts.push(joined(&value[start..at]));
            start = at + 1;
        }
    }
    parts.push(joined(&value[start..]));
    parts
}

fn without_scheme<'t>(text: &'t str, scheme: &str) -> &'t str {
    let text = text.trim();
    match text.get(..scheme.len()) {
        Some(head) if head.eq_ignore_ascii_case(scheme) => &text[scheme.len()..],
        _ => text,
    }
}

/// The number without `tel:`, pauses and what is dialled after them; an extension is written out.
fn dialled(raw: &str) -> String {
    let number = without_scheme(raw, "tel:");
    let is_uri = number.len() < raw.trim().len();
    let mut parts = number.split(';');
    let digits = parts.next().unwrap_or_default();
    let extension = parts.find_map(|part| part.trim().strip_prefix("ext="));
    let mut seen = 0;
    let pause = digits.char_indices().find_map(|(at, letter)| {
        seen += usize::from(letter.is_ascii_digit());
        let after = digits[at..]
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_digit() || ",;pPwW#*".contains(next));
        (",pPwW".contains(letter) && after && (seen >= 3 || at == 0)).then_some(at)
    });
    let digits = digits[..pause.unwrap_or(digits.len())].trim();
    let digits = if is_uri { digits.replace("%20", " ") } else { digits.to_owned() };
    match extension {
        Some(extension) if !extension.trim().is_empty() => format!("{digits} ext. {}", extension.trim()),
        _ => digits,
    }
}

/// A birthday as it stands, but days without a year as `--MM-DD` and without a time of day.
fn birthday(raw: &str, omitted_year: &str) -> String {
    let raw = raw.trim();
    let day = match raw.split_once(['T', ' ']) {
        Some((day, time)) if day.len() >= 6 && time.starts_with(|letter: char| letter.is_ascii_digit()) => {
            day
        }
        _ => raw,
    };
    let yearless = day.strip_prefix("--").or_else(|| day.strip_prefix(omitted_year));
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let month_day = yearless.map(|rest| rest.trim_start_matches('-').replace('-', ""));
    match month_day {
        Some(rest) if rest.len() == 4 && rest.is_ascii() && digits(&rest[..2]) && digits(&rest[2..]) => {
            format!("--{}-{}", &rest[..2], &rest[2..])
        }
        _ => day.to_owned(),
    }
}

/// The address of a social profile, made from the user's name where only that is there.
fn profile(property: &Property<'_>, value: &str) -> String {
    let value = value.trim();
    if !value.contains(':') && value.contains('.') || value.contains("://") {
        return value.to_owned();
    }
    let user = property.parameter("x-user").unwrap_or_else(|| without_scheme(value, "x-apple:"));
    let names =
        |network: &str| property.has_type(network) || property.name().to_ascii_lowercase().contains(network);
    match () {
        () if user.trim().is_empty() => String::new(),
        () if names("linkedin") => format!("https://www.linkedin.com/in/{}", user.trim()),
        () if names("xing") => format!("https://www.xing.com/profile/{}", user.trim()),
        () => String::new(),
    }
}
