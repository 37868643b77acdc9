//! A title field as words: folded, in one gender, each with what stands before it.

use std::ops::Range;

use crate::text::fold;

/// What separates a word from the one before it, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::label) enum Gap {
    /// A blank, a hyphen, a full stop: both are one title.
    None,
    /// `&`, `+`, `und`, `and`: two parts of one title or two titles.
    And,
    /// A slash.
    Slash,
    /// A comma or a colon.
    Comma,
    /// `|`, a bullet, a bracket, a spaced dash, an emoji: another title.
    Hard,
}

/// One word of a title.
#[derive(Debug, Clone)]
pub(in crate::label) struct Word {
    key: Range<u32>,
    source: Range<u32>,
    /// What stands before it.
    pub(in crate::label) gap: Gap,
}

/// The words of one field.
#[derive(Debug, Default)]
pub(in crate::label) struct Line {
    keys: String,
    /// In the order of the text.
    pub(in crate::label) words: Vec<Word>,
}

/// The key of what cuts off an employer: `@`, `c/o`.
pub(in crate::label) const AT: &str = "@";

/// The most words that are read of a field; whatever goes on longer is no list of titles.
const MOST_WORDS: usize = 100;

/// Words that join as `&` does.
const JOINERS: [&str; 13] =
    ["und", "and", "et", "u", "sowie", "oder", "or", "og", "och", "plus", "y", "e", "ed"];

/// What follows a masculine form to add the other gender, as in `Leiter/in`.
const ENDINGS: [&str; 9] = ["in", "innen", "r", "n", "e", "rin", "euse", "ne", "trice"];

/// Single letters that stand for a gender in `(m/w/d)`.
const GENDERS: &str = "mwdfxihvtkgna";

/// Endings of masculine nouns that take `-in`, in folded letters.
const MASCULINE: [&str; 31] = [
    "er", "or", "ur", "ist", "ent", "ant", "rzt", "walt", "rat", "kt", "og", "at", "ot", "irt", "raf", "eut",
    "och", "stand", "amt", "ann", "nom", "soph", "chef", "iar", "ekt", "ad", "and", "an", "onom", "ar",
    "pert",
];

impl Line {
    /// Reads a field in NFC.
    pub(in crate::label) fn read(text: &str) -> Line {
        let spans = spans(text);
        let mut line =
            Line { keys: String::with_capacity(text.len() + 8), words: Vec::with_capacity(spans.len()) };
        let mut gap = Gap::None;
        let (mut end, mut at) = (0, 0);
        while at < spans.len() {
            let span = spans[at].clone();
            let between = &text[end..span.start];
            let word = &text[span.clone()];
            gap = gap.max(gap_of(between));
            if line.adds_gender(between, word) {
                // The bracket of `Leiter(in)` opens no other title.
                gap = if between.starts_with('(') { Gap::None } else { gap };
                gap = if matches!(between, "/" | "/-" | ":" | "·" | "(-" | "*" | "/ ") {
                    Gap::None
                } else {
                    gap
                };
                end = span.end + usize::from(text[span.end..].starts_with(')'));
                at += 1;
                continue;
            }
            let run = run(text, &spans, at);
            match run {
                Run::Word => line.push(word, span.clone(), gap),
                Run::Joined(count) => {
                    let last = at + count - 1;
                    let source = span.start..spans[last].end;
                    let letters: String =
                        text[source.clone()].chars().filter(|letter| letter.is_alphanumeric()).collect();
                    line.push(&letters, source, gap);
                }
                Run::Pair => {
                    let source = span.start..spans[at + 1].end;
                    let letters = [word, "n", &text[spans[at + 1].clone()]].concat();
                    line.push(&letters, source, gap);
                }
                Run::Gender(count) => {
                    let last = at + count - 1;
                    // What stands around the bracket counts, the bracket does not.
                    gap = gap_of(between.trim_end_matches(['(', '[']));
                    end = spans[last].end;
                    end += text[end..].len() - text[end..].trim_start_matches([')', ']']).len();
                    at += count;
                    continue;
                }
                Run::CareOf => {
                    let start = line.keys.len() as u32;
                    line.keys.push_str(AT);
                    let source = span.start as u32..spans[at + 1].end as u32;
                    line.words.push(Word { key: start..start + 1, source, gap });
                }
            }
            let count = run.count();
            end = spans[at + count - 1].end;
            at += count;
            // `@` is no letter; it stands as a word of its own.
            let next = spans.get(at).map_or(text.len(), |next| next.start);
            gap = Gap::None;
            if let Some(place) = text[end..next].find('@') {
                let key = line.keys.len() as u32;
                line.keys.push_str(AT);
                let source = (end + place) as u32..(end + place + 1) as u32;
                line.words.push(Word { key: key..key + 1, source, gap: gap_of(&text[end..end + place]) });
            } else if line.ends_in_joiner(text) {
                // `e-commerce` has no joiner in it: one stands for itself.
                gap = line.words.pop().map_or(Gap::And, |word| word.gap.max(Gap::And));
            }
        }
        line
    }

    /// The folded letters of a word.
    pub(in crate::label) fn key(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &self.keys[word.key.start as usize..word.key.end as usize])
    }

    /// Where the words from `first` to `last` stand in the text.
    pub(in crate::label) fn source(&self, first: usize, last: usize) -> Range<usize> {
        match (self.words.get(first), self.words.get(last)) {
            (Some(from), Some(to)) => from.source.start as usize..to.source.end as usize,
            _ => 0..0,
        }
    }

    fn push(&mut self, word: &str, source: Range<usize>, gap: Gap) {
        let start = self.keys.len();
        // `LeiterIn`: a capital within the word adds the other gender.
        let word = match word.strip_suffix("In") {
            Some(stem) if stem.len() > 4 && stem.ends_with(|last: char| last.is_lowercase()) => stem,
            _ => word,
        };
        push_key(word, &mut self.keys);
        one_gender(&mut self.keys, start);
        // `Arzt/Ärztin`, `Beamter/Beamtin` name one position twice.
        let again = matches!(gap, Gap::Slash | Gap::And)
            && self.words.len().checked_sub(1).is_some_and(|last| {
                let (last, word) = (self.key(last), &self.keys[start..]);
                last.len().abs_diff(word.len()) <= 2 && (last.starts_with(word) || word.starts_with(last))
            });
        if self.keys.len() == start || again {
            self.keys.truncate(start);
            return;
        }
        let key = start as u32..self.keys.len() as u32;
        self.words.push(Word { key, source: source.start as u32..source.end as u32, gap });
    }

    /// Whether the word only adds the other gender to the one before: `Leiter/in`, `Kaufmann/-frau`.
    fn adds_gender(&self, between: &str, word: &str) -> bool {
        let Some(last) = self.words.len().checked_sub(1) else { return false };
        if !matches!(between, "/" | "/-" | "*" | ":" | "_" | "(" | "(-" | "·" | "/ ") {
            return false;
        }
        if matches!(word, "frau" | "mann" | "FRAU" | "MANN" | "Frau" | "Mann") {
            return self.key(last).ends_with("mann") && self.key(last).len() > 4;
        }
        self.key(last).len() > 3 && ENDINGS.iter().any(|ending| word.eq_ignore_ascii_case(ending))
    }

    fn ends_in_joiner(&self, text: &str) -> bool {
        let Some(last) = self.words.len().checked_sub(1) else { return false };
        let source = self.source(last, last);
        JOINERS.contains(&self.key(last))
            && text[..source.start].ends_with([' ', '-'])
            && (source.end == text.len() || text[source.end..].starts_with([' ', '.']))
    }
}

/// Consecutive spans that are read as one.
enum Run {
    /// A word for itself.
    Word,
    /// So many dotted letters: `C.E.O.`.
    Joined(usize),
    /// Two letters with an ampersand: `R&D`.
    Pair,
    /// So many letters of `(m/w/d)`.
    Gender(usize),
    /// `c/o`.
    CareOf,
}

impl Run {
    fn count(&self) -> usize {
        match self {
            Run::Word => 1,
            Run::Joined(count) | Run::Gender(count) => *count,
            Run::Pair | Run::CareOf => 2,
        }
    }
}

fn run(text: &str, spans: &[Range<usize>], at: usize) -> Run {
    let letter = |index: usize| {
        let span = spans.get(index)?;
        let mut letters = text[span.clone()].chars();
        let first = letters.next()?.to_ascii_lowercase();
        letters.next().is_none().then_some(first)
    };
    let between = |index: usize| spans.get(index + 1).map_or("", |next| &text[spans[index].end..next.start]);
    let Some(first) = letter(at) else { return Run::Word };
    let same = |wanted: fn(&str) -> bool| {
        let mut count = 1;
        while letter(at + count).is_some() && wanted(between(at + count - 1)) {
            count += 1;
        }
        count
    };
    let dotted = same(|gap| gap == ".");
    if dotted > 1 {
        // Out of service, per procuration: these stay letters, lest `a.D.` becomes the word `ad`.
        let apart =
            dotted == 2 && matches!((first, letter(at + 1)), ('a', Some('d')) | ('i', Some('r' | 'v' | 'a')));
        return if apart { Run::Word } else { Run::Joined(dotted) };
    }
    if letter(at + 1).is_some() && matches!(between(at).trim(), "&" | "+") {
        return Run::Pair;
    }
    let slashed = same(|gap| matches!(gap, "/" | "|" | "," | "*" | ", " | " / " | "\\" | "-"));
    if slashed > 1 {
        if first == 'c' && letter(at + 1) == Some('o') {
            return Run::CareOf;
        }
        if (0..slashed).all(|index| letter(at + index).is_some_and(|letter| GENDERS.contains(letter))) {
            return Run::Gender(slashed);
        }
    }
    Run::Word
}

/// Where runs of letters and digits stand, the first ones.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::with_capacity(8);
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spans.push(from..at);
                start = None;
                if spans.len() == MOST_WORDS {
                    return spans;
                }
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| from..text.len()));
    spans
}

/// What the characters between two words mean.
fn gap_of(between: &str) -> Gap {
    if matches!(between, "" | " " | "-" | ". ") {
        return Gap::None;
    }
    let mut gap = Gap::None;
    let mut before = '\0';
    for letter in between.chars() {
        gap = gap.max(match letter {
            '|' | ';' | '(' | ')' | '[' | ']' | '!' | '?' | '~' | '<' | '>' | '=' | '\n' => Gap::Hard,
            '-' if before == ' ' && between.len() > 1 => Gap::Hard,
            ',' | ':' => Gap::Comma,
            '/' | '\\' => Gap::Slash,
            '&' | '+' => Gap::And,
            '’' | '‘' | '“' | '”' | '„' | '‚' | '´' | '‐' | '‑' | '…' => Gap::None,
            _ if letter.is_ascii() || letter.is_whitespace() => Gap::None,
            // A bullet, a dash, an arrow, an emoji.
            _ => Gap::Hard,
        });
        before = letter;
    }
    gap
}

/// Appends a word in letters `a` to `z` and digits; `ä`, `ae` and `a` become the same letter.
pub(in crate::label) fn push_key(word: &str, keys: &mut String) {
    if word.is_ascii() {
        push_collapsed(word, keys);
    } else {
        push_collapsed(&fold(word), keys);
    }
}

fn push_collapsed(word: &str, keys: &mut String) {
    let mut last = ' ';
    for letter in word.chars().map(|letter| letter.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric) {
        if !(letter == 'e' && matches!(last, 'a' | 'o' | 'u')) {
            keys.push(letter);
            last = letter;
        }
    }
}

/// Brings the word from `start` on to its masculine form: `leiterin` to `leiter`, `kauffrau` to `kaufmann`.
pub(in crate::label) fn one_gender(keys: &mut String, start: usize) {
    let word = &keys[start..];
    if word.len() > 5 && word.ends_with("in") {
        let stem = &word[..word.len() - 2];
        if MASCULINE.iter().any(|ending| stem.ends_with(ending)) {
            keys.truncate(keys.len() - 2);
        }
    } else if word.len() > 5 && word.ends_with("frau") {
        keys.truncate(keys.len() - 4);
        keys.push_str("mann");
    } else if ["loge", "goge", "perte"].iter().any(|ending| word.ends_with(ending)) {
        keys.truncate(keys.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> String {
        let line = Line::read(text);
        let mut out = String::new();
        for (at, word) in line.words.iter().enumerate() {
            out.push_str(match word.gap {
                Gap::None if at == 0 => "",
                Gap::None => " ",
                Gap::And => " & ",
                Gap::Slash => " / ",
                Gap::Comma => ", ",
                Gap::Hard => " | ",
            });
            out.push_str(line.key(at));
        }
        out
    }

    #[test]
    fn words_are_folded_and_of_one_gender() {
        for (text, wanted) in [
            ("Leiterin Vertrieb", "leiter vertrieb"),
            ("Leiter/in Vertrieb", "leiter vertrieb"),
            ("Leiter/-in Vertrieb", "leiter vertrieb"),
            ("Leiter*in Vertrieb", "leiter vertrieb"),
            ("Leiter:in Vertrieb", "leiter vertrieb"),
            ("Leiter_in Vertrieb", "leiter vertrieb"),
            ("Leiter(in) Vertrieb", "leiter vertrieb"),
            ("LeiterIn Vertrieb", "leiter vertrieb"),
            ("LEITERIN VERTRIEB", "leiter vertrieb"),
            ("Leiter (m/w/d) Vertrieb", "leiter vertrieb"),
            ("Leiter Vertrieb (m/w/d)", "leiter vertrieb"),
            ("Leiter Vertrieb m/w/d", "leiter vertrieb"),
            ("(w|m|x) Leiter Vertrieb", "leiter vertrieb"),
            ("Ärztin", "arzt"),
            ("Aerztin", "arzt"),
            ("Bürokauffrau", "burokaufmann"),
            ("Kaufmann/-frau", "kaufmann"),
            ("Psychologin", "psycholog"),
            ("Psychologe", "psycholog"),
            ("Bürgermeister a. D.", "burgermeister a d"),
            ("Bürgermeister a.D.", "burgermeister a d"),
            ("C.E.O.", "ceo"),
            ("R&D Manager", "rnd manager"),
            ("Head of R & D", "head of rnd"),
            ("Founder & CEO | Speaker", "founder & ceo | speaker"),
            ("Vertriebs- und Marketingleiter", "vertriebs & marketingleiter"),
            ("CEO – Autor", "ceo | autor"),
            ("CEO 🚀 Autor", "ceo | autor"),
            ("Key-Account-Manager", "key account manager"),
            ("CTO @ Acme", "cto @ acme"),
            ("CTO c/o Acme", "cto @ acme"),
            ("Berlin", "berlin"),
            ("Admin", "admin"),
            ("", ""),
            ("🚀", ""),
        ] {
            assert_eq!(keys(text), wanted, "{text}");
        }
    }
}
