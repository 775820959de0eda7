//! Parquet: frames to row groups, each appended to a file as soon as it is full.
//!
//! Polars encodes and compresses the pages; this writes them one row group at a time, so that
//! nothing but the group at hand is in memory, and adds the metadata of the run at the end, when
//! all of it is known. Times and large numbers are written as their differences, ids of threads as
//! a dictionary of their runs ([`runs`]), lists by their offsets ([`lists`]); texts that hardly
//! repeat are written plainly, without looking for a dictionary, and without their least and
//! greatest. In memory times have no zone; where the run is in UTC the file says so, and reading it
//! back takes the zone off again.
//!
//! Specification: <https://parquet.apache.org/docs/file-format/>.

use std::collections::BTreeMap;
use std::io::Write;

use polars::prelude::{
    ArrayRef, ArrowSchema, CompatLevel, DataFrame, DataType, PlSmallStr, PolarsResult, Schema,
    SchemaExt, TimeUnit, TimeZone,
};
use polars_arrow::array::{Array, ListArray};
use polars_parquet::write::{
    CompressedPage, CompressionOptions, DynIter, DynStreamingIterator, Encoding, FileWriter,
    KeyValue, Page, ParquetType, StatisticsOptions, Version, WriteOptions, ZstdLevel,
    array_to_columns, array_to_pages, fallible_streaming_iterator, get_dtype_encoding,
    schema_to_metadata_key, to_nested, to_parquet_leaves,
};
use rayon::prelude::*;

use super::packed::{LEVEL, packed};
use super::schema::{Column, Kind};
use super::{lists, runs};
use crate::error::{Error, Result};

/// Columns whose values hardly ever repeat.
const UNIQUE: [&str; 6] = ["comment_id", "parent_id", "text", "post_text", "message", "excerpt"];

/// Columns whose values come in runs.
const IN_RUNS: [&str; 3] = ["thread_id", "source", "format"];

/// With fewer rows, columns are encoded one after the other.
const PARALLEL_FROM: usize = 4096;

/// A Parquet file that grows by row groups.
pub(super) struct ParquetFile<W: Write> {
    writer: FileWriter<W>,
    columns: Vec<Written>,
    name: &'static str,
}

impl<W: Write> ParquetFile<W> {
    /// Begins a file with these columns. `utc`: times are written as UTC.
    pub(super) fn create(
        sink: W,
        name: &'static str,
        columns: &[Column],
        utc: bool,
    ) -> Result<Self> {
        let schema = file_schema(columns, utc);
        let writer =
            FileWriter::try_new(sink, schema, options(true)).map_err(|e| failed(name, e))?;
        let columns = columns
            .iter()
            .zip(writer.parquet_schema().fields())
            .map(|(column, kind)| Written::new(column, kind.clone()))
            .collect();
        Ok(Self { writer, columns, name })
    }

    /// Appends a frame with the columns of the file: a row group for each of its chunks.
    pub(super) fn append(&mut self, frame: &DataFrame) -> Result<()> {
        let name = self.name;
        let mut frame = frame.clone();
        frame.align_chunks();
        for batch in frame.iter_chunks(CompatLevel::newest(), false) {
            let rows = batch.len();
            if rows == 0 {
                continue;
            }
            let pages = self.encode(batch.columns(), rows).map_err(|e| failed(name, e))?;
            let columns = pages.iter().map(|pages| {
                let pages = pages.iter().map(PolarsResult::Ok);
                Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages)))
            });
            self.writer.write(rows as u64, DynIter::new(columns)).map_err(|e| failed(name, e))?;
        }
        Ok(())
    }

    /// Encodes and compresses the columns of a row group, in parallel if there are many rows.
    fn encode(&self, arrays: &[ArrayRef], rows: usize) -> PolarsResult<Vec<Vec<CompressedPage>>> {
        let encode = |(array, column): (&ArrayRef, &Written)| column.pages(&**array);
        if rows < PARALLEL_FROM {
            arrays.iter().zip(&self.columns).map(encode).collect()
        } else {
            arrays.par_iter().zip(&self.columns).map(encode).collect()
        }
    }

    /// Writes the footer with the metadata and hands back what was written to.
    pub(super) fn finish(mut self, meta: &BTreeMap<String, String>) -> Result<W> {
        let mut pairs = vec![schema_to_metadata_key(self.writer.schema())];
        pairs.extend(
            meta.iter()
                .map(|(key, value)| KeyValue { key: key.clone(), value: Some(value.clone()) }),
        );
        self.writer.end(Some(pairs)).map_err(|e| failed(self.name, e))?;
        Ok(self.writer.into_inner())
    }
}

/// How a column is written.
struct Written {
    kind: ParquetType,
    encodings: Vec<Encoding>,
    has_runs: bool,
    options: WriteOptions,
}

impl Written {
    fn new(column: &Column, kind: ParquetType) -> Self {
        let dtype = column.kind.dtype().to_arrow(CompatLevel::newest());
        let encodings = match column.kind {
            _ if UNIQUE.contains(&column.name) => vec![Encoding::Plain],
            // Neighbours are close to each other.
            Kind::Datetime | Kind::I64 => vec![Encoding::DeltaBinaryPacked],
            _ => get_dtype_encoding(&dtype),
        };
        let has_runs = IN_RUNS.contains(&column.name);
        let is_text = matches!(column.kind, Kind::Str | Kind::StrList);
        Self { kind, encodings, has_runs, options: options(!is_text) }
    }

    /// The pages of a column.
    fn pages(&self, array: &dyn Array) -> PolarsResult<Vec<CompressedPage>> {
        let compressed = |page: PolarsResult<Page>| packed(page?);
        if let Some(page) = lists::page(array, &self.kind, self.options)? {
            return Ok(vec![compressed(Ok(page))?]);
        }
        let runs = if self.has_runs { runs::dictionary(array) } else { None };
        let array = runs.as_ref().map_or(array, |runs| runs as &dyn Array);
        if array.as_any().is::<ListArray<i64>>() {
            let pages = array_to_columns(array, self.kind.clone(), self.options, &self.encodings)?;
            return pages.into_iter().flatten().map(compressed).collect();
        }
        // The way of lists would copy the nulls of a column that holds nothing else from eight
        // megabytes that are kept for that.
        let nested = to_nested(array, &self.kind)?.into_iter().flatten().collect::<Vec<_>>();
        let leaves = to_parquet_leaves(self.kind.clone()).into_iter().zip(&self.encodings);
        let pages = leaves
            .map(|(leaf, encoding)| array_to_pages(array, leaf, &nested, self.options, *encoding));
        pages.collect::<PolarsResult<Vec<_>>>()?.into_iter().flatten().map(compressed).collect()
    }
}

/// How pages are written; without the least and greatest value where nobody filters by it.
fn options(bounds: bool) -> WriteOptions {
    let statistics = StatisticsOptions {
        min_value: bounds,
        max_value: bounds,
        null_count: true,
        ..StatisticsOptions::empty()
    };
    WriteOptions {
        statistics,
        version: Version::V1,
        compression: CompressionOptions::Zstd(ZstdLevel::try_new(LEVEL).ok()),
        data_page_size: None,
    }
}

/// The schema as the file states it, in types that older readers know.
fn file_schema(columns: &[Column], utc: bool) -> ArrowSchema {
    let zone = utc.then_some(TimeZone::UTC);
    let schema: Schema = columns
        .iter()
        .map(|column| {
            let dtype = match column.kind {
                Kind::Datetime => DataType::Datetime(TimeUnit::Milliseconds, zone.clone()),
                kind => kind.dtype(),
            };
            (PlSmallStr::from_static(column.name), dtype)
        })
        .collect();
    schema.to_arrow(CompatLevel::oldest())
}

fn failed(name: &str, cause: impl std::fmt::Display) -> Error {
    Error::table(format!("write table {name}"), cause)
}
