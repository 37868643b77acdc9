//! Reads ZIP archives in memory: nothing is written to disk, and what unpacks to too much is refused.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::linkedin_archive::{self, Need};
use crate::problem::Problem;

/// More entries than this are no export.
const MOST_ENTRIES: usize = 10_000;

/// All members together may unpack to this many bytes.
const MOST_BYTES: u64 = 1 << 30;

/// How many times its packed size a member may unpack to, once it is larger than [`RATIO_FROM`].
const MOST_RATIO: u64 = 200;

/// Below this many bytes the ratio does not matter.
const RATIO_FROM: u64 = 10 << 20;

/// What the members of an archive say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A workbook (xlsx, xlsb, ods), which the sheet reader unpacks itself.
    Workbook,
    /// An export of LinkedIn.
    LinkedIn,
    /// Some files packed together.
    Files,
}

/// One member.
pub(super) struct Member {
    /// Its name in the archive, with `/`.
    pub name: String,
    /// What is in it.
    pub body: Body,
}

/// What is in a member.
pub(super) enum Body {
    /// Its bytes.
    Read(Vec<u8>),
    /// It was left out on purpose, with the reason.
    Skipped(String),
    /// It should have been read and cannot be.
    Refused(Problem),
}

/// Whether bytes start like a ZIP archive.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// An archive with its directory read.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    kind: Kind,
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// The archive is damaged or has too many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Problem> {
        if declared_entries(bytes) > MOST_ENTRIES {
            return Err(too_many_entries());
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(too_many_entries());
        }
        let name = |index| match zip.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {index}"),
        };
        let names: Vec<String> = (0..zip.len()).map(name).collect();
        let kind = kind(&names, first_text(&mut zip, "mimetype").as_deref());
        Ok(Archive { zip, names, kind, unpacked: 0 })
    }

    /// What it is.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Gives every member to `each`, one at a time, in the order of their names.
    pub(super) fn for_each(&mut self, each: &mut dyn FnMut(Member)) {
        for name in repeated_names(bytes_of(&self.zip), &self.names) {
            let what =
                format!("Two members are called {name}; only one of them could be read. Pack it again.");
            each(Member { name, body: Body::Refused(Problem::new(0, "archive-duplicate-name", what)) });
        }
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by(|a, b| self.names[*a].cmp(&self.names[*b]));
        for index in order {
            let name = self.names[index].clone();
            if name.ends_with('/') || name.ends_with('\\') {
                continue;
            }
            let body = self.body(index, &name);
            each(Member { name: name.replace('\\', "/"), body });
        }
    }

    fn body(&mut self, index: usize, name: &str) -> Body {
        if let Some(why) = unsafe_name(name) {
            return Body::Refused(Problem::new(0, "archive-unsafe-name", why));
        }
        if let Some(reason) = self.not_needed(name) {
            return Body::Skipped(reason);
        }
        let room = MOST_BYTES.saturating_sub(self.unpacked);
        let body = match self.zip.by_index(index) {
            Ok(member) if member.encrypted() => Body::Refused(damaged(&ZipError::InvalidPassword)),
            Ok(member) => {
                let packed = member.compressed_size();
                inflate(member, packed, room)
            }
            Err(error) => Body::Refused(damaged(&error)),
        };
        if let Body::Read(bytes) = &body {
            self.unpacked += bytes.len() as u64;
        }
        body
    }

    /// Why a member is left out on purpose, if so.
    fn not_needed(&self, name: &str) -> Option<String> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if base.starts_with('.') || name.starts_with("__MACOSX") {
            return Some("a file of the operating system".into());
        }
        if self.kind == Kind::LinkedIn && linkedin_archive::need(base) != Need::Read {
            return Some("not needed".into());
        }
        let ending = base.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "vcf" | "vcard" | "csv" | "tsv" | "txt" | "xml" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods"
            | "zip" => None,
            _ => Some("not a kind of file that holds contacts".into()),
        }
    }
}

/// Unpacks a member, counting real bytes.
fn inflate(member: impl Read, packed: u64, room: u64) -> Body {
    let ratio = RATIO_FROM.max(packed.saturating_mul(MOST_RATIO));
    let limit = room.min(ratio);
    let mut bytes = Vec::new();
    match member.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => {
            let what = format!("The member is damaged ({error}); fetch the archive again.");
            Body::Refused(Problem::new(0, "archive-damaged", what))
        }
        Ok(_) if bytes.len() as u64 > limit => {
            let what = if limit == room {
                "The archive unpacks to more than 1 GiB; the rest was not read. Unpack it and keep what is needed."
            } else {
                "The member unpacks to more than 200 times its size, as only a trap does; it was not read."
            };
            Body::Refused(Problem::new(0, "archive-too-big", what))
        }
        Ok(_) => Body::Read(bytes),
    }
}

/// What the names say the archive is.
fn kind(names: &[String], mimetype: Option<&str>) -> Kind {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("[Content_Types].xml")
        && names.iter().any(|name| name.starts_with("xl/") || name.starts_with("xl\\"))
        || mimetype.is_some_and(|text| text.starts_with("application/vnd.oasis.opendocument"))
    {
        return Kind::Workbook;
    }
    let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    if names.iter().any(|name| linkedin_archive::gives_away(&base(name))) {
        return Kind::LinkedIn;
    }
    Kind::Files
}

/// The beginning of a small member as text.
fn first_text(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let member = zip.by_name(name).ok()?;
    let mut text = String::new();
    member.take(200).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Why a name must not be followed; names are data, never paths.
fn unsafe_name(name: &str) -> Option<String> {
    let absolute = name.starts_with(['/', '\\']) || name.as_bytes().get(1) == Some(&b':');
    let climbs = name.split(['/', '\\']).any(|part| part == "..");
    (absolute || climbs || name.contains('\0')).then(|| {
        "The name leads out of the archive; no export does that. The member was not read.".to_string()
    })
}

fn damaged(error: &ZipError) -> Problem {
    let what = match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            let what = "The member is encrypted; unpack it with its password and put the file beside it.";
            return Problem::new(0, "archive-encrypted", what);
        }
        ZipError::UnsupportedArchive(why) => format!("The archive is of a kind that cannot be read ({why})."),
        ZipError::CompressionMethodNotSupported(_) => {
            "The archive is packed in a way that cannot be read; unpack it or pack it again as a plain ZIP."
                .into()
        }
        other => format!("The archive is damaged ({other}); fetch it again."),
    };
    Problem::new(0, "archive-damaged", what)
}

fn too_many_entries() -> Problem {
    let what = "The archive has more than 10,000 entries; unpack it and keep what is needed.";
    Problem::new(0, "archive-too-big", what)
}

/// Number of entries the end record tells; 0 if it is not found.
fn declared_entries(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let Some(at) = memchr::memmem::rfind(tail, b"PK\x05\x06") else { return 0 };
    match tail.get(at + 10..at + 12) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    }
}

fn bytes_of<'a>(zip: &ZipArchive<Cursor<&'a [u8]>>) -> &'a [u8] {
    zip.clone().into_inner().into_inner()
}

/// Names that stand more than once in the directory; the ZIP library keeps only the last of them.
fn repeated_names(bytes: &[u8], names: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for at in memchr::memmem::find_iter(bytes, b"PK\x01\x02") {
        let Some([low, high]) = bytes.get(at + 28..at + 30) else { continue };
        let len = usize::from(u16::from_le_bytes([*low, *high]));
        let Some(name) = bytes.get(at + 46..at + 46 + len) else { continue };
        if !seen.insert(name) {
            twice.insert(name);
        }
    }
    names.iter().filter(|name| twice.contains(name.as_bytes())).cloned().collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A ZIP of these members.
    pub(crate) fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn list(bytes: &[u8]) -> Vec<String> {
        let mut archive = Archive::open(bytes).unwrap();
        let mut out = Vec::new();
        archive.for_each(&mut |member| {
            let what = match member.body {
                Body::Read(bytes) => format!("{} bytes", bytes.len()),
                Body::Skipped(reason) => reason,
                Body::Refused(problem) => problem.code.to_string(),
            };
            out.push(format!("{}: {what}", member.name));
        });
        out
    }

    #[test]
    fn only_what_is_needed_of_a_linkedin_export_is_read() {
        let zip = pack(&[
            ("x/Connections.csv", b"a"),
            ("messages.csv", b"ab"),
            ("guide_messages.csv", b"abc"),
            ("Endorsement_Received_Info_123.csv", b""),
            ("Whatsapp Phone Numbers.csv", b"1"),
            ("Jobs/Saved Jobs.csv", b""),
            ("Rich_Media.csv", b""),
            ("photo.jpg", b""),
        ]);
        assert_eq!(Archive::open(&zip).unwrap().kind(), Kind::LinkedIn);
        let expected = [
            "Endorsement_Received_Info_123.csv: 0 bytes",
            "Jobs/Saved Jobs.csv: not needed",
            "Rich_Media.csv: not needed",
            "Whatsapp Phone Numbers.csv: 1 bytes",
            "guide_messages.csv: not needed",
            "messages.csv: 2 bytes",
            "photo.jpg: not needed",
            "x/Connections.csv: 1 bytes",
        ];
        assert_eq!(list(&zip), expected);
    }

    #[test]
    fn kinds_are_told_by_their_members() {
        type Members<'a> = &'a [(&'a str, &'a [u8])];
        let ods: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
        let cases: [(Members<'_>, Kind); 4] = [
            (&[("[Content_Types].xml", b""), ("xl/workbook.xml", b"")], Kind::Workbook),
            (&[("mimetype", ods), ("content.xml", b"")], Kind::Workbook),
            (&[("contacts.vcf", b""), ("list.xlsx", b"")], Kind::Files),
            (&[("Profile.csv", b""), ("x", b"")], Kind::LinkedIn),
        ];
        for (members, kind) in cases {
            assert_eq!(Archive::open(&pack(members)).unwrap().kind(), kind);
        }
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        let zip = pack(&[("../a.vcf", b"x"), ("/b.vcf", b"x"), ("C:\\c.vcf", b"x"), ("d/e.vcf", b"x")]);
        let refused = list(&zip).into_iter().filter(|line| line.ends_with("archive-unsafe-name")).count();
        assert_eq!(refused, 3);
    }

    #[test]
    fn a_bomb_is_stopped_while_it_unpacks() {
        let zip = pack(&[("a.vcf", &vec![0; 40 << 20]), ("b.vcf", b"x")]);
        assert!(zip.len() < 100_000);
        assert_eq!(list(&zip), ["a.vcf: archive-too-big", "b.vcf: 1 bytes"]);
    }

    #[test]
    fn damage_is_told_and_the_rest_is_read() {
        let mut zip = pack(&[("a.vcf", b"0123456789 0123456789"), ("b.vcf", b"x")]);
        zip[36] ^= 0x55;
        let lines = list(&zip);
        assert_eq!(lines, ["a.vcf: archive-damaged", "b.vcf: 1 bytes"]);
        for cut in 0..zip.len() {
            if let Ok(mut archive) = Archive::open(&zip[..cut]) {
                archive.for_each(&mut |_| {});
            }
        }
    }

    #[test]
    fn a_name_that_stands_twice_is_told() {
        let mut zip = pack(&[("a.vcf", b"one"), ("b.vcf", b"two")]);
        while let Some(at) = memchr::memmem::find(&zip, b"b.vcf") {
            zip[at] = b'a';
        }
        assert_eq!(list(&zip)[0], "a.vcf: archive-duplicate-name");
    }

    #[test]
    fn an_encrypted_member_is_named() {
        let mut zip = pack(&[("a.vcf", b"secret")]);
        zip[6] |= 1;
        let directory = memchr::memmem::find(&zip, b"PK\x01\x02").unwrap();
        zip[directory + 8] |= 1;
        assert_eq!(list(&zip), ["a.vcf: archive-encrypted"]);
    }
}
