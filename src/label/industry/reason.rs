//! Reasons: which rule gave the sector and what it saw, in words for people.

use super::Case;
use crate::table::Language;
use crate::text::{fold, tokens};

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
    /// The reason in words; what it saw is spelled as the case spells it.
    pub fn words(&self, language: Language, case: &Case<'_>) -> String {
        let german = language == Language::German;
        let quoted = |text: &str| {
            if german { format!("\u{201e}{text}\u{201c}") } else { format!("\"{text}\"") }
        };
        match self {
            Reason::OwnTable { line } if german => format!("eigene Tabelle industries.csv, Zeile {line}"),
            Reason::OwnTable { line } => format!("own table industries.csv, line {line}"),
            Reason::Brand { brand } if german => format!("Firmenname ist {}", quoted(brand)),
            Reason::Brand { brand } => format!("company name is {}", quoted(brand)),
            Reason::BrandStart { brand } if german => format!("Firmenname beginnt mit {}", quoted(brand)),
            Reason::BrandStart { brand } => format!("company name begins with {}", quoted(brand)),
            Reason::Keyword { pattern, word } => {
                let written = as_written(word, case.company);
                let seen = quoted(written);
                match (pattern.trim_matches('*') == word, german) {
                    (true, true) => format!("Schlüsselwort {seen} im Firmennamen"),
                    (true, false) => format!("keyword {seen} in the company name"),
                    (false, _) => {
                        let keyword = quoted(&spelled(pattern, written));
                        if german {
                            format!("Schlüsselwort {keyword} in {seen} im Firmennamen")
                        } else {
                            format!("keyword {keyword} in {seen} in the company name")
                        }
                    }
                }
            }
            Reason::BrandDomain { domain, brand } if german => {
                format!("Maildomain {domain} gehört zu {}", quoted(brand))
            }
            Reason::BrandDomain { domain, brand } => {
                format!("e-mail domain {domain} is of {}", quoted(brand))
            }
            Reason::DomainEnding { domain, ending } if german => {
                format!("Maildomain {domain} liegt unter {}", quoted(&format!(".{ending}")))
            }
            Reason::DomainEnding { domain, ending } => {
                format!("e-mail domain {domain} lies below {}", quoted(&format!(".{ending}")))
            }
            Reason::DomainKeyword { domain, pattern } if german => {
                format!("Schlüsselwort {} in der Maildomain {domain}", quoted(pattern))
            }
            Reason::DomainKeyword { domain, pattern } => {
                format!("keyword {} in the e-mail domain {domain}", quoted(pattern))
            }
            Reason::Title { title } => {
                let title = quoted(as_written(title, case.position));
                if german { format!("Berufsbezeichnung {title}") } else { format!("title {title}") }
            }
        }
    }
}

/// Folded words as they stand in a text; the folded words themselves where they do not stand there in a row.
fn as_written<'a>(folded: &'a str, text: &'a str) -> &'a str {
    let is_word = |letter: char| letter.is_alphanumeric();
    let mut before = false;
    for (start, letter) in text.char_indices() {
        let inside = std::mem::replace(&mut before, is_word(letter));
        // Most words of plain letters begin otherwise.
        let other =
            letter.is_ascii() && folded.as_bytes().first() != Some(&(letter.to_ascii_lowercase() as u8));
        if inside || !before || other {
            continue;
        }
        for (at, letter) in text[start..].char_indices() {
            let end = start + at + letter.len_utf8();
            let whole = text[end..].chars().next().is_none_or(|next| !is_word(next));
            if !whole || !is_word(letter) {
                continue;
            }
            let found = fold(&text[start..end]);
            if tokens(&found).eq(folded.split(' ')) {
                return &text[start..end];
            }
            if found.len() > folded.len() + 8 {
                break;
            }
        }
    }
    folded
}

/// A pattern in the spelling of the words in which it was met: `*bäckerei` in `Großbäckerei`.
fn spelled(pattern: &'static str, written: &str) -> String {
    let core = pattern.trim_matches('*');
    let mut cuts = written.char_indices().map(|(at, _)| written.split_at(at));
    let found = match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, false) => cuts.map(|(_, end)| end).find(|end| fold(end) == core),
        (false, true) => cuts.map(|(start, _)| start).find(|start| fold(start) == core),
        _ => cuts.find_map(|(_, rest)| {
            rest.char_indices().map(|(at, _)| &rest[..at]).find(|part| fold(part) == core)
        }),
    };
    found.map_or_else(|| pattern.to_owned(), |found| pattern.replace(core, &found.to_lowercase()))
}
