//! Rows of the fact tables: typed columns that grow as threads come in.
//!
//! Values go straight into the buffers that become the columns of a frame; nothing is allocated
//! for a row. A full buffer is emptied into a [`DataFrame`], which becomes a row group.

mod answers;
mod comments;
mod oddities;
mod threads;

pub(super) use answers::AnswerRows;
pub(super) use comments::{CommentRows, Rows};
pub(super) use oddities::OddityRows;
pub(super) use threads::ThreadRows;

use polars::prelude::{
    ChunkedBuilder, Column, DataFrame, Int64Chunked, Int64Type, IntoColumn, IntoSeries,
    PolarsNumericType, PrimitiveChunkedBuilder, StringChunkedBuilder, TimeUnit, UInt32Chunked,
    UInt32Type,
};

use crate::comment::Moment;
use crate::error::{Error, Result};

/// Rows of a full buffer, and so of a row group.
pub(super) const ROWS: usize = 32 * 1024;
/// Bytes of text of a full buffer: long texts fill it before there are [`ROWS`].
pub(super) const BYTES: usize = 16 * 1024 * 1024;

/// A growing column of text, null or not.
type Texts = StringChunkedBuilder;
/// A growing column of whole numbers, null or not.
type Numbers = PrimitiveChunkedBuilder<UInt32Type>;
/// A growing column of large whole numbers or of times in milliseconds, null or not.
type Larges = PrimitiveChunkedBuilder<Int64Type>;

fn numbers(values: Vec<u32>, name: &'static str) -> Column {
    UInt32Chunked::from_vec(name.into(), values).into_column()
}

fn finished<T: PolarsNumericType>(builder: PrimitiveChunkedBuilder<T>) -> Column
where
    polars::prelude::ChunkedArray<T>: IntoSeries,
{
    builder.finish().into_series().into_column()
}

/// Numbers of milliseconds as times without a zone.
fn times(builder: Larges) -> Column {
    let millis: Int64Chunked = builder.finish();
    millis.into_datetime(TimeUnit::Milliseconds, None).into_series().into_column()
}

/// A time that has a date.
fn dated(moment: Option<Moment>) -> Option<Moment> {
    moment.filter(Moment::is_dated)
}

/// The columns as one frame.
fn frame(table: &str, height: usize, columns: Vec<Column>) -> Result<DataFrame> {
    DataFrame::new(height, columns).map_err(|e| Error::table(format!("build table {table}"), e))
}
