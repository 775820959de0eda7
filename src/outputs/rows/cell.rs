//! One value of a table, whatever its type.

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float32Chunked, Float64Chunked, Int64Chunked,
    ListChunked, PolarsResult, StringChunked, UInt32Chunked,
};

use crate::error::{Error, Result};

/// A value.
pub(super) enum Cell<'a> {
    /// Nothing.
    Null,
    /// Text.
    Text(&'a str),
    /// Texts.
    List(Vec<String>),
    /// Whole numbers.
    Numbers(Vec<u32>),
    /// Whole number.
    Whole(i64),
    /// Number of single precision.
    Single(f32),
    /// Number of double precision.
    Double(f64),
    /// Yes or no.
    Flag(bool),
    /// Time in milliseconds since 1970.
    Time(i64),
}

/// A column that cells are taken from.
pub(super) enum Cells<'a> {
    Text(&'a StringChunked),
    List(&'a ListChunked),
    Numbers(&'a ListChunked),
    Small(&'a UInt32Chunked),
    Large(&'a Int64Chunked),
    Single(&'a Float32Chunked),
    Double(&'a Float64Chunked),
    Flag(&'a BooleanChunked),
    Time(&'a Int64Chunked),
}

impl<'a> Cells<'a> {
    /// The columns of a frame.
    pub(super) fn of(frame: &'a DataFrame) -> Result<Vec<Self>> {
        let columns: PolarsResult<Vec<Self>> = frame.columns().iter().map(Self::column).collect();
        columns.map_err(|e| Error::table("write rows", e))
    }

    fn column(column: &'a Column) -> PolarsResult<Self> {
        Ok(match column.dtype() {
            DataType::List(inner) if **inner == DataType::UInt32 => Self::Numbers(column.list()?),
            DataType::List(_) => Self::List(column.list()?),
            DataType::UInt32 => Self::Small(column.u32()?),
            DataType::Int64 => Self::Large(column.i64()?),
            DataType::Float32 => Self::Single(column.f32()?),
            DataType::Float64 => Self::Double(column.f64()?),
            DataType::Boolean => Self::Flag(column.bool()?),
            DataType::Datetime(..) => Self::Time(column.datetime()?.physical()),
            // Any other type is no column of the schema, and an error of its own.
            _ => Self::Text(column.str()?),
        })
    }

    /// The value in a row.
    pub(super) fn get(&self, row: usize) -> Cell<'a> {
        let cell = match self {
            Self::Text(column) => column.get(row).map(Cell::Text),
            Self::List(column) => column.get_as_series(row).map(|texts| {
                let texts =
                    texts.str().map(|texts| texts.iter().flatten().map(str::to_owned).collect());
                Cell::List(texts.unwrap_or_default())
            }),
            Self::Numbers(column) => column.get_as_series(row).map(|numbers| {
                let numbers = numbers.u32().map(|numbers| numbers.iter().flatten().collect());
                Cell::Numbers(numbers.unwrap_or_default())
            }),
            Self::Small(column) => column.get(row).map(|value| Cell::Whole(i64::from(value))),
            Self::Large(column) => column.get(row).map(Cell::Whole),
            Self::Single(column) => column.get(row).map(Cell::Single),
            Self::Double(column) => column.get(row).map(Cell::Double),
            Self::Flag(column) => column.get(row).map(Cell::Flag),
            Self::Time(column) => column.get(row).map(Cell::Time),
        };
        cell.unwrap_or(Cell::Null)
    }
}

/// A time in ISO 8601, with a `Z` if it is UTC; milliseconds only where there are some.
pub(super) fn iso(millis: i64, utc: bool) -> String {
    let zone = if utc { "Z" } else { "" };
    chrono::DateTime::from_timestamp_millis(millis).map_or_else(
        // Beyond the calendar, the number is at least true.
        || millis.to_string(),
        |time| format!("{}{zone}", time.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f")),
    )
}
