//! Activity over time: every bucket from the first to the last, empty ones included.

use polars::prelude::{
    Column, DataFrame, DataType, Expr, Field, Int64Chunked, IntoColumn, IntoLazy, LazyFrame,
    PolarsResult, TimeUnit, col, len, lit,
};

use super::{Facts, left_join, nothing, written};
use crate::comment::Precision;
use crate::frames::Table;
use crate::frames::bucket::Bucket;

/// Times in memory.
pub(super) const TIME: DataType = DataType::Datetime(TimeUnit::Milliseconds, None);

/// The activity table.
pub(super) fn activity(facts: &Facts) -> PolarsResult<LazyFrame> {
    let Some((bucket, ..)) = facts.buckets else { return Ok(nothing(Table::Activity)) };
    let counted =
        counted(&facts.comments, bucket).select([col("bucket_start"), col("author"), col("depth")]);
    let counts = counted.clone().group_by([col("bucket_start")]).agg([
        len().alias("n_comments"),
        col("depth").eq(lit(1)).sum().alias("n_top_level"),
        col("depth").gt(lit(1)).sum().alias("n_replies"),
        col("author").drop_nulls().n_unique().alias("n_authors"),
    ]);
    let newcomers = counted
        .filter(col("author").is_not_null())
        .group_by([col("author")])
        .agg([col("bucket_start").min()])
        .group_by([col("bucket_start")])
        .agg([len().alias("n_new_authors")]);
    let numbers = ["n_comments", "n_top_level", "n_replies", "n_authors", "n_new_authors"];
    let filled = numbers.map(|name| col(name).cast(DataType::UInt32).fill_null(lit(0u32)));
    let every = DataFrame::new_infer_height(vec![start_column(starts(facts))])?.lazy();
    let all = left_join(left_join(every, counts, "bucket_start"), newcomers, "bucket_start");
    Ok(all
        .sort(["bucket_start"], polars::prelude::SortMultipleOptions::default())
        .with_columns(filled)
        .with_column(col("n_comments").cum_sum(false).alias("n_cumulative")))
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
