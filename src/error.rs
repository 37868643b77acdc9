//! What ends a run: its kind, what to do about it, and the exit code.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a command ended without doing all it was asked to; each kind has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line is wrong.
    Usage,
    /// There are files, but none of them could be read.
    NoUsableInput,
    /// An input is missing or nothing was found.
    NoInput,
    /// The accounts do not balance or something else is wrong inside.
    Internal,
    /// An output cannot be created.
    CannotCreate,
    /// Reading or writing failed, the disk is full, or `verify` found a difference.
    Io,
    /// Another run holds the lock.
    Locked,
    /// Something may not be read or written.
    Permission,
    /// The pipeline file or the state is wrong or too new.
    Config,
    /// A signal asked to stop.
    Signal(i32),
}

impl Kind {
    /// The exit code, after `sysexits.h` where it has one.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Usage => 64,
            Kind::NoUsableInput => 65,
            Kind::NoInput => 66,
            Kind::Internal => 70,
            Kind::CannotCreate => 73,
            Kind::Io => 74,
            Kind::Locked => 75,
            Kind::Permission => 77,
            Kind::Config => 78,
            Kind::Signal(number) => u8::try_from(128 + number).unwrap_or(255),
        }
    }
}

/// An error that ends a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind it is.
    pub kind: Kind,
    /// What was wrong, one finding a line.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// The result of anything that can end a command.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of a kind, without a hint.
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), hint: String::new() }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Error {
        self.hint = hint.into();
        self
    }

    /// What an operating system error means for the file it met; `fallback` unless permission is missing.
    pub fn io(fallback: Kind, doing: &str, path: &Path, error: &io::Error) -> Error {
        let kind = match error.kind() {
            io::ErrorKind::PermissionDenied => Kind::Permission,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Kind::Io
            }
            _ => fallback,
        };
        Error::new(kind, format!("{}: {doing}: {error}", crate::text::visible(&path.to_string_lossy())))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
