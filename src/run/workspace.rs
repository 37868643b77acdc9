//! The workspace: where a run reads and writes, from a pipeline file or from two folders.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::pipeline::{self, Pipeline};

/// Where a run reads and writes, and what it was told.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Folder of the exports.
    pub inbox: PathBuf,
    /// Folder of the results.
    pub out: PathBuf,
    /// Folder of what the next run needs.
    pub state: PathBuf,
    /// The answers of the team.
    pub decisions: PathBuf,
    /// The categories set by hand.
    pub tiers: PathBuf,
    /// The team's own workbook.
    pub work: PathBuf,
    /// The wish list, where the pipeline file names one.
    pub wish_list: Option<PathBuf>,
    /// The team's own table of employers and sectors, where the pipeline file names one.
    pub industries: Option<PathBuf>,
    /// What the pipeline file says, or the defaults.
    pub pipeline: Pipeline,
    /// The text of the pipeline file, empty without one.
    pub text: String,
}

impl Workspace {
    /// A workspace described by a pipeline file; its paths are relative to that file.
    ///
    /// # Errors
    /// [`Kind::NoInput`] when the file is missing, [`Kind::Config`] with all that is wrong in it.
    pub fn from_pipeline(file: &Path) -> Result<Workspace> {
        let text = fs::read_to_string(file).map_err(|error| {
            Error::io(Kind::NoInput, "the pipeline file cannot be read", file, &error)
                .hinted("`hamstern init DIR` makes one; `hamstern run --inbox DIR --out DIR` does without")
        })?;
        let pipeline = pipeline::parse(&text, &file.to_string_lossy()).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Error::new(Kind::Config, lines.join("\n"))
        })?;
        let root = file.parent().unwrap_or(Path::new(""));
        let out = root.join(&pipeline.output.dir);
        let home = if pipeline.output.dir == Path::new("out") { root } else { &out };
        let workspace = Workspace {
            inbox: root.join(&pipeline.inbox.path),
            state: home.join("state"),
            decisions: root.join(&pipeline.matching.decisions),
            tiers: root.join(&pipeline.tier.overrides),
            work: home.join("work.xlsx"),
            wish_list: named(root, &pipeline.goals.wish_list),
            industries: named(root, &pipeline.labels.industries),
            out,
            pipeline,
            text,
        };
        workspace.apart()?;
        Ok(workspace)
    }

    /// A workspace of two folders: every folder in `inbox` is a member.
    ///
    /// # Errors
    /// [`Kind::Usage`] when one folder lies in the other.
    pub fn from_folders(inbox: &Path, out: &Path) -> Result<Workspace> {
        let workspace = Workspace::of(inbox, out);
        workspace.apart()?;
        Ok(workspace)
    }

    /// Where it is kept which contacts people keep as they are: beside their categories.
    pub fn cleanup(&self) -> PathBuf {
        self.tiers.with_file_name("cleanup.csv")
    }

    fn of(inbox: &Path, out: &Path) -> Workspace {
        Workspace {
            inbox: inbox.to_owned(),
            out: out.to_owned(),
            state: out.join("state"),
            decisions: out.join("decisions.csv"),
            tiers: out.join("tiers.csv"),
            work: out.join("work.xlsx"),
            wish_list: None,
            industries: None,
            pipeline: Pipeline::default(),
            text: String::new(),
        }
    }

    /// The workspace of a folder of results that a run made with an inbox and a folder for its results.
    ///
    /// # Errors
    /// [`Kind::Usage`] when its state lies elsewhere, so that its answers do as well.
    pub fn from_results(out: &Path) -> Result<Workspace> {
        let workspace = Workspace::of(Path::new(""), out);
        if out.is_dir() && !workspace.state.is_dir() {
            return Err(Error::new(Kind::Usage, format!("{} has no state of its own", out.display()))
                .hinted("name the pipeline file that made it: --pipeline FILE"));
        }
        Ok(workspace)
    }

    /// Results inside the inbox would be read as exports by the next run.
    fn apart(&self) -> Result<()> {
        if full(&self.out).starts_with(full(&self.inbox)) {
            return Err(Error::new(
                Kind::Usage,
                format!(
                    "the results {} would lie inside the inbox {}",
                    self.out.display(),
                    self.inbox.display()
                ),
            )
            .hinted("name a folder beside the inbox"));
        }
        Ok(())
    }
}

/// A file that the pipeline file names; none where it is left empty.
fn named(root: &Path, path: &Path) -> Option<PathBuf> {
    Some(path).filter(|path| !path.as_os_str().is_empty()).map(|path| root.join(path))
}

/// A path without links and `..`, also where its end is still to be made.
fn full(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for folder in path.ancestors().skip(1) {
        if let (Ok(real), Ok(rest)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return real.join(rest);
        }
    }
    path
}
