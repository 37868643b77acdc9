//! What did not stop a run: problems and rejected rows, each with its place and what to do.

/// Something a person may want to know about one place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// 1-based line (in a sheet the row) on which it starts; 0 for the file as a whole.
    pub line: u32,
    /// Name of the column or property; empty for the whole row.
    pub column: String,
    /// Stable name of the kind of problem, such as `unbalanced-quote`.
    pub code: &'static str,
    /// What was wrong, what was done, and how to fix it.
    pub message: String,
}

impl Problem {
    /// A problem with a whole row or file.
    pub fn new(line: u32, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { line, column: String::new(), code, message: message.into() }
    }

    /// The same problem, in a named column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Problem {
        self.column = column.into();
        self
    }
}

/// A row that should have been a record and could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reject {
    /// Where and why.
    pub problem: Problem,
    /// The row as it stood, as far as it can be shown as text; bodies of messages are left out.
    pub raw: String,
}
