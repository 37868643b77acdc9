//! Stage 7, write: tables → Parquet, CSV and a workbook, into writers that the caller opened; the page as text; and
//! Parquet files of earlier runs read back as tables.
//!
//! Equal tables give equal bytes, whatever the thread count, the locale and the size of the batches.

use std::io::{self, Write};

use crate::table::Table;

mod cell;
mod changes;
mod contacts;
mod csv;
mod dataset;
mod html;
mod look;
mod news;
mod overview;
mod parquet;
pub mod review;
mod rows;
mod schema;
pub mod vcf;
mod wishes;
pub mod work;
mod xlsx;

pub use changes::{Basis, Cause, Change, ChangeRow, RedirectRow, changes, redirects};
pub use contacts::{archived, contacts};
pub use csv::{CsvFile, Dialect, guard, unguard};
pub use dataset::{HoldingRow, ProvenanceRow, RejectRow, TouchRow, holdings, provenance, rejects, touches};
pub use html::{News, NewsRow, Page, Personal, member_page, page};
pub use news::news;
pub use overview::{Figures, Overview};
pub use parquet::ParquetFile;
pub use rows::{rows, shape};
pub use schema::{schema, schema_again};
pub use wishes::{WishRow, wishes};
pub use xlsx::Workbook;

/// As many rows a long table is best given at a time; more need more memory, fewer more time.
pub const BATCH_ROWS: usize = 65_536;

/// One table being written as Parquet and CSV at once, batch by batch.
pub struct TableFile<P: Write, C: Write> {
    parquet: ParquetFile<P>,
    csv: CsvFile<C>,
}

impl<P: Write + Send, C: Write + Send> TableFile<P, C> {
    /// Begins the files with the header. `spec` is a table of the same columns; its rows are not written.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn create(parquet: P, csv: C, dialect: Dialect, spec: &Table) -> io::Result<TableFile<P, C>> {
        Ok(TableFile {
            parquet: ParquetFile::create(parquet, spec)?,
            csv: CsvFile::create(csv, dialect, spec)?,
        })
    }

    /// Adds the rows of a table, which has the columns of `spec`.
    ///
    /// # Errors
    /// When a writer fails or the columns differ.
    pub fn write(&mut self, rows: &Table) -> io::Result<()> {
        let TableFile { parquet, csv } = self;
        let (parquet, csv) = rayon::join(|| parquet.write(rows), || csv.write(rows));
        parquet.and(csv)
    }

    /// Writes what is still held back. The writers are flushed but not synced.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn finish(self) -> io::Result<()> {
        self.parquet.finish()?;
        self.csv.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use polars::prelude::{ParquetReader, SerReader as _};

    use super::*;
    use crate::contact::Contact;

    #[test]
    fn both_files_hold_all_batches() {
        let person = |id: u32| Contact { contact_id: format!("c{id}"), ..Contact::default() };
        let people: Vec<Contact> = (0..30).map(person).collect();
        let (mut parquet, mut csv) = (Vec::new(), Vec::new());
        let mut file =
            TableFile::create(&mut parquet, &mut csv, Dialect::Plain, &contacts(&[], &[])).unwrap();
        for batch in people.chunks(7) {
            file.write(&contacts(batch, &[])).unwrap();
        }
        assert!(file.write(&touches(&[])).is_err(), "another table does not fit");
        file.finish().unwrap();
        assert_eq!(::csv::Reader::from_reader(csv.as_slice()).records().count(), 30);
        let read = ParquetReader::new(Cursor::new(parquet)).finish().unwrap();
        assert_eq!(read.shape(), (30, contacts(&[], &[]).columns.len()));
    }
}
