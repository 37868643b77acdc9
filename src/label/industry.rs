//! Industry: which sector a contact's employer belongs to, by the team's own table, the company's name, the
//! business mail domain and, for regulated professions, the title; how sure that is, and why.
//!
//! The order of evidence: own table → the name is a brand → an institution's keyword (`Bank`, `Klinik`) →
//! the name begins with a brand → safe keyword → mail domain → weak keyword → title. Somebody without an
//! organisation gets no sector from what stands in its place. What is undecided stays unlabelled.

mod brand;
mod domain;
mod keyword;
mod name;
mod own;
mod profession;
mod reason;
mod sector;
mod standing;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use brand::Asked;
use keyword::{Hit, Keywords, Verdict};
use name::Word;
pub use own::{OwnProblem, OwnRow, OwnTable, Wrong};
pub use reason::Reason;
pub use sector::Sector;
use standing::Standing;

use crate::words::{CompanyWords, is_freemail};

/// What is known of a contact's employer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Case<'a> {
    /// The company, as written.
    pub company: &'a str,
    /// The contact's given name: a company of one's own name is no organisation.
    pub given_name: &'a str,
    /// The contact's family name.
    pub family_name: &'a str,
    /// Domains of the contact's mail addresses, in lower case; providers among them are passed over.
    pub domains: &'a [&'a str],
    /// The job title, as written.
    pub position: &'a str,
}

/// A sector with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Industry {
    /// The sector.
    pub sector: Sector,
    /// How often such a reason is right, 0 to 1.
    pub confidence: f32,
    /// The rule that fired and what it saw.
    pub reason: Reason,
}

/// Why there is no sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unlabelled {
    /// No company is given.
    NoCompany,
    /// What stands in its place names none: freelance, student, retired, the person's own name.
    NotAnOrganisation,
    /// Nothing tells the sector, or what tells it disagrees.
    Unknown,
}

/// How strong evidence is; the stronger comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Brand,
    Institution,
    BrandStart,
    Safe,
    Weak,
}

/// What a part of a name says.
struct Found {
    rank: Rank,
    industry: Industry,
}

static KEYWORDS: LazyLock<Keywords> =
    LazyLock::new(|| Keywords::new(include_str!("../../data/industry_keywords.tsv")));

/// The sector of a contact's employer, or why there is none.
///
/// # Errors
///
/// If there is no employer or nothing tells its sector.
pub fn industry(case: &Case<'_>, own: &OwnTable) -> Result<Industry, Unlabelled> {
    if let Some(industry) = by_table(case.company, case.domains, own) {
        return Ok(industry);
    }
    let by = ByCompany::read(&CompanyName::of(name::folded(case.company)), case);
    let found = by.beside.first(|| by.found.clone(), || by_mail(case.domains), || by_title(case.position));
    found.ok_or_else(|| by.unlabelled())
}

/// The name of a company, read once for all that is asked of it.
#[derive(Debug)]
pub struct CompanyName {
    /// As [`name::folded`] leaves it.
    folded: String,
    words: CompanyWords,
    asked: Asked,
}

impl CompanyName {
    /// Reads a folded name.
    pub fn of(mut folded: String) -> CompanyName {
        name::plain(&mut folded);
        let words = CompanyWords::of(&folded);
        let asked = Asked::of(words.clone());
        CompanyName { folded, words, asked }
    }

    /// Its [`company_core`](crate::words::company_core).
    pub fn core(&self) -> &str {
        &self.asked.core
    }

    /// The well-known company that it stands for, by its usual spelling.
    pub fn brand(&self) -> Option<&'static str> {
        self.asked.whole().map(brand::usual_name)
    }
}

/// What the name of a company says, which many contacts share.
#[derive(Debug, Clone)]
pub struct ByCompany {
    /// The sector that the name tells.
    pub found: Option<Industry>,
    /// What counts beside it.
    pub beside: Beside,
    standing: Standing,
}

/// What counts beside the name of a company, where the team's own table says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    /// Whether the name decides alone.
    pub sure: bool,
    mail: bool,
    title: bool,
}

impl Beside {
    /// What counts first: a name that decides alone, the mail domains, any other name, the title. Each is asked for
    /// only where it counts.
    pub fn first<T>(
        self,
        by_name: impl FnOnce() -> Option<T>,
        by_mail: impl FnOnce() -> Option<T>,
        by_title: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        if self.sure {
            return by_name();
        }
        let mail = if self.mail { by_mail() } else { None };
        mail.or_else(by_name).or_else(|| if self.title { by_title() } else { None })
    }
}

impl ByCompany {
    /// Reads a company's name; the contact's own name tells a company of one person.
    pub fn read(name: &CompanyName, case: &Case<'_>) -> ByCompany {
        let standing = standing::of(&name.folded, &name.words, case);
        let found = if standing == Standing::Organisation { by_name(name) } else { None };
        let beside = Beside {
            sure: found.as_ref().is_some_and(|found| found.rank != Rank::Weak),
            mail: matches!(standing, Standing::Organisation | Standing::Nothing),
            title: standing != Standing::NoWork,
        };
        ByCompany { found: found.map(|found| found.industry), beside, standing }
    }

    fn unlabelled(&self) -> Unlabelled {
        match self.standing {
            Standing::Organisation => Unlabelled::Unknown,
            Standing::Nothing => Unlabelled::NoCompany,
            Standing::Alone | Standing::NoWork => Unlabelled::NotAnOrganisation,
        }
    }
}

/// The well-known company that a name stands for, by its usual spelling, whatever alias is written.
pub fn brand(company: &str) -> Option<&'static str> {
    brand::by_name(company).map(brand::usual_name)
}

/// Domains that are somebody's own, sorted, so that their order tells nothing.
fn business_domains<'a>(domains: &[&'a str]) -> Vec<&'a str> {
    let mut domains: Vec<&str> = domains.iter().copied().filter(|domain| !is_freemail(domain)).collect();
    domains.sort_unstable();
    domains.dedup();
    domains
}

/// What the team's own table says of a company or of mail domains in lower case.
pub fn by_table(company: &str, domains: &[&str], own: &OwnTable) -> Option<Industry> {
    if own.is_empty() {
        return None;
    }
    let of_domains = || business_domains(domains).into_iter().find_map(|domain| own.domain(domain));
    let (sector, line) = own.company(company).or_else(of_domains)?;
    Some(Industry { sector, confidence: 1.0, reason: Reason::OwnTable { line } })
}

/// What a job title says, if it is one of a regulated profession.
pub fn by_title(position: &str) -> Option<Industry> {
    profession::by_title(position)
}

/// The strongest evidence in the parts of a name; of equally strong the first.
fn by_name(name: &CompanyName) -> Option<Found> {
    // A brand may be written with what else parts a name: `Bündnis 90/Die Grünen`.
    let CompanyName { folded, asked, .. } = name;
    if let Some(brand) = asked.whole() {
        return Some(of_brand(Rank::Brand, brand, 0.97));
    }
    let parts = name::parts(folded);
    if let &[part] = parts.as_slice()
        && part.len() == folded.len()
    {
        return by_part(part, asked, false);
    }
    let found =
        parts.into_iter().filter_map(|part| by_part(part, &Asked::new(part), part.len() < folded.len()));
    found.min_by_key(|found| found.rank)
}

/// What a part of a name says; `asked` is the part as brands are asked for, which was done already if it is no
/// `parted` one.
fn by_part(part: &str, asked: &Asked, parted: bool) -> Option<Found> {
    let words = name::words(part);
    let bare =
        words.first().map_or(part, |first| &part[first.text.as_ptr() as usize - part.as_ptr() as usize..]);
    let shorter = bare.len() < part.len();
    let bare = shorter.then(|| Asked::new(bare));
    let whole = if parted { asked.whole() } else { None };
    if let Some(brand) = whole.or_else(|| bare.as_ref()?.whole()) {
        return Some(of_brand(Rank::Brand, brand, 0.95));
    }
    let keyword = by_keywords(&words);
    if keyword.as_ref().is_some_and(|found| found.rank <= Rank::Institution) {
        return keyword;
    }
    match asked.start().or_else(|| bare.as_ref()?.start()) {
        Some(brand) => Some(of_brand(Rank::BrandStart, brand, 0.9)),
        None => keyword,
    }
}

fn of_brand(rank: Rank, brand: brand::Brand, confidence: f32) -> Found {
    let reason = match rank {
        Rank::BrandStart => Reason::BrandStart { brand: brand.name },
        _ => Reason::Brand { brand: brand.name },
    };
    Found { rank, industry: Industry { sector: brand.sector, confidence, reason } }
}

fn by_keywords(words: &[Word<'_>]) -> Option<Found> {
    let Verdict::Sector(hit, beside) = KEYWORDS.verdict(words) else { return None };
    let rank = match hit.entry.weight {
        0..=2 => Rank::Weak,
        3 => Rank::Safe,
        _ => Rank::Institution,
    };
    let confidence = match (rank, hit.whole) {
        (Rank::Weak, _) => 0.6,
        (_, true) => 0.93,
        (_, false) => 0.9,
    };
    let confidence = if beside { confidence - 0.15 } else { confidence };
    let reason = Reason::Keyword { pattern: hit.entry.pattern, word: seen(&hit, words) };
    Some(Found { rank, industry: Industry { sector: hit.sector, confidence, reason } })
}

/// The words in which a pattern was met.
fn seen(hit: &Hit, words: &[Word<'_>]) -> String {
    let met: Vec<&str> = words[hit.words()].iter().map(|word| word.text).collect();
    met.join(" ")
}

/// What mail domains in lower case say, if they do not disagree; providers among them say nothing.
pub fn by_mail(domains: &[&str]) -> Option<Industry> {
    let domains = business_domains(domains);
    let found: Vec<Industry> = domains.iter().filter_map(|domain| by_domain(domain)).collect();
    let best = found.iter().rev().max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    let mut as_sure = found.iter().filter(|other| other.confidence >= best.confidence);
    as_sure.all(|other| other.sector == best.sector).then(|| best.clone())
}

fn by_domain(domain: &str) -> Option<Industry> {
    let label = domain::registered(domain);
    if let Some(brand) = brand::by_domain(domain, label) {
        let reason = Reason::BrandDomain { domain: domain.to_owned(), brand: brand.name };
        return Some(Industry { sector: brand.sector, confidence: 0.85, reason });
    }
    if let Some((ending, sector)) = domain::ending(domain) {
        let reason = Reason::DomainEnding { domain: domain.to_owned(), ending };
        return Some(Industry { sector, confidence: 0.85, reason });
    }
    let words = name::words(label);
    let Verdict::Sector(hit, beside) = KEYWORDS.verdict(&words) else { return None };
    // Letters run together in a domain, so that only longer patterns mean what they say.
    let long = hit.entry.pattern.trim_matches('*').len() >= if hit.whole { 2 } else { 5 };
    if hit.entry.weight < 3 || beside || !long {
        return None;
    }
    let reason = Reason::DomainKeyword { domain: domain.to_owned(), pattern: hit.entry.pattern };
    Some(Industry { sector: hit.sector, confidence: 0.7, reason })
}
