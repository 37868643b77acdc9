//! The lock that keeps two runs on one state apart.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

use super::files;
use crate::error::{Error, Kind, Result};

/// Held as long as it lives; the operating system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock in a state folder, which is made if it is missing.
    ///
    /// # Errors
    /// [`Kind::Locked`] when another run holds it, [`Kind::CannotCreate`] when the folder cannot be made.
    pub fn take(state: &Path) -> Result<Lock> {
        files::make_folder(state)?;
        let path = state.join("lock");
        let mut file = files::open_private(&path)
            .map_err(|error| Error::io(Kind::CannotCreate, "cannot open the lock", &path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(Kind::Locked, format!("another run works on {}", state.display()))
                    .hinted("wait until it is done; the lock goes away with it, never delete the file"));
            }
            Err(TryLockError::Error(error)) => {
                return Err(Error::io(Kind::Io, "cannot take the lock", &path, &error));
            }
        }
        // Only for a person who looks into the file; nothing reads it.
        let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Lock { _file: file })
    }

    /// Waits for the lock on the files of answers, which is held only while one of them is written.
    ///
    /// # Errors
    /// [`Kind::CannotCreate`] or [`Kind::Io`] when it cannot be had at all.
    pub fn for_answers(state: &Path) -> Result<Lock> {
        files::make_folder(state)?;
        let path = state.join("answers.lock");
        let file = files::open_private(&path)
            .map_err(|error| Error::io(Kind::CannotCreate, "cannot open the lock", &path, &error))?;
        file.lock().map_err(|error| Error::io(Kind::Io, "cannot take the lock", &path, &error))?;
        Ok(Lock { _file: file })
    }
}
