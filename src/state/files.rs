//! Files and folders made so that only their owner reads them and a crash leaves the old or the new.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, Kind, Result};

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Opens a file for reading and writing, made for its owner only when it is missing.
///
/// # Errors
/// What the operating system says.
pub fn open_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().read(true).write(true).create(true).truncate(false)).open(path)
}

/// Creates a file that must not exist yet, for its owner only.
///
/// # Errors
/// [`Kind::CannotCreate`] or [`Kind::Permission`].
pub fn create(path: &Path) -> Result<File> {
    private(OpenOptions::new().write(true).create_new(true))
        .open(path)
        .map_err(|error| Error::io(Kind::CannotCreate, "cannot create", path, &error))
}

/// Makes a folder and its parents, for their owner only; existing ones stay as they are.
///
/// # Errors
/// [`Kind::CannotCreate`] or [`Kind::Permission`].
pub fn make_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
        .create(path)
        .map_err(|error| Error::io(Kind::CannotCreate, "cannot make the folder", path, &error))
}

/// Writes a whole file beside its place, syncs it and moves it there.
///
/// # Errors
/// When it cannot be created, written or moved; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// The file that a program leaves beside another while it holds that one open.
pub fn open_elsewhere(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.into_iter().find(|lock| path.with_file_name(lock).exists())
}

/// Replaces a file that people share: a link stays a link, and who could read the old one can read the new.
///
/// # Errors
/// When it cannot be created, written or moved; the old file is then untouched.
pub fn replace_shared(path: &Path, bytes: &[u8]) -> Result<()> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let permissions = fs::metadata(&real).ok().map(|old| old.permissions());
    replace_with(&real, |file| {
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.write_all(bytes)
    })
}

/// Copies a whole file beside a place, syncs it and moves it there. It is never held in memory.
///
/// # Errors
/// When it cannot be read, created, written or moved; the old file is then untouched.
pub fn copy(from: &Path, path: &Path) -> Result<()> {
    replace_with(path, |file| io::copy(&mut File::open(from)?, file).map(drop))
}

/// Puts a file that nobody changes any more at a second place: linked where that can be done, else copied.
///
/// # Errors
/// When it can be neither.
pub fn link_or_copy(from: &Path, path: &Path) -> Result<()> {
    if fs::hard_link(from, path).is_ok() {
        return Ok(());
    }
    let mut file = create(path)?;
    let copied = File::open(from).and_then(|mut from| io::copy(&mut from, &mut file));
    copied.map(drop).map_err(|error| Error::io(Kind::Io, "cannot copy to", path, &error))
}

fn replace_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    let temporary = beside(path);
    let _ = fs::remove_file(&temporary);
    let mut file = create(&temporary)?;
    let written = write(&mut file).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| fs::rename(&temporary, path)).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::io(Kind::Io, "cannot write", path, &error)
    })?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// The temporary name of a file in the same folder.
pub fn beside(path: &Path) -> std::path::PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    path.with_file_name(name)
}

/// Makes names in a folder durable.
///
/// # Errors
/// [`Kind::Io`]; what was renamed is then in its place, but not proven to survive a power cut.
pub fn sync_folder(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        let folder = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        File::open(folder)
            .and_then(|file| file.sync_all())
            .map_err(|error| Error::io(Kind::Io, "cannot sync the folder", path, &error))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
