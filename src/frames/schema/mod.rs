//! The schema: every table, every column, its type and what it means, in one sentence each.
//!
//! The builders fill columns in this order, the Parquet files carry these sentences in their
//! metadata, and the list of columns on the terminal and `docs/schema.md` are printed from here.
//! A change of a name or a meaning is a new [`VERSION`].

mod facts;
mod spanning;

use std::fmt::Write as _;

use polars::prelude::{DataType, PlSmallStr, Schema, TimeUnit};

use super::Table;
use crate::metrics::{METRICS, Unit};

/// Version of the schema, written into every file: larger when a name or a meaning changes.
pub const VERSION: &str = "1";

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Kind,
    /// Values may be null.
    pub optional: bool,
    /// What it means; lower case, no full stop.
    pub about: &'static str,
}

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Str,
    /// List of texts.
    StrList,
    /// List of whole numbers from 0.
    U32List,
    /// Whole number from 0.
    U32,
    /// Whole number.
    I64,
    /// Number of single precision.
    F32,
    /// Number of double precision.
    F64,
    /// Yes or no.
    Bool,
    /// Date and time in milliseconds: UTC where the metadata says so, else local without a zone.
    Datetime,
}

impl Kind {
    /// The word that the documentation uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Str => "str",
            Self::StrList => "list[str]",
            Self::U32List => "list[u32]",
            Self::U32 => "u32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Bool => "bool",
            Self::Datetime => "datetime",
        }
    }

    /// The type in memory. Times have no zone there; files name it.
    #[must_use]
    pub fn dtype(self) -> DataType {
        match self {
            Self::Str => DataType::String,
            Self::StrList => DataType::List(Box::new(DataType::String)),
            Self::U32List => DataType::List(Box::new(DataType::UInt32)),
            Self::U32 => DataType::UInt32,
            Self::I64 => DataType::Int64,
            Self::F32 => DataType::Float32,
            Self::F64 => DataType::Float64,
            Self::Bool => DataType::Boolean,
            Self::Datetime => DataType::Datetime(TimeUnit::Milliseconds, None),
        }
    }
}

/// A column that always has a value.
const fn always(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, optional: false, about }
}

/// A column whose values may be null.
const fn maybe(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, optional: true, about }
}

/// What a table holds, in one phrase.
#[must_use]
pub const fn about(table: Table) -> &'static str {
    match table {
        Table::Comments => {
            "one row a comment, in page order within its thread; placeholders follow at its end"
        }
        Table::Threads => "one row a thread",
        Table::Authors => "one row an author, over all threads of the run, the busiest first",
        Table::Replies => {
            "who answers whom, over all threads of the run: one row for each ordered pair with a \
             reply, the most frequent first; comments without a known author are left out"
        }
        Table::Activity => "one row a bucket of time, no gaps",
        Table::Topics => "one row a topic, in the order of the dictionary, or by weight",
        Table::TopicActivity => "topics over time, no gaps",
        Table::TopicDepths => "topics by depth, one row for each depth that the topic occurs at",
        Table::TopicAuthors => "topics by author, the busiest first",
        Table::Diagnostics => "one row an oddity of the input, in the order of reading",
    }
}

/// The columns of a table, in their order.
#[must_use]
pub fn columns(table: Table) -> Vec<Column> {
    match table {
        Table::Comments => facts::COMMENTS.to_vec(),
        Table::Threads => {
            facts::THREADS.iter().copied().chain(METRICS.iter().map(of_metric)).collect()
        }
        Table::Authors => spanning::AUTHORS.to_vec(),
        Table::Replies => spanning::REPLIES.to_vec(),
        Table::Activity => spanning::ACTIVITY.to_vec(),
        Table::Topics => spanning::TOPICS.to_vec(),
        Table::TopicActivity => spanning::TOPIC_ACTIVITY.to_vec(),
        Table::TopicDepths => spanning::TOPIC_DEPTHS.to_vec(),
        Table::TopicAuthors => spanning::TOPIC_AUTHORS.to_vec(),
        Table::Diagnostics => facts::DIAGNOSTICS.to_vec(),
    }
}

/// The column of a thread metric.
fn of_metric(metric: &crate::metrics::Metric) -> Column {
    let kind = match metric.unit {
        Unit::Count => Kind::U32,
        Unit::Seconds => Kind::I64,
        Unit::Ratio => Kind::F64,
    };
    maybe(metric.name, kind, metric.about)
}

/// The schema of a table in memory.
#[must_use]
pub fn schema(table: Table) -> Schema {
    columns(table).iter().map(|c| (PlSmallStr::from_static(c.name), c.kind.dtype())).collect()
}

/// All tables and columns as a page in Markdown: `docs/schema.md`.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(PREAMBLE);
    for table in Table::ALL {
        let _ = write!(page, "\n## {}\n\n{}.\n\n", table.name(), capitalized(about(table)));
        page.push_str("| column | type | meaning |\n| --- | --- | --- |\n");
        for column in columns(table) {
            let mark = if column.optional { "?" } else { "" };
            let meaning = column.about.replace('|', "\\|");
            let _ =
                writeln!(page, "| {} | {}{mark} | {meaning} |", column.name, column.kind.word());
        }
    }
    page
}

/// The first letter as a capital.
fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How the page begins.
const PREAMBLE: &str = "\
# The tables

Written from the program (`rejoinder list columns`); a test holds the two together. Schema version 1.

Each table is a Parquet file of its name with Zstandard compression. Its key-value metadata holds:
`rejoinder.table`, `rejoinder.schema` (version of this schema), `rejoinder.version` (of the program),
`rejoinder.inputs` (JSON: name, bytes, SHA-256 where it was computed), `rejoinder.options` (JSON),
`rejoinder.times` (`utc`, `local`, `mixed`, or `none`), `rejoinder.bucket` (width of the buckets of
time), `rejoinder.undated` (comments that no bucket counts, as their time is unknown or coarser than the
bucket), `rejoinder.comments` and `rejoinder.problems` (how many comments and problems the run has), and
for each column `rejoinder.column.NAME`, the sentence printed here.

Times are milliseconds: UTC where all sources give a zone, or the user does; else naive local time. Where
some sources give a zone and others do not (`mixed`), each time is as its source states it, without a
zone. Buckets are as narrow as leaves at most 120 of them (minute, 5min, 15min, hour, 6h, day, week from
Monday, month, year), unless more than a tenth of the times is coarser than that.

A `?` after a type means that values may be null. A ratio is null, never 0 or NaN, where its denominator
or its floor is missing. Metrics are columns of the threads table after its counts: n is the number of
comments in the tree, placeholders included, and N = n + 1 counts the post too.

The same tables can be written as CSV and NDJSON. CSV joins lists by `; ` and disarms texts that a
spreadsheet would run as formulas (`=`, `+`, `-`, `@` in front) with an apostrophe, unless told not to.
";
