//! Rows of a Parquet file that this program wrote, read back as the table they were.

use std::io;

use chrono::{Days, NaiveDate};
use polars::error::{PolarsError, polars_err};
use polars::io::mmap::MmapBytesReader;
use polars::prelude::{Column as PolarsColumn, ParallelStrategy, ParquetReader, SerReader as _};

use crate::table::{Column, Data, Lists, Table, Texts};

/// The names of the columns of a Parquet file, and how many rows it has.
///
/// # Errors
/// When it cannot be read or is no Parquet file.
pub fn shape(file: impl MmapBytesReader) -> io::Result<(Vec<String>, usize)> {
    let mut reader = ParquetReader::new(file);
    let schema = reader.schema().map_err(failed)?;
    let names = schema.iter_names().map(ToString::to_string).collect();
    Ok((names, reader.num_rows().map_err(failed)?))
}

/// At most `most` rows from a row on, counted from 0, in the columns of `spec`; the rows of `spec` do not matter.
///
/// # Errors
/// When it cannot be read, or when a column is missing or of another type.
pub fn rows(file: impl MmapBytesReader, spec: &Table, from: usize, most: usize) -> io::Result<Table> {
    let names = spec.columns.iter().map(|column| column.name.to_owned()).collect();
    let frame = ParquetReader::new(file)
        .with_columns(Some(names))
        .with_slice(Some((from, most)))
        .read_parallel(ParallelStrategy::None)
        .set_rechunk(true)
        .finish()
        .map_err(failed)?;
    let column = |like: &Column| -> Result<Column, PolarsError> {
        Ok(Column { data: data(frame.column(like.name)?, &like.data)?, ..like.clone() })
    };
    let columns = spec.columns.iter().map(column).collect::<Result<_, _>>().map_err(failed)?;
    Ok(Table { columns, ..*spec })
}

/// The values of a column as `like` has them.
fn data(column: &PolarsColumn, like: &Data) -> Result<Data, PolarsError> {
    Ok(match like {
        Data::Text(_) => Data::Text(column.str()?.iter().map(Option::unwrap_or_default).collect::<Texts>()),
        Data::List(_) => {
            let mut lists = Lists::new();
            for list in column.list()?.amortized_iter() {
                match list {
                    Some(list) => lists.push(list.as_ref().str()?.iter().flatten()),
                    None => lists.push(std::iter::empty::<&str>()),
                }
            }
            Data::List(lists)
        }
        Data::Int(_) => Data::Int(column.i64()?.iter().collect()),
        Data::Float(_) => Data::Float(column.f64()?.iter().collect()),
        Data::Share(_) => Data::Share(column.f64()?.iter().collect()),
        Data::Date(_) => Data::Date(
            column
                .date()?
                .physical()
                .iter()
                .map(|day| day.map(date).transpose())
                .collect::<Result<_, _>>()?,
        ),
        Data::Bool(_) => Data::Bool(column.bool()?.iter().collect()),
    })
}

/// A day by its number since 1970.
fn date(days: i32) -> Result<NaiveDate, PolarsError> {
    let ago = Days::new(u64::from(days.unsigned_abs()));
    let start = NaiveDate::default();
    let day = if days < 0 { start.checked_sub_days(ago) } else { start.checked_add_days(ago) };
    day.ok_or_else(|| polars_err!(ComputeError: "{days} is no day"))
}

fn failed(error: PolarsError) -> io::Error {
    match error {
        PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::table::words;
    use crate::write::ParquetFile;

    fn table() -> Table {
        let day = |text: &str| text.parse().ok();
        let lists: Lists = [vec!["a", "ü"], vec![], vec!["c"]].iter().collect();
        let all = [
            ("text", Data::Text(["Jörg", "", "c"].iter().collect())),
            ("list", Data::List(lists)),
            ("int", Data::Int(vec![Some(-1), None, Some(3)])),
            ("float", Data::Float(vec![Some(1.0 / 3.0), None, Some(-0.5)])),
            ("share", Data::Share(vec![Some(0.1), None, Some(0.667)])),
            ("date", Data::Date(vec![day("1604-02-29"), None, day("2026-05-04")])),
            ("bool", Data::Bool(vec![Some(true), None, Some(false)])),
        ];
        let column = |(name, data)| Column::new(name, words("", ""), "", data);
        let columns = all.into_iter().map(column).collect();
        Table { name: "t", title: words("", ""), about: "", key: &[], columns }
    }

    fn written() -> Cursor<Vec<u8>> {
        let mut out = Vec::new();
        let mut file = ParquetFile::create(&mut out, &table()).unwrap();
        file.write(&table()).unwrap();
        file.finish().unwrap();
        Cursor::new(out)
    }

    #[test]
    fn every_kind_of_column_comes_back_as_it_was() {
        assert_eq!(rows(written(), &table(), 0, usize::MAX).unwrap(), table());
        assert_eq!(rows(written(), &table(), 1, 1).unwrap(), table().only(|row| row == 1));
        assert!(rows(written(), &table(), 3, 5).unwrap().is_empty());
        let names: Vec<String> = table().columns.iter().map(|column| column.name.to_owned()).collect();
        assert_eq!(shape(written()).unwrap(), (names, 3));
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_an_error() {
        let mut other = table();
        other.columns[0].name = "elsewhere";
        assert!(rows(written(), &other, 0, 9).is_err());
        let mut other = table();
        other.columns[0].data = Data::Int(Vec::new());
        assert!(rows(written(), &other, 0, 9).is_err());
        assert!(shape(Cursor::new(b"no parquet".to_vec())).is_err());
    }
}
