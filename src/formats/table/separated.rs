//! CSV and TSV: a header, then one row a record, read one at a time.
//!
//! Quoting is that of RFC 4180; the separator (`,` `;` tab `|`) is the one that parts the header
//! most often. A row with another number of values than the header is reported and left out.

use std::io::{BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::columns::{Columns, Field};
use super::row::{self, Values};
use super::{Dialect, Table};
use crate::comment::Layout;
use crate::error::{Error, Result};
use crate::formats::threads::Threads;
use crate::formats::{Input, ReadOptions, Sink, input};

/// The columns that the head of an input seems to have; `None` if it is no such table.
pub(in crate::formats) fn header(head: &[u8]) -> Option<Columns> {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    if matches!(head.trim_ascii_start().first()?, b'{' | b'[' | b'<') {
        return None;
    }
    let mut reader = builder(separator(head)).from_reader(head);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).ok().filter(|read| *read)?;
    let names = names(&record);
    (names.len() > 1 && names.iter().all(|name| name.len() < 100)).then_some(())?;
    Columns::assign("", &names, &[]).ok()
}

/// The names in the header of what is called a table; `None` for a single column.
pub(in crate::formats) fn names_in(head: &[u8]) -> Option<Vec<String>> {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let mut record = ByteRecord::new();
    let mut reader = builder(separator(head)).from_reader(head);
    reader.read_byte_record(&mut record).ok().filter(|read| *read)?;
    Some(names(&record)).filter(|names| names.len() > 1)
}

/// Reads a table and delivers its rows.
pub(in crate::formats) fn read(
    dialect: Dialect,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let source = input.name.clone();
    let mut reader = input::decoded(input, options)?;
    let head = reader.fill_buf().map_err(|e| Error::read(&source, e))?;
    let separator = separator(head);
    let marks = input::Marks::new(options.limits.record as u64, "--max-record");
    let reader = Ended { inner: input::Bounded::new(reader, marks.clone()), last: b'\n' };
    let mut reader = builder(separator).from_reader(reader);
    let mut record = ByteRecord::new();
    let failed = |e: csv::Error| Error::format(&source, format!("the table cannot be read: {e}"));
    reader.read_byte_record(&mut record).map_err(failed)?;
    let names = names(&record);
    let columns = Columns::assign(&source, &names, &options.columns)?;
    if columns.place(Field::Text).is_none() && columns.place(Field::Id).is_none() {
        let message = format!(
            "no column holds texts or ids; say which with --columns text=NAME,id=NAME (the columns are {})",
            names.join(", ")
        );
        return Err(Error::format(source, message));
    }
    let mut threads = Threads::new(dialect.format, &source, layout(&columns), sink);
    let mut table = Table::new(dialect, columns);
    loop {
        let more = reader.read_byte_record(&mut record);
        if !more.map_err(failed)? {
            break;
        }
        if marks.is_exceeded() {
            let line = record.position().map_or(0, csv::Position::line) as u32;
            threads.endless(line, marks.reason());
            return threads.finish();
        }
        marks.record();
        threads.record();
        let line = record.position().map_or(0, csv::Position::line) as u32;
        let excerpt = || String::from_utf8_lossy(record.as_slice()).into_owned();
        if record.len() == names.len() {
            let id = Row::new(&record, &table.columns).value(Field::Id) == Some("0");
            table.learn(id.then_some("0"));
            let row = Row::new(&record, &table.columns);
            row::deliver(&table, &row, line, &excerpt(), &mut threads)?;
        } else if record.len() < names.len() && reader.is_done() && reader.get_ref().is_cut() {
            threads.truncated();
            return threads.finish();
        } else {
            let why = format!("{} values where the header has {}", record.len(), names.len());
            threads.bad(line, &why, &excerpt());
        }
    }
    if reader.get_ref().is_cut() {
        threads.unended();
    }
    threads.finish()
}

/// What the order of the rows means.
pub(in crate::formats) fn layout(columns: &Columns) -> Layout {
    match (columns.place(Field::Parent), columns.place(Field::Depth)) {
        (Some(_), _) => Layout::Loose,
        (None, Some(_)) => Layout::Preorder,
        (None, None) => Layout::Flat,
    }
}

fn builder(separator: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).flexible(true).has_headers(false);
    builder
}

/// The separator that parts the first line most often.
fn separator(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|s| count(*s)).unwrap_or(b',')
}

fn names(record: &ByteRecord) -> Vec<String> {
    let name = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).trim().trim_start_matches('\u{feff}').to_owned()
    };
    record.iter().map(name).collect()
}

/// The values of a record as text.
struct Row<'a> {
    values: Vec<std::borrow::Cow<'a, str>>,
    columns: &'a Columns,
}

impl<'a> Row<'a> {
    fn new(record: &'a ByteRecord, columns: &'a Columns) -> Self {
        Self { values: record.iter().map(String::from_utf8_lossy).collect(), columns }
    }
}

impl Values for Row<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        self.columns.place(field).and_then(|place| self.values.get(place)).map(AsRef::as_ref)
    }
}

/// Knows whether the last line of an input had a line end.
struct Ended<R> {
    inner: R,
    last: u8,
}

impl<R> Ended<R> {
    fn is_cut(&self) -> bool {
        self.last != b'\n' && self.last != b'\r'
    }
}

impl<R: Read> Read for Ended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.last = n.checked_sub(1).map_or(self.last, |at| buffer[at]);
        Ok(n)
    }
}
