//! Small word tables that several stages ask: mail providers, shared mailboxes, legal forms, no employer.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{fold, tokens};

/// The rows of an embedded table without its header line.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).map(|line| line.split_once('\t').unwrap_or((line, "")))
}

static FREEMAIL: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../data/freemail_domains.tsv")).map(|(domain, _)| domain).collect());

/// Whether anybody gets a mailbox at this domain, so that it says nothing of the employer.
///
/// The domain is in lower case, as cleaning leaves it.
pub fn is_freemail(domain: &str) -> bool {
    FREEMAIL.contains(domain)
}

/// Local parts of shared mailboxes, and whether the word counts as one part among others too.
static ROLES: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    rows(include_str!("../data/role_locals.tsv")).map(|(local, place)| (local, place == "any")).collect()
});

/// Whether a local part (lower case) names a shared mailbox: `info`, `office.berlin`, `no-reply`.
pub fn is_role_local(local: &str) -> bool {
    let local = local.split_once('+').map_or(local, |(head, _)| head);
    let local = local.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if ROLES.contains_key(local) {
        return true;
    }
    let first = local.split(['.', '-', '_']).next().unwrap_or_default();
    first.len() < local.len() && ROLES.get(first) == Some(&true)
}

/// Tags that say how somebody is known, folded.
const PRIVATE_TAGS: [&str; 12] = [
    "privat",
    "private",
    "personal",
    "persoenlich",
    "familie",
    "family",
    "freunde",
    "friends",
    "freund",
    "friend",
    "verwandte",
    "verwandtschaft",
];
const BUSINESS_TAGS: [&str; 18] = [
    "geschaeftlich",
    "business",
    "beruflich",
    "dienstlich",
    "work",
    "arbeit",
    "kunde",
    "kunden",
    "customer",
    "customers",
    "client",
    "clients",
    "lieferant",
    "lieferanten",
    "kollege",
    "kollegen",
    "colleagues",
    "coworkers",
];

/// Whether a tag says that somebody is known in private life (true) or for business (false); none for others.
pub fn is_private_tag(tag: &str) -> Option<bool> {
    let tag = fold(tag);
    let tag = tag.trim();
    if PRIVATE_TAGS.contains(&tag) {
        return Some(true);
    }
    BUSINESS_TAGS.contains(&tag).then_some(false)
}

/// Whether a form is a soft word (`group`) rather than a legal form, by its folded words.
static FORMS: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    rows(include_str!("../data/legal_forms_strip.tsv")).map(|(form, kind)| (form, kind == "soft")).collect()
});

/// The most words a form has.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| FORMS.keys().map(|form| form.split(' ').count()).max().unwrap_or_default());

static NO_COMPANY: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../data/no_company.tsv")).map(|(words, _)| words).collect());

/// Whether the text stands where an employer should and names none: `Freelance`, `im Ruhestand`, `n/a`, `-`.
pub fn is_no_company(company: &str) -> bool {
    CompanyWords::of(&fold(company)).are_none()
}

/// The distinctive words of a company's name, folded and joined by blanks: `Müller & Söhne GmbH` becomes
/// `mueller soehne`.
///
/// Legal forms and soft words are taken off the end again and again, `the` and `Firma` off the beginning,
/// `und` and `and` count as little as `&`. Empty if nothing is left or [`is_no_company`]. The core of a
/// core is itself.
pub fn company_core(company: &str) -> String {
    core_of(words_in(&fold(company)))
}

/// The words of a company's name, which is read once for all that is asked of it.
#[derive(Debug, Clone)]
pub struct CompanyWords(String);

impl CompanyWords {
    /// Reads a folded name.
    pub fn of(folded: &str) -> CompanyWords {
        CompanyWords(words_in(folded))
    }

    /// [`is_no_company`] of the name.
    pub fn are_none(&self) -> bool {
        self.0.is_empty() || NO_COMPANY.contains(self.0.as_str())
    }

    /// [`company_words`] of the name.
    pub fn without_form(&self) -> &str {
        without_form(&self.0)
    }

    /// [`company_core`] and [`company_words`] of the name.
    pub fn into_core_and_words(self) -> (String, String) {
        let words = self.without_form().to_owned();
        (core_of(self.0), words)
    }
}

/// The core of folded words.
fn core_of(mut core: String) -> String {
    if NO_COMPANY.contains(core.as_str()) {
        return String::new();
    }
    while let Some(rest) = ["the ", "firma ", "fa "].into_iter().find_map(|word| core.strip_prefix(word)) {
        core = rest.to_owned();
    }
    while let Some(end) = strip_form(&core, true) {
        core.truncate(end);
    }
    if NO_COMPANY.contains(core.as_str()) {
        core.clear();
    }
    core
}

/// The words of a company's name without legal forms, folded and joined by blanks; soft words stay:
/// `Hoffmann Group GmbH` becomes `hoffmann group`.
pub fn company_words(company: &str) -> String {
    CompanyWords::of(&fold(company)).without_form().to_owned()
}

/// Folded words without legal forms.
fn without_form(mut words: &str) -> &str {
    while let Some(end) = strip_form(words, false) {
        words = &words[..end];
    }
    words
}

/// Where the text ends without the longest form at its end, soft words among the forms or not; `None` if it
/// has none.
fn strip_form(core: &str, soft: bool) -> Option<usize> {
    let mut starts = [0usize; 8];
    let (mut found, mut end) = (0, core.len());
    while found < starts.len().min(*LONGEST) && end > 0 {
        let start = core[..end].rfind(' ').map_or(0, |blank| blank + 1);
        starts[found] = start;
        found += 1;
        end = start.saturating_sub(1);
    }
    let start = starts[..found]
        .iter()
        .rev()
        .copied()
        .find(|start| FORMS.get(&core[*start..]).is_some_and(|form| soft || !form))?;
    let rest = core[..start].trim_end();
    // `E.ON` ends in a legal form and `A B` is one: a lone letter is no company's name.
    let lone_letter = rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
    (!lone_letter).then_some(rest.len())
}

/// The words of folded text joined by blanks, without apostrophes, `and` and `und`.
fn words_in(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    let mut push = |word: &str| {
        if word != "und" && word != "and" {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    };
    if folded.contains('\'') {
        let bare: String = folded.chars().filter(|letter| *letter != '\'').collect();
        tokens(&bare).for_each(&mut push);
    } else {
        tokens(folded).for_each(&mut push);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_company_is_told_by_its_distinctive_words() {
        for (company, core) in [
            ("Müller & Söhne GmbH", "mueller soehne"),
            ("Müller und Söhne GmbH & Co. KG", "mueller soehne"),
            ("MÜLLER & SÖHNE G.m.b.H.", "mueller soehne"),
            ("Siemens AG Österreich", "siemens"),
            ("Siemens Aktiengesellschaft", "siemens"),
            ("Bosch (Germany) Holding SE", "bosch"),
            ("Acme Inc.", "acme"),
            ("The Acme Company Ltd", "acme"),
            ("McDonald’s Deutschland LLC", "mcdonalds"),
            ("E.ON SE", "e on"),
            ("3 AG", "3"),
            ("GmbH", ""),
            ("Group", ""),
            ("Freelance", ""),
            ("n/a", ""),
            ("", ""),
            ("Beispiel UG (haftungsbeschränkt)", "beispiel"),
            ("Kowalski Sp. z o.o.", "kowalski"),
            ("Rossi S.p.A.", "rossi"),
            ("Firma Huber", "huber"),
        ] {
            assert_eq!(company_core(company), core, "{company}");
        }
    }

    #[test]
    fn soft_words_can_stay() {
        assert_eq!(company_words("Hoffmann Group GmbH & Co. KG"), "hoffmann group");
        assert_eq!(company_words("Otto Holding AG"), "otto holding");
        assert_eq!(company_words("GmbH"), "");
    }

    #[test]
    fn no_employer_is_told_from_a_company() {
        for words in ["Freelance", "selbständig", "Selbstständig", "Freiberufler", "n/a", "N.A.", "none", "-"]
        {
            assert!(is_no_company(words), "{words}");
        }
        for words in
            ["retired", "Im Ruhestand", "self-employed", "Self Employed", "k.A.", "—", " ", "OpenToWork"]
        {
            assert!(is_no_company(words), "{words}");
        }
        for company in
            ["Freelance GmbH Berlin", "Retired Racing Greyhounds", "NA-KD", "Siemens", "3M", "X Corp"]
        {
            assert!(!is_no_company(company), "{company}");
        }
    }

    #[test]
    fn shared_mailboxes_are_told_from_people() {
        for local in
            ["info", "office", "info2", "office.berlin", "no-reply", "noreply", "sales-dach", "info+web"]
        {
            assert!(is_role_local(local), "{local}");
        }
        for local in ["anna", "h.mueller", "infos.ec", "mail.hans", "sal", "office24team", "", "post.anna"] {
            assert_eq!(is_role_local(local), local == "infos.ec", "{local}");
        }
    }

    #[test]
    fn mail_providers_are_no_employers() {
        assert!(is_freemail("gmail.com") && is_freemail("web.de") && is_freemail("yahoo.co.uk"));
        assert!(!is_freemail("siemens.com") && !is_freemail(""));
    }

    #[test]
    fn every_table_is_written_the_way_it_is_asked() {
        for form in FORMS.keys() {
            assert_eq!(words_in(form), **form);
        }
        for words in NO_COMPANY.iter() {
            assert_eq!(words_in(words), **words);
        }
        assert!((2..=8).contains(&*LONGEST));
    }

    proptest! {
        #[test]
        fn the_core_of_a_core_is_itself(company in "\\PC{0,30}|([A-Za-zäöü.&]{1,6}[ ,-]){0,5}(GmbH|AG|& Co. KG|Group)?") {
            let core = company_core(&company);
            prop_assert_eq!(&company_core(&core), &core);
        }
    }
}
