//! What is wrong with a pipeline file: each error with its place and what to do about it.

use std::fmt;
use std::ops::Range;

use crate::text::visible;

/// One thing that is wrong with a pipeline file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PipelineError {
    /// Name of the file, as it was given.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it; empty where nothing is known.
    pub hint: String,
}

impl fmt::Display for PipelineError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}: {}", visible(&self.file), self.line, self.column, self.message)?;
        if !self.hint.is_empty() {
            write!(out, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for PipelineError {}

/// Something wrong at a byte of the text; it gets its line when all are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Byte at which it stands.
    pub(super) at: usize,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it, or empty.
    pub(super) hint: String,
    /// Whether something is missing rather than wrong.
    pub(super) lacking: bool,
}

impl Found {
    /// Something wrong, without a hint.
    pub(super) fn new(at: usize, message: impl Into<String>) -> Found {
        Found { at, message: message.into(), hint: String::new(), lacking: false }
    }

    /// Something that is missing.
    pub(super) fn lacking(at: usize, message: impl Into<String>) -> Found {
        Found { lacking: true, ..Found::new(at, message) }
    }

    /// The same with a hint.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Found {
        self.hint = hint.into();
        self
    }
}

/// The bytes of the line in which a byte stands, without the line end.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
    start..end
}

/// Gives every error its line and column, in the order of the text, each once.
pub(super) fn locate(text: &str, file: &str, mut found: Vec<Found>) -> Vec<PipelineError> {
    found.sort_by(|a, b| (a.at, &a.message).cmp(&(b.at, &b.message)));
    found.dedup();
    let (mut line, mut column, mut done) = (1u32, 1u32, 0);
    let mut errors = Vec::with_capacity(found.len());
    for Found { at, message, hint, .. } in found {
        let at = text.floor_char_boundary(at);
        for letter in text[done..at].chars() {
            match letter {
                '\n' => (line, column) = (line.saturating_add(1), 1),
                '\u{feff}' => {}
                _ => column = column.saturating_add(1),
            }
        }
        done = at;
        errors.push(PipelineError { file: file.to_owned(), line, column, message, hint });
    }
    errors
}
