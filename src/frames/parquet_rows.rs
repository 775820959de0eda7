//! Parquet that others wrote, as NDJSON: an object a row, with the names of the columns as keys.
//!
//! So the format of rows reads Parquet like any other table of comments, with the same names of
//! columns and the same `--columns`, and needs to know nothing of Polars. Row groups are decoded one
//! after the other; only the one at hand is in memory. Every type can be read: times become ISO
//! 8601 (with a `Z` where the file states a zone, for then they are UTC), nested values become
//! JSON, bytes become text where they are UTF-8.
//!
//! Specification: <https://parquet.apache.org/docs/file-format/>.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use polars::prelude::ArrowSchema;
use polars_arrow::array::{
    Array, BinaryViewArray, BooleanArray, DictionaryArray, DictionaryKey, FixedSizeListArray,
    ListArray, PrimitiveArray, StructArray, Utf8ViewArray, get_value_display,
};
use polars_arrow::datatypes::{ArrowDataType as Type, TimeUnit};
use polars_parquet::read::{
    BasicDecompressor, FileMetadata, PageReader, column_iter_to_arrays, infer_schema, read_metadata,
};

use crate::error::{Error, Result};

/// The bytes that a Parquet file begins with.
pub const MAGIC: &[u8] = b"PAR1";

/// Most bytes of a row group, unpacked.
const LARGEST_GROUP: i64 = 4 << 30;

/// The rows of a Parquet file as NDJSON.
///
/// Errors: the file is damaged, or has no columns.
pub fn rows(name: &str, mut file: File) -> Result<impl Read + Send + use<>> {
    let failed = |cause: &dyn std::fmt::Display| {
        Error::format(name, format!("the Parquet file cannot be read: {cause}"))
    };
    let meta = read_metadata(&mut file).map_err(|e| failed(&e))?;
    let schema = infer_schema(&meta).map_err(|e| failed(&e))?;
    if schema.is_empty() {
        return Err(Error::format(name, "the Parquet file has no columns"));
    }
    let columns = Vec::new();
    Ok(Rows { file, meta, schema, columns, group: 0, row: 0, height: 0, line: Vec::new(), sent: 0 })
}

/// One column of the row group at hand.
struct Column {
    /// Its name as a key of JSON.
    key: Vec<u8>,
    /// Its values, in chunks.
    chunks: Vec<Box<dyn Array>>,
    /// The chunk that the row at hand is in, and the row's place there.
    at: (usize, usize),
}

struct Rows {
    file: File,
    meta: FileMetadata,
    schema: ArrowSchema,
    columns: Vec<Column>,
    /// The row group that comes next.
    group: usize,
    /// The row that comes next, of so many.
    row: usize,
    height: usize,
    line: Vec<u8>,
    sent: usize,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.sent == self.line.len() && !self.next_line()? {
            return Ok(0);
        }
        let rest = &self.line[self.sent..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.sent += n;
        Ok(n)
    }
}

impl Rows {
    /// Writes some rows down; there were none left if it says no.
    fn next_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.sent = 0;
        while self.row == self.height {
            if self.group == self.meta.row_groups.len() {
                return Ok(false);
            }
            self.decode()?;
        }
        let end = self.height.min(self.row + 256);
        while self.row < end {
            for (place, column) in self.columns.iter_mut().enumerate() {
                self.line.push(if place == 0 { b'{' } else { b',' });
                self.line.extend_from_slice(&column.key);
                while column.chunks.get(column.at.0).is_some_and(|c| column.at.1 == c.len()) {
                    column.at = (column.at.0 + 1, 0);
                }
                match column.chunks.get(column.at.0) {
                    Some(chunk) => value(&mut self.line, &**chunk, column.at.1)?,
                    None => self.line.extend_from_slice(b"null"),
                }
                column.at.1 += 1;
            }
            self.line.extend_from_slice(b"}\n");
            self.row += 1;
        }
        Ok(true)
    }

    /// Decodes the next row group.
    fn decode(&mut self) -> io::Result<()> {
        let group = &self.meta.row_groups[self.group];
        self.group += 1;
        if i64::try_from(group.total_byte_size()).unwrap_or(i64::MAX) > LARGEST_GROUP {
            return Err(io::Error::new(
                io::ErrorKind::QuotaExceeded,
                "a row group is larger than 4 GiB; write the file with smaller ones",
            ));
        }
        self.columns.clear();
        self.row = 0;
        self.height = group.num_rows();
        for field in self.schema.iter_values() {
            let mut pages = Vec::new();
            let mut types = Vec::new();
            for leaf in group.columns_under_root_iter(&field.name).into_iter().flatten() {
                let range = leaf.byte_range();
                let mut bytes = vec![0; usize::try_from(range.end - range.start).unwrap_or(0)];
                self.file.seek(SeekFrom::Start(range.start))?;
                self.file.read_exact(&mut bytes)?;
                let reader = PageReader::new(Cursor::new(bytes.into()), leaf, vec![], usize::MAX);
                pages.push(BasicDecompressor::new(reader, vec![]));
                types.push(&leaf.descriptor().descriptor.primitive_type);
            }
            let (chunks, _) = column_iter_to_arrays(pages, types, field.clone(), None)
                .map_err(|e| io::Error::other(format!("column {}: {e}", field.name)))?;
            let mut key = serde_json::to_vec(field.name.as_str())?;
            key.push(b':');
            self.columns.push(Column { key, chunks, at: (0, 0) });
        }
        Ok(())
    }
}

/// Writes a value as JSON.
fn value(line: &mut Vec<u8>, array: &dyn Array, row: usize) -> io::Result<()> {
    if array.is_null(row) {
        line.extend_from_slice(b"null");
        return Ok(());
    }
    let any = array.as_any();
    if let Some(texts) = any.downcast_ref::<Utf8ViewArray>() {
        return Ok(serde_json::to_writer(line, texts.value(row))?);
    }
    if let Some(bytes) = any.downcast_ref::<BinaryViewArray>() {
        return Ok(serde_json::to_writer(line, &std::str::from_utf8(bytes.value(row)).ok())?);
    }
    if let Some(flags) = any.downcast_ref::<BooleanArray>() {
        return Ok(serde_json::to_writer(line, &flags.value(row))?);
    }
    if let Some(lists) = any.downcast_ref::<ListArray<i64>>() {
        return list(line, &*lists.value(row));
    }
    if let Some(lists) = any.downcast_ref::<FixedSizeListArray>() {
        return list(line, &*lists.value(row));
    }
    if let Some(records) = any.downcast_ref::<StructArray>() {
        for (place, (field, values)) in records.fields().iter().zip(records.values()).enumerate() {
            line.push(if place == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut *line, field.name.as_str())?;
            line.push(b':');
            value(line, &**values, row)?;
        }
        line.extend_from_slice(if records.values().is_empty() { b"{}" } else { b"}" });
        return Ok(());
    }
    if matches!(array.dtype(), Type::Dictionary(..)) {
        return coded::<i8>(line, array, row)
            .or_else(|| coded::<i16>(line, array, row))
            .or_else(|| coded::<i32>(line, array, row))
            .or_else(|| coded::<i64>(line, array, row))
            .or_else(|| coded::<u8>(line, array, row))
            .or_else(|| coded::<u16>(line, array, row))
            .or_else(|| coded::<u32>(line, array, row))
            .or_else(|| coded::<u64>(line, array, row))
            .unwrap_or_else(|| line.write_all(b"null"));
    }
    let time = any.downcast_ref::<PrimitiveArray<i64>>().map(|numbers| numbers.value(row));
    if let (Type::Timestamp(unit, zone), Some(time)) = (array.dtype(), time) {
        let zone = if zone.is_some() { "Z" } else { "" };
        return Ok(serde_json::to_writer(line, &iso(time, *unit, zone))?);
    }
    let mut text = String::new();
    get_value_display(array, "null")(&mut text, row).map_err(io::Error::other)?;
    if is_number(array.dtype()) && text.parse::<f64>().is_ok_and(f64::is_finite) {
        line.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    Ok(serde_json::to_writer(line, &text)?)
}

/// A value that stands as a number in a dictionary of values; `None` for numbers of another type.
fn coded<K: DictionaryKey>(
    line: &mut Vec<u8>,
    array: &dyn Array,
    row: usize,
) -> Option<io::Result<()>> {
    let coded = array.as_any().downcast_ref::<DictionaryArray<K>>()?;
    Some(value(line, &**coded.values(), coded.key_value(row)))
}

fn list(line: &mut Vec<u8>, items: &dyn Array) -> io::Result<()> {
    line.push(b'[');
    for place in 0..items.len() {
        if place > 0 {
            line.push(b',');
        }
        value(line, items, place)?;
    }
    line.push(b']');
    Ok(())
}

/// The type's values are written as numbers.
const fn is_number(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Int8
            | Type::Int16
            | Type::Int32
            | Type::Int64
            | Type::UInt8
            | Type::UInt16
            | Type::UInt32
            | Type::UInt64
            | Type::Float32
            | Type::Float64
    )
}

fn iso(time: i64, unit: TimeUnit, zone: &str) -> Option<String> {
    let time = match unit {
        TimeUnit::Second => chrono::DateTime::from_timestamp_secs(time),
        TimeUnit::Millisecond => chrono::DateTime::from_timestamp_millis(time),
        TimeUnit::Microsecond => chrono::DateTime::from_timestamp_micros(time),
        TimeUnit::Nanosecond => Some(chrono::DateTime::from_timestamp_nanos(time)),
    };
    time.map(|time| format!("{}{zone}", time.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(array: &dyn Array, expected: &[&str]) {
        let rows: Vec<String> = (0..array.len())
            .map(|row| {
                let mut line = Vec::new();
                value(&mut line, array, row).expect("in memory");
                String::from_utf8(line).expect("JSON is UTF-8")
            })
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn values_of_every_sort_become_json() {
        let texts = Utf8ViewArray::from_slice([Some("ann"), None, Some("b\"ø")]);
        check(&texts, &["\"ann\"", "null", "\"b\\\"ø\""]);
        let keys = PrimitiveArray::<u32>::from_vec(vec![2, 0]);
        let coded =
            DictionaryArray::try_from_keys(keys, texts.boxed(), false).expect("keys are in range");
        check(&coded, &["\"b\\\"ø\"", "\"ann\""]);
        check(&PrimitiveArray::<i16>::from_vec(vec![-7]), &["-7"]);
        check(&PrimitiveArray::<f32>::from_vec(vec![f32::NAN, 1.5]), &["\"NaN\"", "1.5"]);
        let millis = PrimitiveArray::<i64>::from_vec(vec![1_577_872_800_000]);
        let time = |zone: Option<&str>| {
            let zone = zone.map(Into::into);
            millis.clone().to(Type::Timestamp(TimeUnit::Millisecond, zone))
        };
        check(&time(None), &["\"2020-01-01T10:00:00\""]);
        check(&time(Some("Europe/Berlin")), &["\"2020-01-01T10:00:00Z\""]);
        let bytes = BinaryViewArray::from_slice([Some(&b"ok"[..]), Some(b"\xff")]);
        check(&bytes, &["\"ok\"", "null"]);
    }
}
