//! Facts to tables: the only place that builds Polars columns.
//!
//! Three fact tables (comments, threads, diagnostics) are filled row by row as threads come out
//! of the pipeline; every table that spans threads is a Polars query over them, in memory or
//! streaming from Parquet files.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, LazyFrame};

use crate::error::{Error, Result};

/// The tables of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row a comment, in page order within its thread.
    Comments,
    /// One row a thread.
    Threads,
    /// One row an author, over all threads.
    Authors,
    /// Who answers whom.
    Replies,
    /// One row a bucket of time, no gaps.
    Activity,
    /// One row a topic.
    Topics,
    /// Topics over time.
    TopicActivity,
    /// Topics by depth.
    TopicDepths,
    /// Topics by author.
    TopicAuthors,
    /// One row an oddity.
    Diagnostics,
}

impl Table {
    /// All tables, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Comments,
        Self::Threads,
        Self::Authors,
        Self::Replies,
        Self::Activity,
        Self::Topics,
        Self::TopicActivity,
        Self::TopicDepths,
        Self::TopicAuthors,
        Self::Diagnostics,
    ];

    /// The table's name, which is also its file's stem.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comments => "comments",
            Self::Threads => "threads",
            Self::Authors => "authors",
            Self::Replies => "replies",
            Self::Activity => "activity",
            Self::Topics => "topics",
            Self::TopicActivity => "topic_activity",
            Self::TopicDepths => "topic_depths",
            Self::TopicAuthors => "topic_authors",
            Self::Diagnostics => "diagnostics",
        }
    }
}

/// All tables of a run, in memory or in files: what every output is made from.
#[derive(Clone)]
pub struct Tables {
    frames: BTreeMap<Table, LazyFrame>,
    meta: BTreeMap<String, String>,
}

impl Tables {
    /// Tables from queries; a table that is absent is empty.
    #[must_use]
    pub fn new(frames: BTreeMap<Table, LazyFrame>, meta: BTreeMap<String, String>) -> Self {
        Self { frames, meta }
    }

    /// A table as a query.
    pub fn lazy(&self, table: Table) -> LazyFrame {
        self.frames.get(&table).cloned().unwrap_or_default()
    }

    /// A table in memory.
    pub fn read(&self, table: Table) -> Result<DataFrame> {
        self.lazy(table)
            .collect()
            .map_err(|e| Error::table(format!("read table {}", table.name()), e))
    }

    /// What the run was: schema and program version, inputs, options, width of the time buckets.
    #[must_use]
    pub fn meta(&self) -> &BTreeMap<String, String> {
        &self.meta
    }
}
