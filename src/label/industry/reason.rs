//! Reasons: which rule gave the sector and what it saw, in words for people.

use crate::table::Language;

/// The rule that gave a sector, and what it saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A line of the team's own table.
    OwnTable {
        /// 1-based line.
        line: u32,
    },
    /// The name is a well-known brand.
    Brand {
        /// Its usual spelling.
        brand: &'static str,
    },
    /// The name begins with a well-known brand.
    BrandStart {
        /// Its usual spelling.
        brand: &'static str,
    },
    /// A keyword in the name.
    Keyword {
        /// The pattern; `*` is an open side.
        pattern: &'static str,
        /// The words of the name in which it was met, folded.
        word: String,
    },
    /// The mail domain of a well-known brand.
    BrandDomain {
        /// The domain.
        domain: String,
        /// The usual spelling of the brand.
        brand: &'static str,
    },
    /// The ending of a mail domain that only such bodies get.
    DomainEnding {
        /// The domain.
        domain: String,
        /// The ending, without its dot.
        ending: &'static str,
    },
    /// A keyword in a mail domain.
    DomainKeyword {
        /// The domain.
        domain: String,
        /// The pattern; `*` is an open side.
        pattern: &'static str,
    },
    /// A regulated profession in the job title.
    Title {
        /// The words of the title, folded.
        title: String,
    },
}

impl Reason {
    /// The reason in words.
    pub fn words(&self, language: Language) -> String {
        let german = language == Language::German;
        match self {
            Reason::OwnTable { line } if german => format!("eigene Tabelle industries.csv, Zeile {line}"),
            Reason::OwnTable { line } => format!("own table industries.csv, line {line}"),
            Reason::Brand { brand } if german => format!("Firmenname ist \"{brand}\""),
            Reason::Brand { brand } => format!("company name is \"{brand}\""),
            Reason::BrandStart { brand } if german => format!("Firmenname beginnt mit \"{brand}\""),
            Reason::BrandStart { brand } => format!("company name begins with \"{brand}\""),
            Reason::Keyword { pattern, word } if pattern == word && german => {
                format!("Schlüsselwort \"{word}\" im Firmennamen")
            }
            Reason::Keyword { pattern, word } if pattern == word => {
                format!("keyword \"{word}\" in the company name")
            }
            Reason::Keyword { pattern, word } if german => {
                format!("Schlüsselwort \"{pattern}\" in \"{word}\" im Firmennamen")
            }
            Reason::Keyword { pattern, word } => {
                format!("keyword \"{pattern}\" in \"{word}\" in the company name")
            }
            Reason::BrandDomain { domain, brand } if german => {
                format!("Maildomain {domain} gehört zu \"{brand}\"")
            }
            Reason::BrandDomain { domain, brand } => format!("e-mail domain {domain} is of \"{brand}\""),
            Reason::DomainEnding { domain, ending } if german => {
                format!("Maildomain {domain} liegt unter \".{ending}\"")
            }
            Reason::DomainEnding { domain, ending } => {
                format!("e-mail domain {domain} lies below \".{ending}\"")
            }
            Reason::DomainKeyword { domain, pattern } if german => {
                format!("Schlüsselwort \"{pattern}\" in der Maildomain {domain}")
            }
            Reason::DomainKeyword { domain, pattern } => {
                format!("keyword \"{pattern}\" in the e-mail domain {domain}")
            }
            Reason::Title { title } if german => format!("Berufsbezeichnung \"{title}\""),
            Reason::Title { title } => format!("title \"{title}\""),
        }
    }
}
