//! How a `[[source]]` of the pipeline file says a table is to be read: plain data.

use crate::record::{Channel, Field};

/// Column names for the fields of one source, and what is known about its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// For each field the columns it is made of, joined by a blank in this order.
    pub columns: Vec<(Field, Vec<String>)>,
    /// Whether two rows of one export are two people; `None` leaves it to the reader.
    pub distinct: Option<bool>,
    /// Whether an export holds the whole network; `None` leaves it to the reader.
    pub complete: Option<bool>,
    /// How far its values are believed, 1 to 10; `None` leaves it to the reader.
    pub trust: Option<u8>,
    /// The channel of the holdings its rows make.
    pub channel: Channel,
}

impl Mapping {
    /// The keys ([`crate::text::header_key`]) of every column it names, sorted, each once.
    pub fn keys(&self) -> Vec<String> {
        let names = self.columns.iter().flat_map(|(_, names)| names);
        let mut keys: Vec<String> = names.map(|name| crate::text::header_key(name)).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}
