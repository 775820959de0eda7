//! A table in several files, by month or by community, in folders that query engines understand:
//! `comments/month=2018-10/community=books/part-0.parquet`.
//!
//! One pass over the rows; each file grows by row groups, so that no partition has to be in memory.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::Write;

use chrono::DateTime;
use polars::prelude::{DataFrame, IdxCa};

use super::parquet::ParquetFile;
use super::rows::ROWS;
use super::{Table, Tables, run};
use crate::error::{Error, Result};

/// What a table is parted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartitionBy {
    /// The calendar month of a comment, or of a thread's first comment.
    Month,
    /// Where the thread stands: subreddit, board, group, channel.
    Community,
}

/// Files that may be open at once.
const MOST: usize = 700;

/// The value of rows that have none.
const UNKNOWN: &str = "unknown";

impl PartitionBy {
    /// What tables can be parted by, with the words for it.
    pub const ALL: [(&'static str, Self); 3] =
        [("month", Self::Month), ("community", Self::Community), ("subreddit", Self::Community)];

    /// The tables that can be parted.
    pub const TABLES: [Table; 2] = [Table::Comments, Table::Threads];

    /// The columns that have to be there.
    #[must_use]
    pub const fn needs(self) -> &'static [(Table, &'static str)] {
        match self {
            Self::Month => &[(Table::Comments, "created_at"), (Table::Threads, "first_at")],
            Self::Community => &[
                (Table::Comments, "thread_id"),
                (Table::Threads, "thread_id"),
                (Table::Threads, "community"),
            ],
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Community => "community",
        }
    }
}

/// A file that grows, and rows that wait for it.
struct Growing<W: Write> {
    file: ParquetFile<W>,
    waiting: Option<DataFrame>,
}

impl Tables {
    /// Writes a table of [`PartitionBy::TABLES`] in parts. `create` opens a part by its path below
    /// the folder of the tables; the sinks are handed back, complete.
    pub fn write_partitioned<W: Write>(
        &self,
        table: Table,
        by: &[PartitionBy],
        mut create: impl FnMut(&str) -> Result<W>,
    ) -> Result<Vec<W>> {
        let communities =
            if by.contains(&PartitionBy::Community) { self.communities()? } else { HashMap::new() };
        let columns = self.columns(table);
        let mut parts: BTreeMap<String, Growing<W>> = BTreeMap::new();
        self.each_part(table, |frame| {
            for (path, rows) in paths(table, frame, by, &communities)? {
                if parts.len() >= MOST && !parts.contains_key(&path) {
                    return Err(Error::usage(format!(
                        "table {} would have more than {MOST} parts; choose fewer values of \
                         --partition-by",
                        table.name()
                    )));
                }
                if !parts.contains_key(&path) {
                    let sink = create(&path)?;
                    let file = ParquetFile::create(sink, table.name(), columns, self.is_utc())?;
                    parts.insert(path.clone(), Growing { file, waiting: None });
                }
                let taken = frame.take(&IdxCa::from_vec("rows".into(), rows)).map_err(failed)?;
                if let Some(part) = parts.get_mut(&path) {
                    part.add(taken)?;
                }
            }
            Ok(())
        })?;
        let meta = run::with_columns(self.meta(), table, columns);
        parts.into_values().map(|part| part.finish(&meta)).collect()
    }

    /// By thread, where it stands.
    fn communities(&self) -> Result<HashMap<String, String>> {
        let mut communities = HashMap::new();
        self.each_part(Table::Threads, |frame| {
            let threads = frame.column("thread_id").and_then(|c| c.str()).map_err(failed)?;
            let places = frame.column("community").and_then(|c| c.str()).map_err(failed)?;
            for (thread, place) in threads.iter().zip(places.iter()) {
                if let (Some(thread), Some(place)) = (thread, place) {
                    communities.insert(thread.to_owned(), place.to_owned());
                }
            }
            Ok(())
        })?;
        Ok(communities)
    }
}

impl<W: Write> Growing<W> {
    fn add(&mut self, rows: DataFrame) -> Result<()> {
        let mut whole = match self.waiting.take() {
            None => rows,
            Some(mut before) => {
                before.vstack_mut_owned(rows).map_err(failed)?;
                before
            }
        };
        if whole.height() < ROWS {
            self.waiting = Some(whole);
            return Ok(());
        }
        whole.rechunk_mut();
        self.file.append(&whole)
    }

    fn finish(mut self, meta: &BTreeMap<String, String>) -> Result<W> {
        if let Some(mut rest) = self.waiting.take() {
            rest.rechunk_mut();
            self.file.append(&rest)?;
        }
        self.file.finish(meta)
    }
}

/// The rows of a frame by the path of their part.
fn paths(
    table: Table,
    frame: &DataFrame,
    by: &[PartitionBy],
    communities: &HashMap<String, String>,
) -> Result<BTreeMap<String, Vec<u32>>> {
    let time = if table == Table::Threads { "first_at" } else { "created_at" };
    let mut values: Vec<Vec<String>> = Vec::new();
    for by in by {
        values.push(match by {
            PartitionBy::Month => {
                let times = frame.column(time).and_then(|c| c.datetime()).map_err(failed)?;
                times.physical().iter().map(month).collect()
            }
            PartitionBy::Community => {
                let threads = frame.column("thread_id").and_then(|c| c.str()).map_err(failed)?;
                threads
                    .iter()
                    .map(|thread| {
                        let place = thread.and_then(|thread| communities.get(thread));
                        place.map_or_else(|| UNKNOWN.to_owned(), |place| safe(place))
                    })
                    .collect()
            }
        });
    }
    let mut paths: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in 0..frame.height() {
        let mut path = table.name().to_owned();
        for (by, values) in by.iter().zip(&values) {
            let _ = write!(path, "/{}={}", by.name(), values[row]);
        }
        path.push_str("/part-0.parquet");
        paths.entry(path).or_default().push(row as u32);
    }
    Ok(paths)
}

/// The month of a time in milliseconds.
fn month(millis: Option<i64>) -> String {
    millis
        .and_then(DateTime::from_timestamp_millis)
        .map_or_else(|| UNKNOWN.to_owned(), |time| time.format("%Y-%m").to_string())
}

/// A value as part of a path: letters, digits, `-` and `_` stand for themselves.
fn safe(value: &str) -> String {
    let mut safe = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::table("part a table", cause)
}
