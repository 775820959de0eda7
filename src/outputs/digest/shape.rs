//! Threads and what they add up to: counts, depths, activity.

use std::collections::BTreeMap;

use polars::prelude::{DataType, SortMultipleOptions, col, len, lit};

use crate::error::Result;
use crate::frames::{Table, Tables};
use crate::outputs::cells::Cells;

/// Sums over all threads of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    /// Threads.
    pub n_threads: u64,
    /// Threads with at least one comment.
    pub n_with_comments: u64,
    /// Comments of every kind but placeholders.
    pub n_comments: u64,
    /// The sum of the counts that sources declare; `None` where none does.
    pub n_declared: Option<u64>,
    /// Comments in those threads whose source declares a count.
    pub n_in_declared: u64,
    /// Different known authors over all threads.
    pub n_authors: u64,
    /// Comments that answer the post.
    pub n_top_level: u64,
    /// Pingbacks and trackbacks.
    pub n_pingbacks: u64,
    /// Comments whose text or author was removed.
    pub n_deleted: u64,
    /// Absent parents that placeholders stand for.
    pub n_placeholders: u64,
    /// Comments with an uncertain parent.
    pub n_uncertain: u64,
    /// Depth of the deepest comment.
    pub max_depth: u64,
    /// Comments in the largest thread.
    pub largest: u64,
    /// Median number of comments of the threads that have any.
    pub median_size: Option<f64>,
    /// Time of the first dated comment, in milliseconds since 1970.
    pub first_at: Option<i64>,
    /// Time of the last dated comment.
    pub last_at: Option<i64>,
}

/// One thread by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThreadLine {
    /// Its id.
    pub id: String,
    /// Title of its post.
    pub title: Option<String>,
    /// The input it was read from.
    pub source: String,
    /// The format or page profile that read it.
    pub format: String,
    /// Who wrote the post.
    pub post_author: Option<String>,
    /// Comments of every kind but placeholders.
    pub n_comments: u64,
    /// The count that the source declares.
    pub n_declared: Option<u64>,
    /// Different known authors.
    pub n_authors: u64,
    /// Comments that answer the post.
    pub n_top_level: u64,
    /// Depth of the deepest comment.
    pub max_depth: u64,
    /// Comments with an uncertain parent.
    pub n_uncertain: u64,
    /// Time of the first dated comment.
    pub first_at: Option<i64>,
}

/// One bucket of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bucket {
    /// When it begins, in milliseconds since 1970.
    pub start: i64,
    /// Comments written in it.
    pub n_comments: u64,
}

/// The one value of a column of a table with one row.
fn only(cells: &Cells, name: &str) -> Result<Option<i64>> {
    Ok(cells.ints(name)?.first().copied().flatten())
}

pub(super) fn totals(tables: &Tables) -> Result<Totals> {
    let declared = col("n_declared").is_not_null();
    let commented = col("n_comments").gt(lit(0));
    let sum = |name: &str| col(name).cast(DataType::Int64).sum();
    let query = tables.lazy(Table::Threads).select([
        len().alias("n_threads"),
        commented.clone().sum().alias("n_with_comments"),
        sum("n_comments"),
        sum("n_declared"),
        declared.clone().sum().alias("n_declaring"),
        col("n_comments").cast(DataType::Int64).filter(declared).sum().alias("n_in_declared"),
        sum("n_top_level"),
        sum("n_pingbacks"),
        sum("n_deleted"),
        sum("n_placeholders"),
        sum("n_uncertain"),
        col("max_depth").max(),
        col("n_comments").max().alias("largest"),
        col("n_comments").filter(commented).median().alias("median_size"),
        col("first_at").min(),
        col("last_at").max(),
    ]);
    let cells = Cells::collect(tables, query, "add up the threads")?;
    let count = |name: &str| only(&cells, name).map(|v| v.unwrap_or_default().max(0) as u64);
    let authors = tables.lazy(Table::Authors).select([len().alias("n")]);
    let authors = Cells::collect(tables, authors, "count the authors")?;
    Ok(Totals {
        n_threads: count("n_threads")?,
        n_with_comments: count("n_with_comments")?,
        n_comments: count("n_comments")?,
        n_declared: if count("n_declaring")? > 0 { Some(count("n_declared")?) } else { None },
        n_in_declared: count("n_in_declared")?,
        n_authors: only(&authors, "n")?.unwrap_or_default() as u64,
        n_top_level: count("n_top_level")?,
        n_pingbacks: count("n_pingbacks")?,
        n_deleted: count("n_deleted")?,
        n_placeholders: count("n_placeholders")?,
        n_uncertain: count("n_uncertain")?,
        max_depth: count("max_depth")?,
        largest: count("largest")?,
        median_size: cells.reals("median_size")?.first().copied().flatten(),
        first_at: only(&cells, "first_at")?,
        last_at: only(&cells, "last_at")?,
    })
}

pub(super) fn threads(tables: &Tables, most: usize) -> Result<Vec<ThreadLine>> {
    let all = tables.lazy(Table::Threads);
    // The position keeps the order of reading among threads of equal size.
    let largest = all
        .select([
            col("thread_id"),
            col("title"),
            col("source"),
            col("format"),
            col("post_author"),
            col("n_comments"),
            col("n_declared"),
            col("n_authors"),
            col("n_top_level"),
            col("max_depth"),
            col("n_uncertain"),
            col("first_at"),
        ])
        .with_row_index("place", None)
        .sort(
            ["n_comments"],
            SortMultipleOptions::default().with_order_descending(true).with_maintain_order(true),
        )
        .limit(most as u32);
    let cells = Cells::collect(tables, largest, "list the threads")?;
    let place = cells.ints("place")?;
    let ids = cells.texts("thread_id")?;
    let titles = cells.texts("title")?;
    let sources = cells.texts("source")?;
    let formats = cells.texts("format")?;
    let post_authors = cells.texts("post_author")?;
    let counts = |name: &str| -> Result<Vec<Option<u64>>> {
        Ok(cells.ints(name)?.into_iter().map(|v| v.map(|v| v.max(0) as u64)).collect())
    };
    let n_comments = counts("n_comments")?;
    let n_declared = counts("n_declared")?;
    let n_authors = counts("n_authors")?;
    let n_top_level = counts("n_top_level")?;
    let max_depth = counts("max_depth")?;
    let n_uncertain = counts("n_uncertain")?;
    let first_at = cells.ints("first_at")?;
    let mut lines: Vec<(Option<i64>, ThreadLine)> = (0..cells.rows())
        .map(|row| {
            let line = ThreadLine {
                id: ids[row].clone().unwrap_or_default(),
                title: titles[row].clone(),
                source: sources[row].clone().unwrap_or_default(),
                format: formats[row].clone().unwrap_or_default(),
                post_author: post_authors[row].clone(),
                n_comments: n_comments[row].unwrap_or_default(),
                n_declared: n_declared[row],
                n_authors: n_authors[row].unwrap_or_default(),
                n_top_level: n_top_level[row].unwrap_or_default(),
                max_depth: max_depth[row].unwrap_or_default(),
                n_uncertain: n_uncertain[row].unwrap_or_default(),
                first_at: first_at[row],
            };
            (place[row], line)
        })
        .collect();
    if cells.rows() < most {
        lines.sort_by_key(|(place, _)| *place);
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

pub(super) fn figures_of_only_thread(tables: &Tables) -> Result<BTreeMap<String, f64>> {
    let query = tables.lazy(Table::Threads).filter(col("n_comments").gt(lit(0)));
    Cells::collect(tables, query, "read the metrics")?.numbers_of_first_row()
}

pub(super) fn depths(tables: &Tables) -> Result<Vec<u64>> {
    let query = tables
        .lazy(Table::Comments)
        .filter(col("kind").neq(lit("placeholder")))
        .group_by([col("depth")])
        .agg([len().alias("n")]);
    let cells = Cells::collect(tables, query, "count comments by depth")?;
    let mut counts = Vec::new();
    for (depth, n) in cells.ints("depth")?.into_iter().zip(cells.ints("n")?) {
        let (Some(depth @ 1..), Some(n)) = (depth, n) else { continue };
        let slot = depth as usize - 1;
        if counts.len() <= slot {
            counts.resize(slot + 1, 0);
        }
        counts[slot] = n as u64;
    }
    Ok(counts)
}

pub(super) fn activity(tables: &Tables) -> Result<Vec<Bucket>> {
    let query = tables.lazy(Table::Activity).select([col("bucket_start"), col("n_comments")]);
    let cells = Cells::collect(tables, query, "read the activity")?;
    let starts = cells.ints("bucket_start")?;
    let counts = cells.ints("n_comments")?;
    let bucket = |(start, n): (Option<i64>, Option<i64>)| {
        Some(Bucket { start: start?, n_comments: n.unwrap_or_default() as u64 })
    };
    Ok(starts.into_iter().zip(counts).filter_map(bucket).collect())
}

pub(super) fn count_comments(tables: &Tables) -> Result<u64> {
    let sum = col("n_comments").cast(DataType::Int64).sum();
    let cells =
        Cells::collect(tables, tables.lazy(Table::Threads).select([sum]), "count the comments")?;
    Ok(only(&cells, "n_comments")?.unwrap_or_default() as u64)
}
