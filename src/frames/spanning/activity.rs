//! Activity over time: every bucket from the first to the last, empty ones included.

use polars::prelude::{
    Column, DataFrame, DataType, Expr, Field, Int64Chunked, IntoColumn, IntoLazy, LazyFrame,
    PolarsResult, TimeUnit, UInt32Chunked, col, len, lit,
};

use std::collections::BTreeMap;

use super::{Facts, left_join, nothing, written};
use crate::comment::Precision;
use crate::frames::Table;
use crate::frames::bucket::Bucket;
use crate::frames::counts::Count;
use crate::frames::schema;

/// Times in memory.
pub(super) const TIME: DataType = DataType::Datetime(TimeUnit::Milliseconds, None);

/// The activity table. Authors are counted only where their numbers are among the columns that
/// are wanted: they have to be told apart.
pub(super) fn activity(facts: &Facts, wanted: &[schema::Column]) -> PolarsResult<LazyFrame> {
    let wants = |name: &str| wanted.iter().any(|column| column.name == name);
    let Some((bucket, ..)) = facts.buckets else { return Ok(nothing(Table::Activity)) };
    if let Some(counts) = facts.counts.as_ref().filter(|_| !tells_authors_apart(wanted)) {
        return added_up(facts, counts);
    }
    let counted =
        counted(&facts.comments, bucket).select([col("bucket_start"), col("author"), col("depth")]);
    let mut aggregates = vec![
        len().alias("n_comments"),
        col("depth").eq(lit(1)).sum().alias("n_top_level"),
        col("depth").gt(lit(1)).sum().alias("n_replies"),
    ];
    if wants("n_authors") {
        aggregates.push(col("author").drop_nulls().n_unique().alias("n_authors"));
    }
    let counts = counted.clone().group_by([col("bucket_start")]).agg(aggregates);
    let newcomers = counted
        .filter(col("author").is_not_null())
        .group_by([col("author")])
        .agg([col("bucket_start").min()])
        .group_by([col("bucket_start")])
        .agg([len().alias("n_new_authors")]);
    let numbers = ["n_comments", "n_top_level", "n_replies", "n_authors", "n_new_authors"];
    let filled: Vec<Expr> = numbers
        .into_iter()
        .filter(|name| !name.ends_with("authors") || wants(name))
        .map(|name| col(name).cast(DataType::UInt32).fill_null(lit(0u32)))
        .collect();
    let every = DataFrame::new_infer_height(vec![start_column(starts(facts))])?.lazy();
    let mut all = left_join(every, counts, "bucket_start");
    if wants("n_new_authors") {
        all = left_join(all, newcomers, "bucket_start");
    }
    Ok(all
        .sort(["bucket_start"], polars::prelude::SortMultipleOptions::default())
        .with_columns(filled)
        .with_column(col("n_comments").cum_sum(false).alias("n_cumulative")))
}

/// Whether a column of these needs the authors of each bucket.
pub(in crate::frames) fn tells_authors_apart(wanted: &[schema::Column]) -> bool {
    wanted.iter().any(|column| matches!(column.name, "n_authors" | "n_new_authors"))
}

/// The activity table without authors, from what was counted while threads passed.
fn added_up(facts: &Facts, counts: &BTreeMap<i64, Count>) -> PolarsResult<LazyFrame> {
    let starts = starts(facts);
    let count = |i: usize| {
        let of = |start| counts.get(start).map_or(0, |count| count[i]);
        starts.iter().map(of).collect::<Vec<u32>>()
    };
    let column =
        |name: &str, values: Vec<u32>| UInt32Chunked::from_vec(name.into(), values).into_column();
    let columns = vec![
        column("n_comments", count(0)),
        column("n_top_level", count(1)),
        column("n_replies", count(2)),
        start_column(starts.clone()),
    ];
    let frame = DataFrame::new_infer_height(columns)?.lazy();
    Ok(frame.with_column(col("n_comments").cum_sum(false).alias("n_cumulative")))
}

/// The beginnings of all buckets, without gaps.
pub(super) fn starts(facts: &Facts) -> Vec<i64> {
    facts.buckets.map_or_else(Vec::new, |(bucket, first, last)| bucket.range(first, last))
}

/// Beginnings of buckets as a column.
pub(super) fn start_column(starts: Vec<i64>) -> Column {
    Int64Chunked::from_vec("bucket_start".into(), starts)
        .into_datetime(TimeUnit::Milliseconds, None)
        .into_column()
}

/// The comments whose time is exact enough for a bucket, each with the beginning of its bucket.
pub(super) fn counted(comments: &LazyFrame, bucket: Bucket) -> LazyFrame {
    let exact_enough = Precision::ALL
        .into_iter()
        .filter(|precision| bucket.counts(*precision))
        .map(|precision| col("created_precision").eq(lit(precision.word())))
        .reduce(Expr::or)
        .unwrap_or_else(|| lit(false));
    written(comments)
        .filter(col("created_at").is_not_null().and(exact_enough))
        .with_column(start_of(bucket).alias("bucket_start"))
}

/// The beginning of the bucket that `created_at` falls into.
fn start_of(bucket: Bucket) -> Expr {
    col("created_at").map(
        move |times: Column| {
            let millis = times.cast(&DataType::Int64)?;
            let starts: Int64Chunked =
                millis.i64()?.iter().map(|time| time.map(|time| bucket.start(time))).collect();
            Ok(starts
                .with_name(times.name().clone())
                .into_datetime(TimeUnit::Milliseconds, None)
                .into_column())
        },
        |_, field| Ok(Field::new(field.name().clone(), TIME)),
    )
}
