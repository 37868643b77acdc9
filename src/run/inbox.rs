//! The inbox: which files lie in it and whose they are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::pipeline::{Pipeline, TEAM_MEMBER};
use crate::problem::Problem;

/// A person of the team, as far as the inbox tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Short name in tables.
    pub id: String,
    /// Name as it is shown.
    pub name: String,
}

/// One file in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub place: PathBuf,
    /// Path relative to the inbox, with `/`.
    pub path: String,
    /// Index of the member.
    pub member: u16,
    /// Size in bytes.
    pub bytes: u64,
}

/// What lies in an inbox.
#[derive(Debug, Default)]
pub struct Inbox {
    /// The members, those of the pipeline file first, then folders by name, then `team` for the root.
    pub members: Vec<Member>,
    /// The files in the order of their paths.
    pub files: Vec<File>,
    /// Files and folders that could not be looked at, with their path.
    pub unreadable: Vec<(String, Problem)>,
    /// What else a person may want to know.
    pub notes: Vec<Problem>,
}

/// Whether there is an inbox at a path.
///
/// # Errors
/// [`Kind::NoInput`] when the folder is missing, [`Kind::Permission`] when it may not be read.
pub fn can_be_read(folder: &Path) -> Result<()> {
    fs::read_dir(folder).map(drop).map_err(|error| {
        let hint = if folder.is_file() {
            "the inbox is the folder of the members' folders; `hamstern inspect FILE` says what one file is"
        } else {
            "make the folder, or name another with --inbox or in [inbox] path"
        };
        Error::io(Kind::NoInput, "the inbox cannot be read", folder, &error).hinted(hint)
    })
}

/// Looks through an inbox. Links are not followed; hidden and temporary files do not count.
///
/// # Errors
/// [`Kind::NoInput`] when the folder is missing, [`Kind::Permission`] when it may not be read.
pub fn look(folder: &Path, pipeline: &Pipeline) -> Result<Inbox> {
    can_be_read(folder)?;
    let mut inbox = Inbox::default();
    let mut folders: Vec<(String, u16)> = Vec::new();
    for member in &pipeline.members {
        folders.push((member.inbox.trim_matches('/').to_owned(), inbox.members.len() as u16));
        inbox.members.push(Member { id: member.id.clone(), name: member.name.clone() });
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found, &mut inbox.unreadable);
    found.sort_by(|a, b| a.1.cmp(&b.1));
    inbox.unreadable.sort_by(|a, b| a.0.cmp(&b.0));
    // A folder that is named as an id has it, whatever folders of similar names come beside it.
    let named: BTreeSet<String> = found
        .iter()
        .filter_map(|(_, path, _)| path.split_once('/'))
        .filter(|(first, _)| slug(first) == *first)
        .map(|(first, _)| first.to_owned())
        .collect();
    for (place, path, bytes) in found {
        let owner = folders
            .iter()
            .filter(|(folder, _)| {
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
            .max_by_key(|(folder, _)| folder.len())
            .map(|(_, member)| *member);
        let member = owner.unwrap_or_else(|| stranger(&mut inbox, &mut folders, (&path, &named), pipeline));
        inbox.files.push(File { place, path, member, bytes });
    }
    settle(&mut inbox, pipeline.members.len());
    let loose = loose(&inbox);
    inbox.notes.extend(loose);
    Ok(inbox)
}

/// What is to be told of files that lie beside the members' folders instead of in one.
fn loose(inbox: &Inbox) -> Option<Problem> {
    let mut loose = inbox.files.iter().filter(|file| !file.path.contains('/'));
    let first = loose.next()?;
    if inbox.members.len() < 2 {
        return None;
    }
    let (files, them) = match loose.count() {
        0 => ("lies".to_owned(), "it"),
        more => (format!("and {more} more lie"), "them"),
    };
    let what = format!(
        "{} {files} beside the members' folders, so nobody is known to have exported {them}; the rows count as those \
         of a member `{TEAM_MEMBER}`. Move {them} into the folder of whoever exported {them}",
        crate::text::visible(&first.path)
    );
    Some(Problem::new(0, "no-member", what))
}

/// Orders the members that the pipeline file does not name by id, `team` last.
fn settle(inbox: &mut Inbox, named: usize) {
    let mut order: Vec<usize> = (named..inbox.members.len()).collect();
    order.sort_by_key(|place| (inbox.members[*place].id == TEAM_MEMBER, inbox.members[*place].id.clone()));
    let mut place_of: Vec<u16> = (0..inbox.members.len() as u16).collect();
    for (place, old) in order.iter().enumerate() {
        place_of[*old] = (named + place) as u16;
    }
    for file in &mut inbox.files {
        file.member = place_of[file.member as usize];
    }
    let moved: Vec<Member> = order.iter().map(|old| inbox.members[*old].clone()).collect();
    inbox.members.truncate(named);
    inbox.members.extend(moved);
}

/// The member of a path that no `[[member]]` claims: its first folder, or `team` at the root. `named` are the
/// folders whose names are ids.
fn stranger(
    inbox: &mut Inbox,
    folders: &mut Vec<(String, u16)>,
    (path, named): (&str, &BTreeSet<String>),
    pipeline: &Pipeline,
) -> u16 {
    let number = inbox.members.len() as u16;
    let Some((first, _)) = path.split_once('/') else {
        let known = inbox.members.iter().position(|member| member.id == TEAM_MEMBER);
        return known.map_or_else(
            || {
                inbox.members.push(Member { id: TEAM_MEMBER.to_owned(), name: TEAM_MEMBER.to_owned() });
                number
            },
            |known| known as u16,
        );
    };
    if !pipeline.members.is_empty() {
        inbox.notes.push(Problem::new(
            0,
            "unknown-member",
            format!(
                "the folder {} belongs to no [[member]] of the pipeline file; it is read as a member of that \
                 name. Add a [[member]] with id = \"{}\", or move the folder out of the inbox",
                crate::text::visible(first),
                slug(first)
            ),
        ));
    }
    let mut id = slug(first);
    let taken = |inbox: &Inbox, id: &str| {
        let of_another = named.contains(id) && id != first;
        let member = inbox.members.iter().find(|member| member.id == id).map(|member| member.name.clone());
        member.or_else(|| of_another.then(|| id.to_owned()))
    };
    // Two folders whose names differ only in letters that an id cannot hold stay two members.
    let same = taken(inbox, &id);
    for turn in 2.. {
        if taken(inbox, &id).is_none() && id != TEAM_MEMBER {
            break;
        }
        id = format!("{}-{turn}", slug(first));
    }
    if let Some(same) = same {
        inbox.notes.push(Problem::new(
            0,
            "similar-folders",
            format!(
                "the folders {} and {} are read as two members, the second with the id {id}. If they are one person's, put \
                 the files into one of them",
                crate::text::visible(&same),
                crate::text::visible(first)
            ),
        ));
    }
    inbox.members.push(Member { id, name: first.to_owned() });
    folders.push((first.to_owned(), number));
    number
}

/// A folder name as a member id: folded, `[a-z0-9_-]{1,60}`.
fn slug(name: &str) -> String {
    let folded: String = crate::text::fold(name)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' })
        .take(60)
        .collect();
    let trimmed = folded.trim_matches('-');
    if trimmed.is_empty() { "member".to_owned() } else { trimmed.to_owned() }
}

fn walk(
    root: &Path,
    folder: &Path,
    found: &mut Vec<(PathBuf, String, u64)>,
    unreadable: &mut Vec<(String, Problem)>,
) {
    let relative = |place: &Path| {
        let inside = place.strip_prefix(root).unwrap_or(place);
        inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let refuse = |place: &Path, error: &std::io::Error| {
        let message = format!("cannot be read: {error}; it is left out. Check its permissions");
        (relative(place), Problem::new(0, "unreadable", message))
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return unreadable.push(refuse(folder, &error)),
    };
    for entry in entries.flatten() {
        let place = entry.path();
        if passed_over(&entry.file_name().to_string_lossy()) {
            continue;
        }
        match entry.metadata() {
            Ok(about) if about.is_dir() => walk(root, &place, found, unreadable),
            Ok(about) if about.is_file() => found.push((place.clone(), relative(&place), about.len())),
            // Links, pipes and devices are no exports.
            Ok(_) => unreadable.push((
                relative(&place),
                Problem::new(
                    0,
                    "not-a-file",
                    "is a link or a device, not a file; it is left out. Copy the file itself",
                ),
            )),
            Err(error) => unreadable.push(refuse(&place, &error)),
        }
    }
}

/// Hidden files, what programs leave while they work, and the notes that `init` puts there.
fn passed_over(name: &str) -> bool {
    let lower = name.to_lowercase();
    let end = lower.rsplit_once('.').map_or("", |(_, end)| end);
    name.starts_with('.')
        || name.starts_with("~$")
        || ["tmp", "part", "crdownload"].contains(&end)
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str())
        || (lower.contains("readme") && ["txt", "md"].contains(&end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(root: &Path, path: &str) {
        let place = root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, "x").unwrap();
    }

    #[test]
    fn folders_are_members_and_the_root_is_the_team() {
        let root = tempfile::tempdir().unwrap();
        for path in ["Jürgen/2026-01-05/a.csv", "anna/b.vcf", "anna/.DS_Store", "c.csv", "anna/~$b.xlsx"] {
            put(root.path(), path);
        }
        let inbox = look(root.path(), &Pipeline::default()).unwrap();
        let ids: Vec<_> = inbox.members.iter().map(|member| member.id.as_str()).collect();
        assert_eq!(ids, ["anna", "juergen", "team"]);
        let files: Vec<_> = inbox.files.iter().map(|file| (file.path.as_str(), file.member)).collect();
        assert_eq!(files, [("Jürgen/2026-01-05/a.csv", 1), ("anna/b.vcf", 0), ("c.csv", 2)]);
    }

    #[test]
    fn a_folder_named_as_an_id_keeps_it_and_what_lies_beside_the_folders_is_told() {
        let root = tempfile::tempdir().unwrap();
        let ids = |inbox: &Inbox| -> Vec<String> {
            inbox.members.iter().map(|member| format!("{} {}", member.name, member.id)).collect()
        };
        let codes = |inbox: &Inbox| -> Vec<&str> { inbox.notes.iter().map(|note| note.code).collect() };
        put(root.path(), "c.csv");
        let inbox = look(root.path(), &Pipeline::default()).unwrap();
        assert_eq!((ids(&inbox), codes(&inbox)), (vec!["team team".to_owned()], vec![]));
        put(root.path(), "anna/b.vcf");
        let inbox = look(root.path(), &Pipeline::default()).unwrap();
        assert_eq!(
            (ids(&inbox), codes(&inbox)),
            (vec!["anna anna".into(), "team team".into()], vec!["no-member"])
        );
        put(root.path(), "Anna/b.vcf");
        let inbox = look(root.path(), &Pipeline::default()).unwrap();
        assert_eq!(ids(&inbox), ["anna anna", "Anna anna-2", "team team"]);
        assert_eq!(codes(&inbox), ["similar-folders", "no-member"]);
        assert!(inbox.notes[0].message.starts_with("the folders anna and Anna are read as two members"));
    }

    #[test]
    fn a_missing_inbox_is_said() {
        let error = look(Path::new("/nowhere/at/all"), &Pipeline::default()).unwrap_err();
        assert_eq!(error.kind, Kind::NoInput);
    }
}
