//! Facts to tables: the only place that builds Polars columns.
//!
//! Three fact tables (comments, threads, diagnostics) are filled row by row as threads come out
//! of the pipeline; every table that spans threads is a Polars query over them, in memory or
//! streaming from Parquet files.

pub mod bucket;
mod counts;
mod facts;
mod journal;
mod lists;
mod packed;
mod parquet;
pub mod parquet_rows;
mod partitions;
mod rows;
pub mod run;
mod runs;
pub mod schema;
mod selection;
mod sheet;
mod spanning;
mod store;
mod tables;
mod tally;

pub use bucket::Bucket;
pub use facts::FactTables;
pub use partitions::PartitionBy;
pub use run::{Digesting, InputFacts, Run};
pub use selection::Selection;
pub use tables::Tables;

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
