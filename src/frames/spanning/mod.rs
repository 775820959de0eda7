//! Tables that span threads: Polars queries over the fact tables.
//!
//! Each is planned when the facts are complete and run when somebody asks for it, in memory or
//! with the streaming engine over Parquet. A query holds as many rows as its result has keys
//! (authors, pairs of authors, buckets, topics), never the comments.

mod activity;
mod people;
mod topics;

pub(super) use activity::tells_authors_apart;

use polars::prelude::{
    Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, SortMultipleOptions, col, lit,
};

use std::collections::BTreeMap;

use super::bucket::Bucket;
use super::counts::Count;
use super::selection::Selection;
use super::tally::TopicTally;
use super::{Table, schema};
use crate::error::{Error, Result};
use crate::topics::Topic;

/// What the queries are made over.
pub(super) struct Facts {
    /// The comments table.
    pub(super) comments: LazyFrame,
    /// The pairs of authors, added up by thread.
    pub(super) answers: LazyFrame,
    /// Number of comments, placeholders left out.
    pub(super) n_comments: u64,
    /// The topics and their sums.
    pub(super) topics: Vec<(Topic, TopicTally)>,
    /// Comments by bucket, if they were counted by buckets of this width.
    pub(super) counts: Option<BTreeMap<i64, Count>>,
    /// Width of the buckets, and the earliest and latest time that falls into one.
    pub(super) buckets: Option<(Bucket, i64, i64)>,
}

/// The tables that are queries.
pub(super) const SPANNING: [Table; 7] = [
    Table::Authors,
    Table::Replies,
    Table::Activity,
    Table::Topics,
    Table::TopicActivity,
    Table::TopicDepths,
    Table::TopicAuthors,
];

/// The columns of the comments table that a table is made from.
pub(super) const fn sources(table: Table) -> &'static [&'static str] {
    match table {
        Table::Authors => {
            &["thread_id", "author", "depth", "n_replies", "n_words", "created_at", "kind"]
        }
        Table::Activity => &["created_at", "created_precision", "depth", "author", "kind"],
        Table::Topics => &["topics", "author", "depth", "created_at", "kind"],
        Table::TopicActivity => &["topics", "created_at", "created_precision", "kind"],
        Table::TopicDepths => &["topics", "depth", "kind"],
        Table::TopicAuthors => &["topics", "author", "kind"],
        _ => &[],
    }
}

/// The query of each table that spans threads and is wanted.
pub(super) fn plan(facts: &Facts, selection: &Selection) -> Result<Vec<(Table, LazyFrame)>> {
    SPANNING
        .into_iter()
        .filter(|table| selection.has(*table))
        .map(|table| {
            let columns = selection.columns(table);
            let query = match table {
                Table::Authors => Ok(people::authors(facts)),
                Table::Replies => Ok(people::replies(facts)),
                Table::Activity => activity::activity(facts, &columns),
                Table::Topics => topics::topics(facts),
                Table::TopicActivity => topics::topic_activity(facts),
                Table::TopicDepths => topics::topic_depths(facts),
                _ => topics::topic_authors(facts),
            };
            let query =
                query.map_err(|e| Error::table(format!("plan table {}", table.name()), e))?;
            Ok((table, conform(query, &columns)))
        })
        .collect()
}

/// The wanted columns, in the order of the schema and of its types.
fn conform(query: LazyFrame, columns: &[schema::Column]) -> LazyFrame {
    let columns: Vec<Expr> = columns.iter().map(|c| col(c.name).cast(c.kind.dtype())).collect();
    query.select(columns)
}

/// A table without rows.
fn nothing(table: Table) -> LazyFrame {
    polars::prelude::DataFrame::empty_with_schema(&schema::schema(table)).lazy()
}

/// Comments that somebody wrote: all but placeholders.
fn written(comments: &LazyFrame) -> LazyFrame {
    comments.clone().filter(col("kind").neq(lit("placeholder")))
}

/// Rows of the left table with what matches on the right.
fn left_join(left: LazyFrame, right: LazyFrame, on: &str) -> LazyFrame {
    left.join(right, [col(on)], [col(on)], JoinArgs::new(JoinType::Left))
}

/// Largest first, then by name.
fn busiest_first(query: LazyFrame, number: &str, names: &[&str]) -> LazyFrame {
    let by: Vec<Expr> = std::iter::once(number).chain(names.iter().copied()).map(col).collect();
    let descending = std::iter::once(true).chain(names.iter().map(|_| false));
    query.sort_by_exprs(by, SortMultipleOptions::default().with_order_descending_multi(descending))
}
