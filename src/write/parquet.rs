//! Parquet: faithful typed tables, in row groups of a fixed size.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use polars::error::PolarsError;
use polars::frame::DataFrame;
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    BooleanChunked, ChunkFullNull as _, Column as PolarsColumn, CompatLevel, DataType, Int32Chunked,
    IntoColumn, IntoSeries, KeyValueMetadata, ListBuilderTrait as _, ListStringChunkedBuilder,
    NamedFrom as _, NewChunkedArray as _, ParquetCompression, ParquetWriter, PlSmallStr, Schema,
    SchemaExt as _, Series, StringChunked,
};
use polars_parquet::write::schema_to_metadata_key;

use crate::table::{Data, Table};

/// Rows a row group; a constant, so that the bytes depend on nothing but the rows.
const GROUP_ROWS: usize = 65_536;

/// One table being written as Parquet, batch by batch.
///
/// Empty text is null; lists are Arrow lists; days are dates; shares are doubles.
pub struct ParquetFile<W: Write> {
    writer: BatchedWriter<Watched<W>>,
    /// Rows of a group that is not full yet.
    pending: DataFrame,
    /// Rows a group; smaller in tests.
    group_rows: usize,
    failure: Failure,
}

/// Why the writer failed: polars passes on only the words.
type Failure = Arc<Mutex<Option<io::Error>>>;

/// A writer that leaves its error where the caller finds it, with its kind, such as a full disk.
struct Watched<W> {
    out: W,
    failure: Failure,
}

impl<W: Write> Watched<W> {
    fn watch<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| {
            let kept = io::Error::new(error.kind(), error.to_string());
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        })
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.write(bytes);
        self.watch(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.flush();
        self.watch(result)
    }
}

impl<W: Write> ParquetFile<W> {
    /// Begins the file. `spec` is a table of the same columns; its rows are not written.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn create(out: W, spec: &Table) -> io::Result<ParquetFile<W>> {
        let failure = Failure::default();
        let failed = |error| cause(&failure, error);
        let pending = frame(spec).map_err(failed)?.clear();
        let writer = ParquetWriter::new(Watched { out, failure: Arc::clone(&failure) })
            .with_compression(ParquetCompression::Snappy)
            .with_key_value_metadata(Some(plain_types(pending.schema())))
            // Encoding on the caller's thread keeps to the thread count that was asked for.
            .set_parallel(false)
            .batched(pending.schema())
            .map_err(failed)?;
        Ok(ParquetFile { writer, pending, group_rows: GROUP_ROWS, failure })
    }

    /// Adds the rows of a table, which has the columns of `spec`.
    ///
    /// # Errors
    /// When the writer fails or the columns differ.
    pub fn write(&mut self, rows: &Table) -> io::Result<()> {
        let rows = frame(rows).map_err(|error| cause(&self.failure, error))?;
        if self.pending.height() == 0 && rows.schema() == self.pending.schema() {
            self.pending = rows;
        } else {
            self.pending.vstack_mut(&rows).map_err(|error| cause(&self.failure, error))?;
        }
        while self.pending.height() >= self.group_rows {
            let (group, rest) = self.pending.split_at(self.group_rows as i64);
            self.pending = rest;
            self.write_group(group)?;
        }
        Ok(())
    }

    fn write_group(&mut self, mut group: DataFrame) -> io::Result<()> {
        group.rechunk_mut();
        self.writer.write_batch(&group).map_err(|error| cause(&self.failure, error))
    }

    /// Writes what is still held back, and the footer.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn finish(mut self) -> io::Result<()> {
        let rest = self.pending.clear();
        let group = std::mem::replace(&mut self.pending, rest);
        if group.height() > 0 {
            self.write_group(group)?;
        }
        self.writer.finish().map_err(|error| cause(&self.failure, error))?;
        Ok(())
    }
}

/// The writer's own error where it is to blame, else that of polars.
fn cause(failure: &Failure, error: PolarsError) -> io::Error {
    let kept = failure.lock().unwrap_or_else(PoisonError::into_inner).take();
    kept.unwrap_or_else(|| io::Error::other(error))
}

/// Tells readers the plain types of Arrow: polars names its newest ones, and pandas reads no lists of those.
fn plain_types(schema: &Schema) -> KeyValueMetadata {
    let told = schema_to_metadata_key(&schema.to_arrow(CompatLevel::oldest()));
    KeyValueMetadata::from_static(vec![(told.key, told.value.unwrap_or_default())])
}

fn frame(table: &Table) -> Result<DataFrame, PolarsError> {
    let columns = table.columns.iter().map(|column| polars_column(column.name, &column.data));
    DataFrame::new(table.len(), columns.collect::<Result<_, _>>()?)
}

fn polars_column(name: &'static str, data: &Data) -> Result<PolarsColumn, PolarsError> {
    let name = PlSmallStr::from_static(name);
    Ok(match data {
        // Many columns wait for a later stage to fill them.
        Data::Text(texts) if texts.joined().is_empty() => {
            StringChunked::full_null(name, texts.len()).into_column()
        }
        Data::Text(texts) => {
            let texts = texts.iter().map(|text| Some(text).filter(|text| !text.is_empty()));
            StringChunked::from_iter_options(name, texts).into_column()
        }
        Data::List(lists) => {
            let mut builder = ListStringChunkedBuilder::new(name, lists.len(), lists.len());
            for list in 0..lists.len() {
                builder.append_values_iter(lists.get(list));
            }
            builder.finish().into_column()
        }
        Data::Int(values) => Series::new(name, values).into_column(),
        Data::Float(values) | Data::Share(values) => Series::new(name, values).into_column(),
        Data::Date(values) => {
            let days = values.iter().map(|day| day.map(|day| (day - NaiveDate::default()).num_days() as i32));
            Int32Chunked::from_iter_options(name, days).into_series().cast(&DataType::Date)?.into_column()
        }
        Data::Bool(values) => BooleanChunked::from_iter_options(name, values.iter().copied()).into_column(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, Lists, Texts, words};
    use polars::prelude::{ParquetReader, SerReader as _};
    use std::io::Cursor;

    fn table(rows: std::ops::Range<usize>) -> Table {
        let column = |name, data| Column::new(name, words("", ""), "", data);
        let some = |row: &usize| (!row.is_multiple_of(3)).then_some(*row as i64);
        let rows: Vec<usize> = rows.collect();
        Table {
            name: "t",
            title: words("", ""),
            about: "",
            key: &[],
            columns: vec![
                column(
                    "text",
                    Data::Text(rows.iter().map(|row| format!("{:.*}", row % 4, "Jörg")).collect::<Texts>()),
                ),
                column("list", Data::List(rows.iter().map(|row| vec!["+49"; row % 3]).collect::<Lists>())),
                column("int", Data::Int(rows.iter().map(some).collect())),
                column(
                    "float",
                    Data::Float(rows.iter().map(|row| some(row).map(|row| row as f64 / 7.0)).collect()),
                ),
                column(
                    "day",
                    Data::Date(
                        rows.iter()
                            .map(|row| {
                                some(row).and_then(|row| {
                                    NaiveDate::default().checked_add_days(chrono::Days::new(row as u64))
                                })
                            })
                            .collect(),
                    ),
                ),
                column(
                    "bool",
                    Data::Bool(rows.iter().map(|row| some(row).map(|row| row % 2 == 0)).collect()),
                ),
            ],
        }
    }

    /// Rows a group in these tests.
    const GROUP: usize = 1_000;

    fn written(total: usize, batch: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut file = ParquetFile::create(&mut out, &table(0..0)).unwrap();
        file.group_rows = GROUP;
        for start in (0..total).step_by(batch) {
            file.write(&table(start..total.min(start + batch))).unwrap();
        }
        file.finish().unwrap();
        out
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let bytes = written(10, 10);
        let read = ParquetReader::new(Cursor::new(bytes)).finish().unwrap();
        assert!(read.equals_missing(&frame(&table(0..10)).unwrap()));
        assert_eq!(read.column("day").unwrap().dtype(), &DataType::Date);
        assert_eq!(read.column("list").unwrap().dtype(), &DataType::List(Box::new(DataType::String)));
        assert_eq!(read.column("text").unwrap().null_count(), 3, "empty text is not known");
    }

    #[test]
    fn readers_are_told_types_that_pandas_knows() {
        let metadata = polars_parquet::read::read_metadata(&mut Cursor::new(written(3, 3))).unwrap();
        let told = metadata.key_value_metadata().as_ref().unwrap();
        let schema = frame(&table(0..0)).unwrap().schema().clone();
        // pyarrow calls these large_string, and polars' own newest ones string_view.
        let [plain, newest] = [CompatLevel::oldest(), CompatLevel::newest()]
            .map(|level| schema_to_metadata_key(&schema.to_arrow(level)));
        assert!(plain != newest && told.contains(&plain) && !told.contains(&newest));
    }

    #[test]
    fn an_empty_table_keeps_its_columns() {
        let read = ParquetReader::new(Cursor::new(written(0, 1))).finish().unwrap();
        assert_eq!(read.shape(), (0, 6));
    }

    #[test]
    fn the_size_of_batches_and_the_number_of_threads_leave_no_trace() {
        let total = GROUP * 2 + 100;
        let whole = written(total, total);
        for batch in [GROUP, 700, GROUP + 1, 1_900] {
            assert!(written(total, batch) == whole, "{batch}");
        }
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert!(pool.install(|| written(total, GROUP)) == whole, "{threads} threads");
        }
        let read = ParquetReader::new(Cursor::new(whole)).finish().unwrap();
        assert!(read.equals_missing(&frame(&table(0..total)).unwrap()));
    }

    #[test]
    fn a_full_disk_is_told_by_its_kind() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let result = ParquetFile::create(Full, &table(0..0)).and_then(|mut file| {
            file.write(&table(0..5))?;
            file.finish()
        });
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
