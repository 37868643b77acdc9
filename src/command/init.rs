//! `hamstern init DIR`: a new workspace with a pipeline file, an inbox, a wish list, cron and systemd lines.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::screen::print;
use crate::cli::InitArgs;
use crate::error::{self, Error, Kind};

/// Makes the workspace and says what to do next.
///
/// # Errors
/// [`Kind::Usage`] for a member id that cannot be one, [`Kind::CannotCreate`] when something is there
/// already or cannot be made.
pub(super) fn run(args: &InitArgs) -> error::Result<u8> {
    if let Some(wrong) = args.members.iter().find(|id| !crate::pipeline::is_member_id(id)) {
        return Err(Error::new(Kind::Usage, format!("\"{wrong}\" cannot be the id of a member"))
            .hinted("use lower-case letters, digits, - and _, such as anna or juergen-k"));
    }
    let dir = std::path::absolute(&args.dir).unwrap_or_else(|_| args.dir.clone());
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("hamstern"));
    let team = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let workspace = Workspace {
        team: &team,
        members: &args.members,
        dir: &dir.to_string_lossy(),
        program: &program.to_string_lossy(),
    };
    write(&dir, &files(&workspace)).map_err(|error| Error::new(Kind::CannotCreate, error.to_string()))?;
    print(&next_steps(&workspace))
}

/// Name of the file in each inbox folder that says what belongs there; runs leave it unread.
pub const INBOX_README: &str = "LIESMICH-README.txt";

/// What a new workspace is about.
#[derive(Debug, Clone)]
pub struct Workspace<'a> {
    /// Name of the team.
    pub team: &'a str,
    /// Ids of the members, `[a-z0-9_-]{1,60}`; none: one folder to be renamed.
    pub members: &'a [String],
    /// The folder, absolute, for cron and systemd.
    pub dir: &'a str,
    /// Path of the program, absolute, for cron and systemd.
    pub program: &'a str,
}

/// Why a workspace was not made.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// There is something already that would be overwritten.
    #[error("{} is there already and stays as it is", list(.0))]
    Exists(Vec<PathBuf>),
    /// A file or folder could not be made.
    #[error("{} cannot be made: {source}", .path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The files of a new workspace, relative to it, with their texts.
pub fn files(workspace: &Workspace<'_>) -> Vec<(PathBuf, String)> {
    let fill = |template: &str| fill(template, workspace);
    let mut files = vec![(PathBuf::from("hamstern.toml"), fill(include_str!("init/hamstern.toml")))];
    let unnamed = ["member-1".to_owned()];
    let members = if workspace.members.is_empty() { &unnamed } else { workspace.members };
    for member in members {
        let readme =
            include_str!("init/LIESMICH-README.txt").replace("{{member}}", &format!("inbox/{member}"));
        // Windows Notepad of old shows one long line without carriage returns.
        files.push((Path::new("inbox").join(member).join(INBOX_README), readme.replace('\n', "\r\n")));
    }
    for (name, template) in [
        ("wish-list.csv", include_str!("init/wish-list.csv")),
        ("schedule/crontab.txt", include_str!("init/crontab.txt")),
        ("schedule/hamstern.service", include_str!("init/hamstern.service")),
        ("schedule/hamstern.timer", include_str!("init/hamstern.timer")),
    ] {
        files.push((PathBuf::from(name), fill(template)));
    }
    files
}

/// Writes a new workspace into `root`, which is made if it is not there.
///
/// # Errors
/// Nothing is written if any of the files is there already; else the first file that cannot be made.
pub fn write(root: &Path, files: &[(PathBuf, String)]) -> Result<(), InitError> {
    let there: Vec<PathBuf> = files
        .iter()
        .map(|(path, _)| root.join(path))
        .filter(|path| path.symlink_metadata().is_ok())
        .collect();
    if !there.is_empty() {
        return Err(InitError::Exists(there));
    }
    for (path, text) in files {
        let path = root.join(path);
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes())));
        written.map_err(|source| InitError::Io { path, source })?;
    }
    Ok(())
}

/// What to do next, for the terminal.
pub fn next_steps(workspace: &Workspace<'_>) -> String {
    let folders = match workspace.members {
        [] => "inbox/member-1, renamed to your own name, and one more folder for each colleague".to_owned(),
        members => members.iter().map(|id| format!("inbox/{id}")).collect::<Vec<_>>().join(", "),
    };
    format!(
        "1. Put each member's exports into {folders}.\n\
         2. hamstern check   says what each file is and how it would be read.\n\
         3. hamstern run     reads, links and writes out/.\n\
         4. hamstern review  asks where two contacts may be one person; work.xlsx does the same.\n\
         Every day by itself: see schedule/crontab.txt, or schedule/hamstern.service and .timer.\n"
    )
}

/// The template with its `{{names}}` filled in, in one pass: what is filled in is not looked at again.
fn fill(template: &str, workspace: &Workspace<'_>) -> String {
    let mut parts = template.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or_default();
        out.push_str(&value(name, workspace));
        out.push_str(rest);
    }
    out
}

fn value(name: &str, workspace: &Workspace<'_>) -> String {
    let toml = |text: &str| toml::Value::String(one_line(text)).to_string();
    match name {
        "team" => toml(workspace.team),
        "members" => members(workspace.members),
        "cron_dir" => cron_word(workspace.dir),
        "cron_program" => cron_word(workspace.program),
        "unit_team" => specifiers(workspace.team),
        "unit_workdir" => specifiers(workspace.dir),
        "unit_dir" => unit_word(workspace.dir),
        "unit_program" => unit_word(workspace.program),
        _ => String::new(),
    }
}

fn members(ids: &[String]) -> String {
    if ids.is_empty() {
        return "# Every folder in inbox/ is a member. Who wants to say more about one, writes:\n\
                # [[member]]\n# id = \"anna\"\n# name = \"Anna Beispiel\"\n# emails = [\"anna@beispiel.example\"]\n"
            .to_owned();
    }
    let block = |id: &String| {
        format!("[[member]]\nid = {}\n# name = \"\"\n# emails = []\n\n", toml::Value::String(id.clone()))
    };
    ids.iter().map(block).collect::<String>().trim_end().to_owned() + "\n"
}

/// Text that stays on its line.
fn one_line(text: &str) -> String {
    crate::text::squeeze(text).into_owned()
}

/// A word of a crontab line: quoted for the shell; a bare percent sign would end the command.
fn cron_word(text: &str) -> String {
    format!("'{}'", one_line(text).replace('\'', r"'\''")).replace('%', r"\%")
}

/// Text of a unit file, where a percent sign opens a specifier.
fn specifiers(text: &str) -> String {
    one_line(text).replace('%', "%%")
}

/// A word in a unit file: quoted, with backslashes, quotes and specifiers escaped.
fn unit_word(text: &str) -> String {
    format!("\"{}\"", specifiers(text).replace('\\', r"\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::parse;
    use proptest::prelude::*;

    fn text_of<'f>(files: &'f [(PathBuf, String)], name: &str) -> &'f str {
        files.iter().find(|(path, _)| path.ends_with(name)).map(|(_, text)| text.as_str()).expect(name)
    }

    fn workspace<'a>(team: &'a str, members: &'a [String]) -> Workspace<'a> {
        Workspace { team, members, dir: "/srv/team 50%/it's", program: "/usr/local/bin/hamstern" }
    }

    #[test]
    fn the_pipeline_file_is_right_and_so_is_what_it_only_suggests() {
        let members = ["anna".to_owned(), "ben".to_owned()];
        for ids in [&members[..], &[]] {
            let files = files(&workspace("Vertrieb \"Köln\" \\ {{members}}", ids));
            let text = text_of(&files, "hamstern.toml");
            let pipeline = parse(text, "hamstern.toml").expect(text);
            assert_eq!(pipeline.members.len(), ids.len());
            assert!(pipeline.team.name.starts_with("Vertrieb \"Köln\" \\ "));
            let suggested: String = text.lines().skip(3).map(|line| uncomment(line) + "\n").collect();
            let all = parse(&suggested, "hamstern.toml").expect(&suggested);
            assert_eq!((all.sources.len(), all.race.weeks), (1, 9));
            assert!(all.team.country.is_some() && all.team.timezone.is_some() && all.team.language.is_some());
        }
    }

    /// A line with its option, without the mark that makes it a remark.
    fn uncomment(line: &str) -> String {
        let option = line
            .strip_prefix("# ")
            .filter(|rest| rest.starts_with('[') || rest.split(' ').nth(1) == Some("="));
        option.unwrap_or(line).to_owned()
    }

    #[test]
    fn schedules_carry_what_operations_asks_for() {
        let files = files(&workspace("A\nB", &[]));
        let service = text_of(&files, "hamstern.service");
        for line in [
            "Description=hamstern: read the exports of A B",
            "PrivateNetwork=yes",
            "UMask=0077",
            "ProtectSystem=strict",
            "WorkingDirectory=/srv/team 50%%/it's",
            "ReadWritePaths=\"/srv/team 50%%/it's\"",
            "ExecStart=\"/usr/local/bin/hamstern\" run --quiet",
        ] {
            assert!(service.lines().any(|have| have == line), "{line} in\n{service}");
        }
        assert!(text_of(&files, "hamstern.timer").contains("\nPersistent=true\n"));
        let cron =
            r"15 6 * * 1-5 umask 077; cd '/srv/team 50\%/it'\''s' && '/usr/local/bin/hamstern' run --quiet";
        assert!(text_of(&files, "crontab.txt").lines().any(|line| line == cron));
        assert!(files.iter().all(|(_, text)| !text.contains("{{")), "every name is filled in");
    }

    #[test]
    fn nothing_that_exists_is_overwritten() {
        let root = tempfile::tempdir().expect("a folder");
        let files = files(&workspace("Team", &["anna".to_owned()]));
        let dir = root.path().join("new/team");
        write(&dir, &files).expect("the workspace is made");
        for (path, text) in &files {
            assert_eq!(&fs::read_to_string(dir.join(path)).expect("it was written"), text);
        }
        fs::write(dir.join("hamstern.toml"), "mine").expect("it can be changed");
        fs::remove_file(dir.join("wish-list.csv")).expect("it can be removed");
        let error = write(&dir, &files).expect_err("it is there");
        assert!(error.to_string().contains("hamstern.toml"), "{error}");
        assert_eq!(fs::read_to_string(dir.join("hamstern.toml")).expect("it is there"), "mine");
        assert!(!dir.join("wish-list.csv").exists(), "nothing is written when something is refused");
    }

    proptest! {
        #[test]
        fn any_team_name_gives_a_right_pipeline_file(team in any::<String>()) {
            let files = files(&workspace(&team, &[]));
            let pipeline = parse(text_of(&files, "hamstern.toml"), "hamstern.toml");
            prop_assert!(pipeline.is_ok(), "{:?}", pipeline);
        }
    }
}
