//! Generations: complete outputs, each in a folder of its own, and the switch between them.

use std::fs;
use std::path::{Path, PathBuf};

use super::files;
use crate::error::{Error, Kind, Result};

/// The folder of outputs with its generations and the pointer to the newest.
#[derive(Debug, Clone)]
pub struct Generations {
    out: PathBuf,
}

/// A generation being written, in a folder that nobody reads yet. Dropped unpublished, it is removed.
#[derive(Debug)]
pub struct Draft {
    /// Where its files go.
    pub folder: PathBuf,
    /// The number it will have.
    pub number: u32,
    published: bool,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.published {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The name of a generation's folder: six digits.
pub fn name(number: u32) -> String {
    format!("{number:06}")
}

impl Generations {
    /// The generations in an output folder, which need not exist yet.
    pub fn at(out: &Path) -> Generations {
        Generations { out: out.to_owned() }
    }

    fn folder(&self) -> PathBuf {
        self.out.join("generations")
    }

    /// The number `current` points to, if there is one.
    ///
    /// # Errors
    /// [`Kind::Config`] when `current` is there and names no generation.
    pub fn current(&self) -> Result<Option<u32>> {
        let path = self.out.join("current");
        let target = match fs::read_link(&path) {
            Ok(target) => target.to_string_lossy().into_owned(),
            // Where links cannot be made, `current` is a file naming the generation.
            Err(_) => match fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(Error::io(Kind::Config, "cannot be read", &path, &error)),
            },
        };
        let number = target.trim().rsplit(['/', '\\']).next().and_then(|name| name.parse().ok());
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(Error::new(Kind::Config, format!("{} names no generation", path.display()))
                .hinted("restore it, or remove it to start a new series with the state that is there")),
        }
    }

    /// Starts generation `number`; what an earlier run left unfinished goes away.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn draft(&self, number: u32) -> Result<Draft> {
        files::make_folder(&self.folder())?;
        if let Ok(entries) = fs::read_dir(self.folder()) {
            for entry in entries.flatten() {
                if entry.file_name().to_string_lossy().ends_with(".tmp") {
                    let _ = fs::remove_dir_all(entry.path());
                }
            }
        }
        let folder = self.folder().join(format!(".{}.tmp", name(number)));
        files::make_folder(&folder)?;
        Ok(Draft { folder, number, published: false })
    }

    /// Publishes a finished draft: syncs its files, moves it to its name, switches `current`.
    ///
    /// # Errors
    /// When a step fails; up to the switch the old generation stays the current one.
    pub fn publish(&self, mut draft: Draft) -> Result<PathBuf> {
        sync_tree(&draft.folder)?;
        let place = self.folder().join(name(draft.number));
        if place.exists() {
            // A run that crashed between moving and switching left it; nobody was pointed to it.
            fs::remove_dir_all(&place).map_err(|error| {
                Error::io(Kind::Io, "cannot remove an unpublished generation", &place, &error)
            })?;
        }
        fs::rename(&draft.folder, &place)
            .map_err(|error| Error::io(Kind::Io, "cannot move into place", &place, &error))?;
        draft.published = true;
        files::sync_folder(&self.folder())?;
        self.switch(draft.number)?;
        Ok(place)
    }

    /// Points `current` to a generation in one step.
    fn switch(&self, number: u32) -> Result<()> {
        let target = format!("generations/{}", name(number));
        let current = self.out.join("current");
        let temporary = files::beside(&current);
        let _ = fs::remove_file(&temporary);
        if link(&target, &temporary).is_err() {
            return files::replace(&current, format!("{target}\n").as_bytes());
        }
        fs::rename(&temporary, &current)
            .map_err(|error| Error::io(Kind::CannotCreate, "cannot switch", &current, &error))?;
        files::sync_folder(&self.out)
    }

    /// Copies files of a generation to their fixed paths in the output folder, each in one step.
    ///
    /// # Errors
    /// The first file that could not be refreshed, such as one that Excel holds open.
    pub fn refresh(&self, place: &Path, names: &[&str]) -> Result<()> {
        for name in names {
            files::copy(&place.join(name), &self.out.join(name))?;
        }
        Ok(())
    }

    /// Removes all but the newest `keep` generations, never the current one.
    ///
    /// # Errors
    /// [`Kind::Io`] when one cannot be removed.
    pub fn prune(&self, keep: u32, current: u32) -> Result<()> {
        let Ok(entries) = fs::read_dir(self.folder()) else { return Ok(()) };
        let mut numbers: Vec<u32> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse().ok()))
            .filter(|number| *number < current)
            .collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        for number in numbers.into_iter().skip(keep.saturating_sub(1) as usize) {
            let path = self.folder().join(name(number));
            fs::remove_dir_all(&path)
                .map_err(|error| Error::io(Kind::Io, "cannot remove an old generation", &path, &error))?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn link(target: &str, path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(not(unix))]
fn link(_target: &str, _path: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Syncs every file and folder below a folder.
fn sync_tree(folder: &Path) -> Result<()> {
    let failed = |path: &Path, error: &std::io::Error| Error::io(Kind::Io, "cannot sync", path, error);
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, &error))? {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            fs::File::open(&path).and_then(|file| file.sync_all()).map_err(|error| failed(&path, &error))?;
        }
    }
    files::sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_see_the_old_or_the_new_and_old_ones_go() {
        let out = tempfile::tempdir().unwrap();
        let generations = Generations::at(out.path());
        assert_eq!(generations.current().unwrap(), None);
        for number in 1..=4 {
            let draft = generations.draft(number).unwrap();
            fs::write(draft.folder.join("a.csv"), number.to_string()).unwrap();
            let place = generations.publish(draft).unwrap();
            generations.refresh(&place, &["a.csv"]).unwrap();
            generations.prune(2, number).unwrap();
            assert_eq!(generations.current().unwrap(), Some(number));
            assert_eq!(fs::read_to_string(out.path().join("current/a.csv")).unwrap(), number.to_string());
        }
        assert_eq!(fs::read_to_string(out.path().join("a.csv")).unwrap(), "4");
        let mut left: Vec<_> = fs::read_dir(out.path().join("generations"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["000003", "000004"]);
    }

    #[test]
    fn an_unfinished_draft_leaves_nothing() {
        let out = tempfile::tempdir().unwrap();
        let generations = Generations::at(out.path());
        let draft = generations.draft(1).unwrap();
        let folder = draft.folder.clone();
        drop(draft);
        assert!(!folder.exists());
        assert_eq!(generations.current().unwrap(), None);
    }

    #[test]
    fn a_broken_pointer_is_refused() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("current"), "nonsense").unwrap();
        assert_eq!(Generations::at(out.path()).current().unwrap_err().kind, Kind::Config);
    }
}
