//! `hamstern review`: the open pairs one by one, each answered with a key and kept at once.

use std::io::{self, BufRead, IsTerminal};

use chrono::{Local, NaiveDate};
use console::{Key, Term};
use serde_json::json;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::screen::{colours, grouped, print};
use crate::cli::{ReviewArgs, ShowArgs};
use crate::error::{Error, Kind, Result};
use crate::run::asked::{self, Asked, Pair};
use crate::run::decisions::{Answer, Said};
use crate::run::workspace::Workspace;
use crate::table::{Language, words};
use crate::text::visible;
use crate::write::review::{FIELDS, dispute};

/// Columns of a terminal that does not say how wide it is.
const WIDTH: usize = 100;

/// What a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Answer(Said),
    Skip,
    Undo,
    Quit,
    /// Something else: the keys are told again.
    Unclear,
    /// There is nobody to ask.
    Nobody,
}

/// Asks, or prints the pairs where nobody answers.
pub(super) fn run(args: &ReviewArgs) -> Result<u8> {
    let workspace = match &args.out {
        Some(out) => Workspace::from_results(out)?,
        None => Workspace::from_pipeline(args.pipeline.as_deref().unwrap_or("hamstern.toml".as_ref()))?,
    };
    let asked = asked::load(&workspace)?;
    if args.json {
        return print(&json_lines(&asked)?);
    }
    let show = ShowArgs { quiet: false, json: false, no_color: args.no_color };
    let mut session = Session {
        by: args.by.clone().or_else(user).unwrap_or_default(),
        today: args.now.unwrap_or_else(|| Local::now().date_naive()),
        look: Look { colours: colours(show), width: width(), language: asked.language },
        asked,
        done: Vec::new(),
    };
    session.run()?;
    print(&session.summary())
}

/// Who answers, as the system calls them.
fn user() -> Option<String> {
    ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).filter(|name| !name.is_empty())
}

fn width() -> usize {
    if io::stdout().is_terminal() { usize::from(Term::stdout().size().1).clamp(60, 160) } else { WIDTH }
}

/// One round of questions.
struct Session {
    asked: Asked,
    by: String,
    today: NaiveDate,
    look: Look,
    /// The pairs dealt with, and whether each got an answer.
    done: Vec<(usize, bool)>,
}

impl Session {
    fn run(&mut self) -> Result<()> {
        let keys = io::stdin().is_terminal() && io::stdout().is_terminal();
        let silent = io::stdin().is_terminal() && !keys;
        let mut lines = io::stdin().lock().lines();
        let mut next = || -> Result<Wish> {
            match () {
                () if keys => key(),
                () if silent => Ok(Wish::Nobody),
                () => match lines.next() {
                    None => Ok(Wish::Nobody),
                    Some(line) => line.map(|line| from_word(&line)).map_err(|error| unreadable(&error)),
                },
            }
        };
        let count = self.asked.pairs.len();
        let mut at = 0;
        let mut shown = usize::MAX;
        let mut alone = false;
        while at < count {
            if shown != at {
                print(&self.look.pair(&self.asked.pairs[at], at + 1, count))?;
                shown = at;
            }
            if alone {
                at += 1;
                continue;
            }
            print(self.look.keys())?;
            let wish = next()?;
            print(&format!("{}\n", self.look.echo(wish)))?;
            match wish {
                Wish::Answer(said) => {
                    self.answer(at, said)?;
                    at += 1;
                }
                Wish::Skip => {
                    self.done.push((at, false));
                    at += 1;
                }
                Wish::Undo => (at, shown) = (self.undo(at)?, usize::MAX),
                Wish::Unclear => {}
                // Nobody has said anything: all pairs are shown. Else the answers have come to their end.
                Wish::Nobody if self.done.is_empty() => {
                    alone = true;
                    at += 1;
                }
                Wish::Quit | Wish::Nobody => break,
            }
            if at == count && keys && self.answered() > 0 {
                print(self.look.say(
                    "That was the last one. u takes the last answer back, any other key ends. ",
                    "Das war das letzte. u nimmt die letzte Antwort zurück, jede andere Taste beendet. ",
                ))?;
                if next()? == Wish::Undo {
                    (at, shown) = (self.undo(at)?, usize::MAX);
                }
                print("\n")?;
            }
        }
        Ok(())
    }

    /// Keeps an answer at once, so that nothing is lost whatever happens next.
    fn answer(&mut self, at: usize, said: Said) -> Result<()> {
        let [a, b] = self.asked.pairs[at].ids;
        let answer =
            Answer { a, b, said, on: self.today.to_string(), by: self.by.clone(), note: String::new() };
        self.asked.ledger.push(answer);
        let warning = self.asked.ledger.store()?;
        self.done.push((at, true));
        warn(warning)
    }

    /// Goes back to the pair dealt with last and takes its answer back; gives its place.
    fn undo(&mut self, at: usize) -> Result<usize> {
        let Some((before, answered)) = self.done.pop() else {
            print(self.look.say("nothing to undo\n", "nichts zurückzunehmen\n"))?;
            return Ok(at);
        };
        if answered {
            warn(self.asked.ledger.take_back()?)?;
            print(self.look.say("taken back\n", "zurückgenommen\n"))?;
        }
        Ok(before)
    }

    fn answered(&self) -> usize {
        self.done.iter().filter(|(_, answered)| *answered).count()
    }

    fn summary(&self) -> String {
        let answered = self.answered();
        let open = self.asked.pairs.len() - answered;
        let language = self.look.language;
        let numbers = format!(
            "{} {}, {} {}",
            grouped(answered as u64),
            words("answered", "beantwortet").in_language(language),
            grouped(open as u64),
            words("open", "offen").in_language(language),
        );
        let more = if self.asked.left_out > 0 {
            let more = words("more are not in the list", "weitere stehen nicht in der Liste");
            format!(", {} {}", grouped(self.asked.left_out), more.in_language(language))
        } else {
            String::new()
        };
        let apply = words("run `hamstern run` to apply", "`hamstern run` wendet die Antworten an");
        let waiting = answered > 0 || self.asked.answered > 0;
        let apply = if waiting { format!("; {}", apply.in_language(language)) } else { String::new() };
        format!("{numbers}{more}{apply}.\n")
    }
}

/// Says what could not be written, beside the questions.
fn warn(warning: Option<String>) -> Result<()> {
    warning.map_or(Ok(()), |warning| print(&format!("! {}\n", visible(&warning))).map(drop))
}

fn unreadable(error: &io::Error) -> Error {
    Error::new(Kind::Io, format!("the answer cannot be read: {error}"))
}

/// Waits for one key.
fn key() -> Result<Wish> {
    let key = Term::stdout().read_key().map_err(|error| unreadable(&error))?;
    Ok(match key {
        Key::Char('y' | 'Y' | 'j' | 'J') => Wish::Answer(Said::Same),
        Key::Char('n' | 'N') => Wish::Answer(Said::Different),
        Key::Char('s' | 'S' | ' ') => Wish::Skip,
        Key::Char('u' | 'U') | Key::Backspace => Wish::Undo,
        Key::Char('q' | 'Q') | Key::Escape => Wish::Quit,
        _ => Wish::Unclear,
    })
}

/// What a line says; the words of the workbook are understood as well.
fn from_word(line: &str) -> Wish {
    match line.trim().to_lowercase().as_str() {
        "s" | "skip" | "later" | "später" => Wish::Skip,
        "u" | "undo" => Wish::Undo,
        "q" | "quit" => Wish::Quit,
        _ => match Said::from_word(line) {
            Some(said @ (Said::Same | Said::Different)) => Wish::Answer(said),
            _ => Wish::Unclear,
        },
    }
}

/// How things are shown.
struct Look {
    colours: bool,
    width: usize,
    language: Language,
}

impl Look {
    fn say(&self, english: &'static str, german: &'static str) -> &'static str {
        words(english, german).in_language(self.language)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colours && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn keys(&self) -> &'static str {
        self.say(
            "same person?  y same · n different · s skip · u undo · q quit  > ",
            "dieselbe Person?  j gleich · n verschieden · s später · u zurück · q Ende  > ",
        )
    }

    fn echo(&self, wish: Wish) -> &'static str {
        match wish {
            Wish::Answer(Said::Same) => self.say("same", "gleich"),
            Wish::Answer(_) => self.say("different", "verschieden"),
            Wish::Skip => self.say("skipped", "später"),
            Wish::Undo => self.say("undo", "zurück"),
            Wish::Quit => self.say("quit", "Ende"),
            Wish::Unclear => self.say("one of these keys, please", "bitte eine dieser Tasten"),
            Wish::Nobody => "",
        }
    }

    /// Both sides beside each other, field by field, and the reasons with their signs.
    fn pair(&self, pair: &Pair, number: usize, count: usize) -> String {
        let row = &pair.row;
        let head = format!(
            "\n{} {} {} · {:.0} % {}\n",
            grouped(number as u64),
            self.say("of", "von"),
            grouped(count as u64),
            row.probability * 100.0,
            self.say("likely", "wahrscheinlich"),
        );
        let mut out = self.paint("1", &head);
        if row.disputed {
            out.push_str(&format!("{}\n", self.paint("31", dispute(self.language))));
        }
        let label = |field: usize| {
            let title = FIELDS[field].titles[0].in_language(self.language);
            title.strip_suffix(" 1").unwrap_or(title).to_owned()
        };
        let widest = (0..FIELDS.len()).map(|field| label(field).width()).max().unwrap_or(0);
        let side = (self.width.saturating_sub(widest + 8)) / 2;
        for (field, about) in FIELDS.iter().enumerate() {
            let [a, b] = row.sides.each_ref().map(|side| &side.values[field]);
            let lines = a.len().max(b.len());
            let both = !a.is_empty() && !b.is_empty() && about.compared;
            let (sign, code) = match (both, row.differs(field)) {
                (true, true) => ("≠", "33"),
                (true, false) => ("=", "32"),
                _ => (" ", "0"),
            };
            for line in 0..lines {
                let cell = |values: &Vec<String>| {
                    padded(without_scheme(values.get(line).map_or("", String::as_str)), side)
                };
                let name = if line == 0 { label(field) } else { String::new() };
                let sign = if line == 0 { self.paint(code, sign) } else { " ".to_owned() };
                let text = format!("  {}  {} {sign} {}", padded(&name, widest), cell(a), cell(b));
                out.push_str(text.trim_end());
                out.push('\n');
            }
        }
        for (sign, code, reasons) in [("+", "32", &pair.pro), ("−", "33", &pair.contra)] {
            for reason in reasons {
                out.push_str(&format!("  {} {}\n", self.paint(code, sign), visible(reason)));
            }
        }
        out
    }
}

/// A web address without what all of them begin with.
fn without_scheme(text: &str) -> &str {
    let rest = text.strip_prefix("https://").unwrap_or(text);
    if rest.len() < text.len() { rest.strip_prefix("www.").unwrap_or(rest) } else { text }
}

/// Text made safe for a terminal, cut or filled to a width.
fn padded(text: &str, width: usize) -> String {
    let text = visible(text);
    let mut out = String::new();
    let mut used = 0;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or(0);
        let room = if text.width() > width { width.saturating_sub(1) } else { width };
        if used + wide > room {
            out.push('…');
            used += 1;
            break;
        }
        out.push(letter);
        used += wide;
    }
    out.push_str(&" ".repeat(width.saturating_sub(used)));
    out
}

/// The pairs as JSON lines, the counts last.
fn json_lines(asked: &Asked) -> Result<String> {
    let mut lines: Vec<serde_json::Value> = asked
        .pairs
        .iter()
        .map(|pair| {
            let sides = pair.row.sides.each_ref().map(|side| {
                let mut value = json!({ "record_id": side.record_id, "contact_id": side.contact_id });
                for (field, values) in FIELDS.iter().zip(&side.values) {
                    let name = field.names[0].trim_end_matches("_a");
                    value[name] = json!(values);
                }
                value
            });
            json!({
                "message_type": "pair",
                "value": pair.row.value,
                "probability": pair.row.probability,
                "weight": pair.row.weight,
                "a": sides[0],
                "b": sides[1],
                "reasons_for": pair.pro,
                "reasons_against": pair.contra,
                "disputed": pair.row.disputed,
            })
        })
        .collect();
    lines.push(json!({
        "message_type": "summary",
        "open": asked.pairs.len(),
        "answered": asked.answered,
        "left_out": asked.left_out,
    }));
    let mut out = String::new();
    for line in lines {
        let line = serde_json::to_string(&line).map_err(|error| {
            Error::new(Kind::Internal, format!("the pairs cannot be written as JSON: {error}"))
        })?;
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_to_their_width() {
        assert_eq!(padded("Jürgen", 8), "Jürgen  ");
        assert_eq!(padded("Jürgen Groß", 6), "Jürge…");
        assert_eq!(padded("李李李", 4).width(), 4);
        assert!(!padded("\u{1b}[2J", 20).contains('\u{1b}'));
    }

    #[test]
    fn lines_say_what_keys_say() {
        assert_eq!(from_word(" Ja "), Wish::Answer(Said::Same));
        assert_eq!(from_word("different"), Wish::Answer(Said::Different));
        assert_eq!((from_word("s"), from_word("u"), from_word("q")), (Wish::Skip, Wish::Undo, Wish::Quit));
        assert_eq!((from_word(""), from_word("open")), (Wish::Unclear, Wish::Unclear));
    }
}
