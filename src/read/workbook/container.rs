//! Weighs a zipped workbook before anything else inflates it.

use std::io::{BufRead, BufReader, Cursor, Read};

use memchr::memmem;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{password, refusal};
use crate::problem::Problem;

/// Most bytes a workbook may inflate to.
const MAX_INFLATED: u64 = 1 << 30;
/// Above this size, inflated bytes may be at most [`MAX_RATIO`] times the file.
const FREE_INFLATED: u64 = 10 << 20;
/// An honest sheet of repeated rows reaches about 100.
const MAX_RATIO: u64 = 200;
/// Most parts; an honest workbook has tens of them.
const MAX_PARTS: usize = 20_000;

/// Which zipped format it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// The binary form of it.
    Xlsb,
    /// OpenDocument.
    Ods,
}

/// What kind of workbook it is, if it is one that can be read safely.
///
/// Sizes written in the archive are not believed: every part is inflated and its bytes are counted.
///
/// # Errors
/// Why it is not read.
pub(super) fn weigh(bytes: &[u8]) -> Result<Kind, Problem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    if zip.len() > MAX_PARTS {
        return Err(refusal("too-large", format!("the workbook has {} parts; not read", zip.len())));
    }
    if listed(bytes).is_some_and(|count| count != zip.len() as u64) {
        return Err(refusal("damaged-workbook", "two parts of the workbook have the same name; not read"));
    }
    let mut names = Vec::with_capacity(zip.len());
    let mut total = 0;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => password(),
            other => damaged(&other.to_string()),
        })?;
        let name = String::from_utf8_lossy(part.name_raw()).replace('\\', "/").to_ascii_lowercase();
        let base = name.rsplit('/').next().unwrap_or_default();
        let shared = base.contains("sharedstrings");
        let markup = matches!(base.rsplit('.').next(), Some("xml" | "rels"));
        let before = total;
        weigh_part(part, markup, bytes.len() as u64, &mut total)?;
        if shared {
            let part = zip.by_index(index).map_err(|error| damaged(&error.to_string()))?;
            believable_count(BufReader::new(part), total - before)?;
        }
        names.push(name);
    }
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(refusal("damaged-workbook", "two parts of the workbook have the same name; not read"));
    }
    kind(&names)
}

fn kind(names: &[String]) -> Result<Kind, Problem> {
    let has = |name: &str| names.iter().any(|have| have == name);
    if has("xl/workbook.bin") {
        Ok(Kind::Xlsb)
    } else if has("content.xml") && has("mimetype") {
        Ok(Kind::Ods)
    } else if has("xl/workbook.xml") || has("[content_types].xml") {
        Ok(Kind::Xlsx)
    } else {
        Err(refusal("not-a-workbook", "this archive is no workbook"))
    }
}

fn damaged(detail: &str) -> Problem {
    refusal("damaged-workbook", format!("the workbook is damaged ({detail}); open it and save it again"))
}

/// Inflates a part, adds to the total and looks for document type declarations, which no honest workbook
/// has and which could name other files.
fn weigh_part(mut part: impl Read, markup: bool, file: u64, total: &mut u64) -> Result<(), Problem> {
    const DTD: &[u8] = b"<!DOCTYPE";
    let finder = memmem::Finder::new(DTD);
    let mut buffer = vec![0u8; 1 << 16];
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..]).map_err(|error| damaged(&error.to_string()))?;
        if read == 0 {
            return Ok(());
        }
        *total += read as u64;
        if *total > MAX_INFLATED || (*total > FREE_INFLATED && *total / MAX_RATIO > file) {
            let message = format!(
                "the workbook of {file} bytes inflates to more than {} MiB; not read, since honest ones do not. \
                 If it is honest, save the sheet as CSV",
                *total >> 20
            );
            return Err(refusal("zip-bomb", message));
        }
        let filled = kept + read;
        if markup && finder.find(&buffer[..filled]).is_some() {
            return Err(refusal(
                "dtd-refused",
                "the workbook carries a document type declaration, which no spreadsheet program writes; not read",
            ));
        }
        // The end is looked at again with what follows, for a declaration cut by the buffer.
        kept = filled.min(DTD.len() - 1);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// How many parts the end of the archive announces, where it can be found and is not the 64-bit form.
fn listed(bytes: &[u8]) -> Option<u64> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let end = &tail[memmem::rfind(tail, b"PK\x05\x06")?..];
    let count = u16::from_le_bytes([*end.get(10)?, *end.get(11)?]);
    (count != u16::MAX).then_some(u64::from(count))
}

/// Refuses a table of shared strings that announces more strings than its bytes could hold: the library
/// sets memory aside for all that are announced.
fn believable_count(part: impl BufRead, size: u64) -> Result<(), Problem> {
    const SMALLEST: u64 = "<si/>".len() as u64;
    let mut xml = quick_xml::Reader::from_reader(part);
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "sst" => {
                let Some(count) = tag.try_get_attribute("uniqueCount").ok().flatten() else { return Ok(()) };
                let believable = count.value.parse::<u64>().is_ok_and(|count| count / 2 <= size / SMALLEST);
                return if believable {
                    Ok(())
                } else {
                    let message = format!(
                        "the workbook announces {} texts and has no room for them; not read",
                        count.value
                    );
                    Err(refusal("damaged-workbook", message))
                };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => buffer.clear(),
        }
    }
}
