//! A team's own table of employers and their sectors, which overrides every other evidence.

use rustc_hash::FxHashMap;

use super::sector::Sector;
use crate::table::Language;
use crate::text::header_key;
use crate::words::{company_core, is_freemail};

/// One row of a team's table, as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub struct OwnRow<'a> {
    /// 1-based line in the file.
    pub line: u32,
    /// A company's name or a mail domain.
    pub company: &'a str,
    /// A sector: its id, German or English name, or a NACE code.
    pub sector: &'a str,
}

/// What is wrong with a row of a team's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProblem {
    /// 1-based line in the file.
    pub line: u32,
    /// The column: `company` or `sector`.
    pub column: &'static str,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// The ways in which a row of a team's table can be wrong; such a row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// No company and no domain.
    NoCompany,
    /// No sector, or none that is known.
    UnknownSector(String),
    /// A mail provider at which anybody gets a mailbox.
    MailProvider(String),
    /// The company stands in an earlier line with another sector.
    Contradiction {
        /// That earlier line.
        line: u32,
        /// The sector that holds.
        sector: Sector,
    },
}

impl Wrong {
    /// What is wrong and what to do, for people.
    pub fn words(&self, language: Language) -> String {
        let german = language == Language::German;
        match self {
            Wrong::NoCompany if german => "hier fehlt eine Firma oder eine Maildomain".into(),
            Wrong::NoCompany => "a company or a mail domain is missing here".into(),
            Wrong::UnknownSector(text) => {
                let known: Vec<&str> = Sector::all().map(Sector::id).collect();
                let known = known.join(", ");
                if german {
                    format!(
                        "\"{text}\" ist keine Branche; möglich sind ein NACE-Code, ein deutscher oder englischer Name oder: {known}"
                    )
                } else {
                    format!(
                        "\"{text}\" is no sector; write a NACE code, a German or English name, or one of: {known}"
                    )
                }
            }
            Wrong::MailProvider(domain) if german => {
                format!("bei {domain} bekommt jeder ein Postfach, das sagt nichts über den Arbeitgeber")
            }
            Wrong::MailProvider(domain) => {
                format!("anybody gets a mailbox at {domain}, so it says nothing of the employer")
            }
            Wrong::Contradiction { line, sector } if german => {
                format!("steht schon in Zeile {line} mit \"{}\", das gilt", sector.words(language))
            }
            Wrong::Contradiction { line, sector } => {
                format!("stands in line {line} already with \"{}\", which holds", sector.words(language))
            }
        }
    }
}

/// A team's own table, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct OwnTable {
    companies: FxHashMap<String, (Sector, u32)>,
    domains: FxHashMap<String, (Sector, u32)>,
}

impl OwnTable {
    /// Reads the rows of a team's table. Wrong rows are left out and reported; of two rows for one company the
    /// earlier holds.
    pub fn parse<'a>(rows: impl IntoIterator<Item = OwnRow<'a>>) -> (OwnTable, Vec<OwnProblem>) {
        let mut table = OwnTable::default();
        let mut problems = Vec::new();
        for row in rows {
            if row.company.trim().is_empty() && row.sector.trim().is_empty() {
                continue;
            }
            if let Err((column, wrong)) = table.add(row) {
                problems.push(OwnProblem { line: row.line, column, wrong });
            }
        }
        (table, problems)
    }

    fn add(&mut self, row: OwnRow<'_>) -> Result<(), (&'static str, Wrong)> {
        let key = company_key(row.company);
        if key.is_empty() {
            return Err(("company", Wrong::NoCompany));
        }
        let sector = row.sector.trim();
        let sector =
            Sector::from_text(sector).ok_or_else(|| ("sector", Wrong::UnknownSector(sector.to_owned())))?;
        let domain = domain_key(row.company);
        if let Some(domain) = domain.as_deref().filter(|domain| is_freemail(domain)) {
            return Err(("company", Wrong::MailProvider(domain.to_owned())));
        }
        // `booking.com` is a name and a domain.
        let known = *self.companies.entry(key).or_insert((sector, row.line));
        if let Some(domain) = domain {
            self.domains.entry(domain).or_insert((sector, row.line));
        }
        match known {
            (before, line) if before != sector => {
                Err(("sector", Wrong::Contradiction { line, sector: before }))
            }
            _ => Ok(()),
        }
    }

    /// Whether the table says nothing.
    pub fn is_empty(&self) -> bool {
        self.companies.is_empty()
    }

    /// The sector of a company and the line that says so.
    pub(super) fn company(&self, company: &str) -> Option<(Sector, u32)> {
        if self.companies.is_empty() {
            return None;
        }
        self.companies.get(&company_key(company)).copied()
    }

    /// The sector of a domain or of one it lies below, and the line that says so.
    pub(super) fn domain(&self, domain: &str) -> Option<(Sector, u32)> {
        let mut rest = domain;
        loop {
            if let Some(found) = self.domains.get(rest) {
                return Some(*found);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

/// What two spellings of a company have in common. A name of nothing but soft words keeps them.
fn company_key(company: &str) -> String {
    let core = company_core(company);
    if core.is_empty() { header_key(company) } else { core }
}

/// The text as a domain in lower case, if it can be one.
fn domain_key(text: &str) -> Option<String> {
    let text = text.trim();
    let domain = text.strip_prefix('@').unwrap_or(text).to_lowercase();
    let (_, top) = domain.rsplit_once('.')?;
    let plain = |letter: char| letter.is_alphanumeric() || letter == '.' || letter == '-';
    let ends = top.len() >= 2 && top.chars().all(char::is_alphabetic);
    (ends && !domain.starts_with('.') && domain.chars().all(plain)).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows<'a>(rows: &[(&'a str, &'a str)]) -> Vec<OwnRow<'a>> {
        let row = |(at, (company, sector)): (usize, &(&'a str, &'a str))| OwnRow {
            line: at as u32 + 2,
            company,
            sector,
        };
        rows.iter().enumerate().map(row).collect()
    }

    #[test]
    fn companies_and_domains_are_found_in_every_spelling() {
        let given = [
            ("Muster & Söhne GmbH", "it"),
            ("@muster.example", "Banken & Finanzdienstleistungen"),
            ("Acme.com", "62.01"),
        ];
        let (table, problems) = OwnTable::parse(rows(&given));
        assert_eq!(problems, []);
        let company = |name| table.company(name).map(|(sector, line)| (sector.id(), line));
        let domain = |name| table.domain(name).map(|(sector, line)| (sector.id(), line));
        assert_eq!(company("MUSTER und Söhne"), Some(("it", 2)));
        assert_eq!(company("Muster"), None);
        assert_eq!(domain("mail.muster.example"), Some(("banking", 3)));
        assert_eq!(domain("notmuster.example"), None);
        assert_eq!(domain("acme.com"), Some(("it", 4)));
        assert_eq!(company("ACME.com Inc."), Some(("it", 4)));
        assert!(!table.is_empty() && OwnTable::default().is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let given = [
            ("", "it"),
            ("Acme", "Zauberei"),
            ("gmail.com", "it"),
            ("Acme", "it"),
            ("ACME Ltd", "media"),
            ("", ""),
        ];
        let (table, problems) = OwnTable::parse(rows(&given));
        let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column)).collect();
        assert_eq!(told, [(2, "company"), (3, "sector"), (4, "company"), (6, "sector")]);
        assert_eq!(table.company("Acme").map(|(sector, line)| (sector.id(), line)), Some(("it", 5)));
        for problem in &problems {
            assert_ne!(problem.wrong.words(Language::German), problem.wrong.words(Language::English));
        }
        assert!(problems[1].wrong.words(Language::English).contains("Zauberei"));
        assert!(problems[3].wrong.words(Language::German).contains("Zeile 5"));
    }
}
