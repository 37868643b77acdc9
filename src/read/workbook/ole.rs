//! The compound file around an xls workbook, walked without trust: chains that loop or leave the file are
//! found before the library follows them.

use super::refusal;
use crate::problem::Problem;

/// First bytes of a compound file.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Streams shorter than this lie in sectors of 64 bytes.
const MINI_STREAM: u64 = 4_096;
const MINI_SECTOR: usize = 64;

/// A compound file whose chains have been followed once.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// Sectors that hold the small streams.
    mini: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    len: u64,
}

/// A stream: its bytes, and where each sector of it lies in the file.
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    sector: usize,
    offsets: Vec<usize>,
}

impl Stream {
    /// Where a byte of the stream lies in the file.
    pub(super) fn file_offset(&self, at: usize) -> Option<usize> {
        Some(self.offsets.get(at / self.sector)? + at % self.sector)
    }
}

impl<'a> Ole<'a> {
    /// Follows the chains of the file.
    ///
    /// # Errors
    /// When a chain loops or leaves the file, or the header is not that of a compound file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Ole<'a>, Problem> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4_096,
            _ => return Err(damaged("unknown sector size")),
        };
        let word = |at| u32_at(bytes, at).ok_or_else(|| damaged("cut short"));
        let mut ole = Ole {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        ole.read_fat(word(68)?)?;
        ole.read_entries(word(48)?)?;
        let root = ole.entries.first().ok_or_else(|| damaged("no directory"))?;
        if word(64)? > 0 {
            ole.mini = ole.chain(root.start)?;
            let sectors = ole.chain(word(60)?)?;
            ole.mini_fat = sectors.iter().flat_map(|id| ole.words(*id)).collect();
        }
        Ok(ole)
    }

    fn read_fat(&mut self, mut next: u32) -> Result<(), Problem> {
        let most = self.bytes.len() / self.sector + 1;
        let mut ids: Vec<u32> = (76..512).step_by(4).filter_map(|at| u32_at(self.bytes, at)).collect();
        let mut steps = 0;
        while next < MARKS {
            steps += 1;
            let mut words = self.words(next);
            if steps > most || words.is_empty() {
                return Err(damaged("a chain of sectors loops or leaves the file"));
            }
            next = words.pop().unwrap_or(END_OF_CHAIN);
            ids.extend(words);
        }
        let mut ids: Vec<u32> = ids.into_iter().filter(|id| *id < MARKS).collect();
        for id in &ids {
            let words = self.words(*id);
            self.fat.extend(words);
            if self.fat.len() > most * (self.sector / 4) {
                break;
            }
        }
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(damaged("a sector is used twice"));
        }
        Ok(())
    }

    fn read_entries(&mut self, start: u32) -> Result<(), Problem> {
        for id in self.chain(start)? {
            for entry in self.sector_bytes(id).chunks_exact(128) {
                let units: Vec<u16> =
                    entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                let name = String::from_utf16_lossy(&units);
                let name = name.split('\0').next().unwrap_or_default().to_owned();
                let high = if self.sector == 512 { 0 } else { u32_at(entry, 124).unwrap_or(0) };
                let len = u64::from(u32_at(entry, 120).unwrap_or(0)) | u64::from(high) << 32;
                self.entries.push(Entry { name, start: u32_at(entry, 116).unwrap_or(END_OF_CHAIN), len });
            }
        }
        Ok(())
    }

    /// Whether an entry of that name exists.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The stream of that name.
    ///
    /// # Errors
    /// When its chain loops or leaves the file.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Stream>, Problem> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let mut stream = Stream { bytes: Vec::new(), sector: self.sector, offsets: Vec::new() };
        let len = usize::try_from(entry.len).unwrap_or(usize::MAX);
        if entry.len < MINI_STREAM {
            stream.sector = MINI_SECTOR;
            let mut id = entry.start;
            while id < MARKS && stream.bytes.len() < len {
                let at = id as usize * MINI_SECTOR;
                let Some(sector) = self.mini.get(at / self.sector) else { break };
                let offset = (*sector as usize + 1) * self.sector + at % self.sector;
                let Some(bytes) = self.bytes.get(offset..offset + MINI_SECTOR) else { break };
                stream.offsets.push(offset);
                stream.bytes.extend_from_slice(bytes);
                id = self.mini_fat.get(id as usize).copied().unwrap_or(END_OF_CHAIN);
            }
        } else {
            for id in self.chain(entry.start)? {
                stream.offsets.push((id as usize + 1) * self.sector);
                stream.bytes.extend_from_slice(self.sector_bytes(id));
            }
        }
        stream.bytes.truncate(len);
        Ok(Some(stream))
    }

    /// The sectors of a chain; one that loops or leaves the table is an error, since the library would
    /// follow it for ever.
    fn chain(&self, start: u32) -> Result<Vec<u32>, Problem> {
        let mut ids = Vec::new();
        let mut id = start;
        while id != END_OF_CHAIN {
            let next = self.fat.get(id as usize).copied();
            let (Some(next), true) = (next, ids.len() <= self.fat.len()) else {
                return Err(damaged("a chain of sectors loops or leaves the file"));
            };
            ids.push(id);
            id = next;
        }
        Ok(ids)
    }

    fn sector_bytes(&self, id: u32) -> &'a [u8] {
        let start = (id as usize).saturating_add(1).saturating_mul(self.sector).min(self.bytes.len());
        &self.bytes[start..start.saturating_add(self.sector).min(self.bytes.len())]
    }

    fn words(&self, id: u32) -> Vec<u32> {
        let words = self.sector_bytes(id).chunks_exact(4);
        words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
    }
}

fn damaged(detail: &str) -> Problem {
    refusal("damaged-workbook", format!("the workbook is damaged ({detail}); open it and save it again"))
}

/// The 16-bit number there.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// The 32-bit number there.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(bytes, at)?) | u32::from(u16_at(bytes, at + 2)?) << 16)
}
